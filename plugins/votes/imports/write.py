"""Planned motions → files of the meeting's folder: motions in `index.yml`, names in `votes.csv`.

What an editor wrote stays letter for letter: new lines are put in, none is changed; the result is read again and held
against what it was before. Files reach their places by renaming, and all of them or none; where the machine itself
stops between two renames, motions stand without their names: the check says so, and the same import adds the names.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from plugins.meetings.model import MeetingType
from plugins.records import Library, separator_of
from plugins.ukrainian import NoSuchLocalTime, kyiv, sort_key
from plugins.votes.read import COLUMNS

from .agenda import Planned, PlannedItem
from .edit import with_motions
from .lines import items_of
from .raw import Refused
from .sittings import Sitting

Files = dict[Path, bytes]
VOTES = "votes.csv"
"""It comes last: names without a motion would stand twice after a second import, motions without names get them."""


def files_of(sitting: Sitting, items: Sequence[PlannedItem], content: Path, library: Library) -> Files:
    """The new bytes of the files of one meeting that change; nothing if nothing does. Errors: Refused."""
    motions = [motion for item in items for motion in item.motions]
    if not motions:
        return {}
    meeting = sitting.meeting
    folder = meeting.source.file.parent if meeting else content / "meetings" / sitting.key
    files: Files = {}
    if meeting is None:
        files[folder / "index.yml"] = "\n".join([*_head(sitting), *items_of(items, "  "), ""]).encode()
    elif any(motion.is_new for motion in motions):
        if meeting.source.file.name != "index.yml":
            raise Refused(f"засідання {meeting.key} записано одним файлом {meeting.source.path}. Зробіть теку з такою "
                          "назвою, а в ній index.yml: поруч стане votes.csv.")
        files[folder / "index.yml"] = with_motions(meeting.source.file.read_bytes(), items)
    rows = [row for item in items for motion in item.motions if motion.votes
            for row in _rows(motion, _subject(item, library))]
    if rows:
        file = folder / VOTES
        files[file] = _with_rows(file.read_bytes() if meeting and file.exists() else b"", rows)
    return files


def _subject(item: PlannedItem, library: Library) -> str:
    draft = library.find("draft", item.draft or (item.item.draft if item.item else "") or "")
    return item.title or (draft.heading if draft else f"Питання {item.no}")


# --------------------------------------------------------------------------- names

def _rows(motion: Planned, subject: str) -> Iterator[tuple[str, str, str, str, str]]:
    """By name; in the order of the national table, where that is the source, so that it comes out as it was."""
    is_national = motion.raw.is_national
    for vote in motion.votes if is_national else sorted(motion.votes, key=lambda vote: sort_key(vote.name)):
        yield motion.uid, vote.person, vote.name, subject, vote.option.label


def _with_rows(before: bytes, rows: Iterable[tuple[str, ...]]) -> bytes:
    """A table with more rows: its separator and its ends of lines stay. Errors: Refused."""
    try:
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("votes.csv не в UTF-8. Збережіть його в UTF-8.") from error
    out = io.StringIO()
    newline = "\r\n" if "\r\n" in text else "\n"
    writer = csv.writer(out, delimiter=separator_of(text) if text.strip() else ",", lineterminator=newline)
    if not text.strip():
        writer.writerow(COLUMNS)
    elif not text.endswith("\n"):
        out.write(newline)
    writer.writerows(rows)
    return before + out.getvalue().encode()


# --------------------------------------------------------------------------- a new meeting

def _head(sitting: Sitting) -> Iterator[str]:
    """A skeleton: what the source says as facts, what it does not say as comments for the editor."""
    moments = [motion.held_at for motion in sitting.raws if motion.held_at]
    yield "# Засідання створено за даними голосувань. Допишіть те, чого в них немає (рядки з #), і перевірте решту."
    yield "# summary:  # Коротко: що вирішили — одне-два речення."
    yield "# published_at:  # Коли оприлюднено: РРРР-ММ-ДД ГГ:ХХ."
    yield "# unit:  # Підрозділ, що відповідає за запис."
    yield f"type: {sitting.type.value}"
    yield f"body: {sitting.body}"
    if sitting.type is MeetingType.PLENARY:
        yield f"convocation: {sitting.convocation}"
        yield f"session: {sitting.name.session}" if sitting.name.session else "# session:  # Номер сесії: 37."
        if sitting.name.sitting:
            yield f"sitting: {sitting.name.sitting}"
        if sitting.name.is_extraordinary:
            yield "is_extraordinary: так"
    else:
        yield "# number:  # Номер засідання."
    start, end = _span(sitting, moments)
    source = "за першим голосуванням" if moments else "часу в джерелі немає"
    yield f"starts_at: {start:%Y-%m-%d %H:%M}  # Початок: {source}; впишіть справжній."
    source = "за останнім голосуванням" if moments else "часу в джерелі немає"
    yield f"ended_at: {end:%Y-%m-%d %H:%M}  # Кінець: {source}; впишіть справжній."
    yield "# location:  # Місце: зала, адреса."
    yield "status: held"
    yield "# chair:  # Хто головував: ідентифікатор особи."
    yield "# attendance:  # Присутність: present, remote, excused, absent."
    yield "# recording:  # Відеозапис: url, published_at."
    yield "items:"


def _span(sitting: Sitting, moments: Sequence[datetime]) -> tuple[datetime, datetime]:
    """From the first vote to the last, in whole minutes of Kyiv; a whole day where no time is known."""
    midnight = datetime.combine(sitting.day, datetime.min.time())
    start, end = (min(moments), max(moments)) if moments else (midnight, midnight + timedelta(hours=23, minutes=59))
    start, end = start.replace(second=0), end.replace(second=0)
    with contextlib.suppress(NoSuchLocalTime):
        if kyiv(start) >= kyiv(end):
            end = start + timedelta(minutes=1)
    return start, end


# --------------------------------------------------------------------------- to their places

def commit(files: Files) -> None:
    """Put all files into their places or, when one fails, none. Errors: OSError."""
    folders = sorted({file.parent for file in files if not file.parent.exists()})
    before = {file: file.read_bytes() if file.exists() else None for file in files}
    staged: list[tuple[Path, Path]] = []
    done: list[Path] = []
    try:
        for folder in folders:
            folder.parent.mkdir(parents=True, exist_ok=True)
            stage = folder.with_name(f".{folder.name}.new")
            shutil.rmtree(stage, ignore_errors=True)
            stage.mkdir()
            staged.append((stage, folder))
            for file, content in files.items():
                if file.parent == folder:
                    _write(stage / file.name, content)
        for file, content in sorted(files.items(), key=lambda item: (item[0].name == VOTES, item[0])):
            if file.parent not in folders:
                stage = file.with_name(f".{file.name}.new")
                staged.append((stage, file))
                _write(stage, content)
        for stage, place in staged:
            done.append(place)  # before it is: a stop may come right after
            stage.replace(place)
    except BaseException:
        for place in done:
            _put_back(place, before)
        for stage, _ in staged:
            shutil.rmtree(stage, ignore_errors=True) if stage.is_dir() else stage.unlink(missing_ok=True)
        raise


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _put_back(place: Path, before: Mapping[Path, bytes | None]) -> None:
    if place not in before:
        shutil.rmtree(place, ignore_errors=True)
    elif (content := before[place]) is None:
        place.unlink(missing_ok=True)
    else:
        _write(place, content)


