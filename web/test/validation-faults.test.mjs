// SPDX-License-Identifier: Apache-2.0
// VRFs, samples of BEEFY, and faults of validators in the second module: recorded where chains have them; faults, which
// nobody recorded, are signed by other libraries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blake2AsU8a, secp256k1PairFromSeed, secp256k1Sign, sr25519PairFromSeed, sr25519Sign } from "@polkadot/util-crypto";
import { MoteError } from "mote-light-client";
import { Validator } from "mote-light-client/validation";
import { babeHeaders, mountains, relayHeaders } from "../../tests/verdicts/validation.mjs";
import { compact, hex, hexOf, json, jsonLines, refused } from "./support.mjs";

const validator = await Validator.load();
const { mote } = validator;
const u32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value); return out; };
const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };

// --- VRF -------------------------------------------------------------------------------------------------------------------

/** A recorded header's claim: pre-digest 1 or 3, index, slot, pre-output, proof. */
function vrfOf({ header, authority, slot, epoch_index: epoch, epoch_randomness: randomness }) {
  const { digest } = mote.decodeHeader(header);
  const { payload } = digest.find(({ kind }) => kind === "pre-runtime");
  return {
    publicKey: authority,
    transcript: { label: "BABE", messages: [["slot number", u64(slot)], ["current epoch", u64(epoch)], ["chain randomness", randomness]] },
    preOutput: payload.subarray(13, 45), proof: payload.subarray(45, 109),
  };
}

test("recorded VRFs: by themselves and many at once, and the score that comes of them", () => {
  const recorded = babeHeaders().filter(({ kind }) => kind !== "secondary-plain");
  assert.ok(recorded.length > 100);
  const claims = recorded.map(vrfOf);
  const bytes = { purpose: "substrate-babe-vrf", size: 16 };
  const outputs = validator.verifyVrfBatch(claims, bytes);
  for (const [i, output] of outputs.entries()) {
    assert.equal(output.length, 16);
    if (recorded[i].kind !== "primary") continue;
    const { score } = validator.verifyBabe(recorded[i].header, {
      index: recorded[i].epoch.index, startSlot: recorded[i].epoch.startSlot, duration: recorded[i].epoch.duration, authorities: recorded[i].epoch.authorities,
      randomness: recorded[i].epoch.randomness, c: recorded[i].c, allowedSlots: ["primary-only", "secondary-plain", "secondary-vrf"][recorded[i].allowed_slots],
    });
    assert.equal(Buffer.from(output).reverse().toString("hex"), score.toString(16).padStart(32, "0"));
  }
  assert.deepEqual(validator.verifyVrf(claims[0], bytes), outputs[0]);
  const wrong = claims.slice(0, 9).map((claim, i) => (i % 4 === 1 ? { ...claim, publicKey: claims[20].publicKey } : claim));
  assert.deepEqual(validator.verifyVrfBatch(wrong, bytes).map((output) => output !== undefined), wrong.map((_, i) => i % 4 !== 1));
  refused("bad_vrf_proof", () => validator.verifyVrf(wrong[1]));
  refused("bad_argument", () => validator.verifyVrf({ ...claims[0], proof: new Uint8Array(63) }));
  refused("bad_argument", () => validator.verifyVrf({ ...claims[0], transcript: { label: "x".repeat(65), messages: [] } }));
});

// --- authors -----------------------------------------------------------------------------------------------------------------

const authors = [1, 2, 3].map((seed) => sr25519PairFromSeed(new Uint8Array(32).fill(seed)));
const authorities = Buffer.concat([compact(3), ...authors.flatMap(({ publicKey }) => [publicKey, u64(1)])]);
const digestItem = (kind, engine, payload) => Buffer.concat([Buffer.from([kind]), Buffer.from(engine), compact(payload.length), payload]);

/** A header by this author with a seal over it. */
function sealed(pair, engine, claim, mark) {
  const body = (items) => Buffer.concat([Buffer.alloc(32, mark), compact(9), Buffer.alloc(32, 2), Buffer.alloc(32, 3), compact(items.length), ...items]);
  const pre = digestItem(6, engine, claim);
  const seal = sr25519Sign(blake2AsU8a(body([pre])), pair);
  return body([pre, digestItem(5, engine, seal)]);
}

test("two blocks of one slot are proof against their BABE author", () => {
  const slot = 77, index = 1, claim = Buffer.concat([Buffer.from([2]), u32(index), u64(slot)]);
  const [first, second] = [10, 11].map((mark) => sealed(authors[index], "BABE", claim, mark));
  const proof = Buffer.concat([authors[index].publicKey, u64(slot), first, second]);
  const found = validator.verifyBabeEquivocation(proof);
  assert.deepEqual([hexOf(found.offender), found.slot, found.authorityIndex], [hexOf(authors[index].publicKey), 77n, 1]);
  assert.deepEqual([hexOf(found.firstHash), hexOf(found.secondHash)], [hexOf(blake2AsU8a(first)), hexOf(blake2AsU8a(second))]);
  const epoch = { index: 0, startSlot: 70, duration: 20, authorities, randomness: new Uint8Array(32), c: [1, 4], allowedSlots: "secondary-plain" };
  assert.equal(validator.verifyBabeEquivocation(proof, epoch).authorityIndex, 1);
  const others = Buffer.concat([compact(1), authors[0].publicKey, u64(1)]);
  assert.throws(() => validator.verifyBabeEquivocation(proof, { ...epoch, authorities: others }), MoteError);
  refused("not_equivocation", () => validator.verifyBabeEquivocation(Buffer.concat([authors[index].publicKey, u64(slot), first, first])));
  const forged = sealed(authors[0], "BABE", claim, 12);
  refused("bad_signature", () => validator.verifyBabeEquivocation(Buffer.concat([authors[index].publicKey, u64(slot), first, forged])));
});

test("and against their Aura author", () => {
  const slot = 76, list = Buffer.concat([compact(3), ...authors.map(({ publicKey }) => publicKey)]);
  const [first, second] = [10, 11].map((mark) => sealed(authors[slot % 3], "aura", u64(slot), mark));
  const found = validator.verifyAuraEquivocation(first, second, { authorities: list });
  assert.deepEqual([found.slot, found.authorityIndex, hexOf(found.authority)], [76n, 1, hexOf(authors[1].publicKey)]);
  refused("not_equivocation", () => validator.verifyAuraEquivocation(first, first, { authorities: list }));
  const recorded = jsonLines("local/para-2000.blocks.jsonl.gz").slice(5, 7).map(({ header }) => header);
  refused("not_equivocation", () => validator.verifyAuraEquivocation(...recorded, { authorities: Buffer.concat([compact(1), hex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d")]) }));
});

// --- BEEFY -------------------------------------------------------------------------------------------------------------------

test("samples that a bridge took of Polkadot's commitments", () => {
  let signatures = 0;
  for (const name of ["polkadot-31517088-set5011", "polkadot-31591200-set5042", "polkadot-31593578-set5043", "polkadot-31598364-set5045"]) {
    const record = json(`beefy/${name}-snowbridge-mainnet.json`);
    const set = { setId: record.validator_set_id, validators: record.validator_set_len, root: record.keyset_commitment };
    const samples = [...record.validator_proofs].sort((a, b) => a.index - b.index).map(({ v, r, s, index, account, merkle_proof: items }) =>
      ({ signature: Buffer.concat([hex(r), hex(s), Buffer.from([v])]), address: account, index, items }));
    const sampled = validator.verifyBeefySample(record.commitment_scale, set, samples);
    assert.deepEqual([sampled.kind, sampled.blockNumber, sampled.sampled], ["sampled", record.block_number, samples.length]);
    assert.equal(hexOf(sampled.mmrRoot), record.payload.find(({ payloadID }) => payloadID === "0x6d68").data);
    refused("other_set", () => validator.verifyBeefySample(record.commitment_scale, { ...set, setId: set.setId + 1 }, samples));
    refused("leaf_index", () => validator.verifyBeefySample(record.commitment_scale, set, [...samples].reverse()));
    refused("bad_signature", () => validator.verifyBeefySample(record.commitment_scale, set, samples.map((sample) => ({ ...sample, signature: samples[0].signature }))));
    refused("no_leaves", () => validator.verifyBeefySample(record.commitment_scale, set, []));
    // A sample is no range of BEEFY: what takes one refuses it.
    refused("no_evidence", () => validator.beefyLeaves(sampled, { leaves: new Uint8Array(1), proof: new Uint8Array(1) }));
    signatures += sampled.sampled;
  }
  assert.ok(signatures > 50, `${signatures}`);
});

const voters = [1, 2, 3, 4].map((seed) => secp256k1PairFromSeed(new Uint8Array(32).fill(seed)));
const set = { keys: Buffer.concat([compact(4), ...voters.map(({ publicKey }) => publicKey)]), setId: 5 };
const commitment = (root, block, setId = 5) => Buffer.concat([compact(1), Buffer.from("mh"), compact(32), root, u32(block), u64(setId)]);
const vote = (voter, bytes) => Buffer.concat([bytes, voters[voter].publicKey, secp256k1Sign(bytes, voters[voter], "keccak")]);

test("two votes of one validator for different roots", () => {
  const [one, other] = [1, 2].map((mark) => commitment(Buffer.alloc(32, mark), 100));
  assert.deepEqual(validator.verifyBeefyDoubleVote(Buffer.concat([vote(2, one), vote(2, other)]), set), { validator: 2 });
  refused("not_equivocation", () => validator.verifyBeefyDoubleVote(Buffer.concat([vote(2, one), vote(2, one)]), set));
  refused("not_equivocation", () => validator.verifyBeefyDoubleVote(Buffer.concat([vote(2, one), vote(1, other)]), set));
  refused("other_set", () => validator.verifyBeefyDoubleVote(Buffer.concat([vote(2, one), vote(2, other)]), { ...set, setId: 6 }));
  const [mine] = [vote(2, other)];
  mine[mine.length - 10] ^= 1;
  refused("bad_signature", () => validator.verifyBeefyDoubleVote(Buffer.concat([vote(2, one), mine]), set));
});

test("votes for blocks to come, and for a fork of the recorded range", () => {
  const early = vote(3, commitment(Buffer.alloc(32, 7), 100));
  assert.deepEqual(validator.verifyBeefyFutureVote(early, set, 90), { validator: 3 });
  refused("not_equivocation", () => validator.verifyBeefyFutureVote(early, set, 101));
  // The recorded ancestry proof: the range after block 136 grew out of the one after block 5.
  const { ancestry } = mountains(), headers = relayHeaders();
  const range = validator.beefyRootOf(mote.assumeHeader(headers.get(136)), headers.get(136));
  const own = validator.beefyRootOf(mote.assumeHeader(headers.get(5)), headers.get(5)).mmrRoot;
  const fork = vote(1, commitment(Buffer.alloc(32, 7), 5));
  assert.deepEqual(validator.verifyBeefyForkVote(fork, set, { range, ancestry }), { validator: 1 });
  refused("not_equivocation", () => validator.verifyBeefyForkVote(vote(1, commitment(Buffer.from(own), 5)), set, { range, ancestry }));
  refused("leaf_count", () => validator.verifyBeefyForkVote(vote(1, commitment(Buffer.alloc(32, 7), 6)), set, { range, ancestry }));
  refused("no_evidence", () => validator.verifyBeefyForkVote(fork, set, { range: { ...range }, ancestry }));
});
