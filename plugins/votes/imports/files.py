"""A path → the files of votes in it: one file, a folder, ZIP archives of either; sizes bounded, nothing unpacked."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plugins.ukrainian import file_size

from .raw import Notes, Refused, Spot

FORMATS = (".json", ".xlsx", ".pdf", ".csv")
ARCHIVES = (".zip",)
MAX_FILE = 64_000_000
"""Bytes of one file; a quarter of a large council is some ten million as a ZIP archive."""
MAX_ALL = 1_000_000_000
"""Bytes of all files together, unpacked."""
MAX_FILES = 50_000
MAX_RATIO = 400
"""How many times larger a member of an archive may be than its packed bytes; text packs 5 to 30 times."""
NESTED = 2
"""Archives inside archives: a year holds quarters, and no more."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file to read: its name as messages show it, its bytes."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem


@dataclass(slots=True)
class Budget:
    """How much may still be read."""

    bytes: int = MAX_ALL
    files: int = MAX_FILES

    def take(self, size: int) -> None:
        """Errors: Refused."""
        self.bytes, self.files = self.bytes - size, self.files - 1
        if self.bytes < 0:
            raise Refused(f"разом більше ніж {file_size(MAX_ALL)} даних. Перенесіть частинами.")
        if self.files < 0:
            raise Refused(f"понад {MAX_FILES} файлів. Перенесіть частинами.")


def blobs(path: Path, notes: Notes) -> Iterator[Blob]:
    """All files of votes below a path, in the order of their names; what cannot be read is noted."""
    budget = Budget()
    try:
        if path.is_dir():
            for file in sorted(_below(path, notes)):
                yield from _file(file, file.relative_to(path).as_posix(), budget, notes)
        elif path.is_file():
            yield from _file(path, path.name, budget, notes)
        else:
            raise Refused("такого файлу чи теки немає.")
    except Refused as problem:
        notes.add("source", path.name, str(problem))


def _below(folder: Path, notes: Notes) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, onerror=lambda error: _unreadable(error, notes)):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in names:
            file = Path(here, name)
            if file.suffix.lower() in (*FORMATS, *ARCHIVES) and not name.startswith((".", "~$")):
                if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
                    notes.add("source", file.relative_to(folder).as_posix(), "посилання веде за межі теки.")
                else:
                    yield file
            elif not name.startswith("."):
                notes.remark(file.relative_to(folder).as_posix(), "не JSON, XLSX, PDF, CSV чи ZIP; пропущено.")


def _unreadable(error: OSError, notes: Notes) -> None:
    notes.add("source", Path(error.filename or "").name, "теку не вдається прочитати.")


def _file(file: Path, name: str, budget: Budget, notes: Notes) -> Iterator[Blob]:
    try:
        size = file.stat().st_size
        if size > MAX_FILE:
            raise Refused(f"файл завеликий: {file_size(size)}, а можна {file_size(MAX_FILE)}.")
        content = file.read_bytes()
    except OSError:
        notes.add("source", name, "файл не вдається прочитати.")
        return
    except Refused as problem:
        notes.add("source", name, str(problem))
        return
    yield from _unpacked(Blob(name, content), budget, notes, NESTED)


def _unpacked(blob: Blob, budget: Budget, notes: Notes, depth: int) -> Iterator[Blob]:
    """The file, or what an archive of it holds. Errors: Refused (there is too much of all together)."""
    if blob.suffix not in ARCHIVES:
        budget.take(len(blob.content))
        yield blob
        return
    if not depth:
        notes.add("source", blob.name, "архів в архіві в архіві. Розпакуйте його самі.")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(blob.content))
    except (zipfile.BadZipFile, OSError, ValueError):
        notes.add("source", blob.name, "архів пошкоджено: це не ZIP.")
        return
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: _name(info)):
            name = _name(info)
            inner = PurePosixPath(name.replace("\\", "/"))
            place = f"{blob.name}/{inner}"
            if info.is_dir() or inner.name.startswith((".", "~$")) or "__MACOSX" in inner.parts:
                continue
            if inner.is_absolute() or ".." in inner.parts or ":" in inner.parts[0]:
                notes.add("source", blob.name, f"в архіві шлях за межі теки: «{inner}». Такий архів не читаємо.")
            elif inner.suffix.lower() not in (*FORMATS, *ARCHIVES):
                notes.remark(place, "не JSON, XLSX, PDF, CSV чи ZIP; пропущено.")
            else:
                content = _member(archive, info, place, notes)
                if content is not None:
                    yield from _unpacked(Blob(place, content), budget, notes, depth - 1)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; without the mark of UTF-8 the bytes are those of a Ukrainian Windows (cp866)."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp866"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, notes: Notes) -> bytes | None:
    """The bytes of one member, never more than it may have, whatever its head says."""
    if info.flag_bits & 0x1:
        notes.add("source", place, "файл в архіві зашифровано. Розпакуйте його самі.")
        return None
    if info.file_size > MAX_FILE or info.file_size > MAX_RATIO * max(info.compress_size, 1_000):
        notes.add("source", place, "файл в архіві розпаковується в надто великий. Такий архів не читаємо.")
        return None
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zipfile.LargeZipFile,
            zlib.error):
        notes.add("source", place, "файл в архіві пошкоджено.")
        return None
    if len(content) > info.file_size:
        notes.add("source", place, "файл в архіві більший, ніж про нього сказано. Такий архів не читаємо.")
        return None
    return content


def text_of(blob: Blob) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or the Ukrainian Windows encoding. Errors: Refused."""
    raw = blob.content
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("невідоме кодування. Збережіть файл в UTF-8.")


def refused(blob: Blob, problem: Refused | Exception, notes: Notes, part: str = "") -> None:
    """Note a file that no reader could take."""
    notes.add("source", Spot(blob.name, 0, part), str(problem))
