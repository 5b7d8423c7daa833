"""The private keys of the log: where they come from, and where they are written, once and for their keeper only.

A log has two keys that sign together, Ed25519 and ML-DSA-44 (what is signed today has to be believed in decades), and a
successor of each. Successors are in the policy from the first day, so a lost or stolen key is replaced without asking
anybody to believe a new one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from plugins.proof.faults import Fault
from plugins.proof.keys import ED25519, ML_DSA_44, SEED_BYTES, SignerKey

from .telling import NotDone

ENVIRONMENT = ("PROZORA_LOG_KEY", "PROZORA_LOG_KEY_PQ")
"""Secrets of the publishing job; the second may be missing."""
KINDS = (ED25519, ML_DSA_44)
OWN = ("log-ed25519.key", "log-ml-dsa-44.key")
NEXT = ("next-ed25519.key", "next-ml-dsa-44.key")
LONGEST = 1000


def new_pair(origin: str) -> tuple[SignerKey, ...]:
    """One key of each kind."""
    return tuple(SignerKey(origin, kind, secrets.token_bytes(SEED_BYTES)) for kind in KINDS)


def read_keys(folder: Path | None, environment: Mapping[str, str], names: Sequence[str] = OWN) -> tuple[SignerKey, ...]:
    """The keys of a folder, else those of the environment. Errors: `NotDone`."""
    texts = _from_folder(folder, names) if folder else {name: environment.get(name, "") for name in ENVIRONMENT}
    found = tuple(_parse(text.strip(), name) for name, text in texts.items() if text.strip())
    if not found:
        where = f"у теці {folder} немає файлів {' і '.join(names)}" if folder else \
            f"немає змінної середовища {ENVIRONMENT[0]}"
        raise NotDone(f"Ключа журналу не знайдено: {where}. Вкажіть --keys ТЕКА.")
    if len({key.name for key in found}) > 1:
        raise NotDone("Ключі — від різних журналів: назви в них не збігаються.")
    return found


def write_keys(folder: Path, names: Sequence[str], keys: Sequence[SignerKey]) -> None:
    """Each into a file of its own that only the owner reads; a file that is there is never replaced."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in zip(names, keys, strict=True):
        try:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise NotDone(f"У теці {folder} вже є {name}. Виберіть порожню теку: ключів не перезаписують.") from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{key.secret()}\n")
            file.flush()
            os.fsync(file.fileno())


def check_place(folder: Path) -> None:
    """Private keys never lie inside a repository, whosever it is: one commit, and they are everybody's."""
    place = folder.resolve()
    if any((one / ".git").exists() for one in (place, *place.parents)):
        raise NotDone(f"--keys: тека {folder} лежить у сховищі git, звідки ключ легко оприлюднити. Виберіть теку поза "
                      "ним, найкраще на окремому носії.")


def _from_folder(folder: Path, names: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            with (folder / name).open(encoding="utf-8", errors="replace") as file:
                found[name] = file.read(LONGEST)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise NotDone(f"Ключа {folder / name} не прочитати: {error.strerror or error}.") from None
    return found


def _parse(text: str, name: str) -> SignerKey:
    try:
        key = SignerKey.parse(text)
        if key.kind in KINDS:
            return key
    except Fault:
        pass
    raise NotDone(f"{name}: це не ключ журналу. Потрібен увесь рядок, що починається з PRIVATE+KEY+.")
