/* SPDX-License-Identifier: Apache-2.0 */
/* Oracles: the official BLAKE2b vectors, libsodium and libb2 on every length around the block boundaries, the
 * vectors of the xxHash and Keccak authors, keys of real networks, and digests that two npm packages computed
 * (@noble/hashes 1.8.0, @polkadot/util-crypto 14.0.3). */
#include "fixture.h"

#include <sodium.h>
#ifdef MOTE_TEST_LIBB2
#include <blake2.h>
#endif

#include "mote/hash.h"

static void assert_hex(const uint8_t *bytes, size_t size, const char *hex) {
    mote_bytes expected = fixture_hex(hex);
    assert_int_equal(size, expected.size);
    assert_memory_equal(bytes, expected.data, size);
}

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

#define SAMPLE_SIZE 1100u

static mote_bytes sample(size_t size) {
    static uint8_t bytes[SAMPLE_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * i + 7 * i + 3);
    return (mote_bytes){bytes, size};
}

static void blake2b_official_vectors(void **state) {
    (void)state;
    json_t *cases = fixture_json("vectors/blake2b-kat.json.gz");
    size_t index, seen = 0;
    json_t *one;
    json_array_foreach(cases, index, one) {
        if (fixture_hex_field(one, "key").size != 0) continue; /* Polkadot has no keyed hashes */
        uint8_t out[64];
        mote_blake2b(out, sizeof out, fixture_hex_field(one, "in"));
        assert_hex(out, sizeof out, json_string_value(json_object_get(one, "out")));
        seen++;
    }
    assert_int_equal(seen, 256);
}

static void blake2b_equals_libsodium(void **state) {
    (void)state;
    for (size_t size = 0; size <= SAMPLE_SIZE; size++) {
        for (size_t out_size = crypto_generichash_BYTES_MIN; out_size <= 64; out_size += 16) {
            uint8_t ours[64], theirs[64];
            mote_bytes input = sample(size);
            mote_blake2b(ours, out_size, input);
            crypto_generichash(theirs, out_size, input.data, input.size, NULL, 0);
            assert_memory_equal(ours, theirs, out_size);
        }
    }
}

static void blake2b_equals_libb2(void **state) {
    (void)state;
#ifdef MOTE_TEST_LIBB2
    for (size_t size = 0; size <= SAMPLE_SIZE; size++) {
        for (size_t out_size = 1; out_size <= 64; out_size += 9) {
            uint8_t ours[64], theirs[64];
            mote_bytes input = sample(size);
            mote_blake2b(ours, out_size, input);
            assert_int_equal(blake2b(theirs, input.data, NULL, out_size, input.size, 0), 0);
            assert_memory_equal(ours, theirs, out_size);
        }
    }
#else
    skip();
#endif
}

/* Every split in two, and every chunk size, around two block boundaries. */
static void blake2b_streaming_equals_one_shot(void **state) {
    (void)state;
    for (size_t size = 0; size <= 260; size++) {
        mote_bytes input = sample(size);
        mote_hash whole = mote_blake2b_256(input);
        for (size_t chunk = 1; chunk <= size + 1; chunk++) {
            mote_blake2b_state stream, split;
            mote_blake2b_init(&stream, 32);
            mote_blake2b_init(&split, 32);
            for (size_t at = 0; at < size; at += chunk) {
                size_t left = size - at;
                mote_blake2b_update(&stream,
                                    (mote_bytes){input.data + at, left < chunk ? left : chunk});
            }
            mote_blake2b_update(&split, (mote_bytes){input.data, chunk - 1});
            mote_blake2b_update(&split, (mote_bytes){input.data + chunk - 1, size + 1 - chunk});
            mote_hash hash;
            mote_blake2b_final(&stream, hash.bytes);
            assert_true(mote_hash_equal(&hash, &whole));
            mote_blake2b_final(&split, hash.bytes);
            assert_true(mote_hash_equal(&hash, &whole));
        }
    }
}

static void blake2b_state_can_be_forked(void **state) {
    (void)state;
    mote_blake2b_state prefix;
    mote_blake2b_init(&prefix, 32);
    mote_blake2b_update(&prefix, sample(300));
    mote_blake2b_state fork = prefix;
    mote_hash hash, expected = mote_blake2b_256(sample(300));
    mote_blake2b_final(&prefix, hash.bytes);
    assert_true(mote_hash_equal(&hash, &expected));
    mote_bytes all = sample(777);
    expected = mote_blake2b_256(all);
    mote_blake2b_update(&fork, (mote_bytes){all.data + 300, 477});
    mote_blake2b_final(&fork, hash.bytes);
    assert_true(mote_hash_equal(&hash, &expected));
}

/* Nothing beyond out_size is written: the caller's memory may end there. */
static void outputs_keep_to_their_size(void **state) {
    (void)state;
    for (size_t out_size = 1; out_size <= 64; out_size++) {
        uint8_t out[66];
        memset(out, 0xa5, sizeof out);
        mote_blake2b(out + 1, out_size, sample(77));
        assert_int_equal(out[0], 0xa5);
        assert_int_equal(out[out_size + 1], 0xa5);
    }
}

static void empty_input_needs_no_memory(void **state) {
    (void)state;
    const mote_bytes nothing = {NULL, 0};
    mote_hash hash = mote_blake2b_256(nothing);
    assert_hash_hex(&hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    hash = mote_keccak_256(nothing);
    assert_hash_hex(&hash, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assert_true(mote_xxh64(nothing, 0) == UINT64_C(0xef46db3751d8e999));
    uint8_t out[64];
    mote_sha512(out, nothing);
    assert_hex(out, 64,
               "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
               "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    mote_blake2b_state stream;
    mote_blake2b_init(&stream, 32);
    mote_blake2b_update(&stream, nothing);
    mote_blake2b_final(&stream, hash.bytes);
    assert_hash_hex(&hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

/* The buffer and results of the self-check that xxHash publishes (xxhsum, XSUM_sanityCheck). */
static void xxh64_published_vectors(void **state) {
    (void)state;
    static const struct {
        size_t size;
        uint64_t seed, expected;
    } vectors[] = {
        {0, 0, UINT64_C(0xef46db3751d8e999)},
        {0, 2654435761u, UINT64_C(0xac75fda2929b17ef)},
        {1, 0, UINT64_C(0xe934a84adb052768)},
        {1, 2654435761u, UINT64_C(0x5014607643a9b4c3)},
        {4, 0, UINT64_C(0x9136a0dca57457ee)},
        {14, 0, UINT64_C(0x8282dcc4994e35c8)},
        {14, 2654435761u, UINT64_C(0xc3bd6bf63deb6df0)},
        {222, 0, UINT64_C(0xb641ae8cb691c174)},
        {222, 2654435761u, UINT64_C(0x20cb8ab7ae10c14a)},
    };
    uint8_t buffer[222];
    uint64_t generator = 2654435761u;
    for (size_t i = 0; i < sizeof buffer; i++) {
        buffer[i] = (uint8_t)(generator >> 56);
        generator *= UINT64_C(11400714785074694797);
    }
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        mote_bytes input = {buffer, vectors[i].size};
        assert_true(mote_xxh64(input, vectors[i].seed) == vectors[i].expected);
    }
}

static void keccak_256_published_vectors(void **state) {
    (void)state;
    mote_hash hash = mote_keccak_256(text("abc"));
    assert_hash_hex(&hash, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    hash = mote_keccak_256(text("The quick brown fox jumps over the lazy dog"));
    assert_hash_hex(&hash, "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15");
    hash = mote_keccak_256(text("The quick brown fox jumps over the lazy dog."));
    assert_hash_hex(&hash, "578951e24efd62a3d63a86f7cd19aaa53c898fe287d2552133220370240b572d");
}

static void sha512_published_vector(void **state) {
    (void)state;
    uint8_t out[64];
    mote_sha512(out, text("abc"));
    assert_hex(out, 64,
               "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
               "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

typedef void hash_function(uint8_t *out, mote_bytes input);

static void keccak_into(uint8_t *out, mote_bytes input) {
    mote_hash hash = mote_keccak_256(input);
    memcpy(out, hash.bytes, sizeof hash.bytes);
}

static void blake2b_256_into(uint8_t *out, mote_bytes input) {
    mote_blake2b(out, 32, input);
}

/* BLAKE2b-256 over the hashes of the sample's first 0, 1, ... 300 bytes, as the npm packages computed it. */
static void assert_digest_of_hashes(hash_function *function, size_t hash_size,
                                    const char *expected) {
    uint8_t hashes[301 * 64];
    for (size_t size = 0; size <= 300; size++) function(hashes + size * hash_size, sample(size));
    mote_hash digest = mote_blake2b_256((mote_bytes){hashes, 301 * hash_size});
    assert_hash_hex(&digest, expected);
}

static void hashes_equal_those_of_npm_packages(void **state) {
    (void)state;
    assert_digest_of_hashes(blake2b_256_into, 32,
                            "df6cc58de6ab8f74db951e41e8d628468c4e2126d91a8f136a2582f8e120f847");
    assert_digest_of_hashes(mote_blake2b_128, 16,
                            "2f2a111d64bed7238def8684acbcd0e6c8f200012f0548ad9253fd777ac068be");
    assert_digest_of_hashes(keccak_into, 32,
                            "5ca77a2572943476b665cefa6d1a846d3ee57b6991536c4cb33e2c8e93b9d820");
    assert_digest_of_hashes(mote_sha512, 64,
                            "f1a910e6e30c6c81f593638b62a12df5ab5dfa48485a14ab03c7f664f1f1594f");
    assert_digest_of_hashes(mote_twox_256, 32,
                            "1ea2f283dd67d67f608b93deb3d272eee5cc46f7a1e5e523ce4e0da8f5e7aab4");
}

/* verification-rules E.2: keys that live networks use. */
static void storage_prefixes_of_live_networks(void **state) {
    (void)state;
    static const struct {
        const char *pallet, *item, *prefix;
    } known[] = {
        {"Paras", "Heads", "cd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c3"},
        {"Paras", "Parachains", "cd710b30bd2eab0352ddcc26417aa1940b76934f4cc08dee01012d059e1b83ee"},
        {"Paras", "ParaLifecycles",
         "cd710b30bd2eab0352ddcc26417aa194281e0bfde17b36573208a06cb5cfba6b"},
        {"Hrmp", "HrmpChannels",
         "6a0da05ca59913bc38a8630590f2627cb6604cff828a6e3f579ca6c59ace013d"},
        {"Configuration", "ActiveConfig",
         "06de3d8a54d27e44a9d5ce189618f22db4b49d95320d9021994c850f25b8e385"},
        {"Babe", "EpochIndex", "1cb6f36e027abb2091cfb5110ab5087f38316cbf8fa0da822a20ac1c55bf1be3"},
        {"Grandpa", "CurrentSetId",
         "5f9cc45b7a00c5899361e1c6099678dc8a2d09463effcc78a22d75b9cb87dffc"},
        {"Mmr", "RootHash", "a8c65209d47ee80f56b0011e8fd91f50d42f676807518c67bb427546ba406fa1"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint8_t prefix[32];
        mote_storage_prefix(prefix, text(known[i].pallet), text(known[i].item));
        assert_hex(prefix, sizeof prefix, known[i].prefix);
    }
}

static void storage_hashers_by_kind(void **state) {
    (void)state;
    /* Paras::Heads(2090): the tail of the key under which Rococo kept Basilisk's head. */
    mote_bytes para = fixture_hex("2a080000");
    uint8_t out[64], expected[64];
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_TWOX_64_CONCAT, para), 12);
    mote_twox_64(expected, para);
    memcpy(expected + 8, para.data, 4);
    assert_memory_equal(out, expected, 12);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_BLAKE2_128_CONCAT, para), 20);
    crypto_generichash(expected, 16, para.data, 4, NULL, 0);
    memcpy(expected + 16, para.data, 4);
    assert_memory_equal(out, expected, 20);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_BLAKE2_128, para), 16);
    assert_memory_equal(out, expected, 16);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_BLAKE2_256, para), 32);
    crypto_generichash(expected, 32, para.data, 4, NULL, 0);
    assert_memory_equal(out, expected, 32);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_TWOX_128, para), 16);
    mote_twox_256(expected, para);
    assert_memory_equal(out, expected, 16);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_TWOX_256, para), 32);
    assert_memory_equal(out, expected, 32);
    assert_int_equal(mote_storage_hash(out, sizeof out, MOTE_HASHER_IDENTITY, para), 4);
    assert_memory_equal(out, para.data, 4);
}

/* The key of a recorded proof, made from its parts. */
static void storage_key_of_a_recorded_proof(void **state) {
    (void)state;
    uint8_t key[64];
    mote_storage_prefix(key, text("Paras"), text("Heads"));
    size_t size = 32 + mote_storage_hash(key + 32, sizeof key - 32, MOTE_HASHER_TWOX_64_CONCAT,
                                         fixture_hex("2a080000"));
    json_t *proof = fixture_json("proofs/rococo-1754631-parahead-basilisk-2090.json");
    char hex[2 * sizeof key + 1];
    for (size_t i = 0; i < size; i++) snprintf(hex + 2 * i, 3, "%02x", key[i]);
    char *whole = json_dumps(proof, 0);
    assert_non_null(strstr(whole, hex));
    free(whole);
}

static void storage_hash_writes_nothing_where_it_does_not_fit(void **state) {
    (void)state;
    static const size_t needed[] = {16, 32, 16 + 5, 16, 32, 8 + 5, 5};
    for (int hasher = MOTE_HASHER_BLAKE2_128; hasher <= MOTE_HASHER_IDENTITY; hasher++) {
        for (size_t capacity = 0; capacity < needed[hasher]; capacity++) {
            uint8_t out[64], untouched[64];
            memset(out, 0xa5, sizeof out);
            memset(untouched, 0xa5, sizeof untouched);
            assert_int_equal(
                mote_storage_hash(out, capacity, (mote_storage_hasher)hasher, sample(5)),
                needed[hasher]);
            assert_memory_equal(out, untouched, sizeof out);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blake2b_official_vectors),
        cmocka_unit_test(blake2b_equals_libsodium),
        cmocka_unit_test(blake2b_equals_libb2),
        cmocka_unit_test(blake2b_streaming_equals_one_shot),
        cmocka_unit_test(blake2b_state_can_be_forked),
        cmocka_unit_test(outputs_keep_to_their_size),
        cmocka_unit_test(empty_input_needs_no_memory),
        cmocka_unit_test(xxh64_published_vectors),
        cmocka_unit_test(keccak_256_published_vectors),
        cmocka_unit_test(sha512_published_vector),
        cmocka_unit_test(hashes_equal_those_of_npm_packages),
        cmocka_unit_test(storage_prefixes_of_live_networks),
        cmocka_unit_test(storage_hashers_by_kind),
        cmocka_unit_test(storage_key_of_a_recorded_proof),
        cmocka_unit_test(storage_hash_writes_nothing_where_it_does_not_fit),
    };
    if (sodium_init() < 0) return 1;
    return cmocka_run_group_tests_name("unit/hash", tests, NULL, NULL);
}
