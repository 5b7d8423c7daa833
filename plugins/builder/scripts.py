"""Scripts as visitors get them: the same program in fewer bytes, out of a source that is written to be read.

Not a parser: it knows only the way in which the scripts of `theme/static/js` are written (double quotes, a semicolon
behind every statement, declarations of a module at the beginning of a line). Tests run what comes out.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from string import ascii_letters, ascii_uppercase

KEPT = (r'"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`'
        r"|(?<=[(,=:?&|!\[{;>])[ ]?/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
"""Strings, templates, regular expressions."""
TOKEN = re.compile(rf"(?P<kept>{KEPT})|(?P<gap>\s+)|[\w$]+|.", re.S)
NUMBER = re.compile(r"^const ([A-Z][A-Z0-9_]*) = ([\d.]+);\n", re.M)
FUNCTION = re.compile(r"^(?:async )?function (\w+)", re.M)
CONSTANT = re.compile(r"^const ([A-Z][A-Z0-9_]*) = ", re.M)
WORD, NAME = re.compile(r"\w+"), re.compile(r"[\w$]+")
CALLED = re.compile(r"(?<![\w$])(?<![^.]\.)\w+(?=[()])")
"""A function where it is called or handed on, not a property of that name."""
SHORTER = {"const": "let"}
"""What a program does not need that was checked before."""
SHORT = [*ascii_uppercase, *(f"${first}{second}" for first in ("", "_") for second in ascii_letters)]


def plain_script(text: str) -> str:
    """A script without indentation, empty lines and comments on lines of their own."""
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


@functools.cache
def small_script(text: str) -> str:
    """A module with a file of its own: numbers for their names, short names inside, no spaces."""
    return _without_spaces(_with_short_names(_with_numbers(plain_script(text))))


def _with_numbers(script: str) -> str:
    """`const TITLE = 4;` goes, and 4 stands wherever TITLE stood."""
    numbers = dict(NUMBER.findall(script))
    rest = NUMBER.sub("", script)
    return re.sub(rf"(?<![\w.$])(?:{'|'.join(numbers)})\b", lambda name: numbers[name[0]], rest) if numbers else rest


def _with_short_names(script: str) -> str:
    """Functions and constants of the module become A, B, … $a, $b, …; a function keeps a name that others have too."""
    functions, constants = FUNCTION.findall(script), CONSTANT.findall(script)
    taken, mentioned, called = set(NAME.findall(script)), Counter(WORD.findall(script)), Counter(CALLED.findall(script))
    free = (name for name in SHORT if name not in taken)
    shorts = {name: short for name, short in zip([*functions, *constants], free, strict=False)
              if name in constants or mentioned[name] == called[name]}
    return WORD.sub(lambda word: shorts.get(word[0], word[0]), script)


def _without_spaces(script: str) -> str:
    """Spaces only between words, line breaks and semicolons only where a statement may end."""
    out = [""]
    tokens = list(TOKEN.finditer(script))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token[0] == "}" and out[-1] == ";":
            out.pop()
        between = _between(out[-1][-1:], token[0], following[0][0] if following else "") if token["gap"] else None
        if between is None:
            out.append(token[0].strip() if token["kept"] else SHORTER.get(token[0], token[0]))
        elif between:
            out.append(between)
    return "".join(out)


def _between(before: str, gap: str, after: str) -> str:
    """What must stay of a gap between two letters."""
    if "\n" in gap:
        return "" if before in "{,;(" or after in ")}" else "\n"
    return " " if (_is_name(before) and _is_name(after)) or before + after in ("++", "--") else ""


def _is_name(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "$")
