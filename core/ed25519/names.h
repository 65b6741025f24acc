/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this module share is named plainly in them and carries the library's prefix when linked, so that
 * nothing of an embedder's own can collide with it. */
#ifndef MOTE_ED25519_NAMES_H
#define MOTE_ED25519_NAMES_H

#define equation_holds mote_ed25519_equation_holds
#define keys_decode mote_ed25519_keys_decode
#define scalar_challenge mote_ed25519_scalar_challenge

#endif
