// SPDX-License-Identifier: Apache-2.0
// Header decoding, against polkadot.js's types.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TypeRegistry } from "@polkadot/types";
import { compact, file, hex, hexOf, json, jsonLines, lines, list, load, refused } from "./support.mjs";

const registry = new TypeRegistry();

/** polkadot.js's view of a header's digest in mote's words. */
function digestOf(header) {
  return header.digest.logs.map((log) => {
    if (log.isRuntimeEnvironmentUpdated) return { kind: "environment-updated" };
    if (log.isOther) return { kind: "other", payload: log.asOther.toHex() };
    const kind = log.isConsensus ? "consensus" : log.isSeal ? "seal" : "pre-runtime";
    const [engine, payload] = log.isConsensus ? log.asConsensus : log.isSeal ? log.asSeal : log.asPreRuntime;
    return { kind, engine: Buffer.from(engine.toU8a()).toString("latin1"), payload: payload.toHex() };
  });
}

function same(mote, bytes) {
  const ours = mote.decodeHeader(bytes);
  const theirs = registry.createType("Header", bytes);
  assert.equal(hexOf(ours.hash), theirs.hash.toHex());
  assert.equal(ours.number, theirs.number.toNumber());
  assert.equal(hexOf(ours.parentHash), theirs.parentHash.toHex());
  assert.equal(hexOf(ours.stateRoot), theirs.stateRoot.toHex());
  assert.equal(hexOf(ours.extrinsicsRoot), theirs.extrinsicsRoot.toHex());
  assert.equal(hexOf(mote.encodeHeader(ours)), hexOf(bytes));
  const digest = ours.digest.map((item) => ("payload" in item ? { ...item, payload: hexOf(item.payload) } : item));
  assert.deepEqual(digest, digestOf(theirs));
}

for (const name of list("headers", /\.hex$/)) {
  test(`headers/${name} as polkadot.js decodes them`, async () => {
    const mote = await load();
    for (const line of lines(`headers/${name}`).slice(0, 60)) same(mote, hex(line));
  });
}

test("mixed headers of many chains, hashes as their nodes named them", async () => {
  const mote = await load();
  let count = 0;
  for (const name of ["headers/sidecar-headers.jsonl", "headers/babe-verification-vectors.jsonl"]) {
    for (const { header, hash, number } of jsonLines(name)) {
      const decoded = mote.decodeHeader(header);
      assert.equal(hexOf(decoded.hash), hash);
      assert.equal(decoded.number, number);
      count++;
    }
  }
  assert.ok(count > 500);
});

test("slots, GRANDPA changes and engines are read out", async () => {
  const mote = await load();
  const { header, slot } = jsonLines("headers/babe-verification-vectors.jsonl")[0];
  assert.equal(mote.decodeHeader(header).babeSlot, BigInt(slot));
  const handover = json("warp/rococo-set2149-to-2150-1238286-1238699.json").fragments[0];
  const at = lines("headers/rococo-1237705-1238699.hex").map((line) => mote.decodeHeader(line)).find(({ number }) => number === handover.number);
  assert.equal(hexOf(at.hash), handover.hash);
  assert.deepEqual(at.grandpa.map(({ kind, delay }) => ({ kind, delay })), [{ kind: "scheduled-change", delay: 0 }]);
  assert.ok(at.grandpa[0].authorities > 30);
  const next = mote.authoritySet({ authorities: at.grandpa[0].authorityList, setId: 2150 });
  assert.equal(next.listed, at.grandpa[0].authorities);
  assert.equal(hexOf(next.digest), hexOf(mote.authoritySet({ authorities: file("grandpa/authority-sets/rococo-set2150.bin"), setId: 2150 }).digest));
  assert.deepEqual(at.oddities, []);
});

test("errors name status, class, blame, input and byte", async () => {
  const mote = await load();
  const good = hex(lines("headers/rococo-1115042-1115042.hex")[0]);
  const short = refused("truncated", () => mote.decodeHeader(good.subarray(0, 40)));
  assert.deepEqual([short.class, short.blame, short.input], ["malformed", "source", "header"]);
  assert.ok(short.offset <= 40);
  const long = refused("trailing_bytes", () => mote.decodeHeader(Buffer.concat([good, Buffer.alloc(1)])));
  assert.equal(long.offset, good.length);
  assert.match(long.message, /left over/);
  assert.match(long.message, new RegExp(`byte ${good.length}`));
  // The number of block 1 in four bytes instead of one.
  const wide = Buffer.concat([Buffer.alloc(32), Buffer.from([6, 0, 0, 0]), Buffer.alloc(64), compact(0)]);
  assert.equal(refused("compact_not_canonical", () => mote.decodeHeader(wide)).offset, 32);
  const large = Buffer.concat([Buffer.alloc(32), Buffer.from([7, 0, 0, 0, 0, 1]), Buffer.alloc(64), compact(0)]);
  assert.equal(refused("large_block_number", () => mote.decodeHeader(large)).class, "unsupported");
});

test("what is no header is not encoded", async () => {
  const mote = await load();
  const parts = { parentHash: new Uint8Array(32), number: 5, stateRoot: new Uint8Array(32), extrinsicsRoot: new Uint8Array(32), digest: [] };
  assert.equal(mote.decodeHeader(mote.encodeHeader(parts)).number, 5);
  assert.throws(() => mote.encodeHeader({ ...parts, parentHash: "0x00" }), RangeError);
  assert.throws(() => mote.encodeHeader({ ...parts, digest: [{ kind: "seal", engine: "toolong", payload: new Uint8Array() }] }), RangeError);
});
