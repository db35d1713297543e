#!/bin/sh
# run.sh - builds everything, runs every test, counts the results
#
# usage: sh test/run.sh [SUITE...]
#   A suite is a preset (release, llvm-19, asan-ubsan, tsan, clang, clang-tsan) or a folder of
#   Python tests (meta, demo, editor, docs, site). Without arguments: all but tsan and clang,
#   as clang-tsan is both. The last line is "N passed, N failed"; the exit code is 0 when none
#   failed and each suite ran.
#
# Results are JUnit files in test-results/ of each build folder. A lit suite is
# one ctest entry, "lit-NAME", that writes test-results/lit-NAME.xml; its tests
# are counted from there and the entry itself is not (test/sum_results.py).
set -u

cd "$(dirname "$0")/.." || exit 2
. tool/dev/packages.sh

default_suites='release llvm-19 asan-ubsan clang-tsan meta demo editor docs site'
all_suites="$default_suites tsan clang"
results= # LABEL=FILE words for sum_results.py

for suite; do
  case " $all_suites " in
    *" $suite "*) ;;
    *) stop "unknown suite '$suite'" "Suites: $all_suites" ;;
  esac
done
# shellcheck disable=SC2086  # a list of words
[ $# -gt 0 ] || set -- $default_suites

# Configures, builds and tests a preset. A build that fails leaves no results,
# and missing results count as a failure.
run_preset() {
  preset=$1 folder=$2
  rm -rf "$folder/test-results"
  mkdir -p "$folder/test-results"
  results="$results $preset=$folder/test-results/ctest.xml"
  say "$preset: building into $folder/"
  cmake --preset "$preset" -DCOROLINT_BUILD_TESTS=ON &&
    cmake --build --preset "$preset" --parallel "$(build_jobs)" || return
  say "$preset: testing"
  ctest --preset "$preset" --parallel "$(nproc)" \
    --output-junit "$PWD/$folder/test-results/ctest.xml"
}

run_python() {
  say "$1: testing"
  mkdir -p build/test-results
  rm -f "build/test-results/$1.xml"
  results="$results $1=build/test-results/$1.xml"
  python3 test/run_python.py "$1" "build/test-results/$1.xml"
}

# Lets ccache store what is built with precompiled headers.
export CCACHE_SLOPPINESS=pch_defines,time_macros

require_system
# shellcheck disable=SC2086  # lists of words
install_missing $build_packages $test_packages
install_npm test/npm

for suite; do
  began=$(date +%s)
  case $suite in
    release) run_preset release build ;;
    llvm-19) run_preset llvm-19 build-llvm-19 ;;
    asan-ubsan) run_preset asan-ubsan build-asan ;;
    tsan) run_preset tsan build-tsan ;;
    clang) run_preset clang build-clang ;;
    clang-tsan) run_preset clang-tsan build-clang-tsan ;;
    *) run_python "$suite" ;;
  esac
  echo "-- $suite took $(($(date +%s) - began)) s"
done

say 'results'
# shellcheck disable=SC2086
exec python3 test/sum_results.py $results
