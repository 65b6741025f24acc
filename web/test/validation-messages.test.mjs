// SPDX-License-Identifier: Apache-2.0
// Messages, cores and blocks' content in the second module, on what was recorded of our network and of live chains.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blake2AsU8a } from "@polkadot/util-crypto";
import { MoteError } from "mote-light-client";
import { Validator } from "mote-light-client/validation";
import { compact, file, hex, hexOf, json, jsonLines, refused } from "./support.mjs";

const validator = await Validator.load();
const { mote } = validator;

/** Recorded proofs of a chain by block, the headers beside them. */
function recorded(chain) {
  const blocks = jsonLines(`local/${chain}.blocks.jsonl.gz`);
  const proofs = new Map(JSON.parse(file(`local/${chain}.message-proofs.json.gz`).toString()).map((entry) => [entry.number, entry]));
  return { blocks, header: (number) => hex(blocks[number].header), proof: (number) => proofs.get(number).all_in_one, key: (number, name) => proofs.get(number).values[name].key };
}
const relay = recorded("relay"), para = { 2000: recorded("para-2000"), 2001: recorded("para-2001") };
const stateAt = (number) => mote.assumeHeader(relay.header(number)).state;
const at = (number) => ({ state: stateAt(number), proof: relay.proof(number) });
const messagesAt = (number) => validator.messages(stateAt(number), relay.proof(number));

/** The parachain's block as final evidence: an ancestor of the head that a relay block names. */
function paraHeader(id, number, relayNumber) {
  let { header: found } = mote.paraHead(mote.proof(stateAt(relayNumber), relay.proof(relayNumber)), id);
  while (found.number > number) found = mote.paraParent(found, para[id].header(found.number - 1));
  assert.equal(found.number, number);
  return found;
}

test("keys as the nodes have them", () => {
  assert.equal(hexOf(validator.messageKey("dmp-pages", 2000)), relay.key(38, "Dmp.DownwardMessageQueueMeta(2000)"));
  assert.equal(hexOf(validator.downwardPageKey(2001, 3)), relay.key(38, "Dmp.DownwardMessageQueuePages(2001,3)"));
  assert.equal(hexOf(validator.messageKey("hrmp-channel", 2000, 2001)), relay.key(104, "Hrmp.HrmpChannels(2000,2001)"));
  assert.equal(hexOf(validator.messageKey("last-dmp-head")), para[2000].key(49, "ParachainSystem.LastDmqMqcHead"));
});

test("from parachain to parachain: sent, queued, in order, carried, taken in", () => {
  // As recorded: 2000's blocks 49, 50 and 51 send a message each, which relay blocks 104, 105 and 106 queue.
  const queued = messagesAt(106).queue(2000, 2001).messages;
  const messages = [104, 105, 106].map((block) => messagesAt(block).queue(2000, 2001).messages.find(({ sentAt }) => sentAt === block));
  assert.deepEqual(queued.at(-1), messages[2]);
  for (const [i, number] of [49, 50, 51].entries()) {
    const block = paraHeader(2000, number, 112);
    const proof = para[2000].proof(number);
    const { messages: sent, under } = validator.messages(block.state, proof).sent();
    assert.equal(under, block.state);
    assert.deepEqual(sent, [{ recipient: 2001, data: messages[i].data }]);
    const way = { sender: 2000, recipient: 2001 }, relayBlock = 104 + i;
    assert.deepEqual(validator.verifyMessagesCarried(at(relayBlock - 1), at(relayBlock), way, [{ header: block, proof }]), { count: 1 });
    refused("bad_argument", () => validator.verifyMessagesCarried(at(relayBlock - 1), at(relayBlock), way, []));
  }
  const order = validator.verifyMessageOrder(at(103), at(106), { sender: 2000, recipient: 2001 }, messages);
  assert.equal(order.fromNothing, true);
  assert.deepEqual(order.head, messagesAt(106).channel(2000, 2001).head);
  refused("message_chain", () => validator.verifyMessageOrder(at(103), at(106), { sender: 2000, recipient: 2001 }, messages.slice(1)));
  const recipient = paraHeader(2001, 54, 112);
  const taken = validator.messages(recipient.state, para[2001].proof(54));
  const head = taken.takenHead(2000).head;
  assert.deepEqual(head, order.head);
  assert.deepEqual(taken.taken(messages, { sender: 2000 }), { recipient: 2001, followedBy: 2, under: recipient.state });
  refused("message_chain", () => taken.taken(messages.slice(0, 2), { sender: 2000 }));
  assert.ok(messagesAt(112).watermarkPassed(2001, 106).watermark >= 106);
  refused("not_shown", () => messagesAt(105).watermarkPassed(2001, 106));
  const [page] = messages.map(({ data }) => validator.xcmPage(data));
  assert.equal(page.parts.reduce((sum, part) => sum + part.length, 1) <= messages[0].data.length, true);
});

test("channels, peers and limits", () => {
  const shown = messagesAt(106);
  const channel = shown.channel(2000, 2001);
  assert.deepEqual([channel.open, channel.maxCapacity, channel.maxTotalSize], [true, 8, 8192]);
  assert.deepEqual(shown.senders(2001).paras, [2000]);
  assert.equal(messagesAt(38).channel(2000, 2001).open, false);
  const limits = validator.messages(stateAt(104), json("local/relay.read-proofs.json.gz").find(({ number }) => number === 104).all_in_one).limits();
  assert.ok(limits.maxCodeSize > 1_000_000 && limits.maxUpwardMessagesPerCandidate > 0);
  refused("proof_incomplete", () => shown.limits());
});

test("down from the relay chain, in pages", () => {
  // As recorded: pages 0 and 1 at block 37, page 2 at 38, taken in by 41.
  assert.equal(messagesAt(36).downwardPages(2000).range, undefined);
  const first = messagesAt(37).downwardPages(2000, { count: 10 }), second = messagesAt(38).downwardPages(2000, { from: 2n, count: 10 });
  assert.deepEqual([first.range, second.range], [{ first: 0n, end: 2n }, { first: 0n, end: 3n }]);
  assert.deepEqual([first.messages.length, second.messages.length], [2, 1]);
  const messages = [...first.messages, ...second.messages];
  const { head } = validator.verifyMessageOrder(at(36), at(38), { recipient: 2000 }, messages);
  assert.deepEqual(head, messagesAt(38).downwardHead(2000).head);
  refused("not_shown", () => messagesAt(38).downwardQueue(2000));
  refused("message_chain", () => validator.verifyMessageOrder(at(36), at(38), { recipient: 2000 }, first.messages));
  const recipient = paraHeader(2000, 18, 47);
  const taken = validator.messages(recipient.state, para[2000].proof(18));
  assert.deepEqual(taken.takenHead().head, messagesAt(42).downwardHead(2000).head);
  assert.equal(taken.taken(messages).followedBy, 2);
  refused("bad_argument", () => validator.messages(recipient.state, para[2000].proof(18)).downwardHead(2000));
});

test("cores, and upgrades", () => {
  const proofs = json("local/relay.read-proofs.json.gz").find(({ number }) => number === 104);
  const shown = validator.coretime(stateAt(104), proofs.all_in_one);
  assert.equal(hexOf(validator.coretimeKey({ item: "cores" })), proofs.values["ParaScheduler.CoreDescriptors"].key);
  const { count } = shown.cores();
  const held = [];
  for (let core = 0; core < count; core++) {
    const work = shown.core(core);
    assert.equal(work.known, true);
    for (const { task, paraId, parts } of work.assignments) {
      assert.deepEqual([task, parts], ["para", 57600]);
      assert.equal(shown.heldBy(core, paraId).parts, 57600);
      held.push(paraId);
    }
    refused("not_shown", () => shown.heldBy(core, 3000));
  }
  assert.deepEqual(held.sort(), [2000, 2001]);
  refused("bad_argument", () => shown.leases()); // of a parachain
  // Of Kusama, as a coretime chain's block proved it.
  const { state_root: root, nodes } = json("proofs/relay-kusama-26187122-for-coretime-kusama-1702753.json");
  const state = mote.assumeStateRoot(root);
  const kusama = validator.coretime(state, nodes.map(hex), { lenient: true });
  assert.deepEqual(kusama.upgradeSignal(1005).signal, "none");
  assert.equal(typeof kusama.upgradeRestricted(1005).restricted, "boolean");
});

test("regions, plans and leases, as the coretime chain's layout has them", () => {
  const keys = [
    [{ item: "region", begin: 1, core: 2, mask: new Uint8Array(10).fill(255) }, 32 + 16 + 16], [{ item: "workplan", timeslice: 1, core: 2 }, 32 + 8 + 6],
    [{ item: "workload", core: 2 }, 32 + 8 + 2], [{ item: "leases" }, 32], [{ item: "upgrade", paraId: 2000 }, 32 + 8 + 4],
    [{ item: "schedule", block: 5, core: 1 }, 32 + 8 + 8], [{ item: "schedule", layout: "assignment-pallet", block: 5, core: 1 }, 32 + 32],
  ];
  for (const [item, size] of keys) assert.equal(validator.coretimeKey(item).length, size);
  refused("bad_argument", () => validator.coretimeKey({ item: "region", begin: 1, core: 2, mask: new Uint8Array(9) }));
  // A state of two values: a branch over the two keys' common prefix, made here, under its own hash.
  const u32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value); return out; };
  const nibblesOf = (key) => [...key].flatMap((byte) => [byte >> 4, byte & 15]);
  const node = (kind, nibbles, rest) => {
    const head = nibbles.length < 63 ? [kind | nibbles.length] : [kind | 63, nibbles.length - 63];
    const even = nibbles.length % 2 ? [0, ...nibbles] : nibbles;
    const packed = even.flatMap((nibble, i) => (i % 2 ? [] : [(nibble << 4) | even[i + 1]]));
    return Buffer.concat([Buffer.from([...head, ...packed]), rest]);
  };
  const child = (bytes) => (bytes.length < 32 ? Buffer.concat([compact(bytes.length), bytes]) : Buffer.concat([compact(32), blake2AsU8a(bytes)]));
  const stateOf = (values) => {
    const [[first, one], [second, two]] = values.map(([key, value]) => [nibblesOf(key), value]);
    const common = first.findIndex((nibble, i) => nibble !== second[i]);
    const leaves = [[first, one], [second, two]].map(([nibbles, value]) => [nibbles[common], node(0x40, nibbles.slice(common + 1), Buffer.concat([compact(value.length), value]))]).sort(([a], [b]) => a - b);
    const bits = Buffer.alloc(2);
    bits.writeUInt16LE(leaves.reduce((sum, [at]) => sum | (1 << at), 0));
    const root = node(0x80, first.slice(0, common), Buffer.concat([bits, ...leaves.map(([, leaf]) => child(leaf))]));
    return { root: blake2AsU8a(root), proof: [root, ...leaves.map(([, leaf]) => leaf).filter((leaf) => leaf.length >= 32)] };
  };
  const mask = Buffer.alloc(10, 0x0f), id = { begin: 7, core: 3, mask };
  const region = Buffer.concat([u32(900), Buffer.from([1]), Buffer.alloc(32, 0xaa), Buffer.from([1]), u32(5), Buffer.alloc(12)]);
  const leases = Buffer.concat([compact(2), u32(100), u32(2000), u32(200), u32(2001)]);
  const made = stateOf([[validator.coretimeKey({ item: "region", ...id }), region], [validator.coretimeKey({ item: "leases" }), leases]]);
  const shown = validator.coretime(mote.assumeStateRoot(made.root), made.proof);
  assert.deepEqual(shown.region(id).region, { end: 900, owner: new Uint8Array(32).fill(0xaa), paid: 5n });
  assert.deepEqual(shown.leases().leases, [{ until: 100, task: 2000 }, { until: 200, task: 2001 }]);
  const load = Buffer.concat([compact(2), mask, Buffer.from([2]), u32(2000), mask, Buffer.from([1])]);
  const other = stateOf([[validator.coretimeKey({ item: "workload", core: 3 }), load], [validator.coretimeKey({ item: "leases" }), Buffer.from([0])]]);
  const now = validator.coretime(mote.assumeStateRoot(other.root), other.proof);
  assert.deepEqual(now.workload(3).items.map(({ task, paraId }) => [task, paraId]), [["para", 2000], ["pool", undefined]]);
  assert.deepEqual(now.leases().leases, []);
  assert.equal(now.workplan(1, 3).known, false);
});

test("a whole genesis state: its root, and proofs out of it", () => {
  const { top, state_root_v0: rootV0, state_root_v1: rootV1 } = json("genesis/coretime-kusama.genesis.json.gz");
  const entries = Object.entries(top), known = entries[7], absent = validator.coretimeKey({ item: "workload", core: 3 });
  for (const [version, root] of [[0, rootV0], [1, rootV1]]) {
    for (const compact of [false, true]) {
      const made = validator.proveState({ entries, version }, [known[0], absent], { compact });
      assert.equal(hexOf(made.root), root);
      const proof = mote.proof(mote.assumeStateRoot(made.root), made.proof, { compact });
      assert.equal(hexOf(proof.read(known[0]).value), known[1]);
      assert.equal(proof.read(absent).kind, "absent");
    }
  }
  refused("bad_argument", () => validator.proveState({ entries, version: 2 }, []));
});

test("a recorded relay chain from its genesis, and a parachain", () => {
  const { top } = JSON.parse(file("local/relay.spec.json.gz").toString()).genesis.raw;
  const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };
  const listed = hex(top[hexOf(mote.storageKey("Babe", "Authorities"))]);
  const configuration = Buffer.concat([u64(6000), u64(20), u64(1), u64(4), listed, Buffer.alloc(32), Buffer.from([2])]);
  const headers = relay.blocks.slice(1).map(({ header }) => header), from = { configuration, genesis: relay.blocks[0].hash };
  const { blocks, epochIndex, weight } = validator.verifyBabeChain(headers, from);
  assert.equal(blocks.length, 137);
  assert.ok(epochIndex > 5n && weight > 0);
  assert.deepEqual(blocks.map(({ hash }) => hexOf(hash)), relay.blocks.slice(1).map(({ hash }) => hash));
  const gap = headers.filter((_, i) => i !== 40);
  assert.equal(refused("header_link", () => validator.verifyBabeChain(gap, from)).index, 40);
  const bytes = headers.map((header) => Buffer.from(typeof header === "string" ? hex(header) : header));
  bytes[50][bytes[50].length - 20] ^= 1; // the seal
  assert.equal(refused("bad_signature", () => validator.verifyBabeChain(bytes, from)).index, 50);
  refused("slot_in_future", () => validator.verifyBabeChain(headers, { ...from, slotNow: blocks[100].slot }));
  const own = para[2000], { header: start } = own.blocks[0];
  const authorities = hex(JSON.parse(file("local/para-2000.spec.json.gz").toString()).genesis.raw.top[hexOf(mote.storageKey("Aura", "Authorities"))]);
  const found = validator.verifyAuraChain(own.blocks.slice(1).map(({ header }) => header), { start, authorities, severalBlocksASlot: true });
  assert.deepEqual(found.map(({ number }) => number), own.blocks.slice(1).map(({ number }) => number));
  assert.throws(() => validator.verifyAuraChain([own.blocks[2].header], { start, authorities, severalBlocksASlot: true }), MoteError);
});

/** The nodes of the trie over two extrinsics, version 0: keys 00 and 04 below one branch. */
function bodyTrie(extrinsics) {
  const leaves = extrinsics.map((bytes) => Buffer.concat([Buffer.from([0x40]), compact(bytes.length), bytes]));
  const child = (bytes) => (bytes.length < 32 ? Buffer.concat([compact(bytes.length), bytes]) : Buffer.concat([compact(32), blake2AsU8a(bytes)]));
  return [Buffer.concat([Buffer.from([0x81, 0x00, 0x11, 0x00]), ...leaves.map(child)]), ...leaves.filter((leaf) => leaf.length >= 32)];
}

test("extrinsics of recorded blocks, one by one and all of them", () => {
  const { extrinsics, header } = relay.blocks[50];
  const items = extrinsics.map(hex);
  assert.equal(items.length, 2);
  const block = mote.assumeHeader(header), proof = bodyTrie(items);
  assert.deepEqual(Buffer.from(validator.extrinsic(block, proof, 1)), items[1]);
  assert.deepEqual(Buffer.from(validator.extrinsic(block, proof, 0, items[0])), items[0]);
  refused("value_mismatch", () => validator.extrinsic(block, proof, 0, items[1]));
  refused("not_shown", () => validator.extrinsic(block, proof, 2));
  refused("proof_incomplete", () => validator.extrinsic(block, proof.slice(0, 1), 1));
  assert.throws(() => validator.extrinsic({ ...block }, proof, 1), MoteError);
  validator.verifyExtrinsics(block, items, 0);
  refused("extrinsics_root", () => validator.verifyExtrinsics(block, items.slice(1), 0));
  const inPara = paraHeader(2000, 49, 112);
  validator.verifyExtrinsics(inPara, para[2000].blocks[49].extrinsics.map(hex), 0);
});

test("events under a proven state", () => {
  const { all_in_one: proof, values } = json("local/relay.read-proofs.json.gz").find(({ number }) => number === 104);
  const { count, raw } = validator.events(stateAt(104), proof);
  assert.equal(hexOf(raw), values["System.Events"].value);
  assert.equal(raw[0], count << 2);
  refused("proof_incomplete", () => validator.events(stateAt(104), relay.proof(104)));
});
