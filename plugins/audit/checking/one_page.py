"""`verify page FILE`: a page that somebody kept, or a document's source, with its proof. No network, no repository.

Who holds a page against its proof does so many times over, so this module takes no more than it takes to verify it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.proof.faults import Fault
from plugins.proof.pageproof import is_of_page, verify_page
from plugins.proof.policy import NONE, Policy
from plugins.proof.proofs import LogProof
from plugins.proof.revisionproof import RevisionProof, verify_revision

from ..findings import Finding, Weight, of_fault
from .asked import Asked, CannotRun, named_file

CHECK = "page"


def check_kept(asked: Asked) -> list[Finding]:
    """The file that the auditor names, with the proof and the policy that they name. Errors: `CannotRun`."""
    if not asked.proof or not asked.policy:
        raise CannotRun("для однієї сторінки потрібні --proof і --policy", "one page needs --proof and --policy")
    try:
        policy = Policy.parse(named_file(asked.policy, "--policy"))
    except Fault as fault:
        raise CannotRun(f"--policy: {fault.said('uk')}", f"--policy: {fault.said('en')}") from None
    return check_page(named_file(asked.file, "page"), named_file(asked.proof, "--proof"), policy, asked.address,
                      lambda name: named_file(str(Path(asked.file).parent / name), "page"))


def check_page(content: bytes, proof: bytes, policy: Policy, address: str = "",
               beside: Callable[[str], bytes] | None = None) -> list[Finding]:
    """One page, or the source of a document, with its proof. `address`: where a page was found, `/…/`;
    `beside(name)` reads a file beside the source, where the document has such.
    """
    where = ""
    try:  # what is not the logged file is told as such, whether witnesses have seen the log or not
        decoded = LogProof.decode(proof)
        where, day = _proven(content, decoded, replace(policy, quorum=NONE), beside)
        if address and is_of_page(decoded) and where not in paths_of(address):
            return [Finding(CHECK, "page-address", Weight.TAMPERING, address, where)]
        accepted = policy.accept(decoded.note)
    except Fault as fault:
        if fault.code == "inclusion":
            return [Finding(CHECK, "page-proof", Weight.TAMPERING)]
        if fault.code == "quorum":
            return [Finding(CHECK, "page-unwitnessed", Weight.LACKING, where, fault.detail)]
        return [of_fault(CHECK, fault)]
    if accepted.at is None:
        return [Finding(CHECK, "no-witnesses", Weight.LACKING, where)]
    return [Finding(CHECK, "page-proven", Weight.NOTE, where, day)]


def _proven(content: bytes, proof: LogProof, policy: Policy,
            beside: Callable[[str], bytes] | None) -> tuple[str, str]:
    """(the path of the file, the day that its entry states); a `Fault` where the proof is not of these bytes."""
    if is_of_page(proof):
        page = verify_page(content, proof, policy)
        return page.path, str(page.build["day"])
    names = RevisionProof.decode(proof.extra).names if beside else ()
    revision = verify_revision(content, {name: beside(name) for name in names} if beside else {}, proof, policy)
    return revision.path, revision.leaf.seen


def paths_of(address: str) -> tuple[str, ...]:
    """The files that a path on the site, or an address with it, may be answered with."""
    path = unquote(urlsplit(address).path).lstrip("/")
    return (f"{path}index.html",) if not path or path.endswith("/") else (path, f"{path}/index.html")
