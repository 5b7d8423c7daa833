"""Rules of drafts and acts that need the library: identity, amended points, the comparison table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from plugins.people.model import working_calendar
from plugins.records import BadLink, Library, Problem, Weight, code
from plugins.ukrainian import day

from . import points
from .changes import CannotChange, changed
from .identity import numbered_in
from .places import find_place
from .read import NotATable, read_comparison
from .status import BEING_DECIDED, draft_status
from .versions import current, faults, versions

if TYPE_CHECKING:
    from .model import Act, ActReference, DraftAct

ACT_TWICE = code("ACT-TWICE", "Акт визначають орган, різновид, дата й номер: двох однакових не буває.",
                 "два рішення ради № 15-37/8 від 2026-11-19", "№ 15-37/8 і № 16-37/8")
NUMBER_TWICE = code("NUMBER-TWICE", "Однакові номер і дата в документів двох різновидів — причина перевірити.",
                    "рішення № 119 і розпорядження № 119 від одного дня", "рішення № 119, розпорядження № 119-р")
CHANGES_LATER = code("CHANGES-LATER", "Акт змінює і скасовує лише інші, раніші акти.",
                     "amends:\n  - act: (цей самий або пізніший)", "amends:\n  - act: 2025/987-30-8")
POINT = code("POINT", "Пункт, до якого вносять зміни, є в тому акті.",
             'points: ["9"] (в акті 4 пункти)', 'points: ["3", "1.2", "додаток 1"]')
CHANGE = code("CHANGE", "Зміну за пунктами можна внести в той текст, який діяв: пункт і слова в ньому є.",
              'point: "1.1"\naction: words\nold: 486,3 (у пункті 492,9)',
              'point: "1.1"\naction: words\nold: 492,9\nnew: 503,4')
COMPARISON = code("COMPARISON", "Порівняльна таблиця — файл CSV зі стовпцями пункт, було, стало.",
                  "було,стало", "пункт,було,стало")

MARTIAL_TERM = code("MARTIAL-TERM", "До кінця воєнного стану діють акти, ухвалені під час нього.",
                    "adopted_on: 2021-11-19\nexpires_with_martial_law: так",
                    "adopted_on: 2026-11-19\nexpires_with_martial_law: так")


def identity_is_unique(act: Act, library: Library) -> Iterator[Problem]:
    """(body, type, date, number) is unique; the same date and number in another type deserves a look."""
    for other in numbered_in(act.number, act.year, library):
        if other.key == act.key:
            return
        if other.on != act.adopted_on:
            continue
        record = cast("Act", library.find("act", other.key))
        where = f"«{record.heading}» ({record.source.path})"
        if (other.body, other.type) == (act.body, act.type.value):
            yield Problem("number", f"№ {act.number} від {day(act.adopted_on)} уже має {where}. "
                                    "Змініть номер або дату.", ACT_TWICE)
        elif other.type != act.type.value:
            yield Problem("number", f"той самий номер і день має {where}. Перевірте, чи це не помилка.", NUMBER_TWICE,
                          Weight.REMARK)


def changes_earlier_acts(act: Act, library: Library) -> Iterator[Problem]:
    """No act amends or repeals itself or a later one."""
    for place, _, target in _changes(act, library):
        if target.key == act.key:
            yield Problem(f"{place}.act", "акт не може змінювати сам себе. Назвіть інший акт.", CHANGES_LATER)
        elif target.adopted_on > act.adopted_on:
            yield Problem(f"{place}.act", f"той акт ухвалено пізніше, {day(target.adopted_on)}. "
                                          "Виправте ключ або дату.", CHANGES_LATER)


def changed_points_exist(act: Act, library: Library) -> Iterator[Problem]:
    """Amended and repealed points stand in the text (or the annexes) of the act they change."""
    for place, reference, target in _changes(act, library):
        if getattr(reference, "changes", ()):
            continue  # each of them is tried
        for index, mention in enumerate(reference.points):
            if not _is_there(target, mention, library):
                known = ", ".join(point.number.rstrip(".") for point in points.walk(points.parse(target.text))
                                  if len(point.path) == 1)
                yield Problem(f"{place}.points.{index}", f"«{mention}» немає в тексті «{target.heading}». "
                              + (f"Є {known}." if known else "Текст не має нумерованих пунктів."), POINT)


def _is_there(target: Act, mention: str, library: Library) -> bool:
    """True if a point stands in an act or in one of its later versions."""
    if find_place(target, mention) is not None:
        return True
    states = [version.state for version in versions(target, library) if version.state]
    return any(find_place(state, mention) is not None for state in states)


def changes_can_be_made(act: Act, library: Library) -> Iterator[Problem]:
    """What an act says it changes can be found in the text that was in force then."""
    for target in dict.fromkeys(target for _, _, target in _changes(act, library)):
        for fault in faults(target, library):
            if fault.act == act.key and fault.place.startswith("amends."):
                yield Problem(fault.place, fault.text, CHANGE)


def proposed_changes_can_be_made(draft: DraftAct, library: Library) -> Iterator[Problem]:
    """The same for a draft that is still on its way, against the text in force now."""
    if draft_status(draft, library) not in BEING_DECIDED:
        return
    for index, reference in enumerate(draft.amends):
        target = cast("Act | None", library.find("act", reference.act))
        state = current(target, library).state if target else None
        for number, change in enumerate(reference.changes):
            try:
                state = changed(state, change, tuple(a.text for a in draft.annexes)) if state else None
            except CannotChange as error:
                yield Problem(f"amends.{index}.changes.{number}", str(error), CHANGE)


def _changes(act: Act, library: Library) -> Iterator[tuple[str, ActReference, Act]]:
    for name, references in (("amends", act.amends), ("repeals", act.repeals)):
        for index, reference in enumerate(references):
            if target := cast("Act | None", library.find("act", reference.act)):
                yield f"{name}.{index}", reference, target


def comparison_is_whole(draft: DraftAct, library: Library) -> Iterator[Problem]:
    """The comparison table has its three columns."""
    if not draft.comparison:
        return
    try:
        read_comparison(library.file_of(draft, draft.comparison))
    except NotATable as error:
        yield Problem("comparison", str(error), COMPARISON)
    except BadLink:
        return  # the missing file was named when the references were checked


def martial_law_holds(act: Act, library: Library) -> Iterator[Problem]:
    """An act that lasts as long as martial law was adopted while it held, by the council's calendar."""
    if not act.expires_with_martial_law:
        return
    calendar = working_calendar(library)
    if calendar is None or not calendar.is_martial_law(act.adopted_on):
        yield Problem("expires_with_martial_law", f"{day(act.adopted_on)} воєнного стану не було. Додайте період до "
                      "martial_law у data/calendar.yml або вкажіть expires_on.", MARTIAL_TERM)
