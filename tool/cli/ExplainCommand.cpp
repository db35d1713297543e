// ExplainCommand.cpp - prints the page of a check

#include "tool/cli/CheckPages.h"
#include "tool/cli/Commands.h"
#include "tool/engine/Engine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

namespace {

/// Headings stand out, the rest is as in the file.
void printPage(llvm::StringRef Text, const Terminal &Screen) {
  bool InCode = false;
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    InCode ^= Line.starts_with("```");
    llvm::outs() << (Line.starts_with("#") && !InCode ? Screen.paint(Terminal::Style::Bold, Line)
                                                      : Line.str())
                 << '\n';
    Text = Rest;
  }
}

} // namespace

int runExplain(const std::string &Id, ColorMode Color) {
  std::vector<CheckRow> Rows = Engine::checks();
  auto Row = llvm::find_if(Rows, [&](const CheckRow &R) { return R.Id == Id; });
  if (Row == Rows.end()) {
    std::vector<std::string> Ids;
    for (const CheckRow &Each : Rows)
      Ids.push_back(Each.Id);
    std::string Hint = config::didYouMean(Id, Ids);
    llvm::errs() << "error: no check is called '" << Id << "'"
                 << (Hint.empty() ? "; 'corolint list' prints all" : Hint) << '\n';
    return ExitUsage;
  }
  if (llvm::StringRef Page = pageOf(Id); !Page.empty())
    printPage(Page, Terminal::open(1, Color));
  else
    llvm::outs() << Row->Id << ": " << Row->Summary << '\n';
  return ExitClean;
}

} // namespace corolint::tool
