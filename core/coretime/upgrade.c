/* SPDX-License-Identifier: Apache-2.0 */
/* When a parachain's next code comes (polkadot/runtime/parachains paras.rs). */
#include <string.h>

#include "mote/coretime.h"
#include "mote/scale.h"
#include "para_value.h"

static mote_status value_of(mote_context *context, bool *present, mote_bytes *value,
                            const mote_proof *proof, mote_coretime_key key) {
    return mote_para_value(context, present, value, proof, (mote_bytes){key.bytes, key.size});
}

mote_status mote_upgrade_schedule_read(mote_context *context, mote_upgrade_schedule *out,
                                       const mote_proof *proof, uint32_t para_id) {
    mote_upgrade_schedule schedule = {false, 0, proof->state};
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        value_of(context, &schedule.scheduled, &value, proof, mote_upgrade_scheduled_key(para_id));
    if (status == MOTE_OK && schedule.scheduled) {
        mote_cursor cursor = mote_cursor_over(value);
        schedule.expected_at = mote_read_u32(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = schedule;
    return status;
}

/* An enum of at most `most` variants without content, or absent. */
static mote_status read_signal(mote_context *context, bool *present, uint8_t *signal,
                               const mote_proof *proof, mote_coretime_key key, uint8_t most) {
    mote_bytes value;
    *signal = 0;
    mote_status status = value_of(context, present, &value, proof, key);
    if (status != MOTE_OK || !*present) return status;
    mote_cursor cursor = mote_cursor_over(value);
    *signal = mote_read_u8(&cursor);
    status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK && *signal > most)
        return mote_fail(context, MOTE_E_BAD_ENUM, value.data, MOTE_NO_INDEX);
    return status;
}

mote_status mote_upgrade_signal_read(mote_context *context, mote_upgrade_signal *out,
                                     const mote_proof *proof, uint32_t para_id) {
    bool present;
    uint8_t signal;
    *out = MOTE_UPGRADE_NO_SIGNAL;
    mote_status status =
        read_signal(context, &present, &signal, proof, mote_upgrade_signal_key(para_id), 1);
    if (status == MOTE_OK && present)
        *out = signal == 0 ? MOTE_UPGRADE_ABORT : MOTE_UPGRADE_GO_AHEAD;
    return status;
}

mote_status mote_upgrade_restricted_read(mote_context *context, bool *out, const mote_proof *proof,
                                         uint32_t para_id) {
    bool present;
    uint8_t signal;
    *out = false;
    mote_status status =
        read_signal(context, &present, &signal, proof, mote_upgrade_restricted_key(para_id), 0);
    if (status == MOTE_OK) *out = present;
    return status;
}
