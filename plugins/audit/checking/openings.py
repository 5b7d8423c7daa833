"""The revisions that a log names, opened: which file of which commit each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.order import REVISIONS
from plugins.proof.salts import Opening, parse_openings
from plugins.proof.tiles import Fetch

from ..findings import Finding, Told, Weight, of_fault
from ..layout import DOCUMENTS
from .log import Known

CHECK = "history"


@dataclass(frozen=True, slots=True)
class Opened:
    """One revision: the index of its entry, the entry, what opens it."""

    index: int
    leaf: Leaf
    opening: Opening

    @property
    def doc(self) -> str:
        return str(self.leaf["doc"])

    @property
    def n(self) -> int:
        return int(self.leaf["n"])

    @property
    def name(self) -> str:
        """How a finding calls it."""
        return f"{self.doc} № {self.n}"

    @property
    def folder(self) -> str:
        """The folder of a document that is one, with a slash; "" for a document that is a file."""
        folder, _, name = self.opening.path.rpartition("/")
        return f"{folder}/" if name.startswith("index.") else ""

    def holds(self, path: str) -> bool:
        """Whether a file is the document's source or lies beside it."""
        return path == self.opening.path or bool(self.folder and path.startswith(self.folder))


def redacted_of(known: Known) -> set[tuple[str, int]]:
    """(document, number) of the revisions that were declared redacted."""
    return {(str(leaf["doc"]), int(leaf["n"])) for leaf in known.leaves if leaf.kind == "redact"}


def last_rewrite(known: Known) -> int:
    """The index of the last declared rewrite; -1 where there is none."""
    return max((index for index, leaf in enumerate(known.leaves) if leaf.kind == "rewrite"), default=-1)


def open_all(known: Known, salts: Fetch) -> tuple[list[Opened], list[Finding], bool]:
    """Every revision of the log that can be opened, in the order of the log; what cannot be is a finding.

    The last value: whether each file of openings could be read; if not, what is missing says nothing.
    """
    redacted, rewritten, found = redacted_of(known), last_rewrite(known), Told(CHECK)
    opened: list[Opened] = []
    openings: dict[str, dict[int, Opening] | None] = {}
    for index, leaf in enumerate(known.leaves):
        if leaf.kind not in REVISIONS:
            continue
        doc, number = str(leaf["doc"]), int(leaf["n"])
        if doc not in openings:
            openings[doc] = _openings(doc, salts, found)
        of_doc = openings[doc]
        if of_doc is None:
            continue
        opening = of_doc.get(number)
        if opening is None:
            if (doc, number) not in redacted:
                found.say("opening-missing", f"{doc} № {number}", f"{index}")
        elif not _is_of(leaf, opening, is_rewritten=index < rewritten):
            found.say("opening", f"{doc} № {number}", f"{index}")
        else:
            opened.append(Opened(index, leaf, opening))
    for doc, number in sorted(redacted):
        found.say("redacted", f"{doc} № {number}", weight=Weight.NOTE)
    return opened, found.all, None not in openings.values()


def _openings(doc: str, salts: Fetch, found: Told) -> dict[int, Opening] | None:
    """None where they cannot be read for now."""
    path = f"{DOCUMENTS}{doc}.json"
    try:
        return parse_openings(salts(path))
    except FileNotFoundError:
        return {}
    except OSError:
        found.say("unreadable", path, weight=Weight.LACKING)
        return None
    except Fault as fault:
        found.found.append(of_fault(CHECK, fault, path))
        return {}


def _is_of(leaf: Leaf, opening: Opening, *, is_rewritten: bool) -> bool:
    """Whether it opens the leaf; the former id of a commit that was rewritten since opens no more."""
    if leaf["path"] != commit_to("path", opening.salts.path, opening.path.encode()):
        return False
    return is_rewritten if opening.is_rewritten else \
        leaf["commit"] == commit_to("commit", opening.salts.commit, opening.commit.encode())
