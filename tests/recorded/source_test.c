/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages of real nodes: requests are the texts that they answered, and answers come out as a naive reading of the same JSON
 * says, which hashes and roots confirm. Then every recorded block, as nodes write it.
 */
#include "fixture.h"

#include "mote/block.h"
#include "mote/grandpa.h"
#include "mote/hash.h"
#include "mote/header.h"
#include "mote/source.h"

/* --- the naive reading -------------------------------------------------------------------------------------- */
typedef struct buffer {
    uint8_t *data;
    size_t size;
} buffer;

static void put(buffer *out, const void *data, size_t size) {
    out->data = realloc(out->data, out->size + size + 1);
    if (size > 0) memcpy(out->data + out->size, data, size);
    out->size += size;
}

static void put_compact(buffer *out, uint64_t value) {
    uint8_t room[9];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_compact(&writer, value);
    put(out, room, writer.size);
}

static void put_hex(buffer *out, const json_t *value, bool with_length) {
    mote_bytes bytes = fixture_hex(json_string_value(value));
    if (with_length) put_compact(out, bytes.size);
    put(out, bytes.data, bytes.size);
}

static void put_list(buffer *out, json_t *list, bool with_length) {
    size_t index;
    json_t *item;
    put_compact(out, json_array_size(list));
    json_array_foreach(list, index, item) put_hex(out, item, with_length);
}

static void put_header(buffer *out, const json_t *header) {
    put_hex(out, json_object_get(header, "parentHash"), false);
    put_compact(out, strtoull(json_string_value(json_object_get(header, "number")) + 2, NULL, 16));
    put_hex(out, json_object_get(header, "stateRoot"), false);
    put_hex(out, json_object_get(header, "extrinsicsRoot"), false);
    put_list(out, json_object_get(json_object_get(header, "digest"), "logs"), false);
}

static void put_numbers(buffer *out, const json_t *list) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        uint8_t byte = (uint8_t)json_integer_value(json_array_get(list, i));
        put(out, &byte, 1);
    }
}

static void put_justifications(buffer *out, json_t *list) {
    if (json_is_null(list)) return;
    put_compact(out, json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i), *bytes = json_array_get(pair, 1);
        put_numbers(out, json_array_get(pair, 0));
        put_compact(out, json_array_size(bytes));
        put_numbers(out, bytes);
    }
}

static void assert_same(mote_bytes actual, buffer *expected) {
    assert_int_equal(actual.size, expected->size);
    if (expected->size > 0) assert_memory_equal(actual.data, expected->data, expected->size);
    free(expected->data);
}

/* --- a session ---------------------------------------------------------------------------------------------- */
#define MAX_ASKED 64
typedef struct talk {
    const char *asked[MAX_ASKED];
    mote_header head; /* the final one that the session asks about */
    size_t compared, answered, refused, notified, hints[MOTE_HINT_GONE + 1];
} talk;

typedef struct method {
    const char *name;
    mote_request_kind kind;
} method;

static const method methods[] = {{"chain_getBlockHash", MOTE_REQUEST_BLOCK_HASH},
                                 {"chain_getFinalizedHead", MOTE_REQUEST_FINALIZED},
                                 {"chain_getHeader", MOTE_REQUEST_HEADER},
                                 {"grandpa_proveFinality", MOTE_REQUEST_FINALITY},
                                 {"chain_getBlock", MOTE_REQUEST_BLOCK},
                                 {"state_getReadProof", MOTE_REQUEST_READ},
                                 {"state_getChildReadProof", MOTE_REQUEST_READ},
                                 {"state_getKeysPaged", MOTE_REQUEST_KEYS},
                                 {"childstate_getKeysPaged", MOTE_REQUEST_KEYS},
                                 {"author_submitAndWatchExtrinsic", MOTE_REQUEST_SUBMIT},
                                 {"grandpa_subscribeJustifications", MOTE_REQUEST_JUSTIFICATIONS},
                                 {"chain_subscribeFinalizedHeads", MOTE_REQUEST_FINAL_HEADS},
                                 {"chain_subscribeNewHeads", MOTE_REQUEST_NEW_HEADS},
                                 {"grandpa_justifications", MOTE_REQUEST_JUSTIFICATIONS},
                                 {"chain_finalizedHead", MOTE_REQUEST_FINAL_HEADS},
                                 {"chain_newHead", MOTE_REQUEST_NEW_HEADS},
                                 {"author_extrinsicUpdate", MOTE_REQUEST_SUBMIT}};

static mote_request_kind kind_of(const char *name) {
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, name) == 0) return methods[i].kind;
    }
    return MOTE_REQUEST_NONE;
}

/* --- requests ----------------------------------------------------------------------------------------------- */
static mote_bytes parameter(json_t *parameters, size_t index) {
    const char *hex = json_string_value(json_array_get(parameters, index));
    return hex == NULL ? (mote_bytes){NULL, 0} : fixture_hex(hex);
}

static void set_hash(mote_request *out, json_t *parameters, size_t index) {
    mote_bytes hash = parameter(parameters, index);
    if (hash.size == 32) memcpy(out->hash.bytes, hash.data, 32);
}

static mote_request request_of(const char *name, json_t *parameters, mote_bytes keys[8]) {
    mote_request out = {.kind = kind_of(name)};
    size_t at = 0;
    if (strncmp(name, "childstate", 10) == 0 || strcmp(name, "state_getChildReadProof") == 0) {
        mote_bytes child = parameter(parameters, at++);
        size_t prefix = strlen(":child_storage:default:");
        out.child_key = (mote_bytes){child.data + prefix, child.size - prefix};
    }
    if (out.kind == MOTE_REQUEST_READ) {
        json_t *list = json_array_get(parameters, at++);
        out.key_count = (uint32_t)json_array_size(list);
        for (uint32_t i = 0; i < out.key_count; i++) keys[i] = parameter(list, i);
        out.keys = keys;
    } else if (out.kind == MOTE_REQUEST_KEYS) {
        out.prefix = parameter(parameters, at++);
        out.count = (uint32_t)json_integer_value(json_array_get(parameters, at++));
        out.start = parameter(parameters, at++);
    } else if (out.kind == MOTE_REQUEST_SUBMIT) {
        out.bytes = parameter(parameters, at);
    }
    out.number = (uint32_t)json_integer_value(json_array_get(parameters, 0));
    set_hash(&out, parameters, at);
    return out;
}

/* The text that a node was sent, which it took, is the one that we write. */
static void compare_request(talk *session, const char *text) {
    static uint8_t room[65536];
    mote_bytes keys[8];
    json_t *ask = json_loads(text, 0, NULL);
    const char *name = json_string_value(json_object_get(ask, "method"));
    size_t id = (size_t)json_integer_value(json_object_get(ask, "id"));
    assert_in_range(id, 1, MAX_ASKED - 1);
    session->asked[id] = text;
    mote_writer writer = mote_writer_into(room, sizeof room);
    if (strcmp(name, "chain_unsubscribeNewHeads") == 0) {
        mote_bytes subscription = {(const uint8_t *)"\"nope\"", 6};
        assert_status(mote_request_write_end(fixture_context(1), &writer, MOTE_REQUEST_NEW_HEADS,
                                             subscription, id),
                      MOTE_OK);
    } else {
        mote_request request = request_of(name, json_object_get(ask, "params"), keys);
        assert_status(mote_request_write(fixture_context(1), &writer, &request, id), MOTE_OK);
    }
    assert_int_equal(writer.size, strlen(text));
    assert_memory_equal(room, text, writer.size);
    session->compared++;
    json_decref(ask);
}

/* --- answers ------------------------------------------------------------------------------------------------ */
static mote_header header_of(mote_bytes encoded) {
    mote_header out;
    assert_status(mote_header_decode(fixture_other_context(1), &out, encoded), MOTE_OK);
    return out;
}

static void assert_asked_hash(const mote_hash *hash, json_t *parameters) {
    mote_hash asked = fixture_hash(json_string_value(json_array_get(parameters, 0)));
    assert_memory_equal(hash, &asked, sizeof asked);
}

static void check_header(talk *session, const mote_reply *reply, json_t *result,
                         json_t *parameters) {
    buffer expected = {NULL, 0};
    put_header(&expected, result);
    mote_header header = header_of(reply->bytes);
    assert_asked_hash(&header.hash, parameters);
    session->head = header;
    assert_same(reply->bytes, &expected);
}

static void check_body(const mote_header *header, mote_bytes extrinsics) {
    mote_context *context = fixture_other_context(16);
    mote_body body;
    mote_state_version version;
    assert_status(mote_body_decode(context, &body, extrinsics), MOTE_OK);
    assert_status(mote_body_find_version(context, &version, header, body.extrinsics, body.count),
                  MOTE_OK);
}

static void check_block(const mote_reply *reply, json_t *result, json_t *parameters) {
    buffer header = {NULL, 0}, extrinsics = {NULL, 0}, justifications = {NULL, 0};
    json_t *block = json_object_get(result, "block");
    put_header(&header, json_object_get(block, "header"));
    put_list(&extrinsics, json_object_get(block, "extrinsics"), false);
    put_justifications(&justifications, json_object_get(result, "justifications"));
    mote_header decoded = header_of(reply->bytes);
    assert_asked_hash(&decoded.hash, parameters);
    check_body(&decoded, reply->extrinsics);
    assert_same(reply->bytes, &header);
    assert_same(reply->extrinsics, &extrinsics);
    assert_same(reply->justifications, &justifications);
}

/* The nodes of a proof hold the root of the state that was asked about. */
static void check_proof(const talk *session, const mote_reply *reply, json_t *result) {
    buffer expected = {NULL, 0};
    json_t *proof = json_object_get(result, "proof");
    bool has_root = json_array_size(proof) == 0;
    put_list(&expected, proof, true);
    mote_cursor cursor = mote_cursor_over(reply->bytes);
    for (uint32_t left = mote_read_count(&cursor, 1, 100000); left > 0; left--) {
        mote_hash hash = mote_blake2b_256(mote_read_vec_u8(&cursor));
        if (mote_hash_equal(&hash, &session->head.state_root)) has_root = true;
    }
    assert_status(mote_cursor_finish(fixture_other_context(1), &cursor), MOTE_OK);
    assert_true(has_root);
    assert_same(reply->bytes, &expected);
}

/* The justification is for the block that is proven, which the last header is. */
static void check_finality(const mote_reply *reply, json_t *result) {
    buffer expected = {NULL, 0};
    mote_finality_proof proof;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_finality_proof_read(context, &proof, reply->bytes), MOTE_OK);
    assert_memory_equal(proof.justification.data + 8, &proof.block, sizeof proof.block);
    if (proof.header_count > 0) {
        mote_header last = header_of(proof.last_header);
        assert_memory_equal(&last.hash, &proof.block, sizeof proof.block);
        assert_ptr_equal(proof.last_header.data + proof.last_header.size,
                         proof.headers.data + proof.headers.size);
    }
    put_hex(&expected, result, false);
    assert_same(reply->bytes, &expected);
}

static void check_list(const mote_reply *reply, json_t *result) {
    buffer expected = {NULL, 0};
    put_list(&expected, result, true);
    assert_same(reply->bytes, &expected);
}

static void check_text(mote_bytes actual, json_t *result) {
    char *text = json_dumps(result, JSON_ENCODE_ANY);
    assert_int_equal(actual.size, strlen(text));
    assert_memory_equal(actual.data, text, actual.size);
    free(text);
}

static void check_answer(talk *session, mote_request_kind kind, const mote_reply *reply,
                         json_t *result, json_t *parameters) {
    mote_hash hash;
    assert_int_equal(reply->present, !json_is_null(result));
    if (!reply->present) return;
    switch (kind) {
    case MOTE_REQUEST_BLOCK_HASH:
    case MOTE_REQUEST_FINALIZED:
        hash = fixture_hash(json_string_value(result));
        assert_memory_equal(&reply->hash, &hash, sizeof hash);
        break;
    case MOTE_REQUEST_HEADER: check_header(session, reply, result, parameters); break;
    case MOTE_REQUEST_BLOCK: check_block(reply, result, parameters); break;
    case MOTE_REQUEST_READ: check_proof(session, reply, result); break;
    case MOTE_REQUEST_FINALITY: check_finality(reply, result); break;
    case MOTE_REQUEST_KEYS: check_list(reply, result); break;
    default: check_text(reply->subscription, result); break;
    }
}

static void read_answer(talk *session, uint8_t *text, size_t size, const mote_rpc_message *message,
                        json_t *answer) {
    json_t *ask = json_loads(session->asked[message->id], 0, NULL);
    mote_reply reply;
    mote_request_kind kind = kind_of(json_string_value(json_object_get(ask, "method")));
    if (kind != MOTE_REQUEST_NONE) {
        assert_status(mote_reply_read(fixture_context(1), &reply, kind, text, size, message),
                      MOTE_OK);
        check_answer(session, kind, &reply, json_object_get(answer, "result"),
                     json_object_get(ask, "params"));
        session->answered++;
    }
    json_decref(ask);
}

static void read_notice(talk *session, uint8_t *text, size_t size, const mote_rpc_message *message,
                        json_t *notice) {
    mote_reply reply;
    mote_extrinsic_hint hint;
    mote_hash hash;
    buffer expected = {NULL, 0};
    json_t *result = json_object_get(json_object_get(notice, "params"), "result");
    mote_request_kind kind = kind_of(json_string_value(json_object_get(notice, "method")));
    session->notified++;
    if (kind == MOTE_REQUEST_SUBMIT) {
        assert_status(mote_extrinsic_hint_read(fixture_context(1), &hint, &hash, message->result),
                      MOTE_OK);
        session->hints[hint]++;
        return;
    }
    assert_status(mote_notice_read(fixture_context(1), &reply, kind, text, size, message), MOTE_OK);
    if (kind == MOTE_REQUEST_JUSTIFICATIONS) {
        put_hex(&expected, result, false);
    } else {
        put_header(&expected, result);
        (void)header_of(reply.bytes);
    }
    assert_same(reply.bytes, &expected);
}

static void read_message(talk *session, const char *received) {
    mote_rpc_message message;
    mote_bytes whole = {(const uint8_t *)received, strlen(received)};
    uint8_t *text = fixture_copy(whole);
    json_t *json = json_loads(received, 0, NULL);
    assert_status(mote_rpc_parse(fixture_context(1), &message, (mote_bytes){text, whole.size}),
                  MOTE_OK);
    switch (message.kind) {
    case MOTE_RPC_RESULT: read_answer(session, text, whole.size, &message, json); break;
    case MOTE_RPC_NOTIFICATION: read_notice(session, text, whole.size, &message, json); break;
    default: session->refused++;
    }
    json_decref(json);
    free(text);
}

static void each_line(json_t *line, void *user) {
    const char *ask = json_string_value(json_object_get(line, "ask"));
    if (ask != NULL) {
        compare_request(user, strdup(ask));
    } else {
        read_message(user, json_string_value(json_object_get(line, "text")));
    }
}

static talk run(const char *path) {
    talk session = {0};
    fixture_json_lines(path, each_line, &session);
    return session;
}

static void a_session_with_the_relay_chain(void **state) {
    (void)state;
    talk session = run("rpc/relay.jsonl.gz");
    assert_int_equal(session.compared, 27);
    assert_int_equal(session.answered, 23);
    assert_int_equal(session.refused, 3);
    assert_true(session.notified >= 10);
}

static void a_session_with_a_parachain(void **state) {
    (void)state;
    talk session = run("rpc/para-2000.jsonl.gz");
    assert_int_equal(session.compared, 21);
    assert_int_equal(session.answered, 18);
    assert_int_equal(session.refused, 2);
}

static void three_extrinsics_watched(void **state) {
    (void)state;
    talk session = run("rpc/relay-submit.jsonl.gz");
    assert_int_equal(session.answered, 3);
    assert_int_equal(session.hints[MOTE_HINT_NONE], 0);
    assert_int_equal(session.hints[MOTE_HINT_IN_BLOCK], 2);
    assert_int_equal(session.hints[MOTE_HINT_FINAL], 2);
    assert_int_equal(session.hints[MOTE_HINT_GONE], 1);
}

/* --- recorded blocks, as nodes write them --------------------------------------------------------------------- */
static json_t *hex_of(const uint8_t *data, size_t size) {
    char *text = malloc(2 * size + 3);
    strcpy(text, "0x");
    for (size_t i = 0; i < size; i++) sprintf(text + 2 + 2 * i, "%02x", data[i]);
    json_t *out = json_string(text);
    free(text);
    return out;
}

static json_t *header_json(const mote_header *header) {
    char number[20];
    json_t *logs = json_array();
    const uint8_t *at = header->digest.data;
    mote_digest_item item;
    mote_digest_iterator items = mote_digest_items(header);
    while (mote_digest_next(&items, &item)) {
        json_array_append_new(logs, hex_of(at, (size_t)(items.cursor.at - at)));
        at = items.cursor.at;
    }
    sprintf(number, "0x%x", header->number);
    return json_pack("{so ss so so s{so}}", "parentHash", hex_of(header->parent_hash.bytes, 32),
                     "number", number, "stateRoot", hex_of(header->state_root.bytes, 32),
                     "extrinsicsRoot", hex_of(header->extrinsics_root.bytes, 32), "digest", "logs",
                     logs);
}

static json_t *numbers_of(mote_bytes bytes) {
    json_t *out = json_array();
    for (size_t i = 0; i < bytes.size; i++) json_array_append_new(out, json_integer(bytes.data[i]));
    return out;
}

/* `as_hex`: no node writes them so, perhaps one will. */
static json_t *justifications_json(const json_t *recorded, bool as_hex, buffer *expected) {
    if (!json_is_array(recorded)) return json_null();
    json_t *out = json_array();
    put_compact(expected, json_array_size(recorded));
    for (size_t i = 0; i < json_array_size(recorded); i++) {
        const json_t *pair = json_array_get(recorded, i);
        const char *engine = json_string_value(json_array_get(pair, 0));
        mote_bytes name = {(const uint8_t *)engine, 4};
        mote_bytes bytes = fixture_hex(json_string_value(json_array_get(pair, 1)));
        json_array_append_new(
            out, json_pack("[oo]", as_hex ? hex_of(name.data, 4) : numbers_of(name),
                           as_hex ? hex_of(bytes.data, bytes.size) : numbers_of(bytes)));
        put(expected, name.data, 4);
        put_compact(expected, bytes.size);
        put(expected, bytes.data, bytes.size);
    }
    return out;
}

/* Members in the nodes' order and sorted, tight and spread out. */
static void check_text_of_block(json_t *line, size_t flags, bool as_hex) {
    buffer justifications = {NULL, 0}, extrinsics = {NULL, 0};
    mote_bytes recorded = fixture_hex_field(line, "header");
    mote_header header = header_of(recorded);
    json_t *pairs =
        justifications_json(json_object_get(line, "justifications"), as_hex, &justifications);
    json_t *message = json_pack("{ss si s{s{so sO} so}}", "jsonrpc", "2.0", "id", 1, "result",
                                "block", "header", header_json(&header), "extrinsics",
                                json_object_get(line, "extrinsics"), "justifications", pairs);
    char *dumped = json_dumps(message, flags);
    mote_bytes whole = {(uint8_t *)dumped, strlen(dumped)};
    uint8_t *text = fixture_copy(whole);
    mote_rpc_message parsed;
    mote_reply reply;
    mote_context *context = fixture_context(1);
    assert_status(mote_rpc_parse(context, &parsed, (mote_bytes){text, whole.size}), MOTE_OK);
    assert_status(mote_reply_read(context, &reply, MOTE_REQUEST_BLOCK, text, whole.size, &parsed),
                  MOTE_OK);
    assert_int_equal(reply.bytes.size, recorded.size);
    assert_memory_equal(reply.bytes.data, recorded.data, recorded.size);
    put_list(&extrinsics, json_object_get(line, "extrinsics"), false);
    assert_same(reply.extrinsics, &extrinsics);
    assert_same(reply.justifications, &justifications);
    assert_int_equal(context->most_used, 0);
    free(text);
    free(dumped);
    json_decref(message);
}

static void each_block(json_t *line, void *user) {
    check_text_of_block(line, JSON_COMPACT, false);
    check_text_of_block(line, JSON_COMPACT | JSON_SORT_KEYS, true);
    check_text_of_block(line, JSON_INDENT(3) | JSON_SORT_KEYS, false);
    ++*(size_t *)user;
}

static void recorded_blocks(void **state) {
    (void)state;
    size_t count = 0;
    fixture_json_lines("local/relay.blocks.jsonl.gz", each_block, &count);
    assert_int_equal(count, 138);
    fixture_json_lines("local/para-2000.blocks.jsonl.gz", each_block, &count);
    fixture_json_lines("local/para-2001.blocks.jsonl.gz", each_block, &count);
    assert_true(count > 138 + 2 * 60);
}

/* The published finality proofs, by the block asked for: the proof's headers run from the next block to the one proven. */
static void recorded_finality_proofs(void **state) {
    (void)state;
    json_t *proofs = fixture_json("local/relay.prove-finality.json.gz");
    const char *asked;
    json_t *value;
    size_t count = 0;
    json_object_foreach(proofs, asked, value) {
        mote_finality_proof proof;
        mote_context *context = fixture_context(1);
        if (!json_is_string(value)) continue;
        mote_bytes input = fixture_hex(json_string_value(value));
        assert_status(mote_finality_proof_read(context, &proof, input), MOTE_OK);
        uint32_t number = (uint32_t)strtoul(asked, NULL, 10);
        mote_cursor cursor = mote_cursor_over(proof.headers);
        for (uint32_t i = 0; i < proof.header_count; i++) {
            mote_header header;
            mote_read_header(&cursor, &header);
            assert_int_equal(header.number, number + 1 + i);
        }
        assert_status(mote_cursor_finish(context, &cursor), MOTE_OK);
        if (proof.header_count > 0) {
            mote_header last = header_of(proof.last_header);
            assert_memory_equal(&last.hash, &proof.block, 32);
        }
        count++;
    }
    assert_true(count > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_with_the_relay_chain),
        cmocka_unit_test(a_session_with_a_parachain),
        cmocka_unit_test(three_extrinsics_watched),
        cmocka_unit_test(recorded_blocks),
        cmocka_unit_test(recorded_finality_proofs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
