"""Keys of signed notes (C2SP signed-note, "Verifier keys"): one name, one kind of signature, one public key.

    vkey   <name>+<key id, 8 hex digits>+base64(kind ‖ public key)
    skey   PRIVATE+KEY+<name>+<key id>+base64(kind ‖ 32-byte seed), as golang.org/x/mod/sumdb/note writes it
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from .faults import Fault
from .strict import base64, to_base64

ED25519 = 0x01
"""Ed25519 over the text of the note."""
COSIGNATURE = 0x04
"""A timestamped Ed25519 cosignature of a checkpoint."""
ML_DSA_44 = 0x06
"""A timestamped ML-DSA-44 cosignature of a checkpoint; a log signs so too."""
KEY_BYTES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE: 64, ML_DSA_44: 2420}
SEED_BYTES = 32
LONGEST_NAME = 255
"""Bytes: what the signed message of an ML-DSA-44 cosignature has room for."""
SECRET = "PRIVATE+KEY+"  # noqa: S105
KEY_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class VerifierKey:
    """Whom to believe: a name, the kind of signature, the raw public key."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise Fault("key", self.name[:80])
        if KEY_BYTES.get(self.kind) != len(self.public):
            raise Fault("key-kind", f"0x{self.kind:02x}")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell the keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """A vkey; a `Fault` where it is malformed or its id is not that of its key."""
        name, key_id, content = _parts(text)
        key = cls(name, content[0], content[1:])
        if key.key_id != key_id:
            raise Fault("key", name)
        return key

    def verify(self, message: bytes, signature: bytes) -> None:
        """A `Fault` unless the raw signature over the message is by this key."""
        try:
            if self.kind == ML_DSA_44:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Fault("signature", self.name) from None


@dataclass(frozen=True)
class SignerKey:
    """A private key with the same name and kind as its `verifier`."""

    name: str
    kind: int
    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES or self.kind not in KEY_BYTES:
            raise Fault("key-kind", f"0x{self.kind:02x}")

    def __repr__(self) -> str:
        return f"SignerKey({self.name!r}, 0x{self.kind:02x})"  # the seed appears in no log

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.kind, self._private().public_key().public_bytes_raw())

    def secret(self) -> str:
        """The skey, for a file that only its owner reads."""
        return f"{SECRET}{self.name}+{self.verifier.key_id.hex()}+{to_base64(bytes([self.kind]) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> SignerKey:
        if not text.startswith(SECRET):
            raise Fault("key")
        name, key_id, content = _parts(text.removeprefix(SECRET))
        key = cls(name, content[0], content[1:])
        if key.verifier.key_id != key_id:
            raise Fault("key", name)
        return key

    def sign(self, message: bytes) -> bytes:
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.kind == ML_DSA_44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_key_name(name: str) -> bool:
    """Not empty, without Unicode spaces, controls and plus signs, and short enough to be signed."""
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return False
    return 0 < length <= LONGEST_NAME and "+" not in name and not any(one.isspace() or one < " " for one in name)


def _parts(text: str) -> tuple[str, bytes, bytes]:
    name, *rest = text.split("+", 2)
    if len(rest) != 2 or not KEY_ID.fullmatch(rest[0]):
        raise Fault("key", name[:80])
    return name, bytes.fromhex(rest[0]), base64(rest[1])
