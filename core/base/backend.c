/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/backend.h"

/* What the processor has was read by the compiler's run-time library when the program started; so nothing is kept here,
 * and the instruction that asks, which a virtual machine has to interrupt, is not run for every batch. */
bool mote_backend_runs_here(mote_backend backend) {
    switch (backend) {
    case MOTE_BACKEND_BEST:
    case MOTE_BACKEND_PORTABLE: return true;
    case MOTE_BACKEND_NEON:
#ifdef MOTE_WITH_NEON
        return true;
#else
        return false;
#endif
    case MOTE_BACKEND_AVX2:
#ifdef MOTE_WITH_AVX2
        return __builtin_cpu_supports("avx2");
#else
        return false;
#endif
    case MOTE_BACKEND_AVX512:
#ifdef MOTE_WITH_AVX512
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512ifma");
#else
        return false;
#endif
    case MOTE_BACKEND_SIMD128:
#ifdef MOTE_WITH_SIMD128
        return true;
#else
        return false;
#endif
    case MOTE_BACKENDS: break;
    }
    return false;
}

mote_backend mote_backend_chosen(mote_backend wanted) {
    static const mote_backend best_first[] = {MOTE_BACKEND_AVX512, MOTE_BACKEND_AVX2,
                                              MOTE_BACKEND_NEON, MOTE_BACKEND_SIMD128};
    if (wanted != MOTE_BACKEND_BEST) {
        return mote_backend_runs_here(wanted) ? wanted : MOTE_BACKEND_PORTABLE;
    }
    for (unsigned i = 0; i < sizeof best_first / sizeof best_first[0]; i++) {
        if (mote_backend_runs_here(best_first[i])) return best_first[i];
    }
    return MOTE_BACKEND_PORTABLE;
}

const char *mote_backend_name(mote_backend backend) {
    switch (backend) {
    case MOTE_BACKEND_BEST: return "best";
    case MOTE_BACKEND_PORTABLE: return "portable";
    case MOTE_BACKEND_NEON: return "neon";
    case MOTE_BACKEND_AVX2: return "avx2";
    case MOTE_BACKEND_AVX512: return "avx512";
    case MOTE_BACKEND_SIMD128: return "simd128";
    case MOTE_BACKENDS: break;
    }
    return "unknown";
}
