"""When a document was first public, by evidence: repositories are made here, git is real."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plugins.acts.model import DraftAct
from plugins.history.model import Evidence, Publication, publication_of, revisions_of
from plugins.meetings.model import Meeting
from plugins.ukrainian import NBSP

from .conftest import Council

MEETING = """type: plenary
body: rada
convocation: 8
session: 37
starts_at: 2026-11-19 10:00
status: held
summary: Засідання.
items: []
"""


def kyiv(publication: Publication) -> str:
    assert publication.at
    return publication.at.strftime("%Y-%m-%d %H:%M")


def test_the_first_commit_is_the_evidence_and_author_time_is_none(council: Council) -> None:
    council.write("2026-11-13 09:00")
    council.commit("2026-11-13T15:30:00+02:00")
    found = council.publication()
    assert (kyiv(found), found.evidence, found.is_backdated) == ("2026-11-13 15:30", Evidence.COMMIT, False)


def test_a_claim_of_an_earlier_day_is_backdated_and_does_not_count(council: Council) -> None:
    council.write("2026-11-12 23:59")
    council.commit("2026-11-12T22:00:01Z")  # 13 November in Kyiv
    found = council.publication()
    assert (kyiv(found), found.is_backdated) == ("2026-11-13 00:00", True)


def test_a_document_that_waits_is_public_from_its_day(council: Council) -> None:
    council.write("2026-11-20 09:00")
    council.commit("2026-11-13T15:30:00+02:00")
    assert kyiv(council.publication()) == "2026-11-20 09:00"


def test_a_day_moved_back_after_the_commit_proves_nothing_earlier(council: Council) -> None:
    council.write("2026-11-25 09:00")
    council.commit("2026-11-10T10:00:00+02:00")
    council.write("2026-11-11 09:00")
    council.commit("2026-11-18T10:00:00+02:00")
    found = council.publication()
    assert (kyiv(found), found.is_backdated) == ("2026-11-18 10:00", True)


def test_a_day_that_had_come_is_not_moved_by_later_edits(council: Council) -> None:
    council.write("2026-11-11 09:00")
    council.commit("2026-11-10T10:00:00+02:00")
    council.write("2026-11-25 09:00")
    council.commit("2026-11-18T10:00:00+02:00")
    library = council.library()
    draft = library.get(DraftAct, "2026/5-p")
    assert draft
    # The claim is later now, but the page had been there: what is told is never earlier than the record says itself.
    assert kyiv(publication_of(draft, library)) == "2026-11-25 09:00"


def test_a_renamed_document_keeps_its_evidence(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    after = council.draft.with_name("5-p-про-ремонт-мосту.yml")
    council.draft.rename(after)
    council.commit("2026-11-17T10:00:00+02:00")
    assert kyiv(council.publication()) == "2026-11-13 15:30"


def test_another_document_at_an_old_name_starts_anew(council: Council) -> None:
    council.write()
    council.commit("2026-11-02T10:00:00+02:00")
    council.draft.unlink()
    council.commit("2026-11-03T10:00:00+02:00")
    council.write("2026-11-16 10:00", "Зовсім інше рішення про зовсім інше.")
    council.commit("2026-11-16T10:00:00+02:00")
    assert kyiv(council.publication()) == "2026-11-16 10:00"


def test_what_lands_by_a_merge_is_public_when_it_lands(council: Council) -> None:
    council.commit("2026-11-01T10:00:00+02:00")
    council.git("checkout", "-q", "-b", "робота")
    council.write("2026-11-02 10:00")
    council.commit("2026-11-02T10:00:00+02:00")
    council.git("checkout", "-q", "main")
    council.git("merge", "-q", "--no-ff", "-m", "Проєкт", "робота", at="2026-11-17T09:00:00+02:00")
    found = council.publication()
    assert (kyiv(found), found.is_backdated) == ("2026-11-17 09:00", True)


def test_a_shallow_clone_knows_nothing(council: Council, tmp_path: Path) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.commit("2026-11-14T15:30:00+02:00")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{council.folder}", str(tmp_path / "мілкий")],
                   check=True)
    council.folder = tmp_path / "мілкий"
    found = council.publication()
    assert (found.evidence, found.is_recorded) == (Evidence.CLAIM, False) and "неповна" in found.reason


def test_without_git_and_before_the_commit_there_is_only_the_claim(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.draft.rename(council.draft.with_name("6-p-інший.yml"))
    library = council.library()
    draft = library.get(DraftAct, "2026/6-p")
    assert draft and publication_of(draft, library).reason == "файл ще не внесено до історії змін"


def test_rewritten_history_is_remembered(council: Council) -> None:
    council.write()
    council.commit("2026-11-17T10:00:00+02:00")
    assert council.publication().is_recorded
    council.git("commit", "-q", "--amend", "-m", "Зміни", at="2026-11-02T10:00:00+02:00")
    found = council.publication()
    assert not found.is_recorded and found.reason == "історію змін цього файлу переписано"


def test_what_stood_before_the_rewritten_stretch_stays_proven(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.commit("2026-11-14T10:00:00+02:00")
    assert council.publication().is_recorded
    council.git("commit", "-q", "--allow-empty", "--amend", "-m", "Інше", at="2026-11-15T10:00:00+02:00")
    assert kyiv(council.publication()) == "2026-11-13 15:30"


def test_a_commit_dated_before_its_parents_proves_nothing(council: Council) -> None:
    council.commit("2026-11-17T10:00:00+02:00")
    council.write("2026-11-02 10:00")
    council.commit("2026-11-02T10:00:00+02:00")
    found = council.publication()
    first = council.git("rev-list", "--max-parents=0", "HEAD")[:10]
    assert not found.is_recorded and found.reason == (
        f"час коміту суперечить попереднім: коміт {first} датовано 17{NBSP}листопада 2026{NBSP}року, пізніше за нього")


def test_a_commit_dated_in_the_future_is_named_by_all_that_it_makes_doubtful(council: Council) -> None:
    council.commit("2026-11-10T10:00:00+02:00")
    council.commit("2031-05-05T10:00:00+03:00")
    wrong = council.git("rev-parse", "HEAD")[:10]
    council.library()
    for at in ("2026-11-12T10:00:00+02:00", "2026-11-13T15:30:00+02:00"):
        council.write(text=f"Виділити кошти {at}.")
        council.commit(at)
        reason = council.publication().reason  # from what is remembered
        assert f"коміт {wrong} датовано 5{NBSP}травня 2031{NBSP}року, пізніше за нього" in reason


def test_clocks_that_differ_by_minutes_do_no_harm(council: Council) -> None:
    council.commit("2026-11-13T15:40:00+02:00")
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    assert kyiv(council.publication()) == "2026-11-13 15:40"


def test_documents_older_than_the_observations_are_not_judged(council: Council) -> None:
    file = council.folder / "data" / "council.yml"
    file.write_text(file.read_text(encoding="utf-8") + "evidence_from: 2026-11-01\n", encoding="utf-8")
    council.write("2026-10-21 10:00")
    council.commit("2026-11-13T15:30:00+02:00")
    found = council.publication()
    assert (found.evidence, found.is_backdated) == (Evidence.CLAIM, False)
    assert found.reason.startswith("документ старший за початок спостережень (")


def test_a_deployment_is_stronger_than_a_commit(council: Council) -> None:
    (council.folder / "data" / "deployments.csv").write_text(
        "path,version,at\n/proiekty/2026/5-p/,aaaaaa,2026-11-14T08:00:00Z\n"
        "/proiekty/2026/5-p/,bbbbbb,2026-11-20T08:00:00Z\n", encoding="utf-8")
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    found = council.publication()
    assert (kyiv(found), found.evidence, found.is_backdated) == ("2026-11-14 10:00", Evidence.DEPLOYMENT, True)


def test_rows_of_the_table_that_are_wrong_are_named(council: Council) -> None:
    (council.folder / "data" / "deployments.csv").write_text(
        "path,version,at\nproiekty,aaaaaa,2026-11-14T08:00:00Z\n/a/,zz,2026-11-14T08:00:00Z\n"
        "/a/,aaaaaa,2026-02-30T08:00:00Z\n/a/,aaaaaa\n", encoding="utf-8")
    council.write()
    council.library()
    assert [line.partition(": ")[0].rpartition("/")[2] for line in council.problems] == [
        f"deployments.csv:{line}" for line in (2, 3, 4, 5)]


def test_parts_have_clocks_of_their_own(council: Council) -> None:
    meeting = council.folder / "content" / "meetings" / "2026" / "pl-2026-11-19" / "index.yml"
    meeting.parent.mkdir(parents=True)
    meeting.write_text(MEETING, encoding="utf-8")
    council.commit("2026-11-05T10:00:00+02:00")
    meeting.write_text(MEETING + "recording:\n  url: https://video.example/1\n", encoding="utf-8")
    council.commit("2026-11-20T08:00:00+02:00")
    (meeting.parent / "minutes.md").write_text("Протокол.\n", encoding="utf-8")
    meeting.write_text(MEETING + "recording:\n  url: https://video.example/1\nminutes:\n  status: draft\n",
                       encoding="utf-8")
    council.commit("2026-11-23T08:00:00+02:00")
    library = council.library()
    record = library.get(Meeting, "2026/pl-2026-11-19")
    assert record
    found = [kyiv(publication_of(record, library, part)) for part in ("items", "recording", "minutes.md")]
    assert found == ["2026-11-05 10:00", "2026-11-20 08:00", "2026-11-23 08:00"]


def test_changes_of_the_text_are_told_and_those_before_publication_are_not(council: Council) -> None:
    council.write("2026-11-13 15:00", "Чернетка.")
    council.commit("2026-11-10T10:00:00+02:00")
    council.write("2026-11-13 15:00")
    council.commit("2026-11-12T10:00:00+02:00")
    council.draft.write_text(council.draft.read_text(encoding="utf-8").replace("міст.", "новий міст."),
                             encoding="utf-8")  # only the summary
    council.commit("2026-11-16T10:00:00+02:00")
    council.draft.write_text(council.draft.read_text(encoding="utf-8").replace("Виділити кошти.", "Виділити 5 млн."),
                             encoding="utf-8")
    council.commit("2026-11-18T10:00:00+02:00")
    library = council.library()
    draft = library.get(DraftAct, "2026/5-p")
    assert draft
    found = revisions_of(draft, library, ("text", "text.md", "title"))
    assert [(revision.part, revision.at.strftime("%d %H:%M")) for revision in found] == [("text", "18 10:00")]


def test_the_database_is_a_cache(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    first = council.publication()
    [file] = (council.folder.parent / "cache" / "history").glob("*.db")
    for content in (b"", b"SQLite format 3\0" + b"\1" * 500, file.read_bytes()[:3000]):
        file.write_bytes(content)
        assert council.publication() == first


def test_new_commits_are_read_alone_and_give_the_same(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    before = council.library()
    mark = before.past.mark
    council.write(text="Виділити 5 млн.")
    council.commit("2026-11-18T10:00:00+02:00")
    library = council.library()
    place = "content/drafts/2026/5-p-про-міст.yml"
    assert library.past.changed_since(mark) == {place}
    told = library.past.told(place)
    library.past.forget()
    assert council.library().past.told(place) == told


def lay_in_folder(council: Council, head: str, text: str) -> None:
    """The draft as a folder: its head in `index.yml`, its text beside it."""
    folder = council.draft.with_suffix("")
    folder.mkdir()
    council.draft.unlink()
    (folder / "index.yml").write_text(head, encoding="utf-8")
    (folder / "text.md").write_text(text, encoding="utf-8")


def changes_of_text(council: Council) -> list[str]:
    library = council.library()
    draft = library.get(DraftAct, "2026/5-p")
    assert draft
    return [revision.at.strftime("%d %H:%M") for revision in revisions_of(draft, library, ("title", "text"))]


@pytest.mark.parametrize("points", [1, 40])
def test_a_document_that_becomes_a_folder_is_the_same_and_its_text_too(council: Council, points: int) -> None:
    text = "\n".join(f"{number}. Виділити кошти на пункт {number}." for number in range(1, points + 1))
    council.write("2026-11-13 15:00", text.replace("\n", "\n  "))
    council.commit("2026-11-13T15:30:00+02:00")
    head = council.draft.read_text(encoding="utf-8").partition("text: |\n")[0]
    lay_in_folder(council, head, text + "\n")
    council.commit("2026-11-17T10:00:00+02:00")
    found = council.publication()
    assert (kyiv(found), found.is_backdated) == ("2026-11-13 15:30", False)


def test_another_text_in_a_file_beside_is_a_change(council: Council) -> None:
    council.write("2026-11-13 15:00", "Буде.")
    council.commit("2026-11-13T15:30:00+02:00")
    head = council.draft.read_text(encoding="utf-8").partition("text: |\n")[0]
    lay_in_folder(council, head, "1. Буде.\n")
    council.commit("2026-11-14T10:00:00+02:00")
    assert changes_of_text(council) == []
    (council.draft.with_suffix("") / "text.md").write_text("1. Виділити 5 млн.\n", encoding="utf-8")
    council.commit("2026-11-27T10:00:00+02:00")
    assert changes_of_text(council) == ["27 10:00"]


def test_a_text_that_comes_after_the_draft_is_a_change(council: Council) -> None:
    council.write("2026-11-13 15:00")
    whole = council.draft.read_text(encoding="utf-8")
    council.draft.write_text(whole.partition("text: |\n")[0], encoding="utf-8")
    council.commit("2026-11-13T15:30:00+02:00")
    council.draft.write_text(whole, encoding="utf-8")
    council.commit("2026-11-27T10:00:00+02:00")
    assert changes_of_text(council) == ["27 10:00"]


def test_another_indentation_is_no_change_of_a_text(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.draft.write_text(council.draft.read_text(encoding="utf-8").replace("text: |\n  1.", "text: |-\n      1."),
                             encoding="utf-8")
    council.commit("2026-11-27T10:00:00+02:00")
    assert changes_of_text(council) == []


def test_a_new_document_has_no_part_in_the_evidence_of_one_that_went(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    text = council.draft.read_text(encoding="utf-8").replace("5-П", "9-П").replace("мосту", "школи")
    council.draft.unlink()
    council.draft.with_name("9-p-про-школу.yml").write_text(text, encoding="utf-8")
    council.commit("2026-11-27T10:00:00+02:00")
    library = council.library()
    draft = library.get(DraftAct, "2026/9-p")
    assert draft
    found = publication_of(draft, library)
    assert (kyiv(found), found.is_backdated) == ("2026-11-27 10:00", True)


def test_a_document_whose_identifier_stays_is_the_same_under_any_name(council: Council) -> None:
    council.draft = council.draft.with_name("про-міст.yml")
    council.write()
    council.draft.write_text("id: 5-p\n" + council.draft.read_text(encoding="utf-8"), encoding="utf-8")
    council.commit("2026-11-13T15:30:00+02:00")
    text = council.draft.read_text(encoding="utf-8").replace("Виділити", "  2. Скласти кошторис.\n" * 20 + "  Виділити")
    council.draft.unlink()
    council.draft.with_name("про-кошторис.yml").write_text(text, encoding="utf-8")
    council.commit("2026-11-27T10:00:00+02:00")
    assert kyiv(council.publication()) == "2026-11-13 15:30"


@pytest.mark.parametrize("setting", ["log.showRoot=false", "diff.relative=true", "log.follow=true",
                                     "log.showSignature=true", "log.diffMerges=combined"])
def test_the_settings_of_a_machine_change_nothing(council: Council, setting: str) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.write(text="Виділити 5 млн.")
    council.commit("2026-11-17T10:00:00+02:00")
    council.git("config", *setting.split("="))
    assert kyiv(council.publication()) == "2026-11-13 15:30"


def test_grafts_and_replaced_commits_are_not_believed(council: Council) -> None:
    council.write()
    council.commit("2026-11-17T10:00:00+02:00")
    council.write(text="Виділити 5 млн.")
    council.commit("2026-11-18T10:00:00+02:00")
    late = council.git("rev-parse", "HEAD~1")
    early = council.git("commit-tree", f"{late}^{{tree}}", "-m", "Раніше", at="2026-11-02T10:00:00+02:00")
    council.git("replace", late, early)
    grafts = council.folder / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{council.git('rev-parse', 'HEAD')} {early}\n", encoding="utf-8")
    assert kyiv(council.publication()) == "2026-11-17 10:00"


def test_a_year_that_no_clock_shows_proves_nothing(council: Council) -> None:
    council.write()
    council.commit("@253402300800 +0000")  # the year 10000
    assert council.publication().reason == f"коміт {council.git('rev-parse', 'HEAD')[:10]} має неможливий час"


def test_a_repository_that_cannot_be_read_proves_nothing(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    name = council.git("rev-parse", "HEAD:content/drafts")
    (council.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    found = council.publication()
    assert (found.evidence, found.reason) == (Evidence.CLAIM,
                                              "історію змін не вдалося прочитати: git зупинився з помилкою")


def test_a_branch_that_was_looked_at_and_merged_is_no_rewritten_history(council: Council) -> None:
    council.write()
    council.commit("2026-11-13T15:30:00+02:00")
    council.git("checkout", "-q", "-b", "робота")
    council.write(text="Виділити 5 млн.")
    council.commit("2026-11-17T10:00:00+02:00")
    council.publication()
    council.git("checkout", "-q", "main")
    assert council.publication().reason == "історію змін цього файлу переписано"
    council.git("merge", "-q", "--no-ff", "-m", "Проєкт", "робота", at="2026-11-18T09:00:00+02:00")
    assert (kyiv(council.publication()), changes_of_text(council)) == ("2026-11-13 15:30", ["18 09:00"])


def test_a_version_that_is_deployed_again_is_no_new_one(council: Council) -> None:
    council.write()
    (council.folder / "data" / "deployments.csv").write_text(
        "path,version,at\n/proiekty/2026/5-p/#text,aaaaaa,2026-11-20T08:00:00Z\n"
        "/proiekty/2026/5-p/#text,aaaaaa,2026-11-14T08:00:00Z\n/proiekty/2026/5-p/,aaaaaa,2026-11-14T08:00:00Z\n"
        "/proiekty/2026/5-p/#text,aaaaaa,2026-11-14T08:00:00Z\n"
        "/proiekty/2026/5-p/#text.md,bbbbbb,2026-11-21T08:00:00Z\n", encoding="utf-8")
    assert changes_of_text(council) == ["21 10:00"]
