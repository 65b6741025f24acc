# SPDX-License-Identifier: Apache-2.0
# MOTE_BACKENDS: which back ends with vector instructions this compiler can make for this machine's kind
# (docs/design-speed.md). Whether the machine at hand can run them is asked when they are to be used.
include(CheckCSourceCompiles)

option(MOTE_SIMD128 "WebAssembly: modules that need its vectors (a build of their own beside the one without)" OFF)
option(MOTE_VECTORS "Back ends with vector instructions, chosen when running" ON)
set(MOTE_AVX2_FLAGS -mavx2)
set(MOTE_AVX512_FLAGS -mavx512f -mavx512dq -mavx512bw -mavx512vl -mavx512ifma)
set(MOTE_NEON_FLAGS "")
set(MOTE_SIMD128_FLAGS -msimd128)
set(MOTE_SIMD128_FIELD_FLAGS ${MOTE_SIMD128_FLAGS})
# And with what numbers of ten limbs want besides: left alone GCC makes all hundred products before it adds any, and keeps
# them in memory meanwhile.
set(ten_limbs "")
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(ten_limbs -fno-tree-reassoc -fno-tree-ter)
endif()
set(MOTE_AVX2_FIELD_FLAGS ${MOTE_AVX2_FLAGS} ${ten_limbs})
set(MOTE_AVX512_FIELD_FLAGS ${MOTE_AVX512_FLAGS})
set(MOTE_NEON_FIELD_FLAGS ${MOTE_NEON_FLAGS} ${ten_limbs})

function(mote_find_backend name intrinsic)
  string(REPLACE ";" " " CMAKE_REQUIRED_FLAGS "${MOTE_${name}_FLAGS}")
  check_c_source_compiles("
    #include <${ARGV2}>
    #include <stdint.h>
    typedef uint64_t vec __attribute__((vector_size(32)));
    #ifndef __SIZEOF_INT128__
    #error
    #endif
    int main(void) {
      vec a = {1, 2, 3, 4};
      a = __builtin_shufflevector(a, a, 1, 0, 3, 2);
      ${intrinsic}
      return (int)a[0];
    }" MOTE_COMPILES_${name})
  if(MOTE_COMPILES_${name})
    set(MOTE_BACKENDS ${MOTE_BACKENDS} ${name} PARENT_SCOPE)
  endif()
endfunction()

set(MOTE_BACKENDS "")
if(MOTE_VECTORS AND NOT EMSCRIPTEN)
  set(x86 "if (!__builtin_cpu_supports(\"avx2\")) return 1;")
  mote_find_backend(AVX2 "${x86} a = (vec)_mm256_mul_epu32((__m256i)a, (__m256i)a);" immintrin.h)
  mote_find_backend(AVX512 "${x86} a = (vec)_mm256_madd52lo_epu64((__m256i)a, (__m256i)a, (__m256i)a);" immintrin.h)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(arm64|aarch64)$")
    mote_find_backend(NEON "a[0] += vget_lane_u32(vdup_n_u32((uint32_t)a[1]), 0);" arm_neon.h)
  endif()
endif()
if(EMSCRIPTEN AND MOTE_SIMD128)
  set(MOTE_BACKENDS SIMD128)
endif()
