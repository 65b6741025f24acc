/* SPDX-License-Identifier: Apache-2.0 */
/* Best heads: what sources say is the newest block. Not final, and told as what it is. */
#include <string.h>

#include "engine.h"

void best_take_head(mote_client *client, struct chain *chain, const struct source *source,
                    const mote_header *header) {
    bool is_old = !chain->has_head || header->number <= best_floor(chain) ||
                  mote_hash_equal(&header->hash, &chain->best_hash);
    if (is_old || header->number <= chain->best_number) return;
    bool follows = mote_hash_equal(&header->parent_hash, &chain->best_hash);
    bool is_first = chain->best_number <= best_floor(chain);
    chain->best_number = header->number;
    chain->best_hash = header->hash;
    mote_client_event *event = actions_event(client, MOTE_EVENT_BEST, chain->id);
    event->source = source->id;
    event->hash = header->hash;
    event->number = header->number;
    event->reorganized = !follows && !is_first;
}

uint32_t best_floor(const struct chain *chain) {
    return chain->is_parachain ? chain->para.number : chain->head.number;
}

/* What is final is best at least. */
void best_finalized(struct chain *chain) {
    if (chain->best_number > best_floor(chain)) return;
    chain->best_number = best_floor(chain);
    chain->best_hash = chain->is_parachain ? chain->para.hash : chain->head.hash;
}
