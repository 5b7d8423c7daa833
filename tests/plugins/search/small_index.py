"""A tiny index out of plain values, for tests of the reader: pages with sections, words with their forms → a folder.

Everything is as `plugins/search/codec.py` says, but nothing is counted on the site: who reads a form as what, and how
common a word is, is written down by the test.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.search import codec
from plugins.ukrainian import word_key
from plugins.ukrainian.terms import is_word, literals, words

LEX_ENTRIES = 6
POST_TERMS = 9
Record = tuple[str, bytes]


@dataclass(frozen=True)
class Word:
    """A lemma with the letter of its part of speech (`рада/n`), its forms, how common it is (0 to 15)."""

    name: str
    forms: tuple[str, ...]
    level: int = 8


@dataclass(frozen=True)
class Section:
    """What stands under a heading."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page; without a day it stands before all others. `columns`: name of a filter → labels."""

    url: str
    title: str
    sections: tuple[Section, ...]
    date: str = ""
    kind: str = "Рішення"
    state: str = ""
    word: str = ""
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """All that an index is made of. `unread`: form → names of lemmas that pages do not mean by it."""

    pages: Sequence[Page]
    words: Sequence[Word]
    stop: Sequence[str] = ()
    concepts: Sequence[tuple[str, Sequence[Sequence[tuple[str, str]]]]] = ()
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unread: Mapping[str, Sequence[str]] = field(default_factory=dict)
    columns: Sequence[str] = ("kind", "year")
    many: Sequence[str] = ()
    in_tail: int = 0
    """How many of the newest pages stand in no post file."""
    has_urls: bool = True
    common: Sequence[str] = ()
    """Names of the lemmas that travel with the header."""
    covers: Mapping[str, str] = field(default_factory=dict)
    """Name of a lemma → of the one that covers it."""


def word(name: str, forms: str, level: int = 8) -> Word:
    """«рада/n», «рада ради раді»: the forms by their keys."""
    return Word(name, tuple(dict.fromkeys(map(word_key, forms.split()))), level)


def page(url: str, title: str, *texts: str, **facts: object) -> Page:
    """A page whose sections have the anchors s1, s2 … and the headings «Розділ 1» …; the first has neither."""
    sections = tuple(Section(f"s{place}" if place else "", f"Розділ {place}" if place else "", text)
                     for place, text in enumerate(texts))
    return Page(url, title, sections, **facts)  # type: ignore[arg-type]


def write(site: Site, folder: Path) -> None:
    """The files of `/search/uk/` below the folder; files of an older index are left where they are."""
    pages = sorted(site.pages, key=lambda page: page.date)
    slots = [(page, section) for page in pages for section in page.sections]
    sets = codec.Sets(common_sets(site))
    entries = [entry for one in site.words for entry in entries_of(one, site.covers.get(one.name, ""))]
    common = [entry for entry in entries if f"{entry.lemma}/{entry.part}" in site.common]
    lex = files(folder, "lex", ((key, codec.lexicon(group, sets)) for key, group in by_beginning(entries)))
    found = postings(site, slots)
    first_in_tail = sum(len(page.sections) for page in pages[:len(pages) - site.in_tail])
    groups = {one.name: forms_of(one) for one in site.words}
    records = {"post": [], "tail": []}
    for term in sorted(found):
        split = {"post": {}, "tail": {}}
        for slot, attribute in found[term].items():
            split["post" if slot < first_in_tail else "tail"][slot] = attribute
        for name, some in split.items():
            if some:
                forms = groups.get(term, ())
                body = codec.record(forms if len(forms) > 1 else (), sorted(some.items()), sets)
                records[name].append((term, body))
    post = files(folder, "post", ((some[0][0], codec.chunk(some)) for some in parted(records["post"], POST_TERMS)))
    lengths = bytes(codec.length(len(words(f"{page.title} {section.text}")), 0,
                                 continues=section is not page.sections[0]) for page, section in slots)
    urls = "\n".join(page.url if section is page.sections[0] else "" for page, section in slots)
    header: dict[str, object] = {
        "version": codec.VERSION, "lang": "uk", "slots": len(slots),
        "dated": sum(len(page.sections) for page in pages if not page.date), "pages": len(pages),
        "sections": len(slots), "mean": 16 * 12, "sets": ["|".join(one) for one in sets.sets],
        "lex": " ".join(key for key, _ in lex), "post": " ".join(key for key, _ in post),
        "begin": one(folder, "begin", codec.beginnings(
            form[:codec.START] for each in site.words for form in each.forms if len(form) >= codec.START)),
        "columns": {name: one(folder, "col", column(slots, name, name in site.many)) for name in site.columns},
        "urls": urls if site.has_urls else "",
        "texts": "".join(hashed(repr(slots[start : start + codec.TAGGED]).encode())
                         for start in range(0, len(slots), codec.TAGGED)),
        "stop": " ".join(site.stop), "concepts": site.concepts, "near": site.near,
    }
    for slot, (page_, section) in enumerate(slots):
        facts = (page_.url, section.anchor, page_.title, section.heading, page_.kind, page_.date, page_.state,
                 page_.word, section.text)
        put(folder / "uk" / "text" / f"{slot}.gz", codec.shown(facts))
    put(folder / "uk" / "meta.gz", codec.meta(header, lengths, [name for _, name in lex], [name for _, name in post],
                                             codec.lexicon(common, sets), codec.chunk(records["tail"])))


def postings(site: Site, slots: Sequence[tuple[Page, Section]]) -> dict[str, dict[int, int]]:
    """Term → slot → attribute byte."""
    readings = defaultdict(list)
    for one in site.words:
        for form in one.forms:
            if one.name not in site.unread.get(form, ()):
                readings[form].append(one.name)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for slot, (page, section) in enumerate(slots):
        title = page.title if section is page.sections[0] else ""
        in_title = {*map(word_key, words(title)), *literals(title)}
        forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, key in enumerate(map(word_key, words(f"{title} {section.text}"))):
            for term in readings[key] or [f"{key}/x" if is_word(key) else key]:
                forms[term].append((place, key))
        for literal in literals(f"{title} {section.text}"):
            forms[literal].append((0, literal))
        for term, stem_lists in site.concepts:
            if any(all(lemma in forms for lemma, _ in spelling) for spelling in stem_lists):
                forms[term].append((0, term))
        for term, places in forms.items():
            commonest = Counter(form for _, form in places).most_common(1)[0][0]
            found[term][slot] = codec.attribute(len(places), codec.where_of(places[0][0]), codec.form_class(commonest),
                                                is_title=any(form in in_title for _, form in places))
    return found


def forms_of(one: Word) -> list[codec.Forms]:
    """The forms of a lemma, those together that begin with the same three letters; the lemma first in its group."""
    groups = defaultdict(list)
    lemma = one.name.rpartition("/")[0]
    for form in sorted(one.forms, key=lambda form: (form != lemma, form)):
        groups[form[:3]].append(form)
    stems = {beginning: min(forms)[: codec.shared(min(forms), max(forms))] for beginning, forms in groups.items()}
    return [codec.Forms(stem, tuple(form.removeprefix(stem) for form in groups[beginning]))
            for beginning, stem in sorted(stems.items())]


def entries_of(one: Word, cover: str) -> list[codec.Entry]:
    """The lines of the lexicon for a lemma."""
    lemma, _, part = one.name.rpartition("/")
    return [codec.Entry(forms, lemma, part, one.level, cover) for forms in forms_of(one)]


def common_sets(site: Site) -> list[tuple[str, ...]]:
    """Suffix sets of more than one lemma; the others are written out where they stand."""
    counts = Counter(forms.suffixes for one in site.words for forms in forms_of(one))
    return sorted(suffixes for suffixes, count in counts.items() if count > 1)


def by_beginning(entries: Iterable[codec.Entry]) -> list[tuple[str, list[codec.Entry]]]:
    """Files of the lexicon: (first three letters of the first, entries); no beginning is torn."""
    groups = defaultdict(list)
    for entry in entries:
        groups[(entry.forms.stem + entry.forms.suffixes[0])[:3]].append(entry)
    packed: list[tuple[str, list[codec.Entry]]] = []
    for beginning in sorted(groups):
        if packed and len(packed[-1][1]) < LEX_ENTRIES:
            packed[-1][1].extend(groups[beginning])
        else:
            packed.append((beginning, groups[beginning]))
    return packed


def column(slots: Sequence[tuple[Page, Section]], name: str, many: bool) -> bytes:
    """A filter's file; the label of `kind` is the page's own."""
    labels = [[page.kind] if name == "kind" else [page.date[:4]] if name == "year" and page.date
              else list(page.columns.get(name, ())) for page, _ in slots]
    values = sorted({label for some in labels for label in some})
    if many:
        return codec.column_of_many([(value, [slot for slot, some in enumerate(labels) if value in some])
                                     for value in values])
    return codec.column(values, bytes(values.index(some[0]) + 1 if some else 0 for some in labels))


def parted(items: Sequence[Record], size: int) -> list[Sequence[Record]]:
    """Runs of so many."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def files(folder: Path, kind: str, contents: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """(least key, hash) of each file, written."""
    return [(key, one(folder, kind, content)) for key, content in contents]


def one(folder: Path, kind: str, content: bytes) -> str:
    """The hash of a file, written."""
    return named(folder, f"{kind}/{{}}.gz", content)


def named(folder: Path, name: str, content: bytes) -> str:
    """The hash of a file whose name holds it, written."""
    digest = hashed(content)
    put(folder / "uk" / name.format(digest), content)
    return digest


def hashed(content: bytes) -> str:
    """Eight hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=4).hexdigest()


def put(path: Path, content: bytes) -> None:
    """A packed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(codec.packed(content))
