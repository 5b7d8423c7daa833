"""All deputies side by side: attendance, participation, agreement, dissents; factions; who votes with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from plugins.meetings.model import MeetingType, attendances
from plugins.people.model import Council, Organization, OrganizationKind, Person, memberships_of, told_apart
from plugins.records import Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import Year
from plugins.records.tables import csv_bytes
from plugins.ukrainian import counted, sort_key

from .members import EVERYBODY, votes_url
from .metrics import DEFINITIONS, Standing, cohesions, pairs, percent, periods, standings, term_name
from .model import VoteEvent

AUTHORITY, DEPUTIES = Link("Влада", "/vlada/"), Link("Депутати", "/deputaty/")
MATRIX = "matrytsia/"
VOTE_FORMS = ("поіменне голосування ради", "поіменні голосування ради", "поіменних голосувань ради")
SHADES = (95, 80, 60, 40)
"""Per cent from which a cell of the matrix has its shade: the darkest first, the rest has none."""


@frozen
class Figure:
    """A part of a whole in per cent, with both numbers; `percent` is None where there is no whole."""

    percent: int | None
    part: int
    whole: int


@frozen
class DeputyRow:
    """A deputy in the table."""

    name: str
    url: str
    faction: str
    presence: Figure
    meetings: Figure
    participation: Figure
    agreement: Figure
    dissents: int | None
    dissents_url: str


@frozen
class FactionRow:
    """How firmly a faction votes together."""

    title: str
    url: str
    cohesion: Figure
    votes: int


@frozen
class Definition:
    """A figure and how it is counted."""

    term: str
    text: str


@frozen(kw_only=True)
class DeputiesVotesPage(PageModel):
    """All deputies of a convocation or of a year."""

    template: ClassVar[str] = "votes/deputies.html"
    page_kind: ClassVar[str] = "article-list"

    heading: str
    lead: str
    periods: tuple[Year, ...]
    absent_title: str
    absent: tuple[Link, ...]
    caption: str
    rows: tuple[DeputyRow, ...]
    factions: tuple[FactionRow, ...]
    matrix: Link | None
    definitions: tuple[Definition, ...]
    downloads: tuple[Link, ...]


@frozen
class Cell:
    """Two deputies: per cent of votes given alike; None where they were never there together or are the same."""

    percent: int | None
    shade: int


@frozen
class MatrixRow:
    """A deputy with everybody else."""

    number: int
    name: str
    url: str
    faction: str
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class MatrixPage(PageModel):
    """Deputies × deputies."""

    template: ClassVar[str] = "votes/matrix.html"
    page_kind: ClassVar[str] = "article-list"

    heading: str
    lead: str
    rows: tuple[MatrixRow, ...]
    definitions: tuple[Definition, ...]
    downloads: tuple[Link, ...]


# --------------------------------------------------------------------------- pages

def named_periods(library: Library) -> dict[str, tuple[str, ...]]:
    """"" → periods with named votes of the council: convocations, the last first, then years likewise."""
    found = library.once(periods)
    terms = sorted((name for name in found if not name.isdigit()), key=lambda name: -int(name.partition("-")[0]))
    return {"": (*terms, *sorted(filter(str.isdigit, found), reverse=True))}


def pages(library: Library) -> Iterator[PageModel]:
    """The table of the last convocation, of each earlier one, of each year; a matrix for each convocation."""
    names = library.entry(named_periods, "") or ()
    if not names and library.exists(VoteEvent.kind):
        yield _empty_page()
    for name in names:
        rows = library.entry(standings, name) or ()
        yield _table_page(name, rows, names, library)
        if not name.isdigit():
            yield _matrix_page(name, rows, names, library)


def url_of(name: str, names: Sequence[str]) -> str:
    """The address of a period; the last convocation has the shortest."""
    return EVERYBODY.url if name == names[0] else f"{EVERYBODY.url}{name}/"


def _title(name: str) -> str:
    return f"{name} рік" if name.isdigit() else f"{name.partition('-')[0]} скликання"


def _table_page(name: str, standing: Sequence[Standing], names: Sequence[str], library: Library) -> PageModel:
    url, title = url_of(name, names), f"Як голосують депутати, {_title(name)}"
    rows = tuple(sorted((_row(item, name, library) for item in standing), key=lambda row: sort_key(row.name)))
    absent = tuple(Link(row.name, row.url) for row in rows if 2 * row.presence.part < row.presence.whole)
    most = max((item[1] for item in standing), default=0)
    return DeputiesVotesPage(
        url=url, title=title, heading=title, menu="authority",
        crumbs=(AUTHORITY, DEPUTIES, *(() if name == names[0] else (Link("Як голосують депутати", EVERYBODY.url),))),
        description=f"{title}: присутність, участь, збіг із фракцією й окремі думки кожного депутата, згуртованість "
                    "фракцій.",
        search_text=f"{title}. Присутність, відсутні, участь, збіг із фракцією, згуртованість фракцій. "
                    + ", ".join(row.name for row in rows),
        lead=f"{counted(most, *VOTE_FORMS)}, {counted(len(rows), 'депутат', 'депутати', 'депутатів')}.",
        periods=tuple(Year(_title(other), url_of(other, names), other == name) for other in names),
        absent_title="Відсутні на більш як половині голосувань", absent=absent,
        caption="Відсотки й числа, з яких їх пораховано", rows=rows,
        factions=tuple(_faction(item, library) for item in library.entry(cohesions, name) or ()),
        matrix=None if name.isdigit() else Link("Хто з ким голосує: кожен депутат із кожним", f"{url}{MATRIX}"),
        definitions=tuple(Definition(*item) for item in DEFINITIONS), downloads=(Link("CSV", f"{url}deputaty.csv"),))


def _empty_page() -> PageModel:
    """So far the council has only voted in secret, or only its committees have voted."""
    title = "Як голосують депутати"
    return DeputiesVotesPage(
        url=EVERYBODY.url, title=title, heading=title, menu="authority", crumbs=(AUTHORITY, DEPUTIES),
        description="Присутність, участь, збіг із фракцією — за поіменними голосуваннями ради.", periods=(),
        lead="Поіменних голосувань ради ще немає.", absent_title="", absent=(), caption="", rows=(), factions=(),
        matrix=None, definitions=tuple(Definition(*item) for item in DEFINITIONS), downloads=())


def _row(standing: Standing, period: str, library: Library) -> DeputyRow:
    key, held, present, voted, same, both = standing
    person = library.get(Person, key)
    assert person
    name, url = told_apart(person, library), votes_url(person)
    return DeputyRow(name, url, ", ".join(_factions(key, period, library)), _figure(present, held),
                     _figure(*_meetings(key, period, library)), _figure(voted, present), _figure(same, both),
                     both - same if both else None, f"{url}okrema-dumka/")


def _figure(part: int, whole: int) -> Figure:
    return Figure(percent(part, whole) if whole else None, part, whole)


def _meetings(key: str, period: str, library: Library) -> tuple[int, int]:
    """(attended, should have attended) plenaries of a period."""
    counts = [(there, due) for kind, term, year, there, due in library.entry(attendances, key) or ()
              if kind == MeetingType.PLENARY.value and period in (str(year), term_name(term))]
    return sum(there for there, _ in counts), sum(due for _, due in counts)


def _factions(key: str, period: str, library: Library) -> tuple[str, ...]:
    """The factions a deputy belonged to in a period, one after the other."""
    first, last = _days(period, library)
    groups: dict[str, None] = {}
    for record in memberships_of(library, key):
        body = library.get(Organization, record.organization)
        is_then = record.starts_on <= last and (record.ends_on is None or record.ends_on >= first)
        if body and body.type is OrganizationKind.GROUP and is_then:
            groups[body.short] = None
    return tuple(groups)


def _days(period: str, library: Library) -> tuple[date, date]:
    if period.isdigit():
        return date(int(period), 1, 1), date(int(period), 12, 31)
    number = int(period.partition("-")[0])
    term = next(term for term in library.only(Council).convocations if term.number == number)
    return term.starts_on, term.ends_on or date.max


def _faction(found: tuple[str, int, int, int], library: Library) -> FactionRow:
    key, same, given, votes = found
    body = library.get(Organization, key)
    return FactionRow(body.title if body else key, body.url if body else "", _figure(same, given), votes)


# --------------------------------------------------------------------------- the matrix

def _matrix_page(name: str, standing: Sequence[Standing], names: Sequence[str], library: Library) -> PageModel:
    url = f"{url_of(name, names)}{MATRIX}"
    people = _by_faction(standing, name, library)
    shares = _shares(name, library)
    rows = tuple(MatrixRow(number, told_apart(person, library), votes_url(person), faction, tuple(
        _cell(shares.get((person.id, other.id))) for _, other in people))
        for number, (faction, person) in enumerate(people, 1))
    title = f"Хто з ким голосує, {_title(name)}"
    return MatrixPage(
        url=url, title=title, heading=title, menu="authority", rows=rows,
        crumbs=(AUTHORITY, DEPUTIES, Link("Як голосують депутати", EVERYBODY.url)),
        description=f"{title}: як часто кожні двоє депутатів голосували однаково.",
        search_text=f"{title}. Матриця збігів: як часто двоє депутатів голосують однаково.",
        lead="Число — відсоток голосувань, у яких двоє депутатів голосували однаково. Найближчих і найдальших колег "
             "кожного названо на його сторінці.",
        definitions=(Definition(*DEFINITIONS[-1]),), downloads=(Link("CSV", f"{url}pary.csv"),))


def _by_faction(standing: Sequence[Standing], period: str, library: Library) -> list[tuple[str, Person]]:
    """(last faction in the period, deputy): neighbours in the table are of one faction."""
    people = [person for item in standing if (person := library.get(Person, item[0]))]
    found = [((_factions(person.id, period, library) or ("",))[-1], person) for person in people]
    orders = {body.short: (body.is_unaffiliated, body.order) for body in library.of(Organization)}
    return sorted(found, key=lambda item: (item[0] == "", orders.get(item[0], (False, 0)), item[0],
                                           sort_key(item[1].name)))


def _shares(name: str, library: Library) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one, two, same, both in library.entry(pairs, name) or ():
        if both:
            found[one, two] = found[two, one] = percent(same, both)
    return found


def _cell(share: int | None) -> Cell:
    if share is None:
        return Cell(None, 0)
    return Cell(share, next((4 - place for place, low in enumerate(SHADES) if share >= low), 0))


# --------------------------------------------------------------------------- the same as tables

def files(site: Any) -> Iterator[OutputFile]:
    """The table of each period and the pairs of each convocation, as CSV."""
    library: Library = site.library
    names = library.entry(named_periods, "") or ()
    for name in names:
        url = url_of(name, names).lstrip("/")
        rows = [_csv_row(item, name, library) for item in library.entry(standings, name) or ()]
        yield _csv(f"{url}deputaty.csv", DEPUTY_COLUMNS, rows)
        if not name.isdigit():
            yield _csv(f"{url}{MATRIX}pary.csv", PAIR_COLUMNS, library.entry(pairs, name) or ())


DEPUTY_COLUMNS = ("personId", "name", "votesHeld", "votesPresent", "votesCast", "asFaction", "comparedWithFaction",
                  "meetingsAttended", "meetingsHeld")
PAIR_COLUMNS = ("personId", "otherId", "votesAlike", "votesTogether")


def _csv_row(standing: Standing, period: str, library: Library) -> tuple[Any, ...]:
    person = library.get(Person, standing[0])
    return standing[0], person.name if person else "", *standing[1:], *_meetings(standing[0], period, library)


def _csv(path: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> OutputFile:
    return OutputFile(path, (columns, rows), lambda: csv_bytes(columns, rows))
