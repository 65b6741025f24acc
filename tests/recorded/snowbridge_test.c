/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From samples of Polkadot's validators to leaves, and from leaves over the bridge hub's header to messages, as
 * Snowbridge's contracts on Ethereum got them. What samples show is not final, so that everything below is assumed.
 *
 * The contracts take the items of a leaf's proof in the order in which they are hashed, with a bit for each that says on
 * which side it is. pallet-mmr's order, which is checked here, has the peaks left of the leaf first.
 */
#include "fixture.h"

#include "mote/beefy.h"
#include "mote/hash.h"
#include "mote/scale.h"

/* The block that added Polkadot's leaf 0: the only one below 22774810 with which the number and sides of the items of all
 * eight recorded proofs are those of their leaves. */
#define FIRST_BLOCK 19551001u
#define BRIDGE_HUB 1002u
#define MOST_ITEMS 64u

static const struct {
    const char *file;
} samples[] = {
    {"beefy/polkadot-31517088-set5011-snowbridge-mainnet.json"},
    {"beefy/polkadot-31591200-set5042-snowbridge-mainnet.json"},
    {"beefy/polkadot-31593578-set5043-snowbridge-mainnet.json"},
    {"beefy/polkadot-31598364-set5045-snowbridge-mainnet.json"},
};

/* The root of a message's range is in the contract's state and not recorded; of the blocks that it can be of, the first:
 * where the leaf and the mountains lie is the same for all of them. */
static const struct {
    const char *file;
    uint32_t block;
} messages[] = {
    {"beefy/snowbridge-mainnet-gateway-submitv1-mint-dot.json", 27906785},
    {"beefy/snowbridge-mainnet-gateway-submitv1-unlock-ether-202603.json", 30407509},
    {"beefy/snowbridge-mainnet-gateway-submitv1-unlock-ether.json", 28094553},
    {"beefy/snowbridge-mainnet-gateway-submitv1-unlock-weth.json", 28094553},
};

static json_t *at(json_t *object, const char *path) {
    char name[64];
    while (*path != '\0') {
        size_t size = strcspn(path, "/");
        memcpy(name, path, size);
        name[size] = '\0';
        object = json_object_get(object, name);
        if (object == NULL) fail_msg("no %s", name);
        path += size + (path[size] == '/');
    }
    return object;
}

/* Numbers are recorded as such, or as decimal text. */
static uint64_t number_at(json_t *object, const char *path) {
    const json_t *value = at(object, path);
    if (json_is_integer(value)) return (uint64_t)json_integer_value(value);
    return strtoull(json_string_value(value), NULL, 10);
}

static mote_hash hash_at(json_t *object, const char *path) {
    return fixture_hash(json_string_value(at(object, path)));
}

static mote_bytes hex_at(json_t *object, const char *path) {
    return fixture_hex(json_string_value(at(object, path)));
}

static size_t hashes_at(mote_hash *out, json_t *object, const char *path) {
    json_t *list = at(object, path), *item;
    size_t i;
    assert_true(json_array_size(list) <= MOST_ITEMS);
    json_array_foreach(list, i, item) out[i] = fixture_hash(json_string_value(item));
    return json_array_size(list);
}

static mote_hash join(mote_hash left, mote_hash right) {
    uint8_t both[64];
    memcpy(both, left.bytes, 32);
    memcpy(both + 32, right.bytes, 32);
    return mote_keccak_256((mote_bytes){both, 64});
}

/* --- leaves -------------------------------------------------------------------------------------------------- */
typedef struct leaf_proof {
    mote_hash items[MOST_ITEMS]; /* as hashed */
    size_t count;
    uint64_t sides; /* a set bit: the item is on the left */
} leaf_proof;

/* MMRProof.sol, in our words. */
static mote_hash root_of(mote_bytes leaf, const leaf_proof *proof) {
    mote_hash hash = mote_keccak_256(leaf);
    for (size_t i = 0; i < proof->count; i++) {
        bool left = (proof->sides >> i & 1) != 0;
        hash = left ? join(proof->items[i], hash) : join(hash, proof->items[i]);
    }
    return hash;
}

static size_t peaks_left_of(uint64_t index, uint64_t leaf_count) {
    size_t peaks = 0;
    uint64_t end = 0;
    for (uint32_t height = 63; height-- > 0;) {
        if ((leaf_count >> height & 1) == 0) continue;
        end += UINT64_C(1) << height;
        if (end > index) break;
        peaks++;
    }
    return peaks;
}

/* The peaks on the left, which are hashed last and from the right on, come first. */
static mote_bytes in_order_of_nodes(mote_hash *out, const leaf_proof *proof, size_t peaks) {
    assert_true(peaks <= proof->count);
    for (size_t i = 0; i < proof->count; i++) {
        out[i] = i < peaks ? proof->items[proof->count - 1 - i] : proof->items[i - peaks];
    }
    return (mote_bytes){out[0].bytes, 32 * proof->count};
}

static mote_status verify_leaf(mote_beefy_leaf *out, const mote_beefy_finalized *under,
                               mote_bytes leaf, uint32_t parent_number, const leaf_proof *proof) {
    mote_hash items[MOST_ITEMS + 1];
    uint64_t index = (uint64_t)parent_number + 1 - FIRST_BLOCK;
    size_t peaks = peaks_left_of(index, (uint64_t)under->block_number + 1 - FIRST_BLOCK);
    mote_bytes bytes = in_order_of_nodes(items, proof, peaks);
    return mote_beefy_leaf_verify(fixture_context(1), out, under, FIRST_BLOCK, leaf, index, bytes);
}

static void check_lengths(const mote_beefy_finalized *under, mote_bytes leaf,
                          uint32_t parent_number, const leaf_proof *proof) {
    mote_beefy_leaf out;
    leaf_proof other = *proof;
    other.count--;
    assert_int_not_equal(verify_leaf(&out, under, leaf, parent_number, &other), MOTE_OK);
    other.count += 2;
    assert_status(verify_leaf(&out, under, leaf, parent_number, &other), MOTE_E_PROOF_LENGTH);
    assert_status(mote_beefy_leaf_check(&out), MOTE_E_NO_EVIDENCE);
}

/* --- samples ------------------------------------------------------------------------------------------------- */
static mote_beefy_sampled one_sample(json_t *record) {
    static uint8_t items[32 * 32];
    json_t *json = json_array_get(at(record, "validator_proofs"), 0);
    mote_hash proof[MOST_ITEMS];
    size_t count = hashes_at(proof, json, "merkle_proof");
    mote_beefy_sample sample = {.index = (uint32_t)number_at(json, "index"),
                                .items = {items, 32 * count}};
    assert_true(count <= 32);
    memcpy(items, proof, 32 * count);
    memcpy(sample.signature, hex_at(json, "r").data, 32);
    memcpy(sample.signature + 32, hex_at(json, "s").data, 32);
    sample.signature[64] = (uint8_t)number_at(json, "v");
    memcpy(sample.address, hex_at(json, "account").data, 20);
    mote_mmr_authority_set set = {number_at(record, "validator_set_id"),
                                  (uint32_t)number_at(record, "validator_set_len"),
                                  hash_at(record, "keyset_commitment")};
    mote_beefy_sampled out;
    assert_status(mote_beefy_sample_verify(fixture_context(1), &out, &set,
                                           hex_at(record, "commitment_scale"), &sample, 1),
                  MOTE_OK);
    return out;
}

static void from_samples_to_the_newest_leaf(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        json_t *record = fixture_json(samples[i].file);
        mote_beefy_sampled sampled = one_sample(record);
        mote_bytes leaf = hex_at(record, "mmr_leaf_scale");
        leaf_proof proof = {.sides = number_at(record, "mmr_leaf_proof_order")};
        proof.count = hashes_at(proof.items, record, "mmr_leaf_proof");
        mote_beefy_finalized under =
            mote_beefy_root_assumed(&sampled.mmr_root, sampled.block_number);
        mote_beefy_leaf out;
        mote_hash root = root_of(leaf, &proof);
        assert_true(mote_hash_equal(&root, &sampled.mmr_root));
        assert_status(verify_leaf(&out, &under, leaf, sampled.block_number - 1, &proof), MOTE_OK);
        assert_int_equal(out.assumed, MOTE_ASSUMED_ROOT);
        assert_int_equal(out.next_set.id, sampled.set_id + 1);
        assert_int_equal(out.next_set.count, 600);
        assert_true(out.has_heads_root);
        check_lengths(&under, leaf, sampled.block_number - 1, &proof);
        /* Nobody's votes make it final: no set is handed over. */
        mote_beefy_set next;
        assert_status(mote_beefy_hand_over(fixture_context(1), &next, &under, &out,
                                           (mote_bytes){leaf.data, 1}),
                      MOTE_E_HANDOVER_MISSING);
        json_decref(record);
    }
}

/* --- messages ------------------------------------------------------------------------------------------------- */
static void write_digest_item(mote_writer *writer, json_t *item) {
    uint8_t kind = (uint8_t)number_at(item, "kind");
    mote_bytes data = hex_at(item, "data");
    mote_write_u8(writer, kind);
    if (kind != 0) mote_write_span(writer, hex_at(item, "consensusEngineID").data, 4);
    mote_write_compact(writer, data.size);
    mote_write_span(writer, data.data, data.size);
}

static mote_bytes encoded_header(uint8_t *memory, size_t capacity, json_t *header) {
    mote_writer writer = mote_writer_into(memory, capacity);
    mote_hash parent = hash_at(header, "parentHash"), root = hash_at(header, "stateRoot"),
              extrinsics = hash_at(header, "extrinsicsRoot");
    json_t *items = at(header, "digestItems"), *item;
    size_t i;
    mote_write_hash(&writer, &parent);
    mote_write_compact(&writer, number_at(header, "number"));
    mote_write_hash(&writer, &root);
    mote_write_hash(&writer, &extrinsics);
    mote_write_compact(&writer, json_array_size(items));
    json_array_foreach(items, i, item) write_digest_item(&writer, item);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){memory, writer.size};
}

/* The heads' root, folded as MerkleProof does; the proof's length is mote's to judge. */
static mote_hash heads_root(mote_bytes head, const mote_hash *items, size_t count, uint32_t index,
                            uint32_t width) {
    uint8_t memory[1024];
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    mote_write_u32(&writer, BRIDGE_HUB);
    mote_write_compact(&writer, head.size);
    mote_write_span(&writer, head.data, head.size);
    mote_hash hash = mote_keccak_256((mote_bytes){memory, writer.size});
    for (size_t i = 0; i < count; i++) {
        while (index % 2 == 0 && index + 1 == width) index /= 2, width = (width + 1) / 2;
        hash = index % 2 == 1 ? join(items[i], hash) : join(hash, items[i]);
        index /= 2;
        width = (width + 1) / 2;
    }
    return hash;
}

static mote_bytes encoded_leaf(uint8_t *memory, json_t *partial, const mote_hash *heads) {
    mote_writer writer = mote_writer_into(memory, 113);
    mote_hash parent = hash_at(partial, "parentHash"),
              set_root = hash_at(partial, "nextAuthoritySetRoot");
    mote_write_u8(&writer, (uint8_t)number_at(partial, "version"));
    mote_write_u32(&writer, (uint32_t)number_at(partial, "parentNumber"));
    mote_write_hash(&writer, &parent);
    mote_write_u64(&writer, number_at(partial, "nextAuthoritySetID"));
    mote_write_u32(&writer, (uint32_t)number_at(partial, "nextAuthoritySetLen"));
    mote_write_hash(&writer, &set_root);
    mote_write_hash(&writer, heads);
    assert_int_equal(writer.size, 113);
    return (mote_bytes){memory, writer.size};
}

static void write_word(mote_writer *writer, uint64_t value) {
    for (unsigned i = 0; i < 24; i++) mote_write_u8(writer, 0);
    for (unsigned i = 8; i-- > 0;) mote_write_u8(writer, (uint8_t)(value >> 8 * i));
}

/* abi.encode(InboundMessage), whose hash is a leaf of the message tree. */
static mote_hash message_hash(json_t *message) {
    uint8_t memory[2048];
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    mote_bytes params = hex_at(message, "params");
    mote_write_span(&writer, (const uint8_t[32]){[31] = 32}, 32);
    mote_write_span(&writer, hex_at(message, "channelID").data, 32);
    write_word(&writer, number_at(message, "nonce"));
    write_word(&writer, number_at(message, "command"));
    write_word(&writer, 8 * 32); /* where params are */
    write_word(&writer, number_at(message, "maxDispatchGas"));
    write_word(&writer, number_at(message, "maxFeePerGas"));
    write_word(&writer, number_at(message, "reward"));
    mote_write_span(&writer, hex_at(message, "id").data, 32);
    write_word(&writer, params.size);
    mote_write_span(&writer, params.data, params.size);
    while (writer.size % 32 != 0) mote_write_u8(&writer, 0);
    assert_true(mote_writer_fits(&writer));
    return mote_keccak_256((mote_bytes){memory, writer.size});
}

/* The digest item by which the bridge hub commits to a block's messages: 00, then their tree's root. */
static bool commits_to(const mote_header *header, const mote_hash *root) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) {
        if (item.kind != MOTE_DIGEST_OTHER || item.payload.size != 33) continue;
        if (item.payload.data[0] == 0 && memcmp(item.payload.data + 1, root->bytes, 32) == 0) {
            return true;
        }
    }
    return false;
}

static void check_message(json_t *record, uint32_t block) {
    static uint8_t header_memory[4096], leaf_memory[113];
    json_t *input = at(record, "input"), *proofs = at(input, "headerProof");
    mote_hash items[MOST_ITEMS];
    mote_bytes head = encoded_header(header_memory, sizeof header_memory, at(proofs, "header"));
    uint32_t index = (uint32_t)number_at(proofs, "headProof/pos");
    uint32_t width = (uint32_t)number_at(proofs, "headProof/width");
    size_t count = hashes_at(items, proofs, "headProof/proof");
    mote_hash heads = heads_root(head, items, count, index, width);
    mote_bytes leaf = encoded_leaf(leaf_memory, at(proofs, "leafPartial"), &heads);
    uint32_t parent_number = (uint32_t)number_at(proofs, "leafPartial/parentNumber");
    leaf_proof proof = {.sides = number_at(proofs, "leafProofOrder")};
    proof.count = hashes_at(proof.items, proofs, "leafProof");

    mote_hash root = root_of(leaf, &proof);
    mote_beefy_finalized under = mote_beefy_root_assumed(&root, block);
    mote_beefy_leaf shown;
    assert_status(verify_leaf(&shown, &under, leaf, parent_number, &proof), MOTE_OK);
    check_lengths(&under, leaf, parent_number, &proof);

    mote_context *context = fixture_context(1);
    mote_para_header para;
    mote_header header;
    const mote_bytes path = {items[0].bytes, 32 * count};
    assert_status(
        mote_beefy_para_head(context, &para, &header, &shown, BRIDGE_HUB, head, index, width, path),
        MOTE_OK);
    assert_int_equal(para.number, number_at(proofs, "header/number"));
    assert_int_equal(para.assumed, MOTE_ASSUMED_ROOT);
    mote_hash message = message_hash(at(input, "message"));
    assert_true(commits_to(&header, &message));

    /* At another place, of another parachain, by a longer proof: no head. */
    assert_int_not_equal(mote_beefy_para_head(context, &para, &header, &shown, BRIDGE_HUB, head,
                                              index + 1, width, path),
                         MOTE_OK);
    assert_status(mote_beefy_para_head(context, &para, &header, &shown, BRIDGE_HUB + 1, head, index,
                                       width, path),
                  MOTE_E_ROOT_MISMATCH);
    assert_status(mote_beefy_para_head(context, &para, &header, &shown, BRIDGE_HUB, head, index,
                                       width, (mote_bytes){path.data, path.size + 32}),
                  MOTE_E_PROOF_LENGTH);
    assert_status(mote_para_header_check(&para), MOTE_E_NO_EVIDENCE);
}

static void from_a_leaf_to_the_message(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        json_t *record = fixture_json(messages[i].file);
        /* Each is the only message of its block: its hash is the tree's root. */
        assert_int_equal(json_array_size(at(record, "input/leafProof")), 0);
        check_message(record, messages[i].block);
        json_decref(record);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_samples_to_the_newest_leaf),
        cmocka_unit_test(from_a_leaf_to_the_message),
    };
    return cmocka_run_group_tests_name("recorded/snowbridge", tests, NULL, NULL);
}
