// Search in the pages of this site, in the reader's own browser (or in Node 20): the folder that holds this file holds
// the index. Version 1 of the interface; nothing is sent anywhere but requests for files of the index.
//
//   open(bundleUrl)      Address of the folder. Reads the header of the index; rejects if it is not there.
//   search(query, { typing, filters, sort, lang, rare }) → { results, load(n), facets(), note, others }
//     typing             true while the last word may be unfinished
//     filters            { kind: "Рішення", year: "2026" }: exact labels
//     sort               "date": the newest first, pages without a day last; else the best first
//     lang               "uk" or "en"
//     rare               true: also the meanings of words that are rare here
//     results            one for each page, in order: { url, score, title }; what is not known yet comes with load()
//     load(n)            the first n: [{ url, anchor, title, heading, kind, date, status: { state, word } | null,
//                        excerpt }]; excerpt is HTML (escaped text with <mark>), all else is plain text
//     facets()           { kind: { total, counts: { "Рішення": 27 } } }: as if that one filter were not set
//     note               a sentence on how the query was understood, or ""
//     others             [{ word, lemma }]: rare meanings that were left out
//
// The files are described in plugins/search/codec.py, words and numbers in plugins/ukrainian/terms.py.

// What ranks pages. Places and counts come in steps: see the attribute byte in codec.py.
const OFTEN = [1, 2.5, 5, 10];
const TITLE = 4;
const K1 = 1.2;
const B = 0.5;
// Parts of a word's idf: the very form that was asked for; a word at the beginning.
const EXACT = 0.2;
const EARLY = 0.2;
// Parts of the sum of idf: all words at one place; all words in the title.
const NEARNESS = 0.3;
const ALL_IN_TITLE = 0.3;
// How much the other sections of a page add to its best one.
const SPREAD = 0.5;
const SAME_PHRASE = 1;
// Weights of what was not typed as it stands there, beside 1 for what was.
const NEAR = 0.3;
const CONCEPT = 0.8;
const COMPLETION = 0.5;
// A reading of a word below this share is rare; a guess below this part of the best guess is not taken.
const RARE = 0.05;
const GUESS = 0.2;
const FAR_KEY = 0.5;

// How far a search goes.
const COMPLETIONS = 30;
const SHARDS = 64;
const PHRASES = 100;
const LONG_WORD = 9;
const TYPO_LETTERS = 4;
const WINDOW = 30;
const PATIENCE = 30000;

// As codec.py has them.
const VERSION = 1;
const TAGGED = 512;
const PARTS = "navx";
const CONTINUES = 128;

const ALPHABET = "абвгдеєжзиіїйклмнопрстуфхцчшщьюя";
const KEYS = ["йцукенгшщзхї", "фівапролджє", "ячсмитьбю"];
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`\\";
const UKRAINIAN_KEYS = "йцукенгшщзхїфівапролджєячсмитьбю’ґ";
const RUSSIAN_KEYS = { ы: "і", э: "є", ъ: "ї", ё: "" };
const LETTERS = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));

let base;
let opened;
let pagefind;

export async function open(bundleUrl) {
  const folder = `${String(bundleUrl).replace(/\/+$/, "")}/`;
  const address = new URL(folder, globalThis.document?.baseURI ?? import.meta.url).href;
  if (address !== base) {
    base = address;
    opened = pagefind = undefined;
  }
  await current();
}

export async function search(query, { typing = false, filters = {}, sort = "", lang = "uk", rare = false } = {}) {
  if (lang !== "uk") return searchByPagefind(query, filters, sort);
  const ask = (index) => answer(index, query, { typing, filters, sort, rare });
  let index = await current();
  let found;
  try {
    found = await ask(index);
  } catch (error) {
    // Files that the header names may be gone: then there is a newer header.
    if (!(await isRenewed(index))) throw error;
    index = await current();
    found = await ask(index);
  }
  const results = [...found.results];
  const load = async (count) => {
    const rows = await found.load(count).catch(() => null);
    if (rows?.every((row) => row.hits)) return show(rows, results);
    if (await isRenewed(index)) {
      index = await current();
      found = await ask(index);
      results.splice(0, results.length, ...found.results);
    } else if (rows) return show(rows, results);
    return show(await found.load(count), results);
  };
  return { results, load, facets: () => found.facets(), note: found.note, others: found.others };
}

function show(rows, results) {
  return rows.map(({ hits, ...row }, place) => {
    Object.assign(results[place], { url: row.url, title: row.title });
    return row;
  });
}

// ---- Files

function current() {
  if (!base) throw new Error("search: open(bundleUrl) comes first");
  const mine = opened ??= header(base);
  mine.catch(() => {
    if (opened === mine) opened = undefined;
  });
  return mine;
}

// Whether the site has another header than this one by now; if so, it is the current one from here on.
async function isRenewed(index) {
  const now = await current();
  if (now !== index) return true;
  const fresh = await header(index.base);
  const isSame = fresh.bytes.length === index.bytes.length && fresh.bytes.every((byte, at) => byte === index.bytes[at]);
  if (isSame || fresh.base !== base) return false;
  opened = Promise.resolve(fresh);
  return true;
}

// A file, unpacked. Some servers unpack what ends in .gz by themselves.
async function fetched(url, options = {}) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...options });
  if (!response.ok) throw new Error(`search: ${response.status} ${url}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get hasMore() {
    return this.at < this.bytes.length;
  }

  byte() {
    if (!this.hasMore) throw new Error("search: a file of the index is cut short");
    return this.bytes[this.at++];
  }

  varint() {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  slice(length) {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("search: a file of the index is cut short");
    return this.bytes.subarray(from, this.at);
  }

  text() {
    return Array.from(this.slice(this.varint()), (byte) => LETTERS[byte]).join("");
  }

  line() {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw new Error("search: a file of the index is cut short");
    const text = new TextDecoder().decode(this.slice(end - this.at));
    this.at++;
    return JSON.parse(text);
  }

  hashes(count) {
    return Array.from({ length: count }, () =>
      Array.from(this.slice(4), (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }

  // Suffixes by the number of their set, or written out.
  set(sets, number) {
    return number < sets.length ? sets[number] : Array.from({ length: this.varint() }, () => this.text());
  }

  gaps(count) {
    const slots = new Uint32Array(count);
    for (let place = 0, slot = 0; place < count; place++) slots[place] = slot += this.varint();
    return slots;
  }
}

async function header(base) {
  const bytes = await fetched(`${base}uk/meta.gz`, { cache: "no-cache" });
  const cursor = new Cursor(bytes);
  const facts = cursor.line();
  if (facts.version !== VERSION) throw new Error(`search: version ${facts.version} of the index is not known here`);
  const keys = (text) => (text ? text.split(" ") : []);
  const lengths = cursor.slice(facts.slots);
  const lex = { keys: keys(facts.lex).map((key) => key.slice(0, 3)) };
  const post = { keys: keys(facts.post) };
  lex.names = cursor.hashes(lex.keys.length);
  post.names = cursor.hashes(post.keys.length);
  const pageOf = new Uint32Array(facts.slots);
  lengths.forEach((length, slot) => { pageOf[slot] = length & CONTINUES && slot ? pageOf[slot - 1] : slot; });
  return {
    base, bytes, facts, lengths, lex, post, pageOf,
    sets: facts.sets.map((suffixes) => suffixes.split("|")),
    stop: new Set(facts.stop),
    tags: [].concat(facts.texts).join(""),
    tail: chunk(cursor.slice(facts.tail)),
    // BM25's share of a section's length, for each byte of a length.
    norms: Float32Array.from({ length: CONTINUES }, (_, byte) =>
      K1 * (1 - B + B * (2 ** (byte / 8) - 1) / (facts.mean / 16 || 1))),
    files: new Map(),
  };
}

// Each file once; one that could not be had may be asked for again.
function file(index, path, parse) {
  let found = index.files.get(path);
  if (!found) {
    found = fetched(`${index.base}uk/${path}`).then(parse);
    index.files.set(path, found);
    found.catch(() => index.files.delete(path));
  }
  return found;
}

// The last place whose key is not behind the one looked for; -1 if there is none.
function placeOf(keys, key) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] <= key) low = middle + 1; else high = middle;
  }
  return low - 1;
}

// ---- Postings

function chunk(bytes) {
  const cursor = new Cursor(bytes);
  const records = new Map();
  let term = "";
  while (cursor.hasMore) {
    term = term.slice(0, cursor.varint()) + cursor.text();
    records.set(term, cursor.slice(cursor.varint()));
  }
  return records;
}

function chunkOf(index, term) {
  const place = placeOf(index.post.keys, term);
  return place < 0 ? new Map() : file(index, `post/${index.post.names[place]}.gz`, chunk);
}

// { groups: [[form, …], …], parts: [{ slots, attributes }, …] }, the newest pages apart; null if it is nowhere.
async function postings(index, term) {
  const bodies = [(await chunkOf(index, term)).get(term), index.tail.get(term)].filter(Boolean);
  const records = bodies.map((body) => {
    const cursor = new Cursor(body);
    const groups = Array.from({ length: cursor.varint() }, () => {
      const stem = cursor.text();
      return cursor.set(index.sets, cursor.varint()).map((suffix) => stem + suffix);
    });
    const slots = cursor.gaps(cursor.varint());
    return { groups, slots, attributes: cursor.slice(slots.length) };
  });
  return records.some((record) => record.slots.length) ? { groups: records.flatMap((one) => one.groups), parts: records } : null;
}

async function termsFrom(index, beginning) {
  const records = [...(await chunkOf(index, beginning)).keys(), ...index.tail.keys()];
  return [...new Set(records)].filter((term) => term.startsWith(beginning)).slice(0, COMPLETIONS);
}

// ---- Lexicon

function lexicon(index, bytes) {
  const cursor = new Cursor(bytes);
  const entries = [];
  let stem = "";
  while (cursor.hasMore) {
    stem = stem.slice(0, cursor.varint()) + cursor.text();
    const number = cursor.varint();
    const suffixes = cursor.set(index.sets, number >> 1);
    const kind = cursor.byte();
    const lemma = number & 1 ? stem + suffixes[0] : cursor.text();
    entries.push({ stem, suffixes, term: `${lemma}/${PARTS[kind >> 4]}`, level: kind & 15 });
  }
  return entries;
}

function shard(index, place) {
  return file(index, `lex/${index.lex.names[place]}.gz`, (bytes) => lexicon(index, bytes));
}

async function entriesAt(index, beginning) {
  const place = placeOf(index.lex.keys, beginning.slice(0, 3));
  return place < 0 ? [] : shard(index, place);
}

function formsOf({ stem, suffixes }) {
  return suffixes.map((suffix) => stem + suffix);
}

function hasForm({ stem, suffixes }, key) {
  return key.startsWith(stem) && suffixes.includes(key.slice(stem.length));
}

function beginsSo({ stem, suffixes }, key) {
  return stem.startsWith(key)
    || (key.startsWith(stem) && suffixes.some((suffix) => suffix.startsWith(key.slice(stem.length))));
}

// One for each lemma, the commonest first: { term, level, forms }.
function lemmas(entries) {
  const found = new Map();
  for (const entry of entries) {
    const known = found.get(entry.term) ?? { term: entry.term, level: entry.level, forms: [] };
    known.forms.push(...formsOf(entry));
    found.set(entry.term, known);
  }
  return [...found.values()].sort((one, other) => other.level - one.level);
}

// The readings of a form with their weights (the commonest has 1), and the rare ones that were left out.
async function readings(index, key, rare = false) {
  const all = lemmas((await entriesAt(index, key)).filter((entry) => hasForm(entry, key)));
  const total = all.reduce((sum, { level }) => sum + 2 ** level, 0);
  const isRare = ({ level }) => !rare && 2 ** level < RARE * total;
  return {
    taken: all.filter((one) => !isRare(one)).map((one) => ({ ...one, weight: 2 ** (one.level - all[0].level) })),
    left: all.filter(isRare),
  };
}

// Lemmas with a form that begins so. Less than three letters may begin in many files: too much for too little.
async function completions(index, key) {
  if (key.length < 3) return [];
  const all = lemmas((await entriesAt(index, key)).filter((entry) => beginsSo(entry, key))).slice(0, COMPLETIONS);
  return all.map((one) => ({ ...one, weight: COMPLETION * 2 ** ((one.level - all[0].level) / 4) }));
}

async function lemmaForms(index, term) {
  const lemma = term.slice(0, -2);
  return (await entriesAt(index, lemma)).filter((entry) => entry.term === term).flatMap(formsOf);
}

// ---- Typing errors

// Lemmas with a form one edit away (two in long words), and the forms. Errors in the first letter are rare.
async function guesses(index, key) {
  const [a, b, c, d = ""] = key;
  const letters = [...ALPHABET];
  const swapped = letters.flatMap((x) => [a + x + c, a + x + b]);
  const near = await closest(index, key, [...range(index, a + b), ...places(index, [a + c + d, a + c + b, ...swapped])]);
  if (near.length) return near;
  const first = letters.flatMap((x) => [x + b + c, x + a + b]);
  return closest(index, key, places(index, [b + c + d, b + a + c, ...first]));
}

function places(index, beginnings) {
  return beginnings.map((beginning) => placeOf(index.lex.keys, beginning));
}

function range(index, beginning) {
  const [from, to] = places(index, [beginning, `${beginning}\uffff`]);
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

async function closest(index, key, shards) {
  const wanted = [...new Set(shards)].filter((place) => place >= 0).slice(0, SHARDS);
  const entries = (await Promise.all(wanted.map((place) => shard(index, place)))).flat();
  const one = likely(entries, (form) => oneEdit(key, form));
  return one.length || key.length < LONG_WORD ? one : likely(entries, (form) => twoEdits(key, form));
}

// likeness(form): 0 if it is too far, else up to 1.
function likely(entries, likeness) {
  const found = [];
  for (const entry of entries) {
    const forms = formsOf(entry).map((form) => ({ form, weight: likeness(form) * 2 ** entry.level }));
    const best = forms.reduce((one, other) => (other.weight > one.weight ? other : one));
    if (best.weight) found.push({ ...lemmas([entry])[0], ...best });
  }
  const most = Math.max(...found.map(({ weight }) => weight));
  return found.map((one) => ({ ...one, weight: one.weight / most }))
    .filter(({ weight }) => weight >= GUESS).sort((one, other) => other.weight - one.weight);
}

function oneEdit(typed, form) {
  const longer = Math.max(typed.length, form.length);
  if (Math.abs(typed.length - form.length) > 1) return 0;
  let from = 0;
  while (from < longer && typed[from] === form[from]) from++;
  let end = 0;
  while (end < longer - from && typed.at(-1 - end) === form.at(-1 - end)) end++;
  const one = typed.slice(from, Math.max(from, typed.length - end));
  const other = form.slice(from, Math.max(from, form.length - end));
  if (one.length + other.length === 1) return 1;
  if (one.length === 1 && other.length === 1) return isNextKey(one, other) ? 1 : FAR_KEY;
  return one.length === 2 && one[0] === other[1] && one[1] === other[0] ? 1 : 0;
}

function isNextKey(one, other) {
  const at = (letter) => {
    const row = KEYS.findIndex((keys) => keys.includes(letter));
    return [row, KEYS[row]?.indexOf(letter) + row / 2];
  };
  const [[row, column], [otherRow, otherColumn]] = [at(one), at(other)];
  return Math.abs(row - otherRow) <= 1 && Math.abs(column - otherColumn) <= 1;
}

// Damerau's distance: letters left out, put in, changed or swapped with the next one.
function twoEdits(typed, form) {
  if (Math.abs(typed.length - form.length) > 2) return 0;
  let before = [];
  let last = Array.from({ length: form.length + 1 }, (_, place) => place);
  for (let row = 1; row <= typed.length; row++) {
    const line = [row];
    for (let place = 1; place <= form.length; place++) {
      const isSame = typed[row - 1] === form[place - 1];
      line[place] = Math.min(last[place] + 1, line[place - 1] + 1, last[place - 1] + (isSame ? 0 : 1));
      if (row > 1 && place > 1 && typed[row - 1] === form[place - 2] && typed[row - 2] === form[place - 1]) {
        line[place] = Math.min(line[place], before[place - 2] + 1);
      }
    }
    if (Math.min(...line) > 2) return 0;
    [before, last] = [last, line];
  }
  return last[form.length] <= 2 ? 1 : 0;
}

// ---- Words and numbers: the same as plugins/ukrainian/words.py and terms.py

const APOSTROPHES = "'’ʼ‘`´ʹ′＇";
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const WORD = new RegExp(`[\\p{L}\\p{N}_]+(?:[${APOSTROPHES}][\\p{L}\\p{N}_]+)*`, "gu");
const SIGNS = "-‐‑‒–—−./\\\\:,";
const SIGN = new RegExp(`[${SIGNS}]`);
const LITERAL = new RegExp(`[\\p{L}\\p{N}_]+(?:[${SIGNS}][\\p{L}\\p{N}_]+)+`, "gu");
const THOUSANDS = /(?<![\d.,/-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d/])/g;
const MONTHS = ["січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
  "листопада", "грудня", "січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень",
  "вересень", "жовтень", "листопад", "грудень"];
const DAY = new RegExp("(?<![\\d.])(?:(?<iso>\\d{4}-\\d{1,2}-\\d{1,2})(?!\\d)"
  + "|(?<short>\\d{1,2}(?<sign>[./-])(?:\\s?\\d{1,2}\\k<sign>\\s?\\d{4}|\\d{1,2}\\k<sign>\\d{2}))(?![\\d.]*\\d))"
  + `|(?<!\\d)(?<day>\\d{1,2})(?:-?го)?[»"”]?\\s+(?<month>${MONTHS.join("|")})\\s+(?<year>\\d{4})(?!\\d)`, "giu");
const ROMAN = /^(X{0,3})(IX|IV|V?I{0,3})$/;
const TWINS = pairs("ABCEHIKMOPTXYaceikopxyÏï", "АВСЕНІКМОРТХУасеікорхуЇї");
const LOWER_TWINS = pairs("abcehikmoptxyï", "авсенікмортхуї");
const FOLDED = pairs("ґёыэъ", "геиеь");

function pairs(from, to) {
  return new Map([...from].map((letter, place) => [letter, to[place]]));
}

function translated(text, table) {
  return text.replace(/./gsu, (letter) => table.get(letter) ?? letter);
}

// Composed letters, without stress marks and unseen characters.
export function composed(text) {
  return text.replace(UNSEEN, "").normalize("NFD").replace(/[\u0300\u0301]/g, "").normalize("NFC");
}

// The one spelling under which all spellings of a composed word are found.
function keyOf(word) {
  const lower = word.toLowerCase();
  const isMixed = /[a-z]/.test(lower) && /[\u0400-\u04ff]/.test(lower);
  return folded(isMixed ? translated(lower, LOWER_TWINS) : lower);
}

function folded(word) {
  return translated([...word].filter((letter) => !APOSTROPHES.includes(letter)).join(""), FOLDED);
}

// The words of a composed text: [{ start, end, key }]. Exported for tests and for whoever marks words.
export function words(text) {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) =>
    ({ start: index, end: index + word.length, key: keyOf(word) })).filter(({ key }) => key);
}

// Days, numbers with inner signs and thousands in a composed text: [{ start, end, key }].
export function literals(text) {
  const place = (match, key) => ({ start: match.index, end: match.index + match[0].length, key });
  const all = (pattern, name) => Array.from(text.matchAll(pattern), (match) => place(match, name(match)));
  const days = Array.from(text.matchAll(DAY), (match) => place(match, dayOf(match.groups))).filter(({ key }) => key);
  const numbers = all(LITERAL, ([token]) => token.split(SIGN).map(partOf).join("-"))
    .filter(({ start, end, key }) => /\p{Nd}/u.test(text.slice(start, end)) && key.length <= 40
      && !days.some((day) => day.start < end && start < day.end));
  return [...days, ...numbers, ...all(THOUSANDS, ([digits]) => digits.replace(/\D/g, ""))];
}

function dayOf({ iso, short, sign, day, month, year }) {
  let parts = [year, (MONTHS.indexOf(month?.toLowerCase()) % 12) + 1, day];
  if (iso) parts = iso.split("-");
  if (short) parts = short.split(sign).reverse();
  const [y, m, d] = parts.map(Number);
  const full = y < 100 && sign !== "-" ? y + 2000 : y;
  const date = new Date(Date.UTC(full, m - 1, d));
  const isReal = full >= 1900 && full < 2200 && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  return isReal ? date.toISOString().slice(0, 10) : "";
}

// Convocations are written in Roman numerals of either alphabet; letters that look alike are one.
function partOf(part) {
  const roman = part.toUpperCase().replace(/І/g, "I").replace(/Х/g, "X");
  const [, tens, units] = ROMAN.exec(roman) ?? [];
  if (tens !== undefined && part) return String(tens.length * 10 + unitsOf(units));
  return folded(translated(part, TWINS).toLowerCase());
}

function unitsOf(units) {
  return ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"].indexOf(units);
}

function isWord(key) {
  return /^[а-яєії]+$/.test(key);
}

function formClass(key) {
  return [...key].reduce((sum, letter, place) => sum + (place + 1) * letter.codePointAt(), 0) % 251 % 4;
}

// ---- The question

// What was asked: words and numbers in their order. { key, shown, parts, phrase, chunk, isStop }; `parts` are the words
// of a number, `phrase` the number of the quotes around it, `chunk` what was typed between two spaces.
function asked(index, query) {
  const quotes = /«([^»]+)»|"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]/g;
  const list = [];
  let from = 0;
  const add = (text, phrase) => list.push(...pieces(text).map((piece) => ({ ...piece, phrase })));
  for (const match of query.matchAll(quotes)) {
    add(query.slice(from, match.index));
    add(match.slice(1).find(Boolean), match.index);
    from = match.index + match[0].length;
  }
  add(query.slice(from));
  const isStop = ({ key, parts }) => !parts && index.stop.has(key);
  const hasOthers = !list.every(isStop);
  return list.map((piece) => ({ ...piece, isStop: hasOthers && isStop(piece) }));
}

function pieces(text) {
  const numbers = literals(text);
  const inside = (word) => numbers.find(({ start, end }) => start <= word.start && word.end <= end);
  const list = [];
  let last;
  for (const word of words(text)) {
    const number = inside(word);
    const piece = { key: word.key, shown: text.slice(word.start, word.end), chunk: chunkAround(text, word) };
    if (number && last?.number === number) last.parts.push(piece);
    else if (number) list.push(last = { key: number.key, shown: text.slice(number.start, number.end), number, parts: [piece] });
    // «24 лютого 2021 року»: the year is told already.
    else if (!(last?.number?.key.length === 10 && /^р(оку)?$/.test(piece.key))) list.push(last = piece);
  }
  return list;
}

function chunkAround(text, { start, end }) {
  return /\S*$/.exec(text.slice(0, start))[0] + text.slice(start, end) + /^\S*/.exec(text.slice(end))[0];
}

// A word with all that it may mean: { shown, key, phrase, terms: [{ term, weight, forms }], how, meant, left }.
// how: "" as it was typed, else the kind of note. Empty if nothing is known.
async function meanings(index, piece, isOpen, rare) {
  if (piece.parts) return number(index, piece, isOpen, rare);
  const { key } = piece;
  const unit = (terms, how = "", meant = [], left = []) => [{ ...piece, terms, how, meant, left }];
  const known = await lookup(index, key, isOpen, rare);
  if (known.terms.length) return unit(known.terms, "", [], known.left);
  for (const other of otherLayouts(piece)) {
    const found = await lookup(index, other, isOpen, rare);
    if (found.terms.length) return [{ ...unit(found.terms, "layout", [other], found.left)[0], key: other }];
  }
  if (!isWord(key) || key.length < TYPO_LETTERS) return unit([], "nowhere");
  const near = await guesses(index, key);
  if (near.length) return unit(near, "typo", [...new Set(near.slice(0, 3).map(({ form }) => form))]);
  const longer = await completions(index, key);
  return longer.length ? unit(longer, "beginning", [`${key}…`]) : unit([], "nowhere");
}

async function lookup(index, key, isOpen, rare) {
  if (isWord(key)) {
    const [{ taken, left }, longer] = await Promise.all([readings(index, key, rare), isOpen ? completions(index, key) : []]);
    const more = longer.filter(({ term }) => ![...taken, ...left].some((one) => one.term === term));
    return { terms: [...taken.map((one) => ({ ...one, exact: formClass(key) })), ...more], left };
  }
  const isThere = await postings(index, key);
  const longer = isOpen ? (await termsFrom(index, key)).filter((term) => term !== key) : [];
  return { terms: [...(isThere ? [whole(key)] : []), ...longer.map((term) => whole(term, COMPLETION))], left: [] };
}

// A term that is its own only form.
function whole(term, weight = 1) {
  return { term, weight, forms: [term] };
}

// A number as a whole; if it is nowhere, its parts.
async function number(index, piece, isOpen, rare) {
  const { terms } = await lookup(index, piece.key, isOpen, rare);
  if (terms.length) return [{ ...piece, terms, how: "", meant: [], left: [] }];
  return (await Promise.all(piece.parts.map((part) => meanings(index, { ...part, phrase: piece.phrase }, isOpen, rare)))).flat();
}

// Keys that the same fingers would have typed with the Ukrainian layout (or letters of it that look like Latin ones).
function otherLayouts({ key, shown, chunk }) {
  const keyed = (text) => Array.from(text.toLowerCase(), (letter) => UKRAINIAN_KEYS[LATIN_KEYS.indexOf(letter)] ?? letter);
  if (/[\u0400-\u04ff]/.test(chunk)) {
    const other = keyOf(shown.toLowerCase().replace(/[ыэъё]/g, (letter) => RUSSIAN_KEYS[letter]));
    return other === key ? [] : [other];
  }
  if (!/[a-z]/i.test(chunk)) return [];
  const stripped = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const all = [chunk, stripped].map((text) => keyOf(keyed(text).join(""))).concat(keyOf(translated(shown.toLowerCase(), LOWER_TWINS)));
  return [...new Set(all)].filter(isWord);
}

// ---- From words to pages

// The question as the index understands it: { units, groups, phrases, notes, left }.
async function understood(index, query, typing, rare) {
  const list = asked(index, composed(query));
  const last = typing && !/[\s»"”]$/.test(query) ? list.at(-1) : undefined;
  const units = (await Promise.all(list.map(async (piece) => {
    piece.units = piece.isStop ? [] : await meanings(index, piece, piece === last && !piece.phrase, rare);
    return piece.units;
  }))).flat();
  // The same chunk may hold several words only because of another layout: «,elbyjr».
  const known = units.filter(({ terms }, place) => terms.length && !isTwice(units, place));
  await Promise.all(known.map((unit) => addPostings(index, unit)));
  const found = known.filter((unit) => unit.terms.length);
  const nowhere = units.filter((unit) => !found.includes(unit) && !units.some((other) => other.how === "layout" && other.chunk === unit.chunk));
  return { list, units: found, groups: await grouped(index, found), nowhere };
}

function isTwice(units, place) {
  const { how, key, chunk } = units[place];
  return how === "layout" && units.slice(0, place).some((one) => one.how === how && one.key === key && one.chunk === chunk);
}

// Neighbours in meaning and lists of slots; terms that stand nowhere go.
async function addPostings(index, unit) {
  const near = unit.phrase === undefined ? unit.terms.flatMap(({ term, weight, exact }) =>
    (exact === undefined ? [] : index.facts.near[term] ?? []).map((other) => ({ term: other, weight: weight * NEAR }))) : [];
  const all = [...unit.terms, ...near.filter(({ term }) => !unit.terms.some((one) => one.term === term))];
  const filled = await Promise.all(all.map(async (one) => {
    const [list, forms] = await Promise.all([postings(index, one.term), one.forms ?? lemmaForms(index, one.term)]);
    return list && { ...one, ...list, forms: [...forms, ...list.groups.flat()] };
  }));
  unit.terms = filled.filter(Boolean);
}

// Words that together are a spelling of a concept become one; all others stand alone: [{ units, concept }].
async function grouped(index, units) {
  const groups = [];
  for (let place = 0; place < units.length;) {
    const match = conceptAt(index, units.slice(place));
    const count = match ? match.length : 1;
    groups.push({ units: units.slice(place, place + count), term: match?.term, spellings: match?.spellings });
    place += count;
  }
  await Promise.all(groups.map(async (group) => {
    group.concept = group.term ? await postings(index, group.term) : null;
  }));
  return groups;
}

// The longest spelling that these words begin with.
function conceptAt(index, units) {
  const isSpelt = (spelling) => spelling.length <= units.length && spelling.every(([lemma], place) =>
    units[place].phrase === undefined && units[place].terms.some(({ term, weight }) => term === lemma && weight > NEAR));
  let best;
  for (const [term, spellings] of index.facts.concepts) {
    const length = Math.max(0, ...spellings.filter(isSpelt).map((spelling) => spelling.length));
    if (length > (best?.length ?? 0)) best = { term, spellings, length };
  }
  return best;
}

// Scores of slots for some terms: { scores, marks, idf }. A mark is 0 or 1 + attribute byte; SCATTERED: no one place.
function weighed(index, terms) {
  const scores = new Float32Array(index.facts.slots);
  const marks = new Uint16Array(index.facts.slots);
  let count = 0;
  for (const { slots } of terms.flatMap(({ parts }) => parts)) {
    for (const slot of slots) {
      if (!marks[slot]) count++;
      marks[slot] = 1;
    }
  }
  const idf = Math.log(1 + (index.facts.sections - count + 0.5) / (count + 0.5));
  const most = Math.max(...terms.map(({ weight }) => weight));
  for (const { weight, exact, parts } of terms) {
    for (const { slots, attributes } of parts) {
      slots.forEach((slot, place) => {
        const score = (weight / most) * idf * worth(attributes[place], exact, index.norms[index.lengths[slot] & 127]);
        if (score <= scores[slot]) return;
        scores[slot] = score;
        marks[slot] = 1 + attributes[place];
      });
    }
  }
  return { scores, marks, idf };
}

function worth(attribute, exact, norm) {
  const count = OFTEN[(attribute >> 1) & 3] + (attribute & 1 ? TITLE : 0);
  const isExact = exact === ((attribute >> 3) & 3);
  return (count * (K1 + 1)) / (count + norm) + (isExact ? EXACT : 0) + EARLY * (1 - (attribute >> 5) / 7);
}

const SCATTERED = 512;

// A group: pages with all of its words, or with the concept.
function weighedGroup(index, { units, concept }) {
  const parts = units.map((unit) => weighed(index, unit.terms));
  if (!concept && parts.length === 1) return parts[0];
  const { scores, marks } = concept ? weighed(index, [{ ...concept, weight: 1 }]) : weighed(index, []);
  const idf = parts.reduce((sum, part) => sum + part.idf, 0);
  scores.forEach((score, slot) => { scores[slot] = score * CONCEPT * parts.length; });
  for (const page of pagesWith(index, parts, parts.length)) {
    for (let slot = page; index.pageOf[slot] === page; slot++) {
      const sum = parts.reduce((total, part) => total + part.scores[slot], 0);
      if (sum <= scores[slot]) continue;
      scores[slot] = sum;
      marks[slot] = together(parts, slot);
    }
  }
  return { scores, marks, idf };
}

function together(parts, slot) {
  const all = parts.map(({ marks }) => marks[slot] - 1);
  const isTitle = all.every((mark) => mark >= 0 && mark & 1);
  const isOnePlace = all.every((mark) => mark >= 0 && !(mark & SCATTERED) && (mark >> 5) === (all[0] >> 5));
  return 1 + ((isTitle ? 1 : 0) | (isOnePlace ? all[0] & 224 : SCATTERED));
}

// First slots of the pages where at least so many of the parts stand.
function pagesWith(index, parts, least) {
  const counts = new Uint8Array(index.facts.slots);
  for (const { scores } of parts) {
    let last = -1;
    for (let slot = 0; slot < scores.length; slot++) {
      const page = index.pageOf[slot];
      if (!scores[slot] || page === last) continue;
      counts[page]++;
      last = page;
    }
  }
  const pages = [];
  counts.forEach((count, page) => { if (count >= least && count) pages.push(page); });
  return pages;
}

// { page, slot, score }: the best first.
function ranked(index, parts, least) {
  const whole = parts.reduce((sum, part) => sum + part.idf, 0);
  const found = pagesWith(index, parts, least).map((page) => {
    const most = parts.map(() => 0);
    let best = { page, slot: page, score: -1, own: 0 };
    for (let slot = page; index.pageOf[slot] === page; slot++) {
      let own = 0;
      parts.forEach(({ scores }, place) => {
        own += scores[slot];
        if (scores[slot] > most[place]) most[place] = scores[slot];
      });
      const score = own + (own && parts.length > 1 ? whole * bonus(together(parts, slot) - 1) : 0);
      if (score > best.score) best = { page, slot, score, own };
    }
    return { page, slot: best.slot, score: best.score + SPREAD * (most.reduce((sum, one) => sum + one, 0) - best.own) };
  });
  return found.sort((one, other) => other.score - one.score || other.page - one.page);
}

function bonus(mark) {
  return (mark & 1 ? ALL_IN_TITLE : 0) + (mark & SCATTERED ? 0 : NEARNESS * (1 - (mark >> 5) / 8));
}

// ---- The answer

async function answer(index, query, { typing, filters, sort, rare }) {
  const urls = index.facts.urls ? file(index, `urls-${index.facts.urls}.gz`, (bytes) => new TextDecoder().decode(bytes).split("\n")) : [];
  const wanted = Promise.all(Object.keys(filters).filter((name) => filters[name]).map((name) => column(index, name)));
  const [sense, addresses] = await Promise.all([understood(index, query, typing, rare), urls, wanted]);
  const { units, groups } = sense;
  let parts = groups.map((group) => weighedGroup(index, group));
  let all = parts.length ? ranked(index, parts, parts.length) : [];
  const isPartial = !all.length && units.length > 1;
  if (isPartial) {
    parts = units.map((unit) => weighed(index, unit.terms));
    for (let least = parts.length - 1; least && !all.length; least--) all = ranked(index, parts, least);
  }
  const phrases = isPartial ? [] : phrasesOf(sense);
  const narrowed = once(async (names) => phrased(index, await passing(index, all, names), phrases));
  const { found, isCut } = await narrowed(chosen(filters));
  const marker = markerOf(sense, phrases);
  const ordered = sort === "date" ? byDate(index, found) : found;
  return {
    results: ordered.map(({ page, score }) => ({ url: addresses[page] || undefined, score: Number(score.toFixed(4)), title: undefined })),
    load: (count) => Promise.all(ordered.slice(0, count).map(({ slot }) => row(index, slot, marker))),
    facets: () => facets(index, filters, narrowed),
    note: noteOf(sense, isPartial, isCut, phrases.length && all.length && !found.length),
    others: units.flatMap(({ shown, left }) => left.map(({ term }) => ({ word: shown, lemma: term.slice(0, -2) }))),
  };
}

function chosen(filters) {
  return Object.entries(filters).filter(([, label]) => label).sort();
}

// The same question to the same answer.
function once(ask) {
  const known = new Map();
  return (value) => {
    const name = JSON.stringify(value);
    if (!known.has(name)) known.set(name, ask(value));
    return known.get(name);
  };
}

function byDate(index, found) {
  const key = ({ page }) => (page >= index.facts.dated ? page : -1);
  return [...found].sort((one, other) => key(other) - key(one));
}

function noteOf({ units, nowhere }, isPartial, isCut, isPhraseNowhere) {
  const meant = (how) => units.filter((unit) => unit.how === how).flatMap((unit) => unit.meant).join(", ");
  const list = nowhere.map(({ shown }) => shown).join("», «");
  const rest = units.length ? " Показано сторінки з рештою слів." : "";
  return [
    meant("layout") && `Показано за розкладкою: ${meant("layout")}.`,
    meant("typo") && `Показано за: ${meant("typo")}.`,
    meant("beginning") && `Показано за початком слова: ${meant("beginning")}.`,
    list && `На сайті немає: «${list}».${rest}`,
    isPartial && "Сторінок з усіма словами немає; показано ті, де є частина слів.",
    isPhraseNowhere && "Сторінок, де ці слова стоять поруч, немає.",
    isCut && `Слова поруч шукали лише на ${PHRASES} найкращих сторінках.`,
  ].filter(Boolean).join(" ");
}

// ---- Filters

function column(index, name) {
  const hash = index.facts.columns[name];
  return hash ? file(index, `col/${hash}.gz`, (bytes) => columnOf(index, bytes)) : { values: [], of: () => [] };
}

// { values, of(page) → the places of its values }.
function columnOf(index, bytes) {
  const cursor = new Cursor(bytes);
  const { values, many } = cursor.line();
  if (!many) {
    const places = cursor.slice(index.facts.slots);
    return { values, of: (page) => (places[page] ? [places[page] - 1] : []) };
  }
  const ofPage = new Map();
  values.forEach((_, value) => {
    for (const slot of cursor.gaps(cursor.varint())) {
      const page = index.pageOf[slot];
      ofPage.set(page, (ofPage.get(page) ?? new Set()).add(value));
    }
  });
  return { values, of: (page) => [...(ofPage.get(page) ?? [])] };
}

async function passing(index, found, names) {
  const tests = await Promise.all(names.map(async ([name, label]) => {
    const { values, of } = await column(index, name);
    const value = values.indexOf(label);
    return ({ page }) => of(page).includes(value);
  }));
  return found.filter((one) => tests.every((test) => test(one)));
}

async function facets(index, filters, narrowed) {
  return Object.fromEntries(await Promise.all(Object.keys(index.facts.columns).map(async (name) => {
    const [{ values, of }, { found }] = await Promise.all([
      column(index, name), narrowed(chosen({ ...filters, [name]: "" }))]);
    const counts = values.map(() => 0);
    for (const { page } of found) for (const value of of(page)) counts[value]++;
    return [name, { total: found.length, counts: Object.fromEntries(values.map((value, place) => [value, counts[place]]).filter(([, count]) => count)) }];
  })));
}

// ---- Phrases

// For each phrase in quotes its words in their order: { keys: forms of the word, typed } or null for any word.
function phrasesOf({ list }) {
  const numbers = [...new Set(list.map(({ phrase }) => phrase).filter((phrase) => phrase !== undefined))];
  return numbers.map((number) => list.filter(({ phrase }) => phrase === number).flatMap(wordsOfPhrase))
    .filter((phrase) => phrase.length > 1);
}

function wordsOfPhrase(piece) {
  if (piece.parts && piece.units.length === 1) return piece.parts.map(({ key }) => ({ typed: key, keys: new Set([key]) }));
  if (piece.isStop) return [{ typed: piece.key, keys: new Set([piece.key]) }];
  return piece.units.map((unit) => (unit.terms.length
    ? { typed: unit.key, keys: new Set(unit.terms.flatMap(({ forms }) => forms)), terms: unit.terms } : null));
}

// Places (numbers of words) where a phrase begins.
function placesOf(phrase, list, isExact = false) {
  const fits = (wanted, word) => word && (!wanted || (isExact ? wanted.typed === word.key : wanted.keys.has(word.key)));
  return list.flatMap((_, place) => (phrase.every((wanted, step) => fits(wanted, list[place + step])) ? [place] : []));
}

// Of the best pages those that have each phrase in one of their sections; in the very forms first.
async function phrased(index, all, phrases) {
  if (!phrases.length) return { found: all, isCut: false };
  const needed = phrases.map((phrase) => phrase.filter((word) => word?.terms).map(({ terms }) => weighed(index, terms)));
  const checked = await Promise.all(all.slice(0, PHRASES).map(async (one) => {
    const hits = await Promise.all(phrases.map((phrase, number) => phraseIn(index, one.page, phrase, needed[number])));
    return hits.every(Boolean) && {
      ...one, slot: hits[0].slot, score: one.score + hits.filter(({ isExact }) => isExact).length * SAME_PHRASE };
  }));
  return { found: checked.filter(Boolean).sort((one, other) => other.score - one.score), isCut: all.length > PHRASES };
}

// The first section of a page that has the phrase (an exact one is better): { slot, isExact }.
async function phraseIn(index, page, phrase, parts) {
  const slots = [];
  for (let slot = page; index.pageOf[slot] === page; slot++) if (parts.every(({ scores }) => scores[slot])) slots.push(slot);
  const hits = await Promise.all(slots.map(async (slot) => {
    const { title, heading, text } = await section(index, slot);
    const lists = [title, heading, text].map((part) => words(composed(part)));
    const has = (isExact) => lists.some((list) => placesOf(phrase, list, isExact).length);
    return has(false) && { slot, isExact: has(true) };
  }));
  return hits.find((hit) => hit?.isExact) ?? hits.find(Boolean);
}

// ---- What is shown

async function section(index, slot) {
  const block = Math.floor(slot / TAGGED) * 8;
  const facts = await file(index, `text/${slot}.gz?${index.tags.slice(block, block + 8)}`, (bytes) =>
    JSON.parse(new TextDecoder(bytes[0] ? "windows-1251" : "utf-8").decode(bytes.subarray(1))));
  const [url, anchor, title, heading, kind, date, state, word, text] = facts;
  return { url, anchor, title, heading, kind, date, status: state ? { state, word } : null, text };
}

async function row(index, slot, marker) {
  const { text, ...facts } = await section(index, slot);
  const plain = composed(text);
  const hits = marker(plain);
  const count = hits.length + marker(composed(`${facts.title} ${facts.heading}`)).length;
  return { ...facts, excerpt: excerpt(plain, hits), hits: count };
}

// Finds what was asked for in a text: hits [{ start, end, unit, worth }] by their place.
function markerOf({ units, groups }, phrases) {
  const forms = new Map();
  units.forEach((unit, number) => {
    for (const { forms: all, weight } of unit.terms) {
      for (const form of all) {
        const known = forms.get(form);
        const worth = form === unit.key ? 2 : weight;
        if (!known || known.worth < worth) forms.set(form, { unit: number, worth });
      }
    }
  });
  const spellings = groups.flatMap(({ spellings = [] }) => spellings).map((spelling) => spelling.map(([, stem]) => stem));
  return (text) => {
    const list = words(text);
    const hits = [...list, ...literals(text)].filter(({ key }) => forms.has(key)).map((one) => ({ ...one, ...forms.get(one.key) }));
    for (const spelling of spellings) hits.push(...spelt(spelling, list));
    for (const phrase of phrases) {
      for (const place of placesOf(phrase, list)) hits.push({ ...list[place], end: list[place + phrase.length - 1].end, unit: phrase, worth: 5 });
    }
    return hits.sort((one, other) => one.start - other.start || other.end - one.end);
  };
}

// Words of a concept that stand together.
function spelt(spelling, list) {
  const fits = (stem, word) => word?.key.startsWith(stem) && word.key.length <= stem.length + 5;
  return list.flatMap((_, place) => (spelling.every((stem, step) => fits(stem, list[place + step]))
    ? spelling.map((stem, step) => ({ ...list[place + step], unit: stem, worth: 1 })) : []));
}

// Some words of a text around the best place: HTML.
function excerpt(text, hits) {
  const list = Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({ start: index, end: index + word.length }));
  if (!list.length) return "";
  const at = (place) => Math.max(0, placeOf(list.map(({ start }) => start), place));
  const starts = list.map(({ start }) => start);
  const places = hits.map(({ start }) => Math.max(0, placeOf(starts, start)));
  const [from, to] = windowOf(places, hits);
  const first = beginning(text, list, from, to);
  const last = Math.min(list.length - 1, Math.max(to, first + WINDOW - 1));
  const end = list[last].end;
  const before = first ? "…" : "";
  const after = last < list.length - 1 && !/[.!?…]$/.test(text.slice(0, end)) ? "…" : "";
  return before + marked(text, list[first].start, end, hits) + after;
}

// The first and the last word of the hits that say most: different words, exact forms, phrases.
function windowOf(places, hits) {
  let best = [0, 0];
  let most = 0;
  places.forEach((from, first) => {
    const seen = new Map();
    let last = first;
    for (; last < places.length && places[last] < from + WINDOW; last++) {
      const { unit, worth } = hits[last];
      seen.set(unit, Math.max(seen.get(unit) ?? 0, worth));
    }
    const sum = [...seen.values()].reduce((total, worth) => total + 1 + worth, (last - first) / 100);
    if (sum > most) [most, best] = [sum, [from, places[last - 1]]];
  });
  return best;
}

// Where an excerpt begins: at a sentence if one begins near, else some words before.
function beginning(text, list, from, to) {
  const spare = Math.max(0, WINDOW - 1 - (to - from));
  const least = Math.max(0, from - spare);
  for (let place = from; place >= least; place--) {
    if (!place || /[.!?…]$/.test(text.slice(0, list[place - 1].end))) return place;
  }
  return Math.max(0, from - (spare >> 1));
}

function marked(text, from, to, hits) {
  let html = "";
  let done = from;
  for (const { start, end } of hits) {
    if (start < done || end > to) continue;
    html += `${escaped(text.slice(done, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escaped(text.slice(done, to));
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt()};`);
}

// ---- Pagefind, for the languages that it knows

async function searchByPagefind(query, filters, sort) {
  pagefind ??= import(`${base}pagefind/pagefind.js`);
  const engine = await pagefind.catch((error) => {
    pagefind = undefined;
    throw error;
  });
  // Without this it counts only what it has loaded.
  await engine.filters();
  const words = composed(query).replace(/[ʼ‘`´ʹ′＇]/g, "’");
  const found = await engine.search(words, { filters, sort: sort ? { [sort]: "desc" } : {} });
  const results = found.results.map(({ score }) => ({ url: undefined, score, title: undefined }));
  const rows = (count) => Promise.all(found.results.slice(0, count).map(async (result) => fromPagefind(await result.data())));
  const facet = async (name) => {
    const { [name]: chosen, ...others } = filters;
    const wider = chosen ? await engine.search(words, { filters: others }) : found;
    return [name, { total: wider.results.length, counts: wider.filters[name] ?? {} }];
  };
  return {
    results,
    load: async (count) => show(await rows(count), results),
    facets: async () => Object.fromEntries(await Promise.all(Object.keys(found.filters).map(facet))),
    note: "",
    others: [],
  };
}

function fromPagefind({ url, meta, excerpt, anchors }) {
  const { id } = anchors.find((anchor) => anchor.element === "i");
  const [date, state, word] = decodeURIComponent(id).split("|");
  const end = /[.!?…]$/.test(excerpt) ? "" : "…";
  const status = state ? { state, word } : null;
  return { url, anchor: "", title: meta.title, heading: "", kind: meta.kind, date, status, excerpt: excerpt + end };
}
