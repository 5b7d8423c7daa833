"""Markdown → safe HTML: the same output contract for both engines."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from plugins.records.hidden import without_hidden
from plugins.records.markdown import CLEANER, BadLink, Context, Rendered, render


def show(text: str, *, is_extended: bool = False, prefix: str = "") -> Rendered:
    def link(href: str) -> str:
        if href == "nowhere":
            raise BadLink("немає")
        return href

    return render(text, Context(link, lambda src, alt, title: f'<img src="{src}" alt="{alt}">', prefix, is_extended))


ENGINES = pytest.mark.parametrize("is_extended", [False, True], ids=["pyromark", "python-markdown"])


@ENGINES
def test_headings_start_at_level_two_with_ids_in_official_romanisation(is_extended: bool) -> None:
    html = show("# Згурський і Єнакієве\n\n## Далі", is_extended=is_extended).html
    assert '<h2 id="zghurskyi-i-yenakiieve">' in html
    assert '<h3 id="dali">' in html


@ENGINES
def test_ids_are_unique_in_a_text_and_prefixed_per_text(is_extended: bool) -> None:
    html = show("## Розділ\n\n## Розділ", is_extended=is_extended, prefix="dodatok-1-").html
    assert re.findall(r'id="([^"]+)"', html) == ["dodatok-1-rozdil", "dodatok-1-rozdil-2"]


@ENGINES
def test_tables_have_scoped_heads_and_alignment_as_classes(is_extended: bool) -> None:
    html = show("| а | б |\n|---|--:|\n| 1 | 2 |\n", is_extended=is_extended).html
    assert '<th scope="col">а</th>' in html
    assert re.search(r'<th[^>]*class="align-right"', html)
    assert '<td class="align-right">2</td>' in html
    assert "style=" not in html
    assert 'role="region"' in html


@ENGINES
def test_footnotes_lead_there_and_back(is_extended: bool) -> None:
    html = show("Слово[^1].\n\n[^1]: Пояснення.\n", is_extended=is_extended).html
    assert 'href="#prymitka-1"' in html
    assert 'id="prymitka-1"' in html
    assert 'href="#vynoska-1"' in html
    assert 'id="vynoska-1"' in html


@ENGINES
def test_bare_addresses_become_links_but_not_in_code(is_extended: bool) -> None:
    html = show("Див. https://rada.example/x, пишіть rada@rada.example. `https://code.example`",
                is_extended=is_extended).html
    assert '<a href="https://rada.example/x">https://rada.example/x</a>,' in html
    assert '<a href="mailto:rada@rada.example">' in html
    assert 'href="https://code.example"' not in html


@pytest.mark.parametrize(("text", "printed"), [
    ("https://a.ua/?q=1& далі", '<a href="https://a.ua/?q=1">https://a.ua/?q=1</a>&amp; далі'),
    ("https://a.ua>", '<a href="https://a.ua">https://a.ua</a>&gt;'),
    ("https://a.ua/?a=1&b=2", '<a href="https://a.ua/?a=1&amp;b=2">https://a.ua/?a=1&amp;b=2</a>'),
])
def test_a_bare_address_ends_before_a_sign_of_the_text(text: str, printed: str) -> None:
    assert f"<p>{printed}</p>" in show(text).html


@ENGINES
@pytest.mark.parametrize(("text", "name"), [
    ("<script>alert(1)</script>", "script"),
    ('<b onclick="x()">а</b>', "onclick"),
    ("[а](javascript:alert(1))", "javascript"),
    ('<a href="  java\tscript:alert(1)">а</a>', "javascript"),
    ('<iframe src="https://ads.example/"></iframe>', "iframe"),
    ("<svg><script>1</script></svg>", "svg"),
    ('<form action="/x"><input></form>', "form"),
])
def test_what_is_dangerous_is_removed_and_named(text: str, name: str, is_extended: bool) -> None:
    rendered = show(text, is_extended=is_extended)
    assert name in [fault.needle for fault in rendered.faults]
    assert not re.search(r"<script|onclick|javascript:|<iframe|<form|<svg", str(rendered.html))


@ENGINES
@pytest.mark.parametrize("text", [
    '<picture><source srcset="https://inshyi.example/a.avif"></picture>',
    '<blockquote cite="javascript:alert(1)">x</blockquote>',
    "<div><IMG\nALT='x' SRC='https://inshyi.example/a.png'></div>",
    "<a title='x' href='&#106;avascript:alert(1)'>x</a>",
    "<p style='background:url(https://inshyi.example/a)'>x</p>",
])
def test_typed_html_is_judged_in_whatever_form_it_stands(text: str, is_extended: bool) -> None:
    def from_here(src: str, alt: str, title: str) -> str:
        raise BadLink(src)

    html = render(f"{text}\n", Context(lambda href: href, from_here, is_extended=is_extended)).html
    assert not re.search("inshyi|javascript", html)


@ENGINES
def test_a_typed_element_that_is_not_kept_is_named(is_extended: bool) -> None:
    out = show("<details><summary>Більше</summary>Умови.</details>\n", is_extended=is_extended)
    assert [fault.needle for fault in out.faults] == ["details", "summary"]
    assert "Умови." in out.html


@ENGINES
def test_typed_links_of_any_form_are_followed(is_extended: bool) -> None:
    out = show("<A TITLE='x' HREF=nowhere>сюди</A>\n", is_extended=is_extended)
    assert [fault.needle for fault in out.faults] == ["nowhere"]


@pytest.mark.parametrize("text", ["[" * 5000, "<img " * 5000, "- " * 1500 + "x", "1. " * 2000, "слово " * 20_000],
                         ids=["brackets", "tags", "lists", "numbers", "long"])
def test_a_text_too_hard_for_extended_markup_is_a_fault_and_no_wait(text: str) -> None:
    assert [fault.code.name for fault in show(text, is_extended=True).faults] == ["TEXT-HARD"]


def test_code_may_show_what_is_dangerous() -> None:
    rendered = show("```\n<script>alert(1)</script>\n```\n\n`<b onclick=\"x()\">`")
    assert rendered.faults == []
    assert "&lt;script&gt;" in rendered.html


@ENGINES
def test_a_link_that_leads_nowhere_is_a_fault(is_extended: bool) -> None:
    rendered = show("[а](nowhere)", is_extended=is_extended)
    assert [fault.needle for fault in rendered.faults] == ["nowhere"]
    assert "nowhere" not in rendered.html


def test_an_image_without_words_is_a_fault() -> None:
    assert [fault.code.name for fault in show("![](mist.jpg)").faults] == ["ALT"]


def test_a_known_video_frame_becomes_a_link() -> None:
    rendered = show('<iframe src="https://www.youtube-nocookie.com/embed/abc123" title="Сесія"></iframe>')
    assert "https://www.youtube.com/watch?v=abc123" in rendered.html
    assert "<iframe" not in rendered.html


def test_extended_markup_knows_abbreviations_and_definitions() -> None:
    html = show("ЦНАП\n\n*[ЦНАП]: Центр надання адміністративних послуг\n\nСлово\n:   Тлумачення\n",
                is_extended=True).html
    assert '<abbr title="Центр' in html
    assert "<dd>" in html


@settings(max_examples=150, deadline=None)
@example("[x](<img src=x onerror=alert(1))")
@given(st.lists(st.sampled_from(["<script>", "</script>", "<b ", "onmouseover=", "'", '"', ">", "<", "javascript:",
                                 "[x](", ")", "data:text/html,", "`", "\n", "<img src=x ", "onerror=alert(1)", "/>",
                                 "<svg/onload=", "<a href=", "&#106;avascript:", "слово", "<!--", "-->", "<![CDATA["]),
                min_size=1, max_size=14).map("".join))
def test_no_mixture_lets_a_script_through(text: str) -> None:
    for is_extended in (False, True):
        printed = str(show(text, is_extended=is_extended).html)
        for name, _, attributes in shape(printed):
            assert name.lower() not in ("script", "svg", "iframe"), printed
            assert not any(key.lower().startswith("on") for key in attributes), printed
            assert not any(re.match(r"[\s\x00-\x1f]*(javascript|data):", attributes.get(key, ""), re.I)
                           for key in ("href", "src")), printed


PIECES = st.sampled_from([
    "# ", "## ", "- ", "1. ", "    ", "> ", "\n", "\n\n", "|", "| а | б |\n|---|:-:|\n| 1 | 2 |\n", "[", "](", ")",
    "![", "[^1]", "[^1]: ", "**", "_", "~~", "`", "```\n", "---\n", "\\", "&lt;script&gt;", "&#106;avascript:",
    "javascript:", "data:text/html,", "https://a.ua/?a=1&b=\"2\"", "mailto:a@b.ua", "a@b.ua", "\"", "'", ">", "&",
    "onclick=", "{", "}", "слово", " ", "\u00a0",
    "![міст](m.jpg \"т\")", "[текст](https://a.ua \"підказка\")", "[р]: javascript:alert(1)\n", "[р]"])


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=1500)
def test_a_text_without_typed_html_is_as_clean_as_the_cleaner_makes_it(text: str) -> None:
    printed = str(show(text).html)
    assert shape(printed) == shape(CLEANER.clean(printed))


def shape(fragment: str) -> list[tuple[str, str, dict[str, str]]]:
    """Elements of a fragment in order: name, its first text, its attributes."""
    return [(str(element.tag), element.text or "", dict(element.attrib))
            for element in html.fragment_fromstring(fragment, create_parent="div").iter()]


def test_indents_and_bullets_pasted_from_an_office_are_text_and_lists() -> None:
    html = show("Перший.\n\n    Другий з відступом.\n\n • один\n • два\n\n- пункт\n\n    його друга частина\n").html
    assert "<pre>" not in html
    assert "<p>Другий з\u00a0відступом.</p>" in html
    assert html.count("<li>") == 3
    assert "<p>його друга частина</p>" in html


def test_fenced_code_keeps_its_indents() -> None:
    assert "    глибоко" in show("```\n    глибоко\n```").html


@pytest.mark.parametrize(("text", "shown"), [
    ("Видно <!-- телефон\nзаявниці --> далі", "Видно  далі"), ("Слово\n\n<!-- до кінця\n\nтексту", "Слово\n\n"),
    ("[//]: # (примітка)\nСлово", "\nСлово"), ("[^1]: # примітка", "[^1]: # примітка"),
    ("[сайт]: https://a.example", "[сайт]: https://a.example"), ("`<!-- слова -->`", "`<!-- слова -->`"),
    ("```\n<!-- слова -->\n```\n<!-- ні -->", "```\n<!-- слова -->\n```\n"),
    ("один ` і <!-- ні --> два", "один ` і  два"),
    ("a ` b\n\n<!-- ні --> ` c", "a ` b\n\n ` c")])
def test_a_text_without_what_no_page_shows_is_as_it_was_typed(text: str, shown: str) -> None:
    assert without_hidden(text) == shown
    hidden = [word for word in re.findall(r"\w+", text) if word not in re.findall(r"\w+", shown)]
    assert not [word for word in hidden if word in show(text).html]
