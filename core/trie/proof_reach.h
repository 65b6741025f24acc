/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_TRIE_PROOF_REACH_H
#define MOTE_TRIE_PROOF_REACH_H

#include "mote/trie.h"

/* Strict mode's promise: every entry is a node or a value that a walk from the root uses,
 * through the child tries whose roots the proof contains as well, and every node among them is
 * well formed. Each entry is decoded once, apart from those on the path to the child trie roots.
 * E_PROOF_UNREACHABLE_NODE names the first entry that is not used. */
MOTE_MUST_USE mote_status mote_trie_check_reachable(mote_context *context, const mote_proof *proof);

#endif
