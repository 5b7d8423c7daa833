"""Structured data in the heads of pages (schema.org JSON-LD). Documents have theirs in `jsonld_acts.py`.

Addresses are whole, as programs take them out of the page. What a record does not say is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from plugins.events.model import Event, EventStatus
from plugins.media.model import photo_of
from plugins.meetings.model import Meeting, MeetingStatus, Mode
from plugins.news.model import News
from plugins.people.model import Council, Organization, OrganizationKind, Person, full_post, index_of
from plugins.records import Box, Document, Library, frozen
from plugins.reports.model import Report
from plugins.votes.model import VoteEvent, VoteOption

TEMPLATE = "open_data/json-ld.html"
SCHEMA = "https://schema.org"
MEETING_STATUS = {MeetingStatus.CANCELLED: "EventCancelled", MeetingStatus.MOVED: "EventRescheduled"}
EVENT_STATUS = {EventStatus.CANCELLED: "EventCancelled", EventStatus.MOVED: "EventRescheduled"}
ATTENDANCE = {Mode.IN_PERSON: "OfflineEventAttendanceMode", Mode.REMOTE: "OnlineEventAttendanceMode",
              Mode.MIXED: "MixedEventAttendanceMode"}
PUBLIC_BODIES = (OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE, OrganizationKind.COMMITTEE,
                 OrganizationKind.UNIT, OrganizationKind.COMMISSION)
Values = dict[str, Any]
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
SIGNS_OF_HTML = re.compile("[<>&\u2028\u2029]")


@frozen
class JsonLd:
    """One JSON-LD text that cannot end the script element it stands in."""

    text: Markup


def box_of(values: Values) -> Box:
    """A box that prints values as JSON-LD; empty ones are left out."""
    whole = {"@context": SCHEMA, **values} if "@context" not in values else values
    text = SIGNS_OF_HTML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", ENCODER.encode(_filled(whole)))
    return Box(TEMPLATE, JsonLd(Markup(text)))  # noqa: S704 — no sign that HTML could read is left


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item if type(item) is str else _filled(item) for key, item in value.items() if item or item == 0}
    return [_filled(item) for item in value] if isinstance(value, list | tuple) else value


def whole_url(library: Library, url: str) -> str:
    """An address as it stands on its own."""
    return library.site_url + url if url.startswith("/") else url


def council_box(library: Library) -> Box:
    """The council, for the home page."""
    council = library.only(Council)
    return box_of({**_council(council, library), "alternateName": council.name_en,
                   "identifier": _edrpou(council.edrpou),
                   "areaServed": {"@type": "AdministrativeArea", "name": council.community,
                                  "identifier": council.katottg},
                   "address": council.address, "email": council.email,
                   "telephone": [phone.number for phone in council.phones],
                   "sameAs": [url for _, url in council.socials]})


def _council(council: Council, library: Library) -> Values:
    return {"@type": "GovernmentOrganization", "name": council.name, "url": f"{library.site_url}/"}


def _publisher(library: Library) -> Values:
    return _council(library.only(Council), library)


def _edrpou(digits: str | None) -> Values:
    return {"@type": "PropertyValue", "propertyID": "ЄДРПОУ", "value": digits} if digits else {}


def work_of(record: Document, library: Library) -> Values:
    """What all published documents say of themselves."""
    changed, url, council = record.changed_at, whole_url(library, record.url), library.only(Council)
    return {"@id": url, "url": url, "inLanguage": record.lang,
            "description": record.summary, "datePublished": _moment(record.published_at),
            "dateModified": _moment(changed) if changed != record.published_at else "",
            "publisher": _council(council, library), "license": council.licence_url}


def _moment(at: Any) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def news_box(news: News, library: Library) -> Box:
    """A news item as a NewsArticle."""
    photo = photo_of(news, news.image, library)
    work = work_of(news, library)
    return box_of({"@type": "NewsArticle", "headline": news.title, **work,
                   "mainEntityOfPage": work["url"], "author": work["publisher"],
                   "image": whole_url(library, photo.jpeg) if photo else "", "expires": _moment(news.expires_at)})


def body_of(key: str, library: Library) -> Values | str:
    card = library.card("organization", key)
    return {"@type": "GovernmentOrganization", "name": card.title, "url": whole_url(library, card.url)} if card else ""


def meeting_box(meeting: Meeting, library: Library) -> Box:
    """A meeting as an Event."""
    return box_of({
        "@type": "Event", "@id": whole_url(library, meeting.url), "url": whole_url(library, meeting.url),
        "name": meeting.heading, "description": meeting.summary, "startDate": _moment(meeting.starts_at),
        "endDate": _moment(meeting.ended_at), "previousStartDate": _moment(meeting.moved_from),
        "eventStatus": f"{SCHEMA}/{_meeting_status(meeting)}",
        "eventAttendanceMode": f"{SCHEMA}/{ATTENDANCE[meeting.mode]}", "inLanguage": meeting.lang,
        "location": _place(meeting.location or library.only(Council).address), "superEvent": _session(meeting),
        "organizer": body_of(meeting.body, library), "isAccessibleForFree": True,
        "recordedIn": {"@type": "CreativeWork", "name": f"Відеозапис: {meeting.heading}", "url": meeting.recording.url}
        if meeting.recording else ""})


def _meeting_status(meeting: Meeting) -> str:
    """A meeting that was moved and then confirmed still is not at the time at which it was called."""
    usual = "EventRescheduled" if meeting.moved_from else "EventScheduled"
    return MEETING_STATUS.get(meeting.status, usual)


def _session(meeting: Meeting) -> Values | str:
    """The session that a plenary is part of."""
    if not meeting.session or not meeting.convocation:
        return ""
    return {"@type": "Event", "name": f"{meeting.session} сесія {meeting.convocation} скликання"}


def vote_box(event: VoteEvent, library: Library) -> Box:
    """A vote as an action of a body: what was put to the vote, how many chose each option."""
    draft = library.card("draft", event.draft)
    subject = {"@type": "Legislation", "@id": whole_url(library, draft.url), "name": draft.title} if draft else {
        "@type": "CreativeWork", "name": event.subject(library)}
    url = whole_url(library, event.url)
    return box_of({
        "@type": "VoteAction", "@id": url, "url": url, "name": f"Голосування: {event.subject(library)}",
        "description": event.text, "agent": body_of(event.body, library), "object": subject,
        "startTime": (event.held_at or event.held_on).isoformat(), "actionStatus": f"{SCHEMA}/CompletedActionStatus",
        "result": [{"@type": "PropertyValue", "name": "Результат", "value": event.result.label},
                   *({"@type": "PropertyValue", "name": option.label, "value": getattr(event.counts, str(option.value))}
                     for option in VoteOption)]})


def report_box(report: Report, library: Library) -> Box:
    """A report with its period and whoever gave it."""
    work, author = work_of(report, library), library.card("person", report.author)
    return box_of({
        "@type": "Report", "headline": report.title, **work, "genre": report.type.label,
        "temporalCoverage": f"{report.period.starts_on}/{report.period.ends_on}",
        "author": {"@type": "Person", "name": author.title, "url": whole_url(library, author.url)} if author
        else work["publisher"]})


def event_box(event: Event, library: Library) -> Box:
    """An event of the community."""
    organizer = {"@type": "Organization", "name": event.organizer} if event.organizer else _publisher(library)
    return box_of({
        "@type": "Event", "@id": whole_url(library, event.url), "url": whole_url(library, event.url),
        "name": event.title, "description": event.summary, "startDate": _moment(event.starts_at),
        "endDate": _moment(event.ends_at), "inLanguage": event.lang,
        "eventStatus": f"{SCHEMA}/{EVENT_STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode", "location": _place(event.location),
        "organizer": organizer})


def _place(words: str) -> Values:
    return {"@type": "Place", "name": words, "address": words}


def person_box(person: Person, library: Library) -> Box:
    """A person with the posts held on the declared day."""
    held = [m for m in index_of(library).by_person.get(person.id, ()) if m.holds_on(library.now.date())]
    bodies = [(m, body) for m in held if (body := library.get(Organization, m.organization))]
    photo = photo_of(person, person.image, library)
    return box_of({
        "@type": "Person", "@id": whole_url(library, person.url), "url": whole_url(library, person.url),
        "name": person.name, "familyName": person.family_name, "givenName": person.given_name,
        "additionalName": person.patronymic, "jobTitle": [full_post(m, person, body) for m, body in bodies],
        "memberOf": [{"@type": _type(body), "name": body.title, "url": whole_url(library, body.url)}
                     for _, body in bodies],
        "image": whole_url(library, photo.jpeg) if photo else "", "email": person.email,
        "telephone": person.phone})


def _type(body: Organization) -> str:
    return "GovernmentOrganization" if body.type in PUBLIC_BODIES else "Organization"


def organization_box(body: Organization, library: Library) -> Box:
    """A body of the council, a unit, an enterprise."""
    parent = library.get(Organization, body.parent) if body.parent else None
    return box_of({
        "@type": _type(body), "@id": whole_url(library, body.url), "url": whole_url(library, body.url),
        "name": body.title, "alternateName": body.short_title, "identifier": _edrpou(body.edrpou),
        "parentOrganization": {"@type": _type(parent), "name": parent.title, "url": whole_url(library, parent.url)}
        if parent else "",
        "address": body.address, "email": body.email, "telephone": [phone.number for phone in body.phones],
        "sameAs": body.site or "", "foundingDate": body.starts_on.isoformat() if body.starts_on else "",
        "dissolutionDate": body.ends_on.isoformat() if body.ends_on else ""})


BOXES: tuple[tuple[Iterable[str], Callable[[Any, Library], Box | None]], ...] = (
    ((News.kind,), news_box), ((Meeting.kind,), meeting_box),
    ((VoteEvent.kind,), vote_box), ((Report.kind,), report_box), ((Event.kind,), event_box),
    ((Person.kind,), person_box), ((Organization.kind,), organization_box))
"""Kinds of records and what builds the box for their pages."""

__all__ = ["BOXES", "SCHEMA", "Values", "body_of", "box_of", "council_box", "whole_url", "work_of"]
