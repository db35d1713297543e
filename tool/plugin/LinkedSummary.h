// LinkedSummary.h - the project's linked summary, kept while it is current
#ifndef COROLINT_TOOL_PLUGIN_LINKEDSUMMARY_H
#define COROLINT_TOOL_PLUGIN_LINKEDSUMMARY_H

#include "checks/facts/Summary.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace corolint {

/// A linked summary as it was read.
struct LinkedSummary {
  facts::Summary Program;
  /// Absolute: the names of files in Program are seen from here, so units that
  /// are analysed with it must be, too.
  std::string Root;
};

/// The summary in the file \p Path, which is read once, and again when it was
/// written anew. Any number of threads may ask.
///
/// An error is a sentence for users: it names the file and the mend.
llvm::Expected<std::shared_ptr<const LinkedSummary>> loadSummary(llvm::StringRef Path);

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_LINKEDSUMMARY_H
