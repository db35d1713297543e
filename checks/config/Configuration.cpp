// Configuration.cpp - what doors take from a configuration

#include "checks/config/Configuration.h"

namespace corolint::config {

UnitOptions Configuration::unitOptions() const {
  UnitOptions Result;
  Result.Models = Library.get();
  for (const auto &[Id, On] : Checks)
    if (On.Value)
      Result.Checks.insert(Id);
  for (const auto &[Id, Values] : Options)
    for (const auto &[Name, Value] : Values)
      Result.CheckOptions[Id][Name] = Value.Value;
  return Result;
}

bool Configuration::isOn(const std::string &Id) const {
  auto Check = Checks.find(Id);
  return Check == Checks.end() || Check->second.Value;
}

bool Configuration::shows(const facts::Finding &One) const {
  return isOn(One.Check) && One.Sure >= leastSure();
}

} // namespace corolint::config
