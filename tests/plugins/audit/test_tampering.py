"""The tamper suite: each attack that a mayor's office, a hosting company, a thief of the log's key, a bribed witness or
an editor may try is found by the check that is meant for it; honest work never raises an alarm.

A new attack is a short function and a row of `ATTACKS`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from plugins.audit.checking.checkout import is_same_engine
from plugins.audit.checking.report import Report
from plugins.audit.declared import Rewrite
from plugins.audit.erasure.clean import Order, erase, forget, marker
from plugins.audit.erasure.rewriting import read_history, rewrite
from plugins.audit.findings import LACKING, TAMPERING, Weight
from plugins.audit.layout import BUILD, BUILDS, NO_SALT, PAGES, POLICY, SALTS
from plugins.audit.pages_root import parse_salts, write_salts
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE
from plugins.proof.leaves import Leaf, canonical, commit_to, leaf
from plugins.proof.log import checkpoint_path, from_folder, read_note, verify_log
from plugins.proof.notes import Note, Signature
from plugins.proof.pageproof import pages_root
from plugins.proof.policy import Policy
from plugins.proof.tiles import pack, unpack
from tests.plugins.proof.conftest import destroy_opening

from .council import (
    ACT,
    BY,
    DAY,
    DRAFT,
    HOUR,
    LOG_KEY,
    NEWS,
    ORIGIN,
    ROLES,
    SECOND,
    START,
    WITNESS_KEYS,
    Council,
    Event,
    iso,
    key,
    policy_text,
)

PAGE = "drafts/2026/1-p.html"
MINE = key(ORIGIN.replace("rada", "rada")), *(key(f"mine{number}.example/w", COSIGNATURE) for number in (1, 2, 3))
Attack = Callable[[Council], None]


# --------------------------------------------------------------------------- the hosting company: files of the site

def altered_page(council: Council) -> None:
    page = council.site / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace("2027", "2028"), encoding="utf-8")


def removed_page(council: Council) -> None:
    (council.site / PAGE).unlink()


def added_page(council: Council) -> None:
    (council.site / "rishennia-8.html").write_text("Нове рішення", encoding="utf-8")


def altered_page_and_list(council: Council) -> None:
    altered_page(council)
    council.list_files()


def added_page_and_list(council: Council) -> None:
    added_page(council)
    council.list_files()


def removed_tombstone_and_list(council: Council) -> None:
    (council.site / "drafts/2026/2-p/index.html").unlink()
    council.list_files()


def doctored_history_and_list(council: Council) -> None:
    (council.site / "istoriia/drafts/2026/1-p.html").write_text("Змін не було", encoding="utf-8")
    council.list_files()


def altered_page_list_and_salts(council: Council) -> None:
    altered_page_and_list(council)
    (council.evidence / SALTS / PAGES).write_bytes(write_salts({path: os.urandom(16) for path, _ in council.files()}))


def list_gone(council: Council) -> None:
    (council.site / "manifest.txt").unlink()


def list_cut(council: Council) -> None:
    """The list and the page that it names, both gone."""
    removed_page(council)
    council.list_files()


def list_in_another_order(council: Council) -> None:
    file = council.site / "manifest.txt"
    file.write_text("".join(sorted(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def page_as_a_link(council: Council) -> None:
    """A page that is a link to a file of the server."""
    (council.site / PAGE).unlink()
    (council.site / PAGE).symlink_to("/etc/hostname")


def page_among_the_evidence(council: Council) -> None:
    (council.evidence / "rishennia.html").write_text("Нове рішення", encoding="utf-8")


def page_with_the_name_of_a_kept_file(council: Council) -> None:
    (council.site / "CNAME").mkdir()
    (council.site / "CNAME/index.html").write_text("Нове рішення", encoding="utf-8")


# --------------------------------------------------------------------------- the hosting company: the log

def old_site_again(council: Council) -> None:
    """The auditor has seen the newest state; then yesterday's whole site is served again."""
    assert council.verify().status == 0
    shutil.rmtree(council.site)
    council.old_site.rename(council.site)


def old_site_without_memory(council: Council) -> None:
    council.state.unlink()
    shutil.rmtree(council.site)
    council.old_site.rename(council.site)


def log_gone(council: Council) -> None:
    shutil.rmtree(council.evidence)


def log_never_there(council: Council) -> None:
    log_gone(council)
    council.state.unlink()


def entries(council: Council, change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = next((council.evidence / "tile/entries").rglob("12"))
    file.write_bytes(pack(change(unpack(file.read_bytes()))))


def entry_altered(council: Council) -> None:
    entries(council, lambda found: [*found[:3], found[3].replace(b'"n":1', b'"n":2'), *found[4:]])


def entries_swapped(council: Council) -> None:
    entries(council, lambda found: [*found[:3], found[4], found[3], *found[5:]])


def entry_left_out(council: Council) -> None:
    entries(council, lambda found: [*found[:3], *found[4:]])


def tile_altered(council: Council) -> None:
    """An entry and its hash, so that both agree."""
    entry_altered(council)
    tile = next((council.evidence / "tile/0").rglob("12"))
    content = bytearray(tile.read_bytes())
    content[96:128] = hashlib.sha256(b"\0" + unpack(next((council.evidence / "tile/entries").rglob("12")).read_bytes())[
        3]).digest()
    tile.write_bytes(content)


def tile_gone(council: Council) -> None:
    next((council.evidence / "tile/0").rglob("12")).unlink()


def note_of(council: Council, change: Callable[[Note], Note], path: str = "checkpoint") -> None:
    file = council.evidence / path
    file.write_bytes(change(Note.decode(file.read_bytes())).encode())


def witness_forged(council: Council) -> None:
    def forged(note: Note) -> Note:
        witness, at = WITNESS_KEYS[0], council.clock.to_bytes(8, "big")
        return note.with_signatures([Signature(witness.name, witness.verifier.key_id, at + os.urandom(64))])
    note_of(council, forged)


def witness_of_an_older_checkpoint(council: Council) -> None:
    """A true cosignature, of another checkpoint."""
    old = Note.decode((council.old_site / "prozorist/zhurnal/checkpoint").read_bytes())
    note_of(council, lambda note: note.with_signatures(old.signatures[1:]))


def witness_signed_twice(council: Council) -> None:
    note_of(council, lambda note: Note(note.text, (*note.signatures, note.signatures[1])))


def log_signature_gone(council: Council) -> None:
    note_of(council, lambda note: Note(note.text, note.signatures[1:]))


def root_altered(council: Council) -> None:
    note_of(council, lambda note: Note(note.text.replace("\n12\n", "\n11\n"), note.signatures))


def size_written_oddly(council: Council) -> None:
    note_of(council, lambda note: Note(note.text.replace("\n12\n", "\n012\n"), note.signatures))


def kept_checkpoint_gone(council: Council) -> None:
    (council.evidence / checkpoint_path(7)).unlink()


def kept_checkpoint_doctored(council: Council) -> None:
    """An earlier time for an old checkpoint, without the witness's key."""
    def earlier(note: Note) -> Note:
        first = note.signatures[1]
        return note.with_signatures([Signature(first.name, first.key_id, (START - DAY).to_bytes(8, "big")
                                               + first.content[8:])])
    note_of(council, earlier, checkpoint_path(7))


def another_log(council: Council) -> None:
    """The host's own log in the place of the council's."""
    shutil.rmtree(council.evidence)
    create(council.evidence, "host.example/log", [key("host.example/log")], START)


def policy_of_the_host(council: Council) -> None:
    """The host's own policy, log key and witnesses, under the council's name."""
    mine = key(ORIGIN, 0x01)
    own = type(mine)(ORIGIN, mine.kind, hashlib.sha256(b"host").digest())
    shutil.rmtree(council.evidence)
    create(council.evidence, ORIGIN, [own], council.clock)
    witnesses = MINE[1:]
    checkpoint = Checkpoint.of(read_note(from_folder(council.evidence)))
    policy = policy_text(own, witnesses)
    add_signatures(council.evidence, 0, [cosign(checkpoint, one, council.clock) for one in witnesses],
                   Policy.parse(policy))
    (council.evidence / POLICY).write_bytes(policy)


def policy_file_swapped(council: Council) -> None:
    (council.evidence / POLICY).write_bytes(policy_text(least=1))


def opening_gone(council: Council) -> None:
    (council.evidence / SALTS / "docs/drafts/2026/1-p.json").unlink()


def opening_elsewhere(council: Council) -> None:
    """The opening names another file."""
    file = council.evidence / SALTS / "docs/drafts/2026/1-p.json"
    file.write_bytes(file.read_bytes().replace(b"1-p.yml", b"2-p.yml"))


def opening_that_is_none(council: Council) -> None:
    (council.evidence / SALTS / "docs/drafts/2026/1-p.json").write_bytes(b"[" * 100_000)


def facts_of_the_build(council: Council) -> None:
    file = council.evidence / SALTS / BUILD
    file.write_bytes(canonical(json.loads(file.read_bytes()) | {"day": "2020-01-01T00:00:00Z"}) + b"\n")


def facts_gone(council: Council) -> None:
    (council.evidence / SALTS / BUILD).unlink()


# --------------------------------------------------------------------------- the mayor's office: the repository

def force_push(council: Council) -> None:
    """History begins anew with the texts of today."""
    shutil.copytree(council.repo, council.folder / "old-repo")
    council.git("checkout", "-q", "--orphan", "new")
    council.git("commit", "-q", "-m", "усе спочатку")
    council.git("branch", "-q", "-M", "new", "main")


def last_commit_dropped(council: Council) -> None:
    council.git("reset", "-q", "--hard", "HEAD~1")


def commit_amended(council: Council) -> None:
    council.git("commit", "-q", "--amend", "-m", "та сама зміна", "--date", "2026-01-01T00:00:00Z")


def tip_replaced_before_it_was_logged(council: Council) -> None:
    """The auditor saw a commit that was not logged yet; then it is gone."""
    council.commit({DRAFT: "title: Про бюджет\ntext: Інше.\n"})
    assert council.verify("history").status == LACKING
    last_commit_dropped(council)


def document_erased(council: Council) -> None:
    council.commit({ACT: None})


def document_erased_by_force(council: Council) -> None:
    """The commit of the act never happened."""
    council.git("reset", "-q", "--hard", "HEAD~1")
    council.build()


def added_again_with_another_text(council: Council) -> None:
    """Deleted and added again; the log is told of an amendment."""
    council.commit({ACT: None})
    again = council.commit({ACT: "number: 7\ntitle: Зовсім інше\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, again))


def silent_edit(council: Council) -> None:
    """A small edit between two logged changes, in no entry."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: без обговорення\n"})
    logged = council.commit({NEWS: "---\ntitle: Відкрито парк\n---\nПарк відкрито знову.\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def silent_edit_put_back(council: Council) -> None:
    """Changed for a day, and changed back."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.commit({ACT: "title: Про бюджет\nnumber: 7\n"})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def silent_document(council: Council) -> None:
    """A decision that is on the site and not in the log."""
    council.commit({"content/acts/2026/8.yml": "title: Про землю\n"})
    council.publish()


def silent_attachment(council: Council) -> None:
    council.commit({"content/drafts/2026/2-p/annex-1.md": "Інший додаток\n"})
    council.publish()


def silent_restoration(council: Council) -> None:
    """The notice of withdrawal is taken away again."""
    council.commit({SECOND: "title: Про матеріальну допомогу\n"})
    council.publish()


def silent_move(council: Council) -> None:
    council.commit({ACT: None, "content/acts/2025/7.yml": "title: Про бюджет\nnumber: 7\n"})
    council.publish()


def edit_that_is_not_logged_yet(council: Council) -> None:
    """Published from a commit that the log does not know."""
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.build()


def hidden_until_later(council: Council) -> None:
    """A decision is put off: its page is gone, nothing was withdrawn, and it is all logged."""
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\npublished_at: 2099-01-01 10:00\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def built_from_another_branch(council: Council) -> None:
    """The branch is as it was; the site was built of another one."""
    council.git("checkout", "-q", "-b", "other")
    council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish()
    council.git("checkout", "-q", "main")


def built_from_yesterday(council: Council) -> None:
    """Today's changes are logged, and the site is built without them."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    council.git("checkout", "-q", "--detach", "HEAD~1")
    council.build()
    before = council.newest.size
    build = council.build_leaf(before + 1, before)
    council.git("checkout", "-q", "main")
    added(council, entry, build)


def built_before_the_change(council: Council) -> None:
    """Today's change is logged with its commit, and the pages are those of yesterday."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    salts, size = (council.salts / PAGES).read_bytes(), council.newest.size
    build = council.build_leaf(size + 1, size)
    (council.salts / PAGES).write_bytes(salts)
    root = pages_root(council.files(), parse_salts(salts))
    added(council, entry, leaf("build", build.by, build.seen, **(dict(build.values) | {"root": root})))


def declared_day_of_last_year(council: Council) -> None:
    """Built as of a day on which nothing was overdue yet."""
    council.clock += HOUR
    council.build()
    before = council.newest.size
    entry = council.build_leaf(before, before)
    added(council, leaf("build", entry.by, entry.seen, **(dict(entry.values) | {"day": "2026-01-01"})))


def silent_kind(council: Council) -> None:
    """The first document of its kind, of which the log knows nothing."""
    council.commit({"content/greetings/2026/1.md": "---\ntitle: Вітання\n---\n"})
    council.publish()


def silent_link(council: Council) -> None:
    """A document that is a link to a file that is none."""
    (council.repo / "content/acts/2026/8.yml").symlink_to("README.md")
    council.commit({"content/acts/2026/README.md": "title: Про землю\n"})
    council.publish()


def only_its_text_says_that_it_waits(council: Council) -> None:
    council.commit({"content/news/2026/tykho.md": "---\ntitle: Тихо\n---\n\ndate: 2099-01-01\n"})
    council.publish()


def event_of_a_day_to_come(council: Council) -> None:
    """The day of the event is not the day of its publication."""
    council.commit({"content/events/2026/den.md": "---\ntitle: День міста\ndate: 2099-01-01\n---\n"})
    council.publish()


def shown_long_before_it_was_logged(council: Council) -> None:
    """Another text stood there for days; then its second one is logged as the first."""
    path = "content/acts/2026/8.yml"
    council.commit({path: "title: Про землю\n"})
    council.publish()
    council.publish(Event("publish", "acts/2026/8", path, council.commit({path: "title: Про воду\n"})))


def edit_of_another_name(council: Council) -> None:
    """An edit is logged, as the first revision of a document that nobody looks for."""
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\ntext: інше\n"})
    council.publish(Event("publish", "news/2026/inshe", ACT, commit))


def moved_and_left_behind(council: Council) -> None:
    """A move is logged; in the old place stands another text now."""
    path = "content/acts/2026/7-про-бюджет.yml"
    commit = council.commit({path: (council.repo / ACT).read_text(encoding="utf-8"), ACT: "title: Інше\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def withdrawn_without_a_notice(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nnumber: 7\npublished_at: 2099-01-01 10:00\n"})
    council.publish(Event("withdraw", "acts/2026/7", ACT, commit, {"basis": "стаття 6"}))


def withdrawal_called_an_amendment(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nwithdrawn:\n  reason: так треба\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, commit))


def erased_between_others(council: Council) -> None:
    """A silent edit beside the one revision that was declared redacted."""
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: "title: 2\n"})))
    council.commit({ACT: "title: мовчки\n"})
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: "title: 3\n"})))
    redact(council, "acts/2026/7", 2)


def log_without_documents(council: Council) -> None:
    """A log that starts today, and names nothing of what there is."""
    shutil.rmtree(council.log)
    shutil.rmtree(council.salts)
    council.salts.mkdir()
    council.state.unlink()
    create(council.log, ORIGIN, [LOG_KEY], council.clock)
    council.set_policy(policy_text())
    for number in range(3):
        (council.folder / f"witness-{number}").unlink()
    council.publish(policies=("policy", "signers", "roles"))


def register_taken_back(council: Council) -> None:
    """A register was published, and then it never was."""
    council.commit({"data/memberships.csv": "мер\n"})
    council.publish()
    council.git("reset", "-q", "--hard", "HEAD~1")
    council.commit({"data/memberships.csv": "інший мер\n"})
    council.publish()


def rules_for_a_day(council: Council) -> None:
    council.commit({"data/rules.yml": "rules: []\n"})
    council.publish()
    council.commit({"data/rules.yml": None})
    council.publish()


def commits_of_builds_gone(council: Council) -> None:
    (council.evidence / SALTS / BUILDS).unlink()


def commits_of_builds_doctored(council: Council) -> None:
    file = council.evidence / SALTS / BUILDS
    known = json.loads(file.read_bytes())
    known[min(known, key=int)]["commit"] = council.head
    file.write_bytes(canonical(known) + b"\n")


def past_replaced(council: Council) -> None:
    old = council.git("rev-parse", "HEAD~1").strip()
    other = council.git("commit-tree", "-m", "інше", f"{old}^{{tree}}").strip()
    council.git("replace", "-f", old, other)


def past_grafted(council: Council) -> None:
    (council.repo / ".git/info").mkdir(exist_ok=True)
    (council.repo / ".git/info/grafts").write_text(f"{council.head}\n", encoding="utf-8")


def shallow_copy(council: Council) -> None:
    council.repo.rename(council.folder / "whole")
    council.repo.mkdir()
    council.git("clone", "-q", "--depth", "1", f"file://{council.folder / 'whole'}", str(council.repo))


def signer_added_silently(council: Council) -> None:
    council.commit({"data/allowed_signers": council.keys.list({"mayor": "-"})})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def roles_changed_silently(council: Council) -> None:
    council.commit({"data/roles.yml": ROLES.replace("theme/**", "**")})
    logged = council.commit({NEWS: "---\ntitle: Парк\n---\n"})
    council.publish(Event("amend", "news/2026/novyna", NEWS, logged))


def old_signers_again(council: Council) -> None:
    """The list of signers of the past comes back, in due form."""
    old = (council.repo / "data/allowed_signers").read_text(encoding="utf-8")
    council.commit({"data/allowed_signers": council.keys.list({"clerk": "-"})})
    council.publish(policies=("signers",))
    council.commit({"data/allowed_signers": old})
    council.publish(policies=("signers",))


def unsigned(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "--no-gpg-sign", "-m", "без підпису")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def signed_by_a_stranger(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("-c", f"user.signingkey={council.keys.folder / 'stranger'}", "commit", "-q", "-a", "-m", "чужий ключ")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def in_the_name_of_the_mayor(council: Council) -> None:
    """The editor's key under the mayor's name: git alone calls it good."""
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: 3\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "-m", "від мера", GIT_AUTHOR_EMAIL="mayor@rada.example",
                GIT_COMMITTER_EMAIL="mayor@rada.example")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def without_the_right(council: Council) -> None:
    """A signer who has no role."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"}, who="clerk")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))


def admits_himself(council: Council) -> None:
    """A new list of signers, signed by the key that it brings."""
    key = council.keys.public("stranger")
    council.clock += HOUR
    (council.repo / "data/allowed_signers").write_text(
        f"{council.keys.list()}editor@rada.example {key}\n", encoding="utf-8")
    council.git("-c", f"user.signingkey={council.keys.folder / 'stranger'}", "commit", "-q", "-a", "-m", "я теж")
    council.publish(policies=("signers",))


# --------------------------------------------------------------------------- the clock

def record_of_a_deployment_written_later(council: Council) -> None:
    """Evidence of grade C made up: the machine is said to have shown the act a month ago."""
    council.clock += 30 * DAY
    amended(council)
    council.commit({"data/deployments.csv": f"path,version,at\n/rishennia/2026/7/,3f9a1c,{iso(START)}\n"})
    council.publish()


def seen_before_yesterday(council: Council) -> None:
    """The publishing machine claims a time before that of the entry above."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"}, at=START - 50 * DAY)
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(START))


def seen_long_ago(council: Council) -> None:
    """A first batch that claims to be older than the checkpoint that witnesses saw without it."""
    council.clock += 5 * DAY
    council.witness(at=council.clock)
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock - 3 * DAY))


def seen_a_month_ago(council: Council) -> None:
    """The same, by a month."""
    council.clock += 40 * DAY
    council.witness(at=council.clock)
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock - 30 * DAY))


def seen_tomorrow(council: Council) -> None:
    """A clock that runs ahead."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock + 9 * DAY))


def witness_before_the_event(council: Council) -> None:
    """Two bribed witnesses say that they saw the newest state days ago."""
    note = read_note(from_folder(council.log))
    policy = Policy.parse(policy_text())
    lines = [cosign(Checkpoint.of(note), one, START) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, policy)
    council.deploy()


def witness_of_the_future(council: Council) -> None:
    """A bribed quorum keeps an old state fresh for years."""
    lines = [cosign(council.newest, one, council.clock + 400 * DAY) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, Policy.parse(policy_text()))
    council.deploy()


# --------------------------------------------------------------------------- whoever has the key of the log

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


def log_rebuilt(council: Council) -> None:
    rebuilt_log(council)


def log_rebuilt_without_memory(council: Council) -> None:
    rebuilt_log(council)
    council.state.unlink()


def log_rebuilt_with_one_witness(council: Council) -> None:
    rebuilt_log(council, witnesses=(1,))
    council.state.unlink()


def log_rebuilt_shorter_with_the_quorum(council: Council) -> None:
    rebuilt_log(council, size=1, witnesses=(0, 1, 2))


def log_rebuilt_longer_with_the_quorum(council: Council) -> None:
    rebuilt_log(council, size=40, witnesses=(0, 1, 2))


def log_cut(council: Council) -> None:
    """The last batch never happened: the log goes back to a checkpoint that was truly signed."""
    assert council.verify().status == 0
    (council.evidence / "checkpoint").write_bytes((council.evidence / checkpoint_path(9)).read_bytes())


def entry_of_nothing(council: Council) -> None:
    """A decision that nobody ever committed."""
    values = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("c", "path", "commit")}
    added(council, leaf("publish", BY, iso(council.clock), doc="acts/2026/9", n=1, **values))


def added(council: Council, *leaves: object) -> None:
    append(council.log, list(leaves), [LOG_KEY], expected=council.newest.size, at=council.clock)  # type: ignore[arg-type]
    council.witness()
    council.deploy()


def text_that_was_never_committed(council: Council) -> None:
    """The log says a text that the repository does not have."""
    council.commit({DRAFT: "title: Про бюджет\ntext: на папері\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, council.head))
    values = dict(entry.values) | {"c": hashlib.sha256(b"other").hexdigest()}
    added(council, leaf("amend", entry.by, iso(council.clock), **values))


def revision_skipped(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 4\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    added(council, leaf("amend", entry.by, iso(council.clock), **(dict(entry.values) | {"n": 5})))


def changed_while_withdrawn(council: Council) -> None:
    commit = council.commit({SECOND: "title: Про допомогу\n"})
    council.publish(Event("amend", "drafts/2026/2-p", SECOND, commit))


def policy_without_its_witnesses(council: Council) -> None:
    """New witnesses, all of them the thief's, and nobody of the old ones agrees."""
    mine = MINE[1:]
    council.witnesses = mine
    for number in range(3):
        (council.folder / f"witness-{number}").unlink()
    council.set_policy(policy_text(witnesses=mine))
    council.publish(policies=("policy",))


def own_witnesses(council: Council, policy: bytes) -> None:
    """The log's thief has the old witnesses cosign a policy that can do without them: they look only at growth."""
    old = Policy.parse(policy_text())
    council.set_policy(policy)
    council.publish(policies=("policy",), witnesses=())
    lines = [cosign(council.newest, one, council.clock + 60) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, old)
    council.deploy()


def policy_of_strangers(council: Council) -> None:
    own_witnesses(council, policy_text(witnesses=MINE[1:]))


def policy_of_fewer(council: Council) -> None:
    own_witnesses(council, policy_text(least=1))


def key_that_was_given_up(council: Council) -> None:
    """After an honest rotation the stolen old key signs a new checkpoint."""
    rotated(council)
    append(council.log, [leaf("policy", BY, iso(council.clock), what="rules", n=1, c="0" * 64)], [LOG_KEY, NEW_KEY],
           expected=council.newest.size, at=council.clock)
    note = read_note(from_folder(council.log))
    (council.log / "checkpoint").write_bytes(Note(note.text, note.signatures[:1]).encode())
    council.deploy()


def opening_destroyed_beside_a_redaction(council: Council) -> None:
    """One revision is redacted in due form, another one with it."""
    redact(council, "drafts/2026/1-p", 1)
    destroy_opening(council.salts, "drafts/2026/1-p", 2)
    council.deploy()


def second_change_in_a_rewrite(council: Council) -> None:
    """A declared rewrite changes another text too."""
    erased(council, more={NEWS: b"---\ntitle: [sic]\n---\n"})


def rewrite_that_takes_nothing_out(council: Council) -> None:
    """Whoever has the log's key declares a rewrite and names no revision."""
    erased(council, more={NEWS: b"---\ntitle: [sic]\n---\n"}, is_named=False)


def commit_dropped_in_a_rewrite(council: Council) -> None:
    erased(council)
    council.git("reset", "-q", "--hard", "HEAD~2")
    council.publish()


def rewrite_that_nobody_declared(council: Council) -> None:
    """The openings follow the new history, and the log says nothing of it."""
    erased(council, is_declared=False)


def anchor_altered(council: Council) -> None:
    """The token beside the log is not the one that the log names."""
    anchors = council.log / "anchors"
    anchors.mkdir()
    (anchors / "7.tsr").write_bytes(b"token")
    added(council, leaf("anchor", BY, iso(council.clock), what="tsr", size=7, c=commit_to("anchor", NO_SALT, b"other")))


def anchor_that_is_no_token(council: Council) -> None:
    anchors = council.log / "anchors"
    anchors.mkdir()
    (anchors / "7.tsr").write_bytes(b"token")
    added(council, leaf("anchor", BY, iso(council.clock), what="tsr", size=7, c=commit_to("anchor", NO_SALT, b"token")))


def entry_with_a_name(council: Council) -> None:
    """An entry with a field that the schema has not, signed by the log."""
    class Raw:
        def encode(self) -> bytes:
            return b'{"name":"Olena","v":1}'
    added(council, Raw())


# --------------------------------------------------------------------------- how attackers and honest people do it

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


# --------------------------------------------------------------------------- the table

ATTACKS: list[tuple[Attack, str, str, dict[str, object]]] = [
    (altered_page, "page", "page-altered", {}),
    (removed_page, "page", "page-removed", {}),
    (added_page, "page", "page-added", {}),
    (altered_page_and_list, "page", "manifest", {}),
    (added_page_and_list, "page", "manifest", {}),
    (removed_tombstone_and_list, "page", "manifest", {}),
    (doctored_history_and_list, "page", "manifest", {}),
    (altered_page_list_and_salts, "page", "manifest", {}),
    (list_gone, "page", "manifest-missing", {}),
    (list_cut, "page", "manifest", {}),
    (list_in_another_order, "page", "manifest", {}),
    (page_as_a_link, "page", "page-removed", {}),
    (page_among_the_evidence, "page", "page-added", {}),
    (page_with_the_name_of_a_kept_file, "page", "page-added", {}),
    (old_site_again, "log", "shrunk", {}),
    (old_site_without_memory, "log", "stale", {"later": 30 * DAY}),
    (log_gone, "log", "log-gone", {}),
    (log_never_there, "log", "log-missing", {}),
    (entry_altered, "log", "entry", {}),
    (entries_swapped, "log", "entry", {}),
    (entry_left_out, "log", "tile-length", {}),
    (tile_altered, "log", "root", {}),
    (tile_gone, "log", "tile-missing", {}),
    (witness_forged, "log", "signature", {}),
    (witness_of_an_older_checkpoint, "log", "signature", {}),
    (witness_signed_twice, "log", "signature-twice", {}),
    (log_signature_gone, "log", "signature-missing", {}),
    (root_altered, "log", "signature", {}),
    (size_written_oddly, "log", "number", {}),
    (kept_checkpoint_gone, "log", "kept-missing", {}),
    (kept_checkpoint_doctored, "log", "signature", {}),
    (another_log, "log", "origin", {}),
    (policy_of_the_host, "log", "signature-missing", {}),
    (policy_of_the_host, "log", "signature-missing", {"policy": ""}),
    (policy_file_swapped, "log", "policy-swapped", {}),
    (opening_gone, "history", "opening-missing", {}),
    (opening_elsewhere, "history", "opening", {}),
    (opening_that_is_none, "history", "salt", {}),
    (facts_of_the_build, "page", "build-facts", {}),
    (facts_gone, "page", "build-facts", {}),
    (force_push, "history", "force-push", {}),
    (last_commit_dropped, "history", "force-push", {}),
    (commit_amended, "history", "force-push", {}),
    (tip_replaced_before_it_was_logged, "history", "force-push", {}),
    (document_erased, "history", "vanished", {}),
    (document_erased_by_force, "history", "force-push", {}),
    (added_again_with_another_text, "history", "vanished", {}),
    (silent_edit, "history", "unlogged", {}),
    (silent_edit_put_back, "history", "unlogged", {}),
    (silent_document, "history", "unlogged", {}),
    (silent_attachment, "history", "unlogged", {}),
    (silent_restoration, "history", "unlogged", {}),
    (silent_move, "history", "vanished", {}),
    (edit_that_is_not_logged_yet, "page", "manifest", {}),
    (edit_that_is_not_logged_yet, "history", "not-yet-logged", {}),
    (hidden_until_later, "history", "hidden", {}),
    (built_from_another_branch, "history", "force-push", {}),
    (built_from_yesterday, "history", "build-late", {}),
    (built_before_the_change, "page", "build-late", {}),
    (declared_day_of_last_year, "log", "clock", {}),
    (silent_kind, "history", "unlogged", {}),
    (silent_link, "history", "unlogged", {}),
    (only_its_text_says_that_it_waits, "history", "unlogged", {}),
    (event_of_a_day_to_come, "history", "unlogged", {}),
    (shown_long_before_it_was_logged, "history", "unlogged", {}),
    (edit_of_another_name, "history", "two-documents", {}),
    (moved_and_left_behind, "history", "unlogged", {}),
    (withdrawn_without_a_notice, "history", "kind", {}),
    (withdrawal_called_an_amendment, "history", "kind", {}),
    (erased_between_others, "history", "unlogged", {}),
    (log_without_documents, "history", "unlogged", {}),
    (register_taken_back, "history", "force-push", {}),
    (rules_for_a_day, "history", "unlogged", {}),
    (commits_of_builds_gone, "history", "build-facts", {}),
    (commits_of_builds_doctored, "history", "build-facts", {}),
    (past_replaced, "history", "replaced", {}),
    (past_grafted, "history", "replaced", {}),
    (shallow_copy, "history", "shallow", {}),
    (signer_added_silently, "history", "unlogged", {}),
    (roles_changed_silently, "history", "unlogged", {}),
    (old_signers_again, "history", "policy-rollback", {}),
    (unsigned, "signers", "commit-unsigned", {}),
    (signed_by_a_stranger, "signers", "signer-unknown", {}),
    (in_the_name_of_the_mayor, "signers", "signer-is-not-author", {}),
    (without_the_right, "signers", "role-none", {}),
    (admits_himself, "signers", "signer-unknown", {}),
    (old_signers_again, "signers", "policy-rollback", {}),
    (record_of_a_deployment_written_later, "history", "deployment-late", {}),
    (seen_before_yesterday, "log", "clock", {}),
    (seen_long_ago, "log", "clock", {}),
    (seen_a_month_ago, "log", "clock", {}),
    (seen_tomorrow, "log", "clock", {}),
    (witness_before_the_event, "log", "clock", {}),
    (witness_of_the_future, "log", "future", {}),
    (log_rebuilt, "log", "consistency", {}),
    (log_rebuilt_without_memory, "log", "quorum", {}),
    (log_rebuilt_with_one_witness, "log", "quorum", {}),
    (log_rebuilt_shorter_with_the_quorum, "log", "shrunk", {}),
    (log_rebuilt_longer_with_the_quorum, "log", "consistency", {}),
    (log_cut, "log", "shrunk", {}),
    (entry_of_nothing, "history", "opening-missing", {}),
    (text_that_was_never_committed, "history", "content", {}),
    (revision_skipped, "log", "order", {}),
    (changed_while_withdrawn, "log", "order", {}),
    (policy_without_its_witnesses, "log", "policy-waits", {}),
    (policy_of_strangers, "log", "policy-weaker", {}),
    (policy_of_fewer, "log", "policy-weaker", {}),
    (key_that_was_given_up, "log", "signature-missing", {}),
    (opening_destroyed_beside_a_redaction, "history", "opening-missing", {}),
    (second_change_in_a_rewrite, "history", "content", {}),
    (second_change_in_a_rewrite, "rewrite", "rewrite-file", {"old": "old-repo"}),
    (rewrite_that_takes_nothing_out, "history", "rewrite-for-nothing", {}),
    (commit_dropped_in_a_rewrite, "history", "force-push", {}),
    (rewrite_that_nobody_declared, "history", "opening", {}),
    (force_push, "rewrite", "rewrite-undeclared", {"old": "old-repo"}),
    (anchor_altered, "log", "anchor", {}),
    (anchor_that_is_no_token, "log", "token", {}),
    (entry_with_a_name, "log", "leaf", {}),
]
"""Attack, the check that is run, the code that must be told, options of the auditor."""
LIMITED = {"old_site_without_memory", "log_never_there", "kept_checkpoint_gone", "facts_gone", "shallow_copy",
           "log_rebuilt_without_memory", "log_rebuilt_with_one_witness", "policy_without_its_witnesses",
           "witness_of_the_future", "seen_long_ago", "commits_of_builds_gone", "policy_of_strangers",
           "policy_of_fewer", "built_before_the_change", "record_of_a_deployment_written_later"}
"""Attacks of which the auditor learns only that evidence is missing."""


def alarms(report: Report) -> set[str]:
    return {one.code for one in report.findings if one.weight is not Weight.NOTE}


NAMES = [f"{number}-{attack.__name__}-{what}" for number, (attack, what, *_) in enumerate(ATTACKS, 1)]


@pytest.mark.parametrize(("attack", "what", "code", "options"), ATTACKS, ids=NAMES)
def test_an_attack_is_found_by_its_check(council: Council, attack: Attack, what: str, code: str,
                                         options: dict[str, object]) -> None:
    attack(council)
    if "old" in options:
        options = options | {"old": str(council.folder / str(options["old"]))}
    before = council.state.read_bytes() if council.state.exists() else b""
    report = council.verify(what, **options)  # type: ignore[arg-type]
    assert not report.broken
    assert code in alarms(report), report.findings
    assert attack.__name__ in LIMITED or code == "not-yet-logged" or report.status == TAMPERING
    if report.status == TAMPERING:
        assert before == (council.state.read_bytes() if council.state.exists() else b"")


# --------------------------------------------------------------------------- honest work

def nothing(council: Council) -> None:
    """Nothing happened."""


def amended(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))


def published(council: Council) -> None:
    path = "content/acts/2026/8.yml"
    council.publish(Event("publish", "acts/2026/8", path, council.commit({path: "title: Про землю\n"})))


def many_commits_at_once(council: Council) -> None:
    first = council.commit({DRAFT: "title: Про бюджет\ntext: 1\n", NEWS: "---\ntitle: Парк\n---\n"})
    second = council.commit({DRAFT: "title: Про бюджет\ntext: 2\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, first), Event("amend", "news/2026/novyna", NEWS, first),
                    Event("amend", "drafts/2026/1-p", DRAFT, second))


def withdrawn(council: Council) -> None:
    commit = council.commit({ACT: "title: Про бюджет\nwithdrawn:\n  reason: Помилка\n"})
    council.publish(Event("withdraw", "acts/2026/7", ACT, commit, {"basis": "стаття 6"}))


def restored(council: Council) -> None:
    commit = council.commit({SECOND: "title: Про матеріальну допомогу\n"})
    council.publish(Event("restore", "drafts/2026/2-p", SECOND, commit))


def moved(council: Council) -> None:
    path = "content/acts/2026/7-про-бюджет.yml"
    commit = council.commit({ACT: None, path: "title: Про бюджет\nnumber: 7\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def renamed(council: Council) -> None:
    """Another identifier, its old address kept: the document is logged anew with all of its past."""
    path, text = "content/acts/2026/70.yml", (council.repo / ACT).read_text(encoding="utf-8")
    council.publish(Event("amend", "acts/2026/7", ACT, council.commit({ACT: f"{text}text: а\n"})))
    first, second = council.git("rev-parse", "HEAD~1", "HEAD").split()
    commit = council.commit({ACT: None, path: f"{text}text: а\n"})
    council.publish(Event("publish", "acts/2026/70", ACT, first), Event("amend", "acts/2026/70", ACT, second),
                    Event("move", "acts/2026/70", path, commit))


def made_a_folder(council: Council) -> None:
    path = "content/acts/2026/7/index.yml"
    commit = council.commit({ACT: None, path: "title: Про бюджет\nnumber: 7\n",
                             "content/acts/2026/7/annex-1.md": "Додаток\n"})
    council.publish(Event("move", "acts/2026/7", path, commit))


def made_a_file(council: Council) -> None:
    path = "content/drafts/2026/2-p.yml"
    commit = council.commit({SECOND: None, "content/drafts/2026/2-p/annex-1.md": None,
                             path: "title: Про матеріальну допомогу\nwithdrawn:\n  reason: Інше\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", path, commit, {"basis": "стаття 6"}))


def attachment_changed(council: Council) -> None:
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": "Додаток, виправлений\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def attachment_removed(council: Council) -> None:
    commit = council.commit({"content/drafts/2026/2-p/annex-1.md": None})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, commit, {"basis": "стаття 6"}))


def only_the_engine(council: Council) -> None:
    """A new version of the engine: other pages of the same documents."""
    council.commit({"theme/style.css": "body{}\n", "content/news/README.md": "Новини\n"})
    council.publish()
    (council.site / "index.html").write_text("<h1>Міська рада</h1>", encoding="utf-8")
    council.list_files()
    council.clock += HOUR
    before = council.newest.size
    added(council, council.build_leaf(before, before))


def key_rotated(council: Council) -> None:
    """The auditor has the old policy."""
    rotated(council)
    amended(council)


def key_rotated_and_copy_renewed(council: Council) -> None:
    key_rotated(council)
    council.policy_file.write_bytes(policy_text(NEW_KEY))


def one_witness_down(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), witnesses=(0, 2))


def witnesses_asleep(council: Council) -> None:
    """Publishing never waits for a witness."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: Уточнено.\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), witnesses=())


def witnesses_looked_again(council: Council) -> None:
    """Nothing was published for a month; witnesses go on looking."""
    council.clock += 30 * DAY
    council.witness()
    council.deploy()


def redacted(council: Council) -> None:
    redact(council, "drafts/2026/1-p", 1)


def redacted_and_rewritten(council: Council) -> None:
    erased(council)


def redacted_in_the_middle(council: Council) -> None:
    amended(council)
    erased(council, "drafts/2026/1-p", number=2)


def works_on_after_a_rewrite(council: Council) -> None:
    redacted_and_rewritten(council)
    amended(council)


def waits_for_its_day(council: Council) -> None:
    council.commit({"content/news/2026/sviato.md": "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"})
    amended(council)


def shown_on_its_day(council: Council) -> None:
    path = "content/news/2026/sviato.md"
    council.commit({path: "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"})
    amended(council)
    commit = council.commit({path: "---\ntitle: Свято міста\npublished_at: 2026-11-19 10:00\n---\n"})
    council.publish(Event("publish", "news/2026/sviato", path, commit))


def another_time_zone(council: Council) -> None:
    council.clock += HOUR
    (council.repo / DRAFT).write_text("title: Про бюджет\ntext: Уточнено.\n", encoding="utf-8")
    council.git("commit", "-q", "-a", "-m", "з дому", GIT_AUTHOR_DATE=f"{council.clock} -1100",
                GIT_COMMITTER_DATE=f"{council.clock} +1400")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def merged(council: Council) -> None:
    """Work on a branch lands on main by a merge."""
    council.git("checkout", "-q", "-b", "work")
    council.commit({DRAFT: "title: Про бюджет\ntext: Чернетка.\n"})
    council.commit({DRAFT: "title: Про бюджет\ntext: Готово.\n"})
    council.git("checkout", "-q", "main")
    council.git("merge", "-q", "--no-ff", "-m", "готово", "work")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, council.head))


def deleted_by_mistake_and_put_back(council: Council) -> None:
    text = (council.repo / ACT).read_text(encoding="utf-8")
    council.commit({ACT: None})
    back = council.commit({ACT: text})
    council.publish(Event("amend", "acts/2026/7", ACT, back))


def shown_by_the_machine(council: Council) -> None:
    """The machine writes down what it has just shown."""
    amended(council)
    council.commit({"data/deployments.csv": f"path,version,at\n/rishennia/2026/7/,3f9a1c,{iso(council.clock)}\n"})
    council.publish()


def tried_and_left(council: Council) -> None:
    """A file that came and went before anything was published."""
    council.commit({"content/acts/2026/9.yml": "title: Проба\n"})
    council.commit({"content/acts/2026/9.yml": None})
    amended(council)


def tried_and_left_among_others(council: Council) -> None:
    """A file that came and went in one publication, with a change of another document between."""
    path = "content/acts/2026/9.yml"
    council.commit({path: "title: Проба\n"})
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.commit({path: None})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    amended(council)


def planned_moved_and_left(council: Council) -> None:
    """A document that waited became a folder, and then its day was cancelled."""
    path, index = "content/news/2026/sviato.md", "content/news/2026/sviato/index.md"
    text = "---\ntitle: Свято\npublished_at: 2027-01-01 10:00\n---\n"
    council.commit({path: text})
    amended(council)
    council.commit({path: None, index: text, "content/news/2026/sviato/foto.jpg": b"\xff\xd8"})
    published(council)
    council.commit({index: None, "content/news/2026/sviato/foto.jpg": None})
    council.publish()


def event_of_next_year(council: Council) -> None:
    """A day to come that is not the day of publication, changed in time."""
    path = "content/events/2026/den.md"
    for kind, title in (("publish", "День"), ("amend", "День міста")):
        commit = council.commit({path: f"---\ntitle: {title}\ndate: 2027-05-01\n---\n"})
        council.publish(Event(kind, "events/2026/den", path, commit))


def linked_attachment(council: Council) -> None:
    path = "content/acts/2026/9/index.yml"
    (council.repo / "content/acts/2026/9").mkdir()
    (council.repo / "content/acts/2026/9/annex-2.pdf").symlink_to("annex-1.pdf")
    commit = council.commit({path: "title: Про плани\n", "content/acts/2026/9/annex-1.pdf": b"%PDF"})
    council.publish(Event("publish", "acts/2026/9", path, commit))


def witness_replaced(council: Council) -> None:
    """One of three is another; the old ones saw the change."""
    own_witnesses(council, policy_text(witnesses=(*WITNESS_KEYS[:2], MINE[1])))


def signers_changed(council: Council) -> None:
    council.commit({"data/allowed_signers": council.keys.list({"mayor": "-"})})
    council.publish(policies=("signers",))


HONEST: list[Attack] = [
    nothing, amended, published, many_commits_at_once, withdrawn, restored, moved, made_a_folder, made_a_file,
    attachment_changed, attachment_removed, only_the_engine, key_rotated, key_rotated_and_copy_renewed,
    one_witness_down, witnesses_asleep, witnesses_looked_again, redacted, redacted_and_rewritten,
    redacted_in_the_middle, works_on_after_a_rewrite, waits_for_its_day, shown_on_its_day, another_time_zone, merged,
    deleted_by_mistake_and_put_back, tried_and_left, tried_and_left_among_others, planned_moved_and_left,
    event_of_next_year, linked_attachment, renamed, witness_replaced, signers_changed, shown_by_the_machine]


@pytest.mark.parametrize("work", HONEST, ids=lambda work: work.__name__)
def test_honest_work_raises_no_alarm(council: Council, work: Attack) -> None:
    work(council)
    report = council.verify()
    assert (set(), 0) == (alarms(report), report.status), report
    assert f'"size":{council.newest.size}' in council.state.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- what cannot be found, said plainly

def test_a_quorum_that_lies_together_is_found_only_by_memory(council: Council) -> None:
    """R1: the log's key and all witnesses collude, and the auditor comes for the first time."""
    log_rebuilt_longer_with_the_quorum(council)
    council.state.unlink()
    report = council.verify("log")
    assert (set(), 0) == (alarms(report), report.status)
    assert "first-time" in {one.code for one in report.findings}


def test_a_site_that_is_asked_for_its_own_policy_proves_nothing(council: Council) -> None:
    policy_of_the_host(council)
    report = council.verify("log", policy="", state="")
    assert LACKING == report.status and "policy-from-site" in alarms(report)


def test_the_policy_that_was_believed_before_is_remembered(council: Council) -> None:
    assert 0 == council.verify("log", policy="").status


def test_a_theme_that_is_not_ours_is_noticed_in_a_rebuild(council: Council) -> None:
    """An engine that lies makes the same lie again, byte for byte."""
    assert is_same_engine(council.repo, council.head, "theme")
    commit = council.commit({"theme/templates/page.html": "Брехня\n"})
    assert is_same_engine(council.repo, commit) and not is_same_engine(council.repo, commit, "theme")


def test_a_text_that_was_false_from_the_start_is_no_matter_of_the_log(council: Council) -> None:
    path = "content/news/2026/nepravda.md"
    council.publish(Event("publish", "news/2026/nepravda", path, council.commit({path: "Сніг чорний.\n"})))
    assert 0 == council.verify().status


def test_a_list_of_signers_struck_out_before_the_log_began_was_never_promised(tmp_path: Path) -> None:
    """A council takes the site over with its past, and strikes out the sample's list."""
    council = Council(tmp_path)
    council.begin()
    sample = council.commit({NEWS: "---\ntitle: Парк\n---\n", "data/allowed_signers": council.keys.list()})
    own = council.commit({DRAFT: "title: Про бюджет\n", "data/allowed_signers": None})
    council.publish(Event("publish", "news/2026/novyna", NEWS, sample),
                    Event("publish", "drafts/2026/1-p", DRAFT, own), policies=("policy",))
    assert "unlogged" not in alarms(council.verify("history"))


def test_a_copy_that_was_not_updated_is_told_apart_from_a_history_that_was_cut(council: Council) -> None:
    """Of a fresh copy nobody can tell; of one that had the commits everybody can."""
    shutil.copytree(council.repo, council.folder / "yesterday")
    amended(council)
    fresh = council.repo.rename(council.folder / "today")
    (council.folder / "yesterday").rename(council.repo)
    report = council.verify()
    assert ({"behind"}, LACKING) == (alarms(report), report.status), report
    shutil.rmtree(council.repo)
    fresh.rename(council.repo)
    last_commit_dropped(council)
    assert "force-push" in alarms(council.verify("history"))
