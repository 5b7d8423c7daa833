// Asks the reader in Node: lines of JSON in, lines of JSON out. { module, bundle } opens; { query, options, load, facets }
// asks; { words } tells words and numbers of a text. A question may name a file to move away before or after.
import { createInterface } from "node:readline";
import { rename } from "node:fs/promises";

let reader;
const tasks = {
  async open({ module, bundle }) {
    reader = await import(module);
    await reader.open(bundle);
    return {};
  },
  async ask({ query, options, load = 10, facets, moved = [] }) {
    const found = await reader.search(query, options);
    for (const [from, to] of moved) await rename(from, to);
    const before = found.results.map(({ url }) => url ?? null);
    const rows = await found.load(load);
    return {
      rows, before, results: found.results, note: found.note, others: found.others,
      facets: facets ? await found.facets() : null,
    };
  },
  async words({ module, text }) {
    const { composed, words, literals } = await import(module);
    const plain = composed(text);
    return { keys: words(plain).map(({ key }) => key), literals: literals(plain).map(({ key }) => key) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { task, ...values } = JSON.parse(line);
  const answer = await tasks[task](values).catch((error) => ({ error: `${error.constructor.name}: ${error.message}`, isError: error instanceof Error }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
