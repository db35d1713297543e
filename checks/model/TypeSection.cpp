// TypeSection.cpp - reads the types of a model file

#include "checks/model/ModelSections.h"

namespace corolint::model {
namespace {

constexpr Word<TaskRule::Start> Starts[] = {{"lazy", TaskRule::Start::Lazy},
                                            {"eager", TaskRule::Start::Eager}};

constexpr Word<TaskRule::Destroy> Destroys[] = {
    {"destroys", TaskRule::Destroy::Destroys}, {"abandons", TaskRule::Destroy::Abandons},
    {"detaches", TaskRule::Destroy::Detaches}, {"cancels", TaskRule::Destroy::Cancels},
    {"joins", TaskRule::Destroy::Joins},       {"aborts", TaskRule::Destroy::Aborts}};

enum class Tag { Defer, Try };
constexpr Word<Tag> Tags[] = {{"defer", Tag::Defer}, {"try", Tag::Try}};

constexpr Word<TypeRule::Cancellation> Cancellations[] = {
    {"implicit", TypeRule::Cancellation::Implicit},
    {"by-token", TypeRule::Cancellation::ByToken},
    {"error", TypeRule::Cancellation::Error}};

constexpr Key<TaskRule> TaskKeys[] = {
    {"start",
     [](ModelReader &Reader, const ModelNode &From, TaskRule &To) {
       To.Starts =
           Reader.readWord<TaskRule::Start>(From, Starts, "start").value_or(TaskRule::Start::Lazy);
     }},
    {"when-destroyed",
     [](ModelReader &Reader, const ModelNode &From, TaskRule &To) {
       To.WhenDestroyed = Reader.readWord<TaskRule::Destroy>(From, Destroys, "destruction")
                              .value_or(TaskRule::Destroy::Destroys);
     }},
    {"reawaitable", [](ModelReader &Reader, const ModelNode &From,
                       TaskRule &To) { To.Reawaitable = Reader.readFlag(From); }},
    {"on-loop", [](ModelReader &Reader, const ModelNode &From,
                   TaskRule &To) { To.OnLoop = Reader.readFlag(From); }},
    {"one-thread", [](ModelReader &Reader, const ModelNode &From,
                      TaskRule &To) { To.OneThread = Reader.readFlag(From); }},
    {"bool-ok", [](ModelReader &Reader, const ModelNode &From, TaskRule &To) {
       To.BoolOk = Reader.readFlag(From);
     }}};

template <class T, std::vector<std::string> T::*Member>
void readMethods(ModelReader &Reader, const ModelNode &From, T &To) {
  To.*Member = Reader.readTexts(From);
}

constexpr Key<GuardRule> GuardKeys[] = {
    {"lock", readMethods<GuardRule, &GuardRule::Lock>},
    {"try-lock", readMethods<GuardRule, &GuardRule::TryLock>},
    {"unlock", readMethods<GuardRule, &GuardRule::Unlock>},
    {"of-mutex", [](ModelReader &Reader, const ModelNode &From, GuardRule &To) {
       To.OfMutex = Reader.readFlag(From);
     }}};

constexpr Key<MutexRule> MutexKeys[] = {{"lock", readMethods<MutexRule, &MutexRule::Lock>},
                                        {"try-lock", readMethods<MutexRule, &MutexRule::TryLock>},
                                        {"unlock", readMethods<MutexRule, &MutexRule::Unlock>}};

/// A type entry while it is read.
struct Draft {
  TypeRule Rule;
  bool HasMeaning = false;
};

template <class T, std::optional<T> TypeRule::*Member>
void readPart(ModelReader &Reader, const ModelNode &From, Draft &To, llvm::ArrayRef<Key<T>> Keys,
              llvm::StringRef What) {
  T Part;
  Reader.readMap<T>(From, Part, Keys, What);
  To.Rule.*Member = Part;
  To.HasMeaning = true;
}

void readTag(ModelReader &Reader, const ModelNode &From, Draft &To) {
  std::optional<Tag> Read = Reader.readWord<Tag>(From, Tags, "tag");
  To.Rule.DeferTag = Read == Tag::Defer;
  To.Rule.TryTag = Read == Tag::Try;
  To.HasMeaning = true;
}

void readCancellation(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.Rule.Cancels = Reader.readWord<TypeRule::Cancellation>(From, Cancellations, "cancellation");
  To.HasMeaning = true;
}

void readAwaitable(ModelReader &Reader, const ModelNode &From, Draft &To) {
  bool Is = Reader.readFlag(From);
  To.Rule.Awaitable = Is;
  To.Rule.NotAwaitable = !Is;
  To.HasMeaning = true;
}

template <bool TypeRule::*Flag>
void readFlagOf(ModelReader &Reader, const ModelNode &From, Draft &To) {
  To.Rule.*Flag = Reader.readFlag(From);
  To.HasMeaning = true;
}

constexpr Key<Draft> TypeKeys[] = {
    {"name", [](ModelReader &Reader, const ModelNode &From,
                Draft &To) { To.Rule.Names = Reader.readNames(From); }},
    {"task",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       readPart<TaskRule, &TypeRule::Task>(Reader, From, To, TaskKeys, "a task");
     }},
    {"guard",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       readPart<GuardRule, &TypeRule::Guard>(Reader, From, To, GuardKeys, "a guard");
     }},
    {"mutex",
     [](ModelReader &Reader, const ModelNode &From, Draft &To) {
       readPart<MutexRule, &TypeRule::Mutex>(Reader, From, To, MutexKeys, "a mutex");
     }},
    {"cancellation", readCancellation},
    {"cancel-token", readFlagOf<&TypeRule::CancelToken>},
    {"awaitable", readAwaitable},
    {"generator", readFlagOf<&TypeRule::Generator>},
    {"container", readFlagOf<&TypeRule::Container>},
    {"loop-bound", readFlagOf<&TypeRule::LoopBound>},
    {"event-loop", readFlagOf<&TypeRule::EventLoop>},
    {"carries-error", readFlagOf<&TypeRule::CarriesError>},
    {"tag", readTag}};

} // namespace

void readType(ModelReader &Reader, const ModelNode &From, LibraryModel &To) {
  Draft Read;
  if (!Reader.readMap<Draft>(From, Read, TypeKeys, "a type"))
    return;
  if (!From.find("name"))
    Reader.error(From, "a type needs 'name'");
  else if (!Read.HasMeaning)
    Reader.error(From, "a type needs task, guard, mutex, cancellation, "
                       "cancel-token, awaitable, generator, container, "
                       "loop-bound, event-loop, carries-error or tag");
  Read.Rule.Names = Reader.expand(Read.Rule.Names);
  To.Types.push_back(std::move(Read.Rule));
}

void addTypeWords(std::vector<llvm::StringRef> &Words) {
  addNames(TypeKeys, Words);
  addNames(TaskKeys, Words);
  addNames(GuardKeys, Words);
  addNames(MutexKeys, Words);
  addNames(Starts, Words);
  addNames(Destroys, Words);
  addNames(Tags, Words);
  addNames(Cancellations, Words);
}

} // namespace corolint::model
