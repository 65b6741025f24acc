/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values of a text in their order are those of the document from the top down: objects keep the order in which they
 * were read, and no key is there twice. So the n-th of the one is the n-th of the other.
 */
#include "json_place.h"

#include <string.h>

#include "app.h"

#define DEEPEST 2048u /* JSON_PARSER_MAX_DEPTH */

/* --- in the document --------------------------------------------------------------------------------------------- */
typedef struct level {
    json_t *container;
    void *at; /* of an object */
    size_t next;
} level;

typedef struct wanted {
    const json_t *value; /* or: */
    const json_t *array;
    size_t index;
} wanted;

static json_t *next_child(level *of) {
    if (json_is_array(of->container)) return json_array_get(of->container, of->next++);
    of->at = of->next++ == 0 ? json_object_iter(of->container)
                             : json_object_iter_next(of->container, of->at);
    return of->at == NULL ? NULL : json_object_iter_value(of->at);
}

static bool is_wanted(const wanted *wanted, const level *in, const json_t *child) {
    if (wanted->array != NULL) {
        return in->container == wanted->array && in->next == wanted->index + 1;
    }
    bool shared = json_is_boolean(child) || json_is_null(child);
    return child == wanted->value && !shared;
}

/* How many values begin before it; false where it is not in the document. */
static bool find_order(app *app, size_t *order, json_t *document, const wanted *wanted) {
    level *levels = app_take(app, DEEPEST + 1, sizeof *levels);
    size_t depth = 1;
    levels[0].container = document;
    *order = 0;
    if (document == wanted->value) return true;
    while (depth > 0) {
        json_t *child = next_child(&levels[depth - 1]);
        if (child == NULL) {
            depth--;
            continue;
        }
        (*order)++;
        if (is_wanted(wanted, &levels[depth - 1], child)) return true;
        if (depth <= DEEPEST) levels[depth++] = (level){child, NULL, 0};
    }
    return false;
}

/* --- in the text ------------------------------------------------------------------------------------------------- */
static bool is_space(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t skip_spaces(mote_bytes text, size_t at) {
    while (at < text.size && is_space(text.data[at])) at++;
    return at;
}

/* Behind its closing quote. */
static size_t skip_string(mote_bytes text, size_t at) {
    for (at++; at < text.size && text.data[at] != '"'; at++) {
        if (text.data[at] == '\\') at++;
    }
    return at + 1;
}

static size_t skip_word(mote_bytes text, size_t at) {
    while (at < text.size && strchr(",:]}[{\"", text.data[at]) == NULL &&
           !is_space(text.data[at])) {
        at++;
    }
    return at;
}

/* The text is well formed: a string is a key where a colon follows, and nothing else is. */
static size_t find_value(mote_bytes text, size_t order) {
    for (size_t at = skip_spaces(text, 0); at < text.size; at = skip_spaces(text, at)) {
        uint8_t c = text.data[at];
        size_t begin = at;
        bool is_value = true;
        if (c == '"') {
            at = skip_string(text, at);
            size_t behind = skip_spaces(text, at);
            is_value = behind >= text.size || text.data[behind] != ':';
        } else if (c == '{' || c == '[') {
            at++;
        } else if (c == '}' || c == ']' || c == ',' || c == ':') {
            at++;
            is_value = false;
        } else {
            at = skip_word(text, at);
        }
        if (is_value && order-- == 0) return begin;
        if (at == begin) at++; /* nothing in a well-formed text comes here */
    }
    return skip_spaces(text, 0);
}

static size_t place(app *app, const input *in, const wanted *wanted) {
    size_t order;
    bool found = in->document != NULL && find_order(app, &order, in->document, wanted);
    return find_value(in->bytes, found ? order : 0);
}

size_t json_place(app *app, const input *in, const json_t *value) {
    const wanted wanted = {value, NULL, 0};
    return place(app, in, &wanted);
}

size_t json_place_of_item(app *app, const input *in, const json_t *array, size_t index) {
    const wanted wanted = {NULL, array, index};
    return place(app, in, &wanted);
}
