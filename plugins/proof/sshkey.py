"""How SSH writes keys and strings, and names a key. Nothing here verifies: what does takes long to load."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from .faults import Fault


def fingerprint(key: bytes) -> str:
    """A key as ssh-keygen -l names it."""
    return "SHA256:" + b64encode(sha256(key).digest()).decode().rstrip("=")


def string(content: bytes) -> bytes:
    """The SSH encoding of a string (RFC 4251 §5)."""
    return len(content).to_bytes(4, "big") + content


def strings(content: bytes, count: int, tail: int = 0) -> list[bytes]:
    """Exactly so many strings, and a tail of so many bytes as one more."""
    found, at = [], 0
    for _ in range(count):
        start = at + 4
        at = start + int.from_bytes(content[at:start], "big")
        if at > len(content):
            raise Fault("ssh-signature")
        found.append(content[start:at])
    if len(content) - at != tail:
        raise Fault("ssh-signature")
    return [*found, content[at:]] if tail else found
