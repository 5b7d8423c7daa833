"""Words of attachments: a document is found by what stands in its files, and the result says in which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import tree_of
from tests.plugins.media.test_attachment_text import pdf, word
from tests.plugins.search.read_index import Shown
from tests.plugins.search.test_upkeep import Site

URL = "/novyny/2026/11-21/"
HEAD = """---
title: Звіт насосної станції
published_at: 2026-11-21 10:00
files:
  - title: Кошторис
    path: koshtorys.pdf
  - title: Протокол & акт
    path: protokol.docx
---

Оприлюднено звіт.
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    place(made).mkdir()
    (place(made) / "index.md").write_text(HEAD, encoding="utf-8")
    (place(made) / "koshtorys.pdf").write_bytes(pdf("Заміна фільтрів\nколодязя", "Оплата бурильникам"))
    (place(made) / "protokol.docx").write_bytes(word("Присутній сантехнік.", "Ухвалили <замовити> помпу."))
    made.build()
    return made


def place(site: Site) -> Path:
    return site.folder / "content" / "news" / "2026" / "11-21-звіт"


def shown(site: Site, term: str) -> list[Shown]:
    index = site.index()
    return [index.shown(slot) for slot in sorted(index.postings().get(term, {}))]


def test_a_document_is_found_by_the_words_of_its_files(site: Site) -> None:
    found, = shown(site, "колодязь/n")
    assert (URL, "", "Звіт насосної станції", "Кошторис") == found[:4]
    assert "Кошторис. Заміна фільтрів колодязя Оплата бурильникам" == found.text
    assert ["Протокол & акт"] == [section.heading for section in shown(site, "сантехнік/n")]
    assert "Ухвалили <замовити> помпу. Захід Сума" in shown(site, "помпа/n")[0].text


def test_its_own_text_comes_first_and_the_files_are_sections_of_the_same_page(site: Site) -> None:
    index = site.index()
    slots = [slot for slot in index.slots() if index.shown(slot).url == URL]
    assert [0, 128, 128] == [index.lengths[slot] & 128 for slot in slots]
    assert "Оприлюднено звіт." in index.shown(slots[0]).text


def test_a_long_file_is_cut_and_each_piece_names_it(site: Site) -> None:
    (place(site) / "protokol.docx").write_bytes(word(*["Слово за словом. " * 60] * 30, "Кінцівка."))
    site.build()
    pieces = [section for section in shown(site, "слово/n") if section.url == URL]
    assert len(pieces) > 5
    assert {"Протокол & акт"} == {section.heading for section in pieces}
    assert site.is_right()


def test_a_changed_file_is_found_anew(site: Site) -> None:
    (place(site) / "koshtorys.pdf").write_bytes(pdf("Заміна фільтрів\nкриниці", "Оплата бурильникам"))
    site.build()
    assert [] == shown(site, "колодязь/n")
    assert [URL] == [section.url for section in shown(site, "криниця/n")]
    assert site.is_right()


def test_a_file_that_is_taken_away_is_no_longer_found(site: Site) -> None:
    (place(site) / "index.md").write_text(HEAD.replace("  - title: Кошторис\n    path: koshtorys.pdf\n", ""),
                                          encoding="utf-8")
    site.build()
    assert [] == shown(site, "колодязь/n")
    assert 1 == len(shown(site, "сантехнік/n"))
    assert site.is_right()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"PK\x03\x04 broken", b"no document at all"])
def test_a_damaged_file_is_no_problem_and_has_no_words(site: Site, content: bytes) -> None:
    (place(site) / "koshtorys.pdf").write_bytes(content)
    site.build()
    assert [] == shown(site, "колодязь/n")
    assert 1 == len(shown(site, "сантехнік/n"))


def test_a_withdrawn_document_is_not_found_by_its_files(site: Site) -> None:
    (place(site) / "index.md").write_text(HEAD.replace("files:\n", (
        "withdrawn:\n  at: 2026-11-21 12:00\n  reason: Помилка.\n  basis: Лист.\nfiles:\n")), encoding="utf-8")
    site.build()
    assert [] == shown(site, "колодязь/n") + shown(site, "сантехнік/n")
    assert site.is_right()


def test_texts_are_kept_between_builds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tree_of(site.folder / "cache" / "attachments")
    assert 2 == len(kept)
    monkeypatch.setattr("plugins.media.attachment_text.text_of", lambda content: pytest.fail("it was read before"))
    site.edit()
    (place(site) / "index.md").write_text(HEAD.replace("Оприлюднено", "Опубліковано"), encoding="utf-8")
    site.build()
    assert 1 == len(shown(site, "колодязь/n"))


def test_files_of_an_english_document_are_found_in_its_index(site: Site) -> None:
    before = tree_of(site.out / "search" / "pagefind")
    (place(site) / "index.md").write_text(HEAD.replace("published_at", "lang: en\npublished_at"), encoding="utf-8")
    site.build()
    assert [] == shown(site, "колодязь/n")
    assert before != tree_of(site.out / "search" / "pagefind")
