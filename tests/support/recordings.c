/* SPDX-License-Identifier: Apache-2.0 */
#include "recordings.h"

#include "chains.h"
#include "grandpa_builder.h"

#define MOST_HEADERS 64u

/* --- parts ------------------------------------------------------------------------------------------------- */

static mote_bytes encode_checkpoint(const mote_checkpoint *checkpoint) {
    mote_writer measure = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&measure, checkpoint, false);
    uint8_t *data = malloc(measure.size);
    assert_non_null(data);
    mote_writer writer = mote_writer_into(data, measure.size);
    mote_checkpoint_encode(&writer, checkpoint, false);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){data, writer.size};
}

/* A checkpoint of a recorded header and set, and what a bundle says of it. */
static mote_bytes make_checkpoint(mote_bundle_parts *parts, mote_bytes header,
                                  mote_bytes authorities, uint64_t set_id,
                                  const mote_chain *chain) {
    mote_checkpoint checkpoint;
    mote_context *context = fixture_context(4);
    assert_status(
        mote_checkpoint_from_parts(context, &checkpoint, header, authorities, set_id, chain),
        MOTE_OK);
    parts->checkpoint_digest = mote_checkpoint_digest(&checkpoint);
    parts->genesis = checkpoint.genesis;
    if (chain != NULL) parts->chain = chain->name;
    return encode_checkpoint(&checkpoint);
}

static mote_bytes encode_bundle(const mote_bundle_parts *parts) {
    mote_writer measure = mote_writer_into(NULL, 0);
    mote_bundle_encode(&measure, parts);
    uint8_t *data = malloc(measure.size);
    assert_non_null(data);
    mote_writer writer = mote_writer_into(data, measure.size);
    mote_bundle_encode(&writer, parts);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){data, writer.size};
}

/* Headers from `from` down to `to`. */
static size_t headers_down(mote_bytes out[MOST_HEADERS], const chain_run *run, uint32_t from,
                           uint32_t to) {
    size_t count = 0;
    for (uint32_t number = from; number + 1 > to; number--) {
        assert_true(count < MOST_HEADERS);
        out[count++] = chain_header(run, number);
        if (number == to) break;
    }
    return count;
}

static uint64_t minute_after(mote_bytes encoded) {
    mote_header header;
    uint64_t slot;
    assert_status(mote_header_decode(fixture_other_context(1), &header, encoded), MOTE_OK);
    assert_true(mote_header_babe_slot(&header, &slot));
    return slot * 6 + 60;
}

static mote_bytes authorities_of_set(uint32_t set_id) {
    char path[80];
    (void)snprintf(path, sizeof path, "grandpa/authority-sets/rococo-set%u.bin", (unsigned)set_id);
    return fixture_file(path);
}

static mote_bytes json_entry(const json_t *file, const char *key_hex) {
    const mote_bytes key = fixture_hex(key_hex);
    const json_t *entries = json_object_get(file, "entries");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        if (mote_bytes_equal(fixture_hex_field(entry, "key"), key)) {
            return fixture_hex_field(entry, "value");
        }
    }
    fail_msg("no such entry: %s", key_hex);
    return (mote_bytes){NULL, 0};
}

#define SYSTEM_EVENTS "26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7"
#define SYSTEM_LAST_RUNTIME_UPGRADE                                                                \
    "26aa394eea5630e07c48ae0c9558cef7f9cce9c888469bb1a0dceaa129672ef8"
#define SYSTEM_ACCOUNT "26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
#define ALICE                                                                                      \
    "de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56d" \
    "a27d"

/* --- Rococo ------------------------------------------------------------------------------------------------ */

/* From the justification of `justified` down to `lowest`, whose state names the parachain's head. */
typedef struct rococo_way {
    uint32_t set_start; /* the header that handed over to the set */
    uint32_t justified, lowest;
    const char *para_file;
    const char *para_name;
    uint32_t para_id, para_from, para_to;
} rococo_way;

static recording make_rococo(mote_bundle_parts *parts, const rococo_way *way) {
    static mote_bytes headers[MOST_HEADERS];
    static mote_bytes para_headers[MOST_HEADERS];
    recording out = {0};
    chain_run run;
    chain_run para_run;
    chain_justification recorded;
    assert_true(chain_run_of(&run, "rococo", way->justified));
    assert_true(chain_run_of(&para_run, way->para_name, way->para_from));
    assert_true(chain_justification_in(&recorded, way->justified, way->justified));
    out.checkpoint =
        make_checkpoint(parts, chain_header(&run, way->set_start), recorded.authorities,
                        recorded.set_id, mote_chain_by_name("rococo"));
    out.now = minute_after(chain_header(&run, way->justified));
    parts->justification = recorded.bytes;
    parts->headers = headers;
    parts->header_count = headers_down(headers, &run, way->justified, way->lowest);
    parts->has_para = true;
    parts->para_id = way->para_id;
    parts->para_proof = chain_proof(json_object_get(fixture_json(way->para_file), "nodes"));
    parts->para_headers = para_headers;
    parts->para_header_count = headers_down(para_headers, &para_run, way->para_from, way->para_to);
    return out;
}

static const rococo_way to_basilisk = {.set_start = 1754526,
                                       .justified = 1754702,
                                       .lowest = 1754683,
                                       .para_file =
                                           "proofs/rococo-1754683-parahead-basilisk-2090.json",
                                       .para_name = "basilisk-rococo-2090",
                                       .para_id = 2090,
                                       .para_from = 743036,
                                       .para_to = 743033};

static void ask_basilisk(mote_bundle_parts *parts, mote_bundle_query queries[2]) {
    const json_t *file = fixture_json("proofs/events-basilisk-rococo-2090-743033.json");
    memset(queries, 0, 2 * sizeof *queries);
    queries[0].question = MOTE_ASK_EQUALS;
    queries[0].key = fixture_hex(SYSTEM_EVENTS);
    queries[0].expected = json_entry(file, SYSTEM_EVENTS);
    queries[1].question = MOTE_ASK_READ;
    queries[1].key = fixture_hex(SYSTEM_LAST_RUNTIME_UPGRADE);
    parts->para_state_proof = chain_proof(json_object_get(file, "nodes"));
    parts->para_queries = queries;
    parts->para_query_count = 2;
}

static recording make_rococo_basilisk(void) {
    mote_bundle_parts parts = {0};
    mote_bundle_query queries[2];
    recording out = make_rococo(&parts, &to_basilisk);
    ask_basilisk(&parts, queries);
    out.name = "rococo-basilisk";
    out.bundle = encode_bundle(&parts);
    return out;
}

static recording make_rococo_pangolin(void) {
    static const rococo_way way = {.set_start = 1399373,
                                   .justified = 1399945,
                                   .lowest = 1399926,
                                   .para_file = "proofs/rococo-1399926-parahead-pangolin-2105.json",
                                   .para_name = "pangolin-rococo-2105",
                                   .para_id = 2105,
                                   .para_from = 567860,
                                   .para_to = 567856};
    mote_bundle_parts parts = {0};
    recording out = make_rococo(&parts, &way);
    out.name = "rococo-pangolin";
    out.bundle = encode_bundle(&parts);
    return out;
}

static recording make_rococo_warp(void) {
    mote_bundle_parts parts = {0};
    recording out = {.name = "rococo-warp"};
    chain_run run;
    assert_true(chain_run_of(&run, "rococo", 1238699));
    parts.warp = fixture_file("warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin");
    out.checkpoint = make_checkpoint(&parts, chain_header(&run, 1237705), authorities_of_set(2149),
                                     2149, mote_chain_by_name("rococo"));
    out.now = minute_after(chain_header(&run, 1238699));
    out.bundle = encode_bundle(&parts);
    return out;
}

/* --- Kusama ------------------------------------------------------------------------------------------------ */

/* No older header of that set is recorded: the checkpoint names the same block, and what is shown is that its set
 * signed for it. */
static recording make_kusama_finality(void) {
    mote_bundle_parts parts = {0};
    recording out = {.name = "kusama-finality"};
    const json_t *index = fixture_json("grandpa/index.json");
    mote_bytes header = {NULL, 0};
    for (size_t i = 0; i < json_array_size(index); i++) {
        const json_t *entry = json_array_get(index, i);
        if (json_integer_value(json_object_get(entry, "target_number")) == 2857472) {
            header = fixture_hex_field(entry, "target_header");
        }
    }
    assert_true(header.size != 0);
    parts.justification = fixture_file("grandpa/kusama-2857472.justification.bin");
    parts.headers = &header;
    parts.header_count = 1;
    out.checkpoint =
        make_checkpoint(&parts, header, fixture_file("grandpa/authority-sets/kusama-set1101.bin"),
                        1101, mote_chain_by_name("kusama"));
    out.now = minute_after(header);
    out.bundle = encode_bundle(&parts);
    return out;
}

/* --- a network of our own ---------------------------------------------------------------------------------- */

static json_t *local_state(const char *file, uint32_t number) {
    json_t *blocks = fixture_json(file);
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i);
        if (json_integer_value(json_object_get(block, "number")) == number) return block;
    }
    fail_msg("%s has no block %u", file, (unsigned)number);
    return NULL;
}

static mote_bytes local_value(const json_t *block, const char *name) {
    const json_t *entry = json_object_get(json_object_get(block, "values"), name);
    return fixture_hex_field(entry, "value");
}

static recording make_local_genesis(void) {
    static mote_bytes headers[MOST_HEADERS];
    mote_bundle_parts parts = {.chain = "local"};
    recording out = {.name = "local-genesis"};
    const chain_run relay = chain_local_run("relay");
    const json_t *relay_state = local_state("local/relay.read-proofs.json.gz", 136);
    const json_t *accounts = fixture_json("local/para-2000.prefix.json");
    const json_t *para_state = local_state("local/para-2000.read-proofs.json.gz", 66);
    out.checkpoint =
        make_checkpoint(&parts, chain_header(&relay, 0), chain_local_first_authorities(), 0, NULL);
    parts.chain = "local";
    parts.warp = chain_warp_prefix(chain_local_warp(), 2);
    parts.justification = chain_local_justification(137);
    parts.headers = headers;
    parts.header_count = headers_down(headers, &relay, 137, 136);
    parts.relay_proof = chain_proof(json_object_get(relay_state, "all_in_one"));
    const mote_bundle_query relay_queries[] = {
        {.question = MOTE_ASK_EQUALS,
         .key = fixture_hex(SYSTEM_ACCOUNT ALICE),
         .expected = local_value(relay_state, "System.Account(Alice)")},
        {.question = MOTE_ASK_ABSENT,
         .key = fixture_hex("cd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c3"
                            "70bd9a93e85e3ce1d2070000")}};
    parts.relay_queries = relay_queries;
    parts.relay_query_count = 2;
    parts.has_para = true;
    parts.para_id = 2000;
    parts.para_proof = parts.relay_proof;
    const mote_bundle_query para_queries[] = {
        {.question = MOTE_ASK_EQUALS,
         .key = fixture_hex(SYSTEM_ACCOUNT ALICE),
         .expected = local_value(para_state, "System.Account(Alice)")},
        {.question = MOTE_ASK_LIST, .key = fixture_hex(SYSTEM_ACCOUNT)}};
    parts.para_state_proof = chain_proof(json_object_get(accounts, "proof"));
    parts.para_queries = para_queries;
    parts.para_query_count = 2;
    out.now = minute_after(chain_header(&relay, 137));
    out.bundle = encode_bundle(&parts);
    return out;
}

/* --- a forgery ----------------------------------------------------------------------------------------------- */

static uint8_t *find(mote_bytes whole, mote_bytes part) {
    for (size_t i = 0; i + part.size <= whole.size; i++) {
        if (memcmp(whole.data + i, part.data, part.size) == 0) return (uint8_t *)whole.data + i;
    }
    return NULL;
}

static void replace(mote_bytes *nodes, size_t count, size_t except, mote_hash from, mote_hash to,
                    size_t *where) {
    for (size_t i = 0; i < count; i++) {
        uint8_t *place = i == except ? NULL : find(nodes[i], (mote_bytes){from.bytes, 32});
        if (place == NULL) continue;
        memcpy(place, to.bytes, 32);
        *where = i;
        return;
    }
    *where = count; /* nobody names it: it was the root */
}

/* Changes one byte of a value in a proof's nodes, and every hash above it. The new root comes back: the nodes are a
 * sound proof of a lie under it. */
static mote_hash forge_nodes(mote_bytes *nodes, size_t count, mote_bytes value, size_t at) {
    size_t changed = 0;
    while (changed < count && find(nodes[changed], value) == NULL) changed++;
    assert_true(changed < count);
    mote_hash before = libsodium_blake2b_256(nodes[changed]);
    find(nodes[changed], value)[at] ^= 1;
    for (;;) {
        const mote_hash after = libsodium_blake2b_256(nodes[changed]);
        size_t above;
        mote_hash before_above[16];
        assert_true(count <= 16);
        for (size_t i = 0; i < count; i++) before_above[i] = libsodium_blake2b_256(nodes[i]);
        replace(nodes, count, changed, before, after, &above);
        if (above == count) return after;
        before = before_above[above];
        changed = above;
    }
}

/* The transfer in block 743033 is given another amount. Proof, state root and header are made to fit; what cannot be
 * made to fit is the hash by which the block above names that header. */
static recording make_forged(void) {
    mote_bundle_parts parts = {0};
    mote_bundle_query queries[2];
    recording out = make_rococo(&parts, &to_basilisk);
    ask_basilisk(&parts, queries);
    const json_t *file = fixture_json("proofs/events-basilisk-rococo-2090-743033.json");
    const json_t *list = json_object_get(file, "nodes");
    mote_bytes nodes[16];
    size_t count = json_array_size(list);
    assert_true(count <= 16);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = fixture_hex(json_string_value(json_array_get(list, i)));
    }
    const mote_bytes event =
        fixture_hex(json_string_value(json_array_get(json_object_get(file, "events_contain"), 0)));
    const mote_hash true_root =
        fixture_hash(json_string_value(json_object_get(file, "state_root")));
    /* Transfer { from, to, amount u128 }: the amount's sixth byte. */
    const size_t amount_at = event.size - 16 + 5;
    const mote_hash root = forge_nodes(nodes, count, event, amount_at);
    test_buffer proof = {NULL, 0, 0};
    append_compact(&proof, count);
    for (size_t i = 0; i < count; i++) append_vec_u8(&proof, nodes[i]);
    parts.para_state_proof = buffer_bytes(&proof);
    const mote_bytes expected = {fixture_copy(queries[0].expected), queries[0].expected.size};
    find(expected, event)[amount_at] ^= 1;
    queries[0].expected = expected;
    mote_bytes *headers = (mote_bytes *)parts.para_headers;
    mote_bytes *last = &headers[parts.para_header_count - 1];
    last->data = fixture_copy(*last);
    memcpy(find(*last, (mote_bytes){true_root.bytes, 32}), root.bytes, 32);
    out.name = "rococo-basilisk-forged";
    out.bundle = encode_bundle(&parts);
    return out;
}

/* --- no checkpoint at all ----------------------------------------------------------------------------------- */

mote_bytes recording_assumed_proof(void) {
    const json_t *file = fixture_json("proofs/papi-tries-3aba3377.json");
    char *text = json_dumps(json_object_get(file, "nodes"), JSON_INDENT(0));
    assert_non_null(text);
    test_buffer out = {NULL, 0, 0};
    append_span(&out, text, strlen(text));
    append_u8(&out, '\n');
    free(text);
    return buffer_bytes(&out);
}

/* --- walking ------------------------------------------------------------------------------------------------- */

recording_verdict recording_judge(mote_context *context, mote_bytes bundle_bytes,
                                  mote_bytes checkpoint_bytes, uint64_t now, recording_each *each,
                                  void *user) {
    recording_verdict out;
    memset(&out, 0, sizeof out);
    out.offset = MOTE_NO_OFFSET;
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_decode(context, &checkpoint, checkpoint_bytes), MOTE_OK);
    mote_bundle bundle;
    mote_bundle_walk *walk = NULL;
    out.status = mote_bundle_open(context, &bundle, bundle_bytes);
    if (out.status == MOTE_OK) {
        out.status = mote_bundle_begin(context, &walk, &bundle, &checkpoint, now);
    }
    bool more = true;
    while (out.status == MOTE_OK && more) {
        mote_link link;
        out.status = mote_bundle_next(context, walk, &link, &more);
        if (out.status != MOTE_OK || more) out.link = link;
        if (out.status == MOTE_OK && more) {
            out.links++;
            if (each != NULL) each(&link, user);
        }
    }
    if (walk != NULL) out.assumed = mote_bundle_assumed(walk);
    if (out.status != MOTE_OK) out.offset = mote_fault_offset(&context->fault, bundle_bytes);
    return out;
}

size_t recording_walk(const recording *of, recording_each *each, void *user) {
    const recording_verdict verdict =
        recording_judge(fixture_context(32), of->bundle, of->checkpoint, of->now, each, user);
    if (verdict.status != MOTE_OK) {
        print_error("%s: link %u %s: %s at byte %zu\n", of->name, (unsigned)verdict.link.index,
                    mote_link_kind_name(verdict.link.kind), mote_status_name(verdict.status),
                    verdict.offset);
    }
    assert_status(verdict.status, MOTE_OK);
    return verdict.links;
}

recording recording_make(recording_index index) {
    switch (index) {
    case RECORDING_ROCOCO_BASILISK: return make_rococo_basilisk();
    case RECORDING_ROCOCO_PANGOLIN: return make_rococo_pangolin();
    case RECORDING_KUSAMA_FINALITY: return make_kusama_finality();
    case RECORDING_ROCOCO_WARP: return make_rococo_warp();
    case RECORDING_LOCAL_GENESIS: return make_local_genesis();
    case RECORDING_FORGED: return make_forged();
    case RECORDINGS: break;
    }
    fail_msg("no such recording");
    return (recording){0};
}
