/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/bytes.h"

#include <string.h>

bool mote_bytes_equal(mote_bytes a, mote_bytes b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int mote_bytes_compare(mote_bytes a, mote_bytes b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool mote_bytes_starts_with(mote_bytes whole, mote_bytes prefix) {
    if (whole.size < prefix.size) return false;
    return prefix.size == 0 || memcmp(whole.data, prefix.data, prefix.size) == 0;
}

bool mote_hash_equal(const mote_hash *a, const mote_hash *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
