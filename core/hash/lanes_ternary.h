/* SPDX-License-Identifier: Apache-2.0 */
/* A sum of three in one instruction of AVX-512. Included by keccak_avx512.c. */
#ifndef MOTE_HASH_LANES_TERNARY_H
#define MOTE_HASH_LANES_TERNARY_H

#include <immintrin.h>

#define XOR3(a, b, c)                                                                              \
    ((keccak_lane)_mm512_ternarylogic_epi64((__m512i)(a), (__m512i)(b), (__m512i)(c), 0x96))

#endif
