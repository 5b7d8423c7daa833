"""Where the evidence lies: one place that the writer of the log, the site and every check share.

The log's folder (its own branch, checked out beside the site; `--log`):

    checkpoint  checkpoints/…  tile/…     C2SP tlog-tiles and our kept checkpoints (`proof.log`)
    policy                                C2SP tlog-policy: keys of the log, witnesses, quorum
    anchors/<size>.tsr                    RFC 3161 tokens of checkpoints, as the authority gave them
    build.json                            facts of the newest logged build (`BUILD`)

The folder of salts (`--salts`; a branch of one commit, rewritten each time, so that nothing destroyed is remembered):

    docs/<doc>.json                       the openings of a document's revisions (`proof.salts`)
    policies/<what>.json                  the openings of policy events
    pages.csv                             path,salt of each file of the newest logged build, sorted by path

On the site all of it lies below `/prozorist/zhurnal/`: the log's files under their own names, the salts in `soli/`.
The evidence authenticates itself; it is no part of `manifest.txt` and not compared by `verify rebuild`.
"""

from __future__ import annotations

EVIDENCE = "prozorist/zhurnal/"
"""Where the evidence lies on a site; no other file of the site does."""
SALTS = "soli/"
"""Where the salts lie below it."""
POLICY = "policy"
ANCHORS = "anchors/"
BUILD = "build.json"
"""Canonical JSON: commit, day, url, size (of the log when it was built with it), index (of its leaf), lock."""
DOCUMENTS = "docs/"
POLICIES = "policies/"
PAGES = "pages.csv"
ROLES = "data/roles.yml"
SIGNERS = "data/allowed_signers"
