/* SPDX-License-Identifier: Apache-2.0 */
/* --bundle: the hand-overs from the checkpoint on, the final block, and the proofs under it, as one file. */
#include <string.h>

#include "app.h"
#include "bundle_parts.h"
#include "live_parts.h"

/* Those that hand over, and the block itself last. NULL where the block's proof is not there. */
static const live_fragment **choose(live *live, const mote_hash *block, size_t *count) {
    const live_fragment **list = app_take(live->app, live->fragment_count + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < live->fragment_count; i++) {
        const live_fragment *fragment = &live->fragments[i];
        bool is_last = mote_hash_equal(&fragment->hash, block);
        if (fragment->hands_over || is_last) list[(*count)++] = fragment;
        if (is_last) return list;
    }
    return NULL;
}

static void write_proof(mote_writer *writer, const live_fragment **list, size_t count) {
    mote_write_compact(writer, count);
    for (size_t i = 0; i < count; i++) {
        mote_write_span(writer, list[i]->header.data, list[i]->header.size);
        mote_write_span(writer, list[i]->justification.data, list[i]->justification.size);
    }
    mote_write_u8(writer, 1); /* the last of them need not hand over */
}

static mote_bytes warp_proof(app *app, const live_fragment **list, size_t count) {
    mote_writer writer = mote_writer_into(NULL, 0);
    write_proof(&writer, list, count);
    uint8_t *data = app_take(app, writer.size, 1);
    writer = mote_writer_into(data, writer.size);
    write_proof(&writer, list, count);
    return (mote_bytes){data, writer.size};
}

/* A header, and those that lead down from it. */
static const mote_bytes *headers_from(app *app, size_t *count, mote_bytes first,
                                      mote_bytes ancestors) {
    mote_header header;
    mote_cursor cursor = mote_cursor_over(ancestors);
    mote_bytes *list = app_take(app, MOTE_MAX_QUERY_DEPTH + 1, sizeof *list);
    list[0] = first;
    *count = 1;
    while (cursor.at < cursor.end && *count <= MOTE_MAX_QUERY_DEPTH) {
        mote_read_header(&cursor, &header);
        list[(*count)++] = header.encoded;
    }
    return list;
}

/* The head's header, and the warp proof that leads to it, where it is not the checkpoint's own. */
static bool lead_to(live *live, mote_bundle_parts *parts, mote_bytes *header,
                    const mote_hash *head) {
    app *app = live->app;
    const mote_checkpoint *from = &live->trust.checkpoint;
    size_t count;
    if (mote_hash_equal(head, &from->header.hash)) {
        *header = from->header.encoded;
        return true;
    }
    const live_fragment **list = choose(live, head, &count);
    if (list == NULL) {
        fail_host(app, HOST_NO_ANSWER, NULL, MOTE_NO_OFFSET);
        app->report.expected = "a justification of the block that it is all under";
        app->report.found = "none was seen";
        return false;
    }
    parts->warp = warp_proof(app, list, count);
    *header = list[count - 1]->header;
    return true;
}

bool live_write_bundle(live *live, const live_answer *answer) {
    app *app = live->app;
    const mote_checkpoint *from = &live->trust.checkpoint;
    mote_bytes header;
    mote_bundle_parts parts = {.chain = bundle_chain_name(from->chain, live->trust.label),
                               .genesis = from->genesis,
                               .checkpoint_digest = mote_checkpoint_digest(from)};
    if (!lead_to(live, &parts, &header, &answer->head)) return false;
    parts.headers = headers_from(app, &parts.header_count, header, answer->ancestors);
    if (answer->of_para) {
        parts.has_para = true;
        parts.para_id = app->args.para;
        parts.para_proof = answer->para_proof;
        parts.para_headers = headers_from(app, &parts.para_header_count, answer->para_header,
                                          answer->para_ancestors);
        parts.para_state_proof = answer->proof;
        parts.para_queries = answer->queries;
        parts.para_query_count = answer->query_count;
    } else {
        parts.relay_proof = answer->proof;
        parts.relay_queries = answer->queries;
        parts.relay_query_count = answer->query_count;
    }
    mote_writer writer = mote_writer_into(NULL, 0);
    mote_bundle_encode(&writer, &parts);
    uint8_t *data = app_take(app, writer.size, 1);
    writer = mote_writer_into(data, writer.size);
    mote_bundle_encode(&writer, &parts);
    if (!write_file(app, app->args.bundle, (mote_bytes){data, writer.size})) return false;
    report_detail(app, "bundle", json_string(app->args.bundle));
    say(app, "  written          %s, %zu bytes\n", app->args.bundle, writer.size);
    return true;
}
