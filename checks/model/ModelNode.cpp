// ModelNode.cpp - reads YAML text into a tree

#include "checks/model/ModelNode.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

namespace corolint::model {
namespace {

/// Deeper nesting than any model needs; bounds the recursion.
constexpr unsigned MaxDepth = 16;

class TreeBuilder {
public:
  explicit TreeBuilder(llvm::SourceMgr &Sources) : Sources(Sources) {}

  /// Builds the tree below \p From. \p Around gives the place of an empty
  /// value.
  ModelNode build(llvm::yaml::Node *From, const ModelNode &Around, unsigned Depth);

  std::vector<ModelError> Errors;

private:
  void place(ModelNode &Node, llvm::SMLoc At);
  void error(const ModelNode &At, std::string Message);
  void buildMap(llvm::yaml::MappingNode &From, ModelNode &To, unsigned Depth);

  llvm::SourceMgr &Sources;
};

void TreeBuilder::place(ModelNode &Node, llvm::SMLoc At) {
  if (!At.isValid())
    return;
  std::tie(Node.Line, Node.Column) = Sources.getLineAndColumn(At);
}

/// The parser places a collection in braces or brackets at what follows them.
llvm::SMLoc openingOf(llvm::SMLoc First) {
  const char *At = First.getPointer();
  do
    --At;
  while (*At == ' ' || *At == '\n');
  return *At == '{' || *At == '[' ? llvm::SMLoc::getFromPointer(At) : First;
}

void TreeBuilder::error(const ModelNode &At, std::string Message) {
  Errors.push_back({"", At.Line, At.Column, std::move(Message)});
}

void TreeBuilder::buildMap(llvm::yaml::MappingNode &From, ModelNode &To, unsigned Depth) {
  To.What = ModelNode::Kind::Map;
  for (llvm::yaml::KeyValueNode &Pair : From) {
    ModelNode::Entry Entry;
    // The key has to be built first: the document is a stream.
    Entry.Key = build(Pair.getKey(), To, Depth + 1);
    Entry.Value = build(Pair.getValue(), Entry.Key, Depth + 1);
    To.Entries.push_back(std::move(Entry));
  }
}

ModelNode TreeBuilder::build(llvm::yaml::Node *From, const ModelNode &Around, unsigned Depth) {
  ModelNode Result;
  Result.Line = Around.Line;
  Result.Column = Around.Column;
  if (!From || llvm::isa<llvm::yaml::NullNode>(From))
    return Result;
  llvm::SMLoc First = From->getSourceRange().Start;
  bool Collection = llvm::isa<llvm::yaml::MappingNode, llvm::yaml::SequenceNode>(From);
  // The root has no text before it that could be a brace.
  place(Result, Collection && Depth > 0 ? openingOf(First) : First);
  if (Depth > MaxDepth) {
    error(Result, "nested too deeply");
    From->skip();
    return Result;
  }
  if (!From->getAnchor().empty() || !From->getRawTag().empty() ||
      llvm::isa<llvm::yaml::AliasNode>(From))
    error(Result, "anchors, aliases and tags are not part of the schema");

  if (auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(From)) {
    llvm::SmallString<64> Storage;
    Result.What = ModelNode::Kind::Scalar;
    Result.Text = Scalar->getValue(Storage).str();
  } else if (auto *Block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(From)) {
    Result.What = ModelNode::Kind::Scalar;
    Result.Text = Block->getValue().rtrim('\n').str();
  } else if (auto *Map = llvm::dyn_cast<llvm::yaml::MappingNode>(From)) {
    buildMap(*Map, Result, Depth);
  } else if (auto *List = llvm::dyn_cast<llvm::yaml::SequenceNode>(From)) {
    Result.What = ModelNode::Kind::List;
    for (llvm::yaml::Node &Item : *List)
      Result.Items.push_back(build(&Item, Result, Depth + 1));
  }
  return Result;
}

void collectDiagnostic(const llvm::SMDiagnostic &Diagnostic, void *Into) {
  auto &Errors = *static_cast<std::vector<ModelError> *>(Into);
  unsigned Line = Diagnostic.getLineNo() > 0 ? Diagnostic.getLineNo() : 1;
  unsigned Column = Diagnostic.getColumnNo() + 1;
  Errors.push_back({"", Line, Column, Diagnostic.getMessage().str()});
}

} // namespace

const ModelNode *ModelNode::find(const std::string &Key) const {
  for (const Entry &Candidate : Entries)
    if (Candidate.Key.Text == Key)
      return &Candidate.Value;
  return nullptr;
}

std::vector<ModelError> parseModelYaml(const std::string &Yaml, ModelNode &Root) {
  std::vector<ModelError> Broken;
  llvm::SourceMgr Sources;
  Sources.setDiagHandler(collectDiagnostic, &Broken);
  llvm::yaml::Stream Stream(Yaml, Sources, /*ShowColors=*/false);
  TreeBuilder Builder(Sources);

  llvm::yaml::document_iterator Document = Stream.begin();
  ModelNode Start;
  Start.Line = Start.Column = 1;
  Root = Start;
  if (Document != Stream.end()) {
    Root = Builder.build(Document->getRoot(), Start, 0);
    if (!Stream.failed() && ++Document != Stream.end() && !Stream.failed())
      Builder.Errors.push_back({"", Root.Line, Root.Column, "a file is a single document"});
  }
  // After a syntax error the tree is a fragment: say nothing about it.
  if (Stream.failed() || !Broken.empty()) {
    if (Broken.empty())
      Broken.push_back({"", 1, 1, "not valid YAML"});
    return Broken;
  }
  return Builder.Errors;
}

} // namespace corolint::model
