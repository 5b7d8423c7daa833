"""The words of the council's search as data: what means the same, what is akin, which word a form belongs to here.

One reviewed register (`data/synonyms.yml`), written as people write; the index makes keys and lemmas of it. A form
that the dictionary does not know as a form of the named word changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from plugins.records import Library, Line, Lines, Part, Problem, Record, Term, code, frozen
from plugins.ukrainian import word_key, word_keys

SYNONYMS = code("SYNONYMS", "Слова пошуку: у рядку same — два або більше різні записи, у related — два різні слова, "
                "у readings — форми одного слова; ніщо не повторюється.",
                "same:\n  - [ЦНАП]", "same:\n  - [ЦНАП, центр надання адміністративних послуг]")


class PartOfSpeech(Term):
    """The part of speech of a word that is meant, as the terms of the index tell it (`letter`)."""

    NOUN = "noun", "іменник"
    ADJECTIVE = "adjective", "прикметник"
    VERB = "verb", "дієслово"
    OTHER = "other", "інше"

    @property
    def letter(self) -> str:
        """What stands after the lemma in a term: `рада/n`."""
        return "x" if self is PartOfSpeech.OTHER else self.value[0]


class Spellings(Part):
    """A line of the register: its words, and a note for whoever reviews it."""

    words: tuple[Line, ...] = Field(title="Слова", description="У називному відмінку: [вулиця, вул.].")
    note: Lines = Field("", title="Примітка", description="Чому так, на що зважити.")


class ReadingLine(Part):
    """Forms that several words share, and the word that the council means by them."""

    lemma: Line = Field(title="Слово", description="Початкова форма: рада.")
    part: PartOfSpeech = Field(PartOfSpeech.NOUN, title="Частина мови", description="Якщо це не іменник.")
    forms: tuple[Line, ...] = Field(title="Форми", description="Ті, що бувають формами й інших слів: [рада, ради].",
                                    min_length=1)
    note: Lines = Field("", title="Примітка", description="Чому так, на що зважити.")


def _whole_line(value: Any) -> Any:
    """A bare list is a line without a note."""
    return {"words": value} if isinstance(value, list) else value


ShortLine = Annotated[Spellings, BeforeValidator(_whole_line)]


def same_words_stand_once(record: "SynonymList") -> Iterator[Problem]:
    """A line of `same` has two spellings at least, and none of them stands anywhere else."""
    seen: dict[tuple[str, ...], str] = {}
    for index, line in enumerate(record.same):
        if len(line.words) < 2:
            yield Problem(f"same.{index}", "тут лише один запис. Допишіть, що означає те саме, або вилучіть рядок.",
                          SYNONYMS)
        for position, words in enumerate(line.words):
            yield from _once(f"same.{index}.words.{position}", words, seen)


def related_words_are_pairs(record: "SynonymList") -> Iterator[Problem]:
    """A line of `related` has two different words, and no pair stands twice."""
    seen: dict[tuple[str, ...], str] = {}
    for index, line in enumerate(record.related):
        place, keys = f"related.{index}", tuple(sorted(map(word_key, line.words)))
        if len(line.words) != 2 or keys[0] == keys[1]:
            yield Problem(place, "тут треба два різні слова: [школа, шкільний].", SYNONYMS)
        elif wrong := next((word for word in line.words if not _is_word(word)), ""):
            yield Problem(place, f"«{wrong}» — не одне слово. Вислови стоять у same.", SYNONYMS)
        elif keys in seen:
            yield Problem(place, f"пара «{', '.join(line.words)}» уже є. Вилучіть повтор.", SYNONYMS)
        seen.setdefault(keys, place)


def readings_name_single_words(record: "SynonymList") -> Iterator[Problem]:
    """A form and its word are single words, and each form means one word."""
    seen: dict[tuple[str, ...], str] = {}
    for index, line in enumerate(record.readings):
        if not _is_word(line.lemma):
            yield Problem(f"readings.{index}.lemma", f"«{line.lemma}» — не одне слово. Треба початкову форму: рада.",
                          SYNONYMS)
        for position, form in enumerate(line.forms):
            place = f"readings.{index}.forms.{position}"
            if _is_word(form):
                yield from _once(place, form, seen)
            else:
                yield Problem(place, f"«{form}» — не одне слово. Кожна форма — одне слово: ради.", SYNONYMS)


def _is_word(text: str) -> bool:
    return len(word_keys(text)) == 1 and " " not in text


def _once(place: str, words: str, seen: dict[tuple[str, ...], str]) -> Iterator[Problem]:
    """A problem if a spelling has no letters or was seen before."""
    keys = tuple(key for token in words.split() for key in word_keys(token))
    if not keys:
        yield Problem(place, f"«{words}» не має літер. Напишіть слово або вислів.", SYNONYMS)
    elif keys in seen:
        yield Problem(place, f"«{words}» уже стоїть вище («{seen[keys]}»). Залиште в одному рядку.", SYNONYMS)
    else:
        seen[keys] = words


class SynonymList(Record):
    """Слова пошуку: what means the same, what is akin, what a form means; the whole of `data/synonyms.yml`."""

    kind: ClassVar[str] = "synonyms"
    label: ClassVar[str] = "Слова пошуку"
    place: ClassVar[str] = "data/synonyms.yml"
    is_single: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False
    rules = (same_words_stand_once, related_words_are_pairs, readings_name_single_words)

    same: tuple[ShortLine, ...] = Field(
        (), title="Те саме", description="Записи одного поняття: [вулиця, вул.]. З приміткою — words і note.")
    related: tuple[ShortLine, ...] = Field(
        (), title="Споріднене", description="Пари слів, які шукають разом, але з меншою вагою: [школа, шкільний].")
    readings: tuple[ReadingLine, ...] = Field(
        (), title="Що означає форма", description="Форми, спільні для кількох слів, і слово, яке має на увазі рада.")


@frozen
class Synonyms:
    """What the index takes of the register, in its order.

    `same`: spellings of one concept as they are written, each a word or several; `related`: pairs of words as they
    are written, alike in both directions; `readings`: the key of a form → the term of the word meant by it (`рада/n`).
    """

    same: tuple[tuple[str, ...], ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    readings: dict[str, str] = field(default_factory=dict)


def synonyms_of(library: Library) -> Synonyms:
    """The words of the council's search; all empty where there is no register."""
    found = next(iter(library.of(SynonymList)), None)
    return Synonyms() if found is None else Synonyms(
        tuple(line.words for line in found.same), tuple(_pairs(found.related)), _meant(found.readings))


def _pairs(lines: Iterable[Spellings]) -> Iterator[tuple[str, str]]:
    for line in lines:
        one, other = line.words
        yield one, other


def _meant(lines: Iterable[ReadingLine]) -> dict[str, str]:
    return {word_key(form): f"{word_key(line.lemma)}/{line.part.letter}" for line in lines for form in line.forms}


__all__ = ["PartOfSpeech", "SynonymList", "Synonyms", "synonyms_of"]
