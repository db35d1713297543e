// Contexts.cpp - which functions run on the loop, and what runs callables
#include "checks/color/Contexts.h"

#include "checks/color/Transfers.h"

namespace corolint::color {

using namespace facts;

Contexts::Contexts(Nodes &Program)
    : Roots(Program.functionCount()), Callbacks(Program.functionCount()),
      MadeByRun(Program.functionCount()),
      MadeOtherwise(Program.functionCount()) {
  transfer(Program);
  findRoots(Program);
  findMainTasks(Program);
}

void Contexts::transfer(Nodes &Program) {
  Transfers Known(Program);
  for (std::uint32_t C = 0; C != Program.calls().size(); ++C) {
    const CallSite &Site = Program.calls()[C];
    for (const Callable &Passed : Site.Facts->Callables) {
      if (Passed.Targets.empty())
        continue;
      std::vector<std::uint32_t> Targets;
      for (const std::string &Id : Passed.Targets)
        if (std::uint32_t Target = Program.find(Id); Target != None)
          Targets.push_back(Target);
      Ways Where = Known.waysOf(Site, Passed);
      bool Unsure = !Where.Inline || Targets.size() < Passed.Targets.size();
      for (std::uint32_t Target : Targets) {
        Callbacks[Target] = Callbacks[Target] || Where.Loop;
        MadeOtherwise[Target] = true;
      }
      if (Where.Inline || Where.Maybe)
        if (std::uint32_t Node = Program.oneOf(std::move(Targets));
            Node != None)
          Inlined.push_back({C, Node, Unsure});
    }
  }
}

void Contexts::findRoots(const Nodes &Program) {
  for (std::uint32_t F = 0; F != Roots.size(); ++F) {
    const Function &Facts = Program.function(F);
    if (Facts.Mixed || Facts.What == Kind::Generator)
      continue;
    if (Facts.What == Kind::Coroutine)
      Roots[F] = Violation::Root::Coroutine;
    else if (Facts.What == Kind::Wrapper)
      Roots[F] = Violation::Root::Wrapper;
    else if (Callbacks[F])
      Roots[F] = Violation::Root::Callback;
    else if (Facts.LoopOnly)
      Roots[F] = Violation::Root::LoopOnly;
  }
}

void Contexts::findMainTasks(const Nodes &Program) {
  for (const CallSite &Site : Program.calls()) {
    std::uint32_t Callee = Program.find(Site.Facts->Callee);
    if (Callee == None)
      continue;
    if (Site.Facts->MakesMainTask)
      MadeByRun[Callee] = true;
    else
      MadeOtherwise[Callee] = true;
  }
  // Whoever is called through a base or a pointer is not named at the call.
  for (std::uint32_t F = 0; F != Roots.size(); ++F)
    if (!Program.function(F).Overrides.empty())
      MadeOtherwise[F] = true;
  for (const auto &[Type, Ids] : Program.program().addressesTaken())
    for (const std::string &Id : Ids)
      if (std::uint32_t F = Program.find(Id); F != None)
        MadeOtherwise[F] = true;
}

} // namespace corolint::color
