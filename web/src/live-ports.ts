// SPDX-License-Identifier: Apache-2.0
/** Ways from a page to its host: on the same thread, in a Worker, in a SharedWorker, or in the Worker of another tab. */
import { Hosts, Session, type Brought } from "./live-session.js";
import type { Thread } from "./live-types.js";
import type { Port, ToHost, ToPage } from "./live-wire.js";

/** A page's way; `renewed`: the host behind it is another one now, that knows of nothing. */
export interface Way extends Port<ToPage, ToHost> {
  readonly thread: Thread;
  renewed: () => void;
}

const nothing = (): void => undefined;

/** On the calling thread. Messages are handed over later, never in the middle of something. */
export function here(brought: Brought): Way {
  const inside: Port<ToHost, ToPage> = { receive: nothing, send: (message) => queueMicrotask(() => way.receive(message)), close: nothing };
  const way: Way = { thread: "here", receive: nothing, renewed: nothing, send: (message) => queueMicrotask(() => inside.receive(message)), close: nothing };
  new Session(new Hosts("here", brought), inside);
  return way;
}

/** Over a MessagePort, or what is like one. */
function over(port: MessagePort, thread: Thread, end: () => void): Way {
  const way: Way = { thread, receive: nothing, renewed: nothing, send: (message) => port.postMessage(message), close: end };
  port.onmessage = ({ data }: MessageEvent<ToPage>) => way.receive(data);
  return way;
}

/** What a worker says first; without it there is none (another origin, a policy, a missing file). */
const ready = "mote-ready";
const patience = 5000;

function worker(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const made = new Worker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "mote" });
    const timer = setTimeout(() => fail("the worker says nothing"), patience);
    const fail = (why: string): void => {
      clearTimeout(timer);
      made.terminate();
      reject(new Error(`mote: ${why}`));
    };
    made.onerror = () => fail("the worker could not be started");
    made.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data !== ready) return;
      clearTimeout(timer);
      made.onerror = made.onmessage = null;
      resolve(made);
    };
  });
}

/** A Worker serves any number of ports. */
function connect(to: Worker): MessagePort {
  const { port1, port2 } = new MessageChannel();
  to.postMessage("mote-connect", [port2]);
  return port1;
}

/** In a Worker of this page. */
export async function inWorker(): Promise<Way> {
  const made = await worker();
  return over(connect(made), "worker", () => made.terminate());
}

/** In a SharedWorker of all pages of this origin. */
function inSharedWorker(): Promise<Way> {
  return new Promise((resolve, reject) => {
    const made = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "mote" });
    const timer = setTimeout(() => reject(new Error("mote: the worker says nothing")), patience);
    made.onerror = () => {
      clearTimeout(timer);
      reject(new Error("mote: the worker could not be started"));
    };
    made.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data !== ready) return;
      clearTimeout(timer);
      resolve(over(made.port, "shared", () => made.port.close()));
    };
  });
}

/** What pages say to each other. */
type Between =
  | { readonly to: "leader"; readonly from: string; readonly message: ToHost | "hello" }
  | { readonly to: string; readonly message: ToPage }
  | { readonly to: "all"; readonly message: "leader"; readonly leader: string };

/**
 * Who has the lock has the Worker, and passes on what the other tabs say; when it goes, the next one has both.
 */
export async function byLock(name: string): Promise<Way> {
  const channel = new BroadcastChannel(name);
  const self = `${Date.now()}-${Math.random()}`;
  const say = (between: Between): void => channel.postMessage(between);
  let send: ((message: ToHost) => void) | undefined;
  let release = nothing;
  const way: Way = {
    thread: "shared", receive: nothing, renewed: nothing,
    send: (message) => send?.(message),
    close: () => {
      send?.({ type: "close" });
      // What was said last has to go out first.
      setTimeout(() => {
        channel.close();
        release();
      }, 0);
    },
  };
  let followed = "";
  const follow = (leader: string): void => {
    if (leader === followed) return;
    followed = leader;
    send = (message) => say({ to: "leader", from: self, message });
    way.renewed();
  };
  const lead = async (): Promise<void> => {
    const made = await worker();
    const ports = new Map<string, MessagePort>();
    const open = (from: string): MessagePort => {
      const port = connect(made);
      port.onmessage = ({ data }: MessageEvent<ToPage>) => (from === self ? way.receive(data) : say({ to: from, message: data }));
      ports.set(from, port);
      return port;
    };
    channel.onmessage = ({ data }: MessageEvent<Between>) => {
      if (data.to !== "leader" || !("from" in data)) return;
      if (data.message === "hello") return say({ to: "all", message: "leader", leader: self });
      (ports.get(data.from) ?? open(data.from)).postMessage(data.message);
      if (data.message.type === "close") ports.delete(data.from);
    };
    const own = open(self);
    send = (message) => own.postMessage(message);
    say({ to: "all", message: "leader", leader: self });
    way.renewed();
    await new Promise<void>((resolve) => (release = resolve));
    made.terminate();
  };
  channel.onmessage = ({ data }: MessageEvent<Between>) => {
    if ("leader" in data) follow(data.leader);
    else if (data.to === self) way.receive(data.message as ToPage);
  };
  const aborted = new AbortController();
  release = () => aborted.abort();
  void navigator.locks.request(name, { signal: aborted.signal }, lead).catch(nothing);
  say({ to: "leader", from: self, message: "hello" });
  return way;
}

/** Can be tried in this order. */
export async function findWay(wanted: Thread | undefined, brought: Brought, lockName: string): Promise<Way> {
  const alone = brought.storage !== undefined;
  if (brought.webSocket === undefined && (wanted === undefined || wanted === "shared") && !alone) {
    if (typeof SharedWorker === "function") {
      try {
        return await inSharedWorker();
      } catch { /* the next one */ }
    } else if (typeof Worker === "function" && typeof BroadcastChannel === "function" && typeof navigator !== "undefined" && "locks" in navigator) {
      return byLock(lockName);
    }
  }
  if (brought.webSocket === undefined && wanted !== "here" && !alone && typeof Worker === "function") {
    try {
      return await inWorker();
    } catch { /* the next one */ }
  }
  return here(brought);
}

export const sayReady = ready;
