"""Places of contact for the hour of need: shelters, points of invincibility, hotlines (schema.org CivicStructure)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Amount, Card, Day, Line, Problem, Record, Term, To, Truth, Whole, code

PLACE = code("PLACE", "Гаряча лінія має телефон, укриття — адресу.",
             "kind: shelter без address", "address: вул. Соборна, 14")


class PlaceType(Term):
    """What it is."""

    SHELTER = "shelter", "Укриття"
    INVINCIBILITY = "invincibility", "Пункт незламності"
    HOTLINE = "hotline", "Гаряча лінія"
    WATER = "water", "Пункт роздачі води"


class StructureType(Term):
    """Protective structures of civil defence (Code of Civil Protection, art. 32 parts 1 and 2)."""

    STORAGE = "storage", "сховище"
    ANTI_RADIATION = "anti_radiation", "протирадіаційне укриття"
    QUICK = "quick", "швидкоспоруджувана захисна споруда"
    DUAL = "dual", "споруди подвійного призначення"
    SIMPLE = "simple", "найпростіше укриття"


class Ownership(Term):
    """Whose a structure is."""

    COMMUNAL = "communal", "комунальна"
    STATE = "state", "державна"
    PRIVATE = "private", "приватна"


def has_what_it_needs(place: "ContactPlace") -> Iterator[Problem]:
    """A hotline has a telephone, any other place an address."""
    if place.type is PlaceType.HOTLINE and not place.phone:
        yield Problem("phone", "гаряча лінія не має телефону.", PLACE)
    if place.type is not PlaceType.HOTLINE and not place.address:
        yield Problem("address", "місце не має адреси.", PLACE)


class ContactPlace(Record):
    """Місце: a row of `data/places.csv`."""

    kind: ClassVar[str] = "place"
    label: ClassVar[str] = "Місце"
    place: ClassVar[str] = "data/places.csv"
    is_dated: ClassVar[bool] = False
    rules = (has_what_it_needs,)

    type: PlaceType = Field(title="Різновид", description="Що це за місце.")
    title: Line = Field(title="Назва", description="Що це: ліцей № 2, підвал.")
    address: Line = Field("", title="Адреса", description="Вулиця, будинок.")
    phone: Line = Field("", title="Телефон", description="Номер.")
    hours: Line = Field("", title="Години", description="Цілодобово, 8:00–20:00.")
    capacity: Whole | None = Field(None, title="Місткість", description="Скільки людей.")
    has_ramp: Truth = Field(False, title="Пандус", description="так або ні.")
    has_water: Truth = Field(False, title="Вода", description="так або ні.")
    has_power: Truth = Field(False, title="Живлення", description="так або ні.")
    latitude: Amount | None = Field(None, title="Широта", description="Десятковий дріб.")
    longitude: Amount | None = Field(None, title="Довгота", description="Десятковий дріб.")
    verified_on: Day | None = Field(None, title="Перевірено", description="Коли востаннє.")
    note: Line = Field("", title="Примітка", description="Одне речення.")
    structure: StructureType | None = Field(None, title="Тип споруди", description="За статтею 32 Кодексу ЦЗ.")
    account_no: Line = Field("", title="Обліковий номер", description="Номер захисної споруди в обліку.")
    ownership: Ownership | None = Field(None, title="Форма власності", description="communal, state або private.")
    holder: Annotated[str, To("organization", "places")] | None = Field(
        None, title="Балансоутримувач", description="Ідентифікатор з organizations.yml.")
    keeper: Annotated[str, To("person", "keeps")] | None = Field(
        None, title="Відповідальний за ключі", description="Службова особа; ідентифікатор.")
    purpose: Line = Field("", title="У мирний час", description="Як споруду використовують: шкільний підвал.")

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, "/bezpeka/", type=self.type.value, note=self.address)


def all_checked_on(places: Sequence[ContactPlace]) -> date | None:
    """Since when nothing of it is older: the earliest of the days on which they were checked; None if one never was."""
    days = [place.verified_on for place in places]
    return min((day for day in days if day), default=None) if all(days) else None
