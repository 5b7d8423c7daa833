"""C2SP tlog-cosignature: a party says at what moment it saw a checkpoint, and that the log had only grown.

Two kinds: Ed25519 over `cosignature/v1` with the time and the text, and ML-DSA-44 over a `cosigned_message`, with which
a log signs its own checkpoint too. The latter does not cover extension lines, hence it refuses to sign any.
"""

from __future__ import annotations

from .checkpoints import Checkpoint
from .faults import Fault
from .keys import COSIGNATURE, ED25519, LONGEST_NAME, ML_DSA_44, SIGNATURE_BYTES, SignerKey, VerifierKey
from .notes import Signature, sign_text, verify_text
from .strict import LARGEST

SUBTREE = b"subtree/v1\n\0"
TIME_BYTES = 8


def cosign(checkpoint: Checkpoint, key: SignerKey, at: int) -> Signature:
    """A cosignature; `at` in seconds since 1970, 0 with ML-DSA-44 where no moment is claimed."""
    if key.kind == ML_DSA_44 and checkpoint.extensions:
        raise Fault("extension")
    if not 0 <= at <= LARGEST:
        raise Fault("time", str(at))
    content = at.to_bytes(TIME_BYTES, "big") + key.sign(_message(checkpoint, key.name, key.kind, at))
    return Signature(key.name, key.verifier.key_id, content)


def cosigned_at(checkpoint: Checkpoint, key: VerifierKey, signature: Signature) -> int:
    """The moment of a cosignature by this key, verified; 0 is no moment, and Ed25519 always claims one."""
    message_at = int.from_bytes(signature.content[:TIME_BYTES], "big")
    if not signature.is_by(key) or len(signature.content) != TIME_BYTES + SIGNATURE_BYTES[key.kind]:
        raise Fault("signature", key.name)
    if message_at > LARGEST or (message_at == 0 and key.kind == COSIGNATURE):
        raise Fault("time", key.name)
    key.verify(_message(checkpoint, key.name, key.kind, message_at), signature.content[TIME_BYTES:])
    return message_at


def sign_as_log(checkpoint: Checkpoint, key: SignerKey, at: int) -> Signature:
    """The log's own signature: plain Ed25519, or ML-DSA-44 with the moment."""
    if key.name != checkpoint.origin:
        raise Fault("origin", key.name)
    return sign_text(checkpoint.text, key) if key.kind == ED25519 else cosign(checkpoint, key, at)


def verify_as_log(checkpoint: Checkpoint, key: VerifierKey, signature: Signature) -> None:
    """A `Fault` unless the log of this key signed the checkpoint."""
    if key.name != checkpoint.origin:
        raise Fault("origin", checkpoint.origin)
    if key.kind == ED25519:
        verify_text(checkpoint.text, key, signature)
    else:
        cosigned_at(checkpoint, key, signature)


def _message(checkpoint: Checkpoint, cosigner: str, kind: int, at: int) -> bytes:
    if kind == COSIGNATURE:
        return f"cosignature/v1\ntime {at}\n{checkpoint.text}".encode()
    if kind != ML_DSA_44:
        raise Fault("key-kind", f"0x{kind:02x}")
    return b"".join([SUBTREE, _opaque(cosigner), at.to_bytes(8, "big"), _opaque(checkpoint.origin),
                     bytes(8), checkpoint.size.to_bytes(8, "big"), checkpoint.root])


def _opaque(name: str) -> bytes:
    """opaque name<1..2^8-1> of RFC 8446 §3."""
    content = name.encode()
    if not 0 < len(content) <= LONGEST_NAME:
        raise Fault("origin", name[:80])
    return bytes([len(content)]) + content
