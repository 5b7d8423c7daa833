"""Time stamps (RFC 3161): an authority says at what moment a checkpoint existed already.

The token is kept as it came. What `cryptography` can verify is verified; a signature of a kind it has not, such as
DSTU 4145 of Ukrainian authorities, makes the token "present, not verified", never "verified" and never an alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from .authorities import readable, verify_signature, verify_trust
from .der import (
    BOOLEAN,
    GENERALIZED_TIME,
    INTEGER,
    NULL,
    OCTETS,
    SEQUENCE,
    SET,
    Item,
    read,
    write,
    write_number,
    write_oid,
)
from .faults import Fault

SHA256 = "2.16.840.1.101.3.4.2.1"
HASHES: dict[str, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(), "2.16.840.1.101.3.4.2.2": hashes.SHA384(), "2.16.840.1.101.3.4.2.3": hashes.SHA512()}
SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
GRANTED = (0, 1)
MOMENT = re.compile(rb"(\d{14})(?:\.\d*[1-9])?Z")
NOT_VERIFIED = ("token-untrusted", "token-unsupported")
"""Why a token that nothing speaks against is still no proof."""
CONTEXT_0 = 0xA0


@dataclass(frozen=True)
class Stamp:
    """A token of the right thing. `at` in seconds since 1970; `is_verified` only with a trusted authority.

    `why` is the code of the `Fault` for which it is not verified, or "".
    """

    at: int
    policy: str
    serial: int
    authority: str
    is_verified: bool
    why: str = ""


def request(message: bytes, nonce: int) -> bytes:
    """What to send to an authority (content type application/timestamp-query): a hash of the message, no message."""
    imprint = write(SEQUENCE, write(SEQUENCE, write_oid(SHA256), write(NULL)), write(OCTETS, sha256(message).digest()))
    return write(SEQUENCE, write_number(1), imprint, write_number(nonce), write(BOOLEAN, b"\xff"))


def token_of(response: bytes, message: bytes, nonce: int) -> bytes:
    """The token in an authority's answer, to be stored as it is; a `Fault` if it refused or stamped something else."""
    status, *rest = read(response).expect(SEQUENCE).items()
    if status.expect(SEQUENCE).items()[0].number() not in GRANTED or not rest:
        raise Fault("token-refused")
    info = _info(rest[0].whole)
    if not info.is_of(message) or info.nonce != nonce:
        raise Fault("token-mismatch")
    return rest[0].whole


def check(token: bytes, message: bytes, trusted: Sequence[x509.Certificate]) -> Stamp:
    """What a stored token says of a message. A `Fault` if it is of something else or if its signature is wrong.

    `trusted`: certificates of authorities, or of those that issue theirs. Without one that fits, or for want of an
    algorithm, the stamp is not verified.
    """
    info = _info(token)
    if not info.is_of(message):
        raise Fault("token-mismatch")
    try:
        certificate = _verified(info, trusted)
    except UnsupportedAlgorithm:
        return info.stamp("", "token-unsupported")
    except (IndexError, ValueError):
        raise Fault("token") from None
    except Fault as fault:
        if fault.code in NOT_VERIFIED:
            return info.stamp("", fault.code)
        raise
    return info.stamp(certificate.subject.rfc4514_string(), "")


@dataclass(frozen=True)
class _Info:
    """A token, taken apart."""

    at: int
    policy: str
    serial: int
    nonce: int | None
    digest: hashes.HashAlgorithm
    imprint: bytes
    content: bytes
    certificates: tuple[bytes, ...]
    signer: Item

    def is_of(self, message: bytes) -> bool:
        return _digest(self.digest, message) == self.imprint

    def stamp(self, authority: str, why: str) -> Stamp:
        return Stamp(self.at, self.policy, self.serial, authority, not why, why)


def _info(token: bytes) -> _Info:
    try:
        return _taken_apart(token)
    except (IndexError, ValueError):
        raise Fault("token") from None


def _taken_apart(token: bytes) -> _Info:
    kind, wrapped = read(token).expect(SEQUENCE).items()
    if kind.oid() != SIGNED_DATA:
        raise Fault("token")
    _, _, encapsulated, *rest = read(wrapped.expect(CONTEXT_0).content).expect(SEQUENCE).items()
    certificates = tuple(one.whole for item in rest if item.tag == CONTEXT_0 for one in item.items())
    signers = [item for item in rest if item.tag == SET]
    content_kind, explicit = encapsulated.expect(SEQUENCE).items()
    if content_kind.oid() != TST_INFO or len(signers) != 1 or len(signers[0].items()) != 1:
        raise Fault("token")
    content = read(explicit.expect(CONTEXT_0).content).expect(OCTETS).content
    version, policy, imprint, serial, moment, *more = read(content).expect(SEQUENCE).items()
    algorithm, hashed = imprint.expect(SEQUENCE).items()
    if version.number() != 1:
        raise Fault("token")
    nonces = [item.number() for item in more if item.tag == INTEGER]
    return _Info(_moment(moment), policy.oid(), serial.number(), nonces[0] if nonces else None, _hash(algorithm),
                 hashed.expect(OCTETS).content, content, certificates, signers[0].items()[0].expect(SEQUENCE))


def _verified(info: _Info, trusted: Sequence[x509.Certificate]) -> x509.Certificate:
    """The authority's certificate, when its signature is right and a trusted certificate stands for it."""
    _, _, digest_kind, attributes, signature_kind, signature, *_ = info.signer.items()
    values = _attributes(attributes.expect(CONTEXT_0))
    digest = _hash(digest_kind)
    if values[CONTENT_TYPE].oid() != TST_INFO or \
            values[MESSAGE_DIGEST].expect(OCTETS).content != _digest(digest, info.content):
        raise Fault("token-signature")
    known = [*readable(info.certificates), *trusted]
    certificate = _signer(values, known)
    signed = write(SET, attributes.content)
    verify_signature(certificate, signature.expect(OCTETS).content, signed, digest, signature_kind.items()[0].oid())
    verify_trust(certificate, known, trusted, datetime.fromtimestamp(info.at, UTC))
    return certificate


def _attributes(attributes: Item) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for item in attributes.items():
        kind, values = item.expect(SEQUENCE).items()
        if kind.oid() in found or len(values.expect(SET).items()) != 1:
            raise Fault("token")
        found[kind.oid()] = values.items()[0]
    if not {CONTENT_TYPE, MESSAGE_DIGEST} <= found.keys():
        raise Fault("token-signature")
    return found


def _signer(values: dict[str, Item], known: Iterable[x509.Certificate]) -> x509.Certificate:
    """The certificate whose hash the authority signed (ESSCertID, ESSCertIDv2)."""
    if SIGNING_CERTIFICATE_V2 in values:
        first = values[SIGNING_CERTIFICATE_V2].items()[0].items()[0].items()
        digest = _hash(first[0]) if first[0].tag == SEQUENCE else hashes.SHA256()
        expected = first[1 if first[0].tag == SEQUENCE else 0].expect(OCTETS).content
    elif SIGNING_CERTIFICATE in values:
        digest = hashes.SHA1()  # noqa: S303 — RFC 3161 has it so; the certificate itself has to be trusted as well
        expected = values[SIGNING_CERTIFICATE].items()[0].items()[0].items()[0].expect(OCTETS).content
    else:
        raise Fault("token-signature")
    for certificate in known:
        if _digest(digest, certificate.public_bytes(Encoding.DER)) == expected:
            return certificate
    raise Fault("token-untrusted")


def _hash(algorithm: Item) -> hashes.HashAlgorithm:
    kind = algorithm.expect(SEQUENCE).items()[0].oid()
    if kind not in HASHES:
        raise Fault("token-unsupported", kind)
    return HASHES[kind]


def _digest(algorithm: hashes.HashAlgorithm, content: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(content)
    return digest.finalize()


def _moment(item: Item) -> int:
    found = MOMENT.fullmatch(item.expect(GENERALIZED_TIME).content)
    if not found:
        raise Fault("token", "genTime")
    return int(datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp())
