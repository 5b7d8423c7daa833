"""The judgement of one term without any record: facts, the calendar and the declared day in, the outcome out."""

from __future__ import annotations

from datetime import date, datetime

from plugins.acts.model import ExceptionKind
from plugins.records import frozen
from plugins.ukrainian import Calendar, NoHolidayTable

from .counting import Limit, day_of, lag_of, lead_of, limit_of, margin_of, outcome_of
from .fact import Fact
from .model import Direction, Outcome, RuleException, RuleTerm


@frozen
class Judgement:
    """What `decide` finds: the outcome and all that it was worked out from."""

    outcome: Outcome
    limit: Limit | None = None
    margin: int | None = None
    """Days left, or minus the days of delay; None where nothing was counted."""
    count: int | None = None
    """How many days lead or lag, as the term counts them."""
    reason: str = ""


@frozen
class Exemption:
    """An exception that a record claims and the rule allows."""

    kind: ExceptionKind
    basis: str
    reason: str


def decide(term: RuleTerm, anchor: Fact, happened: Fact, days: Calendar, now: datetime) -> Judgement:
    """The outcome of a term. Weak evidence never makes a success, and never a breach."""
    if anchor.at is None:
        return Judgement(Outcome.PENDING if anchor.is_absent else Outcome.UNKNOWN, reason=anchor.reason)
    start = day_of(anchor.at)
    try:
        limit = limit_of(term, start, days)
        if happened.at is None or is_ahead(term, happened.at, now):
            return _not_yet(limit, happened, now)
        if not happened.is_known:
            return Judgement(Outcome.UNKNOWN, limit, reason=happened.reason)
        day = day_of(happened.at, term.grace_minutes)
        outcome = outcome_of(term, limit, day)
        if term.direction is Direction.LASTS and outcome is Outcome.PASS and now.date() < limit.strict:
            return Judgement(Outcome.PENDING, limit)
        count = lead_of if term.direction is Direction.BEFORE else lag_of
        return Judgement(outcome, limit, margin_of(term, limit, day, days), count(term, start, day, days))
    except NoHolidayTable as error:
        return Judgement(Outcome.UNKNOWN, reason=str(error))


def is_ahead(term: RuleTerm, at: date | datetime, now: datetime) -> bool:
    """True for what is only called or promised; what lasts into the future has its own judgement."""
    if term.direction is Direction.LASTS:
        return False
    return now < at if isinstance(at, datetime) else now.date() < at


def _not_yet(limit: Limit, happened: Fact, now: datetime) -> Judgement:
    if happened.at is None and not happened.is_absent:
        return Judgement(Outcome.UNKNOWN, limit, reason=happened.reason)
    if happened.until and happened.until <= limit.lenient:
        return Judgement(Outcome.NA, limit, reason=happened.reason)
    return Judgement(Outcome.FAIL if now.date() > limit.lenient else Outcome.PENDING, limit)


def lifts(rule: RuleException, judgement: Judgement, anchor: Fact, happened: Fact) -> bool:
    """True if a claimed exception takes the place of the outcome: it never hides that a document was not public."""
    if rule.needs_publication:
        return judgement.count is not None and judgement.outcome in (Outcome.FAIL, Outcome.BORDERLINE) and (
            day_of(_known(happened)) <= day_of(_known(anchor)))
    return judgement.outcome in (Outcome.FAIL, Outcome.BORDERLINE, Outcome.UNKNOWN)


def _known(fact: Fact) -> date | datetime:
    assert fact.at is not None
    return fact.at
