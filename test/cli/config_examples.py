# config_examples.py - reads every example of a page as a configuration
"""usage: config_examples.py PAGE COROLINT

Writes each YAML block of PAGE as a .corolint.yaml, with the model files that it
names, and lets COROLINT print what it means for a file. Prints how many were
good; ends with 1 when one is not.
"""
import os
import re
import subprocess
import sys
import tempfile

MODEL = "corolint-model: 1\nlibrary: acme\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def problem(example, corolint):
    """What COROLINT says against the example; empty when it accepts it."""
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, ".corolint.yaml"), example)
        write(os.path.join(folder, "test/a.cpp"), "")
        for name in re.findall(r"[\w/]+\.yaml", example):
            write(os.path.join(folder, name), MODEL)
        done = subprocess.run([corolint, "check", "--show-config", "test/a.cpp"], cwd=folder,
                              capture_output=True, text=True)
        if done.returncode or "# configured by .corolint.yaml" not in done.stdout:
            return done.stderr or done.stdout
    return ""


def main(page, corolint):
    with open(page, encoding="utf-8") as text:
        examples = re.findall(r"^```yaml\n(.*?)^```", text.read(), re.MULTILINE | re.DOTALL)
    problems = [found for found in (problem(one, corolint) for one in examples) if found]
    print(f"{len(examples) - len(problems)} of {len(examples)} examples are good")
    sys.exit("\n".join(problems) or (0 if examples else "no examples"))


if __name__ == "__main__":
    main(*sys.argv[1:])
