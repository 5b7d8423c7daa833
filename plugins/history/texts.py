"""The full text of a revision: its fields in words, its texts as HTML of their own.

The text is what it was, the site around it is not: links inside the site and pictures are told in words, so that
nothing on the page of a revision ever changes, and nothing leads to what is there no more.
"""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup, escape

from plugins.records import BadLink, Document, frozen
from plugins.records.link import ABSOLUTE
from plugins.records.markdown import Context, render

from .parts import TABLE, Content
from .wording import Naming, fields_of

NOWHERE = re.compile(r"<a(?: title=\"[^\"]*\")? ?>(.*?)</a>", re.DOTALL)
"""A link that was left without its address."""
LARGEST = 300_000
"""Signs of a text that a page shows."""


@frozen
class FullText:
    """A revision as it was typed. `fields`: (title, lines); `texts`: (title, text); `files`: (name, facts)."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


@frozen
class Passage:
    """A text under its title."""

    title: str
    html: Markup


def full_text(model: type[Document], content: Content, name_of: Naming, now: datetime) -> FullText:
    """What a revision said."""
    return FullText(
        tuple((title, tuple(line for line in words.split("\n") if line))
              for title, words in fields_of(model, content, name_of, now)),
        tuple((title, text) for title, text in content.texts.items() if text),
        tuple((name, facts.words) for name, facts in content.files.items()))


def passages_of(text: FullText) -> tuple[Passage, ...]:
    """Its texts as HTML; tables of files as they are."""
    return tuple(Passage(title, _html(title, words, f"t{number}-")) for number, (title, words) in enumerate(text.texts))


def _html(title: str, words: str, prefix: str) -> Markup:
    shown = words[:LARGEST]
    rest = Markup("<p>…</p>") if len(words) > LARGEST else Markup("")
    if title.startswith(TABLE):
        return Markup('<pre tabindex="0">{}</pre>').format(shown) + rest
    html = render(shown, Context(_link, _picture, prefix, top_level=3)).html
    return Markup(NOWHERE.sub(r"\1", html)) + rest  # noqa: S704 — clean already, and only tags go


def _link(href: str) -> str:
    if ABSOLUTE.match(href):
        return href
    raise BadLink(href)


def _picture(src: str, alt: str, title: str) -> str:
    return str(Markup("<em>[зображення: {}]</em>").format(alt or title or escape(src)))
