"""The arithmetic of a term: days in, limits and outcomes out. It knows no record and no clock.

«Not later than N days before S» for a publication on P is read in three ways (domain note §3): `clear` — N days lie
strictly between P and S; `offset` — P is no later than S minus N; `inclusive` — P, if worked, is day 1 and S is not
counted. The term says which reading is asked for; what only the lenient one allows is borderline. «Within N days
after X» begins with the day after X, or with X itself where the term says so.
"""

from datetime import UTC, date, datetime, timedelta

from plugins.records import frozen
from plugins.ukrainian import (
    Calendar,
    Counting,
    add_months,
    add_working_days,
    count_working_days,
    kyiv_date,
    last_of_working_days,
    latest_day_before,
    working_days_before,
)

from .model import Direction, Outcome, Reading, RuleTerm, Unit

DAY = timedelta(days=1)
MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


@frozen
class Limit:
    """The last allowed day (of `lasts`: the first) by the reading asked for, by the lenient one, by each that differs.
    """

    strict: date
    lenient: date
    readings: tuple[tuple[Counting, date], ...] = ()


def limit_of(term: RuleTerm, anchor: date, days: Calendar) -> Limit:
    """The limit of a term from its anchor. NoHolidayTable where the calendar does not reach."""
    if term.on:
        years = -term.count if term.direction is Direction.BEFORE else term.count
        found = date(anchor.year + years, *map(int, term.on.split("-")))
        return Limit(found, found)
    if term.direction is Direction.BEFORE:
        return _before(term, anchor, days)
    found = _after(term, anchor, days)
    return Limit(found, found)


def _before(term: RuleTerm, anchor: date, days: Calendar) -> Limit:
    if term.unit is Unit.WORKING_DAY:
        by = {counting: latest_day_before(anchor, term.count, counting, days) for counting in Counting}
    else:
        offset = (anchor - DAY * term.count if term.unit is Unit.DAY
                  else add_months(anchor, -term.count * MONTHS[term.unit]))
        by = {Counting.CLEAR: offset - DAY, Counting.OFFSET: offset, Counting.INCLUSIVE: offset}
    strict = by[Counting.CLEAR if term.reading is Reading.CLEAR else Counting.OFFSET]
    return Limit(strict, by[Counting.OFFSET], tuple(by.items()))


def _after(term: RuleTerm, anchor: date, days: Calendar) -> date:
    included = bool(term.is_inclusive and term.count)
    if term.unit is Unit.WORKING_DAY:
        count = last_of_working_days if included else add_working_days
        return count(anchor, term.count, days)
    if term.unit is Unit.DAY:
        return anchor + DAY * (term.count - included)
    return add_months(anchor, term.count * MONTHS[term.unit]) - DAY * included


def day_of(at: date | datetime, grace_minutes: int = 0) -> date:
    """The day in Kyiv on which a moment falls, so many minutes forgiven; a day is its own."""
    if not isinstance(at, datetime):
        return at
    return kyiv_date(at.astimezone(UTC) - timedelta(minutes=grace_minutes))


def outcome_of(term: RuleTerm, limit: Limit, happened: date) -> Outcome:
    """What it came to that something happened on a day."""
    if term.direction is Direction.LASTS:
        return Outcome.PASS if happened >= limit.strict else Outcome.FAIL
    if happened <= limit.strict:
        return Outcome.PASS
    return Outcome.BORDERLINE if happened <= limit.lenient else Outcome.FAIL


def margin_of(term: RuleTerm, limit: Limit, happened: date, days: Calendar) -> int:
    """Days that were left (0 on the last day), or minus the days of delay, in the term's own days.

    A delay is at least one day, also where only days off lie between.
    """
    first, last = sorted((happened, limit.strict))
    between = count_working_days(first + DAY, last, days) if term.unit is Unit.WORKING_DAY else (last - first).days
    is_kept = happened >= limit.strict if term.direction is Direction.LASTS else happened <= limit.strict
    return between if is_kept else -max(between, 1)


def lead_of(term: RuleTerm, anchor: date, happened: date, days: Calendar) -> int:
    """How many days a publication leads its anchor by the reading asked for; 0 if it does not lead."""
    clear = term.reading is Reading.CLEAR
    if term.unit is Unit.WORKING_DAY:
        return working_days_before(happened, anchor, Counting.CLEAR if clear else Counting.OFFSET, days)
    return max((anchor - happened).days - clear, 0)


def lag_of(term: RuleTerm, anchor: date, happened: date, days: Calendar) -> int:
    """On which day after its anchor something happened, as the term counts; 0 before the first of them."""
    if term.unit is Unit.WORKING_DAY:
        return count_working_days(anchor + DAY * (not term.is_inclusive), happened, days)
    return max((happened - anchor).days + term.is_inclusive, 0)
