"""`python3 tasks.py bench posters`: seven formats × two hundred titles through six designs.

Gives how many posters fit, how many are refused with the name of the field, that none runs over silently, how long
they take, how large the cards are and the least contrast, told by readers that know nothing of the templates.
"""
from __future__ import annotations

import io
import json
import os
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.measure import decimal
from bench.posters.checks import see
from bench.posters.titles import COUNT, Case, cases
from plugins.documents.brand import COLOURS, Brand
from plugins.documents.model import FORMATS, Origin, PressBoxes, pages_of, pdf
from plugins.documents.press import TEMPLATES
from plugins.documents.prints import ACCESSIBLE
from plugins.events.model import PosterDesign
from plugins.events.posters import large
from plugins.events.sheets import PosterFact, PosterSheet, PressSheet, Sheet, as_, card_of, code_of
from plugins.media.encode import make
from plugins.media.model import Rendition
from plugins.records import Refused
from plugins.records.model import one_line
from plugins.ukrainian import for_print, typeset

DESIGNS = tuple(design.value for design in PosterDesign)
PAPER = ("A4", "A3", "A2")
STORY = (0.13, 0.17)
BRAND = Brand("Яворопільська міська рада", "Яворопільської міської ради", "Виконавчий комітет",
              "Яворопільська міська територіальна громада", "м. Яворопіль", "Яворинська область", "вул. Соборна, 14",
              "(03200) 4-14-00", "rada@yavoropil.example", "https://rada.yavoropil.example", COLOURS,
              (TEMPLATES / "arms.svg").read_text(encoding="utf-8"))
FIELDS = ("poster.kicker", "poster.headline", "poster.lines.0", "poster.lines.1", "poster.lines.2", "starts_at",
          "location", "price", "age", "is_accessible", "organizer", "contact")
SIZES = (Sheet(210, 297), Sheet(297, 420), Sheet(420, 594))


@dataclass
class Told:
    """What came out: fits and refusals by format, refusals by field, faults, milliseconds, bytes, contrasts, sizes."""

    fits: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    tame_refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    contrasts: dict[str, float] = field(default_factory=dict)


def sheet(case: Case, design: str) -> PosterSheet:
    """A poster of a case, as the room would make it."""
    def words(text: str) -> str:
        return for_print(typeset(one_line(text)))

    return PosterSheet(
        title="Афіша", brand=BRAND, on=date(2026, 9, 13), format="A4", design=design,
        origin=Origin(tuple((name, "content/events/2026/a.md", 9, name) for name in FIELDS),
                      (Path(os.devnull),) * len(FIELDS)),
        kicker=words(case.kicker), headline=large(one_line(case.title)), lines=tuple(map(words, case.lines)),
        when="13\u00a0вересня", clock="неділя, 9:00\u2060–\u206020:30", place=words(case.place),
        facts=tuple(PosterFact(name, words(text)) for name, text in case.facts), alt="Малюнок.",
        code=code_of("https://rada.yavoropil.example/podii/2026/09-13/"))


def press_of(poster: PosterSheet) -> bytes:
    """The file for a press: three sheets."""
    return pdf(as_(PressSheet, poster, inks=True, sheets=SIZES, bleed=3.0, slug=10.0, marks=True),
               PressBoxes(10.0, 3.0))


def expected(poster: PosterSheet) -> tuple[str, ...]:
    """The words that must stand on it."""
    lines = () if poster.format == "1200x630" else poster.lines
    return (poster.kicker, poster.headline, *lines, poster.when, poster.clock, poster.place,
            *(fact.words for fact in poster.facts))


def try_one(case: Case, design: str, told: Told) -> None:
    """One title in all formats."""
    poster = sheet(case, design)
    _try("print", PAPER, case, design, lambda: press_of(poster), poster, told)
    _try("web", ("web",), case, design, lambda: pdf(poster), poster, told)
    for name in FORMATS:
        card = card_of(poster, name)
        _try(name, (name,), case, design, lambda card=card: pages_of(card, standards=ACCESSIBLE)[0], card, told)


def _try(kind: str, names: tuple[str, ...], case: Case, design: str, build: Any, poster: PosterSheet,
         told: Told) -> None:
    start = time.perf_counter()
    try:
        made = build()
    except Refused as refused:
        finding = refused.findings[0]
        told.refused.update(names)
        told.fields[f"{finding.label} {finding.code}"] += 1
        if not case.is_hostile:
            told.tame_refused.append(f"{design} {kind}: {case.title[:60]} — {finding}")
        return
    told.times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
    seen = see(made, expected(poster), free=STORY if kind == "1080x1920" else (0, 0))
    told.fits.update(names)
    told.faults += [f"{design} {kind} «{case.title[:30]}»: {fault}" for fault in seen.faults]
    told.contrasts[kind] = min(told.contrasts.get(kind, 21.0), seen.contrast)


def weigh(design: str, told: Told) -> None:
    """Cards as pictures: their pixels, bytes, time."""
    poster = sheet(cases(COUNT)[20], design)
    for name, size in FORMATS.items():
        card = replace(card_of(poster, name), headline=f"{poster.headline} {design}")
        start = time.perf_counter()
        made = make(Rendition(f"a/{name}.png", card, size[0]))
        told.times.setdefault(f"PNG {name}", []).append((time.perf_counter() - start) * 1000)
        told.sizes.setdefault(name, []).append(len(made))
        from PIL import Image

        if Image.open(io.BytesIO(made)).size != size or len(made) > 300_000:
            told.faults.append(f"{design} {name}: {len(made)} байтів")


def main(count: int, figures: Path | None) -> int:
    """Measure and print: `count` titles, 0 for all. Status 1 if a poster runs over silently."""
    console, told, count = Console(highlight=False), Told(), count or COUNT
    for number, case in enumerate(cases(count)):
        try_one(case, DESIGNS[number % len(DESIGNS)], told)
        if number % 20 == 19:
            console.print(f"назв {number + 1}, мовчки не вмістилося {len(told.faults)}", soft_wrap=True)
    for design in DESIGNS if count >= COUNT else ():
        weigh(design, told)
    for line in lines_of(told):
        console.print(line, soft_wrap=True)
    if figures:
        figures.write_text(json.dumps(plain(told), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if told.faults else 0


def lines_of(told: Told) -> list[str]:
    """The figures in words."""
    rows = [f"{name}: вмістилося {told.fits[name]}, відмовлено {told.refused[name]}"
            for name in ("web", *PAPER, *FORMATS)]
    rows += [f"{kind}: {decimal(statistics.median(times))} мс" for kind, times in told.times.items()]
    rows += [f"{kind}: найменший контраст {decimal(value)}" for kind, value in told.contrasts.items()]
    rows += [f"{name}: найбільша картка {max(sizes)} байтів" for name, sizes in told.sizes.items()]
    rows += [f"відмова: {name} — {count}" for name, count in told.fields.most_common()]
    rows += [f"звичайна назва не вмістилася: {one}" for one in told.tame_refused[:20]]
    return [*rows, *told.faults[:40], f"мовчки не вмістилося: {len(told.faults)}"]


def plain(told: Told) -> dict[str, Any]:
    """The figures for a file."""
    return {"fits": dict(told.fits), "refused": dict(told.refused), "fields": dict(told.fields),
            "silent": told.faults, "contrast": told.contrasts,
            "ms": {kind: statistics.median(times) for kind, times in told.times.items()},
            "bytes": {name: max(sizes) for name, sizes in told.sizes.items()}}
