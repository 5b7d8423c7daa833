"""What the log does not have yet: revisions of public documents, policies that changed, tokens of time.

A batch is worked out in full before anything is written, and followed by the log's own rules of order: what could not
come after the events before it is refused here, not by an auditor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, Value, commit_to, leaf
from plugins.proof.order import Order, verify_order
from plugins.proof.salts import Opening, PolicyOpening, Source, new_salts, revision

from ..declared import HiddenText
from ..layout import NO_SALT
from .telling import NotDone, said

LONGEST_BASIS = 300
NO_BASIS = "не зазначено"
TOKEN = "tsr"  # noqa: S105
NAMED = 5


class Step(Protocol):
    """A revision, as the room `history` counts them."""

    @property
    def n(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def commit(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def files(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True)
class Document:
    """A public document as the log sees it. `contents(step)`: "" → the source, name beside it → file.

    `basis`: why it is withdrawn now, if it is. `reason`: why it has no steps, if it has none.
    """

    name: str
    steps: Sequence[Step]
    contents: Callable[[Step], Mapping[str, bytes]]
    basis: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PolicyFile:
    """A policy as it is now. `commit`: where its bytes can be read; "" for a file of the log's own folder."""

    what: str
    path: str
    commit: str
    content: bytes


@dataclass
class Batch:
    """Leaves in their order, and what opens them."""

    leaves: list[Leaf] = field(default_factory=list)
    openings: dict[str, dict[int, Opening]] = field(default_factory=lambda: defaultdict(dict))
    policies: dict[str, dict[int, PolicyOpening]] = field(default_factory=lambda: defaultdict(dict))


class Known:
    """What a log has, from its verified leaves. Errors: `Fault`."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.size = len(leaves)
        self.order: Order = verify_order(leaves)
        self.policies: dict[str, Leaf] = {str(one["what"]): one for one in leaves if one.kind == "policy"}
        self.anchors = {(int(one["size"]), str(one["c"])) for one in leaves if one.kind == "anchor"}
        self.redacted = {(str(one["doc"]), int(one["n"])) for one in leaves if one.kind == "redact"}
        kinds = [one.kind for one in leaves]
        self.build = len(kinds) - 1 - kinds[::-1].index("build") if "build" in kinds else -1
        self.is_rewritten_since_build = "rewrite" in kinds[self.build + 1:]


@dataclass
class Writer:
    """Makes the leaves of one batch. `seen`: the declared moment; `by`: what the site itself is called."""

    known: Known
    seen: str
    by: str
    author: Callable[[str, str], str]

    def __post_init__(self) -> None:
        self.batch = Batch()

    def revisions(self, documents: Iterable[Document], place_of: Mapping[str, int]) -> None:
        """New revisions, in the order of their commits. `place_of`: commit → its place on the branch."""
        new: list[tuple[int, str, int, Document, Step]] = []
        lost = []
        redacted = Counter(name for name, _ in self.known.redacted)
        for document in documents:
            if document.reason:
                raise NotDone(f"{document.name}: {document.reason}. Нічого не записано: журнал свідчить лише про те, "
                              "історію чого видно від першого коміту. Перевірте, чи клон повний і чи гілка та сама.")
            has = self.known.order.revisions.get(document.name, 0)
            if len(document.steps) + redacted[document.name] < has:
                lost.append(document.name)
            new += [(place_of.get(step.commit, -1), document.name, step.n, document, step)
                    for step in document.steps[has:]]
        if lost:
            raise NotDone(_lost(lost))
        for _, _, _, document, step in sorted(new, key=lambda one: one[:3]):
            self._revision(document, step)

    def redactions(self, rows: Iterable[HiddenText]) -> None:
        """Texts that the site does not show any more, of revisions that the log has, unless it knows of it."""
        told = set(self.known.redacted)
        for row in rows:
            if (row.doc, row.n) not in told and 1 <= row.n <= self.known.order.revisions.get(row.doc, 0):
                self._add("redact", doc=row.doc, n=row.n, basis=basis_of(row.basis))
                told.add((row.doc, row.n))

    def policy(self, file: PolicyFile, opening: PolicyOpening | None) -> None:
        """A new version, if it is another than the last one. `opening` opens the last one."""
        last = self.known.policies.get(file.what)
        if last and opening and last["c"] == commit_to("policy", opening.salt, file.content):
            return
        n = int(last["n"]) + 1 if last else 1
        made = PolicyOpening(file.path, file.commit, new_salts().doc)
        self.batch.policies[file.what][n] = made
        self._add("policy", what=file.what, n=n, c=commit_to("policy", made.salt, file.content))

    def anchor(self, size: int, token: bytes) -> None:
        """A token of time, unless the log has it."""
        commitment = commit_to("anchor", NO_SALT, token)
        if (size, commitment) not in self.known.anchors:
            self._add("anchor", what=TOKEN, size=size, c=commitment)

    def build(self, **values: Value) -> None:
        """The last leaf of a batch."""
        self._add("build", **values)

    def _revision(self, document: Document, step: Step) -> None:
        contents = dict(document.contents(step))
        if contents.keys() != {"", *(name for name, _ in step.files)}:
            raise NotDone(f"{step.path}: вмісту з коміту {step.commit[:10]} не прочитати. Потрібен повний клон.")
        is_withdrawn = document.name in self.known.order.withdrawn
        # What was withdrawn before it was first logged comes back as a change: nothing was there before.
        kind = "amend" if step.kind == "restore" and not is_withdrawn else step.kind
        more = {"basis": basis_of(document.basis)} if kind == "withdraw" else {}
        try:
            opening = Opening(step.path, step.commit, new_salts(tuple(sorted(contents.keys() - {""}))))
            source = Source(contents.pop(""), step.path, step.commit, contents)
            self._put(revision(kind, self.author(step.commit, step.path), self.seen, document.name, step.n, source,
                               opening.salts, **more))
        except Fault as fault:
            raise NotDone(f"{step.path}: {fault.said('uk')}. Нічого не записано.") from None
        self.batch.openings[document.name][step.n] = opening

    def _add(self, kind: str, **values: Value) -> None:
        try:
            self._put(leaf(kind, self.by, self.seen, **values))
        except Fault as fault:
            raise NotDone(f"{said(fault)}. Нічого не записано.") from None

    def _put(self, one: Leaf) -> None:
        """It has to be an event that can follow those before it."""
        self.known.order.follow(self.known.size + len(self.batch.leaves), one)
        self.batch.leaves.append(one)


def basis_of(text: str) -> str:
    """The basis of a withdrawal in one line that a leaf can hold."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line[:LONGEST_BASIS] or NO_BASIS


def _lost(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED]) + (f" і ще {len(names) - NAMED}" if len(names) > NAMED else "")
    return (f"У журналі редакцій більше, ніж в історії git: {shown}. Історію переписано або клон неповний. "
            "Нічого не записано. Поверніть колишню історію гілки або оголосіть вилучення.")
