/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/babe.h"

static void add_u64(oracle_answer *out, uint64_t value) {
    answer_add_u32(out, (uint32_t)value);
    answer_add_u32(out, (uint32_t)(value >> 32));
}

void judge_threshold(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    uint64_t numerator = take_u64(&input), denominator = take_u64(&input);
    uint64_t weight = take_u64(&input), total = take_u64(&input);
    mote_babe_score threshold = mote_babe_threshold(numerator, denominator, weight, total);
    out->accepted = true;
    add_u64(out, threshold.low);
    add_u64(out, threshold.high);
}

/* Nobody's slot where there are no authorities: that is the caller's to know. */
void judge_secondary_author(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    const uint8_t *randomness = take(&input, 32);
    uint64_t slot = take_u64(&input);
    uint32_t count = take_u32(&input);
    out->accepted = count != 0;
    if (out->accepted) answer_add_u32(out, mote_babe_secondary_author(randomness, slot, count));
}
