"""The state of drafts and acts follows from the chain and the declared day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from plugins.acts.model import Act, ActStatus, DraftAct, DraftStatus, act_status, draft_status, is_amended, open_drafts
from plugins.acts.paths import act_steps
from plugins.acts.rules import martial_law_holds
from plugins.meetings.model import Meeting
from plugins.people.model import Council, WorkingCalendar
from plugins.records import Library, Record, Source
from plugins.ukrainian import KYIV
from plugins.votes.model import VoteEvent

R = TypeVar("R", bound=Record)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=KYIV)


def made(model: type[R], facts: dict[str, Any]) -> R:
    """A record as it comes out of a file."""
    record = model.model_validate(facts)
    record._source = Source(record.id, record.id, Path())
    return record


def draft(**facts: Any) -> DraftAct:
    return made(DraftAct, {
        "id": "1-p", "number": "1-П", "type": "decision", "body": "rada", "title": "Про дорогу",
        "registered_on": "2026-11-02", "published_at": "2026-11-02 10:00", "initiator": {"text": "Громада"},
        "text": "1. А", **facts})


def act(key: str = "1-1-8", **facts: Any) -> Act:
    return made(Act, {
        "id": key, "number": key, "type": "decision", "body": "rada", "title": f"Про {key}",
        "adopted_on": "2026-11-19", "signed_on": "2026-11-20", "published_at": "2026-11-20 10:00",
        "text": "1. А", **facts})


def meeting(day: str, kind: str = "plenary", status: str = "held", **item: Any) -> Meeting:
    return made(Meeting, {
        "id": f"m-{day}-{kind}", "type": kind, "body": "rada", "starts_at": f"{day} 10:00", "status": status,
        "status_reason": "причина", "items": [{"no": "1", "draft": "2026/1-p", **item}]})


def vote(result: str, kind: str = "final", day: str = "2026-11-19") -> VoteEvent:
    counts = {"yes": "0", "no": "0", "abstain": "0", "not_voting": "0", "absent": "0"}
    return made(VoteEvent, {
        "id": f"{day}-1", "meeting": f"2026/m-{day}-plenary", "meeting_title": "Засідання", "item_no": 1,
        "title": "Про", "draft": "2026/1-p", "body": "rada", "held_on": day, "type": kind,
        "position": 1, "requirement": "majority", "counts": counts, "result": result})


def state(*records: Record, now: datetime = NOON) -> DraftStatus:
    library = Library(list(records), now)
    return draft_status(next(r for r in records if isinstance(r, DraftAct)), library)


def force(subject: Act, *others: Record, now: datetime = NOON) -> ActStatus:
    return act_status(subject, Library([subject, *others], now))


OPEN = {"opens_on": "2026-11-02", "closes_at": "2026-11-30 18:00"}


def test_a_draft_is_registered_then_published() -> None:
    assert state(draft(published_at=None)) is DraftStatus.REGISTERED
    assert state(draft()) is DraftStatus.PUBLISHED


@pytest.mark.parametrize(("hour", "expected"), [
    ("17:59", DraftStatus.DISCUSSED), ("18:00", DraftStatus.DISCUSSED), ("18:01", DraftStatus.PUBLISHED)])
def test_it_is_discussed_until_the_last_moment(hour: str, expected: DraftStatus) -> None:
    now = datetime.fromisoformat(f"2026-11-30T{hour}:00+02:00").astimezone(KYIV)
    assert state(draft(consultation=OPEN), now=now) is expected


def test_an_open_discussion_goes_before_agendas_to_come() -> None:
    ahead = meeting("2026-12-03", status="confirmed")
    assert state(draft(consultation=OPEN), ahead) is DraftStatus.DISCUSSED
    assert state(draft(), ahead) is DraftStatus.ON_AGENDA


def test_a_committee_has_it_then_the_plenary() -> None:
    committee = meeting("2026-11-10", "committee")
    assert state(draft(), committee) is DraftStatus.IN_COMMITTEE
    assert state(draft(), committee, meeting("2026-11-26", status="confirmed")) is DraftStatus.ON_AGENDA


def test_a_cancelled_meeting_does_not_count() -> None:
    assert state(draft(), meeting("2026-11-10", "committee", "cancelled")) is DraftStatus.PUBLISHED


def test_a_vote_decides() -> None:
    held = meeting("2026-11-19")
    assert state(draft(), held, vote("fail")) is DraftStatus.REJECTED
    assert state(draft(), held, vote("pass")) is DraftStatus.ADOPTED


def test_a_first_reading_decides_nothing() -> None:
    assert state(draft(), meeting("2026-11-19"), vote("pass", "basis")) is DraftStatus.ON_AGENDA


@pytest.mark.parametrize(("result", "expected"), [
    ("postponed", DraftStatus.POSTPONED), ("removed", DraftStatus.REMOVED), ("not_adopted", DraftStatus.REJECTED),
    ("sent_to", DraftStatus.RETURNED)])
def test_the_result_of_the_agenda_item_counts(result: str, expected: DraftStatus) -> None:
    assert state(draft(), meeting("2026-11-19", result=result)) is expected


def test_a_later_agenda_opens_it_again() -> None:
    postponed = meeting("2026-11-19", result="postponed")
    assert state(draft(), postponed, meeting("2026-12-03", status="confirmed")) is DraftStatus.ON_AGENDA


def test_a_stated_outcome_holds_until_a_later_meeting() -> None:
    returned = draft(outcome={"status": "returned", "at": "2026-11-05", "reason": "Мало розрахунків"})
    assert state(returned) is DraftStatus.RETURNED
    assert state(returned, meeting("2026-12-03", status="confirmed")) is DraftStatus.ON_AGENDA


def test_an_act_ends_the_question() -> None:
    assert state(draft(consultation=OPEN), act(draft="2026/1-p")) is DraftStatus.ADOPTED


def test_open_drafts_stand_by_their_deadline() -> None:
    late = draft(id="2-p", consultation={**OPEN, "closes_at": "2026-12-10 18:00"})
    soon = draft(consultation=OPEN)
    closed = draft(id="3-p", consultation={**OPEN, "closes_at": "2026-11-20 18:00"})
    assert [d.id for d in open_drafts(Library([late, soon, closed], NOON))] == ["1-p", "2-p"]


def test_an_act_is_adopted_signed_in_force() -> None:
    assert force(act(signed_on=None)) is ActStatus.ADOPTED
    assert force(act(effective_on="2027-01-01")) is ActStatus.SIGNED
    assert force(act()) is ActStatus.IN_FORCE


def test_an_order_needs_no_other_signature() -> None:
    assert force(act(type="order", signed_on=None)) is ActStatus.IN_FORCE


def test_rules_wait_for_their_publication() -> None:
    rules = act(is_normative="так", published_at="2026-11-21 10:00")
    before = datetime(2026, 11, 20, 12, 0, tzinfo=KYIV)
    assert force(rules, now=before) is ActStatus.SIGNED
    assert force(rules) is ActStatus.IN_FORCE


def test_the_last_day_of_the_term_is_in_force() -> None:
    assert force(act(expires_on="2026-11-22")) is ActStatus.IN_FORCE
    assert force(act(expires_on="2026-11-21")) is ActStatus.EXPIRED


def test_a_repeal_counts_from_its_own_first_day() -> None:
    subject = act()
    repeal = act("2-1-8", repeals=[{"act": "2026/1-1-8"}])
    later = act("3-1-8", effective_on="2027-01-01", repeals=[{"act": "2026/1-1-8"}])
    assert force(subject, repeal) is ActStatus.REPEALED
    assert force(subject, later) is ActStatus.IN_FORCE


def test_a_repeal_of_points_leaves_the_rest() -> None:
    assert force(act(), act("2-1-8", repeals=[{"act": "2026/1-1-8", "points": ["1"]}])) is ActStatus.PARTLY_IN_FORCE


def test_an_amended_act_stays_in_force() -> None:
    subject, amendment = act(), act("2-1-8", amends=[{"act": "2026/1-1-8"}])
    library = Library([subject, amendment], NOON)
    assert act_status(subject, library) is ActStatus.IN_FORCE
    assert is_amended(subject, library)
    assert not is_amended(amendment, library)


@pytest.mark.parametrize("end", ["annulled", "executed", "lapsed"])
def test_a_stated_end_counts_from_its_day(end: str) -> None:
    stated = {"status": end, "at": "2026-11-21", "basis": "Підстава"}
    assert force(act(ended=stated)) is ActStatus(end)
    assert force(act(ended={**stated, "at": "2026-11-25"})) is ActStatus.IN_FORCE


def test_an_executed_act_has_gone_its_way_to_the_end() -> None:
    subject = act(ended={"status": "executed", "at": "2026-11-21", "basis": "Підстава"})
    assert {"done"} == {step.state for step in act_steps(subject, Library([subject], NOON))}


# --------------------------------------------------------------------------- suspended by the mayor

def suspended(again: dict[str, Any] | None = None, **facts: Any) -> Act:
    stopped = {"at": "2026-11-20", "reason": "Немає джерела", **({"reconsidered": again} if again else {})}
    return act(**{"signed_on": None, "suspension": stopped, **facts})


def confirming(result: str, requirement: str = "two_thirds") -> VoteEvent:
    counts = {"yes": "0", "no": "0", "abstain": "0", "not_voting": "0", "absent": "0"}
    return made(VoteEvent, {
        "id": "2026-11-21-1", "meeting": "2026/m-2026-11-21-plenary", "meeting_title": "Засідання", "item_no": 1,
        "title": "Про", "body": "rada", "held_on": "2026-11-21", "type": "final", "position": 1,
        "requirement": requirement, "counts": counts, "result": result})


AGAIN = {"at": "2026-11-21", "vote": "2026-11-21-1"}


def test_a_suspended_decision_waits_for_the_council() -> None:
    assert force(suspended()) is ActStatus.SUSPENDED
    assert force(suspended(effective_on="2026-11-21")) is ActStatus.SUSPENDED


def test_a_suspension_counts_from_its_day() -> None:
    assert force(suspended(), now=NOON.replace(day=19)) is ActStatus.ADOPTED


def test_a_confirmed_decision_is_in_force_even_if_the_mayor_does_not_sign_it() -> None:
    vote_for = confirming("pass")
    assert force(suspended(AGAIN), vote_for) is ActStatus.IN_FORCE
    assert force(suspended(AGAIN), vote_for, now=NOON.replace(day=20)) is ActStatus.SUSPENDED
    assert force(suspended(AGAIN, is_normative="так", published_at=None), vote_for) is ActStatus.ADOPTED
    assert force(suspended(AGAIN, signed_on="2026-11-22"), vote_for) is ActStatus.IN_FORCE
    assert force(suspended(AGAIN, signed_on="2026-11-22"), vote_for, now=NOON.replace(day=20)) is ActStatus.SUSPENDED


def council(**facts: Any) -> Council:
    names = ("name", "name_genitive", "community", "community_genitive", "settlement", "tagline", "region", "address")
    return made(Council, {
        **dict.fromkeys(names, "Рада"), "id": "mala", "edrpou": "04053915", "katottg": "UA71020010000037786",
        "site": "https://mala.example", "council_id": "rada", "executive_id": "vykonkom",
        "convocations": [{"number": "8", "starts_on": "2020-11-24", "seats": "26"}], **facts})


@pytest.mark.parametrize(("body", "day", "status"), [
    ("rada", 4, ActStatus.SUSPENDED), ("rada", 5, ActStatus.LAPSED), ("vykonkom", 5, ActStatus.SUSPENDED)])
def test_a_decision_that_the_council_does_not_consider_again_in_two_weeks_lapses(
        body: str, day: int, status: ActStatus) -> None:
    later = NOON.replace(month=12, day=day)
    assert force(suspended(body=body), council(), now=later) is status


def test_a_confirmation_after_the_two_weeks_still_counts() -> None:
    again = {"at": "2026-12-10", "vote": "2026-11-21-1"}
    assert force(suspended(again), council(), confirming("pass"), now=NOON.replace(month=12)) is ActStatus.IN_FORCE


@pytest.mark.parametrize(("begins", "status"), [
    ("2026-11-20", ActStatus.REPEALED), ("2026-11-22", ActStatus.IN_FORCE)])
def test_a_repeal_of_a_repeal_revives_nothing_unless_it_came_first(begins: str, status: ActStatus) -> None:
    repeal = act("2-1-8", effective_on=begins, repeals=[{"act": "2026/1-1-8"}])
    again = act("3-1-8", adopted_on="2026-11-21", signed_on="2026-11-21", repeals=[{"act": "2026/2-1-8"}])
    assert force(act(), repeal, again) is status


def test_two_acts_that_repeal_each_other_on_one_day_are_both_repealed() -> None:
    one, other = act(repeals=[{"act": "2026/2-1-8"}]), act("2-1-8", repeals=[{"act": "2026/1-1-8"}])
    assert {force(one, other), force(other, one)} == {ActStatus.REPEALED}


@pytest.mark.parametrize("again", [AGAIN, {"at": "2026-11-21"}])
def test_a_decision_that_the_council_does_not_confirm_lapses(again: dict[str, Any]) -> None:
    assert force(suspended(again), confirming("fail")) is ActStatus.LAPSED


@pytest.mark.parametrize(("again", "result", "status"), [
    (None, "pass", ActStatus.IN_FORCE), (AGAIN, "fail", ActStatus.IN_FORCE), (AGAIN, "pass", ActStatus.REPEALED)])
def test_what_is_suspended_or_lapsed_changes_no_other_act(again: Any, result: str, status: ActStatus) -> None:
    repeal = suspended(again, key="2-1-8", signed_on="2026-11-22" if status is ActStatus.REPEALED else None,
                       effective_on="2026-11-20", repeals=[{"act": "2026/1-1-8"}])
    assert force(act(), repeal, confirming(result)) is status


def test_an_annulled_act_changes_no_other_act() -> None:
    ended = {"status": "annulled", "at": "2026-11-21", "basis": "Рішення суду"}
    assert force(act(), act("2-1-8", repeals=[{"act": "2026/1-1-8"}], ended=ended)) is ActStatus.IN_FORCE


# --------------------------------------------------------------------------- martial law

@pytest.mark.parametrize(("ends_on", "status"), [
    (None, ActStatus.IN_FORCE), ("2026-11-22", ActStatus.IN_FORCE), ("2026-11-21", ActStatus.EXPIRED)])
def test_an_act_for_the_time_of_martial_law_expires_with_it(ends_on: str | None, status: ActStatus) -> None:
    periods = [{"from": "2022-02-24", **({"to": ends_on} if ends_on else {})}]
    calendar = made(WorkingCalendar, {"id": "calendar", "martial_law": periods})
    assert force(act(expires_with_martial_law="так"), calendar) is status
    assert force(act(), calendar) is ActStatus.IN_FORCE


@pytest.mark.parametrize(("begins", "problems"), [("2022-02-24", 0), ("2026-11-20", 1)])
def test_an_act_for_the_time_of_martial_law_is_adopted_in_it(begins: str, problems: int) -> None:
    calendar = made(WorkingCalendar, {"id": "calendar", "martial_law": [{"from": begins}]})
    subject = act(expires_with_martial_law="так")
    assert len(list(martial_law_holds(subject, Library([subject, calendar], NOON)))) == problems


# --------------------------------------------------------------------------- guards

def test_rules_are_not_in_force_before_anybody_can_read_them() -> None:
    assert force(act(is_normative="так", published_at=None)) is ActStatus.SIGNED
    assert force(act(published_at=None)) is ActStatus.IN_FORCE
    assert force(act(is_normative="так", published_at=None, effective_on="2026-11-21")) is ActStatus.IN_FORCE
