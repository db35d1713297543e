// OptionRows.cpp - one row per option; help follows from the rows
//
// With Options.cpp, all that knows CLI11 and all in tool/ that may throw.

#include "tool/cli/OptionRows.h"

#include "llvm/ADT/StringExtras.h"

#include <CLI/CLI.hpp>

#include <map>

namespace corolint::tool {

namespace {

const std::map<std::string, ColorMode> Colors{
    {"auto", ColorMode::Auto}, {"always", ColorMode::Always}, {"never", ColorMode::Never}};
const std::map<std::string, config::FailOn> FailLevels{{"warning", config::FailOn::Warning},
                                                       {"high", config::FailOn::High},
                                                       {"never", config::FailOn::Never}};

const std::map<std::string, OutputTarget::Format> Formats{{"text", OutputTarget::Format::Text},
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

} // namespace

void addSelection(CLI::App &App, Options &Into) {
  CheckOptions &To = Into.Check;
  using Verb = config::Rule::Verb;
  auto Rule = [&](const char *Name, Verb What, const char *Help) {
    App.add_option_function<std::string>(
           Name, [&To, What](const std::string &V) { addRules(To.Asked, V, What); }, Help)
        ->type_name("CHECK,...")
        ->trigger_on_parse()
        ->group("Checks");
  };
  Rule("--select", Verb::Select, "Run only these: ids, families, tiers, globs, 'default' or 'all'");
  Rule("--extend-select", Verb::Extend, "Run these, too");
  Rule("--ignore", Verb::Ignore, "Do not run these; of the three the last that names a check wins");
  auto Strict = [&](const char *Name, bool Value, const char *Help) {
    App.add_flag_function(
           Name, [&To, Value](std::int64_t) { To.Asked.Strict = Value; }, Help)
        ->trigger_on_parse()
        ->group("Checks");
  };
  Strict("--strict", true,
         "Also show what is less sure; a file without a command of its "
         "own is a failure");
  Strict("--no-strict", false, "Not strict, whatever the configuration says");
  App.add_option("--show-config", To.ShowConfig,
                 "Print what is configured for this file, and where")
      ->type_name("FILE")
      ->group("Checks");
  App.add_flag("--report-unmodelled", To.ReportUnmodelled,
               "List functions defined elsewhere that the loop calls and no model knows")
      ->group("Checks");
}

void addReports(CLI::App &App, Options &Into) {
  CheckOptions &To = Into.Check;
  App.add_option_function<std::string>(
         "--output", [&To](const std::string &V) { To.Outputs.push_back(outputTarget(V)); },
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
  App.add_flag("--show-suppressed", To.ShowSuppressed, "Text: also what NOLINT comments suppress")
      ->group("Output");
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

void addBasics(CLI::App &App, Options &Into) {
  ProjectOptions &To = Into.Check;
  App.add_option("--root", To.Root,
                 "Folder that findings are named from (default: the nearest "
                 "with .git)")
      ->type_name("FOLDER")
      ->group("Project");
  App.add_flag("-q,--quiet", To.Quiet, "Print results and errors only")->group("Project");
  App.add_flag("-v,--verbose", To.Verbose, "Say what is read and which flags are left out")
      ->group("Project");
  CLI::Option *Config = App.add_option("--config", To.Asked.File,
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
  App.add_option("-j,--jobs", To.Jobs, "Files analysed at once (default: all processors)")
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

void addColor(CLI::App &App, Options &Into, const char *Group) {
  App.add_option("--color", Into.Color, "auto (NO_COLOR and CLICOLOR_FORCE count), always or never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(Colors).description(""))
      ->group(Group);
}

} // namespace corolint::tool
