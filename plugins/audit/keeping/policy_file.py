"""The trust policy of a log (C2SP tlog-policy) as we write it: keys, their successors, witnesses, the quorum."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.proof.faults import Fault
from plugins.proof.keys import SignerKey, VerifierKey
from plugins.proof.policy import NONE, WITNESS_KINDS, Policy

from .telling import NotDone

QUORUM = "svidky"
"""The name of the group of all witnesses."""
HEAD = "# Кому вірити, що журнал оприлюднень справжній: формат C2SP tlog-policy."
OWN = "# ключі журналу"
NEXT = "# їхні наступники: лежать у конверті, доки ключа не втрачено, не викрадено чи не замінено за планом"
WITNESSES = "# свідки: назва, ключ, адреса, де свідок кладе свої підписи"


def compose(keys: Sequence[SignerKey], following: Sequence[SignerKey], witnesses: Sequence[str], quorum: int) -> bytes:
    """A policy. `witnesses`: `vkey` or `vkey address`; `quorum`: how many of them, 0 for none. Errors: `NotDone`."""
    parties = [_witness(one) for one in witnesses]
    if not 0 <= quorum <= len(parties):
        raise NotDone(f"--quorum: {quorum} не може бути більше, ніж свідків ({len(parties)}).", 2)
    lines = [HEAD, *_logs(keys, following), WITNESSES, *parties]
    names = [line.split(" ")[1] for line in parties]
    lines += [f"group {QUORUM} {quorum} {' '.join(names)}", f"quorum {QUORUM}"] if quorum else [f"quorum {NONE}"]
    return _checked(lines)


def with_keys(policy: bytes, keys: Sequence[SignerKey], following: Sequence[SignerKey]) -> bytes:
    """The same policy with other keys of the log; whatever else its keeper wrote there stays."""
    kept = [line for line in policy.decode("utf-8", "surrogateescape").split("\n")[:-1]
            if line not in (HEAD, OWN, NEXT) and line.split()[:1] != ["log"]]
    return _checked([HEAD, *_logs(keys, following), *kept])


def usual_quorum(witnesses: int) -> int:
    """More than half of them."""
    return witnesses // 2 + 1 if witnesses else 0


def _logs(keys: Sequence[SignerKey], following: Sequence[SignerKey]) -> list[str]:
    return [OWN, *(f"log {key.verifier}" for key in keys), NEXT, *(f"log {key.verifier}" for key in following)]


def _witness(text: str) -> str:
    words = text.split()
    if words[:1] == ["witness"]:  # the line that the witness sent: «witness name key»
        del words[:2]
    vkey, url = words[0] if words else "", " ".join(words[1:])
    try:
        key = VerifierKey.parse(vkey)
    except Fault:
        raise NotDone(f"--witness: «{vkey[:60]}» не ключ свідка. Візьміть у лапки рядок, який надіслав свідок, а після "
                      "пробілу — адресу його підписів.", 2) from None
    if key.kind not in WITNESS_KINDS:
        raise NotDone(f"--witness: ключ «{key.name}» не для свідчень. Попросіть у свідка ключ для cosignature.", 2)
    if url and not url.startswith(("https://", "http://")):
        raise NotDone(f"--witness: «{url[:60]}» не адреса. Треба https://…", 2)
    return f"witness {key.name} {vkey} {url}".rstrip()


def _checked(lines: Sequence[str]) -> bytes:
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    try:
        Policy.parse(content)
    except Fault as fault:
        raise NotDone(f"Правил довіри не скласти, рядок {fault.detail}.", 2) from None
    return content
