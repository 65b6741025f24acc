/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merkle mountain ranges as BEEFY signs their roots (pallet-mmr; verification-rules F.2, F.3).
 *
 * Leaves are numbered from 0. The leaf that block N adds is about its parent N - 1; the range after block N has
 * N - first + 1 leaves, where block `first` added leaf 0. Perfect trees of falling size ("mountains") stand side by side,
 * one for each bit of the count of leaves. Parents are Keccak-256(left ++ right); the root bags the mountains' peaks from
 * the right: acc = last peak, then acc = Keccak-256(acc ++ peak) for each peak to the left of it.
 *
 * Checked: the exact geometry, before anything is hashed. Indices strictly ascending and below the count, as many items
 * as these ask for, all of them used. The library that nodes use sorts, drops what is there twice, and takes proofs of no
 * leaf: refused here. Leaves are hashed as received.
 * Not checked: whose root it is; mote/beefy.h says whether a root is final. And the count of leaves, further than its
 * geometry: mountains behind the last leaf shown are one item, however many they are, so that a proof may hold under
 * several counts. Who knows the root's block compares the count with that.
 */
#ifndef MOTE_MMR_H
#define MOTE_MMR_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/scale.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_MMR_MAX_LEAVES (UINT64_C(1) << 40)

/* --- leaves --------------------------------------------------------------------------------------------- */
typedef struct mote_mmr_authority_set {
    uint64_t id;
    uint32_t count;
    mote_hash root; /* of the binary Merkle tree over its addresses */
} mote_mmr_authority_set;

/* What a leaf says. Borrows `extra` and `encoded`. */
typedef struct mote_mmr_leaf {
    mote_bytes encoded;
    uint8_t major, minor; /* version: 3 and 5 bits */
    uint32_t parent_number;
    mote_hash parent_hash;
    mote_mmr_authority_set next_set; /* what it is worth: see mote/beefy.h */
    mote_bytes extra;    /* the rest, as received: 32 bytes are the root over parachain heads */
    bool has_heads_root; /* `extra` begins with 32 bytes */
    mote_hash heads_root;
} mote_mmr_leaf;
/* E_VERSION for another major version than 0. A higher minor version may carry more in `extra`. 64 bytes in all, which two
 * hashes would be as well: E_LEAF_SIZE (no leaf is that short; E_TRUNCATED below 81 bytes comes first). */
MOTE_MUST_USE mote_status mote_mmr_leaf_decode(mote_context *context, mote_mmr_leaf *out,
                                               mote_bytes input);
mote_hash mote_mmr_leaf_hash(const mote_mmr_leaf *leaf);

/* --- proofs --------------------------------------------------------------------------------------------- */
/* One leaf that is shown. */
typedef struct mote_mmr_entry {
    uint64_t index;
    mote_hash hash;
} mote_mmr_entry;

/* How many items the proof of these leaves has. E_NO_LEAVES, E_LEAF_COUNT (0, or above the maximum), E_LEAF_INDEX (fault
 * index: which entry). Memory of the context while it runs: 40 bytes an entry. */
MOTE_MUST_USE mote_status mote_mmr_proof_size(mote_context *context, uint64_t *out,
                                              const mote_mmr_entry *entries, size_t count,
                                              uint64_t leaf_count);
/* That these are leaves of the range of `leaf_count` leaves with that root. `items`: hashes of 32 bytes one behind the
 * other. The same statuses, E_PROOF_LENGTH, E_ROOT_MISMATCH, E_LIMIT_MEMORY. */
MOTE_MUST_USE mote_status mote_mmr_verify(mote_context *context, const mote_hash *root,
                                          const mote_mmr_entry *entries, size_t count,
                                          uint64_t leaf_count, mote_bytes items);
/* Bytes of context memory for a proof of that many leaves. */
size_t mote_mmr_proof_memory(size_t entries);

/* The answer of mmr_generateProof: `proof` is SCALE (leaf_indices Vec<u64>, leaf_count u64, items Vec<[u8; 32]>), `leaves`
 * SCALE Vec<Vec<u8>>. As many leaves as indices (E_LEAF_COUNT), and as mote_mmr_verify. What the leaves are is read with
 * the iterator below. `leaf_count` comes out: a caller who knows what it must be compares it. */
MOTE_MUST_USE mote_status mote_mmr_verify_leaves(mote_context *context, uint64_t *leaf_count,
                                                 const mote_hash *root, mote_bytes leaves,
                                                 mote_bytes proof);
/* The leaves of an answer that was verified, with their indices, in order; false behind the last. */
typedef struct mote_mmr_leaves {
    mote_cursor leaves, indices;
    uint32_t left;
} mote_mmr_leaves;
mote_mmr_leaves mote_mmr_leaves_of(mote_bytes leaves, mote_bytes proof);
bool mote_mmr_leaves_next(mote_mmr_leaves *iterator, mote_bytes *leaf, uint64_t *index);
/* The n-th of them alone: a walk to it from the first. */
bool mote_mmr_leaf_at(mote_bytes *leaf, uint64_t *index, mote_bytes leaves, mote_bytes proof,
                      uint32_t n);

/* --- ancestry ------------------------------------------------------------------------------------------- */
/* That the range with `root` grew out of an older one: SCALE (prev_peaks Vec<[u8; 32]>, prev_leaf_count u64, leaf_count u64,
 * items Vec<(position u64, [u8; 32])>), as mmr_generateAncestryProof's answer. Out comes the older range's root and counts.
 * Items stand in ascending positions, each at the position that the counts ask for (E_PROOF_POSITION); E_LEAF_COUNT where
 * the older range is empty or larger; E_PROOF_LENGTH; E_ROOT_MISMATCH. */
typedef struct mote_mmr_ancestor {
    mote_hash root;
    uint64_t leaf_count; /* of the older */
    uint64_t of;         /* of the newer */
} mote_mmr_ancestor;
MOTE_MUST_USE mote_status mote_mmr_verify_ancestry(mote_context *context, mote_mmr_ancestor *out,
                                                   const mote_hash *root, mote_bytes proof);

/* --- making them ---------------------------------------------------------------------------------------- */
/* How many nodes a range of that many leaves has, and where a node of it is: the one at `height` over leaves
 * [index << height, (index + 1) << height). */
uint64_t mote_mmr_size(uint64_t leaf_count);
uint64_t mote_mmr_position(uint64_t index, uint32_t height);

/* All nodes of a range in memory of the caller's, by position: mote_mmr_size(leaf_count) of them. Adds the leaf numbered
 * `leaf_count` (and the parents that it completes); `nodes` has room for the range with it. */
void mote_mmr_push(mote_hash *nodes, uint64_t leaf_count, const mote_hash *leaf);
mote_hash mote_mmr_root(const mote_hash *nodes, uint64_t leaf_count); /* zero for no leaves */
/* The proof of leaves: `items` has room for mote_mmr_proof_size of them. Statuses as that. */
MOTE_MUST_USE mote_status mote_mmr_prove(mote_context *context, mote_hash *items,
                                         const mote_hash *nodes, uint64_t leaf_count,
                                         const mote_mmr_entry *entries, size_t count);
/* The ancestry proof of the range of `older` leaves, SCALE as above. E_LEAF_COUNT unless 0 < older <= leaf_count. */
MOTE_MUST_USE mote_status mote_mmr_prove_ancestry(mote_context *context, mote_writer *out,
                                                  const mote_hash *nodes, uint64_t leaf_count,
                                                  uint64_t older);

#ifdef __cplusplus
}
#endif
#endif
