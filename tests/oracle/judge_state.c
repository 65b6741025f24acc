/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/state.h"

typedef struct change {
    mote_state_version version;
    bool put;
    mote_bytes key, value;
} change;

static change take_change(mote_bytes *input) {
    change out;
    out.version = *take(input, 1) == 0 ? MOTE_STATE_V0 : MOTE_STATE_V1;
    out.put = *take(input, 1) == 1;
    out.key = take_sized(input);
    out.value = take_sized(input);
    return out;
}

static mote_status apply(mote_context *context, mote_state *state, const change *made) {
    if (!made->put) return mote_state_remove(context, state, NULL, made->key);
    return mote_state_put(context, state, NULL, made->key, made->value, made->version);
}

/* The root before the first change in V1, and at the end. */
void judge_state(mote_context *context, oracle_answer *out, mote_bytes input) {
    static _Alignas(MOTE_STATE_ALIGNMENT) uint8_t memory[1 << 20];
    mote_state *state;
    bool migrated = false;
    mote_hash root;
    if (mote_state_open(context, &state, memory, sizeof memory) != MOTE_OK) return;
    while (input.size != 0) {
        change made = take_change(&input);
        if (made.version == MOTE_STATE_V1 && !migrated) {
            root = mote_state_root_of(state);
            answer_add(out, root.bytes, 32);
            migrated = true;
        }
        if (apply(context, state, &made) != MOTE_OK) return;
    }
    root = mote_state_root_of(state);
    if (!migrated) answer_add(out, root.bytes, 32);
    answer_add(out, root.bytes, 32);
    out->accepted = true;
}
