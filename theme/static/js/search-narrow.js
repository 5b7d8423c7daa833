// What narrows the results of search.js: filters, and phrases in quotes. It is loaded when they are asked for.
//
// Part of the sum of idf: a phrase in the very forms.
const SAME_PHRASE = 0.5;
// So many of the best pages are looked through for phrases (search.js tells it).
const PHRASES = 100;

/** { column, phrasesOf, narrowed, facetsOf } for an index; tools: functions of search.js. */
export function narrowing(index, { fileOf, Cursor, weighed, slotsOf, section, wordsOf, composed, sumOf }) {
  // ---- Filters

  // Label → the pages that have it; nothing if there is no such column.
  function column(name) {
    const hash = Object.hasOwn(index.columns, name) ? index.columns[name] : undefined;
    return hash && fileOf(index, `col/${hash}.gz`, (bytes) => {
      const cursor = new Cursor(bytes);
      const { values, many } = cursor.line();
      const pages = values.map(() => new Set());
      const add = (slot, value) => pages[value]?.add(index.pageOf[slot]);
      if (many) values.forEach((_, value) => cursor.gaps(cursor.varint()).forEach((slot) => add(slot, value)));
      else cursor.slice(index.slots).forEach((place, slot) => add(slot, place - 1));
      return new Map(values.map((label, value) => [label, pages[value]]));
    });
  }

  async function passing(found, chosen) {
    const sets = await Promise.all(chosen.map(async ([name, label]) => (await column(name))?.get(label)));
    return found.filter(({ page }) => sets.every((pages) => pages?.has(page)));
  }

  async function narrowed(all, chosen, phrases) {
    return withPhrases(await passing(all, chosen), phrases);
  }

  async function facetsOf(chosen, narrowed) {
    return Object.fromEntries(await Promise.all(Object.keys(index.columns).map(async (facet) => {
      const [labels, found] = await Promise.all([column(facet), narrowed(chosen.filter(([name]) => name !== facet))]);
      const all = new Set(found.map(({ page }) => page));
      const counts = [...labels].map(([label, pages]) => [label, [...pages].filter((page) => all.has(page)).length]);
      return [facet, { total: found.length, counts: Object.fromEntries(counts.filter(([, count]) => count)) }];
    })));
  }

  // ---- Phrases

  // For each phrase in quotes its words in their order: { key, forms, terms }; a word that is nowhere may be any word.
  function phrasesOf({ list }) {
    return [...new Set(list.map(({ phrase }) => phrase))].filter(Boolean)
      .map((number) => list.filter(({ phrase }) => phrase === number).flatMap(({ isStop, units, parts, ...piece }) =>
        (isStop || (parts && units.length === 1) ? parts ?? [piece] : units)))
      .filter(({ length }) => length > 1)
      .map((words) => {
        const phrase = words.map(({ key, terms, how }) => ({
          key, terms, isAny: how === "nowhere", forms: new Set(terms ? terms.flatMap(({ forms }) => forms) : [key]) }));
        return Object.assign(phrase, { placesIn: (list) => placesOf(phrase, list) });
      });
  }

  // Numbers of the words of a text where a phrase begins.
  function placesOf(phrase, list, isExact) {
    const fits = ({ key, forms, isAny }, word) => word && (isAny || (isExact ? key === word.key : forms.has(word.key)));
    return [...list.keys()].filter((place) => phrase.every((wanted, step) => fits(wanted, list[place + step])));
  }

  // Of the best pages those that have each phrase in one of their sections.
  async function withPhrases(all, phrases) {
    if (!phrases.length) return [...all];
    const parts = phrases.map((phrase) => phrase.flatMap(({ terms }) => (terms?.length ? [weighed(index, terms)] : [])));
    const checked = await Promise.all(all.slice(0, PHRASES).map(async (one) => {
      const hits = await Promise.all(phrases.map((phrase, number) => hitIn(one.page, phrase, parts[number])));
      return hits.every(Boolean) && { ...one, slot: hits[0].slot, score: one.score + sumOf(hits.map(({ worth }) => worth)) };
    }));
    return checked.filter(Boolean).sort((one, other) => other.score - one.score);
  }

  // The section of a page that has the phrase, rather in its very forms: { slot, worth }.
  async function hitIn(page, phrase, parts) {
    const slots = slotsOf(index, page).filter((slot) => parts.every(({ scores }) => scores[slot]));
    const hits = await Promise.all(slots.map(async (slot) => {
      const { title, heading, text } = await section(index, slot);
      const lists = [title, heading, text].map((part) => wordsOf(composed(part)));
      const has = (isExact) => lists.some((list) => placesOf(phrase, list, isExact).length);
      return has() && { slot, worth: has(true) * SAME_PHRASE * sumOf(parts.map(({ idf }) => idf)) };
    }));
    return hits.filter(Boolean).sort((one, other) => other.worth - one.worth)[0];
  }

  return { column, phrasesOf, narrowed, facetsOf };
}
