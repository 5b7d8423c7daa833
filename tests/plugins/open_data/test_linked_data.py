"""JSON-LD of pages: triples that mean what the page says, in words of schema.org and ELI, right by our shapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from plugins.open_data.jsonld_acts import ELI

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by itself
SCHEMA = Namespace("https://schema.org/")
ELI_TERMS = {"id_local", "type_document", "date_document", "first_date_entry_in_force", "date_no_longer_in_force",
             "in_force", "amends", "amended_by", "repeals", "repealed_by", "consolidates", "consolidated_by",
             "version_date"}
"""Of the European Legislation Identifier, those that are used (ontology 1.5)."""
NEWER = {"legislationAmends", "legislationRepeals"}
"""In schema.org since the list that rdflib ships was made (schema.org/legislationAmends)."""
ADDRESSES = ("url", "contentUrl", "license", "image", "sameAs", "eventStatus", "eventAttendanceMode", "actionStatus",
             "legislationLegalForce", "legislationLegalValue", "additionalType", "mainEntityOfPage")
CONTEXT = {"@vocab": str(SCHEMA), **{name: {"@type": "@id"} for name in ADDRESSES}}
"""What https://schema.org says to programs of the terms used here; nothing is fetched."""
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix s: <https://schema.org/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
[] a sh:NodeShape ; sh:targetClass s:Legislation ; sh:property
  [ sh:path s:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 3 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf s:legislationIdentifier ; sh:property
  [ sh:path s:legislationIdentifier ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ],
  [ sh:path s:url ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
  [ sh:path s:legislationLegalForce ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:in (s:InForce s:PartiallyInForce s:NotInForce) ],
  [ sh:path eli:in_force ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:pattern "#InForce-(inForce|partiallyInForce|notInForce)$" ],
  [ sh:path s:legislationDate ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" ],
  [ sh:path s:temporalCoverage ; sh:maxCount 1 ; sh:pattern "^[0-9-]{10}/([0-9-]{10}|[.][.])$" ],
  [ sh:path ( [ sh:alternativePath (s:legislationPassedBy s:legislationResponsible) ] s:name ) ; sh:minCount 1 ],
  [ sh:path ( s:encoding s:contentUrl ) ; sh:nodeKind sh:IRI ; sh:pattern "/akn[.]xml$" ],
  [ sh:path s:legislationChanges ; sh:nodeKind sh:IRI ], [ sh:path eli:amended_by ; sh:nodeKind sh:IRI ],
  [ sh:path eli:repeals ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetSubjectsOf s:startDate ; sh:property
  [ sh:path s:startDate ; sh:maxCount 1 ; sh:pattern "T[0-9:]{8}[+]0[23]:00$" ],
  [ sh:path s:endDate ; sh:maxCount 1 ; sh:pattern "T[0-9:]{8}[+]0[23]:00$" ],
  [ sh:path s:previousStartDate ; sh:maxCount 1 ; sh:pattern "T[0-9:]{8}[+]0[23]:00$" ],
  [ sh:path s:eventStatus ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:in (s:EventScheduled s:EventCancelled s:EventRescheduled) ],
  [ sh:path s:eventAttendanceMode ; sh:minCount 1 ; sh:maxCount 1 ],
  [ sh:path ( s:location s:address ) ; sh:minCount 1 ], [ sh:path ( s:organizer s:name ) ; sh:minCount 1 ],
  [ sh:path s:superEvent ; sh:class s:Event ] .
[] a sh:NodeShape ; sh:targetClass s:VoteAction ; sh:property
  [ sh:path s:startTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}" ],
  [ sh:path s:actionStatus ; sh:hasValue s:CompletedActionStatus ], [ sh:path ( s:object s:name ) ; sh:minCount 1 ],
  [ sh:path ( s:agent s:name ) ; sh:minCount 1 ; sh:maxCount 1 ],
  [ sh:path s:result ; sh:minCount 6 ; sh:maxCount 6 ; sh:class s:PropertyValue ] .
[] a sh:NodeShape ; sh:targetClass s:PropertyValue ; sh:property
  [ sh:path s:value ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf s:familyName ; sh:class s:Person ; sh:property
  [ sh:path s:name ; sh:minCount 1 ; sh:maxCount 1 ], [ sh:path s:givenName ; sh:minCount 1 ; sh:maxCount 1 ],
  [ sh:path s:birthDate ; sh:maxCount 0 ], [ sh:path ( s:memberOf s:name ) ; sh:minLength 3 ] .
[] a sh:NodeShape ; sh:targetClass s:NewsArticle, s:Report ; sh:property
  [ sh:path s:headline ; sh:minCount 1 ; sh:maxCount 1 ], [ sh:path ( s:publisher s:name ) ; sh:minCount 1 ],
  [ sh:path ( s:author s:name ) ; sh:minCount 1 ],
  [ sh:path s:datePublished ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "T[0-9:]{8}[+]0[23]:00$" ] .
[] a sh:NodeShape ; sh:targetClass s:Report ; sh:property
  [ sh:path s:temporalCoverage ; sh:minCount 1 ; sh:pattern "^[0-9-]{10}/[0-9-]{10}$" ] .
"""


def graph_of(output: Path) -> Graph:
    """All triples of all pages."""
    graph = Graph()
    for file in output.rglob("*.html"):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', file.read_text(encoding="utf-8"),
                               re.S):
            values = json.loads(text)
            others = values["@context"][1:] if isinstance(values["@context"], list) else []
            graph.parse(data=json.dumps({**values, "@context": [CONTEXT, *others]}), format="json-ld")
    return graph


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    import shutil

    from tests.conftest import SITES, build_folder

    found = {}
    for name in ("from-draft-to-act", "roll-call", "every-kind", "community"):
        folder = tmp_path_factory.mktemp(name) / "site"
        shutil.copytree(SITES / "base", folder)
        shutil.copytree(SITES / "valid" / name, folder, dirs_exist_ok=True)
        status, lines = build_folder(folder, folder / "out", url="https://host.example/rada")
        assert status == 0, lines
        found[name] = graph_of(folder / "out")
    return found


def test_every_term_is_one_of_its_vocabulary(graphs: dict[str, Graph]) -> None:
    from rdflib.namespace import SDO  # it warns whoever looks at its names

    known = {str(SCHEMA) + name for name in (*SDO.__annotations__, *NEWER)} | {ELI + name for name in ELI_TERMS}
    for graph in graphs.values():
        used = {str(term) for term in graph.predicates() if term != RDF.type}
        used |= {str(kind) for kind in graph.objects(None, RDF.type)}
        used |= {str(value) for value in graph.objects() if isinstance(value, URIRef) and str(value).startswith(SCHEMA)}
        assert used and not used - known


def test_nothing_is_wrong_by_the_shapes(graphs: dict[str, Graph]) -> None:
    for name, graph in graphs.items():
        holds, _, text = validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
        assert holds, f"{name}: {text}"


def test_the_shapes_see_what_is_wrong(graphs: dict[str, Graph]) -> None:
    graph = Graph() + graphs["from-draft-to-act"]
    act = next(graph.subjects(SCHEMA.legislationIdentifier))
    graph.set((act, SCHEMA.legislationLegalForce, Literal("чинне")))
    assert not validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")[0]


def test_every_kind_of_record_says_what_it_is(graphs: dict[str, Graph]) -> None:
    kinds = {str(kind).removeprefix(SCHEMA) for graph in graphs.values() for kind in graph.objects(None, RDF.type)}
    assert {"Legislation", "LegislationObject", "Event", "VoteAction", "Person", "GovernmentOrganization",
            "NewsArticle", "Report"} <= kinds


def test_what_changes_and_what_is_changed_know_of_each_other(graphs: dict[str, Graph]) -> None:
    graph, eli = graphs["from-draft-to-act"], Namespace(ELI)
    changes = [*((one, other) for one, other in graph.subject_objects(eli.amends)),
               *((one, other) for one, other in graph.subject_objects(eli.repeals))]
    assert changes
    for one, other in changes:
        assert (one, SCHEMA.legislationChanges, other) in graph
        assert (other, eli.amended_by, one) in graph or (other, eli.repealed_by, one) in graph


def test_a_meeting_is_part_of_its_session_and_says_that_it_was_moved(graphs: dict[str, Graph]) -> None:
    graph = graphs["roll-call"]
    assert list(graph.subject_objects(SCHEMA.superEvent)) and list(graph.subject_objects(SCHEMA.previousStartDate))
    for meeting in graph.subjects(SCHEMA.previousStartDate):
        assert (meeting, SCHEMA.eventStatus, SCHEMA.EventScheduled) not in graph


def test_a_vote_tells_its_totals(graphs: dict[str, Graph]) -> None:
    graph: Any = graphs["roll-call"]
    for vote in graph.subjects(RDF.type, SCHEMA.VoteAction):
        told = {str(graph.value(item, SCHEMA.name)): graph.value(item, SCHEMA.value).toPython()
                for item in graph.objects(vote, SCHEMA.result)}
        assert set(told) == {"Результат", "За", "Проти", "Утримався", "Не голосував", "Відсутній"}
        assert all(isinstance(told[name], int) for name in set(told) - {"Результат"})


def test_a_draft_is_told_from_an_act(graphs: dict[str, Graph]) -> None:
    graph = graphs["from-draft-to-act"]
    draft = URIRef("http://data.europa.eu/eli/eli-draft-legislation-ontology#DraftLegislationWork")
    drafts = set(graph.subjects(SCHEMA.additionalType, draft))
    assert drafts and all("/proiekty/" in str(one) for one in drafts)
    assert not drafts & set(graph.subjects(SCHEMA.legislationDate))
