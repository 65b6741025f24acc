// SPDX-License-Identifier: Apache-2.0
// The cases of what a full node judges besides: recorded headers with what made them, our network's range and votes, and damaged
// copies of them.
import { compact, hex, json, jsonLines, random } from "./recorded.mjs";
import { operationsOf, showAnswer } from "./codec.mjs";

const ask = (operation, question) => async (host) => [`${operation} ${showAnswer(await host.call(operation, question))}`];

const u32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value); return out; };
const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };

/** The recorded headers with their epochs: of everybody's keys only the author's is recorded, the others are 01 01 01.. */
export function babeHeaders() {
  return jsonLines("headers/babe-verification-vectors.jsonl").map((line) => {
    const items = Array.from({ length: line.num_authorities }, (_, i) =>
      Buffer.concat([i === line.authority_index ? hex(line.authority) : Buffer.alloc(32, 1), u64(1)]));
    const epoch = {
      index: line.epoch_index, startSlot: line.epoch_start_slot, duration: line.epoch_duration, randomness: hex(line.epoch_randomness),
      authorities: Buffer.concat([compact(items.length), ...items]), cNumerator: line.c[0], cDenominator: line.c[1], allowedSlots: line.allowed_slots,
    };
    return { ...line, header: hex(line.header), epoch };
  });
}

/** Seals of these headers: signatures of sr25519 over the hash before it. */
export const seals = () => babeHeaders().map(({ authority, seal, pre_seal_hash: hash }) => ({ publicKey: hex(authority), signature: hex(seal), message: hex(hash) }));

/** Our network's parachain: its headers, and the authorities (Aura::Authorities) that a proof of its state shows. */
export const paraHeaders = () => jsonLines("local/para-2000.blocks.jsonl.gz").map(({ header }) => hex(header));

export const relayHeaders = () => new Map(jsonLines("local/relay.blocks.jsonl.gz").map(({ number, header }) => [number, hex(header)]));

/** What our network answered about its range after block 136, whose root is in that block's digest. */
export function mountains() {
  const { ancestry, ...answers } = json("local/relay.mmr.json");
  const header = relayHeaders().get(136);
  const root = header.subarray(header.indexOf("BEEF\x84\x03", "latin1") + 6).subarray(0, 32);
  const proofs = Object.entries(answers).filter(([, answer]) => answer.leaves !== undefined)
    .map(([name, { leaves, proof }]) => ({ name, leaves: hex(leaves), proof: hex(proof) }));
  const grown = Buffer.concat([
    compact(ancestry.prev_peaks.length), ...ancestry.prev_peaks.map(hex), u64(ancestry.prev_leaf_count), u64(ancestry.leaf_count),
    compact(ancestry.items.length), ...ancestry.items.flatMap(([position, item]) => [u64(position), hex(item)]),
  ]);
  return { root, proofs, ancestry: grown };
}

/** The keys of set 7, which come out of the recorded signatures by another program, and to the root that leaf 132 names. */
export const votes = {
  proof: hex(json("local/relay.beefy.json")[0]),
  keys: Buffer.concat([compact(2), hex("038c8a33dbb453757879164a10b36a065cc53f7d36d65c78c386b9b0fc4ef378e1"), hex("0294538105b17f6ab62ecd30de0da88013ad916343e21e01ec9d54f4d8f6e24cc6")]),
  setId: 7,
};

/** Copies with a byte changed, or cut. */
function* damaged(valid, seed, count) {
  const next = random(seed);
  for (let i = 0; i < count; i++) {
    const copy = Buffer.from(valid.subarray(0, next(4) === 0 ? next(valid.length) : valid.length));
    if (copy.length > 0) copy[next(copy.length)] ^= 1 << next(8);
    yield copy;
  }
}

const each = (operation, field, copies, question) => async (host) => {
  const log = [];
  for (const copy of copies()) log.push(...await ask(operation, { ...question, [field]: copy })(host));
  return log;
};

function* authorship(times) {
  const headers = babeHeaders();
  for (const [i, { network, number, header, epoch, slot }] of headers.entries()) {
    const question = { ...epoch, header, slotNow: slot };
    yield [`BABE header ${i}, ${network} ${number}`, async (host) => [
      ...await ask("babeVerify", question)(host),
      ...await ask("babeVerify", { ...question, slotNow: slot - 1 })(host),
      ...await ask("babeVerify", { ...question, allowedSlots: i % 4 })(host),
      ...await each("babeVerify", "header", () => damaged(header, i, Math.ceil(3 * times)), question)(host),
    ]];
  }
  yield ["BABE thresholds", async (host) => {
    const next = random(21);
    const log = [];
    for (let i = 0; i < 400; i++) {
      const cDenominator = 1 + next(1000), total = 1 + next(1 << 30);
      log.push(...await ask("babeThreshold", { cNumerator: next(cDenominator + 1), cDenominator, weight: next(total + 1), total })(host));
    }
    return log;
  }];
  const all = seals();
  yield ["sr25519, one by one", async (host) => {
    const log = [];
    for (const [i, sealed] of all.entries()) {
      log.push(...await ask("sr25519Verify", sealed)(host));
      log.push(...await each("sr25519Verify", "signature", () => damaged(sealed.signature, i, 2), sealed)(host));
    }
    return log;
  }];
  const batch = (members) => ({ publicKeys: members.map((m) => m.publicKey), signatures: members.map((m) => m.signature), messages: members.map((m) => m.message) });
  yield ["sr25519, as one batch", ask("sr25519Batch", batch(all))];
  yield ["sr25519, as one batch with three of other messages", ask("sr25519Batch", batch(all.map((m, i) => (i % 200 === 7 ? { ...m, message: all[0].message } : m))))];
  yield ["Aura headers under made up authorities", async (host) => {
    const log = [];
    for (const header of paraHeaders().slice(0, 60)) {
      for (const scheme of [0, 1, 2]) log.push(...await ask("auraVerify", { header, scheme, authorities: Buffer.concat([compact(1), Buffer.alloc(32, 1)]), slotNow: -1n & ((1n << 64n) - 1n) })(host));
    }
    return log;
  }];
}

function* trees(times) {
  const { root, proofs, ancestry } = mountains();
  for (const { name, leaves, proof } of proofs) {
    yield [`leaves ${name}`, async (host) => [
      ...await ask("mmrVerify", { root, leaves, proof })(host),
      ...await each("mmrVerify", "proof", () => damaged(proof, 31, 150 * times), { root, leaves })(host),
      ...await each("mmrVerify", "leaves", () => damaged(leaves, 32, 150 * times), { root, proof })(host),
    ]];
    yield [`leaves ${name} below a root`, async (host) => {
      const { range: { token: range } } = await host.call("beefyAssumeRoot", { root, blockNumber: 136 });
      const headers = relayHeaders();
      const log = [];
      for (const firstBlock of [0, 1, 2]) log.push(...await ask("beefyLeaves", { range, firstBlock, leaves, proof })(host));
      for (const { token: leaf, parentNumber } of (await host.call("beefyLeaves", { range, firstBlock: 1, leaves, proof })).leaves) {
        for (const number of [parentNumber, parentNumber + 1]) log.push(...await ask("beefyHeader", { leaf, header: headers.get(number) ?? Buffer.alloc(0) })(host));
        log.push(...await ask("beefyHeader", { leaf: range, header: headers.get(parentNumber) })(host));
        log.push(...await ask("beefyHandOver", { range, leaf, keys: votes.keys })(host));
        log.push(...await ask("beefyParaHead", { leaf, paraId: 2000, head: Buffer.alloc(9), index: 0, count: 2, items: Buffer.alloc(32) })(host));
      }
      return log;
    }];
  }
  yield ["ancestry", async (host) => [
    ...await ask("mmrAncestry", { root, proof: ancestry })(host),
    ...await each("mmrAncestry", "proof", () => damaged(ancestry, 33, 300 * times), { root })(host),
  ]];
  yield ["Merkle proofs of one and two leaves", async (host) => {
    const { hash } = await host.call("hash", { function: 6, data: u32(7) });
    const { hash: other } = await host.call("hash", { function: 6, data: u32(8) });
    const { hash: both } = await host.call("hash", { function: 6, data: Buffer.concat([hash, other]) });
    const log = [];
    for (const of of [hash, both]) for (const index of [0, 1, 2]) for (const count of [0, 1, 2, 3]) for (const items of [Buffer.alloc(0), other, hash]) {
      log.push(...await ask("merkleVerify", { root: of, leaf: u32(7), index, count, items })(host));
    }
    return log;
  }];
}

function* beefy(times) {
  yield ["a finality proof under its set", async (host) => [
    ...await ask("beefyVerify", votes)(host),
    ...await ask("beefyVerify", { ...votes, setId: 6 })(host),
    ...await each("beefyVerify", "proof", () => damaged(votes.proof, 41, 300 * times), votes)(host),
    ...await each("beefyVerify", "keys", () => damaged(votes.keys, 42, 100 * times), votes)(host),
  ]];
  yield ["what final headers name", async (host) => {
    const log = [];
    let before = Buffer.alloc(0);
    for (const { header } of jsonLines("local/relay.blocks.jsonl.gz")) {
      const bytes = hex(header);
      const { header: { token } } = await host.call("assumeHeader", { header: bytes });
      for (const question of [{ token, header: bytes }, { token, header: before }]) {
        log.push(...await ask("beefyRootOfHeader", question)(host), ...await ask("beefySetOfHeader", question)(host));
      }
      const { status, set } = await host.call("beefySetOfHeader", { token, header: bytes });
      if (status === 0) log.push(...await ask("beefyVerify", { keys: set.keys, setId: set.setId, token: set.token, proof: votes.proof })(host));
      before = bytes;
    }
    return log;
  }];
}

const scaleNodes = (nodes) => Buffer.concat([compact(nodes.length), ...nodes.map(hex).flatMap((node) => [compact(node.length), node])]);

/** What is read under a proof of a relay chain's state, and of a parachain's. */
const relayReads = [
  ["hrmpChannel", { sender: 2000, recipient: 2001 }], ["hrmpChannel", { sender: 2001, recipient: 2000 }], ["hrmpPeers", { paraId: 2001, incoming: true }],
  ["hrmpPeers", { paraId: 2001, incoming: false }], ["messageQueue", { downward: false, sender: 2000, recipient: 2001 }],
  ["messageQueue", { downward: true, sender: 0, recipient: 2000 }], ["dmpPages", { recipient: 2000, from: 0, count: 9 }], ["dmpPages", { recipient: 2001, from: 3, count: 1 }],
  ["dmpHead", { recipient: 2000 }], ["hrmpWatermark", { recipient: 2001, sentAt: 105 }], ["relayLimits", {}], ["dispatchCapacity", { paraId: 2000 }],
  ["coreWork", { layout: 0, core: 1 }], ["coreWork", { layout: 1, core: 0 }], ["coreHeld", { layout: 0, core: 0, paraId: 2000 }], ["coreCount", {}],
  ["coreSchedule", { layout: 0, block: 9, core: 0 }], ["upgradeSchedule", { paraId: 2000 }], ["upgradeSignal", { paraId: 2000 }], ["upgradeRestricted", { paraId: 2000 }],
  ["events", {}], ["leases", {}],
];
const paraReads = [
  ["hrmpOutbound", {}], ["umpOutbound", {}], ["takenHead", { downward: true, sender: 0 }], ["takenHead", { downward: false, sender: 2000 }],
  ["region", { begin: 1, core: 1, mask: Buffer.alloc(10) }], ["brokerSchedule", { now: true, timeslice: 0, core: 1 }], ["leases", {}], ["events", {}],
];

function* states(times) {
  for (const [chain, kind, reads] of [["relay", "message", relayReads], ["relay", "read", relayReads], ["para-2000", "message", paraReads], ["para-2001", "read", paraReads]]) {
    yield [`messages and cores in states of ${chain}, ${kind}`, async (host) => {
      const log = [];
      for (const [i, { state_root: stateRoot, all_in_one: nodes }] of json(`local/${chain}.${kind}-proofs.json.gz`).entries()) {
        const { state } = await host.call("assumeStateRoot", { root: hex(stateRoot) });
        const proof = scaleNodes(nodes);
        for (const [operation, question] of reads) {
          log.push(...await ask(operation, { ...question, state, proof })(host));
          log.push(...await each(operation, "proof", () => damaged(proof, i, Math.ceil(2 * times)), { ...question, state, lenient: true })(host));
        }
      }
      return log;
    }];
  }
  yield ["VRFs, one by one and with another's key", async (host) => {
    const log = [];
    const part = (bytes) => [u32(bytes.length), bytes];
    for (const { kind, header, authority, slot, epoch_index: index, epoch_randomness: randomness } of babeHeaders()) {
      if (kind === "secondary-plain") continue;
      const bytes = header, at = bytes.indexOf("BABE", "latin1") + 4;
      const claim = bytes.subarray(at + (bytes[at] % 4 === 0 ? 1 : 2));
      const texts = [["slot number", u64(slot)], ["current epoch", u64(index)], ["chain randomness", hex(randomness)]];
      const transcript = Buffer.concat([Buffer.from("BABE"), ...texts.flat().map((text) => Buffer.from(text))].flatMap(part));
      const one = { transcripts: [transcript], preOutputs: [claim.subarray(13, 45)], proofs: [claim.subarray(45, 109)], purpose: "x", size: 32 };
      log.push(...await ask("vrfVerify", { ...one, publicKeys: [hex(authority)] })(host), ...await ask("vrfVerify", { ...one, publicKeys: [Buffer.alloc(32, 1)] })(host));
    }
    return log;
  }];
  yield ["XCM pages and keys", async (host) => {
    const next = random(77), log = [];
    for (let i = 0; i < 400 * times; i++) {
      const message = Buffer.from(Array.from({ length: next(40) }, () => next(i % 3 === 0 ? 256 : 6)));
      log.push(...await ask("xcmPage", { message })(host), ...await ask("messageKey", { item: next(18), first: next(5000), second: next(5000) })(host));
      log.push(...await ask("dmpPageKey", { recipient: next(5000), page: next(1 << 30) })(host), ...await ask("coretimeKey", { kind: next(11), layout: next(3), first: next(5000), second: next(70000), mask: Buffer.alloc(next(3) === 0 ? 9 : 10, i) })(host));
    }
    return log;
  }];
}

function* wholes(times) {
  const relay = jsonLines("local/relay.blocks.jsonl.gz"), own = jsonLines("local/para-2000.blocks.jsonl.gz");
  const genesis = (name) => json(`local/${name}.spec.json.gz`).genesis.raw.top;
  const item = (top, prefix) => hex(top[Object.keys(top).find((key) => key === prefix)]);
  const listed = item(genesis("relay"), "0x1cb6f36e027abb2091cfb5110ab5087f5e0621c4869aa60c02be9adcc98a0d1d");
  const configuration = Buffer.concat([u64(6000), u64(20), u64(1), u64(4), listed, Buffer.alloc(32), Buffer.from([2])]);
  const headers = relay.slice(1).map(({ header }) => hex(header)), slotNow = (1n << 64n) - 1n;
  yield ["a chain from its genesis", async (host) => {
    const log = await ask("babeChain", { configuration, genesis: hex(relay[0].hash), headers, slotNow })(host);
    for (const [i, header] of [...damaged(headers[60], 51, Math.ceil(20 * times))].entries()) {
      log.push(...await ask("babeChain", { configuration, genesis: hex(relay[0].hash), headers: [...headers.slice(0, 60), header, ...headers.slice(61, 61 + (i % 3))], slotNow })(host));
    }
    return log;
  }];
  yield ["a parachain from its genesis", async (host) => {
    const authorities = item(genesis("para-2000"), "0x57f8dc2f5ab09467896f47300f0424385e0621c4869aa60c02be9adcc98a0d1d");
    const log = [];
    for (const severalBlocksASlot of [true, false]) for (const scheme of [0, 1, 2]) {
      log.push(...await ask("auraChain", { start: hex(own[0].header), scheme, authorities, severalBlocksASlot, headers: own.slice(1).map(({ header }) => hex(header)), slotNow })(host));
    }
    return log;
  }];
  yield ["whole states, and proofs out of them", async (host) => {
    const { top } = json("genesis/coretime-kusama.genesis.json.gz");
    const entries = Object.entries(top).map((pair) => pair.map(hex)), log = [];
    for (const version of [0, 1, 2]) for (const compactForm of [false, true]) for (const count of [0, 1, 7, entries.length]) {
      const some = entries.slice(0, count);
      const wanted = [...some.slice(0, 3).map(([key]) => key), Buffer.alloc(9, 1), Buffer.alloc(0)];
      log.push(...await ask("stateProve", { keys: some.map(([key]) => key), values: some.map(([, value]) => value), version, wanted, compact: compactForm })(host));
    }
    return log;
  }];
}

/** Whatever bytes, to whatever operation of each module; not to start. (What follows a success has been compared above.) */
function* noRequests(times) {
  for (const module of ["authorship", "beefy", "state"]) yield [`requests that are no requests, ${module}`, async (host) => {
    const next = random(91), log = [];
    for (let i = 0; i < 400 * times; i++) {
      const operation = 1 + next(operationsOf(module).length + 2);
      const bytes = Buffer.alloc(next(200));
      for (let at = 0; at < bytes.length; at++) bytes[at] = next(4) === 0 ? next(256) : 0;
      const answer = Buffer.from(await host.of[module].exchange(operation, bytes));
      log.push(`${operation} ${answer.readUInt32LE(0) === 0 ? answer.length > 0 : answer.toString("hex")}`);
    }
    return log;
  }];
}

export function* validationCases(times = 1) {
  yield* authorship(times);
  yield* trees(times);
  yield* beefy(times);
  yield* states(times);
  yield* wholes(times);
  yield* noRequests(times);
}
