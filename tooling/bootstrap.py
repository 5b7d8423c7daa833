"""The environment: makes `.venv` from a lock and runs the command inside it. Standard library only.

Each lock leaves a marker in `.venv`, written last: the digest of the lock, the version of Python and what pip brought.
Where the marker is missing or no longer true, the environment is broken or half-made and is made again.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from tooling.entry import run_again

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
NOT_READY = 3  # exit status: this machine cannot run the command yet, and the line on stderr says why

# pip's own words when nothing answers; with no index at all it only says that there are no versions.
OFFLINE = ("Retrying (", "NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError",
           "Network is unreachable", "name resolution", "(from versions: none)")


class NotReady(Exception):
    """The machine lacks something; the text is the one line that its owner reads."""


def enter(arguments: list[str]) -> None:
    """Return when this process runs inside a sound environment in UTF-8; otherwise make it and run there instead."""
    try:
        inside = VENV.exists() and Path(sys.prefix).resolve() == VENV.resolve()
        if inside and is_sound(RUN_LOCK, sys.version_info[:2]):
            if not sys.flags.utf8_mode:
                run_again(sys.executable, arguments)
            keep_compiled()
        elif inside:
            if os.name == "nt":
                raise NotReady("Середовище .venv застаріло, а його Python зайнятий. "
                               "Запустіть цю ж команду звичайним Python: py tasks.py")
            marker(RUN_LOCK).unlink(missing_ok=True)
            run_again(getattr(sys, "_base_executable", sys.executable), arguments)
        else:
            if not is_sound(RUN_LOCK):
                make()
            run_again(str(venv_python()), arguments)
    except NotReady as problem:
        stop(str(problem))
    except KeyboardInterrupt:
        stop("Перервано; середовище буде зроблено наново наступного разу.", status=130)


def keep_compiled() -> None:
    """Modules are compiled once, also where Python was told to leave nothing beside them: then below `.cache/`.

    That holds for other processes of this command as well.
    """
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / ".cache" / "pycache")
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def make() -> None:
    """Make `.venv` anew and install the locked wheels of the site."""
    import importlib.util  # here, as each command starts with this module, mostly twice
    import venv

    if importlib.util.find_spec("ensurepip") is None:
        raise NotReady("У цього Python немає модуля ensurepip, тож середовище .venv не створити. "
                       "Debian чи Ubuntu: sudo apt install python3-venv")
    if VENV.is_symlink():
        raise NotReady("Тека .venv є посиланням; вилучіть його, і середовище буде створено поруч із tasks.py.")
    say("Готую середовище .venv (лише першого разу, до хвилини)…")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
    except OSError as error:
        raise NotReady(cannot_write(error)) from error
    except subprocess.CalledProcessError as error:
        raise NotReady(f"Не вдалося створити середовище .venv: {last_line(error.output)}") from error
    install(RUN_LOCK)


def install(lock: str) -> None:
    """Install the wheels of a lock into `.venv` and write its marker; nothing to do where the marker is true."""
    if is_sound(lock):
        return
    before = installed()
    output = run_pip(lock)
    if output:
        raise NotReady(explain(output))
    fact = {"lock": digest(lock), "python": list(venv_version()), "brought": sorted(installed() - before)}
    try:
        unfinished = marker(lock).with_suffix(".new")
        unfinished.write_text(json.dumps(fact), encoding="utf-8")
        unfinished.replace(marker(lock))
    except OSError as error:
        raise NotReady(cannot_write(error)) from error


def run_pip(lock: str) -> str:
    """Run pip over a lock, counting the packages for the reader; the output if it failed, else nothing.

    Python compiles what it loads; of all that lies in the packages that is a small part.
    """
    command = [str(venv_python()), "-m", "pip", "install", "--only-binary", ":all:", "--no-deps", "--require-hashes",
               "--no-compile", "--no-input", "--no-user", "--disable-pip-version-check", "--progress-bar", "off",
               "-r", lock]
    total = len(re.findall(r"^[a-z0-9]", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))
    lines = []
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}, encoding="utf-8", errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        assert pip.stdout is not None
        seen = 0
        for line in pip.stdout:
            lines.append(line.strip())
            if found := re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line):
                seen += 1
                show_step(f"Пакети: {seen} з {total}, {found[1]}")
            elif line.startswith("Installing collected"):
                show_step("Пакети: розкладаю по теках")
    end_steps()
    return "\n".join(lines) if pip.returncode else ""


def explain(output: str) -> str:
    """One line for the reader out of what pip printed."""
    wanted = re.search(r"No matching distribution found for (\S+)", output)
    if "DO NOT MATCH THE HASHES" in output:
        return "Завантажений пакет не збігається з тим, що записано в замку; нічого не встановлено. Повторіть згодом."
    if "No space left" in output or "Errno 28" in output:
        return "На диску немає місця для середовища .venv. Звільніть пів гігабайта і повторіть ту саму команду."
    if "Permission denied" in output or "Read-only file system" in output:
        return f"Немає права запису до {VENV}. Скопіюйте репозиторій у теку, до якої маєте право запису."
    if any(sign in output for sign in OFFLINE):
        return ("Сховище пакетів Python не відповідає, а середовище ще не готове. "
                "Перевірте мережу (чи проксі) і повторіть ту саму команду.")
    if wanted:
        version = ".".join(map(str, sys.version_info[:2]))
        return f"Для цієї системи й Python {version} немає готового пакета {wanted[1]}."
    return f"Не вдалося встановити пакети: {last_line(output)}"


def is_sound(lock: str, running: tuple[int, ...] | None = None) -> bool:
    """Whether the marker of a lock is there and true: same lock, same Python, nothing of what pip brought has gone."""
    try:
        fact = json.loads(marker(lock).read_text(encoding="utf-8"))
        return (venv_python().exists() and fact["lock"] == digest(lock) and set(fact["brought"]) <= installed()
                and (running is None or fact["python"] == list(running)))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def marker(lock: str) -> Path:
    return VENV / f"{lock.removesuffix('.lock')}.json"


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def installed() -> set[str]:
    """Names at the top of site-packages."""
    folders = [VENV / "Lib" / "site-packages", *sorted(VENV.glob("lib/python3.*/site-packages"))]
    return {entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir()} - {"__pycache__"}


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_version() -> tuple[int, ...]:
    """Version of the Python for which `.venv` was made, by its own record."""
    found = re.search(r"^version\s*=\s*(\d+)\.(\d+)", (VENV / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else sys.version_info[:2]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def show_step(line: str) -> None:
    """One moving line in a terminal; nothing where the output is a file or a log."""
    if sys.stderr.isatty():
        print(f"\r\033[K  {line}", end="", file=sys.stderr, flush=True)


def end_steps() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def stop(line: str, status: int = NOT_READY) -> NoReturn:
    say(line)
    sys.exit(status)


def cannot_write(error: OSError) -> str:
    if error.errno == 28:
        return explain("No space left")
    return f"Не вдалося записати {error.filename or VENV}: {error.strerror}. Потрібна тека з правом запису."


def last_line(output: str | bytes | None) -> str:
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else output or ""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "причина невідома"
