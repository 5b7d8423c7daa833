"""The patterns pages: every component with its examples, for those who look after the theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from plugins.records import Library, Link, PageModel, frozen

URL = "/zrazky/"
ON_A_PAGE = 16
THEME = Path(__file__).resolve().parents[2] / "theme"
WHOLE = ("site-header", "site-footer", "display-panel", "page-head", "greeting")
"""Components that stand once on a page (landmarks, the first heading): this page has its own."""


@frozen
class Example:
    """One example of a component: values for its macro, the text of a call block, the language of its words."""

    name: str
    args: dict[str, Any]
    body: str = ""
    words: str = ""


@frozen
class Pattern:
    """A component with its examples."""

    name: str
    macro: str
    takes_body: bool
    examples: tuple[Example, ...]


@frozen(kw_only=True)
class PatternsPage(PageModel):
    """Some of the components, in order of their names."""

    template: ClassVar[str] = "site/patterns.html"
    page_kind: ClassVar[str] = "page"

    parts: tuple[Link, ...]
    """All these pages, by their first and last component."""
    patterns: tuple[Pattern, ...]


def patterns(library: Library) -> Iterator[PageModel]:
    """Pages of a size that a browser likes; search engines leave them out."""
    read = _read()
    groups = [read[start:start + ON_A_PAGE] for start in range(0, len(read), ON_A_PAGE)]
    parts = tuple(Link(f"{group[0].name} — {group[-1].name}", URL if number == 1 else f"{URL}{number}/")
                  for number, group in enumerate(groups, 1))
    for group, part in zip(groups, parts, strict=True):
        yield PatternsPage(url=part.url, title=f"Зразки складників: {part.title}", is_indexed=False, parts=parts,
                           description=f"Складники сторінок цього сайту з прикладами: {part.title}.", patterns=group)


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
