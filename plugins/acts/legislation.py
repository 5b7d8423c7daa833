"""Normative acts of others that the council rests on: the one register of laws, for bases, tables and citizens."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Card, Day, Library, Line, Record, Term, WebAddress
from plugins.ukrainian import NBSP, day, short_day

from .bases import laws_in


class Force(Term):
    """Whether an act of another authority is in force."""

    IN_FORCE = "in_force", "чинний"
    REPEALED = "repealed", "втратив чинність"


class Legislation(Record):
    """Нормативний акт іншого органу: a law, a resolution of the Cabinet (appendix 12 of the national data sets)."""

    kind: ClassVar[str] = "legislation"
    label: ClassVar[str] = "Нормативний акт"
    place: ClassVar[str] = "data/legislation.yml"
    is_dated: ClassVar[bool] = False

    title: Line = Field(title="Назва", description="Про місцеве самоврядування в Україні.", min_length=1)
    type: Line = Field(title="Вид", description="Закон України, постанова Кабінету Міністрів України.", min_length=1)
    number: Line = Field("", title="Номер", description="280/97-ВР.")
    adopted_on: Day = Field(title="Прийнято", description="День прийняття.")
    adopter: Line = Field(title="Хто прийняв", description="Верховна Рада України.", min_length=1)
    adopter_edrpou: Annotated[str, Field(pattern=r"^\d{8}$")] | None = Field(
        None, title="ЄДРПОУ органу", description="Вісім цифр.")
    published_in: Line = Field("", title="Перша публікація", description="Видання, рік, номер, стаття.")
    status: Force = Field(Force.IN_FORCE, title="Чинність", description="in_force або repealed.")
    source_url: WebAddress = Field(title="Адреса", description="Де прочитати чинну редакцію.")

    @property
    def heading(self) -> str:
        return f"{self.type} «{self.title}»"

    @property
    def law(self) -> str:
        """Its name as documents that rest on it are read: the index of bases knows it by this."""
        ways = (self.heading, self.title, f"{self.type} від {short_day(self.adopted_on)} № {self.number}")
        return next((law for words in ways for law in laws_in(words)), self.heading)

    @property
    def identity(self) -> str:
        """«№ 280/97-ВР від 21 травня 1997 року», «…, не діє»."""
        number = f"№{NBSP}{self.number} " if self.number else ""
        return f"{number}від {day(self.adopted_on)}{', не діє' if self.status is Force.REPEALED else ''}"

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.heading, self.source_url, self.adopted_on, number=self.number)


def known_laws(library: Library) -> dict[str, Legislation]:
    """The register by the names that bases have."""
    return {norm.law: norm for norm in library.of(Legislation)}
