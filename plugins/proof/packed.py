"""The `extra` of our proofs in as few bytes as it takes: numbers, texts and moments, written and read in one way only.

    number    unsigned LEB128
    text      its length in bytes as a number, UTF-8
    moment    seconds since 1970, 5 bytes, the first one the highest
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from .faults import Fault

TIME_BYTES = 5
FORM = "%Y-%m-%dT%H:%M:%SZ"
LONGEST_TEXT = 4096


def number(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def text(value: str) -> bytes:
    content = value.encode()
    return number(len(content)) + content


def moment(value: str) -> bytes:
    """`2026-11-28T10:00:00Z`; a `Fault` for anything else."""
    try:
        at = int(datetime.strptime(value, FORM).replace(tzinfo=UTC).timestamp())
        return at.to_bytes(TIME_BYTES, "big")
    except (ValueError, OverflowError):
        raise Fault("proof", value[:40]) from None


class Reader:
    """Takes bytes from the front; a `Fault` where there are none left."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, length: int) -> bytes:
        part = self.content[self.at: self.at + length]
        if len(part) != length:
            raise Fault("proof", "extra")
        self.at += length
        return part

    def number(self) -> int:
        value = 0
        for shift in range(0, 63, 7):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise Fault("proof", "extra")

    def text(self) -> str:
        length = self.number()
        if length > LONGEST_TEXT:
            raise Fault("proof", "extra")
        try:
            return self.take(length).decode()
        except UnicodeDecodeError:
            raise Fault("proof", "extra") from None

    def moment(self) -> str:
        try:
            return datetime.fromtimestamp(int.from_bytes(self.take(TIME_BYTES), "big"), UTC).strftime(FORM)
        except (ValueError, OverflowError, OSError):
            raise Fault("proof", "extra") from None

    def rest(self, length: int) -> Iterator[bytes]:
        """What is left, in parts of this length."""
        while self.at < len(self.content):
            yield self.take(length)
