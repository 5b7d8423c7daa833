"""Counts of all votes: as a reader could count them by hand; one corrected vote changes only what shows it."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bench import demo, rolls
from plugins.votes.metrics import percent
from plugins.votes.rolls import NONE, OTHER, SAME, _verdicts
from tests.conftest import build_folder, tree_of

AS_OF = "2026-01-01T12:00:00+02:00"
DAYS = ("2016-01-14", "2016-01-28", "2016-02-11")
Answers = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three plenaries of a council of sixty, twenty votes each; the output lies in `out`."""
    folder = tmp_path_factory.mktemp("council")
    demo.write(rolls.files(len(DAYS)), folder)
    assert build_folder(folder, folder / "out", as_of=AS_OF) == (0, [])
    return folder


@pytest.fixture(scope="session")
def answers(council: Path) -> Answers:
    """Vote → person → answer, out of the tables."""
    found: Answers = {}
    for table in sorted(council.glob("content/meetings/*/*/votes.csv")):
        for row in csv.DictReader(table.open(encoding="utf-8")):
            found.setdefault(row["motionUid"], {})[row["voterId"]] = row["result"]
    return found


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def factions() -> dict[str, str]:
    return {key: rolls.group_of(place) for place, (key, _, _) in enumerate(rolls.people()) if rolls.group_of(place)}


def test_every_figure_of_every_deputy_is_what_counting_one_by_one_gives(council: Path, answers: Answers) -> None:
    faction_of, mayor = factions(), rolls.people()[rolls.MAYOR][0]
    rows = table(council / "out/deputaty/holosuvannia/deputaty.csv")
    assert {row["personId"] for row in rows} == {key for key, _, _ in rolls.people()} - {mayor}
    for row in rows:
        person = row["personId"]
        mine = {uid: given[person] for uid, given in answers.items()}
        present = {uid: answer for uid, answer in mine.items() if answer != "Відсутній"}
        same = compared = 0
        for uid, answer in present.items():
            others = Counter(given for other, given in answers[uid].items() if other != person and given != "Відсутній"
                             and faction_of.get(other) and faction_of.get(other) == faction_of.get(person))
            leaders = others.most_common(2)
            if leaders and (len(leaders) == 1 or leaders[0][1] > leaders[1][1]):
                compared += 1
                same += leaders[0][0] == answer
        voted = sum(answer != "Не голосував" for answer in present.values())
        assert [len(mine), len(present), voted, same, compared] == [int(row[name]) for name in (
            "votesHeld", "votesPresent", "votesCast", "asFaction", "comparedWithFaction")], person


def test_every_pair_is_counted_over_the_votes_at_which_both_were_there(council: Path, answers: Answers) -> None:
    rows = {(row["personId"], row["otherId"]): (int(row["votesAlike"]), int(row["votesTogether"]))
            for row in table(council / "out/deputaty/holosuvannia/matrytsia/pary.csv")}
    people = sorted({key for key, _, _ in rolls.people()} - {rolls.people()[rolls.MAYOR][0]})
    for one, two in combinations(people, 2):
        both = [(given[one], given[two]) for given in answers.values()
                if "Відсутній" not in (given[one], given[two])]
        assert rows[one, two] == (sum(a == b for a, b in both), len(both))


def test_the_matrix_is_symmetric_and_each_heading_has_its_scope(council: Path) -> None:
    page = html.parse(str(council / "out/deputaty/holosuvannia/matrytsia/index.html")).getroot()
    rows = [[td.text_content() for td in tr.findall("td")] for tr in page.iter("tr") if tr.findall("td")]
    assert len(rows) == 60
    assert all(rows[i][j] == rows[j][i] for i in range(60) for j in range(60))
    assert all(th.get("scope") in ("col", "row", "rowgroup") for th in page.iter("th"))


def test_who_was_absent_more_than_half_of_the_time_is_named_first(council: Path, answers: Answers) -> None:
    absent = {key for key, _, _ in rolls.people()[:rolls.SEATS]
              if 2 * sum(given[key] == "Відсутній" for given in answers.values()) > len(answers)}
    page = html.parse(str(council / "out/deputaty/holosuvannia/index.html")).getroot()
    named = next(p for p in page.iter("p") if (p.text or "").startswith("Відсутні на більш як половині"))
    assert {f"/deputaty/{key}/holosuvannia/" for key in absent} == {a.get("href") for a in named.iter("a")}


def test_every_definition_stands_on_the_page(council: Path) -> None:
    from plugins.votes.metrics import DEFINITIONS

    page = html.parse(str(council / "out/deputaty/holosuvannia/index.html")).getroot()
    terms = [dt.text_content() for dt in page.find_class("definitions")[0].iter("dt")]
    assert [term for term, _ in DEFINITIONS] == terms


def test_dissents_and_topics_are_lists_of_their_own_without_a_script(council: Path) -> None:
    row = next(row for row in table(council / "out/deputaty/holosuvannia/deputaty.csv") if int(row["asFaction"]) < int(
        row["comparedWithFaction"]))
    folder = council / "out/deputaty" / row["personId"] / "holosuvannia"
    dissents = html.parse(str(folder / "okrema-dumka/index.html")).getroot().find_class("vote-table")[0]
    assert len(dissents.findall(".//tbody/tr")) == int(row["comparedWithFaction"]) - int(row["asFaction"])
    by_topic = [len(html.parse(str(page)).getroot().find_class("vote-table")[0].findall(".//tbody/tr"))
                for page in sorted(folder.glob("temy/*/index.html"))]
    assert sum(by_topic) == len(DAYS) * rolls.VOTES


def test_one_corrected_vote_changes_only_the_pages_that_show_it(council: Path, tmp_path: Path) -> None:
    folder = tmp_path / "council"
    shutil.copytree(council / "content", folder / "content")
    shutil.copytree(council / "data", folder / "data")
    assert build_folder(folder, folder / "out", as_of=AS_OF) == (0, [])
    before = tree_of(folder / "out")
    rolls.correct(folder, 1)
    where, row = next((path, new) for path in sorted(folder.glob("content/meetings/*/*/votes.csv"))
                      for new, old in zip(lines(path), lines(council / path.relative_to(folder)), strict=True)
                      if new != old)
    uid, person = row.split(",")[:2]
    assert build_folder(folder, folder / "out", as_of=AS_OF) == (0, [])
    after = tree_of(folder / "out")
    meeting = f"zasidannia/{where.parent.parent.name}/{where.parent.name}"
    shows = (f"{meeting}/index.html", f"{meeting}/{uid}/", f"deputaty/{person}/", "deputaty/holosuvannia/", "dani/",
             "manifest.txt", "index.html")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert f"{meeting}/{uid}/index.html" in changed
    assert f"deputaty/{person}/holosuvannia/index.html" in changed
    link = f'href="/deputaty/{person}/"'.encode()  # among those whom a colleague votes with most or least
    others = {path for path in changed if not path.startswith(shows)}
    assert all(link in before[path] + after[path] for path in others), sorted(others)
    assert len(others) < 12
    assert build_folder(folder, tmp_path / "cold", as_of=AS_OF, cold=True, cache=tmp_path / "other") == (0, [])
    assert after == tree_of(tmp_path / "cold")


@given(st.tuples(*[st.integers(0, 20)] * 4))
def test_a_member_is_compared_with_what_most_of_the_others_gave(counts: tuple[int, ...]) -> None:
    for place, letter in enumerate("ynas"):
        if not counts[place]:
            continue
        others = list(counts)
        others[place] -= 1
        leaders = [index for index, count in enumerate(others) if count == max(others)]
        expected = NONE if len(leaders) > 1 else SAME if leaders == [place] else OTHER
        assert expected == chr(_verdicts(counts)[letter])


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_per_cent_is_the_nearest_whole_one(pair: tuple[int, int]) -> None:
    part, whole = pair
    assert abs(percent(part, whole) - 100 * part / whole) <= 0.5
