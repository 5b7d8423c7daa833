"""The index from build to build: whatever happens to pages, it is what a cold build would make of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.search.model import Entry, Facts, packed
from plugins.search.sections import sections
from plugins.search.synonyms import Synonyms
from plugins.search.wording import wording_of
from plugins.search.write import Session

SYNONYMS = Synonyms(same=(("ЦНАП", "центр надання адміністративних послуг"), ("вул.", "вулиця")),
                    related=(("школа", "шкільний"),), readings={"рада": "рада/n"})
WORDS = ("рада ради радий радою рішення рішень бюджет бюджету вулиця вул ЦНАП центр надання адміністративних "
         "послуг Гринчук Гринчука Гринчуком школа шкільний ріки рік року ніч ночі 2026 5/VIII-194 540-рв "
         "zoom павербанк").split()


SPELLINGS = wording_of(SYNONYMS).spellings


class Folder:
    """The output and the state of one site."""

    def __init__(self, place: Path) -> None:
        self.place, self.mark, self.files = place / "state.sqlite", "", dict[str, bytes]()

    def build(self, changed: dict[str, Entry], gone: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        session = Session(self.place, self.mark, SYNONYMS)
        for path, entry in changed.items():
            session.put(path, entry)
        for path in gone:
            session.drop(path)
        written = dict[str, bytes]()
        removed = session.write(written.__setitem__)
        assert not removed & written.keys()
        assert removed <= self.files.keys()
        for path in removed:
            del self.files[path]
        self.files |= written
        self.mark = session.keep()


@contextmanager
def folder() -> Iterator[Folder]:
    with tempfile.TemporaryDirectory() as place:
        yield Folder(Path(place))


def page(number: int, day: str, words: list[str]) -> Entry:
    """A page of these words; the text decides the digest."""
    path, text = f"p/{number}/index.html", " ".join(words)
    facts = Facts(f"Сторінка {words[0] if words else ''}", "Новина", day, "", "")
    html = "".join(f'<h2 id="a{place}">Пункт</h2><p>{text} {"слово " * 120}</p>' for place in range(number % 3 + 1))
    return Entry(path, f"{day} {text}", "uk", day, number % 4, {"kind": "Новини", "topic": words[:1]}, None, tuple(
        packed(f"/p/{number}/", facts, section) for section in sections(
            facts.title, html, SPELLINGS, (day,) if day else ())))


days = st.sampled_from(["", "2026-01-05", "2026-01-20", "2026-02-01", "2027-03-03"])
texts = st.lists(st.sampled_from(WORDS), max_size=6)
steps = st.lists(st.dictionaries(st.integers(0, 40), st.tuples(days, texts) | st.none(), min_size=1, max_size=40),
                 min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(steps)
@example([{number: ("2026-01-05", ["рада"]) for number in range(40)}, {3: ("2026-01-05", ["радий", "ріки"])},
          {7: None, 8: ("", ["Гринчука"])}])
def test_any_history_of_pages_ends_in_the_same_files(steps: list[dict[int, tuple[str, list[str]] | None]]) -> None:
    pages: dict[str, Entry] = {}
    with folder() as kept, folder() as fresh:
        for step in steps:
            changed = {f"p/{number}/index.html": page(number, *what) for number, what in step.items() if what}
            gone = {f"p/{number}/index.html" for number, what in step.items() if not what} & pages.keys()
            pages = {path: entry for path, entry in (pages | changed).items() if path not in gone}
            kept.build(changed, gone)
        fresh.build(pages)
        assert fresh.files == kept.files
