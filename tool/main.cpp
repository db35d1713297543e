// main.cpp - runs the command that the command line names

#include "tool/cli/Commands.h"

using namespace corolint::tool;

int main(int Count, char **Words) {
  Options Given = parseOptions(Count, Words);
  switch (Given.Run) {
  case Options::Command::Check:
    return runCheck(Given.Check, Given.Color);
  case Options::Command::List:
    return runList(Given.ListAsJson);
  case Options::Command::Explain:
    return runExplain(Given.ExplainId, Given.Color);
  case Options::Command::Paths:
    return runPaths(Given);
  case Options::Command::Why:
    return runWhy(Given);
  case Options::Command::Annotate:
    return runAnnotate(Given);
  case Options::Command::Graph:
    return runGraph(Given);
  case Options::Command::Done:
    return Given.Code;
  }
  return ExitUsage;
}
