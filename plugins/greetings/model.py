"""Greetings of the mayor and the observances they belong to."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Card, Day, Document, Line, Markdown, Moment, Problem, Record, Term, To, Whole, code

TONE = code("TONE", "У день пам’яті не вітають і не ставлять знака оклику.",
            "tone: remembrance, title: Вітаємо!", "tone: remembrance, title: Вшановуємо пам’ять")


class Tone(Term):
    """The voice of a greeting."""

    JOY = "joy", "Привітання"
    REMEMBRANCE = "remembrance", "Слово пам’яті"
    PROFESSIONAL = "professional", "Привітання з професійним святом"


class Observance(Record):
    """День: a holiday, a professional day, a day of remembrance."""

    kind: ClassVar[str] = "observance"
    label: ClassVar[str] = "Пам’ятна дата"
    place: ClassVar[str] = "data/observances.yml"
    is_dated: ClassVar[bool] = False

    title: Line = Field(title="Назва", description="День Конституції України.")
    month: Whole | None = Field(None, title="Місяць", description="1–12; порожньо — рухомий день.")
    day_of_month: Whole | None = Field(None, title="День", description="1–31.")
    rule: Line = Field("", title="Правило", description="Словами: перша неділя вересня.")
    tone: Tone = Field(title="Тон", description="Голос тексту: свято, день пам’яті чи професійний день.")


def remembrance_is_quiet(greeting: "Greeting") -> Iterator[Problem]:
    """No congratulation and no exclamation mark on a day of remembrance."""
    if greeting.tone is not Tone.REMEMBRANCE:
        return
    for name in ("title", "text", "summary"):
        text = getattr(greeting, name)
        if "!" in text:
            yield Problem(name, "у день пам’яті знак оклику недоречний.", TONE)
        if "вітаємо" in text.lower() or "вітаю" in text.lower():
            yield Problem(name, "у день пам’яті не вітають.", TONE)


class Greeting(Document):
    """Вітання."""

    kind: ClassVar[str] = "greeting"
    label: ClassVar[str] = "Вітання"
    place: ClassVar[str] = "content/greetings"
    section: ClassVar[str] = "vitannia"
    rules = (*Document.rules, remembrance_is_quiet)

    published_at: Moment = Field(title="Оприлюднено", description="Дата й час за Києвом.")
    occasion_on: Day = Field(title="День", description="Дата свята чи пам’яті.")
    observance: Annotated[str, To("observance", "greetings")] | None = Field(
        None, title="Пам’ятна дата", description="Ідентифікатор з data/observances.yml.")
    tone: Tone = Field(Tone.JOY, title="Тон", description="Голос тексту: свято, день пам’яті чи професійний день.")
    salutation: Line = Field("", title="Звертання", description="Шановні освітяни!")
    signatory: Annotated[str, To("person", "greetings")] = Field(title="Підписант", description="Особа.")
    text: Markdown = Field("", title="Текст", description="Markdown під шапкою.")

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.published_at, self.tone.value, note=self.summary)
