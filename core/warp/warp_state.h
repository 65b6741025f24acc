/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder's state, and judging one fragment. Private to the module warp. */
#ifndef MOTE_WARP_STATE_H
#define MOTE_WARP_STATE_H

#include "fragment_scan.h"
#include "mote/warp.h"

/* Links that wait to be fetched, and fragments that wait for their signatures. */
#define MOTE_WARP_LINKS 16u
/* Fragments a unit, where several threads judge; and units, two for each of them. */
#define MOTE_WARP_FRAGMENTS_A_UNIT 8u
#define MOTE_WARP_MAX_UNITS 16u

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
    uint64_t unit;            /* that its signatures are in */
    size_t first_signature;   /* in that unit */
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
    mote_pending_link *link;
    uint32_t links, first, verified, pending;

    mote_work *work;
    uint32_t threads;        /* 0: everything is judged here, when it has to be */
    uint32_t unit_fragments; /* 0: as many as there is room for */
    uint32_t open_fragments; /* in the open unit */
    size_t unit_capacity;
    bool is_blocked;         /* the fragment in the buffer waits for room */
    uint32_t blocked_behind; /* so many fragments that waited then */
    mote_fault ending; /* what is wrong behind the fragments that wait; status MOTE_OK: nothing */

    /* Voters of the verified set, then of the sets of waiting fragments, in order. */
    mote_voter *pool;
    size_t pool_used, pool_size;
    mote_authority_set verified_set;
    mote_authority_set newest_set;
    uint32_t last_number; /* of the newest fragment, or where it starts */
    mote_hash start_hash; /* zeros: not known, or left behind */
    mote_finalized_header head;
};

static inline mote_pending_link *mote_warp_waiting(const mote_warp *warp, uint32_t place) {
    return &warp->link[(warp->first + warp->verified + place) % warp->links];
}

/* The open unit is whole, if there is anything in it. */
static inline void mote_warp_close_unit(mote_warp *warp) {
    if (warp->open_fragments > 0) mote_work_close(warp->work);
}

/* Judges everything of a fragment but its signatures and queues it. E_LIMIT_MEMORY where unit or pool are full. */
mote_status mote_warp_judge_fragment(mote_context *context, mote_warp *warp, mote_bytes fragment);
/* Takes over the verdicts there are, in order. The first bad one drops all behind it; the fault names the place. */
mote_status mote_warp_settle(mote_context *context, mote_warp *warp);
/* Judges here whatever waits, and takes it over. */
mote_status mote_warp_flush(mote_context *context, mote_warp *warp);

#endif
