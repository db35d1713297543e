// NoLintTest.cpp - NOLINT comments, as clang-tidy reads them
#include "checks/model/NoLint.h"

#include "llvm/ADT/Twine.h"

#include <gtest/gtest.h>

using namespace corolint::model;
using Kind = NoLint::Kind;

namespace {

/// The lines of \p Text, counted from 1, whose first byte a comment for \p Id covers.
std::vector<unsigned> covered(llvm::StringRef Text, llvm::StringRef Id = "coro-x") {
  std::vector<unsigned> Result;
  std::vector<NoLint> All = parseNoLints(Text);
  unsigned Line = 1;
  for (std::size_t At = 0; At < Text.size(); ++Line) {
    for (const NoLint &One : All)
      if (One.covers(At) && One.names(Id)) {
        Result.push_back(Line);
        break;
      }
    At = std::min(Text.find('\n', At), Text.size()) + 1;
  }
  return Result;
}

using Lines = std::vector<unsigned>;

TEST(NoLint, CoversItsLine) {
  EXPECT_EQ(covered("a;\nb; // NOLINT\nc;"), Lines{2});
  EXPECT_EQ(covered("a; // NOLINT(coro-x): why"), Lines{1});
  EXPECT_EQ(covered("a; // NOLINT(coro-y)"), Lines{});
}

TEST(NoLint, CoversTheNextLineWhateverIsOnIt) {
  EXPECT_EQ(covered("// NOLINTNEXTLINE\na;\nb;"), Lines{2});
  EXPECT_EQ(covered("// NOLINTNEXTLINE(coro-x) \\\nstill a comment\nb;"), Lines{2});
  EXPECT_EQ(covered("a; // NOLINTNEXTLINE"), Lines{});
}

TEST(NoLint, ReadsLinesThatEndAsOnWindows) {
  EXPECT_EQ(covered("a; // NOLINT(coro-x)\r\nb;\r\n"), Lines{1});
  EXPECT_EQ(covered("// NOLINTNEXTLINE(coro-x)\r\nb;\r\nc;\r\n"), Lines{2});
}

TEST(NoLint, NestsBlocks) {
  EXPECT_EQ(covered("// NOLINTBEGIN\na;\nb;\n// NOLINTEND\nc;"), (Lines{2, 3, 4}));
  EXPECT_EQ(covered("// NOLINTBEGIN(coro-x)\n// NOLINTBEGIN(coro-y)\na;\n// NOLINTEND(coro-y)\n"
                    "b;\n// NOLINTEND(coro-x)\nc;"),
            (Lines{2, 3, 4, 5, 6}));
  EXPECT_EQ(covered("// NOLINTBEGIN( coro-x,coro-y )\na;\n// NOLINTEND(coro-x, coro-y)"),
            (Lines{2, 3}));
}

TEST(NoLint, ClosesNoOtherBlockThanTheInnermost) {
  llvm::StringRef Overlap = "// NOLINTBEGIN(coro-x)\n// NOLINTBEGIN(coro-y)\na;\n"
                            "// NOLINTEND(coro-x)\n// NOLINTEND(coro-y)\n";
  EXPECT_EQ(covered(Overlap), Lines{});
  std::vector<NoLint> All = parseNoLints(Overlap);
  ASSERT_EQ(All.size(), 4u);
  EXPECT_FALSE(All[0].Partner);
  EXPECT_EQ(All[1].Partner, 3u);
  EXPECT_FALSE(All[2].Partner);
  EXPECT_EQ(All[3].Partner, 1u);
}

TEST(NoLint, ListsNamesWithTheirPlaces) {
  llvm::StringRef Text = "a; // NOLINT( coro-x ,b)";
  std::vector<NoLint::Item> Items = parseNoLints(Text).at(0).items();
  ASSERT_EQ(Items.size(), 2u);
  EXPECT_EQ(Items[0].Text, "coro-x");
  EXPECT_EQ(Text.substr(Items[0].Offset, 6), "coro-x");
  EXPECT_EQ(Text.substr(Items[1].Offset, 1), "b");
  EXPECT_TRUE(parseNoLints("// NOLINT").at(0).items().empty());
}

TEST(NoLint, KnowsNoPatternButTheStar) {
  auto Names = [](llvm::StringRef List, llvm::StringRef Id) {
    std::string Text = (llvm::Twine("// NOLINT(") + List + ")").str();
    return parseNoLints(Text).at(0).names(Id);
  };
  EXPECT_TRUE(Names("*", "coro-x"));
  EXPECT_TRUE(Names("coro-*", "coro-x"));
  EXPECT_TRUE(Names("*ro*x", "coro-xx"));
  EXPECT_TRUE(Names("a,coro-x", "coro-x"));
  EXPECT_FALSE(Names("co*rox", "coro-x"));
  EXPECT_FALSE(Names("coro-x*x", "coro-x"));
  EXPECT_FALSE(Names("coro-?", "coro-x"));
  EXPECT_FALSE(Names("coro-[x]", "coro-x"));
  EXPECT_FALSE(Names("", "coro-x"));
  EXPECT_FALSE(Names("-coro-x", "coro-x"));
  EXPECT_TRUE(Names("coro-*,-coro-x", "coro-x")) << "clang-tidy passes over it";
}

TEST(NoLint, ReadsWholeWords) {
  EXPECT_TRUE(parseNoLints("// NOLINTS NOLINTNEXTLINES NOLINTbegin nolint").empty());
  EXPECT_EQ(parseNoLints("XNOLINT").size(), 1u) << "as clang-tidy does";
}

TEST(NoLint, TakesAListThatIsNotClosedForNone) {
  EXPECT_FALSE(parseNoLints("a; // NOLINT(coro-x").at(0).List);
  EXPECT_FALSE(parseNoLints("a; // NOLINT(coro-x\n)").at(0).List);
  EXPECT_FALSE(parseNoLints("a; // NOLINT (coro-x)").at(0).List);
}

} // namespace
