// CodeFrame.cpp - measures characters and draws the caret

#include "tool/report/CodeFrame.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <vector>

namespace corolint::tool {

namespace {

constexpr unsigned TabWidth = 4;
constexpr unsigned NumberWidth = 5;

/// One character as it is shown.
struct Cell {
  std::string Text;
  unsigned Byte = 0;   ///< where it starts in the line, from 0
  unsigned Column = 0; ///< where it is shown, from 0
  unsigned Width = 1;
};

/// Length of the UTF-8 sequence at the start of \p Rest; 0 when it is none.
unsigned sequenceLength(llvm::StringRef Rest) {
  const auto *Begin = Rest.bytes_begin();
  unsigned Length = llvm::getNumBytesForUTF8(*Begin);
  if (Length > Rest.size() || !llvm::isLegalUTF8Sequence(Begin, Begin + Length))
    return 0;
  return Length;
}

std::vector<Cell> cells(llvm::StringRef Line) {
  std::vector<Cell> Result;
  unsigned Column = 0;
  for (unsigned Byte = 0; Byte < Line.size();) {
    llvm::StringRef Rest = Line.drop_front(Byte);
    Cell Next{"?", Byte, Column, 1};
    unsigned Length = 1;
    if (Rest.front() == '\t') {
      Next.Width = TabWidth - Column % TabWidth;
      Next.Text = std::string(Next.Width, ' ');
    } else if (unsigned Known = sequenceLength(Rest)) {
      Length = Known;
      // Control characters have a negative width; they could drive a terminal.
      int Width = llvm::sys::unicode::columnWidthUTF8(Rest.take_front(Known));
      if (Width >= 0) {
        Next.Text = Rest.take_front(Known).str();
        Next.Width = static_cast<unsigned>(Width);
      }
    }
    Byte += Length;
    Column += Next.Width;
    Result.push_back(std::move(Next));
  }
  return Result;
}

/// The cell that holds byte \p Byte, or the number of cells.
std::size_t cellAt(const std::vector<Cell> &Cells, unsigned Byte) {
  auto After = llvm::upper_bound(Cells, Byte, [](unsigned B, const Cell &C) { return B < C.Byte; });
  return After == Cells.begin() ? 0 : (After - Cells.begin()) - 1;
}

} // namespace

std::string codeFrame(llvm::StringRef Line, const Place &Where, const Terminal &Screen) {
  if (Where.Line == 0 || Line.trim().empty())
    return {};
  std::vector<Cell> Cells = cells(Line);
  unsigned FirstByte = std::min<std::size_t>(std::max(1U, Where.Column), Line.size()) - 1;
  unsigned EndByte =
      Where.EndLine > Where.Line
          ? static_cast<unsigned>(Line.rtrim().size())
          : std::min<std::size_t>(Where.EndColumn ? Where.EndColumn - 1 : 0, Line.size());
  std::size_t First = cellAt(Cells, FirstByte);
  std::size_t End = EndByte > FirstByte ? cellAt(Cells, EndByte - 1) + 1 : First + 1;

  // Cut at both sides so that the caret stays in view, a third from the left.
  unsigned Room = Screen.width() - NumberWidth - 4;
  std::size_t Left = 0, Right = Cells.size();
  if (Cells.back().Column + Cells.back().Width > Room) {
    while (Cells[First].Column - Cells[Left].Column > Room / 3 && Left < First)
      ++Left;
    while (Cells[Right - 1].Column + Cells[Right - 1].Width - Cells[Left].Column > Room &&
           Right > First + 1)
      --Right;
  }

  std::string Code, Marks;
  for (std::size_t I = Left; I < Right; ++I) {
    Code += Cells[I].Text;
    if (I < First)
      Marks += std::string(Cells[I].Width, ' ');
    else if (I < End && Cells[I].Width > 0)
      Marks += (I == First ? "^" : "~") + std::string(Cells[I].Width - 1, '~');
  }
  std::string Result;
  llvm::raw_string_ostream Out(Result);
  std::string Number, Gap(NumberWidth, ' ');
  llvm::raw_string_ostream(Number) << llvm::format_decimal(Where.Line, 5);
  Out << Screen.paint(Terminal::Style::Dim, Number + " | ") << llvm::StringRef(Code).rtrim() << '\n'
      << Screen.paint(Terminal::Style::Dim, Gap + " | ")
      << Screen.paint(Terminal::Style::Caret, Marks) << '\n';
  return Result;
}

} // namespace corolint::tool
