"""`verify signers`: each change of the branch was signed by one who might make it, at that time, in that name.

The policy in force is that of the commit before: nobody admits himself with the same commit, and what somebody made of
it who might not is never in force. A commit existed by the moment at which witnesses saw the log that names it, or one
that came after it; where nobody vouches for a moment the committer's own claim has to do, and it is said for how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from plugins.proof.commits import Commit, parse_commit, verify_commit
from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf
from plugins.proof.moments import Moments
from plugins.proof.roles import parse_roles
from plugins.proof.salts import COMMIT, POLICIES, parse_policy_openings
from plugins.proof.signers import parse_signers
from plugins.proof.sshsig import SshSignature
from plugins.proof.tiles import Fetch
from plugins.ukrainian import KYIV

from ..chain import Objects, commits_of, paths_of, prefix_of, tree_of_commit
from ..declared import newest_rewrite
from ..findings import CODES, Finding, Weight
from ..layout import ROLES, SIGNERS
from ..repository import NotReadable, continues, is_ancestor, resolve
from .in_force import InForce
from .logged_commits import ALWAYS, Logged, logged_commits, moments_of

CHECK = "signers"
LAG = 86_400
"""Seconds that may pass between a signature and the witnesses who see it, if a key or a role ended meanwhile."""
SHOWN = 12
"""Digits of a commit's name."""
MOST = 20
"""How many findings of one kind are named one by one."""
LARGEST_POLICY = 1_000_000
"""Bytes of a list of signers or roles."""
SITE = "site:"
"""How the log calls the maker of an entry where nobody's signature and role say who it was."""
CODES.update({
    "no-signers": ("журнал не знає переліку підписантів: підписів комітів рада не обіцяє",
                   "the log knows no list of signers: the council promises no signed commits"),
    "signers-start": ("невідомо, від якого коміту діє перелік підписантів",
                      "it is not known from which commit on the list of signers holds"),
    "signers-start-moved": ("перелік підписантів почав діяти раніше, ніж названо",
                            "the list of signers was in force earlier than it is said to have been"),
    "policy-gone": ("перелік підписантів чи ролей вилучено", "the list of signers or of roles was removed"),
    "policy-rollback": ("повернуто старі правила чи список підписантів", "an old policy or list of signers came back"),
    "no-roles": ("переліку ролей немає: перевірено лише, хто підписав",
                 "there is no list of roles: only signers were checked"),
    "role-none": ("підписала людина, яка на той час не мала ролі", "signed by somebody who had no role at that time"),
    "role-path": ("роль не дає права змінювати цей файл", "the role does not permit a change of this file"),
    "signer-by": ("журнал називає не того, хто підписав", "the log names another than the one who signed"),
    "signer-late": ("ключ чи роль закінчилися, поки свідки побачили коміт",
                    "a key or a role ended before witnesses saw the commit"),
    "time-claimed": ("час цих комітів відомий лише зі слів того, хто їх робив",
                     "the time of these commits is known only from who made them"),
    "signatures-fell": ("через оголошене переписування ці коміти втратили підписи; за них ручається наступний коміт",
                        "these commits lost their signatures in a declared rewrite; the commit after it vouches"),
    "signers-checked": ("підписи комітів перевірено", "signatures of commits were checked"),
    "more": ("є ще стільки само названих", "there are more of this kind"),
})


@dataclass
class _Found:
    """Findings as they come: of each kind so many are named, the rest are counted. `commits`: all that were looked at,
    by their first digits; a commit is called by those unless another one has the same.
    """

    all: list[Finding] = field(default_factory=list)
    commits: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, Weight]] = field(default_factory=Counter)

    def say(self, code: str, where: str, detail: str = "", weight: Weight = Weight.TAMPERING) -> None:
        self.counts[code, weight] += 1
        if self.counts[code, weight] <= MOST:
            is_alone = COMMIT.fullmatch(where) and self.commits[where[:SHOWN]] <= 1
            self.all.append(Finding(CHECK, code, weight, where[:SHOWN] if is_alone else where, detail))

    def done(self) -> list[Finding]:
        rest = [Finding(CHECK, "more", weight, code, str(count - MOST))
                for (code, weight), count in self.counts.items() if count > MOST]
        return [*self.all, *rest]


def check_signers(folder: Path, leaves: Sequence[Leaf], moments: Moments, salts: Fetch, since: str = "",
                  tip: str = "HEAD", built: tuple[str, int] | None = None) -> list[Finding]:
    """All commits of the branch after the first logged list of signers, or after `since`.

    `folder`: the top of the site in a repository; `salts`: files of the folder of salts by path; `leaves`, `moments`:
    of a log that was verified; `built`: the commit of a logged build and the index of its entry. Errors: `NotReadable`.
    """
    found = _Found()
    start = since or _start(leaves, salts, found)
    if start:
        prefix = prefix_of(folder)
        start, tip = resolve(folder, start), resolve(folder, tip)
        if not continues(folder, start, tip):
            found.say("force-push", start, tip[:SHOWN])
            return found.done()
        known = logged_commits(leaves, moments, salts)
        if built:
            known.setdefault(built[0], Logged()).take(moments.of(built[1]), SITE)
        if not since:
            _check_start(folder, start, leaves, known, found)
        _check(folder, prefix, (start, tip), known, newest_rewrite(leaves, salts), found)
    return found.done()


def _start(leaves: Sequence[Leaf], salts: Fetch, found: _Found) -> str:
    """The commit that brought the first logged list of signers."""
    first = next((leaf for leaf in leaves if leaf.kind == "policy" and leaf["what"] == "signers"), None)
    if first is None:
        found.say("no-signers", "", weight=Weight.NOTE)
        return ""
    with suppress(Fault, FileNotFoundError):
        opening = parse_policy_openings(salts(f"{POLICIES}signers.json")).get(int(first["n"]))
        if opening and opening.commit:
            return opening.commit
    found.say("signers-start", "", weight=Weight.LACKING)
    return ""


def _check_start(folder: Path, start: str, leaves: Sequence[Leaf], known: Mapping[str, Logged],
                 found: _Found) -> None:
    """A change that was logged after the build that came with the list was made after it: the beginning stays."""
    began = next(index for index, leaf in enumerate(leaves) if leaf.kind == "policy" and leaf["what"] == "signers")
    first = next((index for index in range(began, len(leaves)) if leaves[index].kind == "build"), len(leaves))
    later = sorted((one.index, commit) for commit, one in known.items() if first < one.index < ALWAYS)
    for _, commit in later[:MOST]:
        if is_ancestor(folder, commit, start):
            return found.say("signers-start-moved", commit, start[:SHOWN])
    return None


def _check(folder: Path, prefix: str, span: tuple[str, str], known: Mapping[str, Logged], rewritten: str,
           found: _Found) -> None:
    """`rewritten`: the tip that the newest declared rewrite made: up to there signatures fell."""
    start, tip = span
    commits = list(_changes(folder, start, tip))
    names = [name for name, _, _ in commits]
    found.commits.update(name[:SHOWN] for name in names)
    moments = moments_of(names, known)
    fell_until = names.index(rewritten) if rewritten in names else -1
    claimed = fell = 0
    with Objects(folder) as objects:
        policy = _first(objects, start, prefix, found)
        for place, ((name, content, changes), moment) in enumerate(zip(commits, moments, strict=True)):
            try:
                commit = parse_commit(content)
            except Fault as fault:
                found.say(fault.code, name, fault.detail)
                commit = None
            own = {path.removeprefix(prefix): blob for path, blob in changes if path.startswith(prefix)}
            is_right = False
            if commit and not commit.signature and place <= fell_until:
                fell, is_right = fell + 1, True
            elif commit:
                claimed += moment is None
                is_right = _judge(policy, name, commit, own, moment, found)
                _compare(policy, name, commit, known.get(name), found)
            if is_right:
                _follow(policy, objects, name, own, found)
    if policy.roles is None:
        found.say("no-roles", "", weight=Weight.NOTE)
    if fell:
        vouched = fell_until + 1 < len(names)
        found.say("signatures-fell", rewritten, str(fell), Weight.NOTE if vouched else Weight.LACKING)
    if claimed:
        found.say("time-claimed", "", str(claimed), Weight.NOTE)
    found.say("signers-checked", "", str(len(commits)), Weight.NOTE)


def _changes(folder: Path, start: str, tip: str) -> Iterator[tuple[str, bytes, list[tuple[str, str]]]]:
    for (name, content), (same, changes) in zip(commits_of(folder, tip, start), paths_of(folder, tip, start),
                                                strict=True):
        if name != same:
            raise NotReadable(name)
        yield name, content, changes


def _judge(policy: InForce, name: str, commit: Commit, changes: Mapping[str, str], moment: int | None,
           found: _Found) -> bool:
    """Whether nothing speaks against a commit: only then what it makes of the policy is in force."""
    claim = commit.committer.at
    wrong = _wrong(policy, commit, changes, claim if moment is None else moment)
    if wrong and moment is not None and 0 <= moment - claim <= LAG and not _wrong(policy, commit, changes, claim):
        found.say("signer-late", name, wrong[0][0], Weight.LACKING)
        return True
    for code, detail in wrong:
        found.say(code, name, detail)
    return not wrong


def _compare(policy: InForce, name: str, commit: Commit, logged: Logged | None, found: _Found) -> None:
    """The log calls a role with a key only where it was that role with that key; else it says only «the site»."""
    named = {by for by in logged.by if not by.startswith(SITE)} if logged and policy.roles else set()
    if not named or not commit.signature:
        return
    try:
        key = SshSignature.parse(commit.signature).key
    except Fault:
        return
    mine = {role.by(key) for role in policy.roles.roles if commit.committer.email in role.people} \
        if policy.roles else set()
    for by in sorted(named - mine):
        found.say("signer-by", name, by)


def _wrong(policy: InForce, commit: Commit, changes: Mapping[str, str], moment: int) -> list[tuple[str, str]]:
    """(code, detail) of what is wrong with a commit that existed at a moment."""
    try:
        signed = verify_commit(commit, policy.signers, moment)
    except Fault as fault:
        return [(fault.code, fault.detail)]
    if policy.roles is None:
        return []
    roles = policy.roles.of(signed.principal, _day(moment))
    if not roles:
        return [("role-none", signed.principal)]
    titles = ", ".join(role.id for role in roles)
    return [("role-path", f"{titles}: {path}") for path in changes if not any(role.permits(path) for role in roles)]


def _day(moment: int) -> date:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(moment, UTC).astimezone(KYIV).date()
    return date.max


def _first(objects: Objects, start: str, prefix: str, found: _Found) -> InForce:
    """The policy of the commit from which on all have to be signed."""
    policy = InForce()
    tree = tree_of_commit(objects.read(start, "commit"))
    there = {path: objects.blob_at(tree, prefix + path) for path in (SIGNERS, ROLES)}
    _follow(policy, objects, start, {path: blob for path, blob in there.items() if blob or path == SIGNERS}, found)
    return policy


def _follow(policy: InForce, objects: Objects, name: str, changes: Mapping[str, str], found: _Found) -> None:
    """Take over what a commit made of the policy; one that cannot be read leaves the last good one in force."""
    for path in (SIGNERS, ROLES):
        if path not in changes:
            continue
        if not changes[path]:
            found.say("policy-gone", name, path)
            continue
        content = objects.read(changes[path], "blob")
        try:
            if len(content) > LARGEST_POLICY:
                raise Fault("roles" if path == ROLES else "signers", f"{len(content)}")
            if path == ROLES:
                policy.roles = parse_roles(content)
            else:
                for key in policy.take_signers(parse_signers(content)):
                    found.say("policy-rollback", name, key)
        except Fault as fault:
            found.say(fault.code, name, fault.detail)
