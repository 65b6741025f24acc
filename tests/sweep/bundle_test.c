/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every truncation and every changed byte of bundles: refused, or the same links prove the same things. What is
 * refused names a byte of the bundle, and a link that the change touches or that stands below it.
 */
#include "bundle_world.h"

#include "mote/hash.h"

/* What a walk proved, as one hash: every field that says something about the chain, none that says where it stood. */
typedef struct proof_digest {
    mote_blake2b_state state;
    size_t links;
} proof_digest;

static void absorb(proof_digest *digest, const void *data, size_t size) {
    const uint64_t length = size;
    uint8_t encoded[8];
    mote_store_u64(encoded, length);
    mote_blake2b_update(&digest->state, (mote_bytes){encoded, sizeof encoded});
    mote_blake2b_update(&digest->state, (mote_bytes){data, size});
}

static void absorb_number(proof_digest *digest, uint64_t number) {
    uint8_t encoded[8];
    mote_store_u64(encoded, number);
    absorb(digest, encoded, sizeof encoded);
}

static void absorb_link(const mote_link *link, void *user) {
    proof_digest *digest = user;
    absorb_number(digest, (uint64_t)link->kind);
    absorb(digest, link->hash.bytes, 32);
    absorb_number(digest, link->number);
    absorb(digest, link->state_root.bytes, 32);
    absorb_number(digest, link->para_id);
    absorb_number(digest, link->set_id);
    absorb_number(digest, link->next_set_id);
    absorb(digest, link->child_key.data, link->child_key.size);
    absorb(digest, link->key.data, link->key.size);
    absorb_number(digest, (uint64_t)link->list_complete);
    absorb_number(digest, link->listed_count);
    absorb_number(digest, (uint64_t)link->value.state);
    absorb(digest, link->value.value.data, link->value.value.size);
    absorb(digest, link->value.value_hash.bytes, 32);
    digest->links++;
}

typedef struct subject {
    const char *name;
    mote_bytes bundle, checkpoint;
    uint64_t now;
    mote_hash proven; /* by the bundle as it is */
} subject;

static recording_verdict judge(const subject *of, mote_bytes bundle, mote_hash *proven) {
    proof_digest digest;
    memset(&digest, 0, sizeof digest);
    mote_blake2b_init(&digest.state, sizeof proven->bytes);
    const recording_verdict verdict =
        recording_judge(fixture_context(32), bundle, of->checkpoint, of->now, absorb_link, &digest);
    mote_blake2b_final(&digest.state, proven->bytes);
    return verdict;
}

static subject subject_of(const char *name, mote_bytes bundle, mote_bytes checkpoint,
                          uint64_t now) {
    subject out = {name, bundle, checkpoint, now, {{0}}};
    const recording_verdict verdict = judge(&out, bundle, &out.proven);
    assert_status(verdict.status, MOTE_OK);
    return out;
}

#define SUBJECTS (RECORDING_FORGED + 1)

static subject nth_subject(size_t index) {
    if (index == RECORDING_FORGED) {
        const bundle_world *world = world_make();
        return subject_of("made up", world_bundle(world), world->checkpoint, WORLD_MADE_AT + 60);
    }
    const recording made = recording_make((recording_index)index);
    return subject_of(made.name, made.bundle, made.checkpoint, made.now);
}

static bool is_refusal(mote_status status) {
    mote_status_class class_ = mote_status_class_of(status);
    return class_ == MOTE_CLASS_MALFORMED || class_ == MOTE_CLASS_FALSE ||
           class_ == MOTE_CLASS_INCOMPLETE || class_ == MOTE_CLASS_UNSUPPORTED ||
           class_ == MOTE_CLASS_LIMIT;
}

static bool refuses_with_a_place(const recording_verdict *verdict, mote_bytes bundle) {
    return is_refusal(verdict->status) && verdict->offset <= bundle.size;
}

/* --- truncations ------------------------------------------------------------------------------------------------ */

/* Sections are counted and measured: nothing is judged of a bundle that is cut. */
static size_t cut_one(const subject *of) {
    for (size_t size = 0; size < of->bundle.size; size++) {
        uint8_t *exact = fixture_copy((mote_bytes){of->bundle.data, size});
        const mote_bytes bundle = {exact, size};
        mote_context *context = fixture_context(1);
        mote_bundle opened;
        mote_status status = mote_bundle_open(context, &opened, bundle);
        bool refused =
            is_refusal(status) && mote_fault_offset(&context->fault, bundle) <= bundle.size;
        if (!refused) {
            print_error("%s cut to %zu bytes: %s\n", of->name, size, mote_status_name(status));
        }
        assert_true(refused);
        free(exact);
    }
    return of->bundle.size;
}

static void every_truncation_is_refused(void **unused) {
    (void)unused;
    size_t cuts = 0;
    for (size_t i = 0; i < SUBJECTS; i++) {
        const subject of = nth_subject(i);
        cuts += cut_one(&of);
    }
    print_message("%zu truncations\n", cuts);
}

/* --- changed bytes ----------------------------------------------------------------------------------------------- */

typedef struct tally {
    size_t refused, same;
} tally;

/* A link that fails because of a byte before its own piece would be blamed for another's lie. */
static void check_blame(const subject *of, const recording_verdict *verdict, size_t changed) {
    if (verdict->link.kind == 0) return; /* the frame */
    size_t end = verdict->link.offset + verdict->link.size;
    bool touched_or_below = changed < end;
    if (!touched_or_below) {
        print_error("%s: byte %zu changed, link %u (%zu+%zu) blamed with %s\n", of->name, changed,
                    (unsigned)verdict->link.index, verdict->link.offset, verdict->link.size,
                    mote_status_name(verdict->status));
    }
    assert_true(touched_or_below);
}

static void change_one(const subject *of, size_t at, uint8_t difference, tally *total) {
    uint8_t *bytes = fixture_copy(of->bundle);
    const mote_bytes bundle = {bytes, of->bundle.size};
    bytes[at] ^= difference;
    mote_hash proven;
    const recording_verdict verdict = judge(of, bundle, &proven);
    if (verdict.status == MOTE_OK) {
        if (!mote_hash_equal(&proven, &of->proven)) {
            print_error("%s: byte %zu changed by %02x proves something else\n", of->name, at,
                        difference);
        }
        assert_true(mote_hash_equal(&proven, &of->proven));
        total->same++;
    } else {
        if (!refuses_with_a_place(&verdict, bundle)) {
            print_error("%s: byte %zu changed by %02x: %s at %zu\n", of->name, at, difference,
                        mote_status_name(verdict.status), verdict.offset);
        }
        assert_true(refuses_with_a_place(&verdict, bundle));
        check_blame(of, &verdict, at);
        total->refused++;
    }
    free(bytes);
}

/* The made-up bundle: every byte by several differences. It is small. */
static void every_changed_byte_of_a_made_up_bundle(void **unused) {
    (void)unused;
    static const uint8_t differences[] = {0x01, 0x80, 0xff, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40};
    const subject of = nth_subject(RECORDING_FORGED);
    tally total = {0, 0};
    const size_t kinds = fixture_effort() == FIXTURE_LONG ? sizeof differences : fixture_times(3);
    for (size_t at = 0; at < of.bundle.size; at++) {
        for (size_t i = 0; i < kinds; i++) change_one(&of, at, differences[i], &total);
    }
    print_message("%zu bytes: %zu refused, %zu prove the same\n", of.bundle.size, total.refused,
                  total.same);
    assert_true(total.refused > 100 * total.same);
}

/* Recordings: a seeded sample, and every byte of the head. */
static void changed_bytes_of_recordings(void **unused) {
    (void)unused;
    uint64_t seed = 20221109;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (size_t i = 0; i < RECORDING_FORGED; i++) {
        const subject of = nth_subject(i);
        tally total = {0, 0};
        for (size_t at = 0; at < 90; at++) change_one(&of, at, 0x01, &total);
        for (size_t n = 0; n < fixture_times(600); n++) {
            size_t at = (size_t)(fixture_random(&seed) % of.bundle.size);
            uint8_t difference = (uint8_t)(1u << (fixture_random(&seed) % 8));
            change_one(&of, at, difference, &total);
        }
        print_message("%s: %zu refused, %zu prove the same\n", of.name, total.refused, total.same);
        assert_true(total.refused > 0);
    }
}

/* --- sections moved ---------------------------------------------------------------------------------------------- */

/* A section of one true bundle in another true bundle: each is a proof of something else. */
static void sections_of_other_bundles(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const mote_bundle_parts mine = world->parts;
    const recording basilisk = recording_make(RECORDING_ROCOCO_BASILISK);
    mote_bundle theirs;
    assert_status(mote_bundle_open(fixture_context(1), &theirs, basilisk.bundle), MOTE_OK);
    for (int section = MOTE_SECTION_JUSTIFICATION; section <= MOTE_SECTION_PARA_HEADERS;
         section++) {
        bundle_world swapped = *world;
        swapped.parts = mine;
        const mote_bytes content = theirs.section[section];
        if (content.size == 0) continue;
        if (section == MOTE_SECTION_JUSTIFICATION) swapped.parts.justification = content;
        if (section == MOTE_SECTION_HEADERS) {
            swapped.parts.headers = &content;
            swapped.parts.header_count = 1;
        }
        if (section == MOTE_SECTION_PARA_HEAD) {
            swapped.parts.para_proof = (mote_bytes){content.data + 20, content.size - 20};
        }
        if (section == MOTE_SECTION_PARA_HEADERS) {
            swapped.parts.para_headers = &content;
            swapped.parts.para_header_count = 1;
        }
        const recording_verdict verdict = world_judge(world, world_bundle(&swapped));
        assert_true(is_refusal(verdict.status));
        assert_int_equal(mote_status_class_of(verdict.status), MOTE_CLASS_FALSE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(every_changed_byte_of_a_made_up_bundle),
        cmocka_unit_test(changed_bytes_of_recordings),
        cmocka_unit_test(sections_of_other_bundles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
