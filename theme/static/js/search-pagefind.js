// Pagefind behind the interface of search.js, for the languages that it knows. It reads <html lang> by itself.
let pagefind;

/** bundle: the address of Pagefind's folder, with a slash at the end. The answer is that of search.js. */
export async function search(bundle, query, { filters = {}, sort = "" }) {
  pagefind ??= import(`${bundle}pagefind.js`).then(async (module) => {
    // Addresses of pages begin at the site's root, not at the folder around Pagefind's.
    await module.options({ baseUrl: new URL("../..", bundle).pathname });
    return module;
  });
  const engine = await pagefind.catch((error) => {
    pagefind = undefined;
    throw error;
  });
  // Without this it counts only what it has loaded.
  await engine.filters();
  const words = query.normalize("NFC").replace(/[\u0300\u0301\u00ad\u200b-\u200d\u2060]/g, "").replace(/[ʼ‘`´ʹ′＇]/g, "’");
  const found = await engine.search(words, { filters, sort: sort ? { [sort]: "desc" } : {} });
  const results = found.results.map(({ score }) => ({ url: undefined, score, title: undefined }));
  const facet = async (name) => {
    const { [name]: chosen, ...others } = filters;
    const wider = chosen ? await engine.search(words, { filters: others }) : found;
    return [name, { total: wider.results.length, counts: wider.filters[name] ?? {} }];
  };
  const load = (count) => Promise.all(found.results.slice(0, count).map(async (result, place) => {
    const row = shown(await result.data());
    Object.assign(results[place], { url: row.url, title: row.title });
    return row;
  }));
  const facets = async () => Object.fromEntries(await Promise.all(Object.keys(found.filters).map(facet)));
  return { results, load, facets, note: "", others: [] };
}

function shown({ url, meta, excerpt, anchors }) {
  const { id } = anchors.find((anchor) => anchor.element === "i");
  const [date, state, word] = decodeURIComponent(id).split("|");
  const start = /^(<mark>)?\p{Lu}/u.test(excerpt) ? "" : "…";
  const end = /[.!?…]$/.test(excerpt) ? "" : "…";
  const status = state ? { state, word } : null;
  return {
    url, anchor: "", title: meta.title, heading: "", kind: meta.kind, date, status, excerpt: start + excerpt + end,
  };
}
