"""What people ask, answered on the sample site: in three clicks by the words of links; judged searches have answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from lxml import html

from tests import sample
from tests.conftest import ROOT

pytestmark = sample.ONLY_HERE
CLICKS = 3


@pytest.fixture(scope="module")
def site(run_folder: Path) -> Path:
    """The built sample, one for all workers of this run."""
    return sample.built(run_folder, "sample")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def page(site: Path, url: str) -> html.HtmlElement:
    return html.fromstring((site / url.lstrip("/") / "index.html").read_bytes())


def follow(site: Path, url: str, text: str) -> str:
    """The address of the link with these words, as a reader sees them."""
    for link in page(site, url).iter("a"):
        if words(link) == text or link.get("aria-label") == text:
            return urlsplit(urljoin(f"https://x{url}", link.get("href"))).path
    raise AssertionError(f"{url}: {text}")


QUESTIONS = {
    "how a deputy voted on the budget": (
        ("Депутати", "Береговий Тарас Юліанович", "Бюджет 16"), "Про внесення змін до бюджету Яворопільської"),
    "what was added to the agenda at the sitting": (
        ("Засідання", "37 сесія 8 скликання"), "У проєкті 11 питань, додано 1."),
    "which drafts were published late and by how much": (
        ("Строки", "Порушено"), "потрібно 10, бракує 2"),
    "what changed in a programme since 2021": (
        ("Реєстр рішень", "2021",
         "Про затвердження Програми утримання та розвитку зелених зон громади на 2022–2026 роки"),
        "Обсяг Програми збільшено з 16,2 до 16,8 млн грн"),
    "who was absent more than half of the time": (
        ("Депутати", "Як голосують депутати: присутність, участь, збіг із фракцією"),
        "Відсутні на більш як половині голосувань: Косар А. Д."),
    "which acts cite an order": (
        ("Рішення й документи", "Розпорядження",
         "Про зупинення рішення міської ради від 12 лютого 2026 року № 1083-33/8"),
        "На документ посилаються"),
    "who votes like whom": (
        ("Депутати", "Як голосують депутати: присутність, участь, збіг із фракцією",
         "Хто з ким голосує: кожен депутат із кожним"), "Відсоток голосувань, у яких двоє депутатів"),
    "which decisions the mayor stopped and what came of it": (
        ("Реєстр рішень", "Усі, які зупиняв міський голова 2"), "рада підтвердила його 26 лютого 2026 року"),
    "what is missing in the documents of the last plenary": (
        ("Засідання", "Чого бракує"), "37 сесія 8 скликання"),
    "what the deputies' votes are as a table": (
        ("Відкриті дані", "Поіменні голосування"), "CSV"),
    "which acts rest on an article": (
        ("Рішення й документи", "Правові підстави", "стаття 26 — 26"),
        "Закон України «Про місцеве самоврядування в Україні», стаття 26"),
    "what is on the agenda of the next session": (
        ("Порядок денний: 6 питань",), "Про затвердження Статуту Яворопільської міської територіальної громади"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_in_three_clicks(site: Path, question: str) -> None:
    path, answer = QUESTIONS[question]
    url = "/"
    for text in path:
        url = follow(site, url, text)
    assert len(path) <= CLICKS
    assert answer in words(page(site, url).find(".//main"))


SEARCHES = ROOT / "bench" / "search" / "questions.yml"
"""What people type into the search box of the sample, judged by hand."""
KINDS = {"topic", "person", "number", "date", "service", "place", "typo", "layout", "abbreviation", "synonym", "phrase",
         "inflected", "several-words", "colloquial"}


def searches() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(SEARCHES.read_text(encoding="utf-8"))
    return found


def test_there_are_enough_judged_searches_of_every_kind() -> None:
    found = searches()
    assert len(found) >= 100
    assert len({item["question"] for item in found}) == len(found)
    assert {item["kind"] for item in found} == KINDS
    assert [item for item in found if not 1 <= len(item["answers"]) <= 5] == []


def test_each_answer_to_a_judged_search_is_a_page_of_the_site(site: Path) -> None:
    answers = {answer for item in searches() for answer in item["answers"]}
    assert [answer for answer in sorted(answers) if not sample.file_at(site, answer).is_file()] == []
