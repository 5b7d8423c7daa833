"""Reading and writing DER, as much as time stamps need: definite lengths in their shortest form, tags of one byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .faults import Fault

INTEGER, BIT_STRING, OCTETS, NULL, OID = 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET, BOOLEAN, GENERALIZED_TIME = 0x30, 0x31, 0x01, 0x18


@dataclass(frozen=True)
class Item:
    """One value: its tag, its content, and the whole of it as it stood."""

    tag: int
    content: bytes
    whole: bytes

    def items(self) -> list[Item]:
        return list(_items(self.content))

    def expect(self, tag: int) -> Item:
        if self.tag != tag:
            raise Fault("token", f"0x{self.tag:02x} ≠ 0x{tag:02x}")
        return self

    def number(self) -> int:
        return int.from_bytes(self.expect(INTEGER).content, "big", signed=True)

    def oid(self) -> str:
        content = self.expect(OID).content
        parts, value = [], 0
        for byte in content:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                parts.append(value)
                value = 0
        if not parts or content[-1] & 0x80:
            raise Fault("token", "OID")
        first = min(parts[0] // 40, 2)
        return ".".join(map(str, (first, parts[0] - 40 * first, *parts[1:])))


def read(content: bytes) -> Item:
    """Exactly one value."""
    found = list(_items(content))
    if len(found) != 1:
        raise Fault("token", "DER")
    return found[0]


def write(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def write_number(value: int) -> bytes:
    return write(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def write_oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    return write(OID, b"".join(_base_128(one) for one in (40 * first + second, *rest)))


def _base_128(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))


def _items(content: bytes) -> Iterator[Item]:
    at = 0
    while at < len(content):
        start, length = _header(content, at)
        end = start + length
        if end > len(content):
            raise Fault("token", "DER")
        yield Item(content[at], content[start:end], content[at:end])
        at = end


def _header(content: bytes, at: int) -> tuple[int, int]:
    """Where the value begins, and its length."""
    if at + 2 > len(content) or content[at] & 0x1F == 0x1F:
        raise Fault("token", "DER")
    first = content[at + 1]
    if first < 0x80:
        return at + 2, first
    count = first & 0x7F
    length = int.from_bytes(content[at + 2: at + 2 + count], "big")
    if not 1 <= count <= 4 or length < 0x80 or content[at + 2] == 0:
        raise Fault("token", "DER")
    return at + 2 + count, length
