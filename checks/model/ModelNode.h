// ModelNode.h - a YAML document as a tree with positions

#ifndef COROLINT_CHECKS_MODEL_MODELNODE_H
#define COROLINT_CHECKS_MODEL_MODELNODE_H

#include "checks/model/Library.h"

#include <string>
#include <vector>

namespace corolint::model {

/// One value of a YAML document.
struct ModelNode {
  enum class Kind { Null, Scalar, List, Map };
  struct Entry;

  Kind What = Kind::Null;
  std::string Text; ///< Scalar: without quotes and escapes
  unsigned Line = 0;
  unsigned Column = 0;
  std::vector<ModelNode> Items;
  std::vector<Entry> Entries;

  bool isNull() const { return What == Kind::Null; }
  bool isScalar() const { return What == Kind::Scalar; }
  bool isList() const { return What == Kind::List; }
  bool isMap() const { return What == Kind::Map; }

  /// The value of the first entry with this key; null when there is none.
  const ModelNode *find(const std::string &Key) const;
};

/// One "key: value" of a map.
struct ModelNode::Entry {
  ModelNode Key;
  ModelNode Value;
};

/// Parses \p Yaml, one document without anchors and tags, into \p Root.
/// Returns the mistakes in the YAML itself; they leave File empty.
std::vector<ModelError> parseModelYaml(const std::string &Yaml, ModelNode &Root);

/// Adds the model whose tree is \p Root to \p To, or returns its mistakes.
std::vector<ModelError> addModel(Library &To, const ModelNode &Root, const std::string &File);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_MODELNODE_H
