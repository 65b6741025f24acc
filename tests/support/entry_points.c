/* SPDX-License-Identifier: Apache-2.0 */
#include "entry_points.h"

#include "mote/bundle.h"
#include "mote/checkpoint.h"
#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/limits.h"
#include "mote/scale.h"
#include "mote/trie.h"
#include "mote/warp.h"

#define SET_2149 "grandpa/authority-sets/rococo-set2149.bin"

/* Rococo's set 2149, built once. */
static const mote_authority_set *set_2149(void) {
    static mote_voter voters[MOTE_MAX_AUTHORITIES];
    static mote_authority_set set;
    if (set.voters != 0) return &set;
    mote_authority_list list;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_authority_list_decode(context, &list, fixture_file(SET_2149)), MOTE_OK);
    assert_status(mote_authority_set_build(context, &set, voters, MOTE_MAX_AUTHORITIES, &list, 2149,
                                           MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    return &set;
}

static mote_bytes written(mote_writer *writer) {
    assert_true(mote_writer_fits(writer));
    return (mote_bytes){writer->data, writer->size};
}

static mote_writer big_writer(size_t capacity) {
    uint8_t *data = malloc(capacity);
    assert_non_null(data);
    return mote_writer_into(data, capacity);
}

static mote_bytes header_bytes(void) {
    size_t count;
    return fixture_hex_lines("headers/rococo-1115042-1115042.hex", &count)[0];
}

static mote_status try_header(mote_context *context, mote_bytes input) {
    mote_header header;
    return mote_header_decode(context, &header, input);
}

static mote_bytes authorities_bytes(void) {
    return fixture_file(SET_2149);
}

static mote_status try_authorities(mote_context *context, mote_bytes input) {
    mote_authority_list list;
    return mote_authority_list_decode(context, &list, input);
}

static mote_bytes justification_bytes(void) {
    return fixture_file("grandpa/rococo-1238286.justification.bin");
}

static mote_status try_justification(mote_context *context, mote_bytes input) {
    mote_finalized_block block;
    mote_justification_report report;
    return mote_justification_verify(context, &block, &report, set_2149(), input, NULL);
}

static mote_status try_decoding_justification(mote_context *context, mote_bytes input) {
    mote_justification_report report;
    return mote_justification_decode(context, &report, input);
}

/* The recorded justification's commit, in the order in which it is gossiped. */
static mote_bytes commit_bytes(void) {
    mote_bytes whole = justification_bytes();
    mote_cursor cursor = mote_cursor_over(whole);
    mote_writer writer = big_writer(whole.size + 64);
    mote_write_u64(&writer, mote_read_u64(&cursor)); /* round */
    mote_write_u64(&writer, 2149);
    mote_bytes target = mote_read_span(&cursor, 36);
    mote_write_span(&writer, target.data, target.size);
    uint32_t count = mote_read_count(&cursor, 132, MOTE_MAX_AUTHORITIES);
    const uint8_t *votes = mote_read_span(&cursor, (size_t)count * 132).data;
    assert_non_null(votes);
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < count; i++) mote_write_span(&writer, votes + 132 * i, 36);
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < count; i++) mote_write_span(&writer, votes + 132 * i + 36, 96);
    return written(&writer);
}

static mote_status try_commit(mote_context *context, mote_bytes input) {
    mote_finalized_block block;
    mote_justification_report report;
    return mote_commit_verify(context, &block, &report, set_2149(), input, NULL, 0);
}

static mote_bytes warp_bytes(void) {
    return fixture_file("warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin");
}

static mote_status try_warp(mote_context *context, mote_bytes input) {
    mote_warp *warp;
    const mote_warp_start start = {.set = set_2149(), .max_authorities = 512};
    mote_status status = mote_warp_new(context, &warp, &start);
    while (status == MOTE_OK && input.size > 0) {
        size_t consumed = 0;
        mote_warp_link link;
        status = mote_warp_feed(context, warp, &consumed, input);
        while (mote_warp_next(warp, &link)) {
        }
        assert_true(status != MOTE_OK || consumed > 0);
        input.data += consumed;
        input.size -= consumed;
    }
    return status == MOTE_OK ? mote_warp_finish(context, warp) : status;
}

static json_t *para_head_recording(void) {
    static json_t *recording = NULL;
    if (recording == NULL) {
        recording = fixture_json("proofs/rococo-1754631-parahead-basilisk-2090.json");
    }
    return recording;
}

static mote_bytes proof_bytes(void) {
    json_t *nodes = json_object_get(para_head_recording(), "nodes");
    mote_writer writer = big_writer(1 << 16);
    mote_write_compact(&writer, json_array_size(nodes));
    size_t index;
    json_t *node;
    json_array_foreach(nodes, index, node) {
        mote_write_vec_u8(&writer, fixture_hex(json_string_value(node)));
    }
    return written(&writer);
}

static mote_status try_proof(mote_context *context, mote_bytes input) {
    mote_hash root =
        fixture_hash(json_string_value(json_object_get(para_head_recording(), "state_root")));
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    return mote_proof_load(context, &proof, &state, input, MOTE_PROOF_STRICT);
}

static mote_bytes checkpoint_bytes(void) {
    mote_context *context = fixture_context(8);
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_from_parts(context, &checkpoint, header_bytes(),
                                             authorities_bytes(), 2149,
                                             mote_chain_by_name("rococo")),
                  MOTE_OK);
    mote_writer writer = big_writer(1 << 16);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    return written(&writer);
}

static mote_status try_checkpoint(mote_context *context, mote_bytes input) {
    mote_checkpoint checkpoint;
    return mote_checkpoint_decode(context, &checkpoint, input);
}

static mote_bytes bundle_bytes(void) {
    const mote_bytes header = header_bytes();
    mote_bundle_parts parts = {.chain = "rococo", .headers = &header, .header_count = 1};
    parts.justification = justification_bytes();
    mote_writer writer = big_writer(1 << 20);
    mote_bundle_encode(&writer, &parts);
    return written(&writer);
}

static mote_status try_bundle(mote_context *context, mote_bytes input) {
    mote_bundle bundle;
    return mote_bundle_open(context, &bundle, input);
}

const entry_point entry_points[] = {
    {"header", header_bytes, try_header, false, MOTE_E_TRAILING_BYTES},
    {"authorities", authorities_bytes, try_authorities, false, MOTE_E_TRAILING_BYTES},
    {"justification", justification_bytes, try_justification, false, MOTE_E_TRAILING_BYTES},
    {"justification, decoded only", justification_bytes, try_decoding_justification, false,
     MOTE_E_TRAILING_BYTES},
    {"commit", commit_bytes, try_commit, false, MOTE_E_TRAILING_BYTES},
    {"warp proof", warp_bytes, try_warp, true, MOTE_E_TRAILING_BYTES},
    {"storage proof", proof_bytes, try_proof, false, MOTE_E_TRAILING_BYTES},
    {"compact checkpoint", checkpoint_bytes, try_checkpoint, false, MOTE_E_CHECKSUM},
    {"bundle", bundle_bytes, try_bundle, false, MOTE_E_TRAILING_BYTES},
};
const size_t entry_point_count = sizeof entry_points / sizeof entry_points[0];

mote_status entry_point_try(const entry_point *entry, mote_bytes input) {
    uint8_t *exact = fixture_copy(input);
    mote_status status = entry->try(fixture_context(24), (mote_bytes){exact, input.size});
    free(exact);
    return status;
}

bool entry_point_refuses(mote_status status) {
    mote_status_class class_ = mote_status_class_of(status);
    return class_ == MOTE_CLASS_MALFORMED || class_ == MOTE_CLASS_FALSE ||
           class_ == MOTE_CLASS_INCOMPLETE;
}
