"""What a publication costs in the log of ten years: 26,500 documents with their openings at once, then three more.

Contents are made up, git is not asked: what is measured is commitments, openings, log, evidence, and the bytes of
proofs with the cosignatures of two witnesses: of a revision, of a page.
"""
from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from plugins.audit import pages_root
from plugins.audit.keeping import evidence, pending
from plugins.audit.keeping.batch import Batch, Document, Known, Writer
from plugins.proof.append import append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign, sign_as_log
from plugins.proof.keys import COSIGNATURE, SignerKey
from plugins.proof.log import from_folder, prove, read_note, verify_log
from plugins.proof.notes import Note
from plugins.proof.pageproof import pages_root as root_of
from plugins.proof.pageproof import prove_page
from plugins.proof.revisionproof import prove_revision
from plugins.proof.salts import read_openings

from .log import EVENTS, LOG, LOG_PQ, NOW, ORIGIN, UNWITNESSED, timed

DOCUMENTS = 26_500
SITES = (4_000, 120_000)
"""Files of a site."""
QUORUM = tuple(SignerKey(f"witness{number}.example/w", COSIGNATURE, bytes([number]) * 32) for number in (1, 2))


@dataclass(frozen=True)
class Step:
    n: int
    kind: str
    commit: str
    path: str
    files: tuple[tuple[str, str], ...] = ()


def main(tell: Callable[[str], None] = print) -> int:
    """Measure, and print what each thing took. Returns the exit status."""
    with tempfile.TemporaryDirectory() as place:
        log, salts, output = (Path(place, name) for name in ("log", "salts", "output"))
        create(log, ORIGIN, (LOG, LOG_PQ), NOW)
        each = EVENTS // DOCUMENTS
        first = timed(tell, f"скласти {EVENTS} редакцій", lambda: batch_of(Known(()), documents(each, EVENTS)))
        timed(tell, "записати їх із відкриттями", lambda: write(log, salts, first, 0))
        timed(tell, "покласти свідчення на сайт", lambda: evidence.publish(log, salts, output))
        known = timed(tell, "прочитати й перевірити журнал", lambda: Known(verify_log(from_folder(log),
                                                                                      UNWITNESSED).leaves))
        more = timed(tell, "скласти 3 редакції", lambda: batch_of(known, three(known)))
        timed(tell, "записати їх із відкриттями", lambda: write(log, salts, more, EVENTS))
        timed(tell, "оновити свідчення на сайті", lambda: evidence.publish(log, salts, output))
        a_revision(tell, log, salts)
        for count in SITES:
            page(tell, log, count)
    return 0


def documents(each: int, revisions: int) -> Iterator[Document]:
    """So many revisions, as evenly as they go."""
    longer = revisions - each * DOCUMENTS
    for number in range(DOCUMENTS):
        yield document(number, each + (number < longer))


def three(known: Known) -> Iterator[Document]:
    """Three documents with a revision more than the log has."""
    for number in (1, 2, 3):
        yield document(number, known.order.revisions[f"drafts/2026/{number}"] + 1)


def document(number: int, revisions: int) -> Document:
    path = f"content/drafts/2026/{number}.yml"
    steps = [Step(n, "amend" if n > 1 else "publish", sha256(f"{number} {n}".encode()).hexdigest()[:40], path)
             for n in range(1, revisions + 1)]
    return Document(f"drafts/2026/{number}", steps, content)


def content(step: object) -> Mapping[str, bytes]:
    assert isinstance(step, Step)
    return {"": step.commit.encode() * 50}


def batch_of(known: Known, listed: Iterator[Document]) -> Batch:
    writer = Writer(known, "2026-11-28T08:00:00Z", "site:1a2b3c4d", lambda commit, path: "editor:1a2b3c4d")
    writer.revisions(listed, {})
    return writer.batch


def write(log: Path, salts: Path, batch: Batch, size: int) -> None:
    pending.stage(salts, batch, size, {})
    append(log, batch.leaves, (LOG, LOG_PQ), expected=size, at=NOW)
    pending.settle(salts, from_folder(log), size + len(batch.leaves))


def a_revision(tell: Callable[[str], None], log: Path, salts: Path) -> None:
    """The proof of a revision that stands deep in the log."""
    fetch = from_folder(log)
    leaves = verify_log(fetch, UNWITNESSED).leaves
    index = len(leaves) // 2
    entry = leaves[index]
    extra = prove_revision(entry, read_openings(salts, str(entry["doc"]))[int(entry["n"])])
    tell_sizes(tell, "доказ редакції", read_note(fetch), index, extra, log)


def page(tell: Callable[[str], None], log: Path, count: int) -> None:
    """A build of so many files, and the proof of one."""
    files = [(f"rishennia/2026/{number:06}/index.html", sha256(b"%d" % number).hexdigest()) for number in range(count)]
    salts = timed(tell, f"солі {count} файлів", lambda: pages_root.renew_salts(files, {}, {}))
    root = timed(tell, "корінь над ними", lambda: root_of(files, salts))
    known = Known(verify_log(from_folder(log), UNWITNESSED).leaves)
    writer = Writer(known, "2026-11-28T08:00:00Z", "site:1a2b3c4d", lambda commit, path: "")
    writer.build(root=root, pages=count, lock=root, day="2026-11-28", commit=root)
    build, = writer.batch.leaves
    note = append(log, [build], (LOG, LOG_PQ), expected=known.size, at=NOW)
    extra = timed(tell, "шлях однієї сторінки", partial(prove_page, files[count // 2][0], files, salts, build))
    tell_sizes(tell, "доказ сторінки", note, known.size, extra, log)


def tell_sizes(tell: Callable[[str], None], what: str, note: Note, index: int, extra: bytes, log: Path) -> None:
    for name, keys in (("Ed25519", (LOG,)), ("Ed25519 і ML-DSA-44", (LOG, LOG_PQ))):
        checkpoint = Checkpoint.of(note)
        signed = Note(note.text, (*(sign_as_log(checkpoint, key, NOW) for key in keys),
                                  *(cosign(checkpoint, one, NOW) for one in QUORUM)))
        proof = prove(index, signed, from_folder(log), extra)
        tell(f"{what}, {name} і {len(QUORUM)} свідки: {len(proof.encode())} байтів, хешів у журналі "
             f"{len(proof.hashes)}")
