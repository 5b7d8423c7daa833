"""What an editor wrote in a text for other editors: no page prints it, and no file beside a page may carry it."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*$.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))"
    r"|<!--.*?-->"
    r"|^ {0,3}<!--.*\Z"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:#|<#?>)[ \t]*(?:[\"'(][^\n]*)?$", re.MULTILINE | re.DOTALL)
"""Comments of HTML and the idiom `[//]: # (…)`; in code they are words."""


def without_hidden(text: str) -> str:
    """A Markdown text without comments: what its page shows, still as it was typed."""
    if "<!--" not in text and "]:" not in text:
        return text
    return HIDDEN.sub(lambda found: found["code"] or "", text)
