// SPDX-License-Identifier: Apache-2.0
/** Runs the engine: messages in, actions out, time. Everything an action points to is copied before the next call. */
import { internals, type StatusName } from "./index.js";
import type { Engine } from "./engine.js";
import { operations, type ClientNextAnswer } from "./live.gen.js";
import { Connection } from "./live-sockets.js";
import { nameOf } from "./live-wire.js";

const enum Action { none = 0, send = 1, close = 2, drop = 3, save = 4, event = 5 }

/** Work of one call: about 5 ms in a browser. */
const stepWork = 500;
/** The input of the module stays that small. */
const chunkBytes = 1 << 16;
/** Nothing was heard and nothing done for so long: the machine slept, and connections that look open may be none. */
const sleptFor = 30_000;
const never = 2n ** 64n - 1n;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** FNV-1a of 64 bits. */
function nameNumber(url: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of encoder.encode(url)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

export interface DriverSource {
  readonly id: number;
  readonly chain: number;
  readonly url: string;
  readonly connection: Connection;
  /** It lied: it is gone from the engine. */
  droppedFor: StatusName | undefined;
}

export interface DriverHandlers {
  event(action: ClientNextAnswer): void;
  save(chain: number, bytes: Uint8Array): void;
  source(source: DriverSource, state: "closed" | "dropped", why: StatusName | undefined): void;
  /** Nothing goes on. */
  failed(error: unknown): void;
  /** A round is over. */
  rested(): void;
}

export class Driver {
  readonly engine: Engine;
  readonly sources = new Map<number, DriverSource>();
  readonly #on: DriverHandlers;
  /** Milliseconds of one round, so that others get their turn. */
  readonly #slice: number;
  readonly #epoch: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #soon = false;
  #last = Date.now();
  #ended = false;

  constructor(engine: Engine, slice: number, on: DriverHandlers) {
    this.engine = engine;
    this.#slice = slice;
    this.#on = on;
    this.#epoch = engine.epoch;
  }

  /** A source, over a connection that may be on its way already. */
  addSource(chain: number, connection: Connection): DriverSource {
    const { url } = connection;
    const { source: id } = this.engine.call(operations.clientAddSource, { chain });
    // How it does is kept with the saved state, under its name.
    this.engine.call(operations.clientNameSource, { source: id, name: nameNumber(url) });
    const source: DriverSource = { id, chain, url, connection, droppedFor: undefined };
    this.sources.set(id, source);
    connection.listen({
      opened: () => this.#touch(() => this.engine.call(operations.clientOpened, { source: id })),
      closed: () => this.#touch(() => this.engine.call(operations.clientClosed, { source: id })),
      received: (message) => this.#touch(() => this.#receive(id, message)),
    });
    return source;
  }

  removeSource(id: number): void {
    this.sources.get(id)?.connection.end();
    this.sources.delete(id);
    this.engine.call(operations.clientRemoveSource, { source: id });
    this.soon();
  }

  #receive(source: number, message: string | Uint8Array): void {
    const bytes = typeof message === "string" ? encoder.encode(message) : message;
    let at = 0;
    do {
      const chunk = bytes.subarray(at, at + chunkBytes);
      at += chunkBytes;
      this.engine.call(operations.clientReceive, { source, chunk, isLast: at >= bytes.length });
    } while (at < bytes.length);
  }

  /** Something came in: the engine is told, and has its turn. */
  #touch(tell: () => void): void {
    if (this.#ended) return;
    try {
      tell();
    } catch (error) {
      return this.#fail(error);
    }
    this.#round();
  }

  /** After calls that give the engine something to do. */
  soon(): void {
    if (this.#soon || this.#ended) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.#round();
    });
  }

  /** The page is seen again, or the network is back. */
  wake(reconnect: boolean): void {
    if (this.#ended) return;
    const slept = Date.now() - this.#last > sleptFor;
    for (const { connection, droppedFor } of this.sources.values()) {
      if (droppedFor === undefined) connection.now(reconnect || slept);
    }
    this.#round();
  }

  #round(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    const now = Date.now();
    const slept = now - this.#last > sleptFor;
    this.#last = now;
    if (slept) return this.wake(true);
    try {
      const wait = this.#work();
      // The longest that a timer can wait is 2^31 - 1.
      if (!this.#ended && wait !== undefined) this.#timer = setTimeout(() => this.#round(), Math.min(wait, sleptFor / 2));
    } catch (error) {
      this.#fail(error);
    }
    if (!this.#ended) this.#on.rested();
  }

  /** Milliseconds until there is something to do. */
  #work(): number | undefined {
    const end = performance.now() + this.#slice;
    let more: boolean;
    do {
      ({ more } = this.engine.call(operations.clientStep, { now: BigInt(Date.now()), work: stepWork }));
      this.#carryOut();
      if (this.#ended) return undefined;
    } while (more && performance.now() < end);
    if (this.engine.epoch !== this.#epoch) throw new Error("mote: the engine's module was restarted");
    if (more) return 0;
    const { deadline } = this.engine.call(operations.clientDeadline, {});
    return deadline === never ? sleptFor / 2 : Math.max(0, Number(deadline) - Date.now());
  }

  #carryOut(): void {
    for (;;) {
      const action = this.engine.call(operations.clientNext, {});
      switch (action.kind as Action) {
        case Action.none: return;
        case Action.send: this.sources.get(action.source)?.connection.send(decoder.decode(action.bytes)); break;
        case Action.close: this.#close(action, false); break;
        case Action.drop: this.#close(action, true); break;
        case Action.save: this.#on.save(action.chain, action.bytes); break;
        case Action.event: this.#on.event(action); break;
        default: throw new Error("mote: an action that is in no list");
      }
    }
  }

  #close({ source: id, why }: ClientNextAnswer, forGood: boolean): void {
    const source = this.sources.get(id);
    if (source === undefined) return;
    if (forGood) {
      source.droppedFor = nameOf(why) ?? "internal";
      source.connection.end();
    } else {
      // Not inside the engine's turn: closing is told to it.
      queueMicrotask(() => source.connection.reset());
    }
    this.#on.source(source, forGood ? "dropped" : "closed", nameOf(why));
  }

  #fail(error: unknown): void {
    this.end();
    this.#on.failed(error instanceof Error ? error : new Error(String(error)));
  }

  /** One last step, whose actions are carried out. */
  finish(): void {
    if (this.#ended) return;
    try {
      this.engine.call(operations.clientStep, { now: BigInt(Date.now()), work: 1 });
      this.#carryOut();
    } catch { /* it ends anyway */ }
    this.end();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const { connection } of this.sources.values()) connection.end();
  }
}

/** Starts an instance with a client in it. */
export function openEngine(module: WebAssembly.Module, seed: Uint8Array, version: number): Engine {
  return new internals.Engine(module, seed, 1024, version);
}
