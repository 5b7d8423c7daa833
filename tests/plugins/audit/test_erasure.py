"""Erasure: what was taken out cannot be found again from anything public, and nothing else can hide behind it."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from plugins.audit.chain import parse_tree, write_tree
from plugins.audit.checking.rewrite import check_moved, check_rewrite
from plugins.audit.checking.signers import check_signers
from plugins.audit.checking.verify import Asked as asked_of
from plugins.audit.checking.verify import examine
from plugins.audit.declared import REWRITES, Rewrite, encode_rewrites, marker, rewrites
from plugins.audit.erasure.clean import Erased, NotErased, Order, erase, plan
from plugins.audit.erasure.deployed import DEPLOYMENTS, is_only_without_digests, without_digests
from plugins.audit.erasure.erasing import Asked, run
from plugins.audit.erasure.rewriting import holds, read_history, rewrite, where_words_stand
from plugins.audit.findings import Finding, Weight
from plugins.audit.keeping.telling import NotDone
from plugins.audit.layout import REDACTIONS
from plugins.audit.repository import name_of
from plugins.proof.append import append, create
from plugins.proof.leaves import DOMAINS, Leaf, commit_to
from plugins.proof.log import from_folder, proves, read_note, verify_log
from plugins.proof.moments import Moments
from plugins.proof.policy import Policy
from plugins.proof.salts import Source, is_committed, read_openings
from tests.plugins.proof.conftest import LOG, NOW, ORIGIN, policy

from .signing import ROLES, Repository, make_keys, make_repository, policy_leaf, revision_leaf

DOC, PATH = "drafts/2026/5", "content/drafts/2026/5-про-допомогу/index.yml"
SCAN, NEWS = "content/drafts/2026/5-про-допомогу/skan.txt", "content/news/2026/a.md"
SURNAMES = ("Бойко", "Гнатюк", "Дубина", "Жук", "Зварич", "Кавун", "Лановий", "Мороз", "Новак", "Олійник", "Пасічник")
SECRET = "Лановий"
FRAME = "title: Про допомогу\ntext: |\n  1. Надати {} Л. П. допомогу.\n"
LISTED = "Заявник: {} Л. П.\n"
DEPLOYED = """path,version,at
/novyny/2026/a/,3f9a1c,2026-11-13T13:00:00Z
/proiekty/2026/5/,2b6f0a,2026-11-13T13:00:00Z
/proiekty/2026/5/,{0},2026-11-14T13:00:00Z
/proiekty/2026/5/,{0},2026-11-15T13:00:00Z
/proiekty/2026/5/#text,{0},2026-11-15T13:00:00Z
"""
BASIS = "Закон України «Про захист персональних даних», ст. 15"


def page(surname: str) -> str:
    """The digest of the page that was deployed with the text."""
    return hashlib.sha256(f"<main>{FRAME.format(surname)}</main>".encode()).hexdigest()


@dataclass(frozen=True)
class Council:
    """A repository, its log and its salts."""

    repository: Repository
    log: Path
    salts: Path

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return verify_log(from_folder(self.log), policy(0)).leaves

    def append(self, leaves: Sequence[Leaf]) -> None:
        append(self.log, leaves, (LOG,), expected=len(self.leaves), at=NOW)

    def copy(self, folder: Path) -> Council:
        shutil.copytree(self.log, folder / "log")
        shutil.copytree(self.salts, folder / "salts")
        return replace(self, log=folder / "log", salts=folder / "salts")

    def order(self, *revisions: int, names: tuple[str, ...] = ("", "skan.txt")) -> Order:
        return Order(DOC, revisions or (2,), BASIS, "Суд зобов’язав вилучити прізвище.", "clerk:12345678", NOW, names,
                     (SECRET,))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A draft of four revisions, the second with a name that has to go; news between them; a merge; all is logged."""
    top = tmp_path_factory.mktemp("council")
    (top / "keys").mkdir()
    one = make_repository(top / "repo", make_keys(top / "keys"))
    log, salts = top / "log", top / "salts"
    create(log, ORIGIN, (LOG,), NOW)
    council = Council(one, log, salts)
    start = one.commit({"data/allowed_signers": one.keys.list(), "data/roles.yml": ROLES.replace(
        "content/drafts/**", "content/drafts/**, content/news/**")}, "clerk")
    leaves = [policy_leaf(salts, start, (one.folder / "data/allowed_signers").read_bytes()),
              policy_leaf(salts, start, (one.folder / "data/roles.yml").read_bytes(), "roles", "data/roles.yml")]

    def revised(kind: str, n: int, text: str, scan: str | None = None, table: str | None = None) -> None:
        files: dict[str, str | None] = {PATH: text} | ({DEPLOYMENTS: table} if table else {})
        if scan is not None or (one.folder / SCAN).exists():
            files[SCAN] = scan
        commit = one.commit(files, "clerk", message=f"Редакція {n}")
        attached = {"skan.txt": scan.encode()} if scan is not None else {}
        leaves.append(revision_leaf(salts, kind, DOC, n, Source(text.encode(), PATH, commit, attached)))

    def news(n: int) -> None:
        commit = one.commit({NEWS: f"новина {n}"}, message="Новина")
        leaves.append(revision_leaf(salts, "publish" if n == 1 else "amend", "news/2026/a", n,
                                    Source(f"новина {n}".encode(), NEWS, commit)))
    news(1)
    revised("publish", 1, "title: Про допомогу\n")
    revised("amend", 2, FRAME.format(SECRET), LISTED.format(SECRET))
    news(2)
    one.branch("side", "HEAD")
    one.commit({"content/news/2026/b.md": "з гілки"})
    one.branch("main", "HEAD~1")
    one.git("-c", f"user.signingkey={one.keys.folder / 'clerk'}", "merge", "-q", "--no-ff", "-S", "-m", "Злиття",
            "side", GIT_AUTHOR_NAME="clerk", GIT_AUTHOR_EMAIL="clerk@rada.example", GIT_COMMITTER_NAME="clerk",
            GIT_COMMITTER_EMAIL="clerk@rada.example")
    leaves.append(revision_leaf(salts, "publish", "news/2026/b", 1, Source(
        "з гілки".encode(), "content/news/2026/b.md", one.git("rev-parse", "HEAD"))))
    revised("amend", 3, "title: Про допомогу\ntext: |\n  1. Надати заявникові допомогу.\n", table=DEPLOYED.format(
        page(SECRET)))
    news(3)
    council.append(leaves)
    one.git("branch", "-q", "-D", "side")
    return council


@dataclass(frozen=True)
class After:
    council: Council
    new: Path
    done: Erased

    def found(self, new: Path | None = None) -> list[Finding]:
        return check_rewrite(self.council.repository.folder, new or self.new, self.council.leaves,
                             from_folder(self.council.salts))


@pytest.fixture(scope="module")
def after(council: Council, tmp_path_factory: pytest.TempPathFactory) -> After:
    top = tmp_path_factory.mktemp("after")
    copy = council.copy(top)
    done = erase(copy.repository.folder, copy.salts, copy.leaves, copy.order(), top / "new", copy.append)
    return After(copy, top / "new", done)


def codes(found: list[Finding]) -> set[str]:
    return {one.code for one in found if one.weight is not Weight.NOTE}


# ------------------------------------------------------------------ what was done


def test_only_what_was_declared_differs(after: After) -> None:
    found = after.found()
    assert set() == codes(found)
    assert {("rewrite-fine", "5"), ("rewrite-fell", "5"), ("rewrite-sides", "1")} == {(one.code, one.detail)
                                                                                    for one in found}


def test_the_text_gives_way_to_a_marker_and_the_newest_documents_are_the_same(after: After) -> None:
    new = read_history(after.new)
    for folder in ("content", "data/roles.yml"):
        asked = ["git", "rev-parse", f"HEAD:{folder}"]
        assert subprocess.run(asked, cwd=after.council.repository.folder, capture_output=True).stdout == subprocess.run(
            asked, cwd=after.new, capture_output=True).stdout
    shown = subprocess.run(["git", "show", f"{new.commits[3][0]}:{PATH}"], cwd=after.new, capture_output=True).stdout
    assert marker(DOC, 2, BASIS) == shown
    assert "підстава — Закон України" in shown.decode() and "редакція 2" in shown.decode()


def test_digests_of_deployed_pages_become_numbers_and_moments_stay(after: After) -> None:
    assert (after.new / DEPLOYMENTS).read_text().splitlines() == [
        "path,version,at", "/novyny/2026/a/,3f9a1c,2026-11-13T13:00:00Z",
        "/proiekty/2026/5/,000001,2026-11-13T13:00:00Z", "/proiekty/2026/5/,000002,2026-11-14T13:00:00Z",
        "/proiekty/2026/5/,000002,2026-11-15T13:00:00Z", "/proiekty/2026/5/#text,000001,2026-11-15T13:00:00Z"]
    old = DEPLOYED.format(page(SECRET)).encode()
    new = without_digests(old, [DOC])
    assert new == without_digests(new, [DOC]) and is_only_without_digests(old, new, [DOC, "news/2026/a"])
    assert not is_only_without_digests(old, new, []) and not is_only_without_digests(old, new[:-22] + b"\n", [DOC])
    assert not is_only_without_digests(old, new.replace(b"3f9a1c", b"000001"), [DOC])


def test_it_is_declared_in_the_log_and_in_the_register_of_the_site(after: After) -> None:
    redact, rewritten = after.council.leaves[-2:]
    assert ("redact", DOC, 2, BASIS) == (redact.kind, redact["doc"], redact["n"], redact["basis"])
    assert "rewrite" == rewritten.kind
    entry = (after.new / REDACTIONS).read_text(encoding="utf-8")
    assert f"- doc: {DOC}\n  revision: 2\n  at: 2026-" in entry and "Суд зобов’язав" in entry


def test_all_other_proofs_still_verify(after: After) -> None:
    log = verify_log(from_folder(after.council.log), policy(0), ())
    note = read_note(from_folder(after.council.log))
    for index, proof in enumerate(proves(range(len(log.leaves)), note, from_folder(after.council.log))):
        proof.verify(log.leaves[index].encode(), Policy(policy(0).logs))
    opened = 0
    for leaf in log.leaves:
        if leaf.kind not in ("publish", "amend") or (leaf["doc"], leaf["n"]) == (DOC, 2):
            continue
        opening = read_openings(after.council.salts, str(leaf["doc"]))[int(leaf["n"])]
        content = subprocess.run(["git", "show", f"{opening.commit}:{opening.path}"], cwd=after.new,
                                 capture_output=True, check=True).stdout
        assert is_committed(leaf, opening.source(content), opening.salts)
        opened += 1
    assert 6 == opened
    assert [] == check_moved(log.leaves, from_folder(after.council.salts))


def test_an_auditor_finds_the_history_complete(after: After, tmp_path: Path) -> None:
    (tmp_path / "policy").write_text(f"log {LOG.verifier}\nquorum none\n")
    report = examine(asked_of("history", after.new, log=str(after.council.log), salts=str(after.council.salts),
                              policy=str(tmp_path / "policy")))
    assert {"redacted", "rewritten"} <= {one.code for one in report.findings}
    assert [] == [one for one in report.findings if one.check == "history" and one.weight is Weight.TAMPERING]
    assert {} == report.broken


def test_signatures_that_fell_are_said_and_the_next_commit_vouches(after: After, tmp_path: Path) -> None:
    def told(folder: Path) -> list[tuple[str, Weight]]:
        found = check_signers(folder, after.council.leaves, Moments(), from_folder(after.council.salts))
        return [(one.code, one.weight) for one in found if one.code in ("signatures-fell", "commit-unsigned")]
    assert [("signatures-fell", Weight.LACKING)] == told(after.new)
    subprocess.run(["git", "clone", "-q", after.new, tmp_path / "new"], check=True)
    one = Repository(tmp_path / "new", after.council.repository.keys, after.council.repository.at)
    one.commit({REDACTIONS: (after.new / REDACTIONS).read_text()}, "clerk")
    assert [("signatures-fell", Weight.NOTE)] == told(one.folder)
    one.commit({NEWS: "без підпису"}, key=None)
    assert ("commit-unsigned", Weight.TAMPERING) in told(one.folder)


def test_a_second_erasure_goes_on_from_the_first(after: After, tmp_path: Path) -> None:
    copy = after.council.copy(tmp_path)
    order = replace(copy.order(1, names=("",)), doc="news/2026/a", words=())
    erase(after.new, copy.salts, copy.leaves, order, tmp_path / "newer", copy.append)
    for old in (after.new, after.council.repository.folder):
        found = check_rewrite(old, tmp_path / "newer", copy.leaves, from_folder(copy.salts))
        assert set() == codes(found)
    assert 2 == len(rewrites(copy.leaves))


def test_the_command_tells_its_plan_and_replaces_the_branch_only_when_told_to(council: Council,
                                                                              tmp_path: Path) -> None:
    copy = council.copy(tmp_path)
    shutil.copytree(council.repository.folder, tmp_path / "repo")
    site = tmp_path / "repo"
    (copy.log / "policy").write_text(f"log {LOG.verifier}\nquorum none\n")
    asked = Asked(copy.log, copy.salts, site / "content", site / "data", (LOG,), "clerk", copy.order(), None, None)
    old = read_history(site).commits
    assert "5\u00a0комітів" in run(asked)[0] and old == read_history(site).commits
    with pytest.raises(NotDone, match="немає ролі «editor»"):
        run(replace(asked, role="editor"))
    said = run(replace(asked, output=tmp_path / "new", receipt=tmp_path / "receipt", is_sure=True))
    assert "Гілку main цього сховища замінено." in said and "Стару історію" not in " ".join(said)
    assert () == holds(site, [name for name, _ in old[3:]]) and () == where_words_stand(site, [SECRET])
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=site, capture_output=True, text=True).stdout
    assert f"?? {REDACTIONS}\n" == changed
    with pytest.raises(NotDone):  # there are changes that no commit has
        run(replace(asked, output=tmp_path / "newer"))


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(("revisions", "names", "said"), [
    ((3,), ("",), "чинна досі"), ((9,), ("",), "немає серед солей"), ((2,), ("",), "слова є ще"),
    ((1,), ("інше.pdf",), "немає таких файлів"),
])
def test_nothing_is_erased_by_halves(council: Council, tmp_path: Path, revisions: tuple[int, ...],
                                     names: tuple[str, ...], said: str) -> None:
    copy = council.copy(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(NotErased, match=said):
        erase(copy.repository.folder, copy.salts, copy.leaves, copy.order(*revisions, names=names), tmp_path / "new",
              copy.append)
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_the_plan_says_how_much_is_made_anew(council: Council) -> None:
    planned = plan(council.repository.folder, council.salts, council.order())
    assert (5, 2) == (planned.rewritten, len(planned.blobs))


# ------------------------------------------------------------------ what may not hide behind it


def forged(after: After, folder: Path, change: dict[int, dict[str, bytes]], first: int = 3) -> Path:
    """A new repository in which the named commits have other files too."""
    def changed(place: int, tree: str) -> dict[str, bytes]:
        redacted = {PATH: marker(DOC, 2, BASIS), SCAN: marker(DOC, 2, BASIS)} if 3 <= place < 6 else {
            DEPLOYMENTS: without_digests(DEPLOYED.format(page(SECRET)).encode(), [DOC])} if place > 3 else {}
        return redacted | change.get(place, {})
    rewrite(read_history(after.council.repository.folder), first, changed, folder)
    return folder


FORGED: tuple[dict[int, dict[str, tuple[bytes, str]]], ...] = (
    {2: {PATH: (marker(DOC, 2, BASIS), "rewrite-span")},
     4: {NEWS: ("інша новина".encode(), "rewrite-file")},
     5: {PATH: (b"title: x\n", "rewrite-file")},
     7: {PATH: ("title: Інше\n".encode(), "rewrite-file"), "data/roles.yml": (b"roles: []\n", "rewrite-file")}},
    {4: {PATH: ("Вилучено: усе\n".encode(), "rewrite-marker")},
     5: {NEWS: (marker(DOC, 2, BASIS), "rewrite-file")},
     6: {PATH: (marker(DOC, 3, BASIS), "rewrite-marker")},
     7: {PATH: (marker(DOC, 2, BASIS), "rewrite-span"), DEPLOYMENTS: (b"path,version,at\n", "rewrite-file")}},
)
"""Place of a commit → what a forger puts there, and what it is called."""


@pytest.mark.parametrize("changes", FORGED, ids=("first", "second"))
def test_a_declared_redaction_hides_no_second_edit(
        after: After, tmp_path: Path, changes: dict[int, dict[str, tuple[bytes, str]]]) -> None:
    """The council itself forges: the salts open the tip that it made. Nothing but the forgeries is named."""
    new = forged(after, tmp_path / "new", {place: {path: content for path, (content, _) in files.items()}
                                           for place, files in changes.items()}, min([3, *changes]))
    found = check_rewrite(after.council.repository.folder, new, *forged_log(after, new))
    old = read_history(after.council.repository.folder).commits
    assert {f"{old[place][0][:12]} {path}": code for place, files in changes.items()
            for path, (_, code) in files.items()} == {
                one.where: one.code for one in found if one.weight is not Weight.NOTE}


def test_an_opening_that_names_a_later_commit_does_not_lengthen_a_redaction(after: After, tmp_path: Path) -> None:
    """The third revision opens, at the last commit too: what stood there before may not give way to the marker."""
    new = forged(after, tmp_path / "new", {6: {PATH: marker(DOC, 2, BASIS)}})
    leaves, salts = forged_log(after, new)
    sixth, last = (name for name, _ in read_history(new).commits[6:])

    def moved(path: str) -> bytes:
        return salts(path).replace(sixth.encode(), last.encode()) if DOC in path else salts(path)
    assert {"rewrite-span"} == codes(check_rewrite(after.council.repository.folder, new, leaves, moved))


def forged_log(after: After, new: Path) -> tuple[tuple[Leaf, ...], Callable[[str], bytes]]:
    """The leaves and the salts that a council would have published with such a repository."""
    fetch = from_folder(after.council.salts)
    right, wrong = read_history(after.new).commits, read_history(new).commits
    tip, salt = wrong[-1][0], bytes(16)
    names = {one[0].encode(): other[0].encode() for one, other in zip(right, wrong, strict=True)}

    def salts(path: str) -> bytes:
        if path == REWRITES:
            return encode_rewrites({1: Rewrite(tip, salt)})
        content = fetch(path)
        for one, other in names.items():
            content = content.replace(one, other)
        return content
    *before, last = after.council.leaves
    values = dict(last.values) | {"new": commit_to("commit", salt, tip.encode())}
    return (*before, replace(last, values=tuple(sorted(values.items())))), salts


@pytest.mark.parametrize(("spoil", "code"), [
    (lambda raw: raw.replace("Новина".encode(), "Ні".encode()), "rewrite-commit"),
    (lambda raw: re.sub(rb"(committer .*> )(\d+)", rb"\g<1>1790000000", raw), "rewrite-commit"),
    (lambda raw: raw.replace(b"author editor", b"author mayor"), "rewrite-commit"),
])
def test_people_moments_and_messages_stay(after: After, tmp_path: Path, spoil, code: str) -> None:  # type: ignore[no-untyped-def]
    """The last commit is made anew with something else in it."""
    shutil.copytree(after.new, tmp_path / "new")
    raw = subprocess.run(["git", "cat-file", "commit", "HEAD"], cwd=tmp_path / "new", capture_output=True).stdout
    assert raw != spoil(raw)
    put(tmp_path / "new", spoil(raw))
    assert code in codes(after.found(tmp_path / "new"))


def put(folder: Path, raw: bytes) -> None:
    name = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=folder, input=raw,
                          capture_output=True, check=True).stdout.decode().strip()
    subprocess.run(["git", "update-ref", "HEAD", name], cwd=folder, check=True)


def test_a_commit_that_was_dropped_is_missed(after: After, tmp_path: Path) -> None:
    shutil.copytree(after.new, tmp_path / "new")
    subprocess.run(["git", "reset", "-q", "--hard", "HEAD~1"], cwd=tmp_path / "new", check=True)
    assert {"rewrite-count", "rewrite-unopened"} == codes(after.found(tmp_path / "new"))


def test_a_rewrite_that_nobody_declared_is_tampering(council: Council, after: After) -> None:
    found = check_rewrite(council.repository.folder, after.new, council.leaves, from_folder(council.salts))
    assert {"rewrite-undeclared", "rewrite-marker", "rewrite-file"} == codes(found)


def test_an_opening_without_its_commit_needs_a_declared_rewrite(council: Council, after: After) -> None:
    found = check_moved(council.leaves, from_folder(after.council.salts))
    assert {"opening-moved"} == codes(found)


def test_histories_that_only_grew_are_the_same(council: Council) -> None:
    found = check_rewrite(council.repository.folder, council.repository.folder, council.leaves,
                          from_folder(council.salts), old_tip="HEAD~2")
    assert ["rewrite-same"] == [one.code for one in found]


# ------------------------------------------------------------------ the drill


def everything_public(council: Council, repository: Path) -> bytes:
    """All bytes of the log, the salts, the repository: its files as they lie, and all its objects unpacked."""
    files = [file.read_bytes() for top in (council.log, council.salts, repository) for file in sorted(top.rglob("*"))
             if file.is_file()]
    listed = subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=repository,
                            capture_output=True, check=True).stdout
    trees = subprocess.run(["git", "rev-list", "--objects", "--all", "--reflog"], cwd=repository, capture_output=True,
                           check=True).stdout
    return b"\n".join([*files, listed, trees])


def salts_in(public: bytes) -> list[bytes]:
    return [bytes.fromhex(one.decode()) for one in sorted(set(re.findall(rb'"([0-9a-f]{32})"', public)))]


def guesses(text: str, salts: Sequence[bytes]) -> Iterator[str]:
    """Every hash that this text might have left behind."""
    content = text.encode()
    yield name_of("blob", content)
    for algorithm in ("sha1", "sha256", "sha512", "md5", "blake2b"):
        yield hashlib.new(algorithm, content).hexdigest()
    for domain in DOMAINS:
        yield from (commit_to(domain, salt, content) for salt in (*salts, bytes(16)))


def commits_with(surname: str, council: Council, old: Sequence[tuple[str, bytes]]) -> list[str]:
    """The names that the commits would have if this had been the text: all else of them is known to the attacker."""
    folder = council.repository.folder

    def content(name: str) -> bytes:
        return subprocess.run(["git", "cat-file", "--batch"], input=name.encode(), cwd=folder, capture_output=True,
                              check=True).stdout.split(b"\n", 1)[1][:-1]
    renamed = {name_of("blob", FRAME.format(SECRET).encode()): name_of("blob", FRAME.format(surname).encode()),
               name_of("blob", LISTED.format(SECRET).encode()): name_of("blob", LISTED.format(surname).encode())}

    def tree(name: str) -> str:
        entries = parse_tree(content(name))
        return name_of("tree", write_tree(tuple(replace(one, id=tree(one.id) if one.is_folder
                                                        else renamed.get(one.id, one.id)) for one in entries)))
    found: dict[str, str] = {}
    for name, raw in old:
        top = raw[5:45].decode()
        raw = raw.replace(top.encode(), tree(top).encode(), 1)
        for before, now in found.items():
            raw = raw.replace(f"parent {before}".encode(), f"parent {now}".encode())
        found[name] = name_of("commit", raw)
    return list(found.values())


def recovered(council: Council, repository: Path, dictionary: Sequence[str]) -> set[str]:
    """What an attacker finds who knows the frame of the text and all names that it might have had."""
    public = everything_public(council, repository)
    hexes = {one.decode() for one in re.findall(rb"(?<![0-9a-f])[0-9a-f]{32,128}(?![0-9a-f])", public)}
    salts = salts_in(public)
    old = read_history(council.repository.folder).commits[3:6]  # those with the text; the attacker knows their frame
    found = set()
    for surname in dictionary:
        commits = commits_with(surname, council, old)
        made = [page(surname), *guesses(FRAME.format(surname), salts), *guesses(LISTED.format(surname), salts),
                *commits, *(commit_to("commit", salt, one.encode()) for one in commits for salt in (*salts, bytes(16)))]
        is_plain = surname.encode() in public
        if is_plain or any(one in hexes or bytes.fromhex(one) in public for one in made):
            found.add(surname)
    return found


def test_drill_the_attack_succeeds_before_the_erasure_and_recovers_nothing_after_it(council: Council,
                                                                                    after: After) -> None:
    assert {SECRET} == recovered(council, council.repository.folder, SURNAMES)
    assert set() == recovered(after.council, after.new, SURNAMES)


@pytest.mark.parametrize("leak", ["salts", "commit", "blob", "receipt"])
def test_drill_each_thing_that_has_to_go_would_betray_the_text(council: Council, after: After, tmp_path: Path,
                                                               leak: str) -> None:
    """The drill can fail: one file kept too long is enough."""
    copy = after.council.copy(tmp_path)
    kept = {"salts": (council.salts / f"docs/{DOC}.json").read_bytes(),
            "commit": read_history(council.repository.folder).commits[4][0].encode(),
            "blob": name_of("blob", FRAME.format(SECRET).encode()).encode(),
            "receipt": read_openings(council.salts, "news/2026/a")[2].salts.commit.hex().join('""').encode()}[leak]
    (copy.salts / "leak").write_bytes(kept)
    assert {SECRET} == recovered(copy, after.new, SURNAMES)


def test_the_receipt_is_for_those_who_have_an_old_copy(after: After) -> None:
    import json
    receipt = json.loads(after.done.receipt)
    assert receipt["old"] == read_history(after.council.repository.folder).commits[-1][0]
    assert after.council.leaves[-1]["old"] == commit_to("commit", bytes.fromhex(receipt["salt"]),
                                                        receipt["old"].encode())
    assert not [file for file in after.council.salts.rglob("*.json") if receipt["salt"].encode() in file.read_bytes()]
