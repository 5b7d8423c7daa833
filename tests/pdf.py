"""What readers that are not ours say about a PDF: its accessibility, its structure, its words and where they stand."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u200b"), None) | {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2011: "-"}


def faults(content: bytes) -> list[str]:
    """What `pdfua` (what can be told of PDF/UA-1 without Java) names as an error, and our own rules of structure."""
    import pdfua

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.pdf")
        file.write_bytes(content)
        report = pdfua.validate(str(file))
    told = [f"{item.rule_id}: {item.message}" for item in report.findings if item.severity.name == "ERROR"]
    return told + list(structure_faults(content))


def spoken_faults(content: bytes) -> list[str]:
    """What `outloud` names as an error (1–6 seconds a file: once a template)."""
    import outloud

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.pdf")
        file.write_bytes(content)
        result = outloud.check(str(file))
    return [f"{item.rule}: {item.message}" for item in result.findings if str(item.severity).lower().endswith("error")]


def standards(content: bytes) -> tuple[str, str]:
    """(part and level of PDF/A, part of PDF/UA) as the metadata claim: ("2A", "1")."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as data:
        return f"{data.get('pdfaid:part', '')}{data.get('pdfaid:conformance', '')}", str(data.get("pdfuaid:part", ""))


@dataclass(frozen=True)
class Element:
    """One element of the structure: its type after the role map, its alternative text, its children."""

    name: str
    alt: str
    children: tuple[Element, ...]

    def inside(self) -> Iterator[Element]:
        """All elements below it, in reading order."""
        for child in self.children:
            yield child
            yield from child.inside()


def elements(content: bytes) -> list[Element]:
    """All elements of the structure tree in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        roles = {str(name)[1:]: str(role)[1:] for name, role in dict(root.get("/RoleMap", {})).items()}

        def made(kids: Any) -> tuple[Element, ...]:
            found: list[Element] = []
            for child in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                    name = str(child.S)[1:]
                    found.append(Element(roles.get(name, name), str(child.get("/Alt", "")).strip(),
                                         made(child.get("/K", pikepdf.Array()))))
            return tuple(found)

        return list(Element("", "", made(root.K)).inside())


def structure_faults(content: bytes) -> Iterator[str]:
    """Title shown, language Ukrainian, one H1, no level left out, alt texts, heads of tables."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        if not str(root.get("/Lang", "")).startswith("uk"):
            yield f"мова документа: {root.get('/Lang', '')}"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            yield "назва не показується"
        with pdf.open_metadata() as data:
            if not data.get("dc:title"):
                yield "назви немає"
    tree = elements(content)
    levels = [int(item.name[1]) for item in tree if re.fullmatch(r"H[1-6]", item.name)]
    if levels.count(1) != 1:
        yield f"заголовків першого рівня: {levels.count(1)}"
    yield from (f"після H{one} стоїть H{two}" for one, two in pairwise(levels) if two > one + 1)
    for item in tree:
        if item.name == "Figure" and not item.alt:
            yield "рисунок без опису"
        if item.name == "Table" and "TH" not in {below.name for below in item.inside()}:
            yield "таблиця без заголовків"


def text_of(content: bytes) -> str:
    """All text, page by page, in reading order of the page, hyphenation undone, no-break signs plain."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [page.extract_text() or "" for page in pdf.pages]
    return plain("\n".join(pages))


def plain(text: str) -> str:
    """Text as it is compared: no invisible signs, one space, words whole again."""
    return " ".join(re.sub(r"(?<=\w)[\u00ad\u2010-]\n(?=[а-яєіїґ’])", "", text).translate(INVISIBLE).split())


def words_of(content: bytes) -> list[str]:
    """Words of a PDF without signs, as they are read."""
    return re.findall(r"[\w’]+", text_of(content))


def letters_of(content: bytes) -> list[dict[str, Any]]:
    """Every sign with its place: `page` (from 0), `x0`, `x1`, `top`, `bottom` (points from the page's corner), `size`,
    `fontname`, `text`."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [{**letter, "page": number} for number, page in enumerate(pdf.pages) for letter in page.chars]


def boxes_of(content: bytes) -> list[dict[str, tuple[float, ...]]]:
    """Boxes of each page by name (`MediaBox`, `TrimBox`, `BleedBox`), points."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [{name[1:]: tuple(float(part) for part in page.obj[name])  # type: ignore[misc]
                 for name in page.obj.keys() if name.endswith("Box")} for page in pdf.pages]  # noqa: SIM118


def pixels_of(content: bytes, page: int = 0, ppi: int = 100) -> Any:
    """A page as a Pillow image (drawn by MuPDF)."""
    import pymupdf
    from PIL import Image

    drawn = pymupdf.open(stream=content, filetype="pdf")[page].get_pixmap(dpi=ppi)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


def attachments_of(content: bytes) -> dict[str, bytes]:
    """Files inside a PDF by name."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
