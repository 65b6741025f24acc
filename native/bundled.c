/* SPDX-License-Identifier: Apache-2.0 */
#include "bundled.h"

#include <string.h>

#include "bundled_checkpoints.h"
#include "mote/chain.h"

mote_bytes bundled_checkpoint(const char *name) {
    const mote_chain *chain = mote_chain_by_name(name);
    for (size_t i = 0; chain != NULL && i < sizeof bundled / sizeof bundled[0]; i++) {
        if (strcmp(bundled[i].name, chain->name) == 0) return bundled[i].bytes;
    }
    return (mote_bytes){NULL, 0};
}
