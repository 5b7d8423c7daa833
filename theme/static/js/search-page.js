// The live search page. What is asked stands in the address (q, kind, year, sort); without an engine nothing changes.
const STEP = 10;
const GROUPS = ["kind", "year"];
const LONG_ENOUGH = 3;
const root = document.querySelector('[data-module="search-page"]');
const box = document.querySelector("#q");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const asked = () => new URLSearchParams(location.search);
const { lang } = document.documentElement;
let engine;
let turn = 0;
let timer;

function start() {
  engine ??= import(root.dataset.engine).then(async (module) => {
    await module.open(root.dataset.bundle);
    return module;
  });
  return engine;
}

function address(changes) {
  const next = asked();
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value); else next.delete(name);
  }
  return `?${next}`;
}

function lead(link, changes, isCurrent) {
  link.href = address(changes);
  if (isCurrent) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
}

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
  const item = part("result").content.querySelector("li").cloneNode(true);
  const link = item.querySelector("a");
  const facts = item.querySelector(".row-meta");
  link.href = found.url;
  link.textContent = found.title;
  item.querySelector(".result-kind").textContent = found.kind;
  item.querySelector(".result-excerpt").append(...excerpt(found.excerpt));
  facts.textContent = found.date;
  if (found.status) {
    const pill = part("pills").content.querySelector(`.status-${found.status.state}`).cloneNode(true);
    pill.lastChild.data = found.status.word;
    facts.append(" ", pill);
  }
  if (!facts.textContent) facts.remove();
  return item;
}

// Years from the newest, all else from the most frequent.
function options(counts) {
  return Object.entries(counts).filter(([, count]) => count).sort(([a, x], [b, y]) => b - a || y - x);
}

function drawFilters(facets) {
  const groups = [...document.querySelectorAll(".filter-group")];
  const focused = groups.find((group) => group.contains(document.activeElement));
  GROUPS.forEach((name, index) => {
    const { total, counts } = facets[name] ?? { total: 0, counts: {} };
    const list = groups[index].querySelector("ul");
    const model = list.firstElementChild;
    groups[index].hidden = !options(counts).length;
    list.replaceChildren(...[["", total], ...options(counts)].map(([value, count]) => {
      const item = model.cloneNode(true);
      const link = item.querySelector("a");
      lead(link, { [name]: value }, (asked().get(name) ?? "") === value);
      link.firstElementChild.textContent = value || root.dataset.all;
      link.lastElementChild.textContent = count.toLocaleString(lang);
      return item;
    }));
  });
  focused?.querySelector("[aria-current]")?.focus();
}

function say(count) {
  const form = new Intl.PluralRules(lang).select(count);
  return count ? root.dataset[form].replace("{n}", count.toLocaleString(lang)) : root.dataset.none;
}

function draw(total, items, facets, note) {
  const isNarrowed = GROUPS.some((name) => asked().has(name));
  part("count").textContent = say(total);
  part("note").textContent = note;
  part("note").hidden = !note;
  part("hint").hidden = total > 0;
  part("found").hidden = !total;
  part("ways").hidden = total > 0;
  part("filters").hidden = !total && !isNarrowed;
  part("results").replaceChildren(...items.map(row));
  part("more").hidden = items.length >= total;
  for (const link of root.querySelectorAll("[data-order]")) {
    lead(link, { sort: link.dataset.order }, (asked().get("sort") ?? "") === link.dataset.order);
  }
  drawFilters(facets);
}

function clear(words = "") {
  part("count").textContent = words;
  for (const name of ["found", "hint", "note", "filters"]) part(name).hidden = true;
  part("ways").hidden = false;
}

async function run(typing = false, count = STEP) {
  const mine = ++turn;
  const query = (asked().get("q") ?? "").trim();
  if (!query) return clear();
  part("ways").hidden = true;
  try {
    const filters = Object.fromEntries(GROUPS.filter((name) => asked().get(name)).map((name) => [name, asked().get(name)]));
    const found = await (await start()).search(query, { typing, filters, sort: asked().get("sort") ?? "", lang });
    const items = await found.load(count);
    if (mine === turn) draw(found.results.length, items, found.facets, found.note);
  } catch {
    engine = undefined;
    if (mine === turn) clear(root.dataset.broken);
  }
}

function go(url) {
  clearTimeout(timer);
  if (url !== location.search) history.pushState(null, "", url);
  return run();
}

box.addEventListener("focus", () => start().catch(() => { engine = undefined; }));
box.addEventListener("input", () => {
  clearTimeout(timer);
  const query = box.value.trim();
  if (query && query.length < LONG_ENOUGH) return;
  timer = setTimeout(() => {
    history.replaceState(null, "", address({ q: query }));
    run(true);
  }, 250);
});
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(address({ q: box.value.trim() }));
});
part("more").addEventListener("click", async () => {
  const before = part("results").children.length;
  await run(false, before + STEP);
  part("results").children[before]?.querySelector("a").focus();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest('.filters a, [data-order]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.search);
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [box, ...part("results").querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (!step || !stops.includes(document.activeElement) || !next) return;
  event.preventDefault();
  next.focus();
});
addEventListener("popstate", () => {
  box.value = asked().get("q") ?? "";
  run();
});

box.value ||= asked().get("q") ?? "";
run();
