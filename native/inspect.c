/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect.h"

#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "describe.h"
#include "mote/bundle.h"
#include "mote/hash.h"
#include "mote/limits.h"
#include "parts.h"

/* --- bundles ----------------------------------------------------------------------------------------------------------- */
static json_t *hash_or_null(app *app, const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return mote_hash_equal(hash, &zero) ? json_null() : json_hash(app, hash);
}

void inspect_bundle(app *app, mote_bytes bytes) {
    mote_bundle bundle;
    mote_status status = mote_bundle_open(&app->context, &bundle, bytes);
    if (status != MOTE_OK) {
        fail_core(app, status);
        return;
    }
    json_t *sections = json_array();
    report_detail(app, "version", json_integer(bundle.version));
    report_detail(app, "chain", json_string(bundle.chain));
    report_detail(app, "genesis", hash_or_null(app, &bundle.genesis));
    report_detail(app, "checkpoint", hash_or_null(app, &bundle.checkpoint_digest));
    say(app, "  version          %u\n", (unsigned)bundle.version);
    say(app, "  chain            %s\n", bundle.chain[0] == 0 ? "not said" : bundle.chain);
    say(app, "  checkpoint       %s\n", app_hash(app, &bundle.checkpoint_digest));
    for (uint32_t i = 1; i <= MOTE_BUNDLE_SECTIONS; i++) {
        const mote_bytes section = bundle.section[i];
        if (section.size == 0) continue;
        json_t *out = json_object();
        size_t offset = (size_t)(section.data - bytes.data);
        json_object_set_new(out, "name", json_string(mote_section_name((mote_section)i)));
        json_object_set_new(out, "offset", json_u64(offset));
        json_object_set_new(out, "size", json_u64(section.size));
        json_array_append_new(sections, out);
        say(app, "  %-16s %zu bytes at %zu\n", mote_section_name((mote_section)i), section.size,
            offset);
    }
    report_detail(app, "sections", sections);
}

/* --- finality ---------------------------------------------------------------------------------------------------------- */
void inspect_justification(app *app, const mote_justification_report *report) {
    report_target(app, &report->target_hash, report->target_number);
    report_detail(app, "round", json_u64(report->round));
    report_detail(app, "precommits", json_integer(report->precommits));
    report_detail(app, "ancestry_headers", json_integer(report->ancestry_headers));
    say(app, "  block            %" PRIu32 " %s\n", report->target_number,
        app_hash(app, &report->target_hash));
    say(app, "  round            %" PRIu64 "\n", report->round);
    say(app, "  precommits       %" PRIu32 "\n", report->precommits);
    say(app, "  ancestry         %" PRIu32 " headers\n", report->ancestry_headers);
}

static mote_cursor fragments_of(mote_bytes bytes, uint32_t *count) {
    mote_cursor cursor = mote_cursor_over(bytes);
    *count = mote_read_count(&cursor, 1, UINT32_MAX);
    return cursor;
}

bool inspect_is_warp(app *app, mote_bytes bytes) {
    uint32_t count;
    mote_cursor cursor = fragments_of(bytes, &count);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        mote_header header;
        mote_read_header(&cursor, &header);
        (void)mote_read_justification(&cursor);
    }
    (void)mote_read_bool(&cursor);
    return mote_cursor_finish(&app->context, &cursor) == MOTE_OK;
}

void inspect_warp(app *app, mote_bytes bytes) {
    uint32_t count;
    mote_cursor cursor = fragments_of(bytes, &count);
    json_t *fragments = json_array();
    say(app, "  fragments        %" PRIu32 "\n", count);
    for (uint32_t i = 0; i < count; i++) {
        mote_header header;
        mote_grandpa_log log;
        mote_read_header(&cursor, &header);
        (void)mote_read_justification(&cursor);
        bool change = mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE);
        json_t *out = json_object();
        json_object_set_new(out, "hash", json_hash(app, &header.hash));
        json_object_set_new(out, "number", json_integer(header.number));
        json_object_set_new(out, "next_authorities",
                            change ? json_integer(log.next.count) : json_null());
        json_array_append_new(fragments, out);
        say(app, "    #%-9" PRIu32 " %s\n", header.number, app_hash(app, &header.hash));
    }
    bool finished = mote_read_bool(&cursor);
    report_detail(app, "fragments", fragments);
    report_detail(app, "is_finished", json_boolean(finished));
    say(app, "  is finished      %s\n", finished ? "yes" : "no");
}

/* --- proofs -------------------------------------------------------------------------------------------------------------- */
static mote_cursor nodes_of(mote_bytes bytes, uint32_t *count) {
    mote_cursor cursor = mote_cursor_over(bytes);
    *count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    return cursor;
}

bool inspect_is_proof(mote_bytes bytes) {
    uint32_t count;
    mote_cursor cursor = nodes_of(bytes, &count);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) mote_read_vec_u8(&cursor);
    return cursor.status == MOTE_OK && mote_cursor_left(&cursor) == 0 && bytes.size != 0;
}

void inspect_proof(app *app, mote_bytes bytes) {
    uint32_t count;
    mote_cursor cursor = nodes_of(bytes, &count);
    json_t *nodes = json_array();
    say(app, "  nodes            %" PRIu32 ", %zu bytes\n", count, bytes.size);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        mote_bytes node = mote_read_vec_u8(&cursor);
        mote_hash hash = mote_blake2b_256(node);
        json_t *out = json_object();
        json_object_set_new(out, "hash", json_hash(app, &hash));
        json_object_set_new(out, "size", json_u64(node.size));
        json_array_append_new(nodes, out);
        say(app, "    %s %zu bytes\n", app_hash(app, &hash), node.size);
    }
    report_detail(app, "nodes", nodes);
    report_detail(app, "bytes", json_u64(bytes.size));
}

/* --- genesis -------------------------------------------------------------------------------------------------------------- */
bool inspect_genesis(app *app, const genesis_state *state) {
    genesis_choice choice;
    if (!genesis_state_choose(app, &choice, state)) return false;
    report_target(app, &choice.genesis.hash, 0);
    report_detail(app, "entries", json_u64(state->count));
    report_detail(app, "child_tries", json_u64(state->child_count));
    report_detail(app, "state_version", json_integer(choice.version));
    report_detail(app, "state_root", json_hash(app, &choice.genesis.state_root));
    report_detail(app, "chain", describe_chain(choice.chain));
    app->report.assumed_state_version = choice.assumed;
    say(app, "  entries          %zu, and %zu child tries\n", state->count, state->child_count);
    say(app, "  state version    %d\n", (int)choice.version);
    say(app, "  hash             %s\n", app_hash(app, &choice.genesis.hash));
    return true;
}
