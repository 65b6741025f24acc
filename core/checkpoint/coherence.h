/* SPDX-License-Identifier: Apache-2.0 */
/* The steps every kind of checkpoint shares. Private to the module checkpoint. */
#ifndef MOTE_CHECKPOINT_COHERENCE_H
#define MOTE_CHECKPOINT_COHERENCE_H

#include "mote/checkpoint.h"

/* Decodes the header, dates it, builds the set, issues the evidence. `out->authorities` is set already.
 * E_GENESIS_MISMATCH where it is a block 0, but not the chain's. */
mote_status mote_checkpoint_complete(mote_context *context, mote_checkpoint *out, mote_bytes header,
                                     uint64_t set_id, const mote_chain *chain);
/* A genesis of zeros is one that nobody has said. */
bool mote_checkpoint_is_known(const mote_hash *genesis);
/* E_CHECKPOINT_INCOHERENT where the epochs cannot be those around the header. */
mote_status mote_checkpoint_check_epochs(mote_context *context, const mote_checkpoint *checkpoint);

#endif
