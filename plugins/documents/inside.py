"""The record's own data as a file inside its document: what an editor wrote, for programs that read the PDF."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from plugins.records import Record, without_hidden

from .prints import Attached

OWN = ("is_extended", "extra")
"""How a text was read: no fact of the document."""


def data_inside(record: Record, address: str, name: str) -> Attached:
    """All fields of a record that say something, as JSON in the order of the model; texts as they were written,
    without the comments that no page shows."""
    told = {"kind": record.kind, "url": address, **_plain(record)}
    return Attached(f"{name}.json", "application/json", "Дані документа: поля запису й текст у розмітці Markdown",
                    json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: _plain(getattr(value, name)) for name in type(value).model_fields if name not in OWN}
        return {name: plain for name, plain in fields.items() if plain not in (None, "", [], {}, False)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str):
        return without_hidden(value)
    return str(value) if isinstance(value, Decimal) else value
