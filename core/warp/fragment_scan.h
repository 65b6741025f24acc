/* SPDX-License-Identifier: Apache-2.0 */
/* Where a fragment ends, found while its bytes arrive. Private to the module warp. */
#ifndef MOTE_WARP_FRAGMENT_SCAN_H
#define MOTE_WARP_FRAGMENT_SCAN_H

#include "mote/scale.h"

typedef enum mote_scan_stage {
    MOTE_SCAN_HEADER = 0, /* up to the digest's item count */
    MOTE_SCAN_DIGEST_ITEM,
    MOTE_SCAN_COMMIT, /* round, target, number of precommits */
    MOTE_SCAN_PRECOMMITS,
    MOTE_SCAN_ANCESTRY_COUNT,
    MOTE_SCAN_DONE
} mote_scan_stage;

/* Each element is looked at once, whatever the chunks; only lengths are read, the strict decoders judge the whole. */
typedef struct mote_fragment_scan {
    mote_scan_stage stage;
    size_t done;        /* bytes before the element that is being waited for */
    size_t needed;      /* the next look makes sense when so many bytes are there */
    size_t header_size; /* of the fragment's own header, once past it */
    uint32_t items;     /* digest items left in this header */
    uint32_t headers;   /* ancestry headers left */
    uint32_t precommits;
    size_t precommits_at; /* where they start */
    bool in_ancestry;
} mote_fragment_scan;

void mote_fragment_scan_begin(mote_fragment_scan *scan);
/* Looks at the bytes received of this fragment. MOTE_OK: see `stage` (DONE: the fragment is the first `done` bytes)
 * or wait for `needed`; otherwise what is wrong, *at the byte. */
mote_status mote_fragment_scan_look(mote_fragment_scan *scan, const uint8_t **at,
                                    mote_bytes received, size_t limit);

#endif
