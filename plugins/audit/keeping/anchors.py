"""Time stamps of checkpoints (RFC 3161): asked of an authority, kept raw, entered into the log at the next append.

A token is over the text of a checkpoint, so it says of every entry below it that it existed by then. It costs one
request of some hundred bytes, and tells the authority nothing but a hash.
"""

from __future__ import annotations

import secrets
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.faults import Fault
from plugins.proof.files import write_whole
from plugins.proof.strict import decimal
from plugins.proof.timestamps import check, request, token_of
from plugins.ukrainian import KYIV, moment

from ..layout import ANCHORS
from .state_of_log import read_log
from .telling import NotDone

SUFFIX = ".tsr"
LARGEST = 100_000
PATIENCE = 30


def read_tokens(log: Path) -> Iterator[tuple[int, bytes]]:
    """(size of the checkpoint, token) of what is kept, by size; a `Fault` for what is no token of it."""
    sizes = sorted(decimal(file.name.removesuffix(SUFFIX)) for file in (log / ANCHORS).glob(f"*{SUFFIX}")
                   if not file.name.startswith("."))
    for size in sizes:
        yield size, (log / f"{ANCHORS}{size}{SUFFIX}").read_bytes()


def stamp(folder: Path, address: str) -> list[str]:
    """Ask for a token of the newest checkpoint, unless there is one. Errors: `NotDone`, OSError."""
    log = read_log(folder)
    size = log.checkpoint.size
    file = folder / f"{ANCHORS}{size}{SUFFIX}"
    if file.is_file():
        return [f"Позначка часу контрольної точки {size} вже є."]
    message = log.checkpoint.text.encode()
    try:
        stamped = max((one for one, _ in read_tokens(folder)), default=0)
        if stamped and all(leaf.kind == "anchor" for leaf in log.leaves[stamped:]):  # else each would ask for the next
            return [f"Після контрольної точки {stamped}, яка має позначку часу, нічого не оприлюднено."]
        token = ask(address, message)
        found = check(token, message, ())
    except Fault as fault:
        raise NotDone(f"{address}: {fault.said('uk')}. Позначки не збережено.") from None
    write_whole(file, token)
    when = moment(datetime.fromtimestamp(found.at, UTC).astimezone(KYIV))
    return [f"Позначку часу збережено: контрольна точка {size} існувала щонайпізніше {when}. "
            "До журналу її внесе наступне log append."]


def ask(address: str, message: bytes) -> bytes:
    """The token of an authority for these bytes. Errors: `Fault`, `NotDone` where nobody answers."""
    nonce = secrets.randbits(64)
    asked = urllib.request.Request(address, request(message, nonce),  # noqa: S310
                                   {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
            content = bytes(answer.read(LARGEST + 1))
    except (OSError, ValueError) as error:
        raise NotDone(f"Служба часу {address} не відповідає ({error}). Повторіть згодом: оприлюднення на неї не "
                      "чекає.") from None
    if len(content) > LARGEST:
        raise Fault("token", f"> {LARGEST}")
    try:
        return token_of(content, message, nonce)
    except (IndexError, ValueError):
        raise Fault("token") from None
