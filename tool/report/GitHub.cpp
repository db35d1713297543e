// GitHub.cpp - prints workflow commands

#include "tool/report/GitHub.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

namespace {

/// \p Text as a command's data, or with \p Property as the value of one of its
/// properties, where more characters have a meaning.
std::string escaped(llvm::StringRef Text, bool Property = false) {
  std::string Result;
  for (char C : Text)
    switch (C) {
    case '%':
      Result += "%25";
      break;
    case '\r':
      Result += "%0D";
      break;
    case '\n':
      Result += "%0A";
      break;
    case ':':
      Result += Property ? "%3A" : ":";
      break;
    case ',':
      Result += Property ? "%2C" : ",";
      break;
    default:
      Result += C;
    }
  return Result;
}

void place(llvm::raw_ostream &Out, const Place &Where) {
  Out << "file=" << escaped(Where.File, true);
  if (!Where.Line)
    return;
  Out << ",line=" << Where.Line << ",col=" << Where.Column;
  // Columns are understood within one line only.
  if (Where.EndLine == Where.Line)
    Out << ",endLine=" << Where.EndLine << ",endColumn=" << Where.EndColumn;
}

std::string text(const Finding &Each) {
  std::string Result = Each.Message;
  for (const Note &Step : Each.Chain)
    Result += "\n" + Step.Where.File + ":" + std::to_string(Step.Where.Line) + ": " + Step.Message;
  if (!Each.Help.empty())
    Result += "\nhelp: " + Each.Help;
  return Result;
}

void print(llvm::raw_ostream &Out, const Finding &Each) {
  Out << (Each.Confidence == Level::High ? "::warning " : "::notice ");
  place(Out, Each.Where);
  Out << ",title=" << Each.Check << "::" << escaped(text(Each)) << '\n';
}

void print(llvm::raw_ostream &Out, const UnitFailure &Each) {
  Out << "::error ";
  Place Where = Each.Where;
  if (!Where.Line)
    Where.File = Each.File;
  place(Out, Where);
  Out << ",title=corolint%3A " << spelling(Each.Why)
      << "::" << escaped(Each.Help.empty() ? Each.Message : Each.Message + "\nhelp: " + Each.Help)
      << '\n';
}

} // namespace

void writeGitHub(llvm::raw_ostream &Out, const Results &Found) {
  for (const UnitFailure &Each : Found.Failures)
    print(Out, Each);
  for (Level Sure : {Level::High, Level::Medium, Level::Low})
    for (const Finding &Each : Found.Findings)
      if (Each.Confidence == Sure)
        print(Out, Each);
  if (!Found.Findings.empty())
    Out << "::notice title=corolint::" << Found.Findings.size()
        << (Found.Findings.size() == 1 ? " finding" : " findings") << " in all\n";
}

} // namespace corolint::tool
