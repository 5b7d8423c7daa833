"""The patterns page: every component with its examples, for those who look after the theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from plugins.records import Library, PageModel

URL = "/zrazky/"
THEME = Path(__file__).resolve().parents[2] / "theme"
WHOLE = ("site-header", "site-footer", "display-panel", "page-head", "greeting")
"""Components that stand once on a page (landmarks, the first heading): this page has its own."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a component: values for its macro, the text of a call block, the language of its words."""

    name: str
    args: dict[str, Any]
    body: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A component with its examples."""

    name: str
    macro: str
    takes_body: bool
    examples: tuple[Example, ...]


@dataclass(frozen=True, kw_only=True)
class PatternsPage(PageModel):
    """All components."""

    template: ClassVar[str] = "site/patterns.html"
    page_kind: ClassVar[str] = "page"

    patterns: tuple[Pattern, ...]


def patterns(library: Library) -> Iterator[PageModel]:
    """The one page; search engines leave it out."""
    yield PatternsPage(url=URL, title="Зразки складників", is_indexed=False,
                       description="Складники сторінок цього сайту з прикладами.", patterns=_read())


@cache
def _read() -> tuple[Pattern, ...]:
    return tuple(_pattern(file) for file in sorted((THEME / "examples").glob("*.yml")) if file.stem not in WHOLE)


def _pattern(file: Path) -> Pattern:
    source = (THEME / "templates" / "components" / f"{file.stem}.html").read_text(encoding="utf-8")
    entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Pattern(file.stem, file.stem.replace("-", "_"), "caller()" in source,
                   tuple(Example(**_at_home(entry)) for entry in entries))


def _at_home(value: Any) -> Any:
    """The same values with links that lead to this page: those of the examples are pages of no council."""
    if isinstance(value, dict):
        return {key: _at_home(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_at_home(item) for item in value]
    return URL if isinstance(value, str) and value.startswith(("/", "#")) else value
