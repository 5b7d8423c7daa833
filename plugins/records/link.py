"""link: records → library. Every reference resolves, every file exists, every text is rendered; here the build stops.

The library is what rooms below may ask: records of a kind, relations (declared once, with their inverse), cards,
boxes, the declared day. It knows no clock.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

from .markdown import ALT, LINK, BadLink, Context, TextFault, render
from .model import Document, Place, Record, marks
from .page import Box, Card
from .read import located
from .registry import REGISTRY, Registry
from .report import Finding, Problem, Report, Weight, code
from .values import Asset, Prose, To

REFERENCE = code("REFERENCE", "Посилання на запис — його ключ, і такий запис є.",
                 "draft: 2026/999-p", "draft: 2026/412-p")
FILE_MISSING = code("FILE-MISSING", "Файл, названий у документі, лежить поруч із ним.",
                    "path: dodatok.pdf (файлу немає)", "path: dodatok-1.pdf")
FILE_OUTSIDE = code("FILE-OUTSIDE", "Файли беруть лише з тек content і data.", "path: ../../../etc/passwd",
                    "path: dodatok-1.pdf")
FILE_BIG = code("FILE-BIG", "Вкладення менше за 10 МБ.", "(скан на 40 МБ)",
                "(стиснений PDF; або url і sha256 для великого файлу)")
DEAD_LINK = code("DEAD-LINK", "Посилання від кореня сайту веде на сторінку, яка є.", "[рішення](/rishennia/2026/999/)",
                 "[рішення](/rishennia/2026/5-37-8/)", is_lenient=True)
FRAGMENT = code("FRAGMENT", "Посилання всередині сторінки веде до розділу, який є.", "[див. нижче](#nema)",
                "[див. нижче](#rozdil-2)", is_lenient=True)

MAX_ATTACHMENT = 10_000_000
MAX_COMPARED = 100_000
"""Keys that are compared in one run to guess what a wrong one was meant for: some seconds of work, then no guesses."""
ABSOLUTE = re.compile(r"(?:https?|mailto|tel|geo):", re.I)
PELICAN_PATH = re.compile(r"[{|](filename|static|attach|author|category|tag|index)[}|](.*)")

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, order=True)
class FileUse:
    """A file that a page shows or offers: copied as it is to `url`."""

    url: str
    file: Path


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A root-absolute link, checked when all addresses are known."""

    record: Record
    place: Place
    url: str
    needle: str
    is_text: bool = True
    """False for an address that is a field of its own."""


@dataclass
class Library:
    """All records of one build and what follows from them. `now` is the declared day (design §5)."""

    records: list[Record]
    now: datetime
    base: str = ""
    site_url: str = ""
    """The address of the site, path included, without a slash at the end: for what stands alone (feeds, JSON-LD)."""
    registry: Registry = field(default_factory=lambda: REGISTRY)
    files: set[FileUse] = field(default_factory=set)
    pictures: dict[str, Any] = field(default_factory=dict)
    """What pages asked the media room for while they were composed: path in the output → its rendition."""
    pictures_read: dict[Path, Any] = field(default_factory=dict)
    pending: list[PendingLink] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    unread: set[tuple[str, str]] = field(default_factory=set)
    """(kind, identifier or "*") of what could not be read: its own problem is told, what follows from it is none."""
    unread_files: set[Path] = field(default_factory=set)
    adrift: set[str] = field(default_factory=set)
    """Kinds with a record that names what is not there: whom it was meant for is not known."""
    compared: int = 0
    """How many keys were compared with wrong ones (MAX_COMPARED)."""
    hidden: int = 0
    """How many records wait for their day of publication."""

    def __post_init__(self) -> None:
        self._by_kind: dict[str, list[Record]] = defaultdict(list)
        self._newest: dict[str, tuple[Record, ...]] = {}
        self._by_key: dict[tuple[str, str], Record] = {}
        self._by_file: dict[Path, Record] = {}
        self._related: dict[tuple[str, str], dict[str, list[tuple[Record, Place]]]] = defaultdict(
            lambda: defaultdict(list))
        documents = [record for record in self.records if isinstance(record, Document)]
        self.is_moving_in = bool(documents) and all(record.source.is_foreign for record in documents)
        """True for a site that has just moved in: all its documents have Pelican's own heads."""
        for record in self.records:
            self._by_key[record.kind, record.key] = record
            self._by_file.setdefault(record.source.file, record)
            if record.is_public(self.now):
                self._by_kind[record.kind].append(record)
            else:
                self.hidden += 1
        for record in self.records:
            if not record.is_public(self.now):
                continue
            for place, to, value in marks(record, To):
                if to.inverse:
                    self._related[to.kind, value][to.inverse].append((record, place))

    def of(self, model: type[R]) -> tuple[R, ...]:
        """All public records of a kind, in the order they were read (by file name)."""
        return cast("tuple[R, ...]", tuple(self._by_kind[model.kind]))

    def newest(self, model: type[R]) -> tuple[R, ...]:
        """All public records of a dated kind, newest first (equal days by key, stable)."""
        if model.kind not in self._newest:
            self._newest[model.kind] = tuple(sorted(self._by_kind[model.kind], key=newness, reverse=True))
        return cast("tuple[R, ...]", self._newest[model.kind])

    def get(self, model: type[R], key: str) -> R | None:
        """The record with this key, public or not yet."""
        return cast("R | None", self._by_key.get((model.kind, key)))

    def find(self, kind: str, key: str) -> Record | None:
        """The same by the name of the kind."""
        return self._by_key.get((kind, key))

    def only(self, model: type[R]) -> R:
        """The one record of a kind that has exactly one (the council)."""
        return self.of(model)[0]

    def exists(self, kind: str) -> bool:
        """True if there is any public record of a kind."""
        return bool(self._by_kind.get(kind))

    def card(self, kind: str, key: str | None) -> Card | None:
        """The card of a referenced record; None if it is not named or not public yet."""
        record = self._by_key.get((kind, key)) if key else None
        return record.card(self) if record and record.is_public(self.now) else None

    def related(self, record: Record, relation: str) -> tuple[Card, ...]:
        """Cards of the records that declared this inverse relation, newest first."""
        found = self._related.get((record.kind, record.key), {}).get(relation, [])
        cards = [source.card_at(place, self) for source, place in found]
        return tuple(sorted(cards, key=lambda card: (str(card.date or ""), card.key), reverse=True))

    def relating(self, record: Record, relation: str, model: type[R]) -> tuple[R, ...]:
        """The records themselves, for a room that may know their model."""
        found = self._related.get((record.kind, record.key), {}).get(relation, [])
        return cast("tuple[R, ...]", tuple(dict.fromkeys(source for source, _ in found if isinstance(source, model))))

    def boxes(self, record: Record) -> dict[str, tuple[Box, ...]]:
        """Boxes of all rooms for a record's page, by slot, in the order of the rooms."""
        slots: dict[str, list[Box]] = {}
        for slot, kinds, build in self.registry.boxes:
            if (not kinds or record.kind in kinds) and (box := build(record, self)):
                slots.setdefault(slot, []).append(box)
        return {slot: tuple(boxes) for slot, boxes in slots.items()}

    def is_whole(self, *models: type[Record]) -> bool:
        """True if all records of these kinds were read and name what is there: what a rule misses is really missing."""
        return not ({kind for kind, _ in self.unread} | self.adrift).intersection(
            kind for model in models for kind in self._sources(model.kind))

    def is_unread(self, kind: str, key: str) -> bool:
        """True if a record may be missing only because its file could not be read."""
        if any((source, "*") in self.unread for source in self._sources(kind)):
            return True
        parents = self._sources(kind) - {kind}
        return (kind, key.rpartition("/")[2]) in self.unread or any(source in parents for source, _ in self.unread)

    def _sources(self, kind: str) -> set[str]:
        """The kind itself and the kinds whose records it is derived from."""
        return {kind} | {parent.kind for parent, model, _ in self.registry.derived if model.kind == kind}

    def is_lenient_to(self, record: Record) -> bool:
        """Registers of another tree may stand beside the documents of a site that has just moved in."""
        return self.is_moving_in and record.place.startswith("data/")

    def href(self, url: str) -> str:
        """A site address as it stands in HTML: with the base path of a site below a host's root."""
        return self.base + url if url.startswith("/") else url

    def must_exist(self, record: Record, field_path: str, url: str) -> None:
        """A field holds a root-absolute address: a problem if it turns out to lead to no page."""
        target = unquote(re.split(r"[?#]", url)[0])
        self.pending.append(PendingLink(record, (field_path,), target, url, is_text=False))

    def file_of(self, record: Record, path: str) -> Path:
        """The file named by a record. Errors: BadLink when it is not there or lies outside."""
        _file_exists(record, path)
        return _file_of(record, path)

    def file_url(self, record: Record, path: str) -> str:
        """The address of a file named by a record, beside the record's page. Errors: BadLink."""
        file = _file_of(record, path)
        if not file.is_file():
            raise BadLink(f"файлу «{path}» немає. Покладіть його поруч із документом або виправте назву.")
        if file.stat().st_size > MAX_ATTACHMENT:
            raise BadLink(f"файл «{path}» більший за 10 МБ. Стисніть його або дайте url і sha256.")
        folder = record.source.file.parent
        if file.is_relative_to(folder) and record.url:
            url = record.url + quote(file.relative_to(folder).as_posix())
        else:
            url = "/media/" + quote(file.relative_to(record.source.root).as_posix())
        if record.is_public(self.now):  # nothing of a document goes out before its day
            self.files.add(FileUse(url, file))
        return url


def newness(record: Record) -> tuple[str, str, str]:
    """Sort key: the moment of publication where there is one, else the record's day; then the key."""
    at = getattr(record, "starts_at", None) or getattr(record, "published_at", None)
    moment = at.isoformat() if at and at.date() == record.day else ""
    return (record.day.isoformat(), moment, record.key)


def _file_of(record: Record, path: str) -> Path:
    """The file a record means; a leading `/` starts at the content folder. Errors: BadLink when it leads outside."""
    root = record.source.root
    base = root if path.startswith("/") else record.source.file.parent
    top = _real(str(root))
    file = os.path.normpath(os.path.join(top, base.relative_to(root), unquote(path).lstrip("/")))  # noqa: PTH118
    try:
        os.lstat(file)
        file = os.path.realpath(file)
    except FileNotFoundError:
        pass  # whoever asked says so
    except (OSError, ValueError):  # a name too long, a link in a circle
        raise BadLink(f"назва «{path}» неможлива. Перевірте шлях до файлу.") from None
    if file != top and not file.startswith(top + os.sep):
        raise BadLink(f"«{path}» веде за межі теки {root.name}. Покладіть файл поруч із документом.")
    return root / file[len(top) + 1:]


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def link(library: Library, report: Report) -> None:
    """Resolve references and files, render texts, run the rules that need the library. Problems go to the report."""
    for record in library.records:
        if problems := list(_reference_problems(record, library)):
            library.adrift.add(record.kind)
            report.extend(problems)
    for record in library.records:
        report.extend(_asset_problems(record, library))
        _render_texts(record, library, report)
        for rule in record.links:
            report.extend(located(problem, record) for problem in rule(record, library))


def _reference_problems(record: Record, library: Library) -> Iterator[Finding]:
    for place, to, value in marks(record, To):
        if library.find(to.kind, value) is None and not library.is_unread(to.kind, value):
            weight = Weight.REMARK if library.is_lenient_to(record) else Weight.ERROR
            yield located(Problem(".".join(map(str, place)), f"«{value}» немає. {_nearest(to.kind, value, library)}",
                                  REFERENCE, weight), record)


def _nearest(kind: str, value: str, library: Library) -> str:
    import difflib

    if library.compared > MAX_COMPARED:
        return "Перевірте ключ."
    known = [key for name, key in library._by_key if name == kind]
    library.compared += len(known)
    close = difflib.get_close_matches(value, known, 1, 0.6)
    return f"Можливо, «{close[0]}»?" if close else "Перевірте ключ."


def _asset_problems(record: Record, library: Library) -> Iterator[Finding]:
    for place, marker, value in marks(record, Asset):
        try:
            if marker.accepts == "image":
                file = library.file_of(record, value)
                if library.registry.check_picture:
                    library.registry.check_picture(file)
            else:
                library.file_url(record, value)
        except BadLink as error:
            text = str(error)
            kind = error.code or (
                FILE_OUTSIDE if "за межі" in text else FILE_BIG if "10 МБ" in text else FILE_MISSING)
            yield located(Problem(".".join(map(str, place)), text, kind), record)


def _file_exists(record: Record, path: str) -> None:
    if not _file_of(record, path).is_file():
        raise BadLink(f"файлу «{path}» немає. Покладіть його поруч із документом або виправте назву.")


# --------------------------------------------------------------------------- texts

def _render_texts(record: Record, library: Library, report: Report) -> None:
    prose = list(marks(record, Prose))
    for place, marker, text in prose:
        path = ".".join(map(str, place))
        prefix = "" if len(prose) == 1 or place in (("text",), ("bio",), ("functions",)) else _prefix(place)
        record._html[path] = render_text(record, place, text, library, report, prefix, level=marker.level)


def render_text(record: Record, place: Place, text: str, library: Library, report: Report, prefix: str = "",
                line_offset: int = 0, level: int = 2) -> Markup:
    """One Markdown text of a record as clean HTML; its faults become findings on their own lines."""
    context = Context(
        link=lambda href: _link(record, place, href, library),
        picture=lambda src, alt, title: _picture(record, place, src, alt, title, library),
        prefix=prefix, is_extended=isinstance(record, Document) and record.is_extended,
        top_level=level)
    rendered = render(text, context)
    for fault in rendered.faults:
        report.add(_text_finding(record, place, text, fault, line_offset))
    return rendered.html


def value_at(record: Record, place: Place) -> object:
    """The value at a path inside a record."""
    value: object = record
    for step in place:
        value = value[step] if isinstance(step, int) and isinstance(value, tuple) else getattr(value, str(step))
    return value


def _prefix(place: Place) -> str:
    return "-".join(str(step + 1) if isinstance(step, int) else step.replace("_", "-") for step in place) + "-"


def _text_finding(record: Record, place: Place, text: str, fault: TextFault, line_offset: int) -> Finding:
    file, line = record.source.place_of(place)
    position = text.lower().find(fault.needle.lower()) if fault.needle else -1
    extra = text.count("\n", 0, position) if position >= 0 else 0
    finding = located(Problem(".".join(map(str, place)), fault.text, fault.code, fault.weight), record)
    return Finding(file, line + extra + line_offset, "Текст", finding.text, finding.code, finding.weight)


def _link(record: Record, place: Place, href: str, library: Library) -> str:
    if ABSOLUTE.match(href):
        return href
    if match := PELICAN_PATH.match(href):
        return _pelican_link(record, place, match, library)
    target, hash_mark, fragment = href.partition("#")
    if target.replace("\\", "/").startswith("//") or ":" in target.split("/")[0]:
        raise BadLink(f"адреса «{href}» не дозволена. Треба https://… або шлях.")
    if target.startswith("/"):
        library.pending.append(PendingLink(record, place, unquote(target), href))
        return library.href(href)
    return library.href(_target_url(record, unquote(target), library)) + hash_mark + fragment


def _pelican_link(record: Record, place: Place, match: re.Match[str], library: Library) -> str:
    if match[1] in ("author", "category", "tag", "index"):
        raise BadLink(f"посилання «{unquote(match[0])}» сайт не підтримує. Дайте адресу сторінки.")
    target, hash_mark, fragment = match[2].partition("#")
    return library.href(_target_url(record, unquote(target), library)) + hash_mark + fragment


def _target_url(record: Record, target: str, library: Library) -> str:
    """The address of a document or a file, named by its path from the document (or, with `/`, from the root)."""
    file = _file_of(record, target)
    candidates = (file, file / "index.md", file / "index.yml")
    for candidate in candidates:
        if (found := library._by_file.get(candidate)) and found.url:
            return found.url
    if library.unread_files.intersection(candidates):
        return "/"
    if file.is_dir() or file.suffix in (".md", ".yml"):
        raise BadLink(f"документа «{target}» немає. Перевірте шлях.")
    return library.file_url(record, target)


def _picture(record: Record, place: Place, src: str, alt: str, title: str, library: Library) -> str:
    if ABSOLUTE.match(src):
        raise BadLink(f"зображення «{src}» лежить на іншому сайті. Покладіть файл поруч із документом.")
    if match := PELICAN_PATH.match(src):
        src = match[2]
    elif src.startswith("/") and not _file_of(record, src).is_file():
        raise BadLink(f"зображення «{src}» немає. Покладіть файл поруч із документом.")
    _file_exists(record, src)
    if library.registry.picture:
        return str(library.registry.picture(record, src, alt, title, library))
    return f'<img src="{escape(library.href(library.file_url(record, src)))}" alt="{escape(alt)}">'


def dead_links(library: Library, addresses: Iterable[str]) -> Iterator[Finding]:
    """Root-absolute links of texts that lead to no page and no file."""
    known = set(addresses)
    for item in library.pending:
        url = posixpath.normpath(item.url) + ("/" if item.url.endswith("/") and item.url != "/" else "")
        path = url.lstrip("/")
        if {path, path + "index.html", path.rstrip("/") + "/index.html"} & known or path in ("", "/"):
            continue
        message = f"адреси «{item.url}» на сайті немає. Перевірте посилання."
        if not item.is_text:
            weight = Weight.REMARK if library.is_lenient_to(item.record) else Weight.ERROR
            yield located(Problem(".".join(map(str, item.place)), message, DEAD_LINK, weight), item.record)
            continue
        text = str(value_at(item.record, item.place))
        fault = TextFault(item.needle, message, DEAD_LINK)
        yield _text_finding(item.record, item.place, text, fault, 0)


__all__ = ["ALT", "LINK", "FileUse", "Library", "Weight", "dead_links", "link", "newness", "render_text"]
