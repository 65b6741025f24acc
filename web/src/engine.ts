// SPDX-License-Identifier: Apache-2.0
/** The one place that touches the module's memory: a request in, an answer out. */
import { abi, operations, type ModuleExports, type Operation } from "./abi.gen.js";
import { MoteError, MoteVersionError, statusOf, type FaultPlace } from "./errors.js";
import { Reader, Writer, type FieldSpan } from "./frames.js";

const none = 0xffffffff;

function place(spans: readonly FieldSpan[], offset: number, index: number, streamOffset: number): FaultPlace {
  const span = offset === none ? undefined : spans.find((candidate) => offset >= candidate.start && offset <= candidate.end);
  const item = index !== none ? index : span !== undefined && span.item >= 0 ? span.item : undefined;
  const at = span !== undefined ? offset - span.start : streamOffset === none ? undefined : streamOffset;
  return {
    ...(span === undefined ? {} : { input: span.field }),
    ...(at === undefined ? {} : { offset: at }),
    ...(item === undefined ? {} : { index: item }),
  };
}

export class Engine {
  readonly #exports: ModuleExports;

  private constructor(exports: ModuleExports) {
    this.#exports = exports;
  }

  /** Starts an instance of a compiled module. It must ask for nothing and be of this version. */
  static async start(module: WebAssembly.Module, seed: Uint8Array, cachedKeys: number): Promise<Engine> {
    if (WebAssembly.Module.imports(module).length !== 0) {
      throw new MoteVersionError("this WebAssembly module asks for imports: it is not mote");
    }
    const instance = await WebAssembly.instantiate(module, {});
    const exports = instance.exports as unknown as ModuleExports;
    if (typeof exports.mote_abi !== "function" || exports.mote_abi() >>> 0 !== abi) {
      throw new MoteVersionError("this WebAssembly module is not of the same version as its bindings");
    }
    exports._initialize?.();
    const engine = new Engine(exports);
    engine.call(operations.start, { seed, cachedKeys });
    return engine;
  }

  /** Bytes of the module's memory. It grows with the largest input and never shrinks. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  call<Ask, Answer>(operation: Operation<Ask, Answer>, ask: Ask): Answer {
    const writer = new Writer();
    operation.write(writer, ask);
    const request = writer.finish();
    const input = this.#exports.mote_input(request.length) >>> 0;
    if (input === 0) throw new RangeError(`mote: no memory for a request of ${request.length} bytes`);
    new Uint8Array(this.#exports.memory.buffer).set(request, input);
    const size = this.#exports.mote_call(operation.code, request.length) >>> 0;
    if (size === 0) throw new RangeError("mote: no memory for an answer");
    const output = this.#exports.mote_output() >>> 0;
    const reader = new Reader(new Uint8Array(this.#exports.memory.buffer, output, size));
    const status = reader.u32();
    if (status !== 0) throw new MoteError(statusOf(status), place(writer.spans, reader.u32(), reader.u32(), reader.u32()));
    return operation.read(reader);
  }
}
