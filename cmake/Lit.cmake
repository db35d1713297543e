# Lit.cmake - the runner of the lit suites
#
# corolint_add_lit(NAME): the tests configured into the current folder, as the
# test lit-NAME. test/sum_results.py counts the single ones from what lit writes.

find_package(Python3 REQUIRED COMPONENTS Interpreter)
# Debian keeps lit in another folder in each version of its packages.
find_program(COROLINT_LIT NAMES lit lit.py REQUIRED
  HINTS ${LLVM_TOOLS_BINARY_DIR} ${LLVM_TOOLS_BINARY_DIR}/../build/utils/lit)

function(corolint_add_lit name)
  add_test(NAME lit-${name} COMMAND ${Python3_EXECUTABLE} ${COROLINT_LIT} -sv
    --xunit-xml-output=${CMAKE_BINARY_DIR}/test-results/lit-${name}.xml
    ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(lit-${name} PROPERTIES TIMEOUT 1800 PROCESSORS 2)
endfunction()
