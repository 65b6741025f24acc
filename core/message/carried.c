/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what a parachain sends to what the relay chain queues. Sound because both ends are proven: the relay chain puts the
 * messages of a candidate into the queue in the block that makes the candidate the parachain's head, and a parachain's final
 * blocks with consecutive numbers are one chain.
 */
#include "chain.h"
#include "value.h"

#include <string.h>

static bool is_of(const mote_para_header *head, uint32_t para_id, const mote_state_root *relay) {
    return mote_para_header_check(head) == MOTE_OK && head->para_id == para_id &&
           mote_hash_equal(&head->relay_hash, &relay->block_hash);
}

static bool ends_fit(const mote_hrmp_channel *earlier, const mote_hrmp_channel *later,
                     const mote_para_header *before, const mote_para_header *after) {
    return earlier->sender == later->sender && earlier->recipient == later->recipient &&
           earlier->under.origin == MOTE_STATE_OF_RELAY &&
           later->under.origin == MOTE_STATE_OF_RELAY &&
           later->under.block_number - earlier->under.block_number == 1 &&
           is_of(before, earlier->sender, &earlier->under) &&
           is_of(after, later->sender, &later->under);
}

/* Every block from behind the one head to the other. */
static bool blocks_fit(const mote_para_header *before, const mote_para_header *after,
                       const mote_hrmp_outbound *blocks, uint32_t count) {
    const mote_hash *last = &before->hash;
    if (after->number - before->number != count) return false;
    for (uint32_t i = 0; i < count; i++) {
        const mote_state_root *under = &blocks[i].under;
        if (mote_state_root_check(under) != MOTE_OK || under->origin != MOTE_STATE_OF_PARACHAIN ||
            under->para_id != after->para_id || under->block_number != before->number + 1 + i) {
            return false;
        }
        last = &under->block_hash;
    }
    return mote_hash_equal(last, &after->hash);
}

static uint32_t follow(mote_hash *head, const mote_hrmp_outbound *block, uint32_t recipient,
                       uint32_t sent_at) {
    mote_hrmp_sent sent;
    mote_message_place place = {0, 0};
    uint32_t count = 0;
    while (mote_hrmp_sent_next(&sent, &place, block)) {
        if (sent.recipient != recipient) continue;
        const mote_message message = {sent_at, sent.data};
        *head = mote_message_chain_next(head, &message);
        count++;
    }
    return count;
}

mote_status mote_hrmp_carried_check(mote_context *context, mote_hrmp_carried *out,
                                    const mote_hrmp_channel *earlier,
                                    const mote_hrmp_channel *later,
                                    const mote_para_header *head_before,
                                    const mote_para_header *head_after,
                                    const mote_hrmp_outbound *blocks, uint32_t block_count) {
    mote_hrmp_carried carried = {later->sender, later->recipient, 0, earlier->under, later->under};
    mote_hash head = earlier->head;
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&earlier->under) != MOTE_OK ||
        mote_state_root_check(&later->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (!ends_fit(earlier, later, head_before, head_after) ||
        !blocks_fit(head_before, head_after, blocks, block_count))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (!later->open) return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < block_count; i++)
        carried.count += follow(&head, &blocks[i], later->recipient, later->under.block_number);
    if (!mote_hash_equal(&head, &later->head))
        return mote_fail(context, MOTE_E_MESSAGE_CHAIN, NULL, MOTE_NO_INDEX);
    *out = carried;
    return MOTE_OK;
}
