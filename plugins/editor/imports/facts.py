"""Blocks → what the document says of itself: kind, number, date, body, title, text, annexes, signature.

Only what stands in the words is taken; what is not there stays empty and is named to the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from plugins.acts.model import ActType
from plugins.people.model import Council, Organization, OrganizationKind, persons_named
from plugins.records import Library
from plugins.ukrainian import NUMERAL, numeral, written_day

from .blocks import MARKER, Block, Pages, Paragraph, Table

KINDS = {"draft": "проєкт", "act": "акт", "minutes": "протокол"}
HEAD = 40
"""How many paragraphs the head of a document has at most."""
SPACED = re.compile(r"(?<!\w)(?:[^\W\d_]\s){3,}[^\W\d_](?!\w)")
DECISION = re.compile(r"рішення\b", re.I)
ORDER = re.compile(r"(?:розпорядження|наказ)\b", re.I)
MINUTES = re.compile(r"(?:витяг з\s+)?протокол(?:у|\b)", re.I)
DRAFT = re.compile(r"про[єе]кт\b", re.I)
DRAFT_AT_END = re.compile(r"\bпро[єе]кт\s*(?:рішення|розпорядження)?$", re.I)
NUMBER = re.compile(r"№\s*(?P<number>[0-9A-ZА-ЯІЇЄҐa-zа-яіїєґ][0-9A-ZА-ЯІЇЄҐa-zа-яіїєґ./–—\-]*)")
SESSION = re.compile(rf"({NUMERAL})\s*(?:-?\w{{1,3}}\s+)?(?:\(?позачергов\w*\)?\s+)?сесі", re.I)
CONVOCATION = re.compile(rf"({NUMERAL})\s*(?:-?\w{{1,3}}\s+)?скликан", re.I)
TITLE = re.compile(r"про\s", re.I)
UNFINISHED = re.compile(r"(?:\b(?:від|до|на|в|у|за|з|із|та|і|й|про|по|для|щодо|№)|[,–—-])$", re.I)
"""A line of a title after which more must follow."""
PREAMBLE = re.compile(r"(?:відповідно|керуючись|розглянувши|заслухавши|на підставі|на виконання|з метою|у зв[’'ʼ]язку|"
                      r"враховуючи|згідно|беручи до уваги|міська рада|селищна рада|сільська рада|виконавчий комітет|"
                      r"в\s?и\s?р\s?і\s?ш\s?и|зобов[’'ʼ]язую|ураховуючи|пропону)", re.I)
ANNEX = re.compile(r"додаток\s*(?:№\s*)?(?P<number>\d{1,2})?\s*(?P<rest>(?:до\b|\.|:|$).*)", re.I)
ANNEX_IN_TEXT = re.compile(r"викласти|вважати|визнати|доповнити|внести|замінити|виключити|додається", re.I)
"""Words of a sentence about an annex: no annex begins there."""
ANNEX_OF_ANNEX = re.compile(r"до\s+(?!рішення|розпорядження|наказу|про[єе]кт|протоколу)\w", re.I)
"""«Додаток 1 до Положення»: it belongs to the annex in which it stands."""
ANNEX_HEAD = re.compile(r"(?:до\s|рішення|розпорядження|затверджено|схвалено|від\s|№|виконавчого|\w+\s+міської ради|"
                        r"міського голови|\d{1,2}\.\d{1,2}\.\d{4})", re.I)
SIGNATURE = re.compile(r"(?P<post>(?:в\.?\s?о\.?\s+)?(?:міськ\w+\s+голова|селищн\w+\s+голова|сільськ\w+\s+голова|голова"
                       r"(?:\s+виконавчого комітету)?|секретар(?:\s+(?:міської\s+)?ради)?|головуюч\w+|"
                       r"керуюч\w+\s+справами))\s+(?P<name>[^\W\d_][\w’'ʼ.-]*(?:\s+[^\W\d_][\w’'ʼ.-]*){1,2})", re.I)


@dataclass(slots=True)
class Annex:
    """An annex: its number (0 if it has none), its title, its blocks."""

    number: int
    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """What a document says; empty where it does not."""

    kind: str = ""
    type: ActType = ActType.DECISION
    number: str = ""
    date: date | None = None
    body: str = ""
    title: str = ""
    session: int | None = None
    convocation: int | None = None
    signature: str = ""
    signatory: str = ""
    blocks: list[Block] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    """Lines above the title, as they stood."""
    below: list[str] = field(default_factory=list)
    """Lines below the signature: they do not come over."""


def recognise(pages: Pages, library: Library, kind: str = "") -> Facts:
    """What the words say; a `kind` that was given wins over them. Minutes keep their text whole."""
    main, annexes = _split_annexes(pages.blocks)
    facts = Facts()
    start = _title_place(main)
    head = list(map(_closed_up, _lines(main[:start if start is not None else HEAD])))
    facts.head = head if start is not None else []
    _kind(facts, head, main)
    facts.kind = kind or facts.kind
    _number_and_day(facts, head)
    facts.body = _body(head, facts, library)
    facts.session, facts.convocation = (_numeral(form, head) for form in (SESSION, CONVOCATION))
    if facts.kind == "minutes":
        facts.blocks = pages.blocks
        return facts
    rest, facts.annexes = main, annexes
    if start is not None:
        facts.title, rest = _title(main, start)
    facts.blocks = _without_signature(rest, facts, library)
    return facts


def _lines(blocks: list[Block]) -> Iterator[str]:
    """The words of the head: the day and the number may stand in a table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row if cell)


def _closed_up(text: str) -> str:
    """«Р І Ш Е Н Н Я» → «РІШЕННЯ»."""
    return SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), text)


def _title_place(blocks: list[Block]) -> int | None:
    """Where «Про …» stands: above the first point and the preamble."""
    for at, block in enumerate(blocks[:HEAD]):
        if isinstance(block, Table):
            continue
        if MARKER.match(block.whole):
            return None
        if TITLE.match(block.text):
            return at
        if PREAMBLE.match(block.text) and block.text.endswith((":", ".", ",")):
            return None
    return None


def _title(blocks: list[Block], start: int) -> tuple[str, list[Block]]:
    """The title, which may go on in the next paragraphs, and what stands below it."""
    first = blocks[start]
    assert isinstance(first, Paragraph)
    words, at = [first.text], start + 1
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph) or PREAMBLE.match(block.text) or MARKER.match(block.whole):
            break
        goes_on = block.text[:1].islower() or block.text[:1] in "«(„\"" or bool(UNFINISHED.search(words[-1]))
        if not goes_on or len(block.text) > 200 or words[-1].endswith("."):
            break
        words.append(block.text)
        at += 1
    return " ".join(words).rstrip(" ."), blocks[at:]


def _kind(facts: Facts, head: list[str], main: list[Block]) -> None:
    """Draft, act or minutes, by the words of the head."""
    lines = head or [_closed_up(block.text) for block in main[:8] if isinstance(block, Paragraph)]
    is_order = any(ORDER.match(line) for line in lines)
    is_decision = any(DECISION.match(line) for line in lines)
    facts.type = ActType.ORDER if is_order and not is_decision else ActType.DECISION
    if any(MINUTES.match(line) for line in lines[:8]):
        facts.kind = "minutes"
    elif any(DRAFT.match(line) or DRAFT_AT_END.search(line) for line in lines):
        facts.kind = "draft"
        facts.type = ActType.ORDER if any("розпорядження" in line.lower() for line in lines) else facts.type
    elif is_order or is_decision:
        facts.kind = "act"


def _number_and_day(facts: Facts, head: list[str]) -> None:
    for line in head:
        if not facts.number and (match := NUMBER.search(line)):
            facts.number = match["number"].rstrip(".–—-")
        facts.date = facts.date or written_day(NUMBER.sub(" ", line))


def _numeral(form: re.Pattern[str], head: list[str]) -> int | None:
    for line in head:
        for match in form.finditer(line):
            if (value := numeral(match[1])) is not None:
                return value
    return None


def _body(head: list[str], facts: Facts, library: Library) -> str:
    """The body whose name stands in the head; an order is the mayor's, in the council."""
    council = library.only(Council)
    text = " ".join(head).lower()
    if "виконавчий комітет" in text or "виконавчого комітету" in text:
        return council.executive_id or ""
    if facts.type is ActType.ORDER or re.search(r"міська рада|селищна рада|сільська рада|міської ради|сесі", text):
        return council.council_id
    named = [body for body in library.of(Organization) if body.type is OrganizationKind.COMMITTEE
             and body.title.lower() in text]
    return named[0].id if len(named) == 1 else ""


# --------------------------------------------------------------------------- annexes, signature

def _split_annexes(blocks: list[Block]) -> tuple[list[Block], list[Annex]]:
    main: list[Block] = []
    annexes: list[Annex] = []
    is_head = False
    for at, block in enumerate(blocks):
        match = _annex_head(block) if at else None
        if match and annexes and ANNEX_OF_ANNEX.match(match["rest"].strip(" .:") or _text(blocks, at + 1)):
            is_head = False
            annexes[-1].blocks.append(block)
        elif match:
            annexes.append(Annex(int(match["number"] or 0), _tail(match["rest"])))
            is_head = True
        elif not annexes:
            main.append(block)
        elif is_head and isinstance(block, Paragraph) and ANNEX_HEAD.match(block.text) and len(block.text) < 120:
            continue
        elif isinstance(block, Paragraph) and is_head and _is_title(block):
            annexes[-1].title = f"{annexes[-1].title} {block.text}".strip()
        else:
            is_head = False
            annexes[-1].blocks.append(block)
    return main, annexes


def _annex_head(block: Block) -> re.Match[str] | None:
    """«Додаток 1», «Додаток 1 до рішення …», not a sentence about an annex."""
    if not isinstance(block, Paragraph) or len(block.text) >= 160 or ANNEX_IN_TEXT.search(block.text):
        return None
    match = ANNEX.match(block.whole)
    return None if match and match[0].endswith((";", ",")) else match


def _text(blocks: list[Block], at: int) -> str:
    block = blocks[at] if at < len(blocks) else None
    return block.text if isinstance(block, Paragraph) else ""


def _tail(rest: str) -> str:
    """What stands after «Додаток 1» on its line, if it is a title."""
    text = rest.strip(" .:")
    return "" if ANNEX_HEAD.match(text) else text


def _is_title(block: Paragraph) -> bool:
    is_shown = block.is_bold or block.is_centred or block.level or block.text.isupper()
    return bool(is_shown and len(block.text) < 200 and not MARKER.match(block.whole))


def _without_signature(blocks: list[Block], facts: Facts, library: Library) -> list[Block]:
    """The text without the line of the signature at its end; the signature is kept for the editor."""
    for at in range(len(blocks) - 1, max(len(blocks) - 8, -1), -1):
        block, below = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
        if not isinstance(block, Paragraph) or MARKER.match(block.whole):
            continue
        match, end = SIGNATURE.fullmatch(block.text), at + 1
        if match is None and isinstance(below, Paragraph):
            match, end = SIGNATURE.fullmatch(f"{block.text} {below.text}"), at + 2
        if match:
            facts.below = list(_lines(blocks[end:]))
            facts.signature = match[0]
            facts.signatory = signatory_of(match["name"], library)
            return blocks[:at]
    return blocks


def signatory_of(name: str, library: Library) -> str:
    """The one person of that name: «Олена ЛЕВАДНА», «О. М. Левадна», «О.Левадна»."""
    found = persons_named(name, library)
    return next(iter(found)) if len(found) == 1 else ""
