"""The text of minutes → its parts: what stands before the questions, each question with what is said of it.

The text is the council's own: no word of it is changed or left out here. Parts are recognised so that the form can set
them under its headings and add only what the text does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from plugins.documents.model import Flow, words_of
from plugins.records import frozen

from .completeness import MOST, stems

HEARD, SPOKE, CONFLICT, VOTED, DECIDED, ACCOUNT = (
    "СЛУХАЛИ", "ВИСТУПИЛИ", "КОНФЛІКТ ІНТЕРЕСІВ", "ГОЛОСУВАЛИ", "ВИРІШИЛИ", "")
LABEL = re.compile(r"^(слухали|виступили|голосували|вирішили|ухвалили)\s*:\s*", re.IGNORECASE)
BEGINNINGS = ((re.compile(r"^допові(?:да(?:є|ч)|в|ла)", re.IGNORECASE), HEARD),
              (re.compile(r"^слуха", re.IGNORECASE), HEARD),
              (re.compile(r"^виступи", re.IGNORECASE), SPOKE),
              (re.compile(r"конфлікт\w* інтересів", re.IGNORECASE), CONFLICT),
              (re.compile(r"^голосува(?:ння|ли)\b", re.IGNORECASE), VOTED),
              (re.compile(r"^(?:виріш|ухвал)(?:ил|ен)", re.IGNORECASE), DECIDED))
NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)*)[.)]?\s")
HALF = 0.5
"""Which part of the words of a short text another must hold to say the same."""
APART = ("list", "table", "quote")
"""Blocks whose parts are words of their own."""
INVISIBLE = str.maketrans("", "", "\u00ad\u2060\u200b")


@frozen
class Section:
    """A heading of the text (None before the first) with its blocks. `level` as in the text."""

    heading: dict[str, Any] | None
    blocks: Flow

    @property
    def words(self) -> str:
        """The heading's plain words."""
        return words_in([self.heading]) if self.heading else ""


@frozen
class Passage:
    """Blocks under one of the labels above; `own` is the label as the text spells it."""

    kind: str
    blocks: Flow
    own: str = ""


def words_in(blocks: Iterable[Any]) -> str:
    """All words of blocks as plain text."""
    told = [(" " if block.get("kind") in APART else "").join(words_of([block])) for block in blocks]
    return " ".join(told).translate(INVISIBLE).replace("\u00a0", " ").strip()


def sections(blocks: Flow) -> list[Section]:
    """The text cut at its headings."""
    found: list[tuple[dict[str, Any] | None, list[dict[str, Any]]]] = [(None, [])]
    for block in blocks:
        if block["kind"] == "heading":
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return [Section(heading, tuple(own)) for heading, own in found if heading or own]


def question_of(heading: str, titles: Sequence[tuple[str, str]]) -> int | None:
    """Which of the (number, title) a heading names: by most of its words, before all one of the same number."""
    told, number = stems(heading), NUMBER.match(heading)
    alike = [place for place, (_, title) in enumerate(titles)
             if (own := stems(title)) and len(own & told) >= MOST * len(own)]
    same = [place for place in alike if number and titles[place][0] == number[1]]
    return next(iter(same or alike), None)


def passages(blocks: Sequence[dict[str, Any]]) -> list[Passage]:
    """Blocks of a question, those of one kind together, in the order of the text."""
    found: list[Passage] = []
    for block in blocks:
        kind, own, rest = _recognised(block)
        is_below_label = bool(found) and not found[-1].blocks and kind == ACCOUNT
        if found and not own and (found[-1].kind == kind or is_below_label):
            found[-1] = Passage(found[-1].kind, (*found[-1].blocks, *rest), found[-1].own)
        else:
            found.append(Passage(kind, rest, own))
    return found


def _recognised(block: dict[str, Any]) -> tuple[str, str, Flow]:
    """(kind, label as the text spells it, the block without that label: nothing, where the label stands alone)."""
    if block["kind"] != "p":
        return ACCOUNT, "", (block,)
    words = words_in([block])
    kind = next((name for pattern, name in BEGINNINGS if pattern.search(words)), ACCOUNT)
    label = LABEL.match(words)
    content = _without(block["content"], label[0].strip()) if label else None
    if label is None or content is None:
        return kind, "", (block,)
    return kind, label[1].upper(), ({**block, "content": content},) if any(content) else ()


def _without(content: Sequence[Any], label: str) -> list[Any] | None:
    """The words of a paragraph without the label at their beginning; None where they are not to be parted."""
    first, *others = content
    words = (first if isinstance(first, str) else words_in([first])).translate(INVISIBLE)
    if isinstance(first, dict) and words.strip() in (label, label.rstrip(": ")):
        return [others[0].lstrip(" :"), *others[1:]] if others and isinstance(others[0], str) else others
    if isinstance(first, str) and words.startswith(label):
        return [words[len(label):].lstrip(" "), *others]
    return None


def is_said(words: str, by: str, least: float = 1.0) -> bool:
    """True if `by` holds (at least this part of) the words, by their stems, and all the numbers."""
    own = stems(words)
    return bool(own) and len(own & stems(by)) >= least * len(own) and set(re.findall(r"\d+", words)) <= set(
        re.findall(r"\d+", by))
