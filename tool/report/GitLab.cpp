// GitLab.cpp - streams a code-quality report

#include "tool/report/GitLab.h"

#include "tool/report/Utf8.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using llvm::json::OStream;

namespace corolint::tool {

namespace {

const char *severity(Level Confidence) {
  switch (Confidence) {
  case Level::High:
    return "major";
  case Level::Medium:
    return "minor";
  case Level::Low:
    return "info";
  }
  return "info";
}

void issue(OStream &Json, const Finding &Each) {
  Json.attribute("description", toUtf8(Each.Message));
  Json.attribute("check_name", Each.Check);
  Json.attribute("fingerprint", Each.Fingerprint);
  Json.attribute("severity", severity(Each.Confidence));
  Json.attributeObject("location", [&] {
    Json.attribute("path", toUtf8(Each.Where.File));
    Json.attributeObject("lines", [&] {
      Json.attribute("begin", Each.Where.Line);
      Json.attribute("end", Each.Where.EndLine ? Each.Where.EndLine : Each.Where.Line);
    });
  });
}

} // namespace

void writeGitLab(llvm::raw_ostream &Out, const Results &Found) {
  OStream Json(Out, /*IndentSize=*/2);
  Json.array([&] {
    for (const Finding &Each : Found.Findings)
      Json.object([&] { issue(Json, Each); });
  });
  Out << '\n';
}

} // namespace corolint::tool
