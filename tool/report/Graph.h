// Graph.h - the call graph for Graphviz and as a picture
#ifndef COROLINT_TOOL_REPORT_GRAPH_H
#define COROLINT_TOOL_REPORT_GRAPH_H

#include "tool/base/Answer.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// Writes \p From in Graphviz's language.
void writeDot(llvm::raw_ostream &Out, const Drawing &From);

/// Writes \p From as an SVG picture that needs nothing else: callers on the left,
/// what they call to the right of them.
void writeSvg(llvm::raw_ostream &Out, const Drawing &From);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_GRAPH_H
