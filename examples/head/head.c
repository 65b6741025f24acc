/* SPDX-License-Identifier: Apache-2.0 */
/* The newest final block of a running chain, and one account in it. A program outside mote's tree: it uses the installed
 * libraries and nothing else.
 *
 *     head CHECKPOINT ADDRESS URL...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mote/account.h>
#include <mote_host.h>

static mote_bytes read_file(const char *path) {
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(data, 1, sizeof data, file);
    if (file != NULL) fclose(file);
    return (mote_bytes){data, size};
}

/* Asks for the account's record once, under the newest block. */
static mote_status ask(mote_host *host, mote_chain_id chain, const char *text) {
    uint8_t key[80], room[64];
    const uint8_t seed[32] = {0};
    mote_context context;
    mote_address address;
    mote_query_id query;
    mote_context_init(&context, room, sizeof room, seed);
    mote_status status =
        mote_address_read(&context, &address, (mote_bytes){(const uint8_t *)text, strlen(text)});
    if (status != MOTE_OK) return status;
    mote_writer writer = mote_writer_into(key, sizeof key);
    mote_write_account_key(&writer, (mote_bytes){address.bytes, address.size});
    const mote_bytes keys[] = {{key, writer.size}};
    const mote_query question = {
        .kind = MOTE_QUERY_VALUES, .chain = chain, .keys = keys, .key_count = 1};
    return mote_client_query(mote_host_client(host), &query, &question);
}

static void show(const mote_proven_value *value) {
    const mote_account_record record = mote_account_record_of(value->value);
    char free_balance[MOTE_U128_TEXT_SIZE];
    mote_u128_write(free_balance, record.free);
    printf("block %u: ", (unsigned)value->under.block_number);
    if (value->state == MOTE_VALUE_ABSENT) {
        printf("no such account\n");
    } else if (record.layout == MOTE_ACCOUNT_UNKNOWN) {
        printf("an account of a layout that is not known\n");
    } else {
        printf("nonce %u, free %s\n", (unsigned)record.nonce, free_balance);
    }
}

/* 0 once the account is there. */
static int follow(mote_host *host) {
    mote_client_event event;
    for (int seconds = 0; seconds < 60; seconds++) {
        while (mote_host_next(host, &event, 1000) == MOTE_HOST_EVENT) {
            if (event.kind == MOTE_EVENT_FINALIZED)
                printf("block %u is final\n", (unsigned)event.header.number);
            if (event.kind == MOTE_EVENT_SOURCE && event.why != MOTE_OK)
                printf("a source was dropped: %s\n", mote_status_text(event.why));
            if (event.kind == MOTE_EVENT_VALUE) show(&event.value);
            if (event.kind == MOTE_EVENT_ANSWERED) return 0;
        }
    }
    printf("no answer\n");
    return 1;
}

int main(int argc, char **argv) {
    const char *why;
    if (argc < 4) {
        fprintf(stderr, "usage: %s CHECKPOINT ADDRESS URL...\n", argv[0]);
        return 2;
    }
    mote_host *host = mote_host_open(NULL, &why);
    if (host == NULL) {
        fprintf(stderr, "%s\n", why);
        return 1;
    }
    mote_chain_id chain;
    mote_source_id source;
    const mote_relay_start start = {.checkpoint = read_file(argv[1]), .accept_expired = true};
    mote_status status = mote_host_add_relay(host, &chain, &start);
    for (int i = 3; status == MOTE_OK && i < argc; i++) {
        status = mote_host_add_source(host, &source, chain, argv[i]);
    }
    if (status == MOTE_OK) status = ask(host, chain, argv[2]);
    if (status != MOTE_OK) printf("%s\n", mote_status_text(status));
    int result = status == MOTE_OK ? follow(host) : 1;
    mote_host_close(host);
    return result;
}
