/* SPDX-License-Identifier: Apache-2.0 */
/* From a verified block down to an ancestor, header by header: the parent of a final block is final. */
#include <string.h>

#include "engine.h"

bool mote_walk_begin(struct walk *walk, const struct chain *chain, const mote_hash *goal) {
    memset(walk, 0, sizeof *walk);
    if (!chain->has_head) return false;
    walk->chain = chain->id;
    walk->is_parachain = chain->is_parachain;
    walk->goal = *goal;
    walk->relay = chain->head;
    walk->para = chain->para;
    walk->slot = chain->is_parachain ? chain->seen_slot : chain->head_slot;
    walk->has_slot = chain->is_parachain ? walk->slot != 0 : chain->has_slot;
    return true;
}

bool mote_walk_has_arrived(const struct walk *walk) {
    const mote_hash *at = walk->is_parachain ? &walk->para.hash : &walk->relay.hash;
    return mote_hash_equal(at, &walk->goal);
}

uint32_t mote_walk_number(const struct walk *walk) {
    return walk->is_parachain ? walk->para.number : walk->relay.number;
}

mote_hash mote_walk_next(const struct walk *walk) {
    return walk->is_parachain ? walk->para.parent_hash : walk->relay.parent_hash;
}

/* E_NOT_SHOWN: too far down, the goal is not among the ancestors that are looked at. */
mote_status mote_walk_take(mote_client *client, struct walk *walk, mote_bytes bytes) {
    mote_header header;
    mote_status status = mote_header_decode(&client->context, &header, bytes);
    if (status != MOTE_OK) return status;
    const mote_finalized_header relay = walk->relay; /* a failure leaves the walk where it is */
    const mote_para_header para = walk->para;
    if (walk->is_parachain) {
        status = mote_para_parent(&client->context, &walk->para, &para, &header);
    } else {
        status = mote_finalized_parent(&client->context, &walk->relay, &relay, &header);
    }
    if (status != MOTE_OK) {
        walk->relay = relay;
        walk->para = para;
        return status;
    }
    walk->has_slot = !walk->is_parachain && mote_header_babe_slot(&header, &walk->slot);
    if (mote_walk_has_arrived(walk)) return status;
    uint32_t number = mote_walk_number(walk);
    return ++walk->depth >= MOTE_MAX_QUERY_DEPTH || number == 0 ? MOTE_E_NOT_SHOWN : MOTE_OK;
}
