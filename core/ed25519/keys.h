/* SPDX-License-Identifier: Apache-2.0 */
/* Look-up in the cache of decompressed keys. Private to the module ed25519. */
#ifndef MOTE_ED25519_KEYS_H
#define MOTE_ED25519_KEYS_H

#include "names.h"

#include "mote/ed25519.h"
#include "point.h"

/* The keys' points, from the cache or decoded and then kept. `keys` may be NULL. */
void keys_decode(mote_ed25519_keys *keys, mote_backend backend, decode_block *block);

#endif
