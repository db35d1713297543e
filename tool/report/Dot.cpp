// Dot.cpp - the call graph in Graphviz's language

#include "tool/report/Graph.h"

#include "llvm/Support/raw_ostream.h"

namespace corolint::tool {

static std::string quoted(const std::string &Text) {
  std::string Out = "\"";
  for (char Letter : Text) {
    if (Letter == '"' || Letter == '\\')
      Out += '\\';
    Out += Letter;
  }
  return Out + '"';
}

void writeDot(llvm::raw_ostream &Out, const Drawing &From) {
  Out << "digraph colour {\n"
         "  rankdir=LR;\n"
         "  node [shape=box, style=filled, fontname=\"sans-serif\"];\n";
  for (std::size_t I = 0; I < From.Nodes.size(); ++I) {
    const Drawing::Node &One = From.Nodes[I];
    Out << "  n" << I << " [label=" << quoted(One.Name) << ", fillcolor=\""
        << (One.Primitive ? "#ffd9a0"
            : One.Red     ? "#ffc9c9"
                          : "#cfe2ff")
        << '"';
    if (One.OnChain)
      Out << ", penwidth=2";
    if (One.Where.Line)
      Out << ", tooltip=" << quoted(One.Where.File + ":" + std::to_string(One.Where.Line));
    Out << "];\n";
  }
  for (const Drawing::Line &One : From.Lines) {
    Out << "  n" << One.From << " -> n" << One.To;
    if (One.OnChain)
      Out << " [color=\"#c92a2a\", penwidth=2]";
    Out << ";\n";
  }
  Out << "}\n";
}

} // namespace corolint::tool
