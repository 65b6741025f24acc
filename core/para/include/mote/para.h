/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parachains inside the relay chain's state (verification-rules E.1, E.2; polkadot/runtime/parachains paras.rs).
 *
 * Paras::Heads(id) under the state of a final relay block names the newest parachain block the relay chain has
 * included: that block, and by parent hashes its ancestors, are final. The head data is opaque to the relay chain;
 * here it must be a header, to the last byte, to be used as one (E_HEAD_NOT_HEADER otherwise, with the raw bytes
 * still proven).
 * Not checked: the parachain's own authorship (the relay chain's inclusion decides), that a later head descends
 * from an earlier one (the relay chain's governance may set heads).
 */
#ifndef MOTE_PARA_H
#define MOTE_PARA_H

#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_PARA_KEY_SIZE 44u /* 32 bytes prefix, twox_64(id), id */
void mote_para_head_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);
void mote_para_lifecycle_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);

typedef enum mote_para_head_state {
    MOTE_PARA_HEAD_UNKNOWN = 0,
    MOTE_PARA_HEAD_HEADER,  /* `head` and `header` are filled */
    MOTE_PARA_HEAD_OPAQUE,  /* proven, and not a header: `data` only */
    MOTE_PARA_HEAD_ABSENT   /* proven: no such parachain is registered, or it has no head */
} mote_para_head_state;

typedef struct mote_para_head {
    mote_para_head_state state;
    mote_bytes data;       /* the head data, borrowed from the proof */
    mote_para_header head; /* evidence, with state HEADER */
    mote_header header;    /* the decoded header, borrowed from the proof */
} mote_para_head;

/* `proof` must be one under a relay chain's state (MOTE_STATE_OF_RELAY or an assumed root). Absence is MOTE_OK.
 * E_LIMIT_SIZE above MOTE_MAX_HEAD_DATA_SIZE. */
MOTE_MUST_USE mote_status mote_para_head_read(mote_context *context, mote_para_head *out,
                                              const mote_proof *proof, uint32_t para_id);

/* An ancestor of a final parachain block is final. */
MOTE_MUST_USE mote_status mote_para_parent(mote_context *context, mote_para_header *out,
                                           const mote_para_header *child, const mote_header *parent);

/* Paras::ParaLifecycles(id) */
typedef enum mote_para_lifecycle {
    MOTE_PARA_ONBOARDING = 0,
    MOTE_PARA_PARATHREAD = 1,
    MOTE_PARA_PARACHAIN = 2,
    MOTE_PARA_UPGRADING = 3,
    MOTE_PARA_DOWNGRADING = 4,
    MOTE_PARA_OFFBOARDING_PARATHREAD = 5,
    MOTE_PARA_OFFBOARDING_PARACHAIN = 6,
    MOTE_PARA_NOT_REGISTERED = 255 /* proven absence */
} mote_para_lifecycle;
const char *mote_para_lifecycle_name(mote_para_lifecycle lifecycle);
MOTE_MUST_USE mote_status mote_para_lifecycle_read(mote_context *context, mote_para_lifecycle *out,
                                                   const mote_proof *proof, uint32_t para_id);

#ifdef __cplusplus
}
#endif
#endif
