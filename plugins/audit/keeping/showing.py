"""`log show`: what state the log is in, for the clerk who keeps it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.faults import Fault
from plugins.proof.moments import witnessed
from plugins.proof.policy import NONE
from plugins.ukrainian import KYIV, counted, moment

from .anchors import read_tokens
from .batch import Known
from .state_of_log import OwnLog, read_log
from .telling import said

NAMES = {"publish": "оприлюднення", "amend": "зміни", "move": "перейменування", "withdraw": "зняття",
         "restore": "повернення", "redact": "вилучення", "rewrite": "переписування історії", "policy": "версії правил",
         "build": "побудови", "anchor": "позначки часу"}


def show(folder: Path) -> list[str]:
    """Lines for the reader. Errors: `NotDone` for a log that is not whole."""
    log = read_log(folder)
    kinds = Counter(one.kind for one in log.leaves)
    lines = [f"Журнал {log.checkpoint.origin}: {counted(log.checkpoint.size, 'запис', 'записи', 'записів')}, усі "
             "перевірено."]
    lines += [f"  {name}: {kinds[kind]}" for kind, name in NAMES.items() if kinds[kind]]
    if log.leaves:
        lines.append(f"Останній запис: {_said(datetime.fromisoformat(log.leaves[-1].seen))}, за годинником ради.")
    lines.append("Ключі, яким вірять: " + ", ".join(party.key.key_id.hex() for party in log.policy.logs) + ".")
    return [*lines, *_witnesses(log), *_tokens(log)]


def _witnesses(log: OwnLog) -> list[str]:
    if not log.policy.witnesses:
        return ["Свідків немає: поза радою журналу не пам’ятає ніхто."]
    try:
        accepted = log.policy.accept(log.note)
        cosigned = f"Останню контрольну точку підписали: {', '.join(sorted(accepted.witnessed)) or 'ще ніхто'}."
    except Fault as fault:
        cosigned = f"Остання контрольна точка чекає підписів свідків: {fault.detail}." if fault.code == "quorum" \
            else f"{said(fault)}."
    moments = witnessed(log.fetch, log.policy, log.checkpoint) if log.policy.quorum != NONE else ()
    if not moments:
        return [cosigned]
    size, at = max(moments)
    return [cosigned, f"Засвідчено перші {counted(size, 'запис', 'записи', 'записів')}: "
                      f"{_said(datetime.fromtimestamp(at, UTC))}."]


def _tokens(log: OwnLog) -> list[str]:
    tokens = list(read_tokens(log.folder))
    waiting = len(tokens) - len(Known(log.leaves).anchors)
    if not tokens:
        return ["Позначок часу немає."]
    return [f"Позначок часу: {len(tokens)}" + (f"; чекають запису в журнал: {waiting}." if waiting > 0 else ".")]


def _said(at: datetime) -> str:
    return moment(at.astimezone(KYIV))
