"""Доказ: a log of publications that nobody, the council included, can rewrite unnoticed, and what reads it.

Gives the reader a publication whose text, order and latest possible moment can be checked without trusting the council:
  leaves.py       an event of a publication → one line of canonical JSON; salted commitments, never a raw hash
  salts.py        what opens these commitments, a file a document; destroying one is what erasure means here
  log.py          the log as a folder of plain files: read it, believe nothing, verify everything
  order.py moments.py          events that can follow each other; by when an entry existed
  append.py files.py           leaves → tiles, entries, a signed checkpoint; one writer at a time, never shorter
  tree.py tiles.py             RFC 6962: roots and proofs, made from C2SP tlog-tiles
  keys.py notes.py checkpoints.py cosignatures.py    C2SP signed-note, tlog-checkpoint, tlog-cosignature
  witness.py      another council's side: old checkpoint + new checkpoint + proof → a cosignature or a refusal
  policy.py       whom to believe: logs, witnesses, quorum (C2SP tlog-policy) → accepted with a moment, or not
  proofs.py       the proof of one entry in one file, checked offline (C2SP tlog-proof)
  pageproof.py revisionproof.py packed.py    the same for one page of the site, one revision of a document
  timestamps.py authorities.py der.py    tokens of a time-stamping authority (RFC 3161)
  sshkey.py sshsig.py signers.py commits.py    who signed a commit, and whether they might
  roles.py        who may change which files of the site
Each refusal is a `Fault` with a stable code, in Ukrainian and in English: faults.py. No module here knows Pelican.
"""

from __future__ import annotations


def register() -> None:
    """Nothing is connected yet: pages and commands are built on these modules."""
