"""Certificates of time-stamping authorities: whether one signed, and whether it is trusted to stamp.

What is trusted is named by the auditor: the authority's own certificate, or that of one who issues theirs. Nothing is
taken from the system and nothing is asked of a network, so a certificate that was revoked is not noticed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from .faults import Fault

LONGEST_CHAIN = 8
RSA_KINDS = ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13")
"""rsaEncryption and SHA-2 with it; not PSS."""


def verify_signature(certificate: x509.Certificate, signature: bytes, signed: bytes, digest: hashes.HashAlgorithm,
                     kind: str) -> None:
    """A `Fault` unless the key of the certificate signed; `kind` is the OID of the signature algorithm."""
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey) and kind in RSA_KINDS:
            public.verify(signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, signed)
        else:
            raise Fault("token-unsupported", kind)
    except InvalidSignature:
        raise Fault("token-signature") from None


def verify_trust(certificate: x509.Certificate, known: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate],
                 moment: datetime) -> None:
    """A `Fault` unless it is for time stamps, and is trusted or leads to one that is; all valid at the moment."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise Fault("token-untrusted", "extendedKeyUsage") from None
    if list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING] or not usage.critical:
        raise Fault("token-untrusted", "extendedKeyUsage")
    at: x509.Certificate | None = certificate
    for _ in range(LONGEST_CHAIN):
        if at is None or not at.not_valid_before_utc <= moment <= at.not_valid_after_utc:
            break
        if at in trusted:
            return
        at = next((one for one in (*trusted, *known) if one != at and _is_issuer(one, at)), None)
    raise Fault("token-untrusted", certificate.subject.rfc4514_string()[:80])


def _is_issuer(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound,
            x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return False
    return True


def readable(contents: Iterable[bytes]) -> Iterator[x509.Certificate]:
    """Those that can be read; the others vouch for nobody."""
    for content in contents:
        with suppress(ValueError, x509.InvalidVersion):
            yield x509.load_der_x509_certificate(content)
