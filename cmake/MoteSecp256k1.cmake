# SPDX-License-Identifier: Apache-2.0
# mote_secp256k1: recovery of ECDSA signatures for BEEFY. Natively from the system; for wasm from the sources that
# scripts/fetch-sources.sh brings, without anything that asks the host: no printing, no abort.
if(EMSCRIPTEN)
  set(SECP256K1_ROOT "${PROJECT_SOURCE_DIR}/third_party/libsecp256k1-0.2.0")
  if(NOT EXISTS "${SECP256K1_ROOT}/.sha256")
    message(FATAL_ERROR "libsecp256k1's sources are not there: run scripts/fetch-sources.sh")
  endif()
  add_library(mote_secp256k1 STATIC "${SECP256K1_ROOT}/src/secp256k1.c" "${SECP256K1_ROOT}/src/precomputed_ecmult.c"
                                    "${SECP256K1_ROOT}/src/precomputed_ecmult_gen.c"
                                    "${PROJECT_SOURCE_DIR}/cmake/secp256k1_callbacks.c")
  target_include_directories(mote_secp256k1 PUBLIC "$<BUILD_INTERFACE:${SECP256K1_ROOT}/include>")
  # A window of 8 bits: tables of 8 KiB where the default's are a mebibyte.
  target_compile_definitions(mote_secp256k1 PRIVATE ENABLE_MODULE_RECOVERY=1 USE_EXTERNAL_DEFAULT_CALLBACKS=1
                                                    ECMULT_WINDOW_SIZE=8 ECMULT_GEN_PREC_BITS=2)
  target_compile_options(mote_secp256k1 PRIVATE -O2 -w -ffunction-sections -fdata-sections)
else()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SECP256K1 REQUIRED IMPORTED_TARGET libsecp256k1>=0.2.0)
  add_library(mote_secp256k1 INTERFACE)
  target_link_libraries(mote_secp256k1 INTERFACE PkgConfig::SECP256K1)
endif()
