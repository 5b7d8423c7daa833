"""Import of a document: DOCX or PDF with text → a draft, an act or minutes for an editor to finish.

One straight line: `docx` or `pdf` → blocks → `facts` (what the words say of kind, number, date, body, title, annexes)
→ `write` (a skeleton with the text, points as Markdown). What was not recognised stands as a comment in the skeleton
and is named. An existing record is never touched, and nothing of what the file says about its author comes over.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.records import Library
from plugins.ukrainian import file_size

from . import docx, pdf, write
from .blocks import Pages, Refused
from .facts import KINDS, Facts, recognise

MAX_FILE = 64_000_000
READERS = {".docx": docx.read, ".pdf": pdf.read}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is asked to do; `kind`, `body`, `number`, `day` win over the words of the document."""

    file: Path
    content: Path
    kind: str = ""
    body: str = ""
    number: str = ""
    day: date | None = None
    is_dry: bool = False


def run(asked: Asked, library: Library) -> int:
    """Import, and tell. Status 0: written; 1: the document cannot be read or stands on the site already."""
    try:
        files, pages, facts = prepare(asked, library)
        if not asked.is_dry:
            write.put(files)
    except Refused as problem:
        print(f"{asked.file.name}: {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Не вдається записати {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    for remark in [*pages.remarks, *write.unknown(facts)]:
        print(f"зауваження: {asked.file.name}: {remark}")
    verb = "Буде створено" if asked.is_dry else "Створено"
    print("\n".join(f"{verb} {file}" for file in files))
    print("Заповніть поля, перечитайте текст і перевірте: python3 tasks.py check")
    return 0


def prepare(asked: Asked, library: Library) -> tuple[dict[Path, str], Pages, Facts]:
    """The files as they would be, what was noticed, what was recognised. Errors: Refused."""
    pages = read(asked.file)
    facts = recognise(pages, library, asked.kind)
    facts.body, facts.number = asked.body or facts.body, asked.number or facts.number
    facts.date = asked.day or facts.date
    if not facts.kind:
        raise Refused(f"не видно, що це за документ. Вкажіть --kind: {', '.join(KINDS)}.")
    return write.files_of(facts, pages, asked.content, library), pages, facts


def read(file: Path) -> Pages:
    """The blocks of a file. Errors: Refused."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise Refused(f"формату «{file.suffix}» не читаємо. Можна DOCX і PDF з текстом; DOC чи ODT збережіть як DOCX.")
    if (size := file.stat().st_size) > MAX_FILE:
        raise Refused(f"файл завеликий: {file_size(size)}, а можна {file_size(MAX_FILE)}.")
    return reader(file.read_bytes())


def wrong_options(kind: str, body: str, day: str, library: Library) -> str:
    """What is wrong with the options, or nothing."""
    if kind and kind not in KINDS:
        return f"--kind: виду «{kind}» немає. Можна: {', '.join(f'{name} ({word})' for name, word in KINDS.items())}."
    if body and not library.find("organization", body):
        return f"--body: органу «{body}» немає в data/organizations.yml."
    try:
        date.fromisoformat(day or "2000-01-01")
    except ValueError:
        return f"--date: «{day}» не дата. Треба РРРР-ММ-ДД."
    return ""
