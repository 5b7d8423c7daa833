"""The table of gaps: meetings and what their records lack, acts without a vote, drafts without an end, lost numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar

from plugins.acts.model import BEING_DECIDED, Act, ActType, DraftAct, draft_status, series_of
from plugins.people.model import Organization, OrganizationKind
from plugins.records import Axis, Deferred, Library, Link, OutputFile, PageModel, Seen, View, frozen
from plugins.records.components import NotedLink, Year
from plugins.records.tables import csv_bytes
from plugins.ukrainian import NBSP, counted, short_day

from .completeness import COMPLETENESS, TITLES, Check, Checked, checked
from .sessions import MEETINGS

GAPS = Link("Чого бракує", "/zasidannia/povnota/")
SHOWN = 100
"""How many acts or drafts the page itself names; the table holds all."""


@frozen
class GapRow:
    """A meeting: what is missing of its record, in words, and how much is there."""

    starts_at: datetime
    title: str
    url: str
    missing: tuple[str, ...]
    share: str


@frozen
class PartCount:
    """A part of the record: at how many meetings it is missing, of those that should have it."""

    title: str
    missing: int
    due: int


@frozen
class GapGroup:
    """Acts, drafts or numbers with one and the same gap."""

    title: str
    note: str
    links: tuple[NotedLink, ...]
    more: str


@frozen(kw_only=True)
class GapsPage(PageModel):
    """What is missing in the record of one year."""

    template: ClassVar[str] = "meetings/gaps.html"
    page_kind: ClassVar[str] = "article-list"

    heading: str
    lead: str
    years: tuple[Year, ...]
    parts: tuple[PartCount, ...]
    rows: tuple[GapRow, ...]
    groups: tuple[GapGroup, ...]
    downloads: tuple[Link, ...]


# --------------------------------------------------------------------------- what is looked at

def _is_of_a_body_that_votes(document: Act | DraftAct, library: Library) -> bool:
    body = library.get(Organization, document.body)
    return body is not None and body.type in (OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE)


def _lacks_a_vote(act: Act, library: Library) -> bool:
    return (act.type is ActType.DECISION and not act.vote and not act.withdrawn
            and _is_of_a_body_that_votes(act, library))


def _has_no_end(draft: DraftAct, library: Library) -> bool:
    return (draft.planned_on is not None and not draft.withdrawn and draft.planned_on < library.now.date()
            and draft_status(draft, library) in BEING_DECIDED)


def _link(document: Act | DraftAct, library: Library) -> tuple[str, str]:
    return (f"№{NBSP}{document.number}. {document.title}" if document.number else document.title), document.url


def _adopted(act: Act, library: Library) -> tuple[str, str]:
    return short_day(act.day), ""


def _planned(draft: DraftAct, library: Library) -> tuple[str, str]:
    assert draft.planned_on
    return f"планували розглянути {short_day(draft.planned_on)}", ""


def _series(act: Act, library: Library) -> tuple[str, str]:
    """(the row of numbers it stands in, its place there); a number that fits no format stands in none."""
    series, number = series_of(act, library) or ("", 0)
    return series, str(number)


WITHOUT_VOTE = View("acts without a vote", Act, _link, (Axis("", _link), Axis("", _adopted)), holds=_lacks_a_vote)
WITHOUT_END = View("drafts without an end", DraftAct, _link, (Axis("", _link), Axis("", _planned)), holds=_has_no_end)
NUMBERS = View("numbers of acts", Act, _link, (
    Axis("", _series), Axis("", lambda act, library: (act.number, act.url))), lambda act, library: bool(act.number))
VIEWS = (WITHOUT_VOTE, WITHOUT_END, NUMBERS)


@frozen
class LostNumbers:
    """Numbers of a row that no act has, between one that is there and the next."""

    series: str
    first: int
    last: int
    after: str
    url: str
    year: int


def lost_numbers(library: Library) -> Iterator[LostNumbers]:
    """Gaps between the least and the greatest number of each row, by the act that follows."""
    rows: dict[str, dict[int, Seen]] = {}
    for seen in library.views(NUMBERS):
        if seen.mark and seen.axes[0] and seen.axes[0][0]:
            rows.setdefault(seen.axes[0][0], {}).setdefault(int(seen.axes[0][1]), seen)
    for series in sorted(rows):
        numbers = sorted(rows[series])
        for before, after in pairwise(numbers):
            if after > before + 1:
                number, url = rows[series][after].axes[1] or ("", "")
                yield LostNumbers(series, before + 1, after - 1, number, url, rows[series][after].year)


# --------------------------------------------------------------------------- the pages

def pages(library: Library) -> Iterator[Deferred]:
    """A page a year; the last one has the shortest address."""
    whole = Record(library)
    for year in whole.years:
        yield Deferred(whole.url_of(year), whole.inputs(year), partial(whole.page, year), whole.title(year))


class Record:
    """Everything of all years that is missing: from what views keep, so that no document is opened."""

    def __init__(self, library: Library) -> None:
        self.meetings = _by_year(library.views(COMPLETENESS))
        self.acts, self.drafts = _by_year(library.views(WITHOUT_VOTE)), _by_year(library.views(WITHOUT_END))
        self.lost: dict[int, list[LostNumbers]] = {}
        for lost in lost_numbers(library):
            self.lost.setdefault(lost.year, []).append(lost)
        self.years = sorted({*self.meetings, *self.acts, *self.drafts, *self.lost}, reverse=True)

    def inputs(self, year: int) -> Any:
        """What the page of a year depends on."""
        return (self.years, [[item.mark for item in found.get(year, ())] for found in (
            self.meetings, self.acts, self.drafts)], self.lost.get(year, ()))

    def url_of(self, year: int) -> str:
        """The address of a year."""
        return GAPS.url if year == self.years[0] else f"{GAPS.url}{year}/"

    def title(self, year: int) -> str:
        """«Чого бракує в записах засідань, 2026 рік»."""
        return f"Чого бракує в записах засідань, {year} рік"

    def page(self, year: int) -> GapsPage:
        """What is missing in the record of a year."""
        meetings = [checked(item) for item in self.meetings.get(year, ())]
        rows = tuple(map(_row, meetings))
        whole = sum(not row.missing for row in rows)
        groups = tuple(group for group in (
            _group("Рішення без голосування", "Рішення ради й виконкому, у яких не названо голосування.",
                   _links(self.acts.get(year, ()))),
            _group("Проєкти без завершення", "День розгляду минув, а чим скінчилося — не сказано.",
                   _links(self.drafts.get(year, ()))),
            _group("Пропуски в нумерації", "Номери між найменшим і найбільшим у своєму ряді, яких на сайті немає.",
                   [NotedLink(_numbers(lost), lost.url, f"{lost.series}; далі №{NBSP}{lost.after}")
                    for lost in self.lost.get(year, ())]),
        ) if group.links)
        return GapsPage(
            url=self.url_of(year), title=self.title(year), heading=self.title(year), menu="meetings",
            crumbs=(MEETINGS,) if year == self.years[0] else (MEETINGS, GAPS),
            description=f"{self.title(year)}: повідомлення, порядок денний, голосування, рішення, протокол, запис.",
            lead=_lead(len(rows), whole) if rows else "Записів засідань цього року на сайті немає.",
            search_text=f"{self.title(year)}. Повнота, звірка порядку денного, протоколу, голосувань і рішень.",
            years=tuple(Year(str(other), self.url_of(other), other == year) for other in self.years)
            if len(self.years) > 1 else (),
            parts=_parts(meetings), rows=rows, groups=groups,
            downloads=(Link("CSV", f"{self.url_of(year)}povnota.csv"),))

    def table(self, year: int) -> OutputFile:
        """The same year as a table: kind of gap, what it is of, address."""
        def rows() -> Iterator[tuple[str, str, str, str]]:
            for meeting in map(checked, self.meetings.get(year, ())):
                yield from ((f"meeting.{check.part}", f"{meeting.title}{f': {check.note}' if check.note else ''}",
                             meeting.starts_at.date().isoformat(), meeting.url) for check in meeting.missing)
            for kind, found in (("act.vote", self.acts), ("draft.outcome", self.drafts)):
                yield from ((kind, link.title, link.note, link.url) for link in _links(found.get(year, ())))
            yield from (("act.number", _numbers(lost), lost.series, lost.url) for lost in self.lost.get(year, ()))

        return OutputFile(f"{self.url_of(year)}povnota.csv".lstrip("/"), self.inputs(year),
                          lambda: csv_bytes(("gap", "title", "date", "url"), rows()))


def tables(site: Any) -> Iterator[OutputFile]:
    """`povnota.csv` of each year."""
    whole = Record(site.library)
    for year in whole.years:
        yield whole.table(year)


def _by_year(seen: Iterable[Seen]) -> dict[int, list[Seen]]:
    found: dict[int, list[Seen]] = {}
    for item in seen:
        if item.mark:
            found.setdefault(item.year, []).append(item)
    return found


def _links(seen: Iterable[Seen]) -> list[NotedLink]:
    return [NotedLink(*(item.axes[0] or ("", "")), (item.axes[1] or ("", ""))[0]) for item in seen]


def _lead(held: int, whole: int) -> str:
    total = counted(held, "засідання", "засідання", "засідань")
    return f"{total}: усе на місці." if whole == held else f"{total}, усе на місці — у {whole or 'жодному'}."


def _row(meeting: Checked) -> GapRow:
    due, missing = meeting.due, meeting.missing
    return GapRow(meeting.starts_at, meeting.title, meeting.url, tuple(map(_words, missing)),
                  f"{len(due) - len(missing)} із {len(due)}")


def _words(check: Check) -> str:
    return f"{check.title.lower()} ({check.note})" if check.note else check.title.lower()


def _parts(meetings: Sequence[Checked]) -> tuple[PartCount, ...]:
    due = Counter(check.part for meeting in meetings for check in meeting.due)
    missing = Counter(check.part for meeting in meetings for check in meeting.missing)
    return tuple(PartCount(title, missing[part], due[part]) for part, title in TITLES.items() if due[part])


def _group(title: str, note: str, links: Sequence[NotedLink]) -> GapGroup:
    more = len(links) - SHOWN
    return GapGroup(title, note, tuple(links[:SHOWN]), f"І ще {more}: усі — у таблиці CSV." if more > 0 else "")


def _numbers(lost: LostNumbers) -> str:
    """«Номери 12–14», «Номер 12»."""
    return f"Номер {lost.first}" if lost.first == lost.last else f"Номери {lost.first}–{lost.last}"
