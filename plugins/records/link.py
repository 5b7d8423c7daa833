"""link: every reference resolves, every file exists, every text is rendered; here the build stops."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import unquote

from markupsafe import Markup, escape

from .library import FileUse, Library, PendingLink, Trace, file_named
from .markdown import ALT, LINK, BadLink, Context, TextFault, linked, render
from .model import Document, Place, Record, marks
from .page import may_cite
from .read import located
from .report import Finding, Problem, Report, Weight, code
from .shelf import newness, place_beside
from .values import Asset, Cites, Prose, To

REFERENCE = code("REFERENCE", "Посилання на запис — його ключ, і такий запис є.",
                 "draft: 2026/999-p", "draft: 2026/412-p")
FILE_MISSING = code("FILE-MISSING", "Файл, названий у документі, лежить поруч із ним.",
                    "path: dodatok.pdf (файлу немає)", "path: dodatok-1.pdf")
FILE_OUTSIDE = code("FILE-OUTSIDE", "Файли беруть лише з тек content і data.", "path: ../../../etc/passwd",
                    "path: dodatok-1.pdf")
FILE_BIG = code("FILE-BIG", "Вкладення менше за 10 МБ.", "(скан на 40 МБ)",
                "(стиснений PDF; або url і sha256 для великого файлу)")
DEAD_LINK = code("DEAD-LINK", "Посилання від кореня сайту веде на сторінку, яка є.", "[рішення](/rishennia/2026/999/)",
                 "[рішення](/rishennia/2026/5-37-8/)", is_lenient=True)
FRAGMENT = code("FRAGMENT", "Посилання всередині сторінки веде до розділу, який є.", "[див. нижче](#nema)",
                "[див. нижче](#rozdil-2)", is_lenient=True)

MAX_COMPARED = 100_000
"""Keys that are compared in one run to guess what a wrong one was meant for: some seconds of work, then no guesses."""
ABSOLUTE = re.compile(r"(?:https?|mailto|tel|geo):", re.I)
PELICAN_PATH = re.compile(r"[{|](filename|static|attach|author|category|tag|index)[}|](.*)")


Name = tuple[str, str]
"""(kind, key)."""
CLEAN = Report()
"""Of all records without a problem."""


class Linking:
    """The step link for some of the records: first their references, then, when all are known, all the rest.

    Problems go to a report of each record; `traces` hold what each asked for.
    """

    def __init__(self, records: Sequence[Record], library: Library) -> None:
        self.records, self.library = records, library
        self.found: dict[Name, tuple[Trace, Report]] = {}

    def resolve(self) -> set[str]:
        """References. Returns kinds with a record that names what is not there."""
        for record in self.records:
            own = Report()
            with self.library.watch() as trace:
                resolve(record, self.library, own)
            self.found[record.kind, record.key] = trace, own
        return self.library.adrift

    def judge(self, adrift: set[str], then: Callable[[Record], None] | None = None) -> None:
        """Files, texts, rules; `then` is done with each record."""
        self.library.adrift |= adrift
        for record in self.records:
            before, own = self.found[record.kind, record.key]
            with self.library.watch() as trace:
                judge(record, self.library, own)
            before.add(trace)
            if not len(own):
                self.found[record.kind, record.key] = before, CLEAN
            if then:
                then(record)

    def findings(self) -> list[Finding]:
        """All problems."""
        return [finding for _, own in self.found.values() if len(own) for finding in own.all]

    def mentions(self) -> dict[str, list[Name]]:
        """Address → records whose texts link to it."""
        found: dict[str, list[Name]] = {}
        for name, (trace, _) in self.found.items():
            for url in trace.mentions:
                found.setdefault(url, []).append(name)
        return found


def resolve(record: Record, library: Library, report: Report) -> None:
    """Every record it names is there."""
    if problems := list(_reference_problems(record, library)):
        library.adrift.add(record.kind)
        report.extend(problems)


def judge(record: Record, library: Library, report: Report) -> None:
    """Its files are there, its texts are rendered, the rules that look at other records hold."""
    report.extend(_asset_problems(record, library))
    render_texts(record, library, report)
    for rule in record.links:
        report.extend(located(problem, record) for problem in rule(record, library))


def _reference_problems(record: Record, library: Library) -> Iterator[Finding]:
    for place, to, value in marks(record, To):
        if library.find(to.kind, value) is None and not library.is_unread(to.kind, value):
            weight = Weight.REMARK if library.is_lenient_to(record) else Weight.ERROR
            yield located(Problem(".".join(map(str, place)), f"«{value}» немає. {_nearest(to.kind, value, library)}",
                                  REFERENCE, weight), record)


def _nearest(kind: str, value: str, library: Library) -> str:
    import difflib

    if library.compared > MAX_COMPARED:
        return "Перевірте ключ."
    known = [record.key for record in library.records if record.kind == kind]
    library.compared += len(known)
    close = difflib.get_close_matches(value, known, 1, 0.6)
    return f"Можливо, «{close[0]}»?" if close else "Перевірте ключ."


def _asset_problems(record: Record, library: Library) -> Iterator[Finding]:
    for place, marker, value in marks(record, Asset):
        try:
            if marker.accepts == "image":
                file = library.file_of(record, value)
                if library.registry.check_picture:
                    library.registry.check_picture(file)
            else:
                library.file_url(record, value)
        except BadLink as error:
            text = str(error)
            kind = error.code or (
                FILE_OUTSIDE if "за межі" in text else FILE_BIG if "10 МБ" in text else FILE_MISSING)
            yield located(Problem(".".join(map(str, place)), text, kind), record)


# --------------------------------------------------------------------------- texts

def render_texts(record: Record, library: Library, report: Report) -> None:
    """All Markdown of a record becomes HTML (`record.html`)."""
    prose = list(marks(record, Prose))
    for place, marker, text in prose:
        path = ".".join(map(str, place))
        prefix = "" if len(prose) == 1 or place in (("text",), ("bio",), ("functions",)) else _prefix(place)
        record._html[path] = render_text(record, place, text, library, report, prefix, level=marker.level)
    if library.registry.cite:
        for place, _, text in marks(record, Cites):
            if may_cite(text):
                _link_words(record, place, text, library, report)
        title = getattr(record, "title", "")
        if may_cite(title):  # it is a link or a heading itself: what it cites is told by the pages of the cited
            _cited_in(record, ("title",), title, library, report)


def _link_words(record: Record, place: Place, text: str, library: Library, report: Report) -> None:
    """Plain words of a record that cite documents become HTML with links (`record.words`)."""
    words, html = _cited_in(record, place, text, library, report)
    if html != words:
        record._html[".".join(map(str, place))] = Markup(html)  # noqa: S704 — escaped, then our own links


def _cited_in(record: Record, place: Place, text: str, library: Library, report: Report) -> tuple[str, str]:
    """Plain words as HTML, without links and with them; citations that lead nowhere become findings."""
    assert library.registry.cite
    words = str(escape(text))
    faults: list[TextFault] = []
    html = linked(words, library.registry.cite(words, record, library), faults)
    path = ".".join(map(str, place))
    report.extend(located(Problem(path, fault.text, fault.code, fault.weight), record) for fault in faults)
    return words, html


def render_text(record: Record, place: Place, text: str, library: Library, report: Report, prefix: str = "",
                line_offset: int = 0, level: int = 2, has_points: bool = False) -> Markup:
    """One Markdown text of a record as clean HTML; its faults become findings on their own lines."""
    cite = library.registry.cite
    context = Context(
        link=lambda href: _link(record, place, href, library),
        picture=lambda src, alt, title: _picture(record, place, src, alt, title, library),
        prefix=prefix, is_extended=isinstance(record, Document) and record.is_extended,
        top_level=level, has_points=has_points,
        cite=(lambda body: cite(body, record, library)) if cite else None)
    rendered = render(text, context)
    for fault in rendered.faults:
        report.add(_text_finding(record, place, text, fault, line_offset))
    return rendered.html


def value_at(record: Record, place: Place) -> object:
    """The value at a path inside a record."""
    value: object = record
    for step in place:
        value = value[step] if isinstance(step, int) and isinstance(value, tuple) else getattr(value, str(step))
    return value


def _prefix(place: Place) -> str:
    return "-".join(str(step + 1) if isinstance(step, int) else step.replace("_", "-") for step in place) + "-"


def _text_finding(record: Record, place: Place, text: str, fault: TextFault, line_offset: int) -> Finding:
    file, line = record.source.place_of(place)
    position = text.lower().find(fault.needle.lower()) if fault.needle else -1
    extra = text.count("\n", 0, position) if position >= 0 else 0
    finding = located(Problem(".".join(map(str, place)), fault.text, fault.code, fault.weight), record)
    return Finding(file, line + extra + line_offset, "Текст", finding.text, finding.code, finding.weight)


def _link(record: Record, place: Place, href: str, library: Library) -> str:
    if ABSOLUTE.match(href):
        if library.site_url and href.startswith(f"{library.site_url}/"):
            library.mention(href.removeprefix(library.site_url))
        return href
    if match := PELICAN_PATH.match(href):
        return _pelican_link(record, place, match, library)
    target, hash_mark, fragment = href.partition("#")
    if target.replace("\\", "/").startswith("//") or ":" in target.split("/")[0]:
        raise BadLink(f"адреса «{href}» не дозволена. Треба https://… або шлях.")
    if target.startswith("/"):
        library.pending.append(PendingLink(record.kind, record.key, place, unquote(target), href))
        library.mention(target)
        return library.href(href)
    url = _target_url(record, unquote(target), library)
    library.mention(url)
    return library.href(url) + hash_mark + fragment


def _pelican_link(record: Record, place: Place, match: re.Match[str], library: Library) -> str:
    if match[1] in ("author", "category", "tag", "index"):
        raise BadLink(f"посилання «{unquote(match[0])}» сайт не підтримує. Дайте адресу сторінки.")
    target, hash_mark, fragment = match[2].partition("#")
    url = _target_url(record, unquote(target), library)
    library.mention(url)
    return library.href(url) + hash_mark + fragment


def _target_url(record: Record, target: str, library: Library) -> str:
    """The address of a document or a file, named by its path from the document (or, with `/`, from the root)."""
    file = file_named(record, target)
    candidates = (file, file / "index.md", file / "index.yml")
    for candidate in candidates:
        if (found := library.at_file(place_beside(record, candidate))) and found.url:
            return found.url
    if library.unread_files.intersection(candidates):
        return "/"
    if file.is_dir() or file.suffix in (".md", ".yml"):
        raise BadLink(f"документа «{target}» немає. Перевірте шлях.")
    return library.file_url(record, target)


def _picture(record: Record, place: Place, src: str, alt: str, title: str, library: Library) -> str:
    if ABSOLUTE.match(src):
        raise BadLink(f"зображення «{src}» лежить на іншому сайті. Покладіть файл поруч із документом.")
    if match := PELICAN_PATH.match(src):
        src = match[2]
    elif src.startswith("/") and not file_named(record, src).is_file():
        raise BadLink(f"зображення «{src}» немає. Покладіть файл поруч із документом.")
    library.file_of(record, src)
    if library.registry.picture:
        return str(library.registry.picture(record, src, alt, title, library))
    return f'<img src="{escape(library.href(library.file_url(record, src)))}" alt="{escape(alt)}">'


def dead_links(pending: Iterable[PendingLink], library: Library, is_there: Callable[[str], bool]) -> Iterator[Finding]:
    """Root-absolute links of texts that lead to no page and no file; `is_there` knows the files of the site."""
    for item in pending:
        if any(path in ("", "/") or is_there(path) for path in targets(item)):
            continue
        record = library.find(item.kind, item.key)
        assert record
        message = f"адреси «{item.url}» на сайті немає. Перевірте посилання."
        if not item.is_text:
            weight = Weight.REMARK if library.is_lenient_to(record) else Weight.ERROR
            yield located(Problem(".".join(map(str, item.place)), message, DEAD_LINK, weight), record)
            continue
        text = str(value_at(record, item.place))
        yield _text_finding(record, item.place, text, TextFault(item.needle, message, DEAD_LINK), 0)


def targets(item: PendingLink) -> tuple[str, ...]:
    """Files of the site that a link may mean."""
    url = posixpath.normpath(item.url) + ("/" if item.url.endswith("/") and item.url != "/" else "")
    path = url.lstrip("/")
    return path, path + "index.html", path.rstrip("/") + "/index.html"


__all__ = ["ALT", "LINK", "FileUse", "Library", "Linking", "Weight", "dead_links", "judge", "newness", "render_text",
           "render_texts", "resolve", "targets"]
