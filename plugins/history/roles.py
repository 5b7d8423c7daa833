"""Ролі й підписанти: who may change what, as the site itself reads it; `proof.roles`, `proof.signers` have the rules.

The register is typed here for the field reference and for what pages ask of it; whether it is right is decided by the
reader that auditors use, so that the site never takes what `verify` refuses.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from plugins.proof.faults import Fault
from plugins.proof.roles import Flaw, Role, Roles, read_roles
from plugins.proof.signers import Signer, is_principal, parse_signers
from plugins.records import Day, Finding, Library, Line, Part, Problem, Record, Report, code, shown_path

SIGNERS = "allowed_signers"
ROLES = "roles.yml"
BAD_ROLES = code("ROLES", "Ролі: назва латиницею, люди — адреси з переліку підписантів, шляхи — від кореня сайту.",
                 "paths: [/content/news]", "paths: [content/news/**]")
BAD_SIGNERS = code("SIGNERS", "Підписант — рядок: адреса, параметри, вид ключа, ключ; час — UTC із літерою Z.",
                   'redaktsiia@rada.example valid-after="20260101" ssh-ed25519 AAAA…',
                   'redaktsiia@rada.example namespaces="git",valid-after="20260101Z" ssh-ed25519 AAAA…')
WORDS = {
    "size": "файл завеликий. Лишіть у ньому тільки ролі.",
    "utf-8": "кодування не UTF-8. Збережіть файл в UTF-8.",
    "shape": "треба перелік ролей: «roles:», а нижче кожну роль починають із «- id: …».",
    "key": "ключа «{}» немає. Можна: id, title, people, paths, from, to.",
    "missing": "немає «{}». Додайте.",
    "id": "«{}» — не назва ролі. Треба малі латинські літери, цифри й дефіси: editor.",
    "twice": "«{}» уже є. Залиште одне.",
    "title": "назва ролі — один рядок, від 1 до 120 знаків.",
    "people": "«{}» — не адреса людини. Треба повну адресу, без зірочок: redaktsiia@rada.example.",
    "paths": "«{}» — не шлях. Треба від кореня сайту, «*» — частина назви, «**» — усе нижче: content/news/**.",
    "day": "«{}» — не день. Треба РРРР-ММ-ДД.",
    "days": "роль закінчується {}, раніше, ніж починається. Виправте from чи to.",
}
"""What is wrong with a line of the register → how the editor is told."""


def roles_are_understood(record: "RoleList") -> Iterator[Problem]:
    """Що не зрозуміле перевірці журналу, не зрозуміле й сайтові."""
    first = record.source.line_of(())
    for flaw in read_roles(record.source.file.read_bytes())[1]:
        yield Problem("", _said(flaw), BAD_ROLES, below=flaw.line - first)


def somebody_may_change_the_roles(record: "RoleList") -> Iterator[Problem]:
    """Хтось має право змінити самі ролі й підписантів: інакше їх не змінить ніхто й ніколи."""
    for file in (ROLES, SIGNERS):
        if not any(role.until is None and role.permits(f"data/{file}") for role in _typed(record).roles):
            yield Problem("", f"жодна роль без кінцевого дня не може змінювати data/{file}. Додайте його до шляхів.",
                          BAD_ROLES)


class RolePart(Part):
    """Роль: who has it, what it may change, since when."""

    id: Line = Field(title="Назва", description="Латиницею, стала: її видно в журналі оприлюднень. editor.")
    title: Line = Field(title="Як називати", description="Стоїть в історії змін замість імені людини: Редакція сайту.")
    people: tuple[Line, ...] = Field(title="Люди", min_length=1,
                                     description="Адреси авторів комітів, ті самі, що в data/allowed_signers.")
    paths: tuple[Line, ...] = Field(title="Що може змінювати", min_length=1,
                                    description="Шляхи від кореня сайту: content/news/**, data/places.csv.")
    since: Day | None = Field(None, alias="from", title="Від", description="Перший день, якщо роль не споконвіку.")
    until: Day | None = Field(None, alias="to", title="До", description="Останній день, якщо він є.")


class RoleList(Record):
    """Ролі: who may change which files; the whole of `data/roles.yml`."""

    kind: ClassVar[str] = "roles"
    label: ClassVar[str] = "Ролі"
    place: ClassVar[str] = f"data/{ROLES}"
    is_single: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False
    rules = (roles_are_understood, somebody_may_change_the_roles)

    roles: tuple[RolePart, ...] = Field(title="Ролі", min_length=1, description="Хто що може змінювати.")


def roles_of(library: Library) -> Roles:
    """The roles of the site, for pages that tell who changed something; none where there is no register."""
    found = next(iter(library.of(RoleList)), None)
    return _typed(found) if found else Roles()


def check_signers_of(data: Path, report: Report) -> None:
    """Problems of the list of signers, and of roles whose people have no key."""
    file = data / SIGNERS
    if not file.is_file():
        return
    try:
        signers = parse_signers(file.read_bytes())
    except Fault as fault:
        line, _, value = fault.detail.partition(": ")
        what = f"«{value}»: " if value and line.isdigit() else ""
        report.add(Finding(shown_path(file, data), int(line) if line.isdigit() else 1, "Підписанти",
                           f"{what}рядок записано неправильно. Зразок — у довідці про підписані коміти.",
                           BAD_SIGNERS.name))
        return
    if (register := data / ROLES).is_file():
        report.extend(Finding(shown_path(register, data), role.line, "Люди", f"«{mail}» не має ключа в data/{SIGNERS}. "
                              "Додайте ключ або вилучіть людину з ролі.", BAD_ROLES.name)
                      for role, mail in _without_key(read_roles(register.read_bytes())[0], signers))


def _without_key(roles: Roles, signers: tuple[Signer, ...]) -> Iterator[tuple[Role, str]]:
    for role in roles.roles:
        yield from ((role, mail) for mail in role.people if not is_principal(mail, signers))


def _typed(record: RoleList) -> Roles:
    return Roles(tuple(Role(one.id, one.title, one.people, one.paths, one.since, one.until) for one in record.roles))


def _said(flaw: Flaw) -> str:
    return flaw.said or WORDS[flaw.kind].format(flaw.value)
