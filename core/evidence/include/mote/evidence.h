/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence: values that only a verifier fills and the next verifier takes. Holding a mote_finalized_header means
 * that its finality was verified; functions that read state take a mote_state_root, never a bare hash.
 *
 * Fields may be read by anybody. Writing them by hand breaks the library's promise: the `seal` of a zeroed or
 * hand-made struct is wrong, and verifiers refuse it with MOTE_E_NO_EVIDENCE. (C cannot stop a forger with a cast;
 * this stops mistakes.) Evidence is plain data without pointers: copy it freely.
 *
 * Where a caller brings a root, header or authority set of his own, the result is *assumed*: `assumed` says of
 * what, every later piece of evidence inherits it, and every output shows it.
 */
#ifndef MOTE_EVIDENCE_H
#define MOTE_EVIDENCE_H

#include "mote/bytes.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mote_assumption {
    MOTE_ASSUMED_NOTHING = 0,
    MOTE_ASSUMED_ROOT = 1 << 0,        /* a state root brought by the caller */
    MOTE_ASSUMED_HEADER = 1 << 1,      /* a header brought by the caller as final */
    MOTE_ASSUMED_AUTHORITIES = 1 << 2, /* an authority set and set id brought by the caller */
    MOTE_ASSUMED_CHECKPOINT_AGE = 1
                                  << 3 /* a checkpoint whose age was not, or could not be, judged */
} mote_assumption;
/* "root", "header", "authorities", "checkpoint-age" for a single flag. */
const char *mote_assumption_name(mote_assumption assumption);

/* A block that is final: by a justification, or as the start of trust. Its header need not be known. */
typedef struct mote_finalized_block {
    uint64_t seal;
    mote_hash hash;
    uint32_t number;
    uint64_t set_id;  /* of the authority set that finalized it (or its descendant) */
    uint32_t assumed; /* bits of mote_assumption */
} mote_finalized_block;

/* The header of such a block. */
typedef struct mote_finalized_header {
    uint64_t seal;
    mote_hash hash;
    uint32_t number;
    mote_hash parent_hash;
    mote_hash state_root;
    mote_hash extrinsics_root;
    uint64_t set_id;
    uint32_t assumed;
} mote_finalized_header;

/* A parachain's block that is final because the relay chain's state at a final block names it as the head, or
 * because it is an ancestor of such a head. */
typedef struct mote_para_header {
    uint64_t seal;
    uint32_t para_id;
    mote_hash hash;
    uint32_t number;
    mote_hash parent_hash;
    mote_hash state_root;
    mote_hash extrinsics_root;
    mote_hash relay_hash; /* the relay block under whose state the head was proven */
    uint32_t relay_number;
    uint32_t assumed;
} mote_para_header;

/* The root of a state trie together with the block it belongs to. What storage proofs are verified against. */
typedef enum mote_state_origin {
    MOTE_STATE_OF_NOTHING = 0,
    MOTE_STATE_OF_RELAY = 1,
    MOTE_STATE_OF_PARACHAIN = 2,
    MOTE_STATE_ASSUMED = 3
} mote_state_origin;

typedef struct mote_state_root {
    uint64_t seal;
    mote_hash root;
    mote_state_origin origin;
    mote_hash block_hash; /* zero where the root is assumed */
    uint32_t block_number;
    uint32_t para_id; /* with MOTE_STATE_OF_PARACHAIN */
    uint32_t assumed;
} mote_state_root;

/* MOTE_OK, or E_NO_EVIDENCE where the struct was not filled by a verifier. */
MOTE_MUST_USE mote_status mote_finalized_block_check(const mote_finalized_block *block);
MOTE_MUST_USE mote_status mote_finalized_header_check(const mote_finalized_header *header);
MOTE_MUST_USE mote_status mote_para_header_check(const mote_para_header *header);
MOTE_MUST_USE mote_status mote_state_root_check(const mote_state_root *root);

/* The block whose header it is. Zeroed (and refused later) where the evidence is none. */
mote_finalized_block mote_finalized_block_of_header(const mote_finalized_header *header);
/* The state root a piece of evidence carries. Zeroed (and refused later) where the evidence is none. */
mote_state_root mote_state_of_relay(const mote_finalized_header *header);
mote_state_root mote_state_of_parachain(const mote_para_header *header);
/* A root the caller vouches for. */
mote_state_root mote_state_assumed(const mote_hash *root);

#ifdef __cplusplus
}
#endif
#endif
