"""Text in, types out: how the values that editors type become dates, numbers, truths and words of closed lists.

YAML and CSV values reach these parsers as text, so that `yes` stays a word, `007` keeps its zeros and a wrong date
keeps its line. Each parser also lets an already typed value pass (tests and derived records build models in Python).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from plugins.ukrainian import NoSuchLocalTime, in_kyiv, kyiv

from .frozen import frozen
from .report import Code, code

DATE = code("DATE", "Дата має вигляд РРРР-ММ-ДД і є в календарі.", "held_on: 31.02.2026", "held_on: 2026-02-28")
MOMENT = code("MOMENT", "Момент — це дата й час за Києвом: РРРР-ММ-ДД ГГ:ХХ.",
              "published_at: 2026-11-20", "published_at: 2026-11-20 10:30")
NUMBER = code("NUMBER", "Ціле число пишуть самими цифрами.", "seats: двадцять шість", "seats: 26")
TRUTH = code("TRUTH", "Ознака має значення «так» або «ні».", "secret: yes", "secret: так")
TERM = code("TERM", "Значення беруть із закритого переліку.", "status: опубліковано", "status: published")
IDENTIFIER = code("ID", "Ідентифікатор — малі латинські літери, цифри й дефіси.", "id: Рішення №5", "id: 5-37-8")
ADDRESS = code("URL", "Адреса починається з https:// або http://.", "url: www.rada.example", "url: https://rada.example/")
HOUR = code("TIME", "Час має вигляд ГГ:ХХ.", "at: 10.30", "at: 10:30")
COLOUR = code("COLOUR", "Колір записують шістьма шістнадцятковими цифрами.", "navy: синій", 'navy: "#173058"')

DAY_FORM = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
MOMENT_FORM = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?",
                         re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""No record of a council lies outside; 0001 and 9999 are slips or stand for «none»."""
IDENTIFIER_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def refuse(kind: Code, text: str) -> PydanticCustomError:
    """A validation error that carries the code of a problem and its Ukrainian text, as it stands."""
    return PydanticCustomError(kind.name, "{text}", {"text": text})


def parse_day(value: Any) -> date:
    """`2026-11-20` → date. Errors: DATE."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not (match := DAY_FORM.fullmatch(value)):
        raise refuse(DATE, f"«{shown(value)}» не дата. Треба РРРР-ММ-ДД, наприклад 2026-11-20.")
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refuse(DATE, f"«{value}»: рік {match[1]} неможливий. Перевірте рік; якщо дати немає, вилучіть поле.")
    if not 1 <= month <= 12:
        raise refuse(DATE, f"«{value}»: місяця {match[2]} не буває. Порядок: рік-місяць-день.")
    try:
        return date(year, month, day)
    except ValueError:
        raise refuse(DATE, f"«{value}»: такого дня немає в календарі.") from None


def parse_moment(value: Any) -> datetime:
    """`2026-11-20 10:30` (Kyiv time) or an ISO moment with an offset → aware datetime in Kyiv. Errors: MOMENT, DATE."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not (match := MOMENT_FORM.fullmatch(value)):
        raise refuse(MOMENT, f"«{shown(value)}» не момент часу. Треба РРРР-ММ-ДД ГГ:ХХ, наприклад 2026-11-20 10:30.")
    day = parse_day(match[1])
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise refuse(MOMENT, f"«{value}»: такого часу не буває. Година 00–23, хвилини 00–59.")
    if match[5]:
        return in_kyiv(datetime.fromisoformat(value.replace(" ", "T").replace("Z", "+00:00")))
    try:
        return kyiv(datetime(day.year, day.month, day.day, hour, minute, second))  # noqa: DTZ001 — kyiv() gives it
    except NoSuchLocalTime as error:
        raise refuse(MOMENT, f"{error}.") from None


def parse_whole(value: Any) -> int:
    """Digits only → int. Errors: NUMBER."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,15}", value):
        raise refuse(NUMBER, f"«{shown(value)}» не ціле число. Треба самі цифри, наприклад 26.")
    if len(value) > 1 and value.startswith("0"):
        raise refuse(NUMBER, f"«{value}» починається з нуля. Число пишуть без нулів попереду: {int(value)}.")
    return int(value)


def parse_amount(value: Any) -> Decimal:
    """`-1234.5` or `1234,5` (spaces between groups allowed) → Decimal. Errors: NUMBER."""
    if isinstance(value, Decimal):
        return value
    text = value.replace("\u00a0", "").replace(" ", "").replace(",", ".") if isinstance(value, str) else ""
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise refuse(NUMBER, f"«{shown(value)}» не число. Треба цифри, наприклад 1234,5.")
    return Decimal(text)


def parse_truth(value: Any) -> bool:
    """`так` or `ні` → bool. Errors: TRUTH."""
    if isinstance(value, bool):
        return value
    if value not in ("так", "ні"):
        raise refuse(TRUTH, f"«{shown(value)}» не ознака. Треба «так» або «ні».")
    return bool(value == "так")


def parse_identifier(value: Any) -> str:
    """Lower-case Latin letters, digits, single hyphens. Errors: ID."""
    if not isinstance(value, str) or not IDENTIFIER_FORM.fullmatch(value) or len(value) > 100:
        raise refuse(IDENTIFIER, f"«{shown(value)}» не ідентифікатор. Можна малі латинські літери, цифри й дефіси.")
    return value


def parse_url(value: Any) -> str:
    """An http(s) address without spaces or control characters. Errors: URL."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s\x00-\x1f<>\"'`{}|\\^]{3,2000}", value):
        raise refuse(ADDRESS, f"«{shown(value)}» не адреса. Треба https://… без пропусків.")
    return value


def parse_hour(value: Any) -> str:
    """`9:05` or `09:05` → `09:05`. Errors: TIME."""
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", value) if isinstance(value, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise refuse(HOUR, f"«{shown(value)}» не час. Треба ГГ:ХХ, наприклад 10:30.")
    return f"{int(match[1]):02d}:{match[2]}"


def parse_offset(value: Any) -> timedelta:
    """`0:18:40` or `18:40` → time from the start. Errors: TIME."""
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})", value) if isinstance(value, str) else None
    if not match or int(match[2]) > 59 or int(match[3]) > 59:
        raise refuse(HOUR, f"«{shown(value)}» не час запису. Треба Г:ХХ:СС, наприклад 0:18:40.")
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2]), seconds=int(match[3]))


def parse_colour(value: Any) -> str:
    """`#173058` → the same, lower case. Errors: COLOUR."""
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise refuse(COLOUR, f"«{shown(value)}» не колір. Треба шість шістнадцяткових цифр, наприклад \"#173058\".")
    return value.lower()


def shown(value: Any) -> str:
    """A value as a message quotes it: one line, short."""
    if isinstance(value, dict):
        return "розділ із ключами"
    if isinstance(value, list | tuple):
        return "перелік"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


Day = Annotated[date, BeforeValidator(parse_day)]
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Whole = Annotated[int, BeforeValidator(parse_whole)]
Amount = Annotated[Decimal, BeforeValidator(parse_amount)]
Truth = Annotated[bool, BeforeValidator(parse_truth)]
Identifier = Annotated[str, BeforeValidator(parse_identifier)]
WebAddress = Annotated[str, BeforeValidator(parse_url)]
Hour = Annotated[str, BeforeValidator(parse_hour)]
Offset = Annotated[timedelta, BeforeValidator(parse_offset)]
Colour = Annotated[str, BeforeValidator(parse_colour)]


class Term(Enum):
    """A word of a closed list on which code depends: `YES = "yes", "за"` (code, label for readers)."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = object.__new__(cls)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def parse(cls, value: Any) -> Self:
        """The term with this code. Errors: TERM."""
        if isinstance(value, cls):
            return value
        found = cls._value2member_map_.get(value) if isinstance(value, str) else None
        if found is None:
            options = ", ".join(f"{term.value} ({term.label})" for term in cls)
            raise refuse(TERM, f"«{shown(value)}» немає в переліку. Можна: {options}.")
        return found  # type: ignore[return-value]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)


@frozen
class To:
    """Marks a field that names another record. `inverse` is the name of the relation at the other end."""

    kind: str
    inverse: str = ""


@frozen
class Asset:
    """Marks a field that names a file beside the document (or below the content folder, with a leading `/`)."""

    accepts: str = ""
    """`image` or empty for any attachment."""


@frozen
class Form:
    """Marks a value with a form of its own: what the field reference says of it, and an example."""

    words: str
    example: str


@frozen
class Prose:
    """Marks a field that holds Markdown; `level` is the level of its first headings on the page."""

    level: int = 2


@frozen
class Cites:
    """Marks a field of plain words in which citations of documents become links (`Record.words`)."""
