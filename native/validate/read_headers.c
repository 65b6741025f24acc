/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers: a SCALE hex header a line (".hex": a run, each the parent of the next), lines of JSON with "header" and "hash",
 * or a single binary header (".header.bin").
 */
#include <string.h>

#include "chain.h"

typedef struct headers {
    const chain_block *items;
    size_t count;
    bool run;
} headers;

static bool recognizes(const document *document) {
    if (document_is_named(document, ".hex") && !document_is_named(document, ".metadata.hex")) {
        return document->json == NULL;
    }
    if (document_is_named(document, ".header.bin")) return true;
    return document->lines != NULL && json_object_get(document->json, "header") != NULL &&
           json_object_get(document->json, "hash") != NULL;
}

static void run_headers(worker *worker, const job *job) {
    const headers *list = job->data;
    mote_header last, header;
    bool has_last = false;
    for (size_t i = 0; i < list->count; i++) {
        const chain_block *item = &list->items[i];
        chain_block_alone(worker, job, item);
        if (mote_header_decode(&worker->context, &header, item->header) != MOTE_OK) continue;
        if (has_last && list->run) {
            judged(worker, job, item->number, RULE_HEADER_LINK,
                   mote_header_check_parent(&worker->context, &header, &last));
        }
        last = header;
        has_last = true;
    }
}

/* A run may be long: pieces that overlap by a header would be judged twice, so it stays one job. */
static void send(plan *plan, document *document, const chain_block *items, size_t count, bool run) {
    headers *list = document_take(document, 1, sizeof *list);
    *list = (headers){items, count, run};
    job job = {NULL, document, 0, (uint32_t)count, run_headers, list, 0};
    if (count > 0) submit(plan, &job);
}

static void read_lines(plan *plan, document *document) {
    mote_bytes rest = document->bytes;
    size_t room = 1, good = 0;
    uint32_t number = 0;
    for (size_t i = 0; i < rest.size; i++) room += rest.data[i] == '\n';
    chain_block *items = document_take(document, room, sizeof *items);
    while (rest.size > 0) {
        const uint8_t *stop = memchr(rest.data, '\n', rest.size);
        size_t size = stop == NULL ? rest.size : (size_t)(stop - rest.data);
        const char *text = (const char *)rest.data;
        size_t taken = size + (stop != NULL);
        rest.data += taken;
        rest.size -= taken;
        while (size > 0 && (text[size - 1] == '\r' || text[size - 1] == ' ')) size--;
        if (size == 0) continue;
        chain_block *item = &items[good];
        item->number = number++;
        if (read_hex_text(document, &item->header, text, size)) {
            good++;
        } else {
            submit_bad_form(plan, document, item->number, "the line is no hex");
        }
    }
    send(plan, document, items, good, true);
}

static void read_json(plan *plan, document *document) {
    chain_block *items = document_take(document, document->line_count + 1, sizeof *items);
    size_t good = 0;
    for (size_t i = 0; i < document->line_count; i++) {
        chain_block *item = &items[good];
        item->number = (uint32_t)i;
        if (read_hex_field(document, &item->header, document->lines[i], "header")) {
            item->has_hash = read_hash_field(&item->hash, document->lines[i], "hash");
            good++;
        } else {
            submit_bad_form(plan, document, item->number, "there is no \"header\" in hex");
        }
    }
    send(plan, document, items, good, false);
}

static void read_document(plan *plan, document *document) {
    if (document->lines != NULL) {
        read_json(plan, document);
    } else if (document_is_named(document, ".hex")) {
        read_lines(plan, document);
    } else {
        chain_block *item = document_take(document, 1, sizeof *item);
        item->header = document->bytes;
        send(plan, document, item, 1, false);
    }
}

const reader reader_headers = {"headers", recognizes, read_document};
