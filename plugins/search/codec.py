"""The files of the Ukrainian index, byte by byte: values → bytes. `theme/static/js/search.js` reads them.

All files are gzip (libdeflate: the same bytes on every machine). `varint` is LEB128. `str` is a varint length in
bytes and that many bytes of windows-1251: one byte for each letter of a key. Keys are sorted as texts, by code
points, which is also how JavaScript compares them. A *slot* is the number of a section of a page (`numbering.py`).

    uk/meta.gz           a line of JSON, then bytes: all that a reader of the index must know before it asks
    uk/lex/<hash>.gz     word forms → lemmas, for the words between two beginnings of three letters
    uk/begin/<hash>.gz   the first four letters of all word forms
    uk/post/<hash>.gz    terms between two keys → the slots where they stand
    uk/col/<hash>.gz     what narrows results: one file for each column
    uk/text/<slot>.gz    what is shown of a section: address, title, facts, text

**Term.** A key of postings: `рада/n` a lemma with the letter of its part of speech (n noun, a adjective, v verb, x
other), `2021` or `zoom` a word without letters of the dictionary's alphabet, `540-рв` a number with inner signs,
`2021-02-24` a day, `+цнап` a concept of the list of synonyms, `№540-рв` and `№540` the document's own number, `~2026`
the year of its day.

**Lexicon** (`lexicon`): entries sorted by (stem, lemma). Each: varint, how many letters of the stem are those of the
entry before; str, the rest of the stem; varint `set * 2 + is_own`, `set` the number of a suffix set of the header, or
the number of sets, and then the set follows: varint how many, that many str; a byte `pos * 16 + level`: the place of
the part of speech in `navx`, and the level of the lemma (`levels.py`), and 64 more if another lemma covers it; if not
`is_own`: str, the key of the lemma; if covered: str, the term that covers it: it stands in every section where this one
does, and is at least as likely there, so that who has read the one need not read the other. An own entry's lemma is its
stem and the first suffix. All forms of an entry begin with the same three letters (or are shorter).

**Beginnings** (`beginnings`): of each letter that is the first of a form, of each that follows it there, and so on to
the fourth, by their order in `LETTERS`, depth first: a varint with a bit for each letter that follows; forms of less
than four letters are left out.

**Postings** (`chunk`): varint number of records; then for each, by rising terms: varint, how many letters of the term
are those of the term before; str, the rest; varint number of groups of forms (all groups of a lemma that has more
than one, else none), each: str stem, varint set or the number of sets and the set itself, as above; varint number of
slots. Then for each record as many varint gaps (the first counts from 0, each other from the slot before). Then for
each record as many attribute bytes: like beside like packs better.

**Attribute byte** of a term in a section: bit 0: it stands in the title; bits 1–2: how often (0: once, 1: 2–3, 2:
4–7, 3: more); bit 3: the class of its most frequent form (`form_class`), 0 for a term of few sections (`ALONE`); bits
4–5: where it first stands, counted in words of title and text (`where_of`).
A term of more than `COMMON` sections says little, and its bytes would weigh most: they have neither form
nor place.

**Meta**: JSON with `version`, `lang`, `slots`, `dated` (the first slot of dated pages), `pages`, `sections`, `mean`
(mean length of a section in words, times 16), `sets` (suffix sets: suffixes joined by `|`), `lex` and `post` (the
least key of each file, joined by a space), `begin` (hash), `columns` (name → hash), `urls` (addresses of pages, a line
for each slot, empty unless a page begins there; only on sites of up to `URLS` slots), `texts` (for each `TAGGED` slots,
eight hexadecimal digits that change with a text), `common` and `tail` (bytes of these), `stop` (function words),
`concepts`, `near`.
Then `slots` bytes: the length of each section, `lengths`; then four bytes of hash for each lex file, then for each
post file (a name is eight hexadecimal digits); then the common words, as in a lex file, on sites of more than `URLS`
slots: the lemmas of most sections, and all others that share a form with one of them, so that whoever finds a form
there has all that it may be; then the tail: a chunk of postings of the newest pages, which are in no post file.

**Columns**: a line of JSON, `{"values": […], "many": false}`, then `slots` bytes: 0 for none, else the place of the
value counted from 1. With `many`, for each value: varint how many, that many varint gaps.

**Text**: a byte 1 (windows-1251) or 0 (UTF-8), then JSON `[url, anchor, title, heading, kind, date, state, word,
text]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from math import log2
from typing import NamedTuple

import deflate

VERSION = 2
TAGGED = 512
"""Slots that share a tag of their texts."""
URLS = 4096
"""Slots of a site whose addresses are worth one file; on a larger one common words are."""
PARTS_OF_SPEECH = "navx"
LEVELS = 16
START = 4
LETTERS = "аоіерунилтсвкмдпбзгяшчхюжцфєйьїщ"
"""The alphabet of keys; first the letters that follow the most beginnings."""
LONGEST = 31
STEPS, SHORT = 1.5, 64
"""Steps of a length for each doubling, once it is longer than so many words: below, lengths make no difference."""
LONGEST_TERM = 40
"""Letters of the longest term: longer ones are addresses and signatures."""
FORM, ALONE = 8, 2
"""The bit of the form's class; a term in no more sections than this has none: there is nothing to rank."""
COMMON = 8192
"""A term in more sections than this has only the first bits: title, how often."""
ROUGH = 7
COVERED = 64
"""In the byte of an entry: another lemma covers it."""
CONTINUES = 128
"""In the byte of a length: the section belongs to the page of the one before."""


class Forms(NamedTuple):
    """Forms of a lemma that begin with the same letters: a stem and what may follow it."""

    stem: str
    suffixes: tuple[str, ...]


class Entry(NamedTuple):
    """A line of the lexicon. `is_own`: the lemma is the stem with the first suffix."""

    forms: Forms
    lemma: str
    part: str
    level: int
    cover: str = ""
    """The term that covers it, if there is one."""

    @property
    def is_own(self) -> bool:
        """Whether the lemma's key needs no writing."""
        return self.lemma == self.forms.stem + self.forms.suffixes[0]


class Sets:
    """The suffix sets that the header of an index names."""

    def __init__(self, sets: Sequence[tuple[str, ...]]) -> None:
        self.sets = tuple(sets)
        self._places = {suffixes: place for place, suffixes in enumerate(self.sets)}

    def write(self, out: bytearray, suffixes: tuple[str, ...], bit: int | None = None) -> None:
        """A set by its number, or number and set; `bit` is put below the number."""
        place = self._places.get(suffixes, len(self.sets))
        varint(out, place if bit is None else place * 2 + bit)
        if place == len(self.sets):
            varint(out, len(suffixes))
            for suffix in suffixes:
                text(out, suffix)


def packed(content: bytes | bytearray) -> bytes:
    """A whole gzip file, without a date."""
    return bytes(deflate.gzip_compress(bytes(content), 9))


def varint(out: bytearray, value: int) -> None:
    """LEB128."""
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def text(out: bytearray, value: str) -> None:
    """A `str` of the formats."""
    content = value.encode("cp1251")
    varint(out, len(content))
    out += content


def is_writable(key: str) -> bool:
    """Whether all letters of a key have a byte."""
    try:
        key.encode("cp1251")
    except UnicodeEncodeError:
        return False
    return True


def shared(before: str, after: str) -> int:
    """How many letters two texts have in common at their beginning."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def lexicon(entries: Iterable[Entry], sets: Sets) -> bytes:
    """A lex file, unpacked."""
    out, before = bytearray(), ""
    for entry in sorted(entries, key=lambda entry: (entry.forms.stem, entry.lemma, entry.part, entry.forms.suffixes)):
        stem = entry.forms.stem
        same = shared(before, stem)
        varint(out, same)
        text(out, stem[same:])
        sets.write(out, entry.forms.suffixes, int(entry.is_own))
        out.append(PARTS_OF_SPEECH.index(entry.part) * LEVELS + entry.level + (COVERED if entry.cover else 0))
        if not entry.is_own:
            text(out, entry.lemma)
        if entry.cover:
            text(out, entry.cover)
        before = stem
    return bytes(out)


def beginnings(found: Iterable[str]) -> bytes:
    """The begin file, unpacked; `found`: the first four letters of forms."""
    out = bytearray()
    _branch(out, set(found), 0)
    return bytes(out)


def _branch(out: bytearray, found: set[str], depth: int) -> None:
    heads = {letter: {text for text in found if text[depth] == letter} for letter in {text[depth] for text in found}}
    varint(out, sum(1 << LETTERS.index(letter) for letter in heads))
    if depth + 1 < START:
        for letter in sorted(heads, key=LETTERS.index):
            _branch(out, heads[letter], depth + 1)


def record(groups: Sequence[Forms], postings: Sequence[tuple[int, int]], sets: Sets) -> bytes:
    """A term's record as the state keeps it: varint bytes of the head, varint bytes of gaps, head, gaps, attributes.

    `postings`: (slot, attribute byte) by rising slots.
    """
    head, gaps, before = bytearray(), bytearray(), 0
    varint(head, len(groups))
    for group in groups:
        text(head, group.stem)
        sets.write(head, group.suffixes)
    varint(head, len(postings))
    for slot, _ in postings:
        gap, before = slot - before, slot
        while gap > 127:
            gaps.append(gap & 127 | 128)
            gap >>= 7
        gaps.append(gap)
    out = bytearray()
    varint(out, len(head))
    varint(out, len(gaps))
    mask = ~FORM if len(postings) <= ALONE else ROUGH if len(postings) > COMMON else ~0
    return bytes(out + head + gaps + bytes([attribute & mask for _, attribute in postings]))


def chunk(records: Sequence[tuple[str, bytes]]) -> bytes:
    """A post file, unpacked; (term, record) by rising terms."""
    heads, gaps, attributes, before = bytearray(), bytearray(), bytearray(), ""
    varint(heads, len(records))
    for term, body in records:
        same = shared(before, term)
        varint(heads, same)
        text(heads, term[same:])
        before = term
        in_head, at = read_varint(body, 0)
        in_gaps, at = read_varint(body, at)
        heads += body[at:at + in_head]
        gaps += body[at + in_head:at + in_head + in_gaps]
        attributes += body[at + in_head + in_gaps:]
    return bytes(heads + gaps + attributes)


def read_varint(content: bytes, at: int) -> tuple[int, int]:
    """(the number that begins at a byte, where it ends)."""
    value = shift = 0
    while content[at] > 127:
        value |= (content[at] & 127) << shift
        shift, at = shift + 7, at + 1
    return value | content[at] << shift, at + 1


def attribute(count: float, where: int, form: int, *, is_title: bool) -> int:
    """The attribute byte. `count`: how often, weighted by readings; `where`: `where_of`; `form`: `form_class`."""
    often = 0 if count < 2 else 1 if count < 4 else 2 if count < 8 else 3
    return int(is_title) | often << 1 | form << 3 | where << 4


def where_of(place: int) -> int:
    """Where a word stands, counted from 0: 0 among the first 12, 1 the first 60, 2 the first 252, 3 behind them."""
    return 0 if place < 12 else 1 if place < 60 else 2 if place < 252 else 3


def form_class(form: str) -> int:
    """0 or 1: the sum of the code points of a form's key, each multiplied by its place counted from 1."""
    return sum(place * ord(letter) for place, letter in enumerate(form, 1)) % 251 % 2


def length(words: int, standing: int, *, continues: bool) -> int:
    """The byte of a section's length: 1.5 * log2(1 + words / 64), 31 at most; `standing` (0 to 3) of its page times 32;
    128 more if its page begins before it."""
    return min(round(STEPS * log2(1 + words / SHORT)), LONGEST) | standing << 5 | (CONTINUES if continues else 0)


def meta(header: dict[str, object], lengths: bytes, lex: Sequence[str], post: Sequence[str], common: bytes,
         tail: bytes) -> bytes:
    """The meta file, unpacked; `lex` and `post`: hashes, eight hexadecimal digits each."""
    sizes = {"common": len(common), "tail": len(tail)}
    line = json.dumps(header | sizes, ensure_ascii=False, separators=(",", ":"))
    return b"".join((line.encode(), b"\n", lengths, *map(bytes.fromhex, (*lex, *post)), common, tail))


def column(values: Sequence[str], places: bytes) -> bytes:
    """A column with one value a slot, unpacked."""
    return _line({"values": list(values), "many": False}) + places


def column_of_many(slots: Sequence[tuple[str, Sequence[int]]]) -> bytes:
    """A column with several values a slot, unpacked: (value, rising slots)."""
    out = bytearray(_line({"values": [value for value, _ in slots], "many": True}))
    for _, places in slots:
        varint(out, len(places))
        before = 0
        for place in places:
            varint(out, place - before)
            before = place
    return bytes(out)


def shown(facts: Sequence[str]) -> bytes:
    """A text file, unpacked."""
    line = json.dumps(list(facts), ensure_ascii=False, separators=(",", ":"))
    return b"\x01" + line.encode("cp1251") if is_writable(line) else b"\x00" + line.encode()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
