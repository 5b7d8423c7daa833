// Other layouts and typing errors, for search.js: it is loaded when a word is nowhere on the site.
//
// Which word was meant is told by how likely the slip is, then by how common the word is. A slip costs as many binary
// digits as it is rarer, letter for letter, than one letter left out: so it was counted in what people misspelt in UA-GEC.
const SWAPPED = 1;
const DOUBLED = 2;
const ALIKE = 3;
const NEAR = 4;
const OTHER = 6;
const FIRST = 2;
// Letters that are taken for each other.
const SOUNDS = ["аеєиіїйоуюя", "бп", "вуф", "гкх", "дт", "жзсцчшщ", "ьй"];
// How much a level counts, in binary digits: what is asked for is less uneven than what is written.
const COMMON = 0.5;
// A guess below this part of the best one is not taken. Two slips are believed if they cost less than the word has
// letters, but for the last one: in short words they lead anywhere.
const GUESS = 0.12;
// A shorter word in the letters of another layout is rather a foreign one than two mistakes at once.
const LEAST_TYPED = 5;
// Of a word that is nowhere so many letters at the end may be another ending, if so many stand before them.
const LONGEST_ENDING = 3;
const LEAST_ROOT = 6;
// As codec.py has them.
const START = 4;
const LETTERS = "аоіерунилтсвкмдпбзгяшчхюжцфєйьїщ";
// Keys of the Ukrainian layout; what they type in the English one, without Shift and with it.
const KEYS = "йцукенгшщзхїфівапролджєячсмитьбю’ґ";
const LATIN_KEYS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,.`\\", "qwertyuiop{}asdfghjkl:\"zxcvbnm<>~|"];
// In the Russian layout other letters lie at some keys.
const RUSSIAN_KEYS = { ы: "і", э: "є", ъ: "ї", ё: "’" };

/**
 * What the same fingers would have typed with the Ukrainian layout, the likeliest first. { shown, chunk }: a word, and
 * all that stands around it without a space; keyOf(word): its key. Returns [{ key, isLayout, isWhole: all of the chunk }].
 */
export function layouts({ shown, chunk }, keyOf) {
  const other = (letter) => RUSSIAN_KEYS[letter] ?? KEYS[Math.max(...LATIN_KEYS.map((keys) => keys.indexOf(letter)))] ?? letter;
  const keyed = (text) => keyOf(Array.from(text.toLowerCase(), other).join(""));
  // Signs around it may be signs.
  const inner = chunk.replace(/[^\p{L}]+$/u, "");
  const whole = [chunk, inner, inner.replace(/^[^\p{L}]+/u, "")];
  return [...whole.filter((text) => text !== shown), shown].map((text) => (
    { key: keyed(text), isLayout: true, isWhole: text !== shown }));
}

/** All beginnings of so many letters that words have: a Set. cursor: at the first byte of their file. */
export function beginnings(cursor) {
  const found = new Set();
  const read = (before) => {
    const following = cursor.varint();
    [...LETTERS].forEach((letter, place) => {
      if (!(following / 2 ** place & 1)) return;
      if (before.length === START - 1) found.add(before + letter);
      else read(before + letter);
    });
  };
  read("");
  return found;
}

/**
 * Lemmas with a form one edit away, else two, else with another ending, the likeliest first; starts: the beginnings that words have;
 * place(beginning): the number of a file of the lexicon; entriesOf(place): its entries. Returns [{ term, level, forms,
 * form: the one that was meant, weight: the best has 1 }].
 */
export async function guesses({ key, isLayout }, starts, place, entriesOf) {
  if (isLayout && key.length < LEAST_TYPED) return [];
  const places = new Set(edited(key.slice(0, START + 1)).map((word) => word.slice(0, START)).filter(
    (start) => start.length < START || starts.has(start)).map(place));
  for (let at = place(key.slice(0, 2)); at <= place(`${key.slice(0, 2)}\uffff`); at++) places.add(at);
  const entries = (await Promise.all([...places].map(entriesOf))).flat();
  const one = within(1, key, entries);
  if (one.length) return one;
  const two = within(2, key, entries).filter(({ cost }) => cost <= key.length - 2);
  return two.length ? two : akin(key, entries);
}

// Words that begin like it, but for its ending: «паспорт» for «паспортний». An unfinished word is no matter of slips.
function akin(key, entries) {
  const startWith = (start) => entries.filter(({ forms }) => forms.some((form) => form.startsWith(start)));
  if (startWith(key).length) return [];
  for (let left = key.length - 1; left >= Math.max(LEAST_ROOT, key.length - LONGEST_ENDING); left--) {
    const start = key.slice(0, left);
    const found = startWith(start);
    if (found.length) return likeliest(found.map((entry) => ({ ...entry, form: `${start}…`, cost: 0 })));
  }
  return [];
}

// All that one slip makes of some letters.
function edited(letters) {
  return Array.from({ length: START }, (_, place) => {
    const [before, after] = [letters.slice(0, place), letters.slice(place)];
    return [after.slice(1), after.slice(1, 2) + after.slice(0, 1) + after.slice(2), ...Array.from(LETTERS, (letter) => letter + after),
      ...Array.from(LETTERS, (letter) => letter + after.slice(1))].map((rest) => before + rest);
  }).flat();
}

function within(edits, key, entries) {
  const found = [];
  for (const entry of entries) {
    for (const form of entry.forms) {
      const cost = costOf(key, form, edits);
      if (cost < Infinity) found.push({ ...entry, form, cost });
    }
  }
  return likeliest(found);
}

// Each lemma once, by its likeliest form; none that is much less likely than the first.
function likeliest(found) {
  const all = found.map((one) => ({ ...one, weight: 2 ** (COMMON * one.level - one.cost) })).sort(
    (one, other) => other.weight - one.weight);
  const isFirst = ({ term }, place) => all.findIndex((one) => one.term === term) === place;
  return all.filter(isFirst).map((one) => ({ ...one, weight: one.weight / all[0].weight })).filter(
    ({ weight }) => weight >= GUESS);
}

// What the slips cost that make one word of another, from these places on; Infinity if there are more than so many.
function costOf(typed, form, edits, at = 0, to = 0) {
  while (at < typed.length && typed[at] === form[to]) [at, to] = [at + 1, to + 1];
  const [rest, left] = [typed.length - at, form.length - to];
  if (!rest && !left) return 0;
  if (!edits || Math.abs(rest - left) > edits) return Infinity;
  const after = (skipped, missed) => costOf(typed, form, edits - 1, at + skipped, to + missed);
  const beside = [typed[at - 1], typed[at + 1]];
  return (at ? 0 : FIRST) + Math.min(
    left ? after(0, 1) : Infinity,
    rest ? after(1, 0) + Math.min(...beside.map((letter) => doubledBy(typed[at], letter))) : Infinity,
    rest && left ? after(1, 1) + mistaken(typed[at], form[to]) : Infinity,
    rest > 1 && typed[at] === form[to + 1] && typed[at + 1] === form[to] ? after(2, 2) + SWAPPED : Infinity);
}

// A letter too many beside another.
function doubledBy(letter, other) {
  return letter === other ? DOUBLED : isNear(letter, other) ? NEAR : OTHER;
}

function mistaken(one, other) {
  return SOUNDS.some((group) => group.includes(one) && group.includes(other)) ? ALIKE : isNear(one, other) ? NEAR : OTHER;
}

// Whether two keys touch. The rows are 12, 11 and 9 letters long, each shifted by half a key against the one above.
function isNear(one, other) {
  const [first, last] = [KEYS.indexOf(one), KEYS.indexOf(other)].sort((a, b) => a - b);
  return first >= 0 && [1, 11, last < 23 ? 12 : 10].includes(last - first);
}
