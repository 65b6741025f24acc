// SPDX-License-Identifier: Apache-2.0
// Networks as large as the largest there are, made up: a thousand authorities, hand-overs, a proof of a mebibyte.
import { compact, scaleList } from "./support.mjs";
import { setOf, signedBytes, u32, u64, voter } from "../../tests/verdicts/signer.mjs";

/** `count` voters, different for each `generation`. */
export const voters = (count, generation = 0) => Array.from({ length: count }, (_, i) => voter(generation * 100000 + i));

/** A header; with `next`, one that hands over to these voters. */
export function header(number, parent, next) {
  const change = next === undefined ? [] : [Buffer.concat([Buffer.from([1]), setOf(next), u32(0)])];
  const digest = change.map((payload) => Buffer.concat([Buffer.from([4]), Buffer.from("FRNK"), compact(payload.length), payload]));
  return Buffer.concat([parent, compact(number), Buffer.alloc(64, 2), compact(digest.length), ...digest]);
}

/** Signed by two thirds and one. */
export function justification(mote, bytes, number, by, setId) {
  const target = Buffer.concat([mote.blake2b256(bytes), u32(number)]);
  const signing = by.slice(0, by.length - Math.floor((by.length - 1) / 3));
  const message = signedBytes(1, target, 1, setId);
  return Buffer.concat([u64(1), target, compact(signing.length), ...signing.flatMap((who) => [target, who.sign(message), who.key]), compact(0)]);
}

/** A warp proof of so many hand-overs, from set 0; each block a hundred above the one before. */
export function warpProof(mote, sets) {
  const fragments = sets.slice(0, -1).map((by, i) => {
    const bytes = header(100 * (i + 1), Buffer.alloc(32, i), sets[i + 1]);
    return Buffer.concat([bytes, justification(mote, bytes, 100 * (i + 1), by, i)]);
  });
  return Buffer.concat([compact(fragments.length), ...fragments, Buffer.from([1])]);
}

/** The state of a trie of 16^depth leaves with values of `size` bytes, whole: {root, nodes, keys}. */
export function fullTrie(mote, depth, size) {
  const nodes = [], keys = [];
  const add = (node) => (nodes.push(node), mote.blake2b256(node));
  const width = depth % 2 === 0 ? 2 : 1; // nibbles of a leaf's own, so that keys are whole bytes
  const leaf = (path) => {
    keys.push(Buffer.from(`${path}${"0".repeat(width)}`, "hex"));
    const value = Buffer.alloc(size, 7);
    value.write(path);
    return add(Buffer.concat([Buffer.from([0x40 | width, 0]), compact(size), value]));
  };
  const subtree = (path) => {
    if (path.length === depth) return leaf(path);
    const children = Array.from({ length: 16 }, (_, i) => subtree(path + i.toString(16)));
    return add(Buffer.concat([Buffer.from([0x80, 0xff, 0xff]), ...children.flatMap((child) => [Buffer.from([0x80]), child])]));
  };
  return { root: subtree(""), nodes, keys };
}

/** A bundle (docs/spec/bundle.md) of such sections. */
export function bundle(mote, sections) {
  const head = Buffer.concat([Buffer.from("motebdl\n"), Buffer.from([1, 0, 0]), Buffer.alloc(64), Buffer.from([sections.length])]);
  const framed = sections.flatMap(([kind, content]) => [Buffer.from([kind]), u32(content.length), content]);
  return Buffer.concat([head, mote.blake2b128(head), ...framed]);
}

/** Content of a state section: a proof, and the values of these keys as questions. */
export function stateSection(mote, nodes, keys) {
  const proof = scaleList(nodes);
  const questions = Buffer.concat(keys.map((key) => Buffer.concat([Buffer.from([0]), compact(0), compact(key.length), key])));
  return Buffer.concat([u32(proof.length), proof, questions, mote.blake2b128(questions)]);
}

/** A trie (V0) of one key, or of two that differ: {root, nodes}. */
export function smallTrie(mote, entries) {
  const nibbles = (key) => (typeof key === "string" ? key.slice(2) : Buffer.from(key).toString("hex"));
  const partial = (kind, path) => {
    const count = path.length;
    const head = count < 63 ? [kind | count] : [kind | 63, ...Array(Math.floor((count - 63) / 255)).fill(255), (count - 63) % 255];
    return Buffer.concat([Buffer.from(head), Buffer.from(count % 2 === 0 ? path : `0${path}`, "hex")]);
  };
  const leaf = (path, value) => Buffer.concat([partial(0x40, path), compact(value.length), value]);
  if (entries.length === 1) {
    const node = leaf(nibbles(entries[0][0]), entries[0][1]);
    return { root: mote.blake2b256(node), nodes: [node] };
  }
  const [a, b] = entries.map(([key]) => nibbles(key));
  let shared = 0;
  while (a[shared] === b[shared]) shared++;
  const leaves = entries.map(([key, value]) => ({ at: Number.parseInt(nibbles(key)[shared], 16), node: leaf(nibbles(key).slice(shared + 1), value) })).sort((x, y) => x.at - y.at);
  const bitmap = leaves.reduce((bits, { at }) => bits | (1 << at), 0);
  const children = leaves.flatMap(({ node }) => (node.length < 32 ? [compact(node.length), node] : [Buffer.from([0x80]), mote.blake2b256(node)]));
  const branch = Buffer.concat([partial(0x80, a.slice(0, shared)), Buffer.from([bitmap & 255, bitmap >> 8]), ...children]);
  return { root: mote.blake2b256(branch), nodes: [branch, ...leaves.map(({ node }) => node).filter((node) => node.length >= 32)] };
}
