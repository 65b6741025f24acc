/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "mote/inclusion.h"
#include "mote/scale.h"

void mote_events_key(uint8_t out[MOTE_EVENTS_KEY_SIZE]) {
    const mote_bytes pallet = {(const uint8_t *)"System", 6};
    const mote_bytes item = {(const uint8_t *)"Events", 6};
    mote_storage_prefix(out, pallet, item);
}

mote_status mote_events_read(mote_context *context, mote_events *out, const mote_proof *proof) {
    uint8_t key[MOTE_EVENTS_KEY_SIZE];
    mote_proven_value value;
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&proof->state) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    const mote_trie_view view = mote_proof_main(proof);
    mote_events_key(key);
    mote_status status = mote_trie_read(context, &value, &view, (mote_bytes){key, sizeof key});
    if (status != MOTE_OK) return status;
    if (value.state == MOTE_VALUE_HASH_ONLY)
        return mote_fail(context, MOTE_E_VALUE_NOT_IN_PROOF, NULL, MOTE_NO_INDEX);
    mote_events events = {value.state == MOTE_VALUE_PRESENT, 0, value.value, proof->state};
    if (events.present) {
        mote_cursor cursor = mote_cursor_over(value.value);
        events.count = mote_read_compact_u32(&cursor);
        status = mote_cursor_check(context, &cursor);
    }
    if (status == MOTE_OK) *out = events;
    return status;
}
