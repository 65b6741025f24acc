/* SPDX-License-Identifier: Apache-2.0 */
/* Beginning and end of loading, common to the proof formats. */
#ifndef MOTE_TRIE_PROOF_LOAD_H
#define MOTE_TRIE_PROOF_LOAD_H

#include "mote/trie.h"

/* Number and bytes of the items of a Vec<Vec<u8>> that is well formed from its first byte to its
 * last. */
MOTE_MUST_USE mote_status mote_trie_count_items(mote_context *context, uint32_t *count,
                                                size_t *size, mote_bytes scale);
/* A proof with an index for `count` entries (NULL: to be put in place), empty as yet, if `state` is
 * evidence. */
MOTE_MUST_USE mote_status mote_trie_load_begin(mote_context *context, mote_proof *out,
                                               const mote_state_root *state, mote_proof_mode mode,
                                               mote_bytes *entries, uint32_t count);
/* Hands on `status`; where it is not MOTE_OK, the proof is zeroed and its memory given back. */
MOTE_MUST_USE mote_status mote_trie_load_end(mote_context *context, mote_proof *out, size_t mark,
                                             mote_status status);

#endif
