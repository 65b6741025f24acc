/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A BlockResponse of the sync protocol, raw protobuf (api.v1.BlockResponse): field 1 repeated BlockData { 1 hash, 2 header,
 * 3 repeated body, 6 justification, 7 is_empty_justification, 8 justifications }.
 */
#include <string.h>

#include "chain.h"

/* A field of protobuf's wire format; false at the end, with `*ok` false where it is none. */
typedef struct field {
    uint64_t number;
    mote_bytes bytes; /* of a length-delimited field; else empty */
} field;

static bool read_varint(mote_bytes *rest, uint64_t *out) {
    *out = 0;
    for (unsigned shift = 0; shift < 64 && rest->size > 0; shift += 7) {
        uint8_t byte = *rest->data++;
        rest->size--;
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

static bool next_field(mote_bytes *rest, field *out, bool *ok) {
    uint64_t tag, size;
    memset(out, 0, sizeof *out);
    if (rest->size == 0) return false;
    *ok = false;
    if (!read_varint(rest, &tag) || tag >> 3 == 0) return false;
    out->number = tag >> 3;
    if ((tag & 7) == 0) {
        *ok = read_varint(rest, &size);
        return *ok;
    }
    if ((tag & 7) != 2 || !read_varint(rest, &size) || size > rest->size) return false;
    out->bytes = (mote_bytes){rest->data, (size_t)size};
    rest->data += size;
    rest->size -= (size_t)size;
    *ok = true;
    return true;
}

static bool recognizes(const document *document) {
    return document_is_named(document, ".pb") || document_is_named(document, ".blockresponse");
}

static size_t count_fields(mote_bytes message, uint64_t number) {
    field field;
    bool ok = true;
    size_t count = 0;
    while (next_field(&message, &field, &ok)) count += field.number == number;
    return count;
}

static bool read_block(document *document, chain_block *out, mote_bytes message) {
    field field;
    bool ok = true;
    mote_bytes *body = document_take(document, count_fields(message, 3) + 1, sizeof *body);
    while (next_field(&message, &field, &ok)) {
        if (field.number == 1 && field.bytes.size == sizeof out->hash.bytes) {
            memcpy(out->hash.bytes, field.bytes.data, field.bytes.size);
            out->has_hash = true;
        }
        if (field.number == 2) out->header = field.bytes;
        if (field.number == 3) body[out->extrinsic_count++] = field.bytes;
    }
    out->extrinsics = body;
    out->has_body = out->extrinsic_count > 0;
    return ok && out->header.size > 0;
}

/* Answers to requests downwards come highest first. */
static void put_upwards(chain_block *blocks, size_t count) {
    mote_context context;
    mote_header first, second;
    uint8_t memory[64], seed[32] = {0};
    mote_context_init(&context, memory, sizeof memory, seed);
    if (count < 2 || mote_header_decode(&context, &first, blocks[0].header) != MOTE_OK ||
        mote_header_decode(&context, &second, blocks[1].header) != MOTE_OK ||
        first.number < second.number) {
        return;
    }
    for (size_t i = 0; i < count / 2; i++) {
        chain_block other = blocks[i];
        blocks[i] = blocks[count - 1 - i];
        blocks[count - 1 - i] = other;
    }
}

static void read_document(plan *plan, document *document) {
    mote_bytes rest = document->bytes;
    field field;
    bool ok = true;
    size_t good = 0;
    uint32_t number = 0;
    chain_block *blocks = document_take(document, count_fields(rest, 1) + 1, sizeof *blocks);
    while (next_field(&rest, &field, &ok)) {
        chain_block block;
        if (field.number != 1) continue;
        memset(&block, 0, sizeof block);
        block.number = number++;
        if (read_block(document, &block, field.bytes)) {
            blocks[good++] = block;
        } else {
            submit_bad_form(plan, document, block.number,
                            "the block has no header, or is no BlockData");
        }
    }
    if (!ok) submit_bad_form(plan, document, number, "the message is no protobuf, or ends early");
    put_upwards(blocks, good);
    chain_submit(plan, document, blocks, good);
}

const reader reader_block_response = {"block-response", recognizes, read_document};
