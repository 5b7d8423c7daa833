"""Keys of the log: made once, kept by their owner alone, replaced by plan, after a loss, after a theft."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from plugins.audit.keeping import ceremony, keyring
from plugins.audit.keeping.policy_file import compose
from plugins.audit.keeping.telling import NotDone
from plugins.audit.layout import POLICY
from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import ED25519, ML_DSA_44
from plugins.proof.log import from_folder, read_note
from plugins.proof.moments import witnessed
from plugins.proof.policy import Policy
from tests.plugins.proof.conftest import WITNESSES

from .keeper import NOW, ORIGIN, SEEN, Keeper


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with two witnesses, one publication in it."""
    keeper = Keeper(tmp_path_factory.mktemp("begun")).begin()
    keeper.start(*(f"{one.verifier} https://{one.name}" for one in WITNESSES[:2]), quorum=1)
    keeper.append()
    size = Checkpoint.of(read_note(from_folder(keeper.log))).size
    checkpoint = Checkpoint.of(read_note(from_folder(keeper.log)))
    add_signatures(keeper.log, size, [cosign(checkpoint, WITNESSES[0], NOW + 5)], keeper.policy)
    return keeper.top


@pytest.fixture
def keeper(begun: Path, tmp_path: Path) -> Keeper:
    return Keeper(Path(shutil.copytree(begun, tmp_path, dirs_exist_ok=True)))


def rotate(keeper: Keeper, keys: Path, new: Path, *, is_lost: bool = False) -> list[str]:
    return ceremony.rotate(ceremony.Rotation(keeper.log, keeper.salts, keys, new, is_lost, SEEN), {}, NOW + 10)


def moments(keeper: Keeper) -> tuple[tuple[int, int], ...]:
    fetch = from_folder(keeper.log)
    return witnessed(fetch, keeper.policy, Checkpoint.of(read_note(fetch)))


def test_a_new_log_names_its_keys_their_successors_and_its_witnesses(keeper: Keeper) -> None:
    policy = keeper.policy
    kinds = [party.key.kind for party in policy.logs]
    assert [ED25519, ML_DSA_44, ED25519, ML_DSA_44] == kinds
    assert {one.name: f"https://{one.name}" for one in WITNESSES[:2]} == {
        name: party.url for name, party in policy.witnesses.items()}
    assert (keeper.log / POLICY).read_bytes() == (keeper.log / "policies" / "1").read_bytes()
    assert [("policy", "policy"), ("policy", "rules")] == [
        (one.kind, one["what"]) for one in keeper.leaves()[:2]]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are a POSIX matter")
def test_private_keys_are_for_their_owner_only(keeper: Keeper, tmp_path: Path) -> None:
    keyring.write_keys(tmp_path / "new", keyring.OWN, keyring.new_pair("a"))
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "new").iterdir()}
    assert 0o700 == stat.S_IMODE((tmp_path / "new").stat().st_mode)
    whole = b"".join(path.read_bytes() for folder in (keeper.log, keeper.salts, keeper.output)
                     for path in folder.rglob("*") if path.is_file())
    assert b"PRIVATE" not in whole


def test_private_keys_are_never_written_into_a_repository(keeper: Keeper) -> None:
    other = Keeper(keeper.top / "other")
    other.site, other.keys = keeper.site, keeper.site / "data" / "keys"
    with pytest.raises(NotDone, match="у сховищі git"):
        other.start()
    with pytest.raises(NotDone, match="у сховищі git"):
        rotate(keeper, keeper.keys, keeper.site / "new")
    assert not other.keys.exists() and not other.log.exists() and not (keeper.site / "new").exists()


def test_a_second_start_touches_nothing(keeper: Keeper) -> None:
    policy = (keeper.log / POLICY).read_bytes()
    with pytest.raises(NotDone, match="вже є журнал"):
        keeper.start()
    other = Keeper(keeper.top / "other")
    other.site, other.keys = keeper.site, keeper.keys
    with pytest.raises(NotDone, match="ключів не перезаписують"):
        other.start()
    assert (policy, False) == ((keeper.log / POLICY).read_bytes(), other.log.exists())


@pytest.mark.parametrize(("witness", "quorum", "words"), [
    ("щось", 1, "не ключ свідка"), (str(keyring.new_pair("a")[0].verifier), 1, "не для свідчень"),
    (f"{WITNESSES[0].verifier} ftp://a", 1, "не адреса"), (str(WITNESSES[0].verifier), 2, "не може бути більше")],
    ids=["no key", "key of a log", "strange address", "quorum too large"])
def test_wrong_witnesses_are_told_before_any_key_is_made(tmp_path: Path, witness: str, quorum: int,
                                                         words: str) -> None:
    keeper = Keeper(tmp_path).begin()
    with pytest.raises(NotDone, match=words):
        keeper.start(witness, quorum=quorum)
    assert not keeper.keys.exists()


def test_a_log_is_never_named_by_an_address_with_its_scheme(tmp_path: Path) -> None:
    """A name is for ever, and an address with https:// is the first that a clerk thinks of."""
    keeper = Keeper(tmp_path).begin()
    with pytest.raises(NotDone, match="без https://"):
        keeper.start(origin=f"https://{ORIGIN}")
    assert not keeper.keys.exists()


def test_a_witness_is_named_by_the_line_it_sent() -> None:
    key = WITNESSES[0].verifier
    line = f"witness {key.name} {key}"
    assert compose((), (), [f"{line} https://a.example/c"], 0) == compose((), (), [f"{key} https://a.example/c"], 0)


def test_a_rotation_is_signed_by_old_and_new_and_the_old_key_stops(keeper: Keeper, tmp_path: Path) -> None:
    before = keeper.policy
    seen = moments(keeper)
    said = rotate(keeper, keeper.keys, tmp_path / "new")
    assert "і старим, і новим ключем" in said[0]
    old, new = (keyring.read_keys(keys, {}) for keys in (keeper.keys, tmp_path / "new"))
    note = read_note(from_folder(keeper.log))
    assert all(any(line.is_by(key.verifier) for line in note.signatures) for key in (*old, *new))
    keeper.edit()
    with pytest.raises(NotDone, match="немає в правилах довіри"):
        keeper.append()
    keeper.append(shown=str(keeper.output), keys=tmp_path / "new")  # the site still shows what the old key signed
    assert 2 == keeper.leaves()[-3]["n"] and "policy" == keeper.leaves()[-3].kind
    # whoever holds the old policy still believes the log; whoever takes the new one keeps the old moments
    assert Policy(before.logs).accept(read_note(from_folder(keeper.log))).checkpoint.size == len(keeper.leaves())
    assert seen == moments(keeper) != ()


def test_a_lost_key_is_replaced_by_its_successor_alone(keeper: Keeper, tmp_path: Path) -> None:
    for name in keyring.OWN:
        (keeper.keys / name).unlink()
    with pytest.raises(NotDone, match="Ключа журналу не знайдено"):
        rotate(keeper, keeper.keys, tmp_path / "no")
    assert "ключем-наступником" in rotate(keeper, keeper.keys, tmp_path / "new", is_lost=True)[0]
    keeper.edit()
    assert "Дописано" in keeper.append(keys=tmp_path / "new")[0]
    rotate(keeper, tmp_path / "new", tmp_path / "newer")
    assert [1, 2, 3] == [one["n"] for one in keeper.leaves() if one.kind == "policy" and one["what"] == "policy"]
    assert (keeper.log / POLICY).read_bytes() == (keeper.log / "policies" / "3").read_bytes()


def test_a_stolen_key_signs_nothing_that_the_new_policy_believes(keeper: Keeper, tmp_path: Path) -> None:
    thief = Keeper(Path(shutil.copytree(keeper.top, tmp_path / "thief")))
    rotate(keeper, keeper.keys, tmp_path / "new", is_lost=True)
    thief.edit("Підробка\n")
    thief.append()
    forged = read_note(from_folder(thief.log))
    assert not [one for one in forged.signatures for party in keeper.policy.logs if one.is_by(party.key)]


def test_keys_of_the_environment_are_those_of_the_job(keeper: Keeper) -> None:
    texts = [(keeper.keys / name).read_text() for name in keyring.OWN]
    environment = dict(zip(keyring.ENVIRONMENT, texts, strict=True))
    assert keyring.read_keys(keeper.keys, {}) == keyring.read_keys(None, environment)
    assert 1 == len(keyring.read_keys(None, {keyring.ENVIRONMENT[0]: texts[0], keyring.ENVIRONMENT[1]: ""}))
    with pytest.raises(NotDone, match="PROZORA_LOG_KEY: це не ключ журналу") as told:
        keyring.read_keys(None, {keyring.ENVIRONMENT[0]: texts[0][:-9]})
    assert texts[0][:-9] not in str(told.value)
