// SPDX-License-Identifier: Apache-2.0
// Full nodes that answer what was recorded of the local network (tests/vectors/local/live.json.gz), block by block as they are
// told to go on, honestly or with a chosen lie.
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { Mote, toHex } from "mote-light-client";
import { WebSocketServer } from "ws";

const recorded = JSON.parse(gunzipSync(readFileSync(new URL("../../tests/vectors/local/live.json.gz", import.meta.url))));
const mote = await Mote.load();
const hash = (hex) => toHex(mote.blake2b256(hex));
const bytes = (hex) => Buffer.from(hex.slice(2), "hex");

const compact = (n) => (n < 64 ? Buffer.of(n << 2) : n < 16384 ? Buffer.of(((n << 2) | 1) & 255, n >> 6) : Buffer.of(((n << 2) | 2) & 255, (n >> 6) & 255, (n >> 14) & 255, n >> 22));

/** As chain_getHeader has it. */
function headerJson(hex) {
  const { parentHash, number, stateRoot, extrinsicsRoot } = mote.decodeHeader(hex);
  const header = bytes(hex);
  let at = 32 + compact(number).length + 64;
  const read = () => {
    const mode = header[at] & 3, width = mode === 0 ? 1 : mode === 1 ? 2 : 4;
    const value = mode === 0 ? header[at] >> 2 : mode === 1 ? header.readUInt16LE(at) >> 2 : header.readUInt32LE(at) >>> 2;
    at += width;
    return value;
  };
  const logs = Array.from({ length: read() }, () => {
    const from = at, kind = header[at++];
    if (kind !== 8 && kind !== 0) at += 4;
    if (kind !== 8) {
      const size = read();
      at += size;
    }
    return toHex(header.subarray(from, at));
  });
  return { parentHash: toHex(parentHash), number: `0x${number.toString(16)}`, stateRoot: toHex(stateRoot), extrinsicsRoot: toHex(extrinsicsRoot), digest: { logs } };
}

export const relayHeaders = recorded.headers.map((header, number) => ({ number, hash: hash(header), header }));
export const steps = recorded.justifications;
export const genesis = relayHeaders[0].hash;

/** Trust from block 0, with the first set as the recorded chain has it. */
export function genesisCheckpoint() {
  const spec = JSON.parse(gunzipSync(readFileSync(new URL("../../tests/vectors/local/relay.spec.json.gz", import.meta.url))));
  const { header, authorities } = mote.genesis(Object.entries(spec.genesis.raw.top), 1);
  return mote.checkpointFromParts({ header, authorities, setId: 0 }).bytes;
}

const flip = (hex, at) => hex.slice(0, at) + (parseInt(hex[at], 16) ^ 1).toString(16) + hex.slice(at + 1);
/** Behind round, target and count comes the first precommit: its target, then its signature. */
const inSignature = 2 + 2 * (8 + 36 + 1 + 36 + 20);

class Refusal extends Error {}
const refuse = (why) => {
  throw new Refusal(why);
};

/** What both kinds have: connections, subscriptions, lies. */
class FakeNode {
  requests = 0;
  connections = 0;
  lie;
  #server;
  #http;
  #subscriptions = [];

  constructor(lie) {
    this.lie = lie;
  }

  async listen() {
    this.#http = createServer((_, response) => response.writeHead(426).end());
    this.#server = new WebSocketServer({ server: this.#http });
    this.#server.on("connection", (socket) => {
      this.connections++;
      socket.on("message", (text) => this.#answer(socket, JSON.parse(text)));
      socket.on("error", () => undefined);
    });
    await new Promise((resolve) => this.#http.listen(0, "127.0.0.1", resolve));
    this.url = `ws://127.0.0.1:${this.#http.address().port}`;
    return this;
  }

  #answer(socket, { id, method, params = [] }) {
    this.requests++;
    if (this.lie === "silent") return;
    const send = (rest) => socket.send(JSON.stringify({ jsonrpc: "2.0", id, ...rest }));
    try {
      if (this.lie === "refuses" && /submitAndWatch/.test(method)) return send({ error: { code: 1010, message: "Invalid Transaction", data: "Transaction has a bad signature" } });
      if (/subscribe|submitAndWatch/i.test(method) && !/unsubscribe|unwatch/i.test(method)) {
        const subscription = `s${this.#subscriptions.length}`;
        this.subscribe(method);
        this.#subscriptions.push({ socket, method, subscription });
        return send({ result: subscription });
      }
      if (/unsubscribe|unwatch/i.test(method)) return send({ result: true });
      send({ result: this.answer(method, params) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send({ error: { code: -32000, message: error.message } });
    }
  }

  notify(method, name, result) {
    for (const { socket, method: of, subscription } of this.#subscriptions) {
      if (of === method && socket.readyState === 1) socket.send(JSON.stringify({ jsonrpc: "2.0", method: name, params: { subscription, result } }));
    }
  }

  /** Connections are lost; new ones are taken. */
  disconnect() {
    for (const socket of this.#server.clients) socket.terminate();
    this.#subscriptions = [];
  }

  async close() {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Read proofs: everything that was recorded of a block in one, which is more than was asked for. */
  read(states, block, keys) {
    const state = states.find((candidate) => candidate.hash === block) ?? refuse("State already discarded");
    void keys;
    const proof = this.lie === "missing-node" ? state.proof.slice(0, -3)
      : this.lie === "changed-value" ? state.proof.map((node, i) => (i === state.proof.length - 1 ? flip(node, node.length - 6) : node))
      : state.proof;
    return { at: block, proof };
  }

  keys(states, prefix, count, start, block) {
    const { listed } = states.find((candidate) => candidate.hash === block) ?? refuse("State already discarded");
    const found = listed.filter((key) => key.startsWith(prefix) && (start === null || start === undefined || key > start));
    return (this.lie === "fewer-keys" ? found.slice(1) : found).slice(0, count);
  }
}

export class RelayNode extends FakeNode {
  /** Which of the recorded steps is the newest. */
  at = 0;
  included = undefined;

  get head() {
    return relayHeaders[steps[this.at].number];
  }

  subscribe() {}

  /** The next recorded block is final. */
  advance() {
    if (this.at + 1 >= steps.length) throw new Error("nothing more was recorded");
    this.at++;
    const { justification } = steps[this.at];
    this.notify("chain_subscribeNewHeads", "chain_newHead", headerJson(this.head.header));
    this.notify("grandpa_subscribeJustifications", "grandpa_justifications", this.lie === "bad-signature" ? flip(justification, inSignature) : justification);
    this.notify("chain_subscribeFinalizedHeads", "chain_finalizedHead", headerJson(this.head.header));
  }

  #proof(number) {
    if (number > this.head.number) return null;
    const over = Object.keys(recorded.handovers).map(Number).filter((at) => at <= 200).sort((a, b) => a - b).find((at) => at >= number);
    const target = over ?? this.head.number;
    let justification = over === undefined ? steps[this.at].justification : recorded.handovers[over];
    if (this.lie === "bad-signature") justification = flip(justification, inSignature);
    // As nodes do it: the headers between, at most so many.
    const between = relayHeaders.slice(number + 1, target + 1).map(({ header }) => bytes(header));
    const body = bytes(justification);
    return toHex(Buffer.concat([bytes(relayHeaders[target].hash), compact(body.length), body, compact(between.length), ...between]));
  }

  answer(method, params) {
    switch (method) {
      case "chain_getBlockHash":
        if (Array.isArray(params[0])) return params[0].map((number) => this.answer(method, [number]));
        if (this.lie === "other-chain" && params[0] === 0) return `0x${"77".repeat(32)}`;
        return relayHeaders[params[0]]?.number <= this.head.number ? relayHeaders[params[0]].hash : null;
      case "chain_getFinalizedHead": return this.head.hash;
      case "chain_getHeader": {
        const found = relayHeaders.find(({ hash: of }) => of === (params[0] ?? this.head.hash));
        return found === undefined ? null : headerJson(found.header);
      }
      case "grandpa_proveFinality": return this.#proof(params[0]);
      case "state_getReadProof": return this.read(recorded.states, params[1] ?? this.head.hash, params[0]);
      case "state_getKeysPaged": return this.keys(recorded.states, params[0], params[1], params[2], params[3]);
      default: return refuse("Method not found");
    }
  }
}

/** Parachain 2000. */
export class ParaNode extends FakeNode {
  subscribe() {}

  answer(method, params) {
    const { genesis: first, headers, states } = recorded.para;
    switch (method) {
      case "chain_getBlockHash": return params[0] === 0 ? first : headers.find(({ number }) => number === params[0])?.hash ?? null;
      case "chain_getFinalizedHead": return headers[0].hash;
      case "chain_getHeader": {
        const found = headers.find(({ hash: of }) => of === params[0]);
        return found === undefined ? null : headerJson(found.header);
      }
      case "state_getReadProof": return this.read(states, params[1], params[0]);
      case "state_getKeysPaged": return this.keys(states, params[0], params[1], params[2], params[3]);
      default: return refuse("Method not found");
    }
  }
}

export const paraHeads = recorded.para.headers;
export const digestOf = (value) => createHash("sha256").update(value).digest("hex");
