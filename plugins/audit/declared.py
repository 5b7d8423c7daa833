"""What is declared to have been taken out: redacted revisions, rewritten histories and how these open, hidden texts.

    rewrites.json   {"<k>":{"commit":"<id>","salt":"<salt>"},…}

in the folder of salts: for the k-th `rewrite` of the log, from 1, the tip that it made; the salt is empty once a later
rewrite took that tip too. The old tip opens nowhere in public: its id was made of what had to be forgotten. Who has an
old copy gets the salt of it from the council (the receipt).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from plugins.proof.faults import Fault
from plugins.proof.leaves import SALT_BYTES, Leaf, canonical, commit_to
from plugins.proof.salts import COMMIT, LARGEST_FILE, SALT
from plugins.proof.strict import decimal
from plugins.proof.tiles import Fetch
from plugins.records import yaml_tree

REWRITES = "rewrites.json"


@dataclass(frozen=True)
class Rewrite:
    """The tip that a declared rewrite made, and the salt of it, which may be gone."""

    commit: str
    salt: bytes

    def is_of(self, leaf: Leaf) -> bool:
        return len(self.salt) == SALT_BYTES and commit_to("commit", self.salt, self.commit.encode()) == leaf["new"]


@dataclass(frozen=True)
class Redaction:
    """A declared redaction: `index` of its leaf in the log."""

    index: int
    doc: str
    n: int
    basis: str


def marker(doc: str, n: int, basis: str) -> bytes:
    """What stands in the repository in place of a text that was redacted."""
    return f"Вилучено: підстава — {basis}\nДокумент {doc}, редакція {n}.\n".encode()


@dataclass(frozen=True)
class HiddenText:
    """A row of `data/redactions.yml`: the site does not show the text of a revision."""

    doc: str
    n: int
    basis: str


def hidden_texts(content: bytes) -> tuple[HiddenText, ...]:
    """The rows of the register; what is no row of it is left out: the check of a build tells of that."""
    rows = yaml_tree.parse(content.decode("utf-8", "replace")).data
    told = ([str(row.get(name) or "") for name in ("doc", "revision", "basis")]
            for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))
    return tuple(HiddenText(doc, int(n), basis) for doc, n, basis in told if doc and n.isascii() and n.isdecimal())


def redactions(leaves: Sequence[Leaf]) -> tuple[Redaction, ...]:
    return tuple(Redaction(index, str(leaf["doc"]), int(leaf["n"]), str(leaf["basis"]))
                 for index, leaf in enumerate(leaves) if leaf.kind == "redact")


def markers(leaves: Sequence[Leaf]) -> dict[bytes, Redaction]:
    """What may stand in place of a text, for each declared redaction."""
    return {marker(one.doc, one.n, one.basis): one for one in redactions(leaves)}


def rewrites(leaves: Sequence[Leaf]) -> tuple[tuple[int, Leaf], ...]:
    """(index, leaf) of each declared rewrite."""
    return tuple((index, leaf) for index, leaf in enumerate(leaves) if leaf.kind == "rewrite")


def newest_rewrite(leaves: Sequence[Leaf], salts: Fetch) -> str:
    """The tip that the newest declared rewrite made; "" where there was none or it cannot be opened."""
    declared = rewrites(leaves)
    with suppress(Fault, FileNotFoundError):
        one = parse_rewrites(salts(REWRITES)).get(len(declared))
        if declared and one and one.is_of(declared[-1][1]):
            return one.commit
    return ""


def parse_rewrites(content: bytes) -> dict[int, Rewrite]:
    """The file; a `Fault` for anything that is not exactly one."""
    try:
        found = json.loads(content) if len(content) <= LARGEST_FILE else None
        if not isinstance(found, dict) or canonical(found) + b"\n" != content:
            raise Fault("salt", REWRITES)
        return {decimal(number): _rewrite(one) for number, one in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Fault("salt", REWRITES) from None


def encode_rewrites(found: Mapping[int, Rewrite]) -> bytes:
    return canonical({str(number): {"commit": one.commit, "salt": one.salt.hex()} for number, one in found.items()}) \
        + b"\n"


def _rewrite(one: dict[str, str]) -> Rewrite:
    if one.keys() != {"commit", "salt"} or not COMMIT.fullmatch(one["commit"]) or \
            not (one["salt"] == "" or SALT.fullmatch(one["salt"])):
        raise Fault("salt", REWRITES)
    return Rewrite(one["commit"], bytes.fromhex(one["salt"]))
