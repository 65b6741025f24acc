// SPDX-License-Identifier: Apache-2.0
/** The one place that touches the module's memory: a request in, an answer out. */
import { abi, operations, type ModuleExports, type Operation } from "./abi.gen.js";
import { MoteError, MoteVersionError, statusNamed, statusOf, type FaultPlace } from "./errors.js";
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

function instantiate(module: WebAssembly.Module, version: number): ModuleExports {
  const exports = new WebAssembly.Instance(module, {}).exports as unknown as ModuleExports;
  if (typeof exports.mote_abi !== "function" || exports.mote_abi() >>> 0 !== version) {
    throw new MoteVersionError("this WebAssembly module is not of the same version as its bindings");
  }
  exports._initialize?.();
  return exports;
}

export class Engine {
  readonly #module: WebAssembly.Module;
  readonly #version: number;
  readonly #settings: { readonly seed: Uint8Array; readonly cachedKeys: number };
  #exports: ModuleExports;
  #epoch = 0;

  /** Starts an instance of a compiled module. It must ask for nothing and be of this version. */
  constructor(module: WebAssembly.Module, seed: Uint8Array, cachedKeys: number, version: number = abi) {
    if (WebAssembly.Module.imports(module).length !== 0) {
      throw new MoteVersionError("this WebAssembly module asks for imports: it is not mote");
    }
    this.#module = module;
    this.#version = version;
    this.#settings = { seed: seed.slice(), cachedKeys };
    this.#exports = instantiate(module, version);
    this.call(operations.start, this.#settings);
  }

  /** An instance of another module: the two take each other's evidence, which their common seed seals. */
  beside(module: WebAssembly.Module, version: number): Engine {
    return new Engine(module, this.#settings.seed, 0, version);
  }

  /** What Workers run as well. */
  get module(): WebAssembly.Module {
    return this.#module;
  }

  get cachedKeys(): number {
    return this.#settings.cachedKeys;
  }

  /** Bytes of the module's memory. It grows with the largest input and never shrinks. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Counts the instances there have been. */
  get epoch(): number {
    return this.#epoch;
  }

  call<Ask, Answer>(operation: Operation<Ask, Answer>, ask: Ask): Answer {
    const writer = new Writer();
    operation.write(writer, ask);
    const reader = new Reader(this.#exchange(operation.code, writer));
    const status = reader.u32();
    if (status !== 0) throw new MoteError(statusOf(status), place(writer.spans, reader.u32(), reader.u32(), reader.u32()));
    return operation.read(reader);
  }

  #exchange(code: number, request: Writer): Uint8Array {
    const exports = this.#exports;
    try {
      const input = exports.mote_input(request.size) >>> 0;
      if (input === 0) throw new MoteError(statusNamed("limit_memory"));
      request.into(new Uint8Array(exports.memory.buffer, input, request.size));
      const size = exports.mote_call(code, request.size) >>> 0;
      if (size === 0) throw new MoteError(statusNamed("limit_memory"));
      return new Uint8Array(exports.memory.buffer, exports.mote_output() >>> 0, size);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.#restart(code);
      throw new MoteError(statusNamed("internal"));
    }
  }

  /** A trap is a defect of mote's, and leaves an instance in the middle of something: a new one takes its place. */
  #restart(code: number): void {
    if (code === operations.start.code) return;
    this.#exports = instantiate(this.#module, this.#version);
    this.#epoch++;
    this.call(operations.start, this.#settings);
  }
}

/** Something that the module keeps between calls. */
export class Session {
  readonly #engine: Engine;
  readonly #number: number;
  readonly #epoch: number;
  #open = true;

  constructor(engine: Engine, number: number) {
    this.#engine = engine;
    this.#number = number;
    this.#epoch = engine.epoch;
  }

  call<Ask extends { readonly session: number }, Answer>(operation: Operation<Ask, Answer>, ask: Omit<Ask, "session">): Answer {
    if (this.#epoch !== this.#engine.epoch) throw new MoteError(statusNamed("internal"));
    return this.#engine.call(operation, { ...ask, session: this.#number } as unknown as Ask);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#epoch === this.#engine.epoch) this.#engine.call(operations.close, { session: this.#number });
  }
}
