"""What a reader sees of meetings: results under the agenda, minutes, what is ahead first, months, attendance."""

from __future__ import annotations

from pathlib import Path

from lxml import html


def main_of(path: Path) -> html.HtmlElement:
    return html.parse(str(path)).getroot().find(".//main")


def text_of(path: Path) -> str:
    return " ".join(" ".join(main_of(path).itertext()).split())


def test_a_question_leads_to_its_vote_and_its_moment_of_the_recording(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/2026/pl-2026-03-12/index.html")
    item = page.get_element_by_id("pytannia-1")
    links = {a.text_content(): a.get("href") for a in item.iter("a")}
    assert links["Про дорогу"] == "/zasidannia/2026/pl-2026-03-12/2026-03-12-1/"
    assert links["Відео, 0:18:40"] == "https://video.example/1#t=1120"
    assert "Ухвалено" in item.text_content()


def test_minutes_have_a_page_of_their_own(roll_call: Path) -> None:
    assert "Вирішили:" in text_of(roll_call / "zasidannia/2026/pl-2026-03-12/protokol/index.html")
    assert not (roll_call / "zasidannia/2026/pl-2026-11-19/protokol").exists()


def test_attendance_says_who_was_there_and_whether_that_was_enough(roll_call: Path) -> None:
    page = text_of(roll_call / "zasidannia/2026/pl-2026-11-19/index.html")
    assert "2 із 3, кворум є" in page
    assert "Відсутні: Гнатюк П." in page


def test_a_person_sees_how_often_they_were_there(roll_call: Path) -> None:
    page = text_of(roll_call / "deputaty/chumak-iryna/index.html")
    assert "100 % Була на 1 із 1 пленарного засідання, за списками присутності." in page


def test_the_list_shows_what_is_ahead_first(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/index.html")
    assert ["Найближчі: листопад 2026 року", "Листопад 2026 року", "Березень 2026 року"] == [
        h2.text_content().replace("\u00a0", " ") for h2 in page.iter("h2") if "року" in h2.text_content()]


def test_meetings_are_listed_by_year_type_and_body(roll_call: Path) -> None:
    assert all((roll_call / "zasidannia" / part / "index.html").is_file()
               for part in ("2026", "plenary", "committee", "organ/rada", "organ/komisiia"))


def test_a_month_shows_its_meetings_in_a_grid_and_a_list(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/kalendar/2026-11/index.html")
    cells = [" ".join(" ".join(td.itertext()).split()) for td in page.iter("td")]
    assert "10 15:00 скасовано: Комісія" in cells
    assert "19 10:00 Пленарне" in cells
    assert [a.get("href") for a in page.find_class("pager")[0].iter("a")] == ["/zasidannia/kalendar/2026-03/"]


def test_a_cancelled_meeting_says_why(roll_call: Path) -> None:
    page = text_of(roll_call / "zasidannia/2026/k-2026-11-10/index.html")
    assert "Засідання скасовано Немає кворуму." in page


def test_a_session_has_a_page_and_its_plenaries_lead_there(roll_call: Path) -> None:
    session = main_of(roll_call / "zasidannia/sesii/8-2/index.html")
    assert "/zasidannia/2026/pl-2026-11-19/" in {a.get("href") for a in session.iter("a")}
    plenary = main_of(roll_call / "zasidannia/2026/pl-2026-11-19/index.html")
    assert "/zasidannia/sesii/8-2/" in {a.get("href") for a in plenary.iter("a")}
    assert "2 сесія 8 скликання 1 сесія 8 скликання" in text_of(roll_call / "zasidannia/sesii/index.html").replace(
        "чергова, 19.11.2026 ", "")


def test_a_meeting_says_what_of_its_record_is_there(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/2026/pl-2026-11-19/index.html")
    checks = [" ".join(li.text_content().split()) for li in page.find_class("check-list")[0].iter("li")]
    assert ["Повідомлення немає", "Проєкт порядку денного немає", "Затверджений порядок денний немає", "Присутність є",
            "Голосування є", "Рішення є", "Тексти є", "Протокол немає", "Відеозапис немає"] == checks
    assert "Бракує 5 із 9" in text_of(roll_call / "zasidannia/2026/pl-2026-11-19/index.html")


def test_an_adopted_item_without_an_act_is_missed(roll_call: Path) -> None:
    page = text_of(roll_call / "zasidannia/2026/pl-2026-03-12/index.html")
    assert "Рішення питання 1 немає" in page


def test_the_table_of_gaps_names_each_meeting_with_what_it_lacks(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/povnota/index.html")
    rows = {row.find("th").text_content(): " ".join(row.findall("td")[1].text_content().split())
            for row in page.find_class("gap-table")[0].findall(".//tbody/tr")}
    assert "рішення (питання 1)" in rows["1 сесія 8 скликання"]
    assert "протокол" in rows["2 сесія 8 скликання"]
    written = (roll_call / "zasidannia/povnota/povnota.csv").read_text(encoding="utf-8-sig")
    assert "meeting.acts,1 сесія 8 скликання: питання 1,2026-03-12,/zasidannia/2026/pl-2026-03-12/" in written


def test_a_cancelled_meeting_stays_with_its_reason_and_is_not_asked_for_minutes(roll_call: Path) -> None:
    page = main_of(roll_call / "zasidannia/2026/k-2026-11-10/index.html")
    assert "Засідання скасовано" in page.text_content()
    assert not page.find_class("check-list")
    assert "k-2026-11-10" not in (roll_call / "zasidannia/povnota/povnota.csv").read_text(encoding="utf-8-sig")
