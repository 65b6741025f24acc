/* SPDX-License-Identifier: Apache-2.0 */
/* What libsecp256k1 calls where its caller broke its contract: in a wasm module, a trap. */
void secp256k1_default_illegal_callback_fn(const char *text, void *data);
void secp256k1_default_error_callback_fn(const char *text, void *data);

void secp256k1_default_illegal_callback_fn(const char *text, void *data) {
    (void)text;
    (void)data;
    __builtin_trap();
}

void secp256k1_default_error_callback_fn(const char *text, void *data) {
    (void)text;
    (void)data;
    __builtin_trap();
}
