"""The commands and the environment that makes itself: a fresh folder, broken environments, wrong options."""
import ast
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoke import Collection, Parser, task

import tasks
from tests import tools
from tests.conftest import once
from tooling import bootstrap, commands, entry, program

ROOT = bootstrap.ROOT
CARRIED = ("tasks.py", "tooling", "requirements.lock", "requirements-test.lock", "pyproject.toml")
CLONE = "рада громади"
VENV_PYTHON = ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def offline() -> dict[str, str]:
    """Surroundings in which pip finds the locked wheels and nothing else."""
    return without_network()


def without_network() -> dict[str, str]:
    return clean() | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tools.wheels())}


@pytest.fixture(scope="module")
def fresh(run_folder):
    """A clone in which the first command has been given once."""
    return first_command(run_folder)


def first_command(run_folder: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A clone in which the first command has been given, and what came of it; made once for all workers."""
    def make(place: Path) -> str:
        done = run(copy(place / CLONE), env=without_network())
        return json.dumps([done.returncode, done.stdout, done.stderr])
    said = once(run_folder / "fresh", make)
    return run_folder / "fresh" / CLONE, subprocess.CompletedProcess([], *json.loads(said))


@pytest.fixture(scope="module")
def small(tmp_path_factory, offline):
    """A clone whose lock holds Invoke alone, so that making its environment is quick."""
    folder = copy(tmp_path_factory.mktemp("small"))
    blocks = re.findall(r"^invoke==.*?(?=^\w)", (ROOT / "requirements.lock").read_text(), re.MULTILINE | re.DOTALL)
    (folder / "requirements.lock").write_text(blocks[0])
    assert run(folder, env=offline).returncode == 0
    return folder


def copy(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def clean() -> dict[str, str]:
    """Our surroundings without what would lead pip or Python elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "PYTEST"))}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_COMPILE": "1", "PIP_RETRIES": "0"}


def run(folder: Path, *arguments: str, env: dict[str, str], python: str | Path = sys.executable,
        before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*before, str(python), str(folder / "tasks.py"), *arguments], env=env, cwd=folder,
                          capture_output=True, encoding="utf-8", timeout=120)


def one_line(done: subprocess.CompletedProcess[str], status: int = bootstrap.NOT_READY) -> str:
    """The last line for the reader, where the command ended as it should and showed nothing of Python's own."""
    assert (status, False) == (done.returncode, "Traceback" in done.stderr), done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_first_command_makes_the_environment(fresh):
    _, first = fresh
    assert (0, "Готую середовище .venv (лише першого разу, до хвилини)…\n") == (first.returncode, first.stderr)
    assert "build   Побудувати сайт" in first.stdout


def test_environment_has_what_the_site_needs(fresh):
    names = "import pelican, pydantic, pyromark, nh3, PIL, yaml, babel, rich, pagefind_bin"
    subprocess.run([fresh[0] / ".venv" / VENV_PYTHON, "-c", names], check=True, env=clean())


def test_second_command_starts_at_once(fresh):
    assert "" == run(fresh[0], env=clean() | {"PIP_INDEX_URL": "http://127.0.0.1:9/"}).stderr


def test_output_is_utf8_in_any_locale(fresh):
    done = run(fresh[0], "--help", env=clean() | {"LC_ALL": "C", "PYTHONIOENCODING": ""})
    assert "Як користуватися" in done.stdout


@pytest.mark.parametrize("mode", ["0", "1"])
def test_python_of_the_environment_runs_it_directly(fresh, mode):
    done = run(fresh[0], env=clean() | {"LC_ALL": "C", "PYTHONUTF8": mode}, python=fresh[0] / ".venv" / VENV_PYTHON)
    assert (0, "") == (done.returncode, done.stderr)


def lose_marker(folder: Path) -> None:
    (folder / ".venv" / "requirements.json").unlink()


def lose_package(folder: Path) -> None:
    shutil.rmtree(next((folder / ".venv").glob("**/site-packages/invoke")))


def lose_python(folder: Path) -> None:
    (folder / ".venv" / VENV_PYTHON).unlink()


def cut_marker(folder: Path) -> None:
    (folder / ".venv" / "requirements.json").write_text('{"lock": "')


def change_lock(folder: Path) -> None:
    lock = folder / "requirements.lock"
    lock.write_text(lock.read_text() + "# renewed\n")


@pytest.mark.parametrize("damage", [lose_marker, cut_marker, lose_package, lose_python, change_lock])
def test_broken_environment_is_seen(small, tmp_path, monkeypatch, damage):
    folder = tmp_path / "copy"
    shutil.copytree(small, folder, symlinks=True)
    monkeypatch.setattr(bootstrap, "ROOT", folder)
    monkeypatch.setattr(bootstrap, "VENV", folder / ".venv")
    assert bootstrap.is_sound("requirements.lock")
    damage(folder)
    assert not bootstrap.is_sound("requirements.lock")


def test_broken_environment_is_made_again(small, offline):
    lose_marker(small)
    done = run(small, env=offline)
    assert (0, True) == (done.returncode, "Готую середовище" in done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows holds the files of a running Python; it gets a line instead")
def test_broken_environment_is_made_again_from_inside(small, offline):
    lose_package(small)
    assert 0 == run(small, env=offline, python=small / ".venv" / VENV_PYTHON).returncode


def test_no_network_is_one_line(tmp_path):
    done = run(copy(tmp_path), env=clean() | {"PIP_INDEX_URL": "http://127.0.0.1:9/"})
    assert one_line(done).startswith("Сховище пакетів Python не відповідає")
    assert not (tmp_path / ".venv" / "requirements.json").exists()


def test_wrong_hash_is_one_line(small, tmp_path, offline):
    folder = copy(tmp_path)
    lock = (small / "requirements.lock").read_text()
    (folder / "requirements.lock").write_text(re.sub(r"sha256:\w{8}", "sha256:00000000", lock))
    assert "не збігається з тим, що записано в замку" in one_line(run(folder, env=offline))


def test_no_ensurepip_is_one_line(tmp_path):
    (copy(tmp_path) / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    done = run(tmp_path, env=clean() | {"PYTHONPATH": str(tmp_path)})
    assert one_line(done).endswith("sudo apt install python3-venv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no read-only folders")
def test_read_only_folder_is_one_line(tmp_path):
    copy(tmp_path).chmod(0o555)
    as_others = ("setpriv", "--bounding-set=-dac_override") if os.geteuid() == 0 else ()
    try:
        assert "Потрібна тека з правом запису" in one_line(run(tmp_path, env=clean(), before=as_others))
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize(("lock", "marker", "ready"), [(1, 2, True), (2, 2, True), (2, 1, False), (1, None, False)])
def test_environment_older_than_its_lock_is_looked_at_closer(tmp_path, monkeypatch, lock, marker, ready):
    monkeypatch.setattr(entry, "ROOT", str(tmp_path))
    monkeypatch.setattr(entry, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(entry, "PYTHON", sys.executable)
    (tmp_path / ".venv").mkdir()
    for name, time in (("requirements.lock", lock), (".venv/requirements.json", marker)):
        if time:
            (tmp_path / name).write_text("")
            os.utime(tmp_path / name, (time, time))
    assert ready == entry.seems_ready()


def test_environment_in_which_it_runs_is_looked_at_closer():
    assert not entry.seems_ready()


@pytest.mark.parametrize("is_second", [False, True])
def test_a_broken_environment_is_tried_once_and_then_made_anew(monkeypatch, is_second):
    tried, made = [], []

    def broken(*arguments):
        tried.append(arguments)
        raise PermissionError("no right to execute")

    monkeypatch.setattr(entry, "seems_ready", lambda: True)
    monkeypatch.setattr(entry, "run_again", broken)
    monkeypatch.setattr(bootstrap, "enter", made.append)
    monkeypatch.delenv(entry.TRIED, raising=False)
    if is_second:
        monkeypatch.setenv(entry.TRIED, "1")
    entry.enter(["check"])
    assert made == [["check"]] and len(tried) == (not is_second) and entry.TRIED not in os.environ


@pytest.mark.parametrize(("line", "unbuffered"), [
    ("check --explain VOTE-OPTION", ""), ("check --explain VOTE-OPTION", "1"), ("build --help", "")])
def test_reader_of_the_output_may_go(line, unbuffered):
    receive, send = os.pipe()
    os.close(receive)
    done = subprocess.run([sys.executable, "tasks.py", *line.split()], stdout=send, stderr=subprocess.PIPE, cwd=ROOT,
                          env=clean() | {"PYTHONUNBUFFERED": unbuffered}, encoding="utf-8")
    os.close(send)
    assert (141, "") == (done.returncode, done.stderr)


def test_old_python_is_one_line():
    pretend = ("import sys, runpy; sys.version_info = (3, 9, 2);"
               f"runpy.run_path({str(ROOT / 'tasks.py')!r}, run_name='__main__')")
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", pretend], capture_output=True, encoding="utf-8")
    assert one_line(done).startswith("Потрібен Python 3.11 або новіший, а це 3.9.")


def test_old_python_can_read_the_file():
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 7))


WRONG = {
    "bild": "Немає команди «bild». Може, «build»? Довідка: python3 tasks.py --help",
    "nonsense --help": "Немає команди «nonsense». Довідка: python3 tasks.py --help",
    "build --contnt x": "Немає параметра «--contnt». Може, «--content»? Довідка: python3 tasks.py build --help",
    "build --content": "Параметр «--content» потребує значення. Довідка: python3 tasks.py build --help",
    "build --cold=так": "Параметр «--cold» не приймає значення. Довідка: python3 tasks.py build --help",
    "build --jobs багато": "Число записано неправильно: --jobs багато. Довідка: python3 tasks.py build --help",
    "serve --port=x": "Число записано неправильно: --port x. Довідка: python3 tasks.py serve --help",
    "build зайве": "Зайве слово «зайве». Довідка: python3 tasks.py build --help",
    "new news": "Команді «new» бракує: НАЗВА. Довідка: python3 tasks.py new --help",
    "bench": "Команді «bench» бракує: ЩО. Довідка: python3 tasks.py bench --help",
    "bench чогось": f"Немає виміру «чогось». Можна: {', '.join(tasks.MEASURES)}.",
    "check --format xml": "Немає подання «xml». Можна: text, github, json.",
    "serve --port 99999": "Порту 99999 не буває. Треба число від 0 до 65535.",
    "log": "Команді «log» бракує: ЩО. Довідка: python3 tasks.py log --help",
    "log щось": "Немає дії «щось». Можна: start, append, collect, stamp, rotate, erase, show, proof.",
    "log append": "«log append» потребує --log і --salts.",
    "log show --log x --keys y": "Параметр --keys не для «log show».",
    "log start --log x --salts y --origin z --keys k --quorum два": "Число записано неправильно: --quorum два.",
    "log proof --site x --output y": "«log proof» потребує або --page, або --document.",
    "log proof --site x --output y --page / --revision 2": "Параметр --revision — лише разом із --document.",
    "build --url rada.example": "--url: «rada.example» не адреса. Треба https://… із назвою сервера.",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_options_are_answered_in_ukrainian(line, capsys):
    status = program.run(tasks.namespace, line.split())
    assert (2, WRONG[line] + "\n") == (status, capsys.readouterr().err)


@pytest.mark.parametrize("name", sorted(tasks.namespace.task_names))
def test_every_command_and_option_explains_itself(name, capsys):
    assert 0 == program.run(tasks.namespace, [name, "--help"])
    for argument in program.arguments_of(tasks.namespace[name]):
        assert re.search("[а-яіїєґ]{3}", argument.help or ""), argument
    assert not re.search(r"(?i)\b(options|usage|default)\b", capsys.readouterr().out)


FLAGS = sorted({flag for each in program.contexts(tasks.namespace) for flag in each.flags})
WORDS = st.sampled_from([*FLAGS, "build", "a", "0", "так", "", "-", "--", "-h", "--help"])


@given(st.sampled_from([each.__name__ for each in tasks.COMMANDS]),
       st.lists(st.one_of(WORDS, st.builds("{}={}".format, WORDS, WORDS)), max_size=4))
@example("build", ["--no-search", "--content", "build", "--url=https://rada.example/?a=b"])
def test_a_plain_line_is_understood_as_invoke_would(name, words):
    call = commands.plain_call(tasks.COMMANDS, [name, *words])
    if call is None:
        return
    asked, = Parser(program.contexts(tasks.namespace)).parse_argv([name, *words])
    assert asked.as_kwargs == defaults(call.func) | call.keywords


def defaults(command):
    _, *parameters = inspect.signature(command).parameters.values()
    return {each.name: each.default for each in parameters}


@pytest.mark.parametrize("line", ["build", "build --no-search --output=x --content y", "check --format json", "serve",
                                  "verify page --file x --proof y", "new news Назва", "new --content x news Назва"])
def test_a_plain_line_needs_no_invoke(line):
    assert commands.plain_call(tasks.COMMANDS, line.split())


@pytest.mark.parametrize("line", ["", "bild", "build --help", "build --jobs 2", "build --content",
                                  "build --cold --cold", "build check", "new news", "test -- -x"])
def test_what_is_not_plain_is_for_invoke(line):
    assert commands.plain_call(tasks.COMMANDS, line.split()) is None


@task
def broken(c):
    """Зламана."""
    raise ValueError("ой")


@task
def interrupted(c):
    """Перервана."""
    raise KeyboardInterrupt


@task
def not_ready(c):
    """Не готова."""
    raise bootstrap.NotReady("Бракує браузера.")


@pytest.mark.parametrize(("name", "status", "line"), [
    ("broken", 1, "Вада програми: ValueError: ой. Подробиці для розробника — у файлі .cache/traceback.txt."),
    ("interrupted", 130, "Перервано."),
    ("not-ready", 3, "Бракує браузера."),
])
def test_a_command_that_fails_ends_in_one_line(name, status, line, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(program, "ROOT", tmp_path)
    collection = Collection(broken, interrupted, not_ready)
    assert (status, line + "\n") == (program.run(collection, [name]), capsys.readouterr().err)


def test_words_after_dashes_reach_pytest():
    asked = ["test", "--only", "назви", "--", "-k", "one or two"]
    own, after = program.split_at_dashes(asked)
    assert (["test", "--only", "назви"], ["-k", "one or two"]) == (own, after)
    line = tasks.pytest_command("назви", 2, ["-x"])
    assert (["-n", "2"], ["-k", "назви", "-x"]) == (line[3:5], line[-3:])


def test_paths_are_meant_from_where_the_command_was_given(monkeypatch, tmp_path):
    monkeypatch.setattr(tasks, "STARTED_IN", tmp_path)
    assert [Path("content"), tmp_path / "c", tmp_path] == [
        tasks.place("", "content"), tasks.place("c", "content"), tasks.place(str(tmp_path), "content")]


def test_paths_inside_the_repository_stay_short(monkeypatch):
    monkeypatch.setattr(tasks, "STARTED_IN", ROOT / "tests")
    assert Path("tests/sites") == tasks.place("sites", "content")


def test_test_lock_repeats_the_lock_of_the_site():
    pins = [set(re.findall(r"^[a-z0-9].*==\S+", (ROOT / name).read_text(), re.MULTILINE))
            for name in (bootstrap.RUN_LOCK, bootstrap.TEST_LOCK)]
    assert set() == pins[0] - pins[1]


@pytest.mark.parametrize("lock", [bootstrap.RUN_LOCK, bootstrap.TEST_LOCK])
def test_locks_name_no_place(lock):
    assert [] == re.findall(r"https?:|file:|--(?:index|find|extra)\S*", (ROOT / lock).read_text())
