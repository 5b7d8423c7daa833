"""Import of votes: files of voting systems → motions in `index.yml`, names in `votes.csv` of the meeting's folder.

One straight line: `sources` (a reader a format: `system`, `sheet`, `protocol`, `national`) → raw votes with their
places → `sittings`, `people`, `motions` (which meeting, whose vote, does it add up) → `write`. Whatever does not match
or add up is a trouble with its place; all are told at once, and nothing is written until each is resolved at its source
or accepted by name. The import depends on the files and the records alone: done twice, it changes nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from plugins.records import Finding, Library
from plugins.ukrainian import counted
from plugins.votes.model import VoteOption

from . import sources
from .agenda import PlannedItem
from .motions import Planner, put_to_the_vote
from .people import Matcher
from .raw import ACCEPTABLE, KINDS, Notes, Refused, Trouble, summary
from .sittings import Sitting, sittings
from .words import option_of
from .write import Files, commit, files_of

Check = Callable[[Path], Sequence[Finding]]
"""Content folder → the problems of the site in it."""
SHOWN = 400
"""Troubles that are printed one by one; of more the rest is counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is asked to do. `meeting` is a key; `matches` name → person, `words` word of a vote → option."""

    path: Path
    content: Path
    meeting: str = ""
    accepted: frozenset[str] = frozenset()
    matches: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, VoteOption] = field(default_factory=dict)
    is_dry: bool = False
    stage: Path | None = None
    """Where a copy of the content is tried: best on the same disk, as it is made of links."""


@dataclass(slots=True)
class Outcome:
    """What came of it: everything that was noted, what was planned, the files that change."""

    notes: Notes
    plans: list[tuple[Sitting, list[PlannedItem]]] = field(default_factory=list)
    files: Files = field(default_factory=dict)
    is_written: bool = False


def prepare(asked: Asked, library: Library) -> Outcome:
    """Everything up to the files as they would be; writes nothing."""
    notes = Notes(asked.accepted)
    outcome = Outcome(notes)
    raws = sources.read(asked.path, notes)
    if not raws and not notes.troubles:
        notes.add("source", asked.path.name, "жодного голосування не знайдено. Можна JSON, XLSX, PDF, CSV, ZIP і теки "
                  "з ними.")
    raws = list(put_to_the_vote(raws, notes))
    for person in sorted(set(asked.matches.values())):
        if not library.find("person", person):
            notes.add("unknown-people", "--match", f"особи «{person}» немає в data/people.")
    matcher = Matcher(library, notes, asked.matches, asked.words)
    taken: set[str] = set()
    for sitting in sittings(raws, library, notes, asked.meeting):
        planner = Planner(sitting, library, matcher, notes, taken)
        items = planner.plan()
        taken |= planner.claimed.keys()
        outcome.plans.append((sitting, items))
        try:
            outcome.files |= files_of(sitting, items, asked.content, library)
        except Refused as problem:
            notes.add("meeting", sitting.key, str(problem))
    return outcome


def run(asked: Asked, library: Library, check: Check) -> int:
    """Import, and tell. Status 0: everything was written or was there already; 1: nothing was written."""
    outcome = perform(asked, library, check)
    for line in told(outcome, asked):
        print(line, file=sys.stderr if outcome.notes.troubles else sys.stdout)
    return 1 if outcome.notes.troubles else 0


def perform(asked: Asked, library: Library, check: Check) -> Outcome:
    """Prepare, hold the files against the rules of the site, write; nothing is written while there is a trouble."""
    outcome = prepare(asked, library)
    if outcome.notes.troubles or not outcome.files:
        return outcome
    for finding in _problems(outcome.files, asked, check):
        outcome.notes.add("check", f"{finding.path}:{finding.line}" if finding.line else finding.path,
                          f"{finding.label + ': ' if finding.label else ''}{finding.text} [{finding.code}]")
    if outcome.notes.troubles or asked.is_dry:
        return outcome
    try:
        commit(outcome.files)
    except OSError as error:
        outcome.notes.add("source", str(error.filename or asked.content), f"не вдається записати: {error.strerror}.")
        return outcome
    outcome.is_written = True
    return outcome


def _problems(files: Files, asked: Asked, check: Check) -> list[Finding]:
    """What `check` would say of the changed meetings if the files were there: tried in a copy made of links."""
    content = asked.content
    if asked.stage:
        asked.stage.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="import-", dir=asked.stage) as folder:
        stage = Path(folder, content.name)
        shutil.copytree(content, stage, copy_function=_link, symlinks=True)
        for file, bytes_ in files.items():
            place = stage / file.relative_to(content)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)  # a link: the file of the site must not change
            place.write_bytes(bytes_)
        touched = {file.parent.relative_to(content).as_posix() for file in files}
        found = [replace(finding, path=finding.path.rpartition(f"{Path(folder).name}/")[2]) for finding in check(stage)]
        return [finding for finding in found if any(f"/{part}/" in f"/{finding.path}" for part in touched)]


def _link(source: str, target: str) -> None:
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)


# --------------------------------------------------------------------------- words

def told(outcome: Outcome, asked: Asked) -> list[str]:
    """Everything an editor should know, troubles last."""
    notes = outcome.notes
    lines = [f"зауваження: {line}" for line in notes.remarks[:SHOWN]]
    lines += _shown("прийнято", notes.taken)
    if notes.troubles:
        lines += _shown("перешкода", notes.troubles)
        lines += ["", f"Нічого не записано: {counted(len(notes.troubles), 'перешкода', 'перешкоди', 'перешкод')}."]
        lines += [_way_out(name, count) for name, count in summary(notes.troubles).items()]
        return lines
    new = [motion for _, items in outcome.plans for item in items for motion in item.motions]
    votes = sum(len(motion.votes) for motion in new)
    if not outcome.files:
        known = sum(len(sitting.raws) for sitting, _ in outcome.plans)
        return [*lines, f"Усе вже записано: {counted(known, 'голосування', 'голосування', 'голосувань')}. "
                        "Нічого не змінено."]
    verb = "Записано" if outcome.is_written else "Буде записано"
    lines.append(f"{verb}: {counted(len(new), 'голосування', 'голосування', 'голосувань')}, "
                 f"{counted(votes, 'голос', 'голоси', 'голосів')}.")
    for sitting, items in outcome.plans:
        count = sum(len(item.motions) for item in items)
        if count:
            is_new = "нове засідання" if sitting.meeting is None else "засідання"
            lines.append(f"  {is_new} {sitting.key}: {counted(count, 'голосування', 'голосування', 'голосувань')}")
    if outcome.is_written:
        lines.append("Перегляньте зміни й перевірте: python3 tasks.py check")
    return lines


def _shown(word: str, troubles: Sequence[Trouble]) -> list[str]:
    lines = [f"{word}: {trouble}" for trouble in troubles[:SHOWN]]
    return [*lines, f"… і ще {len(troubles) - SHOWN}."] if len(troubles) > SHOWN else lines


def _way_out(name: str, count: int) -> str:
    kind = KINDS[name]
    way = f"щоб {kind.meaning}: --accept {name}" if kind.meaning else "прийняти не можна, треба виправити"
    return f"  {name} ({count}): {kind.title}; {way}."


def wrong_options(accept: Sequence[str], match: Sequence[str], word: Sequence[str]) -> str:
    """What is wrong with the options, or nothing."""
    for name in accept:
        if name not in ACCEPTABLE:
            return f"--accept: «{name}» прийняти не можна. Можна: {', '.join(ACCEPTABLE)}."
    for pair in match:
        if not all(part.strip() for part in pair.rpartition("=")[::2]):
            return f"--match: «{pair}» не пара. Треба, наприклад: --match \"Бойко І. П.=boiko-ivan\"."
    for pair in word:
        if not pair.partition("=")[1] or option_of(pair.rpartition("=")[2]) is None:
            return f"--word: «{pair}» не пара. Треба, наприклад: --word \"Присутній=Не голосував\"."
    return ""


def pairs(options: Sequence[str]) -> dict[str, str]:
    """`a=b` → {a: b}; the last sign of equality divides."""
    return {pair.rpartition("=")[0].strip(): pair.rpartition("=")[2].strip() for pair in options}


def option_words(options: Sequence[str]) -> dict[str, VoteOption]:
    """The words of votes that the editor has explained."""
    return {word: option for word, meant in pairs(options).items() if (option := option_of(meant))}
