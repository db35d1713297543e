// FactsFile.h - facts and summaries as files that say what they are
//
// A file begins with a line of text, such as "corolint facts 0.1.0-9d2f03b1", that
// holds the version of the program and a hash of what defines the facts, Facts.fbs
// and Facts.h; the encoded bytes follow.

#ifndef COROLINT_CHECKS_FACTS_FACTSFILE_H
#define COROLINT_CHECKS_FACTS_FACTSFILE_H

#include "checks/facts/Facts.h"
#include "checks/facts/Summary.h"

#include <string_view>
#include <variant>

namespace corolint::facts {

/// The content of a file. Equal facts give equal bytes.
std::string fileOf(const Unit &From);
std::string fileOf(const Summary &From);

/// What the content of a file says, or what is wrong with it as the end of a
/// sentence that begins with its name: "is damaged". Any bytes are safe.
std::variant<Unit, std::string> readFacts(std::string_view Content);
std::variant<Summary, std::string> readSummary(std::string_view Content);

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_FACTSFILE_H
