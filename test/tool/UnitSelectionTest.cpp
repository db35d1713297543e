// UnitSelectionTest.cpp - which units the requested paths name

#include "tool/project/UnitSelection.h"
#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

class UnitSelectionTest : public testing::Test {
protected:
  UnitSelectionTest() {
    for (const char *Name : {"src/a.cpp", "src/net/b.cpp", "lib/c.cpp"}) {
      Folder.write(Name, "");
      add(Name);
    }
  }

  void add(const std::string &Name) {
    Commands.push_back({Folder.path(), Folder / Name, {"g++", "-D" + Name, Name}});
  }

  UnitSelection select(std::vector<std::string> Names, bool Strict = false) {
    for (std::string &Name : Names)
      Name = Folder / Name;
    auto Result = selectUnits(Commands, Names, [&](const std::string &) { return Strict; });
    EXPECT_TRUE(static_cast<bool>(Result)) << llvm::toString(Result.takeError());
    return Result ? *Result : UnitSelection();
  }

  std::string error(const std::string &Name) {
    std::vector<std::string> Names{Folder / Name};
    auto Result = selectUnits(Commands, Names, [](const std::string &) { return false; });
    return Result ? "" : llvm::toString(Result.takeError());
  }

  TemporaryFolder Folder;
  std::vector<CompileCommand> Commands;
};

} // namespace

TEST_F(UnitSelectionTest, AllWithoutPathsInTheOrderOfTheDatabase) {
  UnitSelection Chosen = select({});
  ASSERT_EQ(Chosen.Units.size(), 3U);
  EXPECT_EQ(Chosen.Units[2].File, Folder / "lib/c.cpp");
  EXPECT_TRUE(Chosen.Requested.empty());
}

TEST_F(UnitSelectionTest, FoldersAndFilesAreUnited) {
  UnitSelection Chosen = select({"src/net", "lib/c.cpp", "src/net/b.cpp"});
  ASSERT_EQ(Chosen.Units.size(), 2U);
  EXPECT_EQ(Chosen.Units[0].File, Folder / "src/net/b.cpp");
  EXPECT_EQ(Chosen.Requested.size(), 3U);
}

TEST_F(UnitSelectionTest, AFolderWithoutUnitsAndAnAbsentPathAreErrors) {
  Folder.write("docs/x.md", "");
  EXPECT_NE(error("docs").find("no file of the compilation database lies in"), std::string::npos);
  EXPECT_NE(error("absent.cpp").find("no such file"), std::string::npos);
}

TEST_F(UnitSelectionTest, DeletedFilesAreOneWarning) {
  add("src/gone.cpp");
  UnitSelection Chosen = select({});
  EXPECT_EQ(Chosen.Units.size(), 3U);
  EXPECT_TRUE(Chosen.Failures.empty());
  ASSERT_EQ(Chosen.Warnings.size(), 1U);
  EXPECT_NE(Chosen.Warnings[0].find("gone.cpp' is in the"), std::string::npos);
  add("src/gone2.cpp");
  Chosen = select({"src"});
  ASSERT_EQ(Chosen.Warnings.size(), 1U);
  EXPECT_NE(Chosen.Warnings[0].find("2 files of the"), std::string::npos);
}

TEST_F(UnitSelectionTest, ADeletedFileAskedForByNameIsAFailure) {
  add("src/gone.cpp");
  UnitSelection Chosen = select({"src/gone.cpp", "src/a.cpp"});
  EXPECT_EQ(Chosen.Units.size(), 1U);
  ASSERT_EQ(Chosen.Failures.size(), 1U);
  EXPECT_EQ(Chosen.Failures[0].Why, UnitFailure::Kind::Missing);
  EXPECT_TRUE(Chosen.Warnings.empty());
}

TEST_F(UnitSelectionTest, AnUnknownSourceBorrowsFromItsNearestNeighbour) {
  Folder.write("src/net/new.cpp", "");
  UnitSelection Chosen = select({"src/net/new.cpp"});
  ASSERT_EQ(Chosen.Units.size(), 1U);
  EXPECT_EQ(Chosen.Units[0].File, Folder / "src/net/new.cpp");
  EXPECT_EQ(Chosen.Units[0].Arguments[1], "-Dsrc/net/b.cpp");
  ASSERT_EQ(Chosen.Warnings.size(), 1U);
  EXPECT_NE(Chosen.Warnings[0].find("with the flags of"), std::string::npos);
}

TEST_F(UnitSelectionTest, UnderStrictAnUnknownSourceIsAFailure) {
  Folder.write("src/net/new.cpp", "");
  UnitSelection Chosen = select({"src/net/new.cpp"}, /*Strict=*/true);
  EXPECT_TRUE(Chosen.Units.empty());
  ASSERT_EQ(Chosen.Failures.size(), 1U);
  EXPECT_FALSE(Chosen.Failures[0].Help.empty());
}

TEST_F(UnitSelectionTest, HeadersAndOtherFilesAreFailuresWithAMend) {
  Folder.write("src/a.h", "");
  Folder.write("src/notes.txt", "");
  UnitSelection Chosen = select({"src/a.h", "src/notes.txt"});
  ASSERT_EQ(Chosen.Failures.size(), 2U);
  EXPECT_EQ(Chosen.Failures[0].Help, "name a source file that includes it");
  EXPECT_EQ(Chosen.Failures[1].Message, "not a C++ source file");
}

TEST_F(UnitSelectionTest, AFolderWithoutUnitsGivesWayToWhereTheyAre) {
  TemporaryFolder Elsewhere;
  EXPECT_EQ(folderOf(Commands, Elsewhere.path()), Folder.path());
  EXPECT_EQ(folderOf(Commands, Folder / "src"), Folder / "src");
  EXPECT_EQ(folderOf({}, Elsewhere.path()), Elsewhere.path());
}
