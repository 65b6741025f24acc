/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_world.h"

#include "chains.h"

#include "mote/checkpoint.h"

mote_bytes world_text(const char *text) {
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

/* --- headers ------------------------------------------------------------------------------------------------- */

static mote_bytes make_header(const mote_hash *parent, uint32_t number, const mote_hash *state_root,
                              const test_digest *digest) {
    test_buffer out = {NULL, 0, 0};
    static const uint8_t no_extrinsics[32] = {3};
    append_span(&out, parent->bytes, 32);
    append_compact(&out, number);
    append_span(&out, state_root->bytes, 32);
    append_span(&out, no_extrinsics, 32);
    append_compact(&out, digest == NULL ? 0 : digest->count);
    if (digest != NULL) append_span(&out, digest->items.data, digest->items.size);
    return buffer_bytes(&out);
}

static test_block block_of(mote_bytes header, const mote_hash *parent, uint32_t number) {
    return (test_block){libsodium_blake2b_256(header), *parent, number, header};
}

/* --- states -------------------------------------------------------------------------------------------------- */

static mote_bytes child_root_key(void) {
    return world_text(":child_storage:default:kid");
}

static void make_child_state(relay_state *child) {
    relay_state_put(child, world_text("alpha"), world_text("one"));
    relay_state_put(child, world_text("alpine"), world_text("two"));
    relay_state_put(child, world_text("beta"), world_text("three"));
    relay_state_close(child, NAIVE_V1);
}

static void make_para_state(bundle_world *world) {
    relay_state *para = &world->para;
    static mote_hash child_root;
    world->long_value = naive_repeat(0x5a, 200);
    make_child_state(&world->child);
    child_root = naive_root(world->child.trie);
    relay_state_put(para, world_text("balance/alice"), world_text("100"));
    relay_state_put(para, world_text("balance/bob"), world_text("200"));
    relay_state_put(para, world_text("balance/carol"), world->long_value);
    relay_state_put(para, world_text("empty"), (mote_bytes){NULL, 0});
    relay_state_put(para, world_text("other"), world_text("thing"));
    relay_state_put(para, child_root_key(), (mote_bytes){child_root.bytes, 32});
    relay_state_close(para, NAIVE_V1);
}

mote_bytes world_para_proof(const bundle_world *world, const mote_bytes *keys, size_t count,
                            const mote_bytes *child_keys, size_t child_count) {
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    for (size_t i = 0; i < count; i++) naive_prove(&nodes, world->para.trie, keys[i]);
    if (child_count != 0) naive_prove(&nodes, world->para.trie, child_root_key());
    for (size_t i = 0; i < child_count; i++) {
        naive_prove(&nodes, world->child.trie, child_keys[i]);
    }
    return naive_scale(&nodes);
}

static mote_bytes whole_para_proof(const bundle_world *world) {
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    naive_prove_all(&nodes, world->para.trie);
    naive_prove_all(&nodes, world->child.trie);
    return naive_scale(&nodes);
}

/* --- chains -------------------------------------------------------------------------------------------------- */

/* Parachain: 41 with the state, 42 above it. */
static void make_parachain(bundle_world *world) {
    static const mote_hash nothing = {{9}};
    const mote_hash root = naive_root(world->para.trie);
    world->para_headers[0] = make_header(&nothing, 41, &root, NULL);
    const mote_hash parent = libsodium_blake2b_256(world->para_headers[0]);
    world->para_head = relay_para_header(&parent, 42, 6);
}

static void make_relay_state(bundle_world *world) {
    relay_state_open(&world->relay);
    relay_state_put_head(&world->relay, WORLD_PARA, world->para_head);
    relay_state_close(&world->relay, NAIVE_V0);
}

static void make_relay_chain(bundle_world *world) {
    static const mote_hash nothing = {{1}};
    test_digest slot = {{NULL, 0, 0}, 0};
    test_digest change = {{NULL, 0, 0}, 0};
    digest_add_babe_slot(&slot, 0, WORLD_SLOT);
    digest_add_babe_slot(&change, 1, WORLD_SLOT + 1);
    digest_add_scheduled_change(&change, world->second_voters, 4, 0);
    const mote_hash root = naive_root(world->relay.trie);

    world->checkpoint_header = make_header(&nothing, 100, &nothing, &slot);
    world->checkpoint_block = block_of(world->checkpoint_header, &nothing, 100);
    const mote_hash *parent = &world->checkpoint_block.hash;
    const mote_bytes handover = make_header(parent, 101, &nothing, &change);
    world->handover_block = block_of(handover, parent, 101);
    world->header_102 = make_header(&world->handover_block.hash, 102, &nothing, NULL);
    const mote_hash hash_102 = libsodium_blake2b_256(world->header_102);
    world->headers[1] = make_header(&hash_102, 103, &root, NULL);
    const mote_hash hash_103 = libsodium_blake2b_256(world->headers[1]);
    world->headers[0] = make_header(&hash_103, 104, &nothing, NULL);
    world->justified_block = block_of(world->headers[0], &hash_103, 104);
}

static void make_checkpoint(bundle_world *world) {
    mote_checkpoint checkpoint;
    mote_context *context = fixture_context(4);
    const mote_bytes authorities = build_authority_list(world->first_voters, 4);
    assert_status(mote_checkpoint_from_parts(context, &checkpoint, world->checkpoint_header,
                                             authorities, 5, mote_chain_by_name("westend")),
                  MOTE_OK);
    world->parts.chain = "westend";
    world->parts.genesis = checkpoint.genesis;
    world->parts.checkpoint_digest = mote_checkpoint_digest(&checkpoint);
    test_buffer out = {calloc(1, 4096), 0, 4096};
    mote_writer writer = mote_writer_into(out.data, out.capacity);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    assert_true(mote_writer_fits(&writer));
    world->checkpoint = (mote_bytes){out.data, writer.size};
}

/* --- questions ----------------------------------------------------------------------------------------------- */

static void ask_relay(bundle_world *world) {
    static const mote_question questions[] = {MOTE_ASK_READ, MOTE_ASK_ABSENT, MOTE_ASK_EQUALS};
    const mote_bytes keys[] = {relay_paras_key(RELAY_HEADS, WORLD_PARA),
                               relay_paras_key(RELAY_HEADS, WORLD_PARA + 1),
                               world->relay.entries[0].key};
    for (size_t i = 0; i < 3; i++) {
        world->relay_queries[i].question = questions[i];
        world->relay_queries[i].key = keys[i];
    }
    world->relay_queries[2].expected = world->relay.entries[0].value;
    world->parts.relay_proof = relay_state_prove(&world->relay, keys, 3);
    world->parts.relay_queries = world->relay_queries;
    world->parts.relay_query_count = 3;
    world->parts.has_para = true;
    world->parts.para_id = WORLD_PARA;
    world->parts.para_proof = relay_state_prove(&world->relay, keys, 1);
}

static void ask_parachain(bundle_world *world) {
    mote_bundle_query *queries = world->para_queries;
    queries[0] = (mote_bundle_query){.question = MOTE_ASK_EQUALS,
                                     .key = world_text("balance/alice"),
                                     .expected = world_text("100")};
    queries[1] = (mote_bundle_query){.question = MOTE_ASK_LIST, .key = world_text("balance/")};
    queries[2] = (mote_bundle_query){.question = MOTE_ASK_NONE, .key = world_text("debt/")};
    queries[3] = (mote_bundle_query){
        .question = MOTE_ASK_READ, .key = world_text("alpha"), .child_key = world_text("kid")};
    queries[4] = (mote_bundle_query){
        .question = MOTE_ASK_LIST, .key = world_text("al"), .child_key = world_text("kid")};
    queries[5] = (mote_bundle_query){.question = MOTE_ASK_ABSENT, .key = world_text("zebra")};
    world->parts.para_state_proof = whole_para_proof(world);
    world->parts.para_queries = queries;
    world->parts.para_query_count = 6;
}

/* --- all of it ----------------------------------------------------------------------------------------------- */

bundle_world *world_make(void) {
    naive_reset();
    bundle_world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    world->first_voters = test_voters(0, 4);
    world->second_voters = test_voters(10, 4);
    make_para_state(world);
    make_parachain(world);
    make_relay_state(world);
    make_relay_chain(world);
    make_checkpoint(world);

    const test_fragment fragment = {
        world->handover_block.header,
        build_plain_justification(world->first_voters, 4, &world->handover_block, 7, 5)};
    mote_bundle_parts *parts = &world->parts;
    parts->warp = build_warp_proof(&fragment, 1, true);
    parts->justification =
        build_plain_justification(world->second_voters, 4, &world->justified_block, 9, 6);
    parts->headers = world->headers;
    parts->header_count = 2;
    parts->para_headers = world->para_headers;
    parts->para_header_count = 1;
    ask_relay(world);
    ask_parachain(world);
    return world;
}

mote_bytes world_bundle(const bundle_world *world) {
    mote_writer measure = mote_writer_into(NULL, 0);
    mote_bundle_encode(&measure, &world->parts);
    uint8_t *data = malloc(measure.size);
    assert_non_null(data);
    mote_writer writer = mote_writer_into(data, measure.size);
    mote_bundle_encode(&writer, &world->parts);
    assert_true(mote_writer_fits(&writer));
    assert_int_equal(writer.size, measure.size);
    return (mote_bytes){data, writer.size};
}

recording_verdict world_judge(const bundle_world *world, mote_bytes bundle) {
    return recording_judge(fixture_context(16), bundle, world->checkpoint, WORLD_MADE_AT + 60, NULL,
                           NULL);
}
