"""What all records share: the frozen base types, the fields every document has, and where a record came from.

A record is text that has passed the door: typed, frozen, with its rules held. A field carries type, title and
description once; checks, editor forms, the field reference and open data are made from it.

Modules of records leave annotations as they are: as text (`from __future__ import annotations`) each of them would be
compiled and evaluated at every start.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_args, get_origin

from markupsafe import Markup
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from .body import Body
from .frozen import frozen
from .page import Card, may_cite
from .report import Problem, code
from .values import Asset, Cites, Identifier, Moment, Prose, Term, To, Truth, WebAddress, refuse

LENGTH = code("LENGTH", "Текст задовгий для свого поля.", "title: (понад 500 знаків)", "title: Про бюджет на 2027 рік")
EMPTY = code("EMPTY", "Поле не може бути порожнім.", "title:", "title: Про бюджет на 2027 рік")
ORDER = code("ORDER", "Дати йдуть уперед: подія не може статися раніше, ніж та, від якої вона залежить.",
             "starts_at: 2026-11-20 10:00\nended_at: 2026-11-20 09:00",
             "starts_at: 2026-11-20 10:00\nended_at: 2026-11-20 12:30")
DEFAULT_LANG = "uk"
LANGS = (DEFAULT_LANG, "en")
LANG = code("LANG", "Мова — uk або en.", "lang: ua", "lang: uk")
ALIAS = code("ALIAS", "Стара адреса починається з /.", "aliases: [news/17]", "aliases: [/news/17]")


RUN_OF_SPACES = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")


def one_line(value: Any) -> Any:
    """Text of one line: line breaks and runs of spaces become one space."""
    return RUN_OF_SPACES.sub(" ", value).strip() if isinstance(value, str) else value


def lang_code(value: Any) -> Any:
    """`uk` or `en`. Errors: LANG."""
    if value not in LANGS:
        raise refuse(LANG, f"«{value}» — невідома мова. Можна: uk, en.")
    return value


def alias_path(value: Any) -> Any:
    """A root-absolute address of an older site. Errors: ALIAS."""
    if not isinstance(value, str) or not re.fullmatch(r"/[^\s\\#<>\"]*", value) or "/../" in value + "/":
        raise refuse(ALIAS, f"«{value}» не адреса старого сайту. Треба від кореня: /news/17.")
    return value


Line = Annotated[str, BeforeValidator(one_line), Field(max_length=500)]
"""One line of plain text."""
Lines = Annotated[str, Cites(), Field(max_length=5_000)]
"""A short plain text, may have several lines."""
Markdown = Annotated[str, Prose(), Field(max_length=2_000_000)]
"""Markdown inside the document's own file."""
OrganizationId = Annotated[str, To("organization")]
ImagePath = Annotated[str, Asset("image")]
FilePath = Annotated[str, Asset()]


@frozen
class Source:
    """Where a record came from. `path` is what messages print; `name` is the file; `lines` finds a field's line."""

    path: str
    name: str
    root: Path
    """The content or data folder: nothing outside of it may be named."""
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict, repr=False)
    is_foreign: bool = False
    """True for Pelican's own heads: some problems are only remarks there."""
    line: int = 1
    companions: dict[tuple[str | int, ...], str] = field(default_factory=dict, repr=False)
    """Fields whose text stands in a file of its own (`text.md`): what messages call it."""

    @property
    def file(self) -> Path:
        """The file that it is read from: made when asked for, as thousands of paths fill the memory."""
        return Path(self.name)

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of a field, of its nearest ancestor with a known line, or of the record itself."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.lines.get((), self.line)

    def place_of(self, path: tuple[str | int, ...]) -> tuple[str, int]:
        """(file, line) of a field, as messages print it."""
        return self.companions.get(path, self.path), self.line_of(path)


class Part(BaseModel):
    """A frozen group of fields inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    rules: ClassVar[tuple[Callable[..., Iterator[Problem]], ...]] = ()


class Record(Part):
    """One fact of the public record: read from one place, typed, frozen."""

    kind: ClassVar[str]
    """One word, the name of the kind everywhere: `act`."""
    label: ClassVar[str]
    """What readers call it: «Рішення»."""
    place: ClassVar[str]
    """Its folder or file below the repository: `content/acts`, `data/organizations.yml`."""
    section: ClassVar[str] = ""
    """First part of its address; empty: the record has no page of its own."""
    is_single: ClassVar[bool] = False
    """True: its file holds this one record and no list."""
    is_required: ClassVar[bool] = False
    """True: without such a record there is no site."""
    is_dated: ClassVar[bool] = True
    """True: the address and the key hold a year."""
    companions: ClassVar[dict[str, tuple[str, ...]]] = {}
    """Files of a document's folder that hold one field: `text.md` → ("text",)."""
    annex_prefix: ClassVar[str] = ""
    """Files of a document's folder that are annexes: `annex-` for `annex-1.md`."""
    division: ClassVar[str] = ""
    """The field by which the kind is divided into registers of their own."""
    late: ClassVar[Callable[["Record"], None] | None] = None
    """Renders the texts of a record that was not linked in this process."""
    links: ClassVar[tuple[Callable[..., Iterator[Problem]], ...]] = ()
    """Rules that need the library: `(record, library)`; run when all records are read."""

    id: Identifier = Field(title="Ідентифікатор", description="Сталий; якщо не вказано — початок назви файлу.")

    _source: Source = PrivateAttr()
    _html: dict[str, Markup] = PrivateAttr(default_factory=dict)

    def read_later(self, body: Body) -> None:
        """The text is not kept: it is read when it is asked for."""
        del self.__dict__["text"]
        self.__dict__["body"] = body

    def __getattr__(self, name: str) -> Any:
        """What a glimpse (`faces.py`) does not know by itself it asks the whole record for, a record its text."""
        held = self.__dict__
        if "whole" in held and not name.startswith("__"):
            return getattr(held["whole"](), name)
        if name == "text" and "body" in held:
            return held["body"].text
        return super().__getattr__(name)  # type: ignore[misc]

    @classmethod
    def is_prose(cls) -> bool:
        """True for kinds written as Markdown with a head; the others are YAML."""
        return "text" in cls.model_fields and "text.md" not in cls.companions

    def __hash__(self) -> int:
        """Records are looked up by the thousand: the key does, not all that stands in them."""
        return hash(self.key)

    @cached_property
    def source(self) -> Source:
        """Where it was read."""
        return self._source

    @property
    def day(self) -> date:
        """The document's own day: decides the year of its address and its place in lists."""
        raise NotImplementedError(type(self).__name__)

    @property
    def year(self) -> int:
        """The year in the address."""
        return self.day.year

    @cached_property
    def key(self) -> str:
        """How other records name it: `2026/1204-37-8`, or the bare identifier for undated kinds."""
        return f"{self.year}/{self.id}" if self.is_dated else self.id

    @cached_property
    def url(self) -> str:
        """Its address: section / year / identifier."""
        return f"/{self.section}/{self.key}/" if self.section else ""

    @property
    def heading(self) -> str:
        """What a link to it says."""
        return str(getattr(self, "title", self.id))

    def is_public(self, now: datetime) -> bool:
        """False while its publication lies ahead of the declared day."""
        return True

    def card(self, library: Any) -> Card:
        """What other records' pages may show of it. Rooms add date, type, status."""
        return Card(self.kind, self.key, self.heading, self.url)

    @classmethod
    def tells_by_place(cls) -> bool:
        """True if the card says something else for each place where the record names others."""
        return cls.card_at is not Record.card_at

    def card_at(self, path: tuple[str | int, ...], library: Any) -> Card:
        """The card for a relation declared at `path` inside the record (an agenda item, say)."""
        return self.card(library)

    def html(self, path: str) -> Markup:
        """The rendered, sanitised text of a prose field."""
        texts = self._html  # to ask for it takes long: it is no plain attribute
        if path not in texts and (render := Record.late):
            render(self)
        return texts.get(path, Markup(""))

    def words(self, *place: str | int) -> str:
        """The plain words of a field; as Markup with links where they cite documents."""
        value: Any = self
        for step in place:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        return (self.html(".".join(map(str, place))) or str(value)) if may_cite(value) else str(value)


class ChangeKind(Term):
    """Weight of a change after publication."""

    MAJOR = "major", "зміна по суті"
    MINOR = "minor", "незначна зміна"
    CORRECTION = "correction", "виправлення помилки"


class Change(Part):
    """A change after publication, in words for the public (not the commit message)."""

    at: Moment = Field(title="Коли", description="Дата й час зміни.")
    note: Lines = Field(title="Що змінено", description="Одне речення для читача.")
    kind: ChangeKind = Field(ChangeKind.MAJOR, title="Вага зміни", description="По суті, незначна чи виправлення.")


class Withdrawal(Part):
    """A document taken down: its page stays, as a notice."""

    at: Moment = Field(title="Коли", description="Коли документ знято з оприлюднення.")
    reason: Lines = Field(title="Причина", description="Чому документ знято.")
    basis: Lines = Field(title="Підстава", description="Норма права або рішення.")
    replaced_by: WebAddress | None = Field(None, title="Замінено на", description="Адреса документа, що його замінив.")


class FileKind(Term):
    """What an attached file is."""

    ORIGINAL = "original", "оригінал"
    SIGNED = "signed", "підписаний файл"
    SCAN = "scan", "скан"
    ACCESSIBLE = "accessible", "доступний варіант"


class Attachment(Part):
    """A file of a document: beside it (`path`) or elsewhere (`url` with its `sha256`)."""

    path: FilePath | None = Field(None, title="Файл", description="Назва файлу поруч із документом.")
    url: WebAddress | None = Field(None, title="Адреса", description="Для великих файлів поза сайтом.")
    title: Line = Field(title="Підпис файлу", description="Що в ньому, словами для читача.")
    kind: FileKind = Field(FileKind.ORIGINAL, title="Різновид", description="Оригінал, скан, підписаний чи доступний.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, title="Відбиток SHA-256", description="Обов’язковий для файлів за адресою.")
    pages: Annotated[int, BeforeValidator(lambda v: int(v) if str(v).isdigit() else v)] | None = Field(
        None, title="Сторінок", description="Скільки сторінок у файлі.")


class Image(Part):
    """A picture with the words that stand for it."""

    src: ImagePath = Field(title="Файл зображення", description="Назва файлу поруч із документом.")
    alt: Line = Field(title="Опис зображення", description="Що на ньому — для тих, хто його не бачить.")
    credit: Line = Field("", title="Автор", description="Чия світлина чи ілюстрація.")
    caption: Line = Field("", title="Підпис", description="Текст під зображенням.")


class LegalBasis(Part):
    """A norm a document rests on."""

    title: Line = Field(title="Норма", description="Закон, стаття, частина.")
    url: WebAddress | None = Field(None, title="Адреса", description="Де прочитати норму.")


class Document(Record):
    """The fields of every published document."""

    is_provisional: ClassVar[bool] = False
    """True: it is made to be changed, and readers follow it before it ever was."""

    title: Line = Field(title="Заголовок", description="Назва одним рядком, без крапки в кінці.", min_length=1)
    summary: Lines = Field("", title="Коротко", description="Про що це — одне-два речення простою мовою.")
    lang: Annotated[str, BeforeValidator(lang_code)] = Field("uk", title="Мова", description="uk або en.")
    published_at: Moment | None = Field(
        None, title="Оприлюднено", description="Коли документ став публічним, за Києвом.")
    updated_at: Moment | None = Field(None, title="Змінено", description="Остання зміна по суті.")
    unit: OrganizationId | None = Field(None, title="Підрозділ", description="Хто відповідає за документ.")
    prepared_by: Line = Field("", title="Підготував", description="Хто склав текст (посада, підрозділ).")
    contact: Line = Field("", title="Контакт", description="Куди писати чи дзвонити щодо документа.")
    topics: tuple[Annotated[str, To("topic", "documents")], ...] = Field(
        (), title="Теми", description="Ідентифікатори з data/vocabularies/topics.yml.")
    changes: tuple[Change, ...] = Field((), title="Зміни", description="Що змінено після оприлюднення.")
    withdrawn: Withdrawal | None = Field(None, title="Знято", description="Якщо документ знято з оприлюднення.")
    files: tuple[Attachment, ...] = Field((), title="Файли", description="Додані файли.")
    image: Image | None = Field(None, title="Зображення", description="Головне зображення.")
    legal_basis: tuple[LegalBasis, ...] = Field((), title="Правова підстава", description="Норми, на яких він стоїть.")
    aliases: tuple[Annotated[str, BeforeValidator(alias_path)], ...] = Field(
        (), title="Старі адреси", description="Адреси цього документа на попередньому сайті.")
    is_extended: bool = Field(False, title="Розширена розмітка", exclude=True, description="markup: extended")
    extra: tuple[tuple[str, str], ...] = Field((), title="Інше", description="Невідомі ключі шапки Pelican.")

    @property
    def day(self) -> date:
        """Documents are dated by their publication unless a room knows better."""
        if self.published_at is None:
            raise ValueError(f"{self.source.path}: no date")
        return self.published_at.date()

    @property
    def changed_at(self) -> datetime | None:
        """The last change of substance, else the publication."""
        moments = [change.at for change in self.changes if change.kind is not ChangeKind.MINOR]
        return max((moment for moment in (self.updated_at, self.published_at, *moments) if moment), default=None)

    def is_public(self, now: datetime) -> bool:
        """False while its publication lies ahead."""
        return self.published_at is None or self.published_at <= now

    def card(self, library: Any) -> Card:
        """Title, address, date."""
        return Card(self.kind, self.key, self.title, self.url, self.published_at or self.day)


def publication_comes_first(document: Document) -> Iterator[Problem]:
    """A change or a withdrawal cannot come before the publication."""
    if not document.published_at:
        return
    for index, change in enumerate(document.changes):
        if change.at < document.published_at:
            yield Problem(f"changes.{index}.at", "зміна раніша за оприлюднення документа.", ORDER)
    if document.withdrawn and document.withdrawn.at < document.published_at:
        yield Problem("withdrawn.at", "знято раніше, ніж оприлюднено.", ORDER)
    if document.updated_at and document.updated_at < document.published_at:
        yield Problem("updated_at", "змінено раніше, ніж оприлюднено.", ORDER)


FILE_PLACE = code("FILE-PLACE", "Файл має або назву поруч із документом (path), або адресу (url) з відбитком.",
                  "files:\n  - title: Додаток 1", "files:\n  - title: Додаток 1\n    path: dodatok-1.pdf")


def files_have_a_place(document: Document) -> Iterator[Problem]:
    """An attachment is a file beside the document or an address with its SHA-256."""
    for index, file in enumerate(document.files):
        if bool(file.path) == bool(file.url):
            yield Problem(f"files.{index}", "вкажіть або path (файл поруч), або url із sha256.", FILE_PLACE)
        elif file.url and not file.sha256:
            yield Problem(f"files.{index}.url", "для файлу за адресою потрібен sha256.", FILE_PLACE)


Document.rules = (publication_comes_first, files_have_a_place)

Marker = To | Asset | Prose | Cites
Step = tuple[str | None, ...]


@cache
def marked(model: type[Part]) -> tuple[tuple[Step, Marker], ...]:
    """Where markers stand inside a model: steps are field names, None for "each item of a tuple"."""
    found: list[tuple[Step, Marker]] = []
    for name, info in model.model_fields.items():
        for marker in info.metadata:
            if isinstance(marker, Marker):
                found.append(((name,), marker))
        found += [((name, *step), marker) for step, marker in _inside(info.annotation)]
    return tuple(found)


def _inside(annotation: Any) -> Iterator[tuple[Step, Marker]]:
    origin = get_origin(annotation)
    if origin is tuple:
        for step, marker in _inside(get_args(annotation)[0]):
            yield (None, *step), marker
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        yield from marked(annotation)
    elif origin is Annotated:
        base, *metadata = get_args(annotation)
        yield from (((), marker) for marker in metadata if isinstance(marker, Marker))
        yield from _inside(base)
    elif origin is not None:
        for argument in get_args(annotation):
            yield from _inside(argument)


Place = tuple[str | int, ...]


def marks(record: Part, of: type[Marker]) -> Iterator[tuple[Place, Any, str]]:
    """Each marked value of a record: (its path, its marker, the value); empty values are passed over."""
    for step, marker in _marked_by(type(record)).get(of, ()):
        for place, value in _walk(record, step, ()):
            if value:
                yield place, marker, value


@cache
def _marked_by(model: type[Part]) -> dict[type[Marker], list[tuple[Step, Marker]]]:
    found: dict[type[Marker], list[tuple[Step, Marker]]] = {}
    for step, marker in marked(model):
        found.setdefault(type(marker), []).append((step, marker))
    return found


def _walk(value: Any, step: Step, place: Place) -> Iterator[tuple[Place, Any]]:
    if value is None:
        return
    if not step:
        yield place, value
    elif step[0] is None:
        for index, item in enumerate(value):
            yield from _walk(item, step[1:], (*place, index))
    else:
        yield from _walk(getattr(value, step[0], None), step[1:], (*place, step[0]))


__all__ = ["Attachment", "Change", "ChangeKind", "Document", "FileKind", "Image", "LegalBasis", "Line", "Lines",
           "Markdown", "Part", "Place", "Record", "Source", "Truth", "Withdrawal", "marks"]
