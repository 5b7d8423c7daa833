"""Перевірка: the site proves itself. What is published goes into the log, and whoever wants can check all of it.

Gives the auditor one command that tells whether anything was altered, backdated or removed, and the citizen a page that
says in plain words how to check it and what cannot be proven.
  layout.py      where everything lies: in the log's folder, in the folder of salts, on the site
What writes the log (`tasks.py log`), each refusal in the clerk's language (telling.py):
  ceremony.py keyring.py policy_file.py    the days on which keys are at hand: start, rotation; whom to believe
  appending.py batch.py pages_root.py signed_by.py    what a publication adds: revisions, policies, the build
  pending.py     openings first, the checkpoint next: a crash costs nothing
  place.py state_of_log.py    the repository and the log as the job finds them, verified before anything is added
  evidence.py    the copy of it all on the site
  collecting.py anchors.py    what comes from outside: cosignatures, time stamps
  proving.py showing.py    a page or a revision with its proof in one file; what state the log is in
For auditors (`tasks.py verify`):
  verify.py report.py findings.py    what was asked → the checks that can run → one report; the exit status
  auditor.py checks.py    what is read when first asked for; the table of checks
  site.py repository.py builds.py openings.py    what is read, and never believed
  trust.py state.py    whom to believe, and what was seen before
  check_log.py check_pages.py check_history.py (coverage.py, check_policies.py) check_deadlines.py check_rewrite.py
  check_signers.py (in_force.py, logged_commits.py) check_rebuild.py (checkout.py) witness.py    the checks
  pages.py kit.py    «Як перевірити» and the auditor's kit
For erasure (`tasks.py log erase`):
  erasing.py erasure.py    an order to erase personal data → a clean repository, leaves, destroyed openings
  chain.py rewriting.py deployed.py    commits as raw objects; a history made anew; digests of deployed pages
  declared.py    what a log declares to have been taken out
The log itself and all formats of evidence are the room `proof`; what happened to documents is `history`.
"""

from __future__ import annotations

from plugins.records import add_pages, box, offer

from . import pages, write


def register() -> None:
    """Connect the page «Як перевірити», the way there, the auditor's kit."""
    add_pages(pages.how_to_verify)
    box("transparency", ("council",), pages.way_there)
    offer(write.files)
