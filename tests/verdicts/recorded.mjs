// SPDX-License-Identifier: Apache-2.0
// The recorded files of tests/vectors.
import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export const vectors = new URL("../vectors/", import.meta.url);
export const recordings = new URL("../../demo/recordings/", import.meta.url);

export const hex = (text) => Buffer.from(text.replace(/^0x/i, ""), "hex");
export function file(path, base = vectors) {
  const bytes = readFileSync(new URL(path, base));
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}
export const json = (path, base) => JSON.parse(file(path, base).toString());
export const lines = (path) => file(path).toString().split("\n").filter((line) => line.trim() !== "");
export const jsonLines = (path) => lines(path).map((line) => JSON.parse(line));
export const list = (folder, pattern, base = vectors) => readdirSync(new URL(`${folder}/`, base)).filter((name) => pattern.test(name)).sort();

/** Compact integer of SCALE. */
export function compact(value) {
  if (value < 64) return Buffer.from([value << 2]);
  const bytes = Buffer.alloc(value < 1 << 14 ? 2 : 4);
  if (bytes.length === 2) bytes.writeUInt16LE((value << 2) | 1);
  else bytes.writeUInt32LE(value * 4 + 2);
  return bytes;
}
export const scaleList = (items) => Buffer.concat([compact(items.length), ...items.flatMap((item) => [compact(item.length), item])]);

/** Bytes that a generator makes from a number, the same everywhere (splitmix64). */
export function random(seed) {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  return (below) => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return Number((z ^ (z >> 31n)) % BigInt(below));
  };
}
