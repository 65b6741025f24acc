/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The epochs (or Aura's lists) that blocks of the tree refer to. Siblings mostly announce the same one: it is kept once.
 * A place is free when no block refers to it. All places of a block are found before one of them is written: what does
 * not fit leaves every list as it was.
 */
#include <string.h>

#include "mote/limits.h"
#include "tree.h"

static void find_used(mote_block_tree *tree, uint32_t leaving) {
    for (uint32_t i = 0; i < tree->limits.lists; i++) tree->list[i].used = false;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        const tree_node *node = &tree->node[i];
        if (node->order == 0 || i == leaving) continue;
        if (node->current != TREE_NO_LIST) tree->list[node->current].used = true;
        if (node->next != TREE_NO_LIST) tree->list[node->next].used = true;
    }
}

static bool same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    return a->index == b->index && a->start_slot == b->start_slot && a->duration == b->duration &&
           a->c_numerator == b->c_numerator && a->c_denominator == b->c_denominator &&
           a->allowed_slots == b->allowed_slots && a->authorities.count == b->authorities.count &&
           memcmp(a->randomness, b->randomness, sizeof a->randomness) == 0 &&
           memcmp(a->authorities.items, b->authorities.items,
                  (size_t)a->authorities.count * MOTE_AUTHORITY_ITEM_SIZE) == 0;
}

static bool same_keys(const mote_aura_keys *a, const mote_aura_keys *b) {
    return a->count == b->count && memcmp(a->items, b->items, (size_t)a->count * 32) == 0;
}

static uint32_t length(const tree_needs *needs, uint32_t i) {
    return needs->aura != NULL ? needs->aura->keys.count : needs->epoch[i]->authorities.count;
}

static uint16_t place_of_equal(const mote_block_tree *tree, const tree_needs *needs, uint32_t i) {
    for (uint32_t at = 0; at < tree->limits.lists; at++) {
        const tree_list *list = &tree->list[at];
        if (!list->used) continue;
        bool equal = needs->aura != NULL ? same_keys(&list->aura.keys, &needs->aura->keys)
                                         : same_epoch(&list->epoch, needs->epoch[i]);
        if (equal) return (uint16_t)at;
    }
    return TREE_NO_LIST;
}

static uint16_t take_free(mote_block_tree *tree) {
    for (uint32_t at = 0; at < tree->limits.lists; at++) {
        if (tree->list[at].used) continue;
        tree->list[at].used = true;
        return (uint16_t)at;
    }
    return TREE_NO_LIST;
}

static void copy_to(tree_list *list, const tree_needs *needs, uint32_t i) {
    if (needs->aura != NULL) {
        list->aura = *needs->aura;
        memcpy(list->items, needs->aura->keys.items, (size_t)needs->aura->keys.count * 32);
        list->aura.keys.items = list->items;
        return;
    }
    list->epoch = *needs->epoch[i];
    memcpy(list->items, needs->epoch[i]->authorities.items,
           (size_t)needs->epoch[i]->authorities.count * MOTE_AUTHORITY_ITEM_SIZE);
    list->epoch.authorities.items = list->items;
}

mote_status mote_block_check_lengths(mote_context *context, const mote_block_tree *tree,
                                     const tree_needs *needs) {
    for (uint32_t i = 0; i < needs->count; i++) {
        if (length(needs, i) <= tree->limits.authorities) continue;
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

mote_status mote_block_keep_lists(mote_context *context, mote_block_tree *tree, tree_node *node,
                                  const tree_needs *needs, uint32_t leaving) {
    uint16_t place[2] = {TREE_NO_LIST, TREE_NO_LIST};
    bool is_new[2] = {false, false};
    find_used(tree, leaving);
    for (uint32_t i = 0; i < needs->count; i++) place[i] = place_of_equal(tree, needs, i);
    for (uint32_t i = 0; i < needs->count; i++) {
        if (place[i] != TREE_NO_LIST) continue;
        place[i] = take_free(tree);
        if (place[i] == TREE_NO_LIST) {
            return mote_fail(context, MOTE_E_LIMIT_FORKS, NULL, MOTE_NO_INDEX);
        }
        is_new[i] = true;
    }
    for (uint32_t i = 0; i < needs->count; i++) {
        if (is_new[i]) copy_to(&tree->list[place[i]], needs, i);
    }
    node->current = place[0];
    node->next = place[1];
    return MOTE_OK;
}
