// ConfigurationsTest.cpp - discovery, inheritance, and files that change

#include "checks/config/Configurations.h"
#include "test/config/SomeChecks.h"
#include "test/tool/TemporaryFolder.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <thread>

using namespace corolint;
using namespace corolint::config;

namespace {

constexpr char Vendor[] = "corolint-model: 1\nlibrary: vendor\nfunctions:\n"
                          "  - {name: fetch, effect: blocks}\n";

class ConfigurationsTest : public testing::Test {
protected:
  /// The folder is a root: what lies above the temporary folder is not ours.
  ConfigurationsTest() { write("", "root: true\n"); }

  void write(const std::string &Where, const std::string &Yaml) {
    Folder.write(Where + ".corolint.yaml", Yaml);
  }

  std::shared_ptr<const Configuration> of(const std::string &File, const Request &Asked = {}) {
    return All.forFile(Folder / File, Asked);
  }

  std::string checks(const std::string &File, const Request &Asked = {}) {
    std::string Result;
    for (const auto &[Id, On] : of(File, Asked)->Checks)
      if (On.Value)
        Result += (Result.empty() ? "" : " ") + Id.substr(5);
    return Result;
  }

  std::string mistakes(const std::string &File, const Request &Asked = {}) {
    std::string Result;
    for (const Mistake &One : of(File, Asked)->Mistakes)
      Result += (Result.empty() ? "" : "\n") + describe(One);
    return Result;
  }

  tool::TemporaryFolder Folder;
  Configurations All{someChecks()};
};

TEST_F(ConfigurationsTest, WithoutFilesTheDefaultsHold) {
  EXPECT_EQ(checks("src/a.cpp"), "blocking-call nested-run");
  EXPECT_FALSE(of("src/a.cpp")->Strict.Value);
  EXPECT_EQ(of("src/a.cpp")->Strict.From.Source, "default");
  EXPECT_EQ(of("src/a.cpp")->Options.at("coro-sync-wait").at("Loud").Value, "false");
  EXPECT_EQ(of("src/a.cpp")->Library.get(), &model::builtinLibrary());
}

TEST_F(ConfigurationsTest, TheNearestFileComesAfterThoseAbove) {
  write("", "root: true\nstrict: true\nignore: coro-nested-run\n");
  write("src/", "strict: false\nextend-select: coro-odd-style\n");
  EXPECT_EQ(checks("lib/a.cpp"), "blocking-call sync-wait");
  EXPECT_EQ(checks("src/net/a.cpp"), "blocking-call odd-style");
  EXPECT_EQ(of("src/net/a.cpp")->Strict.From.Source, Folder / "src/.corolint.yaml");
  EXPECT_EQ(of("src/net/a.cpp")->Strict.From.Line, 1u);
  EXPECT_EQ(of("src/net/a.cpp")->Files,
            (std::vector<std::string>{Folder / ".corolint.yaml", Folder / "src/.corolint.yaml"}));
}

TEST_F(ConfigurationsTest, ASelectStartsOver) {
  write("", "root: true\nselect: blocking\nignore: coro-sync-wait\n");
  write("src/", "select: [default, coro-sync-wait]\n");
  EXPECT_EQ(checks("a.cpp"), "blocking-call");
  EXPECT_EQ(checks("src/a.cpp"), "blocking-call nested-run sync-wait");
}

TEST_F(ConfigurationsTest, AFileThatDoesNotInheritIsAlone) {
  write("", "root: true\nignore: coro-nested-run\n");
  write("src/", "inherit: false\n");
  write("lib/", "root: true\n");
  EXPECT_EQ(checks("src/a.cpp"), "blocking-call nested-run");
  EXPECT_EQ(checks("lib/a.cpp"), "blocking-call nested-run");
  EXPECT_EQ(of("lib/a.cpp")->Files.size(), 1u);
}

TEST_F(ConfigurationsTest, OverridesAreForTheFilesThatTheyName) {
  write("", "root: true\noverrides:\n"
            "  - {files: ['src/**', 'x.h'], ignore: blocking, strict: true}\n"
            "  - {files: '*_test.cpp', options: {coro-sync-wait: {Loud: true, "
            "Names: [a, b]}},\n"
            "     fail-on: never}\n");
  EXPECT_EQ(checks("lib/a.cpp"), "blocking-call nested-run");
  EXPECT_EQ(checks("src/net/a.cpp"), "nested-run");
  EXPECT_EQ(checks("lib/x.h"), "nested-run");
  auto Both = of("src/a_test.cpp");
  EXPECT_TRUE(Both->Strict.Value);
  EXPECT_EQ(Both->Options.at("coro-sync-wait").at("Loud").Value, "true");
  EXPECT_EQ(Both->Options.at("coro-sync-wait").at("Names").Value, "a;b");
  EXPECT_EQ(Both->Fail.Value, FailOn::Never);
}

TEST_F(ConfigurationsTest, GlobsAreSeenFromTheFolderOfTheirFile) {
  write("src/", "overrides: [{files: net/*.cpp, ignore: all}]\n");
  EXPECT_EQ(checks("src/net/a.cpp"), "");
  EXPECT_EQ(checks("net/a.cpp"), "blocking-call nested-run");
}

TEST_F(ConfigurationsTest, WhatTheDoorAsksForWins) {
  write("", "root: true\nstrict: true\nselect: all\nignore: coro-nested-run\n"
            "options: {coro-sync-wait: {Loud: true}}\n");
  Request Asked;
  Asked.Strict = false;
  Asked.Options["coro-sync-wait"]["Loud"] = "false";
  Asked.Rules = {{Rule::Verb::Ignore, "low", {}}};
  EXPECT_EQ(checks("a.cpp", Asked), "blocking-call sync-wait");
  auto Made = of("a.cpp", Asked);
  EXPECT_EQ(Made->Options.at("coro-sync-wait").at("Loud").From.Source, "command line");
  EXPECT_FALSE(Made->Strict.Value);
  Asked.Rules = {{Rule::Verb::Select, "coro-nested-run", {}}};
  EXPECT_EQ(checks("a.cpp", Asked), "nested-run");
  EXPECT_EQ(checks("a.cpp"), "blocking-call odd-style sync-wait") << "others are as before";
}

TEST_F(ConfigurationsTest, PathsAreAbsoluteWhoeverGivesThem) {
  write("", "root: true\nsummary: build/linked\n");
  EXPECT_EQ(of("src/a.cpp")->Summary.Value, Folder / "build/linked");
  Request Asked;
  Asked.Summary = "linked";
  EXPECT_EQ(of("a.cpp", Asked)->Summary.Value,
            std::filesystem::current_path().string() + "/linked");
}

TEST_F(ConfigurationsTest, AnotherFileCanBeNamedOrNone) {
  write("", "root: true\nignore: all\n");
  Request Asked;
  Asked.File = Folder.write("ci.yaml", "select: coro-odd-style\n");
  EXPECT_EQ(checks("src/a.cpp", Asked), "odd-style");
  Asked.File = Folder / "absent.yaml";
  EXPECT_EQ(mistakes("a.cpp", Asked), "there is no configuration '" + Asked.File + "'");
  Asked.File.clear();
  Asked.NoFiles = true;
  EXPECT_EQ(checks("a.cpp", Asked), "blocking-call nested-run");
}

TEST_F(ConfigurationsTest, ModelsAddAndTheNearestIsLast) {
  Folder.write("m/vendor.yaml", Vendor);
  write("", "root: true\nmodels: m/vendor.yaml\n");
  write("src/", "models:\n  - corolint-model: 1\n    library: inline\n    functions:\n"
                "      - {name: fetch, effect: none}\n");
  auto Made = of("src/a.cpp");
  ASSERT_EQ(Made->Mistakes.size(), 0u);
  const auto &Models = Made->Library->Models;
  ASSERT_EQ(Models.size(), model::builtinLibrary().Models.size() + 2);
  EXPECT_EQ(Models[Models.size() - 2].Name, "vendor");
  EXPECT_EQ(Models.back().Name, "inline");
  EXPECT_EQ(of("src/b.cpp")->Library, Made->Library) << "one library for both";
  EXPECT_EQ(of("b.cpp")->Library->Models.back().Name, "vendor");
}

TEST_F(ConfigurationsTest, MistakesSwitchEverythingOff) {
  write("", "root: true\nmodels: [absent.yaml]\n");
  EXPECT_EQ(mistakes("a.cpp"), Folder / ".corolint.yaml" + ":2:10: error: cannot read the model " +
                                   (Folder / "absent.yaml") + ": No such file or directory");
  EXPECT_EQ(checks("a.cpp"), "");
  Folder.write("bad.yaml", "corolint-model: 1\nlibrary: x\nfunctons: []\n");
  write("", "root: true\nmodels: [bad.yaml]\n");
  EXPECT_EQ(mistakes("a.cpp"), Folder / "bad.yaml" + ":3:1: error: unknown key 'functons' in a "
                                                     "model file; did you mean 'functions'?");
  Request Asked;
  Asked.Rules = {{Rule::Verb::Select, "coro-nested-rum", {}}};
  Asked.NoFiles = true;
  EXPECT_EQ(mistakes("a.cpp", Asked),
            "no check is called 'coro-nested-rum'; did you mean 'coro-nested-run'?");
}

TEST_F(ConfigurationsTest, AFileThatCannotBeReadIsAMistake) {
  std::filesystem::create_directory(Folder / "src");
  std::filesystem::create_directory(Folder / "src/.corolint.yaml");
  EXPECT_EQ(mistakes("src/a.cpp"),
            Folder / "src/.corolint.yaml" +
                ":1:1: error: cannot read the configuration: Is a directory");
  Folder.write("lib/.corolint.yml", "ignore: all\n");
  EXPECT_EQ(mistakes("lib/a.cpp"), Folder / "lib/.corolint.yml" +
                                       ":1:1: error: a file of this name is not read; call it "
                                       "'.corolint.yaml'");
}

TEST_F(ConfigurationsTest, AChangedFileIsReadAgain) {
  EXPECT_EQ(checks("a.cpp"), "blocking-call nested-run");
  auto Before = of("a.cpp");
  EXPECT_EQ(of("b.cpp"), Before) << "nothing changed";
  write("", "root: true\nignore: blocking\n");
  EXPECT_EQ(checks("a.cpp"), "nested-run");
  write("src/", "ignore: all\n");
  EXPECT_EQ(checks("src/a.cpp"), "");
  std::filesystem::remove(Folder / "src/.corolint.yaml");
  EXPECT_EQ(checks("src/a.cpp"), "nested-run");
  Folder.write("vendor.yaml", Vendor);
  write("", "root: true\nmodels: vendor.yaml\n");
  EXPECT_EQ(of("a.cpp")->Library->Models.back().Name, "vendor");
  Folder.write("vendor.yaml", "corolint-model: 1\nlibrary: other\n");
  EXPECT_EQ(of("a.cpp")->Library->Models.back().Name, "other");
}

TEST_F(ConfigurationsTest, ALinkToAFolderIsThatFolder) {
  write("src/", "ignore: all\n");
  std::filesystem::create_symlink(Folder / "src", Folder / "link");
  EXPECT_EQ(checks("link/a.cpp"), "");
}

TEST_F(ConfigurationsTest, ThreadsMayAskAtOnce) {
  write("src/", "strict: true\nmodels: vendor.yaml\n");
  Folder.write("src/vendor.yaml", Vendor);
  std::vector<std::thread> Threads;
  std::atomic<unsigned> Wrong = 0;
  for (unsigned Number = 0; Number < 4; ++Number)
    Threads.emplace_back([&, Number] {
      for (unsigned Round = 0; Round < 200; ++Round) {
        std::string File = (Round + Number) % 2 ? "src/a.cpp" : "lib/a.cpp";
        Wrong += of(File)->Strict.Value != (File == "src/a.cpp");
        if (Number == 0)
          write("lib/", Round % 2 ? "fail-on: never\n" : "fail-on: high\n");
      }
    });
  for (std::thread &Each : Threads)
    Each.join();
  EXPECT_EQ(Wrong, 0u);
}

TEST_F(ConfigurationsTest, FindingsAreKeptByTheFileInWhichTheyStand) {
  write("legacy/", "ignore: blocking\n");
  write("new/", "strict: true\n");
  auto Finding = [](const char *Id, const char *File, facts::Confidence Sure) {
    facts::Finding Result;
    Result.Check = Id;
    Result.Where.File = File;
    Result.Sure = Sure;
    return Result;
  };
  using facts::Confidence;
  std::vector<facts::Finding> Found{Finding("coro-blocking-call", "legacy/a.h", Confidence::High),
                                    Finding("coro-nested-run", "legacy/a.h", Confidence::High),
                                    Finding("coro-blocking-call", "new/a.h", Confidence::Medium),
                                    Finding("coro-blocking-call", "a.h", Confidence::Medium)};
  EXPECT_TRUE(All.keepShown(Found, Folder.path()).empty());
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].Check, "coro-nested-run");
  EXPECT_EQ(Found[1].Where.File, "new/a.h");

  write("legacy/", "ignore: blokking\n");
  Found = {Finding("coro-blocking-call", "legacy/a.h", Confidence::High)};
  EXPECT_EQ(All.keepShown(Found, Folder.path()).size(), 1u);
  EXPECT_EQ(Found.size(), 1u) << "a mistake hides nothing";
}

} // namespace
