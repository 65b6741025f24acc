/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "mote/header.h"
#include "mote/rpc.h"

static mote_bytes text_of(const char *text) {
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

static mote_json parsed(const char *text) {
    mote_json value;
    assert_status(mote_json_parse(fixture_context(1), &value, text_of(text)), MOTE_OK);
    return value;
}

static mote_status status_of(const char *text) {
    mote_json value;
    return mote_json_parse(fixture_context(1), &value, text_of(text));
}

/* RFC 8259, rule by rule. */
static void json_that_is_json(void **state) {
    (void)state;
    static const char *const good[] = {"0",
                                       "-0",
                                       "1.5e-3",
                                       "1E+2",
                                       "\"\"",
                                       "null",
                                       "true",
                                       "false",
                                       " [ ] ",
                                       "{ }",
                                       "[[],{}]",
                                       "{\"a\":1,\"a\":2}",
                                       "\"\\ud834\\udd1e\"",
                                       "\"\xf4\x8f\xbf\xbf\"",
                                       "\"\\u0000\"",
                                       "[1,\n2\t,3]\r\n"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_status(status_of(good[i]), MOTE_OK);
    }
}

static void json_that_is_not(void **state) {
    (void)state;
    static const char *const bad[] = {"01",
                                      "+1",
                                      ".5",
                                      "1.x",
                                      "-x",
                                      "1e+x",
                                      "[1 2]",
                                      "[1,]",
                                      "[,1]",
                                      "{1:2}",
                                      "{\"a\" 1}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{\"a\"}",
                                      "tru ",
                                      "nulL",
                                      "'a'",
                                      "\"\t\"",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"\\ud834\"",
                                      "\"\\udd1e\"",
                                      "\"\\ud834\\n\"",
                                      "\"\xc0\x80\"",
                                      "\"\xed\xa0\x80\"",
                                      "\"\xf4\x90\x80\x80\"",
                                      "\"\xe0\x80\x80\"",
                                      "\"\x80\"",
                                      "[}",
                                      "{]",
                                      "]",
                                      "1 1",
                                      "[] []",
                                      "//",
                                      "\xef\xbb\xbf{}",
                                      "NaN"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_status(status_of(bad[i]), MOTE_E_BAD_FORMAT);
    }
}

static void json_that_ends_early(void **state) {
    (void)state;
    static const char *const cut[] = {"",    "  ",     "-",       "1.",       "1e", "1e-",
                                      "\"a", "\"\\",   "\"\\u00", "[",        "[1", "[1,",
                                      "{",   "{\"a\"", "{\"a\":", "{\"a\":1", "tr", "\"\xe2\x82"};
    for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
        assert_status(status_of(cut[i]), MOTE_E_TRUNCATED);
    }
}

static void depth_has_a_limit(void **state) {
    (void)state;
    char text[2 * MOTE_JSON_DEPTH + 3] = {0};
    memset(text, '[', MOTE_JSON_DEPTH);
    memset(text + MOTE_JSON_DEPTH, ']', MOTE_JSON_DEPTH);
    assert_status(status_of(text), MOTE_OK);
    memset(text, '[', MOTE_JSON_DEPTH + 1);
    assert_status(status_of(text), MOTE_E_LIMIT_COUNT);
}

static void the_fault_is_at_its_byte(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_json value;
    mote_bytes text = text_of("{\"a\": [1, x]}");
    assert_status(mote_json_parse(context, &value, text), MOTE_E_BAD_FORMAT);
    assert_int_equal(mote_fault_offset(&context->fault, text), 10);
    assert_int_equal(value.kind, MOTE_JSON_NONE);
}

static void fields_and_items(void **state) {
    (void)state;
    mote_json value =
        parsed(" { \"a\" : [ 1 , {\"b\":\"]\\\"\"} , null ] , \"c\":true, \"d\":1, \"d\":2 } ");
    mote_json name, item, list = mote_json_field(value, "a");
    uint64_t number;
    assert_int_equal(mote_json_count(value), 4);
    assert_int_equal(mote_json_count(list), 3);
    mote_json_items items = mote_json_items_of(list);
    assert_true(mote_json_next(&items, &name, &item) && name.kind == MOTE_JSON_NONE);
    assert_true(mote_json_u64(item, &number) && number == 1);
    assert_true(mote_json_next(&items, NULL, &item) && item.kind == MOTE_JSON_OBJECT);
    assert_int_equal(mote_json_field(item, "b").text.size, 5);
    assert_true(mote_json_next(&items, NULL, &item) && item.kind == MOTE_JSON_NULL);
    assert_false(mote_json_next(&items, NULL, &item));
    assert_int_equal(mote_json_field(value, "c").kind, MOTE_JSON_BOOL);
    assert_int_equal(mote_json_field(value, "d").kind, MOTE_JSON_NONE); /* which of them? */
    assert_int_equal(mote_json_field(value, "e").kind, MOTE_JSON_NONE);
    assert_int_equal(mote_json_field(list, "a").kind, MOTE_JSON_NONE);
}

static void numbers(void **state) {
    (void)state;
    uint64_t u;
    int64_t i;
    assert_true(mote_json_u64(parsed("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(mote_json_u64(parsed("18446744073709551616"), &u));
    assert_false(mote_json_u64(parsed("-1"), &u) || mote_json_u64(parsed("1.0"), &u));
    assert_false(mote_json_u64(parsed("1e3"), &u) || mote_json_u64(parsed("\"1\""), &u));
    assert_true(mote_json_i64(parsed("-32601"), &i) && i == -32601);
    assert_true(mote_json_quantity(parsed("\"0x0\""), &u) && u == 0);
    assert_true(mote_json_quantity(parsed("\"0x1e2F\""), &u) && u == 0x1e2f);
    assert_false(mote_json_quantity(parsed("\"0x01\""), &u) ||
                 mote_json_quantity(parsed("\"0x\""), &u));
    assert_false(mote_json_quantity(parsed("\"12\""), &u) || mote_json_quantity(parsed("12"), &u));
    assert_false(mote_json_quantity(parsed("\"0x11112222333344445\""), &u));
}

static void hex(void **state) {
    (void)state;
    uint8_t bytes[4];
    size_t size;
    mote_hash hash;
    assert_true(mote_json_hex(parsed("\"0x00Ff10\""), bytes, sizeof bytes, &size) && size == 3);
    assert_memory_equal(bytes, "\x00\xff\x10", 3);
    assert_true(mote_json_hex(parsed("\"0x\""), bytes, 0, &size) && size == 0);
    assert_false(mote_json_hex(parsed("\"0x0011223344\""), bytes, sizeof bytes, &size));
    assert_true(mote_json_hex_size(parsed("\"0x0011223344\""), &size) && size == 5);
    assert_false(mote_json_hex_size(parsed("\"0x001\""), &size));
    assert_false(mote_json_hex_size(parsed("\"0x0g\""), &size));
    assert_false(mote_json_hex_size(parsed("\"0011\""), &size));
    assert_false(mote_json_hash(parsed("\"0x00\""), &hash));
}

static void texts(void **state) {
    (void)state;
    uint8_t bytes[16];
    size_t size;
    assert_true(
        mote_json_text(parsed("\"a\\n\\u00e9\\ud834\\udd1e\\/\""), bytes, sizeof bytes, &size));
    assert_int_equal(size, 9);
    assert_memory_equal(bytes, "a\n\xc3\xa9\xf0\x9d\x84\x9e/", 9);
    assert_false(mote_json_text(parsed("\"abc\""), bytes, 2, &size));
    assert_true(mote_json_is_text(parsed("\"abc\""), "abc"));
    assert_false(mote_json_is_text(parsed("\"ab\\u0063\""), "abc"));
}

static void a_request_as_written(void **state) {
    (void)state;
    uint8_t room[512];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_rpc_request request = mote_rpc_begin(&writer, 7, "state_getReadProof");
    mote_rpc_open(&request);
    mote_rpc_hex(&request, (mote_bytes){(const uint8_t *)"\x3a\x63", 2});
    mote_rpc_hex(&request, (mote_bytes){NULL, 0});
    mote_rpc_close(&request);
    mote_rpc_null(&request);
    mote_rpc_bool(&request, true);
    mote_rpc_number(&request, UINT64_MAX);
    mote_rpc_text(&request, text_of("a\"\\\n"));
    mote_rpc_end(&request);
    static const char expected[] = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"state_"
                                   "getReadProof\",\"params\":[[\"0x3a63\",\"0x\"],"
                                   "null,true,18446744073709551615,\"a\\\"\\\\\\u000a\"]}";
    assert_int_equal(writer.size, sizeof expected - 1);
    assert_memory_equal(room, expected, writer.size);
}

static mote_rpc_message message_of(const char *text, mote_status expected) {
    mote_rpc_message out;
    assert_status(mote_rpc_parse(fixture_context(1), &out, text_of(text)), expected);
    return out;
}

static void answers(void **state) {
    (void)state;
    mote_rpc_message m = message_of("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":null}", MOTE_OK);
    assert_true(m.kind == MOTE_RPC_RESULT && m.id == 3 && m.result.kind == MOTE_JSON_NULL);
    m = message_of("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not "
                   "found\"},\"id\":4}",
                   MOTE_OK);
    assert_true(m.kind == MOTE_RPC_ERROR && m.has_id && m.id == 4 && m.code == -32601);
    assert_true(mote_json_is_text(m.message, "Method not found"));
    m = message_of(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}",
        MOTE_OK);
    assert_true(m.kind == MOTE_RPC_ERROR && !m.has_id);
    m = message_of("{\"jsonrpc\":\"2.0\",\"method\":\"chain_finalizedHead\",\"params\":{"
                   "\"subscription\":\"x1\","
                   "\"result\":{}}}",
                   MOTE_OK);
    assert_true(m.kind == MOTE_RPC_NOTIFICATION && mote_json_is_text(m.subscription, "x1"));
    m = message_of("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}]", MOTE_OK);
    assert_true(m.kind == MOTE_RPC_BATCH && mote_json_count(m.result) == 1);
}

static void messages_that_are_none(void **state) {
    (void)state;
    static const char *const bad[] = {
        "7",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":3,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":3}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"3\",\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":-3,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1,\"error\":{\"code\":1,\"message\":\"\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1,\"result\":2}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"id\":4,\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1,\"error\":null,\"error\":null}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1,\"method\":\"m\",\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1,\"message\":\"\",\"data\":1,\"data\":"
        "2}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":1,\"id\":2,\"params\":{\"subscription\":1,"
        "\"result\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":null}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":1,\"params\":{\"subscription\":1,\"result\":"
        "1}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"result\":1}}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mote_rpc_message m = message_of(bad[i], MOTE_E_BAD_FORMAT);
        assert_int_equal(m.kind, MOTE_RPC_NONE);
    }
}

/* The recorded relay blocks' headers as a node would write them, back to the recorded bytes. */
static void check_header(json_t *line, void *user) {
    mote_context *context = fixture_context(1);
    mote_bytes recorded = fixture_hex_field(line, "header");
    mote_header header;
    assert_status(mote_header_decode(context, &header, recorded), MOTE_OK);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const mote_hash *const hashes[] = {&header.parent_hash, &header.state_root,
                                       &header.extrinsics_root};
    static const char *const names[] = {"parentHash", "stateRoot", "extrinsicsRoot"};
    fprintf(out, "{\"number\":\"0x%x\"", header.number);
    for (size_t i = 0; i < 3; i++) {
        fprintf(out, ",\"%s\":\"0x", names[i]);
        for (size_t k = 0; k < 32; k++) fprintf(out, "%02x", hashes[i]->bytes[k]);
        fputc('"', out);
    }
    fputs(",\"digest\":{\"logs\":[", out);
    const uint8_t *at = header.digest.data;
    mote_digest_item item;
    mote_digest_iterator items = mote_digest_items(&header);
    for (const char *comma = ""; mote_digest_next(&items, &item); comma = ",") {
        fprintf(out, "%s\"0x", comma);
        for (; at < items.cursor.at; at++) fprintf(out, "%02x", *at);
        fputc('"', out);
    }
    fputs("]}}", out);
    fclose(out);
    uint8_t *room = malloc(recorded.size);
    mote_writer writer = mote_writer_into(room, recorded.size);
    mote_json value;
    assert_status(mote_json_parse(context, &value, (mote_bytes){(uint8_t *)text, size}), MOTE_OK);
    assert_status(mote_rpc_header(context, &writer, value), MOTE_OK);
    assert_true(mote_writer_fits(&writer) && writer.size == recorded.size);
    assert_memory_equal(room, recorded.data, recorded.size);
    free(room);
    free(text);
    ++*(size_t *)user;
}

static void recorded_headers(void **state) {
    (void)state;
    size_t count = 0;
    fixture_json_lines("local/relay.blocks.jsonl.gz", check_header, &count);
    assert_int_equal(count, 138);
}

static void headers_that_are_none(void **state) {
    (void)state;
    mote_writer writer = mote_writer_into(NULL, 0);
    static const char *const bad[] = {"null", "{}", "{\"parentHash\":\"0x00\"}", "[]"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_status(mote_rpc_header(fixture_context(1), &writer, parsed(bad[i])),
                      MOTE_E_BAD_FORMAT);
    }
}

static void byte_strings(void **state) {
    (void)state;
    uint8_t room[16];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_context *context = fixture_context(1);
    assert_status(mote_rpc_byte_strings(context, &writer, parsed("[\"0x\",\"0x0102\"]")), MOTE_OK);
    assert_int_equal(writer.size, 5);
    assert_memory_equal(room, "\x08\x00\x08\x01\x02", 5);
    writer = mote_writer_into(room, 2);
    assert_status(mote_rpc_byte_strings(context, &writer, parsed("[\"0x\",\"0x0102\"]")), MOTE_OK);
    assert_false(mote_writer_fits(&writer));
    assert_int_equal(writer.size, 5);
    assert_status(mote_rpc_byte_strings(context, &writer, parsed("[1]")), MOTE_E_BAD_FORMAT);
    assert_int_equal(context->fault.index, 0);
}

/* What a string may hold, at every place of the eight bytes that are looked at together: whole, byte by byte, and by
 * what RFC 8259 says of one. */
static void every_byte_at_every_place(void **state) {
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        for (size_t place = 1; place < 26; place++) {
            uint8_t text[28];
            mote_json value;
            mote_json_check check;
            memset(text, 'a', sizeof text);
            text[0] = text[27] = '"';
            text[place] = (uint8_t)byte;
            mote_status status =
                mote_json_parse(fixture_context(1), &value, (mote_bytes){text, sizeof text});
            bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
            assert_int_equal(status, plain ? MOTE_OK : MOTE_E_BAD_FORMAT);
            mote_json_check_begin(&check);
            mote_status fed = MOTE_OK;
            for (size_t i = 0; i < sizeof text && fed == MOTE_OK; i++) {
                fed = mote_json_check_feed(&check, (mote_bytes){text + i, 1});
            }
            assert_int_equal(fed, status);
        }
    }
}

static void several_fields_at_once(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b", "c"};
    mote_json found[3];
    assert_true(mote_json_fields(parsed("{\"c\":1,\"x\":0,\"x\":0,\"a\":[2]}"), found, names, 3));
    assert_int_equal(found[0].kind, MOTE_JSON_ARRAY);
    assert_int_equal(found[1].kind, MOTE_JSON_NONE);
    assert_int_equal(found[2].kind, MOTE_JSON_NUMBER);
    assert_false(mote_json_fields(parsed("{\"c\":1,\"a\":2,\"a\":3}"), found, names, 3));
    assert_int_equal(found[2].kind, MOTE_JSON_NONE);
    assert_false(mote_json_fields(parsed("[1]"), found, names, 3));
}

static void a_text_that_came_in_chunks(void **state) {
    (void)state;
    mote_bytes text = text_of(" {\"jsonrpc\":\"2.0\",\"id\":3,\"result\":[\"0x00\"]} ");
    mote_context *context = fixture_context(1);
    mote_json_check check;
    mote_rpc_message message;
    mote_json_check_begin(&check);
    for (size_t i = 0; i < text.size; i++) {
        assert_status(mote_rpc_checked(context, &message, &check, (mote_bytes){text.data, i}),
                      i == text.size - 1 ? MOTE_OK : MOTE_E_TRUNCATED);
        assert_status(mote_json_check_feed(&check, (mote_bytes){text.data + i, 1}), MOTE_OK);
    }
    assert_status(mote_rpc_checked(context, &message, &check, text), MOTE_OK);
    assert_true(message.kind == MOTE_RPC_RESULT && message.id == 3);
    assert_int_equal(mote_json_count(message.result), 1);
    const mote_bytes shorter = {text.data, text.size - 1};
    assert_status(mote_rpc_checked(context, &message, &check, shorter), MOTE_E_BAD_ARGUMENT);
    assert_int_equal(message.kind, MOTE_RPC_NONE);
    assert_status(mote_json_check_feed(&check, text_of("x")), MOTE_E_BAD_FORMAT);
    assert_status(mote_rpc_checked(context, &message, &check, text), MOTE_E_BAD_FORMAT);
}

/* As close to what is read as the manual allows: eight bytes in front of the array, and the longest lengths. */
static void byte_strings_where_they_stand(void **state) {
    (void)state;
    static const size_t first_sizes[] = {0, 1, 63, 64, 16383, 16384, 70000};
    static const size_t counts[] = {1, 2, 63, 64, 16383, 16384, 16500};
    static char text[400000];
    static uint8_t apart[200000];
    for (size_t i = 0; i < 49; i++) {
        size_t size = (size_t)sprintf(text, "        [\"0x");
        for (size_t k = 0; k < first_sizes[i % 7]; k++)
            size += (size_t)sprintf(text + size, "%02zX", k % 256);
        for (size_t k = 1; k < counts[i / 7]; k++)
            size += (size_t)sprintf(text + size, "\",\"0x%02zx", k % 256);
        size += (size_t)sprintf(text + size, "\"]");
        mote_json value = parsed(text);
        mote_writer writer = mote_writer_into(apart, sizeof apart);
        assert_status(mote_rpc_byte_strings(fixture_context(1), &writer, value), MOTE_OK);
        assert_true(mote_writer_fits(&writer));
        mote_writer in_place = mote_writer_into((uint8_t *)text, size);
        assert_status(mote_rpc_byte_strings(fixture_context(1), &in_place, value), MOTE_OK);
        assert_int_equal(in_place.size, writer.size);
        assert_memory_equal(text, apart, writer.size);
    }
}

/* Exactly as much memory as there is to write. */
static void byte_strings_that_just_fit(void **state) {
    (void)state;
    uint8_t *room = malloc(5);
    for (size_t size = 0; size <= 5; size++) {
        memset(room, 0xee, 5);
        mote_writer writer = mote_writer_into(room, size);
        mote_json value = parsed("[\"0x\",\"0x0102\"]");
        assert_status(mote_rpc_byte_strings(fixture_context(1), &writer, value), MOTE_OK);
        assert_int_equal(mote_writer_fits(&writer), size == 5);
    }
    assert_memory_equal(room, "\x08\x00\x08\x01\x02", 5);
    free(room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_that_is_json),
        cmocka_unit_test(json_that_is_not),
        cmocka_unit_test(json_that_ends_early),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(the_fault_is_at_its_byte),
        cmocka_unit_test(fields_and_items),
        cmocka_unit_test(numbers),
        cmocka_unit_test(hex),
        cmocka_unit_test(texts),
        cmocka_unit_test(a_request_as_written),
        cmocka_unit_test(answers),
        cmocka_unit_test(messages_that_are_none),
        cmocka_unit_test(recorded_headers),
        cmocka_unit_test(headers_that_are_none),
        cmocka_unit_test(byte_strings),
        cmocka_unit_test(every_byte_at_every_place),
        cmocka_unit_test(several_fields_at_once),
        cmocka_unit_test(a_text_that_came_in_chunks),
        cmocka_unit_test(byte_strings_where_they_stand),
        cmocka_unit_test(byte_strings_that_just_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
