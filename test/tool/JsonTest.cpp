// JsonTest.cpp - the report that programs read

#include "tool/report/Json.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace corolint::tool;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

namespace {

Results sample() {
  Results Found;
  Finding &Each = Found.Findings.emplace_back();
  Each.Check = "coro-blocking-call";
  Each.Where = {"src/a.cpp", 2, 3, 2, 9};
  Each.Message = "quote \" and \xFF byte";
  Each.Function = "f";
  Each.Confidence = Level::Medium;
  Each.Chain.push_back({{"src/b.cpp", 5, 1, 5, 2}, "here"});
  Each.Fixes.push_back({"insert 'co_await'", true, {{"src/a.cpp", 9, 0, "co_await "}}});
  Each.Fingerprint = "v1:0123456789abcdef";
  Found.Failures.push_back(
      {UnitFailure::Kind::Parse, "src/c.cpp", {"src/c.h", 1, 2, 1, 3}, "bad", 1, ""});
  Found.Failures.push_back({UnitFailure::Kind::Crash, "src/d.cpp", {}, "died", 0, ""});
  Found.Totals.Units = 4;
  return Found;
}

std::string written(const Results &Found) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  writeJson(Out, Found);
  return Text;
}

/// Enough of JSON Schema for findings.schema.json: type, const, enum, pattern
/// is left out, required, properties, additionalProperties: false, items, $ref.
class Validator {
public:
  explicit Validator(const Object &TheSchema) : Schema(TheSchema) {}

  std::string validate(const Value &Data) { return check(Data, Schema, "$"); }

private:
  const Object &resolve(const Object &Rule) const {
    auto Ref = Rule.getString("$ref");
    if (!Ref)
      return Rule;
    const Object *Found =
        Schema.getObject("$defs")->getObject(Ref->substr(llvm::StringRef("#/$defs/").size()));
    return Found ? resolve(*Found) : Rule;
  }

  static bool hasType(const Value &Data, llvm::StringRef Type) {
    switch (Data.kind()) {
    case Value::Object:
      return Type == "object";
    case Value::Array:
      return Type == "array";
    case Value::String:
      return Type == "string";
    case Value::Boolean:
      return Type == "boolean";
    case Value::Number:
      return Type == "number" || (Type == "integer" && Data.getAsInteger());
    default:
      return Type == "null";
    }
  }

  std::string check(const Value &Data, const Object &Given, std::string Path) {
    const Object &Rule = resolve(Given);
    if (auto Type = Rule.getString("type"); Type && !hasType(Data, *Type))
      return Path + " is not of type " + Type->str();
    if (const Value *Only = Rule.get("const"); Only && !(*Only == Data))
      return Path + " has another value";
    if (const Array *Values = Rule.getArray("enum"))
      if (std::find(Values->begin(), Values->end(), Data) == Values->end())
        return Path + " is none of the listed values";
    if (const Object *Members = Data.getAsObject())
      return checkMembers(*Members, Rule, Path);
    const Object *Items = Rule.getObject("items");
    if (const Array *Elements = Data.getAsArray(); Elements && Items)
      for (const Value &Element : *Elements)
        if (auto Wrong = check(Element, *Items, Path + "[]"); !Wrong.empty())
          return Wrong;
    return {};
  }

  std::string checkMembers(const Object &Members, const Object &Rule, const std::string &Path) {
    if (const Array *Required = Rule.getArray("required"))
      for (const Value &Name : *Required)
        if (!Members.get(*Name.getAsString()))
          return Path + " lacks " + Name.getAsString()->str();
    const Object *Properties = Rule.getObject("properties");
    for (const auto &[Name, Member] : Members) {
      const Object *For = Properties ? Properties->getObject(Name) : nullptr;
      if (!For)
        return Path + " may not have " + Name.str();
      if (auto Wrong = check(Member, *For, Path + "." + Name.str()); !Wrong.empty())
        return Wrong;
    }
    return {};
  }

  const Object &Schema;
};

Value parsed(llvm::StringRef Text) {
  auto Result = llvm::json::parse(Text);
  EXPECT_TRUE(static_cast<bool>(Result)) << llvm::toString(Result.takeError());
  return Result ? std::move(*Result) : Value(nullptr);
}

} // namespace

TEST(Json, ConformsToTheSchema) {
  auto File = llvm::MemoryBuffer::getFile(COROLINT_SCHEMA);
  ASSERT_TRUE(static_cast<bool>(File));
  Value Schema = parsed((*File)->getBuffer());
  ASSERT_NE(Schema.getAsObject(), nullptr);
  Validator Check(*Schema.getAsObject());
  EXPECT_EQ(Check.validate(parsed(written(sample()))), "");
  EXPECT_EQ(Check.validate(parsed(written({}))), "");
  EXPECT_NE(Check.validate(parsed("{\"version\": 2}")), "") << "the validator";
}

TEST(Json, HoldsWhatTheFindingSays) {
  Value Root = parsed(written(sample()));
  EXPECT_EQ(Root.getAsObject()->getInteger("version"), 1);
  const Object *Each = Root.getAsObject()->getArray("findings")->front().getAsObject();
  EXPECT_EQ(Each->getString("check"), "coro-blocking-call");
  EXPECT_EQ(Each->getInteger("endColumn"), 9);
  EXPECT_EQ(Each->getString("tier"), "high");
  EXPECT_EQ(Each->getString("confidence"), "medium");
  EXPECT_EQ(Each->getString("message"), "quote \" and \xEF\xBF\xBD byte");
  EXPECT_EQ(Each->getArray("chain")->front().getAsObject()->getInteger("line"), 5);
  const Object *Summary = Root.getAsObject()->getObject("summary");
  EXPECT_EQ(Summary->getInteger("failed"), 2);
  const Array *Failures = Summary->getArray("failures");
  EXPECT_EQ((*Failures)[0].getAsObject()->getString("file"), "src/c.h");
  EXPECT_FALSE((*Failures)[1].getAsObject()->get("line"));
}

TEST(Json, HasNoTimesInIt) {
  Results Slow = sample();
  Slow.Totals.Seconds = 99;
  EXPECT_EQ(written(Slow), written(sample()));
}
