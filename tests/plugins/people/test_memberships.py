"""Who was what on a day: the helpers that rooms below ask."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.people.model import (
    Council,
    Membership,
    Organization,
    Person,
    faction_on,
    full_post,
    index_of,
    joined_post,
    mayor_on,
    members_on,
    seats_on,
    voters_on,
)
from plugins.people.pages import phone_link
from plugins.records import Library, Record, Registry, read_all

SITES = Path(__file__).resolve().parents[2] / "sites"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv"))
EARLY, LATE = date(2026, 3, 1), date(2026, 11, 1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The registers of the roll-call site."""
    import shutil

    shutil.copytree(SITES / "base" / "data", tmp_path / "data")
    shutil.copytree(SITES / "valid" / "roll-call" / "data", tmp_path / "data", dirs_exist_ok=True)
    registry = Registry()
    registry.models = [Council, Organization, Person, Membership]
    records: list[Record] = read_all(tmp_path / "content", tmp_path / "data", registry).records
    return Library(records, NOW, registry=registry)


def test_members_are_those_of_the_day(library: Library) -> None:
    assert ["bondar-oles", "chumak-iryna"] == [m.person for m in members_on(library, "fr-poli", EARLY)]
    assert ["bondar-oles"] == [m.person for m in members_on(library, "fr-poli", LATE)]


def test_a_faction_is_that_of_the_day(library: Library) -> None:
    before, after = faction_on(library, "chumak-iryna", EARLY), faction_on(library, "chumak-iryna", LATE)
    assert ("fr-poli", "poza") == (before and before.id, after and after.id)
    assert faction_on(library, "lys-olena", LATE) is None


def test_the_mayor_votes_in_the_council_but_holds_no_seat(library: Library) -> None:
    mayor = mayor_on(library, LATE)
    assert mayor and mayor.id == "lys-olena"
    assert seats_on(library, "rada", LATE) == 3
    assert set(voters_on(library, "rada", LATE)) - set(voters_on(library, "rada", LATE, with_mayor=False)) == {mayor.id}


def test_members_of_a_committee_vote_by_its_own_composition(library: Library) -> None:
    assert seats_on(library, "komisiia", LATE) == 2
    assert voters_on(library, "komisiia", LATE) == ("chumak-iryna", "hnatiuk-petro")


def test_the_index_is_made_once_for_a_library(library: Library) -> None:
    assert index_of(library) is index_of(library)
    other = Library(library.records, NOW, registry=library.registry)
    assert index_of(other) is not index_of(library)


def organization(kind: str, title: str, genitive: str) -> Organization:
    return Organization.model_validate({"id": "x", "type": kind, "title": title, "title_genitive": genitive})


@pytest.mark.parametrize(("post", "genitive", "expected"), [
    ("начальниця відділу", "організаційного відділу", "начальниця організаційного відділу"),
    ("начальник відділу, головний архітектор міста", "відділу містобудування",
     "начальник відділу містобудування, головний архітектор міста"),
    ("секретар міської ради", "Яворопільської міської ради", "секретар Яворопільської міської ради"),
    ("староста Липівського старостинського округу", "Липівського старостинського округу",
     "староста Липівського старостинського округу"),
    ("директорка", "Центру культури", "директорка Центру культури"),
])
def test_a_post_and_its_body_say_shared_words_once(post: str, genitive: str, expected: str) -> None:
    assert expected == joined_post(post, organization("unit", "…", genitive))


def test_a_lay_member_of_the_executive_committee_is_not_named_by_a_job_elsewhere() -> None:
    committee = organization("executive", "Виконком", "виконавчого комітету")
    person = Person.model_validate({"id": "p", "family_name": "А", "given_name": "Б", "gender": "female"})
    record = Membership.model_validate({"id": "m", "person": "p", "organization": "x", "role": "member",
                                        "post": "підприємниця", "starts_on": "2020-12-10"})
    assert full_post(record, person, committee) == "членкиня виконавчого комітету"


@pytest.mark.parametrize(("number", "url"), [
    ("(03200) 4-14-00", "tel:+380320041400"), ("0 800 300 414", "tel:+380800300414"), ("112", "tel:112")])
def test_a_number_can_be_called(number: str, url: str) -> None:
    link = phone_link(number)
    assert link and (link.title, link.url) == (number, url)


def test_a_number_without_its_code_is_only_shown() -> None:
    assert phone_link("15-80") is None


def test_the_name_of_the_council_is_its_own(library: Library) -> None:
    assert library.only(Council).name == "Мала міська рада"
