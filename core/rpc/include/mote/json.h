/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text (RFC 8259), strict, without memory of its own: a checker that is fed chunks, and readers that walk checked
 * text in place. Nothing recurses, nothing is copied or sized by what the text claims.
 *
 * Checked: the grammar to the last byte (no comments, no trailing commas, no leading zeros, no control characters in
 * strings), UTF-8, surrogates in pairs, nesting up to MOTE_JSON_DEPTH.
 * Not checked: that the names of an object differ (asking for one that is there twice finds none).
 *
 * Why not a ready tokenizer: jsmn, the one made for such places, wants a record for every value of the message, which
 * is memory by the sender's choice, and accepts text that is no JSON ("[1 2]", "{1}", control characters). To find one
 * field, neither is needed.
 */
#ifndef MOTE_JSON_H
#define MOTE_JSON_H

#include "mote/bytes.h"
#include "mote/context.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_JSON_DEPTH 64u

/* --- checking ------------------------------------------------------------------------------------------- */
/* Plain memory; private but for `offset`. */
typedef struct mote_json_check {
    size_t offset; /* bytes that were accepted */
    uint64_t
        objects;   /* which of the open containers are objects, the innermost in the lowest bit */
    uint32_t unit; /* the UTF-16 unit of an escape in work */
    uint8_t depth;
    uint8_t state;
    uint8_t literal;   /* which of true, false, null */
    uint8_t count;     /* letters of it; digits of an escape; bytes to come of a character */
    uint8_t low, high; /* what its next byte may be */
    bool is_name;      /* the string is a name of an object */
    bool pair;         /* an escape of a low surrogate has to follow */
    mote_status status;
} mote_json_check;

void mote_json_check_begin(mote_json_check *check);
/* E_BAD_FORMAT at the first byte that no JSON text has there (check->offset), E_LIMIT_COUNT deeper than MOTE_JSON_DEPTH.
 * A failure stays. The same for any division into chunks. */
MOTE_MUST_USE mote_status mote_json_check_feed(mote_json_check *check, mote_bytes chunk);
/* E_TRUNCATED where the text may go on. */
MOTE_MUST_USE mote_status mote_json_check_end(const mote_json_check *check);

/* --- values --------------------------------------------------------------------------------------------- */
typedef enum mote_json_kind {
    MOTE_JSON_NONE = 0, /* there is no such value */
    MOTE_JSON_OBJECT,
    MOTE_JSON_ARRAY,
    MOTE_JSON_STRING,
    MOTE_JSON_NUMBER,
    MOTE_JSON_BOOL,
    MOTE_JSON_NULL
} mote_json_kind;

/* A value inside checked text, borrowed: `text` is from its first byte to its last. */
typedef struct mote_json {
    mote_json_kind kind;
    mote_bytes text;
} mote_json;

/* Checks a whole text. Statuses as above, fault at the byte; `out` is NONE unless MOTE_OK. */
MOTE_MUST_USE mote_status mote_json_parse(mote_context *context, mote_json *out, mote_bytes text);

/* The same of a text that `check` was fed, all of it, as it came: it is not walked again. E_BAD_ARGUMENT where it was fed
 * something of another size. */
MOTE_MUST_USE mote_status mote_json_checked(mote_context *context, mote_json *out,
                                            const mote_json_check *check, mote_bytes text);

/* Several fields of an object in one walk: out[i] is the one named names[i], NONE where there is none. False, and none at
 * all, where one of them is there twice, and of what is no object. */
bool mote_json_fields(mote_json object, mote_json *out, const char *const *names, size_t count);
/* A field of an object, as its name is written (a name with escapes is no name asked for). NONE where there is none, where
 * there are several, and of what is no object. */
mote_json mote_json_field(mote_json object, const char *name);

/* Items of an array, fields of an object, in order; none of anything else. */
typedef struct mote_json_items {
    const uint8_t *at, *end;
    bool is_object;
} mote_json_items;
mote_json_items mote_json_items_of(mote_json value);
/* `name` (may be NULL) is a STRING for fields and NONE for items. */
bool mote_json_next(mote_json_items *items, mote_json *name, mote_json *value);
size_t mote_json_count(mote_json value);

/* --- what values say; false, with a zero result, where it is something else ------------------------------ */
bool mote_json_u64(mote_json value, uint64_t *out); /* a number: digits only */
bool mote_json_i64(mote_json value, int64_t *out);  /* digits, perhaps with a minus */
bool mote_json_bool(mote_json value, bool *out);
bool mote_json_is_text(mote_json value,
                       const char *text); /* a string without escapes, of these characters */
/* The string with its escapes read, as UTF-8, into memory of the caller; `*size` bytes (at most text.size). Longer than
 * `capacity` is false too. */
bool mote_json_text(mote_json value, uint8_t *out, size_t capacity, size_t *size);
/* "0x" and an even number of digits of either case. `size_of` says how many bytes they are. */
bool mote_json_hex_size(mote_json value, size_t *size);
bool mote_json_hex(mote_json value, uint8_t *out, size_t capacity, size_t *size);
bool mote_json_hash(mote_json value, mote_hash *out); /* of exactly 32 bytes */
/* "0x" and 1 to 16 digits without leading zeros: how nodes write block numbers. */
bool mote_json_quantity(mote_json value, uint64_t *out);

#ifdef __cplusplus
}
#endif
#endif
