// LinkedSummaryTest.cpp - reading a summary, again when it is rewritten
#include "tool/plugin/LinkedSummary.h"

#include "checks/facts/FactsFile.h"
#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <thread>

namespace corolint {
namespace {

using tool::TemporaryFolder;

/// The bytes of a summary of the unit \p Main, in a folder below the root.
std::string summaryOf(const std::string &Main) {
  facts::Summary Result;
  Result.Root = "..";
  Result.Units = {Main};
  return facts::fileOf(Result);
}

/// Replaces \p File, as all that write summaries do.
void replace(const TemporaryFolder &In, const std::string &File, const std::string &Content) {
  std::filesystem::rename(In.write("new", Content), File);
}

std::string problem(const std::string &Path) {
  auto Result = loadSummary(Path);
  return Result ? "" : llvm::toString(Result.takeError());
}

TEST(LinkedSummary, KnowsTheRootOfItsProject) {
  TemporaryFolder Project;
  std::string File = Project.write("build/linked", summaryOf("a.cpp"));
  auto Read = loadSummary(File);
  ASSERT_TRUE(!!Read) << llvm::toString(Read.takeError());
  EXPECT_EQ((*Read)->Root, Project.path());
  EXPECT_EQ((*Read)->Program.Units, std::vector<std::string>{"a.cpp"});
}

TEST(LinkedSummary, IsReadOnceUntilItIsRewritten) {
  TemporaryFolder Project;
  std::string File = Project.write("build/linked", summaryOf("a.cpp"));
  auto First = llvm::cantFail(loadSummary(File));
  EXPECT_EQ(llvm::cantFail(loadSummary(File)), First);
  // Equally long, and with the same time.
  auto Time = std::filesystem::last_write_time(File);
  replace(Project, File, summaryOf("b.cpp"));
  std::filesystem::last_write_time(File, Time);
  auto Second = llvm::cantFail(loadSummary(File));
  EXPECT_EQ(Second->Program.Units, std::vector<std::string>{"b.cpp"});
  EXPECT_EQ(First->Program.Units, std::vector<std::string>{"a.cpp"}) << "still in use";
}

TEST(LinkedSummary, SaysWhatIsWrongAndTheMend) {
  TemporaryFolder Project;
  std::string File = Project / "linked";
  std::string Mend = "; 'corolint check --summary " + File + "' writes it";
  EXPECT_EQ(problem(File),
            "the linked summary '" + File + "' cannot be read: No such file or directory" + Mend);
  Project.write("linked", summaryOf("a.cpp").substr(0, 60));
  EXPECT_EQ(problem(File), "the linked summary '" + File + "' is damaged" + Mend);
  Project.write("linked", "corolint summary 9.9.9-1\n");
  EXPECT_NE(problem(File).find("was written by corolint 9.9.9-1"), std::string::npos);
  Project.write("linked", summaryOf("a.cpp"));
  EXPECT_EQ(problem(File), "");
}

TEST(LinkedSummary, MayBeAskedForByManyThreads) {
  TemporaryFolder Project;
  std::string File = Project.write("build/linked", summaryOf("a.cpp"));
  std::vector<std::thread> Threads;
  for (int I = 0; I != 8; ++I)
    Threads.emplace_back([&] {
      for (int Times = 0; Times != 50; ++Times)
        EXPECT_EQ(llvm::cantFail(loadSummary(File))->Root, Project.path());
    });
  for (int Times = 0; Times != 20; ++Times)
    replace(Project, File, summaryOf("b.cpp"));
  for (std::thread &One : Threads)
    One.join();
}

} // namespace
} // namespace corolint
