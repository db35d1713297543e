// ModelSchemaTest.cpp - what a correct model file becomes

#include "checks/model/Library.h"
#include "checks/model/ModelSections.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

using namespace corolint;
using namespace corolint::model;

namespace {

LibraryModel load(const std::string &Body) {
  Library Models;
  std::vector<ModelError> Errors =
      Models.add("corolint-model: 1\nlibrary: mine\n" + Body, "mine.yaml");
  for (const ModelError &Each : Errors)
    ADD_FAILURE() << Each.Line << ":" << Each.Column << ": " << Each.Message;
  return Errors.empty() ? Models.Models.front() : LibraryModel();
}

FunctionRule loadFunction(const std::string &Rule) {
  LibraryModel Model = load("functions:\n" + Rule);
  return Model.Functions.empty() ? FunctionRule() : Model.Functions.front();
}

TEST(ModelSchema, AnEffectCarriesItsConditions) {
  FunctionRule Rule = loadFunction("  - name: [a, ns::b]\n"
                                   "    effect: waits\n"
                                   "    confidence: medium\n"
                                   "    unless: [{arg: 2, is: zero}, "
                                   "{arg: object, is: nonblocking}]\n"
                                   "    undecided: low\n"
                                   "    help: await it\n");
  EXPECT_EQ(Rule.Names, (std::vector<std::string>{"a", "ns::b"}));
  EXPECT_EQ(Rule.Library, "mine");
  ASSERT_TRUE(Rule.Does.has_value());
  EXPECT_EQ(Rule.Does->What, facts::Effect::Waits);
  EXPECT_EQ(Rule.Does->Sure, facts::Confidence::Medium);
  EXPECT_EQ(Rule.Does->Undecided, facts::Confidence::Low);
  EXPECT_EQ(Rule.Does->Help, "await it");
  ASSERT_EQ(Rule.Does->Unless.size(), 2u);
  EXPECT_EQ(Rule.Does->Unless[0].Test, Predicate::Kind::Zero);
  EXPECT_EQ(Rule.Does->Unless[0].Argument.Index, 2);
  EXPECT_EQ(Rule.Does->Unless[1].Test, Predicate::Kind::NonBlocking);
  EXPECT_EQ(Rule.Does->Unless[1].Argument.Index, ArgumentRef::Object);
}

TEST(ModelSchema, CancellationIsKnownByItsTypesAndFunctions) {
  LibraryModel Model = load("functions:\n"
                            "  - name: limit\n"
                            "    cancel-scope: 1\n"
                            "  - name: stop_wanted\n"
                            "    cancel-check: true\n"
                            "types:\n"
                            "  - name: Stopped\n"
                            "    cancellation: by-token\n"
                            "  - name: StopFlag\n"
                            "    cancel-token: true\n");
  ASSERT_EQ(Model.Functions.size(), 2u);
  ASSERT_TRUE(Model.Functions[0].CancelScope.has_value());
  EXPECT_EQ(Model.Functions[0].CancelScope->Index, 1);
  EXPECT_TRUE(Model.Functions[1].CancelCheck);
  ASSERT_EQ(Model.Types.size(), 2u);
  EXPECT_EQ(Model.Types[0].Cancels, TypeRule::Cancellation::ByToken);
  EXPECT_TRUE(Model.Types[1].CancelToken);
}

TEST(ModelSchema, ConfidenceIsHighWhenNotGiven) {
  FunctionRule Rule = loadFunction("  - name: f\n    effect: blocks\n");
  ASSERT_TRUE(Rule.Does.has_value());
  EXPECT_EQ(Rule.Does->Sure, facts::Confidence::High);
  EXPECT_FALSE(Rule.Does->Undecided.has_value());
}

TEST(ModelSchema, NoneIsARuleWithoutAnEffect) {
  FunctionRule Rule = loadFunction("  - name: f\n    effect: none\n");
  EXPECT_EQ(Rule.Names, std::vector<std::string>{"f"});
  EXPECT_FALSE(Rule.Does.has_value());
}

TEST(ModelSchema, ConstantsAreReplaced) {
  LibraryModel Model = load("functions:\n"
                            "  - name: f\n"
                            "    effect: blocks\n"
                            "    unless: [{arg: 0, has: NOW}, {arg: 1, equals: "
                            "-3}]\n"
                            "constants: {NOW: 0x40}\n");
  ASSERT_EQ(Model.Functions.size(), 1u);
  EXPECT_EQ(Model.Functions[0].Does->Unless[0].Value, 0x40);
  EXPECT_EQ(Model.Functions[0].Does->Unless[0].Test, Predicate::Kind::HasBits);
  EXPECT_EQ(Model.Functions[0].Does->Unless[1].Value, -3);
}

TEST(ModelSchema, NamesAreExpandedOverTheNamespaces) {
  LibraryModel Model = load("namespaces: [a, b::c]\n"
                            "functions:\n"
                            "  - name: ['{ns}::f', plain]\n"
                            "    effect: none\n"
                            "types:\n"
                            "  - name: '{ns}::T'\n"
                            "    awaitable: false\n");
  ASSERT_EQ(Model.Functions.size(), 1u);
  EXPECT_EQ(Model.Functions[0].Names, (std::vector<std::string>{"a::f", "b::c::f", "plain"}));
  EXPECT_EQ(Model.Types[0].Names, (std::vector<std::string>{"a::T", "b::c::T"}));
  EXPECT_TRUE(Model.Types[0].NotAwaitable);
}

TEST(ModelSchema, ANameAndItsConditionMeanTheSameNamespace) {
  LibraryModel Model = load("namespaces: [a, b]\n"
                            "functions:\n"
                            "  - name: '{ns}::post'\n"
                            "    when: [{arg: 0, type: '{ns}::pool'}]\n"
                            "    callables: {runs: thread}\n");
  ASSERT_EQ(Model.Functions.size(), 2u);
  EXPECT_EQ(Model.Functions[0].Names, std::vector<std::string>{"a::post"});
  EXPECT_EQ(Model.Functions[0].When[0].Text, "a::pool");
  EXPECT_EQ(Model.Functions[1].Names, std::vector<std::string>{"b::post"});
  EXPECT_EQ(Model.Functions[1].When[0].Text, "b::pool");
  EXPECT_EQ(Model.Functions[1].Callables[0].Argument.Index, ArgumentRef::Any);
  EXPECT_EQ(Model.Functions[1].Callables[0].Runs, facts::Transfer::Thread);
}

TEST(ModelSchema, SeveralTypesInAConditionAreAlternatives) {
  LibraryModel Model = load("functions:\n"
                            "  - name: f\n"
                            "    when: [{arg: 0, type: [A, B]}, {count: 2}]\n"
                            "    effect: blocks\n"
                            "    unless: [{arg: 1, type: [C, D]}]\n");
  ASSERT_EQ(Model.Functions.size(), 2u);
  for (const FunctionRule &Rule : Model.Functions) {
    ASSERT_EQ(Rule.When.size(), 2u);
    EXPECT_EQ(Rule.When[1].Test, Predicate::Kind::Count);
    EXPECT_EQ(Rule.When[1].Value, 2);
    EXPECT_EQ(Rule.Does->Unless.size(), 2u);
  }
  EXPECT_EQ(Model.Functions[0].When[0].Text, "A");
  EXPECT_EQ(Model.Functions[1].When[0].Text, "B");
}

TEST(ModelSchema, AFunctionSaysWhatBecomesOfItsArguments) {
  FunctionRule Rule = loadFunction("  - name: f\n"
                                   "    consumes: [{arg: 1, as: detach, runs: "
                                   "thread}, {arg: last, as: run}]\n"
                                   "    callables: [{arg: 0, runs: loop}]\n"
                                   "    switches-to: thread\n"
                                   "    makes-nonblocking: result\n"
                                   "    stops: true\n"
                                   "    ready-check: true\n"
                                   "    may-discard: true\n"
                                   "    result-blocks-when-destroyed: true\n");
  ASSERT_EQ(Rule.Consumes.size(), 2u);
  EXPECT_EQ(Rule.Consumes[0].How, ConsumeRule::Mode::Detach);
  EXPECT_EQ(Rule.Consumes[0].Runs, facts::Transfer::Thread);
  EXPECT_EQ(Rule.Consumes[1].How, ConsumeRule::Mode::Run);
  EXPECT_EQ(Rule.Consumes[1].Argument.Index, ArgumentRef::Last);
  EXPECT_EQ(Rule.Consumes[1].Runs, facts::Transfer::Loop);
  EXPECT_EQ(Rule.Callables[0].Runs, facts::Transfer::Loop);
  EXPECT_EQ(Rule.SwitchesTo, facts::Transfer::Thread);
  EXPECT_EQ(Rule.MakesNonBlocking->Index, ArgumentRef::Result);
  EXPECT_TRUE(Rule.Opaque && Rule.ReadyCheck && Rule.MayDiscard && Rule.BlocksWhenDestroyed);
}

TEST(ModelSchema, AFunctionHasItsPartInTheLifeOfTasksAndLoops) {
  FunctionRule Rule = loadFunction("  - name: f\n"
                                   "    threads: any\n"
                                   "    cancels: object\n"
                                   "    gives-result-of: 1\n"
                                   "    failure-check: true\n"
                                   "    gives-running-task: true\n"
                                   "    per-thread: error\n"
                                   "    pending: rest\n"
                                   "    throws-group: ns::Errors\n"
                                   "    process: daemon\n"
                                   "    loop-cleanup: executor\n");
  EXPECT_EQ(Rule.CallableFrom, FunctionRule::Threads::Any);
  EXPECT_EQ(Rule.Cancels->Index, ArgumentRef::Object);
  EXPECT_EQ(Rule.GivesResultOf->Index, 1);
  EXPECT_TRUE(Rule.FailureCheck);
  EXPECT_TRUE(Rule.GivesRunningTask);
  EXPECT_EQ(Rule.PerThread, FunctionRule::OfThread::Error);
  EXPECT_EQ(Rule.Pending, "rest");
  EXPECT_EQ(Rule.ThrowsGroup, "ns::Errors");
  EXPECT_EQ(Rule.OnProcess, FunctionRule::ProcessStep::Daemon);
  EXPECT_EQ(Rule.CleansUp, FunctionRule::Cleanup::Executor);
}

TEST(ModelSchema, AFunctionSaysWhoSeesErrorsAndResults) {
  FunctionRule Rule = loadFunction("  - name: f\n"
                                   "    consumes: [{arg: 0, as: spawn, owned: true}, "
                                   "{arg: 1, as: spawn, errors-to: 2}]\n"
                                   "    callables: [{arg: 3, runs: loop, result: dropped}, "
                                   "{arg: 4, runs: loop, result: used}]\n"
                                   "    awaitable-twin: g()\n");
  EXPECT_TRUE(Rule.Consumes[0].Owned && !Rule.Consumes[0].ErrorsTo);
  EXPECT_EQ(Rule.Consumes[1].ErrorsTo->Index, 2);
  EXPECT_TRUE(Rule.Callables[0].DropsResult);
  EXPECT_FALSE(Rule.Callables[1].DropsResult);
  EXPECT_EQ(Rule.Twin, "g()");
}

TEST(ModelSchema, TwinsHaveNames) {
  LibraryModel Model = load("twin-names: ['async_{name}', 'start{Name}']\n");
  ASSERT_EQ(Model.TwinNames.size(), 2u);
  EXPECT_EQ(Model.TwinNames[1], "start{Name}");
}

TEST(ModelSchema, ATaskMayHaveAnOwnerAndStartLater) {
  FunctionRule Rule =
      loadFunction("  - name: f\n"
                   "    when: [{arg: 1, member: limit, is: null}]\n"
                   "    consumes: [{arg: 0, as: spawn, owned: true, starts: later},\n"
                   "               {arg: 1, as: spawn, starts: now}]\n");
  ASSERT_EQ(Rule.When.size(), 1u);
  EXPECT_EQ(Rule.When[0].Member, "limit");
  EXPECT_EQ(Rule.When[0].Test, Predicate::Kind::Null);
  ASSERT_EQ(Rule.Consumes.size(), 2u);
  EXPECT_TRUE(Rule.Consumes[0].Owned && Rule.Consumes[0].StartsLater);
  EXPECT_FALSE(Rule.Consumes[1].Owned || Rule.Consumes[1].StartsLater);
}

TEST(ModelSchema, ASleepHasAUnit) {
  FunctionRule Rule = loadFunction("  - name: f\n    effect: blocks\n"
                                   "    sleep: {arg: 1, in: milliseconds}\n");
  ASSERT_TRUE(Rule.Sleeps.has_value());
  EXPECT_EQ(Rule.Sleeps->Argument.Index, 1);
  EXPECT_EQ(Rule.Sleeps->In, SleepRule::Unit::Milliseconds);
}

TEST(ModelSchema, TypesHaveTheirParts) {
  LibraryModel Model = load("types:\n"
                            "  - name: Task\n"
                            "    task: {start: eager, when-destroyed: cancels, one-thread: true, "
                            "reawaitable: true, bool-ok: true}\n"
                            "  - name: Guard\n"
                            "    guard: {lock: [relock], try-lock: [tryLock], unlock: [unlock, "
                            "release], of-mutex: false}\n"
                            "  - name: Mutex\n"
                            "    mutex: {lock: [lock], try-lock: [try_lock], unlock: [unlock]}\n"
                            "  - name: Tag\n"
                            "    tag: try\n"
                            "  - name: Box\n"
                            "    container: true\n"
                            "  - name: Loop\n"
                            "    loop-bound: true\n"
                            "    event-loop: true\n"
                            "  - name: Status\n"
                            "    carries-error: true\n");
  ASSERT_EQ(Model.Types.size(), 7u);
  EXPECT_EQ(Model.Types[0].Task->Starts, TaskRule::Start::Eager);
  EXPECT_EQ(Model.Types[0].Task->WhenDestroyed, TaskRule::Destroy::Cancels);
  EXPECT_TRUE(Model.Types[0].Task->Reawaitable && Model.Types[0].Task->BoolOk &&
              Model.Types[0].Task->OneThread);
  EXPECT_EQ(Model.Types[1].Guard->Lock, std::vector<std::string>{"relock"});
  EXPECT_EQ(Model.Types[1].Guard->Unlock.size(), 2u);
  EXPECT_FALSE(Model.Types[1].Guard->OfMutex);
  EXPECT_EQ(Model.Types[2].Mutex->TryLock, std::vector<std::string>{"try_lock"});
  EXPECT_TRUE(Model.Types[3].TryTag && !Model.Types[3].DeferTag);
  EXPECT_TRUE(Model.Types[4].Container);
  EXPECT_TRUE(Model.Types[5].LoopBound && Model.Types[5].EventLoop);
  EXPECT_TRUE(Model.Types[6].CarriesError);
}

TEST(ModelSchema, AFileMayNameCFunctionsAndTheirLocks) {
  LibraryModel Model = load("language: c\n"
                            "sleep: 'mine::sleep({duration})'\n"
                            "lock-functions: {mutex: 0, lock: l, try-lock: [t, u], unlock: x, "
                            "success: zero}\n"
                            "functions:\n  - name: f\n    effect: none\n");
  EXPECT_TRUE(Model.Functions[0].CLinkage);
  EXPECT_EQ(Model.Sleep, "mine::sleep({duration})");
  ASSERT_EQ(Model.Locks.size(), 1u);
  EXPECT_EQ(Model.Locks[0].TryLock, (std::vector<std::string>{"t", "u"}));
  EXPECT_TRUE(Model.Locks[0].ZeroIsSuccess);
}

TEST(ModelSchema, ABrokenFileLeavesEarlierModelsAlone) {
  Library Models;
  EXPECT_TRUE(Models.add("corolint-model: 1\nlibrary: one\n", "1").empty());
  EXPECT_FALSE(Models.add("corolint-model: 1\nlibrary: two\nx: y\n", "2").empty());
  ASSERT_EQ(Models.Models.size(), 1u);
  EXPECT_EQ(Models.Models[0].Name, "one");
}

std::string modelsPage() {
  std::ifstream Page(COROLINT_MODELS_PAGE);
  std::stringstream Text;
  Text << Page.rdbuf();
  return Text.str();
}

TEST(ModelSchema, ThePageNamesEveryWord) {
  std::string Page = modelsPage();
  ASSERT_FALSE(Page.empty());
  for (llvm::StringRef Word : schemaWords())
    EXPECT_TRUE(llvm::StringRef(Page).contains(("`" + Word + "`").str()) ||
                llvm::StringRef(Page).contains(("`" + Word + ": ").str()) ||
                llvm::StringRef(Page).contains((": " + Word + "`").str()))
        << Word.str();
}

TEST(ModelSchema, TheExamplesOnThePageLoad) {
  std::istringstream Page(modelsPage());
  std::string Line, Example;
  unsigned Count = 0;
  bool Inside = false;
  while (std::getline(Page, Line)) {
    if (!Inside && Line == "```yaml") {
      Inside = true;
      Example.clear();
    } else if (Inside && Line == "```") {
      Inside = false;
      ++Count;
      Library Models;
      for (const ModelError &Each : Models.add(Example, "docs/models.md"))
        ADD_FAILURE() << "example " << Count << ", line " << Each.Line << ": " << Each.Message
                      << "\n"
                      << Example;
    } else if (Inside) {
      Example += Line;
      Example += '\n';
    }
  }
  EXPECT_GE(Count, 3u);
}

} // namespace
