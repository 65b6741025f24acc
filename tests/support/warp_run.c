/* SPDX-License-Identifier: Apache-2.0 */
#include "warp_run.h"

#include <stdlib.h>
#include <string.h>

#include "mote/hash.h"
#include "units.h"

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

typedef struct driver {
    mote_context *context;
    mote_warp *warp;
    test_units *units; /* NULL: no threads */
    warp_run *out;
    mote_blake2b_state log;
} driver;

/* A verdict now and then, and always where nothing else can be done. */
static void judge_some(driver *d, bool is_stuck) {
    if (d->units == NULL) return;
    mote_work *work = mote_warp_work(d->warp);
    d->units->lot = d->units->lot * 69069u + 1;
    if (is_stuck && !test_units_step(d->units, d->context, work)) abort();
    if ((d->units->lot >> 16) % 3 == 0) (void)test_units_step(d->units, d->context, work);
}

static void feed_all(driver *d, mote_bytes proof, size_t first, size_t step) {
    size_t size = first;
    for (size_t at = 0, consumed; at < proof.size; at += consumed) {
        size_t left = proof.size - at;
        mote_bytes chunk = {proof.data + at, size < left ? size : left};
        if (mote_warp_feed(d->context, d->warp, &consumed, chunk) != MOTE_OK) return;
        uint32_t links = d->out->links;
        drain(d->out, &d->log, d->warp);
        judge_some(d, consumed == 0 && links == d->out->links);
        size = consumed == chunk.size ? step : chunk.size - consumed;
    }
}

static void finish(driver *d) {
    warp_run *out = d->out;
    mote_finalized_header head;
    bool joins = d->units != NULL && d->units->lot % 2 == 0;
    while (joins && test_units_step(d->units, d->context, mote_warp_work(d->warp))) continue;
    out->status = mote_warp_finish(d->context, d->warp);
    if (out->status != MOTE_OK) {
        out->offset = d->context->fault.offset;
        out->index = d->context->fault.index;
    }
    drain(out, &d->log, d->warp);
    mote_blake2b_final(&d->log, out->log.bytes);
    out->set_id = mote_warp_set(d->warp)->set_id;
    out->set = mote_authority_set_digest(mote_warp_set(d->warp));
    out->head = mote_warp_head(d->warp, &head) ? head.number : 0;
    out->finished = mote_warp_is_finished(d->warp);
    out->judged = d->units == NULL ? 0 : d->units->judged;
}

static warp_run run(mote_context *context, const mote_warp_start *start, mote_bytes proof,
                    size_t first, size_t step, test_units *units) {
    warp_run out;
    driver d = {.context = context, .units = units, .out = &out};
    size_t mark = mote_context_mark(context);
    memset(&out, 0, sizeof out);
    mote_blake2b_init(&d.log, sizeof out.log.bytes);
    out.status = mote_warp_new(context, &d.warp, start);
    if (out.status != MOTE_OK) return out;
    feed_all(&d, proof, first, step);
    finish(&d);
    mote_context_release(context, mark);
    return out;
}

warp_run warp_run_of(mote_context *context, const mote_authority_set *set, uint32_t number,
                     mote_bytes proof, size_t first, size_t step) {
    const mote_warp_start start = {.number = number, .set = set, .max_authorities = 128};
    return run(context, &start, proof, first == 0 ? step : first, step, NULL);
}

warp_run warp_run_with_threads(mote_context *context, const mote_authority_set *set,
                               uint32_t number, mote_bytes proof, size_t step, uint32_t threads,
                               uint32_t lot) {
    test_units units = {.lot = lot};
    const mote_warp_start start = {
        .number = number, .set = set, .max_authorities = 128, .threads = threads};
    const warp_run out = run(context, &start, proof, step, step, &units);
    test_units_forget(&units);
    return out;
}

bool warp_run_equal(const warp_run *a, const warp_run *b) {
    return a->status == b->status && a->offset == b->offset && a->index == b->index &&
           a->links == b->links && mote_hash_equal(&a->log, &b->log) && a->set_id == b->set_id &&
           mote_hash_equal(&a->set, &b->set) && a->head == b->head && a->finished == b->finished;
}
