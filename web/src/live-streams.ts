// SPDX-License-Identifier: Apache-2.0
/** The page's end: what was asked, and the items that come of it. */
import { fromWire, type OperationName, type Operations, type Settings, type ToHost, type ToPage } from "./live-wire.js";
import type { Way } from "./live-ports.js";
import type { Stream } from "./live-types.js";

/** How many items wait for who takes them slowly; then the oldest are forgotten. */
export const lossless = 1024;
/** Milliseconds for a host to keep what it has. */
const lastWords = 1000;

interface Asked {
  readonly message: Extract<ToHost, { type: "ask" }>;
  item(item: unknown): void;
  end(): void;
  error(error: unknown): void;
}

export const aborted = (signal: AbortSignal): unknown => signal.reason ?? new DOMException("aborted", "AbortError");

export class Wire {
  readonly #way: Way;
  readonly #asked = new Map<number, Asked>();
  #next = 1;
  #ended: Error | undefined;
  #opened: ((about: Extract<ToPage, { type: "opened" }>) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #settings: Extract<ToHost, { type: "open" }> | undefined;
  #closed: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #alive: Extract<ToHost, { type: "alive" }> | undefined;

  constructor(way: Way) {
    this.#way = way;
    way.receive = (message) => this.#receive(message);
    way.renewed = () => this.#again();
  }

  open(settings: Settings): Promise<Extract<ToPage, { type: "opened" }>> {
    const message = (this.#settings = { type: "open", settings } as const);
    return new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#failed = reject;
      this.#way.send(message);
    });
  }

  /** The page has a lock that shows that it is there. */
  alive(lock: string): void {
    this.#alive = { type: "alive", lock };
    this.#way.send(this.#alive);
  }

  /** Another host: it is asked everything that was not over. */
  #again(): void {
    if (this.#settings === undefined || this.#ended !== undefined) return;
    this.#way.send(this.#settings);
    if (this.#alive !== undefined) this.#way.send(this.#alive);
  }

  #receive(message: ToPage): void {
    switch (message.type) {
      case "opened":
        this.#opened?.(message);
        this.#opened = undefined;
        for (const { message: ask } of this.#asked.values()) this.#way.send(ask);
        return;
      case "failed": {
        const error = fromWire(message.error);
        this.#failed?.(error);
        return this.end(error);
      }
      case "closed": return this.#closed?.();
      case "item": return this.#asked.get(message.id)?.item(message.item);
      case "end": return this.#over(message.id)?.end();
      case "error": return this.#over(message.id)?.error(fromWire(message.error));
    }
  }

  #over(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  /** Starts an operation; the result stops it. */
  ask<K extends OperationName>(operation: K, ask: Operations[K]["ask"], on: { item(item: Operations[K]["item"]): void; end(): void; error(error: unknown): void }): () => void {
    if (this.#ended !== undefined) {
      on.error(this.#ended);
      return () => undefined;
    }
    const id = this.#next++;
    const message = { type: "ask", id, operation, ask } as Asked["message"];
    this.#asked.set(id, { message, item: (item) => on.item(item as Operations[K]["item"]), end: () => on.end(), error: (error) => on.error(error) });
    this.#way.send(message);
    return () => {
      if (this.#asked.delete(id)) this.#way.send({ type: "stop", id });
    };
  }

  /** The only item, or the end without one. */
  once<K extends OperationName>(operation: K, ask: Operations[K]["ask"], signal?: AbortSignal): Promise<Operations[K]["item"]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(aborted(signal));
      const abort = (): void => {
        stop();
        if (signal !== undefined) reject(aborted(signal));
      };
      const over = (): void => signal?.removeEventListener("abort", abort);
      const stop = this.ask(operation, ask, {
        item: (item) => {
          over();
          resolve(item);
        },
        end: () => {
          over();
          resolve(undefined as unknown as Operations[K]["item"]);
        },
        error: (error) => {
          over();
          reject(error);
        },
      });
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Each iteration asks by itself. `room`: so many items wait; of more the newest are kept. */
  stream<K extends OperationName, T>(operation: K, ask: Operations[K]["ask"], room: number, make: (item: Operations[K]["item"]) => T, signal?: AbortSignal): Stream<T> {
    return {
      [Symbol.asyncIterator]: () => this.#iterate(operation, ask, room, make, signal),
      until: (other) => ({ [Symbol.asyncIterator]: () => this.#iterate(operation, ask, room, make, signal === undefined ? other : AbortSignal.any([signal, other])) }),
    };
  }

  #iterate<K extends OperationName, T>(operation: K, ask: Operations[K]["ask"], room: number, make: (item: Operations[K]["item"]) => T, signal?: AbortSignal): AsyncIterator<T> {
    const waiting: T[] = [];
    let take: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void } | undefined;
    let over: { error?: unknown } | undefined;
    const finish = (how: { error?: unknown }): void => {
      if (over !== undefined) return;
      over = how;
      signal?.removeEventListener("abort", abort);
      stop?.();
      if (take === undefined) return;
      if ("error" in how) take.reject(how.error);
      else take.resolve({ done: true, value: undefined });
      take = undefined;
      if ("error" in how) over = {};
    };
    const abort = (): void => {
      if (signal !== undefined) finish({ error: aborted(signal) });
    };
    let stop: (() => void) | undefined;
    if (signal?.aborted === true) over = { error: aborted(signal) };
    else {
      stop = this.ask(operation, ask, {
        item: (item) => {
          const made = make(item);
          if (take !== undefined) {
            take.resolve({ done: false, value: made });
            take = undefined;
            return;
          }
          waiting.push(made);
          if (waiting.length > room) waiting.shift();
        },
        end: () => finish({}),
        error: (error) => finish({ error }),
      });
      signal?.addEventListener("abort", abort, { once: true });
    }
    return {
      next: () => new Promise((resolve, reject) => {
        const first = waiting.shift();
        if (first !== undefined) return resolve({ done: false, value: first });
        if (over === undefined) {
          take = { resolve, reject };
          return;
        }
        if (!("error" in over)) return resolve({ done: true, value: undefined });
        const { error } = over;
        over = {};
        reject(error);
      }),
      return: () => {
        waiting.length = 0;
        finish({});
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  wake(reconnect: boolean): void {
    this.#way.send({ type: "wake", reconnect });
  }

  /** Nothing more is asked; what is open fails. */
  end(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    const open = [...this.#asked.values()];
    this.#asked.clear();
    for (const asked of open) asked.error(error);
  }

  /** Waits for the host to have kept what it has. */
  close(): Promise<void> {
    return (this.#closing ??= new Promise<void>((resolve) => {
      const patience = setTimeout(() => this.#closed?.(), lastWords);
      this.#closed = () => {
        clearTimeout(patience);
        this.#way.close();
        resolve();
      };
      this.#way.send({ type: "close" });
      this.end(new Error("mote: the client was closed"));
    }));
  }
}
