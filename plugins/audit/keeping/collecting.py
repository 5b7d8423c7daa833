"""`log collect`: cosignatures that witnesses have published, fetched, verified and kept with their checkpoints.

A witness gives them away either as a signed note, the checkpoint with its lines, or as the lines alone. One that is
down or says something wrong is named and passed over: publishing waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosigned_at
from plugins.proof.faults import Fault
from plugins.proof.log import checkpoint_path, read_note
from plugins.proof.moments import kept_checkpoints
from plugins.proof.notes import Note, Signature
from plugins.proof.policy import Party
from plugins.ukrainian import counted

from ..site import open_site
from .state_of_log import OwnLog, read_log
from .telling import NotDone

LATEST = 50
"""So many of the newest checkpoints are tried with lines that do not say which one they are of."""
LARGEST = 100_000
DASH = "— ".encode()


def collect(folder: Path) -> tuple[list[str], bool]:
    """What was done with each witness, and whether all of them answered well. Errors: `NotDone`, OSError."""
    log = read_log(folder)
    parties = {name: party for name, party in log.policy.witnesses.items() if party.url}
    if not parties:
        return ["У правилах довіри немає свідків з адресою: збирати ні в кого."], True
    lines, is_well = [], True
    for name, party in parties.items():
        try:
            new = _take(log, party)
            lines.append(f"{name}: {counted(new, 'новий підпис', 'нові підписи', 'нових підписів')}.")
        except (Fault, NotDone) as problem:
            reason = problem.said("uk") if isinstance(problem, Fault) else str(problem)
            lines.append(f"{name}: пропущено — {reason}.")
            is_well = False
    return lines, is_well


def _take(log: OwnLog, party: Party) -> int:
    """Fetch and keep what is new; how many signatures."""
    size, signatures = _matched(log, party, _fetched(party.url))
    known = {str(one) for one in read_note(log.fetch, checkpoint_path(size)).signatures}
    new = [one for one in signatures if str(one) not in known]
    if new:
        add_signatures(log.folder, size, new, log.policy)
    return len(new)


def _fetched(url: str) -> bytes:
    place, _, name = url.rpartition("/")
    try:
        content = open_site(place)(name)
    except FileNotFoundError:
        raise NotDone("підписів за цією адресою немає") from None
    except (OSError, ValueError) as error:
        raise NotDone(f"не відповідає ({error})") from None
    if len(content) > LARGEST:
        raise Fault("note-too-long", url)
    return content


def _matched(log: OwnLog, party: Party, content: bytes) -> tuple[int, list[Signature]]:
    """The size of the checkpoint and the party's lines, verified."""
    if content.startswith(DASH):
        lines = [Signature.parse(line) for line in _text(content).splitlines()]
        mine = [one for one in lines if one.is_by(party.key)]
        for checkpoint in _newest(log):
            if right := [one for one in mine if _is_right(checkpoint, party, one)]:
                return checkpoint.size, right
        raise Fault("signature" if mine else "signature-missing", party.key.name)
    note = Note.decode(content)
    size = Checkpoint.of(note).size
    if read_note(log.fetch, checkpoint_path(size)).text != note.text:
        raise Fault("consistency", f"{size}")
    found = [one for one in note.signatures if one.is_by(party.key)]
    if not found:
        raise Fault("signature-missing", party.key.name)
    for one in found:
        cosigned_at(Checkpoint.of(note), party.key, one)
    return size, found


def _newest(log: OwnLog) -> Iterator[Checkpoint]:
    sizes: Sequence[int] = kept_checkpoints(log.fetch)
    for size in reversed(sizes[-LATEST:]):
        yield Checkpoint.of(read_note(log.fetch, checkpoint_path(size)))


def _is_right(checkpoint: Checkpoint, party: Party, signature: Signature) -> bool:
    try:
        return cosigned_at(checkpoint, party.key, signature) >= 0
    except Fault:
        return False


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("note") from None
