// SPDX-License-Identifier: Apache-2.0
// From the start of the client to the first verified balance of a parachain.
export async function measure({ lean, raw, sources, paraSources, paraId, key }, kind, kept, library) {
  const began = performance.now();
  const { createClient } = await library();
  const storage = { get: async (name) => kept?.[name], set: async (name, value) => void (saved[name] = value) };
  const saved = {};
  const chain = JSON.stringify(kind === "genesis" ? raw : lean);
  const client = await createClient({ chain, sources, storage, thread: "here", acceptExpired: true });
  const opened = performance.now();
  const parachain = client.parachain(paraId, { sources: paraSources });
  const answer = await parachain.storage(key, { timeout: 60_000 });
  const done = performance.now();
  if (answer.value === undefined) throw new Error("no such account");
  const status = await client.status();
  const requests = status.relay.requests + status.parachains[0].requests;
  if (kind !== "kept") {
    // What is kept for the next start, as it is kept after a while.
    await client.save();
    const before = Date.now();
    while (!Object.keys(saved).some((name) => name.endsWith("-saved")) && Date.now() - before < 20_000) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await client.close();
  return { ms: done - began, open: opened - began, number: answer.number, requests, memory: status.memoryBytes, kept: saved };
}
