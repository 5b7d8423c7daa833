"""Citations in any text become links to acts; those of the council's own acts that are not here become remarks.

Who cites an act is told by the library: links that the resolver makes are mentions like those that editors make.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from plugins.people.model import Council, council_of
from plugins.records import Card, Citing, Library, Record
from plugins.ukrainian import day

from .grammar import COUNCIL, EXECUTIVE, MAYOR, ORDER, Citation, citations
from .identity import Named, adopted_on, archive_begins, numbered_ever, numbered_in
from .model import Act
from .numbers import fits_any
from .places import address, find_place
from .versions import versions

OWNERS = {COUNCIL: "рішення ради", EXECUTIVE: "рішення виконавчого комітету", MAYOR: "розпорядження міського голови"}
MOST_NAMED = 3
"""Acts of the same day that a message offers."""


def in_text(text: str, record: Record, library: Library) -> Sequence[Citing]:
    """Citations of acts in a text of a record (a finder for `records.find_citations`)."""
    council = council_of(library)
    if council is None:
        return ()
    found = citations(text, council.name, partial(fits_any, council))
    return [Citing(item.start, item.end, partial(_follow, item, record, library, council)) for item in found]


def _follow(cited: Citation, record: Record, library: Library, council: Council) -> tuple[str, str]:
    """(address, what is wrong)."""
    acts = [act for act in _candidates(cited, record, library) if _may_be(act, cited, council)]
    if len(acts) != 1:
        return "", "" if acts else _fault(cited, library, council)
    act = acts[0]
    if (act.key == record.key and record.kind == "act") or not act.is_public(library):
        return "", ""
    library.mention(act.url)
    if not cited.place:
        return library.href(act.url), ""
    target = library.get(Act, act.key)
    assert target
    url = address(target, cited.place)
    is_lost = url is None and not _was_ever(target, cited.place, library)
    return library.href(url or act.url), (
        f"«{cited.place}»: такого пункту в № {act.number} немає. Перевірте номер пункту." if is_lost else "")


def _was_ever(act: Act, place: str, library: Library) -> bool:
    """True if some version of an amended act has the place, or one is not known word by word."""
    return any(version.state is None or find_place(version.state, place) for version in versions(act, library))


def _candidates(cited: Citation, record: Record, library: Library) -> Sequence[Named]:
    """Acts with this number: of that day, else those that the author can have meant."""
    if cited.on:
        return [act for act in numbered_in(cited.number, cited.on.year, library) if act.on == cited.on]
    written = _written(record)
    if not cited.number.isdecimal() and "/" in cited.number:
        return numbered_ever(cited.number, library)
    if written is None:
        return ()
    return [act for act in numbered_in(cited.number, written.year, library) if act.on <= written]


def _written(record: Any) -> date | None:
    """The day by which a text was written; registers and prose pages have none."""
    if not record.is_dated:
        return None
    own: date = record.day
    changed = getattr(record, "changed_at", None)
    return max(own, changed.date()) if changed else own


def _may_be(act: Named, cited: Citation, council: Council) -> bool:
    if act.type != cited.type:
        return False
    return cited.type == ORDER or not cited.body or act.body == _owner(cited, council)


def _owner(cited: Citation, council: Council) -> str | None:
    return council.executive_id if cited.body == EXECUTIVE else council.council_id


def _fault(cited: Citation, library: Library, council: Council) -> str:
    """What is wrong with a citation of an act that is not here: only when it says whose it is, and of which day."""
    owner = _owner(cited, council)
    if not cited.on or not cited.body or not owner or not library.is_whole(Act):
        return ""
    begins = council.archive_from or archive_begins(cited.type, owner, library)
    if begins is None or cited.on < begins or cited.on > library.now.date():
        return ""
    others = [act for act in adopted_on(cited.type, cited.on, library) if _may_be(act, cited, council)]
    near = ", ".join(f"№ {act.number}" for act in others[:MOST_NAMED])
    return (f"{OWNERS[cited.body]} від {day(cited.on)} № {cited.number} на сайті немає. "
            + (f"Того дня є {near}. " if near else "") + "Перевірте дату й номер або додайте документ.")


def cited_by(record: Record, library: Library) -> tuple[Card, ...]:
    """Cards of public documents whose texts link to a record or a part of it, newest first."""
    found = [card for kind, key in library.mentioning(record.url) if (kind, key) != (record.kind, record.key)
             and (card := library.card(kind, key))]
    return tuple(sorted(found, key=lambda card: (str(card.date or ""), card.key), reverse=True))
