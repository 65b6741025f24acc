/* SPDX-License-Identifier: Apache-2.0 */
/* BABE's consensus log. Private to the module babe. */
#ifndef MOTE_BABE_LOG_H
#define MOTE_BABE_LOG_H

#include "mote/babe.h"

typedef enum mote_babe_log {
    MOTE_BABE_LOG_IS_NONE = 0, /* it does not decode */
    MOTE_BABE_LOG_IS_NEXT_EPOCH = 1,
    MOTE_BABE_LOG_IS_DISABLED = 2,
    MOTE_BABE_LOG_IS_NEXT_CONFIG = 3
} mote_babe_log;

/* Fills those fields of `out` that the log is about; the others are zero. */
mote_babe_log mote_babe_log_decode(mote_babe_digest *out, mote_bytes payload);

#endif
