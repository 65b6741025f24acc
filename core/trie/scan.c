/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Enumeration in the order of keys: depth first, a frame for each branch on the way down to the
 * current node. Nodes may be shared by several parents, so the number of keys is not bounded by
 * the proof's size: a budget of visits is (mote/trie.h says how large).
 */
#include "scan.h"

#include "walk.h"

#include <string.h>

#define MOST_NIBBLES (2u * MOTE_MAX_KEY_SIZE)

/* A branch whose children are not all visited. */
typedef struct scan_frame {
    mote_trie_children children;
    const uint8_t *node;
    uint32_t entry;
    uint32_t depth; /* nibbles of its key */
} scan_frame;

struct mote_trie_scan {
    mote_trie_view view;
    mote_status status; /* a scan that has failed stays failed */
    bool pass_over_missing;
    uint64_t visits_left;
    mote_trie_walk walk; /* the current node */
    bool node_pending;   /* its value is not yet told */
    uint32_t frames_used;
    uint32_t frames_size;
    scan_frame *frames;
    uint8_t key[MOTE_MAX_KEY_SIZE];
};

/* On one way down no entry occurs twice: it would contain its own hash. Inline nodes are only at
 * its end, because what is below 32 bytes has no room for a hash, and at most INLINE_LEVELS of
 * them, because each takes five bytes around the next. */
#define INLINE_LEVELS 8u

static size_t frames_for(size_t entries) {
    size_t most = MOST_NIBBLES + 1;
    return entries < most - INLINE_LEVELS ? entries + INLINE_LEVELS : most;
}

size_t mote_trie_scan_memory(size_t entries) {
    const size_t alignment = 2 * 16;
    return sizeof(mote_trie_scan) + frames_for(entries) * sizeof(scan_frame) + alignment;
}

static size_t end_of_node(const mote_trie_scan *scan) {
    return scan->walk.depth + scan->walk.node.partial.count;
}

/* Writes the current node's partial key behind the nibbles above it. */
static mote_status extend_key(mote_context *context, mote_trie_scan *scan) {
    const mote_trie_node *node = &scan->walk.node;
    if (end_of_node(scan) > MOST_NIBBLES) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, node->encoding.data, scan->walk.entry);
    }
    for (size_t i = 0; i < node->partial.count; i++) {
        mote_trie_nibble_put(scan->key, scan->walk.depth + i, mote_trie_nibble(node->partial, i));
    }
    return MOTE_OK;
}

/* The current node has been reached: its content is to be told, or only what is below it. */
static mote_status arrive(mote_context *context, mote_trie_scan *scan, bool with_value) {
    const mote_trie_walk *walk = &scan->walk;
    if (scan->visits_left == 0) {
        return mote_fail(context, MOTE_E_LIMIT_WORK, walk->node.encoding.data, walk->entry);
    }
    scan->visits_left--;
    mote_status status = extend_key(context, scan);
    if (status != MOTE_OK) return status;
    scan->node_pending = with_value;
    if (walk->node.children.bitmap == 0) return MOTE_OK;
    if (scan->frames_used == scan->frames_size) {
        return mote_fail(context, MOTE_E_INTERNAL, walk->node.encoding.data, walk->entry);
    }
    scan->frames[scan->frames_used++] = (scan_frame){walk->node.children, walk->node.encoding.data,
                                                     walk->entry, (uint32_t)end_of_node(scan)};
    return MOTE_OK;
}

/* Goes from the frame to one of its children. */
static mote_status descend(mote_context *context, mote_trie_scan *scan, const scan_frame *frame,
                           uint8_t nibble, mote_bytes merkle) {
    mote_trie_walk *walk = &scan->walk;
    if (frame->depth >= MOST_NIBBLES) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, frame->node, frame->entry);
    }
    mote_trie_nibble_put(scan->key, frame->depth, nibble);
    memset(&walk->node, 0, sizeof walk->node);
    walk->node.encoding.data = frame->node;
    walk->entry = frame->entry;
    walk->depth = frame->depth;
    return mote_trie_walk_down(context, walk, walk, merkle);
}

/* To the next node in order: the first unvisited child of the lowest frame that has one. */
static mote_status advance(mote_context *context, mote_trie_scan *scan, bool *more) {
    uint8_t nibble = 0;
    mote_bytes merkle = {NULL, 0};
    *more = false;
    while (scan->frames_used > 0) {
        scan_frame *frame = &scan->frames[scan->frames_used - 1];
        if (!mote_trie_children_next(&frame->children, &nibble, &merkle)) {
            scan->frames_used--;
            continue;
        }
        mote_status status = descend(context, scan, frame, nibble, merkle);
        if (status == MOTE_E_PROOF_INCOMPLETE && scan->pass_over_missing) continue;
        if (status != MOTE_OK) return status;
        *more = true;
        return arrive(context, scan, true);
    }
    return MOTE_OK;
}

/* Keys are bytes: a value after an odd number of nibbles belongs to no key. */
static bool tells_a_key(const mote_trie_scan *scan) {
    return scan->node_pending && scan->walk.node.value_kind != MOTE_NODE_NO_VALUE &&
           end_of_node(scan) % 2 == 0;
}

static mote_status next(mote_context *context, mote_trie_scan *scan, bool *more, mote_bytes *key) {
    bool moved = true;
    while (!tells_a_key(scan)) {
        mote_status status = advance(context, scan, &moved);
        if (status != MOTE_OK) {
            scan->status = status;
            return status;
        }
        if (!moved) {
            scan->node_pending = false;
            return MOTE_OK;
        }
    }
    scan->node_pending = false;
    *more = true;
    *key = (mote_bytes){scan->key, end_of_node(scan) / 2};
    return MOTE_OK;
}

static mote_status new_scan(mote_context *context, mote_trie_scan **out,
                            const mote_trie_view *view) {
    mote_status status = mote_trie_view_check(context, view);
    if (status != MOTE_OK) return status;
    size_t frames = frames_for(view->proof->index->count);
    mote_trie_scan *scan = mote_context_take(context, 1, sizeof *scan);
    if (scan != NULL) scan->frames = mote_context_take(context, frames, sizeof *scan->frames);
    if (scan == NULL || scan->frames == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    scan->frames_size = (uint32_t)frames;
    scan->view = *view;
    scan->visits_left = MOTE_SCAN_WORK(view->proof->index->bytes);
    *out = scan;
    return mote_trie_walk_begin(context, &scan->walk, &scan->view);
}

/* Positions the scan before the first key under the prefix. */
static mote_status seek_prefix(mote_context *context, mote_trie_scan *scan, mote_nibbles prefix) {
    mote_trie_turn turn = MOTE_TURN_NOWHERE;
    mote_status status = mote_trie_walk_to(context, &scan->walk, &turn, prefix);
    if (status == MOTE_E_PROOF_INCOMPLETE && scan->pass_over_missing) return MOTE_OK;
    if (status != MOTE_OK || turn == MOTE_TURN_NOWHERE) return status;
    for (size_t i = 0; i < scan->walk.depth; i++) {
        mote_trie_nibble_put(scan->key, i, mote_trie_nibble(prefix, i));
    }
    return arrive(context, scan, true);
}

static mote_status begin(mote_context *context, mote_trie_scan **out, const mote_trie_view *view,
                         mote_bytes prefix, bool pass_over_missing) {
    size_t mark = mote_context_mark(context);
    mote_trie_scan *scan = NULL;
    *out = NULL;
    if (prefix.size > MOTE_MAX_KEY_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    }
    mote_status status = new_scan(context, &scan, view);
    if (status == MOTE_OK) {
        scan->pass_over_missing = pass_over_missing;
        status = seek_prefix(context, scan, mote_trie_nibbles_of(prefix));
    }
    if (status != MOTE_OK) {
        mote_context_release(context, mark);
        return status;
    }
    *out = scan;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_trie_scan_begin(mote_context *context, mote_trie_scan **out,
                                 const mote_trie_view *view, mote_bytes prefix) {
    return begin(context, out, view, prefix, false);
}

mote_status mote_trie_scan_present(mote_context *context, mote_trie_scan **out,
                                   const mote_trie_view *view, mote_bytes prefix) {
    return begin(context, out, view, prefix, true);
}

mote_status mote_trie_scan_next(mote_context *context, mote_trie_scan *scan, bool *more,
                                mote_bytes *key, mote_proven_value *value) {
    *more = false;
    *key = (mote_bytes){NULL, 0};
    memset(value, 0, sizeof *value);
    if (scan->status != MOTE_OK) {
        return mote_fail(context, scan->status, scan->walk.node.encoding.data, scan->walk.entry);
    }
    mote_status status = next(context, scan, more, key);
    if (status != MOTE_OK) return status;
    if (*more) {
        mote_trie_value_at(value, &scan->walk);
        value->under = scan->view.proof->state;
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* --- the smallest key after a given one ------------------------------------------------------- */

/* Takes the children before `nibble` off the frame, and that one too. True where there is one at
 * `nibble`. */
static bool skip_to(scan_frame *frame, uint8_t nibble, mote_bytes *merkle) {
    mote_trie_children ahead = frame->children;
    uint8_t at = 0;
    while (mote_trie_children_next(&ahead, &at, merkle) && at <= nibble) {
        frame->children = ahead;
        if (at == nibble) return true;
    }
    return false;
}

/* The node's key, as far as it is known, is the beginning of `key`. Leaves the scan before the
 * first key that is greater; `*down` where the search goes on at a child, which is the new
 * current node. */
static mote_status seek_step(mote_context *context, mote_trie_scan *scan, mote_nibbles key,
                             bool *down) {
    mote_nibbles partial = scan->walk.node.partial;
    mote_nibbles rest = mote_trie_nibbles_from(key, scan->walk.depth);
    size_t common = mote_trie_nibbles_common(partial, rest);
    bool has_children = scan->walk.node.children.bitmap != 0;
    mote_bytes merkle;
    *down = false;
    if (common == rest.count) return arrive(context, scan, common < partial.count);
    uint8_t nibble = mote_trie_nibble(rest, common);
    if (common < partial.count) {
        if (mote_trie_nibble(partial, common) < nibble) return MOTE_OK;
        return arrive(context, scan, true);
    }
    mote_status status = arrive(context, scan, false);
    if (status != MOTE_OK || !has_children) return status;
    scan_frame *frame = &scan->frames[scan->frames_used - 1];
    if (!skip_to(frame, nibble, &merkle)) return MOTE_OK;
    *down = true;
    return descend(context, scan, frame, nibble, merkle);
}

static mote_status seek_after(mote_context *context, mote_trie_scan *scan, mote_nibbles key,
                              size_t prefix_size) {
    mote_trie_turn turn = MOTE_TURN_NOWHERE;
    mote_status status = mote_trie_walk_to(context, &scan->walk, &turn,
                                           mote_trie_nibbles_between(key, 0, prefix_size));
    bool down = turn != MOTE_TURN_NOWHERE;
    for (size_t i = 0; down && i < scan->walk.depth; i++) {
        mote_trie_nibble_put(scan->key, i, mote_trie_nibble(key, i));
    }
    while (status == MOTE_OK && down) status = seek_step(context, scan, key, &down);
    return status;
}

static mote_status first_key(mote_context *context, bool *found, uint8_t *out, size_t *out_size,
                             mote_trie_scan *scan) {
    mote_bytes key = {NULL, 0};
    mote_status status = next(context, scan, found, &key);
    if (status != MOTE_OK || !*found) return status;
    if (key.size > 0) memcpy(out, key.data, key.size);
    *out_size = key.size;
    return MOTE_OK;
}

mote_status mote_trie_next_key(mote_context *context, bool *found, uint8_t *out, size_t *out_size,
                               const mote_trie_view *view, mote_bytes key, mote_bytes prefix) {
    size_t mark = mote_context_mark(context);
    mote_trie_scan *scan = NULL;
    mote_nibbles after;
    mote_nibbles start;
    *found = false;
    *out_size = 0;
    mote_status status = mote_trie_key_nibbles(context, &after, key);
    if (status == MOTE_OK) status = mote_trie_key_nibbles(context, &start, prefix);
    if (status == MOTE_OK) status = new_scan(context, &scan, view);
    if (status == MOTE_OK) {
        if (mote_bytes_starts_with(key, prefix)) {
            status = seek_after(context, scan, after, start.count);
        } else if (mote_bytes_compare(key, prefix) < 0) {
            status = seek_prefix(context, scan, start);
        } /* else all keys with the prefix are smaller: the scan stays empty */
    }
    if (status == MOTE_OK) status = first_key(context, found, out, out_size, scan);
    mote_context_release(context, mark);
    if (status == MOTE_OK) mote_context_clear_fault(context);
    return status;
}
