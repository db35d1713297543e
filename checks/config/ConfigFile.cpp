// ConfigFile.cpp - reads a configuration key by key

#include "checks/config/ConfigFile.h"

#include "checks/config/Requirement.h"
#include "checks/model/ModelReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace corolint::config {

using model::Key;
using model::ModelNode;
using model::ModelReader;

namespace {

/// A file while it is read, and the block in it that is at hand.
struct Draft {
  ConfigFile &File;
  llvm::ArrayRef<RegisteredCheck> Checks;
  Block *Values;
  Override *Of = nullptr; ///< when the block is an override
  const ModelNode *Inherit = nullptr;

  Origin at(const ModelNode &Node) const { return {File.Path, Node.Line, Node.Column}; }

  std::string absolute(const std::string &Path) const {
    llvm::SmallString<256> Full;
    if (!llvm::sys::path::is_absolute(Path))
      Full = File.Folder;
    llvm::sys::path::append(Full, Path);
    llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
    return Full.str().str();
  }
};

template <Rule::Verb Verb> void readRules(ModelReader &Reader, const ModelNode &From, Draft &To) {
  if (Verb == Rule::Verb::Select && From.isList() && From.Items.empty())
    return Reader.error(From, "an empty 'select' says nothing; 'ignore: all' "
                              "switches all checks off");
  Reader.readList(From, [&](const ModelNode &Item) {
    if (!Item.isScalar() || Item.Text.empty()) {
      Reader.readText(Item); // says what is wrong
      return;
    }
    if (llvm::StringRef(Item.Text).contains(','))
      Reader.error(Item, "several checks are written as a list: [" + Item.Text + "]");
    else if (std::string Mistake = mistakeIn(Item.Text, To.Checks); !Mistake.empty())
      Reader.error(Item, Mistake);
    else
      To.Values->Rules.push_back({Verb, Item.Text, To.at(Item)});
  });
}

/// The value of \p Declared in \p From, as OptionValues keep it.
std::string readOption(ModelReader &Reader, const ModelNode &From, const Option &Declared) {
  switch (Declared.Of) {
  case Option::Type::Bool:
    return Reader.readFlag(From) ? "true" : "false";
  case Option::Type::StringList:
    return llvm::join(Reader.readTexts(From), ";");
  }
  return {};
}

void readOptionsOf(ModelReader &Reader, const RegisteredCheck &Check, const ModelNode &From,
                   Draft &To) {
  std::span<const Option> Known;
  if (Check.Object)
    Known = Check.Object->options();
  std::vector<std::string> Names;
  for (const Option &One : Known)
    Names.push_back(One.Name);
  llvm::StringRef Id = Check.Info.Id;
  if (!From.isMap())
    return Reader.error(From, "the options of a check are written {Name: value}");
  for (const ModelNode::Entry &Entry : From.Entries) {
    auto Found =
        llvm::find_if(Known, [&](const Option &One) { return Entry.Key.Text == One.Name; });
    Setting<std::string> &Into = To.Values->Options[Check.Info.Id][Entry.Key.Text];
    if (Names.empty())
      Reader.error(Entry.Key, "'" + Id + "' has no options");
    else if (Found == Known.end())
      Reader.error(Entry.Key, "'" + Id + "' has no option '" + Entry.Key.Text + "'" +
                                  didYouMean(Entry.Key.Text, Names) +
                                  (didYouMean(Entry.Key.Text, Names).empty()
                                       ? "; it has " + llvm::join(Names, ", ")
                                       : ""));
    else if (!Into.Value.empty())
      Reader.error(Entry.Key, "option '" + Entry.Key.Text + "' is given twice");
    else
      Into = {readOption(Reader, Entry.Value, *Found), To.at(Entry.Value)};
  }
}

void readOptions(ModelReader &Reader, const ModelNode &From, Draft &To) {
  if (!From.isMap())
    return Reader.error(From, "options are written {coro-CHECK: {Name: value}}");
  for (const ModelNode::Entry &Entry : From.Entries) {
    auto Check = llvm::find_if(
        To.Checks, [&](const RegisteredCheck &One) { return Entry.Key.Text == One.Info.Id; });
    if (Check == To.Checks.end())
      Reader.error(Entry.Key, unknownCheck(Entry.Key.Text, To.Checks));
    else
      readOptionsOf(Reader, *Check, Entry.Value, To);
  }
}

void readModels(ModelReader &Reader, const ModelNode &From, Draft &To) {
  Reader.readList(From, [&](const ModelNode &Item) {
    if (!Item.isMap()) {
      std::string Path = Reader.readText(Item);
      if (Path.empty())
        return;
      To.Values->Models.push_back({To.absolute(Path), To.at(Item)});
      return;
    }
    model::Library Inline;
    llvm::append_range(To.File.Mistakes, model::addModel(Inline, Item, To.File.Path));
    for (model::LibraryModel &One : Inline.Models)
      To.Values->Models.push_back(
          {std::make_shared<const model::LibraryModel>(std::move(One)), To.at(Item)});
  });
}

void readFailOn(ModelReader &Reader, const ModelNode &From, Draft &To) {
  static constexpr model::Word<FailOn> Words[] = {
      {"warning", FailOn::Warning}, {"high", FailOn::High}, {"never", FailOn::Never}};
  if (auto Value = Reader.readWord<FailOn>(From, Words, "level"))
    To.Values->Fail = {*Value, To.at(From)};
}

void readFiles(ModelReader &Reader, const ModelNode &From, Draft &To) {
  Reader.readList(From, [&](const ModelNode &Item) {
    std::string Text = Reader.readText(Item);
    if (Text.empty())
      return;
    if (auto Glob = PathGlob::parse(Text))
      To.Of->Files.push_back(std::move(*Glob));
    else
      Reader.error(Item,
                   "'" + Text + "' is no glob over files: " + llvm::toString(Glob.takeError()));
  });
}

/// What a file and its overrides may have.
constexpr Key<Draft> BlockKeys[] = {
    {"select", readRules<Rule::Verb::Select>},
    {"extend-select", readRules<Rule::Verb::Extend>},
    {"ignore", readRules<Rule::Verb::Ignore>},
    {"strict", [](ModelReader &Reader, const ModelNode &From,
                  Draft &To) { To.Values->Strict = {Reader.readFlag(From), To.at(From)}; }},
    {"options", readOptions},
    {"models", readModels},
    {"fail-on", readFailOn},
    {"summary", [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.Values->Summary = {To.absolute(Reader.readText(From)), To.at(From)};
     }}};

constexpr Key<Draft> OverrideOnly[] = {{"files", readFiles}};

std::vector<Key<Draft>> withBlockKeys(llvm::ArrayRef<Key<Draft>> Own) {
  std::vector<Key<Draft>> Result(Own.begin(), Own.end());
  llvm::append_range(Result, BlockKeys);
  return Result;
}

/// The order of keys in a mapping has no meaning: ignore comes last.
void sortRules(Block &Values) {
  llvm::stable_sort(Values.Rules, [](const Rule &A, const Rule &B) { return A.What < B.What; });
}

void readOverrides(ModelReader &Reader, const ModelNode &From, Draft &To) {
  static const std::vector<Key<Draft>> Keys = withBlockKeys(OverrideOnly);
  Reader.readList(From, [&](const ModelNode &Item) {
    Override One;
    Draft Part{To.File, To.Checks, &One.Values, &One};
    if (!Reader.readMap<Draft>(Item, Part, Keys, "an override"))
      return;
    if (!Item.find("files"))
      Reader.error(Item, "an override needs 'files': globs that say for which");
    else if (Item.Entries.size() == 1)
      Reader.error(Item, "an override needs settings beside 'files'");
    sortRules(One.Values);
    To.File.Overrides.push_back(std::move(One));
  });
}

constexpr Key<Draft> FileOnly[] = {
    {"root", [](ModelReader &Reader, const ModelNode &From,
                Draft &To) { To.File.Root = Reader.readFlag(From); }},
    {"inherit",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.File.Inherit = Reader.readFlag(From);
       To.Inherit = &From;
     }},
    // Read before all else.
    {"require", [](ModelReader &, const ModelNode &, Draft &) {}},
    {"overrides", readOverrides}};

const std::vector<Key<Draft>> &fileKeys() {
  static const std::vector<Key<Draft>> Keys = withBlockKeys(FileOnly);
  return Keys;
}

/// False when the file is for another corolint: then nothing else in it is
/// read.
bool readRequirement(ModelReader &Reader, const ModelNode &Root) {
  const ModelNode *From = Root.find("require");
  if (!From)
    return true;
  std::string Text = Reader.readText(*From);
  llvm::Expected<bool> Met = meets(COROLINT_VERSION, Text);
  if (!Met)
    Reader.error(*From, llvm::toString(Met.takeError()));
  else if (!*Met)
    Reader.error(*From, "this is corolint " COROLINT_VERSION ", and the configuration requires '" +
                            Text + "'");
  else
    return true;
  return false;
}

} // namespace

bool Override::matches(llvm::StringRef Path) const {
  return llvm::any_of(Files, [&](const PathGlob &One) { return One.matches(Path); });
}

ConfigFile readConfigFile(const std::string &Yaml, const std::string &Path,
                          llvm::ArrayRef<RegisteredCheck> Checks) {
  ConfigFile Result;
  Result.Path = Path;
  Result.Folder = llvm::sys::path::parent_path(Path).str();
  ModelNode Root;
  Result.Mistakes = model::parseModelYaml(Yaml, Root);
  for (Mistake &One : Result.Mistakes)
    One.File = Path;
  // An empty file is a good one: it marks a project.
  if (!Result.Mistakes.empty() || Root.isNull())
    return Result;
  ModelReader Reader(Path);
  Draft Read{Result, Checks, &Result.Values};
  if (readRequirement(Reader, Root) &&
      Reader.readMap<Draft>(Root, Read, fileKeys(), "a configuration") && Result.Root &&
      Result.Inherit && Read.Inherit)
    Reader.error(*Read.Inherit, "a root inherits nothing: take one of the two away");
  sortRules(Result.Values);
  llvm::append_range(Result.Mistakes, Reader.takeErrors());
  llvm::stable_sort(Result.Mistakes, [](const Mistake &A, const Mistake &B) {
    return std::tie(A.Line, A.Column) < std::tie(B.Line, B.Column);
  });
  return Result;
}

std::vector<llvm::StringRef> configurationKeys() {
  std::vector<llvm::StringRef> Result;
  for (const Key<Draft> &One : fileKeys())
    Result.push_back(One.Name);
  for (const Key<Draft> &One : OverrideOnly)
    Result.push_back(One.Name);
  return Result;
}

} // namespace corolint::config
