// SPDX-License-Identifier: Apache-2.0
// The two hosts of a boundary: a module in Node, and the native server of native.c. And several of a kind with one seed.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { decodeAnswer, encodeAsk, operationsOf, protocol } from "./codec.mjs";

const seed = new Uint8Array(32).fill(7);

class Host {
  async call(operation, ask) {
    const answer = await this.exchange(this.operations.indexOf(operation), encodeAsk(operation, ask));
    return decodeAnswer(operation, answer);
  }

  async start(module) {
    this.operations = operationsOf(module);
    const { status } = await this.call("start", { seed, cachedKeys: 4096 });
    if (status !== 0) throw new Error(`start gave ${status}`);
    return this;
  }
}

export class WasmHost extends Host {
  static async open(path, module = "light") {
    const host = new WasmHost();
    const { instance } = await WebAssembly.instantiate(await readFile(path), {});
    host.exports = instance.exports;
    host.exports._initialize?.();
    return host.start(module);
  }

  exchange(operation, request) {
    const input = this.exports.mote_input(request.length) >>> 0;
    new Uint8Array(this.exports.memory.buffer).set(request, input);
    const size = this.exports.mote_call(operation, request.length) >>> 0;
    return new Uint8Array(this.exports.memory.buffer, this.exports.mote_output() >>> 0, size).slice();
  }

  close() {}
}

export class NativeHost extends Host {
  static async open(path, module = "light") {
    const host = new NativeHost();
    host.process = spawn(path, { stdio: ["pipe", "pipe", "inherit"] });
    host.received = [];
    host.have = 0;
    host.process.on("error", (error) => host.fail(error));
    host.process.on("exit", (code) => {
      host.code = code;
      host.fail(new Error(`the native boundary ended with ${code}`));
    });
    host.process.stdin.on("error", (error) => host.fail(error));
    host.process.stdout.on("data", (data) => {
      host.received.push(data);
      host.have += data.length;
      host.wake?.();
    });
    return host.start(module);
  }

  fail(error) {
    this.error = error;
    this.wake?.();
  }

  async take(size) {
    while (this.have < size) {
      if (this.error !== undefined) throw this.error;
      await new Promise((resolve) => (this.wake = resolve));
    }
    const all = this.received.length === 1 ? this.received[0] : Buffer.concat(this.received);
    this.received = [all.subarray(size)];
    this.have -= size;
    return all.subarray(0, size);
  }

  async exchange(operation, request) {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(operation, 0);
    head.writeUInt32LE(request.length, 4);
    this.process.stdin.write(Buffer.concat([head, request]));
    return this.take((await this.take(4)).readUInt32LE());
  }

  async close() {
    this.process.stdin.end();
    while (this.code === undefined) await new Promise((resolve) => (this.wake = resolve));
    if (this.code !== 0) throw new Error(`the native boundary ended with ${this.code}`);
  }
}

/** A host of each module: who asks does not say which. They take each other's evidence. */
export class Hosts {
  static async open(kind, paths) {
    const hosts = new Hosts();
    hosts.of = {};
    for (const [module, path] of Object.entries(paths)) hosts.of[module] = await kind.open(path, module);
    return hosts;
  }

  call(operation, ask) {
    return this.of[protocol.operations[operation].module ?? "light"].call(operation, ask);
  }

  /** By number, in the first. */
  exchange(operation, request) {
    return Object.values(this.of)[0].exchange(operation, request);
  }

  async close() {
    for (const host of Object.values(this.of)) await host.close();
  }
}
