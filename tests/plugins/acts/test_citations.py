"""Citations in any text become links to acts, or remarks where the act should be here and is not."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.acts.grammar import Citation, citations
from tests.conftest import tree_of
from tests.plugins.builder.test_incremental import Site, taken

__all__ = ["taken"]

COUNCIL = "Яворопільська міська рада"


def found(text: str) -> list[Citation]:
    return list(citations(text, COUNCIL, lambda kind, number: bool(re.fullmatch(r"\d+-\d+/8|\d+-р", number))))


def told(text: str) -> list[tuple[str, str, date | None, str, str]]:
    return [(item.type, item.body, item.on, item.number, item.place) for item in found(text)]


@pytest.mark.parametrize(("text", "type_", "body", "on", "number"), [
    ("рішення виконкому від 24.02.2021 № 5/VIII-194", "decision", "executive", "2021-02-24", "5/VIII-194"),
    ("рішенням міської ради від 19 листопада 2026 року № 1196-37/8 «Про зміни»", "decision", "council", "2026-11-19",
     "1196-37/8"),
    ("розпорядження міського голови від 05.11.2026 № 386-р", "order", "mayor", "2026-11-05", "386-р"),
    ("у рішенні міської ради від\u00a005.11.2026р. №\u00a0386-37/8", "decision", "council", "2026-11-05", "386-37/8"),
    ("РІШЕННЯМ виконавчого комітету від «12» березня 2026 року № 74", "decision", "executive", "2026-03-12", "74"),
    ("рішення тридцять сьомої сесії Яворопільської міської ради восьмого скликання від 19.11.2026 № 1-37/8",
     "decision", "council", "2026-11-19", "1-37/8"),
    ("рішення XXXVII сесії VІІІ скликання від 19.11.26 № 1-37/8", "decision", "council", "2026-11-19", "1-37/8"),
    ("рішенням «Про бюджет «Єдиний»» від 18.12.2025 N 1071-32/8", "decision", "", "2025-12-18", "1071-32/8"),
    ("рішення міської ради (зі змінами) від 18.12.2025 № 1071-32/8", "decision", "council", "2025-12-18", "1071-32/8"),
    ("ріш. викон. ком. від 12.03.2026 № 74", "decision", "executive", "2026-03-12", "74"),
    ("рішення ради № 5-1/8 від 24.02.2021", "decision", "council", "2021-02-24", "5-1/8"),
    ("розпорядженням № 41-р: 15 осіб", "order", "", None, "41-р"),
    ("рішення від 31.02.2026 № 5", "decision", "", None, "5"),
    ("рішення міської ради від 24.02.2021 р. за № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення міської ради: від 24. 02. 2021 № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення ради «Про А», прийняте 24-го лютого 2021 року № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення \"Про бюджет\" від 24.02.2021 № 5-1/8", "decision", "", "2021-02-24", "5-1/8"),
    ("рішення міської ради „Про бюджет“ від 24.02.2021 № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення позачергової п&#39;ятої сесії від 24.02.2021 № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення шістдесятої сесії від 24.02.2021 № 5-60/8", "decision", "council", "2021-02-24", "5-60/8"),
    ("РІШЕННЯ ВИКОНАВЧОГО КОМІТЕТУ ВІД 24 ЛЮТОГО 2021 РОКУ № 74", "decision", "executive", "2021-02-24", "74"),
    ("рiшення мiської ради вiд 24.02.2021 № 5-1/8", "decision", "council", "2021-02-24", "5-1/8"),
    ("рішення міської ради від 24.02.2021 № 5 - 1 / 8", "decision", "council", "2021-02-24", "5 - 1 / 8"),
    ("рішення від 24.02.2021 № 5 виконавчого комітету міської ради", "decision", "executive", "2021-02-24", "5"),
    ("рішення від 24.02.2021 № 5 міська рада скасувала", "decision", "", "2021-02-24", "5"),
    ("розпорядження секретаря міської ради від 24.02.2021 № 5-р", "order", "mayor", "2021-02-24", "5-р"),
    ("розпорядження виконувача обов’язків міського голови від 24.02.2021 № 5-р", "order", "mayor", "2021-02-24", "5-р"),
    ("рішення № 74 / розпорядок", "decision", "", None, "74")])
def test_a_citation_is_found(text: str, type_: str, body: str, on: str | None, number: str) -> None:
    day = date.fromisoformat(on) if on else None
    assert told(f"Згідно з {text}, усе гаразд.") == [(type_, body, day, number, "")]


@pytest.mark.parametrize("text", [
    "постанова Кабінету Міністрів України від 24.02.2021 № 5", "Закон України від 09.04.2014 № 2939-VI",
    "рішення Стрийської міської ради від 24.02.2021 № 5", "рішення виконкому Стрийської міської ради від 1.2.2021 № 5",
    "рішення обласної ради від 24.02.2021 № 5", "рішення Конституційного Суду України від 20.12.2019 № 12-р/2019",
    "розпорядження голови обласної військової адміністрації від 05.11.2026 № 386",
    "розпорядження Кабінету Міністрів України від 05.11.2026 № 386-р", "рішення педагогічної ради від 1.9.2026 № 2",
    "проєкт рішення міської ради від 20.11.2026 № 419-П", "Проєкт рішення міської ради від 20.11.2026 № 419-П",
    "рішення від 24.02.2021 № 5 Стрийської міської ради", "рішення від 24.02.2021 № 5 Господарського суду",
    "рішення від 24.02.2021 № 5 виконавчого комітету Стрийської міської ради",
    "школа № 5 ухвалила рішення", "рішення про школу № 5", "рішення. Лист від 05.11.2026 № 386", ""])
def test_what_belongs_to_others_is_passed_over(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "numbers"), [
    ("рішення ради від 12.02.2026 № 1083-33/8, № 1085-33/8 та 1086-33/8", ["1083-33/8", "1085-33/8", "1086-33/8"]),
    ("рішеннями ради від 12.02.2026 № 1-33/8, від 13.02.2026 № 2-33/8 і від 14.02.2026 № 3-33/8",
     ["1-33/8", "2-33/8", "3-33/8"]),
    ("рішення ради № 1-33/8 від 12.02.2026, № 2-33/8 від 13.02.2026", ["1-33/8", "2-33/8"]),
    ("рішеннями виконкому від 12.03.2026 № 74, 75 та 76 і 12 осіб", ["74", "75", "76"]),
    ("рішеннями виконкому №№ 74, 75 і 76 від 12.03.2026", ["74", "75", "76"]),
    ("рішення ради від 12.02.2026 № 1-33/8 «Про а» (зі змінами), від 13.02.2026 № 2-33/8", ["1-33/8", "2-33/8"]),
    ("рішення виконкому від 12.03.2026 № 74, 15 осіб", ["74"]),
    ("рішення ради від 12.02.2026 № 1-33/8 та розпорядження від 12.02.2026 № 2-р", ["1-33/8", "2-р"])])
def test_several_numbers_stand_after_one_date(text: str, numbers: list[str]) -> None:
    assert [item.number for item in found(text)] == numbers
    assert all(item.on for item in found(text))


def test_each_date_of_a_list_belongs_to_the_number_after_it() -> None:
    text = "рішень ради від 12.02.2026 № 1-33/8, від 13.02.2026 № 2-33/8"
    assert [(item.on and item.on.day, item.number) for item in found(text)] == [(12, "1-33/8"), (13, "2-33/8")]


@pytest.mark.parametrize("text", ["рішення" + " " * 600 + "№ ", "рішення ради (", "рішення «а» ",
                                  "рішення № 5 стрийської ", "рішення № 5, ", "рішення 5 сесії ",
                                  "пункт 1, 1, рішення ради № 5 "])
def test_the_time_a_text_takes_is_bounded(text: str) -> None:
    began = time.perf_counter()
    found(text * (60_000 // len(text)))
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(("text", "place"), [
    ("пункт 3 рішення ради від 1.2.2026 № 5-1/8", "пункт 3"),
    ("підпункт 1.2 пункту 1 рішення ради від 1.2.2026 № 5-1/8", "підпункт 1.2 пункту 1"),
    ("у підпунктах 1.1 і 1.2 рішення ради від 1.2.2026 № 5-1/8", "підпунктах 1.1"),
    ("пп. 1, 2 п. 3 рішення ради від 1.2.2026 № 5-1/8", "підпункт 1 пункт 3"),
    ("пункт 4 додатка 1 до рішення ради від 1.2.2026 № 5-1/8", "пункт 4 додатка 1"),
    ("додаток до рішення ради від 1.2.2026 № 5-1/8", "додаток"),
    ("на виконання пункту плану рішення ради від 1.2.2026 № 5-1/8", "")])
def test_a_point_before_the_citation_belongs_to_it(text: str, place: str) -> None:
    item = found(f"Згідно з {text}")[0]
    assert item.place == place
    assert place.split(" ")[0] in ("", "підпункт") or f"Згідно з {text}"[item.start:].startswith(place.split(" ")[0])


@pytest.mark.parametrize(("html", "linked"), [
    ("рішення <strong>виконкому</strong> від 12.03.2026 № 74", ["від 12.03.2026 № 74"]),
    ("<strong>рішення виконкому</strong> від 12.03.2026 № <em>74</em>, інше", ["74"]),
    ("<em>рішення виконкому від 12.03.2026 № 74</em>", ["рішення виконкому від 12.03.2026 № 74"]),
    ("<strong>пункт 1</strong> рішення виконкому від 12.03.2026 № 74", ["рішення виконкому від 12.03.2026 № 74"]),
    ("<p>рішеннями виконкому:</p>\n<ul>\n<li>від 12.03.2026 № 74;</li>\n<li>від 13.03.2026 № 75.</li>\n</ul>",
     ["від 12.03.2026 № 74", "від 13.03.2026 № 75"]),
    ("<p>рішеннями виконавчого комітету:</p>\n<ol>\n<li><p>від 12.03.2026 № 74</p></li>\n"
     "<li><p>від 13.03.2026 № 75</p></li>\n</ol>", ["від 12.03.2026 № 74", "від 13.03.2026 № 75"]),
    ("<ul><li>рішення виконкому від 12.03.2026 № 74;</li><li>№ 7 у списку шкіл</li></ul>",
     ["рішення виконкому від 12.03.2026 № 74"]),
    ("<p>рішення виконкому</p><p>від 12.03.2026 № 74</p>", [])])
def test_marks_of_words_and_a_list_after_a_colon_cut_no_citation(html: str, linked: list[str]) -> None:
    items = found(html)
    assert linked == [html[item.start:item.end] for item in items]
    assert all(item.body == "executive" and item.on for item in items)
    assert [item.place for item in items if item.place] == (["пункт 1"] if "пункт" in html else [])


@given(st.lists(st.sampled_from([
    "рішення", "рішенням", "розпорядження", "№", "№№", "від", "12.02.2026", "2026 року", "пункт", "3", "1-33/8", "«",
    "»", "(", ")", ",", "міської ради", "виконкому", "<p>", "</p>", "та", "N", " ", "\u00a0"]), max_size=60))
def test_citations_stand_in_order_and_cross_no_mark(words: list[str]) -> None:
    text = " ".join(words)
    past = 0
    for item in found(text):
        assert past <= item.start < item.end <= len(text)
        assert not {"<", ">"} & set(text[item.start:item.end])
        past = item.end


NEWS = """---
title: Дорогу полагодять
published_at: 2026-11-21 10:30
summary: За рішенням міської ради від 19 листопада 2026 року № {number}.
---

## Рішення міської ради від 19.11.2026 № {number}

На виконання пункту 1 рішення міської ради від 19.11.2026 № {number}, [рішення ради від 19.11.2026 № {number}](/novyny/)
і `рішення ради від 19.11.2026 № {number}`, а не рішення ради від 19.11.2026 № 1-1/8.
"""


@pytest.fixture
def citing(tmp_path: Path) -> Site:
    """From a draft to its act, and news that cites a decision which nobody has written yet."""
    site = Site(tmp_path / "site", "from-draft-to-act")
    (site.folder / "content" / "news" / "2026" / "11-21-цитата.md").write_text(NEWS.format(number="9-1/8"),
                                                                               encoding="utf-8")
    return site


def page(site: Site) -> str:
    return (site.folder / "out" / "novyny" / "2026" / "11-21" / "index.html").read_text(encoding="utf-8")


def test_a_citation_of_what_is_not_here_is_a_remark_with_its_line(citing: Site) -> None:
    status, lines = citing.build()
    fault = ("рішення ради від 19 листопада 2026 року № 9-1/8 на сайті немає. Того дня є № 1-1/8. "
             "Перевірте дату й номер або додайте документ. [CITATION] (зауваження)")
    assert status == 0
    assert [line.replace("\u00a0", " ") for line in lines] == [
        f"content/news/2026/11-21-цитата.md:{place}: {fault}" for place in ("4: Коротко", "9: Текст")]


def test_a_new_act_turns_plain_words_into_links(citing: Site, taken: Counter[str]) -> None:
    citing.build()
    assert page(citing).count('<a href="/rishennia/2026/1-1-8/">') == 1
    assert "/9-1-8/" not in page(citing)
    (citing.folder / "content" / "acts" / "2026" / "9-1-8-про-дорогу.yml").write_text(
        "number: 9-1/8\ntype: decision\nbody: rada\ntitle: Про ще одну дорогу\nadopted_on: 2026-11-19\n"
        "signed_on: 2026-11-20\npublished_at: 2026-11-20 10:00\ntext: |\n  1. Полагодити.\n", encoding="utf-8")
    assert citing.build() == (0, [])
    assert taken["incremental"] == 1
    text = page(citing)
    assert '<a href="/rishennia/2026/9-1-8/#p-1">пункту 1 рішення міської ради від 19.11.2026 №' in text
    assert text.count('<a href="/rishennia/2026/9-1-8/">рішенням') == 1  # in the summary
    assert text.count("/2026/9-1-8/") == 2  # not in the heading, the code, the link
    act = (citing.folder / "out" / "rishennia" / "2026" / "9-1-8" / "index.html").read_text(encoding="utf-8")
    assert "Дорогу полагодять" in act
    assert citing.cold() == (0, []) and tree_of(citing.folder / "out") == tree_of(citing.folder / "cold")
    (citing.folder / "content" / "acts" / "2026" / "9-1-8-про-дорогу.yml").unlink()
    citing.build()
    assert "/9-1-8/" not in page(citing)


def test_a_point_that_is_not_there_is_a_remark(citing: Site) -> None:
    news = citing.folder / "content" / "news" / "2026" / "11-21-цитата.md"
    news.write_text(NEWS.format(number="2-1/8").replace("19.11", "20.11").replace("19 лист", "20 лист")
                    .replace("20.11.2026 № 1-1", "19.11.2026 № 1-1").replace("пункту 1", "пункту 77"), encoding="utf-8")
    lines = [line for line in citing.build()[1] if "CITATION" in line]
    assert len(lines) == 1 and "«пункту 77»: такого пункту в № 2-1/8 немає." in lines[0]


AMENDING = """number: 9-1/8
type: decision
body: rada
title: Про зміни до рішення міської ради від 20.11.2026 № {cited}
adopted_on: 2026-11-21
signed_on: 2026-11-21
published_at: 2026-11-21 10:00
amends:
  - act: 2026/2-1-8
    changes:
      - {{point: "7", action: add, text: Оприлюднити рішення.}}
text: Внести зміни.
"""


def amended(citing: Site, point: str, cited: str = "2-1/8") -> list[str]:
    """What a build says of a citation of that point of an act to which another has added point 7."""
    content = citing.folder / "content"
    (content / "news" / "2026" / "11-21-цитата.md").write_text(
        "---\ntitle: Дорога\npublished_at: 2026-11-21 10:30\nsummary: Дорога.\n---\n\n"
        f"За пунктом {point} рішення міської ради від 20.11.2026 № 2-1/8.\n", encoding="utf-8")
    (content / "acts" / "2026" / "9-1-8-про-зміни.yml").write_text(AMENDING.format(cited=cited), encoding="utf-8")
    return [line for line in citing.build()[1] if "CITATION" in line]


def test_a_point_that_no_version_of_an_amended_act_has_is_a_remark(citing: Site) -> None:
    [line] = amended(citing, "77")
    assert "«пунктом 77»: такого пункту в № 2-1/8 немає." in line


def test_a_point_that_an_amendment_added_is_there(citing: Site) -> None:
    assert [] == amended(citing, "7")


def test_a_title_cites_too(citing: Site) -> None:
    [line] = amended(citing, "1", "8-1/8")
    assert "9-1-8-про-зміни.yml:4: Заголовок: рішення ради від 20 листопада 2026 року № 8-1/8" in (
        line.replace("\u00a0", " "))


def test_before_the_archive_begins_nothing_is_missed(citing: Site) -> None:
    news = citing.folder / "content" / "news" / "2026" / "11-21-цитата.md"
    news.write_text(NEWS.format(number="9-1/8").replace("19 листопада 2026", "19 листопада 2016")
                    .replace("19.11.2026 № 9", "19.11.2016 № 9"), encoding="utf-8")
    assert citing.build() == (0, [])


def test_a_no_break_space_in_a_text_with_html_hides_no_citation(citing: Site) -> None:
    news = citing.folder / "content" / "news" / "2026" / "11-21-цитата.md"
    news.write_text(NEWS.format(number="1-1/8") + "\n<b>Увага</b>: рішення\u00a0ради від 19.11.2026 №&nbsp;1-1/8\n",
                    encoding="utf-8")
    assert citing.build() == (0, [])
    assert ">рішення\u00a0ради від 19.11.2026 №\u00a01-1/8</a>" in page(citing)
