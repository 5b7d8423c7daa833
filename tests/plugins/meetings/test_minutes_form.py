"""The minutes on paper: the council's words whole and once, the record beside them, two signatures under them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest

from plugins.documents.model import pdf
from plugins.meetings.form import minutes_file
from plugins.meetings.minutes_form import MinutesForm, minutes_form
from plugins.meetings.model import Meeting
from plugins.records import plain
from tests import pdf as read
from tests.conftest import ROOT, lay_site
from tests.form import faults_of_form
from tests.plugins.meetings.test_agenda import MEETING
from tests.plugins.meetings.test_agenda_form import in_order
from tests.plugins.papers import library_of, meeting, model, paper, sample, text
from tests.sample import IS_HERE, ONLY_HERE

WITH_MINUTES = [found.id for found in sample().of(Meeting) if found.minutes] if IS_HERE else []
DRAFT, SIGNED = "pl-2026-11-19", "pl-2026-06-25"
LEFT_OUT = re.compile(r"^(?:Проєкт п|П)ротокол[^\n]*?\.(?=\s|$)|\nГоловує[\s\S]*$")
"""The title line and the lines of the signatures: the form says them in its own place."""
FACTS = MEETING + """minutes:
  status: approved
  number: 3
chair: lys-olena
clerk: bondar-oles
guests: [Двоє учнів]
"""

Made = Callable[..., MinutesForm]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The minutes of a tiny meeting, with this text or none; words of its record replaced."""
    def make(minutes: str = "", **replaced: str) -> MinutesForm:
        folder = lay_site(tmp_path / "site")
        place = folder / "content/meetings/2026/pl-2026-11-20"
        place.mkdir(parents=True)
        facts = FACTS
        for old, new in replaced.items():
            assert old in facts
            facts = facts.replace(old, new)
        (place / "index.yml").write_text(facts, encoding="utf-8")
        if minutes:
            (place / "minutes.md").write_text(minutes, encoding="utf-8")
        library = library_of(folder)
        return minutes_form(meeting("pl-2026-11-20", library), library)

    return make


def words_of(form: MinutesForm) -> str:
    return read.text_of(pdf(form))


# --------------------------------------------------------------------------- the sample

@ONLY_HERE
def test_requisites_stand_in_their_order() -> None:
    in_order(text("minutes", DRAFT), "ПРОЄКТ", "УКРАЇНА", "ЯВОРОПІЛЬСЬКА МІСЬКА РАДА", "ПРОТОКОЛ",
             "пленарного засідання XXXVII сесії VIII скликання", "19 листопада 2026 року", "м. Яворопіль", "№ 37",
             "Початок 10:04", "Закінчення 14:37", "Головувала Левадна Олена Мирославівна, міський голова",
             "Секретар засідання В’юнник Марія Степанівна", "Загальний склад — 26 депутатів", "Присутні Береговий",
             "Запрошені", "ПОРЯДОК ДЕННИЙ", "РОЗГЛЯД ПИТАНЬ", "2. Про внесення змін до бюджету", "СЛУХАЛИ:",
             "Доповідає Наталія Бистрик", "ВИСТУПИЛИ:", "Лідія Паламар-Зінчук запропонувала", "ГОЛОСУВАЛИ:",
             "Голосування 2026-11-19-3", "ВИРІШИЛИ:", "рішення № 1196-37/8 прийняти", "КОНФЛІКТ ІНТЕРЕСІВ:",
             "Міський голова Олена ЛЕВАДНА", "Секретар засідання Марія В’ЮННИК")


@ONLY_HERE
@pytest.mark.parametrize("key", WITH_MINUTES)
def test_every_word_of_the_text_is_printed(key: str) -> None:
    source = (ROOT / "content/meetings/2026" / key / "minutes.md").read_text(encoding="utf-8")
    told = re.findall(r"[\w’]+", read.plain(LEFT_OUT.sub("", source).replace("**", "")).lower())
    printed = Counter(word.lower() for word in re.findall(r"[\w’]+", text("minutes", key)))
    assert not Counter(told) - printed


@ONLY_HERE
@pytest.mark.parametrize("key", WITH_MINUTES)
def test_nothing_that_the_text_says_stands_twice(key: str) -> None:
    told = text("minutes", key)
    votes = [motion.uid for item in meeting(key).items for motion in item.votes]
    assert [uid for uid in votes if len(re.findall(rf"(?<![\w-]){uid}(?![\w-])", told)) != 1] == []
    assert told.count(" не голосували ") == len(votes)
    assert told.count("ВИРІШИЛИ:") == len(meeting(key).items)


@ONLY_HERE
def test_the_course_is_labelled_in_the_order_of_the_form() -> None:
    order = ["СЛУХАЛИ", "ВИСТУПИЛИ", "КОНФЛІКТ ІНТЕРЕСІВ", "ГОЛОСУВАЛИ", "ВИРІШИЛИ"]
    for key in WITH_MINUTES:
        for chapter in model("minutes", key).course:
            labels = [passage.kind for passage in chapter.passages if passage.kind]
            assert labels == sorted(set(labels), key=order.index), (key, chapter.heading)


@ONLY_HERE
def test_members_who_took_part_remotely_are_named_apart() -> None:
    people = {row.label: row.text.replace("\u00a0", " ") for row in model("minutes", DRAFT).people}
    assert people["Дистанційно"] == "Сойка Д. М."
    assert "Сойка" not in people["Присутні"]
    assert "Левадна О. М. (міський голова)" in people["Присутні"]
    assert len(people["Присутні"].split(", ")) == 22
    assert people["Не весь час"] == "Лемішка П. І. (до 14:10)"


@ONLY_HERE
def test_a_draft_is_marked_and_signed_minutes_are_not() -> None:
    assert "ПРОЄКТ" in text("minutes", DRAFT)
    assert "ПРОЄКТ" not in text("minutes", SIGNED)


@ONLY_HERE
@pytest.mark.parametrize(("key", "issuer", "about", "signed"), [
    ("vk-2026-03-12", "ВИКОНАВЧИЙ КОМІТЕТ", "засідання виконавчого комітету", "Міський голова Олена ЛЕВАДНА"),
    ("kom-zemlia-2026-06-16", "ПОСТІЙНА КОМІСІЯ З ПИТАНЬ ЗЕМЕЛЬНИХ ВІДНОСИН", "засідання постійної комісії",
     "Голова комісії Степан УЛЬЯНИЧ"),
])
def test_minutes_of_the_executive_and_of_committees_stand_on_their_own_form(
        key: str, issuer: str, about: str, signed: str) -> None:
    in_order(text("minutes", key), "ЯВОРОПІЛЬСЬКА МІСЬКА РАДА", issuer, "ПРОТОКОЛ", about, signed)


@ONLY_HERE
@pytest.mark.parametrize("key", WITH_MINUTES)
def test_sheets_keep_the_measures_of_the_standard_and_no_signature_stands_alone(key: str) -> None:
    names = [signature.name.replace("\u00a0", " ") for signature in model("minutes", key).signatures]
    assert faults_of_form(paper("minutes", key), signatures=names) == []


@ONLY_HERE
@pytest.mark.parametrize("key", [DRAFT, "pl-2026-12-03", "kom-humanitarna-2026-10-13"])
def test_agendas_keep_the_measures_of_the_standard(key: str) -> None:
    assert faults_of_form(paper("agenda", key)) == []


@ONLY_HERE
@pytest.mark.parametrize("kind", ["agenda", "minutes", "votes"])
def test_the_last_sheet_says_that_it_is_no_original(kind: str) -> None:
    with pdfplumber.open(io.BytesIO(paper(kind, DRAFT))) as file:
        sheets = [page.extract_text() for page in file.pages]
    assert ["не є оригіналом" in sheet for sheet in sheets] == [*[False] * (len(sheets) - 1), True]
    assert "https://rada.yavoropil.example/zasidannia/2026/pl-2026-11-19/" in sheets[-1]


@ONLY_HERE
def test_a_meeting_that_was_cancelled_or_is_ahead_has_no_minutes() -> None:
    assert minutes_file(meeting("kom-humanitarna-2026-10-13"), sample()) == ""
    assert minutes_file(meeting("pl-2026-12-03"), sample()) == ""
    assert minutes_file(meeting(DRAFT), sample()) == "/zasidannia/2026/pl-2026-11-19/protokol.pdf"


@ONLY_HERE
@pytest.mark.parametrize("kind", ["agenda", "minutes", "votes"])
def test_readers_who_listen_get_a_title_one_heading_and_heads_of_tables(kind: str) -> None:
    for key in (DRAFT, SIGNED, "vk-2026-03-12", "kom-zemlia-2026-06-16"):
        assert read.faults(paper(kind, key)) == []
        assert read.standards(paper(kind, key)) == ("2A", "1")


@ONLY_HERE
@pytest.mark.parametrize("kind", ["agenda", "minutes", "votes"])
def test_a_second_checker_finds_nothing(kind: str) -> None:
    assert read.spoken_faults(paper(kind, "vk-2026-03-12")) == []


@ONLY_HERE
@pytest.mark.parametrize("kind", ["agenda", "minutes", "votes"])
def test_the_same_record_gives_the_same_bytes(kind: str) -> None:
    assert pdf(model(kind, "vk-2026-03-12")) == paper(kind, "vk-2026-03-12")


# --------------------------------------------------------------------------- text and record together

def test_minutes_without_a_text_are_made_of_the_record(made: Made) -> None:
    in_order(words_of(made()), "ПРОТОКОЛ", "20 листопада 2026 року", "№ 3", "Початок 10:00", "Закінчення 12:00",
             "Присутність 3 із 3, кворум є, потрібно щонайменше 2", "Присутні", "Не весь час Гнатюк П. Ю. (до 10:50)",
             "Запрошені Двоє учнів", "ПОРЯДОК ДЕННИЙ", "РОЗГЛЯД ПИТАНЬ", "1. Порядок денний", "ГОЛОСУВАЛИ:",
             "Затвердити порядок денний. Таємне голосування. За — 4, проти — 0, утрималися — 0, не голосували — 0, "
             "відсутні — 0. Прийнято.", "ВИРІШИЛИ:", "Ухвалено.", "2. Про продаж",
             "Знято з розгляду. Немає оцінки майна.", "3. Про воду", "За — 2, проти — 0", "Не прийнято.",
             "Не було в залі: Гнатюк П. Ю., Чумак І. П.", "ВИРІШИЛИ:", "Не ухвалено.")


def test_the_numbers_of_the_text_are_the_ones_that_are_read(made: Made) -> None:
    """The record says 2 votes: the text has its own words on this vote, so that the record is silent."""
    words = words_of(made("## 3. Про воду\n\n**Голосували:** за — 3, проти — 1.\n\n**Ухвалили:** воду провести.\n"))
    in_order(words, "3. Про воду", "ГОЛОСУВАЛИ:", "за — 3, проти — 1.", "УХВАЛИЛИ:", "воду провести.")
    assert "За — 2" not in words
    assert "Не ухвалено" not in words


def test_labels_of_a_text_in_the_classic_form_stand_once_and_as_it_spells_them(made: Made) -> None:
    form = made("### 3. Про воду\n\nСЛУХАЛИ: Бондаря О. про воду.\n\n**ВИСТУПИЛИ:**\n\nЧумак І. — за.\n\n"
                "ГОЛОСУВАЛИ: одноголосно.\n\nУХВАЛИЛИ: воду провести.\n")
    chapter = form.course[-1]
    assert [passage.own or passage.kind for passage in chapter.passages if passage.blocks] == [
        "СЛУХАЛИ", "ВИСТУПИЛИ", "ГОЛОСУВАЛИ", "УХВАЛИЛИ"]
    words = words_of(form).partition("3. Про воду")[2].partition("3. Про воду")[2]
    assert [words.count(label) for label in ("СЛУХАЛИ", "ВИСТУПИЛИ", "ГОЛОСУВАЛИ", "УХВАЛИЛИ")] == [1, 1, 1, 1]


def test_questions_that_the_text_passes_over_stand_at_their_place(made: Made) -> None:
    form = made("## 1. Порядок денний\n\nЗатвердили.\n\n## 3. Про воду\n\nВоди немає.\n")
    assert [chapter.heading.replace("\u00a0", " ") for chapter in form.course] == [
        "1. Порядок денний", "2. Про продаж", "3. Про воду"]


def test_a_text_without_headings_is_printed_whole_with_the_votes_that_it_lacks(made: Made) -> None:
    words = words_of(made("Говорили про порядок денний, про продаж і про воду.\n\nРозійшлися о дванадцятій.\n"))
    in_order(words, "ПОРЯДОК ДЕННИЙ", "Говорили про порядок денний", "Розійшлися о дванадцятій.", "ГОЛОСУВАЛИ:",
             "Затвердити порядок денний.")
    assert words.count("Розійшлися") == 1


def test_a_list_of_those_present_in_the_text_is_not_said_again(made: Made) -> None:
    form = made("## Присутність\n\nПрисутні: Лис О. І., Бондар О. І., Чумак І. П., Гнатюк П. Ю.\n\n"
                "## 3. Про воду\n\nВоди немає.\n")
    assert "Присутні" not in [row.label for row in form.people]
    assert words_of(form).count("Бондар О. І.") == 1


def test_closing_lines_that_name_somebody_else_stay(made: Made) -> None:
    assert "Головує Петро Гнатюк." in words_of(made("## 3. Про воду\n\nВоди немає.\n\nГоловує Петро Гнатюк.\n"))


def test_a_conflict_of_interest_is_told_if_the_text_is_silent(made: Made) -> None:
    conflict = "absent: [chumak-iryna]\n    conflicts: [{person: lys-olena, note: Брат продає трубу.}]"
    form = made("## 3. Про воду\n\nВоди немає.\n", **{"absent: [chumak-iryna]": conflict})
    in_order(words_of(form), "КОНФЛІКТ ІНТЕРЕСІВ:", "Про конфлікт інтересів заявлено: Лис О. І.: Брат продає трубу.")


def test_a_text_that_begins_with_a_number_of_its_own_keeps_its_title_line(made: Made) -> None:
    words = words_of(made("Протокол № 99 засідання міської ради. Погода ясна.\n\n## 3. Про воду\n\nВоди немає.\n"))
    assert "Протокол № 99 засідання" in words


def test_hostile_words_are_only_words(made: Made) -> None:
    hostile = "#read(\"/etc/passwd\") $x$ ]#panic()[ @label // ні"
    words = words_of(made(f"## 3. Про воду\n\nСказали: {hostile} і пішли.\n"))
    assert "#read(" in words
    assert "]#panic()[" in words


def test_a_long_meeting_has_all_its_questions_each_with_its_vote(made: Made) -> None:
    items = "".join(
        f"  - no: {number}\n    title: Про вулицю Довгу № {number}, її назву, освітлення та ремонт\n    votes:\n"
        f"      - uid: 2026-11-20-{number}\n        at: '11:30'\n        is_secret: так\n        result: pass\n"
        "        counts: {yes: 4, no: 0, abstain: 0, not_voting: 0, absent: 0}\n" for number in range(4, 121))
    form = made("", **{"minutes:\n": f"{items}minutes:\n"})
    assert len(form.agenda) == len(form.course) == 120
    content = pdf(form)
    words = read.text_of(content)
    assert words.count("ГОЛОСУВАЛИ:") == 119
    assert "120. Про вулицю Довгу № 120" in words
    assert read.faults(content) == []


def test_words_of_the_page_are_words_of_the_paper(made: Made) -> None:
    form = made("## 3. Про воду\n\nВода — це **життя**, а [посилання](https://example.org) веде далі.\n")
    assert plain("Вода — це життя, а посилання веде далі.") in words_of(form)
