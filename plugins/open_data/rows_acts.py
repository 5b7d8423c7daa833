"""Rows of acts: what was decided and proposed (appendix 9), which programmes the council approved (appendix 62)."""

from __future__ import annotations

import re
from datetime import date

from plugins.acts.model import Act, ActDocument, ActStatus, ActType, DraftAct, act_status, force_of
from plugins.people.model import Council, Organization, Person
from plugins.records import Library, without_hidden
from plugins.reports.model import Report, ReportType

from .columns import Row
from .facts import code_of, legal_entity
from .jsonld import whole_url

ACT_STATUS = {
    ActStatus.ADOPTED: "Набирає чинності", ActStatus.SIGNED: "Набирає чинності", ActStatus.IN_FORCE: "Чинний",
    ActStatus.PARTLY_IN_FORCE: "Чинний", ActStatus.SUSPENDED: "Дію зупинено", ActStatus.LAPSED: "Не набрав чинності",
    ActStatus.REPEALED: "Втратив чинність", ActStatus.ANNULLED: "Втратив чинність",
    ActStatus.EXPIRED: "Втратив чинність", ActStatus.EXECUTED: "Втратив чинність",
}
"""Our states in the words of appendix 9."""
PROGRAM_STATUS = {"Втратив чинність": "Скасована", "Не набрав чинності": "Скасована"}
ENDED = (ActStatus.EXPIRED, ActStatus.EXECUTED)
ACT_TYPE = {ActType.DECISION: "рішення", ActType.ORDER: "розпорядження"}
APPROVES = re.compile(r"Про (?:затвердження |прийняття |схвалення )?((?:[\w’-]+(?:ої|ьої|у|ю) )*програм[иу]\b.*)",
                      re.IGNORECASE)
YEARS = re.compile(r"\b(20\d\d)\s*[–—-]\s*(20\d\d)\b|\bна (20\d\d) р")


def _document(item: ActDocument, library: Library, issued: date) -> Row:
    return {"uid": f"{item.id}-{item.year}", "type": ACT_TYPE[item.type], "title": item.title,
            "issuedDate": issued.isoformat(), "text": without_hidden(item.text).strip(),
            "url": whole_url(library, item.url), **_publisher(item, library)}


def _publisher(item: ActDocument, library: Library) -> Row:
    body = library.get(Organization, item.body)
    return {"publisherName": body.title if body else item.body,
            "publisherId": code_of(body, library.only(Council))}


def act_row(act: Act, library: Library) -> list[Row]:
    """Appendix 9, `legalActs`."""
    begins = force_of(act, library).begins
    return [{
        **_document(act, library, act.published_at.date() if act.published_at else act.adopted_on),
        "acceptedDate": act.adopted_on.isoformat(), "number": act.number,
        "validFrom": begins.isoformat() if begins else None,
        "status": ACT_STATUS[act_status(act, library)], "registrationNumber": None, "registrationDate": None,
        "registratorName": None, "registratorId": None}]


def draft_row(draft: DraftAct, library: Library) -> list[Row]:
    """Appendix 9, `projects`."""
    return [{
        **_document(draft, library, draft.published_at.date() if draft.published_at else draft.registered_on),
        "registrationDate": draft.registered_on.isoformat(), **_creator(draft, library),
        "note": whole_url(library, draft.url) if draft.explanatory_note else None,
        "comparisonTable": whole_url(library, library.file_url(draft, draft.comparison)) if draft.comparison else None,
        "regulatoryImpactAnalysis": whole_url(library, draft.url) if draft.impact_analysis else None}]


def _creator(draft: DraftAct, library: Library) -> Row:
    if draft.initiator.person and (person := library.get(Person, draft.initiator.person)):
        return {"creatorName": person.name, "creatorId": None}
    if draft.initiator.unit and (unit := library.get(Organization, draft.initiator.unit)):
        return {"creatorName": unit.title, "creatorId": code_of(unit, library.only(Council))}
    return {"creatorName": draft.initiator.text or draft.initiator.person or draft.initiator.unit, "creatorId": None}


# --------------------------------------------------------------------------- programmes

def program_of(act: Act) -> str:
    """The name of the programme that an act approves, empty for other acts.

    «Про затвердження Програми „Безпечна громада“ на 2023–2025 роки» → «Програма „Безпечна громада“ на …».
    """
    match = APPROVES.fullmatch(act.title) if act.type is ActType.DECISION else None
    if not match or not _ends_on(act):
        return ""
    words = match[1].split(" ")
    place = next(index for index, word in enumerate(words) if re.match("програм[иу]", word, re.IGNORECASE))
    named = [re.sub("ьої$|ю$", "я", re.sub("(?<!ь)ої$|у$", "а", word)) for word in words[:place]]
    name = " ".join([*named, f"{words[place][:-1]}а", *words[place + 1:]])
    return name[:1].upper() + name[1:]


def _years(act: Act) -> tuple[int, int]:
    """The first and the last year that a title names; of an act that names none the years of its force."""
    match = YEARS.search(act.title)
    if match:
        first, last = match[1] or match[3], match[2] or match[3]
        return int(first), int(last)
    return act.force_begins().year, act.expires_on.year if act.expires_on else 0


def _ends_on(act: Act) -> date | None:
    last = _years(act)[1]
    return act.expires_on or (date(last, 12, 31) if last else None)


def _named(act: Act) -> Row:
    """What the three tables of appendix 62 call a programme: the number and the date of its act."""
    return {"programId": f"{act.number}-{act.adopted_on}", "programTitle": program_of(act)}


def _legal_act(act: Act, library: Library) -> Row:
    return {"legalActType": act.type.label, "legalActTitle": act.title, "legalActAccepted": act.adopted_on.isoformat(),
            "legalActNumber": act.number, "legalActUrl": whole_url(library, act.url), **_publisher(act, library)}


def approves_program(act: Act, _: Library) -> bool:
    """True for an act that stands in `programs`."""
    return not act.withdrawn and bool(program_of(act))


def program_row(act: Act, library: Library) -> list[Row]:
    """Appendix 62, `programs`. Its years are told as the first and the last day: the columns are of type date."""
    ends_on = _ends_on(act)
    assert ends_on
    unit_id = act.execution[0].unit if act.execution else act.unit
    unit = library.get(Organization, unit_id) if unit_id else None
    named = _named(act)
    return [{"uid": named["programId"], "title": named["programTitle"], "validFrom": f"{_years(act)[0]}-01-01",
             "validThrough": ends_on.isoformat(), "status": _program_status(act, ends_on, library),
             "executantName": unit.title if unit else None,
             "executantId": legal_entity(unit, library)[0] if unit else None,
             "programUrl": whole_url(library, act.url), **_legal_act(act, library)}]


def _program_status(act: Act, ends_on: date, library: Library) -> str:
    status = act_status(act, library)
    if status in ENDED or ends_on < library.now.date():
        return "Завершена"
    return PROGRAM_STATUS.get(ACT_STATUS[status], "Чинна")


def _programs_amended(act: Act, library: Library) -> list[Act]:
    found = (library.get(Act, key) for key in dict.fromkeys(change.act for change in act.amends))
    return [other for other in found if other and approves_program(other, library)]


def amends_program(act: Act, library: Library) -> bool:
    """True for an act that stands in `amendments`."""
    return not act.withdrawn and bool(_programs_amended(act, library))


def amendment_rows(act: Act, library: Library) -> list[Row]:
    """Appendix 62, `amendments`: a row a programme; the second programme of one act has its number in the uid."""
    return [{"uid": f"{act.number}-{act.adopted_on}{f'-{place}' if place > 1 else ''}", **_named(program),
             **_legal_act(act, library)}
            for place, program in enumerate(_programs_amended(act, library), 1)]


def reports_on_program(report: Report, library: Library) -> bool:
    """True for a report that stands in `reports` of appendix 62: it names its programme."""
    act = library.get(Act, report.programme) if report.programme else None
    return (report.type is ReportType.PROGRAMME and not report.withdrawn and act is not None
            and approves_program(act, library))


def program_report_row(report: Report, library: Library) -> list[Row]:
    """Appendix 62, `reports`."""
    act = library.get(Act, report.programme or "")
    assert act
    return [{"uid": f"{report.id}-{report.year}", "acceptedDate": None, "title": report.title,
             "periodStartDate": report.period.starts_on.isoformat(), "periodEndDate": report.period.ends_on.isoformat(),
             **_named(act), "url": whole_url(library, report.url)}]
