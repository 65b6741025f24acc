// SPDX-License-Identifier: Apache-2.0
// What has to work wherever the package runs: main thread, Worker, Node. Nothing here needs more than fetch.

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
function check(condition, message) {
  if (!condition) throw new Error(message);
}
function refusal(act) {
  try {
    act();
  } catch (error) {
    return error.status ?? `${error}`;
  }
  return "nothing thrown";
}

/** name -> test; each gets an instance, the package's two entries, and how to get recorded bytes. */
const tests = {
  async hashes({ mote }) {
    check(hexOf(mote.blake2b256("0x")) === "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8", "blake2b256");
    check(hexOf(mote.storageKey("System", "Number")) === "26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac", "storageKey");
  },
  async "a justification of 234 signatures"({ mote, get }) {
    const justification = await get("vectors/grandpa/kusama-2857472.justification.bin");
    const authorities = await get("vectors/grandpa/authority-sets/kusama-set1101.bin");
    const { block, votes } = mote.verifyJustification({ authorities, setId: 1101, justification });
    check(block.number === 2857472 && votes.countedVoters === 234, "block");
    justification[100] ^= 1; // in the first signature
    check(refusal(() => mote.verifyJustification({ authorities, setId: 1101, justification })) === "bad_signature", "refused");
  },
  async "the same, its signatures by Workers"({ mote, get }) {
    const justification = await get("vectors/grandpa/kusama-2857472.justification.bin");
    const authorities = await get("vectors/grandpa/authority-sets/kusama-set1101.bin");
    const { Worker: Page } = globalThis; // Node has threads instead
    let started = 0;
    if (Page !== undefined) globalThis.Worker = class extends Page { constructor(...of) { super(...of); started++; } };
    const verify = () => mote.verifyJustificationAsync({ authorities, setId: 1101, justification }, { workers: 2 });
    const { block, votes } = await verify();
    check(block.number === 2857472 && votes.countedVoters === 234, "block");
    check(Page === undefined || started === 2, `${started} Workers`);
    justification[100] ^= 1; // in the first signature
    const error = await verify().then(() => undefined, (reason) => reason);
    check(error?.status === "bad_signature" && error.index === 0, "refused");
    if (Page !== undefined) globalThis.Worker = Page;
    mote.close();
  },
  async "a warp proof as a stream"({ mote, get }) {
    const bytes = await get("vectors/warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin");
    const authorities = await get("vectors/grandpa/authority-sets/rococo-set2149.bin");
    const numbers = [];
    const body = new Response(bytes).body;
    for await (const link of mote.warp(body, { authorities, setId: 2149 })) numbers.push(link.header.number);
    check(numbers.join() === "1238286,1238699", `links ${numbers}`);
  },
  async "state proofs: value, absence, and what is neither"({ mote, get }) {
    const recorded = JSON.parse(new TextDecoder().decode(await get("vectors/proofs/rococo-1758254-parahead-basilisk-2090.json")));
    const state = mote.assumeStateRoot(recorded.state_root);
    const proof = mote.proof(state, recorded.nodes);
    const [{ key, value }] = recorded.entries;
    const found = proof.read(key);
    check(found.kind === "value" && `0x${hexOf(found.value)}` === value, "value");
    check(mote.paraHead(proof, 2090).kind === "header", "head");
    check(refusal(() => proof.read("0xff")) === "proof_incomplete", "incomplete");
    check(refusal(() => mote.proof({ ...state }, recorded.nodes).read(key)) === "no_evidence", "evidence");
  },
  async "bundles, and a forged one"({ mote, lib, get }) {
    const index = JSON.parse(new TextDecoder().decode(await get("recordings/index.json")));
    for (const { name, bundle, checkpoint, now } of index.recordings) {
      if (bundle === undefined) continue;
      const trusted = mote.checkpoint(await get(`recordings/${checkpoint}`));
      const links = [...mote.verifyBundle(await get(`recordings/${bundle}`), { checkpoint: trusted, now })];
      check(links.length >= 2, name);
    }
    const { checkpoint, now } = index.recordings.find(({ name }) => name === "rococo-basilisk");
    const trusted = mote.checkpoint(await get(`recordings/${checkpoint}`));
    const forged = await get("recordings/rococo-basilisk-forged.bundle");
    let caught;
    try {
      for (const link of mote.verifyBundle(forged, { checkpoint: trusted, now })) check(link.kind !== undefined, "link");
    } catch (error) {
      caught = error;
    }
    check(caught instanceof lib.BundleError && caught.class === "false", `forged: ${caught}`);
  },
  async "a compiled module, the module from inside the bindings, from a response"({ mote, lib, inline, base }) {
    const module = await WebAssembly.compile(await (await fetch(new URL("dist/mote.wasm", base))).arrayBuffer());
    const second = await lib.Mote.load({ wasm: module });
    const third = await inline.load();
    for (const other of [second, third]) check(hexOf(other.twox128("0x616263")) === hexOf(mote.twox128("0x616263")), "same");
    const fourth = await lib.Mote.load({ wasm: await fetch(new URL("dist/mote.wasm", base)) });
    check(fourth.memoryBytes > 0, "from a response");
  },
  async "a validator: leaves under a root that a header names, an older header below it"({ validation, get }) {
    const validator = await validation.Validator.load();
    const { mote } = validator;
    const zipped = new Response(new Blob([await get("vectors/local/relay.blocks.jsonl.gz")]).stream().pipeThrough(new DecompressionStream("gzip")));
    const headers = new Map((await zipped.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line)).map(({ number, header }) => [number, header]));
    const { leaves, proof } = JSON.parse(new TextDecoder().decode(await get("vectors/local/relay.mmr.json")))["1-68-132"];
    const range = validator.beefyRootOf(mote.assumeHeader(headers.get(136)), headers.get(136));
    const found = validator.beefyLeaves(range, { leaves, proof });
    const numbers = found.map((leaf) => validator.beefyHeader(leaf, headers.get(leaf.parentNumber)).number);
    check(found.length === 3 && numbers.join() === found.map((leaf) => leaf.parentNumber).join(), `headers ${numbers}`);
    check(refusal(() => validator.beefyHeader({ ...found[0] }, headers.get(0))) === "no_evidence", "evidence");
    check(refusal(() => validator.beefyLeaves(range, { leaves, proof, firstBlock: 2 })) === "leaf_count", "count");
  },
  async "a validator: a recorded header's author"({ validation, get }) {
    const validator = await validation.Validator.load();
    const [line] = new TextDecoder().decode(await get("vectors/headers/babe-verification-vectors.jsonl")).split("\n", 1);
    const recorded = JSON.parse(line);
    const keys = Array.from({ length: recorded.num_authorities }, (_, i) => (i === recorded.authority_index ? recorded.authority.slice(2) : "01".repeat(32)));
    const count = ((recorded.num_authorities << 2) | 1).toString(16).padStart(4, "0");
    const epoch = {
      index: recorded.epoch_index, startSlot: recorded.epoch_start_slot, duration: recorded.epoch_duration, randomness: recorded.epoch_randomness,
      c: recorded.c, allowedSlots: ["primary-only", "secondary-plain", "secondary-vrf"][recorded.allowed_slots],
      authorities: `0x${count.slice(2)}${count.slice(0, 2)}${keys.map((key) => `${key}0100000000000000`).join("")}`,
    };
    const author = validator.verifyBabe(recorded.header, epoch);
    check(author.claim === recorded.kind && author.slot === BigInt(recorded.slot), "author");
    check(refusal(() => validator.verifyBabe(recorded.header, { ...epoch, allowedSlots: "primary-only" })) === "slot_kind", "slots");
  },
  async "a thousand hostile inputs"({ mote, get }) {
    const valid = await get("vectors/grandpa/rococo-1238286.justification.bin");
    const authorities = await get("vectors/grandpa/authority-sets/rococo-set2149.bin");
    let state = 12345;
    const next = (below) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
    const damaged = () => {
      const copy = valid.slice(0, next(3) === 0 ? next(valid.length) : valid.length);
      if (copy.length > 0) copy[next(copy.length)] ^= 1 + next(255);
      return copy;
    };
    let refused = 0, memory = 0;
    for (let i = 0; i < 1000; i++) {
      if (refusal(() => mote.verifyJustification({ authorities, setId: 2149, justification: damaged() })) !== "nothing thrown") refused++;
      if (i === 100) memory = mote.memoryBytes;
    }
    check(refused > 900 && mote.memoryBytes === memory, `${refused} refused, memory ${memory} then ${mote.memoryBytes}`);
  },
};

/** The package's entries as the server of server.mjs has them. */
export const entries = async (base) => ({
  lib: await import(new URL("dist/index.js", base)),
  inline: await import(new URL("dist/inline.js", base)),
  validation: await import(new URL("dist/validation.js", base)),
});

/** Runs all: [{name, error?}]. `base` is the server's address. */
export async function run(base, { lib, inline, validation }) {
  const mote = await lib.Mote.load();
  const get = async (path) => {
    const answer = await fetch(new URL(path, base));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const results = [];
  for (const [name, act] of Object.entries(tests)) {
    try {
      await act({ mote, lib, inline, validation, get, base });
      results.push({ name });
    } catch (error) {
      results.push({ name, error: `${error?.stack ?? error}` });
    }
  }
  return results;
}

/** Milliseconds from the fetch of the module, or of the bindings, to the first verdict: a storage proof of one key. */
export async function firstVerdict(base) {
  const recorded = await (await fetch(new URL("vectors/proofs/rococo-1758254-parahead-basilisk-2090.json", base))).json();
  const begun = performance.now();
  const { Mote } = await import(new URL("dist/index.js", base));
  const imported = performance.now();
  const mote = await Mote.load();
  const found = mote.proof(mote.assumeStateRoot(recorded.state_root), recorded.nodes).read(recorded.entries[0].key);
  const done = performance.now();
  check(found.kind === "value", "value");
  return { fromModule: done - imported, fromBindings: done - begun };
}
