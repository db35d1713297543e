// Questions.cpp - asks the linked program about colour

#include "tool/engine/Questions.h"

#include "checks/color/Questions.h"
#include "checks/model/Library.h"
#include "tool/engine/Convert.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint::tool {

struct Questions::Answers {
  color::Questions Ask;
  const model::Library &Models;

  llvm::Expected<color::Selector> select(llvm::StringRef Text) const;
  llvm::Expected<color::Selector> library(llvm::StringRef Name) const;
};

Questions::Questions(const color::Graph &Program, const model::Library &Models)
    : Of(new Answers{color::Questions(Program), Models}) {}
Questions::Questions(Questions &&) noexcept = default;
Questions::~Questions() = default;

/// Accepts what the model of the library names, and all of its namespaces.
llvm::Expected<color::Selector> Questions::Answers::library(llvm::StringRef Name) const {
  llvm::StringSet<> Names;
  std::vector<std::string> Prefixes, Known;
  for (const model::LibraryModel &One : Models.Models) {
    Known.push_back(One.Name);
    if (One.Name != Name)
      continue;
    for (const model::FunctionRule &Rule : One.Functions)
      for (llvm::StringRef Each : Rule.Names)
        if (Each.consume_back("*"))
          Prefixes.push_back(Each.str());
        else
          Names.insert(Each);
    for (const std::string &Space : One.Namespaces)
      Prefixes.push_back(Space + "::");
  }
  if (!llvm::is_contained(Known, Name)) {
    llvm::sort(Known);
    return llvm::createStringError("no model describes a library '" + Name + "'; there are " +
                                   llvm::join(Known, ", "));
  }
  return color::Selector{
      color::Selector::Kind::Named, [Names, Prefixes](const std::string &Function) {
        return Names.contains(Function) || llvm::any_of(Prefixes, [&](const std::string &Prefix) {
                 return llvm::StringRef(Function).starts_with(Prefix);
               });
      }};
}

llvm::Expected<color::Selector> Questions::Answers::select(llvm::StringRef Text) const {
  using Kind = color::Selector::Kind;
  llvm::StringRef Class = Text;
  if (Class.consume_front("[") && Class.consume_back("]")) {
    if (Class == "async")
      return color::Selector{Kind::Async, nullptr};
    if (Class == "loop")
      return color::Selector{Kind::Loop, nullptr};
    if (Class == "blocking")
      return color::Selector{Kind::Blocking, nullptr};
    if (Class.consume_front("library:"))
      return library(Class);
    return llvm::createStringError("no class of functions is called '" + Text +
                                   "'; there are [async], [loop], [blocking] and "
                                   "[library:NAME]");
  }
  auto Glob = llvm::GlobPattern::create(Text);
  if (!Glob)
    return llvm::createStringError("'" + Text +
                                   "' is no glob: " + llvm::toString(Glob.takeError()));
  // The pattern refers to its text.
  auto Kept = std::make_shared<std::string>(Text.str());
  auto Made = std::make_shared<llvm::GlobPattern>(*llvm::GlobPattern::create(*Kept));
  color::Selector Out{Kind::Named, [Kept, Made](const std::string &Function) {
                        return Function == *Kept || Made->match(Function);
                      }};
  if (!Ask.isKnown(Out))
    return llvm::createStringError("nothing in the program is called '" + Text + "'");
  return Out;
}

static std::vector<Hop> hops(const std::vector<color::Step> &Steps) {
  std::vector<Hop> Out;
  for (const color::Step &Each : Steps)
    Out.push_back({convert(Each.Where), Each.Caller, Each.Callee,
                   Each.How == facts::Dispatch::Virtual || Each.How == facts::Dispatch::Pointer});
  return Out;
}

static const char *word(facts::Effect What) {
  switch (What) {
  case facts::Effect::Blocks:
    return "blocks";
  case facts::Effect::Waits:
    return "waits for asynchronous work";
  case facts::Effect::RunsLoop:
    return "runs an event loop";
  case facts::Effect::Locks:
    return "takes a lock";
  }
  return "";
}

static std::string colorOf(const color::Portrait &From) {
  std::string Out;
  switch (From.What) {
  case facts::Kind::Function:
    Out = "blue: an ordinary function";
    break;
  case facts::Kind::Coroutine:
    Out = "red: a coroutine";
    break;
  case facts::Kind::Wrapper:
    Out = "red: returns a task";
    break;
  case facts::Kind::Generator:
    Out = "blue: a synchronous generator";
    break;
  }
  if (From.Mixed)
    Out += ", annotated for both colours";
  if (From.Opaque)
    Out += ", annotated as free of effects";
  return Out;
}

static const char *contextOf(const color::Portrait &From) {
  using Root = color::Violation::Root;
  if (!From.Root)
    return "not known to run on a loop of itself";
  switch (*From.Root) {
  case Root::Coroutine:
  case Root::Wrapper:
    return "on the loop: asynchronous code runs there";
  case Root::Callback:
    return "on the loop: it is given to one as a callback";
  case Root::LoopOnly:
    return "on the loop: an annotation says so";
  case Root::NonBlocking:
    break;
  }
  return "";
}

llvm::Expected<std::vector<std::vector<Hop>>> Questions::paths(const std::string &From,
                                                               const std::string &To) const {
  auto First = Of->select(From);
  if (!First)
    return First.takeError();
  auto Last = Of->select(To);
  if (!Last)
    return Last.takeError();
  std::vector<std::vector<Hop>> Out;
  for (const std::vector<color::Step> &Way : Of->Ask.paths(*First, *Last))
    Out.push_back(hops(Way));
  return Out;
}

llvm::Expected<std::vector<Portrait>> Questions::portraits(const std::string &Text) const {
  auto Which = Of->select(Text);
  if (!Which)
    return Which.takeError();
  std::vector<Portrait> Out;
  for (const color::Portrait &From : Of->Ask.portraits(*Which)) {
    Portrait One{From.Name, convert(From.Where), colorOf(From), contextOf(From), {}};
    for (const color::Portrait::Ability &Can : From.Effects)
      One.Effects.push_back(
          {word(Can.Primitive.What), Can.Primitive.Name, convert(Can.Sure), hops(Can.Chain)});
    Out.push_back(std::move(One));
  }
  return Out;
}

std::vector<UnmodelledFunction> Questions::unmodelled() const {
  std::vector<UnmodelledFunction> Out;
  for (const color::UnmodelledFunction &From : Of->Ask.unmodelled())
    Out.push_back({From.Name, From.Files, From.OnLoop});
  return Out;
}

std::vector<Suggestion> Questions::suggestions() const {
  std::vector<Suggestion> Out;
  for (const color::Suggestion &From : Of->Ask.suggestions())
    Out.push_back(
        {From.Name, convert(From.Where), From.Primitive.Name, hops(From.Chain), From.Callers});
  return Out;
}

Drawing Questions::drawing(bool Everything) const {
  Drawing Out;
  color::Drawing From = Of->Ask.drawing(Everything);
  for (const color::Drawing::Node &One : From.Nodes)
    Out.Nodes.push_back({One.Name, convert(One.Where), One.Red, One.Primitive, One.OnChain});
  for (const color::Drawing::Line &One : From.Lines)
    Out.Lines.push_back({One.From, One.To, One.OnChain});
  return Out;
}

std::vector<std::string> Questions::names() const { return Of->Ask.names(); }

} // namespace corolint::tool
