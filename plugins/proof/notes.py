"""C2SP signed-note: text that one or more keys signed.

    <text, ends in a newline>
    <empty line>
    — <key name> base64(key id ‖ signature)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .faults import Fault
from .keys import ED25519, SIGNATURE_BYTES, SignerKey, VerifierKey, is_key_name
from .strict import base64, to_base64

LONGEST_NOTE = 1_000_000
MOST_SIGNATURES = 100
DASH = "— "
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Signature:
    """One signature line, not verified."""

    name: str
    key_id: bytes
    content: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {to_base64(self.key_id + self.content)}"

    @classmethod
    def parse(cls, line: str) -> Signature:
        name, blank, encoded = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or not blank or not is_key_name(name):
            raise Fault("note", line[:80])
        content = base64(encoded)
        if len(content) < 5:
            raise Fault("note", line[:80])
        return cls(name, content[:4], content[4:])

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it claims to be by this key."""
        return (self.name, self.key_id) == (key.name, key.key_id)


@dataclass(frozen=True)
class Note:
    """A text and its signature lines. Reading one verifies nothing: see `signatures_by`."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.endswith("\n") or CONTROLS.search(self.text):
            raise Fault("note")

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{one}\n" for one in self.signatures)

    def encode(self) -> bytes:
        return str(self).encode()

    @classmethod
    def decode(cls, content: bytes) -> Note:
        """A signed note; a `Fault` for anything that is not exactly one."""
        if len(content) > LONGEST_NOTE:
            raise Fault("note-too-long")
        try:
            whole = content.decode("utf-8")
        except UnicodeDecodeError:
            raise Fault("note") from None
        text, gap, lines = whole.rpartition("\n\n")
        if not gap or not lines.endswith("\n") or CONTROLS.search(whole):
            raise Fault("note")
        split = lines[:-1].split("\n")
        if len(split) > MOST_SIGNATURES:
            raise Fault("note-too-long")
        return cls(text + "\n", tuple(map(Signature.parse, split)))

    def signatures_by(self, keys: Iterable[VerifierKey]) -> dict[VerifierKey, Signature]:
        """The signature lines that claim to be by known keys; all others are ignored, as the specification says.

        Two lines by one key are refused: which of them counted would be the reader's choice.
        """
        found: dict[VerifierKey, Signature] = {}
        known = {(key.name, key.key_id): key for key in keys}
        for signature in self.signatures:
            if key := known.get((signature.name, signature.key_id)):
                if key in found:
                    raise Fault("signature-twice", key.name)
                found[key] = signature
        return found

    def with_signatures(self, signatures: Iterable[Signature]) -> Note:
        """The note with more lines; a line by the same key takes the place of the old one."""
        lines = {(one.name, one.key_id): one for one in (*self.signatures, *signatures)}
        return replace(self, signatures=tuple(lines.values()))


def sign_text(text: str, key: SignerKey) -> Signature:
    """A plain Ed25519 signature over the text of a note."""
    if key.kind != ED25519:
        raise Fault("key-kind", f"0x{key.kind:02x}")
    return Signature(key.name, key.verifier.key_id, key.sign(text.encode()))


def verify_text(text: str, key: VerifierKey, signature: Signature) -> None:
    """A `Fault` unless this is the key's plain Ed25519 signature over the text."""
    if key.kind != ED25519:
        raise Fault("key-kind", f"0x{key.kind:02x}")
    if not signature.is_by(key) or len(signature.content) != SIGNATURE_BYTES[ED25519]:
        raise Fault("signature", key.name)
    key.verify(text.encode(), signature.content)


def open_note(content: bytes, keys: Iterable[VerifierKey]) -> tuple[Note, tuple[VerifierKey, ...]]:
    """A note with plain signatures, and the known keys that signed it: at least one, and not one signature is wrong."""
    note = Note.decode(content)
    found = note.signatures_by(keys)
    for key, signature in found.items():
        verify_text(note.text, key, signature)
    if not found:
        raise Fault("signature-missing")
    return note, tuple(found)
