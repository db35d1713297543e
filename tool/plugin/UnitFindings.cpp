// UnitFindings.cpp - one analysis per AST, for all its checks
#include "tool/plugin/UnitFindings.h"

#include "checks/extract/Sources.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/FileManager.h"
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

void UnitFindings::want(const std::string &Id, Wish Of) {
  Wanted[Id] = std::move(Of);
}

config::Configurations &UnitFindings::configurations() {
  static config::Configurations All(allChecks());
  return All;
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

std::string UnitFindings::mainFile() const {
  const SourceManager &Manager = Ast->getSourceManager();
  llvm::SmallString<256> Name;
  if (OptionalFileEntryRef File = Manager.getFileEntryRefForID(Manager.getMainFileID()))
    Name = File->getName();
  Manager.getFileManager().makeAbsolutePath(Name);
  return Name.str().str();
}

config::Request UnitFindings::request(std::optional<bool> Strict) const {
  config::Request Result;
  Result.Name = "CheckOptions";
  Result.Strict = Strict;
  for (const auto &[Id, Of] : Wanted) {
    if (Of.Named)
      Result.Besides.insert(Id);
    if (!Of.Options.empty())
      Result.Options[Id] = Of.Options;
  }
  return Result;
}

void UnitFindings::add(const std::vector<config::Mistake> &Found) {
  for (const config::Mistake &One : Found)
    if (llvm::none_of(Mistakes, [&](const facts::ParseError &Known) {
          return Known.Where.File == One.File && Known.Where.Line == One.Line &&
                 Known.Message == One.Message;
        }))
      Mistakes.push_back({{One.File, One.Line, One.Column, 0, 0}, One.Message});
}

void UnitFindings::analyze() {
  const std::string Main = mainFile();
  auto Config = configurations().forFile(Main, request(std::nullopt));
  add(Config->Mistakes);
  if (!Mistakes.empty())
    return;
  UnitOptions Options = Config->unitOptions();
  Options.Checks.clear();
  for (const auto &[Id, Of] : Wanted)
    if (configurations().forFile(Main, request(Of.Strict))->isOn(Id))
      Options.Checks.insert(Id);
  analyze(std::move(Options));
  keepShown();
}

void UnitFindings::analyze(UnitOptions Options) {
  std::vector<facts::ParseError> Errors = frontEndErrors();
  Options.Errors = &Errors;
  facts::Unit Unit = analyzeUnit(*Ast, Options);
  Mistakes = std::move(Unit.Errors);
  Findings = std::move(Unit.Findings);
  color::Graph Program;
  Program.add(Unit);
  // What the program decides may stand in the file of another configuration.
  for (const auto &[Id, Of] : Wanted)
    Options.Checks.insert(Id);
  for (facts::Finding &One : analyzeProgram(Program, Options.Checks))
    Findings.push_back(std::move(One));
}

/// A finding follows the file in which it stands, like those of every door.
void UnitFindings::keepShown() {
  llvm::erase_if(Findings, [&](const facts::Finding &One) {
    auto Config = configurations().forFile(One.Where.File, request(Wanted[One.Check].Strict));
    add(Config->Mistakes);
    return Config->Mistakes.empty() && !Config->shows(One);
  });
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
