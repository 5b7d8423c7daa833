"""The columns of a table in the languages of programs, all made from the one declaration.

JSON Schema (draft 2020-12) for the JSON, Table Schema (Frictionless) for the data package, CSVW metadata (W3C) for the
CSV.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .columns import Column, Columns

Values = dict[str, Any]
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
CSVW = "http://www.w3.org/ns/csvw"
JSON_TYPE = {"integer": "integer", "decimal": "number"}
JSON_FORMAT = {"date": "date", "dateTime": "date-time", "anyURL": "iri"}
TABLE_TYPE = {"string": "string", "integer": "integer", "decimal": "number", "date": "date", "dateTime": "datetime",
              "anyURL": "string"}
CSVW_TYPE = {"anyURL": "anyURI"}
"""The national structures say «anyURL»; CSVW knows the type by its name in XML Schema."""
WEB_ADDRESS = "https?://.+"
MOMENT = "%Y-%m-%dT%H:%M:%S%z"


def pattern_of(column: Column) -> str:
    """The regular expression a value of a column fits, if there is one."""
    return WEB_ADDRESS if column.datatype == "anyURL" else column.pattern


def described(column: Column) -> str:
    """What a column means, in one line."""
    return f"{column.title}. {column.note[:1].upper()}{column.note[1:]}." if column.note else column.title


def json_schema(url: str, title: str, about: str, columns: Columns) -> Values:
    """The JSON Schema of a JSON file: an array of objects, each with all columns."""
    row = {"type": "object", "properties": {column.name: _property(column) for column in columns},
           "required": [column.name for column in columns], "additionalProperties": False}
    return {"$schema": JSON_SCHEMA, "$id": url, "title": title, "description": about, "type": "array", "items": row}


def _property(column: Column) -> Values:
    kind = JSON_TYPE.get(column.datatype, "string")
    made: Values = {"title": column.title, "description": described(column),
                    "type": [kind, "null"] if column.has_null else kind}
    if kind == "string" and not column.words:
        made["minLength"] = 1
    if column.datatype in JSON_FORMAT:
        made["format"] = JSON_FORMAT[column.datatype]
    if pattern := pattern_of(column):
        made["pattern"] = f"^(?:{pattern})$"
    if column.words:
        made["enum"] = [*column.words, None] if column.has_null else list(column.words)
    return made


def table_schema(columns: Columns, key: Sequence[str]) -> Values:
    """The Table Schema of a CSV file; «null» stands for no value. Readers take white space off the ends of names."""
    return {"fields": [_field(column) for column in columns], "missingValues": ["null"],
            **({"primaryKey": list(key)} if key else {})}


def _field(column: Column) -> Values:
    made: Values = {"name": column.name.strip(), "title": column.title, "description": described(column),
                    "type": TABLE_TYPE[column.datatype]}
    if column.datatype == "dateTime":
        made["format"] = MOMENT
    limits: Values = {}
    if not column.has_null:
        limits["required"] = True
    if column.words:
        limits["enum"] = list(column.words)
    if pattern := pattern_of(column):
        limits["pattern"] = pattern
    return {**made, "constraints": limits} if limits else made


def csvw(title: str, about: str, licence: str, urls: Sequence[str], columns: Columns, key: Sequence[str]) -> Values:
    """CSVW metadata for the CSV files of a table, `urls` relative to it."""
    schema: Values = {"columns": [_csvw_column(column) for column in columns]}
    if key:
        schema["primaryKey"] = [_variable(name) for name in key]
    return {"@context": [CSVW, {"@language": "uk"}], "dc:title": title, "dc:description": about,
            "dc:license": {"@id": licence}, "dialect": {"encoding": "utf-8-sig", "lineTerminators": ["\r\n"]},
            "tables": [{"url": url, "tableSchema": schema} for url in urls]}


def _csvw_column(column: Column) -> Values:
    base = CSVW_TYPE.get(column.datatype, column.datatype)
    datatype: str | Values = base
    pattern = "|".join(re.escape(str(word)) for word in column.words) or pattern_of(column)
    if pattern and column.datatype in ("string", "anyURL"):
        datatype = {"base": base, "format": pattern}
    return {"name": _variable(column.name), "titles": column.name, "dc:description": described(column),
            "datatype": datatype, "null": "null", "required": not column.has_null}


def _variable(name: str) -> str:
    """The name of a column as a variable: without the signs that no variable may have."""
    return re.sub(r"\s", "", name)
