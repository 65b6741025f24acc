/* SPDX-License-Identifier: Apache-2.0 */
/* A node's message: spans lie inside it, what walks it ends, and every reader can be asked of every value. */
#include "fixture.h"

#include "mote/rpc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

static void require_inside(mote_json value, mote_bytes whole) {
    if (value.kind == MOTE_JSON_NONE) return;
    REQUIRE(value.text.size > 0 && value.text.data >= whole.data);
    REQUIRE(value.text.data + value.text.size <= whole.data + whole.size);
}

static void ask_everything(mote_context *context, mote_json value) {
    static uint8_t room[4096];
    uint64_t u;
    int64_t i;
    bool b;
    size_t size, hex_size;
    mote_hash hash;
    (void)mote_json_u64(value, &u);
    (void)mote_json_i64(value, &i);
    (void)mote_json_bool(value, &b);
    (void)mote_json_hash(value, &hash);
    (void)mote_json_quantity(value, &u);
    if (mote_json_text(value, room, sizeof room, &size)) REQUIRE(size <= value.text.size);
    bool is_hex = mote_json_hex_size(value, &hex_size);
    bool reads = mote_json_hex(value, room, sizeof room, &size);
    REQUIRE(reads == (is_hex && hex_size <= sizeof room));
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_status header = mote_rpc_header(context, &writer, value);
    REQUIRE(header == MOTE_OK || header == MOTE_E_BAD_FORMAT);
    mote_writer list = mote_writer_into(room, sizeof room);
    mote_status strings = mote_rpc_byte_strings(context, &list, value);
    REQUIRE(strings == MOTE_OK || strings == MOTE_E_BAD_FORMAT);
}

/* The message's own memory takes its byte strings as any other does. */
static void in_place(mote_context *context, mote_bytes whole, mote_json value) {
    size_t offset = (size_t)(value.text.data - whole.data);
    if (value.kind != MOTE_JSON_ARRAY || offset < 8) return;
    uint8_t *apart = malloc(whole.size), *copy = malloc(whole.size);
    REQUIRE(apart != NULL && copy != NULL);
    memcpy(copy, whole.data, whole.size);
    mote_writer out = mote_writer_into(apart, whole.size),
                here = mote_writer_into(copy, whole.size);
    const mote_json moved = {value.kind, {copy + offset, value.text.size}};
    mote_status status = mote_rpc_byte_strings(context, &out, value);
    REQUIRE(mote_rpc_byte_strings(context, &here, moved) == status);
    if (status == MOTE_OK) REQUIRE(here.size == out.size && memcmp(copy, apart, out.size) == 0);
    free(apart);
    free(copy);
}

/* Two levels: deeper ones are reached by other inputs. */
static void walk(mote_context *context, mote_json value, mote_bytes whole) {
    mote_json name, item, inner;
    size_t count = 0;
    ask_everything(context, value);
    mote_json_items items = mote_json_items_of(value);
    while (mote_json_next(&items, &name, &item)) {
        require_inside(name, whole);
        require_inside(item, whole);
        ask_everything(context, item);
        mote_json_items below = mote_json_items_of(item);
        while (mote_json_next(&below, NULL, &inner)) ask_everything(context, inner);
        count++;
    }
    REQUIRE(count == mote_json_count(value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const mote_bytes whole = {data, size};
    mote_context *context = fixture_context(1);
    mote_rpc_message message;
    mote_json value;
    mote_status status = mote_json_parse(context, &value, whole);
    mote_json_check check;
    mote_json_check_begin(&check);
    for (size_t i = 0; i < size; i++) {
        mote_status fed = mote_json_check_feed(&check, (mote_bytes){data + i, 1});
        REQUIRE(fed == MOTE_OK || fed == status);
    }
    REQUIRE(mote_json_check_end(&check) == status);
    mote_rpc_message again;
    REQUIRE(mote_rpc_checked(context, &again, &check, whole) ==
            mote_rpc_parse(context, &message, whole));
    REQUIRE(again.kind == message.kind && again.result.text.data == message.result.text.data);
    if (status != MOTE_OK) {
        REQUIRE(value.kind == MOTE_JSON_NONE && context->fault.status == status);
        REQUIRE(mote_rpc_parse(context, &message, whole) == status);
        return 0;
    }
    require_inside(value, whole);
    walk(context, value, whole);
    if (mote_rpc_parse(context, &message, whole) != MOTE_OK) {
        REQUIRE(message.kind == MOTE_RPC_NONE);
        return 0;
    }
    require_inside(message.result, whole);
    walk(context, message.result, whole);
    in_place(context, whole, message.result);
    in_place(context, whole, mote_json_field(message.result, "proof"));
    return 0;
}
