/* SPDX-License-Identifier: Apache-2.0 */
/* fixture.h names its type; nothing here reads JSON. */
#ifndef MOTE_TEST_WASM_JANSSON_H
#define MOTE_TEST_WASM_JANSSON_H

typedef struct json_t json_t;

#endif
