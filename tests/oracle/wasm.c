/* SPDX-License-Identifier: Apache-2.0 */
/* The judges as a wasm module without imports: wasm.mjs hands in cases and reads answers. */
#include "judge.h"

#define MEMORY ((size_t)8 << 20)
#define ROOM ((size_t)1 << 20)

static uint8_t input[ROOM], memory[MEMORY];
static oracle_answer answer;

uint8_t *oracle_input(void);
uint8_t *oracle_output(void);
uint32_t oracle_output_size(void);
uint32_t oracle_judge(uint32_t kind, uint32_t size);

uint8_t *oracle_input(void) {
    return input;
}

uint8_t *oracle_output(void) {
    return answer.output;
}

uint32_t oracle_output_size(void) {
    return (uint32_t)answer.size;
}

uint32_t oracle_judge(uint32_t kind, uint32_t size) {
    static const uint8_t seed[32] = {1};
    mote_context context;
    if (kind == 0 || kind >= ORACLE_KINDS || size > ROOM) __builtin_trap();
    mote_context_init(&context, memory, MEMORY, seed);
    answer.accepted = false;
    answer.size = 0;
    oracle_judges[kind](&context, &answer, (mote_bytes){input, size});
    return answer.accepted;
}
