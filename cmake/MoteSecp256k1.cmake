# SPDX-License-Identifier: Apache-2.0
# mote_secp256k1: recovery of ECDSA signatures for BEEFY. Natively from the system.
find_package(PkgConfig REQUIRED)
pkg_check_modules(SECP256K1 REQUIRED IMPORTED_TARGET libsecp256k1)
add_library(mote_secp256k1 INTERFACE)
target_link_libraries(mote_secp256k1 INTERFACE PkgConfig::SECP256K1)
