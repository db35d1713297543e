// FlagsTest.cpp - what is left of a command

#include "tool/project/Flags.h"
#include "test/tool/TemporaryFolder.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

namespace {

AnalysisFlags flagsOf(std::vector<std::string> Arguments, const std::string &File = "/p/a.cpp",
                      const std::string &Directory = "/p") {
  Arguments.insert(Arguments.begin(), "g++");
  auto Result = analysisFlags({Directory, File, std::move(Arguments)});
  EXPECT_TRUE(static_cast<bool>(Result)) << llvm::toString(Result.takeError());
  return Result ? *Result : AnalysisFlags();
}

std::string kept(std::vector<std::string> Arguments) {
  return llvm::join(flagsOf(std::move(Arguments)).Kept, " ");
}

} // namespace

TEST(Flags, LanguageAndPreprocessorStay) {
  EXPECT_EQ(kept({"-std=c++20", "-I", "x", "-Iy", "-isystem", "z", "-DA=1", "-include", "b.h",
                  "-O2", "-march=native", "-pthread"}),
            "-std=c++20 -I x -Iy -isystem z -DA=1 -include b.h -O2 "
            "-march=native -pthread");
}

TEST(Flags, OutputsInputsAndDependencyFilesGo) {
  EXPECT_EQ(kept({"-c", "a.cpp", "-o", "a.o", "-MD", "-MT", "a.o", "-MF", "a.d", "-MMD", "-MFx.d",
                  "-oa.o", "-save-temps=obj", "--", "b.cpp"}),
            "");
}

TEST(Flags, WarningsGoExceptThoseThatTurnErrorsOff) {
  EXPECT_EQ(kept({"-Wall", "-Wextra", "-Werror", "-Werror=return-type", "-w", "-Wno-error",
                  "-Wno-narrowing", "-pedantic-errors"}),
            "-Wno-narrowing");
  EXPECT_EQ(kept({"-Wp,-MD,a.d", "-Wp,-DX", "-Wl,-z"}), "-Wp,-DX");
}

TEST(Flags, PluginsAndPrecompiledHeadersGo) {
  EXPECT_EQ(kept({"-fplugin=x.so", "-fplugin-arg-x-y", "-Winvalid-pch", "-Xclang", "-include-pch",
                  "-Xclang", "a.pch", "-Xclang", "-include", "-Xclang", "a.hxx", "-Xclang", "-load",
                  "-Xclang", "x.so", "-fpch-instantiate-templates"}),
            "-Xclang -include -Xclang a.hxx");
}

TEST(Flags, GccOnlyFlagsAreNamed) {
  AnalysisFlags Flags =
      flagsOf({"-fconcepts", "-fanalyzer", "-fno-implicit-constexpr", "-fabi-version=11", "--param",
               "x=1", "-fcoroutines", "-mpreferred-stack-boundary=4", "-fmodules-ts"});
  EXPECT_EQ(llvm::join(Flags.Kept, " "), "-fcoroutines");
  EXPECT_EQ(Flags.GccOnly.size(), 6U);
}

TEST(Flags, AValueThatLooksLikeAFlagIsAValue) {
  EXPECT_EQ(kept({"-D", "-c", "-I", "-o"}), "-D -c -I -o");
  EXPECT_EQ(kept({"-o"}), "") << "a value that is missing is no crash";
  EXPECT_EQ(kept({"-I"}), "-I");
  EXPECT_EQ(kept({"-Xclang"}), "");
}

TEST(Flags, OnlyCxxUnitsHoldCoroutines) {
  EXPECT_FALSE(flagsOf({}, "/p/a.cpp").NotCxx);
  EXPECT_TRUE(flagsOf({}, "/p/a.c").NotCxx);
  EXPECT_TRUE(flagsOf({}, "/p/a.S").NotCxx);
  EXPECT_FALSE(flagsOf({"-x", "c++"}, "/p/a.c").NotCxx);
  EXPECT_TRUE(flagsOf({"-xc++-header"}, "/p/cmake_pch.hxx.cxx").NotCxx);
}

TEST(Flags, ResponseFilesAreExpandedWhereTheCommandRuns) {
  TemporaryFolder Folder;
  Folder.write("flags.rsp", "-DFROM_FILE -o x.o");
  EXPECT_EQ(flagsOf({"@flags.rsp"}, "/p/a.cpp", Folder.path()).Kept,
            std::vector<std::string>{"-DFROM_FILE"});
  EXPECT_TRUE(flagsOf({"@absent.modmap"}).Kept.empty());
}
