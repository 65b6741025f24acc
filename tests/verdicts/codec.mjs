// SPDX-License-Identifier: Apache-2.0
// Requests and answers of the boundary, straight from wasm/protocol.json: nothing of web/ is used here, so that what
// is generated for it has something to be compared with.
import { readFileSync } from "node:fs";

export const protocol = JSON.parse(readFileSync(new URL("../../wasm/protocol.json", import.meta.url), "utf8"));
/** Operations of "light" (mote.wasm) or another module, by their numbers there. */
export function operationsOf(module) {
  const all = Object.keys(protocol.operations);
  const of = (...modules) => all.filter((name) => modules.includes(protocol.operations[name].module));
  if (module === "light") return of(undefined);
  return module === "live" ? of(undefined, module) : [all[0], ...of(module)];
}

const empty = { bytes: new Uint8Array(0), text: "", bool: false, hash: new Uint8Array(32), u8: 0, u16: 0, u32: 0, u64: 0n };

function put(parts, type, value) {
  if (type.endsWith("[]")) {
    put(parts, "u32", value.length);
    for (const item of value) put(parts, type.slice(0, -2), item);
    return;
  }
  const number = Buffer.alloc(8);
  switch (type) {
    case "text":
    case "bytes": {
      const bytes = Buffer.from(value);
      put(parts, "u32", bytes.length);
      parts.push(bytes);
      return;
    }
    case "hash": parts.push(Buffer.from(value)); return;
    case "bool": parts.push(Buffer.from([value ? 1 : 0])); return;
    case "u64": number.writeBigUInt64LE(BigInt(value)); parts.push(number); return;
    default: {
      const size = { u8: 1, u16: 2, u32: 4 }[type];
      number.writeUIntLE(value, 0, size);
      parts.push(number.subarray(0, size));
    }
  }
}

/** What is not given is empty, zero or false. */
export function encodeAsk(operation, ask) {
  const parts = [];
  for (const [field, type] of Object.entries(protocol.operations[operation].ask)) {
    put(parts, type, ask[field] ?? (type.endsWith("[]") ? [] : empty[type]));
  }
  return Buffer.concat(parts);
}

class Answer {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  step(size) {
    if (this.at + size > this.bytes.length) throw new Error("an answer ends too early");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  take(type) {
    if (type.endsWith("[]")) return Array.from({ length: this.take("u32") }, () => this.take(type.slice(0, -2)));
    switch (type) {
      case "u8": return this.step(1)[0];
      case "u16": return this.step(2).readUInt16LE();
      case "u32": return this.step(4).readUInt32LE();
      case "u64": return this.step(8).readBigUInt64LE();
      case "bool": return this.take("u8") !== 0;
      case "hash": return Buffer.from(this.step(32));
      case "bytes": return Buffer.from(this.step(this.take("u32")));
      case "text": return this.take("bytes").toString();
      default: return this.fields(protocol.records[type]);
    }
  }

  fields(described) {
    return Object.fromEntries(Object.entries(described).map(([field, type]) => [field, this.take(type)]));
  }
}

/** {status: 0, ...the answer} or {status, offset, index, streamOffset}. */
export function decodeAnswer(operation, bytes) {
  const answer = new Answer(Buffer.from(bytes));
  const status = answer.take("u32");
  const rest = status === 0
    ? answer.fields(protocol.operations[operation].answer)
    : { offset: answer.take("u32"), index: answer.take("u32"), streamOffset: answer.take("u32") };
  if (answer.at !== answer.bytes.length) throw new Error(`bytes are left over in an answer of ${operation}`);
  return { status, ...rest };
}

/** Text of an answer without evidence tokens: those are sealed with each instance's own key. */
export function showAnswer(answer) {
  return JSON.stringify(answer, (key, value) => {
    const bytes = value?.type === "Buffer" ? Buffer.from(value.data) : undefined;
    if (bytes === undefined) return typeof value === "bigint" ? `${value}` : value;
    return ["token", "state", "hashing"].includes(key) ? undefined : bytes.toString("hex");
  });
}
