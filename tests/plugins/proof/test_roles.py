"""Roles: who may change what is read in one way only, and nothing leads out of the folders that were named."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.proof.faults import Fault
from plugins.proof.roles import FLAWS, Role, matches, parse_roles, read_roles

GOOD = """roles:
  - id: editor
    title: Редакція сайту
    people: [redaktsiia@rada.example, olena@rada.example]
    paths: [content/news/**, data/*.csv]
    from: 2026-01-01
    to: 2026-12-31
  - id: clerk
    title: Діловод
    people:
      - olena@rada.example
    paths:
      - content/acts/**
"""
DAY = date(2026, 6, 1)


def faulty(old: str, new: str) -> list[tuple[int, str, str]]:
    assert old in GOOD
    return [(one.line, one.kind, one.value) for one in read_roles(GOOD.replace(old, new, 1).encode())[1]]


def test_roles_are_read_in_their_order() -> None:
    editor, clerk = parse_roles(GOOD.encode()).roles
    assert Role("editor", "Редакція сайту", ("redaktsiia@rada.example", "olena@rada.example"),
                ("content/news/**", "data/*.csv"), date(2026, 1, 1), date(2026, 12, 31), 2) == editor
    assert (None, None) == (clerk.since, clerk.until)


def test_a_person_has_the_roles_that_are_in_force_on_the_day() -> None:
    roles = parse_roles(GOOD.encode())
    assert ["editor", "clerk"] == [role.id for role in roles.of("olena@rada.example", DAY)]
    assert ["editor"] == [role.id for role in roles.of("redaktsiia@rada.example", date(2026, 12, 31))]
    assert [] == [role.id for role in roles.of("redaktsiia@rada.example", date(2027, 1, 1))]
    assert [] == [role.id for role in roles.of("redaktsiia@rada.example", date(2025, 12, 31))]
    assert () == roles.of("OLENA@rada.example", DAY) == roles.of("*", DAY)


@pytest.mark.parametrize(("pattern", "path", "expected"), [
    ("content/news/**", "content/news/2026/a.md", True), ("content/news/**", "content/news/a.md", True),
    ("content/news/**", "content/news", False), ("content/news/**", "content/newsroom/a.md", False),
    ("content/news/**", "Content/news/a.md", False), ("content/news/*", "content/news/a.md", True),
    ("content/news/*", "content/news/2026/a.md", False), ("data/*.csv", "data/places.csv", True),
    ("data/*.csv", "data/x/places.csv", False), ("data/*.csv", "data/.csv", True), ("data/*.csv", "data/csv", False),
    ("content/**/index.yml", "content/index.yml", True), ("content/**/index.yml", "content/a/b/index.yml", True),
    ("content/**/index.yml", "content/a/index.yml/x", False), ("**", "anything/at/all", True), ("**", "one", True),
    ("content/*/20*/**", "content/acts/2026/5.yml", True), ("content/*/20*/**", "content/acts/1926/5.yml", False),
    ("content/news/**", "content/news/../../data/roles.yml", False), ("content/news/**", "content/news/./a", False),
    ("content/news/**", "content/news//a", False), ("**", "/etc/passwd", False), ("**", "", False), ("**", "..", False),
    ("**", "a/", False), ("data/a.yml", "data/aXyml", False), ("data/(a|b)+", "data/a", False),
])
def test_a_pattern_names_what_it_says_and_nothing_else(pattern: str, path: str, expected: bool) -> None:
    assert expected == Role("r", "Р", ("a@b.c",), (pattern,)).permits(path)


NAMES = st.text("ab.", min_size=1, max_size=4).filter(lambda name: name not in (".", ".."))


@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(NAMES, min_size=1, max_size=3))
def test_everything_below_a_folder_is_below_it(folder: list[str], below: list[str]) -> None:
    place = "/".join(folder)
    assert matches("/".join([*folder, *below]), f"{place}/**")
    assert matches(place, place) and not matches(place, f"{place}/**")
    assert ("/".join(below).startswith(place + "/")) == matches("/".join(below), f"{place}/**")


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    started = perf_counter()
    assert not matches("a" * 4000 + "/b" * 200, "*a" * 140 + "/**/c/**/d/**/e")
    assert perf_counter() - started < 1


@pytest.mark.parametrize(("old", "new", "flaws"), [
    ("id: editor", "id: Editor", [(2, "id", "Editor")]),
    ("id: clerk", "id: editor", [(8, "twice", "editor")]),
    ("    title: Діловод\n", "", [(8, "missing", "title")]),
    ("title: Діловод", "title: Діловод\n    color: red", [(10, "key", "color")]),
    ("title: Діловод", "title: [Діловод]", [(9, "title", "")]),
    ("roles:", "version: 2\nroles:", [(1, "key", "version")]),
    ("olena@rada.example]", '"*@rada.example"]', [(4, "people", "*@rada.example")]),
    ("olena@rada.example]", "redaktsiia@rada.example]", [(4, "twice", "redaktsiia@rada.example")]),
    ("[redaktsiia@rada.example, olena@rada.example]", "redaktsiia@rada.example", [(4, "people", "")]),
    ("[redaktsiia@rada.example, olena@rada.example]", "[]", [(4, "people", "")]),
    ("content/acts/**", "/content/acts/**", [(13, "paths", "/content/acts/**")]),
    ("content/acts/**", "../other/**", [(13, "paths", "../other/**")]),
    ("content/acts/**", "content/./acts", [(13, "paths", "content/./acts")]),
    ("content/acts/**", "content//acts", [(13, "paths", "content//acts")]),
    ("content/acts/**", "content/acts/", [(13, "paths", "content/acts/")]),
    ("content/acts/**", "content/acts**", [(13, "paths", "content/acts**")]),
    ("content/acts/**", "content\\acts", [(13, "paths", "content\\acts")]),
    ("content/acts/**", "'content/[a-z]cts'", [(13, "paths", "content/[a-z]cts")]),
    ("content/acts/**", '"!content/acts"', [(13, "paths", "!content/acts")]),
    ("from: 2026-01-01", "from: 2026-02-30", [(6, "day", "2026-02-30")]),
    ("from: 2026-01-01", "from: 1.01.2026", [(6, "day", "1.01.2026")]),
    ("to: 2026-12-31", "to: 2025-12-31", [(7, "days", "2025-12-31")]),
    ("people:\n      - olena@rada.example", "people: &p\n      - olena@rada.example", [(10, "yaml", "YAML-ANCHOR")]),
    ("title: Діловод", "title: !!python/name:os.system x", [(9, "yaml", "YAML-ANCHOR")]),
    ("title: Діловод", "title: Діловод\n    title: Мер", [(10, "yaml", "YAML-TWICE")]),
    ("title: Діловод", "title: 'Діловод", [(13, "yaml", "YAML")]),
])
def test_what_is_not_understood_is_refused_with_its_line(old: str, new: str, flaws: list[tuple[int, str, str]]) -> None:
    assert flaws == faulty(old, new)


def test_all_flaws_are_told_at_once_and_the_first_is_raised() -> None:
    spoilt = GOOD.replace("id: clerk", "id: CLERK").replace("data/*.csv", "/data").encode()
    roles, flaws = read_roles(spoilt)
    assert [(5, "paths"), (8, "id")] == [(one.line, one.kind) for one in flaws]
    assert () == roles.roles
    with pytest.raises(Fault) as told:
        parse_roles(spoilt)
    assert ("roles", "5: paths /data") == (told.value.code, told.value.detail)


@pytest.mark.parametrize(("content", "flaw"), [
    (b"", (1, "shape")), (b"roles: []\n", (1, "shape")), (b"roles: x\n", (1, "shape")), (b"- a\n", (1, "shape")),
    (b"roles:\n  - x\n", (2, "shape")), (b"\xff\xfe", (1, "utf-8")), (b"roles:\n  - id: \xd0\n", (2, "utf-8")),
    (b"#" * 300_000, (1, "size")), (b"roles:\n" + b"  - {}\n" * 300, (1, "shape")),
])
def test_what_is_no_list_of_roles_is_refused(content: bytes, flaw: tuple[int, str]) -> None:
    found = read_roles(content)[1][0]
    assert flaw == (found.line, found.kind)


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert {one.kind for one in read_roles(text.encode("utf-8", "replace"))[1]} <= set(FLAWS)


def test_a_role_in_the_log_has_no_name_of_a_person() -> None:
    assert "editor:2c26b46b" == parse_roles(GOOD.encode()).roles[0].by(b"foo")
