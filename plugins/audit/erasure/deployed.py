"""The table of deployments after an erasure: a digest of a page is a hash of what the page said, so it has to go too.

Rows of the pages of a document keep their address and their moment; each digest becomes the number of its version, in
the order in which versions came. So it still shows which deployments brought something new, and anybody who has the old
table can work the new one out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

DEPLOYMENTS = "data/deployments.csv"
ROW = re.compile(rb"(?P<page>[^,\r\n]*),(?P<version>[0-9a-f]{6,64})(?P<rest>,[^\r\n]*\r?\n?)")


def without_digests(table: bytes, docs: Iterable[str]) -> bytes:
    """The table with numbers for digests, in the rows of these documents («drafts/2026/412-p»: …/2026/412-p/)."""
    ends = tuple(f"/{doc.partition('/')[2]}/".encode() for doc in docs)
    numbers: dict[bytes, dict[bytes, int]] = {}
    lines = []
    for line in table.splitlines(keepends=True):
        row = ROW.fullmatch(line)
        if row and row["page"].partition(b"#")[0].endswith(ends):
            known = numbers.setdefault(row["page"], {})
            number = known.setdefault(row["version"], len(known) + 1)
            line = b"%b,%06x%b" % (row["page"], number, row["rest"])
        lines.append(line)
    return b"".join(lines)


def is_only_without_digests(old: bytes, new: bytes, docs: Iterable[str]) -> bool:
    """Whether a table is another one without the digests of some of these documents, and nothing else."""
    return new == without_digests(old, [doc for doc in docs if without_digests(new, [doc]) == new])
