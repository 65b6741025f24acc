/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_TRIE_SCAN_H
#define MOTE_TRIE_SCAN_H

#include "mote/trie.h"

/* As mote_trie_scan_begin, but nodes that the proof lacks are passed over: what it finds is not
 * all there is. */
MOTE_MUST_USE mote_status mote_trie_scan_present(mote_context *context, mote_trie_scan **out,
                                                 const mote_trie_view *view, mote_bytes prefix);

/* Context memory that a scan of a proof with so many entries takes at most. */
size_t mote_trie_scan_memory(size_t entries);

#endif
