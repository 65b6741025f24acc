// SPDX-License-Identifier: Apache-2.0
// The bundled checkpoints: what index.json says of them, what was recorded elsewhere, how they are found, and that they age.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Mote, MoteError, toHex } from "mote-light-client";
import { createClient } from "mote-light-client/live";
import { WebSocket } from "ws";

const folder = new URL("../../checkpoints/", import.meta.url), vectors = new URL("../../tests/vectors/", import.meta.url);
const { relays, parachains } = JSON.parse(readFileSync(new URL("index.json", folder), "utf8"));
const mote = await Mote.load();
const recorded = { polkadot: "polkadot-last-32191275", kusama: "ksmcc3-last-34457420", westend: "westend2-last-32057689" };
const genesisFiles = { polkadot: "polkadot", kusama: "ksmcc3", westend: "westend2" };
const open = (options) => createClient({ sources: [], storage: "memory", thread: "here", webSocket: WebSocket, ...options });

for (const { chain, genesis, block, hash, madeAt, windowDays, setId, authorities, sha256 } of relays) {
  describe(chain, () => {
    const bytes = readFileSync(new URL(`${chain}.chk`, folder));
    const checkpoint = mote.checkpoint(bytes);

    test("is what index.json says", () => {
      assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
      const { header } = checkpoint;
      const age = mote.checkpointAge(checkpoint, new Date(madeAt));
      assert.deepEqual([checkpoint.chain, toHex(checkpoint.genesis), header.number, toHex(header.hash), checkpoint.setId, checkpoint.authorities], [chain, genesis, block, hash, BigInt(setId), authorities]);
      assert.equal(age.freshness, "fresh");
      assert.equal(age.windowSeconds, windowDays * 86_400);
    });
    test("is what was recorded elsewhere, byte for byte", { skip: recorded[chain] === undefined && "that block was not" }, () => {
      const { id, lightSyncState } = JSON.parse(readFileSync(new URL(`checkpoints/${recorded[chain]}.json`, vectors), "utf8"));
      const other = mote.checkpointWithoutBabe(mote.checkpointFromLightSyncState(lightSyncState, id));
      assert.deepEqual(other.bytes, new Uint8Array(bytes));
    });
    test("its genesis is that of the recorded state of block 0", { skip: genesisFiles[chain] === undefined && "that state was not recorded" }, () => {
      const { genesis_hash_v0, genesis_hash_v1, genesis_state_version } = JSON.parse(gunzipSync(readFileSync(new URL(`genesis/${genesisFiles[chain]}.genesis.json.gz`, vectors))));
      assert.equal(genesis, genesis_state_version === 1 ? genesis_hash_v1 : genesis_hash_v0);
    });
    test("expires: it is refused by name, or accepted with its age among the assumptions", async (t) => {
      t.mock.timers.enable({ apis: ["Date"], now: new Date(madeAt).getTime() + (windowDays * 86_400 + 60) * 1000 });
      await assert.rejects(open({ chain }), (error) => error instanceof MoteError && error.status === "expired");
      const client = await open({ chain, acceptExpired: true });
      const { relay } = await client.status();
      assert.equal(relay.age.freshness, "expired");
      assert.ok(relay.assumed.includes("checkpoint-age"));
      await client.close();
    });
    test("by name, and as a module of its own", async (t) => {
      t.mock.timers.enable({ apis: ["Date"], now: new Date(madeAt).getTime() + 60_000 });
      const { default: imported, madeAt: made, parachains: ids } = await import(`mote-light-client/checkpoints/${chain}`);
      assert.deepEqual(imported, new Uint8Array(bytes));
      assert.equal(made, madeAt);
      assert.deepEqual(Object.values(ids).sort(), parachains.filter(({ relay }) => relay === chain).map(({ paraId }) => paraId).sort());
      for (const given of [chain, imported]) {
        const client = await open({ chain: given });
        assert.equal(toHex(client.genesis), genesis);
        assert.equal((await client.status()).relay.age.freshness, "fresh");
        await client.close();
      }
    });
  });
}

test("parachains: genesis by their recorded states", () => {
  for (const { chain, genesis } of parachains) {
    let file;
    try {
      file = JSON.parse(gunzipSync(readFileSync(new URL(`genesis/${chain}.genesis.json.gz`, vectors))));
    } catch {
      continue; // not recorded
    }
    assert.ok([file.genesis_hash_v0, file.genesis_hash_v1].includes(genesis), `${chain} ${genesis}`);
  }
});
