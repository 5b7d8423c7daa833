"""The branches of the log: real remotes in folders; both move or none does, and the slower of two is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.bootstrap import ROOT

SCRIPT = ROOT / ".github" / "scripts" / "log_branches.py"


class Job:
    """A run of the publishing job: a folder with `log` and `salts`."""

    def __init__(self, folder: Path, remote: Path) -> None:
        folder.mkdir()
        self.folder, self.remote = folder, remote

    def does(self, *arguments: str, key: str = "true", status: int = 0) -> str:
        environment = os.environ | {"REMOTE": str(self.remote), "HAS_KEY": key, "GIT_CONFIG_GLOBAL": os.devnull,
                                    "GIT_TEST_FSYNC": "0"}
        done = subprocess.run([sys.executable, SCRIPT, *arguments], cwd=self.folder, capture_output=True,
                              encoding="utf-8", env=environment)
        assert status == done.returncode, done.stdout + done.stderr
        return done.stdout

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text)

    def append(self, size: int) -> None:
        """As much as an append changes."""
        for path in ("log/checkpoint", f"log/checkpoints/{size}"):
            self.write(path, checkpoint(size))
        sizes = self.folder / "log" / "checkpoints" / "sizes"
        self.write("log/checkpoints/sizes", (sizes.read_text() if sizes.exists() else "") + f"{size}\n")
        self.write("salts/build.json", f"{size}\n")

    def collect(self, size: int, name: str) -> None:
        """As much as a signature changes."""
        for path in ("log/checkpoint", f"log/checkpoints/{size}"):
            self.write(path, checkpoint(size, name))


def checkpoint(size: int, *witnesses: str) -> str:
    return "".join(f"{line}\n" for line in ("rada", size, f"корінь {size}", "", f"— rada {size}", *witnesses))


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A log of one publication, brought there from plain folders, as at its beginning."""
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote"], check=True)
    first = Job(tmp_path / "first", tmp_path / "remote")
    first.append(1)
    first.does("push")
    return tmp_path / "remote"


def shown(remote: Path, what: str) -> str:
    return subprocess.run(["git", "-C", remote, "show", what], check=True, capture_output=True, text=True).stdout


def commits(remote: Path, branch: str) -> int:
    return int(subprocess.run(["git", "-C", remote, "rev-list", "--count", branch], check=True, capture_output=True,
                              text=True).stdout)


def test_the_log_goes_forward_and_the_salts_have_no_past(remote: Path, tmp_path: Path) -> None:
    for size in (2, 3):
        job = Job(tmp_path / f"job{size}", remote)
        job.does("restore")
        assert (checkpoint(size - 1), f"{size - 1}\n") == (
            (job.folder / "log/checkpoint").read_text(), (job.folder / "salts/build.json").read_text())
        job.append(size)
        job.does("push")
    assert (checkpoint(3), "3\n", 3, 1) == (shown(remote, "zhurnal:checkpoint"), shown(remote, "soli:build.json"),
                                    commits(remote, "zhurnal"), commits(remote, "soli"))


def test_the_slower_of_two_publications_is_refused_and_changes_nothing(remote: Path, tmp_path: Path) -> None:
    one, other = Job(tmp_path / "one", remote), Job(tmp_path / "other", remote)
    for job in (one, other):
        job.does("restore")
        job.append(2)
    other.write("salts/build.json", "інша\n")
    one.does("push")
    assert "::error::Журналу не внесено" in other.does("push", status=1)
    assert (checkpoint(2), "2\n") == (shown(remote, "zhurnal:checkpoint"), shown(remote, "soli:build.json"))
    assert "::warning::Журналу не внесено" in other.does("push", "--may-wait")


def test_salts_alone_cannot_be_overtaken_either(remote: Path, tmp_path: Path) -> None:
    one, other = Job(tmp_path / "one", remote), Job(tmp_path / "other", remote)
    for job, text in ((one, "вилучено\n"), (other, "як було\n")):
        job.does("restore")
        job.write("salts/build.json", text)
    one.does("push")
    other.does("push", status=1)
    assert "вилучено\n" == shown(remote, "soli:build.json")


def test_signatures_that_came_meanwhile_are_taken_along(remote: Path, tmp_path: Path) -> None:
    publishing, collecting = Job(tmp_path / "one", remote), Job(tmp_path / "other", remote)
    for job in (publishing, collecting):
        job.does("restore")
    collecting.collect(1, "свідок")
    collecting.write("log/anchors/1.tsr", "позначка\n")
    collecting.does("push", "--may-wait")
    publishing.append(2)
    publishing.does("push")
    assert [checkpoint(1, "свідок"), checkpoint(2), "позначка\n"] == [
        shown(remote, f"zhurnal:{path}") for path in ("checkpoints/1", "checkpoint", "anchors/1.tsr")]
    assert "2\n" == shown(remote, "soli:build.json")


def test_a_run_that_has_nothing_to_log_loses_no_signature(remote: Path, tmp_path: Path) -> None:
    publishing, collecting, other = (Job(tmp_path / name, remote) for name in ("one", "two", "three"))
    for job in (publishing, collecting, other):
        job.does("restore")
    collecting.collect(1, "свідок")
    collecting.does("push", "--may-wait")
    publishing.does("push")
    other.write("log/anchors/1.tsr", "позначка\n")
    other.does("push", "--may-wait")
    assert [checkpoint(1, "свідок"), "позначка\n"] == [
        shown(remote, f"zhurnal:{path}") for path in ("checkpoint", "anchors/1.tsr")]


def test_a_council_without_a_log_is_told_so(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote"], check=True)
    job = Job(tmp_path / "job", tmp_path / "remote")
    assert "::notice::Рада ще не веде журналу" in job.does("restore", key="")
    assert not (job.folder / "log").exists()
    assert "::error::Немає гілки" in job.does("restore", status=1)


def test_a_log_that_nobody_can_go_on_with_stops_the_publication(remote: Path, tmp_path: Path) -> None:
    job = Job(tmp_path / "job", remote)
    assert "ключа PROZORA_LOG_KEY серед секретів немає" in job.does("restore", key="false", status=1)
    job.does("restore", "--without-key", key="")
    subprocess.run(["git", "-C", remote, "branch", "-D", "zhurnal"], check=True, capture_output=True)
    assert "Немає гілки zhurnal" in Job(tmp_path / "next", remote).does("restore", status=1)


def test_the_history_of_the_site_stays_whole(remote: Path, tmp_path: Path) -> None:
    job = Job(tmp_path / "job", remote)
    subprocess.run(["git", "-C", job.folder, "init", "-q"], check=True)
    job.does("restore")
    told = subprocess.run(["git", "-C", job.folder, "rev-parse", "--is-shallow-repository"], capture_output=True,
                          text=True, check=True)
    assert "false" == told.stdout.strip()
