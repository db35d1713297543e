// PathTest.cpp - file names

#include "test/tool/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace corolint::tool;

TEST(Path, RelativeNamesGoUpAndDown) {
  EXPECT_EQ(relativePath("/a/b/c.cpp", "/a/b"), "c.cpp");
  EXPECT_EQ(relativePath("/a/b/c.cpp", "/a/d/e"), "../../b/c.cpp");
  EXPECT_EQ(relativePath("/a", "/a"), ".");
  EXPECT_EQ(relativePath("/a/x", "/"), "a/x");
}

TEST(Path, InsideMeansAWholeComponent) {
  EXPECT_TRUE(isInside("/a/b/c", "/a/b"));
  EXPECT_TRUE(isInside("/a/b", "/a/b"));
  EXPECT_FALSE(isInside("/a/bc", "/a/b"));
  EXPECT_FALSE(isInside("/a", "/a/b"));
  EXPECT_TRUE(isInside("/a", "/"));
}

TEST(Path, RealPathResolvesLinksAlsoAboveAnAbsentFile) {
  TemporaryFolder Folder;
  Folder.write("real/a.cpp", "");
  std::filesystem::create_directory_symlink(Folder / "real", Folder / "link");
  EXPECT_EQ(realPath("link/a.cpp", Folder.path()), Folder / "real/a.cpp");
  EXPECT_EQ(realPath("link/absent.cpp", Folder.path()), Folder / "real/absent.cpp");
  EXPECT_EQ(realPath("no/../where.cpp", Folder.path()), Folder / "where.cpp");
}

TEST(Path, IsAUriWithItsOddLettersEscaped) {
  EXPECT_EQ(uriOf("a b/c+d.cpp"), "a%20b/c+d.cpp");
  EXPECT_EQ(uriOf("/a/\xC3\xA9%#?.cpp"), "file:///a/%C3%A9%25%23%3F.cpp");
}

TEST(Path, HeadersAndSourcesAreKnownByExtension) {
  EXPECT_TRUE(isHeaderName("a/b.hpp"));
  EXPECT_TRUE(isHeaderName("b.H"));
  EXPECT_FALSE(isHeaderName("b.cpp"));
  EXPECT_TRUE(isSourceName("b.CC"));
  EXPECT_TRUE(isSourceName("b.C"));
  EXPECT_FALSE(isSourceName("b.c"));
  EXPECT_FALSE(isSourceName("README"));
}
