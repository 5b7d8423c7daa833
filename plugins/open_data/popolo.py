"""Popolo (popoloproject.com): people, bodies, memberships, posts and areas; meetings and votes by years.

What is not published on the pages is not in the files either: no day of birth, no private telephone. Rows are made of
records one by one, so that a year's file is made again only when one of its meetings or votes is another.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from plugins.media.model import photo_of
from plugins.meetings.model import Counts, Meeting, MeetingStatus
from plugins.people.model import (
    Council,
    Membership,
    Organization,
    Person,
    Phone,
    Role,
    factions_on,
    full_post,
)
from plugins.records import Axis, Library, OutputFile, Seen, View, frozen, plain
from plugins.ukrainian import sort_key
from plugins.votes.model import VoteEvent, VoteOption

from .jsonld import whole_url

FOLDER = "/dani/popolo/"
OPTIONS = {option: option.value.replace("_", " ") for option in VoteOption}
"""Popolo writes `not voting` with a space."""
Values = dict[str, Any]
ENCODER = json.JSONEncoder(ensure_ascii=False)
POSTS = (Role.MAYOR, Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD, Role.STAROSTA, Role.DEPUTY)
"""Roles that are there whoever holds them."""


@frozen
class PopoloFile:
    """A file: its name, what is in it, the year or 0, how many, what it depends on, its parts (class → JSON texts)."""

    name: str
    title: str
    year: int
    size: int
    inputs: Any
    parts: Callable[[], dict[str, Sequence[str]]]

    @property
    def url(self) -> str:
        """`/dani/popolo/votes-2026.json`."""
        return f"{FOLDER}{self.name}{f'-{self.year}' if self.year else ''}.json"


def popolo_files(library: Library) -> Iterator[PopoloFile]:
    """All files that have something in them, the newest year first."""
    for name, kind, title, build in REGISTERS:
        rows = tuple(text_of(row) for row in build(library))
        if rows:
            yield PopoloFile(name, title, 0, len(rows), rows, partial(dict, {kind: rows}))
    yield from _events(library)
    yield from _votes(library)


def files(site: Any) -> Iterator[OutputFile]:
    """The files as bytes."""
    for file in popolo_files(site.library):
        yield OutputFile(file.url.lstrip("/"), file.inputs, partial(as_json, file))


def as_json(file: PopoloFile) -> bytes:
    """An object with a list for each class, an item a line."""
    lists = ",\n".join(f'"{name}": [' + "".join(("\n", ",\n".join(rows), "\n]"))
                       for name, rows in file.parts().items())
    return f"{{\n{lists}\n}}\n".encode()


def text_of(values: Values) -> str:
    """An item without what is empty."""
    return ENCODER.encode({key: value for key, value in values.items() if value not in (None, "", [], {})})


# ------------------------------------------------------------------------------- registers

def persons(library: Library) -> Iterator[Values]:
    """Persons of the register, in the order of their names."""
    for person in sorted(library.of(Person), key=lambda person: (sort_key(person.name), person.id)):
        photo = photo_of(person, person.image, library)
        contacts = [("email", "Службова пошта", person.email), ("voice", "Службовий телефон", person.phone)]
        yield {"id": person.id, "name": person.name, "family_name": person.family_name,
               "given_name": person.given_name, "additional_name": person.patronymic, "sort_name": person.name,
               "gender": person.gender.value, "image": whole_url(library, photo.jpeg) if photo else None,
               "biography": plain(str(person.html("bio"))),
               "identifiers": [{"scheme": "voting-system", "identifier": person.voting_id}] if person.voting_id else [],
               "contact_details": [{"type": kind, "label": label, "value": value} for kind, label, value in contacts
                                   if value],
               "links": [{"url": person.declaration_url, "note": "Декларація"}] if person.declaration_url else [],
               "sources": _sources(person.url, library)}


def organizations(library: Library) -> Iterator[Values]:
    """Bodies of the register, those that ended among them."""
    for body in sorted(library.of(Organization), key=lambda body: (body.order, body.id)):
        contacts = [("email", "Електронна пошта", body.email), ("address", "Адреса", body.address)]
        yield {"id": body.id, "name": body.title,
               "other_names": [{"name": body.short_title, "note": "коротка назва"}] if body.short_title else [],
               "identifiers": [{"scheme": "UA-EDR", "identifier": body.edrpou}] if body.edrpou else [],
               "classification": body.type.value, "parent_id": body.parent, "founding_date": _day(body.starts_on),
               "dissolution_date": _day(body.ends_on),
               "contact_details": [*({"type": kind, "label": label, "value": value}
                                     for kind, label, value in contacts if value), *map(_phone, body.phones)],
               "links": [{"url": body.site, "note": "Сайт"}] if body.site else [],
               "sources": _sources(body.url, library)}


def _phone(phone: Phone) -> Values:
    return {"type": "voice", "label": phone.title or "Телефон", "value": phone.number}


def memberships(library: Library) -> Iterator[Values]:
    """Who held which role from when to when."""
    for held in sorted(library.of(Membership), key=lambda held: held.id):
        person, body = library.get(Person, held.person), library.get(Organization, held.organization)
        if person and body:
            act = library.card("act", held.act)
            yield {"id": held.id, "label": full_post(held, person, body), "role": held.role.label,
                   "person_id": person.id, "organization_id": body.id, "post_id": _post_id(held),
                   "area_id": _area_id(person) if held.role is Role.DEPUTY else None,
                   "start_date": _day(held.starts_on), "end_date": _day(held.ends_on),
                   "sources": _sources(act.url if act else person.url, library)}


def _post_id(held: Membership) -> str | None:
    return f"{held.organization}-{held.role.value}" if held.role in POSTS else None


def posts(library: Library) -> Iterator[Values]:
    """Posts that somebody holds or held."""
    held = {post: record for record in library.of(Membership) if (post := _post_id(record))}
    for key in sorted(held):
        if body := library.get(Organization, held[key].organization):
            yield {"id": key, "label": f"{held[key].role.label} — {body.short}", "role": held[key].role.label,
                   "organization_id": body.id, "sources": _sources(body.url, library)}


def areas(library: Library) -> Iterator[Values]:
    """Constituencies that the register of persons names."""
    council = library.only(Council)
    found = {key: person.constituency for person in library.of(Person) if (key := _area_id(person))}
    for key in sorted(found, key=lambda key: (len(key), key)):
        yield {"id": key, "name": found[key], "identifier": key.rpartition("-")[2], "classification": "constituency",
               "parent_id": council.katottg}
    if found:
        yield {"id": council.katottg, "name": council.community, "identifier": council.katottg,
               "classification": "community"}


def _area_id(person: Person) -> str | None:
    number = re.search(r"\d+", person.constituency)
    return f"okruh-{number[0]}" if number else None


def _sources(url: str, library: Library) -> list[Values]:
    return [{"url": whole_url(library, url)}]


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def convocations(library: Library) -> Iterator[Values]:
    """Terms of the council: the events that sessions are part of."""
    council = library.only(Council)
    for term in council.convocations:
        yield {"id": f"sklykannia-{term.number}", "name": f"{term.number} скликання",
               "classification": "legislative period", "organization_id": council.council_id,
               "start_date": _day(term.starts_on), "end_date": _day(term.ends_on),
               "sources": _sources("/vlada/", library)}


REGISTERS: tuple[tuple[str, str, str, Callable[[Library], Iterator[Values]]], ...] = (
    ("persons", "persons", "Особи", persons), ("organizations", "organizations", "Органи", organizations),
    ("memberships", "memberships", "Членства", memberships), ("posts", "posts", "Посади", posts),
    ("areas", "areas", "Округи", areas), ("convocations", "events", "Скликання", convocations))
"""(name of the file, class of what is in it, title, what makes its rows)."""


# ------------------------------------------------------------------------------- meetings

def event_row(meeting: Meeting, library: Library) -> str:
    """A meeting as an Event of its session."""
    there = meeting.attendance.took_part() if meeting.attendance else ()
    people = [person for key in there if (person := library.get(Person, key))]
    note = f"{meeting.status.label}. {meeting.status_reason}" if meeting.status in (
        MeetingStatus.CANCELLED, MeetingStatus.MOVED) else ""
    recording = [{"url": meeting.recording.url, "note": "Відеозапис"}] if meeting.recording else []
    return text_of({
        "id": meeting.key, "name": meeting.heading, "description": note.strip(), "classification": meeting.type.value,
        "start_date": _day(meeting.starts_at), "end_date": _day(meeting.ended_at), "location": meeting.location,
        "organization_id": meeting.body, "parent_id": session_id(meeting),
        "attendees": [{"id": person.id, "name": person.name} for person in people], "links": recording,
        "sources": _sources(meeting.url, library)})


def session_id(meeting: Meeting) -> str | None:
    """`sesiia-8-37`: the session of a plenary."""
    return f"sesiia-{meeting.convocation}-{meeting.session}" if meeting.session and meeting.convocation else None


EVENTS: View = View(
    "popolo events", Meeting, event_row,
    (Axis("", lambda meeting, library: (session_id(meeting) or "", f"{meeting.body} {meeting.starts_at.isoformat()}")),
     Axis("", lambda meeting, library: (library.row(EVENTS, meeting.key), ""))),
    lambda meeting, library: not meeting.withdrawn)
"""Its axes keep the session and the text, so that none is opened again for a year's file."""


def _events(library: Library) -> Iterator[PopoloFile]:
    years: dict[int, list[Seen]] = defaultdict(list)
    sittings: dict[str, list[str]] = defaultdict(list)
    for item in library.views(EVENTS)[::-1]:
        if item.mark and item.axes[0]:
            years[item.year].append(item)
            if item.axes[0][0]:
                sittings[item.axes[0][0]].append(item.axes[0][1])
    above: dict[int, list[str]] = defaultdict(list)
    for session, found in sorted(sittings.items(), key=lambda pair: pair[1][0]):
        above[int(found[0].split()[1][:4])].append(_session(session, found, library))
    for year in sorted(years, reverse=True):
        rows = [*above[year], *(item.axes[1][0] for item in years[year] if item.axes[1])]
        yield PopoloFile("events", "Сесії й засідання", year, len(rows),
                         (above[year], [item.mark for item in years[year]]), partial(dict, {"events": rows}))


def _session(session: str, sittings: Sequence[str], library: Library) -> str:
    """A session from its first sitting to its last; it stands in the year of the first."""
    _, convocation, number = session.split("-")
    body, first = sittings[0].split()
    return text_of({"id": session, "name": f"{number} сесія {convocation} скликання", "classification": "session",
                    "organization_id": body, "parent_id": f"sklykannia-{convocation}", "start_date": first[:10],
                    "end_date": sittings[-1].split()[1][:10], "sources": _sources("/zasidannia/", library)})


# ------------------------------------------------------------------------------- votes

def vote_row(event: VoteEvent, library: Library) -> tuple[str, str]:
    """A vote as (Motion, VoteEvent)."""
    meeting = library.get(Meeting, event.meeting)
    session = session_id(meeting) if meeting else None
    at = _day(event.held_at or event.held_on)
    sources = _sources(event.url, library)
    motion = text_of({
        "id": event.id, "organization_id": event.body, "legislative_session_id": session,
        "text": event.text or event.subject(library), "classification": event.type.value, "date": at,
        "requirement": event.requirement.value, "result": event.result.value, "sources": sources})
    groups = factions_on(library, event.held_on)
    return motion, text_of({
        "id": event.id, "identifier": f"{event.item_no}", "motion_id": event.id, "organization_id": event.body,
        "legislative_session_id": session, "start_date": at, "result": event.result.value,
        "counts": _counts(event.counts), "group_results": _group_results(event, groups, library),
        "votes": [{"voter_id": vote.person, "option": OPTIONS[vote.option],
                   **({"group_id": groups[vote.person]} if vote.person in groups else {})} for vote in event.votes],
        "sources": sources})


def _counts(counts: Counts) -> list[Values]:
    return [{"option": word, "value": getattr(counts, str(option.value))} for option, word in OPTIONS.items()]


def _group_results(event: VoteEvent, groups: Mapping[str, str], library: Library) -> list[Values]:
    """How each faction voted, by the members of that day."""
    found: dict[str, Counter[VoteOption]] = defaultdict(Counter)
    for vote in event.votes:
        if vote.person in groups:
            found[groups[vote.person]][vote.option] += 1
    return [{"group": {"id": body.id, "name": body.title},
             "counts": [{"option": OPTIONS[option], "value": found[body.id][option]} for option in VoteOption
                        if found[body.id][option]]}
            for key in sorted(found) if (body := library.get(Organization, key))]


VOTES: View = View("popolo votes", VoteEvent, vote_row, (
    Axis("", lambda event, library: (f"{event.held_on} {event.meeting} {event.position:04d} {event.key}", "")),))


def _votes(library: Library) -> Iterator[PopoloFile]:
    years: dict[int, list[Seen]] = defaultdict(list)
    for item in library.views(VOTES):
        if item.mark:
            years[item.year].append(item)
    for year, found in sorted(years.items(), reverse=True):
        found.sort(key=lambda item: item.axes[0] or ("", ""))
        yield PopoloFile("votes", "Пропозиції й голосування", year, len(found), [item.mark for item in found],
                         partial(_vote_parts, found, library))


def _vote_parts(found: Sequence[Seen], library: Library) -> dict[str, Sequence[str]]:
    rows: list[tuple[str, str]] = [library.row(VOTES, item.key) for item in found]
    return {"motions": [motion for motion, _ in rows], "vote_events": [event for _, event in rows]}


__all__ = ["EVENTS", "FOLDER", "VOTES", "PopoloFile", "files", "popolo_files"]
