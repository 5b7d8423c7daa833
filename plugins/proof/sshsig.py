"""SSH signatures (OpenSSH PROTOCOL.sshsig), as git makes them of commits: read and verified without ssh-keygen.

Ed25519, ECDSA on P-256, RSA of 2048 bits and more, and the two kinds of a security key (a token one has to touch).
Stricter than ssh-keygen in one thing only: RSA keys from 1024 to 2047 bits are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256, sha512

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .faults import Fault
from .sshkey import fingerprint, string, strings
from .strict import base64

ARMOR = re.compile(r"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n?")
MAGIC = b"SSHSIG"
VERSION = 1
LONGEST_ARMOR = 20_000
DIGESTS = {b"sha256": sha256, b"sha512": sha512}
ED25519, ECDSA, RSA = b"ssh-ed25519", b"ecdsa-sha2-nistp256", b"ssh-rsa"
SK_ED25519, SK_ECDSA = b"sk-ssh-ed25519@openssh.com", b"sk-ecdsa-sha2-nistp256@openssh.com"
RSA_HASHES: dict[bytes, hashes.HashAlgorithm] = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
LEAST_RSA_BITS, MOST_RSA_BITS = 2048, 16_384
USER_PRESENT = 0x01


@dataclass(frozen=True)
class SshSignature:
    """A signature, not verified. `key` is the public key in the SSH encoding, `signature` likewise."""

    key: bytes
    namespace: bytes
    digest: bytes
    signature: bytes

    @classmethod
    def parse(cls, armored: str) -> SshSignature:
        """An armored signature; a `Fault` for anything else, before or after it too."""
        found = ARMOR.fullmatch(armored) if len(armored) <= LONGEST_ARMOR else None
        if found is None:
            raise Fault("ssh-signature")
        try:
            blob = base64(found[1].replace("\n", ""))
        except Fault:
            raise Fault("ssh-signature") from None
        if blob[:6] != MAGIC or blob[6:10] != VERSION.to_bytes(4, "big"):
            raise Fault("ssh-signature", "SSHSIG 1")
        key, namespace, _reserved, digest, signature = strings(blob[10:], 5)
        if not namespace or digest not in DIGESTS:
            raise Fault("ssh-signature", digest.decode("ascii", "replace")[:40])
        return cls(key, namespace, digest, signature)

    def verify(self, message: bytes, namespace: str) -> None:
        """A `Fault` unless the key in it signed this message for this purpose. Whose key it is, nobody said yet."""
        if self.namespace != namespace.encode():
            raise Fault("ssh-namespace", self.namespace.decode("utf-8", "replace")[:40])
        digest = DIGESTS[self.digest](message).digest()
        signed = MAGIC + b"".join(map(string, (self.namespace, b"", self.digest, digest)))
        try:
            _verify(self.key, self.signature, signed)
        except (InvalidSignature, ValueError):
            raise Fault("signature", fingerprint(self.key)) from None


def _verify(key: bytes, signature: bytes, signed: bytes) -> None:
    kind = key[4: 4 + int.from_bytes(key[:4], "big")]
    if kind == ED25519:
        _ed25519(_fields(key, 2)[1], strings(_of(signature, kind), 1)[0], signed)
    elif kind == ECDSA:
        _ecdsa(_fields(key, 3), strings(_of(signature, kind), 1)[0], signed)
    elif kind == RSA:
        _rsa(_fields(key, 3), signature, signed)
    elif kind == SK_ED25519:
        _, public, application = _fields(key, 3)
        raw, tail = strings(_of(signature, kind), 1, tail=5)
        _ed25519(public, raw, _touched(application, tail, signed))
    elif kind == SK_ECDSA:
        *fields, application = _fields(key, 4)
        raw, tail = strings(_of(signature, kind), 1, tail=5)
        _ecdsa(fields, raw, _touched(application, tail, signed))
    else:
        raise Fault("ssh-algorithm", kind.decode("ascii", "replace")[:60])


def _fields(key: bytes, count: int) -> list[bytes]:
    return strings(key, count)


def _of(signature: bytes, kind: bytes) -> bytes:
    """What follows the name of the algorithm, which must be that of the key."""
    prefix = string(kind)
    if not signature.startswith(prefix):
        raise Fault("ssh-algorithm", kind.decode())
    return signature[len(prefix):]


def _touched(application: bytes, tail: bytes, signed: bytes) -> bytes:
    """What a security key signs (OpenSSH PROTOCOL.u2f); its owner must have touched it."""
    if not tail[0] & USER_PRESENT:
        raise Fault("signature", "user presence")
    return sha256(application).digest() + tail + sha256(signed).digest()


def _ed25519(public: bytes, raw: bytes, signed: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public).verify(raw, signed)


def _ecdsa(fields: list[bytes], raw: bytes, signed: bytes) -> None:
    _, curve, point = fields
    if curve != b"nistp256" or point[:1] != b"\x04":
        raise Fault("ssh-algorithm", curve.decode("ascii", "replace")[:40])
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    r, s = map(_mpint, strings(raw, 2))
    public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


def _rsa(fields: list[bytes], signature: bytes, signed: bytes) -> None:
    kind, raw = strings(signature, 2)
    exponent, modulus = map(_mpint, fields[1:])
    if kind not in RSA_HASHES or not LEAST_RSA_BITS <= modulus.bit_length() <= MOST_RSA_BITS:
        raise Fault("ssh-algorithm", f"{kind.decode('ascii', 'replace')[:40]} {modulus.bit_length()}")
    # OpenSSH fills up a signature that lost leading zeroes.
    raw = raw.rjust((modulus.bit_length() + 7) // 8, b"\0")
    public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    public.verify(raw, signed, padding.PKCS1v15(), RSA_HASHES[kind])


def _mpint(content: bytes) -> int:
    """A positive number in its shortest spelling (RFC 4251 §5)."""
    if not content or content[0] & 0x80 or (content[0] == 0 and not (len(content) > 1 and content[1] & 0x80)):
        raise Fault("ssh-signature")
    return int.from_bytes(content, "big")
