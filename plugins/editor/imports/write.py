"""Facts and blocks → a folder with `index.yml`, `text.md`, `annex-1.md`; minutes go to their meeting's folder."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from plugins.acts.model import Act, ActDocument, ActType, DraftAct
from plugins.editor.new import file_for
from plugins.meetings.model import Meeting
from plugins.people.model import Organization, OrganizationKind, council_of
from plugins.records import Library
from plugins.records.read import identifier_of
from plugins.ukrainian import short_day, slug

from .blocks import Pages, Refused, markdown
from .facts import Facts

PLAIN = re.compile(r"[^\W_][^:#\[\]{}\"'&*!|>%@`\\]*")
MEETING_TYPES = {OrganizationKind.COUNCIL: ("plenary", "pl"), OrganizationKind.EXECUTIVE: ("executive", "vk"),
                 OrganizationKind.COMMITTEE: ("committee", "")}
TITLE_LENGTH = 500


def files_of(facts: Facts, pages: Pages, content: Path, library: Library) -> dict[Path, str]:
    """The new files with their texts. Errors: Refused where such a record is there already."""
    if facts.kind == "minutes":
        return _minutes(facts, pages, content, library)
    model: type[ActDocument] = DraftAct if facts.kind == "draft" else Act
    _refuse_twin(facts, model, library)
    folder = _folder(facts, model, content, library)
    files = {folder / "index.yml": "\n".join([*_head(facts, library), ""]),
             folder / "text.md": markdown(pages, facts.blocks)}
    if not files[folder / "text.md"].strip():
        raise Refused("у документі немає тексту під назвою.")
    for annex, number in zip(facts.annexes, _annex_numbers(facts, pages), strict=True):
        title = f"Додаток {number}" + (f". {annex.title}" if annex.title else "")
        files[folder / f"annex-{number}.md"] = f"# {title}\n\n{markdown(pages, annex.blocks)}"
    return files


def _annex_numbers(facts: Facts, pages: Pages) -> list[int]:
    """The number of each annex; one that has none, or that of another, gets the next free one."""
    said = [annex.number for annex in facts.annexes]
    found: list[int] = []
    for number in said:
        if not number or number in found:
            free = next(at for at in range(1, len(said) + 100) if at not in said and at not in found)
            if number:
                pages.remarks.append(f"додаток {number} у документі не один; ще один записано як annex-{free}.md.")
            number = free
        found.append(number)
    return found


def _refuse_twin(facts: Facts, model: type[ActDocument], library: Library) -> None:
    """Errors: Refused for a document that is recorded already."""
    for record in library.records:
        if isinstance(record, model) and facts.number and record.number == facts.number and record.day == facts.date \
                and record.body == facts.body:
            raise Refused(f"№ {facts.number} від {short_day(record.day)} уже є: {record.source.path}.")


def _folder(facts: Facts, model: type[ActDocument], content: Path, library: Library) -> Path:
    """`acts/2021/5-viii-194-про-…`; without a number the next free one, as `new` gives it.

    Bare numbers of the executive committee and of the mayor get the endings that tell them from the council's.
    """
    from datetime import UTC, datetime

    day = facts.date or datetime.now(UTC).date()
    title = facts.title or "Без назви"
    file = file_for(model, title, content, day)
    if number := slug(facts.number):
        council = council_of(library)
        if number.isdigit() and model is Act:
            is_executive = council is not None and facts.body == council.executive_id
            number += "-r" if facts.type is ActType.ORDER else "-vk" if is_executive else ""
        words = re.sub(r"[^\w]+", "-", title.lower()).strip("-_")[:60].rstrip("-")
        file = file.with_name(f"{number}-{words}.yml")
    folder = file.with_suffix("")
    others = folder.parent.iterdir() if folder.parent.is_dir() else ()
    if twin := next((path for path in others if identifier_of(path.stem) == identifier_of(folder.name)), None):
        raise Refused(f"документ з таким ідентифікатором уже є: {twin}.")
    return folder


# --------------------------------------------------------------------------- the head

def _head(facts: Facts, library: Library) -> Iterator[str]:
    """Facts as keys; what was not recognised as comments that say what belongs there."""
    is_draft = facts.kind == "draft"
    yield "# Заготовку складено з файлу. Звірте кожне поле з документом; рядки з # допишіть або вилучіть."
    yield _line("number", facts.number, "Номер")
    yield f"type: {facts.type.value}"
    yield _line("body", facts.body, "Орган: ідентифікатор з organizations.yml")
    yield _line("title", facts.title[:TITLE_LENGTH], "Назва одним рядком")
    yield "# summary:  # Коротко: що змінить документ — одне-два речення простою мовою."
    day = facts.date.isoformat() if facts.date else ""
    if is_draft:
        yield _line("registered_on", day, "Зареєстровано: РРРР-ММ-ДД")
        yield "initiator:"
        yield "  text:  # Хто подав: словами; або замість text — person чи unit з ідентифікатором."
    else:
        yield _line("adopted_on", day, "Ухвалено: РРРР-ММ-ДД")
        yield "# signed_on:  # Підписано: РРРР-ММ-ДД."
        said = f" У документі: «{facts.signature}»." if facts.signature else ""
        yield f"signatory: {facts.signatory}" if facts.signatory else f"# signatory:  # Підписант: ідентифікатор.{said}"
    yield "# published_at:  # Оприлюднено: РРРР-ММ-ДД ГГ:ХХ."
    yield "# unit:  # Підрозділ, що відповідає за документ."
    yield "# topics: []  # Теми з data/vocabularies/topics.yml."
    meeting = _meeting_of(facts, library)
    if meeting and not is_draft and facts.type is ActType.DECISION:
        yield f"meeting: {meeting.key}"
    if facts.head:
        yield "# Що стояло над назвою:"
        yield from (f"#   {line}" for line in facts.head)


def _line(key: str, value: str, title: str) -> str:
    return f"{key}: {_scalar(value)}" if value else f"{key}:  # {title}: у документі не знайдено. Впишіть."


def _scalar(text: str) -> str:
    return text if PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def unknown(facts: Facts) -> Iterator[str]:
    """What was not recognised, for the editor."""
    if facts.kind == "minutes":
        return
    for words, is_known in (("номера", facts.number), ("органу", facts.body), ("назви", facts.title),
                            ("дати", facts.date)):
        if not is_known:
            yield f"{words} не розпізнано: впишіть."
    if facts.below:
        yield f"під підписом стоїть: «{' / '.join(facts.below)[:200]}»; цього не перенесено."
    if facts.signature and not facts.signatory and facts.kind == "act":
        yield f"підписанта «{facts.signature}» немає серед осіб або таких кілька: впишіть signatory."


# --------------------------------------------------------------------------- minutes

def _meeting_of(facts: Facts, library: Library) -> Meeting | None:
    """The one meeting of the body on that day."""
    found = [record for record in library.records if isinstance(record, Meeting) and record.day == facts.date
             and record.body == facts.body]
    return found[0] if len(found) == 1 else None


def _minutes(facts: Facts, pages: Pages, content: Path, library: Library) -> dict[Path, str]:
    if not facts.date or not facts.body:
        raise Refused("у протоколі не видно дати чи органу. Вкажіть --date і --body.")
    text = markdown(pages, facts.blocks)
    meeting = _meeting_of(facts, library)
    lines = ["minutes:", "  status: draft  # draft — проєкт, approved — підписано.",
             f"  number: {_scalar(facts.number)}" if facts.number else "  # number:  # Номер протоколу."]
    if meeting is None:
        folder = content / "meetings" / str(facts.date.year) / _meeting_name(facts, library)
        if folder.exists():
            raise Refused(f"тека {folder} уже є, а засідання в ній іншого дня чи органу.")
        head = "\n".join([*_meeting_head(facts, library), *lines, ""])
        return {folder / "index.yml": head, folder / "minutes.md": text}
    index = meeting.source.file
    if index.name != "index.yml":
        raise Refused(f"засідання записано одним файлом {meeting.source.path}. Зробіть теку з такою назвою, а в ній "
                      "index.yml.")
    if meeting.minutes or (index.parent / "minutes.md").exists():
        raise Refused(f"засідання {meeting.key} вже має протокол.")
    before = index.read_bytes().decode()
    newline = "\r\n" if "\r\n" in before else "\n"
    gap = "" if before.endswith("\n") else newline
    return {index: before + gap + newline.join([*lines, ""]), index.parent / "minutes.md": text}


def _meeting_name(facts: Facts, library: Library) -> str:
    organization = library.get(Organization, facts.body)
    _, prefix = MEETING_TYPES.get(organization.type, ("", "")) if organization else ("", "")
    return f"{prefix or facts.body}-{facts.date}"


def _meeting_head(facts: Facts, library: Library) -> Iterator[str]:
    organization, council = library.get(Organization, facts.body), council_of(library)
    kind, _ = MEETING_TYPES.get(organization.type, ("working_group", "")) if organization else ("working_group", "")
    term = council.convocation_on(facts.date) if council and facts.date else None
    yield "# Засідання створено за протоколом. Звірте кожне поле; рядки з # допишіть або вилучіть."
    yield f"type: {kind}"
    yield f"body: {facts.body}"
    if kind == "plenary" and term:
        yield f"convocation: {term.number}"
        yield f"session: {facts.session}" if facts.session else "# session:  # Номер сесії: 37."
    yield f"starts_at: {facts.date} 00:00  # Початок: у протоколі не розпізнано; впишіть справжній."
    yield f"ended_at: {facts.date} 23:59  # Кінець: у протоколі не розпізнано; впишіть справжній."
    yield "status: held"
    yield "# attendance:  # Присутність: present, remote, excused, absent."
    yield "# items:  # Порядок денний: no, title."


# --------------------------------------------------------------------------- to their places

def put(files: dict[Path, str]) -> None:
    """Write all files or none: a new folder by one renaming, files beside others each by its own."""
    folders = {file.parent for file in files}
    folder = folders.pop()
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            for file, text in files.items():
                (stage / file.name).write_bytes(text.encode())
            stage.replace(folder)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        return
    made: list[Path] = []
    before = {file: file.read_bytes() for file in files if file.exists()}
    try:
        for file, text in sorted(files.items(), reverse=True):  # minutes.md before index.yml, which names it
            stage = file.with_name(f".{file.name}.new")
            stage.write_bytes(text.encode())
            made.append(file)
            stage.replace(file)
    except BaseException:
        for file in made:
            file.with_name(f".{file.name}.new").unlink(missing_ok=True)
            if file in before:
                file.write_bytes(before[file])
            else:
                file.unlink(missing_ok=True)
        raise
