/* SPDX-License-Identifier: Apache-2.0 */
/* SS58 (sp_core::crypto::Ss58Codec): base58 of prefix ++ account ++ two bytes of blake2b_512("SS58PRE" ++ both). */
#include "mote/account.h"

#include <string.h>

#define ACCOUNT_SIZE 32u
#define CHECKSUM_SIZE 2u
#define MAX_SIZE (2u + ACCOUNT_SIZE + CHECKSUM_SIZE)
#define NO_DIGIT 58u

static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* --- base58 ------------------------------------------------------------------------------------------------ */
/* Bytes of a big-endian number, at the end of the array. */
typedef struct magnitude {
    uint8_t bytes[MAX_SIZE];
    size_t size;
} magnitude;

static const uint8_t *bytes_of(const magnitude *number) {
    return number->bytes + MAX_SIZE - number->size;
}

static uint32_t digit_of(uint8_t character) {
    uint32_t digit = 0;
    while (digit < NO_DIGIT && (uint8_t)alphabet[digit] != character) digit++;
    return digit;
}

static size_t leading_ones(mote_bytes text) {
    size_t count = 0;
    while (count < text.size && text.data[count] == '1') count++;
    return count;
}

/* number = number * 58 + digit; false where it does not fit. */
static bool append_digit(magnitude *number, uint32_t digit) {
    uint32_t carry = digit;
    for (size_t i = MAX_SIZE; i-- > MAX_SIZE - number->size;) {
        carry += number->bytes[i] * 58u;
        number->bytes[i] = (uint8_t)(carry & 0xff);
        carry >>= 8;
    }
    if (carry == 0) return true;
    if (number->size == MAX_SIZE) return false;
    number->size++;
    number->bytes[MAX_SIZE - number->size] = (uint8_t)carry;
    return true;
}

/* Each leading 1 is a byte of zeros. */
static mote_status decode_base58(mote_context *context, magnitude *out, mote_bytes text) {
    bool fits = true;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < text.size; i++) {
        uint32_t digit = digit_of(text.data[i]);
        if (digit == NO_DIGIT)
            return mote_fail(context, MOTE_E_ADDRESS_FORM, text.data + i, MOTE_NO_INDEX);
        fits = fits && append_digit(out, digit);
    }
    size_t zeros = leading_ones(text);
    if (!fits || zeros > MAX_SIZE - out->size)
        return mote_fail(context, MOTE_E_ADDRESS_LENGTH, text.data, MOTE_NO_INDEX);
    out->size += zeros;
    return MOTE_OK;
}

/* number / 58; the remainder. */
static uint32_t take_digit(magnitude *number) {
    uint32_t rest = 0;
    for (size_t i = MAX_SIZE - number->size; i < MAX_SIZE; i++) {
        rest = rest << 8 | number->bytes[i];
        number->bytes[i] = (uint8_t)(rest / 58u);
        rest %= 58u;
    }
    while (number->size > 0 && *bytes_of(number) == 0) number->size--;
    return rest;
}

static size_t encode_base58(char out[MOTE_SS58_TEXT_SIZE], magnitude *number) {
    char reversed[MOTE_SS58_TEXT_SIZE];
    size_t count = 0, zeros = 0;
    while (zeros < number->size && bytes_of(number)[zeros] == 0) zeros++;
    number->size -= zeros;
    while (number->size > 0) reversed[count++] = alphabet[take_digit(number)];
    while (zeros-- > 0) reversed[count++] = alphabet[0];
    for (size_t i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
    out[count] = 0;
    return count;
}

/* --- SS58 ---------------------------------------------------------------------------------------------------- */
static void checksum(uint8_t out[CHECKSUM_SIZE], mote_bytes payload) {
    static const uint8_t domain[] = {'S', 'S', '5', '8', 'P', 'R', 'E'};
    uint8_t hash[64];
    mote_blake2b_state state;
    mote_blake2b_init(&state, sizeof hash);
    mote_blake2b_update(&state, (mote_bytes){domain, sizeof domain});
    mote_blake2b_update(&state, payload);
    mote_blake2b_final(&state, hash);
    memcpy(out, hash, CHECKSUM_SIZE);
}

static bool is_reserved(uint32_t prefix) {
    return prefix == 46 || prefix == 47 || prefix > MOTE_SS58_MAX_PREFIX;
}

/* The prefix in one byte below 64, else its upper six bits behind 01, and the others turned by two. */
static size_t read_prefix(uint32_t *out, const uint8_t *bytes) {
    *out = bytes[0];
    if (bytes[0] < 64) return 1;
    *out = (bytes[0] & 0x3fu) << 2 | bytes[1] >> 6 | (bytes[1] & 0x3fu) << 8;
    return bytes[0] < 128 ? 2 : 0;
}

static size_t write_prefix(uint8_t out[2], uint32_t prefix) {
    out[0] = (uint8_t)prefix;
    if (prefix < 64) return 1;
    out[0] = (uint8_t)(0x40u | (prefix >> 2 & 0x3fu));
    out[1] = (uint8_t)((prefix & 3u) << 6 | prefix >> 8);
    return 2;
}

mote_status mote_ss58_read(mote_context *context, mote_address *out, mote_bytes text) {
    magnitude whole;
    uint32_t prefix = 0;
    uint8_t expected[CHECKSUM_SIZE];
    memset(out, 0, sizeof *out);
    mote_status status = decode_base58(context, &whole, text);
    if (status != MOTE_OK) return status;
    if (whole.size < 2) return mote_fail(context, MOTE_E_ADDRESS_LENGTH, text.data, MOTE_NO_INDEX);
    const uint8_t *bytes = bytes_of(&whole);
    size_t start = read_prefix(&prefix, bytes);
    if (start == 0 || is_reserved(prefix) || (start == 2 && prefix < 64))
        return mote_fail(context, MOTE_E_ADDRESS_PREFIX, text.data, MOTE_NO_INDEX);
    if (whole.size != start + ACCOUNT_SIZE + CHECKSUM_SIZE)
        return mote_fail(context, MOTE_E_ADDRESS_LENGTH, text.data, MOTE_NO_INDEX);
    checksum(expected, (mote_bytes){bytes, start + ACCOUNT_SIZE});
    if (memcmp(expected, bytes + start + ACCOUNT_SIZE, CHECKSUM_SIZE) != 0)
        return mote_fail(context, MOTE_E_ADDRESS_CHECKSUM, text.data, MOTE_NO_INDEX);
    memcpy(out->bytes, bytes + start, ACCOUNT_SIZE);
    out->size = ACCOUNT_SIZE;
    out->has_prefix = true;
    out->prefix = (uint16_t)prefix;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

size_t mote_ss58_write(char out[MOTE_SS58_TEXT_SIZE], const uint8_t account[32], uint32_t prefix) {
    magnitude whole;
    uint8_t head[2];
    memset(out, 0, MOTE_SS58_TEXT_SIZE);
    if (is_reserved(prefix)) return 0;
    size_t start = write_prefix(head, prefix);
    whole.size = start + ACCOUNT_SIZE + CHECKSUM_SIZE;
    uint8_t *bytes = whole.bytes + MAX_SIZE - whole.size;
    memcpy(bytes, head, start);
    memcpy(bytes + start, account, ACCOUNT_SIZE);
    checksum(bytes + start + ACCOUNT_SIZE, (mote_bytes){bytes, start + ACCOUNT_SIZE});
    return encode_base58(out, &whole);
}
