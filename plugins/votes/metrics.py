"""What the votes of the council come to: attendance, participation, agreement, cohesion, pairs of deputies.

Each column of answers becomes a few whole numbers with a bit for each vote, so that two deputies are compared over
thousands of votes by one `&`: all pairs of sixty deputies over 5 000 votes take a few hundredths of a second. Every
count is exact; definitions for readers stand in `DEFINITIONS`, word for word what is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from plugins.people.model import Council
from plugins.records import Library, frozen

from .rolls import CHOICES, OTHER, SAME, Compared, compared, rolls

VOTED = "yna"
"""Answers that are votes."""
CLOSEST = 5
"""How many deputies a page names as the nearest and the farthest."""
DEFINITIONS = (
    ("Голосування", "Рахуємо поіменні голосування ради, під час яких особа була депутатом. Таємних голосувань, "
                    "виконкому й комісій тут немає; міський голова — не депутат."),
    ("Присутність", "Частка таких голосувань, на яких депутат не позначений словом «Відсутній»."),
    ("Участь", "З голосувань, на яких депутат був присутній, — частка тих, де він голосував «за», «проти» або "
               "«утримався», тобто не мовчав."),
    ("Збіг із фракцією", "Порівнюємо голосування, на яких депутат був присутній, а серед інших присутніх членів його "
                         "фракції того дня один варіант мав більше голосів, ніж кожен інший. Збіг — коли депутат "
                         "голосував так само."),
    ("Окрема думка", "Скільки з порівнюваних голосувань депутат голосував інакше, ніж більшість фракції. "
                     "«Не голосував» — теж інакше."),
    ("Згуртованість фракції", "З голосувань, на яких були присутні щонайменше двоє членів фракції: яка частка їхніх "
                              "голосів збіглася з найчастішим голосом фракції."),
    ("Збіг двох депутатів", "З голосувань, на яких були присутні обоє, — частка тих, де вони голосували однаково: "
                            "обоє «за», обоє «проти», обоє утрималися або обоє не голосували."),
)
"""(the name of a figure, how exactly it is counted)."""

Standing = tuple[str, int, int, int, int, int]
"""(deputy, votes had, of them present, of them voted, as the faction, of so many compared)."""


@frozen
class Bits:
    """The answers of one deputy, a bit for each vote."""

    held: int
    present: int
    voted: int
    same: int
    other: int
    choices: tuple[int, ...]
    """One for each of CHOICES."""


def bits(library: Library) -> dict[str, Bits]:
    """Deputy → the bits of their votes in the council."""
    found, tables = library.once(compared), {letters: _table(letters) for letters in (*CHOICES, "m", SAME, OTHER)}

    def number(column: bytearray, letters: str) -> int:
        return int(bytes(column).translate(tables[letters]) or b"0", 2)

    made: dict[str, Bits] = {}
    for person, column in found.answers.items():
        choices = tuple(number(column, letter) for letter in CHOICES)
        present = reduce(or_, choices)
        marks = found.marks[person]
        made[person] = Bits(present | number(column, "m"), present, reduce(or_, choices[:len(VOTED)]),
                            number(marks, SAME), number(marks, OTHER), choices)
    return made


def _table(letters: str) -> bytes:
    return bytes(ord("1") if chr(code) in letters else ord("0") for code in range(256))


def periods(library: Library) -> dict[str, int]:
    """Convocations («8-sklykannia») and years («2026») with votes of the council → the bits of these votes."""
    council, events = library.only(Council), library.once(rolls)
    found: dict[str, int] = {}
    top = len(events) - 1
    for number, roll in enumerate(events):
        if roll.body != council.council_id:
            continue
        term = council.convocation_on(roll.held_on)
        for name in (str(roll.held_on.year), *((term_name(term.number),) if term else ())):
            found[name] = found.get(name, 0) | 1 << top - number
    return found


def term_name(number: int) -> str:
    """What a convocation is called in addresses and keys: «8-sklykannia»."""
    return f"{number}-sklykannia"


def standings(library: Library) -> Mapping[str, tuple[Standing, ...]]:
    """Period → where each of its deputies stands, by identifier; "" → the same of all time."""
    everybody = library.once(bits)
    spans = {"": -1, **library.once(periods)}
    return {name: tuple(_standing(person, everybody[person], span) for person in sorted(everybody)
                        if everybody[person].held & span) for name, span in spans.items()}


def _standing(person: str, own: Bits, span: int) -> Standing:
    same, other = (own.same & span).bit_count(), (own.other & span).bit_count()
    return (person, (own.held & span).bit_count(), (own.present & span).bit_count(), (own.voted & span).bit_count(),
            same, same + other)


def own_standings(library: Library) -> Mapping[str, Standing]:
    """Deputy → where they stand over all their time."""
    return {standing[0]: standing for standing in library.once(standings)[""]}


def cohesions(library: Library) -> Mapping[str, tuple[tuple[str, int, int, int], ...]]:
    """Period → (faction, votes given as most of it, votes of those who were there, how many roll-calls)."""
    found: Compared = library.once(compared)
    top = len(library.once(rolls)) - 1
    made: dict[str, tuple[tuple[str, int, int, int], ...]] = {}
    for name, span in library.once(periods).items():
        rows = []
        for faction in sorted(found.factions):
            taken = [item for item in found.factions[faction] if span >> top - item[0] & 1]
            if taken:
                rows.append((faction, sum(item[1] for item in taken), sum(item[2] for item in taken), len(taken)))
        made[name] = tuple(rows)
    return made


Pair = tuple[str, str, int, int]
"""(deputy, deputy who comes later, votes given alike, votes at which both were there)."""


def pairs(library: Library) -> Mapping[str, tuple[Pair, ...]]:
    """Convocation → all pairs of its deputies, by identifiers."""
    everybody, made = library.once(bits), {}
    for name, span in library.once(periods).items():
        if not name.endswith("sklykannia"):
            continue
        people = [(person, own.present & span, [choice & span for choice in own.choices])
                  for person, own in sorted(everybody.items()) if own.held & span]
        made[name] = tuple(
            (one, two, sum((a & b).bit_count() for a, b in zip(mine, theirs, strict=True)), (here & there).bit_count())
            for number, (one, here, mine) in enumerate(people) for two, there, theirs in people[number + 1:])
    return made


Neighbour = tuple[str, int]
"""(deputy, per cent of votes given alike)."""


def companions(library: Library) -> Mapping[str, tuple[tuple[Neighbour, ...], tuple[Neighbour, ...]]]:
    """Deputy → whom they vote with most and least, in the last convocation they sat in.

    Only those are compared who were there at half of the votes at which this deputy was.
    """
    everybody, spans = library.once(bits), library.once(periods)
    made: dict[str, tuple[tuple[Neighbour, ...], tuple[Neighbour, ...]]] = {}
    for name, found in sorted(library.once(pairs).items(), key=lambda item: -spans[item[0]]):  # the last one stays
        near: dict[str, list[tuple[str, int, int]]] = {}
        for one, two, same, both in found:
            near.setdefault(one, []).append((two, same, both))
            near.setdefault(two, []).append((one, same, both))
        for person, others in near.items():
            present = (everybody[person].present & spans[name]).bit_count()
            able = [(other, percent(same, both)) for other, same, both in others if both and 2 * both >= present]
            able.sort(key=lambda item: (-item[1], item[0]))
            size = min(CLOSEST, len(able) // 2)
            made[person] = tuple(able[:size]), tuple(able[::-1][:size])
    return made


def percent(part: int, whole: int) -> int:
    """Whole per cent, halves up; the whole must not be nothing."""
    return (200 * part + whole) // (2 * whole)
