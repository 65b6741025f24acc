// SPDX-License-Identifier: Apache-2.0
// Every way to start: cold from genesis, from a chain spec with a lightSyncState, from a compact checkpoint, from saved state.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { clients, moteDoes, newFolder } from "./clients.mjs";
import { hashAt, lightSyncSpec, paras, relay, skip, specs } from "./network.mjs";

const folder = await newFolder();
const raw = specs === undefined ? undefined : path.join(specs, "relay.json");
const light = path.join(folder, "light.json"), compact = path.join(folder, "relay.chk");
if (!skip.always) {
  await writeFile(light, JSON.stringify(await lightSyncSpec()));
  await moteDoes("checkpoint", ...relay.flatMap((url) => ["--source", url]), "-o", compact);
}

/** The client's heads are the node's blocks; what the relay head said. */
async function check(client) {
  const head = await client.head("relay");
  assert.equal(head.hash, await hashAt("relay", head.number));
  for (const id of paras.keys()) {
    const paraHead = await client.head(id);
    assert.equal(paraHead.hash, await hashAt(id, paraHead.number));
  }
  return head;
}

for (const [name, open] of Object.entries(clients)) {
  describe(name, { skip: skip.always }, () => {
    test("cold from genesis", { skip: raw === undefined && "there is no spec with a genesis" }, async (t) => {
      const client = await open({ chain: raw });
      t.after(() => client.close());
      const head = await check(client);
      assert.ok(head.handovers >= 2, `${head.handovers} hand-overs`);
    });
    test("from a chain spec with lightSyncState", async (t) => {
      const client = await open({ chain: light });
      t.after(() => client.close());
      assert.ok((await check(client)).handovers <= 1);
    });
    test("from a compact checkpoint that two nodes agreed on", async (t) => {
      const client = await open({ chain: compact });
      t.after(() => client.close());
      assert.ok((await check(client)).handovers <= 1);
    });
    test("from saved state", { skip: raw === undefined && "there is no spec with a genesis" }, async (t) => {
      const state = await newFolder();
      const first = await open({ chain: raw, state });
      const { number } = await check(first);
      await first.close();
      const again = await open({ chain: raw, state });
      t.after(() => again.close());
      const head = await check(again);
      assert.ok(head.number >= number);
      assert.ok(head.handovers <= 1, `${head.handovers} hand-overs again`);
    });
  });
}
