"""The reader of the Ukrainian index (`theme/static/js/search.js`), asked in Node and in a browser on a tiny index."""

from __future__ import annotations

import csv
import dataclasses
import functools
import gzip
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import sync_playwright

from plugins.builder.scripts import small_script
from tests import tools
from tests.plugins.search.small_index import Site, page, word, write

STATIC = Path(__file__).parents[3] / "theme" / "static"
TERMS = Path(__file__).parents[1] / "ukrainian" / "terms.csv"
FILLER = "у місті тихо а діти йдуть до дому по дорозі де стоять старі дуби та липи "

WORDS = [
    word("рада/n", "рада ради раді раду радою радо рад радам радами радах", 12),
    word("радий/a", "радий рада раде раді радого радої", 4),
    word("радар/n", "радар радара радару радаром", 4),
    word("рішення/n", "рішення рішенню рішенням рішенні рішень рішеннями рішеннях", 12),
    word("ніч/n", "ніч ночі ніччю ночей ночам ночами ночах", 7),
    word("ночувати/v", "ночувати ночую ночує", 3),
    word("міський/a", "міський міська міське міські міської міського міській міському міську", 11),
    word("місто/n", "місто міста місту містом місті міст", 9),
    word("міст/n", "міст мосту мостом мости мостів", 6),
    word("вода/n", "вода води воді воду водою вод", 9),
    word("ріка/n", "ріка ріки ріці ріку рікою рік", 6),
    word("рік/n", "рік року роком році роки років ріки", 7),
    word("вулиця/n", "вулиця вулиці вулицю вулицею вулиць вулицями", 9),
    word("вул/x", "вул", 8),
    word("бюджет/n", "бюджет бюджету бюджетом бюджеті бюджети бюджетів", 9),
    word("бюджетний/a", "бюджетний бюджетна бюджетного бюджетної", 7),
    word("дрогобич/n", "Дрогобич Дрогобича Дрогобичем Дрогобичі", 6),
    word("дрогобицький/a", "дрогобицький дрогобицька дрогобицького дрогобицькій", 6),
    word("цнап/n", "цнап цнапу цнапом цнапі", 6),
    word("центр/n", "центр центру центром центрі", 8),
    word("надання/n", "надання наданням наданню", 7),
    word("адміністративний/a", "адміністративний адміністративна адміністративних", 7),
    word("послуга/n", "послуга послуги послуг послугу послугою", 9),
    word("зв’язок/n", "зв’язок зв’язку зв’язком", 6),
    word("привіт/n", "привіт привіту", 3),
    word("будинок/n", "будинок будинку будинком будинки", 8),
    word("об’єкт/n", "об’єкт об’єкта об’єкту об’єкти", 6),
    word("грунт/n", "ґрунт ґрунту ґрунти", 5),
    word("школа/n", "школа школи школі школу школою шкіл", 8),
    word("адміністрація/n", "адміністрація адміністрації адміністрацію", 7),
    word("про/x", "про", 11),
    word("у/x", "у", 12),
    word("і/x", "і", 12),
    word("звернення/n", "звернення зверненню зверненням звернень", 8),
    word("громадянин/n", "громадянин громадян громадянина громадянам", 8),
    word("єдиний/a", "єдиний єдина єдине", 5),
    word("паркан/n", "паркан паркану паркани", 4),
    word("баркан/n", "баркан баркану", 4),
]
CONCEPTS = [
    ("+цнап", [[("цнап/n", "цнап")],
               [("центр/n", "центр"), ("надання/n", "надан"), ("адміністративний/a", "адміністрат"),
                ("послуга/n", "послуг")]]),
    ("+вулиця", [[("вулиця/n", "вулиц")], [("вул/x", "вул")]]),
]
PAGES = [
    page("/pro/", "Про громаду", "Міська рада працює для людей. Дрогобицька школа приймає дітей.",
         kind="Сторінка", columns={"topic": ["Освіта"]}),
    page("/r/1/", "Про бюджет міста", FILLER * 3 + "Рішення міської ради № 5/VIII-194 ухвалено.", date="2021-02-24",
         state="in_force", word="чинне", columns={"topic": ["Бюджет", "Освіта"]}),
    page("/r/2/", "Рішення ради про воду", "Воду вмикають о 10:00. Видатки 1 410 грн.", date="2022-05-01",
         columns={"topic": ["Вода"]}),
    page("/r/3/", "Порядок звернення", "Звернення громадян розглядає рада.", FILLER * 4 + "Мости й <b>ніч</b> & день.",
         FILLER + "Будинок на вул. Лесі. Радість і бюджетний облік.", date="2023-06-07"),
    page("/n/1/", "Ночі у місті", "Уночі тихо. Ночами міст світиться.", date="2024-01-02", kind="Новина"),
    page("/n/2/", "Центр надання адміністративних послуг", "Приходьте до центру. Засідання 24 лютого 2021 року.",
         date="2024-03-04", kind="Новина"),
    page("/n/3/", "ЦНАП переїхав", "Шукайте ЦНАПу на вулиці Садовій. Зв’язок через Zoom.", date="2025-03-04",
         kind="Новина"),
    page("/n/4/", "Поїздка до Дрогобича", "У Дрогобичі є ріка, ґрунт, об’єкти й радар. Номер 540-рв.",
         date="2025-04-04", kind="Новина"),
    page("/n/5/", "Слова нарізно", "Громадян багато. Кожне звернення важливе. " + FILLER * 6 + "Єдина адміністрація.",
         date="2026-01-01", kind="Новина"),
    page("/n/6/", "Свіже", "Привіт! Рада радіє. Паркан фарбують. Рік минув.", date="2026-10-10", kind="Новина"),
]
SITE = Site(PAGES, WORDS, stop=["про", "у", "і", "на", "до"], concepts=CONCEPTS,
            near={"дрогобич/n": ["дрогобицький/a"]},
            unread={"рада": ["радий/a"], "раді": ["радий/a"], "міст": ["місто/n"]},
            columns=("kind", "year", "topic"), many=("topic",), in_tail=2)


class Files(SimpleHTTPRequestHandler):
    """A folder, served; remembers what was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """A file."""
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index and the reader as it is served."""
    folder = tmp_path_factory.mktemp("reader")
    write(SITE, folder / "search")
    (folder / "search" / "search.js").write_text(served(), encoding="utf-8")
    (folder / "reader.mjs").write_text(served(), encoding="utf-8")
    for place in (folder, folder / "search"):
        for name in ("search-narrow", "search-typos"):
            (place / f"{name}.js").write_text(served(name), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


def served(name: str = "search") -> str:
    """A script as visitors get it."""
    return small_script((STATIC / "js" / f"{name}.js").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def inner(root: Path) -> Path:
    """The reader with functions that others do not see."""
    source = (STATIC / "js" / "search.js").read_text(encoding="utf-8")
    exports = "export { composed, wordsOf as words, literalsOf as literals };\n"
    (root / "inner.mjs").write_text(source + exports, encoding="utf-8")
    return root / "inner.mjs"


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Reader:
    """The reader in a Node process of its own."""

    def __init__(self, script: Path) -> None:
        self.module = script.as_uri()
        self.node = subprocess.Popen([tools.node(), Path(__file__).with_name("driver.mjs")], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, encoding="utf-8")

    def send(self, task: str, **values: Any) -> dict[str, Any]:
        """The answer to a task of the driver."""
        assert self.node.stdin and self.node.stdout
        self.node.stdin.write(json.dumps({"task": task, "module": self.module} | values) + "\n")
        self.node.stdin.flush()
        return json.loads(self.node.stdout.readline())  # type: ignore[no-any-return]

    def close(self) -> None:
        """End of the process."""
        assert self.node.stdin
        self.node.stdin.close()
        self.node.wait(10)


@pytest.fixture(scope="module")
def reader(root: Path, address: str) -> Iterator[Reader]:
    """One opened reader for many questions."""
    one = Reader(root / "reader.mjs")
    assert one.send("open", bundle=f"{address}/search/") == {}
    yield one
    one.close()


Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(reader: Reader) -> Ask:
    """query, options → answer."""
    def asked(query: str, load: int = 20, facets: bool = False, **options: Any) -> dict[str, Any]:
        answer = reader.send("ask", query=query, options=options, load=load, facets=facets)
        assert "error" not in answer, answer
        return answer

    return asked


@pytest.fixture
def urls(ask: Ask) -> Callable[..., list[str]]:
    """query, options → addresses in their order."""
    return lambda query, **options: [row["url"] for row in ask(query, **options)["rows"]]


def marks(row: dict[str, Any]) -> list[str]:
    return [part.split("</mark>")[0] for part in row["excerpt"].split("<mark>")[1:]]


with TERMS.open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_script_and_build_find_the_same_words_in_a_text(reader: Reader, inner: Path, row: dict[str, str]) -> None:
    found = reader.send("words", module=inner.as_uri(), text=row["text"])
    assert {"keys": row["keys"].split(), "literals": row["literals"].split()} == found


def test_every_form_finds_every_form(urls: Callable[..., list[str]]) -> None:
    found = set(urls("радою"))
    assert {"/pro/", "/r/1/", "/r/2/", "/r/3/", "/n/6/"} == found
    assert found == set(urls("Рад")) == set(urls("РАДАХ"))


def test_forms_with_other_beginnings_are_found_and_marked(ask: Ask) -> None:
    for query in ("ніч", "ночей", "ніччю"):
        rows = {row["url"]: row for row in ask(query)["rows"]}
        assert {"/n/1/", "/r/3/"} == set(rows)
        assert ["Ночами"] == marks(rows["/n/1/"]) and ["ніч"] == marks(rows["/r/3/"])


def test_words_may_stand_in_different_sections_of_a_page(ask: Ask) -> None:
    assert ["/r/3/"] == [row["url"] for row in ask("звернення мости бюджетний")["rows"]]


def test_best_section_gives_anchor_and_heading(ask: Ask) -> None:
    places = {row["url"]: (row["anchor"], row["heading"]) for row in ask("мостів ночі")["rows"]}
    assert {"/n/1/": ("", ""), "/r/3/": ("s1", "Розділ 1")} == places


def test_newest_pages_come_from_the_header(urls: Callable[..., list[str]]) -> None:
    assert ["/n/6/"] == urls("паркани")
    assert {"/n/5/", "/r/3/"} == set(urls("громадянам"))


def test_rare_reading_is_left_out_and_offered(ask: Ask) -> None:
    assert [{"word": "рада", "lemma": "радий"}] == ask("рада")["others"]
    assert [] == ask("рада", rare=True)["others"]
    assert [] == ask("радою")["others"]


def test_both_common_readings_are_searched(urls: Callable[..., list[str]]) -> None:
    assert {"/n/2/", "/n/4/", "/n/6/"} == set(urls("ріки"))


@pytest.mark.parametrize("query", ["№ 5/VIII-194", "5/8-194", "5/VІІІ-194", "5–8–194"])
def test_number_of_an_act_is_found_in_every_spelling(ask: Ask, query: str) -> None:
    [row] = ask(query)["rows"]
    assert "/r/1/" == row["url"] and ["5/VIII-194"] == marks(row)


def test_part_of_a_number_is_enough(urls: Callable[..., list[str]]) -> None:
    assert ["/r/1/"] == urls("194")
    assert ["/n/4/"] == urls("540-pв") == urls("540")


def test_number_that_is_nowhere_gives_its_parts(urls: Callable[..., list[str]]) -> None:
    assert ["/n/4/"] == urls("540/рв/540")


def test_thousands_are_one_number(ask: Ask) -> None:
    for query in ("1410", "1 410"):
        [row] = ask(query)["rows"]
        assert "/r/2/" == row["url"] and ["1 410"] == marks(row)


@pytest.mark.parametrize("query", ["24.02.2021", "24 лютого 2021 року", "2021-02-24", "24/02/2021"])
def test_day_is_found_in_every_spelling(ask: Ask, query: str) -> None:
    [row] = ask(query)["rows"]
    assert "/n/2/" == row["url"] and ["24 лютого 2021"] == marks(row)


def test_function_words_do_not_matter_beside_others(urls: Callable[..., list[str]]) -> None:
    assert urls("бюджет") == urls("про бюджет і")
    assert ["/pro/", "/r/1/", "/r/2/"] == sorted(urls("про"))


@pytest.mark.parametrize("query", ["ЦНАП", "цнапом", "центру надання адміністративних послуг"])
def test_concept_is_found_by_each_of_its_spellings(ask: Ask, query: str) -> None:
    rows = {row["url"]: row for row in ask(query)["rows"]}
    assert {"/n/2/", "/n/3/"} == set(rows)
    assert ["ЦНАПу"] == marks(rows["/n/3/"])


def test_abbreviation_that_is_nowhere_finds_what_it_means(root: Path, address: str) -> None:
    words = [one for one in WORDS if one.name != "цнап/n"]
    pages = [one for one in PAGES if "ЦНАП" not in one.title]
    write(dataclasses.replace(SITE, words=words, pages=pages), root / "spelt")
    one = fresh(root, address, "spelt")
    for query in ("ЦНАП", "цнапом 24.02.2021"):
        found = one.send("ask", query=query, options={})
        assert ["/n/2/"] == [row["url"] for row in found["rows"]] and "" == found["note"]
    one.close()


def test_abbreviation_finds_the_word(ask: Ask) -> None:
    rows = {row["url"]: row for row in ask("вулицями")["rows"]}
    assert {"/n/3/", "/r/3/"} == set(rows) and ["вул"] == marks(rows["/r/3/"])


def test_neighbour_in_meaning_comes_after(ask: Ask) -> None:
    rows = ask("дрогобич")["rows"]
    assert ["/n/4/", "/pro/"] == [row["url"] for row in rows]
    assert ["Дрогобицька"] == marks(rows[1])
    assert ["/pro/"] == [row["url"] for row in ask("дрогобицького")["rows"]]


def test_words_in_the_title_come_first(urls: Callable[..., list[str]]) -> None:
    assert "/r/2/" == urls("рішення ради")[0]


def test_words_side_by_side_come_before_words_far_apart(urls: Callable[..., list[str]]) -> None:
    assert ["/r/3/", "/n/5/"] == urls("звернення громадян")


def test_quotes_leave_only_words_side_by_side(ask: Ask) -> None:
    for quoted in ("«звернення громадян»", '"зверненням громадянам"', "“звернення громадян”"):
        assert ["/r/3/"] == [row["url"] for row in ask(quoted)["rows"]]
    found = ask("«громадян звернення»")
    assert [] == found["rows"] and "Сторінок, де ці слова стоять поруч, немає." == found["note"]


def test_phrase_is_found_in_a_title_with_function_words(ask: Ask) -> None:
    assert ["/r/2/"] == [row["url"] for row in ask("«рішення ради про воду»")["rows"]]


def test_phrase_is_marked_as_a_whole(ask: Ask) -> None:
    assert ["Звернення громадян"] == marks(ask("«звернення громадян»")["rows"][0])


def test_unfinished_word_is_completed_while_typing(ask: Ask, urls: Callable[..., list[str]]) -> None:
    assert {"/r/1/", "/r/3/"} == set(urls("бюдж", typing=True))
    assert {"/pro/", "/r/1/"} == set(urls("міської рад", typing=True)) & {"/pro/", "/r/1/"}
    assert ["/n/3/"] == urls("zoo", typing=True)
    assert {"/n/4/"} == set(urls("54", typing=True))
    assert "" == ask("бюдж", typing=True)["note"]


def test_finished_words_are_not_completed(urls: Callable[..., list[str]]) -> None:
    assert "/n/4/" not in urls("рада")
    assert "/n/4/" in urls("рада", typing=True)


def test_other_layout_is_understood_and_told(ask: Ask) -> None:
    for query, word_, url in (("ghbdsn", "привіт", "/n/6/"), (",elbyjr", "будинок", "/r/3/"),
                              ("J,'rnb", "обєкти", "/n/4/"), ("мыська", "міська", "/pro/")):
        found = ask(query)
        assert url in [row["url"] for row in found["rows"]], query
        assert f"Показано за українською розкладкою: {word_}." == found["note"]


@pytest.mark.parametrize(("query", "meant"), [
    ("<elbyjr", "будинок"), (",ELBYJR", "будинок"), ('J<~"RN', "обєкт"), ("ghbdsn?", "привіт"), ("gfhrfy.", "паркан"),
    ("ghbdsn-gfhrfy", "привіт, паркан"), ("e gfhrfy", "паркан"), ("ghj gfhrfy", "паркан"), ('",elbyjr"', "будинок"),
    ("ґheyne", "грунту"), ("lhjuj,bx", "дрогобич")])
def test_signs_and_function_words_of_the_other_layout_are_letters_and_words(ask: Ask, query: str, meant: str) -> None:
    assert f"Показано за українською розкладкою: {meant}." in ask(query)["note"]


def test_a_slip_in_the_other_layout_is_understood(ask: Ask) -> None:
    for query in ("gfhrgy", ",.l;tnn"):
        assert ask(query)["note"].startswith("Показано схоже: "), query
        assert ask(query)["rows"]


def test_words_of_the_other_alphabet_stay_what_they_are(ask: Ask) -> None:
    for query in ("Zoom", "zoom,", "(Zoom).", "zoom паркан"):
        assert not ask(query)["note"].startswith("Показано"), query
    assert ["/n/3/"] == [row["url"] for row in ask("zoom,")["rows"]]


def test_several_words_in_the_other_layout(ask: Ask) -> None:
    found = ask("vscmrf hflf")
    assert {"/pro/", "/r/1/"} == {row["url"] for row in found["rows"]}
    assert "Показано за українською розкладкою: міська, рада." == found["note"]


@pytest.mark.parametrize("query", ["зв'язок", "зв’язок", "звʼязок", "зв`язок", "звязок", "ЗВ’ЯЗКУ", "зв\u00adязок",
                                   "зв’я\u0301зок", "зв’язoк"])
def test_spellings_of_a_word_are_the_same(ask: Ask, query: str) -> None:
    found = ask(query)
    assert ["/n/3/"] == [row["url"] for row in found["rows"]] and "" == found["note"]
    assert ["Зв’язок"] == marks(found["rows"][0])


def test_letters_that_people_mix_up_are_the_same(urls: Callable[..., list[str]]) -> None:
    assert ["/n/4/"] == urls("грунту") == urls("ґрунт")


@pytest.mark.parametrize(("query", "meant"), [
    ("бюджту", "бюджету"), ("бюджетт", "бюджет"), ("бюджкт", "бюджет"), ("бюджте", "бюджет"),
    ("бджет", "бюджет"), ("бкджет", "бюджет"), ("юбджет", "бюджет"), ("ґюджет", "бюджет"), ("юджет", "бюджет"),
    ("адміністарціяя", "адміністрація"), ("ббюджет", "бюджет"),
])
def test_typing_error_is_understood_and_told(ask: Ask, query: str, meant: str) -> None:
    found = ask(query)
    assert meant in found["note"].removeprefix("Показано схоже: ").rstrip(".").split(", ")
    assert found["rows"] and all(marks(row) for row in found["rows"])


def test_likelier_word_is_the_one_that_is_meant(ask: Ask) -> None:
    assert "Показано схоже: рішення." == ask("рішеня")["note"]
    assert "Показано схоже: паркан." == ask("паркпн")["note"]


def test_two_likely_slips_are_understood_and_two_unlikely_ones_are_not(ask: Ask) -> None:
    assert "Показано схоже: бюджету." == ask("бджту")["note"]
    assert "На сайті немає: «брджуту»." == ask("брджуту")["note"]


def test_word_with_another_ending_is_the_last_guess(ask: Ask) -> None:
    assert "Показано схоже: дрогоб…." == ask("дрогобчук")["note"] and ask("дрогобчук")["rows"]
    assert "На сайті немає: «радянство»." == ask("радянство")["note"]


def test_beginning_of_a_word_is_the_last_guess(ask: Ask) -> None:
    found = ask("адмініст")
    assert "Показано схоже: адмініст…." == found["note"]
    assert {"/n/2/", "/n/5/"} == {row["url"] for row in found["rows"]}


def test_word_that_is_nowhere_is_told_and_left_out(ask: Ask) -> None:
    found = ask("абракадабра паркан")
    assert ["/n/6/"] == [row["url"] for row in found["rows"]]
    assert "На сайті немає: «абракадабра». Показано сторінки з рештою слів." == found["note"]
    alone = ask("абракадабра")
    assert [] == alone["rows"] and "На сайті немає: «абракадабра»." == alone["note"]


def test_a_pasted_text_is_searched_by_its_first_words(ask: Ask) -> None:
    found = ask("паркан " * 32 + "рада " * 900)
    assert ["/n/6/"] == [row["url"] for row in found["rows"]]
    assert "Шукали за першими 32 словами." == found["note"]
    assert "" == ask("паркан " * 32)["note"]


def test_pages_with_some_of_the_words_are_better_than_nothing(ask: Ask) -> None:
    found = ask("паркан центр послуга")
    assert ["/n/2/"] == [row["url"] for row in found["rows"]][:1]
    assert "Сторінок з усіма словами немає; показано ті, де є частина слів." == found["note"]


def test_nothing_asked_finds_nothing(ask: Ask) -> None:
    for query in ("", "   ", "…", "№", "«»"):
        found = ask(query, facets=True)
        assert ([], "", []) == (found["rows"], found["note"], found["others"])


def test_filters_narrow_and_are_counted_as_if_not_set(ask: Ask) -> None:
    found = ask("рада", filters={"kind": "Рішення"}, facets=True)
    assert {"/r/1/", "/r/2/", "/r/3/"} == {row["url"] for row in found["rows"]}
    assert {"total": 5, "counts": {"Новина": 1, "Рішення": 3, "Сторінка": 1}} == found["facets"]["kind"]
    assert {"total": 3, "counts": {"2021": 1, "2022": 1, "2023": 1}} == found["facets"]["year"]
    assert {"total": 3, "counts": {"Бюджет": 1, "Вода": 1, "Освіта": 1}} == found["facets"]["topic"]
    both = ask("рада", filters={"kind": "Рішення", "topic": "Освіта", "year": ""})
    assert ["/r/1/"] == [row["url"] for row in both["rows"]]
    assert [] == ask("рада", filters={"kind": "Немає такого"})["rows"] == ask("рада", filters={"no": "x"})["rows"]
    assert [] == ask("рада", filters={"constructor": "x"}, facets=True)["rows"]


def test_order_by_date_has_the_newest_first(urls: Callable[..., list[str]]) -> None:
    assert ["/n/6/", "/r/3/", "/r/2/", "/r/1/", "/pro/"] == urls("рада", sort="date")


def test_addresses_are_known_before_texts(ask: Ask) -> None:
    found = ask("рада", load=1)
    assert [row["url"] for row in ask("рада")["rows"]] == found["before"]
    assert ["title" in result for result in found["results"]] == [True, False, False, False, False]


def test_row_has_all_that_is_shown(ask: Ask) -> None:
    [row] = ask("5/8-194")["rows"]
    excerpt = row.pop("excerpt")
    assert {"url": "/r/1/", "anchor": "", "title": "Про бюджет міста", "heading": "", "kind": "Рішення",
            "date": "2021-02-24", "status": {"state": "in_force", "word": "чинне"}} == row
    assert excerpt.startswith("…") and excerpt.endswith("<mark>5/VIII-194</mark> ухвалено.")
    assert ask("паркан")["rows"][0]["status"] is None


def test_texts_of_the_index_are_escaped(ask: Ask) -> None:
    row = next(row for row in ask("ніч")["rows"] if row["url"] == "/r/3/")
    assert "&#60;b&#62;<mark>ніч</mark>&#60;/b&#62; &#38; день." in row["excerpt"]


def test_words_that_stand_only_in_the_title_are_marked_before_the_text(ask: Ask) -> None:
    row = next(row for row in ask("бюджет")["rows"] if row["url"] == "/r/1/")
    assert row["excerpt"].startswith("Про <mark>бюджет</mark> міста — у місті тихо")
    assert marks(row) == ["бюджет"]


def test_excerpt_shows_the_place_with_most_words(ask: Ask) -> None:
    row = next(row for row in ask("звернення адміністрація")["rows"] if row["url"] == "/n/5/")
    assert marks(row) in (["звернення"], ["адміністрація"])
    assert len(row["excerpt"].split()) <= 32


def fresh(root: Path, address: str, folder: str) -> Reader:
    """A reader of its own, opened at a folder."""
    one = Reader(root / "reader.mjs")
    assert "error" not in one.send("open", bundle=f"{address}/{folder}")
    return one


def test_each_file_is_asked_for_once_and_in_two_steps(root: Path, address: str) -> None:
    Files.asked.clear()
    one = fresh(root, address, "search")
    assert ["/search/uk/meta.gz"] == Files.asked
    one.send("ask", query="рішення ради", options={}, load=2)
    first = [path.split("/")[3].split("-")[0] for path in Files.asked[1:]]
    assert "lex" == first[0] or "urls" == first[0]
    assert max(place for place, kind in enumerate(first) if kind == "lex") < first.index("post") < first.index("text")
    count = len(Files.asked)
    assert count == len(set(Files.asked)) <= 9 and not any("/col/" in path for path in Files.asked)
    one.send("ask", query="рішення ради", options={}, load=2)
    assert count == len(Files.asked)
    one.close()


def test_newer_index_is_opened_when_files_are_gone(root: Path, address: str) -> None:
    write(SITE, root / "gone")
    one = fresh(root, address, "gone/")
    shutil.rmtree(root / "gone")
    write(dataclasses.replace(SITE, pages=[*PAGES, page("/n/7/", "Нове", "Новий паркан.", date="2026-11-11")],
                              in_tail=0, has_urls=False), root / "gone")
    found = one.send("ask", query="паркану", options={})
    assert {"/n/6/", "/n/7/"} == {row["url"] for row in found["rows"]}
    assert [None, None] == found["before"] and {"/n/6/", "/n/7/"} == {result["url"] for result in found["results"]}
    one.close()


def test_newer_index_is_opened_when_a_text_has_nothing_to_mark(root: Path, address: str) -> None:
    write(SITE, root / "moved")
    one = fresh(root, address, "moved")
    first = page("/n/0/", "Усе зсунулося", "Зовсім інше.", date="2020-01-01")
    write(dataclasses.replace(SITE, pages=[first, *PAGES]), root / "moved")
    found = one.send("ask", query="паркан рада", options={})
    assert ["/n/6/"] == [row["url"] for row in found["rows"]] == [result["url"] for result in found["results"]]
    assert ["Рада", "Паркан"] == marks(found["rows"][0])
    one.close()


def test_site_below_a_path_has_its_addresses_there(root: Path, address: str) -> None:
    write(SITE, root / "sub" / "search")
    one = fresh(root, address, "sub/search/")
    found = one.send("ask", query="паркан", options={})
    assert ["/sub/n/6/"] == found["before"] == [row["url"] for row in found["rows"]]
    one.close()


def test_phrase_is_looked_for_on_the_best_pages_only(root: Path, address: str) -> None:
    # Alike good ones stand from the newest: the first of them is behind the hundredth.
    pages = [page(f"/p/{number:03}/", f"Сторінка {number}", "Вода тут. Школа там." if number % 109 else "Вода школи.")
             for number in range(110)]
    write(dataclasses.replace(SITE, pages=pages, in_tail=0), root / "many")
    one = fresh(root, address, "many/")
    found = one.send("ask", query="«вода школи»", options={})
    assert ["/p/109/"] == [row["url"] for row in found["rows"]]
    assert "Слова поруч шукали лише на 100 найкращих сторінках." == found["note"]
    assert 110 == len(one.send("ask", query="вода школи", options={}, load=1)["results"])
    one.close()


def test_common_words_are_known_from_the_header(root: Path, address: str) -> None:
    write(dataclasses.replace(SITE, common=["вода/n"]), root / "common" / "search")
    for file in (root / "common" / "search" / "uk" / "lex").iterdir():
        file.unlink()
    one = fresh(root, address, "common/search/")
    found = one.send("ask", query="водою", options={})
    assert ["/common/r/2/"] == found["before"] and "<mark>Воду</mark>" in found["rows"][0]["excerpt"]
    one.close()


def test_beginning_that_is_a_function_word_is_fetched_ahead(root: Path, address: str) -> None:
    one = fresh(root, address, "search/")
    Files.asked.clear()
    assert [] == one.send("ask", query="школа про", options={"typing": True, "ahead": True})["before"]
    kinds = [path.split("/")[-2] for path in Files.asked]
    assert 2 == kinds.count("lex") and "post" in kinds and "text" not in kinds
    one.close()


def test_covered_reading_is_read_only_where_the_other_does_not_fit(root: Path, address: str) -> None:
    words = [*WORDS, word("рад/n", "рад радом рада", 2)]
    write(dataclasses.replace(SITE, words=words, covers={"рад/n": "рада/n"}), root / "covered" / "search")
    one = fresh(root, address, "covered/search/")
    alone = {url.removeprefix("/covered") for url in one.send("ask", query="радом", options={})["before"]}
    both = {url.removeprefix("/covered") for url in one.send("ask", query="рада", options={})["before"]}
    assert alone and alone < both
    one.close()


def test_text_of_another_alphabet_is_read(root: Path, address: str) -> None:
    write(Site([page("/e/", "Ціна", "Вода по 5 ₴ за привіт.")], WORDS), root / "euro")
    one = fresh(root, address, "euro/")
    [row] = one.send("ask", query="вода", options={})["rows"]
    assert "<mark>Вода</mark> по 5 ₴ за привіт." == row["excerpt"]
    one.close()


def test_a_russian_letter_may_be_either_of_two_and_the_likelier_slip_counts_more_than_the_commoner_word(
        root: Path, address: str) -> None:
    write(Site([page("/y/", "Лис", "Лисам порт"), page("/i/", "Ліс", "Лісам пошта")], [
        word("лис/n", "лис лисам"), word("ліс/n", "ліс лісам"), word("порт/n", "порт", 9),
        word("пошта/n", "пошта", 4)]), root / "russian")
    one = fresh(root, address, "russian/")
    found = one.send("ask", query="лысам", options={})
    assert {"/y/", "/i/"} == {row["url"] for row in found["rows"]} and "" == found["note"]
    assert "Показано схоже: пошта." == one.send("ask", query="пошт", options={})["note"]
    one.close()


def test_day_that_is_known_without_being_written_asks_for_no_newer_index(root: Path, address: str) -> None:
    Files.asked.clear()
    one = fresh(root, address, "search")
    one.send("ask", query="24.02.2021", options={})
    assert 1 == sum("meta" in path for path in Files.asked)
    one.close()


@pytest.mark.parametrize("kind", ["lex", "post", "text", "meta"])
@pytest.mark.parametrize("fault", ["missing", "cut", "not gzip", "empty", "shorter"])
def test_broken_file_is_an_error_and_never_a_wait(root: Path, address: str, kind: str, fault: str) -> None:
    folder = root / f"broken-{kind}-{fault.replace(' ', '-')}"
    write(SITE, folder)
    for path in folder.rglob("*.gz"):
        if path.parent.name == kind or path.name.startswith(kind):
            spoil(path, fault)
    one = Reader(root / "reader.mjs")
    answers = [one.send("open", bundle=f"{address}/{folder.name}/"),
               one.send("ask", query="рішення міської ради", options={}, load=3)]
    assert ("error" in answers[0]) == (kind == "meta")
    if kind != "urls" or fault in ("missing", "cut"):
        assert "error" in answers[1] and answers[1]["isError"]
    one.close()


def spoil(path: Path, fault: str) -> None:
    content = path.read_bytes()
    if fault == "missing":
        path.unlink()
    else:
        path.write_bytes({"cut": content[: len(content) // 2], "not gzip": b"<!DOCTYPE html><title>404</title>",
                          "empty": b"", "shorter": gzip.compress(gzip.decompress(content)[:-3])}[fault])


def test_file_that_came_back_is_read(root: Path, address: str) -> None:
    write(SITE, root / "back")
    one = fresh(root, address, "back/")
    (root / "back" / "uk" / "post").rename(root / "back" / "uk" / "post-away")
    assert "error" in one.send("ask", query="паркан", options={})
    (root / "back" / "uk" / "post-away").rename(root / "back" / "uk" / "post")
    assert ["/n/6/"] == [row["url"] for row in one.send("ask", query="паркан", options={})["rows"]]
    one.close()


def test_index_that_is_not_there_may_be_opened_later(root: Path, address: str) -> None:
    one = Reader(root / "reader.mjs")
    assert "error" in one.send("open", bundle=f"{address}/later")
    assert "error" in one.send("ask", query="паркан", options={})
    write(SITE, root / "later")
    assert {} == one.send("open", bundle=f"{address}/later") == one.send("open", bundle=f"{address}/later/")
    assert ["/n/6/"] == [row["url"] for row in one.send("ask", query="паркан", options={})["rows"]]
    one.close()


def test_reader_works_in_a_browser(root: Path, address: str) -> None:
    (root / "index.html").write_text("<!DOCTYPE html><title>x</title>", encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        page_ = browser.new_page()
        page_.goto(f"{address}/index.html")
        found = page_.evaluate("""async () => {
            const { open, search } = await import("/search/search.js");
            await open("search/");
            const found = await search("рішеня міської «ради»", { filters: { kind: "Рішення" } });
            return { rows: await found.load(5), facets: await found.facets(), note: found.note };
        }""")
        browser.close()
    assert ["/r/1/"] == [row["url"] for row in found["rows"]] and "Показано схоже: рішення." == found["note"]
    assert ["Рішення", "міської", "ради"] == marks(found["rows"][0])
    assert {"total": 1, "counts": {"Рішення": 1}} == found["facets"]["kind"]


def test_script_fits_its_budget() -> None:
    assert len(gzip.compress(served().encode(), 9)) <= 10_000
