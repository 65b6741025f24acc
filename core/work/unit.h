/* SPDX-License-Identifier: Apache-2.0 */
/* A unit's bytes, and the seal of its verdict. Private to the module work. */
#ifndef MOTE_WORK_UNIT_H
#define MOTE_WORK_UNIT_H

#include "mote/work.h"

#define MOTE_UNIT_SECRET 32u
#define MOTE_UNIT_HEAD (MOTE_UNIT_SECRET + 8u + 4u + 4u)
#define MOTE_UNIT_SIGNER 96u /* key and signature, in front of each message */
#define MOTE_UNIT_MAX_MESSAGE 1024u

/* Secret, number and sizes in front of the signatures, which are there. */
void mote_unit_write_head(uint8_t *unit, const uint8_t seed[32], uint64_t number,
                          uint32_t signatures, uint32_t message_size);
/* Does the verdict's seal say that it is of exactly these bytes? */
bool mote_unit_sealed(mote_backend backend, mote_bytes unit, const mote_work_verdict *verdict);

#endif
