"""What else may lie in an output folder: things that no build makes, claims or takes away."""

from __future__ import annotations

KEPT = frozenset({".git", "CNAME"})
"""At the top of the output: what hosts and uploads need."""
EVIDENCE = "prozorist/zhurnal"
"""The folder of evidence: the log of publications, put there after a build. It authenticates itself, so it stands in no
manifest; no page and no file of the site may lie in it."""
EVIDENCE_PARENT, _, EVIDENCE_NAME = EVIDENCE.rpartition("/")
