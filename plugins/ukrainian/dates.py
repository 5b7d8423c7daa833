"""Days, moments and lengths of time in words, and the wall clock of Kyiv.

Moments are aware datetimes; what is shown, and the day on which something happened, is always Kyiv's. The rules of
the zone come from the `tzdata` package where the system has none (Windows).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plugins.ukrainian.numbers import NBSP

KYIV = ZoneInfo("Europe/Kyiv")

MONTHS = (
    "січень", "лютий", "березень", "квітень", "травень", "червень",
    "липень", "серпень", "вересень", "жовтень", "листопад", "грудень",
)  # fmt: skip
MONTHS_GENITIVE = (
    "січня", "лютого", "березня", "квітня", "травня", "червня",
    "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip
WEEKDAYS = ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя")


class NoSuchLocalTime(ValueError):
    """The clocks of Kyiv were moved forward over this time."""


def day(value: date) -> str:
    """«20 листопада 2026 року»."""
    return f"{day_month(value)} {value.year}{NBSP}року"


def day_month(value: date) -> str:
    """«20 листопада»."""
    return f"{value.day}{NBSP}{MONTHS_GENITIVE[value.month - 1]}"


def short_day(value: date) -> str:
    """«20.11.2026», for tables."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def month_year(value: date) -> str:
    """«листопад 2026 року»."""
    return f"{MONTHS[value.month - 1]} {value.year}{NBSP}року"


def weekday(value: date) -> str:
    """«п’ятниця»."""
    return WEEKDAYS[value.weekday()]


def day_range(first: date, last: date) -> str:
    """«10–12 березня 2026 року», «30 березня — 2 квітня 2026 року»; both ends belong to it."""
    if last < first:
        raise ValueError(f"кінець ({last}) раніший за початок ({first})")
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = day_month(first) if first.year == last.year else day(first)
    return f"{start}{NBSP}— {day(last)}"


def clock(value: datetime | time) -> str:
    """«14:37»; an aware moment by the clock of Kyiv, a bare time of day as it stands."""
    local = in_kyiv(value) if isinstance(value, datetime) else value
    return f"{local.hour:02}:{local.minute:02}"


def clock_range(start: datetime | time, end: datetime | time) -> str:
    """«10:04–14:37»; the end may lie after midnight."""
    return f"{clock(start)}–{clock(end)}"


def moment(value: datetime) -> str:
    """«20 листопада 2026 року, 14:37» by the clock of Kyiv."""
    local = in_kyiv(value)
    return f"{day(local)}, {clock(local)}"


def duration(length: timedelta) -> str:
    """«4 год 33 хв», «33 хв», under a minute «45 с»; seconds beyond a minute are dropped."""
    if length < timedelta():
        raise ValueError(f"тривалість не може бути від’ємною: {length}")
    seconds = length // timedelta(seconds=1)
    hours, minutes = divmod(seconds // 60, 60)
    parts = [f"{hours}{NBSP}год"] if hours else []
    parts += [f"{minutes}{NBSP}хв"] if minutes else []
    return NBSP.join(parts) or f"{seconds}{NBSP}с"


def elapsed(start: datetime, end: datetime) -> timedelta:
    """The time that really passed; Python's own minus goes by the wall clock and errs where it is moved."""
    return in_kyiv(end).astimezone(UTC) - in_kyiv(start).astimezone(UTC)


def in_kyiv(instant: datetime) -> datetime:
    """The same instant by the clock of Kyiv; ValueError if the moment does not tell its offset."""
    if instant.tzinfo is KYIV:
        return instant
    if instant.utcoffset() is None:
        raise ValueError(f"час без зміщення від UTC: {instant.isoformat()}. Треба, наприклад, 2026-11-20T14:37+02:00")
    return instant.astimezone(KYIV)


def kyiv_date(instant: datetime) -> date:
    """The day in Kyiv on which the instant falls."""
    return in_kyiv(instant).date()


def kyiv(local: datetime) -> datetime:
    """The instant at which the clock of Kyiv shows this time; of the hour that comes twice, the first (+03:00).

    NoSuchLocalTime for the hour that is left out when summer time begins.
    """
    if local.tzinfo is not None:
        raise ValueError(f"місцевий час записують без зміщення: {local.isoformat()}")
    instant = local.replace(tzinfo=KYIV, fold=0)
    if instant.utcoffset() == instant.replace(fold=1).utcoffset():
        return instant  # no clock is moved here
    shown = instant.astimezone(UTC).astimezone(KYIV)
    if shown.replace(tzinfo=None) != local:
        raise NoSuchLocalTime(
            f"{day(local)} о {clock(local.time())} у Києві не було: годинники перевели на літній час. "
            f"Мабуть, ідеться про {clock(shown)}"
        )
    return instant
