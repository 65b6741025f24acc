/* SPDX-License-Identifier: Apache-2.0 */
/* Bundles: the frame, the writer, and each link of the walk, right and wrong, over a network made up for it. */
#include "bundle_world.h"

#include <sodium.h>

/* --- the frame ------------------------------------------------------------------------------------------------ */

#define HEAD_SIZE(name) (8 + 2 + 1 + (sizeof(name) - 1) + 32 + 32 + 1 + 16)

static mote_status open_bytes(mote_bytes bytes, size_t *offset) {
    mote_context *context = fixture_context(1);
    uint8_t *exact = fixture_copy(bytes);
    mote_bundle bundle;
    const mote_bytes input = {exact, bytes.size};
    mote_status status = mote_bundle_open(context, &bundle, input);
    if (offset != NULL) *offset = mote_fault_offset(&context->fault, input);
    free(exact);
    return status;
}

/* A bundle "ab" of the sections given as bytes. */
static mote_bytes frame(uint8_t count, const char *sections_hex) {
    test_buffer out = {NULL, 0, 0};
    static const uint8_t zeros[64];
    append_span(&out, "motebdl\n", 8);
    append_u8(&out, 1);
    append_u8(&out, 0);
    append_u8(&out, 2);
    append_span(&out, "ab", 2);
    append_span(&out, zeros, 64);
    append_u8(&out, count);
    uint8_t check[16];
    crypto_generichash(check, sizeof check, out.data, out.size, NULL, 0);
    append_span(&out, check, sizeof check);
    const mote_bytes sections = fixture_hex(sections_hex);
    append_span(&out, sections.data, sections.size);
    return buffer_bytes(&out);
}

static void frame_is_read(void **unused) {
    (void)unused;
    const mote_bytes bytes = frame(2, "0201000000aa"
                                      "0702000000bbcc");
    mote_bundle bundle;
    assert_true(mote_bundle_looks_like_one(bytes));
    assert_status(mote_bundle_open(fixture_context(1), &bundle, bytes), MOTE_OK);
    assert_string_equal(bundle.chain, "ab");
    assert_int_equal(bundle.version, 1);
    assert_int_equal(bundle.head_size, HEAD_SIZE("ab"));
    assert_int_equal(bundle.section[MOTE_SECTION_JUSTIFICATION].size, 1);
    assert_int_equal(bundle.section[MOTE_SECTION_PARA_STATE].size, 2);
    assert_int_equal(bundle.section[MOTE_SECTION_PARA_STATE].data[1], 0xcc);
    for (size_t i = 0; i <= MOTE_BUNDLE_SECTIONS; i++) {
        if (i != MOTE_SECTION_JUSTIFICATION && i != MOTE_SECTION_PARA_STATE) {
            assert_int_equal(bundle.section[i].size, 0);
        }
    }
    assert_status(open_bytes(frame(0, ""), NULL), MOTE_OK);
}

static void frame_is_strict(void **unused) {
    (void)unused;
    const size_t head = HEAD_SIZE("ab");
    static const struct {
        uint8_t count;
        const char *sections;
        mote_status expected;
        size_t at; /* after the head */
    } cases[] = {
        {1, "0101000000aaff", MOTE_E_TRAILING_BYTES, 6},
        {1, "0001000000aa", MOTE_E_BAD_ENUM, 0},
        {1, "0801000000aa", MOTE_E_BAD_ENUM, 0},
        {1, "ff01000000aa", MOTE_E_BAD_ENUM, 0},
        {2, "0301000000aa0301000000aa", MOTE_E_BAD_FORMAT, 6},
        {2, "0301000000aa0201000000aa", MOTE_E_BAD_FORMAT, 6},
        {1, "0300000000", MOTE_E_BAD_FORMAT, 1},
        {1, "0302000000aa", MOTE_E_LENGTH_BEYOND_INPUT, 1},
        {1, "03ffffffffaa", MOTE_E_LENGTH_BEYOND_INPUT, 1},
        {1, "030100", MOTE_E_TRUNCATED, 1},
        {2, "0301000000aa", MOTE_E_TRUNCATED, 6},
        {1, "", MOTE_E_TRUNCATED, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t offset;
        assert_status(open_bytes(frame(cases[i].count, cases[i].sections), &offset),
                      cases[i].expected);
        assert_int_equal(offset, head + cases[i].at);
    }
    size_t offset;
    assert_status(open_bytes(frame(8, ""), &offset), MOTE_E_BAD_FORMAT);
    assert_int_equal(offset, head - 17);
}

static void magic_version_and_name_are_checked(void **unused) {
    (void)unused;
    const mote_bytes good = frame(0, "");
    for (size_t i = 0; i < 8; i++) {
        uint8_t *bad = fixture_copy(good);
        bad[i] ^= 0x20;
        assert_false(mote_bundle_looks_like_one((mote_bytes){bad, good.size}));
        assert_status(open_bytes((mote_bytes){bad, good.size}, NULL), MOTE_E_BAD_FORMAT);
        free(bad);
    }
    for (size_t i = 8; i < 10; i++) {
        uint8_t *bad = fixture_copy(good);
        bad[i] ^= 2;
        size_t offset;
        assert_status(open_bytes((mote_bytes){bad, good.size}, &offset), MOTE_E_VERSION);
        assert_int_equal(offset, 8);
        free(bad);
    }
    for (unsigned value = 0; value < 256; value++) {
        uint8_t *bytes = fixture_copy(good);
        bytes[12] = (uint8_t)value;
        bool allowed = value != 0 && strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", (int)value);
        size_t offset;
        assert_status(open_bytes((mote_bytes){bytes, good.size}, &offset),
                      allowed ? MOTE_OK : MOTE_E_BAD_FORMAT);
        if (!allowed) assert_int_equal(offset, 12);
        free(bytes);
    }
    uint8_t *longer = fixture_copy(good);
    longer[10] = 33;
    assert_status(open_bytes((mote_bytes){longer, good.size}, NULL), MOTE_E_LIMIT_SIZE);
    free(longer);
    assert_false(mote_bundle_looks_like_one((mote_bytes){NULL, 0}));
    assert_status(open_bytes((mote_bytes){NULL, 0}, NULL), MOTE_E_TRUNCATED);
}

/* --- the writer ----------------------------------------------------------------------------------------------- */

static void writer_gives_the_same_bytes_and_no_more_than_fit(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const mote_bytes once = world_bundle(world);
    assert_true(mote_bytes_equal(once, world_bundle(world_make())));
    uint8_t *memory = malloc(once.size);
    assert_non_null(memory);
    for (size_t capacity = 0; capacity < once.size; capacity += 1 + capacity / 8) {
        mote_writer writer = mote_writer_into(memory, capacity);
        mote_bundle_encode(&writer, &world->parts);
        assert_false(mote_writer_fits(&writer));
        assert_int_equal(writer.size, once.size);
    }
    free(memory);
    mote_bundle_parts nothing;
    memset(&nothing, 0, sizeof nothing);
    uint8_t empty[128];
    mote_writer writer = mote_writer_into(empty, sizeof empty);
    mote_bundle_encode(&writer, &nothing);
    assert_status(open_bytes((mote_bytes){empty, writer.size}, NULL), MOTE_OK);
    assert_int_equal(writer.size, HEAD_SIZE(""));
}

/* --- the whole walk ------------------------------------------------------------------------------------------- */

typedef struct seen {
    mote_link links[32];
    char listed_key[32][40]; /* copied: a listed key is good until the next link only */
    size_t count;
} seen;

static void see(const mote_link *link, void *user) {
    seen *all = user;
    assert_true(all->count < 32);
    assert_int_equal(link->index, all->count);
    (void)snprintf(all->listed_key[all->count], 40, "%.*s", (int)link->key.size,
                   (const char *)link->key.data);
    all->links[all->count++] = *link;
}

static seen walk_all(const bundle_world *world, mote_bytes bundle) {
    seen all;
    memset(&all, 0, sizeof all);
    const recording_verdict verdict = recording_judge(
        fixture_context(16), bundle, world->checkpoint, WORLD_MADE_AT + 60, see, &all);
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, all.count);
    return all;
}

static void every_kind_of_link_in_order(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const mote_bytes bundle = world_bundle(world);
    const seen all = walk_all(world, bundle);
    static const mote_link_kind kinds[] = {
        MOTE_LINK_CHECKPOINT,  MOTE_LINK_HANDOVER,   MOTE_LINK_FINALITY,   MOTE_LINK_HEADER,
        MOTE_LINK_STATE,       MOTE_LINK_STATE,      MOTE_LINK_STATE,      MOTE_LINK_PARA_HEAD,
        MOTE_LINK_PARA_HEADER, MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE,
        MOTE_LINK_PARA_STATE,  MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE,
        MOTE_LINK_PARA_STATE,  MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE, MOTE_LINK_PARA_STATE};
    static const uint32_t numbers[] = {100, 101, 104, 103, 103, 103, 103, 42, 41, 41,
                                       41,  41,  41,  41,  41,  41,  41,  41, 41, 41};
    assert_int_equal(all.count, sizeof kinds / sizeof kinds[0]);
    for (size_t i = 0; i < all.count; i++) {
        assert_int_equal(all.links[i].kind, kinds[i]);
        assert_int_equal(all.links[i].number, numbers[i]);
    }
    /* The pieces cover the file: no byte is nobody's. */
    size_t covered = 0;
    for (size_t i = 0; i < all.count; i++) {
        assert_true(all.links[i].offset <= covered);
        if (all.links[i].offset + all.links[i].size > covered) {
            covered = all.links[i].offset + all.links[i].size;
        }
    }
    assert_int_equal(covered, bundle.size);
}

static void links_say_what_they_proved(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const seen all = walk_all(world, world_bundle(world));
    const mote_link *links = all.links;
    assert_int_equal(links[0].set_id, 5);
    assert_int_equal(links[0].authorities, 4);
    assert_int_equal(links[0].age.freshness, MOTE_FRESH);
    assert_int_equal(links[0].age.seconds, 60);
    assert_int_equal(links[1].set_id, 5);
    assert_int_equal(links[1].next_set_id, 6);
    assert_int_equal(links[1].next_authorities, 4);
    assert_int_equal(links[1].report.counted_voters, 4);
    assert_int_equal(links[2].set_id, 6);
    assert_int_equal(links[2].report.round, 9);
    assert_memory_equal(links[2].hash.bytes, world->justified_block.hash.bytes, 32);
    assert_int_equal(links[4].value.state, MOTE_VALUE_PRESENT);
    assert_int_equal(links[5].value.state, MOTE_VALUE_ABSENT);
    assert_int_equal(links[6].question, MOTE_ASK_EQUALS);
    assert_int_equal(links[7].para_id, WORLD_PARA);
    assert_true(mote_bytes_equal(links[7].value.value, world->para_head));
    const mote_hash root = naive_root(world->para.trie);
    assert_memory_equal(links[8].state_root.bytes, root.bytes, 32);
    assert_true(mote_bytes_equal(links[9].value.value, world_text("100")));
    assert_int_equal(links[9].value.under.origin, MOTE_STATE_OF_PARACHAIN);
    assert_int_equal(links[9].value.under.block_number, 41);
}

static void lists_are_links_and_an_end(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const seen all = walk_all(world, world_bundle(world));
    static const char *const keys[] = {
        "balance/alice", "balance/bob", "balance/carol", "balance/", "debt/",
        "alpha",         "alpha",       "alpine",        "al",       "zebra"};
    static const bool listed[] = {true, true, true, false, false, false, true, true, false, false};
    static const bool complete[] = {false, false, false, true, true,
                                    false, false, false, true, false};
    static const uint32_t counts[] = {1, 2, 3, 3, 0, 0, 1, 2, 2, 0};
    for (size_t i = 0; i < 10; i++) {
        const mote_link *link = &all.links[10 + i];
        assert_string_equal(all.listed_key[10 + i], keys[i]);
        assert_int_equal(link->listed, listed[i]);
        assert_int_equal(link->list_complete, complete[i]);
        assert_int_equal(link->listed_count, counts[i]);
    }
    assert_true(mote_bytes_equal(all.links[12].value.value, world->long_value));
    assert_true(mote_bytes_equal(all.links[16].child_key, world_text("kid")));
    assert_int_equal(all.links[10].offset, all.links[13].offset);
    assert_int_equal(all.links[10].size, all.links[13].size);
}

static void target_is_the_lowest_block(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    mote_context *context = fixture_context(16);
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_decode(context, &checkpoint, world->checkpoint), MOTE_OK);
    static const uint32_t after[] = {100, 101, 104, 103, 103, 103, 103, 42, 41};
    mote_bundle bundle;
    mote_bundle_walk *walk;
    assert_status(mote_bundle_open(context, &bundle, world_bundle(world)), MOTE_OK);
    assert_status(mote_bundle_begin(context, &walk, &bundle, &checkpoint, WORLD_MADE_AT), MOTE_OK);
    mote_hash hash;
    uint32_t number;
    bool is_parachain;
    assert_false(mote_bundle_target(walk, &hash, &number, &is_parachain));
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++) {
        mote_link link;
        bool more;
        assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_OK);
        assert_true(more);
        assert_true(mote_bundle_target(walk, &hash, &number, &is_parachain));
        assert_int_equal(number, after[i]);
        assert_int_equal(is_parachain, i >= 7);
        if (i != 4) assert_memory_equal(hash.bytes, link.hash.bytes, 32);
    }
}

/* --- the checkpoint ------------------------------------------------------------------------------------------- */

static recording_verdict judge_at(const bundle_world *world, uint64_t now) {
    return recording_judge(fixture_context(16), world_bundle(world), world->checkpoint, now, NULL,
                           NULL);
}

static void assert_refused_at(const recording_verdict *verdict, mote_status status,
                              mote_link_kind kind, uint32_t index) {
    assert_status(verdict->status, status);
    assert_int_equal(verdict->link.kind, kind);
    assert_int_equal(verdict->link.index, index);
    assert_int_equal(verdict->links, index);
    assert_true(verdict->offset != MOTE_NO_OFFSET);
    assert_true(verdict->offset >= verdict->link.offset);
    assert_true(verdict->offset <= verdict->link.offset + verdict->link.size);
}

static void age_is_judged_first(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const uint64_t window = mote_chain_by_name("westend")->window_seconds;
    recording_verdict verdict = judge_at(world, WORLD_MADE_AT + window - 1);
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.assumed & MOTE_ASSUMED_CHECKPOINT_AGE, 0);
    verdict = judge_at(world, WORLD_MADE_AT + window);
    assert_refused_at(&verdict, MOTE_E_EXPIRED, MOTE_LINK_CHECKPOINT, 0);
    assert_int_equal(verdict.link.age.freshness, MOTE_EXPIRED);
    verdict = judge_at(world, WORLD_MADE_AT - 61);
    assert_refused_at(&verdict, MOTE_E_FROM_FUTURE, MOTE_LINK_CHECKPOINT, 0);
    assert_status(judge_at(world, WORLD_MADE_AT - 60).status, MOTE_OK);
    /* No time: assumed, and said of every value. */
    seen all;
    memset(&all, 0, sizeof all);
    verdict =
        recording_judge(fixture_context(16), world_bundle(world), world->checkpoint, 0, see, &all);
    assert_status(verdict.status, MOTE_OK);
    assert_true((verdict.assumed & MOTE_ASSUMED_CHECKPOINT_AGE) != 0);
    for (size_t i = 4; i < all.count; i++) {
        if (all.links[i].value.state == MOTE_VALUE_UNKNOWN) continue;
        assert_true((all.links[i].value.under.assumed & MOTE_ASSUMED_CHECKPOINT_AGE) != 0);
    }
}

static void bundle_says_for_which_checkpoint(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const mote_hash genesis = world->parts.genesis;
    world->parts.genesis.bytes[5] ^= 1;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_GENESIS_MISMATCH, MOTE_LINK_CHECKPOINT, 0);
    assert_int_equal(verdict.offset, 11 + strlen("westend"));
    memset(&world->parts.genesis, 0, sizeof world->parts.genesis);
    assert_status(world_judge(world, world_bundle(world)).status, MOTE_OK);
    world->parts.genesis = genesis;

    world->parts.chain = "polkadot";
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_GENESIS_MISMATCH, MOTE_LINK_CHECKPOINT, 0);
    assert_int_equal(verdict.offset, 11);
    world->parts.chain = "westend2"; /* the same chain by its id */
    assert_status(world_judge(world, world_bundle(world)).status, MOTE_OK);
    world->parts.chain = NULL;
    assert_status(world_judge(world, world_bundle(world)).status, MOTE_OK);

    world->parts.checkpoint_digest.bytes[31] ^= 1;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_CHECKPOINT_MISMATCH, MOTE_LINK_CHECKPOINT, 0);
    memset(&world->parts.checkpoint_digest, 0, sizeof world->parts.checkpoint_digest);
    assert_status(world_judge(world, world_bundle(world)).status, MOTE_OK);
}

static void checkpoint_of_nobody_is_no_start(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    mote_context *context = fixture_context(16);
    mote_bundle bundle;
    mote_bundle_walk *walk;
    mote_checkpoint none;
    memset(&none, 0, sizeof none);
    assert_status(mote_bundle_open(context, &bundle, world_bundle(world)), MOTE_OK);
    assert_status(mote_bundle_begin(context, &walk, &bundle, &none, 0), MOTE_E_NO_EVIDENCE);
    assert_null(walk);
    mote_bundle unopened;
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_decode(context, &checkpoint, world->checkpoint), MOTE_OK);
    assert_status(mote_bundle_open(context, &unopened, world_text("no bundle")), MOTE_E_BAD_FORMAT);
    assert_status(mote_bundle_begin(context, &walk, &unopened, &checkpoint, 0),
                  MOTE_E_BAD_ARGUMENT);
    assert_null(walk);
}

/* --- finality ------------------------------------------------------------------------------------------------- */

/* Only the checkpoint, and what the test puts there. */
static bundle_world *bare_world(void) {
    bundle_world *world = world_make();
    const mote_bundle_parts all = world->parts;
    memset(&world->parts, 0, sizeof world->parts);
    world->parts.chain = all.chain;
    world->parts.genesis = all.genesis;
    world->parts.checkpoint_digest = all.checkpoint_digest;
    return world;
}

static void nothing_but_the_checkpoint(void **unused) {
    (void)unused;
    const bundle_world *world = bare_world();
    const recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 1);
}

static void warp_proof_with_nothing_newer(void **unused) {
    (void)unused;
    bundle_world *world = bare_world();
    world->parts.warp = fixture_hex("0001");
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 1);
    world->parts.warp = fixture_hex("0000");
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_WARP_EMPTY, MOTE_LINK_HANDOVER, 1);
}

static void justification_without_its_header(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    world->parts.header_count = 0;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_LINK_MISSING, MOTE_LINK_STATE, 3);
    world->parts.relay_proof.size = 0;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_LINK_MISSING, MOTE_LINK_PARA_HEAD, 3);
    world->parts.has_para = false;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_LINK_MISSING, MOTE_LINK_PARA_HEADER, 3);
    world->parts.para_header_count = 0;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_LINK_MISSING, MOTE_LINK_PARA_STATE, 3);
    world->parts.para_state_proof.size = 0;
    verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 3);
    assert_int_equal(verdict.link.number, 104);
}

static void justification_at_or_above_the_block_reached(void **unused) {
    (void)unused;
    bundle_world *world = bare_world();
    const test_voter *voters = world->first_voters;
    static const mote_hash nothing = {{8}};
    /* The checkpoint's own block. */
    world->parts.justification =
        build_plain_justification(voters, 4, &world->checkpoint_block, 1, 5);
    world->parts.headers = &world->checkpoint_block.header;
    world->parts.header_count = 1;
    assert_status(world_judge(world, world_bundle(world)).status, MOTE_OK);
    /* Another block of that height, and one below. */
    for (uint32_t number = 100; number >= 99; number--) {
        const test_block other = test_block_at(&nothing, number, 77, NULL);
        world->parts.justification = build_plain_justification(voters, 4, &other, 1, 5);
        world->parts.headers = &other.header;
        const recording_verdict verdict = world_judge(world, world_bundle(world));
        assert_refused_at(&verdict, MOTE_E_NOT_ABOVE_TRUSTED, MOTE_LINK_FINALITY, 1);
    }
}

static void justification_by_another_set(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    world->parts.justification =
        build_plain_justification(world->first_voters, 4, &world->justified_block, 9, 6);
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_UNKNOWN_VOTER, MOTE_LINK_FINALITY, 2);
    world->parts.justification =
        build_plain_justification(world->second_voters, 4, &world->justified_block, 9, 5);
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_BAD_SIGNATURE, MOTE_LINK_FINALITY, 2);
    /* Right, and for another block than the header's. */
    world->parts.justification =
        build_plain_justification(world->second_voters, 4, &world->justified_block, 9, 6);
    world->headers[0] = world->headers[1];
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_TARGET_MISMATCH, MOTE_LINK_FINALITY, 2);
}

static void fragment_by_another_set(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const test_fragment fragment = {
        world->handover_block.header,
        build_plain_justification(world->second_voters, 4, &world->handover_block, 7, 5)};
    world->parts.warp = build_warp_proof(&fragment, 1, true);
    const recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_UNKNOWN_VOTER, MOTE_LINK_HANDOVER, 1);
}

/* --- headers --------------------------------------------------------------------------------------------------- */

static void headers_below_a_hand_over(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    mote_bundle_parts parts = bare_world()->parts;
    parts.warp = world->parts.warp;
    world->parts = parts;
    /* The fragment's own header again, and its parent, the checkpoint's block. */
    const mote_bytes headers[] = {world->handover_block.header, world->checkpoint_header};
    world->parts.headers = headers;
    world->parts.header_count = 2;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 4);
    assert_int_equal(verdict.link.number, 100);
    /* The parent at once. */
    world->parts.headers = headers + 1;
    world->parts.header_count = 1;
    verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 3);
    /* The same twice: only the first may repeat what is proven. */
    const mote_bytes twice[] = {headers[0], headers[0]};
    world->parts.headers = twice;
    world->parts.header_count = 2;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEADER_LINK, MOTE_LINK_HEADER, 3);
    world->parts.headers = &world->header_102;
    world->parts.header_count = 1;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEADER_LINK, MOTE_LINK_HEADER, 2);
}

static void headers_that_are_not_parents(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    world->headers[1] = world->header_102;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEADER_LINK, MOTE_LINK_HEADER, 3);
    /* Cut short: the last header ends inside itself. */
    world = world_make();
    world->headers[1].size--;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_TRUNCATED, MOTE_LINK_HEADER, 3);
    world = world_make();
    world->para_headers[0] = relay_para_header(&world->checkpoint_block.hash, 41, 8);
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEADER_LINK, MOTE_LINK_PARA_HEADER, 8);
}

static void parachain_headers_may_begin_with_the_head(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const mote_bytes headers[] = {world->para_head, world->para_headers[0]};
    world->parts.para_headers = headers;
    world->parts.para_header_count = 2;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.links, 21);
}

/* --- heads that are none --------------------------------------------------------------------------------------- */

/* Another relay state in the same place: headers and justification are made again above it. */
static void put_relay_state(bundle_world *world) {
    mote_header old;
    assert_status(mote_header_decode(fixture_other_context(1), &old, world->headers[1]), MOTE_OK);
    const mote_hash root = naive_root(world->relay.trie);
    uint8_t *header = fixture_copy(world->headers[1]);
    memcpy(header + 34, root.bytes, 32); /* after the parent and a number of two bytes */
    world->headers[1].data = header;
    const mote_hash hash = libsodium_blake2b_256(world->headers[1]);
    uint8_t *top = fixture_copy(world->headers[0]);
    memcpy(top, hash.bytes, 32);
    world->headers[0].data = top;
    world->justified_block.header = world->headers[0];
    world->justified_block.hash = libsodium_blake2b_256(world->headers[0]);
    world->parts.justification =
        build_plain_justification(world->second_voters, 4, &world->justified_block, 9, 6);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, WORLD_PARA);
    world->parts.relay_proof.size = 0;
    world->parts.para_proof = relay_state_prove(&world->relay, &key, 1);
}

static void opaque_head_is_shown_and_not_followed(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    memset(&world->relay, 0, sizeof world->relay);
    relay_state_open(&world->relay);
    relay_state_put_head(&world->relay, WORLD_PARA, world_text("no header"));
    relay_state_close(&world->relay, NAIVE_V0);
    put_relay_state(world);
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEAD_NOT_HEADER, MOTE_LINK_PARA_HEADER, 5);
    world->parts.para_header_count = 0;
    verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_HEAD_NOT_HEADER, MOTE_LINK_PARA_STATE, 5);
    world->parts.para_state_proof.size = 0;
    const seen all = walk_all(world, world_bundle(world));
    assert_int_equal(all.count, 5);
    assert_true(mote_bytes_equal(all.links[4].value.value, world_text("no header")));
}

static void absent_parachain_is_proven_and_has_no_state(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    memset(&world->relay, 0, sizeof world->relay);
    relay_state_open(&world->relay);
    relay_state_close(&world->relay, NAIVE_V0);
    put_relay_state(world);
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_LINK_MISSING, MOTE_LINK_PARA_HEADER, 5);
    world->parts.para_header_count = 0;
    world->parts.para_state_proof.size = 0;
    const seen all = walk_all(world, world_bundle(world));
    assert_int_equal(all.links[4].value.state, MOTE_VALUE_ABSENT);
    assert_int_equal(all.links[4].para_id, WORLD_PARA);
}

/* --- questions ------------------------------------------------------------------------------------------------- */

static recording_verdict ask(bundle_world *world, mote_bundle_query query) {
    world->parts.para_queries = &query;
    world->parts.para_query_count = 1;
    return world_judge(world, world_bundle(world));
}

static void expected_values_are_compared(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const struct {
        mote_bundle_query query;
        mote_status expected;
    } cases[] = {
        {{MOTE_ASK_EQUALS, world_text("empty"), {NULL, 0}, {NULL, 0}}, MOTE_OK},
        {{MOTE_ASK_EQUALS, world_text("empty"), {NULL, 0}, world_text("x")}, MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_EQUALS, world_text("zebra"), {NULL, 0}, {NULL, 0}}, MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_EQUALS, world_text("balance/bob"), {NULL, 0}, world_text("201")},
         MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_EQUALS, world_text("balance/carol"), {NULL, 0}, world->long_value}, MOTE_OK},
        {{MOTE_ASK_ABSENT, world_text("empty"), {NULL, 0}, {NULL, 0}}, MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_ABSENT, world_text("balance"), {NULL, 0}, {NULL, 0}}, MOTE_OK},
        {{MOTE_ASK_NONE, world_text("balance/b"), {NULL, 0}, {NULL, 0}}, MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_NONE, {NULL, 0}, {NULL, 0}, {NULL, 0}}, MOTE_E_VALUE_MISMATCH},
        {{MOTE_ASK_LIST, world_text("nothing"), {NULL, 0}, {NULL, 0}}, MOTE_OK},
        {{MOTE_ASK_READ, world_text("any"), world_text("orphan"), {NULL, 0}}, MOTE_OK},
        {{MOTE_ASK_NONE, {NULL, 0}, world_text("orphan"), {NULL, 0}}, MOTE_OK},
        {{MOTE_ASK_EQUALS, world_text("beta"), world_text("kid"), world_text("three")}, MOTE_OK},
        {{MOTE_ASK_EQUALS, world_text("beta"), {NULL, 0}, world_text("three")},
         MOTE_E_VALUE_MISMATCH},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const recording_verdict verdict = ask(world, cases[i].query);
        assert_status(verdict.status, cases[i].expected);
        if (cases[i].expected != MOTE_OK) {
            assert_refused_at(&verdict, cases[i].expected, MOTE_LINK_PARA_STATE, 9);
        }
    }
}

static void expected_value_may_meet_its_hash_alone(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const mote_bytes key = world_text("balance/carol");
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    naive_prove(&nodes, world->para.trie, key);
    for (size_t i = 0; i < nodes.count; i++) {
        if (!mote_bytes_equal(nodes.items[i], world->long_value)) continue;
        nodes = naive_without(&nodes, i);
        break;
    }
    world->parts.para_state_proof = naive_scale(&nodes);
    recording_verdict verdict =
        ask(world, (mote_bundle_query){MOTE_ASK_EQUALS, key, {NULL, 0}, world->long_value});
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.link.value.state, MOTE_VALUE_HASH_ONLY);
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_READ, key, {NULL, 0}, {NULL, 0}});
    assert_status(verdict.status, MOTE_OK);
    assert_int_equal(verdict.link.value.state, MOTE_VALUE_HASH_ONLY);
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_EQUALS, key, {NULL, 0}, world_text("100")});
    assert_refused_at(&verdict, MOTE_E_VALUE_MISMATCH, MOTE_LINK_PARA_STATE, 9);
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_ABSENT, key, {NULL, 0}, {NULL, 0}});
    assert_refused_at(&verdict, MOTE_E_VALUE_MISMATCH, MOTE_LINK_PARA_STATE, 9);
    /* A list of which one member is not in the proof does not become a shorter list. */
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_LIST, {NULL, 0}, {NULL, 0}, {NULL, 0}});
    assert_status(verdict.status, MOTE_E_PROOF_INCOMPLETE);
}

static void questions_are_read_strictly(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    /* No question at all. */
    world->parts.para_query_count = 0;
    recording_verdict verdict = world_judge(world, world_bundle(world));
    assert_refused_at(&verdict, MOTE_E_TRUNCATED, MOTE_LINK_PARA_STATE, 9);
    /* Kinds that are none. */
    for (unsigned kind = 5; kind < 256; kind += 83) {
        verdict = ask(world, (mote_bundle_query){
                                 (mote_question)kind, world_text("empty"), {NULL, 0}, {NULL, 0}});
        assert_refused_at(&verdict, MOTE_E_BAD_ENUM, MOTE_LINK_PARA_STATE, 9);
    }
    /* Keys at the limit and one above. */
    uint8_t *longest = calloc(1, MOTE_MAX_KEY_SIZE + 1);
    assert_non_null(longest);
    for (size_t extra = 0; extra < 2; extra++) {
        const mote_bytes key = {longest, MOTE_MAX_KEY_SIZE + extra};
        const mote_bundle_query main_trie = {MOTE_ASK_READ, key, {NULL, 0}, {NULL, 0}};
        const mote_bundle_query child_trie = {MOTE_ASK_READ, world_text("a"), key, {NULL, 0}};
        verdict = ask(world, main_trie);
        assert_status(verdict.status, extra == 0 ? MOTE_OK : MOTE_E_LIMIT_SIZE);
        verdict = ask(world, child_trie);
        if (extra == 1) assert_status(verdict.status, MOTE_E_LIMIT_SIZE);
    }
    free(longest);
}

static void incomplete_and_superfluous_proofs(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const mote_bytes alice = world_text("balance/alice");
    world->parts.para_state_proof = world_para_proof(world, &alice, 1, NULL, 0);
    recording_verdict verdict =
        ask(world,
            (mote_bundle_query){MOTE_ASK_READ, world_text("balance/carol"), {NULL, 0}, {NULL, 0}});
    assert_status(verdict.status, MOTE_E_PROOF_INCOMPLETE);
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_LIST, {NULL, 0}, {NULL, 0}, {NULL, 0}});
    assert_status(verdict.status, MOTE_E_PROOF_INCOMPLETE);
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    naive_prove(&nodes, world->para.trie, alice);
    naive_append(&nodes, world->para_head);
    world->parts.para_state_proof = naive_scale(&nodes);
    verdict = ask(world, (mote_bundle_query){MOTE_ASK_READ, alice, {NULL, 0}, {NULL, 0}});
    assert_refused_at(&verdict, MOTE_E_PROOF_UNREACHABLE_NODE, MOTE_LINK_PARA_STATE, 9);
}

static void proof_longer_than_its_section(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    const mote_bytes made = world_bundle(world);
    uint8_t *copy = fixture_copy(made);
    const mote_bytes bundle = {copy, made.size};
    mote_bundle opened;
    assert_status(mote_bundle_open(fixture_context(1), &opened, bundle), MOTE_OK);
    uint8_t *bytes = copy + (opened.section[MOTE_SECTION_PARA_STATE].data - copy);
    const uint32_t size = mote_load_u32(bytes);
    mote_store_u32(bytes, (uint32_t)opened.section[MOTE_SECTION_PARA_STATE].size);
    recording_verdict verdict = world_judge(world, bundle);
    assert_refused_at(&verdict, MOTE_E_LENGTH_BEYOND_INPUT, MOTE_LINK_PARA_STATE, 9);
    mote_store_u32(bytes, size - 1);
    verdict = world_judge(world, bundle);
    assert_refused_at(&verdict, MOTE_E_LENGTH_BEYOND_INPUT, MOTE_LINK_PARA_STATE, 9);
    mote_store_u32(bytes, size + 1);
    verdict = world_judge(world, bundle);
    assert_refused_at(&verdict, MOTE_E_TRAILING_BYTES, MOTE_LINK_PARA_STATE, 9);
}

/* What is only said: another head, parachain or question would have another true answer. */
static void what_no_hash_covers_is_checked(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const mote_bytes made = world_bundle(world);
    uint8_t *copy = fixture_copy(made);
    const mote_bytes bundle = {copy, made.size};
    mote_bundle opened;
    assert_status(mote_bundle_open(fixture_context(1), &opened, bundle), MOTE_OK);
    const mote_bytes *sections = opened.section;
    const struct {
        size_t at, size;
        mote_link_kind kind;
        uint32_t link;
    } said[] = {
        {opened.head_size - 17, 17, MOTE_LINK_CHECKPOINT, 0},
        {(size_t)(sections[MOTE_SECTION_PARA_HEAD].data - copy), 20, MOTE_LINK_PARA_HEAD, 7},
        {(size_t)(sections[MOTE_SECTION_STATE].data - copy) + sections[MOTE_SECTION_STATE].size -
             40,
         40, MOTE_LINK_STATE, 4},
        {made.size - 40, 40, MOTE_LINK_PARA_STATE, 9},
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        for (size_t at = said[i].at; at < said[i].at + said[i].size; at++) {
            copy[at] ^= 0x10;
            const recording_verdict verdict = world_judge(world, bundle);
            copy[at] ^= 0x10;
            bool is_count = i == 0 && at == said[i].at; /* of sections: the frame's business */
            if (is_count) continue;
            assert_refused_at(&verdict, MOTE_E_CHECKSUM, said[i].kind, said[i].link);
        }
    }
    assert_status(world_judge(world, bundle).status, MOTE_OK);
    free(copy);
}

/* --- state of the walk ----------------------------------------------------------------------------------------- */

static void first_failure_stays(void **unused) {
    (void)unused;
    bundle_world *world = world_make();
    world->headers[1] = world->header_102;
    const mote_bytes bytes = world_bundle(world);
    mote_context *context = fixture_context(16);
    mote_checkpoint checkpoint;
    mote_bundle bundle;
    mote_bundle_walk *walk;
    assert_status(mote_checkpoint_decode(context, &checkpoint, world->checkpoint), MOTE_OK);
    assert_status(mote_bundle_open(context, &bundle, bytes), MOTE_OK);
    assert_status(mote_bundle_begin(context, &walk, &bundle, &checkpoint, WORLD_MADE_AT), MOTE_OK);
    mote_link link;
    bool more;
    for (size_t i = 0; i < 3; i++) {
        assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_OK);
    }
    assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_E_HEADER_LINK);
    assert_false(more);
    const size_t offset = mote_fault_offset(&context->fault, bytes);
    for (size_t i = 0; i < 3; i++) {
        mote_context_clear_fault(context);
        assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_E_HEADER_LINK);
        assert_false(more);
        assert_int_equal(mote_fault_offset(&context->fault, bytes), offset);
    }
    /* What held before it stays. */
    mote_hash hash;
    uint32_t number;
    bool is_parachain;
    assert_true(mote_bundle_target(walk, &hash, &number, &is_parachain));
    assert_int_equal(number, 104);
}

static void end_stays_the_end(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    mote_context *context = fixture_context(16);
    mote_checkpoint checkpoint;
    mote_bundle bundle;
    mote_bundle_walk *walk;
    assert_status(mote_checkpoint_decode(context, &checkpoint, world->checkpoint), MOTE_OK);
    size_t mark = mote_context_mark(context);
    assert_status(mote_bundle_open(context, &bundle, world_bundle(world)), MOTE_OK);
    assert_status(mote_bundle_begin(context, &walk, &bundle, &checkpoint, WORLD_MADE_AT), MOTE_OK);
    size_t begun = mote_context_mark(context);
    mote_link link;
    bool more = true;
    while (more) assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_OK);
        assert_false(more);
    }
    assert_int_equal(mote_context_mark(context), begun);
    mote_context_release(context, mark);
}

/* Whatever the block of memory: the same verdict, or that it is too small, by name and at a link. */
static void memory_of_every_size(void **unused) {
    (void)unused;
    const bundle_world *world = world_make();
    const mote_bytes bundle = world_bundle(world);
    static const uint8_t seed[32] = {4};
    const size_t most = 4u << 20;
    uint8_t *memory = malloc(most);
    assert_non_null(memory);
    size_t too_small = 0;
    bool held = false;
    for (size_t size = 4096; size <= most; size += size / fixture_times(40) + 1) {
        mote_context context;
        mote_context_init(&context, memory, size, seed);
        mote_checkpoint checkpoint;
        if (mote_checkpoint_decode(&context, &checkpoint, world->checkpoint) != MOTE_OK) continue;
        mote_bundle opened;
        mote_bundle_walk *walk;
        mote_link link;
        bool more = true;
        mote_status status = mote_bundle_open(&context, &opened, bundle);
        if (status == MOTE_OK) {
            status = mote_bundle_begin(&context, &walk, &opened, &checkpoint, WORLD_MADE_AT);
        }
        while (status == MOTE_OK && more) status = mote_bundle_next(&context, walk, &link, &more);
        if (status != MOTE_OK) {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            assert_false(held);
            too_small++;
        } else {
            held = true;
        }
    }
    assert_true(held);
    assert_true(too_small > 0);
    free(memory);
}

static void names_are_stable(void **unused) {
    (void)unused;
    static const char *const kinds[] = {"unknown",    "checkpoint", "handover",  "finality",
                                        "header",     "state",      "para-head", "para-header",
                                        "para-state", "unknown"};
    static const char *const sections[] = {"unknown",      "warp",       "justification",
                                           "headers",      "state",      "para-head",
                                           "para-headers", "para-state", "unknown"};
    static const char *const questions[] = {"read", "equals", "absent", "list", "none", "unknown"};
    for (int i = 0; i < 10; i++) {
        assert_string_equal(mote_link_kind_name((mote_link_kind)i), kinds[i]);
    }
    for (int i = 0; i < 9; i++) {
        assert_string_equal(mote_section_name((mote_section)i), sections[i]);
    }
    for (int i = 0; i < 6; i++) {
        assert_string_equal(mote_question_name((mote_question)i), questions[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frame_is_read),
        cmocka_unit_test(frame_is_strict),
        cmocka_unit_test(magic_version_and_name_are_checked),
        cmocka_unit_test(writer_gives_the_same_bytes_and_no_more_than_fit),
        cmocka_unit_test(every_kind_of_link_in_order),
        cmocka_unit_test(links_say_what_they_proved),
        cmocka_unit_test(lists_are_links_and_an_end),
        cmocka_unit_test(target_is_the_lowest_block),
        cmocka_unit_test(age_is_judged_first),
        cmocka_unit_test(bundle_says_for_which_checkpoint),
        cmocka_unit_test(checkpoint_of_nobody_is_no_start),
        cmocka_unit_test(nothing_but_the_checkpoint),
        cmocka_unit_test(warp_proof_with_nothing_newer),
        cmocka_unit_test(justification_without_its_header),
        cmocka_unit_test(justification_at_or_above_the_block_reached),
        cmocka_unit_test(justification_by_another_set),
        cmocka_unit_test(fragment_by_another_set),
        cmocka_unit_test(headers_below_a_hand_over),
        cmocka_unit_test(headers_that_are_not_parents),
        cmocka_unit_test(parachain_headers_may_begin_with_the_head),
        cmocka_unit_test(opaque_head_is_shown_and_not_followed),
        cmocka_unit_test(absent_parachain_is_proven_and_has_no_state),
        cmocka_unit_test(expected_values_are_compared),
        cmocka_unit_test(expected_value_may_meet_its_hash_alone),
        cmocka_unit_test(questions_are_read_strictly),
        cmocka_unit_test(incomplete_and_superfluous_proofs),
        cmocka_unit_test(proof_longer_than_its_section),
        cmocka_unit_test(what_no_hash_covers_is_checked),
        cmocka_unit_test(first_failure_stays),
        cmocka_unit_test(end_stays_the_end),
        cmocka_unit_test(memory_of_every_size),
        cmocka_unit_test(names_are_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
