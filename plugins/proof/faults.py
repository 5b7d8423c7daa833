"""What a check may find wrong: one exception, a closed list of codes, each said in Ukrainian and in English."""

from __future__ import annotations

FAULTS: dict[str, tuple[str, str]] = {
    # how it is written
    "number": ("число записано не так, як вимагає формат", "a number is not written as the format demands"),
    "base64": ("base64 записано неправильно", "malformed or non-canonical base64"),
    "hash-length": ("геш має бути завдовжки 32 байти", "a hash must be 32 bytes long"),
    "note": ("це не підписана записка формату C2SP", "not a C2SP signed note"),
    "note-too-long": ("записка задовга", "the note is too long"),
    "key": ("ключ записано неправильно", "malformed key"),
    "key-kind": ("ключ цього виду тут не годиться", "a key of this kind is of no use here"),
    "checkpoint": ("це не контрольна точка журналу", "not a log checkpoint"),
    "proof": ("це не доказ формату tlog-proof", "not a tlog-proof file"),
    "policy": ("правила довіри записано неправильно", "malformed trust policy"),
    "leaf": ("запис журналу не відповідає схемі", "a log entry does not fit its schema"),
    "order": ("події в журналі йдуть не так, як могли б", "events of the log in an impossible order"),
    "leaf-length": ("запис журналу задовгий", "a log entry is too long"),
    "salt": ("сіль записано неправильно", "malformed salt"),
    "page-missing": ("такого файлу немає в переліку файлів побудови", "no such file in the manifest of the build"),
    "pages-root": ("перелік файлів і солі не дають кореня, записаного в журналі",
                   "manifest and salts do not make the root in the log"),
    "request": ("це не запит add-checkpoint", "not an add-checkpoint request"),
    # signatures
    "signature": ("підпис не сходиться", "a signature does not verify"),
    "signature-twice": ("один ключ підписав двічі", "two signatures by one key"),
    "signature-missing": ("немає підпису відомого ключа", "no signature by a known key"),
    "time": ("момент підпису неможливий", "an impossible time of a signature"),
    "origin": ("це контрольна точка іншого журналу", "a checkpoint of another log"),
    "extension": ("додаткові рядки контрольної точки ніким не підписано", "extension lines that nobody signed"),
    "quorum": ("свідків замало", "too few witnesses"),
    # the tree
    "index": ("такого номера в журналі немає", "no such index in the log"),
    "inclusion": ("запису немає в журналі під цим номером", "the entry is not in the log at this index"),
    "consistency": ("журнал переписано: він не продовжує попередній", "the log was rewritten: not append-only"),
    "shrunk": ("журнал покоротшав", "the log shrank"),
    "root": ("плитки журналу не дають підписаного кореня", "the tiles do not make the signed root"),
    "tile": ("плитка не сходиться з нижчою", "a tile does not match the one below"),
    "tile-length": ("плитка не тієї довжини", "a tile of a wrong length"),
    "tile-missing": ("плитки немає", "a tile is missing"),
    "entry": ("запис журналу не сходиться з плиткою", "an entry does not match its tile"),
    "checkpoint-missing": ("у журналі немає контрольної точки", "the log has no checkpoint"),
    # writing
    "log-moved": ("журнал уже не такий, яким його читали", "the log is no longer what was read"),
    "log-busy": ("до журналу саме пише хтось інший", "somebody else is writing to the log"),
    "log-not-empty": ("у теці вже є журнал", "there is a log in the folder already"),
    # signers of commits
    "ssh-signature": ("підпис SSH записано неправильно", "malformed SSH signature"),
    "ssh-algorithm": ("підпис SSH зроблено непридатним способом", "an SSH signature of an unfit algorithm"),
    "ssh-namespace": ("підпис SSH зроблено для іншого", "an SSH signature made for another purpose"),
    "signers": ("перелік підписантів записано неправильно", "malformed list of allowed signers"),
    "signer-unknown": ("цього ключа немає серед підписантів", "the key is not among the allowed signers"),
    "signer-expired": ("на той час ключ не діяв", "the key was not valid at that time"),
    "signer-is-not-author": ("підписав не той, кого названо автором", "signed by somebody else than the author"),
    "roles": ("перелік ролей записано неправильно", "malformed list of roles"),
    "commit": ("це не коміт git", "not a git commit"),
    "commit-unsigned": ("коміт не підписано", "the commit is not signed"),
    # time-stamping
    "token": ("це не позначка часу RFC 3161", "not an RFC 3161 time-stamp token"),
    "token-refused": ("служба часу не дала позначки", "the authority refused to stamp"),
    "token-mismatch": ("позначка часу стосується іншого", "the time stamp is of something else"),
    "token-signature": ("підпис позначки часу не сходиться", "the signature of the time stamp does not verify"),
    "token-unsupported": ("підпис позначки часу такого виду тут не перевірити",
                          "a time stamp signed in a way that cannot be verified here"),
    "token-untrusted": ("позначку часу дала невідома служба", "a time stamp by an unknown authority"),
}
LONGEST_DETAIL = 160


class Fault(Exception):
    """A check that failed: `code` is one of `FAULTS` and stays, `detail` says what exactly, in no language.

    A detail may quote what somebody else wrote, so it is made fit to be shown: short, and without control characters.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = "".join(one if one.isprintable() else "\ufffd" for one in detail[:LONGEST_DETAIL])

    def __str__(self) -> str:
        return f"{self.code}: {self.said('en')}"

    def said(self, language: str) -> str:
        """The fault in one line, for a person: `uk` or `en`."""
        words = FAULTS[self.code][0 if language == "uk" else 1]
        return f"{words} ({self.detail})" if self.detail else words
