"""Signers: each way of changing the site in somebody else's name, or beyond one's role, is found and has its name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.audit.checking.signers import check_signers
from plugins.audit.findings import Finding, Weight
from plugins.audit.repository import NotReadable
from plugins.proof.leaves import Leaf, leaf
from plugins.proof.log import from_folder
from plugins.proof.moments import Moments, moments
from plugins.proof.salts import Source
from plugins.proof.strict import base64

from .signing import CLERK, DAY, EDITOR, HOUR, ROLES, Repository, make_keys, make_repository, policy_leaf, revision_leaf

NEWS = "content/news/2026/a.md"


@dataclass(frozen=True)
class Site:
    repository: Repository
    salts: Path
    leaves: tuple[Leaf, ...]
    base: str

    def found(self, tip: str = "HEAD", known: Moments | None = None, more: tuple[Leaf, ...] = ()) -> list[Finding]:
        return check_signers(self.repository.folder, (*self.leaves, *more), known or Moments(),
                             from_folder(self.salts), tip=tip)

    def wrong(self, tip: str = "HEAD", known: Moments | None = None, more: tuple[Leaf, ...] = ()) -> list[str]:
        return [one.code for one in self.found(tip, known, more) if one.weight is not Weight.NOTE]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two unsigned commits of the time before, the policy, an honest change by each role."""
    top = tmp_path_factory.mktemp("signers")
    (top / "keys").mkdir()
    one = make_repository(top / "repo", make_keys(top / "keys"))
    one.commit({NEWS: "до підписів"}, key=None)
    start = one.commit({"data/allowed_signers": one.keys.list({"mayor": "-"}), "data/roles.yml": ROLES}, "clerk",
                       key=None)
    one.commit({NEWS: "новина", "content/news/2026/b.md": "друга"})
    base = one.commit({"content/drafts/2026/5.yml": "title: Проєкт"}, "clerk")
    signers = (one.folder / "data/allowed_signers").read_bytes()
    return Site(one, top / "salts", (policy_leaf(top / "salts", start, signers),), base)


@pytest.fixture
def branch(site: Site, request: pytest.FixtureRequest) -> Repository:
    """The repository, going on from the honest commits."""
    site.repository.branch("test", site.base)
    return site.repository


def test_honest_commits_are_fine_and_it_is_said_that_their_time_is_a_claim(site: Site, branch: Repository) -> None:
    assert {("signers-checked", "2"), ("time-claimed", "2")} == {(one.code, one.detail) for one in site.found()}


def test_a_council_that_promises_no_signatures_breaks_no_promise(site: Site) -> None:
    found = check_signers(site.repository.folder, (), Moments(), from_folder(site.salts))
    assert [("no-signers", Weight.NOTE)] == [(one.code, one.weight) for one in found]


def test_a_list_whose_beginning_cannot_be_found_is_too_little_evidence(site: Site, tmp_path: Path) -> None:
    found = check_signers(site.repository.folder, site.leaves, Moments(), from_folder(tmp_path))
    assert [("signers-start", Weight.LACKING)] == [(one.code, one.weight) for one in found]


def test_the_beginning_of_the_list_cannot_be_moved_behind_an_unsigned_commit(site: Site, branch: Repository,
                                                                             tmp_path: Path) -> None:
    branch.commit({NEWS: "без підпису"}, key=None)
    late = branch.commit({NEWS: "чесна"})
    build = leaf("build", "site:1a2b3c4d", "2026-09-21T10:00:00Z", root="0" * 64, pages=1, lock="0" * 64,
                 day="2026-09-21", commit="0" * 64)
    shutil.copytree(site.salts, tmp_path / "salts")
    moved = policy_leaf(tmp_path / "salts", late, (branch.folder / "data/allowed_signers").read_bytes())
    for kind, n, expected in (("publish", 1, []), ("amend", 2, [("signers-start-moved", late[:12])])):
        logged = revision_leaf(tmp_path / "salts", kind, "news/2026/c", n, Source(b"x", NEWS, late))
        found = check_signers(branch.folder, (moved, build, logged, build), Moments(), from_folder(tmp_path / "salts"),
                              built=(late, 3))
        assert expected == [(one.code, one.where) for one in found if one.weight is not Weight.NOTE]


ATTACKS: dict[str, tuple[Callable[[Repository], str], str]] = {
    "unsigned": (lambda one: one.commit({NEWS: "1"}, key=None), "commit-unsigned"),
    "a stranger's key": (lambda one: one.commit({NEWS: "2"}, key="stranger"), "signer-unknown"),
    "another's name": (lambda one: one.commit({NEWS: "3"}, "clerk", key="editor"), "signer-is-not-author"),
    "another's name as author": (lambda one: one.commit({NEWS: "4"}, author=CLERK), "signer-is-not-author"),
    "another's folder": (lambda one: one.commit({"content/drafts/2026/5.yml": "title: Інше"}), "role-path"),
    "another's file moved": (lambda one: one.commit({"content/drafts/2026/5.yml": None,
                                                     "content/news/5.yml": "title: Інше"}), "role-path"),
    "another's file removed": (lambda one: one.commit({"content/drafts/2026/6.yml": None}), "role-path"),
    "the engine": (lambda one: one.commit({"tasks.py": "print()"}, "clerk"), "role-path"),
}
ON_POLICY: dict[str, tuple[Callable[[Repository], str], str]] = {
    "himself admitted": (lambda one: one.commit({"data/allowed_signers": one.keys.list(), "data/roles.yml": ROLES},
                                                "mayor"), "signer-unknown"),
    "own role widened": (lambda one: one.commit({"data/roles.yml": ROLES.replace("content/news/**", '"**"')}),
                         "role-path"),
    "the list of signers removed": (lambda one: one.commit({"data/allowed_signers": None}, "clerk"), "policy-gone"),
    "the roles removed": (lambda one: one.commit({"data/roles.yml": None}, "clerk"), "policy-gone"),
    "roles that nobody reads": (lambda one: one.commit({"data/roles.yml": "roles: &a []\n"}, "clerk"), "roles"),
    "signers that nobody reads": (lambda one: one.commit({"data/allowed_signers": "x\n"}, "clerk"), "signers"),
}


def test_each_forgery_has_its_name_and_honest_commits_between_them_have_none(site: Site, branch: Repository) -> None:
    branch.commit({"content/drafts/2026/6.yml": "title: Інший проєкт"}, "clerk")
    expected = {}
    for act, code in ATTACKS.values():
        expected[act(branch)[:12]] = code
        branch.commit({NEWS: f"чесна зміна після «{code}»"})
    found = [one for one in site.found() if one.weight is not Weight.NOTE]
    assert expected == {one.where: one.code for one in found} and len(expected) == len(found)


@pytest.mark.parametrize("attack", ON_POLICY)
def test_each_forgery_of_the_policy_has_its_name_and_the_last_good_one_stays_in_force(
        site: Site, branch: Repository, attack: str) -> None:
    act, code = ON_POLICY[attack]
    act(branch)
    branch.commit({NEWS: "чесна зміна"})
    assert [code] == site.wrong()


def test_who_admitted_himself_is_not_in_force_for_what_he_does_next(site: Site, branch: Repository) -> None:
    ON_POLICY["himself admitted"][0](branch)
    branch.commit({NEWS: "і далі"}, "mayor")
    ON_POLICY["own role widened"][0](branch)
    branch.commit({"content/drafts/2026/5.yml": "title: Інше"})
    assert ["signer-unknown", "signer-unknown", "role-path", "role-path"] == site.wrong()


def test_a_merge_answers_for_all_that_it_brings(site: Site, branch: Repository) -> None:
    """What stands on a side branch is signed by nobody; who merges it answers for it."""
    branch.branch("side", site.base)
    branch.commit({NEWS: "з браузера"}, "web@forge.example", key=None)
    for who, expected in (("editor", []), ("clerk", ["role-path"])):
        branch.branch("test", site.base)
        branch.git("-c", f"user.signingkey={branch.keys.folder / who}", "merge", "-q", "--no-ff", "-S", "-m", "Злиття",
                   "side", GIT_AUTHOR_NAME=who, GIT_AUTHOR_EMAIL={"editor": EDITOR, "clerk": CLERK}[who],
                   GIT_COMMITTER_NAME=who, GIT_COMMITTER_EMAIL={"editor": EDITOR, "clerk": CLERK}[who])
        assert expected == site.wrong()


def test_who_was_admitted_properly_may_sign_from_the_next_commit_on(site: Site, branch: Repository) -> None:
    branch.commit({"data/allowed_signers": branch.keys.list()}, "clerk")
    branch.commit({"data/roles.yml": ROLES.replace(f"[{EDITOR}]", f"[{EDITOR}, mayor@rada.example]")}, "clerk")
    branch.commit({NEWS: "новина голови"}, "mayor")
    assert [] == site.wrong()
    branch.commit({"data/allowed_signers": branch.keys.list({"mayor": "-"})}, "clerk")
    branch.commit({NEWS: "уже ні"}, "mayor")
    assert ["signer-unknown"] == site.wrong()


def test_a_signer_without_a_role_may_change_nothing(site: Site, branch: Repository) -> None:
    branch.commit({"data/allowed_signers": branch.keys.list()}, "clerk")
    branch.commit({NEWS: "x"}, "mayor")
    assert ["role-none"] == site.wrong()


@pytest.mark.parametrize("disguise", ["", "# новий перелік\n"])
def test_a_key_that_was_revoked_does_not_come_back_unseen(site: Site, branch: Repository, disguise: str) -> None:
    full = (branch.folder / "data/allowed_signers").read_text()
    branch.commit({"data/allowed_signers": branch.keys.list({"mayor": "-", "editor": "-"})}, "clerk")
    branch.commit({"data/allowed_signers": disguise + full}, "clerk")
    assert ["policy-rollback"] == site.wrong()


def test_a_key_that_was_cut_short_does_not_grow_again_and_a_renewed_one_may(site: Site, branch: Repository) -> None:
    def ends(day: str) -> None:
        branch.commit({"data/allowed_signers": branch.keys.list({
            "mayor": "-", "editor": f'valid-before="{day}Z"'})}, "clerk")
    ends("20280101")
    ends("20290101")
    assert ["policy-rollback"] == site.wrong()  # at first it had no end at all
    branch.branch("test", site.base)
    ends("20280101")
    ends("20270101")
    assert [] == site.wrong()


def stamped(site: Site, one: Repository, commit: str, at: int, by: str = "") -> tuple[tuple[Leaf, ...], Moments]:
    """The log names a commit, and witnesses saw it at a moment."""
    made = revision_leaf(site.salts, "publish", "news/2026/a", 1, Source(b"x", NEWS, commit))
    return (replace(made, by=by or by_of(one, "editor")),), moments([(len(site.leaves) + 1, at)])


def by_of(one: Repository, who: str) -> str:
    return f"{who}:{sha256(base64(one.keys.public(who).split()[1])).hexdigest()[:8]}"


@pytest.mark.parametrize(("by", "expected"), [("editor", []), ("clerk", ["signer-by"]), ("site:1a2b3c4d", [])])
def test_the_log_names_nobody_who_did_not_sign(site: Site, branch: Repository, by: str, expected: list[str]) -> None:
    commit = branch.commit({NEWS: "хто це зробив"})
    more, known = stamped(site, branch, commit, branch.at, by if ":" in by else by_of(branch, by))
    assert expected == site.wrong(known=known, more=more)


def test_an_old_date_does_not_bring_an_expired_key_back(site: Site, branch: Repository) -> None:
    last = branch.at + 2 * HOUR
    from datetime import UTC, datetime
    end = datetime.fromtimestamp(last, UTC).strftime("%Y%m%d%H%M%SZ")
    branch.commit({"data/allowed_signers": branch.keys.list({"mayor": "-", "editor": f'valid-before="{end}"'})},
                  "clerk")
    forged = branch.commit({NEWS: "заднім числом"}, at=last)
    more, known = stamped(site, branch, forged, last + 30 * DAY)
    assert ["signer-expired"] == site.wrong(known=known, more=more)
    more, known = stamped(site, branch, forged, last + HOUR)
    assert [("signer-late", Weight.LACKING)] == [(one.code, one.weight) for one in site.found(known=known, more=more)
                                                 if one.weight is not Weight.NOTE]
    more, known = stamped(site, branch, forged, last)
    assert [] == site.wrong(known=known, more=more)


def test_what_comes_after_a_commit_shows_by_when_it_existed(site: Site, branch: Repository) -> None:
    first = branch.commit({NEWS: "перша"})
    branch.commit({NEWS: "друга"})
    more, known = stamped(site, branch, first, branch.at + DAY)
    assert ("time-claimed", "1") in [(one.code, one.detail) for one in site.found(known=known, more=more)]


def test_a_logged_build_shows_by_when_all_before_it_existed(site: Site, branch: Repository) -> None:
    commit = branch.commit({"data/roles.yml": ROLES + "# зміна, якої в теці документів немає\n"}, "clerk")
    found = check_signers(branch.folder, site.leaves, moments([(9, branch.at + DAY)]), from_folder(site.salts),
                          built=(commit, 8))
    assert [("signers-checked", "3")] == [(one.code, one.detail) for one in found]


def test_a_salt_that_opens_another_commit_gives_no_moment(site: Site, branch: Repository) -> None:
    commit = branch.commit({NEWS: "x"})
    more, known = stamped(site, branch, commit, branch.at)
    forged = (replace(more[0], values=tuple((name, "0" * 64 if name == "commit" else value)
                                            for name, value in more[0].values)),)
    assert ("time-claimed", "3") in [(one.code, one.detail) for one in site.found(known=known, more=forged)]


def test_git_and_we_agree_about_signatures(site: Site, branch: Repository) -> None:
    for who, key in (("editor", ""), ("editor", "stranger"), ("editor", None), ("clerk", "editor")):
        branch.branch("test", site.base)
        commit = branch.commit({"content/news/x.md": str(key)} if who == "editor" else {}, who, key=key)
        theirs = subprocess.run(
            ["git", "-c", "gpg.format=ssh", "-c", "gpg.ssh.allowedSignersFile=data/allowed_signers", "log", "-1",
             "--format=%G? %GS %ae", commit], cwd=branch.folder, capture_output=True, text=True).stdout.split()
        is_theirs = theirs[0] == "G" and theirs[1] == theirs[-1]
        assert is_theirs == ([] == site.wrong())


def test_many_faults_of_one_kind_are_counted(site: Site, branch: Repository) -> None:
    for number in range(23):
        branch.commit({NEWS: str(number)}, key=None)
    found = site.found()
    assert 20 == sum(one.code == "commit-unsigned" for one in found)
    assert [("commit-unsigned", "3")] == [(one.where, one.detail) for one in found if one.code == "more"]


def test_an_object_that_is_not_what_its_name_says_is_not_read(site: Site, branch: Repository, tmp_path: Path) -> None:
    import zlib
    commit = branch.commit({NEWS: "чесна"})
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", branch.folder, copy], check=True)
    raw = subprocess.run(["git", "cat-file", "commit", commit], cwd=copy, capture_output=True).stdout
    forged = raw.replace("Зміна".encode(), "Інша".encode())
    file = copy / ".git/objects" / commit[:2] / commit[2:]
    file.parent.mkdir(exist_ok=True)
    if file.exists():
        file.chmod(0o644)
    file.write_bytes(zlib.compress(b"commit %d\0" % len(forged) + forged))
    for pack in (copy / ".git/objects/pack").glob("*"):
        pytest.skip(f"packed: {pack.name}")
    with pytest.raises(NotReadable):
        check_signers(copy, site.leaves, Moments(), from_folder(site.salts))


def test_a_site_in_a_folder_of_a_larger_repository_is_checked_by_its_own_paths(tmp_path: Path, site: Site) -> None:
    one = make_repository(tmp_path / "repo", site.repository.keys)
    start = one.commit({"site/data/allowed_signers": one.keys.list(), "site/data/roles.yml": ROLES}, "clerk")
    one.commit({"site/content/news/a.md": "x", "other/file": "y"})
    leaves = (policy_leaf(tmp_path / "salts", start, b""),)
    salts = from_folder(tmp_path / "salts")
    found = check_signers(one.folder / "site", leaves, Moments(), salts)
    assert not [item for item in found if item.weight is not Weight.NOTE]
    one.commit({"site/content/drafts/a.yml": "x"})
    found = check_signers(one.folder / "site", leaves, Moments(), salts)
    assert ["editor: content/drafts/a.yml"] == [item.detail for item in found if item.code == "role-path"]
