/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BLAKE2b-256 (RFC 7693) and SHA-512 (FIPS 180-4) of many messages, one in each lane of a vector, LANES of them, and two
 * vectors in turns, so that one's steps fill the time in which the other's are waited for. A lane that has finished a
 * message takes the next, so their lengths do not matter. Defined before: LANES, HASH_NAME.
 */
#include <string.h>

#include "hash_bytes.h"

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));
typedef uint8_t vec_bytes __attribute__((vector_size(8 * LANES)));

/* Not inlined: what it keeps on the stack is gone when it returns. */
#define HASH_APART __attribute__((noinline))

#define GROUPS 2u /* vectors in turns */
#define MESSAGES (GROUPS * LANES)
#define IS_LAST (UINT64_C(1) << 63)

/* What is hashed: of every lane the chain, and the block that comes next. */
typedef struct hashing {
    vec chain[GROUPS][8];
    const uint8_t *block[MESSAGES];
    uint64_t
        counted[MESSAGES]; /* bytes up to and with it; BLAKE2b: the top bit where it is the last */
} hashing;

typedef struct lane {
    mote_bytes rest; /* not taken by a block yet */
    uint8_t *out;    /* NULL: nothing to be done */
    bool ends;       /* with the block that is being hashed */
    bool padded;     /* SHA-512: the 1 bit has been written */
    uint8_t padding[HASH_BLOCK];
} lane;

/* Messages that no lane has taken yet, and where their hashes go. */
typedef struct queue {
    const mote_bytes *message;
    size_t left;
    uint8_t *out;
    size_t size; /* of a hash */
} queue;

static void idle_lanes(lane all[MESSAGES], hashing *h) {
    memset(h, 0, sizeof *h);
    for (unsigned j = 0; j < MESSAGES; j++) {
        h->block[j] = all[j].padding; /* whatever is in there */
        all[j].rest = (mote_bytes){NULL, 0};
        all[j].out = NULL;
    }
}

static inline vec load_vec(const uint8_t *bytes) {
    vec v;
    memcpy(&v, bytes, sizeof v);
    return v;
}

/* --- transposing --- */

#if LANES == 8
#define LOWS(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define HIGHS(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOW_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

/* Eight vectors as rows become the columns. */
static inline void transpose(vec out[8], const vec in[8]) {
    vec a[8], b[8];
    for (unsigned i = 0; i < 8; i += 2) {
        a[i] = LOWS(in[i], in[i + 1]);
        a[i + 1] = HIGHS(in[i], in[i + 1]);
    }
    for (unsigned i = 0; i < 8; i += 4) {
        for (unsigned k = 0; k < 2; k++) {
            b[i + k] = LOW_PAIRS(a[i + k], a[i + k + 2]);
            b[i + k + 2] = HIGH_PAIRS(a[i + k], a[i + k + 2]);
        }
    }
    for (unsigned i = 0; i < 4; i++) {
        out[i] = LOW_HALVES(b[i], b[i + 4]);
        out[i + 4] = HIGH_HALVES(b[i], b[i + 4]);
    }
}
#elif LANES == 4
#define LOWS(a, b) __builtin_shufflevector(a, b, 0, 4, 2, 6)
#define HIGHS(a, b) __builtin_shufflevector(a, b, 1, 5, 3, 7)
#define LOW_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 4, 5)
#define HIGH_HALVES(a, b) __builtin_shufflevector(a, b, 2, 3, 6, 7)

static inline void transpose(vec out[4], const vec in[4]) {
    vec a[4];
    for (unsigned i = 0; i < 4; i += 2) {
        a[i] = LOWS(in[i], in[i + 1]);
        a[i + 1] = HIGHS(in[i], in[i + 1]);
    }
    for (unsigned i = 0; i < 2; i++) {
        out[i] = LOW_HALVES(a[i], a[i + 2]);
        out[i + 2] = HIGH_HALVES(a[i], a[i + 2]);
    }
}
#else
static inline void transpose(vec out[2], const vec in[2]) {
    out[0] = __builtin_shufflevector(in[0], in[1], 0, 2);
    out[1] = __builtin_shufflevector(in[0], in[1], 1, 3);
}
#endif

/* Word i of every lane's block, as bytes lie. */
static inline void load_blocks(vec word[16], const uint8_t *const block[LANES]) {
    for (unsigned from = 0; from < 16; from += LANES) {
        vec row[LANES];
        for (unsigned j = 0; j < LANES; j++) row[j] = load_vec(block[j] + 8 * from);
        transpose(&word[from], row);
    }
}

/* Big-endian words, and back. */
static inline vec swap_bytes(vec v) {
    v = (v >> 8 & UINT64_C(0x00ff00ff00ff00ff)) | (v & UINT64_C(0x00ff00ff00ff00ff)) << 8;
    v = (v >> 16 & UINT64_C(0x0000ffff0000ffff)) | (v & UINT64_C(0x0000ffff0000ffff)) << 16;
    return v >> 32 | v << 32;
}

static void start_chains(vec chain[8], const uint64_t is_fresh[LANES], uint64_t parameters) {
    vec fresh;
    memcpy(&fresh, is_fresh, sizeof fresh);
    for (unsigned i = 0; i < 8; i++) {
        const vec start = (vec){0} + (mote_hash_start[i] ^ (i == 0 ? parameters : 0));
        chain[i] = (start & fresh) | (chain[i] & ~fresh);
    }
}

/* The next messages into lanes that have none. How many vectors there is something to be done in. */
static HASH_APART unsigned refill(lane all[MESSAGES], hashing *h, queue *waiting,
                                  uint64_t parameters) {
    unsigned groups = 0;
    for (unsigned g = 0; g < GROUPS; g++) {
        uint64_t is_fresh[LANES] = {0};
        bool any = false;
        for (unsigned j = 0; j < LANES; j++) {
            lane *l = &all[LANES * g + j];
            if (l->out == NULL && waiting->left > 0) {
                l->rest = *waiting->message++;
                l->out = waiting->out;
                l->padded = false;
                h->counted[LANES * g + j] = 0;
                waiting->out += waiting->size;
                waiting->left--;
                is_fresh[j] = UINT64_MAX;
                any = true;
            }
            if (l->out != NULL) groups = g + 1;
        }
        if (any) start_chains(h->chain[g], is_fresh, parameters);
    }
    return groups;
}

/* `turned`: the hash is the chain with each word's highest byte first. */
static HASH_APART void finish_lanes(lane all[MESSAGES], const hashing *h, unsigned groups,
                                    size_t size, bool turned) {
    for (unsigned g = 0; g < groups; g++) {
        vec word[8], row[8];
        for (unsigned i = 0; i < 8; i++) {
            word[i] = turned ? swap_bytes(h->chain[g][i]) : h->chain[g][i];
        }
        for (unsigned from = 0; from < 8; from += LANES) transpose(&row[from], &word[from]);
        for (unsigned j = 0; j < LANES; j++) {
            lane *l = &all[LANES * g + j];
            if (l->out == NULL || !l->ends) continue;
            for (unsigned from = 0; from < size / 8; from += LANES) {
                const size_t part = size < sizeof(vec) ? size : sizeof(vec);
                memcpy(l->out + 8 * from, &row[from + j], part);
            }
            l->out = NULL;
        }
    }
}

static const uint8_t *take_block(lane *l, uint64_t *counted) {
    const uint8_t *block = l->rest.data;
    l->rest.data += HASH_BLOCK;
    l->rest.size -= HASH_BLOCK;
    *counted += HASH_BLOCK;
    return block;
}

/* What is left, and zeros behind it. */
static const uint8_t *take_rest(lane *l, uint64_t *counted) {
    if (l->rest.size != 0) memcpy(l->padding, l->rest.data, l->rest.size);
    memset(l->padding + l->rest.size, 0, HASH_BLOCK - l->rest.size);
    *counted += l->rest.size;
    l->rest.size = 0;
    return l->padding;
}

#define ROTATE(v, bits) ((v) >> (bits) | (v) << (64 - (bits)))

/* --- BLAKE2b ------------------------------------------------------------------------------------------------- */

static inline void begin_blake2b(vec v[16], vec m[16], const hashing *h, unsigned group) {
    vec counted;
    load_blocks(m, &h->block[LANES * group]);
    memcpy(&counted, &h->counted[LANES * group], sizeof counted);
    for (unsigned i = 0; i < 8; i++) {
        v[i] = h->chain[group][i];
        v[8 + i] = (vec){0} + mote_hash_start[i];
    }
    v[12] ^= counted & ~IS_LAST;
    v[14] ^= -(counted >> 63);
}

static inline void end_blake2b(hashing *h, unsigned group, const vec v[16]) {
    for (unsigned i = 0; i < 8; i++) h->chain[group][i] ^= v[i] ^ v[8 + i];
}

/* SIGMA, as offsets into the message's vectors. */
#if LANES == 2
typedef uint8_t word_offset;
#else
typedef uint16_t word_offset;
#endif
#define OFFSET(i) (word_offset)((i) * sizeof(vec))
#define OFFSETS(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                                    \
    {                                                                                              \
        OFFSET(a), OFFSET(b), OFFSET(c), OFFSET(d), OFFSET(e), OFFSET(f), OFFSET(g), OFFSET(h),    \
            OFFSET(i), OFFSET(j), OFFSET(k), OFFSET(l), OFFSET(m), OFFSET(n), OFFSET(o), OFFSET(p) \
    }
static const word_offset offsets_of_round[12][16] = {
    OFFSETS(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    OFFSETS(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
    OFFSETS(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
    OFFSETS(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
    OFFSETS(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
    OFFSETS(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
    OFFSETS(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
    OFFSETS(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
    OFFSETS(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
    OFFSETS(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
    OFFSETS(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    OFFSETS(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
};

#if LANES == 2
#include "lanes_two.h"
#else
#if LANES == 8
#define ROTATE_32(v) ROTATE(v, 32)
#define ROTATE_24(v) ROTATE(v, 24)
#define ROTATE_16(v) ROTATE(v, 16)
#else
#define BYTES(v, a, b, c, d, e, f, g, h)                                                           \
    ((vec)__builtin_shufflevector((vec_bytes)(v), (vec_bytes)(v), a, b, c, d, e, f, g, h, 8 + a,   \
                                  8 + b, 8 + c, 8 + d, 8 + e, 8 + f, 8 + g, 8 + h, 16 + a, 16 + b, \
                                  16 + c, 16 + d, 16 + e, 16 + f, 16 + g, 16 + h, 24 + a, 24 + b,  \
                                  24 + c, 24 + d, 24 + e, 24 + f, 24 + g, 24 + h))
#define ROTATE_32(v) BYTES(v, 4, 5, 6, 7, 0, 1, 2, 3)
#define ROTATE_24(v) BYTES(v, 3, 4, 5, 6, 7, 0, 1, 2)
#define ROTATE_16(v) BYTES(v, 2, 3, 4, 5, 6, 7, 0, 1)
#endif

static inline vec at_offset(const vec *m, word_offset offset) {
    return *(const vec *)(const void *)((const uint8_t *)m + offset);
}

#define MIX(v, m, a, b, c, d, x, y)                                                                \
    do {                                                                                           \
        v[a] += v[b] + at_offset(m, x);                                                            \
        v[d] = ROTATE_32(v[d] ^ v[a]);                                                             \
        v[c] += v[d];                                                                              \
        v[b] = ROTATE_24(v[b] ^ v[c]);                                                             \
        v[a] += v[b] + at_offset(m, y);                                                            \
        v[d] = ROTATE_16(v[d] ^ v[a]);                                                             \
        v[c] += v[d];                                                                              \
        v[b] = ROTATE(v[b] ^ v[c], 63);                                                            \
    } while (0)

#define COLUMNS(v, m, offset)                                                                      \
    do {                                                                                           \
        MIX(v, m, 0, 4, 8, 12, (offset)[0], (offset)[1]);                                          \
        MIX(v, m, 1, 5, 9, 13, (offset)[2], (offset)[3]);                                          \
        MIX(v, m, 2, 6, 10, 14, (offset)[4], (offset)[5]);                                         \
        MIX(v, m, 3, 7, 11, 15, (offset)[6], (offset)[7]);                                         \
    } while (0)

#define DIAGONALS(v, m, offset)                                                                    \
    do {                                                                                           \
        MIX(v, m, 0, 5, 10, 15, (offset)[8], (offset)[9]);                                         \
        MIX(v, m, 1, 6, 11, 12, (offset)[10], (offset)[11]);                                       \
        MIX(v, m, 2, 7, 8, 13, (offset)[12], (offset)[13]);                                        \
        MIX(v, m, 3, 4, 9, 14, (offset)[14], (offset)[15]);                                        \
    } while (0)

/* Rounds of four lanes are a loop: unrolled they are twenty thousand bytes of code, and how fast those run depends on where
 * they lie. Eight lanes have the registers for both vectors: they are as fast either way, and unrolled need less of the stack. */
#if LANES == 8
#define UNROLLING _Pragma("GCC unroll 12")
#elif defined __clang__
#define UNROLLING _Pragma("clang loop unroll(disable)")
#else
#define UNROLLING _Pragma("GCC unroll 1")
#endif

/* `groups` is a constant where this is called: it is inlined there. */
static inline __attribute__((always_inline)) void compress_blake2b(hashing *h, unsigned groups) {
    vec v0[16], v1[16], m0[16], m1[16];
    begin_blake2b(v0, m0, h, 0);
    if (groups == 2) begin_blake2b(v1, m1, h, 1);
    UNROLLING
    for (unsigned round = 0; round < 12; round++) {
        const word_offset *offset = offsets_of_round[round];
        COLUMNS(v0, m0, offset);
        if (groups == 2) COLUMNS(v1, m1, offset);
        DIAGONALS(v0, m0, offset);
        if (groups == 2) DIAGONALS(v1, m1, offset);
    }
    end_blake2b(h, 0, v0);
    if (groups == 2) end_blake2b(h, 1, v1);
}
#endif

static HASH_APART void compress_blake2b_once(hashing *h) {
    compress_blake2b(h, 1);
}

static HASH_APART void compress_blake2b_twice(hashing *h) {
    compress_blake2b(h, 2);
}

static void next_blake2b_block(hashing *h, unsigned j, lane *l) {
    if (l->out == NULL) return;
    l->ends = l->rest.size <= HASH_BLOCK;
    h->block[j] = l->ends ? take_rest(l, &h->counted[j]) : take_block(l, &h->counted[j]);
    if (l->ends) h->counted[j] |= IS_LAST;
}

void HASH_NAME(blake2b_256)(uint8_t *out, const mote_bytes *message, size_t count) {
    queue waiting = {message, count, out, 32};
    lane all[MESSAGES];
    hashing h;
    unsigned groups;
    idle_lanes(all, &h);
    while ((groups = refill(all, &h, &waiting, UINT64_C(0x01010000) ^ 32)) != 0) {
        for (unsigned j = 0; j < groups * LANES; j++) next_blake2b_block(&h, j, &all[j]);
        if (groups == 1) compress_blake2b_once(&h);
        if (groups == 2) compress_blake2b_twice(&h);
        finish_lanes(all, &h, groups, waiting.size, false);
    }
}

/* --- SHA-512 ------------------------------------------------------------------------------------------------- */

static inline void expand_eight(vec w[16], unsigned from) {
    for (unsigned i = from % 16; i < from % 16 + 8; i++) {
        const vec a = w[(i + 1) % 16], b = w[(i + 14) % 16];
        w[i] += (ROTATE(a, 1) ^ ROTATE(a, 8) ^ a >> 7) + w[(i + 9) % 16] +
                (ROTATE(b, 19) ^ ROTATE(b, 61) ^ b >> 6);
    }
}

/* One step with the names of the eight words turned by one each time instead of moving them. */
#define STEP_OF(s, a, b, c, d, e, f, g, h, i)                                                      \
    do {                                                                                           \
        s.h += (ROTATE(s.e, 14) ^ ROTATE(s.e, 18) ^ ROTATE(s.e, 41)) +                             \
               ((s.e & s.f) ^ (~s.e & s.g)) + mote_hash_sha512_round[i] + s.w[(i) % 16];           \
        s.d += s.h;                                                                                \
        s.h += (ROTATE(s.a, 28) ^ ROTATE(s.a, 34) ^ ROTATE(s.a, 39)) +                             \
               ((s.a & s.b) | (s.c & (s.a | s.b)));                                                \
    } while (0)

#define STEP(a, b, c, d, e, f, g, h, i)                                                            \
    do {                                                                                           \
        STEP_OF(s0, a, b, c, d, e, f, g, h, i);                                                    \
        if (groups == 2) STEP_OF(s1, a, b, c, d, e, f, g, h, i);                                   \
    } while (0)

#define EIGHT_STEPS(i)                                                                             \
    do {                                                                                           \
        STEP(a, b, c, d, e, f, g, h, i);                                                           \
        STEP(h, a, b, c, d, e, f, g, i + 1);                                                       \
        STEP(g, h, a, b, c, d, e, f, i + 2);                                                       \
        STEP(f, g, h, a, b, c, d, e, i + 3);                                                       \
        STEP(e, f, g, h, a, b, c, d, i + 4);                                                       \
        STEP(d, e, f, g, h, a, b, c, i + 5);                                                       \
        STEP(c, d, e, f, g, h, a, b, i + 6);                                                       \
        STEP(b, c, d, e, f, g, h, a, i + 7);                                                       \
    } while (0)

typedef struct steps {
    vec w[16];
    vec a, b, c, d, e, f, g, h;
} steps;

static inline void begin_sha512(steps *s, const hashing *h, unsigned group) {
    const vec *chain = h->chain[group];
    load_blocks(s->w, &h->block[LANES * group]);
    for (unsigned i = 0; i < 16; i++) s->w[i] = swap_bytes(s->w[i]);
    s->a = chain[0], s->b = chain[1], s->c = chain[2], s->d = chain[3];
    s->e = chain[4], s->f = chain[5], s->g = chain[6], s->h = chain[7];
}

static inline void end_sha512(hashing *h, unsigned group, const steps *s) {
    vec *chain = h->chain[group];
    chain[0] += s->a, chain[1] += s->b, chain[2] += s->c, chain[3] += s->d;
    chain[4] += s->e, chain[5] += s->f, chain[6] += s->g, chain[7] += s->h;
}

static inline __attribute__((always_inline)) void compress_sha512(hashing *h, unsigned groups) {
    steps s0, s1;
    begin_sha512(&s0, h, 0);
    if (groups == 2) begin_sha512(&s1, h, 1);
    for (unsigned i = 0; i < 80; i += 8) {
        if (i >= 16) expand_eight(s0.w, i);
        if (i >= 16 && groups == 2) expand_eight(s1.w, i);
        EIGHT_STEPS(i);
    }
    end_sha512(h, 0, &s0);
    if (groups == 2) end_sha512(h, 1, &s1);
}

static HASH_APART void compress_sha512_once(hashing *h) {
    compress_sha512(h, 1);
}

static HASH_APART void compress_sha512_twice(hashing *h) {
    compress_sha512(h, 2);
}

/* The next block: of the message; its end, a 1 bit, and zeros; the size in bits where it still fits, or in one more. */
static const uint8_t *next_sha512_block(lane *l, uint64_t *counted) {
    const size_t size = l->rest.size;
    l->ends = false;
    if (size >= HASH_BLOCK) return take_block(l, counted);
    (void)take_rest(l, counted);
    if (!l->padded) l->padding[size] = 0x80;
    l->ends = l->padded || size < HASH_BLOCK - 16;
    l->padded = true;
    if (!l->ends) return l->padding;
    for (unsigned i = 0; i < 8; i++) {
        l->padding[HASH_BLOCK - 1 - i] = (uint8_t)(*counted << 3 >> (8 * i));
    }
    l->padding[HASH_BLOCK - 9] = (uint8_t)(*counted >> 61);
    return l->padding;
}

void HASH_NAME(sha512)(uint8_t *out, const mote_bytes *message, size_t count) {
    queue waiting = {message, count, out, 64};
    lane all[MESSAGES];
    hashing h;
    unsigned groups;
    idle_lanes(all, &h);
    while ((groups = refill(all, &h, &waiting, 0)) != 0) {
        for (unsigned j = 0; j < groups * LANES; j++) {
            if (all[j].out != NULL) h.block[j] = next_sha512_block(&all[j], &h.counted[j]);
        }
        if (groups == 1) compress_sha512_once(&h);
        if (groups == 2) compress_sha512_twice(&h);
        finish_lanes(all, &h, groups, waiting.size, true);
    }
}
