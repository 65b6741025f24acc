# SPDX-License-Identifier: Apache-2.0
# Flags of every mote target: warnings for our own code, optimisation for verifiers, sanitizers on request.
add_library(mote_compiler INTERFACE)
target_compile_options(mote_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes
  -Wundef -Wwrite-strings -Wvla -Wcast-qual -Wformat=2 -fno-strict-aliasing -ffunction-sections -fdata-sections)
if(MOTE_TESTS AND MOTE_CHECKS AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(mote_compiler INTERFACE -fcallgraph-info=su) # for tests/checks/stack.py
endif()
if(MOTE_WERROR)
  target_compile_options(mote_compiler INTERFACE -Werror)
endif()
if(MOTE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # Without any optimisation the exhaustive suites take minutes.
  set(CMAKE_C_FLAGS_DEBUG "-O1 -g")
endif()
if(MOTE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")
