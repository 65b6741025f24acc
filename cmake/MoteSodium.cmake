# SPDX-License-Identifier: Apache-2.0
# mote_sodium: libsodium natively from the system; for wasm from the sources that scripts/fetch-sources.sh brings.
if(EMSCRIPTEN)
  include(MoteSodiumWasm)
else()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
  add_library(mote_sodium INTERFACE)
  target_link_libraries(mote_sodium INTERFACE PkgConfig::SODIUM)
endif()
