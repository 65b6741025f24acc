/* SPDX-License-Identifier: Apache-2.0 */
/* BABE's consensus log, as far as the oddities of a digest need it. Private to the module header. */
#ifndef MOTE_HEADER_BABE_LOG_H
#define MOTE_HEADER_BABE_LOG_H

#include "mote/header.h"

typedef enum mote_babe_log_kind {
    MOTE_BABE_LOG_NONE = 0, /* it does not decode */
    MOTE_BABE_LOG_NEXT_EPOCH = 1,
    MOTE_BABE_LOG_ON_DISABLED = 2,
    MOTE_BABE_LOG_NEXT_CONFIG = 3
} mote_babe_log_kind;

typedef struct mote_babe_log {
    mote_babe_log_kind kind;
    mote_authority_list authorities; /* next epoch: sr25519 keys and weights */
    uint64_t chance[2];              /* next config: c = chance[0] / chance[1] */
} mote_babe_log;

/* As full nodes read it: a prefix of the payload. */
mote_babe_log mote_header_babe_log(mote_bytes payload);
/* No authority, one of weight zero, or a sum past 2^64. */
bool mote_header_babe_authorities_odd(const mote_authority_list *authorities);

#endif
