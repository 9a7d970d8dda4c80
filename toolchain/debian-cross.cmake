# CMake's toolchain file for another Debian architecture, or another release of Debian:
#   toolchain/sysroot trixie arm64
#   cmake -B build-arm64 -G Ninja -DCMAKE_TOOLCHAIN_FILE=toolchain/debian-cross.cmake \
#         -DCROSS_ARCH=arm64 -DCROSS_SYSROOT=$PWD/build-cross/sysroot-trixie-arm64
# Compiler and tools are this machine's (crossbuild-essential-ARCH), libraries the sysroot's.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CROSS_ARCH CROSS_SYSROOT)
if(CROSS_ARCH STREQUAL amd64)
  set(CROSS_TRIPLET x86_64-linux-gnu)
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
elseif(CROSS_ARCH STREQUAL arm64)
  set(CROSS_TRIPLET aarch64-linux-gnu)
  set(CMAKE_SYSTEM_PROCESSOR aarch64)
  set(CROSS_EMULATOR qemu-aarch64-static)
elseif(CROSS_ARCH STREQUAL armhf)
  set(CROSS_TRIPLET arm-linux-gnueabihf)
  set(CMAKE_SYSTEM_PROCESSOR armv7l)
  set(CROSS_EMULATOR qemu-arm-static)
  # Of Debian 12, where time_t has still 32 bits if nobody asks; of 13 it is the ABI.
  set(wide_time "-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64")
else()
  message(FATAL_ERROR "CROSS_ARCH=${CROSS_ARCH}: amd64, arm64 or armhf")
endif()
if(NOT IS_DIRECTORY "${CROSS_SYSROOT}/usr/lib/${CROSS_TRIPLET}")
  message(FATAL_ERROR "CROSS_SYSROOT=${CROSS_SYSROOT}: no sysroot of ${CROSS_ARCH}; run "
    "toolchain/sysroot")
endif()

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${CROSS_TRIPLET}-gcc)
set(CMAKE_ASM_COMPILER ${CROSS_TRIPLET}-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE ${CROSS_TRIPLET})
set(CMAKE_SYSROOT ${CROSS_SYSROOT})
# A cross compiler of Debian's looks at the C library that came with it before the sysroot's.
execute_process(COMMAND ${CROSS_TRIPLET}-gcc -print-file-name=include
  OUTPUT_VARIABLE own OUTPUT_STRIP_TRAILING_WHITESPACE)
set(CMAKE_C_FLAGS_INIT "${wide_time} -B${CROSS_SYSROOT}/usr/lib/${CROSS_TRIPLET} -nostdinc \
-isystem ${own} -isystem ${CROSS_SYSROOT}/usr/include/${CROSS_TRIPLET} \
-isystem ${CROSS_SYSROOT}/usr/include")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CROSS_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR}
  ${CROSS_SYSROOT}/usr/lib/${CROSS_TRIPLET}/pkgconfig:${CROSS_SYSROOT}/usr/share/pkgconfig)
# ctest runs the tests under the emulator of one process.
if(CROSS_EMULATOR)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${CROSS_EMULATOR};-L;${CROSS_SYSROOT}")
endif()
