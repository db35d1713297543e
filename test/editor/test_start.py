# test_start.py - how the server starts, and what ends it

import os
import subprocess
import unittest

from project import CLANGD, ProjectTest

STUB = """\
#include <string>
namespace clang {
std::string getClangFullVersion() { return "Debian clang version 21.1.0 (1)"; }
}
"""


class StartTest(ProjectTest):
    def test_another_clang_at_run_time_is_refused(self):
        self.write("stub.cpp", STUB)
        subprocess.run(["c++", "-shared", "-fPIC", "-o", "stub.so", "stub.cpp"], cwd=self.folder, check=True)
        done = subprocess.run([CLANGD, "--version"], capture_output=True, text=True,
                              env={**os.environ, "LD_PRELOAD": str(self.folder / "stub.so")})
        self.assertEqual(done.returncode, 2, done)
        self.assertRegex(done.stderr, r"^corolint: error: this is built for Clang 22\.\d+ but runs with "
                                      r"Clang 21\.1\.0; use the programs of LLVM 22, or build corolint")

    def test_it_says_which_clangd_it_is(self):
        done = subprocess.run([CLANGD, "--version"], capture_output=True, text=True, check=True)
        self.assertRegex(done.stdout, r"clangd version 22\.")


if __name__ == "__main__":
    unittest.main()
