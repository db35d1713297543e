# packages.sh - what a build needs, and how it gets installed
#
# Source it from the root of the repository, with $0 the script that users run:
#
#   require_system                          stops where Debian packages are no help
#   install_missing $build_packages         no apt call when nothing is missing

# shellcheck shell=sh disable=SC2034  # the lists are used by those who source this

build_packages='g++ cmake ninja-build python3 clang-22 clang-tidy-22
  libclang-22-dev llvm-22-dev libflatbuffers-dev flatbuffers-compiler
  libcli11-dev'
test_packages='ccache chromium clang-14 clang-19 clang-format-22 clang-tidy-14 clang-tidy-19 clangd-22 git
  libasio-dev libasio-doc libboost1.81-dev libclang-19-dev libclang-rt-22-dev libgtest-dev
  lld-22 llvm-19-dev llvm-19-tools llvm-22-tools mkdocs pkg-config pre-commit
  python3-clang-22 python3-pygments python3-pymdownx python3-yaml shellcheck'

say() {
  printf '\n== %s\n' "$*"
}

stop() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  for line; do
    printf '  %s\n' "$line" >&2
  done
  exit 2
}

# Stops with the reason where the package names below mean nothing.
require_system() {
  by_hand='To build by hand you need LLVM and Clang 22, CMake 3.25, Ninja, FlatBuffers and CLI11; see CONTRIBUTING.md.'
  [ "$(uname -s)" = Linux ] ||
    stop "this is $(uname -s); corolint is built on Linux." "$by_hand"
  for tool in apt-get apt-cache dpkg dpkg-query; do
    command -v "$tool" >/dev/null 2>&1 ||
      stop "no $tool here: this script knows Debian 12 and its relatives only." "$by_hand"
  done
  arch=$(dpkg --print-architecture)
  case $arch in
    amd64 | arm64) ;;
    *) stop "architecture $arch is not supported (amd64 and arm64 are)." "$by_hand" ;;
  esac
}

# Prints those of the given packages that are not installed, one a line.
missing_packages() {
  for package; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || printf '%s\n' "$package"
  done
}

# Prints those of the given packages that no configured archive offers.
unknown_packages() {
  for package; do
    LC_ALL=C apt-cache policy "$package" 2>/dev/null |
      grep -q 'Candidate: [^(]' || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# Installs those of the given packages that are missing.
install_missing() {
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then
    say "packages: all $# are here"
    return
  fi
  missing=$(printf '%s' "$missing" | tr '\n' ' ')
  say "packages: installing $missing"
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 ||
    stop 'packages are missing, and only root may install them.' \
      "Run this as root, or run: apt-get install --no-install-recommends $missing"

  # shellcheck disable=SC2086  # a list of words
  if [ -n "$(unknown_packages $missing)" ]; then
    as_root apt-get update || stop 'apt-get update failed.' \
      'Is the network up? Packages are missing, so it is needed once.'
    unknown=$(unknown_packages $missing | tr '\n' ' ')
    [ -z "$unknown" ] || stop "this system offers no package $unknown" \
      'The packages of LLVM 22 are in the security suite of Debian 12: check that' \
      'your apt sources name bookworm-security, then run this again.'
  fi
  # shellcheck disable=SC2086
  as_root apt-get install -y --no-install-recommends $missing ||
    { as_root apt-get update &&
      as_root apt-get install -y --no-install-recommends $missing; } ||
    stop "apt-get could not install $missing" \
      'Its own messages above say why; run this again when that is mended.'
}

# Installs what FOLDER/package.json names, unless it is there.
install_npm() {
  command -v npm >/dev/null 2>&1 || install_missing npm
  say "npm packages of $1"
  (cd "$1" && npm install --no-package-lock --no-audit --no-fund --loglevel=error) ||
    stop "npm could not install the packages of $1/package.json" \
      'Its own messages above say why; run this again when that is mended.'
}

# How many compilers to run at once: one a core, and 1.5 GB of memory each.
build_jobs() {
  cores=$(nproc 2>/dev/null || echo 1)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null)
  [ "${memory:-0}" -ge 1 ] || memory=1
  [ "$cores" -le "$memory" ] || cores=$memory
  printf '%s\n' "$cores"
}
