// Flags.cpp - tables of arguments, and the walk over a command

#include "tool/project/Flags.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using llvm::StringRef;

namespace corolint::tool {

namespace {

/// Arguments whose value is the next word; they stay.
constexpr StringRef KeptWithValue[] = {"-D",
                                       "-U",
                                       "-I",
                                       "-F",
                                       "-x",
                                       "-L",
                                       "-l",
                                       "-B",
                                       "-z",
                                       "-u",
                                       "-T",
                                       "-include",
                                       "-imacros",
                                       "-isystem",
                                       "-iquote",
                                       "-idirafter",
                                       "-iprefix",
                                       "-isysroot",
                                       "-iframework",
                                       "-iwithprefix",
                                       "--sysroot",
                                       "-arch",
                                       "-target",
                                       "-mllvm",
                                       "-Xlinker",
                                       "-Xassembler",
                                       "-Xpreprocessor",
                                       "-iwithprefixbefore",
                                       "-cxx-isystem"};

/// Arguments whose value is the next word; both go.
constexpr StringRef DroppedWithValue[] = {"-o",
                                          "--output",
                                          "-MF",
                                          "-MT",
                                          "-MQ",
                                          "-MJ",
                                          "-dumpbase",
                                          "-dumpdir",
                                          "-dumpbase-ext",
                                          "-auxbase",
                                          "--param",
                                          "-include-pch",
                                          "-index-store-path",
                                          "--serialize-diagnostics",
                                          "-serialize-diagnostics"};

/// Arguments that choose an output or print something.
constexpr StringRef Dropped[] = {"-c",
                                 "-S",
                                 "-E",
                                 "-M",
                                 "-MM",
                                 "-MD",
                                 "-MMD",
                                 "-MG",
                                 "-MP",
                                 "-MV",
                                 "-v",
                                 "-###",
                                 "-H",
                                 "-P",
                                 "-w",
                                 "-pipe",
                                 "--analyze",
                                 "--precompile",
                                 "-emit-llvm",
                                 "-emit-ast",
                                 "-fmodule-output",
                                 "-fsyntax-only",
                                 "-pass-exit-codes",
                                 "-pedantic-errors",
                                 "-ftime-report",
                                 "-ftime-trace",
                                 "--"};

constexpr StringRef DroppedPrefixes[] = {"-o",           "-MF",           "-MT",
                                         "-MQ",          "-MJ",           "--output=",
                                         "--param=",     "-fplugin",      "-fpass-plugin",
                                         "-save-temps",  "--save-temps",  "-fmodule-output=",
                                         "-fdump-",      "-fpch-",        "-ftime-trace=",
                                         "-print-",      "--print-",      "-fdiagnostics-",
                                         "-fmax-errors", "-ferror-limit", "-Wp,-M",
                                         "-Wa,",         "-Wl,",          "-resource-dir",
                                         "-Werror",      "-Wno-error"};

/// Names after -f, -fno-, -m, -mno-, -g or -gno- at which Clang 22 stops with
/// "unknown argument". A final '=' or '-' matches any rest.
constexpr StringRef GccNames[] = {"abi-compat-version=",
                                  "abi-version=",
                                  "accumulate-outgoing-args",
                                  "aggressive-loop-optimizations",
                                  "align-stringops",
                                  "allow-store-data-races",
                                  "analyzer",
                                  "analyzer-",
                                  "as-loc-support",
                                  "as-locview-support",
                                  "asan-shadow-offset=",
                                  "avx256-split-unaligned-load",
                                  "avx256-split-unaligned-store",
                                  "branch-cost=",
                                  "callgraph-info",
                                  "callgraph-info=",
                                  "canonical-system-headers",
                                  "checking",
                                  "checking=",
                                  "compare-debug",
                                  "compare-debug=",
                                  "compare-debug-second",
                                  "concepts",
                                  "concepts-ts",
                                  "concepts-diagnostics-depth=",
                                  "condition-coverage",
                                  "conserve-space",
                                  "conserve-stack",
                                  "contracts",
                                  "contract-",
                                  "deps-file=",
                                  "deps-format=",
                                  "deps-target=",
                                  "devirtualize-at-ltrans",
                                  "enforce-eh-specs",
                                  "ext-numeric-literals",
                                  "fold-simple-inlines",
                                  "function-return=",
                                  "gnu-tm",
                                  "gnu-unique",
                                  "harden-compares",
                                  "harden-conditional-branches",
                                  "harden-control-flow-redundancy",
                                  "hardcfr-",
                                  "hardened",
                                  "implicit-constexpr",
                                  "indirect-branch=",
                                  "indirect-branch-register",
                                  "internal-reset-location-views",
                                  "ipa-",
                                  "ira-",
                                  "isolate-erroneous-paths-attribute",
                                  "isolate-erroneous-paths-dereference",
                                  "keep-inline-dllexport",
                                  "large-source-files",
                                  "lifetime-dse",
                                  "lifetime-dse=",
                                  "linker-output=",
                                  "live-patching",
                                  "live-patching=",
                                  "lto-partition=",
                                  "lto-compression-level=",
                                  "max-inline-insns=",
                                  "module-header",
                                  "module-header=",
                                  "module-implicit-inline",
                                  "module-lazy",
                                  "module-mapper=",
                                  "module-only",
                                  "module-version-ignore",
                                  "modules-ts",
                                  "min-function-alignment=",
                                  "new-ttp-matching",
                                  "nonansi-builtins",
                                  "opt-info",
                                  "opt-info-",
                                  "partial-inlining",
                                  "path-coverage",
                                  "peephole2",
                                  "preferred-stack-boundary=",
                                  "pretty-templates",
                                  "printf-return-value",
                                  "profile-abs-path",
                                  "profile-note=",
                                  "profile-partial-training",
                                  "profile-prefix-path=",
                                  "profile-reorder-functions",
                                  "record-mcount",
                                  "reorder-functions",
                                  "report-bug",
                                  "sanitize=bounds-strict",
                                  "sched-pressure",
                                  "search-include-path",
                                  "section-anchors",
                                  "selective-scheduling",
                                  "sel-sched-",
                                  "split-wide-types",
                                  "stack-limit",
                                  "stack-limit-symbol=",
                                  "stack-limit-register=",
                                  "statement-frontiers",
                                  "strict-volatile-bitfields",
                                  "strub=",
                                  "template-balance=",
                                  "tm-",
                                  "toplevel-reorder",
                                  "trampolines",
                                  "tree-loop-distribution",
                                  "tree-loop-distribute-patterns",
                                  "var-tracking-assignments",
                                  "variable-location-views",
                                  "variable-location-views=",
                                  "vtable-verify=",
                                  "weak",
                                  "working-directory"};

bool matches(StringRef Name, StringRef Pattern) {
  if (Pattern.ends_with("=") || Pattern.ends_with("-"))
    return Name.starts_with(Pattern);
  return Name == Pattern;
}

bool isGccOnly(StringRef Argument) {
  if (!Argument.consume_front("-f") && !Argument.consume_front("-m") &&
      !Argument.consume_front("-g"))
    return false;
  // "no-" may also begin a name that has no positive form.
  StringRef Positive = Argument;
  Positive.consume_front("no-");
  return llvm::any_of(GccNames, [&](StringRef Pattern) {
    return matches(Argument, Pattern) || matches(Positive, Pattern);
  });
}

/// A word for the front end proper (after -Xclang) that writes or loads
/// something.
bool isDroppedFrontEndWord(StringRef Word, bool &TakesValue) {
  TakesValue = Word == "-load" || Word == "-add-plugin" || Word == "-plugin" ||
               Word == "-include-pch" || Word.starts_with("-plugin-arg-");
  return TakesValue || Word.starts_with("-verify") || Word.starts_with("-emit-") ||
         Word.starts_with("-ast-") || Word.starts_with("-fpch-");
}

class Walk {
public:
  Walk(const CompileCommand &Of, llvm::ArrayRef<const char *> Words) : Command(Of), Words(Words) {}

  AnalysisFlags run() {
    for (Next = 0; Next < Words.size(); ++Next)
      word(Words[Next]);
    if (!SawLanguage)
      Result.NotCxx =
          StringRef(Command.File).ends_with(".c") || StringRef(Command.File).ends_with(".s") ||
          StringRef(Command.File).ends_with(".S") || StringRef(Command.File).ends_with(".m");
    return std::move(Result);
  }

private:
  bool hasValue() const { return Next + 1 < Words.size(); }

  void keepWithValue(StringRef Argument) {
    Result.Kept.push_back(Argument.str());
    if (!hasValue())
      return;
    Result.Kept.push_back(Words[++Next]);
    if (Argument == "-x")
      language(Result.Kept.back());
  }

  void language(StringRef Name) {
    SawLanguage = Name != "none";
    if (SawLanguage)
      Result.NotCxx = !Name.contains("c++") || Name.ends_with("-header");
  }

  void frontEnd() {
    if (!hasValue())
      return;
    StringRef Word = Words[++Next];
    bool TakesValue = false;
    if (!isDroppedFrontEndWord(Word, TakesValue)) {
      Result.Kept.push_back("-Xclang");
      Result.Kept.push_back(Word.str());
    } else if (TakesValue && Next + 2 < Words.size() && StringRef(Words[Next + 1]) == "-Xclang") {
      Next += 2;
    }
  }

  void word(StringRef Argument) {
    // The unit's own file is added by the engine; what else the command
    // compiles or links is of no interest.
    if (!Argument.starts_with("-") || Argument == "-")
      return;
    if (Argument == "-Xclang")
      return frontEnd();
    if (llvm::is_contained(KeptWithValue, Argument))
      return keepWithValue(Argument);
    if (llvm::is_contained(DroppedWithValue, Argument)) {
      ++Next;
      return;
    }
    if (llvm::is_contained(Dropped, Argument) || isDroppedWarning(Argument) ||
        llvm::any_of(DroppedPrefixes, [&](StringRef P) { return Argument.starts_with(P); }))
      return;
    if (isGccOnly(Argument)) {
      Result.GccOnly.push_back(Argument.str());
      return;
    }
    if (Argument.starts_with("-x"))
      language(Argument.drop_front(2));
    Result.Kept.push_back(Argument.str());
  }

  /// Only -Wno-... can change what is an error.
  static bool isDroppedWarning(StringRef Argument) {
    return Argument.starts_with("-W") && !Argument.starts_with("-Wno-") &&
           !Argument.starts_with("-Wp,");
  }

  const CompileCommand &Command;
  llvm::ArrayRef<const char *> Words;
  std::size_t Next = 0;
  bool SawLanguage = false;
  AnalysisFlags Result;
};

} // namespace

llvm::Expected<AnalysisFlags> analysisFlags(const CompileCommand &Command) {
  llvm::BumpPtrAllocator Memory;
  llvm::SmallVector<const char *, 64> Words;
  for (const std::string &Argument : llvm::drop_begin(Command.Arguments)) {
    StringRef Name = Argument;
    // A list of modules exists only while the project is being built.
    if (Name.consume_front("@") && Name.ends_with(".modmap") &&
        !llvm::sys::fs::exists(realPath(Name, Command.Directory)))
      continue;
    Words.push_back(Argument.c_str());
  }
  auto FileSystem = llvm::vfs::getRealFileSystem();
  llvm::cl::ExpansionContext Context(Memory, llvm::cl::TokenizeGNUCommandLine);
  Context.setVFS(FileSystem.get()).setCurrentDir(Command.Directory);
  if (llvm::Error Problem = Context.expandResponseFiles(Words))
    return std::move(Problem);
  return Walk(Command, Words).run();
}

} // namespace corolint::tool
