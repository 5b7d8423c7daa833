"""The transparency log as evidence: by when a revision existed, for each whose entry commits to the bytes in git.

Nothing is believed: signatures, tiles, entries, their order, the cosignatures of the quorum and the tokens of the
time-stamping authority are verified, and an entry counts only if its opening makes the very commitments out of what git
has. An entry of the first batch says that a document existed when the log began, and not when it came out.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf
from plugins.proof.log import checkpoint_path, from_folder, read_note, verify_log
from plugins.proof.moments import Moments, moments, witnessed
from plugins.proof.order import REVISIONS
from plugins.proof.policy import NONE, Policy
from plugins.proof.salts import DOCUMENTS, LARGEST_FILE, Opening, is_committed, parse_openings
from plugins.proof.timestamps import check
from plugins.records import Code, Finding, Report, Weight, code
from plugins.ukrainian import KYIV, counted

from .blobs import Blobs
from .commits import tip_of
from .roles import SIGNERS

POLICY, ANCHORS = "policy", "anchors"
"""Files of the log's folder, beside those of `proof.log`."""
AUTHORITIES = "authorities.pem"
"""In `data/`: certificates of the time-stamping authorities that are trusted."""
STAMPED, WITNESSED = "stamp", "witness"
LARGEST = 10_000_000
"""Bytes of an attachment that are read."""
BAD_LOG = code(
    "LOG", "Журнал оприлюднень перевіряють до кінця; якщо він не сходиться, сайт за ним не будують.",
    "теку log взято не з тієї гілки або в ній змінено файл",
    "теку log узято з гілки журналу наново: git -C log checkout -f")
BAD_ENTRY = code(
    "LOG-ENTRY", "Запис журналу має відповідати тому, що зберігає git: інакше він нічого не доводить.",
    "історію документа переписано після запису до журналу",
    "python3 tasks.py verify all скаже, що саме не сходиться")

ITSELF = ""
"""In the place of a document: the log itself."""
LOG_SHOWN = "log_shown"
"""In the heads of the database: the newest checkpoint and the policy, as JSON."""
AT_ONCE = 64
"""Documents whose contents are asked for together."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the log and its openings lie, None without; `mark` tells whether anything there is another."""

    log: Path | None = None
    salts: Path | None = None
    mark: str = ""


class Entry(NamedTuple):
    """A revision in the log that was opened: of which commit (none: it is of something else), where it stands there,
    the digest of what it was opened with, 1 for an entry of the first batch; moment and whose it is, 0 while there is
    none.
    """

    doc: str
    n: int
    commit: str
    place: int
    opened: str
    is_first: int
    at: int = 0
    by: str = ""


def take_log(db: sqlite3.Connection, folders: Folders, content: Path, data: Path, report: Report,
             seen: str) -> tuple[str, set[str]]:
    """Bring what the log proves into the database: (mark of what was read, documents of which it says other things).

    `seen`: the mark of the last time; there is none where something is to be told again. A log that does not verify is
    a problem and proves nothing.
    """
    authorities = data / AUTHORITIES
    trusted = authorities.read_bytes() if authorities.is_file() else b""
    signers = (data / SIGNERS).read_bytes() if (data / SIGNERS).is_file() else b""
    whole = b"\n".join([folders.mark.encode(), trusted, signers])
    mark = hashlib.blake2b(whole, digest_size=16).hexdigest() if folders.log else ""
    if mark == seen:
        return mark, set()
    before = {Entry(*row) for row in db.execute("select * from logged")}
    told = len(report)
    found: set[Entry] = set()
    try:
        found = set(_read(folders.log, folders.salts, content, trusted, before, report)) if folders.log else set()
    except (Fault, ValueError, OSError) as error:
        _tell(report, f"{_said(error)}. Візьміть теку журналу наново або спитайте того, хто його веде.", BAD_LOG)
    if wrong := sorted(f"{entry.doc} № {entry.n}" for entry in found if not entry.commit):
        _tell(report, f"{wrong[0]}: запис не відповідає тому, що є в git, тож нічого не доводить (таких — "
              f"{counted(len(wrong), 'запис', 'записи', 'записів')}). Перевірте: python3 tasks.py verify all.",
              BAD_ENTRY, Weight.REMARK)
    db.executemany("delete from logged where doc = ? and n = ?", (entry[:2] for entry in before - found))
    db.executemany("insert or replace into logged values (?, ?, ?, ?, ?, ?, ?, ?)", found - before)
    changed = {entry.doc for entry in before ^ found}
    if _show(db, folders.log if found else None, signers):
        changed.add(ITSELF)
    return "" if len(report) > told else mark, changed


def _show(db: sqlite3.Connection, log: Path | None, signers: bytes) -> bool:
    """Keep what pages show of the log itself; true if it is another now. Only of a log that was verified."""
    fetch = from_folder(log) if log else None
    text = json.dumps({
        "origin": Checkpoint.of(read_note(fetch)).origin, "policy": fetch(POLICY).decode("utf-8", "replace"),
        "signers": signers.decode("utf-8", "replace")} if fetch else {})
    row = db.execute("select value from head where name = ?", (LOG_SHOWN,)).fetchone()
    db.execute("insert or replace into head values (?, ?)", (LOG_SHOWN, text))
    return (row[0] if row else "{}") != text


def _said(error: Exception) -> str:
    if isinstance(error, Fault):
        return error.said("uk")
    if isinstance(error, FileNotFoundError):
        return f"немає файлу {error}"
    return f"файл не читається ({error})" if isinstance(error, OSError) else f"{AUTHORITIES}: це не сертифікати PEM"


def _tell(report: Report, text: str, named: Code, weight: Weight = Weight.ERROR) -> None:
    report.add(Finding("log", 0, "Журнал", text, named.name, weight.value))


def _read(log: Path, salts: Path | None, content: Path, trusted: bytes, before: set[Entry],
          report: Report) -> Iterator[Entry]:
    fetch = from_folder(log)
    policy = Policy.parse(fetch(POLICY))
    # The newest checkpoint may still wait for its witnesses: publishing never does.
    whole = verify_log(fetch, replace(policy, quorum=NONE))
    seen = moments(witnessed(fetch, policy, whole.accepted.checkpoint))
    stamped = moments(_stamps(log, trusted))
    if salts is None and any(leaf.kind in REVISIONS for leaf in whole.leaves):
        _tell(report, "солей журналу немає, тож він нічого не доводить. Покладіть їх у теку salts або назвіть "
              "теку: --salts.", BAD_ENTRY, Weight.REMARK)
    for entry in _opened(whole.leaves, salts, content, before):
        yield entry._replace(**_proven(entry.place, seen, stamped)) if entry.commit else entry


def _proven(index: int, seen: Moments, stamped: Moments) -> dict[str, Any]:
    """The moment that counts, and whose: witnesses have to be there; a stamp of the same day outweighs them alone."""
    by_witnesses, by_stamp = seen.of(index), stamped.of(index)
    if by_witnesses is None:
        return {"at": 0, "by": ""}
    if by_stamp is not None and _day(by_stamp) <= _day(by_witnesses):
        return {"at": by_stamp, "by": STAMPED}
    return {"at": by_witnesses, "by": WITNESSED}


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(KYIV).date().isoformat()


def _stamps(log: Path, trusted: bytes) -> Iterator[tuple[int, int]]:
    """(size, moment) of the tokens that a trusted authority signed; a `Fault` for one that is of something else."""
    authorities = x509.load_pem_x509_certificates(trusted) if trusted.strip() else []
    fetch = from_folder(log)
    for path in sorted(log.glob(f"{ANCHORS}/*.tsr")) if authorities else ():
        if not path.stem.isdecimal():
            continue
        note = read_note(fetch, checkpoint_path(int(path.stem)))
        stamp = check(path.read_bytes(), note.text.encode(), authorities)
        if stamp.is_verified:
            yield int(path.stem), stamp.at


def _opened(leaves: Sequence[Leaf], salts: Path | None, content: Path, before: set[Entry]) -> Iterator[Entry]:
    """The revisions of the log that have an opening; what was opened with the same bytes before is taken over."""
    first = next((index for index, leaf in enumerate(leaves) if leaf.kind == "build"), -1)
    revisions: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
    for index, leaf in enumerate(leaves):
        if leaf.kind in REVISIONS:
            revisions[str(leaf["doc"])].append((index, leaf))
    known: dict[str, list[Entry]] = defaultdict(list)
    for entry in before:
        known[entry.doc].append(entry)
    tip = tip_of(content)
    documents = iter(revisions.items())
    with Blobs(content) as blobs:
        while batch := list(islice(documents, AT_ONCE)):
            asked: list[tuple[Entry, Leaf, Opening]] = []
            for doc, entries in batch:
                openings = _file(salts, doc)
                digest = hashlib.blake2b(openings + repr(entries).encode(), digest_size=16).hexdigest()
                if all(entry.commit and entry.opened == digest for entry in known[doc]) and known[doc]:
                    yield from known[doc]
                    continue
                opened = parse_openings(openings) if openings else {}
                asked += [(Entry(doc, n, opened[n].commit, index, digest, int(index <= first)), leaf, opened[n])
                          for index, leaf in entries if (n := int(leaf["n"])) in opened]
            yield from _checked(asked, blobs, tip.prefix if tip else "")


def _checked(asked: Sequence[tuple[Entry, Leaf, Opening]], blobs: Blobs, prefix: str) -> Iterator[Entry]:
    """Each with its commit if it is of what stands in git there, else without."""
    names = [f"{opening.commit}:{prefix}{path.removeprefix('content/')}"
             for _, _, opening in asked for path in _paths(opening)]
    read = blobs.read_all(names, LARGEST)
    for entry, leaf, opening in asked:
        content, *beside = [next(read) for _ in _paths(opening)]
        files = {name: file for name, file in zip(sorted(opening.salts.files), beside, strict=True) if file is not None}
        is_of_it = content is not None and len(files) == len(beside) and is_committed(
            leaf, opening.source(content, files), opening.salts)
        yield entry if is_of_it else entry._replace(commit="")


def _paths(opening: Opening) -> list[str]:
    folder = opening.path.rpartition("/")[0]
    return [opening.path, *(f"{folder}/{name}" for name in sorted(opening.salts.files))]


def _file(salts: Path | None, doc: str) -> bytes:
    """The openings of a document as they lie there; names in a verified log lead nowhere else."""
    path = salts / DOCUMENTS / f"{doc}.json" if salts else None
    if path is None or not path.is_file():
        return b""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
