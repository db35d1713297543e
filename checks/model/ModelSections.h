// ModelSections.h - the sections of a model file

#ifndef COROLINT_CHECKS_MODEL_MODELSECTIONS_H
#define COROLINT_CHECKS_MODEL_MODELSECTIONS_H

#include "checks/model/ModelReader.h"

namespace corolint::model {

/// Reads one entry of `functions:` and adds the rules it stands for: several
/// when a condition has alternatives.
void readFunction(ModelReader &Reader, const ModelNode &From, LibraryModel &To);

/// Reads one entry of `types:`.
void readType(ModelReader &Reader, const ModelNode &From, LibraryModel &To);

/// Reads `consumes:` and `callables:` of a function.
std::vector<ConsumeRule> readConsumes(ModelReader &Reader, const ModelNode &From);
std::vector<CallableRule> readCallables(ModelReader &Reader, const ModelNode &From);

/// Reads a word for the place where something runs.
facts::Transfer readTransfer(ModelReader &Reader, const ModelNode &From);

/// Adds every key and word that these accept.
void addPassingWords(std::vector<llvm::StringRef> &Words);

/// Adds every key and word that readFunction() accepts.
void addFunctionWords(std::vector<llvm::StringRef> &Words);

/// Adds every key and word that readType() accepts.
void addTypeWords(std::vector<llvm::StringRef> &Words);

/// Every key and word that a model file may have; docs/models.md names each.
std::vector<llvm::StringRef> schemaWords();

/// Reads one or more mappings that must have \p Required.
template <class T>
void readRules(ModelReader &Reader, const ModelNode &From, std::vector<T> &To,
               llvm::ArrayRef<Key<T>> Keys, llvm::StringRef What, llvm::StringRef Required) {
  Reader.readList(From, [&](const ModelNode &Item) {
    T One;
    if (!Reader.readMap<T>(Item, One, Keys, What))
      return;
    if (!Item.find(Required.str()))
      Reader.error(Item, What + " needs '" + Required + "'");
    To.push_back(One);
  });
}

/// Adds the names in a table of keys or words.
template <class Table> void addNames(const Table &Names, std::vector<llvm::StringRef> &Words) {
  for (const auto &Each : Names)
    Words.push_back(Each.Name);
}

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODELSECTIONS_H
