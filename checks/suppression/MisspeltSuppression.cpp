// MisspeltSuppression.cpp - a comment that names no check
#include "checks/Check.h"

#include "checks/Suppressions.h"
#include "checks/model/ModelReader.h"

namespace corolint {

namespace {

class MisspeltSuppressionCheck : public Check {
public:
  std::optional<facts::Finding> checkSuppression(const Suppression &One) const override {
    std::vector<std::string> Names = One.names(Suppression::Name::Meaning::Unknown);
    if (Names.empty() || (One.What == model::NoLint::Kind::End && One.HasPartner))
      return std::nullopt; // the Begin is reported
    facts::Finding Out;
    Out.Check = "coro-misspelt-suppression";
    Out.Where = One.Where;
    std::vector<llvm::StringRef> Known;
    for (const RegisteredCheck &Each : allChecks())
      Known.push_back(Each.Info.Id);
    for (const std::string &Name : Names)
      Out.Message += (Out.Message.empty() ? "no check is called '" : ", none '") + Name + "'" +
                     model::suggestion(Name, Known);
    Out.Help = "'corolint list' prints the names";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeMisspeltSuppression() {
  return std::make_unique<MisspeltSuppressionCheck>();
}

} // namespace corolint
