# Llvm.cmake - finds LLVM and Clang for our targets
#
# corolint_use_llvm, corolint_use_clang(TARGET): headers, for libraries.
# corolint_link_llvm, corolint_link_clang(TARGET): for executables.

set(COROLINT_LLVM_MAJOR 22 CACHE STRING
  "Major version of LLVM and Clang: the command, the plugins and the Clang that loads them share it")
set(COROLINT_LLVM_SUPPORTED 19 22)
set_property(CACHE COROLINT_LLVM_MAJOR PROPERTY STRINGS ${COROLINT_LLVM_SUPPORTED})
if(NOT COROLINT_LLVM_MAJOR IN_LIST COROLINT_LLVM_SUPPORTED)
  list(JOIN COROLINT_LLVM_SUPPORTED " or " supported)
  message(FATAL_ERROR "COROLINT_LLVM_MAJOR is '${COROLINT_LLVM_MAJOR}'; "
    "corolint is built against LLVM ${supported}.")
endif()
find_package(Clang REQUIRED CONFIG
  HINTS /usr/lib/llvm-${COROLINT_LLVM_MAJOR}/lib/cmake/clang)
if(NOT LLVM_VERSION_MAJOR EQUAL COROLINT_LLVM_MAJOR)
  message(FATAL_ERROR
    "LLVM ${COROLINT_LLVM_MAJOR} is wanted (COROLINT_LLVM_MAJOR), found ${LLVM_VERSION}. "
    "Set Clang_DIR, or install libclang-${COROLINT_LLVM_MAJOR}-dev.")
endif()

find_program(FLATC flatc REQUIRED)

# Libraries only include: a plugin takes LLVM and Clang from the program that
# loads it, and must not bring its own.
function(corolint_use_llvm target)
  target_include_directories(${target} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS})
endfunction()

function(corolint_use_clang target)
  target_include_directories(${target} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS}
    ${CLANG_INCLUDE_DIRS})
  # A throw must not pass through LLVM's frames: they are built without unwinding.
  target_compile_options(${target} PRIVATE -fno-exceptions -Wno-comment)
endfunction()

# What an executable links.
function(corolint_link_llvm target)
  target_link_libraries(${target} PRIVATE LLVM)
endfunction()

function(corolint_link_clang target)
  target_link_libraries(${target} PRIVATE clang-cpp LLVM)
endfunction()
