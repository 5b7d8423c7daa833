"""Pagefind's bundle for pages in languages that it knows: what is in it, and the same bytes every time."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search import pagefind
from plugins.search.model import ForPagefind
from tests.conftest import tree_of

PAGE = ForPagefind(path="en/news/1/index.html", lang="en", title="About water", kind="News", group="News", year="2026",
                   moment="2026-03-01", date="1\u00a0March\u00a02026", text="<p>Water</p>")


def fragments(folder: Path) -> dict[str, dict[str, Any]]:
    """What the index holds of each page, by address."""
    found = {}
    for path in (folder / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes())[len(pagefind.MAGIC):])
        found[fragment["url"]] = fragment
    return found


def many() -> list[ForPagefind]:
    """Pages of two languages with equal texts and dates: whatever is not sorted comes in another order each time."""
    return [PAGE._replace(path=f"s/{number}/index.html", lang="en" if number % 5 == 0 else "de",
                          group=f"Kind {number % 13}", year=str(2020 + number % 7),
                          moment=f"{2020 + number % 7}-01-01", kind=f"Act № {number}",
                          text=f"<p>water {number % 11} council {'word ' * (number % 17)}</p>")
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
    pagefind.build([PAGE], tmp_path / "a")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: [p]\n")
    monkeypatch.chdir(tmp_path)
    pagefind.build([PAGE], tmp_path / "b")
    assert tree_of(tmp_path / "a") == tree_of(tmp_path / "b")


def test_every_language_and_filter_is_sorted_and_there(tmp_path: Path) -> None:
    pagefind.build(many(), tmp_path)
    languages = json.loads((tmp_path / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"]
    assert ["de", "en"] == list(languages)
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
    pagefind.build([PAGE], tmp_path)
    assert {"pagefind.js", "pagefind-worker.js"} == {path.name for path in tmp_path.glob("*.js")}
    assert not list(tmp_path.glob("*.css"))


def test_date_travels_without_being_searched(tmp_path: Path) -> None:
    pagefind.build([PAGE], tmp_path)
    fragment = fragments(tmp_path)["/en/news/1/"]
    assert {"title": "About water", "kind": "News"} == fragment["meta"]
    assert "1%C2%A0March%C2%A02026||" == fragment["anchors"][0]["id"]
    assert "Water." == fragment["content"]


def test_text_after_a_picture_is_kept_and_the_picture_is_not(tmp_path: Path) -> None:
    text = '<p>Before <img src="/a.jpg" alt="words"> after</p><table><tr><th>Price</th><th>Year</th></tr></table>'
    pagefind.build([PAGE._replace(text=text)], tmp_path)
    fragment = fragments(tmp_path)["/en/news/1/"]
    assert fragment["content"].startswith("Before after. Price Year")
    assert "image" not in fragment["meta"]


def test_quotes_and_tags_in_a_title_stay_text(tmp_path: Path) -> None:
    title = 'About «water»: "a", <b>b</b> & c'
    pagefind.build([PAGE._replace(title=title)], tmp_path)
    assert title == fragments(tmp_path)["/en/news/1/"]["meta"]["title"]


def test_failure_is_told_as_one_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not able to build an index"):
        pagefind.build([], tmp_path)


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
