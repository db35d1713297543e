// Library.h - what a library's functions and types mean, read from YAML
//
// Data only: Matcher.h holds a library against the AST. docs/models.md is the
// schema for users; every key that it names is a member here.

#ifndef COROLINT_CHECKS_MODEL_LIBRARY_H
#define COROLINT_CHECKS_MODEL_LIBRARY_H

#include "checks/facts/Facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace corolint::model {

/// The schema version that `corolint-model:` must state.
inline constexpr unsigned SchemaVersion = 1;

/// Names an argument of a call.
struct ArgumentRef {
  static constexpr int Object = -1; ///< "object": what a method is called on
  static constexpr int Any = -2;    ///< "any": at least one argument
  static constexpr int Last = -3;   ///< "last"
  static constexpr int Result = -4; ///< "result": what the call returns
  int Index = 0;
};

/// A test on one call. A test that cannot be decided does not hold.
struct Predicate {
  enum class Kind : std::uint8_t {
    Zero,                 ///< `is: zero`: constant <= 0, zero duration or time
    NonZero,              ///< `is: nonzero`: decided, and not Zero
    Null,                 ///< `is: null`: null pointer constant, or an empty optional
    True,                 ///< `is: true`
    NonBlocking,          ///< `is: nonblocking`: made so earlier in the function
    ConstantTrueCallable, ///< `is: constant-true`: a callable that returns true
    Equals,               ///< `equals: N or CONSTANT`
    HasBits,              ///< `has: N or CONSTANT`: constant with one of these bits
    Type,                 ///< `type: NAME`: class of the argument, template arguments
                          ///< and references ignored
    Count,                ///< `count: N`: the call has that many written arguments
    Variable,             ///< `variable: NAME`: names this global variable
    Mutex,                ///< `is: mutex`: of a class that some model gives a `mutex:`
  };
  ArgumentRef Argument;
  std::string Member; ///< `member:`: the test is about this member of it
  Kind Test = Kind::Zero;
  std::int64_t Value = 0;
  std::string Text; ///< Type, Variable: qualified name
};

/// `effect:` with its conditions. `effect: none` is a rule without one.
struct EffectRule {
  facts::Effect What = facts::Effect::Blocks;
  facts::Confidence Sure = facts::Confidence::High;
  /// `unless:`: one that holds removes the effect.
  std::vector<Predicate> Unless;
  /// `undecided:`: confidence when an `unless` test names an argument that is
  /// not a constant. None: keep Sure.
  std::optional<facts::Confidence> Undecided;
  std::string Help; ///< `help:`
};

/// `sleep:`: the call only waits for time to pass.
struct SleepRule {
  ArgumentRef Argument;
  enum class Unit : std::uint8_t {
    Duration,
    Seconds,
    Milliseconds,
    Microseconds,
    TimePoint,
    Other
  } In = Unit::Duration;
};

/// `consumes:`: what becomes of a task argument.
struct ConsumeRule {
  ArgumentRef Argument;
  enum class Mode : std::uint8_t {
    Await,  ///< runs it to the end before the caller goes on
    Spawn,  ///< gives it to the loop
    Detach, ///< gives it to the loop, and nobody sees how it ends
    Gather, ///< makes it part of another awaitable
    Run,    ///< a blue function runs the loop until it is done
    Store,  ///< keeps it
    Borrow, ///< only looks at it: the task is still the caller's to await
  } How = Mode::Spawn;
  /// `runs:`: where the task itself runs.
  facts::Transfer Runs = facts::Transfer::Loop;
  bool Owned = false;                  ///< `owned: true`: an owner sees how it ends
  std::optional<ArgumentRef> ErrorsTo; ///< `errors-to:`: who hears of its errors
  /// `starts: later`: nothing of it runs during the call.
  bool StartsLater = false;
};

/// `callables:`: where a callable argument runs.
struct CallableRule {
  ArgumentRef Argument{ArgumentRef::Any};
  facts::Transfer Runs = facts::Transfer::Stored;
  bool DropsResult = false; ///< `result: dropped`
  /// `lifetime:`: where the callable lives while its task runs.
  enum class Life : std::uint8_t {
    Frame,      ///< in the frame of the task that the call returns or starts
    UntilAwait, ///< where the caller has it: until the call's task is awaited
    Return,     ///< in the call: it is gone when it has returned its task
  };
  std::optional<Life> Lifetime;
};

struct FunctionRule {
  /// Qualified names without template arguments and inline namespaces.
  /// A destructor is written "ns::Type::~Type", a constructor
  /// "ns::Type::Type"; a final "*" matches any rest of the last component.
  std::vector<std::string> Names;
  std::vector<Predicate> When; ///< all must hold for the rule to apply
  std::optional<EffectRule> Does;
  std::optional<SleepRule> Sleeps;
  std::vector<ConsumeRule> Consumes;
  std::vector<CallableRule> Callables;
  bool Opaque = false;              ///< `stops: true`: no effect passes through it
  bool ReadyCheck = false;          ///< `ready-check: true`: asks whether the object (or
                                    ///< argument 0) has a result
  bool LoopCheck = false;           ///< `loop-check: true`: asks whether a loop runs on
                                    ///< this thread
  bool MayDiscard = false;          ///< `may-discard: true`: its task may be dropped
  bool BlocksWhenDestroyed = false; ///< `result-blocks-when-destroyed: true`
  /// `switches-to:`: awaiting its result continues the coroutine there.
  std::optional<facts::Transfer> SwitchesTo;
  /// `per-thread:`: its result means something on the calling thread only: a
  /// value of the thread, or how its last call failed.
  enum class OfThread : std::uint8_t { Value, Error };
  std::optional<OfThread> PerThread;
  /// `makes-nonblocking:`: this argument or result no longer blocks.
  std::optional<ArgumentRef> MakesNonBlocking;
  /// `threads:`: who may call it. None: as its class says.
  enum class Threads : std::uint8_t { Any, Loop };
  std::optional<Threads> CallableFrom;
  /// `cancel-scope:`: what it can cancel: the body of a timeout or a group.
  std::optional<ArgumentRef> CancelScope;
  /// `cancel-check: true`: asks whether its work should end, or takes note of it.
  bool CancelCheck = false;
  /// `cancels:`: asks this task to end; it ends later.
  std::optional<ArgumentRef> Cancels;
  /// `gives-result-of:`: the result of this finished task; throws its error.
  std::optional<ArgumentRef> GivesResultOf;
  bool FailureCheck = false; ///< `failure-check: true`: asks whether it failed
  /// `gives-running-task: true`: its result is or holds the task that runs.
  bool GivesRunningTask = false;
  std::string Pending;     ///< `pending:`: member of the result with running tasks
  std::string ThrowsGroup; ///< `throws-group:`: type of what its tasks throw
  /// `loop-cleanup:`: the part of a loop's orderly end that it does.
  enum class Cleanup : std::uint8_t { Tasks, Generators, Executor, Close };
  std::optional<Cleanup> CleansUp;
  /// `process:`: what it does to the process. Fork: makes a child, and returns 0
  /// there. Daemon: goes on in a child only. Exec: another program takes over.
  /// Renew: makes its object, an event loop, fit for use in a child.
  enum class ProcessStep : std::uint8_t { Fork, Daemon, Exec, Renew };
  std::optional<ProcessStep> OnProcess;
  std::string Twin;    ///< `awaitable-twin:`: what to await in its place
  std::string Library; ///< filled by the loader
  /// From the file's `language: c`: the names are those of C functions, and a
  /// C++ function of the same name is another function.
  bool CLinkage = false;
};

/// `task:`: a type that stands for asynchronous work.
struct TaskRule {
  enum class Start : std::uint8_t { Lazy, Eager } Starts = Start::Lazy;
  /// What its destructor does to unfinished work.
  enum class Destroy : std::uint8_t {
    Destroys, ///< the work never happens, silently
    Abandons, ///< eager work goes on, its result and errors are lost: a defect
    Detaches, ///< goes on by design
    Cancels,
    Joins,
    Aborts,
  } WhenDestroyed = Destroy::Destroys;
  bool Reawaitable = false;
  bool BoolOk = false; ///< its operator bool is a state test by design
  /// `on-loop:`: false when a coroutine of this type runs on whatever thread
  /// awaits it, and on a loop only once it has suspended.
  bool OnLoop = true;
  /// `one-thread:`: a coroutine of this type is only resumed on one thread.
  bool OneThread = false;
};

/// `guard:`: an object that holds a lock from construction to destruction.
struct GuardRule {
  std::vector<std::string> Lock;    ///< methods after which it holds
  std::vector<std::string> TryLock; ///< ... when they return true
  std::vector<std::string> Unlock;  ///< methods after which it does not
  /// Holds only over a mutex that some model lists; false: always.
  bool OfMutex = true;
};

/// `mutex:`: blocks the thread, and belongs to the thread that locked it.
struct MutexRule {
  std::vector<std::string> Lock;
  std::vector<std::string> TryLock;
  std::vector<std::string> Unlock;
};

struct TypeRule {
  std::vector<std::string> Names;
  std::optional<TaskRule> Task;
  std::optional<GuardRule> Guard;
  std::optional<MutexRule> Mutex;
  bool Awaitable = false;    ///< `awaitable: true`, when structure hides it
  bool NotAwaitable = false; ///< `awaitable: false`, when structure misleads
  bool Generator = false;
  bool DeferTag = false;  ///< `tag: defer`: a guard built with it holds nothing
  bool TryTag = false;    ///< `tag: try`: ... holds when its test says so
  bool Container = false; ///< `container: true`: owns what is put into it
  /// `cancellation:`: what a suspended coroutine throws when it is cancelled.
  enum class Cancellation : std::uint8_t {
    Implicit, ///< at each suspension of each coroutine of the library
    ByToken,  ///< only where the coroutine was given a token
    Error,    ///< like Implicit, and other errors have this class too
  };
  std::optional<Cancellation> Cancels;
  bool CancelToken = false;  ///< `cancel-token: true`: tells whether to end
  bool LoopBound = false;    ///< `loop-bound: true`: only for its loop's thread
  bool EventLoop = false;    ///< `event-loop: true`: it is the loop itself
  bool CarriesError = false; ///< `carries-error: true`: says whether it worked
  std::string Library;       ///< filled by the loader
};

/// `annotations:`: what the string of an annotate() attribute says of a function.
enum class AnnotationWord : std::uint8_t {
  Blocking,
  NonBlocking,
  Mixed,
  LoopOnly,
  AnyThread,
  MustAwait,
  LoopCheck,
};

/// One YAML file.
struct LibraryModel {
  std::string Name;                    ///< `library:`
  std::vector<std::string> Namespaces; ///< `namespaces:`: what "{ns}" stands for
  /// `sleep:`: an awaitable expression, "{duration}" stands for a
  /// std::chrono::duration. Empty: the library has none that is one call.
  /// "{ns}" is left in it: the reader knows which of Namespaces is in use.
  std::string Sleep;
  /// `twin-names:`: how awaitable twins are named, "{name}" stands for the
  /// synchronous function: "async_{name}".
  std::vector<std::string> TwinNames;
  /// Free C functions that lock: {mutex: index, lock/try-lock/unlock: names}.
  struct LockFunctions {
    ArgumentRef Mutex;
    std::vector<std::string> Lock, TryLock, Unlock;
    bool ZeroIsSuccess = false; ///< `success: zero`: what a TryLock returns
  };
  std::vector<LockFunctions> Locks; ///< `lock-functions:`
  std::vector<std::pair<std::string, AnnotationWord>> Annotations;
  std::vector<FunctionRule> Functions;
  std::vector<TypeRule> Types;
};

/// A mistake in a model file, with its place and the mend.
struct ModelError {
  std::string File;
  unsigned Line = 0;
  unsigned Column = 0;
  std::string Message; ///< "unknown key 'efect'; did you mean 'effect'?"
};

/// All loaded models. "{ns}" and constants are already replaced.
struct Library {
  std::vector<LibraryModel> Models;

  /// Adds the model in \p Yaml. \p File is for messages only. On errors adds
  /// nothing and returns them, in source order.
  std::vector<ModelError> add(const std::string &Yaml, const std::string &File);
};

/// The models shipped with corolint; loaded once, then shared.
/// Ends the program with a message if one is broken (a test proves none is).
const Library &builtinLibrary();

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_LIBRARY_H
