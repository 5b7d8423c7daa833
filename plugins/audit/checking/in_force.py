"""Signers and roles in force as a branch goes on: changes are taken over, and a revoked key that comes back is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.proof.roles import Roles
from plugins.proof.signers import Signer
from plugins.proof.sshkey import fingerprint

NEVER = -1
"""The end of a key that is gone from the list."""
ENDLESS = 1 << 62


@dataclass
class InForce:
    """What is in force for the next commit. `ended`: keys whose validity was cut, and to when."""

    signers: tuple[Signer, ...] = ()
    roles: Roles | None = None
    ends: dict[bytes, int] = field(default_factory=dict)
    ended: dict[bytes, int] = field(default_factory=dict)

    def take_signers(self, signers: tuple[Signer, ...]) -> tuple[str, ...]:
        """A new list; the fingerprints of keys that come back although they had been revoked."""
        ends: dict[bytes, int] = {}
        for one in signers:
            ends[one.key] = max(ends.get(one.key, NEVER), ENDLESS if one.before is None else one.before)
        for key, end in self.ends.items():
            if ends.get(key, NEVER) < end:
                self.ended[key] = ends.get(key, NEVER)
        back = tuple(fingerprint(key) for key, end in ends.items() if key in self.ended and end > self.ended[key])
        self.signers, self.ends = signers, ends
        return back
