"""Charts: numbers → the marks of a drawing, the same for the page and for paper.

`layout` gives a drawing for a least width (`room`, pixels): bars beside last year's and the plan, columns over time,
one bar of parts. `drawing.py` draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from plugins.records import frozen
from plugins.ukrainian import NBSP, number, percent

from .drawing import PAPER_ROOM, SMALL, TEXT, ZERO, Drawing, Mark, bold_width_of, width_of, wrapped

PAGE_ROOM = 288
"""Pixels of width that a chart surely has: on a phone of 320."""
LINE = 20
PLOT, PLOT_ON_PAPER = 170, 130
"""How high the highest column is, pixels."""
MOST_ROWS_ON_PAPER = 12
MOST_LINES = 3
HUNDRED = Decimal(100)


@frozen
class Row:
    """One name with its numbers; None where a number is not known."""

    name: str
    values: tuple[Decimal | None, ...]


@frozen
class Numbers:
    """What is drawn. `kind`: bars, columns, parts. `series` names the numbers of each row, the first is drawn most.

    In bars the second is last year's, the third the plan; columns stand side by side; parts have one.
    """

    kind: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]


def amount(value: Decimal, unit: str) -> str:
    """«11,4 км», «97 %»."""
    return f"{number(value)}{NBSP}{unit}" if unit else number(value)


def shares(values: Sequence[Decimal]) -> list[Decimal]:
    """Percents with one decimal that are 100 together: what rounding leaves goes to the largest remainders."""
    total = sum(values, ZERO)
    if not total:
        return [ZERO for _ in values]
    exact = [value * 1000 / total for value in values]
    whole = [value.to_integral_value(rounding="ROUND_FLOOR") for value in exact]
    left = 1000 - int(sum(whole, ZERO))
    for index in sorted(range(len(values)), key=lambda index: (whole[index] - exact[index], index))[:left]:
        whole[index] += 1
    return [value / 10 for value in whole]


def layout(numbers: Numbers, room: int = PAGE_ROOM) -> Drawing:
    """The drawing of a chart that is at least `room` pixels wide."""
    return LAYOUTS[numbers.kind](numbers, room)


def drawings_for_paper(numbers: Numbers) -> list[tuple[Drawing, tuple[Row, ...]]]:
    """The same on one scale in pieces that a sheet holds, each with its rows."""
    if numbers.kind == "parts":
        return [(_bar_of_parts(numbers, PAPER_ROOM), numbers.rows)]
    if numbers.kind == "columns":
        return [(_columns(numbers, PAPER_ROOM), numbers.rows)]
    scale = _scale(numbers)
    count = -(-len(numbers.rows) // MOST_ROWS_ON_PAPER)
    size = -(-len(numbers.rows) // count)
    pieces = [numbers.rows[start:start + size] for start in range(0, len(numbers.rows), size)]
    return [(_bars(Numbers(numbers.kind, numbers.unit, numbers.series, rows), PAPER_ROOM, scale), rows)
            for rows in pieces]


def _values(numbers: Numbers) -> list[Decimal]:
    return [value for row in numbers.rows for value in row.values if value is not None]


def _scale(numbers: Numbers) -> tuple[Decimal, Decimal]:
    """(the lowest value, how much the whole width is)."""
    lowest, highest = min(ZERO, *_values(numbers), ZERO), max(ZERO, *_values(numbers), ZERO)
    return lowest, (highest - lowest) or Decimal(1)


def _bars(numbers: Numbers, room: int, scale: tuple[Decimal, Decimal] | None = None) -> Drawing:
    lowest, span = scale or _scale(numbers)
    place: Callable[[Decimal], Decimal] = lambda value: (value - lowest) / span * 99  # noqa: E731
    marks, y = _legend(numbers, room)
    is_double = any(len(row.values) > 1 and row.values[1] is not None for row in numbers.rows)
    for row in numbers.rows:
        value, before, plan = (*row.values, None, None, None)[:3]
        words = "—" if value is None else amount(value, numbers.unit)
        taken = bold_width_of(words) + 12
        beside = taken <= room * 45 // 100
        lines = wrapped(row.name, room - taken if beside else room)
        lines = lines if beside else [*lines, ""]
        for line in lines:
            y += LINE
            marks += [Mark("ink", ZERO, y - 5, words=line)] if line else []
        marks.append(Mark("bold", HUNDRED, y - 5, words=words, anchor="end"))
        top = y + 2
        high = 20 if is_double else 13
        if lowest == 0:
            marks.append(Mark("track", ZERO, top, HUNDRED, 12))
        marks += [_bar("main", place, value, top, 12)] if value is not None else []
        marks += [_bar("second", place, before, top + 14, 5)] if before is not None else []
        marks += [Mark("plan", place(plan), top - 3, height=18, wide=3)] if plan is not None else []
        if lowest < 0:
            marks.append(Mark("axis", place(ZERO), top - 3, height=high + 4, wide=1))
        y = top + high + 8
    return Drawing(y, tuple(marks))


def _bar(role: str, place: Callable[[Decimal], Decimal], value: Decimal, y: int, height: int) -> Mark:
    start, end = sorted((place(ZERO), place(value)))
    return Mark(role, start, y, end - start, height)


def _columns(numbers: Numbers, room: int) -> Drawing:
    lowest, span = _scale(numbers)
    marks, y = _legend(numbers, room)
    plot = PLOT_ON_PAPER if room == PAPER_ROOM else PLOT
    above, below = 22, 22 if lowest < 0 else 0
    down: Callable[[Decimal], int] = lambda value: int(((lowest + span - value) / span * plot).to_integral_value(  # noqa: E731
        rounding=ROUND_HALF_UP)) + y + above
    step = HUNDRED / len(numbers.rows)
    lanes = max(len(row.values) for row in numbers.rows)
    wide = min(step * 68 / 100, Decimal(11)) / lanes
    middles = [step * index + step / 2 for index in range(len(numbers.rows))]
    for middle, row in zip(middles, numbers.rows, strict=True):
        for lane, value in enumerate(row.values):
            if value is not None:
                top, bottom = sorted((down(value), down(ZERO)))
                left = middle - wide * lanes / 2 + wide * lane
                marks.append(Mark("main" if lane == 0 else "second", left, top, wide * 94 / 100, bottom - top))
    marks.append(Mark("axis", ZERO, down(ZERO), HUNDRED, 1))
    bars = [mark for mark in marks if mark.role in ("main", "second") and not mark.wide]
    marks += _column_values(numbers, room, middles, down, bars)
    foot = y + above + plot + below
    names = list(_column_names(numbers, room, middles, foot))
    return Drawing(max(mark.y for mark in names) + 8, (*marks, *names))


def _column_values(numbers: Numbers, room: int, middles: Sequence[Decimal],
                   down: Callable[[Decimal], int], bars: Sequence[Mark]) -> Iterator[Mark]:
    """Values over their columns, the telling ones first, as far as there is room and no other column stands there."""
    known = [(index, value) for index, row in enumerate(numbers.rows) if (value := row.values[0]) is not None]
    if not known:
        return
    telling = [known[-1], max(known, key=lambda item: item[1]), min(known, key=lambda item: item[1]), known[0], *known]
    taken: list[tuple[int, int]] = []
    for index, value in telling:
        words = number(value)
        start, end, anchor = _span(middles[index], bold_width_of(words), room, is_alone=len(numbers.rows) == 1)
        y = down(value) + 16 if value < 0 else down(value) - 6
        is_free = all(end + 6 <= other[0] or start >= other[1] + 6 for other in taken)
        if is_free and not any(_stands_at(bar, start, end, y, room) for bar in bars):
            taken.append((start, end))
            x = {"start": ZERO, "end": HUNDRED}.get(anchor, middles[index])
            yield Mark("bold", x, y, words=words, anchor=anchor)


def _stands_at(bar: Mark, start: int, end: int, y: int, room: int) -> bool:
    """Whether a column is where words from `start` to `end` stand, their feet at `y`."""
    left, right = bar.x * room / 100, (bar.x + bar.width) * room / 100
    return left < end - 1 and right > start + 1 and bar.y < y and bar.y + bar.height > y - TEXT + 2


def _column_names(numbers: Numbers, room: int, middles: Sequence[Decimal], foot: int) -> Iterator[Mark]:
    """Names under the columns: all of them, in lines if need be, or every second, third … counted from the last."""
    widest = max(width_of(row.name, SMALL) for row in numbers.rows) + 6
    if widest * len(numbers.rows) > room and (lines := _names_in_lines(numbers, room // len(numbers.rows) - 6)):
        for middle, parts in zip(middles, lines, strict=True):
            yield from (Mark("quiet", middle, foot + 16 + at * SMALL * 5 // 4, words=line, anchor="middle")
                        for at, line in enumerate(parts))
        return
    every = max(-(-widest * len(numbers.rows) // room), 1)
    free = room + 6
    for index in range(len(numbers.rows) - 1, -1, -every):
        name = numbers.rows[index].name
        start, end, anchor = _span(middles[index], width_of(name, SMALL), room, is_alone=False)
        if end + 6 <= free:
            free = start
            x = {"start": ZERO, "end": HUNDRED}.get(anchor, middles[index])
            yield Mark("quiet", x, foot + 16, words=name, anchor=anchor)


def _names_in_lines(numbers: Numbers, room: int) -> list[list[str]]:
    """The names in lines that their columns hold; none if a word is wider or a name has more than MOST_LINES."""
    if any(width_of(word, SMALL) > room for row in numbers.rows for word in row.name.split(" ")):
        return []
    lines = [wrapped(row.name, room, SMALL) for row in numbers.rows]
    return lines if max(map(len, lines)) <= MOST_LINES else []


def _span(middle: Decimal, wide: int, room: int, *, is_alone: bool) -> tuple[int, int, str]:
    """(start, end, anchor) of words around a place: at an edge they begin or end there."""
    centre = int(middle * room / 100)
    if centre * 2 < wide and not is_alone:
        return 0, wide, "start"
    if (room - centre) * 2 < wide and not is_alone:
        return room - wide, room, "end"
    return centre - wide // 2, centre + wide // 2, "middle"


def _bar_of_parts(numbers: Numbers, room: int) -> Drawing:
    """The bar alone: its numbers lead to a table."""
    values = [row.values[0] or ZERO for row in numbers.rows]
    total = sum(values, ZERO) or Decimal(1)
    marks: list[Mark] = []
    x = ZERO
    for index, value in enumerate(values):
        wide = value / total * 100
        sign = str(index + 1)
        if wide * room / 100 >= width_of(sign) + 4:
            marks.append(Mark("bold", x + wide / 2, 14, words=sign, anchor="middle"))
        marks.append(Mark(f"part-{index % 2}", x, 20, max(wide - Decimal("0.5"), min(wide, Decimal("0.2"))), 26))
        x += wide
    return Drawing(50, tuple(marks))


def _parts(numbers: Numbers, room: int) -> Drawing:
    """The bar, and under it what each number is."""
    bar = _bar_of_parts(numbers, room)
    marks, y = list(bar.marks), bar.height + 18
    told = shares([row.values[0] or ZERO for row in numbers.rows])
    for index, (row, share) in enumerate(zip(numbers.rows, told, strict=True), 1):
        words = percent(share)
        marks += [Mark("bold", ZERO, y, words=str(index)), Mark("bold", HUNDRED, y, words=words, anchor="end")]
        for line in wrapped(row.name, room - 28 - bold_width_of(words) - 10):
            marks.append(Mark("ink", ZERO, y, dx=28, words=line))
            y += LINE
        marks.append(Mark("quiet", ZERO, y - 2, dx=28, words=amount(row.values[0] or ZERO, numbers.unit)))
        y += LINE + 4
    return Drawing(y - 14, tuple(marks))


def _legend(numbers: Numbers, room: int) -> tuple[list[Mark], int]:
    """What the marks mean, where there is more than one; (marks, height)."""
    used = [index for index in range(len(numbers.series))
            if any(len(row.values) > index and row.values[index] is not None for row in numbers.rows)]
    if len(used) < 2:
        return [], 0
    marks: list[Mark] = []
    x, y = 0, 0
    for index in used:
        for at, line in enumerate(wrapped(numbers.series[index], room - 26, SMALL)):
            wide = 24 + width_of(line, SMALL)
            if (x and x + wide > room) or at:
                x, y = 0, y + LINE
            if at == 0:
                marks.append(_key(numbers.kind, index, x, y))
            marks.append(Mark("quiet", ZERO, y + 14, dx=x + 24, words=line))
            x += wide + 16
    return marks, y + LINE + 8


def _key(kind: str, index: int, x: int, y: int) -> Mark:
    if kind == "bars" and index == 2:
        return Mark("plan", ZERO, y + 1, dx=x + 8, height=16, wide=3)
    if kind == "bars" and index == 1:
        return Mark("second", ZERO, y + 7, dx=x, height=5, wide=16)
    return Mark("second" if index else "main", ZERO, y + 3, dx=x, height=12, wide=16)


LAYOUTS: dict[str, Callable[[Numbers, int], Drawing]] = {"bars": _bars, "columns": _columns, "parts": _parts}
