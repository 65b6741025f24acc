/* SPDX-License-Identifier: Apache-2.0 */
/* Where the range starts: at the genesis state, or at what the state of the block before the first one says. */
#include <string.h>
#include <time.h>

#include "mote/hash.h"
#include "node_inside.h"
#include "whole.h"

#define PAGE 512u
#define ENTRY_ROOM 160u     /* what an entry takes besides its bytes */
#define CLOCK_TOLERANCE 30u /* seconds that a block may be ahead of this machine's clock */

/* --- genesis state ---------------------------------------------------------------------------------------- */
typedef struct pulled {
    mote_trie_entry *entries;
    size_t count, room;
    size_t bytes; /* of keys and values */
    size_t held;  /* and what keeping them takes */
} pulled;

/* Room for a page more, and its keys: they rise, or a node could go on with the same ones forever. */
static bool add_keys(node *node, pulled *out, mote_json list, size_t *count) {
    mote_json key;
    mote_json_items items = mote_json_items_of(list);
    if (out->count + PAGE > out->room) {
        out->room = 2 * out->room + PAGE;
        node->pulled = out->entries = memory_grow(out->entries, out->room, sizeof *out->entries);
    }
    *count = 0;
    while (*count < PAGE && mote_json_next(&items, NULL, &key)) {
        mote_trie_entry *entry = &out->entries[out->count + *count];
        if (!node_keep_hex(node->document, &entry->key, key)) return false;
        if (out->count + *count > 0 && mote_bytes_compare(entry->key, entry[-1].key) <= 0)
            return false;
        entry->value = (mote_bytes){NULL, 0};
        out->bytes += entry->key.size;
        out->held += entry->key.size + ENTRY_ROOM;
        (*count)++;
    }
    return list.kind == MOTE_JSON_ARRAY;
}

static mote_trie_entry *find_key(const pulled *state, size_t count, mote_bytes key) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        mote_trie_entry *entry = &state->entries[state->count + middle];
        int order = mote_bytes_compare(key, entry->key);
        if (order == 0) return entry;
        if (order < 0) high = middle;
        if (order > 0) low = middle + 1;
    }
    return NULL;
}

static bool add_value(node *node, pulled *out, size_t count, mote_json pair) {
    mote_json key, value;
    mote_bytes bytes;
    mote_json_items items = mote_json_items_of(pair);
    if (!mote_json_next(&items, NULL, &key) || !mote_json_next(&items, NULL, &value) ||
        !node_keep_hex(node->document, &bytes, key)) {
        return false;
    }
    mote_trie_entry *entry = find_key(out, count, bytes);
    if (entry == NULL || entry->value.data != NULL ||
        !node_keep_hex(node->document, &entry->value, value)) {
        return false;
    }
    out->bytes += entry->value.size;
    out->held += entry->value.size + entry->key.size;
    return true;
}

/* The values of a page of keys: [{block, changes: [[key, value], ...]}], one of each. */
static bool pull_values(node *node, pulled *out, size_t count) {
    mote_rpc_request *request = ask_begin(&node->ask, "state_queryStorageAt");
    mote_json set, pair;
    size_t found = 0;
    mote_rpc_open(request);
    for (size_t i = 0; i < count; i++) mote_rpc_hex(request, out->entries[out->count + i].key);
    mote_rpc_close(request);
    mote_rpc_hex(request, node_hash_bytes(&node->genesis));
    mote_json result = ask_one(&node->ask);
    mote_json_items sets = mote_json_items_of(result);
    if (!mote_json_next(&sets, NULL, &set)) return false;
    mote_json_items pairs = mote_json_items_of(mote_json_field(set, "changes"));
    while (mote_json_next(&pairs, NULL, &pair)) {
        if (!add_value(node, out, count, pair)) return false;
        found++;
    }
    return found == count;
}

static bool pull_page(node *node, pulled *out, size_t *count) {
    mote_rpc_request *request = ask_begin(&node->ask, "state_getKeysPaged");
    mote_rpc_hex(request, (mote_bytes){NULL, 0});
    mote_rpc_number(request, PAGE);
    if (out->count > 0) {
        mote_rpc_hex(request, out->entries[out->count - 1].key);
    } else {
        mote_rpc_null(request);
    }
    mote_rpc_hex(request, node_hash_bytes(&node->genesis));
    if (!add_keys(node, out, ask_one(&node->ask), count)) return false;
    if (*count > 0 && !pull_values(node, out, *count)) return false;
    out->count += *count;
    return true;
}

static mote_status compare_root(node *node, const pulled *state, const mote_header *header) {
    mote_hash root;
    mote_status status = MOTE_OK;
    for (int version = 1; version >= 0; version--) {
        double took = 0;
        status = whole_root(node->worker, &root, state->entries, state->count,
                            (mote_state_version)version, &took);
        worked(node->worker, WORK_TRIE_BYTES, (double)state->bytes, took);
        if (status != MOTE_OK) return status;
        if (mote_hash_equal(&root, &header->state_root)) return MOTE_OK;
    }
    return MOTE_E_ROOT_MISMATCH;
}

static void pull_genesis(node *node, const mote_header *header) {
    const arguments *args = &plan_app(node->plan)->args;
    size_t limit = (size_t)(args->has_state_limit ? args->state_limit : 64) << 20, count = 1;
    pulled state = {NULL, 0, 0, 0, 0};
    bool ok = true;
    while (ok && count > 0 && state.held <= limit) ok = pull_page(node, &state, &count);
    if (!ok) {
        node_note_failure(node, 0, RULE_GENESIS);
    } else if (state.held > limit) {
        node_note_unchecked(node, 0, RULE_GENESIS,
                            "the genesis state is larger than --state-limit");
    } else {
        mote_status status = compare_root(node, &state, header);
        judged(node->worker, &node->job, 0, RULE_GENESIS, status);
        if (status == MOTE_OK) {
            node->spec = (spec){NULL,          node->genesis, header->state_root,
                                MOTE_STATE_V1, state.entries, state.count};
            node->has_spec = true;
        }
    }
}

/* --- the chain from there ---------------------------------------------------------------------------------- */
static bool ask_runtime(node *node, mote_bytes *out, const char *function, const mote_hash *at) {
    mote_rpc_request *request = ask_begin(&node->ask, "state_call");
    mote_rpc_text(request, (mote_bytes){(const uint8_t *)function, strlen(function)});
    mote_rpc_hex(request, (mote_bytes){NULL, 0});
    mote_rpc_hex(request, node_hash_bytes(at));
    return node_keep_hex(node->document, out, ask_one(&node->ask));
}

/* How long an epoch is decides who may author: read from the headers of the first blocks, or asked of the node, whose word
 * on it the blocks contradict if it is wrong. */
static uint64_t ask_epoch(node *node, uint64_t *slot_milliseconds, const mote_hash *at) {
    const arguments *args = &plan_app(node->plan)->args;
    mote_babe_configuration configuration;
    mote_bytes bytes;
    if (!ask_runtime(node, &bytes, "BabeApi_configuration", at) ||
        mote_babe_configuration_decode(&node->worker->context, &configuration, bytes) != MOTE_OK) {
        return args->has_epoch_slots ? args->epoch_slots : 0;
    }
    *slot_milliseconds = configuration.slot_milliseconds;
    return args->has_epoch_slots ? args->epoch_slots : configuration.epoch_slots;
}

/* A chain with Aura may get shorter slots, and with them higher numbers: those of its last block are the shortest. */
static uint64_t ask_aura_slot(node *node) {
    mote_bytes bytes;
    bool ok = ask_runtime(node, &bytes, "AuraApi_slot_duration", &node->head_hash);
    return ok && bytes.size == 8 ? mote_load_u64(bytes.data) : 0;
}

/* Epoch length; and slots that have not come yet are known from here on. */
static uint64_t take_epoch(node *node, const mote_hash *at) {
    uint64_t milliseconds = 0, epoch = ask_epoch(node, &milliseconds, at);
    if (milliseconds == 0) milliseconds = ask_aura_slot(node);
    if (milliseconds > 0)
        node->chain.slot_now = ((uint64_t)time(NULL) + CLOCK_TOLERANCE) * 1000 / milliseconds;
    return epoch;
}

void node_start_at_genesis(node *node, const mote_header *header) {
    pull_genesis(node, header);
    const spec *given = plan_spec(node->plan, &node->genesis);
    chain_open(&node->chain, node->has_spec ? &node->spec : given);
    if (node->chain.spec == NULL) {
        node->chain.why_not = "the genesis state could not be had, and none was given (--spec)";
    } else {
        chain_begin(&node->chain, &node->worker->context, &node->genesis,
                    take_epoch(node, &node->genesis));
        node_note_set(node, 0);
    }
    chain_follow(node->worker, &node->job, &node->chain, &(chain_block){.header = header->encoded});
}

/* --- in the middle of a chain -------------------------------------------------------------------------------- */
static void add_start_keys(keys *keys) {
    static const char *const others[][2] = {
        {"Grandpa", "Authorities"}, {"Grandpa", "CurrentSetId"}, {"Grandpa", "PendingChange"},
        {"Beefy", "Authorities"},   {"Beefy", "ValidatorSetId"}, {"Aura", "Authorities"}};
    uint8_t babe[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE];
    mote_babe_state_keys(babe);
    for (size_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) keys_add(keys, babe[i], sizeof babe[i]);
    keys_add_items(keys, others, sizeof others / sizeof others[0]);
}

void node_start_at(node *node, uint32_t number) {
    mote_hash hash;
    mote_header header;
    mote_proof proof;
    keys keys = {.count = 0};
    chain_open(&node->chain, NULL);
    node->chain.why_not = "the state of the block before the first one asked for is not to be had";
    if (!node_ask_hash(node, &hash, number)) {
        node_note_failure(node, number, RULE_HEADER);
        return;
    }
    if (!node_ask_header(node, &header, &hash, number)) return;
    if (header.number != number) {
        judged(node->worker, &node->job, number, RULE_HEADER_LINK, MOTE_E_HEADER_NUMBER);
        return;
    }
    node_note_unchecked(
        node, number, RULE_HEADER_LINK,
        "what leads to the block before the range was not followed: that it is of "
        "this chain is the node's word, and authors and sets are those of its state");
    chain_link_to(&node->chain, &header);
    add_start_keys(&keys);
    /* Not released: the lists of the epochs are in the proof. */
    if (!node_pull_proof(node, &proof, &keys, &header)) return;
    judged(node->worker, &node->job, number, RULE_PROOF, MOTE_OK);
    chain_begin_at(&node->chain, &node->worker->context, &proof, take_epoch(node, &hash));
    node_note_set(node, number);
}
