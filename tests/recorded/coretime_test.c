/* SPDX-License-Identifier: Apache-2.0 */
/* Cores and code upgrades of real chains: the recorded network's cores at every block it has proofs of, upgrade signals in
 * proofs of live networks, a coretime chain's genesis. */
#include "message_world.h"

#include "mote/coretime.h"
#include "mote/state.h"

static const uint32_t relay_blocks[] = {1,   5,   45,  61,  68,  91,  104, 105,
                                        106, 107, 110, 111, 121, 134, 136, 137};

/* Two cores, each wholly one parachain's, without end. */
static void cores_of_the_recorded_network(void **unused) {
    (void)unused;
    size_t held_cores = 0;
    for (size_t b = 0; b < sizeof relay_blocks / sizeof relay_blocks[0]; b++) {
        mote_context *context = fixture_context(16);
        mote_proof proof = message_world_relay(context, relay_blocks[b]);
        uint32_t count;
        assert_status(mote_core_count_read(context, &count, &proof), MOTE_OK);
        const mote_bytes value =
            message_world_value("relay", relay_blocks[b], "ParaScheduler.CoreDescriptors");
        assert_int_equal(count, value.size == 0 ? 0 : value.data[0] / 4);
        for (uint32_t core = 0; core < count; core++) {
            mote_core_work work;
            mote_core_held held;
            assert_status(
                mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, core),
                MOTE_OK);
            assert_true(work.known);
            if (!work.working) continue;
            assert_int_equal(work.assignment_count, 1);
            assert_false(work.ends);
            assert_false(work.has_queue);
            const mote_core_assignment only = mote_core_assignment_at(&work, 0);
            assert_int_equal(only.task, MOTE_CORE_PARA);
            assert_int_equal(only.para_id, 2000 + core);
            assert_status(mote_core_held_by(context, &held, &work, 2000 + core), MOTE_OK);
            assert_int_equal(held.parts, MOTE_PARTS_OF_A_CORE);
            assert_int_equal(held.under.block_number, relay_blocks[b]);
            assert_status(mote_core_held_by(context, &held, &work, 2001 - core), MOTE_E_NOT_SHOWN);
            held_cores++;
        }
        mote_core_work none;
        assert_status(mote_core_work_read(context, &none, &proof, MOTE_CORES_IN_SCHEDULER, count),
                      MOTE_OK);
        assert_false(none.known);
        /* The pallet of the other layout is proven not to be there. */
        assert_status(
            mote_core_work_read(context, &none, &proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, 0),
            MOTE_OK);
        assert_false(none.known);
    }
    print_message("%zu cores held\n", held_cores);
    assert_int_equal(held_cores, 32);
}

/* --- proofs of live networks ------------------------------------------------------------------ */

static mote_proof load(mote_context *context, const char *path) {
    const json_t *file = fixture_json(path);
    const json_t *nodes = json_object_get(file, "nodes");
    size_t count = json_array_size(nodes);
    mote_bytes *list = calloc(count, sizeof *list);
    assert_non_null(list);
    for (size_t i = 0; i < count; i++)
        list[i] = fixture_hex(json_string_value(json_array_get(nodes, i)));
    const mote_hash root = fixture_hash(json_string_value(json_object_get(file, "state_root")));
    const mote_state_root under = mote_state_assumed(&root);
    mote_proof proof;
    assert_status(mote_proof_load_nodes(context, &proof, &under, list, count, MOTE_PROOF_STRICT),
                  MOTE_OK);
    free(list);
    return proof;
}

static void upgrade_signals(void **unused) {
    (void)unused;
    static const char westend[] =
        "proofs/relay-westend-10102641-for-asset-hub-westend-1800000.json";
    static const char kusama[] = "proofs/relay-kusama-10437610-for-asset-hub-kusama-1300000.json";
    mote_context *context = fixture_context(16);
    mote_upgrade_signal signal;
    bool restricted;
    mote_proof proof = load(context, westend);
    assert_status(mote_upgrade_signal_read(context, &signal, &proof, 2021), MOTE_OK);
    assert_int_equal(signal, MOTE_UPGRADE_GO_AHEAD);
    assert_status(mote_upgrade_signal_read(context, &signal, &proof, 1000), MOTE_OK);
    assert_int_equal(signal, MOTE_UPGRADE_NO_SIGNAL);
    proof = load(context, kusama);
    assert_status(mote_upgrade_restricted_read(context, &restricted, &proof, 2095), MOTE_OK);
    assert_true(restricted);
    assert_status(mote_upgrade_restricted_read(context, &restricted, &proof, 1000), MOTE_OK);
    assert_false(restricted);
    mote_upgrade_schedule schedule;
    assert_status(mote_upgrade_schedule_read(context, &schedule, &proof, 1000), MOTE_OK);
    assert_false(schedule.scheduled);
}

/* Nothing is leased and nothing sold on Kusama's coretime chain at its genesis: proven absent, out of the whole state. */
static void coretime_chain_at_genesis(void **unused) {
    (void)unused;
    json_t *file = fixture_json("genesis/coretime-kusama.genesis.json.gz");
    mote_context *context = fixture_context(16);
    static uint8_t proof_bytes[1u << 16];
    size_t size = 8u << 20;
    void *memory = malloc(size);
    mote_state *state;
    const char *key;
    json_t *value;
    assert_non_null(memory);
    assert_status(mote_state_open(context, &state, memory, size), MOTE_OK);
    json_object_foreach(json_object_get(file, "top"), key, value) {
        assert_status(mote_state_put(context, state, NULL, fixture_hex(key),
                                     fixture_hex(json_string_value(value)), MOTE_STATE_V1),
                      MOTE_OK);
    }
    const mote_hash root = mote_state_root_of(state);
    assert_hash_hex(&root, json_string_value(json_object_get(file, "state_root_v1")));
    const mote_region_id id = {1, 0, {0xff}};
    const mote_coretime_key keys[] = {mote_leases_key(), mote_region_key(&id),
                                      mote_workplan_key(1, 0), mote_workload_key(0)};
    mote_state_query queries[4];
    for (size_t i = 0; i < 4; i++)
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, {keys[i].bytes, keys[i].size}};
    mote_writer writer = mote_writer_into(proof_bytes, sizeof proof_bytes);
    assert_status(mote_state_prove(context, &writer, state, queries, 4, MOTE_PROOF_NODES), MOTE_OK);
    const mote_state_root under = mote_state_assumed(&root);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &under, (mote_bytes){proof_bytes, writer.size},
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_leases leases;
    mote_region region;
    mote_broker_schedule plan;
    mote_lease lease;
    assert_status(mote_leases_read(context, &leases, &proof), MOTE_OK);
    assert_int_equal(leases.count, 0);
    assert_status(mote_lease_of(context, &lease, &leases, 2000), MOTE_E_NOT_SHOWN);
    assert_status(mote_region_read(context, &region, &proof, &id), MOTE_OK);
    assert_false(region.exists);
    assert_status(mote_workplan_read(context, &plan, &proof, 1, 0), MOTE_OK);
    assert_false(plan.known);
    assert_status(mote_workload_read(context, &plan, &proof, 0), MOTE_OK);
    assert_false(plan.known);
    free(memory);
}

/* --- what others publish ---------------------------------------------------------------------- */

static uint32_t number_in(const json_t *object, const char *name) {
    return (uint32_t)json_integer_value(json_object_get(object, name));
}

static void same_key(const mote_coretime_key *key, const json_t *entry) {
    const mote_bytes published = fixture_hex(json_string_value(json_object_get(entry, "key")));
    assert_int_equal(key->size, published.size);
    assert_memory_equal(key->bytes, published.data, published.size);
}

/* A state with that value only, and a proof of it. */
static mote_proof prove_value(mote_context *context, const mote_coretime_key *key,
                              const json_t *entry) {
    static _Alignas(16) uint8_t memory[1u << 16];
    static uint8_t bytes[4096];
    mote_state *state;
    mote_proof proof;
    const mote_bytes value = fixture_hex(json_string_value(json_object_get(entry, "value")));
    const mote_state_query query = {MOTE_QUERY_KEY, NULL, {key->bytes, key->size}};
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    assert_status(mote_state_open(context, &state, memory, sizeof memory), MOTE_OK);
    assert_status(mote_state_put(context, state, NULL, query.key, value, MOTE_STATE_V1), MOTE_OK);
    assert_status(mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES), MOTE_OK);
    const mote_hash root = mote_state_root_of(state);
    const mote_state_root under = mote_state_assumed(&root);
    assert_status(mote_proof_load(context, &proof, &under, (mote_bytes){bytes, writer.size},
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    return proof;
}

static void published_keys_and_values(void **unused) {
    (void)unused;
    json_t *file = fixture_json("coretime/published.json");
    const json_t *entry;
    size_t i, values = 0;
    json_array_foreach(json_object_get(file, "core_descriptors"), i, entry) {
        const uint32_t core = number_in(entry, "core"), id = number_in(entry, "para_id");
        const mote_coretime_key key =
            mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, core);
        mote_context *context = fixture_context(4);
        mote_core_work work;
        mote_core_held held;
        same_key(&key, entry);
        const mote_proof proof = prove_value(context, &key, entry);
        assert_status(
            mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, core),
            MOTE_OK);
        assert_true(work.known && work.working && !work.has_queue && !work.ends);
        assert_status(mote_core_held_by(context, &held, &work, id), MOTE_OK);
        assert_int_equal(held.parts, number_in(entry, "parts"));
        values++;
    }
    json_array_foreach(json_object_get(file, "workplans"), i, entry) {
        const uint32_t timeslice = number_in(entry, "timeslice");
        const uint16_t core = (uint16_t)number_in(entry, "core");
        const mote_coretime_key key = mote_workplan_key(timeslice, core);
        mote_context *context = fixture_context(4);
        mote_broker_schedule plan;
        same_key(&key, entry);
        if (json_object_get(entry, "value") == NULL) continue;
        const mote_proof proof = prove_value(context, &key, entry);
        assert_status(mote_workplan_read(context, &plan, &proof, timeslice, core), MOTE_OK);
        assert_int_equal(plan.count, 1);
        const mote_broker_item item = mote_broker_item_at(&plan, 0);
        assert_true(item.task == MOTE_CORE_PARA && item.para_id == number_in(entry, "para_id"));
        for (size_t bit = 0; bit < MOTE_CORE_MASK_SIZE; bit++)
            assert_int_equal(item.mask[bit], 0xff);
        values++;
    }
    json_array_foreach(json_object_get(file, "regions"), i, entry) {
        mote_region_id id = {number_in(entry, "begin"), (uint16_t)number_in(entry, "core"), {0}};
        memset(id.mask, 0xff, sizeof id.mask);
        const mote_coretime_key key = mote_region_key(&id);
        same_key(&key, entry);
    }
    assert_int_equal(values, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cores_of_the_recorded_network),
        cmocka_unit_test(upgrade_signals),
        cmocka_unit_test(coretime_chain_at_genesis),
        cmocka_unit_test(published_keys_and_values),
    };
    return cmocka_run_group_tests_name("recorded/coretime", tests, NULL, NULL);
}
