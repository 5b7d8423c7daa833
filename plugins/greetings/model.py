"""Greetings of the mayor, and what other rooms may know of them: their day, their voice, the words of their sheet."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.people.model import Person
from plugins.records import Card, Day, Document, Library, Line, Markdown, Moment, Part, Problem, To, Weight, code
from plugins.ukrainian import day

from .naming import heading_of as heading_of
from .naming import meant as meant
from .observances import Observance as Observance
from .observances import day_of, observances_of, without_text
from .observances import next_day_of as next_day_of
from .observances import years_since as years_since
from .places import FEED as FEED
from .sheet import Sheet as Sheet
from .sheet import addressee_of as addressee_of
from .sheet import names_person, observance_of, occasion_of, salutation_of, tone_of
from .sheet import sheet_of as sheet_of
from .tones import SALUTATIONS as SALUTATIONS
from .tones import SIGN_OFFS as SIGN_OFFS
from .tones import Tone, faults

OCCASION = code("OCCASION", "Вітання має нагоду: день із data/observances.yml або власну, словами.",
                "observance: nezalezhnist\noccasion: 100 років театру", "occasion: 100 років театру\ntone: joy")
TONE_OF_DAY = code("TONE-OF-DAY", "Голос вітання такий, як у його дня.",
                   "observance: holodomory (день пам’яті)\ntone: joy", "observance: holodomory")
OTHER_DAY = code("OTHER-DAY", "Вітання датують самим днем; якщо ні — пояснюють чому.",
                 "observance: nezalezhnist\noccasion_on: 2026-08-23",
                 "observance: nezalezhnist\noccasion_on: 2026-08-23\nmoved: Слово на піднятті прапора напередодні")
ADDRESSEE = code("ADDRESSEE", "Адресат — слова в давальному відмінку або особа з data/people.", "to: ivan-nevidomyi",
                 "to: педагогам громади")


def occasion_is_one(greeting: "Greeting") -> Iterator[Problem]:
    """A day of the calendar or an occasion of its own, which must say its voice."""
    if greeting.observance and greeting.occasion:
        yield Problem("occasion", "названо і день (observance), і власну нагоду. Залиште одне.", OCCASION)
    elif not greeting.observance and not greeting.occasion:
        yield Problem("occasion", "нагоди немає. Додайте observance з data/observances.yml або occasion словами.",
                      OCCASION)
    elif greeting.occasion and not greeting.tone:
        yield Problem("tone", "власна нагода сама каже свій голос. Додайте tone: joy, professional чи remembrance.",
                      OCCASION)


def tone_is_that_of_the_day(greeting: "Greeting", library: Library) -> Iterator[Problem]:
    """Nobody writes joyfully for a day of remembrance by mistake."""
    observance = observance_of(greeting, library)
    if observance and greeting.tone and greeting.tone is not observance.tone:
        yield Problem("tone", f"«{greeting.tone.label}», а «{observance.title}» — {observance.tone.label.lower()}. "
                              "Вилучіть tone; якщо голос навмисно інший, замість observance напишіть occasion.",
                      TONE_OF_DAY)


def words_fit_the_tone(greeting: "Greeting", library: Library) -> Iterator[Problem]:
    """No congratulation and no exclamation mark on a day of remembrance, no mourning in a joyful text."""
    tone = tone_of(greeting, library)
    card, image = greeting.on_card, greeting.image
    places = [("title", greeting.title), ("summary", greeting.summary), ("occasion", greeting.occasion),
              ("to", greeting.to), ("salutation", greeting.salutation), ("text", greeting.text),
              ("image.caption", image.caption if image else ""), ("card.heading", card.heading if card else ""),
              ("card.line", card.line if card else "")]
    for place, text in places:
        for fault in faults(text, tone, is_heading=place in ("title", "card.heading")):
            yield Problem(place, fault.text, fault.code, fault.weight, fault.below if place == "text" else 0)


def day_is_that_of_the_observance(greeting: "Greeting", library: Library) -> Iterator[Problem]:
    """The day of the greeting is that of its observance, or it says why not."""
    observance, year = observance_of(greeting, library), greeting.occasion_on.year
    if not observance or greeting.moved:
        return
    due = day_of(observance, year)
    if due is None:
        yield Problem("occasion_on", f"дня «{observance.title}» {year} року не було. Перевірте рік або правила дня.",
                      OTHER_DAY, Weight.REMARK)
    elif due != greeting.occasion_on:
        yield Problem("occasion_on", f"«{observance.title_in(year)}» — {day(due)}. Виправте день або поясніть у moved, "
                                     "чому інший.", OTHER_DAY, Weight.REMARK)


def addressee_is_known(greeting: "Greeting", library: Library) -> Iterator[Problem]:
    """An identifier in `to` is that of a person of the register."""
    if names_person(greeting.to) and not library.get(Person, greeting.to) and not library.is_unread(
            "person", greeting.to):
        yield Problem("to", f"особи «{greeting.to}» немає в data/people. Виправте ідентифікатор або напишіть словами, "
                            "кому: педагогам громади.", ADDRESSEE)


class CardText(Part):
    """What the pictures for social networks say."""

    heading: Line = Field("", title="Великий рядок", description="Коротше за заголовок: кілька слів.")
    line: Line = Field("", title="Рядок під ним", description="Одне речення; порожньо — день.")


class Greeting(Document):
    """Вітання."""

    kind: ClassVar[str] = "greeting"
    label: ClassVar[str] = "Вітання"
    place: ClassVar[str] = "content/greetings"
    section: ClassVar[str] = "vitannia"
    rules = (*Document.rules, occasion_is_one)
    links = (tone_is_that_of_the_day, words_fit_the_tone, day_is_that_of_the_observance, addressee_is_known)

    published_at: Moment = Field(title="Оприлюднено", description="Дата й час за Києвом.")
    occasion_on: Day = Field(title="День", description="Дата свята чи пам’яті.")
    observance: Annotated[str, To("observance", "greetings")] | None = Field(
        None, title="Пам’ятна дата", description="Ідентифікатор з data/observances.yml; або далі occasion.")
    occasion: Line = Field("", title="Нагода", description="Якщо такого дня в переліку немає: 65 років водоканалу.")
    moved: Line = Field("", title="Чому інший день", description="Якщо occasion_on — не сам день свята.")
    tone: Tone | None = Field(
        None, title="Тон", description="Голос тексту; порожньо — як у дня. Для власної нагоди обов’язковий.")
    to: Line = Field("", title="Кому", description="Словами в давальному — педагогам громади — або ідентифікатор "
                                                   "особи з data/people.")
    salutation: Line = Field("", title="Звертання", description="Шановні освітяни! Для особи сайт складе його сам.")
    signatory: Annotated[str, To("person", "greetings")] = Field(title="Підписант", description="Особа.")
    on_card: CardText | None = Field(
        None, alias="card", title="На картках", description="Слова для картинок у соцмережах, якщо інші.")
    text: Markdown = Field("", title="Текст", description="Markdown під шапкою.")

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.published_at, tone_of(self, library).value,
                    note=self.summary)


def has_calendar(library: Library) -> bool:
    """True where there are days, and a section of greetings for them to stand in."""
    return bool(library.of(Observance)) and library.exists(Greeting.kind)


__all__ = ["FEED", "SALUTATIONS", "SIGN_OFFS", "CardText", "Greeting", "Observance", "Sheet", "Tone", "addressee_of",
           "day_of", "has_calendar", "heading_of", "meant", "next_day_of",
           "observance_of", "observances_of", "occasion_of", "salutation_of", "sheet_of", "tone_of", "without_text",
           "years_since"]
