"""The log in a folder as its own jobs find it: verified from the first entry to the last before anything is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.keys import SignerKey
from plugins.proof.leaves import Leaf
from plugins.proof.log import NEWEST, from_folder, read_note, verify_log
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.tiles import Fetch
from plugins.ukrainian import in_kyiv, moment

from ..layout import EVIDENCE, POLICY
from ..site import open_site
from .telling import NotDone, said

HOUR = 3600


@dataclass(frozen=True)
class OwnLog:
    """`note`: its newest checkpoint with all signatures; `logs`: its policy, witnesses left out."""

    folder: Path
    policy: Policy
    logs: Policy
    note: Note
    checkpoint: Checkpoint
    leaves: tuple[Leaf, ...]

    @property
    def fetch(self) -> Fetch:
        return from_folder(self.folder)


def read_log(folder: Path) -> OwnLog:
    """Errors: `NotDone` where there is no log, and where it is not whole."""
    policy = read_policy(folder)
    try:
        logs = Policy(policy.logs)
        found = verify_log(from_folder(folder), logs)
        return OwnLog(folder, policy, logs, read_note(from_folder(folder)), found.accepted.checkpoint, found.leaves)
    except Fault as fault:
        raise NotDone(f"Журнал у теці {folder} пошкоджено: {fault.said('uk')}. Відновіть його з гілки журналу; "
                      "нічого не записано.") from None


def read_policy(folder: Path) -> Policy:
    """The policy of a log's folder. Errors: `NotDone`."""
    try:
        return Policy.parse((folder / POLICY).read_bytes())
    except OSError:
        raise NotDone(f"У теці {folder} немає журналу. Створити його: python3 tasks.py log start.") from None
    except Fault as fault:
        raise NotDone(f"{folder / POLICY}: {fault.said('uk')}. Виправте цей рядок.") from None


def check_keys(log: OwnLog, keys: Sequence[SignerKey]) -> None:
    """What is signed has to be believed: each key stands in the policy, and one of them signed the log before."""
    trusted = {party.key for party in log.policy.logs}
    if strange := [key for key in keys if key.verifier not in trusted]:
        raise NotDone(f"Ключа {strange[0].verifier.key_id.hex()} немає в правилах довіри цього журналу. "
                      "Замінити ключ: python3 tasks.py log rotate.")


def check_clock(log: OwnLog, seen: datetime, at: int) -> None:
    """What is written now was not seen before what was written already, nor will it be seen tomorrow."""
    last = datetime.fromisoformat(log.leaves[-1].seen) if log.leaves else seen
    if seen.replace(microsecond=0) < last:
        raise NotDone(f"Мить {moment(in_kyiv(seen))} раніша за останній запис журналу ({moment(in_kyiv(last))}). "
                      "Нічого не записано. Перевірте годинник комп’ютера й --as-of.")
    if seen.timestamp() > at + HOUR:
        raise NotDone(f"Мить {moment(in_kyiv(seen))} ще не настала. Нічого не записано. Перевірте годинник комп’ютера "
                      "й --as-of.")


def remembered(site: str, log: OwnLog) -> list[Checkpoint]:
    """What the public site shows: the log must go on from there. None where it shows no log yet. Errors: `NotDone`.

    Who signed it is not asked: what is a beginning of ours is ours, also if the key was replaced since.
    """
    if not site:
        return []
    try:
        checkpoint = Checkpoint.of(Note.decode(open_site(site, EVIDENCE)(NEWEST)))
        if checkpoint.origin != log.checkpoint.origin:
            raise Fault("origin", checkpoint.origin)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise NotDone(f"Сайт {site} не відповідає ({error}). Не знаючи, який журнал він показує, дописувати не можна. "
                      "Повторіть згодом або, якщо сайту справді немає, приберіть --site.") from None
    except Fault as fault:
        raise NotDone(f"Сайт {site} показує не наш журнал: {fault.said('uk')}. Нічого не записано. З’ясуйте, хто "
                      "змінив сайт; щоб дописати все одно, приберіть --site.") from None
    return [checkpoint]


def told(fault: Fault) -> NotDone:
    """A fault while the log was written."""
    more = {"consistency": " Сайт показує інше минуле журналу, ніж є тут: звірте гілку журналу з її копіями.",
            "shrunk": " Сайт показує довший журнал, ніж є тут: візьміть найновішу гілку журналу.",
            "signature-missing": " Журнал підписано іншим ключем: перевірте, чи той ключ дано."}.get(fault.code, "")
    return NotDone(f"{said(fault)}. Нічого не записано.{more}")
