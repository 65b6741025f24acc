// SPDX-License-Identifier: Apache-2.0
// The live client in Node, against nodes that answer what was recorded.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { Mote, MoteError, toHex } from "mote-light-client";
import { RefusedError, createClient, fileStorage, memoryStorage } from "mote-light-client/live";
import { ParaNode, RelayNode, genesis, genesisCheckpoint, paraHeads, relayHeaders, steps } from "./live-node.mjs";

const alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const aliceKey = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const chain = genesisCheckpoint();
const open = [];

async function world({ relay = ["none"], para = "none", at = 0, ...options } = {}) {
  const relays = await Promise.all(relay.map((lie) => new RelayNode(lie).listen()));
  for (const node of relays) node.at = at;
  const parachain = await new ParaNode(para).listen();
  open.push(() => Promise.all([...relays, parachain].map((node) => node.close())));
  const client = await createClient({ chain, sources: relays.map(({ url }) => url), storage: memoryStorage(), ...options });
  const made = { relays, parachain, client, para: () => client.parachain(2000, { sources: [parachain.url] }) };
  open.push(() => client.close());
  return made;
}
after(() => Promise.all(open.map((close) => close())));

async function first(stream, holds = () => true) {
  for await (const item of stream) if (holds(item)) return item;
  throw new Error("the stream ended");
}

test("mote-live.wasm: at most 160 KB with brotli", () => {
  const wasm = readFileSync(new URL("../dist/mote-live.wasm", import.meta.url));
  const size = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  console.log(`mote-live.wasm: ${wasm.length} bytes, ${size} with brotli`);
  assert.ok(size <= 160_000);
});

describe("live", { timeout: 120_000 }, () => {
  test("from genesis through five hand-overs to the head, a parachain's account, and its bundle", async () => {
    const { client, para, parachain: node, relays } = await world({ relay: ["none", "none"] });
    const parachain = para();
    const account = await parachain.account(alice);
    assert.equal(toHex(account.account), aliceKey);
    assert.equal(account.chain, 2000);
    assert.equal(toHex(account.hash), paraHeads[0].hash);
    assert.equal(account.relay.number, steps[0].number);
    assert.equal(account.record.layout, "flagged");
    assert.ok(account.record.free > 10n ** 18n);
    assert.deepEqual(account.assumed, ["checkpoint-age"]);
    assert.ok(account.sources.includes(node.url) && relays.some(({ url }) => account.sources.includes(url)));
    assert.ok(account.age > 0);

    const head = await first(client.finalized);
    assert.equal(toHex(head.hash), relayHeaders[steps[0].number].hash);
    assert.equal(head.setId, 5n);
    assert.equal(toHex(client.genesis), genesis);

    const mote = await Mote.load();
    const walk = mote.verifyBundle(await account.bundle(), { checkpoint: mote.checkpoint(client.checkpoint), now: null });
    const links = [...walk];
    assert.deepEqual(links.map(({ kind }) => kind), ["checkpoint", ...Array(5).fill("handover"), "finality", "para-head", "para-state"]);
    assert.equal(toHex(walk.verdict.target.hash), paraHeads[0].hash);
    const relayAccount = await client.account(alice);
    assert.ok(relayAccount.record.free > 10n ** 17n);
    const relayLinks = [...mote.verifyBundle(await relayAccount.bundle(), { checkpoint: mote.checkpoint(client.checkpoint), now: null })];
    assert.equal(relayLinks.at(-1).kind, "state");
    assert.equal(toHex(relayLinks.at(-1).value.value), toHex(relayAccount.value));
  });

  test("a transaction that is refused: in the words of who refused it", async () => {
    const { client, relays: [node] } = await world({ relay: ["refuses"] });
    const failed = await first(client.submitAndWatch("0x0400")).catch((error) => error);
    assert.ok(failed instanceof RefusedError && failed instanceof MoteError, String(failed));
    assert.equal(failed.status, "refused");
    assert.equal(failed.words, "1010: Invalid Transaction: Transaction has a bad signature");
    assert.equal(failed.source, node.url);
    assert.match(failed.message, /says: "1010: Invalid Transaction/);
  });

  test("values of many keys, absence, all keys under a prefix, at a named block", async () => {
    const { client, relays: [relay] } = await world();
    const keys = [{ pallet: "System", item: "Account", keys: [["blake2-128-concat", aliceKey]] }, { pallet: "System", item: "Account", keys: [["blake2-128-concat", `0x${"11".repeat(32)}`]] }];
    const answer = await client.storage(keys);
    assert.deepEqual(answer.entries.map(({ found }) => found.kind), ["value", "absent"]);
    const list = await client.list({ pallet: "System", item: "Account" });
    assert.equal(list.complete, true);
    assert.equal(list.entries.length, 13);
    const links = [...(await Mote.load()).verifyBundle(await list.bundle(), { checkpoint: (await Mote.load()).checkpoint(client.checkpoint), now: null })];
    assert.equal(links.filter(({ kind }) => kind === "state").length, 14);
    relay.advance();
    await first(client.finalized, ({ number }) => number === steps[1].number);
    const older = await client.storage(keys[0], { at: relayHeaders[steps[0].number].hash });
    assert.equal(older.number, steps[0].number);
    assert.equal(older.found.kind, "value");
    await assert.rejects(client.storage("0xzz"), TypeError);
  });

  test("streams: each iteration by itself, the newest wins, parachain heads follow", async () => {
    const { client, para, relays: [relay] } = await world();
    const parachain = para();
    const heads = [], paras = [];
    const reading = (async () => {
      for await (const { number } of client.finalized) if (heads.push(number) === 3) return;
    })();
    const paraReading = (async () => {
      for await (const { hash, progress } of parachain.finalized) if (paras.push([toHex(hash), progress]) === 2) return;
    })();
    const slow = client.finalized[Symbol.asyncIterator]();
    assert.equal((await slow.next()).value.number, steps[0].number);
    relay.advance();
    await first(client.finalized, ({ number }) => number === steps[1].number);
    relay.advance();
    await reading;
    await paraReading;
    assert.deepEqual(heads, [0, 1, 2].map((i) => steps[i].number));
    assert.deepEqual(paras.map(([hash]) => hash), [0, 1].map((i) => paraHeads[i].hash));
    assert.equal(paras[1][1], "child");
    assert.equal((await slow.next()).value.number, steps[2].number, "those in between are missed");
    await slow.return();
    const watched = parachain.watchAccount(alice)[Symbol.asyncIterator]();
    assert.equal((await watched.next()).value.record.layout, "flagged");
    await watched.return();
  });

  for (const [lie, why] of [["bad-signature", "bad_signature"], ["other-chain", "genesis_mismatch"]]) {
    test(`a node that lies (${lie}) is dropped by name, and the honest one's chain is followed`, async () => {
      const { client, relays: [liar] } = await world({ relay: [lie] });
      const dropped = await first(client.events, (event) => event.kind === "source" && event.state === "dropped");
      assert.equal(dropped.url, liar.url);
      assert.equal(dropped.why, why);
      const honest = await new RelayNode("none").listen();
      open.push(() => honest.close());
      await client.addSource(honest.url);
      const head = await first(client.finalized);
      assert.equal(toHex(head.hash), relayHeaders[steps[0].number].hash);
      const { relay } = await client.status();
      assert.equal(relay.sources.find(({ url }) => url === liar.url).state, "dropped");
      assert.ok(relay.phase === "current" || relay.phase === "stalled", "recorded long ago");
    });
  }

  for (const lie of ["changed-value", "missing-node"]) {
    test(`a parachain's node that lies (${lie}) gives no value`, async () => {
      const { client, para, parachain } = await world({ para: lie });
      const following = para();
      await assert.rejects(following.account(alice, { timeout: 1500 }), (error) => error instanceof MoteError);
      const honest = await new ParaNode("none").listen();
      open.push(() => honest.close());
      await following.addSource(honest.url);
      const account = await following.account(alice);
      assert.equal(account.record.layout, "flagged");
      assert.ok(account.sources.includes(honest.url) && !account.sources.includes(parachain.url));
      const { parachains: [status] } = await client.status();
      const liar = status.sources.find(({ url }) => url === parachain.url);
      assert.ok(liar.state === "dropped" || liar.faults > 0, JSON.stringify(liar));
    });
  }

  test("connections that are lost are opened again, and what was missed is caught up with", async () => {
    const { client, relays: [relay] } = await world();
    await first(client.finalized);
    relay.disconnect();
    relay.advance();
    const head = await first(client.finalized, ({ number }) => number === steps[1].number);
    assert.equal(toHex(head.hash), relayHeaders[steps[1].number].hash);
    assert.ok(relay.connections >= 2);
  });

  test("signals, timeouts, closing", async () => {
    const { client } = await world({ relay: ["silent"] });
    const stop = new AbortController();
    const asked = client.account(alice, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await assert.rejects(asked, /enough/);
    await assert.rejects(client.account(alice, { signal: AbortSignal.abort(new Error("before")) }), /before/);
    await assert.rejects(client.account(alice, { timeout: 300 }), (error) => error instanceof MoteError && error.status === "timed_out");
    await assert.rejects(client.account("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ"), (error) => error.status === "address_checksum");
    const reading = first(client.finalized);
    const waiting = client.account(alice);
    await client.close();
    await assert.rejects(reading, /closed/);
    await assert.rejects(waiting, /closed/);
    await assert.rejects(client.status(), /closed/);
    await assert.rejects(createClient({ chain, sources: [], signal: AbortSignal.abort(new Error("never")) }), /never/);
    await assert.rejects(createClient({ chain: "no such chain", sources: [] }), TypeError);
    await assert.rejects(createClient({ chain: chain.slice(0, -1), sources: [] }), MoteError);
  });

  test("saved state: the second start needs no hand-over, its bundles still begin at the checkpoint", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mote-live-"));
    open.push(() => rm(folder, { recursive: true }));
    const one = await world({ storage: fileStorage(folder) });
    await one.client.account(alice);
    await first(one.client.finalized);
    one.relays[0].advance();
    await first(one.client.finalized, ({ number }) => number === steps[1].number);
    await one.client.save();
    const [saved] = (await readdir(folder)).filter((name) => name.endsWith("-saved"));
    const kept = await readFile(join(folder, saved));
    await one.client.close();
    await writeFile(join(folder, saved), kept); // what it stored when it was asked to, not what closing stored after it

    const two = await world({ storage: fileStorage(folder) });
    const account = await two.client.account(alice);
    const { relay } = await two.client.status();
    assert.equal(relay.handovers, 0);
    assert.ok(two.relays[0].requests < one.relays[0].requests);
    const mote = await Mote.load();
    const links = [...mote.verifyBundle(await account.bundle(), { checkpoint: mote.checkpoint(two.client.checkpoint), now: null })];
    assert.deepEqual(links.map(({ kind }) => kind), ["checkpoint", ...Array(5).fill("handover"), "finality", "state"]);

    await two.client.close();
    const same = await world({ storage: fileStorage(folder), relay: ["none"], at: 1 });
    const head = await first(same.client.finalized);
    assert.equal(toHex(head.hash), relayHeaders[head.number].hash, "who stands where it stood says so");
    assert.equal(toHex(head.stateRoot), toHex(mote.decodeHeader(relayHeaders[head.number].header).stateRoot));

    const full = { ...memoryStorage(), set: async () => Promise.reject(new Error("no room left")) };
    const four = await world({ storage: full });
    await first(four.client.finalized);
    await assert.rejects(four.client.save(), /no room left/);
    assert.equal((await four.client.account(alice)).found.kind, "value", "what is verified is still there");

    const broken = memoryStorage();
    await broken.set(`${genesis.slice(2)}-saved`, new Uint8Array(100));
    const three = await world({ storage: broken });
    assert.equal((await first(three.client.events, ({ kind }) => kind === "saved-refused")).why, "bad_format");
    assert.equal((await first(three.client.finalized)).number, steps[0].number);
  });

  test("chain specs: genesis alone; a light sync state with a state root; its text", async () => {
    const { gunzipSync } = await import("node:zlib");
    const local = (name) => readFileSync(new URL(`../../tests/vectors/local/${name}`, import.meta.url));
    const spec = JSON.parse(gunzipSync(local("relay.spec.json.gz")));
    const lightSyncState = JSON.parse(local("relay.light-sync-state.json"));
    const mote = await Mote.load();
    const stateRootHash = toHex(mote.decodeHeader(relayHeaders[0].header).stateRoot);
    for (const given of [spec, { id: "local", genesis: { stateRootHash }, lightSyncState: lightSyncState.lightSyncState ?? lightSyncState }]) {
      for (const form of [given, JSON.stringify(given)]) {
        const { client } = await world({ chain: form, acceptExpired: true });
        assert.equal(toHex(client.genesis), genesis);
        assert.equal((await first(client.finalized)).number, steps[0].number);
      }
    }
    await assert.rejects(createClient({ chain: { genesis: { stateRootHash } }, sources: [] }), TypeError);
    await assert.rejects(createClient({ chain: { id: "x" }, sources: [] }), TypeError);
  });

  test("the engine's memory does not grow", async () => {
    const { client, relays: [relay], para } = await world();
    para();
    await client.account(alice);
    const { memoryBytes } = await client.status();
    for (let i = 0; i < 30; i++) await client.list({ pallet: "System", item: "Account" });
    relay.advance();
    await first(client.finalized, ({ number }) => number === steps[1].number);
    assert.equal((await client.status()).memoryBytes, memoryBytes);
  });
});
