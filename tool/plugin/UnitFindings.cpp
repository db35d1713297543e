// UnitFindings.cpp - one analysis per AST, for all its checks
#include "tool/plugin/UnitFindings.h"

#include "checks/extract/Sources.h"
#include "tool/plugin/LinkedSummary.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

#include <map>
#include <mutex>

using namespace clang;

namespace corolint {

/// Names \p File from the root of the file system, not of the project.
static void makeAbsolute(std::string &File, llvm::StringRef Root) {
  if (File.empty() || llvm::sys::path::is_absolute(File))
    return;
  llvm::SmallString<256> Path(Root);
  llvm::sys::path::append(Path, File);
  File = Path.str().str();
}

static void makeAbsolute(facts::Finding &One, llvm::StringRef Root) {
  makeAbsolute(One.Where.File, Root);
  for (facts::Note &Note : One.Chain)
    makeAbsolute(Note.Where.File, Root);
  for (facts::Fix &Fix : One.Fixes)
    for (facts::Edit &Edit : Fix.Edits)
      makeAbsolute(Edit.File, Root);
}

std::shared_ptr<UnitFindings> UnitFindings::of(const tidy::ClangTidyContext &Context) {
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

void UnitFindings::want(const std::string &Id, Wish Of) { Wanted[Id] = std::move(Of); }

config::Configurations &UnitFindings::configurations() {
  static config::Configurations All(allChecks());
  return All;
}

void UnitFindings::listenTo(DiagnosticsEngine &Engine) {
  if (Listener)
    return;
  continueAfterErrors(Engine);
  Listener.emplace(Engine);
}

const std::vector<facts::Finding> &UnitFindings::findings() {
  if (!std::exchange(Made, true)) {
    if (Listener)
      Listener->stop();
    if (Ast)
      analyze();
  }
  return Findings;
}

std::vector<facts::ParseError> UnitFindings::takeMistakes() { return std::exchange(Mistakes, {}); }

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
  std::shared_ptr<const LinkedSummary> Linked = linkedSummary(*Config);
  analyze(std::move(Options), Linked.get());
  keepShown();
}

std::shared_ptr<const LinkedSummary>
UnitFindings::linkedSummary(const config::Configuration &Config) {
  const config::Setting<std::string> &File = Config.Summary;
  if (File.Value.empty())
    return nullptr;
  auto Linked = loadSummary(File.Value);
  if (Linked)
    return *Linked;
  add({{File.From.Source, File.From.Line, File.From.Column, llvm::toString(Linked.takeError())}});
  return nullptr;
}

void UnitFindings::analyze(UnitOptions Options, const LinkedSummary *Linked) {
  if (Linked)
    Options.Root = Linked->Root; // so names mean the same in both
  std::vector<facts::ParseError> Errors = frontEndErrors(Options.Root);
  Options.Errors = &Errors;
  facts::Unit Unit = analyzeUnit(*Ast, Options);
  for (facts::ParseError &One : Unit.Errors) {
    makeAbsolute(One.Where.File, Options.Root);
    Mistakes.push_back(std::move(One));
  }
  Findings = Unit.Findings;
  // What the program decides may stand in the file of another configuration.
  for (const auto &[Id, Of] : Wanted)
    Options.Checks.insert(Id);
  llvm::append_range(Findings,
                     analyzeInProgram(Unit, Linked ? &Linked->Program : nullptr, Options.Checks));
  for (facts::Finding &One : Findings)
    makeAbsolute(One, Options.Root);
}

/// A finding follows the file in which it stands, like those of every door.
void UnitFindings::keepShown() {
  llvm::erase_if(Findings, [&](const facts::Finding &One) {
    auto Config = configurations().forFile(One.Where.File, request(Wanted[One.Check].Strict));
    add(Config->Mistakes);
    return Config->Mistakes.empty() && !Config->shows(One);
  });
}

std::vector<facts::ParseError> UnitFindings::frontEndErrors(const std::string &Root) const {
  std::vector<facts::ParseError> Out;
  if (!Listener)
    return Out;
  Sources Text(*Ast, Root);
  const SourceManager &Manager = Ast->getSourceManager();
  for (const ErrorListener::Error &One : Listener->errors())
    Out.push_back({Text.place(Manager.getExpansionLoc(One.Where)), One.Message});
  return Out;
}

} // namespace corolint
