// SPDX-License-Identifier: Apache-2.0
// What pages of the live suites do with the package, as their scripts would. What comes back can be sent to the suite.
import { Mote, fromHex, toHex } from "../dist/index.js";
import { createClient } from "../dist/live.js";

const hexes = (hex) => Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
export const state = { client: undefined, paras: new Map(), events: [], bests: 0 };

/** `chain`: a spec's JSON text, or a compact checkpoint as hex. Returns when the first head is there, unless told to be `early`. */
export async function open({ chain, paras = [], early = false, ...options }) {
  const began = performance.now();
  const client = (state.client = await createClient({ chain: chain.startsWith("0x") ? hexes(chain) : chain, acceptExpired: true, ...options }));
  state.paras = new Map(paras.map(([id, url]) => [id, client.parachain(id, { sources: [url].flat() })]));
  state.events = [];
  void (async () => {
    for await (const event of client.events) state.events.push({ ...event, at: performance.now() });
  })().catch(() => undefined);
  const first = early ? {} : await head("relay");
  return { ...first, thread: client.thread, ms: performance.now() - began, checkpoint: toHex(client.checkpoint), genesis: toHex(client.genesis), ...(await status()) };
}

export const chainOf = (name) => (name === "relay" ? state.client : state.paras.get(name));
const placed = ({ hash, number, relay, age, sources }) => ({ hash: toHex(hash), number, relay: relay.number, age, sources });
const told = (found) => (found.kind === "value" ? toHex(found.value) : found.kind);

/** The newest head, or the first one above a height. */
export async function head(name, above = -1) {
  for await (const next of chainOf(name).finalized) if (next.number > above) return placed(next);
  throw new Error("no head");
}
export async function status() {
  const { relay, parachains, thread } = await state.client.status();
  return { inside: thread, phase: relay.phase, handovers: relay.handovers, sources: relay.sources, requests: relay.requests, followed: parachains.map(({ chain }) => chain) };
}
const options = ({ at, child, timeout }) => ({ ...(at === undefined ? {} : { at }), ...(child === undefined ? {} : { child }), ...(timeout === undefined ? {} : { timeout }) });

export async function values(name, keys, given = {}) {
  const { entries, ...place } = await chainOf(name).storage(keys, options(given));
  return { ...placed(place), values: entries.map(({ found }) => told(found)) };
}
export async function list(name, prefix, given = {}) {
  const { entries, complete, ...place } = await chainOf(name).list(prefix, options(given));
  return { ...placed(place), complete, entries: entries.map(({ key, found }) => [toHex(key), told(found)]) };
}
const amounts = ({ record, found, ...place }) => ({ ...placed(place), kind: found.kind, free: record === undefined ? undefined : String(record.free), nonce: record?.nonce });
export const account = async (name, address) => amounts(await chainOf(name).account(address));

/** Verified again by `mote verify`'s own rules, from the checkpoint on. */
export async function bundled(name, key) {
  const answer = await chainOf(name).storage(key);
  const mote = (state.mote ??= await Mote.load());
  const links = [...mote.verifyBundle(await answer.bundle(), { checkpoint: mote.checkpoint(state.client.checkpoint), now: null })];
  return { answer: told(answer.found), verified: toHex(links.at(-1).value.value), links: links.length };
}

/** From the bytes of a signed extrinsic to its events, and the account's records on the way. */
export async function submit(name, extrinsic, address) {
  const chain = chainOf(name), states = [], records = [], leave = new AbortController();
  const watching = (async () => {
    for await (const answer of chain.watchAccount(address, { signal: leave.signal })) records.push(amounts(answer));
  })().catch(() => undefined);
  let final;
  for await (const step of chain.submitAndWatch(extrinsic, { timeout: 300_000 })) {
    states.push(step.state);
    final = step;
  }
  while (records.length < 2) await new Promise((resolve) => setTimeout(resolve, 100));
  leave.abort();
  await watching;
  return { states, hash: toHex(final.block.hash), number: final.block.number, index: final.index, events: final.events === undefined ? undefined : toHex(final.events), records };
}

export const eventsOf = (kind) => state.events.filter((event) => event.kind === kind).map(({ kind: _, hash, setId, ...rest }) => ({ ...rest, ...(setId === undefined ? {} : { setId: String(setId) }) }));
/** Waits for an event. */
export async function event(kind, fits = () => true, patience = 20_000) {
  for (const until = performance.now() + patience; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = state.events.find((one) => one.kind === kind && fits(one));
    if (found !== undefined) return true;
  }
  throw new Error(`no event ${kind}; there were ${JSON.stringify(state.events.map(({ kind: of, url, why }) => [of, url, why]))}`);
}
export const dropped = (url, patience) => event("source", (one) => one.state === "dropped" && one.url === url, patience).then(() => state.events.find((one) => one.url === url && one.state === "dropped").why);
export const addSource = (name, url) => chainOf(name).addSource(url);
export async function close() {
  await state.client?.close();
  state.client = undefined;
}
export { fromHex, toHex };

// --- a message between parachains, as far as three chains' states tell of it --------------------------------------------------

const u32 = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
/** A compact integer and where it ends. */
function compact(bytes, at) {
  const mode = bytes[at] & 3;
  if (mode === 0) return [bytes[at] >> 2, at + 1];
  if (mode === 1) return [(bytes[at] | (bytes[at + 1] << 8)) >> 2, at + 2];
  return [u32(bytes, at) >>> 2, at + 4];
}
/** Vec<(u32, Vec<u8>)>: outbound messages (recipient, data), and those in a channel (sent at, data). */
function messagesIn(bytes) {
  const out = [];
  let [count, at] = compact(bytes, 0);
  for (; count > 0; count--) {
    const number = u32(bytes, at), [size, from] = compact(bytes, at + 4);
    out.push({ number, data: bytes.slice(from, from + size) });
    at = from + size;
  }
  return out;
}
/** BTreeMap<u32, H256>: the queue heads that a parachain has taken everything up to. */
function headsIn(bytes) {
  const [count, at] = compact(bytes, 0);
  return new Map(Array.from({ length: count }, (_, i) => [u32(bytes, at + 36 * i), toHex(bytes.slice(at + 36 * i + 4, at + 36 * i + 36))]));
}
const encoded = (data) => {
  const length = data.length < 64 ? [data.length << 2] : [((data.length << 2) | 1) & 255, data.length >> 6];
  return Uint8Array.of(...length, ...data);
};
const channelKey = (sender, recipient) => {
  const key = new Uint8Array(8);
  new DataView(key.buffer).setUint32(0, sender, true);
  new DataView(key.buffer).setUint32(4, recipient, true);
  return [["twox-64-concat", key]];
};
const heads = { pallet: "ParachainSystem", item: "LastHrmpMqcHeads" };

async function until(chain, key, found) {
  for await (const answer of chain.watch(key)) {
    const result = answer.value === undefined ? undefined : found(answer.value, answer);
    if (result !== undefined) return { ...placed(answer), message: result };
  }
  throw new Error("the stream ended");
}

/** What is said by `extrinsic` on one parachain is followed: sent there, in the relay chain's channel, taken by the other. */
export async function follow(sender, recipient, extrinsic) {
  const mote = (state.mote ??= await Mote.load());
  const [from, to] = [chainOf(sender), chainOf(recipient)];
  const before = await to.storage(heads);
  const last = (before.value === undefined ? undefined : headsIn(before.value).get(sender)) ?? `0x${"00".repeat(32)}`;
  const sending = until(from, { pallet: "ParachainSystem", item: "HrmpOutboundMessages" }, (value) => messagesIn(value).find(({ number }) => number === recipient));
  const carrying = until(state.client, { pallet: "Hrmp", item: "HrmpChannelContents", keys: channelKey(sender, recipient) }, (value) => messagesIn(value).at(-1));
  for await (const step of from.submitAndWatch(extrinsic, { timeout: 300_000 })) if (step.state === "final") break;
  const sent = await sending, carried = await carrying;
  // The queue's head: of all before, the block that took it in, and the message (each by its hash).
  const link = new Uint8Array(68);
  link.set(hexes(last));
  new DataView(link.buffer).setUint32(32, carried.message.number, true);
  link.set(mote.blake2b256(encoded(carried.message.data)), 36);
  const queue = toHex(mote.blake2b256(link));
  const taken = await until(to, heads, (value) => (headsIn(value).get(sender) === queue ? true : undefined));
  const told = ({ message, ...rest }) => ({ ...rest, ...(message === true ? {} : { data: toHex(message.data) }) });
  return { sent: told(sent), carried: told(carried), taken: told(taken) };
}
