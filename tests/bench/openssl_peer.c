/* SPDX-License-Identifier: Apache-2.0 */
#include "openssl_peer.h"

#include <openssl/evp.h>

bool openssl_accepts(const uint8_t key[32], const uint8_t signature[64], const uint8_t *message,
                     size_t size) {
    EVP_PKEY *imported = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool accepts = imported != NULL && context != NULL &&
                         EVP_DigestVerifyInit(context, NULL, NULL, NULL, imported) == 1 &&
                         EVP_DigestVerify(context, signature, 64, message, size) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(imported);
    return accepts;
}
