"""Files → raw votes: each file goes to the reader of its format; what no reader takes is noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from . import files, national, protocol, sheet, system
from .files import Blob
from .raw import Notes, RawMotion, Refused

Reader = Callable[[Blob, Notes], list[RawMotion]]
READERS: dict[str, Reader] = {".json": system.read, ".xlsx": sheet.read, ".pdf": protocol.read}


def read(path: Path, notes: Notes) -> list[RawMotion]:
    """All votes below a path, in the order of their files."""
    motions: list[RawMotion] = []
    tables: list[Blob] = []
    known: dict[str, str] = {}
    for blob in files.blobs(path, notes):
        mark = hashlib.sha256(blob.content).hexdigest()
        if first := known.get(mark):
            notes.remark(blob.name, f"той самий файл, що й {first}; прочитано раз.")
            continue
        known[mark] = blob.name
        if blob.suffix == ".csv":
            tables.append(blob)
            continue
        try:
            if blob.suffix not in READERS:
                raise Refused("цього формату не читаємо. Можна JSON, XLSX, PDF, CSV, ZIP і теки з ними.")
            motions += READERS[blob.suffix](blob, notes)
        except Refused as problem:
            notes.add("source", blob.name, str(problem))
    return motions + national.read(_with_its_pair(tables, path, notes), notes)


def _with_its_pair(tables: list[Blob], path: Path, notes: Notes) -> list[Blob]:
    """A single table of the national pair brings the other one from its folder."""
    if len(tables) != 1 or path.suffix.lower() != ".csv":
        return tables
    own = national.columns_of(tables[0])
    for file in sorted(path.parent.glob("*.csv")):
        if file.name != path.name and file.stat().st_size <= files.MAX_FILE:
            other = Blob(file.name, file.read_bytes())
            if own and national.columns_of(other) and national.columns_of(other) != own:
                notes.remark(path.name, f"пару до цієї таблиці взято з теки поруч: {file.name}.")
                return [*tables, other]
    return tables
