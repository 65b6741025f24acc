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
