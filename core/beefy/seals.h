/* SPDX-License-Identifier: Apache-2.0 */
/* The seals of this module's evidence, and what a vote of one validator is. */
#ifndef MOTE_BEEFY_SEALS_H
#define MOTE_BEEFY_SEALS_H

#include "mote/beefy.h"

#define MOTE_BEEFY_SET_SEAL UINT64_C(0x6d6f74652d626673)
#define MOTE_BEEFY_FINALIZED_SEAL UINT64_C(0x6d6f74652d626666)
#define MOTE_BEEFY_LEAF_SEAL UINT64_C(0x6d6f74652d62666c)

#define MOTE_BEEFY_POINT_SIZE 64u

/* A commitment inside something larger. A failure is the cursor's. */
void mote_read_beefy_commitment(mote_cursor *cursor, mote_beefy_commitment *out);
/* One inside a vote, whose payload may be anything that decodes: who signs what no chain has is at fault all the more.
 * `mmr_root` stays zero. */
void mote_read_beefy_voted(mote_cursor *cursor, mote_beefy_commitment *out);
/* It names a root, and none but this (sp_consensus_beefy get_all_decoded: what stands behind a root is tolerated). */
bool mote_beefy_names_root(const mote_beefy_commitment *commitment, const mote_hash *root);
/* Did `key` sign `hash`? MOTE_OK, E_SIGNATURE_FORM, E_BAD_SIGNATURE. */
MOTE_MUST_USE mote_status mote_beefy_check_signature(const uint8_t key[MOTE_BEEFY_KEY_SIZE],
                                                     const mote_hash *hash,
                                                     const uint8_t *signature);

/* The key's point, x and y; false where there is none. */
bool mote_beefy_point_of(uint8_t point[MOTE_BEEFY_POINT_SIZE],
                         const uint8_t key[MOTE_BEEFY_KEY_SIZE]);

#endif
