"""Work that goes on beside other work, in a forked process: the ledger takes as long as all other checks together.

Where there is no fork the work is done when its answer is asked for.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, Generic, NoReturn, TypeVar

Answer = TypeVar("Answer")


class Beside(Generic[Answer]):
    """`with Beside(work) as beside: …; beside.answer()`; whoever leaves earlier ends it."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        self._work = work
        self._child = 0
        self._answered: BinaryIO | None = None

    def __enter__(self) -> Beside[Answer]:
        if hasattr(os, "fork"):
            answered, answer = os.pipe()
            self._child = os.fork()
            if self._child == 0:
                os.close(answered)
                _serve(self._work, answer)
            os.close(answer)
            self._answered = os.fdopen(answered, "rb")
        return self

    def answer(self) -> Answer:
        """What the work gives. Errors: those of the work; OSError where its process ended without a word."""
        if self._answered is None:
            return self._work()
        try:
            is_done, found = pickle.load(self._answered)  # noqa: S301 — written by our own child
        except EOFError:
            raise OSError("a process ended without an answer") from None
        if not is_done:
            raise found
        answer: Answer = found
        return answer

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._answered is None:
            return
        with suppress(OSError):
            os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        self._answered.close()


def _serve(work: Callable[[], object], answer: int) -> NoReturn:
    try:
        with os.fdopen(answer, "wb") as answers:
            answers.write(_packed(work))
    finally:
        os._exit(0)


def _packed(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((True, work()))
    except Exception as error:
        try:
            pickle.loads(packed := pickle.dumps((False, error)))  # noqa: S301 — not every exception can be made again
        except Exception:
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        return packed
