"""Records of the publishing machine (`data/deployments.csv`): a row cannot be older than the log it came after.

Such a row is evidence of grade C, and it is only a line in the repository. The machine writes it within the hour; one
that comes a week after its own time, when the log shows that the branch stood elsewhere then, was written by somebody.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import accumulate

from ..findings import Told, Weight
from ..layout import DEPLOYMENTS
from ..repository import Blobs, Branch
from .log import FRESH


def check_deployments(branch: Branch, logged: Sequence[tuple[int, str]], since: int, blobs: Blobs, told: Told) -> None:
    """`logged`: (place of a commit, when its entry was seen) of each revision; `since`: where the log began."""
    known = sorted((place, _moment(seen)) for place, seen in logged)
    places, latest = [place for place, _ in known], list(accumulate((at for _, at in known), max))
    before: set[str] = set()
    for place in branch.places_of(DEPLOYMENTS):
        now = set(_rows(blobs.read(branch.blob_at(DEPLOYMENTS, place))))
        found = bisect_left(places, place)
        if place > since and (gone := sorted(before - now)):
            told.say("deployment-gone", branch.commits[place][:12], gone[0], Weight.LACKING)
        if place > since and found:
            late = [row for row in sorted(now - before) if (at := _at(row)) and at < latest[found - 1] - FRESH]
            if late:
                told.say("deployment-late", branch.commits[place][:12], late[0], Weight.LACKING)
        before = now


def _rows(content: bytes | None) -> Iterator[str]:
    yield from (content or b"").decode("utf-8", "replace").splitlines()[1:]


def _at(row: str) -> int:
    with suppress(csv.Error, ValueError, StopIteration):
        _, _, at = next(csv.reader([row], strict=True))
        return _moment(at)
    return 0


def _moment(text: str) -> int:
    with suppress(ValueError):
        return int(datetime.fromisoformat(text).timestamp())
    return 0
