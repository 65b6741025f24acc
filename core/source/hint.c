/* SPDX-License-Identifier: Apache-2.0 */
/* What author_submitAndWatchExtrinsic notifies (sc_transaction_pool_api TransactionStatus). */
#include <string.h>

#include "mote/source.h"

typedef struct word {
    const char *name;
    mote_extrinsic_hint hint;
    bool names_block;
} word;

static const word words[] = {
    {"future", MOTE_HINT_WAITING, false},      {"ready", MOTE_HINT_WAITING, false},
    {"broadcast", MOTE_HINT_WAITING, false},   {"retracted", MOTE_HINT_WAITING, true},
    {"inBlock", MOTE_HINT_IN_BLOCK, true},     {"finalized", MOTE_HINT_FINAL, true},
    {"finalityTimeout", MOTE_HINT_GONE, true}, {"usurped", MOTE_HINT_GONE, false},
    {"dropped", MOTE_HINT_GONE, false},        {"invalid", MOTE_HINT_GONE, false}};

static const word *word_of(mote_json name) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (mote_json_is_text(name, words[i].name)) return &words[i];
    }
    return NULL;
}

/* "ready", or {"inBlock": "0x..."}. */
static bool read_status(mote_json result, mote_json *name, mote_json *value) {
    mote_json more;
    *name = result;
    *value = (mote_json){MOTE_JSON_NONE, {NULL, 0}};
    if (result.kind != MOTE_JSON_OBJECT) return result.kind == MOTE_JSON_STRING;
    mote_json_items items = mote_json_items_of(result);
    return mote_json_next(&items, name, value) && !mote_json_next(&items, NULL, &more);
}

mote_status mote_extrinsic_hint_read(mote_context *context, mote_extrinsic_hint *out,
                                     mote_hash *hash, mote_json result) {
    mote_json name, value;
    *out = MOTE_HINT_NONE;
    memset(hash, 0, sizeof *hash);
    bool is_status = read_status(result, &name, &value);
    const word *found = is_status ? word_of(name) : NULL;
    if (!is_status || (found != NULL && found->names_block && !mote_json_hash(value, hash))) {
        return mote_fail(context, MOTE_E_BAD_FORMAT, result.text.data, MOTE_NO_INDEX);
    }
    if (found != NULL) *out = found->hint;
    mote_context_clear_fault(context);
    return MOTE_OK;
}
