// ModelReader.cpp - typed values of a model file

#include "checks/model/ModelReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <tuple>

namespace corolint::model {

using llvm::StringRef;
using llvm::Twine;

namespace {

constexpr StringRef Placeholder = "{ns}";

/// Up to this many choices are all named when none is near.
constexpr std::size_t FewChoices = 8;

StringRef kindOf(const ModelNode &Node) {
  switch (Node.What) {
  case ModelNode::Kind::Null:
    return "nothing";
  case ModelNode::Kind::Scalar:
    return "a single value";
  case ModelNode::Kind::List:
    return "a list";
  case ModelNode::Kind::Map:
    return "a mapping";
  }
  return "";
}

} // namespace

std::string suggestion(StringRef Written, llvm::ArrayRef<StringRef> Choices) {
  // Two letters changed places in a short word: a distance of two.
  unsigned Limit = Written.size() < 4 ? 1 : 2 + Written.size() / 8;
  StringRef Best;
  unsigned BestDistance = Limit + 1;
  for (StringRef Choice : Choices) {
    unsigned Distance = Written.edit_distance(Choice, /*AllowReplacements=*/true, Limit);
    if (Distance < BestDistance) {
      Best = Choice;
      BestDistance = Distance;
    }
  }
  if (!Best.empty())
    return ("; did you mean '" + Best + "'?").str();
  if (Choices.empty() || Choices.size() > FewChoices)
    return "";
  return "; expected one of: " + llvm::join(Choices, ", ");
}

std::string inNamespace(const std::string &Name, const std::string &Namespace) {
  std::string Result = Name;
  for (std::size_t At = Result.find(Placeholder); At != std::string::npos;
       At = Result.find(Placeholder, At + Namespace.size()))
    Result.replace(At, Placeholder.size(), Namespace);
  return Result;
}

bool hasPlaceholder(StringRef Name) { return Name.contains(Placeholder); }

void ModelReader::error(const ModelNode &At, const Twine &Message) {
  Errors.push_back({File, At.Line, At.Column, Message.str()});
}

std::vector<ModelError> ModelReader::takeErrors() {
  llvm::sort(Errors, [](const ModelError &A, const ModelError &B) {
    return std::tie(A.Line, A.Column, A.Message) < std::tie(B.Line, B.Column, B.Message);
  });
  return std::move(Errors);
}

bool ModelReader::beginMap(const ModelNode &From, StringRef What) {
  if (From.isMap())
    return true;
  error(From, What + " is a mapping, but this is " + kindOf(From));
  return false;
}

bool ModelReader::beginWord(const ModelNode &From, StringRef Of) {
  if (From.isScalar())
    return true;
  error(From, "a " + Of + " is a single word, but this is " + kindOf(From));
  return false;
}

void ModelReader::unknownKey(const ModelNode &At, StringRef What,
                             llvm::ArrayRef<StringRef> Choices) {
  error(At, "unknown key '" + At.Text + "' in " + What + suggestion(At.Text, Choices));
}

void ModelReader::readList(const ModelNode &From,
                           llvm::function_ref<void(const ModelNode &)> Read) {
  if (From.isList())
    for (const ModelNode &Item : From.Items)
      Read(Item);
  else
    Read(From);
}

std::string ModelReader::readText(const ModelNode &From) {
  if (!From.isScalar() || From.Text.empty())
    error(From,
          "expected text, but this is " + (From.isScalar() ? StringRef("empty") : kindOf(From)));
  return From.Text;
}

bool ModelReader::readFlag(const ModelNode &From) {
  static constexpr Word<bool> Words[] = {{"true", true}, {"false", false}};
  return readWord<bool>(From, Words, "truth value").value_or(false);
}

std::optional<std::int64_t> ModelReader::readNumber(const ModelNode &From) {
  if (!From.isScalar()) {
    error(From, "expected a number, but this is " + kindOf(From));
    return std::nullopt;
  }
  std::int64_t Value = 0;
  if (!StringRef(From.Text).getAsInteger(/*Radix=*/0, Value))
    return Value;
  if (auto Found = Constants.find(From.Text); Found != Constants.end())
    return Found->second;
  std::vector<StringRef> Names;
  for (StringRef Name : Constants.keys())
    Names.push_back(Name);
  llvm::sort(Names);
  error(From, "unknown constant '" + From.Text + "'" + suggestion(From.Text, Names));
  return std::nullopt;
}

std::vector<std::string> ModelReader::readTexts(const ModelNode &From) {
  std::vector<std::string> Result;
  readList(From, [&](const ModelNode &Item) { Result.push_back(readText(Item)); });
  return Result;
}

void ModelReader::checkName(const ModelNode &At, StringRef Name) {
  bool Operator = Name.contains("operator");
  if (Name.contains('<') && !Operator)
    error(At, "'" + Name + "' has template arguments; leave them out");
  else if (Name.contains('(') && !Name.ends_with("::operator()"))
    error(At, "'" + Name + "' has parameters; leave them out");
  else if (Name.starts_with("::"))
    error(At, "'" + Name + "' starts with '::'; leave it out");
  else if (StringRef Before = Name.rtrim('*');
           !Operator && (Before.contains('*') || Name.ends_with("**")))
    error(At, "'*' may only end a name");
  else if (hasPlaceholder(Name) && Namespaces.empty())
    error(At, "'{ns}' needs 'namespaces' at the top of the file");
  else if (Name.contains('{') && !hasPlaceholder(Name))
    error(At, "unknown placeholder in '" + Name + "'; did you mean '{ns}'?");
}

std::vector<std::string> ModelReader::readNames(const ModelNode &From) {
  std::vector<std::string> Result;
  readList(From, [&](const ModelNode &Item) {
    Result.push_back(readText(Item));
    checkName(Item, Result.back());
  });
  return Result;
}

ArgumentRef ModelReader::readArgument(const ModelNode &From) {
  static constexpr Word<int> Words[] = {{"object", ArgumentRef::Object},
                                        {"any", ArgumentRef::Any},
                                        {"last", ArgumentRef::Last},
                                        {"result", ArgumentRef::Result}};
  unsigned Index = 0;
  if (From.isScalar() && !StringRef(From.Text).getAsInteger(10, Index) && Index < 64)
    return {static_cast<int>(Index)};
  return {readWord<int>(From, Words, "argument").value_or(0)};
}

std::vector<std::string> ModelReader::expand(const std::vector<std::string> &Names) const {
  std::vector<std::string> Result;
  for (const std::string &Name : Names) {
    if (!hasPlaceholder(Name)) {
      Result.push_back(Name);
      continue;
    }
    for (const std::string &Namespace : Namespaces)
      Result.push_back(inNamespace(Name, Namespace));
  }
  return Result;
}

} // namespace corolint::model
