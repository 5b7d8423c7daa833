"""The national structures as they are published, and a check of a table against them that knows none of our code.

«null» stands where a fact is missing; a required column is never empty. Words that a structure allows are named in its
descriptions, in words for people: they stand here as data.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

SCHEMAS = ROOT.parent / "shared" / "national-schemas"
VOTES = {"За", "Проти", "Утримався", "Не голосував", "Відсутній"}
RESULTS = {"Прийнято", "Не прийнято", "Не голосували", "Не розглядали"}
TYPES = {"закон", "постанова", "указ", "розпорядження", "декрет", "рішення", "наказ"}
WORDS: dict[tuple[str, str], set[str]] = {
    ("29-votings", "result"): VOTES, ("29-vote", "result"): VOTES, ("29-motions2", "votingResult"): RESULTS,
    ("29-voteEvents", "result"): RESULTS, ("09-legalActs", "type"): TYPES, ("09-projects", "type"): TYPES,
    ("09-legalActs", "status"): {"Набирає чинності", "Чинний", "Втратив чинність", "Дію зупинено", "Дію відновлено",
                                 "Не набрав чинності"},
    ("11-plan", "type"): {"прийняття нового регуляторного акта", "внесення змін до регуляторного акта",
                          "скасування діючого регуляторного акта"},
    ("62-programs", "status"): {"Чинна", "Завершена", "Скасована"}, ("30-deputies", "gender"): {"0", "1", "2", "9"},
    ("02-posts", "gender"): {"1", "2", "9"},
    ("07-register", "accrualPeriodicity"): {"Більш як один раз на день", "Щодня", "Щотижня", "Щомісяця", "Щокварталу",
                                            "Кожного півріччя", "Щороку"},
    ("72-shelters", "type"): {"сховище", "найпростіше укриття", "споруди подвійного призначення",
                              "швидкоспоруджувана захисна споруда", "протирадіаційне укриття"},
    ("72-shelters", "ownershipForm"): {"приватна", "комунальна", "державна"},
}
CODES = {"CATUTTC": r"UA\d{17}", "authorityCattutc": r"UA\d{17}", "addressPostCode": r"\d{5}",
         "telephone": r"\+380\d{9}", "contactPointTelephone": r"\+380\d{9}"}
NOT_KNOWN = {("29-convocations", "dateUntil"), ("30-deputies", "birthDate"), ("11-plan", "creationEndDate"),
             ("11-plan", "submissionDate"), ("09-legalActs", "validFrom")}
"""Required columns of type date that a record may not fill: the present convocation goes on, a birthday is private; a
plan is made before its drafts are submitted, words that name no last day are not guessed at, what lapsed never entered
into force."""


def columns_of(folder: str) -> list[dict[str, Any]]:
    """The columns of a structure: name, datatype, required, description."""
    schema = json.loads((SCHEMAS / folder / "schema.json").read_text(encoding="utf-8-sig"))
    found: list[dict[str, Any]] = schema["tableSchema"]["columns"]
    return found


def faults(folder: str, file: Path) -> Iterator[str]:
    """What is wrong in a CSV file by the structure `folder`."""
    columns = columns_of(folder)
    rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
    if (header := next(rows)) != [column["name"] for column in columns]:
        yield f"header: {header}"
        return
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            yield f"{number}: {len(row)} cells"
            continue
        for column, value in zip(columns, row, strict=True):
            if fault := _fault(folder, column, value):
                yield f"{number}: {column['name']}: {value!r}: {fault}"


def as_csvw(folder: str, file: Path) -> dict[str, Any]:
    """A structure as metadata that readers of CSVW take: it calls titles «title» and the type anyURI «anyURL»."""
    columns = [{"name": re.sub(r"\W", "", column["name"]), "titles": column["name"], "null": "null",
                "datatype": column["datatype"].replace("anyURL", "anyURI"),
                "required": column["required"] and not _may_be_null(folder, column)} for column in columns_of(folder)]
    return {"@context": "http://www.w3.org/ns/csvw", "dialect": {"encoding": "utf-8-sig"},
            "tables": [{"url": file.name, "tableSchema": {"columns": columns}}]}


def _may_be_null(folder: str, column: dict[str, Any]) -> bool:
    """True for what is not required, for words, and where the structure itself says «вказати: null»."""
    is_said = not column["required"] or column["datatype"] == "string" or "null" in column["description"]
    return is_said or (folder, column["name"]) in NOT_KNOWN


def _fault(folder: str, column: dict[str, Any], value: str) -> str:
    name, datatype = column["name"], column["datatype"]
    if value == "":
        return "empty"
    if value == "null":
        return "" if _may_be_null(folder, column) else "null in a required column"
    if value != value.strip():
        return "white space at its ends"
    words = WORDS.get((folder, name))
    if words and value not in words:
        return "not an allowed word"
    pattern = CODES.get(re.sub(r"\s", "", name))
    if pattern and not re.fullmatch(pattern, value):
        return "not of its form"
    if name.endswith("Id") and "ЄДРПОУ" in column["description"] and not re.fullmatch(r"\d{8}", value):
        return "no code of a legal entity"
    return _wrong_type(datatype, value)


def _wrong_type(datatype: str, value: str) -> str:
    try:
        if datatype == "date":
            date.fromisoformat(value)
        elif datatype == "dateTime":
            assert datetime.fromisoformat(value).tzinfo
        elif datatype == "integer":
            assert re.fullmatch(r"\d+", value)
        elif datatype == "decimal":
            Decimal(value)
        elif datatype == "anyURL":
            assert re.fullmatch(r"https?://\S+", value)
    except (ValueError, AssertionError, InvalidOperation):
        return f"no {datatype}"
    return ""
