/* SPDX-License-Identifier: Apache-2.0 */
/* Single questions to a proof: one key, one child trie, one Merkle value, one path. */
#include "walk.h"

#include <string.h>

const mote_hash mote_trie_empty_root = {{0x03, 0x17, 0x0a, 0x2e, 0x75, 0x97, 0xb7, 0xb7,
                                         0xe3, 0xd8, 0x4c, 0x05, 0x39, 0x1d, 0x13, 0x9a,
                                         0x62, 0xb1, 0x57, 0xe7, 0x87, 0x86, 0xd8, 0xc0,
                                         0x82, 0xf2, 0x9d, 0xcf, 0x4c, 0x11, 0x13, 0x14}};

const char *mote_value_state_name(mote_value_state state) {
    switch (state) {
    case MOTE_VALUE_PRESENT: return "value";
    case MOTE_VALUE_ABSENT: return "absent";
    case MOTE_VALUE_HASH_ONLY: return "hash-only";
    case MOTE_VALUE_UNKNOWN: break;
    }
    return "unknown";
}

mote_trie_view mote_proof_main(const mote_proof *proof) {
    return (mote_trie_view){proof, proof->state.root, false, false};
}

mote_status mote_trie_read(mote_context *context, mote_proven_value *out,
                           const mote_trie_view *view, mote_bytes key) {
    mote_trie_walk walk;
    mote_trie_turn turn;
    mote_nibbles nibbles;
    memset(out, 0, sizeof *out);
    mote_status status = mote_trie_view_check(context, view);
    if (status == MOTE_OK) status = mote_trie_key_nibbles(context, &nibbles, key);
    if (status == MOTE_OK) status = mote_trie_walk_begin(context, &walk, view);
    if (status == MOTE_OK) status = mote_trie_walk_to(context, &walk, &turn, nibbles);
    if (status != MOTE_OK) return status;
    mote_trie_value_of(out, &walk, turn);
    out->under = view->proof->state;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

#define STEPS_REMEMBERED 24u

struct mote_trie_reader {
    mote_trie_view view;
    mote_trie_way way;
    mote_trie_walk steps[STEPS_REMEMBERED];
    size_t key_size;
    uint8_t key[MOTE_MAX_KEY_SIZE]; /* the last one, as far as there is room */
};

mote_status mote_trie_reader_begin(mote_context *context, mote_trie_reader **out,
                                   const mote_trie_view *view) {
    size_t mark = mote_context_mark(context);
    *out = NULL;
    mote_status status = mote_trie_view_check(context, view);
    if (status != MOTE_OK) return status;
    mote_trie_reader *reader = mote_context_take(context, 1, sizeof *reader);
    if (reader == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    reader->view = *view;
    reader->way = (mote_trie_way){reader->steps, 1, STEPS_REMEMBERED};
    status = mote_trie_walk_begin(context, &reader->steps[0], &reader->view);
    if (status != MOTE_OK) {
        mote_context_release(context, mark);
        return status;
    }
    *out = reader;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* Nibbles that the key has in common with the last one; that is this one now. */
static size_t remember_key(mote_trie_reader *reader, mote_nibbles key) {
    const mote_nibbles last = mote_trie_nibbles_of((mote_bytes){reader->key, reader->key_size});
    const size_t common = mote_trie_nibbles_common(key, last);
    const size_t size = key.count / 2;
    reader->key_size = size < sizeof reader->key ? size : sizeof reader->key;
    if (common / 2 < reader->key_size)
        memcpy(reader->key + common / 2, key.data + common / 2, reader->key_size - common / 2);
    return common;
}

mote_status mote_trie_reader_read(mote_context *context, mote_trie_reader *reader,
                                  mote_proven_value *out, mote_bytes key) {
    mote_trie_turn turn = MOTE_TURN_NOWHERE;
    mote_nibbles nibbles;
    mote_status status = mote_trie_key_nibbles(context, &nibbles, key);
    if (status == MOTE_OK)
        status =
            mote_trie_way_to(context, &reader->way, &turn, nibbles, remember_key(reader, nibbles));
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    mote_trie_value_of(out, &reader->steps[reader->way.used - 1], turn);
    out->under = reader->view.proof->state;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

static const uint8_t child_prefix[] = MOTE_CHILD_TRIE_PREFIX;
#define CHILD_PREFIX_SIZE (sizeof child_prefix - 1)

bool mote_trie_is_child_root_key(mote_bytes key) {
    return mote_bytes_starts_with(key, (mote_bytes){child_prefix, CHILD_PREFIX_SIZE});
}

mote_status mote_proof_child(mote_context *context, mote_trie_view *out, const mote_proof *proof,
                             mote_bytes child_key) {
    uint8_t key[CHILD_PREFIX_SIZE + MOTE_MAX_KEY_SIZE];
    mote_proven_value root;
    memset(out, 0, sizeof *out);
    if (child_key.size > MOTE_MAX_KEY_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    }
    memcpy(key, child_prefix, CHILD_PREFIX_SIZE);
    if (child_key.size > 0) memcpy(key + CHILD_PREFIX_SIZE, child_key.data, child_key.size);
    mote_trie_view top = mote_proof_main(proof);
    mote_status status =
        mote_trie_read(context, &root, &top, (mote_bytes){key, CHILD_PREFIX_SIZE + child_key.size});
    if (status != MOTE_OK) return status;
    if (root.state == MOTE_VALUE_HASH_ONLY) {
        return mote_fail(context, MOTE_E_VALUE_NOT_IN_PROOF, NULL, MOTE_NO_INDEX);
    }
    mote_trie_view child = {proof, mote_trie_empty_root, true, true};
    if (root.state == MOTE_VALUE_PRESENT) {
        if (root.value.size != sizeof child.root.bytes) {
            return mote_fail(context, MOTE_E_CHILD_ROOT, root.value.data, MOTE_NO_INDEX);
        }
        memcpy(child.root.bytes, root.value.data, sizeof child.root.bytes);
        child.absent = false;
    }
    *out = child;
    return MOTE_OK;
}

static mote_status pack_nibbles(mote_context *context, uint8_t packed[MOTE_MAX_KEY_SIZE],
                                const uint8_t *nibbles, size_t count) {
    if (count > 2 * MOTE_MAX_KEY_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    }
    for (size_t i = 0; i < count; i++) {
        if (nibbles[i] > 15) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
        mote_trie_nibble_put(packed, i, nibbles[i]);
    }
    return MOTE_OK;
}

/* As mote_trie_walk_to, but a child whose position alone is the whole prefix need not be in the
 * proof: its Merkle value stands in its parent. */
static mote_status find_merkle(mote_context *context, mote_bytes *out, mote_trie_walk *walk,
                               mote_nibbles prefix) {
    for (;;) {
        uint8_t nibble = 0;
        mote_bytes merkle = {NULL, 0};
        mote_trie_turn turn = mote_trie_walk_look(walk, prefix, &nibble, &merkle);
        *out = merkle;
        if (turn == MOTE_TURN_INSIDE || turn == MOTE_TURN_HERE) *out = walk->merkle;
        if (turn != MOTE_TURN_DOWN) return MOTE_OK;
        if (walk->depth + walk->node.partial.count + 1 == prefix.count) return MOTE_OK;
        mote_status status = mote_trie_walk_down(context, walk, walk, merkle);
        if (status != MOTE_OK) return status;
    }
}

mote_status mote_trie_merkle_value(mote_context *context, mote_merkle_value *out,
                                   const mote_trie_view *view, const uint8_t *nibbles,
                                   size_t nibble_count) {
    uint8_t packed[MOTE_MAX_KEY_SIZE];
    mote_trie_walk walk;
    mote_bytes merkle = {NULL, 0};
    memset(out, 0, sizeof *out);
    mote_status status = mote_trie_view_check(context, view);
    if (status == MOTE_OK) status = pack_nibbles(context, packed, nibbles, nibble_count);
    if (status == MOTE_OK) status = mote_trie_walk_begin(context, &walk, view);
    if (status == MOTE_OK) {
        status = find_merkle(context, &merkle, &walk, (mote_nibbles){packed, 0, nibble_count});
    }
    if (status != MOTE_OK) return status;
    out->size = merkle.size;
    if (merkle.size > 0) memcpy(out->bytes, merkle.data, merkle.size);
    mote_context_clear_fault(context);
    return MOTE_OK;
}
