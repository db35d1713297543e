// ModelReader.h - typed reading of a model file, with errors

#ifndef COROLINT_CHECKS_MODEL_MODELREADER_H
#define COROLINT_CHECKS_MODEL_MODELREADER_H

#include "checks/model/ModelNode.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

#include <optional>

namespace corolint::model {

class ModelReader;

/// A key of a mapping and what reads its value into a T.
template <class T> struct Key {
  llvm::StringLiteral Name;
  void (*Read)(ModelReader &, const ModelNode &, T &);
};

/// A word of the schema and what it means.
template <class E> struct Word {
  llvm::StringLiteral Name;
  E Value;
};

/// "; did you mean 'x'?", or the choices when they are few, or nothing.
std::string suggestion(llvm::StringRef Written, llvm::ArrayRef<llvm::StringRef> Choices);

/// Reads the values of one file and collects every mistake.
class ModelReader {
public:
  explicit ModelReader(std::string File) : File(std::move(File)) {}

  llvm::StringMap<std::int64_t> Constants;
  std::vector<std::string> Namespaces;

  void error(const ModelNode &At, const llvm::Twine &Message);
  bool failed() const { return !Errors.empty(); }
  /// The mistakes so far, in source order.
  std::vector<ModelError> takeErrors();

  /// Reads a mapping. \p What names it in messages: "a function".
  /// False when \p From is no mapping.
  template <class T>
  bool readMap(const ModelNode &From, T &To, llvm::ArrayRef<Key<T>> Keys, llvm::StringRef What);

  /// Calls \p Read for each item of a list; one value alone is a list of one.
  void readList(const ModelNode &From, llvm::function_ref<void(const ModelNode &)> Read);

  std::string readText(const ModelNode &From);
  bool readFlag(const ModelNode &From);
  /// A number, or the name of a constant.
  std::optional<std::int64_t> readNumber(const ModelNode &From);
  std::vector<std::string> readTexts(const ModelNode &From);
  /// Qualified names; checks their form and the placeholder.
  std::vector<std::string> readNames(const ModelNode &From);
  ArgumentRef readArgument(const ModelNode &From);

  /// \p Of says what kind of word it is in messages: "effect".
  template <class E>
  std::optional<E> readWord(const ModelNode &From, llvm::ArrayRef<Word<E>> Words,
                            llvm::StringRef Of);

  /// \p Names with "{ns}" replaced by each namespace.
  std::vector<std::string> expand(const std::vector<std::string> &Names) const;

private:
  bool beginMap(const ModelNode &From, llvm::StringRef What);
  bool beginWord(const ModelNode &From, llvm::StringRef Of);
  void unknownKey(const ModelNode &At, llvm::StringRef What,
                  llvm::ArrayRef<llvm::StringRef> Choices);
  void checkName(const ModelNode &At, llvm::StringRef Name);

  std::string File;
  std::vector<ModelError> Errors;
};

template <class T>
bool ModelReader::readMap(const ModelNode &From, T &To, llvm::ArrayRef<Key<T>> Keys,
                          llvm::StringRef What) {
  if (!beginMap(From, What))
    return false;
  llvm::StringSet<> Seen;
  for (const ModelNode::Entry &Entry : From.Entries) {
    if (!Seen.insert(Entry.Key.Text).second) {
      error(Entry.Key, "key '" + Entry.Key.Text + "' is given twice");
      continue;
    }
    const Key<T> *Found =
        llvm::find_if(Keys, [&](const Key<T> &Each) { return Each.Name == Entry.Key.Text; });
    if (Found != Keys.end()) {
      Found->Read(*this, Entry.Value, To);
      continue;
    }
    std::vector<llvm::StringRef> Choices;
    for (const Key<T> &Each : Keys)
      Choices.push_back(Each.Name);
    unknownKey(Entry.Key, What, Choices);
  }
  return true;
}

template <class E>
std::optional<E> ModelReader::readWord(const ModelNode &From, llvm::ArrayRef<Word<E>> Words,
                                       llvm::StringRef Of) {
  if (!beginWord(From, Of))
    return std::nullopt;
  std::vector<llvm::StringRef> Choices;
  for (const Word<E> &Each : Words) {
    if (Each.Name == From.Text)
      return Each.Value;
    Choices.push_back(Each.Name);
  }
  error(From, "unknown " + Of + " '" + From.Text + "'" + suggestion(From.Text, Choices));
  return std::nullopt;
}

/// substitutes \p Namespace for "{ns}".
std::string inNamespace(const std::string &Name, const std::string &Namespace);

/// True if \p Name has the placeholder.
bool hasPlaceholder(llvm::StringRef Name);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODELREADER_H
