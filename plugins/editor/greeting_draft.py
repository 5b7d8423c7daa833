"""The skeleton of a greeting: for a day of the calendar all that can be told beforehand is filled in.

The day's next date, its voice, the heading, the mayor who holds office then; the comments tell an author of this voice
what to write and what not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from plugins.greetings.model import (
    SALUTATIONS,
    Observance,
    Tone,
    heading_of,
    meant,
    next_day_of,
    years_since,
)
from plugins.people.model import Council, Membership, Organization, Person, mayor_on
from plugins.records import Library, Registry, frozen, read_all
from plugins.records.clock import midnight
from plugins.records.components import upper_first
from plugins.ukrainian import anniversary, day

PARAGRAPHS = {
    Tone.JOY: ("Що це за день для нашої громади: одна людина, одне місце, одна подія, а не «велике свято».",
               "Що ми зробили разом за цей рік: факт або число, яке можна перевірити.",
               "Кому дякуємо поіменно чи за працею; не забудьте тих, хто на службі.",
               "Побажання: просте, без переліку «щастя, здоров’я, добробуту». Підпис додасть сайт."),
    Tone.PROFESSIONAL: ("Що саме роблять ці люди в нашій громаді: один випадок, який бачили на власні очі.",
                        "Їхній рік: кілька чисел зі звіту й те, чого в звіті немає.",
                        "Подяка й побажання, яке пасує саме цьому фахові. Підпис додасть сайт."),
    Tone.REMEMBRANCE: ("Що сталося і скільки людей це забрало в нашій громаді: число, ім’я, місце. Коротко.",
                       "Що ми бережемо: документ, річ, розповідь родини.",
                       "Що зробити сьогодні: хвилина, свічка, розмова з дітьми. Без побажань і без знаків оклику."),
}
"""What each paragraph of a voice is for."""
REMEMBERS = re.compile(r"\b(?:пам.?ят|вшануванн|скорбот|жалоб|загибл|полегл)", re.I)
CHOICES = ", ".join(f"{tone.value} ({tone.label.lower()})" for tone in Tone)


@frozen
class Occasion:
    """What a greeting is written for: a day of the calendar and who signs that day, or only words."""

    observance: Observance | None
    on: date
    mayor: str = ""
    tone: Tone = Tone.JOY


def occasion_meant(title: str, today: date, data: Path) -> Occasion:
    """The day of the calendar that a title means, with its next date. None, or several, that it may mean are told."""
    library = _registers(data, today)
    found = meant(title, library.of(Observance))
    if len(found) > 1:
        names = ", ".join(f"«{item.title}»" for item in found[:5])
        print(f"Яке це свято, не зрозуміло: {names}{' та інші' if len(found) > 5 else ''}. Назвіть точніше або "
              "впишіть observance самі.", file=sys.stderr)
    if not found:
        print("Такого дня в data/observances.yml немає, тож у заготовці сьогоднішня дата. Виправте "
              "occasion_on, перевірте tone; якщо день там зветься інакше, замість occasion і tone впишіть observance.",
              file=sys.stderr)
    observance = found[0] if len(found) == 1 else None
    on = (observance and next_day_of(observance, today)) or today
    mayor = mayor_on(library, on)
    return Occasion(observance, on, mayor.id if mayor else "", observance.tone if observance else _tone_of(title))


def _tone_of(title: str) -> Tone:
    """The voice of a day that no calendar tells: whoever names remembrance does not congratulate."""
    return Tone.REMEMBRANCE if REMEMBERS.search(title) else Tone.JOY


def _registers(data: Path, today: date) -> Library:
    """Only what is asked here; what is wrong in these files the check tells."""
    registry = Registry(models=[Council, Organization, Person, Membership, Observance])
    reading = read_all(data / "content", data, registry)
    return Library(reading.records, midnight(today), registry=registry)


def title_of(occasion: Occasion, title: str) -> str:
    """The heading of the greeting: that of its day, else what was typed."""
    return heading_of(occasion.observance, occasion.on.year) if occasion.observance else upper_first(title)


def text_of(occasion: Occasion, title: str) -> str:
    """The whole file; `title` is ready to stand in YAML."""
    head = "\n".join(_head(occasion, title))
    return f"---\n{head}\n---\n\n{_body(PARAGRAPHS[occasion.tone])}\n"


def _head(occasion: Occasion, title: str) -> Iterator[str]:
    item, on, tone = occasion.observance, occasion.on, occasion.tone
    yield f"title: {title}  # Заголовок. Без крапки в кінці{'; без знака оклику' if _is_quiet(tone) else ''}."
    yield "summary:  # Коротко. Про що слово — одне речення."
    yield f"published_at: {on} 08:00  # Оприлюднено. Можна наперед: до цієї миті тексту на сайті не буде."
    if item:
        years = years_since(item, on.year)
        note = f" Цього року {anniversary(years, figures=True)}." if years else ""
        yield f"occasion_on: {on}  # День. {item.title_in(on.year)}: {day(on)}.{note}"
        yield f"observance: {item.id}  # Пам’ятна дата. Голос — {tone.label.lower()} — узято з неї."
    else:
        yield f"occasion_on: {on}  # День. Дата свята чи пам’яті."
        yield f"occasion: {title}  # Нагода. Якщо день є в data/observances.yml, замість неї й tone — observance."
        yield f"tone: {tone.value}  # Тон. Можна: {CHOICES}."
    yield "# to:  # Кому. Словами в давальному (педагогам громади) або ідентифікатор особи з data/people."
    yield f"salutation: {SALUTATIONS[tone]}  # Звертання. {_salutation_note(tone)}"
    yield f"signatory:{' ' + occasion.mayor if occasion.mayor else ''}  # Підписант. Особа з data/people."
    yield "# image:  # Зображення. Файл поруч (src) і його опис (alt)."
    yield "# card:  # На картках. Коротші слова для картинок: heading, line."
    yield "# unit:  # Підрозділ. Хто відповідає за документ."


def _salutation_note(tone: Tone) -> str:
    if _is_quiet(tone):
        return "Крапка, не знак оклику."
    return "Назвіть фах: Шановні освітяни!" if tone is Tone.PROFESSIONAL else "Кого вітаємо: Любі мами!"


def _is_quiet(tone: Tone) -> bool:
    return tone is Tone.REMEMBRANCE


def _body(paragraphs: Sequence[str]) -> str:
    """Each paragraph a comment that no page shows; a word to begin with."""
    first, *others = (f"<!-- {number}. {what} -->" for number, what in enumerate(paragraphs, 1))
    return "\n\n".join([f"{first}\n\nТекст.", *others])


__all__ = ["Occasion", "occasion_meant", "text_of", "title_of"]
