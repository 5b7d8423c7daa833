"""Numbers of documents: one key for all spellings of a number, whatever keyboard it was typed on."""

import re
import unicodedata

from plugins.ukrainian.words import LATIN_TO_CYRILLIC, without_stress

_TWINS = str.maketrans({latin: cyrillic for latin, cyrillic in LATIN_TO_CYRILLIC.items() if latin.isupper()})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SIGN = re.compile(r"^(?:№|N[Oo°º]?\.?(?=\d))+")
_SPACES = re.compile(r"\s+")


def number_key(number: str) -> str:
    """The one spelling under which all spellings of a document's number are found.

    Capitals; Latin letters as the Cyrillic ones that look alike, so that «5/VIII-194» and «5/VІІІ-194», «386-р» with
    either р are one number; hyphens of every kind as «-»; no spaces, no «№» before it. The key of a key is itself.
    """
    text = _SIGN.sub("", _SPACES.sub("", unicodedata.normalize("NFC", without_stress(number))))
    return text.upper().translate(_DASHES).translate(_TWINS)
