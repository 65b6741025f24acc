// SPDX-License-Identifier: Apache-2.0
/** The host's end of a page: what it asks is done, and answered in the order in which it happens. */
import { Host, type Listener, type Stop, type Surroundings } from "./live-host.js";
import { findWebSocket } from "./live-sockets.js";
import { indexedDbStorage, memoryStorage } from "./live-storage.js";
import type { LiveStorage, Thread, WebSocketConstructor } from "./live-types.js";
import { toWire, type OperationName, type Operations, type Port, type Settings, type ToHost, type ToPage } from "./live-wire.js";

/** What the caller brought, where the host runs on its thread. */
export interface Brought {
  readonly storage?: LiveStorage | undefined;
  readonly webSocket?: WebSocketConstructor | undefined;
}

/** Here others need the thread as well. */
const sliceHere = 8, sliceElsewhere = 50;

async function surroundings(settings: Settings, thread: Thread, brought: Brought): Promise<Surroundings> {
  return {
    thread,
    storage: brought.storage ?? (settings.storage === "indexeddb" ? indexedDbStorage() : memoryStorage()),
    webSocket: brought.webSocket ?? await findWebSocket(),
    slice: thread === "here" ? sliceHere : sliceElsewhere,
  };
}

/** Clients that were asked for alike are one. */
export class Hosts {
  readonly #open = new Map<string, { readonly host: Promise<Host>; users: number }>();
  readonly #thread: Thread;
  readonly #brought: Brought;

  constructor(thread: Thread, brought: Brought = {}) {
    this.#thread = thread;
    this.#brought = brought;
  }

  take(settings: Settings): { readonly host: Promise<Host>; readonly leave: () => Promise<void> } {
    const { seed: _, wasm: __, parachains: ___, ...alike } = settings;
    const key = JSON.stringify(alike, (____, value: unknown) => (value instanceof Uint8Array ? Array.from(value) : value));
    let entry = this.#open.get(key);
    if (entry === undefined) {
      const host = surroundings(settings, this.#thread, this.#brought).then((around) => Host.open(settings, around));
      entry = { host, users: 0 };
      this.#open.set(key, entry);
      host.catch(() => this.#open.delete(key));
    }
    const taken = entry;
    taken.users++;
    const leave = async (): Promise<void> => {
      if (--taken.users > 0) return;
      this.#open.delete(key);
      await taken.host.then((host) => host.close(), () => undefined);
    };
    return { host: taken.host, leave };
  }
}

/** One page's asks. */
export class Session {
  readonly #hosts: Hosts;
  readonly #port: Port<ToHost, ToPage>;
  readonly #stops = new Map<number, Stop>();
  #taken: ReturnType<Hosts["take"]> | undefined;
  #host: Host | undefined;

  constructor(hosts: Hosts, port: Port<ToHost, ToPage>) {
    this.#hosts = hosts;
    this.#port = port;
    port.receive = (message) => this.#receive(message);
  }

  #receive(message: ToHost): void {
    switch (message.type) {
      case "open": return void this.#open(message.settings);
      case "alive": return this.#outlive(message.lock);
      case "ask": return this.#ask(message.id, message.operation, message.ask);
      case "stop": return this.#stop(message.id);
      case "wake": return this.#host?.wake(message.reconnect);
      case "close": return void this.#close();
    }
  }

  /** A page that goes without a word lets go of its lock. */
  #outlive(lock: string): void {
    if (typeof navigator !== "undefined" && "locks" in navigator) void navigator.locks.request(lock, () => this.#close());
  }

  async #open(settings: Settings): Promise<void> {
    this.#taken = this.#hosts.take(settings);
    try {
      const host = await this.#taken.host;
      if (this.#taken === undefined) return;
      this.#host = host;
      for (const [id, sources] of settings.parachains) this.#stops.set(-1 - id, host.parachain(id, sources));
      const { bytes, genesis, chain } = host.checkpoint;
      this.#port.send({ type: "opened", checkpoint: bytes, genesis, chain });
    } catch (error) {
      this.#port.send({ type: "failed", error: toWire(error) });
    }
  }

  #ask<K extends OperationName>(id: number, operation: K, ask: Operations[K]["ask"]): void {
    const listener: Listener<Operations[K]["item"]> = {
      item: (item) => this.#port.send({ type: "item", id, item }),
      end: () => {
        this.#stops.delete(id);
        this.#port.send({ type: "end", id });
      },
      error: (error) => {
        this.#stops.delete(id);
        this.#port.send({ type: "error", id, error: toWire(error) });
      },
    };
    try {
      if (this.#host === undefined) throw new Error("mote: the client is not open");
      const stop = run(this.#host, { operation, ask, listener } as Run);
      if (stop !== undefined) this.#stops.set(id, stop);
    } catch (error) {
      listener.error(error);
    }
  }

  #stop(id: number): void {
    this.#stops.get(id)?.();
    this.#stops.delete(id);
  }

  async #close(): Promise<void> {
    const taken = this.#taken;
    if (taken === undefined) return;
    this.#taken = this.#host = undefined;
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    await taken.leave();
    this.#port.send({ type: "closed" });
    this.#port.close();
  }
}

type Run = { [K in OperationName]: { readonly operation: K; readonly ask: Operations[K]["ask"]; readonly listener: Listener<Operations[K]["item"]> } }[OperationName];

/** Undefined where it is over at once. */
function run(host: Host, asked: Run): Stop | undefined {
  switch (asked.operation) {
    case "finalized": return host.watchHeads(asked.ask.chain, asked.listener);
    case "best": return host.watchBest(asked.ask.chain, asked.listener);
    case "events": return host.watchEvents(asked.listener);
    case "status":
      if (!asked.ask.once) return host.watchStatus(asked.listener);
      asked.listener.item(host.status());
      break;
    case "parachain": return host.parachain(asked.ask.id, asked.ask.sources);
    case "source": host.source(asked.ask.chain, asked.ask.url, asked.ask.add); break;
    case "storage": return host.storage(asked.ask, asked.listener);
    case "account": return host.account(asked.ask, asked.listener);
    case "submit": return host.submit(asked.ask.chain, asked.ask.extrinsic, asked.ask.timeout, asked.listener);
    case "bundle": return host.bundle(asked.ask.answer, asked.listener);
    case "save": return host.save(asked.listener);
    case "address": asked.listener.item(host.address(asked.ask.account, asked.ask.prefix)); break;
  }
  asked.listener.end();
  return undefined;
}
