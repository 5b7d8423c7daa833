"""Whether an act is in force, and when, is the same in JSON-LD, in the national table and in Akoma Ntoso."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from lxml import etree
from rdflib import Graph, Namespace, URIRef

from plugins.open_data.jsonld_acts import ELI
from tests.conftest import build_folder, lay_site

from .test_akoma_ntoso import AKN, valid
from .test_linked_data import SCHEMA, SHAPES, graph_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by itself
SITE = "https://mala.example/rishennia/2026/"
TERMS = Namespace(ELI)
FORCE = {
    "1": ("InForce", "2026-11-03", "", "Чинний"),
    "2": ("InForce", "2026-11-03", "2026-12-31", "Чинний"),
    "3": ("NotInForce", "2026-11-03", "2026-11-20", "Втратив чинність"),
    "4": ("NotInForce", "2026-11-03", "2026-11-15", "Втратив чинність"),
    "5": ("NotInForce", "2026-11-03", "2026-11-09", "Втратив чинність"),
    "6": ("InForce", "2026-11-10", "", "Чинний"),
    "7": ("NotInForce", "2026-11-03", "2026-11-11", "Втратив чинність"),
    "8": ("NotInForce", "2026-11-03", "2026-11-09", "Втратив чинність"),
    "9": ("NotInForce", "", "", "Не набрав чинності"),
    "10": ("NotInForce", "", "", "Дію зупинено"),
    "11": ("NotInForce", "", "", "Набирає чинності"),
    "12": ("NotInForce", "2026-12-01", "", "Набирає чинності"),
    "13": ("NotInForce", "", "", "Не набрав чинності"),
}
"""Act → (state in schema.org, first day, last day, state in appendix 9) on 22 November 2026."""
EVENTS = {
    "1": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-11-03", "amendment 2026-11-10",
          "amendment 2026-12-01"],
    "3": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-11-03", "expired 2026-11-20"],
    "4": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-11-03", "expired 2026-11-15"],
    "5": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-11-03", "repeal 2026-11-10"],
    "7": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-11-03", "ended 2026-11-12"],
    "9": ["generation 2026-11-02", "ended 2026-11-12"],
    "10": ["generation 2026-11-19", "suspended 2026-11-20"], "11": ["generation 2026-11-02"],
    "12": ["generation 2026-11-02", "signed 2026-11-03", "in-force 2026-12-01"],
}
"""What Akoma Ntoso tells of some of them: 9 never changed the first one, 12 will."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_site(tmp_path_factory.mktemp("force"), "valid/acts-and-their-force")
    assert build_folder(folder, folder / "out", url="https://mala.example") == (0, [])
    return folder / "out"


@pytest.fixture(scope="module")
def graph(built: Path) -> Graph:
    return graph_of(built)


@pytest.mark.parametrize("number", FORCE)
def test_linked_data_tell_the_state_and_the_days_of_the_record(number: str, graph: Graph) -> None:
    act = URIRef(f"{SITE}{number}/")
    state, begins, ends, _ = FORCE[number]
    assert f"{SCHEMA}{state}" == str(graph.value(act, SCHEMA.legislationLegalForce))
    assert str(graph.value(act, TERMS.in_force)).lower() == f"{ELI}InForce-{state}".lower()
    assert [begins, ends] == [str(graph.value(act, TERMS[name]) or "") for name in (
        "first_date_entry_in_force", "date_no_longer_in_force")]
    assert (f"{begins}/{ends or '..'}" if begins else "") == str(graph.value(act, SCHEMA.temporalCoverage) or "")


def test_the_national_table_tells_the_same(built: Path) -> None:
    text = (built / "dani" / "akty" / "legalActs-2026.csv").read_bytes().decode("utf-8-sig")
    rows = {row["number"]: (row["validFrom"], row["status"]) for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert {number: (begins or "null", state) for number, (_, begins, _, state) in FORCE.items()} == rows


@pytest.mark.parametrize("number", EVENTS)
def test_akoma_ntoso_tells_what_happened_and_nothing_that_did_not(number: str, built: Path) -> None:
    root = valid((built / "rishennia" / "2026" / number / "akn.xml").read_bytes())
    events = root.xpath("//a:lifecycle/a:eventRef", namespaces=AKN)
    assert EVENTS[number] == [
        f"{event.get('refersTo', '').lstrip('#') or event.get('type')} {event.get('date')}" for event in events]


def test_what_never_entered_into_force_has_modified_nothing(built: Path) -> None:
    root = valid((built / "rishennia" / "2026" / "1" / "akn.xml").read_bytes())
    sources = root.xpath("//a:passiveModifications//a:source/@href", namespaces=AKN)
    assert ["/6/!main", "/12/!main"] == [source[source.rindex("/", 0, -6):] for source in sources]
    assert root.xpath("//a:passiveRef[contains(@href, '/9')]", namespaces=AKN), etree.tostring(root)


def test_a_version_consolidates_the_text_before_it_and_what_changed_it(graph: Graph) -> None:
    act, version = URIRef(f"{SITE}1/"), URIRef(f"{SITE}1/redaktsiia/2026-11-10/")
    sources = {act, URIRef(f"{SITE}6/")}
    assert sources == set(graph.objects(version, SCHEMA.legislationConsolidates))
    assert sources == set(graph.objects(version, TERMS.consolidates))
    assert [version] == list(graph.objects(act, TERMS.consolidated_by))
    assert ["2026-11-10", "2026-11-10/..", f"{SCHEMA}InForce", str(act)] == [
        str(graph.value(version, SCHEMA[name])) for name in (
            "legislationDateVersion", "temporalCoverage", "legislationLegalForce", "isBasedOn")]
    assert [] == list(graph.objects(version, SCHEMA.legislationChanges))


def test_nothing_is_wrong_by_the_shapes(graph: Graph) -> None:
    from pyshacl import validate

    holds, _, text = validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert holds, text
