// BuiltinModelsTest.cpp - the shipped models are well formed

#include "checks/model/Library.h"
#include "checks/model/Models.h"
#include "checks/model/PackedTree.h"

#include "llvm/ADT/StringRef.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>

using namespace corolint::model;

namespace {

std::string textOf(const PackedModel &Model) {
  std::ifstream File(std::string(COROLINT_MODELS_FOLDER "/") + Model.File);
  return {std::istreambuf_iterator<char>(File), {}};
}

TEST(BuiltinModels, ArePackedAsTheirFilesAre) {
  for (const PackedModel &Each : packedModels()) {
    ModelNode Root;
    ASSERT_TRUE(parseModelYaml(textOf(Each), Root).empty()) << Each.File;
    std::string_view Bytes(reinterpret_cast<const char *>(Each.Bytes), Each.Size);
    EXPECT_EQ(pack(Root), Bytes) << Each.File << " changed after the build";
    EXPECT_EQ(pack(unpack(Bytes)), Bytes);
  }
}

TEST(BuiltinModels, LoadWithoutErrors) {
  EXPECT_FALSE(packedModels().empty());
  for (const PackedModel &Each : packedModels()) {
    Library Models;
    for (const ModelError &Error : Models.add(textOf(Each), Each.File))
      ADD_FAILURE() << Error.File << ":" << Error.Line << ":" << Error.Column << ": "
                    << Error.Message;
  }
}

TEST(BuiltinModels, AreLoadedOnce) {
  EXPECT_EQ(&builtinLibrary(), &builtinLibrary());
  EXPECT_EQ(builtinLibrary().Models.size(), packedModels().size());
}

TEST(BuiltinModels, AreNamedAfterTheirFiles) {
  for (const PackedModel &Each : packedModels()) {
    Library Models;
    ASSERT_TRUE(Models.add(textOf(Each), Each.File).empty());
    EXPECT_EQ(Models.Models.front().Name + ".yaml", Each.File);
  }
}

TEST(BuiltinModels, SpellNoNameTwiceInARule) {
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions) {
      std::set<std::string> Seen;
      for (const std::string &Name : Rule.Names)
        EXPECT_TRUE(Seen.insert(Name).second) << Model.Name << ": " << Name;
    }
}

/// "arg test value text" of each condition, as one comparable word.
std::string conditionOf(const FunctionRule &Rule) {
  std::string Result;
  for (const Predicate &Each : Rule.When)
    Result += std::to_string(Each.Argument.Index) + " " +
              std::to_string(static_cast<int>(Each.Test)) + " " + std::to_string(Each.Value) + " " +
              Each.Text + ";";
  return Result;
}

TEST(BuiltinModels, HaveNoRuleThatCannotApply) {
  std::map<std::string, std::set<std::string>> Before;
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions) {
      std::string Condition = conditionOf(Rule);
      for (const std::string &Name : Rule.Names) {
        EXPECT_FALSE(Before[Name].count(""))
            << Model.Name << ": an unconditional rule for " << Name << " stands before this one";
        EXPECT_TRUE(Before[Name].insert(Condition).second)
            << Model.Name << ": two rules for " << Name << " have the same condition";
      }
    }
}

TEST(BuiltinModels, HaveNoNameHiddenByAStar) {
  std::set<std::string> Stars;
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions)
      for (const std::string &Name : Rule.Names) {
        for (const std::string &Star : Stars) {
          llvm::StringRef Rest = Name;
          bool Hidden = Rest.consume_front(Star) && !Rest.contains("::") && Rest != "*";
          EXPECT_FALSE(Hidden) << Model.Name << ": " << Name << " by " << Star;
        }
        if (llvm::StringRef(Name).ends_with("*") && Rule.When.empty() &&
            !llvm::StringRef(Name).contains("operator"))
          Stars.insert(Name.substr(0, Name.size() - 1));
      }
}

TEST(BuiltinModels, GiveEachTypeOneRule) {
  std::set<std::string> Seen;
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const TypeRule &Rule : Model.Types)
      for (const std::string &Name : Rule.Names)
        EXPECT_TRUE(Seen.insert(Name).second) << Model.Name << ": " << Name;
}

TEST(BuiltinModels, SayWhatToDoInsteadWhenSure) {
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions) {
      if (!Rule.Does || Rule.Does->Sure != corolint::facts::Confidence::High)
        continue;
      EXPECT_FALSE(Rule.Does->Help.empty()) << Rule.Names.front();
      EXPECT_FALSE(llvm::StringRef(Rule.Does->Help).ends_with(".")) << Rule.Names.front();
    }
}

} // namespace
