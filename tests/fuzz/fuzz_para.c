/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte says which value of the relay chain's state the rest is: a parachain's head, lifecycle or code hash,
 * alone in a trie of one leaf. What is read is the value's own bytes, and a header only where they are one.
 */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/para.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PARA 2000u
#define MOST (1u << 16)

static void require(bool holds) {
    if (!holds) abort();
}

/* The leaf of a trie that holds nothing else: header, key, value. */
static size_t write_leaf(uint8_t *out, const uint8_t key[MOTE_PARA_KEY_SIZE], mote_bytes value) {
    mote_writer writer = mote_writer_into(out, MOST + 64);
    mote_write_u8(&writer, 0x40 | 63);
    mote_write_u8(&writer, 2 * MOTE_PARA_KEY_SIZE - 63);
    mote_write_span(&writer, key, MOTE_PARA_KEY_SIZE);
    mote_write_vec_u8(&writer, value);
    require(mote_writer_fits(&writer));
    return writer.size;
}

static void check_head(mote_context *context, const mote_proof *proof, mote_bytes value) {
    mote_para_head head;
    mote_status status = mote_para_head_read(context, &head, proof, PARA);
    bool is_header = status == MOTE_OK;
    require(is_header == (head.state == MOTE_PARA_HEAD_HEADER));
    require(is_header == (mote_para_header_check(&head.head) == MOTE_OK));
    require(head.state != MOTE_PARA_HEAD_ABSENT);
    if (head.state == MOTE_PARA_HEAD_UNKNOWN) {
        require(head.data.size == 0);
        return;
    }
    require(head.data.size < value.size);
    const size_t prefix = value.size - head.data.size;
    require(memcmp(value.data + prefix, head.data.data, head.data.size) == 0);
    if (!is_header) return;
    const mote_hash hash = mote_blake2b_256(head.data);
    require(mote_hash_equal(&hash, &head.head.hash));
    mote_para_header parent;
    require(mote_para_parent(context, &parent, &head.head, &head.header) != MOTE_OK);
}

static void check_lifecycle(mote_context *context, const mote_proof *proof, mote_bytes value) {
    mote_para_lifecycle lifecycle;
    mote_status status = mote_para_lifecycle_read(context, &lifecycle, proof, PARA);
    require((status == MOTE_OK) == (value.size == 1 && value.data[0] < 7));
    if (status == MOTE_OK) require((uint8_t)lifecycle == value.data[0]);
}

static void check_code(mote_context *context, const mote_proof *proof, mote_bytes value) {
    mote_para_code code;
    mote_status status = mote_para_code_read(context, &code, proof, PARA);
    require((status == MOTE_OK) == (value.size == 32));
    if (status != MOTE_OK) return;
    require(code.registered && !code.upgrade_pending);
    require(memcmp(code.current.bytes, value.data, 32) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t leaf[MOST + 64];
    if (size == 0 || size > MOST) return 0;
    const mote_bytes value = {data + 1, size - 1};
    uint8_t key[MOTE_PARA_KEY_SIZE];
    const unsigned what = data[0] % 3u;
    if (what == 0) mote_para_head_key(key, PARA);
    if (what == 1) mote_para_lifecycle_key(key, PARA);
    if (what == 2) mote_para_code_hash_key(key, PARA);
    const mote_bytes node = {leaf, write_leaf(leaf, key, value)};
    const mote_hash root = mote_blake2b_256(node);
    const mote_state_root state = mote_state_assumed(&root);
    mote_context *context = fixture_context(1);
    mote_proof proof;
    require(mote_proof_load_nodes(context, &proof, &state, &node, 1, MOTE_PROOF_STRICT) == MOTE_OK);
    if (what == 0) check_head(context, &proof, value);
    if (what == 1) check_lifecycle(context, &proof, value);
    if (what == 2) check_code(context, &proof, value);
    return 0;
}
