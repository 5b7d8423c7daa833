"""Pages of a logged build: what its leaf commits to, and the proof of one page in one file, checked without a network.

A build's leaf has the RFC 6962 root over the salted commitments to all files of the manifest, in the manifest's order.
The proof of a page is the C2SP tlog-proof of that leaf; its `extra` has, in as few bytes as it takes, the leaf without
what follows from the page, and the way from the page to the root:

    "P"  path (text, without a last `index.html`)  salt (16)  number of the page, number of pages
    by (text)  seen (moment)  day (moment)  lock (32)  commit (32)
    hashes (32 each, from the page's sibling to the root's child)
Texts, numbers and moments are those of `packed.py`.
Nothing in it has to be believed: a wrong byte makes another leaf, and that one is not in the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from .faults import Fault
from .leaves import SALT_BYTES, Leaf, commit_to, leaf
from .packed import Reader, moment, number, text
from .policy import Accepted, Policy
from .proofs import MOST_HASHES, LogProof
from .strict import HASH_BYTES
from .tree import in_memory, inclusion_proof, inclusion_root, leaf_hash, range_hash

MARK = b"P"
"""What the `extra` of a page's proof begins with; that of a revision with another letter."""
INDEX = "index.html"
"""What a path that ends in a slash, or an empty one, stands for."""


@dataclass(frozen=True)
class PageProof:
    """The way from a page to the leaf of a build. `build`: the leaf, but for its root and its number of pages."""

    path: str
    salt: bytes
    index: int
    pages: int
    hashes: tuple[bytes, ...]
    build: Mapping[str, str]

    def leaf_of(self, content: bytes) -> Leaf:
        """The build leaf that follows from the bytes of the page."""
        return self._leaf(page_commitment(self.path, sha256(content).hexdigest(), self.salt))

    def _leaf(self, commitment: bytes) -> Leaf:
        root = inclusion_root(leaf_hash(commitment), self.index, self.pages, self.hashes)
        build = dict(self.build)
        return leaf("build", build.pop("by"), build.pop("seen"), root=root.hex(), pages=self.pages, **build)

    def encode(self) -> bytes:
        build = self.build
        return b"".join([
            MARK, text(_without_index(self.path)), self.salt, number(self.index), number(self.pages),
            text(build["by"]), moment(build["seen"]), moment(f"{build['day']}T00:00:00Z"), bytes.fromhex(build["lock"]),
            bytes.fromhex(build["commit"]), *self.hashes])

    @classmethod
    def decode(cls, content: bytes) -> PageProof:
        """Only what `encode` writes; a `Fault` otherwise."""
        reader = Reader(content)
        if reader.take(1) != MARK:
            raise Fault("proof", "extra")
        path, salt = reader.text(), reader.take(SALT_BYTES)
        path = f"{path}{INDEX}" if not path or path.endswith("/") else path
        index, pages = reader.number(), reader.number()
        build = {"by": reader.text(), "seen": reader.moment(), "day": reader.moment().partition("T")[0],
                 "lock": reader.take(HASH_BYTES).hex(), "commit": reader.take(HASH_BYTES).hex()}
        hashes = tuple(reader.rest(HASH_BYTES))
        found = cls(path, salt, index, pages, hashes, build)
        if len(hashes) > MOST_HASHES or found.encode() != content:
            raise Fault("proof", "extra")
        return found


@dataclass(frozen=True)
class AcceptedPage:
    """A page that a policy believes: its path on the site, the leaf of the build and by when that was in the log."""

    path: str
    build: Leaf
    accepted: Accepted


def is_of_page(proof: LogProof) -> bool:
    """Whether it is the proof of a page, not of a revision (`revisionproof`)."""
    return proof.extra.startswith(MARK)


def verify_page(content: bytes, proof: LogProof, policy: Policy) -> AcceptedPage:
    """The page with these bytes was on the site of a logged build; a `Fault` otherwise. Opens no file and no network.

    `inclusion`: the page is not what was logged, or the proof is of something else.
    """
    page = PageProof.decode(proof.extra)
    build = page.leaf_of(content)
    return AcceptedPage(page.path, build, proof.verify(build.encode(), policy))


def prove_page(path: str, files: Iterable[tuple[str, str]], salts: Mapping[str, bytes], build: Leaf) -> bytes:
    """The `extra` of a page's proof. `files`: (path, SHA-256 in hex) of the whole manifest of the logged build.

    A `Fault` where the manifest and the salts do not make the leaf.
    """
    listed = list(files)
    index = next((at for at, (one, _) in enumerate(listed) if one == path), -1)
    if index < 0:
        raise Fault("page-missing", path)
    node = in_memory(map(leaf_hash, page_commitments(listed, salts)))
    if range_hash(0, len(listed), node).hex() != build["root"]:
        raise Fault("pages-root")
    facts = {"by": build.by, "seen": build.seen, **{name: str(build[name]) for name in ("day", "lock", "commit")}}
    return PageProof(path, salts[path], index, len(listed), tuple(inclusion_proof(index, len(listed), node)),
                     facts).encode()


def pages_root(files: Iterable[tuple[str, str]], salts: Mapping[str, bytes]) -> str:
    """The root of a build: over the files of its manifest in their order, in hex."""
    commitments = page_commitments(files, salts)
    return range_hash(0, len(commitments), in_memory(map(leaf_hash, commitments))).hex()


def page_commitments(files: Iterable[tuple[str, str]], salts: Mapping[str, bytes]) -> list[bytes]:
    """The commitments to files; a `Fault` where a salt is missing."""
    try:
        return [page_commitment(path, digest, salts[path]) for path, digest in files]
    except KeyError as missing:
        raise Fault("salt", str(missing.args[0])) from None


def page_commitment(path: str, digest: str, salt: bytes) -> bytes:
    """The commitment to a file of a site: its path and the SHA-256 (hex) of its bytes."""
    return bytes.fromhex(commit_to("page", salt, f"{path}\n{digest}".encode()))


def _without_index(path: str) -> str:
    return path.removesuffix(INDEX) if path.rpartition("/")[2] == INDEX else path
