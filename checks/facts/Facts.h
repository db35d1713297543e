// Facts.h - what one translation unit tells the linker
//
// Plain data: nothing of Clang, no pointers, no times. The same bytes in give
// the same facts out. Facts.fbs is the stored form, Codec.h converts.

#ifndef COROLINT_CHECKS_FACTS_FACTS_H
#define COROLINT_CHECKS_FACTS_FACTS_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace corolint::facts {

/// Stored in every facts file; a file of another version is extracted again.
inline constexpr std::uint32_t FormatVersion = 3;

/// A range of characters in one file of the unit. Lines and columns count from
/// 1, the end is exclusive. Line 0 means "no place".
struct Location {
  std::uint32_t File = 0; ///< index into Unit::Files
  std::uint32_t Line = 0;
  std::uint32_t Column = 0;
  std::uint32_t EndLine = 0;
  std::uint32_t EndColumn = 0;

  friend auto operator<=>(const Location &, const Location &) = default;
};

/// What a function does to the loop it runs on.
enum class Effect : std::uint8_t {
  Blocks,   ///< stops the thread: sleep, read, connect
  Waits,    ///< stops the thread until asynchronous work is done: future.get()
  RunsLoop, ///< runs an event loop inside the running one
  Locks,    ///< takes an OS lock
};
inline constexpr unsigned EffectCount = 4;

enum class Confidence : std::uint8_t { Low, Medium, High };

enum class Kind : std::uint8_t {
  Function,  ///< blue: an ordinary function
  Coroutine, ///< red: a coroutine whose promise is awaitable-like
  Wrapper,   ///< red: not a coroutine, but returns a task
  Generator, ///< a synchronous generator: a coroutine that is not loop context
};

enum class Dispatch : std::uint8_t {
  Static,
  Virtual,   ///< Callee is the named method; overriders may run instead
  Pointer,   ///< through a function pointer; Call::Type is its type
  Parameter, ///< through a callable parameter; Call::Parameter is its index
  Constructor,
  Destructor,
};

/// Where a callable that is passed to a call will run.
enum class Transfer : std::uint8_t {
  ByCallee, ///< decided by what the callee does with the parameter
  Inline,   ///< during the call
  Loop,     ///< later, on an event loop
  Thread,   ///< on another thread
  Stored,   ///< kept; nobody knows
};

/// How sure it is that a call runs when its function runs to the end.
enum class Guard : std::uint8_t {
  Unconditional,
  Conditional,
  NoReturn,
  NoLoop, ///< reached only where no loop runs on this thread
};

/// A test on a parameter of the function that holds the call: when it holds,
/// the call has no effect (poll(fds, n, 0) does not block).
struct ParameterTest {
  enum class Kind : std::uint8_t { Zero, Equals, HasBits };
  std::uint32_t Parameter = 0; ///< index in the enclosing function
  Kind Test = Kind::Zero;
  std::int64_t Value = 0; ///< unused for Zero

  friend auto operator<=>(const ParameterTest &, const ParameterTest &) = default;
};

/// The primitive with an effect, as a model or an annotation states it.
struct Sink {
  Effect What = Effect::Blocks;
  Confidence Sure = Confidence::High;
  std::string Name; ///< as the user knows it: "std::this_thread::sleep_for"
  std::string Help; ///< what to use instead; may be empty
  /// Blocks: it does nothing but wait for time to pass.
  bool OnlyTime = false;
  /// RunsLoop: it runs a loop of its own, not one that may be running.
  bool OwnLoop = false;
  /// The effect is absent in calls for which one of these holds.
  std::vector<ParameterTest> Unless;
  /// At most this sure where a parameter in Unless is not a constant.
  Confidence WhenUnknown = Confidence::High;

  friend bool operator==(const Sink &, const Sink &) = default;
};

/// What is known of one argument: a constant, or a parameter passed on.
struct Argument {
  std::uint32_t Index = 0;
  std::optional<std::int64_t> Constant;
  std::optional<std::uint32_t> Parameter;

  friend bool operator==(const Argument &, const Argument &) = default;
};

/// A callable that a call passes on.
struct Callable {
  std::uint32_t Index = 0; ///< argument index
  Transfer How = Transfer::ByCallee;
  std::vector<std::string> Targets;       ///< ids of the functions it may be
  std::optional<std::uint32_t> Parameter; ///< it is the caller's own parameter

  friend bool operator==(const Callable &, const Callable &) = default;
};

/// One replacement of the text in a range (empty range: insertion).
struct Edit {
  std::string File;
  std::uint32_t Offset = 0; ///< bytes from the start of the file
  std::uint32_t Length = 0;
  std::string Text;

  friend bool operator==(const Edit &, const Edit &) = default;
};

/// A change that mends a finding. Safe: compiles, and changes nothing else.
struct Fix {
  std::string Title; ///< "insert 'co_await'"
  bool Safe = false;
  std::vector<Edit> Edits;

  friend bool operator==(const Fix &, const Fix &) = default;
};

/// One call expression, or one implicit constructor or destructor call.
struct Call {
  std::string Callee;     ///< id of the function; empty for Pointer, Parameter
  std::string CalleeName; ///< for messages
  Location Where;
  Dispatch How = Dispatch::Static;
  Guard Path = Guard::Unconditional;
  std::string Type;              ///< Pointer: canonical function type
  std::uint32_t Parameter = 0;   ///< Parameter: which one is called
  std::optional<Sink> Primitive; ///< the callee itself has the effect
  std::vector<Argument> Arguments;
  std::vector<Callable> Callables;
  /// The call runs on another thread's executor: after a switch to a pool.
  bool OffLoop = false;
  /// Nothing before the call in this coroutine can have suspended or spawned,
  /// and a suspension follows.
  bool BeforeFirstSuspension = false;
  /// The call makes a task that is an argument of run() in a blue function.
  bool MakesMainTask = false;
  /// The call makes a task that is given to a pool of threads.
  bool MakesThreadTask = false;
  /// Often has nothing to do when it is reached: the initialiser of a static
  /// variable, what a destructor does only if something is left, the
  /// destruction of a value that was moved from.
  bool Doubtful = false;
  /// No model and no annotation knows the callee: only its body, if the program
  /// has it, says what it does.
  bool Unmodelled = false;
  /// Bit i: a NOLINT comment covers Effect i at this line. The bit after the last
  /// effect: it covers an annotation that the call breaks.
  std::uint8_t Suppressed = 0;
  std::optional<Fix> Mend; ///< offered when the finding stands at this call

  friend bool operator==(const Call &, const Call &) = default;
};

/// What a function does with an argument: the bits of Use that are set. None:
/// it only looks at it, as far as is known.
using Uses = std::uint8_t;
enum Use : Uses {
  Awaits = 1,   ///< runs it to its end
  Consumes = 2, ///< takes it over: moves it on, gives it to the loop
  Stores = 4,   ///< something keeps it, or refers to it, when the call is over
  Returns = 8,  ///< what it returns is it or refers to it: a task that uses it
  Spawns = 16,  ///< a task that nobody waits for here refers to it
  Looks = 32,   ///< of a task: all that is done with it leaves it as it was
};
inline constexpr Uses AllUses = 63;

/// The parameter that `this` is.
inline constexpr std::uint32_t ObjectParameter = ~std::uint32_t{0};
/// Of a lambda: what its captures refer to, apart from the closure itself.
inline constexpr std::uint32_t CapturesParameter = ObjectParameter - 1;

/// An argument is passed on to a function of another unit.
struct Forward {
  std::string Callee;
  std::uint32_t Parameter = 0;
  Uses Result = 0; ///< what becomes of the value that Callee returns

  friend auto operator<=>(const Forward &, const Forward &) = default;
};

/// What a function does with one of its parameters.
struct ParameterUse {
  std::uint32_t Parameter = 0;
  Uses Does = 0;
  std::vector<Forward> To; ///< sorted; what those do with it counts too

  friend auto operator<=>(const ParameterUse &, const ParameterUse &) = default;
};

/// Holds when a function does one of these things with a parameter.
struct Condition {
  std::string Function;
  std::uint32_t Parameter = 0;
  Uses Does = 0;

  friend auto operator<=>(const Condition &, const Condition &) = default;
};

struct Function {
  /// Identifies the function in the whole program. Functions without external
  /// linkage carry their file in it.
  std::string Id;
  std::string Name; ///< qualified, for messages: "net::Session::read"
  Location Where;   ///< of the name
  Kind What = Kind::Function;
  /// Annotated or modelled: a call to it is this primitive.
  std::optional<Sink> Declared;
  /// Annotated or modelled as free of effects: nothing passes through it.
  bool Opaque = false;
  /// Tests its own context at run time: both colours may call it.
  bool Mixed = false;
  /// Named: this function runs on the loop although nothing here passes it there.
  bool LoopOnly = false;
  std::vector<std::string> Overrides; ///< ids of the methods it overrides directly
  std::vector<Call> Calls;            ///< in source order
  std::uint64_t BodyHash = 0;
  /// By number, without those that the function only looks at.
  std::vector<ParameterUse> Parameters;

  friend bool operator==(const Function &, const Function &) = default;
};

/// A function whose address is taken other than to call it.
struct AddressTaken {
  std::string Id;
  std::string Type; ///< canonical function type

  friend auto operator<=>(const AddressTaken &, const AddressTaken &) = default;
};

/// A place by file name, as findings and notes carry it.
struct Place {
  std::string File; ///< relative to the project root where it lies inside
  std::uint32_t Line = 0;
  std::uint32_t Column = 0;
  std::uint32_t EndLine = 0;
  std::uint32_t EndColumn = 0;

  friend auto operator<=>(const Place &, const Place &) = default;
};

struct Note {
  Place Where;
  std::string Message;

  friend auto operator<=>(const Note &, const Note &) = default;
};

/// What a check reports.
struct Finding {
  std::string Check; ///< "coro-unawaited-task"
  Place Where;
  std::string Message;
  std::string Function; ///< qualified name of the enclosing function
  std::string Help;     ///< one line, may be empty
  Confidence Sure = Confidence::High;
  bool Suppressed = false; ///< by a NOLINT comment
  std::vector<Note> Chain; ///< in the order in which things happen
  std::vector<Fix> Fixes;
  /// All must hold in the linked program, or nothing is wrong.
  std::vector<Condition> OnlyIf;

  friend bool operator==(const Finding &, const Finding &) = default;
};

/// An error of the front end that made the analysis incomplete.
struct ParseError {
  Place Where;
  std::string Message;

  friend bool operator==(const ParseError &, const ParseError &) = default;
};

/// Lines of a file, both ends included.
struct Lines {
  std::uint32_t First = 0;
  std::uint32_t Last = 0;

  friend auto operator<=>(const Lines &, const Lines &) = default;
};

/// A file of the project, read by the unit, with NOLINT comments for our checks.
struct CommentedFile {
  std::string Name; ///< as in Place
  /// Where this unit decides nothing: what the preprocessor leaves out, and
  /// templates, whose instances may be elsewhere.
  std::vector<Lines> Undecided;

  friend auto operator<=>(const CommentedFile &, const CommentedFile &) = default;
};

/// Everything that extract knows about one translation unit.
struct Unit {
  std::string MainFile;
  std::vector<std::string> Files;
  std::vector<Function> Functions;
  std::vector<AddressTaken> AddressesTaken;
  std::vector<Finding> Findings; ///< those that this unit alone decides
  std::vector<Finding> Pending;  ///< those with conditions
  std::vector<ParseError> Errors;
  std::uint32_t Coroutines = 0; ///< how many coroutine bodies were analysed
  std::vector<CommentedFile> Commented;

  friend bool operator==(const Unit &, const Unit &) = default;
};

} // namespace corolint::facts

#endif // COROLINT_CHECKS_FACTS_FACTS_H
