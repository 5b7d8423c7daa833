"""Перевірка: the site proves itself. What is published goes into the log, and whoever wants can check all of it.

Gives the auditor one command that tells whether anything was altered, backdated or removed, and the citizen a page that
says in plain words how to check it and what cannot be proven.
  layout.py      where everything lies: in the log's folder, in the folder of salts, on the site
  findings.py    what a check found: tampering, too little evidence; the exit status that follows
  site.py        a published site, in a folder or at an address, read and never believed
What writes the log (`tasks.py log`), each refusal in the clerk's language (telling.py):
  ceremony.py keyring.py policy_file.py    the days on which keys are at hand: start, rotation; whom to believe
  appending.py batch.py pages_root.py signed_by.py    what a publication adds: revisions, policies, the build
  pending.py     openings first, the checkpoint next: a crash costs nothing
  place.py state_of_log.py    the repository and the log as the job finds them, verified before anything is added
  evidence.py    the copy of it all on the site
  collecting.py anchors.py    what comes from outside: cosignatures, time stamps
  proving.py showing.py    a page or a revision with its proof in one file; what state the log is in
The log itself and all formats of evidence are the room `proof`; what happened to documents is `history`.
"""

from __future__ import annotations


def register() -> None:
    """Nothing is connected yet."""
