// Json.cpp - streams the findings in schema order

#include "tool/report/Json.h"

#include "tool/report/Utf8.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using llvm::json::OStream;

namespace corolint::tool {

namespace {

void text(OStream &Json, llvm::StringRef Key, llvm::StringRef Value) {
  Json.attribute(Key, toUtf8(Value));
}

void start(OStream &Json, const Place &Where) {
  text(Json, "file", Where.File);
  Json.attribute("line", Where.Line);
  Json.attribute("column", Where.Column);
}

void fix(OStream &Json, const Fix &Each) {
  Json.object([&] {
    text(Json, "title", Each.Title);
    Json.attribute("safe", Each.Safe);
    Json.attributeArray("edits", [&] {
      for (const Edit &One : Each.Edits)
        Json.object([&] {
          text(Json, "file", One.File);
          Json.attribute("offset", One.Offset);
          Json.attribute("length", One.Length);
          text(Json, "text", One.Text);
        });
    });
  });
}

void finding(OStream &Json, const Finding &Each) {
  Json.object([&] {
    text(Json, "check", Each.Check);
    start(Json, Each.Where);
    Json.attribute("endLine", Each.Where.EndLine);
    Json.attribute("endColumn", Each.Where.EndColumn);
    text(Json, "message", Each.Message);
    Json.attribute("tier", spelling(Each.Tier));
    Json.attribute("confidence", spelling(Each.Confidence));
    text(Json, "function", Each.Function);
    text(Json, "help", Each.Help);
    Json.attributeArray("chain", [&] {
      for (const Note &Step : Each.Chain)
        Json.object([&] {
          start(Json, Step.Where);
          text(Json, "message", Step.Message);
        });
    });
    Json.attributeArray("fixes", [&] {
      for (const Fix &One : Each.Fixes)
        fix(Json, One);
    });
    text(Json, "fingerprint", Each.Fingerprint);
  });
}

void failure(OStream &Json, const UnitFailure &Each) {
  Json.object([&] {
    text(Json, "unit", Each.File);
    Json.attribute("reason", spelling(Each.Why));
    if (Each.Where.Line)
      start(Json, Each.Where);
    text(Json, "message", Each.Message);
    Json.attribute("moreErrors", Each.MoreErrors);
  });
}

} // namespace

void writeJson(llvm::raw_ostream &Out, const Results &Found) {
  OStream Json(Out, /*IndentSize=*/2);
  Json.object([&] {
    Json.attribute("version", JsonVersion);
    Json.attributeArray("findings", [&] {
      for (const Finding &Each : Found.Findings)
        finding(Json, Each);
    });
    Json.attributeObject("summary", [&] {
      Json.attribute("findings", Found.Findings.size());
      Json.attribute("units", Found.Totals.Units);
      Json.attribute("failed", Found.Failures.size());
      Json.attribute("suppressed", Found.Suppressed.size());
      Json.attribute("belowTier", Found.Totals.BelowTier);
      Json.attribute("coroutines", Found.Totals.Coroutines);
      Json.attributeArray("failures", [&] {
        for (const UnitFailure &Each : Found.Failures)
          failure(Json, Each);
      });
    });
  });
  Out << '\n';
}

} // namespace corolint::tool
