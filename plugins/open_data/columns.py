"""What a column of a data set is: its name, what it means, what may stand in it — declared once, for all forms.

The check of the tables, the JSON Schema, the Table Schema, the CSVW metadata and the page of a set are made from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from plugins.records import frozen

Datatype = Literal["string", "integer", "decimal", "date", "dateTime", "anyURL"]
"""The types of XML Schema that the national structures use, by the names they have in CSVW."""
Value = str | int | Decimal | None
"""None stands where the national structures say «null»."""
Row = dict[str, Value]
EDRPOU, KATOTTG, TELEPHONE, POSTCODE = r"\d{8}", r"UA\d{17}", r"\+380\d{9}", r"\d{5}"
TYPE_WORDS: dict[Datatype, str] = {"string": "текст", "integer": "ціле число", "decimal": "число", "date": "дата",
                                   "dateTime": "дата й час", "anyURL": "посилання"}


@frozen
class Column:
    """A column. `name` is that of the national structure, letter for letter; `words` are all its values, if closed."""

    name: str
    title: str
    datatype: Datatype = "string"
    is_required: bool = True
    """What the national structure says: the column is filled in every row, be it with «null»."""
    has_null: bool = False
    """True if there may be no value: the records need not know the fact, or the council does not publish it."""
    words: tuple[str | int, ...] = ()
    pattern: str = ""
    """A regular expression that the whole value fits."""
    note: str = ""
    """What a reader has to know besides the title."""

    @property
    def type_words(self) -> str:
        """«дата»."""
        return TYPE_WORDS[self.datatype]


Columns = tuple[Column, ...]


def _column(name: str, title: str, datatype: Datatype, required: bool, null: bool, note: str, *,
            words: Sequence[str | int] = (), pattern: str = "") -> Column:
    return Column(name, title, datatype, required, null or not required, tuple(words), pattern, note)


def text(name: str, title: str, *, required: bool = True, null: bool = False, words: Sequence[str] = (),
         pattern: str = "", note: str = "") -> Column:
    """Words. What is not required may be null; `null` allows it where the structure requires the column."""
    return _column(name, title, "string", required, null, note, words=words, pattern=pattern)


def whole(name: str, title: str, *, required: bool = True, null: bool = False, words: Sequence[int] = (),
          note: str = "") -> Column:
    """A whole number."""
    return _column(name, title, "integer", required, null, note, words=words)


def number(name: str, title: str, *, required: bool = True, null: bool = False, note: str = "") -> Column:
    """A number with a point."""
    return _column(name, title, "decimal", required, null, note)


def day(name: str, title: str, *, required: bool = True, null: bool = False, note: str = "") -> Column:
    """`2026-11-19`."""
    return _column(name, title, "date", required, null, note)


def moment(name: str, title: str, *, required: bool = True, null: bool = False, note: str = "") -> Column:
    """`2026-11-19T10:41:00+02:00`."""
    return _column(name, title, "dateTime", required, null, note)


def link(name: str, title: str, *, required: bool = True, null: bool = False, note: str = "") -> Column:
    """A whole address, http:// or https://."""
    return _column(name, title, "anyURL", required, null, note)
