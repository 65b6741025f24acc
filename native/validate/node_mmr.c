/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves and older roots of the mountain range, under the root that the last header names. */
#include "mote/mmr.h"
#include "node_inside.h"

/* The leaf that block `asked` added: about its parent, and as far from the range's end as the block from the last one.
 * With which block a range began is not known. */
static mote_status check_leaf(node *node, const mote_header *best, uint64_t leaf_count,
                              uint64_t index, mote_bytes bytes, uint32_t asked) {
    mote_mmr_leaf leaf;
    mote_status status = mote_mmr_leaf_decode(&node->worker->context, &leaf, bytes);
    if (status != MOTE_OK) return status;
    if (leaf.parent_number + UINT64_C(1) != asked) return MOTE_E_LEAF_INDEX;
    if (best->number - leaf.parent_number != leaf_count - index) return MOTE_E_LEAF_COUNT;
    const mote_header *parent = node_header_at(node, leaf.parent_number);
    return parent != NULL && !mote_hash_equal(&parent->hash, &leaf.parent_hash) ? MOTE_E_HEADER_HASH
                                                                                : MOTE_OK;
}

/* Exactly those of the blocks asked for, in their order. */
static void judge_leaves(node *node, const mote_header *best, const mote_hash *root,
                         mote_bytes leaves, mote_bytes proof, const uint32_t *blocks,
                         uint32_t count) {
    uint64_t leaf_count, index;
    mote_bytes bytes;
    mote_status status =
        mote_mmr_verify_leaves(&node->worker->context, &leaf_count, root, leaves, proof);
    mote_mmr_leaves each = mote_mmr_leaves_of(leaves, proof);
    for (uint32_t i = 0; status == MOTE_OK && i < count; i++) {
        status = mote_mmr_leaves_next(&each, &bytes, &index)
                     ? check_leaf(node, best, leaf_count, index, bytes, blocks[i])
                     : MOTE_E_LEAF_COUNT;
    }
    if (status == MOTE_OK && mote_mmr_leaves_next(&each, &bytes, &index))
        status = MOTE_E_LEAF_COUNT;
    judged(node->worker, &node->job, best->number, RULE_MMR, status);
}

static void pull_leaves(node *node, const mote_header *best, const mote_hash *root,
                        const uint32_t *blocks, uint32_t count) {
    mote_bytes leaves, proof;
    mote_rpc_request *request = ask_begin(&node->ask, "mmr_generateProof");
    mote_rpc_open(request);
    for (uint32_t i = 0; i < count; i++) mote_rpc_number(request, blocks[i]);
    mote_rpc_close(request);
    mote_rpc_number(request, best->number);
    mote_rpc_hex(request, node_hash_bytes(&best->hash));
    mote_json result = ask_one(&node->ask);
    if (!node_keep_hex(node->document, &leaves, mote_json_field(result, "leaves")) ||
        !node_keep_hex(node->document, &proof, mote_json_field(result, "proof"))) {
        node_note_failure(node, best->number, RULE_MMR);
        return;
    }
    judge_leaves(node, best, root, leaves, proof, blocks, count);
}

static bool write_hashes(mote_writer *writer, mote_json list) {
    mote_json item;
    mote_hash hash;
    mote_write_compact(writer, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        if (!mote_json_hash(item, &hash)) return false;
        mote_write_hash(writer, &hash);
    }
    return list.kind == MOTE_JSON_ARRAY;
}

static bool write_ancestry(mote_writer *writer, mote_json value) {
    uint64_t before, count, position;
    mote_json pair, item;
    mote_hash hash;
    mote_json list = mote_json_field(value, "items");
    if (!write_hashes(writer, mote_json_field(value, "prev_peaks"))) return false;
    if (!mote_json_u64(mote_json_field(value, "prev_leaf_count"), &before) ||
        !mote_json_u64(mote_json_field(value, "leaf_count"), &count)) {
        return false;
    }
    mote_write_u64(writer, before);
    mote_write_u64(writer, count);
    mote_write_compact(writer, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &pair)) {
        mote_json_items both = mote_json_items_of(pair);
        if (!mote_json_next(&both, NULL, &item) || !mote_json_u64(item, &position)) return false;
        if (!mote_json_next(&both, NULL, &item) || !mote_json_hash(item, &hash)) return false;
        mote_write_u64(writer, position);
        mote_write_hash(writer, &hash);
    }
    return list.kind == MOTE_JSON_ARRAY;
}

static void pull_ancestry(node *node, const mote_header *best, const mote_hash *root,
                          const mote_header *older) {
    mote_hash older_root;
    mote_mmr_ancestor ancestor;
    mote_bytes bytes = {NULL, 0};
    if (!chain_mmr_root(&older_root, older)) return;
    mote_rpc_request *request = ask_begin(&node->ask, "mmr_generateAncestryProof");
    mote_rpc_number(request, older->number);
    mote_rpc_number(request, best->number);
    mote_rpc_hex(request, node_hash_bytes(&best->hash));
    mote_json result = ask_one(&node->ask);
    bool ok = result.kind == MOTE_JSON_STRING && node_keep_hex(node->document, &bytes, result);
    if (result.kind == MOTE_JSON_OBJECT) {
        uint8_t *data = document_take(node->document, result.text.size, 1);
        mote_writer writer = mote_writer_into(data, result.text.size);
        ok = write_ancestry(&writer, result) && mote_writer_fits(&writer);
        bytes = (mote_bytes){data, writer.size};
    }
    if (!ok) {
        node_note_failure(node, best->number, RULE_MMR_ANCESTRY);
        return;
    }
    mote_status status = mote_mmr_verify_ancestry(&node->worker->context, &ancestor, root, bytes);
    if (status == MOTE_OK && (ancestor.of > best->number ||
                              ancestor.of - ancestor.leaf_count != best->number - older->number)) {
        status = MOTE_E_LEAF_COUNT;
    }
    if (status == MOTE_OK && !mote_hash_equal(&ancestor.root, &older_root))
        status = MOTE_E_ROOT_MISMATCH;
    judged(node->worker, &node->job, best->number, RULE_MMR_ANCESTRY, status);
}

void node_pull_mmr(node *node) {
    const mote_header *best = node_header_at(node, node->first + node->count - 1);
    mote_hash root;
    if (!chain_mmr_root(&root, best)) {
        node_note_unchecked(node, best->number, RULE_MMR,
                            "the chain has no MMR: no header names a root");
        return;
    }
    uint32_t last = best->number, three[3] = {1, last / 2, last - 4}, two = 2,
             three_back = last - 3;
    if (last < 12) return;
    pull_leaves(node, best, &root, &two, 1);
    pull_leaves(node, best, &root, &three_back, 1);
    pull_leaves(node, best, &root, three, 3);
    for (uint32_t at = 5; at < last && node->first == 1; at += last / 8 + 1)
        pull_leaves(node, best, &root, &at, 1);
    if (node_header_at(node, 5) != NULL) pull_ancestry(node, best, &root, node_header_at(node, 5));
    if (node_header_at(node, last / 2) != NULL)
        pull_ancestry(node, best, &root, node_header_at(node, last / 2));
    if (node_header_at(node, last - 1) != NULL)
        pull_ancestry(node, best, &root, node_header_at(node, last - 1));
}
