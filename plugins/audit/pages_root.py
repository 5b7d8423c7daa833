"""What a logged build commits to: all files of its manifest, each under a salt of its own (`proof.pageproof`).

A salt stays with a file as long as the file stays the same. A file that is another gets another salt: of the old one
nothing is kept but a commitment that opens no more.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256

from plugins.proof.faults import Fault
from plugins.proof.leaves import SALT_BYTES
from plugins.proof.salts import SALT

MANIFEST = "manifest.txt"
LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")
HEAD = ("path", "salt")
LOCK = "requirements.lock"


def parse_manifest(content: bytes) -> list[tuple[str, str]]:
    """(path, SHA-256) of each file, in the order of the manifest; a `Fault` for anything that is not one."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Fault("pages-root", MANIFEST) from None
    found = [match for line in lines[:-1] if (match := LINE.fullmatch(line))]
    if len(found) != len(lines) - 1 or lines[-1]:
        raise Fault("pages-root", MANIFEST)
    return [(match[2], match[1]) for match in found]


def renew_salts(files: Iterable[tuple[str, str]], before: Mapping[str, str],
                salts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A salt for each file. `before`: path → SHA-256 in the build whose salts these are."""
    return {path: salts[path] if before.get(path) == digest and path in salts else secrets.token_bytes(SALT_BYTES)
            for path, digest in files}


def write_salts(salts: Mapping[str, bytes]) -> bytes:
    """`pages.csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((path, salt.hex()) for path, salt in sorted(salts.items()))
    return out.getvalue().encode()


def parse_salts(content: bytes) -> dict[str, bytes]:
    """Path → salt; a `Fault` for anything that `write_salts` does not write."""
    try:
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        found = {path: bytes.fromhex(salt) for path, salt in rows if SALT.fullmatch(salt)}
        if tuple(head) != HEAD or write_salts(found) != content:
            raise Fault("salt", "pages.csv")
        return found
    except (ValueError, csv.Error):
        raise Fault("salt", "pages.csv") from None


def lock_digest(lock: bytes) -> str:
    """What a build leaf says of its tools."""
    return sha256(lock).hexdigest()
