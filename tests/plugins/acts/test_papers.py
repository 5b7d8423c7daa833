"""Papers of tiny councils: who signs and as whom, whose session it is, signed files with their prints, no form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from plugins.acts.form import ANNEX
from tests.conftest import build_folder
from tests.form import words_as_laid
from tests.pdf import attachments_of

ORDER = """number: 9-р
type: order
body: rada
title: Про відпустку
adopted_on: 2026-11-20
published_at: 2026-11-20 12:00
signatory: {signatory}
text: |
  Відповідно до закону:

  1. Надати відпустку.
"""


@pytest.fixture
def chain(lay_out: Callable[[str], Path]) -> Path:
    """A council with a draft, a meeting and an act."""
    return lay_out("valid/from-draft-to-act")


def built(folder: Path) -> Path:
    assert build_folder(folder, folder / "out") == (0, [])
    return folder / "out"


def said(site: Path, name: str) -> str:
    return " ".join(words_as_laid((site / name).read_bytes()))


def test_a_decision_names_the_session_of_its_meeting(chain: Path) -> None:
    told = said(built(chain), "rishennia/2026/1-1-8/rishennia.pdf")
    assert told.startswith("україна мала міська рада мала область i сесія viii скликання рішення")


def test_the_signatory_signs_under_the_post_of_that_day(chain: Path) -> None:
    table = chain / "data" / "memberships.csv"
    rows = table.read_text(encoding="utf-8").rstrip("\n")
    head = rows.split("\n")[0].split(",")
    acting = {"id": "bondar-oles-vo", "person": "bondar-oles", "organization": "rada", "role": "secretary",
              "post": "в. о. міського голови", "starts_on": "2026-11-20", "ends_on": "2026-11-25"}
    table.write_text(f"{rows}\n{','.join(acting.get(name, '') for name in head)}\n", encoding="utf-8")
    (chain / "content/acts/2026/9-r-про-відпустку.yml").write_text(ORDER.format(signatory="bondar-oles"),
                                                                   encoding="utf-8")
    told = said(built(chain), "rozporiadzhennia/2026/9-r/rozporiadzhennia.pdf")
    assert "надати відпустку в о міського голови олесь бондар публікація" in told
    assert "вирішила" not in told and "розпорядження міського голови" in told


def test_a_signatory_whose_post_has_no_words_signs_by_the_role(chain: Path) -> None:
    table = chain / "data" / "memberships.csv"
    rows = table.read_text(encoding="utf-8")
    assert "mayor,Міська голова," in rows
    table.write_text(rows.replace("mayor,Міська голова,", "mayor,,"), encoding="utf-8")
    (chain / "content/acts/2026/9-r-про-відпустку.yml").write_text(ORDER.format(signatory="lys-olena"),
                                                                   encoding="utf-8")
    told = said(built(chain), "rozporiadzhennia/2026/9-r/rozporiadzhennia.pdf")
    assert "надати відпустку міська голова олена лис публікація" in told


@pytest.mark.parametrize("post", ["т. в. о. міського голови", "виконувач обов’язків міського голови"])
def test_whoever_acts_for_the_mayor_signs_as_such_however_it_is_written(chain: Path, post: str) -> None:
    table = chain / "data" / "memberships.csv"
    rows = table.read_text(encoding="utf-8").rstrip("\n")
    head = rows.split("\n")[0].split(",")
    both = ({"id": "s1", "role": "secretary", "post": "секретар ради"}, {"id": "s2", "role": "member", "post": post})
    for more in both:
        told = more | {"person": "bondar-oles", "organization": "rada", "starts_on": "2026-11-20"}
        rows += "\n" + ",".join(told.get(name, "") for name in head)
    table.write_text(rows + "\n", encoding="utf-8")
    (chain / "content/acts/2026/9-r-про-відпустку.yml").write_text(ORDER.format(signatory="bondar-oles"),
                                                                   encoding="utf-8")
    words = " ".join(post.replace(".", "").split())
    assert f"{words} олесь бондар" in said(built(chain), "rozporiadzhennia/2026/9-r/rozporiadzhennia.pdf")


def test_no_comment_of_an_editor_goes_out_inside_a_file(chain: Path) -> None:
    text = chain / "content/acts/2026/9-r-про-відпустку.yml"
    told = ORDER.format(signatory="lys-olena") + "\n  <!-- перевірити суму в Ганни -->\n\n  [//]: # (чернетка)\n"
    text.write_text(told, encoding="utf-8")
    site = built(chain)
    inside = attachments_of((site / "rozporiadzhennia/2026/9-r/rozporiadzhennia.pdf").read_bytes())
    files = [path for path in sorted((site / "dani").rglob("*")) if path.suffix in (".json", ".csv")]
    whole = "\n".join([*(told.decode() for told in inside.values()), *(path.read_text("utf-8") for path in files)])
    assert "Надати відпустку" in whole and "Ганни" not in whole and "чернетка" not in whole


@pytest.mark.parametrize(("title", "mark", "own"), [
    ("Додаток 1. Перелік", "Додаток 1", "Перелік"), ("Додаток", "Додаток", ""),
    ("Додаток 1.1 Перелік", "Додаток 1.1", "Перелік"), ("Додаток 1-1. Кошторис", "Додаток 1-1", "Кошторис"),
    ("Додаток № 3а — Кошторис", "Додаток № 3а", "Кошторис"), ("Додаток А", "Додаток А", ""),
    ("Додаток 2 до Програми", "Додаток 2", "до Програми"), ("Додаток 3 2026 рік", "Додаток 3", "2026 рік")])
def test_the_mark_of_an_annex_is_told_from_its_title(title: str, mark: str, own: str) -> None:
    found = ANNEX.fullmatch(title)
    assert found and (found["mark"], found["title"]) == (mark, own)


def test_a_signed_file_stands_beside_with_its_print(chain: Path) -> None:
    folder = chain / "content/acts/2026/1-1-8-про-дорогу"
    for name in ("rishennia.pdf.p7s", "rishennia.asice"):
        (folder / name).write_bytes(b"signed " + name.encode())
    index = folder / "index.yml"
    index.write_text(index.read_text(encoding="utf-8") + "files:\n" + "".join(
        f"  - path: {name}\n    title: Рішення з підписом\n    kind: signed\n"
        for name in ("rishennia.pdf.p7s", "rishennia.asice")), encoding="utf-8")
    site = built(chain)
    page = html.parse(str(site / "rishennia/2026/1-1-8/index.html")).getroot()
    told = " ".join(page.find_class("file-list")[0].text_content().split())
    for name in ("rishennia.pdf.p7s", "rishennia.asice"):
        content = (site / "rishennia/2026/1-1-8" / name).read_bytes()
        assert f"підписаний файл, SHA-256: {hashlib.sha256(content).hexdigest()}" in told
    assert "Рішення на бланку" in told


def test_a_sign_without_a_glyph_is_told_to_the_editor_by_a_check(chain: Path,
                                                                 check_folder: Callable[[Path], list[str]]) -> None:
    text = chain / "content/acts/2026/1-1-8-про-дорогу/text.md"
    text.write_text(text.read_text(encoding="utf-8") + "\n\n9. Свято 🎉.\n", encoding="utf-8")
    line = text.read_text(encoding="utf-8").split("\n").index("9. Свято 🎉.") + 1
    assert [f"content/acts/2026/1-1-8-про-дорогу/text.md:{line}: Текст: знака «🎉» (U+1F389) немає в шрифтах "
            "документів. Замініть його словами або вилучіть. [DOCUMENT-SIGN]"] == check_folder(chain)


def test_what_is_not_public_yet_has_no_papers(chain: Path) -> None:
    (chain / "content/acts/2026/9-r-про-відпустку.yml").write_text(
        ORDER.format(signatory="lys-olena").replace("2026-11-20 12:00", "2026-12-20 12:00"), encoding="utf-8")
    assert not list(built(chain).glob("rozporiadzhennia/2026/9-r/*"))


def test_only_the_paper_that_changed_is_made_again(chain: Path) -> None:
    site = built(chain)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.pdf")}
    order = chain / "content/acts/2026/5-r-про-чергування.yml"
    order.write_text(order.read_text(encoding="utf-8").replace("щодня", "щоночі"), encoding="utf-8")
    assert build_folder(chain, site) == (0, [])
    assert ["rozporiadzhennia.pdf"] == [path.name for path, at in before.items() if path.stat().st_mtime_ns != at]
