// AssumesEagerStart.cpp - a value is read before its writer runs
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/EarlyReads.h"
#include "checks/model/Names.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class AssumesEagerStartCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const EarlyRead &One : findEarlyReads(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const EarlyRead &Read) {
    std::string Child = displayName(*Read.Child);
    if (!llvm::StringRef(Child).starts_with("lambda"))
      Child = "'" + Child + "'";
    std::string Message = "'" + Read.Variable->getNameAsString() + "' is read before " + Child +
                          " can have written it; " +
                          (Read.Spawned ? "the task first runs when this coroutine suspends"
                                        : "the task first runs when it is awaited");
    facts::Finding Out =
        Unit.finding("coro-assumes-eager-start", Body.function(), Read.Read, Message);
    Out.Chain.push_back(
        Unit.note(Read.Made, Read.Spawned ? "spawned here" : "made here, and not started"));
    Out.Chain.push_back(Unit.note(Read.Write, "written here, later"));
    Out.Help = "await the task before the value is read";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeAssumesEagerStart() {
  return std::make_unique<AssumesEagerStartCheck>();
}

} // namespace corolint
