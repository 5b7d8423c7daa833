"""`log proof`: one page, or one revision of a document, with its proof in one file, made of what a site publishes.

Such proofs are not stored on the site: 29 MB for an archive of ten years, written anew with each checkpoint, for files
of which hardly one is ever asked for; and whoever has the site has everything that makes them. A person who wants to
keep a page keeps it with its proof, made the same day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import TIME_BYTES
from plugins.proof.faults import Fault
from plugins.proof.keys import COSIGNATURE, ED25519, SIGNATURE_BYTES
from plugins.proof.leaves import Leaf
from plugins.proof.log import checkpoint_path, prove, read_note, verify_log
from plugins.proof.moments import kept_checkpoints
from plugins.proof.notes import Note, Signature
from plugins.proof.order import REVISIONS
from plugins.proof.pageproof import prove_page
from plugins.proof.policy import Policy
from plugins.proof.proofs import LogProof
from plugins.proof.revisionproof import prove_revision
from plugins.proof.salts import parse_openings
from plugins.proof.tiles import Fetch

from ..checking.one_page import paths_of
from ..layout import DOCUMENTS, EVIDENCE, PAGES, POLICY, SALTS
from ..pages_root import MANIFEST, parse_manifest, parse_salts
from ..site import open_site
from .telling import NotDone, said


@dataclass(frozen=True)
class Proven:
    """The proof, and what it is of: the path of the page, or of the source in the repository. `waits`: the witnesses
    that the site's policy asks for have not seen the log with it yet.
    """

    proof: LogProof
    waits: bool
    path: str


def prove_address(site: str, address: str, *, is_short: bool = False) -> Proven:
    """The proof of a page (`/rishennia/2026/0123/`) under the newest build of a site (folder or address).

    `is_short`: with the Ed25519 signatures only, and of as few witnesses as the policy of the site asks for; a quarter
    of the size, and enough for who believes that policy. Errors: `NotDone`.
    """
    evidence = _Evidence(site)
    try:
        index = max((at for at, one in enumerate(evidence.leaves) if one.kind == "build"), default=-1)
        if index < 0:
            raise NotDone("У журналі ще немає жодної побудови сайту: доводити нічого.")
        path = page_path(address)
        files = parse_manifest(evidence.site(MANIFEST))
        salts = parse_salts(evidence.fetch(f"{SALTS}{PAGES}"))
        if path not in dict(files):
            raise NotDone(f"На сайті немає сторінки {address}. Візьміть адресу так, як її показує браузер.")
        extra = prove_page(path, files, salts, evidence.leaves[index])
        return Proven(*evidence.prove(index, extra, is_short), path)
    except Fault as fault:
        raise NotDone(f"{said(fault)}. Доказу не складено.") from None
    except OSError as error:
        raise NotDone(f"Сайт {site} не дає того, з чого складають доказ: {error}.") from None


def prove_document(site: str, doc: str, number: int = 0, *, is_short: bool = False) -> Proven:
    """The proof of a revision of a document (`drafts/2026/412-p`), by default of the last. Errors: `NotDone`."""
    evidence = _Evidence(site)
    try:
        index = max((at for at, one in enumerate(evidence.leaves) if _is_revision(one, doc, number)), default=-1)
        if index < 0:
            raise NotDone(f"У журналі немає {f'редакції {number} ' if number else ''}документа «{doc}».")
        entry = evidence.leaves[index]
        opening = parse_openings(evidence.fetch(f"{SALTS}{DOCUMENTS}{doc}.json")).get(int(entry["n"]))
        if opening is None:
            raise NotDone(f"Редакцію {entry['n']} документа «{doc}» вилучено: довести її вміст уже не можна.")
        return Proven(*evidence.prove(index, prove_revision(entry, opening), is_short), opening.path)
    except Fault as fault:
        raise NotDone(f"{said(fault)}. Доказу не складено.") from None
    except OSError as error:
        raise NotDone(f"Сайт {site} не дає того, з чого складають доказ: {error}.") from None


def page_path(address: str) -> str:
    """`/novyny/` → `novyny/index.html`; an address of a whole site is not needed before it."""
    return paths_of(address)[0]


class _Evidence:
    """A site's log, verified against the policy that the site shows: whoever checks the proof has one of their own."""

    def __init__(self, place: str) -> None:
        self.site: Fetch = open_site(place)
        self.fetch: Fetch = open_site(place, EVIDENCE)
        try:
            policy = Policy.parse(self.fetch(POLICY))
            self.leaves: tuple[Leaf, ...] = verify_log(self.fetch, Policy(policy.logs)).leaves
            self.policy = policy
            self.newest = _known(read_note(self.fetch), policy)
            self.sizes = kept_checkpoints(self.fetch)
        except Fault as fault:
            raise NotDone(f"Журнал на сайті {place} пошкоджено: {fault.said('uk')}.") from None
        except OSError as error:
            raise NotDone(f"На сайті {place} не знайти журналу: {error}.") from None

    def prove(self, index: int, extra: bytes, is_short: bool) -> tuple[LogProof, bool]:
        """The proof, and whether witnesses are awaited.

        Under the first checkpoint with the entry that they saw: it says the earliest moment, and its tree is the least.
        """
        entry = self.leaves[index].encode()
        for note in self._notes(index):
            proof = prove(index, _short(note, self.policy) if is_short else note, self.fetch, extra)
            with suppress(Fault):
                proof.verify(entry, self.policy)
                return proof, False
        note = _short(self.newest, self.policy) if is_short else self.newest
        return prove(index, note, self.fetch, extra), _refused_for(self.newest, self.policy) == "quorum"

    def _notes(self, index: int) -> Iterator[Note]:
        """The checkpoints that have an entry, the oldest first, as far as they are there."""
        for size in self.sizes[bisect_right(self.sizes, index):]:
            with suppress(Fault, FileNotFoundError):
                yield _known(read_note(self.fetch, checkpoint_path(size)), self.policy)


def _known(note: Note, policy: Policy) -> Note:
    """Without signatures that nobody would verify."""
    keys = [party.key for party in (*policy.logs, *policy.witnesses.values())]
    return Note(note.text, tuple(one for one in note.signatures if any(one.is_by(key) for key in keys)))


def _refused_for(note: Note, policy: Policy) -> str:
    """The code of the fault for which a policy does not believe a note; nothing where it does."""
    try:
        policy.accept(note)
    except Fault as fault:
        return fault.code
    return ""


def _short(note: Note, policy: Policy) -> Note:
    """With the short signatures, and no more of them than it takes: of the witnesses those that were there first."""
    lengths = (SIGNATURE_BYTES[ED25519], TIME_BYTES + SIGNATURE_BYTES[COSIGNATURE])
    short = Note(note.text, tuple(one for one in note.signatures if len(one.content) in lengths))
    if not any(one.name == Checkpoint.of(note).origin for one in short.signatures):
        return note
    in_time = sorted(short.signatures, key=_moment)
    for one in reversed(in_time):
        fewer = Note(note.text, tuple(other for other in short.signatures if other != one))
        if not _refused_for(fewer, policy):
            short = fewer
    return short


def _moment(one: Signature) -> bytes:
    """When a witness signed, in an order; of the log itself nothing is said."""
    return one.content[:TIME_BYTES] if len(one.content) == TIME_BYTES + SIGNATURE_BYTES[COSIGNATURE] else b""


def _is_revision(one: Leaf, doc: str, number: int) -> bool:
    return one.kind in REVISIONS and one["doc"] == doc and number in (0, one["n"])
