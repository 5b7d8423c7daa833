"""What a reader sees of votes: by faction of that day, in words that agree, and as a table in the national columns."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from lxml import html

MARCH = "zasidannia/2026/pl-2026-03-12/2026-03-12-1"
NOVEMBER = "zasidannia/2026/pl-2026-11-19/2026-11-19-1"


def text_of(path: Path) -> str:
    return " ".join(" ".join(html.parse(str(path)).getroot().find(".//main").itertext()).split())


def groups(path: Path) -> dict[str, list[str]]:
    """Title of a faction → names of its voters."""
    found = html.parse(str(path)).getroot().find_class("vote-group")
    return {group.find(".//h3").text_content(): [" ".join(li.text_content().split()) for li in group.iter("li")]
            for group in found}


def test_voters_stand_by_the_faction_of_that_day(roll_call: Path) -> None:
    march, november = groups(roll_call / MARCH / "index.html"), groups(roll_call / NOVEMBER / "index.html")
    assert list(march) == ["Фракція «Поле»", "Позафракційні депутати", "Міська голова"]
    assert [name.split()[0] for name in march["Фракція «Поле»"]] == ["Бондар", "Чумак"]
    assert [name.split()[0] for name in november["Позафракційні депутати"]] == ["Гнатюк", "Чумак"]


def test_words_agree_with_the_voter(roll_call: Path) -> None:
    assert "Чумак І. П. Утрималася" in text_of(roll_call / MARCH / "index.html")
    assert "Відсутній" in text_of(roll_call / NOVEMBER / "index.html")


def test_the_page_says_the_result_and_what_it_needed(roll_call: Path) -> None:
    assert "Рішення ухвалено потрібно 3 голоси із 4" in text_of(roll_call / MARCH / "index.html")
    assert "Рішення не ухвалено потрібно 3 голоси із 4" in text_of(roll_call / NOVEMBER / "index.html")


def test_the_table_is_the_national_one_and_holds_what_was_read(roll_call: Path) -> None:
    written = list(csv.DictReader(io.StringIO((roll_call / NOVEMBER / "votes.csv").read_text("utf-8"))))
    source = roll_call.parent / "content/meetings/2026/pl-2026-11-19/votes.csv"
    read = list(csv.DictReader(io.StringIO(source.read_text("utf-8"))))
    assert list(written[0]) == ["motionUid", "voterId", "voterName", "motionTitle", "result"]
    assert sorted(written, key=str) == sorted(read, key=str)


def test_a_members_votes_are_newest_first_with_five_bars(roll_call: Path) -> None:
    page = roll_call / "deputaty/chumak-iryna/holosuvannia/index.html"
    root = html.parse(str(page)).getroot()
    assert len(root.find_class("vote-bars")[0].findall("li")) == 5
    rows = root.find_class("vote-table")[0].findall(".//tbody/tr")
    assert [re.search(r"\d\d\.\d\d\.\d{4}", row.text_content())[0] for row in rows] == ["19.11.2026", "12.03.2026"]


def test_agreement_is_counted_only_where_the_faction_can_be_compared(roll_call: Path) -> None:
    alone = text_of(roll_call / "deputaty/bondar-oles/holosuvannia/index.html")
    left = text_of(roll_call / "deputaty/chumak-iryna/holosuvannia/index.html")
    mayor = text_of(roll_call / "deputaty/lys-olena/holosuvannia/index.html")
    assert "0 % Так само, як фракція, голосував в 0 із 1 голосування, які можна порівняти." in alone
    assert "0 % Так само, як фракція, голосувала в 0 із 1" in left
    assert "Збіг із фракцією" not in mayor


def test_the_persons_page_leads_to_all_votes(roll_call: Path) -> None:
    page = (roll_call / "deputaty/chumak-iryna/index.html").read_text("utf-8")
    assert "Як голосувала" in page
    assert 'href="/deputaty/chumak-iryna/holosuvannia/"' in page
