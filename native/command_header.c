/* SPDX-License-Identifier: Apache-2.0 */
/* mote header: decodes and hashes; of several, checks that each is the parent of its neighbour. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "describe.h"
#include "explain.h"
#include "input.h"
#include "links.h"
#include "progress.h"

typedef struct headers {
    mote_header *items;
    mote_bytes *spans;
    size_t count;
} headers;

static bool read_files(app *app, headers *out) {
    for (size_t i = 0; i < app->args.files.count; i++) {
        input in;
        if (!input_read(app, &in, app->args.files.items[i])) return false;
        app->subject = in.name;
        out->spans = app_grow(app, out->spans, (out->count + in.line_count) * sizeof *out->spans);
        for (size_t j = 0; j < in.line_count; j++) out->spans[out->count++] = in.lines[j];
    }
    return true;
}

static bool decode_all(app *app, headers *all) {
    all->items = app_take(app, all->count, sizeof *all->items);
    for (size_t i = 0; i < all->count; i++) {
        mote_status status = mote_header_decode(&app->context, &all->items[i], all->spans[i]);
        if (status == MOTE_OK) continue;
        fail_core(app, status);
        app->report.index = (uint32_t)i;
        app->report.item = "header";
        return false;
    }
    return true;
}

/* The order in which they were given: by the first pair that says it by hash, or else by number. */
static bool ascends(const headers *all) {
    for (size_t i = 0; i + 1 < all->count; i++) {
        const mote_header *a = &all->items[i], *b = &all->items[i + 1];
        if (mote_hash_equal(&b->parent_hash, &a->hash)) return true;
        if (mote_hash_equal(&a->parent_hash, &b->hash)) return false;
    }
    return all->items[0].number < all->items[all->count - 1].number;
}

static mote_link link_of(const mote_header *header) {
    return (mote_link){.kind = MOTE_LINK_HEADER,
                       .hash = header->hash,
                       .number = header->number,
                       .state_root = header->state_root};
}

/* Of two the later one given is at fault: at its first bytes, the parent's hash, or at its number behind them. */
static void fail_at(app *app, mote_status status, const mote_header *header, uint32_t index) {
    size_t place = status == MOTE_E_HEADER_NUMBER ? sizeof header->parent_hash.bytes : 0;
    fail_core(app, mote_fail(&app->context, status, header->encoded.data + place, index));
    app->report.item = "header";
}

/* Upwards it is the child that names another parent. */
static void explain_child(app *app, mote_status status, const mote_header *child,
                          const mote_header *parent) {
    if (status == MOTE_E_HEADER_LINK) {
        app->report.expected = app_text(app, "a child of block %" PRIu32 " %s", parent->number,
                                        app_hash(app, &parent->hash));
        app->report.found = app_text(app, "block %" PRIu32 ", a child of %s", child->number,
                                     app_hash(app, &child->parent_hash));
    } else if (status == MOTE_E_HEADER_NUMBER) {
        app->report.expected = app_text(app, "number %" PRIu64, (uint64_t)parent->number + 1);
        app->report.found = app_text(app, "number %" PRIu32, child->number);
    }
}

static bool check_parents(app *app, const headers *all, bool ascending) {
    progress_begin(app);
    for (size_t i = 0; i < all->count; i++) {
        double begun = app_milliseconds();
        const mote_header *header = &all->items[i];
        mote_link link = link_of(header);
        mote_status status = MOTE_OK;
        if (i > 0) {
            const mote_header *before = &all->items[i - 1];
            const mote_header *child = ascending ? header : before;
            const mote_header *parent = ascending ? before : header;
            status = mote_header_check_parent(&app->context, child, parent);
            if (status != MOTE_OK) {
                fail_at(app, status, header, (uint32_t)i);
                explain_parent(app, status, child, parent);
                if (ascending) explain_child(app, status, child, parent);
                link_failed(app, &link, app_milliseconds() - begun);
                return false;
            }
        }
        link_verified(app, &link, app_milliseconds() - begun);
        report_target(app, &header->hash, header->number);
        progress_show(app, i, all->count);
    }
    return true;
}

static void run(app *app) {
    headers all = {NULL, NULL, 0};
    if (!read_files(app, &all)) return;
    app_context(app, 65536);
    if (!decode_all(app, &all)) return;
    bool ascending = all.count > 1 && ascends(&all);
    json_t *described = json_array();
    for (size_t i = 0; i < all.count; i++) {
        json_array_append_new(described, describe_header_json(app, &all.items[i]));
    }
    report_detail(app, "order",
                  all.count < 2 ? json_null()
                                : json_string(ascending ? "ascending" : "descending"));
    report_detail(app, "headers", described);
    if (!check_parents(app, &all, ascending)) return;
    const mote_header *last = &all.items[all.count - 1];
    if (all.count == 1) {
        describe_header_text(app, last);
        say(app, "%s: it decodes; nothing is said about finality\n", good(app, "verified"));
        return;
    }
    say(app, "%s: %zu headers, each the parent of the one %s it (%s)\n", good(app, "verified"),
        all.count, ascending ? "after" : "before", ascending ? "ascending" : "descending");
}

const command command_header = {
    .name = "header",
    .run = run,
    .usage = "FILE...",
    .summary = "Decodes and hashes headers; of several, checks the parent links",
    .options = "",
    .help = "A FILE is one header, binary or hex, or a text with one hex header a line. Several "
            "are checked in the order given, upwards or downwards: mote says which it found. "
            "Nothing is said about finality or authorship.\n",
    .examples = "  mote header block.bin\n"
                "  mote header rococo-1299294-1299660.hex\n"
                "  mote header --json newest.hex older.hex oldest.hex\n",
    .min_files = 1,
    .max_files = SIZE_MAX,
};
