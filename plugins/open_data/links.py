"""«Дані цієї сторінки» of records, as far as open data knows them: Akoma Ntoso, tables, Popolo, feeds."""

from __future__ import annotations

from plugins.acts.model import Act, ActDocument, DraftAct, RegulatoryPlan, TrackingReport
from plugins.meetings.model import Meeting, MeetingType
from plugins.people.model import Organization, Person
from plugins.records import Box, Library
from plugins.records.data_links import XML, DataLink, data_box, feed_link
from plugins.records.feeds import feed_of
from plugins.reports.model import Report
from plugins.votes.model import VoteEvent

from . import body_feeds
from .akoma_ntoso import FILE
from .popolo import FOLDER
from .rows_acts import reports_on_program
from .rows_regulatory import is_regulatory
from .rows_votes import is_plenary
from .tables import TABLES

ADDRESSES = {table.name: table.url for table in TABLES}


def _table(name: str, title: str) -> DataLink:
    """The page of a data set."""
    return DataLink(title, ADDRESSES[name], "CSV, JSON")


def of_document(document: ActDocument, library: Library) -> Box | None:
    """The text of a draft or an act for programs, its table; the steps of a draft."""
    if document.withdrawn:
        return None
    is_draft = document.kind == DraftAct.kind
    links = [DataLink("Текст у форматі Akoma Ntoso", f"{document.url}{FILE}", "XML", XML)]
    if is_draft:
        links.append(feed_link("Стрічка кроків цього проєкту", feed_of(document.url)))
    table, title = ("projects", "Таблиця проєктів") if is_draft else ("legalActs", "Таблиця рішень і розпоряджень")
    return data_box([*links, _table(table, title)])


def of_meeting(meeting: Meeting, library: Library) -> Box | None:
    """The meetings of the year in Popolo, the table that has the agenda."""
    if meeting.withdrawn:
        return None
    links = [DataLink(f"Засідання {meeting.year} року в Popolo", f"{FOLDER}events-{meeting.year}.json", "JSON")]
    if meeting.type is MeetingType.PLENARY and any(item.votes for item in meeting.items):
        links.append(_table("motions", "Таблиця порядку денного"))
    return data_box(links)


def of_vote(event: VoteEvent, library: Library) -> Box | None:
    """The votes of the year in Popolo, the tables that have the vote."""
    links = [DataLink(f"Голосування {event.year} року в Popolo", f"{FOLDER}votes-{event.year}.json", "JSON")]
    if is_plenary(event, library):
        links.append(_table("motions2", "Таблиця підсумків"))
        links += [_table("votings", "Таблиця поіменних голосувань")] if event.is_named else []
    return data_box(links)


def of_report(report: Report, library: Library) -> Box | None:
    """The tables that have the report."""
    links = [] if report.withdrawn else [_table("listOfReports", "Таблиця звітів")]
    if reports_on_program(report, library):
        links.append(_table("reports", "Таблиця звітів про програми"))
    return data_box(links)


def of_tracking_report(report: TrackingReport, library: Library) -> Box | None:
    """The table of regulatory acts, if the act is in it."""
    act = library.get(Act, report.act) if report.act and not report.withdrawn else None
    return data_box([_table("regulatoryList", "Таблиця регуляторних актів")] if act and is_regulatory(act, library)
                    else [])


def of_plan(plan: RegulatoryPlan, library: Library) -> Box | None:
    """The table that has the plan."""
    return data_box([] if plan.withdrawn or not plan.items else [_table("plan", "Таблиця планів")])


def of_person(person: Person, library: Library) -> Box | None:
    """All persons in Popolo."""
    return data_box([DataLink("Особи в Popolo", f"{FOLDER}persons.json", "JSON")])


def of_body(body: Organization, library: Library) -> Box | None:
    """The feed of a body, all bodies in Popolo."""
    links = [feed_link(f"Стрічка: {body.short}", feed_of(body.url))] if body_feeds.has_feed(body, library) else []
    return data_box([*links, DataLink("Органи в Popolo", f"{FOLDER}organizations.json", "JSON")])


BOXES = (((Act.kind, DraftAct.kind), of_document), ((Meeting.kind,), of_meeting), ((VoteEvent.kind,), of_vote),
         ((Report.kind,), of_report), ((TrackingReport.kind,), of_tracking_report), ((RegulatoryPlan.kind,), of_plan),
         ((Person.kind,), of_person), ((Organization.kind,), of_body))
"""Kinds of records and what builds their share of the line."""
