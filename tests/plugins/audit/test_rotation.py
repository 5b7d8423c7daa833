"""Keys of the log are replaced by the true command: whoever holds the old policy, or takes the new one, is content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.audit.checking.verify import Asked, examine
from plugins.audit.findings import Weight
from plugins.audit.keeping import ceremony
from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.log import from_folder, read_note
from tests.plugins.proof.conftest import WITNESSES

from .keeper import NOW, SEEN, Keeper


def cosigned(keeper: Keeper, at: int) -> None:
    checkpoint = Checkpoint.of(read_note(from_folder(keeper.log)))
    add_signatures(keeper.log, checkpoint.size, [cosign(checkpoint, WITNESSES[0], at)], keeper.policy)


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_rotation_is_followed(tmp_path: Path, is_lost: bool) -> None:
    keeper = Keeper(tmp_path / "keeper").begin().start(str(WITNESSES[0].verifier), quorum=1)
    keeper.append()
    cosigned(keeper, NOW + 5)
    old, state = tmp_path / "old-policy", tmp_path / "state.json"
    old.write_bytes((keeper.log / "policy").read_bytes())

    def checked(policy: Path) -> tuple[set[str], dict[str, str], int]:
        now = datetime.fromtimestamp(NOW + 600, UTC).isoformat()
        report = examine(Asked("all", keeper.site, site=str(keeper.output), policy=str(policy), state=str(state),
                               now=now))
        return ({one.code for one in report.findings if one.weight is not Weight.NOTE}, report.broken, report.status)

    keeper.append()
    assert (set(), {}, 0) == checked(old)
    ceremony.rotate(ceremony.Rotation(keeper.log, keeper.salts, keeper.keys, tmp_path / "new", is_lost, SEEN), {},
                    NOW + 10)
    cosigned(keeper, NOW + 15)
    keeper.edit()
    keeper.append(keys=tmp_path / "new")
    cosigned(keeper, NOW + 20)
    keeper.append(keys=tmp_path / "new")
    assert (set(), {}, 0) == checked(old)
    assert (set(), {}, 0) == checked(keeper.log / "policy")
