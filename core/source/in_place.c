/* SPDX-License-Identifier: Apache-2.0 */
/* How nodes write binary in JSON (sp_core::bytes, serde of sp_runtime's Header, OpaqueExtrinsic and Justifications). */
#include "in_place.h"

#include <string.h>

#include "mote/rpc.h"
#include "mote/scale.h"

/* There are two engines, GRANDPA and BEEFY; the count of these takes one byte. */
#define MAX_JUSTIFICATIONS 63u

mote_status mote_in_place_refuse(const mote_in_place *place, mote_json value, uint32_t index) {
    return mote_fail(place->context, MOTE_E_BAD_FORMAT, value.text.data, index);
}

static uint8_t *memory_of(const mote_in_place *place, mote_json value) {
    return place->text + (value.text.data - place->text);
}

/* --- bytes ------------------------------------------------------------------------------------------------ */
static bool read_hex(const mote_in_place *place, mote_bytes *out, mote_json value) {
    uint8_t *at = memory_of(place, value);
    size_t size;
    *out = (mote_bytes){NULL, 0};
    if (!mote_json_hex(value, at, value.text.size, &size)) return false;
    *out = (mote_bytes){at, size};
    return true;
}

mote_status mote_in_place_hex(const mote_in_place *place, mote_bytes *out, mote_json value) {
    return read_hex(place, out, value) ? MOTE_OK
                                       : mote_in_place_refuse(place, value, MOTE_NO_INDEX);
}

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Of a checked text, between the brackets: what is neither digit, comma nor space is no array of bytes, and between two
 * commas is one number. */
static bool read_numbers(const mote_in_place *place, mote_bytes *out, mote_json array) {
    uint8_t *start = memory_of(place, array), *at = start;
    const uint8_t *end = array.text.data + array.text.size - 1;
    uint32_t number = 0;
    bool is_open = false;
    for (const uint8_t *next = array.text.data + 1; next < end; next++) {
        if (*next >= '0' && *next <= '9') {
            number = number * 10 + (uint32_t)(*next - '0');
            if (number > 255) return false;
            is_open = true;
        } else if (*next == ',') {
            *at++ = (uint8_t)number;
            number = 0;
        } else if (!is_space(*next)) {
            return false;
        }
    }
    if (is_open) *at++ = (uint8_t)number;
    *out = (mote_bytes){start, (size_t)(at - start)};
    return true;
}

static bool read_octets(const mote_in_place *place, mote_bytes *out, mote_json value) {
    *out = (mote_bytes){NULL, 0};
    return value.kind == MOTE_JSON_ARRAY ? read_numbers(place, out, value)
                                         : read_hex(place, out, value);
}

/* --- lists ------------------------------------------------------------------------------------------------ */
mote_status mote_in_place_strings(const mote_in_place *place, mote_bytes *out, mote_json value) {
    *out = (mote_bytes){NULL, 0};
    if (value.kind != MOTE_JSON_ARRAY) return mote_in_place_refuse(place, value, MOTE_NO_INDEX);
    /* The five bytes that mote_rpc_byte_strings wants in front are the end of the member's name. */
    uint8_t *start = memory_of(place, value) - 5;
    mote_writer writer = mote_writer_into(start, value.text.size + 5);
    mote_status status = mote_rpc_byte_strings(place->context, &writer, value);
    if (status == MOTE_OK) *out = (mote_bytes){start, writer.size};
    return status;
}

/* The count is known when all is read; it takes four bytes or less of the end of the member's name. */
static mote_bytes put_count(uint8_t *start, const uint8_t *end, uint32_t count) {
    uint8_t room[9];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_compact(&writer, count);
    start -= writer.size;
    memcpy(start, room, writer.size);
    return (mote_bytes){start, (size_t)(end - start)};
}

mote_status mote_in_place_values(const mote_in_place *place, mote_bytes *out, mote_json value) {
    mote_json item;
    uint32_t count = 0;
    *out = (mote_bytes){NULL, 0};
    if (value.kind != MOTE_JSON_ARRAY) return mote_in_place_refuse(place, value, MOTE_NO_INDEX);
    uint8_t *start = memory_of(place, value), *at = start;
    mote_json_items items = mote_json_items_of(value);
    for (; mote_json_next(&items, NULL, &item); count++) {
        size_t size;
        if (!mote_json_hex(item, at, item.text.size, &size)) {
            return mote_in_place_refuse(place, item, count);
        }
        at += size;
    }
    *out = put_count(start, at, count);
    return MOTE_OK;
}

mote_status mote_in_place_hashes(const mote_in_place *place, mote_bytes *out, mote_json value) {
    mote_json item;
    mote_hash hash;
    uint32_t count = 0;
    *out = (mote_bytes){NULL, 0};
    if (value.kind != MOTE_JSON_ARRAY) return mote_in_place_refuse(place, value, MOTE_NO_INDEX);
    uint8_t *start = memory_of(place, value), *at = start;
    mote_json_items items = mote_json_items_of(value);
    for (; mote_json_next(&items, NULL, &item); count++) {
        bool is_there = item.kind != MOTE_JSON_NULL;
        if (is_there && !mote_json_hash(item, &hash)) {
            return mote_in_place_refuse(place, item, count);
        }
        *at++ = is_there;
        if (!is_there) continue;
        memcpy(at, hash.bytes, sizeof hash.bytes);
        at += sizeof hash.bytes;
    }
    *out = put_count(start, at, count);
    return MOTE_OK;
}

/* --- headers ---------------------------------------------------------------------------------------------- */
/* Up to the digest: at most 105 bytes, which the digits of three hashes are more than. */
static bool write_front(mote_writer *out, const mote_json *field) {
    mote_hash parent, state_root, extrinsics_root;
    uint64_t number;
    if (!mote_json_hash(field[0], &parent) || !mote_json_quantity(field[1], &number) ||
        !mote_json_hash(field[2], &state_root) || !mote_json_hash(field[3], &extrinsics_root)) {
        return false;
    }
    mote_write_hash(out, &parent);
    mote_write_compact(out, number);
    mote_write_hash(out, &state_root);
    mote_write_hash(out, &extrinsics_root);
    return true;
}

mote_status mote_in_place_header(const mote_in_place *place, mote_bytes *out, mote_json value) {
    static const char *const names[] = {"parentHash", "number", "stateRoot", "extrinsicsRoot",
                                        "digest"};
    mote_json field[5];
    mote_bytes digest;
    uint8_t room[105];
    mote_writer front = mote_writer_into(room, sizeof room);
    *out = (mote_bytes){NULL, 0};
    if (!mote_json_fields(value, field, names, 5) || !write_front(&front, field)) {
        return mote_in_place_refuse(place, value, MOTE_NO_INDEX);
    }
    mote_status status = mote_in_place_values(place, &digest, mote_json_field(field[4], "logs"));
    if (status != MOTE_OK) return status;
    uint8_t *start = memory_of(place, value);
    memmove(start + front.size, digest.data, digest.size);
    memcpy(start, room, front.size);
    *out = (mote_bytes){start, front.size + digest.size};
    return MOTE_OK;
}

/* --- justifications --------------------------------------------------------------------------------------- */
typedef struct pair {
    mote_bytes engine, bytes;
} pair;

static bool read_pair(const mote_in_place *place, pair *out, mote_json value) {
    mote_json engine, bytes, more;
    if (value.kind != MOTE_JSON_ARRAY) return false;
    mote_json_items items = mote_json_items_of(value);
    return mote_json_next(&items, NULL, &engine) && mote_json_next(&items, NULL, &bytes) &&
           !mote_json_next(&items, NULL, &more) && read_octets(place, &out->engine, engine) &&
           out->engine.size == 4 && read_octets(place, &out->bytes, bytes);
}

/* A pair's text is more than 8 bytes ahead of its bytes, which are moved towards its begin. */
static void write_pair(mote_writer *out, const pair *justification) {
    uint8_t engine[4];
    memcpy(engine, justification->engine.data, sizeof engine);
    mote_write_span(out, engine, sizeof engine);
    mote_write_compact(out, justification->bytes.size);
    memmove(out->data + out->size, justification->bytes.data, justification->bytes.size);
    out->size += justification->bytes.size;
}

mote_status mote_in_place_justifications(const mote_in_place *place, mote_bytes *out,
                                         mote_json value) {
    mote_json item;
    pair justification;
    uint32_t count = 0;
    *out = (mote_bytes){NULL, 0};
    if (value.kind != MOTE_JSON_ARRAY) return mote_in_place_refuse(place, value, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(memory_of(place, value), value.text.size);
    mote_write_u8(&writer, 0); /* the count, in the end */
    mote_json_items items = mote_json_items_of(value);
    for (; mote_json_next(&items, NULL, &item); count++) {
        if (count == MAX_JUSTIFICATIONS) {
            return mote_fail(place->context, MOTE_E_LIMIT_COUNT, item.text.data, count);
        }
        if (!read_pair(place, &justification, item))
            return mote_in_place_refuse(place, item, count);
        write_pair(&writer, &justification);
    }
    writer.data[0] = (uint8_t)(count << 2);
    *out = (mote_bytes){writer.data, writer.size};
    return MOTE_OK;
}
