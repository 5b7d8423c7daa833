"""Popolo: the files are right by its JSON Schemas, and what they name is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.conftest import build_folder, lay_site, tree_of

DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:]{8}([+-][0-9:]{5}|Z))?)?)?$"}
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "format": "uri", "pattern": "^(https?|mailto|tel):"}
LINKS = {"type": "array", "items": {"type": "object", "required": ["url"], "additionalProperties": False,
                                    "properties": {"url": ADDRESS, "note": TEXT}}}
IDENTIFIERS = {"type": "array", "items": {"type": "object", "required": ["identifier"], "additionalProperties": False,
                                          "properties": {"identifier": TEXT, "scheme": TEXT}}}
CONTACTS = {"type": "array", "items": {
    "type": "object", "required": ["type", "value"], "additionalProperties": False,
    "properties": {"type": {"enum": ["address", "cell", "email", "fax", "text", "video", "voice"]}, "label": TEXT,
                   "value": TEXT, "note": TEXT, "valid_from": DAY, "valid_until": DAY}}}
NAMES = {"type": "array", "items": {"type": "object", "required": ["name"], "additionalProperties": False,
                                    "properties": {"name": TEXT, "note": TEXT, "start_date": DAY, "end_date": DAY}}}
OPTION = {"enum": ["yes", "no", "abstain", "absent", "not voting", "paired"]}
COUNTS = {"type": "array", "items": {
    "type": "object", "required": ["option", "value"], "additionalProperties": False,
    "properties": {"option": OPTION, "value": {"type": "integer", "minimum": 0}}}}


def schema(required: str, **properties: Any) -> dict[str, Any]:
    """A class of Popolo (popoloproject.com/specs): what it has, and nothing else."""
    return {"type": "object", "required": required.split(), "additionalProperties": False,
            "properties": {"id": TEXT, "links": LINKS, "sources": LINKS, **properties}}


SCHEMAS: dict[str, dict[str, Any]] = {
    "persons": schema(
        "id name sources", name=TEXT, family_name=TEXT, given_name=TEXT, additional_name=TEXT, sort_name=TEXT,
        other_names=NAMES, identifiers=IDENTIFIERS, gender=TEXT, image=ADDRESS, summary=TEXT, biography=TEXT,
        email=TEXT, contact_details=CONTACTS),
    "organizations": schema(
        "id name classification sources", name=TEXT, other_names=NAMES, identifiers=IDENTIFIERS, classification=TEXT,
        parent_id=TEXT, area_id=TEXT, abstract=TEXT, description=TEXT, founding_date=DAY, dissolution_date=DAY,
        image=ADDRESS, contact_details=CONTACTS),
    "memberships": schema(
        "id person_id organization_id role start_date", label=TEXT, role=TEXT, person_id=TEXT, organization_id=TEXT,
        post_id=TEXT, on_behalf_of_id=TEXT, area_id=TEXT, start_date=DAY, end_date=DAY, contact_details=CONTACTS),
    "posts": schema("id label organization_id", label=TEXT, other_label=TEXT, role=TEXT, organization_id=TEXT,
                    area_id=TEXT, start_date=DAY, end_date=DAY, contact_details=CONTACTS),
    "areas": schema("id name classification", name=TEXT, identifier=TEXT, classification=TEXT, parent_id=TEXT),
    "events": schema(
        "id name classification", name=TEXT, description=TEXT, classification=TEXT, location=TEXT, start_date=DAY,
        end_date=DAY, organization_id=TEXT, parent_id=TEXT, attendees={"type": "array", "items": {
            "type": "object", "required": ["id", "name"], "additionalProperties": False,
            "properties": {"id": TEXT, "name": TEXT}}}),
    "motions": schema(
        "id organization_id text date result", organization_id=TEXT, legislative_session_id=TEXT, creator_id=TEXT,
        text=TEXT, classification=TEXT, date=DAY, requirement=TEXT, result={"enum": ["pass", "fail"]}),
    "vote_events": schema(
        "id motion_id organization_id start_date result counts", identifier=TEXT, motion_id=TEXT, organization_id=TEXT,
        legislative_session_id=TEXT, start_date=DAY, end_date=DAY, result={"enum": ["pass", "fail"]}, counts=COUNTS,
        group_results={"type": "array", "items": {
            "type": "object", "required": ["group", "counts"], "additionalProperties": False,
            "properties": {"counts": COUNTS, "group": {
                "type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}}}},
        votes={"type": "array", "items": {
            "type": "object", "required": ["voter_id", "option"], "additionalProperties": False,
            "properties": {"voter_id": TEXT, "group_id": TEXT, "option": OPTION, "role": TEXT,
                           "weight": {"type": "number"}}}}),
}
Lists = dict[str, list[dict[str, Any]]]


def popolo_of(output: Path) -> Lists:
    """All files together, as a program would merge them."""
    found: Lists = {name: [] for name in SCHEMAS}
    for file in sorted((output / "dani" / "popolo").glob("*.json")):
        for name, items in json.loads(file.read_text(encoding="utf-8")).items():
            found[name] += items
    return found


def site(folder: Path, name: str) -> Path:
    lay_site(folder, f"valid/{name}")
    assert build_folder(folder, folder / "out") == (0, [])
    return folder


@pytest.fixture(scope="module")
def popolo(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    folder = tmp_path_factory.mktemp("popolo") / "site"
    lay_site(folder, "valid/roll-call")
    person = folder / "data/people/bondar-oles.yml"
    person.write_text(person.read_text(encoding="utf-8") + "constituency: Виборчий округ № 2\n", encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    return popolo_of(folder / "out")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_item_is_right_by_the_schema_of_its_class(popolo: Lists, name: str) -> None:
    validator = Draft202012Validator({"type": "array", "minItems": 1, "items": SCHEMAS[name]},
                                     format_checker=FormatChecker())
    assert [(list(error.path), error.message) for error in validator.iter_errors(popolo[name])] == []


def test_identifiers_are_unique_and_what_they_name_is_there(popolo: Lists) -> None:
    ids = {name: [item["id"] for item in items] for name, items in popolo.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    targets = {"person_id": "persons", "organization_id": "organizations", "post_id": "posts", "area_id": "areas",
               "motion_id": "motions", "legislative_session_id": "events"}
    for name, items in popolo.items():
        for item in items:
            for field, target in targets.items():
                assert field not in item or item[field] in ids[target], f"{name}: {item}"
            if "parent_id" in item and name in ("organizations", "events"):
                assert item["parent_id"] in ids[name]
    voters = {vote["voter_id"] for event in popolo["vote_events"] for vote in event.get("votes", ())}
    groups = {vote.get("group_id", "rada") for event in popolo["vote_events"] for vote in event.get("votes", ())}
    assert voters <= set(ids["persons"]) and groups <= set(ids["organizations"])


def test_votes_add_up_by_names_and_by_factions(popolo: Lists) -> None:
    named = [event for event in popolo["vote_events"] if "votes" in event]
    assert named
    for event in named:
        options = [vote["option"] for vote in event["votes"]]
        for count in event["counts"]:
            assert options.count(count["option"]) == count["value"]
        grouped = sum(count["value"] for group in event["group_results"] for count in group["counts"])
        assert grouped == sum("group_id" in vote for vote in event["votes"])
    assert "not voting" in {option for event in named for option in (count["option"] for count in event["counts"])}


def test_the_faction_is_that_of_the_day(popolo: Lists) -> None:
    groups = {(event["start_date"][:10], vote["voter_id"]): vote.get("group_id") for event in popolo["vote_events"]
              for vote in event.get("votes", ())}
    assert groups["2026-03-12", "chumak-iryna"] == "fr-poli" and groups["2026-11-19", "chumak-iryna"] == "poza"


def test_nothing_private_is_given(popolo: Lists) -> None:
    assert "birth" not in json.dumps(popolo)


def test_sources_are_pages_of_the_site(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "roll-call")
    for items in popolo_of(folder / "out").values():
        for item in items:
            for source in item.get("sources", ()):
                assert (folder / "out" / source["url"].removeprefix("https://mala.example/") / "index.html").is_file()


def test_a_year_is_made_again_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    lay_site(folder, "valid/roll-call")
    meeting = folder / "content/meetings/2026/k-2026-11-10.yml"
    earlier = folder / "content/meetings/2025/k-2025-11-10.yml"
    earlier.parent.mkdir()
    earlier.write_text(meeting.read_text(encoding="utf-8").replace("2026-", "2025-"), encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    before = tree_of(folder / "out")
    meeting.write_text(meeting.read_text(encoding="utf-8") + "location: Мала зала\n", encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    after = tree_of(folder / "out")
    changed = {path for path in after if after[path] != before.get(path)}
    assert "dani/popolo/events-2026.json" in changed and "dani/popolo/events-2025.json" in after
    assert not {path for path in changed if path.startswith("dani/popolo/")} - {"dani/popolo/events-2026.json"}


def test_a_secret_vote_has_no_names(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "every-kind")
    for event in popolo_of(folder / "out")["vote_events"]:
        assert "votes" in event or "group_results" not in event
