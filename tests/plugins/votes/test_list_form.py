"""The voting list on paper: all votes of a meeting with the names, words and numbers of their pages."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from lxml import html

from plugins.documents.model import packed, pdf
from plugins.documents.sheets import Letterhead
from plugins.meetings.agenda_form import AgendaForm, Question
from plugins.meetings.model import Labelled, Meeting
from plugins.ukrainian import sort_key
from plugins.votes.list_form import ListedVote, Name, VotingList, voting_list
from plugins.votes.model import VoteEvent
from plugins.votes.pages import page
from tests import pdf as read
from tests.form import Measures, faults_of_form
from tests.plugins.documents.test_forms import FORM, LONG
from tests.plugins.documents.test_prints import BRAND
from tests.plugins.meetings.test_agenda_form import in_order
from tests.plugins.papers import library_of, meeting, model, paper, sample, text
from tests.plugins.votes import chamber
from tests.sample import IS_HERE, ONLY_HERE

WITH_VOTES = [found.id for found in sample().of(Meeting) if any(item.votes for item in found.items)] if IS_HERE else []
NAMED, WITH_SECRET = "pl-2026-11-19", "pl-2026-06-25"


@ONLY_HERE
def test_requisites_stand_in_their_order() -> None:
    in_order(text("votes", NAMED), "УКРАЇНА", "ЯВОРОПІЛЬСЬКА МІСЬКА РАДА",
             "РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ", "пленарного засідання XXXVII сесії VIII скликання",
             "Дата 19 листопада 2026", "№ Питання За Проти", "Голосування № 1. Порядок денний",
             "Питання 1, 10:08. Процедурне, поіменне.",
             "За Проти Утрималися Не голосували Відсутні", "22 0 0 1 4",
             "Пропозицію прийнято: потрібно 14 голосів із 27", "№ Прізвище, ініціали Голос", "1 Береговий Т. Ю. За",
             "Голосування № 2.", "Голосування № 15.")


@ONLY_HERE
@pytest.mark.parametrize("key", WITH_VOTES)
def test_names_and_votes_are_those_of_the_page_by_the_alphabet(key: str) -> None:
    events = sorted(sample().relating(meeting(key), "votes", VoteEvent), key=lambda event: event.position)
    for event, listed in zip(events, model("votes", key).votes, strict=True):
        panel = next(iter(page(event, sample()))).vote  # type: ignore[attr-defined]
        told = {(voter.name, voter.word) for group in panel.groups for voter in group.voters}
        assert {(row.name, row.word) for row in listed.names} == told
        assert [row.name for row in listed.names] == sorted((row.name for row in listed.names), key=sort_key)
        assert listed.result == panel.result
        assert listed.needed.startswith(panel.requirement)


@ONLY_HERE
@pytest.mark.parametrize("key", WITH_VOTES)
def test_the_numbers_are_those_of_the_names(key: str) -> None:
    words = {"За": 0, "Проти": 1, "Утримався": 2, "Утрималася": 2, "Не голосував": 3, "Не голосувала": 3,
             "Відсутній": 4, "Відсутня": 4}
    for listed in model("votes", key).votes:
        if listed.names:
            counted = Counter(words[row.word] for row in listed.names)
            assert [int(count.text) for count in listed.counts] == [counted[place] for place in range(5)]


@ONLY_HERE
def test_a_secret_vote_has_only_its_totals() -> None:
    listed = next(vote for vote in model("votes", WITH_SECRET).votes if vote.uid == "2026-06-25-12")
    assert listed.names == ()
    told = text("votes", WITH_SECRET)
    own = told[told.rindex("Голосування № 12."):told.rindex("Голосування № 13.")]
    in_order(own, "таємне", "21 1 1 0 4", "Рішення ухвалено", "Оприлюднюють лише підсумок")
    assert "Береговий" not in own


@ONLY_HERE
def test_a_correction_says_what_was_there_before_and_why() -> None:
    in_order(text("votes", NAMED), "Голосування № 10.", "Голосування виправлено 20 листопада 2026 року",
             "Було: «За» — 20", "Чому: Пульт депутата не спрацював")


@ONLY_HERE
def test_every_table_has_heads_and_every_vote_a_heading() -> None:
    content = packed(paper("votes", NAMED))
    assert read.faults(content) == []
    assert read.standards(content) == ("2A", "1")
    tree = read.elements(content)
    assert sum(item.name == "H2" for item in tree) == 15
    assert sum(item.name == "Table" for item in tree) == 1 + 15 * 3


@ONLY_HERE
def test_sheets_keep_the_measures_of_the_standard() -> None:
    assert faults_of_form(paper("votes", NAMED), Measures(sizes=(16, 14, 12, 11, 10, 9.5, 9))) == []


@ONLY_HERE
def test_a_list_is_packed_without_a_change_of_words_and_always_the_same() -> None:
    made = paper("votes", NAMED)
    small = packed(made)
    assert len(small) < len(made) / 2
    assert read.text_of(small) == text("votes", NAMED)
    assert packed(made) == small


@ONLY_HERE
def test_the_executive_and_committees_have_their_own_form() -> None:
    in_order(text("votes", "vk-2026-03-12"), "ВИКОНАВЧИЙ КОМІТЕТ", "засідання виконавчого комітету № 5",
             "потрібно 7 голосів із 13", "1 Бистрик Н. О. За")


def test_namesakes_and_a_chamber_of_hard_names_keep_the_alphabet(tmp_path: Path) -> None:
    form = _chamber(tmp_path, 120)
    assert len(form.votes) == 120
    names = [row.name.replace("\u00a0", " ") for row in form.votes[0].names]
    assert len(names) == len(set(names)) == 27
    assert "Бойко Іван Петрович" in names
    with pymupdf.open(stream=pdf(form), filetype="pdf") as file:
        told = read.plain(" ".join(page.get_text() for page in file))
    assert len(re.findall(r"Голосування № \d+\. ", told)) == 120
    assert [name for name in names if told.count(name) < 120] == []


def _chamber(folder: Path, count: int) -> VotingList:
    """A meeting of many votes in a council with hard names."""
    chamber.lay_out(folder)
    place = folder / "content/meetings/2026/pl-2026-10-15"
    place.mkdir(parents=True)
    rows, items = ["motionUid,voterId,voterName,motionTitle,result"], []
    for number in range(1, count + 1):
        uid = f"2026-10-15-{number}"
        rows += [f"{uid},{chamber.KEYS[name]},{name},Про вулицю,За" for name in chamber.NAMES]
        items.append(
            f"  - no: {number}\n    title: Про вулицю № {number}\n    votes:\n      - uid: {uid}\n"
            "        result: pass\n"
            "        counts: {yes: 27, no: 0, abstain: 0, not_voting: 0, absent: 0}\n")
    (place / "votes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (place / "index.yml").write_text(
        "type: plenary\nbody: rada\nconvocation: 8\nsession: 36\nstarts_at: 2026-10-15 10:00\nstatus: held\nitems:\n"
        + "".join(items), encoding="utf-8")
    library = library_of(folder)
    return voting_list(meeting("pl-2026-10-15", library), library)


def test_the_page_of_a_meeting_and_of_a_vote_lead_to_the_list(roll_call: Path) -> None:
    folder = roll_call / "zasidannia/2026/pl-2026-03-12"
    assert (folder / "holosuvannia.pdf").read_bytes().startswith(b"%PDF")
    for name in ("index.html", "2026-03-12-1/index.html"):
        links = html.parse(str(folder / name)).xpath("//main//a/@href")
        assert "/zasidannia/2026/pl-2026-03-12/holosuvannia.pdf" in links


def test_the_page_of_a_meeting_leads_to_its_agenda_and_minutes(roll_call: Path) -> None:
    folder = roll_call / "zasidannia/2026/pl-2026-03-12"
    words = " ".join(html.parse(str(folder / "index.html")).getroot().find(".//main").text_content().split())
    for name in ("poriadok-dennyi", "protokol"):
        assert (folder / f"{name}.pdf").is_file()
    assert "PDF без електронного підпису — публікація на сайті, а не оригінал" in words
    assert not (roll_call / "zasidannia/2026/k-2026-11-10/protokol.pdf").exists()


HEAD: dict[str, Any] = {
    "title": "Засідання", "brand": BRAND, "on": date(2026, 11, 19), "form": FORM, "facts": (), "subject": "",
    "head": Letterhead(("МАЛА МІСЬКА РАДА",)), "kind": "Папір", "about": "засідання", "day": "", "settlement": ""}


def inside(content: bytes) -> set[str]:
    """The words that stand on their sheets, and not below them."""
    with pymupdf.open(stream=content) as document:
        return {word[4] for sheet in document for word in sheet.get_text("words") if word[3] <= sheet.rect.y1}


@pytest.mark.parametrize("notes", ["", "конфлікт інтересів, про який повідомлено на засіданні"])
def test_a_vote_that_no_sheet_holds_is_not_cut_off(notes: str) -> None:
    names = tuple(Name(f"Нечуй-Левицький{number} О.", "Не голосував", notes) for number in range(90))
    counts = tuple(Labelled(label, "1") for label in ("За", "Проти", "Утрималися", "Не голосували", "Відсутні"))
    vote = ListedVote("1", "1", "Про все", "", "" if notes else LONG, "", counts, "Так", "потрібно 1", names, ())
    laid = inside(pdf(VotingList(**HEAD, votes=(vote,))))
    assert [] == [word for word in (LONG.split() if not notes else []) if word not in laid]
    assert "".join(sorted(laid)).count("Левицький") == 90


def test_a_question_that_no_sheet_holds_is_not_cut_off() -> None:
    question = Question("1", "Про все", "", "", "", "Знято", LONG)
    laid = inside(pdf(AgendaForm(**HEAD, notice=None, lead="", vote="", questions=(question,))))
    assert [] == [word for word in LONG.split() if word not in laid]
