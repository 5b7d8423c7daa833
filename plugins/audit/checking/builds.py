"""The newest logged build: its entry, and the facts beside the log that open it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from plugins.proof.faults import Fault
from plugins.proof.leaves import HASH, Leaf, canonical, commit_to
from plugins.proof.salts import COMMIT, SALT
from plugins.proof.tiles import Fetch

from ..findings import Finding, Weight
from ..layout import BUILD, BUILDS
from .log import Known

LARGEST, LARGEST_LIST = 10_000, 50_000_000
URL = re.compile(r"(https?://[^\s\x00-\x1f\"'<>\\]{1,300})?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True)
class Build:
    """What a build was made of. `index`: of its entry; `size`: of the log that the build was made with."""

    commit: str
    day: str
    url: str
    size: int
    index: int
    lock: str


def newest_build(known: Known) -> tuple[int, Leaf] | None:
    """The index and the entry of the newest build."""
    return next(((index, known.leaves[index]) for index in range(len(known.leaves) - 1, -1, -1)
                 if known.leaves[index].kind == "build"), None)


def read_build(check: str, known: Known, salts: Fetch) -> tuple[Build | None, list[Finding]]:
    """The facts of the newest build, held against its entry."""
    newest = newest_build(known)
    if newest is None:
        return None, [Finding(check, "build-missing", Weight.LACKING)]
    index, leaf = newest
    try:
        facts = _parse(salts(BUILD))
        build = Build(facts["commit"], facts["day"], facts["url"], facts["size"], facts["index"], facts["lock"])
        is_right = (build.index, build.lock, build.day[:10]) == (index, leaf["lock"], leaf["day"]) \
            and build.size <= index \
            and leaf["commit"] == commit_to("commit", bytes.fromhex(facts["salt"]), build.commit.encode())
    except FileNotFoundError:
        return None, [Finding(check, "build-facts", Weight.LACKING, BUILD, "404")]
    except OSError:
        return None, [Finding(check, "unreadable", Weight.LACKING, BUILD)]
    except (Fault, KeyError, TypeError, ValueError, RecursionError):
        return None, [Finding(check, "build-facts", Weight.TAMPERING, BUILD)]
    if not is_right:
        return None, [Finding(check, "build-facts", Weight.TAMPERING, BUILD, f"{index}")]
    return build, []


def built_of(check: str, known: Known, salts: Fetch) -> tuple[dict[int, str], list[Finding]]:
    """The commits of all logged builds by the index of their entries; those before a declared rewrite are forgotten."""
    builds = {index: leaf for index, leaf in enumerate(known.leaves) if leaf.kind == "build"}
    since = max((index for index, leaf in enumerate(known.leaves) if leaf.kind == "rewrite"), default=-1)
    found: dict[int, str] = {}
    wrong = [Finding(check, "build-facts", Weight.TAMPERING, BUILDS)]
    try:
        content = salts(BUILDS)
        told: Any = json.loads(content) if len(content) <= LARGEST_LIST else None
        for index, leaf in builds.items():
            one = told.get(str(index))
            if one is None:
                continue
            commit, salt = one["commit"], one["salt"]
            if not (COMMIT.fullmatch(commit) and SALT.fullmatch(salt)) \
                    or leaf["commit"] != commit_to("commit", bytes.fromhex(salt), commit.encode()):
                return found, wrong
            found[index] = commit
    except FileNotFoundError:
        pass
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return found, wrong
    missing = [index for index in builds if index > since and index not in found]
    return found, [Finding(check, "build-facts", Weight.LACKING, BUILDS, f"{missing[0]}")] if missing else []


def _parse(content: bytes) -> dict[str, Any]:
    found = json.loads(content) if len(content) <= LARGEST else None
    if not isinstance(found, dict) or canonical(found) != content.removesuffix(b"\n"):
        raise ValueError(BUILD)
    shapes = {"commit": COMMIT, "salt": SALT, "day": MOMENT, "url": URL, "lock": HASH}
    if not all(isinstance(found[name], str) and shape.fullmatch(found[name]) for name, shape in shapes.items()):
        raise ValueError(BUILD)
    if type(found["size"]) is not int or type(found["index"]) is not int:
        raise ValueError(BUILD)
    return found


