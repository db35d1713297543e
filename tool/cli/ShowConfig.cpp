// ShowConfig.cpp - prints one file's configuration with its origins

#include "tool/base/Path.h"
#include "tool/cli/Commands.h"
#include "tool/cli/ProjectRun.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

namespace {

const char *wordFor(config::FailOn Value) {
  switch (Value) {
  case config::FailOn::Warning:
    return "warning";
  case config::FailOn::High:
    return "high";
  case config::FailOn::Never:
    return "never";
  }
  return "";
}

const char *wordFor(bool Value) { return Value ? "true" : "false"; }

/// \p Text as YAML reads it back.
std::string scalar(llvm::StringRef Text) {
  auto IsPlain = [](char Letter) {
    return llvm::isAlnum(Letter) || llvm::StringRef("_./+-").contains(Letter);
  };
  if (!Text.empty() && Text.front() != '-' && llvm::all_of(Text, IsPlain))
    return Text.str();
  std::string Result = "'";
  for (char Letter : Text)
    Result += Letter == '\'' ? std::string("''") : std::string(1, Letter);
  return Result + "'";
}

/// The value of an option: a truth value or a list.
std::string optionValue(llvm::StringRef Text) {
  if (Text == "true" || Text == "false")
    return Text.str();
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Text.split(Parts, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return "[" + llvm::join(llvm::map_range(Parts, scalar), ", ") + "]";
}

/// Prints a configuration that has the same effect.
class Printer {
public:
  explicit Printer(const config::Configuration &Of) : Of(Of), Folder(currentDirectory()) {}

  void print(llvm::StringRef File) {
    llvm::outs() << "# " << File << '\n';
    for (const std::string &Each : Of.Files)
      llvm::outs() << "# configured by " << relativePath(Each, Folder) << '\n';
    if (Of.Files.empty())
      llvm::outs() << "# no .corolint.yaml applies\n";
    line("strict: ", wordFor(Of.Strict.Value), Of.Strict.From);
    line("fail-on: ", wordFor(Of.Fail.Value), Of.Fail.From);
    if (!Of.Summary.Value.empty())
      line("summary: ", path(Of.Summary.Value), Of.Summary.From);
    checks("select:", true);
    checks("ignore:", false);
    options();
    models();
  }

private:
  std::string path(const std::string &Full) const { return scalar(relativePath(Full, Folder)); }

  void line(llvm::StringRef Head, llvm::StringRef Value, const config::Origin &From) const {
    std::string Text = (Head + Value).str();
    Text.resize(std::max<std::size_t>(Text.size() + 1, 40), ' ');
    llvm::outs() << Text << "# "
                 << (From.Line ? relativePath(From.Source, Folder) + ":" + std::to_string(From.Line)
                               : From.Source)
                 << '\n';
  }

  void checks(llvm::StringRef Head, bool On) const {
    bool Any = false;
    for (const auto &[Id, Is] : Of.Checks) {
      if (Is.Value != On)
        continue;
      if (!Any)
        llvm::outs() << Head << '\n';
      Any = true;
      line("  - ", Id, Is.From);
    }
  }

  void options() const {
    llvm::outs() << "options:\n";
    for (const auto &[Id, Values] : Of.Options) {
      llvm::outs() << "  " << Id << ":\n";
      for (const auto &[Name, Value] : Values)
        line("    " + Name + ": ", optionValue(Value.Value), Value.From);
    }
  }

  void models() const {
    if (Of.Models.empty())
      return;
    llvm::outs() << "models:\n";
    for (const config::Setting<std::string> &One : Of.Models) {
      bool Inline = One.Value == One.From.Source;
      line(Inline ? "  # " : "  - ", Inline ? "written there" : path(One.Value), One.From);
    }
  }

  const config::Configuration &Of;
  const std::string Folder;
};

class ConfigRun : ProjectRun {
public:
  using ProjectRun::ProjectRun;

  int run(const std::string &Name) {
    std::string File = realPath(Name);
    if (!llvm::sys::fs::exists(File)) {
      fail("no such file or directory: '" + Name + "'");
      return ExitUsage;
    }
    std::shared_ptr<const config::Configuration> Of = engine().configuration(File);
    if (!accept(Of->Mistakes))
      return ExitUsage;
    Printer(*Of).print(relativePath(File, currentDirectory()));
    return ExitClean;
  }
};

} // namespace

int showConfiguration(const CheckOptions &Options, ColorMode Color) {
  return ConfigRun(Options, Color).run(Options.ShowConfig);
}

} // namespace corolint::tool
