"""The whole path of a publication with its log: the steps of the workflows, in fresh clones of a repository."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import tasks
from plugins.builder.options import BuildOptions
from tests.conftest import SITES, lay_site, share
from tests.test_workflows import CARRIED, git, shell, step
from tooling import publication_log
from tooling.bootstrap import ROOT


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small council: its repository and the keys of its log, which was started and brought to its branches."""
    top = tmp_path_factory.mktemp("council")
    folder = lay_site(top / "site")
    for kind in ("pages", "help"):
        shutil.copytree(SITES / "valid" / "every-kind" / "content" / kind, folder / "content" / kind)
    for name in CARRIED:
        if name not in ("content", "data"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    (folder / ".venv").symlink_to(sys.prefix)
    git(top, "init", "-q", "--bare", "-b", "main", "remote")
    git(folder, "push", "-q", str(top / "remote"), "main")
    shell(folder, f"python3 tasks.py log start --log log --salts salts --keys {top / 'keys'} --origin rada.example/zh")
    shell(folder, "python3 .github/scripts/log_branches.py push", REMOTE=str(top / "remote"))
    (top / "shown").mkdir()
    return top


class Publication:
    """One run of the workflows in a fresh clone: what is deployed is what the public site shows from then on."""

    def __init__(self, council: Path, name: str) -> None:
        self.council, self.folder = council, council / name
        git(council, "clone", "-q", str(council / "remote"), name)
        (self.folder / ".venv").symlink_to(sys.prefix)
        share(self.folder / ".cache")
        keys = [(council / "keys" / file).read_text() for file in ("log-ed25519.key", "log-ml-dsa-44.key")]
        self.environment = {
            "REMOTE": str(council / "remote"), "GITHUB_TOKEN": "x", "GITHUB_ENV": str(council / f"{name}.env"),
            "SITE_URL": "https://hromada.example", "PROZORA_LOG_KEY": keys[0], "PROZORA_LOG_KEY_PQ": keys[1],
            "WITHOUT_SITE": "", "HAS_KEY": "true", "GIT_TEST_FSYNC": "0"}

    def does(self, name: str, workflow: str = "publish.yml", **more: str) -> str:
        return shell(self.folder, step(workflow, name), **self.environment | more)

    def prepares(self) -> None:
        """Build and log; the public site lies in a folder, for an address cannot be asked here."""
        self.does("Відновити журнал оприлюднень")
        self.does("Побудувати сайт для оприлюднення")
        moment = Path(self.environment["GITHUB_ENV"]).read_text().removeprefix("MOMENT=").strip()
        self.does("Дописати журнал оприлюднень", MOMENT=moment, SITE_URL=str(self.council / "shown"))

    def brings(self, **more: str) -> None:
        """Into the branches, then onto the public site."""
        self.does("Внести журнал до його гілок", **more)
        shutil.rmtree(self.council / "shown")
        shutil.copytree(self.folder / "output", self.council / "shown")


def edit(council: Path) -> None:
    file = min((council / "site" / "content").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nЩе одне речення.\n", encoding="utf-8")
    git(council / "site", "commit", "-qam", "Зміна")
    git(council / "site", "push", "-q", str(council / "remote"), "main")


def test_publications_are_logged_before_they_are_shown_and_the_slower_of_two_is_lost(council: Path) -> None:
    first = Publication(council, "first")
    first.prepares()
    first.brings()
    evidence = council / "shown" / "prozorist" / "zhurnal"
    documents = len(list((evidence / "soli" / "docs").rglob("*.json")))
    size = int((evidence / "checkpoint").read_text(encoding="utf-8").split("\n")[1])
    assert documents > 0 and size > documents
    edit(council)
    second, third = Publication(council, "second"), Publication(council, "third")
    second.prepares()
    shutil.rmtree(third.folder)
    shutil.copytree(second.folder, third.folder, symlinks=True)  # a run that has come as far at the same time
    second.brings()
    with pytest.raises(AssertionError, match="дописав хтось інший"):
        third.brings(GIT_COMMITTER_DATE="2026-11-28T10:00:00Z")  # in the same second it would be the same
    said = shell(council / "site", "python3 tasks.py log show --log ../second/log")
    assert "зміни: 1" in said and "побудови: 2" in said
    assert (council / "second" / "log" / "checkpoint").read_bytes() == (evidence / "checkpoint").read_bytes()


def test_what_others_say_of_the_log_comes_to_its_branch_and_nothing_waits_for_it(council: Path) -> None:
    run = Publication(council, "collecting")
    run.does("Відновити журнал оприлюднень", "witnesses.yml", HAS_KEY="")
    assert "збирати ні в кого" in run.does("Зібрати підписи свідків", "witnesses.yml")
    assert "::warning::Позначки часу не взято" in run.does("Узяти позначку часу", "witnesses.yml",
                                                          AUTHORITY="http://127.0.0.1:1/")
    run.does("Внести журнал до його гілок", "witnesses.yml")


def test_a_council_without_a_log_publishes_as_before(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "remote")
    script = str(ROOT / ".github" / "scripts" / "log_branches.py")
    said = shell(tmp_path, step("publish.yml", "Відновити журнал оприлюднень").replace(
        ".github/scripts/log_branches.py", script), REMOTE=str(tmp_path / "remote"), HAS_KEY="false")
    assert ("::notice::" in said, ["remote"]) == (True, [path.name for path in tmp_path.iterdir()])


DOCUMENTS = [
    "acts/2026/1-1-8", "acts/2026/2-1-8", "drafts/2026/1-p", "drafts/2026/2-p", "events/2026/12-19",
    "events/plans/2026/w47", "greetings/2026/08-24", "help/novyna", "meetings/2026/pl-2026-11-05", "news/2026/11-20",
    "pages/en/pro-nas", "pages/posluhy-tsnap", "pages/pro-nas", "regulatory/plans/2027/plan",
    "regulatory/tracking/2026/11-20", "reports/2026/zvit-2025"]
"""Of `valid/every-kind`: votes are no documents, they are a part of their meeting."""


def test_every_public_document_is_logged_and_nothing_else(tmp_path: Path) -> None:
    site = lay_site(tmp_path / "site", "valid/every-kind")
    (site / "content" / "news" / "2026" / "12-31-завтра.md").write_text(
        "---\ntitle: Завтра\npublished_at: 2026-12-31 10:00\n---\n\nТекст.\n", encoding="utf-8")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "base")
    tree = BuildOptions(site / "content", site / "data", site / "out", as_of="2026-11-28T08:00:00Z",
                        state=tmp_path / "cache")
    found = list(publication_log.documents(tree, tasks.read_records, False))
    assert DOCUMENTS == sorted(one.name for one in found)
    assert all((1, "") == (len(one.steps), one.reason) for one in found)
    whole = next(one for one in found if one.name == "drafts/2026/2-p")
    assert {"", "annex-1.md", "note.md", "text.md"} == whole.contents(whole.steps[0]).keys()
