"""Posts in their cases: «перший заступник міського голови» → «першому заступнику міського голови».

A post is adjectives, one noun, and a tail that stays as it is, save an adjective of the noun («сестра медична») and
«(секретар)». The noun's ending tells its declension; posts are held by persons, so all nouns are animate. A post of two
parts joined by a dash has both declined.
"""

import re

from plugins.ukrainian.names import Case

_ORDER = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.LOCATIVE, Case.VOCATIVE)

# Each line: the end of the word that is replaced, and the six ends that replace it, in the order above.
_ADJECTIVE_ENDS = (
    (re.compile(r"ий$"), ("ого", "ому", "ого", "им", "ому", "ий")),
    (re.compile(r"ій$"), ("ього", "ьому", "ього", "ім", "ьому", "ій")),
    (re.compile(r"ня$"), ("ньої", "ній", "ню", "ньою", "ній", "ня")),
    (re.compile(r"а$"), ("ої", "ій", "у", "ою", "ій", "а")),
)
_NOUN_ENDS = (
    (re.compile(r"(?<=голов)а$|(?<=старост)а$|(?<=особ)а$|(?<=сестр)а$"), ("и", "і", "у", "ою", "і", "о")),
    (re.compile(r"(?<=судд)я$"), ("і", "і", "ю", "ею", "і", "е")),
    (re.compile(r"(?<=коле)га$"), ("ги", "зі", "гу", "гою", "зі", "го")),
    (re.compile(r"ка$"), ("ки", "ці", "ку", "кою", "ці", "ко")),
    (re.compile(r"(?<=ц)я$|(?<=ин)я$"), ("і", "і", "ю", "ею", "і", "е")),
    (re.compile(r"(?<=^от)ець$"), ("ця", "цю", "ця", "цем", "цеві", "че")),
    (re.compile(r"(?<=[аеиіоує]л)ець$"), ("ьця", "ьцю", "ьця", "ьцем", "ьцеві", "ьцю")),
    (re.compile(r"(?<=[аеиіоує][вжймнрт])ець$"), ("ця", "цю", "ця", "цем", "цеві", "цю")),
    (re.compile(r"(?<=листонош)а$"), ("і", "і", "у", "ею", "і", "е")),
    (re.compile(r"(?<=^майст)ер$"), ("ра", "ру", "ра", "ром", "рові", "ре")),
    (re.compile(r"(?<=^пос)ол$"), ("ла", "лу", "ла", "лом", "лові", "ле")),
    (re.compile(r"(?<=тел)ь$"), ("я", "ю", "я", "ем", "еві", "ю")),
    (re.compile(r"(?<=ді)й$"), ("я", "ю", "я", "єм", "єві", "ю")),
    (re.compile(r"(?<=секретар)$|(?<=[кх]ар)$|(?<=слюсар)$|(?<=писар)$"), ("я", "ю", "я", "ем", "еві", "ю")),
    (re.compile(r"(?<=[жчшщ])$"), ("а", "у", "а", "ем", "еві", "у")),
    (re.compile(r"(?<=[гґкх])$"), ("а", "у", "а", "ом", "ові", "у")),
    (re.compile(r"(?<=[бвдзлмнпрстф])$"), ("а", "у", "а", "ом", "ові", "е")),
)
_ADJECTIVE = re.compile(
    r"(?:ий|(?<!д)ій|[сзц]ька|(?<![ия])ня|(?<!к)(?<!голов)(?<!старост)(?<!особ)(?<!сестр)(?<!колег)(?<!листонош)а)$"
)
_ADJECTIVE_AS_NOUN = re.compile(
    r"^(?:керуюч|виконуюч|уповноважен|завідуюч|чергов|учен|вчен|ведуч|ліснич|рядов|слідч|поліцейськ)(?:ий|а)$"
)
# «уповноважена особа», «учений секретар», «слідчий суддя»: there the adjective has its noun.
_NOUN_AFTER_ALL = re.compile(
    r"\s(?:особа|суддя|(?:секретар|лікар|диспетчер|інспектор|офіцер|спеціаліст|інженер|редактор)(?:ка)?)(?![\w-])"
)
_ADJECTIVE_AFTER = re.compile(r"\s(?:медичн|старш|головн)(?:ий|а)(?![\w-])")
_IN_BRACKETS = re.compile(r"(?<=\()секретар(?:ка)?(?=\))")
_ADVERB = re.compile(r"^тимчасово$")
_ACTING = re.compile(r"^(?:(?:т\.\s*)?в\.\s*о\.|т?во\s|в/о\s)")
_WORDS = re.compile(r"\S{3,}")
_JOINT = re.compile(r"(\s[-–—]\s)")
_UNCHANGED_PREFIX = re.compile(
    r"^(?:прес|веб|віце|екс|топ|міні|генерал|прем[’'ʼ]єр|обер|шеф|штаб|арт|бізнес|медіа|[a-z]+)$", re.IGNORECASE
)


class UnknownPost(ValueError):
    """The post's noun has no declension here; its forms have to be written by hand."""


def is_acting(post: str) -> bool:
    """Whether it begins with «в. о.» or «т. в. о.», which have no cases."""
    return _ACTING.match(post.lower()) is not None


def post_in_case(post: str, case: Case) -> str:
    """The post in that case, its capitals kept; «в. о. …» has none and stays. UnknownPost if it cannot be told."""
    if case is Case.NOMINATIVE or is_acting(post):
        return post
    return "".join(
        part if _JOINT.fullmatch(part) else _declined(part, _ORDER.index(case)) for part in _JOINT.split(post)
    )


def _declined(post: str, column: int) -> str:
    """The post up to and with its noun in that column of the tables, the tail unchanged."""
    done, end = "", 0
    for found in _WORDS.finditer(post):
        word = found[0]
        if _ADVERB.match(word.lower()):
            continue
        adjective = bool(_ADJECTIVE.search(word.lower()))
        ends = _ADJECTIVE_ENDS if adjective else _NOUN_ENDS
        done += post[end : found.start()] + _with_ends(word, ends, column)
        end = found.end()
        if not adjective or (_ADJECTIVE_AS_NOUN.match(word.lower()) and not _NOUN_AFTER_ALL.match(post, end)):
            return done + _tail(post[end:], column)
    raise UnknownPost(f"у посаді «{post}» не видно іменника. Запишіть її відмінки самі")


def _tail(text: str, column: int) -> str:
    """What follows the noun: unchanged, save «медична» of «сестра медична» and «(секретар)»."""
    done = ""
    while found := _ADJECTIVE_AFTER.match(text):
        done += found[0][0] + _with_end(found[0][1:], _ADJECTIVE_ENDS, column)
        text = text[found.end() :]
    return done + _IN_BRACKETS.sub(lambda word: _with_end(word[0], _NOUN_ENDS, column), text)


def _with_ends(word: str, ends: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...], column: int) -> str:
    """The word in that column; of a word with a hyphen each part, save prefixes such as «прес-»."""
    *before, last = word.split("-")
    said = [part if _UNCHANGED_PREFIX.match(part) else _with_end(part, ends, column) for part in before]
    return "-".join([*said, _with_end(last, ends, column)])


def _with_end(word: str, ends: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...], column: int) -> str:
    for pattern, columns in ends:
        if found := pattern.search(word.lower()):
            return word[: found.start()] + columns[column]
    raise UnknownPost(f"невідомо, як відмінювати «{word}». Запишіть відмінки посади самі")
