/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_parts.h"

#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "explain.h"
#include "links.h"
#include "mote/limits.h"
#include "parts.h"
#include "reading.h"

/* --- options ---------------------------------------------------------------------------------------------------------- */
static bool check_para(app *app) {
    const arguments *args = &app->args;
    bool any =
        args->para_proof != NULL || args->para_headers.count != 0 || args->para_state_proof != NULL;
    if (!args->has_para) return !any ? true : usage_error(app, "--para N is missing");
    if (args->para_proof == NULL) return usage_error(app, "--para-proof FILE is missing");
    if (args->para_state_proof == NULL) return true;
    if (args->para_headers.count == 0) return usage_error(app, "--para-header FILE is missing");
    return args->para_keys.count != 0 ? true
                                      : usage_error(app, "--para-state-proof needs a --key HEX");
}

bool bundle_input_check(app *app) {
    const arguments *args = &app->args;
    if (args->output == NULL) return usage_error(app, "-o FILE is missing");
    if (args->chain == NULL && args->checkpoint == NULL) {
        return usage_error(app, "--chain NAME is missing");
    }
    if (args->chain != NULL && !is_chain_label(args->chain)) {
        return usage_error(app, "--chain: 1 to 32 of a-z, 0-9, ., _ and - name a chain");
    }
    if (args->justification == NULL && args->warp == NULL) {
        return usage_error(app, "--justification FILE or --warp FILE is missing");
    }
    if (args->headers.count == 0) return usage_error(app, "--header FILE is missing");
    if (args->proof != NULL && args->keys.count == 0) {
        return usage_error(app, "--proof needs a --key HEX after it");
    }
    if (args->proof == NULL && args->keys.count != 0) {
        return usage_error(app, "--key stands after its --proof or --para-state-proof");
    }
    return check_para(app);
}

/* --- files ------------------------------------------------------------------------------------------------------------ */
static bool swap_ends(mote_bytes *spans, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        mote_bytes other = spans[i];
        spans[i] = spans[count - 1 - i];
        spans[count - 1 - i] = other;
    }
    return true;
}

/* A bundle goes downwards; files often go upwards, and then they are turned. */
static bool is_upwards(const mote_bytes *spans, size_t count) {
    mote_header first, second;
    if (count < 2) return false;
    mote_cursor at_first = mote_cursor_over(spans[0]), at_second = mote_cursor_over(spans[1]);
    mote_read_header(&at_first, &first);
    mote_read_header(&at_second, &second);
    return at_first.status == MOTE_OK && at_second.status == MOTE_OK &&
           mote_hash_equal(&second.parent_hash, &first.hash);
}

static bool read_headers(app *app, mote_bytes **out, size_t *count, const names *names) {
    for (size_t i = 0; i < names->count; i++) {
        input in;
        if (!input_read(app, &in, names->items[i])) return false;
        *out = app_grow(app, *out, (*count + in.line_count) * sizeof **out);
        for (size_t j = 0; j < in.line_count; j++) (*out)[(*count)++] = in.lines[j];
    }
    return is_upwards(*out, *count) ? swap_ends(*out, *count) : true;
}

static bool read_optional(app *app, mote_bytes *out, const char **name, const char *path) {
    input in;
    if (path == NULL) return true;
    if (!input_read(app, &in, path)) return false;
    *out = in.bytes;
    *name = in.name;
    return true;
}

static bool read_proof(app *app, mote_bytes *out, const char *path) {
    return path == NULL || proof_read(app, out, path);
}

const char *bundle_chain_name(const mote_chain *chain, const char *asked) {
    if (chain != NULL) return chain->name;
    return asked == NULL ? "" : asked;
}

bool bundle_input_read(app *app, bundle_input *out) {
    const arguments *args = &app->args;
    mote_bundle_parts *parts = &out->parts;
    memset(out, 0, sizeof *out);
    out->has_trust = args->checkpoint != NULL;
    app->args.any_chain = true;
    if (!chain_option(app, &out->chain) ||
        !read_optional(app, &parts->justification, &out->justification_name, args->justification) ||
        !read_optional(app, &parts->warp, &out->warp_name, args->warp) ||
        !read_headers(app, &out->headers, &parts->header_count, &args->headers) ||
        !read_proof(app, &parts->relay_proof, args->proof) ||
        !read_proof(app, &parts->para_proof, args->para_proof) ||
        !read_headers(app, &out->para_headers, &parts->para_header_count, &args->para_headers) ||
        !read_proof(app, &parts->para_state_proof, args->para_state_proof) ||
        (out->has_trust && !trust_read(app, &out->trust, args->checkpoint))) {
        return false;
    }
    parts->headers = out->headers;
    parts->para_headers = out->para_headers;
    parts->has_para = args->has_para;
    parts->para_id = args->para;
    parts->chain = bundle_chain_name(out->chain, args->chain);
    if (out->chain != NULL) parts->genesis = out->chain->genesis;
    return true;
}

size_t bundle_input_memory(const bundle_input *in) {
    return reading_memory(in->parts.relay_proof) + reading_memory(in->parts.para_state_proof) +
           trust_memory(&in->trust) + 65536;
}

/* --- answers ---------------------------------------------------------------------------------------------------------- */
static mote_status read_question(app *app, mote_bundle_query *out, const mote_proof *proof,
                                 const question *question) {
    mote_trie_view view = mote_proof_main(proof);
    mote_proven_value value;
    mote_status status = MOTE_OK;
    out->key = question->key;
    out->child_key = question->child_key;
    if (question->child_key.size != 0) {
        status = mote_proof_child(&app->context, &view, proof, question->child_key);
    }
    if (status != MOTE_OK) return status;
    if (question->is_prefix) {
        out->question = MOTE_ASK_LIST;
        return MOTE_OK;
    }
    status = mote_trie_read(&app->context, &value, &view, question->key);
    if (status != MOTE_OK) return status;
    out->question = MOTE_ASK_READ;
    if (value.state == MOTE_VALUE_ABSENT) out->question = MOTE_ASK_ABSENT;
    if (value.state == MOTE_VALUE_PRESENT) out->question = MOTE_ASK_EQUALS;
    out->expected = value.value;
    return MOTE_OK;
}

/* Under the root of the header that the caller brings: what comes of it is checked once more in the walk. */
static bool answer(app *app, mote_bundle_query **out, size_t *count, mote_bytes scale,
                   const questions *questions, mote_bytes header_bytes) {
    mote_header header;
    mote_proof proof;
    size_t mark = mote_context_mark(&app->context);
    mote_status status = mote_header_decode(&app->context, &header, header_bytes);
    if (status != MOTE_OK) return fail_core(app, status);
    mote_state_root root = mote_state_assumed(&header.state_root);
    status = mote_proof_load(&app->context, &proof, &root, scale, MOTE_PROOF_STRICT);
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_load(app, status, &header.state_root, proof_node_count(scale));
        return false;
    }
    *out = app_take(app, questions->count, sizeof **out);
    for (*count = 0; *count < questions->count; (*count)++) {
        status = read_question(app, &(*out)[*count], &proof, &questions->items[*count]);
        if (status == MOTE_OK) continue;
        fail_core(app, status);
        app->report.index = (uint32_t)*count;
        app->report.item = "key";
        return false;
    }
    mote_context_release(&app->context, mark);
    return true;
}

bool bundle_input_answer(app *app, bundle_input *in) {
    mote_bundle_parts *parts = &in->parts;
    mote_bundle_query *relay = NULL, *para = NULL;
    if (app->args.proof != NULL &&
        !answer(app, &relay, &parts->relay_query_count, parts->relay_proof, &app->args.keys,
                in->headers[parts->header_count - 1])) {
        return false;
    }
    if (app->args.para_state_proof != NULL &&
        !answer(app, &para, &parts->para_query_count, parts->para_state_proof, &app->args.para_keys,
                in->para_headers[parts->para_header_count - 1])) {
        return false;
    }
    parts->relay_queries = relay;
    parts->para_queries = para;
    return true;
}

/* --- finality without a checkpoint --------------------------------------------------------------------------------------- */
static const char *block_text(app *app, const mote_hash *hash, uint32_t number) {
    return app_text(app, "block %" PRIu32 " %s", number, app_hash(app, hash));
}

/* `at`: the byte of the file that says which block it is. */
static bool other_block(app *app, mote_status status, const uint8_t *at, const char *expected,
                        const char *found) {
    fail_core(app, mote_fail(&app->context, status, at, MOTE_NO_INDEX));
    app->report.expected = expected;
    app->report.found = found;
    return false;
}

static bool check_justification(app *app, mote_bytes bytes, const mote_header *header) {
    mote_justification_report report;
    mote_status status = mote_justification_decode(&app->context, &report, bytes);
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_justification(app, status, &report, bytes, header);
        return false;
    }
    bool same_hash = mote_hash_equal(&report.target_hash, &header->hash);
    if (same_hash && report.target_number == header->number) return true;
    /* The round, then the target. */
    return other_block(app, same_hash ? MOTE_E_TARGET_NUMBER : MOTE_E_TARGET_MISMATCH,
                       bytes.data + (same_hash ? 8 + 32 : 8),
                       block_text(app, &header->hash, header->number),
                       block_text(app, &report.target_hash, report.target_number));
}

static bool check_warp(app *app, const bundle_input *in, const mote_header *first) {
    mote_cursor cursor = mote_cursor_over(in->parts.warp);
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    mote_header header;
    memset(&header, 0, sizeof header);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        mote_read_header(&cursor, &header);
        mote_bytes justification = mote_read_justification(&cursor);
        if (cursor.status == MOTE_OK && !check_justification(app, justification, &header)) {
            return false;
        }
    }
    mote_read_bool(&cursor);
    mote_status status = mote_cursor_finish(&app->context, &cursor);
    if (status != MOTE_OK) return fail_core(app, status);
    /* With a justification the headers begin wherever that leads. */
    bool belongs = count == 0 || in->parts.justification.size != 0 ||
                   mote_hash_equal(&first->hash, &header.hash) ||
                   mote_hash_equal(&first->hash, &header.parent_hash);
    if (belongs) return true;
    return other_block(app, MOTE_E_HEADER_LINK, header.encoded.data,
                       app_text(app, "block %" PRIu32 " %s, or its parent", first->number,
                                app_hash(app, &first->hash)),
                       block_text(app, &header.hash, header.number));
}

bool bundle_input_check_finality(app *app, const bundle_input *in) {
    mote_header first;
    mote_status status = mote_header_decode(&app->context, &first, in->headers[0]);
    if (status != MOTE_OK) return fail_core(app, status);
    if (in->parts.warp.size != 0 && !check_warp(app, in, &first)) return false;
    return in->parts.justification.size == 0 ||
           check_justification(app, in->parts.justification, &first);
}
