/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Age against the weak-subjectivity window (verification-rules G.5). BABE's slot number is the time since 1970 in slots.
 */
#include <string.h>

#include "mote/checkpoint.h"

const char *mote_freshness_name(mote_freshness freshness) {
    switch (freshness) {
    case MOTE_FRESH: return "fresh";
    case MOTE_STALE: return "stale";
    case MOTE_EXPIRED: return "expired";
    case MOTE_FROM_FUTURE: return "from-future";
    case MOTE_AGE_UNKNOWN: break;
    }
    return "unknown";
}

/* Slots so large that their time does not fit are far in the future: saturate. */
static uint64_t slot_seconds(uint64_t slot, uint32_t milliseconds) {
    if (slot > UINT64_MAX / milliseconds) return UINT64_MAX;
    return slot * milliseconds / 1000;
}

static mote_freshness judge(const mote_age *age) {
    if (age->made_at > age->now && age->made_at - age->now > MOTE_CLOCK_TOLERANCE_SECONDS)
        return MOTE_FROM_FUTURE;
    if (age->seconds < age->window_seconds / 4) return MOTE_FRESH;
    return age->seconds < age->window_seconds ? MOTE_STALE : MOTE_EXPIRED;
}

mote_age mote_checkpoint_age(const mote_checkpoint *checkpoint, uint64_t now_seconds) {
    const mote_chain *chain = checkpoint->chain != NULL ? checkpoint->chain : mote_chain_default();
    mote_age age;
    memset(&age, 0, sizeof age);
    age.now = now_seconds;
    age.window_seconds = chain->window_seconds;
    age.window_assumed = chain->window_is_default;
    if (!checkpoint->has_slot) return age;
    age.made_at = slot_seconds(checkpoint->slot, chain->slot_milliseconds);
    if (now_seconds == 0) return age;
    age.seconds = age.made_at < now_seconds ? now_seconds - age.made_at : 0;
    age.freshness = judge(&age);
    return age;
}

mote_status mote_age_status(const mote_age *age) {
    if (age->freshness == MOTE_EXPIRED) return MOTE_E_EXPIRED;
    return age->freshness == MOTE_FROM_FUTURE ? MOTE_E_FROM_FUTURE : MOTE_OK;
}
