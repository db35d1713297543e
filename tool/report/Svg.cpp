// Svg.cpp - the call graph as a picture

#include "tool/report/Graph.h"

#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <deque>

namespace corolint::tool {

namespace {

constexpr unsigned Letter = 7, Height = 26, RowGap = 14, ColumnGap = 70, Margin = 20;

/// Columns from left to right: each node one to the right of the caller that
/// reaches it first.
class Layout {
public:
  explicit Layout(const Drawing &Of) : Picture(Of), Column(Of.Nodes.size(), Nowhere) {
    placeInColumns();
    std::vector<unsigned> Width, Used;
    for (std::size_t I = 0; I < Column.size(); ++I) {
      if (Column[I] >= Width.size()) {
        Width.resize(Column[I] + 1);
        Used.resize(Column[I] + 1);
      }
      Width[Column[I]] = std::max(Width[Column[I]], width(I));
    }
    for (std::size_t I = 0; I < Column.size(); ++I) {
      unsigned X = Margin;
      for (unsigned C = 0; C < Column[I]; ++C)
        X += Width[C] + ColumnGap;
      unsigned Y = Margin + Used[Column[I]]++ * (Height + RowGap);
      At.push_back({X, Y});
      Right = std::max(Right, X + width(I) + Margin);
      Bottom = std::max(Bottom, Y + Height + Margin);
    }
  }

  unsigned width(std::size_t Node) const {
    return static_cast<unsigned>(Picture.Nodes[Node].Name.size()) * Letter + 16;
  }

  struct Point {
    unsigned X, Y;
  };
  std::vector<Point> At; ///< the upper left corner of each node
  unsigned Right = 2 * Margin, Bottom = 2 * Margin;

private:
  static constexpr unsigned Nowhere = ~0u;

  void placeInColumns() {
    std::vector<bool> IsCalled(Column.size());
    std::vector<std::vector<std::size_t>> Calls(Column.size());
    for (const Drawing::Line &One : Picture.Lines) {
      Calls[One.From].push_back(One.To);
      IsCalled[One.To] = IsCalled[One.To] || One.From != One.To;
    }
    // Those that nobody calls, then whatever is left in circles.
    for (bool Start : {false, true})
      for (std::size_t I = 0; I < Column.size(); ++I)
        if (Column[I] == Nowhere && IsCalled[I] == Start)
          spread(I, Calls);
  }

  void spread(std::size_t From, const std::vector<std::vector<std::size_t>> &Calls) {
    Column[From] = 0;
    std::deque<std::size_t> Work{From};
    while (!Work.empty()) {
      std::size_t Node = Work.front();
      Work.pop_front();
      for (std::size_t Next : Calls[Node])
        if (Column[Next] == Nowhere) {
          Column[Next] = Column[Node] + 1;
          Work.push_back(Next);
        }
    }
  }

  const Drawing &Picture;
  std::vector<unsigned> Column;
};

} // namespace

static std::string escaped(const std::string &Text) {
  std::string Out;
  for (char Each : Text)
    switch (Each) {
    case '<':
      Out += "&lt;";
      break;
    case '>':
      Out += "&gt;";
      break;
    case '&':
      Out += "&amp;";
      break;
    case '"':
      Out += "&quot;";
      break;
    default:
      Out += Each;
    }
  return Out;
}

static void writeLine(llvm::raw_ostream &Out, const Layout &Placed, const Drawing::Line &One) {
  auto [X, Y] = Placed.At[One.From];
  auto [ToX, ToY] = Placed.At[One.To];
  unsigned FromX = X + Placed.width(One.From), Middle = Height / 2;
  Out << "  <path class=\"" << (One.OnChain ? "chain" : "call") << "\" d=\"M" << FromX << ' '
      << Y + Middle << " C" << FromX + ColumnGap / 2 << ' ' << Y + Middle << ' '
      << (ToX > ColumnGap / 2 ? ToX - ColumnGap / 2 : 0) << ' ' << ToY + Middle << ' ' << ToX << ' '
      << ToY + Middle << "\"/>\n";
}

void writeSvg(llvm::raw_ostream &Out, const Drawing &From) {
  Layout Placed(From);
  Out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << Placed.Right << ' '
      << Placed.Bottom
      << "\" font-family=\"monospace\" font-size=\"11\">\n"
         "  <style>rect{stroke:#555} .red{fill:#ffc9c9} .blue{fill:#cfe2ff} "
         ".sink{fill:#ffd9a0} .on{stroke-width:2} path{fill:none;stroke:#999;"
         "marker-end:url(#tip)} .chain{stroke:#c92a2a;stroke-width:2}</style>\n"
         "  <defs><marker id=\"tip\" viewBox=\"0 0 6 6\" refX=\"6\" refY=\"3\" "
         "markerWidth=\"6\" markerHeight=\"6\" orient=\"auto\">"
         "<path d=\"M0 0L6 3L0 6z\" style=\"fill:#999;stroke:none;marker-end:none\"/>"
         "</marker></defs>\n"
         "  <rect width=\"100%\" height=\"100%\" style=\"fill:#fff;stroke:none\"/>\n";
  for (const Drawing::Line &One : From.Lines)
    writeLine(Out, Placed, One);
  for (std::size_t I = 0; I < From.Nodes.size(); ++I) {
    const Drawing::Node &One = From.Nodes[I];
    auto [X, Y] = Placed.At[I];
    Out << "  <g><title>"
        << escaped(One.Where.Line ? One.Where.File + ":" + std::to_string(One.Where.Line)
                                  : One.Name)
        << "</title><rect class=\""
        << (One.Primitive ? "sink"
            : One.Red     ? "red"
                          : "blue")
        << (One.OnChain ? " on" : "") << "\" x=\"" << X << "\" y=\"" << Y << "\" width=\""
        << Placed.width(I) << "\" height=\"" << Height << "\" rx=\"4\"/><text x=\"" << X + 8
        << "\" y=\"" << Y + 17 << "\">" << escaped(One.Name) << "</text></g>\n";
  }
  Out << "</svg>\n";
}

} // namespace corolint::tool
