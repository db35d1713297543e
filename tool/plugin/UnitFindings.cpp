// UnitFindings.cpp - one analysis per AST, for all its checks
#include "tool/plugin/UnitFindings.h"

#include "checks/Pipeline.h"
#include "checks/extract/Sources.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

#include <map>
#include <mutex>

using namespace clang;

namespace corolint {

std::shared_ptr<UnitFindings>
UnitFindings::of(const tidy::ClangTidyContext &Context) {
  // A context may be used for one unit after another, and another one may come
  // to lie at the address of a dead one: an entry is good while checks hold it.
  static std::mutex Guard;
  static std::map<const tidy::ClangTidyContext *, std::weak_ptr<UnitFindings>> Known;
  std::lock_guard Lock(Guard);
  std::erase_if(Known, [](const auto &Row) { return Row.second.expired(); });
  std::weak_ptr<UnitFindings> &Entry = Known[&Context];
  std::shared_ptr<UnitFindings> Found = Entry.lock();
  if (!Found)
    Entry = Found = std::make_shared<UnitFindings>();
  return Found;
}

void UnitFindings::want(const std::string &Id, OptionValues Values) {
  Wanted[Id] = std::move(Values);
}

void UnitFindings::listenTo(DiagnosticsEngine &Engine) {
  if (!Listener)
    Listener.emplace(Engine);
}

const std::vector<facts::Finding> &UnitFindings::findings() {
  if (!std::exchange(Made, true)) {
    if (Listener)
      Listener->stop();
    if (Ast && !(Listener && Listener->isIncomplete()))
      analyze();
  }
  return Findings;
}

std::vector<facts::ParseError> UnitFindings::takeMistakes() {
  return std::exchange(Mistakes, {});
}

void UnitFindings::analyze() {
  std::vector<facts::ParseError> Errors = frontEndErrors();
  UnitOptions Options;
  Options.CheckOptions = Wanted;
  for (const auto &[Id, Values] : Wanted)
    Options.Checks.insert(Id);
  Options.Errors = &Errors;
  facts::Unit Unit = analyzeUnit(*Ast, Options);
  Mistakes = std::move(Unit.Errors);
  Findings = std::move(Unit.Findings);
  color::Graph Program;
  Program.add(Unit);
  for (facts::Finding &One : analyzeProgram(Program, Options.Checks))
    Findings.push_back(std::move(One));
}

std::vector<facts::ParseError> UnitFindings::frontEndErrors() const {
  std::vector<facts::ParseError> Out;
  if (!Listener)
    return Out;
  Sources Text(*Ast, /*Root=*/"");
  const SourceManager &Manager = Ast->getSourceManager();
  for (const ErrorListener::Error &One : Listener->errors())
    Out.push_back({Text.place(Manager.getExpansionLoc(One.Where)), One.Message});
  return Out;
}

} // namespace corolint
