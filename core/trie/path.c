/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one key and telling the way. */
#include "walk.h"

#include <string.h>

enum { PATH_ENDS_HERE = 16 };

static void describe(mote_path_step *step, const mote_trie_walk *walk) {
    const mote_trie_node *node = &walk->node;
    memset(step, 0, sizeof *step);
    step->node = node->encoding;
    step->merkle.size = walk->merkle.size;
    memcpy(step->merkle.bytes, walk->merkle.data, walk->merkle.size);
    step->depth = (uint32_t)walk->depth;
    step->partial_size = (uint32_t)node->partial.count;
    step->children = node->children.bitmap;
    step->child = PATH_ENDS_HERE;
    step->inline_node = walk->merkle.size < MOTE_TRIE_HASH_SIZE;
    step->hashed_value = node->value_kind == MOTE_NODE_HASHED_VALUE;
}

typedef struct path_writer {
    mote_path_step *steps;
    size_t capacity;
    size_t count;
} path_writer;

static mote_status add_step(mote_context *context, path_writer *path, const mote_trie_walk *walk) {
    if (path->count == path->capacity) {
        return mote_fail(context, MOTE_E_BUFFER_TOO_SMALL, NULL, MOTE_NO_INDEX);
    }
    describe(&path->steps[path->count++], walk);
    return MOTE_OK;
}

static mote_status walk_and_tell(mote_context *context, path_writer *path, mote_trie_turn *turn,
                                 mote_trie_walk *walk, mote_nibbles key) {
    for (;;) {
        uint8_t nibble = 0;
        mote_bytes merkle = {NULL, 0};
        mote_status status = add_step(context, path, walk);
        if (status != MOTE_OK) return status;
        *turn = mote_trie_walk_look(walk, key, &nibble, &merkle);
        if (*turn != MOTE_TURN_DOWN) return MOTE_OK;
        path->steps[path->count - 1].child = nibble;
        status = mote_trie_walk_down(context, walk, walk, merkle);
        if (status != MOTE_OK) return status;
    }
}

mote_status mote_trie_path(mote_context *context, mote_proven_value *out, mote_path_step *steps,
                           size_t *count, const mote_trie_view *view, mote_bytes key) {
    path_writer path = {steps, *count, 0};
    mote_trie_walk walk;
    mote_trie_turn turn = MOTE_TURN_NOWHERE;
    mote_nibbles nibbles;
    memset(out, 0, sizeof *out);
    *count = 0;
    mote_status status = mote_trie_view_check(context, view);
    if (status == MOTE_OK) status = mote_trie_key_nibbles(context, &nibbles, key);
    if (status == MOTE_OK) status = mote_trie_walk_begin(context, &walk, view);
    if (status == MOTE_OK && walk.node.kind != MOTE_NODE_EMPTY) {
        status = walk_and_tell(context, &path, &turn, &walk, nibbles);
    }
    *count = path.count;
    if (status != MOTE_OK) return status;
    out->under = view->proof->state;
    out->state = MOTE_VALUE_ABSENT;
    if (turn == MOTE_TURN_HERE) mote_trie_value_at(out, &walk);
    mote_context_clear_fault(context);
    return MOTE_OK;
}
