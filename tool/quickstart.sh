#!/bin/sh
# quickstart.sh - from a fresh machine to the first findings
#
# Installs what is missing, builds corolint into build/, and lints test/demo.
# Run it as often as you like: what is done already is not done again.
set -eu

cd "$(dirname "$0")/.."
. tool/dev/packages.sh

if [ $# -gt 0 ]; then
  echo 'usage: sh tool/quickstart.sh' >&2
  echo '  installs what is missing (Debian packages), builds corolint, lints the demo' >&2
  case $1 in -h | --help) exit 0 ;; *) exit 2 ;; esac
fi

require_system
# shellcheck disable=SC2086  # a list of words
install_missing $build_packages

say 'building corolint into build/ (the first time takes some minutes)'
# Tests need more packages; a build tree that already has them keeps them.
if [ -f build/CMakeCache.txt ]; then
  cmake --preset release
else
  cmake --preset release -DCOROLINT_BUILD_TESTS=OFF
fi
cmake --build --preset release --parallel "$(build_jobs)"

say 'linting test/demo/faulty, a small server with planted mistakes'
python3 test/demo/check_demo.py faulty

cat <<'TXT'

Each finding above is planted: 'corolint check' ends with exit code 1 because
there are findings, and this script with 0 because they are the expected ones.
The same project without the mistakes is in test/demo/repaired.

Now yours (it needs a compile_commands.json: cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON):
  build/bin/corolint check -p YOUR_BUILD_FOLDER
  build/bin/corolint list
  build/bin/corolint explain coro-blocking-call
TXT
