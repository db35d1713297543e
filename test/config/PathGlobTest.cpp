// PathGlobTest.cpp - which files a glob names

#include "checks/config/PathGlob.h"

#include <gtest/gtest.h>

using namespace corolint::config;

namespace {

bool matches(llvm::StringRef Text, llvm::StringRef Path) {
  auto Glob = PathGlob::parse(Text);
  EXPECT_TRUE(static_cast<bool>(Glob)) << Text.str();
  if (Glob)
    return Glob->matches(Path);
  llvm::consumeError(Glob.takeError());
  return false;
}

std::string mistake(llvm::StringRef Text) {
  auto Glob = PathGlob::parse(Text);
  return Glob ? "" : llvm::toString(Glob.takeError());
}

TEST(PathGlob, ANameIsLookedForInEveryFolder) {
  EXPECT_TRUE(matches("a.cpp", "a.cpp"));
  EXPECT_TRUE(matches("*_test.cpp", "src/net/a_test.cpp"));
  EXPECT_FALSE(matches("*_test.cpp", "src/net/a.cpp"));
  EXPECT_FALSE(matches("a.cpp", "ba.cpp"));
  EXPECT_FALSE(matches("a.cpp", "axcpp"));
}

TEST(PathGlob, ASlashBindsItToTheBase) {
  EXPECT_TRUE(matches("src/*.cpp", "src/a.cpp"));
  EXPECT_FALSE(matches("src/*.cpp", "lib/src/a.cpp"));
  EXPECT_FALSE(matches("src/*.cpp", "src/net/a.cpp")) << "'*' stays in a folder";
  EXPECT_TRUE(matches("./a.cpp", "a.cpp"));
  EXPECT_TRUE(matches("/a.cpp", "a.cpp"));
  EXPECT_FALSE(matches("/a.cpp", "src/a.cpp"));
}

TEST(PathGlob, TwoStarsCrossFolders) {
  EXPECT_TRUE(matches("src/**/*.cpp", "src/a.cpp"));
  EXPECT_TRUE(matches("src/**/*.cpp", "src/net/http/a.cpp"));
  EXPECT_TRUE(matches("**/test/*", "a/b/test/c.cpp"));
  EXPECT_TRUE(matches("src/**", "src/net/a.h"));
  EXPECT_FALSE(matches("src/**", "srcs/a.h"));
  EXPECT_TRUE(matches("**", "src/a.h"));
}

TEST(PathGlob, AFolderStandsForAllInIt) {
  EXPECT_TRUE(matches("legacy", "src/legacy/deep/a.cpp"));
  EXPECT_TRUE(matches("src/legacy/", "src/legacy/a.cpp"));
  EXPECT_FALSE(matches("legacy/", "src/legacy")) << "a file, not a folder";
  EXPECT_FALSE(matches("legacy", "src/legacy.cpp"));
}

TEST(PathGlob, SetsAndAlternatives) {
  EXPECT_TRUE(matches("*.{h,hpp}", "a.hpp"));
  EXPECT_FALSE(matches("*.{h,hpp}", "a.hp"));
  EXPECT_TRUE(matches("{src,lib}/**/*_test.cpp", "lib/x/a_test.cpp"));
  EXPECT_TRUE(matches("a[0-9].cpp", "a7.cpp"));
  EXPECT_FALSE(matches("a[!0-9].cpp", "a7.cpp"));
  EXPECT_TRUE(matches("a?.cpp", "ab.cpp"));
  EXPECT_TRUE(matches("a\\*.cpp", "a*.cpp"));
  EXPECT_FALSE(matches("a\\*.cpp", "ab.cpp"));
  EXPECT_TRUE(matches("a+(b).cpp", "a+(b).cpp"));
}

TEST(PathGlob, WhatIsNoGlobSaysWhy) {
  EXPECT_EQ(mistake("a[0-9.cpp"), "'[' is not closed");
  EXPECT_EQ(mistake("*.{h,hpp"), "'{' is not closed");
  EXPECT_EQ(mistake("a\\"), "nothing follows '\\'");
  EXPECT_EQ(mistake("../src/*.cpp"), "a glob cannot leave its folder with '..'");
  EXPECT_EQ(mistake("!src/*.cpp"), "a glob is not negated with '!'");
  EXPECT_EQ(mistake("/"), "it names no file; '**' names all");
  EXPECT_NE(mistake("a[z-a].cpp"), "");
}

} // namespace
