/* SPDX-License-Identifier: Apache-2.0 */
#include "message_world.h"

#include "mote/header.h"
#include "naive_trie.h"

/* read-proofs.json, or message-proofs.json: of every block around messages, what the queues have. */
static json_t *read_proofs(const char *chain, const char *kind) {
    static json_t *files[6];
    static const char *const names[] = {"relay", "para-2000", "para-2001"};
    for (size_t i = 0; i < 3; i++) {
        char path[64];
        json_t **file = &files[2 * i + (kind[0] == 'm')];
        if (strcmp(names[i], chain) != 0) continue;
        snprintf(path, sizeof path, "local/%s.%s-proofs.json.gz", chain, kind);
        if (*file == NULL) *file = fixture_json(path);
        return *file;
    }
    abort();
}

static const json_t *block_of(const char *chain, const char *kind, uint32_t number) {
    const json_t *blocks = read_proofs(chain, kind);
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i);
        if (json_integer_value(json_object_get(block, "number")) == number) return block;
    }
    abort();
}

static const json_t *proven_block(const char *chain, uint32_t number) {
    return block_of(chain, "read", number);
}

static mote_bytes proof_bytes_of(const json_t *block) {
    const json_t *nodes = json_object_get(block, "all_in_one");
    naive_list list = {NULL, 0, 0};
    for (size_t i = 0; i < json_array_size(nodes); i++)
        naive_append(&list, fixture_hex(json_string_value(json_array_get(nodes, i))));
    mote_bytes scale = naive_scale(&list);
    return (mote_bytes){fixture_copy(scale), scale.size};
}

mote_bytes message_world_proof_bytes(const char *chain, uint32_t number) {
    return proof_bytes_of(proven_block(chain, number));
}

mote_bytes message_world_value(const char *chain, uint32_t number, const char *name) {
    const json_t *values = json_object_get(proven_block(chain, number), "values");
    const json_t *entry = json_object_get(values, name);
    assert_non_null(entry);
    const json_t *value = json_object_get(entry, "value");
    if (json_is_null(value)) return (mote_bytes){NULL, 0};
    return fixture_hex(json_string_value(value));
}

typedef struct wanted {
    uint32_t number;
    mote_bytes header;
} wanted;

static void look(json_t *line, void *user) {
    wanted *want = user;
    if (json_integer_value(json_object_get(line, "number")) == want->number)
        want->header = fixture_hex_field(line, "header");
}

static mote_header header_of(const char *chain, uint32_t number) {
    wanted want = {number, {NULL, 0}};
    char path[64];
    mote_header header;
    snprintf(path, sizeof path, "local/%s.blocks.jsonl.gz", chain);
    (void)fixture_json_lines(path, look, &want);
    assert_non_null(want.header.data);
    assert_status(mote_header_decode(fixture_other_context(1), &header, want.header), MOTE_OK);
    return header;
}

mote_finalized_header message_world_relay_header(uint32_t number) {
    const mote_header header = header_of("relay", number);
    return mote_finalized_header_assumed(&header);
}

static mote_proof load(mote_context *context, mote_bytes bytes, const mote_state_root *root) {
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, root, bytes, MOTE_PROOF_STRICT), MOTE_OK);
    return proof;
}

mote_proof message_world_relay(mote_context *context, uint32_t number) {
    const mote_finalized_header header = message_world_relay_header(number);
    const mote_state_root root = mote_state_of_relay(&header);
    return load(context, message_world_proof_bytes("relay", number), &root);
}

mote_proof message_world_relay_queues(mote_context *context, uint32_t number) {
    const mote_finalized_header header = message_world_relay_header(number);
    const mote_state_root root = mote_state_of_relay(&header);
    return load(context, proof_bytes_of(block_of("relay", "message", number)), &root);
}

static const char *chain_of(uint32_t para_id) {
    return para_id == 2000 ? "para-2000" : "para-2001";
}

mote_para_header message_world_para_header(uint32_t para_id, uint32_t number) {
    static mote_para_header known[2][80];
    mote_para_header *heads = known[para_id - 2000];
    assert_true(number < 80);
    if (heads[number].seal != 0) return heads[number];
    mote_context *context = fixture_other_context(8);
    const mote_proof proof = message_world_relay(context, 137);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, para_id), MOTE_OK);
    mote_para_header at = head.head;
    for (;;) {
        heads[at.number] = at;
        if (at.number == number) return at;
        assert_true(at.number > number);
        const mote_header parent = header_of(chain_of(para_id), at.number - 1);
        assert_status(mote_para_parent(fixture_other_context(1), &at, &at, &parent), MOTE_OK);
    }
}

mote_proof message_world_para(mote_context *context, uint32_t para_id, uint32_t number) {
    const mote_para_header header = message_world_para_header(para_id, number);
    const mote_state_root root = mote_state_of_parachain(&header);
    return load(context, message_world_proof_bytes(chain_of(para_id), number), &root);
}

mote_proof message_world_para_messages(mote_context *context, uint32_t para_id, uint32_t number) {
    const mote_para_header header = message_world_para_header(para_id, number);
    const mote_state_root root = mote_state_of_parachain(&header);
    return load(context, proof_bytes_of(block_of(chain_of(para_id), "message", number)), &root);
}
