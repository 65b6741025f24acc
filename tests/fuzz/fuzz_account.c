/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte chooses what the rest is: an address, a record, or a map's arguments. What is read is written back as it
 * was. */
#include "fixture.h"

#include "mote/account.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

static void address(mote_bytes text) {
    mote_context *context = fixture_context(1);
    mote_address out;
    char written[MOTE_SS58_TEXT_SIZE];
    mote_status status = mote_address_read(context, &out, text);
    if (status != MOTE_OK) {
        REQUIRE(out.size == 0 && context->fault.status == status);
        return;
    }
    if (!out.has_prefix) {
        REQUIRE((size_t)2 * out.size + 2 == text.size && text.data[1] == 'x');
        return;
    }
    REQUIRE(mote_ss58_write(written, out.bytes, out.prefix) == text.size);
    REQUIRE(memcmp(written, text.data, text.size) == 0);
}

static void record(mote_bytes value) {
    const mote_account_record out = mote_account_record_of(value);
    char digits[MOTE_U128_TEXT_SIZE];
    if (out.layout == MOTE_ACCOUNT_UNKNOWN) return;
    REQUIRE(mote_load_u32(value.data) == out.nonce);
    size_t count = mote_u128_write(digits, out.free);
    REQUIRE(count > 0 && count < sizeof digits && (digits[0] != '0' || count == 1));
}

/* Hasher, length, key; again. */
static void arguments(mote_bytes input) {
    mote_key_argument list[8];
    mote_cursor cursor = mote_cursor_over(input);
    size_t count = 0;
    uint8_t room[512];
    while (count < 8 && mote_cursor_left(&cursor) >= 2) {
        list[count].hasher = (mote_storage_hasher)(mote_read_u8(&cursor) % 7);
        const size_t size = mote_read_u8(&cursor) % (mote_cursor_left(&cursor) + 1);
        list[count++].key = mote_read_span(&cursor, size);
    }
    mote_writer none = mote_writer_into(NULL, 0), writer = mote_writer_into(room, sizeof room);
    mote_write_storage_key(&none, input, input, list, count);
    mote_write_storage_key(&writer, input, input, list, count);
    REQUIRE(none.size == writer.size && writer.size >= 32);
    REQUIRE(mote_writer_fits(&writer) == (writer.size <= sizeof room));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const mote_bytes rest = {data + 1, size - 1};
    mote_storage_hasher hasher;
    switch (data[0] & 3) {
    case 0: address(rest); break;
    case 1: record(rest); break;
    case 2: arguments(rest); break;
    default: (void)mote_storage_hasher_by_name(&hasher, rest); break;
    }
    return 0;
}
