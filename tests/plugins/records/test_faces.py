"""What is kept of a record comes back as it was, and the rest is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder.making import read_library
from plugins.builder.options import BuildOptions
from plugins.records import Library, Record, Report, load_rooms
from plugins.records.faces import card_from, card_text, glimpse, values_of
from tests.conftest import AS_OF


@pytest.fixture
def library(lay_out: Callable[[str], Path]) -> Library:
    """A document of every kind."""
    from plugins.builder import changes
    from plugins.builder.run import run

    site = lay_out("valid/every-kind")
    options = BuildOptions(site / "content", site / "data", site / "out", as_of=AS_OF, search=False,
                           state=site / "cache")
    load_rooms()
    run(options, Report(), only_check=True, quiet=True)  # it fills the registry
    return read_library(options, Report(), changes.declared_moment(options), "")[0]


def test_a_glimpse_knows_short_values_and_asks_for_the_rest(library: Library) -> None:
    assert len({record.kind for record in library.records}) > 12
    for record in library.records:
        asked: list[Record] = []

        def whole(of: Record = record, notes: list[Record] = asked) -> Record:
            notes.append(of)
            return of

        seen = glimpse(type(record), values_of(record), whole)
        assert isinstance(seen, type(record))
        assert (seen.key, seen.kind, seen.heading) == (record.key, record.kind, record.heading)
        for name in type(record).model_fields:
            asked.clear()
            assert getattr(seen, name) == getattr(record, name), (record.kind, name)
            assert bool(asked) == (name not in seen.__dict__)
        assert seen.source is record.source and asked


def test_cards_come_back_as_they_were(library: Library) -> None:
    for record in library.records:
        card = record.card(library)
        assert card_from(card_text(card)) == card
