/* SPDX-License-Identifier: Apache-2.0 */
/* One value of the relay chain's state, or of a parachain's, as bytes. */
#ifndef MOTE_PARA_VALUE_H
#define MOTE_PARA_VALUE_H

#include "mote/trie.h"

/* The value under a key: `*present` false where absence is proven. E_VALUE_NOT_IN_PROOF where only its hash is.
 * E_BAD_ARGUMENT for a parachain's state, E_NO_EVIDENCE for none. */
mote_status mote_para_value(mote_context *context, bool *present, mote_bytes *value,
                            const mote_proof *proof, mote_bytes key);
/* The same of a parachain's state; E_BAD_ARGUMENT for the relay chain's. */
mote_status mote_para_own_value(mote_context *context, bool *present, mote_bytes *value,
                                const mote_proof *proof, mote_bytes key);

#endif
