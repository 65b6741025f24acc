/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder's state, and judging one fragment. Private to the module warp. */
#ifndef MOTE_WARP_STATE_H
#define MOTE_WARP_STATE_H

#include "fragment_scan.h"
#include "mote/warp.h"

#define MOTE_WARP_LINKS 16u
/* Sets kept at a time, counted in full ones: the verified one, and those of fragments that wait. */
#define MOTE_WARP_POOLED_SETS 4u

/* Counts are read into the buffer too. */
#define MOTE_WARP_SMALLEST_BUFFER 256u

typedef enum mote_warp_stage {
    MOTE_WARP_COUNT = 0,
    MOTE_WARP_EMPTY, /* no fragments: is_finished is next */
    MOTE_WARP_FRAGMENTS,
    MOTE_WARP_END
} mote_warp_stage;

typedef struct mote_pending_link {
    mote_warp_link link;      /* its header is sealed when its signatures are verified */
    mote_authority_set set;   /* after it */
    size_t first_signature;   /* in the batch */
    size_t precommits_offset; /* of the stream */
} mote_pending_link;

struct mote_warp {
    mote_warp_stage stage;
    mote_status status; /* latched */
    mote_fault fault;
    const mote_chain *chain;
    uint32_t max_authorities;

    size_t offset;          /* of the stream: bytes taken */
    size_t fragment_offset; /* of the stream: where the buffer starts */
    uint8_t *buffer;
    size_t buffered, capacity;
    mote_fragment_scan scan;
    uint32_t fragments_claimed, fragments_read, fragments_verified;
    bool is_finished;

    /* Verified links from `first` on, then the waiting ones. */
    mote_pending_link link[MOTE_WARP_LINKS];
    uint32_t first, verified, pending;

    mote_ed25519_batch *batch;
    size_t batch_capacity;

    /* Voters of the verified set, then of the sets of waiting fragments, in order. */
    mote_voter *pool;
    size_t pool_used, pool_size;
    mote_authority_set verified_set;
    mote_authority_set newest_set;
    uint32_t last_number; /* of the newest fragment, or where it starts */
    mote_hash start_hash; /* zeros: not known, or left behind */
    mote_finalized_header head;
};

/* Judges everything of a fragment but its signatures and queues it. E_LIMIT_MEMORY where batch or pool are full. */
mote_status mote_warp_judge_fragment(mote_context *context, mote_warp *warp, mote_bytes fragment);
/* Verifies the signatures of all that waits; *failing: the fragment that fails. */
mote_status mote_warp_verify_pending(mote_context *context, mote_warp *warp, uint32_t *failing);

#endif
