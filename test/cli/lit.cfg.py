# lit.cfg.py - the tests of the command line
"""Substitutions beside lit's own:

%corolint     the command under test
%returns N    runs the rest of the line and wants exit code N
%plugin       the module for clang-tidy
%other_tidy   a clang-tidy that the module is not built for
%old_tidy     another, much older
%clang_plugin the plugin for clang++
%compile      compiles with it, as C++20, without linking
%other_clang  a clang++ that the plugin is not built for
%old_clang    another, much older
%cmake        the CMake that built all this
%install      installs the analyser into the folder that follows
%llvm_tools   the folder of Clang's programs
%python       the interpreter that runs the tests
%hooks        the hooks that we offer
%commit NAME  commits with corolint in the PATH, which hooks need
%ci           the folder with the scripts for CI
%github NAME=VALUE...  runs the rest as a step of GitHub Actions
%validate_sarif FILE  checks it against the standard and GitHub's rules
%database     writes compile_commands.json for the files that follow
"""

import os
import sys

import lit.formats

config.name = "corolint-cli"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = config.work_folder

config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools, config.environment["PATH"]])
# What would change the output on a developer's machine.
for name in ("NO_COLOR", "CLICOLOR_FORCE", "COROLINT_TEST_FAULT", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL"):
    config.environment.pop(name, None)

config.environment["COROLINT"] = config.corolint

config.substitutions += [
    ("%corolint", config.corolint),
    ("%plugin", config.plugin),
    ("%other_tidy", config.other_tidy),
    ("%old_tidy", config.old_tidy),
    ("%clang_plugin", config.clang_plugin),
    ("%compile", f"clang++ -std=c++20 -fplugin={config.clang_plugin} -c"),
    ("%other_clang", config.other_clang),
    ("%old_clang", config.old_clang),
    ("%cmake", config.cmake),
    ("%llvm_tools", config.llvm_tools),
    ("%install", f"{config.cmake} --install {config.build_folder} --component corolint --prefix"),
    ("%returns", f"{sys.executable} {config.test_source_root}/returns.py"),
    ("%python", sys.executable),
    ("%hooks", os.path.join(config.test_source_root, "../../.pre-commit-hooks.yaml")),
    # pre-commit finds the command by its name, and keeps what it clones here.
    ("%commit", f"env PATH={os.path.dirname(config.corolint)}:{config.environment['PATH']} "
                f"PRE_COMMIT_HOME={config.work_folder}/pre-commit git commit -m"),
    ("%github", "env GITHUB_ACTIONS=true GITHUB_OUTPUT=%t/outputs"),
    ("%ci", os.path.join(config.test_source_root, "../../tool/ci")),
    ("%validate_sarif", f"{sys.executable} {config.test_source_root}/validate_sarif.py {config.sarif_multitool}"),
    ("%database", f"{sys.executable} {config.test_source_root}/make_database.py"),
]
