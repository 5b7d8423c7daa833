"""Named votes as tables in the columns of appendix 29 (`votings`) of the national open-data structures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.people.model import Person
from plugins.records import Library, OutputFile, Record
from plugins.records.tables import csv_bytes
from plugins.ukrainian import sort_key

from .model import VoteEvent
from .read import COLUMNS


def national_csv(rows: Iterable[tuple[str, str, str, str, str]]) -> bytes:
    """Named votes in the columns of appendix 29, `votings` (one row a vote), as editors keep them: without a mark."""
    return csv_bytes(COLUMNS, rows, has_mark=False)


def csv_of(event: VoteEvent, library: Library) -> bytes:
    """The table of one vote, by name."""
    title = event.subject(library)
    people = {vote.person: library.get(Person, vote.person) for vote in event.votes}
    names = {key: person.name if person else key for key, person in people.items()}
    return national_csv((event.id, vote.person, names[vote.person], title, vote.option.label)
                        for vote in sorted(event.votes, key=lambda vote: sort_key(names[vote.person])))


def table(record: Record, library: Library) -> Iterator[OutputFile]:
    """`votes.csv` beside the page of a named vote."""
    if isinstance(record, VoteEvent) and record.is_named:
        content = library.worked_out(csv_of, record)
        yield OutputFile(f"{record.url}votes.csv".lstrip("/"), content, lambda: content)
