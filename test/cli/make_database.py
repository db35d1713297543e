#!/usr/bin/env python3
# make_database.py - writes compile_commands.json for some files
"""usage: make_database.py [--flags=FLAGS] [--out=FOLDER] FILE...

Files are named from the current folder and need not exist.
"""

import json
import os
import sys

flags = "-std=c++20"
out = "."
files = []
for word in sys.argv[1:]:
    if word.startswith("--flags="):
        flags = word.removeprefix("--flags=")
    elif word.startswith("--out="):
        out = word.removeprefix("--out=")
    else:
        files.append(word)
os.makedirs(out, exist_ok=True)
commands = [{"directory": os.getcwd(), "file": file,
             "arguments": ["clang++", *flags.split(), "-o", f"{file}.o", "-c", file]} for file in files]
with open(os.path.join(out, "compile_commands.json"), "w", encoding="utf-8") as database:
    json.dump(commands, database)
