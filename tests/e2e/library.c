/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An embedder of libmote_host, driven from outside: lines on standard input ask, objects on standard output tell.
 *
 *     library START STATE-FOLDER|none RELAY-URL[,URL] [PARA=URL[,URL]]...
 *         START: a compact checkpoint, or JSON with a lightSyncState and the genesis (tests/e2e/library.mjs)
 *
 *     values ID CHAIN AT|- CHILD|- KEY...       "relay" or a parachain's id; everything in hex
 *     list ID CHAIN AT|- CHILD|- PREFIX
 *     submit ID CHAIN EXTRINSIC
 *     end                                       (or the end of the input)
 */
#include <inttypes.h>
#include <poll.h>
#include <unistd.h>

#include "fixture.h"
#include "mote/checkpoint.h"
#include "mote_host.h"

#define LINE_SIZE ((size_t)1 << 20)
#define MAX_CHAINS 8u
#define MAX_ASKED 64u
#define TURN 20 /* milliseconds between looks at the input */

typedef struct chain {
    mote_chain_id id;
    char name[12];
} chain;

typedef struct asked {
    uint32_t id; /* of the client */
    char name[16];
} asked;

static mote_host *host;
static chain chains[MAX_CHAINS];
static size_t chain_count;
static asked queries[MAX_ASKED], transactions[MAX_ASKED];
static size_t query_count, transaction_count;

static void give_up(const char *what, mote_status status) {
    fprintf(stderr, "%s: %s\n", what, mote_status_name(status));
    exit(1);
}

/* --- telling --------------------------------------------------------------------------------------------------- */
static json_t *hex(mote_bytes bytes) {
    char *text = malloc(2 * bytes.size + 3);
    if (text == NULL) abort();
    strcpy(text, "0x");
    for (size_t i = 0; i < bytes.size; i++) sprintf(text + 2 + 2 * i, "%02x", bytes.data[i]);
    json_t *out = json_string(text);
    free(text);
    return out;
}

static json_t *hex_of(const mote_hash *hash) {
    return hex((mote_bytes){hash->bytes, sizeof hash->bytes});
}

static void tell(json_t *object) {
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(object);
}

static const char *name_of(const asked *list, size_t count, uint32_t id) {
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) return list[i].name;
    }
    return "";
}

static const char *name_of_chain(mote_chain_id id) {
    for (size_t i = 0; i < chain_count; i++) {
        if (chains[i].id == id) return chains[i].name;
    }
    return "";
}

static void add_block(json_t *out, const mote_client_event *event) {
    const bool of_para = event->para.relay_number != 0;
    json_object_set_new(out, "hash", hex_of(of_para ? &event->para.hash : &event->header.hash));
    json_object_set_new(out, "number",
                        json_integer(of_para ? event->para.number : event->header.number));
    if (!of_para) return;
    json_object_set_new(out, "relay_hash", hex_of(&event->para.relay_hash));
    json_object_set_new(out, "relay_number", json_integer(event->para.relay_number));
}

static void add_value(json_t *out, const mote_client_event *event) {
    const bool present = event->value.state == MOTE_VALUE_PRESENT;
    json_object_set_new(out, "id", json_string(name_of(queries, query_count, event->query)));
    json_object_set_new(out, "key", hex(event->key));
    json_object_set_new(out, "value", present ? hex(event->value.value) : json_null());
    json_object_set_new(out, "absent", json_boolean(event->value.state == MOTE_VALUE_ABSENT));
}

static void add_inclusion(json_t *out, const mote_client_event *event) {
    json_object_set_new(out, "id",
                        json_string(name_of(transactions, transaction_count, event->transaction)));
    json_object_set_new(out, "state", json_string(mote_inclusion_state_name(event->inclusion)));
    if (event->inclusion != MOTE_INCLUSION_FINAL) return;
    add_block(out, event);
    json_object_set_new(out, "index", json_integer(event->index));
    json_object_set_new(out, "events", hex(event->events));
}

static void add_source(json_t *out, const mote_client_event *event) {
    mote_host_source source;
    if (mote_host_source_of(host, &source, event->source))
        json_object_set_new(out, "url", json_string(source.url));
}

static void add_status(json_t *out, const mote_client_event *event) {
    mote_chain_status status;
    if (!mote_client_chain_status(mote_host_client(host), &status, event->chain)) return;
    json_object_set_new(out, "phase", json_string(mote_chain_phase_name(status.phase)));
    json_object_set_new(out, "set_id", json_integer((json_int_t)status.set_id));
    json_object_set_new(out, "handovers", json_integer(status.handovers));
}

static void tell_event(const mote_client_event *event) {
    json_t *out = json_object();
    json_object_set_new(out, "event", json_string(mote_event_name(event->kind)));
    json_object_set_new(out, "chain", json_string(name_of_chain(event->chain)));
    json_object_set_new(out, "why", json_string(mote_status_name(event->why)));
    add_status(out, event);
    switch (event->kind) {
    case MOTE_EVENT_FINALIZED:
    case MOTE_EVENT_HANDOVER:
    case MOTE_EVENT_PARA_HEAD: add_block(out, event); break;
    case MOTE_EVENT_VALUE: add_value(out, event); break;
    case MOTE_EVENT_QUERY_FAILED:
    case MOTE_EVENT_ANSWERED:
        add_block(out, event);
        json_object_set_new(out, "id", json_string(name_of(queries, query_count, event->query)));
        json_object_set_new(out, "complete", json_boolean(event->complete));
        break;
    case MOTE_EVENT_TRANSACTION: add_inclusion(out, event); break;
    case MOTE_EVENT_SOURCE: add_source(out, event); break;
    default: break;
    }
    tell(out);
}

/* --- asking ---------------------------------------------------------------------------------------------------- */
static mote_chain_id chain_named(const char *name) {
    for (size_t i = 0; i < chain_count; i++) {
        if (strcmp(chains[i].name, name) == 0) return chains[i].id;
    }
    give_up(name, MOTE_E_BAD_ARGUMENT);
    return 0;
}

static char *next_word(void) {
    char *word = strtok(NULL, " \n");
    if (word == NULL) give_up("a word is missing", MOTE_E_BAD_ARGUMENT);
    return word;
}

static mote_bytes hex_or_nothing(const char *word) {
    return strcmp(word, "-") == 0 ? (mote_bytes){NULL, 0} : fixture_hex(word);
}

static void remember(asked *list, size_t *count, uint32_t id, const char *name) {
    if (*count == MAX_ASKED) give_up("too many questions", MOTE_E_LIMIT_COUNT);
    list[*count].id = id;
    snprintf(list[(*count)++].name, sizeof list->name, "%s", name);
}

static void query(mote_query_kind kind) {
    mote_bytes keys[64];
    mote_query query = {.kind = kind, .keys = keys};
    mote_query_id id;
    const char *name = next_word();
    query.chain = chain_named(next_word());
    mote_bytes at = hex_or_nothing(next_word());
    query.child_key = hex_or_nothing(next_word());
    query.has_at = at.size == sizeof query.at.bytes;
    if (query.has_at) memcpy(query.at.bytes, at.data, at.size);
    if (kind == MOTE_QUERY_LIST) query.prefix = fixture_hex(next_word());
    for (char *word; kind == MOTE_QUERY_VALUES && (word = strtok(NULL, " \n")) != NULL;)
        keys[query.key_count++] = fixture_hex(word);
    mote_status status = mote_client_query(mote_host_client(host), &id, &query);
    if (status != MOTE_OK) give_up("query", status);
    remember(queries, &query_count, id, name);
}

static void submit(void) {
    mote_transaction_id id;
    const char *name = next_word();
    mote_chain_id chain = chain_named(next_word());
    mote_status status =
        mote_client_submit(mote_host_client(host), &id, chain, fixture_hex(next_word()), 120000);
    if (status != MOTE_OK) give_up("submit", status);
    remember(transactions, &transaction_count, id, name);
}

/* False at the end of the input. */
static bool take_line(void) {
    static char line[LINE_SIZE];
    if (fgets(line, sizeof line, stdin) == NULL) return false;
    const char *word = strtok(line, " \n");
    if (word == NULL || strcmp(word, "end") == 0) return false;
    if (strcmp(word, "values") == 0) query(MOTE_QUERY_VALUES);
    if (strcmp(word, "list") == 0) query(MOTE_QUERY_LIST);
    if (strcmp(word, "submit") == 0) submit();
    return true;
}

static bool input_waits(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

/* --- starting --------------------------------------------------------------------------------------------------- */
static mote_bytes read_file(const char *path) {
    static uint8_t data[LINE_SIZE];
    FILE *file = fopen(path, "rb");
    if (file == NULL) give_up(path, MOTE_E_BAD_ARGUMENT);
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    return (mote_bytes){data, size};
}

/* A light sync state becomes a checkpoint, as an embedder makes one. */
static mote_bytes checkpoint_of(const json_t *start) {
    static uint8_t out[LINE_SIZE];
    mote_checkpoint checkpoint;
    mote_context *context = fixture_context(16);
    mote_status status = mote_checkpoint_from_light_sync_state(
        context, &checkpoint, fixture_hex_field(start, "finalizedBlockHeader"),
        fixture_hex_field(start, "babeEpochChanges"),
        fixture_hex_field(start, "grandpaAuthoritySet"), NULL);
    if (status != MOTE_OK) give_up("light sync state", status);
    mote_bytes genesis = fixture_hex_field(start, "genesis");
    memcpy(checkpoint.genesis.bytes, genesis.data, sizeof checkpoint.genesis.bytes);
    mote_writer writer = mote_writer_into(out, sizeof out);
    mote_checkpoint_encode(&writer, &checkpoint, true);
    return (mote_bytes){out, writer.size};
}

static mote_bytes read_start(const char *path) {
    mote_bytes bytes = read_file(path);
    if (mote_checkpoint_looks_compact(bytes)) return bytes;
    json_t *document = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
    if (document == NULL) give_up(path, MOTE_E_BAD_FORMAT);
    bytes = checkpoint_of(document);
    json_decref(document);
    return bytes;
}

static void add_sources(mote_chain_id chain, char *urls) {
    mote_source_id source;
    for (char *url = strtok(urls, ","); url != NULL; url = strtok(NULL, ",")) {
        mote_status status = mote_host_add_source(host, &source, chain, url);
        if (status != MOTE_OK) give_up(url, status);
    }
}

static chain *new_chain(const char *name) {
    if (chain_count == MAX_CHAINS) give_up("too many chains", MOTE_E_LIMIT_COUNT);
    snprintf(chains[chain_count].name, sizeof chains->name, "%s", name);
    return &chains[chain_count++];
}

static void open_all(int argc, char **argv) {
    const char *why;
    const bool keeps = strcmp(argv[2], "none") != 0;
    const mote_host_options options = {.state_folder = keeps ? argv[2] : ""};
    host = mote_host_open(&options, &why);
    if (host == NULL) give_up(why, MOTE_E_BAD_ARGUMENT);
    const mote_relay_start start = {.checkpoint = read_start(argv[1]), .accept_expired = true};
    chain *relay = new_chain("relay");
    mote_status status = mote_host_add_relay(host, &relay->id, &start);
    if (status != MOTE_OK) give_up(argv[1], status);
    add_sources(relay->id, argv[3]);
    for (int i = 4; i < argc; i++) {
        char *urls = strchr(argv[i], '=');
        if (urls == NULL) give_up(argv[i], MOTE_E_BAD_ARGUMENT);
        *urls++ = 0;
        chain *para = new_chain(argv[i]);
        status = mote_client_add_parachain(mote_host_client(host), &para->id, relay->id,
                                           (uint32_t)strtoul(argv[i], NULL, 10));
        if (status != MOTE_OK) give_up(argv[i], status);
        add_sources(para->id, urls);
    }
}

int main(int argc, char **argv) {
    mote_client_event event;
    if (argc < 4) {
        fprintf(stderr, "usage: %s START STATE|none URLS [PARA=URLS]...\n", argv[0]);
        return 2;
    }
    /* poll knows nothing of what a buffer holds. */
    setvbuf(stdin, NULL, _IONBF, 0);
    open_all(argc, argv);
    for (;;) {
        if (input_waits() && !take_line()) break;
        if (mote_host_next(host, &event, TURN) == MOTE_HOST_EVENT) tell_event(&event);
    }
    mote_host_close(host);
    return 0;
}
