#!/usr/bin/env python3
# returns.py - runs a command and wants one exit code
"""usage: returns.py CODE COMMAND..."""

import subprocess
import sys

wanted = int(sys.argv[1])
code = subprocess.run(sys.argv[2:]).returncode
if code != wanted:
    sys.exit(f"returns.py: exit code {code}, not {wanted}: {' '.join(sys.argv[2:])}")
