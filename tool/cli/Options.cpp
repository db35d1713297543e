// Options.cpp - one row per option; help follows from the rows
//
// The only file that knows CLI11, and the only one in tool/ that may throw.

#include "tool/cli/Options.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>

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

const std::map<std::string, ColorMode> Colors{{"auto", ColorMode::Auto},
                                              {"always", ColorMode::Always},
                                              {"never", ColorMode::Never}};
const std::map<std::string, config::FailOn> FailLevels{
    {"warning", config::FailOn::Warning},
    {"high", config::FailOn::High},
    {"never", config::FailOn::Never}};

const std::map<std::string, OutputTarget::Format> Formats{
    {"text", OutputTarget::Format::Text},
    {"json", OutputTarget::Format::Json},
    {"sarif", OutputTarget::Format::Sarif},
    {"github", OutputTarget::Format::GitHub},
    {"gitlab", OutputTarget::Format::GitLab}};

OutputTarget outputTarget(const std::string &Value) {
  auto [Format, File] = llvm::StringRef(Value).split(':');
  OutputTarget Result;
  Result.File = File.str();
  auto Known = Formats.find(Format.str());
  if (Known == Formats.end()) {
    std::vector<std::string> Names;
    for (const auto &[Name, As] : Formats)
      Names.push_back(Name);
    std::string Hint = config::didYouMean(Format, Names);
    throw CLI::ValidationError(
        "--output", "no format is called '" + Format.str() + "'" +
                        (Hint.empty() ? "; there are " + llvm::join(Names, ", ") : Hint));
  }
  Result.As = Known->second;
  if (File.empty() && llvm::StringRef(Value).contains(':'))
    throw CLI::ValidationError("--output", "'" + Value + "' names no file");
  return Result;
}

void addRules(config::Request &Into, const std::string &Value, config::Rule::Verb What) {
  llvm::SmallVector<llvm::StringRef, 4> Patterns;
  llvm::StringRef(Value).split(Patterns, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Pattern : Patterns)
    Into.Rules.push_back({What, Pattern.trim().str(), {Into.Name}});
}

void addSelection(CLI::App &App, Options &Into) {
  CheckOptions &To = Into.Check;
  using Verb = config::Rule::Verb;
  auto Rule = [&](const char *Name, Verb What, const char *Help) {
    App.add_option_function<std::string>(
           Name,
           [&To, What](const std::string &V) { addRules(To.Asked, V, What); }, Help)
        ->type_name("CHECK,...")
        ->trigger_on_parse()
        ->group("Checks");
  };
  Rule("--select", Verb::Select,
       "Run only these: ids, families, tiers, globs, 'default' or 'all'");
  Rule("--extend-select", Verb::Extend, "Run these, too");
  Rule("--ignore", Verb::Ignore,
       "Do not run these; of the three the last that names a check wins");
  App.add_flag_function(
         "--strict", [&To](std::int64_t) { To.Asked.Strict = true; },
         "Also show what is less sure; a file without a command of its "
         "own is a failure")
      ->group("Checks");
  App.add_option("--show-config", To.ShowConfig,
                 "Print what is configured for this file, and where")
      ->type_name("FILE")
      ->group("Checks");
  App.add_flag("--report-unmodelled", To.ReportUnmodelled,
               "List external functions that no model knows")
      ->group("Checks");
}

/// What check and link write.
void addReports(CLI::App &App, Options &Into) {
  CheckOptions &To = Into.Check;
  App.add_option_function<std::string>(
         "--output",
         [&To](const std::string &V) { To.Outputs.push_back(outputTarget(V)); },
         "Write text, json, sarif, github (annotations) or gitlab (code quality), "
         "to a file if one is named (repeatable)")
      ->type_name("FORMAT[:FILE]")
      ->trigger_on_parse()
      ->group("Output");
  App.add_option("--summary", To.Summary,
                 "Write the linked summary, by which editors and compilers see "
                 "what other files do")
      ->type_name("FILE")
      ->group("Output");
  App.add_flag("--show-suppressed", To.ShowSuppressed, "Text: also what NOLINT comments suppress")->group("Output");
  App.add_option("--fail-on", To.Asked.Fail,
                 "Findings that make the exit code 1: warning (any), high "
                 "(confidence) or never")
      ->type_name("LEVEL")
      ->transform(CLI::CheckedTransformer(FailLevels).description(""))
      ->group("Output");
  App.add_flag("--allow-incomplete", To.AllowIncomplete,
               "Files that could not be analysed do not make the exit code 3")
      ->group("Output");
}

void addMending(CLI::App &App, Options &Into) {
  App.add_flag("--fix", Into.Check.Fix, "Apply the safe fixes to the files")
      ->group("Output");
  App.add_flag("--diff", Into.Check.Diff, "Print the safe fixes as a patch")
      ->group("Output");
}

/// What every command that reads a project takes.
void addBasics(CLI::App &App, Options &Into) {
  ProjectOptions &To = Into.Check;
  App.add_option("--root", To.Root,
                 "Folder that findings are named from (default: the nearest "
                 "with .git)")
      ->type_name("FOLDER")
      ->group("Project");
  App.add_flag("-q,--quiet", To.Quiet, "Print results and errors only")
      ->group("Project");
  App.add_flag("-v,--verbose", To.Verbose,
               "Say what is read and which flags are left out")
      ->group("Project");
  CLI::Option *Config =
      App.add_option("--config", To.Asked.File,
                     "Read this configuration in place of each .corolint.yaml")
          ->type_name("FILE")
          ->group("Project");
  App.add_flag("--no-config", To.Asked.NoFiles, "Read no configuration")
      ->excludes(Config)
      ->group("Project");
}

void addProject(CLI::App &App, Options &Into) {
  ProjectOptions &To = Into.Check;
  App.add_option("-p,--build", To.Build,
                 "Folder with compile_commands.json (default: . and build*/)")
      ->type_name("FOLDER")
      ->group("Project");
  addBasics(App, Into);
  App.add_option("-j,--jobs", To.Jobs,
                 "Files analysed at once (default: all processors)")
      ->type_name("N")
      ->group("Project");
  App.add_option("--timeout", To.Timeout,
                 "Seconds that one file may take (default: 120, 0: no limit)")
      ->type_name("SECONDS")
      ->group("Project");
  App.add_flag("--in-process", To.InProcess)->group("");
  App.add_option("--models", To.Asked.Models, "Read a library model (repeatable)")
      ->option_text("FILE")
      ->allow_extra_args(false)
      ->group("Project");
}

/// Of these only one makes sense.
void addChanges(CLI::App &App, Options &Into) {
  ChangeOptions &To = Into.Check.Changes;
  CLI::Option *Since =
      App.add_option("--since", To.Since,
                     "Only what was changed since the work tree left this commit")
          ->type_name("REF")
          ->group("Project");
  CLI::Option *Staged =
      App.add_flag("--staged", To.Staged, "Only what the next commit changes")
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
  App.add_option("paths", Into.Check.Paths,
                 "Files and folders of the project (default: all of it)")
      ->type_name("");
}

void addLimit(CLI::App &App, Options &Into) {
  App.add_option("--limit", Into.Question.Limit,
                 "How many answers are printed (default: 20, 0: all)")
      ->type_name("N");
}

void addColor(CLI::App &App, Options &Into, const char *Group);

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
  addReports(*Link, Into);
  addColor(*Link, Into, "Output");
}

void addColor(CLI::App &App, Options &Into, const char *Group) {
  App.add_option("--color", Into.Color,
                 "auto (NO_COLOR and CLICOLOR_FORCE count), always or never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(Colors).description(""))
      ->group(Group);
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
  CLI::App *Annotate =
      Command("annotate", "Say which annotations would help", Kind::Annotate);
  Annotate
      ->add_flag_function(
          "--suggest", [](std::int64_t) {},
          "Print the smallest set that shows in each file what the program does")
      ->required();
  addLimit(*Annotate, Into);
  CLI::App *Graph = Command("graph", "Draw what the loop reaches", Kind::Graph);
  Graph->add_option_function<std::string>(
           "--format", [&To](const std::string &V) { To.AsSvg = V == "svg"; },
           "dot (for Graphviz) or svg")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"dot", "svg"}).description(""));
  Graph->add_option("-o,--output", To.File, "Write to this file")->type_name("FILE");
  Graph->add_flag("--everything", To.Everything,
                  "Draw all functions, not only those on a way to a primitive");
}

std::string versionText() {
  return "corolint " COROLINT_VERSION " (LLVM " LLVM_VERSION_STRING ")";
}

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
  static const std::vector<std::string> Own{"check",    "list",  "explain", "paths",
                                            "why",      "graph", "annotate", "-h",
                                            "--help",   "help",  "--version", "link"};
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
  llvm::errs() << "error: " << Message << Hint << "\nsee 'corolint "
               << App.get_name() << " --help'\n";
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

  CLI::App *Check = App.add_subcommand(
      "check", "Analyse the project and print findings (the default command)");
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
          "--format",
          [&](const std::string &V) { Result.ListAsJson = V == "json"; },
          "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}).description(""));
  CLI::App *Explain =
      App.add_subcommand("explain", "Print the page of one check");
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
    Result.Code = Error.get_exit_code() == 0
                      ? App.exit(Error, std::cout, std::cerr)
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
