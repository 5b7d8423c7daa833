"""Puts questions to the search of a served site, in one Node process (`reader.mjs`)."""
from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.search.queries import LEMMA_CLASSES, Query
from bench.search.serving import COUNTER, Served
from tooling.bootstrap import NotReady

READER = Path(__file__).with_name("reader.mjs")
ENGINE, BUNDLE = "/search/search.js", "/search/"
EXCERPTS = 5
VISITORS, SESSION = 30, 41
Counted = dict[str, dict[str, int]]
"""{kind of file: {requests, bytes}}"""


@dataclass(frozen=True)
class Answer:
    """What one question got: addresses in order, the note, the first excerpts."""

    urls: tuple[str, ...]
    note: str
    excerpts: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True)
class Told:
    """All that the reader found: costs of fresh visitors by step, costs of further questions, answers."""

    visitors: tuple[dict[str, Counted], ...]
    session: tuple[dict[str, Any], ...]
    answers: tuple[Answer, ...]


def ask(served: Served, node: Path, queries: Sequence[Query], tell: Callable[[int, int], None], *,
        visitors: int = VISITORS, session: int = SESSION, all_excerpts: bool = False,
        wants_answers: bool = True) -> Told:
    """Ask everything; `tell` hears how many of how many are done. Errors: NotReady with the reader's last words.

    Without answers only visitors and the session ask: on a large site the addresses of all results are thousands of
    files.

    Excerpts are asked for with questions of lemmas, or with all. Fresh visitors and the session ask such questions too.
    """
    of_lemmas = [query for query in queries if query.kind in LEMMA_CLASSES] or list(queries)
    asked_all = queries if wants_answers else ()
    first, further = spread(of_lemmas, visitors), spread(of_lemmas[1:], session)
    job = {"engine": served.base + ENGINE, "bundle": served.base + BUNDLE, "counter": served.base + COUNTER,
           "excerpts": EXCERPTS, "visitors": [typed(query) for query in first],
           "session": [typed(query) for query in further],
           "queries": [typed(query) | {"excerpts": all_excerpts or query.kind in LEMMA_CLASSES} for query in asked_all]}
    total = len(first) + max(0, len(further) - 1) + len(asked_all)
    with tempfile.TemporaryDirectory() as place:
        asked, answered = Path(place, "job.json"), Path(place, "answers.json")
        asked.write_text(json.dumps(job), encoding="utf-8")
        _run([str(node), str(READER), str(asked), str(answered)], total, tell)
        told = json.loads(answered.read_text(encoding="utf-8"))
    answers = tuple(Answer(tuple(dict.fromkeys(each["urls"])), each["note"], tuple(each["excerpts"]),
                           each.get("error", "")) for each in told["answers"])
    return Told(tuple(told["visitors"]), tuple(told["session"]), answers)


def _run(command: list[str], total: int, tell: Callable[[int, int], None]) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said, subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, encoding="utf-8") as process:
        assert process.stdout
        for line in process.stdout:
            if line.strip().isdigit():
                tell(int(line), total)
        status = process.wait()
        said.seek(0)
        if status:
            raise NotReady(f"Читач покажчика: код {status}\n{said.read()[-2000:]}")


def typed(query: Query) -> dict[str, Any]:
    """What the reader needs of a question."""
    return {"text": query.text, "typing": query.is_typing}


def spread(queries: Sequence[Query], number: int) -> list[Query]:
    """So many questions, evenly from all classes."""
    if not queries or number < 1:
        return []
    number = min(number, len(queries))
    return [queries[place * len(queries) // number] for place in range(number)]
