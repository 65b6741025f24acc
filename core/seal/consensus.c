/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which consensus a header says it is of.
 */
#include <string.h>

#include "mote/seal.h"

static const char engines[][5] = {"", "BABE", "aura", "nmbs"};
static const char *const names[] = {"unknown", "babe", "aura", "nimbus"};
#define CONSENSUSES 4u

const char *mote_consensus_name(mote_consensus consensus) {
    return (unsigned)consensus < CONSENSUSES ? names[consensus] : names[0];
}

static mote_consensus of_engine(const mote_digest_item *item) {
    for (unsigned i = 1; i < CONSENSUSES; i++) {
        if (memcmp(item->engine, engines[i], 4) == 0) return (mote_consensus)i;
    }
    return MOTE_CONSENSUS_UNKNOWN;
}

mote_consensus mote_consensus_of(const mote_header *header) {
    mote_consensus sealed = MOTE_CONSENSUS_UNKNOWN;
    bool has_pre_digest[CONSENSUSES] = {false};
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) {
        mote_consensus engine = of_engine(&item);
        if (item.kind == MOTE_DIGEST_PRE_RUNTIME) has_pre_digest[engine] = true;
        sealed = item.kind == MOTE_DIGEST_SEAL ? engine : MOTE_CONSENSUS_UNKNOWN;
    }
    return has_pre_digest[sealed] ? sealed : MOTE_CONSENSUS_UNKNOWN;
}

mote_status mote_consensus_check(mote_context *context, mote_consensus consensus) {
    if (consensus == MOTE_CONSENSUS_BABE || consensus == MOTE_CONSENSUS_AURA) return MOTE_OK;
    return mote_fail(context, MOTE_E_CONSENSUS_UNKNOWN, NULL, MOTE_NO_INDEX);
}
