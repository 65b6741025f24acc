/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A live client between hostile hosts and hostile sources. The input is a list of deeds, each `deed u8 ++ which u8 ++ size u16 ++
 * bytes`: messages whole and in parts, answers to what was really asked, connections, time, queries. Whatever happens, the
 * client ends each round, keeps to its memory, and its head never goes back.
 */
#include "fixture.h"

#include "mote/client.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

#define SOURCES 3u
#define ASKED 64u

struct asked {
    mote_source_id source;
    unsigned long long id;
};

struct world {
    mote_client *client;
    void *memory;
    uint64_t now;
    mote_chain_id relay, para;
    mote_source_id sources[SOURCES];
    struct asked asked[ASKED];
    size_t asked_count;
    uint32_t head;
    bool halted;
};

/* Block 0 of the recorded network (tests/vectors/local). */
static const char genesis[] =
    "6d6f74652d63706b010000f017f96733e120690e91558431ce949cdba3bcc139c98380fd8959aba38eb69189"
    "01000000000000000000000000000000000000000000000000000000000000000000558072dfeb68647f5708"
    "328528480f0dc82b384bb5ae3b14d5a9aa8ee6625b9e03170a2e7597b7b7e3d84c05391d139a62b157e78786"
    "d8c082f29dcf4c111314000000000000000000000888dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922"
    "423d4334014fa6b0eed17c2d7823ebf260fd138f2d7e27d114c0145d968b5ff5006125f2414fadae69204ada"
    "8f6b50db3d48f85767d49817d8441a0ab8c63c1d46d951e57b9439c837";

/* --- the host ----------------------------------------------------------------------------------------------------------- */
static void note_asked(struct world *world, const mote_action *action) {
    const char *text = (const char *)action->bytes.data, *id = NULL;
    REQUIRE(action->bytes.size > 8 && text[0] == '{');
    for (size_t i = 0; i + 5 < action->bytes.size && id == NULL; i++) {
        if (memcmp(text + i, "\"id\":", 5) == 0) id = text + i + 5;
    }
    REQUIRE(id != NULL);
    struct asked *to = &world->asked[world->asked_count++ % ASKED];
    to->source = action->source;
    to->id = strtoull(id, NULL, 10);
}

static void look(struct world *world, const mote_client_event *event) {
    if (event->kind == MOTE_EVENT_FINALIZED || event->kind == MOTE_EVENT_HANDOVER) {
        REQUIRE(!world->halted && event->header.number > world->head);
        REQUIRE(event->encoded_header.size > 0 && event->justification.size > 0);
        world->head = event->header.number;
    }
    if (event->kind == MOTE_EVENT_CONFLICT) world->halted = true;
    volatile uint8_t touched = 0;
    const mote_bytes spans[] = {event->encoded_header, event->justification, event->key,
                                event->value.value,    event->proof,         event->events};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        for (size_t k = 0; k < spans[i].size; k++) touched ^= spans[i].data[k];
    }
}

static void run(struct world *world) {
    mote_action action;
    bool more = true;
    for (unsigned rounds = 0; more; rounds++) {
        REQUIRE(rounds < 10000);
        more = mote_client_step(world->client, world->now, 50);
        while (mote_client_next(world->client, &action)) {
            if (action.kind == MOTE_ACTION_SEND) note_asked(world, &action);
            if (action.kind == MOTE_ACTION_EVENT) look(world, &action.event);
        }
    }
}

static void answer(struct world *world, uint8_t which, mote_bytes result) {
    if (world->asked_count == 0) return;
    size_t known = world->asked_count < ASKED ? world->asked_count : ASKED;
    const struct asked *to = &world->asked[which % known];
    size_t room = result.size + 64;
    char *text = malloc(room);
    int head = snprintf(text, room, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"result\":", to->id);
    memcpy(text + head, result.data, result.size);
    text[(size_t)head + result.size] = '}';
    mote_client_receive(world->client, to->source,
                        (mote_bytes){(uint8_t *)text, (size_t)head + result.size + 1}, true);
    free(text);
}

static void ask(struct world *world, uint8_t which, mote_bytes bytes) {
    mote_query_id id;
    mote_query query = {.kind = which & 1 ? MOTE_QUERY_LIST : MOTE_QUERY_VALUES,
                        .chain = which & 2 ? world->para : world->relay,
                        .subscribe = which & 4,
                        .has_at = (which & 12) == 8};
    query.keys = &bytes;
    query.key_count = which & 1 ? 0 : 1;
    query.prefix = bytes;
    if (which & 16) query.child_key = bytes;
    mote_status status = mote_client_query(world->client, &id, &query);
    if (status == MOTE_OK && (which & 32)) mote_client_cancel(world->client, id);
}

static void other_deed(struct world *world, uint8_t deed, uint8_t which, mote_bytes bytes) {
    mote_transaction_id transaction;
    mote_source_id source = world->sources[which % SOURCES];
    switch (deed) {
    case 4: mote_client_source_opened(world->client, source); break;
    case 5: mote_client_source_closed(world->client, source); break;
    case 6: world->now += (uint64_t)which * 700; break;
    case 7: world->now -= which; break;
    case 8: ask(world, which, bytes); break;
    case 9:
        if (mote_client_submit(world->client, &transaction, world->relay, bytes, 0) == MOTE_OK &&
            (which & 1)) {
            mote_client_forget(world->client, transaction);
        }
        break;
    case 10: mote_client_save(world->client, world->relay); break;
    default: world->now += UINT64_C(100000); break;
    }
}

static void deed(struct world *world, uint8_t deed, uint8_t which, mote_bytes bytes) {
    mote_source_id source = world->sources[which % SOURCES];
    switch (deed % 12) {
    case 0: mote_client_receive(world->client, source, bytes, true); break;
    case 1: mote_client_receive(world->client, source, bytes, false); break;
    case 2:
    case 3: answer(world, which, bytes); break;
    default: other_deed(world, deed % 12, which, bytes); break;
    }
    if (deed & 0x80) run(world);
}

static void begin(struct world *world) {
    const uint8_t seed[32] = {7};
    mote_client_limits limits = mote_client_default_limits();
    limits.relays = 1;
    limits.parachains = 2;
    limits.sources = 4;
    limits.requests = 32;
    limits.queries = 6;
    limits.transactions = 2;
    limits.authorities = 8;
    limits.message_bytes = 65536;
    limits.pool_bytes = 262144;
    size_t size = mote_client_memory(&limits);
    memset(world, 0, sizeof *world);
    world->now = UINT64_C(1790000000000);
    world->memory = malloc(size);
    REQUIRE(size > 0 && world->memory != NULL);
    REQUIRE(mote_client_init(&world->client, world->memory, size, &limits, seed) == MOTE_OK);
    const mote_relay_start start = {.checkpoint = fixture_hex(genesis),
                                    .now = world->now,
                                    .accept_expired = true,
                                    .epoch_slots = 20};
    REQUIRE(mote_client_add_relay(world->client, &world->relay, &start) == MOTE_OK);
    REQUIRE(mote_client_add_parachain(world->client, &world->para, world->relay, 2000) == MOTE_OK);
    for (uint32_t i = 0; i < SOURCES; i++) {
        mote_chain_id chain = i == 2 ? world->para : world->relay;
        REQUIRE(mote_client_add_source(world->client, &world->sources[i], chain) == MOTE_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct world world;
    begin(&world);
    for (size_t at = 0; at + 4 <= size;) {
        size_t length = (size_t)data[at + 2] | (size_t)data[at + 3] << 8;
        if (length > size - at - 4) length = size - at - 4;
        deed(&world, data[at], data[at + 1], (mote_bytes){data + at + 4, length});
        at += 4 + length;
    }
    run(&world);
    mote_client_remove_chain(world.client, world.relay);
    run(&world);
    free(world.memory);
    return 0;
}
