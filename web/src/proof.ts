// SPDX-License-Identifier: Apache-2.0
import { operations, type StepRecord, type ValueRecord } from "./abi.gen.js";
import type { Engine } from "./engine.js";
import { tokenOf, type StateRoot } from "./evidence.js";
import { compact, concat, toBytes, type BytesLike } from "./hex.js";

declare const brand: unique symbol;

/**
 * What is proven of one key: only verifiers make it. Absent and empty are different things, and so is a value whose
 * bytes are not in the proof.
 */
export type ProvenValue = { readonly [brand]: "proven-value" } & (
  | { readonly kind: "value"; readonly value: Uint8Array }
  | { readonly kind: "absent" }
  | { readonly kind: "hash-only"; readonly hash: Uint8Array }
);

/** And the state in which that is so. */
export type ReadValue = ProvenValue & { readonly under: StateRoot };

function fieldsOf(record: ValueRecord): object {
  switch (record.state) {
    case 1: return { kind: "value", value: record.value };
    case 2: return { kind: "absent" };
    case 3: return { kind: "hash-only", hash: record.valueHash };
    default: throw new Error("mote: a value that nothing is proven of");
  }
}

/** @internal */
export const provenValue = (record: ValueRecord): ProvenValue => Object.freeze(fieldsOf(record)) as ProvenValue;

/** One node on the way from the root to a key. */
export interface PathStep {
  readonly node: Uint8Array;
  /** How the parent names it: its hash, or itself where it is short. */
  readonly merkle: Uint8Array;
  /** Nibbles of the key before this node. */
  readonly depth: number;
  /** Nibbles of the key that this node's partial key stands for, as hex digits. */
  readonly partial: string;
  /** Bit i: there is a child for nibble i. 0 for a leaf. */
  readonly children: number;
  /** The child the walk takes; undefined where it ends. */
  readonly child: number | undefined;
  readonly inline: boolean;
  readonly hashedValue: boolean;
}

const pathStep = (step: StepRecord): PathStep => ({
  node: step.node,
  merkle: step.merkle,
  depth: step.depth,
  partial: Array.from(step.partial, (nibble) => nibble.toString(16)).join(""),
  children: step.children,
  child: step.child < 16 ? step.child : undefined,
  inline: step.inlineNode,
  hashedValue: step.hashedValue,
});

/** How a proof is read. */
export interface ProofOptions {
  /** Ignore duplicate and unreachable nodes instead of refusing the proof. */
  readonly lenient?: boolean;
  /** The proof is in the compact form. */
  readonly compact?: boolean;
}

/** SCALE `Vec<Vec<u8>>` of separate nodes. @internal */
export function joinNodes(nodes: readonly BytesLike[]): Uint8Array {
  const parts = nodes.map(toBytes).flatMap((node) => [compact(node.length), node]);
  return concat([compact(nodes.length), ...parts]);
}

/**
 * A storage proof under a state. Each method verifies what it answers from the root down; asking for many keys at once
 * costs one pass over the proof.
 */
export class Proof {
  readonly #engine: Engine;
  readonly #source: { state: Uint8Array; proof: Uint8Array; compact: boolean; lenient: boolean; isChild: boolean; child: Uint8Array };
  readonly #options: ProofOptions;
  /** The state this proof is about. */
  readonly state: StateRoot;

  /** @internal */
  constructor(engine: Engine, state: StateRoot, proof: BytesLike | readonly BytesLike[], options: ProofOptions = {}, child?: Uint8Array) {
    const list = typeof proof === "string" || proof instanceof Uint8Array ? toBytes(proof) : joinNodes(proof);
    this.#engine = engine;
    this.#options = options;
    this.state = state;
    this.#source = {
      state: tokenOf(state), proof: list, compact: options.compact ?? false, lenient: options.lenient ?? false,
      isChild: child !== undefined, child: child ?? new Uint8Array(),
    };
  }

  /** The default child trie of this name (without the `:child_storage:default:` prefix), read from the same proof. */
  child(name: BytesLike): Proof {
    return new Proof(this.#engine, this.state, this.#source.proof, this.#options, toBytes(name));
  }

  /** One key. Throws `proof_incomplete` where the proof does not say. */
  read(key: BytesLike): ReadValue {
    const [value] = this.readMany([key]);
    if (value === undefined) throw new Error("mote: one key, and no answer");
    return value;
  }

  /** Many keys at once: the proof is loaded once. */
  readMany(keys: readonly BytesLike[]): ReadValue[] {
    return this.#engine.call(operations.proofRead, { ...this.#source, keys: keys.map(toBytes) }).values.map((record) => this.#value(record));
  }

  #value(record: ValueRecord): ReadValue {
    return Object.freeze({ ...fieldsOf(record), under: this.state }) as ReadValue;
  }

  /** All keys under a prefix with their values, in order: these and no others, or `proof_incomplete`. */
  scan(prefix: BytesLike): { key: Uint8Array; value: ReadValue }[] {
    const { entries } = this.#engine.call(operations.proofScan, { ...this.#source, prefix: toBytes(prefix) });
    return entries.map(({ key, value }) => ({ key, value: this.#value(value) }));
  }

  /** One key, and each node on the way to it. */
  path(key: BytesLike): { value: ReadValue; steps: PathStep[] } {
    const { value, steps } = this.#engine.call(operations.proofPath, { ...this.#source, key: toBytes(key) });
    return { value: this.#value(value), steps: steps.map(pathStep) };
  }

  /** The smallest key above `key` that starts with `prefix`; undefined: proven that there is none. */
  nextKey(key: BytesLike, prefix: BytesLike = new Uint8Array()): Uint8Array | undefined {
    const { found, key: next } = this.#engine.call(operations.proofNextKey, { ...this.#source, key: toBytes(key), prefix: toBytes(prefix) });
    return found ? next : undefined;
  }

  /** The Merkle value of everything under a prefix of nibbles; empty: proven that nothing is. */
  merkleValue(nibbles: readonly number[]): Uint8Array {
    return this.#engine.call(operations.proofMerkleValue, { ...this.#source, nibbles: Uint8Array.from(nibbles) }).merkle;
  }

  /** @internal */
  get source(): { state: Uint8Array; proof: Uint8Array; compact: boolean; lenient: boolean } {
    const { state, proof, compact: form, lenient } = this.#source;
    return { state, proof, compact: form, lenient };
  }
}
