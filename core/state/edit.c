/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

#include <string.h>

static mote_status check(mote_context *context, const mote_state_change *change,
                         mote_state_version version) {
    if (version != MOTE_STATE_V0 && version != MOTE_STATE_V1)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (change->key.size >= MOTE_STATE_KEY_CEILING ||
        (!change->remove && change->value.size > UINT32_MAX / 2))
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

/* The roots of child tries with content follow from the content. */
static mote_status check_child_root(mote_context *context, const mote_state *state,
                                    mote_arena_ref node, const mote_state_change *change) {
    if (change->child != NULL || !mote_trie_is_child_root_key(change->key)) return MOTE_OK;
    if (mote_tree_has_child_trie(state, node))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (!change->remove && change->value.size != MOTE_TREE_HASH_SIZE)
        return mote_fail(context, MOTE_E_CHILD_ROOT, change->value.data, MOTE_NO_INDEX);
    return MOTE_OK;
}

static bool take_doom(mote_state *state, mote_arena_ref node) {
    uint8_t *flags = &mote_tree_at(state, node)->flags;
    bool doomed = (*flags & MOTE_TREE_DOOMED) != 0;
    *flags &= (uint8_t)~MOTE_TREE_DOOMED;
    return doomed;
}

static void doom(mote_state *state, mote_arena_ref node) {
    mote_tree_at(state, node)->flags |= MOTE_TREE_DOOMED;
}

static mote_status put_value(mote_context *context, mote_tree tree, mote_edit *out,
                             mote_tree_found found, const mote_state_change *change,
                             mote_state_version version) {
    mote_state *state = tree.state;
    mote_arena_ref value = mote_tree_new_value(state, change->value, version);
    if (value == 0 || !mote_tree_put(tree, &out->replaced, found, change->key, value)) {
        if (value != 0) mote_arena_give(&state->arena, value);
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    out->kind = out->replaced != 0 ? MOTE_EDIT_REPLACED : MOTE_EDIT_ADDED;
    if (out->kind == MOTE_EDIT_ADDED) state->keys++;
    return MOTE_OK;
}

static mote_status put(mote_context *context, mote_tree tree, mote_edit *out,
                       const mote_state_change *change, mote_state_version version) {
    mote_state *state = tree.state;
    const mote_tree_found found = mote_tree_find(tree, change->key);
    const mote_arena_ref node = mote_tree_value_found(tree, found);
    mote_status status = check_child_root(context, state, node, change);
    if (status != MOTE_OK) return status;
    if (node != 0 && mote_tree_value_is(mote_tree_value_at(state, mote_tree_at(state, node)->value),
                                        change->value, version)) {
        out->kind = MOTE_EDIT_MARKED;
    } else {
        status = put_value(context, tree, out, found, change, version);
    }
    if (status == MOTE_OK && out->kind != MOTE_EDIT_ADDED) out->was_doomed = take_doom(state, node);
    return status;
}

static mote_status mark_for_removal(mote_context *context, mote_state *state, mote_edit *out,
                                    const mote_state_change *change) {
    mote_tree tree;
    bool exists;
    mote_status status = mote_tree_open(context, &tree, &exists, state, change->child);
    if (status != MOTE_OK || !exists) return status;
    mote_arena_ref node = mote_tree_find_value(tree, change->key);
    status = check_child_root(context, state, node, change);
    if (status != MOTE_OK || node == 0) return status;
    out->kind = MOTE_EDIT_MARKED;
    out->was_doomed = take_doom(state, node);
    doom(state, node);
    return MOTE_OK;
}

mote_status mote_edit_make(mote_context *context, mote_state *state, mote_edit *out,
                           const mote_state_change *change, mote_state_version version) {
    mote_tree tree;
    bool made;
    memset(out, 0, sizeof *out);
    mote_status status = check(context, change, version);
    if (status != MOTE_OK) return status;
    if (change->remove) return mark_for_removal(context, state, out, change);
    status = mote_tree_open_or_make(context, &tree, &made, state, change->child);
    if (status == MOTE_OK) status = put(context, tree, out, change, version);
    if (status != MOTE_OK && made) mote_tree_drop_if_empty(tree);
    return status;
}

/* The trie and the node of a change that was made. */
static mote_arena_ref find_again(mote_state *state, mote_tree *tree,
                                 const mote_state_change *change) {
    mote_context none;
    bool exists;
    mote_context_init(&none, NULL, 0, (const uint8_t[32]){0});
    if (mote_tree_open(&none, tree, &exists, state, change->child) != MOTE_OK || !exists) return 0;
    return mote_tree_find_value(*tree, change->key);
}

static void remove_value(mote_tree tree, mote_arena_ref node) {
    tree.state->keys--;
    mote_tree_remove(tree, node);
    mote_tree_drop_if_empty(tree);
}

void mote_edit_take_back(mote_state *state, const mote_edit *edit,
                         const mote_state_change *change) {
    mote_tree tree;
    mote_arena_ref node = find_again(state, &tree, change);
    if (edit->kind == MOTE_EDIT_NOTHING || node == 0) return;
    if (edit->kind == MOTE_EDIT_ADDED) {
        remove_value(tree, node);
        return;
    }
    if (edit->kind == MOTE_EDIT_REPLACED) {
        mote_arena_give(&state->arena, mote_tree_at(state, node)->value);
        mote_tree_at(state, node)->value = edit->replaced;
        mote_tree_touch(tree, node);
    }
    (void)take_doom(state, node);
    if (edit->was_doomed) doom(state, node);
}

void mote_edit_keep(mote_state *state, const mote_edit *edit, const mote_state_change *change) {
    mote_tree tree;
    if (edit->replaced != 0) mote_arena_give(&state->arena, edit->replaced);
    if (!change->remove) return;
    mote_arena_ref node = find_again(state, &tree, change);
    if (node != 0 && (mote_tree_at(state, node)->flags & MOTE_TREE_DOOMED) != 0)
        remove_value(tree, node);
}

/* --- many ------------------------------------------------------------------------------------- */

mote_status mote_state_apply(mote_context *context, mote_state *state,
                             const mote_state_change *changes, size_t count,
                             mote_state_version version) {
    size_t mark = mote_context_mark(context);
    mote_edit *edits = mote_context_take(context, count, sizeof *edits);
    size_t made = 0;
    mote_status status = MOTE_OK;
    if (edits == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    while (made < count && status == MOTE_OK) {
        status = mote_edit_make(context, state, &edits[made], &changes[made], version);
        if (status == MOTE_OK) made++;
    }
    if (status == MOTE_OK) {
        for (size_t i = 0; i < count; i++) mote_edit_keep(state, &edits[i], &changes[i]);
    } else {
        context->fault.index = (uint32_t)made;
        while (made > 0) {
            made--;
            mote_edit_take_back(state, &edits[made], &changes[made]);
        }
    }
    mote_context_release(context, mark);
    return status;
}
