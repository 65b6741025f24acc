/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "mote/limits.h"
#include "mote/source.h"
#include "source_model.h"

static mote_bytes text_of(const char *text) {
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

/* --- requests ----------------------------------------------------------------------------------------------- */
#define HASH_HEX "0x0101010101010101010101010101010101010101010101010101010101010101"
#define CALL(method, parameters)                                                                   \
    "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" method "\",\"params\":[" parameters "]}"

static mote_hash ones(void) {
    mote_hash out;
    memset(&out, 1, sizeof out);
    return out;
}

static void assert_written(const mote_request *request, const char *expected) {
    uint8_t room[1024];
    mote_context *context = fixture_context(1);
    mote_writer writer = mote_writer_into(room, sizeof room), counter = mote_writer_into(NULL, 0);
    assert_status(mote_request_write(context, &writer, request, 7), MOTE_OK);
    assert_int_equal(writer.size, strlen(expected));
    assert_memory_equal(room, expected, writer.size);
    assert_status(mote_request_write(context, &counter, request, 7), MOTE_OK);
    assert_true(counter.size == writer.size && !mote_writer_fits(&counter));
    assert_int_equal(context->used, 0);
}

static void requests_as_written(void **state) {
    (void)state;
    mote_request request = {.kind = MOTE_REQUEST_BLOCK_HASH, .number = UINT32_MAX, .hash = ones()};
    assert_written(&request, CALL("chain_getBlockHash", "4294967295"));
    const uint32_t numbers[] = {7, UINT32_MAX, 0};
    request.kind = MOTE_REQUEST_BLOCK_HASHES;
    request.numbers = numbers;
    assert_written(&request, CALL("chain_getBlockHash", "[]"));
    request.number_count = 3;
    assert_written(&request, CALL("chain_getBlockHash", "[7,4294967295,0]"));
    request.kind = MOTE_REQUEST_FINALIZED;
    assert_written(&request, CALL("chain_getFinalizedHead", ""));
    request.kind = MOTE_REQUEST_HEADER;
    assert_written(&request, CALL("chain_getHeader", "\"" HASH_HEX "\""));
    request.kind = MOTE_REQUEST_FINALITY;
    assert_written(&request, CALL("grandpa_proveFinality", "4294967295"));
    request.kind = MOTE_REQUEST_BLOCK;
    assert_written(&request, CALL("chain_getBlock", "\"" HASH_HEX "\""));
    request.kind = MOTE_REQUEST_SUBMIT;
    request.bytes = text_of("\x04\xff");
    assert_written(&request, CALL("author_submitAndWatchExtrinsic", "\"0x04ff\""));
    request.kind = MOTE_REQUEST_JUSTIFICATIONS;
    assert_written(&request, CALL("grandpa_subscribeJustifications", ""));
    request.kind = MOTE_REQUEST_FINAL_HEADS;
    assert_written(&request, CALL("chain_subscribeFinalizedHeads", ""));
    request.kind = MOTE_REQUEST_NEW_HEADS;
    assert_written(&request, CALL("chain_subscribeNewHeads", ""));
}

static void reads_as_written(void **state) {
    (void)state;
    const mote_bytes keys[2] = {text_of(":c"), {NULL, 0}};
    mote_request request = {.kind = MOTE_REQUEST_READ, .hash = ones(), .keys = keys};
    assert_written(&request, CALL("state_getReadProof", "[],\"" HASH_HEX "\""));
    request.key_count = 2;
    assert_written(&request, CALL("state_getReadProof", "[\"0x3a63\",\"0x\"],\"" HASH_HEX "\""));
    request.child_key = text_of("abc");
    assert_written(&request, CALL("state_getChildReadProof",
                                  "\"0x3a6368696c645f73746f726167653a64656661756c743a616263\","
                                  "[\"0x3a63\",\"0x\"],\"" HASH_HEX "\""));
    request = (mote_request){
        .kind = MOTE_REQUEST_KEYS, .hash = ones(), .prefix = text_of("p"), .count = 1000};
    assert_written(&request, CALL("state_getKeysPaged", "\"0x70\",1000,null,\"" HASH_HEX "\""));
    request.start = text_of("pq");
    request.child_key = text_of("a");
    assert_written(&request, CALL("childstate_getKeysPaged",
                                  "\"0x3a6368696c645f73746f726167653a64656661756c743a61\",\"0x70\","
                                  "1000,\"0x7071\",\"" HASH_HEX "\""));
}

static mote_status write_status(const mote_request *request, mote_context *context) {
    mote_writer writer = mote_writer_into(NULL, 0);
    return mote_request_write(context, &writer, request, 7);
}

static void requests_that_are_none(void **state) {
    (void)state;
    static mote_bytes keys[MOTE_MAX_REQUEST_KEYS + 1];
    static const uint8_t long_key[MOTE_MAX_KEY_SIZE + 1];
    static const int none[] = {MOTE_REQUEST_NONE, MOTE_REQUEST_WARP, MOTE_REQUEST_KINDS, -1};
    mote_context *context = fixture_context(1);
    mote_request request = {.hash = ones()};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        request.kind = (mote_request_kind)none[i];
        assert_status(write_status(&request, context), MOTE_E_BAD_ARGUMENT);
    }
    request = (mote_request){.kind = MOTE_REQUEST_READ, .keys = keys};
    request.key_count = MOTE_MAX_REQUEST_KEYS;
    assert_status(write_status(&request, context), MOTE_OK);
    request.key_count++;
    assert_status(write_status(&request, context), MOTE_E_BAD_ARGUMENT);
    request.key_count = 0;
    request.child_key = (mote_bytes){long_key, MOTE_MAX_KEY_SIZE};
    assert_status(write_status(&request, context), MOTE_OK);
    request.child_key.size++;
    assert_status(write_status(&request, context), MOTE_E_BAD_ARGUMENT);
}

static void a_child_needs_memory_for_its_name(void **state) {
    (void)state;
    static const uint8_t seed[32];
    uint8_t memory[8];
    mote_context small;
    mote_context_init(&small, memory, sizeof memory, seed);
    const mote_request request = {.kind = MOTE_REQUEST_KEYS, .child_key = text_of("child")};
    assert_status(write_status(&request, &small), MOTE_E_LIMIT_MEMORY);
}

static void assert_end(mote_request_kind kind, const char *subscription, const char *expected) {
    uint8_t room[256];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_status status =
        mote_request_write_end(fixture_context(1), &writer, kind, text_of(subscription), 7);
    assert_status(status, expected == NULL ? MOTE_E_BAD_ARGUMENT : MOTE_OK);
    if (expected == NULL) return;
    assert_int_equal(writer.size, strlen(expected));
    assert_memory_equal(room, expected, writer.size);
}

static void subscriptions_end(void **state) {
    (void)state;
    assert_end(MOTE_REQUEST_SUBMIT, "\"x\"", CALL("author_unwatchExtrinsic", "\"x\""));
    assert_end(MOTE_REQUEST_JUSTIFICATIONS, "9", CALL("grandpa_unsubscribeJustifications", "9"));
    assert_end(MOTE_REQUEST_FINAL_HEADS, "\"a\\\"\"",
               CALL("chain_unsubscribeFinalizedHeads", "\"a\\\"\""));
    assert_end(MOTE_REQUEST_NEW_HEADS, "\"x\"", CALL("chain_unsubscribeNewHeads", "\"x\""));
    assert_end(MOTE_REQUEST_NEW_HEADS, "", NULL);
    assert_end(MOTE_REQUEST_HEADER, "\"x\"", NULL);
    assert_end(MOTE_REQUEST_WARP, "\"x\"", NULL);
}

static void every_kind_has_a_name_and_a_limit(void **state) {
    (void)state;
    for (uint32_t i = 0; i < MOTE_REQUEST_KINDS; i++) {
        const char *name = mote_request_name((mote_request_kind)i);
        size_t limit = mote_request_reply_limit((mote_request_kind)i);
        for (uint32_t k = 0; k < i; k++) {
            assert_string_not_equal(name, mote_request_name((mote_request_kind)k));
        }
        bool is_asked = i != MOTE_REQUEST_NONE && i != MOTE_REQUEST_WARP;
        assert_true(is_asked ? limit >= 65536 && limit <= MOTE_RPC_MAX_MESSAGE : limit == 0);
    }
    assert_string_equal(mote_request_name((mote_request_kind)-1), "none");
    assert_string_equal(mote_request_name(MOTE_REQUEST_BLOCK_HASH), "block-hash");
}

/* --- answers ------------------------------------------------------------------------------------------------ */
static mote_status answer_status(mote_request_kind kind, const char *result) {
    char *text = malloc(strlen(result) + 64);
    sprintf(text, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}", result);
    mote_status status = source_model_judge(text_of(text), kind, false);
    free(text);
    return status;
}

static mote_status notice_status(mote_request_kind kind, const char *result) {
    char *text = malloc(strlen(result) + 128);
    sprintf(text,
            "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"subscription\":1,\"result\":%s}}",
            result);
    mote_status status = source_model_judge(text_of(text), kind, true);
    free(text);
    return status;
}

#define HEADER_WITH(number, logs)                                                                  \
    "{\"digest\":{\"logs\":" logs "},\"number\":" number ",\"parentHash\":\"" HASH_HEX             \
    "\",\"stateRoot\":\"" HASH_HEX "\",\"extrinsicsRoot\":\"" HASH_HEX "\"}"
#define HEADER HEADER_WITH("\"0x0\"", "[]")
#define BLOCK(header, extrinsics, justifications)                                                  \
    "{\"block\":{\"extrinsics\":" extrinsics ",\"header\":" header                                 \
    "},\"justifications\":" justifications "}"

typedef struct form {
    mote_request_kind kind;
    const char *result;
    mote_status expected;
} form;

static const form forms[] = {
    {MOTE_REQUEST_BLOCK_HASH, "\"" HASH_HEX "\"", MOTE_OK},
    {MOTE_REQUEST_BLOCK_HASH, "null", MOTE_OK},
    {MOTE_REQUEST_BLOCK_HASH, "[\"" HASH_HEX "\"]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASH, "\"0x01\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASH, "\"" HASH_HEX "00\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASH, "false", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "[]", MOTE_OK},
    {MOTE_REQUEST_BLOCK_HASHES, "[null,null,null,null]", MOTE_OK},
    {MOTE_REQUEST_BLOCK_HASHES, "[\"" HASH_HEX "\",null, \"" HASH_HEX "\"]", MOTE_OK},
    {MOTE_REQUEST_BLOCK_HASHES, "[\"" HASH_HEX "\",\"0x01\"]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "[[\"" HASH_HEX "\"]]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "[0]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "\"" HASH_HEX "\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "{\"0\":\"" HASH_HEX "\"}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK_HASHES, "null", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALIZED, "\"" HASH_HEX "\"", MOTE_OK},
    {MOTE_REQUEST_FINALIZED, "null", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER, MOTE_OK},
    {MOTE_REQUEST_HEADER, "null", MOTE_OK},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0xffffffffffffffff\"", "[\"0x\",\"0x00\"]"), MOTE_OK},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x00\"", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x\"", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("0", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0\"", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x10000000000000000\"", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\"", "null"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\"", "{}"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\"", "[\"0x0\"]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\"", "[[]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\"", "[],\"logs\":[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, HEADER_WITH("\"0x0\",\"number\":\"0x0\"", "[]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, "{}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_HEADER, "[]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "\"0x\"", MOTE_OK},
    {MOTE_REQUEST_FINALITY, "\"0xAb01\"", MOTE_OK},
    {MOTE_REQUEST_FINALITY, "null", MOTE_OK},
    {MOTE_REQUEST_FINALITY, "\"ab01\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "\"0xab0\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "\"0xa\\u0062\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "\"\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "[171,1]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_FINALITY, "7", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":[]}", MOTE_OK},
    {MOTE_REQUEST_READ, "{\"proof\":[\"0x\",\"0x\",\"0x01\"],\"at\":7}", MOTE_OK},
    {MOTE_REQUEST_READ, "{\"at\":\"" HASH_HEX "\"}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":[],\"proof\":[]}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":null}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":{\"a\":\"0x\"}}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":[\"0x\",[\"0x\"]]}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "{\"proof\":[\"\"]}", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "[\"0x\"]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_READ, "null", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_KEYS, "[]", MOTE_OK},
    {MOTE_REQUEST_KEYS, "[\"0x\" , \"0x0102\"]", MOTE_OK},
    {MOTE_REQUEST_KEYS, "[\"0x\",null]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_KEYS, "\"0x\"", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_KEYS, "null", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "null"), MOTE_OK},
    {MOTE_REQUEST_BLOCK, "null", MOTE_OK},
    {MOTE_REQUEST_BLOCK, "{\"block\":{\"header\":" HEADER ",\"extrinsics\":[]}}", MOTE_OK},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[\"0x00\",\"0x0401\"]", "[]"), MOTE_OK},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[\"0x0401\",\"0x\"]", "[]"), MOTE_E_TRUNCATED},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[\"0x0801\"]", "[]"), MOTE_E_LENGTH_BEYOND_INPUT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[\"0x0001\"]", "[]"), MOTE_E_TRAILING_BYTES},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[\"0x01000000\"]", "[]"), MOTE_E_COMPACT_NOT_CANONICAL},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[7]", "null"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "null", "null"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK("null", "[]", "null"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "null,\"justifications\":null"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[]]]"), MOTE_OK},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[1,2,3,4],[0,255]],[[5,6,7,8],[ 9 , 1 ]]]"),
     MOTE_OK},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[\"0x46524e4b\",\"0x0102\"]]"), MOTE_OK},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[\"FRNK\",\"0x0102\"]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78],[]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75,0],[]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[256]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[-1]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[-0]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[1.0]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[1e1]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[\"1\"]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[[1]]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[null]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],{}]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[[[70,82,78,75],[],[]]]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "{\"a\":[[70,82,78,75],[]]}"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, BLOCK(HEADER, "[]", "[70,82]"), MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_BLOCK, HEADER, MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_SUBMIT, "\"abc\"", MOTE_OK},
    {MOTE_REQUEST_JUSTIFICATIONS, "12", MOTE_OK},
    {MOTE_REQUEST_FINAL_HEADS, "null", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_NEW_HEADS, "[\"abc\"]", MOTE_E_BAD_FORMAT},
    {MOTE_REQUEST_NEW_HEADS, "true", MOTE_E_BAD_FORMAT}};

static void answers_by_form(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        mote_status status = answer_status(forms[i].kind, forms[i].result);
        if (status != forms[i].expected) print_error("%s\n", forms[i].result);
        assert_status(status, forms[i].expected);
    }
}

static void notices_by_form(void **state) {
    (void)state;
    assert_status(notice_status(MOTE_REQUEST_JUSTIFICATIONS, "\"0x0102\""), MOTE_OK);
    assert_status(notice_status(MOTE_REQUEST_JUSTIFICATIONS, "null"), MOTE_E_BAD_FORMAT);
    assert_status(notice_status(MOTE_REQUEST_JUSTIFICATIONS, "[1,2]"), MOTE_E_BAD_FORMAT);
    assert_status(notice_status(MOTE_REQUEST_FINAL_HEADS, HEADER), MOTE_OK);
    assert_status(notice_status(MOTE_REQUEST_NEW_HEADS, HEADER), MOTE_OK);
    assert_status(notice_status(MOTE_REQUEST_NEW_HEADS, "null"), MOTE_E_BAD_FORMAT);
    assert_status(notice_status(MOTE_REQUEST_FINAL_HEADS, "\"0x\""), MOTE_E_BAD_FORMAT);
}

/* What a caller may not ask; nothing is read then. */
static void messages_of_another_kind(void **state) {
    (void)state;
    char answer[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x\"}";
    char refusal[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}";
    uint8_t *text = (uint8_t *)answer;
    mote_context *context = fixture_context(1);
    mote_rpc_message message;
    mote_reply reply;
    assert_status(mote_rpc_parse(context, &message, text_of(refusal)), MOTE_OK);
    assert_status(mote_reply_read(context, &reply, MOTE_REQUEST_HEADER, (uint8_t *)refusal,
                                  strlen(refusal), &message),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_rpc_parse(context, &message, text_of(answer)), MOTE_OK);
    static const mote_request_kind none[] = {MOTE_REQUEST_NONE, MOTE_REQUEST_WARP};
    for (size_t i = 0; i < 2; i++) {
        assert_status(mote_reply_read(context, &reply, none[i], text, strlen(answer), &message),
                      MOTE_E_BAD_ARGUMENT);
    }
    assert_status(mote_notice_read(context, &reply, MOTE_REQUEST_JUSTIFICATIONS, text,
                                   strlen(answer), &message),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_reply_read(context, &reply, MOTE_REQUEST_FINALITY, (uint8_t *)refusal,
                                  strlen(refusal), &message),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_reply_read(context, &reply, MOTE_REQUEST_FINALITY, text, 8, &message),
                  MOTE_E_BAD_ARGUMENT);
    assert_string_equal(answer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x\"}");
}

/* --- much of it --------------------------------------------------------------------------------------------- */
typedef struct many {
    const char *before, *item, *after;
    mote_request_kind kind;
    size_t count;
    mote_status expected;
} many;

static void judge_many(const many *of) {
    char *result =
        malloc(strlen(of->before) + of->count * (strlen(of->item) + 1) + strlen(of->after) + 1);
    char *at = result + sprintf(result, "%s", of->before);
    for (size_t i = 0; i < of->count; i++) at += sprintf(at, "%s%s", i == 0 ? "" : ",", of->item);
    strcpy(at, of->after);
    mote_status status = answer_status(of->kind, result);
    free(result);
    assert_status(status, of->expected);
}

#define EXTRINSICS_BEFORE "{\"block\":{\"header\":" HEADER ",\"extrinsics\":["
#define JUSTIFICATIONS_BEFORE                                                                      \
    "{\"block\":{\"header\":" HEADER ",\"extrinsics\":[]},\"justifications\":["

/* A million of the shortest items, and counts of each length; one wrong at the end refuses all. */
static void many_items(void **state) {
    (void)state;
    const size_t million = fixture_times(1000000);
    const many cases[] = {
        {"[", "\"0x\"", "]", MOTE_REQUEST_KEYS, million, MOTE_OK},
        {"[", "\"0x\"", "]", MOTE_REQUEST_KEYS, 64, MOTE_OK},
        {"[", "\"0x\"", "]", MOTE_REQUEST_KEYS, 16384, MOTE_OK},
        {"[", "\"\"", "]", MOTE_REQUEST_KEYS, million, MOTE_E_BAD_FORMAT},
        {"{\"proof\":[", "\"0x01\"", "]}", MOTE_REQUEST_READ, million, MOTE_OK},
        {"{\"proof\":[", "\"0x01\"", ",[]]}", MOTE_REQUEST_READ, million, MOTE_E_BAD_FORMAT},
        {EXTRINSICS_BEFORE, "\"0x00\"", "]}}", MOTE_REQUEST_BLOCK, million, MOTE_OK},
        {EXTRINSICS_BEFORE, "\"0x00\"", "]}}", MOTE_REQUEST_BLOCK, 63, MOTE_OK},
        {EXTRINSICS_BEFORE, "\"0x0401\"", "]}}", MOTE_REQUEST_BLOCK, 16384, MOTE_OK},
        {EXTRINSICS_BEFORE, "\"0x\"", "]}}", MOTE_REQUEST_BLOCK, million,
         MOTE_E_LENGTH_BEYOND_INPUT},
        {JUSTIFICATIONS_BEFORE, "[[1,2,3,4],[]]", "]}", MOTE_REQUEST_BLOCK, 63, MOTE_OK},
        {JUSTIFICATIONS_BEFORE, "[[1,2,3,4],[5,6]]", "]}", MOTE_REQUEST_BLOCK, 63, MOTE_OK},
        {JUSTIFICATIONS_BEFORE, "[[1,2,3,4],[]]", "]}", MOTE_REQUEST_BLOCK, 64, MOTE_E_LIMIT_COUNT},
        {JUSTIFICATIONS_BEFORE "[[1,2,3,4],[", "7", "]]]}", MOTE_REQUEST_BLOCK, million, MOTE_OK},
        {JUSTIFICATIONS_BEFORE "[[1,2,3,4],[", "7", "]]]}", MOTE_REQUEST_BLOCK, 64, MOTE_OK},
        {JUSTIFICATIONS_BEFORE "[[1,2,3,4],[", "7", "]]]}", MOTE_REQUEST_BLOCK, 16384, MOTE_OK},
        {JUSTIFICATIONS_BEFORE "[[", "1", "],[]]]}", MOTE_REQUEST_BLOCK, million,
         MOTE_E_BAD_FORMAT},
        {JUSTIFICATIONS_BEFORE "[", "[]", "]]}", MOTE_REQUEST_BLOCK, million, MOTE_E_BAD_FORMAT},
        {"{\"digest\":{\"logs\":[", "\"0x00\"",
         "]},\"number\":\"0x1\",\"parentHash\":\"" HASH_HEX "\",\"stateRoot\":\"" HASH_HEX
         "\",\"extrinsicsRoot\":\"" HASH_HEX "\"}",
         MOTE_REQUEST_HEADER, million, MOTE_OK},
        {"{", "\"proof\":[]", "}", MOTE_REQUEST_READ, million, MOTE_E_BAD_FORMAT},
        {"{", "\"x\":[]", ",\"proof\":[]}", MOTE_REQUEST_READ, million, MOTE_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) judge_many(&cases[i]);
}

static void as_deep_as_json_goes(void **state) {
    (void)state;
    char result[2 * MOTE_JSON_DEPTH] = {0};
    memset(result, '[', MOTE_JSON_DEPTH - 1);
    memset(result + MOTE_JSON_DEPTH - 1, ']', MOTE_JSON_DEPTH - 1);
    for (uint32_t kind = 1; kind < MOTE_REQUEST_WARP; kind++) {
        assert_status(answer_status((mote_request_kind)kind, result), MOTE_E_BAD_FORMAT);
    }
}

/* --- hints -------------------------------------------------------------------------------------------------- */
typedef struct hint_case {
    const char *result;
    mote_status expected;
    mote_extrinsic_hint hint;
    bool has_hash;
} hint_case;

static const hint_case hint_cases[] = {
    {"\"future\"", MOTE_OK, MOTE_HINT_WAITING, false},
    {"\"ready\"", MOTE_OK, MOTE_HINT_WAITING, false},
    {"{\"broadcast\":[\"12D3\",\"12D4\"]}", MOTE_OK, MOTE_HINT_WAITING, false},
    {"{\"retracted\":\"" HASH_HEX "\"}", MOTE_OK, MOTE_HINT_WAITING, true},
    {"{\"inBlock\":\"" HASH_HEX "\"}", MOTE_OK, MOTE_HINT_IN_BLOCK, true},
    {"{\"finalized\":\"" HASH_HEX "\"}", MOTE_OK, MOTE_HINT_FINAL, true},
    {"{\"finalityTimeout\":\"" HASH_HEX "\"}", MOTE_OK, MOTE_HINT_GONE, true},
    {"{\"usurped\":\"" HASH_HEX "\"}", MOTE_OK, MOTE_HINT_GONE, false},
    {"\"dropped\"", MOTE_OK, MOTE_HINT_GONE, false},
    {"\"invalid\"", MOTE_OK, MOTE_HINT_GONE, false},
    {"\"thawed\"", MOTE_OK, MOTE_HINT_NONE, false},
    {"{\"thawed\":{\"a\":1}}", MOTE_OK, MOTE_HINT_NONE, false},
    {"\"inBlock\"", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"{\"inBlock\":null}", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"{\"inBlock\":\"0x01\"}", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"{\"finalized\":\"" HASH_HEX "\",\"inBlock\":\"" HASH_HEX "\"}", MOTE_E_BAD_FORMAT,
     MOTE_HINT_NONE, false},
    {"{}", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"null", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"7", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false},
    {"[\"ready\"]", MOTE_E_BAD_FORMAT, MOTE_HINT_NONE, false}};

static void hints_by_word(void **state) {
    (void)state;
    const mote_hash zero = {{0}}, one = ones();
    for (size_t i = 0; i < sizeof hint_cases / sizeof hint_cases[0]; i++) {
        mote_json value;
        mote_hash hash = ones();
        mote_extrinsic_hint hint = MOTE_HINT_FINAL;
        mote_context *context = fixture_context(1);
        assert_status(mote_json_parse(context, &value, text_of(hint_cases[i].result)), MOTE_OK);
        assert_status(mote_extrinsic_hint_read(context, &hint, &hash, value),
                      hint_cases[i].expected);
        assert_int_equal(hint, hint_cases[i].hint);
        assert_true(mote_hash_equal(&hash, hint_cases[i].has_hash ? &one : &zero));
    }
}

/* --- finality proofs ---------------------------------------------------------------------------------------- */
static mote_bytes recorded_proof(void) {
    return fixture_hex_field(fixture_json("local/relay.prove-finality.json.gz"), "60");
}

static mote_status proof_status(mote_bytes input) {
    mote_finality_proof proof;
    mote_status status = mote_finality_proof_read(fixture_context(1), &proof, input);
    if (status != MOTE_OK) {
        assert_true(proof.header_count == 0 && proof.justification.data == NULL);
        assert_true(proof.headers.data == NULL && proof.last_header.data == NULL);
    }
    return status;
}

static void a_finality_proof_cut_anywhere(void **state) {
    (void)state;
    mote_bytes whole = recorded_proof();
    assert_status(proof_status(whole), MOTE_OK);
    for (size_t size = 0; size < whole.size; size++) {
        uint8_t *cut = fixture_copy((mote_bytes){whole.data, size});
        assert_int_not_equal(proof_status((mote_bytes){cut, size}), MOTE_OK);
        free(cut);
    }
}

static void a_finality_proof_with_more_behind(void **state) {
    (void)state;
    mote_bytes whole = recorded_proof();
    uint8_t *longer = malloc(whole.size + 1);
    memcpy(longer, whole.data, whole.size);
    longer[whole.size] = 0;
    assert_status(proof_status((mote_bytes){longer, whole.size + 1}), MOTE_E_TRAILING_BYTES);
    free(longer);
}

/* A hash, no justification, and a count of headers with nothing, or zeros, behind it. */
static mote_status counted_status(uint32_t count, size_t behind) {
    size_t capacity = 32 + 1 + 4 + behind;
    uint8_t *room = calloc(1, capacity);
    mote_writer writer = mote_writer_into(room, capacity);
    mote_write_span(&writer, ones().bytes, 32);
    mote_write_compact(&writer, 0);
    mote_write_compact(&writer, count);
    mote_status status = proof_status((mote_bytes){room, writer.size + behind});
    free(room);
    return status;
}

static void headers_that_a_finality_proof_claims(void **state) {
    (void)state;
    assert_status(counted_status(0, 0), MOTE_OK);
    assert_status(counted_status(1, 0), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(counted_status(1, 97), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(counted_status(1, 98), MOTE_OK);
    assert_status(counted_status(100000, 98 * 100000), MOTE_OK);
    assert_status(counted_status(100001, 98 * 100001), MOTE_E_LIMIT_COUNT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_as_written),
        cmocka_unit_test(reads_as_written),
        cmocka_unit_test(requests_that_are_none),
        cmocka_unit_test(a_child_needs_memory_for_its_name),
        cmocka_unit_test(subscriptions_end),
        cmocka_unit_test(every_kind_has_a_name_and_a_limit),
        cmocka_unit_test(answers_by_form),
        cmocka_unit_test(notices_by_form),
        cmocka_unit_test(messages_of_another_kind),
        cmocka_unit_test(many_items),
        cmocka_unit_test(as_deep_as_json_goes),
        cmocka_unit_test(hints_by_word),
        cmocka_unit_test(a_finality_proof_cut_anywhere),
        cmocka_unit_test(a_finality_proof_with_more_behind),
        cmocka_unit_test(headers_that_a_finality_proof_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
