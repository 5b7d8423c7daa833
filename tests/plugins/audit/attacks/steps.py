"""What attackers and honest people do, step by step."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence

from plugins.audit.declared import Rewrite
from plugins.audit.erasure.clean import Order, erase, forget, marker
from plugins.audit.erasure.rewriting import read_history, rewrite
from plugins.proof.append import add_signatures, append, create
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE
from plugins.proof.leaves import Leaf, commit_to, leaf
from plugins.proof.log import from_folder, verify_log
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.tiles import pack, unpack
from tests.plugins.proof.conftest import destroy_opening

from ..council import BY, HOUR, LOG_KEY, ORIGIN, SECOND, WITNESS_KEYS, Council, Event, iso, key, policy_text

PAGE = "drafts/2026/1-p.html"

MINE = key(ORIGIN.replace("rada", "rada")), *(key(f"mine{number}.example/w", COSIGNATURE) for number in (1, 2, 3))

Attack = Callable[[Council], None]


def entries(council: Council, change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = next((council.evidence / "tile/entries").rglob("12"))
    file.write_bytes(pack(change(unpack(file.read_bytes()))))


def note_of(council: Council, change: Callable[[Note], Note], path: str = "checkpoint") -> None:
    file = council.evidence / path
    file.write_bytes(change(Note.decode(file.read_bytes())).encode())


def rebuilt_log(council: Council, size: int = 7, witnesses: tuple[int, ...] = ()) -> None:
    """Another past under the council's own key, cosigned by witnesses that were bribed: they forgot what they saw."""
    shutil.rmtree(council.log)
    shutil.rmtree(council.salts)
    council.salts.mkdir()
    create(council.log, ORIGIN, [LOG_KEY], council.clock)
    council.set_policy(policy_text())
    first = council.git("rev-list", "--max-parents=0", "HEAD").strip()
    events = [Event("publish", "drafts/2026/2-p", SECOND, first)]
    for number in range(size):
        path = f"content/news/2026/{number}.md"
        events.append(Event("publish", f"news/2026/{number}", path, council.commit({path: "Новина\n"})))
    for number in witnesses:
        (council.folder / f"witness-{number}").unlink()
    council.publish(*events, policies=("policy",), witnesses=witnesses)


def added(council: Council, *leaves: object) -> None:
    append(council.log, list(leaves), [LOG_KEY], expected=council.newest.size, at=council.clock)  # type: ignore[arg-type]
    council.witness()
    council.deploy()


def own_witnesses(council: Council, policy: bytes) -> None:
    """The log's thief has the old witnesses cosign a policy that can do without them: they look only at growth."""
    old = Policy.parse(policy_text())
    council.set_policy(policy)
    council.publish(policies=("policy",), witnesses=())
    lines = [cosign(council.newest, one, council.clock + 60) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, old)
    council.deploy()


NEW_KEY = key(ORIGIN, 0x01).__class__(ORIGIN, 0x01, hashlib.sha256(b"new key").digest())


def rotated(council: Council) -> None:
    """A new key of the log takes over, in due form."""
    council.set_policy(policy_text(NEW_KEY))
    council.log_key = NEW_KEY
    # the old policy's witnesses believe the old key: the batch that tells of the new one is signed by both
    old = Policy.parse(policy_text())
    before = council.newest.size
    entry = council.policy_leaf("policy")
    council.clock += HOUR
    council.build()
    append(council.log, [entry, council.build_leaf(before + 1, before)], [LOG_KEY, NEW_KEY], expected=before,
           at=council.clock)
    checkpoint = council.newest
    for number, witness in enumerate(WITNESS_KEYS):
        (council.folder / f"witness-{number}").write_text(checkpoint.text, encoding="utf-8")
        add_signatures(council.log, checkpoint.size, [cosign(checkpoint, witness, council.clock + 60)], old)
    council.deploy()


def redact(council: Council, doc: str, number: int) -> None:
    destroy_opening(council.salts, doc, number)
    council.clock += HOUR
    before = council.newest.size
    added(council, leaf("redact", BY, iso(council.clock), doc=doc, n=number, basis="рішення суду № 1"),
          council.build_leaf(before + 1, before))


def erased(council: Council, doc: str = "drafts/2026/2-p", more: dict[str, bytes] | None = None, *,
           number: int = 1, is_declared: bool = True, is_named: bool = True) -> None:
    """A revision is erased by the council's own procedure; `more`: what an attacker changes with it."""
    leaves = verify_log(from_folder(council.log), Policy(Policy.parse(policy_text()).logs)).leaves
    order = Order(doc, (number,), "рішення суду № 1", "персональні дані", council.by, council.clock)

    def told(declared: Sequence[Leaf]) -> None:
        if is_declared:
            append(council.log, declared, [LOG_KEY], expected=council.newest.size, at=council.clock)

    council.clock += HOUR
    shutil.copytree(council.repo, council.folder / "old-repo")
    if more is None:
        erase(council.repo, council.salts, leaves, order, council.folder / "new", told)
    else:
        history = read_history(council.repo)
        commits = rewrite(history, 0, lambda place, tree: {SECOND: marker(doc, 1, order.basis), **more},
                          council.folder / "new")
        new, salt = commits[history.commits[-1][0]], os.urandom(16)
        values = {name: commit_to("commit", salt, commit.encode()) for name, commit in (("old", council.head),
                                                                                        ("new", new))}
        names = [leaf("redact", council.by, iso(council.clock), doc=doc, n=1, basis=order.basis)] if is_named else []
        told([*names,
              leaf("rewrite", council.by, iso(council.clock), basis=order.basis, **values)])
        forget(council.salts, order, commits, 1, Rewrite(new, salt))
    shutil.rmtree(council.repo)
    (council.folder / "new").rename(council.repo)
    council.commit({})
    council.publish()
