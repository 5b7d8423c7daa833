"""Time stamps: an authority of OpenSSL's, made for the test, and what is said of a token that cannot be verified."""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509

from plugins.proof import der
from plugins.proof.faults import Fault
from plugins.proof.timestamps import Stamp, check, request, token_of

from .conftest import needs

MESSAGE = b"rada.example/log\n700\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
NONCE = 0xFFEEDDCCBBAA0099
CONFIG = """
[req]
distinguished_name=dn
[dn]
[ca]
basicConstraints=critical,CA:TRUE
[tsa]
extendedKeyUsage=critical,timeStamping
basicConstraints=critical,CA:FALSE
[server]
extendedKeyUsage=serverAuth
[stamp]
serial=serial
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha512
accuracy=secs:1
ess_cert_id_chain={chain}
ess_cert_id_alg={hash}
"""


@dataclass(frozen=True)
class Authority:
    """A local authority of OpenSSL, and who issued its certificate."""

    folder: Path

    def openssl(self, command: str) -> str:
        done = subprocess.run([needs("openssl"), *command.split()], cwd=self.folder, capture_output=True, text=True)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    def certificate(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.folder / f"{name}.pem").read_bytes())

    def stamped(self, message: bytes = MESSAGE, more: str = "") -> bytes:
        """An answer to our request for the message."""
        (self.folder / "asked.tsq").write_bytes(request(message, NONCE))
        self.openssl("ts -reply -config ts.cnf -section stamp -queryfile asked.tsq -signer tsa.pem -inkey tsa.key "
                     f"-out answer.tsr {more}")
        return (self.folder / "answer.tsr").read_bytes()

    def configure(self, chain: str = "no", digest: str = "sha256") -> None:
        (self.folder / "ts.cnf").write_text(CONFIG.replace("{chain}", chain).replace("{hash}", digest))


def make(folder: Path, key: str, usage: str = "tsa") -> Authority:
    one = Authority(folder)
    one.configure()
    (folder / "serial").write_text("01\n")
    one.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -days 3650 -config ts.cnf "
                "-extensions ca")
    one.openssl(f"req -newkey {key} -nodes -keyout tsa.key -out tsa.csr -subj /CN=TSA -config ts.cnf")
    one.openssl("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 3650 "
                f"-extfile ts.cnf -extensions {usage}")
    return one


@pytest.fixture(scope="module", params=["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256"], ids=["rsa", "ec"])
def authority(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make(tmp_path_factory.mktemp("tsa"), request.param)


def test_a_token_says_when_and_by_whom(authority: Authority) -> None:
    token = token_of(authority.stamped(), MESSAGE, NONCE)
    for trusted in ("ca", "tsa"):
        found = check(token, MESSAGE, [authority.certificate(trusted)])
        assert Stamp(found.at, "1.2.3.4.1", found.serial, "CN=TSA", True) == found


def test_openssl_reads_our_request_and_agrees_about_the_token(authority: Authority) -> None:
    authority.stamped()
    said = authority.openssl("ts -query -in asked.tsq -text")
    assert "Hash Algorithm: sha256" in said and "Certificate required: yes" in said and "0xFFEEDDCCBBAA0099" in said
    authority.openssl("ts -verify -in answer.tsr -queryfile asked.tsq -CAfile ca.pem")
    text = authority.openssl("ts -reply -in answer.tsr -text")
    at = check(token_of((authority.folder / "answer.tsr").read_bytes(), MESSAGE, NONCE), MESSAGE, []).at
    moment = re.search(r"Time stamp: (.*)", text)
    assert moment is not None
    said = subprocess.run(["date", "-u", "-d", moment[1], "+%s"], capture_output=True, text=True).stdout.strip()
    assert said in ("", str(at))  # date is GNU's


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha512"])
@pytest.mark.parametrize("chain", ["yes", "no"])
def test_certificates_are_named_in_any_of_the_usual_ways(authority: Authority, digest: str, chain: str) -> None:
    authority.configure(chain, digest)
    token = token_of(authority.stamped(more="-chain ca.pem"), MESSAGE, NONCE)
    authority.configure()
    assert check(token, MESSAGE, [authority.certificate("ca")]).is_verified


def test_a_token_of_an_unknown_authority_is_present_and_not_verified(authority: Authority) -> None:
    token = token_of(authority.stamped(), MESSAGE, NONCE)
    found = check(token, MESSAGE, [])
    assert (False, "token-untrusted", "") == (found.is_verified, found.why, found.authority)


def test_a_token_signed_in_an_unknown_way_is_present_and_not_verified(authority: Authority) -> None:
    """As DSTU 4145 and Kupyna are: nothing speaks against the token, and nothing is claimed for it."""
    token = token_of(authority.stamped(), MESSAGE, NONCE)
    sha256, unknown = der.write_oid("2.16.840.1.101.3.4.2.1"), der.write_oid("2.16.840.1.101.3.4.2.9")
    head, _, tail = token.rpartition(sha256)
    found = check(head + unknown + tail, MESSAGE, [authority.certificate("ca")])
    assert (False, "token-unsupported") == (found.is_verified, found.why)


def test_a_certificate_for_something_else_stamps_nothing(tmp_path: Path) -> None:
    """OpenSSL refuses to stamp with it, so the token is made with the right one and trust is given to the wrong."""
    one = make(tmp_path, "rsa:2048")
    token = token_of(one.stamped(), MESSAGE, NONCE)
    one.openssl("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 3650 "
                "-extfile ts.cnf -extensions server")
    assert not check(token, MESSAGE, [one.certificate("server")]).is_verified


def test_a_token_is_of_one_checkpoint(authority: Authority) -> None:
    token = token_of(authority.stamped(), MESSAGE, NONCE)
    with pytest.raises(Fault) as told:
        check(token, MESSAGE + b"x", [authority.certificate("ca")])
    assert "token-mismatch" == told.value.code


def test_an_answer_to_somebody_elses_request_is_refused(authority: Authority) -> None:
    answer = authority.stamped()
    for message, nonce in ((MESSAGE + b"x", NONCE), (MESSAGE, NONCE + 1)):
        with pytest.raises(Fault) as told:
            token_of(answer, message, nonce)
        assert "token-mismatch" == told.value.code


def test_a_refusal_is_told() -> None:
    refused = der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_number(2)))
    with pytest.raises(Fault) as told:
        token_of(refused, MESSAGE, NONCE)
    assert "token-refused" == told.value.code


def test_no_bit_that_was_signed_can_change(authority: Authority) -> None:
    """Some bytes of a token are signed by nobody (algorithm names, other certificates); the stamp itself stays."""
    trusted = [authority.certificate("ca")]
    token = token_of(authority.stamped(), MESSAGE, NONCE)
    honest = check(token, MESSAGE, trusted)
    chance = random.Random(3161)
    for _ in range(1500):
        changed = bytearray(token)
        changed[chance.randrange(len(token))] ^= 1 << chance.randrange(8)
        try:
            found = check(bytes(changed), MESSAGE, trusted)
        except Fault:
            continue
        assert not found.is_verified or found == honest


@pytest.mark.parametrize("content", [b"", b"0", b"0\x80\0\0", b"0\x81\x01a", b"0\x82\0\x01a", b"0\x05abc", b"\x1f\x01a",
                                     b"0\0", b"0\0" * 2, b"1\0", b"0\x84\xff\xff\xff\xff", b"\xff" * 40])
def test_what_is_not_a_token_is_refused(content: bytes) -> None:
    with pytest.raises(Fault) as told:
        check(content, MESSAGE, [])
    assert "token" == told.value.code


def test_der_numbers_and_names_read_as_written() -> None:
    for value in (0, 1, 127, 128, 255, 256, 2**64 - 1, 2**200):
        assert value == der.read(der.write_number(value)).number()
    for name in ("1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "0.9", "2.999.1"):
        assert name == der.read(der.write_oid(name)).oid()
    for length in (0, 127, 128, 255, 256, 70_000):
        assert length == len(der.read(der.write(der.OCTETS, bytes(length))).content)
