"""How a letter begins: «Шановний Іване Петровичу!», «Шановна пані директорко!», «Шановні колеги!»."""

from plugins.ukrainian.names import Case, Gender, PersonName, in_case
from plugins.ukrainian.posts import UnknownPost, is_acting, post_in_case

_TITLES = {Gender.MASCULINE: "пане", Gender.FEMININE: "пані"}
_ENDS = {Gender.MASCULINE: "ий", Gender.FEMININE: "а"}


def salutation(
    gender: Gender,
    name: PersonName | None = None,
    post: str = "",
    *,
    called: str = "",
    respect: str = "шановний",
    end: str = "!",
) -> str:
    """The first line of a letter to one person, in the vocative.

    By given name and patronymic, if there are both; else with «пане», «пані» by the given name, the post or the
    family name, whichever is there first. `called`: the words themselves, where a person's record has other forms
    («Іване Петровичу») or is to be addressed otherwise («отче Василю»); they win. `respect`: any such adjective,
    masculine («вельмишановний», «дорогий»). `end`: «,» or nothing on a day of remembrance.

    ValueError where nothing tells whom to address; UnknownPost for a post without a vocative, such as «в. о. …».
    """
    words = called or _called(gender, name, post)
    return f"{_adjective(respect, _ENDS[gender])} {words}{end}"


def group_salutation(group: str, *, respect: str = "шановний", end: str = "!") -> str:
    """«Шановні колеги!»; the group in the nominative plural, which is its vocative too."""
    if not group.strip():
        raise ValueError("не сказано, до кого звертання. Напишіть, наприклад, «колеги»")
    return f"{_adjective(respect, 'і')} {group.strip()}{end}"


def _called(gender: Gender, name: PersonName | None, post: str) -> str:
    title = _TITLES[gender]
    vocative = in_case(name, Case.VOCATIVE, gender) if name else PersonName("", "")
    if vocative.given:
        return " ".join([vocative.given, vocative.patronymic] if vocative.patronymic else [title, vocative.given])
    if is_acting(post):
        raise UnknownPost(f"до «{post}» не звертаються за посадою. Напишіть ім’я або саме звертання")
    if post:
        return f"{title} {post_in_case(post, Case.VOCATIVE)}"
    if vocative.family:
        return f"{title} {vocative.family}"
    raise ValueError("не сказано, до кого звертання. Потрібні ім’я, посада або саме звертання")


def _adjective(respect: str, end: str) -> str:
    if not respect.endswith("ий"):
        raise ValueError(f"«{respect}»: потрібен прикметник у чоловічому роді, наприклад «шановний»")
    return (respect[:1].upper() + respect[1:]).removesuffix("ий") + end
