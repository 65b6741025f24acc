// SPDX-License-Identifier: Apache-2.0
// Sessions (session.h) through mote-live.wasm, the module that ships, and natively: the same action logs, or it fails.
//   node tests/sim/sessions.mjs [MOTE-LIVE.WASM SIM_SESSION_TEST]      defaults: of the builds "wasm" and "release"
// Recorded ones are those of tests/vectors/live-sessions; besides, runs of the made-up network are recorded and played, and a
// long one, in which the module's memory must not grow once the client has started.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { decodeAnswer, encodeAsk, operationsOf } from "../verdicts/codec.mjs";
import { calls, magic } from "./session.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [wasm = at("build/wasm/mote-live.wasm"), native = at("build/release/tests/sim/sim_session_test")] = process.argv.slice(2);
const seeds = { small: 4, long: 240 }[process.env.MOTE_TEST_EFFORT] ?? 30;

/** What gives back an id: the line's word, and what counts it. */
const makes = { clientAddRelay: "relay", clientAddParachain: "parachain", clientAddSource: "source", clientQuery: "query", clientSubmit: "submit" };
const actions = ["none", "send", "close", "drop", "save", "event"];
const events = [
  "none", "status", "age", "saved-refused", "handover", "finalized", "best", "para-head", "para-gone", "conflict", "source", "value",
  "answered", "query-failed", "transaction", "para-lifecycle", "page", "behind",
];
const details = {
  handover: "clientEventFinal", finalized: "clientEventFinal", conflict: "clientEventFinal", best: "clientEventBest",
  "para-head": "clientEventPara", "para-gone": "clientEventGone", value: "clientEventValue", answered: "clientEventAnswered",
  transaction: "clientEventTransaction", "para-lifecycle": "clientEventGone", page: "clientEventAnswered",
  behind: "clientEventBest",
};

const operations = operationsOf("live");
const module = await WebAssembly.compile(readFileSync(wasm));
if (WebAssembly.Module.imports(module).length !== 0) throw new Error("mote-live.wasm has imports");

/** An instance of the module, and the log of what its client does. */
class Player {
  #exports;
  #chains = 0;
  #sources = 0;
  lines = [];

  get memoryBytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  exchange(operation, request) {
    const input = this.#exports.mote_input(request.length) >>> 0;
    new Uint8Array(this.#exports.memory.buffer).set(request, input);
    const size = this.#exports.mote_call(operations.indexOf(operation), request.length) >>> 0;
    return decodeAnswer(operation, new Uint8Array(this.#exports.memory.buffer, this.#exports.mote_output() >>> 0, size));
  }

  ask(operation, ask = {}) {
    const answer = this.exchange(operation, encodeAsk(operation, ask));
    if (answer.status !== 0) throw new Error(`${operation} gave ${answer.status}`);
    delete answer.status;
    return answer;
  }

  async open(seed, request) {
    this.end();
    this.#exports = (await WebAssembly.instantiate(module, {})).exports;
    this.#exports._initialize?.();
    this.ask("start", { seed, cachedKeys: 1024 });
    this.lines.push(`open ${this.exchange("clientOpen", request).status}`);
    this.#chains = this.#sources = 0;
  }

  call(operation, request) {
    if (operation === "clientNext") return this.take(request.readUInt32LE());
    const answer = this.exchange(operation, request);
    const word = makes[operation];
    if (word !== undefined) return this.made(word, answer);
    if (answer.status !== 0) throw new Error(`${operation} gave ${answer.status}`);
    if (operation !== "clientStep") return;
    const { deadline } = this.ask("clientDeadline");
    this.lines.push(`step ${request.readBigUInt64LE()} ${Number(answer.more)} ${deadline}`);
  }

  made(word, { status, chain, source, query, transaction }) {
    const id = chain ?? source ?? query ?? transaction ?? 0;
    this.lines.push(`${word} ${status} ${id}`);
    if (word === "source") this.#sources = Math.max(this.#sources, id);
    else if (chain !== undefined) this.#chains = Math.max(this.#chains, id);
  }

  take(times) {
    for (; times > 0; times--) {
      const { kind, event, bytes, source, chain, why, query, transaction } = this.ask("clientNext");
      const word = actions[kind];
      if (word === "none") continue;
      if (word === "event") this.lines.push([word, events[event], source, chain, why, query, transaction, ...this.detail(events[event], chain)].join(" "));
      else this.lines.push([word, source, chain, why, word === "send" ? bytes.toString() : flat(bytes)].join(" "));
    }
  }

  detail(event, chain) {
    if (event === "status" || event === "age") return flatten(this.ask("clientChainStatus", { chain }));
    return details[event] === undefined ? [] : flatten(this.ask(details[event]));
  }

  end() {
    for (let chain = 1; chain <= this.#chains; chain++) this.lines.push(["chain", chain, ...flatten(this.ask("clientChainStatus", { chain }))].join(" "));
    for (let source = 1; source <= this.#sources; source++) {
      this.lines.push(["source-at-end", source, ...flatten(this.ask("clientSourceStatus", { source }))].join(" "));
    }
  }
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A value of an answer as it stands in a line: hashes whole, other bytes as their number and the beginning of their hash. */
function flat(value, type) {
  if (typeof value === "boolean") return Number(value);
  if (type === "hash") return value.toString("hex");
  if (!Buffer.isBuffer(value)) return value;
  return value.length === 0 ? "0" : `${value.length} ${sha256(value).slice(0, 32)}`;
}

const hashes = new Set(["hash", "headHash", "stateRoot", "relayHash", "targetHash", "valueHash"]);
const flatten = (answer) => Object.entries(answer).flatMap(([field, value]) =>
  value !== null && typeof value === "object" && !Buffer.isBuffer(value) ? flatten(value) : [flat(value, hashes.has(field) ? "hash" : undefined)]);

/** The log of a session. `watch` is told the memory after each call, and how much of the session is done. */
async function play(session, watch = () => undefined) {
  const player = new Player();
  if (session.subarray(0, magic.length).toString() !== magic) throw new Error("it is no session");
  for (let i = magic.length; i < session.length;) {
    const operation = calls[session[i]];
    const size = session.readUInt32LE(i + 1);
    const request = session.subarray(i + 5, i + 5 + size);
    i += 5 + size;
    if (operation === "clientOpen") await player.open(request.subarray(0, 32), request.subarray(32));
    else player.call(operation, request);
    watch(player.memoryBytes, i / session.length);
  }
  player.end();
  return player.lines.map((line) => `${line}\n`).join("");
}

function showDifference(name, what, expected, got) {
  const [left, right] = [expected.split("\n"), got.split("\n")];
  const line = left.findIndex((text, i) => text !== right[i]);
  console.log(`${name}: as wasm not the log of ${what}, from line ${line + 1} on\n  ${what}: ${left[line]?.slice(0, 600)}\n  as wasm: ${right[line]?.slice(0, 600)}`);
  return false;
}

let passed = 0, failed = 0, lines = 0;
const all = createHash("sha256");

/** `expected`: logs by what they are of. */
async function check(name, session, expected) {
  const log = await play(session);
  const held = Object.entries(expected).map(([what, text]) => sha256(text) === sha256(log) || showDifference(name, what, text, log)).every(Boolean);
  lines += log.split("\n").length - 1;
  all.update(log);
  if (held) passed++;
  else failed++;
}

const folder = mkdtempSync(join(tmpdir(), "sessions-"));
const file = (name) => join(folder, name);
const recorded = at("tests/vectors/live-sessions");
const names = readdirSync(recorded).filter((name) => name.endsWith(".session.gz"));
for (const name of names) {
  const unpacked = (path) => gunzipSync(readFileSync(join(recorded, path)));
  const session = unpacked(name);
  writeFileSync(file("session"), session);
  execFileSync(native, ["play", file("session"), file("log")], { stdio: "ignore" });
  await check(name, session, { "the file": unpacked(name.replace(/session\.gz$/, "log.gz")).toString(), "natively": readFileSync(file("log")).toString() });
}
for (let seed = 9001; seed < 9001 + seeds; seed++) {
  execFileSync(native, ["record", String(seed), file("session"), file("log")], { stdio: "ignore" });
  await check(`seed ${seed}`, readFileSync(file("session")), { natively: readFileSync(file("log")).toString() });
}
execFileSync(join(dirname(native), "sim_steady_test"), ["record", file("session")], { stdio: "ignore" });
const sizes = new Set();
const heads = (await play(readFileSync(file("session")), (memory, done) => done > 0.1 && sizes.add(memory))).match(/^event finalized /gm).length;
if (sizes.size === 1 && heads > 2000) passed++;
else failed++;
console.log(`a long session: ${heads} final heads, memory after its first tenth: ${[...sizes].join(", then ")} bytes`);
rmSync(folder, { recursive: true });
console.log(`sessions as wasm: ${names.length} recorded, ${seeds} made up, ${lines} lines of actions, sha256 ${all.digest("hex").slice(0, 16)}`);
console.log(`sessions: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && names.length > 0 ? 0 : 1);
