/* SPDX-License-Identifier: Apache-2.0 */
/* The recorded network of local/: proofs under its relay chain's and parachains' states, block by block. */
#ifndef MOTE_TEST_MESSAGE_WORLD_H
#define MOTE_TEST_MESSAGE_WORLD_H

#include "fixture.h"

#include "mote/evidence.h"
#include "mote/para.h"
#include "mote/trie.h"

/* The relay block's header, taken as final (MOTE_ASSUMED_HEADER). */
mote_finalized_header message_world_relay_header(uint32_t number);
/* The parachain's block, as an ancestor of the head that relay block 137 names. */
mote_para_header message_world_para_header(uint32_t para_id, uint32_t number);
/* Strictly loaded proofs of all keys recorded for the block. */
mote_proof message_world_relay(mote_context *context, uint32_t number);
mote_proof message_world_para(mote_context *context, uint32_t para_id, uint32_t number);
/* The same of what was recorded of queues: relay blocks 36-47 and 100-112, parachain blocks 11-21 and 46-57. */
mote_proof message_world_relay_queues(mote_context *context, uint32_t number);
mote_proof message_world_para_messages(mote_context *context, uint32_t para_id, uint32_t number);
/* The bytes that proof is loaded from, SCALE. */
mote_bytes message_world_proof_bytes(const char *chain, uint32_t number);
/* The value recorded beside the proof, of an item by its name; {NULL, 0} for an absent one. */
mote_bytes message_world_value(const char *chain, uint32_t number, const char *name);

#endif
