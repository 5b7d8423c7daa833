"""`verify rewrite`: an old and a new copy of a repository differ in what was declared redacted, and in nothing else.

Compared are the first-parent histories, commit by commit: count, order, people, moments, messages and every file.
Allowed is only the marker of a declared redaction, word for word, in the files of that document, while that revision
was in force; and numbers for the digests of its deployed pages (`deployed.py`). Signatures fall with the old bytes, and
so do further parents of merges: both are counted and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.order import REVISIONS
from plugins.proof.salts import DOCUMENTS, Opening, parse_openings
from plugins.proof.tiles import Fetch

from ..chain import Entry, Objects, prefix_of, tree_of_commit
from ..declared import Redaction, markers, newest_rewrite, redactions, rewrites
from ..erasure.deployed import DEPLOYMENTS, is_only_without_digests
from ..erasure.rewriting import History, read_history, remade
from ..findings import CODES, Finding, Weight

CHECK = "rewrite"
MOST = 50
CODES.update({
    "rewrite-undeclared": ("історію переписано, а в журналі про це нічого немає",
                           "history was rewritten, and the log says nothing of it"),
    "rewrite-unopened": ("оголошене переписування нічим розкрити: невідомо, чи воно саме про цю історію",
                         "the declared rewrite cannot be opened: nobody knows whether it is of this history"),
    "rewrite-count": ("у новій історії бракує комітів", "the new history lacks commits"),
    "rewrite-other": ("це різні історії: вони не мають спільного початку", "two histories with nothing in common"),
    "rewrite-commit": ("у коміті змінено автора, час, повідомлення чи порядок",
                       "people, moments, message or order of a commit were changed"),
    "rewrite-file": ("змінено файл, про який не оголошено", "a file was changed that was not declared"),
    "rewrite-marker": ("на місці вилученого стоїть не той текст, який має бути",
                       "in place of what was redacted stands another text than the declared one"),
    "rewrite-span": ("вилучено більше редакцій, ніж оголошено", "more revisions were redacted than declared"),
    "rewrite-place": ("не видно, чи файл належить оголошеному документові",
                      "it does not show whether the file belongs to the declared document"),
    "rewrite-same": ("нічого не переписано", "nothing was rewritten"),
    "rewrite-fine": ("змінилося лише оголошене; переписано комітів",
                     "only what was declared differs; commits rewritten"),
    "rewrite-fell": ("разом зі старими комітами впали підписи", "signatures fell with the old commits"),
    "rewrite-sides": ("злиті гілки в новій історії не збережено", "merged side branches are not in the new history"),
    "opening-moved": ("розкриття називає інший коміт, а переписування не оголошено",
                      "an opening names another commit, and no rewrite was declared"),
})


@dataclass(frozen=True)
class _Span:
    """Where revisions of a document may stand that nothing opens any more: places of commits, the end excluded."""

    start: int
    end: int
    paths: frozenset[str]


@dataclass
class _Compared:
    """Two histories, the new one as far as the old one goes, and what may differ."""

    old: History
    new: History
    prefix: str
    declared: Mapping[bytes, Redaction]
    spans: Mapping[tuple[str, int], _Span]
    texts: Mapping[str, frozenset[tuple[bytes, str]]]
    """Name of a document → (salt, commitment) of the revisions that still open: their texts may not be gone."""
    found: list[Finding] = field(default_factory=list)
    more: int = 0

    def say(self, code: str, where: str = "", detail: str = "", weight: Weight = Weight.TAMPERING) -> None:
        if weight is Weight.TAMPERING and len(self.found) >= MOST:
            self.more += 1
        else:
            self.found.append(Finding(CHECK, code, weight, where, detail))


def check_rewrite(old: Path, new: Path, leaves: Sequence[Leaf], salts: Fetch, *, old_tip: str = "HEAD",
                  new_tip: str = "HEAD") -> list[Finding]:
    """What differs between an old copy and the published repository, and whether the log declares it.

    `old`, `new`: the top of the site in each; `leaves` of a log that was verified. Errors: `NotReadable`.
    """
    one, other = read_history(old, old_tip), read_history(new, new_tip)
    compared = _Compared(one, other, prefix_of(new), markers(leaves), *_stand(other, leaves, salts))
    first = next((place for place, (mine, theirs) in enumerate(zip(one.commits, other.commits, strict=False))
                  if mine[0] != theirs[0]), min(len(one.commits), len(other.commits)))
    until = _until(compared, leaves, salts, first)
    if len(one.commits) > until:
        compared.say("rewrite-count", detail=f"{len(one.commits)} > {until}")
    if first == len(one.commits) and len(one.commits) <= until:
        return [Finding(CHECK, "rewrite-same", Weight.NOTE)]
    if first == 0 and one.commits and other.commits and not _is_same(one.commits[0][1], other.commits[0][1]):
        compared.say("rewrite-other")
        return compared.found
    _compare(compared, first, min(until, len(one.commits)))
    return _told(compared, first)


def check_moved(leaves: Sequence[Leaf], salts: Fetch) -> list[Finding]:
    """An opening may do without the salt of its commit only if a rewrite was declared after its leaf."""
    last = max((index for index, _ in rewrites(leaves)), default=-1)
    return [Finding(CHECK, "opening-moved", Weight.TAMPERING, f"{leaf['doc']} № {leaf['n']}")
            for index, leaf, opening in _opened(leaves, salts) if opening.is_rewritten and index > last]


def _until(compared: _Compared, leaves: Sequence[Leaf], salts: Fetch, first: int) -> int:
    """How many commits of the new history were there when it was made: the declared tip is the last of them."""
    count = len(compared.new.commits)
    if first == len(compared.old.commits):
        return count
    if not rewrites(leaves):
        compared.say("rewrite-undeclared")
        return count
    places = compared.new.place_of()
    tip = newest_rewrite(leaves, salts)
    if tip not in places:
        compared.say("rewrite-unopened", tip[:12])
        return count
    return places[tip] + 1


def _compare(compared: _Compared, first: int, end: int) -> None:
    fell = sides = 0
    with Objects(compared.old.folder) as mine, Objects(compared.new.folder) as theirs:
        known: dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]] = {}
        for place in range(first, end):
            (name, old), (new_name, new) = compared.old.commits[place], compared.new.commits[place]
            if not _is_same(old, new):
                compared.say("rewrite-commit", name, new_name)
            fell += b"\ngpgsig" in old.partition(b"\n\n")[0] and b"\ngpgsig" not in new.partition(b"\n\n")[0]
            sides += old.partition(b"\n\n")[0].count(b"\nparent ") > max(1, new.partition(b"\n\n")[0].count(
                b"\nparent "))
            trees = tree_of_commit(old), tree_of_commit(new)
            if trees not in known:
                known.clear()
                known[trees] = tuple(_differences(mine, theirs, *trees))
            for difference in known[trees]:
                _judge(compared, place, difference, mine, theirs)
    if fell:
        compared.say("rewrite-fell", detail=str(fell), weight=Weight.NOTE)
    if sides:
        compared.say("rewrite-sides", detail=str(sides), weight=Weight.NOTE)


def _is_same(old: bytes, new: bytes) -> bool:
    """Whether two commits are alike in all but tree, parents and signatures."""
    return remade(old, "0" * 40, "") == remade(new, "0" * 40, "")


def _judge(compared: _Compared, place: int, difference: tuple[str, str, str, str], mine: Objects,
           theirs: Objects) -> None:
    path, old, new, new_mode = difference
    name = compared.old.commits[place][0][:12]
    where = f"{name} {path}"
    if not old or not new or new_mode:
        return compared.say("rewrite-file", where)
    content = theirs.read(new, "blob")
    if path == compared.prefix + DEPLOYMENTS and is_only_without_digests(
            mine.read(old, "blob"), content, {one.doc for one in compared.declared.values()}):
        return None
    declared = compared.declared.get(content)
    if declared is None:
        is_like = content.startswith("Вилучено: ".encode())
        return compared.say("rewrite-marker" if is_like else "rewrite-file", where)
    span = compared.spans.get((declared.doc, declared.n))
    before = mine.read(old, "blob")
    if span is None or not span.start <= place < span.end or any(
            commit_to("doc", salt, before) == text for salt, text in compared.texts.get(declared.doc, ())):
        return compared.say("rewrite-span", where, f"{declared.doc} № {declared.n}")
    own = path.removeprefix(compared.prefix)
    if not _belongs(own, declared.doc, span.paths):
        return compared.say("rewrite-file", where, declared.doc)
    if not span.paths:
        compared.say("rewrite-place", where, declared.doc, Weight.LACKING)
    return None


def _belongs(path: str, doc: str, known: frozenset[str]) -> bool:
    """Whether a file is of a document: its source or beside it where it is a folder; else by its folders at least."""
    folder = "content/" + doc.rpartition("/")[0] + "/"
    if not known:
        return path.startswith(folder)
    return any(path == one or (one.rpartition("/")[2].startswith("index.")
                               and path.startswith(one.rpartition("/")[0] + "/")) for one in known)


def _differences(mine: Objects, theirs: Objects, old: str, new: str, above: str = "",
                 ) -> Iterator[tuple[str, str, str, str]]:
    """(path, old blob, new blob, new mode if it is another) of all files that differ; "" where there is none."""
    if old == new:
        return
    before = {one.name: one for one in mine.tree(old)} if old else {}
    after = {one.name: one for one in theirs.tree(new)} if new else {}
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        path = above + name.decode("utf-8", "surrogateescape")
        if _is_folder(one) or _is_folder(other):
            if (one and not _is_folder(one)) or (other and not _is_folder(other)):
                yield path, one.id if one else "", other.id if other else "", "kind"
            yield from _differences(mine, theirs, one.id if one and one.is_folder else "",
                                    other.id if other and other.is_folder else "", path + "/")
        else:
            is_other_mode = one and other and one.mode != other.mode
            yield path, one.id if one else "", other.id if other else "", "mode" if is_other_mode else ""


def _is_folder(entry: Entry | None) -> bool:
    return entry is not None and entry.is_folder


def _stand(new: History, leaves: Sequence[Leaf], salts: Fetch,
           ) -> tuple[dict[tuple[str, int], _Span], dict[str, frozenset[tuple[bytes, str]]]]:
    """Where each redacted revision may have stood, between the nearest ones that still open; the texts of those."""
    places = new.place_of()
    stands: dict[str, dict[int, tuple[int, str]]] = {}
    texts: dict[str, set[tuple[bytes, str]]] = {}
    for _, leaf, opening in _opened(leaves, salts):
        texts.setdefault(str(leaf["doc"]), set()).add((opening.salts.doc, str(leaf["c"])))
        if opening.commit in places:
            stands.setdefault(str(leaf["doc"]), {})[int(leaf["n"])] = places[opening.commit], opening.path
    spans = {}
    for one in redactions(leaves):
        known = stands.get(one.doc, {})
        before = max((place for n, (place, _) in known.items() if n < one.n), default=-1)
        after = min((place for n, (place, _) in known.items() if n > one.n), default=len(new.commits))
        if one.n not in known:
            spans[one.doc, one.n] = _Span(before + 1, after, frozenset(path for _, path in known.values()))
    return spans, {doc: frozenset(found) for doc, found in texts.items()}


def _opened(leaves: Sequence[Leaf], salts: Fetch) -> Iterator[tuple[int, Leaf, Opening]]:
    """(index, leaf, opening) of the revisions that have one; whether it opens the leaf, other checks say."""
    openings: dict[str, Mapping[int, Opening]] = {}
    for index, leaf in enumerate(leaves):
        if leaf.kind not in REVISIONS:
            continue
        doc = str(leaf["doc"])
        if doc not in openings:
            openings[doc] = {}
            with suppress(Fault, FileNotFoundError):
                openings[doc] = parse_openings(salts(f"{DOCUMENTS}{doc}.json"))
        if opening := openings[doc].get(int(leaf["n"])):
            yield index, leaf, opening


def _told(compared: _Compared, first: int) -> list[Finding]:
    if compared.more:
        compared.found.append(Finding(CHECK, "rewrite-file", Weight.TAMPERING, "", f"+{compared.more}"))
    if all(one.weight is Weight.NOTE for one in compared.found):
        compared.say("rewrite-fine", detail=str(len(compared.old.commits) - first), weight=Weight.NOTE)
    return compared.found
