"""Acts and drafts → sheets of the council's form: what their pages tell, in the order of requisites (ДСТУ 4163:2020).

Texts come from the page's own HTML, so that points, links and footnotes are the same on the page, on paper and in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from plugins.documents.model import (
    NOT_AN_ORIGINAL,
    AnnexSheet,
    Flow,
    FormSheet,
    Letterhead,
    Signature,
    brand_of,
    data_inside,
    flow,
    form_of,
    forms_of,
    has_form,
    on_paper,
    origin_of,
    place_of_adoption,
    site_of,
)
from plugins.people.model import (
    Membership,
    Organization,
    OrganizationKind,
    Person,
    Role,
    acts_for_another,
    council_of,
    mayor_on,
    members_on,
    memberships_of,
    post_in_body,
)
from plugins.records import Library
from plugins.records.components import upper_first
from plugins.ukrainian import NBSP, day, roman, short_day, signature_name

from .model import Act, ActDocument, ActStatus, ActType, DraftAct, DraftStatus
from .paths import ENDS
from .status import act_status, agenda_items, is_amended, suspension_state
from .texts import text_of

VERB = re.compile(r"\b(?:вирішил[аи]|вирішив)(?=\s*:$)", re.IGNORECASE)
ANNEX = re.compile(r"(?P<mark>Додаток(?:[ \u00a0]+(?:№?[ \u00a0]*[0-9]+(?:[./–-][0-9]+)*(?:-?[а-яіїєґ])?(?!\w)"
                   r"|[А-ЯІЇЄҐ](?=[.:]|$)))?)[.:]?(?:[ \u00a0]*[–—-](?=[ \u00a0]))?[ \u00a0]*(?P<title>.*)", re.DOTALL)
"""«Додаток 2. Склад», «Додаток 1-1», «Додаток № 3а — Кошторис»: its mark, its own title."""
SIGNS_FIRST = (Role.MAYOR, Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD)
WIDE = 8
"""A table of so many columns lies on its side."""


# ------------------------------------------------------------------------------- who signs

def signatures_of(document: ActDocument, library: Library) -> tuple[Signature, ...]:
    """Who signed an act, under the post held that day; who is to sign a draft. None where no record names anybody."""
    if isinstance(document, Act):
        on = document.signed_on or document.adopted_on
        person = library.get(Person, document.signatory) if document.signatory else None
        return (_signature(person, on, library),) if person else ()
    mayor = mayor_on(library, document.day)
    return (_signature(mayor, document.day, library),) if mayor else ()


def _signature(person: Person, on: date, library: Library) -> Signature:
    held = min((item for item in memberships_of(library, person.key) if item.holds_on(on)), key=_rank, default=None)
    body = library.get(Organization, held.organization) if held else None
    post = post_in_body(held, person, body) if held and body else ""
    return Signature(upper_first(on_paper(post)), signature_name(person.family_name, person.given_name))


def _rank(item: Membership) -> tuple[int, bool]:
    """Whoever acts for another signs as such; else by the height of the post, one with words of its own first."""
    if acts_for_another(item):
        return -1, False
    return SIGNS_FIRST.index(item.role) if item.role in SIGNS_FIRST else len(SIGNS_FIRST), not item.post


def _annex_signatures(document: ActDocument, library: Library) -> tuple[Signature, ...]:
    """Who signs annexes by the council's settings: the person who held that post that day."""
    posts = [item.post for item in forms_of(library).annex_signers
             if item.body == document.body and document.type is ActType.DECISION]
    return tuple(
        Signature(upper_first(on_paper(item.post)), signature_name(person.family_name, person.given_name))
        for post in posts for item in members_on(library, document.body, document.day)
        if item.post == post and (person := library.get(Person, item.person)))


# ------------------------------------------------------------------------------- the head

def _letterhead(document: ActDocument, library: Library) -> Letterhead:
    council, body = council_of(library), library.get(Organization, document.body)
    assert council
    names = [council.name.upper()]
    if body and body.type is OrganizationKind.EXECUTIVE:
        names.append(body.type.label.upper())
    elif body and body.key != council.council_id:
        names.append(body.title.upper())
    is_of_council = document.type is ActType.DECISION and document.body == council.council_id
    return Letterhead(tuple(names), council.region, _session(document, library) if is_of_council else "",
                      document.type.label.upper(), "міського голови" if document.type is ActType.ORDER else "")


def _session(document: ActDocument, library: Library) -> str:
    """«XXXVII сесія VIII скликання» of the meeting that the record names or whose agenda it stands on; the convocation
    alone where nobody knows the session."""
    meeting: Any = None
    if isinstance(document, Act):
        named = library.card("meeting", document.meeting)
        meeting = library.find("meeting", named.key) if named else None
    elif isinstance(document, DraftAct):
        plenary = next((item.key for item in agenda_items(document, library) if item.type == "plenary"), "")
        meeting = library.find("meeting", plenary) if plenary else None
    council = council_of(library)
    term = council.convocation_on(document.day) if council else None
    convocation = getattr(meeting, "convocation", None) or (term.number if term else None)
    session = getattr(meeting, "session", None)
    if not convocation:
        return ""
    kind = "позачергова " if getattr(meeting, "is_extraordinary", False) else ""
    return (f"{roman(session)} {kind}сесія " if session else "") + f"{roman(convocation)} скликання"


# ------------------------------------------------------------------------------- texts

def _flow(document: ActDocument, place: tuple[str | int, ...], text: str, base: str, library: Library) -> Flow:
    return flow(text_of(document, place, text, library), base)


def _with_verb(blocks: Flow, verb: str) -> Flow:
    """The preamble ends with the word of the form: «міська рада вирішила:» → «міська рада ВИРІШИЛА:»."""
    for place, block in enumerate(blocks):
        if block["kind"] != "p" or "number" in block:
            break
        content = block["content"]
        if isinstance(content[-1], str) and VERB.search(content[-1]):
            told = {**block, "content": [*content[:-1], VERB.sub(verb, content[-1])]}
            return (*blocks[:place], told, *blocks[place + 1:])
    return blocks


def _text(document: ActDocument, base: str, library: Library) -> Flow:
    blocks = _flow(document, ("text",), document.text, base, library)
    if document.type is not ActType.DECISION:
        return blocks
    body, forms = library.get(Organization, document.body), forms_of(library)
    is_executive = body is not None and body.type is OrganizationKind.EXECUTIVE
    return _with_verb(blocks, forms.executive_verb if is_executive else forms.council_verb)


def _annexes(document: ActDocument, base: str, library: Library) -> Iterator[AnnexSheet]:
    signatures = _annex_signatures(document, library)
    for place, annex in enumerate(document.annexes):
        match = ANNEX.fullmatch(annex.title)
        number = f"Додаток{NBSP}{place + 1}" if len(document.annexes) > 1 else "Додаток"
        mark, title = (match["mark"], match["title"]) if match else (number, annex.title)
        blocks = _flow(document, ("annexes", place, "text"), annex.text, base, library)
        yield AnnexSheet((on_paper(mark), *_belongs_to(document, library)), on_paper(upper_first(title)),
                         blocks, signatures, _is_wide(blocks))


def _is_wide(blocks: Sequence[dict[str, Any]]) -> bool:
    return any(block["kind"] == "table" and block["columns"] >= WIDE for block in blocks)


def _belongs_to(document: ActDocument, library: Library) -> tuple[str, ...]:
    """«до рішення Яворопільської міської ради», «від 19.11.2026 № 1204-37/8»."""
    date_words = f"від{NBSP}{short_day(document.adopted_on)} " if isinstance(document, Act) else ""
    return name_genitive(document, library), f"{date_words}№{NBSP}{document.number}"


def name_genitive(document: ActDocument, library: Library) -> str:
    """«до рішення Яворопільської міської ради», «до проєкту розпорядження міського голови»."""
    body = library.get(Organization, document.body)
    if document.type is ActType.ORDER:
        words = "розпорядження міського голови"
    else:
        words = f"рішення {body.title_genitive}" if body and body.title_genitive else "рішення"
    return f"до {'проєкту ' if document.kind == 'draft' else ''}{words}"


# ------------------------------------------------------------------------------- whole sheets

def has_sheet(document: ActDocument, library: Library) -> bool:
    """False where the scan is the document (it is older than the forms, or has no text), and for what was withdrawn."""
    return not document.withdrawn and bool(document.text.strip()) and has_form(document.day, library)


def act_sheet(act: Act, library: Library) -> FormSheet:
    """An act on the form, as it was adopted; what became of it since is told outside of the requisites."""
    return _sheet(act, library, name="rozporiadzhennia" if act.type is ActType.ORDER else "rishennia",
                  day_words=day(act.adopted_on), number=f"№{NBSP}{act.number}",
                  since=_since(act, library))


def draft_sheet(draft: DraftAct, status: DraftStatus, library: Library) -> FormSheet:
    """A draft on the form: lines for day and number, the mark «ПРОЄКТ», who submits it and who wrote it."""
    mark = ("ПРОЄКТ", f"№{NBSP}{draft.number}", f"від{NBSP}{short_day(draft.registered_on)}")
    since = f"Стан проєкту на сайті: {ENDS[status].lower()}." if status in ENDS else ""
    return _sheet(draft, library, name="proiekt", day_words="", number="", since=since, draft_mark=mark,
                  notes=tuple(people_of(draft, library)))


def _sheet(document: ActDocument, library: Library, *, name: str, day_words: str, number: str, since: str,
           **others: Any) -> FormSheet:
    address = f"{site_of(library)}{document.url}"
    fields = ("title", "text", *(f"annexes.{place}.{part}" for place in range(len(document.annexes))
                                 for part in ("title", "text")))
    return FormSheet(
        title=document.title, brand=brand_of(library), on=document.day, lang=document.lang,
        attached=(data_inside(document, address, name),), origin=origin_of(document, *fields), form=form_of(library),
        head=_letterhead(document, library), day=day_words, place=on_paper(place_of_adoption(library)),
        number=number, subject=on_paper(document.title), text=_text(document, address, library),
        signatures=signatures_of(document, library), annexes=tuple(_annexes(document, address, library)),
        last_words=(NOT_AN_ORIGINAL, *((since,) if since else ()), address), **others)


def people_of(draft: DraftAct, library: Library) -> Iterator[tuple[str, str]]:
    """Who submits a draft, who wrote it, who presents it."""
    initiator = draft.initiator
    person = library.get(Person, initiator.person) if initiator.person else None
    submitter = library.card("organization", initiator.unit)
    yield "Суб’єкт подання", on_paper(person.name if person else submitter.title if submitter else initiator.text)
    unit = library.card("organization", draft.unit)
    if developer := draft.prepared_by or (unit.title if unit else ""):
        yield "Розробник", on_paper(developer)
    if draft.presenter and (presenter := library.get(Person, draft.presenter)):
        yield "Доповідає", on_paper(presenter.name)


def _since(act: Act, library: Library) -> str:
    """What a reader of an old copy must know: the act is not in force, or not in these words."""
    status = act_status(act, library)
    if status not in (ActStatus.IN_FORCE, ActStatus.ADOPTED, ActStatus.SIGNED):
        return f"Стан документа на сайті: {status.label.lower()}."
    if is_amended(act, library):
        return "Документ змінено: чинна редакція — на його сторінці."
    if not act.signatory and act.type is ActType.DECISION:
        return "Хто підписав рішення, у записі сайту не зазначено."
    return "" if suspension_state(act, library) is None else "Рішення зупиняв міський голова; рада його підтвердила."
