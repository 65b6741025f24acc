/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/hash.h"
#include "mote/trie.h"

#define MOST 64u

void judge_trie_root(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_trie_entry entries[MOST];
    size_t count = 0;
    mote_hash root;
    mote_state_version version = *take(&input, 1) == 0 ? MOTE_STATE_V0 : MOTE_STATE_V1;
    while (input.size != 0 && count < MOST) {
        entries[count].key = take_sized(&input);
        entries[count++].value = take_sized(&input);
    }
    out->accepted = mote_trie_root(context, &root, entries, count, version) == MOTE_OK;
    if (out->accepted) answer_add(out, root.bytes, 32);
}

typedef struct shown_proof {
    mote_hash root;
    mote_bytes keys[MOST], nodes[MOST];
    size_t key_count, node_count;
} shown_proof;

static void take_list(mote_bytes *input, mote_bytes *out, size_t *count) {
    *count = take_u32(input);
    for (size_t i = 0; i < *count && i < MOST; i++) out[i] = take_sized(input);
}

static void take_shown(shown_proof *out, mote_bytes input) {
    memcpy(out->root.bytes, take(&input, 32), 32);
    take_list(&input, out->keys, &out->key_count);
    take_list(&input, out->nodes, &out->node_count);
}

/* 0 absent, 1 and the value's hash, 2 cannot be read. */
static void read_keys(mote_context *context, oracle_answer *out, const mote_proof *proof,
                      const shown_proof *shown) {
    static const uint8_t codes[] = {0, 1, 2};
    for (size_t i = 0; i < shown->key_count; i++) {
        mote_trie_view view;
        mote_proven_value value;
        memset(&value, 0, sizeof value);
        if (proof != NULL) {
            view = mote_proof_main(proof);
            if (mote_trie_read(context, &value, &view, shown->keys[i]) != MOTE_OK) {
                value.state = MOTE_VALUE_UNKNOWN;
            }
        }
        if (value.state == MOTE_VALUE_PRESENT) {
            mote_hash hash = mote_blake2b_256(value.value);
            answer_add(out, &codes[1], 1);
            answer_add(out, hash.bytes, 32);
        } else {
            answer_add(out, &codes[value.state == MOTE_VALUE_ABSENT ? 0 : 2], 1);
        }
    }
}

/* A proof that is refused as a whole reads nothing; the empty one is of the empty trie. */
void judge_proof(mote_context *context, oracle_answer *out, mote_bytes input) {
    shown_proof shown;
    mote_proof proof;
    take_shown(&shown, input);
    mote_state_root root = mote_state_assumed(&shown.root);
    mote_status status = mote_proof_load_nodes(context, &proof, &root, shown.nodes,
                                               shown.node_count, MOTE_PROOF_LENIENT);
    out->accepted = true;
    read_keys(context, out, status == MOTE_OK ? &proof : NULL, &shown);
}

void judge_compact_proof(mote_context *context, oracle_answer *out, mote_bytes input) {
    static uint8_t scale[1 << 16];
    shown_proof shown;
    mote_proof proof;
    take_shown(&shown, input);
    mote_writer writer = mote_writer_into(scale, sizeof scale);
    mote_write_compact(&writer, shown.node_count);
    for (size_t i = 0; i < shown.node_count; i++) {
        mote_write_compact(&writer, shown.nodes[i].size);
        mote_write_span(&writer, shown.nodes[i].data, shown.nodes[i].size);
    }
    mote_state_root root = mote_state_assumed(&shown.root);
    mote_status status =
        mote_proof_load_compact(context, &proof, &root, (mote_bytes){scale, writer.size});
    out->accepted = status == MOTE_OK;
    if (out->accepted) read_keys(context, out, &proof, &shown);
}
