// VersionGuard.cpp - refuses to run inside another Clang
//
// A module built for one Clang loads into another without an error and finds
// nothing. So before anything else of it runs, it asks the Clang that is there for
// its version, and ends the program with a message when they differ.

#include "llvm/Config/llvm-config.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

namespace {

/// clang::getClangToolFullVersion() is not used directly: the name must be
/// looked up in the host, whatever it is.
std::string hostVersion() {
  using Function = std::string (*)();
  auto *Ask =
      reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev"));
  return Ask ? Ask() : std::string();
}

/// The digits that follow "version " in "Debian clang version 22.1.8 (...)".
std::string numbersOf(const std::string &Version) {
  const std::string Before = "version ";
  std::size_t At = Version.find(Before);
  if (At == std::string::npos)
    return "";
  At += Before.size();
  return Version.substr(At, Version.find_first_not_of("0123456789.", At) - At);
}

__attribute__((constructor(101))) void refuseOtherClang() {
  const std::string Built =
      std::to_string(LLVM_VERSION_MAJOR) + "." + std::to_string(LLVM_VERSION_MINOR);
  const std::string Host = numbersOf(hostVersion());
  if (Host.rfind(Built + ".", 0) == 0)
    return;
  std::fprintf(stderr,
               "corolint: error: this is built for Clang %s but runs with Clang %s; "
               "use the programs of LLVM %d, or build corolint for that Clang\n",
               Built.c_str(), Host.empty() ? "of an unknown version" : Host.c_str(),
               LLVM_VERSION_MAJOR);
  std::_Exit(2);
}

} // namespace
