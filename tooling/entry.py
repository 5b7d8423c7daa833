"""The way in: a ready environment gets the command at once, everything else is for `bootstrap`.

Each command starts with this module, mostly twice: it takes only what Python has loaded by itself.
"""
from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, which is one of the modules that are spared
if TYPE_CHECKING:
    from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python.exe" if os.name == "nt" else "python")

TRIED = "PROZORA_TRIED"
"""Tells the next process that it has been started by this one: a half-made environment must not go round in circles."""


def enter(arguments: list[str]) -> None:
    """Return when this process runs inside a sound environment in UTF-8; otherwise run there instead."""
    has_tried = os.environ.pop(TRIED, "")
    if os.name != "nt" and not has_tried and seems_ready():
        try:  # noqa: SIM105 — contextlib is one of the modules that are spared
            run_again(PYTHON, arguments, TRIED)
        except OSError:  # a broken interpreter: the environment is made anew
            pass
    from tooling import bootstrap
    bootstrap.enter(arguments)


def seems_ready() -> bool:
    """Whether an environment is there in which this process doesn't run, made after its lock: it will look closer."""
    try:
        return (os.path.realpath(sys.prefix) != os.path.realpath(VENV) and os.path.exists(PYTHON)
                and os.stat(os.path.join(ROOT, "requirements.lock")).st_mtime_ns
                <= os.stat(os.path.join(VENV, "requirements.json")).st_mtime_ns)
    except OSError:
        return False


def run_again(python: str, arguments: list[str], *signs: str) -> NoReturn:
    """Run `tasks.py` with another interpreter, in UTF-8, in place of this process; `signs`: variables that are set."""
    command = [python, os.path.join(ROOT, "tasks.py"), *arguments]
    environment = os.environ | {"PYTHONUTF8": "1"} | dict.fromkeys(signs, "1")
    environment.pop("__PYVENV_LAUNCHER__", None)  # macOS: would send the new interpreter back to the old prefix
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(python, command, environment)  # noqa: S606
    import subprocess
    with subprocess.Popen(command, env=environment) as child:  # Windows gives the prompt back too early on exec
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue  # the child has got it too and ends in its own way


def end(status: int) -> NoReturn:
    """End this process at once: to take apart all that it knows, piece by piece, takes longer than a small update."""
    import atexit
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # the reader of our output has gone: `… | head`
        status = 141
    os._exit(status)
