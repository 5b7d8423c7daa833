"""Reading numbers, base64 and hashes exactly as C2SP writes them: one value has one spelling, any other is refused."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from .faults import Fault

DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST = 2**63 - 1
"""The largest size, index or time: the specifications keep to what a signed 64-bit number holds."""
HASH_BYTES = 32


def decimal(text: str) -> int:
    """An ASCII number without sign or leading zeroes, up to `LARGEST`."""
    if not DECIMAL.fullmatch(text) or int(text) > LARGEST:
        raise Fault("number", text[:40])
    return int(text)


def base64(text: str) -> bytes:
    """Standard base64 with its padding and with no bits left over, of at least one byte."""
    try:
        content = b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, Error):
        raise Fault("base64", text[:40]) from None
    if not content or to_base64(content) != text:
        raise Fault("base64", text[:40])
    return content


def to_base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def tree_hash(text: str) -> bytes:
    """A SHA-256 hash in base64."""
    if len(content := base64(text)) != HASH_BYTES:
        raise Fault("hash-length", text[:40])
    return content
