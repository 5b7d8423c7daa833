"""`verify page`: the files of a site against its list, and that against the log."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plugins.builder.model import KEPT
from plugins.proof.faults import Fault
from plugins.proof.order import REVISIONS
from plugins.proof.pageproof import INDEX, pages_root
from plugins.proof.salts import is_plain_path
from plugins.proof.tiles import Fetch

from ..declared import REWRITES
from ..findings import Finding, Told, Weight
from ..layout import EVIDENCE, PAGES, SALTS
from ..pages_root import LINE, MANIFEST, parse_salts
from ..site import Diverted, files_of, is_address, open_site
from .builds import newest_build
from .log import Known

CHECK = "page"
OF_EVIDENCE = re.compile(
    rf"{EVIDENCE}(checkpoint|policy|policies/\d+|anchors/\d+\.tsr|checkpoints/(sizes|(x\d{{3}}/)*\d{{3}})"
    r"|tile/(entries|\d{1,2})/(x\d{3}/)*\d{3}(\.p/\d{1,3})?"
    rf"|{SALTS}(pages\.csv|builds?\.json|{re.escape(REWRITES)}|(docs|policies)/[a-z0-9._/-]+\.json))")
"""The files of the evidence, which no build made."""
AT_ONCE = 8
"""Files that are asked of a server at the same time."""
LATER = ("build", "anchor", "policy")
"""Entries that may follow a build without making it old."""


@dataclass(frozen=True)
class Pages:
    """What the check of a site's files is given. `known`: None where there is no log to hold the list against."""

    place: str
    salts: Fetch
    known: Known | None


def check_pages(pages: Pages) -> list[Finding]:
    """Files that were altered, added, removed; a list that is not the logged one."""
    told = Told(CHECK)
    fetch = open_site(pages.place)
    try:
        content = fetch(MANIFEST)
    except FileNotFoundError:
        told.say("manifest-missing", MANIFEST, weight=Weight.TAMPERING if pages.known else Weight.LACKING)
        return told.all
    listed = list(_listed(content, told))
    if pages.known is None:
        told.say("not-logged", MANIFEST, weight=Weight.LACKING)
    else:
        _against_log(listed, pages.salts, pages.known, told)
    _against_list(fetch, listed, told, is_served=is_address(pages.place))
    _unlisted(pages.place, {path for path, _ in listed}, told)
    return told.all


def _listed(content: bytes, told: Told) -> Iterator[tuple[str, str]]:
    """(path, digest) of each line; what is no line, or leads out of the site, is a finding."""
    before = ""
    for number, line in enumerate(content.decode("utf-8", "replace").removesuffix("\n").split("\n"), 1):
        found = LINE.fullmatch(line)
        if not found or not is_plain_path(found[2]) or found[2] <= before:
            told.say("manifest", f"{MANIFEST}:{number}")
            continue
        before = found[2]
        yield found[2], found[1]


def _against_log(listed: list[tuple[str, str]], salts: Fetch, known: Known, told: Told) -> None:
    newest = newest_build(known)
    if newest is None:
        return told.say("build-missing", weight=Weight.LACKING)
    index, leaf = newest
    before = next((at for at in range(index - 1, -1, -1) if known.leaves[at].kind == "build"), index)
    is_old = known.leaves[before]["root"] == leaf["root"] and any(
        one.kind in REVISIONS for one in known.leaves[before:index])  # each revision stands on a page
    if is_old or any(one.kind not in LATER for one in known.leaves[index:]):
        told.say("build-late", f"{index}", weight=Weight.LACKING)
    try:
        is_right = leaf["pages"] == len(listed) and leaf["root"] == pages_root(listed, page_salts(salts))
    except OSError as error:
        is_there = not isinstance(error, FileNotFoundError)
        return told.say("unreadable" if is_there else "build-facts", PAGES, "" if is_there else "404", Weight.LACKING)
    except Fault as fault:
        return told.say("manifest", PAGES, fault.detail)
    return None if is_right else told.say("manifest", MANIFEST, f"{index}")


def page_salts(salts: Fetch) -> dict[str, bytes]:
    """Path → salt of each file of the newest logged build. Errors: FileNotFoundError, `Fault`."""
    return parse_salts(salts(PAGES))


def _against_list(fetch: Fetch, listed: Iterable[tuple[str, str]], told: Told, *, is_served: bool) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for path, code, detail in pool.map(partial(_judged, fetch, is_served), listed):
            if code:
                told.say(code, path, detail, Weight.LACKING if code == "unreadable" else Weight.TAMPERING)


def listed_files(content: bytes) -> dict[str, str]:
    """Path → digest of a list of files; lines that are none are left out."""
    return dict(_listed(content, Told(CHECK)))


def _judged(fetch: Fetch, is_served: bool, line: tuple[str, str]) -> tuple[str, str, str]:
    """(path, code of what is wrong with it, more on that). A server is asked for what readers ask for: `/novyny/`."""
    path, digest = line
    asked = path.removesuffix(INDEX) if is_served and path.rpartition("/")[2] == INDEX else path
    try:
        return path, "" if hashlib.sha256(fetch(asked)).hexdigest() == digest else "page-altered", ""
    except FileNotFoundError:
        return path, "page-removed", ""
    except Diverted as elsewhere:
        return path, "page-diverted", str(elsewhere)
    except OSError:  # one answer that does not come must not hide what the others show
        return path, "unreadable", ""


def is_kept(path: str) -> bool:
    """Whether a file that no build made may lie on a site: evidence, and what belongs to the host's own git."""
    return path in KEPT or path.split("/")[0] == ".git" or OF_EVIDENCE.fullmatch(path) is not None


def _unlisted(place: str, listed: set[str], told: Told) -> None:
    if is_address(place):
        return told.say("pages-unlisted", weight=Weight.NOTE)
    for path in files_of(Path(place)):
        if path not in listed and path != MANIFEST and not is_kept(path):
            told.say("page-added", path)
    return None


