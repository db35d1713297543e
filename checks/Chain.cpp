// Chain.cpp - words what code on the loop reaches through calls
#include "checks/Chain.h"

namespace corolint {

/// In quotes, except for a lambda, whose name says what it is and has quotes of
/// its own: "lambda in 'serve'".
static std::string quoted(const std::string &Name) {
  return Name.starts_with("lambda") ? Name : "'" + Name + "'";
}

static std::string rootName(const color::Violation &Found) {
  using Root = color::Violation::Root;
  std::string Name = quoted(Found.Function);
  switch (Found.Why) {
  case Root::Coroutine:
    return "coroutine " + Name;
  case Root::Wrapper:
    return Name + ", which returns a task";
  case Root::Callback:
    return "callback " + Name;
  case Root::LoopOnly:
    return Name + ", which runs on the loop";
  case Root::NonBlocking:
    return Name + ", which is annotated as nonblocking";
  }
  return Name;
}

static std::string filled(std::string Text, const color::Violation &Found) {
  auto Put = [&](const std::string &Hole, const std::string &Value) {
    for (std::size_t At = Text.find(Hole); At != std::string::npos;
         At = Text.find(Hole, At + Value.size()))
      Text.replace(At, Hole.size(), Value);
  };
  Put("{sink}", quoted(Found.Primitive.Name));
  Put("{callee}", quoted(Found.Chain.front().Callee));
  Put("{root}", rootName(Found));
  return Text;
}

bool isOnLoop(const color::Violation &Found) {
  return Found.Why != color::Violation::Root::NonBlocking;
}

static std::string stepMessage(const color::Step &Step) {
  std::string Caller = quoted(Step.Caller), Callee = quoted(Step.Callee);
  switch (Step.How) {
  case facts::Dispatch::Destructor:
    return Caller + " runs " + Callee + " here";
  case facts::Dispatch::Virtual:
    return Caller + " calls " + Callee + " here, which is virtual";
  case facts::Dispatch::Pointer:
    return Caller + " may call " + Callee + " here, through a pointer";
  case facts::Dispatch::Parameter:
    return Caller + " passes " + Callee + " to a call that runs it";
  case facts::Dispatch::Static:
  case facts::Dispatch::Constructor:
    break;
  }
  return Caller + " calls " + Callee + " here";
}

bool isDestruction(const color::Violation &Found) {
  return Found.Chain.back().How == facts::Dispatch::Destructor &&
         Found.Primitive.Sure < facts::Confidence::High &&
         Found.Primitive.Name.find("::~") != std::string::npos;
}

facts::Finding chainFinding(const char *Id, const color::Violation &Found,
                            const ChainWords &Words) {
  facts::Finding Out;
  Out.Check = Id;
  Out.Where = Found.Where;
  Out.Function = Found.Function;
  Out.Sure = Found.Sure;
  Out.Suppressed = Found.Suppressed;
  Out.Help = Found.Primitive.Help;
  bool Direct = Found.Chain.size() == 1;
  Out.Message = filled(Direct ? Words.Direct : Words.Through, Found);
  if (Found.Others > 0)
    Out.Message += " (and in " + std::to_string(Found.Others) + " more)";
  if (!Direct)
    for (const color::Step &Step : Found.Chain)
      Out.Chain.push_back({Step.Where, stepMessage(Step)});
  if (Found.Mend)
    Out.Fixes.push_back(*Found.Mend);
  return Out;
}

} // namespace corolint
