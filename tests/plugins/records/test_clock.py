"""The declared day remembers when an answer about it will be another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from plugins.records.clock import Now, midnight
from plugins.ukrainian import KYIV

AT = datetime(2026, 11, 22, 12, 0, tzinfo=KYIV)
DAY = timedelta(days=1)


def noted(ask: Callable[[Any], object]) -> tuple[object, datetime | None]:
    """The answer to a question, and the next moment at which it may be another."""
    moments: list[datetime] = []
    answer = ask(Now.of(AT, moments.append))
    return answer, min(moments, default=None)


@pytest.mark.parametrize(("ask", "answer", "due"), [
    (lambda now: AT + DAY <= now, False, AT + DAY),
    (lambda now: now > AT + DAY, False, AT + DAY),
    (lambda now: AT - DAY <= now, True, None),
    (lambda now: AT < now, False, AT),
    (lambda now: date(2026, 11, 25) <= now.date(), False, midnight(date(2026, 11, 25))),
    (lambda now: date(2026, 11, 22) < now.date(), False, midnight(date(2026, 11, 23))),
    (lambda now: date(2026, 11, 21) < now.date(), True, None),
    (lambda now: now.date() == date(2026, 12, 1), False, midnight(date(2026, 12, 1))),
    (lambda now: now.year, 2026, midnight(date(2027, 1, 1))),
    (lambda now: now.date().month, 11, midnight(date(2026, 11, 23))),
    (lambda now: (date(2026, 11, 24) - now.date()).days, 2, midnight(date(2026, 11, 23))),
    (lambda now: now - AT, timedelta(0), AT),
    (lambda now: f"{now}", str(AT), AT),
    (lambda now: now.date().isoformat(), "2026-11-22", midnight(date(2026, 11, 23))),
    (lambda now: {date(2026, 11, 22): "є"}.get(now.date()), "є", midnight(date(2026, 11, 23))),
])
def test_a_question_tells_when_its_answer_changes(ask: Callable[[Any], object], answer: object,
                                                  due: datetime | None) -> None:
    assert noted(ask) == (answer, due)
