// Typing errors, for search.js: it is loaded when a word is nowhere on the site.
// A guess below this part of the best one is not taken; a letter that is not beside the right one on the keyboard was
// hardly meant; in words of so many letters two may be wrong.
const GUESS = 0.2;
const FAR_KEY = 0.5;
const LONG_WORD = 9;
let keys;

/**
 * Lemmas with a form one edit away (two in long words), the likeliest first. Errors in the first letter are rare: they
 * are tried last. keyboard: the letters by their keys; place(beginning): the number of a file of the lexicon;
 * entriesOf(place): its entries. Returns [{ term, level, forms, form: the one that was meant, weight: the best has 1 }].
 */
export async function guesses(key, keyboard, place, entriesOf) {
  keys = keyboard;
  const [a, b, c, d] = key;
  const letters = [...keys.slice(0, 32)];
  const near = new Set([a + c + d, a + c + b, ...letters.flatMap((x) => [a + x + c, a + x + b])].map(place));
  for (let at = place(a + b); at <= place(`${a}${b}\uffff`); at++) near.add(at);
  const first = [b + c + d, b + a + c, ...letters.flatMap((x) => [x + b + c, x + a + b])].map(place);
  const found = await closest(key, near, entriesOf);
  return found.length ? found : closest(key, new Set(first), entriesOf);
}

async function closest(key, places, entriesOf) {
  const entries = (await Promise.all([...places].map(entriesOf))).flat();
  const one = within(1, key, entries);
  return one.length || key.length < LONG_WORD ? one : within(2, key, entries);
}

// The likeliest first: { term, forms, form: the one that was meant, weight: the best has 1 }.
function within(limit, key, entries) {
  const found = [];
  for (const entry of entries) {
    for (const form of entry.forms) {
      if (isWithin(limit, key, form)) found.push({
        ...entry, form, weight: 2 ** entry.level * (isFarKey(key, form) ? FAR_KEY : 1) });
    }
  }
  found.sort((one, other) => other.weight - one.weight);
  const isFirst = ({ term }, place) => found.findIndex((one) => one.term === term) === place;
  return found.filter(isFirst).map((one) => ({ ...one, weight: one.weight / found[0].weight })).filter(
    ({ weight }) => weight >= GUESS);
}

// Damerau's distance: letters left out, put in, changed or swapped with the next one.
function isWithin(limit, typed, form) {
  if (Math.abs(typed.length - form.length) > limit) return false;
  let before;
  let last = Array.from({ length: form.length + 1 }, (_, place) => place);
  for (let row = 1; row <= typed.length; row++) {
    const line = [row];
    for (let place = 1; place <= form.length; place++) {
      const isSame = typed[row - 1] === form[place - 1];
      line[place] = Math.min(last[place] + 1, line[place - 1] + 1, last[place - 1] + !isSame);
      if (before && typed[row - 1] === form[place - 2] && typed[row - 2] === form[place - 1]) {
        line[place] = Math.min(line[place], before[place - 2] + 1);
      }
    }
    if (Math.min(...line) > limit) return false;
    [before, last] = [last, line];
  }
  return last[form.length] <= limit;
}

// Whether one letter was changed into another that is not beside it on the keyboard. The rows of keys are 12 and 11
// letters long.
function isFarKey(typed, form) {
  const place = [...typed].findIndex((letter, at) => letter !== form[at]);
  const distance = Math.abs(keys.indexOf(typed[place]) - keys.indexOf(form[place]));
  return typed.length === form.length && typed.slice(place + 1) === form.slice(place + 1) && ![1, 10, 11, 12, 13].includes(distance);
}
