// Program.cpp - the linked project, to be asked about

#include "tool/cli/Program.h"

#include "tool/base/Path.h"
#include "tool/base/SourceText.h"
#include "tool/report/Text.h"

#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

bool Program::link() {
  if (!prepare()) {
    Failed = ExitUsage;
    return false;
  }
  EngineOutput Output = analyse();
  if (Output.Interrupted) {
    Failed = ExitInterrupted;
    return false;
  }
  SourceText Sources(root());
  writeFailures(llvm::errs(), Output.Found, Sources, {err(), currentDirectory()});
  if (!Output.Found.Failures.empty())
    Failed = ExitIncomplete;
  Asked.emplace(engine().questions());
  return true;
}

ProjectOptions Program::withoutChecks(ProjectOptions Given) {
  Given.Asked.Rules = {{config::Rule::Verb::Ignore, "all", {Given.Asked.Name}}};
  return Given;
}

int Program::code(int Answer) const { return Failed ? Failed : Answer; }

} // namespace corolint::tool
