"""The checks of `verify`: for each, what it lacks to run here, and how it is run on what the auditor has."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from plugins.proof.faults import Fault

from ..findings import Finding, Weight
from ..repository import flaws_of, holds_any, resolve
from ..site import is_address
from . import deadlines as check_deadlines
from . import history as check_history
from . import pages as check_pages
from . import rebuild as check_rebuild
from . import rewrite as check_rewrite
from . import signers as check_signers
from .asked import CannotRun
from .auditor import NO_LOG, Auditor, named_folder
from .builds import newest_build
from .checkout import checked_out, is_same_engine
from .log_as_of import log_as_of
from .witness import NotWitnessed, open_witness

Why = tuple[str, str]
THEME = "theme"
NO_SITE = ("потрібен --site: тека або адреса сайту", "--site is needed: the folder or the address of the site")
NOT_VERIFIED = ("журнал не підтверджено, спиратися нема на що", "the log was not verified: there is nothing to rest on")
NO_LEDGER = ("немає чим перерахувати строки", "there is nothing to count the terms with")
NO_OLD = ("потрібен --old: копія репозиторію, якою він був до переписування",
          "--old is needed: a copy of the repository as it was before it was rewritten")
NO_COMMIT = ("потрібен --commit; побудова виконує програму з репозиторію, тож лише на прохання",
             "--commit is needed; a rebuild runs the program of the repository, so only on demand")


@dataclass(frozen=True)
class Check:
    """One check. `lacks`: why it cannot run, if so."""

    run: Callable[[Auditor], list[Finding]]
    lacks: Callable[[Auditor], Why | None]


def _needs_log(auditor: Auditor) -> Why | None:
    if auditor.log is None:
        return NO_LOG
    return None


def _needs_known(auditor: Auditor) -> Why | None:
    if auditor.log is None:
        return NO_LOG
    return None if auditor.known else NOT_VERIFIED


def _log(auditor: Auditor) -> list[Finding]:
    return auditor.checked_log[0]


def _page(auditor: Auditor) -> list[Finding]:
    assert auditor.salts
    return [*(auditor.read_build[1] if auditor.known else ()),
            *check_pages.check_pages(check_pages.Pages(auditor.asked.site, auditor.salts, auditor.known))]


def _needs_site(auditor: Auditor) -> Why | None:
    return None if auditor.site else NO_SITE


def _history(auditor: Auditor) -> list[Finding]:
    known, salts, log = auditor.known, auditor.salts, auditor.log
    assert known and salts and log
    is_shallow, replaced = flaws_of(auditor.asked.repo)
    found = []
    if is_shallow:
        return [Finding("history", "shallow", Weight.LACKING)]
    if replaced:
        found.append(Finding("history", "replaced", Weight.TAMPERING, replaced))
    return [*found, *check_history.check_history(check_history.History(
        known, log, salts, auditor.branch, auditor.build, auditor.memory))]


def _rebuild(auditor: Auditor) -> list[Finding]:
    """Of the newest logged build its own facts serve; of any other commit the options, else what a build takes."""
    asked = auditor.asked
    commit = resolve(asked.repo, asked.commit)
    # what an engine that lies makes is made again byte for byte
    other = [] if is_same_engine(asked.repo, commit, THEME) else [Finding("rebuild", "other-engine", Weight.NOTE)]
    return [*_built_again(auditor, commit), *other]


def _built_again(auditor: Auditor, commit: str) -> list[Finding]:
    asked, known, build = auditor.asked, auditor.known, auditor.build
    if build is None or build.commit != commit:
        return check_rebuild.check_rebuild(check_rebuild.Rebuild(
            asked.repo, commit, asked.day, asked.url, _folder(asked.log), _folder(asked.salts),
            asked.compare or asked.site))
    assert known and auditor.log and auditor.salts
    newest = newest_build(known)
    own = _folder(asked.log), _folder(asked.salts)
    with nullcontext(own) if own[0] else log_as_of(
            build, known, auditor.log, auditor.salts, auditor.salts_folder) as (log, salts):
        return check_rebuild.check_rebuild(check_rebuild.Rebuild(
            asked.repo, commit, asked.day or build.day, asked.url or build.url, log, salts,
            asked.compare or asked.site, newest[1] if newest else None, auditor.salts))


def _folder(place: str) -> Path | None:
    return Path(place) if place and not is_address(place) else None


def _needs_commit(auditor: Auditor) -> Why | None:
    return None if auditor.asked.commit else NO_COMMIT


def _deadlines(auditor: Auditor) -> list[Finding]:
    asked, build, known = auditor.asked, auditor.build, auditor.known
    assert asked.ledger and auditor.site and auditor.log and auditor.salts and known
    if build is None:
        return [Finding("deadlines", "build-facts", Weight.LACKING)]
    if not holds_any(asked.repo, [build.commit]):
        return [Finding("deadlines", "behind", Weight.LACKING, build.commit[:12])]
    with checked_out(asked.repo, build.commit) as folder, \
            log_as_of(
            build, known, auditor.log, auditor.salts, auditor.salts_folder) as (log, salts):
        own = asked.ledger(folder, build, log, salts)
    return check_deadlines.check_deadlines(auditor.site, own,
                                           is_same_engine=is_same_engine(asked.repo, build.commit))


def _needs_ledger(auditor: Auditor) -> Why | None:
    if auditor.site is None:
        return NO_SITE
    return NO_LEDGER if auditor.asked.ledger is None else _needs_known(auditor)


def _signers(auditor: Auditor) -> list[Finding]:
    known, salts = auditor.known, auditor.salts
    assert known and salts
    built = (auditor.build.commit, auditor.build.index) if auditor.build else None
    return check_signers.check_signers(auditor.asked.repo, known.leaves, known.moments, salts, built=built)


def _rewrite(auditor: Auditor) -> list[Finding]:
    known, salts = auditor.known, auditor.salts
    assert known and salts
    old = Path(named_folder(auditor.asked.old, "--old"))
    return [*check_rewrite.check_moved(known.leaves, salts),
            *check_rewrite.check_rewrite(old, auditor.asked.repo, known.leaves, salts)]


def _needs_old(auditor: Auditor) -> Why | None:
    return _needs_known(auditor) if auditor.asked.old else NO_OLD


def _witness(auditor: Auditor) -> list[Finding]:
    asked, log = auditor.asked, auditor.log
    assert log
    if not (asked.policy and asked.key and asked.state and asked.out):
        raise CannotRun("свідкові потрібні --policy, --key, --state і --out",
                        "a witness needs --policy, --key, --state and --out")
    try:
        witness = open_witness(Path(asked.policy), Path(asked.key), Path(asked.state), Path(asked.out))
        return witness.visit(log, auditor.now)
    except NotWitnessed as reason:
        raise CannotRun(str(reason), str(reason)) from None
    except Fault as fault:
        raise CannotRun(fault.said("uk"), fault.said("en")) from None


CHECKS: dict[str, Check] = {
    "log": Check(_log, _needs_log),
    "page": Check(_page, _needs_site),
    "history": Check(_history, _needs_known),
    "signers": Check(_signers, _needs_known),
    "deadlines": Check(_deadlines, _needs_ledger),
    "rebuild": Check(_rebuild, _needs_commit),
    "rewrite": Check(_rewrite, _needs_old),
    "witness": Check(_witness, _needs_log),
}
"""Name → check, in the order of the report."""
IN_ALL = ("log", "page", "history", "signers", "deadlines", "rebuild", "rewrite")
NEED_LOG = ("page", "history", "signers", "deadlines", "rewrite")
"""Checks that rest on the log: it is verified and told with them."""


