// Encoder.cpp - facts as bytes
#include "checks/facts/Codec.h"

#include "checks/facts/Checksum.h"

#include "Facts_generated.h"

namespace corolint::facts {
namespace {

namespace fb = flatbuffers;

template <typename To, typename From> To same(From Value) {
  return static_cast<To>(static_cast<std::uint8_t>(Value));
}

/// Writes facts into one buffer. Equal strings are stored once.
class Encoder {
public:
  template <typename T> std::vector<std::uint8_t> run(const T &From) {
    Buffer.Finish(store(From), stored::UnitIdentifier());
    std::span Bytes(Buffer.GetBufferPointer(), Buffer.GetSize());
    std::vector<std::uint8_t> Result(Bytes.begin(), Bytes.end());
    std::uint64_t Sum = checksum(Bytes);
    for (std::size_t I = 0; I != ChecksumSize; ++I)
      Result.push_back(static_cast<std::uint8_t>(Sum >> (8 * I)));
    return Result;
  }

private:
  template <typename Table> using Offset = fb::Offset<Table>;

  Offset<fb::String> text(const std::string &From) {
    return From.empty() ? Offset<fb::String>() : store(From);
  }

  template <typename T> auto list(const std::vector<T> &From) {
    std::vector<decltype(store(From.front()))> To;
    To.reserve(From.size());
    for (const T &Item : From)
      To.push_back(store(Item));
    return From.empty() ? decltype(Buffer.CreateVector(To))() : Buffer.CreateVector(To);
  }

  static stored::Location location(const Location &From) {
    return {From.File, From.Line, From.Column, From.EndLine, From.EndColumn};
  }

  Offset<fb::String> store(const std::string &From) { return Buffer.CreateSharedString(From); }

  Offset<stored::Sink> store(const Sink &From) {
    std::vector<stored::ParameterTest> Tests;
    for (const ParameterTest &Test : From.Unless)
      Tests.emplace_back(Test.Value, Test.Parameter, same<stored::Test>(Test.Test));
    auto Unless = Tests.empty() ? Offset<fb::Vector<const stored::ParameterTest *>>()
                                : Buffer.CreateVectorOfStructs(Tests);
    return stored::CreateSink(Buffer, same<stored::Effect>(From.What),
                              same<stored::Confidence>(From.Sure), text(From.Name), text(From.Help),
                              Unless, From.OwnLoop, same<stored::Confidence>(From.WhenUnknown),
                              From.OnlyTime);
  }

  Offset<stored::Sink> store(const std::optional<Sink> &From) {
    return From ? store(*From) : Offset<stored::Sink>();
  }

  Offset<stored::Argument> store(const Argument &From) {
    return stored::CreateArgument(Buffer, From.Index, From.Constant, From.Parameter);
  }

  Offset<stored::Callable> store(const Callable &From) {
    return stored::CreateCallable(Buffer, From.Index, same<stored::Transfer>(From.How),
                                  list(From.Targets), From.Parameter);
  }

  Offset<stored::Edit> store(const Edit &From) {
    return stored::CreateEdit(Buffer, text(From.File), From.Offset, From.Length, text(From.Text));
  }

  Offset<stored::Fix> store(const Fix &From) {
    return stored::CreateFix(Buffer, text(From.Title), From.Safe, list(From.Edits));
  }

  Offset<stored::Call> store(const Call &From) {
    stored::Location Where = location(From.Where);
    Offset<stored::Fix> Mend = From.Mend ? store(*From.Mend) : 0;
    return stored::CreateCall(Buffer, text(From.Callee), text(From.CalleeName), &Where,
                              same<stored::Dispatch>(From.How), same<stored::Guard>(From.Path),
                              text(From.Type), From.Parameter, store(From.Primitive),
                              list(From.Arguments), list(From.Callables), From.OffLoop,
                              From.BeforeFirstSuspension, From.MakesMainTask, From.Suppressed, Mend,
                              From.MakesThreadTask, From.Doubtful, From.Unmodelled);
  }

  Offset<stored::Forward> store(const Forward &From) {
    return stored::CreateForward(Buffer, text(From.Callee), From.Parameter, From.Result);
  }

  Offset<stored::ParameterUse> store(const ParameterUse &From) {
    return stored::CreateParameterUse(Buffer, From.Parameter, From.Does, list(From.To));
  }

  Offset<stored::Condition> store(const Condition &From) {
    return stored::CreateCondition(Buffer, text(From.Function), From.Parameter, From.Does);
  }

  Offset<stored::Function> store(const Function &From) {
    stored::Location Where = location(From.Where);
    return stored::CreateFunction(Buffer, text(From.Id), text(From.Name), &Where,
                                  same<stored::Kind>(From.What), store(From.Declared), From.Opaque,
                                  From.Mixed, From.LoopOnly, list(From.Overrides), list(From.Calls),
                                  From.BodyHash, list(From.Parameters));
  }

  Offset<stored::AddressTaken> store(const AddressTaken &From) {
    return stored::CreateAddressTaken(Buffer, text(From.Id), text(From.Type));
  }

  Offset<stored::Place> store(const Place &From) {
    stored::Range Range(From.Line, From.Column, From.EndLine, From.EndColumn);
    return stored::CreatePlace(Buffer, text(From.File), &Range);
  }

  Offset<stored::Note> store(const Note &From) {
    return stored::CreateNote(Buffer, store(From.Where), text(From.Message));
  }

  Offset<stored::Finding> store(const Finding &From) {
    return stored::CreateFinding(Buffer, text(From.Check), store(From.Where), text(From.Message),
                                 text(From.Function), text(From.Help),
                                 same<stored::Confidence>(From.Sure), From.Suppressed,
                                 list(From.Chain), list(From.Fixes), list(From.OnlyIf));
  }

  Offset<stored::ParseError> store(const ParseError &From) {
    return stored::CreateParseError(Buffer, store(From.Where), text(From.Message));
  }

  Offset<stored::CommentedFile> store(const CommentedFile &From) {
    std::vector<stored::Lines> Undecided;
    for (const Lines &One : From.Undecided)
      Undecided.emplace_back(One.First, One.Last);
    return stored::CreateCommentedFile(Buffer, text(From.Name),
                                       Buffer.CreateVectorOfStructs(Undecided));
  }

  Offset<stored::Unit> store(const Unit &From) {
    return stored::CreateUnit(Buffer, FormatVersion, text(From.MainFile), list(From.Files),
                              list(From.Functions), list(From.AddressesTaken), list(From.Findings),
                              list(From.Errors), From.Coroutines, list(From.Pending),
                              list(From.Commented));
  }

  Offset<stored::Summary> store(const Summary &From) {
    return stored::CreateSummary(Buffer, FormatVersion, text(From.Root), list(From.Units),
                                 store(From.Program), Buffer.CreateVector(From.FunctionOwners),
                                 Buffer.CreateVector(From.AddressOwners));
  }

  fb::FlatBufferBuilder Buffer;
};

} // namespace

std::vector<std::uint8_t> encode(const Unit &From) { return Encoder().run(From); }

std::vector<std::uint8_t> encode(const Summary &From) { return Encoder().run(From); }

} // namespace corolint::facts
