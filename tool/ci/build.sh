#!/bin/sh
# build.sh - installs what corolint needs, and builds it
#
# usage: build.sh
#
# Prints "corolint=FILE", the built program, to $GITHUB_OUTPUT where there is one.
# Debian 12 only, as root or with sudo.
set -eu

cd "$(dirname "$0")/../.."
. tool/dev/packages.sh

require_system
# shellcheck disable=SC2086  # a list of words
install_missing $build_packages git
say 'building corolint into build/ (some minutes)'
cmake --preset release -DCOROLINT_BUILD_TESTS=OFF
cmake --build --preset release --parallel "$(build_jobs)" --target corolint
[ -z "${GITHUB_OUTPUT-}" ] || echo "corolint=$PWD/build/bin/corolint" >>"$GITHUB_OUTPUT"
