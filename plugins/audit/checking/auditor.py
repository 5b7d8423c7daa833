"""What the checks of `verify` are given: the options, and what they name, read when somebody first asks for it."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509

from plugins.proof.faults import Fault
from plugins.proof.log import NEWEST, read_note
from plugins.proof.policy import Policy
from plugins.proof.tiles import Fetch

from ..findings import Finding, Weight, shown
from ..layout import DEPLOYMENTS, EVIDENCE, REDACTIONS, SALTS, WHATS
from ..repository import Branch, read_branch
from ..site import Diverted, is_address, open_site
from . import log as check_log
from .asked import Asked, CannotRun, named_file
from .builds import Build, read_build
from .log import Known
from .state import Memory, read_memory
from .trust import Trust, trust_in

FOLDERS = ("content", DEPLOYMENTS, REDACTIONS, *sorted(path for what, path in WHATS.items() if what != "policy"))
"""What of the repository is read."""
NO_LOG = ("потрібен --site або --log: де лежить журнал", "--site or --log is needed: where the log lies")


class Auditor:
    """What the checks are given; each thing is read when it is first asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def prepare(self) -> None:
        """Read every option. Errors: `CannotRun`."""
        if self.asked.what == "all" and not (self.asked.site or self.asked.log):
            raise CannotRun(*NO_LOG)
        if not self.asked.repo.is_dir():
            raise CannotRun(f"--repo: немає теки «{self.asked.repo}»", f"--repo: no folder {self.asked.repo}")
        _ = self.now, self.site, self.log, self.salts, self._authorities()
        self._is_where_it_says()
        if self.asked.what != "witness":  # whose memory is of another kind
            self._is_of_one_log()

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
        return open_site(named_folder(self.asked.site, "--site")) if self.asked.site else None

    @cached_property
    def log(self) -> Fetch | None:
        if self.asked.log:
            return open_site(named_folder(self.asked.log, "--log"))
        return open_site(self.asked.site, EVIDENCE) if self.site else None

    @cached_property
    def salts(self) -> Fetch | None:
        if self.asked.salts:
            return open_site(named_folder(self.asked.salts, "--salts"))
        if self.asked.log:
            return open_site(self.asked.log, SALTS)
        return open_site(self.asked.site, EVIDENCE + SALTS) if self.site else None

    @property
    def salts_folder(self) -> Path | None:
        """Where the salts lie; None where that is an address."""
        asked = self.asked
        place = asked.salts or (f"{asked.log}/{SALTS}" if asked.log else f"{asked.site}/{EVIDENCE}{SALTS}")
        return None if is_address(place) else Path(place)

    @cached_property
    def memory(self) -> Memory:
        try:
            return read_memory(Path(self.asked.state)) if self.asked.state else Memory()
        except (ValueError, OSError):
            raise CannotRun(f"--state: файл {self.asked.state} не пам’ять перевірок або зіпсований",
                            f"--state: {self.asked.state} is no memory of checks, or it is spoilt") from None

    @cached_property
    def trust(self) -> Trust:
        assert self.log and self.salts
        own = named_file(self.asked.policy, "--policy") if self.asked.policy else None
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

    def _is_where_it_says(self) -> None:
        """A site that has moved is checked where it is now, and only if the auditor says so. Errors: `CannotRun`."""
        try:
            if self.log and is_address(self.asked.log or self.asked.site):
                self.log(NEWEST)
        except Diverted as elsewhere:
            place = shown(str(elsewhere))
            raise CannotRun(f"сервер веде на іншу адресу: {place}. Якщо сайт справді там, дайте її самі: --site",
                            f"the server leads elsewhere: {place}. If the site is truly there, give that address: "
                            "--site") from None
        except OSError:
            pass  # what is not there, or does not answer, the checks tell

    def _is_of_one_log(self) -> None:
        """A memory of one council's log says nothing of another's. Errors: `CannotRun`."""
        seen = self.memory.newest
        if not seen or not self.asked.policy:
            return
        with suppress(Fault):  # what is wrong with a policy is told with the log
            logs = Policy.parse(named_file(self.asked.policy, "--policy")).logs
            if logs and seen.origin not in {log.key.name for log in logs}:
                raise CannotRun(f"--state: пам’ять від іншого журналу, «{seen.origin}». Для кожного сайту своя",
                                f"--state: a memory of another log, {seen.origin!r}. Each site needs one of its own")

    def is_published_anew(self) -> bool:
        """Whether a site at an address shows a longer log by now, signed as it has to be, than it did at first."""
        if self.asked.log or not is_address(self.asked.site) or not self.log:
            return False
        with suppress(Fault, OSError, CannotRun):
            policy = self.trust.policy or Policy()
            before, _ = policy.signed(read_note(self.log))
            now, _ = policy.signed(read_note(open_site(self.asked.site, EVIDENCE)))
            return now.size > before.size
        return False

    def _authorities(self) -> tuple[x509.Certificate, ...]:
        if not self.asked.authorities:
            return ()
        try:
            return tuple(x509.load_pem_x509_certificates(named_file(self.asked.authorities, "--authorities")))
        except ValueError:
            raise CannotRun("--authorities: треба файл PEM із сертифікатами",
                            "--authorities: a PEM file of certificates is needed") from None


def named_folder(place: str, option: str) -> str:
    if not is_address(place) and not Path(place).is_dir():
        raise CannotRun(f"{option}: немає теки «{place}»", f"{option}: no folder {place!r}")
    return place
