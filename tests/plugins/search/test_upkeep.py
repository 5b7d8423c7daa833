"""The index from build to build: whatever happens to state and output, it is that of a cold build."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plugins.builder import state as builder_state
from plugins.builder.options import BuildOptions
from plugins.builder.run import run
from plugins.records.report import Report
from plugins.search import write
from plugins.search.state import seal
from tests.conftest import AS_OF, build_folder, lay_site, tree_of
from tests.plugins.search.read_index import Read, read_index

CASE = "valid/search-in-two-languages"


class Site:
    """A tiny site with a clock of its own; each build is an hour later."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = lay_site(folder, CASE), datetime.fromisoformat(AS_OF)
        self.out, self.news = folder / "out", folder / "content" / "news" / "2026" / "03-01-сад.md"

    def build(self, **options: bool) -> None:
        self.now += timedelta(hours=1)
        assert (0, []) == build_folder(self.folder, self.out, **{"search": True} | options,  # type: ignore[arg-type]
                                       as_of=self.now.isoformat())

    @property
    def state(self) -> Path:
        place, = (self.folder / "cache" / "search").glob("*.sqlite")
        return place

    def edit(self, old: str = "Толока", new: str = "Суботник") -> None:
        text = self.news.read_text(encoding="utf-8")
        assert old in text
        self.news.write_text(text.replace(old, new), encoding="utf-8")

    def index(self) -> Read:
        return read_index(self.out)

    def is_right(self) -> bool:
        """Whether the output is that of a cold build, to the byte."""
        cold, cache = self.folder / "cold", self.folder / "another cache"
        assert (0, []) == build_folder(self.folder, cold, cache=cache, cold=True, search=True,
                                       as_of=self.now.isoformat())
        return tree_of(self.out) == tree_of(cold)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.build()
    return made


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often an index was begun whole, how often as it was; how many pages were worked out for it."""
    found: Counter[str] = Counter()
    begin, worked_out = write.Session.__init__, write.entry

    def noted(self: write.Session, *arguments: object) -> None:
        begin(self, *arguments)  # type: ignore[arg-type]
        found["whole" if self.is_whole else "as it was"] += 1

    def counted(*arguments: object) -> object:
        fact = worked_out(*arguments)  # type: ignore[arg-type]
        found["entries"] += isinstance(fact, write.Entry)
        return fact

    monkeypatch.setattr(write.Session, "__init__", noted)
    monkeypatch.setattr(write, "entry", counted)
    yield found


# --------------------------------------------------------------------------- what is in it

def test_ukrainian_pages_are_in_our_index_and_english_ones_in_the_other(site: Site) -> None:
    assert {"/tsnap/", "/novyny/2026/11-20/"} <= site.index().found("вода/n") | site.index().found("питний/a")
    assert {"/tsnap/"} == {place.partition("#")[0] for place in site.index().found("вестибюль/n")}
    assert set() == site.index().found("shelter")
    assert (site.out / "search" / "pagefind" / "pagefind.js").is_file()
    assert (site.out / "search" / "search.js").is_file()


def test_pages_with_a_text_are_found_under_their_kind(tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/second-council")
    assert (0, []) == build_folder(folder, folder / "out", search=True)
    index = read_index(folder / "out")
    kinds = {value: {index.shown(slot).url for slot in slots} for value, slots in index.column("kind").items()}
    assert {"Рішення", "Проєкти", "Засідання", "Голосування", "Новини", "Послуги", "Люди"} <= kinds.keys()
    assert "/rishennia/2026/12-5-viii/" in kinds["Рішення"]
    assert {index.shown(slot).url for slot in index.column("year")["2026"]} >= {"/rishennia/2026/12-5-viii/"}
    assert "/tsnap/" in kinds["Послуги"]
    shown = {shown.url: shown for slot in index.slots() if not (shown := index.shown(slot)).anchor}
    assert shown["/rishennia/2026/12-5-viii/"].kind.startswith("Рішення №\u00a012-5/")
    assert not [url for url in shown if url.startswith(("/poshuk/", "/404", "/mapa-saitu/"))]
    assert all((folder / "out" / url.strip("/") / "index.html").is_file() for url in shown)


def test_a_numbered_document_is_found_by_its_own_number(tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/second-council")
    assert (0, []) == build_folder(folder, folder / "out", search=True)
    assert {"/rishennia/2026/12-5-viii/"} == read_index(folder / "out").found("№12-5-8")


def test_without_search_there_is_no_index(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.build(search=False)
    assert not (site.out / "search" / "uk").exists() and not (site.folder / "cache" / "search").exists()
    assert (site.out / "poshuk" / "index.html").is_file()


# --------------------------------------------------------------------------- a change

def test_an_edit_is_found_and_nothing_else_is_worked_out(site: Site, taken: Counter[str]) -> None:
    assert set() == site.index().found("суботник/n")
    site.edit()
    site.build()
    assert {"as it was": 1, "entries": 1} == taken
    assert {"/novyny/2026/03-01/"} == site.index().found("суботник/n")
    assert site.is_right()


def test_an_english_edit_is_found_too(site: Site) -> None:
    page, = (site.folder / "content" / "pages" / "en").iterdir()
    before = tree_of(site.out / "search" / "pagefind")
    page.write_text(page.read_text(encoding="utf-8").replace("five", "seven"), encoding="utf-8")
    site.build()
    assert before != tree_of(site.out / "search" / "pagefind")
    assert site.is_right()


def test_a_removed_page_leaves_the_index(site: Site) -> None:
    site.news.unlink()
    site.build()
    assert not [place for slot in site.index().slots() if "/03-01/" in (place := site.index().place(slot))]
    assert site.is_right()


def test_a_page_whose_text_becomes_empty_leaves_the_index_and_comes_back(site: Site) -> None:
    text = site.news.read_text(encoding="utf-8")
    head, _, body = text.rpartition("---\n")
    site.news.write_text(f"{head}---\n", encoding="utf-8")
    site.build()
    assert not [slot for slot in site.index().slots() if body.split()[0] in site.index().shown(slot).text]
    assert site.is_right()
    site.news.write_text(text, encoding="utf-8")
    site.build()
    assert site.is_right()


def test_a_whole_build_keeps_what_is_known_of_pages_it_does_not_compose(site: Site, taken: Counter[str]) -> None:
    council = site.folder / "data" / "council.yml"
    council.write_text(council.read_text(encoding="utf-8") + "\n# інша\n", encoding="utf-8")
    site.edit()
    site.build()
    assert 1 == taken["entries"]
    assert site.is_right()


def test_another_list_of_synonyms_takes_everything_in_anew(site: Site, taken: Counter[str]) -> None:
    (site.folder / "data" / "synonyms.yml").write_text("same:\n  - [Толока, Суботник]\n", encoding="utf-8")
    site.build()
    assert taken["whole"] and taken["entries"] > 5
    assert {"/novyny/2026/03-01/"} == site.index().found("толока/n")
    assert site.is_right()


# --------------------------------------------------------------------------- a spoilt state

def deleted(site: Site) -> None:
    site.state.unlink()


def truncated(site: Site) -> None:
    os.truncate(site.state, site.state.stat().st_size // 2)


def emptied(site: Site) -> None:
    site.state.write_bytes(b"")


def garbled(site: Site) -> None:
    site.state.write_bytes(os.urandom(1 << 14))


def without_its_seal(site: Site) -> None:
    site.state.with_suffix(".seal").unlink()


def of_another_code(site: Site) -> None:
    with sqlite3.connect(site.state) as state:
        state.execute("update head set value = 'other' where name = 'inputs'")
    state.close()
    write.seal(site.state)


def of_another_output(site: Site) -> None:
    """As it was before the last build."""
    older = {path: path.read_bytes() for path in site.state.parent.iterdir()}
    site.edit()
    site.build()
    for path, content in older.items():
        path.write_bytes(content)
    write.seal(site.state)


@pytest.mark.parametrize("spoil", [deleted, truncated, emptied, garbled, without_its_seal, of_another_code,
                                   of_another_output])
def test_a_spoilt_state_costs_time_and_nothing_else(site: Site, spoil: Callable[[Site], None]) -> None:
    spoil(site)
    site.news.write_text(site.news.read_text(encoding="utf-8") + "\nЖираф.\n", encoding="utf-8")
    site.build()
    assert {"/novyny/2026/03-01/"} == site.index().found("жираф/n")
    assert site.is_right()


@pytest.mark.parametrize("place", [write.Session, builder_state])
def test_a_build_that_dies_before_a_state_is_saved_is_made_good(site: Site, monkeypatch: pytest.MonkeyPatch,
                                                                place: object) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    site.edit()
    site.now += timedelta(hours=1)
    with monkeypatch.context() as patch:
        patch.setattr(place, "keep", die)
        assert 130 == build_folder(site.folder, site.out, search=True, as_of=site.now.isoformat())[0]
    assert {"/novyny/2026/03-01/"} == site.index().found("суботник/n"), "the files were moved"
    site.edit("Суботник", "Прибирання")
    site.build()
    assert {"/novyny/2026/03-01/"} == site.index().found("прибирання/n")
    assert site.is_right()


def test_a_build_with_a_problem_leaves_the_index_as_it_was(site: Site, taken: Counter[str]) -> None:
    before, text = tree_of(site.out), site.news.read_text(encoding="utf-8")
    site.news.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    site.now += timedelta(hours=1)
    assert 1 == build_folder(site.folder, site.out, search=True, as_of=site.now.isoformat())[0]
    assert before == tree_of(site.out)
    taken.clear()
    site.news.write_text(text.replace("Толока", "Суботник"), encoding="utf-8")
    site.build()
    assert 1 == taken["entries"], "the state of the index outlived the problem"
    assert site.is_right()


# --------------------------------------------------------------------------- a spoilt output

def test_a_build_without_search_takes_the_index_away_and_the_next_brings_it_back(site: Site) -> None:
    site.build(search=False)
    assert not (site.out / "search" / "uk").exists() and not (site.out / "search" / "pagefind").exists()
    site.edit()
    site.build(search=False)
    site.build()
    assert {"/novyny/2026/03-01/"} == site.index().found("суботник/n")
    assert site.is_right()


@pytest.mark.parametrize("name", ["uk/meta.gz", "uk/lex/*.gz", "uk/text/*.gz", "pagefind/pagefind.js"])
def test_a_file_of_the_index_that_is_gone_is_written_again(site: Site, name: str) -> None:
    next(iter(sorted((site.out / "search").glob(name)))).unlink()
    site.build()
    assert site.is_right()


def test_a_file_of_the_index_that_is_spoilt_is_written_again_when_looked_at(site: Site) -> None:
    (site.out / "search" / "uk" / "meta.gz").write_bytes(b"spoilt")
    site.build(paranoid=True)
    assert site.is_right()


def test_several_workers_make_the_same_index(site: Site) -> None:
    other = site.folder / "elsewhere"
    assert (0, []) == build_folder(site.folder, other, cache=site.folder / "third", search=True, jobs=2,
                                   as_of=site.now.isoformat())
    assert tree_of(other) == tree_of(site.out)


def test_a_page_that_may_not_vanish_is_told_and_the_next_build_goes_on(
        site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The doubt of the update is followed by a whole build in the same process: it needs the state of the index."""
    options = BuildOptions(site.folder / "content", site.folder / "data", site.out, public=True,
                           url="https://rada.example", as_of=site.now.isoformat(), state=site.folder / "cache")
    assert run(options, Report(), quiet=True) == 0
    text = site.news.read_text(encoding="utf-8")
    site.news.unlink()
    report = Report()
    assert run(options, report, quiet=True) == 1
    assert [error.code for error in report.errors] == ["VANISHED"] and not capsys.readouterr().err
    site.news.write_text(text, encoding="utf-8")
    assert run(options, Report(), quiet=True) == 0


def test_a_full_disk_leaves_site_and_index_as_they_were(
        site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before, opened = tree_of(site.out), write.open_state

    def narrow(place: Path, inputs: str) -> sqlite3.Connection:
        connection = opened(place, inputs)
        connection.execute("pragma max_page_count = 1")
        return connection

    for number in range(300):  # more than fits into the pages that are there
        (site.news.parent / f"03-02-{number}.md").write_text(
            f"---\ntitle: Назва {number}\npublished_at: 2026-03-02 10:00\nsummary: Коротко.\n---\n\nТекст.\n",
            encoding="utf-8")
    monkeypatch.setattr(write, "open_state", narrow)
    assert build_folder(site.folder, site.out, search=True, as_of=site.now.isoformat())[0] == 1
    assert "на диску немає місця" in capsys.readouterr().err and tree_of(site.out) == before
    monkeypatch.setattr(write, "open_state", opened)
    site.build()
    assert site.is_right()


def test_a_state_that_is_spoilt_inside_costs_one_build(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(site.state) as state:
        state.execute("drop table section")
    state.close()
    seal(site.state)
    site.edit()
    assert build_folder(site.folder, site.out, search=True, as_of=site.now.isoformat())[0] == 1
    assert "no such table" in capsys.readouterr().err
    site.build()
    assert site.is_right()
