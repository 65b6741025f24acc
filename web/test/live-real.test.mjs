// SPDX-License-Identifier: Apache-2.0
// The live client against a real network: MOTE_TEST_NODE=ws://...[,ws://...], and for a parachain MOTE_TEST_PARA=2000=ws://...
import assert from "node:assert/strict";
import { test } from "node:test";
import { Mote } from "mote-light-client";
import { createClient } from "mote-light-client/live";
import { WebSocket } from "ws";

const { MOTE_TEST_NODE = "", MOTE_TEST_PARA = "" } = process.env;
const sources = MOTE_TEST_NODE.split(",").filter((url) => /^wss?:/.test(url));
const skip = sources.length === 0 ? "MOTE_TEST_NODE names no ws:// address" : false;

async function call(url, method, ...params) {
  const socket = new WebSocket(url, { maxPayload: 1 << 28 });
  await new Promise((resolve, reject) => (socket.once("open", resolve), socket.once("error", reject)));
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  const { result } = JSON.parse(await new Promise((resolve) => socket.once("message", resolve)));
  socket.terminate();
  return result;
}

test("a real network: heads one after another, accounts, a parachain, bundles", { skip, timeout: 120_000 }, async (t) => {
  const { id, lightSyncState } = await call(sources[0], "sync_state_genSyncSpec", true);
  const { stateRoot: stateRootHash } = await call(sources[0], "chain_getHeader", await call(sources[0], "chain_getBlockHash", 0));
  const mote = await Mote.load();
  const client = await createClient({ chain: { id, genesis: { stateRootHash }, lightSyncState }, sources, acceptExpired: true });
  t.after(() => client.close());
  const numbers = [];
  for await (const { number } of client.finalized) if (numbers.push(number) === 3) break;
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
  assert.equal(new Set(numbers).size, 3);
  const verify = async (answer) => [...mote.verifyBundle(await answer.bundle(), { checkpoint: mote.checkpoint(client.checkpoint), now: null })].at(-1);
  const answer = await client.storage({ pallet: "Timestamp", item: "Now" });
  assert.equal(answer.found.kind, "value");
  assert.deepEqual((await verify(answer)).value.value, answer.value);
  if (MOTE_TEST_PARA === "") return;
  const [paraId, url] = [Number.parseInt(MOTE_TEST_PARA, 10), MOTE_TEST_PARA.slice(MOTE_TEST_PARA.indexOf("=") + 1)];
  const parachain = client.parachain(paraId, { sources: [url] });
  const list = await parachain.list({ pallet: "System", item: "Account" });
  assert.ok(list.complete && list.entries.length > 0);
  assert.equal((await verify(list)).kind, "para-state");
});
