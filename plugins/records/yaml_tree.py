"""YAML as a tree of texts with line numbers.

Values stay text: types are the business of the models (`yes` is a word, `007` keeps its zeros). Anchors, aliases,
tags, several documents and merge keys are refused at the event stream, sizes are bounded; so no YAML bomb is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from .frozen import frozen
from .report import Code, code

YAML = code("YAML", "Файл має бути правильним YAML: «ключ: значення», однакові відступи пропусками.",
            "title: Про бюджет: зміни", 'title: "Про бюджет: зміни"')
TAB = code("YAML-TAB", "Відступи роблять пропусками, не табуляцією.", "items:\n\t- no: 1", "items:\n  - no: 1")
TWICE = code("YAML-TWICE", "Кожен ключ у розділі буває один раз.", "title: А\ntitle: Б", "title: А")
ANCHOR = code("YAML-ANCHOR", "Якорі (&), посилання (*) і типи (!) YAML не дозволені.",
              "text: &a Текст\nnote: *a", "text: Текст\nnote: Текст")
BIG = code("YAML-BIG", "Файл даних завеликий або має завелику вкладеність.",
           "(понад 200 000 значень або 12 рівнів)", "(кілька менших файлів)")

CONTROL = code("CONTROL", "У тексті немає невидимих знаків керування.", "(нульовий знак)", "(текст)")
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""Signs that nobody sees: in a text file, or brought in by an escape in quotes (`"\\0"`)."""
MAX_NODES = 200_000
MAX_DEPTH = 12

Path = tuple[str | int, ...]


@frozen
class Fault:
    """Something wrong in the text: its 1-based line, the message, the code."""

    line: int
    text: str
    code: Code


class _Refused(Exception):
    def __init__(self, line: int, text: str, kind: Code) -> None:
        self.fault = Fault(line, text, kind)


@dataclass(slots=True)
class Tree:
    """The parsed text: dicts, lists and strings; `lines` maps the path of each value to its 1-based line."""

    data: Any
    lines: dict[Path, int]
    faults: list[Fault]


class _Reader:
    next: Callable[[], Any]
    """The next event of libyaml's parser."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.hides = "\\" in text or HIDDEN.search(text) is not None
        self.offset = offset
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.nodes = 0

    def document(self) -> Any:
        self.next = yaml.CSafeLoader(self.text).get_event
        data: Any = None
        while type(event := self.next()) is not yaml.StreamEndEvent:
            if isinstance(event, yaml.DocumentStartEvent):
                if data is not None:
                    raise _Refused(self.line(event), "у файлі кілька документів («---»). Залиште один.", YAML)
                data = self.node(self.next(), ())
        return data

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + 1 + self.offset

    def node(self, event: Any, path: Path) -> Any:
        kind = type(event)
        self.nodes += 1
        if self.nodes > MAX_NODES or len(path) > MAX_DEPTH:
            raise _Refused(self.line(event), "забагато даних або завелика вкладеність. Поділіть файл на кілька.", BIG)
        if kind is yaml.AliasEvent:
            raise _Refused(self.line(event), f"посилання «*{event.anchor}» не дозволене. Повторіть значення.", ANCHOR)
        if event.anchor:
            raise _Refused(self.line(event), f"якір «&{event.anchor}» не дозволений. Повторіть значення.", ANCHOR)
        if event.tag:
            raise _Refused(self.line(event), f"тип «{event.tag}» не дозволений. Запишіть значення текстом.", ANCHOR)
        self.lines[path] = self.line(event)
        if kind is yaml.ScalarEvent:
            if self.hides and (sign := HIDDEN.search(event.value)):
                text = f"у значенні невидимий знак U+{ord(sign[0]):04X}. Вилучіть його."
                raise _Refused(self.line(event), text, CONTROL)
            return event.value
        return self.sequence(path) if kind is yaml.SequenceStartEvent else self.mapping(path)

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        twice: set[str] = set()
        of_keys = (*path, "")
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self.node(event, of_keys)
            line = self.lines.pop(of_keys)
            if not isinstance(key, str):
                raise _Refused(line, "ключ має бути одним словом.", YAML)
            place = (*path, key)
            value = self.node(self.next(), place)
            self.lines[place] = line
            if key in values:
                if key not in twice:  # told once, however often the section was pasted
                    self.faults.append(Fault(line, f"ключ «{key}» уже є в цьому розділі. Залиште один.", TWICE))
                twice.add(key)
            elif value != "":
                values[key] = value
        return values


def parse(text: str, offset: int = 0) -> Tree:
    """Parse one YAML document; `offset` lines stand before it in its file. Faults are returned, never raised."""
    reader = _Reader(text, offset)
    data: Any = None
    try:
        data = reader.document()
    except _Refused as refused:
        reader.faults.append(refused.fault)
    except yaml.MarkedYAMLError as error:
        reader.faults.append(_syntax_fault(error, text, offset))
    except (yaml.YAMLError, ValueError):
        reader.faults.append(Fault(offset + 1, "у файлі є недозволені знаки. Збережіть його як звичайний текст.", YAML))
    return Tree(data, reader.lines, reader.faults)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, offset: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    lines = text.splitlines()
    line = lines[index] if index < len(lines) else ""
    problem = str(error.problem or "")
    number = offset + min(index, max(len(lines) - 1, 0)) + 1
    if "\t" in line or "\\t" in problem:
        return Fault(number, "у рядку є табуляція. Замініть її пропусками.", TAB)
    if "mapping values are not allowed" in problem:
        return Fault(number, "зайва двокрапка з пропуском. Візьміть значення в лапки: ключ: \"А: Б\".", YAML)
    if "could not find expected ':'" in problem:
        return Fault(number, "після ключа немає двокрапки. Треба «ключ: значення».", YAML)
    if "found unexpected end of stream" in problem or "quoted scalar" in str(error.context or ""):
        return Fault(number, "лапки не закрито. Поставте такі самі лапки в кінці значення.", YAML)
    return Fault(number, "рядок не схожий на YAML. Перевірте відступи, лапки й двокрапки.", YAML)
