"""Imports of votes: what files of voting systems say becomes records, whole or not at all."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.open_data import national as structures
from plugins.ukrainian import NBSP
from plugins.votes.imports import Asked, national, prepare
from plugins.votes.imports.raw import ACCEPTABLE
from plugins.votes.model import VoteEvent, VoteOption
from tests.conftest import ROOT, build_folder, tree_of
from tests.plugins.votes import chamber
from tests.plugins.votes.chamber import (
    DAY,
    KEYS,
    bring,
    expected,
    lay_out,
    library_of,
    site_check,
    totals,
    write_json,
    write_xlsx,
    write_zip,
)
from tests.sample import ONLY_HERE, PICTURES


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council without meetings."""
    return lay_out(tmp_path / "site")


def told_troubles(outcome: chamber.Outcome) -> list[str]:
    return [str(trouble) for trouble in outcome.notes.troubles]


# --------------------------------------------------------------------------- round trips

@given(seed=st.integers(0, 2**32))
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_totals_of_hundreds_of_votes_are_those_of_their_files(seed: int, tmp_path_factory: pytest.TempPathFactory
                                                             ) -> None:
    folder = lay_out(tmp_path_factory.mktemp("council") / "site")
    chance = random.Random(seed)
    told = chamber.votes(chance, 520)
    source = write_json(folder / "json", told, chance) if seed % 2 else write_zip(folder / "all.zip", told, chance)
    outcome = bring(folder, source)
    assert [] == told_troubles(outcome)
    assert expected(told) == totals(folder)
    named = {event.id: {vote.person: vote.option for vote in event.votes}
             for event in library_of(folder).records if isinstance(event, VoteEvent)}
    assert {f"{DAY}-{vote.number}": {KEYS[name]: option for name, option in vote.options.items()}
            for vote in told} == named
    before = tree_of(folder / "content")
    assert {} == bring(folder, source).files
    assert before == tree_of(folder / "content")


@pytest.mark.parametrize("make", [
    write_xlsx, chamber.write_pdf, partial(chamber.write_pdf, columns=1), partial(chamber.write_pdf, columns=3),
    partial(chamber.write_pdf, is_ruled=True)], ids=["xlsx", "pdf", "pdf-1-column", "pdf-3-columns", "pdf-ruled"])
def test_other_formats_tell_the_same(council: Path, make: Callable[..., Path]) -> None:
    chance = random.Random(7)
    told = chamber.votes(chance, 24)
    outcome = bring(council, make(council / f"all.{'xlsx' if make is write_xlsx else 'pdf'}", told, chance),
                    check=site_check(council))
    assert [] == told_troubles(outcome)
    assert expected(told) == totals(council)


def test_a_vote_in_another_format_is_the_same_vote(council: Path) -> None:
    chance = random.Random(8)
    told = chamber.votes(chance, 9)
    bring(council, write_json(council / "json", told, chance))
    before = tree_of(council / "content")
    assert {} == bring(council, write_xlsx(council / "all.xlsx", told, chance)).files
    assert {} == bring(council, chamber.write_pdf(council / "all.pdf", told, chance)).files
    assert before == tree_of(council / "content")


def test_sheet_with_a_row_of_bare_headings_is_read(council: Path) -> None:
    """As a capital publishes it: an identifier, a moment, the question, the outcome, then a column a deputy."""
    import openpyxl

    told = chamber.votes(random.Random(5), 6)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "Час", "Питання", "Статус", *(name if name.startswith("Бойко") else chamber.short(name).replace(
        ". ", ".") for name in chamber.NAMES)])
    for vote in told:
        sheet.append([vote.number, f"{vote.at:%d.%m.%y %H:%M:%S}", " ".join(vote.text.split()),
                      "Прийнято" if vote.is_passed else "Не прийнято",
                      *("......" if vote.options[name] is VoteOption.ABSENT else vote.options[name].label.upper()
                        for name in chamber.NAMES)])
    book.save(council / "14.05.22.xlsx")
    outcome = bring(council, council / "14.05.22.xlsx")
    assert ([], []) == (told_troubles(outcome), outcome.notes.remarks)
    assert expected(told) == totals(council)


LAYOUTS: dict[str, tuple[list[str], list[str]]] = {
    "question-in-the-open": (
        ["Мала міська рада", "XXXVI сесія VIII скликання", "РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ", "Процедурне",
         "5. Про регламент роботи сесії. Сесію", "провести без перерви", "ЗА - 27 Проти - 0 Утрималися - 0",
         "Прийнято"],
        ["|", "Депутат Малої міської ради____________________ / Бойко І.П. /"]),
    "number-below-the-question": (
        ["Мала міська рада", "36 сесія 8 скликання від 15.10.26",
         "Результат поіменного голосування:", "5. Про регламент роботи сесії. Сесію", "провести без перерви",
         "№: 7 За основу", "№ Прізвище, ім’я, по батькові Результат"],
        ["|", "ПІДСУМКИ ГОЛОСУВАННЯ", "ЗА 27", "ПРОТИ 0", "УТРИМАЛИСЬ 0", "НЕ ГОЛОСУВАЛИ 0", "ВІДСУТНІ 0",
         "Рішення: ПРИЙНЯТО", "(прийнято / не прийнято)"]),
    "moment-below-the-header": (
        ["Мала міська рада", "36 сесія VIII скликання", "РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ", "15.10.26 10:35:12",
         "“5. Про регламент роботи сесії. Сесію", "провести без перерви”"],
        ["|", "За - 27, проти - 0, утримались - 0, не голосували - 0", "РІШЕННЯ ПРИЙНЯТО"]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_protocols_of_other_systems_are_read(council: Path, layout: str) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    above, below = LAYOUTS[layout]
    pdfmetrics.registerFont(TTFont("Arsenal", str(chamber.PDF_FONT)))
    file = council / "Результат поіменного голосування 15.10.2026.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont("Arsenal", 10)
    names = [f"{number} {name}" for number, name in enumerate(chamber.NAMES, 1)]
    y = 800
    for line in above:
        canvas.drawString(60, y, line)
        y -= 15
    for left, right in zip(names[:14], [*names[14:], ""], strict=True):
        for x, name in ((60, left), (320, right)):
            canvas.drawString(x, y, name)
            canvas.drawString(x + 200, y, "ЗА" if name else "")
        y -= 14
    for line in below[1:]:
        canvas.drawString(60, y, line)
        y -= 15
    canvas.save()
    outcome = bring(council, file, check=site_check(council))
    assert [] == told_troubles(outcome)
    assert [(27, 0, 0, 0, 0, "pass")] == list(totals(council).values())
    event = next(record for record in library_of(council).records if isinstance(record, VoteEvent))
    assert "Про регламент роботи сесії. Сесію провести без перерви" in f"{event.title} {event.text}"
    assert ("2026-10-15-7" == event.id) is (layout == "number-below-the-question")


NATIONAL = ("dani/pytannia/motions2-2026.csv", "dani/holosuvannia/votings-2026.csv")


def exported(folder: Path, cache: Path | None = None) -> list[bytes]:
    """The national pair of a site."""
    assert build_folder(folder, folder / "out", cache=cache) == (0, [])
    return [(folder / "out" / name).read_bytes() for name in NATIONAL]


def test_national_pair_comes_back_byte_for_byte(council: Path, tmp_path: Path) -> None:
    chance = random.Random(3)
    bring(council, write_json(council / "json", chamber.votes(chance, 30), chance))
    index = council / "content" / "meetings" / "2026" / "pl-2026-10-15" / "index.yml"
    text = index.read_text(encoding="utf-8").replace("votes:\n", "draft_number: 757/2\n    votes:\n", 1)
    index.write_text(text, encoding="utf-8")
    pair = exported(council)
    other = lay_out(tmp_path / "other")
    (other / "csv").mkdir()
    for name, content in zip(NATIONAL, pair, strict=True):
        (other / "csv" / Path(name).name).write_bytes(content)
    outcome = bring(other, other / "csv", check=site_check(other))
    assert [] == told_troubles(outcome)
    assert pair == exported(other)
    assert {} == bring(other, other / "csv" / "votings-2026.csv").files


@ONLY_HERE
def test_national_pair_of_the_sample_comes_back_byte_for_byte(tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, sample / name)
    pair = exported(sample, PICTURES)
    empty = tmp_path / "empty"
    shutil.copytree(ROOT / "data", empty / "data")
    for name in ("redirects.csv", "observances.yml"):  # addresses and days of what is not there
        (empty / "data" / name).unlink()
    members = empty / "data" / "memberships.csv"
    lines = members.read_text(encoding="utf-8").splitlines()
    members.write_text("\n".join([lines[0], *(line.rpartition(",")[0] + "," for line in lines[1:])]), encoding="utf-8")
    (empty / "content" / "meetings").mkdir(parents=True)
    (empty / "csv").mkdir()
    for name, content in zip(NATIONAL, pair, strict=True):
        (empty / "csv" / Path(name).name).write_bytes(content)
    assert {"secret"} == {trouble.kind for trouble in bring(empty, empty / "csv").notes.troubles}
    (empty / "content" / "meetings" / "README.md").write_text("Засідання\n", encoding="utf-8")
    assert [] == told_troubles(bring(empty, empty / "csv", "secret", check=site_check(empty)))
    assert pair == exported(empty, PICTURES)


def test_misspelt_headers_are_read_and_reported(council: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    bring(council, write_json(council / "json", chamber.votes(chance, 3), chance))
    motions, votings = (content.decode("utf-8-sig") for content in exported(council))
    for right, wrong in (("date", "data"), ("legislativeSession", "legistativeSession"),
                         ("projectNumber", "projektNum"), ("votingAgainst", "vottingAgains"), (",text\r", ",tex\r")):
        motions = motions.replace(right, wrong, 1)
    other = lay_out(tmp_path / "other")
    (other / "csv").mkdir()
    (other / "csv" / "м.csv").write_bytes(motions.replace(",", ";").encode("cp1251"))
    (other / "csv" / "г.csv").write_bytes(votings.encode("cp1251"))
    outcome = bring(other, other / "csv")
    assert [] == told_troubles(outcome)
    assert "м.csv:1: заголовок «vottingAgains» прочитано як «votingAgainst»." in outcome.notes.remarks
    assert totals(council) == totals(other)


def test_columns_of_the_pair_are_those_that_are_exported() -> None:
    assert tuple(column.name for column in structures.MOTIONS2) == national.MOTIONS
    assert tuple(column.name for column in structures.VOTINGS) == national.VOTINGS


# --------------------------------------------------------------------------- troubles

def one(council: Path, change: Callable[[dict[str, Any]], object], name: str = "261015_1.json", count: int = 1) -> Path:
    """A folder with the plainest files of votes, each changed."""
    folder = council / "json"
    folder.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        data: dict[str, Any] = {
            "GLTime": f"15.10.2026 10:{number:02}:00", "OrgName": "Мала міська рада",
            "SName": "Пленарне засідання 36 сесії VIII скликання", "GLType": "ПОІМЕННЕ ГОЛОСУВАННЯ",
            "PD_NPP": str(number), "GL_Text": f"Про план {number}", "YESCnt": 27, "NOCnt": 0, "UTRCnt": 0, "NGCnt": 0,
            "TotalCnt": 27, "RESULT": " РІШЕННЯ ПРИЙНЯТЕ ", "DPList": [
                {"DPName": person if person.startswith("Бойко") else chamber.short(person), "DPGolos": "За"}
                for person in chamber.NAMES]}
        change(data)
        (folder / name.replace("_1.", f"_{number}.")).write_text(json.dumps(data, ensure_ascii=False, indent=1),
                                                               encoding="utf-8")
    return folder


def deputy(data: dict[str, Any], number: int, **changes: str) -> None:
    data["DPList"][number] |= changes


def masked(data: dict[str, Any]) -> None:
    deputy(data, 5, DPName=". .. ..")


def drop(data: dict[str, Any], *numbers: int) -> None:
    data["DPList"] = [item for at, item in enumerate(data["DPList"]) if at not in numbers]
    data["YESCnt"] = data["TotalCnt"] = len(data["DPList"])


def twice(data: dict[str, Any]) -> None:
    data["DPList"].append(dict(data["DPList"][5]))


TROUBLES: dict[str, tuple[Callable[[dict[str, Any]], object], str, tuple[int, int, int, int, int, str]]] = {
    "masked-names": (masked, "261015_1.json:36: прізвище приховано: «. .. ..».", (27, 0, 0, 0, 0, "pass")),
    "unknown-people": (
        lambda data: deputy(data, 5, DPName="Євтушенко І. В."),
        "261015_1.json:36: «Євтушенко І. В.» немає серед тих, хто мав голос 15.10.2026.", (27, 0, 0, 0, 0, "pass")),
    "ambiguous-names": (
        lambda data: (deputy(data, 8, DPName="Бойко І. П."), deputy(data, 9, DPName="Бойко І. П.", DPGolos="Проти"),
                      data.update(YESCnt=26, NOCnt="1")),
        "261015_1.json:48: «Бойко І. П.» може бути: Бойко Ігор Павлович (boiko-ihor), Бойко Іван Петрович "
        "(boiko-ivan).", (26, 1, 0, 0, 0, "pass")),
    "no-mandate": (
        lambda data: deputy(data, 5, DPName="Колишній О. І."),
        "261015_1.json:36: «Колишній О. І.» — це Колишній Олег Іванович (kolyshnii-oleh), але 15.10.2026 ця особа не "
        "мала голосу.", (27, 0, 0, 0, 0, "pass")),
    "missing-members": (
        lambda data: drop(data, 5, 6), "261015_1.json: у переліку немає: Євтушок Ірина Василівна, Їжакевич Любов "
        "Петрівна.", (25, 0, 0, 0, 2, "pass")),
    "no-mayor": (lambda data: drop(data, 0), "261015_1.json: міського голови (Левадна Олена Мирославівна) у переліку "
                 "немає.", (26, 0, 0, 0, 0, "pass")),
    "duplicate-votes": (twice, "261015_1.json:124: «Євтушок І. В.» уже голосує так само: 261015_1.json:36.",
                        (27, 0, 0, 0, 0, "pass")),
    "counts": (lambda data: data.update(YESCnt=26, NOCnt=1), "261015_1.json: «За»: у підсумку 26, поіменно 27.",
               (27, 0, 0, 0, 0, "pass")),
    "result": (lambda data: data.update(RESULT=""), "261015_1.json: у джерелі без результату; за — 27, потрібно 14 "
               "(більшість від загального складу, 27): «Прийнято».", (27, 0, 0, 0, 0, "pass")),
    "requirement": (
        lambda data: ([deputy(data, at, DPGolos="Проти") for at in range(10)],
                      data.update(YESCnt=17, NOCnt=10, RESULT="РІШЕННЯ НЕ ПРИЙНЯТО")),
        "261015_1.json: у джерелі «РІШЕННЯ НЕ ПРИЙНЯТО»; за — 17, потрібно 14 (більшість від загального складу, 27). "
        "Сходиться, якщо потрібна інша частка: дві третини від загального складу.", (17, 10, 0, 0, 0, "fail")),
    "secret": (lambda data: data.update(DPList=[], YESCnt=20, NOCnt=5), "261015_1.json: голосів поіменно немає.",
               (20, 5, 0, 0, 2, "pass")),
    "session": (lambda data: data.update(SName="Пленарне засідання 36 сесії VII скликання"),
                "261015_1.json: у джерелі 7 скликання, а 15.10.2026 діє 8.", (27, 0, 0, 0, 0, "pass")),
    "organization": (lambda data: data.update(OrgName="Велика міська рада"),
                     "261015_1.json: орган «Велика міська рада», а рада зветься «Мала міська рада».",
                     (27, 0, 0, 0, 0, "pass")),
}


@pytest.mark.parametrize("kind", TROUBLES)
def test_trouble_is_named_stops_everything_and_can_be_accepted(council: Path, kind: str) -> None:
    change, words, after = TROUBLES[kind]
    source = one(council, change)
    before = tree_of(council / "content")
    refused = bring(council, source)
    assert any(trouble.startswith(words) and trouble.endswith(f"[{kind}]") for trouble in told_troubles(refused))
    assert before == tree_of(council / "content")
    kinds = {trouble.kind for trouble in refused.notes.troubles}
    accepted = bring(council, source, *kinds, check=site_check(council))
    assert [] == told_troubles(accepted)
    assert {"2026-10-15-1": after} == totals(council)
    assert {} == bring(council, source, *kinds).files


@pytest.mark.parametrize(("change", "words"), [
    (lambda data: deputy(data, 5, DPGolos="Присутній"),
     "261015_1.json:36: голос «Присутній» (Євтушок І. В.) невідомий."),
    (lambda data: data["DPList"].append({"DPName": "Євтушок І. В.", "DPGolos": "Проти"}),
     "261015_1.json:124: «Євтушок І. В.» уже голосує інакше (За): 261015_1.json:36."),
    (lambda data: data.pop("GLTime"), "261015_1.json: немає дати голосування."),
    (lambda data: data.update(GLTime="15.10.2019 10:00:00"), "261015_1.json: 15.10.2019 не діяло жодне скликання"),
    (lambda data: data.pop("DPList"), "261015_1.json: у файлі немає голосування: бракує переліку DPList."),
    (lambda data: data.update(SName="Засідання постійної комісії з питань землі"),
     "261015_1.json: не зрозуміло, яка це комісія"),
], ids=["word", "two-votes", "no-day", "no-term", "no-list", "committee"])
def test_what_cannot_be_accepted_is_named_and_nothing_is_written(council: Path, change: Callable[..., object],
                                                                 words: str) -> None:
    before = tree_of(council / "content")
    outcome = bring(council, one(council, change), *ACCEPTABLE)
    assert any(trouble.startswith(words) for trouble in told_troubles(outcome)), told_troubles(outcome)
    assert before == tree_of(council / "content")


def test_editor_may_say_who_and_what_is_meant(council: Path) -> None:
    source = one(council, lambda data: (deputy(data, 5, DPName="Панченко І. В.", DPGolos="Присутній"),
                                        data.update(YESCnt=26, NGCnt=1)))
    outcome = bring(council, source, matches={"ПАНЧЕНКО  І.В.": "yevtushok-iryna"},
                    words={"присутній": VoteOption.NOT_VOTING})
    assert [] == told_troubles(outcome)
    assert {"2026-10-15-1": (26, 0, 0, 1, 0, "pass")} == totals(council)


def test_all_troubles_of_all_files_are_told_at_once(council: Path) -> None:
    outcome = bring(council, one(council, masked, count=5))
    assert [f"261015_{number}.json:36: прізвище приховано: «. .. ..». [masked-names]" for number in range(1, 6)] == \
        told_troubles(outcome)


def test_namesakes_who_vote_alike_are_no_trouble(council: Path) -> None:
    outcome = bring(council, one(council, lambda data: (deputy(data, 8, DPName="Бойко І. П."),
                                                        deputy(data, 9, DPName="БОЙКО І.П."))))
    assert [] == told_troubles(outcome)


def test_nameless_votes_are_told_on_the_page_of_the_vote(council: Path) -> None:
    bring(council, one(council, masked), "masked-names")
    assert build_folder(council, council / "out") == (0, [])
    page = (council / "out" / "zasidannia" / "2026" / "pl-2026-10-15" / "2026-10-15-1" / "index.html")
    assert "Голоси без імені" in page.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- what is there already

INDEX = """\
# Коментар редактора
type: plenary
body: rada
convocation: 8
session:   36
starts_at: 2026-10-15 10:00   # початок
ended_at: 2026-10-15 18:00
status: held
items:
  # перше питання
  - no: 1
    title: "Про план 1"   # назва
    speakers:
      - Бойко І. П.

  - no: 2
    title: Про план 2
    votes: []   # ще немає
    resolution: >-
      Взяти до відома.

  - {no: 3, title: Про план 3}
  - no: 4
    title: Про план 4
    votes:
    - uid: 2026-10-15-40
      at: 17:59
      text: |
        Перерва.

      type: procedural
      counts: {yes: 27, no: 0, abstain: 0, not_voting: 0, absent: 0}
      result: pass
# кінець
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_meeting_that_is_there_keeps_every_letter(council: Path, newline: str) -> None:
    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    (folder / "index.yml").write_bytes(INDEX.replace("\n", newline).encode())
    table = "motionUid;voterId;voterName;motionTitle;result" + newline + "".join(
        f"2026-10-15-40;{chamber.KEYS[name]};{name};Перерва;За{newline}" for name in chamber.NAMES)
    (folder / "votes.csv").write_bytes(table.encode().rstrip())
    outcome = bring(council, one(council, lambda data: None, count=6), check=site_check(council))
    assert [] == told_troubles(outcome)
    after = (folder / "index.yml").read_bytes().decode()
    assert (folder / "votes.csv").read_bytes().startswith(table.encode().rstrip() + newline.encode())
    assert [line for line in INDEX.replace("\n", newline).splitlines(keepends=True)
            if line not in after.splitlines(keepends=True)] == [
        f"    votes: []   # ще немає{newline}", f"  - {{no: 3, title: Про план 3}}{newline}"]
    assert "votes:   # ще немає" in after and "- {no: 3, title: Про план 3, votes: [" in after
    assert ("\r\n" in after) is (newline == "\r\n") and after.count("\n") == after.count(newline)
    assert {"2026-10-15-40", *(f"2026-10-15-{number}" for number in range(1, 7))} == set(totals(council))
    assert {} == bring(council, council / "json").files


def test_record_that_says_something_else_is_not_overwritten(council: Path) -> None:
    bring(council, one(council, lambda data: None))
    before = tree_of(council / "content")
    source = one(council, lambda data: (deputy(data, 5, DPGolos="Проти"), data.update(YESCnt=26, NOCnt=1)))
    assert ["261015_1.json: голосування 2026-10-15-1 уже записано інакше: підсумок 27/0/0/0/0, у джерелі 26/1/0/0/0; "
            "голоси поіменно інші. Виправте index.yml і votes.csv або вилучіть його звідти. [recorded]"] == \
        told_troubles(bring(council, source))
    assert {} == bring(council, source, "recorded").files
    assert before == tree_of(council / "content")


def test_vote_that_an_editor_recorded_by_hand_is_recognised(council: Path) -> None:
    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    (folder / "index.yml").write_text(INDEX.replace("17:59", "10:04"), encoding="utf-8")
    table = "motionUid,voterId,voterName,motionTitle,result\n" + "".join(
        f"2026-10-15-40,{chamber.KEYS[name]},{name},Перерва,За\n" for name in chamber.NAMES)
    (folder / "votes.csv").write_text(table, encoding="utf-8")
    outcome = bring(council, one(council, lambda data: None, count=4), check=site_check(council))
    assert [] == told_troubles(outcome)
    assert {"2026-10-15-40", "2026-10-15-1", "2026-10-15-2", "2026-10-15-3"} == set(totals(council))


def test_shifted_agenda_is_noticed(council: Path) -> None:
    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    (folder / "index.yml").write_text(INDEX.replace("Про план 2", "Про тарифи на воду").split("  - {no")[0],
                                      encoding="utf-8")
    outcome = bring(council, one(council, lambda data: None, count=2))
    assert ["question"] == [trouble.kind for trouble in outcome.notes.troubles]


def test_rules_of_the_site_have_the_last_word(council: Path) -> None:
    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    absent = INDEX.replace("items:\n", "attendance:\n  present: [levadna-olena]\nitems:\n", 1).split("    votes:\n")[0]
    (folder / "index.yml").write_text(absent, encoding="utf-8")
    before = tree_of(council / "content")
    outcome = bring(council, one(council, lambda data: None), check=site_check(council))
    assert all("[VOTE-ATTENDANCE] [check]" in trouble for trouble in told_troubles(outcome)) and outcome.notes.troubles
    assert before == tree_of(council / "content")


def test_vote_after_midnight_belongs_to_the_evening(council: Path) -> None:
    def later(data: dict[str, Any]) -> None:
        if data["PD_NPP"] == "3":
            data["GLTime"] = "16.10.2026 00:35:00"
    assert [] == told_troubles(bring(council, one(council, later, count=3), check=site_check(council)))
    event = library_of(council).find("vote_event", "2026-10-15-3")
    assert isinstance(event, VoteEvent) and "2026-10-16T00:35:00+03:00" == event.held_at.isoformat()
    assert ["2026/pl-2026-10-15"] == [record.key for record in library_of(council).records if record.kind == "meeting"]


def test_vote_that_two_files_tell_is_read_once_and_votes_of_one_second_stay_two(council: Path) -> None:
    folder = one(council, lambda data: None)
    (folder / "261015_1 (копія).json").write_bytes(b"\xef\xbb\xbf" + (folder / "261015_1.json").read_bytes())
    one(council, lambda data: data.update(GLTime="15.10.2026 11:00:00", GL_Text="Про перше"), "a.json")
    one(council, lambda data: data.update(GLTime="15.10.2026 11:00:00", GL_Text="Про друге", PD_NPP="2"), "b.json")
    outcome = bring(council, folder, check=site_check(council))
    assert [] == told_troubles(outcome)
    assert ["261015_1 (копія).json: те саме голосування, що й 261015_1.json; прочитано раз."] == outcome.notes.remarks
    assert {"2026-10-15-1", "2026-10-15-110000", "2026-10-15-110000-2"} == set(totals(council))


def test_one_meeting_under_several_names_is_one(council: Path) -> None:
    names = ("2 пленарне засідання 36 сесії VIII скликання", "36 сесія VIII скликання", "Засідання", "37 сесія")

    def called(data: dict[str, Any]) -> None:
        data["SName"] = names[int(data["PD_NPP"]) - 1]
        if data["PD_NPP"] == "2":
            data |= {"PD_NPP": "", "GL_Text": "Про план 1"}

    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    (folder / "index.yml").write_text(INDEX.split("    votes:\n")[0], encoding="utf-8")
    outcome = bring(council, one(council, called, count=4), "session", check=site_check(council))
    assert [] == told_troubles(outcome)
    assert {f"2026-10-15-{number}" for number in range(1, 5)} == set(totals(council))
    assert {} == bring(council, council / "json", "session").files


def test_failure_while_writing_leaves_everything_as_it_was(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    (folder / "index.yml").write_text(INDEX.split("    votes:\n")[0], encoding="utf-8")
    source = one(council, lambda data: None)
    one(council, lambda data: data.update(GLTime="14.10.2026 10:00:00"), "261014_1.json")
    before = tree_of(council / "content")
    whole = Path.replace
    calls = []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    outcome = bring(council, source)
    assert 3 == len(calls) and ["source"] == [trouble.kind for trouble in outcome.notes.troubles]
    assert before == tree_of(council / "content")


# --------------------------------------------------------------------------- hostile files

def archive(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return file


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.json", b"{", "a.json: це не JSON"),
    ("a.json", b"[" * 100_000, "a.json: це не JSON"),
    ("a.xlsx", b"PK\x03\x04broken", "a.xlsx: це не книга XLSX"),
    ("a.pdf", b"%PDF-1.4 broken", "a.pdf: "),
    ("a.csv", "а,б\n1,2\n".encode(), "a.csv: це не таблиця додатка 29"),
    ("a.zip", b"PK\x03\x04broken", "a.zip: архів пошкоджено"),
    ("a.txt", b"", "a.txt: "),
])
def test_broken_file_is_named(council: Path, name: str, content: bytes, words: str) -> None:
    (council / name).write_bytes(content)
    outcome = bring(council, council / name)
    assert any(trouble.startswith(words) for trouble in told_troubles(outcome)), told_troubles(outcome)


def test_bombs_and_paths_out_of_the_archive_are_refused(council: Path) -> None:
    file = archive(council / "a.zip", {"../../x.json": b"{}", "/etc/x.json": b"{}", "big.json": b" " * 9_000_000,
                                       "C:\\x.json": b"{}"})
    told = told_troubles(bring(council, file))
    assert 3 == sum("шлях за межі теки" in trouble for trouble in told)
    assert any(trouble.startswith("a.zip/big.json: файл в архіві розпаковується в надто великий") for trouble in told)
    inner = archive(council / "1.zip", {"x.json": b"{}"}).read_bytes()
    for _ in range(3):
        inner = archive(council / "2.zip", {"in.zip": inner}).read_bytes()
    assert any("архів в архіві" in trouble for trouble in told_troubles(bring(council, council / "2.zip")))


JUNK = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(
    ["За", "15.10.2026 10:00:00", "Бойко І. П.", ". .. .."]), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["DPName", "DPGolos", "x"]), inner, max_size=3), max_leaves=8)
KEYS_MET = ["DPList", "GLTime", "OrgName", "SName", "GLType", "PD_NPP", "GL_Text", "YESCnt", "TotalCnt", "RESULT"]


@given(data=st.dictionaries(st.sampled_from(KEYS_MET), JUNK), cut=st.integers(0, 400), tail=st.binary(max_size=4))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_brings_the_import_down(shared_council: tuple[Path, Any], data: dict[str, Any], cut: int, tail: bytes
                                        ) -> None:
    folder, library = shared_council
    text = json.dumps(data, ensure_ascii=False).encode()
    (folder / "a.json").write_bytes(text if cut > 300 else text[:cut] + tail)
    prepare(Asked(folder / "a.json", folder / "content"), library)


@pytest.fixture(scope="module")
def shared_council(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = lay_out(tmp_path_factory.mktemp("council") / "site")
    return folder, library_of(folder)


def test_scan_is_refused(council: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(council / "scan.pdf"))
    canvas.rect(10, 10, 300, 300)
    canvas.showPage()
    canvas.save()
    words = "scan.pdf: у PDF немає тексту: це скан. Попросіть у системи голосування файл із текстом або JSON. [source]"
    assert [words] == told_troubles(bring(council, council / "scan.pdf"))


# --------------------------------------------------------------------------- the command

def command(council: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ROOT / "tasks.py"), "import", *words, "--content",
                           str(council / "content"), "--data", str(council / "data")], capture_output=True, text=True,
                          check=False)


def test_command_tells_writes_and_writes_once(council: Path) -> None:
    source = one(council, masked, count=2)
    refused = command(council, "votes", str(source))
    assert (1, "") == (refused.returncode, refused.stdout)
    assert refused.stderr.endswith(
        f"Нічого не записано: 2{NBSP}перешкоди.\n  masked-names (2): прізвище в джерелі приховано; щоб порахувати "
        "такий голос без імені: --accept masked-names.\n")
    dry = command(council, "votes", str(source), "--accept", "counts", "--accept=masked-names", "--dry-run")
    assert 0 == dry.returncode and f"Буде записано: 2{NBSP}голосування, 52{NBSP}голоси." in dry.stdout
    assert not (council / "content" / "meetings" / "2026").exists()
    done = command(council, "votes", str(source), "--accept", "masked-names,counts")
    assert 0 == done.returncode and "нове засідання 2026/pl-2026-10-15" in done.stdout
    again = command(council, "votes", str(source), "--accept", "masked-names,counts")
    assert 0 == again.returncode
    assert again.stdout.endswith(f"Усе вже записано: 2{NBSP}голосування. Нічого не змінено.\n")


@pytest.mark.parametrize(("words", "told"), [
    (("votes", "немає.zip"), "Немає файлу чи теки «немає.zip»."),
    (("votes", ".", "--accept", "усе"), "--accept: «усе» прийняти не можна."),
    (("votes", ".", "--match", "Бойко"), "--match: «Бойко» не пара."),
    (("votes", ".", "--word", "Так=Може"), "--word: «Так=Може» не пара."),
    (("votes", ".", "--kind", "act"), "Параметр --kind не для «import votes»."),
    (("усе", "."), "Немає переносу «усе»."),
])
def test_wrong_options_are_answered_in_ukrainian(council: Path, words: tuple[str, ...], told: str) -> None:
    done = command(council, *words)
    assert 2 == done.returncode and done.stderr.startswith(told)


def test_help_explains_every_trouble_that_can_be_accepted() -> None:
    page = ROOT / "content" / "help" / "perenesty-holosuvannia-як-перенести-голосування.md"
    text = page.read_text(encoding="utf-8")
    assert list(ACCEPTABLE) == re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
