"""Prose pages: services, help, the accessibility statement — all that is no dated document."""

from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Card, Document, Line, Markdown, Term, To, Whole


class MenuSection(Term):
    """The parts of the main menu (and of the foot) a page can stand in."""

    SERVICES = "services", "Послуги"
    DOCUMENTS = "documents", "Рішення й документи"
    MEETINGS = "meetings", "Засідання"
    AUTHORITY = "authority", "Влада"
    PARTICIPATION = "participation", "Участь"
    COMMUNITY = "community", "Громада"
    SAFETY = "safety", "Безпека"
    ABOUT = "about", "Про сайт"


class ProsePage(Document):
    """Сторінка: its address is its identifier, without a year."""

    kind: ClassVar[str] = "page"
    label: ClassVar[str] = "Сторінка"
    place: ClassVar[str] = "content/pages"
    is_dated: ClassVar[bool] = False

    menu: MenuSection | None = Field(None, title="Розділ меню", description="Де сторінка стоїть у меню.")
    order: Whole = Field(100, title="Порядок", description="Менше число — вище.")
    task: Line = Field("", title="Задача мешканця", description="Дієсловом, для головної: Записатися до ЦНАПу.")
    translation_of: Annotated[str, To("page", "translations")] | None = Field(
        None, title="Переклад сторінки", description="Для lang: en — ідентифікатор української сторінки.")
    text: Markdown = Field("", title="Текст", description="Markdown під шапкою.")

    @cached_property
    def key(self) -> str:
        return self.id if self.lang == "uk" else f"{self.lang}/{self.id}"

    @cached_property
    def url(self) -> str:
        return f"/{self.key}/"

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.changed_at, note=self.summary)


class HelpPage(ProsePage):
    """Сторінка довідки для редакторів."""

    kind: ClassVar[str] = "help"
    label: ClassVar[str] = "Довідка редактора"
    place: ClassVar[str] = "content/help"

    @cached_property
    def url(self) -> str:
        return f"/dopomoha/{self.key}/"
