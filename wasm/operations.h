/* SPDX-License-Identifier: Apache-2.0 */
/* The operations by name. Each file of operations includes this and nothing of the others. */
#ifndef MOTE_WASM_OPERATIONS_H
#define MOTE_WASM_OPERATIONS_H

#include "boundary.h"

/* What was asked has to be read whole before it is looked at. */
#define ASK(name)                                                                                  \
    ask_##name q;                                                                                  \
    read_##name(ask, &q);                                                                          \
    mote_status status = mote_cursor_finish(context, ask);                                         \
    if (status != MOTE_OK) return status

#define OPERATION(name)                                                                            \
    mote_status operation_##name(boundary *b, mote_context *context, mote_cursor *ask,             \
                                 mote_writer *answer)

/* What justificationVerify and justificationJoin answer; `header` NULL: none was asked for. */
void write_finality(const boundary *b, mote_writer *answer, const mote_justification_report *report,
                    const mote_finalized_block *block, const mote_finalized_header *header);

OPERATION(start);
OPERATION(hash);
OPERATION(hash_begin);
OPERATION(hash_update);
OPERATION(hash_end);
OPERATION(storage_hash);
OPERATION(ed25519_verify);
OPERATION(ed25519_batch);
OPERATION(header_decode);
OPERATION(header_encode);
OPERATION(authority_set);
OPERATION(justification_decode);
OPERATION(justification_verify);
OPERATION(commit_verify);
OPERATION(equivocation_verify);
OPERATION(finalized_header_of);
OPERATION(finalized_parent);
OPERATION(assume_header);
OPERATION(assume_state_root);
OPERATION(checkpoint_from_light_sync_state);
OPERATION(checkpoint_from_parts);
OPERATION(checkpoint_decode);
OPERATION(checkpoint_age);
OPERATION(genesis);
OPERATION(trie_root);
OPERATION(ordered_trie_root);
OPERATION(proof_read);
OPERATION(proof_scan);
OPERATION(proof_path);
OPERATION(proof_next_key);
OPERATION(proof_merkle_value);
OPERATION(para_head);
OPERATION(para_parent);
OPERATION(para_lifecycle);
OPERATION(para_code);
OPERATION(para_progress);
OPERATION(warp_new);
OPERATION(warp_feed);
OPERATION(warp_finish);
OPERATION(warp_links);
OPERATION(bundle_new);
OPERATION(bundle_next);
OPERATION(bundle_encode);
OPERATION(justification_split);
OPERATION(justification_join);
OPERATION(work_take);
OPERATION(work_join);
OPERATION(work_judge_oldest);
OPERATION(work_judge);
OPERATION(close);

#define DECLARE(name) OPERATION(name);
MODULE_OWN(DECLARE)
#undef DECLARE

#endif
