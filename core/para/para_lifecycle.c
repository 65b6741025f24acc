/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a parachain is one, and by which code (polkadot/runtime/parachains paras.rs). */
#include "mote/para.h"
#include "mote/hash.h"
#include "para_value.h"

#include <string.h>

const char *mote_para_lifecycle_name(mote_para_lifecycle lifecycle) {
    switch (lifecycle) {
    case MOTE_PARA_ONBOARDING: return "onboarding";
    case MOTE_PARA_PARATHREAD: return "parathread";
    case MOTE_PARA_PARACHAIN: return "parachain";
    case MOTE_PARA_UPGRADING: return "upgrading";
    case MOTE_PARA_DOWNGRADING: return "downgrading";
    case MOTE_PARA_OFFBOARDING_PARATHREAD: return "offboarding-parathread";
    case MOTE_PARA_OFFBOARDING_PARACHAIN: return "offboarding-parachain";
    case MOTE_PARA_NOT_REGISTERED: return "not-registered";
    }
    return "unknown";
}

mote_status mote_para_lifecycle_read(mote_context *context, mote_para_lifecycle *out,
                                     const mote_proof *proof, uint32_t para_id) {
    *out = MOTE_PARA_NOT_REGISTERED;
    uint8_t key[MOTE_PARA_KEY_SIZE];
    mote_para_lifecycle_key(key, para_id);
    bool present;
    mote_bytes value;
    mote_status status =
        mote_para_value(context, &present, &value, proof, (mote_bytes){key, sizeof key});
    if (status != MOTE_OK || !present) return status;
    mote_cursor cursor = mote_cursor_over(value);
    const uint8_t lifecycle = mote_read_u8(&cursor);
    status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (lifecycle > MOTE_PARA_OFFBOARDING_PARACHAIN) {
        return mote_fail(context, MOTE_E_BAD_ENUM, value.data, MOTE_NO_INDEX);
    }
    *out = (mote_para_lifecycle)lifecycle;
    return MOTE_OK;
}

static mote_status read_hash(mote_context *context, bool *present, mote_hash *out,
                             const mote_proof *proof, const uint8_t key[MOTE_PARA_KEY_SIZE]) {
    mote_bytes value;
    mote_status status =
        mote_para_value(context, present, &value, proof, (mote_bytes){key, MOTE_PARA_KEY_SIZE});
    if (status != MOTE_OK || !*present) return status;
    mote_cursor cursor = mote_cursor_over(value);
    *out = mote_read_hash(&cursor);
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_para_code_read(mote_context *context, mote_para_code *out, const mote_proof *proof,
                                uint32_t para_id) {
    mote_para_code code;
    uint8_t key[MOTE_PARA_KEY_SIZE];
    memset(out, 0, sizeof *out);
    memset(&code, 0, sizeof code);
    mote_para_code_hash_key(key, para_id);
    mote_status status = read_hash(context, &code.registered, &code.current, proof, key);
    if (status != MOTE_OK) return status;
    mote_para_future_code_hash_key(key, para_id);
    status = read_hash(context, &code.upgrade_pending, &code.future, proof, key);
    if (status != MOTE_OK) return status;
    *out = code;
    return MOTE_OK;
}

mote_status mote_para_code_check(mote_context *context, const mote_para_code *of, mote_bytes code) {
    if (!of->registered) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    const mote_hash hash = mote_blake2b_256(code);
    if (!mote_hash_equal(&hash, &of->current)) {
        return mote_fail(context, MOTE_E_VALUE_MISMATCH, code.data, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}
