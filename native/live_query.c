/* SPDX-License-Identifier: Apache-2.0 */
#include "live_query.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "progress.h"

static mote_bytes keep(app *app, mote_bytes bytes) {
    uint8_t *data = app_take(app, bytes.size, 1);
    if (bytes.size != 0) memcpy(data, bytes.data, bytes.size);
    return (mote_bytes){data, bytes.size};
}

static void add_value(app *app, live_result *out, const mote_client_event *event) {
    size_t count = out->count + 1;
    /* Doubling at powers of two. */
    if ((count & (count - 1)) == 0)
        out->values = app_grow(app, out->values, 2 * count * sizeof *out->values);
    live_value *value = &out->values[out->count++];
    value->key = keep(app, event->key);
    value->value = event->value;
    value->value.value = keep(app, event->value.value);
}

static bool fail_query(live *live, mote_status why) {
    app *app = live->app;
    if (why == MOTE_E_TIMED_OUT) {
        fail_host(app, HOST_NO_ANSWER, NULL, MOTE_NO_OFFSET);
        app->report.expected = "a proof of what was asked";
        app->report.found = "none in that time";
        app->report.hint = "--timeout SECONDS waits longer; nodes may have pruned the block";
        return false;
    }
    fail_core(app, why);
    app->report.input = NULL;
    if (why != MOTE_E_REFUSED && why != MOTE_E_NOT_SHOWN) return false;
    app->report.expected = why == MOTE_E_REFUSED ? "a source that answers for this block"
                                                 : "a block on the way down from the final one";
    app->report.found = why == MOTE_E_REFUSED
                            ? "refusals: the block may be pruned, or older than the source"
                            : app_text(app, "none within %u blocks", MOTE_MAX_QUERY_DEPTH);
    app->report.hint = "without --at the final block is asked";
    return false;
}

/* --- proofs of pages ------------------------------------------------------------------------------------------- */
static int by_bytes(const void *a, const void *b) {
    return mote_bytes_compare(*(const mote_bytes *)a, *(const mote_bytes *)b);
}

/* The nodes of several proofs, each once: one proof under the same root. */
static size_t join_nodes(mote_bytes *nodes, size_t count) {
    size_t kept = 0;
    qsort(nodes, count, sizeof *nodes, by_bytes);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && mote_bytes_equal(nodes[kept - 1], nodes[i])) continue;
        nodes[kept++] = nodes[i];
    }
    return kept;
}

static void write_nodes(mote_writer *writer, const mote_bytes *nodes, size_t count) {
    mote_write_compact(writer, count);
    for (size_t i = 0; i < count; i++) mote_write_vec_u8(writer, nodes[i]);
}

static mote_bytes *nodes_of(app *app, mote_bytes *nodes, size_t *count, mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    uint32_t more = mote_read_count(&cursor, 1, UINT32_MAX);
    nodes = app_grow(app, nodes, (*count + more + 1) * sizeof *nodes);
    for (uint32_t i = 0; i < more; i++) nodes[(*count)++] = mote_read_vec_u8(&cursor);
    return nodes;
}

static mote_bytes join(app *app, mote_bytes one, mote_bytes other) {
    size_t count = 0;
    mote_bytes *nodes = nodes_of(app, NULL, &count, one);
    nodes = nodes_of(app, nodes, &count, other);
    count = join_nodes(nodes, count);
    mote_writer writer = mote_writer_into(NULL, 0);
    write_nodes(&writer, nodes, count);
    uint8_t *data = app_take(app, writer.size, 1);
    writer = mote_writer_into(data, writer.size);
    write_nodes(&writer, nodes, count);
    return (mote_bytes){data, writer.size};
}

static void add_proof(app *app, live_result *out, mote_bytes proof) {
    out->proof = out->proof.size == 0 ? keep(app, proof) : join(app, out->proof, proof);
}

static bool take_answer(live *live, live_result *out, mote_query_id query) {
    mote_client_event event;
    for (;;) {
        if (!live_next(live, &event)) return false;
        if (event.query != query) continue;
        if (event.kind == MOTE_EVENT_QUERY_FAILED) return fail_query(live, event.why);
        if (event.kind == MOTE_EVENT_VALUE) add_value(live->app, out, &event);
        if (event.kind == MOTE_EVENT_PAGE) add_proof(live->app, out, event.proof);
        if (event.kind != MOTE_EVENT_ANSWERED) continue;
        out->relay = event.header;
        out->para = event.para;
        out->complete = event.complete;
        add_proof(live->app, out, event.proof);
        out->head = event.hash;
        out->ancestors = keep(live->app, event.ancestors);
        progress_wipe(live->app);
        return true;
    }
}

bool live_ask(live *live, live_result *out, const mote_query *query) {
    mote_query whole = *query;
    mote_query_id id;
    memset(out, 0, sizeof *out);
    if (live->until != 0 && app_milliseconds() < live->until)
        whole.patience = (uint64_t)(live->until - app_milliseconds()) + 1;
    mote_status status = mote_client_query(live->client, &id, &whole);
    if (status != MOTE_OK) return fail_core(live->app, status);
    return take_answer(live, out, id);
}
