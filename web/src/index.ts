// SPDX-License-Identifier: Apache-2.0
/**
 * mote: verify Polkadot-family finality, parachain headers and state proofs, trusting nobody.
 *
 * @example
 * ```ts
 * const mote = await Mote.load();
 * const { header } = mote.verifyJustification({ authorities, setId: 1101, justification, header: headerBytes });
 * const value = mote.proof(header.state, nodes).read(mote.storageKey("System", "Number"));
 * ```
 *
 * @packageDocumentation
 */
export { BundleError, BundleWalk, type BundleSection, type BundleVerdict, type Link } from "./bundle.js";
export { statuses, type Blame, type StatusClass, type StatusEntry, type StatusName } from "./abi.gen.js";
export { MoteError, MoteVersionError, type FaultPlace } from "./errors.js";
export type { Assumption, FinalizedBlock, FinalizedHeader, ParaHeader, StateRoot } from "./evidence.js";
export type { Age, Checkpoint, Freshness, Votes } from "./finality.js";
export type { DigestItem, GrandpaLog, Header, Oddity } from "./header.js";
export { fromHex, toHex, type BytesLike } from "./hex.js";
export type { WasmSource } from "./load.js";
export {
  Mote, type Authorities, type ByteSource, type Equivocation, type LoadOptions, type ParaHead, type StorageHasher, type Voters,
  type WarpEnd, type WarpLink, type WarpStart,
} from "./mote.js";
export { Proof, type PathStep, type ProofOptions, type ProvenValue } from "./proof.js";
