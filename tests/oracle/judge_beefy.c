/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/beefy.h"

static bool take_set(mote_context *context, mote_beefy_set *out, mote_bytes *input) {
    uint64_t id = take_u64(input);
    mote_bytes keys = take_sized(input);
    return mote_beefy_set_decode(context, out, keys, id, MOTE_ASSUMED_AUTHORITIES) == MOTE_OK;
}

void judge_beefy(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_beefy_report report;
    if (!take_set(context, &set, &input)) return;
    out->accepted = mote_beefy_verify(context, &finalized, &report, &set, input) == MOTE_OK;
    if (!out->accepted) return;
    answer_add(out, finalized.mmr_root.bytes, sizeof finalized.mmr_root.bytes);
    answer_add_u32(out, finalized.block_number);
    answer_add_u32(out, report.counted);
}

void judge_double_vote(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_beefy_set set;
    uint32_t validator;
    if (!take_set(context, &set, &input)) return;
    out->accepted = mote_beefy_double_vote_verify(context, &validator, &set, input) == MOTE_OK;
    if (out->accepted) answer_add_u32(out, validator);
}
