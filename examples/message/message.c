/* SPDX-License-Identifier: Apache-2.0 */
/* A message from one parachain to another, from sent to taken, over nodes that nobody trusts. A program outside mote's tree:
 * it uses the installed libraries and nothing else.
 *
 *     message CHECKPOINT RELAY-URL SENDER=URL RECIPIENT=URL BLOCK
 *
 * BLOCK is the hash of the sender's block that sends it. Each line is one claim with a proof of its own:
 *     sent     the block's own state lists the message
 *     queued   a final relay block's state has it in the channel
 *     taken    the recipient's state has taken in the channel up to it
 */
#define _DEFAULT_SOURCE /* getentropy */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mote/message.h>
#include <mote_host.h>

#define PATIENCE 90 /* seconds */
#define MAX_WAITING 64
#define FARTHEST 200 /* relay blocks back from the head */

typedef struct chain {
    mote_chain_id id;
    uint32_t para_id; /* 0: the relay chain */
} chain;

static mote_host *host;
static mote_context context;
static size_t context_begin;
static chain relay, sender, recipient;

static void give_up(const char *what, mote_status status) {
    fprintf(stderr, "%s: %s\n", what, mote_status_text(status));
    exit(1);
}

static mote_bytes read_file(const char *path) {
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(data, 1, sizeof data, file);
    if (file != NULL) fclose(file);
    return (mote_bytes){data, size};
}

static mote_bytes copy(mote_bytes bytes) {
    uint8_t *data = malloc(bytes.size + 1);
    if (data == NULL) give_up("memory", MOTE_E_LIMIT_MEMORY);
    memcpy(data, bytes.data, bytes.size);
    return (mote_bytes){data, bytes.size};
}

/* --- asking ---------------------------------------------------------------------------------------------------- */
/* A proof of the keys under the chain's head, or under the block `at`. It, and `event`, hold until the next question. */
static mote_status ask(mote_proof *out, mote_client_event *event, const chain *chain,
                       const mote_message_key *keys, uint32_t count, const mote_hash *at) {
    mote_bytes spans[4];
    mote_query_id id;
    for (uint32_t i = 0; i < count; i++) spans[i] = (mote_bytes){keys[i].bytes, keys[i].size};
    mote_query query = {.kind = MOTE_QUERY_VALUES,
                        .chain = chain->id,
                        .has_at = at != NULL,
                        .keys = spans,
                        .key_count = count};
    if (at != NULL) query.at = *at;
    mote_status status = mote_client_query(mote_host_client(host), &id, &query);
    while (status == MOTE_OK) {
        if (mote_host_next(host, event, 1000) != MOTE_HOST_EVENT || event->query != id) continue;
        if (event->kind == MOTE_EVENT_QUERY_FAILED) return event->why;
        if (event->kind == MOTE_EVENT_ANSWERED) break;
    }
    if (status != MOTE_OK) return status;
    const mote_state_root root = chain->para_id == 0 ? mote_state_of_relay(&event->header)
                                                     : mote_state_of_parachain(&event->para);
    mote_context_release(&context, context_begin);
    return mote_proof_load(&context, out, &root, event->proof, MOTE_PROOF_STRICT);
}

/* --- sent ------------------------------------------------------------------------------------------------------- */
static mote_bytes sent(const mote_hash *block) {
    mote_proof proof;
    mote_client_event event;
    mote_hrmp_outbound outbound;
    mote_hrmp_sent message;
    const mote_message_key key = mote_message_key_of(MOTE_ITEM_HRMP_SENT, 0, 0);
    mote_status status = ask(&proof, &event, &sender, &key, 1, block);
    if (status == MOTE_OK) status = mote_hrmp_outbound_read(&context, &outbound, &proof);
    for (uint32_t i = 0; status == MOTE_OK && i < outbound.count; i++) {
        status = mote_hrmp_sent_at(&context, &message, &outbound, i);
        if (status != MOTE_OK || message.recipient != recipient.para_id) continue;
        printf("sent    by block %u of %u to %u: 0x", (unsigned)message.under.block_number,
               (unsigned)sender.para_id, (unsigned)message.recipient);
        for (size_t j = 0; j < message.data.size; j++) printf("%02x", message.data.data[j]);
        printf("\n");
        return copy(message.data);
    }
    give_up("a message of that block", status == MOTE_OK ? MOTE_E_NOT_SHOWN : status);
    return (mote_bytes){NULL, 0};
}

/* --- queued ----------------------------------------------------------------------------------------------------- */
/* What a relay block has of the channel: the message, those behind it, and where the channel's chain stands. */
typedef struct channel {
    mote_hash parent, head;
    uint32_t number;
    mote_message messages[MAX_WAITING];
    uint32_t count; /* 0: the message is not in the queue */
} channel;

static mote_status look(channel *out, const mote_hash *at, mote_bytes message) {
    mote_proof proof;
    mote_client_event event;
    mote_hrmp_channel state;
    mote_message_queue queue;
    mote_message_queued found;
    const mote_message_key keys[] = {
        mote_message_key_of(MOTE_ITEM_HRMP_CHANNEL, sender.para_id, recipient.para_id),
        mote_message_key_of(MOTE_ITEM_HRMP_CONTENTS, sender.para_id, recipient.para_id)};
    memset(out, 0, sizeof *out);
    mote_status status = ask(&proof, &event, &relay, keys, 2, at);
    if (status == MOTE_OK)
        status =
            mote_hrmp_channel_read(&context, &state, &proof, sender.para_id, recipient.para_id);
    if (status == MOTE_OK)
        status = mote_hrmp_queue_read(&context, &queue, &proof, sender.para_id, recipient.para_id);
    if (status != MOTE_OK) return status;
    out->parent = event.header.parent_hash;
    out->number = event.header.number;
    out->head = state.head;
    if (mote_message_queued_find(&context, &found, &queue, message) != MOTE_OK) return MOTE_OK;
    for (uint32_t i = found.index; i < queue.count && out->count < MAX_WAITING; i++) {
        status = mote_message_queued_at(&context, &found, &queue, i);
        if (status != MOTE_OK) return status;
        out->messages[out->count].sent_at = found.message.sent_at;
        out->messages[out->count++].data = copy(found.message.data);
    }
    return MOTE_OK;
}

/* Down from the newest final block, until the message is in the queue; then on to the block before it came. */
static bool queued(channel *out, mote_hash *before, mote_bytes message) {
    channel at;
    mote_status status = look(&at, NULL, message);
    for (unsigned back = 0; status == MOTE_OK && back < FARTHEST; back++) {
        if (at.count > 0 && out->count == 0) *out = at;
        if (out->count > 0 && at.number < out->messages[0].sent_at) {
            *before = at.head;
            printf("queued  from relay block %u on, %u behind it\n",
                   (unsigned)out->messages[0].sent_at, (unsigned)out->count - 1);
            return true;
        }
        const mote_hash parent = at.parent;
        status = look(&at, &parent, message);
    }
    return false;
}

/* --- taken ------------------------------------------------------------------------------------------------------- */
static bool taken(const channel *channel, const mote_hash *before) {
    mote_proof proof;
    mote_client_event event;
    mote_taken_head head;
    mote_message_taken result;
    const mote_message_key key = mote_message_key_of(MOTE_ITEM_LAST_HRMP_HEADS, 0, 0);
    mote_status status = ask(&proof, &event, &recipient, &key, 1, NULL);
    if (status == MOTE_OK) status = mote_hrmp_taken_read(&context, &head, &proof, sender.para_id);
    if (status != MOTE_OK) give_up("the recipient's state", status);
    for (uint32_t count = 1; count <= channel->count; count++) {
        status =
            mote_message_taken_check(&context, &result, &head, before, channel->messages, count);
        if (status != MOTE_OK) continue;
        printf("taken   by block %u of %u\n", (unsigned)result.under.block_number,
               (unsigned)result.recipient);
        return true;
    }
    return false;
}

/* --- running ------------------------------------------------------------------------------------------------------ */
static void add_source(const chain *chain, const char *url) {
    mote_source_id source;
    mote_status status = mote_host_add_source(host, &source, chain->id, url);
    if (status != MOTE_OK) give_up(url, status);
}

static void add_parachain(chain *out, const char *text) {
    const char *url = strchr(text, '=');
    if (url == NULL) give_up(text, MOTE_E_BAD_ARGUMENT);
    out->para_id = (uint32_t)strtoul(text, NULL, 10);
    mote_status status =
        mote_client_add_parachain(mote_host_client(host), &out->id, relay.id, out->para_id);
    if (status != MOTE_OK) give_up(text, status);
    add_source(out, url + 1);
}

static mote_hash read_hash(const char *text) {
    mote_hash out;
    memset(&out, 0, sizeof out);
    for (size_t i = 0; i < sizeof out.bytes && strlen(text) == 2 + 2 * sizeof out.bytes; i++) {
        char byte[3] = {text[2 + 2 * i], text[3 + 2 * i], 0};
        out.bytes[i] = (uint8_t)strtoul(byte, NULL, 16);
    }
    return out;
}

static void wait_a_second(void) {
    mote_client_event event;
    while (mote_host_next(host, &event, 1000) == MOTE_HOST_EVENT) continue;
}

/* 0 once it is taken. */
static int follow(const mote_hash *block) {
    static channel channel;
    mote_hash before;
    bool is_queued = false;
    mote_bytes message = sent(block);
    for (int seconds = 0; seconds < PATIENCE; seconds++) {
        is_queued = is_queued || queued(&channel, &before, message);
        if (is_queued && taken(&channel, &before)) return 0;
        wait_a_second();
    }
    printf("no more in that time\n");
    return 1;
}

int main(int argc, char **argv) {
    static uint8_t memory[8 << 20];
    uint8_t seed[32];
    const char *why;
    if (argc != 6) {
        fprintf(stderr, "usage: %s CHECKPOINT RELAY-URL SENDER=URL RECIPIENT=URL BLOCK\n", argv[0]);
        return 2;
    }
    if (getentropy(seed, sizeof seed) != 0) give_up("randomness", MOTE_E_BAD_ARGUMENT);
    mote_context_init(&context, memory, sizeof memory, seed);
    context_begin = mote_context_mark(&context);
    const mote_host_options options = {.state_folder = ""};
    host = mote_host_open(&options, &why);
    if (host == NULL) {
        fprintf(stderr, "%s\n", why);
        return 1;
    }
    const mote_relay_start start = {.checkpoint = read_file(argv[1]), .accept_expired = true};
    mote_status status = mote_host_add_relay(host, &relay.id, &start);
    if (status != MOTE_OK) give_up(argv[1], status);
    add_source(&relay, argv[2]);
    add_parachain(&sender, argv[3]);
    add_parachain(&recipient, argv[4]);
    const mote_hash block = read_hash(argv[5]);
    int result = follow(&block);
    mote_host_close(host);
    return result;
}
