"""«Дані цієї сторінки» of records, as far as open data knows them: Akoma Ntoso, tables, Popolo, feeds."""

from __future__ import annotations

from plugins.acts.model import Act, ActDocument, DraftAct
from plugins.meetings.model import Meeting
from plugins.people.model import Organization, Person
from plugins.records import Box, Library
from plugins.records.data_links import XML, DataLink, data_box, feed_link
from plugins.records.feeds import feed_of
from plugins.votes.model import VoteEvent

from . import body_feeds
from .akoma_ntoso import FILE
from .popolo import FOLDER
from .tables import TABLES

ADDRESSES = {table.name: table.url for table in TABLES}


def of_document(document: ActDocument, library: Library) -> Box | None:
    """The text of a draft or an act for programs, its table; the steps of a draft."""
    if document.withdrawn:
        return None
    is_draft = document.kind == DraftAct.kind
    links = [DataLink("Текст у форматі Akoma Ntoso", f"{document.url}{FILE}", "XML", XML)]
    if is_draft:
        links.append(feed_link("Стрічка кроків цього проєкту", feed_of(document.url)))
    table, title = ("projects", "Таблиця проєктів") if is_draft else ("legalActs", "Таблиця рішень і розпоряджень")
    return data_box([*links, DataLink(title, ADDRESSES[table], "CSV, JSON")])


def of_meeting(meeting: Meeting, library: Library) -> Box | None:
    """The meetings of the year in Popolo."""
    return data_box([] if meeting.withdrawn else [
        DataLink(f"Засідання {meeting.year} року в Popolo", f"{FOLDER}events-{meeting.year}.json", "JSON")])


def of_vote(event: VoteEvent, library: Library) -> Box | None:
    """The votes of the year in Popolo."""
    return data_box([DataLink(f"Голосування {event.year} року в Popolo", f"{FOLDER}votes-{event.year}.json", "JSON")])


def of_person(person: Person, library: Library) -> Box | None:
    """All persons in Popolo."""
    return data_box([DataLink("Особи в Popolo", f"{FOLDER}persons.json", "JSON")])


def of_body(body: Organization, library: Library) -> Box | None:
    """The feed of a body, all bodies in Popolo."""
    links = [feed_link(f"Стрічка: {body.short}", feed_of(body.url))] if body_feeds.has_feed(body, library) else []
    return data_box([*links, DataLink("Органи в Popolo", f"{FOLDER}organizations.json", "JSON")])


BOXES = (((Act.kind, DraftAct.kind), of_document), ((Meeting.kind,), of_meeting), ((VoteEvent.kind,), of_vote),
         ((Person.kind,), of_person), ((Organization.kind,), of_body))
"""Kinds of records and what builds their share of the line."""
