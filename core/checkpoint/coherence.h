/* SPDX-License-Identifier: Apache-2.0 */
/* The steps every kind of checkpoint shares. Private to the module checkpoint. */
#ifndef MOTE_CHECKPOINT_COHERENCE_H
#define MOTE_CHECKPOINT_COHERENCE_H

#include "mote/checkpoint.h"

/* Decodes the header, dates it, builds the set, issues the evidence. `out->authorities` is set already. */
mote_status mote_checkpoint_complete(mote_context *context, mote_checkpoint *out, mote_bytes header,
                                     uint64_t set_id, const mote_chain *chain);
/* E_CHECKPOINT_INCOHERENT where the epochs cannot be those around the header. */
mote_status mote_checkpoint_check_epochs(mote_context *context, const mote_checkpoint *checkpoint);

#endif
