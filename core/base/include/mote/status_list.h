/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one list of every verdict mote can give. From it come the C enum (status.h), the TypeScript
 * table (web/src/abi.gen.ts) and docs/errors.md. Codes are stable: add, never renumber.
 *
 *   X(NAME, code, CLASS, FAULT, "name", "text")
 *
 * CLASS says what to do:
 *   DONE        the thing asked for is verified
 *   MALFORMED   bytes that no honest source sends: drop the source
 *   FALSE       well formed, and not true: drop the source, keep the bytes as evidence
 *   INCOMPLETE  true as far as it goes, and not enough: ask for more, do not punish
 *   UNSUPPORTED newer or other than mote knows: fail closed, do not punish
 *   LIMIT       refused because it costs more than mote allows
 *   UNTIMELY    expired, or from the future: the trusted starting point has to be renewed
 *   BUG         the caller broke this library's contract
 *   INTERNAL    mote itself is wrong; please report
 *
 * FAULT says whose doing it is: NOBODY, SOURCE (who sent the bytes), TRUST (who chose the checkpoint,
 * authorities, root or clock), CALLER (the program that calls mote), MOTE.
 */
#ifndef MOTE_STATUS_LIST
#define MOTE_STATUS_LIST(X)                                                                        \
    X(OK, 0x000, DONE, NOBODY, "ok", "verified")                                                   \
    /* SCALE */                                                                                    \
    X(E_TRUNCATED, 0x100, MALFORMED, SOURCE, "truncated", "the input ends inside a value")         \
    X(E_TRAILING_BYTES, 0x101, MALFORMED, SOURCE, "trailing_bytes",                                \
      "bytes are left over after the last value")                                                  \
    X(E_COMPACT_NOT_CANONICAL, 0x102, MALFORMED, SOURCE, "compact_not_canonical",                  \
      "a compact integer is not in its shortest form")                                             \
    X(E_COMPACT_TOO_LARGE, 0x103, MALFORMED, SOURCE, "compact_too_large",                          \
      "a compact integer does not fit its type")                                                   \
    X(E_LENGTH_BEYOND_INPUT, 0x104, MALFORMED, SOURCE, "length_beyond_input",                      \
      "a length claims more than the input can hold")                                              \
    X(E_BAD_OPTION, 0x105, MALFORMED, SOURCE, "bad_option",                                        \
      "an option or boolean is neither 0 nor 1")                                                   \
    X(E_BAD_ENUM, 0x106, MALFORMED, SOURCE, "bad_enum", "an enum has an unknown index")            \
    /* headers */                                                                                  \
    X(E_BAD_DIGEST_TYPE, 0x110, MALFORMED, SOURCE, "bad_digest_type",                              \
      "a digest item has an unknown type byte")                                                    \
    X(E_BAD_FORMAT, 0x111, MALFORMED, SOURCE, "bad_format",                                        \
      "the input is not in the format asked for")                                                  \
    /* trie nodes and proofs */                                                                    \
    X(E_NODE_HEADER, 0x120, MALFORMED, SOURCE, "node_header",                                      \
      "a trie node has a header byte that means nothing")                                          \
    X(E_NODE_PADDING, 0x121, MALFORMED, SOURCE, "node_padding",                                    \
      "the padding nibble of a partial key is not zero")                                           \
    X(E_NODE_PARTIAL_TOO_LONG, 0x122, MALFORMED, SOURCE, "node_partial_too_long",                  \
      "a partial key is longer than its node")                                                     \
    X(E_NODE_NO_CHILDREN, 0x123, MALFORMED, SOURCE, "node_no_children",                            \
      "a branch has an empty child bitmap")                                                        \
    X(E_NODE_LONE_CHILD, 0x124, MALFORMED, SOURCE, "node_lone_child",                              \
      "a branch without a value has a single child: no canonical trie contains it")                \
    X(E_NODE_CHILD_LENGTH, 0x125, MALFORMED, SOURCE, "node_child_length",                          \
      "a child is neither an inline node nor a 32-byte hash")                                      \
    X(E_NODE_EMPTY_BELOW_ROOT, 0x126, MALFORMED, SOURCE, "node_empty_below_root",                  \
      "the empty node occurs below the root")                                                      \
    X(E_PROOF_DUPLICATE_NODE, 0x128, MALFORMED, SOURCE, "proof_duplicate_node",                    \
      "a proof contains the same node twice")                                                      \
    X(E_PROOF_UNREACHABLE_NODE, 0x129, MALFORMED, SOURCE, "proof_unreachable_node",                \
      "a proof entry is not reachable by hash from the root")                                      \
    X(E_COMPACT_PROOF, 0x12a, MALFORMED, SOURCE, "compact_proof",                                  \
      "a compact proof is not well formed")                                                        \
    /* GRANDPA structure */                                                                        \
    X(E_ANCESTRY_DUPLICATE, 0x130, MALFORMED, SOURCE, "ancestry_duplicate",                        \
      "an ancestry header occurs twice")                                                           \
    X(E_ANCESTRY_UNUSED, 0x131, MALFORMED, SOURCE, "ancestry_unused",                              \
      "an ancestry header is on no vote's path to the target")                                     \
    X(E_COMMIT_LENGTHS, 0x132, MALFORMED, SOURCE, "commit_lengths",                                \
      "a commit has not as many signatures as precommits")                                         \
    X(E_NO_PRECOMMITS, 0x133, MALFORMED, SOURCE, "no_precommits", "there is no precommit")         \
    X(E_WARP_EMPTY, 0x134, MALFORMED, SOURCE, "warp_empty",                                        \
      "an empty warp proof that is not finished")                                                  \
    /* sr25519 */                                                                                  \
    X(E_SIGNATURE_NOT_MARKED, 0x140, MALFORMED, SOURCE, "signature_not_marked",                    \
      "an sr25519 signature does not carry the mark of its scheme")                                \
    X(E_SCALAR_NOT_CANONICAL, 0x141, MALFORMED, SOURCE, "scalar_not_canonical",                    \
      "a scalar is not below the group order")                                                     \
    X(E_POINT_NOT_CANONICAL, 0x142, MALFORMED, SOURCE, "point_not_canonical",                      \
      "a point is not the canonical encoding of a group element")                                  \
    X(E_VRF_IDENTITY, 0x143, MALFORMED, SOURCE, "vrf_identity",                                    \
      "a VRF's pre-output is the identity")                                                        \
    /* authorship */                                                                               \
    X(E_NO_PRE_DIGEST, 0x150, MALFORMED, SOURCE, "no_pre_digest",                                  \
      "the header does not say who made the block, and in which slot")                             \
    X(E_SEVERAL_PRE_DIGESTS, 0x151, MALFORMED, SOURCE, "several_pre_digests",                      \
      "the header says several times who made the block")                                          \
    X(E_NO_SEAL, 0x152, MALFORMED, SOURCE, "no_seal",                                              \
      "the last digest item is not a seal of the chain's consensus")                               \
    X(E_SEVERAL_SEALS, 0x153, MALFORMED, SOURCE, "several_seals",                                  \
      "a seal is not the last digest item")                                                        \
    X(E_SEAL_SIZE, 0x154, MALFORMED, SOURCE, "seal_size", "a seal is not 64 bytes")                \
    X(E_SEVERAL_EPOCHS, 0x155, MALFORMED, SOURCE, "several_epochs",                                \
      "the next epoch, or its configuration, is announced several times")                          \
    /* mountain ranges and Merkle trees */                                                         \
    X(E_NO_LEAVES, 0x160, MALFORMED, SOURCE, "no_leaves", "a proof of no leaf")                    \
    X(E_LEAF_INDEX, 0x161, MALFORMED, SOURCE, "leaf_index",                                        \
      "a leaf's index is not below the count of leaves, or not above the one before")              \
    X(E_LEAF_COUNT, 0x162, MALFORMED, SOURCE, "leaf_count",                                        \
      "a count of leaves that cannot be, or does not fit what is there")                           \
    X(E_PROOF_LENGTH, 0x163, MALFORMED, SOURCE, "proof_length",                                    \
      "a proof has more or fewer items than its place and count ask for")                          \
    X(E_LEAF_SIZE, 0x164, MALFORMED, SOURCE, "leaf_size", "a leaf that could be two hashes")       \
    X(E_PROOF_POSITION, 0x165, MALFORMED, SOURCE, "proof_position",                                \
      "an item is for another place than the one that needs it")                                   \
    /* BEEFY */                                                                                    \
    X(E_SIGNATURE_FORM, 0x170, MALFORMED, SOURCE, "signature_form",                                \
      "the recovery id of a signature is above 3")                                                 \
    X(E_PAYLOAD_ORDER, 0x171, MALFORMED, SOURCE, "payload_order",                                  \
      "the entries of a payload do not ascend strictly by id")                                     \
    X(E_PAYLOAD_ROOT, 0x172, MALFORMED, SOURCE, "payload_root",                                    \
      "a payload has no root of the mountain range, or one that is not 32 bytes")                  \
    X(E_BITFIELD, 0x173, MALFORMED, SOURCE, "bitfield",                                            \
      "a bitfield has not one bit a validator, or has bits set behind the last")                   \
    /* addresses */                                                                                \
    X(E_ADDRESS_FORM, 0x180, MALFORMED, CALLER, "address_form",                                    \
      "an address is neither base58 nor 0x and hex")                                               \
    X(E_ADDRESS_LENGTH, 0x181, MALFORMED, CALLER, "address_length",                                \
      "an address is not of an account of 32 or 20 bytes")                                         \
    X(E_ADDRESS_PREFIX, 0x182, MALFORMED, CALLER, "address_prefix",                                \
      "an address has a prefix that is reserved or not in its shortest form")                      \
    X(E_ADDRESS_CHECKSUM, 0x183, MALFORMED, CALLER, "address_checksum",                            \
      "the checksum of an address does not hold: it is mistyped")                                  \
    /* not true */                                                                                 \
    X(E_BAD_SIGNATURE, 0x200, FALSE, SOURCE, "bad_signature", "a signature does not verify")       \
    X(E_BAD_PUBLIC_KEY, 0x201, FALSE, SOURCE, "bad_public_key",                                    \
      "a public key is not a curve point")                                                         \
    X(E_BELOW_THRESHOLD, 0x202, FALSE, SOURCE, "below_threshold",                                  \
      "the votes weigh less than the threshold")                                                   \
    X(E_UNKNOWN_VOTER, 0x203, FALSE, SOURCE, "unknown_voter",                                      \
      "a vote is not from the authority set")                                                      \
    X(E_VOTE_BELOW_TARGET, 0x204, FALSE, SOURCE, "vote_below_target",                              \
      "a vote is for a block below the target, or beside it at its height")                        \
    X(E_VOTE_NOT_DESCENDANT, 0x205, FALSE, SOURCE, "vote_not_descendant",                          \
      "a vote's block is not shown to descend from the target")                                    \
    X(E_ANCESTRY_NUMBER, 0x206, FALSE, SOURCE, "ancestry_number",                                  \
      "an ancestry header's number does not fit its place")                                        \
    X(E_TARGET_MISMATCH, 0x207, FALSE, SOURCE, "target_mismatch",                                  \
      "the justification is for another block")                                                    \
    X(E_TARGET_NUMBER, 0x208, FALSE, SOURCE, "target_number",                                      \
      "the justification names the block's hash with another number")                              \
    X(E_COMMIT_OVERWEIGHT, 0x209, FALSE, SOURCE, "commit_overweight",                              \
      "the votes weigh more than the set and its tolerated faults allow")                          \
    X(E_NOT_EQUIVOCATION, 0x20a, FALSE, SOURCE, "not_equivocation",                                \
      "the two votes do not contradict each other")                                                \
    X(E_HEADER_LINK, 0x210, FALSE, SOURCE, "header_link",                                          \
      "a header is not the parent of the one above it")                                            \
    X(E_HEADER_NUMBER, 0x211, FALSE, SOURCE, "header_number",                                      \
      "a header's number is not its child's less one")                                             \
    X(E_HEADER_HASH, 0x212, FALSE, SOURCE, "header_hash",                                          \
      "a header has another hash than the one proven")                                             \
    X(E_NOT_ABOVE_TRUSTED, 0x213, FALSE, SOURCE, "not_above_trusted",                              \
      "the heights do not increase strictly")                                                      \
    X(E_HANDOVER_MISSING, 0x214, FALSE, SOURCE, "handover_missing",                                \
      "a fragment that must hand over to the next set has no scheduled change")                    \
    X(E_AUTHORITIES_INVALID, 0x215, FALSE, SOURCE, "authorities_invalid",                          \
      "an authority set is empty, has a zero weight or overflows")                                 \
    X(E_OTHER_SET, 0x216, FALSE, SOURCE, "other_set", "the message is for another authority set")  \
    X(E_SET_SIZE, 0x217, FALSE, SOURCE, "set_size",                                                \
      "the message is of a set with another number of validators")                                 \
    X(E_HEADS_ROOT, 0x218, FALSE, SOURCE, "heads_root",                                            \
      "a leaf without a root over parachain heads")                                                \
    X(E_ROOT_MISMATCH, 0x220, FALSE, SOURCE, "root_mismatch",                                      \
      "the hash of the root node is not the root")                                                 \
    X(E_VALUE_MISMATCH, 0x221, FALSE, SOURCE, "value_mismatch",                                    \
      "the proven value is not the expected one")                                                  \
    X(E_CHILD_ROOT, 0x222, FALSE, SOURCE, "child_root", "a child trie's root is not 32 bytes")     \
    X(E_EXTRINSICS_ROOT, 0x223, FALSE, SOURCE, "extrinsics_root",                                  \
      "the extrinsics are not the header's")                                                       \
    X(E_HEAD_MISMATCH, 0x224, FALSE, SOURCE, "head_mismatch",                                      \
      "the header is not the proven parachain head")                                               \
    X(E_HEAD_ABSENT, 0x225, FALSE, SOURCE, "head_absent",                                          \
      "a parachain head is claimed where none is registered")                                      \
    X(E_GENESIS_MISMATCH, 0x226, FALSE, SOURCE, "genesis_mismatch",                                \
      "the data belongs to another chain")                                                         \
    X(E_CHECKSUM, 0x227, FALSE, SOURCE, "checksum", "the checksum does not match the content")     \
    X(E_CHECKPOINT_INCOHERENT, 0x228, FALSE, TRUST, "checkpoint_incoherent",                       \
      "the checkpoint contradicts itself")                                                         \
    X(E_CHECKPOINT_MISMATCH, 0x229, FALSE, TRUST, "checkpoint_mismatch",                           \
      "the bundle was made for another checkpoint than the trusted one")                           \
    X(E_BAD_VRF_PROOF, 0x230, FALSE, SOURCE, "bad_vrf_proof", "a VRF proof does not hold")         \
    X(E_AUTHOR_INDEX, 0x231, FALSE, SOURCE, "author_index",                                        \
      "the author's index is beyond the list of authorities")                                      \
    X(E_SLOT_KIND, 0x232, FALSE, SOURCE, "slot_kind",                                              \
      "the epoch does not allow slots to be claimed in this way")                                  \
    X(E_WRONG_AUTHOR, 0x233, FALSE, SOURCE, "wrong_author", "the slot belongs to another author")  \
    X(E_SCORE_TOO_HIGH, 0x234, FALSE, SOURCE, "score_too_high",                                    \
      "the author's score does not win the slot")                                                  \
    X(E_SLOT_ORDER, 0x235, FALSE, SOURCE, "slot_order",                                            \
      "a block's slot is not after its parent's")                                                  \
    X(E_SLOT_OVERFLOW, 0x236, FALSE, SOURCE, "slot_overflow", "slots or epochs run past 2^64")     \
    X(E_EPOCH_MISSING, 0x237, FALSE, SOURCE, "epoch_missing",                                      \
      "the first block of an epoch does not announce the next one")                                \
    X(E_EPOCH_UNEXPECTED, 0x238, FALSE, SOURCE, "epoch_unexpected",                                \
      "a block that does not begin an epoch announces one")                                        \
    X(E_CONFIG_UNEXPECTED, 0x239, FALSE, SOURCE, "config_unexpected",                              \
      "a configuration is announced without an epoch")                                             \
    X(E_EPOCH_CONFIG, 0x23a, FALSE, SOURCE, "epoch_config",                                        \
      "an epoch's configuration is impossible")                                                    \
    X(E_NOT_ON_FINAL_CHAIN, 0x23b, FALSE, SOURCE, "not_on_final_chain",                            \
      "the block does not descend from the final one")                                             \
    X(E_FINALITY_CONFLICT, 0x23c, FALSE, SOURCE, "finality_conflict",                              \
      "two final blocks contradict each other: stop and tell people")                              \
    X(E_LIST_INCOMPLETE, 0x23d, FALSE, SOURCE, "list_incomplete",                                  \
      "a list of keys leaves out keys that are proven to be there")                                \
    X(E_LIST_FALSE, 0x23e, FALSE, SOURCE, "list_false",                                            \
      "a list of keys names one that is proven not to be there")                                   \
    X(E_MESSAGE_CHAIN, 0x250, FALSE, SOURCE, "message_chain",                                      \
      "the messages do not lead from one queue head to the other")                                 \
    /* not enough */                                                                               \
    X(E_PROOF_INCOMPLETE, 0x300, INCOMPLETE, SOURCE, "proof_incomplete",                           \
      "a node on the path is not in the proof")                                                    \
    X(E_VALUE_NOT_IN_PROOF, 0x301, INCOMPLETE, SOURCE, "value_not_in_proof",                       \
      "the value's hash is proven, its bytes are not in the proof")                                \
    X(E_STREAM_UNFINISHED, 0x302, INCOMPLETE, SOURCE, "stream_unfinished",                         \
      "the stream stopped before its end; what came before it is verified")                        \
    X(E_UNKNOWN_BLOCK, 0x303, INCOMPLETE, NOBODY, "unknown_block",                                 \
      "a vote is for a block that is not known here")                                              \
    X(E_LINK_MISSING, 0x304, INCOMPLETE, SOURCE, "link_missing",                                   \
      "the bundle lacks a link between what is proven and what is asked")                          \
    X(E_PARENT_UNKNOWN, 0x305, INCOMPLETE, NOBODY, "parent_unknown",                               \
      "the block's parent is not known here")                                                      \
    X(E_NOT_SHOWN, 0x306, INCOMPLETE, NOBODY, "not_shown",                                         \
      "what is claimed is not shown here, and its contrary neither")                               \
    X(E_REFUSED, 0x307, INCOMPLETE, NOBODY, "refused", "no source could or would answer")          \
    X(E_UNPROVEN_CLAIM, 0x308, INCOMPLETE, SOURCE, "unproven_claim",                               \
      "a source claims final blocks again and again and proves none")                              \
    X(E_NO_SOURCE, 0x309, INCOMPLETE, NOBODY, "no_source", "the chain has no source left")         \
    /* other than we know */                                                                       \
    X(E_LARGE_BLOCK_NUMBER, 0x400, UNSUPPORTED, NOBODY, "large_block_number",                      \
      "the block number does not fit 32 bits: chains with larger numbers are not supported")       \
    X(E_FORCED_CHANGE, 0x401, UNSUPPORTED, NOBODY, "forced_change",                                \
      "a forced authority change breaks the chain of trust: a new checkpoint is needed")           \
    X(E_DELAYED_CHANGE, 0x402, UNSUPPORTED, NOBODY, "delayed_change",                              \
      "a scheduled change with a delay is not proven by this format")                              \
    X(E_VERSION, 0x403, UNSUPPORTED, NOBODY, "version", "this version of the format is not known") \
    X(E_UNKNOWN_CHAIN, 0x404, UNSUPPORTED, CALLER, "unknown_chain",                                \
      "no chain of this name is known")                                                            \
    X(E_HEAD_NOT_HEADER, 0x405, UNSUPPORTED, NOBODY, "head_not_header",                            \
      "the parachain's head is not a header")                                                      \
    X(E_CONSENSUS_UNKNOWN, 0x406, UNSUPPORTED, NOBODY, "consensus_unknown",                        \
      "who may make this chain's blocks is not known here: only finality counts")                  \
    /* limits */                                                                                   \
    X(E_LIMIT_COUNT, 0x500, LIMIT, SOURCE, "limit_count",                                          \
      "there are more items than the limit allows")                                                \
    X(E_LIMIT_SIZE, 0x501, LIMIT, SOURCE, "limit_size", "an item is larger than the limit allows") \
    X(E_LIMIT_WORK, 0x502, LIMIT, SOURCE, "limit_work", "the work budget is used up")              \
    X(E_LIMIT_MEMORY, 0x503, LIMIT, CALLER, "limit_memory",                                        \
      "the memory handed in is too small for this input")                                          \
    X(E_LIMIT_FORKS, 0x504, LIMIT, SOURCE, "limit_forks",                                          \
      "there are more blocks above the final one than are kept")                                   \
    X(E_LIMIT_EQUIVOCATIONS, 0x505, LIMIT, SOURCE, "limit_equivocations",                          \
      "an author has made more blocks in one slot than are kept")                                  \
    /* time and trust */                                                                           \
    X(E_EXPIRED, 0x600, UNTIMELY, TRUST, "expired",                                                \
      "the checkpoint is older than the chain's weak-subjectivity window")                         \
    X(E_FROM_FUTURE, 0x601, UNTIMELY, TRUST, "from_future",                                        \
      "the checkpoint's slot is later than the time given")                                        \
    X(E_UNTRUSTWORTHY_SET, 0x602, FALSE, TRUST, "untrustworthy_set",                               \
      "keys that anybody can sign for hold more weight than the set tolerates")                    \
    X(E_SET_ID_OVERFLOW, 0x603, FALSE, TRUST, "set_id_overflow",                                   \
      "the set id cannot be counted further")                                                      \
    X(E_SLOT_IN_FUTURE, 0x604, UNTIMELY, NOBODY, "slot_in_future",                                 \
      "the block's slot has not begun: judge it again when it has")                                \
    X(E_TIMED_OUT, 0x605, UNTIMELY, NOBODY, "timed_out", "no answer came in time")                 \
    /* contract */                                                                                 \
    X(E_BAD_ARGUMENT, 0x700, BUG, CALLER, "bad_argument",                                          \
      "an argument breaks the function's contract")                                                \
    X(E_NO_EVIDENCE, 0x701, BUG, CALLER, "no_evidence",                                            \
      "the evidence handed in was never verified")                                                 \
    X(E_BUFFER_TOO_SMALL, 0x702, BUG, CALLER, "buffer_too_small",                                  \
      "the output buffer is too small")                                                            \
    X(E_INTERNAL, 0x7ff, INTERNAL, MOTE, "internal", "an invariant of mote does not hold")
#endif
