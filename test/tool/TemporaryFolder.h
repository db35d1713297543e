// TemporaryFolder.h - a folder of small files for one test
#ifndef COROLINT_TEST_TOOL_TEMPORARYFOLDER_H
#define COROLINT_TEST_TOOL_TEMPORARYFOLDER_H

#include "tool/base/Path.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace corolint::tool {

/// Exists from construction to destruction.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string Name = (std::filesystem::temp_directory_path() / "corolint-XXXXXX").string();
    Path = realPath(mkdtemp(Name.data()));
  }
  ~TemporaryFolder() { std::filesystem::remove_all(Path); }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::string &path() const { return Path; }
  std::string operator/(const std::string &Name) const { return Path + "/" + Name; }

  /// Writes a file, with the folders above it; returns its absolute path.
  std::string write(const std::string &Name, const std::string &Text) const {
    std::filesystem::path File = *this / Name;
    std::filesystem::create_directories(File.parent_path());
    std::ofstream(File) << Text;
    return File.string();
  }

private:
  std::string Path;
};

} // namespace corolint::tool

#endif // COROLINT_TEST_TOOL_TEMPORARYFOLDER_H
