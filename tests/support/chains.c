/* SPDX-License-Identifier: Apache-2.0 */
#include "chains.h"

#include "grandpa_builder.h"

static mote_header decode(mote_bytes bytes) {
    mote_header header;
    assert_status(mote_header_decode(fixture_other_context(1), &header, bytes), MOTE_OK);
    return header;
}

chain_run chain_run_over(mote_bytes *headers, size_t count) {
    assert_true(count != 0);
    return (chain_run){headers, count, decode(headers[0]).number};
}

bool chain_has(const chain_run *run, uint32_t number) {
    return number >= run->first && number - run->first < run->count;
}

mote_bytes chain_header(const chain_run *run, uint32_t number) {
    assert_true(chain_has(run, number));
    return run->headers[number - run->first];
}

mote_header chain_decoded(const chain_run *run, uint32_t number) {
    const mote_header header = decode(chain_header(run, number));
    assert_int_equal(header.number, number);
    return header;
}

/* Each file is read once. */
static chain_run run_of_file(const char *path) {
    static struct {
        char *path;
        chain_run run;
    } known[64];
    static size_t known_count;
    for (size_t i = 0; i < known_count; i++) {
        if (strcmp(known[i].path, path) == 0) return known[i].run;
    }
    size_t lines;
    mote_bytes *headers = fixture_hex_lines(path, &lines);
    assert_true(known_count < sizeof known / sizeof known[0]);
    known[known_count].path = strdup(path);
    known[known_count].run = chain_run_over(headers, lines);
    return known[known_count++].run;
}

bool chain_run_of(chain_run *out, const char *name, uint32_t number) {
    size_t count;
    char starts[64];
    (void)snprintf(starts, sizeof starts, "%s-", name);
    char **files = fixture_list("headers", starts, ".hex", &count);
    for (size_t i = 0; i < count; i++) {
        *out = run_of_file(files[i]);
        if (chain_has(out, number)) return true;
    }
    return false;
}

static json_t *text_field(const json_t *object, const char *name) {
    json_t *field = json_object_get(object, name);
    assert_true(json_is_string(field));
    return field;
}

static chain_justification load_justification(const json_t *entry) {
    chain_justification out;
    char path[160];
    memset(&out, 0, sizeof out);
    out.number = (uint32_t)json_integer_value(json_object_get(entry, "target_number"));
    out.set_id = (uint64_t)json_integer_value(json_object_get(entry, "set_id"));
    (void)snprintf(path, sizeof path, "grandpa/%s",
                   json_string_value(text_field(entry, "justification_file")));
    out.bytes = fixture_file(path);
    (void)snprintf(path, sizeof path, "grandpa/%s",
                   json_string_value(text_field(entry, "authority_set_file")));
    out.authorities = fixture_file(path);
    return out;
}

bool chain_justification_in(chain_justification *out, uint32_t from, uint32_t to) {
    const json_t *index = fixture_json("grandpa/index.json");
    const json_t *best = NULL;
    uint32_t lowest = to;
    for (size_t i = 0; i < json_array_size(index); i++) {
        const json_t *entry = json_array_get(index, i);
        bool is_rococo = strcmp(json_string_value(text_field(entry, "network")), "rococo") == 0;
        uint32_t number = (uint32_t)json_integer_value(json_object_get(entry, "target_number"));
        if (!is_rococo || number < from || number > lowest) continue;
        if (!json_is_string(json_object_get(entry, "authority_set_file"))) continue;
        lowest = number;
        best = entry;
    }
    if (best == NULL) return false;
    *out = load_justification(best);
    return true;
}

/* --- a network of our own ---------------------------------------------------------------------------------- */

typedef struct block_list {
    mote_bytes *headers;
    size_t count;
} block_list;

static void take_block(json_t *line, void *user) {
    block_list *list = user;
    list->headers = realloc(list->headers, (list->count + 1) * sizeof *list->headers);
    assert_non_null(list->headers);
    list->headers[list->count++] = fixture_hex_field(line, "header");
}

chain_run chain_local_run(const char *name) {
    char path[64];
    block_list list = {NULL, 0};
    (void)snprintf(path, sizeof path, "local/%s.blocks.jsonl.gz", name);
    (void)fixture_json_lines(path, take_block, &list);
    return chain_run_over(list.headers, list.count);
}

/* grandpa_proveFinality: block hash, Vec<u8> of the justification, unknown headers. */
mote_bytes chain_local_justification(uint32_t number) {
    char name[16];
    (void)snprintf(name, sizeof name, "%u", (unsigned)number);
    json_t *answers = fixture_json("local/relay.prove-finality.json.gz");
    const mote_bytes answer = fixture_hex_field(answers, name);
    mote_cursor cursor = mote_cursor_over(answer);
    (void)mote_read_hash(&cursor);
    const mote_bytes justification = mote_read_vec_u8(&cursor);
    assert_int_equal(cursor.status, MOTE_OK);
    return justification;
}

mote_hash chain_local_genesis(void) {
    const chain_run run = chain_local_run("relay");
    return chain_decoded(&run, 0).hash;
}

mote_bytes chain_local_first_authorities(void) {
    json_t *blocks = fixture_json("local/relay.read-proofs.json.gz");
    json_t *first = json_array_get(blocks, 0);
    assert_int_equal(json_integer_value(json_object_get(first, "number")), 1);
    json_t *values = json_object_get(first, "values");
    return fixture_hex_field(json_object_get(values, "Grandpa.Authorities"), "value");
}

mote_bytes chain_local_warp(void) {
    json_t *p2p = fixture_json("local/relay.p2p.json.gz");
    return fixture_hex_field(json_object_get(p2p, "warp from genesis"), "response");
}

mote_bytes chain_warp_prefix(mote_bytes proof, uint32_t count) {
    mote_cursor cursor = mote_cursor_over(proof);
    assert_true(mote_read_compact_u32(&cursor) >= count);
    const uint8_t *begin = cursor.at;
    for (uint32_t i = 0; i < count; i++) {
        mote_header header;
        mote_read_header(&cursor, &header);
        (void)mote_read_justification(&cursor);
    }
    assert_int_equal(cursor.status, MOTE_OK);
    test_buffer out = {NULL, 0, 0};
    append_compact(&out, count);
    append_span(&out, begin, (size_t)(cursor.at - begin));
    append_u8(&out, 1);
    return buffer_bytes(&out);
}

mote_bytes chain_proof(const json_t *nodes) {
    test_buffer proof = {NULL, 0, 0};
    assert_true(json_is_array(nodes));
    append_compact(&proof, json_array_size(nodes));
    for (size_t i = 0; i < json_array_size(nodes); i++) {
        append_vec_u8(&proof, fixture_hex(json_string_value(json_array_get(nodes, i))));
    }
    return buffer_bytes(&proof);
}

bool chain_value(const json_t *value, mote_bytes *out) {
    *out = (mote_bytes){NULL, 0};
    if (json_is_null(value)) return false;
    assert_true(json_is_string(value));
    *out = fixture_hex(json_string_value(value));
    return true;
}
