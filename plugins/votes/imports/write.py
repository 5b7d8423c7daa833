"""Planned motions → files of the meeting's folder: motions in `index.yml`, names in `votes.csv`.

What an editor wrote stays letter for letter: new lines are put in, none is changed; the result is read again and held
against what it was before. Files reach their places by renaming, and all of them or none.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from plugins.meetings.model import Counts, MeetingType
from plugins.records import Library, separator_of
from plugins.ukrainian import NoSuchLocalTime, kyiv, sort_key
from plugins.votes.model import VoteOption
from plugins.votes.read import COLUMNS

from .motions import Planned, PlannedItem
from .raw import Refused
from .sittings import Sitting

PLAIN = re.compile(r"[^\W\d_«№(][^:#\[\]{}\"'&*!|>%@`\\]*|«[^:#\[\]{}\"'&*!|>%@`\\]*")
RESERVED = {"null", "true", "false", "yes", "no", "on", "off"}
Files = dict[Path, bytes]


def files_of(sitting: Sitting, items: Sequence[PlannedItem], content: Path, library: Library) -> Files:
    """The new bytes of the files of one meeting that change; nothing if nothing does. Errors: Refused."""
    motions = [motion for item in items for motion in item.motions]
    if not motions:
        return {}
    meeting = sitting.meeting
    folder = meeting.source.file.parent if meeting else content / "meetings" / sitting.key
    files: Files = {}
    if meeting is None:
        files[folder / "index.yml"] = "\n".join([*_head(sitting), *_items(items, "  "), ""]).encode()
    elif any(motion.is_new for motion in motions):
        if meeting.source.file.name != "index.yml":
            raise Refused(f"засідання {meeting.key} записано одним файлом {meeting.source.path}. Зробіть теку з такою "
                          "назвою, а в ній index.yml: поруч стане votes.csv.")
        files[folder / "index.yml"] = _with_motions(meeting.source.file.read_bytes(), items)
    rows = [row for item in items for motion in item.motions if motion.votes
            for row in _rows(motion, _subject(item, library))]
    if rows:
        file = folder / "votes.csv"
        files[file] = _with_rows(file.read_bytes() if meeting and file.exists() else b"", rows)
    return files


def _subject(item: PlannedItem, library: Library) -> str:
    draft = library.find("draft", item.draft or (item.item.draft if item.item else "") or "")
    return item.title or (draft.heading if draft else f"Питання {item.no}")


# --------------------------------------------------------------------------- names

def _rows(motion: Planned, subject: str) -> Iterator[tuple[str, str, str, str, str]]:
    for vote in sorted(motion.votes, key=lambda vote: sort_key(vote.name)):
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


def _items(items: Iterable[PlannedItem], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}- no: {item.no}"
        for key, value in (("label", item.label), ("title", item.title), ("draft", item.draft),
                           ("draft_number", item.draft_number)):
            if value:
                yield f"{indent}  {key}: {scalar(value)}"
        yield f"{indent}  votes:"
        yield from _motions(item.motions, f"{indent}    ")


def _motions(motions: Iterable[Planned], indent: str) -> Iterator[str]:
    for motion in motions:
        facts = _facts(motion)
        yield f"{indent}- uid: {facts.pop('uid')}"
        for key, value in facts.items():
            if key == "result" and motion.note:
                yield f"{indent}  # {motion.note}"
            yield f"{indent}  {key}: {_counts(value) if isinstance(value, dict) else scalar(value)}"


def _facts(motion: Planned) -> dict[str, Any]:
    """The keys of a motion in the order of the model; empty ones are left out."""
    facts: dict[str, Any] = {
        "uid": motion.uid, "at": motion.at, "text": motion.text, "type": motion.type.value,
        "requirement": motion.requirement.value, "counts": _numbers(motion.counts), "result": motion.result.value,
        "unnamed": _numbers(motion.unnamed) if motion.unnamed else None, "is_secret": "так" if motion.is_secret else "",
        "mayor_votes": "" if motion.mayor_votes else "ні"}
    return {key: value for key, value in facts.items() if value}


def _numbers(counts: Counts) -> dict[str, str]:
    return {option.value: str(getattr(counts, option.value)) for option in VoteOption}


def _counts(counts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in counts.items()) + "}"


def scalar(text: str) -> str:
    """A value as YAML that reads back letter for letter."""
    is_plain = PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in RESERVED
    is_code = re.fullmatch(r"[0-9][0-9a-z/:.-]*", text)
    return text if is_plain or (is_code and not text.endswith(":")) else json.dumps(text, ensure_ascii=False)


# --------------------------------------------------------------------------- a meeting that is recorded

def _with_motions(before: bytes, items: Sequence[PlannedItem]) -> bytes:
    """The text of `index.yml` with new motions and items put in. Errors: Refused where it cannot be done faithfully."""
    text = before.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    try:
        after = _Editing(text, newline).put(items)
        is_faithful = _without(_plain(after), items) == _without(_plain(text), items)
    except (yaml.YAMLError, KeyError, IndexError) as error:
        raise Refused("у index.yml не вдається вписати голосування: незвична будова YAML.") from error
    if not is_faithful:
        raise Refused("у index.yml не вдається вписати голосування, нічого не змінивши: незвична будова YAML.")
    return after.encode()


def _plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 — it builds nothing but texts, lists and dicts


def _without(data: Any, items: Sequence[PlannedItem]) -> Any:
    """The data as if nothing had been put in."""
    uids = {motion.uid for item in items for motion in item.motions if motion.is_new}
    fresh = {str(item.no) for item in items if item.item is None}
    kept = []
    for item in data.get("items") or []:
        if item.get("no") not in fresh:
            votes = [vote for vote in item.get("votes") or [] if vote.get("uid") not in uids]
            kept.append({**item, "votes": votes} if votes else {k: v for k, v in item.items() if k != "votes"})
    return {**data, "items": kept}


class _Editing:
    """A YAML text and the places in it; additions are gathered and put in from the end."""

    def __init__(self, text: str, newline: str) -> None:
        self.text, self.newline = text, newline
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n", text))]
        self.root = yaml.compose(text, Loader=yaml.CSafeLoader)
        self.additions: list[tuple[int, int, str]] = []

    def put(self, items: Sequence[PlannedItem]) -> str:
        listed = self._value(self.root, "items")
        known = {self._value(node, "no").value: node for node in listed.value} if listed and listed.value else {}
        for item in items:
            new = [motion for motion in item.motions if motion.is_new]
            if item.item is not None and new:
                self._put_motions(known[str(item.no)], new)
        fresh = [item for item in items if item.item is None]
        if fresh:
            self._put_items(listed, fresh)
        text = self.text
        for start, end, addition in sorted(self.additions, reverse=True):
            text = text[:start] + addition + text[end:]
        return text

    def _put_motions(self, item: Any, motions: Sequence[Planned]) -> None:
        votes = self._value(item, "votes")
        if votes is not None and votes.value:
            if votes.flow_style:
                self._before_end(votes, [json.dumps(_facts(motion), ensure_ascii=False) for motion in motions])
            else:
                self._after(votes, _motions(motions, " " * votes.start_mark.column))
        elif item.flow_style:
            listed = json.dumps([_facts(motion) for motion in motions], ensure_ascii=False)
            self._before_end(item, [f"votes: {listed}"], drop="votes" if votes is not None else "")
        else:
            indent = " " * item.start_mark.column
            lines = list(_motions(motions, f"{indent}  "))
            if votes is None:
                self._after(item, [f"{indent}votes:", *lines])
            else:
                self._instead(votes, lines)

    def _put_items(self, listed: Any, items: Sequence[PlannedItem]) -> None:
        if listed is None:
            self._after(self.root, ["items:", *_items(items, "  ")])
        elif not listed.value:
            self._instead(listed, list(_items(items, "  ")))
        elif listed.flow_style:
            self._before_end(listed, [json.dumps(self._flow(item), ensure_ascii=False) for item in items])
        else:
            self._after(listed, _items(items, " " * listed.start_mark.column))

    @staticmethod
    def _flow(item: PlannedItem) -> dict[str, Any]:
        facts = {"no": str(item.no), "label": item.label, "title": item.title, "draft": item.draft,
                 "draft_number": item.draft_number, "votes": [_facts(motion) for motion in item.motions]}
        return {key: value for key, value in facts.items() if value}

    @staticmethod
    def _value(node: Any, key: str) -> Any:
        return next((value for name, value in node.value if name.value == key), None)

    def _at(self, mark: Any) -> int:
        return int(self.starts[mark.line]) + int(mark.column)

    def _after(self, node: Any, lines: Iterable[str]) -> None:
        """Put lines below the last line of a block."""
        line = self._last_line(node) + 1
        addition = self.newline.join([*lines, ""])
        if line < len(self.starts):
            place = self.starts[line]
        else:
            place, addition = len(self.text), self.newline + addition
        self.additions.append((place, place, addition))

    def _last_line(self, node: Any) -> int:
        """The line on which the words of a node end, comments and blank lines below it left out."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            line = int(node.end_mark.line)
            if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and node.end_mark.column == 0:
                line -= 1
                while line > node.start_mark.line and not self._line(line).strip():
                    line -= 1
            return line
        last = node.value[-1]
        return max(map(self._last_line, last)) if isinstance(last, tuple) else self._last_line(last)

    def _line(self, number: int) -> str:
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number]:end]

    def _instead(self, node: Any, lines: Sequence[str]) -> None:
        """Put lines where an empty value stands: `votes:`, `votes: []`."""
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        if start == end:  # nothing but the key: its line may have a comment
            self._after(node, lines)
            return
        before = len(self.text[:start].rstrip(" "))
        rest = self._line(node.end_mark.line)[node.end_mark.column:].rstrip("\r\n")
        self.additions.append((before, end + len(rest), rest + self.newline + self.newline.join(lines)))

    def _before_end(self, node: Any, parts: Sequence[str], drop: str = "") -> None:
        """Put more parts before the closing bracket of a flow collection."""
        if drop:
            raise KeyError(drop)
        end = self._at(node.end_mark) - 1
        comma = ", " if node.value and not self.text[:end].rstrip().endswith(",") else " "
        self.additions.append((end, end, comma + ", ".join(parts)))


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
        for file, content in sorted(files.items()):
            if file.parent not in folders:
                stage = file.with_name(f".{file.name}.new")
                staged.append((stage, file))
                _write(stage, content)
        for stage, place in staged:
            stage.replace(place)
            done.append(place)
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
        shutil.rmtree(place)
    elif (content := before[place]) is None:
        place.unlink(missing_ok=True)
    else:
        _write(place, content)


