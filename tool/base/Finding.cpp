// Finding.cpp - spellings of the enumerations in findings

#include "tool/base/Finding.h"

namespace corolint::tool {

const char *spelling(Level Value) {
  switch (Value) {
  case Level::Low:
    return "low";
  case Level::Medium:
    return "medium";
  case Level::High:
    return "high";
  }
  return "high";
}

const char *spelling(UnitFailure::Kind Value) {
  switch (Value) {
  case UnitFailure::Kind::Parse:
    return "parse-error";
  case UnitFailure::Kind::Crash:
    return "crash";
  case UnitFailure::Kind::Timeout:
    return "timeout";
  case UnitFailure::Kind::Command:
    return "bad-command";
  case UnitFailure::Kind::Missing:
    return "missing";
  }
  return "crash";
}

} // namespace corolint::tool
