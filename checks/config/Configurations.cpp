// Configurations.cpp - finds, reads and merges configuration files

#include "checks/config/Configurations.h"

#include "checks/config/ConfigFile.h"
#include "checks/config/FileCache.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include <mutex>

namespace path = llvm::sys::path;

namespace corolint::config {

namespace {

/// One model file; without a model it has mistakes.
struct ModelFile {
  std::shared_ptr<const model::LibraryModel> Model;
  std::vector<Mistake> Mistakes;
};

/// A configuration file that applies.
struct Layer {
  std::string Path;
  std::shared_ptr<const Parsed<ConfigFile>> Read; ///< null: there is none
};

using Models = std::vector<std::shared_ptr<const model::LibraryModel>>;

/// What was read, and the configurations made from it.
struct Store {
  llvm::ArrayRef<RegisteredCheck> Checks;
  FileCache<ConfigFile> Files;
  FileCache<ModelFile> ModelFiles;
  /// By all that decides about them: what changes has another version.
  std::map<std::string, std::shared_ptr<const Configuration>> Made;
  std::map<std::string, std::weak_ptr<const model::Library>> Libraries;

  Layer file(const std::string &Path) {
    return {Path, Files.get(Path, [&](const std::string &Text) {
              return readConfigFile(Text, Path, Checks);
            })};
  }

  std::shared_ptr<const Parsed<ModelFile>> modelFile(llvm::StringRef Path) {
    return ModelFiles.get(Path, [&](const std::string &Text) {
      model::Library Read;
      ModelFile Result;
      Result.Mistakes = Read.add(Text, Path.str());
      if (!Read.Models.empty())
        Result.Model = std::make_shared<const model::LibraryModel>(std::move(Read.Models.front()));
      return Result;
    });
  }
};

/// More than a project has; what an editor leaves behind is dropped beyond it.
constexpr std::size_t MostKept = 256;

/// Everything in \p Asked that decides about a configuration.
std::string textOf(const Request &Asked) {
  std::string Result = Asked.Name;
  auto Add = [&](llvm::StringRef Kind, llvm::StringRef Value) {
    Result += '\n';
    Result += Kind;
    Result += Value;
  };
  for (const Rule &One : Asked.Rules)
    Add(std::to_string(static_cast<int>(One.What)), One.Pattern);
  for (const std::string &Id : Asked.Besides)
    Add("besides ", Id);
  if (Asked.Strict)
    Add("strict ", *Asked.Strict ? "1" : "0");
  for (const auto &[Id, Values] : Asked.Options)
    for (const auto &[Name, Value] : Values)
      Add("option ", Id + "." + Name + "=" + Value);
  for (const std::string &Model : Asked.Models)
    Add("model ", Model);
  if (Asked.Fail)
    Add("fail ", std::to_string(static_cast<int>(*Asked.Fail)));
  Add("summary ", Asked.Summary);
  return Result;
}

/// Absolute, without links in its folder and without "." and "..".
std::string realName(llvm::StringRef File) {
  llvm::SmallString<256> Full(File), Real;
  llvm::sys::fs::make_absolute(Full);
  path::remove_dots(Full, /*remove_dot_dot=*/true);
  if (llvm::sys::fs::real_path(path::parent_path(Full), Real))
    return Full.str().str();
  path::append(Real, path::filename(Full));
  return Real.str().str();
}

/// \p File as a glob of a configuration in \p Folder sees it.
llvm::StringRef seenFrom(llvm::StringRef Folder, llvm::StringRef File) {
  if (File.starts_with(Folder))
    File = File.drop_front(Folder.size());
  return File.ltrim('/');
}

/// Makes the configuration of one file.
class Assembly {
public:
  Assembly(Store &Of, llvm::StringRef File, const Request &Asked)
      : Of(Of), File(realName(File)), Asked(Asked), Key(textOf(Asked)) {}

  std::shared_ptr<const Configuration> make() {
    if (!Asked.File.empty())
      readNamed();
    else if (!Asked.NoFiles)
      findFiles();
    for (const Layer &One : Layers)
      addFile(One);
    for (const Rule &One : Asked.Rules)
      if (std::string Wrong = mistakeIn(One.Pattern, Of.Checks); !Wrong.empty())
        mistake({}, Wrong);
    for (const std::string &Model : Asked.Models)
      addModel(Model, {Asked.Name});
    auto Known = Of.Made.find(Key);
    if (Known != Of.Made.end())
      return Known->second;
    if (Of.Made.size() >= MostKept)
      Of.Made.clear();
    return Of.Made[Key] = std::make_shared<const Configuration>(merged());
  }

private:
  void mistake(const Origin &At, const llvm::Twine &Message) {
    Result.Mistakes.push_back({At.Line ? At.Source : "", At.Line, At.Column, Message.str()});
    Key += "\nmistake " + describe(Result.Mistakes.back());
  }

  void readNamed() {
    Layers.push_back(Of.file(realName(Asked.File)));
    if (!Layers.back().Read) {
      mistake({}, "there is no configuration '" + Asked.File + "'");
      Layers.pop_back();
    }
  }

  /// From the folder of the file upward until a file says that it is enough.
  void findFiles() {
    for (llvm::StringRef Folder = path::parent_path(File); !Folder.empty();
         Folder = path::parent_path(Folder)) {
      Layer Next = fileIn(Folder);
      if (!Next.Read)
        continue;
      Layers.insert(Layers.begin(), Next);
      const ConfigFile &Last = Next.Read->Value;
      if (Next.Read->Problem || Last.Root || !Last.Inherit)
        return;
    }
  }

  Layer fileIn(llvm::StringRef Folder) {
    llvm::SmallString<256> Path(Folder);
    path::append(Path, FileName);
    Layer Found = Of.file(Path.str().str());
    path::replace_extension(Path, ".yml");
    if (!Found.Read && llvm::sys::fs::exists(Path))
      mistake({Path.str().str(), 1, 1},
              "a file of this name is not read; call it '" + FileName + "'");
    return Found;
  }

  void addFile(const Layer &From) {
    if (From.Read->Problem)
      return mistake({From.Path, 1, 1},
                     "cannot read the configuration: " + From.Read->Problem.message());
    const ConfigFile &One = From.Read->Value;
    Result.Files.push_back(One.Path);
    llvm::append_range(Result.Mistakes, One.Mistakes);
    std::string Version = "\nfile " + std::to_string(From.Read->Version);
    addBlock(One.Values, Version);
    for (const auto &[Index, Each] : llvm::enumerate(One.Overrides))
      if (Each.matches(seenFrom(One.Folder, File)))
        addBlock(Each.Values, Version + " " + std::to_string(Index));
  }

  /// \p Version is a name that no block of another content has.
  void addBlock(const Block &Values, const std::string &Version) {
    Key += Version;
    Blocks.push_back(&Values);
    for (const auto &[Index, Each] : llvm::enumerate(Values.Models)) {
      if (const auto *Path = std::get_if<std::string>(&Each.What)) {
        addModel(*Path, Each.From);
        continue;
      }
      Found.push_back(std::get<1>(Each.What));
      ModelKey += Version + "." + std::to_string(Index);
      Result.Models.push_back({Each.From.Source, Each.From});
    }
  }

  void addModel(const std::string &Name, const Origin &From) {
    std::string Path = realName(Name);
    auto Read = Of.modelFile(Path);
    if (!Read || Read->Problem)
      return mistake(From, "cannot read the model " + Name + ": " +
                               (Read ? Read->Problem
                                     : std::make_error_code(std::errc::no_such_file_or_directory))
                                   .message());
    Key += "\nmodel " + std::to_string(Read->Version);
    ModelKey += "\n" + std::to_string(Read->Version);
    llvm::append_range(Result.Mistakes, Read->Value.Mistakes);
    if (Read->Value.Model)
      Found.push_back(Read->Value.Model);
    Result.Models.push_back({Path, From});
  }

  Configuration merged() {
    std::vector<Rule> Rules;
    declareOptions();
    for (const Block *One : Blocks) {
      addRules(Rules, One->Rules);
      mergeBlock(*One);
    }
    addRules(Rules, Asked.Rules);
    mergeRequest();
    Defaults Otherwise{Result.Strict.Value ? Tier::Medium : Tier::High, Asked.Besides};
    Result.Checks = selectChecks(Of.Checks, Rules, Otherwise);
    Result.Library = library();
    if (!Result.Mistakes.empty())
      for (auto &[Id, On] : Result.Checks)
        On.Value = false;
    return std::move(Result);
  }

  void declareOptions() {
    for (const RegisteredCheck &Check : Of.Checks)
      if (Check.Object)
        for (const Option &One : Check.Object->options())
          Result.Options[Check.Info.Id][One.Name] = {One.Default, {}};
  }

  /// With a Select, what was said before does not count.
  static void addRules(std::vector<Rule> &To, llvm::ArrayRef<Rule> More) {
    if (llvm::any_of(More, [](const Rule &One) { return One.What == Rule::Verb::Select; }))
      To.clear();
    llvm::append_range(To, More);
  }

  void mergeBlock(const Block &From) {
    if (From.Strict)
      Result.Strict = *From.Strict;
    if (From.Fail)
      Result.Fail = *From.Fail;
    if (From.Summary)
      Result.Summary = *From.Summary;
    for (const auto &[Id, Values] : From.Options)
      for (const auto &[Name, Value] : Values)
        Result.Options[Id][Name] = Value;
  }

  void mergeRequest() {
    Origin From{Asked.Name};
    if (Asked.Strict)
      Result.Strict = {*Asked.Strict, From};
    if (Asked.Fail)
      Result.Fail = {*Asked.Fail, From};
    if (!Asked.Summary.empty())
      Result.Summary = {realName(Asked.Summary), From};
    for (const auto &[Id, Values] : Asked.Options)
      for (const auto &[Name, Value] : Values)
        Result.Options[Id][Name] = {Value, From};
  }

  /// Configurations with the same models share one library.
  std::shared_ptr<const model::Library> library() {
    const model::Library &Own = model::builtinLibrary();
    if (Found.empty())
      return {std::shared_ptr<void>(), &Own};
    std::weak_ptr<const model::Library> &Known = Of.Libraries[ModelKey];
    if (auto Kept = Known.lock())
      return Kept;
    auto Made = std::make_shared<model::Library>(Own);
    for (const auto &One : Found)
      Made->Models.push_back(*One);
    Known = Made;
    return Made;
  }

  Store &Of;
  const std::string File;
  const Request &Asked;
  std::vector<Layer> Layers;
  std::vector<const Block *> Blocks;
  Models Found;
  std::string Key, ModelKey;
  Configuration Result;
};

} // namespace

struct Configurations::State {
  std::mutex Guard;
  Store Read;
};

Configurations::Configurations(llvm::ArrayRef<RegisteredCheck> Checks)
    : Kept(std::make_unique<State>()) {
  Kept->Read.Checks = Checks;
}

Configurations::~Configurations() = default;

std::shared_ptr<const Configuration> Configurations::forFile(llvm::StringRef File,
                                                             const Request &Asked) {
  std::lock_guard Lock(Kept->Guard);
  return Assembly(Kept->Read, File, Asked).make();
}

std::vector<Mistake> Configurations::keepShown(std::vector<facts::Finding> &Findings,
                                               llvm::StringRef Root, const Request &Asked) {
  std::map<std::string, std::shared_ptr<const Configuration>> Known;
  std::vector<Mistake> Result;
  llvm::erase_if(Findings, [&](const facts::Finding &One) {
    std::shared_ptr<const Configuration> &Of = Known[One.Where.File];
    if (!Of) {
      llvm::SmallString<256> Full;
      if (!path::is_absolute(One.Where.File))
        Full = Root;
      path::append(Full, One.Where.File);
      Of = forFile(Full, Asked);
      addMistakes(Result, Of->Mistakes);
    }
    return Of->Mistakes.empty() && !Of->shows(One);
  });
  return Result;
}

} // namespace corolint::config
