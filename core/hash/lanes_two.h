/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BLAKE2b's compression by WebAssembly's vectors, for lanes_body.h. Sixteen words in vectors of two lanes are more than
 * engines have registers for, and what they keep in memory of their own choice costs more than all the arithmetic. So the
 * words stay in memory (volatile says so), from where each mixing takes its four and puts them back. Rounds are a loop:
 * unrolled they are more code than processors keep decoded.
 */

typedef volatile vec memory_vec;

/* By swizzles of constants: shuffles of bytes are put together anew from their lanes by each instruction. */
#define SWIZZLED(v, ...) ((vec)wasm_i8x16_swizzle((v128_t)(v), wasm_i8x16_const(__VA_ARGS__)))
#define ROTATE_32(v) ((vec)wasm_i32x4_shuffle((v128_t)(v), (v128_t)(v), 1, 0, 3, 2))
#define ROTATE_24(v) SWIZZLED(v, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)
#define ROTATE_16(v) SWIZZLED(v, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)

static inline vec at_offset(const memory_vec *m, word_offset offset) {
    return *(const memory_vec *)(const volatile void *)((const volatile uint8_t *)m + offset);
}

static inline void mix(memory_vec *va, memory_vec *vb, memory_vec *vc, memory_vec *vd,
                       const memory_vec *m, const word_offset offset[2]) {
    vec a = *va, b = *vb, c = *vc, d = *vd;
    a += b + at_offset(m, offset[0]);
    d = ROTATE_32(d ^ a);
    c += d;
    b = ROTATE_24(b ^ c);
    a += b + at_offset(m, offset[1]);
    d = ROTATE_16(d ^ a);
    c += d;
    b = ROTATE(b ^ c, 63);
    *va = a, *vb = b, *vc = c, *vd = d;
}

static inline void mix_columns(memory_vec *v, const memory_vec *m, const word_offset *offset) {
    mix(v, v + 4, v + 8, v + 12, m, offset);
    mix(v + 1, v + 5, v + 9, v + 13, m, offset + 2);
    mix(v + 2, v + 6, v + 10, v + 14, m, offset + 4);
    mix(v + 3, v + 7, v + 11, v + 15, m, offset + 6);
}

static inline void mix_diagonals(memory_vec *v, const memory_vec *m, const word_offset *offset) {
    mix(v, v + 5, v + 10, v + 15, m, offset + 8);
    mix(v + 1, v + 6, v + 11, v + 12, m, offset + 10);
    mix(v + 2, v + 7, v + 8, v + 13, m, offset + 12);
    mix(v + 3, v + 4, v + 9, v + 14, m, offset + 14);
}

static inline __attribute__((always_inline)) void compress_blake2b(hashing *h, unsigned groups) {
    memory_vec v[GROUPS][16], m[GROUPS][16];
    vec words[16], message[16];
    for (unsigned g = 0; g < groups; g++) {
        begin_blake2b(words, message, h, g);
        for (unsigned i = 0; i < 16; i++) v[g][i] = words[i], m[g][i] = message[i];
    }
    const word_offset *offset = offsets_of_round[0];
    for (unsigned round = 0; round < 12; round++) {
        __asm__("" : "+r"(offset)); /* or each offset's address is worked out by itself */
        mix_columns(v[0], m[0], offset);
        if (groups == 2) mix_columns(v[1], m[1], offset);
        mix_diagonals(v[0], m[0], offset);
        if (groups == 2) mix_diagonals(v[1], m[1], offset);
        offset += 16;
    }
    for (unsigned g = 0; g < groups; g++) {
        for (unsigned i = 0; i < 16; i++) words[i] = v[g][i];
        end_blake2b(h, g, words);
    }
}
