"""Open data: feeds, data sets, structured data and the map say what the pages say, in the forms of their standards."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from plugins.builder.state import parts_of
from plugins.open_data import write
from plugins.open_data.jsonld import box_of
from plugins.open_data.tables import TABLES, DataFile
from plugins.records import PageModel
from plugins.ukrainian import KYIV

BuildSite = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows_of(file: Path) -> list[dict[str, str]]:
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_names_of_columns_are_unique_and_explained() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)) and all(column.title for column in table.columns), table.name


def test_records_tables_and_json_say_the_same(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act")
    for file in sorted((output / "dani").rglob("*.csv")):
        plain = [{key: None if value == "null" else value for key, value in row.items()} for row in rows_of(file)]
        rich = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        assert plain == [{key: None if value is None else str(value) for key, value in row.items()} for row in rich]
        assert plain
    acts = rows_of(output / "dani" / "akty" / "legalActs-2026.csv")
    assert {"Про ремонт дороги"} <= {row["title"] for row in acts}
    assert all((output / row["url"].removeprefix("https://mala.example/") / "index.html").is_file() for row in acts)


def test_votes_can_be_joined_with_deputies_and_questions(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act")
    votes = rows_of(next((output / "dani" / "holosuvannia").glob("*.csv")))
    questions = rows_of(next((output / "dani" / "pytannia").glob("*.csv")))
    deputies = rows_of(output / "dani" / "deputaty" / "deputies.csv")
    assert votes and {row["motionUid"] for row in votes} <= {row["uid"] for row in questions}
    assert {row["votingIdentifier"] for row in deputies} <= {row["voterId"] for row in votes}
    for question in questions:
        of_it = [row["result"] for row in votes if row["motionUid"] == question["uid"]]
        assert not of_it or int(question["votingFor"]) == of_it.count("За")


def test_every_feed_is_whole_and_tells_true_times(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act", url="https://host.example/rada")
    feeds = sorted(output.rglob("feed.xml"))
    assert len(feeds) >= 4
    for file in feeds:
        parsed = feedparser.parse(file.read_bytes())
        assert not parsed.bozo and parsed.entries and parsed.feed.author
        root = ElementTree.fromstring(file.read_bytes())
        own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own == [f"https://host.example/rada/{file.relative_to(output).as_posix()}"]
        moments = [entry.findtext(f"{ATOM}updated") or "" for entry in root.findall(f"{ATOM}entry")]
        assert root.findtext(f"{ATOM}updated") == max(moments)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", moment) for moment in moments)
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) and all(one.startswith("tag:mala.example,2026:") for one in ids)


def test_every_feed_a_page_names_exists_and_is_in_the_hub(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act")
    hub = (output / "stricky" / "index.html").read_text(encoding="utf-8")
    opml = (output / "stricky" / "stricky.opml").read_text(encoding="utf-8")
    named = {link for file in output.rglob("*.html") for link in re.findall(
        r'type="application/atom\+xml" title="[^"]*" href="([^"]+)"', file.read_text(encoding="utf-8"))}
    assert named
    for link in named:
        assert (output / link.lstrip("/")).is_file(), link
        is_of_one = re.match("/(?:deputaty|proiekty/[0-9]{4})/", link)  # people and drafts: on their own pages
        assert is_of_one or (f'href="{link}"' in hub and f"https://mala.example{link}" in opml)


def test_structured_data_of_every_page_can_be_read(build_site: BuildSite) -> None:
    output = build_site("valid/from-draft-to-act", url="https://host.example/rada")
    kinds = set()
    for file in output.rglob("*.html"):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', file.read_text(encoding="utf-8"),
                               re.S):
            values = json.loads(text)
            kinds.add(values["@type"])
            assert values["url"].startswith("https://host.example/rada/")
            assert values.get("@context") and "" not in values.values()
    assert {"NewsArticle", "Legislation", "Event", "Person", "GovernmentOrganization"} <= kinds


@given(st.text(max_size=60))
def test_no_title_can_end_the_script_it_stands_in(title: str) -> None:
    text = str(box_of({"@type": "Thing", "name": f"а{title}</script><script>alert(1)"}).value.text)
    assert "<" not in text and "\u2028" not in text
    assert json.loads(text)["name"] == f"а{title}</script><script>alert(1)"


class Page(PageModel):
    """A page as the map sees it."""

    template: ClassVar[str] = "x.html"
    page_kind: ClassVar[str] = "page"


def pages(urls: list[str]) -> SimpleNamespace:
    made = [Page(url=url, title="а", description="а", updated_at=date(2026, 1, 1 + index % 28))
            for index, url in enumerate(urls)]
    hidden = Page(url="/404.html", title="а", description="а", is_indexed=False)
    library: Any = SimpleNamespace(site_url="https://a.example", now=datetime(2026, 11, 22, tzinfo=KYIV))
    places = [(page.path, place) for page in (*made, hidden) if (place := write.place(page, library)) is not None]
    return SimpleNamespace(library=library, parts=lambda name: parts_of(name, places), count=lambda name: len(places))


def test_a_small_site_has_one_map_with_true_days() -> None:
    files = list(write.site_map(pages(["/", "/novyny/2026/11-20/"])))
    assert [file.path for file in files] == ["sitemap.xml"]
    root = ElementTree.fromstring(files[0].build())
    assert [(item.findtext(f"{MAP}loc"), item.findtext(f"{MAP}lastmod")) for item in root] == [
        ("https://a.example/", "2026-01-01"), ("https://a.example/novyny/2026/11-20/", "2026-01-02")]


def test_a_large_site_has_a_map_for_each_section_and_year_and_one_for_the_rest() -> None:
    urls = ["/", "/tsnap/", *(f"/novyny/{2020 + number % 3}/n-{number}/" for number in range(write.LARGEST_MAP))]
    files = {file.path: file for file in write.site_map(pages(urls))}
    assert set(files) == {"sitemap.xml", "sitemap-storinky.xml", "sitemap-novyny-2020.xml", "sitemap-novyny-2021.xml",
                          "sitemap-novyny-2022.xml"}
    index = ElementTree.fromstring(files["sitemap.xml"].build())
    named = {(item.findtext(f"{MAP}loc") or "").removeprefix("https://a.example/") for item in index}
    assert named == set(files) - {"sitemap.xml"}
    found = [item for path in named for item in ElementTree.fromstring(files[path].build())]
    assert len(found) == len(urls)


def test_a_table_keeps_quotes_line_breaks_and_nothing_else() -> None:
    table = next(table for table in TABLES if table.name == "votings")
    row = {"motionUid": "1", "voterId": None, "voterName": 'О"Ніл, «А»', "motionTitle": "a\nb", "result": "=1+1"}
    file = DataFile(table, 2026, 1, "", "", lambda: iter([row]))
    assert list(csv.reader(io.StringIO(write.as_csv(file).decode("utf-8-sig"), newline=""))) == [
        [column.name for column in table.columns], ["1", "null", 'О"Ніл, «А»', "a\nb", "=1+1"]]
    assert json.loads(write.as_json(file)) == [row]


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
                      max_leaves=8)


@given(VALUES)
def test_a_description_is_the_json_that_python_makes(values: Any) -> None:
    assert json.dumps(values, ensure_ascii=False, indent=2) == write.pretty(values)
