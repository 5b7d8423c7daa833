"""The rendered text of an act → blocks of Akoma Ntoso 3.0: points, sections, lists, tables, notes; text, and no tree.

The HTML has passed the cleaner, so its marks are balanced; where its blocks stand is anybody's guess (a table in an
item, a paragraph in a link). Whatever is written here is right by its schema: inline marks are closed before a block
and opened again after it, and what cannot stand somewhere is put into what can.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

from plugins.records.late import late
from plugins.records.xml import in_value, in_xml

from .akn_blocks import FLOWS, HEADINGS, LISTS, Frame, Text, line_point, put, whole_text

MARK = late(r"""<(/?[a-z][a-z0-9]*)([^<>"]*(?:"[^"]*"[^<>"]*)*)>""")
NO_SIGN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
NOT_XML = late(NO_SIGN)
SIGNS = late(f'[&<>"\n]|{NO_SIGN}')
ENTITY = late(r"&(?!(?:amp|lt|gt|quot|#[0-9]+|#x[0-9a-fA-F]+);)[a-zA-Z]+;")
ATTRIBUTE = late(r'([a-z][a-z-]*)="([^"]*)"')
STRAY = late("%(?![0-9A-Fa-f]{2})")
URI = late(r"https?://(?:[\w.!$&'()*+,;=~%-]+@)?[\w.~%-]+(?::[0-9]{1,5})?(?:[/?#].*)?|(?:mailto|tel|geo):.+"
                 r"|[#/?].*", re.ASCII)
POINT = late(r"p-\S+")
LINE = late(r'<div id="(p-[^"\s]+)">\n<p><a href="#\1" aria-label="[^"]*">([^<]*)</a>([^<]*)</p>\n</div>')
"""A point of one line without marks, as most are: taken whole, it costs a third of reading it mark by mark."""
NAME = late(r"[^\s&]+")
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "ins", "del": "del", "s": "del", "sub": "sub",
          "sup": "sup", "abbr": "abbr", "span": "span"}
SPANS = ("code", "kbd", "var", "mark", "small", "cite", "dfn", "q", "time")
"""Marks that the standard does not know: a span with their name."""
LINES = ("pre", "dt", "figcaption")
FRAMED = {*LISTS, *HEADINGS, *FLOWS, "li", "td", "th", "tr", "table", "caption", "div", "section"}
"""Any other block is seen through: it only ends the line before it."""
HOLDERS = ("body", "heading", "point")
"""Where points may stand."""


class Reader:
    """Reads one text; `taken` holds the identifiers of the whole document, `prefix` keeps those of annexes apart."""

    def __init__(self, whole: Callable[[str], str], taken: set[str], prefix: str = "") -> None:
        """`whole` makes an address of the page whole."""
        self.whole, self.taken, self.prefix = whole, taken, prefix
        self.frames = [Frame("body")]
        self.buffer: list[str] = []
        self.inlines: list[tuple[str, str, str]] = []
        """(tag of HTML, tag and attributes of the standard, tag) of open inline marks."""
        self.written = 0
        """How many of them are open in the buffer."""
        self.notes: list[str] = []
        self.skips = ""
        """Inside of a mark whose text is not wanted (the way back from a note)."""
        self.takes_number = False

    # ----------------------------------------------------------------------- marks and text

    def read(self, html: str) -> Text:
        """The whole text."""
        html = NOT_XML.sub("", ENTITY.sub(lambda match: in_xml(unescape(match[0])), html))
        done = 0
        for line in LINE.finditer(html):
            self._marks(html[done:line.start()])
            if not self._takes_point(line):
                self._marks(line[0])
            done = line.end()
        self._marks(html[done:])
        self.inlines.clear()
        while len(self.frames) > 1:
            self._close()
        self._flush()
        return whole_text(self.frames[0], self.notes)

    def _takes_point(self, line: re.Match[str]) -> bool:
        """True where a point may stand: then it is one, exactly as its marks would make it."""
        anchor, number, words = line.groups()
        outer = self.frames[-1]
        if self.skips or self.inlines or outer.tag not in HOLDERS or not (name := self._name(anchor)):
            return False
        self._flush()
        self.takes_number = False
        outer.blocks.append(line_point(name, number, words, self._depth()))
        return True

    def _marks(self, html: str) -> None:
        """A piece of the text, mark by mark."""
        if "<" not in html:  # what stands between two points, most often
            if html:
                self._text(html)
            return
        pieces = MARK.split(html)
        if pieces[0]:
            self._text(pieces[0])
        for index in range(1, len(pieces), 3):
            tag = pieces[index]
            if tag in ("p", "/p"):
                self._flush()
            elif tag[0] == "/":
                self._end(tag[1:])
            else:
                self._start(tag, pieces[index + 1])
            if text := pieces[index + 2]:
                self._text(text)

    def _text(self, text: str) -> None:
        if self.skips:
            return
        if self.takes_number:
            self.frames[-1].number += text
        elif self.buffer or not text.isspace():
            if self.frames[-1].tag == "pre":
                text = text.rstrip("\n").replace("\n", "<eol/>")
            self._write(text)

    def _write(self, text: str) -> None:
        if self.written < len(self.inlines):
            self.buffer += [f"<{mark}>" for _, mark, _ in self.inlines[self.written:]]
            self.written = len(self.inlines)
        self.buffer.append(text)

    def _start(self, tag: str, attributes: str) -> None:
        if self.skips or tag in ("source", "col", "wbr"):
            return
        if tag == "br":
            self._write("<eol/>")
        elif tag == "img":
            self._image(dict(ATTRIBUTE.findall(attributes)))
        elif tag in INLINE:
            self._inline(tag, INLINE[tag], dict(ATTRIBUTE.findall(attributes)) if attributes else {})
        elif tag in SPANS:
            self.inlines.append((tag, f'span class="{tag}"', "span"))
        elif tag == "a":
            self._link(dict(ATTRIBUTE.findall(attributes)))
        else:
            self._block(tag, dict(ATTRIBUTE.findall(attributes)) if attributes else {})

    def _end(self, tag: str) -> None:
        if self.skips:
            self.skips = "" if tag == self.skips else self.skips
        elif self.takes_number and tag == "a":
            self.takes_number = False
        elif tag in INLINE or tag in SPANS or tag == "a":
            self._end_inline(tag)
        else:
            self._end_block(tag)

    # ----------------------------------------------------------------------- inside of a line

    def _inline(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        title = f' title="{attributes["title"]}"' if "title" in attributes else ""
        self.inlines.append((tag, f"{name}{title}", name))

    def _end_inline(self, tag: str) -> None:
        for index in range(len(self.inlines) - 1, -1, -1):
            if self.inlines[index][0] == tag:
                while self.written > index:
                    self.written -= 1
                    self.buffer.append(f"</{self.inlines[self.written][2]}>")
                del self.inlines[index]
                return

    def _link(self, attributes: dict[str, str]) -> None:
        href = _plain(attributes.get("href", ""))
        if attributes.get("class") == "footnote-back":
            self.skips = "a"
        elif "vynoska-" in attributes.get("id", "") and href.startswith("#"):
            self._write(f"<noteRef href=\"#{safe(self.prefix + href[1:])}\" "
                        f'marker="{safe(href.rpartition("-")[2])}"/>')
            self.skips = "a"
        elif href.startswith("#p-") and "aria-label" in attributes and self._awaits_number(href[1:]):
            self.takes_number = True
        elif address := uri_of(f"#{self.prefix}{href[1:]}" if href.startswith("#p-") else self.whole(href)):
            name = "ref" if self._is_of_register(href) else "a"
            self.inlines.append(("a", f'{name} href="{safe(address)}"', name))

    @staticmethod
    def _is_of_register(href: str) -> bool:
        return any(part in href for part in ("/rishennia/", "/rozporiadzhennia/", "/proiekty/")) or href.startswith(
            "#p-")

    def _awaits_number(self, anchor: str) -> bool:
        frame = self.frames[-1]
        return frame.tag == "point" and not frame.number and not frame.blocks and not self.buffer and (
            f'"{self.prefix}{anchor}"' in frame.attributes)

    def _image(self, attributes: dict[str, str]) -> None:
        sizes = "".join(f' {name}="{attributes[name]}"' for name in ("width", "height")
                        if re.fullmatch("[0-9]{1,6}", attributes.get(name, "")))
        if source := uri_of(self.whole(_plain(attributes.get("src", "")))):
            self._write(f'<img src="{safe(source)}" '
                        f'alt="{attributes.get("alt", "")}"{sizes}/>')

    def _flush(self) -> None:
        """The line that is being read becomes a paragraph."""
        if not self.buffer:
            return
        while self.written:
            self.written -= 1
            self.buffer.append(f"</{self.inlines[self.written][2]}>")
        text = "".join(self.buffer).strip()
        self.buffer.clear()
        frame = self.frames[-1]
        if frame.tag in HEADINGS:
            frame.heading += text
        elif frame.tag in LINES:
            frame.blocks.append(("p", f'<p class="{FLOWS[frame.tag]}">{text}</p>'))
        else:
            frame.blocks.append(("p", f"<p>{text}</p>"))

    # ----------------------------------------------------------------------- blocks

    def _block(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        frame, anchor = self.frames[-1], attributes.get("id", "")
        if tag == "div" and POINT.fullmatch(anchor) and frame.tag in HOLDERS:
            self.frames.append(Frame("point", attributes=self._name(anchor)))
        elif tag in HEADINGS:
            self._heading(tag, anchor)
        elif tag == "section" and attributes.get("class") == "footnotes":
            self.frames.append(Frame("notes"))
        elif tag in LISTS:
            self.frames.append(Frame(tag, level=_number(attributes.get("start", ""))))
        elif tag == "li":
            value = _number(attributes.get("value", ""))
            self.frames.append(Frame("li", level=value, attributes=self._name(anchor)))
        elif tag in ("td", "th"):
            spans = "".join(f' {name}="{attributes[name]}"' for name in ("colspan", "rowspan")
                            if re.fullmatch("[1-9][0-9]{0,3}", attributes.get(name, "")))
            align = f' class="{attributes["class"]}"' if "class" in attributes else ""
            self.frames.append(Frame(tag, attributes=spans + align))
        elif tag in ("table", "tr", "caption", *FLOWS):
            self.frames.append(Frame(tag))
        elif tag == "div":
            self.frames.append(Frame("div"))

    def _heading(self, tag: str, anchor: str) -> None:
        frame = self.frames[-1]
        level = HEADINGS[tag]
        while self.frames[-1].tag == "heading" and self.frames[-1].level >= level:
            self._close()
        if self.frames[-1].tag in ("body", "heading"):
            self.frames.append(Frame("heading", level=level, attributes=self._name(anchor)))
        self.frames.append(Frame(tag, level=int(frame.tag == "point" and not frame.blocks and not frame.heading)))

    def _end_block(self, tag: str) -> None:
        self._flush()
        names = {"div": ("div", "point"), "section": ("notes",)}.get(tag, (tag,))
        if tag in FRAMED and any(frame.tag in names for frame in self.frames):
            while self._close() not in names:
                pass

    def _close(self) -> str:
        """Close the innermost frame: it becomes a part of the one around it."""
        self._flush()
        self.takes_number = False
        frame = self.frames.pop()
        put(frame, self.frames[-1], self._depth() if frame.tag == "point" else 0, self.notes)
        return frame.tag

    def _depth(self) -> int:
        """How many points are open."""
        return sum(frame.tag == "point" for frame in self.frames)

    def _name(self, anchor: str) -> str:
        """The attribute of an identifier, once in a document: the anchor of the page behind the prefix of its annex."""
        if not anchor or (name := self.prefix + anchor) in self.taken or not NAME.fullmatch(name):
            return ""
        self.taken.add(name)
        return f' eId="{name}"'


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def uri_of(address: str) -> str:
    """An address in the signs of RFC 3986; empty for one that cannot be written in them."""
    path, mark, fragment = quote(address, safe="!$&'()*+,;=:@/?#%~").partition("#")
    whole = STRAY.sub("%25", path + mark + fragment.replace("#", "%23"))
    return whole if URI.fullmatch(whole) else ""


def safe(text: str) -> str:
    """A text as XML takes it, between elements and in double quotes."""
    return in_value(NOT_XML.sub("", text)) if SIGNS.search(text) else text


def _plain(text: str) -> str:
    return NOT_XML.sub("", unescape(text))
