"""Events of the log: one spelling, a closed schema, and nothing from which an erased name could be found again."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.proof.faults import Fault
from plugins.proof.leaves import KINDS, Leaf, Value, commit_to, leaf
from plugins.proof.salts import (
    Opening,
    PolicyOpening,
    Salts,
    Source,
    is_committed,
    keep_openings,
    keep_policy_openings,
    new_salts,
    read_openings,
    read_policy_openings,
    revision,
)

from .conftest import destroy_opening, event

H = "ab" * 32
SAMPLE: dict[str, Value] = {
    "doc": "drafts/2026/0123", "n": 2, "c": H, "path": H, "commit": H, "files": H, "old": H, "new": H, "root": H,
    "lock": H, "basis": "ЗУ «Про захист персональних даних», ст. 15; розпорядження № 7", "what": "signers",
    "pages": 26500, "day": "2026-11-28", "size": 53419}
BY, SEEN = "editor:1a2b3c4d", "2026-11-28T10:00:00Z"
SOURCE = Source("Матеріальна допомога Петренку О. І.".encode(), "acts/2026/0123-допомога.yml", "5" * 40,
                {"a.pdf": b"%PDF"})


def plain(values: object) -> bytes:
    """Canonical JSON, said once more."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sample(kind: str) -> Leaf:
    needed, possible = KINDS[kind]
    return leaf(kind, BY, SEEN, **{name: SAMPLE[name] for name in (*needed, *possible)})


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_reads_as_it_was_written_in_one_short_line(kind: str) -> None:
    content = sample(kind).encode()
    assert sample(kind) == Leaf.decode(content)
    assert b"\n" not in content and len(content) <= 2048
    assert content == plain(json.loads(content))


def test_a_leaf_is_what_the_note_says() -> None:
    found = json.loads(event(7).encode())
    assert ["by", "c", "commit", "doc", "n", "path", "seen", "t", "v"] == sorted(found)
    assert (1, "publish", "drafts/2026/00007", 1) == (found["v"], found["t"], found["doc"], found["n"])


@pytest.mark.parametrize(("name", "value"), [
    ("n", True), ("n", -1), ("n", 1.0), ("n", "1"), ("n", 2**60), ("doc", "Drafts/2026/1"), ("doc", "drafts//1"),
    ("doc", "../1"), ("doc", "/drafts"), ("doc", ""), ("c", H.upper()), ("c", H[:-1]), ("c", None),
    ("path", "acts/1.yml"),
    ("commit", "5" * 40), ("by", "Олена"), ("by", ""), ("seen", "2026-11-28 10:00:00"),
    ("seen", "2026-13-01T10:00:00Z"), ("seen", "2026-11-28T10:00:00Z\n"), ("more", 1), ("basis", "x"), ("v", 2),
    ("v", True), ("v", "1"), ("t", "delete"), ("t", 1), ("files", [H]), ("files", {}),
])
def test_what_does_not_fit_the_schema_is_refused(name: str, value: object) -> None:
    found = json.loads(event(1).encode()) | {name: value}
    with pytest.raises(Fault) as told:
        Leaf.decode(plain(found))
    assert "leaf" == told.value.code


@pytest.mark.parametrize("name", ["v", "t", "by", "seen", "doc", "n", "c", "path", "commit"])
def test_no_field_may_be_missing(name: str) -> None:
    found = {key: value for key, value in json.loads(event(1).encode()).items() if key != name}
    with pytest.raises(Fault):
        Leaf.decode(plain(found))


@pytest.mark.parametrize("spoil", [
    lambda text: text + b"\n", lambda text: b" " + text, lambda text: text.replace(b":", b": ", 1),
    lambda text: text.replace(b'"v":1', b'"v":1,"v":1'), lambda text: text.replace(b'"by"', b'"b\\u0079"'),
    lambda text: b"{" + text[1:-1].split(b",")[-1] + b"," + b",".join(text[1:-1].split(b",")[:-1]) + b"}",
    lambda text: text[:-1], lambda text: b"[]", lambda text: b"\xff", lambda text: b"", lambda text: b"null",
    lambda text: b"[" * 2000, lambda text: text.replace(b'"n":1', b'"n":1.0'),
    lambda text: text.replace(b'"n":1', b'"n":NaN'),
])
def test_a_leaf_has_one_spelling(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Fault):
        Leaf.decode(spoil(event(1).encode()))


def test_a_leaf_is_at_most_two_kibibytes() -> None:
    with pytest.raises(Fault) as told:
        Leaf.decode(b"x" * 2049)
    assert "leaf-length" == told.value.code
    with pytest.raises(Fault):
        leaf("redact", BY, SEEN, doc="a", n=1, basis="я" * 301)


def test_a_commitment_is_bound_to_what_it_is_of() -> None:
    assert sha256(b"doc/v1\n" + b"s" * 16 + b"text").hexdigest() == commit_to("doc", b"s" * 16, b"text")
    assert 2 == len({commit_to(domain, b"s" * 16, b"text") for domain in ("doc", "path")})
    with pytest.raises(Fault):
        commit_to("doc", b"short", b"text")


def test_a_revision_commits_to_text_path_commit_and_attachments() -> None:
    salts = new_salts(("a.pdf",))
    entry = revision("publish", BY, SEEN, "acts/2026/0123", 1, SOURCE, salts)
    assert is_committed(entry, SOURCE, salts)
    changed = [Source(b"other", SOURCE.path, SOURCE.commit, SOURCE.files),
               Source(SOURCE.content, "acts/other.yml", SOURCE.commit, SOURCE.files),
               Source(SOURCE.content, SOURCE.path, "6" * 40, SOURCE.files),
               Source(SOURCE.content, SOURCE.path, SOURCE.commit, {"a.pdf": b"%PDF-2"})]
    assert not any(is_committed(entry, one, salts) for one in changed)
    bare = Source(SOURCE.content, SOURCE.path, SOURCE.commit)
    assert not is_committed(entry, bare, Salts(salts.doc, salts.path, salts.commit))


def test_no_hash_in_a_leaf_can_be_made_from_the_source_alone() -> None:
    entry = revision("publish", BY, SEEN, "acts/2026/0123", 1, SOURCE, new_salts(("a.pdf",))).encode().decode()
    guesses = [SOURCE.content, SOURCE.path.encode(), SOURCE.commit.encode(), bytes.fromhex(SOURCE.commit),
               b"doc/v1\n" + SOURCE.content, b"blob %d\0" % len(SOURCE.content) + SOURCE.content]
    assert not [one for one in guesses if sha256(one).hexdigest() in entry]
    assert SOURCE.commit not in entry and "допомога" not in entry
    again = revision("publish", BY, SEEN, "acts/2026/0123", 1, SOURCE, new_salts(("a.pdf",))).encode().decode()
    assert entry != again


def test_an_opening_and_the_bytes_of_the_repository_make_the_leaf(tmp_path: Path) -> None:
    opening = Opening(SOURCE.path, SOURCE.commit, new_salts(("a.pdf",)))
    entry = revision("publish", BY, SEEN, "acts/2026/0123", 1, SOURCE, opening.salts)
    keep_openings(tmp_path, "acts/2026/0123", {1: opening})
    read = read_openings(tmp_path, "acts/2026/0123")[1]
    assert is_committed(entry, read.source(SOURCE.content, SOURCE.files), read.salts)


def test_a_destroyed_opening_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    openings = {1: Opening("content/a.yml", "5" * 40, new_salts()),
                2: Opening("content/b/index.yml", "6" * 64, new_salts(("a.pdf", "фото/1.jpg")))}
    keep_openings(tmp_path, "acts/2026/0123", openings)
    assert openings == read_openings(tmp_path, "acts/2026/0123")
    destroy_opening(tmp_path, "acts/2026/0123", 1)
    assert {2: openings[2]} == read_openings(tmp_path, "acts/2026/0123")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode()
    assert not [one for one in (openings[1].salts.doc.hex(), "5" * 40, "content/a.yml") if one in left]
    destroy_opening(tmp_path, "acts/2026/0123", 2)
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_openings_of_policies_say_where_the_bytes_are(tmp_path: Path) -> None:
    openings = {1: PolicyOpening("policy", "", b"s" * 16), 2: PolicyOpening("data/roles.yml", "6" * 40, b"t" * 16)}
    keep_policy_openings(tmp_path, "roles", openings)
    assert openings == read_policy_openings(tmp_path, "roles")


S, C = "ab" * 16, "5" * 40
ONE = {"commit": C, "files": {}, "path": "content/a.yml", "salts": {"commit": S, "doc": S, "path": S}}


@pytest.mark.parametrize("content", [b"", b"{}", b"{}\n", b"[]\n", b'{"1":{}}\n', b'{"1":1}\n', b'{"x":{"doc":""}}\n'])
def test_spoilt_openings_are_refused(tmp_path: Path, content: bytes) -> None:
    spoilt(tmp_path, content)


@pytest.mark.parametrize("changed", [
    {"path": "../a.yml"}, {"path": "/etc/passwd"}, {"path": "content//a"}, {"path": "content\\a"}, {"path": ""},
    {"path": "content/a\nb"}, {"path": 1}, {"path": "a" * 1025}, {"commit": "HEAD"}, {"commit": "5" * 39},
    {"commit": "--all"}, {"files": {"../a.pdf": S}}, {"files": {"a.pdf": "ab"}}, {"files": []}, {"more": 1},
    {"salts": {"commit": S, "doc": S}}, {"salts": {"commit": S, "doc": S, "path": S.upper()}}])
def test_an_opening_leads_nowhere_but_into_the_repository(tmp_path: Path, changed: dict[str, object]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.json").write_bytes(plain({"1": ONE}) + b"\n")
    assert [1] == list(read_openings(tmp_path, "a"))
    spoilt(tmp_path, plain({"1": ONE | changed}) + b"\n")
    spoilt(tmp_path, plain({"0": ONE}) + b"\n")


def spoilt(folder: Path, content: bytes) -> None:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "a.json").write_bytes(content)
    with pytest.raises(Fault) as told:
        read_openings(folder, "a")
    assert "salt" == told.value.code


def test_a_document_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    for doc in ("../a", "/etc/passwd", "a/../../b", "a\\b", ""):
        with pytest.raises(Fault):
            read_openings(tmp_path, doc)
