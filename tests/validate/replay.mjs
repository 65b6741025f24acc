// SPDX-License-Identifier: Apache-2.0
// Serves what was recorded of the local network (tests/vectors/local) as a full node's JSON-RPC on loopback, honestly or
// with a chosen lie. What was not recorded is answered with an error, as a node does that has pruned it.
//
//   node replay.mjs [--chain relay|para-2000|para-2001] [--lie NAME] [--port N] [--cert FILE --key FILE]
//
// prints "ws://127.0.0.1:PORT" (wss:// with a certificate) when it listens
import { readFileSync } from "node:fs";
import { createServer as createPlain } from "node:http";
import { createServer as createTls } from "node:https";
import { gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const chain = option("chain", "relay");
const lie = option("lie", "none");

const folder = new URL("../vectors/local/", import.meta.url);
const read = (name) => {
  const bytes = readFileSync(fileURLToPath(new URL(name, folder)));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
};
const readIf = (name) => {
  try {
    return JSON.parse(read(name));
  } catch {
    return null;
  }
};

// ---- what was recorded
const blocks = read(`${chain}.blocks.jsonl.gz`).trim().split("\n").map((line) => JSON.parse(line));
const byHash = new Map(blocks.map((block) => [block.hash, block]));
const proofs = ["message", "more", "read"].flatMap((kind) => readIf(`${chain}.${kind}-proofs.json.gz`) ?? []);
const top = readIf(`${chain}.spec.json.gz`)?.genesis.raw.top ?? {};
const genesisKeys = Object.keys(top).sort();
const finality = readIf(`${chain}.prove-finality.json.gz`) ?? {};
const mmr = readIf(`${chain}.mmr.json`) ?? {};
const head = blocks[blocks.length - 1];

// ---- lies
const flip = (hex, at) => {
  const digit = (parseInt(hex[at], 16) ^ 1).toString(16);
  return hex.slice(0, at) + digit + hex.slice(at + 1);
};
const flipEnd = (hex, fromEnd) => flip(hex, hex.length - fromEnd);
const lies = {
  none: "everything as recorded",
  "bad-signature": "a signature of a justification is changed",
  "bad-seal": "the seals of blocks 7 and 107 are changed, and with them the blocks' hashes",
  "state-root": "headers have another state root",
  "missing-node": "a read proof lacks a node",
  "extra-node": "a read proof has a node that belongs to nothing",
  "swapped-header": "another block's header",
  "other-extrinsic": "an extrinsic is changed",
  "other-value": "a value told without proof is not the proven one",
  "other-genesis": "a value of the genesis state is changed",
  "same-page": "the keys of a state come again",
  "endless-keys": "a state has ever more keys, with values of nothing",
  "no-values": "keys of a state that have no values",
  "far-head": "the last final block has the highest number there is",
  "notifications": "messages that answer nothing, and no answer",
  "no-pages": "no proof of the pages that messages lead down in",
  "no-headers": "nothing leads from block 122 to the final block that proves it",
  "no-configuration": "no word of how long an epoch is",
  "long-slots": "slots are so long that those of the blocks have not come yet",
  "no-justifications": "neither that, nor justifications with the blocks",
  "old-finality": "no proof of finality above block 61",
  "other-leaf": "a leaf of the MMR is changed",
  "leaf-of-another": "a leaf of the MMR that was not asked for, and its proof",
  "other-peak": "an ancestry proof's peak is changed",
  "bad-beefy": "a signature of a BEEFY commitment is changed",
  "wrong-id": "answers to something that was not asked",
  garbage: "answers that are no JSON",
  cut: "answers that end early",
  "no-hex": "hex that is none",
  "null-results": "null for every answer about blocks",
  deep: "JSON nested too deeply",
  huge: "a message that is too large",
  errors: "an error for everything but where the chain stands",
  escapes: "errors with the words that a terminal obeys",
  drop: "the connection is dropped every thirty answers",
  gone: "the connection is dropped after a hundred answers, for good",
};
if (!(lie in lies)) {
  console.error(`no lie ${lie}; there are:\n${Object.entries(lies).map(([name, what]) => `  ${name}: ${what}`).join("\n")}`);
  process.exit(2);
}

// ---- SCALE headers as nodes write them
const unhex = (hex) => Buffer.from(hex.slice(2), "hex");
const tohex = (bytes) => `0x${Buffer.from(bytes).toString("hex")}`;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  take(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  compact() {
    const mode = this.bytes[this.at] & 3;
    if (mode === 0) return this.take(1)[0] >> 2;
    if (mode === 1) return this.take(2).readUInt16LE() >> 2;
    if (mode === 2) return this.take(4).readUInt32LE() >>> 2;
    throw new Error("a number larger than the recordings have");
  }
  item() {
    const begin = this.at;
    const kind = this.take(1)[0];
    if (kind !== 8 && kind !== 0) this.take(4);
    if (kind !== 8) this.take(this.compact());
    return this.bytes.subarray(begin, this.at);
  }
}

function headerJson(hex) {
  const reader = new Reader(unhex(hex));
  const parentHash = tohex(reader.take(32));
  const number = `0x${reader.compact().toString(16)}`;
  const stateRoot = tohex(reader.take(32));
  const extrinsicsRoot = tohex(reader.take(32));
  const logs = Array.from({ length: reader.compact() }, () => tohex(reader.item()));
  return { parentHash, number, stateRoot, extrinsicsRoot, digest: { logs } };
}

// ---- methods
class Refusal extends Error {}
const refuse = (why) => {
  throw new Refusal(why);
};
const blockOf = (hash) => byHash.get(hash ?? head.hash) ?? refuse("Unknown block");

// A header that nobody made: { parent 01.., number, state root 02.., extrinsics root 03.. }, and its hash.
const FAR = "0x0c3e1cd3ef71b3b824d98329b3df31de0ab20613e2fe1e2bba554a9017eb310b";
const far = { parentHash: `0x${"01".repeat(32)}`, number: "0xffffffff", stateRoot: `0x${"02".repeat(32)}`,
  extrinsicsRoot: `0x${"03".repeat(32)}`, digest: { logs: [] } };

function header(hash) {
  if (hash === FAR) return far;
  if (lie === "no-headers" && blockOf(hash).number > 122 && hash !== head.hash) refuse("Unknown block");
  const block = blockOf(hash);
  const out = headerJson(lie === "swapped-header" && block.number > 2 ? blocks[block.number - 1].header : block.header);
  if (lie === "state-root" && block.number > 0) out.stateRoot = flip(out.stateRoot, 9);
  if (lie === "bad-seal" && [7, 107].includes(block.number)) out.digest.logs.push(flipEnd(out.digest.logs.pop(), 20));
  return out;
}

function justification(engine, hex) {
  if (lie === "bad-signature" && engine === "FRNK") hex = flipEnd(hex, 100);
  if (lie === "bad-beefy" && engine === "BEEF") hex = flipEnd(hex, 60);
  return [[...Buffer.from(engine)], [...unhex(hex)]];
}

function block(hash) {
  const { number, extrinsics, justifications } = blockOf(hash);
  let body = extrinsics;
  if (lie === "other-extrinsic" && number > 0) body = [flipEnd(body[0], 1), ...body.slice(1)];
  if (lie === "no-hex" && number > 0) body = ["0xzz", ...body.slice(1)];
  return {
    block: { header: header(hash), extrinsics: body },
    justifications: lie === "no-justifications" ? null : justifications && justifications.map(([engine, hex]) => justification(engine, hex)),
  };
}

// Of a block several proofs were recorded: the first one that has all of these keys.
function stateOf(hash, keys) {
  const held = proofs.filter((state) => state.hash === (hash ?? head.hash));
  if (held.length === 0) refuse("State already discarded");
  const has = (state, key) => Object.values(state.values).some((value) => value.key === key);
  return held.find((state) => keys.every((key) => has(state, key))) ?? refuse("not recorded");
}

const valueOf = (hash, key) => Object.values(stateOf(hash, [key]).values).find((value) => value.key === key).value;

const PAGES = "0x63f78c98723ddc9073523ef3beefda0c34d894ec6fadffc214525dde845b9027"; // Dmp.DownwardMessageQueuePages

function readProof(keys, hash) {
  if (lie === "no-pages" && keys.some((key) => key.startsWith(PAGES))) refuse("Client error: too much");
  const state = stateOf(hash, keys);
  let proof = state.all_in_one;
  if (lie === "missing-node") proof = proof.slice(0, -1);
  if (lie === "extra-node") proof = [...proof, "0x1234"];
  return { at: hash, proof };
}

const calls = {
  BabeApi_configuration: () => (chain === "relay" ? babeConfiguration() : refuse("not recorded")),
  AuraApi_slot_duration: () => (chain === "relay" ? refuse("not recorded") : tohex(u64(lie === "long-slots" ? 600000000 : 24000))),
};
const u64 = (n) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(n));
  return out;
};
const compact = (n) => (n < 64 ? Buffer.from([n << 2]) : refuse("too many"));
function babeConfiguration() {
  const first = proofs.find((state) => state.number === 1).values["Babe.Authorities"] ?? refuse("no BABE");
  const list = unhex(first.value);
  return tohex(Buffer.concat([u64(lie === "long-slots" ? 600000000 : 6000), u64(20), u64(1), u64(4), compact(list[0] >> 2), list.subarray(1), Buffer.alloc(32), Buffer.from([2])]));
}

const RANGE = 136; // the block whose MMR the recorded proofs are under
function mmrProof(numbers, best) {
  if (best !== RANGE) refuse("not recorded");
  const answer = mmr[lie === "leaf-of-another" ? "2" : numbers.join("-")] ?? refuse("not recorded");
  return lie === "other-leaf" ? { ...answer, leaves: flip(answer.leaves, 40) } : answer;
}

function ancestry(previous, best) {
  const proof = mmr.ancestry;
  if (!proof || best !== RANGE || proof.prev_leaf_count !== previous) refuse("not recorded");
  if (lie !== "other-peak") return proof;
  return { ...proof, prev_peaks: [flip(proof.prev_peaks[0], 5), ...proof.prev_peaks.slice(1)] };
}

// hash ++ justification ++ headers
function withoutHeaders(hex) {
  const reader = new Reader(unhex(hex));
  reader.take(32);
  reader.take(reader.compact());
  return `${hex.slice(0, 2 + 2 * reader.at)}00`;
}

const methods = {
  chain_getBlockHash: (which) => (Array.isArray(which) ? which : [which ?? head.number]).map((n) => blocks[n]?.hash ?? null),
  chain_getFinalizedHead: () => (lie === "far-head" ? FAR : head.hash),
  chain_getHeader: header,
  chain_getBlock: block,
  state_getKeysPaged(prefix, count, start) {
    if (lie === "endless-keys") {
      const next = start ? parseInt(start.slice(2, 18), 16) + 1 : 0;
      return Array.from({ length: count }, (_, i) => `0x${(next + i).toString(16).padStart(16, "0")}${"00".repeat(500)}`);
    }
    const from = start && lie !== "same-page" ? genesisKeys.findIndex((key) => key > start) : 0;
    return from < 0 ? [] : genesisKeys.slice(from, from + count);
  },
  state_queryStorageAt(keys, hash) {
    if (lie === "no-values") return [{ block: hash, changes: keys.map((key) => [key, null]) }];
    if (lie === "endless-keys") return [{ block: hash, changes: keys.map((key) => [key, "0x"]) }];
    const changed = (key) => (lie === "other-genesis" && key === genesisKeys[5] ? "0x00112233" : top[key]);
    return [{ block: hash, changes: keys.map((key) => [key, changed(key) ?? null]) }];
  },
  state_getStorage(key, hash) {
    const value = valueOf(hash, key);
    return lie === "other-value" && value ? flipEnd(value, 1) : value;
  },
  state_getReadProof: readProof,
  state_call: (name) => (["no-configuration", "no-justifications"].includes(lie) ? refuse("not recorded") : (calls[name] ?? refuse)("not recorded")),
  grandpa_proveFinality(number) {
    if (lie === "old-finality" && number > 61) refuse("Block not covered by finality");
    const proof = finality[number] ?? null;
    if (proof && lie === "no-headers") return withoutHeaders(proof);
    return proof && lie === "bad-signature" ? flip(proof, 600) : proof;
  },
  mmr_generateProof: mmrProof,
  mmr_generateAncestryProof: ancestry,
};

function answer(request) {
  const { id, method, params } = request;
  const error = (code, message) => ({ jsonrpc: "2.0", id, error: { code, message } });
  if (!(method in methods)) return error(-32601, "Method not found");
  if (lie === "errors" && method.startsWith("state_")) return error(-32000, "Server error");
  if (lie === "null-results" && method === "chain_getBlock") return { jsonrpc: "2.0", id, result: null };
  try {
    let result = methods[method](...params);
    if (method === "chain_getBlockHash" && !Array.isArray(params[0])) [result] = result;
    return { jsonrpc: "2.0", id, result };
  } catch (why) {
    if (!(why instanceof Refusal)) throw why;
    return error(4003, lie === "escapes" ? `\u001b]0;owned\u0007\u001b[2J\u009b\u202e all 9999 passed` : why.message);
  }
}

// ---- the wire
let answers = 0;
const cert = option("cert");
const front = cert ? createTls({ cert: readFileSync(cert), key: readFileSync(option("key")) }) : createPlain();
const server = new WebSocketServer({ server: front, maxPayload: 1 << 24 });
front.on("tlsClientError", () => {});
front.listen(Number(option("port", 0)), "127.0.0.1", () => {
  console.log(`${cert ? "wss" : "ws"}://127.0.0.1:${front.address().port}`);
});
const late = (method) => method === "chain_getBlock";

function send(socket, request) {
  if (lie === "notifications" && late(request.method)) {
    const notify = () => socket.readyState === 1 && socket.send('{"jsonrpc":"2.0","method":"x","params":{"subscription":"a","result":1}}');
    setInterval(notify, 300);
    return;
  }
  const reply = answer(request);
  if (lie === "wrong-id" && late(request.method)) socket.send(JSON.stringify({ ...reply, id: reply.id + 1000000 }));
  let text = JSON.stringify(reply);
  if (lie === "garbage" && late(request.method)) text = "\u0000 not JSON";
  if (lie === "cut" && late(request.method)) text = text.slice(0, text.length / 2);
  if (lie === "deep" && late(request.method)) text = "[".repeat(100000);
  if (lie === "huge" && late(request.method)) text = `"${"x".repeat((1 << 24) + 100)}"`;
  socket.send(text);
}

server.on("connection", (socket) => {
  if (lie === "gone" && answers >= 100) return socket.terminate();
  let here = 0;
  socket.on("message", (text) => {
    if (socket.readyState !== 1) return;
    send(socket, JSON.parse(text));
    answers++;
    here++;
    if ((lie === "drop" && here === 30) || (lie === "gone" && answers === 100)) socket.terminate();
  });
});
