"""What an auditor is told: each check with what it found, what was not checked, and a summary for a journalist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import URLError

from ..findings import COULD_NOT, FINE, LACKING, TAMPERING, Finding, Weight, shown, status_of
from ..repository import NotReadable

NAMES = {"log": ("журнал", "log"), "page": ("файли сайту", "pages"), "history": ("історія", "history"),
         "deadlines": ("строки", "deadlines"), "signers": ("підписанти", "signers"),
         "rebuild": ("власна побудова", "rebuild"), "rewrite": ("переписування", "rewrite"),
         "witness": ("свідок", "witness")}
SIGNS = {Weight.TAMPERING: "✗", Weight.LACKING: "?", Weight.NOTE: "·"}
STATES = {FINE: ("гаразд", "fine"), TAMPERING: ("ПІДРОБКА", "TAMPERING"),
          LACKING: ("бракує доказів", "not enough evidence"), COULD_NOT: ("не вдалося перевірити", "could not run")}
FACTS = {"site": ("Сайт", "Site"), "log": ("Журнал і кількість записів", "Log and number of entries"),
         "root": ("Корінь журналу — звірте його з надрукованим", "Root of the log: compare it with the printed one"),
         "witnessed": ("Свідки бачили журнал", "Witnesses saw the log")}
NO_ANSWER = ("сайт не відповідає", "the site does not answer")
NOT_READ = ("репозиторій не дав потрібного", "the repository does not have what is needed")
NOT_CHECKED = ("не перевірено", "not checked")
SUMMARIES = {
    FINE: ("Підробок не видно в усьому, що тут перевірено. Це не означає, що написане в документах — правда.",
           "No tampering shows in anything that was checked here. It does not mean that what the documents say is "
           "true."),
    TAMPERING: ("Є ознаки підробки — рядки з ✗. Збережіть цей звіт, копію сайту й репозиторію та повторіть перевірку "
                "з іншої мережі, перш ніж робити висновки.",
                "There are signs of tampering: the lines with ✗. Keep this report and a copy of site and repository, "
                "and check again from another network before you draw conclusions."),
    LACKING: ("Ознак підробки не знайдено, але й доказів замало — рядки з «?». Нічого з цього не спростовано "
              "і не доведено.",
              "No sign of tampering was found, yet there is too little evidence: the lines with “?”. "
              "Nothing is refuted, and nothing is proven."),
    COULD_NOT: ("Перевірити не вдалося, тож сказати не можна нічого: ні доброго, ні поганого.",
                "The check could not run, so nothing can be said: neither good nor bad."),
}


@dataclass
class Report:
    """What came of a run. `unchecked`: check → why it did not run; `broken`: those that should have and could not."""

    ran: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unchecked: dict[str, tuple[str, str]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Tampering that was seen outweighs a check that could not run; that outweighs too little evidence."""
        found = status_of(self.findings)
        return COULD_NOT if (self.broken or not self.ran) and found != TAMPERING else found

    def state_of(self, check: str) -> int:
        return COULD_NOT if check in self.broken else status_of(one for one in self.findings if one.check == check)


def as_text(report: Report, language: str) -> str:
    """The report for a person, `uk` or `en`."""
    at = 0 if language == "uk" else 1
    lines = [f"{FACTS[name][at]}: {_said(name, value, language)}" for name, value in report.facts.items()]
    for check in report.ran:
        lines += ["", f"{NAMES[check][at]} — {STATES[report.state_of(check)][at]}"]
        lines += [_line(one, language) for one in sorted(report.findings, key=_heaviest) if one.check == check]
        if check in report.broken:
            lines.append(f"  ! {report.broken[check]}")
    for check, why in report.broken.items():
        if check not in report.ran:
            head = ["", f"{NAMES[check][at]} — {STATES[COULD_NOT][at]}"] if check in NAMES else []
            lines += [*head, f"  ! {why}" if head else f"! {why}"]
    if report.unchecked:
        lines += ["", *(f"{NAMES[check][at]} — {NOT_CHECKED[at]}: {why[at]}"
                        for check, why in report.unchecked.items())]
    return "\n".join([*lines, "", SUMMARIES[report.status][at], ""]).lstrip("\n")


def _said(name: str, value: str, language: str) -> str:
    if name == "witnessed" and language == "uk":
        from plugins.ukrainian import in_kyiv, moment
        with suppress(ValueError, OverflowError):  # a witness may claim any moment
            return moment(in_kyiv(datetime.fromisoformat(value)))
    return value


def as_json(report: Report) -> str:
    """The report for a program."""
    status = report.status
    told: dict[str, Any] = {
        "status": status,
        "summary": dict(zip(("uk", "en"), SUMMARIES[status], strict=True)),
        "facts": report.facts,
        "checks": {check: report.state_of(check) for check in report.ran},
        "unchecked": {check: dict(zip(("uk", "en"), why, strict=True)) for check, why in report.unchecked.items()},
        "broken": report.broken,
        "findings": [_plain(one) for one in report.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _plain(one: Finding) -> Mapping[str, str]:
    return {"check": one.check, "code": one.code, "weight": one.weight.name.lower(), "where": one.where,
            "detail": one.detail, "uk": one.said("uk"), "en": one.said("en")}


def _heaviest(one: Finding) -> int:
    return (Weight.TAMPERING, Weight.LACKING, Weight.NOTE).index(one.weight)


def _line(one: Finding, language: str) -> str:
    where = f"{one.where}: " if one.where else ""
    return f"  {SIGNS[one.weight]} {where}{one.said(language)} [{one.code}]"


def said_of(error: Exception, language: str = "uk") -> str:
    """An error that somebody else's files may have caused, in one line."""
    at = 0 if language == "uk" else 1
    if isinstance(error, URLError):
        return shown(f"{NO_ANSWER[at]} ({error.reason})")
    if isinstance(error, NotReadable):
        return shown(f"{NOT_READ[at]}: {error}")
    return shown(" ".join(f"{type(error).__name__}: {error}".split()))
