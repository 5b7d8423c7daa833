"""Every component is three files of one name, renders all its examples, and says nothing twice."""

from __future__ import annotations

import re
from collections import Counter

import jinja2
import pytest
from lxml import html

from tests.theme import harness

ENV = harness.environment()
EXAMPLES = [example for component in harness.components() for example in harness.examples(component)]
UNSTYLED = {"vote-grid", "vote-strip", "seat-yes", "status-ended", "consultation-open", "callout-info", "alert-warn",
            "plain", "tool-search"}
"""Names for the default look of their component, which needs no rule of its own."""


VOID = {"br", "img", "input", "source", "path", "rect", "circle"}
"""Elements without an end tag, and the shapes inside our drawings."""


def test_examples_exist_for_every_component() -> None:
    assert harness.components() == sorted(file.stem for file in (harness.THEME / "examples").glob("*.yml"))


def test_styles_exist_for_every_component() -> None:
    styles = harness.THEME / "static" / "css" / "components"
    assert harness.components() == sorted(file.stem for file in styles.glob("*.css"))


@pytest.mark.parametrize("component", harness.components())
def test_component_is_one_macro_that_says_what_it_shows(component: str) -> None:
    source = (harness.COMPONENTS / f"{component}.html").read_text(encoding="utf-8")
    assert re.match(r"\{# [A-ZА-ЯҐЄІЇ«]", source)
    assert [component.replace("-", "_")] == re.findall(r"\{% macro (\w+)\(", source)


@pytest.mark.parametrize("component", harness.components())
def test_component_asks_for_nothing_unsafe(component: str) -> None:
    source = (harness.COMPONENTS / f"{component}.html").read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|style=|onclick=", source)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.component}: {example.name}")
def test_example_is_well_formed_html(example: harness.Example) -> None:
    text = harness.render(ENV, example)
    opened = Counter(tag for tag in re.findall(r"<(\w+)", text) if tag not in VOID)
    assert opened == Counter(re.findall(r"</(\w+)>", text))
    tree = html.fromstring(f"<div>{text}</div>")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not [link for link in tree.xpath("//a") if not link.get("href")]
    assert not [image for image in tree.xpath("//img") if image.get("alt") is None or not image.get("width")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.component}: {example.name}")
def test_every_class_has_a_style_or_a_reason(example: harness.Example) -> None:
    tree = html.fromstring(f"<div>{harness.render(ENV, example)}</div>")
    used = {name for value in tree.xpath("//@class") for name in value.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)", harness.stylesheet()))
    assert used - styled - UNSTYLED == set()


def test_missing_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        harness.render(ENV, harness.Example("breadcrumbs", "", {"crumbs": [{"title": "Головна"}]}))


def test_values_are_escaped() -> None:
    shown = harness.render(ENV, harness.Example("page-head", "", {"title": "Про <script>"}))
    assert "Про &lt;script&gt;" in shown


def test_strip_has_a_cell_for_every_seat_and_a_mark_after_the_threshold() -> None:
    for example in harness.examples("vote-strip"):
        strip = html.fromstring(harness.render(ENV, example))
        counts = example.args["counts"]
        cells = strip.xpath(".//i")
        assert len(cells) == sum(counts.values())
        for before in strip.xpath(".//b"):
            assert len(before.xpath("preceding::i")) == example.args["threshold"]


def test_strip_has_rows_of_at_most_twenty() -> None:
    for example in harness.examples("vote-strip"):
        rows = html.fromstring(harness.render(ENV, example)).xpath(".//*[@class='vote-row']")
        assert all(len(row.xpath("./i")) <= 20 for row in rows)


def test_vote_words_agree_with_gender() -> None:
    shown = harness.render(ENV, next(harness.examples("vote-grid")))
    assert "Утрималася" in shown and "Утримався" in shown


def test_vote_bar_fills_the_whole_width() -> None:
    for example in harness.examples("vote-bar"):
        rects = html.fromstring(harness.render(ENV, example)).xpath(".//rect")
        assert 100 == pytest.approx(sum(float(rect.get("width").rstrip("%")) for rect in rects), abs=0.1)


def test_secret_vote_names_nobody() -> None:
    secret = next(example for example in harness.examples("vote-panel") if example.args["vote"]["is_secret"])
    assert "vote-names" not in harness.render(ENV, secret)


def test_consultation_prints_no_count_of_days() -> None:
    shown = harness.render(ENV, next(harness.examples("consultation")))
    assert not re.search(r"\d\s+робочі?х? дн", shown)
    assert "до 30\u00a0листопада 2026\u00a0року, 23:59" in shown


def test_picture_offers_avif_in_every_width() -> None:
    photo = {"alt": "Сквер", "jpeg": "/media/a.jpg", "width": 960, "height": 640,
             "avif": [("/media/a-480.avif", 480), ("/media/a-960.avif", 960)]}
    shown = harness.render(ENV, harness.Example("picture", "", {"photo": photo}))
    assert 'srcset="/media/a-480.avif 480w, /media/a-960.avif 960w"' in shown


def test_phone_number_is_dialled_without_spaces() -> None:
    phones = [{"number": "0\u00a0800 300-414", "title": "Гаряча лінія"}]
    assert 'href="tel:0800300414"' in harness.render(ENV, harness.Example("phone-tiles", "", {"phones": phones}))
