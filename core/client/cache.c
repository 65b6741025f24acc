/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs that were used, by the root they are under: what one of them shows need not be asked for again. They are loaded and
 * checked like any other.
 */
#include <string.h>

#include "engine.h"

static void drop(mote_client *client, uint32_t index) {
    struct cached *entry = &client->cache[index];
    mote_pool_give(&client->pool, entry->message);
    client->cache_bytes -= entry->room;
    memset(entry, 0, sizeof *entry);
}

static uint32_t oldest(const mote_client *client) {
    uint32_t found = 0;
    for (uint32_t i = 1; i < CACHED_PROOFS; i++) {
        if (client->cache[i].used < client->cache[found].used) found = i;
    }
    return found;
}

void mote_cache_clear(mote_client *client) {
    for (uint32_t i = 0; i < CACHED_PROOFS; i++) {
        if (client->cache[i].message != NULL) drop(client, i);
    }
}

/* The oldest make room: at most an eighth of the pool is kept. */
void mote_cache_keep(mote_client *client, const mote_hash *root, uint8_t *message, mote_bytes proof,
                     mote_source_id source) {
    mote_pool_shrink(&client->pool, message, (size_t)(proof.data - message) + proof.size);
    size_t room = mote_pool_size(&client->pool, message);
    if (room > client->limits.pool_bytes / 8) {
        mote_client_spend(client, message);
        return;
    }
    for (uint32_t at = oldest(client);; at = oldest(client)) {
        if (client->cache[at].message != NULL) drop(client, at);
        if (client->cache_bytes + room > client->limits.pool_bytes / 8) {
            client->cache[at].used = UINT64_MAX; /* empty: look for the next one */
            continue;
        }
        client->cache[at] =
            (struct cached){*root, message, proof, source, room, ++client->cache_uses};
        break;
    }
    for (uint32_t i = 0; i < CACHED_PROOFS; i++) {
        if (client->cache[i].message == NULL) client->cache[i].used = 0;
    }
    client->cache_bytes += room;
}

/* The next proof under that root from `*at` on, without taking it out. */
bool mote_cache_find(const mote_client *client, uint32_t *at, const mote_hash *root) {
    for (; *at < CACHED_PROOFS; ++*at) {
        const struct cached *entry = &client->cache[*at];
        if (entry->message != NULL && mote_hash_equal(&entry->root, root)) return true;
    }
    return false;
}

struct cached mote_cache_take(mote_client *client, uint32_t at) {
    struct cached entry = client->cache[at];
    client->cache_bytes -= entry.room;
    memset(&client->cache[at], 0, sizeof client->cache[at]);
    return entry;
}
