/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs of headers and claims judged together against the same ones judged one by one: recorded chains, and made-up ones
 * with anything wrong in them, in runs of all lengths and with as little memory as there may be.
 */
#include <sodium.h>

#include "babe_recorded.h"
#include "babe_world.h"
#include "mote/hash.h"
#include "recorded_blocks.h"

#define MOST 300u

/* --- BABE ----------------------------------------------------------------------------------------------------- */

static void assert_same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    assert_int_equal(a->index, b->index);
    assert_int_equal(a->start_slot, b->start_slot);
    assert_int_equal(a->authorities.count, b->authorities.count);
    assert_ptr_equal(a->authorities.items, b->authorities.items);
    assert_memory_equal(a->randomness, b->randomness, sizeof a->randomness);
}

static void assert_same_position(const mote_babe_position *a, const mote_babe_position *b) {
    assert_true(mote_hash_equal(&a->hash, &b->hash));
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->weight, b->weight);
    assert_int_equal(a->is_genesis, b->is_genesis);
    assert_same_epoch(&a->current, &b->current);
    assert_same_epoch(&a->next, &b->next);
}

static void assert_same_babe_author(const mote_babe_authorship *a, const mote_babe_authorship *b) {
    assert_int_equal(a->claim, b->claim);
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->epoch_index, b->epoch_index);
    assert_int_equal(a->authority_index, b->authority_index);
    assert_memory_equal(a->authority, b->authority, 32);
    assert_int_equal(a->forgeable, b->forgeable);
    assert_true(a->score.high == b->score.high && a->score.low == b->score.low);
    assert_true(a->threshold.high == b->threshold.high && a->threshold.low == b->threshold.low);
}

static void assert_same_fault(const mote_context *a, const mote_fault *b) {
    assert_int_equal(a->fault.status, b->status);
    assert_ptr_equal(a->fault.at, b->at);
    assert_int_equal(a->fault.index, b->index);
}

/* Contexts that have next to nothing, some, and enough. */
static const size_t sizes[] = {0, 2000, 6000, 40000, 90000, 200000, MOTE_BABE_MANY_MEMORY};
#define SIZES (sizeof sizes / sizeof sizes[0])

static mote_context context_of(size_t size) {
    static uint8_t memory[MOTE_BABE_MANY_MEMORY];
    static const uint8_t seed[32] = {4};
    mote_context context;
    mote_context_init(&context, memory, size, seed);
    context.backend = fixture_backend();
    return context;
}

/* Says of the run what its headers one by one say. Returns how many hold. */
static size_t assert_babe_run(const mote_babe_position *parent, const mote_header *headers,
                              size_t count, size_t memory, uint64_t slot_now) {
    static mote_babe_authorship alone[MOST], together[MOST];
    mote_babe_position expected = *parent, at;
    mote_status first = MOTE_OK;
    size_t good = 0, verified = 77;
    mote_context single = context_of(0);
    mote_context_clear_fault(&single);
    memset(alone, 0, sizeof alone);
    for (; good < count; good++) {
        first = mote_babe_advance(&single, &expected, &alone[good], &expected, &headers[good],
                                  slot_now);
        if (first != MOTE_OK) break;
    }
    const mote_fault fault = single.fault;
    mote_context context = context_of(memory);
    memset(together, 0xaa, sizeof together);
    const mote_status status = mote_babe_advance_many(&context, &at, together, &verified, parent,
                                                      headers, count, slot_now);
    assert_status(status, first);
    assert_int_equal(verified, good);
    assert_int_equal(context.used, 0);
    assert_same_position(&at, &expected);
    for (size_t i = 0; i < count; i++) assert_same_babe_author(&together[i], &alone[i]);
    assert_same_fault(&context, &fault);
    at = *parent; /* in place, and without authors */
    assert_status(
        mote_babe_advance_many(&context, &at, NULL, &verified, &at, headers, count, slot_now),
        first);
    assert_same_position(&at, &expected);
    return good;
}

static size_t headers_of(mote_header out[MOST], const recorded_chain *chain) {
    size_t count = 0;
    for (size_t i = 0; i < chain->count && count < MOST; i++) {
        if (chain->blocks[i].header.number > 0) out[count++] = chain->blocks[i].header;
    }
    return count;
}

static void check_recorded(const recorded_chain *chain, const mote_babe_position *genesis) {
    static mote_header headers[MOST];
    const size_t count = headers_of(headers, chain);
    for (size_t i = 0; i < SIZES; i++) {
        assert_int_equal(assert_babe_run(genesis, headers, count, sizes[i], UINT64_MAX), count);
    }
    for (size_t n = 0; n < 20; n++) {
        assert_int_equal(assert_babe_run(genesis, headers, n, MOTE_BABE_MANY_MEMORY, UINT64_MAX),
                         n);
    }
}

static void recorded_chains(void **state) {
    (void)state;
    recorded_chain westend = recorded_blocks_of("blocks/westend-1-256.jsonl");
    mote_babe_position genesis = westend_genesis();
    check_recorded(&westend, &genesis);
    recorded_chain local = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    genesis = local_genesis();
    check_recorded(&local, &genesis);
}

/* A header is missing, comes twice, or is damaged: those before it hold. */
static void recorded_chains_with_a_fault(void **state) {
    (void)state;
    static mote_header headers[MOST], other[MOST];
    uint64_t random = 12;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_position genesis = local_genesis();
    const size_t count = headers_of(headers, &chain);
    for (size_t round = 0; round < fixture_times(40); round++) {
        const size_t at = fixture_random(&random) % count;
        const size_t memory = sizes[fixture_random(&random) % SIZES];
        memcpy(other, headers, sizeof other);
        const uint64_t kind = fixture_random(&random) % 3;
        uint8_t *copy = fixture_copy(headers[at].encoded);
        if (kind == 0) memmove(other + at, other + at + 1, (count - at - 1) * sizeof *other);
        if (kind == 1 && at > 0) other[at] = headers[at - 1];
        if (kind == 2) {
            copy[headers[at].encoded.size - 1 - fixture_random(&random) % 64] ^= 2; /* the seal */
            assert_status(mote_header_decode(fixture_context(1), &other[at],
                                             (mote_bytes){copy, headers[at].encoded.size}),
                          MOTE_OK);
        }
        const size_t good =
            assert_babe_run(&genesis, other, kind == 0 ? count - 1 : count, memory, UINT64_MAX);
        assert_true(good >= at);
        free(copy);
    }
}

/* What is wrong with a made-up block, if anything. */
static void spoil(test_claim *claim, uint64_t kind, uint64_t *random) {
    switch (kind) {
    case 0: claim->author += 1; break;                       /* another's seal and VRF */
    case 1: claim->epoch_index += 1; break;                  /* a VRF for another epoch */
    case 2: claim->randomness[3] ^= 1; break;                /* or randomness */
    case 3: claim->index += 1; break;                        /* another's index */
    case 4: claim->index = 1000; break;                      /* nobody's */
    case 5: claim->claim = MOTE_BABE_SECONDARY_PLAIN; break; /* not of this epoch */
    case 6:
        claim->slot -= fixture_random(random) % 3;
        break;                         /* may be no later than the parent's */
    case 7: claim->logs = NULL; break; /* may miss an epoch */
    default: break;
    }
}

static void made_up_chains(void **state) {
    (void)state;
    static mote_header headers[MOST];
    uint64_t random = 100;
    size_t whole = 0, broken = 0;
    for (size_t round = 0; round < 12 + fixture_times(48); round++) {
        const mote_babe_position start = test_position(0, 4, 20);
        const size_t count = 1 + fixture_random(&random) % 40;
        mote_babe_position at = start;
        size_t made = 0;
        while (made < count) {
            const bool primary = fixture_random(&random) % 2 == 0;
            const uint64_t slot = at.slot + 1 + fixture_random(&random) % 4;
            test_claim claim =
                test_right_claim(&at, primary ? MOTE_BABE_PRIMARY : MOTE_BABE_SECONDARY_VRF,
                                 (uint32_t)(fixture_random(&random) % 4), slot, 1);
            spoil(&claim, fixture_random(&random) % 120, &random);
            const test_block block = test_babe_block(&at.hash, at.number + 1, &claim);
            mote_babe_digest digest;
            mote_context *context = fixture_context(1);
            assert_status(mote_header_decode(context, &headers[made++], block.header), MOTE_OK);
            if (mote_babe_advance_unverified(context, &at, &digest, &at, &headers[made - 1],
                                             UINT64_MAX) != MOTE_OK) {
                break;
            }
        }
        const size_t memory = sizes[fixture_random(&random) % SIZES];
        const bool cut = fixture_random(&random) % 8 == 0;
        const size_t good =
            assert_babe_run(&start, headers, made, memory, cut ? start.slot + 20 : UINT64_MAX);
        whole += good == made;
        broken += good < made;
    }
    assert_true(whole > 0 && broken > 0);
}

/* Claims of recorded headers of several chains, each under an epoch of its own, harmed here and there. */
static void independent_claims(void **state) {
    (void)state;
    static mote_babe_digest digests[MOST];
    static mote_babe_case cases[MOST];
    static mote_babe_authorship alone[MOST], together[MOST];
    static uint8_t seals[MOST][64], bad[MOST];
    const babe_recorded *all = babe_recorded_all();
    uint64_t random = 31;
    for (size_t round = 0; round < fixture_times(24); round++) {
        const size_t count = round == 0 ? MOST : fixture_random(&random) % MOST;
        mote_context none = context_of(0);
        mote_status first = MOTE_OK;
        mote_fault fault = none.fault;
        memset(alone, 0, sizeof alone);
        for (size_t i = 0; i < count; i++) {
            const babe_recorded *one = &all[fixture_random(&random) % BABE_RECORDED];
            mote_header header;
            assert_status(mote_header_decode(&none, &header, one->header), MOTE_OK);
            assert_status(mote_babe_digest_read(&none, &digests[i], &header), MOTE_OK);
            memcpy(seals[i], digests[i].seal, 64);
            digests[i].seal = seals[i];
            const uint64_t harm = fixture_random(&random);
            if (harm % 30 == 0) seals[i][harm / 30 % 64] ^= 8;
            if (harm % 30 == 1) digests[i].pre_digest.vrf_proof[harm / 30 % 64] ^= 8;
            if (harm % 30 == 2) digests[i].pre_digest.vrf_pre_output[harm / 30 % 32] ^= 8;
            if (harm % 30 == 3) digests[i].pre_digest.authority_index ^= 1;
            if (harm % 30 == 4) digests[i].seal = NULL;
            if (harm % 30 == 5) digests[i].pre_hash.bytes[7] ^= 1;
            cases[i] = (mote_babe_case){&digests[i], &one->epoch};
        }
        for (size_t i = 0; i < count; i++) {
            const mote_status status =
                mote_babe_verify(&none, &alone[i], cases[i].digest, cases[i].epoch, UINT64_MAX);
            if (status == MOTE_OK || first != MOTE_OK) continue;
            first = status;
            fault = none.fault;
            fault.index = (uint32_t)i;
        }
        mote_context context = context_of(sizes[fixture_random(&random) % SIZES]);
        memset(bad, 0xaa, sizeof bad);
        assert_status(mote_babe_verify_many(&context, together, bad, cases, count, UINT64_MAX),
                      first);
        if (first != MOTE_OK) assert_same_fault(&context, &fault);
        for (size_t i = 0; i < count; i++) {
            assert_same_babe_author(&together[i], &alone[i]);
            assert_int_equal(bad[i], alone[i].claim == 0);
        }
        assert_status(mote_babe_verify_many(&context, together, NULL, cases, count, UINT64_MAX),
                      first);
    }
}

/* --- Aura ----------------------------------------------------------------------------------------------------- */

static void assert_same_aura_author(const mote_aura_authorship *a, const mote_aura_authorship *b) {
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->authority_index, b->authority_index);
    assert_memory_equal(a->authority, b->authority, 32);
    assert_int_equal(a->forgeable, b->forgeable);
}

static size_t assert_aura_run(const mote_aura_position *parent, const mote_header *headers,
                              size_t count, size_t memory, uint64_t slot_now) {
    static mote_aura_authorship alone[MOST], together[MOST];
    mote_aura_position expected = *parent, at;
    mote_status first = MOTE_OK;
    size_t good = 0, verified = 77;
    mote_context single = context_of(0);
    memset(alone, 0, sizeof alone);
    for (; good < count; good++) {
        first = mote_aura_advance(&single, &expected, &alone[good], &expected, &headers[good],
                                  slot_now);
        if (first != MOTE_OK) break;
    }
    const mote_fault fault = single.fault;
    mote_context context = context_of(memory);
    memset(together, 0xaa, sizeof together);
    assert_status(mote_aura_advance_many(&context, &at, together, &verified, parent, headers, count,
                                         slot_now),
                  first);
    assert_int_equal(verified, good);
    assert_int_equal(context.used, 0);
    assert_true(mote_hash_equal(&at.hash, &expected.hash));
    assert_int_equal(at.number, expected.number);
    assert_int_equal(at.slot, expected.slot);
    assert_ptr_equal(at.authorities.keys.items, expected.authorities.keys.items);
    assert_int_equal(at.authorities.keys.count, expected.authorities.keys.count);
    assert_true(mote_hash_equal(&at.authorities.block_hash, &expected.authorities.block_hash));
    for (size_t i = 0; i < count; i++) assert_same_aura_author(&together[i], &alone[i]);
    assert_same_fault(&context, &fault);
    at = *parent;
    assert_status(
        mote_aura_advance_many(&context, &at, NULL, &verified, &at, headers, count, slot_now),
        first);
    assert_true(mote_hash_equal(&at.hash, &expected.hash));
    return good;
}

/* AuthoritiesChange to keys first, first + 1, ...; an empty list is not sound. */
static test_digest *change_to(uint32_t first, uint32_t count) {
    test_digest *logs = calloc(1, sizeof *logs);
    test_buffer payload = {0};
    mote_bytes list = build_aura_list(first, count);
    assert_non_null(logs);
    append_u8(&payload, 1);
    append_span(&payload, list.data, list.size);
    digest_add(logs, 4, "aura", buffer_bytes(&payload));
    return logs;
}

static mote_aura_position aura_start(mote_context *context, mote_bytes list) {
    static const mote_hash hash = {{5}};
    mote_aura_authorities authorities;
    mote_aura_position at;
    assert_status(
        mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519, list, &hash, 10),
        MOTE_OK);
    assert_status(mote_aura_at(context, &at, &authorities, NULL, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT),
                  MOTE_OK);
    return at;
}

static void made_up_aura_chains(void **state) {
    (void)state;
    static mote_header headers[MOST];
    uint64_t random = 200;
    size_t whole = 0, broken = 0;
    for (size_t round = 0; round < 12 + fixture_times(48); round++) {
        mote_context *context = fixture_context(1);
        const mote_aura_position start = aura_start(context, build_aura_list(0, 5));
        const size_t count = 1 + fixture_random(&random) % 40;
        mote_hash parent = start.hash;
        uint64_t slot = 1000;
        uint32_t first = 0, authors = 5;
        for (size_t i = 0; i < count; i++) {
            const uint64_t kind = fixture_random(&random) % 150;
            const test_digest *logs = NULL;
            slot += fixture_random(&random) % 3;
            if (kind == 0) slot -= 4;
            uint32_t author = first + (uint32_t)(slot % authors);
            if (kind == 1) author++;
            if (kind == 2) logs = change_to(0, 0);
            if (kind > 2 && kind < 20) logs = change_to(first = (uint32_t)kind, authors = 3);
            const test_block block =
                test_aura_block(&parent, 11 + (uint32_t)i, slot, author, 1, logs);
            assert_status(mote_header_decode(context, &headers[i], block.header), MOTE_OK);
            parent = headers[i].hash;
        }
        const bool cut = fixture_random(&random) % 8 == 0;
        const size_t good =
            assert_aura_run(&start, headers, count, sizes[fixture_random(&random) % SIZES],
                            cut ? 1010 : UINT64_MAX);
        whole += good == count;
        broken += good < count;
    }
    assert_true(whole > 0 && broken > 0);
}

/* Seals of both schemes in one call. */
static void independent_seals(void **state) {
    (void)state;
    static mote_aura_digest digests[MOST];
    static mote_aura_authorities authorities[MOST];
    static mote_aura_case cases[MOST];
    static mote_aura_authorship alone[MOST], together[MOST];
    static uint8_t seals[MOST][64], keys[MOST][32], bad[MOST];
    uint64_t random = 41;
    for (size_t i = 0; i < MOST; i++) {
        const test_author author = test_author_of((uint32_t)i % 7);
        mote_aura_digest *digest = &digests[i];
        digest->slot = i;
        digest->pre_hash = mote_blake2b_256((mote_bytes){(const uint8_t *)&random, 8});
        digest->seal = seals[i];
        authorities[i] = (mote_aura_authorities){.scheme = MOTE_AURA_SR25519, .keys = {keys[i], 1}};
        if (i % 3 == 0) {
            uint8_t secret[64], seed[32] = {(uint8_t)(i % 5)};
            authorities[i].scheme = MOTE_AURA_ED25519;
            (void)crypto_sign_seed_keypair(keys[i], secret, seed);
            (void)crypto_sign_detached(seals[i], NULL, digest->pre_hash.bytes, 32, secret);
        } else {
            memcpy(keys[i], author.key, 32);
            test_sr25519_sign(seals[i], &author, (mote_bytes){digest->pre_hash.bytes, 32});
        }
        cases[i] = (mote_aura_case){digest, &authorities[i]};
        (void)fixture_random(&random);
    }
    for (size_t round = 0; round < fixture_times(24); round++) {
        const size_t count = round == 0 ? MOST : fixture_random(&random) % MOST;
        const size_t harmed = fixture_random(&random) % MOST;
        mote_context none = context_of(0), context = context_of(sizes[round % SIZES]);
        mote_status first = MOTE_OK;
        mote_fault fault = none.fault;
        if (round > 0) seals[harmed][round % 64] ^= 16;
        if (round == 3) authorities[harmed].keys.count = 0;
        memset(alone, 0, sizeof alone);
        for (size_t i = 0; i < count; i++) {
            const mote_status status =
                mote_aura_verify(&none, &alone[i], cases[i].digest, cases[i].authorities, 290);
            assert_int_equal(status == MOTE_OK, alone[i].slot == i && alone[i].authority[31] != 0);
            if (status == MOTE_OK || first != MOTE_OK) continue;
            first = status;
            fault = none.fault;
            fault.index = (uint32_t)i;
        }
        assert_status(mote_aura_verify_many(&context, together, bad, cases, count, 290), first);
        if (first != MOTE_OK) assert_same_fault(&context, &fault);
        for (size_t i = 0; i < count; i++) assert_same_aura_author(&together[i], &alone[i]);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(bad[i], memcmp(alone[i].authority, keys[i], 32) != 0);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_chains),     cmocka_unit_test(recorded_chains_with_a_fault),
        cmocka_unit_test(made_up_chains),      cmocka_unit_test(independent_claims),
        cmocka_unit_test(made_up_aura_chains), cmocka_unit_test(independent_seals),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/authorship_many", tests, NULL, NULL);
}
