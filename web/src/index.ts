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
export { statuses, type Blame, type StatusClass, type StatusEntry, type StatusName } from "./abi.gen.js";
export type { Blake2b } from "./blake2b.js";
export { BundleError, type BundleSection, type BundleVerdict, type BundleWalk, type Link, type LinkValue } from "./bundle.js";
export type { BundleParts, Question, StatePart } from "./bundle-parts.js";
export { MoteError, MoteVersionError, type FaultPlace } from "./errors.js";
export type { Assumption, AuthoritySet, FinalizedBlock, FinalizedHeader, ParaHeader, StateRoot } from "./evidence.js";
export type { Age, Checkpoint, Freshness, Votes } from "./finality.js";
export type { DigestItem, GrandpaLog, Header, HeaderParts, Oddity } from "./header.js";
export type { JustificationAsk, WorkOptions } from "./justification.js";
export { internals } from "./internals.js";
export { fromHex, toHex, type BytesLike } from "./hex.js";
export type { ModuleOptions, WasmSource } from "./load.js";
export { hasVectors } from "./vectors.js";
export {
  Mote, type Entries, type Equivocation, type Genesis, type LoadOptions, type ParaCode, type ParaHead, type ParaProgress, type StorageHasher,
} from "./mote.js";
export type { PathStep, Proof, ProofOptions, ProvenValue, ReadValue } from "./proof.js";
export type { Now } from "./time.js";
export type { Authorities, CheckpointVoters, ProvenVoters, Voters } from "./voters.js";
export type { ByteSource, WarpEnd, WarpLink, WarpOptions, WarpStart } from "./warp.js";
