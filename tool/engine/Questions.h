// Questions.h - asks the linked program about colour
#ifndef COROLINT_TOOL_ENGINE_QUESTIONS_H
#define COROLINT_TOOL_ENGINE_QUESTIONS_H

#include "tool/base/Answer.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace corolint::color {
class Graph;
} // namespace corolint::color
namespace corolint::model {
struct Library;
} // namespace corolint::model

namespace corolint::tool {

/// Answers about one linked program.
///
/// Functions are chosen by a glob over qualified names, where '*' also matches
/// '::', or by a class: [async], [loop], [blocking], [library:NAME].
class Questions {
public:
  Questions(const color::Graph &Program, const model::Library &Models);
  Questions(Questions &&) noexcept;
  ~Questions();

  /// The shortest way from each function of \p From to one of \p To. Fails for a
  /// selector that is wrong or matches nothing.
  llvm::Expected<std::vector<std::vector<Hop>>> paths(const std::string &From,
                                                      const std::string &To) const;

  llvm::Expected<std::vector<Portrait>> portraits(const std::string &Of) const;
  std::vector<Suggestion> suggestions() const;
  /// What is taken as harmless because nobody says what it does: functions that
  /// the loop calls, then those that get callables elsewhere; each by name.
  std::vector<UnmodelledFunction> unmodelled() const;

  Drawing drawing(bool Everything) const;

  /// The qualified names of all functions, sorted.
  std::vector<std::string> names() const;

private:
  struct Answers;
  std::unique_ptr<Answers> Of;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_QUESTIONS_H
