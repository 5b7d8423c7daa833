"""The calendar of observances: each day in each year, those that were moved among them; its pages and its feed."""

from __future__ import annotations

import calendar as months
import csv
from datetime import date
from pathlib import Path

import holidays
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.greetings.days import WEEKDAYS, Fixed, FromEaster, Weekday
from plugins.greetings.model import day_of, next_day_of
from plugins.greetings.observances import years_since
from tests import sample
from tests.conftest import AS_OF, build_folder, lay_site, tree_of
from tests.plugins.community import links, main_of, words
from tests.plugins.greetings.register import observances

GOLDEN = Path(__file__).parent / "days.csv"
YEARS = range(2022, 2031)
SUNDAY, SATURDAY = months.SUNDAY, months.SATURDAY


def golden() -> dict[str, dict[str, str]]:
    with GOLDEN.open(encoding="utf-8") as file:
        return {row.pop("id"): row for row in csv.DictReader(file)}


@sample.ONLY_HERE
def test_every_day_of_nine_years_is_the_one_that_was_checked_by_hand() -> None:
    found = {name: {str(year): f"{day:%m-%d}" if (day := day_of(item, year)) else "" for year in YEARS}
             for name, item in observances().items()}
    assert golden() == found


STATE = {"novyi-rik": "Новий рік", "zhinochyi-den": "Міжнародний жіночий день", "velykden": "Великдень (Пасха)",
         "pratsia": "День праці", "pamiat-i-peremoha": "День памʼяті та перемоги над нацизмом у Другій світовій війні "
         "1939-1945 років", "triitsia": "Трійця", "konstytutsiia": "День Конституції України",
         "derzhavnist": "День Української Державності", "nezalezhnist": "День незалежності України",
         "zakhysnyky": "День захисників і захисниць України", "rizdvo": "Різдво Христове"}


@sample.ONLY_HERE
@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_days_of_the_state_are_those_that_others_know(year: int) -> None:
    known = holidays.country_holidays("UA", years=year, categories=("workday",), language="uk")
    assert len(known) == 11
    assert {title: known_on for known_on, title in known.items()} == {
        title: day_of(observances()[name], year) for name, title in STATE.items()}


@sample.ONLY_HERE
@pytest.mark.parametrize(("name", "year", "day"), [
    ("rizdvo", 2022, "2022-01-07"), ("rizdvo", 2023, "2023-12-25"), ("zakhysnyky", 2022, "2022-10-14"),
    ("zakhysnyky", 2023, "2023-10-01"), ("derzhavnist", 2023, "2023-07-28"), ("derzhavnist", 2024, "2024-07-15"),
    ("yevropa", 2022, "2022-05-21"), ("yevropa", 2023, "2023-05-09"), ("medychni-pratsivnyky", 2022, "2022-06-19"),
    ("medychni-pratsivnyky", 2023, "2023-07-27"), ("pysemnist", 2022, "2022-11-09"), ("molod", 2020, "2020-06-28"),
    ("zakhyst-ditei", 2024, "2024-06-01"), ("zakhyst-ditei", 2025, "2025-11-20"), ("stritennia", 2023, "2023-02-15")])
def test_a_day_that_was_moved_stands_where_it_stood(name: str, year: int, day: str) -> None:
    assert date.fromisoformat(day) == day_of(observances()[name], year)


@sample.ONLY_HERE
def test_a_day_that_did_not_exist_yet_has_no_date_and_one_of_another_name_keeps_it() -> None:
    assert day_of(observances()["derzhavnist"], 2021) is None
    assert "День пам’яті та примирення" == observances()["pamiat-i-peremoha"].title_in(2022)


@given(st.integers(1950, 2150), st.integers(1, 12), st.integers(0, 4), st.sampled_from(list(WEEKDAYS)))
def test_the_nth_weekday_is_the_nth_in_a_printed_calendar(year: int, month: int, number: int, weekday: str) -> None:
    column = list(WEEKDAYS).index(weekday)
    found = [week[column] for week in months.monthcalendar(year, month) if week[column]]
    assert date(year, month, found[number - 1]) == Weekday(number, weekday, month).on(year)


def test_easter_is_that_of_the_eastern_reckoning() -> None:
    assert ["2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02"] == [
        str(FromEaster(0).on(year)) for year in range(2024, 2028)]
    assert date(2026, 5, 31) == FromEaster(49).on(2026)


def test_rules_are_told_in_words() -> None:
    rules = (Fixed(12, 7), Weekday(1, "sun", 10), Weekday(3, "thu", 5), Weekday(0, "sun", 9), Weekday(2, "tue", 1),
             FromEaster(49))
    assert ["7 грудня", "перша неділя жовтня", "третій четвер травня", "остання неділя вересня",
            "другий вівторок січня", "через 49 днів після Великодня"] == [
                rule.words.replace("\u00a0", " ") for rule in rules]


@sample.ONLY_HERE
def test_an_anniversary_is_counted_from_the_event() -> None:
    city = observances()["den-mista"]
    assert [584, None] == [years_since(city, 2026), years_since(city, 1442)]
    assert date(2027, 9, 12) == next_day_of(city, date(2026, 9, 14))


# --------------------------------------------------------------------------- pages

def test_a_day_leads_to_its_greeting(community: Path) -> None:
    page = main_of(community, "vitannia/kalendar")
    assert links(page)["З Днем Незалежності"] == "/vitannia/2026/08-24/"
    assert "35-та річниця" in words(page).replace("\u00a0", " ")
    assert "четверта субота листопада" in words(page)


def test_each_year_since_the_first_greeting_and_the_next_one_has_a_page(community: Path) -> None:
    found = sorted(path.parent.name for path in (community / "vitannia" / "kalendar").glob("2*/index.html"))
    assert ["2026", "2027"] == found
    years = main_of(community, "vitannia/kalendar/2027").find_class("years")[0]
    assert links(years) == {"2027": "/vitannia/kalendar/2027/", "2026": "/vitannia/kalendar/2026/"}


def test_a_day_of_next_year_remembers_the_greeting_of_this_year(community: Path) -> None:
    months = main_of(community, "vitannia/kalendar/2027").find_class("meeting-list")[0]
    assert links(months)["2026"] in ("/vitannia/2026/08-24/", "/vitannia/2026/11-28/", "/vitannia/2026/11-21/")


def test_a_moved_day_says_when_it_was_a_year_ago(community: Path) -> None:
    assert "торік — 7 січня" in words(main_of(community, "vitannia/kalendar/2026")).replace("\u00a0", " ")


def test_the_list_of_greetings_leads_to_the_calendar(community: Path) -> None:
    assert "/vitannia/kalendar/" in links(main_of(community, "vitannia")).values()


def test_a_calendar_program_reads_whole_days_for_three_years(community: Path) -> None:
    found = icalendar.Calendar.from_ical((community / "vitannia" / "kalendar.ics").read_bytes())
    events = {str(event["uid"]): event for event in found.walk("VEVENT")}
    day = next(event for uid, event in events.items() if uid.startswith("pamiat-2026-"))
    assert (date(2026, 11, 28), date(2026, 11, 29)) == (day["dtstart"].dt, day["dtend"].dt)
    assert "TRANSPARENT" == day["transp"]
    assert {2026, 2027, 2028} == {event["dtstart"].dt.year for event in events.values()}
    assert len(events) == 4 * 3


def test_the_days_without_a_text_are_listed_for_editors_only(tmp_path: Path) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert (0, []) == build_folder(folder, folder / "out")
    assert "слово вже є" in words(main_of(folder / "out", "vitannia/bez-tekstu"))
    status, lines = build_folder(folder, folder / "out", as_of="2026-12-11T00:00:00+02:00")
    assert status == 0
    assert [line for line in lines if "25 грудня — «Різдво Христове»" in line.replace("\u00a0", " ")] == lines
    page = main_of(folder / "out", "vitannia/bez-tekstu")
    assert ["Різдво Христове"] == [words(title) for title in page.iter("h2")]
    assert "25 грудня, п’ятниця" in words(page)
    assert "/vitannia/bez-tekstu/" not in (folder / "out" / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("moments", [
    ("2026-12-10T23:59:00+02:00", "2026-12-11T00:00:00+02:00", "2026-12-26T10:00:00+02:00"),
    ("2026-12-31T23:59:00+02:00", "2027-01-01T00:00:00+02:00", "2027-11-20T00:00:00+02:00")])
def test_as_days_go_by_a_quick_build_is_what_a_cold_one_is(tmp_path: Path, moments: tuple[str, ...]) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert build_folder(folder, folder / "out", as_of=AS_OF)[0] == 0
    for number, moment in enumerate(moments):
        quick = build_folder(folder, folder / "out", as_of=moment)
        cold = build_folder(folder, folder / f"cold-{number}", cache=folder / f"cache-{number}", cold=True,
                            as_of=moment)
        assert quick == cold
        assert tree_of(folder / "out") == tree_of(folder / f"cold-{number}")


def test_a_new_greeting_takes_its_day_off_the_list(tmp_path: Path) -> None:
    folder, moment = lay_site(tmp_path, "valid/community"), "2026-12-12T10:00:00+02:00"
    assert len(build_folder(folder, folder / "out", as_of=moment)[1]) == 1
    (folder / "content" / "greetings" / "2026" / "12-25-різдво.md").write_text(
        "---\ntitle: З Різдвом Христовим\npublished_at: 2026-12-24 08:00\noccasion_on: 2026-12-25\n"
        "observance: rizdvo\nsignatory: lys-olena\n---\n\nХристос народився.\n", encoding="utf-8")
    assert (0, []) == build_folder(folder, folder / "out", as_of=moment)
    assert "слово вже є" in words(main_of(folder / "out", "vitannia/bez-tekstu"))
