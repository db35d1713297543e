// Decoder.cpp - bytes as facts, after a check of each
#include "checks/facts/Codec.h"

#include "checks/facts/Checksum.h"

#include "Facts_generated.h"

#include <cstring>

namespace corolint::facts {
namespace {

namespace fb = flatbuffers;

/// More bytes of what offsets can share (strings, tests) attack the memory.
constexpr std::size_t MaxShared = std::size_t{1} << 30;

/// Unit > Function > Call > Fix > Edit is the deepest nesting.
constexpr fb::uoffset_t MaxDepth = 16;

template <typename To, typename From> To same(From Value) {
  return static_cast<To>(static_cast<std::uint8_t>(Value));
}

bool isAligned(const std::uint8_t *Data, std::size_t Alignment) {
  return reinterpret_cast<std::uintptr_t>(Data) % Alignment == 0;
}

/// Reads a verified buffer. What the verifier cannot know is checked here:
/// enumerators, file indexes and memory.
class Decoder {
public:
  template <typename Stored> auto run(const Stored &From) {
    auto Result = load(From);
    return Valid ? std::optional(std::move(Result)) : std::nullopt;
  }

private:
  bool affords(std::size_t Bytes) {
    Shared += Bytes;
    Valid = Valid && Shared <= MaxShared;
    return Valid;
  }

  std::string load(const fb::String *From) {
    return From && affords(From->size()) ? From->str() : std::string();
  }

  template <typename To, typename From> To value(From Stored, From Max) {
    static_assert(std::is_same_v<std::underlying_type_t<From>, std::uint8_t>);
    if (Stored > Max)
      Valid = false;
    return same<To>(Stored);
  }

  template <typename T, typename Stored>
  std::vector<T> list(const fb::Vector<fb::Offset<Stored>> *From) {
    std::vector<T> Result;
    if (!From)
      return Result;
    Result.reserve(From->size());
    for (fb::uoffset_t I = 0; I != From->size() && Valid; ++I)
      Result.push_back(load(From->Get(I)));
    return Result;
  }

  Location location(const stored::Location *From) {
    if (!From)
      return {};
    Location Result{From->file(), From->line(), From->column(), From->end_line(),
                    From->end_column()};
    bool NoPlace = Result.Line == 0 && Result.File == 0;
    if (Result.File >= Files && !NoPlace)
      Valid = false;
    return Result;
  }

  Sink load(const stored::Sink *From) {
    Sink Result;
    Result.What = value<Effect>(From->what(), stored::Effect_MAX);
    Result.Sure = value<Confidence>(From->sure(), stored::Confidence_MAX);
    Result.Name = load(From->name());
    Result.Help = load(From->help());
    Result.OwnLoop = From->own_loop();
    Result.OnlyTime = From->only_time();
    Result.WhenUnknown = value<Confidence>(From->when_unknown(), stored::Confidence_MAX);
    const auto *Unless = From->unless();
    // The verifier looks at the alignment of the vector's length field only.
    if (Unless && !isAligned(Unless->Data(), alignof(stored::ParameterTest)))
      Valid = false;
    if (!Unless || !affords(Unless->size() * sizeof(stored::ParameterTest)))
      return Result;
    for (const stored::ParameterTest *Test : *Unless)
      Result.Unless.push_back({Test->parameter(),
                               value<ParameterTest::Kind>(Test->test(), stored::Test_MAX),
                               Test->value()});
    return Result;
  }

  std::optional<Sink> sink(const stored::Sink *From) {
    return From ? std::optional<Sink>(load(From)) : std::nullopt;
  }

  Argument load(const stored::Argument *From) {
    return {From->index(), From->constant(), From->parameter()};
  }

  Callable load(const stored::Callable *From) {
    return {From->index(), value<Transfer>(From->how(), stored::Transfer_MAX),
            list<std::string>(From->targets()), From->parameter()};
  }

  Edit load(const stored::Edit *From) {
    return {load(From->file()), From->offset(), From->length(), load(From->text())};
  }

  Fix load(const stored::Fix *From) {
    return {load(From->title()), From->safe(), list<Edit>(From->edits())};
  }

  Call load(const stored::Call *From) {
    Call Result;
    Result.Callee = load(From->callee());
    Result.CalleeName = load(From->callee_name());
    Result.Where = location(From->where());
    Result.How = value<Dispatch>(From->how(), stored::Dispatch_MAX);
    Result.Path = value<Guard>(From->path(), stored::Guard_MAX);
    Result.Type = load(From->type());
    Result.Parameter = From->parameter();
    Result.Primitive = sink(From->primitive());
    Result.Arguments = list<Argument>(From->arguments());
    Result.Callables = list<Callable>(From->callables());
    Result.OffLoop = From->off_loop();
    Result.BeforeFirstSuspension = From->before_first_suspension();
    Result.MakesMainTask = From->makes_main_task();
    Result.MakesThreadTask = From->makes_thread_task();
    Result.Doubtful = From->doubtful();
    Result.Unmodelled = From->unmodelled();
    Result.Suppressed = From->suppressed();
    if (From->mend())
      Result.Mend = load(From->mend());
    return Result;
  }

  Uses uses(std::uint8_t Stored) {
    Valid = Valid && Stored <= AllUses;
    return Stored;
  }

  Forward load(const stored::Forward *From) {
    return {load(From->callee()), From->parameter(), uses(From->result())};
  }

  ParameterUse load(const stored::ParameterUse *From) {
    return {From->parameter(), uses(From->does()), list<Forward>(From->to())};
  }

  Condition load(const stored::Condition *From) {
    return {load(From->function()), From->parameter(), uses(From->does())};
  }

  Function load(const stored::Function *From) {
    Function Result;
    Result.Id = load(From->id());
    Result.Name = load(From->name());
    Result.Where = location(From->where());
    Result.What = value<Kind>(From->what(), stored::Kind_MAX);
    Result.Declared = sink(From->declared());
    Result.Opaque = From->opaque();
    Result.Mixed = From->mixed();
    Result.LoopOnly = From->loop_only();
    Result.Overrides = list<std::string>(From->overrides());
    Result.Calls = list<Call>(From->calls());
    Result.BodyHash = From->body_hash();
    Result.Parameters = list<ParameterUse>(From->parameters());
    return Result;
  }

  AddressTaken load(const stored::AddressTaken *From) {
    return {load(From->id()), load(From->type())};
  }

  Place load(const stored::Place *From) {
    Place Result;
    if (!From)
      return Result;
    Result.File = load(From->file());
    if (const stored::Range *Range = From->range()) {
      Result.Line = Range->line();
      Result.Column = Range->column();
      Result.EndLine = Range->end_line();
      Result.EndColumn = Range->end_column();
    }
    return Result;
  }

  Note load(const stored::Note *From) { return {load(From->where()), load(From->message())}; }

  Finding load(const stored::Finding *From) {
    return {load(From->check()),      load(From->where()),
            load(From->message()),    load(From->function()),
            load(From->help()),       value<Confidence>(From->sure(), stored::Confidence_MAX),
            From->suppressed(),       list<Note>(From->chain()),
            list<Fix>(From->fixes()), list<Condition>(From->only_if())};
  }

  ParseError load(const stored::ParseError *From) {
    return {load(From->where()), load(From->message())};
  }

  CommentedFile load(const stored::CommentedFile *From) {
    CommentedFile Result;
    Result.Name = load(From->name());
    const auto *Undecided = From->undecided();
    if (Undecided && affords(Undecided->size() * sizeof(Lines)))
      for (const stored::Lines *One : *Undecided)
        Result.Undecided.push_back({One->first(), One->last()});
    return Result;
  }

  Unit load(const stored::Unit &From) {
    Unit Result;
    Result.MainFile = load(From.main_file());
    Result.Files = list<std::string>(From.files());
    Files = Result.Files.size();
    Result.Functions = list<Function>(From.functions());
    Result.AddressesTaken = list<AddressTaken>(From.addresses_taken());
    Result.Findings = list<Finding>(From.findings());
    Result.Pending = list<Finding>(From.pending());
    Result.Errors = list<ParseError>(From.errors());
    Result.Coroutines = From.coroutines();
    Result.Commented = list<CommentedFile>(From.commented());
    return Result;
  }

  std::vector<std::uint32_t> owners(const fb::Vector<std::uint32_t> *From, std::size_t Count,
                                    std::size_t Units) {
    std::vector<std::uint32_t> Result;
    if (From && affords(From->size() * sizeof(std::uint32_t)))
      Result.assign(From->begin(), From->end());
    Valid = Valid && Result.size() == Count;
    for (std::uint32_t Owner : Result)
      Valid = Valid && (Owner == Summary::Several || Owner < Units);
    return Result;
  }

  Summary load(const stored::Summary &From) {
    Summary Result;
    Result.Root = load(From.root());
    Result.Units = list<std::string>(From.units());
    if (From.program())
      Result.Program = load(*From.program());
    Result.FunctionOwners =
        owners(From.function_owners(), Result.Program.Functions.size(), Result.Units.size());
    Result.AddressOwners =
        owners(From.address_owners(), Result.Program.AddressesTaken.size(), Result.Units.size());
    return Result;
  }

  bool Valid = true;
  std::size_t Files = 0;
  std::size_t Shared = 0;
};

/// Verifies \p Bytes as a Table with its checksum, and reads it.
template <typename Table>
auto decodeAs(std::span<const std::uint8_t> Bytes)
    -> decltype(Decoder().run(std::declval<const Table &>())) {
  if (Bytes.size() < ChecksumSize || Bytes.size() >= FLATBUFFERS_MAX_BUFFER_SIZE)
    return std::nullopt;
  std::span Content = Bytes.first(Bytes.size() - ChecksumSize);
  std::uint64_t Sum = 0;
  for (std::size_t I = ChecksumSize; I != 0; --I)
    Sum = Sum << 8 | Bytes[Content.size() + I - 1];
  if (Sum != checksum(Content))
    return std::nullopt;

  // A caller may have cut the bytes out of a larger file.
  std::vector<std::uint64_t> Aligned;
  if (!isAligned(Content.data(), alignof(std::uint64_t))) {
    Aligned.resize(Content.size() / sizeof(std::uint64_t) + 1);
    std::memcpy(Aligned.data(), Content.data(), Content.size());
    Content = {reinterpret_cast<const std::uint8_t *>(Aligned.data()), Content.size()};
  }

  fb::Verifier::Options Limits;
  Limits.max_depth = MaxDepth;
  // A table that is not shared takes at least eight bytes, with its offset.
  Limits.max_tables = static_cast<fb::uoffset_t>(Content.size() / 8 + 1);
  fb::Verifier Verifier(Content.data(), Content.size(), Limits);
  if (!Verifier.VerifyBuffer<Table>(stored::UnitIdentifier()))
    return std::nullopt;
  const Table &Stored = *fb::GetRoot<Table>(Content.data());
  if (Stored.version() != FormatVersion)
    return std::nullopt;
  return Decoder().run(Stored);
}

} // namespace

std::optional<Unit> decode(std::span<const std::uint8_t> Bytes) {
  return decodeAs<stored::Unit>(Bytes);
}

std::optional<Summary> decodeSummary(std::span<const std::uint8_t> Bytes) {
  return decodeAs<stored::Summary>(Bytes);
}

} // namespace corolint::facts
