"""Українська мова сайту: what makes the pages read as good Ukrainian.

Addresses in the official romanisation; dates, terms and moments by the clock of Kyiv; the noun's form beside a number;
numbers, money and sizes, also in words and in all cases; dates, terms and numerals read back; the typographer; names
and posts in their cases and in the order of the alphabet; working days; the keys of words, of names and of documents'
numbers; what a text can be found by (words, numbers, days) and which words of the dictionary a form may be. Plain
functions, values in and values out: nothing here knows Pelican or a file. Texts that hold a number and its unit come
with no-break spaces (U+00A0), so that `typeset` leaves them as they are.
"""

from plugins.ukrainian.amounts import UNITS, CountedNoun, counted_in_words, money_in_words
from plugins.ukrainian.dates import (
    KYIV,
    MONTHS_GENITIVE,
    NoSuchLocalTime,
    clock,
    clock_range,
    day,
    day_month,
    day_range,
    duration,
    elapsed,
    in_kyiv,
    kyiv,
    kyiv_date,
    moment,
    month_year,
    short_day,
    weekday,
)
from plugins.ukrainian.function_words import FUNCTION_WORDS
from plugins.ukrainian.identifiers import number_key
from plugins.ukrainian.lemmas import Reading, Readings, dictionary_version, readings
from plugins.ukrainian.names import (
    Case,
    Gender,
    PersonName,
    full_name,
    in_case,
    short_name,
    signature_name,
    sort_key,
)
from plugins.ukrainian.numbers import (
    NBSP,
    NotRoman,
    file_size,
    money,
    money_rounded,
    number,
    percent,
    roman,
    roman_value,
    share,
)
from plugins.ukrainian.numerals import Agreement, cardinal
from plugins.ukrainian.ordinals import anniversary, ordinal, ordinal_figures, year_in_words
from plugins.ukrainian.periods import end_of_term
from plugins.ukrainian.plurals import counted, plural
from plugins.ukrainian.posts import UnknownPost, post_in_case
from plugins.ukrainian.reading import DAY, NUMERAL, numeral, written_day
from plugins.ukrainian.salutations import group_salutation, salutation
from plugins.ukrainian.slugs import romanise, slug
from plugins.ukrainian.spelling import clean, cyrillic, name_key, name_keys
from plugins.ukrainian.terms import composed, is_word, literal, literals, words
from plugins.ukrainian.typography import for_print, typeset, typeset_html
from plugins.ukrainian.words import MixedScript, mixed_script, spelt_key, word_key, word_keys
from plugins.ukrainian.working_days import (
    Calendar,
    Counting,
    NoHolidayTable,
    Period,
    add_months,
    add_working_days,
    add_years,
    calendar,
    count_working_days,
    is_early_enough,
    is_working_day,
    last_of_working_days,
    latest_day_before,
    working_days,
    working_days_before,
)

__all__ = [
    "DAY",
    "FUNCTION_WORDS",
    "KYIV",
    "MONTHS_GENITIVE",
    "NBSP",
    "NUMERAL",
    "UNITS",
    "Agreement",
    "Calendar",
    "Case",
    "CountedNoun",
    "Counting",
    "Gender",
    "MixedScript",
    "NoHolidayTable",
    "NoSuchLocalTime",
    "NotRoman",
    "Period",
    "PersonName",
    "Reading",
    "Readings",
    "UnknownPost",
    "add_months",
    "add_working_days",
    "add_years",
    "anniversary",
    "calendar",
    "cardinal",
    "clean",
    "clock",
    "clock_range",
    "composed",
    "count_working_days",
    "counted",
    "counted_in_words",
    "cyrillic",
    "day",
    "day_month",
    "day_range",
    "dictionary_version",
    "duration",
    "elapsed",
    "end_of_term",
    "file_size",
    "for_print",
    "full_name",
    "group_salutation",
    "in_case",
    "in_kyiv",
    "is_early_enough",
    "is_word",
    "is_working_day",
    "kyiv",
    "kyiv_date",
    "last_of_working_days",
    "latest_day_before",
    "literal",
    "literals",
    "mixed_script",
    "moment",
    "money",
    "money_in_words",
    "money_rounded",
    "month_year",
    "name_key",
    "name_keys",
    "number",
    "number_key",
    "numeral",
    "ordinal",
    "ordinal_figures",
    "percent",
    "plural",
    "post_in_case",
    "readings",
    "register",
    "roman",
    "roman_value",
    "romanise",
    "salutation",
    "share",
    "short_day",
    "short_name",
    "signature_name",
    "slug",
    "sort_key",
    "spelt_key",
    "typeset",
    "typeset_html",
    "weekday",
    "word_key",
    "word_keys",
    "words",
    "working_days",
    "working_days_before",
    "written_day",
    "year_in_words",
]


def register() -> None:
    """Nothing to connect: other rooms call these functions."""
