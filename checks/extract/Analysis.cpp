// Analysis.cpp - everything known of one translation unit
#include "checks/extract/Analysis.h"

#include "checks/extract/CallExtractor.h"
#include "checks/extract/Callables.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/Summaries.h"
#include "checks/model/Annotations.h"
#include "checks/model/CallSite.h"
#include "checks/model/ClangVersion.h"
#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace corolint {

/// The type of functions by which a pointer to \p Function is known.
static std::string addressType(const FunctionDecl &Function, const ASTContext &Context) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return pointerType(Method && Method->isImplicitObjectMemberFunction()
                         ? memberPointerType(*Method)
                         : Context.getPointerType(Function.getType()),
                     Context);
}

Analysis::Analysis(ASTContext &Context, const model::Library &Library, const std::string &Root,
                   const std::vector<facts::ParseError> *Errors)
    : Context(Context), Errors(Errors), Models(Library, Context), Colors(Models),
      Text(Context, Root), List(listFunctions(Context, Text)),
      Known(std::make_unique<Summaries>(Models, Colors)) {}

Analysis::~Analysis() = default;

void Analysis::run(llvm::function_ref<void(const FunctionBody &)> Each) {
  for (const FunctionDecl *Function : List.Definitions) {
    if (holdsError(*Function))
      continue;
    std::unique_ptr<FunctionBody> Body = FunctionBody::of(*Function, Colors.kind(*Function));
    if (!Body)
      continue;
    Unit.Coroutines += coroutineBody(*Function) != nullptr;
    extractCalls(*Body);
    Each(*Body);
  }
  for (const FunctionDecl *Function : List.AddressTaken)
    Unit.AddressesTaken.push_back(
        {programId(*Function, Context.getSourceManager()), addressType(*Function, Context)});
  llvm::sort(Unit.Functions, [](const facts::Function &A, const facts::Function &B) {
    return std::tie(A.Where, A.Id) < std::tie(B.Where, B.Id);
  });
  llvm::sort(Unit.AddressesTaken);
  const SourceManager &Manager = Context.getSourceManager();
  SourceLocation Main = Manager.getLocForStartOfFile(Manager.getMainFileID());
  Unit.MainFile = Text.place(Main).File;
  Unit.Files = Text.files();
}

bool Analysis::holdsError(const FunctionDecl &Function) const {
  if (!Errors || Errors->empty())
    return false;
  facts::Place Whole = Text.place(Function.getSourceRange());
  return llvm::any_of(*Errors, [&](const facts::ParseError &One) {
    return One.Where.File == Whole.File && Whole.Line <= One.Where.Line &&
           One.Where.Line <= Whole.EndLine;
  });
}

void Analysis::extractCalls(const FunctionBody &Body) {
  CallExtractor Calls(Body, Models, Colors, Text);
  runForward(Body, Calls);
  addFunction(Body, Calls.take());
}

/// A number that differs when what the function calls differs; never 0. It is the
/// same in every folder: the place in a local function's id is left out.
static std::uint64_t hashOf(const std::vector<facts::Call> &Calls) {
  std::string All;
  for (const facts::Call &One : Calls)
    All += One.Callee.substr(0, One.Callee.find("@/")) + '\n' + One.CalleeName + '\n' +
           std::to_string(One.Where.Line) + ':' + std::to_string(One.Where.Column) +
           (One.Primitive ? "!" : ".");
  return llvm::xxh3_64bits(All) | 1;
}

/// True when a rule that always holds for \p Function is one that \p Holds.
template <class Predicate>
static bool hasRule(const FunctionDecl &Function, const model::Model &Models, Predicate Holds) {
  CallSite Site;
  Site.Callee = &Function;
  return llvm::any_of(Models.rules(Site), [&](const model::FunctionRule *Rule) {
    return Rule->When.empty() && Holds(*Rule);
  });
}

/// True when a model says what a call of \p Function does: that stands for its
/// body, which may know more of itself than can be seen.
static bool isModelled(const FunctionDecl &Function, const model::Model &Models) {
  return hasRule(Function, Models, [](const model::FunctionRule &Rule) { return Rule.Opaque; });
}

/// Its colour. What waits by its model makes no task: sync_wait() of a task of
/// tasks only hands on the one that it waited for.
static facts::Kind kindOf(const FunctionBody &Body, const model::Model &Models) {
  bool HandsOn = Body.kind() == facts::Kind::Wrapper &&
                 hasRule(Body.function(), Models,
                         [](const model::FunctionRule &Rule) { return Rule.Does.has_value(); });
  return HandsOn ? facts::Kind::Function : Body.kind();
}

void Analysis::addFunction(const FunctionBody &Body, std::vector<facts::Call> Calls) {
  const FunctionDecl &Function = Body.function();
  if (Function.isImplicit() && Calls.empty())
    return;
  facts::Function Out;
  Out.Id = programId(Function, Context.getSourceManager());
  Out.Name = instanceName(Function);
  Out.Where = Text.location(Function.getLocation());
  Out.What = kindOf(Body, Models);
  Annotations Said = Models.annotations(Function);
  if (Said.Blocking) {
    Out.Declared.emplace();
    Out.Declared->Name = Out.Name;
  }
  Out.Opaque = Said.NonBlocking;
  Out.Mixed = Said.Mixed;
  Out.LoopOnly = Said.LoopOnly;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    for (const CXXMethodDecl *Base : Method->overridden_methods())
      Out.Overrides.push_back(programId(*Base, Context.getSourceManager()));
  llvm::sort(Out.Overrides);
  Out.BodyHash = hashOf(Calls);
  if (!isModelled(Function, Models))
    Out.Calls = std::move(Calls);
  Out.Parameters = Known->facts(Function);
  Unit.Functions.push_back(std::move(Out));
}

facts::Finding Analysis::finding(const char *Id, const FunctionDecl &Function, SourceRange Where,
                                 std::string Message) const {
  facts::Finding Out;
  Out.Check = Id;
  Out.Where = Text.place(Where);
  Out.Message = std::move(Message);
  Out.Function = displayName(Function);
  Out.Suppressed = Text.isSuppressed(Where.getBegin(), Id);
  return Out;
}

facts::Note Analysis::note(SourceRange Where, std::string Message) const {
  return {Text.place(Where), std::move(Message)};
}

} // namespace corolint
