# SPDX-License-Identifier: Apache-2.0
# The installed libraries: include/mote/*.h (all modules' public headers together), libmote.a with mote.pc,
# libmote_validation.a on top of it with mote-validation.pc, libmote_host.a (with the command line) on top of both with
# mote-host.pc, and moteConfig.cmake for all. How evidence is issued
# (core/evidence/issue) is not part of it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(MOTE_BLAKE2 STREQUAL "libb2")
  set(MOTE_PC_REQUIRES "libsodium >= 1.0.18, libb2")
  set(MOTE_PKG_MODULES "libsodium>=1.0.18 libb2")
else()
  set(MOTE_PC_REQUIRES "libsodium >= 1.0.18")
  set(MOTE_PKG_MODULES "libsodium>=1.0.18")
endif()

set(MOTE_VALIDATION_PKG_MODULES "libsecp256k1>=0.2.0")

add_library(mote::mote ALIAS mote)
add_library(mote::validation ALIAS mote_validation)
install(TARGETS mote mote_validation ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
foreach(module IN LISTS MOTE_CORE_MODULES)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/core/${module}/include)
    install(DIRECTORY core/${module}/include/mote DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
            COMPONENT development FILES_MATCHING PATTERN "*.h")
  endif()
endforeach()

# From the .pc file's folder to the prefix, so that the installation can be moved.
file(RELATIVE_PATH MOTE_PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
set(packages mote mote-validation)
if(TARGET mote_host)
  add_library(mote::host ALIAS mote_host)
  install(TARGETS mote_host ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  install(FILES native/host/include/mote_host.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  list(APPEND packages mote-host)
endif()
foreach(package IN LISTS packages)
  configure_file(cmake/${package}.pc.in ${package}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT development)
endforeach()

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/mote)
configure_package_config_file(cmake/moteConfig.cmake.in moteConfig.cmake
  INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(moteConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/moteConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/moteConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT development)
