// Main.cpp - clangd with the checks linked in
//
// Debian packages clangd as libraries without headers. What corolint adds stands
// in the files beside this one, each around one function of clangd: the linker
// calls `__wrap_NAME` of ours for NAME, and `__real_NAME` is clangd's own. The
// names are listed in CMakeLists.txt.

namespace clang::clangd {
int clangdMain(int ArgumentCount, char *Arguments[]);
}

int main(int ArgumentCount, char *Arguments[]) {
  return clang::clangd::clangdMain(ArgumentCount, Arguments);
}
