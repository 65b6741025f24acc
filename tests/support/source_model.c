/* SPDX-License-Identifier: Apache-2.0 */
#include "source_model.h"

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

typedef struct reading {
    bool is_good, is_present;
    mote_hash hash;
    mote_writer bytes, extrinsics, justifications;
} reading;

static mote_writer room_for(mote_bytes text) {
    uint8_t *room = malloc(text.size + 128);
    REQUIRE(room != NULL);
    return mote_writer_into(room, text.size + 128);
}

/* --- values ----------------------------------------------------------------------------------------------------- */
static bool put_hex(mote_writer *out, mote_json value, bool with_length) {
    size_t size, again;
    if (!mote_json_hex_size(value, &size)) return false;
    if (with_length) mote_write_compact(out, size);
    REQUIRE(size <= out->capacity - out->size);
    REQUIRE(mote_json_hex(value, out->data + out->size, size, &again) && again == size);
    out->size += size;
    return true;
}

static bool put_octets(mote_writer *out, mote_json value, bool with_length) {
    mote_json item;
    if (value.kind != MOTE_JSON_ARRAY) return put_hex(out, value, with_length);
    if (with_length) mote_write_compact(out, mote_json_count(value));
    mote_json_items items = mote_json_items_of(value);
    while (mote_json_next(&items, NULL, &item)) {
        uint64_t number;
        if (!mote_json_u64(item, &number) || number > 255) return false;
        mote_write_u8(out, (uint8_t)number);
    }
    return true;
}

static bool put_extrinsics(mote_writer *out, mote_json list) {
    mote_json item;
    if (list.kind != MOTE_JSON_ARRAY) return false;
    mote_write_compact(out, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        if (!put_hex(out, item, false)) return false;
    }
    mote_cursor cursor = mote_cursor_over((mote_bytes){out->data, out->size});
    uint32_t count = mote_read_compact_u32(&cursor);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        (void)mote_read_vec_u8(&cursor);
    }
    return cursor.status == MOTE_OK && mote_cursor_left(&cursor) == 0;
}

static bool put_justifications(mote_writer *out, mote_json list) {
    mote_json item, part;
    if (list.kind == MOTE_JSON_NULL || list.kind == MOTE_JSON_NONE) return true;
    if (list.kind != MOTE_JSON_ARRAY || mote_json_count(list) > 63) return false;
    mote_write_compact(out, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        if (item.kind != MOTE_JSON_ARRAY || mote_json_count(item) != 2) return false;
        mote_json_items parts = mote_json_items_of(item);
        size_t before = out->size;
        REQUIRE(mote_json_next(&parts, NULL, &part));
        if (!put_octets(out, part, false) || out->size - before != 4) return false;
        REQUIRE(mote_json_next(&parts, NULL, &part));
        if (!put_octets(out, part, true)) return false;
    }
    return true;
}

static bool put_hashes(mote_writer *out, mote_json list) {
    mote_json item;
    mote_hash hash;
    if (list.kind != MOTE_JSON_ARRAY) return false;
    mote_write_compact(out, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        bool is_there = item.kind != MOTE_JSON_NULL;
        if (is_there && !mote_json_hash(item, &hash)) return false;
        mote_write_u8(out, is_there);
        if (is_there) mote_write_hash(out, &hash);
    }
    return true;
}

/* --- results ------------------------------------------------------------------------------------------------------ */
static bool read_block(reading *out, mote_context *context, mote_json result) {
    static const char *const outer[] = {"block", "justifications"};
    static const char *const inner[] = {"header", "extrinsics"};
    mote_json member[2], block[2];
    if (!mote_json_fields(result, member, outer, 2)) return false;
    if (!mote_json_fields(member[0], block, inner, 2)) return false;
    return mote_rpc_header(context, &out->bytes, block[0]) == MOTE_OK &&
           put_extrinsics(&out->extrinsics, block[1]) &&
           put_justifications(&out->justifications, member[1]);
}

static bool read_result(reading *out, mote_context *context, mote_request_kind kind,
                        mote_json result) {
    switch (kind) {
    case MOTE_REQUEST_BLOCK_HASH:
    case MOTE_REQUEST_FINALIZED: return mote_json_hash(result, &out->hash);
    case MOTE_REQUEST_HEADER: return mote_rpc_header(context, &out->bytes, result) == MOTE_OK;
    case MOTE_REQUEST_FINALITY: return put_hex(&out->bytes, result, false);
    case MOTE_REQUEST_BLOCK: return read_block(out, context, result);
    case MOTE_REQUEST_READ:
        result = mote_json_field(result, "proof");
        return mote_rpc_byte_strings(context, &out->bytes, result) == MOTE_OK;
    case MOTE_REQUEST_KEYS: return mote_rpc_byte_strings(context, &out->bytes, result) == MOTE_OK;
    case MOTE_REQUEST_BLOCK_HASHES: return put_hashes(&out->bytes, result);
    default: return result.kind == MOTE_JSON_STRING || result.kind == MOTE_JSON_NUMBER;
    }
}

static void read_apart(reading *out, mote_context *context, mote_request_kind kind, bool is_notice,
                       mote_json result) {
    bool may_be_none = kind == MOTE_REQUEST_BLOCK_HASH || kind == MOTE_REQUEST_HEADER ||
                       kind == MOTE_REQUEST_FINALITY || kind == MOTE_REQUEST_BLOCK;
    mote_request_kind form = kind;
    if (is_notice) {
        form = kind == MOTE_REQUEST_JUSTIFICATIONS ? MOTE_REQUEST_FINALITY : MOTE_REQUEST_HEADER;
    }
    out->is_present = result.kind != MOTE_JSON_NULL;
    out->is_good = (!out->is_present && may_be_none) || read_result(out, context, form, result);
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */
static void require_same(mote_bytes actual, const mote_writer *expected) {
    REQUIRE(mote_writer_fits(expected) && actual.size == expected->size);
    REQUIRE(actual.size == 0 || memcmp(actual.data, expected->data, actual.size) == 0);
}

static void require_like(const mote_reply *reply, const reading *expected, mote_json name) {
    REQUIRE(reply->present == expected->is_present);
    REQUIRE(memcmp(&reply->hash, &expected->hash, sizeof reply->hash) == 0);
    require_same(reply->bytes, &expected->bytes);
    require_same(reply->extrinsics, &expected->extrinsics);
    require_same(reply->justifications, &expected->justifications);
    if (reply->subscription.size > 0) REQUIRE(mote_bytes_equal(reply->subscription, name.text));
}

static bool is_zero(const mote_reply *reply) {
    static const mote_reply none;
    return !reply->present && memcmp(&reply->hash, &none.hash, sizeof none.hash) == 0 &&
           reply->bytes.data == NULL && reply->extrinsics.data == NULL &&
           reply->justifications.data == NULL && reply->subscription.data == NULL;
}

static mote_status read_in_place(mote_context *context, mote_reply *out, mote_request_kind kind,
                                 bool is_notice, uint8_t *text, size_t size) {
    mote_rpc_message message;
    REQUIRE(mote_rpc_parse(context, &message, (mote_bytes){text, size}) == MOTE_OK);
    return is_notice ? mote_notice_read(context, out, kind, text, size, &message)
                     : mote_reply_read(context, out, kind, text, size, &message);
}

mote_status source_model_judge(mote_bytes text, mote_request_kind kind, bool is_notice) {
    mote_context *context = fixture_context(1);
    mote_rpc_message message;
    mote_reply reply;
    mote_status status = mote_rpc_parse(context, &message, text);
    if (status != MOTE_OK) return status;
    if (message.kind != (is_notice ? MOTE_RPC_NOTIFICATION : MOTE_RPC_RESULT)) return MOTE_OK;
    reading apart = {
        .bytes = room_for(text), .extrinsics = room_for(text), .justifications = room_for(text)};
    read_apart(&apart, context, kind, is_notice, message.result);
    uint8_t *copy = fixture_copy(text);
    status = read_in_place(context, &reply, kind, is_notice, copy, text.size);
    REQUIRE(apart.is_good == (status == MOTE_OK));
    if (status == MOTE_OK) {
        require_like(&reply, &apart, message.result);
    } else {
        REQUIRE(is_zero(&reply) && context->fault.status == status);
    }
    REQUIRE(context->most_used == 0);
    free(copy);
    free(apart.bytes.data);
    free(apart.extrinsics.data);
    free(apart.justifications.data);
    return status;
}
