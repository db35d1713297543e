#!/bin/sh
# check.sh - corolint in GitHub Actions, GitLab CI and Jenkins
#
# usage: check.sh [ARGUMENTS OF corolint check]
#
# Finds out from the variables that these systems set what is being tested: the
# change of a pull request, or the whole project. Writes the report that the
# system shows. The exit code is that of corolint.
#
#   COROLINT        the program (default: corolint)
#   COROLINT_BASE   the commit that the change is based on; "" is the whole
#                   project (default: what the system says of a pull request)
#   COROLINT_REPORT the report's file (default: corolint.sarif, on GitLab
#                   gl-code-quality-report.json)
set -u

corolint=${COROLINT:-corolint}

say() {
  printf 'corolint: %s\n' "$*" >&2
}

command -v "$corolint" >/dev/null 2>&1 || {
  say "error: no program '$corolint': install it, put its folder into PATH, or name it in COROLINT"
  exit 2
}

system=none
[ "${GITHUB_ACTIONS-}" != true ] || system=github
[ "${GITLAB_CI-}" != true ] || system=gitlab
[ -z "${JENKINS_URL-}" ] || system=jenkins

# The commit that a pull request is based on, or nothing.
base_of_change() {
  case $system in
    github)
      case ${GITHUB_EVENT_NAME-} in
        pull_request | pull_request_target) printf '%s' "${GITHUB_BASE_REF:+origin/$GITHUB_BASE_REF}" ;;
      esac
      ;;
    gitlab) printf '%s' "${CI_MERGE_REQUEST_DIFF_BASE_SHA-}" ;;
    jenkins) printf '%s' "${CHANGE_TARGET:+origin/$CHANGE_TARGET}" ;;
  esac
}

case $system in
  gitlab) report=${COROLINT_REPORT:-gl-code-quality-report.json} ;;
  *) report=${COROLINT_REPORT:-corolint.sarif} ;;
esac

base=${COROLINT_BASE-$(base_of_change)}
if [ -n "$base" ]; then
  say "what was changed since $base"
  set -- --since "$base" "$@"
else
  say 'the whole project'
fi

# The user of a container seldom owns what was checked out; git would refuse it.
entries=${GIT_CONFIG_COUNT:-0}
export "GIT_CONFIG_KEY_$entries=safe.directory" "GIT_CONFIG_VALUE_$entries=*"
export GIT_CONFIG_COUNT=$((entries + 1))

# An old report would be taken for this run's.
rm -f "$report"
code=0
case $system in
  github)
    text=$(mktemp) || exit 2
    "$corolint" check --output github --output "text:$text" --output "sarif:$report" "$@" || code=$?
    if [ -s "$text" ]; then
      cat "$text"
      # A summary has at most one megabyte.
      [ -z "${GITHUB_STEP_SUMMARY-}" ] || {
        echo '```text'
        head -c 900000 "$text"
        echo '```'
      } >>"$GITHUB_STEP_SUMMARY"
    fi
    rm -f "$text"
    [ -z "${GITHUB_OUTPUT-}" ] || {
      echo "exit-code=$code"
      [ ! -f "$report" ] || echo "sarif=$report"
    } >>"$GITHUB_OUTPUT"
    ;;
  gitlab) "$corolint" check --output text --output "gitlab:$report" "$@" || code=$? ;;
  *) "$corolint" check --output text --output "sarif:$report" "$@" || code=$? ;;
esac
exit "$code"
