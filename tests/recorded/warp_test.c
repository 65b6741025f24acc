/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded warp proofs: Rococo's hand-over from set 2149 to 2150, and the local network's answers over libp2p. */
#include "fixture.h"

#include "mote/warp.h"

typedef struct followed {
    mote_status status;
    uint32_t links;
    uint64_t set_id;
    uint32_t head_number;
    mote_hash head_hash;
    bool finished;
} followed;

static mote_authority_set set_of(mote_context *context, mote_bytes file, uint64_t set_id) {
    mote_authority_list list;
    mote_authority_set set;
    static mote_voter voters[4096];
    assert_status(mote_authority_list_decode(context, &list, file), MOTE_OK);
    assert_status(mote_authority_set_build(context, &set, voters, 4096, &list, set_id, 0), MOTE_OK);
    return set;
}

static void drain(mote_warp *warp, followed *out) {
    mote_warp_link link;
    while (mote_warp_next(warp, &link)) {
        assert_status(mote_finalized_header_check(&link.header), MOTE_OK);
        assert_int_equal(link.index, out->links);
        out->links++;
        out->set_id = link.next_set_id;
        out->head_number = link.header.number;
        out->head_hash = link.header.hash;
    }
}

static followed follow(mote_bytes proof, const mote_authority_set *set, uint32_t number,
                       size_t step) {
    followed out;
    mote_context *context = fixture_context(16);
    mote_warp *warp;
    const mote_warp_start start = {.number = number, .set = set, .max_authorities = 1024};
    memset(&out, 0, sizeof out);
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    for (size_t at = 0; at < proof.size;) {
        size_t size = proof.size - at < step ? proof.size - at : step, consumed;
        if (mote_warp_feed(context, warp, &consumed, (mote_bytes){proof.data + at, size}) !=
            MOTE_OK)
            break;
        at += consumed;
        drain(warp, &out);
    }
    out.status = mote_warp_finish(context, warp);
    drain(warp, &out);
    out.finished = mote_warp_is_finished(warp);
    return out;
}

static void rococo_from_set_2149_to_2150(void **state) {
    (void)state;
    mote_bytes proof = fixture_file("warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin");
    mote_authority_set set = set_of(
        fixture_context(16), fixture_file("grandpa/authority-sets/rococo-set2149.bin"), 2149);
    followed f = follow(proof, &set, 0, proof.size);
    assert_status(f.status, MOTE_OK);
    assert_int_equal(f.links, 2);
    assert_int_equal(f.set_id, 2150);
    assert_int_equal(f.head_number, 1238699);
    assert_true(f.finished);
}

/* Authorities and set id as the node's state gives them at a block (block 1 stands for genesis). */
static mote_authority_set local_set_after(uint32_t number, uint64_t *set_id) {
    json_t *blocks = fixture_json("local/relay.read-proofs.json.gz");
    json_t *block;
    size_t index;
    json_array_foreach(blocks, index, block) {
        json_t *values = json_object_get(block, "values");
        if (json_integer_value(json_object_get(block, "number")) != (number == 0 ? 1 : number))
            continue;
        mote_bytes id = fixture_hex_field(json_object_get(values, "Grandpa.CurrentSetId"), "value");
        *set_id = mote_load_u64(id.data);
        mote_bytes list =
            fixture_hex_field(json_object_get(values, "Grandpa.Authorities"), "value");
        json_decref(blocks);
        return set_of(fixture_context(16), list, *set_id);
    }
    fail_msg("no block %u", number);
    abort();
}

/* The network had gone on to set 3, finalized 155, when these were asked for. */
static void local_answers(void **state) {
    (void)state;
    static const struct {
        const char *name;
        uint32_t number;
        uint32_t links;
    } asked[] = {{"warp from genesis", 0, 4},
                 {"warp from 61", 61, 3},
                 {"warp from 121", 121, 2},
                 {"warp from finalized 137", 137, 2}};
    json_t *file = fixture_json("local/relay.p2p.json.gz");
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        mote_bytes proof = fixture_hex_field(json_object_get(file, asked[i].name), "response");
        for (size_t step = 1; step < 4000; step += 777) {
            uint64_t set_id;
            mote_authority_set set = local_set_after(asked[i].number, &set_id);
            followed f = follow(proof, &set, asked[i].number, step);
            assert_status(f.status, MOTE_OK);
            assert_int_equal(f.links, asked[i].links);
            assert_int_equal(f.set_id, 3);
            assert_int_equal(f.head_number, 155);
            assert_true(f.finished);
        }
    }
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rococo_from_set_2149_to_2150),
        cmocka_unit_test(local_answers),
    };
    return cmocka_run_group_tests_name("recorded/warp", tests, NULL, NULL);
}
