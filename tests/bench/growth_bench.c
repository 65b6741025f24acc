/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growth: a storage proof of n keys, a warp proof of n fragments, the heads of n parachains (rounds.h). Units are those n;
 * of `hashing` the entries of the proof. What is verified is made at the first round with that n, outside the time.
 * usage: growth_bench
 *        growth_bench --warp FRAGMENTS VOTERS      writes a warp proof for a page: u32 size and bytes of the authorities' list (SCALE),
 *                                                  u32 fragments, the proof
 *        growth_bench --proof N     writes a proof for a peer: root, number of keys, keys of 32 bytes, the proof (SCALE)
 */
#include "rounds.h"
#include "worlds.h"

enum { MOST_SIZES = 32, FRAGMENTS = 1000, VOTERS = 300 };

static mote_backend used;
static bench_proof proofs[MOST_SIZES];
static bench_paras paras[MOST_SIZES];
static bench_warp warp;

static void use(mote_backend backend) {
    used = backend;
}

static mote_context *context_of(size_t mebibytes) {
    mote_context *context = fixture_context(mebibytes);
    context->backend = used;
    return context;
}

static bench_proof *proof_of(uint32_t n) {
    bench_proof *p = proofs;
    while (p < proofs + MOST_SIZES && p->key_count != 0 && p->key_count != n) p++;
    if (p == proofs + MOST_SIZES) abort();
    return p;
}

static void make_proof(uint32_t n) {
    bench_proof *p = proof_of(n);
    if (p->key_count == 0) *p = bench_proof_of(n);
}

static uint32_t keys(uint32_t n) {
    return bench_proof_read(context_of(64), proof_of(n));
}

static uint32_t hashing(uint32_t n) {
    return bench_proof_hash(context_of(1), proof_of(n)) == 0 ? 0 : n;
}

static bench_paras *paras_of(uint32_t n) {
    bench_paras *p = paras;
    while (p < paras + MOST_SIZES && p->count != 0 && p->count != n) p++;
    if (p == paras + MOST_SIZES) abort();
    return p;
}

static void make_paras(uint32_t n) {
    bench_paras *p = paras_of(n);
    if (p->count == 0) *p = bench_paras_of(n);
}

static uint32_t heads(uint32_t n) {
    return bench_paras_read(context_of(4), paras_of(n));
}

static void make_warp(uint32_t n) {
    if (n == 0 || n > FRAGMENTS) abort();
    if (warp.signatures == 0) warp = bench_warp_of(FRAGMENTS, VOTERS);
}

static uint32_t fragments(uint32_t n) {
    return bench_warp_follow(context_of(16), &warp, n);
}

#define WITH(name, backend)                                                                        \
    {"keys_" name, keys, 0, backend, BENCH_PROCESSOR, make_proof},                                 \
        {"hashing_" name, hashing, 0, backend, BENCH_PROCESSOR, make_proof},                       \
        {"fragments_" name, fragments, 0, backend, BENCH_PROCESSOR, make_warp}, {                  \
        "heads_" name, heads, 0, backend, BENCH_PROCESSOR, make_paras                              \
    }

static const bench_work works[] = {
    WITH("portable", MOTE_BACKEND_PORTABLE),
    WITH("neon", MOTE_BACKEND_NEON),
    WITH("avx2", MOTE_BACKEND_AVX2),
    WITH("avx512", MOTE_BACKEND_AVX512),
};

static void write_span(const void *data, size_t size) {
    if (fwrite(data, 1, size, stdout) != size) abort();
}

static void write_u32(uint32_t value) {
    uint8_t bytes[4];
    mote_store_u32(bytes, value);
    write_span(bytes, sizeof bytes);
}

static int write_warp(uint32_t count, uint32_t voters) {
    const bench_warp made = bench_warp_of(count, voters);
    const uint8_t first = (uint8_t)(count << 2), is_finished = 1; /* SCALE's compact form */
    if (count >= 64) abort();
    write_u32((uint32_t)made.list.size);
    write_span(made.list.data, made.list.size);
    write_u32(count);
    write_span(&first, 1);
    write_span(made.fragments.data, made.fragments.size);
    write_span(&is_finished, 1);
    return 0;
}

static int write_proof(uint32_t n) {
    const bench_proof proof = bench_proof_of(n);
    write_span(proof.root.bytes, 32);
    write_u32(n);
    for (uint32_t i = 0; i < n; i++) write_span(proof.keys[i].data, 32);
    write_span(proof.scale.data, proof.scale.size);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "--proof") == 0) return write_proof((uint32_t)atoi(argv[2]));
    if (argc == 4 && strcmp(argv[1], "--warp") == 0)
        return write_warp((uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3]));
    return bench_rounds(works, sizeof works / sizeof works[0], use, argc, argv);
}
