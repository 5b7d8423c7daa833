"""read and check: files → text with line numbers → typed records, every problem of every file gathered.

Nothing outside the content and data folders is read, names are composed letters without look-alikes, sizes are
bounded, and a document that cannot be read becomes problems, never a traceback.
"""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
import stat
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from plugins.ukrainian import mixed_script, slug

from . import head as heads
from . import yaml_tree
from .body import Body, Stamp, body_of, normal, stamp_of
from .model import DEFAULT_LANG, EMPTY, LANG, LANGS, Document, Part, Record, Source
from .registry import Registry
from .report import CODES, Code, Finding, Problem, Report, Weight, code
from .values import IDENTIFIER_FORM, shown
from .yaml_tree import CONTROL, HIDDEN, Fault

ENCODING = code("ENCODING", "Файли зберігають у кодуванні UTF-8.", "(файл у windows-1251)", "(файл в UTF-8)")
BOM = code("BOM", "Файл починається одразу з тексту, без позначки BOM.", "(UTF-8 з BOM)", "(UTF-8 без BOM)")
UNREADABLE = code("UNREADABLE", "Файл має відкриватися.", "(файл без права читання)", "(файл, який можна прочитати)")
BIG_FILE = code("BIG-FILE", "Документ менший за 2 МБ тексту.", "(файл на 5 МБ)", "(кілька документів або вкладення)")
NAME_NFD = code("NAME-NFD", "Літери й та ї у назвах файлів — одним знаком (NFC).", "(и + ̆)", "(й)")
NAME_SIGNS = code("NAME-SIGNS", "У назві файлу чи теки — літери, цифри, дефіси; немає розривів рядка.",
                  "(назва з розривом рядка або не в UTF-8)", "11-20-новина.md")
NAME_MIXED = code("NAME-MIXED", "У слові назви файлу — літери однієї абетки.",
                  "pіdsumky.md (і — кирилична)", "pidsumky.md")
SYMLINK = code("SYMLINK", "Посилання файлової системи не виводять за межі теки.",
               "news/x.md → /etc/passwd", "news/x.md")
FOLDER = code("FOLDER", "Документи лежать у теках своїх видів.", "content/різне/x.md", "content/news/2026/x.md")
EMPTY_FOLDER = code("EMPTY-FOLDER", "Тека має документ: index.md чи index.yml або файли документів.",
                    "content/news/2026/порожня/", "content/news/2026/11-20-новина/index.md")
FILE_TYPE = code("FILE-TYPE", "Документ — це .md або .yml, залежно від виду.", "content/acts/2026/5.docx",
                 "content/acts/2026/5-37-8-про-….yml")
MISSING = code("MISSING", "Обов’язкове поле має бути.", "(немає title)", "title: Про бюджет на 2027 рік")
UNKNOWN = code("UNKNOWN", "Ключі беруть із переліку полів свого виду.", "titel: Про бюджет", "title: Про бюджет",
               is_lenient=True)
SHAPE = code("SHAPE", "Значення має вигляд, який очікує поле: текст, перелік чи розділ.", "topics: бюджет",
             "topics: [biudzhet]")
PATTERN = code("PATTERN", "Значення відповідає зразку поля.", "edrpou: 123", "edrpou: \"04053915\"")
TABLE = code("TABLE", "Таблиця CSV має рядок заголовків і однакову кількість стовпців.", "a,b\n1", "a,b\n1,2")
UNLISTED = code("UNLISTED", "Документів зі Status: draft, hidden, skip і новин без дати сайт не показує, як і Pelican.",
                "Status: draft", "Status: published")
FILE_NEEDED = code("FILE-NEEDED", "Без паспорта ради data/council.yml сайту немає.", "(немає data/council.yml)",
                   "data/council.yml:\nname: Яворопільська міська рада\n…")
TWO_TEXTS = code("TWO-TEXTS", "Текст документа стоїть в одному місці: у полі або у файлі поруч.",
                 "text: … і файл text.md", "(лише файл text.md)")
DUPLICATE = code("DUPLICATE", "Ідентифікатор неповторний у своєму виді й році.",
                 "два файли 412-p-….yml", "412-p-….yml, 413-p-….yml")
MARKUP = code("MARKUP", "Розмітка — звичайна або extended.", "markup: html", "markup: extended")

NO_INDEX = code("NO-INDEX", "Тека документа має опис: index.yml або index.md.", "drafts/2026/7-p-…/dodatok.pdf",
                "drafts/2026/7-p-…/index.yml, drafts/2026/7-p-…/dodatok.pdf")

DOCUMENTS = {".md", ".yml", ".csv"}
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif"}
OTHER_TEXTS = {".docx", ".doc", ".rst", ".odt", ".txt", ".html", ".markdown"}
PELICAN_TEXTS = {".rst", ".html"}
"""Documents of a Pelican site that are no Markdown: named, and nothing stops because of them."""
CONTENT: dict[str, Any] = {"summary": "", "text": "", "explanatory_note": "", "annexes": (), "files": (), "image": None,
                           "gallery": (), "video": None, "poster": None, "indicators": (), "figures": (),
                           "comparison": None, "impact_analysis": "", "result": "", "claim": "", "verdict": "",
                           "seen_url": None,
                           "entries": (), "items": (), "agenda_vote": "", "notice": None, "attendance": None,
                           "guests": (), "recording": None, "minutes": None}
"""Fields that go when a document is withdrawn, with their empty values."""
MAX_BYTES = 2_000_000
UTF8_BOM = b"\xef\xbb\xbf"
SEPARATORS = ",;\t"
"""What stands between columns: a comma, or what spreadsheets put there where a comma divides the parts of a number."""
STRAY = ("", "*")
"""Stands in `Report.unread` for files in a place of no kind: they may be all that is missed of a kind."""
NO_REGISTER = "такого реєстру немає. Перевірте назву файлу.", "такої теки реєстрів немає. Перевірте її назву."
IGNORED = {"README.md", ".gitkeep", "Thumbs.db", "desktop.ini"}
INTERNAL = {"is_extended", "extra"}
NONE: set[str] = set()
PELICAN_KEYS = {"title": "title", "summary": "summary", "slug": "id", "lang": "lang", "author": "prepared_by",
                "authors": "prepared_by", "date": "published_at", "modified": "updated_at", "category": "category",
                "tags": "tags"}
PELICAN_SILENT = {"status", "template", "save_as", "url", "translation", "gallery"}
PELICAN_UNLISTED = {"draft", "hidden", "skip"}
TWO_DAYS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 — only what a text leaves out is seen by them
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
PELICAN_NAME = re.compile(r"\d{4}-\d\d-\d\d")
"""Pelican takes the date of a document from the beginning of its file's name, if the head has none."""


@dataclass(slots=True)
class Reading:
    """What came out of reading one pair of folders: records in a stable order, and the files beside them."""

    records: list[Record] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    remarks: dict[str, list[Finding]] = field(default_factory=dict)
    """Those of the report that belong to one document: its file below the repository → remarks."""


def shown_path(file: Path, root: Path) -> str:
    """How messages name a file: from the working folder if it lies below it, else from the root's own name."""
    whole, here = str(file), os.getcwd() + os.sep  # noqa: PTH109 — asked for every file
    if whole.startswith(here):
        return whole[len(here):].replace(os.sep, "/")
    return _below(root.name, file, root) if file != root else root.name


def _below(top: str, file: Path, root: Path) -> str:
    """The name of a file from its root, which is called `top`: `content/acts/2026/5.yml`."""
    return f"{top}/{str(file).removeprefix(f'{root}{os.sep}')}".replace(os.sep, "/")


def read_all(content: Path, data: Path, registry: Registry) -> Reading:
    """Read both folders. Problems of all files are in the report; good records are returned all the same."""
    reading = Reading()
    for root, top in ((data, "data"), (content, "content")):
        for file in _documents(root, top, registry, reading.report):
            own = Report()
            reading.records += _whole(file, root, top, registry, own)
            if len(own):
                reading.report.take(own)
                reading.remarks[f"{top}/{file.relative_to(root).as_posix()}"] = own.remarks
    for model in registry.models:
        if model.is_required and not any(isinstance(record, model) for record in reading.records):
            if all(kind != model.kind for kind, _ in reading.report.unread):
                reading.report.add(_finding(data / model.place.partition("/")[2], data, 0, f"файлу немає, а без нього "
                                            f"сайту не буде: це «{model.label}». Створіть його.", FILE_NEEDED))
            reading.report.unread.add((model.kind, "*"))
    if STRAY in reading.report.unread:
        found = {record.kind for record in reading.records}
        reading.report.unread.update((model.kind, "*") for model in registry.models if model.kind not in found)
    return reading


def _whole(file: Path, root: Path, top: str, registry: Registry, report: Report) -> list[Record]:
    """The records of one file; what could not be read is noted, so that references to it are no second problem."""
    problems, missed = len(report), len(report.unread)
    relative = _below(top, file, root)
    records = read_file(file, root, top, registry, report)
    if not records and (len(report) > problems or model_for(relative, registry) is None):
        report.unread_files.add(file)
        if missed == len(report.unread):
            _miss(relative, registry, report)
    return records


def _miss(relative: str, registry: Registry, report: Report) -> None:
    """A file that gave no record: of a register all is missing, of documents this one; a stray may hold any kind."""
    path = Path(relative)
    if model := model_for(relative, registry):
        is_register = model.place == relative
        name = path.parent.name if path.stem == "index" else path.stem
        report.unread.add((model.kind, "*" if is_register else identifier_of(name)))
    else:
        report.unread.add(STRAY)


def _documents(root: Path, top: str, registry: Registry, report: Report) -> Iterator[Path]:
    """Document files below a root, sorted; names, links and empty folders are checked on the way."""
    if not root.is_dir():
        return
    for folder, folders, files in os.walk(root, onerror=lambda error: _unreadable(error, root, report)):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        names = sorted(f for f in files if not f.startswith(".") and f not in IGNORED)
        for name in [*folders, *names]:
            if not (name.isascii() and name.isprintable()):
                report.extend(_name_problems(here / name, root))
        links = [f for f in [*folders, *names] if os.path.islink(f"{folder}/{f}")]  # noqa: PTH114 — asked for every file
        outside = {f for f in links if not _inside(here / f, root)}
        report.extend(_finding(here / f, root, 0, "посилання веде за межі теки. Покладіть сам файл.", SYMLINK)
                      for f in outside)
        aside = {f for f in links if top == "content" and f in files and f not in outside
                 and (here / f).exists() and not _leads_beside(here / f)}
        report.extend(_finding(here / f, root, 0, "замість файлу — посилання. Покладіть сам файл.", SYMLINK)
                      for f in sorted(aside))
        outside |= aside
        linked = {f for f in links if f in folders and f not in outside}
        report.extend(_finding(here / f, root, 0, "тека — лише посилання на іншу. Покладіть самі файли.", SYMLINK)
                      for f in linked)
        disguised = {f for f in folders if Path(f).suffix in DOCUMENTS and f not in outside | linked}
        for name in sorted(disguised):
            report.add(_finding(here / name, root, 0, "це тека, а з такою назвою має бути файл. Перейменуйте теку.",
                                FILE_TYPE))
            _miss(_below(top, here / name, root), registry, report)
        outside |= linked | disguised
        folders[:] = [f for f in folders if f not in outside]
        names = [f for f in names if f not in outside]
        index = next((f for f in names if f in ("index.yml", "index.md")), None)
        if here != root and not folders and not names and not outside and not any(f in IGNORED for f in files):
            report.add(_finding(here, root, 0, "тека порожня. Додайте документ або вилучіть теку.", EMPTY_FOLDER))
        if index:
            folders.clear()
            yield here / index
            continue
        if top == "content" and not folders and _lacks_its_index(here, root, names, registry):
            report.add(_finding(here, root, 0, "у теці немає index.yml чи index.md. Додайте опис документа.",
                                NO_INDEX))
            continue
        for name in names:
            file = here / name
            if _is_document(file, root, top, registry, report):
                yield file


def _lacks_its_index(folder: Path, root: Path, names: list[str], registry: Registry) -> bool:
    """True for the folder of one document that holds only its texts and attachments."""
    place = _below("content", folder, root)
    model = model_for(place, registry)
    if model is None or folder.name.isdigit() or any(shelf.place == place for shelf in registry.models):
        return False
    others = [name for name in names if Path(name).suffix.lower() not in PICTURES]
    annexes = model.annex_prefix or "/"
    return bool(others) and all(name in model.companions or name.startswith(annexes)
                                or Path(name).suffix not in (".md", ".yml") for name in others)


def _is_document(file: Path, root: Path, top: str, registry: Registry, report: Report) -> bool:
    if file.suffix == ".csv" and top == "content":
        return False  # a table of a document: an attachment
    relative, suffix = _below(top, file, root), file.suffix.lower()
    if relative in registry.past_files:
        return False
    if file.suffix in DOCUMENTS:
        return True
    is_known = model_for(relative, registry) is not None
    is_ours = top == "data" or (is_known and suffix not in PELICAN_TEXTS)
    weight = Weight.ERROR if is_ours else Weight.REMARK
    if suffix in {*DOCUMENTS, ".yaml"}:
        right = ".yml" if suffix == ".yaml" else suffix
        text = f"закінчення {file.suffix}. Перейменуйте на {right}."
    elif not suffix and is_known:
        text = "у назві немає закінчення. Допишіть .md чи .yml для документа, .pdf чи інше для вкладення."
    elif suffix in OTHER_TEXTS and (is_known or top == "content"):
        text = "це не документ сайту. Збережіть текст як .md або .yml, а файл додайте до теки документа."
    elif top == "data" and not is_known and suffix not in PICTURES:
        report.add(_stray(file, root, *NO_REGISTER))
        report.unread.add(STRAY)
        return False
    else:
        return False
    report.add(_finding(file, root, 0, text, FILE_TYPE, weight=weight))
    if is_ours:
        _miss(relative, registry, report)
    return False


def _unreadable(error: OSError, root: Path, report: Report) -> None:
    report.add(_finding(Path(error.filename or root), root, 0, "теку не вдається прочитати. Перевірте права.",
                        UNREADABLE))


def _leads_beside(link: Path) -> bool:
    """True for a link in the folder of a document that leads to a file beside it: a change of that is one of both."""
    target = str(link.readlink())
    return "/" not in target and target not in IGNORED and not target.startswith((".", "index.")) and \
        not link.name.startswith("index.") and any((link.parent / name).is_file() for name in ("index.yml", "index.md"))


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link in a circle
        return False


def _name_problems(path: Path, root: Path) -> Iterator[Finding]:
    name = path.name
    if HIDDEN.search(name) or re.search("[\t\n\r\u2028\u2029\u200b]", name):
        yield _finding(path, root, 0, "у назві є розрив рядка, невидимий знак або літери не в UTF-8. "
                                      "Перейменуйте, набравши назву заново.", NAME_SIGNS)
        return
    if not unicodedata.is_normalized("NFC", name):
        yield _finding(path, root, 0, "у назві є літери з двох знаків (NFD). Перейменуйте, набравши назву заново.",
                       NAME_NFD)
        return
    for word in re.findall(r"[^\W\d_]+", name):
        if found := mixed_script(word):
            way = f"Треба «{found.suggestion}»." if found.suggestion else "Наберіть слово заново."
            yield _finding(path, root, 0, f"у слові «{word}» змішано літери двох абеток. {way}", NAME_MIXED)


def _finding(file: Path, root: Path, line: int, text: str, kind: Code, label: str = "",
             weight: Weight = Weight.ERROR) -> Finding:
    return Finding(shown_path(file, root), line, label, text, kind.name, weight.value)


# --------------------------------------------------------------------------- one file

def read_text(file: Path, root: Path, report: Report, largest: int = MAX_BYTES) -> str | None:
    """The text of a file: UTF-8, no BOM, NFC, `\\n` lines; None (and problems) if it is not such a text."""
    found = _read(file, root, report, largest)
    return found[0] if found else None


def _read(file: Path, root: Path, report: Report, largest: int = MAX_BYTES) -> tuple[str, Stamp, bool] | None:
    """(text, size and time of the file, whether its bytes are the text as they stand); None for no such text."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(file)
        if status.st_size > largest:
            report.add(_finding(file, root, 0, "файл завеликий. Винесіть частину в додаток.", BIG_FILE))
            return None
        raw = file.read_bytes()
    except OSError:
        report.add(_finding(file, root, 0, "файл не вдається прочитати. Перевірте, чи він є і чи дозволено читати.",
                            UNREADABLE))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add(_finding(file, root, 1, "кодування UTF-16. Збережіть файл в UTF-8.", ENCODING))
        return None
    if file.suffix == ".csv":  # spreadsheets begin every «CSV UTF-8» with it
        raw = raw.removeprefix(UTF8_BOM)
    if raw.startswith(UTF8_BOM):
        report.add(_finding(file, root, 1, "на початку файлу позначка BOM. Збережіть як «UTF-8 без BOM».", BOM))
        return None
    try:
        text = normal(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.add(_finding(file, root, line, "кодування не UTF-8. Збережіть файл в UTF-8.", ENCODING))
        return None
    if match := HIDDEN.search(text):
        line = text.count("\n", 0, match.start()) + 1
        report.add(_finding(file, root, line, f"невидимий знак U+{ord(match[0]):04X}. Вилучіть його.", CONTROL))
        return None
    return text, stamp_of(status), text.encode() == raw


def model_for(relative: str, registry: Registry) -> type[Record] | None:
    """The kind whose place holds this file (`content/acts/2026/5.yml`); the longest place wins."""
    candidates = [m for m in registry.models if relative.startswith(m.place) and (
        relative == m.place or (relative[len(m.place)] == "/" and "." not in m.place))]
    return max(candidates, key=lambda m: len(m.place), default=None)


def read_file(file: Path, root: Path, top: str, registry: Registry, report: Report) -> list[Record]:
    """The records of one file: one document, or the rows of a register."""
    relative = _below(top, file, root)
    model = model_for(relative, registry)
    if model is None and top == "data":
        report.add(_stray(file, root, *NO_REGISTER))
        return []
    if (found := _read(file, root, report)) is None:
        return []
    text, stamp, is_plain = found
    if file.suffix == ".csv":
        if model and model.place == relative:
            return _read_table(file, root, model, text, report)
        report.add(_finding(file, root, 0, "таблиць тут не буває. Збережіть як .yml.", FILE_TYPE))
        return []
    if file.suffix == ".md":
        return _read_markdown(file, root, model, text, partial(body_of, str(file), stamp, is_plain=is_plain), registry,
                              report)
    if model is None:
        report.add(_stray(file, root, f"документи лежать у теках: {_folders(registry)}. Перенесіть файл.",
                          f"документи лежать у теках: {_folders(registry)}. Перевірте назву цієї теки."))
        return []
    if top == "content" and model.is_prose():
        report.add(_finding(file, root, 0, f"«{model.label}» — це файл .md із шапкою, а не .yml.", FILE_TYPE))
        return []
    tree = yaml_tree.parse(text)
    _add_faults(tree.faults, file, root, report)
    if tree.faults:
        return []
    is_list = model.place == relative and not model.is_single
    if is_list and isinstance(tree.data, list):
        return _read_list(file, root, model, tree, report)
    if is_list:
        report.add(_finding(file, root, 1, "тут треба перелік: кожен запис починають із дефіса, «- id: …».", SHAPE))
        return []
    if isinstance(tree.data, list):
        report.add(_finding(file, root, 1, "тут один запис, а не перелік. Треба «ключ: значення» без дефісів.", SHAPE))
        return []
    if not isinstance(tree.data, dict):
        report.add(_finding(file, root, 1, "файл порожній або не має ключів. Треба «ключ: значення».", SHAPE))
        return []
    return _one(file, root, model, tree.data, Source(shown_path(file, root), str(file), root, tree.lines), report)


def _stray(file: Path, root: Path, text: str, text_of_folder: str) -> Finding:
    """A file in a place of no kind; what lies in a folder of an unknown name is one problem of the folder."""
    top = root / file.relative_to(root).parts[0]
    return _finding(top, root, 0, text if top == file else text_of_folder, FOLDER)


def _folders(registry: Registry) -> str:
    return ", ".join(sorted({m.place.split("/")[1] for m in registry.models if m.place.startswith("content/")}))


def _add_faults(faults: Iterable[Fault], file: Path, root: Path, report: Report) -> None:
    report.extend(_finding(file, root, fault.line, fault.text, fault.code) for fault in faults)


def _read_markdown(file: Path, root: Path, model: type[Record] | None, text: str, body: Callable[[str, str], Body],
                   registry: Registry, report: Report) -> list[Record]:
    head = heads.split(text)
    if model is None and head.is_foreign:
        model = registry_model(registry, "news")
        # Pelican: the folder names the category of a document that names none.
        if "category" not in head.data and file.parent != root:
            head.data["category"] = file.parent.name
    if model is None:
        report.add(_stray(file, root, f"документи лежать у теках: {_folders(registry)}. Перенесіть файл.",
                          f"документи лежать у теках: {_folders(registry)}. Перевірте назву цієї теки."))
        return []
    _add_faults(head.faults, file, root, report)
    if head.faults:
        return []
    if not model.is_prose():
        report.add(_finding(file, root, 0, f"«{model.label}» — це файл .yml, а не .md.", FILE_TYPE))
        return []
    blank = len(head.body) - len(head.body.lstrip("\n"))
    source = Source(shown_path(file, root), str(file), root, head.lines, head.is_foreign)
    data = _from_pelican(head.data, model, source, report) if head.is_foreign else head.data
    if data is None:
        return []
    source.lines[("text",)] = head.body_line + blank
    data.pop("text", None)
    return _one(file, root, model, data, source, report, body(text, head.body))


def registry_model(registry: Registry, kind: str) -> type[Record] | None:
    """The model of a kind."""
    return next((m for m in registry.models if m.kind == kind), None)


def _from_pelican(data: dict[str, Any], model: type[Record], source: Source, report: Report) -> dict[str, Any] | None:
    """Pelican's own head in the model's words; None for what Pelican lists nowhere. Unknown keys are kept."""
    def remark(key: str, text: str, kind: Code) -> None:
        report.add(Finding(source.path, source.line_of((key,)), "", text, kind.name, Weight.REMARK.value))

    status, lang = data.get("status", "").lower(), data.get("lang", DEFAULT_LANG).lower()
    if status in PELICAN_UNLISTED:
        remark("status", f"стан «{status}»: документа на сайті не буде. Щоб показати, вилучіть рядок.", UNLISTED)
        return None
    if model.is_dated and "date" not in data:
        if not (day := PELICAN_NAME.match(source.file.name)):
            remark("title", "дати немає, тож документа на сайті не буде. Додайте рядок Date: РРРР-ММ-ДД.", UNLISTED)
            return None
        data["date"] = day[0]
    if lang not in LANGS:
        remark("lang", f"мови «{lang}» сайт не знає; документ показано як український. Можна: uk, en.", LANG)
        lang = DEFAULT_LANG
    values: dict[str, Any] = {}
    extra: list[tuple[str, str]] = []
    fields = model.model_fields
    for key, value in data.items():
        name = PELICAN_KEYS.get(key)
        if name is None or name not in fields:
            if key not in PELICAN_SILENT and name is None:
                extra.append((key, value))
                remark(key, f"ключа «{key}» сайт не знає. Його збережено, але не показано.", UNKNOWN)
            continue
        source.lines[(name,)] = source.line_of((key,))
        if name == "tags":
            values[name] = [tag.strip() for tag in value.split(",") if tag.strip()]
        elif name in ("published_at", "updated_at"):
            values[name] = _pelican_moment(value)
        elif name == "id":  # a translation has the slug of its original
            if name_in_address := slug(value):
                is_plain = lang == DEFAULT_LANG or not model.is_dated
                values[name] = name_in_address if is_plain else f"{name_in_address}-{lang}"
        else:
            values[name] = lang if name == "lang" else value
    if extra:
        values["extra"] = extra
    return values


def _pelican_moment(value: str) -> str:
    """Any of the forms that Pelican takes; a text without a whole day stays: today must not fill it in."""
    if ISO_MOMENT.fullmatch(value):  # what nearly all have, a hundred times faster
        with suppress(ValueError):
            return datetime.fromisoformat(value).isoformat(sep=" ", timespec="minutes")
    import dateutil.parser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a zone that nobody knows: the time is Kyiv's
            moment, other = (dateutil.parser.parse(value, default=day) for day in TWO_DAYS)
            whole = moment.isoformat(sep=" ", timespec="minutes")
    except (ValueError, OverflowError):
        return value
    return whole if moment == other else value


def _read_list(file: Path, root: Path, model: type[Record], tree: yaml_tree.Tree, report: Report) -> list[Record]:
    records: list[Record] = []
    below: dict[Any, dict[tuple[str | int, ...], int]] = defaultdict(dict)
    for path, line in tree.lines.items():
        below[path[:1]][path[1:]] = line
    path_shown = shown_path(file, root)
    for index, item in enumerate(tree.data):
        lines = below[index,]
        source = Source(path_shown, str(file), root, lines, line=lines.get((), 1))
        if not isinstance(item, dict):
            report.add(_finding(file, root, source.line, "треба розділ із ключами.", SHAPE))
            report.unread.add((model.kind, "*"))
            continue
        records += _check(model, item, source, report)
    return records


def separator_of(text: str) -> str:
    """The sign between the columns of a CSV text: the most frequent one of its first line with any words."""
    first = next((line for line in text.split("\n") if line.strip(f" {SEPARATORS}")), "")
    return max(SEPARATORS, key=first.count)


def table_rows(text: str, file: Path, root: Path, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV text with a header: (line, column → value, empty values left out)."""
    header: list[str] = []
    for line, row in table_cells(text, file, root, report):
        if not header:
            header = row
        else:
            yield line, {name: cell for name, cell in zip(header, row, strict=True) if cell}


def table_cells(text: str, file: Path, root: Path, report: Report) -> Iterator[tuple[int, list[str]]]:
    """The header of a CSV text, then its rows, each as long as the header: (line, cells without spaces around)."""
    # Strict, or an open quote takes the rest of the table for a text.
    reader = csv.reader(io.StringIO(text), delimiter=separator_of(text), strict=True)
    header: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            report.add(_finding(file, root, line, "рядок не схожий на CSV. Перевірте лапки.", TABLE))
            return
        if not any(row):
            continue
        if not header:
            header = row
            if len(set(header)) != len(header):
                report.add(_finding(file, root, line, "стовпці мають однакові назви.", TABLE))
                return
            yield line, header
        elif row == header:
            report.add(_finding(file, root, line, "назви стовпців стоять удруге. Вилучіть цей рядок.", TABLE))
        elif len(row) != len(header):
            report.add(_finding(file, root, line, f"у рядку {len(row)} значень, а стовпців {len(header)}.", TABLE))
        else:
            yield line, row


def _read_table(file: Path, root: Path, model: type[Record], text: str, report: Report) -> list[Record]:
    problems = len(report)
    report.extend(_header_problems(file, root, model, text))
    if len(report) > problems:
        report.unread.add((model.kind, "*"))
        return []
    records: list[Record] = []
    rows = list(table_rows(text, file, root, report))
    if len(report) > problems:
        report.unread.add((model.kind, "*"))
    path_shown = shown_path(file, root)
    for line, row in rows:
        row.setdefault("id", f"r{line}")
        source = Source(path_shown, str(file), root, {}, line=line)
        records += _check(model, row, source, report)
    return records


def _header_problems(file: Path, root: Path, model: type[Record], text: str) -> Iterator[Finding]:
    """What is wrong with the columns of a register, once and not for every row."""
    known = {info.alias or name: info for name, info in model.model_fields.items()}
    line = next((number for number, line in enumerate(text.split("\n"), 1) if line.strip(f" {SEPARATORS}")), 0)
    needed = ",".join(name for name, info in known.items() if info.is_required())
    if not line:
        yield _finding(file, root, 1, f"файл порожній. Перший рядок — назви стовпців: {needed}.", TABLE)
        return
    try:
        header = [cell.strip() for cell in next(csv.reader(
            [text.split("\n")[line - 1]], delimiter=separator_of(text), strict=True))]
    except csv.Error:
        yield _finding(file, root, line, "рядок не схожий на CSV. Перевірте лапки.", TABLE)
        return
    if known.keys().isdisjoint(header):
        yield _finding(file, root, line, f"це не назви стовпців. Перший рядок має бути таким: {needed}.", TABLE)
        return
    for name in dict.fromkeys(name for name in header if name not in known):
        close = difflib.get_close_matches(name, known, 1, 0.6)
        hint = f"Можливо, «{close[0]}»?" if close else f"Можна: {', '.join(known)}."
        yield _finding(file, root, line, f"стовпця «{shown(name)}» немає. {hint}", UNKNOWN)
    for name, info in known.items():
        if info.is_required() and name not in header and name != "id":
            yield _finding(file, root, line, f"немає стовпця «{name}». Додайте його.", MISSING, info.title or name)


def identifier_of(stem: str) -> str:
    """`0123-про-бюджет` → `0123`: up to the first Cyrillic letter, else the whole name, romanised."""
    match = re.search(r"[\u0400-\u04ff]", stem)
    prefix = stem[: match.start()].rstrip("-_ .") if match else stem
    if match and not IDENTIFIER_FORM.fullmatch(prefix):
        return slug(stem)
    return prefix if IDENTIFIER_FORM.fullmatch(prefix) else slug(prefix)


def _one(file: Path, root: Path, model: type[Record], data: dict[str, Any], source: Source,
         report: Report, body: Body | None = None) -> list[Record]:
    is_folder = file.stem == "index"
    stem = file.parent.name if is_folder else file.stem
    data = dict(data)
    if "id" not in data:
        data["id"] = identifier_of(stem)
    markup = data.pop("markup", None)
    if markup is not None and markup != "extended":
        report.add(Finding(source.path, source.line_of(("markup",)), "Розмітка",
                           f"«{shown(markup)}» невідома. Можна: extended.", MARKUP.name))
    hidden = INTERNAL & data.keys() if not source.is_foreign else set()
    for name in sorted(hidden):
        report.add(_unknown_key(name, model, source, (name,)))
        del data[name]
    if markup == "extended":
        data["is_extended"] = True
    is_whole = not is_folder or _take_companions(file.parent, root, model, data, source, report)
    return _check(model, data, source, report, is_whole, body)


def _take_companions(folder: Path, root: Path, model: type[Record], data: dict[str, Any], source: Source,
                     report: Report) -> bool:
    """Texts of a document's folder (`text.md`, `annex-1.md`) become fields; their lines keep their own file.

    False if one of them could not be read.
    """
    is_whole = True
    for name, path in model.companions.items():
        if not (folder / name).exists():
            continue
        if (folder / name).is_dir() or (text := read_text(folder / name, root, report)) is None:
            is_whole = False  # a folder of such a name is told where folders are
            continue
        target: Any = data
        for step in path[:-1]:
            target = target.setdefault(step, {}) if isinstance(target, dict) else target
        if not isinstance(target, dict):
            continue  # what stands there instead is named by the check
        if path[-1] in target:
            report.add(Finding(source.path, source.line_of(path), field_title(model, path),
                               f"текст є і тут, і у файлі {name}. Залиште одне.", TWO_TEXTS.name))
        target[path[-1]] = text.strip("\n")
        source.companions[path] = shown_path(folder / name, root)
        source.lines[path] = 1
    for file in sorted(folder.glob(f"{model.annex_prefix}*.md"), key=_number_of) if model.annex_prefix else []:
        if file.is_dir() or (text := read_text(file, root, report)) is None:
            is_whole = False
            continue
        first, _, rest = text.strip("\n").partition("\n")
        title, annexes = first.lstrip("# ").strip(), data.setdefault("annexes", [])
        if not isinstance(annexes, list):
            break  # named by the check
        if not title:
            report.add(_finding(file, root, 1, "файл порожній. Перший рядок — назва додатка.", EMPTY))
            continue
        for name in ("title", "text"):
            source.companions["annexes", len(annexes), name] = shown_path(file, root)
            source.lines["annexes", len(annexes), name] = 1
        annexes.append({"title": title, "text": rest.strip("\n")})
    return is_whole


def _number_of(file: Path) -> tuple[int, str]:
    match = re.search(r"[0-9]{1,9}", file.stem)
    return (int(match[0]) if match else 0, file.name)


# --------------------------------------------------------------------------- check

def _check(model: type[Record], data: dict[str, Any], source: Source, report: Report,
           is_whole: bool = True, body: Body | None = None) -> list[Record]:
    """The record, if its values are right and all its texts were read; else no rule judges it."""
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        report.extend(_translate(error, model, source))
        is_nameless = any(item["loc"][:1] == ("id",) for item in error.errors())
        report.unread.add((model.kind, "*" if is_nameless else str(data.get("id", "*"))))
        return []
    if not is_whole:
        report.unread.add((model.kind, record.id))
        return []
    record._source = source
    object.__setattr__(record, "__pydantic_fields_set__", NONE)  # nobody asks which fields were written
    if body:
        record.read_later(body)
    for rule in record.rules:
        for problem in rule(record):
            report.add(located(problem, record))
    return [_without_content(record) if isinstance(record, Document) and record.withdrawn else record]


def _without_content(document: Document) -> Document:
    """What is left of a withdrawn document: title, dates, reason. Its content reaches no page, feed or index."""
    empty = {name: value for name, value in CONTENT.items() if name in type(document).model_fields}
    kept = document.model_copy(update=empty)
    kept._source = document.source
    return kept


def located(problem: Problem, record: Record) -> Finding:
    """A rule's problem with the file, the line and the field's title."""
    path = split_path(problem.field)
    file, line = record.source.place_of(path)
    is_lenient = problem.code.is_lenient and record.source.is_foreign
    weight = Weight.REMARK if is_lenient else problem.weight
    return Finding(file, line + problem.below, field_title(type(record), path), problem.text, problem.code.name,
                   weight.value)


def split_path(path: str) -> tuple[str | int, ...]:
    """`items.2.votes` → ("items", 2, "votes")."""
    return tuple(int(step) if step.isdigit() else step for step in path.split(".")) if path else ()


def field_title(model: type[Part], path: tuple[str | int, ...]) -> str:
    """The title of the innermost named field on a path."""
    title = ""
    current: Any = model
    for step in path:
        if isinstance(step, int):
            continue
        fields = getattr(current, "model_fields", {})
        info = fields.get(step) or next((info for info in fields.values() if info.alias == step), None)
        if info is None:
            break
        title = info.title or step
        current = _inner_model(info.annotation)
    return title


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inner_model(argument):
            return found
    return None


def _unknown_key(key: str, model: type[Part], source: Source, path: tuple[str | int, ...]) -> Finding:
    known = [name for name in model.model_fields if name not in INTERNAL]
    close = difflib.get_close_matches(key.lower(), known, 1, 0.6)
    hint = f"Можливо, «{close[0]}»?" if close else "Усі ключі — у довідці редактора."
    file, line = source.place_of(path)
    return Finding(file, line, "", f"ключа «{shown(key)}» немає. {hint}", UNKNOWN.name)


def _translate(error: ValidationError, model: type[Record], source: Source) -> Iterator[Finding]:
    errors = error.errors(include_url=False)
    around = {item["loc"][:length] for item in errors for length in range(1, len(item["loc"]))}
    for item in errors:
        path = tuple(step for step in item["loc"])
        kind, value = item["type"], item.get("input")
        if kind == "too_short" and path in around:
            continue  # only wrong items were left out of the count
        parent = model
        for step in path[:-1]:
            if isinstance(step, str) and (info := getattr(parent, "model_fields", {}).get(step)):
                parent = _inner_model(info.annotation) or parent
        file, line = source.place_of(path)
        label = field_title(model, path)
        if kind == "extra_forbidden":
            yield _unknown_key(str(path[-1]), parent, source, path)
        elif kind == "missing":
            file, line = source.place_of(path[:-1])
            yield Finding(file, line, label, f"поля немає. Додайте «{path[-1]}: …».", MISSING.name)
        elif kind in CODES:
            yield Finding(file, line, label, item["ctx"]["text"] if "ctx" in item else item["msg"], kind)
        else:
            text, name = _shape_text(kind, value, item.get("ctx") or {})
            yield Finding(file, line, label, text, name)


def _shape_text(kind: str, value: Any, ctx: dict[str, Any]) -> tuple[str, str]:
    if kind == "string_type":
        return f"тут {shown(value)}, а треба текст.", SHAPE.name
    if kind in ("tuple_type", "list_type"):
        return f"«{shown(value)}» не перелік. Треба [а, б] або рядки з дефісом.", SHAPE.name
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"«{shown(value)}» не розділ. Треба вкладені ключі з відступом.", SHAPE.name
    if kind in ("string_too_long", "too_long"):
        return f"текст задовгий: понад {ctx.get('max_length')} знаків. Скоротіть.", "LENGTH"
    if kind in ("string_too_short", "too_short"):
        return "значення порожнє. Заповніть.", "EMPTY"
    if kind == "string_pattern_mismatch":
        return f"«{shown(value)}» не відповідає зразку поля. Приклад — у довідці редактора.", PATTERN.name
    return f"«{shown(value)}» сюди не пасує. Приклад — у довідці редактора.", SHAPE.name


def unique(records: Iterable[Record], report: Report) -> list[Record]:
    """The records with identifiers that nobody took before; the others become problems."""
    taken: dict[tuple[str, str], Record] = {}
    kept: list[Record] = []
    for record in records:
        first = taken.setdefault((record.kind, record.key), record)
        if first is record:
            kept.append(record)
            continue
        file, line = record.source.place_of(("id",))
        where = first.source.path if first.source.path != file else f"рядок {first.source.line_of(('id',))}"
        report.add(Finding(file, line, "Ідентифікатор", f"«{record.key}» уже є: {where}. Змініть один із них.",
                           DUPLICATE.name))
        report.unread.add((record.kind, "*"))  # its right identifier is not known
    return kept


__all__ = ["Document", "Reading", "identifier_of", "located", "read_all", "read_text", "shown_path", "table_cells",
           "table_rows",
           "unique"]
