// SPDX-License-Identifier: Apache-2.0
// A source that lies, behind proxy.mjs: every kind of rewrite is caught, and named; beside an honest source it changes nothing.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { blake2AsHex, decodeAddress } from "@polkadot/util-crypto";
import { clients, mote, moteDoes, newFolder } from "./clients.mjs";
import { account, apiOf, call, disconnect, eventsOf, eventually, hashAt, lightSyncSpec, paras, prefixOf, relay, skip, sleep, specs, valueAt } from "./network.mjs";
import { startProxy } from "./proxy.mjs";

const folder = await newFolder();
const light = path.join(folder, "light.json");
const genesis = path.join(specs ?? "", "relay.json");
const raw = decodeAddress("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
const alice = prefixOf.account + blake2AsHex(raw, 128).slice(2) + Buffer.from(raw).toString("hex");

before(async () => {
  if (!skip.always) await writeFile(light, JSON.stringify(await lightSyncSpec()));
});
after(disconnect);

const value = async (client, about = "relay") => {
  const { values, hash } = await client.values(about, [alice]);
  assert.equal(values[0], await valueAt(about, alice, hash));
};
const list = async (client, about = "relay") => {
  const { entries, complete, hash } = await client.list(about, prefixOf.account);
  assert.ok(complete);
  for (const [key, found] of entries) assert.equal(found, await valueAt(about, key, hash));
  return entries.length;
};

/** The lie, what meets it, and what it is called. */
const cases = [
  ["genesis", value, ["genesis_mismatch"]],
  ["block hash", value, ["header_hash", "not_shown", "bad_format"], genesis],
  ["header", value, ["header_hash"], genesis],
  ["header of another block", value, ["header_hash"], genesis],
  ["justification", value, ["bad_signature"], genesis],
  ["finality of another block", value, ["target_mismatch"], genesis],
  ["proof", value, ["root_mismatch"]],
  ["value", value, ["proof_unreachable_node", "root_mismatch"]],
  ["missing node", value, ["root_mismatch", "proof_incomplete"]],
  ["extra node", value, ["proof_unreachable_node"]],
  ["proof of another block", value, ["root_mismatch"]],
  ["key list, a key less", list, ["list_incomplete"]],
  ["key list, a key more", list, ["list_false", "list_incomplete"]],
  ["key list, nothing", list, ["list_incomplete"]],
];

/** Lies that a transaction meets. */
const submissions = [
  ["body", ["extrinsics_root", "value_mismatch", "root_mismatch"]],
  ["events", ["proof_unreachable_node", "root_mismatch", "proof_incomplete"]],
];
/** A remark with an event. The accounts of this file sign several at a time, so a nonce is taken before anything is awaited. */
const nonces = new Map();
const signers = ["Bob", "Ferdie"];
let turn = 0;
async function remark() {
  const who = account(signers[turn++ % signers.length]);
  const api = await apiOf("relay");
  const nonce = nonces.get(who.address)?.then((last) => last + 1) ?? api.rpc.system.accountNextIndex(who.address).then(Number);
  nonces.set(who.address, nonce);
  return (await api.tx.system.remarkWithEvent(`0x${Date.now().toString(16).padStart(16, "0")}`).signAsync(who, { nonce: await nonce })).toHex();
}

for (const [name, open] of Object.entries(clients)) {
  describe(name, { skip: skip.always, concurrency: 3 }, () => {
    for (const [lie, meet, called, chain = light] of cases) {
      const leftOut = chain === genesis && specs === undefined && "there is no spec with a genesis";
      test(`${lie}: by itself`, { skip: leftOut }, async (t) => {
        const liar = await startProxy(relay[0], lie);
        const client = await open({ chain, sources: [liar.url], follows: [] });
        t.after(() => client.close().then(liar.close));
        const met = meet(client).then(() => "an answer", () => "none");
        for (let seconds = 0; seconds < 60 && (await client.refused()).length === 0; seconds++) await Promise.race([met, sleep(500)]);
        const [refused] = await client.refused();
        assert.ok(liar.told.length > 0, "nobody asked for it");
        assert.ok(called.includes(refused?.why), `called ${refused?.why}`);
        assert.equal(refused.url, liar.url);
      });
      test(`${lie}: beside an honest source`, { skip: leftOut }, async (t) => {
        const liar = await startProxy(relay[0], lie);
        const client = await open({ chain, sources: [liar.url, relay[1] ?? relay[0]], follows: [] });
        t.after(() => client.close().then(liar.close));
        await meet(client);
      });
    }
    test("a node of a parachain that lies", { skip: skip.noParas }, async (t) => {
      const id = [...paras.keys()][0];
      const liar = await startProxy(paras.get(id), "value");
      const client = await open({ chain: light, paraSources: () => [liar.url, paras.get(id)], follows: [id] });
      t.after(() => client.close().then(liar.close));
      await value(client, id);
    });
    for (const [lie, called] of submissions) {
      test(`a transaction, ${lie}: by itself`, { skip: skip.notOurs }, async (t) => {
        const liar = await startProxy(relay[0], lie);
        const client = await open({ chain: light, sources: [liar.url], follows: [] });
        t.after(() => client.close().then(liar.close));
        let over;
        client.submit("relay", await remark()).then((answer) => (over = `an answer: ${JSON.stringify(answer)}`), (error) => (over = String(error)));
        for (let seconds = 0; seconds < 90 && (await client.refused()).length === 0 && over === undefined; seconds++) await sleep(1000);
        assert.ok(liar.told.length > 0, `nobody asked for it: ${over}`);
        assert.ok(called.includes((await client.refused())[0]?.why), `called ${(await client.refused())[0]?.why}: ${over}`);
      });
      test(`a transaction, ${lie}: beside an honest source`, { skip: skip.notOurs }, async (t) => {
        const liar = await startProxy(relay[0], lie);
        const client = await open({ chain: light, sources: [liar.url, relay[1]], follows: [] });
        t.after(() => client.close().then(liar.close));
        const extrinsic = await remark();
        const { hash, number, index, events } = await client.submit("relay", extrinsic);
        const api = await apiOf("relay");
        assert.equal((await api.rpc.chain.getBlock(hash)).block.extrinsics[index].toHex(), extrinsic);
        assert.equal(hash, await hashAt("relay", number));
        assert.ok((await eventsOf("relay", events, index)).some(({ method }) => method === "Remarked"));
      });
    }
  });
}

// --- what is old, and what is not final ----------------------------------------------------------------------------------------

describe("what a source holds back, or says of the newest blocks", { skip: skip.always, concurrency: 4 }, () => {
  const options = (...urls) => ["--chain", light, "--accept-expired", "--state", "none", ...urls.flatMap((url) => ["--source", url])];
  const later = (seconds) => Math.round(Date.now() / 1000) + seconds;
  test("a source that stands still by itself: finality is behind the clock", async (t) => {
    const stale = await startProxy(relay[0], "stale head");
    t.after(stale.close);
    const { details } = await moteDoes("sync", ...options(stale.url), "--now", later(400));
    assert.equal(details.chains[0].phase, "stalled");
    assert.ok(details.chains[0].lag_ms > 380_000);
  });
  test("beside an honest one it is seen to stand still", async (t) => {
    const stale = await startProxy(relay[0], "stale head");
    t.after(stale.close);
    const { number } = await moteDoes("sync", ...options(stale.url)).then(({ target }) => target);
    await sleep(20_000); // three blocks
    const { answer, lines } = await mote("follow", ...options(stale.url, relay[1] ?? relay[0]), "--count", 2);
    const heads = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "finalized");
    assert.ok(heads.at(-1).number > number, `${heads.at(-1).number} after ${number}`);
    const [held, honest] = answer.details.sources.map(({ claimed }) => claimed);
    assert.ok(held <= number && honest > number, `${held} and ${honest} beside ${number}`);
  });
  for (const [lie, called] of [["best head", "bad_signature"], ["best head, far away", "header_number"]]) {
    for (const name of ["C library", "Node"]) {
      test(`${lie}, ${name}: called ${called}`, async (t) => {
        const liar = await startProxy(relay[0], lie);
        const client = await clients[name]({ chain: light, sources: [liar.url], follows: [] });
        t.after(() => client.close().then(liar.close));
        const [refused] = await eventually("refusal", async () => (await client.refused()).length > 0 && client.refused());
        assert.deepEqual(refused, { url: liar.url, why: called });
      });
    }
    test(`${lie}: never announced as verified`, async (t) => {
      const liar = await startProxy(relay[0], lie);
      const client = await clients.Node({ chain: light, sources: [liar.url], follows: [] });
      t.after(() => client.close().then(liar.close));
      const watch = async () => {
        for await (const { hash, verified } of client.client.best) {
          const known = await call(relay[0], "chain_getHeader", `0x${Buffer.from(hash).toString("hex")}`);
          assert.ok(known !== null || !verified, "a block that there is not, as verified");
        }
      };
      await Promise.race([watch(), sleep(20_000)]);
      assert.ok(liar.told.length > 0);
    });
  }
});
