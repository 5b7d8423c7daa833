"""What the rooms offer: kinds of records with their pages, lists, boxes and files to write. Filled by `register()`.

`register()` of a room only connects: `publish(Model, page=…)`, `pages(…)`, `box(slot, kinds, build)`, `offer(…)`.
"""

from __future__ import annotations

import importlib
import runpy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from .model import Record
from .output import OutputFile
from .page import Box, Citing, Deferred, Group, PageModel

PageBuilder = Callable[[Any, Any], Iterable[PageModel | Deferred | OutputFile]]
"""(record, library) → its pages, the record's own page first, and files that belong to it."""
Pages = Callable[[Any], Iterable[PageModel | Deferred | Group | OutputFile]]
"""(library) → pages that belong to no single record: lists, registers, the home page."""
Reader = Callable[..., Any]
BoxBuilder = Callable[[Any, Any], Box | None]
"""(record, library) → a box for the record's page, or None."""
Writer = Callable[[Any], Iterable[Any]]
"""(site) → `records.output.OutputFile`s: feeds, data sets, indexes."""
Additions = Callable[[Any, Any], Iterable[Any]]
"""(record, library) → pages and `records.output.OutputFile`s that belong to it."""
CitationFinder = Callable[[str, Any, Any], Sequence[Citing]]
"""(text or HTML, record, library) → the citations of documents in it, in their order."""
SampleOf = Callable[[Any], Iterable[Any]]
"""(library) → samples of a room's official templates (`documents.model.Sample`), for the brand book."""
FactOf = Callable[[PageModel, Any], Any]
"""(page, library) → what a writer must know of every page, or None."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A way to narrow a list: the title of the group and, for a record, (part of the address, label) or None.

    Without a title it is no way of the reader's: whoever makes lists may sort by it.
    """

    title: str
    value: Callable[[Any, Any], tuple[str, str] | None]
    """(record, library) → its place on the axis."""


@dataclass(frozen=True, slots=True)
class View:
    """How a kind of records stands in lists, feeds and tables: the row of each, and where it stands on the axes.

    The builder keeps the digest of each row: a list is made again only where one of its rows has changed.
    """

    name: str
    model: type[Record]
    row: Callable[[Any, Any], Any]
    """(record, library) → whatever the list prints of it."""
    axes: tuple[Axis, ...] = ()
    holds: Callable[[Any, Any], bool] = lambda record, library: True
    """(record, library) → False for records that are not in the list."""


@dataclass(slots=True)
class Registry:
    """All connections of one run, each list in the order of `PLUGINS`."""

    models: list[type[Record]] = field(default_factory=list)
    readers: dict[type[Record], Reader] = field(default_factory=dict)
    derived: list[tuple[type[Record], type[Record], Reader]] = field(default_factory=list)
    page_builders: dict[type[Record], PageBuilder] = field(default_factory=dict)
    mappings: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    facts: dict[str, FactOf] = field(default_factory=dict)
    for_each: list[Additions] = field(default_factory=list)
    pages: list[Pages] = field(default_factory=list)
    boxes: list[tuple[str, frozenset[str], BoxBuilder]] = field(default_factory=list)
    writers: list[Writer] = field(default_factory=list)
    index: Callable[..., Index] | None = None
    """`(state, mark, library)` → what the builder gives its pages to; set by the search room."""
    site: Callable[[Any, Any], Any] | None = None
    globals: dict[str, Any] = field(default_factory=dict)
    cite: CitationFinder | None = None
    picture: Callable[..., Any] | None = None
    """`(record, path, alt, title, library)` → the HTML of an image; set by the media room."""
    check_picture: Callable[..., None] | None = None
    """`(file)` → nothing, or BadLink with a code when the file is no picture that can be shown."""
    write_picture: Callable[..., Any] | None = None
    """`(path, rendition)` → the OutputFile of a picture that a page asked for."""
    samples: list[SampleOf] = field(default_factory=list)
    endings: list[Callable[[], None]] = field(default_factory=list)
    """What a process of the build does before it ends."""
    past: Callable[..., Past] | None = None
    """`(content, data, cache, name, report, cold, log, salts, mark)` → what happened before this build; set by the
    history room."""
    past_files: tuple[str, ...] = ()
    """Files of `data/` that tell of the past: no registers, a change there touches only what it tells of."""


class Past(Protocol):
    """What happened to documents before this build: commits, deployments. It is asked by `library.past_of`."""

    @property
    def mark(self) -> str:
        """What is known now: kept with the state of a build."""
        raise NotImplementedError

    def changed_since(self, mark: str) -> set[str] | None:
        """Files and addresses of which other things are known than at that mark; None if nobody can tell."""
        raise NotImplementedError


class Index(Protocol):
    """An index of all pages, kept from build to build: only pages that are others are worked out again."""

    def fact(self, page: PageModel, library: Any) -> Any:
        """What the index must know of a page, or None: asked where the page is composed."""
        raise NotImplementedError

    def put(self, path: str, fact: Any) -> None:
        """A page that was composed, and what is known of it."""
        raise NotImplementedError

    def drop(self, path: str) -> None:
        """A file that is no more."""
        raise NotImplementedError

    def keep_only(self, paths: Iterable[str]) -> None:
        """All files of the site: pages that are not among them are no more."""
        raise NotImplementedError

    @property
    def is_whole(self) -> bool:
        """True if the output holds no file of the index as it is known."""
        raise NotImplementedError

    def write(self, put_file: Callable[[str, bytes], None]) -> set[str]:
        """Hand over files that are new or others, by path; returns the paths of those that are no more."""
        raise NotImplementedError

    def keep(self) -> str:
        """Save what is known; the mark tells it from what others knew. Errors: OSError, sqlite3.Error."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Leave what is known as it was."""
        raise NotImplementedError


REGISTRY = Registry()
SETTINGS = Path(__file__).resolve().parents[2] / "pelicanconf.py"


def read_settings() -> dict[str, Any]:
    """What `pelicanconf.py` says."""
    return runpy.run_path(str(SETTINGS))


def load_rooms() -> list[ModuleType]:
    """Import every room of `PLUGINS`, in this order, so that all models and codes are known."""
    return [importlib.import_module(name) for name in read_settings()["PLUGINS"]]


def reset() -> None:
    """Forget all connections: the next run makes them anew."""
    fresh = Registry()
    for item in fields(Registry):
        setattr(REGISTRY, item.name, getattr(fresh, item.name))


def publish(model: type[Record], *, page: PageBuilder | None = None, pages: Pages | None = None,
            read: Reader | None = None, derive_from: type[Record] | None = None) -> None:
    """Announce a kind of record.

    `page(record, library)` makes a record's own pages, `pages(library)` its lists. `read(file, source)` replaces the
    common reader; with `derive_from` the records come out of another record instead: `read(parent)` yields them.
    """
    if derive_from and read:
        REGISTRY.derived.append((derive_from, model, read))
    else:
        REGISTRY.models.append(model)
        if read:
            REGISTRY.readers[model] = read
    if page:
        REGISTRY.page_builders[model] = page
    if pages:
        REGISTRY.pages.append(pages)


def mapping(*builds: Callable[[Any], Any]) -> None:
    """Announce functions whose mappings are asked by key (`library.entry`)."""
    REGISTRY.mappings.update((f"{build.__module__}.{build.__qualname__}", build) for build in builds)


def view(*views: View) -> None:
    """Announce how a kind stands in lists, feeds and tables."""
    REGISTRY.views.update((item.name, item) for item in views)


def know(name: str, fact: FactOf) -> None:
    """Announce what a writer must know of every page: it finds the facts under this name.

    A fact is plain data (tuples, texts, numbers).
    """
    REGISTRY.facts[name] = fact


def add_pages(build: Pages) -> None:
    """Pages that belong to no record kind."""
    REGISTRY.pages.append(build)


def add_to_each(build: Additions) -> None:
    """What a record may have besides its own pages: further pages, files beside them."""
    REGISTRY.for_each.append(build)


def box(slot: str, kinds: Iterable[str], build: BoxBuilder) -> None:
    """Offer a box for the pages of other rooms' records; an empty `kinds` means all."""
    REGISTRY.boxes.append((slot, frozenset(kinds), build))


def offer(build: Writer) -> None:
    """Offer files beside the pages: feeds, data sets, calendars."""
    REGISTRY.writers.append(build)


def index_by(open_index: Callable[..., Index]) -> None:
    """The one room that makes an index of all pages: the search."""
    REGISTRY.index = open_index


def describe_site(build: Callable[[Any, Any], Any]) -> None:
    """The one room that makes the site model (`site` in templates): `(library, assets)` → model."""
    REGISTRY.site = build


def template_globals(**names: Any) -> None:
    """Names that every template may use."""
    REGISTRY.globals.update(names)


def at_end(close: Callable[[], None]) -> None:
    """What each process of the build does before it ends: a program of its own is ended, and counted."""
    REGISTRY.endings.append(close)


def show_samples(build: SampleOf) -> None:
    """Samples of the room's official templates, for the brand book."""
    REGISTRY.samples.append(build)


def remember(open_past: Callable[..., Past], *files: str) -> None:
    """The one room that knows what happened before a build; `files` of `data/` that only tell of that."""
    REGISTRY.past, REGISTRY.past_files = open_past, files


def find_citations(build: CitationFinder) -> None:
    """The one room that finds citations of documents in texts: they become links, or remarks."""
    REGISTRY.cite = build


def print_pictures(build: Callable[..., Any], check: Callable[..., None], write: Callable[..., Any]) -> None:
    """The one room that prints images: `(record, path, alt, title, library)` → HTML; errors as `BadLink`.

    `check(file)` raises BadLink for a file that is no picture; `write(path, rendition)` gives the OutputFile of
    what a page asked for.
    """
    REGISTRY.picture = build
    REGISTRY.check_picture = check
    REGISTRY.write_picture = write
