"""`log start` and `log rotate`: the two days on which private keys are at hand.

At the start a log gets its keys and their successors at once, and the policy that names them all. A rotation makes the
successors the keys and names new ones: both old and new sign the checkpoint at which it happens, and the first append
after it is signed by the new alone. A key that is lost needs nothing but its successor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.append import append, countersign, create
from plugins.proof.faults import Fault
from plugins.proof.files import one_writer, write_whole
from plugins.proof.keys import SignerKey, is_key_name
from plugins.proof.salts import read_policy_openings

from ..layout import KEPT_POLICIES, POLICY
from . import pending, place
from .appending import FORM
from .batch import Known, PolicyFile, Writer
from .keyring import ENVIRONMENT, NEXT, OWN, check_place, new_pair, read_keys, write_keys
from .policy_file import compose, with_keys
from .signed_by import site
from .state_of_log import check_clock, read_log, told
from .telling import NotDone


@dataclass(frozen=True)
class Start:
    """What `log start` is given. `quorum`: how many witnesses are enough; 0 for none."""

    log: Path
    salts: Path
    keys: Path
    origin: str
    witnesses: Sequence[str]
    quorum: int
    content: Path
    data: Path
    seen: datetime


@dataclass(frozen=True)
class Rotation:
    """What `log rotate` is given. `keys`: the folder with the successors, and with the old keys where they are not in
    the environment; `is_lost`: there are none any more; `new`: an empty folder for the keys from now on.
    """

    log: Path
    salts: Path
    keys: Path
    new: Path
    is_lost: bool
    seen: datetime


def start(asked: Start, at: int) -> list[str]:
    """Make keys, policy and an empty log, and log the policies that there are. Errors: `NotDone`, OSError."""
    if not is_key_name(asked.origin) or "://" in asked.origin:  # a name is for ever; the scheme of an address is not
        raise NotDone(f"--origin: «{asked.origin}» не назва журналу. Візьміть адресу сайту без https://, як-от "
                      "rada.example/zhurnal.", 2)
    check_place(asked.keys)
    if any((asked.log / name).exists() for name in ("checkpoint", "tile", "checkpoints", POLICY)):
        raise NotDone(f"У теці {asked.log} вже є журнал. Другого з тими самими документами не починають.")
    commit = place.head_of(asked.content, asked.data)
    keys, following = new_pair(asked.origin), new_pair(asked.origin)
    policy = compose(keys, following, asked.witnesses, asked.quorum)
    write_keys(asked.keys, (*OWN, *NEXT), (*keys, *following))
    try:
        with one_writer(asked.salts):
            create(asked.log, asked.origin, keys, at)
            write_whole(asked.log / POLICY, policy)
            files = place.policy_files(asked.log, asked.data, commit)
            _log_policies(asked.log, asked.salts, files, keys, asked.seen, at)
    except Fault as fault:
        raise told(fault) from None
    return ["Журнал оприлюднень почато.", "", f"Назва журналу: {asked.origin}",
            f"Відбиток ключа: {keys[0].verifier.key_id.hex()}", "", *_what_to_do(asked.keys)]


def rotate(asked: Rotation, environment: Mapping[str, str], at: int) -> list[str]:
    """Let the successors take over. Errors: `NotDone`, OSError."""
    check_place(asked.new)
    following = read_keys(asked.keys, {}, NEXT)
    old = () if asked.is_lost else read_keys(asked.keys if (asked.keys / OWN[0]).is_file() else None, environment)
    try:
        with one_writer(asked.salts):
            log = read_log(asked.log)
            check_clock(log, asked.seen, at)
            pending.settle(asked.salts, log.fetch, log.checkpoint.size)
            trusted = {party.key for party in log.policy.logs}
            if any(key.verifier not in trusted for key in following):
                raise NotDone("Цих ключів немає в правилах довіри журналу: вони від іншого журналу або давніші.")
            if len(following) != len(NEXT):
                raise NotDone(f"У теці {asked.keys} мають бути обидва ключі-наступники: {' і '.join(NEXT)}.")
            later = new_pair(log.checkpoint.origin)
            policy = with_keys((asked.log / POLICY).read_bytes(), following, later)
            write_keys(asked.new, (*OWN, *NEXT), (*following, *later))
            countersign(asked.log, following, log.logs, at)
            write_whole(asked.log / POLICY, policy)
            file = PolicyFile(POLICY, POLICY, "", policy)
            _log_policies(asked.log, asked.salts, [file], (*old, *following), asked.seen, at)
    except Fault as fault:
        raise told(fault) from None
    return ["Ключ журналу замінено: останню контрольну точку підписано " + (
        "ключем-наступником." if asked.is_lost else "і старим, і новим ключем."), "",
        f"Відбиток нового ключа: {following[0].verifier.key_id.hex()}", "", *_what_to_do(asked.new),
        f"Теку {asked.keys} та старі паперові копії знищіть, щойно наступне оприлюднення пройде з новими ключами."]


def _log_policies(log: Path, salts: Path, files: Sequence[PolicyFile], keys: Sequence[SignerKey], seen: datetime,
                  at: int) -> None:
    """Append a leaf for each policy that is new or another, with its opening."""
    found = read_log(log)
    by = site(keys[-len(OWN):])
    writer = Writer(Known(found.leaves), seen.astimezone(UTC).strftime(FORM), by, _nobody(by))
    for file in files:
        last = writer.known.policies.get(file.what)
        writer.policy(file, read_policy_openings(salts, file.what).get(int(last["n"])) if last else None)
    size = found.checkpoint.size
    for n in writer.batch.policies.get(POLICY, {}):
        write_whole(log / f"{KEPT_POLICIES}{n}", (log / POLICY).read_bytes())
    if writer.batch.leaves:
        pending.stage(salts, writer.batch, size, {})
        append(log, writer.batch.leaves, keys, expected=size, at=at)
        pending.settle(salts, found.fetch, size + len(writer.batch.leaves))


def _nobody(by: str) -> Callable[[str, str], str]:
    return lambda commit, path: by


def _what_to_do(keys: Path) -> list[str]:
    """What the clerk does with the keys, step by step."""
    return [
        f"Приватні ключі лежать лише в теці {keys}. Хто їх має, той пише в журнал від імені ради. Що зробити зараз:",
        f"1. Рядки файлів {OWN[0]} і {OWN[1]} внесіть у секрети сховища: {ENVIRONMENT[0]} і {ENVIRONMENT[1]}.",
        "2. Внесіть журнал до його гілок: python3 .github/scripts/log_branches.py push.",
        "3. Надрукуйте всі чотири файли: кожен — один рядок. Звірте на папері кожен знак.",
        f"4. Аркуші {NEXT[0]} і {NEXT[1]} покладіть в окремий конверт: це ключі-наступники на випадок утрати "
        "чи викрадення.",
        "5. Обидва конверти запечатайте, підпишіть удвох на клапані, поставте дату й покладіть у різні сейфи.",
        f"6. Теку {keys} зітріть. У листуванні та хмарі ключів не має бути ніколи.",
        "7. Відбиток ключа оголосіть на засіданні й надрукуйте в бюлетені: за ним журнал упізнає кожен.",
        "Докладно: сторінка довідки «Ключі журналу оприлюднень».",
    ]
