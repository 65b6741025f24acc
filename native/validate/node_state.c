/* SPDX-License-Identifier: Apache-2.0 */
/* Read proofs under the headers' own roots, and what well-known keys say. */
#include <string.h>

#include "mote/coretime.h"
#include "mote/hash.h"
#include "mote/message.h"
#include "mote/para.h"
#include "node_inside.h"

void keys_add(keys *keys, const uint8_t *data, size_t size) {
    if (keys->count == KEYS) return;
    memcpy(keys->room[keys->count], data, size);
    keys->items[keys->count] = (mote_bytes){keys->room[keys->count], size};
    keys->count++;
}

void keys_add_item(keys *keys, const char *pallet, const char *item) {
    uint8_t key[32];
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    keys_add(keys, key, sizeof key);
}

void keys_add_items(keys *keys, const char *const (*items)[2], size_t count) {
    for (size_t i = 0; i < count; i++) keys_add_item(keys, items[i][0], items[i][1]);
}

bool node_pull_proof_under(node *node, mote_proof *out, const keys *keys, const mote_hash *hash,
                           uint32_t number, const mote_state_root *root) {
    mote_context *context = &node->worker->context;
    mote_rpc_request *request = ask_begin(&node->ask, "state_getReadProof");
    mote_rpc_open(request);
    for (size_t i = 0; i < keys->count; i++) mote_rpc_hex(request, keys->items[i]);
    mote_rpc_close(request);
    mote_rpc_hex(request, node_hash_bytes(hash));
    mote_json list = mote_json_field(ask_one(&node->ask), "proof"), item;
    if (list.kind != MOTE_JSON_ARRAY) {
        node_note_failure(node, number, RULE_PROOF);
        return false;
    }
    size_t count = mote_json_count(list), at = 0, size = 0;
    mote_bytes *nodes = document_take(node->document, count + 1, sizeof *nodes);
    mote_json_items items = mote_json_items_of(list);
    while (at < count && mote_json_next(&items, NULL, &item)) {
        if (!node_keep_hex(node->document, &nodes[at], item)) {
            failed(node->worker, &node->job, number, RULE_FORM, "a node of the proof is no hex");
            return false;
        }
        size += nodes[at++].size;
    }
    double begun = worker_clock();
    mote_status status = mote_proof_load_nodes(context, out, root, nodes, count, MOTE_PROOF_STRICT);
    worked(node->worker, WORK_TRIE_BYTES, (double)size, worker_clock() - begun);
    if (status != MOTE_OK) judged(node->worker, &node->job, number, RULE_PROOF, status);
    return status == MOTE_OK;
}

bool node_pull_proof(node *node, mote_proof *out, const keys *keys, const mote_header *header) {
    mote_finalized_header assumed = mote_finalized_header_assumed(header);
    mote_state_root root = node->chain.consensus == CHAIN_AURA
                               ? mote_state_assumed(&header->state_root)
                               : mote_state_of_relay(&assumed);
    return node_pull_proof_under(node, out, keys, &header->hash, header->number, &root);
}

/* What the node says without proof is what it proves. */
static mote_status compare_values(node *node, const mote_proof *proof, const keys *keys,
                                  const mote_header *header) {
    mote_trie_view view = mote_proof_main(proof);
    for (size_t i = 0; i < keys->count; i++) {
        mote_proven_value value;
        mote_bytes said = {NULL, 0};
        mote_status status = mote_trie_read(&node->worker->context, &value, &view, keys->items[i]);
        if (status != MOTE_OK) return status;
        mote_rpc_request *request = ask_begin(&node->ask, "state_getStorage");
        mote_rpc_hex(request, keys->items[i]);
        mote_rpc_hex(request, node_hash_bytes(&header->hash));
        mote_json result = ask_one(&node->ask);
        if (result.kind == MOTE_JSON_NONE) continue;
        bool absent = result.kind == MOTE_JSON_NULL;
        if (!absent && !node_keep_hex(node->document, &said, result)) return MOTE_E_BAD_FORMAT;
        bool same = absent
                        ? value.state == MOTE_VALUE_ABSENT
                        : value.state == MOTE_VALUE_PRESENT && mote_bytes_equal(value.value, said);
        if (!same) return MOTE_E_VALUE_MISMATCH;
    }
    return MOTE_OK;
}

static void judge_handover(node *node, const mote_proof *proof, const mote_header *header) {
    mote_bytes id, list;
    mote_authority_list authorities;
    mote_context *context = &node->worker->context;
    const set_of *of = node_set_for(node, header->number + 1);
    if (of == NULL || !chain_read_item(context, &id, proof, "Grandpa", "CurrentSetId") ||
        id.size != 8)
        return;
    if (!chain_read_item(context, &list, proof, "Grandpa", "Authorities")) return;
    mote_status status = mote_authority_list_decode(context, &authorities, list);
    if (status == MOTE_OK && mote_load_u64(id.data) != of->id) status = MOTE_E_OTHER_SET;
    if (status == MOTE_OK && (authorities.count != of->list.count ||
                              memcmp(authorities.items, of->list.items,
                                     (size_t)authorities.count * MOTE_AUTHORITY_ITEM_SIZE) != 0)) {
        status = MOTE_E_OTHER_SET;
    }
    judged(node->worker, &node->job, header->number, RULE_HANDOVER, status);
}

/* Their heads, and what the relay chain allows them. */
static void judge_heads(node *node, const mote_header *header, const uint32_t *ids,
                        uint32_t count) {
    keys keys = {.count = 0};
    mote_proof proof;
    mote_para_head head;
    mote_relay_limits limits;
    mote_core_work work;
    mote_context *context = &node->worker->context;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t key[MOTE_PARA_KEY_SIZE];
        mote_para_head_key(key, ids[i]);
        keys_add(&keys, key, sizeof key);
    }
    mote_message_key limits_key = mote_message_key_of(MOTE_ITEM_LIMITS, 0, 0);
    mote_coretime_key cores = mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0);
    keys_add(&keys, limits_key.bytes, limits_key.size);
    keys_add(&keys, cores.bytes, cores.size);
    if (!node_pull_proof(node, &proof, &keys, header)) return;
    for (uint32_t i = 0; i < count; i++) {
        judged(node->worker, &node->job, header->number, RULE_PARA_HEAD,
               mote_para_head_read(context, &head, &proof, ids[i]));
    }
    judged(node->worker, &node->job, header->number, RULE_MESSAGES,
           mote_relay_limits_read(context, &limits, &proof));
    judged(node->worker, &node->job, header->number, RULE_CORETIME,
           mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 0));
}

/* Who sends to whom, and each open channel. */
static void judge_channels(node *node, const mote_header *header, const uint32_t *ids,
                           uint32_t count) {
    keys keys = {.count = 0};
    mote_proof proof;
    mote_context *context = &node->worker->context;
    for (uint32_t i = 0; i < count; i++) {
        mote_message_key senders = mote_message_key_of(MOTE_ITEM_HRMP_INGRESS, ids[i], 0);
        keys_add(&keys, senders.bytes, senders.size);
        for (uint32_t k = 0; k < count && k < 3; k++) {
            mote_message_key channel = mote_message_key_of(MOTE_ITEM_HRMP_CHANNEL, ids[k], ids[i]);
            if (k != i) keys_add(&keys, channel.bytes, channel.size);
        }
    }
    if (!node_pull_proof(node, &proof, &keys, header)) return;
    for (uint32_t i = 0; i < count; i++) {
        mote_para_list senders;
        mote_status status = mote_hrmp_senders_read(context, &senders, &proof, ids[i]);
        judged(node->worker, &node->job, header->number, RULE_MESSAGES, status);
        for (uint32_t k = 0; status == MOTE_OK && k < count && k < 3; k++) {
            mote_hrmp_channel channel;
            if (k == i) continue;
            status = mote_hrmp_channel_read(context, &channel, &proof, ids[k], ids[i]);
            bool listed = false;
            for (uint32_t s = 0; s < senders.count; s++)
                listed |= mote_para_list_at(&senders, s) == ids[k];
            if (status == MOTE_OK && listed != channel.open) status = MOTE_E_VALUE_MISMATCH;
            judged(node->worker, &node->job, header->number, RULE_MESSAGES, status);
        }
    }
}

static void judge_paras(node *node, const mote_header *header, mote_bytes list) {
    mote_context *context = &node->worker->context;
    size_t mark = mote_context_mark(context);
    mote_cursor cursor = mote_cursor_over(list);
    uint32_t count = mote_read_count(&cursor, 4, 1000), *ids = node->paras;
    if (count > NODE_PARAS) count = NODE_PARAS;
    node->para_count = count;
    for (uint32_t i = 0; i < count; i++) ids[i] = mote_read_u32(&cursor);
    judge_heads(node, header, ids, count);
    mote_context_release(context, mark);
    judge_channels(node, header, ids, count);
    mote_context_release(context, mark);
}

static void pull_state(node *node, const mote_header *header) {
    keys keys = {.count = 0};
    mote_context *context = &node->worker->context;
    size_t mark = mote_context_mark(context);
    mote_proof proof;
    static const char *const relay[][2] = {
        {"System", "Events"},        {"Timestamp", "Now"},        {"Grandpa", "Authorities"},
        {"Grandpa", "CurrentSetId"}, {"Babe", "CurrentSlot"},     {"Babe", "Authorities"},
        {"Paras", "Parachains"},     {"Beefy", "ValidatorSetId"}, {"Mmr", "RootHash"}};
    static const char *const para[][2] = {{"System", "Events"},
                                          {"Aura", "Authorities"},
                                          {"Aura", "CurrentSlot"},
                                          {"ParachainSystem", "ValidationData"},
                                          {"ParachainSystem", "UpwardMessages"},
                                          {"ParachainSystem", "HrmpOutboundMessages"},
                                          {"ParachainSystem", "LastHrmpMqcHeads"}};
    static const char *const other[][2] = {
        {"System", "Events"}, {"System", "Number"}, {"Timestamp", "Now"}};
    switch (node->chain.consensus) {
    case CHAIN_BABE: keys_add_items(&keys, relay, sizeof relay / sizeof relay[0]); break;
    case CHAIN_AURA: keys_add_items(&keys, para, sizeof para / sizeof para[0]); break;
    case CHAIN_UNKNOWN: keys_add_items(&keys, other, sizeof other / sizeof other[0]); break;
    }
    if (node_pull_proof(node, &proof, &keys, header)) {
        mote_bytes list;
        judged(node->worker, &node->job, header->number, RULE_PROOF,
               compare_values(node, &proof, &keys, header));
        judge_handover(node, &proof, header);
        if (chain_read_item(context, &list, &proof, "Paras", "Parachains"))
            judge_paras(node, header, list);
    }
    mote_context_release(context, mark);
}

/* At the ends of the range, around changes of sets, and in between. */
void node_pull_states(node *node) {
    uint32_t last = node->first + node->count - 1, step = node->count / 8 + 1;
    for (uint32_t at = node->first; at < last && node_goes_on(node, at, RULE_PROOF); at += step)
        pull_state(node, node_header_at(node, at));
    for (size_t i = 1; i < node->set_count && i < 16; i++) {
        if (node_header_at(node, node->sets[i].after) != NULL &&
            node_goes_on(node, last, RULE_PROOF))
            pull_state(node, node_header_at(node, node->sets[i].after));
    }
    if (node_goes_on(node, last, RULE_PROOF)) pull_state(node, node_header_at(node, last));
}
