/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stream: count, fragments, is_finished. Bytes are gathered until a fragment is whole, then judged; what waits for
 * its signatures to be verified sits in a ring behind what is verified and waits to be fetched.
 */
#include "mote/warp.h"

#include <string.h>

#include "mote/limits.h"
#include "warp_state.h"

/* --- memory ------------------------------------------------------------------------------------------------- */

/* Per authority at most two precommits and three entries in the header's logs (GRANDPA, BABE, BEEFY), and a little
 * for everything else. */
static size_t default_fragment_size(size_t max_authorities) {
    return max_authorities * 512 + 65536;
}

/* Signatures to gather: those of eight full sets where the memory allows, of one at least. Verifying needs as much
 * again as the batch itself; a third stays free for judging a fragment. */
static size_t batch_capacity(const mote_context *context, size_t max_authorities) {
    size_t left = (context->size - context->used) / 3 * 2;
    size_t capacity = 8 * max_authorities;
    if (capacity > MOTE_ED25519_MAX_BATCH) capacity = MOTE_ED25519_MAX_BATCH;
    while (capacity > max_authorities && mote_ed25519_batch_memory(capacity) > left)
        capacity -= capacity / 8 + 1;
    return capacity < max_authorities ? max_authorities : capacity;
}

/* Two sets' signatures at a time; judging a fragment takes votes and ancestry besides. */
size_t mote_warp_memory(uint32_t max_authorities, size_t max_fragment_size) {
    size_t authorities = max_authorities == 0 ? MOTE_MAX_AUTHORITIES : max_authorities;
    size_t fragment =
        max_fragment_size == 0 ? default_fragment_size(authorities) : max_fragment_size;
    size_t left = (mote_ed25519_batch_memory(2 * authorities) + 4096) / 2 * 3;
    size_t judging = fragment * 2 + authorities * 64;
    if (left / 3 < judging) left += judging;
    return sizeof(mote_warp) + fragment + 1 +
           MOTE_WARP_POOLED_SETS * authorities * sizeof(mote_voter) + left;
}

static mote_status take_memory(mote_context *context, mote_warp *warp,
                               const mote_warp_start *start) {
    warp->max_authorities =
        start->max_authorities == 0 ? MOTE_MAX_AUTHORITIES : start->max_authorities;
    if (warp->max_authorities < start->set->voters) warp->max_authorities = start->set->voters;
    warp->pool_size = MOTE_WARP_POOLED_SETS * (size_t)warp->max_authorities;
    warp->pool = mote_context_take(context, warp->pool_size, sizeof *warp->pool);
    warp->capacity = start->max_fragment_size == 0 ? default_fragment_size(warp->max_authorities)
                                                   : start->max_fragment_size;
    if (warp->capacity > MOTE_MAX_WARP_PROOF_SIZE) warp->capacity = MOTE_MAX_WARP_PROOF_SIZE;
    /* is_finished waits behind the last fragment. */
    warp->buffer = mote_context_take(context, warp->capacity + 1, 1);
    if (warp->pool == NULL || warp->buffer == NULL || warp->capacity < MOTE_WARP_SMALLEST_BUFFER) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    warp->batch_capacity = batch_capacity(context, warp->max_authorities);
    warp->batch = mote_ed25519_batch_new(context, warp->batch_capacity);
    return warp->batch == NULL ? context->fault.status : MOTE_OK;
}

mote_status mote_warp_new(mote_context *context, mote_warp **out, const mote_warp_start *start) {
    *out = NULL;
    if (start->set == NULL || start->set->voters == 0) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_warp *warp = mote_context_take(context, 1, sizeof *warp);
    if (warp == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_status status = take_memory(context, warp, start);
    if (status != MOTE_OK) return status;
    warp->chain = start->chain;
    warp->last_number = start->number;
    warp->start_hash = start->hash;
    warp->verified_set = *start->set;
    warp->verified_set.voter = warp->pool;
    memcpy(warp->pool, start->set->voter, start->set->voters * sizeof *warp->pool);
    warp->pool_used = start->set->voters;
    warp->newest_set = warp->verified_set;
    mote_fragment_scan_begin(&warp->scan);
    *out = warp;
    return MOTE_OK;
}

/* --- failing ------------------------------------------------------------------------------------------------ */

/* The first failure stays. `at` is a byte of the buffer; anything else means "here". */
static mote_status latch(mote_context *context, mote_warp *warp, mote_status status,
                         const uint8_t *at, uint32_t index) {
    const mote_fault in_buffer = {status, at, MOTE_NO_OFFSET, index};
    size_t offset = mote_fault_offset(&in_buffer, (mote_bytes){warp->buffer, warp->buffered});
    offset = offset == MOTE_NO_OFFSET ? warp->offset : warp->fragment_offset + offset;
    warp->status = status;
    warp->fault = (mote_fault){status, NULL, offset, index};
    context->fault = warp->fault;
    return status;
}

/* --- fragments ---------------------------------------------------------------------------------------------- */

/* Verifies what waits. Where it fails, what comes before the failing fragment is verified all the same. */
static mote_status flush(mote_context *context, mote_warp *warp) {
    uint32_t failing;
    mote_status status = mote_warp_verify_pending(context, warp, &failing);
    if (status == MOTE_OK) return MOTE_OK;
    warp->status = status;
    warp->fault = context->fault;
    return status;
}

/* This fragment is bad. An earlier one may be as well, which is then the first failure. */
static mote_status stop(mote_context *context, mote_warp *warp, mote_status status,
                        const uint8_t *at) {
    mote_status earlier = flush(context, warp);
    return earlier != MOTE_OK ? earlier : latch(context, warp, status, at, warp->fragments_read);
}

static bool last_fragment(const mote_warp *warp) {
    return warp->fragments_read + 1 == warp->fragments_claimed;
}

/* The whole fragment is in the buffer, and behind the last one the is_finished byte. */
static mote_status take_fragment(mote_context *context, mote_warp *warp) {
    size_t size = warp->scan.done;
    if (last_fragment(warp)) {
        uint8_t finished = warp->buffer[size];
        if (finished > 1) return stop(context, warp, MOTE_E_BAD_OPTION, warp->buffer + size);
        warp->is_finished = finished == 1;
    }
    mote_status status = mote_warp_judge_fragment(context, warp, (mote_bytes){warp->buffer, size});
    if (status == MOTE_E_LIMIT_MEMORY && warp->pending > 0) {
        /* Room for signatures or sets ran out: verify what waits, then there is. */
        status = flush(context, warp);
        if (status != MOTE_OK) return status;
        status = mote_warp_judge_fragment(context, warp, (mote_bytes){warp->buffer, size});
    }
    if (status != MOTE_OK) {
        return stop(context, warp, status, context->fault.at);
    }
    warp->fragments_read++;
    warp->buffered = 0;
    warp->fragment_offset = warp->offset;
    mote_fragment_scan_begin(&warp->scan);
    return MOTE_OK;
}

/* Bytes the buffer should hold before the next look. */
static size_t wanted(const mote_warp *warp) {
    bool whole = warp->scan.stage == MOTE_SCAN_DONE;
    return whole ? warp->scan.done + (last_fragment(warp) ? 1 : 0) : warp->scan.needed;
}

static mote_status gather(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    while (warp->status == MOTE_OK) {
        size_t missing = wanted(warp) - warp->buffered;
        size_t take = missing < mote_cursor_left(chunk) ? missing : mote_cursor_left(chunk);
        if (wanted(warp) > warp->capacity + 1) return stop(context, warp, MOTE_E_LIMIT_SIZE, NULL);
        memcpy(warp->buffer + warp->buffered, mote_read_span(chunk, take).data, take);
        warp->buffered += take;
        warp->offset += take;
        if (take < missing) return MOTE_OK;
        if (warp->scan.stage == MOTE_SCAN_DONE) return take_fragment(context, warp);
        const uint8_t *at = NULL;
        mote_bytes received = {warp->buffer, warp->buffered};
        mote_status status = mote_fragment_scan_look(&warp->scan, &at, received, warp->capacity);
        if (status != MOTE_OK) return stop(context, warp, status, at);
    }
    return warp->status;
}

/* --- the frame around them ------------------------------------------------------------------------------------ */

static mote_status read_count(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    while (mote_cursor_left(chunk) > 0) {
        warp->buffer[warp->buffered++] = mote_read_u8(chunk);
        warp->offset++;
        mote_cursor cursor = mote_cursor_over((mote_bytes){warp->buffer, warp->buffered});
        warp->fragments_claimed = mote_read_compact_u32(&cursor);
        if (cursor.status == MOTE_E_TRUNCATED) continue;
        if (cursor.status != MOTE_OK)
            return latch(context, warp, cursor.status, warp->buffer, MOTE_NO_INDEX);
        warp->stage = warp->fragments_claimed == 0 ? MOTE_WARP_EMPTY : MOTE_WARP_FRAGMENTS;
        warp->buffered = 0;
        warp->fragment_offset = warp->offset;
        return MOTE_OK;
    }
    return MOTE_OK;
}

static mote_status read_finished_of_empty(mote_context *context, mote_warp *warp,
                                          mote_cursor *chunk) {
    uint8_t finished = mote_read_u8(chunk);
    if (finished > 1) return latch(context, warp, MOTE_E_BAD_OPTION, NULL, MOTE_NO_INDEX);
    if (finished == 0) return latch(context, warp, MOTE_E_WARP_EMPTY, NULL, MOTE_NO_INDEX);
    warp->offset++;
    warp->is_finished = true;
    warp->stage = MOTE_WARP_END;
    return MOTE_OK;
}

static mote_status feed_fragment(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    mote_status status = gather(context, warp, chunk);
    if (status == MOTE_OK && warp->fragments_read == warp->fragments_claimed)
        warp->stage = MOTE_WARP_END;
    return status;
}

static mote_status feed_some(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    switch (warp->stage) {
    case MOTE_WARP_COUNT: return read_count(context, warp, chunk);
    case MOTE_WARP_EMPTY: return read_finished_of_empty(context, warp, chunk);
    case MOTE_WARP_FRAGMENTS: return feed_fragment(context, warp, chunk);
    case MOTE_WARP_END: break;
    }
    return stop(context, warp, MOTE_E_TRAILING_BYTES, NULL);
}

static bool ring_is_full(const mote_warp *warp) {
    return warp->verified + warp->pending == MOTE_WARP_LINKS;
}

mote_status mote_warp_feed(mote_context *context, mote_warp *warp, size_t *consumed,
                           mote_bytes chunk) {
    /* The limit is a byte of the stream: what comes before it is judged, in whatever chunks it comes. */
    const size_t allowed = MOTE_MAX_WARP_PROOF_SIZE - warp->offset;
    const bool is_too_long = chunk.size > allowed;
    const mote_bytes taken = {chunk.data, is_too_long ? allowed : chunk.size};
    mote_cursor cursor = mote_cursor_over(taken);
    *consumed = 0;
    while (warp->status == MOTE_OK && mote_cursor_left(&cursor) > 0) {
        if (ring_is_full(warp) && flush(context, warp) == MOTE_OK) break;
        if (warp->status == MOTE_OK) (void)feed_some(context, warp, &cursor);
    }
    if (warp->status == MOTE_OK && is_too_long && mote_cursor_left(&cursor) == 0) {
        (void)stop(context, warp, MOTE_E_LIMIT_SIZE, NULL);
    }
    if (warp->status != MOTE_OK) {
        context->fault = warp->fault;
        return warp->status;
    }
    *consumed = taken.size - mote_cursor_left(&cursor);
    return MOTE_OK;
}

mote_status mote_warp_finish(mote_context *context, mote_warp *warp) {
    if (warp->status == MOTE_OK) (void)flush(context, warp);
    if (warp->status == MOTE_OK && warp->stage != MOTE_WARP_END) {
        (void)latch(context, warp, MOTE_E_STREAM_UNFINISHED, NULL, warp->fragments_read);
    }
    if (warp->status != MOTE_OK) context->fault = warp->fault;
    return warp->status;
}

/* --- what is verified ------------------------------------------------------------------------------------------ */

bool mote_warp_next(mote_warp *warp, mote_warp_link *out) {
    memset(out, 0, sizeof *out);
    if (warp->verified == 0) return false;
    *out = warp->link[warp->first].link;
    warp->first = (warp->first + 1) % MOTE_WARP_LINKS;
    warp->verified--;
    return true;
}

uint32_t mote_warp_fragments(const mote_warp *warp) {
    return warp->fragments_verified;
}

const mote_authority_set *mote_warp_set(const mote_warp *warp) {
    return &warp->verified_set;
}

bool mote_warp_head(const mote_warp *warp, mote_finalized_header *out) {
    *out = warp->head;
    return warp->fragments_verified > 0;
}

bool mote_warp_is_finished(const mote_warp *warp) {
    return warp->is_finished && warp->stage == MOTE_WARP_END && warp->status == MOTE_OK &&
           warp->pending == 0;
}
