"""Перевірка: the site proves itself. What is published goes into the log, and whoever wants can check all of it.

Gives the auditor one command that tells whether anything was altered, backdated or removed, and the citizen a page that
says in plain words how to check it and what cannot be proven.
  layout.py      where everything lies: in the log's folder, in the folder of salts, on the site
  findings.py    what a check found: tampering, too little evidence; the exit status that follows
  site.py        a published site, in a folder or at an address, read and never believed
The log itself and all formats of evidence are the room `proof`; what happened to documents is `history`.
"""

from __future__ import annotations


def register() -> None:
    """Nothing is connected yet."""
