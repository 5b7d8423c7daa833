"""A site of the true engine, its log kept by the true command, checked by an auditor from end to end."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import tasks
from plugins.audit.checking.report import Report
from plugins.audit.checking.verify import Asked, examine
from plugins.audit.findings import Weight
from plugins.audit.keeping import appending, ceremony, evidence, keyring
from plugins.audit.keeping.telling import NotDone
from plugins.audit.layout import POLICY
from plugins.builder import run
from plugins.builder.options import ROOT, BuildOptions
from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.log import from_folder, read_note
from plugins.proof.policy import Policy
from plugins.records.report import Report as Problems
from plugins.records.report import as_text
from tests.conftest import lay_site, share
from tests.plugins.proof.conftest import WITNESSES
from tooling import publication_log

DRAFT = "content/drafts/2026/1-p-про-справу.yml"
URL = "https://rada.example"
FIRST, SECOND = "2026-11-20T12:00:00+02:00", "2026-11-22T12:00:00+02:00"
ENGINE = ("plugins", "theme", "tooling", "tasks.py", "pelicanconf.py", "publishconf.py", "requirements.lock")


@dataclass(frozen=True)
class Site:
    """A published site: repository with the log and the salts beside, output."""

    top: Path

    @property
    def repo(self) -> Path:
        return self.top / "repo"

    @property
    def output(self) -> Path:
        return self.top / "output"

    @property
    def log(self) -> Path:
        return self.top / "log"

    @property
    def policy(self) -> Path:
        return self.log / POLICY

    @property
    def size(self) -> int:
        return Checkpoint.of(read_note(from_folder(self.log))).size

    def git(self, *words: str, at: str) -> None:
        subprocess.run(["git", "-C", str(self.repo), "-c", "user.name=Рада", "-c", "user.email=rada@rada.example",
                        "-c", "commit.gpgsign=false", *words], check=True, capture_output=True,
                       env=os.environ | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at})

    def tree(self, as_of: str) -> BuildOptions:
        return BuildOptions(self.repo / "content", self.repo / "data", self.output, public=True,
                            as_of=as_of, url=URL, state=self.top / "cache", jobs=1,
                            log=self.log if self.log.exists() else None,
                            salts=self.top / "salts" if self.log.exists() else None)

    def publish(self, as_of: str, at: int) -> None:
        tree, problems = self.tree(as_of), Problems()
        share(self.top / "cache")
        assert run.run(tree, problems, quiet=True) == 0, as_text(problems)
        asked = appending.Asked(self.log, self.top / "salts", self.output, tree.content, tree.data,
                                keyring.read_keys(self.top / "keys", {}), datetime.fromisoformat(as_of).astimezone(UTC),
                                (ROOT / "requirements.lock").read_bytes(), "", URL)
        appending.run(asked, lambda again: publication_log.documents(tree, tasks.read_records, again), at=at)
        checkpoint = Checkpoint.of(read_note(from_folder(self.log)))
        add_signatures(self.log, checkpoint.size, [cosign(checkpoint, one, at) for one in WITNESSES[:2]],
                       Policy.parse(self.policy.read_bytes()))
        evidence.publish(self.log, self.top / "salts", self.output)

    def verify(self, what: str = "all", **options: str) -> Report:
        usual = {"site": str(self.output), "policy": str(self.policy), "now": "2026-11-22T13:00:00Z"}
        return examine(Asked(what, self.repo, ledger=tasks.ledger_of, **(usual | options)))  # type: ignore[arg-type]


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two publications; witnesses saw each a quarter of an hour later."""
    site = Site(tmp_path_factory.mktemp("published"))
    lay_site(site.repo, "valid/deadlines")
    for name in ENGINE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, site.repo / name, **(
            {"ignore": shutil.ignore_patterns("__pycache__")} if (ROOT / name).is_dir() else {}))
    site.git("init", "-q", "-b", "main", at=FIRST)
    site.git("add", "-A", at=FIRST)
    site.git("commit", "-q", "-m", "початок", at=FIRST)
    ceremony.start(ceremony.Start(site.log, site.top / "salts", site.top / "keys", "rada.example/log",
                                  tuple(str(one.verifier) for one in WITNESSES), 2, site.repo / "content",
                                  site.repo / "data", datetime.fromisoformat(FIRST).astimezone(UTC)), moment(FIRST))
    site.publish(FIRST, moment(FIRST) + 900)
    (site.repo / DRAFT).write_text((site.repo / DRAFT).read_text(encoding="utf-8").replace("Перевірити.", "Звірити."),
                                   encoding="utf-8")
    site.git("commit", "-q", "-a", "-m", "уточнення", at=SECOND)
    site.publish(SECOND, moment(SECOND) + 900)
    return site


@pytest.fixture
def site(published: Site, tmp_path: Path) -> Site:
    shutil.copytree(published.output, tmp_path / "output")
    for name in ("repo", "log"):
        (tmp_path / name).symlink_to(published.top / name)
    return Site(tmp_path)


def alarms(report: Report) -> list[tuple[str, str]]:
    return sorted((one.code, one.where) for one in report.findings if one.weight is not Weight.NOTE)


def test_an_honest_site_is_fine_in_everything(site: Site) -> None:
    report = site.verify()
    assert ([], {}, 0) == (alarms(report), report.broken, report.status)
    assert ["log", "page", "history", "signers", "deadlines"] == report.ran
    assert {"rebuild", "rewrite"} == report.unchecked.keys()


def test_a_build_is_logged_as_of_its_own_moment_and_only_while_documents_are_those_it_was_made_of(
        published: Site) -> None:
    """Else an auditor would build another site, and find other verdicts."""
    tree, built = dataclasses.replace(published.tree(SECOND), as_of=None), datetime.fromisoformat(SECOND)
    assert built == publication_log.day_of_build(tree, built + timedelta(minutes=10))
    with pytest.raises(NotDone, match="--as-of 2026-11-25T"):
        publication_log.day_of_build(tree, built + timedelta(days=3))
    draft = published.repo / DRAFT
    content = draft.read_bytes()
    draft.write_bytes(content + b"\n")
    try:
        with pytest.raises(NotDone, match=f"{DRAFT}. Спершу побудуйте"):
            publication_log.day_of_build(tree, built)
    finally:
        draft.write_bytes(content)


def test_a_verdict_that_was_improved_is_found(site: Site) -> None:
    """In every table where it stands; told once."""
    for table in (site.output / "prozorist/stroky").glob("stroky*.csv"):
        table.write_bytes(table.read_bytes().replace(b",fail,", b",pass,", 1))
    found = alarms(site.verify("deadlines"))
    assert [("verdict", "outcome")] == [(code, "outcome") for code, _ in found] and "/" in found[0][1]


def test_a_ledger_that_is_gone_is_missed(site: Site) -> None:
    (site.output / "prozorist/stroky/stroky-2026.csv").unlink()
    assert [("ledger-missing", "prozorist/stroky/stroky-2026.csv")] == alarms(site.verify("deadlines"))


def test_a_rebuild_names_each_file_that_differs_and_no_other(site: Site) -> None:
    (site.output / "index.html").write_text("<h1>Рада</h1>", encoding="utf-8")
    (site.output / "proiekty/2026/2-p/index.html").unlink()
    (site.output / "tymchasovo.html").write_text("Тимчасово", encoding="utf-8")
    report = site.verify("rebuild", commit="HEAD")
    assert {} == report.broken
    assert [("differs", "index.html"), ("only-here", "proiekty/2026/2-p/index.html"),
            ("only-there", "tymchasovo.html")] == alarms(report)


def test_the_page_says_what_is_proven_and_gives_the_kit(site: Site) -> None:
    page = (site.output / "prozorist/yak-pereviryty/index.html").read_text(encoding="utf-8")
    kit = zipfile.ZipFile(io.BytesIO((site.output / "prozorist/komplekt.zip").read_bytes()))
    assert "Чого довести не можна" in page and "verify all --site https://rada.example" in page
    assert site.policy.read_bytes() == kit.read("perevirka/pravyla")
    assert {one.date_time for one in kit.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    landing = (site.output / "prozorist/index.html").read_text(encoding="utf-8")
    assert "/prozorist/yak-pereviryty/" in landing


def test_a_council_without_a_log_says_so(build_site: Callable[..., Path]) -> None:
    output = build_site("valid/deadlines")
    page = (output / "prozorist/yak-pereviryty/index.html").read_text(encoding="utf-8")
    assert "Журналу оприлюднень рада ще не веде" in page and "komplekt.zip" not in page
    assert not (output / "prozorist/komplekt.zip").exists()
    report = examine(Asked("all", ROOT, site=str(output)))
    assert ([("log-missing", ""), ("not-logged", "manifest.txt")], 2) == (alarms(report), report.status)


def test_the_command_line_ends_with_the_status_of_what_it_found(site: Site) -> None:
    def ended(*words: str) -> tuple[int, str, str]:
        done = subprocess.run([sys.executable, "tasks.py", "verify", *words], cwd=ROOT, capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout, done.stderr

    usual = ("--site", str(site.output), "--policy", str(site.policy), "--now", "2026-11-22T13:00:00Z")
    status, told, _ = ended("log", *usual, "--json")
    assert (0, 0) == (status, json.loads(told)["status"])
    status, told, _ = ended("log", "--site", str(site.output), "--now", "2026-11-22T13:00:00Z", "--lang", "en")
    assert status == 2 and "does not contradict itself" in told and told.endswith("nothing is proven.\n")
    (site.output / "index.html").write_text("<h1>Рада</h1>", encoding="utf-8")
    status, told, _ = ended("page", *usual)
    assert status == 1 and "✗ index.html: файл сайту змінено після побудови [page-altered]" in told
    assert ended("log", "--nix")[0] == 3 and ended("усе")[0] == 3 and ended("log", "--site", "/nema")[0] == 3


def test_a_site_that_has_not_changed_is_not_logged_again(published: Site) -> None:
    published.publish(SECOND, moment(SECOND) + 1800)  # its pages tell what the witnesses have seen since
    size = published.size
    published.publish(SECOND, moment(SECOND) + 2700)
    assert size == published.size
