/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The epochs (or Aura's lists) that blocks of the tree refer to. Siblings mostly announce the same one: it is kept once.
 * A place is free when no block refers to it.
 */
#include <string.h>

#include "mote/limits.h"
#include "tree.h"

static void find_unused(mote_block_tree *tree, uint16_t pinned) {
    for (uint32_t i = 0; i < tree->limits.lists; i++) tree->list[i].used = i == pinned;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        const tree_node *node = &tree->node[i];
        if (node->order == 0) continue;
        if (node->current != TREE_NO_LIST) tree->list[node->current].used = true;
        if (node->next != TREE_NO_LIST) tree->list[node->next].used = true;
    }
}

static uint16_t free_place(mote_block_tree *tree, uint16_t pinned) {
    find_unused(tree, pinned);
    for (uint32_t i = 0; i < tree->limits.lists; i++) {
        if (!tree->list[i].used) return (uint16_t)i;
    }
    return TREE_NO_LIST;
}

static bool same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    return a->index == b->index && a->start_slot == b->start_slot && a->duration == b->duration &&
           a->c_numerator == b->c_numerator && a->c_denominator == b->c_denominator &&
           a->allowed_slots == b->allowed_slots && a->authorities.count == b->authorities.count &&
           memcmp(a->randomness, b->randomness, sizeof a->randomness) == 0 &&
           memcmp(a->authorities.items, b->authorities.items,
                  (size_t)a->authorities.count * MOTE_AUTHORITY_ITEM_SIZE) == 0;
}

static mote_status too_many(mote_context *context, const mote_block_tree *tree, uint32_t count) {
    if (count <= tree->limits.authorities) return MOTE_OK;
    return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
}

mote_status mote_block_keep_epoch(mote_context *context, mote_block_tree *tree, uint16_t *out,
                                  const mote_babe_epoch *epoch, uint16_t pinned) {
    *out = TREE_NO_LIST;
    mote_status status = too_many(context, tree, epoch->authorities.count);
    if (status != MOTE_OK) return status;
    uint16_t place = free_place(tree, pinned);
    for (uint32_t i = 0; i < tree->limits.lists; i++) {
        if (tree->list[i].used && same_epoch(&tree->list[i].epoch, epoch)) {
            *out = (uint16_t)i;
            return MOTE_OK;
        }
    }
    if (place == TREE_NO_LIST) return mote_fail(context, MOTE_E_LIMIT_FORKS, NULL, MOTE_NO_INDEX);
    tree_list *list = &tree->list[place];
    list->epoch = *epoch;
    memcpy(list->items, epoch->authorities.items,
           (size_t)epoch->authorities.count * MOTE_AUTHORITY_ITEM_SIZE);
    list->epoch.authorities.items = list->items;
    *out = place;
    return MOTE_OK;
}

static bool same_keys(const mote_aura_keys *a, const mote_aura_keys *b) {
    return a->count == b->count && memcmp(a->items, b->items, (size_t)a->count * 32) == 0;
}

mote_status mote_block_keep_aura(mote_context *context, mote_block_tree *tree, uint16_t *out,
                                 const mote_aura_authorities *authorities) {
    *out = TREE_NO_LIST;
    mote_status status = too_many(context, tree, authorities->keys.count);
    if (status != MOTE_OK) return status;
    uint16_t place = free_place(tree, TREE_NO_LIST);
    for (uint32_t i = 0; i < tree->limits.lists; i++) {
        if (tree->list[i].used && same_keys(&tree->list[i].aura.keys, &authorities->keys)) {
            *out = (uint16_t)i;
            return MOTE_OK;
        }
    }
    if (place == TREE_NO_LIST) return mote_fail(context, MOTE_E_LIMIT_FORKS, NULL, MOTE_NO_INDEX);
    tree_list *list = &tree->list[place];
    list->aura = *authorities;
    memcpy(list->items, authorities->keys.items, (size_t)authorities->keys.count * 32);
    list->aura.keys.items = list->items;
    *out = place;
    return MOTE_OK;
}
