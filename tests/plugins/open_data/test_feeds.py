"""Feeds of bodies, members and drafts: right by RFC 4287, with what happened and when, and cheap to keep."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.records.feeds import Entry, Feed, at_midnight, atom
from plugins.ukrainian import KYIV
from tests.conftest import build_folder, lay_site, tree_of

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def laid_out(folder: Path, name: str) -> Path:
    return lay_site(folder, f"valid/{name}")


@pytest.fixture(scope="module", params=["from-draft-to-act", "roll-call"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = laid_out(tmp_path_factory.mktemp("feeds") / "site", request.param)
    assert build_folder(folder, folder / "out", url="https://host.example/rada")[0] == 0
    return folder / "out"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = laid_out(tmp_path_factory.mktemp("chain") / "site", "from-draft-to-act")
    assert build_folder(folder, folder / "out")[0] == 0
    return folder / "out"


def titles(file: Path) -> list[str]:
    return [entry.title for entry in feedparser.parse(file.read_bytes()).entries]


def test_every_feed_keeps_the_rules_of_its_standard(output: Path) -> None:
    feeds = sorted(output.rglob("feed.xml"))
    assert len(feeds) >= 8
    seen: dict[str, Path] = {}
    for file in feeds:
        content = file.read_bytes()
        parsed = feedparser.parse(content)
        assert parsed.bozo == 0 and parsed.version == "atom10" and parsed.feed.author and parsed.feed.title
        root = ElementTree.fromstring(content)
        for of, count in (("id", 1), ("title", 1), ("updated", 1)):
            assert all(len(element.findall(ATOM + of)) == count for element in (root, *root.findall(f"{ATOM}entry")))
        links = {link.get("rel"): link.get("href") or "" for link in root.findall(f"{ATOM}link")}
        assert links["self"] == f"https://host.example/rada/{file.relative_to(output).as_posix()}"
        assert (output / urlsplit(links["alternate"]).path.removeprefix("/rada/") / "index.html").is_file()
        moments = [element.text or "" for element in root.iter(f"{ATOM}updated")]
        assert all(MOMENT.fullmatch(moment) for moment in moments)
        entries = [entry.findtext(f"{ATOM}updated") or "" for entry in root.findall(f"{ATOM}entry")]
        assert moments[0] == max(entries) and len(entries) <= 30
        is_of_one = len(file.relative_to(output).parts) > 2  # registers stand by the days of their documents
        assert not is_of_one or entries == sorted(entries, reverse=True)
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) and all(re.match(r"tag:mala\.example,2026:\S+$", one) for one in ids)
        name = root.findtext(f"{ATOM}id") or ""
        assert seen.setdefault(name, file) is file
        for entry in root.findall(f"{ATOM}entry"):
            link = entry.find(f"{ATOM}link")
            assert link is not None
            place = urlsplit(link.get("href") or "").path.removeprefix("/rada/")
            assert (output / place / "index.html").is_file()


def test_one_record_is_one_entry_whatever_feed_it_stands_in(output: Path) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for file in output.rglob("feed.xml"):
        for entry in feedparser.parse(file.read_bytes()).entries:
            found.setdefault(entry.id, set()).add((entry.title, entry.updated))
    assert found
    assert [] == [key for key, forms in found.items() if len(forms) != 1]


def test_a_draft_tells_its_way_from_the_registration_to_the_act(chain: Path) -> None:
    adopted = [file for file in chain.glob("proiekty/2026/*/feed.xml")
               if any(title.startswith("Ухвалено") for title in titles(file))]
    assert adopted
    for file in adopted:
        steps = titles(file)[::-1]
        assert steps[0] == "Проєкт зареєстровано"
        assert steps.index("Проєкт оприлюднено") < next(
            index for index, step in enumerate(steps) if step.startswith("Голосування"))
        page = (file.parent / "index.html").read_text(encoding="utf-8")
        assert f'title="Стрічка кроків цього проєкту" href="/{file.relative_to(chain)}"' in page.split("</head>")[0]


def test_a_body_tells_of_its_documents_and_meetings_alone(chain: Path) -> None:
    council = feedparser.parse((chain / "vlada/rada/feed.xml").read_bytes())
    kinds = {urlsplit(entry.link).path.split("/")[1] for entry in council.entries}
    assert {"rishennia", "proiekty", "zasidannia"} <= kinds
    others = {entry.id for file in chain.glob("vlada/*/feed.xml") if file.parent.name != "rada"
              for entry in feedparser.parse(file.read_bytes()).entries}
    assert not others & {entry.id for entry in council.entries}


def test_a_member_tells_how_he_or_she_voted(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "site", "roll-call")
    assert build_folder(folder, folder / "out") == (0, [])
    woman, man = (titles(folder / f"out/deputaty/{name}/feed.xml") for name in ("chumak-iryna", "bondar-oles"))
    assert any(title.startswith("Утрималася: ") for title in woman) and all(": " in title for title in man)


def test_one_corrected_vote_touches_one_members_feed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "site", "roll-call")
    assert build_folder(folder, folder / "out") == (0, [])
    before = tree_of(folder / "out")
    meeting = folder / "content/meetings/2026/pl-2026-03-12"
    votes = (meeting / "votes.csv").read_text(encoding="utf-8")
    index = (meeting / "index.yml").read_text(encoding="utf-8")
    assert votes.count("Утримався") == 1
    (meeting / "votes.csv").write_text(votes.replace("Утримався", "Не голосував"), encoding="utf-8")
    changed = index.replace("abstain: 1", "abstain: 0").replace("not_voting: 0", "not_voting: 1")
    assert changed != index
    (meeting / "index.yml").write_text(changed, encoding="utf-8")
    status, lines = build_folder(folder, folder / "out")
    assert status == 0, lines
    after = tree_of(folder / "out")
    feeds = {path for path in after if path.endswith("feed.xml") and after[path] != before.get(path)}
    assert feeds == {"deputaty/chumak-iryna/feed.xml"}


@given(title=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=80),
       summary=st.text(st.characters(exclude_categories=["C"]), max_size=80))
def test_any_words_are_kept_as_they_are(title: str, summary: str) -> None:
    at = at_midnight(date(2026, 11, 20))
    assert at.tzinfo is KYIV
    entry = Entry("tag:a.example,2026:x", "https://a.example/?а=1&б=\"2\"", title, summary, at, at, (title,))
    root = ElementTree.fromstring(atom(Feed("tag:a.example,2026:f", "https://a.example/f", "https://a.example/", title,
                                            "Рада", (entry,), at)))
    found = root.find(f"{ATOM}entry")
    assert found is not None and root.findtext(f"{ATOM}title") == title == found.findtext(f"{ATOM}title")
    assert (found.findtext(f"{ATOM}summary") or "") == summary
    category, link = found.find(f"{ATOM}category"), found.find(f"{ATOM}link")
    assert category is not None and category.get("term") == title
    assert link is not None and link.get("href") == entry.url
