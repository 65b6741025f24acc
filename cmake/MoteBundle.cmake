# SPDX-License-Identifier: Apache-2.0
# A header with the bytes of the checkpoints: cmake -DFOLDER=checkpoints -DOUT=bundled_checkpoints.h -P MoteBundle.cmake
file(GLOB files "${FOLDER}/*.chk")
set(text "/* Generated from checkpoints/ by cmake/MoteBundle.cmake. */\n")
set(table "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND text "static const uint8_t bundled_${name}[] = {${bytes}};\n")
  string(APPEND table "    {\"${name}\", {bundled_${name}, sizeof bundled_${name}}},\n")
endforeach()
string(APPEND text "static const struct {\n    const char *name;\n    mote_bytes bytes;\n} bundled[] = {\n${table}};\n")
file(WRITE "${OUT}" "${text}")
