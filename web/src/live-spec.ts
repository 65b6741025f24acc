// SPDX-License-Identifier: Apache-2.0
/** Where trust starts: a compact checkpoint whose genesis is known, from whatever was given. */
import { fromHex, internals, type Checkpoint, type Mote } from "./index.js";
import type { ChainGiven, ChainSpec } from "./live-types.js";

const { compact, concat, toBytes } = internals;

/** Root of a trie without entries: that of the extrinsics of block 0. */
const emptyRoot = "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";
const zeros = new Uint8Array(32);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const same = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, i) => byte === other[i]);

/** Places in the compact form (docs/spec/checkpoint.md): magic, version, flags, name, genesis, header. */
function genesisPlace(bytes: Uint8Array): number {
  return 8 + 1 + 1 + 1 + ((bytes[10] ?? 0) >> 2);
}

/** The header in a compact checkpoint, as hashed. */
export function headerOf(bytes: Uint8Array): Uint8Array {
  const at = genesisPlace(bytes) + 32;
  const mode = (bytes[at] ?? 0) & 3;
  const width = mode === 0 ? 1 : mode === 1 ? 2 : 4;
  let size = 0;
  for (let i = 0; i < width; i++) size += (bytes[at + i] ?? 0) * 2 ** (8 * i);
  size = Math.floor(size / 4);
  return bytes.slice(at + width, at + width + size);
}

/** The same checkpoint of the chain with that genesis, under that name. What comes out is read again. */
function settled(mote: Mote, checkpoint: Checkpoint, genesis: Uint8Array, name: string): Checkpoint {
  if (same(checkpoint.genesis, genesis)) return checkpoint;
  const { bytes } = checkpoint, place = genesisPlace(bytes);
  const label = text(checkpoint.chain === "" ? name.replace(/[^a-z0-9._-]/g, "-").slice(0, 32) : checkpoint.chain);
  const body = concat([bytes.slice(0, 10), compact(label.length), label, genesis, bytes.slice(place + 32, -32)]);
  return mote.checkpoint(concat([body, mote.blake2b256(body)]));
}

function genesisHash(mote: Mote, stateRoot: Uint8Array): Uint8Array {
  return mote.blake2b256(mote.encodeHeader({ parentHash: zeros, number: 0, stateRoot, extrinsicsRoot: emptyRoot, digest: [] }));
}

/** Chain specs do not say the version of their state: all chains since 2022 have 1, and that is taken. */
function fromGenesis(mote: Mote, spec: ChainSpec): { hash: Uint8Array; checkpoint: () => Checkpoint } | undefined {
  const { stateRootHash, raw } = spec.genesis ?? {};
  if (raw !== undefined) {
    const children = Object.fromEntries(Object.entries(raw.childrenDefault ?? {}).map(([name, entries]) => [name, Object.entries(entries)]));
    const genesis = mote.genesis(Object.entries(raw.top), 1, children);
    return {
      hash: genesis.hash,
      checkpoint: () => {
        if (genesis.authorities === undefined) throw new TypeError("chain: this genesis has no GRANDPA authorities; a parachain's relay chain has");
        return mote.checkpointFromParts({ header: genesis.header, authorities: genesis.authorities, setId: 0 });
      },
    };
  }
  if (stateRootHash === undefined) return undefined;
  return {
    hash: genesisHash(mote, toBytes(stateRootHash)),
    checkpoint: () => {
      throw new TypeError("chain: a spec with genesis.stateRootHash needs a lightSyncState");
    },
  };
}

function known(mote: Mote, state: NonNullable<ChainSpec["lightSyncState"]>, id: string): Checkpoint {
  const parts = {
    finalizedBlockHeader: fromHex(state.finalizedBlockHeader),
    ...(state.babeEpochChanges === undefined ? {} : { babeEpochChanges: fromHex(state.babeEpochChanges) }),
    grandpaAuthoritySet: fromHex(state.grandpaAuthoritySet),
  };
  try {
    return mote.checkpointFromLightSyncState(parts, id);
  } catch (error) {
    if ((error as { status?: string }).status !== "unknown_chain") throw error;
    return mote.checkpointFromLightSyncState(parts);
  }
}

function fromSpec(mote: Mote, spec: ChainSpec): Checkpoint {
  const name = spec.id ?? spec.name ?? "";
  const state = spec.lightSyncState;
  const synced = state === undefined ? undefined : known(mote, state, spec.id ?? "");
  // Where the chain is known its genesis is, and a raw one of megabytes need not be hashed.
  if (synced !== undefined && !same(synced.genesis, zeros)) return synced;
  const genesis = fromGenesis(mote, spec);
  if (genesis === undefined) throw new TypeError("chain: this spec has neither genesis.stateRootHash nor genesis.raw");
  return settled(mote, synced ?? genesis.checkpoint(), genesis.hash, name);
}

async function byName(name: string, folder: string): Promise<Uint8Array> {
  const url = new URL(`${name.toLowerCase()}.chk`, folder);
  if (url.protocol === "file:") {
    const fs = "node:fs/promises";
    const { readFile } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ fs)) as typeof import("node:fs/promises");
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The checkpoint that was meant. One of block 0 says by itself which chain it is of. */
export async function resolveChain(mote: Mote, given: ChainGiven, folder: string): Promise<Checkpoint> {
  const found = await resolve(mote, given, folder);
  const isFirst = found.header.number === 0 && same(found.genesis, zeros);
  return isFirst ? settled(mote, found, found.header.hash, "") : found;
}

async function resolve(mote: Mote, given: ChainGiven, folder: string): Promise<Checkpoint> {
  if (given instanceof Uint8Array) return mote.checkpoint(given);
  if (typeof given !== "string") return fromSpec(mote, given);
  if (given.trimStart().startsWith("{")) return fromSpec(mote, JSON.parse(given) as ChainSpec);
  if (!/^[a-z0-9._-]+$/i.test(given)) throw new TypeError("chain: neither a name, nor a checkpoint's bytes, nor a chain spec");
  try {
    return mote.checkpoint(await byName(given, folder));
  } catch (error) {
    throw new Error(`mote: no checkpoint named "${given}" could be had: ${error instanceof Error ? error.message : String(error)}`);
  }
}
