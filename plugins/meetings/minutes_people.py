"""Who was at a meeting, for its minutes: when and where, who presided, lists of names, who signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.documents.model import Signature, on_paper
from plugins.people.model import (
    Organization,
    OrganizationKind,
    Person,
    council_of,
    mayor_on,
    members_on,
    post_in_body,
    post_on,
    told_apart,
)
from plugins.records import Library
from plugins.ukrainian import clock, moment

from .attendance import names, quorum_words, stay_hours
from .form import Labelled, named, signature_of, where
from .minutes_text import HALF, is_said
from .model import Meeting


def facts(meeting: Meeting, library: Library) -> Iterator[Labelled]:
    """Beginning and end, the place, who presided, who wrote the minutes."""
    ended, chair, clerk = meeting.ended_at, meeting.chair, meeting.clerk
    yield Labelled("Початок", clock(meeting.starts_at))
    if ended:
        yield Labelled("Закінчення", clock(ended) if ended.date() == meeting.day else moment(ended))
    yield from where(meeting)
    if person := library.get(Person, chair) if chair else None:
        yield Labelled("Головувала" if person.is_female else "Головував", named(person, meeting, library))
    if person := library.get(Person, clerk) if clerk else None:
        yield Labelled("Секретар засідання", named(person, meeting, library))


def people(meeting: Meeting, said: str, library: Library) -> Iterator[Labelled]:
    """Counts where the text has no part on attendance; each list of which the text names less than half."""
    lists, quorum = meeting.attendance, quorum_words(meeting, library)
    if quorum and not said:
        yield Labelled("Присутність", ", ".join(quorum))
    if lists:
        for label, keys in (("Присутні", lists.present), ("Дистанційно", lists.remote),
                            ("Відсутні з поважних причин", lists.excused), ("Відсутні", lists.absent)):
            yield from _unsaid(label, _present(keys, meeting, library), said)
        stays = [f"{name} ({stay_hours(stay)})" for stay in lists.stays for name in names([stay.person], library)]
        yield from _unsaid("Не весь час", stays, said)
    yield from _unsaid("Запрошені", [on_paper(guest) for guest in meeting.guests], said)


def _present(keys: Sequence[str], meeting: Meeting, library: Library) -> list[str]:
    """Short names; the mayor, who is counted beside the deputies of the council, with the post."""
    council = council_of(library)
    mayor = mayor_on(library, meeting.day) if council and meeting.body == council.council_id else None
    own = told_apart(mayor, library) if mayor and mayor.id in keys else ""
    return [f"{name} (міський голова)" if name == own else name for name in names(keys, library)]


def _unsaid(label: str, told: Sequence[str], said: str) -> Iterator[Labelled]:
    if told and sum(is_said(name, said, HALF) for name in told) < HALF * len(told):
        yield Labelled(label, ", ".join(told))


def signers(meeting: Meeting, library: Library) -> Iterator[Signature]:
    """The chair by the post in the body, the clerk."""
    if person := library.get(Person, meeting.chair) if meeting.chair else None:
        yield signature_of(person, _post_in_chair(person, meeting, library))
    if person := library.get(Person, meeting.clerk) if meeting.clerk else None:
        yield signature_of(person, "секретар засідання")


def _post_in_chair(person: Person, meeting: Meeting, library: Library) -> str:
    """«голова комісії» in a committee, «міський голова» elsewhere; who has no post presides."""
    body = library.get(Organization, meeting.body)
    if body and body.type is OrganizationKind.COMMITTEE:
        held = next((held for held in members_on(library, body.id, meeting.day) if held.person == person.id), None)
        return post_in_body(held, person, body) if held else "головуюча" if person.is_female else "головуючий"
    return post_on(person, meeting.day, library) or ("головуюча" if person.is_female else "головуючий")
