// SPDX-License-Identifier: Apache-2.0
// Makes the two tables of each module from wasm/protocol.json and the core's status list: wasm/protocol.gen.h and
// web/src/abi.gen.ts of mote.wasm, wasm/NAME/NAME.gen.h and web/src/NAME.gen.ts of mote-NAME.wasm.
//   node wasm/generate.mjs            writes them
//   node wasm/generate.mjs --check    fails where they are not what it would write
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const protocol = JSON.parse(read("wasm/protocol.json"));

/** X(NAME, code, CLASS, BLAME, "name", "text") entries of status_list.h. */
function readStatuses() {
  const list = read("core/base/include/mote/status_list.h").split("#define MOTE_STATUS_LIST(X)")[1].replace(/\\\n/g, " ");
  const entry = /X\((\w+),\s*(0x[0-9a-f]+),\s*(\w+),\s*(\w+),\s*"([^"]*)",\s*"([^"]*)"\)/g;
  return [...list.matchAll(entry)].map(([, , code, kind, blame, name, text]) => ({
    code: Number(code), class: kind.toLowerCase(), blame: blame.toLowerCase(), name, text,
  }));
}

const statuses = readStatuses();
const all = Object.entries(protocol.operations);
const operations = all.filter(([, { module }]) => module === undefined);
/** Those that have the operations of mote.wasm as well; the others have `start` and their own. */
const whole = ["live"];
const modules = ["authorship", "beefy", "state", ...whole];
const others = all.slice(operations.length);
if (others.some(([, { module }]) => !modules.includes(module))) throw new Error("operations of all modules come first");
if (operations[0][0] !== "start") throw new Error("start is the first of all modules");

/** The records that operations mention, and those that these mention. */
function mentioned(list) {
  const found = new Set();
  const look = (fields) => {
    for (const type of Object.values(fields).map((field) => field.replace("[]", ""))) {
      if (!(type in protocol.records) || found.has(type)) continue;
      found.add(type);
      look(protocol.records[type]);
    }
  };
  for (const [, { ask, answer }] of list) look({ ...ask }), look({ ...answer });
  return found;
}
const lightRecords = mentioned(operations);
const records = Object.entries(protocol.records).filter(([name]) => lightRecords.has(name));

/** Changes with anything that both sides, and modules that take each other's evidence, have to agree on. */
const evidence = read("core/evidence/include/mote/evidence.h").replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ");
const abiOf = (...described) => createHash("sha256").update(JSON.stringify([protocol.version, ...described.map(Object.fromEntries), statuses.map((s) => [s.code, s.name]), evidence])).digest().readUInt32LE(0);
const abi = abiOf(records, operations);

/** What only that module answers, numbered on from the operations before it. */
function extension(name) {
  const own = others.filter(([, { module }]) => module === name);
  const used = mentioned(own);
  const ownRecords = Object.entries(protocol.records).filter(([record]) => used.has(record) && !lightRecords.has(record));
  const before = whole.includes(name) ? operations : operations.slice(0, 1);
  const known = whole.includes(name) ? records : records.filter(([record]) => used.has(record));
  return { name, own, used, records: ownRecords, operations: [...before, ...own], abi: abiOf([...known, ...ownRecords], [...before, ...own]) };
}

const snake = (name) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`).replace(/^_/, "");
const isList = (type) => type.endsWith("[]");
const isRecord = (type) => type in protocol.records;

// --- C -----------------------------------------------------------------------------------------------------------

const cTypes = { u8: "uint8_t", u16: "uint16_t", u32: "uint32_t", u64: "uint64_t", bool: "bool", hash: "mote_hash", bytes: "mote_bytes", text: "mote_bytes", "bytes[]": "protocol_list" };
const cType = (type) => (isRecord(type) ? `record_${snake(type)}` : cTypes[type]);
const cReaders = { u8: "mote_read_u8", u16: "mote_read_u16", u32: "mote_read_u32", u64: "mote_read_u64", bool: "mote_read_bool", hash: "mote_read_hash", bytes: "protocol_read_bytes", text: "protocol_read_bytes", "bytes[]": "protocol_read_list" };

function cWrite(type, value) {
  if (isRecord(type)) return `write_${snake(type)}(writer, &${value});`;
  switch (type) {
    case "hash": return `mote_write_hash(writer, &${value});`;
    case "bytes": case "text": return `protocol_write_bytes(writer, ${value});`;
    case "bool": return `mote_write_u8(writer, ${value} ? 1 : 0);`;
    default: return `mote_write_${type}(writer, ${value});`;
  }
}

function cRecord([name, fields]) {
  const id = snake(name);
  const members = Object.entries(fields).map(([field, type]) => `    ${cType(type)} ${snake(field)};`);
  const writes = Object.entries(fields).map(([field, type]) => `    ${cWrite(type, `from->${snake(field)}`)}`);
  return `typedef struct record_${id} {\n${members.join("\n")}\n} record_${id};\n\nstatic inline void write_${id}(mote_writer *writer, const record_${id} *from) {\n${writes.join("\n")}\n}\n`;
}

function cAsk([name, { ask }]) {
  const id = snake(name);
  const fields = Object.entries(ask);
  const members = fields.map(([field, type]) => `    ${cType(type)} ${snake(field)};`);
  const reads = fields.map(([field, type]) => `    out->${snake(field)} = ${cReaders[type]}(cursor);`);
  return `typedef struct ask_${id} {\n${members.join("\n")}\n} ask_${id};\n\nstatic inline void read_${id}(mote_cursor *cursor, ask_${id} *out) {\n${reads.join("\n")}\n}\n`;
}

function makeHeader() {
  const enums = operations.map(([name], i) => `    OPERATION_${snake(name).toUpperCase()} = ${i},`);
  return `/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_PROTOCOL_GEN_H
#define MOTE_WASM_PROTOCOL_GEN_H

#include "protocol.h"

#define PROTOCOL_ABI UINT32_C(0x${abi.toString(16)})

typedef enum operation {
${enums.join("\n")}
    OPERATION_COUNT = ${operations.length}
} operation;

${records.map(cRecord).join("\n")}
${operations.filter(([, { ask }]) => Object.keys(ask).length > 0).map(cAsk).join("\n")}
#endif
`;
}

function makeExtensionHeader({ name, own, records: ownRecords, operations: together, abi: version }) {
  const upper = name.toUpperCase();
  return `/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_${upper}_GEN_H
#define MOTE_WASM_${upper}_GEN_H

#include "protocol.gen.h"

#define MODULE_${upper}
#define MODULE_ABI UINT32_C(0x${version.toString(16)})

/* X(name): operations of mote-${name}.wasm, numbered on from ${whole.includes(name) ? "OPERATION_COUNT" : "OPERATION_START"} in this order. */
#define MODULE_OWN(X) \\
${own.map(([of]) => `    X(${snake(of)})`).join(" \\\n")}
#define MODULE_OPERATIONS ${together.length}

${ownRecords.map(cRecord).join("\n")}
${own.filter(([, { ask }]) => Object.keys(ask).length > 0).map(cAsk).join("\n")}
#endif
`;
}

// --- TypeScript ----------------------------------------------------------------------------------------------------

const tsTypes = { u8: "number", u16: "number", u32: "number", u64: "bigint", bool: "boolean", hash: "Uint8Array", bytes: "Uint8Array", text: "string" };
function tsType(type) {
  if (isList(type)) return `readonly ${tsType(type.slice(0, -2))}[]`;
  return isRecord(type) ? `${type}Record` : tsTypes[type];
}
const tsInterface = (name, fields) => `export interface ${name} {\n${Object.entries(fields).map(([field, type]) => `  readonly ${field}: ${tsType(type)};`).join("\n")}\n}\n`;
function tsRead(type) {
  if (isList(type)) return `reader.list(() => ${tsRead(type.slice(0, -2))})`;
  return isRecord(type) ? `read${type}(reader)` : `reader.${type}()`;
}
const tsReader = (name, fields) => `({ ${Object.entries(fields).map(([field, type]) => `${field}: ${tsRead(type)}`).join(", ")} })`;
const pascal = (name) => name[0].toUpperCase() + name.slice(1);
function tsWrite(field, type) {
  const value = `ask.${field}`;
  if (isList(type)) return `writer.list("${field}", ${value}, (item) => writer.${type.slice(0, -2)}("${field}", item));`;
  return `writer.${type}("${field}", ${value});`;
}

const tsOperation = (together) => ([name, { ask, answer }]) => `  ${name}: {
    code: ${together.findIndex(([found]) => found === name)},
    write: (${Object.keys(ask).length ? "writer" : "_writer"}: Writer, ${Object.keys(ask).length ? "ask" : "_ask"}: ${pascal(name)}Ask): void => {
${Object.entries(ask).map(([field, type]) => `      ${tsWrite(field, type)}`).join("\n")}
    },
    read: (${Object.keys(answer).length ? "reader" : "_reader"}: Reader): ${pascal(name)}Answer => ${tsReader(name, answer)},
  },`;

function makeTypeScript() {
  const names = statuses.map((s) => `"${s.name}"`);
  return `// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json and core/base/include/mote/status_list.h. Do not edit.
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const abi = 0x${abi.toString(16)};

/** Every verdict mote can give; \`docs/errors.md\` lists them. */
export type StatusName =
${names.map((name) => `  | ${name}`).join("\n")};

/** What to do about a status. */
export type StatusClass = ${[...new Set(statuses.map((s) => `"${s.class}"`))].join(" | ")};

/** Whose doing it is. */
export type Blame = ${[...new Set(statuses.map((s) => `"${s.blame}"`))].join(" | ")};

/** A status: its stable name, and what it means. */
export interface StatusEntry {
  readonly code: number;
  readonly name: StatusName;
  readonly class: StatusClass;
  readonly blame: Blame;
  readonly text: string;
}

/** The list of all statuses. */
export const statuses: readonly StatusEntry[] = [
${statuses.map((s) => `  { code: 0x${s.code.toString(16).padStart(3, "0")}, name: "${s.name}", class: "${s.class}", blame: "${s.blame}", text: ${JSON.stringify(s.text)} },`).join("\n")}
];

/** What the module exports; anything else, or any import, is not mote. */
export interface ModuleExports {
  readonly memory: WebAssembly.Memory;
  _initialize?(): void;
  mote_abi(): number;
  mote_input(size: number): number;
  mote_call(operation: number, size: number): number;
  mote_output(): number;
}

${records.map(([name, fields]) => tsInterface(`${name}Record`, fields)).join("\n")}
${records.map(([name, fields]) => `const read${name} = (reader: Reader): ${name}Record => ${tsReader(name, fields)};`).join("\n")}

${operations.map(([name, { ask, answer }]) => tsInterface(`${pascal(name)}Ask`, ask) + "\n" + tsInterface(`${pascal(name)}Answer`, answer)).join("\n")}
/** One operation: its number, how to write what is asked and to read what is answered. */
export interface Operation<Ask, Answer> {
  readonly code: number;
  readonly write: (writer: Writer, ask: Ask) => void;
  readonly read: (reader: Reader) => Answer;
}

export const operations = {
${operations.map(tsOperation(operations)).join("\n")}
} as const;
`;
}

function makeExtensionTypeScript({ name, own, used, records: ownRecords, operations: together, abi: version }) {
  const shared = [...used].filter((record) => lightRecords.has(record)).sort();
  return `// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
${shared.length === 0 ? "" : `import type { ${shared.map((record) => `${record}Record`).join(", ")} } from "./abi.gen.js";\n`}import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const ${name}Abi = 0x${version.toString(16)};

${ownRecords.map(([record, fields]) => tsInterface(`${record}Record`, fields)).join("\n")}
${[...records.filter(([record]) => shared.includes(record)), ...ownRecords].map(([record, fields]) => `const read${record} = (reader: Reader): ${record}Record => ${tsReader(record, fields)};`).join("\n")}

${own.map(([of, { ask, answer }]) => tsInterface(`${pascal(of)}Ask`, ask) + "\n" + tsInterface(`${pascal(of)}Answer`, answer)).join("\n")}
export const operations = {
${own.map(tsOperation(together)).join("\n")}
} as const;
`;
}

// --------------------------------------------------------------------------------------------------------------------

const outputs = { "wasm/protocol.gen.h": makeHeader(), "web/src/abi.gen.ts": makeTypeScript() };
for (const module of modules.map(extension)) {
  outputs[`wasm/${module.name}/${module.name}.gen.h`] = makeExtensionHeader(module);
  outputs[`web/src/${module.name}.gen.ts`] = makeExtensionTypeScript(module);
}
let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  if (process.argv.includes("--check")) {
    let committed = "";
    try { committed = read(path); } catch { /* reported below */ }
    if (committed !== text) {
      console.error(`${path} is not what wasm/generate.mjs makes: run it`);
      stale++;
    }
  } else {
    writeFileSync(new URL(path, root), text);
  }
}
process.exit(stale === 0 ? 0 : 1);
