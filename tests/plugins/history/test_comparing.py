"""What differs between two revisions: all of it, in readers' words, and nothing that no page prints."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.acts.model import DraftAct
from plugins.history.comparing import Differences, between, first_of, marked
from plugins.history.parts import Content, content_of
from plugins.news.model import News
from plugins.records import Document
from plugins.records.components import MarkedRow
from plugins.ukrainian import KYIV

NOW = datetime(2026, 12, 1, 12, tzinfo=KYIV)
WORDS = st.sampled_from(["дорога", "об’єкт", "об'єкт", "будь-який", "1.1. ", "14 років", ",", " ", "\n", "\n\n",
                         "«слово»", "<del>", "&lt;", "\u00a0", "грн", "# "])
TEXTS = st.lists(WORDS, max_size=40).map("".join)


def draft(text: str, **beside: bytes) -> Content:
    return content_of(DraftAct, "content/drafts/2026/5-p/index.yml", text.encode(),
                      {name.replace("_", "."): content for name, content in beside.items()})


def told(before: Content, after: Content, model: type[Document] = DraftAct) -> list[tuple[str, str, str]]:
    """Title, what it was, what it is."""
    found = between(model, before, after, lambda kind, key: {"rada": "Яворопільська рада"}.get(key, ""), NOW)
    return [(row.point.replace("\u00a0", " "), words(row.before), words(row.after)) for row in found.rows]


def words(pieces: tuple[tuple[str, str], ...]) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[kind].format(text) for kind, text in pieces).replace("\u00a0", " ")


def test_fields_have_their_titles_and_values_the_words_of_readers() -> None:
    before = draft("title: Про міст\ntype: decision\nbody: vykonkom\npublished_at: 2026-11-13 15:00\n")
    after = draft("title: Про мости\ntype: order\nbody: rada\npublished_at: 2026-11-14 09:05\n")
    assert told(before, after) == [
        ("Заголовок", "Про [-міст-]", "Про [+мости+]"),
        ("Оприлюднено", "[-13-] листопада 2026 року, [-15:00-]", "[+14+] листопада 2026 року, [+09:05+]"),
        ("Різновид", "[-Рішення-]", "[+Розпорядження+]"), ("Орган", "[-vykonkom-]", "[+Яворопільська рада+]")]


def test_a_text_is_told_by_its_points_and_may_move_to_a_file_of_its_own() -> None:
    before = draft("text: |\n  1. Виділити 5 млн.\n\n  2. Контроль.\n")
    assert told(before, draft("title: ''\n", text_md="1. Виділити 5 млн.\n\n2. Контроль.\n".encode())) == []
    after = draft("text: |\n  1. Виділити 6 млн.\n\n  Новий абзац.\n\n  2. Контроль.\n")
    assert told(before, after) == [
        ("Текст, пункт 1", "1. Виділити [-5-] млн.", "1. Виділити [+6+] млн."),
        ("Текст, абзац 2", "", "[+Новий абзац.+]")]


def test_an_entry_of_a_list_that_came_first_is_one_change() -> None:
    before = draft("files:\n- {title: Кошторис, path: k.pdf}\n")
    after = draft("files:\n- {title: Карта, path: m.pdf}\n- {title: Кошторис, path: k.pdf}\n")
    assert [(title, new) for title, _, new in told(before, after)] == [
        ("Файли", "[+• Файл: m.pdf\nПідпис файлу: Карта+]")]


def test_only_spaces_and_lines_are_told_in_words() -> None:
    assert [row.point for row in marked("Слово  одне.", "Слово одне.", "Текст")] == ["Текст"]
    before, after = next((row.before, row.after) for row in marked("Слово  одне.", "Слово одне.", "Текст"))
    assert before != after and "пропусків: 2" in words(before) and "пропусків: 1" in words(after)


def test_comments_unknown_keys_and_files_that_nobody_names_are_not_shown() -> None:
    before = draft("title: Про міст\n")
    after = draft("title: Про міст\n# таємниця\nsecret_note: таємниця\ntext: |\n  Текст.<!-- таємниця -->\n",
                  notes_md="таємниця".encode(), chernetka_docx="таємниця".encode())
    assert told(before, after) == [("Текст, абзац 1", "", "[+Текст.+]")]


def test_what_waits_for_its_day_is_not_told_before_it() -> None:
    later = "consultation:\n  opens_on: 2026-11-13\n  report: Враховано все.\n  reported_at: {}\n"
    assert told(draft("title: А\n"), draft("title: А\n" + later.format("2027-01-01 10:00"))) == [
        ("Обговорення", "", "[+(ще не оприлюднено)+]")]
    assert "Враховано все" in told(draft("title: А\n"), draft("title: А\n" + later.format("2026-11-30 10:00")))[0][2]


def test_a_file_that_is_no_text_is_told_by_its_size_and_digest() -> None:
    head = "files:\n- {title: Кошторис, path: k.pdf}\n"
    one, other = draft(head, k_pdf=b"%PDF-1"), draft(head, k_pdf=b"%PDF-22")
    assert told(one, other) == [("Файл k.pdf", f"[-6 Б, SHA-256 {sha256(b'%PDF-1').hexdigest()}-]",
                                 f"[+7 Б, SHA-256 {sha256(b'%PDF-22').hexdigest()}+]")]


def test_markdown_with_a_head_of_its_own_or_of_pelican_is_read() -> None:
    ours, pelican = (content_of(News, "content/news/2026/a.md", text.encode(), {}) for text in (
        "---\ntitle: Міст\npublished_at: 2026-11-13 15:00\n---\n\nТекст.\n",
        "Title: Міст\nDate: 2026-11-13 15:00\nAuthor: Відділ\n\nТекст!\n"))
    assert told(ours, pelican, News) == [
        ("Підготував", "", "[+Відділ+]"), ("Текст, абзац 1", "Текст[-.-]", "Текст[+!+]")]


def test_a_head_that_cannot_be_read_is_no_traceback() -> None:
    for source in (b"title: [", b"\xff\xfe", b"- a\n- b\n", b"title: &a x\nnote: *a\n", b""):
        assert not content_of(DraftAct, "content/drafts/2026/5-p.yml", source, {}).is_read


def test_a_page_shows_a_bounded_part_and_counts_the_rest() -> None:
    rows = tuple(MarkedRow("", (), next(iter(marked("", "слово " * 100, ""))).after) for _ in range(50))
    assert [(len(found.rows), found.more) for found in (
        first_of(Differences(rows), 30, 10_000), first_of(Differences(rows), 30, 4_000))] == [(16, 34), (6, 44)]
    assert first_of(Differences(rows), 30, 100).rows[0].after[0].text.endswith("…")
    late, = marked("слово " * 2_000 + "кінець", "слово " * 2_000 + "край", "")
    assert words(first_of(Differences((late,)), 30, 3_000).rows[0].after).endswith("слово [+край+]")


@given(TEXTS, TEXTS)
@settings(max_examples=300)
def test_each_side_stands_in_its_text_letter_for_letter_and_in_its_order(before: str, after: str) -> None:
    places = [0, 0]
    for row in marked(before, after, "Текст"):
        sides = ["".join(piece.text for piece in pieces) for pieces in (row.before, row.after)]
        if any("розривів рядка:" in side for side in sides):
            continue
        for number, text in enumerate((before, after)):
            found = text.find(sides[number], places[number])
            assert found >= 0
            places[number] = found + len(sides[number])
    assert any(marked(before, after, "")) == (before != after)
