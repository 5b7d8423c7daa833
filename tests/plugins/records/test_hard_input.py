"""Bad input that a checkout cannot carry: composed letters, links, rights, empty folders, pipes."""

from __future__ import annotations

import csv
import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

NEWS = "---\ntitle: Новина\npublished_at: 2026-11-20 10:30\n---\n\nТекст.\n"

Check = Callable[[Path], list[str]]


@pytest.fixture
def folder(lay_out: Callable[[str], Path]) -> Path:
    site = lay_out("")
    (site / "content" / "news" / "2026").mkdir(parents=True)
    return site


def test_a_name_in_two_signs_a_letter_is_named(folder: Path, check_folder: Check) -> None:
    name = unicodedata.normalize("NFD", "11-20-новий.md")
    (folder / "content" / "news" / "2026" / name).write_text(NEWS, encoding="utf-8")
    assert check_folder(folder) == [
        f"content/news/2026/{name}: у назві є літери з двох знаків (NFD). Перейменуйте, набравши назву заново. "
        "[NAME-NFD]"]


def test_a_link_out_of_the_tree_is_not_followed(folder: Path, check_folder: Check) -> None:
    (folder / "secret.md").write_text(NEWS, encoding="utf-8")
    (folder / "content" / "news" / "2026" / "11-20.md").symlink_to(folder / "secret.md")
    assert check_folder(folder) == [
        "content/news/2026/11-20.md: посилання веде за межі теки. Покладіть сам файл. [SYMLINK]"]


def test_a_link_stands_for_no_document(folder: Path, check_folder: Check) -> None:
    """Who changes what it leads to would change two documents, and one of them unseen by git."""
    place = folder / "content" / "news" / "2026"
    (place / "README.md").write_text(NEWS, encoding="utf-8")
    (place / "11-20.md").symlink_to("README.md")
    assert check_folder(folder) == [
        "content/news/2026/11-20.md: замість файлу — посилання. Покладіть сам файл. [SYMLINK]"]


def test_a_linked_folder_out_of_the_tree_is_not_followed(folder: Path, check_folder: Check) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "11-20.md").write_text(NEWS, encoding="utf-8")
    (folder / "content" / "news" / "2025").symlink_to(folder / "elsewhere")
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS, encoding="utf-8")
    assert check_folder(folder) == [
        "content/news/2025: посилання веде за межі теки. Покладіть сам файл. [SYMLINK]"]


def test_an_attachment_linked_out_of_the_tree_is_refused(folder: Path, check_folder: Check) -> None:
    place = folder / "content" / "news" / "2026" / "11-20-новина"
    place.mkdir()
    (place / "index.md").write_text(NEWS.replace("---\n\n", "files:\n  - title: Ключ\n    path: kliuch.pdf\n---\n\n"),
                                    encoding="utf-8")
    (folder / "secret.pdf").write_bytes(b"%PDF")
    (place / "kliuch.pdf").symlink_to(folder / "secret.pdf")
    assert any("[SYMLINK]" in line or "[FILE-OUTSIDE]" in line for line in check_folder(folder))


def test_a_file_that_leads_nowhere_is_named(folder: Path, check_folder: Check) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").symlink_to("nemaie.md")
    assert check_folder(folder) == [
        "content/news/2026/11-20.md: файл не вдається прочитати. Перевірте, чи він є і чи дозволено читати. "
        "[UNREADABLE]"]


def test_a_pipe_is_not_waited_for(folder: Path, check_folder: Check) -> None:
    os.mkfifo(folder / "content" / "news" / "2026" / "11-20.md")
    assert [line.rpartition(" ")[2] for line in check_folder(folder)] == ["[UNREADABLE]"]


def test_a_file_without_the_right_to_read_is_named(folder: Path, check_folder: Check,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "content" / "news" / "2026" / "11-20.md"
    file.write_text(NEWS, encoding="utf-8")
    file.chmod(0)
    if os.geteuid() == 0:  # root reads everything: let the system's own refusal come from the call
        real = Path.read_bytes

        def read_bytes(path: Path) -> bytes:
            if path.name == "11-20.md":
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert check_folder(folder) == [
        "content/news/2026/11-20.md: файл не вдається прочитати. Перевірте, чи він є і чи дозволено читати. "
        "[UNREADABLE]"]


def test_an_empty_folder_is_named(folder: Path, check_folder: Check) -> None:
    assert check_folder(folder) == [
        "content/news/2026: тека порожня. Додайте документ або вилучіть теку. [EMPTY-FOLDER]"]


def test_a_document_of_many_megabytes_is_refused(folder: Path, check_folder: Check) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS + "слово " * 400_000, encoding="utf-8")
    assert check_folder(folder) == [
        "content/news/2026/11-20.md: файл завеликий. Винесіть частину в додаток. [BIG-FILE]"]


def test_an_attachment_over_ten_megabytes_says_how_to_shrink(folder: Path, check_folder: Check) -> None:
    place = folder / "content" / "news" / "2026" / "11-20-новина"
    place.mkdir()
    (place / "index.md").write_text(NEWS.replace("---\n\n", "files:\n  - title: Скан\n    path: skan.pdf\n---\n\n"),
                                    encoding="utf-8")
    with (place / "skan.pdf").open("wb") as file:
        file.truncate(10_000_001)
    assert check_folder(folder) == [
        "content/news/2026/11-20-новина/index.md:6: Файл: файл «skan.pdf» більший за 10 МБ. "
        "Стисніть його або дайте url і sha256. [FILE-BIG]"]


def test_a_register_of_another_name_is_one_problem(folder: Path, check_folder: Check) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS.replace("---\n\n", "unit: zhkh\n---\n\n"),
                                                                  encoding="utf-8")
    (folder / "data" / "organizations.yml").rename(folder / "data" / "orhany.yml")
    assert check_folder(folder) == ["data/orhany.yml: такого реєстру немає. Перевірте назву файлу. [FOLDER]"]


@pytest.mark.parametrize("suffix", ["CSV", "yaml"])
def test_a_register_with_another_suffix_is_one_problem(folder: Path, check_folder: Check, suffix: str) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS, encoding="utf-8")
    right = {"CSV": "memberships.csv", "yaml": "organizations.yml"}[suffix]
    file = folder / "data" / right
    file.rename(file.with_suffix(f".{suffix}"))
    assert check_folder(folder) == [
        f"data/{file.stem}.{suffix}: закінчення .{suffix}. Перейменуйте на {file.suffix}. [FILE-TYPE]"]


def test_a_folder_in_place_of_a_text_is_one_problem(folder: Path, check_folder: Check) -> None:
    draft = folder / "content" / "drafts" / "2026" / "1-p-про-дорогу"
    (draft / "text.md").mkdir(parents=True)
    (draft / "index.yml").write_text(
        "number: 1-П\ntype: decision\nbody: rada\ntitle: Про дорогу\nregistered_on: 2026-11-10\n"
        "published_at: 2026-11-11 10:00\ninitiator:\n  person: bondar-oles\n", encoding="utf-8")
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS, encoding="utf-8")
    assert check_folder(folder) == [
        "content/drafts/2026/1-p-про-дорогу/text.md: це тека, а з такою назвою має бути файл. Перейменуйте теку. "
        "[FILE-TYPE]"]


def test_thousands_of_bodies_in_one_loop_are_one_problem(folder: Path, check_folder: Check) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS, encoding="utf-8")
    place = folder / "data" / "organizations.yml"
    bodies = (f"- id: o{i}\n  type: unit\n  title: Відділ\n  parent: o{(i + 1) % 5_000}\n" for i in range(5_000))
    place.write_text(place.read_text(encoding="utf-8") + "".join(bodies), encoding="utf-8")
    started = time.monotonic()
    assert check_folder(folder) == [
        "data/organizations.yml:11: Підпорядковано: підпорядкування йде по колу: «o0» → «o1» → «o2» → «o3» → «o4» → "
        "«o5» → «…» → «o0». Вкажіть справді вищий орган. [ORG-LOOP]"]
    assert time.monotonic() - started < 60  # each body walked to the end of its chain: hours


def test_guesses_at_wrong_keys_end_and_problems_do_not(folder: Path, check_folder: Check) -> None:
    (folder / "content" / "news" / "2026" / "11-20.md").write_text(NEWS, encoding="utf-8")
    place = folder / "data" / "organizations.yml"
    bodies = (f"- id: o{i}\n  type: unit\n  title: Відділ\n  parent: o{i}-x\n" for i in range(3_000))
    place.write_text(place.read_text(encoding="utf-8") + "".join(bodies), encoding="utf-8")
    lines = check_folder(folder)
    assert len(lines) == 3_000
    assert "Можливо, «o0»?" in min(lines, key=lambda line: int(line.split(":")[1]))
    assert sum("Можливо" in line for line in lines) < 100


def test_nothing_of_a_document_goes_out_before_its_day(folder: Path) -> None:
    from tests.conftest import build_folder

    place = folder / "content" / "news" / "2026" / "12-20-новина"
    place.mkdir()
    (place / "index.md").write_text(
        NEWS.replace("2026-11-20", "2026-12-20")
        .replace("---\n\n", "files:\n  - title: План\n    path: plan.pdf\n---\n\n"),
        encoding="utf-8")
    (place / "plan.pdf").write_bytes(b"%PDF-1.7")
    assert build_folder(folder, folder / "out")[0] == 0
    assert not list((folder / "out").rglob("*.pdf"))
    assert not list((folder / "out").rglob("*12-20*"))
    assert build_folder(folder, folder / "out", as_of="2026-12-21T10:00:00+02:00")[0] == 0
    assert (folder / "out" / "novyny" / "2026" / "12-20" / "plan.pdf").is_file()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
def test_a_table_is_read_as_a_spreadsheet_saves_it(lay_out: Callable[[str], Path], check_folder: Check, separator: str,
                                                   bom: str) -> None:
    site = lay_out("valid/roll-call")
    tables = [site / "data" / "memberships.csv", *site.rglob("votes.csv")]
    assert len(tables) > 1
    for table in tables:
        rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
        with table.open("w", encoding="utf-8", newline="") as file:
            file.write(bom)
            csv.writer(file, delimiter=separator).writerows(rows)
    assert check_folder(site) == []
