"""The revisions of a document, as commits made them: repositories are made here, git is real."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plugins.acts.model import DraftAct
from plugins.history.blobs import close
from plugins.history.steps import Step, contents, doc_name, steps_of, steps_reason
from plugins.proof.leaves import NAME
from plugins.records import Library

from .conftest import Council

GONE = "withdrawn:\n  at: 2026-11-20 10:00\n  reason: {}\n  basis: Закон\n"


def draft_of(council: Council, key: str = "2026/5-p") -> tuple[DraftAct, Library]:
    library = council.library()
    draft = library.get(DraftAct, key)
    assert draft, council.problems
    return draft, library


def steps(council: Council, key: str = "2026/5-p") -> tuple[Step, ...]:
    return steps_of(*draft_of(council, key))


def told(council: Council) -> list[str]:
    """Kind, what changed, name of the file."""
    return [f"{step.kind} {','.join(name or '.' for name in step.changed)} {step.path.rpartition('2026/')[2]}"
            for step in steps(council)]


def day(number: int) -> str:
    return f"2026-11-{number:02}T10:00:00+02:00"


def test_a_revision_without_a_key_stops_nothing(council: Council) -> None:
    """The marker of an erasure; an empty file that somebody committed once is such another."""
    council.write("2026-11-13 15:00")
    council.commit(day(14))
    council.draft.write_text("Вилучено: підстава — стаття 15\nДокумент drafts/2026/5-p.\n", encoding="utf-8")
    council.commit(day(15))
    council.write("2026-11-13 15:00", "Виділити 5 млн.")
    council.commit(day(16))
    assert [1, 2, 3] == [step.n for step in steps(council)]


def test_each_commit_after_the_first_public_one_is_a_revision(council: Council) -> None:
    council.write("2026-11-13 15:00", "Чернетка.")
    council.commit(day(10))
    council.write("2026-11-13 15:00")
    council.commit(day(12))
    council.write("2026-11-13 15:00", "Виділити 5 млн.")
    council.git("add", "-A")
    council.git("commit", "-q", "-m", "Сума\n\nReason: уточнено суму,\n за довідкою\nChange: amendment\nFor: 1",
                at=day(18))
    draft, library = draft_of(council)
    first, second = found = steps_of(draft, library)
    assert [(step.n, step.kind, step.who) for step in found] == [
        (1, "publish", "r@example.ua"), (2, "amend", "r@example.ua")]
    assert first.at and (first.at.day, first.commit) == (12, council.git("rev-parse", "HEAD~1"))
    assert second.trailers == (("Change", "amendment"), ("Reason", "уточнено суму, за довідкою"))
    assert "Виділити кошти" in contents(draft, first, library)[""].decode()
    assert contents(draft, second, library) == {"": council.draft.read_bytes()}
    assert contents(draft, second, library, largest=10) == {}
    close()
    assert doc_name(draft) == "drafts/2026/5-p" and NAME.fullmatch(doc_name(draft))


def test_a_file_that_becomes_a_folder_goes_on_and_files_beside_have_revisions(council: Council) -> None:
    council.write()
    council.commit(day(13))
    folder = council.draft.with_suffix("")
    folder.mkdir()
    council.draft.rename(folder / "index.yml")
    council.commit(day(14))
    (folder / "додаток.pdf").write_bytes(b"%PDF-1\0")
    (folder / "note.md").write_text("Записка.\n", encoding="utf-8")
    council.commit(day(15))
    (folder / "note.md").unlink()
    (folder / "додаток.pdf").write_bytes(b"%PDF-2\0")
    before = council.library().past.mark
    council.commit(day(16))
    moved = folder.with_name("5-p-про-новий-міст")
    folder.rename(moved)
    council.commit(day(17))
    (moved / "index.yml").rename(council.draft)
    (moved / "додаток.pdf").unlink()
    council.commit(day(18))
    name = folder.name
    assert told(council) == [
        f"publish . {name}.yml", f"move  {name}/index.yml", f"amend note.md,додаток.pdf {name}/index.yml",
        f"amend note.md,додаток.pdf {name}/index.yml", f"move  {moved.name}/index.yml",
        f"amend додаток.pdf {name}.yml"]
    draft, library = draft_of(council)
    fourth = steps_of(draft, library)[3]
    assert contents(draft, fourth, library)["додаток.pdf"] == b"%PDF-2\0"
    assert f"content/drafts/2026/{name}/index.yml" in (library.past.changed_since(before) or ())


def test_a_withdrawal_is_told_by_the_head_and_so_is_the_return(council: Council) -> None:
    council.write()
    council.commit(day(13))
    text = council.draft.read_text(encoding="utf-8")
    for number, head in enumerate((GONE.format("Помилка"), GONE.format("Помилка в додатку"), "", "# \n"), 20):
        council.draft.write_text(text + head, encoding="utf-8")
        council.commit(day(number))
    assert [step.kind for step in steps(council)] == ["publish", "withdraw", "withdraw", "restore", "amend"]


def test_what_was_deleted_and_comes_back_goes_on(council: Council) -> None:
    council.write()
    council.commit(day(2))
    council.draft.unlink()
    council.commit(day(3))
    council.draft = council.draft.with_name("5-p-про-школу.yml")
    council.write(text="Інше.")
    council.commit(day(16))
    assert told(council) == ["publish . 5-p-про-міст.yml", "amend . 5-p-про-школу.yml"]


def test_a_copy_is_another_document(council: Council) -> None:
    council.write()
    council.commit(day(13))
    text = council.draft.read_text(encoding="utf-8").replace("5-П", "6-П")
    council.draft.with_name("6-p-про-міст.yml").write_text(text, encoding="utf-8")
    council.commit(day(14))
    assert [[step.kind for step in steps(council, key)] for key in ("2026/5-p", "2026/6-p")] == [["publish"]] * 2


def test_a_commit_whose_time_is_not_believed_hides_nothing_in_the_first_revision(council: Council) -> None:
    council.commit(day(17))
    council.write("2026-11-30 10:00", "Одне.")
    council.commit(day(17))
    for number in (3, 4):
        council.write("2026-11-30 10:00", f"Інше {number}.")
        council.commit(day(number))
    assert [step.at and step.at.day for step in steps(council)] == [17, None, None]


def test_a_history_that_proves_nothing_gives_no_revisions_and_says_why(council: Council, tmp_path: Path) -> None:
    council.write()
    council.commit(day(13))
    council.write(text="Інше.")
    council.commit(day(14))
    assert (len(steps(council)), steps_reason(*draft_of(council))) == (2, "")
    council.git("commit", "-q", "--amend", "-m", "Зміни", at=day(12))
    assert (steps(council), steps_reason(*draft_of(council))) == ((), "історію змін цього файлу переписано")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{council.folder}", str(tmp_path / "мілкий")],
                   check=True)
    council.folder = tmp_path / "мілкий"
    assert steps(council) == () and "неповна" in steps_reason(*draft_of(council))


@pytest.mark.parametrize("is_foreign", [False, True])
def test_prose_waits_for_its_day_too(council: Council, is_foreign: bool) -> None:
    from plugins.news.model import News

    file = council.folder / "content" / "news" / "2026" / "міст.md"
    file.parent.mkdir(parents=True)
    for number in (13, 14, 25):
        head = ("Title: Міст\nDate: 2026-11-20 10:00\nCategory: Новини\n\n" if is_foreign else
                "---\ntitle: Міст\npublished_at: 2026-11-20 10:00\n---\n")
        file.write_text(f"{head}Відкрито {number}.\n", encoding="utf-8")
        council.commit(day(number))
    library = council.library()
    [news] = library.of(News)
    assert [step.at and step.at.day for step in steps_of(news, library)] == [14, 25], council.problems
