"""Markdown → safe HTML: one dialect (CommonMark, tables, footnotes, strikethrough), one output contract.

pyromark (or Python-Markdown for `markup: extended`) prints, one pass of ours gives headings ids, links their
addresses, tables their scopes and footnotes their ways back; the typographer sets spaces; nh3 cleans last, so that
nothing unsafe can come from the text, whatever the passes before it did.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import nh3
import pyromark
from markupsafe import Markup

from plugins.ukrainian import slug, typeset_html

from .page import Citing, may_cite
from .report import Code, Weight, code

UNSAFE = code("HTML-UNSAFE", "У тексті немає сценаріїв, обробників подій, рамок і форм.",
              '<script>…</script>, <b onclick="…">, [текст](javascript:…)', "(текст, посилання, таблиця)",
              is_lenient=True)
CITATION = code("CITATION", "Рішення чи розпорядження ради, яке названо в тексті, є на сайті.",
                "рішення міської ради від 19.11.2026 № 1197-37/8 (такого немає)",
                "рішення міської ради від 19.11.2026 № 1196-37/8")
LINK = code("LINK", "Посилання ведуть туди, де щось є.", "[рішення](../acts/2026/немає.yml)",
            "[рішення](../../acts/2026/5-37-8-про-бюджет.yml)", is_lenient=True)
ALT = code("ALT", "Кожне зображення має опис для тих, хто його не бачить.", "![](mist.jpg)",
           "![Міст через Яворинку після ремонту](mist.jpg)", is_lenient=True)

HARD_TEXT = code("TEXT-HARD", "Текст із розширеною розміткою короткий і простий: до 100 000 знаків, до 1 000 дужок «[» "
                 "і «<», кілька рівнів переліків.", "markup: extended (у книзі на 300 сторінок)",
                 "(без markup: extended або кілька документів)")

OPTIONS = (pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
           | pyromark.Options.ENABLE_STRIKETHROUGH)
EXTENDED_MAX = 100_000
EXTENDED_SIGNS = 1_000
"""Bounds of a text with extended markup: Python-Markdown's time grows with the square of what these count."""
EXTENSIONS = ["tables", "footnotes", "abbr", "def_list", "attr_list", "admonition", "fenced_code", "sane_lists"]

TAGS = {"a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
        "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
        "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "section", "small", "span", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"}
SCHEMES = {"http", "https", "mailto", "tel", "geo"}
NORMALISER = nh3.Cleaner(
    tags={*TAGS, "h1"}, url_schemes={*SCHEMES, "javascript", "vbscript", "data"}, link_rel=None,
    attributes={"*": {"id", "lang", "title", "class", "style", "href", "src", "alt", "aria-label", "role"},
                "ol": {"start", "type", "reversed"}, "li": {"value"}, "td": {"colspan", "rowspan", "headers"},
                "th": {"colspan", "rowspan", "scope", "abbr"}, "time": {"datetime"}, "col": {"span"}})
"""Typed HTML in the one form that the passes know: small letters, double quotes, everything closed; no pictures by
`srcset`, which only our printer makes. Bad addresses are left for the passes to name."""
CLEANER = nh3.Cleaner(
    tags={*TAGS, "picture", "source"},
    attributes={"*": {"id", "lang", "title"}, "a": {"href", "hreflang", "aria-label"},
                "img": {"src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"},
                "source": {"srcset", "sizes", "type", "width", "height"}, "ol": {"start", "type", "reversed"},
                "li": {"value"}, "td": {"colspan", "rowspan", "headers"},
                "th": {"colspan", "rowspan", "scope", "abbr"}, "time": {"datetime"}, "col": {"span"},
                "div": {"role", "tabindex", "aria-label"}, "section": {"role", "aria-label"}},
    allowed_classes={"td": {"align-right", "align-center"}, "th": {"align-right", "align-center"},
                     "div": {"table-wrap", "admonition", "video-card"}, "p": {"admonition-title"},
                     "section": {"footnotes"}, "a": {"footnote-back", "video-card__link"}, "sup": {"footnote-ref"},
                     "figure": {"figure"}},
    url_schemes=SCHEMES, link_rel=None, strip_comments=True,
)

ADDRESS = r"""(?:https?://[\w.-]+(?:[/?#][^"'<>\s]*)?|(?:mailto:|tel:|/|#)[^"'<>\s]*)"""
FOREIGN_MARK = re.compile(
    r"<(?!/?(?:p|em|strong|del|ul|ol|li|blockquote|code|table|thead|tbody|tr|td|th)>|(?:br|hr) />|/(?:a|div|h[2-6])>"
    rf'|ol start="\d+">|h[2-6] id="[\w-]+">|a href="{ADDRESS}">'
    r'|td class="align-(?:right|center)">|th scope="col"(?: class="align-(?:right|center)")?>'
    r'|div class="table-wrap" role="region" tabindex="0" aria-label="Таблиця \d+">'
    r'|div id="p-[\w.-]+">|a href="#p-[\w.-]+" aria-label="(?:Пункт|Підпункт) [\w.)-]+">)')
"""Any mark but those that need no cleaner, letter for letter: our printer and passes make them."""

# No search for an end goes past the next beginning of its kind, and what was taken is not given back: else a text of
# beginnings without ends costs its square.
INSIDE_TAG = r"""(?:[^<>"]++|"[^"]*+")*+"""
UNKNOWN_TAG = re.compile(rf"<(?!(?:{'|'.join(sorted(TAGS))}|h1)(?:[\s/>]|$))([a-z][^\s/<>]*+)", re.I)
HANDLER = re.compile(r"<[a-z][^<>]*?[\s/\"'](on[a-z]{3,}+)\s*+=", re.I)
SCHEME = re.compile(r"<[a-z][^<>]*?\s(?:href|src|action|formaction|poster|data)\s*+=\s*+[\"']?\s*+"
                    r"((?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t|data)\s*:", re.I)
PELICAN_BRACES = re.compile(r' (href|src)="(?:%7B|%7C|\|)(\w+)(?:%7D|%7C|\|)', re.I)
"""Pelican's `{filename}` and `|static|`, whose braces a printer of addresses encodes."""
FRAME = re.compile(r'(?:<div[^<>]*+>\s*+)?<iframe\b([^<>]*+)>\s*+</iframe>(?:\s*+</div>)?', re.I)
VIDEO_HOSTS = re.compile(r"https://(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/video/)([\w-]+)")
ATTRIBUTE = re.compile(r'(?<![a-z-])([a-z-]++)="([^"]*)"')
HEADING = re.compile(r"<h([1-6])(?: id=\"[^\"]*\")?>((?:[^<]++|<(?!/?h[1-6]\b))*+)</h\1>")
TAG = re.compile(f"<(?!>){INSIDE_TAG}>")
ANCHOR = re.compile(r'<a ((?:[\w-]+="[^"]*" )*)href="([^"]*)"')
IMAGE = re.compile(f"<img ({INSIDE_TAG})>")
LONE_IMAGES = re.compile(rf"<p>((?:<img {INSIDE_TAG}>\s*+)++)</p>")
FIGURE = re.compile(r"<figure\b.*?(<picture>.*?</picture>|<img\b[^>]*>).*?</figure>", re.S)
PART = re.compile("(" + "".join(rf"<{name}\b(?:[^<]++|<(?!/?{name}\b))*+</{name}>|" for name in ("a", "code", "pre"))
                  + TAG.pattern + ")")
CLOSED = re.compile("".join(rf"<{name}\b(?:[^<]++|<(?!/?{name}\b))*+</{name}>|"
                            for name in ("a", "code", "pre", "h2", "h3", "h4", "h5", "h6")) + TAG.pattern)
"""Where no citation becomes a link."""
FENCE = re.compile(r" {0,3}(?:```|~~~)")
BULLET = re.compile(r"[ \t]*•[ \t]+")
ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s")
BARE = re.compile(r"\bhttps?://[^\s<>\"«»“”]+[^\s<>\"«»“”.,;:!?)\]'’]"
                  r"|\b\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}\b")
SIGN_AFTER = re.compile(r"&(?:gt|lt|quot)\b.*|&amp$")
"""A printed sign that ends a bare address."""
FOOTNOTE = re.compile(r'<div class="footnote-definition" id="([^"]*)">'
                      r'<sup class="footnote-definition-label">(\d+)</sup>\n'
                      r'((?:[^<]++|<(?!/div>|div class="footnote-definition"))*+)</div>\n?')
FOOTNOTE_REF = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">(\d+)</a></sup>')


@dataclass(frozen=True, slots=True)
class TextFault:
    """Something wrong in a text: the piece it is about (to find its line), the message, the code."""

    needle: str
    text: str
    code: Code
    weight: Weight = Weight.ERROR


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the rendered text."""

    level: int
    id: str
    text: str


class BadLink(Exception):
    """An address that leads nowhere; its text is for the editor. `code` says more than LINK where there is one."""

    def __init__(self, text: str, code: Code | None = None) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Context:
    """What a text needs from its surroundings.

    `link` turns an address as typed into the address on the site, or raises BadLink; `picture` prints an image
    `(src, alt, title)`; `prefix` keeps ids of several texts of a page apart; headings start at `top_level`.
    `has_points`: the only HTML in the text are the blocks of its points, which `acts` has made; nobody typed any.
    """

    link: Callable[[str], str]
    picture: Callable[[str, str, str], str]
    prefix: str = ""
    is_extended: bool = False
    top_level: int = 2
    has_points: bool = False
    cite: Callable[[str], Sequence[Citing]] | None = None
    """Finds citations of documents in HTML, which become links."""


@dataclass(slots=True)
class Rendered:
    """Clean HTML with what was found on the way."""

    html: Markup
    headings: list[Heading] = field(default_factory=list)
    faults: list[TextFault] = field(default_factory=list)


@cache
def _extended() -> Any:
    import markdown  # slow to import, and only a few documents ask for it

    return markdown.Markdown(extensions=EXTENSIONS, output_format="html")


def _python_markdown(text: str, out: Rendered) -> str:
    """The text as Python-Markdown prints it; empty (and a fault) where it would take minutes or break."""
    engine = _extended()
    engine.reset()
    if len(text) <= EXTENDED_MAX and text.count("[") + text.count("<") <= EXTENDED_SIGNS:
        try:
            return str(engine.convert(text))
        except RecursionError:
            _extended.cache_clear()  # it stays in the middle of its work
    out.faults.append(TextFault("", "для розширеної розмітки текст завеликий або заскладний. Вилучіть markup: extended "
                                    "або поділіть документ.", HARD_TEXT))
    return ""


def render(text: str, context: Context) -> Rendered:
    """Render a text. Faults name what an editor must mend; the HTML is clean in any case."""
    out = Rendered(Markup(""))
    if "\n    " in text or "•" in text or "\t" in text or text.startswith(" "):
        text = _without_office_habits(text)
    if context.is_extended:
        body = _from_python_markdown(_python_markdown(text, out), context)
    else:
        body = pyromark.html(text, options=OPTIONS)
    if '="%7' in body or '="|' in body:
        body = PELICAN_BRACES.sub(r' \1="{\2}', body)
    if "<iframe" in body:
        body = FRAME.sub(lambda match: _frame(match, out), body)
    is_typed = context.is_extended or "<" in text
    if context.has_points and body.count("<div") == body.count("</div>"):  # else a fence without an end took some
        is_typed = context.is_extended
    if is_typed:
        _find_unsafe(body, out, ((UNKNOWN_TAG, "елемента"), (HANDLER, "обробника подій")))
        body = NORMALISER.clean(body).replace("&nbsp;", "\u00a0")  # the passes below read the space itself
    has_scripts = _find_unsafe(body, out, ((SCHEME, "адреси"),))
    if "<h" in body:
        body = _headings(body, context, out)
    if "footnote" in body:
        body = _footnotes(body, context)
    if "<img" in body:
        body = LONE_IMAGES.sub(lambda match: match[1].replace("<img ", "<img lone "), body)
        body = IMAGE.sub(lambda match: _print_image(match, context, out), body)
    if "<a " in body:
        body = ANCHOR.sub(lambda match: _anchor(match, context, out, has_scripts), body)
    if "<table>" in body:
        body = _tables(body)
    if is_typed or "@" in body or body.count("://") > body.count('="https://') + body.count('="http://'):
        body = _bare_links(body)  # else all addresses are those of links
    if context.cite and may_cite(body):
        body = _citations(body, context.cite(body), out)
    body = typeset_html(body)
    if is_typed or FOREIGN_MARK.search(body):
        body = CLEANER.clean(body).replace("&nbsp;", "\u00a0")
    else:  # nothing was typed as HTML, and each mark is one that the printer and the passes make
        body = body.replace(" />", ">")
    out.html = Markup(body)  # noqa: S704 — clean in either way; a property test holds both against the cleaner
    return out


def plain(fragment: str) -> str:
    """Text of an HTML fragment, one line."""
    return " ".join(html.unescape(TAG.sub(" ", fragment)).split())


def _without_office_habits(text: str) -> str:
    """Text as pasted from an office: indents are no code, «•» begins an item. Fences and lists stay as they are."""
    lines: list[str] = []
    is_fenced = is_in_list = False
    for line in text.split("\n"):
        if FENCE.match(line):
            is_fenced = not is_fenced
        elif not is_fenced and line.strip():
            if match := BULLET.match(line):
                line = f"- {line[match.end():]}"
            is_indented = line.startswith(("    ", "\t"))
            if ITEM.match(line):
                is_in_list = True
            elif not is_indented and lines and not lines[-1].strip():
                is_in_list = False
            if is_indented and not is_in_list:
                line = line.lstrip()
        lines.append(line)
    return "\n".join(lines)


def _find_unsafe(body: str, out: Rendered, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> bool:
    """Name what is dangerous. True if anything is."""
    before = len(out.faults)
    for pattern, what in patterns:
        for match in pattern.finditer(body):
            name = re.sub(r"\s", "", match[1]).lower()
            out.faults.append(TextFault(name, f"{what} «{name}» тут не буває, тож вилучено. Залиште сам текст.",
                                        UNSAFE))
    return len(out.faults) > before


def _frame(match: re.Match[str], out: Rendered) -> str:
    attributes = dict(ATTRIBUTE.findall(match[1]))
    source = html.unescape(attributes.get("src", ""))
    if not (video := VIDEO_HOSTS.match(source)):
        return match[0]
    out.faults.append(TextFault("iframe", "рамку відео замінено посиланням. Для відео є поле video.", UNSAFE,
                                Weight.REMARK))
    title = attributes.get("title") or "Відео"
    url = f"https://www.youtube.com/watch?v={video[1]}" if "youtube" in source else source
    return (f'<div class="video-card"><a class="video-card__link" href="{html.escape(url)}">'
            f"Дивитися відео: {title}</a></div>")


def _headings(body: str, context: Context, out: Rendered) -> str:
    found = [int(level) for level, _ in HEADING.findall(body)]
    shift = context.top_level - min(found) if found else 0
    taken: dict[str, int] = {}
    """The last number that was given to an id."""

    def one(match: re.Match[str]) -> str:
        level = max(2, min(int(match[1]) + shift, 6))
        text = plain(match[2])
        name = base = context.prefix + (slug(text) or "rozdil")
        while name in taken:
            taken[base] += 1
            name = f"{base}-{taken[base]}"
        taken[name] = 1
        out.headings.append(Heading(level, name, text))
        return f'<h{level} id="{name}">{match[2]}</h{level}>'

    return HEADING.sub(one, body)


def _footnotes(body: str, context: Context) -> str:
    prefix = context.prefix
    notes: list[str] = []
    seen: dict[str, int] = {}

    def reference(match: re.Match[str]) -> str:
        number = match[2]
        seen[number] = seen.get(number, 0) + 1
        mark = f"{number}-{seen[number]}" if seen[number] > 1 else number
        return (f'<sup class="footnote-ref"><a id="{prefix}vynoska-{mark}" href="#{prefix}prymitka-{number}" '
                f'aria-label="Примітка {number}">{number}</a></sup>')

    def definition(match: re.Match[str]) -> str:
        number, text = match[2], match[3].strip()
        back = (f' <a class="footnote-back" href="#{prefix}vynoska-{number}" '
                f'aria-label="Назад до тексту, примітка {number}">↩</a>')
        text = text[:-4] + back + "</p>" if text.endswith("</p>") else text + back
        notes.append(f'<li id="{prefix}prymitka-{number}" value="{number}">{text}</li>')
        return ""

    body = FOOTNOTE_REF.sub(reference, FOOTNOTE.sub(definition, body))
    if notes:
        body += ('<section class="footnotes" role="doc-endnotes" aria-label="Примітки">'
                 f'<ol>{"".join(notes)}</ol></section>')
    return body


def _from_python_markdown(body: str, context: Context) -> str:
    """Python-Markdown's output in the shape that pyromark prints (footnotes, alignment)."""
    body = re.sub(r'<sup id="fnref:[^"]*"><a class="footnote-ref" href="#fn:([^"]*)">(\d+)</a></sup>',
                  r'<sup class="footnote-reference"><a href="#\1">\2</a></sup>', body)

    def notes(match: re.Match[str]) -> str:
        items = re.findall(r'<li id="fn:([^"]*)">(.*?)</li>', match[1], re.S)
        clean = [(name, re.sub(r'(?:&#160;)?<a class="footnote-backref".*?</a>', "", text, flags=re.S).strip())
                 for name, text in items]
        return "".join(f'<div class="footnote-definition" id="{name}">'
                       f'<sup class="footnote-definition-label">{number}</sup>\n{text}</div>\n'
                       for number, (name, text) in enumerate(clean, 1))

    body = re.sub(r'<div class="footnote">\s*<hr ?/?>\s*<ol>(.*?)</ol>\s*</div>', notes, body, flags=re.S)
    return re.sub(r'<(td|th) style="text-align: (\w+);">', r'<\1 style="text-align: \2">', body)


def _tables(body: str) -> str:
    body = body.replace("<th>", '<th scope="col">').replace("<th style", '<th scope="col" style')
    body = re.sub(r' style="text-align: (right|center)"', r' class="align-\1"', body)
    body = body.replace(' style="text-align: left"', "")
    number = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f'<div class="table-wrap" role="region" tabindex="0" aria-label="Таблиця {number}">{match[0]}</div>'

    return re.sub(r"<table>(?:[^<]++|<(?!/?table>))*+</table>", wrap, body)


def _image(match: re.Match[str], context: Context, out: Rendered) -> str:
    attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
    source, alt = attributes.get("src", ""), attributes.get("alt", "").strip()
    typed = unquote(source)
    if not alt:
        out.faults.append(TextFault(typed, f"зображення «{typed}» не має опису. Треба ![опис]({typed}).", ALT))
    try:
        return context.picture(source, alt, attributes.get("title", ""))
    except BadLink as error:
        out.faults.append(TextFault(typed, str(error), error.code or LINK))
        return ""


def _print_image(match: re.Match[str], context: Context, out: Rendered) -> str:
    """A figure where the image is its own paragraph; inside a sentence or a link the picture alone."""
    printed = _image(match, context, out)
    return printed if match[1].startswith("lone ") else FIGURE.sub(r"\1", printed)


def _anchor(match: re.Match[str], context: Context, out: Rendered, has_scripts: bool) -> str:
    others, typed = match[1], html.unescape(match[2])
    if typed.startswith("#"):
        return match[0]
    if has_scripts and SCHEME.match(match[0] + ">"):
        return f"<a {others}"  # said already, with what is dangerous
    try:
        return f'<a {others}href="{html.escape(context.link(typed))}"'
    except BadLink as error:
        out.faults.append(TextFault(unquote(typed), str(error), LINK))
        return f"<a {others}"


def _bare_links(body: str) -> str:
    def link(match: re.Match[str]) -> str:
        end = SIGN_AFTER.search(match[0])
        address, rest = (match[0][:end.start()], match[0][end.start():]) if end else (match[0], "")
        scheme = "" if "://" in address else "mailto:"
        return f'<a href="{scheme}{address}">{address}</a>{rest}'

    pieces = PART.split(body)
    return "".join(BARE.sub(link, piece) if ("://" in piece or "@" in piece) and piece[0] != "<" else piece
                   for piece in pieces)


def _citations(body: str, found: Sequence[Citing], out: Rendered) -> str:
    """Citations of documents as links; those that lead nowhere as remarks."""
    if not found:
        return body
    closed = [match.span() for match in CLOSED.finditer(body)]

    def is_free(citing: Citing) -> bool:
        place = bisect_left(closed, (citing.end, 0)) - 1  # the last that begins before its end
        return place < 0 or closed[place][1] <= citing.start

    return linked(body, [citing for citing in found if is_free(citing)], out.faults)


def linked(body: str, found: Sequence[Citing], faults: list[TextFault]) -> str:
    """A text with these citations as links."""
    pieces: list[str] = []
    at = 0
    for citing in found:
        words = body[citing.start:citing.end]
        url, fault = citing.follow()
        if fault:
            faults.append(TextFault(html.unescape(words), fault, CITATION, Weight.REMARK))
        if url:
            pieces += (body[at:citing.start], f'<a href="{html.escape(url)}">{words}</a>')
            at = citing.end
    return "".join((*pieces, body[at:]))
