"""Normative acts of others that the council rests on; what other rooms may use of open data."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Card, Day, Line, Record, Term, WebAddress

from .jsonld import council_box


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

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.heading, self.source_url, self.adopted_on, number=self.number)


__all__ = ["Force", "Legislation", "council_box"]
