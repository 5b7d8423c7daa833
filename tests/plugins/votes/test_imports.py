"""Imports of votes: what files of voting systems say becomes records, whole or not at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.votes.model import VoteEvent

from . import chamber
from .chamber import DAY, KEYS, bring, expected, lay_out, library_of, site_check, totals, write_json, write_xlsx, write_zip
from tests.conftest import tree_of


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council without meetings."""
    return lay_out(tmp_path / "site")


def told_troubles(outcome: chamber.Outcome) -> list[str]:
    return [str(trouble) for trouble in outcome.notes.troubles]


# --------------------------------------------------------------------------- round trips

@given(seed=st.integers(0, 2**32))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_totals_of_hundreds_of_votes_are_those_of_their_files(seed: int, tmp_path_factory: pytest.TempPathFactory
                                                             ) -> None:
    folder = lay_out(tmp_path_factory.mktemp("council") / "site")
    chance = random.Random(seed)
    told = chamber.votes(chance, 520)
    source = write_json(folder / "json", told, chance) if seed % 2 else write_zip(folder / "all.zip", told, chance)
    outcome = bring(folder, source)
    assert [] == told_troubles(outcome)
    assert expected(told) == totals(folder)
    named = {event.id: {vote.person: vote.option for vote in event.votes}
             for event in library_of(folder).records if isinstance(event, VoteEvent)}
    assert {f"{DAY}-{vote.number}": {KEYS[name]: option for name, option in vote.options.items()}
            for vote in told} == named
    before = tree_of(folder / "content")
    assert {} == bring(folder, source).files
    assert before == tree_of(folder / "content")
