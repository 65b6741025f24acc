/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "json_place.h"
#include "mote/limits.h"
#include "mote/scale.h"

/* A JSON-RPC answer that is an error says so; that is nobody's lie. */
static bool fail_rpc(app *app, const input *in, json_t *error) {
    fail_host(app, HOST_RPC_ERROR, in->name, json_place(app, in, error));
    app->report.expected = "an answer with \"result\"";
    const char *message = json_string_value(json_object_get(error, "message"));
    app->report.found = app_text(app, "%s", message == NULL ? "no message" : message);
    return false;
}

/* Where the nodes are: the array itself, or inside of what commonly carries it. */
static const char *const node_places[] = {"result.proof", "result", "proof", "nodes"};
#define NODE_PLACES (sizeof node_places / sizeof node_places[0])

static json_t *find_nodes(json_t *document) {
    if (json_is_array(document)) return document;
    for (size_t i = 0; i < NODE_PLACES; i++) {
        json_t *nodes = json_at(document, node_places[i]);
        if (json_is_array(nodes) || json_is_string(nodes)) return nodes;
    }
    return NULL;
}

/* What stands in their place, if anything does. */
static bool fail_nodes(app *app, const input *in, json_t *document) {
    json_t *found = NULL;
    for (size_t i = 0; i < NODE_PLACES && found == NULL; i++) {
        found = json_at(document, node_places[i]);
    }
    return fail_shape(app, in, found, "an array of hex nodes, or an object with \"proof\"",
                      found == NULL && json_is_object(document)
                          ? "an object without"
                          : json_kind(found == NULL ? document : found));
}

/* A failure in an array's item, whose own failure has told the byte where the item is a string. */
static bool fail_item(app *app, const input *in, json_t *array, size_t index, const char *item) {
    app->report.index = (uint32_t)index;
    app->report.item = item;
    json_t *value = json_array_get(array, index);
    if (json_is_boolean(value) || json_is_null(value)) {
        app->report.offset = json_place_of_item(app, in, array, index);
    }
    return false;
}

static bool encode_nodes(app *app, mote_bytes *scale, const input *in, json_t *nodes) {
    size_t count = json_array_size(nodes), total = 8;
    mote_bytes *node = app_take(app, count, sizeof *node);
    for (size_t i = 0; i < count; i++) {
        char what[40];
        snprintf(what, sizeof what, "node %zu", i);
        if (!json_bytes(app, &node[i], json_array_get(nodes, i), in, what)) {
            return fail_item(app, in, nodes, i, "node");
        }
        total += 8 + node[i].size;
    }
    uint8_t *memory = app_take(app, total, 1);
    mote_writer writer = mote_writer_into(memory, total);
    mote_write_compact(&writer, count);
    for (size_t i = 0; i < count; i++) mote_write_vec_u8(&writer, node[i]);
    *scale = (mote_bytes){memory, writer.size};
    return true;
}

bool proof_from_json(app *app, mote_bytes *scale, const input *in, json_t *document) {
    json_t *error = json_object_get(document, "error");
    if (json_is_object(error)) return fail_rpc(app, in, error);
    if (json_is_string(document)) return json_bytes(app, scale, document, in, "the proof");
    json_t *nodes = find_nodes(document);
    if (nodes == NULL) return fail_nodes(app, in, document);
    if (json_is_string(nodes)) return json_bytes(app, scale, nodes, in, "the proof");
    return encode_nodes(app, scale, in, nodes);
}

bool proof_read(app *app, mote_bytes *scale, const char *path) {
    input in;
    if (!input_read_or_json(app, &in, path)) return false;
    *scale = in.bytes;
    if (in.form != INPUT_JSON) return true;
    json_t *document = json_parse(app, &in);
    bool ok = document != NULL && proof_from_json(app, scale, &in, document);
    json_decref(document);
    if (ok) app_source(app, in.name, *scale);
    return ok;
}

size_t proof_node_count(mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    uint32_t count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    return cursor.status == MOTE_OK ? count : 0;
}

/* --- authorities ------------------------------------------------------------------------------------------- */
/* Weights beyond what JSON readers keep exact may come as decimal strings. */
static bool read_weight(uint64_t *weight, const json_t *value) {
    *weight = 0;
    if (json_is_integer(value)) {
        *weight = (uint64_t)json_integer_value(value);
        return json_integer_value(value) >= 0;
    }
    const char *digits = json_string_value(value);
    if (digits == NULL || *digits == 0) return false;
    for (; *digits != 0; digits++) {
        uint64_t digit = (uint64_t)(*digits - '0');
        if (*digits < '0' || *digits > '9' || *weight > (UINT64_MAX - digit) / 10) return false;
        *weight = *weight * 10 + digit;
    }
    return true;
}

static bool encode_authority(app *app, mote_writer *writer, const input *in, json_t *pair,
                             size_t index) {
    const char *expected = app_text(app, "[\"0x<32 bytes>\", weight] as authority %zu", index);
    mote_bytes key;
    uint64_t weight;
    if (!json_is_array(pair)) return fail_shape(app, in, pair, expected, json_kind(pair));
    if (json_array_size(pair) != 2) {
        return fail_shape(app, in, pair, expected,
                          app_text(app, "an array of %zu", json_array_size(pair)));
    }
    json_t *key_text = json_array_get(pair, 0), *weight_text = json_array_get(pair, 1);
    if (!json_bytes(app, &key, key_text, in, expected)) return false;
    if (key.size != 32) {
        return fail_shape(app, in, key_text, expected,
                          app_text(app, "a key of %zu bytes", key.size));
    }
    if (!read_weight(&weight, weight_text)) {
        fail_shape(app, in, weight_text, expected, "a weight that is no number of 64 bits");
        app->report.offset = json_place_of_item(app, in, pair, 1);
        return false;
    }
    mote_write_span(writer, key.data, key.size);
    mote_write_u64(writer, weight);
    return true;
}

bool authorities_from_json(app *app, mote_bytes *scale, const input *in, json_t *document) {
    if (json_is_string(document)) return json_bytes(app, scale, document, in, "the list");
    if (!json_is_array(document)) {
        return fail_shape(app, in, document, "an array [[\"0x...\", 1], ...]", json_kind(document));
    }
    size_t count = json_array_size(document);
    size_t room = 8 + count * MOTE_AUTHORITY_ITEM_SIZE;
    uint8_t *memory = app_take(app, room, 1);
    mote_writer writer = mote_writer_into(memory, room);
    mote_write_compact(&writer, count);
    for (size_t i = 0; i < count; i++) {
        if (encode_authority(app, &writer, in, json_array_get(document, i), i)) continue;
        return fail_item(app, in, document, i, "authority");
    }
    *scale = (mote_bytes){memory, writer.size};
    return true;
}

bool authorities_read(app *app, mote_bytes *scale, const char *path) {
    input in;
    if (!input_read_or_json(app, &in, path)) return false;
    *scale = in.bytes;
    if (in.form != INPUT_JSON) return true;
    json_t *document = json_parse(app, &in);
    bool ok = document != NULL && authorities_from_json(app, scale, &in, document);
    json_decref(document);
    if (ok) app_source(app, in.name, *scale);
    return ok;
}
