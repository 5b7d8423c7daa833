"""The style sheets: contrast of the tokens, weight, house rules, nothing missing."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest

from plugins.builder import assets
from tests.theme import harness

STATIC = harness.THEME / "static"
CSS = sorted((STATIC / "css").rglob("*.css"))
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
NAMED_COLOURS = {"#fff": "#ffffff"}

TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-2", "navy", "link") for ground in ("paper", "surface", "sunk")],
    *[("ink-2", ground) for ground in ("ok-soft", "danger-soft", "warn-soft", "info-soft", "wheat-soft")],
    *[(word, f"{word}-soft") for word in ("ok", "danger", "warn", "info", "mute")],
    *[(word, ground) for word in ("ok", "danger", "warn") for ground in ("surface", "paper")],
    *[("link", ground) for ground in ("warn-soft", "danger-soft", "info-soft")],
    *[("ink", ground) for ground in ("wheat-soft", "warn-soft", "danger-soft", "info-soft")],
    ("link-hover", "paper"), ("visited", "paper"), ("wheat-ink", "wheat-soft"), ("navy-ink", "navy"), ("surface", "ok"),
    ("surface", "danger"), ("abstain-sign", "wheat"), ("foot-ink", "foot"), ("foot-2", "foot"), ("foot-ink", "card"),
    ("foot-2", "card"),
]
CONTROL_PAIRS = [("line-strong", "paper"), ("line-strong", "surface"), ("focus", "paper"), ("focus", "surface"),
                 ("navy", "surface"), ("wheat-ink", "surface"), ("foot-band-a", "foot"), ("foot-band-b", "foot")]


def scheme(selector: str) -> dict[str, str]:
    """The colours of one block of tokens.css; a council's own value stands before its default."""
    block = TOKENS[TOKENS.index(selector):].split("}", 1)[0]
    found = re.findall(r"--([\w-]+):\s*(?:var\(--[\w-]+,\s*)?(#[0-9a-f]{3,6}|var\(--[\w-]+\))", block)
    return {name: NAMED_COLOURS.get(value, value) for name, value in found}


LIGHT = scheme(":root {")
SCHEMES = {"light": LIGHT, "dark": LIGHT | scheme(':root[data-scheme="dark"] {')}


def colour(tokens: dict[str, str], name: str) -> str:
    value = tokens[name]
    return colour(tokens, value[6:-1]) if value.startswith("var(") else value


def luminance(value: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(value[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_text_can_be_read(name: str, pair: tuple[str, str]) -> None:
    assert contrast(*(colour(SCHEMES[name], part) for part in pair)) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("pair", CONTROL_PAIRS, ids=" on ".join)
def test_controls_can_be_seen(name: str, pair: tuple[str, str]) -> None:
    assert contrast(*(colour(SCHEMES[name], part) for part in pair)) >= 3


def test_contrast_of_black_on_white_is_21() -> None:
    assert 21 == pytest.approx(contrast("#000000", "#ffffff"))


def test_device_and_reader_get_the_same_dark_colours() -> None:
    assert scheme(':root:not([data-scheme="light"]) {') == scheme(':root[data-scheme="dark"] {')


def test_styles_fit_the_budget() -> None:
    assert len(brotli.compress(harness.stylesheet().encode())) <= 12_000


def test_scripts_fit_the_budget() -> None:
    main, _ = assets.script(STATIC)
    # Those of the search have budgets of their own (tests/plugins/search: test_reader.py, test_browser.py).
    assert len(brotli.compress(main.encode())) <= 2_000


def test_each_script_is_served_once() -> None:
    main, joined = assets.script(STATIC)
    names = {file.stem for file in (STATIC / "js").glob("*.js") if f"js/{file.name}" not in joined}
    assert {"search", "search-narrow", "search-page", "search-pagefind", "search-recent", "search-typos"} == names
    assert "import" not in main


def test_main_takes_in_every_style_sheet() -> None:
    named = re.findall(r'@import url\("([^"]+)"\)', (STATIC / "css" / "main.css").read_text(encoding="utf-8"))
    here = [file.relative_to(STATIC / "css").as_posix() for file in CSS if file.name != "main.css"]
    assert sorted(named) == sorted(here)


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.stem)
def test_style_sheet_keeps_the_house_rules(file: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    assert "!important" not in rules
    assert not re.search(r"(^|[\s,>+~}])#[a-z]", re.sub(r"\{[^{}]*\}", "{}", rules), re.I)
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", rules)
    assert not re.search(r"[\s{;](left|right|top|bottom|width|height):", rules)
    assert rules.count("{") == rules.count("}")


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.stem)
def test_style_sheet_names_only_tokens_that_exist(file: Path) -> None:
    known = set(re.findall(r"(--[\w-]+):", harness.stylesheet()))
    used = set(re.findall(r"var\((--[\w-]+)\)", file.read_text(encoding="utf-8")))
    assert used <= known


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.stem)
def test_style_sheet_points_to_files_that_exist(file: Path) -> None:
    for address in re.findall(r'(?<!@import )url\("([^"]+)"\)', file.read_text(encoding="utf-8")):
        assert (file.parent / address).is_file()
