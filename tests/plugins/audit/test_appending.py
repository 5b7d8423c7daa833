"""What a publication adds to the log: everything new, nothing twice, and a crash at any write costs nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from plugins.audit.keeping import evidence, keyring
from plugins.audit.keeping.telling import NotDone
from plugins.audit.layout import BUILD, BUILDS, EVIDENCE, PAGES, SALTS
from plugins.audit.pages_root import parse_manifest, parse_salts
from plugins.proof.files import one_writer
from plugins.proof.leaves import commit_to
from plugins.proof.order import REVISIONS
from plugins.proof.pageproof import pages_root
from plugins.proof.salts import read_openings, read_policy_openings

from .keeper import SEEN, Keeper


@pytest.fixture(scope="module")
def at_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that has been started, nothing appended."""
    return Keeper(tmp_path_factory.mktemp("start")).begin().start().top


@pytest.fixture(scope="module")
def at_second(tmp_path_factory: pytest.TempPathFactory, at_start: Path) -> Path:
    """One publication is in the log; a document was edited since."""
    keeper = copied(at_start, tmp_path_factory.mktemp("second"))
    keeper.append()
    keeper.edit()
    return keeper.top


def copied(top: Path, target: Path, *without: str) -> Keeper:
    return Keeper(Path(shutil.copytree(top, target, dirs_exist_ok=True, ignore=lambda *_: without)))


def refused(keeper: Keeper, words: str, act: Callable[[], object] | None = None) -> None:
    """Nothing was written, and the reader is told why."""
    before = {path: path.read_bytes() for folder in (keeper.log, keeper.salts) for path in folder.rglob("*")
              if path.is_file()}
    with pytest.raises(NotDone, match=words):
        (act or keeper.append)()
    assert before == {path: path.read_bytes() for folder in (keeper.log, keeper.salts) for path in folder.rglob("*")
                      if path.is_file()}


def test_the_first_publication_logs_every_document_and_the_build_last(at_start: Path, tmp_path: Path) -> None:
    keeper = copied(at_start, tmp_path)
    said, = keeper.append()
    assert "Дописано до журналу: 2\u00a0редакції документів, 1\u00a0побудову. Тепер у ньому 5\u00a0записів." == said
    assert ["policy", "policy", "publish", "publish", "build"] == [one.kind for one in keeper.leaves()]
    assert 2 == keeper.opened()
    build = keeper.leaves()[-1]
    files = parse_manifest((keeper.output / "manifest.txt").read_bytes())
    assert build["root"] == pages_root(files, parse_salts((keeper.salts / PAGES).read_bytes()))
    facts = (keeper.salts / BUILD).read_text()
    head = keeper.git("rev-parse", "HEAD")
    assert f'"commit":"{head}","day":"2026-11-18T13:06:40+02:00","index":4' in facts
    salt = facts.partition('"salt":"')[2][:32]
    assert build["commit"] == commit_to("commit", bytes.fromhex(salt), head.encode())


def test_each_build_opens_for_ever(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    builds = json.loads((keeper.salts / BUILDS).read_bytes())
    logged = {str(index): one["commit"] for index, one in enumerate(keeper.leaves()) if one.kind == "build"}
    assert {"4", "6"} == logged.keys()
    assert logged == {index: commit_to("commit", bytes.fromhex(one["salt"]), one["commit"].encode())
                      for index, one in builds.items()}


def test_branches_that_were_merged_the_wrong_way_round_are_refused(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    keeper.git("checkout", "-q", "-b", "mine", "HEAD~1")
    keeper.write("content/drafts/2026/2/annex.md", "Інший додаток\n")
    keeper.commit()
    keeper.git("merge", "-q", "-m", "git pull", "main")
    keeper.build()
    refused(keeper, "git merge --no-ff")


def test_a_site_that_was_not_built_again_is_refused(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    keeper.write("content/drafts/2026/1.yml", "Про інший міст\n")
    keeper.commit()
    refused(keeper, "побудовано до останніх змін")


def test_nothing_new_writes_nothing(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    checkpoint = (keeper.log / "checkpoint").read_bytes()
    assert ["Нічого нового: у журналі 7\u00a0записів."] == keeper.append()
    assert checkpoint == (keeper.log / "checkpoint").read_bytes()


def test_an_edit_is_one_revision_and_only_its_page_gets_another_salt(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    before = parse_salts((keeper.salts / PAGES).read_bytes())
    keeper.append()
    after = parse_salts((keeper.salts / PAGES).read_bytes())
    assert ["proiekty/2026/1/index.html"] == [path for path in after if after[path] != before[path]]
    assert [("amend", 2), ("build", None)] == [(one.kind, dict(one.values).get("n")) for one in keeper.leaves()[5:]]
    assert 3 == keeper.opened()


def test_a_policy_that_changed_is_logged_once(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.write("data/rules.yml", "rules: [інші]\n")
    commit = keeper.commit()
    keeper.append()
    keeper.append()
    found = [one for one in keeper.leaves() if one.kind == "policy" and one["what"] == "rules"]
    assert [1, 2] == [one["n"] for one in found]
    opening = read_policy_openings(keeper.salts, "rules")[2]
    assert (commit, "data/rules.yml") == (opening.commit, opening.path)
    assert found[1]["c"] == commit_to("policy", opening.salt, "rules: [інші]\n".encode())


class Killed(BaseException):
    """The machine went off."""


def test_a_text_that_the_site_hides_is_logged_once(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    before = len(keeper.leaves())
    row = "- doc: drafts/2026/1\n  revision: {}\n  basis: стаття 15\n"
    keeper.write("data/redactions.yml", row.format(1) + row.format(1) + row.format(9) + "- сміття\n")
    keeper.edit("Про міст без адреси\n")
    assert "1\u00a0вилучення тексту" in keeper.append()[0]
    keeper.edit("Про міст, остаточно\n")
    keeper.append()
    kinds = [one.kind for one in keeper.leaves()[before:]]
    assert ["amend", "amend", "redact", "build", "amend", "build"] == kinds
    assert ("drafts/2026/1", 1, "стаття 15") == tuple(keeper.leaves()[before + 2][name] for name in (
        "doc", "n", "basis"))


def test_a_crash_at_any_write_leaves_a_log_that_verifies_and_the_next_append_goes_on(
        at_second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, count = Path.replace, 0
    for point in range(100):
        keeper, count = copied(at_second, tmp_path / str(point), "site"), 0
        keeper.site = at_second / "site"

        def crashing(path: Path, target: Path, last: int = point) -> Path:
            nonlocal count
            if last == count:  # after the write before this one
                raise Killed
            count += 1
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", crashing)
        try:
            keeper.append()
        except Killed:
            monkeypatch.undo()
            assert len(keeper.leaves()) in (5, 7)
            evidence.publish(keeper.log, keeper.salts, keeper.output)
            keeper.append()
            assert (7, 3) == (len(keeper.leaves()), keeper.opened())
            assert not list(keeper.salts.rglob(".*"))
            assert '"index":6' in (keeper.salts / BUILD).read_text()
            files = parse_manifest((keeper.output / "manifest.txt").read_bytes())
            assert keeper.leaves()[-1]["root"] == pages_root(files, parse_salts((keeper.salts / PAGES).read_bytes()))
        else:
            monkeypatch.undo()
            assert point > 12
            return
    raise AssertionError("it never ended")


def test_openings_of_a_batch_that_was_lost_go(at_second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = copied(at_second, tmp_path)
    monkeypatch.setattr("plugins.audit.keeping.appending.append", lambda *_, **__: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        keeper.append()
    assert [1, 2] == sorted(read_openings(keeper.salts, "drafts/2026/1"))
    monkeypatch.undo()
    keeper.git("reset", "-q", "--hard", "HEAD~1")
    keeper.build()
    keeper.append()
    assert [1] == list(read_openings(keeper.salts, "drafts/2026/1"))
    assert 2 == keeper.opened()


def test_a_second_writer_is_refused_and_not_kept_waiting(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    with one_writer(keeper.salts):
        refused(keeper, "саме пише хтось інший")
    with one_writer(keeper.log):
        refused(keeper, "саме пише хтось інший")


# what the public site shows

def test_the_log_must_go_on_from_what_the_public_site_shows(at_second: Path, tmp_path: Path) -> None:
    keeper, ahead = copied(at_second, tmp_path / "one"), copied(at_second, tmp_path / "other")
    ahead.append()
    refused(keeper, "довший журнал", lambda: keeper.append(shown=str(ahead.output)))
    keeper.append()
    keeper.edit("Ще раз\n")
    refused(keeper, "інше минуле журналу", lambda: keeper.append(shown=str(ahead.output)))
    assert "Дописано" in keeper.append(shown=str(keeper.output))[0]


def test_a_site_without_a_log_is_a_first_publication_and_one_that_does_not_answer_is_not(
        at_start: Path, tmp_path: Path) -> None:
    keeper = copied(at_start, tmp_path / "one")
    refused(keeper, "не відповідає", lambda: keeper.append(shown="http://127.0.0.1:1/"))
    keeper.append(shown=str(tmp_path))
    (keeper.output / EVIDENCE / "checkpoint").unlink()
    (keeper.output / EVIDENCE / "checkpoint").write_text("чуже\n")
    refused(keeper, "не наш журнал", lambda: keeper.append(shown=str(keeper.output)))


# evidence on the site

def test_the_evidence_is_an_exact_copy_and_what_was_destroyed_goes_from_it(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    there = keeper.output / EVIDENCE
    shown = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
    assert {"checkpoint", "policy", "policies/1", "tile/0/000.p/7", "checkpoints/007", "checkpoints/sizes",
            f"{SALTS}pages.csv", f"{SALTS}build.json", f"{SALTS}docs/drafts/2026/1.json",
            f"{SALTS}policies/rules.json"} <= shown
    assert not [path for path in shown if "manifest" in path or "/." in path or "key" in path]
    assert 0 == evidence.publish(keeper.log, keeper.salts, keeper.output)
    shutil.copytree(there, tmp_path / "copy")  # as a cache gives it back: no links any more
    shutil.rmtree(there)
    shutil.copytree(tmp_path / "copy", there)
    assert 0 == evidence.publish(keeper.log, keeper.salts, keeper.output)
    (keeper.salts / "docs" / "drafts" / "2026" / "2.json").unlink()
    (there / "чуже").write_text("x")
    assert 2 == evidence.publish(keeper.log, keeper.salts, keeper.output)
    assert not (there / "чуже").exists() and not (there / SALTS / "docs/drafts/2026/2.json").exists()


# refusals

def test_what_is_not_committed_is_not_logged(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.write("content/drafts/2026/3.yml", "Ще\n")
    refused(keeper, "є зміни, яких немає в історії git")


def test_a_history_that_was_rewritten_is_refused(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    keeper.git("commit", "-q", "--amend", "-m", "Інше")
    keeper.write("content/drafts/2026/1.yml", "Ще\n")
    keeper.commit()
    refused(keeper, "її переписано")


def test_fewer_revisions_than_logged_are_refused(at_second: Path, tmp_path: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = copied(at_second, tmp_path)
    documents = list(keeper.documents())
    monkeypatch.setattr(keeper, "documents", lambda: [documents[0], type(documents[1])(
        documents[1].name, (), documents[1].contents)])
    refused(keeper, "редакцій більше, ніж в історії git: drafts/2026/2")


def test_a_shallow_clone_is_refused(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.site.rename(tmp_path / "whole")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{tmp_path / 'whole'}", str(keeper.site)], check=True)
    refused(keeper, "Клон неповний")


def test_a_document_that_cannot_be_read_is_refused(at_second: Path, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = copied(at_second, tmp_path)
    monkeypatch.setattr(keeper, "contents", lambda step: {})
    refused(keeper, "вмісту з коміту .* не прочитати")


def test_only_a_key_of_the_policy_writes(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keyring.write_keys(tmp_path / "strange", keyring.OWN, keyring.new_pair("rada.example/zhurnal"))
    refused(keeper, "немає в правилах довіри", lambda: keeper.append(keys=tmp_path / "strange"))
    refused(keeper, "Ключа журналу не знайдено", lambda: keeper.append(keys=tmp_path))


def test_a_damaged_log_is_not_gone_on_with(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    tile = keeper.log / "tile" / "entries" / "000.p" / "5"
    tile.write_bytes(tile.read_bytes().replace(b"drafts/2026/1", b"drafts/2026/9"))
    refused(keeper, "пошкоджено")


def test_names_of_people_and_plain_hashes_are_nowhere_in_the_log(at_second: Path, tmp_path: Path) -> None:
    keeper = copied(at_second, tmp_path)
    keeper.append()
    whole = b"".join(path.read_bytes() for path in keeper.log.rglob("*") if path.is_file())
    head = keeper.git("rev-parse", "HEAD")
    blobs = keeper.git("ls-tree", "-r", "--format=%(objectname)", "HEAD").split()
    assert not [one for one in (head, *blobs, "rada@rada.example", "index.yml") if one.encode() in whole]
    assert all(one.by.startswith("site:") for one in keeper.leaves() if one.kind in REVISIONS)


@pytest.mark.parametrize(("later", "words"), [(-1, "раніша за останній запис"), (3700, "ще не настала")])
def test_the_clock_of_the_log_goes_neither_back_nor_ahead(at_second: Path, tmp_path: Path, later: int,
                                                          words: str) -> None:
    keeper = copied(at_second, tmp_path)
    refused(keeper, words, lambda: keeper.append(seen=SEEN + timedelta(seconds=later)))
