/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

/* The cases are the oracle's own: one that does not fit its kind is a bug here or there. */
static void require(bool holds) {
    if (!holds) __builtin_trap();
}

void answer_add(oracle_answer *out, const void *bytes, size_t size) {
    require(size <= ANSWER_ROOM - out->size);
    memcpy(out->output + out->size, bytes, size);
    out->size += size;
}

void answer_add_u32(oracle_answer *out, uint32_t value) {
    const uint8_t bytes[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                              (uint8_t)(value >> 24)};
    answer_add(out, bytes, 4);
}

const uint8_t *take(mote_bytes *input, size_t size) {
    require(size <= input->size);
    const uint8_t *at = input->data;
    *input = (mote_bytes){at + size, input->size - size};
    return at;
}

uint32_t take_u32(mote_bytes *input) {
    const uint8_t *at = take(input, 4);
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

uint64_t take_u64(mote_bytes *input) {
    uint64_t low = take_u32(input);
    return low | (uint64_t)take_u32(input) << 32;
}

mote_bytes take_sized(mote_bytes *input) {
    uint32_t size = take_u32(input);
    return (mote_bytes){take(input, size), size};
}

/* By the number that src/main.rs gives a kind. */
judge *const oracle_judges[ORACLE_KINDS] = {
    NULL,
    judge_hash,
    judge_compact,
    judge_header,
    judge_ed25519,
    judge_sr25519,
    judge_vrf,
    judge_recover,
    judge_threshold,
    judge_secondary_author,
    judge_trie_root,
    judge_proof,
    judge_compact_proof,
    judge_leaf_proof,
    judge_binary_proof,
    judge_justification,
    judge_state,
    judge_ancestry,
    judge_beefy,
    judge_double_vote,
};
