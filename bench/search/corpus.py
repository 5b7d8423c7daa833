"""Real Ukrainian texts as the news of a small council: what the search is judged on.

Essays, letters and articles of UA-GEC (CC BY 4.0; the corrected side, one annotator a text) and papers of real
councils, cut into pages. Titles are the first words of the text. Every eighth page ends with a reference, since those
texts name few acts, days and telephones. Made of the package and the texts alone: no clock, no chance.
"""
from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from plugins.ukrainian import roman
from tooling.bootstrap import ROOT

FIRST_DAY = date(2022, 1, 3)
DAYS = 3 * 365 - 10
"""The days of publication are spread evenly over so many days."""
PAGE_WORDS = 260
"""Where a long paper is cut."""
TITLE_WORDS = 9
TITLE_LETTERS = 90
REGISTERS = ("council.yml", "organizations.yml")
"""What a site needs of a council; the others name its documents."""
EVERY = 8
"""One page in so many gets a reference."""
MONTHS = ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
          "листопада", "грудня")
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$])")
OPENING = re.compile(r"^(\s*)([-+=:]|\d{1,9}[.)])", re.M)
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc"
                    "\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True)
class Page:
    """A news item: its address on the site, its day, and what stands on it, as plain text."""

    address: str
    day: date
    title: str
    paragraphs: tuple[str, ...]

    @property
    def file(self) -> str:
        """Its place below the content folder."""
        year, name = self.address.strip("/").split("/")[1:]
        return f"news/{year}/{name}.md"

    @property
    def text(self) -> str:
        """Title and text, a line each."""
        return "\n".join((self.title, *self.paragraphs))


def pages(papers: Path) -> list[Page]:
    """All pages, the oldest first; `papers` is a folder of .txt files, or one that does not exist."""
    texts = [*essays(), *cut(papers)]
    found = []
    for number, paragraphs in enumerate(texts):
        day = FIRST_DAY + timedelta(days=number * DAYS // len(texts))
        more = (reference(number),) if number % EVERY == 0 else ()
        found.append(Page(f"/novyny/{day.year}/{number:04d}/", day, title_of(paragraphs[0]), (*paragraphs, *more)))
    return found


def essays() -> Iterator[tuple[str, ...]]:
    """The texts of UA-GEC by their numbers, each in paragraphs."""
    texts: dict[str, str] = {}
    for document in import_module("ua_gec").Corpus("all"):
        texts.setdefault(document.doc_id, document.target)
    for _, text in sorted(texts.items()):
        if paragraphs := clean(text):
            yield paragraphs


def cut(papers: Path) -> Iterator[tuple[str, ...]]:
    """Real papers in pages of some `PAGE_WORDS` words, cut between paragraphs."""
    for file in sorted(papers.glob("*.txt")):
        page: list[str] = []
        for paragraph in clean(file.read_text(encoding="utf-8", errors="replace")):
            page.append(paragraph)
            if sum(len(kept.split()) for kept in page) >= PAGE_WORDS:
                yield tuple(page)
                page = []
        if page:
            yield tuple(page)


def clean(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: composed letters, single spaces, no characters that nobody sees, no bare rulers."""
    lines = unicodedata.normalize("NFC", UNSEEN.sub("", text.replace("\r", "\n"))).split("\n")
    whole = (" ".join(line.split()) for line in lines)
    return tuple(line for line in whole if any(letter.isalnum() for letter in line))


def title_of(paragraph: str) -> str:
    """The first sentence, or its first words, without a mark at its end."""
    end = SENTENCE_END.search(paragraph)
    sentence = paragraph[:end.start()] if end and end.start() > 3 else paragraph
    words = sentence.split()[:TITLE_WORDS]
    while len(words) > 1 and len(" ".join(words)) > TITLE_LETTERS:
        words.pop()
    return " ".join(words)[:TITLE_LETTERS].strip(" ,;:—–-") or paragraph[:TITLE_LETTERS]


def reference(number: int) -> str:
    """«Див. № 5/VIII-194 від 24 лютого 2021, тел. 5-48-55»: acts, days and telephones in the ways that people write."""
    turn = number // EVERY
    day = date(2019, 1, 9) + timedelta(days=turn * 11)
    written = (f"{day:%d.%m.%Y}", f"{day.day} {MONTHS[day.month - 1]} {day.year} року", f"{day:%Y-%m-%d}")[turn % 3]
    act = (f"{turn % 40 + 1}/{roman(turn % 8 + 1)}-{100 + turn * 7}", f"{200 + turn * 3}-рв",
           f"{300 + turn}-{turn % 30 + 3}/8", f"{1000 + turn * 13}")[turn % 4]
    phone = f"{turn % 7 + 2}-{10 + turn * 7 % 90}-{10 + turn * 13 % 90}"
    return f"Див. № {act} від {written}, тел. {phone}."


def source(page: Page) -> str:
    """The page as an editor would have written it."""
    title = page.title.replace("\\", "\\\\").replace('"', '\\"')
    head = f'---\ntitle: "{title}"\npublished_at: {page.day} 09:00\n---\n'
    return head + "".join(f"\n{escaped(paragraph)}\n" for paragraph in page.paragraphs)


def escaped(paragraph: str) -> str:
    """Plain text as Markdown that prints it."""
    kept = MARKUP.sub(r"\\\1", paragraph)
    return OPENING.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", kept)


def write(found: Iterable[Page], folder: Path) -> None:
    """The site: `content/` with these pages, the sample council's `data/`; what was in the folder is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    for name in REGISTERS:
        shutil.copyfile(ROOT / "data" / name, folder / "data" / name)
    for page in found:
        path = folder / "content" / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source(page), encoding="utf-8", newline="\n")
