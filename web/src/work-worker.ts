// SPDX-License-Identifier: Apache-2.0
/** What runs in a Worker that judges units: one instance, one request after another. Nothing is fetched. */
import type { ModuleExports } from "./abi.gen.js";
import type { Hire, Said, Task } from "./work.js";

interface Port {
  postMessage(message: Said): void;
  onmessage: ((event: { readonly data: Hire | Task }) => void) | null;
}

let exports: ModuleExports | undefined;
let judgeCode = 0;

function call(code: number, size: number, write: (to: Uint8Array) => void): Uint8Array {
  if (exports === undefined) throw new Error("mote: not hired");
  const input = exports.mote_input(size) >>> 0;
  if (input === 0) throw new Error("mote: no memory");
  write(new Uint8Array(exports.memory.buffer, input, size));
  const answered = exports.mote_call(code, size) >>> 0;
  const answer = new Uint8Array(exports.memory.buffer, exports.mote_output() >>> 0, answered);
  if (answered < 4 || answer.subarray(0, 4).some((byte) => byte !== 0)) throw new Error("mote: refused");
  return answer.subarray(4);
}

function hire({ module, start, startCode, judgeCode: code }: Hire): void {
  exports = new WebAssembly.Instance(module, {}).exports as unknown as ModuleExports;
  exports._initialize?.();
  judgeCode = code;
  call(startCode, start.length, (to) => to.set(start));
}

/** The verdict's bytes lie behind their length. */
function judge({ task, unit }: Task): Said {
  try {
    const answer = call(judgeCode, 4 + unit.length, (to) => {
      new DataView(to.buffer, to.byteOffset).setUint32(0, unit.length, true);
      to.set(unit, 4);
    });
    return { task, verdict: answer.slice(4) };
  } catch {
    return { task };
  }
}

function serve(port: Port): void {
  port.onmessage = ({ data }) => {
    if ("task" in data) port.postMessage(judge(data));
    else hire(data);
  };
}

if (typeof (globalThis as { postMessage?: unknown }).postMessage === "function") {
  serve(globalThis as unknown as Port);
} else {
  const threads = "node:worker_threads"; // hidden from bundlers, which would look for it in browsers
  const { parentPort } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ threads)) as typeof import("node:worker_threads");
  if (parentPort !== null) {
    const port: Port = { postMessage: (message) => parentPort.postMessage(message), onmessage: null };
    serve(port);
    parentPort.on("message", (data: Hire | Task) => port.onmessage?.({ data }));
  }
}
