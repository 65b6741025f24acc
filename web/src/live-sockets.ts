// SPDX-License-Identifier: Apache-2.0
/** One source's connection: opened again when it is lost, later each time, and not by all clients at once. */
import type { WebSocketConstructor, WebSocketLike } from "./live-types.js";

const shortest = 500, longest = 60_000;

/** Chance from a seed: xorshift, for nothing but spreading in time. */
export function chance(seed: Uint8Array): () => number {
  let state = new DataView(seed.buffer, seed.byteOffset, seed.byteLength).getUint32(0, true) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export interface ConnectionHandlers {
  opened(): void;
  closed(): void;
  received(message: string | Uint8Array): void;
}

export class Connection {
  readonly url: string;
  readonly #construct: WebSocketConstructor;
  readonly #chance: () => number;
  #on: ConnectionHandlers | undefined;
  #socket: WebSocketLike | undefined;
  #open = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** It connects at once, while others still find out who will listen. */
  constructor(url: string, construct: WebSocketConstructor, random: () => number) {
    this.url = url;
    this.#construct = construct;
    this.#chance = random;
    this.#connect();
  }

  listen(on: ConnectionHandlers): void {
    this.#on = on;
    if (this.#open) on.opened();
  }

  get state(): "connecting" | "open" | "waiting" {
    return this.#open ? "open" : this.#timer !== undefined ? "waiting" : "connecting";
  }

  #connect(): void {
    this.#timer = undefined;
    if (this.#ended) return;
    let socket: WebSocketLike;
    try {
      socket = new this.#construct(this.url);
    } catch {
      return this.#wait();
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    // Sockets that were given up go on talking for a while.
    const mine = (act: () => void) => (): void => {
      if (this.#socket === socket) act();
    };
    socket.onopen = mine(() => {
      this.#open = true;
      this.#on?.opened();
    });
    socket.onmessage = (event: { data: unknown }): void => {
      if (this.#socket !== socket) return;
      this.#failures = 0;
      if (typeof event.data === "string") this.#on?.received(event.data);
      else if (event.data instanceof ArrayBuffer) this.#on?.received(new Uint8Array(event.data));
    };
    socket.onclose = mine(() => this.#lost());
    socket.onerror = mine(() => {
      if (!this.#open) this.#lost();
    });
  }

  #lost(): void {
    this.#forget();
    this.#wait();
  }

  #wait(): void {
    if (this.#ended) return;
    const most = Math.min(longest, shortest * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#connect(), most * (0.5 + this.#chance() / 2));
  }

  #forget(): void {
    const socket = this.#socket, wasOpen = this.#open;
    this.#socket = undefined;
    this.#open = false;
    try {
      socket?.close();
    } catch { /* it was closed */ }
    if (wasOpen) this.#on?.closed();
  }

  send(text: string): void {
    if (this.#open) this.#socket?.send(text);
  }

  /** Gives it up, to connect again in a while. */
  reset(): void {
    if (this.#socket !== undefined) this.#lost();
  }

  /** Connects now if it is not connected, or in any case. */
  now(anyway: boolean): void {
    if (this.#ended || (this.#socket !== undefined && !anyway)) return;
    clearTimeout(this.#timer);
    this.#forget();
    this.#failures = 0;
    this.#connect();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#forget();
  }
}

/** The global one; in Node before 22 that of `ws`, whose name is hidden from bundlers. */
export async function findWebSocket(): Promise<WebSocketConstructor> {
  if (typeof globalThis.WebSocket === "function") return globalThis.WebSocket as unknown as WebSocketConstructor;
  const name = "ws";
  try {
    const { WebSocket } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as { WebSocket: WebSocketConstructor };
    return WebSocket;
  } catch {
    throw new Error("mote: there is no WebSocket here: install ws, or give one as webSocket");
  }
}
