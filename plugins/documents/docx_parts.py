"""What a Word file has of its own: properties, styles, page, the list of points — by the measures of the form."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from .sheets import Form, FormSheet

FACE = "Times New Roman"
LEVELS = ("%1.", "%1.%2.", "%1.%2.%3.")
OWN_LIST = 90
"""The number of our list in the file, above those of the common template."""
WIDTH, HEIGHT = 210, 297


def set_properties(document: Any, sheet: FormSheet, title: str, author: str) -> None:
    """Title, author, language; the day of the document for that of the file."""
    made_at = datetime.combine(sheet.on, time())
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = title, author, author
    facts.created = facts.modified = made_at
    facts.language, facts.comments, facts.revision = "uk-UA", "", 1


def set_styles(document: Any, form: Form) -> dict[str, str]:
    """Styles of texts, points, requisites, headings and cells: name → identifier in the file."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    for name in ("Requisite", "Table Text"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    headings = [f"Heading {level}" for level in range(1, 5)]
    for name in ("Normal", "Header", "Body Text", "List Number", "Quote", *headings):
        style = styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(_name(f"w:{script}"), FACE)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.italic = None
        style.font.size = Pt(form.small if name == "Header" else form.text)
        style.font.bold = True if name.startswith("Heading") else None
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing = 1.0
    _set_language(styles)
    for name in ("Body Text", "List Number", "Quote"):
        layout = styles[name].paragraph_format
        layout.alignment, layout.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, form.spacing
        layout.space_after, layout.widow_control = Pt(form.paragraph_gap), True
        layout.left_indent = Mm(form.paragraph) if name == "Quote" else Mm(0)
        layout.first_line_indent = Mm(0) if name == "Quote" else Mm(form.paragraph)
    for old in styles["List Number"].element.pPr.xpath("w:numPr"):
        old.getparent().remove(old)
    styles["Table Text"].font.size = Pt(form.small)
    title = styles["Heading 1"].paragraph_format
    title.space_before, title.space_after = Pt(12), Pt(16)
    for level in (2, 3, 4):
        layout = styles[f"Heading {level}"].paragraph_format
        layout.alignment, layout.space_before, layout.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(12), Pt(6)
    names = ("Requisite", "Table Text", "Body Text", "List Number", "Quote", *headings)
    return {name: styles[name].style_id for name in names}


def _set_language(styles: Any) -> None:
    for languages in (*styles.element.xpath("w:docDefaults//w:lang"), *styles.element.xpath("w:style//w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            languages.set(_name(f"w:{script}"), "uk-UA")


def set_page(section: Any, form: Form) -> None:
    """Size, margins, the number of the sheet from the second on."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin, section.right_margin = Mm(form.left), Mm(form.right)
    section.top_margin, section.bottom_margin = Mm(form.top), Mm(form.bottom)
    section.header_distance = Mm(form.number_from_edge)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            run.append(element("w:fldChar", fldCharType=kind))
        else:
            code = element("w:instrText")
            code.text = "PAGE"
            run.append(code)


class PointList:
    """The list of points: one form, begun anew for each text."""

    def __init__(self, root: Any) -> None:
        self.root, self.last = root, OWN_LIST

    def begin(self) -> int:
        """The number of a list that begins with 1."""
        self.last += 1
        instance = element("w:num", numId=str(self.last))
        instance.append(element("w:abstractNumId", val=str(OWN_LIST)))
        for level in range(len(LEVELS)):
            again = element("w:lvlOverride", ilvl=str(level))
            again.append(element("w:startOverride", val="1"))
            instance.append(again)
        self.root.append(instance)
        return self.last


def numbering(document: Any, form: Form) -> PointList:
    """The list 1., 1.1., 1.1.1. of the file."""
    root = document.part.numbering_part.element
    definition = element("w:abstractNum", abstractNumId=str(OWN_LIST))
    definition.append(element("w:multiLevelType", val="multilevel"))
    for level, text in enumerate(LEVELS):
        item = element("w:lvl", ilvl=str(level))
        for tag, value in (("start", "1"), ("numFmt", "decimal"), ("suff", "space"), ("lvlText", text),
                           ("lvlJc", "left")):
            item.append(element(f"w:{tag}", val=value))
        layout = element("w:pPr")
        layout.append(element("w:ind", left="0", firstLine=str(round(form.paragraph * 56.7))))
        item.append(layout)
        definition.append(item)
    root.insert(0, definition)
    return PointList(root)


def number_of_point(paragraph: Any, list_id: int, level: int) -> None:
    """Word counts this paragraph."""
    settings = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    settings.get_or_add_ilvl().val, settings.get_or_add_numId().val = level, list_id


def tabs(paragraph: Any, *stops: tuple[Any, str]) -> None:
    """Tab stops: (place, «LEFT», «CENTER» or «RIGHT»)."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    for place, side in stops:
        paragraph.paragraph_format.tab_stops.add_tab_stop(place, WD_TAB_ALIGNMENT[side])


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with attributes of its namespace."""
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
