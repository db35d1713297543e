// Checksum.h - guards stored facts against damage
#ifndef COROLINT_CHECKS_FACTS_CHECKSUM_H
#define COROLINT_CHECKS_FACTS_CHECKSUM_H

#include <cstdint>
#include <span>

namespace corolint::facts {

/// Bytes of a checksum at the end of a facts file.
inline constexpr std::size_t ChecksumSize = 8;

/// FNV-1a. Guards against damage, not against an attacker.
inline std::uint64_t checksum(std::span<const std::uint8_t> Bytes) {
  std::uint64_t Sum = 0xcbf29ce484222325;
  for (std::uint8_t Byte : Bytes)
    Sum = (Sum ^ Byte) * 0x100000001b3;
  return Sum;
}

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_CHECKSUM_H
