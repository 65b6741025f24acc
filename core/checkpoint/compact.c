/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compact form (docs/spec/checkpoint.md).
 */
#include <string.h>

#include "coherence.h"
#include "mote/hash.h"
#include "mote/limits.h"

static const uint8_t magic[8] = {'m', 'o', 't', 'e', '-', 'c', 'p', 'k'};

#define VERSION 1u
#define FLAG_BABE 1u
#define CHECKSUM_SIZE 32u
#define LONGEST_CHAIN_NAME 32u

typedef enum weight_form {
    WEIGHTS_ALL_ONE = 0,
    WEIGHTS_LISTED = 1,
    WEIGHTS_SAME_LIST = 2 /* keys and weights of the list before: the next epoch's, mostly */
} weight_form;

bool mote_checkpoint_looks_compact(mote_bytes input) {
    return mote_bytes_starts_with(input, (mote_bytes){magic, sizeof magic});
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static bool weights_are_one(const mote_authority_list *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (mote_authority_weight(list, i) != 1) return false;
    }
    return true;
}

static bool same_list(const mote_authority_list *a, const mote_authority_list *b) {
    return b != NULL && a->count == b->count &&
           memcmp(a->items, b->items, (size_t)a->count * MOTE_AUTHORITY_ITEM_SIZE) == 0;
}

static void write_list(mote_writer *writer, const mote_authority_list *list,
                       const mote_authority_list *before) {
    bool listed = !weights_are_one(list);
    if (same_list(list, before)) {
        mote_write_u8(writer, WEIGHTS_SAME_LIST);
        return;
    }
    mote_write_u8(writer, listed ? WEIGHTS_LISTED : WEIGHTS_ALL_ONE);
    mote_write_compact(writer, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        mote_write_span(writer, mote_authority_key(list, i), 32);
        if (listed) mote_write_u64(writer, mote_authority_weight(list, i));
    }
}

static void write_epoch(mote_writer *writer, const mote_babe_epoch *epoch,
                        const mote_babe_epoch *before) {
    mote_write_u64(writer, epoch->index);
    mote_write_u64(writer, epoch->start_slot);
    mote_write_u64(writer, epoch->duration);
    mote_write_u64(writer, epoch->c_numerator);
    mote_write_u64(writer, epoch->c_denominator);
    mote_write_u8(writer, epoch->allowed_slots);
    mote_write_span(writer, epoch->randomness, sizeof epoch->randomness);
    write_list(writer, &epoch->authorities, before == NULL ? NULL : &before->authorities);
}

void mote_checkpoint_encode(mote_writer *writer, const mote_checkpoint *checkpoint,
                            bool with_babe) {
    const mote_chain *chain = checkpoint->chain;
    mote_bytes name = checkpoint->label;
    if (chain != NULL) name = (mote_bytes){(const uint8_t *)chain->name, strlen(chain->name)};
    bool babe = with_babe && checkpoint->epoch_count == 2;
    size_t start = writer->size;
    mote_write_span(writer, magic, sizeof magic);
    mote_write_u8(writer, VERSION);
    mote_write_u8(writer, babe ? FLAG_BABE : 0);
    mote_write_vec_u8(writer, name);
    mote_write_hash(writer, &checkpoint->genesis);
    mote_write_vec_u8(writer, checkpoint->header.encoded);
    mote_write_u64(writer, checkpoint->set.set_id);
    write_list(writer, &checkpoint->authorities, NULL);
    if (babe) {
        write_epoch(writer, &checkpoint->epoch[0], NULL);
        write_epoch(writer, &checkpoint->epoch[1], &checkpoint->epoch[0]);
    }
    mote_hash checksum = {{0}};
    if (mote_writer_fits(writer) && writer->data != NULL) {
        checksum = mote_blake2b_256((mote_bytes){writer->data + start, writer->size - start});
    }
    mote_write_hash(writer, &checksum);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static void fill_list(uint8_t *items, mote_bytes packed, uint32_t count, bool listed) {
    size_t size = listed ? MOTE_AUTHORITY_ITEM_SIZE : 32;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *item = items + (size_t)i * MOTE_AUTHORITY_ITEM_SIZE;
        memcpy(item, packed.data + i * size, size);
        if (!listed) mote_store_u64(item + 32, 1);
    }
}

static void read_list(mote_context *context, mote_cursor *cursor, mote_authority_list *out,
                      const mote_authority_list *before) {
    uint8_t form = mote_read_u8(cursor);
    memset(out, 0, sizeof *out);
    if (form == WEIGHTS_SAME_LIST && before != NULL) {
        *out = *before;
        return;
    }
    if (form > WEIGHTS_LISTED) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    size_t size = form == WEIGHTS_LISTED ? MOTE_AUTHORITY_ITEM_SIZE : 32;
    uint32_t count = mote_read_count(cursor, size, MOTE_MAX_AUTHORITIES);
    mote_bytes packed = mote_read_span(cursor, count * size);
    if (cursor->status != MOTE_OK) return;
    uint8_t *items = mote_context_take(context, count, MOTE_AUTHORITY_ITEM_SIZE);
    if (items == NULL) {
        mote_cursor_fail(cursor, MOTE_E_LIMIT_MEMORY);
        return;
    }
    fill_list(items, packed, count, form == WEIGHTS_LISTED);
    *out = (mote_authority_list){items, count};
}

static void read_epoch(mote_context *context, mote_cursor *cursor, mote_babe_epoch *out,
                       const mote_babe_epoch *before) {
    out->index = mote_read_u64(cursor);
    out->start_slot = mote_read_u64(cursor);
    out->duration = mote_read_u64(cursor);
    out->c_numerator = mote_read_u64(cursor);
    out->c_denominator = mote_read_u64(cursor);
    out->allowed_slots = mote_read_u8(cursor);
    mote_read_array(cursor, out->randomness, sizeof out->randomness);
    read_list(context, cursor, &out->authorities, before == NULL ? NULL : &before->authorities);
}

/* The chain the checkpoint names. A name that is not known here is no error: then the default window applies. */
static const mote_chain *find_chain(mote_bytes name) {
    char text[LONGEST_CHAIN_NAME + 1] = {0};
    if (name.size == 0) return NULL;
    memcpy(text, name.data, name.size);
    /* A zero byte inside would hide what follows it. */
    return strlen(text) == name.size ? mote_chain_by_name(text) : NULL;
}

static mote_status check_frame(mote_context *context, mote_bytes input) {
    const size_t smallest = sizeof magic + 1 + CHECKSUM_SIZE;
    if (!mote_checkpoint_looks_compact(input))
        return mote_fail(context, MOTE_E_BAD_FORMAT, input.data, MOTE_NO_INDEX);
    if (input.size < smallest)
        return mote_fail(context, MOTE_E_TRUNCATED, input.data + input.size, MOTE_NO_INDEX);
    if (input.data[sizeof magic] != VERSION) {
        return mote_fail(context, MOTE_E_VERSION, input.data + sizeof magic, MOTE_NO_INDEX);
    }
    mote_hash checksum = mote_blake2b_256((mote_bytes){input.data, input.size - CHECKSUM_SIZE});
    const uint8_t *written = input.data + input.size - CHECKSUM_SIZE;
    if (memcmp(checksum.bytes, written, CHECKSUM_SIZE) == 0) return MOTE_OK;
    return mote_fail(context, MOTE_E_CHECKSUM, written, MOTE_NO_INDEX);
}

static mote_status decode(mote_context *context, mote_checkpoint *out, mote_bytes input) {
    mote_cursor cursor = mote_cursor_over((mote_bytes){input.data, input.size - CHECKSUM_SIZE});
    (void)mote_read_span(&cursor, sizeof magic + 1);
    uint8_t flags = mote_read_u8(&cursor);
    if (flags > FLAG_BABE) mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    uint32_t name_size = mote_read_count(&cursor, 1, LONGEST_CHAIN_NAME);
    mote_bytes name = mote_read_span(&cursor, name_size);
    mote_hash genesis = mote_read_hash(&cursor);
    mote_bytes header = mote_read_vec_u8(&cursor);
    uint64_t set_id = mote_read_u64(&cursor);
    read_list(context, &cursor, &out->authorities, NULL);
    if (flags == FLAG_BABE) {
        read_epoch(context, &cursor, &out->epoch[0], NULL);
        read_epoch(context, &cursor, &out->epoch[1], &out->epoch[0]);
        out->epoch_count = 2;
    }
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    status = mote_checkpoint_complete(context, out, header, set_id, find_chain(name));
    if (status != MOTE_OK) return status;
    bool is_known = out->chain != NULL && mote_checkpoint_is_known(&out->chain->genesis);
    bool starts_elsewhere = out->header.number == 0 && mote_checkpoint_is_known(&genesis) &&
                            !mote_hash_equal(&genesis, &out->header.hash);
    if (starts_elsewhere || (is_known && !mote_hash_equal(&genesis, &out->chain->genesis))) {
        return mote_fail(context, MOTE_E_GENESIS_MISMATCH, name.data, MOTE_NO_INDEX);
    }
    out->genesis = genesis;
    if (out->chain == NULL) out->label = name;
    return mote_checkpoint_check_epochs(context, out);
}

mote_status mote_checkpoint_decode(mote_context *context, mote_checkpoint *out, mote_bytes input) {
    memset(out, 0, sizeof *out);
    mote_status status = check_frame(context, input);
    if (status == MOTE_OK) status = decode(context, out, input);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}

mote_hash mote_checkpoint_digest(const mote_checkpoint *checkpoint) {
    uint8_t buffer[sizeof magic + 32 + 32 + 8 + 32];
    mote_writer writer = mote_writer_into(buffer, sizeof buffer);
    mote_hash set = mote_authority_set_digest(&checkpoint->set);
    mote_write_span(&writer, magic, sizeof magic);
    mote_write_hash(&writer, &checkpoint->genesis);
    mote_write_hash(&writer, &checkpoint->header.hash);
    mote_write_u64(&writer, checkpoint->set.set_id);
    mote_write_hash(&writer, &set);
    return mote_blake2b_256((mote_bytes){buffer, sizeof buffer});
}
