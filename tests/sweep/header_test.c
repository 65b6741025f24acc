/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded headers, damaged: cut short they do not decode, with a bit turned they are no longer the block's. */
#include "sweep.h"

#include "mote/header.h"

static void cut_header(mote_bytes damaged, void *user) {
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_status status = mote_header_decode(context, &header, damaged);
    (void)user;
    assert_true(status == MOTE_E_TRUNCATED || status == MOTE_E_LENGTH_BEYOND_INPUT);
    assert_int_equal(context->fault.status, status);
    assert_true(mote_fault_offset(&context->fault, damaged) <= damaged.size);
    assert_null(header.encoded.data);
}

/* Reads everything there is, so that the sanitizers see it. */
static void read_all(const mote_header *header) {
    mote_digest_item item;
    mote_grandpa_log log;
    uint64_t slot;
    size_t payload = 0;
    for (mote_digest_iterator items = mote_digest_items(header); mote_digest_next(&items, &item);) {
        payload += item.payload.size;
    }
    assert_true(payload <= header->digest.size);
    (void)mote_header_oddities(header);
    (void)mote_header_babe_slot(header, &slot);
    (void)mote_header_aura_slot(header, &slot);
    for (unsigned kind = 1; kind <= 5; kind++) {
        if (!mote_header_find_grandpa_log(header, &log, (mote_grandpa_log_kind)kind)) continue;
        for (uint32_t i = 0; i < log.next.count; i++) (void)mote_authority_weight(&log.next, i);
    }
}

static void flipped_header(mote_bytes damaged, void *user) {
    const mote_header *whole = user;
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_status status = mote_header_decode(context, &header, damaged);
    if (status != MOTE_OK) {
        assert_int_equal(mote_status_class_of(status) == MOTE_CLASS_MALFORMED ||
                             mote_status_class_of(status) == MOTE_CLASS_LIMIT ||
                             status == MOTE_E_LARGE_BLOCK_NUMBER,
                         true);
        return;
    }
    assert_false(mote_hash_equal(&header.hash, &whole->hash));
    read_all(&header);
    /* Nor is it the parent of the block's child. */
    mote_header child = *whole;
    child.parent_hash = whole->hash;
    child.number = whole->number + 1;
    assert_status(mote_header_check_parent(context, &child, whole), MOTE_OK);
    assert_status(mote_header_check_parent(context, &child, &header), MOTE_E_HEADER_LINK);
}

static void sweep(mote_bytes encoded, size_t flips) {
    mote_header header;
    assert_status(mote_header_decode(fixture_context(1), &header, encoded), MOTE_OK);
    sweep_cuts(encoded, cut_header, NULL);
    sweep_flips(encoded, flips, flipped_header, &header);
}

static void sweep_line(json_t *line, void *user) {
    (void)user;
    sweep(fixture_hex_field(line, "header"), 8 * 2048);
}

static void small_headers(void **state) {
    (void)state;
    assert_int_equal(fixture_json_lines("headers/sidecar-headers.jsonl", sweep_line, NULL), 93);
    assert_int_equal(fixture_json_lines("local/relay.blocks.jsonl.gz", sweep_line, NULL), 138);
}

static void headers_with_changes_of_set(void **state) {
    (void)state;
    size_t files;
    char **paths = fixture_list("headers", "rococo-", ".hex", &files);
    for (size_t i = 0; i < files; i++) {
        size_t lines;
        mote_bytes *line = fixture_hex_lines(paths[i], &lines);
        sweep(line[0], fixture_times(4000)); /* the first of a run begins a session */
    }
    assert_int_equal(files, 15);
    sweep(fixture_file("headers/kusama-7472481.header.bin"), fixture_times(4000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_headers),
        cmocka_unit_test(headers_with_changes_of_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
