"""A page's HTML → its sections: the parts that a result can lead to, with the words of each.

A long act is found by its point, with a link to it: a section ends where an element with an anchor begins, once it is
long enough. The first section of a page holds the words of its title.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from plugins.ukrainian import literals, spelt_key, words

from .codec import LONGEST_TERM, is_writable, where_of

SHORT, ENOUGH, LONG = 40, 150, 500
"""Words after which a section ends at the next heading with an anchor, at any anchor, at the next paragraph."""
BLOCKS = ("p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "div", "section", "article",
          "br", "dt", "dd", "figcaption", "caption", "blockquote", "pre", "table", "summary", "details", "hr")
PARAGRAPHS = ("p", "li", "h2", "h3", "table")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->", re.S)
ID = re.compile(r"(?<![\w-])id=[\"']?([^\"'\s>]+)")
HEADING = re.compile(r"h[1-6]$")
SPACES = re.compile(r"\s+")
COUNTED = 1 << 12
"""Occurrences beyond these count no more."""
TITLE, WHERE = 1 << 12, 13
"""In the number of a posting: count in the lowest 12 bits, then title, then the place (0 to 3)."""
LAST = 252
"""The place from which all are the same (`codec.where_of`)."""
FIRSTS = tuple(where_of(place) << WHERE for place in range(LAST + 1))


class Part(NamedTuple):
    """A piece of a page: its anchor, the heading above it, plain text."""

    anchor: str
    heading: str
    text: str


class Section(NamedTuple):
    """A section as the index takes it."""

    anchor: str
    heading: str
    text: str
    length: int
    """In words, those of the title among them."""
    terms: str
    """Words as the dictionary spells them, numbers and concepts, joined by line feeds."""
    marks: bytes
    """An array of 16-bit numbers, one a term: count | title | place."""


class Spellings(NamedTuple):
    """Concepts with more than one word: how they are found in a text."""

    firsts: Mapping[str, tuple[tuple[str, tuple[frozenset[str], ...]], ...]]
    """Key of a first word → (term of the concept, keys of each further word)."""

    def find(self, keys: Sequence[str], present: Collection[str]) -> Iterator[tuple[str, int]]:
        """(term, place) of every concept in a text; `present`: those first words that are in it."""
        for first in sorted(present):
            places = [place for place, key in enumerate(keys) if key == first]
            for term, rest in self.firsts[first]:
                for place in places:
                    following = keys[place + 1:place + 1 + len(rest)]
                    if len(following) == len(rest) and all(map(frozenset.__contains__, rest, following)):
                        yield term, place


def sections(title: str, html: str, spellings: Spellings, own: Sequence[str] = (),
             files: Iterable[str] = ()) -> tuple[Section, ...]:
    """The sections of a page, at least one, then those of its files.

    `own`: terms by which it can be found, though they stand nowhere; `files`: HTML with the title as a heading.
    """
    found = list(parts(html)) or [Part("", "", "")]
    found += [part for file in files for part in parts(file)]
    return tuple(_section(part, *((title, own) if number == 0 else ("", ())), spellings)
                 for number, part in enumerate(found))


def parts(html: str) -> Iterator[Part]:
    """The pieces of a text; one that is no HTML is one piece."""
    pieces: list[str] = []
    anchor = heading = ""
    count = at = 0
    heading_from: int | None = None
    for tag in TAG.finditer(html):
        pieces.append(html[at:tag.start()])
        count += pieces[-1].count(" ")
        at = tag.end()
        name = (tag[2] or "").lower()
        if name not in BLOCKS:
            continue
        is_end = tag[1] and (HEADING.match(name) or name in ("td", "th"))
        if HEADING.match(name) and tag[1] and heading_from is not None and not heading:
            heading, heading_from = plain("".join(pieces[heading_from:])), None
        pieces.append(_sign("".join(pieces[-2:]), "." if HEADING.match(name) else ",") if is_end else " ")
        found = None if tag[1] else ID.search(tag[3])
        enough = SHORT if name in ("h2", "h3") else ENOUGH
        if not tag[1] and ((found and count >= enough) or (count >= LONG and name in PARAGRAPHS)):
            yield Part(anchor, heading, plain("".join(pieces)))
            pieces, count, heading_from = [], 0, None
            anchor, heading = (found[1] if found else anchor), "" if HEADING.match(name) else heading
        if HEADING.match(name) and not tag[1]:
            heading_from = len(pieces)
    pieces.append(html[at:])
    if (text := plain("".join(pieces))) or anchor:
        yield Part(anchor, heading, text)


def _sign(before: str, sign: str) -> str:
    """What keeps a heading or a cell apart from what follows, where no sign of its own does."""
    return f"{sign} " if before.strip()[-1:].isalnum() else " "


def plain(text: str) -> str:
    """Text without entities, with single spaces."""
    return SPACES.sub(" ", unescape(text) if "&" in text else text).strip(" ,")


def _section(part: Part, title: str, own: Sequence[str], spellings: Spellings) -> Section:
    """Counts of terms. A title is read before the text; its words are marked."""
    head, body = words(title), words(part.text)
    counts: dict[str, int] = {}
    for place, word in enumerate(head):
        counts[word] = counts.get(word, TITLE | FIRSTS[min(place, LAST)]) + 1
    for place, word in enumerate(body, len(head)):
        if (mark := counts.get(word)) is None:
            counts[word] = FIRSTS[place if place < LAST else LAST] + 1
        elif mark % COUNTED < COUNTED - 1:
            counts[word] = mark + 1
    for term in (*own, *literals(title)):
        counts[term] = counts.get(term, TITLE) + 1
    for term in literals(part.text):
        counts[term] = counts.get(term, 0) + 1
    if present := spellings.firsts.keys() & set(map(spelt_key, counts)):
        for term, place in spellings.find([spelt_key(word) for word in (*head, *body)], present):
            counts[term] = counts.get(term, (TITLE if place < len(head) else 0) | FIRSTS[min(place, LAST)]) + 1
    terms = sorted(counts)
    if not is_writable("".join(terms)) or len(max(terms, key=len, default="")) > LONGEST_TERM:
        terms = [term for term in terms if len(term) <= LONGEST_TERM and is_writable(term)]
    return Section(part.anchor, part.heading, part.text, len(head) + len(body), "\n".join(terms),
                   array("H", [counts[term] for term in terms]).tobytes())
