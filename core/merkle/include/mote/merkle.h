/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Binary Merkle trees over Keccak-256 (substrate/utils/binary-merkle-tree): BEEFY's authority sets, over addresses of 20
 * bytes, and the parachain heads under a leaf of the mountain range.
 *
 * A leaf's hash is that of its bytes; two hashes side by side are hashed into the one above; a last one without
 * neighbour moves up as it is. The root of no leaves is zero.
 *
 * Checked besides the hashes: a proof has exactly as many items as (index, count) asks for. The crate folds whatever it
 * is given, so that the short proof of a leaf that moved up holds at several indices (verification-rules F.4, F.5).
 * Leaves of 64 bytes, which two hashes would be as well, are refused.
 */
#ifndef MOTE_MERKLE_H
#define MOTE_MERKLE_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many items the proof of that leaf has; 0 where there is no such leaf. */
uint32_t mote_merkle_proof_size(uint32_t index, uint32_t count);

/* That `leaf` is at `index` of the `count` leaves whose root it is. `items`: hashes of 32 bytes one behind the other, from
 * the leaf upwards. E_LEAF_COUNT (no leaves), E_LEAF_INDEX, E_LEAF_SIZE, E_PROOF_LENGTH, E_ROOT_MISMATCH. */
MOTE_MUST_USE mote_status mote_merkle_verify(mote_context *context, const mote_hash *root,
                                             mote_bytes leaf, uint32_t index, uint32_t count,
                                             mote_bytes items);

/* The root of leaves by their hashes (mote_keccak_256 of each leaf), which are used up. `backend`: mote/backend.h. */
mote_hash mote_merkle_root(mote_backend backend, mote_hash *hashes, size_t count);
/* The proof of one of them, and the root; the hashes are used up. `items` has room for 32 hashes; *size is how many. */
MOTE_MUST_USE mote_status mote_merkle_prove(mote_context *context, mote_hash *root,
                                            mote_hash *items, uint32_t *size, mote_hash *hashes,
                                            uint32_t count, uint32_t index);

#ifdef __cplusplus
}
#endif
#endif
