/* SPDX-License-Identifier: Apache-2.0 */
/* Input: which item of storage, then its value. What is accepted has the parts it says, and they find themselves; what is
 * not leaves nothing behind. */
#include "one_value.h"

#include "mote/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

#define LOOK_AT_MOST 64u

static uint32_t few(uint32_t count) {
    return count < LOOK_AT_MOST ? count : LOOK_AT_MOST;
}

static void page(mote_context *context, mote_bytes message) {
    mote_xcm_page at;
    mote_bytes part;
    size_t told = 0;
    bool more = true;
    if (mote_xcm_page_open(context, &at, message) != MOTE_OK) {
        require(message.size == 0);
        return;
    }
    while (more && mote_xcm_page_next(context, &at, &more, &part) == MOTE_OK) told += part.size;
    require(told < message.size && at.rest.size == 0);
}

static void outbound(mote_context *context, const mote_proof *proof) {
    mote_hrmp_outbound all;
    mote_hrmp_sent sent, found;
    mote_message_place place = {0, 0};
    if (mote_hrmp_outbound_read(context, &all, proof) != MOTE_OK) {
        require(mote_state_root_check(&all.under) != MOTE_OK && all.count == 0);
        return;
    }
    require(all.items.size >= (size_t)all.count * 5);
    for (uint32_t i = 0; i < few(all.count); i++) {
        require(mote_hrmp_sent_at(context, &sent, &all, i) == MOTE_OK);
        require(mote_hrmp_sent_next(&found, &place, &all) && found.index == i);
        require(mote_bytes_equal(found.data, sent.data));
        require(mote_hrmp_sent_find(context, &found, &all, sent.recipient, sent.data) == MOTE_OK);
        require(found.index <= i && mote_bytes_equal(found.data, sent.data));
        page(context, sent.data);
    }
    require(mote_hrmp_sent_at(context, &sent, &all, all.count) == MOTE_E_BAD_ARGUMENT);
}

static void upward(mote_context *context, const mote_proof *proof) {
    mote_ump_outbound all;
    mote_ump_sent sent, found;
    if (mote_ump_outbound_read(context, &all, proof) != MOTE_OK) {
        require(mote_state_root_check(&all.under) != MOTE_OK && all.count == 0);
        return;
    }
    for (uint32_t i = 0; i < few(all.count); i++) {
        require(mote_ump_sent_at(context, &sent, &all, i) == MOTE_OK && sent.data.size > 0);
        require(mote_ump_sent_find(context, &found, &all, sent.data) == MOTE_OK);
        require(found.index <= i);
    }
}

/* The messages of a queue lead to the head that their chain gives, and to no other. */
static void queue(mote_context *context, const mote_proof *proof, bool downward) {
    mote_message_queue all;
    mote_message messages[LOOK_AT_MOST];
    mote_status status = downward ? mote_dmp_queue_read(context, &all, proof, 2)
                                  : mote_hrmp_queue_read(context, &all, proof, 1, 2);
    if (status != MOTE_OK) {
        require(mote_state_root_check(&all.under) != MOTE_OK && all.count == 0);
        return;
    }
    bool ascending = true;
    const mote_hash zero = {{0}};
    mote_taken_head head = {downward, 1, true, {{0}}, proof->state};
    for (uint32_t i = 0; i < few(all.count); i++) {
        mote_message_queued queued, found;
        require(mote_message_queued_at(context, &queued, &all, i) == MOTE_OK);
        require(mote_message_queued_find(context, &found, &all, queued.message.data) == MOTE_OK);
        require(found.index <= i);
        messages[i] = queued.message;
        ascending &= i == 0 || messages[i].sent_at >= messages[i - 1].sent_at;
        head.head = mote_message_chain_next(&head.head, &messages[i]);
    }
    if (all.count == 0) return;
    mote_message_taken taken;
    require(mote_message_taken_check(context, &taken, &head, &zero, messages, few(all.count)) ==
            (ascending ? MOTE_OK : MOTE_E_MESSAGE_CHAIN));
    head.head.bytes[few(all.count) % 32] ^= 1;
    require(mote_message_taken_check(context, &taken, &head, &zero, messages, few(all.count)) ==
            MOTE_E_MESSAGE_CHAIN);
}

static void single(mote_context *context, const mote_proof *proof, mote_message_item item) {
    mote_hrmp_channel channel;
    mote_para_list list;
    mote_relay_limits limits;
    mote_dispatch_capacity capacity;
    mote_dmp_head head;
    mote_dmp_pages pages;
    mote_taken_head taken;
    mote_hrmp_watermark watermark;
    mote_status status = MOTE_OK;
    const mote_state_root *under = NULL;
    switch (item) {
    case MOTE_ITEM_HRMP_CHANNEL:
        status = mote_hrmp_channel_read(context, &channel, proof, 1, 2);
        under = &channel.under;
        break;
    case MOTE_ITEM_HRMP_INGRESS:
    case MOTE_ITEM_HRMP_EGRESS:
        status = item == MOTE_ITEM_HRMP_INGRESS
                     ? mote_hrmp_senders_read(context, &list, proof, 1)
                     : mote_hrmp_recipients_read(context, &list, proof, 1);
        under = &list.under;
        if (list.count > 0) (void)mote_para_list_at(&list, list.count - 1);
        break;
    case MOTE_ITEM_HRMP_WATERMARK:
        status = mote_hrmp_watermark_passed(context, &watermark, proof, 1, 1000);
        under = &watermark.under;
        require(status != MOTE_OK || watermark.watermark >= 1000);
        break;
    case MOTE_ITEM_DMP_HEAD:
        status = mote_dmp_head_read(context, &head, proof, 1);
        under = &head.under;
        break;
    case MOTE_ITEM_DMP_PAGES:
        status = mote_dmp_pages_read(context, &pages, proof, 1);
        under = &pages.under;
        require(pages.first <= pages.end);
        break;
    case MOTE_ITEM_DISPATCH_CAPACITY:
        status = mote_dispatch_capacity_read(context, &capacity, proof, 1);
        under = &capacity.under;
        break;
    case MOTE_ITEM_LIMITS:
        status = mote_relay_limits_read(context, &limits, proof);
        under = &limits.under;
        break;
    default:
        status = item == MOTE_ITEM_LAST_DMP_HEAD ? mote_dmp_taken_read(context, &taken, proof)
                                                 : mote_hrmp_taken_read(context, &taken, proof, 1);
        under = &taken.under;
    }
    require((mote_state_root_check(under) == MOTE_OK) == (status == MOTE_OK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const mote_message_item item = (mote_message_item)(data[0] % MOTE_ITEM_COUNT);
    const bool downward = item == MOTE_ITEM_DMP_QUEUE;
    const mote_message_key key = mote_message_key_of(item, downward ? 2 : 1, 2);
    mote_context *context = fixture_context(2);
    const mote_proof proof = one_value_proof(context, (mote_bytes){key.bytes, key.size},
                                             (mote_bytes){data + 1, size - 1});
    switch (item) {
    case MOTE_ITEM_HRMP_SENT: outbound(context, &proof); break;
    case MOTE_ITEM_UMP_SENT: upward(context, &proof); break;
    case MOTE_ITEM_HRMP_CONTENTS:
    case MOTE_ITEM_DMP_QUEUE: queue(context, &proof, downward); break;
    default: single(context, &proof, item);
    }
    return 0;
}
