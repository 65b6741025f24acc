// SPDX-License-Identifier: Apache-2.0
// Transactions on the relay chain and both parachains, submitted and followed to their proven events, with the balances
// before and after; a message from one parachain to the other, from sent to taken.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { blake2AsHex, blake2AsU8a } from "@polkadot/util-crypto";
import { build, clients, moteDoes, newFolder } from "./clients.mjs";
import { account, apiOf, disconnect, eventsOf, eventually, hashAt, lightSyncSpec, paras, prefixOf, relay, sign, skip } from "./network.mjs";

const folder = await newFolder();
const chain = path.join(folder, "spec.json");
const keyOf = (who) => prefixOf.account + blake2AsHex(who.publicKey, 128).slice(2) + Buffer.from(who.publicKey).toString("hex");
/** AccountInfo of these chains: five counts of four bytes, but for the last; then free, in little-endian. */
const freeOf = (record) => (record === null ? 0n : BigInt(`0x${Buffer.from(record.slice(2 + 32, 2 + 64), "hex").reverse().toString("hex")}`));
const payers = { "command line": "Charlie", "C library": "Dave", Node: "Eve" };

before(async () => {
  if (!skip.always) await writeFile(chain, JSON.stringify(await lightSyncSpec()));
});
after(disconnect);

/** From one account to another that did not exist: proven before, included, proven after, at the block itself. */
async function transfer(client, about, from, amount) {
  const to = account(`mote ${about} ${from.address} ${Date.now()}`);
  const { values: [payer, none] } = await client.values(about, [keyOf(from), keyOf(to)]);
  assert.equal(none, null);
  const extrinsic = await sign(about, from, (tx) => tx.balances.transferKeepAlive(to.address, amount));
  const { hash, number, index, events } = await client.submit(about, extrinsic);
  const api = await apiOf(about);
  const { block } = await api.rpc.chain.getBlock(hash);
  assert.deepEqual([block.header.number.toNumber(), block.extrinsics[index].toHex()], [number, extrinsic]);
  const told = await eventsOf(about, events, index);
  const sent = told.find(({ section, method }) => section === "balances" && method === "Transfer");
  assert.deepEqual(sent.data.toJSON().map(String), [from.address, to.address, String(amount)]);
  const fee = told.find(({ method }) => method === "TransactionFeePaid").data.actualFee.toBigInt();
  assert.ok(told.some(({ method }) => method === "ExtrinsicSuccess"));
  const { values: [later, there] } = await client.values(about, [keyOf(from), keyOf(to)], { at: hash });
  assert.equal(freeOf(there), amount);
  assert.equal(freeOf(payer) - freeOf(later), amount + fee);
}

for (const [name, open] of Object.entries(clients)) {
  test(`${name}: transfers on all chains, followed to their events`, { skip: skip.notOurs }, async (t) => {
    const client = await open({ chain });
    t.after(() => client.close());
    const from = account(payers[name]);
    await Promise.all(["relay", ...paras.keys()].map((about) => transfer(client, about, from, 10n ** 12n + BigInt(Number(about) || 1))));
  });
}

// --- a message ------------------------------------------------------------------------------------------------------------

/** The chain of a channel one message further (polkadot hrmp.rs; docs/spec/messages.md). */
function next(head, sentAt, data) {
  const number = new Uint8Array(Uint32Array.of(sentAt).buffer);
  return blake2AsHex(Buffer.concat([Buffer.from(head.slice(2), "hex"), number, blake2AsU8a(data)]));
}

describe("a message from one parachain to the other", { skip: skip.notOurs, concurrency: true }, () => {
  const [sender, recipient] = [...paras.keys()];
  let block, sentence, apis;
  before(async () => {
    if (skip.notOurs) return;
    apis = { relay: await apiOf("relay"), sender: await apiOf(sender), recipient: await apiOf(recipient) };
    const trap = { Trap: Date.now() };
    const message = { V4: [{ UnpaidExecution: { weightLimit: "Unlimited", checkOrigin: null } }, trap] };
    const destination = { V4: { parents: 1, interior: { X1: [{ Parachain: recipient }] } } };
    const client = await clients.Node({ chain });
    const extrinsic = await sign(sender, account("Alice"), (tx) => tx.sudo.sudo(tx.polkadotXcm.send(destination, message)));
    block = await client.submit(sender, extrinsic);
    await client.close();
    sentence = apis.sender.createType("StagingXcmV4Instruction", trap).toHex().slice(2); // what is around it the sender adds to
  });

  test("C library: its evidence, by examples/message", async () => {
    const checkpoint = path.join(folder, "message.chk");
    await moteDoes("checkpoint", ...relay.flatMap((url) => ["--source", url]), "-o", checkpoint);
    const program = path.join(build, "tests/e2e/e2e_message");
    const { stdout } = await promisify(execFile)(program, [checkpoint, relay[0], ...[sender, recipient].map((id) => `${id}=${paras.get(id)}`), block.hash]);
    assert.match(stdout, new RegExp(`^sent +by block ${block.number} of ${sender} to ${recipient}: 0x[0-9a-f]*${sentence}[0-9a-f]*\nqueued +from relay block \\d+ on, 0 behind it\ntaken +by block \\d+ of ${recipient}\n$`));
  });
  for (const name of ["command line", "Node"]) {
    test(`${name}: by the values that show it`, async (t) => {
      const client = await clients[name]({ chain });
      t.after(() => client.close());
      // Sent: among what the block itself sends.
      const { values: [list] } = await client.values(sender, [apis.sender.query.parachainSystem.hrmpOutboundMessages.key()], { at: block.hash });
      const ours = apis.sender.createType("Vec<PolkadotCorePrimitivesOutboundHrmpMessage>", list).filter(({ data }) => data.toHex().includes(sentence));
      assert.deepEqual(ours.map((message) => message.recipient.toNumber()), [recipient]);
      const data = ours[0].data.toU8a(); // with its length, as it is hashed
      // Queued: the relay block that took it in has it at the end of the channel, whose chain it leads on.
      const { hrmpChannels, hrmpChannelContents } = apis.relay.query.hrmp;
      const keys = [hrmpChannels, hrmpChannelContents].map((item) => item.key({ sender, recipient }));
      const look = async (number) => {
        const { values } = await client.values("relay", keys, { at: await hashAt("relay", number) });
        const { mqcHead } = apis.relay.createType("PolkadotRuntimeParachainsHrmpHrmpChannel", values[0]);
        return { head: mqcHead.unwrapOr({ toHex: () => `0x${"00".repeat(32)}` }).toHex(), contents: values[1] };
      };
      const head = await eventually("message in the channel", async () => {
        const { number } = await client.head("relay");
        for (let at = number, later = await look(at); at > number - 20; at--) {
          const earlier = await look(at - 1);
          if (later.head === next(earlier.head, at, data)) {
            assert.ok(later.contents.includes(sentence));
            return later.head;
          }
          later = earlier;
        }
        return undefined;
      });
      // Taken: the recipient's state has the channel's chain up to it.
      await eventually("recipient that has taken it", async () => {
        const { values: [heads] } = await client.values(recipient, [apis.recipient.query.parachainSystem.lastHrmpMqcHeads.key()]);
        return heads?.includes(head.slice(2));
      });
    });
  }
});
