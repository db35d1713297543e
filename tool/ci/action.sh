#!/bin/sh
# action.sh - turns the inputs of action.yml into arguments
set -eu

# Words without quotes, and no file names instead of patterns.
set -f
set --
[ -z "$INPUT_BUILD" ] || set -- -p "$INPUT_BUILD"
# shellcheck disable=SC2086  # words
set -- "$@" $INPUT_ARGS $INPUT_PATHS
set +f
if [ "$INPUT_CHANGES_ONLY" != true ]; then
  COROLINT_BASE=
  export COROLINT_BASE
fi
exec sh "$(dirname "$0")/check.sh" "$@"
