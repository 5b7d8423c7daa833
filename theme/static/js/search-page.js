// The live search page. What is asked stands in the address (q, the filters, sort, rare); without an engine nothing
// changes.
const STEP = 10;
// So many come at first: each is a file, and browsers ask for six at once.
const FIRST = 5;
const GROUPS = ["kind", "body", "year", "topic", "status", "person"];
// So many options of a filter are seen at once, if there are at least so many more.
const SEEN = 6;
const LEAST_MORE = 3;
const PARTS = [
  "note", "apart", "others", "usual", "chips", "hint", "narrowed", "examples", "order", "results", "more", "filters", "ways",
];
const LONG_ENOUGH = 3;
const PAUSE = 200;
const SLOW = 700;
const root = document.querySelector('[data-module="search-page"]');
const box = document.querySelector("#q");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const asked = () => new URLSearchParams(location.search);
const value = (name) => (asked().get(name) ?? "").trim();
const words = root.dataset;
const filters = part("filters").firstElementChild;
// Beside the results the filters need no button; a browser that cannot do this has it everywhere.
const isFolded = () => getComputedStyle(filters.firstElementChild).display !== "none";
const { lang } = document.documentElement;
const { title } = document;
let engine;
let turn = 0;
let timer;
let beginnings = "";
// Whether the newest entry of the history is a question that is still being typed.
let isDraft = false;
// What is shown, until its pages are counted for the filters.
let uncounted;
// Whether the filters have anything to choose from, as far as is known.
let hasFilters = true;

function start() {
  engine ??= import(words.engine).then(async (module) => {
    await module.open(words.bundle);
    return module;
  }).catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

function address(changes) {
  const next = asked();
  for (const [name, text] of Object.entries(changes)) {
    if (text) next.set(name, text); else next.delete(name);
  }
  return `?${next}`;
}

// A link to the same question with some changes.
function lead(link, changes, isCurrent) {
  link.href = address(changes);
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const stays = link.closest(".search-order") || (link.closest("nav") && !isFolded());
    // Filters that are unfolded above the results would hide what they did.
    if (!stays) filters.open = false;
    if (!stays) part("count").focus();
    isDraft = false;
    go(address(changes));
  };
  if (isCurrent) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  return link;
}

function copy(name, selector) {
  return part(name).content.querySelector(selector).cloneNode(true);
}

// ---- Results

// Text from the index never becomes HTML: of the excerpt only text and <mark> are taken over.
function excerpt(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

function row(found) {
  const item = copy("result", "li");
  const [link, kind, heading, text, facts] = ["a", ".result-kind", "h2 + p", ".result-excerpt", ".row-meta"].map(
    (selector) => item.querySelector(selector));
  link.href = found.url + (found.anchor && `#${found.anchor}`);
  link.textContent = found.title;
  kind.textContent = found.kind;
  heading.textContent = words.place.replace("{q}", () => found.heading);
  if (!found.anchor || !found.heading) heading.remove();
  text.append(...excerpt(found.excerpt));
  facts.textContent = found.date;
  if (found.status) {
    const pill = copy("pills", `.status-${found.status.state}`);
    pill.lastChild.data = found.status.word;
    facts.append(" ", pill);
  }
  if (!facts.textContent) facts.remove();
  return item;
}

function say(count, isNarrowed) {
  const form = new Intl.PluralRules(lang).select(count);
  if (count) return words[form].replace("{n}", count.toLocaleString(lang));
  return words[isNarrowed ? "noneHere" : "none"].replace("{q}", () => unquoted(value("q")));
}

function unquoted(text) {
  return text.replace(/["«»„“”]/g, "");
}

function draw({ results, note, others }, items) {
  const isFound = results.length > 0;
  const chosen = GROUPS.filter(value);
  const plain = unquoted(value("q"));
  part("count").textContent = say(results.length, chosen.length);
  part("note").textContent = note;
  part("results").replaceChildren(...items.map(row));
  filters.firstElementChild.textContent = [words.filters, chosen.length].filter(Boolean).join(": ");
  part("chips").replaceChildren(...chosen.map(chip), ...(chosen.length > 1 ? [reset()] : []));
  part("others").lastElementChild.replaceChildren(...others.filter(isNew).flatMap(other).slice(1));
  lead(part("apart").firstChild, { q: plain });
  lead(part("usual").lastElementChild, { rare: "" });
  for (const link of root.querySelectorAll("[data-order]")) {
    lead(link, { sort: link.dataset.order }, value("sort") === link.dataset.order);
  }
  show({
    note, order: isFound, results: isFound, others: others.length, usual: value("rare"), chips: chosen.length,
    filters: chosen.length || (isFound && (hasFilters || isFolded())),
    examples: !isFound, ways: !isFound, apart: !isFound && plain !== value("q"),
    hint: !isFound && !chosen.length, narrowed: !isFound && chosen.length,
  });
}

// The parts that are to be seen; all others are not.
function show(parts) {
  for (const name of PARTS) if (part(name)) part(name).hidden = !parts[name];
}

function chip(name) {
  const link = lead(copy("chip", "a"), { [name]: "" });
  link.prepend(value(name));
  link.setAttribute("aria-label", words.remove.replace("{q}", () => value(name)));
  return link;
}

function reset() {
  return lead(copy("reset", "a"), Object.fromEntries(GROUPS.map((name) => [name, ""])));
}

function isNew({ lemma }, place, others) {
  return others.findIndex((one) => one.lemma === lemma) === place;
}

// Another meaning of a word: the same question with that word.
function other({ word, lemma }) {
  const link = document.createElement("a");
  link.textContent = lemma;
  return [", ", lead(link, { q: value("q").replace(word, () => lemma), rare: 1 })];
}

// ---- Filters

// Years from the newest, all else from the most frequent.
function options(counts) {
  return Object.entries(counts).filter(([, count]) => count).sort(
    ([a, x], [b, y]) => b - a || y - x || a.localeCompare(b, lang));
}

// Counting costs files: it waits until somebody sees it.
async function count() {
  const mine = turn;
  if (!uncounted || (isFolded() && !filters.open)) return;
  const { facets } = uncounted;
  uncounted = undefined;
  const counted = await facets().catch(() => ({}));
  if (mine !== turn) return;
  const groups = [...filters.querySelectorAll(".filter-group")];
  GROUPS.forEach((name, place) => drawFilter(name, groups[place], counted[name]));
  hasFilters = !groups.every(({ hidden }) => hidden);
  part("filters").hidden = !hasFilters;
}

function drawFilter(name, group, { total, counts } = { counts: {} }) {
  const list = options(counts);
  const isCurrent = ([label]) => label === value(name);
  const hasFocus = group.contains(document.activeElement);
  const wasOpen = group.querySelector("details")?.open;
  const model = group.querySelector("li");
  const items = [["", total], ...list].map(([label, number]) => {
    const item = model.cloneNode(true);
    const link = lead(item.querySelector("a"), { [name]: label }, isCurrent([label]));
    link.firstElementChild.textContent = label || words.all;
    link.lastElementChild.textContent = number?.toLocaleString(lang);
    return item;
  });
  const seen = items.length > SEEN + LEAST_MORE ? SEEN + 1 : items.length;
  group.querySelector("ul").replaceChildren(...items.slice(0, seen));
  group.querySelector("details")?.remove();
  if (seen < items.length) {
    const rest = copy("rest", "details");
    rest.lastElementChild.append(...items.slice(seen));
    rest.open = wasOpen || list.findIndex(isCurrent) >= seen - 1;
    group.append(rest);
  }
  // What all pages have narrows nothing.
  group.hidden = !value(name) && !list.some(([, number]) => number < total);
  if (hasFocus) group.querySelector("[aria-current]")?.focus();
}

// ---- Questions

function clear(text = "") {
  part("count").textContent = text;
  part("results").replaceChildren();
  show({ ways: true });
}

async function run(typing = false) {
  const number = history.state?.number ?? STEP;
  const mine = ++turn;
  const query = value("q");
  document.title = query ? `${query} — ${title}` : title;
  if (!unquoted(query).trim()) return clear();
  const slow = setTimeout(() => { if (mine === turn) part("count").textContent = words.slow; }, SLOW);
  try {
    const found = await (await start()).search(query, {
      typing, sort: value("sort"), lang, rare: !!value("rare"),
      filters: Object.fromEntries(GROUPS.filter(value).map((name) => [name, value(name)])),
    });
    const items = await found.load(number > STEP ? number : FIRST);
    if (mine !== turn) return;
    clearTimeout(slow);
    draw(found, items);
    await more(found, number);
    if (mine !== turn) return;
    uncounted = found;
    count();
    if (history.state?.top) scrollTo(0, history.state.top);
  } catch {
    engine = undefined;
    if (mine === turn) clear(words.broken);
  } finally {
    clearTimeout(slow);
  }
}

// A question that is still being typed stays one entry of the history, and so does what becomes of it.
function enter(url) {
  if (url !== location.search) history[isDraft ? "replaceState" : "pushState"](null, "", url);
}

// Adds to the results what is missing of so many.
async function more(found, number) {
  const mine = turn;
  const items = await found.load(number);
  if (mine !== turn) return;
  const list = part("results");
  list.append(...items.slice(list.children.length).map(row));
  part("more").hidden = items.length === found.results.length;
  part("more").onclick = () => more(found, number + STEP).then(() => {
    history.replaceState({ number: number + STEP }, "");
    list.children[items.length]?.querySelector("a").focus();
  }, () => { part("count").textContent = words.broken; });
}

function go(url) {
  clearTimeout(timer);
  enter(url);
  isDraft = false;
  box.value = value("q");
  return run();
}

function type() {
  const query = box.value.trim();
  if (query === value("q") || (query && query.length < LONG_ENOUGH)) return;
  enter(address({ q: query, rare: "" }));
  isDraft = true;
  run(true);
}

// The files of a word lie with those of others that begin so: they are asked for as soon as its beginning is there.
// With each letter more it is known better which of them; Pagefind looks at the beginning alone.
function fetchAhead() {
  const ahead = lang === "uk";
  const now = (box.value.match(/\S{3,}/g) ?? []).map((word) => word.slice(0, ahead ? word.length : LONG_ENOUGH)).join(" ");
  if (now && now !== beginnings) start().then((module) => module.search(box.value, { typing: true, ahead, lang })).catch(() => {});
  beginnings = now;
}

box.addEventListener("focus", () => start().catch(() => {}));
box.addEventListener("input", () => {
  clearTimeout(timer);
  fetchAhead();
  timer = setTimeout(type, box.value.trim() ? PAUSE : 0);
});
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(address({ q: box.value.trim(), rare: "" }));
});
// They open, the window grows, the reader takes another size of text.
new ResizeObserver(count).observe(filters);
addEventListener("popstate", () => {
  isDraft = false;
  box.value = value("q");
  run();
});

// Who comes back finds the same place: browsers look for it before there are results.
addEventListener("pagehide", () => history.replaceState({ ...history.state, top: scrollY }, ""));

// From the box through what is listed, and back.
document.addEventListener("keydown", (event) => {
  const { activeElement: now } = document;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [box, ...document.querySelectorAll(".search-recent:not([hidden]) a, [data-part=results] a")];
  const next = stops[stops.indexOf(now) + step];
  if (step && stops.includes(now) && next) {
    event.preventDefault();
    next.focus();
  }
  if (event.key !== "Escape" || !now.closest("search, .list")) return;
  if (now === box && box.value) {
    event.preventDefault();
    box.value = "";
    box.dispatchEvent(new Event("input"));
  }
  box.focus();
});

box.value ||= value("q");
run();
