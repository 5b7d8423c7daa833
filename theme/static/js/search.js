// Search in the pages of this site, in the reader's own browser (or in Node 20): the folder that holds this file holds
// the index. Version 1 of the interface; nothing is sent anywhere, only files of the index are asked for.
//
//   open(bundleUrl)   Address of the folder. Reads the header of the index; rejects if it is not there.
//   search(query, { typing, ahead, filters, sort, lang, rare }) → { results, load(n), facets(), note, others }
//     typing          true while the last word may be unfinished
//     ahead           true: only fetches what such a question will need, and finds nothing
//     filters         { kind: "Рішення", year: "2026" }: exact labels
//     sort            "date": the newest first, pages without a day last; else the best first
//     lang            "uk" (if not said), or a language that Pagefind knows
//     rare            true: also the meanings of words that are rare here
//     results         one for each page, in order: { url, score, title }; what is not known yet comes with load()
//     load(n)         the first n: [{ url, anchor, title, heading, kind, date, status: { state, word } | null,
//                     excerpt }]; excerpt is HTML (escaped text with <mark>), all else is plain text
//     facets()        { kind: { total, counts: { "Рішення": 27 } } }: as if that one filter were not set
//     note            a sentence on how the query was understood, or ""
//     others          [{ word, lemma }]: rare meanings that were left out
//
// The files are described in plugins/search/codec.py, words and numbers in plugins/ukrainian/terms.py. In short: words
// become *units* (all lemmas that a word may mean, with weights), units become scores of *slots* (sections of pages),
// slots become pages.

// ---- What ranks pages; counts and places come in steps, see the attribute byte in codec.py

// How often a word stands there; how many times more a title counts; BM25.
const OFTEN = [1, 2.5, 5, 10];
const TITLE = 1.8;
const K1 = 1.2;
const B = 0.35;
// Parts of a word's idf: the very form that was asked for; a word at the beginning.
const EXACT = 0.12;
const EARLY = 0.08;
// Parts of the sum of idf: all words at one place; all words in the title.
const NEARNESS = 0.5;
const ALL_IN_TITLE = 0.3;
// How much the other sections of a page add to its best one.
const SPREAD = 0.5;
const REPEAT = 0.15;
// Pages count more or less by their standing (model.py); a document's own number, beside 1 for where others name it.
const STANDING = [1, 1.3, 1.6, 0.6];
const OWN = 3;
const YEAR = 0.4;
// Weights of what was not typed itself, beside 1 for what was.
const NEAR = 0.5;
const CONCEPT = 0.8;
const COMPLETION = 0.5;
// A reading of a word below this share is rare.
const RARE = 0.0075;

// ---- How far a search goes

const COMPLETIONS = 30;
const CHUNKS = 3;
const AHEAD = 3;
const PHRASES = 100;
const LEAST_GUESSED = 4;
// A question, and a list of so many words, is seldom answered in its own words: half of them will do. Related words are looked for
// in questions of several words, and where fewer sections than this have the word itself.
const LONG_QUESTION = 4;
const QUESTION = /^\s*(чи|де|коли|куди|звідки|хто|що|як|чому|скільки|навіщо)\s/i;
const SEVERAL = 3;
const FEW = 20;
const LONGEST = 40;
// A longer question is a text: its first words will do.
const WORDS = 32;
const WINDOW = 30;
// As browsers do by themselves where a server speaks HTTP/1.
const AT_ONCE = 6;
const PATIENCE = 30000;

// ---- As codec.py and words.py have them

const VERSION = 2;
const TAGGED = 512;
const PARTS = "navx";
const COVERED = 64;
const COMMON = 8192;
const ROUGH = 7;
const CONTINUES = 128;
// In a mark of a slot: not at one place; of a common term: nobody knows where.
const SCATTERED = 64;
const SOMEWHERE = 128;
const UTF8 = new TextDecoder();
const LETTERS = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const TWINS = pairs("ABCEHIKMOPTXYaceikopxyÏï", "АВСЕНІКМОРТХУасеікорхуЇї");
const LOWER_TWINS = pairs("abcehikmoptxyï", "авсенікмортхуї");
const FOLDED = pairs("ґёыэъ'’ʼ‘`´ʹ′＇", "геиеь");
const WORD = /[\p{L}\p{N}_]+(?:['’ʼ‘`´ʹ′＇][\p{L}\p{N}_]+)*/gu;
// What was typed without a space, apart from what no layout has as a letter.
const BEFORE = /[^\s\p{Pd}/()]*$/u;
const AFTER = /^[^\s\p{Pd}/()]*/u;
const LITERAL = /(?<![\p{L}\p{N}_])[\p{L}\p{N}_]+(?:[-‐‑‒–—−./\\:,][\p{L}\p{N}_]+)+/gu;
const SIGN = /[^\p{L}\p{N}_]/u;
const THOUSANDS = /(?<![\d.,/-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d/])/g;
const MONTHS = ["січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд"];
const DAY = new RegExp(`(?<![\\d.])(?:(\\d{4}-\\d{1,2}-\\d{1,2})(?!\\d)|(\\d{1,2}([./-])(?:\\s?\\d{1,2}\\3\\s?\\d{4}|\\d{1,2}\\3\\d\\d))(?![\\d.]*\\d))|(?<!\\d)(\\d{1,2})(?:-?го)?[»"”]?\\s+(${MONTHS.join("|")})(?:ня|ень|ого|ий|а|)\\s+(\\d{4})(?!\\d)`, "giu");
const ROMAN = /^(?=.)(X{0,3})(I[XV]|VI{0,3}|I{0,3})$/;
const UNITS = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

const waiting = [];
let busy = 0;
let base;
let opened;

export async function open(bundleUrl) {
  const folder = `${bundleUrl}/`.replace(/\/+$/, "/");
  const address = new URL(folder, globalThis.document?.baseURI ?? import.meta.url).href;
  if (address !== base) opened = undefined;
  base = address;
  await current();
}

export async function search(query, { lang = "uk", ...options } = {}) {
  if (lang !== "uk") return (await import("./search-pagefind.js")).search(`${base}pagefind/`, query, options);
  const results = [];
  if (options.ahead) {
    await fetchAhead(await current(), query);
    return { results, load: () => results, facets: () => ({}), note: "", others: results };
  }
  let index;
  let found;
  const ask = async () => {
    index = await current();
    found = await answer(index, query, options);
    results.length = 0;
    for (const one of found.results) results.push(one);
  };
  // Files that the header names may be gone, or others may stand at their places: then there is a newer header.
  const again = async (error) => {
    if (await isRenewed(index).catch(() => false)) await ask();
    else if (error) throw error;
  };
  await ask().catch(again);
  const load = async (count) => {
    let rows = await found.load(count).catch((error) => ({ error }));
    if (rows.error || rows.some(({ isMarked }) => !isMarked)) {
      await again(rows.error);
      rows = await found.load(count);
    }
    return rows.map(({ isMarked, ...row }, place) => {
      Object.assign(results[place], { url: row.url, title: row.title });
      return row;
    });
  };
  return { ...found, results, load, facets: () => found.facets() };
}

// ---- Files

function current() {
  return opened ??= header(base).catch((error) => {
    opened = undefined;
    throw error;
  });
}

// Whether the site has another header than this one by now; if so, it is the current one from here on.
async function isRenewed(index) {
  if ((await current()) !== index) return true;
  const fresh = await header(index.base);
  if (String(fresh.bytes) === String(index.bytes)) return false;
  opened = Promise.resolve(fresh);
  return true;
}

// A file, unpacked. Some servers unpack what ends in .gz by themselves; some are overrun by many requests at once.
async function fetched(url, options) {
  if (busy < AT_ONCE) busy++;
  else await new Promise((go) => { waiting.push(go); });
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...options });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok || !bytes.length) throw new Error(`search: ${response.status} ${url}`);
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const plain = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
    return new Uint8Array(await plain.arrayBuffer());
  } finally {
    if (waiting.length) waiting.shift()();
    else busy--;
  }
}

// Each file once; one that could not be had may be asked for again.
function fileOf({ base, files }, path, parse) {
  if (!files.has(path)) {
    files.set(path, fetched(`${base}uk/${path}`).then(parse).catch((error) => {
      files.delete(path);
      throw error;
    }));
  }
  return files.get(path);
}

class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  slice(length) {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("search: cut short");
    return this.bytes.subarray(from, this.at);
  }

  varint() {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++];
      // Behind the end there is no byte.
      if (byte === undefined) this.slice(0);
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  text() {
    return Array.from(this.slice(this.varint()), (byte) => LETTERS[byte]).join("");
  }

  // The line of JSON at the beginning.
  line() {
    return JSON.parse(UTF8.decode(this.slice(this.bytes.indexOf(10) + 1)));
  }

  hashes(count) {
    return Array.from(this.slice(4 * count), (byte) => byte.toString(16).padStart(2, "0")).join("").match(/.{8}/g) ?? [];
  }

  // A stem has been read: with its suffixes, by the number of their set or written out, it is forms.
  forms(index, stem, set) {
    const suffixes = index.sets[set] ?? Array.from({ length: this.varint() }, () => this.text());
    return suffixes.map((suffix) => stem + suffix);
  }

  gaps(count) {
    const slots = new Uint32Array(count);
    for (let place = 0, slot = 0; place < slots.length; place++) slots[place] = slot += this.varint();
    return slots;
  }
}

async function header(base) {
  const bytes = await fetched(`${base}uk/meta.gz`, { cache: "no-cache" });
  const cursor = new Cursor(bytes);
  const facts = cursor.line();
  if (facts.version !== VERSION) throw new Error(`search: version ${facts.version}`);
  const lengths = cursor.slice(facts.slots);
  const [lex, post] = [facts.lex, facts.post].map((text) => {
    const keys = text.split(" ").filter(Boolean);
    return { keys, names: cursor.hashes(keys.length) };
  });
  // The first slot of each slot's page.
  const pageOf = new Uint32Array(facts.slots);
  lengths.forEach((length, slot) => { pageOf[slot] = length & CONTINUES ? pageOf[slot - 1] : slot; });
  // BM25's share of a section's length, for each byte of a length.
  const norms = Float32Array.from({ length: CONTINUES }, (_, byte) =>
    K1 * (1 - B + B * 64 * (2 ** ((byte & 31) / 1.5) - 1) / (facts.mean / 16 || 1)));
  const index = {
    ...facts, base, bytes, lengths, lex, post, pageOf, norms,
    // Addresses of pages begin at the site's root, which is the folder around this one.
    root: new URL("..", base).pathname.slice(0, -1),
    sets: facts.sets.map((suffixes) => suffixes.split("|")),
    urls: facts.urls.split("\n"),
    stop: facts.stop.split(" "),
    files: new Map(),
  };
  index.common = entriesIn(index, cursor.slice(facts.common));
  index.tail = recordsOf(index, cursor.slice(facts.tail));
  return index;
}

// The last place whose key is not behind the one looked for; -1 if there is none.
function placeOf(keys, key) {
  return keys.findLastIndex((one) => one <= key);
}

// ---- Postings

// Term → { forms: if they begin with different letters, slots, attributes }.
function recordsOf(index, bytes) {
  const cursor = new Cursor(bytes);
  let term = "";
  const records = Array.from({ length: cursor.varint() }, () => {
    term = term.slice(0, cursor.varint()) + cursor.text();
    const groups = Array.from({ length: cursor.varint() }, () => cursor.forms(index, cursor.text(), cursor.varint()));
    return [term, { forms: groups.flat(), count: cursor.varint() }];
  });
  for (const [, record] of records) record.slots = cursor.gaps(record.count);
  for (const [, record] of records) record.attributes = cursor.slice(record.count);
  return new Map(records);
}

// The records that may hold terms between two: those of their files, and the newest pages.
async function chunksOf(index, from, to = from) {
  const { keys, names } = index.post;
  const wanted = names.slice(Math.max(0, placeOf(keys, from)), placeOf(keys, to) + 1).slice(0, CHUNKS);
  return [...await Promise.all(wanted.map((name) => fileOf(index, `post/${name}.gz`, (bytes) => recordsOf(index, bytes)))), index.tail];
}

// { forms, lists: [{ slots, attributes }, …], isCommon }; undefined if it is nowhere.
async function postings(index, term) {
  const lists = (await chunksOf(index, term)).map((records) => records.get(term)).filter(Boolean);
  const isCommon = lists.some(({ count }) => count > COMMON);
  return lists.length ? { forms: lists.flatMap(({ forms }) => forms), lists, isCommon } : undefined;
}

// ---- Lexicon

// { forms, term, level, cover: the term that stands wherever it does } for the words that begin with the same three letters, and some more.
function entriesAt(index, beginning) {
  return shard(index, placeOf(index.lex.keys, beginning.slice(0, 3)));
}

function shard(index, place) {
  return place < 0 ? [] : fileOf(index, `lex/${index.lex.names[place]}.gz`, (bytes) => entriesIn(index, bytes));
}

function entriesIn(index, bytes) {
  const cursor = new Cursor(bytes);
  const entries = [];
  let stem = "";
  while (cursor.at < bytes.length) {
    stem = stem.slice(0, cursor.varint()) + cursor.text();
    const number = cursor.varint();
    const forms = cursor.forms(index, stem, number >> 1);
    const [kind] = cursor.slice(1);
    const lemma = number & 1 ? forms[0] : cursor.text();
    entries.push({ forms, term: `${lemma}/${PARTS[kind >> 4 & 3]}`, level: kind & 15, cover: kind & COVERED && cursor.text() });
  }
  return entries;
}

// Entries of one lemma become one, covered ones go; the commonest first: { term, level, forms }.
function lemmas(entries) {
  const found = new Map();
  for (const { term, forms, ...entry } of entries) {
    found.set(term, { ...entry, term, forms: [...(found.get(term)?.forms ?? []), ...forms] });
  }
  return [...found.values()].filter(({ cover }) => !found.has(cover)).sort((one, other) => other.level - one.level);
}

// The readings of a form with their weights (the commonest has 1), and the rare ones that were left out.
async function readings(index, key, rare) {
  const isForm = ({ forms }) => forms.includes(key);
  const common = index.common.filter(isForm);
  const all = lemmas(common.length ? common : (await entriesAt(index, key)).filter(isForm));
  const total = all.reduce((sum, { level }) => sum + 2 ** level, 0);
  const isRare = ({ level }) => !rare && 2 ** level < RARE * total;
  const exact = formClass(key);
  return {
    terms: all.filter((one) => !isRare(one)).map((one) => ({ ...one, exact, weight: 2 ** ((one.level - all[0].level) / 2) })),
    left: all.filter(isRare),
  };
}

function formClass(key) {
  return [...key].reduce((sum, letter, place) => sum + (place + 1) * letter.codePointAt(), 0) % 251 % 2;
}

// Lemmas with a form that begins so. Less than three letters begin words in many files: too much for too little.
async function completions(index, key) {
  if (key.length < 3) return [];
  const fits = ({ forms }) => forms.some((form) => form.startsWith(key));
  const all = lemmas((await entriesAt(index, key)).filter(fits)).slice(0, COMPLETIONS);
  return all.map((one) => ({ ...one, weight: COMPLETION * 2 ** ((one.level - all[0].level) / 4) }));
}

// ---- Words and numbers: the same as words.py and terms.py

function pairs(from, to) {
  return new Map(Array.from(from, (letter, place) => [letter, to[place] ?? ""]));
}

function translated(text, table) {
  return Array.from(text, (letter) => table.get(letter) ?? letter).join("");
}

// Composed letters, without stress marks and unseen characters.
function composed(text) {
  return text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").normalize("NFD").replace(/[\u0300\u0301]/g, "").normalize("NFC");
}

// The one spelling under which all spellings of a composed word are found.
function keyOf(word) {
  const lower = word.toLowerCase();
  return translated(/[a-z]/.test(lower) && hasCyrillic(lower) ? translated(lower, LOWER_TWINS) : lower, FOLDED);
}

function hasCyrillic(text) {
  return /[\u0400-\u04ff]/.test(text);
}

// Whether the dictionary may know it.
function isWord(key) {
  return /^[а-яєії]+$/.test(key);
}

// [{ start, end, shown, key }] for all that a pattern finds in a text.
function matchesOf(text, pattern, keyOf) {
  return Array.from(text.matchAll(pattern), (match) =>
    ({ start: match.index, end: match.index + match[0].length, shown: match[0], key: keyOf(match) })).filter(({ key }) => key);
}

function wordsOf(text) {
  return matchesOf(text, WORD, ([word]) => keyOf(word));
}

// Days, numbers with inner signs, thousands.
function literalsOf(text) {
  const days = matchesOf(text, DAY, dayOf);
  const numbers = matchesOf(text, LITERAL, ([token]) => token.split(SIGN).map(partOf).join("-"));
  const isNumber = ({ start, end, shown, key }) => /\p{Nd}/u.test(shown) && key.length <= LONGEST
    && !days.some((day) => day.start < end && start < day.end);
  return [...days, ...numbers.filter(isNumber), ...matchesOf(text, THOUSANDS, ([digits]) => digits.replace(/\D/g, ""))];
}

function dayOf([, iso, short, sign, day, month, year]) {
  const parts = iso?.split("-") ?? short?.split(sign).reverse() ?? [year, MONTHS.indexOf(month.toLowerCase()) + 1, day];
  if (parts[0].length === 2 && sign !== "-") parts[0] = `20${parts[0]}`;
  const key = parts.map((part) => String(part).padStart(2, 0)).join("-");
  // A day that is not in the calendar becomes another one, or none.
  const date = new Date(key);
  return /^(1.|2[01])..-/.test(key) && date.getUTCDate() === +parts[2] ? key : "";
}

// Convocations are written in Roman numerals of either alphabet; letters that look alike are one.
function partOf(part) {
  const roman = ROMAN.exec(part.toUpperCase().replace(/І/g, "I").replace(/Х/g, "X"));
  return roman ? String(10 * roman[1].length + UNITS.indexOf(roman[2])) : translated(translated(part, TWINS).toLowerCase(), FOLDED);
}

// ---- The question

// What was asked, in its order: { key, shown, chunk, parts, phrase, isStop }. `parts`: the words of a number; `phrase`:
// the number of the quotes around it; `chunk`: what was typed between two spaces.
function asked(index, query) {
  // Beside a letter " may be one of another layout.
  const quoted = query.split(/«([^»]+)»|(?<![\p{L}\p{N}])"([^"]+)"(?![\p{L}\p{N}])|[“„]([^“”]+)[“”]/u);
  const pieces = quoted.flatMap((text = "", place) => piecesOf(text).map((piece) => ({ ...piece, phrase: place % 4 && place })));
  const list = pieces.slice(0, WORDS);
  const isStop = ({ key }) => index.stop.includes(key);
  const hasOthers = !list.every(isStop);
  return Object.assign(list.map((piece) => ({ ...piece, isStop: hasOthers && isStop(piece) })), { isCut: pieces.length > WORDS });
}

function piecesOf(text) {
  const numbers = literalsOf(text);
  const list = [];
  let number;
  for (const word of wordsOf(text)) {
    const before = number;
    number = numbers.find(({ start, end }) => start <= word.start && word.end <= end);
    const piece = { ...word, chunk: BEFORE.exec(text.slice(0, word.start))[0] + AFTER.exec(text.slice(word.start))[0] };
    if (number && number === before) number.parts.push(piece);
    else if (number) list.push(Object.assign(number, { parts: [piece] }));
    // «24 лютого 2021 року»: the year is told already.
    else if (!(/-..-/.test(before?.key) && /^р(оку)?$/.test(word.key))) list.push(piece);
  }
  return list;
}

// Units: a piece with all that it may mean: { …piece, terms: [{ term, weight, forms }], how, meant, left }. how: "" as it
// was typed, else why not; no terms: it is nowhere. isOther: another word of the question was typed in another layout.
async function meanings(index, piece, isOpen, rare, isOther) {
  const { key, shown, chunk, parts } = piece;
  const unit = (found, how = "", meant = []) => [{ ...piece, ...found, how, meant }];
  const known = await lookup(index, key, isOpen, rare);
  const isKnown = known.terms.length > 0;
  const isRussian = /[ыэъ]/i.test(shown);
  if (isKnown && !isRussian && (parts || (chunk === shown && !isOther) || !/^[^а-яєіїґ]*[a-z]/i.test(shown))) return unit(known);
  if (!isKnown) {
    if (parts) return (await Promise.all(parts.map((part) => meanings(
      index, { ...piece, parts: 0, ...part }, isOpen, rare, isOther)))).flat();
    // An abbreviation may stand nowhere while what it means does.
    const short = index.concepts.flatMap(([, spellings]) => spellings).filter((
      { length, 0: [, stem] }) => length === 1 && key.startsWith(stem) && key.length < stem.length + 4);
    if (short.length) return unit({ terms: short.map(([[term]]) => ({ term, weight: 1, forms: [] })), left: [] });
    // «388р» for «388-р».
    const apart = /^\d+\D+$/.test(key) && await lookup(index, key.replace(/\d+/, "$&-"), isOpen, rare);
    if (apart?.terms?.length) return unit(apart);
  }
  const { layouts, guesses, beginnings } = await import("./search-typos.js?3");
  const others = layouts(piece, keyOf).filter((other) => isWord(other.key) && other.key !== key && (!isKnown || isOther || isRussian || other.isWhole));
  for (const other of others) {
    const found = await lookup(index, other.key, isOpen, rare);
    if (!found.terms.length) continue;
    // ы may be и as well as і.
    return isKnown && isRussian ? unit({ ...known, terms: [...known.terms, ...found.terms] }) : unit({ ...found, ...other }, "layout", [other.key]);
  }
  if (isKnown) return unit(known);
  const typed = isWord(key) ? { key } : others[0];
  if (typed?.key.length >= LEAST_GUESSED) {
    const near = await guesses(
      typed, await fileOf(index, `begin/${index.begin}.gz`, (bytes) => beginnings(new Cursor(bytes))), (beginning) => placeOf(index.lex.keys, beginning), async (place) => (await shard(index, place)).filter(({ term }) => !index.stop.includes(term.slice(0, -2))));
    if (near.length) return unit({ ...typed, terms: near, left: [] }, "guess", [...new Set(near.slice(0, 3).map(({ form }) => form))]);
    const longer = await completions(index, key);
    if (longer.length) return unit({ terms: longer, left: [] }, "guess", [`${key}…`]);
  }
  return unit(known, isOpen && key.length < 3 ? "unfinished" : "nowhere");
}

// Words by the lexicon; all else is a term itself.
async function lookup(index, key, isOpen, rare) {
  if (isWord(key)) {
    const { terms, left } = await readings(index, key, rare);
    const longer = isOpen ? await completions(index, key) : [];
    return { terms: [...terms, ...longer.filter(({ term }) => ![...terms, ...left].some((one) => one.term === term))], left };
  }
  const terms = (await chunksOf(index, key, isOpen ? `${key}\uffff` : key)).flatMap((records) => [...records.keys()]);
  const fits = (term) => (isOpen ? term.startsWith(key) : term === key);
  const found = [...new Set(terms)].filter(fits).slice(0, COMPLETIONS);
  const name = `№${key}`;
  const isOwn = /^\d/.test(key) && (await chunksOf(index, name)).some((records) => records.has(name));
  const own = isOwn ? [{ term: name, forms: [], weight: OWN }] : [];
  return { terms: [...found.map((term) => ({ term, forms: [term], weight: term === key ? 1 : COMPLETION })), ...own], left: [] };
}

// ---- From words to pages

// { list: what was asked, units: what is somewhere, nowhere: what is not, groups }.
async function understood(index, query, typing, rare) {
  const list = asked(index, composed(query));
  const open = typing && unfinished(query, list);
  const ask = (isOther) => Promise.all(list.map(async (piece) => {
    piece.units = piece.isStop ? [] : await meanings(index, piece, piece === open, rare, isOther);
  }));
  await ask();
  const isTyped = ({ units: [unit] }) => unit?.how === "layout";
  if (list.some(isTyped)) await ask(true);
  const isStop = (piece) => isTyped(piece) && index.stop.includes(piece.units[0].key);
  if (!list.every(isStop)) for (const piece of list.filter(isStop)) Object.assign(piece, { key: piece.units[0].key, isStop: true, units: [] });
  // Beside other words a year is also that of the page.
  for (const { key, units } of list) if (/^(19|20)\d\d$/.test(key) && list.some((other) => other.key !== key && !other.isStop)) units[0].terms.push({ term: `~${key}`, forms: [], weight: YEAR });
  // Signs may be letters of another layout («,elbyjr»): then what they part is one word.
  const all = list.flatMap(({ units }) => units);
  const isPart = (unit) => all.find(({ isWhole, chunk }) => isWhole && chunk === unit.chunk) ?? unit;
  const own = all.filter((unit) => isPart(unit) === unit);
  for (const piece of list) piece.units = piece.units.filter((unit) => own.includes(unit));
  const groups = grouped(index, own);
  await Promise.all([...own.map((unit) => addPostings(index, unit, groups.length >= SEVERAL)), ...groups.map(async (group) => {
    group.concept = group.term && await postings(index, group.term);
  })]);
  const isThere = ({ terms }) => terms.length;
  const known = groups.flatMap((group) => (
    group.concept ? group : group.units.filter(isThere).map((unit) => ({ units: [unit] }))));
  const isNowhere = (unit) => unit.how !== "unfinished" && !known.some(({ units }) => units.includes(unit));
  return { list, units: own.filter(isThere), nowhere: own.filter(isNowhere), groups: known };
}

function unfinished(query, list) {
  return !list.isCut && !/[\s»"”]$/.test(query) && list.at(-1);
}

// Asks for files while a question is being typed: those of words, and of their postings once they are few. A word that
// says nothing may be the beginning of another one.
async function fetchAhead(index, query) {
  const list = asked(index, composed(query));
  const open = unfinished(query, list);
  await Promise.all(list.map(async (piece) => {
    if (piece.isStop && piece !== open) return;
    const { terms } = await lookup(index, piece.key, piece === open);
    const places = new Set(terms.map(({ term }) => placeOf(index.post.keys, term)));
    if (places.size <= AHEAD) await Promise.all(terms.map(({ term }) => chunksOf(index, term)));
  }));
}

// Postings for all terms of a unit, and for their neighbours in meaning; terms that stand nowhere go.
async function addPostings(index, unit, isAkin) {
  const near = unit.terms.flatMap(({ term, weight, exact }) => (exact === undefined || unit.phrase ? [] : index.near[term] ?? [])
    .map((other) => ({ term: other, weight: weight * NEAR })));
  const isNew = ({ term }) => !unit.terms.some((one) => one.term === term);
  const filled = async (terms) => (await Promise.all(terms.map(async (one) => {
    const [found, entries] = await Promise.all([
      postings(index, one.term), one.forms ? [one] : entriesAt(index, one.term.slice(0, -2))]);
    const forms = entries.filter(({ term }) => term === one.term).flatMap((entry) => entry.forms);
    return found && { ...one, ...found, forms: [...forms, ...found.forms] };
  }))).filter(Boolean);
  const own = await filled(unit.terms);
  const count = sumOf(own.flatMap(({ lists }) => lists.map(({ slots }) => slots.length)));
  unit.terms = [...own, ...isAkin || count < FEW ? await filled(near.filter(isNew)) : []];
}

// Units that together are a spelling of a concept become one, all others stand alone: { units, term, spellings }.
function grouped(index, units) {
  const groups = [];
  for (let place = 0; place < units.length; place += groups.at(-1).units.length) {
    const rest = units.slice(place);
    const fits = (spelling) => spelling.every(([lemma], at) => rest[at] && !rest[at].phrase && rest[at].terms.some(
      ({ term }) => term === lemma));
    const found = index.concepts.flatMap(([term, spellings]) => spellings.filter(fits).map(
      ({ length }) => ({ units: rest.slice(0, length), term, spellings })));
    found.push({ units: [units[place]] });
    // The longest.
    groups.push(found.sort((one, other) => other.units.length - one.units.length)[0]);
  }
  return groups;
}

// Scores of all slots for some terms: { scores, marks, idf }. A mark is the attribute byte of the best term.
function weighed(index, terms) {
  const scores = new Float32Array(index.slots);
  const marks = new Uint8Array(index.slots).fill(SCATTERED);
  let count = 0;
  for (const { weight, exact, lists, isCommon } of terms) {
    for (const { slots, attributes } of lists) {
      slots.forEach((slot, place) => {
        const attribute = isCommon ? attributes[place] & ROUGH : attributes[place];
        const score = weight * valueOf(attribute, exact, index.norms[index.lengths[slot] & 127]);
        if (!scores[slot]) count++;
        if (score <= scores[slot]) return;
        scores[slot] = score;
        marks[slot] = isCommon ? attribute | SOMEWHERE : attribute;
      });
    }
  }
  const idf = Math.log(1 + (index.sections - count + 0.5) / (count + 0.5));
  const most = Math.max(...terms.map(({ weight }) => weight));
  return { scores: scores.map((score) => score * idf / most), marks, idf };
}

function valueOf(attribute, exact, norm) {
  const count = OFTEN[(attribute >> 1) & 3];
  const isExact = exact === ((attribute >> 3) & 1);
  return count * (K1 + 1) / (count + norm) + (attribute & 1) * TITLE + isExact * EXACT + EARLY * (1 - (attribute >> 4) / 3);
}

// The same for a group: pages with all of its words, or with the concept.
function weighedGroup(index, { units, concept }) {
  if (units.length === 1) return weighed(index, concept ? [...units[0].terms, { ...concept, weight: CONCEPT }] : units[0].terms);
  const parts = units.map(({ terms }) => weighed(index, terms));
  const idf = sumOf(parts.map((part) => part.idf));
  const own = weighed(index, concept ? [{ ...concept, weight: 1 }] : []);
  const scores = own.scores.map((score) => score * CONCEPT * parts.length);
  for (const page of pagesWith(index, parts, parts.length)) {
    for (const slot of slotsOf(index, page)) {
      const score = sumOf(parts.map((part) => part.scores[slot]));
      if (score <= scores[slot]) continue;
      scores[slot] = score;
      own.marks[slot] = together(parts, slot);
    }
  }
  return { scores, marks: own.marks, idf };
}

// One mark for several: in the title if all are, at a place if all are there whose places are known.
function together(parts, slot) {
  const marks = parts.map((part) => part.marks[slot]);
  const [first, ...others] = marks.filter((mark) => mark < SOMEWHERE);
  const isOnePlace = others.length && others.every((mark) => mark >> 4 === first >> 4);
  return marks.reduce((title, mark) => title & mark, 1) | (isOnePlace ? first & ~15 : SCATTERED);
}

function sumOf(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

function slotsOf(index, page) {
  const slots = [page];
  while (index.pageOf[slots.at(-1) + 1] === page) slots.push(slots.at(-1) + 1);
  return slots;
}

// First slots of the pages where at least so many of the parts stand.
function pagesWith(index, parts, least) {
  const counts = new Uint8Array(index.slots);
  for (const { scores } of parts) {
    let last;
    scores.forEach((score, slot) => {
      const page = index.pageOf[slot];
      if (!score || page === last) return;
      counts[page]++;
      last = page;
    });
  }
  return [...counts.keys()].filter((page) => counts[page] >= least);
}

// { page, slot: its best section, score }, the best first. Plain loops: there may be tens of thousands of pages.
function ranked(index, parts, least) {
  const idf = sumOf(parts.map((part) => part.idf));
  const found = pagesWith(index, parts, least).map((page) => {
    const most = parts.map(() => 0);
    let best = 0;
    let rest = 0;
    let at = page;
    let all = 0;
    for (let slot = page; index.pageOf[slot] === page; slot++) {
      let own = 0;
      let count = 0;
      for (let place = 0; place < parts.length; place++) {
        const score = parts[place].scores[slot];
        if (score) count++;
        if (score > most[place]) most[place] = score;
        own += score;
      }
      const score = own + (count > 1 && count === parts.length && idf * bonus(together(parts, slot)));
      all += own;
      if (score > best) [best, rest, at] = [score, own, slot];
    }
    return { page, slot: at, score: STANDING[(index.lengths[page] >> 5) & 3] * (best + SPREAD * (sumOf(most) - rest) + REPEAT * (all - rest)) };
  });
  return found.sort((one, other) => other.score - one.score || other.page - one.page);
}

function bonus(mark) {
  return (mark & 1) * ALL_IN_TITLE + NEARNESS * (1 - Math.min(4, mark >> 4) / 4);
}

// ---- The answer

async function answer(index, query, { typing = false, filters = {}, sort = "", rare = false }) {
  const chosen = Object.entries(filters).filter(([, label]) => label);
  const narrowing = async () => (await import("./search-narrow.js?2")).narrowing(
    index, { fileOf, Cursor, weighed, slotsOf, section, wordsOf, composed, sumOf });
  const [sense] = await Promise.all([
    understood(index, query, typing, rare),
    chosen.length && narrowing().then(({ column }) => Promise.all(chosen.map(([name]) => column(name)))),
  ]);
  const { units } = sense;
  let parts = sense.groups.map((group) => weighedGroup(index, group));
  let all = parts.length ? ranked(index, parts, QUESTION.test(query) || parts.length >= LONG_QUESTION ? Math.ceil(parts.length / 2) : parts.length) : [];
  const isPartial = !all.length && units.length > 1;
  if (isPartial) parts = units.map(({ terms }) => weighed(index, terms));
  for (let least = parts.length; least && !all.length; least--) all = ranked(index, parts, least);
  const isQuoted = !isPartial && sense.list.some(({ phrase }) => phrase);
  const phrases = isQuoted ? (await narrowing()).phrasesOf(sense) : [];
  const narrowed = async (names) => (await narrowing()).narrowed(all, names, phrases);
  const found = chosen.length || phrases.length ? await narrowed(chosen) : [...all];
  // Slots rise with the days of pages.
  const day = ({ page }) => (page < index.dated ? 0 : page);
  if (sort === "date") found.sort((one, other) => day(other) - day(one));
  return {
    results: found.map(({ page, score }) => ({ url: index.urls[page] && index.root + index.urls[page], score })),
    load: (count) => Promise.all(found.slice(0, count).map(({ slot }) => rowOf(index, slot, markerOf(sense, phrases)))),
    facets: async () => (await narrowing()).facetsOf(chosen, narrowed),
    note: noteOf(sense, isPartial, phrases.length && !found.length, phrases.length && all.length > PHRASES),
    others: units.flatMap(({ shown, left }) => left.map(({ term }) => ({ word: shown, lemma: term.slice(0, -2) }))),
  };
}

function noteOf({ list, units, nowhere }, isPartial, isPhraseNowhere, isCut) {
  const meant = (how, words) => {
    const forms = new Set(units.filter((unit) => unit.how === how).flatMap((unit) => unit.meant));
    return forms.size && `${words}: ${[...forms].join(", ")}.`;
  };
  return [
    list.isCut && `Шукали за першими ${WORDS} словами.`,
    meant("layout", "Показано за українською розкладкою"),
    meant("guess", "Показано схоже"),
    nowhere.length && `На сайті немає: «${[...new Set(nowhere.map(({ shown }) => shown))].join("», «")}».`,
    nowhere.length && units.length && "Показано сторінки з рештою слів.",
    isPartial && "Сторінок з усіма словами немає; показано ті, де є частина слів.",
    isPhraseNowhere && "Сторінок, де ці слова стоять поруч, немає.",
    isCut && `Слова поруч шукали лише на ${PHRASES} найкращих сторінках.`,
  ].filter(Boolean).join(" ");
}

// ---- What is shown

async function section(index, slot) {
  const tag = 8 * (slot / TAGGED | 0);
  const [url, anchor, title, heading, kind, date, state, word, text] = await fileOf(
    index, `text/${slot}.gz?${index.texts.slice(tag, tag + 8)}`,
    (bytes) => JSON.parse(new TextDecoder(bytes[0] ? "windows-1251" : "utf-8").decode(bytes.subarray(1))));
  return { url: index.root + url, anchor, title, heading, kind, date, status: state ? { state, word } : null, text };
}

// isMarked: whether something that was asked for stands there; a day may be known of a page without being written in it.
async function rowOf(index, slot, marker) {
  const { text, ...facts } = await section(index, slot);
  let plain = composed(text);
  const above = [facts.kind, facts.title, facts.heading].map(composed).filter((part) => marker(part).length);
  // What stands only above the text is shown before it.
  if (!marker(plain).length) plain = [...above, plain].join(" — ");
  const hits = marker(plain);
  return { ...facts, excerpt: excerptOf(plain, hits), isMarked: hits.length || marker.hasDay };
}

// Finds what was asked for in a text, by place: { start, end, unit, worth }.
function markerOf({ units, groups }, phrases) {
  const forms = new Map();
  units.forEach((unit) => unit.terms.forEach((term) => term.forms.forEach((form) => {
    const worth = form === unit.key ? 2 : term.weight;
    if (!(forms.get(form)?.worth >= worth)) forms.set(form, { unit, worth });
  })));
  const spellings = groups.flatMap((group) => group.spellings ?? []);
  const marker = (text) => {
    const list = wordsOf(text);
    const hits = [...list, ...literalsOf(text)].map((one) => ({ ...one, ...forms.get(one.key) })).filter(({ unit }) => unit);
    for (const [place, word] of list.entries()) {
      // Words of a concept that stand together, by their stems.
      const fits = ([, stem], step) => list[place + step]?.key.startsWith(stem) && list[place + step].key.length < stem.length + 6;
      for (const spelling of spellings) if (spelling.every(fits)) hits.push(...spelling.map(
        (unit, step) => ({ ...list[place + step], unit, worth: 1 })));
    }
    for (const phrase of phrases) {
      hits.push(...phrase.placesIn(list).map((place) => ({
        start: list[place].start, end: list[place + phrase.length - 1].end, unit: phrase, worth: 5 })));
    }
    return hits.sort((one, other) => one.start - other.start || other.end - one.end);
  };
  marker.hasDay = units.some(({ key }) => /-..-/.test(key));
  return marker;
}

// Some words of a text around its best place: HTML.
function excerptOf(text, hits) {
  const tokens = [...text.matchAll(/\S+/g)];
  const starts = tokens.map(({ index }) => index);
  const isEnd = (place) => /[.!?…]$/.test(tokens[place]);
  const [from, to] = bestPlace(hits, hits.map(({ start }) => placeOf(starts, start)));
  const spare = Math.max(0, WINDOW - 1 - to + from);
  // At the beginning of a sentence if one is near, else some words before.
  let first = from;
  while (first && !isEnd(first - 1) && from - first < spare) first--;
  if (first && !isEnd(first - 1)) first = from - (spare >> 1);
  const last = Math.min(tokens.length, Math.max(to + 1, first + WINDOW)) - 1;
  if (last < 0) return "";
  let done = starts[first];
  let html = first ? "…" : "";
  const end = starts[last] + tokens[last][0].length;
  for (const hit of hits) {
    if (hit.start < done || hit.end > end) continue;
    html += `${escaped(text.slice(done, hit.start))}<mark>${escaped(text.slice(hit.start, hit.end))}</mark>`;
    done = hit.end;
  }
  return html + escaped(text.slice(done, end)) + (last === tokens.length - 1 || isEnd(last) ? "" : "…");
}

// The first and the last token of the hits that say most: different words, exact forms, phrases.
function bestPlace(hits, places) {
  let best = [0, 0];
  let most = 0;
  places.forEach((from, first) => {
    const seen = new Map();
    let last = first;
    for (; places[last] < from + WINDOW; last++) {
      const { unit, worth } = hits[last];
      seen.set(unit, Math.max(seen.get(unit) ?? 1, 1 + worth));
    }
    const value = sumOf([...seen.values()]) + (last - first) / 100;
    if (value > most) [most, best] = [value, [from, places[last - 1]]];
  });
  return best;
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt()};`);
}
