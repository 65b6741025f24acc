// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json and core/base/include/mote/status_list.h. Do not edit.
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const abi = 0xcd447692;

/** Every verdict mote can give; `docs/errors.md` lists them. */
export type StatusName =
  | "ok"
  | "truncated"
  | "trailing_bytes"
  | "compact_not_canonical"
  | "compact_too_large"
  | "length_beyond_input"
  | "bad_option"
  | "bad_enum"
  | "bad_digest_type"
  | "bad_format"
  | "node_header"
  | "node_padding"
  | "node_partial_too_long"
  | "node_no_children"
  | "node_lone_child"
  | "node_child_length"
  | "node_empty_below_root"
  | "proof_duplicate_node"
  | "proof_unreachable_node"
  | "compact_proof"
  | "ancestry_duplicate"
  | "ancestry_unused"
  | "commit_lengths"
  | "no_precommits"
  | "warp_empty"
  | "signature_not_marked"
  | "scalar_not_canonical"
  | "point_not_canonical"
  | "vrf_identity"
  | "no_pre_digest"
  | "several_pre_digests"
  | "no_seal"
  | "several_seals"
  | "seal_size"
  | "several_epochs"
  | "no_leaves"
  | "leaf_index"
  | "leaf_count"
  | "proof_length"
  | "leaf_size"
  | "proof_position"
  | "signature_form"
  | "payload_order"
  | "payload_root"
  | "bitfield"
  | "address_form"
  | "address_length"
  | "address_prefix"
  | "address_checksum"
  | "bad_signature"
  | "bad_public_key"
  | "below_threshold"
  | "unknown_voter"
  | "vote_below_target"
  | "vote_not_descendant"
  | "ancestry_number"
  | "target_mismatch"
  | "target_number"
  | "commit_overweight"
  | "not_equivocation"
  | "header_link"
  | "header_number"
  | "header_hash"
  | "not_above_trusted"
  | "handover_missing"
  | "authorities_invalid"
  | "other_set"
  | "set_size"
  | "heads_root"
  | "root_mismatch"
  | "value_mismatch"
  | "child_root"
  | "extrinsics_root"
  | "head_mismatch"
  | "head_absent"
  | "genesis_mismatch"
  | "checksum"
  | "checkpoint_incoherent"
  | "checkpoint_mismatch"
  | "bad_vrf_proof"
  | "author_index"
  | "slot_kind"
  | "wrong_author"
  | "score_too_high"
  | "slot_order"
  | "slot_overflow"
  | "epoch_missing"
  | "epoch_unexpected"
  | "config_unexpected"
  | "epoch_config"
  | "not_on_final_chain"
  | "finality_conflict"
  | "list_incomplete"
  | "list_false"
  | "message_chain"
  | "proof_incomplete"
  | "value_not_in_proof"
  | "stream_unfinished"
  | "unknown_block"
  | "link_missing"
  | "parent_unknown"
  | "not_shown"
  | "refused"
  | "unproven_claim"
  | "no_source"
  | "large_block_number"
  | "forced_change"
  | "delayed_change"
  | "version"
  | "unknown_chain"
  | "head_not_header"
  | "consensus_unknown"
  | "limit_count"
  | "limit_size"
  | "limit_work"
  | "limit_memory"
  | "limit_forks"
  | "limit_equivocations"
  | "expired"
  | "from_future"
  | "untrustworthy_set"
  | "set_id_overflow"
  | "slot_in_future"
  | "timed_out"
  | "bad_argument"
  | "no_evidence"
  | "buffer_too_small"
  | "internal";

/** What to do about a status. */
export type StatusClass = "done" | "malformed" | "false" | "incomplete" | "unsupported" | "limit" | "untimely" | "bug" | "internal";

/** Whose doing it is. */
export type Blame = "nobody" | "source" | "caller" | "trust" | "mote";

/** A status: its stable name, and what it means. */
export interface StatusEntry {
  readonly code: number;
  readonly name: StatusName;
  readonly class: StatusClass;
  readonly blame: Blame;
  readonly text: string;
}

/** The list of all statuses. */
export const statuses: readonly StatusEntry[] = [
  { code: 0x000, name: "ok", class: "done", blame: "nobody", text: "verified" },
  { code: 0x100, name: "truncated", class: "malformed", blame: "source", text: "the input ends inside a value" },
  { code: 0x101, name: "trailing_bytes", class: "malformed", blame: "source", text: "bytes are left over after the last value" },
  { code: 0x102, name: "compact_not_canonical", class: "malformed", blame: "source", text: "a compact integer is not in its shortest form" },
  { code: 0x103, name: "compact_too_large", class: "malformed", blame: "source", text: "a compact integer does not fit its type" },
  { code: 0x104, name: "length_beyond_input", class: "malformed", blame: "source", text: "a length claims more than the input can hold" },
  { code: 0x105, name: "bad_option", class: "malformed", blame: "source", text: "an option or boolean is neither 0 nor 1" },
  { code: 0x106, name: "bad_enum", class: "malformed", blame: "source", text: "an enum has an unknown index" },
  { code: 0x110, name: "bad_digest_type", class: "malformed", blame: "source", text: "a digest item has an unknown type byte" },
  { code: 0x111, name: "bad_format", class: "malformed", blame: "source", text: "the input is not in the format asked for" },
  { code: 0x120, name: "node_header", class: "malformed", blame: "source", text: "a trie node has a header byte that means nothing" },
  { code: 0x121, name: "node_padding", class: "malformed", blame: "source", text: "the padding nibble of a partial key is not zero" },
  { code: 0x122, name: "node_partial_too_long", class: "malformed", blame: "source", text: "a partial key is longer than its node" },
  { code: 0x123, name: "node_no_children", class: "malformed", blame: "source", text: "a branch has an empty child bitmap" },
  { code: 0x124, name: "node_lone_child", class: "malformed", blame: "source", text: "a branch without a value has a single child: no canonical trie contains it" },
  { code: 0x125, name: "node_child_length", class: "malformed", blame: "source", text: "a child is neither an inline node nor a 32-byte hash" },
  { code: 0x126, name: "node_empty_below_root", class: "malformed", blame: "source", text: "the empty node occurs below the root" },
  { code: 0x128, name: "proof_duplicate_node", class: "malformed", blame: "source", text: "a proof contains the same node twice" },
  { code: 0x129, name: "proof_unreachable_node", class: "malformed", blame: "source", text: "a proof entry is not reachable by hash from the root" },
  { code: 0x12a, name: "compact_proof", class: "malformed", blame: "source", text: "a compact proof is not well formed" },
  { code: 0x130, name: "ancestry_duplicate", class: "malformed", blame: "source", text: "an ancestry header occurs twice" },
  { code: 0x131, name: "ancestry_unused", class: "malformed", blame: "source", text: "an ancestry header is on no vote's path to the target" },
  { code: 0x132, name: "commit_lengths", class: "malformed", blame: "source", text: "a commit has not as many signatures as precommits" },
  { code: 0x133, name: "no_precommits", class: "malformed", blame: "source", text: "there is no precommit" },
  { code: 0x134, name: "warp_empty", class: "malformed", blame: "source", text: "an empty warp proof that is not finished" },
  { code: 0x140, name: "signature_not_marked", class: "malformed", blame: "source", text: "an sr25519 signature does not carry the mark of its scheme" },
  { code: 0x141, name: "scalar_not_canonical", class: "malformed", blame: "source", text: "a scalar is not below the group order" },
  { code: 0x142, name: "point_not_canonical", class: "malformed", blame: "source", text: "a point is not the canonical encoding of a group element" },
  { code: 0x143, name: "vrf_identity", class: "malformed", blame: "source", text: "a VRF's pre-output is the identity" },
  { code: 0x150, name: "no_pre_digest", class: "malformed", blame: "source", text: "the header does not say who made the block, and in which slot" },
  { code: 0x151, name: "several_pre_digests", class: "malformed", blame: "source", text: "the header says several times who made the block" },
  { code: 0x152, name: "no_seal", class: "malformed", blame: "source", text: "the last digest item is not a seal of the chain's consensus" },
  { code: 0x153, name: "several_seals", class: "malformed", blame: "source", text: "a seal is not the last digest item" },
  { code: 0x154, name: "seal_size", class: "malformed", blame: "source", text: "a seal is not 64 bytes" },
  { code: 0x155, name: "several_epochs", class: "malformed", blame: "source", text: "the next epoch, or its configuration, is announced several times" },
  { code: 0x160, name: "no_leaves", class: "malformed", blame: "source", text: "a proof of no leaf" },
  { code: 0x161, name: "leaf_index", class: "malformed", blame: "source", text: "a leaf's index is not below the count of leaves, or not above the one before" },
  { code: 0x162, name: "leaf_count", class: "malformed", blame: "source", text: "a count of leaves that cannot be, or does not fit what is there" },
  { code: 0x163, name: "proof_length", class: "malformed", blame: "source", text: "a proof has more or fewer items than its place and count ask for" },
  { code: 0x164, name: "leaf_size", class: "malformed", blame: "source", text: "a leaf that could be two hashes" },
  { code: 0x165, name: "proof_position", class: "malformed", blame: "source", text: "an item is for another place than the one that needs it" },
  { code: 0x170, name: "signature_form", class: "malformed", blame: "source", text: "the recovery id of a signature is above 3" },
  { code: 0x171, name: "payload_order", class: "malformed", blame: "source", text: "the entries of a payload do not ascend strictly by id" },
  { code: 0x172, name: "payload_root", class: "malformed", blame: "source", text: "a payload has no root of the mountain range, or one that is not 32 bytes" },
  { code: 0x173, name: "bitfield", class: "malformed", blame: "source", text: "a bitfield has not one bit a validator, or has bits set behind the last" },
  { code: 0x180, name: "address_form", class: "malformed", blame: "caller", text: "an address is neither base58 nor 0x and hex" },
  { code: 0x181, name: "address_length", class: "malformed", blame: "caller", text: "an address is not of an account of 32 or 20 bytes" },
  { code: 0x182, name: "address_prefix", class: "malformed", blame: "caller", text: "an address has a prefix that is reserved or not in its shortest form" },
  { code: 0x183, name: "address_checksum", class: "malformed", blame: "caller", text: "the checksum of an address does not hold: it is mistyped" },
  { code: 0x200, name: "bad_signature", class: "false", blame: "source", text: "a signature does not verify" },
  { code: 0x201, name: "bad_public_key", class: "false", blame: "source", text: "a public key is not a curve point" },
  { code: 0x202, name: "below_threshold", class: "false", blame: "source", text: "the votes weigh less than the threshold" },
  { code: 0x203, name: "unknown_voter", class: "false", blame: "source", text: "a vote is not from the authority set" },
  { code: 0x204, name: "vote_below_target", class: "false", blame: "source", text: "a vote is for a block below the target, or beside it at its height" },
  { code: 0x205, name: "vote_not_descendant", class: "false", blame: "source", text: "a vote's block is not shown to descend from the target" },
  { code: 0x206, name: "ancestry_number", class: "false", blame: "source", text: "an ancestry header's number does not fit its place" },
  { code: 0x207, name: "target_mismatch", class: "false", blame: "source", text: "the justification is for another block" },
  { code: 0x208, name: "target_number", class: "false", blame: "source", text: "the justification names the block's hash with another number" },
  { code: 0x209, name: "commit_overweight", class: "false", blame: "source", text: "the votes weigh more than the set and its tolerated faults allow" },
  { code: 0x20a, name: "not_equivocation", class: "false", blame: "source", text: "the two votes do not contradict each other" },
  { code: 0x210, name: "header_link", class: "false", blame: "source", text: "a header is not the parent of the one above it" },
  { code: 0x211, name: "header_number", class: "false", blame: "source", text: "a header's number is not its child's less one" },
  { code: 0x212, name: "header_hash", class: "false", blame: "source", text: "a header has another hash than the one proven" },
  { code: 0x213, name: "not_above_trusted", class: "false", blame: "source", text: "the heights do not increase strictly" },
  { code: 0x214, name: "handover_missing", class: "false", blame: "source", text: "a fragment that must hand over to the next set has no scheduled change" },
  { code: 0x215, name: "authorities_invalid", class: "false", blame: "source", text: "an authority set is empty, has a zero weight or overflows" },
  { code: 0x216, name: "other_set", class: "false", blame: "source", text: "the message is for another authority set" },
  { code: 0x217, name: "set_size", class: "false", blame: "source", text: "the message is of a set with another number of validators" },
  { code: 0x218, name: "heads_root", class: "false", blame: "source", text: "a leaf without a root over parachain heads" },
  { code: 0x220, name: "root_mismatch", class: "false", blame: "source", text: "the hash of the root node is not the root" },
  { code: 0x221, name: "value_mismatch", class: "false", blame: "source", text: "the proven value is not the expected one" },
  { code: 0x222, name: "child_root", class: "false", blame: "source", text: "a child trie's root is not 32 bytes" },
  { code: 0x223, name: "extrinsics_root", class: "false", blame: "source", text: "the extrinsics are not the header's" },
  { code: 0x224, name: "head_mismatch", class: "false", blame: "source", text: "the header is not the proven parachain head" },
  { code: 0x225, name: "head_absent", class: "false", blame: "source", text: "a parachain head is claimed where none is registered" },
  { code: 0x226, name: "genesis_mismatch", class: "false", blame: "source", text: "the data belongs to another chain" },
  { code: 0x227, name: "checksum", class: "false", blame: "source", text: "the checksum does not match the content" },
  { code: 0x228, name: "checkpoint_incoherent", class: "false", blame: "trust", text: "the checkpoint contradicts itself" },
  { code: 0x229, name: "checkpoint_mismatch", class: "false", blame: "trust", text: "the bundle was made for another checkpoint than the trusted one" },
  { code: 0x230, name: "bad_vrf_proof", class: "false", blame: "source", text: "a VRF proof does not hold" },
  { code: 0x231, name: "author_index", class: "false", blame: "source", text: "the author's index is beyond the list of authorities" },
  { code: 0x232, name: "slot_kind", class: "false", blame: "source", text: "the epoch does not allow slots to be claimed in this way" },
  { code: 0x233, name: "wrong_author", class: "false", blame: "source", text: "the slot belongs to another author" },
  { code: 0x234, name: "score_too_high", class: "false", blame: "source", text: "the author's score does not win the slot" },
  { code: 0x235, name: "slot_order", class: "false", blame: "source", text: "a block's slot is not after its parent's" },
  { code: 0x236, name: "slot_overflow", class: "false", blame: "source", text: "slots or epochs run past 2^64" },
  { code: 0x237, name: "epoch_missing", class: "false", blame: "source", text: "the first block of an epoch does not announce the next one" },
  { code: 0x238, name: "epoch_unexpected", class: "false", blame: "source", text: "a block that does not begin an epoch announces one" },
  { code: 0x239, name: "config_unexpected", class: "false", blame: "source", text: "a configuration is announced without an epoch" },
  { code: 0x23a, name: "epoch_config", class: "false", blame: "source", text: "an epoch's configuration is impossible" },
  { code: 0x23b, name: "not_on_final_chain", class: "false", blame: "source", text: "the block does not descend from the final one" },
  { code: 0x23c, name: "finality_conflict", class: "false", blame: "source", text: "two final blocks contradict each other: stop and tell people" },
  { code: 0x23d, name: "list_incomplete", class: "false", blame: "source", text: "a list of keys leaves out keys that are proven to be there" },
  { code: 0x23e, name: "list_false", class: "false", blame: "source", text: "a list of keys names one that is proven not to be there" },
  { code: 0x250, name: "message_chain", class: "false", blame: "source", text: "the messages do not lead from one queue head to the other" },
  { code: 0x300, name: "proof_incomplete", class: "incomplete", blame: "source", text: "a node on the path is not in the proof" },
  { code: 0x301, name: "value_not_in_proof", class: "incomplete", blame: "source", text: "the value's hash is proven, its bytes are not in the proof" },
  { code: 0x302, name: "stream_unfinished", class: "incomplete", blame: "source", text: "the stream stopped before its end; what came before it is verified" },
  { code: 0x303, name: "unknown_block", class: "incomplete", blame: "nobody", text: "a vote is for a block that is not known here" },
  { code: 0x304, name: "link_missing", class: "incomplete", blame: "source", text: "the bundle lacks a link between what is proven and what is asked" },
  { code: 0x305, name: "parent_unknown", class: "incomplete", blame: "nobody", text: "the block's parent is not known here" },
  { code: 0x306, name: "not_shown", class: "incomplete", blame: "nobody", text: "what is claimed is not shown here, and its contrary neither" },
  { code: 0x307, name: "refused", class: "incomplete", blame: "nobody", text: "no source could or would answer" },
  { code: 0x308, name: "unproven_claim", class: "incomplete", blame: "source", text: "a source claims final blocks again and again and proves none" },
  { code: 0x309, name: "no_source", class: "incomplete", blame: "nobody", text: "the chain has no source left" },
  { code: 0x400, name: "large_block_number", class: "unsupported", blame: "nobody", text: "the block number does not fit 32 bits: chains with larger numbers are not supported" },
  { code: 0x401, name: "forced_change", class: "unsupported", blame: "nobody", text: "a forced authority change breaks the chain of trust: a new checkpoint is needed" },
  { code: 0x402, name: "delayed_change", class: "unsupported", blame: "nobody", text: "a scheduled change with a delay is not proven by this format" },
  { code: 0x403, name: "version", class: "unsupported", blame: "nobody", text: "this version of the format is not known" },
  { code: 0x404, name: "unknown_chain", class: "unsupported", blame: "caller", text: "no chain of this name is known" },
  { code: 0x405, name: "head_not_header", class: "unsupported", blame: "nobody", text: "the parachain's head is not a header" },
  { code: 0x406, name: "consensus_unknown", class: "unsupported", blame: "nobody", text: "who may make this chain's blocks is not known here: only finality counts" },
  { code: 0x500, name: "limit_count", class: "limit", blame: "source", text: "there are more items than the limit allows" },
  { code: 0x501, name: "limit_size", class: "limit", blame: "source", text: "an item is larger than the limit allows" },
  { code: 0x502, name: "limit_work", class: "limit", blame: "source", text: "the work budget is used up" },
  { code: 0x503, name: "limit_memory", class: "limit", blame: "caller", text: "the memory handed in is too small for this input" },
  { code: 0x504, name: "limit_forks", class: "limit", blame: "source", text: "there are more blocks above the final one than are kept" },
  { code: 0x505, name: "limit_equivocations", class: "limit", blame: "source", text: "an author has made more blocks in one slot than are kept" },
  { code: 0x600, name: "expired", class: "untimely", blame: "trust", text: "the checkpoint is older than the chain's weak-subjectivity window" },
  { code: 0x601, name: "from_future", class: "untimely", blame: "trust", text: "the checkpoint's slot is later than the time given" },
  { code: 0x602, name: "untrustworthy_set", class: "false", blame: "trust", text: "keys that anybody can sign for hold more weight than the set tolerates" },
  { code: 0x603, name: "set_id_overflow", class: "false", blame: "trust", text: "the set id cannot be counted further" },
  { code: 0x604, name: "slot_in_future", class: "untimely", blame: "nobody", text: "the block's slot has not begun: judge it again when it has" },
  { code: 0x605, name: "timed_out", class: "untimely", blame: "nobody", text: "no answer came in time" },
  { code: 0x700, name: "bad_argument", class: "bug", blame: "caller", text: "an argument breaks the function's contract" },
  { code: 0x701, name: "no_evidence", class: "bug", blame: "caller", text: "the evidence handed in was never verified" },
  { code: 0x702, name: "buffer_too_small", class: "bug", blame: "caller", text: "the output buffer is too small" },
  { code: 0x7ff, name: "internal", class: "internal", blame: "mote", text: "an invariant of mote does not hold" },
];

/** What the module exports; anything else, or any import, is not mote. */
export interface ModuleExports {
  readonly memory: WebAssembly.Memory;
  _initialize?(): void;
  mote_abi(): number;
  mote_input(size: number): number;
  mote_call(operation: number, size: number): number;
  mote_output(): number;
}

export interface FinalizedBlockRecord {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly setId: bigint;
  readonly assumed: number;
  readonly token: Uint8Array;
}

export interface FinalizedHeaderRecord {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly setId: bigint;
  readonly assumed: number;
  readonly token: Uint8Array;
  readonly state: Uint8Array;
}

export interface ParaHeaderRecord {
  readonly paraId: number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly relayHash: Uint8Array;
  readonly relayNumber: number;
  readonly assumed: number;
  readonly token: Uint8Array;
  readonly state: Uint8Array;
}

export interface DigestItemRecord {
  readonly kind: number;
  readonly engine: Uint8Array;
  readonly payload: Uint8Array;
}

export interface GrandpaChangeRecord {
  readonly kind: number;
  readonly delay: number;
  readonly authorities: number;
  readonly authorityList: Uint8Array;
  readonly medianLastFinalized: number;
  readonly disabled: bigint;
}

export interface AuthoritySetRecord {
  readonly setId: bigint;
  readonly assumed: number;
  readonly authorities: Uint8Array;
  readonly token: Uint8Array;
}

export interface ReportRecord {
  readonly round: bigint;
  readonly setId: bigint;
  readonly targetHash: Uint8Array;
  readonly targetNumber: number;
  readonly precommits: number;
  readonly countedVoters: number;
  readonly countedWeight: bigint;
  readonly threshold: bigint;
  readonly total: bigint;
  readonly ancestryHeaders: number;
  readonly equivocators: number;
  readonly equivocatorKeys: Uint8Array;
}

export interface ValueRecord {
  readonly state: number;
  readonly value: Uint8Array;
  readonly valueHash: Uint8Array;
}

export interface EntryRecord {
  readonly key: Uint8Array;
  readonly value: ValueRecord;
}

export interface StepRecord {
  readonly node: Uint8Array;
  readonly merkle: Uint8Array;
  readonly depth: number;
  readonly partial: Uint8Array;
  readonly children: number;
  readonly child: number;
  readonly inlineNode: boolean;
  readonly hashedValue: boolean;
}

export interface WarpLinkRecord {
  readonly index: number;
  readonly header: FinalizedHeaderRecord;
  readonly report: ReportRecord;
  readonly handsOver: boolean;
  readonly hardFork: boolean;
  readonly nextSetId: bigint;
  readonly nextAuthorities: number;
}

export interface AgeRecord {
  readonly freshness: number;
  readonly madeAt: bigint;
  readonly now: bigint;
  readonly seconds: bigint;
  readonly windowSeconds: bigint;
  readonly windowAssumed: boolean;
}

export interface CheckpointRecord {
  readonly header: FinalizedHeaderRecord;
  readonly set: AuthoritySetRecord;
  readonly authorities: number;
  readonly chain: string;
  readonly genesis: Uint8Array;
  readonly hasSlot: boolean;
  readonly slot: bigint;
  readonly epochs: number;
  readonly digest: Uint8Array;
  readonly compact: Uint8Array;
}

export interface BundleLinkRecord {
  readonly kind: number;
  readonly index: number;
  readonly offset: number;
  readonly size: number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly stateRoot: Uint8Array;
  readonly paraId: number;
  readonly setId: bigint;
  readonly authorities: number;
  readonly age: AgeRecord;
  readonly report: ReportRecord;
  readonly hardFork: boolean;
  readonly nextSetId: bigint;
  readonly nextAuthorities: number;
  readonly question: number;
  readonly childKey: Uint8Array;
  readonly key: Uint8Array;
  readonly listed: boolean;
  readonly listComplete: boolean;
  readonly listedCount: number;
  readonly value: ValueRecord;
}

export interface BundleSectionRecord {
  readonly kind: number;
  readonly offset: number;
  readonly size: number;
}

const readFinalizedBlock = (reader: Reader): FinalizedBlockRecord => ({ hash: reader.hash(), number: reader.u32(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes() });
const readFinalizedHeader = (reader: Reader): FinalizedHeaderRecord => ({ hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readParaHeader = (reader: Reader): ParaHeaderRecord => ({ paraId: reader.u32(), hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), relayHash: reader.hash(), relayNumber: reader.u32(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readDigestItem = (reader: Reader): DigestItemRecord => ({ kind: reader.u8(), engine: reader.bytes(), payload: reader.bytes() });
const readGrandpaChange = (reader: Reader): GrandpaChangeRecord => ({ kind: reader.u8(), delay: reader.u32(), authorities: reader.u32(), authorityList: reader.bytes(), medianLastFinalized: reader.u32(), disabled: reader.u64() });
const readAuthoritySet = (reader: Reader): AuthoritySetRecord => ({ setId: reader.u64(), assumed: reader.u32(), authorities: reader.bytes(), token: reader.bytes() });
const readReport = (reader: Reader): ReportRecord => ({ round: reader.u64(), setId: reader.u64(), targetHash: reader.hash(), targetNumber: reader.u32(), precommits: reader.u32(), countedVoters: reader.u32(), countedWeight: reader.u64(), threshold: reader.u64(), total: reader.u64(), ancestryHeaders: reader.u32(), equivocators: reader.u32(), equivocatorKeys: reader.bytes() });
const readValue = (reader: Reader): ValueRecord => ({ state: reader.u8(), value: reader.bytes(), valueHash: reader.hash() });
const readEntry = (reader: Reader): EntryRecord => ({ key: reader.bytes(), value: readValue(reader) });
const readStep = (reader: Reader): StepRecord => ({ node: reader.bytes(), merkle: reader.bytes(), depth: reader.u32(), partial: reader.bytes(), children: reader.u16(), child: reader.u8(), inlineNode: reader.bool(), hashedValue: reader.bool() });
const readWarpLink = (reader: Reader): WarpLinkRecord => ({ index: reader.u32(), header: readFinalizedHeader(reader), report: readReport(reader), handsOver: reader.bool(), hardFork: reader.bool(), nextSetId: reader.u64(), nextAuthorities: reader.u32() });
const readAge = (reader: Reader): AgeRecord => ({ freshness: reader.u8(), madeAt: reader.u64(), now: reader.u64(), seconds: reader.u64(), windowSeconds: reader.u64(), windowAssumed: reader.bool() });
const readCheckpoint = (reader: Reader): CheckpointRecord => ({ header: readFinalizedHeader(reader), set: readAuthoritySet(reader), authorities: reader.u32(), chain: reader.text(), genesis: reader.hash(), hasSlot: reader.bool(), slot: reader.u64(), epochs: reader.u32(), digest: reader.hash(), compact: reader.bytes() });
const readBundleLink = (reader: Reader): BundleLinkRecord => ({ kind: reader.u8(), index: reader.u32(), offset: reader.u32(), size: reader.u32(), hash: reader.hash(), number: reader.u32(), stateRoot: reader.hash(), paraId: reader.u32(), setId: reader.u64(), authorities: reader.u32(), age: readAge(reader), report: readReport(reader), hardFork: reader.bool(), nextSetId: reader.u64(), nextAuthorities: reader.u32(), question: reader.u8(), childKey: reader.bytes(), key: reader.bytes(), listed: reader.bool(), listComplete: reader.bool(), listedCount: reader.u32(), value: readValue(reader) });
const readBundleSection = (reader: Reader): BundleSectionRecord => ({ kind: reader.u8(), offset: reader.u32(), size: reader.u32() });

export interface StartAsk {
  readonly seed: Uint8Array;
  readonly cachedKeys: number;
}

export interface StartAnswer {

}

export interface HashAsk {
  readonly function: number;
  readonly data: Uint8Array;
}

export interface HashAnswer {
  readonly hash: Uint8Array;
}

export interface HashBeginAsk {
  readonly size: number;
}

export interface HashBeginAnswer {
  readonly hashing: Uint8Array;
}

export interface HashUpdateAsk {
  readonly hashing: Uint8Array;
  readonly data: Uint8Array;
}

export interface HashUpdateAnswer {
  readonly hashing: Uint8Array;
}

export interface HashEndAsk {
  readonly hashing: Uint8Array;
}

export interface HashEndAnswer {
  readonly hash: Uint8Array;
}

export interface StorageHashAsk {
  readonly hasher: number;
  readonly data: Uint8Array;
}

export interface StorageHashAnswer {
  readonly hash: Uint8Array;
}

export interface Ed25519VerifyAsk {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
}

export interface Ed25519VerifyAnswer {

}

export interface Ed25519BatchAsk {
  readonly publicKeys: readonly Uint8Array[];
  readonly signatures: readonly Uint8Array[];
  readonly messages: readonly Uint8Array[];
}

export interface Ed25519BatchAnswer {
  readonly bad: Uint8Array;
}

export interface HeaderDecodeAsk {
  readonly header: Uint8Array;
}

export interface HeaderDecodeAnswer {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly hasBabeSlot: boolean;
  readonly babeSlot: bigint;
  readonly hasAuraSlot: boolean;
  readonly auraSlot: bigint;
  readonly oddities: number;
  readonly digest: readonly DigestItemRecord[];
  readonly changes: readonly GrandpaChangeRecord[];
}

export interface HeaderEncodeAsk {
  readonly parentHash: Uint8Array;
  readonly number: number;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly items: readonly Uint8Array[];
}

export interface HeaderEncodeAnswer {
  readonly header: Uint8Array;
}

export interface AuthoritySetAsk {
  readonly authorities: Uint8Array;
  readonly setId: bigint;
}

export interface AuthoritySetAnswer {
  readonly listed: number;
  readonly voters: number;
  readonly total: bigint;
  readonly threshold: bigint;
  readonly forgeable: bigint;
  readonly digest: Uint8Array;
}

export interface JustificationDecodeAsk {
  readonly justification: Uint8Array;
}

export interface JustificationDecodeAnswer {
  readonly report: ReportRecord;
}

export interface JustificationVerifyAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly justification: Uint8Array;
  readonly header: Uint8Array;
}

export interface JustificationVerifyAnswer {
  readonly report: ReportRecord;
  readonly block: FinalizedBlockRecord;
  readonly hasHeader: boolean;
  readonly header: FinalizedHeaderRecord;
}

export interface CommitVerifyAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly commit: Uint8Array;
  readonly headers: readonly Uint8Array[];
}

export interface CommitVerifyAnswer {
  readonly report: ReportRecord;
  readonly block: FinalizedBlockRecord;
}

export interface EquivocationVerifyAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly proof: Uint8Array;
}

export interface EquivocationVerifyAnswer {
  readonly setId: bigint;
  readonly round: bigint;
  readonly isPrecommit: boolean;
  readonly key: Uint8Array;
  readonly firstHash: Uint8Array;
  readonly firstNumber: number;
  readonly secondHash: Uint8Array;
  readonly secondNumber: number;
}

export interface FinalizedHeaderOfAsk {
  readonly block: Uint8Array;
  readonly header: Uint8Array;
}

export interface FinalizedHeaderOfAnswer {
  readonly header: FinalizedHeaderRecord;
}

export interface FinalizedParentAsk {
  readonly child: Uint8Array;
  readonly header: Uint8Array;
}

export interface FinalizedParentAnswer {
  readonly header: FinalizedHeaderRecord;
}

export interface AssumeHeaderAsk {
  readonly header: Uint8Array;
}

export interface AssumeHeaderAnswer {
  readonly header: FinalizedHeaderRecord;
}

export interface AssumeStateRootAsk {
  readonly root: Uint8Array;
}

export interface AssumeStateRootAnswer {
  readonly state: Uint8Array;
}

export interface CheckpointFromLightSyncStateAsk {
  readonly header: Uint8Array;
  readonly epochChanges: Uint8Array;
  readonly authoritySet: Uint8Array;
  readonly chain: string;
}

export interface CheckpointFromLightSyncStateAnswer {
  readonly checkpoint: CheckpointRecord;
}

export interface CheckpointFromPartsAsk {
  readonly header: Uint8Array;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly chain: string;
}

export interface CheckpointFromPartsAnswer {
  readonly checkpoint: CheckpointRecord;
}

export interface CheckpointDecodeAsk {
  readonly compact: Uint8Array;
  readonly withoutBabe: boolean;
}

export interface CheckpointDecodeAnswer {
  readonly checkpoint: CheckpointRecord;
}

export interface CheckpointAgeAsk {
  readonly compact: Uint8Array;
  readonly now: bigint;
}

export interface CheckpointAgeAnswer {
  readonly age: AgeRecord;
}

export interface GenesisAsk {
  readonly keys: readonly Uint8Array[];
  readonly values: readonly Uint8Array[];
  readonly childNames: readonly Uint8Array[];
  readonly childKeys: readonly Uint8Array[];
  readonly childValues: readonly Uint8Array[];
  readonly version: number;
}

export interface GenesisAnswer {
  readonly stateRoot: Uint8Array;
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
  readonly hasAuthorities: boolean;
  readonly authorities: Uint8Array;
}

export interface TrieRootAsk {
  readonly keys: readonly Uint8Array[];
  readonly values: readonly Uint8Array[];
  readonly version: number;
}

export interface TrieRootAnswer {
  readonly root: Uint8Array;
}

export interface OrderedTrieRootAsk {
  readonly items: readonly Uint8Array[];
  readonly version: number;
}

export interface OrderedTrieRootAnswer {
  readonly root: Uint8Array;
}

export interface ProofReadAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly isChild: boolean;
  readonly child: Uint8Array;
  readonly keys: readonly Uint8Array[];
}

export interface ProofReadAnswer {
  readonly values: readonly ValueRecord[];
}

export interface ProofScanAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly isChild: boolean;
  readonly child: Uint8Array;
  readonly prefix: Uint8Array;
}

export interface ProofScanAnswer {
  readonly entries: readonly EntryRecord[];
}

export interface ProofPathAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly isChild: boolean;
  readonly child: Uint8Array;
  readonly key: Uint8Array;
}

export interface ProofPathAnswer {
  readonly value: ValueRecord;
  readonly steps: readonly StepRecord[];
}

export interface ProofNextKeyAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly isChild: boolean;
  readonly child: Uint8Array;
  readonly key: Uint8Array;
  readonly prefix: Uint8Array;
}

export interface ProofNextKeyAnswer {
  readonly found: boolean;
  readonly key: Uint8Array;
}

export interface ProofMerkleValueAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly isChild: boolean;
  readonly child: Uint8Array;
  readonly nibbles: Uint8Array;
}

export interface ProofMerkleValueAnswer {
  readonly merkle: Uint8Array;
}

export interface ParaHeadAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface ParaHeadAnswer {
  readonly state: number;
  readonly data: Uint8Array;
  readonly header: ParaHeaderRecord;
}

export interface ParaParentAsk {
  readonly child: Uint8Array;
  readonly header: Uint8Array;
}

export interface ParaParentAnswer {
  readonly header: ParaHeaderRecord;
}

export interface ParaLifecycleAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface ParaLifecycleAnswer {
  readonly lifecycle: number;
  readonly name: string;
}

export interface ParaCodeAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface ParaCodeAnswer {
  readonly registered: boolean;
  readonly current: Uint8Array;
  readonly upgradePending: boolean;
  readonly future: Uint8Array;
}

export interface ParaProgressAsk {
  readonly earlier: Uint8Array;
  readonly later: Uint8Array;
}

export interface ParaProgressAnswer {
  readonly name: string;
}

export interface WarpNewAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly number: number;
  readonly chain: string;
  readonly threads: number;
}

export interface WarpNewAnswer {
  readonly session: number;
}

export interface WarpFeedAsk {
  readonly session: number;
  readonly chunk: Uint8Array;
}

export interface WarpFeedAnswer {
  readonly consumed: number;
  readonly links: readonly WarpLinkRecord[];
}

export interface WarpFinishAsk {
  readonly session: number;
}

export interface WarpFinishAnswer {
  readonly finished: boolean;
}

export interface WarpLinksAsk {
  readonly session: number;
}

export interface WarpLinksAnswer {
  readonly set: AuthoritySetRecord;
  readonly links: readonly WarpLinkRecord[];
}

export interface BundleNewAsk {
  readonly bundle: Uint8Array;
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
}

export interface BundleNewAnswer {
  readonly session: number;
  readonly version: number;
  readonly chain: string;
  readonly genesis: Uint8Array;
  readonly checkpointDigest: Uint8Array;
  readonly headSize: number;
  readonly sections: readonly BundleSectionRecord[];
}

export interface BundleNextAsk {
  readonly session: number;
}

export interface BundleNextAnswer {
  readonly status: number;
  readonly faultOffset: number;
  readonly faultIndex: number;
  readonly more: boolean;
  readonly assumed: number;
  readonly hasTarget: boolean;
  readonly targetHash: Uint8Array;
  readonly targetNumber: number;
  readonly targetIsParachain: boolean;
  readonly link: BundleLinkRecord;
}

export interface BundleEncodeAsk {
  readonly chain: string;
  readonly genesis: Uint8Array;
  readonly checkpointDigest: Uint8Array;
  readonly warp: Uint8Array;
  readonly justification: Uint8Array;
  readonly headers: readonly Uint8Array[];
  readonly relayProof: Uint8Array;
  readonly relayQuestions: readonly Uint8Array[];
  readonly hasPara: boolean;
  readonly paraId: number;
  readonly paraProof: Uint8Array;
  readonly paraHeaders: readonly Uint8Array[];
  readonly paraStateProof: Uint8Array;
  readonly paraQuestions: readonly Uint8Array[];
}

export interface BundleEncodeAnswer {
  readonly bundle: Uint8Array;
}

export interface JustificationSplitAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly justification: Uint8Array;
  readonly header: Uint8Array;
  readonly units: number;
}

export interface JustificationSplitAnswer {
  readonly session: number;
}

export interface JustificationJoinAsk {
  readonly session: number;
}

export interface JustificationJoinAnswer {
  readonly report: ReportRecord;
  readonly block: FinalizedBlockRecord;
  readonly hasHeader: boolean;
  readonly header: FinalizedHeaderRecord;
}

export interface WorkTakeAsk {
  readonly session: number;
}

export interface WorkTakeAnswer {
  readonly found: boolean;
  readonly number: bigint;
  readonly unit: Uint8Array;
}

export interface WorkJoinAsk {
  readonly session: number;
  readonly verdict: Uint8Array;
}

export interface WorkJoinAnswer {

}

export interface WorkJudgeOldestAsk {
  readonly session: number;
}

export interface WorkJudgeOldestAnswer {

}

export interface WorkJudgeAsk {
  readonly unit: Uint8Array;
}

export interface WorkJudgeAnswer {
  readonly verdict: Uint8Array;
}

export interface CloseAsk {
  readonly session: number;
}

export interface CloseAnswer {

}

/** One operation: its number, how to write what is asked and to read what is answered. */
export interface Operation<Ask, Answer> {
  readonly code: number;
  readonly write: (writer: Writer, ask: Ask) => void;
  readonly read: (reader: Reader) => Answer;
}

export const operations = {
  start: {
    code: 0,
    write: (writer: Writer, ask: StartAsk): void => {
      writer.bytes("seed", ask.seed);
      writer.u32("cachedKeys", ask.cachedKeys);
    },
    read: (_reader: Reader): StartAnswer => ({  }),
  },
  hash: {
    code: 1,
    write: (writer: Writer, ask: HashAsk): void => {
      writer.u8("function", ask.function);
      writer.bytes("data", ask.data);
    },
    read: (reader: Reader): HashAnswer => ({ hash: reader.bytes() }),
  },
  hashBegin: {
    code: 2,
    write: (writer: Writer, ask: HashBeginAsk): void => {
      writer.u8("size", ask.size);
    },
    read: (reader: Reader): HashBeginAnswer => ({ hashing: reader.bytes() }),
  },
  hashUpdate: {
    code: 3,
    write: (writer: Writer, ask: HashUpdateAsk): void => {
      writer.bytes("hashing", ask.hashing);
      writer.bytes("data", ask.data);
    },
    read: (reader: Reader): HashUpdateAnswer => ({ hashing: reader.bytes() }),
  },
  hashEnd: {
    code: 4,
    write: (writer: Writer, ask: HashEndAsk): void => {
      writer.bytes("hashing", ask.hashing);
    },
    read: (reader: Reader): HashEndAnswer => ({ hash: reader.bytes() }),
  },
  storageHash: {
    code: 5,
    write: (writer: Writer, ask: StorageHashAsk): void => {
      writer.u8("hasher", ask.hasher);
      writer.bytes("data", ask.data);
    },
    read: (reader: Reader): StorageHashAnswer => ({ hash: reader.bytes() }),
  },
  ed25519Verify: {
    code: 6,
    write: (writer: Writer, ask: Ed25519VerifyAsk): void => {
      writer.bytes("publicKey", ask.publicKey);
      writer.bytes("signature", ask.signature);
      writer.bytes("message", ask.message);
    },
    read: (_reader: Reader): Ed25519VerifyAnswer => ({  }),
  },
  ed25519Batch: {
    code: 7,
    write: (writer: Writer, ask: Ed25519BatchAsk): void => {
      writer.list("publicKeys", ask.publicKeys, (item) => writer.bytes("publicKeys", item));
      writer.list("signatures", ask.signatures, (item) => writer.bytes("signatures", item));
      writer.list("messages", ask.messages, (item) => writer.bytes("messages", item));
    },
    read: (reader: Reader): Ed25519BatchAnswer => ({ bad: reader.bytes() }),
  },
  headerDecode: {
    code: 8,
    write: (writer: Writer, ask: HeaderDecodeAsk): void => {
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): HeaderDecodeAnswer => ({ hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), hasBabeSlot: reader.bool(), babeSlot: reader.u64(), hasAuraSlot: reader.bool(), auraSlot: reader.u64(), oddities: reader.u32(), digest: reader.list(() => readDigestItem(reader)), changes: reader.list(() => readGrandpaChange(reader)) }),
  },
  headerEncode: {
    code: 9,
    write: (writer: Writer, ask: HeaderEncodeAsk): void => {
      writer.hash("parentHash", ask.parentHash);
      writer.u32("number", ask.number);
      writer.hash("stateRoot", ask.stateRoot);
      writer.hash("extrinsicsRoot", ask.extrinsicsRoot);
      writer.list("items", ask.items, (item) => writer.bytes("items", item));
    },
    read: (reader: Reader): HeaderEncodeAnswer => ({ header: reader.bytes() }),
  },
  authoritySet: {
    code: 10,
    write: (writer: Writer, ask: AuthoritySetAsk): void => {
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
    },
    read: (reader: Reader): AuthoritySetAnswer => ({ listed: reader.u32(), voters: reader.u32(), total: reader.u64(), threshold: reader.u64(), forgeable: reader.u64(), digest: reader.hash() }),
  },
  justificationDecode: {
    code: 11,
    write: (writer: Writer, ask: JustificationDecodeAsk): void => {
      writer.bytes("justification", ask.justification);
    },
    read: (reader: Reader): JustificationDecodeAnswer => ({ report: readReport(reader) }),
  },
  justificationVerify: {
    code: 12,
    write: (writer: Writer, ask: JustificationVerifyAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("justification", ask.justification);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): JustificationVerifyAnswer => ({ report: readReport(reader), block: readFinalizedBlock(reader), hasHeader: reader.bool(), header: readFinalizedHeader(reader) }),
  },
  commitVerify: {
    code: 13,
    write: (writer: Writer, ask: CommitVerifyAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("commit", ask.commit);
      writer.list("headers", ask.headers, (item) => writer.bytes("headers", item));
    },
    read: (reader: Reader): CommitVerifyAnswer => ({ report: readReport(reader), block: readFinalizedBlock(reader) }),
  },
  equivocationVerify: {
    code: 14,
    write: (writer: Writer, ask: EquivocationVerifyAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): EquivocationVerifyAnswer => ({ setId: reader.u64(), round: reader.u64(), isPrecommit: reader.bool(), key: reader.bytes(), firstHash: reader.hash(), firstNumber: reader.u32(), secondHash: reader.hash(), secondNumber: reader.u32() }),
  },
  finalizedHeaderOf: {
    code: 15,
    write: (writer: Writer, ask: FinalizedHeaderOfAsk): void => {
      writer.bytes("block", ask.block);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): FinalizedHeaderOfAnswer => ({ header: readFinalizedHeader(reader) }),
  },
  finalizedParent: {
    code: 16,
    write: (writer: Writer, ask: FinalizedParentAsk): void => {
      writer.bytes("child", ask.child);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): FinalizedParentAnswer => ({ header: readFinalizedHeader(reader) }),
  },
  assumeHeader: {
    code: 17,
    write: (writer: Writer, ask: AssumeHeaderAsk): void => {
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): AssumeHeaderAnswer => ({ header: readFinalizedHeader(reader) }),
  },
  assumeStateRoot: {
    code: 18,
    write: (writer: Writer, ask: AssumeStateRootAsk): void => {
      writer.hash("root", ask.root);
    },
    read: (reader: Reader): AssumeStateRootAnswer => ({ state: reader.bytes() }),
  },
  checkpointFromLightSyncState: {
    code: 19,
    write: (writer: Writer, ask: CheckpointFromLightSyncStateAsk): void => {
      writer.bytes("header", ask.header);
      writer.bytes("epochChanges", ask.epochChanges);
      writer.bytes("authoritySet", ask.authoritySet);
      writer.text("chain", ask.chain);
    },
    read: (reader: Reader): CheckpointFromLightSyncStateAnswer => ({ checkpoint: readCheckpoint(reader) }),
  },
  checkpointFromParts: {
    code: 20,
    write: (writer: Writer, ask: CheckpointFromPartsAsk): void => {
      writer.bytes("header", ask.header);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.text("chain", ask.chain);
    },
    read: (reader: Reader): CheckpointFromPartsAnswer => ({ checkpoint: readCheckpoint(reader) }),
  },
  checkpointDecode: {
    code: 21,
    write: (writer: Writer, ask: CheckpointDecodeAsk): void => {
      writer.bytes("compact", ask.compact);
      writer.bool("withoutBabe", ask.withoutBabe);
    },
    read: (reader: Reader): CheckpointDecodeAnswer => ({ checkpoint: readCheckpoint(reader) }),
  },
  checkpointAge: {
    code: 22,
    write: (writer: Writer, ask: CheckpointAgeAsk): void => {
      writer.bytes("compact", ask.compact);
      writer.u64("now", ask.now);
    },
    read: (reader: Reader): CheckpointAgeAnswer => ({ age: readAge(reader) }),
  },
  genesis: {
    code: 23,
    write: (writer: Writer, ask: GenesisAsk): void => {
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
      writer.list("values", ask.values, (item) => writer.bytes("values", item));
      writer.list("childNames", ask.childNames, (item) => writer.bytes("childNames", item));
      writer.list("childKeys", ask.childKeys, (item) => writer.bytes("childKeys", item));
      writer.list("childValues", ask.childValues, (item) => writer.bytes("childValues", item));
      writer.u8("version", ask.version);
    },
    read: (reader: Reader): GenesisAnswer => ({ stateRoot: reader.hash(), hash: reader.hash(), header: reader.bytes(), hasAuthorities: reader.bool(), authorities: reader.bytes() }),
  },
  trieRoot: {
    code: 24,
    write: (writer: Writer, ask: TrieRootAsk): void => {
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
      writer.list("values", ask.values, (item) => writer.bytes("values", item));
      writer.u8("version", ask.version);
    },
    read: (reader: Reader): TrieRootAnswer => ({ root: reader.hash() }),
  },
  orderedTrieRoot: {
    code: 25,
    write: (writer: Writer, ask: OrderedTrieRootAsk): void => {
      writer.list("items", ask.items, (item) => writer.bytes("items", item));
      writer.u8("version", ask.version);
    },
    read: (reader: Reader): OrderedTrieRootAnswer => ({ root: reader.hash() }),
  },
  proofRead: {
    code: 26,
    write: (writer: Writer, ask: ProofReadAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("isChild", ask.isChild);
      writer.bytes("child", ask.child);
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
    },
    read: (reader: Reader): ProofReadAnswer => ({ values: reader.list(() => readValue(reader)) }),
  },
  proofScan: {
    code: 27,
    write: (writer: Writer, ask: ProofScanAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("isChild", ask.isChild);
      writer.bytes("child", ask.child);
      writer.bytes("prefix", ask.prefix);
    },
    read: (reader: Reader): ProofScanAnswer => ({ entries: reader.list(() => readEntry(reader)) }),
  },
  proofPath: {
    code: 28,
    write: (writer: Writer, ask: ProofPathAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("isChild", ask.isChild);
      writer.bytes("child", ask.child);
      writer.bytes("key", ask.key);
    },
    read: (reader: Reader): ProofPathAnswer => ({ value: readValue(reader), steps: reader.list(() => readStep(reader)) }),
  },
  proofNextKey: {
    code: 29,
    write: (writer: Writer, ask: ProofNextKeyAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("isChild", ask.isChild);
      writer.bytes("child", ask.child);
      writer.bytes("key", ask.key);
      writer.bytes("prefix", ask.prefix);
    },
    read: (reader: Reader): ProofNextKeyAnswer => ({ found: reader.bool(), key: reader.bytes() }),
  },
  proofMerkleValue: {
    code: 30,
    write: (writer: Writer, ask: ProofMerkleValueAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("isChild", ask.isChild);
      writer.bytes("child", ask.child);
      writer.bytes("nibbles", ask.nibbles);
    },
    read: (reader: Reader): ProofMerkleValueAnswer => ({ merkle: reader.bytes() }),
  },
  paraHead: {
    code: 31,
    write: (writer: Writer, ask: ParaHeadAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): ParaHeadAnswer => ({ state: reader.u8(), data: reader.bytes(), header: readParaHeader(reader) }),
  },
  paraParent: {
    code: 32,
    write: (writer: Writer, ask: ParaParentAsk): void => {
      writer.bytes("child", ask.child);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): ParaParentAnswer => ({ header: readParaHeader(reader) }),
  },
  paraLifecycle: {
    code: 33,
    write: (writer: Writer, ask: ParaLifecycleAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): ParaLifecycleAnswer => ({ lifecycle: reader.u8(), name: reader.text() }),
  },
  paraCode: {
    code: 34,
    write: (writer: Writer, ask: ParaCodeAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): ParaCodeAnswer => ({ registered: reader.bool(), current: reader.hash(), upgradePending: reader.bool(), future: reader.hash() }),
  },
  paraProgress: {
    code: 35,
    write: (writer: Writer, ask: ParaProgressAsk): void => {
      writer.bytes("earlier", ask.earlier);
      writer.bytes("later", ask.later);
    },
    read: (reader: Reader): ParaProgressAnswer => ({ name: reader.text() }),
  },
  warpNew: {
    code: 36,
    write: (writer: Writer, ask: WarpNewAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.u32("number", ask.number);
      writer.text("chain", ask.chain);
      writer.u32("threads", ask.threads);
    },
    read: (reader: Reader): WarpNewAnswer => ({ session: reader.u32() }),
  },
  warpFeed: {
    code: 37,
    write: (writer: Writer, ask: WarpFeedAsk): void => {
      writer.u32("session", ask.session);
      writer.bytes("chunk", ask.chunk);
    },
    read: (reader: Reader): WarpFeedAnswer => ({ consumed: reader.u32(), links: reader.list(() => readWarpLink(reader)) }),
  },
  warpFinish: {
    code: 38,
    write: (writer: Writer, ask: WarpFinishAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (reader: Reader): WarpFinishAnswer => ({ finished: reader.bool() }),
  },
  warpLinks: {
    code: 39,
    write: (writer: Writer, ask: WarpLinksAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (reader: Reader): WarpLinksAnswer => ({ set: readAuthoritySet(reader), links: reader.list(() => readWarpLink(reader)) }),
  },
  bundleNew: {
    code: 40,
    write: (writer: Writer, ask: BundleNewAsk): void => {
      writer.bytes("bundle", ask.bundle);
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
    },
    read: (reader: Reader): BundleNewAnswer => ({ session: reader.u32(), version: reader.u16(), chain: reader.text(), genesis: reader.hash(), checkpointDigest: reader.hash(), headSize: reader.u32(), sections: reader.list(() => readBundleSection(reader)) }),
  },
  bundleNext: {
    code: 41,
    write: (writer: Writer, ask: BundleNextAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (reader: Reader): BundleNextAnswer => ({ status: reader.u32(), faultOffset: reader.u32(), faultIndex: reader.u32(), more: reader.bool(), assumed: reader.u32(), hasTarget: reader.bool(), targetHash: reader.hash(), targetNumber: reader.u32(), targetIsParachain: reader.bool(), link: readBundleLink(reader) }),
  },
  bundleEncode: {
    code: 42,
    write: (writer: Writer, ask: BundleEncodeAsk): void => {
      writer.text("chain", ask.chain);
      writer.hash("genesis", ask.genesis);
      writer.hash("checkpointDigest", ask.checkpointDigest);
      writer.bytes("warp", ask.warp);
      writer.bytes("justification", ask.justification);
      writer.list("headers", ask.headers, (item) => writer.bytes("headers", item));
      writer.bytes("relayProof", ask.relayProof);
      writer.list("relayQuestions", ask.relayQuestions, (item) => writer.bytes("relayQuestions", item));
      writer.bool("hasPara", ask.hasPara);
      writer.u32("paraId", ask.paraId);
      writer.bytes("paraProof", ask.paraProof);
      writer.list("paraHeaders", ask.paraHeaders, (item) => writer.bytes("paraHeaders", item));
      writer.bytes("paraStateProof", ask.paraStateProof);
      writer.list("paraQuestions", ask.paraQuestions, (item) => writer.bytes("paraQuestions", item));
    },
    read: (reader: Reader): BundleEncodeAnswer => ({ bundle: reader.bytes() }),
  },
  justificationSplit: {
    code: 43,
    write: (writer: Writer, ask: JustificationSplitAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.u64("now", ask.now);
      writer.bytes("authorities", ask.authorities);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("justification", ask.justification);
      writer.bytes("header", ask.header);
      writer.u32("units", ask.units);
    },
    read: (reader: Reader): JustificationSplitAnswer => ({ session: reader.u32() }),
  },
  justificationJoin: {
    code: 44,
    write: (writer: Writer, ask: JustificationJoinAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (reader: Reader): JustificationJoinAnswer => ({ report: readReport(reader), block: readFinalizedBlock(reader), hasHeader: reader.bool(), header: readFinalizedHeader(reader) }),
  },
  workTake: {
    code: 45,
    write: (writer: Writer, ask: WorkTakeAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (reader: Reader): WorkTakeAnswer => ({ found: reader.bool(), number: reader.u64(), unit: reader.bytes() }),
  },
  workJoin: {
    code: 46,
    write: (writer: Writer, ask: WorkJoinAsk): void => {
      writer.u32("session", ask.session);
      writer.bytes("verdict", ask.verdict);
    },
    read: (_reader: Reader): WorkJoinAnswer => ({  }),
  },
  workJudgeOldest: {
    code: 47,
    write: (writer: Writer, ask: WorkJudgeOldestAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (_reader: Reader): WorkJudgeOldestAnswer => ({  }),
  },
  workJudge: {
    code: 48,
    write: (writer: Writer, ask: WorkJudgeAsk): void => {
      writer.bytes("unit", ask.unit);
    },
    read: (reader: Reader): WorkJudgeAnswer => ({ verdict: reader.bytes() }),
  },
  close: {
    code: 49,
    write: (writer: Writer, ask: CloseAsk): void => {
      writer.u32("session", ask.session);
    },
    read: (_reader: Reader): CloseAnswer => ({  }),
  },
} as const;
