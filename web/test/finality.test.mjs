// SPDX-License-Identifier: Apache-2.0
// Justifications, commits, equivocations, warp proofs, checkpoints, genesis: the recordings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hex, hexOf, json, jsonLines, lines, list, load, refused } from "./support.mjs";
import { justifications, warps } from "../../tests/verdicts/cases.mjs";
import { commitOf, equivocationProof, setOf, u32, voter } from "../../tests/verdicts/signer.mjs";

const recorded = justifications();

test("41 of the 43 recorded justifications verify whole; the other two have no recorded set", async () => {
  const mote = await load();
  const index = json("grandpa/index.json");
  let verified = 0;
  for (const [i, { bytes, set, setId }] of recorded.entries()) {
    const said = index[i];
    const decoded = mote.decodeJustification(bytes);
    assert.equal(decoded.targetNumber, said.target_number);
    assert.equal(hexOf(decoded.targetHash), said.target_hash);
    assert.equal(decoded.precommits, said.num_precommits);
    assert.equal(decoded.round, BigInt(said.round));
    if (set.length === 0) continue;
    const { votes, block, header } = mote.verifyJustification({ authorities: set, setId, justification: bytes });
    assert.equal(header, undefined);
    assert.equal(block.number, said.target_number);
    assert.deepEqual(block.assumed, ["authorities"]);
    assert.ok(votes.countedWeight >= votes.threshold && votes.countedWeight <= votes.total);
    assert.equal(votes.equivocators, 0);
    verified++;
  }
  // polkadot-302592 is of the genesis authorities.
  const genesis = json("genesis/polkadot.genesis.json.gz").top;
  const first = mote.genesis(Object.entries(genesis)).authorities;
  const { bytes } = recorded.find(({ name }) => name.includes("polkadot-302592"));
  const before = recorded.find(({ name }) => name.includes("polkadot-302592")).set.length;
  const { block } = mote.verifyJustification({ authorities: first, setId: 0, justification: bytes });
  assert.equal(block.number, 302592);
  assert.equal(verified + (before === 0 ? 1 : 0), 41);
});

test("under another set id, another set, or a changed vote it does not hold", async () => {
  const mote = await load();
  const { bytes, set, setId } = recorded.find(({ name }) => name.includes("kusama"));
  const verify = (changes) => () => mote.verifyJustification({ authorities: set, setId, justification: bytes, ...changes });
  const wrong = refused("bad_signature", verify({ setId: setId + 1 }));
  assert.deepEqual([wrong.class, wrong.blame, wrong.input], ["false", "source", "justification"]);
  refused("unknown_voter", verify({ authorities: recorded.find(({ name }) => name.includes("rococo-1238286")).set }));
  const flipped = Uint8Array.from(bytes);
  flipped[46 + 36 + 132 * 5 + 3] ^= 1; // in a signature
  const bad = refused("bad_signature", verify({ justification: flipped }));
  assert.equal(bad.index, 5);
  refused("target_mismatch", verify({ header: lines("headers/rococo-1115042-1115042.hex")[0] }));
});

test("evidence is made by verifiers only: a copy, or one made by hand, is refused", async () => {
  const mote = await load();
  const header = hex(lines("headers/rococo-1758126-1758254.hex").at(-1));
  const parent = hex(lines("headers/rococo-1758126-1758254.hex").at(-2));
  const entry = recorded.find(({ name }) => name.includes("rococo-1758254"));
  const { block, header: final } = mote.verifyJustification({ authorities: entry.set, setId: entry.setId, justification: entry.bytes, header });
  assert.equal(final.number, 1758254);
  assert.equal(hexOf(final.hash), hexOf(block.hash));
  const down = mote.finalizedParent(final, parent);
  assert.equal(down.number, 1758253);
  assert.deepEqual(down.assumed, ["authorities"]);
  assert.equal(mote.finalizedHeader(block, header).number, 1758254);
  for (const forged of [{ ...final }, Object.create(final), { hash: final.hash, number: 7 }, structuredClone({ ...final })]) {
    refused("no_evidence", () => mote.finalizedParent(forged, parent));
  }
  refused("no_evidence", () => mote.finalizedParent(block, parent)); // evidence, but of another kind
  assert.throws(() => { final.number = 1; }, TypeError);
  refused("header_link", () => mote.finalizedParent(final, header));
});

test("evidence of another instance is refused: each seals with a key of its own", async () => {
  const { Mote } = await import("mote-light-client");
  const mote = await load(), other = await Mote.load();
  const header = lines("headers/rococo-1758126-1758254.hex");
  const assumed = other.assumeHeader(header.at(-1));
  refused("no_evidence", () => mote.finalizedParent(assumed, header.at(-2)));
});

test("what is assumed says so, and so does what is built on it", async () => {
  const mote = await load();
  const header = mote.assumeHeader(lines("headers/rococo-1758126-1758254.hex").at(-1));
  assert.deepEqual(header.assumed, ["header"]);
  assert.deepEqual(header.state.assumed, ["header"]);
  assert.deepEqual(mote.assumeStateRoot(new Uint8Array(32)).assumed, ["root"]);
  assert.throws(() => mote.assumeStateRoot(new Uint8Array(31)));
});

test("commits: the recorded justifications' own votes, as they are gossiped", async () => {
  const mote = await load();
  let verified = 0;
  for (const { bytes, set, setId } of recorded) {
    if (set.length === 0) continue;
    const { block, votes } = mote.verifyCommit({ authorities: set, setId, commit: commitOf(bytes, setId), headers: [] });
    assert.equal(block.number, mote.decodeJustification(bytes).targetNumber);
    assert.ok(votes.countedWeight >= votes.threshold);
    refused("other_set", () => mote.verifyCommit({ authorities: set, setId, commit: commitOf(bytes, setId + 1), headers: [] }));
    verified++;
  }
  assert.ok(verified >= 40);
});

test("equivocation proofs", async () => {
  const mote = await load();
  const voters = [1, 2, 3, 4].map(voter);
  const authorities = setOf(voters);
  const target = (fill, number) => Buffer.concat([Buffer.alloc(32, fill), u32(number)]);
  for (const [stage, name] of ["prevote", "precommit"].entries()) {
    const proof = equivocationProof(voters[2], stage, 9, 5, target(1, 10), target(2, 11));
    const found = mote.verifyEquivocation({ authorities, setId: 5, proof });
    assert.equal(found.stage, name);
    assert.deepEqual([found.setId, found.round, found.first.number, found.second.number], [5n, 9n, 10, 11]);
    assert.equal(hexOf(found.key), hexOf(voters[2].key));
    assert.equal(hexOf(found.second.hash), hexOf(Buffer.alloc(32, 2)));
    refused("other_set", () => mote.verifyEquivocation({ authorities, setId: 6, proof }));
    refused("bad_signature", () => mote.verifyEquivocation({ authorities, setId: 5, proof: Buffer.concat([proof.subarray(0, -1), Buffer.alloc(1)]) }));
  }
  const twice = equivocationProof(voters[2], 1, 9, 5, target(1, 10), target(1, 10));
  refused("not_equivocation", () => mote.verifyEquivocation({ authorities, setId: 5, proof: twice }));
  const stranger = equivocationProof(voter(9), 1, 9, 5, target(1, 10), target(2, 10));
  refused("unknown_voter", () => mote.verifyEquivocation({ authorities, setId: 5, proof: stranger }));
  refused("truncated", () => mote.verifyEquivocation({ authorities, setId: 5, proof: twice.subarray(0, 20) }));
});

// --- warp ------------------------------------------------------------------------------------------------------------

async function follow(mote, source, start, options) {
  const links = [];
  const walk = mote.warp(source, start, options);
  for (;;) {
    const step = await walk.next();
    if (step.done) return { links, end: step.value };
    links.push(step.value);
  }
}

function* pieces(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

for (const { name, bytes, start } of warps()) {
  test(`${name}: whole, in pieces, as a stream, as async chunks`, async () => {
    const mote = await load();
    const whole = await follow(mote, bytes, start);
    assert.ok(whole.end.finished);
    assert.ok(whole.links.length >= 2);
    assert.equal(whole.end.set.setId, whole.links.at(-1).nextSetId);
    assert.deepEqual(whole.links.map(({ index }) => index), whole.links.map((_, i) => i));
    const numbers = (of) => of.links.map(({ header }) => header.number);
    const sources = [
      pieces(bytes, 1000), pieces(bytes, 7),
      new ReadableStream({ start(controller) { for (const piece of pieces(bytes, 500)) controller.enqueue(piece); controller.close(); } }),
      (async function* () { yield* pieces(bytes, 333); })(), hexOf(bytes),
    ];
    for (const source of sources) assert.deepEqual(numbers(await follow(mote, source, start)), numbers(whole));
    const next = mote.authoritySet(whole.end.set);
    assert.equal(next.voters, whole.links.at(-1).nextAuthorities);
  });
}

test("what was verified before a bad fragment stays verified", async () => {
  const mote = await load();
  const { bytes, start } = warps()[0];
  const broken = Uint8Array.from(bytes);
  broken[bytes.length - 2000] ^= 1;
  for (const size of [bytes.length, 777]) {
    const links = [];
    await assert.rejects(async () => {
      for await (const link of mote.warp(pieces(broken, size), start)) links.push(link.header.number);
    }, (error) => error.class === "false" && error.index === 1);
    assert.deepEqual(links, [1238286]);
  }
  await assert.rejects(() => follow(mote, bytes.subarray(0, bytes.length - 1), start), { status: "stream_unfinished" });
});

test("a warp proof can be left, and aborted; more of them than sessions one after another, and some at once", async () => {
  const mote = await load();
  const { bytes, start } = warps()[0];
  for (let i = 0; i < 20; i++) {
    for await (const link of mote.warp(pieces(bytes, 500), start)) {
      assert.equal(link.index, 0);
      break;
    }
  }
  const controller = new AbortController();
  await assert.rejects(async () => {
    for await (const _ of mote.warp(pieces(bytes, 500), start, { signal: controller.signal })) controller.abort();
  }, { name: "AbortError" });
  const several = await Promise.all(Array.from({ length: 4 }, () => follow(mote, pieces(bytes, 100), start)));
  for (const { links } of several) assert.equal(links.length, 2);
});

test("an empty finished proof means nothing newer; an unfinished empty one is refused", async () => {
  const mote = await load();
  const { start } = warps()[0];
  const { links, end } = await follow(mote, Uint8Array.of(0, 1), start);
  assert.deepEqual([links.length, end.finished, end.set.setId], [0, true, 2149n]);
  await assert.rejects(() => follow(mote, Uint8Array.of(0, 0), start), { status: "warp_empty" });
});

// --- where trust starts ------------------------------------------------------------------------------------------------

for (const name of list("checkpoints", /\.json$/)) {
  test(`checkpoints/${name}`, async () => {
    const mote = await load();
    const { id, lightSyncState, decoded } = json(`checkpoints/${name}`);
    const checkpoint = mote.checkpointFromLightSyncState(lightSyncState, id);
    assert.equal(checkpoint.header.number, decoded.number);
    assert.equal(hexOf(checkpoint.header.hash), decoded.hash);
    assert.equal(checkpoint.setId, BigInt(decoded.grandpa_set_id));
    assert.equal(checkpoint.authorities, decoded.grandpa_authorities);
    assert.equal(checkpoint.slot, BigInt(decoded.slot));
    assert.ok(checkpoint.bytes.length <= 130 * 1024);
    const again = mote.checkpoint(checkpoint.bytes);
    assert.equal(hexOf(again.digest), hexOf(checkpoint.digest));
    assert.equal(hexOf(again.bytes), hexOf(checkpoint.bytes));
    const made = mote.checkpointAge(checkpoint, 1).madeAt;
    const at = (seconds) => mote.checkpointAge(checkpoint, made + seconds).freshness;
    const { windowSeconds: window, windowAssumed } = mote.checkpointAge(checkpoint, made);
    assert.equal(windowAssumed, !["polkadot", "ksmcc3", "westend2"].includes(id));
    assert.deepEqual([at(0), at(window / 4 - 1), at(window / 4 + 1), at(window - 1), at(window + 1), at(-3600)],
      ["fresh", "fresh", "stale", "stale", "expired", "from-future"]);
    assert.equal(mote.checkpointAge(checkpoint, new Date(made * 1000)).freshness, "fresh");
    const bare = mote.checkpointWithoutBabe(checkpoint);
    assert.ok(bare.bytes.length <= 60 * 1024 && bare.bytes.length <= checkpoint.bytes.length);
    assert.equal(hexOf(bare.digest), hexOf(checkpoint.digest));
    assert.equal(bare.hasEpochs, false);
    assert.equal(hexOf(mote.checkpoint(bare.bytes).bytes), hexOf(bare.bytes));
    const damaged = Uint8Array.from(checkpoint.bytes);
    damaged[damaged.length >> 1] ^= 1;
    refused("checksum", () => mote.checkpoint(damaged));
  });
}

test("a checkpoint of parts starts a warp proof and judges a justification", async () => {
  const mote = await load();
  const { bytes, start } = warps()[0];
  const header = lines("headers/rococo-1237705-1238699.hex")[0];
  const checkpoint = mote.checkpointFromParts({ header, authorities: start.authorities, setId: start.setId, chain: "rococo" });
  const now = mote.checkpointAge(checkpoint, 0).madeAt + 3600;
  const { links, end } = await follow(mote, bytes, { checkpoint, now });
  assert.equal(links.length, 2);
  const entry = recorded.find(({ name }) => name.includes("rococo-1238286"));
  const judged = (voters) => mote.verifyJustification({ ...voters, justification: entry.bytes }).block;
  assert.equal(judged({ checkpoint, now }).number, 1238286);
  // Proven from the checkpoint on: nothing is assumed. Nor with the set that the hand-over gave.
  assert.deepEqual(judged({ checkpoint, now }).assumed, []);
  assert.deepEqual(links.map(({ header: { assumed } }) => assumed), [[], []]);
  assert.deepEqual(end.set.assumed, []);
  const next = recorded.find(({ name }) => name.includes("rococo-1238699"));
  const { block } = mote.verifyJustification({ set: end.set, justification: next.bytes });
  assert.deepEqual([block.number, block.setId, block.assumed], [1238699, 2150n, []]);
  assert.deepEqual(judged({ set: checkpoint.set }).assumed, []);
  // With an age nobody knows, that is what is assumed; too old or from the future, it is refused by name.
  assert.deepEqual(judged({ checkpoint, now: null }).assumed, ["checkpoint-age"]);
  assert.deepEqual((await follow(mote, bytes, { checkpoint, now: null })).end.set.assumed, ["checkpoint-age"]);
  assert.equal(refused("expired", () => judged({ checkpoint })).class, "untimely");
  refused("from_future", () => judged({ checkpoint, now: now - 7200 }));
  // A set is evidence: what it says cannot be changed, and a copy is none.
  for (const forged of [{ ...end.set }, { ...end.set, setId: 5n }, Object.create(end.set)]) {
    refused("no_evidence", () => mote.verifyJustification({ set: forged, justification: next.bytes }));
  }
  end.set.authorities[5] ^= 1;
  refused("no_evidence", () => mote.verifyJustification({ set: end.set, justification: next.bytes }));
  refused("unknown_chain", () => mote.checkpointFromParts({ header, authorities: start.authorities, setId: 1, chain: "nowhere" }));
});

for (const name of list("genesis", /\.json\.gz$/)) {
  test(`genesis/${name}: root and hash`, async () => {
    const mote = await load();
    const { top, childrenDefault, ...said } = json(`genesis/${name}`);
    assert.deepEqual(childrenDefault ?? {}, {});
    const root = { 0: said.state_root_v0, 1: said.state_root_v1 }, hash = { 0: said.genesis_hash_v0, 1: said.genesis_hash_v1 };
    for (const version of [0, 1]) {
      const found = mote.genesis(Object.entries(top), version);
      if (root[version]) assert.equal(hexOf(found.stateRoot), root[version]);
      if (hash[version]) assert.equal(hexOf(found.hash), hash[version]);
      assert.equal(hexOf(mote.decodeHeader(found.header).hash), hexOf(found.hash));
    }
  });
}

test("a genesis with child tries: their roots are values of the main trie", async () => {
  const mote = await load();
  const top = [["0x0102", "0x03"], ["0x0103", "0x04"]];
  const kid = [["0xaa", "0x01"], ["0xab", new Uint8Array(40)]];
  for (const version of [0, 1]) {
    const root = mote.trieRoot(kid, version);
    const key = Buffer.concat([Buffer.from(":child_storage:default:"), Buffer.of(7)]);
    const whole = hexOf(mote.trieRoot([...top, [key, root]], version));
    assert.equal(hexOf(mote.genesis(top, version, { "0x07": kid }).stateRoot), whole);
    assert.equal(hexOf(mote.genesis(top, version, { "0x07": kid, "0x08": [] }).stateRoot), whole);
    assert.notEqual(hexOf(mote.genesis(top, version).stateRoot), whole);
  }
  refused("bad_argument", () => mote.genesis([...top, top[0]], 0));
});

test("extrinsics roots of recorded blocks", async () => {
  const mote = await load();
  for (const chain of ["relay", "para-2000", "para-2001"]) {
    for (const { header, extrinsics } of jsonLines(`local/${chain}.blocks.jsonl.gz`)) {
      const said = hexOf(mote.decodeHeader(header).extrinsicsRoot);
      const roots = [0, 1].map((version) => hexOf(mote.orderedTrieRoot(extrinsics, version)));
      assert.ok(roots.includes(said));
    }
  }
});
