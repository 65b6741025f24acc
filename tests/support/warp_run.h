/* SPDX-License-Identifier: Apache-2.0 */
/* A warp proof followed in chunks, as one record that can be compared. */
#ifndef MOTE_TEST_WARP_RUN_H
#define MOTE_TEST_WARP_RUN_H

#include "mote/warp.h"

typedef struct warp_run {
    mote_status status;
    size_t offset;  /* of the fault */
    uint32_t index; /* likewise */
    uint32_t links;
    mote_hash log; /* over every link in order: header hash, number, sets, votes */
    uint64_t set_id;
    mote_hash set; /* digest of the set after it */
    uint32_t head;
    bool finished;
    uint32_t judged; /* units, elsewhere; not compared */
} warp_run;

/* Feeds the first `first` bytes at once, then `step` at a time. */
warp_run warp_run_of(mote_context *context, const mote_authority_set *set, uint32_t number,
                     mote_bytes proof, size_t first, size_t step);
/* The same, the signatures judged as units by so many threads, in an order drawn by lot. */
warp_run warp_run_with_threads(mote_context *context, const mote_authority_set *set,
                               uint32_t number, mote_bytes proof, size_t step, uint32_t threads,
                               uint32_t lot);
bool warp_run_equal(const warp_run *a, const warp_run *b);

#endif
