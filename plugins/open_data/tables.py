"""All data sets of the site: what is in each, where it is, on what legal ground it is published, how its rows are made.

A table grows by years where its records do, so that a new record touches the file of its year alone. What a council
does not publish (dates of birth) is null, never guessed; a set without records is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from typing import Any

from plugins.acts.model import Act, ActDocument, DraftAct, RegulatoryPlan
from plugins.meetings.model import Meeting
from plugins.records import Axis, Library, Seen, View, frozen
from plugins.reports.model import Report
from plugins.votes.model import VoteEvent

from . import national, rows_acts, rows_other, rows_people, rows_regulatory, rows_votes
from .columns import Columns, Row


@frozen
class Ground:
    """An act that says why a set is published."""

    title: str
    url: str


RESOLUTION_835 = Ground("Постанова Кабінету Міністрів України від 21.10.2015 № 835 «Про затвердження Положення про "
                        "набори даних, які підлягають оприлюдненню у формі відкритих даних»",
                        "https://zakon.rada.gov.ua/laws/show/835-2015-п")
ACCESS = Ground("Закон України «Про доступ до публічної інформації», статті 10¹, 15",
                "https://zakon.rada.gov.ua/laws/show/2939-17")
SELF_GOVERNMENT = Ground("Закон України «Про місцеве самоврядування в Україні», стаття 59",
                         "https://zakon.rada.gov.ua/laws/show/280/97-вр")
REGULATION = Ground("Закон України «Про засади державної регуляторної політики у сфері господарської діяльності», "
                    "статті 7, 10, 12", "https://zakon.rada.gov.ua/laws/show/1160-15")
DEPUTIES = Ground("Закон України «Про статус депутатів місцевих рад»", "https://zakon.rada.gov.ua/laws/show/93-15")
CIVIL_PROTECTION = Ground("Кодекс цивільного захисту України, стаття 32",
                          "https://zakon.rada.gov.ua/laws/show/5403-17")
OF_VOTES = (SELF_GOVERNMENT, ACCESS, RESOLUTION_835)
DAILY, WEEKLY, QUARTERLY = "Щодня", "Щотижня", "Щокварталу"
ACTS, VOTES, PEOPLE, OTHERS = "Рішення й проєкти", "Голосування", "Люди й органи", "Звіти й облік"
GROUPS = (ACTS, VOTES, PEOPLE, OTHERS)


def _each(seen: Seen) -> int:
    """How many rows a record has, as the first axis of its view tells."""
    return int(seen.axes[0][1]) if seen.axes[0] else 0


def _one(_: Seen) -> int:
    return 1


@frozen
class Table:
    """A data set: its name as in the national structure, its passport, its columns, how its rows are made."""

    name: str
    slug: str
    title: str
    about: str
    appendix: int
    columns: Columns
    group: str
    frequency: str
    keywords: tuple[str, ...]
    grounds: tuple[Ground, ...] = (ACCESS, RESOLUTION_835)
    key: tuple[str, ...] = ("uid",)
    """Columns that together name a row."""
    view: View | None = None
    """What is known of each record; its first axis sorts the records and counts their rows, the second is the day of
    the last change."""
    expand: Callable[[Any], list[Row]] = list
    """What a view knows of a record → its rows."""
    size: Callable[[Seen], int] = _each
    is_yearly: bool = True
    rows: Callable[[Library], list[Row]] | None = None
    """All rows of a table that no view makes."""

    @property
    def url(self) -> str:
        """Its page."""
        return f"/dani/{self.slug}/"


@frozen
class DataFile:
    """A data set, or a year of it: `stem` is its file without the suffix, `size` the number of rows."""

    table: Table
    year: int
    size: int
    inputs: Any
    """What its rows depend on."""
    changed_on: str
    """The day its newest change was made, `2026-11-19`; empty where no record tells."""
    make: Callable[[], Iterator[Row]] = field(repr=False)

    @property
    def stem(self) -> str:
        """`/dani/akty/legalActs-2026`."""
        return f"{self.table.url}{self.table.name}{f'-{self.year}' if self.year else ''}"

    def rows(self) -> Iterator[Row]:
        """The rows with all columns of the national structure, in their order; an empty text is null."""
        names = self.names
        return ({name: None if row[name] == "" else row[name] for name in names} for row in self.make())

    @property
    def names(self) -> list[str]:
        """The columns of the national structure, in their order."""
        return [column.name for column in self.table.columns]


def data_files(library: Library) -> Iterator[DataFile]:
    """All data sets that have rows, cut into years where they grow; the newest year first."""
    for table in TABLES:
        if table.view:
            yield from _files_of(table, table.view, library)
        elif table.rows and (rows := library.once(table.rows)):
            yield DataFile(table, 0, len(rows), rows, "", partial(iter, rows))


def _files_of(table: Table, view: View, library: Library) -> Iterator[DataFile]:
    years: dict[int, list[Seen]] = defaultdict(list)
    for item in library.views(view):
        if item.mark:
            years[item.year if table.is_yearly else 0].append(item)
    for year, found in sorted(years.items(), reverse=True):
        found.sort(key=lambda item: item.axes[0] or ("", ""))
        if size := sum(map(table.size, found)):
            changed = max((item.axes[1][0] for item in found if item.axes[1]), default="")
            yield DataFile(table, year, size, [item.mark for item in found], changed,
                           partial(_rows_of, table, view, found, library))


def _rows_of(table: Table, view: View, found: Sequence[Seen], library: Library) -> Iterator[Row]:
    return (row for item in found for row in table.expand(library.row(view, item.key)))


# --------------------------------------------------------------------------- where records stand in the tables

def _on_its_day(record: Act | DraftAct | Report, _: Library) -> tuple[str, str]:
    return f"{record.day} {record.key}", "1"


def _in_its_meeting(event: VoteEvent, _: Library) -> tuple[str, str]:
    return f"{event.held_on} {event.meeting} {event.position:04d} {event.key}", str(len(event.votes))


def _agenda(meeting: Meeting, _: Library) -> tuple[str, str]:
    return f"{meeting.starts_at.isoformat()} {meeting.key}", str(len(meeting.items))


def _amendments(act: Act, library: Library) -> tuple[str, str]:
    return _on_its_day(act, library)[0], str(len(rows_acts.amendment_rows(act, library)))


def _planned(plan: RegulatoryPlan, _: Library) -> tuple[str, str]:
    return plan.key, str(len(plan.items))


def _changed(record: ActDocument | RegulatoryPlan | Report | Meeting, _: Library) -> tuple[str, str]:
    return (record.changed_at.date() if record.changed_at else record.day).isoformat(), ""


def _voted(event: VoteEvent, library: Library) -> tuple[str, str]:
    meeting = library.get(Meeting, event.meeting)
    held = event.held_on.isoformat()
    return (max(held, _changed(meeting, library)[0]) if meeting else held), ""


def _stands(document: ActDocument | RegulatoryPlan, _: Library) -> bool:
    return not document.withdrawn


BY_DAY = (Axis("", _on_its_day), Axis("", _changed))
BALLOTS = View("data ballots", VoteEvent, rows_votes.ballot_of, (Axis("", _in_its_meeting), Axis("", _voted)),
               rows_votes.is_plenary)
"""One look at each vote for all tables of votes."""

TABLES: Sequence[Table] = (
    Table("legalActs", "akty", "Рішення й розпорядження",
          "Усі акти ради, виконкому й міського голови з текстом і станом.", 9, national.LEGAL_ACTS, ACTS, DAILY,
          ("рішення", "розпорядження", "акти", "чинність"), (ACCESS, SELF_GOVERNMENT, RESOLUTION_835),
          view=View("data legalActs", Act, rows_acts.act_row, BY_DAY, _stands)),
    Table("projects", "proiekty", "Проєкти актів", "Усі проєкти рішень і розпоряджень з текстом і подавачем.", 9,
          national.PROJECTS, ACTS, DAILY, ("проєкти рішень", "обговорення", "суб’єкт подання"),
          view=View("data projects", DraftAct, rows_acts.draft_row, BY_DAY, _stands)),
    Table("legalBases", "pidstavy", "Правові підстави", "Закони й інші акти, відповідно до яких діє рада.", 12,
          national.LEGAL_BASES, ACTS, QUARTERLY, ("закони", "правові підстави", "повноваження"), key=(),
          rows=rows_other.legal_bases),
    Table("regulatoryList", "rehuliatorni-akty", "Регуляторні акти",
          "Чинні регуляторні акти та відстеження їхньої результативності.", 10, national.REGULATORY_LIST, ACTS, DAILY,
          ("регуляторні акти", "відстеження результативності"), (REGULATION, ACCESS, RESOLUTION_835), is_yearly=False,
          view=View("data regulatoryList", Act, rows_regulatory.regulatory_row, BY_DAY,
                    rows_regulatory.is_regulatory)),
    Table("plan", "plan-rehuliatornykh-aktiv", "План регуляторних актів",
          "Проєкти регуляторних актів, які планують підготувати за рік; план, якого ще не затверджено, теж тут.", 11,
          national.PLAN, ACTS, DAILY, ("регуляторні акти", "план підготовки", "розробник"),
          (REGULATION, ACCESS, RESOLUTION_835), ("uId",),
          view=View("data plan", RegulatoryPlan, rows_regulatory.plan_rows,
                    (Axis("", _planned), Axis("", _changed)), _stands)),
    Table("programs", "prohramy", "Цільові програми", "Програми, які затвердила рада: строки, виконавці, стан.", 62,
          national.PROGRAMS, ACTS, DAILY, ("цільові програми", "виконавець", "строк дії"), is_yearly=False,
          view=View("data programs", Act, rows_acts.program_row, BY_DAY, rows_acts.approves_program)),
    Table("amendments", "zminy-prohram", "Зміни до програм", "Рішення, якими змінено цільові програми.", 62,
          national.AMENDMENTS, ACTS, DAILY, ("цільові програми", "зміни"), is_yearly=False,
          view=View("data amendments", Act, rows_acts.amendment_rows, (Axis("", _amendments), Axis("", _changed)),
                    rows_acts.amends_program)),
    Table("reports", "zvity-prohram", "Звіти про програми", "Звіти про виконання цільових програм.", 62,
          national.PROGRAM_REPORTS, ACTS, DAILY, ("цільові програми", "звіти", "виконання"), is_yearly=False,
          view=View("data reports", Report, rows_acts.program_report_row, BY_DAY, rows_acts.reports_on_program)),
    Table("motions2", "pytannia", "Питання пленарних засідань", "Що ставили на голосування й скільки голосів подано.",
          29, national.MOTIONS2, VOTES, DAILY, ("голосування", "пленарне засідання", "підсумки"),
          OF_VOTES, view=BALLOTS, expand=rows_votes.motion2_rows, size=_one),
    Table("votings", "holosuvannia", "Поіменні голосування",
          "Голос кожного депутата в кожному поіменному голосуванні.", 29, national.VOTINGS, VOTES, DAILY,
          ("поіменне голосування", "депутати", "голоси"), OF_VOTES,
          ("motionUid", "voterId"), view=BALLOTS, expand=rows_votes.voting_rows),
    Table("convocations", "sklykannia", "Скликання", "Скликання ради та їхні строки.", 29, national.CONVOCATIONS, VOTES,
          QUARTERLY, ("скликання", "строк повноважень"), OF_VOTES,
          rows=rows_votes.convocations),
    Table("sessions", "sesii", "Сесії", "Сесії ради: від першого до останнього пленарного засідання.", 29,
          national.SESSIONS, VOTES, DAILY, ("сесії", "пленарні засідання"), OF_VOTES,
          rows=rows_votes.sessions),
    Table("motions", "poriadok-dennyi", "Порядок денний", "Питання порядку денного пленарних засідань.", 29,
          national.MOTIONS, VOTES, DAILY, ("порядок денний", "питання", "доповідач"),
          OF_VOTES,
          view=View("data motions", Meeting, rows_votes.motion_rows, (Axis("", _agenda), Axis("", _changed)),
                    rows_votes.took_place)),
    Table("voteEvents", "podii-holosuvannia", "Події голосування",
          "Голосування, прив’язані до питань порядку денного: час, підсумок, результат.", 29, national.VOTE_EVENTS,
          VOTES, DAILY, ("голосування", "підсумки", "час"), OF_VOTES, view=BALLOTS,
          expand=rows_votes.vote_event_rows, size=_one),
    Table("vote", "holosy", "Голоси", "Голос кожного учасника кожної події голосування — самі ідентифікатори.", 29,
          national.VOTE, VOTES, DAILY, ("голоси", "депутати"), OF_VOTES,
          ("uid", "voterUid"), view=BALLOTS, expand=rows_votes.vote_rows),
    Table("deputies", "deputaty", "Депутати", "Депутати ради, їхні фракції, комісії й прийом громадян.", 30,
          national.DEPUTIES, PEOPLE, WEEKLY, ("депутати", "фракції", "комісії", "прийом громадян"),
          (DEPUTIES, ACCESS, RESOLUTION_835), ("id",), rows=rows_people.deputies),
    Table("organizations", "orhany", "Органи, підприємства й установи",
          "Юридичні особи громади з керівниками й контактами.", 2, national.ORGANIZATIONS, PEOPLE, WEEKLY,
          ("органи", "підприємства", "установи", "контакти"), key=("Id",), rows=rows_people.organizations),
    Table("organizationUnits", "pidrozdily", "Підрозділи", "Структурні підрозділи з керівниками й контактами.", 2,
          national.ORGANIZATION_UNITS, PEOPLE, WEEKLY, ("підрозділи", "відділи", "управління", "контакти"),
          rows=rows_people.organization_units),
    Table("posts", "posady", "Посади", "Хто обіймає посади в органах громади на сьогодні.", 2, national.POSTS, PEOPLE,
          WEEKLY, ("посади", "посадові особи"), rows=rows_people.posts),
    Table("orgStructure", "struktura", "Організаційна структура", "Які посади є в підрозділах і скільки їх.", 3,
          national.ORG_STRUCTURE, PEOPLE, WEEKLY, ("структура", "посади", "підрозділи", "штат"),
          rows=rows_people.org_structure),
    Table("listOfReports", "zvity", "Звіти", "Звіти міського голови, депутатів, підрозділів і програм.", 6,
          national.LIST_OF_REPORTS, OTHERS, DAILY, ("звіти", "звітування"),
          view=View("data listOfReports", Report, rows_other.report_row, BY_DAY, rows_other.is_published)),
    Table("shelters", "ukryttia", "Захисні споруди",
          "Захисні споруди цивільного захисту, тип яких визначено за Кодексом цивільного захисту України.", 72,
          national.SHELTERS, OTHERS, WEEKLY, ("укриття", "захисні споруди", "цивільний захист"),
          (CIVIL_PROTECTION, ACCESS, RESOLUTION_835), key=(), rows=rows_other.shelters),
)
"""All data sets that are made of records, in the order of the catalogue; the register of them all is made of these."""
VIEWS = (*{table.view.name: table.view for table in TABLES if table.view}.values(), rows_votes.SITTINGS)
