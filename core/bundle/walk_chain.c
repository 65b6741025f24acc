/* SPDX-License-Identifier: Apache-2.0 */
/* Down by parent hashes, and over to the parachain. */
#include "walk.h"

#include <string.h>

static bool is_at_end(mote_bundle_walk *walk, mote_section section) {
    return mote_cursor_left(mote_bundle_cursor(walk, section)) == 0;
}

/* The first header may be the block that is proven already: it adds nothing, and takes nothing away. */
static bool repeats(const mote_bundle_walk *walk, mote_section section, const mote_header *header,
                    const mote_hash *proven) {
    bool is_first = header->encoded.data == walk->bundle.section[section].data;
    return is_first && mote_hash_equal(&header->hash, proven);
}

mote_status mote_bundle_step_headers(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                     bool *made) {
    /* The first one went with the justification, where there is one. */
    if (is_at_end(walk, MOTE_SECTION_HEADERS)) return MOTE_OK;
    mote_header header;
    mote_status status =
        mote_bundle_next_header(context, walk, &header, link, MOTE_SECTION_HEADERS);
    if (status != MOTE_OK) return status;
    link->set_id = walk->header.set_id;
    *made = true;
    if (repeats(walk, MOTE_SECTION_HEADERS, &header, &walk->hash)) return MOTE_OK;
    mote_finalized_header parent;
    status = mote_finalized_parent(context, &parent, &walk->header, &header);
    if (status != MOTE_OK) return status;
    mote_bundle_reach(walk, &parent);
    return MOTE_OK;
}

/* --- parachain ----------------------------------------------------------------------------------------- */

static mote_status open_para_head(mote_context *context, mote_bundle_walk *walk,
                                  mote_proof *proof) {
    mote_cursor *cursor = mote_bundle_cursor(walk, MOTE_SECTION_PARA_HEAD);
    const uint8_t *at = cursor->at;
    walk->para_id = mote_read_u32(cursor);
    const mote_bytes check = mote_read_span(cursor, MOTE_BUNDLE_CHECK_SIZE);
    mote_status status = mote_cursor_check(context, cursor);
    if (status == MOTE_OK) status = mote_bundle_check(context, (mote_bytes){at, 4}, check.data);
    if (status != MOTE_OK) return status;
    const mote_bytes rest = {cursor->at, mote_cursor_left(cursor)};
    const mote_state_root state = mote_state_of_relay(&walk->header);
    return mote_proof_load(context, proof, &state, rest, MOTE_PROOF_STRICT);
}

static void fill_from_head(mote_link *link, const mote_para_head *head, const mote_proof *proof) {
    bool is_absent = head->state == MOTE_PARA_HEAD_ABSENT;
    link->value.state = is_absent ? MOTE_VALUE_ABSENT : MOTE_VALUE_PRESENT;
    link->value.value = head->data;
    link->value.under = proof->state;
    if (head->state != MOTE_PARA_HEAD_HEADER) return;
    link->hash = head->head.hash;
    link->number = head->head.number;
    link->state_root = head->head.state_root;
}

/* A head that is no header is proven all the same. Whether it can be used is the next link's question. */
static mote_status read_head(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                             const mote_proof *proof) {
    mote_para_head head;
    mote_status status = mote_para_head_read(context, &head, proof, walk->para_id);
    if (status != MOTE_OK && head.state != MOTE_PARA_HEAD_OPAQUE) return status;
    walk->head = head.state;
    walk->para = head.head;
    fill_from_head(link, &head, proof);
    return MOTE_OK;
}

mote_status mote_bundle_step_para_head(mote_context *context, mote_bundle_walk *walk,
                                       mote_link *link, bool *made) {
    if (walk->opened) return MOTE_OK;
    (void)mote_bundle_cursor(walk, MOTE_SECTION_PARA_HEAD);
    mote_bundle_piece(walk, link, mote_bundle_section_end(walk, MOTE_SECTION_PARA_HEAD));
    if (!walk->has_header) return mote_fail(context, MOTE_E_LINK_MISSING, NULL, MOTE_NO_INDEX);
    mote_proof proof;
    mote_status status = open_para_head(context, walk, &proof);
    link->para_id = walk->para_id;
    if (status != MOTE_OK) return status;
    *made = true;
    return read_head(context, walk, link, &proof);
}

mote_status mote_bundle_require_para(mote_context *context, const mote_bundle_walk *walk) {
    if (walk->head == MOTE_PARA_HEAD_HEADER) return MOTE_OK;
    bool is_opaque = walk->head == MOTE_PARA_HEAD_OPAQUE;
    return mote_fail(context, is_opaque ? MOTE_E_HEAD_NOT_HEADER : MOTE_E_LINK_MISSING, NULL,
                     MOTE_NO_INDEX);
}

mote_status mote_bundle_step_para_headers(mote_context *context, mote_bundle_walk *walk,
                                          mote_link *link, bool *made) {
    if (is_at_end(walk, MOTE_SECTION_PARA_HEADERS)) return MOTE_OK;
    mote_header header;
    link->para_id = walk->para_id;
    mote_status status =
        mote_bundle_next_header(context, walk, &header, link, MOTE_SECTION_PARA_HEADERS);
    if (status == MOTE_OK) status = mote_bundle_require_para(context, walk);
    if (status != MOTE_OK) return status;
    *made = true;
    if (repeats(walk, MOTE_SECTION_PARA_HEADERS, &header, &walk->para.hash)) return MOTE_OK;
    mote_para_header parent;
    status = mote_para_parent(context, &parent, &walk->para, &header);
    if (status == MOTE_OK) walk->para = parent;
    return status;
}
