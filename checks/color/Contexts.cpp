// Contexts.cpp - which functions run on the loop, and what runs callables
#include "checks/color/Contexts.h"

#include "checks/color/Transfers.h"

namespace corolint::color {

using namespace facts;

Contexts::Contexts(Nodes &Program)
    : Roots(Program.functionCount()), Callbacks(Program.functionCount()),
      OnThread(Program.functionCount()), WrittenForThread(Program.functionCount()),
      GivenElsewhere(Program.functionCount()), MadeByRun(Program.functionCount()),
      MadeOtherwise(Program.functionCount()) {
  transfer(Program);
  findThreadTasks(Program);
  findRoots(Program);
  findMainTasks(Program);
}

/// True for a lambda that is written at \p Place in the arguments of \p Call.
static bool isWithin(const Location &Place, const Location &Call) {
  auto At = std::pair(Place.Line, Place.Column);
  return Place.File == Call.File && At > std::pair(Call.Line, Call.Column) &&
         At < std::pair(Call.EndLine, Call.EndColumn);
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
        if (std::uint32_t Target = Program.find(Id, Program.where(C)); Target != None)
          Targets.push_back(Target);
      Ways Where = Known.waysOf(Site, Passed);
      bool Unsure = !Where.Inline || Targets.size() < Passed.Targets.size();
      for (std::uint32_t Target : Targets) {
        Callbacks[Target] = Callbacks[Target] || Where.Loop;
        bool InTask = Passed.How == Transfer::Inline && Site.Facts->MakesThreadTask &&
                      Program.function(Target).What == Kind::Coroutine;
        if (Passed.How == Transfer::Thread || InTask) {
          OnThread[Target] = true;
          if (isWithin(Program.function(Target).Where, Site.Facts->Where))
            WrittenForThread[Target] = true;
        } else
          GivenElsewhere[Target] = true;
        MadeOtherwise[Target] = true;
      }
      if (Where.Inline || Where.Maybe)
        if (std::uint32_t Node = Program.oneOf(std::move(Targets)); Node != None)
          Inlined.push_back({C, Node, Unsure});
    }
  }
}

/// A task runs on a pool when it is given to nobody but pools, and tasks that
/// run on a pool themselves: what those await stays there.
void Contexts::findThreadTasks(const Nodes &Program) {
  auto IsTask = [&](std::uint32_t F) {
    return Program.function(F).What == Kind::Coroutine || Program.function(F).What == Kind::Wrapper;
  };
  auto GivesToThread = [](const CallSite &Site) {
    return Site.Facts->MakesThreadTask || Site.Facts->OffLoop;
  };
  auto ForEachMade = [&](std::uint32_t First, std::uint32_t Last, auto Do) {
    for (std::uint32_t C = First; C != Last; ++C) {
      const CallSite &Site = Program.calls()[C];
      if (Site.Named != None && IsTask(Site.Named))
        Do(Site, Site.Named);
    }
  };
  std::vector<std::uint32_t> Work;
  auto Put = [&](std::uint32_t Task, bool Value) {
    // Nobody but the pool can call what is written in its arguments.
    Value |= WrittenForThread[Task] && IsTask(Task);
    if (OnThread[Task] != Value)
      Work.push_back(Task);
    OnThread[Task] = Value;
  };
  auto Follow = [&](auto Do) {
    for (; !Work.empty();) {
      auto [First, Last] = Program.callsIn(Work.back());
      Work.pop_back();
      ForEachMade(First, Last, Do);
    }
  };
  for (std::uint32_t F = 0; F != OnThread.size(); ++F)
    if (OnThread[F]) {
      OnThread[F] = false;
      Put(F, IsTask(F));
    }
  ForEachMade(0, Program.calls().size(), [&](const CallSite &Site, std::uint32_t Made) {
    if (GivesToThread(Site))
      Put(Made, true);
  });
  Follow([&](const CallSite &, std::uint32_t Made) { Put(Made, true); });
  // What anybody else makes too may run on the loop, and so may what it awaits.
  auto Keep = [&](const CallSite &Site, std::uint32_t Made) {
    if (!GivesToThread(Site) && !OnThread[Site.Function])
      Put(Made, false);
  };
  for (std::uint32_t F = 0; F != OnThread.size(); ++F)
    if (GivenElsewhere[F] || !Program.function(F).Overrides.empty())
      Put(F, false);
  Work.clear();
  ForEachMade(0, Program.calls().size(), Keep);
  Follow(Keep);
}

void Contexts::findRoots(const Nodes &Program) {
  for (std::uint32_t F = 0; F != Roots.size(); ++F) {
    const Function &Facts = Program.function(F);
    if (Facts.Mixed || Facts.What == Kind::Generator || OnThread[F])
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
    if (Site.Named == None)
      continue;
    if (Site.Facts->MakesMainTask)
      MadeByRun[Site.Named] = true;
    else
      MadeOtherwise[Site.Named] = true;
  }
  // Whoever is called through a base or a pointer is not named at the call.
  for (std::uint32_t F = 0; F != Roots.size(); ++F)
    if (!Program.function(F).Overrides.empty())
      MadeOtherwise[F] = true;
  for (const auto &[Type, Ids] : Program.program().addressesTaken())
    for (const std::string &Id : Ids)
      for (std::uint32_t F : Program.all(Id))
        MadeOtherwise[F] = true;
}

} // namespace corolint::color
