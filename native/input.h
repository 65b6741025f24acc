/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files: raw binary, or hex text of either case, with or without 0x and with white space around, or JSON. What gzip
 * packed is unpacked first (by its name ".gz", or by its first bytes if it unpacks). "-" is standard input, once.
 *
 * Lines of hex are values of their own where several are asked for, and else one long value. A file whose first 64 bytes are all printable is text: JSON, where the reader takes it and it begins with '{', '['
 * or '"', and hex otherwise. Everything else is binary.
 */
#ifndef MOTE_NATIVE_INPUT_H
#define MOTE_NATIVE_INPUT_H

#include "mote/bytes.h"

struct app;

/* What a file may take, packed and unpacked. The largest in use, a chain spec of Polkadot, has 17 MB. */
#define INPUT_MAX_SIZE ((size_t)256 << 20)

typedef enum input_form { INPUT_BINARY, INPUT_HEX, INPUT_JSON } input_form;

typedef struct input {
    const char *name; /* its path, or "standard input" */
    mote_bytes file;  /* unpacked, as it is */
    mote_bytes bytes; /* with hex read: what verifiers judge. With INPUT_JSON the text itself */
    input_form form;
    mote_bytes *lines; /* of a hex text the values, one a line; else the whole: pieces of `bytes` */
    size_t line_count;
    struct json_t *
        document; /* INPUT_JSON, while the caller of json_parse holds it: to find places in the text */
} input;

/* False where the report has a failure now. */
bool input_read(struct app *app, input *out, const char *path);         /* binary or hex */
bool input_read_or_json(struct app *app, input *out, const char *path); /* or JSON */
/* Hex, with or without 0x, white space only around, into memory of the app's. False where it is not hex: `*bad` is
 * then the place of what is wrong, at the end of the text where half a byte is. */
bool hex_parse(struct app *app, mote_bytes *out, mote_bytes text, size_t *bad);

bool write_file(struct app *app, const char *path, mote_bytes bytes);

#endif
