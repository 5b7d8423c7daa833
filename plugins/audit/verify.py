"""`tasks.py verify`: what an auditor asks for → the checks that can run → one report and one exit status.

Each check is a row of `CHECKS`: what it needs, and a function of the `Auditor`, which reads the site, the log and the
repository when somebody first asks. Whatever a site holds, a check ends with findings; a defect of ours ends it with
status 3 and says nothing about the site.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509

from plugins.proof.faults import Fault
from plugins.proof.policy import Policy
from plugins.proof.tiles import Fetch

from . import check_deadlines, check_history, check_log, check_pages, check_rebuild, check_rewrite, check_signers
from .builds import Build, newest_build, read_build
from .check_log import Known
from .checkout import checked_out, is_same_engine
from .findings import COULD_NOT, TAMPERING, Finding, Weight
from .layout import EVIDENCE, SALTS, WHATS
from .report import Report, as_json, as_text, said_of
from .repository import Branch, NotReadable, flaws_of, read_branch
from .site import is_address, open_site
from .state import Memory, keep_memory, read_memory
from .trust import Trust, trust_in
from .witness import NotWitnessed, open_witness

Ledger = Callable[[Path, Build, Path | None], Mapping[str, bytes]]
"""(a checked-out site, its build, the log's folder) → path → bytes of the tables of terms."""
LARGEST = 1_000_000
FOLDERS = ("content", *sorted(path for what, path in WHATS.items() if what != "policy"))
"""What of the repository is read."""


class CannotRun(Exception):
    """The check cannot run as it was asked; the text says why, in Ukrainian and English."""

    def __init__(self, uk: str, en: str) -> None:
        super().__init__(uk, en)
        self.said = uk, en


@dataclass(frozen=True)
class Asked:
    """The options of `verify`, as they were given."""

    what: str
    repo: Path
    site: str = ""
    log: str = ""
    salts: str = ""
    policy: str = ""
    state: str = ""
    now: str = ""
    authorities: str = ""
    commit: str = ""
    compare: str = ""
    day: str = ""
    url: str = ""
    file: str = ""
    proof: str = ""
    address: str = ""
    old: str = ""
    key: str = ""
    out: str = ""
    json: bool = False
    lang: str = "uk"
    ledger: Ledger | None = None


class Auditor:
    """What the checks are given; each thing is read when it is first asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.findings: list[Finding] = []
        """What was found while reading what more than one check needs."""

    def prepare(self) -> None:
        """Read every option. Errors: `CannotRun`."""
        if self.asked.what == "all" and not (self.asked.site or self.asked.log):
            raise CannotRun(*NO_LOG)
        if not self.asked.repo.is_dir():
            raise CannotRun(f"--repo: немає теки «{self.asked.repo}»", f"--repo: no folder {self.asked.repo}")
        _ = self.now, self.site, self.log, self.salts, self._authorities()
        if self.asked.what != "witness":  # whose memory is of another kind
            _ = self.memory

    @cached_property
    def now(self) -> int:
        if not self.asked.now:
            return int(time.time())
        try:
            moment = datetime.fromisoformat(self.asked.now)
        except ValueError:
            raise CannotRun(f"--now: «{self.asked.now}» не момент часу. Треба, як-от, 2026-11-28T12:00:00Z",
                            f"--now: {self.asked.now!r} is no moment, such as 2026-11-28T12:00:00Z") from None
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())

    @cached_property
    def site(self) -> Fetch | None:
        return open_site(_place(self.asked.site, "--site")) if self.asked.site else None

    @cached_property
    def log(self) -> Fetch | None:
        if self.asked.log:
            return open_site(_place(self.asked.log, "--log"))
        return open_site(self.asked.site, EVIDENCE) if self.site else None

    @cached_property
    def salts(self) -> Fetch | None:
        if self.asked.salts:
            return open_site(_place(self.asked.salts, "--salts"))
        if self.asked.log:
            return open_site(self.asked.log, SALTS)
        return open_site(self.asked.site, EVIDENCE + SALTS) if self.site else None

    @cached_property
    def memory(self) -> Memory:
        try:
            return read_memory(Path(self.asked.state)) if self.asked.state else Memory()
        except ValueError:
            raise CannotRun(f"--state: файл {self.asked.state} не пам’ять перевірок або зіпсований",
                            f"--state: {self.asked.state} is no memory of checks, or it is spoilt") from None

    @cached_property
    def trust(self) -> Trust:
        assert self.log and self.salts
        own = _read(self.asked.policy, "--policy") if self.asked.policy else None
        try:
            return trust_in(self.log, self.salts, own, self.memory)
        except Fault as fault:
            raise CannotRun(f"--policy: {fault.said('uk')}", f"--policy: {fault.said('en')}") from None

    @cached_property
    def checked_log(self) -> tuple[list[Finding], Known | None]:
        assert self.log
        found, known = check_log.check_log(
            check_log.Log(self.log, self.trust, self.now, self.memory, self._authorities()))
        if not self.asked.state:
            found.append(Finding(check_log.CHECK, "no-memory", Weight.NOTE))
        return found, known

    @property
    def known(self) -> Known | None:
        """The log, if it can be relied on at all."""
        return self.checked_log[1] if self.log else None

    @cached_property
    def build(self) -> Build | None:
        """The newest logged build; what speaks against its facts is told by the check of pages."""
        return self.read_build[0]

    @cached_property
    def read_build(self) -> tuple[Build | None, list[Finding]]:
        assert self.salts
        return read_build("page", self.known, self.salts) if self.known else (None, [])

    @cached_property
    def branch(self) -> Branch:
        return read_branch(self.asked.repo, FOLDERS)

    def _authorities(self) -> tuple[x509.Certificate, ...]:
        if not self.asked.authorities:
            return ()
        try:
            return tuple(x509.load_pem_x509_certificates(_read(self.asked.authorities, "--authorities")))
        except ValueError:
            raise CannotRun("--authorities: треба файл PEM із сертифікатами",
                            "--authorities: a PEM file of certificates is needed") from None


def run(asked: Asked) -> int:
    """Run what was asked for and print the report. Returns the exit status."""
    report = examine(asked)
    print(as_json(report) if asked.json else as_text(report, asked.lang), end="")
    return report.status


def examine(asked: Asked) -> Report:
    """Run what was asked for; what was seen is remembered when nothing speaks of tampering."""
    auditor, report = Auditor(asked), Report()
    try:
        auditor.prepare()
    except CannotRun as reason:
        report.broken["options"] = reason.said[0 if asked.lang == "uk" else 1]
        return report
    wanted = [name for name in CHECKS if name == asked.what or (asked.what == "all" and name in IN_ALL)]
    if not asked.file and asked.what in NEED_LOG and auditor.log:
        wanted.insert(0, "log")
    for name in wanted:
        _run(name, auditor, report)
    if asked.what != "witness" and not asked.file:
        with suppress(Exception):  # a report without them is a report
            report.facts = _facts(auditor)
    if asked.state and asked.what != "witness" and report.status not in (TAMPERING, COULD_NOT):
        try:
            _remember(auditor, report)
        except OSError as error:
            report.broken["log"] = said_of(error)
    return report


def _run(name: str, auditor: Auditor, report: Report) -> None:
    check = CHECKS[name]
    try:
        if why := check.lacks(auditor):
            if auditor.asked.what == "all":
                report.unchecked[name] = why
                return
            raise CannotRun(*why)
        report.ran.append(name)
        report.findings += check.run(auditor)
    except CannotRun as reason:
        report.ran += [name] if name not in report.ran else []
        report.broken[name] = reason.said[0 if auditor.asked.lang == "uk" else 1]
    except (NotReadable, OSError) as error:
        report.broken[name] = said_of(error)
    except Exception as error:  # a defect of ours says nothing about the site
        report.broken[name] = said_of(error)


def _facts(auditor: Auditor) -> dict[str, str]:
    asked = auditor.asked
    known = auditor.known
    at = known.moments.earliest[-1] if known and known.moments.earliest else None
    told = {"site": asked.site, "log": f"{known.checkpoint.origin}, {known.checkpoint.size}" if known else "",
            "root": known.checkpoint.root.hex() if known else "",
            "witnessed": datetime.fromtimestamp(at, UTC).isoformat() if at is not None else ""}
    return {name: value for name, value in told.items() if value}


def _remember(auditor: Auditor, report: Report) -> None:
    """Nothing speaks of tampering: what was seen is what the next check begins with."""
    known = auditor.known
    if known is None or not known.is_whole:
        return
    memory = replace(auditor.memory.with_checkpoint(known.checkpoint), at=auditor.now,
                     policy=auditor.trust.content.decode("utf-8", "surrogateescape"))
    if "history" in report.ran and "history" not in report.broken:
        memory = replace(memory, tip=auditor.branch.head)
    keep_memory(Path(auditor.asked.state), memory)


# --------------------------------------------------------------------------- the checks

Why = tuple[str, str]
NO_SITE = ("потрібен --site: тека або адреса сайту", "--site is needed: the folder or the address of the site")
NO_LOG = ("потрібен --site або --log: де лежить журнал", "--site or --log is needed: where the log lies")
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
    asked = auditor.asked
    if asked.file:
        if not asked.proof or not asked.policy:
            raise CannotRun("для однієї сторінки потрібні --proof і --policy", "one page needs --proof and --policy")
        try:
            policy = Policy.parse(_read(asked.policy, "--policy"))
        except Fault as fault:
            raise CannotRun(f"--policy: {fault.said('uk')}", f"--policy: {fault.said('en')}") from None
        return check_pages.check_page(_read(asked.file, "page"), _read(asked.proof, "--proof"), policy, asked.address)
    assert auditor.salts
    return [*(auditor.read_build[1] if auditor.known else ()),
            *check_pages.check_pages(check_pages.Pages(asked.site, auditor.salts, auditor.known))]


def _needs_site(auditor: Auditor) -> Why | None:
    return None if auditor.asked.file or auditor.site else NO_SITE


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
    asked, known = auditor.asked, auditor.known
    build = auditor.build
    is_logged = bool(build and known and build.commit == asked.commit)
    newest = newest_build(known) if known and is_logged else None
    day, url = asked.day or (build.day if build else ""), asked.url or (build.url if build else "")
    if not day:
        raise CannotRun("потрібен --day: день, станом на який будувати", "--day is needed: the day to build for")
    log = Path(asked.log) if asked.log and not is_address(asked.log) else None
    return check_rebuild.check_rebuild(check_rebuild.Rebuild(
        asked.repo, asked.commit, day, url, log, asked.compare or asked.site, newest[1] if newest else None,
        auditor.salts))


def _needs_commit(auditor: Auditor) -> Why | None:
    return None if auditor.asked.commit else NO_COMMIT


def _deadlines(auditor: Auditor) -> list[Finding]:
    build, ledger, site = auditor.build, auditor.asked.ledger, auditor.site
    assert site and ledger
    if build is None:
        return [Finding("deadlines", "build-facts", Weight.LACKING)]
    log = auditor.asked.log or (f"{auditor.asked.site}/{EVIDENCE}" if not is_address(auditor.asked.site) else "")
    with checked_out(auditor.asked.repo, build.commit) as folder:
        own = ledger(folder, build, Path(log).resolve() if log and not is_address(log) else None)
    return check_deadlines.check_deadlines(site, own, is_same_engine=is_same_engine(auditor.asked.repo, build.commit))


def _needs_ledger(auditor: Auditor) -> Why | None:
    if auditor.site is None:
        return NO_SITE
    return NO_LEDGER if auditor.asked.ledger is None else _needs_known(auditor)


def _signers(auditor: Auditor) -> list[Finding]:
    known, salts = auditor.known, auditor.salts
    assert known and salts
    return check_signers.check_signers(auditor.asked.repo, known.leaves, known.moments, salts)


def _rewrite(auditor: Auditor) -> list[Finding]:
    known, salts = auditor.known, auditor.salts
    assert known and salts
    old = Path(_place(auditor.asked.old, "--old"))
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


def _place(place: str, option: str) -> str:
    if not is_address(place) and not Path(place).is_dir():
        raise CannotRun(f"{option}: немає теки «{place}»", f"{option}: no folder {place!r}")
    return place


def _read(name: str, option: str) -> bytes:
    """A file that the auditor named. Errors: `CannotRun`."""
    try:
        with Path(name).open("rb") as stream:
            content = stream.read(LARGEST * 50 + 1)
    except (OSError, ValueError):
        raise CannotRun(f"{option}: файл «{name}» не читається", f"{option}: {name!r} cannot be read") from None
    return content


