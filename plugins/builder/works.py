"""What is made one by one: the pages of each record, the lists and other pages of each room, the files beside them.

Each is made under a trace and comes out as `Made`: what it asked for, what it found wrong, what it wrote. A page of a
list whose fingerprint is the remembered one is not even composed; a file whose bytes are the remembered ones is not
written.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2

from plugins.records import (
    REGISTRY,
    Deferred,
    Finding,
    Group,
    Library,
    OutputFile,
    PageModel,
    Record,
    Refused,
    Report,
    Trace,
    code,
    kept,
)
from plugins.records.faces import card_text, ties_of
from plugins.records.link import targets
from plugins.records.model import marks
from plugins.records.registry import Index
from plugins.records.shelf import Seen

from .output import stage
from .state import Made, Out, Part, parts_of, place_text

TEMPLATE = code("TEMPLATE", "Шаблон друкує лише те, що є в моделі сторінки.", "{{ page.titel }}", "{{ page.title }}")


def fingerprint(*parts: Any) -> str:
    """The hash of the values a file is made from. Values print themselves: dataclasses, tuples, texts, dates."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """What writers get: the library, the site model, what is known of all pages."""

    library: Library
    site: Any
    facts: Callable[[str], Iterable[tuple[str, Any]]]
    """Name → (path, fact) of the pages that have it."""
    parts: Callable[[str], list[Part]]
    """Name → the same by parts of the site."""
    count: Callable[[str], int]
    """Name → how many pages have it."""


class Works:
    """Makes things one by one; `known` tells what the last build wrote at a path."""

    def __init__(self, library: Library, site: Any, environment: jinja2.Environment | None, folder: Path | None,
                 engine: str, known: Callable[[str], Out | None], index: Index | None, cache: Path) -> None:
        """Without `folder` everything is composed and nothing printed; without `index` nobody asks for texts.

        `cache`: the folder where heavy files are kept.
        """
        self.library, self.site, self.environment, self.folder = library, site, environment, folder
        self.engine, self.known = engine, known
        self.common = fingerprint(engine, site, library.base)
        self.index, self.cache = index, cache
        self.holds: Callable[[str, str, datetime], bool] = lambda name, mark, now: False
        """(name, fingerprint, declared day) → True if a group is as it was."""
        self.trusts_lists = False
        """True if what is known of lists was found for the same settings, on this day or an earlier one."""
        self.facts: Callable[[str], Iterable[tuple[str, Any]]] = lambda name: ()
        self.count: Callable[[str], int] | None = None
        self.parts: Callable[[str], list[Part]] | None = None
        self.label = ""
        """Stands before the names of staged files: each worker has its own, a folder."""
        self._count = 0

    # ----------------------------------------------------------------------- the things

    def record(self, kind: str, key: str, linked: tuple[Trace, Report] | None = None) -> Made:
        """The pages of a record and the files beside them; `linked` is what linking it asked for and found.

        Of a record that is not public yet nothing is made, but its links must lead somewhere.
        """
        record = self.library.find(kind, key)
        assert record
        things = self._of_record(record) if self.library.is_out(kind, key) else ()
        return self._make(f"record {kind}/{key}", things, record.source.path, linked)

    def _of_record(self, record: Record) -> Iterator[Any]:
        if build := REGISTRY.page_builders.get(type(record)):
            for index, page in enumerate(build(record, self.library)):
                if index == 0 and isinstance(page, PageModel):
                    page = dataclasses.replace(page, boxes={**page.boxes, **self.library.boxes(record)})
                yield page
        for add in REGISTRY.for_each:
            yield from add(record, self.library)

    def pages(self, number: int, share: int = 0, shares: int = 1) -> list[Made]:
        """Pages of a room that belong to no single record; groups of pages are things of their own.

        Of several workers each makes its share: one the single pages, all some of the groups. Groups of one section go
        to one worker: the rows of its lists are mostly the same, and made once.
        """
        name, groups = pages_name(number), list[Group]()
        is_mine = number % shares == share

        def single() -> Iterator[Any]:
            for page in REGISTRY.pages[number](self.library):
                if isinstance(page, Group):
                    groups.append(page)
                elif is_mine:
                    yield page

        made = self._make(name, single())
        return [*([made] if is_mine else []),
                *(self._group(f"{name} {group.url}", group) for group in share_of(groups, share, shares))]

    def _group(self, name: str, group: Group) -> Made:
        """The pages of a group, or word that they are as they were."""
        mark = fingerprint(self.common, group.url, group.inputs)
        if self.trusts_lists and self.holds(name, mark, self.library.now.plain):
            return Made(name, mark=mark, is_kept=True)
        made = self._make(name, group.pages())
        made.mark = mark
        return made

    def writer(self, number: int) -> Made:
        """Files beside the pages."""
        build = REGISTRY.writers[number]
        return self._make(writer_name(number), build(self._composed()))

    def _composed(self) -> Composed:
        return Composed(self.library, self.site, self._facts, self._parts, self._counted)

    def _counted(self, name: str) -> int:
        return self.count(name) if self.count else sum(1 for _ in self.facts(name))

    def _parts(self, name: str) -> list[Part]:
        self.library.note(f"P:{name}")
        return self.parts(name) if self.parts else parts_of(name, self.facts(name))

    def _facts(self, name: str) -> Iterable[tuple[str, Any]]:
        self.library.note(f"P:{name}")
        return self.facts(name)

    def _make(self, name: str, things: Iterable[Any], where: str = "",
              linked: tuple[Trace, Report] | None = None) -> Made:
        made = Made(name, where=where)
        with self.library.watch() as trace:
            for thing in things:
                if isinstance(thing, OutputFile):
                    made.outs.append(self._file(thing, made))
                else:
                    made.outs.append(self._page(thing, made))
        if linked:
            trace.add(linked[0])
            made.findings += linked[1].remarks
        made.tokens, made.due, made.pending = trace.tokens, trace.due, trace.pending
        made.tokens.update(f"U:{target}" for item in made.pending for target in targets(item))
        made.mentions = trace.mentions
        made.files = {use.url: str(use.file) for use in sorted(trace.files)}
        made.pictures = trace.pictures
        return made

    def card(self, kind: str, key: str) -> tuple[Made, list[tuple[str, str]]]:
        """The cards of a record: its own and those of the places where it names others."""
        record = self.library.find(kind, key)
        assert record
        own = card_text(self.library.card_at(kind, key, None))
        cards = [("", own)]
        for tie in ties_of(record, marks) if record.tells_by_place() else ():
            text = card_text(self.library.card_at(kind, key, tie.place))
            if text != own:
                cards.append((place_text(tie.place), text))
        trace = self.library.card_trace(kind, key)
        return Made(f"card {kind}/{key}", trace.tokens, trace.due), cards

    def view(self, name: str, kind: str, key: str) -> tuple[Made, Seen]:
        """What a view shows of a record."""
        face = self.library.shelf.face(kind, key)
        assert face
        seen = self.library.seen(REGISTRY.views[name], face)
        trace = self.library.view_trace(name, kind, key)
        return Made(f"view {name} {kind}/{key}", trace.tokens, trace.due, pictures=trace.pictures), seen

    # ----------------------------------------------------------------------- files

    def _page(self, page: PageModel | Deferred, made: Made) -> Out:
        known = self.known(page.path)
        if isinstance(page, Deferred):
            mark = fingerprint(self.common, page.url, page.inputs)
            is_right = known is not None and known.mark == mark and not (
                known.due and known.due <= self.library.now.plain) and self.trusts_lists
            if self.folder is None or is_right:
                return dataclasses.replace(known, name="") if known else Out(page.path, mark, "", page.title)
            with self.library.watch() as trace:
                page = page.make()
                out = self._out(page, mark)
            assert not trace.pictures, "what a list shows is asked for by its rows"
            out.due = trace.due
        else:
            out = self._out(page, "")
        if self.environment:
            template, shown = self.environment.get_template(page.template), page
            self._write(out, known, lambda: template.render(page=shown).encode("utf-8"), made)
        return out

    def _out(self, page: PageModel, mark: str) -> Out:
        facts = {name: fact for name, know in REGISTRY.facts.items() if (fact := know(page, self.library)) is not None}
        return Out(page.path, mark, "", page.title, facts, is_composed=True,
                   entry=self.index.fact(page, self.library) if self.index else None)

    def _file(self, file: OutputFile, made: Made) -> Out:
        out = Out(unquote(file.path), fingerprint(self.engine, file.inputs), "")
        known = self.known(out.path)
        if known and known.mark == out.mark:
            out.digest = known.digest
        elif self.folder is not None or file.may_refuse:
            with self.library.watch():
                self._write(out, known, making_of(file, self.cache), made)
        return out

    def _write(self, out: Out, known: Out | None, build: Callable[[], bytes], made: Made) -> None:
        content = built(out.path, build)
        if isinstance(content, tuple):
            made.findings += content
            return
        if self.folder is None:
            return
        out.digest = hashlib.sha256(content).hexdigest()
        if known and known.digest == out.digest:
            return
        self._count += 1
        out.name = f"{self.label}{self._count}"
        stage(f"{self.folder}/{out.name}", content)


def making_of(file: OutputFile, cache: Path) -> Callable[[], bytes]:
    """What makes a file's bytes; those of a heavy one are kept in the cache under the digest of its inputs."""
    if not file.is_heavy:
        return file.build
    name = Path(file.path)
    return partial(kept, cache / "made" / f"{name.stem[:60]}.{fingerprint(file.inputs)}{name.suffix}", file.build)


def built(path: str, build: Callable[[], bytes]) -> bytes | tuple[Finding, ...]:
    """The bytes of a file, or why it cannot be made. Errors: OSError (the disk)."""
    try:
        return build()
    except OSError:
        raise
    except Refused as error:
        return error.findings
    except Exception as error:
        return (Finding(path, 0, "", describe(error), TEMPLATE.name),)


def share_of(groups: list[Group], share: int, shares: int) -> list[Group]:
    """The groups of one worker: whole sections, the largest first, each to whoever has least to do."""
    sections: dict[str, list[Group]] = {}
    for group in groups:
        sections.setdefault(group.url.split("/")[1], []).append(group)
    loads = [0] * shares
    mine: list[Group] = []
    for section in sorted(sections.values(), key=lambda section: -sum(group.size for group in section)):
        lightest = loads.index(min(loads))
        loads[lightest] += sum(group.size for group in section)
        mine += section if lightest == share else ()
    return mine


def pages_name(number: int) -> str:
    """The name of what a room's function makes."""
    build = REGISTRY.pages[number]
    return f"pages {build.__module__}.{build.__qualname__}"


def writer_name(number: int) -> str:
    """The name of what a writer makes."""
    build = REGISTRY.writers[number]
    return f"write {build.__module__}.{build.__qualname__}"


def describe(error: Exception) -> str:
    """An error of a template or a writer in words; its place in the theme where Jinja knows it."""
    place = ""
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".html", ".xml")):
            place = f" ({Path(name).name}:{trace.tb_lineno})"
        trace = trace.tb_next
    if isinstance(error, jinja2.UndefinedError | jinja2.TemplateError):
        return f"шаблон не друкується: {error}{place}."
    return f"файл не складається: {type(error).__name__}: {error}{place}."


__all__ = ["Composed", "Made", "Out", "Report", "Works", "built", "describe", "fingerprint", "making_of", "pages_name",
           "writer_name"]
