// Check.cpp - the list of all checks, from Checks.def
#include "checks/Check.h"

namespace corolint {

#define CHECK(Name, Class, Family, TierOf, Since, Summary) std::unique_ptr<Check> make##Class();
#include "checks/Checks.def"
#undef CHECK

/// "blocking_call" -> "coro-blocking-call"; lives as long as the program.
static const char *idOf(const char *Name) {
  static std::vector<std::unique_ptr<std::string>> Ids;
  std::string Id = std::string("coro-") + Name;
  for (char &Letter : Id)
    if (Letter == '_')
      Letter = '-';
  Ids.push_back(std::make_unique<std::string>(std::move(Id)));
  return Ids.back()->c_str();
}

static std::vector<RegisteredCheck> makeAll() {
  std::vector<RegisteredCheck> Out;
#define CHECK(Name, Class, Family, TierOf, Since, Summary)                                         \
  Out.push_back({{idOf(#Name), #Family, Tier::TierOf, Since, Summary}, make##Class()});
#include "checks/Checks.def"
#undef CHECK
  return Out;
}

const std::vector<RegisteredCheck> &allChecks() {
  static const std::vector<RegisteredCheck> All = makeAll();
  return All;
}

bool isOn(const OptionValues &Values, const Option &Option) {
  auto Value = Values.find(Option.Name);
  return (Value == Values.end() ? std::string(Option.Default) : Value->second) == "true";
}

const RegisteredCheck *findCheck(const std::string &Id) {
  for (const RegisteredCheck &One : allChecks())
    if (Id == One.Info.Id)
      return &One;
  return nullptr;
}

} // namespace corolint
