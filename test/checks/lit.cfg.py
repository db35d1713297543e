# lit.cfg.py - how lit runs the tests of the checks
import os

import lit.formats

config.name = "checks"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_folder, "test", "checks")

config.environment["COROLINT"] = config.corolint
config.environment["COROLINT_PLUGIN"] = config.plugin
config.environment["COROLINT_CLANG_PLUGIN"] = config.clang_plugin
config.environment["CLANG_TIDY"] = config.clang_tidy
config.environment["CLANG"] = config.clang
# The doors that each test compares. An older LLVM gets two: CI is short of time.
config.environment["DOORS"] = "tidy compiler" if config.llvm_major == "22" else "tidy"
# For the same reason it gets one test of each check, and none of the models, which
# say the same to every LLVM.
if config.llvm_major != "22":
    names = sorted(name for name in os.listdir(config.test_source_root) if name.endswith(".cpp"))
    config.excludes += [name for name in names if name.startswith("models-") or any(
        name.startswith(other[:-len(".cpp")] + "-") for other in names)]
config.environment["PATH"] = os.path.pathsep.join(
    [config.llvm_tools, os.environ["PATH"]])

inputs = os.path.join(config.test_source_root, "Inputs", "include")
own = os.path.join(config.test_source_root, "..", "..", "checks", "include")
flags = "-std=c++20 -I%s -I%s -I%s" % (inputs, config.aio_include, own)
findings = "'%s' '%s'" % (config.python, os.path.join(config.test_source_root, "findings.py"))
# %findings FILE... %flags: what every door reports. Each line that is not named
# by a CHECK line must be silent, which %expect enforces.
config.substitutions.append(("%findings", findings))
config.substitutions.append(
    ("%clang_tidy", "'%s' -load '%s' '--checks=-*,coro-*' --quiet"
     % (config.clang_tidy, config.plugin)))
config.substitutions.append(("%flags", "-- " + flags))
# %llvm: the prefix of CHECK lines that hold with this LLVM only.
config.substitutions.append(("%llvm", "LLVM" + config.llvm_major))
config.substitutions.append(
    ("%expect", "FileCheck --implicit-check-not=warning: --allow-empty"))
