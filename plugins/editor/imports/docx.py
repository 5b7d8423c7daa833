"""DOCX → blocks: text as it stands once all tracked changes are accepted; what does not come over is named.

The file is somebody's: its size is bounded, XML with a document type is refused, and of what it says about its author
nothing is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from plugins.ukrainian import counted, file_size

from .blocks import Block, Pages, Paragraph, Refused, Table, tidy
from .numbering import Numbering, numbering_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_UNPACKED, MAX_PARTS, MAX_RATIO, MAX_DEPTH = 200_000_000, 5_000, 400, 40
DOCUMENT_TYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
ERASED = {f"{W}del", f"{W}moveFrom"}
ADDED = {f"{W}ins", f"{W}moveTo"}
BREAKS = {f"{W}br": " ", f"{W}cr": " ", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym",
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
HEADING = re.compile(r"(?:heading|заголовок)\s*([1-6])", re.I)


def read(content: bytes) -> Pages:
    """The blocks of a file. Errors: Refused."""
    _bounded(content)
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:  # the library raises whatever its parsers do
        raise Refused("це не документ DOCX або його пошкоджено. Файл DOC збережіть як DOCX.") from error
    reader = _Reader(document)
    reader.blocks(document.element.body)
    reader.tell()
    return reader.pages


def _bounded(content: bytes) -> None:
    """Errors: Refused for what is no archive, unpacks into too much or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > MAX_UNPACKED or len(parts) > MAX_PARTS or any(
                    part.file_size > MAX_RATIO * max(part.compress_size, 1_000) for part in parts):
                raise Refused(f"документ розпаковується в надто великий: {file_size(size)}.")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        text = stream.read(part.file_size)
                    if DOCUMENT_TYPE.search(text.replace(b"\0", b"")):  # UTF-16 has zeros between the letters
                        raise Refused("у документі є опис типу XML (DOCTYPE). У справжніх документах Word його немає.")
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused("це не документ DOCX або його пошкоджено. Файл DOC збережіть як DOCX.") from error


class _Reader:
    """Walks through a body and counts what an editor should know."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering: Numbering = numbering_of(document, W)
        self.styles = {style.style_id: style for style in document.styles}
        self.pages = Pages()
        self.notes = self._footnotes()
        self.seen: dict[str, int] = {}
        self.hidden: list[str] = []
        self.struck: list[str] = []

    def count(self, what: str, number: int = 1) -> None:
        self.seen[what] = self.seen.get(what, 0) + number

    def blocks(self, parent: Any, depth: int = 0) -> None:
        """Paragraphs and tables below an element, in order; wrappers (content controls) are walked through."""
        for element in parent:
            if element.tag == f"{W}p":
                self.pages.blocks += self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self.pages.blocks += self._table(element)
            elif element.tag in ERASED:
                self.count("deleted")
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *ADDED) and depth < MAX_DEPTH:
                self.blocks(element, depth + 1)

    # ----------------------------------------------------------------------- paragraphs

    def _paragraph(self, element: Any) -> Iterator[Block]:
        pieces = list(self._runs(element, 0))
        text = tidy("".join(words for words, _ in pieces))
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        marker = self._marker(properties, style) if text or not _is_erased(element) else ""
        heading = HEADING.match(style.name or "") if style is not None else None
        alignment = properties.find(f"{W}jc") if properties is not None else None
        if text:
            said = [is_bold for words, is_bold in pieces if words.strip()]
            yield Paragraph(text, int(heading[1]) if heading else 0, marker, bool(said) and all(said),
                            alignment is not None and alignment.get(f"{W}val") == "center")

    def _style(self, properties: Any) -> Any:
        name = properties.find(f"{W}pStyle") if properties is not None else None
        return self.styles.get(name.get(f"{W}val")) if name is not None else None

    def _marker(self, properties: Any, style: Any) -> str:
        """The number that Word puts before the paragraph: its own, else that of its style."""
        found = properties.find(f"{W}numPr") if properties is not None else None
        at = style
        for _ in range(10):
            if found is not None or at is None:
                break
            of_style = at.element.find(f"{W}pPr")
            found = of_style.find(f"{W}numPr") if of_style is not None else None
            at = at.base_style
        if found is None:
            return ""
        number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        depth = level.get(f"{W}val", "0") if level is not None else "0"
        return self.numbering.next(number.get(f"{W}val", ""), int(depth) if depth.isdigit() else 0) \
            if number is not None else ""

    def _runs(self, parent: Any, depth: int) -> Iterator[tuple[str, bool]]:
        """(words, are they bold) of a paragraph, what was erased and what is hidden left out."""
        for element in parent:
            tag = element.tag
            if tag in ERASED:
                self.count("deleted")
            elif tag == f"{W}r":
                yield from self._run(element)
            elif tag == MATHS:
                self.count("pictures")
            elif isinstance(tag, str) and tag != f"{W}pPr" and depth < MAX_DEPTH:
                if tag in ADDED:
                    self.count("inserted")
                yield from self._runs(element, depth + 1)

    def _run(self, run: Any) -> Iterator[tuple[str, bool]]:
        properties = run.find(f"{W}rPr")
        is_hidden = properties is not None and _is_on(properties.find(f"{W}vanish"))
        is_bold = properties is not None and _is_on(properties.find(f"{W}b"))
        small = _small(properties)
        words = ""
        for element in run:
            if element.tag == f"{W}t":
                words += (element.text or "").translate(small)
            elif element.tag in BREAKS:
                words += BREAKS[element.tag]
            elif element.tag == f"{W}footnoteReference" and not is_hidden:
                words += self._note(element.get(f"{W}id", ""))
            elif element.tag in PICTURES:
                self.count("pictures")
            elif element.tag == f"{W}endnoteReference":
                self.count("endnotes")
        if is_hidden:
            self.hidden += [tidy(words)] if words.strip() else []
        elif words:
            if properties is not None and any(_is_on(properties.find(f"{W}{name}")) for name in ("strike", "dstrike")):
                self.struck += [tidy(words)] if words.strip() else []
            yield words, is_bold

    # ----------------------------------------------------------------------- footnotes

    def _footnotes(self) -> dict[str, Any]:
        """Identifier → the element of a footnote."""
        from docx.oxml import parse_xml

        for relation in self.document.part.rels.values():
            if relation.reltype.endswith("/footnotes") and not relation.is_external:
                root = parse_xml(relation.target_part.blob)
                return {note.get(f"{W}id", ""): note for note in root.findall(f"{W}footnote")}
        return {}

    def _note(self, name: str) -> str:
        note = self.notes.get(name)
        if note is None:
            return ""
        text = tidy(" ".join("".join(words for words, _ in self._runs(paragraph, 0))
                             for paragraph in note.findall(f"{W}p")))
        self.pages.notes.append(text)
        return f"[^{len(self.pages.notes)}]"

    # ----------------------------------------------------------------------- tables

    def _table(self, table: Any) -> Iterator[Block]:
        """A table; one of a single row only places words side by side."""
        rows = [[cell for cell, span in self._cells(row) for cell in [cell, *[""] * (span - 1)]]
                for row in table.findall(f"{W}tr")]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2:
            yield from (Paragraph(cell) for row in rows for cell in row if cell)
            return
        width = max(map(len, rows))
        yield Table([[*row, *[""] * (width - len(row))] for row in rows])

    def _cells(self, row: Any) -> Iterator[tuple[str, int]]:
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue  # of a table inside
            properties = cell.find(f"{W}tcPr")
            span, below = (properties.find(f"{W}{name}") if properties is not None else None
                           for name in ("gridSpan", "vMerge"))
            width = int(span.get(f"{W}val", "1")) if span is not None else 1
            if width > 1 or below is not None:
                self.count("merged")
            if cell.find(f"{W}tbl") is not None:
                self.count("nested")
            is_continued = below is not None and below.get(f"{W}val") != "restart"
            words = [part.whole for paragraph in cell.iter(f"{W}p") for part in self._paragraph(paragraph)
                     if isinstance(part, Paragraph)]
            yield "" if is_continued else " ".join(words), min(width, 60)

    # ----------------------------------------------------------------------- remarks

    def tell(self) -> None:
        """What does not come over, and what came over in a way that an editor should know."""
        seen, say = self.seen, self.pages.remarks.append
        if seen.get("inserted") or seen.get("deleted"):
            say(f"у документі є неприйняті виправлення: додано {seen.get('inserted', 0)}, вилучено "
                f"{seen.get('deleted', 0)}. Прочитано так, ніби їх прийнято: звірте з підписаним текстом.")
        if comments := self._comments():
            say(f"у документі {counted(comments, 'примітка', 'примітки', 'приміток')} на полях; їх не перенесено.")
        say_hidden = "; ".join(f"«{words[:80]}»" for words in self.hidden[:5])
        if self.hidden:
            say(f"у документі є прихований текст; його не перенесено: {say_hidden}.")
        if self.struck:
            struck = "; ".join(f"«{words[:80]}»" for words in self.struck[:5])
            say(f"у документі є закреслений текст; його перенесено без закреслення: {struck}. Звірте.")
        if pictures := seen.get("pictures"):
            say(f"зображень, написів, формул чи особливих знаків: {pictures}; їх не перенесено. Допишіть або додайте "
                "файлами.")
        if seen.get("endnotes"):
            say("кінцевих виносок не перенесено. Допишіть їх.")
        if seen.get("merged"):
            say("у таблиці були об’єднані клітинки: перевірте її.")
        if seen.get("nested"):
            say("у таблиці була ще таблиця: перевірте її.")


    def _comments(self) -> int:
        """How many remarks stand in the margin: each has a reference in the text."""
        body = self.document.element.body
        return len({item.get(f"{W}id") for name in ("commentReference", "commentRangeStart")
                    for item in body.iter(f"{W}{name}")})


def _small(properties: Any) -> dict[int, int]:
    """Which signs a raised or lowered digit becomes: 10² is not 102."""
    found = properties.find(f"{W}vertAlign") if properties is not None else None
    return {"superscript": RAISED, "subscript": LOWERED}.get(found.get(f"{W}val", ""), {}) if found is not None else {}


def _is_erased(paragraph: Any) -> bool:
    """True if a tracked change takes the paragraph away: Word counts an empty one that stays."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None or any(
        paragraph.find(f"{tag}") is not None for tag in ERASED)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "true").lower() not in ("0", "false", "off")
