"""The list of allowed signers (ssh-keygen(1), ALLOWED SIGNERS): who may sign with which key, for what, when.

    <principal>[,<principal>…] [option[,option…]] <key type> <base64> [comment]

The list is part of the logged policy, so it must mean the same everywhere: a moment without Z, which ssh-keygen reads
in the time zone of the machine, is refused, and so is anything else that is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from .faults import Fault
from .sshkey import fingerprint, string
from .strict import base64

LINE = re.compile(r'(?P<principals>"[^"]+"|[^\s"]+)[ \t]+(?:(?P<options>(?:"[^"]*"|[^\s"])+)[ \t]+)?'
                  r"(?P<kind>[a-z0-9@.-]+)[ \t]+(?P<key>AAAA[A-Za-z0-9+/=]+)(?:[ \t]+(?P<comment>.*))?")
OPTION = re.compile(r'(?P<name>[a-z-]+)(?:="(?P<value>[^"]*)")?(?:,|$)', re.IGNORECASE)
MOMENT = re.compile(r"(\d{8})(\d{4})?(\d{2})?Z")


@dataclass(frozen=True)
class Signer:
    """One line. `after` and `before` in seconds since 1970, both inclusive; None without a bound.

    `namespaces` and `principals` are patterns; no namespaces means any.
    """

    principals: tuple[str, ...]
    key: bytes
    namespaces: tuple[str, ...] = ()
    after: int | None = None
    before: int | None = None
    is_authority: bool = False
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)

    def allows(self, namespace: str) -> bool:
        return not self.namespaces or matches(namespace, self.namespaces)

    def is_valid_at(self, moment: int) -> bool:
        return (self.after is None or moment >= self.after) and (self.before is None or moment <= self.before)


def parse_signers(content: bytes) -> tuple[Signer, ...]:
    """A file of allowed signers; the detail of a `Fault` begins with the number of the line."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Fault("signers", "UTF-8") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip(" \t") and not line.lstrip(" \t").startswith("#"):
            found.append(_signer(line.strip(" \t"), number))
    return tuple(found)


def signers_of(signers: Sequence[Signer], key: bytes, namespace: str, moment: int) -> tuple[Signer, ...]:
    """The lines that let this key sign for this purpose at this moment; a `Fault` where there is none."""
    known = [one for one in signers if one.key == key and not one.is_authority]
    fit = [one for one in known if one.allows(namespace)]
    if not fit:
        raise Fault("ssh-namespace" if known else "signer-unknown", fingerprint(key))
    if not (valid := tuple(one for one in fit if one.is_valid_at(moment))):
        raise Fault("signer-expired", fingerprint(key))
    return valid


def is_principal(principal: str, signers: Sequence[Signer]) -> bool:
    """Whether one of these lines names the principal."""
    return any(matches(principal, one.principals) for one in signers)


def matches(text: str, patterns: Sequence[str]) -> bool:
    """OpenSSH's pattern list: `*` and `?`, and a pattern after `!` that matches forbids."""
    if any(pattern.startswith("!") and _matches(text, pattern[1:]) for pattern in patterns):
        return False
    return any(not pattern.startswith("!") and _matches(text, pattern) for pattern in patterns)


@lru_cache(4096)
def _matches(text: str, pattern: str) -> bool:
    parts = ["." if one == "?" else ".*" if one == "*" else re.escape(one) for one in re.sub(r"\*+", "*", pattern)]
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _signer(line: str, number: int) -> Signer:
    found = LINE.fullmatch(line)
    if found is None:
        raise Fault("signers", f"{number}")
    try:
        key = base64(found["key"])
    except Fault:
        raise Fault("signers", f"{number}: base64") from None
    if not key.startswith(string(found["kind"].encode())):
        raise Fault("signers", f"{number}: {found['kind']}")
    options = _options(found["options"] or "", number)
    return Signer(_patterns(found["principals"].strip('"'), number), key,
                  _patterns(options["namespaces"], number) if "namespaces" in options else (),
                  _moment(options.get("valid-after"), number), _moment(options.get("valid-before"), number),
                  "cert-authority" in options, found["comment"] or "")


def _options(text: str, number: int) -> dict[str, str]:
    options: dict[str, str] = {}
    at = 0
    while at < len(text):
        found = OPTION.match(text, at)
        name = found["name"].lower() if found else ""
        takes_value = name in ("namespaces", "valid-after", "valid-before")
        if not found or name in options or takes_value != (found["value"] is not None) or \
                (not takes_value and name != "cert-authority"):
            raise Fault("signers", f"{number}: {text[at: at + 40]}")
        options[name] = found["value"] or ""
        at = found.end()
    return options


def _patterns(text: str, number: int) -> tuple[str, ...]:
    found = tuple(text.split(","))
    if not all(one.strip("!") for one in found):
        raise Fault("signers", f"{number}: {text[:40]}")
    return found


def _moment(text: str | None, number: int) -> int | None:
    if text is None:
        return None
    found = MOMENT.fullmatch(text)
    try:
        if not found:
            raise ValueError
        digits = "".join(part or "" for part in found.groups())
        return int(datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise Fault("signers", f"{number}: {text[:40]}") from None
