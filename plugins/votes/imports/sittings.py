"""Raw votes → meetings: which body voted, on which day of its own, in which meeting of the library or in a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plugins.meetings.model import Meeting, MeetingStatus, MeetingType
from plugins.people.model import Council, Organization, OrganizationKind
from plugins.records import Library
from plugins.ukrainian import cyrillic, kyiv, numeral, short_day

from .raw import Notes, RawMotion, Spot
from .words import SessionName, session_of

NIGHT_ENDS = 6
"""A vote before this hour may belong to the meeting of the day before."""
PREFIX = {MeetingType.PLENARY: "pl", MeetingType.EXECUTIVE: "vk"}


@dataclass(slots=True)
class Sitting:
    """A meeting with the raw votes that were taken in it; `meeting` is None for one that is not recorded yet."""

    key: str
    type: MeetingType
    body: str
    day: date
    name: SessionName
    convocation: int | None = None
    meeting: Meeting | None = None
    raws: list[RawMotion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Group:
    """What tells sittings apart."""

    type: MeetingType
    body: str
    day: date
    session: int | None
    sitting: int | None
    id: str


def sittings(raws: Sequence[RawMotion], library: Library, notes: Notes, asked: str = "") -> list[Sitting]:
    """The meetings of raw votes, by day; `asked` is the key of the one meeting all votes belong to."""
    meetings = [record for record in library.records if isinstance(record, Meeting)]
    if asked:
        return _asked(raws, asked, meetings, notes)
    groups: dict[_Group, list[RawMotion]] = {}
    bodies = {id(raw): _body(raw, library, notes) for raw in raws}
    evenings = {(bodies[id(raw)], raw.day, _name(raw)) for raw in raws if raw.day and not _is_night(raw)}
    for raw in raws:
        body = bodies[id(raw)]
        if not raw.day:
            notes.add("meeting", raw.spot, "немає дати голосування. Вкажіть засідання: --meeting 2026/pl-2026-11-19.")
        elif body:
            name, (kind, who) = _name(raw), body
            day = raw.day
            yesterday = day - timedelta(days=1)
            if _is_night(raw) and ((body, yesterday, name) in evenings or (
                    _held(meetings, who, yesterday) and not _held(meetings, who, day))):
                day = yesterday
            groups.setdefault(_Group(kind, who, day, name.session, name.sitting, raw.meeting_id), []).append(raw)
    _join_nameless(groups, raws)
    found: dict[str, Sitting] = {}
    for group, members in sorted(groups.items(), key=lambda item: (item[0].day, item[0].body, str(item[0]))):
        sitting = _sitting(group, members, meetings, found, library, notes)
        if sitting and sitting.key in found:  # two names of one meeting
            found[sitting.key].raws += sitting.raws
        elif sitting:
            found[sitting.key] = sitting
    return list(found.values())


def _name(raw: RawMotion) -> SessionName:
    if not raw.is_national:
        return session_of(raw.session)
    said = session_of(f"{raw.session} {raw.convocation}")
    return SessionName(MeetingType.PLENARY, numeral(raw.session) or said.session,
                       numeral(raw.convocation) or said.convocation, said.sitting, said.is_extraordinary)


def _fullest(raws: Sequence[RawMotion]) -> RawMotion:
    """The vote that tells most of its meeting: not each of them names the session and the sitting."""
    return min(raws, key=lambda raw: (_name(raw).session is None, _name(raw).sitting is None))


def _is_night(raw: RawMotion) -> bool:
    return raw.held_at is not None and raw.held_at.hour < NIGHT_ENDS


def _held(meetings: Iterable[Meeting], body: str, day: date) -> list[Meeting]:
    return [meeting for meeting in meetings if (meeting.body, meeting.day) == (body, day)
            and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.MOVED)]


def _join_nameless(groups: dict[_Group, list[RawMotion]], raws: Sequence[RawMotion]) -> None:
    """Votes that name no session, or no sitting of it, belong to the one that others of their day name."""
    order = {id(raw): at for at, raw in enumerate(raws)}
    for group in [group for group in groups if None in (group.session, group.sitting) and not group.id]:
        others = [other for other in groups if other != group
                  and (other.type, other.body, other.day) == (group.type, group.body, group.day)
                  and group.session in (None, other.session) and group.sitting in (None, other.sitting)]
        if len(others) == 1:
            groups[others[0]] = sorted([*groups[others[0]], *groups.pop(group)], key=lambda raw: order[id(raw)])


# --------------------------------------------------------------------------- body

def _body(raw: RawMotion, library: Library, notes: Notes) -> tuple[MeetingType, str] | None:
    """Who voted; the name and the code of the organization are held against the register."""
    council = library.only(Council)
    file = Spot(raw.spot.file)
    if raw.body_code and raw.body_code != council.edrpou and not notes.add(
            "organization", file, f"код ЄДРПОУ {raw.body_code}, а в ради {council.edrpou}."):
        return None
    if raw.body and not _names_council(raw.body, council) and not notes.add(
            "organization", file, f"орган «{raw.body[:80]}», а рада зветься «{council.name}»."):
        return None
    kind = _name(raw).type or MeetingType.PLENARY
    if kind is MeetingType.EXECUTIVE or "виконавч" in raw.body.lower():
        if council.executive_id:
            return MeetingType.EXECUTIVE, council.executive_id
        notes.add("meeting", raw.spot, "виконкому немає в data/council.yml (executive_id).")
        return None
    if kind is MeetingType.COMMITTEE:
        return _committee(raw, library, notes)
    return MeetingType.PLENARY, council.council_id


def _names_council(text: str, council: Council) -> bool:
    """True if the first word of the council's name, which is its own, stands in the text in any case."""
    own = cyrillic(council.name.split()[0])[:-2]
    return own in "".join(map(cyrillic, re.findall(r"\w+", text)))


def _committee(raw: RawMotion, library: Library, notes: Notes) -> tuple[MeetingType, str] | None:
    said = _words(raw.session)
    ranked = sorted(((len(said & _words(body.title)), body.id) for body in library.of(Organization)
                     if body.type is OrganizationKind.COMMITTEE), reverse=True)
    best = [name for rank, name in ranked if rank and rank == ranked[0][0]]
    if len(best) == 1:
        return MeetingType.COMMITTEE, best[0]
    notes.add("meeting", raw.spot, f"не зрозуміло, яка це комісія: «{raw.session[:100]}». Вкажіть --meeting.")
    return None


def _words(text: str) -> set[str]:
    return {cyrillic(word)[:6] for word in re.findall(r"\w{4,}", text.lower())} - {
        cyrillic(word)[:6] for word in ("постійна", "комісія", "комісії", "питань", "засідання", "міської", "ради")}


# --------------------------------------------------------------------------- meeting

def _asked(raws: Sequence[RawMotion], key: str, meetings: Sequence[Meeting], notes: Notes) -> list[Sitting]:
    meeting = next((meeting for meeting in meetings if meeting.key == key), None)
    if meeting is None:
        days = {raw.day for raw in raws}
        near = ", ".join(sorted(meeting.key for meeting in meetings if meeting.day in days))
        notes.add("meeting", "--meeting", f"засідання «{key}» немає." + (f" Цих днів є: {near}." if near else ""))
        return []
    for raw in raws:
        near_days = (None, meeting.day, meeting.day + timedelta(days=1))
        if raw.day not in near_days and raw.day:
            notes.add("meeting", raw.spot,
                      f"голосування {short_day(raw.day)}, а засідання {short_day(meeting.day)}.")
    return [Sitting(key, meeting.type, meeting.body, meeting.day, SessionName(), meeting.convocation, meeting,
                    list(raws))]


def _sitting(group: _Group, raws: list[RawMotion], meetings: Sequence[Meeting], made: Mapping[str, Sitting],
             library: Library, notes: Notes) -> Sitting | None:
    fullest = _fullest(raws)
    name = _name(fullest)
    held = _held(meetings, group.body, group.day)
    named = [meeting for meeting in held if meeting.key == group.id]
    chosen = named or (held if len(held) < 2 else _by_session(held, name) or _by_time(held, raws))
    if len(chosen) > 1 or (held and not chosen):
        keys = ", ".join(sorted(meeting.key for meeting in held))
        notes.add("meeting", Spot(raws[0].spot.file), f"{short_day(group.day)} засідань кілька: {keys}. Вкажіть, яке "
                  "це: --meeting.")
        return None
    meeting = chosen[0] if chosen else None
    term = library.only(Council).convocation_on(group.day)
    number = meeting.convocation if meeting else term.number if term else None
    if group.type is MeetingType.PLENARY and term is None:
        notes.add("meeting", Spot(raws[0].spot.file),
                  f"{short_day(group.day)} не діяло жодне скликання з data/council.yml.")
        return None
    _compare(meeting, name, number, fullest, group.day, notes)
    key = meeting.key if meeting else _new_key(group, meetings, made)
    return Sitting(key, meeting.type if meeting else group.type, group.body, group.day, name,
                   number if group.type is MeetingType.PLENARY else None, meeting, raws)


def _by_session(held: Sequence[Meeting], name: SessionName) -> list[Meeting]:
    found = [meeting for meeting in held if name.session and meeting.session == name.session]
    exact = [meeting for meeting in found if name.sitting and meeting.sitting == name.sitting]
    return exact or found


def _by_time(held: Sequence[Meeting], raws: Sequence[RawMotion]) -> list[Meeting]:
    """Meetings inside which all the votes were taken."""
    moments = [kyiv(raw.held_at) for raw in raws if raw.held_at]
    return [meeting for meeting in held if moments and all(
        meeting.starts_at <= at and (not meeting.ended_at or at <= meeting.ended_at) for at in moments)]


def _compare(meeting: Meeting | None, name: SessionName, convocation: int | None, raw: RawMotion, day: date,
             notes: Notes) -> None:
    file = Spot(raw.spot.file)
    if name.convocation and convocation and name.convocation != convocation:
        notes.add("session", file, f"у джерелі {name.convocation} скликання, а {short_day(day)} діє {convocation}.")
    if meeting and name.session and meeting.session and name.session != meeting.session:
        notes.add("session", file, f"у джерелі сесія {name.session}, а в засіданні {meeting.key} — {meeting.session}.")


def _new_key(group: _Group, meetings: Sequence[Meeting], made: Mapping[str, Sitting]) -> str:
    if group.id and group.id.startswith(f"{group.day.year}/"):
        return group.id
    taken = {meeting.key for meeting in meetings} | set(made)
    base = f"{group.day.year}/{PREFIX.get(group.type, group.body)}-{group.day}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
