"""Page models: the contract between `pages.py` of a room and the theme.

A page model names its template, its address and each value the template may use. Cards and boxes of other rooms are
part of it: what the page asked for while it was made is noted, and it is made again when an answer is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar

from .frozen import frozen


@frozen
class Link:
    """A titled address; root-absolute addresses carry no base path (the `href` filter adds it)."""

    title: str
    url: str
    note: ClassVar[str] = ""
    """None here: lists of links ask each for its few words, and some have them (`NotedLink`)."""


@frozen
class Card:
    """What other records' pages may show of a record."""

    kind: str
    key: str
    title: str
    url: str
    date: date | datetime | None = None
    type: str = ""
    status: Enum | None = None
    note: str = ""
    number: str = ""


@frozen
class Citing:
    """A citation of a document in a text: where it stands, and `follow`, which finds what it means when it is wanted.

    `follow()` gives (the address it leads to, what is wrong with it); either may be empty.
    """

    start: int
    end: int
    follow: Callable[[], tuple[str, str]]


def may_cite(text: str) -> bool:
    """False for texts without a sign of numbers, by far the most: nothing in them is looked for."""
    return "№" in text or "N" in text


@frozen
class Box:
    """A room's contribution to a page of another room: a template and the one value it prints (`box`)."""

    template: str
    value: Any


@frozen(kw_only=True)
class PageModel:
    """What every page has. `url` ends in `/` (a folder's index) or names a file such as `/404.html`."""

    template: ClassVar[str]
    page_kind: ClassVar[str]
    url: str
    title: str
    description: str
    head_title: str = ""
    """The title in the browser's tab where that of the page is not its own alone."""
    lang: str = "uk"
    crumbs: tuple[Link, ...] = ()
    menu: str = ""
    updated_at: date | datetime | None = None
    is_indexed: bool = True
    image: str = ""
    image_alt: str = ""
    """What the picture of a link shows, where it is not a card of the title."""
    feeds: tuple[Link, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    boxes: dict[str, tuple[Box, ...]] = field(default_factory=dict)
    card: Card | None = None
    """The record this page is of, if it is of one: search and open data know it by this."""
    search_text: str = field(default="", repr=False)
    """Plain text or HTML for the search index; empty: the page is not searched. No page prints it."""

    @property
    def kind(self) -> str:
        """The value of `data-template` (notes on accessibility: one kind, one design)."""
        return self.page_kind

    @property
    def path(self) -> str:
        """The file below the output folder."""
        return path_of(self.url)


@frozen
class Deferred:
    """A page that is made only where it has to be: it is as it was while its inputs (their `repr`) are as they were."""

    url: str
    inputs: Any
    make: Callable[[], PageModel]
    title: str = ""

    def then(self, change: Callable[[Any], PageModel], *inputs: Any) -> Deferred:
        """The same page, changed by a room; `inputs` are what the change depends on."""
        name = getattr(change, "__qualname__", type(change).__name__)
        return Deferred(self.url, (self.inputs, name, inputs), lambda: change(self.make()), self.title)

    @property
    def path(self) -> str:
        """The file below the output folder."""
        return path_of(self.url)


@frozen
class Group:
    """Pages that belong together (a list cut into pages): while the inputs are as they were, all of them are."""

    url: str
    inputs: Any
    pages: Callable[[], Iterable[Deferred]]
    size: int = 1
    """How many rows they have: tells how much work they are."""

    def then(self, change: Callable[[Any], PageModel], *inputs: Any) -> Group:
        """The same pages, each changed by a room."""
        name = getattr(change, "__qualname__", type(change).__name__)
        return Group(self.url, (self.inputs, name, inputs),
                     lambda: (page.then(change, *inputs) for page in self.pages()), self.size)


def path_of(url: str) -> str:
    """The file below the output folder that a page's address means."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


@frozen
class Slice:
    """One page of a list. `number` counts from the oldest; the head page holds the newest.

    Only the head page may tell how many there are: on the others nothing changes when something new is published.
    """

    items: tuple[Any, ...]
    number: int
    url: str
    first: int
    """1-based position of its oldest item, counted from the oldest of all."""
    last: int
    older: Link | None
    """«Раніші: 1–30»."""
    newer: Link | None
    """«Новіші: 61–90», and «Новіші» where the head page is next."""
    total: int

    @property
    def is_head(self) -> bool:
        """True for the page with the newest items."""
        return self.newer is None

    @property
    def span(self) -> str:
        """«31–60»."""
        return f"{self.first}–{self.last}"

    @property
    def position(self) -> str:
        """«61–95 із 95» on the head page, «31–60» on the others; empty where one page holds all."""
        if self.is_head:
            return f"{self.span} із {self.total}" if self.older else ""
        return self.span


def slices(newest_first: Sequence[Any], url: str, size: int = 30) -> Iterator[Slice]:
    """Cut a list into pages numbered from the oldest, so that a new item moves one page and not all of them.

    The head page (address `url`) holds `size` to `2 * size - 1` newest items, every older page exactly `size`, at
    `{url}storinka/{number}/`; those never change when something new is published. An empty list gives one empty page.
    """
    oldest_first = newest_first[::-1]
    full = max(len(oldest_first) // size - 1, 0)
    bounds = [(i * size, (i + 1) * size) for i in range(full)] + [(full * size, len(oldest_first))]

    def address(index: int) -> str:
        return url if index == full else f"{url}storinka/{index + 1}/"

    def link(word: str, index: int) -> Link | None:
        if not 0 <= index <= full:
            return None
        low, high = bounds[index]
        return Link(word if index == full else f"{word}: {low + 1}–{high}", address(index))

    for index, (low, high) in reversed(list(enumerate(bounds))):
        yield Slice(tuple(oldest_first[low:high][::-1]), index + 1, address(index), low + 1 if high else 0, high,
                    link("Раніші", index - 1), link("Новіші", index + 1), len(oldest_first))
