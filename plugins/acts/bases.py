"""What an act rests on: laws and their articles, from the field `legal_basis` or from the words of the preamble."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from plugins.records.late import late
from plugins.ukrainian import NBSP, day, slug

from . import points
from .grammar import DAY, day_of

if TYPE_CHECKING:
    from .model import ActDocument

QUOTED = r"(?:«(?P<{0}>(?:[^«»]|«[^«»]*»){{3,250}})»|[“„\"](?P<{0}2>[^“”„\"«»]{{3,250}})[”“\"])"
DATED = (r"(?:\s+від\s+[0-9]{1,2}(?:\.[0-9]{1,2}\.|\s+[а-яіїє]+\s+)[0-9]{4}(?:\s*(?:року|р\.))?)?"
         r"(?:\s*,?\s*№\s*[0-9]+(?:/[0-9]+)?(?:-[0-9A-Za-zА-ЯІЇЄҐ]+)?)?")
LAW = late(
    rf"[Зз]акон\w{{0,3}}\s+України{DATED}\s+{QUOTED.format('title')}|ЗУ\s+{QUOTED.format('short')}"
    r"|(?P<pair>[А-ЯІЇЄҐ][а-яіїєґ’'ʼ]+(?:ого|ому|им))(?=\s+(?:та|і|й)\s+[А-ЯІЇЄҐ][а-яіїєґ’'ʼ]+(?:ого|ому|им)"
    r"\s+кодекс(?:ів|ам|ами)\s+України)"
    r"|(?P<code>[А-ЯІЇЄҐ][а-яіїєґ’'ʼ]+(?:ий|ого|ому|им)(?:\s+[а-яіїєґ’'ʼ]+(?:ий|ого|ому|им))?)\s+кодекс\w{0,3}\s+України"
    r"|[Кк]одекс\w{0,3}\s+(?:України\s+)?(?P<named>законів\s+про\s+працю|цивільного\s+захисту"
    r"|про\s+адміністративні\s+правопорушення|з\s+процедур\s+банкрутства|адміністративного\s+судочинства)"
    r"(?:\s+України)?|Конституці\w{1,3}\s+України"
    r"|(?:[Пп]останов\w{1,4}\s+(?P<cabinet>Кабінету\s+Міністрів)|Указ\w{0,3}\s+Президента)\s+України\s+від\s+"
    rf"(?P<on>{DAY})\s*№\s*(?P<number>[0-9][0-9/-]*)")
NEXT_TITLE = late(rf"(?:\s*,\s*|\s+(?:та|і|й)\s+){QUOTED.format('title')}")
"""The second law of «Законів України «…», «…» та «…»»."""
NUMBERS = (r"[0-9]+(?:-[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?:(?:\s*,\s*(?:(?:та|і|й)\s+)?|\s+(?:та|і|й)\s+|\s*[–—]\s*)"
           r"[0-9]+(?:-[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)*")
ARTICLES = late(rf"(?:статт\w{{1,4}}|статей|ст\.(?:\s*ст\.)?)\s*(?P<numbers>{NUMBERS})", re.I)
NUMBER = late(r"[0-9]+(?:-[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NAMED = {"законів": "Кодекс законів про працю України", "цивільного": "Кодекс цивільного захисту України",
         "про": "Кодекс України про адміністративні правопорушення",
         "з": "Кодекс України з процедур банкрутства",
         "адміністративного": "Кодекс адміністративного судочинства України"}
"""Codes that are not named by an adjective, by the first word of what is theirs."""
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
        article = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: f"-{raised[0].translate(points.SUPERSCRIPTS)}", self.article)
        return f"{words}/" + (f"stattia-{slug(article)}/" if article else "")


def bases_of(document: ActDocument) -> tuple[Basis, ...]:
    """What a document rests on, each once, in the order of the text; what an editor stated goes before the preamble."""
    stated = [basis for norm in document.legal_basis
              for basis in list(_bases(norm.title)) or [Basis(" ".join(norm.title.split()), "")]]
    return tuple(dict.fromkeys(stated or _bases(_preamble(document))))


def laws_in(text: str) -> tuple[str, ...]:
    """The laws that a text names, each in the nominative."""
    return tuple(law for law, _, _ in _laws(text))


def _preamble(document: ActDocument) -> str:
    """The words before the first point; a text without points has none."""
    tree = points.parse(document.text)
    if len(tree) < 2 or not isinstance(tree[0], points.Passage):
        return ""
    return tree[0].source[:PREAMBLE]


def _bases(text: str) -> Iterator[Basis]:
    """«пункту 23 частини першої статті 26 Закону України «…»», «Бюджетний кодекс України, статті 14, 78»."""
    laws = list(_laws(text))
    for index, (law, start, end) in enumerate(laws):
        before = text[laws[index - 1][2] if index else 0:start]
        after = text[end:laws[index + 1][1] if index + 1 < len(laws) else len(text)]
        articles = [number for found in ARTICLES.finditer(before) for number in NUMBER.findall(found["numbers"])]
        if not articles and not index and (match := re.match(r"\s*[,(]\s*", after)):
            stated = ARTICLES.match(after, match.end())
            articles = NUMBER.findall(stated["numbers"]) if stated else []
        yield from (Basis(law, article) for written in articles or [""] for article in _articles(written))


def _articles(written: str) -> tuple[str, ...]:
    """«186-1» is the article 186¹, as the law writes it; «20-22» are the ends of a row."""
    first, _, second = written.partition("-")
    if not second:
        return (written,)
    return (first, second) if int(second) > int(first) else (first + second.translate(RAISED),)


def _laws(text: str) -> Iterator[tuple[str, int, int]]:
    """(a law in the nominative, where it begins, where it ends)."""
    for law in LAW.finditer(text):
        yield _name(law), law.start(), law.end()
        following = NEXT_TITLE.match(text, law.end()) if law["title"] or law["title2"] else None
        while following:
            yield _titled(following["title"] or following["title2"]), following.start(), following.end()
            following = NEXT_TITLE.match(text, following.end())


def _name(law: re.Match[str]) -> str:
    if title := law["title"] or law["title2"] or law["short"] or law["short2"]:
        return _titled(title)
    if adjectives := law["code"] or law["pair"]:
        words = " ".join(re.sub(r"(?:ого|ому|им)$", "ий", word) for word in adjectives.split())
        return f"{words} кодекс України"
    if law["on"]:
        who = "Постанова Кабінету Міністрів" if law["cabinet"] else "Указ Президента"
        on = day_of(law["on"])
        return f"{who} України від {day(on) if on else law['on']} №{NBSP}{law['number']}"
    return NAMED[law["named"].split()[0]] if law["named"] else "Конституція України"


def _titled(title: str) -> str:
    words = re.sub("['ʼ]", "’", " ".join(title.split()))
    if words.isupper():
        words = words.capitalize()
    return f"Закон України «{words}»"
