// Asks the search of a site in Node, as visitors: `node reader.mjs JOB ANSWERS`, both JSON files.
// JOB: {engine, bundle, counter: addresses; visitors: [query], session: [query], queries: [query], excerpts: number},
// a query {text, typing}. ANSWERS: {visitors, session, answers}, in the same order. Progress goes to the standard output.
import { readFileSync, writeFileSync } from "node:fs";
import { register } from "node:module";

// Modules come from the server; what a module imports belongs to the same visitor.
const hooks = `
export function resolve(name, context, next) {
  const parent = context.parentURL ?? "";
  if (/^https?:/.test(name)) return { url: name, shortCircuit: true };
  if (!/^https?:/.test(parent) || !/^[./]/.test(name)) return next(name, context);
  const url = new URL(name, parent);
  url.search = new URL(parent).search;
  return { url: url.href, shortCircuit: true };
}
export async function load(url, context, next) {
  if (!/^https?:/.test(url)) return next(url, context);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url + ": " + answer.status);
  return { format: "module", source: await answer.text(), shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const [, , jobFile, answersFile] = process.argv;
const job = JSON.parse(readFileSync(jobFile, "utf8"));
const counted = async () => (await fetch(job.counter)).json();
let visitors = 0;
let done = 0;

async function visitor() {
  visitors += 1;
  const engine = await import(`${job.engine}?visitor=${visitors}`);
  await engine.open(job.bundle);
  return engine;
}

function tick() {
  done += 1;
  console.log(done);
}

const address = (url) => new URL(url, job.bundle).pathname;
const options = (query) => ({ typing: Boolean(query.typing), lang: "uk" });

async function addresses(found) {
  if (found.results.every((result) => result.url)) return found.results.map((result) => address(result.url));
  return (await found.load(found.results.length)).map((result) => address(result.url));
}

// What each step of a visitor who comes for the first time costs.
async function fresh(query) {
  await counted();
  const engine = await visitor();
  const opened = await counted();
  const found = await engine.search(query.text, options(query));
  const searched = await counted();
  await found.load(job.excerpts);
  tick();
  return { opened, searched, loaded: await counted() };
}

async function further(engine, query) {
  await counted();
  const start = performance.now();
  const found = await engine.search(query.text, options(query));
  const spent = performance.now() - start;
  const searched = await counted();
  await found.load(job.excerpts);
  tick();
  return { searched, loaded: await counted(), milliseconds: spent };
}

async function answer(engine, query) {
  try {
    const found = await engine.search(query.text, options(query));
    const shown = query.excerpts ? await found.load(job.excerpts) : [];
    tick();
    return { urls: await addresses(found), note: found.note, excerpts: shown.map((result) => result.excerpt) };
  } catch (error) {
    tick();
    return { urls: [], note: "", excerpts: [], error: String(error?.stack ?? error) };
  }
}

async function each(list, ask) {
  const told = [];
  for (const query of list) told.push(await ask(query));
  return told;
}

const told = { visitors: await each(job.visitors, fresh) };
let engine = await visitor();
if (job.session.length) await engine.search(job.session[0].text, options(job.session[0]));
told.session = await each(job.session.slice(1), (query) => further(engine, query));
engine = await visitor();
told.answers = await each(job.queries, (query) => answer(engine, query));
writeFileSync(answersFile, JSON.stringify(told));
process.exit(0);
