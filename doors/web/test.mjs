// Holds the module for browsers against the command: the same values to the last bit, and the pages that stand in the books.
//
//     doors/web/build && node doors/web/test.mjs target/debug/scn

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
process.chdir(root);
const scn = process.argv[2] ?? "target/debug/scn";
const { exports: engine } = await WebAssembly.instantiate(
  await WebAssembly.compile(readFileSync("target/web/scn.wasm")),
).catch((error) => fail(`the module needs something that a page does not have: ${error.message}`));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function ask(request) {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const at = engine.request(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  const length = engine.ask();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(engine.memory.buffer, engine.answer(), length)));
}

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const isOfBook = (path) => /\.(scn|csv|tsv|ya?ml|j2)$/.test(path);
let compared = 0;

function same(what, ours, theirs) {
  compared += 1;
  if (ours !== theirs) {
    const at = [...ours].findIndex((letter, at) => letter !== theirs[at]);
    fail(`${what} differs at ${at}:\n  module  ${ours.slice(at, at + 120)}\n  command ${theirs.slice(at, at + 120)}`);
  }
}

for (const book of ["scenarios/tour", "scenarios/grid_battery", "scenarios/china_ai_accelerators"]) {
  const files = Object.fromEntries(filesBelow(book).filter(isOfBook).map((path) => [path, readFileSync(path, "utf8")]));
  const request = { files, root: `${book}/book.scn` };

  const started = performance.now();
  const { values, counts } = ask({ ...request, ask: { eval: { cases: ["all"] } } });
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  if (counts.errors > 0) fail(`${book} does not check in the module`);
  const printed = execFileSync(scn, ["eval", book, "--case", "all", "--format", "json"], { maxBuffer: 1 << 30 });
  const theirs = JSON.parse(printed).values;
  same(`${book}: how many values`, String(values.length), String(theirs.length));
  values.forEach((value, at) => same(`${book} ${value.id}`, JSON.stringify(value), JSON.stringify(theirs[at])));

  const { reports } = ask({ ...request, ask: "report" });
  for (const { path, text, pictures } of reports) {
    const folder = dirname(join(book, path));
    same(`${book} ${path}`, text, readFileSync(join(book, path), "utf8"));
    pictures.forEach(({ file, svg }) => same(`${book} ${file}`, svg, readFileSync(join(folder, file), "utf8")));
  }
  console.log(`${book}: ${values.length} values in ${seconds} s, ${reports.length} reports, the same as the command's`);
}

const wrong = ask({ files: { "book.scn": `scn 1\nderive x = ${"(".repeat(10_000)}1` }, root: "book.scn", ask: "check" });
same("deep nesting is refused, and the module lives on", String(wrong.counts.errors > 0), "true");
same("no request is refused", String("refused" in ask(7)), "true");
console.log(`${compared} comparisons passed`);
console.log("test result: ok. 1 passed; 0 failed");
