"""`log erase`: the order of a council to erase personal data, carried out on repository, log and salts.

Without `--output` it only tells what it would do. With it the clean repository is made there, and the log and the salts
are changed; with `--yes` too the branch of this repository is replaced. To publish all of it remains with the officer.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.proof.append import append
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.files import one_writer
from plugins.proof.keys import SignerKey
from plugins.proof.leaves import Leaf
from plugins.proof.roles import parse_roles
from plugins.ukrainian import counted

from ..keeping import pending, place
from ..keeping.state_of_log import OwnLog, check_keys, read_log, remembered, told
from ..keeping.telling import NotDone
from ..layout import REDACTIONS, ROLES
from ..repository import NotReadable, command, environment
from .clean import Erased, NotErased, Order, Plan, declare, erase, plan
from .rewriting import BRANCH, holds

COMMITS = ("коміт", "коміти", "комітів")


@dataclass(frozen=True)
class Asked:
    """What `log erase` is given. `role`: the officer's, of the site's roles; `output`: where the clean repository goes,
    None to be told only; `receipt`: a private file for what auditors with an old copy need.
    """

    log: Path
    salts: Path
    content: Path
    data: Path
    keys: Sequence[SignerKey]
    role: str
    order: Order
    output: Path | None
    receipt: Path | None
    shown: str = ""
    is_sure: bool = False


def run(asked: Asked) -> list[str]:
    """Carry it out; lines for the reader. Errors: `NotDone`, OSError."""
    try:
        with one_writer(asked.salts):
            log = read_log(asked.log)
            check_keys(log, asked.keys)
            pending.settle(asked.salts, log.fetch, log.checkpoint.size)
            seen_before = remembered(asked.shown, log)
            place.head_of(asked.content, asked.data)
            _check_role(asked)
            return _run(asked, log, seen_before)
    except Fault as fault:
        raise told(fault) from None
    except (NotErased, NotReadable) as reason:
        raise NotDone(f"{reason} Нічого не вилучено.") from None


def _run(asked: Asked, log: OwnLog, seen_before: Sequence[Checkpoint]) -> list[str]:
    site, order = asked.content.resolve().parent, asked.order
    planned = plan(site, asked.salts, order)
    if asked.output is None:
        return [*_planned(planned), "Це лише план. Щоб вилучити, вкажіть --output: нову теку для чистого сховища."]

    def declared(leaves: Sequence[Leaf]) -> None:
        append(asked.log, leaves, asked.keys, expected=log.checkpoint.size, at=order.at, remembered=seen_before)
    done = erase(site, asked.salts, log.leaves, order, asked.output.resolve(), declared)
    if asked.receipt:
        asked.receipt.write_bytes(done.receipt)
        asked.receipt.chmod(0o600)
    lines = [*_planned(planned), f"Чисте сховище — у теці {asked.output}. У журнал дописано "
             f"{counted(len(done.leaves), 'запис', 'записи', 'записів')}; солі вилученого знищено."]
    if asked.is_sure:
        lines += take_over(site, asked.output.resolve(), planned, done, order)
    return [*lines, f"Далі: внесіть {REDACTIONS} підписаним комітом, опублікуйте нову гілку замість старої, гілку "
            "солей — одним комітом без минулого, побудуйте сайт (build --public --cold) і допишіть журнал. Зроблених "
            "раніше копій це не стирає."]


def _planned(planned: Plan) -> list[str]:
    files = sorted({path for path, _ in planned.blobs})
    return [f"Вилучити: {', '.join(files)}. Наново буде зроблено {counted(planned.rewritten, *COMMITS)}: в інших "
            "змінюються лише назви й зникають підписи."]


def _check_role(asked: Asked) -> None:
    """Who orders an erasure has a role that may declare one. Errors: `NotDone`."""
    file = asked.data / Path(ROLES).name
    roles = parse_roles(file.read_bytes()).roles if file.is_file() else ()
    if not any(one.id == asked.role and one.permits(REDACTIONS) for one in roles):
        raise NotDone(f"--role: у {ROLES} немає ролі «{asked.role}», яка може змінювати {REDACTIONS}. "
                      "Додайте її або вкажіть іншу.")


def take_over(site: Path, clean: Path, planned: Plan, done: Erased, order: Order) -> list[str]:
    """Put the new history in the place of the old one, and forget the old one as far as this repository goes."""
    branch = _git(site, "symbolic-ref", "--short", "HEAD")
    _git(site, "-c", "protocol.file.allow=always", "fetch", "-q", "--no-tags", str(clean), BRANCH, protocols="file")
    if _git(site, "rev-parse", "HEAD") != planned.history.commits[-1][0]:
        raise NotReadable(branch)
    _git(site, "update-index", "-q", "--refresh")
    _git(site, "reset", "-q", "--keep", done.tip)
    place_of = Path(_git(site, "rev-parse", "--path-format=absolute", "--git-dir"))
    for name in ("FETCH_HEAD", "ORIG_HEAD"):
        (place_of / name).unlink(missing_ok=True)
    _git(site, "reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    _git(site, "gc", "-q", "--prune=now")
    declare(site, order)
    lines = [f"Гілку {branch} цього сховища замінено."]
    if holds(site, sorted(done.commits)):
        refs = _git(site, "for-each-ref", "--format=%(refname:short)", "--contains", planned.history.commits[
            planned.first][0]).split()
        lines.append(f"Стару історію ще тримають: {', '.join(refs) or 'інші робочі теки'}. Вилучіть їх і виконайте "
                     "git gc --prune=now.")
    return lines


def _git(folder: Path, *arguments: str, protocols: str = "none") -> str:
    done = subprocess.run([*command(folder), *arguments], capture_output=True, check=False,
                          env=environment(protocols))
    if done.returncode:
        raise NotReadable(done.stderr.decode("utf-8", "replace").strip()[:200])
    return done.stdout.decode("utf-8", "surrogateescape").strip()
