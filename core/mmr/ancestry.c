/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The peaks of the older range are nodes of the newer. Of its mountains, left to right: those that the older range covers
 * are peaks of it; one at most is covered in part, and is climbed from the last of the older peaks, which meets an item
 * where it is a left child and the peak before it where it is a right one; what is behind is one item, a bag.
 */
#include <string.h>

#include "geometry.h"

#define ITEM_SIZE 40u

typedef struct older_range {
    uint64_t leaf_count;
    mote_hash peaks[MOTE_MMR_MAX_PEAKS];
    size_t peak_count;
} older_range;

typedef struct part_climb {
    const older_range *older;
    uint64_t leaf_count;
    mote_cursor items; /* given ones */
    uint32_t taken;
    mote_writer *made; /* or made ones */
    const mote_hash *nodes;
    mote_status status;
} part_climb;

static mote_hash take_item(part_climb *climb, uint64_t index, uint32_t height,
                           const mote_hash *made) {
    uint64_t position = mote_mmr_position(index, height);
    if (climb->made != NULL) {
        mote_write_u64(climb->made, position);
        mote_write_hash(climb->made, made != NULL ? made : &climb->nodes[position]);
        climb->taken++;
        return (mote_hash){{0}};
    }
    const uint8_t *at = climb->items.at;
    uint64_t found = mote_read_u64(&climb->items);
    mote_hash hash = mote_read_hash(&climb->items);
    if (climb->items.status == MOTE_E_TRUNCATED) climb->items.status = MOTE_E_PROOF_LENGTH;
    if (climb->items.status == MOTE_OK && found != position) {
        climb->items.at = at;
        mote_cursor_fail(&climb->items, MOTE_E_PROOF_POSITION);
    }
    climb->taken++;
    return hash;
}

/* The mountain that is covered in part: `peak_count` comes down to the peaks left of it. */
static mote_hash climb_part(part_climb *climb, uint32_t top, size_t *peak_count) {
    const older_range *older = climb->older;
    uint32_t height = 0;
    while ((older->leaf_count >> height & 1) == 0) height++;
    uint64_t index = (older->leaf_count >> height) - 1;
    mote_hash hash = older->peaks[--*peak_count];
    for (; height < top && climb->items.status == MOTE_OK; height++, index /= 2) {
        if (index % 2 == 1) {
            hash = mote_mmr_join(&older->peaks[--*peak_count], &hash);
        } else {
            mote_hash item = take_item(climb, index + 1, height, NULL);
            hash = mote_mmr_join(&hash, &item);
        }
    }
    return hash;
}

static mote_hash take_rest(part_climb *climb, mote_mmr_mountain mountain) {
    mote_hash bag = {{0}};
    if (climb->made != NULL) bag = mote_mmr_bag_from(climb->nodes, mountain, climb->leaf_count);
    return take_item(climb, mountain.first >> mountain.height, mountain.height, &bag);
}

static mote_hash climb_all(part_climb *climb) {
    const older_range *older = climb->older;
    mote_hash peaks[MOTE_MMR_MAX_PEAKS];
    size_t covered = 0, count = 0, left = older->peak_count;
    mote_mmr_mountain mountain = {0, 64};
    while (mote_mmr_next_mountain(&mountain, climb->leaf_count)) {
        if (mountain.first >= older->leaf_count) {
            peaks[count++] = take_rest(climb, mountain);
            break;
        }
        bool whole = mountain.first + (UINT64_C(1) << mountain.height) <= older->leaf_count;
        peaks[count++] =
            whole ? older->peaks[covered++] : climb_part(climb, mountain.height, &left);
    }
    return mote_mmr_bag(peaks, count);
}

static bool is_older(uint64_t older, uint64_t leaf_count) {
    return older > 0 && older <= leaf_count && leaf_count <= MOTE_MMR_MAX_LEAVES;
}

static size_t ones(uint64_t value) {
    size_t count = 0;
    for (; value != 0; value &= value - 1) count++;
    return count;
}

/* Everything but the items, at which the cursor then is. */
static mote_status read_counts(mote_context *context, older_range *out, uint64_t *leaf_count,
                               uint32_t *items, mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    out->peak_count = mote_read_count(cursor, 32, MOTE_MMR_MAX_PEAKS);
    for (size_t i = 0; i < out->peak_count; i++) out->peaks[i] = mote_read_hash(cursor);
    out->leaf_count = mote_read_u64(cursor);
    *leaf_count = mote_read_u64(cursor);
    *items = mote_read_count(cursor, ITEM_SIZE, MOTE_MMR_MAX_PEAKS);
    mote_status status = mote_cursor_check(context, cursor);
    if (status != MOTE_OK) return status;
    if (!is_older(out->leaf_count, *leaf_count)) {
        return mote_fail(context, MOTE_E_LEAF_COUNT, start, MOTE_NO_INDEX);
    }
    if (out->peak_count != ones(out->leaf_count)) {
        return mote_fail(context, MOTE_E_PROOF_LENGTH, start, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

mote_status mote_mmr_verify_ancestry(mote_context *context, mote_mmr_ancestor *out,
                                     const mote_hash *root, mote_bytes proof) {
    older_range older;
    part_climb climb;
    uint32_t items;
    memset(out, 0, sizeof *out);
    memset(&climb, 0, sizeof climb);
    climb.older = &older;
    climb.items = mote_cursor_over(proof);
    mote_status status = read_counts(context, &older, &climb.leaf_count, &items, &climb.items);
    if (status != MOTE_OK) return status;
    mote_hash reached = climb_all(&climb);
    if (climb.items.status != MOTE_OK) {
        return mote_fail(context, climb.items.status, climb.items.at, climb.taken - 1);
    }
    if (climb.taken != items) {
        return mote_fail(context, MOTE_E_PROOF_LENGTH, climb.items.at, climb.taken);
    }
    status = mote_cursor_finish(context, &climb.items);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&reached, root)) {
        return mote_fail(context, MOTE_E_ROOT_MISMATCH, proof.data, MOTE_NO_INDEX);
    }
    *out = (mote_mmr_ancestor){mote_mmr_bag(older.peaks, older.peak_count), older.leaf_count,
                               climb.leaf_count};
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_mmr_prove_ancestry(mote_context *context, mote_writer *out, const mote_hash *nodes,
                                    uint64_t leaf_count, uint64_t older_count) {
    older_range older = {older_count, {{{0}}}, 0};
    uint8_t memory[MOTE_MMR_MAX_PEAKS * ITEM_SIZE];
    mote_writer items = mote_writer_into(memory, sizeof memory);
    part_climb climb;
    if (!is_older(older_count, leaf_count)) {
        return mote_fail(context, MOTE_E_LEAF_COUNT, NULL, MOTE_NO_INDEX);
    }
    mote_mmr_mountain mountain = {0, 64};
    while (mote_mmr_next_mountain(&mountain, older_count)) {
        older.peaks[older.peak_count++] =
            nodes[mote_mmr_position(mountain.first >> mountain.height, mountain.height)];
    }
    memset(&climb, 0, sizeof climb);
    climb.older = &older;
    climb.leaf_count = leaf_count;
    climb.made = &items;
    climb.nodes = nodes;
    (void)climb_all(&climb);
    mote_write_compact(out, older.peak_count);
    for (size_t i = 0; i < older.peak_count; i++) mote_write_hash(out, &older.peaks[i]);
    mote_write_u64(out, older_count);
    mote_write_u64(out, leaf_count);
    mote_write_compact(out, climb.taken);
    mote_write_span(out, items.data, items.size);
    return MOTE_OK;
}
