/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own network's BEEFY: its first leaves put together from headers and heads alone, and compared with the roots that
 * headers name; from such roots to older headers and to parachains' heads; the sets that headers and leaves name; and the
 * recorded finality proof under the whole set that signed it.
 */
#include "fixture.h"

#include "mote/beefy.h"
#include "mote/hash.h"
#include "mote/merkle.h"
#include "mote/scale.h"

#define BLOCKS 138u
#define REBUILT 7u    /* so many leaves are put together here */
#define SIGNED 149u   /* the block of the recorded finality proof, after the last recorded one */
#define ANSWERED 136u /* the block at which leaves were asked for */

/* Beefy::Authorities of the chain's genesis; set 1, at block 21, is of the same keys. */
#define FIRST_KEYS                                                                                 \
    "0x08020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a10390084fdbf27d2b79d26a" \
    "4f13f0ccd982cb755a661969143c37cbc49ef5b91f27"

static mote_bytes encoded[BLOCKS];
static mote_header headers[BLOCKS];
static mote_bytes heads[2]; /* of 2000 and 2001, as they are from the start to block 6 */
static json_t *answers;

static void keep_header(json_t *block, void *user) {
    (void)user;
    size_t number = (size_t)json_integer_value(json_object_get(block, "number"));
    assert_true(number < BLOCKS);
    encoded[number] = fixture_hex_field(block, "header");
    assert_status(mote_header_decode(fixture_context(1), &headers[number], encoded[number]),
                  MOTE_OK);
}

static mote_bytes head_in(const json_t *values, const char *name) {
    mote_bytes value = fixture_hex_field(json_object_get(values, name), "value");
    mote_cursor cursor = mote_cursor_over(value);
    return mote_read_vec_u8(&cursor);
}

static int setup(void **state) {
    (void)state;
    assert_true(fixture_json_lines("local/relay.blocks.jsonl.gz", keep_header, NULL) >= BLOCKS - 1);
    json_t *reads = fixture_json("local/relay.read-proofs.json.gz");
    const json_t *values = json_object_get(json_array_get(reads, 1), "values"); /* block 5 */
    heads[0] = head_in(values, "Paras.Heads(2000)");
    heads[1] = head_in(values, "Paras.Heads(2001)");
    answers = fixture_json("local/relay.mmr.json");
    return 0;
}

/* --- the range, from headers and heads alone ------------------------------------------------------------------ */
static mote_hash nodes[2 * REBUILT];
static uint8_t leaves[REBUILT][113];

static mote_hash head_leaf(uint32_t i) {
    uint8_t bytes[512];
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_write_u32(&writer, 2000 + i);
    mote_write_compact(&writer, heads[i].size);
    mote_write_span(&writer, heads[i].data, heads[i].size);
    assert_true(mote_writer_fits(&writer));
    return mote_keccak_256((mote_bytes){bytes, writer.size});
}

static void build_leaf(uint32_t index, const mote_hash *set_root) {
    mote_writer writer = mote_writer_into(leaves[index], sizeof leaves[index]);
    mote_hash row[2] = {head_leaf(0), head_leaf(1)};
    mote_hash heads_root = mote_merkle_root(fixture_backend(), row, 2);
    mote_write_u8(&writer, 0);
    mote_write_u32(&writer, index);
    mote_write_hash(&writer, &headers[index].hash);
    mote_write_u64(&writer, 1); /* the next set's id */
    mote_write_u32(&writer, 2);
    mote_write_hash(&writer, set_root);
    mote_write_hash(&writer, &heads_root);
    assert_int_equal(writer.size, sizeof leaves[index]);
    mote_hash leaf = mote_keccak_256((mote_bytes){leaves[index], sizeof leaves[index]});
    mote_mmr_push(nodes, index, &leaf);
}

static mote_beefy_set first_set(uint64_t id) {
    mote_beefy_set set;
    assert_status(mote_beefy_set_decode(fixture_other_context(1), &set, fixture_hex(FIRST_KEYS), id,
                                        MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    return set;
}

static void build_range(void) {
    mote_beefy_set set = first_set(0);
    mote_hash root;
    assert_status(
        mote_beefy_set_root(fixture_other_context(1), &root, &set, MOTE_BEEFY_ZERO_ADDRESS),
        MOTE_OK);
    for (uint32_t i = 0; i < REBUILT; i++) build_leaf(i, &root);
}

static void headers_name_the_roots_of_their_ranges(void **state) {
    (void)state;
    build_range();
    for (uint32_t block = 1; block <= REBUILT; block++) {
        mote_beefy_digest digest;
        mote_beefy_digest_read(&digest, &headers[block]);
        mote_hash root = mote_mmr_root(nodes, block);
        assert_true(digest.has_root);
        assert_true(mote_hash_equal(&digest.mmr_root, &root));
    }
}

/* --- roots that final headers name, and what is under them ----------------------------------------------------- */
static mote_beefy_finalized named_root(uint32_t block) {
    mote_finalized_header evidence = mote_finalized_header_assumed(&headers[block]);
    mote_beefy_finalized out;
    assert_status(mote_beefy_root_of_header(fixture_context(1), &out, &evidence, &headers[block]),
                  MOTE_OK);
    assert_int_equal(out.block_number, block);
    return out;
}

static mote_beefy_leaf leaf_under(const mote_beefy_finalized *under, uint32_t index) {
    mote_hash items[16];
    mote_beefy_leaf out;
    uint64_t size;
    mote_context *context = fixture_context(1);
    const mote_bytes bytes = {leaves[index], sizeof leaves[index]};
    const mote_mmr_entry entry = {index, mote_keccak_256(bytes)};
    memset(items, 0, sizeof items);
    assert_status(mote_mmr_proof_size(context, &size, &entry, 1, REBUILT), MOTE_OK);
    assert_status(mote_mmr_prove(context, items, nodes, REBUILT, &entry, 1), MOTE_OK);
    assert_status(mote_beefy_leaf_verify(context, &out, under, 1, bytes, index,
                                         (mote_bytes){items[0].bytes, (size_t)size * 32}),
                  MOTE_OK);
    return out;
}

static void older_headers_are_final(void **state) {
    (void)state;
    build_range();
    mote_beefy_finalized under = named_root(REBUILT);
    mote_context *context = fixture_context(1);
    for (uint32_t i = 0; i < REBUILT; i++) {
        mote_beefy_leaf leaf = leaf_under(&under, i);
        mote_finalized_header header, other;
        assert_int_equal(leaf.parent_number, i);
        assert_status(mote_beefy_header(context, &header, &leaf, &headers[i]), MOTE_OK);
        assert_int_equal(header.number, i);
        assert_int_equal(header.assumed, MOTE_ASSUMED_HEADER);
        assert_status(mote_beefy_header(context, &other, &leaf, &headers[i + 1]),
                      MOTE_E_HEADER_HASH);
        assert_status(mote_finalized_header_check(&other), MOTE_E_NO_EVIDENCE);
        /* GRANDPA says the same; of another height there is nothing to compare. */
        mote_finalized_header same = mote_finalized_header_assumed(&headers[i]);
        assert_status(mote_beefy_agrees(context, &header, &same), MOTE_OK);
        same = mote_finalized_header_assumed(&headers[i + 1]);
        assert_status(mote_beefy_agrees(context, &header, &same), MOTE_E_BAD_ARGUMENT);
    }
}

static void heads_of_parachains_are_final(void **state) {
    (void)state;
    build_range();
    mote_beefy_finalized under = named_root(REBUILT);
    mote_beefy_leaf leaf = leaf_under(&under, 5);
    for (uint32_t i = 0; i < 2; i++) {
        mote_para_header para;
        mote_header header;
        mote_hash sibling = head_leaf(1 - i);
        const mote_bytes items = {sibling.bytes, 32};
        mote_context *context = fixture_context(1);
        assert_status(
            mote_beefy_para_head(context, &para, &header, &leaf, 2000 + i, heads[i], i, 2, items),
            MOTE_OK);
        assert_int_equal(para.number, 0);
        assert_int_equal(para.para_id, 2000 + i);
        assert_int_equal(para.relay_number, 5);
        assert_true(mote_hash_equal(&para.relay_hash, &headers[5].hash));
        assert_status(
            mote_beefy_para_head(context, &para, &header, &leaf, 2002, heads[i], i, 2, items),
            MOTE_E_ROOT_MISMATCH);
    }
}

/* No votes were seen, so that nobody is known to hand over. */
static void a_root_without_votes_hands_nothing_over(void **state) {
    (void)state;
    build_range();
    mote_beefy_finalized under = named_root(REBUILT);
    mote_beefy_leaf newest = leaf_under(&under, REBUILT - 1);
    mote_beefy_set next;
    assert_int_equal(under.set_id, MOTE_BEEFY_NO_SET);
    assert_status(
        mote_beefy_hand_over(fixture_context(1), &next, &under, &newest, fixture_hex(FIRST_KEYS)),
        MOTE_E_HANDOVER_MISSING);
}

/* --- sets ------------------------------------------------------------------------------------------------------ */
static void each_session_names_its_set(void **state) {
    (void)state;
    uint64_t expected = 1;
    for (uint32_t block = 1; block < BLOCKS; block++) {
        if (headers[block].encoded.size == 0) continue;
        mote_finalized_header evidence = mote_finalized_header_assumed(&headers[block]);
        mote_beefy_set set;
        mote_context *context = fixture_context(1);
        mote_status status = mote_beefy_set_of_header(context, &set, &evidence, &headers[block]);
        if (block % 20 != 1 || block == 1) {
            assert_status(status, MOTE_E_HANDOVER_MISSING);
            continue;
        }
        assert_status(status, MOTE_OK);
        assert_int_equal(set.id, expected++);
        assert_int_equal(set.count, 2);
        assert_int_equal(set.assumed, MOTE_ASSUMED_HEADER);
        assert_status(mote_beefy_set_of_header(context, &set, &evidence, &headers[block - 1]),
                      MOTE_E_HEADER_HASH);
    }
    assert_int_equal(expected, 7);
}

static void leaves_under_a_root_that_a_final_header_names(void **state) {
    (void)state;
    static const char *const names[] = {"2", "133", "2-3-7", "1-68-132"};
    mote_beefy_finalized under = named_root(ANSWERED), next = named_root(ANSWERED + 1);
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        json_t *answer = json_object_get(answers, names[n]);
        mote_bytes bytes = fixture_hex_field(answer, "leaves");
        mote_bytes proof = fixture_hex_field(answer, "proof");
        mote_beefy_leaf out[4];
        size_t count;
        mote_context *context = fixture_context(1);
        assert_status(mote_beefy_leaves_verify(context, out, 4, &count, &under, 1, bytes, proof),
                      MOTE_OK);
        for (size_t i = 0; i < count; i++) {
            mote_finalized_header header;
            const mote_header *known = &headers[out[i].parent_number];
            assert_status(mote_beefy_header(context, &header, &out[i], known), MOTE_OK);
        }
        assert_int_not_equal(
            mote_beefy_leaves_verify(context, out, 4, &count, &next, 1, bytes, proof), MOTE_OK);
        assert_status(mote_beefy_leaves_verify(context, out, 4, &count, &under, 2, bytes, proof),
                      MOTE_E_LEAF_COUNT);
        assert_int_equal(count, 0);
    }
}

static mote_beefy_leaf answered_leaf(const char *name, size_t place) {
    json_t *answer = json_object_get(answers, name);
    mote_beefy_finalized under = named_root(ANSWERED);
    mote_beefy_leaf out[4];
    size_t count;
    assert_status(mote_beefy_leaves_verify(fixture_context(1), out, 4, &count, &under, 1,
                                           fixture_hex_field(answer, "leaves"),
                                           fixture_hex_field(answer, "proof")),
                  MOTE_OK);
    assert_true(place < count);
    return out[place];
}

static void assert_root_of(const mote_beefy_set *set, const mote_mmr_authority_set *named) {
    mote_hash root;
    assert_status(
        mote_beefy_set_root(fixture_other_context(1), &root, set, MOTE_BEEFY_ZERO_ADDRESS),
        MOTE_OK);
    assert_int_equal(set->id, named->id);
    assert_int_equal(set->count, named->count);
    assert_true(mote_hash_equal(&root, &named->root));
}

static void a_leaf_names_the_set_that_the_session_then_has(void **state) {
    (void)state;
    mote_beefy_leaf leaf = answered_leaf("2", 0);
    mote_finalized_header evidence = mote_finalized_header_assumed(&headers[21]);
    mote_beefy_set set;
    assert_status(mote_beefy_set_of_header(fixture_context(1), &set, &evidence, &headers[21]),
                  MOTE_OK);
    assert_root_of(&set, &leaf.next_set);
}

/* --- the recorded finality proof -------------------------------------------------------------------------------- */
static uint8_t signers[1 + 2 * MOTE_BEEFY_KEY_SIZE];

/* Both validators signed: their keys come out of the signatures. */
static mote_bytes recover_signers(mote_bytes bytes) {
    mote_beefy_proof proof;
    assert_status(mote_beefy_proof_decode(fixture_context(1), &proof, bytes), MOTE_OK);
    assert_int_equal(proof.signature_count, 2);
    signers[0] = 2 << 2;
    for (size_t i = 0; i < 2; i++) {
        assert_status(mote_beefy_recover(signers + 1 + i * MOTE_BEEFY_KEY_SIZE,
                                         &proof.commitment.hash,
                                         proof.signatures + i * MOTE_BEEFY_SIGNATURE_SIZE),
                      MOTE_OK);
    }
    return (mote_bytes){signers, sizeof signers};
}

/* Set 7 votes; leaf 132, of set 6's session, names it by its root. Its keys were rotated after the last recorded session:
 * that they come to that root shows that they are the whole set. */
static void a_proof_is_final_under_the_set_that_a_leaf_names(void **state) {
    (void)state;
    json_t *list = fixture_json("local/relay.beefy.json");
    mote_bytes bytes = fixture_hex(json_string_value(json_array_get(list, 0)));
    json_decref(list);
    mote_mmr_authority_set named = answered_leaf("1-68-132", 2).next_set;
    mote_context *context = fixture_context(1);
    mote_bytes keys = recover_signers(bytes);
    mote_beefy_set set;
    mote_beefy_finalized out;
    mote_beefy_report report;
    assert_int_equal(named.id, 7);
    assert_status(mote_beefy_set_decode(context, &set, keys, named.id, MOTE_ASSUMED_HEADER),
                  MOTE_OK);
    assert_root_of(&set, &named);
    assert_status(mote_beefy_verify(context, &out, &report, &set, bytes), MOTE_OK);
    assert_int_equal(out.block_number, SIGNED);
    assert_int_equal(out.set_id, 7);
    assert_int_equal(out.assumed, MOTE_ASSUMED_HEADER);
    assert_int_equal(report.counted, 2);
    assert_int_equal(report.threshold, 2);
    mote_beefy_finalized older = named_root(ANSWERED);
    assert_status(mote_beefy_advances(context, &older, &out), MOTE_OK);
    assert_status(mote_beefy_advances(context, &out, &older), MOTE_E_NOT_ABOVE_TRUSTED);
    /* Not under the set before, and not with one signature of another's. */
    mote_beefy_set first = first_set(7), before = first_set(6);
    assert_status(mote_beefy_verify(context, &out, &report, &first, bytes), MOTE_E_BELOW_THRESHOLD);
    assert_int_equal(report.counted, 0);
    assert_status(mote_beefy_verify(context, &out, NULL, &before, bytes), MOTE_E_OTHER_SET);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_name_the_roots_of_their_ranges),
        cmocka_unit_test(older_headers_are_final),
        cmocka_unit_test(heads_of_parachains_are_final),
        cmocka_unit_test(a_root_without_votes_hands_nothing_over),
        cmocka_unit_test(each_session_names_its_set),
        cmocka_unit_test(leaves_under_a_root_that_a_final_header_names),
        cmocka_unit_test(a_leaf_names_the_set_that_the_session_then_has),
        cmocka_unit_test(a_proof_is_final_under_the_set_that_a_leaf_names),
    };
    return cmocka_run_group_tests_name("recorded/beefy_local", tests, setup, NULL);
}
