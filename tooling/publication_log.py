"""`tasks.py log …`: the options of each action, and the library read for the room that writes the log."""
from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tooling.bootstrap import ROOT
from tooling.commands import Exit

if TYPE_CHECKING:
    from plugins.audit.keeping import batch
    from plugins.builder.options import BuildOptions

ACTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "start": (("log", "salts", "origin", "keys"), ("witness", "quorum", "content", "data", "as_of")),
    "append": (("log", "salts"), ("output", "keys", "site", "url", "content", "data", "as_of")),
    "collect": (("log",), ()),
    "stamp": (("log", "authority"), ()),
    "rotate": (("log", "salts", "keys", "new"), ("lost", "as_of")),
    "erase": (("log", "salts", "document", "revision", "role", "basis", "reason"),
              ("keys", "site", "output", "receipt", "files", "words", "yes", "content", "data", "as_of")),
    "show": (("log",), ()),
    "proof": (("site", "output"), ("page", "document", "revision", "short")),
}
"""What `log` can do → the options that it needs and those that it takes."""
LARGEST = 100_000_000
"""Bytes of one attachment at most."""
DAY = 86_400
NOT_ALL = 4
"""`collect`: the log is well, but not every witness answered."""


def wrong_options(what: str, given: dict[str, Any]) -> str:
    """What is wrong with a command line, in Ukrainian; empty where nothing is."""
    if what not in ACTIONS:
        return f"Немає дії «{what}». Можна: {', '.join(ACTIONS)}."
    needed, possible = ACTIONS[what]
    names = {name: f"--{name.replace('_', '-')}" for name in given}
    if foreign := [names[name] for name, value in given.items() if value and name not in (*needed, *possible)]:
        return f"Параметр {foreign[0]} не для «log {what}»."
    if missing := [names[name] for name in needed if not given[name]]:
        return f"«log {what}» потребує {' і '.join(filter(None, (', '.join(missing[:-1]), missing[-1])))}."
    if what == "proof" and bool(given["page"]) == bool(given["document"]):
        return "«log proof» потребує або --page, або --document."
    if given["revision"] and not given["document"]:
        return "Параметр --revision — лише разом із --document."
    if what == "erase":
        return _wrong_erasure(given)
    numbers = [name for name in ("quorum", "revision") if given[name] and not given[name].isdecimal()]
    return f"Число записано неправильно: {names[numbers[0]]} {given[numbers[0]]}." if numbers else ""


def _wrong_erasure(given: dict[str, Any]) -> str:
    if not all(one.strip().isdecimal() for one in given["revision"].split(",")):
        return f"--revision: треба номери редакцій через кому, а не «{given['revision']}»."
    if given["yes"] and not given["output"]:
        return "Параметр --yes — лише разом із --output."
    if given["output"] and not given["receipt"]:
        return "Разом із --output потрібен --receipt: закритий файл для аудиторів, що мають стару копію."
    return ""


def run(what: str, tree: BuildOptions, given: dict[str, Any], read_records: Any) -> tuple[list[str], int]:
    """Lines for the reader and the exit status. Errors: Exit."""
    from plugins.audit.keeping.telling import NotDone
    try:
        return _run(what, tree, given, read_records)
    except NotDone as problem:
        raise Exit(str(problem), code=problem.status) from None
    except OSError as error:
        raise Exit(f"Файл або тека недоступні: {error.filename or ''} ({error.strerror or error}).", code=1) from None


def _run(what: str, tree: BuildOptions, given: dict[str, Any], read_records: Any) -> tuple[list[str], int]:
    folders = {name: Path(given[name]) for name in ("log", "salts", "keys", "new") if given[name]}
    if what == "proof":
        return _proof(given), 0
    if what == "show":
        from plugins.audit.keeping import showing
        return showing.show(folders["log"]), 0
    if what == "collect":
        from plugins.audit.keeping import collecting
        lines, is_well = collecting.collect(folders["log"])
        return lines, 0 if is_well else NOT_ALL
    if what == "stamp":
        from plugins.audit.keeping import anchors
        return anchors.stamp(folders["log"], given["authority"]), 0
    at = int(time.time())
    seen = _moment(tree)
    if what == "append":
        return _append(tree, folders, given, read_records, seen, at), 0
    if what == "erase":
        return _erase(tree, folders, given, seen), 0
    from plugins.audit.keeping import ceremony, policy_file
    if what == "rotate":
        asked = ceremony.Rotation(folders["log"], folders["salts"], folders["keys"], folders["new"],
                                  bool(given["lost"]), seen)
        return ceremony.rotate(asked, os.environ, at), 0
    witnesses = given["witness"] or []
    quorum = int(given["quorum"]) if given["quorum"] else policy_file.usual_quorum(len(witnesses))
    return ceremony.start(ceremony.Start(folders["log"], folders["salts"], folders["keys"], given["origin"], witnesses,
                                         quorum, tree.content, tree.data, seen), at), 0


def _append(tree: BuildOptions, folders: dict[str, Path], given: dict[str, Any], read_records: Any, seen: datetime,
            at: int) -> list[str]:
    from plugins.audit.keeping import appending, keyring
    day = day_of_build(tree, seen)
    now = datetime.fromtimestamp(at, UTC)
    # What witnesses had signed by now the build knows, whatever moment it was told: by `seen` an auditor takes it away.
    seen = now if 0 <= (now - seen).total_seconds() <= DAY else seen
    url = given["url"] or (given["site"] if "://" in given["site"] else "")
    asked = appending.Asked(folders["log"], folders["salts"], tree.output, tree.content, tree.data,
                            keyring.read_keys(folders.get("keys"), os.environ), seen,
                            (ROOT / "requirements.lock").read_bytes(), given["site"], url, day)
    return appending.run(asked, partial(documents, tree, read_records), at=at)


def day_of_build(tree: BuildOptions, seen: datetime) -> datetime:
    """The moment as of which the site in the output was built; where its state is not kept, what is declared counts.

    Errors: `NotDone` for a site of other documents, or as of another day: an auditor would build another one.
    """
    from plugins.audit.keeping.telling import NotDone
    from plugins.builder import sources, state
    from plugins.builder.manifest import Manifest
    store = state.load(state.path_of(tree.cache, tree.name))
    if store is None:
        return seen
    try:
        if store.head("manifest") != Manifest.read(tree.output).digest:
            return seen
        if others := sources.changed(tree, store.head("files"), sources.look(tree)):
            raise NotDone(f"Сайт у теці {tree.output} старіший за документи, як-от {others[0]}. Спершу побудуйте його: "
                          "build --public.")
        built = datetime.fromisoformat(store.head("now"))
    finally:
        state.give_up(store)
    if tree.as_of:
        return seen
    if abs((seen - built).total_seconds()) > DAY:
        raise NotDone(f"Сайт побудовано станом на {built:%Y-%m-%dT%H:%M:%S%z}. Дайте обом командам, build --public і "
                      f"log append, ту саму мить: --as-of {seen:%Y-%m-%dT%H:%M:%SZ}.")
    return built


def _erase(tree: BuildOptions, folders: dict[str, Path], given: dict[str, Any], seen: datetime) -> list[str]:
    from plugins.audit.erasure import erasing
    from plugins.audit.erasure.clean import Order
    from plugins.audit.keeping import keyring
    keys = keyring.read_keys(folders.get("keys"), os.environ)
    words = Path(given["words"]).read_text(encoding="utf-8").splitlines() if given["words"] else []
    order = Order(given["document"], tuple(int(one) for one in given["revision"].split(",")), given["basis"],
                          given["reason"], f"{given['role']}:{keys[0].verifier.key_id.hex()}", int(seen.timestamp()),
                          ("", *(given["files"] or [])), tuple(one.strip() for one in words if one.strip()))
    return erasing.run(erasing.Asked(
        folders["log"], folders["salts"], tree.content, tree.data, keys, given["role"], order,
        Path(given["output"]) if given["output"] else None, Path(given["receipt"]) if given["receipt"] else None,
        given["site"], bool(given["yes"])))


def documents(tree: BuildOptions, read_records: Any, is_rewritten: bool) -> Iterator[batch.Document]:
    """Every document that is public at the declared moment, with its revisions.

    `is_rewritten`: history was rewritten, and the log says so: what was known of it before counts no more.
    """
    from plugins.audit.keeping.batch import Document as Logged
    from plugins.builder.sources import log_mark
    from plugins.history.intake import open_past
    from plugins.history.steps import contents, doc_name, steps_of, steps_reason
    from plugins.records import Document, Report
    library = read_records(tree)
    library.past = open_past(tree.content, tree.data, tree.cache, tree.name, Report(), cold=is_rewritten,
                             log=tree.log_folder, salts=tree.salts_folder, mark=log_mark(tree))
    derived = tuple(model for _, model, _ in library.registry.derived)
    for record in library.records:
        if isinstance(record, Document) and not isinstance(record, derived) and record.is_public(library.now):
            yield Logged(doc_name(record), steps_of(record, library),
                         partial(_contents, contents, record, library),
                         record.withdrawn.basis if record.withdrawn else "", steps_reason(record, library))


def _contents(contents: Any, record: Any, library: Any, step: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = contents(record, step, library, LARGEST)
    return found


def _proof(given: dict[str, Any]) -> list[str]:
    from plugins.audit.keeping import proving
    from plugins.ukrainian import counted
    if given["page"]:
        proven = proving.prove_address(given["site"], given["page"], is_short=given["short"])
    else:
        proven = proving.prove_document(given["site"], given["document"], int(given["revision"] or 0),
                                        is_short=given["short"])
    content = proven.proof.encode_small() if given["output"].endswith(".gz") else proven.proof.encode()
    Path(given["output"]).write_bytes(content)
    told = [f"Доказ записано: {given['output']}, {counted(len(content), 'байт', 'байти', 'байтів')}. "
            f"Він про файл {proven.path}."]
    return [*told, "Свідки ще не бачили журналу з цим записом, тож доказ поки що неповний. Складіть його наново за "
            "кілька годин."] if proven.waits else told


def _moment(tree: BuildOptions) -> datetime:
    from plugins.builder import changes
    try:
        return (changes.declared_moment(tree) if tree.as_of else None) or datetime.now(UTC)
    except ValueError:
        raise Exit(f"--as-of: «{tree.as_of}» не момент часу. Треба 2026-11-22 або 2026-11-22T10:30.", code=2) from None
