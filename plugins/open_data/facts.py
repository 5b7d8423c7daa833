"""Facts of records in the forms that the national structures ask for: codes, telephones, hours, addresses."""

from __future__ import annotations

import re

from plugins.people.model import Council, Organization
from plugins.records import Library

from .columns import Row

STREET = re.compile(r"(?:^|,)\s*((?:вул|просп|пр-т|пр|бульв|б-р|пл|площа|майдан|пров|провулок|узвіз|шосе|наб|набережна|"
                    r"алея|проспект|бульвар|вулиця|м-н|мкр|мікрорайон|кв-л|квартал)\b[^,]*)"
                    r"(?:,\s*(?:буд(?:инок)?\.?\s*)?(\d+[\w/-]*))?", re.IGNORECASE)
ANY_PLACE = re.compile(r"^\s*([^,\d][^,]*?),\s*(\d+[\w/-]*)")
"""An address that names no kind of street: «Соборна, 14»."""
SETTLEMENT = re.compile(r"^(?:м|с|смт|сел|селище|місто|село)\b\.?\s*", re.IGNORECASE)
DAYS = {
    **dict.fromkeys(("пн", "понеділок", "щопонеділка"), "Пн"), **dict.fromkeys(("вт", "вівторок", "щовівторка"), "Вт"),
    **dict.fromkeys(("ср", "середа", "щосереди"), "Ср"), **dict.fromkeys(("чт", "четвер", "щочетверга"), "Чт"),
    **dict.fromkeys(("пт", "п’ятниця", "щоп’ятниці"), "Пт"), **dict.fromkeys(("сб", "субота", "щосуботи"), "Сб"),
    **dict.fromkeys(("нд", "неділя", "щонеділі"), "Нд"), "щодня": "Пн-Нд",
}
"""Days of the week → as the national structures write them."""
_DAY = rf"(?:{'|'.join(DAYS)})"
HOURS = re.compile(rf"(?<!\w)(?P<days>{_DAY}(?:(?:\s*[–—,-]\s*|\s+(?:і|й|та)\s+){_DAY})*),?\s+(?:з\s+)?"
                   r"(?P<from>\d{1,2})[:.](?P<from_minute>\d\d)\s*(?:[–—-]|до)\s*"
                   r"(?P<to>\d{1,2})[:.](?P<to_minute>\d\d)(?![\d:.])", re.IGNORECASE)


def code_of(body: Organization | None, council: Council) -> str | None:
    """The entry of a body in the register of legal entities; that of the council stands in its passport as well."""
    if body is None:
        return None
    return body.edrpou or (council.edrpou if body.id == council.council_id else None)


def legal_entity(body: Organization | None, library: Library) -> tuple[str, str]:
    """(code, name) of the nearest legal entity upwards; at the top stands the council."""
    council = library.only(Council)
    current = body
    while current and not code_of(current, council):
        current = library.get(Organization, current.parent) if current.parent else None
    code = code_of(current, council)
    return (code, current.title) if code and current else (council.edrpou, council.name)


def telephone(number: str) -> str | None:
    """`(03200) 4-14-00` → `+380320041400`; None for a number that has not twelve digits with the country's code."""
    digits = re.sub(r"\D", "", number)
    whole = digits if digits.startswith("380") else f"38{digits}" if digits.startswith("0") else ""
    return f"+{whole}" if len(whole) == 12 else None


def first_telephone(*holders: Council | Organization) -> str | None:
    """The first telephone of the first holder that has one."""
    return next((number for holder in holders for phone in holder.phones if (number := telephone(phone.number))), None)


def opening_hours(words: str) -> tuple[str | None, str | None]:
    """«пн–чт 8:00–17:15, пт 8:00–16:00, перерва 12:00–13:00» → (`Пн-Чт 08:00-17:15, Пт 08:00-16:00`, «перерва …»).

    The second is what cannot be said in the form of the national structures.
    """
    told: list[str] = []
    rest, done = "", 0
    for match in HOURS.finditer(words):
        before = words[done:match.start()]
        if re.search(r"\w\s*$", before):  # «перший понеділок місяця»: not every Monday
            continue
        start, end = (f"{int(match[name]):02}:{match[f'{name}_minute']}" for name in ("from", "to"))
        told.append(f"{_days(match['days'])} {start}-{end}")
        rest, done = f"{rest}{before}", match.end()
    rest = f"{rest}{words[done:]}".strip(" ,;")
    return ", ".join(told) or None, rest or None


def _days(words: str) -> str:
    """«пн–чт» → `Пн-Чт`, «понеділок, середа» → `Пн,Ср`."""
    signs = re.sub(r"\s*[–—-]\s*", "-", re.sub(r"\s*,\s*|\s+(?:і|й|та)\s+", ",", words.lower()))
    return re.sub(_DAY, lambda day: DAYS[day[0]], signs)


def address_of(council: Council, own: str = "") -> Row:
    """An address in the columns of the national structures, `own` of a body or the council's; null where not known."""
    street, house = _street(own) if own else _street(council.address)
    settlement = _settlement(own) or _settlement(council.settlement) or council.settlement
    is_central = settlement == _settlement(council.settlement)
    code = re.search(r"\b\d{5}\b", own) or (re.search(r"\b\d{5}\b", council.address) if is_central else None)
    region = re.search(r"([\w’ʼ'-]+ область|Автономна Республіка Крим)", council.region)
    district = re.search(r"([\w’ʼ'-]+ район)", council.region)
    return {"CATUTTC": council.katottg, "addressPostCode": code[0] if code else None, "addressAdminUnitL1": "Україна",
            "addressAdminUnitL2": region[1] if region else None,
            "addressAdminUnitL3": district[1] if district else None,
            "addressAdminUnitL4": council.community.split()[0], "addressPostName": settlement,
            "addressThoroughfare": street, "addressLocatorDesignator": house,
            "addressLocatorBuilding": None, "addressLocatorName": None}


def _street(address: str) -> tuple[str | None, str | None]:
    found = STREET.search(address) or ANY_PLACE.search(address)
    return (found[1].strip(), found[2]) if found else (None, None)


def _settlement(address: str) -> str:
    """The settlement an address names, without the word for it: «с. Вербівка, вул. Шкільна, 4» → «Вербівка»."""
    named = (part.strip() for part in address.split(","))
    return next((SETTLEMENT.sub("", part) for part in named if SETTLEMENT.match(part)), "")
