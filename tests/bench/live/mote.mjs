// SPDX-License-Identifier: Apache-2.0
// From the start of the client to the first verified balance of a parachain.
export async function measure({ lean, raw, zero, sources, paraSources, paraId, key, inBrowser, thread }, kind, kept, library) {
  const began = performance.now();
  const { createClient } = await library();
  const saved = {};
  const storage = inBrowser ? "indexeddb" : { get: async (name) => kept?.[name], set: async (name, value) => void (saved[name] = value) };
  const chain = kind === "raw" ? JSON.stringify(raw) : kind === "genesis" ? Uint8Array.from(zero) : JSON.stringify(lean);
  const client = await createClient({ chain, sources, parachains: { [paraId]: paraSources }, storage, acceptExpired: true, ...(thread === undefined ? {} : { thread }) });
  const opened = performance.now();
  const answer = await client.parachain(paraId).storage(key, { timeout: 60_000 });
  const done = performance.now();
  if (answer.value === undefined) throw new Error("no such account");
  const status = await client.status();
  const requests = status.relay.requests + status.parachains[0].requests;
  if (kind === "lean") {
    // What is kept for the next start, as it is kept after a while.
    await client.save();
    for await (const { number } of client.finalized) if (number > status.relay.head.number) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await client.close();
  return { ms: done - began, open: opened - began, number: answer.number, requests, memory: status.memoryBytes, kept: saved };
}
