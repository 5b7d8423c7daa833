"""The history of documents as readers see it: a tiny council with a repository of its own, built after some years."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from plugins.history.redactions import Redaction, names_a_revision
from plugins.records import Finding, located
from tests import sample, tools
from tests.barriers import barriers
from tests.conftest import build_folder, lay_site, tree_of

from .conftest import Council

DRAFT = "istoriia/proiekty/2026/5-p/"
NEWS, GONE, HIDDEN = (f"istoriia/novyny/2026/11-0{day}/" for day in (2, 3, 4))
AS_OF = "2026-12-31T12:00:00+02:00"
ROLES = """roles:
- id: editor
  title: Відділ комунікацій
  people: [r@example.ua]
  paths: [content/**, data/roles.yml, data/allowed_signers]
  from: 2026-11-05
"""
REDACTION = """- doc: news/2026/11-04
  revision: 1
  at: 2026-12-10 09:00
  reason: Текст містив адресу людини.
  basis: Стаття 15 Закону «Про захист персональних даних»
"""
ONLY = REDACTION.replace("11-04", "11-06")
WITHDRAWN = """withdrawn:
  at: 2026-12-02 10:00
  reason: Оприлюднено помилково.
  basis: Розпорядження № 7
"""


def news(council: Council, day: str, text: str, more: str = "") -> None:
    file = council.folder / "content" / "news" / "2026" / f"11-{day}-новина.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    head = f"title: Новина {day}\npublished_at: 2026-11-{day} 10:00\nsummary: Коротко.\n{more}"
    file.write_text(f"---\n{head}---\n\n{text}\n", encoding="utf-8")


def commit(council: Council, at: str, message: str = "Зміни") -> None:
    council.git("add", "-A", at=at)
    council.git("commit", "-q", "-m", message, at=at)


def build(council: Council, name: str = "out", *, cold: bool = False) -> None:
    status, lines = build_folder(council.folder, council.folder / name, as_of=AS_OF, cold=cold,
                                 cache=council.folder / f"cache-{name}")
    assert status == 0, lines


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """Drafts, one of them changed twice; news that stayed, that was withdrawn, with a redacted revision, be it the only
    one; news that was withdrawn from the first.
    """
    made = Council(lay_site(tmp_path_factory.mktemp("history") / "site"))
    council_file = made.folder / "data" / "council.yml"
    more = "source_url: https://git.example/rada\nemail: rada@mala.example\n"
    council_file.write_text(council_file.read_text(encoding="utf-8") + more, encoding="utf-8")
    made.write("2026-11-01 09:00")
    made.draft.with_name("6-p-про-сквер.yml").write_text(
        made.draft.read_text(encoding="utf-8").replace("5-П", "6-П"), encoding="utf-8")
    for day in ("02", "03", "04"):
        news(made, day, f"Таємниця {day}, яку треба забути." if day != "02" else "Спокійна новина.")
    commit(made, "2026-11-04T12:00:00+02:00", "Початок\n\nReason: перше викладення")
    (made.folder / "data" / "roles.yml").write_text(ROLES, encoding="utf-8")
    made.write("2026-11-01 09:00", "Виділити <b>5</b> млн на об’єкт.")
    commit(made, "2026-11-10T12:00:00+02:00", "Сума\n\nChange: correction\nReason: <script>alert(1)</script>")
    made.draft.write_text(made.draft.read_text(encoding="utf-8").replace("5</b>", "7</b>") + (
        "changes:\n- at: 2026-12-01 10:00\n  note: Уточнено суму.\n"), encoding="utf-8")
    news(made, "04", "Новина без зайвого.")
    news(made, "05", "Таємниця 05, яку треба забути.", WITHDRAWN)
    news(made, "06", "Таємниця 06, яку треба забути.")
    commit(made, "2026-12-01T12:00:00+02:00", "Ще\n\nReason: цього не видно")
    news(made, "03", "Таємниця 03, яку треба забути.", WITHDRAWN)
    (made.folder / "data" / "redactions.yml").write_text(REDACTION + ONLY, encoding="utf-8")
    commit(made, "2026-12-02T12:00:00+02:00")
    build(made)
    return made


def page(council: Council, path: str) -> Any:
    return html.fromstring((council.folder / "out" / path / "index.html").read_bytes())


def words(tree: Any) -> str:
    return " ".join(tree.text_content().split())


def section(council: Council, path: str, number: int) -> str:
    return words(page(council, path).xpath(f"//section[@id='r{number}']")[0])


def test_a_timeline_tells_when_who_why_and_what(council: Council) -> None:
    first, second, third = (section(council, DRAFT, number) for number in (1, 2, 3))
    assert "Редакція 1, 4 листопада 2026 року, 12:00" in first and "перше оприлюднення редакція сайту" in first
    assert "перше викладення" in first
    assert "виправлення помилки Відділ комунікацій час не доведено <script>alert(1)</script>" in second
    assert "Текст, пункт 1" in second and "Виділити [вилучено: кошти]." in second
    assert "[додано: <b>5</b> млн на об’єкт]" in second
    assert "зміна по суті" in third and "Уточнено суму." in third and "цього не видно" not in third
    lead = words(page(council, DRAFT).find_class("lead")[0])
    assert lead == ("Вперше оприлюднено 4 листопада 2026 року, 12:00 (не доведено, рівень D: лише історія змін) · "
                    "змінено двічі · остання зміна 1 грудня 2026 року, 12:00.")


def test_what_was_typed_is_never_markup_and_nobodys_address_is_told(council: Council) -> None:
    for file in (council.folder / "out" / "istoriia").rglob("*.*ml"):
        text = file.read_text(encoding="utf-8")
        assert "<script>alert" not in text and "r@example.ua" not in text, file
    assert "<b>5</b>" not in (council.folder / "out" / DRAFT / "index.html").read_text(encoding="utf-8")


def test_a_revision_has_a_page_of_its_own_that_no_search_finds(council: Council) -> None:
    tree = page(council, f"{DRAFT}2/")
    assert "Виділити 5 млн на об’єкт." in words(tree) and "Це не остання редакція" in words(tree)
    assert tree.xpath("//meta[@name='robots'][@content='noindex']")
    assert "Це остання редакція" in words(page(council, f"{DRAFT}3/"))
    out = council.folder / "out"
    assert f"/{DRAFT}2/" not in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert f"/{DRAFT}</loc>" in (out / "sitemap.xml").read_text(encoding="utf-8")


def test_the_source_is_linked_at_the_forge(council: Council) -> None:
    links = page(council, DRAFT).xpath("//a[contains(@href, 'git.example')]/@href")
    head = council.git("rev-parse", "HEAD~1")
    assert links[0] == f"https://git.example/rada/commit/{head}" and len(links) == 3


def test_of_a_withdrawn_document_reason_and_basis_stay_and_no_text(council: Council) -> None:
    text = words(page(council, GONE))
    assert "Документ відкликано 2 грудня 2026 року, 10:00" in text and "Розпорядження № 7" in text
    assert "знято з оприлюднення" in section(council, GONE, 2)
    assert "Документ знято з оприлюднення" in words(page(council, f"{GONE}1/"))
    assert_forgotten(council, "Таємниця 03")


def test_of_a_redacted_revision_reason_and_basis_are_shown_and_no_text(council: Council) -> None:
    first = section(council, HIDDEN, 1)
    assert "Текст редакції вилучено 10 грудня 2026 року, 09:00." in first and "Стаття 15 Закону" in first
    assert "Коміт" not in first and "Коміт" in section(council, HIDDEN, 2)
    assert "Текст цієї редакції вилучено" in words(page(council, f"{HIDDEN}1/"))
    assert "Новина без зайвого." in words(page(council, f"{HIDDEN}2/"))
    assert_forgotten(council, "Таємниця 04")


def assert_forgotten(council: Council, secret: str) -> None:
    found = [path for path, content in tree_of(council.folder / "out").items() if secret.encode() in content]
    assert found == []


def test_the_months_hold_what_changed_and_not_what_came(council: Council) -> None:
    november, december = (words(page(council, f"zminy/2026-{month}")) for month in (11, 12))
    assert "1 зміна" in november and "Про ремонт мосту" in november and "Новина" not in november
    assert "5 змін" in december and "вилучено текст редакції" in december
    assert "Підстава: Розпорядження № 7" in december
    assert [link.text for link in page(council, "zminy").xpath("//main//ul[@class='link-list']//a")] == [
        "Грудень", "Листопад"]
    assert not (council.folder / "out" / "zminy" / "2026-10").exists()
    assert page(council, "prozorist").xpath("//main//a[@href='/zminy/']")


def test_feeds_and_data_say_the_same(council: Council) -> None:
    out = council.folder / "out"
    feed = feedparser.parse((out / DRAFT / "feed.xml").read_bytes())
    assert not feed.bozo and [entry.title for entry in feed.entries] == [
        "Редакція 3: зміна по суті", "Редакція 2: виправлення помилки", "Редакція 1: перше оприлюднення"]
    every = feedparser.parse((out / "zminy" / "feed.xml").read_bytes())
    assert not every.bozo and len(every.entries) == 6 and len({entry.id for entry in every.entries}) == 6
    told = json.loads((out / DRAFT / "history.json").read_text(encoding="utf-8"))
    assert told["doc"] == "drafts/2026/5-p" and told["firstPublished"]["grade"] == "D"
    assert [(one["n"], one["kind"], one["note"]) for one in told["revisions"]] == [
        (1, "publish", "перше викладення"), (2, "amend", "<script>alert(1)</script>"), (3, "amend", "Уточнено суму.")]
    first, second = json.loads((out / HIDDEN / "history.json").read_text(encoding="utf-8"))["revisions"]
    assert first["redacted"]["basis"].startswith("Стаття 15") and not second["redacted"]


def test_every_record_page_has_one_passport_in_one_sentence(council: Council) -> None:
    boxes = page(council, "novyny/2026/11-02").find_class("box-passport")
    assert [words(box.find_class("passport-sentence")[0]) for box in boxes] == [
        "Вперше оприлюднено 4 листопада 2026 року, 12:00 (не доведено, рівень D: лише історія змін) · не змінювали."]
    own = page(council, "proiekty/2026/5-p").find_class("box-passport")
    assert len(own) == 1 and "Відбиток тексту" in words(own[0]) and "змінено двічі" in words(own[0])


def test_what_was_never_changed_is_told_beside_the_document_in_full(council: Council) -> None:
    box = page(council, "novyny/2026/11-02").find_class("box-passport")[0]
    told, links = words(box.find("details")), box.xpath(".//details//a/@href")
    assert "Редакція 1: перше оприлюднення, редакція сайту. перше викладення" in told
    assert "D — не доведено" in told and "Документ у журналі: news/2026/11-02" in told
    first = council.git("rev-list", "--max-parents=0", "HEAD")
    assert f"Коміт: {first}" in told and links == [f"https://git.example/rada/commit/{first}"]
    assert "Його не підтверджує жоден доказ." in words(box)
    assert not (council.folder / "out" / NEWS).exists()
    assert page(council, "proiekty/2026/5-p").find_class("box-passport")[0].find("details") is None


def test_a_redaction_of_the_only_revision_has_the_page_that_lists_lead_to(council: Council) -> None:
    told = "istoriia/novyny/2026/11-06/"
    assert f"/{told}#r1" in page(council, "zminy/2026-12").xpath("//a/@href")
    assert "Текст містив адресу людини." in section(council, told, 1)
    assert "Таємниця" not in words(page(council, f"{told}1/"))


def test_the_text_of_what_was_withdrawn_is_not_linked_at_the_forge(council: Council) -> None:
    box = page(council, "novyny/2026/11-05").find_class("box-passport")[0]
    assert "Коміт: " in words(box) and not box.xpath(".//details//a")


def test_what_is_there_to_be_changed_has_its_feed_from_the_first_day(council: Council) -> None:
    folder = council.folder / "out" / "istoriia" / "proiekty" / "2026" / "6-p"
    assert [path.name for path in folder.iterdir()] == ["feed.xml"]
    feed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert not feed.bozo and [entry.title for entry in feed.entries] == ["Редакція 1: перше оприлюднення"]
    assert feed.entries[0].link == feed.feed.link == "https://mala.example/proiekty/2026/6-p/"
    links = page(council, "proiekty/2026/6-p").find_class("passport-links")[0].xpath("a/@href")
    assert links == ["/istoriia/proiekty/2026/6-p/feed.xml"]


def test_nothing_stands_in_anybodys_way(council: Council) -> None:
    with sample.served(council.folder / "out") as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(bypass_csp=True, viewport={"width": 360, "height": 900})
        found = []
        for path in (DRAFT, f"{DRAFT}2/", "zminy/2026-12/", HIDDEN):
            tab.goto(f"{host}/{path}")
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
            found += [(path, *fault) for fault in barriers(tab, "best-practice", inside="main")]
            tab.emulate_media(color_scheme="dark")
        browser.close()
    assert found == []


def test_a_redaction_of_what_still_stands_is_told(council: Council) -> None:
    file = council.folder / "data" / "redactions.yml"
    file.write_text(REDACTION.replace("revision: 1", "revision: 2"), encoding="utf-8")
    found = [f"{problem.line}: {problem.text}" for problem in problems_of(council)]
    file.write_text(REDACTION.replace("revision: 1", "revision: 7"), encoding="utf-8")
    found += [f"{problem.line}: {problem.text}" for problem in problems_of(council)]
    file.write_text(REDACTION + ONLY, encoding="utf-8")
    assert [line[:22] for line in found] == ["2: це остання редакція", "2: редакції 7 немає: ї"]


def problems_of(council: Council) -> list[Finding]:
    library = council.library()
    return [located(problem, record) for record in library.of(Redaction)
            for problem in names_a_revision(record, library)]


# --------------------------------------------------------------------------- one edit (it changes the site: last)

def test_one_edit_makes_the_record_its_history_and_one_month(council: Council) -> None:
    made_before = tree_of(council.folder / "out")
    text = council.draft.read_text(encoding="utf-8")
    council.draft.write_text(text.replace("7</b>", "8</b>"), encoding="utf-8")
    commit(council, "2026-12-20T12:00:00+02:00", "Сума\n\nReason: помилка в сумі")
    build(council)
    now = tree_of(council.folder / "out")
    others = {path for path in now if now[path] != made_before.get(path)}
    kept = {path for path in others if path.startswith(("istoriia/", "zminy/"))}
    assert kept == {f"{DRAFT}{name}" for name in ("index.html", "feed.xml", "history.json", "3/index.html",
                                                  "4/index.html")} | {"zminy/2026-12/index.html", "zminy/feed.xml"}
    build(council, "cold", cold=True)
    assert now == tree_of(council.folder / "cold")
    assert "/zminy/feed.xml" in {link.get("href") for link in page(council, "stricky").iter("a")}
