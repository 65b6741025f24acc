// SPDX-License-Identifier: Apache-2.0
import { operations, type BundleLinkRecord, type BundleNextAnswer, type ValueRecord } from "./abi.gen.js";
import { Session, type Engine } from "./engine.js";
import { MoteError, statusOf } from "./errors.js";
import { assumed, stateRoot, type Assumption } from "./evidence.js";
import { age, votes, type Age, type Votes } from "./finality.js";
import { Writer } from "./frames.js";
import { toBytes, type BytesLike } from "./hex.js";
import { Proof, provenValue, type PathStep, type ProvenValue } from "./proof.js";

interface LinkBase {
  readonly index: number;
  /** Milliseconds it took. A hand-over may take the time of several: their signatures are verified together. */
  readonly ms: number;
  /** The bytes of the bundle this link judged. */
  readonly offset: number;
  readonly size: number;
  /** The block it is about. */
  readonly hash: Uint8Array;
  readonly number: number;
}

interface StateLinkBase extends LinkBase {
  readonly stateRoot: Uint8Array;
  readonly childKey: Uint8Array | undefined;
}

/** What is proven of a link's key; "unknown" in a failing link only. */
export type LinkValue = ProvenValue | { readonly kind: "unknown" };

type StateAnswer =
  | { readonly answer: "value"; readonly key: Uint8Array; readonly value: LinkValue; readonly listed: boolean }
  | { readonly answer: "list-complete"; readonly prefix: Uint8Array; readonly count: number };

/** One verified (or failing) step from the checkpoint towards the value. */
export type Link =
  | (LinkBase & { readonly kind: "checkpoint"; readonly setId: bigint; readonly authorities: number; readonly age: Age })
  | (LinkBase & { readonly kind: "handover"; readonly votes: Votes; readonly hardFork: boolean; readonly nextSetId: bigint; readonly nextAuthorities: number })
  | (LinkBase & { readonly kind: "finality"; readonly votes: Votes; readonly setId: bigint })
  | (LinkBase & { readonly kind: "header"; readonly stateRoot: Uint8Array })
  | (StateLinkBase & { readonly kind: "state" } & StateAnswer)
  | (StateLinkBase & { readonly kind: "para-head"; readonly paraId: number; readonly value: LinkValue })
  | (LinkBase & { readonly kind: "para-header"; readonly paraId: number; readonly stateRoot: Uint8Array })
  | (StateLinkBase & { readonly kind: "para-state"; readonly paraId: number } & StateAnswer);

const linkValue = (record: ValueRecord): LinkValue => (record.state === 0 ? { kind: "unknown" } : provenValue(record));

function stateAnswer(record: BundleLinkRecord): StateAnswer {
  if (record.listComplete) return { answer: "list-complete", prefix: record.key, count: record.listedCount };
  return { answer: "value", key: record.key, value: linkValue(record.value), listed: record.listed };
}

function link(record: BundleLinkRecord, ms: number): Link {
  const { index, offset, size, hash, number, stateRoot: root, paraId, setId, authorities } = record;
  const base = { index, ms, offset, size, hash, number };
  const state = { ...base, stateRoot: root, childKey: record.childKey.length > 0 ? record.childKey : undefined };
  switch (record.kind) {
    case 1: return { ...base, kind: "checkpoint", setId, authorities, age: age(record.age) };
    case 2: {
      const { hardFork, nextSetId, nextAuthorities } = record;
      return { ...base, kind: "handover", votes: votes(record.report), hardFork, nextSetId, nextAuthorities };
    }
    case 3: return { ...base, kind: "finality", votes: votes(record.report), setId };
    case 4: return { ...base, kind: "header", stateRoot: root };
    case 5: return { ...state, kind: "state", ...stateAnswer(record) };
    case 6: return { ...state, kind: "para-head", paraId, value: linkValue(record.value) };
    case 7: return { ...base, kind: "para-header", paraId, stateRoot: root };
    default: return { ...state, kind: "para-state", paraId, ...stateAnswer(record) };
  }
}

/** A link of a bundle does not hold. The ones before it are verified all the same. */
export class BundleError extends MoteError {
  /** The link that fails, as far as it is known. */
  readonly link: Link;

  /** @internal */
  constructor(code: number, place: { offset?: number; index?: number }, failing: Link) {
    super(statusOf(code), { input: "bundle", ...place });
    this.link = failing;
  }
}

/** A part of a bundle, by its bytes. */
export interface BundleSection {
  readonly kind: "warp" | "justification" | "headers" | "state" | "para-head" | "para-headers" | "para-state";
  readonly offset: number;
  readonly size: number;
}

const sectionKinds: readonly BundleSection["kind"][] = ["warp", "justification", "headers", "state", "para-head", "para-headers", "para-state"];

/** What the verified links together say, so far. */
export interface BundleVerdict {
  readonly assumed: readonly Assumption[];
  /** The block the bundle leads to. */
  readonly target: { readonly hash: Uint8Array; readonly number: number; readonly parachain: boolean } | undefined;
}

/** Where the proof starts in a para-head section: behind the id and its check value (docs/spec/bundle.md). */
const paraHeadProof = 4 + 16;

const forgotten = new FinalizationRegistry<Session>((session) => session.close());

/**
 * A walk along a bundle, link by link. Iterate it: each link comes when it is verified, a failing one throws a
 * {@link BundleError}. Closes itself at the end; close it when you leave earlier.
 */
export class BundleWalk implements Iterable<Link>, Disposable {
  readonly #engine: Engine;
  readonly #bundle: Uint8Array;
  readonly #session: Session;
  #verdict: BundleVerdict = { assumed: [], target: undefined };
  /** State of the lowest relay block so far: what the parachain's head is proven in. */
  #relayRoot: Uint8Array = new Uint8Array(32);
  readonly version: number;
  /** The chain it names, for people; not verified. */
  readonly chain: string;
  readonly genesis: Uint8Array;
  readonly checkpointDigest: Uint8Array;
  readonly sections: readonly BundleSection[];

  /** @internal */
  constructor(engine: Engine, bundle: Uint8Array, checkpoint: Uint8Array, now: bigint) {
    const answer = engine.call(operations.bundleNew, { bundle, checkpoint, now });
    this.#engine = engine;
    this.#bundle = bundle;
    this.#session = new Session(engine, answer.session);
    this.version = answer.version;
    this.chain = answer.chain;
    this.genesis = answer.genesis;
    this.checkpointDigest = answer.checkpointDigest;
    this.sections = answer.sections.map(({ kind, offset, size }) => ({ kind: sectionKinds[kind - 1] ?? "state", offset, size }));
    forgotten.register(this, this.#session);
  }

  /** What the links so far say together. */
  get verdict(): BundleVerdict {
    return this.#verdict;
  }

  *[Symbol.iterator](): Generator<Link, void, undefined> {
    try {
      for (;;) {
        const before = performance.now();
        const answer = this.#session.call(operations.bundleNext, {});
        const found = link(answer.link, performance.now() - before);
        if (answer.status !== 0) throw this.#failure(answer, found);
        if (answer.more && answer.link.kind <= 4) this.#relayRoot = answer.link.stateRoot;
        this.#verdict = {
          assumed: assumed(answer.assumed),
          target: answer.hasTarget ? { hash: answer.targetHash, number: answer.targetNumber, parachain: answer.targetIsParachain } : undefined,
        };
        if (!answer.more) return;
        yield found;
      }
    } finally {
      this.close();
    }
  }

  #failure({ status, faultOffset, faultIndex }: BundleNextAnswer, failing: Link): BundleError {
    const none = 0xffffffff;
    return new BundleError(status, {
      ...(faultOffset === none ? {} : { offset: faultOffset }),
      ...(faultIndex === none ? {} : { index: faultIndex }),
    }, failing);
  }

  /** The nodes from the root to the key of a verified state or para-head link, to show them. */
  path(of: Link): PathStep[] {
    if (of.kind !== "state" && of.kind !== "para-state" && of.kind !== "para-head") return [];
    const section = this.sections.find((candidate) => candidate.kind === of.kind);
    if (section === undefined) return [];
    const content = this.#bundle.subarray(section.offset, section.offset + section.size);
    const head = of.kind === "para-head";
    const length = new DataView(content.buffer, content.byteOffset).getUint32(0, true);
    const nodes = head ? content.subarray(paraHeadProof) : content.subarray(4, 4 + length);
    const root = head ? this.#relayRoot : of.stateRoot;
    const { state } = this.#engine.call(operations.assumeStateRoot, { root });
    const proof = new Proof(this.#engine, stateRoot(root, 1, state), nodes);
    const view = of.childKey === undefined ? proof : proof.child(of.childKey);
    if (head) return view.path(paraHeadKey(this.#engine, of.paraId)).steps;
    return of.answer === "value" ? view.path(of.key).steps : [];
  }

  /** Frees what the walk holds; it cannot go on afterwards. */
  close(): void {
    this.#session.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Key of `Paras::Heads(id)` in the relay chain's state. @internal */
export function paraHeadKey(engine: Engine, paraId: number): Uint8Array {
  const id = new Writer();
  id.u32("paraId", paraId);
  const { hash } = engine.call(operations.storageHash, { hasher: 5, data: id.finish() });
  const prefix = toBytes("0xcd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c3" satisfies BytesLike);
  const key = new Uint8Array(prefix.length + hash.length);
  key.set(prefix);
  key.set(hash, prefix.length);
  return key;
}
