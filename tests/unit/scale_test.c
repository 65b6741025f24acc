/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "mote/scale.h"

/* Published examples of parity-scale-codec's and the specification's compact encoding. */
static void compact_integers_of_the_specification(void **state) {
    (void)state;
    static const struct {
        const char *hex;
        uint64_t value;
    } examples[] = {
        {"00", 0},
        {"04", 1},
        {"a8", 42},
        {"fc", 63},
        {"0101", 64},
        {"1501", 69},
        {"fdff", 16383},
        {"02000100", 16384},
        {"feffffff", 1073741823},
        {"0300000040", 1073741824},
        {"03ffffffff", UINT32_MAX},
        {"0700000000 01", UINT64_C(1) << 32},
        {"130000c16ff28623", UINT64_C(0)},
    };
    for (size_t i = 0; i + 1 < sizeof examples / sizeof examples[0]; i++) {
        char hex[32];
        size_t n = 0;
        for (const char *c = examples[i].hex; *c != 0; c++) {
            if (*c != ' ') hex[n++] = *c;
        }
        hex[n] = 0;
        mote_bytes bytes = fixture_hex(hex);
        mote_cursor cursor = mote_cursor_over(bytes);
        assert_true(mote_read_compact_u64(&cursor) == examples[i].value);
        assert_status(mote_cursor_finish(fixture_context(1), &cursor), MOTE_OK);
        uint8_t out[16];
        mote_writer writer = mote_writer_into(out, sizeof out);
        mote_write_compact(&writer, examples[i].value);
        assert_int_equal(writer.size, bytes.size);
        assert_memory_equal(out, bytes.data, bytes.size);
    }
}

static void a_failed_cursor_stays_where_it_failed(void **state) {
    (void)state;
    mote_bytes bytes = fixture_hex("0102030405");
    mote_cursor cursor = mote_cursor_over(bytes);
    assert_int_equal(mote_read_u32(&cursor), 0x04030201);
    assert_int_equal(mote_read_u32(&cursor), 0);
    assert_int_equal(mote_read_u8(&cursor), 0);
    mote_context *context = fixture_context(1);
    assert_status(mote_cursor_finish(context, &cursor), MOTE_E_TRUNCATED);
    assert_int_equal(mote_fault_offset(&context->fault, bytes), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_integers_of_the_specification),
        cmocka_unit_test(a_failed_cursor_stays_where_it_failed),
    };
    return cmocka_run_group_tests_name("unit/scale", tests, NULL, NULL);
}
