"""Перевірка: the site proves itself. What is published goes into the log, and whoever wants can check all of it.

Gives the auditor one command that tells whether anything was altered, backdated or removed, and the citizen a page that
says in plain words how to check it and what cannot be proven.
  layout.py findings.py    where everything lies; what a check can find, in two languages, and the exit status
  site.py repository.py chain.py    what is read and never believed: a site, a branch, its commits as raw objects
  pages_root.py declared.py    what a logged build commits to; what a log declares to have been taken out
  pages.py kit.py write.py    «Як перевірити» and the auditor's kit
keeping/ — what writes the log (`tasks.py log`), each refusal in the clerk's language (telling.py):
  ceremony.py keyring.py policy_file.py    the days on which keys are at hand: start, rotation; whom to believe
  appending.py batch.py signed_by.py    what a publication adds: revisions, hidden texts, policies, the build
  pending.py     openings first, the checkpoint next: a crash costs nothing
  place.py state_of_log.py    the repository and the log as the job finds them, verified before anything is added
  evidence.py    the copy of it all on the site
  collecting.py anchors.py    what comes from outside: cosignatures, time stamps
  proving.py showing.py    a page or a revision with its proof in one file; what state the log is in
checking/ — for auditors (`tasks.py verify`):
  asked.py verify.py report.py checks.py auditor.py    what was asked → the checks that can run → one report
  beside.py    the ledger of terms is worked out beside the other checks
  one_page.py    a page that was kept, with its proof
  trust.py state.py    whom to believe, and what was seen before
  builds.py openings.py heads.py logged_commits.py log_as_of.py in_force.py    what the log says, opened
  log.py pages.py history.py (coverage.py, public.py, policies.py, deployments.py, hidden_texts.py) signers.py
  deadlines.py rewrite.py rebuild.py (checkout.py) witness.py    the checks
erasure/ — of personal data (`tasks.py log erase`):
  erasing.py clean.py    an order to erase → a clean repository, leaves, destroyed openings
  rewriting.py deployed.py    a history made anew; digests of deployed pages
The log itself and all formats of evidence are the room `proof`; what happened to documents is `history`.
"""

from __future__ import annotations


def register() -> None:
    """Connect the page «Як перевірити», the way there, the auditor's kit (imported here: checking needs no site)."""
    from plugins.records import add_pages, box, offer

    from . import pages, write
    add_pages(pages.how_to_verify)
    box("transparency", ("council",), pages.way_there)
    offer(write.files)
