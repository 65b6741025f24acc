// SPDX-License-Identifier: Apache-2.0
// A node that lies: a WebSocket proxy in front of an honest one that rewrites what it answers. Each lie rewrites one kind of
// answer and leaves everything else as it is.
//
//   node tests/e2e/proxy.mjs ws://node LIE [PORT]        prints its address (by hand: any client can be tried on it)
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { WebSocket, WebSocketServer } from "ws";

// --- bytes in JSON --------------------------------------------------------------------------------------------------------

/** Hex with the byte at `at` (a negative one counts from the end) changed. */
const flip = (hex, at) => {
  const bytes = Buffer.from(hex.slice(2), "hex");
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return `0x${bytes.toString("hex")}`;
};
const EVENTS = "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";
const readProof = (change) => (method, params, result) => (/ReadProof$/.test(method) ? { ...result, proof: change(result.proof) } : undefined);
const nodes = (change) => readProof((proof) => proof.map(change));
/** A node of a proof that has a value of its own: a leaf, or a branch with one (V0 and V1, polkadot spec, node headers). */
const hasValue = (node) => {
  const first = Number.parseInt(node.slice(2, 4), 16);
  return [0b01, 0b11].includes(first >> 6) || [0b001, 0b0001].includes(first >> (first < 32 ? 4 : 5));
};
const longest = (proof) => proof.reduce((at, node, i) => (node.length > proof[at].length ? i : at), 0);

// --- lies -------------------------------------------------------------------------------------------------------------------

/**
 * By name: what it does to an answer (`method`, `params`, `result`) or to a notification (`method` of its subscription). What
 * gives undefined changes nothing. `ask` asks the honest node.
 */
export const lies = {
  "genesis": (method, [number], result) => (method === "chain_getBlockHash" && number === 0 ? flip(result, 5) : undefined),
  "block hash": (method, [number], result) => {
    if (method !== "chain_getBlockHash" || number === 0 || result === null) return undefined;
    return Array.isArray(result) ? result.map((hash) => (hash === null ? null : flip(hash, 5))) : flip(result, 5);
  },
  "header": (method, _, result) => (method === "chain_getHeader" && result !== null ? { ...result, stateRoot: flip(result.stateRoot, 3) } : undefined),
  "header of another block": async (method, _, result, ask) => (method === "chain_getHeader" && Number(result?.number) > 0 ? ask("chain_getHeader", [result.parentHash]) : undefined),
  "justification": (method, _, result) => {
    // The last vote's signature is in front of its voter and of the ancestry, which is empty here.
    if (method === "grandpa_subscribeJustifications") return flip(result, -40);
    // Of a finality proof: hash[32], length, round[8], target[36], count, then a vote[36] and its signature.
    return method === "grandpa_proveFinality" && result !== null ? flip(result, 32 + 2 + 8 + 36 + 1 + 40) : undefined;
  },
  "finality of another block": (method, _, result) => (method === "grandpa_proveFinality" && result !== null ? flip(result, 7) : undefined),
  "proof": nodes((node) => flip(node, 2)),
  "value": nodes((node) => (hasValue(node) ? flip(node, -1) : node)),
  "missing node": readProof((proof) => proof.toSpliced(longest(proof), 1)),
  "extra node": readProof((proof) => [...proof, "0x5e414cb008e0e61e46722aa60abdd672800c6d6f7465"]),
  "proof of another block": async (method, params, result, ask) => {
    if (!/ReadProof$/.test(method)) return undefined;
    const { parentHash } = await ask("chain_getHeader", [params.at(-1)]);
    return { ...(await ask(method, [...params.slice(0, -1), parentHash])), at: params.at(-1) };
  },
  "key list, a key less": (method, _, result) => (/KeysPaged$/.test(method) && result.length > 1 ? result.toSpliced(1, 1) : undefined),
  "key list, a key more": (method, _, result) => (/KeysPaged$/.test(method) && result.length > 1 ? result.toSpliced(1, 0, `${result[0]}00`) : undefined),
  "key list, nothing": (method) => (/KeysPaged$/.test(method) ? [] : undefined),
  "events": (method, params, result) => (method === "state_getReadProof" && params[0].includes(EVENTS) ? { ...result, proof: result.proof.with(longest(result.proof), flip(result.proof[longest(result.proof)], -1)) } : undefined),
  "body": (method, _, result) => {
    if (method !== "chain_getBlock" || result === null) return undefined;
    const { block } = result;
    return { ...result, block: { ...block, extrinsics: block.extrinsics.map((extrinsic, i) => (i === 0 ? flip(extrinsic, -1) : extrinsic)) } };
  },
  "inclusion": (method, _, result) => {
    if (method !== "author_submitAndWatchExtrinsic") return undefined;
    if (result.inBlock !== undefined) return { inBlock: flip(result.inBlock, 3) };
    return result.finalized === undefined ? undefined : { finalized: flip(result.finalized, 3) };
  },
  "best head": (method, _, result) => {
    if (method !== "chain_subscribeNewHeads") return undefined;
    const { logs } = result.digest;
    return { ...result, digest: { logs: [...logs.slice(0, -1), flip(logs.at(-1), -9)] } };
  },
  "best head, far away": (method, _, result) => (method === "chain_subscribeNewHeads" ? { ...result, number: `0x${(Number(result.number) + 1000).toString(16)}` } : undefined),
  "head that is not final": (method, _, result) => (method === "chain_subscribeFinalizedHeads" ? { ...result, stateRoot: flip(result.stateRoot, 3) } : undefined),
};

/** Not a rewrite of one answer: it knows nothing behind the block that was final when it was first asked. */
async function staleAfter(ask) {
  const hash = await ask("chain_getFinalizedHead", []);
  const last = Number((await ask("chain_getHeader", [hash])).number);
  return (method, params, result) => {
    if (method === "chain_getFinalizedHead") return hash;
    if (method === "chain_getBlockHash" && Array.isArray(params[0])) return result.map((one, i) => (params[0][i] > last ? null : one));
    if (method === "chain_getBlockHash" && params[0] > last) return null;
    if (method === "grandpa_proveFinality" && params[0] > last) return null;
    if (method === "chain_getHeader" && Number(result?.number) > last) return null;
    if (/NewHeads|FinalizedHeads/.test(method)) return Number(result.number) > last ? SILENCE : undefined;
    return method === "grandpa_subscribeJustifications" ? SILENCE : undefined;
  };
}
const SILENCE = Symbol("not told");

export const names = [...Object.keys(lies), "stale head"];

// --- the proxy ----------------------------------------------------------------------------------------------------------------

const subscriptions = { chain_newHead: "chain_subscribeNewHeads", chain_finalizedHead: "chain_subscribeFinalizedHeads", grandpa_justifications: "grandpa_subscribeJustifications", author_extrinsicUpdate: "author_submitAndWatchExtrinsic" };

/** Answers of one's own to the honest node, beside those that are passed on. */
function asker(node) {
  const open = new Map();
  let next = 0;
  const ask = (method, params) => new Promise((resolve) => {
    const id = `proxy-${next++}`;
    open.set(id, resolve);
    node.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
  });
  const take = (message) => {
    const resolve = open.get(message.id);
    open.delete(message.id);
    resolve?.(message.result);
    return resolve !== undefined;
  };
  return { ask, take };
}

async function serve(page, target, lie, told, delay, state) {
  const node = new WebSocket(target, { maxPayload: 1 << 28, perMessageDeflate: false });
  const asked = new Map(), early = [];
  page.on("message", (data) => (node.readyState === WebSocket.OPEN ? pass(data) : early.push(data)));
  page.on("close", () => node.terminate());
  page.on("error", () => node.terminate());
  node.on("close", () => page.close());
  node.on("error", () => page.terminate());
  const pass = (data) => {
    const message = JSON.parse(data);
    asked.set(message.id, message);
    node.send(data.toString());
  };
  const { ask, take } = asker(node);
  await once(node, "open");
  const rewrite = lie === "stale head" ? (state.stale ??= staleAfter(ask)) : lies[lie];
  const change = async (method, params, result) => (await rewrite)?.(method, params, result, ask);
  let order = Promise.resolve();
  node.on("message", (data) => {
    const message = JSON.parse(data);
    if (take(message)) return;
    const answer = async () => {
      const notice = message.params !== undefined;
      const { method, params } = notice ? { method: subscriptions[message.method], params: [] } : asked.get(message.id) ?? {};
      const result = notice ? message.params.result : message.result;
      const subscribes = !notice && /ubscribe|AndWatch/.test(method);
      const changed = result === undefined || subscribes ? undefined : await change(method, params, result);
      if (changed === SILENCE) return undefined;
      if (changed === undefined) return data.toString();
      told.push(method);
      return JSON.stringify(notice ? { ...message, params: { ...message.params, result: changed } } : { ...message, result: changed });
    };
    // In the order in which they came, whatever an answer has to wait for.
    const text = answer(), due = Date.now() + delay;
    order = order.then(async () => {
      const ready = await text;
      if (Date.now() < due) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
      if (ready !== undefined && page.readyState === WebSocket.OPEN) page.send(ready);
    });
  });
  for (const data of early) pass(data);
}

/** { url, told, close() }: `told` are the methods whose answers were rewritten. `delay`: milliseconds before each message. */
export async function startProxy(target, lie, { port = 0, delay = 0 } = {}) {
  if (lie !== "nothing" && !names.includes(lie)) throw new Error(`no lie is called ${lie}: ${names.join(", ")}`);
  const server = new WebSocketServer({ host: "127.0.0.1", port, perMessageDeflate: false });
  const told = [], state = {};
  server.on("connection", (page) => void serve(page, target, lie, told, delay, state).catch(() => page.terminate()));
  await once(server, "listening");
  const close = () => {
    for (const page of server.clients) page.terminate();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `ws://127.0.0.1:${server.address().port}`, told, close };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [target, lie = "nothing", port = "0"] = process.argv.slice(2);
  console.log((await startProxy(target, lie, { port: Number(port) })).url);
}
