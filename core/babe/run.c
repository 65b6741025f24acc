/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/babe.h"

#define AUTHORS(name) mote_babe_##name
#include "run_body.h"

static mote_status step(mote_context *context, steps *s, size_t which,
                        const mote_babe_position *before, const mote_header *header,
                        uint64_t slot_now) {
    s->cases[which] = (mote_babe_case){&s->digest[which], &s->at[which].current};
    return mote_babe_advance_unverified(context, &s->at[which], &s->digest[which], before, header,
                                        slot_now);
}
