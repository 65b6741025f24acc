// SPDX-License-Identifier: Apache-2.0
// The live client in Chromium, against a real network (tests/e2e/README.md): from each start, both parachains, transactions to
// their events, a message between parachains, lies, sleep, tabs. What the nodes say when they are asked directly is what is true.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, call, childTrie, disconnect, eventsOf, hashAt, lightSyncSpec, onceThere, paras, rawSpec, relay, session, sign, skip, sleep, specs, valueAt } from "../../../tests/e2e/network.mjs";
import { startProxy } from "../../../tests/e2e/proxy.mjs";
import { Mote, toHex } from "mote-light-client";
import { launch, LivePage, startLink } from "../browser/live-pages.mjs";

const mote = await Mote.load();

// Other suites of tests/e2e run beside this one: it pays from accounts that none of them pays from.
const alice = account("Alice"), bob = account("Bob"), payer = account("Charlie//stash");
const accountKey = (who) => ({ pallet: "System", item: "Account", keys: [["blake2-128-concat", Buffer.from(who.publicKey).toString("hex")]] });
const timestamp = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
const accounts = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
const first = [...paras.keys()][0];

describe("live, chromium, real network", { skip: skip.noParas, timeout: 900_000 }, () => {
  let lab;
  const proxies = [];
  const proxy = async (...given) => (proxies.push(await startProxy(...given)), proxies.at(-1));
  before(async () => (lab = await launch()));
  after(async () => {
    await lab?.close();
    await Promise.all(proxies.map((one) => one.close()));
    await disconnect();
  });

  const open = (chain, options = {}) => LivePage.open(lab, { chain, sources: relay, paras: [...paras], ...options });
  const compactCheckpoint = async () => {
    const page = await open(JSON.stringify(await lightSyncSpec()), { storage: "memory" });
    const { checkpoint } = page.opened;
    await page.end();
    return checkpoint;
  };
  let checkpoint;
  const fromCheckpoint = async (options) => open((checkpoint ??= await compactCheckpoint()), options);

  /** Heads and balances of all three chains are what the nodes say. */
  async function isTrue(page) {
    for (const chain of ["relay", ...paras.keys()]) {
      const answer = await page.do("values", chain, [accountKey(alice)]);
      assert.equal(answer.hash, await hashAt(chain, answer.number));
      const key = accounts + keyOf(alice);
      assert.equal(answer.values[0], await valueAt(chain, key, answer.hash), `${chain} ${answer.number}`);
      assert.ok(answer.age >= 0 && answer.age < 120_000, `age ${answer.age}`);
    }
  }
  const keyOf = ({ publicKey }) => toHex(mote.blake2b128(publicKey)).slice(2) + Buffer.from(publicKey).toString("hex");
  /** Within two seconds the final head is behind what the node has by three blocks at most: newer ones come with the next notice. */
  async function isCurrent(page) {
    const began = Date.now();
    const { number } = await call(relay[0], "chain_getHeader", await call(relay[0], "chain_getFinalizedHead"));
    const head = await page.do("head", "relay", Number(number) - 4);
    assert.equal(head.hash, await hashAt("relay", head.number));
    assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
  }
  let zero;
  /** Trust from block 0, in the compact form. */
  async function genesisCheckpoint() {
    if (zero !== undefined) return zero;
    const { header, authorities } = mote.genesis(Object.entries((await rawSpec()).genesis.raw.top), 1);
    return (zero = toHex(mote.checkpointFromParts({ header, authorities, setId: 0 }).bytes));
  }

  test("cold from genesis, by a raw chain spec: through every set so far", { skip: specs === undefined && "no specs were given" }, async () => {
    const page = await open(JSON.stringify(await rawSpec()), { storage: "memory" });
    assert.ok(page.opened.handovers >= 2, `${page.opened.handovers} hand-overs`);
    await isTrue(page);
    await page.end();
  });

  test("cold from a light sync state", async () => {
    const page = await open(JSON.stringify(await lightSyncSpec()), { storage: "memory" });
    await isTrue(page);
    const { answer, verified, links } = await page.do("bundled", first, accountKey(alice));
    assert.equal(verified, answer);
    assert.ok(links >= 4);
    await page.end();
  });

  test("cold from a compact checkpoint; saved in IndexedDB, a reloaded page goes on from there", async () => {
    const page = await fromCheckpoint({ thread: "worker" });
    await isTrue(page);
    const before = await page.do("head", "relay", page.opened.number);
    await page.run(() => globalThis.live.state.client.save());
    await page.reload();
    assert.ok(page.opened.number >= before.number, `${page.opened.number} after ${before.number}`);
    // It goes over what came in the meantime only.
    const sessions = (await session(page.opened.hash)) - (await session(before.hash));
    assert.ok(page.opened.handovers <= sessions, `${page.opened.handovers} hand-overs in ${sessions} sessions`);
    await isTrue(page);
    await page.end();
  });

  test("absence, a child trie that is not there, all keys under a prefix, an ancestor", async () => {
    const page = await fromCheckpoint({ storage: "memory" });
    for (const chain of ["relay", first]) {
      const nobody = await page.do("values", chain, [accountKey({ publicKey: Buffer.alloc(32, 7) }), timestamp]);
      assert.equal(nobody.values[0], "absent");
      assert.equal(nobody.values[1], await valueAt(chain, timestamp, nobody.hash));
      const child = await page.do("values", chain, ["0x01"], { child: "0x6d6f7465" });
      assert.equal(child.values[0], "absent");
      const list = await page.do("list", chain, accounts);
      assert.ok(list.complete && list.entries.length > 1);
      const keys = await call(chain === "relay" ? relay[0] : paras.get(chain), "state_getKeysPaged", accounts, 1000, null, list.hash);
      assert.deepEqual(list.entries.map(([key]) => key), keys);
      const parent = await hashAt(chain, nobody.number - 1);
      const older = await page.do("values", chain, [timestamp], { at: parent });
      assert.equal(older.values[0], await valueAt(chain, timestamp, parent));
    }
    await page.end();
  });

  test("a child trie: a value, absence, all of it", { skip: skip.notOurs }, async () => {
    const child = await childTrie();
    const page = await fromCheckpoint({ storage: "memory" });
    const { entries, complete, hash } = await onceThere(() => page.do("list", "relay", "0x", { child }));
    const trie = `0x${Buffer.from(":child_storage:default:").toString("hex")}${child.slice(2)}`;
    const keys = await call(relay[0], "childstate_getKeysPaged", trie, "0x", 100, null, hash);
    assert.ok(complete && keys.length > 0);
    assert.deepEqual(entries, await Promise.all(keys.map(async (key) => [key, await call(relay[0], "childstate_getStorage", trie, key, hash)])));
    const { values } = await page.do("values", "relay", [keys[0], `0x${"77".repeat(32)}`], { child });
    assert.deepEqual(values, [entries[0][1], "absent"]);
    await page.end();
  });

  for (const chain of ["relay", first]) {
    test(`a transfer on ${chain === "relay" ? "the relay chain" : `parachain ${chain}`}: balances before and after it, its event`, { skip: skip.notOurs }, async () => {
      const page = await fromCheckpoint({ storage: "memory" });
      const amount = 1_000_000_000_000n + BigInt(Math.floor(Math.random() * 1e9));
      const extrinsic = await sign(chain, payer, (tx) => tx.balances.transferKeepAlive(bob.address, amount));
      const { states, hash, number, index, events, records } = await page.do("submit", chain, extrinsic, bob.address);
      assert.equal(states[0], "submitted");
      assert.equal(states.at(-1), "final");
      assert.equal(hash, await hashAt(chain, number));
      assert.ok(records.some(({ free }, i) => i > 0 && BigInt(free) - BigInt(records[i - 1].free) === amount), JSON.stringify(records));
      const said = (await eventsOf(chain, events, index)).find(({ section, method }) => section === "balances" && method === "Transfer");
      assert.equal(said.data[2].toBigInt(), amount);
      await page.end();
    });
  }

  test("a message from one parachain to the other: sent, carried by the relay chain, taken", { skip: skip.notOurs }, async () => {
    const page = await fromCheckpoint({ storage: "memory" });
    const [sender, recipient] = paras.keys();
    const message = { V4: [{ UnpaidExecution: { weightLimit: "Unlimited", checkOrigin: null } }, { Trap: Math.floor(Math.random() * 1e9) }] };
    const extrinsic = await sign(sender, alice, (tx) => tx.sudo.sudo(tx.polkadotXcm.send({ V4: { parents: 1, interior: { X1: [{ Parachain: recipient }] } } }, message)));
    const { sent, carried, taken } = await page.do("follow", sender, recipient, extrinsic);
    assert.equal(sent.data, carried.data);
    assert.equal(sent.hash, await hashAt(sender, sent.number));
    assert.ok(carried.relay >= sent.relay && taken.relay > carried.relay);
    await page.end();
  });

  // The liar is alone, so that everything is asked of it; what it says is caught by name, and an honest one goes on from there.
  const caught = {
    "genesis": ["genesis_mismatch"], "block hash": ["header_hash", "not_shown", "bad_format"], "header": ["header_hash"],
    "header of another block": ["header_hash"], "justification": ["bad_signature"], "finality of another block": ["target_mismatch"], "proof": ["root_mismatch"],
    "value": ["proof_unreachable_node", "root_mismatch"], "missing node": ["root_mismatch", "proof_incomplete"], "extra node": ["proof_unreachable_node"],
    "proof of another block": ["root_mismatch"], "key list, a key less": ["list_incomplete"], "key list, a key more": ["list_false", "list_incomplete"],
    "key list, nothing": ["list_incomplete"],
  };
  for (const [lie, whys] of Object.entries(caught)) {
    test(`a lying proxy: ${lie} is ${whys[0]}`, { skip: specs === undefined && "no specs were given" }, async () => {
      const liar = await proxy(relay[0], lie);
      const page = await open(await genesisCheckpoint(), { sources: [liar.url], paras: [], storage: "memory", early: true });
      const asked = page.do("list", "relay", accounts).catch((error) => error); // with nobody left it fails
      const why = await page.do("dropped", liar.url);
      assert.ok(whys.includes(why), why);
      await asked;
      await page.do("addSource", "relay", relay[1]);
      const list = await page.do("list", "relay", accounts);
      assert.ok(list.complete && list.entries.length > 1);
      assert.equal(list.hash, await hashAt("relay", list.number));
      await page.end();
    });
  }
  for (const [lie, whys] of [["body", ["extrinsics_root", "value_mismatch", "root_mismatch"]], ["events", ["proof_unreachable_node", "root_mismatch", "proof_incomplete"]]]) {
    test(`a lying proxy before a transaction: ${lie} is ${whys[0]}`, { skip: skip.notOurs }, async () => {
      const liar = await proxy(relay[0], lie);
      const page = await fromCheckpoint({ sources: [liar.url], paras: [], storage: "memory" });
      const amount = 1_000_000_000n;
      const submitting = page.do("submit", "relay", await sign("relay", account(lie === "body" ? "Dave//stash" : "Eve//stash"), (tx) => tx.balances.transferKeepAlive(bob.address, amount)), bob.address);
      const why = await page.do("dropped", liar.url, 90_000);
      assert.ok(whys.includes(why), why);
      await page.do("addSource", "relay", relay[1]);
      const { hash, number, index, events } = await submitting;
      assert.equal(hash, await hashAt("relay", number));
      if (events !== undefined) assert.ok((await eventsOf("relay", events, index)).some(({ method }) => method === "ExtrinsicSuccess"));
      await page.end();
    });
  }
  for (const [lie, why] of [["value", "proof_unreachable_node"], ["proof of another block", "root_mismatch"], ["key list, a key less", "list_incomplete"]]) {
    test(`a lying proxy before a parachain's node: ${lie} is ${why}`, async () => {
      const liar = await proxy(paras.get(first), lie);
      const page = await fromCheckpoint({ paras: [[first, liar.url]], storage: "memory" });
      const asked = page.do("list", first, accounts).catch((error) => error);
      assert.equal(await page.do("dropped", liar.url), why);
      await asked;
      await page.do("addSource", first, paras.get(first));
      const list = await page.do("list", first, accounts);
      assert.equal(list.entries.find(([key]) => key === accounts + keyOf(alice))[1], await valueAt(first, accounts + keyOf(alice), list.hash));
      await page.end();
    });
  }

  test("a frozen page is current as soon as it goes on", async () => {
    const page = await fromCheckpoint({ storage: "memory", thread: "here" });
    const devtools = await page.page.createCDPSession();
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    await sleep(15_000);
    await devtools.send("Page.setWebLifecycleState", { state: "active" });
    await isCurrent(page);
    await page.end();
  });

  test("connections that died in silence: the online event opens new ones at once", async () => {
    const links = await Promise.all([startLink(relay[0]), startLink(relay[1])]);
    const page = await fromCheckpoint({ sources: links.map(({ url }) => url), paras: [], storage: "memory" });
    for (const link of links) link.mute();
    await sleep(8000);
    await page.run(() => globalThis.dispatchEvent(new Event("online")));
    await isCurrent(page);
    assert.deepEqual(links.map(({ connections }) => connections), [2, 2]);
    await page.end();
    for (const link of links) link.close();
  });

  test("nodes out of reach: a page that is looked at again does not wait for its next attempt", async () => {
    const links = await Promise.all([startLink(relay[0]), startLink(relay[1])]);
    const page = await fromCheckpoint({ sources: links.map(({ url }) => url), paras: [], storage: "memory" });
    for (const link of links) link.refuse(true);
    await sleep(9000); // attempts are more than four seconds apart by now
    for (const link of links) link.refuse(false);
    assert.equal(await page.run(() => (document.dispatchEvent(new Event("visibilitychange")), document.visibilityState)), "visible");
    await isCurrent(page);
    await page.end();
    for (const link of links) link.close();
  });

  test("tabs share one engine: the second has its answer at once, and stays when the first goes", async () => {
    const link = await startLink(relay[0]);
    const context = await lab.browser.createBrowserContext();
    const options = { context, sources: [link.url], paras: [] };
    const [one, two] = [await fromCheckpoint(options), await fromCheckpoint(options)];
    assert.deepEqual([one.opened.thread, two.opened.thread, link.connections], ["shared", "shared", 1]);
    await one.end();
    const { number, hash } = await two.do("head", "relay", two.opened.number);
    assert.equal(hash, await hashAt("relay", number));
    await two.end();
    await context.close();
    link.close();
  });
});
