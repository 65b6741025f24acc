/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON from outside. Refused by name: duplicate keys, nesting beyond 2048, NUL in strings, numbers out of range, text
 * that is not UTF-8, anything after the document. Nothing here recurses on what was read.
 */
#ifndef MOTE_NATIVE_JSON_IN_H
#define MOTE_NATIVE_JSON_IN_H

#include <jansson.h>

#include "input.h"

/* NULL where the report has a failure now. The caller releases it with json_decref. */
json_t *json_parse(struct app *app, input *in);

/* A hex string's bytes (lower or upper case, with or without 0x). `what` names it in errors ("nodes[3]"). */
bool json_bytes(struct app *app, mote_bytes *out, const json_t *value, const input *in,
                const char *what);

/* "the JSON is not of the form asked for", with what was expected and what is there, at `value`; at the whole where that
 * is NULL, something missing. Returns false. */
bool fail_shape(struct app *app, const input *in, const json_t *value, const char *expected,
                const char *found);
const char *json_kind(const json_t *value); /* "an object", "a string", "nothing" */

/* The value at a path like "genesis.raw.top"; NULL where there is none. */
json_t *json_at(json_t *value, const char *path);

#endif
