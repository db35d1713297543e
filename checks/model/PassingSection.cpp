// PassingSection.cpp - reads what becomes of tasks and callables

#include "checks/model/ModelSections.h"

namespace corolint::model {
namespace {

using facts::Transfer;

constexpr Word<Transfer> Transfers[] = {{"inline", Transfer::Inline},
                                        {"loop", Transfer::Loop},
                                        {"thread", Transfer::Thread},
                                        {"stored", Transfer::Stored}};

constexpr Word<ConsumeRule::Mode> Modes[] = {
    {"await", ConsumeRule::Mode::Await},   {"spawn", ConsumeRule::Mode::Spawn},
    {"detach", ConsumeRule::Mode::Detach}, {"gather", ConsumeRule::Mode::Gather},
    {"run", ConsumeRule::Mode::Run},       {"store", ConsumeRule::Mode::Store},
    {"borrow", ConsumeRule::Mode::Borrow}};

constexpr Word<bool> Results[] = {{"dropped", true}, {"used", false}};
constexpr Word<bool> StartWords[] = {{"now", false}, {"later", true}};

constexpr Word<CallableRule::Life> Lives[] = {{"moved-into-frame", CallableRule::Life::Frame},
                                              {"until-await", CallableRule::Life::UntilAwait},
                                              {"moved-until-return", CallableRule::Life::Return}};

constexpr Key<ConsumeRule> ConsumeKeys[] = {
    {"arg", [](ModelReader &Reader, const ModelNode &From,
               ConsumeRule &To) { To.Argument = Reader.readArgument(From); }},
    {"as",
     [](ModelReader &Reader, const ModelNode &From, ConsumeRule &To) {
       To.How = Reader.readWord<ConsumeRule::Mode>(From, Modes, "mode")
                    .value_or(ConsumeRule::Mode::Spawn);
     }},
    {"runs", [](ModelReader &Reader, const ModelNode &From,
                ConsumeRule &To) { To.Runs = readTransfer(Reader, From); }},
    {"owned", [](ModelReader &Reader, const ModelNode &From,
                 ConsumeRule &To) { To.Owned = Reader.readFlag(From); }},
    {"errors-to", [](ModelReader &Reader, const ModelNode &From,
                     ConsumeRule &To) { To.ErrorsTo = Reader.readArgument(From); }},
    {"starts", [](ModelReader &Reader, const ModelNode &From, ConsumeRule &To) {
       To.StartsLater = Reader.readWord<bool>(From, StartWords, "start").value_or(false);
     }}};

constexpr Key<CallableRule> CallableKeys[] = {
    {"arg", [](ModelReader &Reader, const ModelNode &From,
               CallableRule &To) { To.Argument = Reader.readArgument(From); }},
    {"runs", [](ModelReader &Reader, const ModelNode &From,
                CallableRule &To) { To.Runs = readTransfer(Reader, From); }},
    {"lifetime",
     [](ModelReader &Reader, const ModelNode &From, CallableRule &To) {
       To.Lifetime = Reader.readWord<CallableRule::Life>(From, Lives, "lifetime");
     }},
    {"result", [](ModelReader &Reader, const ModelNode &From, CallableRule &To) {
       To.DropsResult = Reader.readWord<bool>(From, Results, "result").value_or(false);
     }}};

} // namespace

Transfer readTransfer(ModelReader &Reader, const ModelNode &From) {
  return Reader.readWord<Transfer>(From, Transfers, "place to run").value_or(Transfer::Stored);
}

std::vector<ConsumeRule> readConsumes(ModelReader &Reader, const ModelNode &From) {
  std::vector<ConsumeRule> Out;
  readRules<ConsumeRule>(Reader, From, Out, ConsumeKeys, "an entry of consumes", "as");
  return Out;
}

std::vector<CallableRule> readCallables(ModelReader &Reader, const ModelNode &From) {
  std::vector<CallableRule> Out;
  readRules<CallableRule>(Reader, From, Out, CallableKeys, "an entry of callables", "runs");
  return Out;
}

void addPassingWords(std::vector<llvm::StringRef> &Words) {
  addNames(ConsumeKeys, Words);
  addNames(CallableKeys, Words);
  addNames(Transfers, Words);
  addNames(Modes, Words);
  addNames(StartWords, Words);
  addNames(Results, Words);
  addNames(Lives, Words);
}

} // namespace corolint::model
