/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of a host's name, asked for in a thread of their own: a resolver that hangs holds up nobody. */
#ifndef MOTE_NATIVE_NET_LOOKUP_H
#define MOTE_NATIVE_NET_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lookup lookup;

/* NULL where there is no memory or no thread to be had. */
lookup *lookup_new(const char *host);
/* At any time; a thread that still asks ends by itself. */
void lookup_free(lookup *lookup);
bool lookup_is_done(lookup *lookup);

/* When it is done. Of the addresses one is to be tried after the other: `turn` counts on, and begins again. NULL where there
 * is none: lookup_trouble says why. */
const char *lookup_address(const lookup *lookup, unsigned turn);
const char *lookup_trouble(const lookup *lookup);

#endif
