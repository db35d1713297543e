// Codec.h - facts as bytes and back
#ifndef COROLINT_CHECKS_FACTS_CODEC_H
#define COROLINT_CHECKS_FACTS_CODEC_H

#include "checks/facts/Facts.h"
#include "checks/facts/Summary.h"

#include <span>

namespace corolint::facts {

/// The stored form of \p From: a FlatBuffer as Facts.fbs describes it, followed
/// by a checksum. Equal units give equal bytes.
std::vector<std::uint8_t> encode(const Unit &From);

/// The unit that encode() stored in \p Bytes.
///
/// Nothing is returned for bytes that are cut, changed, of another
/// FormatVersion or that name a file or an enumerator that does not exist. Any
/// bytes are safe to pass.
std::optional<Unit> decode(std::span<const std::uint8_t> Bytes);

/// The same for a summary.
std::vector<std::uint8_t> encode(const Summary &From);
std::optional<Summary> decodeSummary(std::span<const std::uint8_t> Bytes);

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_CODEC_H
