"""`new greeting`: the day is found by any usual name, and all that can be told beforehand is filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from plugins.editor.new import new
from plugins.greetings.model import heading_of, meant
from plugins.records import load_rooms
from tests import sample
from tests.conftest import lay_site
from tests.plugins.greetings.register import observances

load_rooms()
TODAY = date(2026, 11, 20)


@sample.ONLY_HERE
@pytest.mark.parametrize(("words", "name"), [
    ("zbroini-syly", "zbroini-syly"), ("День Збройних Сил України", "zbroini-syly"),
    ("день збройних сил", "zbroini-syly"),
    ("З Днем Збройних Сил", "zbroini-syly"), ("Вітання до Дня Збройних сил України", "zbroini-syly"),
    ("День ЗСУ", "zbroini-syly"), ("День вчителя", "osvitiany"), ("День учителя", "osvitiany"),
    ("8 березня", "zhinochyi-den"), ("Різдво", "rizdvo"), ("З Різдвом Христовим", "rizdvo"),
    ("День сім'ї", "simia"), ("ДЕНЬ СІМ’Ї", "simia"), ("День памʼяті жертв голодоморів", "holodomory"),
    ("голодомори", "holodomory"), ("День місцевого самоврядування 2026", "samovriaduvannia"),
    ("Всесвітній день донора", "donor"), ("День медика", "medychni-pratsivnyky"),
    ("День пам’яті захисників", "pamiat-zakhysnykiv"), ("День захисника України", "zakhysnyky"),
    ("З Новим 2027 роком", "novyi-rik"), ("День міста", "den-mista"), ("Міжнародний день студента", "student")])
def test_a_day_is_found_by_any_usual_name(words: str, name: str) -> None:
    assert [name] == [item.id for item in meant(words, observances().values())]


@sample.ONLY_HERE
@pytest.mark.parametrize("words", ["Про перевірку: перша", "Відкриття мосту", "День", "Вітання"])
def test_other_words_mean_no_day(words: str) -> None:
    assert () == meant(words, observances().values())


@sample.ONLY_HERE
@pytest.mark.parametrize(("name", "heading"), [
    ("sobornist", "З Днем Соборності України"), ("volonter", "З Міжнародним днем волонтера"),
    ("biblioteky", "Із Всеукраїнським днем бібліотек"), ("rizdvo", "З Різдвом Христовим"),
    ("novyi-rik", "З Новим роком"), ("stritennia", "Зі Стрітенням Господнім"), ("pratsia", "З Днем праці"),
    ("holodomory", "До Дня пам’яті жертв голодоморів"), ("holokost", "До Міжнародного дня пам’яті жертв Голокосту"),
    ("zhertvy-dtp", "До Всесвітнього дня пам’яті жертв дорожньо-транспортних пригод")])
def test_the_heading_stands_in_its_case(name: str, heading: str) -> None:
    assert heading == heading_of(observances()[name], 2026)


def head_of(file: Path) -> dict[str, str]:
    head = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
    return {key: str(value) for key, value in head.items()}


def test_a_draft_knows_its_day_its_voice_and_the_mayor(tmp_path: Path, check_folder: Callable[[Path], list[str]]
                                                       ) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert new("greeting", "з різдвом", folder / "content", TODAY) == 0
    file = folder / "content" / "greetings" / "2026" / "12-25-різдво-христове.md"
    head = head_of(file)
    assert ("З Різдвом Христовим", "2026-12-25", "rizdvo", "lys-olena", "2026-12-25 08:00") == tuple(
        head[key] for key in ("title", "occasion_on", "observance", "signatory", "published_at"))
    assert "tone" not in head
    assert check_folder(folder) == []


def test_a_draft_of_remembrance_is_quiet_and_passes(tmp_path: Path, check_folder: Callable[[Path], list[str]]) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert new("greeting", "pamiat", folder / "content", TODAY) == 0
    file = next((folder / "content" / "greetings" / "2026").glob("11-28-*"))
    assert "Шановні мешканці громади." == head_of(file)["salutation"]
    assert file.read_text(encoding="utf-8").count("<!-- ") == 3
    assert check_folder(folder) == []


def test_a_day_of_this_year_that_is_over_is_drafted_for_the_next(tmp_path: Path) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert new("greeting", "День Незалежності", folder / "content", TODAY) == 0
    file = folder / "content" / "greetings" / "2027" / "08-24-день-незалежності-україни.md"
    assert "36-та річниця" in file.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_the_mayor_is_the_one_of_that_day(tmp_path: Path) -> None:
    folder = lay_site(tmp_path, "valid/community")
    table = folder / "data" / "memberships.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Міська голова,2020-11-24,", "Міська голова,2020-11-24,"
                     "2026-12-10") + "m9,bondar-oles,rada,mayor,Міський голова,2026-12-11,\n", encoding="utf-8")
    assert new("greeting", "rizdvo", folder / "content", TODAY) == 0
    assert "bondar-oles" == head_of(next((folder / "content").rglob("12-25-*")))["signatory"]


@sample.ONLY_HERE
def test_a_name_of_several_days_is_asked_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from plugins.builder.options import ROOT

    assert new("greeting", "День пам’яті жертв", tmp_path / "content", TODAY, ROOT / "data") == 0
    assert "Назвіть точніше" in capsys.readouterr().err
    assert "observance" not in head_of(next(tmp_path.rglob("*.md")))


def test_without_registers_a_draft_is_made_all_the_same(tmp_path: Path) -> None:
    assert new("greeting", "Відкриття мосту", tmp_path / "content", TODAY) == 0
    head = head_of(next(tmp_path.rglob("11-20-відкриття-мосту.md")))
    assert ("Відкриття мосту", "joy") == (head["occasion"], head["tone"])


def test_a_day_that_is_in_no_calendar_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert new("greeting", "День рибалки", folder / "content", TODAY) == 0
    assert "Такого дня в data/observances.yml немає" in capsys.readouterr().err


def test_a_day_of_remembrance_that_is_in_no_calendar_is_quiet_too(tmp_path: Path,
                                                                  check_folder: Callable[[Path], list[str]]) -> None:
    folder = lay_site(tmp_path, "valid/community")
    assert new("greeting", "день пам'яті полеглих земляків", folder / "content", TODAY) == 0
    file = next((folder / "content" / "greetings" / "2026").glob("11-20-*-полеглих-земляків.md"))
    head = head_of(file)
    assert ("День пам'яті полеглих земляків", "remembrance") == (head["title"], head["tone"])
    assert "!" not in head["salutation"]
    assert check_folder(folder) == []
