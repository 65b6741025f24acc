/* SPDX-License-Identifier: Apache-2.0 */
#include "live_host.h"

#include "mote/limits.h"

/* --- a host ------------------------------------------------------------------------------------------------------- */
static mote_bytes keep(mote_bytes bytes) {
    return (mote_bytes){fixture_copy(bytes), bytes.size};
}

static void note_sent(live_host *host, const mote_action *action) {
    json_error_t error;
    json_t *text = json_loadb((const char *)action->bytes.data, action->bytes.size, 0, &error);
    assert_non_null(text);
    assert_true(host->sent_count < LIVE_MOST);
    live_sent *to = &host->sent[host->sent_count++];
    to->source = action->source;
    char *copy = calloc(1, action->bytes.size + 1);
    memcpy(copy, action->bytes.data, action->bytes.size);
    to->text = copy;
    to->id = (unsigned long long)json_integer_value(json_object_get(text, "id"));
    snprintf(to->method, sizeof to->method, "%s",
             json_string_value(json_object_get(text, "method")));
    json_decref(text);
}

/* What it points to lasts until the next call only. */
static void note_event(live_host *host, const mote_client_event *event) {
    assert_true(host->event_count < LIVE_MOST);
    mote_client_event *to = &host->events[host->event_count++];
    *to = *event;
    to->key = keep(event->key);
    to->value.value = keep(event->value.value);
    to->proof = keep(event->proof);
    to->ancestors = keep(event->ancestors);
    to->events = keep(event->events);
    to->words = keep(event->words);
}

static void note_close(live_host *host, const mote_action *action) {
    host->closed = action->source;
    host->closed_for = action->why;
    mote_client_source_closed(host->client, action->source);
}

void live_run(live_host *host) {
    mote_action action;
    bool more = true;
    for (int rounds = 0; more; rounds++) {
        assert_true(rounds < 1000);
        more = mote_client_step(host->client, host->now, MOTE_STEP_WORK);
        while (mote_client_next(host->client, &action)) {
            if (action.kind == MOTE_ACTION_SEND) note_sent(host, &action);
            if (action.kind == MOTE_ACTION_DROP) host->dropped = action.why;
            if (action.kind == MOTE_ACTION_CLOSE) note_close(host, &action);
            if (action.kind == MOTE_ACTION_SAVE) host->saved = keep(action.bytes);
            if (action.kind == MOTE_ACTION_EVENT) note_event(host, &action.event);
        }
    }
}

void live_say(live_host *host, mote_source_id source, const char *text) {
    mote_client_receive(host->client, source, (mote_bytes){(const uint8_t *)text, strlen(text)},
                        true);
    live_run(host);
}

live_sent *live_asked(live_host *host, mote_source_id source, const char *method) {
    for (size_t i = host->sent_count; i-- > 0;) {
        live_sent *one = &host->sent[i];
        if (one->source == source && strcmp(one->method, method) == 0) return one;
    }
    return NULL;
}

static bool reply(live_host *host, mote_source_id source, const char *method, const char *member,
                  const char *content) {
    live_sent *one = live_asked(host, source, method);
    if (one == NULL) return false;
    size_t size = strlen(content) + 96;
    char *text = malloc(size);
    snprintf(text, size, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"%s\":%s}", one->id, member, content);
    one->method[0] = 0;
    live_say(host, source, text);
    free(text);
    return true;
}

bool live_answer(live_host *host, mote_source_id source, const char *method, const char *result) {
    return reply(host, source, method, "result", result);
}

bool live_refuse_with(live_host *host, mote_source_id source, const char *method,
                      const char *error) {
    return reply(host, source, method, "error", error);
}

bool live_refuse(live_host *host, mote_source_id source, const char *method) {
    return live_refuse_with(host, source, method, "{\"code\":-32000,\"message\":\"no\"}");
}

const mote_client_event *live_last_event(const live_host *host, mote_event_kind kind) {
    for (size_t i = host->event_count; i-- > 0;) {
        if (host->events[i].kind == kind) return &host->events[i];
    }
    return NULL;
}

char *live_hex(mote_bytes bytes) {
    char *text = malloc(2 * bytes.size + 5);
    sprintf(text, "\"0x");
    for (size_t i = 0; i < bytes.size; i++) sprintf(text + 3 + 2 * i, "%02x", bytes.data[i]);
    sprintf(text + 3 + 2 * bytes.size, "\"");
    return text;
}

/* --- a chain --------------------------------------------------------------------------------------------------------- */
test_voter *live_voters, *live_next_voters;
test_block live_start, live_first, live_changing, live_last;
mote_hash live_genesis = {{0x47}};

static test_block block_above(const test_block *parent, uint64_t slot, bool changes) {
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 0, slot);
    if (changes) digest_add_scheduled_change(&digest, live_next_voters, LIVE_VOTERS, 0);
    return test_block_at(&parent->hash, parent->number + 1, 1, &digest);
}

int live_make_chain(void **unused) {
    (void)unused;
    test_digest digest = {0};
    const mote_hash parent = {{7}};
    live_voters = test_voters(1, LIVE_VOTERS);
    live_next_voters = test_voters(100, LIVE_VOTERS);
    digest_add_babe_slot(&digest, 0, LIVE_SLOT - 10);
    live_start = test_block_at(&parent, 1000, 1, &digest);
    live_first = block_above(&live_start, LIVE_SLOT - 9, false);
    live_changing = block_above(&live_first, LIVE_SLOT - 8, true);
    live_last = block_above(&live_changing, LIVE_SLOT - 7, false);
    return 0;
}

mote_bytes live_checkpoint_of(const mote_hash *of) {
    mote_checkpoint checkpoint = {.genesis = *of};
    mote_context *context = fixture_other_context(2);
    mote_bytes list = build_authority_list(live_voters, LIVE_VOTERS);
    assert_status(
        mote_checkpoint_from_parts(context, &checkpoint, live_start.header, list, 5, NULL),
        MOTE_OK);
    checkpoint.genesis = *of;
    static uint8_t room[65536];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    assert_true(mote_writer_fits(&writer));
    return keep((mote_bytes){room, writer.size});
}

mote_client_limits live_small_limits(void) {
    mote_client_limits limits = mote_client_default_limits();
    limits.authorities = 64;
    limits.message_bytes = 1 << 18;
    limits.pool_bytes = 1 << 20;
    return limits;
}

void live_open(live_host *host, mote_bytes saved) {
    const mote_client_limits limits = live_small_limits();
    live_open_with(host, saved, &limits);
}

void live_open_with(live_host *host, mote_bytes saved, const mote_client_limits *limits) {
    const uint8_t seed[32] = {1};
    size_t size = mote_client_memory(limits);
    memset(host, 0, sizeof *host);
    host->now = LIVE_NOW;
    host->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    assert_status(mote_client_init(&host->client, host->memory, size, limits, seed), MOTE_OK);
    const mote_relay_start begin = {
        .checkpoint = live_checkpoint_of(&live_genesis), .saved = saved, .now = LIVE_NOW};
    assert_status(mote_client_add_relay(host->client, &host->relay, &begin), MOTE_OK);
}

void live_close(live_host *host) {
    free(host->memory);
}

uint32_t live_head_of(const live_host *host) {
    mote_chain_status status;
    assert_true(mote_client_chain_status(host->client, &status, host->relay));
    return status.number;
}

mote_source_id live_open_source(live_host *host) {
    mote_source_id source;
    assert_status(mote_client_add_source(host->client, &source, host->relay), MOTE_OK);
    mote_client_source_opened(host->client, source);
    live_run(host);
    assert_true(
        live_answer(host, source, "chain_getBlockHash",
                    "\"0x4700000000000000000000000000000000000000000000000000000000000000\""));
    assert_true(live_answer(host, source, "grandpa_subscribeJustifications", "\"jus\""));
    assert_true(live_answer(host, source, "chain_subscribeFinalizedHeads", "\"fin\""));
    assert_true(live_answer(host, source, "chain_subscribeNewHeads", "\"new\""));
    assert_true(live_refuse(host, source, "chain_getFinalizedHead"));
    return source;
}

mote_bytes live_vote_for(const test_voter *by, const test_block *block, uint64_t set_id) {
    return build_plain_justification(by, LIVE_VOTERS, block, 3, set_id);
}

void live_finalize(live_host *host, mote_source_id source, const test_block *block) {
    live_notify(host, source, live_vote_for(live_voters, block, 5));
    live_answer_header(host, source, block);
    assert_int_equal(live_head_of(host), block->number);
}

void live_notify(live_host *host, mote_source_id source, mote_bytes justification) {
    char *proof = live_hex(justification);
    size_t size = strlen(proof) + 128;
    char *text = malloc(size);
    snprintf(text, size,
             "{\"jsonrpc\":\"2.0\",\"method\":\"grandpa_justifications\",\"params\":{"
             "\"subscription\":\"jus\",\"result\":%s}}",
             proof);
    live_say(host, source, text);
    free(text);
    free(proof);
}

/* A header as nodes write it, for what a test built. */
char *live_header_json(const test_block *block) {
    mote_header header = test_header(block);
    mote_digest_iterator items = mote_digest_items(&header);
    mote_digest_item item;
    char *parent = live_hex((mote_bytes){header.parent_hash.bytes, 32});
    char *state = live_hex((mote_bytes){header.state_root.bytes, 32});
    char *root = live_hex((mote_bytes){header.extrinsics_root.bytes, 32});
    char *text = malloc(8192);
    int at = sprintf(text,
                     "{\"parentHash\":%s,\"number\":\"0x%x\",\"stateRoot\":%s,"
                     "\"extrinsicsRoot\":%s,\"digest\":{\"logs\":[",
                     parent, header.number, state, root);
    bool is_first = true;
    const uint8_t *from = items.cursor.at;
    while (mote_digest_next(&items, &item)) {
        char *log = live_hex((mote_bytes){from, (size_t)(items.cursor.at - from)});
        at += sprintf(text + at, "%s%s", is_first ? "" : ",", log);
        from = items.cursor.at;
        is_first = false;
        free(log);
    }
    sprintf(text + at, "]}}");
    free(parent);
    free(state);
    free(root);
    return text;
}

void live_answer_header(live_host *host, mote_source_id source, const test_block *block) {
    char *text = live_header_json(block);
    assert_true(live_answer(host, source, "chain_getHeader", text));
    free(text);
}
