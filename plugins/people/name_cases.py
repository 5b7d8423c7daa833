"""The cases of a person's name: forms that the record itself holds, where no rule can tell, else those of the rules."""

from pydantic import Field

from plugins.records import Line, Part
from plugins.ukrainian import Case, Gender, PersonName, in_case


class NameForms(Part):
    """A name in one case; a part that is left out is declined by the rules."""

    family_name: Line = Field("", title="Прізвище", description="У цьому відмінку: Левадній.")
    given_name: Line = Field("", title="Ім’я", description="У цьому відмінку: Олені.")
    patronymic: Line = Field("", title="По батькові", description="У цьому відмінку: Мирославівні.")


class NameCases(Part):
    """A name in its cases, as far as the rules do not tell them."""

    genitive: NameForms | None = Field(None, title="Родовий", description="Кого: Левадної Олени.")
    dative: NameForms | None = Field(None, title="Давальний", description="Кому: Левадній Олені.")
    accusative: NameForms | None = Field(None, title="Знахідний", description="Кого: Левадну Олену.")
    instrumental: NameForms | None = Field(None, title="Орудний", description="Ким: Левадною Оленою.")
    locative: NameForms | None = Field(None, title="Місцевий", description="На кому: Левадній Олені.")
    vocative: NameForms | None = Field(None, title="Кличний", description="Звертання: Левадно Олено.")


def declined(name: PersonName, case: Case, gender: Gender, own: NameCases | None) -> PersonName:
    """The name in a case: forms of the record win over those of the rules."""
    by_rule = in_case(name, case, gender)
    forms: NameForms | None = getattr(own, case.value, None)
    if forms is None:
        return by_rule
    return PersonName(forms.family_name or by_rule.family, forms.given_name or by_rule.given,
                      forms.patronymic or by_rule.patronymic)
