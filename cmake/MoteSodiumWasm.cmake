# SPDX-License-Identifier: Apache-2.0
# mote_sodium for wasm: the few files of libsodium that hold what the core uses, and nothing that asks the host
# for anything: no randombytes, no sodium_init (whose EM_ASM would be an import). Used: crypto_hash_sha512*,
# crypto_core_ed25519_scalar_{reduce,mul,add}. The rest of these files is dropped by the linker.
set(SODIUM_ROOT "${PROJECT_SOURCE_DIR}/third_party/libsodium-1.0.18")
set(SODIUM_SOURCES "${SODIUM_ROOT}/src/libsodium")
if(NOT EXISTS "${SODIUM_ROOT}/.sha256")
  message(FATAL_ERROR "libsodium's sources are not there: run scripts/fetch-sources.sh")
endif()

# configure would make version.h; upstream ships the same file for its other build systems.
set(SODIUM_INCLUDE "${PROJECT_BINARY_DIR}/sodium-include")
configure_file("${SODIUM_ROOT}/builds/msvc/version.h" "${SODIUM_INCLUDE}/sodium/version.h" COPYONLY)

add_library(mote_sodium STATIC
  "${SODIUM_SOURCES}/crypto_core/ed25519/core_ed25519.c"
  "${SODIUM_SOURCES}/crypto_core/ed25519/ref10/ed25519_ref10.c"
  "${SODIUM_SOURCES}/crypto_hash/sha512/cp/hash_sha512_cp.c"
  "${SODIUM_SOURCES}/crypto_hash/sha512/hash_sha512.c"
  "${SODIUM_SOURCES}/crypto_verify/sodium/verify.c"
  "${SODIUM_SOURCES}/sodium/utils.c")
target_compile_definitions(mote_sodium PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 HAVE_WEAK_SYMBOLS=1 NDEBUG)
target_compile_options(mote_sodium PRIVATE -O3 -w -ffunction-sections -fdata-sections)
target_include_directories(mote_sodium
  PUBLIC "$<BUILD_INTERFACE:${SODIUM_INCLUDE}>" "$<BUILD_INTERFACE:${SODIUM_SOURCES}/include>"
  PRIVATE "${SODIUM_INCLUDE}/sodium" "${SODIUM_SOURCES}/include/sodium")
