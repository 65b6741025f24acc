/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a slot is. Private to the module aura. */
#ifndef MOTE_AURA_CLAIM_H
#define MOTE_AURA_CLAIM_H

#include "mote/aura.h"

/* All that is judged of a claim but its time and its seal. E_AUTHORITIES_INVALID where there are no authorities. */
mote_status mote_aura_claim(mote_aura_authorship *out, const mote_aura_digest *digest,
                            const mote_aura_authorities *authorities);

#endif
