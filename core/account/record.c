/* SPDX-License-Identifier: Apache-2.0 */
/* System::Account: nonce ++ counts of references ++ free ++ reserved ++ two words whose meaning the flags tell. */
#include "mote/account.h"

#include <string.h>

/* pallet_balances ExtraFlags: the one flag there is. An older fee_frozen with its bit would be 2^127 and more. */
static bool is_flags(mote_u128 word) {
    return word.high == UINT64_C(1) << 63 && word.low == 0;
}

static bool could_be_flags(mote_u128 word) {
    return word.high >> 63 != 0;
}

static mote_account_layout layout_of(size_t size) {
    switch (size) {
    case 69: return MOTE_ACCOUNT_REFCOUNT_8;
    case 72: return MOTE_ACCOUNT_REFCOUNT_32;
    case 76: return MOTE_ACCOUNT_TWO_COUNTS;
    case 80: return MOTE_ACCOUNT_THREE_COUNTS;
    default: return MOTE_ACCOUNT_UNKNOWN;
    }
}

static void read_counts(mote_account_record *out, mote_cursor *cursor) {
    switch (out->layout) {
    case MOTE_ACCOUNT_REFCOUNT_8: out->refcount = mote_read_u8(cursor); return;
    case MOTE_ACCOUNT_REFCOUNT_32: out->refcount = mote_read_u32(cursor); return;
    default: break;
    }
    out->consumers = mote_read_u32(cursor);
    out->providers = mote_read_u32(cursor);
    if (out->layout == MOTE_ACCOUNT_THREE_COUNTS) out->sufficients = mote_read_u32(cursor);
}

/* Only records with three counts were ever written with flags (the newer pallet follows the older counts). */
static void read_frozen(mote_account_record *out, mote_cursor *cursor) {
    const mote_u128 first = mote_read_u128(cursor), second = mote_read_u128(cursor);
    if (out->layout == MOTE_ACCOUNT_THREE_COUNTS && is_flags(second)) {
        out->layout = MOTE_ACCOUNT_FLAGGED;
        out->frozen = first;
    } else if (out->layout == MOTE_ACCOUNT_THREE_COUNTS && could_be_flags(second)) {
        memset(out, 0, sizeof *out); /* flags that are not known here, or no balance */
    } else {
        out->misc_frozen = first;
        out->fee_frozen = second;
    }
}

mote_account_record mote_account_record_of(mote_bytes value) {
    mote_account_record out;
    mote_cursor cursor = mote_cursor_over(value);
    memset(&out, 0, sizeof out);
    out.layout = layout_of(value.size);
    if (out.layout == MOTE_ACCOUNT_UNKNOWN) return out;
    out.nonce = mote_read_u32(&cursor);
    read_counts(&out, &cursor);
    out.free = mote_read_u128(&cursor);
    out.reserved = mote_read_u128(&cursor);
    read_frozen(&out, &cursor);
    return out;
}

const char *mote_account_layout_name(mote_account_layout layout) {
    switch (layout) {
    case MOTE_ACCOUNT_REFCOUNT_8: return "refcount-8";
    case MOTE_ACCOUNT_REFCOUNT_32: return "refcount-32";
    case MOTE_ACCOUNT_TWO_COUNTS: return "two-counts";
    case MOTE_ACCOUNT_THREE_COUNTS: return "three-counts";
    case MOTE_ACCOUNT_FLAGGED: return "flagged";
    case MOTE_ACCOUNT_UNKNOWN: break;
    }
    return "unknown";
}

/* --- numbers ------------------------------------------------------------------------------------------------- */
mote_u128 mote_read_u128(mote_cursor *cursor) {
    mote_u128 value;
    value.low = mote_read_u64(cursor);
    value.high = mote_read_u64(cursor);
    return value;
}

/* value / 10; the remainder. By halves of 32 bits, so that no step overflows. */
static uint32_t take_digit(mote_u128 *value) {
    uint64_t *const words[] = {&value->high, &value->low};
    uint64_t rest = 0;
    for (size_t i = 0; i < 2; i++) {
        const uint64_t upper = rest << 32 | *words[i] >> 32;
        const uint64_t lower = (upper % 10) << 32 | (*words[i] & UINT32_MAX);
        *words[i] = (upper / 10) << 32 | lower / 10;
        rest = lower % 10;
    }
    return (uint32_t)rest;
}

size_t mote_u128_write(char out[MOTE_U128_TEXT_SIZE], mote_u128 value) {
    char reversed[MOTE_U128_TEXT_SIZE];
    size_t count = 0;
    do {
        reversed[count++] = (char)('0' + take_digit(&value));
    } while (value.high != 0 || value.low != 0);
    for (size_t i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
    out[count] = 0;
    return count;
}
