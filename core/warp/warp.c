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

/* Two for each thread that judges: one in work, and one that is gathered meanwhile. */
static uint32_t units_for(uint32_t threads) {
    if (threads == 0) return 1;
    return threads < MOTE_WARP_MAX_UNITS / 2 ? 2 * threads : MOTE_WARP_MAX_UNITS;
}

static uint32_t links_for(uint32_t threads) {
    if (threads == 0) return MOTE_WARP_LINKS;
    return MOTE_WARP_LINKS + MOTE_WARP_FRAGMENTS_A_UNIT * units_for(threads);
}

/* Voters of the sets behind the fragments of all units, of the verified set and of a next one. */
static size_t pool_for(uint32_t units, size_t signatures, size_t max_authorities) {
    return units * signatures + 2 * max_authorities;
}

/* What depends on how many signatures a unit has. The batch is there only while one is judged. */
static size_t gathering_memory(uint32_t units, size_t signatures, size_t max_authorities) {
    return pool_for(units, signatures, max_authorities) * sizeof(mote_voter) +
           mote_work_memory(units, signatures, MOTE_VOTE_SIZE) +
           mote_ed25519_batch_memory(signatures) + 256;
}

static size_t memory_for(size_t max_authorities, size_t max_fragment_size, size_t signatures,
                         uint32_t threads) {
    size_t fragment =
        max_fragment_size == 0 ? default_fragment_size(max_authorities) : max_fragment_size;
    size_t batch = mote_ed25519_batch_memory(signatures);
    size_t judging = fragment * 2 + max_authorities * 64; /* votes and ancestry */
    return sizeof(mote_warp) + links_for(threads) * sizeof(mote_pending_link) + fragment + 1 +
           gathering_memory(units_for(threads), signatures, max_authorities) +
           (judging > batch ? judging - batch : 0) + 1024;
}

static size_t at_most(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Two sets' signatures at a time. */
size_t mote_warp_memory(uint32_t max_authorities, size_t max_fragment_size) {
    size_t authorities = max_authorities == 0 ? MOTE_MAX_AUTHORITIES : max_authorities;
    return memory_for(authorities, max_fragment_size, 2 * authorities, 0);
}

/* Signatures to gather in a unit: those of eight sets, and whatever the largest set can honestly produce. */
static size_t wanted_signatures(size_t max_authorities, size_t voters) {
    size_t signatures = MOTE_WARP_FRAGMENTS_A_UNIT * voters;
    if (signatures < 2 * max_authorities) signatures = 2 * max_authorities;
    return at_most(signatures, MOTE_ED25519_MAX_BATCH);
}

size_t mote_warp_threads_memory(uint32_t max_authorities, size_t max_fragment_size, uint32_t voters,
                                uint32_t threads) {
    size_t authorities = max_authorities == 0 ? MOTE_MAX_AUTHORITIES : max_authorities;
    return memory_for(authorities, max_fragment_size, wanted_signatures(authorities, voters),
                      threads);
}

/* As many as the memory allows, of one set at least. */
static size_t unit_capacity(const mote_context *context, size_t max_authorities, size_t voters,
                            uint32_t threads) {
    size_t left = context->size - context->used;
    size_t capacity = wanted_signatures(max_authorities, voters);
    while (capacity > max_authorities &&
           gathering_memory(units_for(threads), capacity, max_authorities) > left)
        capacity -= capacity / 64 + 1;
    return capacity < max_authorities ? max_authorities : capacity;
}

static mote_status take_gathering(mote_context *context, mote_warp *warp, size_t voters) {
    const uint32_t units = units_for(warp->threads);
    warp->unit_capacity = unit_capacity(context, warp->max_authorities, voters, warp->threads);
    warp->pool_size = pool_for(units, warp->unit_capacity, warp->max_authorities);
    warp->pool = mote_context_take(context, warp->pool_size, sizeof *warp->pool);
    if (warp->pool == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    warp->work = mote_work_new(context, units, warp->unit_capacity, MOTE_VOTE_SIZE);
    return warp->work == NULL ? context->fault.status : MOTE_OK;
}

static mote_status take_memory(mote_context *context, mote_warp *warp,
                               const mote_warp_start *start) {
    warp->max_authorities =
        start->max_authorities == 0 ? MOTE_MAX_AUTHORITIES : start->max_authorities;
    if (warp->max_authorities < start->set->voters) warp->max_authorities = start->set->voters;
    warp->threads = start->threads;
    warp->links = links_for(start->threads);
    warp->link = mote_context_take(context, warp->links, sizeof *warp->link);
    warp->capacity = start->max_fragment_size == 0 ? default_fragment_size(warp->max_authorities)
                                                   : start->max_fragment_size;
    warp->capacity = at_most(warp->capacity, MOTE_MAX_WARP_PROOF_SIZE);
    /* is_finished waits behind the last fragment. */
    warp->buffer = mote_context_take(context, warp->capacity + 1, 1);
    if (warp->link == NULL || warp->buffer == NULL || warp->capacity < MOTE_WARP_SMALLEST_BUFFER) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    return take_gathering(context, warp, start->set->voters);
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

/* `at` is a byte of the buffer; anything else means "here". */
static mote_fault fault_in_stream(const mote_warp *warp, mote_status status, const uint8_t *at,
                                  uint32_t index) {
    const mote_fault in_buffer = {status, at, MOTE_NO_OFFSET, index};
    size_t offset = mote_fault_offset(&in_buffer, (mote_bytes){warp->buffer, warp->buffered});
    offset = offset == MOTE_NO_OFFSET ? warp->offset : warp->fragment_offset + offset;
    return (mote_fault){status, NULL, offset, index};
}

/* The first failure stays. */
static mote_status latch(mote_context *context, mote_warp *warp, mote_fault fault) {
    warp->status = fault.status;
    warp->fault = fault;
    context->fault = fault;
    return fault.status;
}

static mote_status latch_here(mote_context *context, mote_warp *warp, mote_status status,
                              const uint8_t *at, uint32_t index) {
    return latch(context, warp, fault_in_stream(warp, status, at, index));
}

/* --- fragments ---------------------------------------------------------------------------------------------- */

/* Verifies what waits. Where it fails, what comes before the failing fragment is verified all the same. */
static mote_status flush(mote_context *context, mote_warp *warp) {
    mote_status status = mote_warp_flush(context, warp);
    return status == MOTE_OK ? MOTE_OK : latch(context, warp, context->fault);
}

/* What was found to be wrong counts once everything before it has its verdict. */
static void end_if_settled(mote_context *context, mote_warp *warp) {
    if (warp->status == MOTE_OK && warp->ending.status != MOTE_OK && warp->pending == 0)
        (void)latch(context, warp, warp->ending);
}

/* This fragment is bad. An earlier one may be as well, which is then the first failure. */
static mote_status stop(mote_context *context, mote_warp *warp, mote_status status,
                        const uint8_t *at) {
    warp->ending = fault_in_stream(warp, status, at, warp->fragments_read);
    mote_warp_close_unit(warp);
    if (warp->threads == 0) (void)flush(context, warp);
    end_if_settled(context, warp);
    return warp->status;
}

static bool last_fragment(const mote_warp *warp) {
    return warp->fragments_read + 1 == warp->fragments_claimed;
}

/* Where room for signatures or sets has run out there is some once what waits has its verdict: here and now, or, where
 * others judge, later: then the fragment stays in the buffer. */
static mote_status judge_with_room(mote_context *context, mote_warp *warp, mote_bytes fragment) {
    mote_status status = mote_warp_judge_fragment(context, warp, fragment);
    warp->is_blocked = false;
    if (status != MOTE_E_LIMIT_MEMORY || warp->pending == 0) return status;
    if (warp->threads == 0) {
        if (flush(context, warp) != MOTE_OK) return warp->status;
        return mote_warp_judge_fragment(context, warp, fragment);
    }
    mote_warp_close_unit(warp);
    status = mote_warp_judge_fragment(context, warp, fragment);
    warp->is_blocked = status == MOTE_E_LIMIT_MEMORY;
    warp->blocked_behind = warp->pending;
    return status;
}

/* The whole fragment is in the buffer, and behind the last one the is_finished byte. */
static mote_status take_fragment(mote_context *context, mote_warp *warp) {
    size_t size = warp->scan.done;
    if (last_fragment(warp)) {
        uint8_t finished = warp->buffer[size];
        if (finished > 1) return stop(context, warp, MOTE_E_BAD_OPTION, warp->buffer + size);
        warp->is_finished = finished == 1;
    }
    mote_status status = judge_with_room(context, warp, (mote_bytes){warp->buffer, size});
    if (warp->status != MOTE_OK || warp->is_blocked) return warp->status;
    if (status != MOTE_OK) return stop(context, warp, status, context->fault.at);
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

/* As many in each unit that all threads have the same to do, and at most eight. */
static void share_fragments(mote_warp *warp) {
    if (warp->threads == 0) return;
    const uint64_t most = (uint64_t)warp->threads * MOTE_WARP_FRAGMENTS_A_UNIT;
    const uint64_t rounds = (warp->fragments_claimed + most - 1) / most;
    const uint64_t units = rounds * warp->threads;
    if (units == 0) return;
    warp->unit_fragments = (uint32_t)((warp->fragments_claimed + units - 1) / units);
}

static mote_status read_count(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    while (mote_cursor_left(chunk) > 0) {
        warp->buffer[warp->buffered++] = mote_read_u8(chunk);
        warp->offset++;
        mote_cursor cursor = mote_cursor_over((mote_bytes){warp->buffer, warp->buffered});
        warp->fragments_claimed = mote_read_compact_u32(&cursor);
        if (cursor.status == MOTE_E_TRUNCATED) continue;
        if (cursor.status != MOTE_OK)
            return latch_here(context, warp, cursor.status, warp->buffer, MOTE_NO_INDEX);
        share_fragments(warp);
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
    if (finished > 1) return latch_here(context, warp, MOTE_E_BAD_OPTION, NULL, MOTE_NO_INDEX);
    if (finished == 0) return latch_here(context, warp, MOTE_E_WARP_EMPTY, NULL, MOTE_NO_INDEX);
    warp->offset++;
    warp->is_finished = true;
    warp->stage = MOTE_WARP_END;
    return MOTE_OK;
}

static mote_status feed_fragment(mote_context *context, mote_warp *warp, mote_cursor *chunk) {
    mote_status status = gather(context, warp, chunk);
    if (status != MOTE_OK || warp->fragments_read != warp->fragments_claimed) return status;
    warp->stage = MOTE_WARP_END;
    if (warp->threads != 0) mote_warp_close_unit(warp);
    return MOTE_OK;
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
    return warp->verified + warp->pending == warp->links;
}

/* Nothing more can be taken until a verdict comes. */
static bool waits(const mote_warp *warp) {
    return warp->is_blocked || warp->ending.status != MOTE_OK;
}

/* Takes over the verdicts that have come, and goes on with what waited for them. */
static void resume(mote_context *context, mote_warp *warp) {
    if (warp->status != MOTE_OK) return;
    if (mote_warp_settle(context, warp) != MOTE_OK) {
        (void)latch(context, warp, context->fault);
        return;
    }
    if (warp->is_blocked && warp->pending < warp->blocked_behind) {
        mote_cursor nothing = mote_cursor_over((mote_bytes){warp->buffer, 0});
        (void)feed_fragment(context, warp, &nothing);
    }
    end_if_settled(context, warp);
}

static void feed_until_it_waits(mote_context *context, mote_warp *warp, mote_cursor *cursor) {
    while (warp->status == MOTE_OK && mote_cursor_left(cursor) > 0 && !waits(warp)) {
        if (ring_is_full(warp)) {
            mote_warp_close_unit(warp);
            if (warp->threads != 0 || flush(context, warp) == MOTE_OK) return;
        } else {
            (void)feed_some(context, warp, cursor);
        }
    }
}

mote_status mote_warp_feed(mote_context *context, mote_warp *warp, size_t *consumed,
                           mote_bytes chunk) {
    /* The limit is a byte of the stream: what comes before it is judged, in whatever chunks it comes. */
    const size_t allowed = MOTE_MAX_WARP_PROOF_SIZE - warp->offset;
    const bool is_too_long = chunk.size > allowed;
    const mote_bytes taken = {chunk.data, is_too_long ? allowed : chunk.size};
    mote_cursor cursor = mote_cursor_over(taken);
    *consumed = 0;
    resume(context, warp);
    feed_until_it_waits(context, warp, &cursor);
    if (warp->status == MOTE_OK && is_too_long && mote_cursor_left(&cursor) == 0 && !waits(warp)) {
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
    do {
        resume(context, warp);
        if (warp->status == MOTE_OK) (void)flush(context, warp);
    } while (warp->status == MOTE_OK && warp->is_blocked);
    end_if_settled(context, warp);
    if (warp->status == MOTE_OK && warp->stage != MOTE_WARP_END) {
        (void)latch_here(context, warp, MOTE_E_STREAM_UNFINISHED, NULL, warp->fragments_read);
    }
    if (warp->status != MOTE_OK) context->fault = warp->fault;
    return warp->status;
}

mote_work *mote_warp_work(mote_warp *warp) {
    return warp->work;
}

/* --- what is verified ------------------------------------------------------------------------------------------ */

bool mote_warp_next(mote_warp *warp, mote_warp_link *out) {
    memset(out, 0, sizeof *out);
    if (warp->verified == 0) return false;
    *out = warp->link[warp->first].link;
    warp->first = (warp->first + 1) % warp->links;
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
