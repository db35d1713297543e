// AioModelTest.cpp - the model of aio against aio's headers

#include "checks/model/Library.h"
#include "checks/model/Names.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace corolint;
using namespace corolint::model;

namespace {

/// What the headers declare, by the names that models use.
struct Declared : clang::RecursiveASTVisitor<Declared> {
  std::set<std::string> Functions;
  std::set<std::string> Types;
  /// The functions that a declaration marks "corolint::TEXT", by TEXT.
  std::map<std::string, std::set<std::string>> Marked;

  bool VisitFunctionDecl(clang::FunctionDecl *Function) {
    std::string Name = qualifiedName(*Function);
    for (const auto *Mark : Function->specific_attrs<clang::AnnotateAttr>())
      Marked[Mark->getAnnotation().str()].insert(Name);
    Functions.insert(std::move(Name));
    return true;
  }

  bool VisitTypeDecl(clang::TypeDecl *Type) {
    if (Type->getDeclName())
      Types.insert(qualifiedName(*Type));
    return true;
  }
};

const Declared &headers() {
  static const Declared All = [] {
    Declared Result;
    auto Unit = clang::tooling::buildASTFromCodeWithArgs(
        "#include <aio/aio.h>\n",
        {"-std=c++20", "-isystem" AIO_INCLUDE_FOLDER, "-resource-dir", CLANG_RESOURCE_FOLDER},
        "all.cpp");
    if (Unit && !Unit->getDiagnostics().hasErrorOccurred())
      Result.TraverseDecl(Unit->getASTContext().getTranslationUnitDecl());
    return Result;
  }();
  return All;
}

const LibraryModel &aioModel() {
  for (const LibraryModel &Each : builtinLibrary().Models)
    if (Each.Name == "aio")
      return Each;
  ADD_FAILURE() << "there is no model of aio";
  return builtinLibrary().Models.front();
}

std::set<std::string> modelled(bool (*Wanted)(const FunctionRule &)) {
  std::set<std::string> Names;
  for (const FunctionRule &Rule : aioModel().Functions)
    if (Wanted(Rule))
      Names.insert(Rule.Names.begin(), Rule.Names.end());
  return Names;
}

TEST(AioModel, NamesOnlyFunctionsThatTheHeadersDeclare) {
  ASSERT_TRUE(headers().Functions.count("aio::run"));
  for (const std::string &Name : modelled([](const FunctionRule &) { return true; }))
    EXPECT_TRUE(headers().Functions.count(Name)) << Name;
}

TEST(AioModel, NamesOnlyTypesThatTheHeadersDeclare) {
  for (const TypeRule &Rule : aioModel().Types)
    for (const std::string &Name : Rule.Names)
      EXPECT_TRUE(headers().Types.count(Name)) << Name;
}

TEST(AioModel, BlocksWhereTheHeadersSaySo) {
  const auto Found = headers().Marked.find("corolint::blocking");
  ASSERT_NE(Found, headers().Marked.end());
  EXPECT_EQ(Found->second,
            modelled([](const FunctionRule &Rule) { return Rule.Does.has_value(); }));
}

TEST(AioModel, IsCallableFromAnyThreadWhereTheHeadersSaySo) {
  const auto Found = headers().Marked.find("corolint::any_thread");
  ASSERT_NE(Found, headers().Marked.end());
  EXPECT_EQ(Found->second, modelled([](const FunctionRule &Rule) {
              return Rule.CallableFrom == FunctionRule::Threads::Any;
            }));
}

} // namespace
