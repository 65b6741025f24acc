/* SPDX-License-Identifier: Apache-2.0 */
/* secp256k1 by libsecp256k1. Its static context verifies without memory of its own. */
#include <string.h>

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include "mote/hash.h"
#include "seals.h"

mote_status mote_beefy_recover(uint8_t key[MOTE_BEEFY_KEY_SIZE], const mote_hash *hash,
                               const uint8_t signature[MOTE_BEEFY_SIGNATURE_SIZE]) {
    const secp256k1_context *context = secp256k1_context_static;
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey point;
    size_t size = MOTE_BEEFY_KEY_SIZE;
    memset(key, 0, MOTE_BEEFY_KEY_SIZE);
    /* The library calls its abort handler for other values. */
    if (signature[64] > 3) return MOTE_E_SIGNATURE_FORM;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context, &parsed, signature,
                                                            signature[64]) != 1 ||
        secp256k1_ecdsa_recover(context, &point, &parsed, hash->bytes) != 1) {
        return MOTE_E_BAD_SIGNATURE;
    }
    (void)secp256k1_ec_pubkey_serialize(context, key, &size, &point, SECP256K1_EC_COMPRESSED);
    return MOTE_OK;
}

mote_status mote_beefy_check_signature(const uint8_t key[MOTE_BEEFY_KEY_SIZE],
                                       const mote_hash *hash, const uint8_t *signature) {
    uint8_t signer[MOTE_BEEFY_KEY_SIZE];
    mote_status status = mote_beefy_recover(signer, hash, signature);
    if (status != MOTE_OK) return status;
    return memcmp(signer, key, sizeof signer) == 0 ? MOTE_OK : MOTE_E_BAD_SIGNATURE;
}

bool mote_beefy_point_of(uint8_t point[MOTE_BEEFY_POINT_SIZE],
                         const uint8_t key[MOTE_BEEFY_KEY_SIZE]) {
    const secp256k1_context *context = secp256k1_context_static;
    secp256k1_pubkey parsed;
    uint8_t whole[1 + MOTE_BEEFY_POINT_SIZE]; /* 04, x, y */
    size_t size = sizeof whole;
    memset(point, 0, MOTE_BEEFY_POINT_SIZE);
    if (secp256k1_ec_pubkey_parse(context, &parsed, key, MOTE_BEEFY_KEY_SIZE) != 1) return false;
    (void)secp256k1_ec_pubkey_serialize(context, whole, &size, &parsed, SECP256K1_EC_UNCOMPRESSED);
    memcpy(point, whole + 1, MOTE_BEEFY_POINT_SIZE);
    return true;
}

mote_status mote_beefy_address(uint8_t address[MOTE_BEEFY_ADDRESS_SIZE],
                               const uint8_t key[MOTE_BEEFY_KEY_SIZE]) {
    uint8_t point[MOTE_BEEFY_POINT_SIZE];
    memset(address, 0, MOTE_BEEFY_ADDRESS_SIZE);
    if (!mote_beefy_point_of(point, key)) return MOTE_E_BAD_PUBLIC_KEY;
    mote_hash hash = mote_keccak_256((mote_bytes){point, sizeof point});
    memcpy(address, hash.bytes + 12, MOTE_BEEFY_ADDRESS_SIZE);
    return MOTE_OK;
}
