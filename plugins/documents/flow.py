"""A rendered text (our own clean HTML) → blocks that a template sets: paragraphs, headings, lists, tables, quotes.

A `Flow` is a tuple of blocks, plain JSON values, so that page and document are made from one text. What has no place
on paper (images that belong to the page, hidden words, addresses of footnotes) is left out or becomes words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from plugins.ukrainian import for_print, typeset

Flow = tuple[dict[str, Any], ...]
"""Blocks: `{"kind": "p" | "heading" | "list" | "table" | "quote" | "rule" | "code", …}`. A paragraph that begins a
numbered point of an act has its `number` («1.1.») and its `depth` (from 1) beside its words."""
MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "sup": "sup",
         "sub": "sub", "code": "code", "kbd": "code", "samp": "code", "del": "del", "s": "del", "ins": "ins",
         "u": "ins", "mark": "strong"}
BLOCKS = {"p", "ul", "ol", "table", "blockquote", "hr", "pre", "div", "section", "figure", "figcaption", "dl", "dt",
          "dd", "h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "aside"}
SPACES = re.compile(r"[ \t\r\n\f]+")
BACK = "↩"
"""What leads from a footnote back into the text: on paper nothing is pressed."""
LONG = re.compile(r"[^\s\u00ad\u200b]{41,}")
DEEPEST = 100
"""Elements one inside the other; the press refuses far fewer."""
PIECE = re.compile(r".{10}(?=.)")


def flow(html: str, base: str = "", top: int = 2) -> Flow:
    """The blocks of a rendered text. `base`: the address that links stand under; `top`: the level of its first
    headings, so that levels in the document begin with one and leave none out.
    """
    if not str(html).strip():
        return ()
    from lxml import html as lxml_html  # where nothing is printed, it is not loaded

    tree = lxml_html.fragment_fromstring(str(html), create_parent="div")
    if str(html).count("<li") + str(html).count("<blockquote") > DEEPEST:
        _unwrap_the_deepest(tree)
    blocks = tuple(_blocks(tree, base))
    return _levelled(blocks, top)


def _unwrap_the_deepest(tree: Any) -> None:
    """What is nested so deep that no document can be laid (the press says so) stays within what Python can walk."""
    for node in [node for node in tree.iter() if sum(1 for _ in node.iterancestors()) > DEEPEST]:
        node.drop_tag()


def in_print(text: str) -> str:
    """A plain text of a record as a document sets it."""
    return for_print(typeset(text))


def on_paper(text: str) -> str:
    """The same with places to break, for lines that no space may break."""
    return breakable(in_print(text))


def plain_flow(text: str) -> Flow:
    """A flow of one paragraph of plain words; empty for none."""
    return ({"kind": "p", "content": [for_print(text)]},) if text else ()


def breakable(text: str) -> str:
    """The text with places to break (U+200B) inside of words of more than 40 letters: no line is as long as they."""
    return LONG.sub(lambda word: PIECE.sub("\\g<0>\u200b", word[0]), text)


def words_of(blocks: Sequence[Any]) -> Iterator[str]:
    """All words of a flow, in reading order: what a reader of the file must find again."""
    for item in blocks:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            for key in ("number", "caption", "content", "head", "rows", "items"):
                value = item.get(key)
                if isinstance(value, str):
                    yield value
                elif value:
                    yield from words_of(value)
        else:
            yield from words_of(item)


def _levelled(blocks: Flow, top: int) -> Flow:
    """Headings one below the other, whatever a text began with: PDF/UA-1 allows no level left out."""
    stack: list[int] = []
    out = []
    for block in blocks:
        if block["kind"] == "heading":
            while stack and stack[-1] >= block["level"]:
                stack.pop()
            stack.append(block["level"])
            block = {**block, "level": min(top + len(stack) - 1, 6)}
        out.append(block)
    return tuple(out)


def _blocks(parent: Any, base: str) -> Iterator[dict[str, Any]]:
    """The blocks of an element; loose words between them are paragraphs."""
    loose: list[Any] = _text(parent.text)
    for child in parent:
        if not isinstance(child.tag, str):
            loose += _text(child.tail)
        elif child.tag in BLOCKS:
            yield from _paragraph(loose)
            yield from _block(child, base)
            loose = _text(child.tail)
        else:
            loose += [*_inline(child, base), *_text(child.tail)]
    yield from _paragraph(loose)


def _paragraph(content: list[Any]) -> Iterator[dict[str, Any]]:
    trimmed = _trimmed(content)
    if trimmed:
        yield {"kind": "p", "content": trimmed}


def _block(node: Any, base: str) -> Iterator[dict[str, Any]]:
    tag = node.tag
    if tag[0] == "h" and tag[1:].isdigit():
        if content := _trimmed(_content(node, base)):  # one without words (a picture alone) is no heading
            yield {"kind": "heading", "level": int(tag[1]), "content": content}
    elif tag in ("ul", "ol"):
        yield {"kind": "list", "is_ordered": tag == "ol", "start": int(node.get("start") or 1),
               "items": [list(_blocks(item, base)) for item in node.iterchildren("li")]}
    elif tag == "table":
        yield from _table(node, base)
    elif tag == "blockquote":
        yield {"kind": "quote", "content": list(_blocks(node, base))}
    elif tag == "div" and (node.get("id") or "").startswith("p-"):
        yield from _point(node, base)
    elif tag == "hr":
        yield {"kind": "rule"}
    elif tag == "pre":
        yield {"kind": "code", "content": [node.text_content().rstrip("\n")]}
    elif tag == "figure" and node.find(".//table") is None:
        yield from _paragraph([{"mark": "em", "content": _content(caption, base)}
                               for caption in node.iterchildren("figcaption")])
    elif tag in ("p", "dt", "summary", "figcaption"):
        content = _trimmed(_content(node, base))
        yield from _paragraph([{"mark": "strong", "content": content}] if content and tag == "dt" else content)
    else:
        yield from _blocks(node, base)


def _point(node: Any, base: str) -> Iterator[dict[str, Any]]:
    """A numbered point: its number leads to itself on the page, and here is no part of its words."""
    first, *others = _blocks(node, base)
    link = next(node.iterchildren("p"), node).find("a")
    if link is not None and link.get("href") == f"#{node.get('id')}" and first["kind"] == "p":
        depth = 1 + sum((above.get("id") or "").startswith("p-") for above in node.iterancestors("div"))
        first = {**first, "content": _trimmed(first["content"][1:]), "number": link.text, "depth": depth}
    yield first
    yield from others


def _table(node: Any, base: str) -> Iterator[dict[str, Any]]:
    rows = list(node.iter("tr"))
    head = [row for row in rows if row.getparent().tag == "thead"] or [
        row for row in rows[:1] if all(cell.tag == "th" for cell in row)]
    body = [row for row in rows if row not in head]
    caption = node.find("caption")
    cells = [[_cell(cell, base) for cell in row if cell.tag in ("td", "th")] for row in body]
    titles = [[_cell(cell, base) for cell in row if cell.tag in ("td", "th")] for row in head]
    width = max((len(row) for row in (*cells, *titles)), default=0)
    if not width:
        return
    aligned = (titles or cells)[0]
    yield {"kind": "table", "columns": width,
           "caption": caption.text_content().strip() if caption is not None else "",
           "align": [*(item["align"] for item in aligned), *["start"] * (width - len(aligned))],
           "head": [_filled(row, width) for row in titles], "rows": [_filled(row, width) for row in cells]}


def _cell(cell: Any, base: str) -> dict[str, Any]:
    kind = cell.get("class") or ""
    align = next((name for name in ("center", "end", "right") if name in kind), "start")
    return {"content": list(_blocks(cell, base)), "align": "end" if align == "right" else align,
            "is_head": cell.tag == "th"}


def _filled(row: list[dict[str, Any]], width: int) -> list[dict[str, Any]]:
    return [*row, *({"content": [], "align": "start", "is_head": False} for _ in range(width - len(row)))]


def _content(node: Any, base: str) -> list[Any]:
    out = _text(node.text)
    for child in node:
        if isinstance(child.tag, str):
            out += [*_blocks_inline(child, base)] if child.tag in BLOCKS else [*_inline(child, base)]
        out += _text(child.tail)
    return out


def _blocks_inline(node: Any, base: str) -> Iterator[Any]:
    """A block where only words may stand."""
    yield from _content(node, base)


def _inline(node: Any, base: str) -> Iterator[Any]:
    tag = node.tag
    if tag == "br":
        yield {"mark": "br"}
    elif tag in ("img", "picture", "source", "input", "svg", "script", "style"):
        return
    elif tag == "a":
        address = node.get("href") or ""
        content = [] if (node.text or "").startswith(BACK) else _content(node, base)
        if address.startswith("#") or not content:
            yield from content
        else:
            yield {"mark": "link", "to": _joined(base, address), "content": content}
    elif tag in MARKS:
        yield {"mark": MARKS[tag], "content": _content(node, base)}
    else:
        yield from _content(node, base)


def _joined(base: str, address: str) -> str:
    """The whole address of a link; one that is none stays as it was typed."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _text(text: str | None) -> list[Any]:
    words = SPACES.sub(" ", text or "")
    return [breakable(for_print(words))] if words else []


def _trimmed(content: list[Any]) -> list[Any]:
    """Without spaces and breaks at its ends."""
    out = list(content)
    for end in (0, -1):
        while out and (out[end] == {"mark": "br"} or (isinstance(out[end], str) and not out[end].strip(" "))):
            out.pop(end)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip(" ")
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")
    return out
