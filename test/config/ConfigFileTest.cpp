// ConfigFileTest.cpp - mistakes have a place and a mend

#include "checks/config/ConfigFile.h"
#include "test/config/SomeChecks.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

using namespace corolint::config;

namespace {

/// What is wrong with \p Yaml, a line each, with line and column.
std::string mistakes(const std::string &Yaml) {
  std::string Result;
  for (const Mistake &One : readConfigFile(Yaml, "/p/.corolint.yaml", someChecks()).Mistakes)
    Result += (Result.empty() ? "" : "\n") + std::to_string(One.Line) + ":" +
              std::to_string(One.Column) + ": " + One.Message;
  return Result;
}

struct Case {
  const char *Name;
  const char *Yaml;
  const char *Message;
};

class ConfigMistakes : public testing::TestWithParam<Case> {};

TEST_P(ConfigMistakes, AreReportedWithPlaceAndMend) {
  EXPECT_EQ(mistakes(GetParam().Yaml), GetParam().Message);
}

const Case All[] = {
    {"UnknownKey", "strict: true\nselct: [all]",
     "2:1: unknown key 'selct' in a configuration; did you mean 'select'?"},
    {"KeyTwice", "strict: true\nstrict: false", "2:1: key 'strict' is given twice"},
    {"NoMapping", "- strict", "1:1: a configuration is a mapping, but this is a list"},
    {"NoTruth", "strict: yes", "1:9: unknown truth value 'yes'; expected one of: true, false"},
    {"ListForTruth", "root: [true]", "1:7: a truth value is a single word, but this is a list"},
    {"UnknownCheck", "ignore:\n  - coro-nested-rum",
     "2:5: no check is called 'coro-nested-rum'; did you mean "
     "'coro-nested-run'?"},
    {"BadPattern", "select: 'coro-['", "1:9: 'coro-[' is not a pattern of check names"},
    {"MappingForPattern", "select: [{all: true}]", "1:10: expected text, but this is a mapping"},
    {"CommasForAList", "ignore: await,blocking",
     "1:9: several checks are written as a list: [await,blocking]"},
    {"NoModel", "models:", "1:1: expected text, but this is nothing"},
    {"EmptySelect", "select: []",
     "1:9: an empty 'select' says nothing; 'ignore: all' switches all checks "
     "off"},
    {"NothingSelected", "select:", "1:1: expected text, but this is nothing"},
    {"UnknownLevel", "fail-on: hihg", "1:10: unknown level 'hihg'; did you mean 'high'?"},
    {"OptionOfUnknownCheck", "options:\n  sync-wait: {Loud: true}",
     "2:3: no check is called 'sync-wait'; did you mean 'coro-sync-wait'?"},
    {"UnknownOption", "options: {coro-sync-wait: {Lound: true}}",
     "1:28: 'coro-sync-wait' has no option 'Lound'; did you mean 'Loud'?"},
    {"OptionFarFromAll", "options: {coro-sync-wait: {Threads: true}}",
     "1:28: 'coro-sync-wait' has no option 'Threads'; it has Loud, Names"},
    {"CheckWithoutOptions", "options: {coro-nested-run: {Loud: true}}",
     "1:29: 'coro-nested-run' has no options"},
    {"WrongTypeOfOption", "options: {coro-sync-wait: {Loud: 3}}",
     "1:34: unknown truth value '3'; expected one of: true, false"},
    {"OptionTwice", "options: {coro-sync-wait: {Loud: true, Loud: false}}",
     "1:40: option 'Loud' is given twice"},
    {"OptionsAsList", "options: [coro-sync-wait]",
     "1:10: options are written {coro-CHECK: {Name: value}}"},
    {"OptionsOfACheckAsText", "options: {coro-sync-wait: Loud}",
     "1:27: the options of a check are written {Name: value}"},
    {"OverrideWithoutFiles", "overrides:\n  - ignore: all",
     "2:5: an override needs 'files': globs that say for which"},
    {"OverrideOfNothing", "overrides:\n  - files: '*.h'",
     "2:5: an override needs settings beside 'files'"},
    {"BadGlob", "overrides:\n  - files: ['*.h', 'a[.h']\n    ignore: all",
     "2:20: 'a[.h' is no glob over files: '[' is not closed"},
    {"KeyOfFilesOnly", "overrides:\n  - files: a.h\n    root: true",
     "3:5: unknown key 'root' in an override"},
    {"FilesOutsideOfOverrides", "files: '*.h'", "1:1: unknown key 'files' in a configuration"},
    {"RootThatInherits", "root: true\ninherit: true",
     "2:10: a root inherits nothing: take one of the two away"},
    {"NewerVersion", "require: '>=99'\nunheard-of: 1",
     "1:10: this is corolint " COROLINT_VERSION ", and the configuration requires '>=99'"},
    {"NoVersion", "require: latest", "1:10: 'latest' compares no version; write it like '>=0.1'"},
    {"MistakeInInlineModel",
     "models:\n  - corolint-model: 1\n    library: mine\n    functions:\n"
     "      - name: f\n        effect: block",
     "6:17: unknown effect 'block'; did you mean 'blocks'?"},
    {"ModelAsList", "models: [[a.yaml]]", "1:10: expected text, but this is a list"},
    {"NoYaml", "select: [", "1:9: Could not find closing ]!"},
    {"SeveralInOrder", "strict: 1\nfail-on: 1\nselect: x9",
     "1:9: unknown truth value '1'; expected one of: true, false\n"
     "2:10: unknown level '1'; expected one of: warning, high, never\n"
     "3:9: no check is called 'x9'; 'corolint list' prints all"},
};

INSTANTIATE_TEST_SUITE_P(ConfigFile, ConfigMistakes, testing::ValuesIn(All),
                         [](const auto &Info) { return std::string(Info.param.Name); });

TEST(ConfigFile, AnEmptyOneIsGood) {
  EXPECT_EQ(mistakes(""), "");
  EXPECT_EQ(mistakes("# nothing yet\n"), "");
}

TEST(ConfigFile, IgnoreComesLastWhereverItStands) {
  ConfigFile Read = readConfigFile("ignore: coro-nested-run\nextend-select: low\nselect: [high]",
                                   "/p/.corolint.yaml", someChecks());
  ASSERT_EQ(Read.Values.Rules.size(), 3u);
  EXPECT_EQ(Read.Values.Rules[0].Pattern, "high");
  EXPECT_EQ(Read.Values.Rules[2].Pattern, "coro-nested-run");
}

/// The cells of the row of \p Key in the table of the page; none without one.
std::vector<std::string> rowOf(llvm::StringRef Key) {
  std::ifstream Page(COROLINT_CONFIGURATION_PAGE);
  std::string Line;
  while (std::getline(Page, Line))
    if (llvm::StringRef(Line).starts_with(("| `" + Key + "` |").str())) {
      std::vector<std::string> Cells;
      llvm::SmallVector<llvm::StringRef, 6> Parts;
      llvm::StringRef(Line).split(Parts, '|');
      for (llvm::StringRef Part : Parts)
        Cells.push_back(Part.trim().str());
      return Cells;
    }
  return {};
}

TEST(ConfigFile, ThePageHasARowForEachKey) {
  for (llvm::StringRef Key : configurationKeys()) {
    std::vector<std::string> Row = rowOf(Key);
    ASSERT_EQ(Row.size(), 6u) << Key.str();
    for (std::size_t Cell = 1; Cell < 5; ++Cell)
      EXPECT_FALSE(Row[Cell].empty()) << Key.str();
  }
  EXPECT_TRUE(rowOf("unheard-of").empty());
}

TEST(ConfigFile, PathsAreSeenFromItsFolder) {
  ConfigFile Read = readConfigFile("summary: build/s.bin\nmodels: [../m.yaml, /q/n.yaml]",
                                   "/p/.corolint.yaml", someChecks());
  EXPECT_EQ(Read.Values.Summary->Value, "/p/build/s.bin");
  EXPECT_EQ(std::get<std::string>(Read.Values.Models[0].What), "/m.yaml");
  EXPECT_EQ(std::get<std::string>(Read.Values.Models[1].What), "/q/n.yaml");
}

} // namespace
