// GraphCommand.cpp - draws the call graph

#include "tool/cli/Commands.h"
#include "tool/cli/Program.h"
#include "tool/report/Graph.h"

#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

int runGraph(const Options &Given) {
  Program Asked(Given.Check, Given.Color);
  if (!Asked.link())
    return Asked.code();
  const QuestionOptions &Question = Given.Question;
  Drawing Picture = Asked.questions().drawing(Question.Everything);
  auto Write = [&](llvm::raw_ostream &Out) {
    if (Question.AsSvg)
      writeSvg(Out, Picture);
    else
      writeDot(Out, Picture);
    return llvm::Error::success();
  };
  llvm::StringRef File = Question.File.empty() ? "-" : llvm::StringRef(Question.File);
  if (llvm::Error Problem = llvm::writeToOutput(File, Write)) {
    Asked.fail("cannot write '" + File + "': " + llvm::toString(std::move(Problem)));
    return ExitUsage;
  }
  if (Picture.Nodes.empty())
    llvm::errs() << "nothing on the loop reaches a primitive; --everything draws "
                    "all functions\n";
  return Asked.code();
}

} // namespace corolint::tool
