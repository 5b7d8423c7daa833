"""The output is whole at every moment: full disk, interruption, kill, a folder that is not ours."""

from __future__ import annotations

import errno
import importlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from plugins.builder import making, output, sources
from plugins.builder.options import BuildOptions
from tests.conftest import AS_OF, ROOT, build_folder, tree_of

SCRIPT = ("import sys; from pathlib import Path; from plugins.builder.options import BuildOptions; "
          "from plugins.builder.run import build; s = Path(sys.argv[1]); "
          f"sys.exit(build(BuildOptions(s/'content', s/'data', s/'out', as_of={AS_OF!r}, state=s/'cache', cold=True,"
          " search=False)))")


def start(site: Path, *, file_limit: int = 0) -> subprocess.Popen[str]:
    """A build in a process of its own; with `file_limit` no file may grow beyond that many bytes."""
    def limit() -> None:
        if file_limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(site)], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, preexec_fn=limit, encoding="utf-8",
                            env={**os.environ, "PYTHONUTF8": "1"})


def change(site: Path) -> None:
    """Add a document."""
    folder = site / "content" / "news" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "11-21-друга.md").write_text("---\ntitle: Друга\npublished_at: 2026-11-21 10:00\n---\n\nТекст.\n",
                                           encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="locks of a process are a POSIX matter")
def test_a_second_build_waits_for_the_first(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/every-kind")
    builds = [start(site) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in builds]
    assert [process.returncode for process in builds] == [0, 0], said
    assert sorted("Цей сайт уже будує інша команда" in errors for _, errors in said) == [False, True]
    assert not output.staging_of(site / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are a POSIX matter")
def test_a_full_disk_leaves_the_last_good_site(lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    assert build_folder(site, site / "out")[0] == 0
    before = tree_of(site / "out")
    change(site)
    process = start(site, file_limit=2000)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "на диску немає місця" in errors
    assert "Traceback" not in errors
    assert tree_of(site / "out") == before
    assert not output.staging_of(site / "out").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_last_good_site_and_the_next_one_succeeds(
        sent: signal.Signals, lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    assert build_folder(site, site / "out")[0] == 0
    before = tree_of(site / "out")
    change(site)
    process = start(site)
    staging = output.staging_of(site / "out")
    deadline = time.monotonic() + 60
    while not staging.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    if sent is signal.SIGINT:
        assert process.returncode == 130
        assert not staging.exists()
    assert tree_of(site / "out") == before
    assert build_folder(site, site / "out")[0] == 0
    assert build_folder(site, site / "fresh", cache=site / "other")[0] == 0
    assert tree_of(site / "out") == tree_of(site / "fresh")


def test_a_file_that_changes_while_it_is_built_from_is_told_and_the_last_good_site_stays(
        lay_out: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    site = lay_out("valid/every-kind")
    assert build_folder(site, site / "out")[0] == 0
    before = tree_of(site / "out")
    page = next((site / "content" / "news").rglob("*.md"))
    make = making.Making.make

    def meanwhile(self: making.Making) -> None:
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("title:", "prepared_by: Відділ\ntitle:", 1), encoding="utf-8")
        make(self)

    monkeypatch.setattr(making.Making, "make", meanwhile)
    assert build_folder(site, site / "out", cold=True)[0] == 1
    assert f"{page.name} змінився під час побудови" in capsys.readouterr().err and tree_of(site / "out") == before
    monkeypatch.undo()
    assert build_folder(site, site / "out")[0] == 0


def test_the_site_comes_before_its_state_where_there_is_room_for_one_of_them(
        lay_out: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out("valid/every-kind")
    make = making.Making.make

    def short_of_room(self: making.Making) -> None:
        make(self)
        if self.run.kept:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making.Making, "make", short_of_room)
    assert build_folder(site, site / "out")[0] == 0
    assert (site / "out" / "index.html").is_file()
    assert not list((site / "cache").rglob("*.sqlite")) and not list((site / "cache").rglob("*.new"))
    assert "M index.html" in (site / "cache" / "changed-files.txt").read_text(encoding="utf-8").splitlines()
    monkeypatch.undo()
    whole = tree_of(site / "out")
    assert build_folder(site, site / "out")[0] == 0 and tree_of(site / "out") == whole


def test_a_build_that_fails_leaves_no_draft_of_a_state(lay_out: Callable[[str], Path],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out("valid/every-kind")

    def breaks(self: making.Making) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(making.Making, "make", breaks)
    assert build_folder(site, site / "out")[0] == 1
    assert not list((site / "cache").rglob("*.new"))


def test_renames_that_were_cut_short_are_finished_by_the_next_start(tmp_path: Path) -> None:
    site = tmp_path / "out"
    site.mkdir()
    (site / "old.html").write_text("old")
    (site / "same.html").write_text("old")
    staging = output.begin(site)
    (staging / "files" / "0").write_text("new")
    (staging / "files" / "1").write_text("new")
    plan = {"moves": [("moved-already.html", "7"), ("later/index.html", "1"), ("same.html", "0")],
            "removed": ["old.html"]}
    (staging / "journal.json").write_text(json.dumps(plan))
    output.recover(site)
    assert tree_of(site) == {"later/index.html": b"new", "same.html": b"new"}
    assert not staging.exists()


def test_a_first_build_that_was_cut_short_is_finished_by_the_next_one(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/community")
    build_folder(site, site / "whole", cache=site / "cache-of-whole")
    out = site / "out"
    staging = output.begin(out)
    (staging / "files" / "0").write_text("new")
    out.mkdir()
    (out / "index.html").write_text("moved before the kill")
    (staging / "journal.json").write_text(json.dumps({"moves": [("a/index.html", "0")], "removed": []}))
    assert (0, []) == build_folder(site, out)
    assert tree_of(site / "whole") == tree_of(out)


def test_a_folder_of_somebody_else_is_not_touched(lay_out: Callable[[str], Path], tmp_path: Path,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    site = lay_out()
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("мій лист")
    status, _ = build_folder(site, home)
    assert status == 1
    assert "не порожня" in capsys.readouterr().err
    assert tree_of(home) == {"letter.txt": "мій лист".encode()}


def test_an_output_inside_of_the_sources_is_refused(lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    assert build_folder(site, site / "content" / "out")[0] == 1
    assert not (site / "content" / "out").exists()


def test_what_no_page_claims_is_removed_with_its_empty_folders(lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    change(site)
    assert build_folder(site, site / "out")[0] == 0
    assert (site / "out" / "novyny" / "2026" / "11-21" / "index.html").is_file()
    folder = site / "content" / "news" / "2026"
    (folder / "11-21-друга.md").rename(folder / "11-20-друга.md")
    assert build_folder(site, site / "out")[0] == 0
    assert not (site / "out" / "novyny" / "2026" / "11-21").exists()


def test_a_build_without_changes_writes_nothing(lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    change(site)
    assert build_folder(site, site / "out")[0] == 0
    before = {path: path.stat().st_mtime_ns for path in (site / "out").rglob("*")}
    assert build_folder(site, site / "out")[0] == 0
    assert {path: path.stat().st_mtime_ns for path in (site / "out").rglob("*")} == before


def test_a_file_that_is_gone_from_the_site_is_printed_again(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/community")
    build_folder(site, site / "out")
    whole = tree_of(site / "out")
    (site / "out" / "index.html").unlink()
    build_folder(site, site / "out")
    assert whole == tree_of(site / "out")


def test_a_file_that_was_altered_is_found_by_who_trusts_nothing(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/community")
    build_folder(site, site / "out")
    whole = tree_of(site / "out")
    (site / "out" / "index.html").write_text("<h1>Не наше</h1>", encoding="utf-8")
    build_folder(site, site / "out", paranoid=True)
    assert whole == tree_of(site / "out")


def test_git_knows_what_has_changed(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/community")
    options = BuildOptions(site / "content", site / "data", site / "out")
    git = partial(subprocess.run, cwd=site, check=True, capture_output=True, text=True)
    hashed = sources.look(options)
    git(["git", "init", "-q"])
    git(["git", "add", "content", "data"])
    git(["git", "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", "commit", "-q", "-m", "Документи"])
    trees = [git(["git", "rev-parse", f"HEAD:{name}"]).stdout.strip() for name in ("content", "data")]
    known = sources.look(options)
    assert [tree.tree for tree in (known.content, known.data)] == trees
    assert not known.content.files and not known.data.files
    read = sources.look(replace(options, paranoid=True))
    assert (hashed.content, hashed.data) == (read.content, read.data) and known.head == read.head
    file = next((site / "data").rglob("*.yml"))
    file.write_text(file.read_text(encoding="utf-8") + "# зміна\n", encoding="utf-8")
    (site / "content" / "нове.md").write_text("нове", encoding="utf-8")
    now = sources.look(options)
    assert [tree.tree for tree in (now.content, now.data)] == trees
    changed = ["content/нове.md", f"data/{file.relative_to(site / 'data').as_posix()}"]
    assert sources.changed(options, known.text, now) == changed
    git(["git", "add", "content", "data"])
    git(["git", "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", "commit", "-q", "-m", "Зміни"])
    assert sources.changed(options, known.text, sources.look(options)) == changed
    file.unlink()
    assert sources.changed(options, now.text, sources.look(options)) == changed
    assert sources.changed(options, hashed.text, sources.look(options)) is None


@pytest.mark.parametrize("change", ["none", "edit", "new", "empty", "removed", "link", "unknown to git"])
@pytest.mark.parametrize("names", [("content", "data"), ("c[o]n*t", ":(top)d"), ("тека вмісту", "тека")])
def test_git_is_asked_about_two_folders_as_about_each(tmp_path: Path, names: tuple[str, str], change: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    content, data = (site / name for name in names)
    for folder in (content, data):
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "a.yml").write_text("a")
        (folder / "b.yml").write_text("b")
    git = partial(subprocess.run, cwd=site, check=True, capture_output=True)
    if change == "link":
        (data / "link.yml").symlink_to("b.yml")
    git(["git", "init", "-q"])
    git(["git", "add", "."])
    git(["git", "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", "commit", "-q", "-m", "Документи"])
    match change:
        case "edit":
            (content / "b.yml").write_text("c")
            (data / "deep" / "a.yml").write_text("c")
        case "new":
            (content / "new").mkdir()
            (content / "new" / "c.yml").write_text("c")
        case "empty":
            (data / "empty" / "deep").mkdir(parents=True)
        case "removed":
            (data / "b.yml").unlink()
        case "unknown to git":
            git(["git", "rm", "-r", "-q", "--cached", str(data)])
    both = sources.look(BuildOptions(content, data))
    assert sources.look(BuildOptions(content, elsewhere)).content == both.content
    assert sources.look(BuildOptions(elsewhere, data)).data == both.data
    assert bool(both.data.tree) == (change != "link")


@pytest.mark.parametrize("told", [
    ["update-index", "--assume-unchanged"], ["update-index", "--skip-worktree"], ["check-attr"], ["empty"]],
    ids=["assumed unchanged", "skipped", "filtered", "an empty folder"])
def test_git_is_not_believed_where_it_does_not_look(lay_out: Callable[[str], Path], told: list[str]) -> None:
    site = lay_out("valid/community")
    options = BuildOptions(site / "content", site / "data", site / "out")
    git = partial(subprocess.run, cwd=site, check=True, capture_output=True)
    file = next((site / "data").rglob("*.yml"))
    git(["git", "init", "-q"])
    git(["git", "config", "filter.upper.clean", "tr a-z A-Z"])
    if told == ["check-attr"]:
        (site / ".gitattributes").write_text("*.yml filter=upper\n")
    git(["git", "add", "."])
    git(["git", "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", "commit", "-q", "-m", "Документи"])
    if told[0] == "update-index":
        git(["git", *told, str(file)])
    before = sources.look(options).digest
    if told == ["empty"]:
        (site / "content" / "empty").mkdir()
    else:
        file.write_text(file.read_text(encoding="utf-8").upper(), encoding="utf-8")
    assert before != sources.look(options).digest


def test_one_edit_prints_only_the_pages_that_show_it(lay_out: Callable[[str], Path]) -> None:
    site = lay_out()
    folder = site / "content" / "news" / "2026"
    folder.mkdir(parents=True)
    for number in range(1, 4):
        (folder / f"11-1{number}-новина.md").write_text(
            f"---\ntitle: Новина {number}\npublished_at: 2026-11-1{number} 10:00\n---\n\nТекст.\n", encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    text = (folder / "11-12-новина.md").read_text(encoding="utf-8")
    (folder / "11-12-новина.md").write_text(text.replace("Текст.", "Інший текст."), encoding="utf-8")
    assert build_folder(site, site / "out")[0] == 0
    changed = (site / "cache" / "changed-files.txt").read_text(encoding="utf-8").splitlines()
    assert "M novyny/2026/11-12/index.html" in changed
    assert not any("11-11" in line or "11-13" in line for line in changed)


def test_the_manifest_names_every_file_with_its_digest(lay_out: Callable[[str], Path]) -> None:
    import hashlib

    site = lay_out()
    assert build_folder(site, site / "out")[0] == 0
    files = {path: digest for digest, _, path in (
        line.partition("  ") for line in (site / "out" / "manifest.txt").read_text(encoding="utf-8").splitlines())}
    tree = {path: content for path, content in tree_of(site / "out").items() if path != "manifest.txt"}
    assert files == {path: hashlib.sha256(content).hexdigest() for path, content in tree.items()}


def test_a_plugin_that_does_not_load_ends_the_build(lay_out: Callable[[str], Path],
                                                    monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = lay_out()
    monkeypatch.setattr(importlib.import_module("plugins.news"), "register", lambda: 1 / 0)
    status, lines = build_folder(site, site / "out")
    assert status == 1
    assert any("[PLUGIN]" in line for line in lines)
    assert not (site / "out").exists()


def test_a_template_that_asks_for_a_missing_value_ends_the_build(lay_out: Callable[[str], Path],
                                                                 tmp_path: Path) -> None:
    site = lay_out()
    change(site)
    engine = tmp_path / "engine"
    shutil.copytree(ROOT, engine, ignore=shutil.ignore_patterns(".git", ".venv", ".cache", "output", "content"))
    template = engine / "theme" / "templates" / "news" / "article.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("{% block text %}", "{% block text %}{{ page.nemaie }}"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(site)], cwd=engine, capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 1
    assert "[TEMPLATE]" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
