/* SPDX-License-Identifier: Apache-2.0 */
/* How far the receiving parachain is, by its own state or by what it told the relay chain. */
#include "chain.h"
#include "value.h"

#include <string.h>

static bool is_zero(const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return mote_hash_equal(hash, &zero);
}

/* BTreeMap<ParaId, head>: ascending ids. */
static mote_status find_head(mote_context *context, mote_hash *out, mote_bytes value,
                             uint32_t sender) {
    mote_cursor cursor = mote_cursor_over(value);
    const uint32_t count = mote_read_count(&cursor, 36, UINT32_MAX);
    uint32_t last = 0;
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        const uint8_t *at = cursor.at;
        const uint32_t id = mote_read_u32(&cursor);
        const mote_hash head = mote_read_hash(&cursor);
        if (i > 0 && id <= last) return mote_fail(context, MOTE_E_BAD_FORMAT, at, i);
        if (id == sender) *out = head;
        last = id;
    }
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_hrmp_taken_read(mote_context *context, mote_taken_head *out,
                                 const mote_proof *proof, uint32_t sender) {
    mote_taken_head taken = {false, sender, false, {{0}}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &present, &value, proof, MOTE_ITEM_LAST_HRMP_HEADS, 0, 0);
    if (status == MOTE_OK && present) status = find_head(context, &taken.head, value, sender);
    if (status != MOTE_OK) return status;
    taken.has_head = !is_zero(&taken.head);
    *out = taken;
    return MOTE_OK;
}

mote_status mote_dmp_taken_read(mote_context *context, mote_taken_head *out,
                                const mote_proof *proof) {
    mote_taken_head taken = {true, 0, false, {{0}}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &present, &value, proof, MOTE_ITEM_LAST_DMP_HEAD, 0, 0);
    if (status == MOTE_OK && present) {
        mote_cursor cursor = mote_cursor_over(value);
        taken.head = mote_read_hash(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status != MOTE_OK) return status;
    taken.has_head = !is_zero(&taken.head);
    *out = taken;
    return MOTE_OK;
}

mote_status mote_message_taken_check(mote_context *context, mote_message_taken *out,
                                     const mote_taken_head *head, const mote_hash *before,
                                     const mote_message *messages, uint32_t count) {
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&head->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (count == 0) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_status status = mote_message_chain_check(context, before, &head->head, messages, count);
    if (status != MOTE_OK) return status;
    *out = (mote_message_taken){head->downward, head->sender, head->under.para_id,
                                messages[0],    count - 1,    head->under};
    return MOTE_OK;
}

mote_status mote_hrmp_watermark_passed(mote_context *context, mote_hrmp_watermark *out,
                                       const mote_proof *proof, uint32_t recipient,
                                       uint32_t sent_at) {
    mote_hrmp_watermark passed = {recipient, 0, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = mote_message_value(context, &present, &value, proof,
                                            MOTE_ITEM_HRMP_WATERMARK, recipient, 0);
    if (status == MOTE_OK && present) {
        mote_cursor cursor = mote_cursor_over(value);
        passed.watermark = mote_read_u32(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status != MOTE_OK) return status;
    if (!present || passed.watermark < sent_at)
        return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
    *out = passed;
    return MOTE_OK;
}
