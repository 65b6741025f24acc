/* SPDX-License-Identifier: Apache-2.0 */
#include "warp_run.h"

#include <string.h>

#include "mote/hash.h"

static void log_link(mote_blake2b_state *log, const mote_warp_link *link) {
    uint8_t bytes[32 + 4 + 8 + 8 + 4 + 2];
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_write_hash(&writer, &link->header.hash);
    mote_write_u32(&writer, link->header.number);
    mote_write_u64(&writer, link->header.set_id);
    mote_write_u64(&writer, link->next_set_id);
    mote_write_u32(&writer, link->report.counted_voters);
    mote_write_u8(&writer, link->hands_over);
    mote_write_u8(&writer, link->hard_fork);
    mote_blake2b_update(log, (mote_bytes){bytes, writer.size});
}

static void drain(warp_run *out, mote_blake2b_state *log, mote_warp *warp) {
    for (mote_warp_link link; mote_warp_next(warp, &link); out->links++) log_link(log, &link);
}

static void feed_all(warp_run *out, mote_blake2b_state *log, mote_context *context, mote_warp *warp,
                     mote_bytes proof, size_t first, size_t step) {
    size_t size = first;
    for (size_t at = 0, consumed; at < proof.size; at += consumed) {
        size_t left = proof.size - at;
        mote_bytes chunk = {proof.data + at, size < left ? size : left};
        if (mote_warp_feed(context, warp, &consumed, chunk) != MOTE_OK) return;
        drain(out, log, warp);
        size = consumed == chunk.size ? step : chunk.size - consumed;
    }
}

warp_run warp_run_of(mote_context *context, const mote_authority_set *set, uint32_t number,
                     mote_bytes proof, size_t first, size_t step) {
    warp_run out;
    mote_blake2b_state log;
    mote_finalized_header head;
    mote_warp *warp;
    size_t mark = mote_context_mark(context);
    const mote_warp_start start = {.number = number, .set = set, .max_authorities = 128};
    memset(&out, 0, sizeof out);
    mote_blake2b_init(&log, sizeof out.log.bytes);
    out.status = mote_warp_new(context, &warp, &start);
    if (out.status != MOTE_OK) return out;
    feed_all(&out, &log, context, warp, proof, first == 0 ? step : first, step);
    out.status = mote_warp_finish(context, warp);
    if (out.status != MOTE_OK) {
        out.offset = context->fault.offset;
        out.index = context->fault.index;
    }
    drain(&out, &log, warp);
    mote_blake2b_final(&log, out.log.bytes);
    out.set_id = mote_warp_set(warp)->set_id;
    out.set = mote_authority_set_digest(mote_warp_set(warp));
    out.head = mote_warp_head(warp, &head) ? head.number : 0;
    out.finished = mote_warp_is_finished(warp);
    mote_context_release(context, mark);
    return out;
}

bool warp_run_equal(const warp_run *a, const warp_run *b) {
    return a->status == b->status && a->offset == b->offset && a->index == b->index &&
           a->links == b->links && mote_hash_equal(&a->log, &b->log) && a->set_id == b->set_id &&
           mote_hash_equal(&a->set, &b->set) && a->head == b->head && a->finished == b->finished;
}
