// FactsFile.cpp - facts and summaries as files that say what they are
#include "checks/facts/FactsFile.h"

#include "checks/facts/Codec.h"

namespace corolint::facts {

static std::string thisVersion() { return COROLINT_VERSION "-" COROLINT_FACTS_FORM; }

static std::string file(std::string_view Kind, const std::vector<std::uint8_t> &Bytes) {
  std::string Result = "corolint " + std::string(Kind) + ' ' + thisVersion() + '\n';
  Result.append(Bytes.begin(), Bytes.end());
  return Result;
}

/// Takes the first line off \p Content; what is wrong with it, or nothing.
static std::optional<std::string> takeFirstLine(std::string_view &Content, std::string_view Kind) {
  // A version is short: the first line of any other file need not be.
  std::size_t End = Content.substr(0, 80).find('\n');
  std::string_view Line = Content.substr(0, End == Content.npos ? 0 : End);
  std::string Start = "corolint " + std::string(Kind) + ' ';
  if (!Line.starts_with(Start))
    return "is not a file of corolint's " + std::string(Kind);
  Line.remove_prefix(Start.size());
  if (Line != thisVersion())
    return "was written by corolint " + std::string(Line) + ", and this is corolint " +
           thisVersion();
  Content.remove_prefix(End + 1);
  return std::nullopt;
}

template <typename T, typename Decode>
static std::variant<T, std::string> read(std::string_view Content, std::string_view Kind,
                                         Decode Read) {
  if (std::optional<std::string> Problem = takeFirstLine(Content, Kind))
    return *Problem;
  std::optional<T> Result =
      Read({reinterpret_cast<const std::uint8_t *>(Content.data()), Content.size()});
  if (!Result)
    return "is damaged";
  return std::move(*Result);
}

std::string fileOf(const Unit &From) { return file("facts", encode(From)); }

std::string fileOf(const Summary &From) { return file("summary", encode(From)); }

std::variant<Unit, std::string> readFacts(std::string_view Content) {
  return read<Unit>(Content, "facts", decode);
}

std::variant<Summary, std::string> readSummary(std::string_view Content) {
  return read<Summary>(Content, "summary", decodeSummary);
}

} // namespace corolint::facts
