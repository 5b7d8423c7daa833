"""News → pages: the article, the lists by year, kind and (for sites that moved in) section."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

from markupsafe import Markup

from plugins.documents.model import card_image_of
from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, PageModel, Seen, frozen
from plugins.records.components import (
    File,
    LinkGroup,
    Notice,
    Photo,
    Row,
    Tombstone,
    excerpt,
    files_of,
    tombstone_of,
)
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import day, duration, moment, slug

from .model import News, NewsType

NOUN = ("новина", "новини", "новин")
LIST = Link("Новини", "/novyny/")


@frozen
class VideoCard:
    """A link to a video elsewhere."""

    title: str
    url: str
    host: str
    duration: str = ""
    photo: Photo | None = None


@frozen(kw_only=True)
class NewsPage(PageModel):
    """One news item."""

    template: ClassVar[str] = "news/article.html"
    page_kind: ClassVar[str] = "article"

    kicker: tuple[str | Link, ...]
    lead: str
    notice: Notice | None
    photo: Photo | None
    text: Markup
    photos: tuple[Photo, ...]
    videos: tuple[VideoCard, ...]
    files: tuple[File, ...]
    related: tuple[LinkGroup, ...]
    tombstone: Tombstone | None


def page(news: News, library: Library) -> Iterator[PageModel]:
    """The page of one item."""
    section = LIST if news.section_url == LIST.url else Link(news.category, news.section_url)
    text = news.html("text")
    photo = photo_of(news, news.image, library)
    yield NewsPage(
        url=news.url, title=news.title, lang=news.lang,
        description=news.summary or excerpt(text, 160) or news.title,
        crumbs=(section, Link(str(news.year), f"{section.url}{news.year}/")), menu="news",
        updated_at=news.changed_at, card=news.card(library),
        image=photo.jpeg if photo else card_image_of(section.title, library),
        image_alt=photo.alt if photo else section.title, search_text=str(text),
        kicker=tuple(_kicker(news, library)), lead=news.words("summary"), notice=_notice(news, library), photo=photo,
        text=text,
        photos=tuple(shown for image in news.gallery if (shown := photo_of(news, image, library))),
        videos=_videos(news), files=files_of(news, library), related=tuple(_related(news, library)),
        tombstone=tombstone_of(news))


def _kicker(news: News, library: Library) -> Iterator[str | Link]:
    if news.type is not NewsType.NEWS:
        yield news.type.label
    yield moment(news.published_at)
    yield from (Link(card.title, card.url) for key in news.topics if (card := library.card("topic", key)))


def _notice(news: News, library: Library) -> Notice | None:
    if news.verdict:
        return Notice("danger", f"Поширювали: {news.claim}", news.words("verdict"))
    if news.is_expired(library.now) and news.expires_at:
        return Notice("info", "Оголошення вже не діє", f"Його строк минув: {moment(news.expires_at)}.")
    if news.expires_at:
        return Notice("info", "Строк дії", f"Оголошення діє до: {moment(news.expires_at)}.")
    return None


def _related(news: News, library: Library) -> Iterator[LinkGroup]:
    if unit := library.card("organization", news.unit):
        yield LinkGroup("Хто відповідає", (Link(unit.title, unit.url),))
    if news.seen_url:
        yield LinkGroup("Де поширювали", (Link(news.seen_url.split("/")[2], news.seen_url),))
    if news.tags:
        yield LinkGroup("Мітки", tuple(Link(tag, f"/mitky/{slug(tag)}/") for tag in news.tags))


def _videos(news: News) -> tuple[VideoCard, ...]:
    if not news.video:
        return ()
    host = news.video.url.split("/")[2].removeprefix("www.")
    return (VideoCard(news.video.title or news.title, news.video.url, host,
                      duration(news.video.duration) if news.video.duration else ""),)


def row(news: News, library: Library) -> Row:
    """A news item in a list."""
    topics = [card.title for key in news.topics[:1] if (card := library.card("topic", key))]
    kind = (news.type.label,) if news.type is not NewsType.NEWS else ()
    return Row(news.title, news.url, (day(news.published_at), *kind, *topics), excerpt=news.summary,
               photo=photo_of(news, news.image, library))


def lists_of_news(library: Library) -> Iterator[Group]:
    """Lists of each section: the council's own news, and each category of a site that moved in; then its tags."""
    sections: dict[str, list[Seen]] = {}
    titles: dict[str, str] = {}
    tags: dict[str, list[Seen]] = {}
    spelled: dict[str, set[str]] = defaultdict(set)
    lists_at: dict[Any, list[list[Seen]]] = {}
    for item in library.views(NEWS):
        found = lists_at.get(item.axes)
        if found is None:  # thousands of items stand at the same few places
            _, section, tagged = item.axes or (None, None, None)
            url, category = section or LIST_PLACE
            titles.setdefault(url, category)
            found = lists_at[item.axes] = [sections.setdefault(url, [])]
            for tag in tagged[1].split("\n") if tagged else ():
                spelled[slug(tag)].add(tag)
                same = tags.setdefault(slug(tag), [])
                if all(same is not one for one in found):
                    found.append(same)
        for one in found:
            one.append(item)
    for url, items in sorted(sections.items()):
        title = LIST.title if url == LIST.url else titles[url]
        yield from lists(ListPlan(
            url=url, title=title, description=f"{title}: події, оголошення, спростування.", noun=NOUN, menu="news",
            view=NEWS, feeds=(Link(f"{title}: стрічка", f"{url}feed.xml"),)), library, items)
    for name, items in sorted(tags.items()):
        title = min(spelled[name])
        yield from lists(ListPlan(
            url=f"/mitky/{name}/", title=f"Мітка: {title}", description=f"Новини з міткою «{title}».", noun=NOUN,
            menu="news", view=dataclasses.replace(NEWS, axes=()), has_years=False), library, items)


PLURALS = {NewsType.NEWS: "Новини", NewsType.ANNOUNCEMENT: "Оголошення", NewsType.REFUTATION: "Спростування",
           NewsType.VIDEO: "Відео"}
LIST_PLACE = (LIST.url, "")
NEWS = View("news", News, row, (
    Axis("Різновид", lambda item, library: (item.type.value, PLURALS[item.type])),
    Axis("", lambda item, library: (item.section_url, item.category) if item.category else None),
    Axis("", lambda item, library: ("", "\n".join(item.tags)) if item.tags else None)))
"""Its last two axes are for the lists of a site that moved in: sections and tags."""
