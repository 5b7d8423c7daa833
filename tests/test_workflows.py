"""GitHub Actions: linted, pinned, with no more rights than they need; each step that can run here is run here."""
import http.server
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from tests import tools
from tests.conftest import lay_site, share
from tests.test_tasks import first_command
from tooling.bootstrap import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = ROOT / ".github" / "scripts"
CARRIED = ("tasks.py", "tooling", "plugins", "theme", "pelicanconf.py", "publishconf.py", "requirements.lock",
           "requirements-test.lock", ".github", ".gitignore", ".gitattributes")
STEPS = {
    ("ci.yml", "Перевірити документи"),
    ("ci.yml", "Побудувати сайт у щойно клонованій теці"),
    ("preview-build.yml", "Побудувати сайт зі змінами"),
    ("preview-build.yml", "Побудувати сайт без змін"),
    ("preview-build.yml", "Скласти перелік змінених сторінок"),
    ("preview-comment.yml", "Прокоментувати запит на злиття"),
    ("publish.yml", "Відновити журнал оприлюднень"),
    ("publish.yml", "Побудувати сайт для оприлюднення"),
    ("publish.yml", "Дописати журнал оприлюднень"),
    ("publish.yml", "Внести журнал до його гілок"),
    ("witnesses.yml", "Відновити журнал оприлюднень"),
    ("witnesses.yml", "Зібрати підписи свідків"),
    ("witnesses.yml", "Узяти позначку часу"),
    ("witnesses.yml", "Внести журнал до його гілок"),
    ("witness.yml", "Посвідчити журнал"),
}
THE_TESTS_THEMSELVES = {("ci.yml", "Виконати тести")}
RIGHTS = {
    "ci.yml": {"": {"contents": "read"}},
    "preview-build.yml": {"": {"contents": "read"}},
    "preview-comment.yml": {"": {}, "comment": {"actions": "read", "contents": "read", "pull-requests": "write"}},
    "publish.yml": {"": {"contents": "read"}, "build": {"contents": "write", "pages": "read"},
                    "deploy": {"pages": "write", "id-token": "write"}},
    "witnesses.yml": {"": {"contents": "read"}, "collect": {"contents": "write"}},
    "witness.yml": {"": {}, "witness": {"contents": "write"}},
}


def load(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> list[dict]:
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


def step(workflow: str, name: str) -> str:
    return next(step["run"] for step in steps(ROOT / ".github" / "workflows" / workflow) if step.get("name") == name)


def test_linter_finds_nothing():
    done = subprocess.run([tools.actionlint(), "-no-color", "-shellcheck=", "-pyflakes=", *WORKFLOWS],
                          capture_output=True, encoding="utf-8")
    assert (0, "") == (done.returncode, done.stdout + done.stderr)


def test_linter_would_find_something(tmp_path):
    (tmp_path / "bad.yml").write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n"
                                      "    steps:\n      - run: echo ${{ nothing.here }}\n")
    assert 1 == subprocess.run([tools.actionlint(), tmp_path / "bad.yml"], capture_output=True).returncode


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path):
    used = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    assert [] == [line for line in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)]


def test_one_action_has_one_version():
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({line.partition("@")[0] for line in used})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_rights_are_the_least(path):
    found = load(path)
    rights = {"": found["permissions"]} | {name: job["permissions"] for name, job in found["jobs"].items()
                                           if "permissions" in job}
    assert RIGHTS[path.name] == rights


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_job_ends(path):
    assert all(job["timeout-minutes"] <= 30 for job in load(path)["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_expression_reaches_a_shell(path):
    assert [] == [step["run"] for step in steps(path) if "${{" in step.get("run", "")]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_code_of_a_change_sees_no_secret(path):
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    # The keys of the log are given to one step only, of the workflow that runs the published branch; the key of a
    # witness to a workflow that nobody's change starts.
    given = [step["name"] for step in steps(path) if "secrets.PROZORA_LOG_KEY }}" in str(step.get("env"))]
    asked = text.count("${{ secrets.PROZORA_LOG_KEY != '' }}")
    assert given == (["Дописати журнал оприлюднень"] if path.name == "publish.yml" else [])
    if set(load(path)[True]) - {"schedule", "workflow_dispatch"} or given:
        assert (len(given) + asked + len(given)) == text.count("secrets.")
    if load(path)[True] == "pull_request":
        assert "github.token" not in text
    checkouts = [step["with"] for step in steps(path) if step.get("uses", "").startswith("actions/checkout")]
    assert all(checkout["persist-credentials"] is False for checkout in checkouts)


def test_comment_runs_only_its_own_script():
    path = ROOT / ".github" / "workflows" / "preview-comment.yml"
    assert ['python3 .github/scripts/preview_comment.py "$RUNNER_TEMP/preview/changed-pages.json"'] == [
        step["run"] for step in steps(path) if "run" in step]
    checkout = steps(path)[0]["with"]
    assert "${{ github.event.repository.default_branch }}" == checkout["ref"]


def test_publishing_waits_its_turn_and_needs_a_good_build():
    found = load(ROOT / ".github" / "workflows" / "publish.yml")
    assert {"group": "publish", "cancel-in-progress": False} == found["concurrency"]
    assert "build" == found["jobs"]["deploy"]["needs"]
    assert 0 == next(step["with"]["fetch-depth"] for step in found["jobs"]["build"]["steps"] if "with" in step)


def test_nothing_is_deployed_that_is_not_in_the_log():
    names = [step.get("name") or step["uses"].partition("@")[0] for step in load(
        ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["build"]["steps"]]
    order = ["Відновити журнал оприлюднень", "Побудувати сайт для оприлюднення", "Дописати журнал оприлюднень",
             "Внести журнал до його гілок", "actions/upload-pages-artifact"]
    assert order == [name for name in names if name in order] == names[-5:]


def test_witnesses_hold_up_no_publication():
    found = load(ROOT / ".github" / "workflows" / "witnesses.yml")
    assert "publish" != found["concurrency"]["group"]
    assert "--may-wait" in step("witnesses.yml", "Внести журнал до його гілок")


def test_every_step_is_run_by_a_test():
    named = {(path.name, step["name"]) for path in WORKFLOWS for step in steps(path) if "run" in step}
    assert STEPS | THE_TESTS_THEMSELVES == named


# The steps themselves, in a clone that has a change.

@pytest.fixture(scope="module")
def clone(tmp_path_factory, run_folder):
    """The repository of a council that has a document of every kind, with two commits; the second adds a news item.

    Its environment is that of another clone's first command; a new one finds wheels without a net.
    """
    folder = tmp_path_factory.mktemp("clone")
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, folder / name)
    lay_site(folder, "valid/every-kind")
    shutil.copytree(first_command(run_folder)[0] / ".venv", folder / ".venv", symlinks=True, copy_function=os.link)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    item = folder / "content" / "news" / "2026" / "2026-03-14-випробування-перегляду.md"
    item.parent.mkdir(parents=True, exist_ok=True)
    item.write_text("Title: Випробування перегляду\nDate: 2026-03-14 10:00\nCategory: Новини\nSlug: vyprobuvannia\n"
                    "Summary: Новина, якої не було.\n\nТекст новини.\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")
    share(folder / ".cache")
    return folder


@pytest.fixture(scope="module")
def built(clone):
    """The clone after the steps of the preview, in their order."""
    shell(clone, step("preview-build.yml", "Побудувати сайт зі змінами"))
    shell(clone, step("preview-build.yml", "Побудувати сайт без змін"), BASE=git(clone, "rev-parse", "HEAD~1"))
    shell(clone, step("preview-build.yml", "Скласти перелік змінених сторінок"))
    return clone


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Тест", "-c", "user.email=test@rada.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True,
                          encoding="utf-8").stdout.strip()


def shell(folder: Path, script: str, **more: str) -> str:
    """Run a step as the runner does; its output if it ended well."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "PYTEST"))}
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_COMPILE": "1", "PIP_NO_INDEX": "1",
             "PIP_FIND_LINKS": str(tools.wheels()),
             "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder,
                          env=kept | alone | more, capture_output=True, encoding="utf-8", timeout=300)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def test_preview_names_the_new_page(built):
    found = json.loads((built / ".cache" / "changed-pages.json").read_text(encoding="utf-8"))
    assert "/novyny/2026/vyprobuvannia/" in [page["address"] for page in found["new"]]
    assert [] == found["gone"]
    assert {"/novyny/", "/novyny/2026/"} <= {page["address"] for page in found["changed"]}


def test_documents_are_checked(built):
    assert "::error" not in shell(built, step("ci.yml", "Перевірити документи"))


def test_wrong_document_gets_a_note_on_its_line(built):
    item = built / "content" / "news" / "2026" / "2026-03-15-з-помилкою.md"
    item.write_text("---\ntitle: З помилкою\ndate: 2026-13-15\n---\nТекст.\n", encoding="utf-8")
    note = "::error file=content/news/2026/2026-03-15-з-помилкою.md,line=3"
    try:
        with pytest.raises(AssertionError, match=re.escape(note)):
            shell(built, step("ci.yml", "Перевірити документи"))
    finally:
        item.unlink()


def test_first_command_builds(built):
    shell(built, step("ci.yml", "Побудувати сайт у щойно клонованій теці"))
    assert (built / "output" / "index.html").exists()


def test_publishing_builds_for_its_address(built):
    shell(built, step("publish.yml", "Побудувати сайт для оприлюднення"), SITE_URL="https://hromada.example/rada",
          GITHUB_ENV=str(built / ".cache" / "environment"))
    assert 'href="https://hromada.example/rada/' in (built / "output" / "index.html").read_text(encoding="utf-8")


def test_a_witness_keeps_its_memory_and_its_evidence_on_a_branch(built, tmp_path):
    """Twice the log is fine and grows; then its host shows another one, and what it signed is kept."""
    from plugins.audit.checking.witness import new_key
    from plugins.audit.layout import EVIDENCE
    from tests.plugins.proof.conftest import LOG, ORIGIN, written
    made = new_key("verbova.example/svidok", tmp_path / "key")
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", remote)

    def visit(number: int, site: str) -> str:
        return shell(built, step("witness.yml", "Посвідчити журнал"), GITHUB_TOKEN="x", REMOTE=str(remote),
                     WITNESS_KEY=(tmp_path / "key").read_text(), WITNESS_SITE=str(tmp_path / site),
                     WITNESS_POLICY=f"log {LOG.verifier}\nquorum none", RUNNER_TEMP=str(tmp_path / f"run{number}"))
    written(tmp_path / "one" / EVIDENCE, (3,))
    written(tmp_path / "grown" / EVIDENCE, (3, 7))
    written(tmp_path / "shrunk" / EVIDENCE, (2,))
    visit(1, "one")
    visit(2, "grown")
    lines = git(remote, "show", f"svidok:{ORIGIN}/cosignatures")
    assert lines.startswith(f"— {made.name} ") and lines == git(remote, "show", f"svidok:{ORIGIN}/7.cosig")
    with pytest.raises(AssertionError, match="коротший"):
        visit(3, "shrunk")
    assert "/known" in git(remote, "ls-tree", "-r", "--name-only", "svidok", "evidence/")
    assert lines == git(remote, "show", f"svidok:{ORIGIN}/cosignatures")
    assert "3" == git(remote, "rev-list", "--count", "svidok")
    with pytest.raises(AssertionError, match="не взяти"):
        shutil.rmtree(remote)
        visit(4, "one")


# The scripts.

def script(name: str) -> dict:
    return runpy.run_path(str(SCRIPTS / name))


def test_changed_pages_are_told_apart(tmp_path):
    texts = {"old/a": "1", "old/b": "1", "old/c": "1", "new/a": "1", "new/b": "2", "new/d": "<title>Д&amp;Е</title>"}
    for name, text in texts.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(text, encoding="utf-8")
    found = script("changed_pages.py")["changed_pages"](tmp_path / "old", tmp_path / "new")
    assert {"new": [{"address": "/d/", "title": "Д&Е"}], "changed": [{"address": "/b/", "title": ""}],
            "gone": [{"address": "/c/", "title": ""}]} == found


def test_everything_is_new_where_nothing_was(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "index.html").write_text("x")
    found = script("changed_pages.py")["changed_pages"](tmp_path / "old", tmp_path / "new")
    assert ["/"] == [page["address"] for page in found["new"]]


HOSTILE = {
    "fence": "```\n# Заголовок\n@everyone",
    "long fence": "`" * 20,
    "html": "<img src=x onerror=alert(1)><!-- preview -->",
    "image": "![x](https://evil.example/pixel.png)",
    "mention": "@council/admins #1 GH-2",
    "right to left": "\u202egpj.exe",
    "control": "a\x00b\x1b[31mc\r\nd\u2028e",
    "long": "я" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_leaves_the_code_block(name, tmp_path):
    listed = tmp_path / "changed.json"
    listed.write_text(json.dumps({"new": [{"address": HOSTILE[name], "title": HOSTILE[name]}]}), encoding="utf-8")
    comment = script("preview_comment.py")
    lines = comment["comment"](comment["read_list"](listed), "https://github.example/run/1").split("\n")
    fence = lines[3].removesuffix("text")
    assert {"`"} == set(fence)
    assert ["Нові: 1", fence, "", "Готовий сайт — в артефакті preview-site: https://github.example/run/1"] == [
        lines[4], *lines[6:]]
    assert lines[5].isprintable() and len(lines[5]) <= 170 and fence not in lines[5]


UNLIKE = {
    "not JSON": b"{", "list": b"[1, 2]", "number": b"1", "deep": b"[" * 100_000, "not UTF-8": b"\xff\xfe",
    "huge": b'{"new": []}' + b" " * 10_000_000,
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_no_list_is_said_to_be_unreadable(name, tmp_path):
    (tmp_path / "changed.json").write_bytes(UNLIKE[name])
    comment = script("preview_comment.py")
    body = comment["comment"](comment["read_list"](tmp_path / "changed.json"), "АДРЕСА")
    assert "<!-- preview -->\nПерелік змінених сторінок не вдалося прочитати: АДРЕСА" == body


@pytest.mark.parametrize("text", ["{}", '{"new": {"a": 1}, "changed": "text", "gone": [1, null, ["a"]], "x": [{}]}'])
def test_list_without_pages_says_so(text, tmp_path):
    (tmp_path / "changed.json").write_text(text)
    comment = script("preview_comment.py")
    groups = comment["read_list"](tmp_path / "changed.json")
    assert "<!-- preview -->\nСторінки сайту від цієї зміни не змінюються." == comment["comment"](groups, "")


def test_long_list_is_cut(tmp_path):
    pages = [{"address": f"/novyny/{number}/", "title": "Новина"} for number in range(5000)]
    (tmp_path / "changed.json").write_text(json.dumps(dict.fromkeys(("new", "changed", "gone"), pages)))
    comment = script("preview_comment.py")
    body = comment["comment"](comment["read_list"](tmp_path / "changed.json"), "")
    assert ("… і ще 4950" in body, True) == (True, len(body) < 60_000)


class GitHub(http.server.BaseHTTPRequestHandler):
    """As much of GitHub's interface as the script asks for; keeps what was written."""
    pulls: ClassVar[list] = []
    comments: ClassVar[list] = []
    written: ClassVar[list] = []

    def do_GET(self):
        self.answer(self.pulls if "/pulls?" in self.path else self.comments)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.written.append((self.command, self.path, body["body"]))
        self.answer({})

    do_PATCH = do_POST

    def answer(self, value):
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


HEAD_OWNER = {"owner": {"login": "hist"}}


@pytest.fixture
def github(tmp_path):
    """Runs the step of the comment against a local server; answers with what it wrote there."""
    def run(pulls: list, comments: list, owner: dict | None = HEAD_OWNER) -> list:
        (tmp_path / "preview").mkdir(exist_ok=True)
        changed = {"new": [{"address": "/a/", "title": "А"}]}
        (tmp_path / "preview" / "changed-pages.json").write_text(json.dumps(changed))
        (tmp_path / "event.json").write_text(json.dumps({"workflow_run": {
            "head_repository": owner, "head_branch": "a&state=closed", "head_sha": "c0ffee",
            "html_url": "https://github.example/run/1"}}))
        handler = type("Here", (GitHub,), {"pulls": pulls, "comments": comments, "written": []})
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            shell(ROOT, step("preview-comment.yml", "Прокоментувати запит на злиття"), RUNNER_TEMP=str(tmp_path),
                  GITHUB_EVENT_PATH=str(tmp_path / "event.json"), GITHUB_REPOSITORY="rada/sait", GITHUB_TOKEN="x",
                  GITHUB_API_URL=f"http://127.0.0.1:{server.server_port}", NO_PROXY="*")
            server.shutdown()
        return handler.written
    return run


PULL = {"number": 7, "head": {"sha": "c0ffee"}}


def test_first_preview_comments(github):
    (method, path, body), = github([PULL], [])
    assert ("POST", "/repos/rada/sait/issues/7/comments") == (method, path)
    assert "Нові: 1\n  /a/ — А" in body


def test_next_preview_rewrites_its_comment(github):
    comments = [{"id": 1, "user": {"login": "somebody"}, "body": "<!-- preview --> моє"},
                {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "<!-- preview -->\nстаре"}]
    assert [("PATCH", "/repos/rada/sait/issues/comments/2")] == [written[:2] for written in github([PULL], comments)]


def test_preview_of_another_commit_is_silent(github):
    assert [] == github([{"number": 7, "head": {"sha": "deadbeef"}}], [])


def test_preview_of_a_deleted_fork_is_silent(github):
    assert [] == github([PULL], [], owner=None)
