/* SPDX-License-Identifier: Apache-2.0 */
/* Oracles: addresses of two development accounts and of the extreme ones, made by @polkadot/util-crypto 14.0.3 (the
 * first pair is sp_core's own); every System::Account entry of the recorded genesis states, whose keys hold the account
 * and whose records are of all layouts but one; decimal numbers by Python. */
#include "fixture.h"

#include "mote/account.h"

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

typedef struct pair {
    uint32_t prefix;
    const char *account, *address;
} pair;

#define ALICE "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"
#define BOB "8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ONES "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

static const pair pairs[] = {
    {0, ALICE, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"},
    {0, BOB, "14E5nqKAp3oAJcmzgZhUD2RcptBeUBScxKHgJKU4HPNcKVf3"},
    {0, ZEROS, "111111111111111111111111111111111HC1"},
    {0, ONES, "16nfFzYQPHsjA4QTuXt2NuGReV9J4BdXBwZ8cgeJTrbVH61f"},
    {1, ALICE, "BauKu2iL4fncgfy22YSLGc1aDLpyuUUe5z8yNF2pDtLNr4E"},
    {1, BOB, "A1k3praCLftTgBTb6aVavh3UNKwXN599Fqov17MkEy6bwCU"},
    {2, ALICE, "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F"},
    {2, BOB, "FoQJpPyadYccjavVdTWxpxU7rUEaYhfLCPwXgkfD6Zat9QP"},
    {5, ALICE, "ajYMsCKsEAhEvHpeA4XqsfiA9v1CdzZPrCfS6pEfeGHW9j8"},
    {5, BOB, "ZAP5o2BjWAo5uoKDE6b6Xkk4Ju7k6bDu24LNjgZbfM3iyiR"},
    {42, ALICE, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"},
    {42, BOB, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"},
    {42, ZEROS, "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM"},
    {42, ONES, "5HrN7fHLXWcFiXPwwtq2EkSGns9eMt5P7SpeTPewumZy6ftb"},
    {63, ALICE, "7NPoMQbiA6trJKkjB35uk96MeJD4PGWkLQLH7k7hXEkZpiba"},
    {63, BOB, "7Lpe5LRa2Ntx9KGDk77xzoBPYTCAvj7QqaBx4Nz2TFqL3sLw"},
    {63, ZEROS, "7HbZHW7QDL6nqhVE4YRVnmkmia1XTYfntFuGm4WyAsTijUu7"},
    {63, ONES, "7PPDYVeobcyWzktgy5JXAg2CN49pWjJK5CTQNkAGdj4D1d4g"},
    {64, ALICE, "cEaNSpz4PxFcZ7nT1VEKrKewH67rfx6MfcM6yKojyyPz7qaqp"},
    {64, BOB, "cEYoHYutFpXcexmxW4JMuaK2JzGqnVYxL7WxeGScJuR4t4bFg"},
    {64, ZEROS, "cEVaCm5a61UpVfABWNjfSNHbhAPf92NWiACfxy89Fd2hGkJAc"},
    {64, ONES, "cEbMs257VPmhDpDayHGYTkBs7osoS5Z9EM9E6aonZ5tHm2CZb"},
    {65, ALICE, "cLxkfNUiCYsb57YLhTJdNVKxUTB1VTpeygYZNhYuFc83KrFy7"},
    {65, BOB, "cLwBW6QY4R9bAxXrC2NfRjz3WMKzc1HFeBiR3eBmaY98654SD"},
    {66, ALICE, "cTM8suyN19VZb7JEPRNvtezyfpEAJyYxHkk1n5J4XEr6XroRa"},
    {66, BOB, "cTKZiduBs1mZgxHjszSxwuf4hiP9RX1YxFusT1vvrAsBJ5oTA"},
    {72, ALICE, "d7fSBAwGpjDQh5qaXDpk1f36qzZ5E3vkABvkCKm293CRmw3MM"},
    {72, BOB, "d7ds1ts6gbVQnvq61ntn4uhBsti4LbPLph6bsGPtTyDWYA7E7"},
    {127, ALICE, "jAtW53781ZL18rTbRPuMcq3EcxYSHF3AJAnnMwgoxs5UAaELH"},
    {127, BOB, "jArvum2wsRc1EhT6uxyPg5hKerhRPnVkxfxe2tKgHo6YvoN1J"},
    {128, ALICE, "jHGtHabmp9wyerDV7Myf8ziFpKbb6kmTcEzEmKRyEVoXNb1pm"},
    {128, BOB, "jHFK8JXbg2DykhCzbw3hCFNLrDkaDJE4GkA6SG4qZRpc8oxig"},
    {255, ALICE, "yGHXkYLYqxijLKKfd9Q2CB9shRVu8rPNBS53wvwGTutYg4zTg"},
    {255, BOB, "yGFxbGGNhpzjSAKB7iU4FRoxjKetFPqxqwEucsa8nqudSJANV"},
    {256, ALICE, "VByeGLMtP8r8BYQpNX1sb2VtAW8GYCbtFAeXJwsA2ur3MNRdq"},
    {256, BOB, "VBx574HiF188HPQKs65ueH9yCQHFek4UufpNytW2Mqs87bTy3"},
    {1284, ALICE, "VdvKmYJfD4VXA9fzz1SbmCo2eYHSzUFbaDCZSuaNKJAe8YNg6"},
    {1284, BOB, "VdtkcGEV4vmXFzfWUaWdpTT7gSSS71iCEiNR7rDEeEBitmYFZ"},
    {4096, ALICE, "VDUTADF1RuDF5tHtL714wh1sYCQQx2ML3zkqHB7oYrfxfbDfF"},
    {4096, BOB, "VDSszwAqHmVFBjHPpg56zwfxa6ZQ4ZoviVvgx7kfsnh3RpL4J"},
    {10041, ALICE, "bXmPf7DcVmFuHEmzH3UX8t6AUkfNQW8pnTeXGhFhqbfngjAak"},
    {10041, BOB, "bXjpVq9SMdXuP5mVmcYZC8kFWepMX3bRSxpNwdtaAXgsSxPwd"},
    {16383, ALICE, "yNa8JpqfFB3q8A29rCwSgxvdU94ufJw2yKKxDgznS5m1PoFvn"},
    {16383, BOB, "yNYZ9YmV73KqE11fLn1UkDaiW3DtmrPddpVotddem1n6A2RWL"},
    {16383, ZEROS, "yNVL4kwAwEH34hPtM6SnH1ZHtDLi8PDC1sBXDLKBhjPiYiEY9"},
    {16383, ONES, "yNb7j1viLcZunrTHozyfJPTZJrprRSPpY485Lwzq1CFK2z3Nk"},
};
#define PAIR_COUNT (sizeof pairs / sizeof pairs[0])

static void addresses_as_published(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        const mote_bytes account = fixture_hex(pairs[i].account);
        mote_address address;
        char written[MOTE_SS58_TEXT_SIZE];
        assert_status(mote_ss58_read(context, &address, text(pairs[i].address)), MOTE_OK);
        assert_int_equal(address.size, 32);
        assert_memory_equal(address.bytes, account.data, 32);
        assert_true(address.has_prefix);
        assert_int_equal(address.prefix, pairs[i].prefix);
        assert_int_equal(mote_ss58_write(written, account.data, pairs[i].prefix),
                         strlen(pairs[i].address));
        assert_string_equal(written, pairs[i].address);
    }
}

static void every_prefix_comes_back(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    const mote_bytes account = fixture_hex(ALICE);
    size_t written = 0;
    for (uint32_t prefix = 0; prefix <= MOTE_SS58_MAX_PREFIX + 1; prefix++) {
        char out[MOTE_SS58_TEXT_SIZE];
        mote_address address;
        if (mote_ss58_write(out, account.data, prefix) == 0) continue;
        assert_status(mote_ss58_read(context, &address, text(out)), MOTE_OK);
        assert_int_equal(address.prefix, prefix);
        written++;
    }
    assert_int_equal(written, 16384 - 2); /* 46 and 47 are reserved */
}

/* Each with what is wrong in it; the odd ones were made by base58 of bytes with a right checksum where it says so. */
static void addresses_that_are_none(void **state) {
    (void)state;
    static const struct {
        const char *address;
        mote_status status;
    } bad[] = {
        /* nothing */
        {"", MOTE_E_ADDRESS_LENGTH},
        /* one byte */
        {"5", MOTE_E_ADDRESS_LENGTH},
        /* 0, O, I and l are not in the alphabet */
        {"0GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", MOTE_E_ADDRESS_FORM},
        /* O */
        {"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQO", MOTE_E_ADDRESS_FORM},
        /* I */
        {"5GrwvaEF5zXb26Fz9rcQIDWS57CtERHpNehXCPcNoHGKutQY", MOTE_E_ADDRESS_FORM},
        /* l */
        {"5GrwvaEF5zXb26Fz9rcQlDWS57CtERHpNehXCPcNoHGKutQY", MOTE_E_ADDRESS_FORM},
        /* white space around */
        {" 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", MOTE_E_ADDRESS_FORM},
        /* white space behind */
        {"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY ", MOTE_E_ADDRESS_FORM},
        /* two characters changed places */
        {"5GrwvaEF5zbX26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", MOTE_E_ADDRESS_CHECKSUM},
        /* checksum of other bytes */
        {"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKurBy", MOTE_E_ADDRESS_CHECKSUM},
        /* an index of 1 byte, checksum right */
        {"F7NZ", MOTE_E_ADDRESS_LENGTH},
        /* an index of 2 bytes, checksum right */
        {"25GpW4", MOTE_E_ADDRESS_LENGTH},
        /* an index of 4 bytes, checksum right */
        {"MvAtmUea", MOTE_E_ADDRESS_LENGTH},
        /* an index of 8 bytes, checksum right */
        {"3MsZWNhRvzMGK9", MOTE_E_ADDRESS_LENGTH},
        /* 20 bytes, checksum right */
        {"tJop57N8E82KG4A6JWjahJsM9iRJLYv", MOTE_E_ADDRESS_LENGTH},
        /* 31 bytes, checksum right */
        {"xLvmBdQCqdBeBLrYigoiTZWjzgYDamU37PVFdhGg7BNrKG", MOTE_E_ADDRESS_LENGTH},
        /* 33 bytes, as a public key of ECDSA, checksum right */
        {"KW7itot55zZFQ4soCM2AqjCLMCq2k9cFLzD1ya4jcetmcd4f5", MOTE_E_ADDRESS_LENGTH},
        /* 33 bytes under a prefix of two bytes */
        {"3gzkByq9XTtdvdQ7zbVMrQaMfGrbckFJjeRy74UH5DsQBPKWcdM", MOTE_E_ADDRESS_LENGTH},
        /* 34 bytes */
        {"2Qf9nB9Gdewzyo4MsZ1dDJoa1psHSH4uyLTvrUPEkgmdc3Mdbee", MOTE_E_ADDRESS_LENGTH},
        /* a checksum of three bytes */
        {"Ks1TRTfTB2v19pD9G5yJ7QCuf8PT8EDE6ZPrHGo9DGneURtwh", MOTE_E_ADDRESS_LENGTH},
        /* no prefix at all */
        {"FHNpKmJrUtusuvKPGomAygQqeiks98bdV6yD61Stb6vg", MOTE_E_ADDRESS_PREFIX},
        /* an address twice */
        {"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNo"
         "HGKutQY",
         MOTE_E_ADDRESS_LENGTH},
        /* zeros without end */
        {"111111111111111111111111111111111111111111111111111111111111", MOTE_E_ADDRESS_LENGTH},
        /* reserved prefix 46, checksum right */
        {"5g1axYPrdA2VeKsqmz8WKpa8f3n4T9ou8Qv3f8BaeheH3ApS", MOTE_E_ADDRESS_PREFIX},
        /* reserved prefix 47, checksum right */
        {"5moFDXwG1SuDoPHJgX1XhiqZJXvMWLSRKMUBGopt7ZEmKmWa", MOTE_E_ADDRESS_PREFIX},
        /* a first byte of 128, checksum right */
        {"DrZg9tnv91k6T93t3eGTHiNyeqWAxBSabYLp7AvGcpQG7iU3", MOTE_E_ADDRESS_PREFIX},
        /* a first byte of 255, checksum right */
        {"SXYSytZ7wxpQHbRo5FzUFA9wjTfWvTQgYzhVEybWRQvBrvMS", MOTE_E_ADDRESS_PREFIX},
        /* prefix 42 in two bytes, checksum right */
        {"Zp5wgt7iipcBBD8qrDbgQerUy6vWeg3np21675SE43SmZaPo9", MOTE_E_ADDRESS_PREFIX},
        /* prefix 0 in two bytes, checksum right */
        {"VBsrc5NLykZFTPMQucUzZebcjre8F9RFiyhyBLBWjSzSs68Hj", MOTE_E_ADDRESS_PREFIX},
        /* hex of nothing */
        {"0x", MOTE_E_ADDRESS_LENGTH},
        /* hex of half a byte */
        {"0x43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
         MOTE_E_ADDRESS_LENGTH},
        /* hex of 21 bytes */
        {"0xd43593c715fdd31c61141abd04a99fd6822c855885", MOTE_E_ADDRESS_LENGTH},
        /* hex of 33 bytes */
        {"0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d00",
         MOTE_E_ADDRESS_LENGTH},
        /* a digit that is none */
        {"0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27g", MOTE_E_ADDRESS_FORM},
        /* 0X */
        {"0Xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", MOTE_E_ADDRESS_FORM},
        /* hex without 0x */
        {"d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", MOTE_E_ADDRESS_FORM},
    };
    mote_context *context = fixture_context(1);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mote_address address;
        memset(&address, 1, sizeof address);
        assert_status(mote_address_read(context, &address, text(bad[i].address)), bad[i].status);
        assert_int_equal(address.size, 0);
        assert_int_equal(context->fault.status, bad[i].status);
    }
}

/* One character changed anywhere: never another account. */
static void mistyped_addresses_are_refused(void **state) {
    (void)state;
    static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0OIl";
    mote_context *context = fixture_context(1);
    size_t passed = 0, tried = 0;
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        for (size_t at = 0; pairs[i].address[at] != 0; at++) {
            for (const char *other = alphabet; *other != 0; other++) {
                char changed[MOTE_SS58_TEXT_SIZE];
                mote_address address;
                if (*other == pairs[i].address[at]) continue;
                strcpy(changed, pairs[i].address);
                changed[at] = *other;
                passed += mote_ss58_read(context, &address, text(changed)) == MOTE_OK;
                tried++;
            }
        }
    }
    assert_in_range(passed, 0, tried / 10000); /* a checksum of 16 bits */
}

static void hex_addresses(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_address address;
    assert_status(mote_address_read(context, &address, text("0x" ALICE)), MOTE_OK);
    assert_int_equal(address.size, 32);
    assert_false(address.has_prefix);
    assert_memory_equal(address.bytes, fixture_hex(ALICE).data, 32);
    assert_status(
        mote_address_read(context, &address, text("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")),
        MOTE_OK);
    assert_int_equal(address.size, 20);
    assert_memory_equal(address.bytes, fixture_hex("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").data,
                        20);
}

/* --- keys ---------------------------------------------------------------------------------------------------- */
static void keys_of_each_hasher(void **state) {
    (void)state;
    static const struct {
        const char *name, *hash;
    } hashers[] = {
        {"Blake2_128", "de1e86a9a8c739864cf3cc5ec2bea59f"},
        {"Blake2_256", "2e3fb4c297a84c5cebc0e78257d213d0927ccc7596044c6ba013dd05522aacba"},
        {"Blake2_128Concat", "de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8"
                             "558854ccde39a5684e7a56da27d"},
        {"Twox128", "518366b5b1bc7c99bae0ba710af1ac66"},
        {"Twox256", "518366b5b1bc7c99bae0ba710af1ac66ecc0fd2f7c15bbe1eb86dbf45c7899e8"},
        {"Twox64Concat",
         "518366b5b1bc7c99d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"},
        {"Identity", "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"},
        {"blake2_128_concat", "de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c"
                              "8558854ccde39a5684e7a56da27d"},
        {"TWOX64CONCAT",
         "518366b5b1bc7c99d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"},
    };
    const mote_bytes key = fixture_hex(ALICE);
    for (size_t i = 0; i < sizeof hashers / sizeof hashers[0]; i++) {
        uint8_t room[32 + 64];
        mote_key_argument argument = {MOTE_HASHER_IDENTITY, key};
        assert_true(mote_storage_hasher_by_name(&argument.hasher, text(hashers[i].name)));
        const mote_bytes hash = fixture_hex(hashers[i].hash);
        mote_writer writer = mote_writer_into(room, sizeof room);
        mote_write_storage_key(&writer, text("System"), text("Account"), &argument, 1);
        assert_true(mote_writer_fits(&writer));
        assert_int_equal(writer.size, 32 + hash.size);
        assert_memory_equal(
            room,
            fixture_hex("26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9").data,
            32);
        assert_memory_equal(room + 32, hash.data, hash.size);
        for (size_t size = 0; size < writer.size; size++) {
            mote_writer small = mote_writer_into(room, size);
            mote_write_storage_key(&small, text("System"), text("Account"), &argument, 1);
            assert_false(mote_writer_fits(&small));
            assert_int_equal(small.size, writer.size);
        }
    }
}

static void keys_of_two_arguments(void **state) {
    (void)state;
    const mote_key_argument arguments[] = {
        {MOTE_HASHER_TWOX_64_CONCAT, fixture_hex("07000000")},
        {MOTE_HASHER_BLAKE2_128_CONCAT, fixture_hex(ALICE)},
    };
    uint8_t room[256];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_storage_key(&writer, text("Staking"), text("ErasStakers"), arguments, 2);
    const mote_bytes expected =
        fixture_hex("5f3e4907f716ac89b6347d15ececedca8bde0a0ea8864605e3b68ed9cb2da01b0e0d969b0e48ca"
                    "b707000000de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c"
                    "8558854ccde39a5684e7a56da27d");
    assert_int_equal(writer.size, expected.size);
    assert_memory_equal(room, expected.data, expected.size);
}

static void hashers_that_are_none(void **state) {
    (void)state;
    static const char *const names[] = {
        "",          "_",          "blake2",           "twox64", "twox64concatx",
        "identity2", "Blake2_512", "blake2_128 concat"};
    mote_storage_hasher hasher;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_false(mote_storage_hasher_by_name(&hasher, text(names[i])));
    }
}

/* --- records -------------------------------------------------------------------------------------------------- */
typedef struct census {
    size_t by_layout[6];
    size_t entries;
} census;

static void assert_decimal(mote_u128 value, const char *expected) {
    char out[MOTE_U128_TEXT_SIZE];
    assert_int_equal(mote_u128_write(out, value), strlen(expected));
    assert_string_equal(out, expected);
}

/* The key of every entry is the one that is made from the account at its end. */
static void count_entry(census *seen, const char *key, json_t *value) {
    const mote_bytes whole = fixture_hex(key);
    uint8_t room[80];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_account_key(&writer, (mote_bytes){whole.data + 48, whole.size - 48});
    assert_int_equal(writer.size, whole.size);
    assert_memory_equal(room, whole.data, whole.size);
    const mote_account_record record =
        mote_account_record_of(fixture_hex(json_string_value(value)));
    seen->by_layout[record.layout]++;
    seen->entries++;
}

static const char account_prefix[] =
    "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";

static void accounts_of_recorded_genesis_states(void **state) {
    (void)state;
    size_t files;
    char **names = fixture_list("genesis", "", ".genesis.json.gz", &files);
    census seen = {{0}, 0};
    assert_true(files >= 18);
    for (size_t i = 0; i < files; i++) {
        json_t *document = fixture_json(names[i]), *value;
        json_t *top = json_object_get(document, "top");
        const char *key;
        json_object_foreach(top, key, value) {
            if (strncmp(key, account_prefix, sizeof account_prefix - 1) == 0)
                count_entry(&seen, key, value);
        }
        json_decref(document);
    }
    assert_int_equal(seen.entries, 7794);
    assert_int_equal(seen.by_layout[MOTE_ACCOUNT_REFCOUNT_8], 11);
    assert_int_equal(seen.by_layout[MOTE_ACCOUNT_TWO_COUNTS], 9);
    assert_int_equal(seen.by_layout[MOTE_ACCOUNT_THREE_COUNTS], 7749);
    assert_int_equal(seen.by_layout[MOTE_ACCOUNT_FLAGGED], 25);
}

static void records_of_each_layout(void **state) {
    (void)state;
    mote_account_record record;
    /* westend2 at genesis */
    record = mote_account_record_of(fixture_hex(
        "000000000300407a10f35a000000000000000000000000000000000000000000000000000000407a"
        "10f35a0000000000000000000000407a10f35a00000000000000000000"));
    assert_int_equal(record.layout, MOTE_ACCOUNT_REFCOUNT_8);
    assert_int_equal(record.nonce, 0);
    assert_int_equal(record.refcount, 3);
    assert_decimal(record.free, "100000000000000");
    assert_decimal(record.reserved, "0");
    assert_decimal(record.misc_frozen, "100000000000000");
    assert_decimal(record.fee_frozen, "100000000000000");
    /* made: the layout between (frame_system 2.0.0) */
    record = mote_account_record_of(fixture_hex(
        "07000000050000000000000000000000000000003000000002000000000000000000000000000000"
        "0300000000000000000000000000000004000000000000000000000000000000"));
    assert_int_equal(record.layout, MOTE_ACCOUNT_REFCOUNT_32);
    assert_int_equal(record.nonce, 7);
    assert_int_equal(record.refcount, 5);
    assert_decimal(record.free, "3802951800684688204490109616128");
    assert_decimal(record.reserved, "2");
    assert_decimal(record.misc_frozen, "3");
    assert_decimal(record.fee_frozen, "4");
    /* rococo_v1_1 at genesis */
    record = mote_account_record_of(fixture_hex(
        "00000000010000000100000000407a10f35a00000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000000000000000"));
    assert_int_equal(record.layout, MOTE_ACCOUNT_TWO_COUNTS);
    assert_int_equal(record.nonce, 0);
    assert_int_equal(record.consumers, 1);
    assert_int_equal(record.providers, 1);
    assert_decimal(record.free, "100000000000000");
    assert_decimal(record.reserved, "0");
    assert_decimal(record.misc_frozen, "0");
    assert_decimal(record.fee_frozen, "0");
    /* a development chain of Phala */
    record = mote_account_record_of(fixture_hex(
        "000000000300000001000000000000000000e8890423c78a00000000000000000000000000000000"
        "00000000000000000000c16ff286230000000000000000000000c16ff28623000000000000000000"));
    assert_int_equal(record.layout, MOTE_ACCOUNT_THREE_COUNTS);
    assert_int_equal(record.nonce, 0);
    assert_int_equal(record.consumers, 3);
    assert_int_equal(record.providers, 1);
    assert_int_equal(record.sufficients, 0);
    assert_decimal(record.free, "10000000000000000000");
    assert_decimal(record.reserved, "0");
    assert_decimal(record.misc_frozen, "10000000000000000");
    assert_decimal(record.fee_frozen, "10000000000000000");
    /* paseo at genesis */
    record = mote_account_record_of(fixture_hex(
        "000000000400000001000000000000000000c16ff286230000000000000000000000000000000000"
        "00000000000000000080c6a47e8d0300000000000000000000000000000000000000000000000080"));
    assert_int_equal(record.layout, MOTE_ACCOUNT_FLAGGED);
    assert_int_equal(record.nonce, 0);
    assert_int_equal(record.consumers, 4);
    assert_int_equal(record.providers, 1);
    assert_int_equal(record.sufficients, 0);
    assert_decimal(record.free, "10000000000000000");
    assert_decimal(record.reserved, "0");
    assert_decimal(record.frozen, "1000000000000000");
}

static void records_of_other_layouts_stay_unknown(void **state) {
    (void)state;
    uint8_t bytes[128];
    memset(bytes, 0, sizeof bytes);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        const mote_account_record record = mote_account_record_of((mote_bytes){bytes, size});
        const bool known = size == 69 || size == 72 || size == 76 || size == 80;
        assert_int_equal(record.layout != MOTE_ACCOUNT_UNKNOWN, known);
    }
    /* Flags that are not known are no balance, and none of the record is shown. */
    for (size_t bit = 0; bit < 127; bit++) {
        uint8_t flagged[80] = {1};
        flagged[79] = 0x80;
        flagged[64 + bit / 8] |= (uint8_t)(1u << bit % 8);
        const mote_account_record record = mote_account_record_of((mote_bytes){flagged, 80});
        assert_int_equal(record.layout, MOTE_ACCOUNT_UNKNOWN);
        assert_int_equal(record.nonce, 0);
    }
}

static void decimals(void **state) {
    (void)state;
    static const struct {
        uint64_t high, low;
        const char *decimal;
    } cases[] = {
        {UINT64_C(0), UINT64_C(0), "0"},
        {UINT64_C(0), UINT64_C(1), "1"},
        {UINT64_C(0), UINT64_C(9), "9"},
        {UINT64_C(0), UINT64_C(10), "10"},
        {UINT64_C(0), UINT64_C(99), "99"},
        {UINT64_C(0), UINT64_C(4294967295), "4294967295"},
        {UINT64_C(0), UINT64_C(4294967296), "4294967296"},
        {UINT64_C(0), UINT64_C(9007199254740992), "9007199254740992"},
        {UINT64_C(0), UINT64_C(18446744073709551615), "18446744073709551615"},
        {UINT64_C(1), UINT64_C(0), "18446744073709551616"},
        {UINT64_C(0), UINT64_C(10000000000000000000), "10000000000000000000"},
        {UINT64_C(5), UINT64_C(7766279631452241919), "99999999999999999999"},
        {UINT64_C(5421010862427522170), UINT64_C(687399551400673280),
         "100000000000000000000000000000000000000"},
        {UINT64_C(6692605942763486917), UINT64_C(12312739301371248917),
         "123456789012345678901234567890123456789"},
        {UINT64_C(9223372036854775808), UINT64_C(0), "170141183460469231731687303715884105728"},
        {UINT64_C(18446744073709551615), UINT64_C(18446744073709551615),
         "340282366920938463463374607431768211455"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_decimal((mote_u128){cases[i].low, cases[i].high}, cases[i].decimal);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_as_published),
        cmocka_unit_test(every_prefix_comes_back),
        cmocka_unit_test(addresses_that_are_none),
        cmocka_unit_test(mistyped_addresses_are_refused),
        cmocka_unit_test(hex_addresses),
        cmocka_unit_test(keys_of_each_hasher),
        cmocka_unit_test(keys_of_two_arguments),
        cmocka_unit_test(hashers_that_are_none),
        cmocka_unit_test(accounts_of_recorded_genesis_states),
        cmocka_unit_test(records_of_each_layout),
        cmocka_unit_test(records_of_other_layouts_stay_unknown),
        cmocka_unit_test(decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
