"""The history of a document as readers are told it: each revision with its moment, its maker's role, its note, and what
it changed.

The public note of a revision is the entry of `changes:` that came with it, else the commit's `Reason:`; a revision
without either says so. Nobody's name or address is told, only the role.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from plugins.people.model import council_of
from plugins.records import Document, Library, frozen
from plugins.records.model import ChangeKind
from plugins.ukrainian import counted, moment

from .comparing import Differences, between
from .model import Grade, Publication, logged_of, publication_of
from .parts import Content, content_of
from .redactions import Redaction, redactions_of
from .roles import roles_of
from .steps import Step, contents, steps_of, steps_reason
from .wording import Naming

HISTORY = "/istoriia"
NO_NOTE = "без пояснення"
NO_ROLE = "редакція сайту"
LONGEST_NOTE = 500
WORDS = {"publish": "перше оприлюднення", "amend": "зміна", "move": "перенесено до іншого файлу",
         "withdraw": "знято з оприлюднення", "restore": "повернуто на сайт"}
"""Kind of a step → what readers call it."""
CHANGES = {"correction": "виправлення помилки", "amendment": "зміна по суті", "technical": "технічна зміна"}
"""`Change:` of the commit → what readers call it."""
HISTORIC = ("один раз", "двічі", "тричі")


@frozen
class Hidden:
    """Why the text of a revision is not shown."""

    at: datetime
    reason: str
    basis: str


@frozen
class Edition:
    """A revision as readers are told it. `at` (Kyiv) is None where its time is not believed; `since`: the latest moment
    that is known before it ended, for its place in lists.

    `note` is empty where nobody gave one, `source_url` without a forge.
    """

    n: int
    kind: str
    word: str
    at: datetime | None
    since: datetime
    who: str
    note: str
    basis: str
    session: str
    commit: str
    source_url: str
    text_url: str
    grade: Grade = Grade.D
    """Of the evidence for `at`."""
    hidden: Hidden | None = None

    @property
    def title(self) -> str:
        """«Редакція 3»."""
        return f"Редакція {self.n}"

    @property
    def shown_note(self) -> str:
        """The note, or that there is none."""
        return self.note or NO_NOTE


@frozen
class History:
    """What is known of a document's publications. `reason`: why there are no editions."""

    publication: Publication
    editions: tuple[Edition, ...]
    reason: str = ""

    @property
    def grade(self) -> Grade:
        """The grade of the evidence that it was public."""
        return self.publication.grade or Grade.D

    @property
    def changes(self) -> tuple[Edition, ...]:
        """What changed the document after it was first public; another place in the repository is no change."""
        return tuple(edition for edition in self.editions[1:] if edition.kind != "move")

    @property
    def has_page(self) -> bool:
        """True where there is more to tell than the passport beside the document does: the document was changed, or a
        text of it is shown no more.

        The history and each of its revisions have pages of their own then.
        """
        return len(self.editions) > 1 or any(edition.hidden for edition in self.editions)


def url_of(document: Document) -> str:
    """The address of the history of a document."""
    return f"{HISTORY}{document.url}"


def history_of(document: Document, library: Library) -> History:
    """The history of a document, oldest first; worked out once a build."""
    return library.worked_out(_history, document)


def _history(document: Document, library: Library) -> History:
    publication = publication_of(document, library)
    steps = steps_of(document, library)
    if not steps:
        return History(publication, (), steps_reason(document, library))
    hidden = {n: _hidden(item) for n, item in redactions_of(document, library).items()}
    said = said_in(document, steps, hidden, library)
    editions: list[Edition] = []
    since = publication.at or document.changed_at
    for step in steps:
        at, grade = _moment(step, publication, document, library)
        since = at or since
        editions.append(_edition(step, (at, grade), since or library.now.plain, hidden.get(step.n), said, document,
                                 library))
    return History(publication, tuple(editions))


def _moment(step: Step, publication: Publication, document: Document,
            library: Library) -> tuple[datetime | None, Grade]:
    """By when a revision was public, by the best evidence there is, and its grade."""
    if step.n == 1 and publication.at:
        return publication.at, publication.grade or Grade.D
    logged = logged_of(document, library, step.n)
    if logged and not logged.is_first:
        return logged.at, logged.evidence.grade or Grade.D
    return step.at, Grade.D


def _hidden(item: Redaction) -> Hidden:
    return Hidden(item.at, item.reason, item.basis)


_LAST: dict[Any, dict[int, Content]] = {}
"""The contents that were asked for last: of one document the box, the pages and the lists ask in turn."""


def said_in(document: Document, steps: Sequence[Step], hidden: Container[int],
            library: Library) -> Mapping[int, Content]:
    """What the revisions said; a document of one revision is not looked into, redacted ones are not."""
    if len(steps) == 1:
        return {}
    shown = [step for step in steps if step.n not in hidden]
    name = (type(document), tuple((step.n, step.path, step.blob, step.files) for step in shown))
    if name not in _LAST:
        _LAST.clear()
        _LAST[name] = {step.n: _content(document, step, library) for step in shown}
    return _LAST[name]


def _content(document: Document, step: Step, library: Library) -> Content:
    beside = contents(document, step, library)
    return content_of(type(document), step.path, beside.pop("", b""), beside)


def _edition(step: Step, known: tuple[datetime | None, Grade], since: datetime, hidden: Hidden | None,
             said: Mapping[int, Content], document: Document, library: Library) -> Edition:
    at, grade = known
    trailers = dict(step.trailers)
    word, note, basis = _note(step, said)
    on = (step.at or since).date()
    roles = library.once(roles_of).of(step.who, on) if step.who else ()
    council = council_of(library)
    forge = council.source_url.rstrip("/") if council and council.source_url else ""
    return Edition(
        step.n, step.kind, word or WORDS[step.kind], at, since,
        ", ".join(dict.fromkeys(role.title for role in roles)) or NO_ROLE, note or _line(trailers.get("Reason", "")),
        basis, _line(trailers.get("Session", "")), step.commit, f"{forge}/commit/{step.commit}" if forge else "",
        f"{url_of(document)}{step.n}/", grade, hidden)


def _note(step: Step, said: Mapping[int, Content]) -> tuple[str, str, str]:
    """(what kind of change, its public note, its legal basis) as the revision itself says."""
    now, before = said.get(step.n), said.get(step.n - 1)
    if step.kind == "withdraw" and now and isinstance(gone := now.head.get("withdrawn"), Mapping):
        return "", _line(gone.get("reason", "")), _line(gone.get("basis", ""))
    came = _came(now, before) if now and before else []
    notes = " ".join(_line(item.get("note", "")) for item in came)
    kinds = [item.get("kind", ChangeKind.MAJOR.value) for item in came]
    word = next((kind.label for kind in ChangeKind if kind.value in kinds), "")
    return word or ("" if step.kind != "amend" else CHANGES.get(dict(step.trailers).get("Change", ""), "")), notes, ""


def _came(now: Content, before: Content) -> list[Mapping[str, Any]]:
    """Entries of `changes:` that the revision before did not have."""
    found, known = (content.head.get("changes") for content in (now, before))
    known, found = (entries if isinstance(entries, list) else [] for entries in (known, found))
    return [item for item in found if isinstance(item, Mapping) and item not in known]


def _line(text: Any) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST_NOTE else words[:LONGEST_NOTE].rsplit(" ", 1)[0] + "…"


def namer(library: Library) -> Naming:
    """How records are called that a head names by their keys."""
    def name_of(kind: str, key: str) -> str:
        card = library.card(kind, key)
        return card.title if card else ""

    return name_of


def differences_of(document: Document, said: Mapping[int, Content], library: Library) -> dict[int, Differences]:
    """By the number of a revision what it changed in the one before, where both may be shown."""
    name_of = namer(library)
    return {n: between(type(document), said[n - 1], content, name_of, library.now)
            for n, content in said.items() if n - 1 in said}


# --------------------------------------------------------------------------- in one sentence

def first_words(history: History) -> str:
    """«Вперше оприлюднено 16 листопада 2026 року, 10:42 (доказ C: запис про викладення сайту)»; what proves nothing is
    not called a proof: «… (не доведено, рівень D: лише історія змін)».
    """
    known = history.publication
    if known.at is None:
        return "Коли оприлюднено, невідомо"
    evidence = known.evidence.label.partition(" (")[0]
    shown = f"не доведено, рівень D: лише {evidence.removeprefix('лише ')}" if history.grade is Grade.D else \
        f"доказ {history.grade.value}: {evidence}"
    return f"Вперше оприлюднено {moment(known.at)} ({shown})"


def changed_words(history: History) -> str:
    """«змінено двічі», «не змінювали»; nothing where nobody can tell."""
    if not history.editions:
        return ""
    count = len(history.changes)
    if not count:
        return "не змінювали"
    return f"змінено {HISTORIC[count - 1] if count <= len(HISTORIC) else counted(count, 'раз', 'рази', 'разів')}"


def last_words(history: History) -> str:
    """«остання зміна 20 листопада 2026 року, 9:15»; nothing without a change or where its time is not believed."""
    last = history.changes[-1] if history.changes else None
    return f"остання зміна {moment(last.at)}" if last and last.at else ""
