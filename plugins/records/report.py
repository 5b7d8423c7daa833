"""Problems: what is wrong, where, and how it should be — for the terminal, the pull request and programs.

A *problem* belongs to one place in one file. Its code is stable, and `check --explain CODE` shows a wrong and a
right example. Two weights: an error ends the build with status 1, a remark is listed and counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from .frozen import frozen

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONG_QUOTE = re.compile("«([^«»]{120})[^«»]+»")
REMARKS_SHOWN = 20
"""Remarks of one code that are printed one by one; the rest are only counted (a moved-in site can have thousands)."""


class Weight(Enum):
    """How heavy a problem is (design §6)."""

    ERROR = "помилка"
    REMARK = "зауваження"


@frozen
class Code:
    """A kind of problem: its stable name, what it means, a wrong and a right example (all shown to editors)."""

    name: str
    title: str
    wrong: str
    right: str
    is_lenient: bool = False
    """True: only a remark in a document with Pelican's own head (a site that has just moved in)."""


CODES: dict[str, Code] = {}


def code(name: str, title: str, wrong: str, right: str, *, is_lenient: bool = False) -> Code:
    """Declare a code; each name once. Returns it, for use beside the rule."""
    if name in CODES:
        raise ValueError(f"code {name} is declared twice")
    CODES[name] = Code(name, title, wrong, right, is_lenient)
    return CODES[name]


@frozen
class Problem:
    """What a rule yields: the field's path in the record (`items.2.votes.0.counts`), the text, the code."""

    field: str
    text: str
    code: Code
    weight: Weight = Weight.ERROR
    below: int = 0
    """How many lines under the first of the field's own text it stands."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem with its place: what is printed."""

    path: str
    line: int
    label: str
    text: str
    code: str
    weight: str = Weight.ERROR.value

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        label = f"{self.label}: " if self.label else ""
        return f"{place}: {label}{self.text} [{self.code}]"


class Report:
    """All findings of one run, in a stable order, each once.

    `unread` holds (kind, identifier) of what could not be taken as a record, with "*" for all of a kind: its problem
    is told where it stands, and a reference to it is no second one. `unread_files`: the files of such documents.
    """

    def __init__(self) -> None:
        self._findings: set[Finding] = set()
        self.unread: set[tuple[str, str]] = set()
        self.unread_files: set[Path] = set()

    def __len__(self) -> int:
        return len(self._findings)

    def add(self, *findings: Finding) -> None:
        """Note findings; the same one twice counts once."""
        self._findings.update(map(_tidy, findings))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Note many findings."""
        self._findings.update(map(_tidy, findings))

    def take(self, other: Report) -> None:
        """Note all that another report holds."""
        self._findings |= other._findings
        self.unread |= other.unread
        self.unread_files |= other.unread_files

    @property
    def all(self) -> set[Finding]:
        """All findings."""
        return self._findings

    @property
    def errors(self) -> list[Finding]:
        """Findings that end the build."""
        return sorted(f for f in self._findings if f.weight == Weight.ERROR.value)

    @property
    def remarks(self) -> list[Finding]:
        """Findings that are only listed."""
        return sorted(f for f in self._findings if f.weight == Weight.REMARK.value)


def _tidy(finding: Finding) -> Finding:
    """The finding on one line that any terminal can print; what it quotes is cut where it is long."""
    if not (UNPRINTABLE.search(finding.path) or UNPRINTABLE.search(finding.text) or LONG_QUOTE.search(finding.text)):
        return finding
    path, text = (UNPRINTABLE.sub("\ufffd", value.replace("\n", " ")) for value in (finding.path, finding.text))
    return replace(finding, path=path, text=LONG_QUOTE.sub(r"«\1…»", text))


def as_text(report: Report) -> list[str]:
    """Lines for the terminal: errors, then remarks (of each code at most REMARKS_SHOWN, the rest counted)."""
    lines = [str(finding) for finding in report.errors]
    shown: Counter[str] = Counter()
    for finding in report.remarks:
        shown[finding.code] += 1
        if shown[finding.code] <= REMARKS_SHOWN:
            lines.append(f"{finding} ({Weight.REMARK.value})")
    lines += [f"… і ще {count - REMARKS_SHOWN} зауважень [{name}]"
              for name, count in sorted(shown.items()) if count > REMARKS_SHOWN]
    return lines


def as_github(report: Report) -> list[str]:
    """Workflow commands that GitHub shows beside the lines of a change."""
    def escape(text: str, *, is_property: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if is_property else text

    return [
        f"::{level} file={escape(f.path, is_property=True)},line={max(f.line, 1)},"
        f"title={escape(f.code, is_property=True)}::{escape(f'{f.label}: {f.text}' if f.label else f.text)}"
        for level, findings in (("error", report.errors), ("warning", report.remarks)) for f in findings
    ]


def as_json(report: Report) -> str:
    """One JSON array of objects: path, line, field, text, code, weight."""
    return json.dumps(
        [{"path": f.path, "line": f.line, "field": f.label, "text": f.text, "code": f.code, "weight": f.weight}
         for f in [*report.errors, *report.remarks]], ensure_ascii=False, indent=1)


def explain(name: str) -> str | None:
    """What a code means, with both examples; None for a name nobody declared."""
    found = CODES.get(name.upper())
    if not found:
        return None
    weight = " У документах із шапкою Pelican — лише зауваження." if found.is_lenient else ""
    return f"{found.name}: {found.title}{weight}\n\nНеправильно:\n{found.wrong}\n\nПравильно:\n{found.right}\n"
