"""News → pages: the article, the lists by year, kind and (for sites that moved in) section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from plugins.media.model import photo_of
from plugins.records import Library, Link, PageModel
from plugins.records.components import File, Photo, Row, Tombstone, excerpt, files_of, tombstone_of
from plugins.records.lists import Axis, ListPage, ListPlan, lists
from plugins.ukrainian import day, duration, moment, slug

from .model import News, NewsType

NOUN = ("новина", "новини", "новин")
LIST = Link("Новини", "/novyny/")


@dataclass(frozen=True, slots=True)
class VideoCard:
    """A link to a video elsewhere."""

    title: str
    url: str
    host: str
    duration: str = ""
    photo: Photo | None = None


@dataclass(frozen=True, kw_only=True)
class NewsPage(PageModel):
    """One news item."""

    template: ClassVar[str] = "news/article.html"
    page_kind: ClassVar[str] = "article"

    news: News
    meta: tuple[str | Link, ...]
    lead: str
    photo: Photo | None
    text: Markup
    gallery: tuple[Photo, ...]
    video: VideoCard | None
    files: tuple[File, ...]
    is_expired: bool
    tombstone: Tombstone | None


def page(news: News, library: Library) -> Iterator[PageModel]:
    """The page of one item."""
    section = Link(news.category, f"/{slug(news.category)}/") if news.category else LIST
    topics = [card for key in news.topics if (card := library.card("topic", key))]
    unit = library.card("organization", news.unit)
    text = news.html("text")
    yield NewsPage(
        url=news.url, title=news.title, lang=news.lang,
        description=news.summary or excerpt(text, 160) or news.title,
        crumbs=(section, Link(str(news.year), f"{section.url}{news.year}/")), menu="news",
        updated_at=news.changed_at, card=news.card(library), image=_image(news, library),
        search_text=str(text), news=news,
        meta=(news.type.label, moment(news.published_at), *(Link(card.title, card.url) for card in topics),
              *((unit.title,) if unit else ())),
        lead=news.summary, photo=photo_of(news, news.image, library), text=text,
        gallery=tuple(photo for image in news.gallery if (photo := photo_of(news, image, library))),
        video=_video(news), files=files_of(news, library), is_expired=news.is_expired(library.now),
        tombstone=tombstone_of(news))


def _image(news: News, library: Library) -> str:
    photo = photo_of(news, news.image, library)
    return photo.jpeg if photo else ""


def _video(news: News) -> VideoCard | None:
    if not news.video:
        return None
    host = news.video.url.split("/")[2].removeprefix("www.")
    return VideoCard(news.video.title or news.title, news.video.url, host,
                     duration(news.video.duration) if news.video.duration else "")


def row(news: News, library: Library) -> Row:
    """A news item in a list."""
    topics = [card.title for key in news.topics[:1] if (card := library.card("topic", key))]
    kind = (news.type.label,) if news.type is not NewsType.NEWS else ()
    return Row(news.title, news.url, (day(news.published_at), *kind, *topics), excerpt=news.summary,
               photo=photo_of(news, news.image, library))


def lists_of_news(library: Library) -> Iterator[ListPage]:
    """Lists of each section: the council's own news, and each category of a site that moved in."""
    sections: dict[str, list[News]] = defaultdict(list)
    for item in library.newest(News):
        sections[item.category].append(item)
    for category, items in sorted(sections.items()):
        title = category or LIST.title
        url = f"/{slug(category)}/" if category else LIST.url
        yield from lists(ListPlan(
            url=url, title=title, description=f"{title}: події, оголошення, спростування.", noun=NOUN, menu="news",
            row=lambda item: row(item, library), feeds=(Link(f"{title}: стрічка", f"{url}feed.xml"),),
            axes=(Axis("Різновид", lambda item: (item.type.value, PLURALS[item.type])),)), items)


PLURALS = {NewsType.NEWS: "Новини", NewsType.ANNOUNCEMENT: "Оголошення", NewsType.REFUTATION: "Спростування",
           NewsType.VIDEO: "Відео"}

