"""Amounts in words: a number with what it counts («п’ятьма депутатами»), and sums of money as documents write them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plugins.ukrainian.names import Case
from plugins.ukrainian.numbers import NBSP
from plugins.ukrainian.numerals import MINUS, Agreement, cardinal, noun_form


@dataclass(frozen=True)
class CountedNoun:
    """A noun that can be counted: six forms of the singular and of the plural, nominative to locative."""

    singular: tuple[str, ...]
    plural: tuple[str, ...]
    agreement: Agreement = Agreement.MASCULINE

    @property
    def is_animate(self) -> bool:
        """Whether it names persons: then the accusative plural is the genitive («бачу депутатів»)."""
        return self.plural[3] == self.plural[1]

    def __post_init__(self) -> None:
        """ValueError where a form is missing."""
        if len(self.singular) != 6 or len(self.plural) != 6:
            raise ValueError(f"«{' '.join(self.singular)}»: потрібно шість форм однини й шість форм множини")


def _noun(singular: str, plural: str, agreement: Agreement) -> CountedNoun:
    return CountedNoun(tuple(singular.split()), tuple(plural.split()), agreement)


_MAN, _WOMAN, _THING = Agreement.MASCULINE, Agreement.FEMININE, Agreement.NEUTER
UNITS = {
    noun.singular[0]: noun
    for noun in (
        _noun("гривня гривні гривні гривню гривнею гривні", "гривні гривень гривням гривні гривнями гривнях", _WOMAN),
        _noun("копійка копійки копійці копійку копійкою копійці",
              "копійки копійок копійкам копійки копійками копійках", _WOMAN),
        _noun("рік року року рік роком році", "роки років рокам роки роками роках", _MAN),
        _noun("місяць місяця місяцю місяць місяцем місяці",
              "місяці місяців місяцям місяці місяцями місяцях", _MAN),
        _noun("тиждень тижня тижню тиждень тижнем тижні", "тижні тижнів тижням тижні тижнями тижнях", _MAN),
        _noun("день дня дню день днем дні", "дні днів дням дні днями днях", _MAN),
        _noun("година години годині годину годиною годині", "години годин годинам години годинами годинах", _WOMAN),
        _noun("хвилина хвилини хвилині хвилину хвилиною хвилині",
              "хвилини хвилин хвилинам хвилини хвилинами хвилинах", _WOMAN),
        _noun("депутат депутата депутату депутата депутатом депутатові",
              "депутати депутатів депутатам депутатів депутатами депутатах", _MAN),
        _noun("депутатка депутатки депутатці депутатку депутаткою депутатці",
              "депутатки депутаток депутаткам депутаток депутатками депутатках", _WOMAN),
        _noun("особа особи особі особу особою особі", "особи осіб особам осіб особами особах", _WOMAN),
        _noun("голос голосу голосу голос голосом голосі", "голоси голосів голосам голоси голосами голосах", _MAN),
        _noun("рішення рішення рішенню рішення рішенням рішенні",
              "рішення рішень рішенням рішення рішеннями рішеннях", _THING),
        _noun("питання питання питанню питання питанням питанні",
              "питання питань питанням питання питаннями питаннях", _THING),
        _noun("звернення звернення зверненню звернення зверненням зверненні",
              "звернення звернень зверненням звернення зверненнями зверненнях", _THING),
        _noun("примірник примірника примірнику примірник примірником примірнику",
              "примірники примірників примірникам примірники примірниками примірниках", _MAN),
        _noun("аркуш аркуша аркушу аркуш аркушем аркуші",
              "аркуші аркушів аркушам аркуші аркушами аркушах", _MAN),
        _noun("сторінка сторінки сторінці сторінку сторінкою сторінці",
              "сторінки сторінок сторінкам сторінки сторінками сторінках", _WOMAN),
        _noun("відсоток відсотка відсотку відсоток відсотком відсотку",
              "відсотки відсотків відсоткам відсотки відсотками відсотках", _MAN),
        _noun("метр метра метру метр метром метрі", "метри метрів метрам метри метрами метрах", _MAN),
        _noun("кілометр кілометра кілометру кілометр кілометром кілометрі",
              "кілометри кілометрів кілометрам кілометри кілометрами кілометрах", _MAN),
        _noun("гектар гектара гектару гектар гектаром гектарі",
              "гектари гектарів гектарам гектари гектарами гектарах", _MAN),
    )
}  # fmt: skip
"""What documents count most often, by its nominative; any other noun is a `CountedNoun` of the caller."""


def counted_in_words(n: int, noun: CountedNoun, case: Case = Case.NOMINATIVE) -> str:
    """«п’ятьма депутатами» for 5, `UNITS["депутат"]` and the instrumental; «двадцять одну гривню»."""
    said = cardinal(n, case, noun.agreement, animate=noun.is_animate)
    return f"{said} {noun_form(n, case, noun.singular, noun.plural)}"


def money_in_words(hryvnias: int | Decimal, case: Case = Case.NOMINATIVE) -> str:
    """«сто двадцять п’ять гривень 50 копійок»: hryvnias in words, kopiykas always by two figures.

    Halves of a kopiyka away from zero. A `float` is not taken: a sum in a document is exact. ValueError above 10¹²
    and for what is no number.
    """
    exact = Decimal(hryvnias)
    if not exact.is_finite():
        raise ValueError(f"це не сума: {hryvnias}")
    kopiykas = int((abs(exact) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    whole, rest = divmod(kopiykas, 100)
    sign = f"{MINUS} " if exact < 0 and kopiykas else ""
    kopiyka = UNITS["копійка"]
    unit = noun_form(rest, case, kopiyka.singular, kopiyka.plural)
    return f"{sign}{counted_in_words(whole, UNITS['гривня'], case)} {rest:02}{NBSP}{unit}"
