/* SPDX-License-Identifier: Apache-2.0 */
/* From the checkpoint's set to the last set, and a block that it finalized. */
#include "walk.h"

#include <string.h>

/* --- warp ---------------------------------------------------------------------------------------------- */

static mote_status open_warp(mote_context *context, mote_bundle_walk *walk) {
    const mote_bytes proof = walk->bundle.section[MOTE_SECTION_WARP];
    mote_warp_start start;
    memset(&start, 0, sizeof start);
    start.hash = walk->hash;
    start.number = walk->number;
    start.set = &walk->set;
    start.chain = walk->checkpoint->chain;
    /* No fragment is larger than the proof; the decoder wants a little room even for an empty one. */
    bool is_large = proof.size > MOTE_MAX_JUSTIFICATION_SIZE;
    start.max_fragment_size = is_large ? MOTE_MAX_JUSTIFICATION_SIZE : proof.size + 65536;
    start.threads = walk->threads;
    walk->fragments = mote_cursor_over(proof);
    (void)mote_read_compact_u32(&walk->fragments);
    walk->opened = true;
    mote_status status = mote_warp_new(context, &walk->warp, &start);
    if (status == MOTE_OK && walk->threads != 0) walk->work = mote_warp_work(walk->warp);
    return status;
}

/* The decoder counts in the stream; the bundle in its own bytes. */
static mote_fault fault_in_bundle(const mote_bundle_walk *walk, mote_fault fault) {
    const mote_bytes proof = walk->bundle.section[MOTE_SECTION_WARP];
    if (fault.at == NULL && fault.offset <= proof.size) fault.at = proof.data + fault.offset;
    return fault;
}

/* Small enough that threads get their units while the rest is still being read. */
#define SLICE ((size_t)128 << 10)

/* Everything is fed: its last units have to come back first, where others judge them. */
static mote_status end_feeding(mote_context *context, mote_bundle_walk *walk) {
    if (walk->work != NULL && mote_work_waiting(walk->work) > 0) {
        walk->is_waiting = walk->is_stuck = true;
        return MOTE_OK;
    }
    walk->warp_fed = true;
    return mote_warp_finish(context, walk->warp);
}

/* Feeds until links wait to be fetched, or a verdict is waited for, or the end. */
static void feed_warp(mote_context *context, mote_bundle_walk *walk) {
    mote_cursor *cursor = mote_bundle_cursor(walk, MOTE_SECTION_WARP);
    const size_t left = mote_cursor_left(cursor);
    const size_t size = walk->work != NULL && left > SLICE ? SLICE : left;
    size_t consumed = 0;
    mote_status status =
        mote_warp_feed(context, walk->warp, &consumed, (mote_bytes){cursor->at, size});
    (void)mote_read_span(cursor, consumed);
    if (status == MOTE_OK && mote_cursor_left(cursor) == 0) {
        status = end_feeding(context, walk);
    } else if (walk->work != NULL) {
        walk->is_waiting = true;
        walk->is_stuck = consumed == 0;
    }
    if (status == MOTE_OK) return;
    walk->is_waiting = walk->is_stuck = false;
    walk->warp_failure = status;
    walk->warp_fault = fault_in_bundle(walk, context->fault);
    walk->warp_fed = true;
}

/* The bytes of the next fragment; the byte is_finished goes with the last one. */
static void warp_piece(mote_bundle_walk *walk, mote_link *link) {
    mote_header header;
    mote_read_header(&walk->fragments, &header);
    (void)mote_read_justification(&walk->fragments);
    bool is_read = walk->fragments.status == MOTE_OK;
    bool is_last = mote_cursor_left(&walk->fragments) <= 1;
    mote_bundle_piece(walk, link,
                      is_read && !is_last ? walk->fragments.at
                                          : mote_bundle_section_end(walk, MOTE_SECTION_WARP));
}

static void fill_from_warp(mote_bundle_walk *walk, mote_link *link, const mote_warp_link *from) {
    link->kind = from->hands_over ? MOTE_LINK_HANDOVER : MOTE_LINK_FINALITY;
    link->hash = from->header.hash;
    link->number = from->header.number;
    link->state_root = from->header.state_root;
    link->set_id = from->header.set_id;
    link->report = from->report;
    link->hard_fork = from->hard_fork;
    link->next_set_id = from->next_set_id;
    link->next_authorities = from->next_authorities;
    mote_bundle_reach(walk, &from->header);
    warp_piece(walk, link);
}

/* "Nothing newer" makes no link: its two bytes go with what comes next. */
static void end_warp(mote_bundle_walk *walk) {
    uint32_t assumed = walk->set.assumed;
    walk->set = *mote_warp_set(walk->warp);
    walk->set.assumed |= assumed;
}

mote_status mote_bundle_step_warp(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                  bool *made) {
    if (walk->warp == NULL) {
        mote_status status = open_warp(context, walk);
        if (status != MOTE_OK) return status;
        walk->cursor = mote_cursor_over(walk->bundle.section[MOTE_SECTION_WARP]);
    }
    mote_warp_link verified;
    bool has_link = mote_warp_next(walk->warp, &verified);
    while (!has_link && !walk->warp_fed && !walk->is_waiting) {
        feed_warp(context, walk);
        has_link = mote_warp_next(walk->warp, &verified);
    }
    if (has_link) {
        walk->is_waiting = walk->is_stuck = false;
        fill_from_warp(walk, link, &verified);
        *made = true;
        return MOTE_OK;
    }
    if (walk->is_waiting) return MOTE_OK;
    if (walk->warp_failure == MOTE_OK) {
        end_warp(walk);
        return MOTE_OK;
    }
    warp_piece(walk, link);
    context->fault = walk->warp_fault;
    return walk->warp_failure;
}

/* --- justification ------------------------------------------------------------------------------------- */

/* Finality never goes back: the block is the one reached so far, or above it. */
static mote_status check_height(mote_context *context, const mote_bundle_walk *walk,
                                const mote_finalized_block *block) {
    const uint8_t *at = walk->bundle.section[MOTE_SECTION_JUSTIFICATION].data;
    bool is_same = mote_hash_equal(&block->hash, &walk->hash);
    if (is_same || block->number > walk->number) return MOTE_OK;
    return mote_fail(context, MOTE_E_NOT_ABOVE_TRUSTED, at, MOTE_NO_INDEX);
}

static mote_status read_justified_header(mote_context *context, mote_bundle_walk *walk,
                                         mote_header *header, mote_link *link) {
    const mote_bytes headers = walk->bundle.section[MOTE_SECTION_HEADERS];
    if (headers.size == 0) {
        mote_bundle_piece(walk, link, mote_bundle_section_end(walk, MOTE_SECTION_JUSTIFICATION));
        return MOTE_OK;
    }
    return mote_bundle_next_header(context, walk, header, link, MOTE_SECTION_HEADERS);
}

static mote_status reach_block(mote_context *context, mote_bundle_walk *walk,
                               const mote_finalized_block *block, const mote_header *header) {
    if (header == NULL) {
        walk->hash = block->hash;
        walk->number = block->number;
        walk->has_header = false;
        return MOTE_OK;
    }
    mote_finalized_header final;
    mote_status status = mote_finalized_header_of(context, &final, block, header);
    if (status == MOTE_OK) mote_bundle_reach(walk, &final);
    return status;
}

/* `*waits`: its signatures are with others. */
static mote_status verify(mote_context *context, mote_bundle_walk *walk, mote_finalized_block *out,
                          mote_justification_report *report, const mote_header *header,
                          bool *waits) {
    const mote_bytes justification = walk->bundle.section[MOTE_SECTION_JUSTIFICATION];
    *waits = false;
    if (walk->threads == 0) {
        return mote_justification_verify(context, out, report, &walk->set, justification, header);
    }
    if (walk->split == NULL) {
        mote_status status =
            mote_justification_split(context, &walk->split, &walk->split_report, &walk->set,
                                     justification, header, walk->threads);
        *report = walk->split_report;
        if (status != MOTE_OK) return status;
        walk->work = mote_justification_work(walk->split);
    }
    *waits = mote_work_waiting(walk->work) > 0;
    if (*waits) return MOTE_OK;
    mote_status status = mote_justification_join(context, out, walk->split);
    *report = walk->split_report;
    return status;
}

mote_status mote_bundle_step_finality(mote_context *context, mote_bundle_walk *walk,
                                      mote_link *link, bool *made) {
    bool has_headers = walk->bundle.section[MOTE_SECTION_HEADERS].size != 0;
    const mote_header *header = has_headers ? &walk->justified : NULL;
    mote_finalized_block block;
    bool waits;
    mote_status status = MOTE_OK;
    if (walk->opened && walk->split == NULL) return MOTE_OK;
    if (walk->opened) {
        *link = walk->begun;
    } else {
        status = read_justified_header(context, walk, &walk->justified, link);
    }
    walk->opened = true;
    if (status != MOTE_OK) return status;
    status = verify(context, walk, &block, &link->report, header, &waits);
    if (waits) {
        walk->begun = *link;
        walk->is_waiting = walk->is_stuck = true;
        return MOTE_OK;
    }
    walk->split = NULL;
    if (status == MOTE_OK) status = check_height(context, walk, &block);
    if (status == MOTE_OK) status = reach_block(context, walk, &block, header);
    if (status != MOTE_OK) return status;
    link->hash = block.hash;
    link->number = block.number;
    link->set_id = block.set_id;
    *made = true;
    return MOTE_OK;
}
