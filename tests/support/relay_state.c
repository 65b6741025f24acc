/* SPDX-License-Identifier: Apache-2.0 */
#include "relay_state.h"

#include "grandpa_builder.h"

#include "mote/hash.h"

void relay_state_open(relay_state *state) {
    memset(state, 0, sizeof *state);
    /* System::Number, Timestamp::Now, Paras::Parachains, Grandpa::CurrentSetId: names beside which Paras lies. */
    static const char *const others[] = {
        "26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac",
        "f0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb",
        "cd710b30bd2eab0352ddcc26417aa1940b76934f4cc08dee01012d059e1b83ee",
        "5f9cc45b7a00c5899361e1c6099678dc8a2d09463effcc78a22d75b9cb87dffc"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        relay_state_put(state, fixture_hex(others[i]), fixture_hex("0011223344556677"));
    }
}

void relay_state_put(relay_state *state, mote_bytes key, mote_bytes value) {
    assert_true(state->count < RELAY_STATE_MAX);
    state->entries[state->count++] = (mote_trie_entry){key, value};
}

mote_bytes relay_paras_key(const char *item_hex, uint32_t para_id) {
    const mote_bytes prefix = fixture_hex(item_hex);
    uint8_t id[4];
    mote_store_u32(id, para_id);
    test_buffer key = {NULL, 0, 0};
    append_span(&key, prefix.data, prefix.size);
    uint8_t hashed[12];
    assert_int_equal(mote_storage_hash(hashed, sizeof hashed, MOTE_HASHER_TWOX_64_CONCAT,
                                       (mote_bytes){id, sizeof id}),
                     sizeof hashed);
    append_span(&key, hashed, sizeof hashed);
    return buffer_bytes(&key);
}

void relay_state_put_head(relay_state *state, uint32_t para_id, mote_bytes head_data) {
    test_buffer value = {NULL, 0, 0};
    append_vec_u8(&value, head_data);
    relay_state_put(state, relay_paras_key(RELAY_HEADS, para_id), buffer_bytes(&value));
}

void relay_state_close(relay_state *state, naive_version version) {
    state->trie = naive_trie(state->entries, state->count, version);
}

mote_bytes relay_state_prove(const relay_state *state, const mote_bytes *keys, size_t count) {
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    for (size_t i = 0; i < count; i++) naive_prove(&nodes, state->trie, keys[i]);
    return naive_scale(&nodes);
}

mote_bytes relay_state_header(const relay_state *state, uint32_t number, uint8_t salt) {
    test_buffer header = {NULL, 0, 0};
    uint8_t salted[32];
    memset(salted, salt, sizeof salted);
    append_span(&header, salted, sizeof salted); /* parent */
    append_compact(&header, number);
    const mote_hash root = naive_root(state->trie);
    append_span(&header, root.bytes, sizeof root.bytes);
    append_span(&header, salted, sizeof salted); /* extrinsics */
    append_compact(&header, 0);
    return buffer_bytes(&header);
}

mote_finalized_header relay_state_final(const relay_state *state, uint32_t number, uint8_t salt) {
    mote_header header;
    const mote_bytes encoded = relay_state_header(state, number, salt);
    assert_status(mote_header_decode(fixture_other_context(1), &header, encoded), MOTE_OK);
    return mote_finalized_header_assumed(&header);
}

mote_proof relay_state_load(mote_context *context, const relay_state *state, uint32_t number,
                            const mote_bytes *keys, size_t count) {
    const mote_finalized_header final = relay_state_final(state, number, 1);
    const mote_state_root root = mote_state_of_relay(&final);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &root, relay_state_prove(state, keys, count),
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    return proof;
}

mote_bytes relay_para_header(const mote_hash *parent, uint32_t number, uint8_t salt) {
    test_buffer header = {NULL, 0, 0};
    uint8_t salted[64];
    memset(salted, salt, sizeof salted);
    append_span(&header, parent->bytes, 32);
    append_compact(&header, number);
    append_span(&header, salted, 32);
    append_span(&header, salted, 32);
    append_compact(&header, 1);
    append_u8(&header, 5);
    append_span(&header, "aura", 4);
    append_vec_u8(&header, (mote_bytes){salted, sizeof salted});
    return buffer_bytes(&header);
}
