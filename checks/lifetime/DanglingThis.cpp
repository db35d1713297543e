// DanglingThis.cpp - a task that nobody waits for uses its object
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UnkeptThis.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint {

namespace {

class DanglingThisCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const UnkeptThis &One : findUnkeptThis(Unit, Body))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const UnkeptThis &One) {
    const auto &Method = cast<CXXMethodDecl>(Body.function());
    std::string Object = "this '" + Method.getParent()->getNameAsString() + "'";
    facts::Finding Out =
        Unit.finding("coro-dangling-this", Method,
                     One.Task ? One.Task->getSourceRange() : SourceRange(Method.getLocation()),
                     One.Task ? "nobody waits for this task of '" + displayName(*One.Callee) +
                                    "', and nothing keeps " + Object + " alive, which it uses"
                              : "nobody can wait for this coroutine, and nothing keeps " + Object +
                                    " alive, which it uses");
    Out.Sure = facts::Confidence::Medium;
    if (One.Spawn)
      Out.Chain.push_back(
          Unit.note(One.Spawn->getSourceRange(), One.Task ? "started here" : "suspended here"));
    if (One.Use)
      Out.Chain.push_back(
          Unit.note(One.Use->getSourceRange(), "the object is used here, after a suspension"));
    Out.Help = "let the task hold a std::shared_ptr of the object, or wait for it before "
               "the object dies";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDanglingThis() { return std::make_unique<DanglingThisCheck>(); }

} // namespace corolint
