"""SSH signatures and signers: our verdict is that of ssh-keygen and git on good and bad signatures alike."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plugins.proof.commits import Commit, parse_commit, verify_commit
from plugins.proof.faults import Fault
from plugins.proof.signers import is_principal, matches, parse_signers, signers_of
from plugins.proof.sshkey import fingerprint, string
from plugins.proof.sshsig import MAGIC, SshSignature
from plugins.proof.strict import to_base64

from .conftest import needs

MESSAGE = "рішення № 123\n".encode()
KINDS = {"ed25519": "-t ed25519", "ecdsa": "-t ecdsa -b 256", "rsa": "-t rsa -b 2048"}


@dataclass(frozen=True)
class Workshop:
    """Keys of ssh-keygen's making: one of each kind for olena@, and another person's."""

    folder: Path

    def public(self, name: str) -> str:
        return " ".join((self.folder / f"{name}.pub").read_text().split()[:2])

    def sign(self, name: str, message: bytes = MESSAGE, namespace: str = "git", digest: str = "sha512") -> str:
        done = subprocess.run([needs("ssh-keygen"), "-Y", "sign", "-q", "-f", self.folder / name, "-n", namespace,
                               "-O", f"hashalg={digest}"], input=message, capture_output=True)
        assert 0 == done.returncode, done.stderr
        return done.stdout.decode()

    def theirs(self, signers: str, armored: str, message: bytes, principal: str, at: str) -> bool:
        """What ssh-keygen says."""
        (self.folder / "signers").write_text(signers)
        (self.folder / "one.sig").write_text(armored)
        return 0 == subprocess.run(
            [needs("ssh-keygen"), "-Y", "verify", "-f", self.folder / "signers", "-I", principal, "-n", "git", "-s",
             self.folder / "one.sig", "-O", f"verify-time={at}"], input=message, capture_output=True,
            env=os.environ | {"TZ": "UTC"}).returncode


def ours(signers: str, armored: str, message: bytes, principal: str, moment: int) -> bool:
    try:
        signature = SshSignature.parse(armored)
        signature.verify(message, "git")
        return is_principal(principal, signers_of(parse_signers(signers.encode()), signature.key, "git", moment))
    except Fault:
        return False


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("keys")
    kinds = {**KINDS, "other": KINDS["ed25519"], "short": "-t rsa -b 1024", "p384": "-t ecdsa -b 384"}
    for name, kind in kinds.items():
        make = [needs("ssh-keygen"), "-q", *kind.split(), "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(make, check=True)
    return Workshop(folder)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_what_ssh_keygen_signs_we_verify(workshop: Workshop, kind: str, digest: str) -> None:
    found = SshSignature.parse(workshop.sign(kind, digest=digest))
    found.verify(MESSAGE, "git")
    said = subprocess.run(["ssh-keygen", "-lf", workshop.folder / f"{kind}.pub"], capture_output=True, text=True).stdout
    assert fingerprint(found.key) == said.split()[1]


CASES = {
    "plain": ("olena@rada.example {key}", "olena@rada.example", True),
    "comment": ("olena@rada.example {key} Олена, 2026", "olena@rada.example", True),
    "several principals": ("a@b.c,olena@rada.example {key}", "olena@rada.example", True),
    "a pattern": ("*@rada.example {key}", "olena@rada.example", True),
    "a pattern of another": ("*@other.example {key}", "olena@rada.example", False),
    "a question mark": ("olen?@rada.example {key}", "olena@rada.example", True),
    "quoted principals": ('"olena@rada.example,b@c.d" {key}', "olena@rada.example", True),
    "a forbidden one": ("*@rada.example,!olena@rada.example {key}", "olena@rada.example", False),
    "another name": ("mayor@rada.example {key}", "olena@rada.example", False),
    "for git": ('olena@rada.example namespaces="git" {key}', "olena@rada.example", True),
    "for git and files": ('olena@rada.example namespaces="file,git" {key}', "olena@rada.example", True),
    "for anything": ('olena@rada.example namespaces="*" {key}', "olena@rada.example", True),
    "for files": ('olena@rada.example namespaces="file" {key}', "olena@rada.example", False),
    "not for git": ('olena@rada.example namespaces="*,!git" {key}', "olena@rada.example", False),
    "since a year": ('olena@rada.example valid-after="20260101Z" {key}', "olena@rada.example", True),
    "since the second": ('olena@rada.example valid-after="20260615120000Z" {key}', "olena@rada.example", True),
    "since the next second": ('olena@rada.example valid-after="20260615120001Z" {key}', "olena@rada.example", False),
    "until the second": ('olena@rada.example valid-before="20260615120000Z" {key}', "olena@rada.example", True),
    "until a second ago": ('olena@rada.example valid-before="20260615115959Z" {key}', "olena@rada.example", False),
    "until a minute": ('olena@rada.example valid-before="202606151201Z" {key}', "olena@rada.example", True),
    "all options": ('olena@rada.example namespaces="git",valid-after="20260101Z",valid-before="20270101Z" {key} x',
                    "olena@rada.example", True),
    "options in capitals": ('olena@rada.example NAMESPACES="git" {key}', "olena@rada.example", True),
    "an authority": ("olena@rada.example cert-authority {key}", "olena@rada.example", False),
    "another key": ("olena@rada.example {other}", "olena@rada.example", False),
    "expired and renewed": ('olena@rada.example valid-before="20260101Z" {key}\nolena@rada.example {key}',
                            "olena@rada.example", True),
    "comments and blanks": ("# перелік\n\n  olena@rada.example\t{key}\n", "olena@rada.example", True),
    "an empty list": ("", "olena@rada.example", False),
}
AT, MOMENT = "20260615120000Z", 1_781_524_800


@pytest.mark.parametrize("case", CASES)
def test_ssh_keygen_and_we_agree_about_signers(workshop: Workshop, case: str) -> None:
    form, principal, expected = CASES[case]
    signers = form.replace("{key}", workshop.public("ed25519")).replace("{other}", workshop.public("other")) + "\n"
    armored = workshop.sign("ed25519")
    assert expected == ours(signers, armored, MESSAGE, principal, MOMENT)
    assert expected == workshop.theirs(signers, armored, MESSAGE, principal, AT)


SPOILT = {
    "the message": lambda one: (one, MESSAGE + b"!"),
    "no message": lambda one: (one, b""),
    "a letter": lambda one: (one.replace("\n", "\nA", 1), MESSAGE),
    "the end": lambda one: (one[:-20], MESSAGE),
    "no armour": lambda one: (one.split("\n")[1], MESSAGE),
    "nothing": lambda one: ("", MESSAGE),
    "a tail in the blob": lambda one: (rearmored(blob(one) + b"\0"), MESSAGE),
    "a shorter blob": lambda one: (rearmored(blob(one)[:-1]), MESSAGE),
    "another version": lambda one: (rearmored(blob(one).replace(MAGIC + b"\0\0\0\1", MAGIC + b"\0\0\0\2")), MESSAGE),
    "another magic": lambda one: (rearmored(blob(one).replace(MAGIC, b"SSHSIX")), MESSAGE),
    "another digest": lambda one: (rearmored(blob(one).replace(b"sha512", b"sha256")), MESSAGE),
    "a digest unknown": lambda one: (rearmored(blob(one).replace(b"sha512", b"sha384")), MESSAGE),
    "another namespace": lambda one: (rearmored(blob(one).replace(b"\0\0\0\3git", b"\0\0\0\3got")), MESSAGE),
    "no namespace": lambda one: (rearmored(blob(one).replace(b"\0\0\0\3git", b"\0\0\0\0")), MESSAGE),
    "a bit of the signature": lambda one: (rearmored(blob(one)[:-1] + bytes([blob(one)[-1] ^ 1])), MESSAGE),
    "a bit of the key": lambda one: (rearmored(blob(one)[:40] + bytes([blob(one)[40] ^ 1]) + blob(one)[41:]), MESSAGE),
}


def blob(armored: str) -> bytes:
    import base64
    return base64.b64decode("".join(armored.strip().split("\n")[1:-1]))


def rearmored(content: bytes) -> str:
    text = to_base64(content)
    lines = "\n".join(text[at: at + 70] for at in range(0, len(text), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", SPOILT)
def test_ssh_keygen_and_we_refuse_the_same_signatures(workshop: Workshop, kind: str, case: str) -> None:
    signers = f"olena@rada.example {workshop.public(kind)}\n"
    armored = workshop.sign(kind)
    assert ours(signers, armored, MESSAGE, "olena@rada.example", MOMENT)
    spoilt, message = SPOILT[case](armored)
    assert not ours(signers, spoilt, message, "olena@rada.example", MOMENT)
    assert not workshop.theirs(signers, spoilt, message, "olena@rada.example", AT)


def test_a_signature_for_another_purpose_is_named_so(workshop: Workshop) -> None:
    with pytest.raises(Fault) as told:
        SshSignature.parse(workshop.sign("ed25519", namespace="file")).verify(MESSAGE, "git")
    assert ("ssh-namespace", "file") == (told.value.code, told.value.detail)


@pytest.mark.parametrize("kind", ["p384", "short"])
def test_kinds_of_keys_that_we_do_not_take_are_named_so(workshop: Workshop, kind: str) -> None:
    try:
        armored = workshop.sign(kind)
    except AssertionError:
        pytest.skip("this ssh-keygen refuses the key itself")
    with pytest.raises(Fault) as told:
        SshSignature.parse(armored).verify(MESSAGE, "git")
    assert "ssh-algorithm" == told.value.code


@pytest.mark.parametrize("flags", [1, 5, 0, 4])
def test_a_security_key_must_have_been_touched(workshop: Workshop, flags: int) -> None:
    """What a token of PROTOCOL.u2f signs, made here; ssh-keygen takes it for one."""
    from hashlib import sha256, sha512
    kind, application = b"sk-ssh-ed25519@openssh.com", b"ssh:"
    private = Ed25519PrivateKey.from_private_bytes(sha256(b"token").digest())
    public = b"".join(map(string, (kind, private.public_key().public_bytes_raw(), application)))
    signed = MAGIC + b"".join(map(string, (b"git", b"", b"sha512", sha512(MESSAGE).digest())))
    tail = bytes([flags, 0, 0, 0, 9])
    raw = private.sign(sha256(application).digest() + tail + sha256(signed).digest())
    signature = string(kind) + string(raw) + tail
    armored = rearmored(MAGIC + b"\0\0\0\1" + b"".join(map(string, (public, b"git", b"", b"sha512", signature))))
    signers = f"olena@rada.example {kind.decode()} {to_base64(public)}\n"
    touched = bool(flags & 1)
    assert touched == ours(signers, armored, MESSAGE, "olena@rada.example", MOMENT)
    if touched:
        assert workshop.theirs(signers, armored, MESSAGE, "olena@rada.example", AT)


@pytest.mark.parametrize("line", [
    "olena@rada.example", "olena@rada.example ssh-ed25519", "olena@rada.example ssh-ed25519 AAAA!",
    "{key}", "olena@rada.example ssh-rsa {base64}", "olena@rada.example unknown {key}",
    'olena@rada.example valid-after="20260101" {key}', 'olena@rada.example valid-after="20261301Z" {key}',
    'olena@rada.example valid-after="2026Z" {key}', "olena@rada.example valid-after {key}",
    'olena@rada.example namespaces="git",namespaces="file" {key}', 'olena@rada.example namespaces="" {key}',
    'olena@rada.example cert-authority="x" {key}', 'olena@rada.example namespaces="git {key}', ",a@b.c {key}",
    "a@b.c, {key}",
])
def test_a_line_that_may_be_read_two_ways_is_refused(workshop: Workshop, line: str) -> None:
    key = workshop.public("ed25519")
    with pytest.raises(Fault) as told:
        parse_signers(f"# перелік\n{line.replace('{key}', key).replace('{base64}', key.split()[1])}\n".encode())
    assert "signers" == told.value.code and told.value.detail.startswith("2")


def test_patterns_are_those_of_openssh() -> None:
    assert matches("a@b", ["*"]) and matches("a@b", ["a?b"]) and matches("a.b", ["a.b"])
    assert not matches("axb", ["a.b"]) and not matches("a@b", ["!a@b"]) and not matches("a@b", ["*", "!a@*"])
    assert not matches("b" * 40, ["*a" * 20])


# --- commits


@dataclass(frozen=True)
class Repository:
    """A repository whose commits anybody may sign with any key in anybody's name."""

    folder: Path
    workshop: Workshop

    def git(self, *words: str, **environment: str) -> str:
        done = subprocess.run([needs("git"), *words], cwd=self.folder, capture_output=True, text=True,
                              env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "TZ": "UTC", **environment})
        assert 0 == done.returncode, done.stderr
        return done.stdout.strip()

    def commit(self, key: str | None, author: str = "olena@rada.example", committer: str = "olena@rada.example",
               at: int = MOMENT, message: str = "acts: рішення 123") -> str:
        sign = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={self.workshop.folder / (key or '')}"]
        self.git(*(sign if key else []), "commit", "-q", "--allow-empty", "-m", message, *(["-S"] if key else []),
                 GIT_AUTHOR_NAME="Олена", GIT_AUTHOR_EMAIL=author, GIT_COMMITTER_NAME="Олена",
                 GIT_COMMITTER_EMAIL=committer, GIT_AUTHOR_DATE=f"{at} +0200", GIT_COMMITTER_DATE=f"{at} +0200")
        return self.git("rev-parse", "HEAD")

    def read(self, commit: str) -> Commit:
        return parse_commit(subprocess.run(["git", "cat-file", "commit", commit], cwd=self.folder, capture_output=True,
                                           check=True).stdout)

    def theirs(self, signers: str, commit: str) -> bool:
        (self.folder / ".git" / "signers").write_text(signers)
        return 0 == subprocess.run(
            ["git", "-c", f"gpg.ssh.allowedSignersFile={self.folder / '.git' / 'signers'}", "verify-commit", commit],
            cwd=self.folder, capture_output=True).returncode


@pytest.fixture
def repository(workshop: Workshop, tmp_path: Path) -> Repository:
    one = Repository(tmp_path, workshop)
    one.git("init", "-q", "-b", "main")
    return one


def verdict(commit: Commit, signers: str, moment: int | None = None) -> str:
    try:
        verify_commit(commit, parse_signers(signers.encode()), moment)
    except Fault as fault:
        return fault.code
    return "good"


@pytest.mark.parametrize("kind", KINDS)
def test_git_and_we_agree_about_a_good_commit(repository: Repository, kind: str) -> None:
    signers = f"olena@rada.example {repository.workshop.public(kind)}\n"
    commit = repository.commit(kind, message="acts: рішення 123\n\n— кома й «лапки»\n\nReason: суд")
    found = verify_commit(repository.read(commit), parse_signers(signers.encode()))
    assert ("olena@rada.example", repository.theirs(signers, commit)) == (found.principal, True)


@pytest.mark.parametrize(("case", "expected"), [
    ("unsigned", "commit-unsigned"), ("stranger", "signer-unknown"), ("expired", "signer-expired"),
    ("purpose", "ssh-namespace")])
def test_git_and_we_agree_about_bad_commits(repository: Repository, case: str, expected: str) -> None:
    options = {"expired": 'valid-before="20250101Z" ', "purpose": 'namespaces="file" '}.get(case, "")
    signers = f"olena@rada.example {options}{repository.workshop.public('ed25519')}\n"
    commit = repository.commit({"unsigned": None, "stranger": "other"}.get(case, "ed25519"))
    assert (expected, False) == (verdict(repository.read(commit), signers), repository.theirs(signers, commit))


@pytest.mark.parametrize(("author", "committer"), [
    ("mayor@rada.example", "olena@rada.example"), ("olena@rada.example", "mayor@rada.example"),
    ("mayor@rada.example", "mayor@rada.example")])
def test_a_commit_in_anothers_name_is_refused_though_git_calls_it_good(repository: Repository, author: str,
                                                                       committer: str) -> None:
    signers = (f"olena@rada.example {repository.workshop.public('ed25519')}\n"
               f"mayor@rada.example {repository.workshop.public('other')}\n")
    commit = repository.commit("ed25519", author, committer)
    assert repository.theirs(signers, commit)
    assert "signer-is-not-author" == verdict(repository.read(commit), signers)


def test_a_backdated_commit_is_judged_at_the_witnessed_moment(repository: Repository) -> None:
    """The key was withdrawn on 1 June; who kept it dates a commit of July back to May, and git believes it."""
    signers = f'olena@rada.example valid-before="20260601Z" {repository.workshop.public("ed25519")}\n'
    commit = repository.commit("ed25519", at=MOMENT - 40 * 86_400)
    assert repository.theirs(signers, commit)
    assert "good" == verdict(repository.read(commit), signers)
    assert "signer-expired" == verdict(repository.read(commit), signers, MOMENT + 30 * 86_400)


@pytest.mark.parametrize("spoil", [
    lambda raw: raw.replace("рішення 123".encode(), "рішення 124".encode()),
    lambda raw: raw.replace(b"tree ", b"tree 0", 1).replace(b"\nauthor", b"\nauthor", 1),
    lambda raw: raw.replace(b"author ", b"parent " + b"5" * 40 + b"\nauthor ", 1),
    lambda raw: raw.replace(b" +0200\n", b" +0300\n", 1),
    lambda raw: raw.replace(b"\ncommitter", b"\nencoding x\ncommitter", 1),
    lambda raw: raw.replace(b"gpgsig -----BEGIN", b"gpgsig x\ngpgsig -----BEGIN", 1),
    lambda raw: raw.replace(b"author ", b"author x <x@y.z> 1 +0000\nauthor ", 1),
    lambda raw: raw + b"more",
    lambda raw: raw.replace(b"\n\n", b"\n", 1),
])
def test_a_commit_that_was_changed_is_not_signed(repository: Repository, spoil) -> None:  # type: ignore[no-untyped-def]
    signers = f"olena@rada.example {repository.workshop.public('ed25519')}\n"
    name = repository.commit("ed25519")
    raw = subprocess.run(["git", "cat-file", "commit", name], cwd=repository.folder, capture_output=True).stdout
    assert raw != spoil(raw)
    try:
        assert "signature" == verdict(parse_commit(spoil(raw)), signers)
    except Fault as fault:
        assert "commit" == fault.code


def test_a_signed_commit_is_read_as_git_shows_it(repository: Repository) -> None:
    first = repository.commit(None)
    second = repository.read(repository.commit("ed25519"))
    assert (first,) == second.parents
    assert ("Олена", "olena@rada.example", MOMENT) == (second.author.name, second.author.email, second.author.at)
    assert b"gpgsig" not in second.payload


def test_a_signature_costs_little(workshop: Workshop) -> None:
    armored = workshop.sign("ed25519")
    started = perf_counter()
    for _ in range(100):
        SshSignature.parse(armored).verify(MESSAGE, "git")
    assert (perf_counter() - started) / 100 <= 0.005
