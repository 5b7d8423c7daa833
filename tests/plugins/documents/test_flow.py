"""The flow: one text for page and paper; no word is lost on the way."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html

from plugins.documents.model import flow, plain_flow, words_of
from tests.pdf import plain


def told(html: str) -> str:
    return plain(" ".join(words_of(flow(html))))


def test_paragraphs_marks_and_links_come_over() -> None:
    found = flow('<p>Про <strong>бюджет</strong>, <a href="/rishennia/2026/5/">рішення</a></p>', "https://rada.example")
    assert found == (
        {"kind": "p", "content": ["Про ", {"mark": "strong", "content": ["бюджет"]}, ", ",
                                  {"mark": "link", "to": "https://rada.example/rishennia/2026/5/",
                                   "content": ["рішення"]}]},)


def test_headings_go_down_one_by_one_whatever_a_text_begins_with() -> None:
    levels = [block["level"] for block in flow("<h2>а</h2><h4>б</h4><h3>в</h3><h2>г</h2><h6>ґ</h6>")]
    assert [2, 3, 3, 2, 3] == levels


def test_lists_keep_their_start_and_their_lists() -> None:
    (found,) = flow('<ol start="3"><li>а<ul><li>б</li></ul></li><li><p>в</p></li></ol>')
    assert (True, 3) == (found["is_ordered"], found["start"])
    assert [["p", "list"], ["p"]] == [[block["kind"] for block in item] for item in found["items"]]


def test_a_table_has_a_head_an_alignment_and_no_missing_cell() -> None:
    (found,) = flow('<table><thead><tr><th scope="col">а</th><th scope="col" class="align-right">б</th></tr></thead>'
                    "<tbody><tr><td>1</td></tr></tbody></table>")
    assert (2, ["start", "end"]) == (found["columns"], found["align"])
    assert [2] == [len(row) for row in found["rows"]]


def test_spaces_of_the_source_are_no_words_and_empty_texts_give_nothing() -> None:
    assert flow("  \n ") == () == flow("<p> <br></p>")
    assert ({"kind": "p", "content": ["а б"]},) == flow("<p>\n  а\n  б\n</p>")
    assert plain_flow("") == ()


def test_ranges_hold_together_on_paper() -> None:
    assert ["10\u2060–\u206015"] == flow("<p>10–15</p>")[0]["content"]


@pytest.mark.parametrize("html", [
    "<p>а</p>б<p>в</p>", "<div><p>а</p><blockquote><p>б</p></blockquote></div>", "<dl><dt>а</dt><dd>б</dd></dl>",
    "<p>а<sup><a href=\"#fn-1\">1</a></sup></p><section><ol><li><p>б</p></li></ol></section>",
    "<details><summary>а</summary><p>б</p></details>", "<pre><code>а\nб</code></pre>",
    "<figure><figcaption>а</figcaption></figure>",
    "<table><caption>а</caption><tr><th>б</th><td>в</td></tr></table>", "<p>а &amp; б &lt;в&gt;</p>",
    "<h2>а <em>б</em></h2>"])
def test_no_word_is_lost(html: str) -> None:
    whole = " ".join(lxml_html.fromstring(f"<div>{html}</div>").itertext())
    assert re.findall(r"\w+", whole) == re.findall(r"\w+", told(html))


def test_a_heading_without_words_is_none() -> None:
    """PDF/UA-1 knows no empty heading: the whole document would not be made."""
    found = flow("<h2></h2><h2><picture><img src='a.jpg' alt='б'></picture></h2><h3>в</h3>")
    assert [("heading", 2, ["в"])] == [(block["kind"], block["level"], block["content"]) for block in found]


def test_a_link_to_no_address_stays_as_it_was_typed() -> None:
    ((paragraph),) = flow('<p><a href="http://[bad">а</a></p>', "https://rada.example/")
    assert paragraph["content"] == [{"mark": "link", "to": "http://[bad", "content": ["а"]}]
