"""Words in XML. (`xml.sax.saxutils` does the same and loads all that HTTP needs.)"""

from __future__ import annotations


def in_xml(text: str) -> str:
    """A text between tags."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def in_value(text: str) -> str:
    """A text between the double quotes of an attribute; a line end in it is a space."""
    return in_xml(text).replace('"', "&quot;").replace("\n", " ")
