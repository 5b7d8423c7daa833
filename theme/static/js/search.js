// The one door to the search engine. The page knows nothing else of it, so that another engine can stand behind.
// Here it is Pagefind, which reads the language from <html lang> and matches beginnings of words by itself.
let engine;
let counting;

/** Loads the engine. bundleUrl: the address of its folder, with a slash at the end. Rejects if it is not there. */
export async function open(bundleUrl) {
  engine = await import(`${bundleUrl}pagefind.js`);
  counting = undefined;
}

/**
 * query: what was typed; filters: { kind: "Рішення", year: "2026" }; sort: "date" for the newest first; lang: language
 * of the query; typing: true while its last word may be unfinished (to Pagefind every word may be).
 * results: one for each page found, the best first. load(n): the first n of them as { url, title, kind, date, status,
 * excerpt }; excerpt is escaped text with <mark>, status { state, word } or null. facets: for each filter { total,
 * counts: { "Рішення": 27 } } as if it were not set. note: a sentence on how the query was understood.
 */
export async function search(query, { filters = {}, sort = "", lang = "uk" } = {}) {
  counting ??= engine.filters();
  await counting;
  const { words, note } = await understood(cleaned(query), lang);
  const found = await engine.search(words, { filters, sort: sort ? { [sort]: "desc" } : {} });
  const facet = async (name) => {
    const { [name]: chosen, ...others } = filters;
    const wider = chosen ? await engine.search(words, { filters: others }) : found;
    return [name, { total: wider.results.length, counts: wider.filters[name] ?? {} }];
  };
  return {
    results: found.results,
    load: (count) => Promise.all(found.results.slice(0, count).map(async (result) => shown(await result.data()))),
    facets: Object.fromEntries(await Promise.all(Object.keys(found.filters).map(facet))),
    note,
  };
}

// Without a stemmer Pagefind takes a word it does not know for a shorter one («абракадабра» for «а») or leaves it out.
// Every page found has every known word, so the best one tells which are unknown.
async function understood(query, lang) {
  const [best] = lang === "uk" ? (await engine.search(query)).results : [];
  if (!best) return { words: query, note: "" };
  const { content, meta } = await best.data();
  const text = folded(`${meta.title} ${meta.kind} ${content}`);
  const words = query.split(/\s+/).filter(folded);
  const unknown = words.filter((word) => !text.includes(folded(word)));
  if (!unknown.length || unknown.length === words.length) return { words: unknown.length ? "" : query, note: "" };
  const note = `На сайті немає: «${unknown.join("», «")}». Показано сторінки з рештою слів.`;
  return { words: words.filter((word) => !unknown.includes(word)).join(" "), note };
}

function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\p{M}'’]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Stress marks and unseen characters go, every apostrophe becomes the one that stands in texts.
function cleaned(query) {
  return query.normalize("NFC").replace(/[\u0300\u0301\u00ad\u200b-\u200d\u2060]/g, "").replace(/[ʼ‘`´ʹ′＇]/g, "’");
}

function shown({ url, meta, excerpt, anchors }) {
  const { id } = anchors.find((anchor) => anchor.element === "i");
  const [date, state, word] = decodeURIComponent(id).split("|");
  const end = /[.!?…]$/.test(excerpt) ? "" : "…";
  return { url, title: meta.title, kind: meta.kind, date, status: state ? { state, word } : null, excerpt: excerpt + end };
}
