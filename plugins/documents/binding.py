"""Pages of a finished PDF two by two on sheets (`booklet.py` tells their order).

The pages keep their tags: what is read aloud is the same, page after page. Loaded only where a booklet is made: pikepdf
takes long.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from .booklet import sheets_of

LOST = ("/Outlines", "/Dests", "/Names", "/PageLabels", "/OpenAction", "/PageMode")
"""What leads to pages that are no more."""
KINDS = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace",
         "scn": "/Pattern", "SCN": "/Pattern", "sh": "/Shading", "BDC": "/Properties", "DP": "/Properties"}
"""Operators that name a resource, and its kind."""


def bound(content: bytes) -> bytes:
    """The sheets of a PDF; each is twice as wide as a page. The same bytes for the same bytes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        old = list(pdf.pages)
        box, tags = old[0].obj.MediaBox, _tags_of(pdf)
        places: dict[tuple[int, int], tuple[Any, int]] = {}
        parents = Array()
        for number, side in enumerate(sheets_of(len(old))):
            sheet, owners = _sheet(pdf, [old[page] if page is not None else None for page in side], box, tags, places)
            sheet.StructParents = number
            parents.append(number)
            parents.append(pdf.make_indirect(Array(owners)))
            pdf.pages.append(pikepdf.Page(sheet))
        root = pdf.Root.StructTreeRoot
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
        root.ParentTreeNextKey = len(parents) // 2
        _move(root, None, places)
        del pdf.pages[:len(old)]
        for name in LOST:
            if name in pdf.Root:
                del pdf.Root[name]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _tags_of(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The elements of each page's marked contents, by the page's key in the tree of parents."""
    return dict(_numbers(pdf.Root.StructTreeRoot.ParentTree))


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    flat = list(node.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)


def _sheet(pdf: pikepdf.Pdf, sides: list[pikepdf.Page | None], box: Any, tags: dict[int, Any],
           places: dict[tuple[int, int], tuple[Any, int]]) -> tuple[Any, list[Any]]:
    """A sheet for (left, right) page of a size, and the elements of its contents; `places` learns where pages went."""
    width, height = float(box[2]), box[3]
    sheet = pdf.make_indirect(Dictionary(Type=Name.Page, Tabs=Name.S, Resources=Dictionary(),
                                         MediaBox=[0, 0, round(2 * width, 3), height]))
    parts: list[bytes] = []
    owners: list[Any] = []
    for index, page in enumerate(sides):
        if page:
            places[page.obj.objgen] = (sheet, len(owners))
            parts += [f"q 1 0 0 1 {index * width:.3f} 0 cm\n".encode(), _contents(page, str(index), len(owners)),
                      b"\nQ\n"]
            owners += list(tags[int(page.obj.StructParents)]) if "/StructParents" in page.obj else []
            _take_resources(sheet.Resources, page.Resources, str(index))
    sheet.Contents = pdf.make_stream(b"".join(parts))
    return sheet, owners


def _take_resources(taken: Any, resources: Any, sign: str) -> None:
    for kind, named in resources.items():
        if isinstance(named, Dictionary):
            if kind not in taken:
                taken[kind] = Dictionary()
            for name, value in named.items():
                taken[kind][f"{name}s{sign}"] = value


def _contents(page: pikepdf.Page, sign: str, first: int) -> bytes:
    """The page's instructions: its resources under their new names, its marked contents counted from `first`."""
    resources = page.Resources
    out: list[Any] = []
    for step in pikepdf.parse_content_stream(page):
        kind = KINDS.get(str(step.operator))
        known: Any = resources.get(kind, {}) if kind else {}
        out.append(([_renamed(item, known, sign, first) for item in step.operands], step.operator) if kind else step)
    return pikepdf.unparse_content_stream(out)


def _renamed(item: Any, known: Any, sign: str, first: int) -> Any:
    if isinstance(item, Name) and str(item) in known:
        return Name(f"{item}s{sign}")
    if isinstance(item, Dictionary) and "/MCID" in item:
        item.MCID = int(item.MCID) + first
    return item


def _move(element: Any, page: Any, places: dict[tuple[int, int], tuple[Any, int]]) -> None:
    """Names sheets instead of pages below an element; what stood for links goes."""
    page = element.get("/Pg", page)
    kids = element.get("/K")
    moved = []
    for kid in ([] if kids is None else list(kids) if isinstance(kids, Array) else [kids]):
        if not isinstance(kid, Dictionary):
            moved.append(_content(page, int(kid), places))
        elif "/S" in kid:
            _move(kid, page, places)
            moved.append(kid)
        elif "/MCID" in kid:
            moved.append(_content(kid.get("/Pg", page), int(kid.MCID), places))
    if kids is not None:
        element.K = Array(moved)
    if "/Pg" in element:
        element.Pg = places[element.Pg.objgen][0]


def _content(page: Any, number: int, places: dict[tuple[int, int], tuple[Any, int]]) -> Any:
    sheet, first = places[page.objgen]
    return Dictionary(Type=Name.MCR, Pg=sheet, MCID=number + first)
