// TextTest.cpp - the report that people read

#include "tool/report/Text.h"
#include "test/tool/TemporaryFolder.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

class TextTest : public testing::Test {
protected:
  TextTest() : Sources(Folder.path()), Style{Terminal::plain(), Folder.path()} {
    Folder.write("src/a.cpp", "Task f() {\n  load();\n}\n");
    Folder.write("src/b.cpp", "void load() {\n  sleep(1);\n}\n");
  }

  Finding chain() {
    Finding Each;
    Each.Check = "coro-blocking-call";
    Each.Where = {"src/a.cpp", 2, 3, 2, 9};
    Each.Message = "'load' blocks the event loop";
    Each.Help = "use aio::sleep";
    Each.Chain.resize(2);
    Each.Chain[0].Where = Each.Where;
    Each.Chain[0].Message = "'f' calls 'load' here";
    Each.Chain[1].Where = {"src/b.cpp", 2, 3, 2, 11};
    Each.Chain[1].Message = "which calls 'sleep' here";
    return Each;
  }

  std::string text() {
    std::string Result;
    llvm::raw_string_ostream Out(Result);
    writeText(Out, Found, Sources, Style);
    return Result;
  }

  std::string failures() {
    std::string Result;
    llvm::raw_string_ostream Out(Result);
    writeFailures(Out, Found, Sources, Style);
    return Result;
  }

  void fail(UnitFailure::Kind Why, const char *File, Place Where, const char *Message,
            unsigned More = 0, const char *Help = "") {
    Found.Failures.push_back({Why, File, std::move(Where), Message, More, Help});
  }

  TemporaryFolder Folder;
  SourceText Sources;
  TextStyle Style;
  Results Found;
};

} // namespace

TEST_F(TextTest, SuppressedFindingsAreShownWithTheirReason) {
  Found.Suppressed = {chain()};
  EXPECT_EQ(text(), "");
  Style.ShowSuppressed = true;
  Found.Suppressed[0].Justification = "it is short";
  EXPECT_EQ(text(), "src/a.cpp:2:3: suppressed: 'load' blocks the event loop "
                    "[coro-blocking-call]\n  reason: it is short\n");
}

TEST_F(TextTest, AFindingHasAFrameItsChainAndHelp) {
  Found.Findings.push_back(chain());
  EXPECT_EQ(text(), "src/a.cpp:2:3: warning: 'load' blocks the event loop "
                    "[coro-blocking-call]\n"
                    "    2 |   load();\n"
                    "      |   ^~~~~~\n"
                    "src/a.cpp:2:3: note: 'f' calls 'load' here\n"
                    "src/b.cpp:2:3: note: which calls 'sleep' here\n"
                    "    2 |   sleep(1);\n"
                    "      |   ^~~~~~~~\n"
                    "  help: use aio::sleep\n");
}

TEST_F(TextTest, FilesAreNamedFromTheCurrentFolder) {
  Style.Directory = Folder / "src";
  Found.Findings.push_back(chain());
  EXPECT_EQ(text().substr(0, 10), "a.cpp:2:3:");
  Style.Directory = Folder / "build/x";
  EXPECT_EQ(text().substr(0, 16), "../../src/a.cpp:");
}

TEST_F(TextTest, AFileThatIsGoneHasNoFrame) {
  Found.Findings.push_back(chain());
  Found.Findings[0].Chain.clear();
  Found.Findings[0].Where.File = "src/gone.cpp";
  EXPECT_EQ(text(), "src/gone.cpp:2:3: warning: 'load' blocks the event loop "
                    "[coro-blocking-call]\n  help: use aio::sleep\n");
}

TEST_F(TextTest, AFailureIsOneEntryForAllUnitsThatShareIt) {
  Place Header{"src/x.h", 3, 10, 3, 11};
  fail(UnitFailure::Kind::Parse, "src/a.cpp", Header, "'y.h' file not found", 2,
       "build the project first");
  fail(UnitFailure::Kind::Parse, "src/b.cpp", Header, "'y.h' file not found", 2);
  fail(UnitFailure::Kind::Parse, "src/c.cpp", {"src/c.cpp", 1, 1, 1, 2}, "bad");
  EXPECT_EQ(failures(), "src/x.h:3:10: error: 'y.h' file not found (2 more errors in "
                        "src/a.cpp, and 1 other file)\n"
                        "  help: build the project first\n"
                        "src/c.cpp:1:1: error: bad\n");
}

TEST_F(TextTest, CrashesAreNamedEach) {
  fail(UnitFailure::Kind::Crash, "src/a.cpp", {}, "died", 0, "to repeat it: x");
  fail(UnitFailure::Kind::Crash, "src/b.cpp", {}, "died");
  EXPECT_EQ(failures(), "src/a.cpp: error: died\n  help: to repeat it: x\n"
                        "src/b.cpp: error: died\n");
}

TEST_F(TextTest, TheLastLineCounts) {
  Found.Totals.Units = 38;
  Found.Totals.Seconds = 1.44;
  EXPECT_EQ(summaryLine(Found), "no warnings (38 files, 1.4 s)");
  Found.Findings = {chain(), chain()};
  EXPECT_EQ(summaryLine(Found), "2 warnings in 1 file (38 files, 1.4 s)");
  Found.Suppressed.resize(3);
  fail(UnitFailure::Kind::Crash, "src/a.cpp", {}, "died");
  EXPECT_EQ(summaryLine(Found), "2 warnings in 1 file (38 files, 1 not analysed "
                                "completely, 3 suppressed, 1.4 s)");
}
