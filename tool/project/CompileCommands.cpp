// CompileCommands.cpp - reads compile_commands.json strictly

#include "tool/project/CompileCommands.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace path = llvm::sys::path;

namespace corolint::tool {

namespace {

constexpr llvm::StringLiteral DatabaseName = "compile_commands.json";
constexpr llvm::StringLiteral CMakeLine = "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";

llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

std::string inFolder(llvm::StringRef Directory, llvm::StringRef Name) {
  llvm::SmallString<256> Result(Directory);
  path::append(Result, Name);
  return Result.str().str();
}

/// Rewrites llvm::json's "[3:1, byte=9]: text" as "FILE:3:1: error: text".
std::string syntaxError(llvm::StringRef File, llvm::Error Problem) {
  std::string Text = llvm::toString(std::move(Problem));
  llvm::StringRef Rest = Text;
  std::string Where;
  if (Rest.consume_front("[")) {
    Where = Rest.take_until([](char C) { return C == ','; }).str() + ":";
    if (llvm::StringRef(Where).ends_with(":0:")) // before the first character
      Where.replace(Where.size() - 2, 1, "1");
    Rest = Rest.split("]: ").second;
  }
  return (File + ":" + Where + " error: " + Rest).str() +
         "; the file is not valid JSON, let the build system write it again: " + CMakeLine.str();
}

std::vector<std::string> splitCommand(llvm::StringRef Command) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *, 64> Words;
  llvm::cl::TokenizeGNUCommandLine(Command, Saver, Words);
  return {Words.begin(), Words.end()};
}

/// Launchers such as ccache stand before the compiler.
void dropLauncher(std::vector<std::string> &Arguments) {
  while (Arguments.size() > 1 && !llvm::StringRef(Arguments[1]).starts_with("-") &&
         llvm::is_contained({"ccache", "sccache", "distcc", "icecc", "gomacc", "buildcache"},
                            path::stem(Arguments[0])))
    Arguments.erase(Arguments.begin());
}

/// Reads one element of the array; the error lacks the name of the file.
llvm::Expected<CompileCommand> readEntry(const llvm::json::Value &Value,
                                         llvm::StringRef DatabaseDirectory) {
  const llvm::json::Object *Entry = Value.getAsObject();
  if (!Entry)
    return failure("is not an object");
  auto File = Entry->getString("file");
  if (!File)
    return failure("has no string \"file\"");
  auto Directory = Entry->getString("directory");
  if (!Directory)
    return failure("has no string \"directory\"");
  CompileCommand Result;
  Result.Directory = realPath(*Directory, DatabaseDirectory);
  Result.File = realPath(*File, Result.Directory);
  if (const llvm::json::Array *Arguments = Entry->getArray("arguments")) {
    for (const llvm::json::Value &Argument : *Arguments) {
      auto Text = Argument.getAsString();
      if (!Text)
        return failure("has \"arguments\" that are not all strings");
      Result.Arguments.push_back(Text->str());
    }
  } else if (auto Command = Entry->getString("command")) {
    Result.Arguments = splitCommand(*Command);
  } else {
    return failure("has neither \"command\" nor \"arguments\"");
  }
  dropLauncher(Result.Arguments);
  if (Result.Arguments.empty())
    return failure("has an empty command");
  return Result;
}

} // namespace

DatabaseSearch findDatabase(llvm::StringRef Directory) {
  std::vector<std::string> Places{Directory.str(), inFolder(Directory, "build")};
  std::error_code Problem;
  std::vector<std::string> Builds;
  for (llvm::sys::fs::directory_iterator It(Directory, Problem), End; !Problem && It != End;
       It.increment(Problem)) {
    llvm::StringRef Name = path::filename(It->path());
    if (Name.starts_with("build") && Name != "build" && llvm::sys::fs::is_directory(It->path()))
      Builds.push_back(It->path());
  }
  llvm::sort(Builds);
  llvm::append_range(Places, Builds);

  DatabaseSearch Result;
  for (const std::string &Place : Places) {
    std::string File = inFolder(Place, DatabaseName);
    Result.Looked.push_back(File);
    if (!llvm::sys::fs::exists(File))
      continue;
    if (Result.Path.empty())
      Result.Path = File;
    // A link in the source folder to the one in build/ is the same database.
    else if (realPath(File) != realPath(Result.Path))
      Result.Others.push_back(File);
  }
  return Result;
}

std::string noDatabaseMessage(const DatabaseSearch &Search) {
  std::string Result = "no compile_commands.json; looked for";
  for (const std::string &Place : Search.Looked)
    Result += "\n  " + relativePath(Place, currentDirectory());
  Result += "\nmake one with: " + CMakeLine.str();
  Result += "\nor name its folder: corolint check -p BUILD";
  Result += "\nor give the flags: corolint check FILE... -- -std=c++20 -Iinclude";
  return Result;
}

llvm::Expected<std::vector<CompileCommand>> loadCompileCommands(llvm::StringRef Path) {
  std::string File = Path.str();
  if (llvm::sys::fs::is_directory(File)) {
    File = inFolder(Path, DatabaseName);
    if (!llvm::sys::fs::exists(File))
      return failure("there is no compile_commands.json in '" + Path +
                     "'; make it with: cmake -S . -B " + Path +
                     " -DCMAKE_EXPORT_COMPILE_COMMANDS=ON");
  }
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return failure("cannot read " + File + ": " + Buffer.getError().message() +
                   "; make it with: " + CMakeLine);
  llvm::StringRef Text = (*Buffer)->getBuffer();
  auto Json = llvm::json::parse(Text.trim().empty() ? "[]" : Text);
  if (!Json)
    return failure(syntaxError(File, Json.takeError()));
  const llvm::json::Array *Entries = Json->getAsArray();
  if (!Entries)
    return failure(File +
                   ":1:1: error: not an array of compile commands; "
                   "make it with: " +
                   CMakeLine);
  if (Entries->empty())
    return failure(File +
                   ":1:1: error: the database is empty; configure a "
                   "project that has targets: " +
                   CMakeLine);

  std::vector<CompileCommand> Result;
  llvm::StringSet<> Seen;
  std::string Directory = realPath(path::parent_path(realPath(File)));
  for (const auto &[Index, Value] : llvm::enumerate(*Entries)) {
    auto Command = readEntry(Value, Directory);
    if (!Command)
      return failure(File + ": error: entry " + llvm::Twine(Index + 1) + " " +
                     llvm::toString(Command.takeError()) +
                     "; let the build system write the file again: " + CMakeLine);
    if (Seen.insert(Command->File).second)
      Result.push_back(std::move(*Command));
  }
  return Result;
}

CompileCommand commandFromFlags(llvm::StringRef File, llvm::ArrayRef<std::string> Flags) {
  CompileCommand Result;
  Result.Directory = currentDirectory();
  Result.File = realPath(File);
  if (Flags.empty() || llvm::StringRef(Flags.front()).starts_with("-"))
    Result.Arguments.push_back("clang++");
  Result.Arguments.insert(Result.Arguments.end(), Flags.begin(), Flags.end());
  dropLauncher(Result.Arguments);
  return Result;
}

} // namespace corolint::tool
