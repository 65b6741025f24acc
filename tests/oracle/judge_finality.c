/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/grandpa.h"

void judge_justification(mote_context *context, oracle_answer *out, mote_bytes input) {
    uint64_t set_id = take_u64(&input);
    uint32_t count = take_u32(&input);
    mote_authority_list list = {take(&input, (size_t)count * MOTE_AUTHORITY_ITEM_SIZE), count};
    mote_voter *voters = mote_context_take(context, count, sizeof *voters);
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    if (voters == NULL || mote_authority_set_build(context, &set, voters, count, &list, set_id,
                                                   MOTE_ASSUMED_AUTHORITIES) != MOTE_OK) {
        return;
    }
    out->accepted =
        mote_justification_verify(context, &block, &report, &set, input, NULL) == MOTE_OK;
}
