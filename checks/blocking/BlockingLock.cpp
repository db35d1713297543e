// BlockingLock.cpp - code on the event loop takes a contended lock
#include "checks/Chain.h"
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LockUses.h"
#include "checks/model/Names.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

constexpr Option All = {"AllLocks", Option::Type::Bool, "false",
                        "report each lock that code on the loop takes"};
constexpr Option Options[] = {All};

constexpr ChainWords AnyLock = {
    "{sink} blocks the event loop in {root} while another thread holds the lock",
    "call of {callee} blocks the event loop in {root} while another thread holds the lock "
    "of {sink}"};

class BlockingLockCheck : public Check {
public:
  std::span<const Option> options() const override { return Options; }

  /// The chains to locks are those of this unit: what others do with a mutex is
  /// told by its AST.
  void checkUnit(const Analysis &Unit, const OptionValues &Values,
                 std::vector<facts::Finding> &Out) const override {
    if (!takesLocks(Unit.unit()))
      return;
    color::Graph Program;
    Program.add(Unit.unit());
    std::optional<LockUses> Uses;
    for (const color::Violation &Found : color::solve(Program)) {
      if (Found.What != facts::Effect::Locks)
        continue;
      if (!Uses)
        Uses = findLockUses(Unit);
      const facts::Place &Where = Found.Chain.back().Where;
      auto Taken = Uses->Taken.find({Where.File, Where.Line});
      const LongHold *Other =
          Taken == Uses->Taken.end() ? nullptr : Uses->holdAgainst(Taken->second);
      if (Other)
        Out.push_back(word(Unit, Found, *Other));
      else if (isOn(Values, All))
        Out.push_back(chainFinding("coro-blocking-lock", Found, AnyLock));
    }
  }

private:
  static bool takesLocks(const facts::Unit &Unit) {
    return llvm::any_of(Unit.Functions, [](const facts::Function &One) {
      return llvm::any_of(One.Calls, [](const facts::Call &Call) {
        return Call.Primitive && Call.Primitive->What == facts::Effect::Locks;
      });
    });
  }

  static facts::Finding word(const Analysis &Unit, const color::Violation &Found,
                             const LongHold &Other) {
    std::string Name = "'" + Other.Mutex->getNameAsString() + "'";
    std::string Holder = displayName(*Other.Holder);
    if (!llvm::StringRef(Holder).starts_with("lambda"))
      Holder = "'" + Holder + "'";
    std::string Rest = " blocks the event loop in {root} while " + Holder + " holds it ";
    Rest += "during '" + Other.Called + "'";
    std::string Direct = "locking " + Name + Rest;
    std::string Through = "call of {callee} locks " + Name + ", which" + Rest;
    facts::Finding Out =
        chainFinding("coro-blocking-lock", Found, {Direct.c_str(), Through.c_str()});
    Out.Chain.push_back(Unit.note(Other.Taken, Holder + " takes the lock here"));
    Out.Chain.push_back(Unit.note(Other.Slow, "it waits for '" + Other.Called + "' here"));
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeBlockingLock() { return std::make_unique<BlockingLockCheck>(); }

} // namespace corolint
