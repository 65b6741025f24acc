// SPDX-License-Identifier: Apache-2.0
// The modules for what a full node judges besides, and their entries: recorded headers' authors, our network's range and votes, compared with what is
// recorded and with other libraries.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sr25519Verify, keccakAsU8a } from "@polkadot/util-crypto";
import { build } from "esbuild";
import { Mote, MoteError, MoteVersionError } from "mote-light-client";
import { Authorship } from "mote-light-client/authorship";
import { Beefy } from "mote-light-client/beefy";
import { States } from "mote-light-client/state";
import { Validator } from "mote-light-client/validation";
import { babeHeaders, mountains, relayHeaders, seals, votes } from "../../tests/verdicts/validation.mjs";
import { file, hexOf, jsonLines, moduleBytes, refused, wasmBytes } from "./support.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const validator = await Validator.load();

// --- the modules ---------------------------------------------------------------------------------------------------------

/** Entry, class, and what only its bindings have. */
const parts = [["authorship", "Authorship", "babeVerify"], ["beefy", "Beefy", "beefyLeaves"], ["state", "States", "hrmpOutbound"]];
const partBytes = (part) => (part === "beefy" ? readFileSync(new URL("../dist/mote-beefy.wasm", import.meta.url)) : moduleBytes(`mote-${part}`));
const bundled = async (contents) => {
  const { warnings, outputFiles: [{ text }] } = await build({ stdin: { contents, resolveDir: here }, bundle: true, platform: "browser", format: "esm", write: false, logLevel: "silent" });
  assert.deepEqual(warnings, []);
  return text;
};

for (const [part] of parts) test(`mote-${part}.wasm asks for nothing either`, async () => {
  assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(partBytes(part))), []);
});

test("no module is taken for another", async () => {
  const { mote } = validator;
  const loads = [
    ["mote", (wasm) => Mote.load({ wasm })], ["authorship", (wasm) => Authorship.load({ wasm })], ["beefy", (wasm) => Beefy.load(mote, { wasm })],
    ["state", (wasm) => States.load(mote, { wasm })],
  ];
  for (const [name, load] of loads) for (const [other] of loads) {
    const wasm = other === "mote" ? wasmBytes() : partBytes(other);
    if (name === other) await load(wasm);
    else await assert.rejects(() => load(wasm), MoteVersionError, `${other} as ${name}`);
  }
});

test("who imports an entry gets nothing of the others", async () => {
  const light = await bundled(`import { Mote } from "mote-light-client"; console.log(Mote);`);
  assert.doesNotMatch(light, /mote-(authorship|beefy|state|live)\.wasm|babeVerify|beefyLeaves|hrmpOutbound/);
  for (const [entry, name, own] of parts) {
    const text = await bundled(`import { ${name} } from "mote-light-client/${entry}"; console.log(${name});`);
    assert.match(text, new RegExp(`mote-${entry}\\.wasm`));
    assert.equal(text.includes(`mote-${entry}-simd.wasm`), entry !== "beefy");
    for (const [other, , foreign] of parts) assert.equal(text.includes(`mote-${other}.wasm`) || text.includes(foreign), other === entry, `${other} in ${entry}`);
    assert.match(text, new RegExp(own));
  }
});

test("all of them go through a bundler, with one kind of errors and evidence", async () => {
  const text = await bundled(`import { Validator } from "mote-light-client/validation"; import { Beefy } from "mote-light-client/beefy"; console.log(Validator, Beefy);`);
  assert.equal(text.match(/extends Error/g).length, 2);
  assert.equal(text.match(/verifyBeefySample\(/g).length, 1);
});

test("the package carries every module, under its name", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: here, stdio: ["ignore", "pipe", "ignore"] }));
  const paths = files.map(({ path }) => path);
  for (const [part] of parts) {
    const names = part === "beefy" ? ["mote-beefy"] : [`mote-${part}`, `mote-${part}-simd`];
    for (const needed of [`dist/${part}.js`, `dist/${part}.d.ts`, ...names.map((name) => `dist/${name}.wasm`)]) assert.ok(paths.includes(needed), needed);
    for (const name of names) {
      assert.deepEqual(readFileSync(fileURLToPath(import.meta.resolve(`mote-light-client/${name}.wasm`))), readFileSync(`${here}dist/${name}.wasm`));
    }
  }
});

test("one part alone does what the whole does, and evidence goes between instances of one light client only", async () => {
  const mote = await Mote.load();
  const beefy = await Beefy.load(mote, { wasm: partBytes("beefy") });
  const header = relayHeaders().get(136);
  const own = mote.assumeHeader(header), foreign = validator.mote.assumeHeader(header);
  const range = beefy.beefyRootOf(own, header);
  assert.equal(hexOf(range.mmrRoot), hexOf(validator.beefyRootOf(foreign, header).mmrRoot));
  refused("no_evidence", () => beefy.beefyRootOf(foreign, header));
  refused("no_evidence", () => validator.beefyRootOf(own, header));
  const [{ leaves, proof }] = mountains().proofs;
  const [leaf] = beefy.beefyLeaves(range, { leaves, proof });
  const older = beefy.beefyHeader(leaf, relayHeaders().get(leaf.parentNumber)); // made by one module, taken by the next
  const parent = relayHeaders().get(leaf.parentNumber - 1);
  if (parent !== undefined) assert.equal(mote.finalizedParent(older, parent).number, leaf.parentNumber - 1);
  refused("no_evidence", () => validator.mote.finalizedParent(older, parent ?? header));
  const [{ publicKey, signature, message }] = seals();
  (await Authorship.load({ wasm: partBytes("authorship") })).verifySr25519({ publicKey, signature, message });
});

test("the validator's light client is the same", () => {
  assert.ok(validator.mote instanceof Mote);
  const authorities = file("grandpa/authority-sets/kusama-set1101.bin");
  const justification = file("grandpa/kusama-2857472.justification.bin");
  assert.equal(validator.mote.verifyJustification({ authorities, setId: 1101, justification }).block.number, 2857472);
});

// --- sr25519 ---------------------------------------------------------------------------------------------------------------

test("520 recorded seals, one by one and as a batch, and as another library judges them", () => {
  const all = seals();
  assert.equal(all.length, 520);
  for (const sealed of all) validator.verifySr25519(sealed);
  const wrong = new Set([0, 77, 519]);
  const mixed = all.map((sealed, i) => (wrong.has(i) ? { ...sealed, message: "0x00" } : sealed));
  assert.deepEqual(validator.verifySr25519Batch(mixed), all.map((_, i) => !wrong.has(i)));
  for (const { publicKey, signature, message } of mixed.slice(70, 90)) {
    let held = true;
    try { validator.verifySr25519({ publicKey, signature, message }); } catch (error) { assert.ok(error instanceof MoteError); held = false; }
    assert.equal(held, sr25519Verify(message, signature, publicKey));
  }
  refused("signature_not_marked", () => validator.verifySr25519({ ...all[0], signature: new Uint8Array(64) }));
  refused("bad_argument", () => validator.verifySr25519({ ...all[0], signature: new Uint8Array(63) }));
});

// --- BABE ------------------------------------------------------------------------------------------------------------------

const kinds = ["primary-only", "secondary-plain", "secondary-vrf"];
const epochOf = ({ epoch }) => ({
  index: epoch.index, startSlot: epoch.startSlot, duration: epoch.duration, authorities: epoch.authorities, randomness: epoch.randomness,
  c: [epoch.cNumerator, epoch.cDenominator], allowedSlots: kinds[epoch.allowedSlots],
});

test("520 recorded headers: who made them, by which claim, with which score", () => {
  const seen = new Map();
  for (const recorded of babeHeaders()) {
    const author = validator.verifyBabe(recorded.header, epochOf(recorded));
    assert.equal(author.claim, recorded.kind);
    assert.deepEqual([author.slot, author.authorityIndex, author.forgeable], [BigInt(recorded.slot), recorded.authority_index, false]);
    assert.equal(hexOf(author.authority), recorded.authority);
    if (author.claim === "primary") {
      assert.ok(author.score < author.threshold);
      assert.equal(author.threshold, validator.babeThreshold(recorded.c, 1, recorded.num_authorities));
    }
    seen.set(author.claim, (seen.get(author.claim) ?? 0) + 1);
  }
  assert.deepEqual([...seen.keys()].sort(), ["primary", "secondary-plain", "secondary-vrf"]);
});

test("headers under other epochs, too early, and changed", () => {
  const all = babeHeaders();
  const primary = all.find(({ kind }) => kind === "primary"), plain = all.find(({ kind }) => kind === "secondary-plain");
  refused("bad_vrf_proof", () => validator.verifyBabe(primary.header, { ...epochOf(primary), randomness: new Uint8Array(32) }));
  refused("slot_kind", () => validator.verifyBabe(plain.header, { ...epochOf(plain), allowedSlots: "primary-only" }));
  refused("slot_in_future", () => validator.verifyBabe(plain.header, epochOf(plain), { slotNow: plain.slot - 1 }));
  refused("slot_order", () => validator.verifyBabe(plain.header, { ...epochOf(plain), startSlot: plain.slot + 1 }));
  refused("score_too_high", () => validator.verifyBabe(primary.header, { ...epochOf(primary), c: [1, 1_000_000_000] }));
  const other = plain.header.slice();
  other[0] ^= 1; // in the parent's hash: the seal is over it
  refused("bad_signature", () => validator.verifyBabe(other, epochOf(plain)));
});

// --- Aura ------------------------------------------------------------------------------------------------------------------

test("a parachain's blocks, by the authorities that a proof of its state shows", () => {
  const { mote } = validator;
  const blocks = jsonLines("local/para-2000.blocks.jsonl.gz");
  const proofs = JSON.parse(file("local/para-2000.read-proofs.json.gz").toString());
  let judged = 0;
  for (const { hash, all_in_one: nodes } of proofs) {
    const at = blocks.findIndex((block) => block.hash === hash);
    if (at < 0) continue;
    const state = mote.assumeStateRoot(mote.decodeHeader(blocks[at].header).stateRoot);
    const value = mote.proof(state, nodes).read(mote.storageKey("Aura", "Authorities"));
    assert.equal(value.kind, "value");
    const authorities = value.value, count = authorities[0] >> 2;
    for (const { header } of blocks.slice(at + 1, at + 6)) {
      const author = validator.verifyAura(header, { authorities });
      assert.equal(author.authorityIndex, Number(author.slot % BigInt(count)));
      assert.equal(hexOf(author.authority), hexOf(authorities.subarray(1 + 32 * author.authorityIndex).subarray(0, 32)));
      refused("slot_in_future", () => validator.verifyAura(header, { authorities, slotNow: author.slot - 1n }));
      const strangers = authorities.slice();
      strangers.fill(1, 1);
      assert.throws(() => validator.verifyAura(header, { authorities: strangers }), MoteError);
      judged++;
    }
  }
  assert.ok(judged >= 5, `${judged}`);
});

// --- trees, BEEFY ------------------------------------------------------------------------------------------------------------

const headers = relayHeaders();
const rangeAfter = (number) => validator.beefyRootOf(validator.mote.assumeHeader(headers.get(number)), headers.get(number));

test("recorded leaves and ancestry under the root that a header names", () => {
  const { root, proofs, ancestry } = mountains();
  assert.ok(proofs.length >= 4);
  for (const { name, leaves, proof } of proofs) {
    const found = validator.verifyMmr(root, { leaves, proof });
    assert.equal(found.leafCount, 136n);
    assert.equal(found.leaves.length, name.split("-").length);
    refused("root_mismatch", () => validator.verifyMmr(new Uint8Array(32), { leaves, proof }));
  }
  const grown = validator.verifyMmrAncestry(root, ancestry);
  assert.deepEqual([grown.leafCount, grown.of], [5n, 136n]);
  assert.equal(hexOf(grown.root), hexOf(rangeAfter(5).mmrRoot));
});

test("from a final header over a leaf of its range to an older one", () => {
  const { root, proofs } = mountains();
  const range = rangeAfter(136);
  assert.deepEqual([hexOf(range.mmrRoot), range.blockNumber, range.setId, range.assumed], [hexOf(root), 136, undefined, ["header"]]);
  for (const { leaves, proof } of proofs) {
    for (const leaf of validator.beefyLeaves(range, { leaves, proof })) {
      const header = validator.beefyHeader(leaf, headers.get(leaf.parentNumber));
      assert.deepEqual([header.number, hexOf(header.hash)], [leaf.parentNumber, hexOf(leaf.parentHash)]);
      assert.deepEqual(header.assumed, ["header"]);
      refused("header_hash", () => validator.beefyHeader(leaf, headers.get(leaf.parentNumber + 1)));
      refused("no_evidence", () => validator.beefyHeader({ ...leaf }, headers.get(leaf.parentNumber)));
      refused("leaf_index", () => validator.beefyHandOver(range, leaf, votes.keys));
    }
    refused("leaf_count", () => validator.beefyLeaves(range, { leaves, proof, firstBlock: 2 }));
    assert.throws(() => validator.beefyLeaves(rangeAfter(135), { leaves, proof }), MoteError);
  }
});

test("a recorded finality proof under the set that signed it, and no other", () => {
  const { range, votes: counted } = validator.verifyBeefy(votes.proof, { keys: votes.keys, setId: 7 });
  assert.deepEqual(counted, { validators: 2, threshold: 2, signatures: 2, counted: 2 });
  assert.deepEqual([range.blockNumber, range.setId, range.assumed], [149, 7n, ["authorities"]]);
  refused("other_set", () => validator.verifyBeefy(votes.proof, { keys: votes.keys, setId: 6 }));
  const named = validator.beefySetOf(validator.mote.assumeHeader(headers.get(121)), headers.get(121));
  assert.deepEqual([named.setId, named.validators, named.assumed], [6n, 2, ["header"]]);
  refused("other_set", () => validator.verifyBeefy(votes.proof, { set: named }));
  refused("no_evidence", () => validator.verifyBeefy(votes.proof, { set: { ...named } }));
  refused("handover_missing", () => validator.beefySetOf(validator.mote.assumeHeader(headers.get(120)), headers.get(120)));
  const other = validator.assumeBeefyRoot(new Uint8Array(32), 136);
  assert.deepEqual(other.assumed, ["root"]);
});

test("binary Merkle trees, against keccak of another library", () => {
  const leaves = [1, 2, 3, 4].map((i) => Uint8Array.of(i, i, i));
  const row = leaves.map((leaf) => keccakAsU8a(leaf));
  const pair = (a, b) => keccakAsU8a(Buffer.concat([a, b]));
  const root = pair(pair(row[0], row[1]), pair(row[2], row[3]));
  validator.verifyMerkle({ root, leaf: leaves[2], index: 2, count: 4, items: [row[3], pair(row[0], row[1])] });
  refused("root_mismatch", () => validator.verifyMerkle({ root, leaf: leaves[2], index: 3, count: 4, items: [row[3], pair(row[0], row[1])] }));
  refused("proof_length", () => validator.verifyMerkle({ root, leaf: leaves[2], index: 2, count: 4, items: [row[3]] }));
  refused("leaf_index", () => validator.verifyMerkle({ root, leaf: leaves[2], index: 4, count: 4, items: [] }));
});

test("20 000 hostile inputs in a row, and the instance is as before", () => {
  const [recorded] = babeHeaders();
  const epoch = epochOf(recorded);
  let state = 99, refusals = 0, memory = 0;
  const next = (below) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
  const damage = (valid) => {
    const copy = Uint8Array.from(valid.subarray(0, next(3) === 0 ? next(valid.length) : valid.length));
    if (copy.length > 0) copy[next(copy.length)] ^= 1 + next(255);
    return copy;
  };
  const { root, proofs } = mountains();
  const acts = [
    () => validator.verifyBeefy(damage(votes.proof), { keys: votes.keys, setId: 7 }),
    () => validator.verifyMmr(root, { leaves: proofs[0].leaves, proof: damage(proofs[0].proof) }),
    () => validator.verifyMmr(root, { leaves: damage(proofs[0].leaves), proof: proofs[0].proof }),
    () => validator.verifyMmrAncestry(root, damage(proofs[0].proof)),
    () => validator.verifyBabe(damage(recorded.header), epoch),
  ];
  for (let i = 0; i < 20_000; i++) {
    try { acts[i % acts.length](); } catch (error) { assert.ok(error instanceof MoteError); assert.notEqual(error.class, "internal"); refusals++; }
    if (i === 100) memory = validator.memoryBytes;
  }
  assert.ok(refusals > 18_000, `${refusals}`);
  assert.equal(validator.memoryBytes, memory);
  assert.equal(validator.verifyBabe(recorded.header, epoch).claim, recorded.kind);
});
