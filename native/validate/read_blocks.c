/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks as JSON: one a line or an array, each {header, extrinsics, hash?, justifications?} with the header in SCALE hex;
 * or {block: {header: {parentHash, ...}, extrinsics}, justifications} as chain_getBlock answers.
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "mote/rpc.h"

static const json_t *item_of(const document *document, size_t index) {
    if (document->lines != NULL) return document->lines[index];
    return json_is_array(document->json) ? json_array_get(document->json, index) : document->json;
}

static size_t count_of(const document *document) {
    if (document->lines != NULL) return document->line_count;
    return json_is_array(document->json) ? json_array_size(document->json) : 1;
}

static bool is_block(const json_t *item) {
    const json_t *inner = json_object_get(item, "block");
    if (json_is_object(inner)) item = inner;
    return json_is_array(json_object_get(item, "extrinsics")) &&
           json_object_get(item, "header") != NULL;
}

static bool recognizes(const document *document) {
    return document->json != NULL && is_block(item_of(document, 0));
}

/* The header of an answer, by the codec that reads it from nodes. */
static bool read_json_header(document *document, mote_bytes *out, const json_t *header) {
    char *text = json_dumps(header, JSON_COMPACT);
    uint8_t memory[64], seed[32] = {0};
    mote_context context;
    mote_json value;
    bool ok = false;
    if (text == NULL) return false;
    mote_context_init(&context, memory, sizeof memory, seed);
    size_t size = strlen(text);
    uint8_t *room = document_take(document, size, 1);
    mote_writer writer = mote_writer_into(room, size);
    if (mote_json_parse(&context, &value, (mote_bytes){(const uint8_t *)text, size}) == MOTE_OK &&
        mote_rpc_header(&context, &writer, value) == MOTE_OK) {
        *out = (mote_bytes){room, writer.size};
        ok = mote_writer_fits(&writer);
    }
    free(text);
    return ok;
}

/* A list of bytes, as nodes write them. */
static bool read_bytes(document *document, mote_bytes *out, const json_t *list) {
    uint8_t *data = document_take(document, json_array_size(list) + 1, 1);
    uint64_t byte;
    size_t index;
    json_t *item;
    json_array_foreach(list, index, item) {
        if (!read_number(&byte, item, 255)) return false;
        data[index] = (uint8_t)byte;
    }
    *out = (mote_bytes){data, json_array_size(list)};
    return true;
}

static bool read_justification(document *document, chain_block *out, const json_t *pair) {
    mote_bytes engine, bytes;
    const json_t *id = json_array_get(pair, 0), *content = json_array_get(pair, 1);
    if (json_array_size(pair) != 2) return false;
    if (json_is_string(id)) {
        engine = (mote_bytes){(const uint8_t *)json_string_value(id), json_string_length(id)};
    } else if (json_array_size(id) != 4 || !read_bytes(document, &engine, id)) {
        return false;
    }
    bool ok = json_is_array(content) ? read_bytes(document, &bytes, content)
                                     : read_hex(document, &bytes, content);
    if (!ok) return false;
    if (engine.size == 4 && memcmp(engine.data, "FRNK", 4) == 0) out->grandpa = bytes;
    if (engine.size == 4 && memcmp(engine.data, "BEEF", 4) == 0) out->beefy = bytes;
    return true;
}

static bool read_justifications(document *document, chain_block *out, const json_t *item) {
    size_t index;
    json_t *pair;
    const json_t *list = json_object_get(item, "justifications");
    const json_t *grandpa = json_object_get(item, "grandpa_justification");
    if (json_is_string(grandpa) && !read_hex(document, &out->grandpa, grandpa)) return false;
    if (!json_is_array(list)) return true;
    json_array_foreach(list, index, pair) {
        if (!read_justification(document, out, pair)) return false;
    }
    return true;
}

static const char *read_block(document *document, chain_block *out, const json_t *item) {
    const json_t *inner = json_object_get(item, "block");
    const json_t *block = json_is_object(inner) ? inner : item;
    const json_t *header = json_object_get(block, "header");
    mote_bytes *extrinsics;
    if (!is_block(item)) return "a block is an object with \"header\" and \"extrinsics\"";
    bool ok = json_is_object(header) ? read_json_header(document, &out->header, header)
                                     : read_hex(document, &out->header, header);
    if (!ok) return "the header is neither SCALE hex nor a header as nodes write it";
    out->has_hash = read_hash_field(&out->hash, item, "hash");
    if (!read_hex_list(document, &extrinsics, &out->extrinsic_count,
                       json_object_get(block, "extrinsics"))) {
        return "the extrinsics are no list of hex";
    }
    out->extrinsics = extrinsics;
    /* The genesis block has no body to compare: its extrinsics root is the empty trie's in either version. */
    out->has_body = true;
    return read_justifications(document, out, item)
               ? NULL
               : "the justifications are no list of [engine, hex]";
}

static void read_document(plan *plan, document *document) {
    size_t count = count_of(document), good = 0;
    chain_block *blocks = document_take(document, count + 1, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        chain_block block;
        memset(&block, 0, sizeof block);
        block.number = (uint32_t)i;
        const char *why = read_block(document, &block, item_of(document, i));
        if (why == NULL) {
            blocks[good++] = block;
        } else {
            submit_bad_form(plan, document, (uint32_t)i, why);
        }
    }
    chain_submit(plan, document, blocks, good);
}

const reader reader_blocks = {"blocks", recognizes, read_document};
