// QuestionCommands.cpp - paths, why and annotate

#include "tool/base/Path.h"
#include "tool/cli/Commands.h"
#include "tool/cli/Program.h"

#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

namespace {

using Style = Terminal::Style;

/// Prints answers, and says how many it keeps back.
class Printer {
public:
  Printer(const Program &Asked, unsigned Limit) : Asked(Asked), Limit(Limit) {}

  std::string place(const Place &Where) const {
    return Asked.out().paint(Style::Bold, shown(Where.File) + ":" + std::to_string(Where.Line) +
                                              ":" + std::to_string(Where.Column));
  }

  /// As seen from the current folder, so that it can be opened.
  std::string shown(const std::string &File) const {
    std::string Full = realPath(File, Asked.root());
    return isInside(Full, Asked.root()) ? relativePath(Full, currentDirectory()) : Full;
  }

  void hops(const std::vector<Hop> &Way) const {
    for (const Hop &Each : Way)
      llvm::outs() << "  " << place(Each.Where) << ": '" << Each.Caller << "' calls '"
                   << Each.Callee << '\''
                   << (Each.Unsure ? ", through a base class or a pointer" : "") << '\n';
  }

  /// Calls \p Print for as many of \p All as may be shown.
  template <typename T, typename F> void each(const std::vector<T> &All, F Print) {
    std::size_t Shown = 0;
    for (const T &One : All) {
      if (Limit && Shown == Limit)
        break;
      ++Shown;
      Print(One);
    }
    llvm::outs().flush();
    if (Shown < All.size())
      llvm::errs() << "and " << All.size() - Shown << " more; --limit 0 prints all\n";
  }

private:
  const Program &Asked;
  unsigned Limit;
};

} // namespace

/// Prints what was wrong with a selector, with the nearest name.
static int refuse(const Program &Asked, llvm::Error Problem,
                  std::initializer_list<llvm::StringRef> Given) {
  std::string Text = llvm::toString(std::move(Problem));
  for (llvm::StringRef Each : Given)
    if (Text.find("called '" + Each.str() + "'") != std::string::npos && !Each.starts_with("["))
      Text += config::didYouMean(Each, Asked.questions().names());
  Asked.fail(Text);
  return ExitUsage;
}

int runPaths(const Options &Given) {
  Program Asked(Given.Check, Given.Color);
  if (!Asked.link())
    return Asked.code();
  const QuestionOptions &Question = Given.Question;
  auto Ways = Asked.questions().paths(Question.From, Question.To);
  if (!Ways)
    return refuse(Asked, Ways.takeError(), {Question.From, Question.To});
  Printer Print(Asked, Question.Limit);
  Print.each(*Ways, [&](const std::vector<Hop> &Way) {
    llvm::outs() << Way.front().Caller << " -> " << Way.back().Callee << '\n';
    Print.hops(Way);
  });
  if (Ways->empty())
    llvm::errs() << "no function of " << Question.From << " reaches " << Question.To << '\n';
  return Asked.code(Ways->empty() ? ExitClean : ExitFindings);
}

int runWhy(const Options &Given) {
  Program Asked(Given.Check, Given.Color);
  if (!Asked.link())
    return Asked.code();
  const QuestionOptions &Question = Given.Question;
  auto All = Asked.questions().portraits(Question.Function);
  if (!All)
    return refuse(Asked, All.takeError(), {Question.Function});
  Printer Print(Asked, Question.Limit);
  Print.each(*All, [&](const Portrait &One) {
    llvm::outs() << Print.place(One.Where) << ": " << One.Name << "\n  " << One.Color << "\n  "
                 << One.Context << '\n';
    if (One.Effects.empty())
      llvm::outs() << "  neither blocks nor waits, as far as is known\n";
    for (const Ability &Can : One.Effects) {
      llvm::outs() << "  " << Can.Effect << ": " << Can.Primitive << " (confidence "
                   << spelling(Can.Sure) << ")" << (Can.Chain.empty() ? ", it is declared to" : "")
                   << '\n';
      Print.hops(Can.Chain);
    }
  });
  return Asked.code();
}

int runAnnotate(const Options &Given) {
  Program Asked(Given.Check, Given.Color);
  if (!Asked.link())
    return Asked.code();
  std::vector<Suggestion> All = Asked.questions().suggestions();
  Printer Print(Asked, Given.Question.Limit);
  Print.each(All, [&](const Suggestion &One) {
    llvm::outs() << Print.place(One.Where) << ": annotate '" << One.Name
                 << "' as blocking: it reaches '" << One.Primitive << "', and "
                 << One.Callers.size() << " on the loop in other files "
                 << (One.Callers.size() == 1 ? "calls" : "call") << " it\n";
    Print.hops(One.Chain);
  });
  if (All.empty())
    llvm::errs() << "nothing to annotate: each file shows by itself what the "
                    "program does\n";
  return Asked.code(All.empty() ? ExitClean : ExitFindings);
}

} // namespace corolint::tool
