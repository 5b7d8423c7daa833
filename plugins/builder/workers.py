"""Workers: stale outputs are made by forked processes, or in this one where there is no fork or little to do.

The order of completion decides nothing: each task writes its own file and answers with a digest.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FEW = 40
"""Below this many tasks a second process costs more than it brings."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make: `build` returns its bytes."""

    path: str
    build: Callable[[], bytes]
    is_heavy: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A file that was written (its sha256) or could not be (an error for the editor)."""

    path: str
    name: str = ""
    """What it is called in the staging folder."""
    digest: str = ""
    error: str = ""


def run(tasks: Sequence[Task], folder: Path, jobs: int, describe: Callable[[Exception], str]) -> list[Done]:
    """Make all files in `folder`, one flat folder of numbered files; answers in the order of the tasks.

    Errors: OSError (the disk).
    """
    count = min(jobs or os.cpu_count() or 1, len(tasks))
    few = len(tasks) < FEW and not any(task.is_heavy for task in tasks)
    if count < 2 or few or not hasattr(os, "fork"):
        return [_make(task, number, folder, describe) for number, task in enumerate(tasks)]
    gc.collect()
    gc.freeze()
    readers: list[tuple[int, int]] = []
    for number in range(count):
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receive)
            _work(list(enumerate(tasks))[number::count], folder, send, describe)
        os.close(send)
        readers.append((child, receive))
    try:
        answers = [_collect(receive) for _, receive in readers]
    except BaseException:
        for child, _ in readers:
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        for child, _ in readers:
            os.waitpid(child, 0)
        gc.unfreeze()
    order = {task.path: index for index, task in enumerate(tasks)}
    done: list[Done] = []
    for answer in answers:
        if answer is None:
            raise OSError("a worker ended without an answer")
        if isinstance(answer, OSError):
            raise answer
        done += answer
    return sorted(done, key=lambda item: order[item.path])


def _make(task: Task, number: int, folder: Path, describe: Callable[[Exception], str]) -> Done:
    try:
        content = task.build()
    except OSError:
        raise
    except Exception as error:
        return Done(task.path, error=describe(error))
    with open(f"{folder}/{number}", "wb") as file:  # noqa: PTH123 — a path as an object costs its share of thousands
        file.write(content)
    return Done(task.path, str(number), hashlib.sha256(content).hexdigest())


def _work(tasks: Sequence[tuple[int, Task]], folder: Path, send: int, describe: Callable[[Exception], str]) -> None:
    """In the child: never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    answer: list[Done] | OSError
    try:
        try:
            answer = [_make(task, number, folder, describe) for number, task in tasks]
        except OSError as error:
            answer = error
        with os.fdopen(send, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
    finally:
        os._exit(0)


def _collect(receive: int) -> list[Done] | OSError | None:
    with os.fdopen(receive, "rb") as pipe:
        raw = pipe.read()
    return pickle.loads(raw) if raw else None  # noqa: S301 — written by our own child a moment ago
