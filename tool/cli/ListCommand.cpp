// ListCommand.cpp - prints the table of checks

#include "tool/cli/Commands.h"
#include "tool/engine/Engine.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace corolint::tool {

namespace {

/// Which run includes the checks of a tier.
const char *whenOn(Level Tier) {
  switch (Tier) {
  case Level::High:
    return "on";
  case Level::Medium:
    return "--strict";
  case Level::Low:
    return "--select";
  }
  return "";
}

void listText(const std::vector<CheckRow> &Rows) {
  std::size_t Id = 0, Family = 0;
  for (const CheckRow &Row : Rows) {
    Id = std::max(Id, Row.Id.size());
    Family = std::max(Family, Row.Family.size());
  }
  for (const CheckRow &Row : Rows)
    llvm::outs() << llvm::left_justify(Row.Id, Id) << "  " << llvm::left_justify(Row.Family, Family)
                 << "  " << llvm::left_justify(whenOn(Row.Tier), 8) << "  " << Row.Summary << '\n';
}

void listJson(const std::vector<CheckRow> &Rows) {
  llvm::json::OStream Json(llvm::outs(), 2);
  auto Option = [&](const CheckRow::OptionRow &Each) {
    Json.object([&] {
      Json.attribute("name", Each.Name);
      Json.attribute("default", Each.Default);
      Json.attribute("help", Each.Help);
    });
  };
  Json.array([&] {
    for (const CheckRow &Row : Rows)
      Json.object([&] {
        Json.attribute("id", Row.Id);
        Json.attribute("family", Row.Family);
        Json.attribute("tier", spelling(Row.Tier));
        Json.attribute("since", Row.Since);
        Json.attribute("summary", Row.Summary);
        Json.attributeArray("options", [&] {
          for (const CheckRow::OptionRow &Each : Row.Options)
            Option(Each);
        });
      });
  });
  llvm::outs() << '\n';
}

} // namespace

int runList(bool AsJson) {
  if (AsJson)
    listJson(Engine::checks());
  else
    listText(Engine::checks());
  return ExitClean;
}

} // namespace corolint::tool
