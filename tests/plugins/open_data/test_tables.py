"""Data sets keep the national structures letter for letter, whatever the records say, and all readers can read them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import frictionless
import pyshacl
import pytest
import rdflib
from csvw import TableGroup
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from plugins.open_data import write
from plugins.open_data.catalogue import REGISTER
from plugins.open_data.columns import Column
from plugins.open_data.facts import address_of, opening_hours, telephone
from plugins.open_data.national import PLAN_TYPES
from plugins.open_data.rows_acts import ACT_STATUS, program_of
from plugins.open_data.rows_regulatory import planned_type
from plugins.open_data.rows_votes import Authority, Ballot, motion2_rows, vote_event_rows, vote_rows, voting_rows
from plugins.open_data.tables import TABLES, DataFile, Table
from tests import sample
from tests.conftest import AS_OF, build_folder, lay_site, tree_of

from .national import SCHEMAS, as_csvw, columns_of, faults

BuildSite = Callable[..., Path]
ALL = (*TABLES, REGISTER)
SITE_NAMES = ("valid/odd-open-data", "valid/every-kind", "valid/from-draft-to-act", "valid/second-council")
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the national structures are not beside this checkout")


def structure_of(table: Table) -> str:
    return f"{table.appendix:02d}-{table.name}"


@pytest.fixture(scope="module", params=SITE_NAMES)
def dani(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data sets of a tiny site."""
    folder = lay_site(tmp_path_factory.mktemp("site"), request.param)
    status, lines = build_folder(folder, folder / "out")
    assert status == 0, lines
    return folder / "out" / "dani"


def tables_in(dani: Path) -> Iterator[tuple[Table, list[Path]]]:
    """Tables with their CSV files."""
    for table in ALL:
        files = sorted((dani / table.slug).glob("*.csv"))
        if files:
            yield table, files


# --------------------------------------------------------------------------- the national structures

@needs_schemas
@pytest.mark.parametrize("table", ALL, ids=structure_of)
def test_columns_are_those_of_the_national_structure_letter_for_letter(table: Table) -> None:
    published = [(column["name"], column["datatype"], column["required"]) for column in columns_of(structure_of(table))]
    assert published == [(column.name, column.datatype, column.is_required) for column in table.columns]


@needs_schemas
@pytest.mark.parametrize("table", ALL, ids=structure_of)
def test_examples_of_the_state_would_pass_for_our_columns(table: Table) -> None:
    words = {column["name"]: column["description"] for column in columns_of(structure_of(table))}
    for column in table.columns:
        for word in map(str, column.words):
            if column.name != "type" or table.name in ("shelters", "plan"):
                assert word in words[column.name], f"{column.name}: {word}"


@needs_schemas
def test_every_table_of_every_site_keeps_its_structure(dani: Path) -> None:
    found = list(tables_in(dani))
    assert found
    for table, files in found:
        for file in files:
            assert list(faults(structure_of(table), file)) == [], file.name


@needs_schemas
@sample.ONLY_HERE
def test_every_table_of_the_sample_keeps_its_structure(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    site = sample.built(base.parent if base.name.startswith("popen-") else base, "sample")
    found = dict(tables_in(site / "dani"))
    assert set(ALL) == set(found)
    for table, files in found.items():
        for file in files:
            assert list(faults(structure_of(table), file)) == [], file.name


@needs_schemas
def test_a_reader_of_csvw_takes_every_table_for_the_national_structure(dani: Path, tmp_path: Path) -> None:
    for table, files in tables_in(dani):
        for file in files:
            metadata = tmp_path / f"{file.stem}.json"
            metadata.write_text(json.dumps(as_csvw(structure_of(table), file)), "utf-8")
            (tmp_path / file.name).write_bytes(file.read_bytes())
            (part,) = TableGroup.from_file(metadata).tables
            assert list(part.iterdicts(strict=True)), file.name


@needs_schemas
@pytest.mark.parametrize(("column", "value", "fault"), [
    ("acceptedDate", "05.11.2026", "no date"), ("status", "Чинне", "not an allowed word"), ("url", "mala", "no anyURL"),
    ("publisherId", "4053915", "no code of a legal entity"), ("title", "", "empty"), ("number", " 5", "white space"),
    ("acceptedDate", "null", "null in a required column")])
def test_a_wrong_table_is_found_out(tmp_path: Path, column: str, value: str, fault: str) -> None:
    row = dict.fromkeys((item["name"] for item in columns_of("09-legalActs")), "null") | {
        "type": "рішення", "acceptedDate": "2026-11-05", "issuedDate": "2026-11-05", "validFrom": "2026-11-05",
        "status": "Чинний", "url": "https://a.example/"}
    (file := tmp_path / "t.csv").write_text(f"{','.join(row)}\r\n{','.join((row | {column: value}).values())}\r\n")
    assert [line for line in faults("09-legalActs", file) if fault in line]


def test_rows_are_named_by_their_keys(dani: Path) -> None:
    for table, files in tables_in(dani):
        for file in files:
            rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
            keys = [tuple(row[name] for name in table.key) for row in rows if table.key]
            assert rows and len(keys) == len(set(keys)), file.name


# --------------------------------------------------------------------------- readers that are not ours

def test_csvw_reads_every_table(dani: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for table, files in tables_in(dani):
            group = TableGroup.from_file(dani / table.slug / f"{table.name}-metadata.json")
            assert {str(part.url) for part in group.tables} == {file.name for file in files}
            for part in group.tables:
                assert list(part.iterdicts(strict=True))
                part.check_primary_key()


def test_json_fits_its_schema(dani: Path) -> None:
    for table, files in tables_in(dani):
        schema = json.loads((dani / table.slug / f"{table.name}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        checker = Draft202012Validator(schema, format_checker=FormatChecker())
        for file in files:
            rows = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
            assert [error.message for error in checker.iter_errors(rows)] == [], file.name


@pytest.mark.parametrize(("name", "value"), [
    ("result", "Так"), ("result", None), ("voterName", ""), ("motionUid", 7), ("extra", "зайве")])
def test_a_wrong_value_does_not_fit_the_schema(name: str, value: Any) -> None:
    table = next(table for table in TABLES if table.name == "votings")
    row = {"motionUid": "1", "voterId": "2", "voterName": "Лис", "motionTitle": "а", "result": "За", name: value}
    from plugins.open_data.schemas import json_schema

    checker = Draft202012Validator(json_schema("https://a.example/s.json", "а", "а", table.columns))
    assert not checker.is_valid([row])


def test_the_data_package_is_whole(dani: Path) -> None:
    report = frictionless.validate(str(dani / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    package = json.loads((dani / "datapackage.json").read_text(encoding="utf-8"))
    named = {dani / resource["path"] for resource in package["resources"]}
    assert named == set(dani.rglob("*.csv"))
    assert len({resource["name"] for resource in package["resources"]}) == len(named)


def test_every_table_has_its_size_and_digest_beside_it(dani: Path) -> None:
    for file in dani.rglob("*.csv"):
        descriptor = file.with_suffix(".resource.json")
        told, content = json.loads(descriptor.read_text(encoding="utf-8")), file.read_bytes()
        assert told["path"] == file.name
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (told["bytes"], told["hash"])
        assert frictionless.Resource.from_descriptor(str(descriptor)).validate().valid, file.name


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_catalogue_is_dcat_ap(dani: Path) -> None:
    graph = rdflib.Graph().parse(dani / "catalog.jsonld", format="json-ld")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(Path(__file__).with_name("dcat-ap.ttl")))
    assert conforms, text
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    offered = {str(url).split("/dani/")[1] for url in graph.objects(None, dcat.downloadURL)}
    assert offered == {file.relative_to(dani).as_posix() for suffix in ("csv", "json")
                       for file in (path.with_suffix(f".{suffix}") for path in dani.rglob("*.csv"))}


def test_the_register_names_every_set_with_a_page(dani: Path) -> None:
    rows = csv.DictReader(io.StringIO((dani / "nabory" / "register.csv").read_bytes().decode("utf-8-sig"), newline=""))
    named = {row["uid"]: row["url"] for row in rows}
    assert {table.name for table, _ in tables_in(dani)} == set(named)
    assert all((dani / url.split("/dani/")[1] / "index.html").is_file() for url in named.values())


# --------------------------------------------------------------------------- what a change touches

def test_a_new_act_touches_the_files_of_its_year_alone(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/odd-open-data")
    build_folder(folder, folder / "out")
    before = tree_of(folder / "out" / "dani")
    (folder / "content" / "acts" / "2026" / "9-про-воду.yml").write_text(
        "number: '9'\ntype: decision\nbody: rada\ntitle: Про воду\nadopted_on: 2026-02-02\ntext: Пити.\n", "utf-8")
    status, lines = build_folder(folder, folder / "out")
    after = tree_of(folder / "out" / "dani")
    assert status == 0, lines
    changed = {path for path in before if before[path] != after[path]}
    tables = {path for path in changed if path.endswith((".csv", ".json"))}
    assert tables == {f"akty/legalActs-2026.{suffix}" for suffix in ("csv", "json", "resource.json")}
    assert set(before) == set(after)


def test_news_make_no_table_anew(lay_out: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay_out("valid/odd-open-data")
    build_folder(folder, folder / "out")

    def never(file: DataFile) -> bytes:
        raise AssertionError(file.stem)

    monkeypatch.setattr(write, "as_csv", never)
    monkeypatch.setattr(write, "as_json", never)
    (folder / "content" / "news" / "2026").mkdir(parents=True)
    (folder / "content" / "news" / "2026" / "1-вода.md").write_text(
        "---\ntitle: Вода є\nsummary: Є.\npublished_at: 2026-11-20 10:00\n---\n\nЄ вода.\n", "utf-8")
    status, lines = build_folder(folder, folder / "out", as_of=AS_OF)
    assert status == 0, lines


# --------------------------------------------------------------------------- single facts

def test_every_state_of_an_act_has_a_word_of_the_national_structure() -> None:
    from plugins.acts.model import ActStatus

    assert set(ACT_STATUS) == set(ActStatus)


BALLOT = Ballot(Authority("Мала рада", "04053915", "UA71020010000037786"), "2026-11-05-1", "pl-2026-11-05-1",
                "2026-11-05", 8, None, 1, "Про воду", None, "Про воду", "2026-11-05T10:20:00+02:00",
                "2026-11-05T10:20:00+02:00", (1, 0, 0, 0, 1), "Не прийнято", "https://a.example/1/",
                (("7", "Лис", "За"), ("1", "Бондар", "Відсутній")))


def test_a_ballot_says_the_same_in_both_forms() -> None:
    flat, related = motion2_rows(BALLOT)[0], vote_event_rows(BALLOT)[0]
    assert [flat[name] for name in ("uid", "votingFor", "votingAgainst", "absent", "votingResult", "textUrl")] == [
        related[name] for name in ("uid", "votingFor", "votingAgainst\n", "absent", "result", "textUrl")]
    assert [(row["motionUid"], row["voterId"], row["result"]) for row in voting_rows(BALLOT)] == [
        (row["uid"], row["voterUid"], row["result"]) for row in vote_rows(BALLOT)]


def test_voters_stay_in_the_order_and_under_the_names_of_the_record(build_site: BuildSite) -> None:
    file = build_site("valid/odd-open-data") / "dani" / "holosuvannia" / "votings-2026.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert [(row["voterId"], row["voterName"], row["result"]) for row in rows] == [
        ("lys-olena", "Лис Олена Ігорівна", "За"), ("007", "О'Гнатюк-Д'Артаньян Петро \"Гарт\"", "За"),
        ("chumak-iryna", "Чумак Ірина Петрівна", "За"), ("bondar-oles", "Бондар Олесь Іванович", "Відсутній")]


def test_a_voting_number_that_went_on_to_a_successor_names_neither(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/odd-open-data")
    person = folder / "data" / "people" / "bondar-oles.yml"
    assert build_folder(folder, folder / "out") == (0, [])
    person.write_text(f"{person.read_text('utf-8')}voting_id: 007\n", "utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    dani = folder / "out" / "dani"
    for name, column in (("holosuvannia/votings-2026.csv", "voterId"), ("holosy/vote-2026.csv", "voterUid"),
                         ("deputaty/deputies.csv", "votingIdentifier")):
        rows = list(csv.DictReader(io.StringIO((dani / name).read_bytes().decode("utf-8-sig"), newline="")))
        told = {row[column] for row in rows}
        assert {"bondar-oles", "hnatiuk-petro"} <= told, name
        assert "007" not in told, name
    assert build_folder(folder, folder / "cold", cold=True, cache=folder / "other") == (0, [])
    assert tree_of(dani) == tree_of(folder / "cold" / "dani")


def test_a_report_on_the_effect_that_was_not_made_is_told_by_the_last_day_of_its_term(build_site: BuildSite) -> None:
    file = build_site("valid/odd-open-data") / "dani" / "rehuliatorni-akty" / "regulatoryList.csv"
    (row,) = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
    assert [row[f"{stage}EvalDate"] for stage in ("basic", "repeat", "period")] == [
        "2026-03-02", "2028-02-28", "2031-02-28"]
    assert row["basicEvalUrl"].endswith("/rehuliatorna/vidstezhennia/2026/torhivlia/")
    assert [row[name] for name in ("repeatEvalUrl", "repeatEvalText", "periodEvalURL")] == [
        "null", "не застосовується", "null"]


def rows_of(out: Path, path: str) -> list[dict[str, str]]:
    """Rows of a CSV file of the data room."""
    return list(csv.DictReader(io.StringIO((out / "dani" / path).read_bytes().decode("utf-8-sig"), newline="")))


def test_a_plan_tells_the_last_days_of_its_terms_and_the_drafts_it_came_to(build_site: BuildSite) -> None:
    rows = rows_of(build_site("valid/odd-open-data"), "plan-rehuliatornykh-aktiv/plan-2027.csv")
    assert [tuple(row[name] for name in ("uId", "creationEndDate", "submissionDate", "type")) for row in rows] == [
        ("2027-plan-01", "2027-03-31", "2026-11-12", "внесення змін до регуляторного акта"),
        ("2027-plan-02", "2028-12-31", "null", "прийняття нового регуляторного акта"),
        ("2027-plan-03", "2027-07-15", "null", "скасування діючого регуляторного акта")]
    assert ['Проєкт рішення № 8-П «Про внесення змін до правил торгівлі; "нових"»', "5-2026-02-27",
            'Про правила торгівлі; "нові"', "Торгувати чесно; щодня.", "https://mala.example/proiekty/2026/8-p/"] == [
        rows[0][name] for name in ("legalActTitle", "isVersionOfІd", "isVersionOfTitle", "objective", "url")]
    assert ["Правила для кіосків", "26510514", "null", "https://mala.example/rehuliatorna/2027/plan/",
            "Мала міська рада", "04053915"] == [
        rows[1][name] for name in ("legalActTitle", "creatorId", "text", "url", "authorityName", "authorityId")]


def test_a_term_that_names_no_last_day_is_null_in_the_plan(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/odd-open-data")
    plan = folder / "content" / "regulatory" / "plans" / "2027" / "plan-план.yml"
    plan.write_text(plan.read_text("utf-8").replace("до 15 липня", "за потреби"), "utf-8")
    status, lines = build_folder(folder, folder / "out")
    assert status == 0 and "PLAN-TERM" in "".join(map(str, lines))
    assert "null" == rows_of(folder / "out", "plan-rehuliatornykh-aktiv/plan-2027.csv")[2]["creationEndDate"]


@pytest.mark.parametrize(("title", "kind"), [
    ("Правила паркування", 0), ("Про внесення змін і доповнень до Правил", 1), ("Зміни до Правил", 1),
    ("Про скасування Правил", 2), ("Скасування Правил і зміни до Порядку", 2),
    ("Про визнання таким, що втратило чинність, рішення № 5", 2), ("Порядок визнання майданчиків ярмарками", 0)])
def test_the_title_of_a_planned_draft_says_what_it_will_do(title: str, kind: int) -> None:
    item: Any = SimpleNamespace(title=title)
    assert PLAN_TYPES[kind] == planned_type(item, None)


@pytest.mark.parametrize(("title", "name"), [
    ("Про затвердження Програми «Безпечна громада» на 2023–2025 роки", "Програма «Безпечна громада» на 2023–2025 роки"),
    ("Про Комплексну програму розвитку спорту на 2026 рік", "Комплексна програма розвитку спорту на 2026 рік"),
    ("Про затвердження міської цільової Програми води на 2025-2027 рр.",
     "Міська цільова Програма води на 2025-2027 рр."),
    ("Про хід виконання Програми «Вода» на 2025–2027 роки", ""),
    ("Про внесення змін до Програми «Вода» на 2025–2027 роки", ""),
    ("Про затвердження Програми без строку", ""), ("Про бюджет на 2026 рік", "")])
def test_a_programme_is_known_by_the_title_of_its_act(title: str, name: str) -> None:
    from datetime import date

    from plugins.acts.model import ActType

    act: Any = SimpleNamespace(title=title, type=ActType.DECISION, expires_on=None,
                               force_begins=lambda: date(2026, 1, 1))
    assert name == program_of(act)


@pytest.mark.parametrize(("words", "told", "rest"), [
    ("пн–чт 8:00–17:15, пт 8:00–16:00, перерва 12:00–13:00", "Пн-Чт 08:00-17:15, Пт 08:00-16:00",
     "перерва 12:00–13:00"),
    ("щосереди, 9:00–12:00", "Ср 09:00-12:00", None), ("пн і ср з 9.00 до 13.00", "Пн,Ср 09:00-13:00", None),
    ("щодня 8:00–20:00", "Пн-Нд 08:00-20:00", None), ("перша субота, 10:00–12:00", None, "перша субота, 10:00–12:00"),
    ("перший понеділок 9:00–12:00", None, "перший понеділок 9:00–12:00"), ("цілодобово", None, "цілодобово"),
    ("", None, None)])
def test_hours_are_told_in_the_national_form_or_left_in_words(words: str, told: str | None, rest: str | None) -> None:
    assert opening_hours(words) == (told, rest)


@given(st.text(alphabet="пнсрчтвій щодня0123456789:.–-,; ", max_size=60))
def test_hours_of_any_words_lose_nothing_that_was_not_understood(words: str) -> None:
    told, rest = opening_hours(words)
    assert told or (rest or "") == words.strip(" ,;")


@pytest.mark.parametrize(("address", "street", "house", "town", "code"), [
    ("вул. Соборна, 14, м. Мале, 00014", "вул. Соборна", "14", "Мале", "00014"),
    ("14000, м. Чернігів, просп. Миру, буд. 5-а", "просп. Миру", "5-а", "Чернігів", "14000"),
    ("с. Великий Яр, вул. Шкільна, 4", "вул. Шкільна", "4", "Великий Яр", None),
    ("Соборна, 14", "Соборна", "14", "Мале", "71000"), ("біля старого млина", None, None, "Мале", "71000"),
    ("", "вул. Миру", "1", "Мале", "71000")])
def test_an_address_is_taken_apart_or_told_as_not_known(address: str, street: str | None, house: str | None, town: str,
                                                        code: str | None) -> None:
    council: Any = SimpleNamespace(address="71000, вул. Миру, 1", region="Мала область, Малий район",
                                   community="Мала міська територіальна громада", settlement="м. Мале",
                                   katottg="UA71020010000037786")
    found = address_of(council, address)
    assert [found[name] for name in ("addressThoroughfare", "addressLocatorDesignator", "addressPostName",
                                     "addressPostCode")] == [street, house, town, code]


@pytest.mark.parametrize(("shown", "told"), [
    ("(03200) 4-14-00", "+380320041400"), ("0 800 300 414", "+380800300414"), ("+380 67 123 45 67", "+380671234567"),
    ("15-80", None), ("", None), ("(03200) 15-80", None)])
def test_telephones_have_the_countrys_code_or_are_not_given(shown: str, told: str | None) -> None:
    assert telephone(shown) == told


def test_a_text_that_looks_like_the_end_of_a_row_stays_one() -> None:
    texts = ['a}, {', '}, {"motionUid": "b', '"}, {"motionUid": ', "}, {motionUid: "]
    rows: list[Any] = [dict.fromkeys((column.name for column in VOTING.columns), text) for text in texts]
    written = write.as_json(DataFile(VOTING, 2026, len(rows), "", "", lambda: iter(rows)))
    assert rows == json.loads(written)
    assert len(rows) + 2 == len(written.splitlines())


VOTING = next(table for table in TABLES if table.name == "votings")
CELLS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t;\","),
                                     max_size=40), st.integers(0, 10**9))


@given(st.lists(st.tuples(*[CELLS] * len(VOTING.columns)), max_size=6))
def test_any_values_come_back_out_of_csv_and_json(values: list[tuple[Any, ...]]) -> None:
    names = [column.name for column in VOTING.columns]
    rows = [dict(zip(names, row, strict=True)) for row in values]
    file = DataFile(VOTING, 2026, len(rows), "", "", lambda: iter(rows))
    kept = [{name: None if value == "" else value for name, value in row.items()} for row in rows]
    assert kept == json.loads(write.as_json(file))
    read = list(csv.reader(io.StringIO(write.as_csv(file).decode("utf-8-sig"), newline="")))
    assert [names, *([("null" if value is None else str(value)) for value in row.values()] for row in kept)] == read


def test_numbers_keep_their_figures_in_csv_and_are_numbers_in_json() -> None:
    table = Table("t", "t", "т", "т", 0, (Column("lat", "Широта", "decimal"),), "", "Щодня", ())
    file = DataFile(table, 0, 1, "", "", lambda: iter([{"lat": Decimal("50.4500")}]))
    assert write.as_csv(file).decode("utf-8-sig").split() == ["lat", "50.4500"]
    assert json.loads(write.as_json(file)) == [{"lat": 50.45}]
