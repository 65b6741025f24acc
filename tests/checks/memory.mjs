// SPDX-License-Identifier: Apache-2.0
// The numbers of docs/memory.md are those of the builds: of wasm here, those of 64 bits in checks_memory.
//   node tests/checks/memory.mjs                 compares (build/wasm/memory_figures.wasm)
//   node tests/checks/memory.mjs --write [NATIVE [WASM]]   writes both into the document (build/release/tests/checks/checks_memory)
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: "boolean" } } });
const [native = at("build/release/tests/checks/checks_memory"), wasm = at("build/wasm/memory_figures.wasm")] = positionals;
const path = at("docs/memory.md");
const document = readFileSync(path, "utf8");

const { instance: { exports } } = await WebAssembly.instantiate(readFileSync(wasm));
const text = (from) => {
  const bytes = new Uint8Array(exports.memory.buffer);
  return Buffer.from(bytes.subarray(from, bytes.indexOf(0, from))).toString();
};
const asWasm = Array.from({ length: exports.memory_count() }, (_, i) => [text(exports.memory_what(i)), exports.memory_bytes(i)]);

/** what -> [row, bytes of 64 bits, of wasm]. */
const rows = new Map([...document.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \|$/gm)].map(([row, what, ...numbers]) => [what, [row, ...numbers.map(Number)]]));

if (values.write) {
  const as64 = new Map(execFileSync(native, { encoding: "utf8" }).trim().split("\n").map((line) => [line.slice(line.indexOf(" ") + 1), Number(line.slice(0, line.indexOf(" ")))]));
  const table = asWasm.map(([what, bytes]) => `| ${what} | ${as64.get(what)} | ${bytes} |`).join("\n");
  writeFileSync(path, document.replace(/(<!-- figures -->\n(?:.*\n){2})(?:\|.*\n)*(<!-- \/figures -->)/, `$1${table}\n$2`));
} else {
  const wrong = asWasm.filter(([what, bytes]) => rows.get(what)?.[2] !== bytes);
  for (const [what, bytes] of wrong) console.log(`docs/memory.md: ${what}: as wasm it is ${bytes}, not ${rows.get(what)?.[2]}`);
  const unknown = [...rows.keys()].filter((what) => !asWasm.some(([name]) => name === what));
  for (const what of unknown) console.log(`docs/memory.md: ${what}: nothing says so`);
  const failed = wrong.length + unknown.length;
  if (failed > 0) console.log("With both builds: node tests/checks/memory.mjs --write");
  console.log(`${asWasm.length - wrong.length} passed, ${failed} failed`);
  process.exitCode = failed === 0 && asWasm.length > 0 ? 0 : 1;
}
