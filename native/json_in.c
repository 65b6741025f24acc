/* SPDX-License-Identifier: Apache-2.0 */
#include "json_in.h"

#include <string.h>

#include "app.h"
#include "json_place.h"

static host_status status_of(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_stack_overflow: return HOST_JSON_TOO_DEEP;
    case json_error_duplicate_key: return HOST_JSON_DUPLICATE_KEY;
    case json_error_null_character:
    case json_error_null_byte_in_key: return HOST_JSON_NUL;
    case json_error_numeric_overflow: return HOST_JSON_NUMBER;
    case json_error_out_of_memory: return HOST_NO_MEMORY;
    default: return HOST_JSON_SYNTAX;
    }
}

static const char *expectation(host_status status) {
    switch (status) {
    case HOST_JSON_TOO_DEEP: return "at most 2048 levels";
    case HOST_JSON_DUPLICATE_KEY: return "every key of an object once";
    case HOST_JSON_NUL: return "strings without NUL";
    case HOST_JSON_NUMBER: return "an integer of 64 bits, or a double";
    default: return "JSON";
    }
}

json_t *json_parse(app *app, input *in) {
    json_error_t error;
    json_t *document = json_loadb((const char *)in->bytes.data, in->bytes.size,
                                  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    in->document = document;
    if (document != NULL) return document;
    fail_host(app, status_of(&error), in->name,
              error.position < 0 ? MOTE_NO_OFFSET : (size_t)error.position);
    app->report.expected = expectation(status_of(&error));
    app->report.found =
        app_text(app, "%s (line %d, column %d)", error.text, error.line, error.column);
    return NULL;
}

const char *json_kind(const json_t *value) {
    if (value == NULL) return "nothing";
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "an array";
    case JSON_STRING: return "a string";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_TRUE:
    case JSON_FALSE: return "a boolean";
    case JSON_NULL: return "null";
    }
    return "something";
}

bool fail_shape(app *app, const input *in, const json_t *value, const char *expected,
                const char *found) {
    fail_host(app, HOST_JSON_SHAPE, in->name, json_place(app, in, value));
    app->report.expected = expected;
    app->report.found = found;
    return false;
}

/* Where the content of a string stands that is written as it is. A key is no value of the document: no other string equals
 * it, or that one is as bad. What has escapes is where it begins. */
static size_t find_string(app *app, const input *in, const json_t *value, mote_bytes text,
                          size_t bad) {
    size_t place = json_place(app, in, value), room = in->bytes.size - place;
    if (room > text.size && memcmp(in->bytes.data + place + 1, text.data, text.size) == 0) {
        return place + 1 + bad;
    }
    const uint8_t *at = memmem(in->bytes.data, in->bytes.size, text.data, text.size);
    return at == NULL ? place : (size_t)(at - in->bytes.data) + bad;
}

bool json_bytes(app *app, mote_bytes *out, const json_t *value, const input *in, const char *what) {
    if (!json_is_string(value)) {
        return fail_shape(app, in, value, app_text(app, "hex as %s", what), json_kind(value));
    }
    mote_bytes text = {(const uint8_t *)json_string_value(value), json_string_length(value)};
    size_t bad;
    if (hex_parse(app, out, text, &bad)) return true;
    bool half = bad >= text.size;
    fail_host(app, half ? HOST_HEX_ODD_LENGTH : HOST_HEX_DIGIT, in->name,
              find_string(app, in, value, text, bad));
    app->report.expected = app_text(app, "hex as %s", what);
    app->report.found =
        half ? "half a byte at its end"
             : app_text(app, "the byte 0x%02x as character %zu", text.data[bad], bad);
    return false;
}

json_t *json_at(json_t *value, const char *path) {
    char name[64];
    while (value != NULL && *path != 0) {
        size_t size = strcspn(path, ".");
        if (size >= sizeof name) return NULL;
        memcpy(name, path, size);
        name[size] = 0;
        value = json_object_get(value, name);
        path += size + (path[size] == '.');
    }
    return value;
}
