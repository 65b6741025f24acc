/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole recorded chains, each arrow by the function that judges it, from an authority set down to a value:
 * justification, relay header, its ancestors, state root, parachain head, parachain headers, proof of events.
 * Rococo from t3rn's relayers; a network of our own from its genesis on.
 */
#include "chains.h"
#include "fixture.h"
#include "grandpa_builder.h"

#include "mote/para.h"
#include "mote/warp.h"

static const char events_key[] = "26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";

static uint32_t number_field(const json_t *object, const char *name) {
    const json_t *field = json_object_get(object, name);
    assert_true(json_is_integer(field));
    return (uint32_t)json_integer_value(field);
}

/* --- Rococo ------------------------------------------------------------------------------------------------ */

/* Finality of a block of the run, by the lowest recorded justification at it or above, and the way down. */
static bool rococo_final_header(mote_finalized_header *out, uint32_t number) {
    chain_run run;
    chain_justification recorded;
    if (!chain_run_of(&run, "rococo", number)) return false;
    const uint32_t last = run.first + (uint32_t)run.count - 1;
    if (!chain_justification_in(&recorded, number, last)) return false;
    const mote_authority_set set = test_set_of_list(recorded.authorities, recorded.set_id);
    mote_context *context = fixture_context(4);
    mote_header header = chain_decoded(&run, recorded.number);
    mote_finalized_block block;
    mote_justification_report report;
    assert_status(
        mote_justification_verify(context, &block, &report, &set, recorded.bytes, &header),
        MOTE_OK);
    assert_true(report.counted_weight >= report.threshold);
    assert_status(mote_finalized_header_of(context, out, &block, &header), MOTE_OK);
    while (out->number > number) {
        header = chain_decoded(&run, out->number - 1);
        assert_status(mote_finalized_parent(context, out, out, &header), MOTE_OK);
    }
    assert_int_equal(out->assumed, MOTE_ASSUMED_NOTHING);
    assert_int_equal(out->set_id, recorded.set_id);
    return true;
}

static bool contains(mote_bytes whole, mote_bytes part) {
    for (size_t i = 0; i + part.size <= whole.size; i++) {
        if (memcmp(whole.data + i, part.data, part.size) == 0) return true;
    }
    return false;
}

static mote_bytes entry_value(const json_t *file, mote_bytes key) {
    const json_t *entries = json_object_get(file, "entries");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        if (mote_bytes_equal(fixture_hex_field(entry, "key"), key)) {
            return fixture_hex_field(entry, "value");
        }
    }
    fail_msg("the file lists no such key");
    return (mote_bytes){NULL, 0};
}

/* The proof of System::Events and of all else in it, under a state reached by evidence. */
static void check_events(const json_t *file, const mote_state_root *state) {
    mote_context *context = fixture_context(4);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, state,
                                  chain_proof(json_object_get(file, "nodes")), MOTE_PROOF_STRICT),
                  MOTE_OK);
    const mote_trie_view view = mote_proof_main(&proof);
    const json_t *entries = json_object_get(file, "entries");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const mote_bytes key = fixture_hex_field(json_array_get(entries, i), "key");
        mote_proven_value value;
        assert_status(mote_trie_read(context, &value, &view, key), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(mote_bytes_equal(value.value, entry_value(file, key)));
    }
    mote_proven_value events;
    assert_status(mote_trie_read(context, &events, &view, fixture_hex(events_key)), MOTE_OK);
    const json_t *parts = json_object_get(file, "events_contain");
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const mote_bytes part = fixture_hex(json_string_value(json_array_get(parts, i)));
        assert_true(contains(events.value, part));
    }
}

static void rococo_events_of_the_relay_chain(void **unused) {
    (void)unused;
    size_t count;
    size_t complete = 0;
    char **files = fixture_list("proofs", "events-rococo-", ".json", &count);
    for (size_t i = 0; i < count; i++) {
        json_t *file = fixture_json(files[i]);
        const uint32_t number = number_field(file, "block_number");
        mote_finalized_header header;
        if (!rococo_final_header(&header, number)) {
            print_message("%s: no recorded justification above it\n", files[i]);
            continue;
        }
        assert_hash_hex(&header.hash, json_string_value(json_object_get(file, "block_hash")));
        const mote_state_root state = mote_state_of_relay(&header);
        check_events(file, &state);
        complete++;
    }
    print_message("%zu chains from a justification to events of the relay chain\n", complete);
    assert_true(complete >= 13);
}

/* "rococo-<relay block>-parahead-<name>-<id>.json" */
typedef struct para_file {
    char name[64]; /* basilisk-rococo-2090: how its other files are named */
    uint32_t id;
} para_file;

static para_file parse_name(const char *path) {
    para_file out;
    char chain[32] = {0};
    unsigned relay = 0;
    unsigned id = 0;
    int fields = sscanf(path, "proofs/rococo-%u-parahead-%31[a-z]-%u.json", &relay, chain, &id);
    assert_int_equal(fields, 3);
    (void)snprintf(out.name, sizeof out.name, "%s-rococo-%u", chain, id);
    out.id = id;
    return out;
}

static json_t *events_of_block(const para_file *para, uint32_t number) {
    char wanted[128];
    size_t count;
    char **files = fixture_list("proofs", "events-", ".json", &count);
    (void)snprintf(wanted, sizeof wanted, "proofs/events-%s-%u.json", para->name, (unsigned)number);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i], wanted) == 0) return fixture_json(files[i]);
    }
    return NULL;
}

typedef struct walked {
    size_t heads, headers, events;
} walked;

static void walk_parachain(mote_para_header header, const para_file *para, walked *total) {
    chain_run run;
    assert_true(chain_run_of(&run, para->name, header.number));
    for (;;) {
        json_t *events = events_of_block(para, header.number);
        if (events != NULL) {
            assert_hash_hex(&header.hash, json_string_value(json_object_get(events, "block_hash")));
            const mote_state_root state = mote_state_of_parachain(&header);
            check_events(events, &state);
            total->events++;
        }
        if (header.number == run.first) return;
        const mote_header parent = chain_decoded(&run, header.number - 1);
        mote_context *context = fixture_context(4);
        assert_status(mote_para_parent(context, &header, &header, &parent), MOTE_OK);
        assert_int_equal(header.assumed, MOTE_ASSUMED_NOTHING);
        total->headers++;
    }
}

static void rococo_parachains(void **unused) {
    (void)unused;
    size_t count;
    walked total = {0, 0, 0};
    char **files = fixture_list("proofs", "rococo-", ".json", &count);
    for (size_t i = 0; i < count; i++) {
        json_t *file = fixture_json(files[i]);
        const para_file para = parse_name(files[i]);
        mote_finalized_header relay;
        if (!rococo_final_header(&relay, number_field(file, "relay_block_number"))) {
            print_message("%s: no recorded justification above it\n", files[i]);
            continue;
        }
        assert_hash_hex(&relay.hash, json_string_value(json_object_get(file, "relay_block_hash")));
        const mote_state_root state = mote_state_of_relay(&relay);
        mote_context *context = fixture_context(4);
        mote_proof proof;
        assert_status(mote_proof_load(context, &proof, &state,
                                      chain_proof(json_object_get(file, "nodes")),
                                      MOTE_PROOF_STRICT),
                      MOTE_OK);
        mote_para_head head;
        assert_status(mote_para_head_read(context, &head, &proof, para.id), MOTE_OK);
        assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
        total.heads++;
        walk_parachain(head.head, &para, &total);
    }
    print_message("%zu heads, %zu headers below them, %zu proofs of events\n", total.heads,
                  total.headers, total.events);
    assert_true(total.heads >= 10);
    assert_true(total.headers >= 90);
    assert_true(total.events >= 5);
}

/* --- a network of our own -------------------------------------------------------------------------------- */

static json_t *block_of(json_t *blocks, uint32_t number) {
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i);
        if (number_field(block, "number") == number) return block;
    }
    return NULL;
}

static size_t check_values(mote_context *context, const mote_proof *proof, const json_t *block) {
    const mote_trie_view view = mote_proof_main(proof);
    json_t *values = json_object_get(block, "values");
    const char *name;
    json_t *entry;
    size_t checked = 0;
    json_object_foreach(values, name, entry) {
        mote_bytes expected;
        bool present = chain_value(json_object_get(entry, "value"), &expected);
        mote_proven_value value;
        assert_status(mote_trie_read(context, &value, &view, fixture_hex_field(entry, "key")),
                      MOTE_OK);
        assert_int_equal(value.state, present ? MOTE_VALUE_PRESENT : MOTE_VALUE_ABSENT);
        if (present) assert_true(mote_bytes_equal(value.value, expected));
        checked++;
    }
    return checked;
}

static size_t check_state(const json_t *block, const mote_state_root *state) {
    assert_hash_hex(&state->root, json_string_value(json_object_get(block, "state_root")));
    mote_context *context = fixture_context(8);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, state,
                                  chain_proof(json_object_get(block, "all_in_one")),
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    return check_values(context, &proof, block);
}

/* Follows a warp proof from genesis; the set after it goes into *set. */
static void follow_warp(mote_context *context, mote_bytes proof, mote_authority_set *set,
                        mote_finalized_header *head, uint32_t *handovers, size_t *count) {
    const mote_authority_set first = test_set_of_list(chain_local_first_authorities(), 0);
    mote_warp_start start;
    memset(&start, 0, sizeof start);
    start.set = &first;
    start.hash = chain_local_genesis();
    mote_warp *warp;
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    *count = 0;
    while (proof.size != 0) {
        size_t consumed;
        assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
        proof = (mote_bytes){proof.data + consumed, proof.size - consumed};
        if (proof.size == 0) assert_status(mote_warp_finish(context, warp), MOTE_OK);
        mote_warp_link link;
        while (mote_warp_next(warp, &link)) {
            if (link.hands_over) handovers[(*count)++] = link.header.number;
        }
    }
    assert_true(mote_warp_is_finished(warp));
    assert_true(mote_warp_head(warp, head));
    *set = *mote_warp_set(warp);
}

/* The recorded changes are hand-overs of the node's own answer, which was asked for a little later. */
static mote_finalized_header reach_newest_block(const chain_run *run) {
    const json_t *changes = fixture_json("local/relay.set-changes.json");
    mote_context *context = fixture_context(32);
    mote_authority_set set;
    mote_finalized_header head;
    uint32_t handovers[8];
    size_t count;
    follow_warp(context, chain_local_warp(), &set, &head, handovers, &count);
    assert_true(count >= json_array_size(changes));
    for (size_t i = 0; i < json_array_size(changes); i++) {
        assert_int_equal(handovers[i], json_integer_value(json_array_get(changes, i)));
    }
    assert_true(head.number > 137);

    context = fixture_context(32);
    const mote_bytes prefix =
        chain_warp_prefix(chain_local_warp(), (uint32_t)json_array_size(changes));
    follow_warp(context, prefix, &set, &head, handovers, &count);
    assert_int_equal(head.number, 121);
    assert_int_equal(set.set_id, 2);
    const mote_header newest = chain_decoded(run, 137);
    mote_finalized_block block;
    assert_status(mote_justification_verify(context, &block, NULL, &set,
                                            chain_local_justification(137), &newest),
                  MOTE_OK);
    assert_status(mote_finalized_header_of(context, &head, &block, &newest), MOTE_OK);
    return head;
}

static void walk_local_parachain(const json_t *relay_block, const mote_state_root *state,
                                 uint32_t para_id, walked *total) {
    char path[64];
    (void)snprintf(path, sizeof path, "para-%u", (unsigned)para_id);
    const chain_run run = chain_local_run(path);
    (void)snprintf(path, sizeof path, "local/para-%u.read-proofs.json.gz", (unsigned)para_id);
    json_t *proofs = fixture_json(path);
    mote_context *context = fixture_context(8);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, state,
                                  chain_proof(json_object_get(relay_block, "all_in_one")),
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, para_id), MOTE_OK);
    assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
    mote_para_header header = head.head;
    total->heads++;
    for (;;) {
        json_t *block = block_of(proofs, header.number);
        if (block != NULL) {
            const mote_state_root para_state = mote_state_of_parachain(&header);
            assert_hash_hex(&header.hash, json_string_value(json_object_get(block, "hash")));
            total->events += check_state(block, &para_state);
        }
        if (header.number == run.first) return;
        const mote_header parent = chain_decoded(&run, header.number - 1);
        assert_status(mote_para_parent(fixture_context(8), &header, &header, &parent), MOTE_OK);
        total->headers++;
    }
}

/* The lowest and the newest recorded states reach both parachains; every recorded state holds its values. */
static void local_network_from_genesis(void **unused) {
    (void)unused;
    json_t *relay_blocks = fixture_json("local/relay.read-proofs.json.gz");
    const chain_run run = chain_local_run("relay");
    mote_finalized_header header = reach_newest_block(&run);
    const uint32_t newest = header.number;
    walked total = {0, 0, 0};
    size_t relay_values = 0;
    size_t relay_states = 0;
    while (header.number > run.first) {
        json_t *block = block_of(relay_blocks, header.number);
        if (block != NULL) {
            assert_hash_hex(&header.hash, json_string_value(json_object_get(block, "hash")));
            const mote_state_root state = mote_state_of_relay(&header);
            relay_values += check_state(block, &state);
            relay_states++;
            bool reaches_down = header.number == newest || header.number == 111;
            if (reaches_down) {
                walk_local_parachain(block, &state, 2000, &total);
                walk_local_parachain(block, &state, 2001, &total);
            }
        }
        const mote_header parent = chain_decoded(&run, header.number - 1);
        assert_status(mote_finalized_parent(fixture_context(8), &header, &header, &parent),
                      MOTE_OK);
    }
    print_message("%zu values in %zu relay states; %zu heads, %zu headers, %zu values below\n",
                  relay_values, relay_states, total.heads, total.headers, total.events);
    assert_true(relay_states >= 15);
    assert_true(relay_values >= 200);
    assert_int_equal(total.heads, 4);
    assert_true(total.headers >= 200);
    assert_true(total.events >= 400);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rococo_events_of_the_relay_chain),
        cmocka_unit_test(rococo_parachains),
        cmocka_unit_test(local_network_from_genesis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
