"""Lists of dated records: one for all, one a year, one a kind — cut into pages that are numbered from the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from plugins.ukrainian import counted

from .components import FilterGroup, FilterOption, RegisterRow, Row, Year
from .frozen import frozen
from .model import Record
from .page import Link, PageModel, Slice, slices

PAGE_SIZE = 30


@frozen(kw_only=True)
class ListPage(PageModel):
    """One page of a list. `rows` are Row or RegisterRow (`is_register` says which)."""

    template: ClassVar[str] = "records/list.html"
    page_kind: ClassVar[str] = "article-list"

    heading: str
    lead: str = ""
    rows: tuple[Row | RegisterRow, ...]
    is_register: bool = False
    years: tuple[Year, ...] = ()
    filters: tuple[FilterGroup, ...] = ()
    chosen: int = 0
    count: str = ""
    data_links: tuple[Link, ...] = ()
    position: str = ""
    older: Link | None = None
    newer: Link | None = None

    @property
    def kind(self) -> str:
        return "act-register" if self.is_register else "article-list"


@frozen
class Axis:
    """A way to narrow a list: the title of the group and, for a record, (part of the address, label) or None."""

    title: str
    value: Callable[[Any], tuple[str, str] | None]


@frozen
class ListPlan:
    """What a room says of its lists.

    `url` is the address of the whole list; `noun` the three forms for counts; `row` makes the row of a record.
    """

    url: str
    title: str
    description: str
    noun: tuple[str, str, str]
    row: Callable[[Any], Row | RegisterRow]
    menu: str
    crumbs: tuple[Link, ...] = ()
    lead: str = ""
    axes: tuple[Axis, ...] = ()
    is_register: bool = False
    feeds: tuple[Link, ...] = ()
    data_links: tuple[Link, ...] = ()


def lists(plan: ListPlan, newest_first: Sequence[Record]) -> Iterator[ListPage]:
    """All list pages of a plan: the whole list, each year, each value of each axis. An empty list has no pages."""
    if not newest_first:
        return
    rows = {record.key: plan.row(record) for record in newest_first}
    years = sorted({record.year for record in newest_first}, reverse=True)
    yield from _pages(plan, newest_first, rows, years, None, "", plan.url, plan.title, 0)
    for year in years:
        chosen = [record for record in newest_first if record.year == year]
        yield from _pages(plan, chosen, rows, years, year, "", f"{plan.url}{year}/", f"{plan.title}, {year} рік", 0)
    for axis in plan.axes:
        values = sorted({value for record in newest_first if (value := axis.value(record))}, key=lambda v: v[1])
        for part, label in values:
            chosen = [record for record in newest_first if axis.value(record) == (part, label)]
            yield from _pages(plan, chosen, rows, years, None, part, f"{plan.url}{part}/",
                              f"{plan.title}: {label[:1].lower() + label[1:]}", 1, newest_first)


def _pages(plan: ListPlan, chosen: Sequence[Record], rows: dict[str, Any], years: Sequence[int], year: int | None,
           part: str, url: str, title: str, filters_on: int, everything: Sequence[Record] = ()) -> Iterator[ListPage]:
    groups = tuple(group for axis in plan.axes
                   if (group := _group(plan, axis, everything or (chosen if year is None else ()), part)).options)
    tiles = tuple(Year(str(item), f"{plan.url}{item}/", item == year) for item in years)
    tiles = tiles if len(years) > 1 or year else ()
    crumbs = plan.crumbs if url == plan.url else (*plan.crumbs, Link(plan.title, plan.url))
    for piece in slices(chosen, url, PAGE_SIZE):
        yield _page(plan, piece, rows, groups, tiles, crumbs, title, url, filters_on, chosen)


def _page(plan: ListPlan, piece: Slice, rows: dict[str, Any], groups: tuple[FilterGroup, ...], tiles: tuple[Year, ...],
          crumbs: tuple[Link, ...], title: str, url: str, filters_on: int, chosen: Sequence[Record]) -> ListPage:
    count = counted(piece.total, *plan.noun) if piece.is_head else f"Записи {piece.span}"
    if not piece.is_head:
        description = f"{title}. {plan.description} {count}, від найдавніших."
    else:
        description = f"{plan.description} {count}." if url == plan.url else f"{title}: {count}. {plan.description}"
    return ListPage(
        url=piece.url, title=title if piece.is_head else f"{title}, {piece.span}", heading=title,
        description=description, crumbs=crumbs if piece.is_head else (*crumbs, Link(title, url)), menu=plan.menu,
        lead=plan.lead if piece.is_head else "", rows=tuple(rows[record.key] for record in piece.items),
        is_register=plan.is_register, years=tiles, filters=groups if piece.is_head else tuple(map(_uncounted, groups)),
        chosen=filters_on, count=count, data_links=plan.data_links, feeds=plan.feeds, position=piece.position,
        older=piece.older, newer=piece.newer, updated_at=_moment(piece.items[0]) if piece.items else None)


def _moment(record: Any) -> Any:
    return getattr(record, "changed_at", None) or record.day


def _group(plan: ListPlan, axis: Axis, everything: Sequence[Record], part: str) -> FilterGroup:
    counts: dict[tuple[str, str], int] = {}
    for record in everything:
        if value := axis.value(record):
            counts[value] = counts.get(value, 0) + 1
    options = tuple(FilterOption(label, f"{plan.url}{name}/", count, name == part)
                    for (name, label), count in sorted(counts.items(), key=lambda item: item[0][1]))
    return FilterGroup(axis.title, options if len(options) > 1 else ())


def _uncounted(group: FilterGroup) -> FilterGroup:
    return replace(group, options=tuple(replace(option, count=None) for option in group.options))


__all__ = ["Axis", "ListPage", "ListPlan", "lists"]
