"""C2SP tlog-tiles: where the hashes and the entries of a log lie, and a tree that is read from there.

A tile is 256 neighbouring hashes of one level, each of 8 levels of the tree; the last of a level may be partial. A file
is asked by its path below the log's prefix; what asks raises `FileNotFoundError` for a file that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .faults import Fault
from .strict import HASH_BYTES
from .tree import Node, leaf_hash, level_above, range_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
LONGEST_ENTRY = 0xFFFF
Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class Tile:
    """One tile, or the bundle of entries under a tile of level 0."""

    level: int
    index: int
    width: int
    is_entries: bool = False

    @property
    def whole_path(self) -> str:
        """The path of the tile once it is full."""
        *before, last = _thousands(self.index)
        return "/".join(["tile", "entries" if self.is_entries else str(self.level), *(f"x{part}" for part in before),
                         last])

    @property
    def path(self) -> str:
        return self.whole_path if self.width == WIDTH else f"{self.whole_path}.p/{self.width}"

    @property
    def entries(self) -> Tile:
        return Tile(0, self.index, self.width, True)


def tile_at(level: int, index: int, size: int) -> Tile:
    """The tile of a tree of this size; it must have at least one hash."""
    width = min((size >> HEIGHT * level) - index * WIDTH, WIDTH)
    if width <= 0:
        raise Fault("index", f"tile/{level}/{index}, {size}")
    return Tile(level, index, width)


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Every tile of a tree that a tree of size `since` has not, lowest level first."""
    level = 0
    while count := size >> HEIGHT * level:
        already = since >> HEIGHT * level
        if count > already:
            yield from (tile_at(level, index, size) for index in range(already // WIDTH, -(-count // WIDTH)))
        level += 1


def fetch_tile(tile: Tile, fetch: Fetch) -> list[bytes]:
    """The hashes of a tile; a partial one that is gone is taken from the full one (as the specification allows)."""
    content, is_exact = _fetch(tile, fetch)
    wanted = tile.width * HASH_BYTES
    if len(content) != (wanted if is_exact else WIDTH * HASH_BYTES):
        raise Fault("tile-length", tile.path)
    return [content[at: at + HASH_BYTES] for at in range(0, wanted, HASH_BYTES)]


def fetch_entries(tile: Tile, fetch: Fetch) -> list[bytes]:
    """The entries under a tile of level 0."""
    content, is_exact = _fetch(tile.entries, fetch)
    entries = unpack(content, tile.entries.path)
    if len(entries) != (tile.width if is_exact else WIDTH):
        raise Fault("tile-length", tile.entries.path)
    return entries[: tile.width]


def pack(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length as a big-endian uint16."""
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise Fault("leaf-length")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack(content: bytes, path: str = "") -> list[bytes]:
    found, at = [], 0
    while at < len(content):
        start = at + 2
        at = start + int.from_bytes(content[at:start], "big")
        if at > len(content) or start > len(content):
            raise Fault("tile-length", path)
        found.append(content[start:at])
    return found


def tree_of(size: int, fetch: Fetch) -> Node:
    """The tree of a log. Nothing is believed yet: `root_of` says what root these tiles make."""
    @cache
    def levels(level: int, index: int) -> tuple[tuple[bytes, ...], ...]:
        """A tile and the levels of the tree inside it, the tile's own first."""
        found = [fetch_tile(tile_at(level, index, size), fetch)]
        while len(found[-1]) > 1:
            found.append(level_above(found[-1][: len(found[-1]) // 2 * 2]))
        return tuple(map(tuple, found))

    def node(level: int, index: int) -> bytes:
        above, within = divmod(level, HEIGHT)
        tile, at = divmod(index << within, WIDTH)
        return levels(above, tile)[within][at >> within]
    return node


def root_of(size: int, fetch: Fetch) -> bytes:
    return range_hash(0, size, tree_of(size, fetch))


def verify_tiles(size: int, root: bytes, fetch: Fetch) -> Iterator[list[bytes]]:
    """Verify every tile and every entry up to the root; yields the entries, a tile at a time, once each is verified.

    Exhaust the iterator: the levels above and the root come last.
    """
    below: list[bytes] = []
    for index in range(-(-size // WIDTH)):
        tile = tile_at(0, index, size)
        entries = fetch_entries(tile, fetch)
        hashes = fetch_tile(tile, fetch)
        for at, (entry, expected) in enumerate(zip(entries, hashes, strict=True)):
            if leaf_hash(entry) != expected:
                raise Fault("entry", f"{index * WIDTH + at}")
        below.append(tile_root(hashes) if tile.width == WIDTH else b"")
        yield entries
    _verify_upper(size, below, fetch)
    if root_of(size, fetch) != root:
        raise Fault("root", str(size))


def _verify_upper(size: int, roots: list[bytes], fetch: Fetch) -> None:
    """Each hash of a tile above is the root of a full tile below."""
    level = 1
    while size >> HEIGHT * level:
        made = [one for one in roots if one]
        roots = []
        for index in range(-(-len(made) // WIDTH)):
            tile = tile_at(level, index, size)
            hashes = fetch_tile(tile, fetch)
            if hashes != made[index * WIDTH: index * WIDTH + tile.width]:
                raise Fault("tile", tile.path)
            roots.append(tile_root(hashes) if tile.width == WIDTH else b"")
        level += 1


def tile_root(hashes: Sequence[bytes]) -> bytes:
    """The hash that a full tile is in the level above."""
    row = list(hashes)
    while len(row) > 1:
        row = level_above(row)
    return row[0]


def _fetch(tile: Tile, fetch: Fetch) -> tuple[bytes, bool]:
    """The content, and whether it is the tile's own file and not the full one in place of a partial one."""
    try:
        return fetch(tile.path), True
    except FileNotFoundError:
        if tile.width == WIDTH:
            raise Fault("tile-missing", tile.path) from None
    try:
        return fetch(tile.whole_path), False
    except FileNotFoundError:
        raise Fault("tile-missing", tile.path) from None


def _thousands(index: int) -> list[str]:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    return [digits[at: at + 3] for at in range(0, len(digits), 3)]
