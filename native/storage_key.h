/* SPDX-License-Identifier: Apache-2.0 */
/* Storage keys as people write them: accounts by their addresses, items of pallets with the arguments of their maps. */
#ifndef MOTE_NATIVE_STORAGE_KEY_H
#define MOTE_NATIVE_STORAGE_KEY_H

#include "arguments.h"
#include "mote/account.h"

struct app;

/* SS58, or 0x and the hex of 32 or 20 bytes. `what` names it in errors: "ADDRESS". */
bool address_parse(struct app *app, mote_address *out, const char *what, const char *text);
bool account_key(struct app *app, mote_bytes *out, const mote_address *address);
/* PALLET.ITEM and its arguments, HASHER:KEY each: KEY is hex, an address, or uN:NUMBER (N bits, little-endian). */
bool item_key(struct app *app, mote_bytes *out, const storage_item *item);

#endif
