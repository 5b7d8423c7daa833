"""The transparency log as evidence: by when a revision existed, for each whose entry commits to the bytes in git.

Nothing is believed: signatures, tiles, entries, their order, the cosignatures of the quorum and the tokens of the
time-stamping authority are verified, and an entry counts only if its opening makes the very commitments out of what git
has. An entry of the first batch says that a document existed when the log began, and not when it came out.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plugins.proof.faults import Fault
from plugins.records import Code, Finding, Report, Weight, code
from plugins.ukrainian import counted

from .roles import SIGNERS

AUTHORITIES = "authorities.pem"
"""In `data/`: certificates of the time-stamping authorities that are trusted."""
STAMPED, WITNESSED = "stamp", "witness"
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
    from . import proven  # what verifies takes long to load, and most sites have no log

    before = {Entry(*row) for row in db.execute("select * from logged")}
    told = len(report)
    found: set[Entry] = set()
    try:
        if folders.log:
            found = set(proven.read(folders.log, folders.salts, content, trusted, before, partial(_tell, report)))
    except (Fault, ValueError, OSError) as error:
        _tell(report, f"{_said(error)}. Візьміть теку журналу наново або спитайте того, хто його веде.", BAD_LOG)
    if wrong := sorted(f"{entry.doc} № {entry.n}" for entry in found if not entry.commit):
        _tell(report, f"{wrong[0]}: запис не відповідає тому, що є в git, тож нічого не доводить (таких — "
              f"{counted(len(wrong), 'запис', 'записи', 'записів')}). Перевірте: python3 tasks.py verify all.",
              BAD_ENTRY, Weight.REMARK)
    db.executemany("delete from logged where doc = ? and n = ?", (entry[:2] for entry in before - found))
    db.executemany("insert or replace into logged values (?, ?, ?, ?, ?, ?, ?, ?)", found - before)
    changed = {entry.doc for entry in before ^ found}
    if _show(db, proven.shown(folders.log, signers) if folders.log and found else {}):
        changed.add(ITSELF)
    return "" if len(report) > told else mark, changed


def _show(db: sqlite3.Connection, shown: dict[str, str]) -> bool:
    """Keep what pages show of the log itself; true if it is another now. Only of a log that was verified."""
    text = json.dumps(shown)
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
