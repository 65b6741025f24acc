/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about a state: the relay chain's or the parachain's. */
#include "walk.h"
#include "mote/hash.h"

#include <string.h>

/* What is left of the section after its proof: questions, and their check value. */
static mote_status open_questions(mote_context *context, mote_bundle_walk *walk) {
    const uint8_t *at = walk->cursor.at;
    const size_t left = mote_cursor_left(&walk->cursor);
    if (left < MOTE_BUNDLE_CHECK_SIZE) {
        return mote_fail(context, MOTE_E_TRUNCATED, at, MOTE_NO_INDEX);
    }
    const mote_bytes questions = {at, left - MOTE_BUNDLE_CHECK_SIZE};
    walk->cursor = mote_cursor_over(questions);
    return mote_bundle_check(context, questions, at + questions.size);
}

static mote_status open_state(mote_context *context, mote_bundle_walk *walk, mote_section section,
                              const mote_state_root *state) {
    mote_cursor *cursor = mote_bundle_cursor(walk, section);
    const uint8_t *at = cursor->at;
    const uint32_t size = mote_read_u32(cursor);
    if (cursor->status == MOTE_OK && size > mote_cursor_left(cursor)) {
        return mote_fail(context, MOTE_E_LENGTH_BEYOND_INPUT, at, MOTE_NO_INDEX);
    }
    const mote_bytes proof = mote_read_span(cursor, size);
    mote_status status = mote_cursor_check(context, cursor);
    if (status != MOTE_OK) return status;
    status = mote_proof_load(context, &walk->proof, state, proof, MOTE_PROOF_STRICT);
    return status == MOTE_OK ? open_questions(context, walk) : status;
}

static void fill_block(mote_link *link, const mote_state_root *state) {
    link->hash = state->block_hash;
    link->number = state->block_number;
    link->state_root = state->root;
    link->para_id = state->para_id;
}

static void fill_question(mote_link *link, const mote_bundle_query *query) {
    link->question = query->question;
    link->child_key = query->child_key;
    link->key = query->key;
}

/* --- one key --------------------------------------------------------------------------------------------- */

static bool is_expected(const mote_bundle_query *query, const mote_proven_value *value) {
    switch (query->question) {
    case MOTE_ASK_READ: return true;
    case MOTE_ASK_ABSENT: return value->state == MOTE_VALUE_ABSENT;
    case MOTE_ASK_EQUALS: break;
    case MOTE_ASK_LIST:
    case MOTE_ASK_NONE: return false;
    }
    if (value->state == MOTE_VALUE_PRESENT) return mote_bytes_equal(value->value, query->expected);
    if (value->state != MOTE_VALUE_HASH_ONLY) return false;
    /* The state holds the hash, and the expected bytes have it: so they are the value. */
    const mote_hash hash = mote_blake2b_256(query->expected);
    return mote_hash_equal(&hash, &value->value_hash);
}

static mote_status read_key(mote_context *context, const mote_bundle_query *query,
                            const mote_trie_view *view, mote_link *link, bool *made) {
    mote_status status = mote_trie_read(context, &link->value, view, query->key);
    if (status != MOTE_OK) return status;
    if (!is_expected(query, &link->value)) {
        return mote_fail(context, MOTE_E_VALUE_MISMATCH, query->key.data, MOTE_NO_INDEX);
    }
    *made = true;
    return MOTE_OK;
}

/* --- lists ----------------------------------------------------------------------------------------------- */

static mote_status next_of_list(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                bool *made) {
    mote_bytes key;
    mote_proven_value value;
    bool more = false;
    mote_status status = mote_trie_scan_next(context, walk->scan, &more, &key, &value);
    if (status != MOTE_OK) return status;
    if (more && walk->query.question == MOTE_ASK_NONE) {
        return mote_fail(context, MOTE_E_VALUE_MISMATCH, walk->query.key.data, MOTE_NO_INDEX);
    }
    *made = true;
    link->listed_count = walk->listed;
    if (!more) {
        link->list_complete = true;
        walk->scan = NULL;
        return MOTE_OK;
    }
    walk->listed++;
    link->listed_count = walk->listed;
    link->listed = true;
    link->key = key;
    link->value = value;
    return MOTE_OK;
}

static mote_status answer(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                          bool *made) {
    const mote_bundle_query *query = &walk->query;
    mote_trie_view view = mote_proof_main(&walk->proof);
    if (query->child_key.size != 0) {
        mote_status status = mote_proof_child(context, &view, &walk->proof, query->child_key);
        if (status != MOTE_OK) return status;
    }
    bool is_list = query->question == MOTE_ASK_LIST || query->question == MOTE_ASK_NONE;
    if (!is_list) return read_key(context, query, &view, link, made);
    mote_status status = mote_trie_scan_begin(context, &walk->scan, &view, query->key);
    if (status != MOTE_OK) return status;
    walk->listed = 0;
    return next_of_list(context, walk, link, made);
}

/* --- steps ----------------------------------------------------------------------------------------------- */

/* The links of one list share their question's bytes. */
static mote_status go_on_with_list(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                   bool *made) {
    const mote_bytes encoded = walk->bundle.encoded;
    link->offset = walk->list_offset;
    link->size = (size_t)(walk->piece - encoded.data) - walk->list_offset;
    fill_question(link, &walk->query);
    return next_of_list(context, walk, link, made);
}

static mote_status next_question(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                 bool *made, mote_section section) {
    mote_cursor *cursor = mote_bundle_cursor(walk, section);
    mote_bundle_read_query(cursor, &walk->query);
    mote_status status = mote_cursor_check(context, cursor);
    /* The check value goes with the last question. */
    bool is_followed = status == MOTE_OK && mote_cursor_left(cursor) != 0;
    mote_bundle_piece(walk, link,
                      is_followed ? cursor->at : mote_bundle_section_end(walk, section));
    if (status != MOTE_OK) return status;
    walk->list_offset = link->offset;
    fill_question(link, &walk->query);
    return answer(context, walk, link, made);
}

static mote_status step_state(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                              bool *made, mote_section section, const mote_state_root *state) {
    fill_block(link, state);
    if (walk->scan != NULL) return go_on_with_list(context, walk, link, made);
    bool is_first = !walk->opened;
    if (is_first) {
        mote_status status = open_state(context, walk, section, state);
        if (status != MOTE_OK) return status;
        walk->proof_end = mote_context_mark(context);
    }
    /* The scan of a finished list is given back, the proof kept. */
    mote_context_release(context, walk->proof_end);
    bool is_done = !is_first && mote_cursor_left(&walk->cursor) == 0;
    return is_done ? MOTE_OK : next_question(context, walk, link, made, section);
}

mote_status mote_bundle_step_state(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                   bool *made) {
    if (!walk->has_header) return mote_fail(context, MOTE_E_LINK_MISSING, NULL, MOTE_NO_INDEX);
    const mote_state_root state = mote_state_of_relay(&walk->header);
    return step_state(context, walk, link, made, MOTE_SECTION_STATE, &state);
}

mote_status mote_bundle_step_para_state(mote_context *context, mote_bundle_walk *walk,
                                        mote_link *link, bool *made) {
    link->para_id = walk->para_id;
    mote_status status = mote_bundle_require_para(context, walk);
    if (status != MOTE_OK) return status;
    const mote_state_root state = mote_state_of_parachain(&walk->para);
    return step_state(context, walk, link, made, MOTE_SECTION_PARA_STATE, &state);
}
