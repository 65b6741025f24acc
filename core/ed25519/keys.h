/* SPDX-License-Identifier: Apache-2.0 */
/* Look-up in the cache of decompressed keys. Private to the module ed25519. */
#ifndef MOTE_ED25519_KEYS_H
#define MOTE_ED25519_KEYS_H

#include "names.h"

#include "mote/ed25519.h"
#include "point.h"

/* The key's point, from the cache or decoded and then kept; false where it is no point. `keys` may be NULL. */
bool keys_decode(mote_ed25519_keys *keys, affine_point *out, const uint8_t public_key[32]);

#endif
