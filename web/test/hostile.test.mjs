// SPDX-License-Identifier: Apache-2.0
// 10^5 hostile inputs in a row through one instance: each is refused or proves what it says, memory stays what it is,
// and afterwards the instance verifies as before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Mote, MoteError } from "mote-light-client";
import { justifications, proofs, warps } from "../../tests/verdicts/cases.mjs";
import { file, hex, hexOf, json, lines, random, recordings } from "./support.mjs";

const total = 100_000;

function attacks(mote) {
  const recorded = json("index.json", recordings).recordings.find(({ name }) => name === "rococo-basilisk");
  const [bundle, trusted] = [file(recorded.bundle, recordings), file(recorded.checkpoint, recordings)];
  const checkpoint = mote.checkpoint(trusted);
  const justification = justifications().find(({ name }) => name.includes("rococo-1238286"));
  const warp = warps().at(-1);
  const { root, proof, keys } = proofs().find(({ name }) => name.includes("parahead-basilisk"));
  const state = mote.assumeStateRoot(root);
  const header = hex(lines("headers/rococo-1115042-1115042.hex")[0]);
  const light = json("checkpoints/westend2-first-3121645.json").lightSyncState;
  const set = { authorities: justification.set, setId: justification.setId };
  const drain = (walk) => { for (const _ of walk); };
  return [
    [header, (bytes) => mote.decodeHeader(bytes)],
    [justification.bytes, (bytes) => mote.decodeJustification(bytes)],
    [justification.bytes, (bytes) => mote.verifyJustification({ ...set, justification: bytes })],
    [justification.set, (bytes) => mote.authoritySet({ authorities: bytes, setId: 1 })],
    [justification.bytes, (bytes) => mote.verifyCommit({ ...set, commit: bytes, headers: [bytes.subarray(0, 200)] })],
    [justification.bytes, (bytes) => mote.verifyEquivocation({ ...set, proof: bytes })],
    [proof, (bytes) => mote.proof(state, bytes).readMany(keys)],
    [proof, (bytes) => mote.proof(state, bytes, { lenient: true }).scan(keys[0].subarray(0, 2))],
    [proof, (bytes) => mote.proof(state, bytes, { compact: true }).path(keys[0])],
    [proof, (bytes) => mote.paraHead(mote.proof(state, bytes, { lenient: true }), 2090)],
    [keys[0], (bytes) => mote.proof(state, proof).nextKey(bytes)],
    [trusted, (bytes) => mote.checkpoint(bytes)],
    [hex(light.grandpaAuthoritySet), (bytes) => mote.checkpointFromLightSyncState({ ...light, grandpaAuthoritySet: bytes })],
    [bundle, (bytes) => drain(mote.verifyBundle(bytes, { checkpoint, now: recorded.now }))],
    [warp.bytes, async (bytes) => { for await (const _ of mote.warp(bytes, warp.start)); }],
    [header, (bytes) => mote.verifyEd25519Batch([{ publicKey: bytes.subarray(0, 32), signature: bytes.subarray(32, 96), message: bytes }])],
    [header, (bytes) => mote.trieRoot([[bytes.subarray(0, 40), bytes], [bytes.subarray(0, 39), bytes]], 1)],
  ];
}

/** Flips, cuts, extends, overwrites with large lengths, repeats. */
function damage(bytes, next) {
  const copy = Buffer.from(bytes);
  const at = next(copy.length);
  switch (next(6)) {
    case 0: return copy.subarray(0, at);
    case 1: return Buffer.concat([copy, copy.subarray(at)]);
    case 2: copy.fill(0xff, at, Math.min(copy.length, at + 1 + next(8))); return copy;
    case 3: copy.fill(0x03, at, Math.min(copy.length, at + 1 + next(5))); return copy;
    case 4: return Buffer.from(Array.from({ length: next(300) }, () => next(256)));
    default: copy[at] ^= 1 << next(8); return copy;
  }
}

/** The instance still does its work. */
function works(mote) {
  const { bytes, set, setId } = justifications().find(({ name }) => name.includes("kusama"));
  assert.equal(mote.verifyJustification({ authorities: set, setId, justification: bytes }).block.number, 2857472);
  assert.equal(hexOf(mote.blake2b256("0x")), "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

test(`${total} hostile inputs in a row: refused one by one, memory flat, the instance as good as new`, { timeout: 600_000 }, async () => {
  const mote = await Mote.load();
  works(mote);
  const kinds = attacks(mote);
  const next = random(2024);
  const seen = new Map();
  let refused = 0, memory = 0;
  for (let i = 0; i < total; i++) {
    const [valid, attack] = kinds[i % kinds.length];
    try {
      await attack(damage(valid, next));
    } catch (error) {
      if (!(error instanceof MoteError)) throw error;
      assert.notEqual(error.class, "internal");
      seen.set(error.status, (seen.get(error.status) ?? 0) + 1);
      refused++;
    }
    if (i === total / 10) memory = mote.memoryBytes;
  }
  assert.equal(mote.memoryBytes, memory, "memory grew in the last nine tenths");
  assert.ok(memory < 32 * 1024 * 1024, `${memory}`);
  assert.ok(refused > total / 2 && seen.size > 25, `${refused} refused, with ${seen.size} different statuses`);
  works(mote);
  console.log(`${refused} of ${total} refused, ${seen.size} different statuses, ${(memory / 1048576).toFixed(2)} MiB of memory`);
});

test("lengths that lie: no memory for what is not there", async () => {
  const mote = await Mote.load();
  const before = mote.memoryBytes;
  const huge = [0xfe, 0xff, 0xff, 0xff]; // compact of a gigabyte
  for (const [start, act] of [
    [[], (bytes) => mote.proof(mote.assumeStateRoot(new Uint8Array(32)), bytes).read("0x00")],
    [Array(44).fill(0), (bytes) => mote.decodeJustification(bytes)],
    [[], (bytes) => mote.authoritySet({ authorities: bytes, setId: 0 })],
    [Array(100).fill(0), (bytes) => mote.decodeHeader(bytes)],
  ]) {
    assert.throws(() => act(Uint8Array.from([...start, ...huge, 1, 2, 3])), MoteError);
  }
  assert.equal(mote.memoryBytes, before);
});
