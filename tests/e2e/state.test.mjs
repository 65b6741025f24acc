// SPDX-License-Identifier: Apache-2.0
// Values of the relay chain and both parachains, absence, child tries, prefixes, ancestors, bundles: as the honest nodes say.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { blake2AsHex, decodeAddress } from "@polkadot/util-crypto";
import { clients, mote, moteDoes, newFolder } from "./clients.mjs";
import { call, childTrie, disconnect, hashAt, lightSyncSpec, onceThere, paras, prefixOf, relay, skip, urlOf, valueAt } from "./network.mjs";
import { writeFile } from "node:fs/promises";

const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const chain = path.join(await newFolder(), "spec.json");
const everywhere = ["relay", ...paras.keys()];
const accountKey = (raw) => prefixOf.account + blake2AsHex(raw, 128).slice(2) + Buffer.from(raw).toString("hex");
const alice = accountKey(decodeAddress(ALICE)), nobody = accountKey(new Uint8Array(32).fill(0x77));

before(async () => {
  if (!skip.always) await writeFile(chain, JSON.stringify(await lightSyncSpec()));
});
after(disconnect);

/** All keys under a prefix with their values, as a node says. */
async function pairsAt(about, prefix, hash, child) {
  const methods = child === undefined ? ["state_getKeysPaged", "state_getStorage"] : ["childstate_getKeysPaged", "childstate_getStorage"];
  const trie = child === undefined ? [] : [`0x${Buffer.from(":child_storage:default:").toString("hex")}${child.slice(2)}`];
  const keys = await call(urlOf(about), methods[0], ...trie, prefix, 1000, null, hash);
  return Promise.all(keys.map(async (key) => [key, await call(urlOf(about), methods[1], ...trie, key, hash)]));
}

for (const [name, open] of Object.entries(clients)) {
  describe(name, { skip: skip.always }, () => {
    let client;
    before(async () => (client = await open({ chain })));
    after(() => client?.close());

    test("balances, and that there is no such account", async () => {
      for (const about of everywhere) {
        const { values, hash, number } = await client.values(about, [alice, nobody]);
        assert.equal(hash, await hashAt(about, number));
        assert.ok(values[0] !== null);
        assert.deepEqual(values, [await valueAt(about, alice, hash), null], String(about));
      }
    });
    test("all accounts", async () => {
      for (const about of everywhere) {
        const { entries, hash, complete } = await client.list(about, prefixOf.account);
        assert.ok(complete && entries.length > 2);
        assert.deepEqual(entries, await pairsAt(about, prefixOf.account, hash), String(about));
      }
    });
    test("nothing under a prefix", async () => {
      const { entries, complete } = await client.list("relay", `${prefixOf.account}ffffffffffffff`);
      assert.deepEqual([entries, complete], [[], true]);
    });
    test("a child trie: a value, absence, all of it", { skip: skip.notOurs }, async () => {
      const child = await childTrie();
      const mine = `0x${Buffer.from(decodeAddress(ALICE)).toString("hex")}`, other = `0x${"77".repeat(32)}`;
      const { entries, hash } = await onceThere(() => client.list("relay", "0x", { child }));
      assert.deepEqual(entries, await pairsAt("relay", "0x", hash, child));
      assert.equal(entries.length, 1);
      const { values } = await client.values("relay", [mine, other], { child });
      assert.deepEqual(values, [entries[0][1], null]);
      assert.equal(entries[0][0], mine);
    });
    test("no child trie", async () => {
      const { values } = await client.values("relay", ["0x00"], { child: "0x6d6f7465" });
      assert.deepEqual(values, [null]);
    });
    test("an ancestor of the head", async () => {
      for (const about of everywhere) {
        const { number } = await client.head(about);
        const at = await hashAt(about, number - 5);
        const now = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb"; // Timestamp::Now
        const { values, hash } = await client.values(about, [now], { at });
        assert.deepEqual([values, hash], [[await valueAt(about, now, at)], at]);
      }
    });
  });
}

describe("mote get", { skip: skip.always }, () => {
  let options;
  const raw = `0x${Buffer.from(decodeAddress(ALICE)).toString("hex")}`;
  const of = (id) => ["--para", id, "--para-source", paras.get(id)];
  before(() => (options = ["--chain", chain, "--accept-expired", "--state", "none", ...relay.flatMap((url) => ["--source", url])]));

  test("every form of a question gives the same", async () => {
    const id = [...paras.keys()][0];
    const forms = [[ALICE], [raw], ["--storage", "System.Account", "--arg", `blake2_128concat:${raw}`], ["--key", alice]];
    const answers = [];
    for (const form of forms) {
      const { values } = await moteDoes("get", ...form, ...options, ...of(id));
      assert.equal(values[0].value, await valueAt(id, alice, values[0].block));
      answers.push(values[0].key);
    }
    assert.deepEqual(new Set(answers), new Set([alice]));
  });
  test("an address of 20 bytes, as EVM chains have them", async () => {
    const twenty = `0x${"a1".repeat(20)}`;
    const { values, details } = await moteDoes("get", twenty, ...options);
    assert.equal(values[0].key, prefixOf.account + blake2AsHex(twenty, 128).slice(2) + twenty.slice(2));
    assert.deepEqual([values[0].state, details.accounts[0].exists], ["absent", false]);
  });
  test("an address in the format of other chains", async () => {
    const { values } = await moteDoes("get", "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", ...options);
    assert.equal(values[0].key, alice);
  });
  test("bundles are verified without a network", async () => {
    const folder = await newFolder(), checkpoint = path.join(folder, "start.chk");
    await mote("checkpoint", chain, "-o", checkpoint);
    for (const about of everywhere) {
      const bundle = path.join(folder, `${about}.bundle`);
      const more = about === "relay" ? [] : of(about);
      const answer = await moteDoes("get", ALICE, "--key", nobody, "--bundle", bundle, ...options, ...more);
      const verified = await moteDoes("verify", bundle, "--checkpoint", checkpoint);
      assert.deepEqual(verified.target, answer.target);
      assert.deepEqual(verified.values.map(({ value }) => value), answer.values.map(({ value }) => value));
    }
  });
  test("a parachain that there is not", async () => {
    const { code, answer } = await mote("get", ALICE, ...options, "--para", 3999, "--para-source", [...paras.values()][0], "--timeout", 20);
    assert.notEqual(code, 0);
    assert.deepEqual(answer.values, []);
  });
  test("two nodes of different chains make no checkpoint", async () => {
    const { code, answer } = await mote("checkpoint", "--source", relay[0], "--source", [...paras.values()][0]);
    assert.deepEqual([code, answer.status], [1, "disagreement"]);
  });
});
