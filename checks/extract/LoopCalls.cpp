// LoopCalls.cpp - calls that run an event loop
#include "checks/extract/LoopCalls.h"

#include "checks/extract/BodyIndex.h"
#include "checks/model/Model.h"

#include "llvm/ADT/STLExtras.h"

namespace corolint {

bool mayRunLoop(const CallSite &Site, const model::Model &Models) {
  return llvm::any_of(Models.rules(Site), [](const model::FunctionRule *Rule) {
    return Rule->Does && Rule->Does->What == facts::Effect::RunsLoop;
  });
}

bool mayRunLoop(const BodyIndex &Index, const model::Model &Models) {
  return llvm::any_of(Index.calls(), [&](const clang::Expr *Call) {
    std::optional<CallSite> Site = CallSite::of(Call);
    return Site && mayRunLoop(*Site, Models);
  });
}

} // namespace corolint
