/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/aura.h"

#define AUTHORS(name) mote_aura_##name
#include "run_body.h"

static mote_status step(mote_context *context, steps *s, size_t which,
                        const mote_aura_position *before, const mote_header *header,
                        uint64_t slot_now) {
    (void)slot_now; /* the signature's check asks */
    s->cases[which] = (mote_aura_case){&s->digest[which], &before->authorities};
    return mote_aura_advance_unverified(context, &s->at[which], &s->digest[which], before, header);
}
