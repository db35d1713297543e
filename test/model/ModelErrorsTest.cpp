// ModelErrorsTest.cpp - each mistake has a place and a mend

#include "checks/model/Library.h"

#include <gtest/gtest.h>

using namespace corolint::model;

namespace {

std::vector<ModelError> errorsOf(const std::string &Yaml) {
  Library Models;
  std::vector<ModelError> Errors = Models.add(Yaml, "mine.yaml");
  EXPECT_EQ(Models.Models.empty(), !Errors.empty());
  return Errors;
}

std::string written(const ModelError &Error) {
  return Error.File + ":" + std::to_string(Error.Line) + ":" + std::to_string(Error.Column) + ": " +
         Error.Message;
}

/// All messages for \p Body below a correct head of three lines.
std::string messages(const std::string &Body) {
  std::string Result;
  for (const ModelError &Each :
       errorsOf("corolint-model: 1\nlibrary: mine\nconstants: {FLAG_NOW: 4}\n" + Body)) {
    if (!Result.empty())
      Result += '\n';
    Result += written(Each);
  }
  return Result;
}

struct Mistake {
  const char *Name;
  const char *Body;
  const char *Message;
};

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreReportedWithPlaceAndMend) {
  EXPECT_EQ(messages(GetParam().Body), GetParam().Message);
}

const Mistake All[] = {
    {"UnknownTopKey", "function: []",
     "mine.yaml:4:1: unknown key 'function' in a model file; did you mean "
     "'functions'?"},
    {"UnknownFunctionKey", "functions:\n  - name: f\n    efect: blocks",
     "mine.yaml:5:5: a function needs an effect or another thing it does; "
     "'effect: none' says that it does nothing\n"
     "mine.yaml:6:5: unknown key 'efect' in a function; did you mean "
     "'effect'?"},
    {"UnknownEffect", "functions:\n  - name: f\n    effect: block",
     "mine.yaml:6:13: unknown effect 'block'; did you mean 'blocks'?"},
    {"UnknownEffectFarFromAll", "functions:\n  - name: f\n    effect: explodes",
     "mine.yaml:6:13: unknown effect 'explodes'; expected one of: blocks, "
     "waits, "
     "runs-loop, locks, none"},
    {"UnknownConfidence", "functions:\n  - name: f\n    effect: waits\n    confidence: hihg",
     "mine.yaml:7:17: unknown confidence 'hihg'; did you mean 'high'?"},
    {"ConfidenceWithoutEffect", "functions:\n  - name: f\n    stops: true\n    confidence: low",
     "mine.yaml:7:17: this key needs 'effect' beside it"},
    {"MissingName", "functions:\n  - effect: blocks", "mine.yaml:5:5: a function needs 'name'"},
    {"EmptyName", "functions:\n  - name: ''\n    effect: blocks",
     "mine.yaml:5:11: expected text, but this is empty"},
    {"NoAction", "functions:\n  - name: f",
     "mine.yaml:5:5: a function needs an effect or another thing it does; "
     "'effect: none' says that it does nothing"},
    {"DuplicateKey", "functions:\n  - name: f\n    effect: blocks\n    effect: waits",
     "mine.yaml:7:5: key 'effect' is given twice"},
    {"FunctionIsNoMapping", "functions:\n  - f",
     "mine.yaml:5:5: a function is a mapping, but this is a single value"},
    {"BadArgument",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: lats, is: zero}]",
     "mine.yaml:7:20: unknown argument 'lats'; did you mean 'last'?"},
    {"NegativeArgument",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: -1, is: zero}]",
     "mine.yaml:7:20: unknown argument '-1'; expected one of: object, any, "
     "last, result"},
    {"UnknownState",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: 0, is: zeroes}]",
     "mine.yaml:7:27: unknown state 'zeroes'; did you mean 'zero'?"},
    {"UnknownPredicate",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: 0, equal: 1}]",
     "mine.yaml:7:14: a test has one of: is, equals, has, type, variable, "
     "count\n"
     "mine.yaml:7:23: unknown key 'equal' in a test; did you mean 'equals'?"},
    {"TwoPredicates",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: 0, equals: 1, has: 2}]",
     "mine.yaml:7:14: a test has one of: is, equals, has, type, variable, "
     "count"},
    {"TestWithoutArgument", "functions:\n  - name: f\n    effect: blocks\n    unless: {is: zero}",
     "mine.yaml:7:13: a test needs 'arg'"},
    {"UnknownConstant",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: 0, has: FLAG_NWO}]",
     "mine.yaml:7:28: unknown constant 'FLAG_NWO'; did you mean 'FLAG_NOW'?"},
    {"NumberIsAList",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    unless: [{arg: 0, equals: [1, 2]}]",
     "mine.yaml:7:31: expected a number, but this is a list"},
    {"BadFlag", "functions:\n  - name: f\n    stops: yes",
     "mine.yaml:6:12: unknown truth value 'yes'; expected one of: true, false"},
    {"BadSleepUnit",
     "functions:\n  - name: f\n    effect: blocks\n"
     "    sleep: {arg: 0, in: secs}",
     "mine.yaml:7:25: unknown unit 'secs'; expected one of: duration, seconds, "
     "milliseconds, microseconds, time-point, other"},
    {"SleepWithoutArgument",
     "functions:\n  - name: f\n    effect: blocks\n    sleep: {in: seconds}",
     "mine.yaml:7:12: a sleep needs 'arg'"},
    {"BadConsume", "functions:\n  - name: f\n    consumes: [{arg: 0, as: spawned}]",
     "mine.yaml:6:29: unknown mode 'spawned'; did you mean 'spawn'?"},
    {"ConsumeWithoutMode", "functions:\n  - name: f\n    consumes: [{arg: 0}]",
     "mine.yaml:6:16: an entry of consumes needs 'as'"},
    {"BadTransfer", "functions:\n  - name: f\n    callables: [{arg: 0, runs: threads}]",
     "mine.yaml:6:32: unknown place to run 'threads'; did you mean 'thread'?"},
    {"CallableWithoutTransfer", "functions:\n  - name: f\n    callables: {arg: any}",
     "mine.yaml:6:16: an entry of callables needs 'runs'"},
    {"TemplateArgumentsInName", "functions:\n  - name: 'std::vector<int>::at'\n    effect: none",
     "mine.yaml:5:11: 'std::vector<int>::at' has template arguments; leave "
     "them out"},
    {"ParametersInName", "functions:\n  - name: 'f(int)'\n    effect: none",
     "mine.yaml:5:11: 'f(int)' has parameters; leave them out"},
    {"ParametersOfACallOperator", "functions:\n  - name: 'F::operator()(int)'\n    effect: none",
     "mine.yaml:5:11: 'F::operator()(int)' has parameters; leave them out"},
    {"GlobalName", "functions:\n  - name: '::f'\n    effect: none",
     "mine.yaml:5:11: '::f' starts with '::'; leave it out"},
    {"StarInTheMiddle", "functions:\n  - name: 'a::*::f'\n    effect: none",
     "mine.yaml:5:11: '*' may only end a name"},
    {"PlaceholderWithoutNamespaces", "functions:\n  - name: '{ns}::f'\n    effect: none",
     "mine.yaml:5:11: '{ns}' needs 'namespaces' at the top of the file"},
    {"UnknownPlaceholder", "functions:\n  - name: '{namespace}::f'\n    effect: none",
     "mine.yaml:5:11: unknown placeholder in '{namespace}::f'; did you mean "
     "'{ns}'?"},
    {"TypeWithoutName", "types:\n  - generator: true", "mine.yaml:5:5: a type needs 'name'"},
    {"TypeWithoutMeaning", "types:\n  - name: T",
     "mine.yaml:5:5: a type needs task, guard, mutex, cancellation, "
     "cancel-token, awaitable, generator, container, loop-bound, event-loop, "
     "carries-error or tag"},
    {"UnknownThreads", "functions:\n  - name: f\n    threads: all",
     "mine.yaml:6:14: unknown thread 'all'; expected one of: any, loop"},
    {"UnknownTaskKey", "types:\n  - name: T\n    task: {starts: lazy, when-destroyed: joins}",
     "mine.yaml:6:12: unknown key 'starts' in a task; did you mean 'start'?"},
    {"UnknownDestruction", "types:\n  - name: T\n    task: {when-destroyed: destroy}",
     "mine.yaml:6:28: unknown destruction 'destroy'; did you mean 'destroys'?"},
    {"UnknownGuardKey", "types:\n  - name: T\n    guard: {lok: [lock]}",
     "mine.yaml:6:13: unknown key 'lok' in a guard; did you mean 'lock'?"},
    {"UnknownTag", "types:\n  - name: T\n    tag: deferred",
     "mine.yaml:6:10: unknown tag 'deferred'; did you mean 'defer'?"},
    {"UnknownLockKey", "lock-functions: {mutx: 0}",
     "mine.yaml:4:18: unknown key 'mutx' in an entry of lock-functions; did "
     "you mean 'mutex'?"},
    {"SleepWithoutPlaceholder", "sleep: mine::sleep(d)",
     "mine.yaml:4:8: the sleep expression lacks '{duration}'"},
    {"Anchor", "functions:\n  - &one\n    name: f\n    effect: none",
     "mine.yaml:6:5: anchors, aliases and tags are not part of the schema"},
};

INSTANTIATE_TEST_SUITE_P(Model, Mistakes, testing::ValuesIn(All),
                         [](const auto &Info) { return Info.param.Name; });

TEST(ModelErrors, AllMistakesOfAFileAreReportedInOrder) {
  std::string Found = messages("types:\n  - name: T\n    tag: x\n"
                               "functions:\n  - name: f\n    effect: y");
  EXPECT_EQ(Found, "mine.yaml:6:10: unknown tag 'x'; expected one of: defer, "
                   "try\n"
                   "mine.yaml:9:13: unknown effect 'y'; expected one of: "
                   "blocks, waits, runs-loop, locks, none");
}

TEST(ModelErrors, TheVersionMustBeStated) {
  std::vector<ModelError> Errors = errorsOf("library: mine\n");
  ASSERT_EQ(Errors.size(), 1u);
  EXPECT_EQ(written(Errors[0]), "mine.yaml:1:1: a model file starts with 'corolint-model: 1'");
}

TEST(ModelErrors, AnotherVersionIsRefused) {
  std::vector<ModelError> Errors = errorsOf("corolint-model: 2\nlibrary: x\n");
  ASSERT_EQ(Errors.size(), 1u);
  EXPECT_EQ(written(Errors[0]), "mine.yaml:1:17: this corolint reads model version 1, not 2");
}

TEST(ModelErrors, ABadConstantHasAPlace) {
  std::vector<ModelError> Errors =
      errorsOf("corolint-model: 1\nlibrary: x\nconstants: {A: 1, A: 2, B-C: 3, "
               "D: lots}\n");
  ASSERT_EQ(Errors.size(), 3u);
  EXPECT_EQ(written(Errors[0]), "mine.yaml:3:19: constant 'A' is given twice");
  EXPECT_EQ(written(Errors[1]), "mine.yaml:3:25: 'B-C' is not an identifier");
  EXPECT_EQ(written(Errors[2]), "mine.yaml:3:36: unknown constant 'lots'; expected one "
                                "of: A");
}

TEST(ModelErrors, TextThatIsNotYamlHasAPlace) {
  std::vector<ModelError> Errors = errorsOf("corolint-model: 1\nlibrary: x\nfunctions: [\n");
  ASSERT_FALSE(Errors.empty());
  EXPECT_EQ(Errors[0].File, "mine.yaml");
  EXPECT_GE(Errors[0].Line, 3u);
  EXPECT_GE(Errors[0].Column, 1u);
}

TEST(ModelErrors, AFileHoldsOneDocument) {
  std::vector<ModelError> Errors = errorsOf("corolint-model: 1\nlibrary: x\n---\nlibrary: y\n");
  ASSERT_EQ(Errors.size(), 1u);
  EXPECT_EQ(Errors[0].Message, "a file is a single document");
}

TEST(ModelErrors, AnEmptyFileIsAMistake) {
  std::vector<ModelError> Errors = errorsOf("");
  ASSERT_EQ(Errors.size(), 1u);
  EXPECT_EQ(Errors[0].Message, "a model file is a mapping, but this is nothing");
}

TEST(ModelErrors, DeepNestingEnds) {
  std::vector<ModelError> Errors =
      errorsOf("corolint-model: 1\nlibrary: x\nfunctions: " + std::string(40, '[') +
               std::string(40, ']') + "\n");
  ASSERT_FALSE(Errors.empty());
  EXPECT_EQ(Errors[0].Message, "nested too deeply");
}

} // namespace
