// SPDX-License-Identifier: Apache-2.0
// Sizes of the WebAssembly modules, and of each function in them, against those of the last release (modules.json).
//   node tests/checks/modules.mjs [FOLDER...]              a line for each module; every function in build/logs/sizes.txt. FOLDERS: build/wasm build/wasm-simd
//   node tests/checks/modules.mjs --accept WHY [FOLDER...]      what has grown may: the reason goes into modules.json
//   node tests/checks/modules.mjs --release VERSION [FOLDER...]     these are of a release: the next is compared with them
// Fails where a module is above its limit, or has grown by more than GROWTH since the release or since growth was last
// accepted; and where something is computed when an instance is made, which should be constant.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const GROWTH = 0.05;
/** Bytes with brotli, [least, aim]; of others there is none. */
const limits = { "mote": [80_000, 65_000], "mote-simd": [95_000, 80_000], "mote-live": [160_000], "mote-live-simd": [160_000] };

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { accept: { type: "string" }, release: { type: "string" }, report: { type: "string" } } });
const folders = positionals.length > 0 ? positionals : [at("build/wasm"), at("build/wasm-simd")];
const report = values.report ?? at("build/logs/sizes.txt");
const recordPath = fileURLToPath(new URL("modules.json", import.meta.url));

class Reader {
  constructor(bytes, from = 0, end = bytes.length) {
    Object.assign(this, { bytes, at: from, end });
  }

  leb() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** The next so many bytes, to be read by themselves. */
  part(size) {
    this.at += size;
    return new Reader(this.bytes, this.at - size, this.at);
  }
}

/** Sections by their numbers: readers over what is in them. */
function sectionsOf(wasm) {
  const reader = new Reader(wasm, 8), sections = {};
  while (reader.at < reader.end) {
    const number = wasm[reader.at++];
    sections[number] = reader.part(reader.leb());
  }
  return sections;
}

const IMPORTS = 2, START = 8, CODE = 10, DATA = 11;

/** Bytes of each function's code, largest first, and of the constants. */
function partsOf(wasm, symbols) {
  const names = new Map(symbols.trim().split("\n").map((line) => [Number(line.slice(0, line.indexOf(":"))), line.slice(line.indexOf(":") + 1)]));
  const sections = sectionsOf(wasm);
  if (sections[IMPORTS] !== undefined && sections[IMPORTS].leb() !== 0) throw new Error("it has imports");
  const code = sections[CODE], functions = [];
  for (let i = 0, count = code.leb(); i < count; i++) {
    const { at: from, end } = code.part(code.leb());
    functions.push([names.get(i) ?? `function ${i}`, end - from, wasm.subarray(from, end)]);
  }
  const { at: from, end } = sections[DATA];
  functions.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return { functions, constants: end - from, starts: sections[START] !== undefined };
}

/** What runs before the first call: a start function, or constructors that do something. */
function computes({ functions, starts }) {
  const constructors = functions.find(([name]) => name === "__wasm_call_ctors");
  return starts || (constructors !== undefined && constructors[2].some((byte) => ![0x00, 0x01, 0x0b].includes(byte)));
}

function measure({ folder, name }) {
  const wasm = readFileSync(join(folder, `${name}.wasm`));
  const parts = partsOf(wasm, readFileSync(join(folder, `${name}.wasm.symbols`), "utf8"));
  const brotli = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  return { name, bytes: wasm.length, brotli, parts, computes: computes(parts) };
}

const percent = (now, then) => `${now >= then ? "+" : ""}${(((now - then) / then) * 100).toFixed(1)} %`;
const against = (now, then) => (then === undefined ? "new" : now === then ? "as before" : percent(now, then));

/** What is wrong with a module, in words. */
function faults({ name, brotli, computes: starts }, record) {
  const wrong = [];
  const [limit] = limits[name] ?? [Infinity];
  if (brotli > limit) wrong.push(`${name}: ${brotli} bytes with brotli, at most ${limit}`);
  if (starts) wrong.push(`${name}: something is computed when an instance is made`);
  const from = record?.accepted ?? record;
  if (from === undefined) wrong.push(`${name}: not in tests/checks/modules.json`);
  else if (brotli > from.brotli * (1 + GROWTH)) wrong.push(`${name}: ${brotli} bytes with brotli were ${from.brotli}, ${percent(brotli, from.brotli)}: more than ${GROWTH * 100} %`);
  return wrong;
}

/** Every function, those that have changed marked with what they were. */
function table({ name, bytes, brotli, parts }, record) {
  const then = new Map(Object.entries(record?.functions ?? {}));
  const rows = [...parts.functions.map(([of, size]) => [of, size]), ["(constants)", parts.constants]].map(([of, size]) => {
    const before = then.get(of);
    const change = before === size ? "" : before === undefined ? (size > SMALL ? "new" : "") : `was ${before}`;
    return `${String(size).padStart(8)}  ${of.padEnd(56)}  ${change}`.trimEnd();
  });
  const gone = [...then].filter(([of]) => of !== "(constants)" && !parts.functions.some(([name]) => name === of)).map(([of, size]) => `${String(size).padStart(8)}  ${of.padEnd(56)}  gone`);
  return [`${name}.wasm: ${bytes} bytes, ${brotli} with brotli`, ...rows, ...gone, ""];
}

/** Functions below this many bytes are not kept in the record. */
const SMALL = 400;
const kept = ({ bytes, brotli, parts }) => ({
  bytes, brotli, functions: Object.fromEntries([...parts.functions.filter(([, size]) => size > SMALL).map(([of, size]) => [of, size]), ["(constants)", parts.constants]]),
});

function write(record) {
  const line = ([name, { functions, ...rest }]) => `    ${JSON.stringify(name)}: {\n${Object.entries(rest).map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},`).join("\n")}\n      "functions": ${JSON.stringify(functions)}\n    }`;
  writeFileSync(recordPath, `{\n  "release": ${JSON.stringify(record.release)},\n  "modules": {\n${Object.entries(record.modules).map(line).join(",\n")}\n  }\n}\n`);
}

let record = JSON.parse(readFileSync(recordPath, "utf8"));
const modules = folders.flatMap((folder) => readdirSync(folder).filter((file) => /^mote.*\.wasm$/.test(file)).sort().map((file) => measure({ folder, name: file.slice(0, -5) })));

if (values.release !== undefined) {
  record = { release: values.release, modules: Object.fromEntries(modules.map((module) => [module.name, kept(module)])) };
  write(record);
} else if (values.accept !== undefined) {
  for (const module of modules) {
    const known = record.modules[module.name];
    if (known === undefined) record.modules[module.name] = { ...kept(module), accepted: { brotli: module.brotli, why: values.accept } };
    else if (faults(module, known).length > 0) known.accepted = { brotli: module.brotli, why: values.accept };
  }
  write(record);
}

const lines = [`Sizes in bytes, compared with ${record.release}.`, ""];
const wrong = [];
for (const module of modules) {
  const known = record.modules[module.name];
  const [least, aim] = limits[module.name] ?? [];
  const room = least === undefined ? "" : `, at most ${least}${aim === undefined ? "" : module.brotli <= aim ? `, aim ${aim} met` : `, aim ${aim} missed`}`;
  console.log(`${module.name}.wasm: ${module.bytes} bytes (${against(module.bytes, known?.bytes)}), ${module.brotli} with brotli (${against(module.brotli, known?.brotli)}${room}), ${module.parts.functions.length} functions`);
  lines.push(...table(module, known));
  wrong.push(...faults(module, known));
}
for (const name of Object.keys(record.modules)) {
  if (!modules.some((module) => module.name === name)) wrong.push(`${name}: in tests/checks/modules.json, and not built`);
}
mkdirSync(dirname(report), { recursive: true });
writeFileSync(report, lines.join("\n"));
for (const fault of wrong) console.log(fault);
if (wrong.length > 0) console.log('Where growth is meant: node tests/checks/modules.mjs --accept "why", and commit tests/checks/modules.json.');
console.log(`${modules.length - new Set(wrong.map((fault) => fault.split(":")[0])).size} passed, ${wrong.length} failed`);
process.exitCode = wrong.length === 0 && modules.length > 0 ? 0 : 1;
