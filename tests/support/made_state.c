/* SPDX-License-Identifier: Apache-2.0 */
#include "made_state.h"

#include "mote/header.h"
#include "mote/state.h"

static _Alignas(16) uint8_t memory[1u << 20];
static uint8_t bytes[1u << 20];
static size_t byte_count;
static mote_state *state;
static mote_state_query asked[64];
static size_t asked_count;
static mote_context scratch;
static _Alignas(16) uint8_t scratch_memory[1u << 18];

void made_state_begin(void) {
    static const uint8_t seed[32] = {1};
    mote_context_init(&scratch, scratch_memory, sizeof scratch_memory, seed);
    assert_status(mote_state_open(&scratch, &state, memory, sizeof memory), MOTE_OK);
    asked_count = 0;
    /* Something else around, so that there is a trie. */
    made_state_put((const uint8_t *)"\x00other", 6, (mote_bytes){(const uint8_t *)"1", 1});
    made_state_put((const uint8_t *)"\xff"
                                    "other",
                   6, (mote_bytes){(const uint8_t *)"2", 1});
}

void made_state_ask(const uint8_t *key, size_t key_size) {
    const mote_bytes whole = {key, key_size};
    assert_true(asked_count < sizeof asked / sizeof asked[0]);
    asked[asked_count++] =
        (mote_state_query){MOTE_QUERY_KEY, NULL, {fixture_copy(whole), key_size}};
}

void made_state_put(const uint8_t *key, size_t key_size, mote_bytes value) {
    made_state_ask(key, key_size);
    assert_status(
        mote_state_put(&scratch, state, NULL, (mote_bytes){key, key_size}, value, MOTE_STATE_V1),
        MOTE_OK);
}

mote_hash made_state_root(void) {
    return mote_state_root_of(state);
}

mote_bytes made_state_proof_bytes(void) {
    return (mote_bytes){bytes, byte_count};
}

mote_proof made_state_prove(mote_context *context, uint32_t relay_number) {
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    assert_status(mote_state_prove(&scratch, &writer, state, asked, asked_count, MOTE_PROOF_NODES),
                  MOTE_OK);
    assert_true(mote_writer_fits(&writer));
    byte_count = writer.size;
    mote_header header;
    memset(&header, 0, sizeof header);
    header.number = relay_number;
    header.state_root = made_state_root();
    const mote_finalized_header final = mote_finalized_header_assumed(&header);
    const mote_state_root under =
        relay_number != 0 ? mote_state_of_relay(&final) : mote_state_assumed(&header.state_root);
    mote_proof proof;
    assert_status(
        mote_proof_load(context, &proof, &under, made_state_proof_bytes(), MOTE_PROOF_STRICT),
        MOTE_OK);
    return proof;
}
