/* SPDX-License-Identifier: Apache-2.0 */
/* One digest item inside a header's bytes. Private to the module header. */
#ifndef MOTE_HEADER_DIGEST_H
#define MOTE_HEADER_DIGEST_H

#include "mote/header.h"

/* E_BAD_DIGEST_TYPE at the type byte for one that is not in use. */
void mote_header_read_digest_item(mote_cursor *cursor, mote_digest_item *out);

#endif
