/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts as people write them and as chains keep them: addresses, the storage keys that FRAME's pallets use, and the
 * records of System::Account.
 *
 * Checked: of an SS58 address its alphabet, length, prefix and checksum; of a record that its size and its flags are those of
 * a layout that frame_system and pallet_balances have had.
 * Not checked: that anybody holds the key of an address, or that its prefix is the chain's (each chain has its own, and
 * one account has an address on all of them). Nothing here is proof of anything.
 */
#ifndef MOTE_ACCOUNT_H
#define MOTE_ACCOUNT_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/hash.h"
#include "mote/scale.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- addresses ------------------------------------------------------------------------------------------- */
#define MOTE_SS58_MAX_PREFIX 16383u
#define MOTE_SS58_TEXT_SIZE 52u /* the longest address and a NUL */

/* The account that an address stands for: 32 bytes, or 20 on chains with Ethereum's accounts. */
typedef struct mote_address {
    uint8_t bytes[32];
    uint8_t size;    /* 32 or 20 */
    bool has_prefix; /* SS58 */
    uint16_t prefix;
} mote_address;

/* SS58 of a 32-byte account, as sp_core::crypto reads it, its prefix in its shortest form: E_ADDRESS_FORM for a character
 * that is not base58's, E_ADDRESS_LENGTH for anything but 32 bytes (account indices among it), E_ADDRESS_PREFIX for a
 * reserved prefix, E_ADDRESS_CHECKSUM. The fault names the character where one is wrong. */
MOTE_MUST_USE mote_status mote_ss58_read(mote_context *context, mote_address *out, mote_bytes text);
/* Its length without the NUL; 0 where the prefix is reserved (46, 47) or above MOTE_SS58_MAX_PREFIX. */
size_t mote_ss58_write(char out[MOTE_SS58_TEXT_SIZE], const uint8_t account[32], uint32_t prefix);
/* SS58; or 0x and the hex of 32 or 20 bytes, either case (EIP-55's capitals are no checksum here). */
MOTE_MUST_USE mote_status mote_address_read(mote_context *context, mote_address *out,
                                            mote_bytes text);

/* --- storage keys ------------------------------------------------------------------------------------------ */
/* One argument of a map: its hasher, and its key as SCALE has it. */
typedef struct mote_key_argument {
    mote_storage_hasher hasher;
    mote_bytes key;
} mote_key_argument;

/* twox_128(pallet) ++ twox_128(item) ++ the arguments, hashed each by its own. Latches like every writer. */
void mote_write_storage_key(mote_writer *writer, mote_bytes pallet, mote_bytes item,
                            const mote_key_argument *arguments, size_t count);
/* System::Account of an account of any size: blake2_128_concat. */
void mote_write_account_key(mote_writer *writer, mote_bytes account);
/* By the name that metadata has for it, in any case and with or without underscores ("Blake2_128Concat", "twox64concat"). */
bool mote_storage_hasher_by_name(mote_storage_hasher *out, mote_bytes name);

/* --- records ------------------------------------------------------------------------------------------------ */
typedef struct mote_u128 {
    uint64_t low, high;
} mote_u128;
#define MOTE_U128_TEXT_SIZE 40u
mote_u128 mote_read_u128(mote_cursor *cursor);
/* In decimal digits; their number. */
size_t mote_u128_write(char out[MOTE_U128_TEXT_SIZE], mote_u128 value);

/* Layouts of frame_system's AccountInfo with pallet_balances' AccountData of 128-bit balances and a 32-bit nonce. They
 * are told apart by size and, of those with three counts, by the flags: the present ones are exactly 2^127. */
typedef enum mote_account_layout {
    MOTE_ACCOUNT_UNKNOWN = 0,  /* of a chain's own: only the bytes are known */
    MOTE_ACCOUNT_REFCOUNT_8,   /* 69 bytes: one count of 8 bits */
    MOTE_ACCOUNT_REFCOUNT_32,  /* 72 */
    MOTE_ACCOUNT_TWO_COUNTS,   /* 76: consumers, providers */
    MOTE_ACCOUNT_THREE_COUNTS, /* 80: and sufficients; misc_frozen, fee_frozen */
    MOTE_ACCOUNT_FLAGGED       /* 80: frozen, flags */
} mote_account_layout;
const char *mote_account_layout_name(mote_account_layout layout); /* "unknown", "refcount-8", ... */

/* What a layout does not have is zero. */
typedef struct mote_account_record {
    mote_account_layout layout;
    uint32_t nonce;
    uint32_t refcount; /* REFCOUNT_* */
    uint32_t consumers, providers, sufficients;
    mote_u128 free, reserved;
    mote_u128 frozen;                  /* FLAGGED */
    mote_u128 misc_frozen, fee_frozen; /* the others */
} mote_account_record;
/* Of a value of System::Account. Whatever is none of the layouts is MOTE_ACCOUNT_UNKNOWN. */
mote_account_record mote_account_record_of(mote_bytes value);

#ifdef __cplusplus
}
#endif
#endif
