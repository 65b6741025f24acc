/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All keys under a prefix. Sources list keys, which proves nothing; then a proof of these keys is asked for, and the prefix is
 * walked in it from key to next key. Each step is proven, so a page is complete whatever the list was: a list that
 * left something out gives a proof with a gap, and is asked for elsewhere.
 */
#include <string.h>

#include "engine.h"
#include "mote/hash.h"
#include "mote/limits.h"

/* --- the list ---------------------------------------------------------------------------------------------------------- */
static bool is_in_order(const struct query *query, const mote_bytes *keys, uint32_t index) {
    mote_bytes before = index > 0 ? keys[index - 1] : (mote_bytes){query->after, query->after_size};
    bool has_before = index > 0 || query->after != NULL;
    if (keys[index].size > MOTE_MAX_KEY_SIZE) return false;
    if (!mote_bytes_starts_with(keys[index], query->prefix)) return false;
    return !has_before || mote_bytes_compare(keys[index], before) > 0;
}

static mote_status read_list(mote_client *client, struct query *query, mote_bytes bytes) {
    mote_cursor cursor = mote_cursor_over(bytes);
    uint32_t count = mote_read_count(&cursor, 1, PAGE_KEYS);
    query->page_spans = mote_sources_take_room(client, NULL, (count + 1) * sizeof(mote_bytes));
    if (query->page_spans == NULL) return MOTE_E_LIMIT_MEMORY;
    query->listed = (mote_bytes *)(void *)query->page_spans;
    for (uint32_t i = 0; i < count; i++) {
        query->listed[i] = mote_read_vec_u8(&cursor);
        if (cursor.status != MOTE_OK) return cursor.status;
        if (!is_in_order(query, query->listed, i)) return MOTE_E_BAD_FORMAT;
    }
    query->listed_count = count;
    return mote_cursor_finish(&client->context, &cursor);
}

struct verdict mote_listing_take_keys(mote_client *client, struct job *job,
                                      const struct source *source, const mote_reply *reply,
                                      uint8_t **message) {
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_query_forget_page(client, query);
    mote_status status = read_list(client, query, reply->bytes);
    if (status != MOTE_OK) {
        mote_query_forget_page(client, query);
        return mote_verdict_of(status);
    }
    query->page = *message;
    query->lister = source->id;
    *message = NULL;
    job->purpose = PURPOSE_NONE;
    if (mote_jobs_add(client, PURPOSE_READ, MOTE_REQUEST_READ, query->chain, query->id) == NULL) {
        mote_queries_refused(client, query->id);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* --- the page ---------------------------------------------------------------------------------------------------------- */
void mote_listing_begin(struct listing *listing, const struct query *query, uint8_t *room) {
    memset(listing, 0, sizeof *listing);
    listing->key = room;
    listing->at_start = query->after == NULL;
    listing->size = listing->at_start ? query->prefix.size : query->after_size;
    const uint8_t *from = listing->at_start ? query->prefix.data : query->after;
    if (listing->size > 0) memcpy(room, from, listing->size);
}

/* The key that is the prefix itself comes first. */
mote_status mote_listing_next(mote_client *client, struct listing *listing,
                              const struct query *query, const mote_trie_view *view, bool *found,
                              mote_proven_value *value) {
    mote_bytes key = {listing->key, listing->size};
    mote_status status;
    *found = false;
    if (listing->at_start) {
        listing->at_start = false;
        status = mote_trie_read(&client->context, value, view, key);
        *found = status == MOTE_OK && value->state != MOTE_VALUE_ABSENT;
        if (status != MOTE_OK || *found) return status;
    }
    status = mote_trie_next_key(&client->context, found, listing->next, &listing->size, view, key,
                                query->prefix);
    if (status != MOTE_OK || !*found) return status;
    memcpy(listing->key, listing->next, listing->size);
    return mote_trie_read(&client->context, value, view, (mote_bytes){listing->key, listing->size});
}

static mote_status subtree(mote_client *client, mote_merkle_value *merkle,
                           const struct query *query, const mote_trie_view *view) {
    uint8_t *nibbles = mote_context_take(&client->context, 2 * query->prefix.size + 1, 1);
    if (nibbles == NULL) return MOTE_E_LIMIT_MEMORY;
    for (size_t i = 0; i < query->prefix.size; i++) {
        nibbles[2 * i] = query->prefix.data[i] >> 4;
        nibbles[2 * i + 1] = query->prefix.data[i] & 15;
    }
    return mote_trie_merkle_value(&client->context, merkle, view, nibbles, 2 * query->prefix.size);
}

/* The Merkle value names what is below the subtree's root, the first key where that root is. */
static mote_hash digest_of(const mote_merkle_value *merkle, mote_bytes first) {
    mote_hash digest;
    mote_blake2b_state state;
    mote_blake2b_init(&state, sizeof digest.bytes);
    mote_blake2b_update(&state, (mote_bytes){merkle->bytes, merkle->size});
    mote_blake2b_update(&state, first);
    mote_blake2b_final(&state, digest.bytes);
    return digest;
}

/* `*digest` names all that is under the prefix: the same digest, the same content. */
mote_status mote_listing_check(mote_client *client, struct query *query, const mote_trie_view *view,
                               mote_hash *digest) {
    struct listing listing;
    mote_proven_value value;
    bool found = true;
    uint32_t count = 0;
    bool is_last = query->listed_count < PAGE_KEYS;
    uint8_t *room = mote_context_take(&client->context, 2, MOTE_MAX_KEY_SIZE);
    if (room == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_merkle_value merkle;
    mote_status status = subtree(client, &merkle, query, view);
    *digest = digest_of(&merkle, (mote_bytes){NULL, 0});
    mote_listing_begin(&listing, query, room);
    listing.next = room + MOTE_MAX_KEY_SIZE;
    while (status == MOTE_OK && count < (is_last ? MOST_OF_A_PAGE : query->listed_count)) {
        status = mote_listing_next(client, &listing, query, view, &found, &value);
        if (status != MOTE_OK || !found) break;
        if (value.state == MOTE_VALUE_HASH_ONLY) return MOTE_E_VALUE_NOT_IN_PROOF;
        if (count++ == 0) *digest = digest_of(&merkle, (mote_bytes){listing.key, listing.size});
    }
    query->page_count = count;
    query->is_last_page = status == MOTE_OK && !found;
    return status;
}

/* Where the page ended, to go on behind it. */
bool mote_listing_turn_page(mote_client *client, struct query *query, mote_bytes last) {
    uint8_t *copy = mote_sources_take_room(client, NULL, last.size);
    if (copy == NULL) return false;
    if (last.size > 0) memcpy(copy, last.data, last.size);
    mote_query_forget_page(client, query);
    mote_client_spend(client, query->after);
    query->after = copy;
    query->after_size = last.size;
    query->pages++;
    return mote_jobs_add(client, PURPOSE_KEYS, MOTE_REQUEST_KEYS, query->chain, query->id) != NULL;
}

/* Does the proof show all that was asked of it? Then a gap in it is one of the list: a key that is there was left out. */
static bool covers_list(mote_client *client, const struct query *query,
                        const mote_trie_view *view) {
    mote_proven_value value;
    const mote_bytes first =
        query->after == NULL ? query->prefix : (mote_bytes){query->after, query->after_size};
    if (mote_trie_read(&client->context, &value, view, first) != MOTE_OK) return false;
    for (uint32_t i = 0; i < query->listed_count; i++) {
        mote_status status = mote_trie_read(&client->context, &value, view, query->listed[i]);
        if (status != MOTE_OK || value.state == MOTE_VALUE_HASH_ONLY) return false;
    }
    return true;
}

/* The proof answers for the list: a key that it shows not to be there was made up. */
void mote_listing_judge_list(mote_client *client, const struct query *query,
                             const mote_trie_view *view) {
    mote_proven_value value;
    for (uint32_t i = 0; i < query->listed_count; i++) {
        mote_status status = mote_trie_read(&client->context, &value, view, query->listed[i]);
        if (status != MOTE_OK || value.state != MOTE_VALUE_ABSENT) continue;
        mote_sources_drop(client, query->lister, MOTE_E_LIST_FALSE, NULL);
        return;
    }
}

/* True where the list, and not the proof, is to blame: its source is dropped, and another list asked for. */
bool mote_listing_blames_list(mote_client *client, struct query *query, const mote_trie_view *view,
                              mote_status status) {
    if (query->kind != MOTE_QUERY_LIST || !mote_is_gap(status)) return false;
    if (!covers_list(client, query, view)) return false;
    mote_sources_drop(client, query->lister, MOTE_E_LIST_INCOMPLETE, NULL);
    mote_queries_refused(client, query->id);
    return true;
}
