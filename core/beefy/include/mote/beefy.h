/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BEEFY: a second finality, whose votes are over the root of a mountain range (mote/mmr.h) in which every older block and
 * its parachain heads are leaves (verification-rules C.5, F.1-F.6; sp_consensus_beefy). One root reaches any header behind
 * it in a step, which GRANDPA cannot.
 *
 * Commitment: payload (id[2], bytes)* with strictly ascending ids and exactly one "mh" of 32 bytes, block_number u32,
 * validator_set_id u64. Entries of other ids are carried along. Signed: Keccak-256 of its SCALE bytes, by ECDSA with
 * recovery: r ++ s ++ v, v in 0..3, high s allowed, as sp_core does.
 *
 * Checked: bitfield of exactly one bit a validator (a padding byte of zeros allowed), as many signatures as bits, the set's
 * id and size; each signature recovers to the key at its own place; n - (n - 1) / 3 of n validators. A signature that
 * does not is not counted, as with nodes, and reported.
 * Not checked: that the set is the right one: it comes from a final header, from a hand-over below, from proven state (the
 * caller's to read), or from the caller (assumed). Nor that a set's keys differ: nodes do not ask, and each place counts.
 */
#ifndef MOTE_BEEFY_H
#define MOTE_BEEFY_H

#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/mmr.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_BEEFY_KEY_SIZE 33u
#define MOTE_BEEFY_SIGNATURE_SIZE 65u
#define MOTE_BEEFY_ADDRESS_SIZE 20u
#define MOTE_BEEFY_MAX_VALIDATORS 4096u

/* --- keys ----------------------------------------------------------------------------------------------- */
/* The compressed key (33 bytes) that signed `hash`. E_SIGNATURE_FORM for v above 3; E_BAD_SIGNATURE where r, s or the
 * point cannot be. Records no fault. */
MOTE_MUST_USE mote_status mote_beefy_recover(uint8_t key[MOTE_BEEFY_KEY_SIZE],
                                             const mote_hash *hash,
                                             const uint8_t signature[MOTE_BEEFY_SIGNATURE_SIZE]);
/* The key's Ethereum address; E_BAD_PUBLIC_KEY where it is no point (the address is zero then). */
MOTE_MUST_USE mote_status mote_beefy_address(uint8_t address[MOTE_BEEFY_ADDRESS_SIZE],
                                             const uint8_t key[MOTE_BEEFY_KEY_SIZE]);

/* --- validator sets ------------------------------------------------------------------------------------- */
/* What stands in the tree of addresses for a key that has none. */
typedef enum mote_beefy_convention {
    MOTE_BEEFY_ZERO_ADDRESS, /* 20 zero bytes */
    MOTE_BEEFY_EMPTY_LEAF    /* older runtimes */
} mote_beefy_convention;

/* Borrows the keys. */
typedef struct mote_beefy_set {
    uint64_t seal;
    uint64_t id;
    uint32_t count;
    const uint8_t *keys; /* 33 bytes each, in order */
    uint32_t assumed;
} mote_beefy_set;

/* SCALE Vec<[u8; 33]> (Beefy::Authorities), as the caller's: `assumed` says how far he vouches for it, with
 * MOTE_ASSUMED_AUTHORITIES where nothing proves it. E_AUTHORITIES_INVALID (none), E_LIMIT_COUNT. */
MOTE_MUST_USE mote_status mote_beefy_set_decode(mote_context *context, mote_beefy_set *out,
                                                mote_bytes keys, uint64_t id, uint32_t assumed);
/* Root of the binary Merkle tree over the set's addresses. E_LIMIT_MEMORY (32 bytes a key). */
MOTE_MUST_USE mote_status mote_beefy_set_root(mote_context *context, mote_hash *out,
                                              const mote_beefy_set *set,
                                              mote_beefy_convention convention);

/* What a header's digest says: at a session's first block the set that votes from there on, and the root after each block.
 * Borrows `keys`, SCALE Vec<[u8; 33]>. */
typedef struct mote_beefy_digest {
    bool has_set, has_root;
    mote_bytes keys;
    uint64_t set_id;
    mote_hash mmr_root;
} mote_beefy_digest;
void mote_beefy_digest_read(mote_beefy_digest *out, const mote_header *header);
/* The set that a final header names: GRANDPA's finality, or BEEFY's own, vouches for it. E_HEADER_HASH where `header` is
 * another than the evidence's, E_HANDOVER_MISSING where it names none; else as mote_beefy_set_decode. */
MOTE_MUST_USE mote_status mote_beefy_set_of_header(mote_context *context, mote_beefy_set *out,
                                                   const mote_finalized_header *evidence,
                                                   const mote_header *header);

/* --- commitments ---------------------------------------------------------------------------------------- */
typedef struct mote_beefy_commitment {
    mote_bytes encoded; /* borrowed */
    mote_hash hash;     /* what is signed */
    mote_hash mmr_root;
    uint32_t payload_count; /* entries, "mh" included */
    uint32_t block_number;
    uint64_t set_id;
} mote_beefy_commitment;

/* The whole input is one commitment. E_PAYLOAD_ORDER (not strictly ascending), E_PAYLOAD_ROOT (no "mh", or not of 32
 * bytes). */
MOTE_MUST_USE mote_status mote_beefy_commitment_decode(mote_context *context,
                                                       mote_beefy_commitment *out,
                                                       mote_bytes input);
/* An entry by its id; false where there is none. */
bool mote_beefy_payload_find(mote_bytes *out, const mote_beefy_commitment *commitment,
                             const char id[2]);

/* A VersionedFinalityProof, version 1. Borrows. E_VERSION; E_BITFIELD (size, bits behind the last validator),
 * E_COMMIT_LENGTHS (not as many signatures as bits). */
typedef struct mote_beefy_proof {
    mote_beefy_commitment commitment;
    mote_bytes bitfield; /* most significant bit first */
    uint32_t set_size;
    const uint8_t *signatures; /* 65 bytes each, of the validators whose bits are set, in order */
    uint32_t signature_count;
} mote_beefy_proof;
MOTE_MUST_USE mote_status mote_beefy_proof_decode(mote_context *context, mote_beefy_proof *out,
                                                  mote_bytes input);
bool mote_beefy_proof_signed_by(const mote_beefy_proof *proof, uint32_t validator);

/* --- finality ------------------------------------------------------------------------------------------- */
/* Evidence: a mountain range whose root is final, because a whole set has signed it. Plain data. */
typedef struct mote_beefy_finalized {
    uint64_t seal;
    mote_hash mmr_root;
    uint32_t block_number; /* the block after which the range has that root */
    uint64_t set_id;
    uint32_t assumed;
} mote_beefy_finalized;
#define MOTE_BEEFY_NO_SET                                                                          \
    UINT64_MAX /* set_id where no set's votes were seen: such a range hands nothing over */
MOTE_MUST_USE mote_status mote_beefy_finalized_check(const mote_beefy_finalized *finalized);
/* The root that a header names which is final without BEEFY. E_HEADER_HASH, E_PAYLOAD_ROOT where it names none. */
MOTE_MUST_USE mote_status mote_beefy_root_of_header(mote_context *context,
                                                    mote_beefy_finalized *out,
                                                    const mote_finalized_header *evidence,
                                                    const mote_header *header);
/* A root the caller takes as final on his own account (a sampled one, below): MOTE_ASSUMED_ROOT. */
mote_beefy_finalized mote_beefy_root_assumed(const mote_hash *mmr_root, uint32_t block_number);

typedef struct mote_beefy_report {
    uint32_t validators, threshold;
    uint32_t signatures; /* in the proof */
    uint32_t counted;    /* that hold */
    uint32_t first_bad;  /* validator whose signature does not, or MOTE_NO_INDEX */
} mote_beefy_report;
uint32_t mote_beefy_threshold(uint32_t validators);

/* A whole finality proof under its set: E_OTHER_SET, E_SET_SIZE, E_BELOW_THRESHOLD (`report` says how far it came, and
 * where the first bad signature is). `report` may be NULL. */
MOTE_MUST_USE mote_status mote_beefy_verify(mote_context *context, mote_beefy_finalized *out,
                                            mote_beefy_report *report, const mote_beefy_set *set,
                                            mote_bytes proof);

/* For who follows a chain: the newer of two. E_NOT_ABOVE_TRUSTED unless its block is above the older one's, or its set's id
 * below: valid, and nothing new. */
MOTE_MUST_USE mote_status mote_beefy_advances(mote_context *context,
                                              const mote_beefy_finalized *older,
                                              const mote_beefy_finalized *newer);

/* --- below the root ------------------------------------------------------------------------------------- */
/* Evidence: what a leaf of a final range says. Plain data. */
typedef struct mote_beefy_leaf {
    uint64_t seal;
    uint64_t index;
    uint32_t parent_number;
    mote_hash parent_hash;
    mote_mmr_authority_set next_set;
    bool has_heads_root;
    mote_hash heads_root;
    uint32_t final_number; /* block_number of the range */
    uint64_t set_id;
    uint32_t assumed;
} mote_beefy_leaf;
MOTE_MUST_USE mote_status mote_beefy_leaf_check(const mote_beefy_leaf *leaf);

/* The leaf numbered `index`. `first_block` is the block that added leaf 0 (1 where the pallets were there from genesis).
 * Beyond mote_mmr_verify: the count is the one that block_number asks for (E_LEAF_COUNT), and the leaf is about the block
 * that its index says (E_LEAF_INDEX). E_LEAF_SIZE for 64 bytes. */
MOTE_MUST_USE mote_status mote_beefy_leaf_verify(mote_context *context, mote_beefy_leaf *out,
                                                 const mote_beefy_finalized *finalized,
                                                 uint32_t first_block, mote_bytes leaf,
                                                 uint64_t index, mote_bytes items);
/* The leaves of an answer of mmr_generateProof, all at once; the n-th comes out with mote_beefy_leaf_of. */
MOTE_MUST_USE mote_status mote_beefy_leaves_verify(mote_context *context, mote_beefy_leaf *out,
                                                   size_t capacity, size_t *count,
                                                   const mote_beefy_finalized *finalized,
                                                   uint32_t first_block, mote_bytes leaves,
                                                   mote_bytes proof);
/* The header a leaf is about: final. Its set_id is the BEEFY set's. E_HEADER_HASH, E_HEADER_NUMBER. */
MOTE_MUST_USE mote_status mote_beefy_header(mote_context *context, mote_finalized_header *out,
                                            const mote_beefy_leaf *leaf, const mote_header *header);
/* The head of a parachain in the state of the block that the leaf is about: `head` is the head data, the `index`-th of
 * `count` in the tree, which holds registered parachains with a lease or core for a time, and none that runs on demand.
 * E_HEADS_ROOT where the leaf has none; as mote_merkle_verify; E_HEAD_NOT_HEADER where the data is no header (it is
 * proven all the same). `header` is filled as well. */
MOTE_MUST_USE mote_status mote_beefy_para_head(mote_context *context, mote_para_header *out,
                                               mote_header *header, const mote_beefy_leaf *leaf,
                                               uint32_t para_id, mote_bytes head, uint32_t index,
                                               uint32_t count, mote_bytes items);

/* --- hand-over ------------------------------------------------------------------------------------------ */
/* The next set, by the range's newest leaf: of the block before block_number (E_LEAF_INDEX for an older one), with the id
 * after the current set's (E_HANDOVER_MISSING: nothing to take over) and 1 to MOTE_BEEFY_MAX_VALIDATORS validators
 * (E_AUTHORITIES_INVALID). `keys` must be that many and come to the leaf's root (E_ROOT_MISMATCH), by one of the
 * conventions. */
MOTE_MUST_USE mote_status mote_beefy_hand_over(mote_context *context, mote_beefy_set *out,
                                               const mote_beefy_finalized *finalized,
                                               const mote_beefy_leaf *newest, mote_bytes keys);

/* --- samples -------------------------------------------------------------------------------------------- */
/* One signature of a set that is known by its root only (Snowbridge's BeefyClient). */
typedef struct mote_beefy_sample {
    uint8_t signature[MOTE_BEEFY_SIGNATURE_SIZE]; /* v in 0..3, or 27, 28 as Ethereum has it */
    uint8_t address[MOTE_BEEFY_ADDRESS_SIZE];
    uint32_t index;
    mote_bytes items; /* Merkle proof of the address */
} mote_beefy_sample;

/* What samples show: that so many of a set's validators signed. It is no evidence of finality, and nothing takes it as
 * such. */
typedef struct mote_beefy_sampled {
    mote_hash mmr_root;
    uint32_t block_number;
    uint64_t set_id;
    uint32_t validators, sampled;
} mote_beefy_sampled;

/* There is a sample (E_NO_LEAVES), and every one holds, indices strictly ascending: E_LEAF_INDEX, E_BAD_SIGNATURE (also
 * where another address signed), and as mote_merkle_verify; fault index: which sample. E_OTHER_SET unless the set's id is
 * the commitment's. */
MOTE_MUST_USE mote_status mote_beefy_sample_verify(mote_context *context, mote_beefy_sampled *out,
                                                   const mote_mmr_authority_set *set,
                                                   mote_bytes commitment,
                                                   const mote_beefy_sample *samples, size_t count);

/* --- faults of validators ------------------------------------------------------------------------------- */
/* Votes whose payloads no commitment may have (above) are judged like others. Failing evidence names nobody: *validator is
 * MOTE_NO_INDEX. */
/* SCALE DoubleVotingProof: two votes (commitment, id[33], signature[65]) of one validator for the same block and set with
 * different payloads. E_NOT_EQUIVOCATION, E_UNKNOWN_VOTER, E_BAD_SIGNATURE, E_OTHER_SET. */
MOTE_MUST_USE mote_status mote_beefy_double_vote_verify(mote_context *context, uint32_t *validator,
                                                        const mote_beefy_set *set,
                                                        mote_bytes proof);
/* SCALE vote for a block at or above `final_number`, the chain's height when it was seen (FutureBlockVotingProof).
 * E_NOT_EQUIVOCATION for a lower one. */
MOTE_MUST_USE mote_status mote_beefy_future_vote_verify(mote_context *context, uint32_t *validator,
                                                        const mote_beefy_set *set,
                                                        uint32_t final_number, mote_bytes proof);
/* SCALE vote for another root than the chain had at that block (ForkVotingProof): `ancestry` is the proof that the final
 * range grew out of the one after the vote's block. E_NOT_EQUIVOCATION where the vote names the chain's own root and
 * no other; a vote without a root, or with one that does not decode, is a vote for a fork. E_LEAF_COUNT where `ancestry` is
 * of other blocks. */
MOTE_MUST_USE mote_status mote_beefy_fork_vote_verify(mote_context *context, uint32_t *validator,
                                                      const mote_beefy_set *set,
                                                      const mote_beefy_finalized *finalized,
                                                      uint32_t first_block, mote_bytes vote,
                                                      mote_bytes ancestry);

/* --- two finalities ------------------------------------------------------------------------------------- */
/* A header that GRANDPA finalized and one that BEEFY did, at the same height: E_FINALITY_CONFLICT where they differ. Then
 * one of the two sets has failed: stop, and keep both proofs. E_BAD_ARGUMENT at different heights. */
MOTE_MUST_USE mote_status mote_beefy_agrees(mote_context *context, const mote_finalized_header *a,
                                            const mote_finalized_header *b);

#ifdef __cplusplus
}
#endif
#endif
