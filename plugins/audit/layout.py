"""Where the evidence lies: one place that the writer of the log, the site and every check share.

The log's folder (its own branch, checked out beside the site; `--log`); nothing in it may ever have to be forgotten:

    checkpoint  checkpoints/…  tile/…     C2SP tlog-tiles and our kept checkpoints (`proof.log`)
    policy                                C2SP tlog-policy: keys of the log, witnesses, quorum
    policies/<n>                          each version of it that was ever logged, by its number
    anchors/<size>.tsr                    RFC 3161 tokens of checkpoints, as the authority gave them, over the bytes of
                                          the checkpoint's text; their leaves commit with a salt of zeroes (`NO_SALT`)

The folder of salts (`--salts`; a branch of one commit, rewritten each time, so that nothing destroyed is remembered):

    docs/<doc>.json                       the openings of a document's revisions (`proof.salts`)
    policies/<what>.json                  the openings of policy events
    pages.csv                             path,salt of each file of the newest logged build, sorted by path
    build.json                            facts of the newest logged build (`BUILD`)
    builds.json                           what opens the commits of all logged builds (`BUILDS`)
    rewrites.json                         what opens declared rewrites of the history (`declared.py`)

On the site all of it lies below `/prozorist/zhurnal/`: the log's files under their own names, the salts in `soli/`.
The evidence authenticates itself; it is no part of `manifest.txt` and not compared by `verify rebuild`.
"""

from __future__ import annotations

from plugins.builder.model import EVIDENCE as KEPT_APART
from plugins.proof import salts
from plugins.proof.leaves import SALT_BYTES

EVIDENCE = f"{KEPT_APART}/"
"""Where the evidence lies on a site; no other file of the site does."""
SALTS = "soli/"
"""Where the salts lie below it."""
POLICY = "policy"
KEPT_POLICIES = "policies/"
"""In the log's folder: the versions of its policy."""
ANCHORS = "anchors/"
BUILD = "build.json"
"""In the folder of salts, for a commit's id may be a hash of what has to be forgotten. Canonical JSON: `commit` and
`salt` (they open the `commit` of the build leaf), day, url, size (of the log that the build was made with), index (of
its leaf), lock."""
BUILDS = "builds.json"
"""In the folder of salts; canonical JSON: the index of each build's entry → commit and salt. A history that is
rewritten takes those before with it."""
DOCUMENTS = salts.DOCUMENTS
POLICIES = salts.POLICIES
"""In the folder of salts: the openings of documents and of policy events."""
NO_SALT = bytes(SALT_BYTES)
"""Of what may be public for ever: a token says nothing of anybody."""
PAGES = "pages.csv"
ROLES = "data/roles.yml"
SIGNERS = "data/allowed_signers"
RULES = "data/rules.yml"
CALENDAR = "data/calendar.yml"
WHATS = {"policy": POLICY, "signers": SIGNERS, "roles": ROLES, "rules": RULES, "calendar": CALENDAR}
"""What a policy leaf may be of → the file: the first lies in the log's folder, the others in the repository."""
DEPLOYMENTS = "data/deployments.csv"
REDACTIONS = "data/redactions.yml"
