"""Work in a process of its own gives the same answer, or the same error, as here."""

from __future__ import annotations

import os

import pytest

from plugins.audit.checking.beside import Beside
from plugins.audit.repository import NotReadable
from plugins.proof.faults import Fault


class Odd(Exception):
    """Cannot be made again of what it keeps."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} {other}")


def refused() -> int:
    raise NotReadable("git log")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no other process")
@pytest.mark.parametrize("has_fork", [True, False])
def test_the_answer_or_the_error_comes_back(has_fork: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()
    if not has_fork:
        monkeypatch.delattr(os, "fork")
    with Beside(os.getpid) as beside:
        assert has_fork == (beside.answer() != here)
    with Beside(refused) as beside, pytest.raises(NotReadable, match="git log"):
        beside.answer()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no other process")
def test_an_error_that_cannot_travel_is_told_in_words_and_a_process_that_ends_is_missed() -> None:
    def odd() -> int:
        raise Odd(1, 2)

    with Beside(odd) as beside, pytest.raises(RuntimeError, match="Odd: 1 2"):
        beside.answer()
    with Beside(lambda: os._exit(3)) as beside, pytest.raises(OSError, match="without an answer"):
        beside.answer()
    with pytest.raises(Fault), Beside(os.getpid):
        raise Fault("proof")
