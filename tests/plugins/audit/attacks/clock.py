"""Somebody claims another time."""

from __future__ import annotations

from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.log import from_folder, read_note
from plugins.proof.policy import Policy

from ..council import DAY, DRAFT, START, WITNESS_KEYS, Council, Event, iso, policy_text
from .honest import amended


def record_of_a_deployment_written_later(council: Council) -> None:
    """Evidence of grade C made up: the machine is said to have shown the act a month ago."""
    council.clock += 30 * DAY
    amended(council)
    council.commit({"data/deployments.csv": f"path,version,at\n/rishennia/2026/7/,3f9a1c,{iso(START)}\n"})
    council.publish()


def seen_before_yesterday(council: Council) -> None:
    """The publishing machine claims a time before that of the entry above."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"}, at=START - 50 * DAY)
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(START))


def seen_long_ago(council: Council) -> None:
    """A first batch that claims to be older than the checkpoint that witnesses saw without it."""
    council.clock += 5 * DAY
    council.witness(at=council.clock)
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock - 3 * DAY))


def seen_a_month_ago(council: Council) -> None:
    """The same, by a month."""
    council.clock += 40 * DAY
    council.witness(at=council.clock)
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock - 30 * DAY))


def seen_tomorrow(council: Council) -> None:
    """A clock that runs ahead."""
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 3\n"})
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, commit), seen=iso(council.clock + 9 * DAY))


def witness_before_the_event(council: Council) -> None:
    """Two bribed witnesses say that they saw the newest state days ago."""
    note = read_note(from_folder(council.log))
    policy = Policy.parse(policy_text())
    lines = [cosign(Checkpoint.of(note), one, START) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, policy)
    council.deploy()


def witness_of_the_future(council: Council) -> None:
    """A bribed quorum keeps an old state fresh for years."""
    lines = [cosign(council.newest, one, council.clock + 400 * DAY) for one in WITNESS_KEYS]
    add_signatures(council.log, council.newest.size, lines, Policy.parse(policy_text()))
    council.deploy()
