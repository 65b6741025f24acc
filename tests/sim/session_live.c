/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records a session of the native host with a real network (docs/simulation.md):
 *
 *     session_live CHECKPOINT FOLDER SESSION LOG SECONDS relay=URL... PARA-ID=URL...
 *
 * The client begins at the compact checkpoint and asks for values, absence, lists and an older block, of the relay chain and
 * of each parachain, and subscribes to what changes with each block. After half of the time it is made anew from what it
 * saved, which is kept in FOLDER.
 */
#include "fixture.h"
#include "mote_host.h"
#include "session.h"

#include "mote/hash.h"

#include <sodium.h>
#include <time.h>

#define MAX_CHAINS 8u

typedef struct followed_chain {
    const char *name; /* "relay", or the parachain's id */
    mote_chain_id id;
    mote_hash earlier; /* the head before */
    uint32_t heads;
} followed_chain;

typedef struct watcher {
    mote_host *host;
    followed_chain chains[MAX_CHAINS];
    uint32_t count;
} watcher;

static test_buffer key_of(const char *pallet, const char *item) {
    test_buffer key = {0};
    uint8_t prefix[32];
    mote_storage_prefix(prefix, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    append_span(&key, prefix, sizeof prefix);
    return key;
}

static void ask(const watcher *of, const mote_query *query) {
    mote_query_id id;
    mote_status status = mote_client_query(mote_host_client(of->host), &id, query);
    if (status != MOTE_OK) fprintf(stderr, "a query is refused: %s\n", mote_status_name(status));
}

static void ask_values(const watcher *of, const followed_chain *chain, bool of_earlier) {
    test_buffer keys[] = {key_of("Timestamp", "Now"), key_of("System", "Number"),
                          key_of("System", "Nothing"), key_of("System", "Events")};
    mote_bytes spans[4];
    for (int i = 0; i < 4; i++) spans[i] = buffer_bytes(&keys[i]);
    const mote_query query = {.kind = MOTE_QUERY_VALUES,
                              .chain = chain->id,
                              .subscribe = !of_earlier,
                              .has_at = of_earlier,
                              .at = chain->earlier,
                              .keys = spans,
                              .key_count = 4};
    ask(of, &query);
    for (int i = 0; i < 4; i++) free(keys[i].data);
}

static void ask_list(const watcher *of, const followed_chain *chain) {
    test_buffer prefix = key_of("System", "Account");
    const mote_query query = {
        .kind = MOTE_QUERY_LIST, .chain = chain->id, .prefix = buffer_bytes(&prefix)};
    ask(of, &query);
    free(prefix.data);
}

static void heard_head(watcher *of, mote_chain_id id, const mote_hash *hash) {
    for (uint32_t i = 0; i < of->count; i++) {
        followed_chain *chain = &of->chains[i];
        if (chain->id != id) continue;
        if (chain->heads == 0) ask_values(of, chain, false);
        if (chain->heads == 1) ask_list(of, chain);
        if (chain->heads == 3) ask_values(of, chain, true);
        if (chain->heads < 3) chain->earlier = *hash;
        chain->heads++;
    }
}

/* Where there is one already: the last word before '='. */
static followed_chain *chain_named(watcher *of, const char *name, size_t size) {
    for (uint32_t i = 0; i < of->count; i++) {
        if (strlen(of->chains[i].name) == size && memcmp(of->chains[i].name, name, size) == 0)
            return &of->chains[i];
    }
    return NULL;
}

static bool add_source(watcher *of, const char *source) {
    const char *url = strchr(source, '=');
    if (url == NULL || of->count == MAX_CHAINS) return false;
    followed_chain *chain = chain_named(of, source, (size_t)(url - source));
    mote_source_id id;
    if (chain == NULL) {
        chain = &of->chains[of->count++];
        chain->name = strndup(source, (size_t)(url - source));
        if (mote_client_add_parachain(mote_host_client(of->host), &chain->id, of->chains[0].id,
                                      (uint32_t)strtoul(source, NULL, 10)) != MOTE_OK)
            return false;
    }
    return mote_host_add_source(of->host, &id, chain->id, url + 1) == MOTE_OK;
}

static bool begin(watcher *of, mote_bytes checkpoint, const char *folder, char **sources) {
    const mote_host_options options = {.state_folder = folder};
    const mote_relay_start start = {.checkpoint = checkpoint, .accept_expired = true};
    const char *why;
    *of = (watcher){.host = mote_host_open(&options, &why), .count = 1};
    if (of->host == NULL) {
        fprintf(stderr, "%s\n", why);
        return false;
    }
    of->chains[0].name = "relay";
    if (mote_host_add_relay(of->host, &of->chains[0].id, &start) != MOTE_OK) return false;
    for (; *sources != NULL; sources++) {
        if (!add_source(of, *sources)) return false;
    }
    return true;
}

static void watch(watcher *of, time_t until) {
    mote_client_event event;
    while (time(NULL) < until) {
        if (mote_host_next(of->host, &event, 500) != MOTE_HOST_EVENT) continue;
        mote_chain_id chain = event.chain;
        mote_hash hash = event.kind == MOTE_EVENT_PARA_HEAD ? event.para.hash : event.header.hash;
        if (event.kind == MOTE_EVENT_FINALIZED || event.kind == MOTE_EVENT_PARA_HEAD)
            heard_head(of, chain, &hash);
    }
}

static mote_bytes read_file(const char *path) {
    uint8_t *bytes = malloc(1 << 20);
    FILE *file = fopen(path, "rb");
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(2);
    }
    size_t size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (mote_bytes){bytes, size};
}

static bool write_file(const char *path, const test_buffer *bytes) {
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(bytes->data, 1, bytes->size, file) == bytes->size;
    return file != NULL && fclose(file) == 0 && written;
}

int main(int count, char **arguments) {
    if (count < 7 || sodium_init() < 0) {
        fprintf(stderr, "usage: session_live CHECKPOINT FOLDER SESSION LOG SECONDS relay=URL... "
                        "PARA-ID=URL...\n");
        return 2;
    }
    static watcher here;
    test_buffer session = {0};
    session_log log = {0};
    mote_bytes checkpoint = read_file(arguments[1]);
    time_t half = (time_t)strtol(arguments[5], NULL, 10) / 2;
    for (int times = 0; times < 2; times++) {
        session_record(&session, &log);
        if (!begin(&here, checkpoint, arguments[2], arguments + 6)) return 1;
        watch(&here, time(NULL) + half);
        session_record_end();
        mote_host_close(here.host);
    }
    printf("%llu lines, %llu final heads, %llu parachain heads, %llu answers\n",
           (unsigned long long)log.lines, (unsigned long long)log.finalized,
           (unsigned long long)log.para_heads, (unsigned long long)log.answered);
    return write_file(arguments[3], &session) && write_file(arguments[4], &log.text) ? 0 : 1;
}
