// Options.cpp - the commands, and the reading of a command line

#include "tool/cli/Options.h"

#include "tool/cli/OptionRows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace corolint::tool {

namespace {

constexpr const char *Examples = R"(Examples:
  corolint                          check the project in this folder
  corolint -p out/debug src         ... with that build folder, and only src
  corolint check a.cpp -- -std=c++20 -Iinclude
  corolint --output json:findings.json --output text
  corolint explain coro-blocking-call

Exit codes: 0 nothing to report, 1 findings, 2 wrong usage or configuration,
3 some files could not be analysed (wins over 1), 130 interrupted)";

void addMending(CLI::App &App, Options &Into) {
  App.add_flag("--fix", Into.Check.Fix, "Apply the safe fixes to the files")->group("Output");
  App.add_flag("--diff", Into.Check.Diff, "Print the safe fixes as a patch")->group("Output");
}

/// Of these only one makes sense.
void addChanges(CLI::App &App, Options &Into) {
  ChangeOptions &To = Into.Check.Changes;
  CLI::Option *Since = App.add_option("--since", To.Since,
                                      "Only what was changed since the work tree left this commit")
                           ->type_name("REF")
                           ->group("Project");
  CLI::Option *Staged = App.add_flag("--staged", To.Staged, "Only what the next commit changes")
                            ->excludes(Since)
                            ->group("Project");
  App.add_option("--diff-file", To.DiffFile,
                 "Only what this unified diff changes (-: standard input)")
      ->type_name("FILE")
      ->excludes(Since)
      ->excludes(Staged)
      ->group("Project");
}

void addPaths(CLI::App &App, Options &Into) {
  App.add_option("paths", Into.Check.Paths, "Files and folders of the project (default: all of it)")
      ->type_name("");
}

void addLimit(CLI::App &App, Options &Into) {
  App.add_option("--limit", Into.Question.Limit,
                 "How many answers are printed (default: 20, 0: all)")
      ->type_name("N");
}

/// The command that links what the compiler plugin wrote.
void addLink(CLI::App &App, Options &Into) {
  CLI::App *Link = App.add_subcommand(
      "link", "Link files of facts and print the findings that lead across files");
  Link->callback([&Into] { Into.Check.Links = true; });
  Link->add_option("facts", Into.Check.Facts,
                   "Written by the compiler plugin; @LIST names a file with one name a line")
      ->type_name("")
      ->required();
  addBasics(*Link, Into);
  addSelection(*Link, Into);
  Link->add_flag("--all", Into.Check.AllFindings,
                 "Print also what was printed when the files were compiled")
      ->group("Checks");
  Link->add_flag("--whole-program", Into.Check.WholeProgram,
                 "Nothing of the program is missing: comments that suppress "
                 "nothing in it are printed wherever they stand")
      ->group("Project");
  addReports(*Link, Into);
  addColor(*Link, Into, "Output");
}

/// The commands that ask the linked program.
void addQuestions(CLI::App &App, Options &Into) {
  constexpr const char *Selectors =
      "A selector is a glob over qualified names, or [async], [loop], [blocking], "
      "[library:NAME].\nFiles and their flags may follow --file and --.";
  auto Command = [&](const char *Name, const char *Help, Options::Command Run) {
    CLI::App *One = App.add_subcommand(Name, Help);
    One->callback([&Into, Run] { Into.Run = Run; });
    One->footer(Selectors);
    addProject(*One, Into);
    addColor(*One, Into, "Project");
    One->add_option("--file", Into.Check.Paths,
                    "Only this file or folder of the project (repeatable)")
        ->option_text("PATH")
        ->allow_extra_args(false)
        ->group("Project");
    return One;
  };
  using Kind = Options::Command;
  QuestionOptions &To = Into.Question;
  CLI::App *Paths = Command("paths", "Print how functions reach others", Kind::Paths);
  Paths->add_option("from", To.From, "Where the calls begin")->required()->type_name("");
  Paths->add_option("to", To.To, "Where they lead")->required()->type_name("");
  addLimit(*Paths, Into);
  CLI::App *Why = Command("why", "Print a function's colour and effects", Kind::Why);
  Why->add_option("function", To.Function, "Which one")->required()->type_name("");
  addLimit(*Why, Into);
  CLI::App *Annotate = Command("annotate", "Say which annotations would help", Kind::Annotate);
  Annotate
      ->add_flag_function(
          "--suggest", [](std::int64_t) {},
          "Print the smallest set that shows in each file what the program does")
      ->required();
  addLimit(*Annotate, Into);
  CLI::App *Graph = Command("graph", "Draw what the loop reaches", Kind::Graph);
  Graph
      ->add_option_function<std::string>(
          "--format", [&To](const std::string &V) { To.AsSvg = V == "svg"; },
          "dot (for Graphviz) or svg")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"dot", "svg"}).description(""));
  Graph->add_option("-o,--output", To.File, "Write to this file")->type_name("FILE");
  Graph->add_flag("--everything", To.Everything,
                  "Draw all functions, not only those on a way to a primitive");
}

std::string versionText() { return "corolint " COROLINT_VERSION " (LLVM " LLVM_VERSION_STRING ")"; }

/// CLI11 writes the paths last only when they are named, so the words after
/// "--" are taken off first: they are the compiler's.
std::vector<std::string> splitWords(int Count, char **Words, Options &Into) {
  std::vector<std::string> Result(Words + 1, Words + Count);
  auto Dashes = llvm::find(Result, "--");
  if (Dashes != Result.end()) {
    Into.Check.HasFlags = true;
    Into.Check.Flags.assign(Dashes + 1, Result.end());
    Result.erase(Dashes, Result.end());
  }
  static const std::vector<std::string> Own{"check",  "list",  "explain",   "paths",
                                            "why",    "graph", "annotate",  "-h",
                                            "--help", "help",  "--version", "link"};
  if (Result.empty() || !llvm::is_contained(Own, Result.front()))
    Result.insert(Result.begin(), "check");
  if (Result.front() == "help")
    Result.front() = "--help";
  std::reverse(Result.begin(), Result.end()); // as CLI11 wants them
  return Result;
}

/// An option that begins like the wrong one, or is close to it.
std::string nearestOption(const CLI::App &App, llvm::StringRef Wrong) {
  std::vector<std::string> Known;
  for (const CLI::Option *Each : App.get_options())
    if (!Each->get_group().empty())
      for (const std::string &Name : Each->get_lnames())
        Known.push_back("--" + Name);
  return config::didYouMean(Wrong.split('=').first, Known);
}

int usageError(const CLI::App &App, const CLI::ParseError &Error,
               const std::vector<std::string> &Left) {
  std::string Message = Error.what(), Hint;
  if (Error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))
    for (llvm::StringRef Word : Left)
      if (Word.starts_with("-") && Hint.empty()) {
        Message = "unknown option '" + Word.str() + "'";
        Hint = nearestOption(App, Word);
      }
  llvm::errs() << "error: " << Message << Hint << "\nsee 'corolint " << App.get_name()
               << " --help'\n";
  return ExitUsage;
}

} // namespace

Options parseOptions(int Count, char **Words) {
  Options Result;
  CLI::App App("Finds coroutine misuse in C++20 code: blocking calls on the "
               "event loop, tasks that are\nnever awaited, and broken rules of "
               "function colour.",
               "corolint");
  App.set_version_flag("--version", versionText(), "Print the version");
  App.require_subcommand(1);
  App.footer(Examples);
  App.get_formatter()->column_width(28);

  CLI::App *Check =
      App.add_subcommand("check", "Analyse the project and print findings (the default command)");
  addPaths(*Check, Result);
  addProject(*Check, Result);
  addChanges(*Check, Result);
  addSelection(*Check, Result);
  addReports(*Check, Result);
  addMending(*Check, Result);
  addColor(*Check, Result, "Output");
  Check->footer("Words after -- are compiler flags for the named files: no "
                "database is read.");
  addLink(App, Result);
  CLI::App *List = App.add_subcommand("list", "List the checks");
  List->add_option_function<std::string>(
          "--format", [&](const std::string &V) { Result.ListAsJson = V == "json"; },
          "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}).description(""));
  CLI::App *Explain = App.add_subcommand("explain", "Print the page of one check");
  Explain->add_option("id", Result.ExplainId, "Such as coro-blocking-call")
      ->type_name("")
      ->required();
  addColor(*Explain, Result, "Options");
  addQuestions(App, Result);

  const CLI::App *Used = &App;
  try {
    std::vector<std::string> Line = splitWords(Count, Words, Result);
    App.parse(Line);
  } catch (const CLI::ParseError &Error) {
    Result.Run = Options::Command::Done;
    if (!App.get_subcommands().empty())
      Used = App.get_subcommands().front();
    Result.Code = Error.get_exit_code() == 0 ? App.exit(Error, std::cout, std::cerr)
                                             : usageError(*Used, Error, Used->remaining(true));
    return Result;
  }
  if (Explain->parsed())
    Result.Run = Options::Command::Explain;
  else if (List->parsed())
    Result.Run = Options::Command::List;
  if (Result.Check.Outputs.empty())
    Result.Check.Outputs.emplace_back();
  return Result;
}

} // namespace corolint::tool
