// SPDX-License-Identifier: Apache-2.0
// The same with smoldot: from its start to the first value of the same key in the state of a parachain's finalized block.
async function* messages(chain) {
  for (;;) yield JSON.parse(await chain.nextJsonRpcResponse());
}

/** Blocks before the head at the time do not count: they are what the client had in its spec. */
export async function measure({ lean, raw, para, key, atLeast }, kind, kept, library) {
  const began = performance.now();
  const { start } = await library();
  const client = start({ maxLogLevel: 1, forbidTcp: true, forbidWss: true });
  const relaySpec = JSON.stringify(kind === "raw" ? raw : lean);
  const relay = await client.addChain({ chainSpec: relaySpec, ...(kept === undefined ? {} : { databaseContent: kept.relay }) });
  const chain = await client.addChain({ chainSpec: JSON.stringify(para), potentialRelayChains: [relay], ...(kept === undefined ? {} : { databaseContent: kept.para }) });
  const opened = performance.now();
  let id = 1, follow, operation, number, asked;
  const send = (method, ...params) => (chain.sendJsonRpc(JSON.stringify({ jsonrpc: "2.0", id, method, params })), id++);
  const following = send("chainHead_v1_follow", false);
  const heights = new Map(), waiting = new Map();
  const look = (hash) => waiting.set(send("chainHead_v1_header", follow, hash), hash);
  let value;
  for await (const message of messages(chain)) {
    if (message.error !== undefined) throw new Error(JSON.stringify(message.error));
    if (message.id === following) follow = message.result;
    else if (waiting.has(message.id)) {
      const header = message.result;
      const hash = waiting.get(message.id);
      number = height(header);
      heights.set(hash, number);
      if (number >= atLeast && asked === undefined) asked = send("chainHead_v1_storage", follow, hash, [{ key, type: "value" }], null);
    } else if (asked !== undefined && message.id === asked) operation = message.result.operationId;
    else if (message.method === "chainHead_v1_followEvent") {
      const { result } = message.params;
      if (result.event === "initialized" || result.event === "finalized") look(result.finalizedBlockHashes.at(-1));
      if (result.operationId !== undefined && result.operationId === operation) {
        if (result.event === "operationStorageItems") value = result.items[0]?.value;
        if (result.event === "operationStorageDone") break;
        if (result.event === "operationInaccessible" || result.event === "operationError") asked = operation = undefined;
      }
      if (result.event === "stop") throw new Error("stopped");
    }
  }
  const done = performance.now();
  if (value === undefined) throw new Error("no such account");
  const database = async (of) => {
    of.sendJsonRpc(JSON.stringify({ jsonrpc: "2.0", id: 1_000_000, method: "chainHead_unstable_finalizedDatabase", params: [] }));
    for await (const message of messages(of)) if (message.id === 1_000_000) return message.result;
  };
  const keep = kind === "kept" ? undefined : { relay: await database(relay), para: await database(chain) };
  await client.terminate();
  return { ms: done - began, open: opened - began, number, kept: keep };
}

/** Number of a SCALE header, in hex. */
function height(hex) {
  const bytes = hex.slice(2 + 64, 2 + 64 + 8).match(/../g).map((pair) => Number.parseInt(pair, 16));
  const mode = bytes[0] & 3;
  if (mode === 0) return bytes[0] >> 2;
  if (mode === 1) return (bytes[0] | (bytes[1] << 8)) >> 2;
  return (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24)) >>> 2;
}
