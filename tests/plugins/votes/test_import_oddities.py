"""Imports of votes from sources that were met once: two sittings a day, headings on two rows, factions in the table."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from plugins.meetings.model import Meeting, VoteResult
from plugins.people.model import Council
from plugins.votes.imports import national
from plugins.votes.imports.words import moment_of, result_of, session_of
from plugins.votes.model import VoteEvent
from tests.conftest import ROOT, build_folder, tree_of
from tests.plugins.votes import chamber
from tests.plugins.votes.chamber import NAMES, PDF_FONT, bring, lay_out, library_of, site_check, totals
from tooling.commands import Exit

UNANIMOUS = (27, 0, 0, 0, 0, "pass")


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council without meetings."""
    return lay_out(tmp_path / "site")


def told(name: str) -> str:
    """A name as systems write it; two persons of the same initials are written in full."""
    return name if name.startswith("Бойко") else chamber.short(name)


def write(folder: Path, name: str, at: str, text: str, **changes: Any) -> Path:
    """The file of a vote in which all are for; returns the folder."""
    folder.mkdir(exist_ok=True)
    data = {"GLTime": at, "OrgName": "Мала міська рада", "SName": "Пленарне засідання 36 сесії VIII скликання",
            "GLType": "ПОІМЕННЕ ГОЛОСУВАННЯ", "PD_NPP": "1", "GL_Text": text, "YESCnt": 27, "RESULT": "ПРИЙНЯТО",
            "DPList": [{"DPName": told(person), "DPGolos": "За"} for person in NAMES]}
    (folder / name).write_text(json.dumps(data | changes, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def troubles(outcome: chamber.Outcome) -> list[str]:
    return [str(trouble) for trouble in outcome.notes.troubles]


def meetings(folder: Path) -> dict[str, Meeting]:
    return {meeting.key: meeting for meeting in library_of(folder).records if isinstance(meeting, Meeting)}


# --------------------------------------------------------------------------- words

@pytest.mark.parametrize(("text", "session", "convocation"), [
    ("Тридцять шоста сесія восьмого скликання", 36, 8), ("тридцять шостої (позачергової) сесії", 36, None),
    ("Двадцята сесія", 20, None), ("двадцять перша чергова сесія", 21, None), ("сорокова сесія", 40, None),
    ("Сорок перша сесія", 41, None), ("дев'яносто дев'ята сесія", 99, None), ("п’ятдесята сесія", 50, None),
    ("п’ятнадцята сесія", 15, None), ("Продовження п’ятої сесії", 5, None), ("Сесія 36", 36, None),
    ("Чергова сесія 8 скликання", None, 8), ("ХХХVІ сесія VІІІ скликання", 36, 8),
])
def test_number_of_a_session_in_words_is_read_whole(text: str, session: int | None, convocation: int | None) -> None:
    name = session_of(text)
    assert (session, convocation) == (name.session, name.convocation)


@pytest.mark.parametrize("text", ["Рішення не було прийнято", "Рішення не набрало голосів", "НЕПРИЙНЯТО"])
def test_result_that_denies_is_no_success(text: str) -> None:
    assert result_of(text) is VoteResult.FAIL


@pytest.mark.parametrize(("text", "local"), [
    ("2026-10-15T22:30:00Z", "2026-10-16 01:30:00"), ("2026-11-13T21:59:59+00:00", "2026-11-13 23:59:59"),
    ("2026-10-15 10:35:12.250+0300", "2026-10-15 10:35:12"), ("2026-10-15T10:35", "2026-10-15 10:35:00"),
    ("15.10.2026 9:05:03", "2026-10-15 09:05:03")])
def test_moment_is_that_of_kyiv_whatever_its_offset(text: str, local: str) -> None:
    day, at = moment_of(text)
    assert local == str(at) and local.startswith(str(day))


def test_two_namesakes_of_one_list_are_not_to_be_matched_by_their_spelling(council: Path) -> None:
    names = [chamber.short(name) for name in NAMES]
    listed = [{"DPName": name, "DPGolos": "Проти" if at == 8 else "За"} for at, name in enumerate(names)]
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду", DPList=listed, YESCnt=26)
    told = [text for text in troubles(bring(council, source)) if "ambiguous-names" in text]
    assert 2 == len(told)
    assert all("допишіть у файлі повні імена" in text and "--match" not in text for text in told)


# --------------------------------------------------------------------------- sittings

def test_session_that_only_a_later_vote_names_is_recorded(council: Path) -> None:
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду", SName="Пленарне засідання")
    write(source, "261015_2.json", "15.10.2026 10:15:00", "Про школу", PD_NPP="2")
    assert [] == troubles(bring(council, source, check=site_check(council)))
    assert [36] == [meeting.session for meeting in meetings(council).values()]


def test_votes_of_two_sittings_of_a_day_may_be_numbered_alike(council: Path) -> None:
    write(council / "morning", "261015_1.json", "15.10.2026 10:05:00", "Про воду")
    write(council / "evening", "261015_1.json", "15.10.2026 15:05:00", "Про школу",
          SName="Пленарне засідання 37 сесії VIII скликання")
    both = council / "both"
    both.mkdir()
    for name in ("morning", "evening"):
        (council / name).rename(both / name)
    assert [] == troubles(bring(council, both, check=site_check(council)))
    found = {"2026-10-15-1": UNANIMOUS, "pl-2026-10-15-2-v1": UNANIMOUS}
    assert found == totals(council)
    assert {36, 37} == {meeting.session for meeting in meetings(council).values()}
    for source in (both, both / "morning", both / "evening"):
        assert ([], {}) == (troubles(again := bring(council, source)), again.files)


# --------------------------------------------------------------------------- stopped half-way

@pytest.mark.parametrize(("status", "raised"), [(130, KeyboardInterrupt), (1, Exit)], ids=["stopped", "failed"])
def test_nothing_is_written_if_the_check_did_not_end(council: Path, monkeypatch: pytest.MonkeyPatch, status: int,
                                                     raised: type[BaseException]) -> None:
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду")
    before = tree_of(council / "content")
    monkeypatch.setattr("plugins.builder.run.run", lambda *_, **__: status)
    with pytest.raises(raised):
        bring(council, source, check=site_check(council))
    assert before == tree_of(council / "content")


def test_stop_right_after_a_file_reached_its_place_takes_it_back(council: Path, monkeypatch: pytest.MonkeyPatch
                                                                 ) -> None:
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду")
    bring(council, source)
    write(source, "261015_2.json", "15.10.2026 10:15:00", "Про школу", PD_NPP="2")
    write(source, "261016_1.json", "16.10.2026 10:15:00", "Про школу")
    before, whole = tree_of(council / "content"), Path.replace

    def stopped(self: Path, target: Path) -> Path:
        whole(self, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        bring(council, source, "time")
    assert before == tree_of(council / "content")


KILLED = """
import os, sys
from pathlib import Path
from plugins.votes.imports import write
whole, left = Path.replace, [int(sys.argv[1])]
def replace(self, target):
    if not left[0]:
        os._exit(137)
    left[0] -= 1
    return whole(self, target)
Path.replace = replace
folder = Path(sys.argv[2])
write.commit({folder / name: (folder.parent / f"new-{name}").read_bytes() for name in ("votes.csv", "index.yml")})
"""


@pytest.mark.parametrize("renames", [0, 1])
def test_import_that_was_killed_between_two_renames_is_finished_by_the_next(council: Path, renames: int) -> None:
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду")
    bring(council, source)
    folder = council / "content/meetings/2026/pl-2026-10-15"
    before = {name: (folder / name).read_bytes() for name in ("index.yml", "votes.csv")}
    write(source, "261015_2.json", "15.10.2026 10:15:00", "Про школу", PD_NPP="2")
    bring(council, source, "time")
    whole = tree_of(folder)
    for name, content in before.items():
        (council / "content" / "meetings" / "2026" / f"new-{name}").write_bytes((folder / name).read_bytes())
        (folder / name).write_bytes(content)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(renames), str(folder)], cwd=ROOT, check=False)
    for name in before:
        (council / "content" / "meetings" / "2026" / f"new-{name}").unlink()
    assert (137, bool(renames)) == (killed.returncode, (folder / "index.yml").read_bytes() != before["index.yml"])
    assert before["votes.csv"] == (folder / "votes.csv").read_bytes()
    assert [] == troubles(bring(council, source, "time", check=site_check(council)))
    assert whole == tree_of(folder)


@pytest.mark.parametrize("name", ["151026_7.json", "15102026_7.json", "261015_7.json", "20261015_7.json"])
def test_day_in_the_name_of_a_file_counts_only_if_it_is_that_of_the_vote(council: Path, name: str) -> None:
    source = write(council / "json", name, "15.10.2026 10:05:00", "Про воду",
                   SName="Пленарне засідання 36 сесії VIII скликання (за поданням бюджетної комісії)")
    assert [] == troubles(bring(council, source, check=site_check(council)))
    assert {"2026-10-15-7": UNANIMOUS} == totals(council)


def test_empty_record_at_the_end_of_a_list_is_nobody(council: Path) -> None:
    listed = [{"DPName": told(person), "DPGolos": "За"} for person in NAMES]
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду",
                   DPList=[*listed, {"DPName": " ", "DPGolos": ""}])
    assert [] == troubles(bring(council, source))


# --------------------------------------------------------------------------- formats

def test_headings_on_two_rows_and_a_row_of_sums_are_understood(council: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["36 сесія VIII скликання"])
    sheet.append(["Дата", "Час", "Питання порядку денного", "Що голосували", "Депутати"])
    sheet.append([None, None, None, None, *map(told, NAMES), "За", "Проти", "Утрим.", "Не голос.", "Результат"])
    for number, put in enumerate(("за основу", "у цілому"), 1):
        sheet.append([date(2026, 10, 15), time(10, number), "Про воду", put, *["за"] * 27, 27, 0, 0, 0,
                      "Рішення прийнято"])
    sheet.append(["Разом", None, None, None, *[2] * 27])
    book.save(council / "votes.xlsx")
    outcome = bring(council, council / "votes.xlsx", check=site_check(council))
    assert ([], []) == (troubles(outcome), outcome.notes.remarks)
    events = [event for event in library_of(council).records if isinstance(event, VoteEvent)]
    assert [("Про воду", "basis"), ("Про воду", "whole")] == [(event.title, event.type.value) for event in events]
    assert [UNANIMOUS] * 2 == list(totals(council).values())


def protocol(file: Path, heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> Path:
    """A page a vote: lines above a ruled table of all deputies and two lines below it."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Arsenal", str(PDF_FONT)))
    style = ParagraphStyle("text", fontName="Arsenal", fontSize=10, leading=13)
    story: list[Any] = []
    for head in heads:
        story += [Paragraph(line, style) for line in head]
        look = [("FONT", (0, 0), (-1, -1), "Arsenal", 8), ("GRID", (0, 0), (-1, -1), 1, "black")]
        story.append(Table(rows, style=look))
        story += [Paragraph(line, style) for line in ("За: 27, проти: 0, утрималися: 0", "Рішення прийнято")]
        story.append(PageBreak())
    SimpleDocTemplate(str(file)).build(story)
    return file


def test_factions_and_labels_of_a_protocol_are_no_names(council: Path) -> None:
    """A faction may look like a name («Слуга народу») or begin with a vote («За місто»)."""
    rows = [["№", "Прізвище, ім’я, по батькові", "Фракція", "Голос"], *(
        [str(number), name, ("За місто", "Слуга народу", "Громада")[number % 3], "За"]
        for number, name in enumerate(NAMES, 1))]
    heads = [["Мала міська рада", "36 сесія VIII скликання", "РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ",
              f"Дата і час голосування: 15.10.2026 10:0{number}:22", f"Номер голосування: {number}",
              f"Питання порядку денного: {number}. {words}", f"Тип голосування: {goal}"]
             for number, words, goal in ((1, "Про воду", "за основу"), (2, "Звіт голови", "поіменне"))]
    outcome = bring(council, protocol(council / "votes.pdf", heads, rows), check=site_check(council))
    assert [] == troubles(outcome)
    assert {"2026-10-15-1": UNANIMOUS, "2026-10-15-2": UNANIMOUS} == totals(council)
    items = [item for meeting in meetings(council).values() for item in meeting.items]
    assert [(1, "Про воду", "basis"), (2, "Звіт голови", "final")] == [
        (item.no, item.title, item.votes[0].type.value) for item in items]


def test_national_table_keeps_the_order_of_its_names_and_reads_roman_numbers(council: Path) -> None:
    own = library_of(council).only(Council)
    motion = ["2026-10-15-1", "15.10.2026", own.name, own.edrpou, own.katottg, "VIII", "XXXVI", "1", "Про воду", "null",
              "27", "0", "0", "0", "0", "Прийнято", "", ""]
    votes = [["2026-10-15-1", "", name, "Про воду", "За"] for name in NAMES]
    (council / "csv").mkdir()
    for name, rows in (("m.csv", [national.MOTIONS, motion]), ("v.csv", [national.VOTINGS, *votes])):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        (council / "csv" / name).write_text(out.getvalue(), encoding="utf-8")
    assert [] == troubles(bring(council, council / "csv", check=site_check(council)))
    event = next(event for event in library_of(council).records if isinstance(event, VoteEvent))
    assert list(NAMES) == [vote.name for vote in event.votes]
    assert [36] == [meeting.session for meeting in meetings(council).values()]


def national_pair(council: Path, result: str, counts: str, word: str) -> Path:
    """Two motions in the national tables; the second, «Про парк», came to the given result."""
    own = library_of(council).only(Council)
    motions, votes = [], []
    for number, title, told_counts, told_result, option in (
            (1, "Про воду", "27 0 0 0 0", "Прийнято", "За"), (2, "Про парк", counts, result, word)):
        uid = f"2026-10-15-{number}"
        motions.append([uid, "15.10.2026", own.name, own.edrpou, own.katottg, "8", "36", str(number), title, "null",
                        *told_counts.split(), told_result, "", ""])
        votes += [[uid, "", name, title, option] for name in NAMES if option]
    (council / "csv").mkdir()
    for name, rows in (("m.csv", [national.MOTIONS, *motions]), ("v.csv", [national.VOTINGS, *votes])):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        (council / "csv" / name).write_text(out.getvalue(), encoding="utf-8")
    return council / "csv"


def test_decision_without_a_quorum_is_recorded_only_where_that_is_accepted_and_is_called_so(council: Path) -> None:
    listed = [{"DPName": told(person), "DPGolos": "За" if place < 14 else "Відсутній"}
              for place, person in enumerate(NAMES)]  # the mayor and thirteen of 26 deputies
    source = write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду", DPList=listed, YESCnt=14)
    [trouble] = troubles(bring(council, source, check=site_check(council)))
    assert "присутніх 13; для кворуму потрібно 14 із 26. [quorum]" in trouble
    assert [] == troubles(bring(council, source, "quorum", check=site_check(council)))
    assert {"2026-10-15-1": (14, 0, 0, 0, 13, "pass")} == totals(council)
    assert build_folder(council, council / "out") == (0, [])
    page = (council / "out/zasidannia/2026/pl-2026-10-15/2026-10-15-1/index.html").read_text(encoding="utf-8")
    text = page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Рішення ухвалено без кворуму" in text and "не було: присутніх 13 із 26" in text


@pytest.mark.parametrize(("result", "counts", "word"), [
    ("Не розглядали", "0 0 0 0 0", ""), ("НЕ РОЗГЛЯДАЛОСЯ", "0 0 0 27 0", "Не голосував"),
    ("Не голосували", "0 0 0 0 0", "")])
def test_question_that_came_to_no_vote_is_named_and_left_out(council: Path, result: str, counts: str, word: str
                                                             ) -> None:
    outcome = bring(council, national_pair(council, result, counts, word), check=site_check(council))
    assert ([], {"2026-10-15-1": UNANIMOUS}) == (troubles(outcome), totals(council))
    assert f"m.csv:3: «{result}»: голосування не було, тож його не записано." in outcome.notes.remarks[-1]


def test_vote_in_which_nobody_chose_is_recorded_as_failed(council: Path) -> None:
    outcome = bring(council, national_pair(council, "Не голосували", "0 0 0 27 0", "Не голосував"),
                    check=site_check(council))
    assert [] == troubles(outcome)
    assert (0, 0, 0, 27, 0, "fail") == totals(council)["2026-10-15-2"]


def test_question_that_was_not_considered_and_has_votes_is_a_trouble(council: Path) -> None:
    outcome = bring(council, national_pair(council, "Не розглядали", "27 0 0 0 0", "За"))
    assert any("[result]" in line and "«Не розглядали»" in line for line in troubles(outcome))


def test_namesakes_by_initials_are_told_apart_on_the_page_of_a_vote(council: Path) -> None:
    bring(council, write(council / "json", "261015_1.json", "15.10.2026 10:05:00", "Про воду"))
    assert build_folder(council, council / "out") == (0, [])
    page = (council / "out/zasidannia/2026/pl-2026-10-15/2026-10-15-1/index.html").read_text(encoding="utf-8")
    words = page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Бойко Іван Петрович" in words and "Бойко Ігор Павлович" in words and "Бойко І. П." not in words
    assert "Сойка Д. М." in words
