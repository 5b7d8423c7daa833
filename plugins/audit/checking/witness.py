"""`verify witness`: another council looks after a log. It pulls what is published, and cosigns only what has grown.

    --state FILE            what this witness cosigned last, of each log: the whole signed checkpoint
    --out DIR               what it gives away, by the log's origin:
        <origin>/cosignatures       the lines of the newest checkpoint: the address that the log's policy names
        <origin>/<size>.cosig       the same, kept of each size
        evidence/<origin>/<size>-<digest>/   of a log that forked or shrank: `known` and `new`, both signed by it

The new checkpoint is remembered before its cosignature is given away, under a lock, and only if what was remembered is
still the same: a witness that dies in between has promised nothing, and two that run at once do not sign two futures.
The rules themselves are `proof.witness`.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.files import one_writer, write_whole
from plugins.proof.keys import COSIGNATURE, SEED_BYTES, SignerKey
from plugins.proof.leaves import canonical
from plugins.proof.log import NEWEST, read_note
from plugins.proof.notes import Note
from plugins.proof.policy import WITNESS_KINDS, Policy
from plugins.proof.tiles import Fetch, tree_of
from plugins.proof.tree import range_hash
from plugins.proof.witness import Cosigned, Refused, Request, consider, request_from

from ..findings import CODES, Finding, Weight, of_fault

CHECK = "witness"
NEWEST_LINES = "cosignatures"
EVIDENCE = "evidence"
LARGEST = 5_000_000
CODES.update({
    "cosigned": ("журнал лише виріс, його посвідчено", "the log has only grown; it was cosigned"),
    "witness-forked": ("журнал підписав два стани, з яких один не продовжує інший; обидва збережено",
                       "the log signed two states of which one does not continue the other; both were kept"),
    "witness-shrank": ("журнал став коротший, ніж був; обидва стани збережено",
                       "the log is shorter than it was; both states were kept"),
    "witness-unproven": ("журнал не доводить, що продовжує попередній; не посвідчено",
                         "the log does not prove that it continues; it was not cosigned"),
})


class NotWitnessed(Exception):
    """Why the witness could not do its work, in Ukrainian: its own files are not right."""


@dataclass(frozen=True)
class Witness:
    """A witness: whom it looks after, its keys, its memory, and what it gives away."""

    logs: Policy
    keys: tuple[SignerKey, ...]
    state: Path
    out: Path

    def visit(self, fetch: Fetch, at: int) -> list[Finding]:
        """Pull the newest checkpoint at this moment (seconds since 1970) and cosign it, or refuse and keep why.

        Errors: `NotWitnessed`; `Fault` log-busy where another one runs; OSError where nothing answers.
        """
        with one_writer(self.state.resolve().with_name(f"{self.state.name}.memory")):
            memory = read_memory(self.state)
            try:
                note = read_note(fetch)
                origin = Checkpoint.of(note).origin
            except Fault as fault:
                lacking = fault.code == "checkpoint-missing"
                return [of_fault(CHECK, fault, NEWEST, Weight.LACKING if lacking else Weight.TAMPERING)]
            known = memory.get(origin)
            answer = self._answer(known, note, fetch, at)
            if isinstance(answer, Refused):
                return self._refuse(known, note, answer)
            self._remember(memory, {**memory, origin: note})
            self._give(answer)
            return [Finding(CHECK, "cosigned", Weight.NOTE, origin, str(answer.checkpoint.size))]

    def _answer(self, known: Note | None, note: Note, fetch: Fetch, at: int) -> Cosigned | Refused:
        old = Checkpoint.of(known) if known else None
        new = Checkpoint.of(note)
        try:
            self.logs.signed(note)  # before anything is done for it
            request = request_from(old, note, fetch)
            if range_hash(0, new.size, tree_of(new.size, fetch)) != new.root:
                raise Fault("root", str(new.size))
        except Fault as fault:
            answer = consider(old, Request(old.size if old else 0, (), note), self.logs, self.keys, at)
            is_known = isinstance(answer, Refused) and (answer.is_evidence or answer.status in (400, 403, 404))
            return answer if isinstance(answer, Refused) and is_known else Refused(422, fault)
        return consider(old, request, self.logs, self.keys, at)

    def _remember(self, before: Mapping[str, Note], after: Mapping[str, Note]) -> None:
        """Compare and swap: what another process wrote meanwhile is not overwritten."""
        if read_memory(self.state) != before:
            raise Fault("log-moved", self.state.name)
        write_whole(self.state, canonical({origin: str(note) for origin, note in after.items()}) + b"\n")

    def _give(self, answer: Cosigned) -> None:
        place = self.out / origin_path(answer.checkpoint.origin)
        for name in (f"{answer.checkpoint.size}.cosig", NEWEST_LINES):
            write_whole(place / name, answer.body.encode())

    def _refuse(self, known: Note | None, note: Note, refused: Refused) -> list[Finding]:
        fault = refused.fault
        origin, size = Checkpoint.of(note).origin, Checkpoint.of(note).size
        if fault.code in ("origin", "signature", "signature-missing", "signature-twice", "extension"):
            return [of_fault(CHECK, fault, origin)]  # no state of that log: whoever serves it wrote it himself
        # its tiles made the signed root before anything was held against the memory
        code = {"shrunk": "witness-shrank", "consistency": "witness-forked"}.get(fault.code, "witness-unproven")
        if known:
            digest = sha256(note.encode()).hexdigest()[:16]
            place = self.out / EVIDENCE / origin_path(origin) / f"{size}-{digest}"
            write_whole(place / "known", known.encode())
            write_whole(place / "new", note.encode())
        return [Finding(CHECK, code, Weight.TAMPERING, origin, f"{fault.code} {fault.detail}".strip())]


def new_key(name: str, file: Path) -> SignerKey:
    """A key for a witness, written for its owner alone, never over another file. Errors: `NotWitnessed`."""
    try:
        key = SignerKey(name, COSIGNATURE, secrets.token_bytes(SEED_BYTES))
        text = f"{key.secret()}\n"
    except Fault:
        raise NotWitnessed(f"«{name}» не може бути назвою свідка. Треба без пробілів і плюсів: "
                           "rada.example/svidok.") from None
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NotWitnessed(f"Файл {file} уже є. Вкажіть інший: ключів не перезаписують.") from None
    except OSError as error:
        raise NotWitnessed(f"Файлу {file} не записати: {error.strerror or error}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
    return key


def open_witness(policy: Path, key: Path, state: Path, out: Path) -> Witness:
    """A witness of its files. Errors: `NotWitnessed`."""
    try:
        logs = Policy.parse(_read(policy, "--policy"))
        keys = tuple(map(SignerKey.parse, _read(key, "--key").decode("utf-8", "replace").split()))
    except Fault as fault:
        raise NotWitnessed(f"{fault.said('uk')}.") from None
    if not keys or any(one.kind not in WITNESS_KINDS for one in keys):
        raise NotWitnessed(f"--key: у файлі {key} немає ключа свідка. Зробіть його: verify witness --new-key НАЗВА.")
    if not logs.logs:
        raise NotWitnessed(f"--policy: у файлі {policy} немає жодного журналу: «log <ключ>».")
    return Witness(logs, keys, state, out)


def read_memory(file: Path) -> dict[str, Note]:
    """Origin → the checkpoint that was cosigned last; empty where there is no file yet. Errors: `NotWitnessed`."""
    try:
        found = json.loads(_read(file, "--state"))
        memory = {origin: Note.decode(text.encode()) for origin, text in found.items()}
        if all(Checkpoint.of(note).origin == origin for origin, note in memory.items()):
            return memory
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, RecursionError, Fault):
        pass
    raise NotWitnessed(f"--state: файл {file} зіпсовано. Відновіть його з історії: почати знову — забути, що бачили.")


def origin_path(origin: str) -> str:
    """The log's origin as a path below a folder: `rada.example/log` stays, nothing leads elsewhere."""
    return "/".join(quote(part, safe="") if part.strip(".") else part.replace(".", "%2E") or "%"
                    for part in origin.split("/"))


def _read(file: Path, option: str) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST)
    except FileNotFoundError:
        if option == "--state":
            raise
        raise NotWitnessed(f"{option}: файлу {file} немає.") from None
    except OSError as error:
        raise NotWitnessed(f"{option}: файлу {file} не прочитати: {error.strerror or error}.") from None
