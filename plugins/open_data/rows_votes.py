"""Rows of votes (appendix 29), in the flat form (`motions2`, `votings`) and the relational one.

Each vote event is first made into a `Ballot`: all that any of the tables says of it. The functions from a ballot to
rows are pure: they ask no library, so that whoever reads the national tables can hold the way back against them. Names
and their order are those of the record (`votes.csv`): what was read is written again as it was.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from itertools import groupby

from plugins.acts.model import DraftAct
from plugins.meetings.model import AgendaItem, Meeting, MeetingStatus, MeetingType, VoteResult
from plugins.people.model import Council, Person, Topic, voters_on
from plugins.records import Axis, Library, View, frozen
from plugins.ukrainian import KYIV
from plugins.votes.model import VoteEvent

from .columns import Row
from .jsonld import whole_url

VOTE_RESULT = {VoteResult.PASS: "Прийнято", VoteResult.FAIL: "Не прийнято"}
NO_TOPIC = "Інше"


@frozen
class Authority:
    """The council whose votes they are."""

    name: str
    edrpou: str
    katottg: str


@frozen
class Ballot:
    """A vote event as the tables of appendix 29 show it."""

    authority: Authority
    uid: str
    motion_uid: str
    held_on: str
    convocation: int | None
    session: int | None
    number: int
    title: str
    project_number: str | None
    project_title: str
    starts_at: str
    ends_at: str
    counts: tuple[int, int, int, int, int]
    """За, Проти, Утримався, Не голосував, Відсутній."""
    result: str
    url: str
    voters: tuple[tuple[str, str, str], ...]
    """(identifier, name, «За») of each; a secret vote has none."""


def ballot_of(event: VoteEvent, library: Library) -> Ballot:
    """All that the tables say of a vote event of a plenary."""
    council, meeting = library.only(Council), library.get(Meeting, event.meeting)
    assert meeting
    draft = library.get(DraftAct, event.draft) if event.draft else None
    title, counts = event.subject(library), event.counts
    starts_at, ends_at = _moments(event, meeting)
    return Ballot(
        Authority(council.name, council.edrpou, council.katottg), event.id, motion_uid(meeting, event.item_no),
        event.held_on.isoformat(), convocation_of(meeting, council), meeting.session, event.item_no, title,
        draft.number if draft else event.draft_number or None, draft.title if draft else title, starts_at, ends_at,
        (counts.yes, counts.no, counts.abstain, counts.not_voting, counts.absent), VOTE_RESULT[event.result],
        whole_url(library, event.url),
        tuple((*_voter(vote.person, vote.name, library), vote.option.label) for vote in event.votes))


def _voter(key: str, name: str, library: Library) -> tuple[str, str]:
    """(identifier as in the data set of deputies, name as in the record)."""
    person = library.get(Person, key)
    return (voter_id(person, library), name or person.name) if person else (key, name or key)


def voter_id(person: Person, library: Library) -> str:
    """What a person is called in votes: the number in the voting system, else the identifier.

    A number that went on to somebody else names nobody: whoever joins the tables would take one for the other.
    """
    is_own = person.voting_id and library.entry(holders_of_numbers, person.voting_id) == 1
    return person.voting_id if is_own else person.id


def holders_of_numbers(library: Library) -> dict[str, int]:
    """Number in the voting system → how many persons of the register have or had it."""
    return dict(Counter(person.voting_id for person in library.of(Person)))


def _moments(event: VoteEvent, meeting: Meeting) -> tuple[str, str]:
    """Beginning and end of a vote; where its time was not written down the bounds it lies in: those of the meeting."""
    if event.held_at:
        return event.held_at.isoformat(), event.held_at.isoformat()
    last = datetime.combine(meeting.starts_at.date(), time(23, 59, 59), KYIV)
    return meeting.starts_at.isoformat(), (meeting.ended_at or last).isoformat()


def convocation_of(meeting: Meeting, council: Council) -> int | None:
    """The number of the convocation a plenary belongs to."""
    term = council.convocation_on(meeting.day)
    return meeting.convocation or (term.number if term else None)


def motion_uid(meeting: Meeting, number: int) -> str:
    """The agenda item of a plenary: `pl-2026-11-19-7`; a meeting whose identifier has no year gets it."""
    own = meeting.id if str(meeting.year) in meeting.id else f"{meeting.year}-{meeting.id}"
    return f"{own}-{number}"


def is_plenary(event: VoteEvent, library: Library) -> bool:
    """True for votes of the council itself."""
    meeting = library.get(Meeting, event.meeting)
    return meeting is not None and meeting.type is MeetingType.PLENARY and not meeting.withdrawn


# --------------------------------------------------------------------------- ballot → rows

def motion2_rows(ballot: Ballot) -> list[Row]:
    """`motions2`: what was put to the vote, with its totals."""
    yes, no, abstain, not_voting, absent = ballot.counts
    return [{
        "uid": ballot.uid, "date": ballot.held_on, "authorityName": ballot.authority.name,
        "authorityId": ballot.authority.edrpou, "authorityCattutc": ballot.authority.katottg,
        "convocation": f"{ballot.convocation} скликання" if ballot.convocation else None,
        "legislativeSession": f"{ballot.session} сесія" if ballot.session else None, "number": ballot.number,
        "title": ballot.title, "projectNumber": ballot.project_number, "votingFor": yes, "votingAgainst": no,
        "votingAbstain": abstain, "notVoting": not_voting, "absent": absent, "votingResult": ballot.result,
        "textUrl": ballot.url, "text": None}]


def voting_rows(ballot: Ballot) -> list[Row]:
    """`votings`: the vote of each."""
    return [{"motionUid": ballot.uid, "voterId": key, "voterName": name, "motionTitle": ballot.title, "result": option}
            for key, name, option in ballot.voters]


def vote_event_rows(ballot: Ballot) -> list[Row]:
    """`voteEvents`: the same totals, tied to the agenda item."""
    yes, no, abstain, not_voting, absent = ballot.counts
    return [{
        "uid": ballot.uid, "motionUid": ballot.motion_uid, "projectNumber": ballot.project_number,
        "projectTitle": ballot.project_title, "startDate": ballot.starts_at, "endDate": ballot.ends_at,
        "result": ballot.result, "votingFor": yes, "votingAgainst\n": no, "votingAbstain": abstain,
        "notVoting": not_voting, "absent": absent, "textUrl": ballot.url, "text": None}]


def vote_rows(ballot: Ballot) -> list[Row]:
    """`vote`: the vote of each without words said twice."""
    return [{"uid": ballot.uid, "voterUid": key, "result": option} for key, _, option in ballot.voters]


# --------------------------------------------------------------------------- agendas, sessions, convocations

def took_place(meeting: Meeting, library: Library) -> bool:
    """True for plenaries that began by the declared day, or voted: what lies ahead may still change."""
    if meeting.type is not MeetingType.PLENARY or meeting.withdrawn:
        return False
    is_called_off = meeting.status in (MeetingStatus.CANCELLED, MeetingStatus.MOVED)
    return any(item.votes for item in meeting.items) or (not is_called_off and meeting.starts_at <= library.now)


def motion_rows(meeting: Meeting, library: Library) -> list[Row]:
    """`motions`: the agenda of a plenary, item by item."""
    return [_motion(item, meeting, library) for item in meeting.items]


def _motion(item: AgendaItem, meeting: Meeting, library: Library) -> Row:
    draft = library.get(DraftAct, item.draft) if item.draft else None
    council = library.only(Council)
    has_vote = item.presenter in voters_on(library, council.council_id, meeting.day)
    presenter = library.get(Person, item.presenter) if item.presenter and has_vote else None
    topics = (library.get(Topic, key) for key in draft.topics) if draft else ()
    return {
        "uid": motion_uid(meeting, item.no), "sessionUid": _session_uid(meeting, council),
        "votingIdentifier": voter_id(presenter, library) if presenter else None,
        "title": item.title or (draft.title if draft else f"Питання {item.no}"), "number": item.no,
        "classification": "; ".join(topic.title for topic in topics if topic) or NO_TOPIC,
        "date": meeting.day.isoformat(), "sources": whole_url(library, draft.url if draft else meeting.url)}


def _session_uid(meeting: Meeting, council: Council) -> str | None:
    convocation = convocation_of(meeting, council)
    return f"{convocation}-{meeting.session}" if convocation and meeting.session else None


def sitting(meeting: Meeting, library: Library) -> tuple[str, str] | None:
    """(convocation and session, day) of a plenary."""
    convocation = convocation_of(meeting, library.only(Council))
    return (f"{convocation} {meeting.session}", meeting.day.isoformat()) if convocation and meeting.session else None


SITTINGS = View("data sittings", Meeting, sitting, (Axis("", sitting),), holds=took_place)
"""Its axis holds all that it says: no meeting is opened to tell when sessions were."""


def sessions(library: Library) -> list[Row]:
    """`sessions`: from the first plenary of a session to the last one that took place."""
    told = (item.axes[0] for item in library.views(SITTINGS) if item.mark)
    found = sorted((*_pair(place), day) for place, day in filter(None, told))
    made: list[Row] = []
    for (convocation, session), sittings in groupby(found, key=lambda item: item[:2]):
        days = [day for _, _, day in sittings]
        made.append({"uid": f"{convocation}-{session}", "label": f"{session} сесія", "convocationUid": str(convocation),
                     "dateFrom": days[0], "dateUntil": days[-1]})
    return made


def _pair(place: str) -> tuple[int, int]:
    convocation, session = place.split()
    return int(convocation), int(session)


def convocations(library: Library) -> list[Row]:
    """`convocations`: the terms of the council; the last day of the present one is not known."""
    council = library.only(Council)
    return [{"uid": str(term.number), "label": f"{term.number} скликання", "dateFrom": term.starts_on.isoformat(),
             "dateUntil": term.ends_on.isoformat() if term.ends_on else None, "authorityName": council.name,
             "authorityId": council.edrpou, "CATUTTC": council.katottg}
            for term in sorted(council.convocations, key=lambda term: term.starts_on)]
