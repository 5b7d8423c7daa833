"""Planned items and motions as lines of YAML, keys in the order of the model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.meetings.model import Counts
from plugins.votes.model import VoteOption

from .agenda import Planned, PlannedItem

PLAIN = re.compile(r"[^\W\d_«№(][^:#\[\]{}\"'&*!|>%@`\\]*|«[^:#\[\]{}\"'&*!|>%@`\\]*")
RESERVED = {"null", "true", "false", "yes", "no", "on", "off"}


def items_of(items: Iterable[PlannedItem], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}- no: {item.no}"
        for key, value in (("label", item.label), ("title", item.title), ("draft", item.draft),
                           ("draft_number", item.draft_number)):
            if value:
                yield f"{indent}  {key}: {scalar(value)}"
        yield f"{indent}  votes:"
        yield from motions_of(item.motions, f"{indent}    ")


def motions_of(motions: Iterable[Planned], indent: str) -> Iterator[str]:
    for motion in motions:
        facts = facts_of(motion)
        yield f"{indent}- uid: {facts.pop('uid')}"
        for key, value in facts.items():
            if key == "result" and motion.note:
                yield f"{indent}  # {motion.note}"
            yield f"{indent}  {key}: {_counts(value) if isinstance(value, dict) else scalar(value)}"


def facts_of(motion: Planned) -> dict[str, Any]:
    """The keys of a motion in the order of the model; empty ones are left out."""
    facts: dict[str, Any] = {
        "uid": motion.uid, "at": motion.at, "text": motion.text, "type": motion.type.value,
        "requirement": motion.requirement.value, "counts": _numbers(motion.counts), "result": motion.result.value,
        "unnamed": _numbers(motion.unnamed) if motion.unnamed else None, "is_secret": "так" if motion.is_secret else "",
        "mayor_votes": "" if motion.mayor_votes else "ні", "without_quorum": "так" if motion.without_quorum else ""}
    return {key: value for key, value in facts.items() if value}


def _numbers(counts: Counts) -> dict[str, str]:
    return {option.value: str(getattr(counts, option.value)) for option in VoteOption}


def _counts(counts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in counts.items()) + "}"


def scalar(text: str) -> str:
    """A value as YAML that reads back letter for letter."""
    is_plain = PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in RESERVED
    is_code = re.fullmatch(r"[0-9][0-9a-z/:.-]*", text)
    return text if is_plain or (is_code and not text.endswith(":")) else json.dumps(text, ensure_ascii=False)
