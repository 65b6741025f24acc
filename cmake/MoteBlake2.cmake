# SPDX-License-Identifier: Apache-2.0
# mote_libb2: only where the embedder chose libb2 as the BLAKE2b back end.
if(MOTE_BLAKE2 STREQUAL "libb2")
  if(EMSCRIPTEN)
    message(FATAL_ERROR "MOTE_BLAKE2=libb2 is a native back end")
  endif()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LIBB2 REQUIRED IMPORTED_TARGET libb2)
  add_library(mote_libb2 INTERFACE)
  target_link_libraries(mote_libb2 INTERFACE PkgConfig::LIBB2)
elseif(NOT MOTE_BLAKE2 STREQUAL "own")
  message(FATAL_ERROR "MOTE_BLAKE2 is own or libb2, not '${MOTE_BLAKE2}'")
endif()
