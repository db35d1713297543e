// ProjectRootTest.cpp - where a project begins

#include "checks/config/ProjectRoot.h"
#include "test/tool/TemporaryFolder.h"

#include <filesystem>
#include <gtest/gtest.h>

using corolint::config::projectRoot;
using corolint::tool::TemporaryFolder;

TEST(ProjectRoot, IsTheNearestFolderWithAMark) {
  TemporaryFolder Folder;
  Folder.write("src/net/a.cpp", "");
  Folder.write("lib/c.cpp", "");
  Folder.write("src/.corolint.yaml", "");
  EXPECT_EQ(projectRoot(Folder / "src/net"), Folder / "src");
  std::filesystem::create_directory(Folder / ".git");
  EXPECT_EQ(projectRoot(Folder / "lib"), Folder.path());
  EXPECT_EQ(projectRoot(Folder / "src/net"), Folder.path())
      << "a subfolder's configuration is no root";
}

TEST(ProjectRoot, IsNamedWithoutLinks) {
  TemporaryFolder Folder;
  Folder.write("real/.git/HEAD", "");
  Folder.write("real/src/a.cpp", "");
  std::filesystem::create_directory_symlink(Folder / "real", Folder / "link");
  EXPECT_EQ(projectRoot(Folder / "link/src/.."), Folder / "real");
}
