// Text.cpp - one finding after the other, in the compiler's style

#include "tool/report/Text.h"

#include "tool/base/Path.h"
#include "tool/report/CodeFrame.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>

namespace corolint::tool {

namespace {

using Paint = Terminal::Style;

class Writer {
public:
  Writer(llvm::raw_ostream &To, const SourceText &From, const TextStyle &As)
      : Out(To), Sources(From), Style(As) {}

  std::string shown(const std::string &File) const {
    std::string Full = Sources.absolute(File);
    // A file of another tree is clearer by its whole name.
    return isInside(Full, Sources.root()) ? relativePath(Full, Style.Directory) : Full;
  }

  void place(const Place &Where) {
    std::string Text = shown(Where.File);
    if (Where.Line)
      Text += ":" + std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
    Out << Style.Screen.linkToFile(Sources.absolute(Where.File),
                                   Style.Screen.paint(Paint::Bold, Text))
        << ": ";
  }

  void help(const std::string &Text) {
    if (!Text.empty())
      Out << "  " << Style.Screen.paint(Paint::Help, "help:") << ' ' << Text << '\n';
  }

  void finding(const Finding &Each, SourceText &Text) {
    place(Each.Where);
    Out << Style.Screen.paint(Paint::Warning, "warning:") << ' '
        << Style.Screen.paint(Paint::Bold, Each.Message) << ' '
        << Style.Screen.paint(Paint::Dim, "[" + Each.Check + "]") << '\n'
        << codeFrame(Text.line(Each.Where.File, Each.Where.Line), Each.Where, Style.Screen);
    const Place *Framed = &Each.Where;
    for (const Note &Step : Each.Chain) {
      place(Step.Where);
      Out << Style.Screen.paint(Paint::Note, "note:") << ' ' << Step.Message << '\n';
      if (Step.Where != *Framed) // just shown
        Out << codeFrame(Text.line(Step.Where.File, Step.Where.Line), Step.Where, Style.Screen);
      Framed = &Step.Where;
    }
    help(Each.Help);
  }

  /// One line: whoever wants to see it knows the code.
  void suppressed(const Finding &Each) {
    place(Each.Where);
    Out << Style.Screen.paint(Paint::Note, "suppressed:") << ' ' << Each.Message << ' '
        << Style.Screen.paint(Paint::Dim, "[" + Each.Check + "]") << '\n';
    if (!Each.Justification.empty())
      Out << "  reason: " << Each.Justification << '\n';
  }

  void failure(const UnitFailure &Each, unsigned Sharing) {
    place(Each.Where.Line ? Each.Where : Place{Each.File, 0, 0, 0, 0});
    Out << Style.Screen.paint(Paint::Error, "error:") << ' ' << Each.Message;
    std::string More;
    if (Each.MoreErrors)
      More = plural(Each.MoreErrors, "more error");
    if (Each.Where.Line && Each.Where.File != Each.File)
      More += (More.empty() ? "in " : " in ") + shown(Each.File);
    if (Sharing)
      More += (More.empty() ? "and " : ", and ") + plural(Sharing, "other file");
    if (!More.empty())
      Out << " (" << More << ')';
    Out << '\n';
    help(Each.Help);
  }

  static std::string plural(unsigned Count, const char *Noun) {
    return std::to_string(Count) + " " + Noun + (Count == 1 ? "" : "s");
  }

private:
  llvm::raw_ostream &Out;
  const SourceText &Sources;
  const TextStyle &Style;
};

/// Failures with equal keys have one cause: an error in a shared header, or a
/// flag that every command has.
std::string cause(const UnitFailure &Failure) {
  switch (Failure.Why) {
  case UnitFailure::Kind::Parse:
    return Failure.Where.File + ":" + std::to_string(Failure.Where.Line) + ":" + Failure.Message;
  case UnitFailure::Kind::Command:
    return Failure.Message;
  default:
    return Failure.File + ":" + Failure.Message;
  }
}

} // namespace

void writeText(llvm::raw_ostream &Out, const Results &Found, SourceText &Sources,
               const TextStyle &Style) {
  Writer Lines(Out, Sources, Style);
  for (const Finding &Each : Found.Findings)
    Lines.finding(Each, Sources);
  if (Style.ShowSuppressed)
    for (const Finding &Each : Found.Suppressed)
      Lines.suppressed(Each);
}

void writeFailures(llvm::raw_ostream &Out, const Results &Found, const SourceText &Sources,
                   const TextStyle &Style) {
  std::map<std::string, unsigned> Times;
  for (const UnitFailure &Each : Found.Failures)
    ++Times[cause(Each)];
  Writer Lines(Out, Sources, Style);
  for (const UnitFailure &Each : Found.Failures)
    if (unsigned &Count = Times[cause(Each)]; Count > 0) {
      Lines.failure(Each, Count - 1);
      Count = 0;
    }
}

std::string summaryLine(const Results &Found) {
  std::set<std::string> Files;
  for (const Finding &Each : Found.Findings)
    Files.insert(Each.Where.File);
  auto Count = static_cast<unsigned>(Found.Findings.size());
  std::string Result =
      Count == 0 ? "no warnings"
                 : Writer::plural(Count, "warning") + " in " + Writer::plural(Files.size(), "file");
  Result += " (" + Writer::plural(Found.Totals.Units, "file");
  if (!Found.Failures.empty())
    Result += ", " + std::to_string(Found.Failures.size()) + " not analysed completely";
  if (!Found.Suppressed.empty())
    Result += ", " + std::to_string(Found.Suppressed.size()) + " suppressed";
  std::string Seconds;
  llvm::raw_string_ostream(Seconds) << llvm::format("%.1f s", Found.Totals.Seconds);
  return Result + ", " + Seconds + ")";
}

} // namespace corolint::tool
