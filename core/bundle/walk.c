/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <string.h>

typedef mote_status step(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                         bool *made);

static step *const steps[] = {mote_bundle_step_checkpoint,   mote_bundle_step_warp,
                              mote_bundle_step_finality,     mote_bundle_step_headers,
                              mote_bundle_step_state,        mote_bundle_step_para_head,
                              mote_bundle_step_para_headers, mote_bundle_step_para_state};

static const mote_link_kind kinds[] = {
    MOTE_LINK_CHECKPOINT, MOTE_LINK_HANDOVER,  MOTE_LINK_FINALITY,    MOTE_LINK_HEADER,
    MOTE_LINK_STATE,      MOTE_LINK_PARA_HEAD, MOTE_LINK_PARA_HEADER, MOTE_LINK_PARA_STATE};

/* The section a stage works on; 0 for the checkpoint, which is not in the bundle. */
static const mote_section sections[] = {
    (mote_section)0,           MOTE_SECTION_WARP,      MOTE_SECTION_JUSTIFICATION,
    MOTE_SECTION_HEADERS,      MOTE_SECTION_STATE,     MOTE_SECTION_PARA_HEAD,
    MOTE_SECTION_PARA_HEADERS, MOTE_SECTION_PARA_STATE};

mote_status mote_bundle_begin(mote_context *context, mote_bundle_walk **out,
                              const mote_bundle *bundle, const mote_checkpoint *checkpoint,
                              uint64_t now_seconds) {
    *out = NULL;
    if (bundle->head_size < MOTE_BUNDLE_HEAD_TAIL) { /* never opened, or refused */
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    if (mote_finalized_header_check(&checkpoint->finalized) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_bundle_walk *walk = mote_context_take(context, 1, sizeof *walk);
    if (walk == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    walk->bundle = *bundle;
    walk->checkpoint = checkpoint;
    walk->now = now_seconds;
    walk->piece = bundle->encoded.data;
    walk->mark = mote_context_mark(context);
    *out = walk;
    return MOTE_OK;
}

void mote_bundle_reach(mote_bundle_walk *walk, const mote_finalized_header *header) {
    walk->reached = true;
    walk->hash = header->hash;
    walk->number = header->number;
    walk->header = *header;
    walk->header.assumed |= walk->assumed;
    walk->has_header = true;
}

void mote_bundle_piece(mote_bundle_walk *walk, mote_link *link, const uint8_t *end) {
    link->offset = (size_t)(walk->piece - walk->bundle.encoded.data);
    link->size = (size_t)(end - walk->piece);
    walk->piece = end;
}

const uint8_t *mote_bundle_section_end(const mote_bundle_walk *walk, mote_section section) {
    const mote_bytes content = walk->bundle.section[section];
    return content.data + content.size;
}

mote_cursor *mote_bundle_cursor(mote_bundle_walk *walk, mote_section section) {
    if (walk->opened) return &walk->cursor;
    const mote_bytes content = walk->bundle.section[section];
    bool is_begun = walk->piece > content.data;
    const uint8_t *from = is_begun ? walk->piece : content.data;
    walk->cursor =
        mote_cursor_over((mote_bytes){from, (size_t)(content.data + content.size - from)});
    walk->opened = true;
    return &walk->cursor;
}

mote_status mote_bundle_next_header(mote_context *context, mote_bundle_walk *walk, mote_header *out,
                                    mote_link *link, mote_section section) {
    mote_cursor *cursor = mote_bundle_cursor(walk, section);
    memset(out, 0, sizeof *out);
    mote_read_header(cursor, out);
    mote_status status = mote_cursor_check(context, cursor);
    bool is_read = status == MOTE_OK;
    mote_bundle_piece(walk, link, is_read ? cursor->at : mote_bundle_section_end(walk, section));
    if (is_read) {
        link->hash = out->hash;
        link->number = out->number;
        link->state_root = out->state_root;
    }
    return status;
}

/* What belongs to the stage in work ends with it; the sections left out make no links. */
static void enter_next_stage(mote_context *context, mote_bundle_walk *walk) {
    /* The set after a warp proof lives in its decoder: it has to outlive the justification under it. */
    if (walk->stage != MOTE_STAGE_WARP) mote_context_release(context, walk->mark);
    walk->stage = (mote_bundle_stage)(walk->stage + 1);
    walk->opened = false;
    walk->work = NULL;
}

static bool has_work(const mote_bundle_walk *walk) {
    mote_section section = sections[walk->stage];
    return section == 0 || walk->bundle.section[section].size != 0;
}

/* Every failure names a byte of the bundle, if only the first one of its link. */
static mote_status latch(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                         mote_status status) {
    const mote_bytes encoded = walk->bundle.encoded;
    if (link->size == 0) {
        const mote_section section = sections[walk->stage];
        bool is_whole = section == 0;
        mote_bundle_piece(walk, link,
                          is_whole ? encoded.data + walk->bundle.head_size
                                   : mote_bundle_section_end(walk, section));
    }
    mote_fault fault = context->fault;
    if (fault.status != status) fault = (mote_fault){status, NULL, MOTE_NO_OFFSET, MOTE_NO_INDEX};
    if (fault.at == NULL || mote_fault_offset(&fault, encoded) == MOTE_NO_OFFSET) {
        fault.at = encoded.data + link->offset;
    }
    walk->latched = fault;
    context->fault = fault;
    mote_context_release(context, walk->mark);
    return status;
}

mote_status mote_bundle_next(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                             bool *more) {
    memset(link, 0, sizeof *link);
    *more = false;
    if (walk->latched.status != MOTE_OK) {
        context->fault = walk->latched;
        return walk->latched.status;
    }
    bool made = false;
    walk->is_waiting = walk->is_stuck = false;
    while (walk->stage != MOTE_STAGE_END && !made) {
        link->kind = kinds[walk->stage];
        link->index = walk->links;
        if (has_work(walk)) {
            mote_status status = steps[walk->stage](context, walk, link, &made);
            if (status != MOTE_OK) return latch(context, walk, link, status);
        }
        if (walk->is_waiting) break;
        if (!made) enter_next_stage(context, walk);
    }
    mote_context_clear_fault(context);
    *more = walk->is_waiting;
    if (!made) {
        memset(link, 0, sizeof *link);
        return MOTE_OK;
    }
    walk->links++;
    *more = true;
    return MOTE_OK;
}

void mote_bundle_use_threads(mote_bundle_walk *walk, uint32_t threads) {
    if (walk->links == 0) walk->threads = threads;
}

mote_work *mote_bundle_work(mote_bundle_walk *walk) {
    return walk->work;
}

bool mote_bundle_is_stuck(const mote_bundle_walk *walk) {
    return walk->is_stuck;
}

uint32_t mote_bundle_assumed(const mote_bundle_walk *walk) {
    return walk->assumed;
}

bool mote_bundle_target(const mote_bundle_walk *walk, mote_hash *hash, uint32_t *number,
                        bool *is_parachain) {
    *is_parachain = walk->head == MOTE_PARA_HEAD_HEADER;
    if (*is_parachain) {
        *hash = walk->para.hash;
        *number = walk->para.number;
        return true;
    }
    *hash = walk->hash;
    *number = walk->number;
    return walk->reached;
}
