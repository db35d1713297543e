// Library.cpp - loads model files

#include "checks/model/Library.h"

#include "checks/model/ModelSections.h"
#include "checks/model/Models.h"
#include "checks/model/PackedTree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace corolint::model {
namespace {

/// A C identifier names a constant.
bool isIdentifier(llvm::StringRef Name) {
  return !Name.empty() && !llvm::isDigit(Name.front()) &&
         llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

/// What stands above the rules, and the rules still unread.
struct Draft {
  LibraryModel Model;
  bool CLinkage = false;
};

void readVersion(ModelReader &Reader, const ModelNode &From, Draft &) {
  std::optional<std::int64_t> Version = Reader.readNumber(From);
  if (Version && *Version != SchemaVersion)
    Reader.error(From, "this corolint reads model version " + llvm::Twine(SchemaVersion) +
                           ", not " + From.Text);
}

void readConstants(ModelReader &Reader, const ModelNode &From) {
  if (!From.isMap()) {
    Reader.error(From, "constants is a mapping of names to numbers");
    return;
  }
  for (const ModelNode::Entry &Entry : From.Entries) {
    std::optional<std::int64_t> Value = Reader.readNumber(Entry.Value);
    if (!isIdentifier(Entry.Key.Text))
      Reader.error(Entry.Key, "'" + Entry.Key.Text + "' is not an identifier");
    else if (!Reader.Constants.try_emplace(Entry.Key.Text, Value.value_or(0)).second)
      Reader.error(Entry.Key, "constant '" + Entry.Key.Text + "' is given twice");
  }
}

constexpr Key<LibraryModel::LockFunctions> LockKeys[] = {
    {"mutex", [](ModelReader &Reader, const ModelNode &From,
                 LibraryModel::LockFunctions &To) { To.Mutex = Reader.readArgument(From); }},
    {"lock", [](ModelReader &Reader, const ModelNode &From,
                LibraryModel::LockFunctions &To) { To.Lock = Reader.readNames(From); }},
    {"try-lock", [](ModelReader &Reader, const ModelNode &From,
                    LibraryModel::LockFunctions &To) { To.TryLock = Reader.readNames(From); }},
    {"unlock", [](ModelReader &Reader, const ModelNode &From,
                  LibraryModel::LockFunctions &To) { To.Unlock = Reader.readNames(From); }},
    {"success", [](ModelReader &Reader, const ModelNode &From, LibraryModel::LockFunctions &To) {
       static constexpr Word<bool> Words[] = {{"zero", true}, {"nonzero", false}};
       To.ZeroIsSuccess = Reader.readWord<bool>(From, Words, "success").value_or(false);
     }}};

void readLocks(ModelReader &Reader, const ModelNode &From, Draft &To) {
  Reader.readList(From, [&](const ModelNode &Item) {
    LibraryModel::LockFunctions Locks;
    if (Reader.readMap<LibraryModel::LockFunctions>(Item, Locks, LockKeys,
                                                    "an entry of lock-functions"))
      To.Model.Locks.push_back(std::move(Locks));
  });
}

/// The strings are the keys, so there is no table of them.
void readAnnotations(ModelReader &Reader, const ModelNode &From, Draft &To) {
  static constexpr Word<AnnotationWord> Words[] = {
      {"blocking", AnnotationWord::Blocking},    {"nonblocking", AnnotationWord::NonBlocking},
      {"mixed", AnnotationWord::Mixed},          {"loop-only", AnnotationWord::LoopOnly},
      {"any-thread", AnnotationWord::AnyThread}, {"must-await", AnnotationWord::MustAwait},
      {"loop-check", AnnotationWord::LoopCheck}};
  if (!From.isMap())
    return Reader.error(From, "annotations are written {string: meaning}");
  for (const ModelNode::Entry &Each : From.Entries)
    if (auto Meaning = Reader.readWord<AnnotationWord>(Each.Value, Words, "meaning"))
      To.Model.Annotations.emplace_back(Each.Key.Text, *Meaning);
}

void readLanguage(ModelReader &Reader, const ModelNode &From, Draft &To) {
  static constexpr Word<bool> Words[] = {{"c", true}, {"c++", false}};
  To.CLinkage = Reader.readWord<bool>(From, Words, "language").value_or(false);
}

constexpr Key<Draft> FileKeys[] = {
    {"corolint-model", readVersion},
    {"library", [](ModelReader &Reader, const ModelNode &From,
                   Draft &To) { To.Model.Name = Reader.readText(From); }},
    {"language", readLanguage},
    // Both are read before all else: the rules need them.
    {"namespaces", [](ModelReader &, const ModelNode &, Draft &) {}},
    {"constants", [](ModelReader &, const ModelNode &, Draft &) {}},
    {"sleep",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.Model.Sleep = Reader.readText(From);
       if (!llvm::StringRef(To.Model.Sleep).contains("{duration}"))
         Reader.error(From, "the sleep expression lacks '{duration}'");
     }},
    {"twin-names",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       To.Model.TwinNames = Reader.readTexts(From);
       for (const std::string &Name : To.Model.TwinNames)
         if (!llvm::StringRef(Name).contains_insensitive("{name}"))
           Reader.error(From, "a twin's name lacks '{name}' or '{Name}'");
     }},
    {"lock-functions", readLocks},
    {"annotations", readAnnotations},
    {"functions",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       Reader.readList(From, [&](const ModelNode &Item) { readFunction(Reader, Item, To.Model); });
     }},
    {"types", [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       Reader.readList(From, [&](const ModelNode &Item) { readType(Reader, Item, To.Model); });
     }}};

LibraryModel readFile(ModelReader &Reader, const ModelNode &Root) {
  Draft Read;
  if (const ModelNode *Constants = Root.find("constants"))
    readConstants(Reader, *Constants);
  if (const ModelNode *Namespaces = Root.find("namespaces"))
    Reader.Namespaces = Reader.readTexts(*Namespaces);
  if (!Reader.readMap<Draft>(Root, Read, FileKeys, "a model file"))
    return {};
  if (!Root.find("corolint-model"))
    Reader.error(Root,
                 "a model file starts with 'corolint-model: " + llvm::Twine(SchemaVersion) + "'");
  if (!Root.find("library"))
    Reader.error(Root, "a model file needs 'library'");
  Read.Model.Namespaces = Reader.Namespaces;
  for (FunctionRule &Rule : Read.Model.Functions) {
    Rule.Library = Read.Model.Name;
    Rule.CLinkage = Read.CLinkage;
  }
  for (TypeRule &Rule : Read.Model.Types)
    Rule.Library = Read.Model.Name;
  return std::move(Read.Model);
}

std::string describe(const ModelError &Error) {
  return Error.File + ":" + std::to_string(Error.Line) + ":" + std::to_string(Error.Column) + ": " +
         Error.Message;
}

Library loadBuiltin() {
  Library Result;
  for (const PackedModel &Each : packedModels()) {
    std::string_view Bytes(reinterpret_cast<const char *>(Each.Bytes), Each.Size);
    if (std::vector<ModelError> Errors = addModel(Result, unpack(Bytes), Each.File);
        !Errors.empty())
      llvm::report_fatal_error(
          llvm::Twine("broken model in corolint itself: " + describe(Errors.front())),
          /*gen_crash_diag=*/false);
  }
  return Result;
}

} // namespace

std::vector<ModelError> addModel(Library &To, const ModelNode &Root, const std::string &File) {
  ModelReader Reader(File);
  LibraryModel Model = readFile(Reader, Root);
  if (Reader.failed())
    return Reader.takeErrors();
  To.Models.push_back(std::move(Model));
  return {};
}

std::vector<ModelError> Library::add(const std::string &Yaml, const std::string &File) {
  ModelNode Root;
  std::vector<ModelError> Errors = parseModelYaml(Yaml, Root);
  for (ModelError &Each : Errors)
    Each.File = File;
  if (!Errors.empty())
    return Errors;
  return addModel(*this, Root, File);
}

const Library &builtinLibrary() {
  static const Library Builtin = loadBuiltin();
  return Builtin;
}

std::vector<llvm::StringRef> schemaWords() {
  std::vector<llvm::StringRef> Words;
  addNames(FileKeys, Words);
  addNames(LockKeys, Words);
  addFunctionWords(Words);
  addTypeWords(Words);
  for (llvm::StringRef Each : {"object", "any", "last", "result"})
    Words.push_back(Each);
  llvm::sort(Words);
  Words.erase(llvm::unique(Words), Words.end());
  return Words;
}

} // namespace corolint::model
