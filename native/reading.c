/* SPDX-License-Identifier: Apache-2.0 */
#include "reading.h"

#include <string.h>

#include "app.h"
#include "explain.h"
#include "links.h"
#include "parts.h"
#include "progress.h"

size_t reading_memory(mote_bytes scale) {
    size_t nodes = proof_node_count(scale);
    /* A scan keeps its path; a compact proof is rebuilt beside its input. */
    return mote_proof_memory(nodes, scale.size) + 4 * scale.size + ((size_t)4 << 20);
}

void explain_load(app *app, mote_status status, const mote_hash *root, size_t nodes) {
    if (status == MOTE_E_ROOT_MISMATCH) {
        app->report.expected = app_text(app, "a node with the hash %s", app_hash(app, root));
        app->report.found = app_text(app, "none of %zu", nodes);
        app->report.hint = "is it the root of the same block?";
        app->report.index = MOTE_NO_INDEX;
    }
    /* Of the whole: where it begins. */
    if (app->report.offset == MOTE_NO_OFFSET) app->report.offset = 0;
    if (status == MOTE_E_PROOF_INCOMPLETE) {
        app->report.expected = app_text(app, "a node with the hash %s", app_hash(app, root));
        app->report.found = app_text(app, "%zu nodes", nodes);
    }
    if (status == MOTE_E_LIMIT_COUNT) {
        app->report.expected = app_text(app, "at most %u entries", MOTE_MAX_PROOF_NODES);
    }
    if (status == MOTE_E_LIMIT_SIZE) {
        app->report.expected = app_text(app, "at most %u bytes", MOTE_MAX_PROOF_SIZE);
    }
    explain_item(app, "node");
}

static void fail_question(app *app, mote_status status, const mote_link *link, size_t index,
                          double took) {
    bool first = !app->report.failed;
    fail_core(app, status);
    if (first) {
        app->report.index = (uint32_t)index;
        app->report.item = "key";
        link_failed(app, link, took);
        return;
    }
    say(app, "  %s %s\n", bad(app, "bad"), app_hex(app, link->key));
}

static bool open_view(app *app, mote_trie_view *view, const mote_proof *proof,
                      const mote_link *link, size_t index) {
    *view = mote_proof_main(proof);
    if (link->child_key.size == 0) return true;
    mote_status status = mote_proof_child(&app->context, view, proof, link->child_key);
    if (status == MOTE_OK) return true;
    fail_question(app, status, link, index, 0);
    return false;
}

static void ask_key(app *app, const mote_trie_view *view, mote_link *link, size_t index) {
    double begun = app_milliseconds();
    mote_status status = mote_trie_read(&app->context, &link->value, view, link->key);
    double took = app_milliseconds() - begun;
    if (status != MOTE_OK) {
        fail_question(app, status, link, index, took);
        return;
    }
    link_verified(app, link, took);
}

static mote_status list_keys(app *app, const mote_trie_view *view, const mote_link *asked,
                             uint32_t *count, double *begun) {
    mote_trie_scan *scan;
    bool more = true;
    *count = 0;
    mote_status status = mote_trie_scan_begin(&app->context, &scan, view, asked->key);
    while (status == MOTE_OK && more) {
        mote_link link = *asked;
        status = mote_trie_scan_next(&app->context, scan, &more, &link.key, &link.value);
        if (status != MOTE_OK || !more) break;
        double now = app_milliseconds();
        link_verified(app, &link, now - *begun);
        *begun = now;
        (*count)++;
    }
    return status;
}

static void ask_prefix(app *app, const mote_trie_view *view, mote_link *link, size_t index) {
    size_t mark = mote_context_mark(&app->context);
    double begun = app_milliseconds();
    link->question = MOTE_ASK_LIST;
    link->listed = true;
    mote_status status = list_keys(app, view, link, &link->listed_count, &begun);
    mote_context_release(&app->context, mark);
    link->listed = false;
    link->list_complete = status == MOTE_OK;
    double took = app_milliseconds() - begun;
    if (status != MOTE_OK) {
        fail_question(app, status, link, index, took);
        return;
    }
    link_verified(app, link, took);
}

bool reading_ask(app *app, const mote_proof *proof, const questions *questions,
                 mote_link_kind kind) {
    progress_begin(app);
    for (size_t i = 0; i < questions->count; i++) {
        const question *question = &questions->items[i];
        mote_link link;
        memset(&link, 0, sizeof link);
        link.kind = kind;
        link.key = question->key;
        link.child_key = question->child_key;
        mote_trie_view view;
        progress_show(app, i, questions->count);
        if (!open_view(app, &view, proof, &link, i)) continue;
        if (question->is_prefix) {
            ask_prefix(app, &view, &link, i);
        } else {
            ask_key(app, &view, &link, i);
        }
    }
    return !app->report.failed;
}
