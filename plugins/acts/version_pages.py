"""Versions of an act → pages: the text on a day, and what was changed in it since the version before and the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from markupsafe import Markup

from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import MarkedRow, NotedLink, Notice, Status
from plugins.ukrainian import NBSP, day

from . import points
from .changes import AnnexText, State
from .comparisons import between
from .identity import url_of
from .model import Act, ActStatus
from .places import find_place
from .status import act_status
from .texts import below_h2, rendered
from .versions import Version, told_versions, version_url, versions


@frozen
class VersionRow:
    """A version in the list on the page of its act."""

    title: str
    url: str
    acts: tuple[Link, ...]
    note: str
    comparison: str
    """The address of what was changed in it."""
    is_current: bool


@frozen
class AnnexView:
    """An annex in the text of a version."""

    title: str
    anchor: str
    text: Markup


@frozen(kw_only=True)
class VersionPage(PageModel):
    """The whole text as it was in force from a day on."""

    template: ClassVar[str] = "acts/version.html"
    page_kind: ClassVar[str] = "act"

    status: Status
    kicker: tuple[str | Link, ...]
    notice: Notice
    text: Markup
    annexes: tuple[AnnexView, ...]
    sources: tuple[NotedLink, ...]
    others: tuple[VersionRow, ...]


@frozen(kw_only=True)
class ComparisonPage(PageModel):
    """What was changed: since the version before, and since the text that was adopted."""

    template: ClassVar[str] = "acts/comparison.html"
    page_kind: ClassVar[str] = "act"

    status: Status
    kicker: tuple[str | Link, ...]
    acts: tuple[Link, ...]
    before_title: str
    rows: tuple[MarkedRow, ...]
    first_title: str
    first_rows: tuple[MarkedRow, ...]
    """Empty where the version before is the first one."""


def comparison_url(act: Act, version: Version) -> str:
    """The address of what a version changed."""
    return f"{version_url(act, version)}porivniannia/"


def version_rows(act: Act, library: Library) -> tuple[VersionRow, ...]:
    """All versions, the newest first; none where nothing was changed."""
    found = versions(act, library)
    if len(found) == 1:
        return ()
    return tuple(_row(act, version, version is found[-1], library) for version in reversed(found))


def _row(act: Act, version: Version, is_current: bool, library: Library) -> VersionRow:
    title = f"Редакція від {day(version.on)}" if version.acts else "Текст, яким документ ухвалено"
    acts = tuple(_link(key, library) for key in version.acts)
    if version.state is None:
        return VersionRow(title, "", acts, _why_unknown(version, library), "", is_current)
    return VersionRow(title, version_url(act, version), acts, "",
                      comparison_url(act, version) if version.acts else "", is_current)


def _why_unknown(version: Version, library: Library) -> str:
    other = library.get(Act, version.missing)
    name = f"{other.type.label.lower()} №{NBSP}{other.number}" if other else "один з актів"
    return f"Повного тексту скласти не можна: {name} не описує змін за пунктами."


def _link(key: str, library: Library) -> Link:
    other = library.get(Act, key)
    assert other
    return Link(f"№{NBSP}{other.number} від {day(other.adopted_on)}", url_of(other.type.value, other.key))


def version_pages(act: Act, name: str, crumbs: tuple[Link, ...], library: Library) -> Iterator[PageModel]:
    """Two pages for each version but the first. `name`: «Рішення міської ради № 842-25/8»."""
    found = versions(act, library)
    rows = version_rows(act, library)
    for number, told in enumerate(told_versions(act, library), 1):
        before, version = found[number - 1], found[number]
        up = (*crumbs, Link(f"№{NBSP}{act.number}", act.url))
        kicker = (Link(name, act.url), f"редакція від {day(version.on)}")
        is_newest = number + 1 == len(found)
        is_acting = is_newest and act_status(act, library) in (ActStatus.IN_FORCE, ActStatus.PARTLY_IN_FORCE)
        status = (Status("Чинна редакція", "done") if is_acting
                  else Status("Остання редакція" if is_newest else "Попередня редакція", "ended"))
        words = f"{name} «{told.title}»"
        yield VersionPage(
            url=told.url, title=told.title, lang=act.lang, boxes=library.boxes(told),
            head_title=f"№{NBSP}{act.number}, редакція від {day(version.on)}: {told.title}",
            description=f"{words}: повний текст у редакції від {day(version.on)}."[:200], crumbs=up, menu="documents",
            updated_at=version.on, status=status, kicker=kicker, notice=_notice(act, found, number, is_acting),
            text=_text(act, _state(version), library), annexes=tuple(_annexes(act, _state(version), library)),
            sources=tuple(_sources(found[:number + 1], library)), others=rows)
        yield ComparisonPage(
            url=comparison_url(act, version), title=f"Що змінено в редакції від {day(version.on)}", lang=act.lang,
            head_title=f"№{NBSP}{act.number}: що змінено в редакції від {day(version.on)}",
            description=f"{words}: які слова вилучено й додано в редакції від {day(version.on)}."[:200],
            crumbs=(*up, Link(f"Редакція від {day(version.on)}", told.url)), menu="documents",
            updated_at=version.on, status=status, kicker=kicker,
            acts=tuple(_link(key, library) for key in version.acts),
            before_title=_named(before), rows=between(_state(before), _state(version)), first_title=_named(found[0]),
            first_rows=between(_state(found[0]), _state(version)) if number > 1 else ())


def _state(version: Version) -> State:
    assert version.state
    return version.state


def _named(version: Version) -> str:
    return f"редакція від {day(version.on)}" if version.acts else "текст, яким документ ухвалено"


def _notice(act: Act, found: tuple[Version, ...], number: int, is_acting: bool) -> Notice:
    """Whether this text is the one in force, and that the acts alone are official."""
    link = Link("Що змінено в цій редакції", comparison_url(act, found[number]))
    if number + 1 < len(found):
        until = found[number + 1].on
        return Notice("info", f"Редакція діяла до {day(until)}", "Потім до документа внесено нові зміни.", link)
    begins = day(found[number].on)
    return Notice("info", f"Редакція, чинна з {begins}" if is_acting else f"Остання редакція документа, з {begins}",
                  "Текст складено із самого документа та змін до нього; офіційними є їхні тексти.", link)


def _text(act: Act, state: State, library: Library) -> Markup:
    return below_h2(rendered(act, ("text",), state.text, library))


def _annexes(act: Act, state: State, library: Library) -> Iterator[AnnexView]:
    for number, annex in enumerate(state.annexes, 1):
        text = rendered(act, ("annexes", number - 1, "text"), annex.text, library, prefix=f"d{number}-")
        yield AnnexView(annex.title, f"dodatok-{number}", below_h2(text))


def _sources(found: tuple[Version, ...], library: Library) -> Iterator[NotedLink]:
    """Each changed point with the acts that changed it, in the order of the text as far as it can be told."""
    state = _state(found[-1])
    told: dict[str, list[str]] = {}
    anchors: dict[str, str] = {}
    for version in found:
        for source in version.sources:
            other = library.get(Act, source.act)
            assert other
            told.setdefault(source.point, []).append(
                f"{source.action}, №{NBSP}{other.number} від {day(other.adopted_on)}")
            anchors[source.point] = anchor_of(state, source.mention)
    for point, notes in told.items():
        yield NotedLink(point[:1].upper() + point[1:], anchors[point], "; ".join(dict.fromkeys(notes)))


def anchor_of(state: State, mention: str) -> str:
    """Where on the page of a version a change is."""
    spot = find_place(state, mention) if mention else None
    if spot is None or spot.point is None:
        return f"#dodatok-{spot.annex}" if spot and spot.annex else "#tekst"
    return "#" + points.anchor_in(spot.point, f"d{spot.annex}-" if spot.annex else "")


__all__ = ["AnnexText", "ComparisonPage", "VersionPage", "VersionRow", "anchor_of", "version_pages", "version_rows",
           "version_url"]
