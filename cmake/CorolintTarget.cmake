# CorolintTarget.cmake - the function that CorolintConfig.cmake offers
#
# corolint_target(TARGET [ALL] [WERROR])

# The plugin is loaded by the compiler, so that must be the Clang it is built for.
function(_corolint_require_clang target)
  string(REGEX MATCH "^[0-9]+" major "${CMAKE_CXX_COMPILER_VERSION}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND major EQUAL Corolint_CLANG_MAJOR)
    return()
  endif()
  message(FATAL_ERROR
    "corolint_target(${target}) compiles with the plugin of Clang ${Corolint_CLANG_MAJOR}, and "
    "CMAKE_CXX_COMPILER is ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} "
    "(${CMAKE_CXX_COMPILER}). Configure with "
    "-DCMAKE_CXX_COMPILER=clang++-${Corolint_CLANG_MAJOR} in an empty folder; with another "
    "compiler, 'corolint check -p BUILD' analyses the project without the plugin.")
endfunction()

# A compiler cache that has the object does not compile, and writes no facts.
function(_corolint_without_cache target)
  get_target_property(launcher ${target} CXX_COMPILER_LAUNCHER)
  if(launcher MATCHES "ccache|sccache|cachepot|buildcache")
    message(STATUS "corolint: ${target} is compiled without ${launcher}, which knows no facts")
    set_property(TARGET ${target} PROPERTY CXX_COMPILER_LAUNCHER "")
  endif()
endfunction()

# Links the facts of `targets` by the target `name`; `all` is ALL or empty.
function(_corolint_link name all targets)
  set(extensions ${CMAKE_CXX_SOURCE_FILE_EXTENSIONS} cc cpp cxx)
  list(JOIN extensions "|" extensions)
  string(REPLACE "+" "[+]" extensions "${extensions}")
  list(TRANSFORM targets REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
  set(compiled "$<FILTER:${objects},INCLUDE,[.](${extensions})[.]o(bj)?$>")
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir/$<CONFIG>")
  file(GENERATE OUTPUT "${folder}/facts.txt"
    CONTENT "$<JOIN:${compiled},.corolint\n>.corolint\n")
  add_custom_command(OUTPUT "${folder}/reported"
    COMMAND "${Corolint_EXECUTABLE}" link --root "${CMAKE_SOURCE_DIR}" ${ARGN}
      "@${folder}/facts.txt"
    COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/reported"
    DEPENDS ${objects} "${folder}/facts.txt" "${Corolint_EXECUTABLE}"
    COMMENT "corolint: findings across the files of ${name}"
    VERBATIM)
  add_custom_target(${name} ${all} DEPENDS "${folder}/reported")
endfunction()

# When all targets are known: the program that they are together.
function(_corolint_link_project)
  get_property(targets GLOBAL PROPERTY _corolint_targets)
  get_property(all GLOBAL PROPERTY _corolint_all)
  _corolint_link(corolint "${all}" "${targets}" --summary "${CMAKE_BINARY_DIR}/corolint-summary")
endfunction()

function(corolint_target target)
  cmake_parse_arguments(PARSE_ARGV 1 GIVEN "ALL;WERROR" "" "")
  if(GIVEN_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
      "corolint_target(${target}): there are ALL and WERROR, not '${GIVEN_UNPARSED_ARGUMENTS}'; "
      "checks are chosen in .corolint.yaml")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "corolint_target(${target}): there is no such target")
  endif()
  _corolint_require_clang(${target})
  _corolint_without_cache(${target})
  set(words "-fplugin=${Corolint_PLUGIN}" "-fplugin-arg-corolint-root=${CMAKE_SOURCE_DIR}")
  if(GIVEN_WERROR)
    list(APPEND words -fplugin-arg-corolint-werror)
  endif()
  target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:${words}>")

  get_property(known GLOBAL PROPERTY _corolint_targets)
  if(NOT known)
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _corolint_link_project)
  endif()
  set_property(GLOBAL APPEND PROPERTY _corolint_targets ${target})
  if(GIVEN_ALL)
    set_property(GLOBAL PROPERTY _corolint_all ALL)
  endif()
  _corolint_link(${target}-corolint "" "${target}")
endfunction()
