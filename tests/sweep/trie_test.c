/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded proofs, cut at every byte and with every byte changed: refused, or what they still
 * prove is the same. */
#include "fixture.h"
#include "naive_trie.h"

#include "mote/scale.h"
#include "mote/trie.h"

#define SMALL_FILE 8192u
#define LARGE_FILE 65536u
#define END_PART 4096u

typedef struct recording {
    const char *path;
    mote_state_root state;
    mote_bytes scale;
    mote_expected_value *known; /* what the proof as recorded shows of the keys listed with it */
    mote_proven_value *proven;
    size_t count;
} recording;

static const char *text(const json_t *object, const char *name) {
    const char *string = json_string_value(json_object_get(object, name));
    assert_non_null(string);
    return string;
}

static bool read_recording(recording *out, const char *path) {
    const json_t *file = fixture_json(path);
    const json_t *nodes = json_object_get(file, "nodes"),
                 *entries = json_object_get(file, "entries");
    if (nodes == NULL || entries == NULL) return false;
    naive_list list = {NULL, 0, 0};
    for (size_t i = 0; i < json_array_size(nodes); i++) {
        naive_append(&list, fixture_hex(json_string_value(json_array_get(nodes, i))));
    }
    mote_hash root = fixture_hash(text(file, "state_root"));
    *out = (recording){path, mote_state_assumed(&root), naive_scale(&list), NULL,
                       NULL, json_array_size(entries)};
    out->known = naive_take(out->count * sizeof *out->known);
    out->proven = naive_take(out->count * sizeof *out->proven);
    mote_context *context = fixture_context(4);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &out->state, out->scale, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    for (size_t i = 0; i < out->count; i++) {
        out->known[i].key = fixture_hex_field(json_array_get(entries, i), "key");
        assert_status(mote_trie_read(context, &out->proven[i], &view, out->known[i].key), MOTE_OK);
        assert_int_not_equal(out->proven[i].state, MOTE_VALUE_ABSENT);
    }
    return true;
}

/* `weaker`: a lenient proof may say less about a key than the whole one, and nothing else. */
static void check_same(mote_context *context, const recording *r, const mote_proof *proof,
                       bool weaker) {
    mote_trie_view view = mote_proof_main(proof);
    for (size_t i = 0; i < r->count; i++) {
        mote_proven_value value;
        mote_status status = mote_trie_read(context, &value, &view, r->known[i].key);
        if (weaker && status == MOTE_E_PROOF_INCOMPLETE) continue;
        assert_status(status, MOTE_OK);
        if (weaker && value.state == MOTE_VALUE_HASH_ONLY) continue;
        assert_int_equal(value.state, r->proven[i].state);
        assert_true(mote_bytes_equal(value.value, r->proven[i].value));
    }
}

static void check_cut(const recording *r, size_t size) {
    mote_context *context = fixture_context(4);
    mote_proof proof;
    mote_bytes cut = {r->scale.data, size};
    mote_status status = mote_proof_load(context, &proof, &r->state, cut, MOTE_PROOF_STRICT);
    assert_true(status == MOTE_E_TRUNCATED || status == MOTE_E_LENGTH_BEYOND_INPUT);
    size_t offset = mote_fault_offset(&context->fault, cut);
    assert_true(offset <= size);
    assert_status(mote_proof_load(context, &proof, &r->state, cut, MOTE_PROOF_LENIENT), status);
    assert_status(mote_proof_load_compact(context, &proof, &r->state, cut), status);
    assert_null(proof.index);
    assert_int_equal(context->used, 0);
}

static size_t check_flip(const recording *r, uint8_t *bytes, size_t at, uint8_t difference) {
    mote_context *context = fixture_context(4);
    mote_proof proof;
    mote_bytes changed = {bytes, r->scale.size};
    bytes[at] ^= difference;
    mote_status strict = mote_proof_load(context, &proof, &r->state, changed, MOTE_PROOF_STRICT);
    if (strict == MOTE_OK) {
        check_same(context, r, &proof, false);
    } else {
        assert_true(context->fault.status == strict);
        assert_null(proof.index);
        assert_int_equal(context->used, 0);
    }
    if (mote_proof_load(context, &proof, &r->state, changed, MOTE_PROOF_LENIENT) == MOTE_OK) {
        check_same(context, r, &proof, true);
    }
    bytes[at] ^= difference;
    return strict == MOTE_OK;
}

typedef void each_recording(const recording *r, size_t *cases, size_t *accepted);

static void for_each_recording(each_recording *each) {
    size_t files, cases = 0, accepted = 0, swept = 0;
    char **paths = fixture_list("proofs", "", ".json", &files);
    for (size_t f = 0; f < files; f++) {
        recording r;
        if (!read_recording(&r, paths[f])) continue;
        each(&r, &cases, &accepted);
        swept++;
        naive_reset();
    }
    print_message("%zu recordings, %zu cases, %zu of them accepted as the same proof\n", swept,
                  cases, accepted);
    assert_int_equal(swept, 52);
}

static void cut_one(const recording *r, size_t *cases, size_t *accepted) {
    uint64_t random = r->scale.size;
    (void)accepted;
    size_t step = fixture_effort() == FIXTURE_SMALL ? 17 : 1;
    for (size_t size = 0; size < r->scale.size; size += step) {
        if (r->scale.size > LARGE_FILE && size == END_PART) size = r->scale.size - END_PART;
        check_cut(r, size);
        *cases += 1;
    }
    if (r->scale.size <= LARGE_FILE) return;
    for (size_t i = 0; i < fixture_times(1000); i++) {
        check_cut(r, fixture_random(&random) % r->scale.size);
        *cases += 1;
    }
}

static void flip_one(const recording *r, size_t *cases, size_t *accepted) {
    uint8_t *bytes = fixture_copy(r->scale);
    uint64_t random = 0x7219 + r->scale.size;
    bool all = r->scale.size <= SMALL_FILE && fixture_effort() != FIXTURE_SMALL;
    if (fixture_effort() == FIXTURE_LONG) all = true;
    size_t flips = all ? r->scale.size : fixture_times(1000);
    for (size_t i = 0; i < flips; i++) {
        size_t at = all ? i : fixture_random(&random) % r->scale.size;
        uint8_t difference = (uint8_t)(1 + fixture_random(&random) % 255);
        *accepted += check_flip(r, bytes, at, difference);
        *cases += 1;
    }
    free(bytes);
}

static void truncations(void **unused) {
    (void)unused;
    for_each_recording(cut_one);
}

static void flips(void **unused) {
    (void)unused;
    for_each_recording(flip_one);
}

/* The recorded compact proof is large (two runtimes): the same root comes out of no other bytes. */
static void compact_proof(void **unused) {
    (void)unused;
    const json_t *recorded =
        json_object_get(fixture_json("local/relay.p2p.json.gz"), "state/2 from start no proof");
    mote_bytes message = fixture_hex_field(recorded, "response");
    /* Field 2 of the message: tag, and a length of four bytes. */
    assert_int_equal(message.data[0], 0x12);
    mote_bytes compact = {message.data + 5, message.size - 5};
    const json_t *block = json_array_get(fixture_json("local/relay.read-proofs.json.gz"), 1);
    mote_hash root = fixture_hash(text(block, "state_root"));
    mote_state_root state = mote_state_assumed(&root);
    mote_context *context = fixture_context(16);
    mote_proof proof;
    uint64_t random = 2;
    uint8_t *bytes = fixture_copy(compact);
    assert_status(mote_proof_load_compact(context, &proof, &state, compact), MOTE_OK);
    for (size_t i = 0; i < fixture_times(1000); i++) {
        context = fixture_context(16);
        size_t size = i % 2 == 0 ? fixture_random(&random) % END_PART
                                 : fixture_random(&random) % compact.size;
        assert_true(mote_proof_load_compact(context, &proof, &state, (mote_bytes){bytes, size}) !=
                    MOTE_OK);
        assert_int_equal(context->used, 0);
    }
    for (size_t i = 0; i < fixture_times(200); i++) {
        /* Half of them where the nodes are: before the runtime, and after it. */
        size_t at = i % 2 == 0 ? fixture_random(&random) % END_PART
                               : fixture_random(&random) % compact.size;
        bytes[at] ^= (uint8_t)(1 + i % 255);
        assert_true(mote_proof_load_compact(context, &proof, &state,
                                            (mote_bytes){bytes, compact.size}) != MOTE_OK);
        assert_int_equal(context->used, 0);
        memcpy(bytes + at, compact.data + at, 1);
    }
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncations),
        cmocka_unit_test(flips),
        cmocka_unit_test(compact_proof),
    };
    return cmocka_run_group_tests_name("sweep/trie", tests, NULL, NULL);
}
