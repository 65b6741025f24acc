/* SPDX-License-Identifier: Apache-2.0 */
/* Roots of whole states, with the help of the threads that have nothing else to do: the core splits and joins. */
#ifndef MOTE_NATIVE_VALIDATE_WHOLE_H
#define MOTE_NATIVE_VALIDATE_WHOLE_H

#include "mote/state.h"
#include "validate.h"

/* As mote_trie_root; adds to `*took` the milliseconds that all threads have computed. The worker's context has the memory
 * for one thread; that of the others is theirs. */
mote_status whole_root(worker *worker, mote_hash *out, mote_trie_entry *entries, size_t count,
                       mote_state_version version, double *took);
/* As mote_state_root_of. */
mote_hash whole_state_root(worker *worker, mote_state *state, double *took);

#endif
