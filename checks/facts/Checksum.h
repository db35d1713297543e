// Checksum.h - guards stored facts against damage
#ifndef COROLINT_CHECKS_FACTS_CHECKSUM_H
#define COROLINT_CHECKS_FACTS_CHECKSUM_H

#include <cstdint>
#include <span>

namespace corolint::facts {

/// FNV-1a. Guards against damage, not against an attacker.
inline std::uint64_t checksum(std::span<const std::uint8_t> Bytes) {
  std::uint64_t Sum = 0xcbf29ce484222325;
  for (std::uint8_t Byte : Bytes)
    Sum = (Sum ^ Byte) * 0x100000001b3;
  return Sum;
}

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_CHECKSUM_H
