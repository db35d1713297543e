// FunctionSection.cpp - reads the functions of a model file

#include "checks/model/ModelSections.h"

#include "llvm/ADT/STLExtras.h"

namespace corolint::model {
namespace {

using facts::Confidence;
using facts::Effect;

constexpr Word<std::optional<Effect>> Effects[] = {{"blocks", Effect::Blocks},
                                                   {"waits", Effect::Waits},
                                                   {"runs-loop", Effect::RunsLoop},
                                                   {"locks", Effect::Locks},
                                                   {"none", std::nullopt}};

constexpr Word<Confidence> Confidences[] = {
    {"high", Confidence::High}, {"medium", Confidence::Medium}, {"low", Confidence::Low}};

constexpr Word<Predicate::Kind> States[] = {
    {"zero", Predicate::Kind::Zero},
    {"nonzero", Predicate::Kind::NonZero},
    {"null", Predicate::Kind::Null},
    {"true", Predicate::Kind::True},
    {"nonblocking", Predicate::Kind::NonBlocking},
    {"constant-true", Predicate::Kind::ConstantTrueCallable},
    {"mutex", Predicate::Kind::Mutex}};

constexpr Word<SleepRule::Unit> Units[] = {{"duration", SleepRule::Unit::Duration},
                                           {"seconds", SleepRule::Unit::Seconds},
                                           {"milliseconds", SleepRule::Unit::Milliseconds},
                                           {"microseconds", SleepRule::Unit::Microseconds},
                                           {"time-point", SleepRule::Unit::TimePoint},
                                           {"other", SleepRule::Unit::Other}};

constexpr Word<FunctionRule::Threads> ThreadWords[] = {{"any", FunctionRule::Threads::Any},
                                                       {"loop", FunctionRule::Threads::Loop}};

constexpr Word<FunctionRule::OfThread> OfThreadWords[] = {{"value", FunctionRule::OfThread::Value},
                                                          {"error", FunctionRule::OfThread::Error}};

using End = FunctionRule::Cleanup;
constexpr Word<End> Cleanups[] = {{"tasks", End::Tasks},
                                  {"generators", End::Generators},
                                  {"executor", End::Executor},
                                  {"close", End::Close}};

using Step = FunctionRule::ProcessStep;
constexpr Word<Step> ProcessSteps[] = {
    {"fork", Step::Fork}, {"daemon", Step::Daemon}, {"exec", Step::Exec}, {"renew", Step::Renew}};

constexpr char KindNoun[] = "kind";
constexpr char ThreadNoun[] = "thread";
constexpr char CleanupNoun[] = "part of a loop's end";
constexpr char ProcessNoun[] = "step of a process";

/// One written test; several texts are alternatives.
struct Test {
  Predicate What;
  bool HasArgument = false;
  unsigned Tests = 0;
  std::vector<std::string> Texts;

  std::vector<Predicate> alternatives() const {
    std::vector<Predicate> Result(std::max<std::size_t>(1, Texts.size()), What);
    for (std::size_t I = 0; I < Texts.size(); ++I)
      Result[I].Text = Texts[I];
    return Result;
  }
};

template <Predicate::Kind Kind>
void readNumberTest(ModelReader &Reader, const ModelNode &From, Test &To) {
  To.What.Test = Kind;
  To.What.Value = Reader.readNumber(From).value_or(0);
  ++To.Tests;
}

template <Predicate::Kind Kind>
void readNameTest(ModelReader &Reader, const ModelNode &From, Test &To) {
  To.What.Test = Kind;
  To.Texts = Reader.readNames(From);
  ++To.Tests;
}

constexpr Key<Test> TestKeys[] = {
    {"arg",
     [](ModelReader &Reader, const ModelNode &From, Test &To) {
       To.What.Argument = Reader.readArgument(From);
       To.HasArgument = true;
     }},
    {"member", [](ModelReader &Reader, const ModelNode &From,
                  Test &To) { To.What.Member = Reader.readText(From); }},
    {"is",
     [](ModelReader &Reader, const ModelNode &From, Test &To) {
       if (auto Kind = Reader.readWord<Predicate::Kind>(From, States, "state"))
         To.What.Test = *Kind;
       ++To.Tests;
     }},
    {"equals", readNumberTest<Predicate::Kind::Equals>},
    {"has", readNumberTest<Predicate::Kind::HasBits>},
    {"count", readNumberTest<Predicate::Kind::Count>},
    {"type", readNameTest<Predicate::Kind::Type>},
    {"variable", readNameTest<Predicate::Kind::Variable>}};

std::vector<Test> readTests(ModelReader &Reader, const ModelNode &From) {
  std::vector<Test> Result;
  Reader.readList(From, [&](const ModelNode &Item) {
    Test One;
    if (!Reader.readMap<Test>(Item, One, TestKeys, "a test"))
      return;
    if (One.Tests != 1)
      Reader.error(Item, "a test has one of: is, equals, has, type, variable, "
                         "count");
    else if (!One.HasArgument && One.What.Test != Predicate::Kind::Count)
      Reader.error(Item, "a test needs 'arg'");
    Result.push_back(std::move(One));
  });
  return Result;
}

constexpr Key<SleepRule> SleepKeys[] = {
    {"arg", [](ModelReader &Reader, const ModelNode &From,
               SleepRule &To) { To.Argument = Reader.readArgument(From); }},
    {"in", [](ModelReader &Reader, const ModelNode &From, SleepRule &To) {
       To.In =
           Reader.readWord<SleepRule::Unit>(From, Units, "unit").value_or(SleepRule::Unit::Other);
     }}};

/// A function entry while it is read.
struct Draft {
  FunctionRule Rule;
  EffectRule Effect;
  std::vector<Test> When;
  std::vector<Test> Unless;
  bool HasAction = false;
  /// The last key that has no meaning without an effect.
  const ModelNode *NeedsEffect = nullptr;
};

void readEffect(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  auto Read = Reader.readWord<std::optional<Effect>>(From, Effects, "effect");
  if (!Read || !*Read)
    return;
  To.Rule.Does = EffectRule();
  To.Effect.What = **Read;
}

void readConfidence(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.NeedsEffect = &From;
  To.Effect.Sure =
      Reader.readWord<Confidence>(From, Confidences, "confidence").value_or(Confidence::High);
}

void readUndecided(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.NeedsEffect = &From;
  To.Effect.Undecided = Reader.readWord<Confidence>(From, Confidences, "confidence");
}

void readSleep(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.NeedsEffect = &From;
  std::vector<SleepRule> Rules;
  readRules<SleepRule>(Reader, From, Rules, SleepKeys, "a sleep", "arg");
  if (Rules.size() == 1)
    To.Rule.Sleeps = Rules.front();
  else
    Reader.error(From, "a function has one sleep");
}

void readConsumed(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  To.Rule.Consumes = readConsumes(Reader, From);
}

void readCalled(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  To.Rule.Callables = readCallables(Reader, From);
}

template <bool FunctionRule::*Flag>
void readFlagOf(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  To.Rule.*Flag = Reader.readFlag(From);
}

template <std::optional<ArgumentRef> FunctionRule::*Argument>
void readArgumentOf(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  To.Rule.*Argument = Reader.readArgument(From);
}

template <std::string FunctionRule::*Text>
void readTextOf(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  To.Rule.*Text = Reader.readText(From);
}

template <auto Member, const auto &Words, const auto &Noun>
void readWordOf(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.HasAction = true;
  using Value = typename std::remove_cvref_t<decltype(To.Rule.*Member)>::value_type;
  To.Rule.*Member = Reader.readWord<Value>(From, Words, Noun);
}

constexpr Key<Draft> FunctionKeys[] = {
    {"name", [](ModelReader &Reader, const ModelNode &From,
                Draft &To) { To.Rule.Names = Reader.readNames(From); }},
    {"when", [](ModelReader &Reader, const ModelNode &From,
                Draft &To) { To.When = readTests(Reader, From); }},
    {"effect", readEffect},
    {"confidence", readConfidence},
    {"unless",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.NeedsEffect = &From;
       To.Unless = readTests(Reader, From);
     }},
    {"undecided", readUndecided},
    {"help",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.NeedsEffect = &From;
       To.Effect.Help = Reader.readText(From);
     }},
    {"sleep", readSleep},
    {"consumes", readConsumed},
    {"callables", readCalled},
    {"stops", readFlagOf<&FunctionRule::Opaque>},
    {"ready-check", readFlagOf<&FunctionRule::ReadyCheck>},
    {"loop-check", readFlagOf<&FunctionRule::LoopCheck>},
    {"may-discard", readFlagOf<&FunctionRule::MayDiscard>},
    {"result-blocks-when-destroyed", readFlagOf<&FunctionRule::BlocksWhenDestroyed>},
    {"per-thread", readWordOf<&FunctionRule::PerThread, OfThreadWords, KindNoun>},
    {"switches-to",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.HasAction = true;
       To.Rule.SwitchesTo = readTransfer(Reader, From);
     }},
    {"makes-nonblocking", readArgumentOf<&FunctionRule::MakesNonBlocking>},
    {"threads", readWordOf<&FunctionRule::CallableFrom, ThreadWords, ThreadNoun>},
    {"cancel-scope", readArgumentOf<&FunctionRule::CancelScope>},
    {"cancel-check", readFlagOf<&FunctionRule::CancelCheck>},
    {"cancels", readArgumentOf<&FunctionRule::Cancels>},
    {"gives-result-of", readArgumentOf<&FunctionRule::GivesResultOf>},
    {"failure-check", readFlagOf<&FunctionRule::FailureCheck>},
    {"gives-running-task", readFlagOf<&FunctionRule::GivesRunningTask>},
    {"pending", readTextOf<&FunctionRule::Pending>},
    {"throws-group", readTextOf<&FunctionRule::ThrowsGroup>},
    {"awaitable-twin", readTextOf<&FunctionRule::Twin>},
    {"process", readWordOf<&FunctionRule::OnProcess, ProcessSteps, ProcessNoun>},
    {"loop-cleanup", readWordOf<&FunctionRule::CleansUp, Cleanups, CleanupNoun>}};

void checkDraft(ModelReader &Reader, const ModelNode &At, const Draft &From) {
  if (!At.find("name"))
    Reader.error(At, "a function needs 'name'");
  if (From.NeedsEffect && !From.Rule.Does && !At.find("effect"))
    Reader.error(*From.NeedsEffect, "this key needs 'effect' beside it");
  else if (!From.HasAction)
    Reader.error(At, "a function needs an effect or another thing it does; "
                     "'effect: none' says that it does nothing");
}

bool mentionsNamespace(const std::vector<Test> &Tests) {
  return llvm::any_of(Tests, [](const Test &Each) {
    return llvm::any_of(Each.Texts, [](const std::string &Text) { return hasPlaceholder(Text); });
  });
}

/// Adds a rule for each combination of the alternatives in \p When.
void addCombinations(const FunctionRule &Rule, llvm::ArrayRef<Test> When, LibraryModel &To) {
  if (When.empty()) {
    To.Functions.push_back(Rule);
    return;
  }
  for (const Predicate &Each : When.front().alternatives()) {
    FunctionRule Narrower = Rule;
    Narrower.When.push_back(Each);
    addCombinations(Narrower, When.drop_front(), To);
  }
}

/// A name and a condition that both have "{ns}" mean the same namespace.
void addPerNamespace(const ModelReader &Reader, const Draft &From, LibraryModel &To) {
  for (const std::string &Namespace : Reader.Namespaces) {
    FunctionRule Rule = From.Rule;
    for (std::string &Name : Rule.Names)
      Name = inNamespace(Name, Namespace);
    std::vector<Test> When = From.When;
    for (Test &Each : When)
      for (std::string &Text : Each.Texts)
        Text = inNamespace(Text, Namespace);
    addCombinations(Rule, When, To);
  }
}

} // namespace

void readFunction(ModelReader &Reader, const ModelNode &From, LibraryModel &To) {
  Draft Read;
  if (!Reader.readMap<Draft>(From, Read, FunctionKeys, "a function"))
    return;
  checkDraft(Reader, From, Read);
  if (Reader.failed())
    return;
  for (Test &Each : Read.Unless) {
    Each.Texts = Reader.expand(Each.Texts);
    llvm::append_range(Read.Effect.Unless, Each.alternatives());
  }
  if (Read.Rule.Does)
    Read.Rule.Does = Read.Effect;
  if (mentionsNamespace(Read.When))
    return addPerNamespace(Reader, Read, To);
  Read.Rule.Names = Reader.expand(Read.Rule.Names);
  addCombinations(Read.Rule, Read.When, To);
}

void addFunctionWords(std::vector<llvm::StringRef> &Words) {
  addNames(FunctionKeys, Words);
  addNames(TestKeys, Words);
  addNames(SleepKeys, Words);
  addNames(Effects, Words);
  addNames(Confidences, Words);
  addNames(States, Words);
  addNames(Units, Words);
  addNames(ThreadWords, Words);
  addNames(OfThreadWords, Words);
  addNames(Cleanups, Words);
  addPassingWords(Words);
  addNames(ProcessSteps, Words);
}

} // namespace corolint::model
