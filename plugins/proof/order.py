"""The order of events: what makes a log of well-formed entries the history of real documents.

Each document begins with a publication and goes on without a gap in its revisions; once withdrawn, it may come back or
be withdrawn anew, with another notice, and nothing else; a policy goes forward only, so that an old list of signers
cannot quietly come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .faults import Fault
from .leaves import Leaf

REVISIONS = ("publish", "amend", "move", "withdraw", "restore")


@dataclass
class Order:
    """What was seen so far; feed it each leaf with its index in the log."""

    revisions: dict[str, int] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    policies: dict[str, int] = field(default_factory=dict)

    def follow(self, index: int, leaf: Leaf) -> None:
        """A `Fault` if this event cannot come after those before it."""
        if not self._is_next(index, leaf):
            raise Fault("order", f"{index}: {leaf.kind}")
        if leaf.kind in REVISIONS:
            doc = str(leaf["doc"])
            self.revisions[doc] = int(leaf["n"])
            if leaf.kind == "withdraw":
                self.withdrawn.add(doc)
            else:
                self.withdrawn.discard(doc)
        elif leaf.kind == "policy":
            self.policies[str(leaf["what"])] = int(leaf["n"])

    def _is_next(self, index: int, leaf: Leaf) -> bool:
        if leaf.kind in REVISIONS:
            last = self.revisions.get(str(leaf["doc"]), 0)
            stands = last > 0 and leaf.kind != "publish"
            if leaf.kind != "withdraw" and (leaf.kind == "restore") != (leaf["doc"] in self.withdrawn):
                return False
            return leaf["n"] == last + 1 and (stands or (leaf.kind == "publish" and last == 0))
        if leaf.kind == "redact":
            return 1 <= int(leaf["n"]) <= self.revisions.get(str(leaf["doc"]), 0)
        if leaf.kind == "policy":
            return leaf["n"] == self.policies.get(str(leaf["what"]), 0) + 1
        return leaf.kind != "anchor" or int(leaf["size"]) <= index


def verify_order(leaves: Iterable[Leaf]) -> Order:
    """Follow a whole log; its detail names the index of the first event out of order."""
    order = Order()
    for index, leaf in enumerate(leaves):
        order.follow(index, leaf)
    return order
