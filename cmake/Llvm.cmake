# Llvm.cmake - finds LLVM and Clang and wraps what targets need of them
#
# corolint_use_llvm(TARGET): headers and the LLVM library, no Clang.
# corolint_use_clang(TARGET): those of Clang too, and the precompiled header.

set(COROLINT_LLVM_MAJOR 22)
find_package(Clang REQUIRED CONFIG
  HINTS /usr/lib/llvm-${COROLINT_LLVM_MAJOR}/lib/cmake/clang)
if(NOT LLVM_VERSION_MAJOR EQUAL COROLINT_LLVM_MAJOR)
  message(FATAL_ERROR
    "corolint needs LLVM ${COROLINT_LLVM_MAJOR}, found ${LLVM_VERSION}. "
    "Set Clang_DIR, or install libclang-${COROLINT_LLVM_MAJOR}-dev.")
endif()

find_program(FLATC flatc REQUIRED)

function(corolint_use_llvm target)
  target_include_directories(${target} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS})
  target_link_libraries(${target} PUBLIC LLVM)
endfunction()

function(corolint_use_clang target)
  corolint_use_llvm(${target})
  target_include_directories(${target} SYSTEM PUBLIC ${CLANG_INCLUDE_DIRS})
  # A throw must not pass through LLVM's frames: they are built without unwinding.
  target_compile_options(${target} PRIVATE -fno-exceptions -Wno-comment)
  target_link_libraries(${target} PUBLIC clang-cpp)
endfunction()
