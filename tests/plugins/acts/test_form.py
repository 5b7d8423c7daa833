"""Every act of the sample on the form: measures, type, requisites, signatures, words — and what has no form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests import sample
from tests.form import faults_of_form, missing_words, words, words_as_laid
from tests.pdf import attachments_of, faults, standards

pytestmark = sample.ONLY_HERE
ACTS = ("rishennia/*/*/rishennia.pdf", "rozporiadzhennia/*/*/rozporiadzhennia.pdf", "proiekty/*/*/proiekt.pdf")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built sample."""
    base = tmp_path_factory.getbasetemp()
    return sample.built(base.parent if base.name.startswith("popen-") else base, "sample")


@pytest.fixture(scope="module")
def acts(site: Path) -> dict[str, bytes]:
    """Acts and drafts on the form by address."""
    found = {path.relative_to(site).as_posix(): path.read_bytes() for glob in ACTS for path in sorted(site.glob(glob))}
    assert len(found) > 80
    return found


@pytest.fixture(scope="module")
def laid(acts: dict[str, bytes]) -> dict[str, list[str]]:
    """The words of each."""
    return {name: words_as_laid(content) for name, content in acts.items()}


def page_of(site: Path, name: str) -> html.HtmlElement:
    return html.parse(str(site / name).rpartition("/")[0] + "/index.html", html.HTMLParser(encoding="utf-8")).getroot()


def text_of(root: html.HtmlElement) -> list[str]:
    """The words of the text of an act or an annex on its page."""
    found = root.find_class("act-text")
    return words(" ".join(found[0].itertext())) if found else []


def test_every_sheet_is_measured_and_signed_as_the_standard_says(acts: dict[str, bytes]) -> None:
    wrong = {name: told for name, content in acts.items() if (told := faults_of_form(content, signatures=["ЛЕВАДНА"]))}
    assert {} == {name: told for name, told in wrong.items() if told != ["підпису немає: ЛЕВАДНА"]}
    # The mayor has not signed what she had stopped.
    assert {name.split("/")[2] for name in wrong} <= {"1201-37-8", "1083-33-8"}


def test_every_pdf_is_read_aloud_and_kept_for_long(acts: dict[str, bytes]) -> None:
    assert {} == {name: told for name, content in acts.items() if (told := faults(content))}
    assert {("3A", "1")} == {standards(content) for content in acts.values()}


def test_no_word_of_a_text_is_lost_on_paper(site: Path, acts: dict[str, bytes], laid: dict[str, list[str]]) -> None:
    lost = {}
    for name in acts:
        root, folder = page_of(site, name), (site / name).parent
        annexes = [html.parse(str(file)).getroot() for file in sorted(folder.glob("dodatok-*/index.html"))]
        for place, page in enumerate((root, *annexes)):
            if told := missing_words(text_of(page), laid[name]):
                lost[name, place] = told
    assert {} == lost


def test_requisites_stand_in_their_order(site: Path, acts: dict[str, bytes], laid: dict[str, list[str]]) -> None:
    for name in acts:
        root = page_of(site, name)
        title, kind = words(root.findtext(".//h1")), "розпорядження" if "розп" in text_of_kicker(root) else "рішення"
        order = ["україна", "яворопільська", kind, *title, *text_of(root)[:3]]
        place = laid[name].index("україна")
        for word in order:
            assert word in laid[name][place:], (name, word)
            place += laid[name][place:].index(word)


def text_of_kicker(root: html.HtmlElement) -> str:
    return " ".join(root.find_class("page-head")[0].itertext()).lower()


def test_an_act_carries_its_own_data(acts: dict[str, bytes]) -> None:
    (name, content), = attachments_of(acts["rishennia/2026/1143-35-8/rishennia.pdf"]).items()
    told = json.loads(content)
    assert ("rishennia.json", "1143-35/8", "2026-06-25") == (name, told["number"], told["adopted_on"])
    assert told["text"].startswith("Відповідно до пункту 22") and told["annexes"][0]["text"]


def test_nothing_says_that_a_publication_is_the_original(laid: dict[str, list[str]]) -> None:
    for name, told in laid.items():
        text = " ".join(told)
        assert "згідно з оригіналом" not in text, name
        assert "публікація на сайті ради не є оригіналом" in text, name


def test_what_became_of_an_act_is_told_after_its_requisites(laid: dict[str, list[str]]) -> None:
    stopped = " ".join(laid["rishennia/2026/1201-37-8/rishennia.pdf"])
    assert stopped.endswith("стан документа на сайті зупинено https rada yavoropil example rishennia 2026 1201378")


def test_the_page_offers_the_form_and_says_what_it_is_not(site: Path) -> None:
    root = page_of(site, "rishennia/2026/1143-35-8/rishennia.pdf")
    files = root.find_class("file-list")[0]
    assert "rishennia.pdf" in [a.get("href").rpartition("/")[2] for a in files.iter("a")]
    assert "PDF без електронного підпису — публікація на сайті, а не оригінал документа." in " ".join(
        root.text_content().split())


def test_a_draft_has_its_papers(site: Path) -> None:
    folder = site / "proiekty/2026/392-p"
    assert {"proiekt.pdf", "proiekt.docx", "poiasniuvalna-zapyska.pdf", "porivnialna-tablytsia.pdf"} <= {
        file.name for file in folder.iterdir()}
    for name in ("poiasniuvalna-zapyska.pdf", "porivnialna-tablytsia.pdf"):
        assert [] == faults((folder / name).read_bytes())
