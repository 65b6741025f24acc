// SPDX-License-Identifier: Apache-2.0
// Ways to use mote as users do, behind one interface, so that every scenario is done by each of them: the command line, a
// program over the C library, the package in Node. (Chromium has its own: web/test/e2e.)
//
//   const client = await open({ chain, state, sources, paraSources })   chain: a file with a spec or a checkpoint
//   await client.head(chain)                            { hash, number, handovers, resumed, assumed }
//   await client.values(chain, keys, { at, child })     { values: [hex or null], hash, number }
//   await client.list(chain, prefix, { at, child })     { entries: [[key, value]], hash, number }
//   await client.submit(chain, extrinsic)               { hash, number, index, events }
//   await client.refused()                              [{ url, why }]
//   await client.close()
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { MoteError } from "../../web/dist/index.js";
import { createClient, fileStorage } from "../../web/dist/live.js";
import { call, paras, relay } from "./network.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const build = path.resolve(root, process.env.MOTE_TEST_BUILD ?? "build/release");
export const MOTE = path.join(build, "mote");
/** What is tested is what comes, not how soon: the machine may be busy with other suites, and the nodes are on it too. */
const seconds = 300;
export const newFolder = () => mkdtemp(path.join(os.tmpdir(), "mote-e2e-"));

// --- the command line -----------------------------------------------------------------------------------------------------

/** { code, answer } of mote ... --json. */
export function mote(...words) {
  return new Promise((resolve) => {
    execFile(MOTE, [...words.map(String), "--json"], { maxBuffer: 1 << 28 }, (error, out, said) => {
      const code = error === null ? 0 : error.code;
      const lines = out.trim().split("\n");
      try {
        // follow gives an object on each line; of the others the one object fills many.
        resolve({ code, answer: words[0] === "follow" ? JSON.parse(lines.at(-1)) : JSON.parse(out), lines });
      } catch {
        throw new Error(`mote ${words.join(" ")}: ${code}, ${out}${said}`);
      }
    });
  });
}
/** The same where it must do. */
export async function moteDoes(...words) {
  const { code, answer } = await mote(...words);
  if (code !== 0) throw Object.assign(new Error(`mote ${words.join(" ")}: ${answer.message} (${answer.expected}; ${answer.found})`), { answer });
  return answer;
}

class CommandLine {
  #options;
  #refused = [];
  constructor({ chain, state, sources, paraSources }) {
    this.#options = (about) => [
      "--chain", chain, "--accept-expired", "--state", state ?? "none", ...sources.flatMap((url) => ["--source", url]),
      ...(about === "relay" ? [] : ["--para", about, ...paraSources(about).flatMap((url) => ["--para-source", url])]),
    ];
  }
  async #do(command, about, ...words) {
    const { code, answer } = await mote(command, ...words, ...this.#options(about));
    this.#refused = answer.details?.refused ?? this.#refused;
    if (code !== 0) throw Object.assign(new Error(`${answer.message}: ${answer.expected}; ${answer.found}`), { answer });
    return answer;
  }
  async head(about) {
    const { target, details, assumed } = await this.#do("sync", about, "--timeout", seconds);
    return { ...target, handovers: details.chains[0].handovers, resumed: details.resumed !== null, assumed };
  }
  async values(about, keys, { at, child } = {}) {
    const answer = await this.#do("get", about, "--timeout", seconds, ...where(at, child), ...keys.flatMap((key) => ["--key", key]));
    return { ...answer.target, values: answer.values.map(({ value, state }) => (state === "absent" ? null : value)) };
  }
  async list(about, prefix, { at, child } = {}) {
    const answer = await this.#do("get", about, "--timeout", seconds, ...where(at, child), "--prefix", prefix);
    return { ...answer.target, entries: answer.values.map(({ key, value }) => [key, value]), complete: answer.lists[0].complete };
  }
  async submit(about, extrinsic) {
    const file = path.join(await newFolder(), "extrinsic.hex");
    await writeFile(file, extrinsic);
    const { target, details } = await this.#do("submit", about, file, "--timeout", seconds);
    return { ...target, index: details.index_in_block, events: details.events };
  }
  async refused() {
    return this.#refused.map(({ url, status }) => ({ url, why: status }));
  }
  async close() {}
}

const where = (at, child) => [...(at === undefined ? [] : ["--at", at]), ...(child === undefined ? [] : ["--child", child])];

// --- the C library --------------------------------------------------------------------------------------------------------

/** What library.c reads. Of a raw genesis an embedder brings a checkpoint. */
async function startOf(chain) {
  const text = await readFile(chain);
  if (text[0] !== 0x7b) return chain;
  const { lightSyncState } = JSON.parse(text);
  const file = path.join(await newFolder(), "start");
  if (lightSyncState === undefined) await moteDoes("checkpoint", chain, "-o", file);
  else await writeFile(file, JSON.stringify({ ...lightSyncState, genesis: await call(relay[0], "chain_getBlockHash", 0) }));
  return file;
}

export class Library {
  #process;
  #heads = new Map();
  #waits = new Map();
  #values = new Map();
  #refused = [];
  #next = 1;
  #said;
  static async open({ chain, state, sources, paraSources, follows = [...paras.keys()] }) {
    const out = new Library();
    const start = await startOf(chain);
    out.#process = spawn(path.join(build, "tests/e2e/e2e_library"), [start, state ?? "none", sources.join(), ...follows.map((id) => `${id}=${paraSources(id).join()}`)], { stdio: ["pipe", "pipe", "inherit"] });
    out.#said = readline.createInterface({ input: out.#process.stdout });
    out.#said.on("line", (line) => out.#take(JSON.parse(line)));
    return out;
  }
  get pid() {
    return this.#process.pid;
  }
  /** Called with every event. */
  onEvent = () => undefined;
  #take(event) {
    this.onEvent(event);
    const done = (id, answer) => (this.#waits.get(id)?.(answer), this.#waits.delete(id));
    if (event.event === "finalized" || event.event === "para-head") this.#heads.set(event.chain, event);
    // What it goes on from is told by the chain's phase only.
    if (event.event === "finalized" || event.event === "para-head") done(`head ${event.chain}`);
    if (event.event === "source" && event.why !== "ok") this.#refused.push({ url: event.url, why: event.why });
    if (event.event === "value") this.#values.set(event.id, [...(this.#values.get(event.id) ?? []), event]);
    if (event.event === "answered" || event.event === "query-failed") done(event.id, event);
    if (event.event === "transaction" && ["final", "failed"].includes(event.state)) done(event.id, event);
  }
  #wait(id, write) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the library has no answer to ${id} ${write ?? ""}`)), seconds * 1000);
      this.#waits.set(id, (answer) => (clearTimeout(timer), resolve(answer)));
      if (write !== undefined) this.#process.stdin.write(`${write}\n`);
    });
  }
  async head(about) {
    if (!this.#heads.has(String(about))) await this.#wait(`head ${about}`);
    const { hash, number, handovers } = this.#heads.get(String(about));
    return { hash, number, handovers };
  }
  async #ask(word, about, at, child, ...rest) {
    const id = `q${this.#next++}`;
    const answer = await this.#wait(id, [word, id, about, at ?? "-", child ?? "-", ...rest].join(" "));
    if (answer.event === "query-failed") throw new Error(answer.why);
    return { ...answer, told: this.#values.get(id) ?? [] };
  }
  async values(about, keys, { at, child } = {}) {
    const { told, hash, number } = await this.#ask("values", about, at, child, ...keys);
    return { hash, number, values: keys.map((key) => told.find((value) => value.key === key).value) };
  }
  async list(about, prefix, { at, child } = {}) {
    const { told, hash, number, complete } = await this.#ask("list", about, at, child, prefix);
    return { hash, number, complete, entries: told.map(({ key, value }) => [key, value]) };
  }
  async submit(about, extrinsic) {
    const id = `t${this.#next++}`;
    const answer = await this.#wait(id, `submit ${id} ${about} ${extrinsic}`);
    if (answer.state !== "final") throw new Error(answer.why);
    return answer;
  }
  async refused() {
    return this.#refused;
  }
  async close() {
    if (this.#process.exitCode === null) this.#process.stdin.end("end\n");
    const [code] = this.#process.exitCode === null ? await once(this.#process, "exit") : [this.#process.exitCode];
    if (code !== 0) throw new Error(`the program over the library ended with ${code}`);
  }
}

// --- Node ------------------------------------------------------------------------------------------------------------------

const hex = (bytes) => (bytes === undefined ? null : `0x${Buffer.from(bytes).toString("hex")}`);

export class InNode {
  #paras;
  #refused = [];
  #resumed = false;
  static async open({ chain, state, sources, paraSources, follows = [...paras.keys()] }) {
    const out = new InNode();
    const text = await readFile(chain);
    out.client = await createClient({
      chain: text[0] === 0x7b ? text.toString() : new Uint8Array(text), sources, webSocket: WebSocket, acceptExpired: true,
      storage: state === undefined ? "memory" : fileStorage(state),
    });
    out.#paras = new Map(follows.map((id) => [id, out.client.parachain(id, { sources: paraSources(id) })]));
    out.#listen().catch(() => undefined); // it ends with the client
    return out;
  }
  async #listen() {
    for await (const event of this.client.events) {
      if (event.kind === "source" && event.why !== undefined) this.#refused.push({ url: event.url, why: event.why });
    }
  }
  parachain(id) {
    return this.#paras.get(id);
  }
  #chain(about) {
    return about === "relay" ? this.client : this.parachain(about);
  }
  async head(about) {
    for await (const { hash, number } of this.#chain(about).finalized) {
      const status = await this.client.status();
      return { hash: hex(hash), number, handovers: status.relay.handovers };
    }
    throw new Error("no head");
  }
  async values(about, keys, options = {}) {
    const { entries, hash, number } = await this.#chain(about).storage(keys, { timeout: seconds * 1000, ...options });
    return { hash: hex(hash), number, values: entries.map(({ found }) => (found.kind === "value" ? hex(found.value) : null)) };
  }
  async list(about, prefix, options = {}) {
    const { entries, hash, number, complete } = await this.#chain(about).list(prefix, { timeout: seconds * 1000, ...options });
    return { hash: hex(hash), number, complete, entries: entries.map(({ key, found }) => [hex(key), hex(found.value)]) };
  }
  async submit(about, extrinsic) {
    for await (const step of this.#chain(about).submitAndWatch(extrinsic, { timeout: seconds * 1000 })) {
      if (step.state === "final") return { hash: hex(step.block.hash), number: step.block.number, index: step.index, events: hex(step.events) };
    }
    throw new Error("it ended without the final block");
  }
  async refused() {
    return this.#refused;
  }
  close() {
    return this.client.close();
  }
}
export { MoteError };

const defaults = { sources: relay, paraSources: (id) => [paras.get(id)] };
/** All of them, by name. */
export const clients = {
  "command line": async (options) => new CommandLine({ ...defaults, ...options }),
  "C library": (options) => Library.open({ ...defaults, ...options }),
  Node: (options) => InNode.open({ ...defaults, ...options }),
};
