/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_NATIVE_GUNZIP_H
#define MOTE_NATIVE_GUNZIP_H

#include "mote/bytes.h"

struct app;

typedef enum gunzip_result { GUNZIP_OK, GUNZIP_BAD, GUNZIP_TOO_LARGE } gunzip_result;

bool gunzip_looks_packed(mote_bytes bytes);
/* All members of a gzip file, each to its check sum, and nothing behind them. `*bad`: the byte where it stopped being
 * gzip. At most INPUT_MAX_SIZE bytes come out. */
gunzip_result gunzip(struct app *app, mote_bytes *out, mote_bytes packed, size_t *bad);

#endif
