"""Word's own numbering: the numbers that stand on the page and not in the text («1.», «1.1.», «а)»)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from plugins.ukrainian import roman

LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"
BULLET = "-"


@dataclass(slots=True)
class Level:
    """One level of a list: how its number looks and where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    """numId → (the list it counts with, its levels)."""
    counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list; nothing for a list that is not known."""
        if number not in self.lists:
            return ""
        name, levels = self.lists[number]
        if level not in levels:
            return ""
        counts = self.counted[name]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return BULLET if levels[level].form == "bullet" else ""
        shown = levels[level].text
        for at in range(9):
            known = levels.get(at)
            if known and f"%{at + 1}" in shown:
                shown = shown.replace(f"%{at + 1}", _shown(counts.get(at, known.start), known.form))
        return shown.strip()


def numbering_of(document: Any, word: str) -> Numbering:
    """The lists of a document (python-docx); `word` is the namespace of its elements."""
    numbering = Numbering()
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return numbering
    abstract: dict[str, dict[int, Level]] = {}
    for item in root.findall(f"{word}abstractNum"):
        abstract[item.get(f"{word}abstractNumId", "")] = dict(_levels(item, word))
    for item in root.findall(f"{word}num"):
        of = item.find(f"{word}abstractNumId")
        name = of.get(f"{word}val", "") if of is not None else ""
        levels = dict(abstract.get(name, {}))
        overrides = item.findall(f"{word}lvlOverride")
        for change in overrides:
            at, start = int(change.get(f"{word}ilvl", "0")), change.find(f"{word}startOverride")
            levels |= dict(_levels(change, word))
            if start is not None and at in levels:
                known = levels[at]
                levels[at] = Level(known.form, known.text, int(start.get(f"{word}val", "1")))
        number = item.get(f"{word}numId", "")
        numbering.lists[number] = (f"num {number}" if overrides else f"abstract {name}", levels)
    return numbering


def _levels(parent: Any, word: str) -> Any:
    for item in parent.findall(f"{word}lvl"):
        level = Level()
        for name, element in ((child.tag.removeprefix(word), child) for child in item):
            value = element.get(f"{word}val", "")
            if name == "numFmt":
                level.form = value
            elif name == "lvlText":
                level.text = value
            elif name == "start" and value.isdigit():
                level.start = int(value)
        yield int(item.get(f"{word}ilvl", "0")), level


def _shown(value: int, form: str) -> str:
    """«5», «д», «e», «V» for 5."""
    if form in ("russianLower", "russianUpper", "ukrainianLower", "ukrainianUpper"):
        letter = LETTERS[(value - 1) % len(LETTERS)]
    elif form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26)
    elif form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        letter = roman(value).lower()
    else:
        return str(value)
    return letter.upper() if "upper" in form.lower() else letter
