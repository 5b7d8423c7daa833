"""What an act rests on: laws and their articles, from the field `legal_basis` or from the words of the preamble."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from plugins.ukrainian import NBSP, slug

from . import points

if TYPE_CHECKING:
    from .model import ActDocument

LAW = re.compile(
    r"Закон\w{0,3}\s+України\s+«(?P<title>(?:[^«»]|«[^«»]*»){3,200})»"
    r"|(?P<code>[А-ЯІЇЄҐ][а-яіїєґ’']+(?:ий|ого|ому|им))\s+кодекс\w{0,3}\s+України"
    r"|Кодекс\w{0,3}\s+законів\s+про\s+працю\s+України|Конституці\w{1,2}\s+України")
ARTICLES = re.compile(r"(?:статт\w{1,4}|статей|ст\.)\s+"
                      r"(?P<numbers>[0-9]+(?:-[0-9]+|[¹²³⁴⁵⁶⁷⁸⁹])?(?:(?:\s*,\s*|\s+(?:та|і|й)\s+|\s*[–—]\s*)"
                      r"[0-9]+(?:-[0-9]+|[¹²³⁴⁵⁶⁷⁸⁹])?)*)", re.I)
NUMBER = re.compile(r"[0-9]+(?:-[0-9]+|[¹²³⁴⁵⁶⁷⁸⁹])?")
PREAMBLE = 3_000
"""Signs of a text in which its basis is looked for."""


LONGEST = 90
"""Signs of a law's part of an address; longer ones are cut and told apart by their digests."""


class Basis(NamedTuple):
    """A law, in the nominative, and an article of it; empty: the law as a whole."""

    law: str
    article: str

    @property
    def name(self) -> str:
        """«Земельний кодекс України, стаття 12»."""
        return f"{self.law}, стаття{NBSP}{self.article}" if self.article else self.law

    @property
    def path(self) -> str:
        """Its part of an address: `zemelnyi-kodeks-ukrainy/stattia-12/`."""
        words = slug(self.law)
        if len(words) > LONGEST:
            words = f"{words[:LONGEST].strip('-')}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"
        return f"{words}/" + (f"stattia-{slug(self.article)}/" if self.article else "")


def bases_of(document: ActDocument) -> tuple[Basis, ...]:
    """What a document rests on, each once, in the order of the text; what an editor stated goes before the preamble."""
    stated = [basis for norm in document.legal_basis for basis in _bases(norm.title)]
    return tuple(dict.fromkeys(stated or _bases(_preamble(document))))


def _preamble(document: ActDocument) -> str:
    """The words before the first point; a text without points has none."""
    tree = points.parse(document.text)
    if len(tree) < 2 or not isinstance(tree[0], points.Passage):
        return ""
    return tree[0].source[:PREAMBLE]


def _bases(text: str) -> Iterator[Basis]:
    """«пункту 23 частини першої статті 26 Закону України «…»», «Бюджетний кодекс України, статті 14, 78»."""
    laws = list(LAW.finditer(text))
    for index, law in enumerate(laws):
        before = text[laws[index - 1].end() if index else 0:law.start()]
        after = text[law.end():laws[index + 1].start() if index + 1 < len(laws) else len(text)]
        found = list(ARTICLES.finditer(before))
        if not found and not index and (match := re.match(r"\s*[,(]\s*", after)):
            found = [item for item in [ARTICLES.match(after, match.end())] if item]
        articles = NUMBER.findall(found[-1]["numbers"]) if found else [""]
        yield from (Basis(_name(law), article) for article in articles)


def _name(law: re.Match[str]) -> str:
    if law["title"]:
        return f"Закон України «{' '.join(law['title'].split())}»"
    if law["code"]:
        return f"{re.sub(r'(?:ого|ому|им)$', 'ий', law['code'])} кодекс України"
    return "Конституція України" if law[0].startswith("Конст") else "Кодекс законів про працю України"
