/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hand-over of authority sets: warp proofs (verification-rules B.6, B.7; client/consensus/grandpa/src/warp_proof.rs).
 *
 *   WarpSyncProof = Vec<Fragment> ++ is_finished bool          Fragment = Header ++ Justification
 *
 * A streaming decoder that is fed arbitrary chunks. Fragment by fragment: the header's hash and number are the
 * justification's target, under the current set; heights increase strictly and start above the trusted one; every
 * header but the last of a finished proof carries the scheduled change that its finality hands over to. Signatures
 * of several fragments are verified as one batch; what is reported is verified, and stays so when a later fragment
 * is bad.
 *
 * is_finished permits the last header to carry no change. It says nothing about being current: nobody signs it.
 * An empty finished proof means "nothing newer here". A forced change, or a change with a delay, stops the proof
 * (E_FORCED_CHANGE, E_DELAYED_CHANGE). At a hard fork that the chain lists, by hash and number, the listed set
 * replaces the current one without a justification, as full nodes do.
 *
 * Memory: that of the context: two sets of MOTE_MAX_AUTHORITIES (or `max_authorities`), one fragment (grown only by
 * bytes received), one batch. With threads, units besides (mote_warp_threads_memory).
 * Independent of the number of fragments.
 */
#ifndef MOTE_WARP_H
#define MOTE_WARP_H

#include "mote/chain.h"
#include "mote/grandpa.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_warp mote_warp;

/* One verified fragment. */
typedef struct mote_warp_link {
    uint32_t index;                   /* of the fragment */
    mote_finalized_header header;     /* final */
    mote_justification_report report; /* zeroed at a hard fork */
    bool hands_over;
    bool hard_fork;
    uint64_t next_set_id;      /* after it */
    uint32_t next_authorities; /* entries of the set after it */
} mote_warp_link;

/* Where it starts: the last known final block (number 0 and its hash for a start at genesis) and the set that
 * finalizes what comes after it. A fragment at the number right behind it names it as its parent (E_HEADER_LINK); a hash
 * of zeros says that it is not known. `set` is copied. `chain` may be NULL: no hard forks. The decoder and all it needs
 * lives in the context's memory until the caller releases the mark he took before; at most `max_fragment_size`
 * bytes of one fragment are held (0: 512 for each of max_authorities and 64 KiB). */
typedef struct mote_warp_start {
    mote_hash hash;
    uint32_t number;
    const mote_authority_set *set;
    const mote_chain *chain;
    uint32_t max_authorities; /* 0: MOTE_MAX_AUTHORITIES */
    size_t max_fragment_size; /* 0: the default */
    uint32_t
        threads; /* how many others judge signatures (below); 0: nobody does, feed and finish do */
} mote_warp_start;
MOTE_MUST_USE mote_status mote_warp_new(mote_context *context, mote_warp **out,
                                        const mote_warp_start *start);
size_t mote_warp_memory(uint32_t max_authorities, size_t max_fragment_size);
/* For batches of eight fragments of a set of so many voters, and with so many threads: one batch without any, two units
 * of that size for each thread, sixteen at most. */
size_t mote_warp_threads_memory(uint32_t max_authorities, size_t max_fragment_size, uint32_t voters,
                                uint32_t threads);

/* Takes the whole chunk or fails; the first failure latches, what is verified stays. Verified links queue up and are
 * fetched with mote_warp_next; feed stops early, with *consumed < chunk.size, when links have to be fetched first
 * (feed the rest afterwards). Fault: offset in the stream, index = fragment. */
MOTE_MUST_USE mote_status mote_warp_feed(mote_context *context, mote_warp *warp, size_t *consumed,
                                         mote_bytes chunk);
/* The stream has ended. MOTE_OK where the proof is whole; E_STREAM_UNFINISHED where it stopped inside; the latched
 * failure otherwise. Verifies what is still waiting in the batch, so fetch links after it as well. */
MOTE_MUST_USE mote_status mote_warp_finish(mote_context *context, mote_warp *warp);
/* Signatures on other threads (mote/work.h). With `threads`, feed gathers the signatures of up to eight fragments into a
 * unit and goes on; units are taken from here, and verdicts joined, between calls. Then
 *   - feed also stops early where nothing more can be taken before a verdict is joined: with *consumed < chunk.size and
 *     no link to fetch, join one, or mote_work_judge_oldest, and feed the rest;
 *   - a failure is told once everything before it has its verdict: the same one as without threads, with the same links
 *     before it;
 *   - finish judges here whatever has no verdict yet. Join before, while mote_work_waiting, and it has nothing to do. */
mote_work *mote_warp_work(mote_warp *warp);

/* Next verified link; false where there is none now. */
bool mote_warp_next(mote_warp *warp, mote_warp_link *out);

/* What is verified so far. Valid at any time, also after a failure. */
uint32_t mote_warp_fragments(const mote_warp *warp);            /* verified */
const mote_authority_set *mote_warp_set(const mote_warp *warp); /* that finalizes what comes next */
/* The last verified header; false where no fragment is verified yet. */
bool mote_warp_head(const mote_warp *warp, mote_finalized_header *out);
/* The proof's own claim, once all of it is verified; false before mote_warp_finish and after a failure. */
bool mote_warp_is_finished(const mote_warp *warp);

#ifdef __cplusplus
}
#endif
#endif
