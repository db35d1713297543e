# validate_sarif.py - is a file SARIF 2.1.0, and would GitHub take it
"""validate_sarif.py MULTITOOL FILE: runs Microsoft's validator.

Prints what it finds and returns 1 when there is anything but the missing address
of a home page."""

import os
import re
import stat
import subprocess
import sys

ALLOWED = {"SARIF2005"}  # no home page


def main(multitool, log):
    if not os.path.exists(multitool):
        sys.exit(f"{multitool} is not here: run 'npm install' in test/npm")
    os.chmod(multitool, os.stat(multitool).st_mode | stat.S_IXUSR)
    environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    ran = subprocess.run(
        [multitool, "validate", "--rule-kind", "Sarif;Ghas", log],
        env=environment, capture_output=True, text=True, check=False)
    found = [line for line in ran.stdout.splitlines()
             if (rule := re.search(r": (?:error|warning) (\w+):", line)) and rule[1] not in ALLOWED]
    print("\n".join(found))
    if "Analysis completed successfully" not in ran.stdout:
        sys.exit(f"the validator failed:\n{ran.stdout}{ran.stderr}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
