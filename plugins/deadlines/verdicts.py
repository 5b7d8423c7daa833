"""Rules and facts → verdicts: the version in force on the day of the event, its term, its exceptions, what came of it.

`verdicts_of` asks for the facts of a record and judges it by every rule that concerns it; `judgement.decide` judges.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from plugins.acts.model import DraftAct
from plugins.history.model import PROVEN, Evidence, Grade
from plugins.people.model import council_of, counting_days, working_calendar
from plugins.records import Library, Record, frozen
from plugins.ukrainian import Counting

from .counting import DAY, day_of
from .fact import Fact
from .facts import evidence_of, fact_of, missing_elements, topics_of, traits_of
from .judgement import Exemption, Judgement, decide, is_ahead, lifts
from .model import (
    Direction,
    Element,
    Outcome,
    Point,
    Rule,
    RuleTerm,
    RuleText,
    RuleVersion,
    Severity,
    Trait,
    enabled_rules,
)
from .terms import SETTLED
from .words import elements_sentence, proof_sentence, sentence_of


@frozen
class Verdict:
    """One rule and one record: what was asked, what is known, what came of it, in one sentence."""

    rule: str
    title: str
    severity: Severity
    outcome: Outcome
    sentence: str
    version_from: date
    norm: str
    norm_url: str
    day: date
    """The day whose law applies: of the event that the term is counted from, else the record's own."""
    settled_on: date | None
    """When the outcome became final; None while it may still change by itself."""
    anchor: tuple[Point, date] | None = None
    happened: tuple[Point, date] | None = None
    judgement: Judgement | None = None
    term: RuleTerm | None = None
    evidence: Evidence | None = None
    """Of what happened; None for a day that the document itself bears."""
    anchor_evidence: Evidence | None = None
    """The same of the day from which the term is counted."""
    weaker: tuple[Evidence, date] | None = None
    """Weaker evidence that names an earlier day of what happened."""
    is_backdated: bool = False
    claimed_on: date | None = None
    exemption: Exemption | None = None
    missing: tuple[Element, ...] = ()
    former: tuple[Former, ...] = ()

    @property
    def grade(self) -> Grade | None:
        """How far it is proven: as far as the weaker of its two days. A day that the document itself bears is a claim.

        None where nothing happened, and where it is content that is judged: everybody sees that for himself.
        """
        if self.happened is None and self.evidence is None:
            return None
        known = [Grade.D if self.evidence is None else self.evidence.grade]
        known += [self.anchor_evidence.grade] if self.anchor_evidence else []
        return max((grade for grade in known if grade), key=lambda grade: str(grade.value), default=None)

    @property
    def shown(self) -> Outcome:
        """The outcome as it is shown and counted: what is not proven is never shown as if it were."""
        is_doubtful = self.outcome is Outcome.PASS and self.grade is not None and self.grade not in PROVEN
        return Outcome.UNPROVEN if is_doubtful else self.outcome

    @property
    def proof(self) -> str:
        """One sentence on what proves it; empty where there is nothing to prove."""
        if self.outcome in SETTLED and self.grade:
            is_anchor = self.anchor_evidence is not None and self.anchor_evidence.grade is self.grade and (
                self.evidence is not None and self.evidence.grade is not self.grade)
            return proof_sentence(self.grade, self.anchor_evidence if is_anchor else self.evidence, is_anchor=is_anchor,
                                  is_pass=self.outcome is Outcome.PASS, weaker=self.weaker)
        return ""

    @property
    def latest(self) -> date | None:
        """The latest allowed day by the reading that the rule asks for."""
        return self.judgement.limit.strict if self.judgement and self.judgement.limit else None

    @property
    def readings(self) -> tuple[tuple[Counting, date], ...]:
        """The latest allowed day by each reading."""
        return self.judgement.limit.readings if self.judgement and self.judgement.limit else ()

    @property
    def margin(self) -> int | None:
        """Days left, or minus the days of delay."""
        return self.judgement.margin if self.judgement else None


@frozen
class Former:
    """What a text of the rule that was corrected since says of the same event."""

    verdict: Verdict
    corrected_on: date
    reason: str


# --------------------------------------------------------------------------- records

def verdicts_of(record: Record, library: Library) -> tuple[Verdict, ...]:
    """All verdicts of a record, in the order of the rules; worked out once a build."""
    return library.worked_out(_verdicts, record)


def _verdicts(record: Any, library: Library) -> tuple[Verdict, ...]:
    if getattr(record, "withdrawn", None):
        return ()
    rules = enabled_rules(library, record.kind)
    traits = traits_of(record, library) if rules else set()
    return tuple(verdict for rule in rules if (verdict := judge(rule, record, traits, library)))


def judge(rule: Rule, record: Record, traits: set[Trait], library: Library) -> Verdict | None:
    """What a rule says of a record; None if it does not concern it."""
    found: Verdict | None = None
    former: list[Former] = []
    for version in rule.versions:
        found = _by(rule, version, version, record, traits, library) or found
        for correction in version.corrections:
            before = _by(rule, version, correction.was, record, traits, library)
            if before and before.day < correction.at:
                former.append(Former(before, correction.at, correction.reason))
    return _with_former(found, former)


def _with_former(found: Verdict | None, former: list[Former]) -> Verdict | None:
    """The verdict beside those of texts that said something else; alone if none did."""
    if found is None and former:
        found = replace(former[-1].verdict, outcome=Outcome.NA, settled_on=None, judgement=None,
                        sentence="За чинним текстом правило цього дня не діяло.")
    if found is None:
        return None
    same = found.outcome, found.latest
    others = tuple(item for item in former if (item.verdict.outcome, item.verdict.latest) != same)
    return replace(found, former=others) if others else found


def _by(rule: Rule, version: RuleVersion, text: RuleText, record: Record, traits: set[Trait],
        library: Library) -> Verdict | None:
    """The verdict by one text of a version; None if it was no law on the day, or does not concern the record."""
    if not _concerns(text, record, traits, library):
        return None
    excluded = next((item.reason for item in text.without if item.trait in traits), "")
    if text.elements:
        return _by_elements(rule, version, text, record, excluded, library)
    term = next((item for item in text.terms if traits.issuperset(item.when)), None)
    anchor = _anchor(term, record, library) if term else None
    if term is None or anchor is None:
        return None
    day = day_of(anchor[1].at) if anchor[1].at else record.day
    happened = fact_of(record, term.point, library) if text.holds_on(day) else None
    if happened is None or (happened.is_absent and term.direction is Direction.LASTS):
        return None
    if excluded:
        return _verdict(rule, version, Outcome.NA, excluded, day)
    return _by_term(rule, version, text, term, (day, *anchor), happened, record, library)


def _concerns(text: RuleText, record: Any, traits: set[Trait], library: Library) -> bool:
    if text.only and traits.isdisjoint(text.only):
        return False
    if text.topics and set(text.topics).isdisjoint(topics_of(record, library)):
        return False
    title = getattr(record, "title", "").casefold()
    return not text.titles or any(words.casefold() in title for words in text.titles)


def _anchor(term: RuleTerm, record: Record, library: Library) -> tuple[Point, Fact] | None:
    """The first moment of the term's list whose day is known, else the last that the record may have."""
    last = None
    for point in term.anchors:
        fact = fact_of(record, point, library)
        if fact is None:
            continue
        last = point, fact
        if fact.at is not None:
            break
    return last


def _by_term(rule: Rule, version: RuleVersion, text: RuleText, term: RuleTerm, anchored: tuple[date, Point, Fact],
             happened: Fact, record: Record, library: Library) -> Verdict:
    day, point, anchor = anchored
    judgement = decide(term, anchor, happened, counting_days(library), library.now)
    council = council_of(library)
    if happened.is_absent and judgement.outcome is Outcome.FAIL and council and council.evidence_from and (
            day < council.evidence_from):
        judgement = Judgement(Outcome.UNKNOWN, judgement.limit, reason="документ старший за початок спостережень")
    exemption = _exemption(text, judgement, anchor, happened, day, record, library)
    outcome = Outcome.EXEMPT if exemption else judgement.outcome
    is_counted = judgement.count is not None or (
        happened.at is not None and not is_ahead(term, happened.at, library.now))
    at = day_of(happened.at, term.grace_minutes) if happened.at is not None and is_counted else None
    claim = happened.claimed_at
    kept = judgement.limit.lenient + DAY if judgement.limit else None
    lasted = judgement.limit.strict if judgement.limit and term.direction is Direction.LASTS else at
    said = sentence_of(term, (point, day if anchor.at else None), at, judgement, exemption, happened)
    return _verdict(
        rule, version, outcome, said, day, settled_on=(lasted or kept) if outcome in SETTLED else None,
        anchor=(point, day) if anchor.at else None, happened=(term.point, day_of(happened.at)) if happened.at else None,
        judgement=judgement, term=term, evidence=happened.evidence, anchor_evidence=anchor.evidence,
        weaker=(happened.weaker[0], day_of(happened.weaker[1])) if happened.weaker else None,
        is_backdated=happened.is_backdated, claimed_on=day_of(claim) if claim else None, exemption=exemption)


def _exemption(text: RuleText, judgement: Judgement, anchor: Fact, happened: Fact, day: date, record: Record,
               library: Library) -> Exemption | None:
    claim = record.exception if isinstance(record, DraftAct) else None
    allowed = next((item for item in text.exceptions if claim and item.kind is claim.kind), None)
    if not claim or not allowed or not lifts(allowed, judgement, anchor, happened):
        return None
    if allowed.in_martial_law:
        known = working_calendar(library)
        if known is None or not known.is_martial_law(day):
            return None
    return Exemption(claim.kind, claim.basis or allowed.basis, claim.reason)


def _by_elements(rule: Rule, version: RuleVersion, text: RuleText, record: Record, excluded: str,
                 library: Library) -> Verdict | None:
    day = record.day
    if not text.holds_on(day):
        return None
    if excluded:
        return _verdict(rule, version, Outcome.NA, excluded, day)
    missing = missing_elements(record, text.elements, library)
    outcome = Outcome.UNKNOWN if missing is None else Outcome.FAIL if missing else Outcome.PASS
    return _verdict(
        rule, version, outcome, elements_sentence(text.elements, missing), day, missing=missing or (),
        settled_on=day if outcome in SETTLED else None, evidence=evidence_of(record, text.elements, library))


def _verdict(rule: Rule, version: RuleVersion, outcome: Outcome, sentence: str, day: date, *,
             settled_on: date | None = None, **more: Any) -> Verdict:
    return Verdict(rule.id, rule.title, rule.severity, outcome, sentence, version.valid_from, version.norm,
                   version.url or "", day, settled_on, **more)
