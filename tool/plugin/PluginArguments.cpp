// PluginArguments.cpp - what -fplugin-arg-corolint-... says
#include "tool/plugin/PluginArguments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace corolint {

namespace {

struct Row {
  StringRef Name;
  bool TakesValue;
  void (*Set)(PluginArguments &, StringRef Value);
};

void addRules(PluginArguments &Into, StringRef Patterns, config::Rule::Verb What) {
  SmallVector<StringRef, 8> Each;
  Patterns.split(Each, ',', -1, /*KeepEmpty=*/false);
  for (StringRef One : Each)
    Into.Asked.Rules.push_back({What, One.trim().str(), {Into.Asked.Name, 0, 0}});
}

std::string absolute(StringRef Path) {
  SmallString<256> Full(Path);
  return sys::fs::real_path(Path, Full) ? Path.str() : Full.str().str();
}

const Row Rows[] = {
    {"config", true, [](PluginArguments &To, StringRef V) { To.Asked.File = V.str(); }},
    {"facts", true, [](PluginArguments &To, StringRef V) { To.Facts = V.str(); }},
    {"ignore", true,
     [](PluginArguments &To, StringRef V) { addRules(To, V, config::Rule::Verb::Ignore); }},
    {"models", true, [](PluginArguments &To, StringRef V) { To.Asked.Models.push_back(V.str()); }},
    {"no-config", false, [](PluginArguments &To, StringRef) { To.Asked.NoFiles = true; }},
    {"root", true, [](PluginArguments &To, StringRef V) { To.Root = absolute(V); }},
    {"select", true,
     [](PluginArguments &To, StringRef V) { addRules(To, V, config::Rule::Verb::Select); }},
    {"strict", false, [](PluginArguments &To, StringRef) { To.Asked.Strict = true; }},
    {"summary", true, [](PluginArguments &To, StringRef V) { To.Asked.Summary = V.str(); }},
    {"werror", false, [](PluginArguments &To, StringRef) { To.AsErrors = true; }},
};

Error unknown(StringRef Name) {
  std::vector<std::string> Names;
  for (const Row &One : Rows)
    Names.push_back(One.Name.str());
  std::string Hint = config::didYouMean(Name, Names);
  return createStringError("the plugin has no argument '" + Name + "'" +
                           (Hint.empty() ? "; there are " + join(Names, ", ") : Hint));
}

} // namespace

Expected<PluginArguments> parsePluginArguments(const std::vector<std::string> &Words) {
  PluginArguments Result;
  Result.Asked.Name = "plugin argument";
  for (StringRef Word : Words) {
    auto [Name, Value] = Word.split('=');
    const Row *Known = find_if(Rows, [&](const Row &One) { return One.Name == Name; });
    if (Known == std::end(Rows))
      return unknown(Name);
    if (Known->TakesValue && Value.empty())
      return createStringError("the plugin's argument '" + Name + "' needs a value: '" + Name +
                               "=...'");
    if (!Known->TakesValue && Word.contains('='))
      return createStringError("the plugin's argument '" + Name + "' takes no value");
    Known->Set(Result, Value);
  }
  if (!Result.Root.empty() && !sys::fs::is_directory(Result.Root))
    return createStringError("the plugin's argument 'root' names no folder: '" + Result.Root + "'");
  return Result;
}

} // namespace corolint
