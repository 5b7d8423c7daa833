"""The index: what is in it, under which name, and the same bytes every time."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.records.components import Status
from plugins.search import pagefind
from plugins.search.model import Entry
from tests.conftest import build_folder, tree_of

ENTRY = Entry(path="rishennia/2026/1/index.html", lang="uk", title="Про воду", kind="Рішення № 1", group="Рішення",
              year="2026", moment="2026-03-01", date="1\u00a0березня 2026\u00a0року", status=Status("Чинне", "done"),
              text="<p>Вода</p>", digest="1")


def fragments(folder: Path) -> dict[str, dict[str, Any]]:
    """What the index holds of each page, by address."""
    found = {}
    for path in (folder / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes())[len(pagefind.MAGIC):])
        found[fragment["url"]] = fragment
    return found


def many() -> list[Entry]:
    """Pages of two languages with equal texts and dates: whatever is not sorted comes in another order each time."""
    return [replace(ENTRY, path=f"s/{number}/index.html", lang="en" if number % 5 == 0 else "uk",
                    group=f"Вид {number % 13}", year=str(2020 + number % 7), moment=f"{2020 + number % 7}-01-01",
                    kind=f"Рішення № {number}", text=f"<p>вода {number % 11} рада {'слово ' * (number % 17)}</p>")
            for number in range(200)]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for name, entries in (("a", many()), ("elsewhere/b", many()[::-1])):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        pagefind.build(entries, folder)
        trees.append(tree_of(folder))
    assert trees[0] == trees[1]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not pin programs to a core")
def test_one_core_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "one").mkdir()
    pagefind.build(many(), tmp_path / "all")
    cores = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(cores)})
        pagefind.build(many(), tmp_path / "one")
    finally:
        os.sched_setaffinity(0, cores)
    assert tree_of(tmp_path / "all") == tree_of(tmp_path / "one")


def test_settings_of_the_machine_do_not_reach_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    pagefind.build([ENTRY], tmp_path / "a")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: [p]\n")
    monkeypatch.chdir(tmp_path)
    pagefind.build([ENTRY], tmp_path / "b")
    assert tree_of(tmp_path / "a") == tree_of(tmp_path / "b")


def test_every_language_and_filter_is_sorted_and_there(tmp_path: Path) -> None:
    pagefind.build(many(), tmp_path)
    languages = json.loads((tmp_path / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"]
    assert ["en", "uk"] == list(languages)
    for index in languages.values():
        content = (tmp_path / f"pagefind.{index['hash']}.pf_meta").read_bytes()
        values, _ = pagefind.decode(content, len(pagefind.MAGIC))
        assert isinstance(values, list)
        assert ["kind", "year"] == [name for name, _ in values[pagefind.FILTERS]]
        for name, file in values[pagefind.FILTERS]:
            found, _ = pagefind.decode((tmp_path / "filter" / f"{file}.pf_filter").read_bytes(), len(pagefind.MAGIC))
            assert isinstance(found, list)
            assert name == found[0] and sorted(found[1]) == found[1]
    assert 4 == len(list((tmp_path / "filter").iterdir()))


def test_nothing_of_other_search_pages_is_published(tmp_path: Path) -> None:
    pagefind.build([ENTRY], tmp_path)
    assert {"pagefind.js", "pagefind-worker.js"} == {path.name for path in tmp_path.glob("*.js")}
    assert not list(tmp_path.glob("*.css"))


def test_date_and_status_travel_without_being_searched(tmp_path: Path) -> None:
    pagefind.build([ENTRY], tmp_path)
    fragment = fragments(tmp_path)["/rishennia/2026/1/"]
    assert {"title": "Про воду", "kind": "Рішення № 1"} == fragment["meta"]
    assert "1%C2%A0березня%202026%C2%A0року|done|Чинне" == fragment["anchors"][0]["id"]
    assert "Вода." == fragment["content"]


def test_text_after_a_picture_is_kept_and_the_picture_is_not(tmp_path: Path) -> None:
    text = '<p>До <img src="/a.jpg" alt="опис"> після</p><table><tr><th>Ціна</th><th>Рік</th></tr></table>'
    pagefind.build([replace(ENTRY, text=text)], tmp_path)
    fragment = fragments(tmp_path)["/rishennia/2026/1/"]
    assert fragment["content"].startswith("До після. Ціна Рік")
    assert "image" not in fragment["meta"]


def test_quotes_and_tags_in_a_title_stay_text(tmp_path: Path) -> None:
    title = 'Про «воду»: "а", <b>б</b> & в'
    pagefind.build([replace(ENTRY, title=title)], tmp_path)
    assert title == fragments(tmp_path)["/rishennia/2026/1/"]["meta"]["title"]


def test_failure_is_told_as_one_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not able to build an index"):
        pagefind.build([], tmp_path)


def test_pages_with_a_text_are_found_under_their_kind(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/second-council")
    assert (0, []) == build_folder(folder, folder / "out", search=True)
    found = fragments(folder / "out" / "pagefind")
    act = found["/rishennia/2026/12-5-viii/"]
    assert act["meta"]["kind"].startswith("Рішення №\u00a012-5/")
    assert {"kind": ["Рішення"], "year": ["2026"]} == act["filters"]
    assert {"kind": ["Послуги"]} == found["/tsnap/"]["filters"]
    assert {"Рішення", "Проєкти", "Засідання", "Голосування", "Новини", "Послуги", "Люди"} <= {
        fragment["filters"]["kind"][0] for fragment in found.values()}
    assert not [url for url in found if url.startswith(("/poshuk/", "/404", "/mapa-saitu/"))]
    for url in found:
        assert (folder / "out" / url.strip("/") / "index.html").is_file()


def test_no_search_leaves_the_index_out(build_site: Callable[..., Path]) -> None:
    output = build_site("valid/search-in-two-languages", search=False)
    assert (output / "poshuk" / "index.html").is_file()
    assert not (output / "pagefind").exists()


def test_index_follows_a_change_and_equals_a_cold_one(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/search-in-two-languages")
    output = folder / "out"
    assert (0, []) == build_folder(folder, output, search=True)
    before = tree_of(output / "pagefind")
    news = folder / "content" / "news" / "2026" / "03-01-сад.md"
    news.write_text(news.read_text(encoding="utf-8").replace("Толока", "Суботник"), encoding="utf-8")
    assert (0, []) == build_folder(folder, output, search=True)
    after = tree_of(output / "pagefind")
    assert before != after
    shutil.rmtree(folder / "cache")
    assert (0, []) == build_folder(folder, folder / "cold", search=True, cold=True)
    assert tree_of(folder / "cold" / "pagefind") == after


values = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner, max_size=40), max_leaves=60)


@given(values)
def test_cbor_comes_back_as_it_was(value: Any) -> None:
    content = pagefind.encode(value)
    assert (value, len(content)) == pagefind.decode(content)


@pytest.mark.parametrize(("value", "content"), [
    (0, "00"), (23, "17"), (24, "1818"), (1000, "1903e8"), (1000000, "1a000f4240"), ("", "60"), ("ü", "62c3bc"),
    ([1, [2, 3]], "8201820203"), (18446744073709551615, "1bffffffffffffffff")])
def test_cbor_is_that_of_the_standard(value: Any, content: str) -> None:
    """Examples of RFC 8949, appendix A."""
    assert bytes.fromhex(content) == pagefind.encode(value)


@pytest.mark.parametrize("content", ["20", "f6", "9f01ff", "a10102"])
def test_cbor_of_another_kind_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match="CBOR"):
        pagefind.decode(bytes.fromhex(content))
