"""News: what happened, announcements with an expiry, refutations, videos (schema.org NewsArticle)."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from pydantic import Field

from plugins.records import (
    Card,
    Document,
    Image,
    Line,
    Lines,
    Markdown,
    Moment,
    Offset,
    Part,
    Problem,
    Term,
    Truth,
    WebAddress,
    code,
)
from plugins.ukrainian import slug

NEWS_TYPE = code("NEWS-TYPE", "Кожен різновид новини має свої поля.",
                 "type: refutation", "type: refutation\nclaim: Воду вимкнуть на місяць\nverdict: Це неправда: …")


class NewsType(Term):
    """What a news item is."""

    NEWS = "news", "Новина"
    ANNOUNCEMENT = "announcement", "Оголошення"
    REFUTATION = "refutation", "Спростування"
    VIDEO = "video", "Відео"


class Video(Part):
    """A recording elsewhere: a link, never a frame of another host."""

    url: WebAddress = Field(title="Адреса відео", description="Сторінка відео.")
    title: Line = Field("", title="Назва відео", description="Що в ньому.")
    duration: Offset | None = Field(None, title="Тривалість", description="Г:ХХ:СС.")


def type_has_its_fields(news: "News") -> Iterator[Problem]:
    """A refutation names the claim and the verdict; a video its address; only announcements expire."""
    if news.type is NewsType.REFUTATION and not (news.claim and news.verdict):
        yield Problem("type", "для спростування потрібні claim (твердження) і verdict (висновок).", NEWS_TYPE)
    if news.type is NewsType.VIDEO and not news.video:
        yield Problem("type", "для відео потрібне поле video з адресою.", NEWS_TYPE)
    if news.expires_at and news.type is not NewsType.ANNOUNCEMENT:
        yield Problem("expires_at", "строк дії має лише оголошення (type: announcement).", NEWS_TYPE)
    if news.expires_at and news.published_at and news.expires_at <= news.published_at:
        yield Problem("expires_at", "оголошення втрачає чинність раніше, ніж оприлюднене.", NEWS_TYPE)


class News(Document):
    """Новина."""

    kind: ClassVar[str] = "news"
    label: ClassVar[str] = "Новина"
    place: ClassVar[str] = "content/news"
    section: ClassVar[str] = "novyny"
    division: ClassVar[str] = "category"
    rules = (*Document.rules, type_has_its_fields)

    published_at: Moment = Field(title="Оприлюднено", description="Дата й час публікації за Києвом.")
    type: NewsType = Field(NewsType.NEWS, title="Різновид", description="Новина, оголошення, спростування чи відео.")
    gallery: tuple[Image, ...] = Field((), title="Галерея", description="Додаткові світлини.")
    video: Video | None = Field(None, title="Відео", description="Посилання на запис.")
    expires_at: Moment | None = Field(None, title="Діє до", description="Лише для оголошень.")
    claim: Lines = Field("", title="Твердження", description="Що поширювали (для спростування).")
    verdict: Lines = Field("", title="Висновок", description="Як є насправді (для спростування).")
    seen_url: WebAddress | None = Field(None, title="Де поширювали", description="Адреса допису.")
    is_promoted: Truth = Field(False, title="На головній", description="так — показати великою; не більше трьох.")
    category: Line = Field("", title="Розділ Pelican", description="Лише для сайтів, що переїхали: розділ адреси.")
    tags: tuple[Line, ...] = Field((), title="Мітки Pelican", description="Лише для сайтів, що переїхали.")
    text: Markdown = Field("", title="Текст", description="Markdown під шапкою.")

    @cached_property
    def section_url(self) -> str:
        """The list this item stands in: the council's own news, or its category on a site that moved in."""
        return self.address_of(self.category)

    @classmethod
    def address_of(cls, category: str) -> str:
        """Where the news of a category stand; those without one, or without a letter in it, are the council's own."""
        return f"/{slug(category) or cls.section}/"

    @cached_property
    def url(self) -> str:
        return f"{self.section_url}{self.key}/"

    def is_expired(self, now: datetime) -> bool:
        """True for an announcement whose term is over."""
        return self.expires_at is not None and self.expires_at <= now

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.published_at, self.type.value, note=self.summary)
