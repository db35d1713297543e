// CompileCommandsTest.cpp - finding and reading the database

#include "tool/project/CompileCommands.h"
#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace corolint::tool;
using testing::AssertionFailure;
using testing::AssertionResult;
using testing::AssertionSuccess;

namespace {

std::string quote(const std::string &Text) { return "\"" + Text + "\""; }

class CompileCommandsTest : public testing::Test {
protected:
  std::vector<CompileCommand> load(const std::string &Json) {
    Folder.write("compile_commands.json", Json);
    auto Result = loadCompileCommands(Folder.path());
    EXPECT_TRUE(static_cast<bool>(Result)) << llvm::toString(Result.takeError());
    return Result ? *Result : std::vector<CompileCommand>();
  }

  /// Loading fails, and the message holds \p Part.
  AssertionResult failsWith(const std::string &Json, const std::string &Part) {
    Folder.write("compile_commands.json", Json);
    auto Result = loadCompileCommands(Folder.path());
    if (Result)
      return AssertionFailure() << "was loaded";
    std::string Message = llvm::toString(Result.takeError());
    if (Message.find(Part) == std::string::npos)
      return AssertionFailure() << "says: " << Message;
    if (Message.find("-DCMAKE_EXPORT_COMPILE_COMMANDS=ON") == std::string::npos)
      return AssertionFailure() << "has no mend: " << Message;
    return AssertionSuccess();
  }

  TemporaryFolder Folder;
};

} // namespace

TEST_F(CompileCommandsTest, ReadsBothForms) {
  std::string Directory = quote(Folder.path());
  auto Commands =
      load("[{\"directory\":" + Directory +
           ", \"file\":\"a.cpp\", \"command\":\"g++ -DX=\\\"a b\\\" -c a.cpp\"},"
           "{\"directory\":" +
           Directory + ", \"file\":\"b.cpp\", \"arguments\":[\"g++\",\"-I\",\"x y\"]}]");
  ASSERT_EQ(Commands.size(), 2U);
  EXPECT_EQ(Commands[0].File, Folder / "a.cpp");
  EXPECT_EQ(Commands[0].Arguments, (std::vector<std::string>{"g++", "-DX=a b", "-c", "a.cpp"}));
  EXPECT_EQ(Commands[1].Arguments, (std::vector<std::string>{"g++", "-I", "x y"}));
}

TEST_F(CompileCommandsTest, KeepsTheFirstCommandOfAFile) {
  auto Commands = load(
      R"([{"directory":".","file":"a.cpp","command":"g++ -DONE a.cpp"},
          {"directory":".","file":"./a.cpp","command":"g++ -DTWO a.cpp"}])");
  ASSERT_EQ(Commands.size(), 1U);
  EXPECT_EQ(Commands[0].Arguments[1], "-DONE");
}

TEST_F(CompileCommandsTest, LaunchersAreNoCompilers) {
  auto Commands = load(R"([{"directory":".","file":"a.cpp",
      "command":"/usr/bin/ccache distcc g++ a.cpp"}])");
  ASSERT_EQ(Commands.size(), 1U);
  EXPECT_EQ(Commands[0].Arguments.front(), "g++");
}

TEST_F(CompileCommandsTest, ErrorsNameThePlaceAndTheMend) {
  EXPECT_TRUE(failsWith(" \n", ":1:1: error: the database is empty"));
  EXPECT_TRUE(failsWith("[\n  {]\n", "compile_commands.json:2:4: error:"));
  EXPECT_TRUE(failsWith("{}", "not an array"));
  EXPECT_TRUE(failsWith("[]", "the database is empty"));
  EXPECT_TRUE(failsWith("[1]", "entry 1 is not an object"));
  EXPECT_TRUE(
      failsWith(R"([{"directory":".","command":"g++"}])", "entry 1 has no string \"file\""));
  EXPECT_TRUE(
      failsWith(R"([{"file":"a.cpp","command":"g++"}])", "entry 1 has no string \"directory\""));
  EXPECT_TRUE(failsWith(R"([{"directory":".","file":"a.cpp"}])",
                        "entry 1 has neither \"command\" nor \"arguments\""));
  EXPECT_TRUE(
      failsWith(R"([{"directory":".","file":"a.cpp","arguments":[1]}])", "not all strings"));
  EXPECT_TRUE(failsWith(R"([{"directory":".","file":"a.cpp","command":" "}])", "empty command"));
}

TEST_F(CompileCommandsTest, AFolderWithoutADatabaseSaysSo) {
  auto Result = loadCompileCommands(Folder.path());
  ASSERT_FALSE(Result);
  std::string Message = llvm::toString(Result.takeError());
  EXPECT_NE(Message.find("there is no compile_commands.json"), std::string::npos);
  EXPECT_NE(Message.find("cmake -S . -B " + Folder.path()), std::string::npos);
}

TEST_F(CompileCommandsTest, TheSearchPrefersThisFolderThenBuild) {
  EXPECT_TRUE(findDatabase(Folder.path()).Path.empty());
  EXPECT_EQ(findDatabase(Folder.path()).Looked.size(), 2U);
  std::string Debug = Folder.write("build-debug/compile_commands.json", "[]");
  EXPECT_EQ(findDatabase(Folder.path()).Path, Debug);
  std::string Build = Folder.write("build/compile_commands.json", "[]");
  DatabaseSearch Search = findDatabase(Folder.path());
  EXPECT_EQ(Search.Path, Build);
  EXPECT_EQ(Search.Others, std::vector<std::string>{Debug});
  std::string Here = Folder.write("compile_commands.json", "[]");
  EXPECT_EQ(findDatabase(Folder.path()).Path, Here);
}

TEST_F(CompileCommandsTest, ALinkToTheDatabaseInBuildIsTheSame) {
  std::string Build = Folder.write("build/compile_commands.json", "[]");
  std::filesystem::create_symlink(Build, Folder / "compile_commands.json");
  EXPECT_TRUE(findDatabase(Folder.path()).Others.empty());
}

TEST_F(CompileCommandsTest, FlagsMayNameACompiler) {
  std::vector<std::string> Flags{"-std=c++20"};
  EXPECT_EQ(commandFromFlags("a.cpp", Flags).Arguments,
            (std::vector<std::string>{"clang++", "-std=c++20"}));
  Flags = {"g++", "-O2"};
  EXPECT_EQ(commandFromFlags("a.cpp", Flags).Arguments, Flags);
  EXPECT_EQ(commandFromFlags("a.cpp", {}).Arguments.size(), 1U);
}
