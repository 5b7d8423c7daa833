"""The text of an act as it was in force on any day: versions made of the original and of what amending acts changed.

An amendment that only says «внесено зміни», without what and where, ends the chain: from then on the text is not known
to a program, and the page says which act is to blame.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from plugins.records import Library, frozen

from .changes import REMOVED, REPEALED, AnnexText, CannotChange, ChangeAction, PointChange, State, changed, label
from .force import DAY, force_of
from .status import ActStatus, is_acting

if TYPE_CHECKING:
    from .model import Act, ActDocument, ActReference


@frozen
class Source:
    """Where a changed point comes from."""

    point: str
    action: str
    act: str
    """The key of the amending act."""
    mention: str
    """The point as the change names it."""


@frozen
class Version:
    """The text from a day on. `state` is None where it cannot be made; then `missing` is the act that does not say how.

    `sources` tell what is new in this version.
    """

    on: date
    acts: tuple[str, ...]
    state: State | None
    missing: str = ""
    sources: tuple[Source, ...] = ()


@frozen
class Fault:
    """A change that cannot be made: where it stands in the amending act, and why."""

    act: str
    place: str
    text: str


@frozen
class ActVersion:
    """A version with a page of its own, for what other rooms add to that page."""

    kind: ClassVar[str] = "act_version"

    act: Act
    on: date
    ends: date | None
    """The last day on which this text was in force; None where no end is known."""
    title: str
    url: str
    before: str
    """The address of the text before it."""
    changed_by: tuple[str, ...]
    """The keys of the acts that made it."""


def state_of(document: ActDocument) -> State:
    """The words of an act as it was adopted."""
    return State(document.title, document.text, tuple(AnnexText(a.title, a.text) for a in document.annexes))


def versions(act: Act, library: Library) -> tuple[Version, ...]:
    """The original, then the text after each day on which an amendment entered into force, by the declared day."""
    return library.worked_out(_versions, act)


def _versions(act: Act, library: Library) -> tuple[Version, ...]:
    changing = {other.key: other for other in _changing(act, library) if is_acting(other, library)}
    return _made(act, changing.values())[0]


def faults(act: Act, library: Library) -> tuple[Fault, ...]:
    """What cannot be made of all amendments of an act, those of the future among them."""
    return library.worked_out(_faults, act)


def _faults(act: Act, library: Library) -> tuple[Fault, ...]:
    return _made(act, (other for other in _changing(act, library) if not _is_void(other)))[1]


def _is_void(act: Act) -> bool:
    return act.ended is not None and act.ended.status.value in (ActStatus.LAPSED.value, ActStatus.ANNULLED.value)


def _changing(act: Act, library: Library) -> dict[Act, None]:
    return dict.fromkeys(other for relation in ("amended_by", "repealed_by")
                         for other in library.relating(act, relation, type(act)))


def _made(act: Act, changing: Iterable[Act]) -> tuple[tuple[Version, ...], tuple[Fault, ...]]:
    found = [Version(act.force_begins(), (), state_of(act))]
    wrong: list[Fault] = []
    ordered = sorted(changing, key=lambda other: (other.force_begins(), other.adopted_on, other.key))
    for on, group in groupby(ordered, key=lambda other: other.force_begins()):
        others = [other for other in group if _references(act, other)]
        if others:
            found.append(_next(found[-1], act, on, others, wrong))
    return tuple(found), tuple(wrong)


def _next(before: Version, act: Act, on: date, others: list[Act], wrong: list[Fault]) -> Version:
    state, missing = before.state, before.missing
    sources: list[Source] = []
    for other in others:
        annexes = tuple(annex.text for annex in other.annexes)
        for place, reference, changes, removed in _references(act, other):
            if not changes and not missing:
                state, missing = None, other.key
            for index, change in enumerate(changes):
                sources.append(Source(label(change.point), _told(change, removed), other.key, change.point))
                if state is None:
                    continue
                try:
                    state = changed(state, change, annexes, removed)
                except CannotChange as error:
                    wrong.append(Fault(other.key, f"{place}.changes.{index}" if reference else place, str(error)))
    return Version(on, tuple(other.key for other in others), state, missing, tuple(sources))


Changes = tuple[str, bool, tuple[PointChange, ...], str]
"""(place in the amending act, True if the changes are written there, the changes, what stands for what is gone)."""


def _references(act: Act, other: Act) -> list[Changes]:
    """What another act changes in this one; points that lose force are changes as well."""
    found: list[Changes] = [(f"amends.{index}", True, reference.changes, REMOVED)
                            for index, reference in enumerate(other.amends) if reference.act == act.key]
    found += [(f"repeals.{index}.points", False, tuple(map(_removal, reference.points)), REPEALED)
              for index, reference in enumerate(other.repeals) if reference.act == act.key and reference.points]
    return found


def _removal(point: str) -> PointChange:
    return PointChange(point=point, action=ChangeAction.REMOVE)


def _told(change: PointChange, removed: str) -> str:
    return "втратив чинність" if removed == REPEALED else change.action.label


def current(act: Act, library: Library) -> Version:
    """The version in force on the declared day."""
    return versions(act, library)[-1]


def version_url(act: Act, version: Version) -> str:
    """The address of a version; the original is the act's own page."""
    return f"{act.url}redaktsiia/{version.on}/" if version.acts else act.url


def told_versions(act: Act, library: Library) -> tuple[ActVersion, ...]:
    """The versions that have a page: all after the original whose text, and that of those before, is known."""
    found = versions(act, library)
    told: list[ActVersion] = []
    for number, version in enumerate(found[1:], 1):
        if version.state is None:
            break
        ends = found[number + 1].on - DAY if number + 1 < len(found) else force_of(act, library).ends
        told.append(ActVersion(act, version.on, ends, version.state.title, version_url(act, version),
                               version_url(act, found[number - 1]), version.acts))
    return tuple(told)


def changed_points(reference: ActReference) -> tuple[str, ...]:
    """The points that a reference names, or those of its changes."""
    return reference.points or tuple(dict.fromkeys(change.point for change in getattr(reference, "changes", ())
                                                   if change.point))
