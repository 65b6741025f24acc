// SPDX-License-Identifier: Apache-2.0
/** A client's whole life on one engine: chains, questions, what is told to whom. Any number of pages may use it. */
import { Mote, internals, toHex, type Checkpoint } from "./index.js";
import type { Engine } from "./engine.js";
import { operations, liveAbi, type AmountRecord, type ClientNextAnswer, type PlaceRecord } from "./live.gen.js";
import { Driver, openEngine, type DriverSource } from "./live-driver.js";
import { Proofs, joined, type Fragment } from "./live-proofs.js";
import { Connection, chance } from "./live-sockets.js";
import { headerOf, resolveChain } from "./live-spec.js";
import type {
  AccountRecord, Best, ChainStatus, ClientEvent, ClientStatus, Found, Head, Inclusion, LiveStorage, Phase, Place, SourceStatus, StorageEntry,
  StorageKey, Thread, WebSocketConstructor,
} from "./live-types.js";
import { RefusedError, errorOf, nameOf, type ChainName, type Settings, type StorageAsk, type WireAccount, type WireAnswer } from "./live-wire.js";
import type { Question } from "./bundle-parts.js";

const { age: ageOf, assumed, provenValue, toBytes, votes } = internals;

const enum Event {
  status = 1, age, savedRefused, handover, finalized, best, paraHead, paraGone, conflict, source, value, answered, queryFailed, transaction,
  paraLifecycle, page, behind,
}
const enum Inclusions { submitted = 1, claimed = 2, final = 3, failed = 4 }

const empty = new Uint8Array();
const zeros = new Uint8Array(32);
const statusEvery = 200;
const mostEarly = 64;

/** What runs where the host runs. */
export interface Surroundings {
  readonly thread: Thread;
  readonly storage: LiveStorage;
  readonly webSocket: WebSocketConstructor;
  /** The longest round of work, in milliseconds. */
  readonly slice: number;
}

/** Who listens: items, then the end or an error. */
export interface Listener<T> {
  item(item: T): void;
  end(): void;
  error(error: unknown): void;
}
/** Ends what was begun. */
export type Stop = () => void;

class Listeners<T> {
  readonly #all = new Set<Listener<T>>();
  get size(): number {
    return this.#all.size;
  }
  add(listener: Listener<T>): Stop {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }
  tell(item: T): void {
    for (const listener of this.#all) listener.item(item);
  }
  fail(error: unknown): void {
    for (const listener of this.#all) listener.error(error);
    this.#all.clear();
  }
}

/** One chain of the engine, and what of it was told last. */
interface Chain {
  readonly id: number;
  readonly name: ChainName;
  users: number;
  readonly heads: Listeners<Head>;
  readonly bests: Listeners<Best>;
  head: Head | undefined;
  best: Best | undefined;
}

interface Query {
  readonly chain: Chain;
  readonly questions: readonly Question[];
  readonly subscribe: boolean;
  readonly listener: Listener<WireAnswer>;
  entries: StorageEntry[];
  /** Of a list's pages, each with its own. */
  proofs: Uint8Array[];
}

type Connect = (url: string) => Connection;
function connector(construct: WebSocketConstructor, seed: Uint8Array): Connect {
  const random = chance(seed);
  return (url) => new Connection(url, construct, random);
}

const modules = new Map<string, Promise<WebAssembly.Module>>();
/** Compiled once for all clients of a thread. */
export function compiled(wasm: Settings["wasm"]): Promise<WebAssembly.Module> {
  if (typeof wasm !== "string") return internals.compile(wasm);
  const module = modules.get(wasm) ?? internals.compile(wasm);
  modules.set(wasm, module);
  module.catch(() => modules.delete(wasm));
  return module;
}

/** Key of `Paras::Heads(id)` in the relay chain's state. */
function paraHeadKey(mote: Mote, id: number): Uint8Array {
  const encoded = new Uint8Array(4);
  new DataView(encoded.buffer).setUint32(0, id, true);
  return mote.storageKey("Paras", "Heads", ["twox-64-concat", encoded]);
}

const number = (amount: AmountRecord): bigint => amount.low + (amount.high << 64n);
const place = (from: PlaceRecord): Place => ({
  chain: from.isParachain ? from.paraId : "relay", hash: from.hash, number: from.number, stateRoot: from.stateRoot,
  relay: { hash: from.relayHash, number: from.relayNumber }, assumed: assumed(from.assumed),
});

export class Host {
  readonly checkpoint: Checkpoint;
  readonly #engine: Engine;
  readonly #mote: Mote;
  readonly #driver: Driver;
  readonly #around: Surroundings;
  readonly #connect: Connect;
  readonly #proofs: Proofs;
  readonly #relay: Chain;
  readonly #chains = new Map<number, Chain>();
  readonly #queries = new Map<number, Query>();
  readonly #transactions = new Map<number, Listener<Inclusion>>();
  readonly #events = new Listeners<ClientEvent>();
  readonly #statuses = new Listeners<ClientStatus>();
  /** What still holds, for those who listen later: how trust began, and who lied. */
  readonly #early: ClientEvent[] = [];
  /** Where it began: no event tells of that block. */
  #start: { readonly number: number; readonly madeAt: number } | undefined;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;
  /** One after another, so that the newest is what stays. */
  #saving: Promise<void> = Promise.resolve();
  #failure: unknown;
  #ended = false;

  /** The connections are made while the module, which takes longest, is fetched and compiled. */
  static async open(settings: Settings, around: Surroundings): Promise<Host> {
    const compiling = compiled(settings.wasm);
    compiling.catch(() => undefined); // it is awaited below
    const connect = connector(around.webSocket, settings.seed);
    const connections = settings.sources.map(connect);
    const parachains = settings.parachains.map(([id, sources]) => ({ id, connections: sources.map(connect) }));
    try {
      const engine = openEngine(await compiling, settings.seed, liveAbi);
      const mote = Mote.over(engine);
      const checkpoint = await resolveChain(mote, settings.chain, settings.checkpoints);
      const prefix = `${toHex(checkpoint.genesis).slice(2)}-`;
      const saved = (await around.storage.get(`${prefix}saved`).catch(() => undefined)) ?? empty;
      const proofs = new Proofs(checkpoint, around.storage, prefix);
      if (saved.length > 0) proofs.load(mote, saved);
      return new Host(settings, around, engine, mote, checkpoint, saved, proofs, prefix, connect, connections, parachains);
    } catch (error) {
      for (const connection of [connections, ...parachains.map((parachain) => parachain.connections)].flat()) connection.end();
      throw error;
    }
  }

  private constructor(
    settings: Settings, around: Surroundings, engine: Engine, mote: Mote, checkpoint: Checkpoint, saved: Uint8Array, proofs: Proofs, prefix: string,
    connect: Connect, connections: readonly Connection[], parachains: readonly { readonly id: number; readonly connections: readonly Connection[] }[],
  ) {
    this.checkpoint = checkpoint;
    this.#around = around;
    this.#connect = connect;
    this.#engine = engine;
    this.#mote = mote;
    this.#proofs = proofs;
    const { limits } = settings;
    engine.call(operations.clientOpen, {
      relays: 1, parachains: limits.parachains ?? 0, sources: limits.sources ?? 0, requests: limits.requests ?? 0, queries: limits.queries ?? 0,
      transactions: limits.transactions ?? 0, authorities: limits.authorities ?? 0, handovers: limits.handovers ?? 0,
      messageBytes: limits.messageBytes ?? 0, poolBytes: limits.poolBytes ?? 0,
    });
    const { chain } = engine.call(operations.clientAddRelay, {
      checkpoint: checkpoint.bytes, saved, chain: "", now: BigInt(Date.now()), acceptExpired: settings.acceptExpired, epochSlots: settings.sessionSlots,
    });
    this.#relay = this.#addChain(chain, "relay");
    this.#driver = new Driver(engine, around.slice, {
      event: (action) => this.#event(action),
      save: (_, bytes) => this.#keep(() => around.storage.set(`${prefix}saved`, bytes)),
      source: (source, state, why) => this.#tell({ kind: "source", chain: this.#nameOf(source), url: source.url, state, why }),
      failed: (error) => this.#fail(error),
      rested: () => this.#soonStatus(),
    });
    for (const connection of connections) this.#driver.addSource(chain, connection);
    for (const { id, connections: own } of parachains) {
      const { id: added } = this.#addParachain(id, 0);
      for (const connection of own) this.#driver.addSource(added, connection);
    }
    this.#driver.soon();
  }

  // --- chains and sources ----------------------------------------------------------------------------------------------

  #addChain(id: number, name: ChainName, users = 1): Chain {
    const chain: Chain = { id, name, users, heads: new Listeners(), bests: new Listeners(), head: undefined, best: undefined };
    this.#chains.set(id, chain);
    return chain;
  }

  #addParachain(id: number, users: number): Chain {
    const { chain } = this.#engine.call(operations.clientAddParachain, { relay: this.#relay.id, paraId: id });
    return this.#addChain(chain, id, users);
  }

  #nameOf({ chain }: DriverSource): ChainName {
    return this.#chains.get(chain)?.name ?? "relay";
  }

  #chain(name: ChainName): Chain {
    for (const chain of this.#chains.values()) if (chain.name === name) return chain;
    throw new RangeError(`parachain ${name} is not followed: client.parachain(${name}, { sources })`);
  }

  /** Follows a parachain, until as many stops as begins were called. */
  parachain(id: number, sources: readonly string[]): Stop {
    let chain = [...this.#chains.values()].find(({ name }) => name === id);
    if (chain === undefined) chain = this.#addParachain(id, 1);
    else chain.users++;
    for (const url of sources) this.source(id, url, true);
    this.#driver.soon();
    const followed = chain;
    return () => {
      if (--followed.users > 0 || this.#ended) return;
      for (const { id: source, chain: of } of this.#driver.sources.values()) if (of === followed.id) this.#driver.removeSource(source);
      this.#engine.call(operations.clientRemoveChain, { chain: followed.id });
      this.#chains.delete(followed.id);
      this.#driver.soon();
    };
  }

  /** Adds a source, unless it is there; or takes it away. */
  source(name: ChainName, url: string, add: boolean): void {
    const { id } = this.#chain(name);
    const found = [...this.#driver.sources.values()].find((source) => source.chain === id && source.url === url);
    if (add && found === undefined) this.#driver.addSource(id, this.#connect(url));
    if (!add && found !== undefined) this.#driver.removeSource(found.id);
    this.#driver.soon();
  }

  wake(reconnect: boolean): void {
    this.#driver.wake(reconnect);
  }

  // --- what happened -----------------------------------------------------------------------------------------------------

  #event(action: ClientNextAnswer): void {
    const chain = this.#chains.get(action.chain);
    if (chain === undefined) return;
    switch (action.event as Event) {
      case Event.status: return this.#phase(chain);
      case Event.age: return this.#tellAge(chain);
      case Event.savedRefused: return this.#tell({ kind: "saved-refused", why: nameOf(action.why) ?? "internal" });
      case Event.handover: return this.#final(chain, action, true);
      case Event.finalized: return this.#final(chain, action, false);
      case Event.best: return this.#best(chain);
      case Event.paraHead: return this.#paraHead(chain);
      case Event.paraGone: return this.#paraGone(chain);
      case Event.paraLifecycle: return this.#paraLifecycle(chain);
      case Event.behind: return this.#behind(chain, action);
      case Event.conflict: return this.#conflict();
      case Event.source: return this.#sourceEvent(chain, action);
      case Event.value: return this.#value(action);
      case Event.page: return this.#page(action);
      case Event.answered: return this.#answered(action);
      case Event.queryFailed: return this.#queryFailed(action);
      case Event.transaction: return this.#inclusion(action);
      default: return;
    }
  }

  #tell(event: ClientEvent): void {
    const lasts = event.kind === "age" || event.kind === "saved-refused" || event.kind === "conflict" || (event.kind === "source" && event.state === "dropped");
    if (lasts && this.#early.length < mostEarly) this.#early.push(event);
    this.#events.tell(event);
  }

  /** Who is current without having moved stands at the saved block, or at the checkpoint's: nothing else tells of it. */
  #phase(chain: Chain): void {
    const { phase, head, setId, assumed: assumptions, lag } = this.#status(chain);
    this.#tell({ kind: "phase", chain: chain.name, phase });
    const stands = chain.name === "relay" && chain.head === undefined && (phase === "current" || phase === "stalled");
    if (!stands || head === undefined) return;
    if (lag !== undefined) this.#start = { number: head.number, madeAt: Date.now() - lag };
    const header = this.#mote.decodeHeader(this.#proofs.block(head.hash)?.header ?? headerOf(this.checkpoint.bytes));
    this.#head(chain, {
      chain: "relay", ...head, stateRoot: header.stateRoot, relay: head, assumed: assumptions, age: lag, sources: [], setId, votes: undefined, progress: undefined,
    });
  }

  #tellAge(chain: Chain): void {
    const { age } = this.#status(chain);
    if (age !== undefined) this.#tell({ kind: "age", age });
  }

  #final(chain: Chain, action: ClientNextAnswer, handsOver: boolean): void {
    const { place: where, header, justification, setId, report } = this.#engine.call(operations.clientEventFinal, {});
    const { lag } = this.#status(chain);
    const source = this.#driver.sources.get(action.source)?.url;
    const fragment: Fragment = {
      number: where.number, hash: where.hash, setId, header, justification, source: source ?? "",
      madeAt: lag === undefined ? undefined : Date.now() - lag,
    };
    this.#proofs.add(fragment, handsOver);
    if (handsOver) this.#tell({ kind: "handover", number: where.number, hash: where.hash, setId });
    else this.#head(chain, { ...this.#provenance(place(where), source), setId, votes: votes(report), progress: undefined });
  }

  #head(chain: Chain, head: Head): void {
    chain.head = head;
    chain.heads.tell(head);
  }

  #provenance(where: Place, source: string | undefined): Omit<Head, "setId" | "votes" | "progress"> {
    const block = this.#proofs.block(where.relay.hash);
    const sources = [...new Set([block?.source, source].filter((url): url is string => url !== undefined && url !== ""))];
    const start = this.#start?.number === where.relay.number ? this.#start : undefined;
    const madeAt = block?.madeAt ?? start?.madeAt;
    return { ...where, age: madeAt === undefined ? undefined : Math.max(0, Date.now() - madeAt), sources };
  }

  #best(chain: Chain): void {
    const best: Best = { chain: chain.name, ...this.#engine.call(operations.clientEventBest, {}) };
    chain.best = best;
    chain.bests.tell(best);
  }

  #paraHead(chain: Chain): void {
    const { place: where, progress } = this.#engine.call(operations.clientEventPara, {});
    this.#head(chain, { ...this.#provenance(place(where), undefined), setId: undefined, votes: undefined, progress });
  }

  #paraGone(chain: Chain): void {
    const { lifecycle, opaque } = this.#engine.call(operations.clientEventGone, {});
    chain.head = undefined;
    this.#tell({ kind: "para-gone", chain: chain.name as number, lifecycle, opaque });
  }

  #paraLifecycle(chain: Chain): void {
    const { lifecycle } = this.#engine.call(operations.clientEventGone, {});
    this.#tell({ kind: "para-lifecycle", chain: chain.name as number, lifecycle });
  }

  #conflict(): void {
    const { place: where, header, justification } = this.#engine.call(operations.clientEventFinal, {});
    this.#tell({ kind: "conflict", number: where.number, hash: where.hash, header, justification });
  }

  #sourceEvent(chain: Chain, { source, why }: ClientNextAnswer): void {
    const url = this.#driver.sources.get(source)?.url;
    // Of those that are dropped the action itself says it.
    if (url !== undefined && why === 0) this.#tell({ kind: "source", chain: chain.name, url, state: "usable", why: undefined });
  }

  #behind(chain: Chain, { source, why }: ClientNextAnswer): void {
    const url = this.#driver.sources.get(source)?.url;
    if (url !== undefined) this.#tell({ kind: "behind", chain: chain.name, url, why: nameOf(why) });
  }

  // --- status ------------------------------------------------------------------------------------------------------------

  #status(chain: Chain): ChainStatus {
    const status = this.#engine.call(operations.clientChainStatus, { chain: chain.id });
    const isRelay = chain.name === "relay";
    return {
      chain: chain.name, phase: status.phase as Phase, haltedBy: nameOf(status.haltedBy), head: status.hasHead ? { hash: status.hash, number: status.number } : undefined,
      claimedNumber: status.claimedNumber, setId: isRelay ? status.setId : undefined, handovers: status.handovers,
      lag: status.hasLag ? Number(status.lagMilliseconds) : undefined, age: isRelay ? ageOf(status.age) : undefined, assumed: assumed(status.assumed),
      sources: [...this.#driver?.sources.values() ?? []].filter((source) => source.chain === chain.id).map((source) => this.#sourceStatus(source)),
      bytesIn: Number(status.bytesIn), bytesOut: Number(status.bytesOut), requests: status.requests,
    };
  }

  #sourceStatus({ id, url, connection, droppedFor }: DriverSource): SourceStatus {
    const status = this.#engine.call(operations.clientSourceStatus, { source: id });
    return {
      url, state: droppedFor !== undefined ? "dropped" : status.usable && connection.state === "open" ? "usable" : connection.state,
      lags: status.lags, claimedNumber: status.claimedNumber, latency: status.latency === 0 ? undefined : status.latency,
      answers: status.answers, refusals: status.refusals, timeouts: status.timeouts, faults: droppedFor === undefined ? status.faults : Math.max(1, status.faults),
      lastFault: droppedFor ?? nameOf(status.lastFault),
    };
  }

  status(): ClientStatus {
    return {
      relay: this.#status(this.#relay),
      parachains: [...this.#chains.values()].filter(({ name }) => name !== "relay").map((chain) => this.#status(chain)),
      thread: this.#around.thread, memoryBytes: this.#engine.memoryBytes, mostUsed: this.#engine.call(operations.clientMostUsed, {}).bytes,
    };
  }

  /** Not more often than people can look. */
  #soonStatus(): void {
    if (this.#statuses.size === 0 || this.#statusTimer !== undefined) return;
    this.#statusTimer = setTimeout(() => {
      this.#statusTimer = undefined;
      if (!this.#ended) this.#statuses.tell(this.status());
    }, statusEvery);
  }

  // --- streams -----------------------------------------------------------------------------------------------------------

  watchHeads(name: ChainName, listener: Listener<Head>): Stop {
    const chain = this.#chain(name);
    if (chain.head !== undefined) listener.item(chain.head);
    return this.#watched(chain.heads, listener);
  }

  watchBest(name: ChainName, listener: Listener<Best>): Stop {
    const chain = this.#chain(name);
    if (chain.best !== undefined) listener.item(chain.best);
    return this.#watched(chain.bests, listener);
  }

  watchEvents(listener: Listener<ClientEvent>): Stop {
    for (const event of this.#early) listener.item(event);
    return this.#watched(this.#events, listener);
  }

  watchStatus(listener: Listener<ClientStatus>): Stop {
    listener.item(this.status());
    return this.#watched(this.#statuses, listener);
  }

  #watched<T>(listeners: Listeners<T>, listener: Listener<T>): Stop {
    this.#usable();
    return listeners.add(listener);
  }

  #usable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  // --- questions ---------------------------------------------------------------------------------------------------------

  /** A key as bytes. */
  #key(key: StorageKey): Uint8Array {
    return typeof key === "string" || key instanceof Uint8Array ? toBytes(key) : this.#mote.storageKey(key.pallet, key.item, ...(key.keys ?? []));
  }

  storage(ask: StorageAsk, listener: Listener<WireAnswer>): Stop {
    this.#usable();
    const chain = this.#chain(ask.chain);
    const isList = ask.prefix !== undefined;
    const keys = (ask.keys ?? []).map((key) => this.#key(key));
    const prefix = ask.prefix === undefined ? empty : this.#key(ask.prefix);
    const inChild = ask.child.length === 0 ? {} : { child: ask.child };
    const questions: Question[] = isList ? [{ ask: "list", prefix, ...inChild }] : keys.map((key) => ({ ask: "read", key, ...inChild }));
    const { query } = this.#engine.call(operations.clientQuery, {
      kind: isList ? 2 : 1, chain: chain.id, subscribe: ask.subscribe, hasAt: ask.at !== undefined, at: ask.at ?? zeros, keys, prefix,
      childKey: ask.child, patience: BigInt(ask.timeout),
    });
    this.#queries.set(query, { chain, questions, subscribe: ask.subscribe, listener, entries: [], proofs: [] });
    this.#driver.soon();
    return () => {
      if (this.#ended || !this.#queries.delete(query)) return;
      this.#engine.call(operations.clientCancel, { query });
      this.#driver.soon();
    };
  }

  #value({ query: id }: ClientNextAnswer): void {
    const { index, key, value } = this.#engine.call(operations.clientEventValue, {});
    const query = this.#queries.get(id);
    if (query === undefined) return;
    if (index === 0) query.entries = [], query.proofs = [];
    const { kind, ...rest } = provenValue(value) as Found;
    query.entries.push({ key, found: { kind, ...rest } as Found });
  }

  #page({ query: id }: ClientNextAnswer): void {
    this.#queries.get(id)?.proofs.push(this.#engine.call(operations.clientEventAnswered, {}).proof);
  }

  #answered({ query: id }: ClientNextAnswer): void {
    const { place: where, complete, proof, headHash, ancestors, hasAge, ageMilliseconds, sources } = this.#engine.call(operations.clientEventAnswered, {});
    const query = this.#queries.get(id);
    if (query === undefined) return;
    const { entries, proofs, listener, questions, subscribe } = query;
    query.entries = query.proofs = [];
    if (!subscribe) this.#queries.delete(id);
    const urls = sources.map((source) => this.#driver.sources.get(source)?.url).filter((url): url is string => url !== undefined);
    listener.item({
      ...place(where), age: hasAge ? Number(ageMilliseconds) : undefined, sources: urls, entries, complete, proof: joined([...proofs, proof]), questions, head: headHash, ancestors,
    });
    if (!subscribe) listener.end();
  }

  #queryFailed({ query: id, why }: ClientNextAnswer): void {
    const query = this.#queries.get(id);
    if (query === undefined) return;
    query.entries = query.proofs = [];
    if (query.subscribe) return this.#tell({ kind: "query-failed", chain: query.chain.name, why: nameOf(why) ?? "internal" });
    this.#queries.delete(id);
    query.listener.error(errorOf(why));
  }

  account(ask: Omit<StorageAsk, "keys" | "prefix" | "child"> & { readonly address: string | Uint8Array }, listener: Listener<WireAccount>): Stop {
    const account = typeof ask.address === "string" ? this.#engine.call(operations.addressRead, { text: ask.address }).account : ask.address;
    if (account.length !== 32 && account.length !== 20) throw new RangeError(`address: ${account.length} bytes, neither 32 nor 20`);
    const key: StorageKey = { pallet: "System", item: "Account", keys: [["blake2-128-concat", account]] };
    return this.storage({ ...ask, keys: [key], child: empty }, {
      ...listener,
      end: () => listener.end(),
      error: (error) => listener.error(error),
      item: (answer) => listener.item({ ...answer, account, record: this.#record(answer.entries[0]?.found) }),
    });
  }

  #record(found: Found | undefined): AccountRecord | undefined {
    if (found?.kind !== "value") return undefined;
    const { layout, free, reserved, frozen, miscFrozen, feeFrozen, ...counts } = this.#engine.call(operations.accountRecord, { value: found.value });
    if (layout === "unknown") return undefined;
    return {
      layout: layout as AccountRecord["layout"], ...counts, free: number(free), reserved: number(reserved), frozen: number(frozen),
      miscFrozen: number(miscFrozen), feeFrozen: number(feeFrozen),
    };
  }

  address(account: Uint8Array, prefix: number): string {
    return this.#engine.call(operations.addressWrite, { account, prefix }).text;
  }

  // --- transactions --------------------------------------------------------------------------------------------------------

  submit(name: ChainName, extrinsic: Uint8Array, timeout: number, listener: Listener<Inclusion>): Stop {
    this.#usable();
    const { transaction } = this.#engine.call(operations.clientSubmit, { chain: this.#chain(name).id, extrinsic, patience: BigInt(timeout) });
    this.#transactions.set(transaction, listener);
    this.#driver.soon();
    return () => {
      if (this.#ended || !this.#transactions.delete(transaction)) return;
      this.#engine.call(operations.clientForget, { transaction });
      this.#driver.soon();
    };
  }

  #inclusion({ transaction, source, why }: ClientNextAnswer): void {
    const { state, hash, number: height, place: where, index, events, words } = this.#engine.call(operations.clientEventTransaction, {});
    const listener = this.#transactions.get(transaction);
    if (listener === undefined) return;
    if (state === Inclusions.submitted) return listener.item({ state: "submitted" });
    if (state === Inclusions.claimed) return listener.item({ state: "claimed", hash, number: height });
    this.#transactions.delete(transaction);
    if (state === Inclusions.failed && words.length > 0) {
      return listener.error(new RefusedError({ source: this.#driver.sources.get(source)?.url, words: String.fromCharCode(...words) }));
    }
    if (state === Inclusions.failed) return listener.error(errorOf(why));
    listener.item({ state: "final", block: place(where), index, events: events.length === 0 ? undefined : events });
    listener.end();
  }

  // --- proofs, saving, the end ---------------------------------------------------------------------------------------------

  bundle(answer: Omit<WireAnswer, "entries" | "complete">, listener: Listener<Uint8Array>): Stop {
    const give = (paraHead: Uint8Array | undefined): void => void this.#proofs.bundle(this.#mote, answer, paraHead).then((bundle) => {
      listener.item(bundle);
      listener.end();
    }, (error: unknown) => listener.error(error));
    if (answer.chain === "relay") {
      give(undefined);
      return () => undefined;
    }
    const ask: StorageAsk = {
      chain: "relay", keys: [paraHeadKey(this.#mote, answer.chain)], child: empty, at: answer.relay.hash, timeout: 0, subscribe: false,
    };
    return this.storage(ask, {
      item: ({ proof }) => give(proof),
      end: () => undefined,
      error: (error) => listener.error(error),
    });
  }

  /** One after the other; how the last one went is told to who waits for it. */
  #keep(write: () => Promise<void>): void {
    this.#saving = this.#saving.catch(() => undefined).then(write);
    this.#saving.catch(() => undefined);
  }

  /** In the engine's next step. */
  #askToSave(): void {
    this.#engine.call(operations.clientSave, { chain: this.#relay.id });
  }

  /** The end is told when it is stored. */
  save(listener: Listener<never>): Stop {
    this.#askToSave();
    this.#driver.soon();
    let listens = true;
    // The driver's turn, in which it is begun, is the task before this one.
    queueMicrotask(() => this.#saving.then(() => listens && listener.end(), (error: unknown) => listens && listener.error(error)));
    return () => (listens = false);
  }

  #fail(error: unknown): void {
    this.#failure = error;
    this.#ended = true;
    for (const { listener } of this.#queries.values()) listener.error(error);
    for (const listener of this.#transactions.values()) listener.error(error);
    for (const { heads, bests } of this.#chains.values()) heads.fail(error), bests.fail(error);
    this.#events.fail(error);
    this.#statuses.fail(error);
  }

  /** What has come since it was kept last is kept. */
  async close(): Promise<void> {
    if (this.#ended) return;
    clearTimeout(this.#statusTimer);
    this.#askToSave();
    this.#driver.finish();
    this.#fail(new Error("mote: the client was closed"));
    await this.#saving.catch(() => undefined);
  }
}
