"""Lists of dated records: one for all, one a year, one a kind — cut into pages that are numbered from the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from plugins.ukrainian import counted

from .components import FilterGroup, FilterOption, Year
from .faces import digest
from .frozen import frozen
from .library import Library
from .page import Deferred, Group, Link, PageModel, Slice, slices
from .registry import Axis, View
from .shelf import Seen

PAGE_SIZE = 30


@frozen(kw_only=True)
class ListPage(PageModel):
    """One page of a list. `rows` are Row or RegisterRow (`is_register` says which)."""

    template: ClassVar[str] = "records/list.html"
    page_kind: ClassVar[str] = "article-list"

    heading: str
    lead: str = ""
    rows: tuple[Any, ...]
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
class Rows:
    """How a list of other things than records (verdicts) makes its rows: `(key, library)` → row, moment of change."""

    row: Callable[[str, Library], Any]
    changed_at: Callable[[str, Library], Any]


@frozen
class ListPlan:
    """What a room says of its lists.

    `url` is the address of the whole list; `noun` the three forms for counts; `view` makes the row of a record.
    """

    url: str
    title: str
    description: str
    noun: tuple[str, str, str]
    view: View
    menu: str
    crumbs: tuple[Link, ...] = ()
    lead: str = ""
    is_register: bool = False
    feeds: tuple[Link, ...] = ()
    data_links: tuple[Link, ...] = ()
    has_years: bool = True
    size: int = PAGE_SIZE
    rows: Rows | None = None
    """Where the items are not the records of the view: what makes a row of an item's key."""

    def row(self, key: str, library: Library) -> Any:
        """The row of an item."""
        return self.rows.row(key, library) if self.rows else library.row(self.view, key)

    def changed_at(self, key: str, library: Library) -> Any:
        """When an item last changed in substance."""
        return self.rows.changed_at(key, library) if self.rows else library.changed_at(self.view, key)


def lists(plan: ListPlan, library: Library, seen: Sequence[Seen] | None = None) -> Iterator[Group]:
    """All lists of a plan, each a group of pages: the whole list, each year, each value of each axis.

    An empty list has no pages.

    `seen` are the records of the list, newest first; without it all that the plan's view holds.
    """
    newest_first = [item for item in (library.views(plan.view) if seen is None else seen) if item.mark]
    if not newest_first:
        return
    by_year: dict[int, list[Seen]] = {}
    for item in newest_first if plan.has_years else ():
        by_year.setdefault(item.year, []).append(item)
    years = sorted(by_year, reverse=True)
    axes = [(axis.title, _parts(index, newest_first)) for index, axis in enumerate(plan.view.axes) if axis.title]
    whole = {title: {place: len(part) for place, part in parts.items()} for title, parts in axes
             if len(parts) > 1 or sum(map(len, parts.values())) < len(newest_first)}
    yield _pages(plan, library, newest_first, years, None, whole, (0, ""), plan.url, plan.title)
    for year in years:
        yield _pages(plan, library, by_year[year], years, year, {}, (0, ""), f"{plan.url}{year}/",
                     f"{plan.title}, {year} рік")
    for _, parts in axes:
        for part, label in sorted(parts, key=lambda value: value[1]):
            yield _pages(plan, library, parts[part, label], years, None, whole, (1, part), f"{plan.url}{part}/",
                         f"{plan.title}: {label[:1].lower() + label[1:]}")


def _parts(index: int, newest_first: Sequence[Seen]) -> dict[tuple[str, str], list[Seen]]:
    """The items at each place of an axis."""
    parts: dict[tuple[str, str], list[Seen]] = {}
    for item in newest_first:
        if value := item.axes[index]:
            parts.setdefault(value, []).append(item)
    return parts


Counts = dict[str, dict[tuple[str, str], int]]
"""The title of a group → how many records stand at each of its values."""


def _pages(plan: ListPlan, library: Library, chosen: Sequence[Seen], years: Sequence[int], year: int | None,
           counts: Counts, part: tuple[int, str], url: str, title: str) -> Group:
    groups = tuple(group for name, found in counts.items() if (group := _group(plan, name, found, part[1])).options)
    uncounted = tuple(map(_uncounted, groups))
    tiles = tuple(Year(str(item), f"{plan.url}{item}/", item == year) for item in years)
    tiles = tiles if len(years) > 1 or year else ()
    crumbs = plan.crumbs if url == plan.url else (*plan.crumbs, Link(plan.title, plan.url))
    words = (plan.title, plan.description, plan.noun, plan.menu, plan.lead, plan.is_register, plan.feeds,
             plan.data_links)
    head = digest(repr((words, title, groups, tiles, crumbs, part)))
    older = digest(repr((words, title, uncounted, tiles, crumbs, part)))

    def pages() -> Iterator[Deferred]:
        for piece in slices(chosen, url, plan.size):
            inputs = (piece.number, piece.first, piece.last, piece.older, piece.newer,
                      [item.mark for item in piece.items], (head, piece.total) if piece.is_head else older)
            yield Deferred(piece.url, inputs, partial(
                _page, plan, library, piece, groups if piece.is_head else uncounted, tiles, crumbs, title, url,
                part[0]), title if piece.is_head else f"{title}, {piece.span}")

    return Group(url, (head, older, digest("".join(item.mark for item in chosen))), pages, len(chosen))


def _page(plan: ListPlan, library: Library, piece: Slice, groups: tuple[FilterGroup, ...], tiles: tuple[Year, ...],
          crumbs: tuple[Link, ...], title: str, url: str, filters_on: int) -> ListPage:
    count = counted(piece.total, *plan.noun) if piece.is_head else f"Записи {piece.span}"
    if not piece.is_head:
        description = f"{title}. {plan.description} {count}, від найдавніших."
    else:
        description = f"{plan.description} {count}." if url == plan.url else f"{title}: {count}. {plan.description}"
    return ListPage(
        url=piece.url, title=title if piece.is_head else f"{title}, {piece.span}", heading=title,
        description=description, crumbs=crumbs if piece.is_head else (*crumbs, Link(title, url)), menu=plan.menu,
        lead=plan.lead if piece.is_head else "",
        rows=tuple(plan.row(item.key, library) for item in piece.items),
        is_register=plan.is_register, years=tiles, filters=groups,
        chosen=filters_on, count=count, data_links=plan.data_links, feeds=plan.feeds, position=piece.position,
        older=piece.older, newer=piece.newer,
        updated_at=plan.changed_at(piece.items[0].key, library) if piece.items else None)


def _group(plan: ListPlan, title: str, counts: dict[tuple[str, str], int], part: str) -> FilterGroup:
    options = tuple(FilterOption(label, f"{plan.url}{name}/", count, name == part)
                    for (name, label), count in sorted(counts.items(), key=lambda item: item[0][1]))
    return FilterGroup(title, options)


def _uncounted(group: FilterGroup) -> FilterGroup:
    return replace(group, options=tuple(replace(option, count=None) for option in group.options))


__all__ = ["Axis", "ListPage", "ListPlan", "Rows", "View", "lists"]
