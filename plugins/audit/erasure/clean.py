"""Вилучення персональних даних: the text of a revision goes for good, and everybody can see that only it went.

What has to be forgotten is in three places: in the history of the repository, behind the commitments of the log, and
behind hashes of it: names of commits, digests of deployed pages. So the history is made anew with a marker in place of
the text (`rewriting.py`) and without those digests (`deployed.py`); the openings of the revision are destroyed; of each
commit that got another name the salt is destroyed and the new name takes the place of the old one. The log itself loses
nothing: it gets `redact` and `rewrite` leaves. Copies that others made before are beyond reach, and signatures of the
commits that were made anew fall.

The order makes a crash harmless: first the new repository, proven to be right; then the leaves; then the salts.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.files import write_whole
from plugins.proof.leaves import SALT_BYTES, Leaf, canonical, commit_to, leaf
from plugins.proof.salts import (
    DOCUMENTS,
    POLICIES,
    Opening,
    PolicyOpening,
    Salts,
    keep_openings,
    keep_policy_openings,
    overwrite,
    parse_openings,
    parse_policy_openings,
    read_openings,
)
from plugins.ukrainian import KYIV

from ..chain import Objects, paths_of, prefix_of
from ..declared import REWRITES, Rewrite, encode_rewrites, marker, parse_rewrites, rewrites
from ..layout import BUILD, BUILDS, PAGES, REDACTIONS
from ..pages_root import MANIFEST
from .deployed import DEPLOYMENTS, without_digests
from .rewriting import History, holds, read_history, rewrite, where_words_stand

STANDS = "Ця редакція чинна досі. Спершу оприлюдніть виправлену або зніміть документ."


class NotErased(Exception):
    """Why nothing was done, in Ukrainian, with the way out."""


@dataclass(frozen=True)
class Order:
    """What is to be erased, and by whose order.

    `doc`: as in the log («drafts/2026/412-p»); `names`: which files, "" for the source itself; `by`: role and key of
    the officer («clerk:1a2b3c4d»); `words`: what must stand nowhere afterwards, used to look for it and kept nowhere;
    `at`: seconds since 1970.
    """

    doc: str
    revisions: tuple[int, ...]
    basis: str
    reason: str
    by: str
    at: int
    names: tuple[str, ...] = ("",)
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an erasure would do. `blobs`: (path from the top of the repository, git's name) of all that goes.

    `first`: place of the first commit that is made anew; `spans`: (first place, place after the last, revision).
    """

    history: History
    prefix: str
    first: int
    spans: tuple[tuple[int, int, int], ...]
    blobs: frozenset[tuple[str, str]]

    @property
    def rewritten(self) -> int:
        return len(self.history.commits) - self.first

    def revision_at(self, place: int) -> int:
        """The revision that is in force as of a commit."""
        return next((n for start, end, n in self.spans if start <= place < end), 0)


@dataclass(frozen=True)
class Erased:
    """What was done. `receipt` holds what must not be public: for auditors who have an old copy of the repository."""

    commits: Mapping[str, str]
    tip: str
    leaves: tuple[Leaf, ...]
    receipt: bytes


def plan(folder: Path, salts: Path, order: Order) -> Plan:
    """Find all that has to go; refuse what cannot be done cleanly. Errors: `NotErased`, `NotReadable`."""
    openings = read_openings(salts, order.doc)
    if missing := [n for n in order.revisions if n not in openings]:
        raise NotErased(f"Редакції {missing[0]} документа {order.doc} немає серед солей. Перевірте номер.")
    if not order.revisions:
        raise NotErased("Вкажіть, яку редакцію вилучити.")
    history, prefix = read_history(folder), prefix_of(folder)
    places = history.place_of()
    spans = _spans(openings, places, len(history.commits))
    wanted = {prefix + path for n in order.revisions for path in _paths(openings[n], order.names)}
    touched = tuple(paths_of(folder, "HEAD"))
    found = frozenset(_in_force(touched, spans, wanted, frozenset(order.revisions)))
    _refuse_elsewhere(touched, spans, found, order)
    first = min((place for place, (_, changes) in enumerate(touched) if found & set(changes)), default=-1)
    if first < 0:
        raise NotErased(f"У цих редакціях документа {order.doc} немає таких файлів. Перевірте назви.")
    return Plan(history, prefix, first, spans, found)


def erase(folder: Path, salts: Path, leaves: Sequence[Leaf], order: Order, output: Path,
          append: Callable[[Sequence[Leaf]], object]) -> Erased:
    """Make the clean repository in `output`, declare it in the log through `append`, destroy what opens the old one.

    `leaves`: the log as it is. Nothing is changed in `folder`. Errors: `NotErased`, `NotReadable`, and those of
    `append`.
    """
    if output.exists():
        raise NotErased(f"Тека {output} вже є. Вкажіть нову: у ній буде чисте сховище.")
    planned = plan(folder, salts, order)
    with Objects(folder) as objects:
        commits = rewrite(planned.history, planned.first, _changed(planned, order, objects), output)
    try:
        _refuse_remains(output, planned, commits, order)
    except NotErased:
        shutil.rmtree(output, ignore_errors=True)
        raise
    old, new = planned.history.commits[-1][0], commits[planned.history.commits[-1][0]]
    secret, public = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    declared = tuple(_declared(order, commit_to("commit", secret, old.encode()),
                               commit_to("commit", public, new.encode())))
    number = len(rewrites(leaves)) + 1
    append(declared)
    forget(salts, order, commits, number, Rewrite(new, public))
    declare(output / planned.prefix, order)
    return Erased(commits, new, declared, canonical({"rewrite": number, "old": old, "salt": secret.hex(), "new": new})
                  + b"\n")


def forget(salts: Path, order: Order, commits: Mapping[str, str], number: int, made: Rewrite) -> None:
    """Destroy what opens the revisions, and what opens the old name of any commit; keep the new names."""
    for file in sorted((salts / DOCUMENTS).rglob("*.json")):
        doc = file.relative_to(salts / DOCUMENTS).as_posix().removesuffix(".json")
        before = parse_openings(file.read_bytes())
        after = {n: _moved(one, commits) for n, one in before.items() if doc != order.doc or n not in order.revisions}
        if after != before:
            overwrite(file)
            keep_openings(salts, doc, after)
    for file in sorted((salts / POLICIES).rglob("*.json")):
        what = file.relative_to(salts / POLICIES).as_posix().removesuffix(".json")
        versions = parse_policy_openings(file.read_bytes())
        moved = {n: PolicyOpening(one.path, commits.get(one.commit, one.commit), one.salt)
                 for n, one in versions.items()}
        if moved != versions:
            overwrite(file)
            keep_policy_openings(salts, what, moved)
    kept = parse_rewrites((salts / REWRITES).read_bytes()) if (salts / REWRITES).is_file() else {}
    kept = {k: Rewrite(commits[one.commit], b"") if one.commit in commits else one for k, one in kept.items()}
    overwrite(salts / REWRITES)
    write_whole(salts / REWRITES, encode_rewrites({**kept, number: made}))
    for name in (BUILD, BUILDS, PAGES, MANIFEST):  # of the last build with the text; the next one has its own
        overwrite(salts / name)
        (salts / name).unlink(missing_ok=True)


def declare(site: Path, order: Order) -> None:
    """Add the redactions to the site's own register; the officer commits and signs it."""
    file = site / REDACTIONS
    at = datetime.fromtimestamp(order.at, UTC).astimezone(KYIV).strftime("%Y-%m-%d %H:%M")
    entries = "".join(f"- doc: {order.doc}\n  revision: {n}\n  at: {at}\n  reason: {_quoted(order.reason)}\n"
                      f"  basis: {_quoted(order.basis)}\n" for n in order.revisions)
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    write_whole(file, (before + ("\n" if before and not before.endswith("\n") else "") + entries).encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _declared(order: Order, old: str, new: str) -> Iterator[Leaf]:
    seen = datetime.fromtimestamp(order.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for n in order.revisions:
        yield leaf("redact", order.by, seen, doc=order.doc, n=n, basis=order.basis)
    yield leaf("rewrite", order.by, seen, old=old, new=new, basis=order.basis)


def _changed(planned: Plan, order: Order, objects: Objects) -> Callable[[int, str], Mapping[str, bytes]]:
    """What stands in the files of a commit instead."""
    paths = sorted({path for path, _ in planned.blobs})
    table = planned.prefix + DEPLOYMENTS
    tables: dict[str, dict[str, bytes]] = {"": {}}

    def deployed(blob: str) -> dict[str, bytes]:
        if blob not in tables:
            before = objects.read(blob, "blob")
            after = without_digests(before, [order.doc])
            tables[blob] = {table: after} if after != before else {}
        return tables[blob]

    def changed(place: int, tree: str) -> Mapping[str, bytes]:
        there = {path: objects.blob_at(tree, path) for path in paths}
        text = marker(order.doc, planned.revision_at(place), order.basis)
        return deployed(objects.blob_at(tree, table)) | {
            path: text for path, blob in there.items() if (path, blob) in planned.blobs}
    return changed


def _paths(opening: Opening, names: Sequence[str]) -> Iterator[str]:
    """Where the files of a revision stand, from the top of the site."""
    beside = opening.path.rpartition("/")[0]
    for name in names:
        if not name:
            yield opening.path
        elif name in opening.salts.files:
            yield f"{beside}/{name}"


def _spans(openings: Mapping[int, Opening], places: Mapping[str, int], count: int) -> tuple[tuple[int, int, int], ...]:
    """(first place, place after the last, revision); what was committed before the first revision belongs to it."""
    starts = sorted((places[one.commit], n) for n, one in openings.items() if one.commit in places)
    if len(starts) < len(openings):
        raise NotErased("Коміту однієї з редакцій немає на цій гілці. Оновіть сховище.")
    ends = [*(place for place, _ in starts[1:]), count]
    return tuple((0 if number == 0 else place, end, n)
                 for number, ((place, n), end) in enumerate(zip(starts, ends, strict=True)))


def _in_force(touched: Sequence[tuple[str, list[tuple[str, str]]]], spans: Sequence[tuple[int, int, int]],
              wanted: set[str], revisions: frozenset[int]) -> Iterator[tuple[str, str]]:
    """(path, blob) of everything that stood at these paths while these revisions were in force."""
    now: dict[str, str] = {}
    turns = iter(spans)
    _, end, n = next(turns)
    for place, (_, changes) in enumerate(touched):
        while place >= end:
            _, end, n = next(turns)
        now.update({path: blob for path, blob in changes if path in wanted})
        if n in revisions:
            yield from ((path, blob) for path, blob in now.items() if blob)


def _refuse_elsewhere(touched: Sequence[tuple[str, list[tuple[str, str]]]], spans: Sequence[tuple[int, int, int]],
                      found: frozenset[tuple[str, str]], order: Order) -> None:
    """The same text in another revision or another file would stay: nothing is erased by halves."""
    blobs = {blob for _, blob in found}
    now: dict[str, str] = {}
    turns = iter(spans)
    _, end, n = next(turns)
    for place, (_, changes) in enumerate(touched):
        while place >= end:
            _, end, n = next(turns)
        now.update({path: blob for path, blob in changes if path in {one for one, _ in found}})
        for path, blob in changes:
            if blob in blobs and (path, blob) not in found:
                raise NotErased(f"Той самий текст є ще у файлі {path}. Спершу з’ясуйте, чи не вилучити і його.")
        if n not in order.revisions and found & set(now.items()):
            raise NotErased(STANDS if n == spans[-1][2] else f"Той самий текст має й редакція {n}. Назвіть і її.")
    if spans[-1][2] in order.revisions:
        raise NotErased(STANDS)


def _refuse_remains(output: Path, planned: Plan, commits: Mapping[str, str], order: Order) -> None:
    """The new repository has neither the objects nor the words."""
    gone = sorted({blob for _, blob in planned.blobs} | set(commits))
    if left := holds(output, gone):
        raise NotErased(f"У новому сховищі лишилося б вилучене ({left[0][:12]}): його тримає давня злита гілка.")
    if stands := where_words_stand(output, order.words):
        raise NotErased(f"Вилучувані слова є ще в {len(stands)} об’єктах нового сховища, як-от {stands[0]}. "
                        "Назвіть і ті редакції або виправте ті документи.")


def _moved(one: Opening, commits: Mapping[str, str]) -> Opening:
    if one.commit not in commits:
        return one
    return Opening(one.path, commits[one.commit], Salts(one.salts.doc, one.salts.path, b"", one.salts.files))
