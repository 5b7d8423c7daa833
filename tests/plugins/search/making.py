"""A site's index out of a few pages, build after build, for tests."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from plugins.search.model import Entry, Facts, ForPagefind, packed
from plugins.search.sections import sections
from plugins.search.synonyms import Synonyms
from plugins.search.wording import Wording, wording_of
from plugins.search.write import FOLDER, Session
from tests.plugins.search.read_index import Read

SYNONYMS = Synonyms(same=(("ЦНАП", "центр надання адміністративних послуг"), ("вул.", "вулиця")),
                    related=(("школа", "шкільний"),), readings={"рада": "рада/n"})
WORDING = wording_of(SYNONYMS)
UK = f"{FOLDER}/uk/"


def doc(name: str, title: str, html: str = "", day: str = "", *, own: tuple[str, ...] = (), standing: int = 0,
        wording: Wording = WORDING, **facets: Any) -> Entry:
    """A Ukrainian page at `/name/`."""
    facts = Facts(title, "Новина", day, "", "")
    digest = hashlib.blake2b(repr((title, html, day, own, standing, facets)).encode(), digest_size=8).hexdigest()
    return Entry(f"{name}/index.html", digest, "uk", day, standing, facets, None, tuple(
        packed(f"/{name}/", facts, section) for section in sections(title, html, wording.spellings, own)))


def english(name: str, text: str) -> Entry:
    """An English page."""
    path = f"{name}/index.html"
    return Entry(path, text, "en", "", 0, {}, ForPagefind(path, "en", "Title", "Page", "Pages", "", "0", "", text), ())


class Folder:
    """The output and the state of one site."""

    def __init__(self, place: Path, synonyms: Synonyms = SYNONYMS) -> None:
        self.place, self.mark, self.files, self.synonyms = place / "state.sqlite", "", dict[str, bytes](), synonyms

    def build(self, changed: Mapping[str, Entry] | Iterable[Entry], gone: Iterable[str] = (),
              ) -> tuple[dict[str, bytes], set[str]]:
        """Pages that are new or others, by path, and paths of those that are no more → (files written, removed)."""
        session = Session(self.place, self.mark, self.synonyms, self.place.parent)
        if session.is_whole:
            self.files.clear()
        for entry in changed.values() if isinstance(changed, Mapping) else changed:
            session.put(entry.path, entry)
        for path in gone:
            session.drop(path)
        written = dict[str, bytes]()
        removed = session.write(written.__setitem__)
        assert not removed & written.keys()
        if not session.is_whole:
            assert removed <= self.files.keys()
        for path in removed:
            self.files.pop(path, None)
        self.files |= written
        self.mark = session.keep()
        assert self.read().names() == {path.removeprefix(UK) for path in self.files if path.startswith(UK)}
        return written, removed

    def read(self) -> Read:
        """What the files say."""
        return Read({path.removeprefix(UK): content for path, content in self.files.items() if path.startswith(UK)})


@contextmanager
def folder(synonyms: Synonyms = SYNONYMS) -> Iterator[Folder]:
    """An empty site."""
    with tempfile.TemporaryDirectory() as place:
        yield Folder(Path(place), synonyms)


def index_of(*pages: Entry, synonyms: Synonyms = SYNONYMS) -> Read:
    """The index of these pages, none of them in the tail: `FILLER` stands after them."""
    with folder(synonyms) as site:
        site.build(pages)
        return site.read()
