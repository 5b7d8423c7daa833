"""Workers: stale outputs are made by forked processes, or in this one where there is no fork or little to do.

The order of completion decides nothing: each task writes its own file and answers with a digest.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from plugins.records import REGISTRY, Finding

from .output import stage
from .works import built

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
    """A file that was written (its sha256) or could not be (problems for the editor)."""

    path: str
    name: str = ""
    """What it is called in the staging folder."""
    digest: str = ""
    findings: tuple[Finding, ...] = ()


Work = Callable[[int, int], Generator[Any, Any, None]]
"""(number of this worker, how many there are) → an answer for each question; an iterator is many answers."""
END = "end of answers"


class Crew:
    """Processes that answer question after question, all of them at once; this process alone where there is no fork.

    What a worker has loaded and made it keeps from one question to the next. Answers are pickled.
    """

    def __init__(self, count: int, work: Work) -> None:
        """`work` runs in each of `count` workers, forked with everything that is loaded here."""
        self.count = count if hasattr(os, "fork") else 1
        self._here = work(0, 1) if self.count == 1 else None
        if self._here:
            next(self._here)
        self._workers: list[tuple[int, BinaryIO, BinaryIO]] = []
        if self._here is None:
            gc.freeze()
            for number in range(self.count):
                self._workers.append(self._fork(number, work))

    def _fork(self, number: int, work: Work) -> tuple[int, BinaryIO, BinaryIO]:
        (asked, ask), (answered, answer) = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            for _, *pipes in self._workers:
                for pipe in pipes:
                    pipe.close()
            os.close(ask)
            os.close(answered)
            _serve(work(number, self.count), asked, answer)
        os.close(asked)
        os.close(answer)
        return child, os.fdopen(ask, "wb"), os.fdopen(answered, "rb")

    def ask(self, question: Any) -> list[Any]:
        """The answers of all workers. Errors: OSError (the disk), and whatever went wrong in a worker."""
        if self._here is not None:
            return [self._here.send(question)]
        self._tell(question)
        return [_answer_from(answered) for _, _, answered in self._workers]

    def each(self, question: Any) -> Iterator[Any]:
        """All answers of workers that give many, one of each in turn, as they come: none has to wait for the last."""
        if self._here is not None:
            yield from self._here.send(question)
            return
        self._tell(question)
        waiting = [answered for _, _, answered in self._workers]
        while waiting:
            for answered in waiting[:]:
                answer = _answer_from(answered)
                if answer == END:
                    waiting.remove(answered)
                else:
                    yield answer

    def _tell(self, question: Any) -> None:
        words = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        for _, ask, _ in self._workers:
            ask.write(words)
            ask.flush()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._here:
            self._here.close()
        for child, ask, answered in self._workers:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            with suppress(OSError):
                ask.close()
            answered.close()
        if self._workers:
            gc.unfreeze()


def _answer_from(answered: BinaryIO) -> Any:
    try:
        answer = pickle.load(answered)  # noqa: S301 — written by our own child a moment ago
    except EOFError:
        raise OSError("a worker ended without an answer") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _answers_to(work: Generator[Any, Any, None], question: Any) -> Iterator[Any]:
    """What a worker says to a question: one answer, or many and the end of them."""
    try:
        found = work.send(question)
        if isinstance(found, Iterator):
            yield from found
            found = END
    except OSError as error:
        found = error
    except Exception as error:
        found = RuntimeError(f"{error!r}\n{traceback.format_exc()}")
    yield found


def _serve(work: Generator[Any, Any, None], asked: int, answer: int) -> None:
    """In the child: never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    next(work)
    try:
        with os.fdopen(asked, "rb") as questions, os.fdopen(answer, "wb") as answers:
            while True:
                question = pickle.load(questions)  # noqa: S301 — written by our own parent
                for answer in _answers_to(work, question):
                    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
                    answers.flush()
    except EOFError:
        pass
    finally:
        _leave()


def run(tasks: Sequence[Task], folder: Path, jobs: int, label: str) -> list[Done]:
    """Make all files in `folder`, one flat folder; answers in the order of the tasks.

    The names of the files begin with the label.

    Errors: OSError (the disk).
    """
    count = min(jobs or os.cpu_count() or 1, len(tasks))
    few = len(tasks) < FEW and not any(task.is_heavy for task in tasks)
    if count < 2 or few or not hasattr(os, "fork"):
        return [_make(task, f"{label}-{number}", folder) for number, task in enumerate(tasks)]
    gc.freeze()
    readers: list[tuple[int, int]] = []
    for number in range(count):
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receive)
            _work(list(enumerate(tasks))[number::count], folder, send, label)
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


def findings_of(path: str, build: Callable[[], bytes]) -> tuple[Finding, ...]:
    """Why a file cannot be made; nothing for one that can. Errors: OSError."""
    content = built(path, build)
    return content if isinstance(content, tuple) else ()


def _make(task: Task, name: str, folder: Path) -> Done:
    content = built(task.path, task.build)
    if isinstance(content, tuple):
        return Done(task.path, findings=content)
    stage(f"{folder}/{name}", content)
    return Done(task.path, name, hashlib.sha256(content).hexdigest())


def _work(tasks: Sequence[tuple[int, Task]], folder: Path, send: int, label: str) -> None:
    """In the child: never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    answer: list[Done] | OSError
    try:
        try:
            answer = [_make(task, f"{label}-{number}", folder) for number, task in tasks]
        except OSError as error:
            answer = error
        with os.fdopen(send, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
    finally:
        _leave()


def _leave() -> NoReturn:
    """End this child: what it has started is ended first, so that nothing outlives a build."""
    for close in REGISTRY.endings:
        with suppress(Exception):
            close()
    os._exit(0)


def _collect(receive: int) -> list[Done] | OSError | None:
    with os.fdopen(receive, "rb") as pipe:
        raw = pipe.read()
    return pickle.loads(raw) if raw else None  # noqa: S301 — written by our own child a moment ago
