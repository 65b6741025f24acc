/* SPDX-License-Identifier: Apache-2.0 */
#include "recorded.h"

#include <string.h>

static document *load(document *document, const char *ending) {
    const char *end = strstr(document->path, ending), *next;
    if (end == NULL) return NULL;
    while ((next = strstr(end + 1, ending)) != NULL) end = next;
    int stem = (int)(end - document->path);
    struct document *out =
        document_load_beside(document_text(document, "%.*s.blocks.jsonl.gz", stem, document->path));
    if (out != NULL) return out;
    return document_load_beside(document_text(document, "%.*s.blocks.jsonl", stem, document->path));
}

recorded recorded_beside(document *document, const char *ending) {
    recorded out = {NULL, 0};
    mote_bytes bytes;
    mote_context context;
    uint8_t memory[64], seed[32] = {0};
    struct document *file = load(document, ending);
    if (file == NULL) return out;
    mote_context_init(&context, memory, sizeof memory, seed);
    out.headers = document_take(document, file->line_count + 1, sizeof *out.headers);
    for (size_t i = 0; i < file->line_count; i++) {
        mote_header *header = &out.headers[i];
        if (!read_hex_field(document, &bytes, file->lines[i], "header")) break;
        if (mote_header_decode(&context, header, bytes) != MOTE_OK) break;
        if (i > 0 && mote_header_check_parent(&context, header, header - 1) != MOTE_OK) break;
        out.count++;
    }
    document_free(file);
    return out;
}

const mote_header *recorded_at(const recorded *chain, uint64_t number) {
    if (chain->count == 0 || number < chain->headers[0].number) return NULL;
    uint64_t index = number - chain->headers[0].number;
    return index < chain->count ? &chain->headers[index] : NULL;
}

const mote_header *recorded_with(const recorded *chain, const mote_hash *hash) {
    for (size_t i = 0; i < chain->count; i++) {
        if (mote_hash_equal(&chain->headers[i].hash, hash)) return &chain->headers[i];
    }
    return NULL;
}
